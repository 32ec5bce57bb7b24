"""`sendparse patterns check` and `sendparse patterns list`: the vocabulary, and whether it does what it says."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import click

from sendparse.cli.show import columns, count
from sendparse.errors import PackError

_OVERLAYS = click.option(
    "--patterns",
    "overlays",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with wordings of your own, on top of the shipped ones. May be given more than once.",
)
_HEADS = ("id", "unit", "better", "group", "label")


@click.group()
def patterns() -> None:
    """The wordings that papers are read by.

    \b
    Example:
      sendparse patterns list
    """


@patterns.command("check")
@_OVERLAYS
def check(overlays: tuple[Path, ...]) -> None:
    """Run every example in the pattern files and name what does not hold.

    \b
    Examples:
      sendparse patterns check
      sendparse patterns check --patterns my-wordings/
    """
    from sendparse.packs import load_packs
    from sendparse.prove import check_packs, sentence_reader
    from sendparse.tag.suggest import unlearned

    packs = load_packs(None, overlays)
    faults = check_packs(packs, sentence_reader(packs))
    for fault in faults:
        click.echo(fault)
    if faults:
        raise PackError(
            "patterns", f"{count(len(faults), 'example does', 'examples do')} not hold", "mend the entries named above"
        )
    examples = sum(len(kpi.examples) for kpi in packs.kpis.values())
    click.echo(f"{count(len(packs.kpis), 'measure')}, {count(examples, 'example')}: all hold")
    if missing := unlearned(packs):
        click.echo(f"read by their wordings alone (see patterns/README.md, learned weights): {', '.join(missing)}")


@patterns.command("list")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@_OVERLAYS
def list_(form: str, overlays: tuple[Path, ...]) -> None:
    """Print the vocabulary: the id, unit and label of every measure.

    \b
    Examples:
      sendparse patterns list
      sendparse patterns list --format csv > vocabulary.csv
    """
    from sendparse.packs import load_packs

    rows = [[getattr(kpi, head) for head in _HEADS] for kpi in load_packs(None, overlays).kpis.values()]
    if form == "json":
        click.echo(json.dumps([dict(zip(_HEADS, row, strict=True)) for row in rows], ensure_ascii=False, indent=1))
    elif form == "csv":
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([_HEADS, *rows])
        click.echo(text.getvalue(), nl=False)
    else:
        click.echo(columns(rows, _HEADS))

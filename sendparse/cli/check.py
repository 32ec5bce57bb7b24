"""`sendparse check`: the checks of a dataset, run again, with what failed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sendparse.cli.show import columns, count
from sendparse.errors import CheckFailed

if TYPE_CHECKING:
    from sendparse.audit import Audit

_VERDICTS = ("mismatch", "mislabelled", "stale", "match", "rounding", "truncated", "unverifiable")


def _verdicts(_: click.Context, __: click.Parameter, value: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in value.split(",") if name.strip())
    unknown = [name for name in names if name not in _VERDICTS]
    if unknown:
        raise click.BadParameter(f"{', '.join(unknown)} is no verdict; there are {', '.join(_VERDICTS)}")
    return names


@click.command()
@click.argument("dataset", type=click.Path(path_type=Path))
@click.option("--fail-on", default="", callback=_verdicts, help="Verdicts, with commas: exit code 6 if there are any.")
@click.option(
    "--waive", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="File of decisions to honour."
)
@click.option(
    "--format", "form", type=click.Choice(["table", "junit", "sarif", "github"]), default="table", show_default=True
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write instead of the screen.")
@click.option(
    "--papers",
    default="",
    metavar="FOLDER",
    help="Where the papers lie in your repository, so that annotations lead to their files.",
)
@click.option(
    "--patterns",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with wordings of your own.",
)
@click.option(
    "--reference/--no-reference",
    default=True,
    show_default=True,
    help="Use the releases that were imported with `sendparse reference add`.",
)
@click.option(
    "--corrections",
    type=click.Path(dir_okay=False, path_type=Path),
    help="What reviewers decided. Default: DATASET.corrections.jsonl beside the dataset, if it is there.",
)
@click.option("--dry-run", is_flag=True, help="Leave the dataset as it is.")
def check(
    dataset: Path,
    fail_on: tuple[str, ...],
    waive: Path | None,
    form: str,
    out: Path | None,
    papers: str,
    patterns: tuple[Path, ...],
    corrections: Path | None,
    reference: bool,
    dry_run: bool,
) -> None:
    """Check what the papers of DATASET claim, without reading them again.

    Adds the comparison of papers with each other and with DfE releases that you have imported (`sendparse reference`),
    writes the verdicts into the dataset, and says how many there are of each kind. `sendparse batch` knows only the
    figures for England that come with sendparse, so that the same papers always give the same dataset; so does
    `sendparse check --no-reference`. Waivers are a YAML list of `{check, reason, who, when}`; one that no longer applies
    is told. A dataset names papers as seen from the folder they were read from; --papers says where that folder is.

    \b
    Examples:
      sendparse check dataset
      sendparse check dataset --fail-on mismatch,stale --waive waivers.yaml
      sendparse check dataset --fail-on mismatch --format junit --out checks.xml
      sendparse check dataset --fail-on mismatch --format github --papers data/papers
    """
    from sendparse.audit import audit
    from sendparse.audit.formats import FORMATS
    from sendparse.corrections.apply import Corrections, applied
    from sendparse.corrections.log import corrections_file
    from sendparse.packs import load_packs
    from sendparse.releases import default_store

    store = default_store() if reference else None
    packs = load_packs(overlays=patterns)
    decided = Corrections.read(corrections or corrections_file(dataset))
    with applied(dataset, decided, packs, keep=not dry_run) as folder:
        found = audit(folder, packs, waivers=waive, store=store)
        if not dry_run:
            found.save()
    told = fail_on or ("mismatch", "mislabelled", "stale")
    if papers:
        found = found.under(papers)
    text = _table(found, told) if form == "table" else FORMATS[form](found, told)
    if out is not None:
        out.write_text(text, encoding="utf-8", newline="\n")
    else:
        click.echo(text, nl=False)
    for waiver in found.spent:
        click.echo(f"waiver {waiver.check} ({waiver.who}, {waiver.when}) no longer applies: {waiver.reason}", err=True)
    failed = found.failed(fail_on)
    if failed:
        raise CheckFailed(
            str(dataset),
            f"{count(len(failed), 'check')} failed",
            "open the pages named above, or waive them with --waive",
        )


def _table(found: Audit, told: tuple[str, ...]) -> str:
    from sendparse.audit.formats import place

    lines = []
    for finding in found.failed(told):
        lines += [
            f"{finding.check.verdict} ({finding.check.kind}) {place(finding.claim)}",
            f"  {finding.check.explanation}",
        ]
        lines += [f"  “{' '.join(finding.claim.evidence.split())}”", f"  check {finding.check.check_id}", ""]
    counts = found.counts()
    kinds = sorted({kind for kind, _ in counts})
    rows = [[kind, *(counts[kind, verdict] or "" for verdict in _VERDICTS)] for kind in kinds]
    waived = sum(f.waiver is not None for f in found.findings)
    total = f"{count(len(found.findings), 'check')}, {count(waived, 'of them waived', 'of them waived')}"
    return "\n".join([*lines, columns(rows, ["kind", *_VERDICTS], width=200), "", total, ""])

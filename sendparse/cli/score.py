"""`sendparse score`: what was found, missed and invented in papers with gold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sendparse.cli.show import columns, count
from sendparse.errors import CheckFailed

if TYPE_CHECKING:
    from sendparse.score import Score, Scored, Total

_BY = ("source", "split", "format", "file", "kpi", "role")


@click.command()
@click.argument("corpus", default="corpus", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--by", type=click.Choice(_BY), default="source", show_default=True, help="What to give totals for.")
@click.option("--split", type=click.Choice(["dev", "held_out"]), help="One part of the corpus only.")
@click.option(
    "--wrong", is_flag=True, help="List what was missed, invented or read wrong, row by row (open part only)."
)
@click.option(
    "--accepted", type=click.Path(dir_okay=False, path_type=Path), help="Score to compare with; exit code 6 if worse."
)
@click.option("--accept", is_flag=True, help="Write this run's score to the file of --accepted.")
def score(corpus: Path, by: str, split: str | None, wrong: bool, accepted: Path | None, accept: bool) -> None:
    """Score what is read from the papers of CORPUS against their gold.

    A figure counts as found when its value stands in the right place of the right paper. Totals at four levels, each with
    those before it: value and unit, KPI, period, role and benchmark. F1 is over all figures stated, known KPI or not.

    \b
    Examples:
      sendparse score corpus
      sendparse score corpus --by kpi --split dev
      sendparse score corpus --accepted corpus/accepted.json
    """
    from sendparse import score as scoring
    from sendparse.packs import load_packs
    from sendparse.pipeline import parse

    if accept and accepted is None:
        raise click.UsageError("--accept needs --accepted FILE, the file to write")
    packs = load_packs()
    result = scoring.score_corpus(corpus, lambda path: parse(path, packs=packs, file=path.name), split=split or "")
    for message in result.unread:
        click.echo(message, err=True)
    worse: list[str] = []
    if accepted is not None and accepted.is_file():
        moved, worse = scoring.changes(accepted.read_text(encoding="utf-8"), result)
        click.echo("\n".join([*moved, *worse, "" if moved or worse else "nothing changed\n"]))
    if wrong:
        click.echo("\n".join(filter(None, map(_fault, result.rows))) + "\n")
    click.echo(_table(result, by))
    if accept and accepted is not None:
        accepted.write_text(scoring.accepted(result), encoding="utf-8", newline="\n")
    elif worse or result.unread:
        raise CheckFailed(str(corpus), f"{count(len(worse) + len(result.unread), 'total')} fell", "see the lines above")


def _table(result: Score, by: str) -> str:
    from sendparse import score as scoring

    heads = [by, "gold", "found", "invented", *(f"F1 {level}" for level in scoring.LEVELS)]
    heads += [f"{name} right" for name in scoring.FIELDS]
    sums = {**scoring.totals(result.rows, by), "all": scoring.total(result.rows)}
    text = columns([_line(name, found) for name, found in sums.items()], heads, width=260)
    right = {name: [fact for fact in result.facts if fact.name == name] for name in scoring.FACTS}
    facts = ", ".join(f"{name} {sum(f.right for f in found)}/{len(found)}" for name, found in right.items())
    return f"{text}\n\nfacts right: {facts}{_claims(result)}"


def _claims(result: Score) -> str:
    """The checks: figures of the prose linked to the cells that they are about, and verdicts."""
    from sendparse.score_claims import claim_total

    if not result.claims:
        return ""
    splits = sorted({claim.split for claim in result.claims})
    groups = [(name, [c for c in result.claims if c.split == name]) for name in splits] + [("all", list(result.claims))]
    heads = ["checks", "claims", "verdict right", "with a cell", "linked", "to the right cell", "linking F1"]
    rows: list[list[object]] = []
    for name, claims in groups:
        sums = claim_total(claims)
        rows.append([name, sums.claims, f"{sums.accuracy:.3f}", sums.links, sums.linked, sums.right, f"{sums.f1:.3f}"])
    return "\n\n" + columns(rows, heads, width=160)


def _line(name: str, found: Total) -> list[object]:
    share = [f"{found.right[field] / found.found:.3f}" if found.found else "" for field in found.right]
    levels = [f"{found.f1(level):.3f}" for level in range(len(found.reached))]
    return [name, found.gold, found.found, found.read - found.found, *levels, *share]


def _fault(row: Scored) -> str:
    """One line on a row that is not right; nothing on rows held out."""
    if row.split == "held_out":
        return ""
    if row.gold is None and row.read is not None:
        read = row.read
        return f"invented  {row.file} p{read.page} {read.value_text!r} {read.kpi or read.kpi_label!r} | {read.evidence[:100]!r}"
    if row.gold is None:
        return ""
    cells = row.gold.cells
    what = f"{row.file}#{row.gold.number} p{cells['page']} {cells['value_text']!r} {cells['label'][:60]!r} {cells['column_label']}"
    if row.read is None:
        return f"missed    {what}"
    if not row.wrong:
        return ""
    return f"wrong     {what}: " + "; ".join(
        f"{name} {_gold(row, name)!r} read {_read(row, name)!r}" for name in sorted(row.wrong)
    )


def _gold(row: Scored, name: str) -> str:
    assert row.gold is not None
    cells = row.gold.cells
    if name == "period":
        return f"{cells['period_start']}/{cells['period_end']}"
    return f"{cells['role']} {cells['benchmark']}".strip() if name == "role" else cells[name]


def _read(row: Scored, name: str) -> str:
    read = row.read
    if name == "period":
        return f"{getattr(read, 'period_start', None) or ''}/{getattr(read, 'period_end', None) or ''}"
    if name == "role":
        return f"{getattr(read, 'role', '')} {getattr(read, 'benchmark', '')}".strip()
    return str(getattr(read, name))

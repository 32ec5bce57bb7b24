"""Small papers with a table and sentences about it, in which each figure says which cells it is of.

A paper is text: `#` headings, `- ` items, rows of a table between bars, and sentences. `[58% -> Row / Column]` is a figure
and its cell; several cells are joined by ` + `; `[two -> any]` may be linked or not; a figure without a mark is of no cell
and must be left alone. `! stale` behind the cells is the verdict wanted, which else must be one that agrees.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sendparse.check.compare import AGREES
from sendparse.model import Check, Observation, Outcome
from sendparse.packs import Packs
from sendparse.pipeline import Options, parse

_MARK = re.compile(r"\[([^\[\]]+?) -> ([^\[\]]+?)\]")
_REFERENCE = re.compile(r"[A-Za-z]{0,3}\d{0,2}\.?")
ACCUSES = frozenset({"mismatch", "stale", "mislabelled"})
Cells = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Mark:
    """A figure of a paper's text, the sentence up to it, and the cells and the verdict that are wanted."""

    figure: str
    line: str
    at: int
    cells: Cells | None  # None: any
    verdict: str = ""


@dataclass(frozen=True)
class Judged:
    """What became of one figure: `right`, `missed`, `wrong`, `unread`, `accused`, or `quiet` where nothing was wanted."""

    result: str
    figure: str
    why: str


def written(text: str) -> tuple[str, list[Mark]]:
    """The paper as a web page, and its marks."""
    body: list[str] = []
    marks: list[Mark] = []
    rows: list[str] = []
    for line in [*text.strip().splitlines(), ""]:
        if line.startswith("|"):
            tag = "td" if rows else "th"
            cells = [html.escape(cell.strip()) for cell in line.strip().strip("|").split("|")]
            rows.append("<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>")
            continue
        if rows:
            body.append(f"<table>{''.join(rows)}</table>")
            rows = []
        tag, plain, found = _line(line.strip())
        marks += found
        if plain:
            body.append(f"<{tag}>{html.escape(plain)}</{tag}>")
    return f"<html><body><main>{''.join(body)}</main></body></html>", marks


def _line(line: str) -> tuple[str, str, list[Mark]]:
    heading = re.match(r"(#+) (.*)", line)
    if heading:
        return f"h{len(heading[1])}", heading[2], []
    tag, line = ("li", line[2:]) if line.startswith("- ") else ("p", line)
    plain, at, found = "", 0, []
    for match in _MARK.finditer(line):
        plain += line[at : match.start()]
        wanted, _, verdict = match[2].partition(" ! ")
        pairs = (pair.partition(" / ") for pair in wanted.split(" + "))
        cells = None if wanted == "any" else frozenset((_plain(row), _plain(column)) for row, _, column in pairs)
        found.append((match[1], len(plain), cells, verdict))
        plain += match[1]
        at = match.end()
    plain += line[at:]
    return tag, plain, [Mark(figure, plain, place, cells, verdict) for figure, place, cells, verdict in found]


def _plain(text: str) -> str:
    return " ".join(text.split()).lower()


def judge(path: Path, folder: Path, packs: Packs) -> list[Judged]:
    """Read a paper and set each of its figures against its mark."""
    page, marks = written(path.read_text(encoding="utf-8"))
    file = folder / f"{path.stem}.html"
    file.write_text(page, encoding="utf-8")
    outcome = parse(file, packs=packs, options=Options(strict=True))
    return list(_judged(outcome, marks))


def _judged(outcome: Outcome, marks: list[Mark]) -> Iterator[Judged]:
    checks: dict[str, list[Check]] = defaultdict(list)
    for check in outcome.checks:
        if check.kind != "official":
            checks[check.observation_id].append(check)
    claims = [o for o in outcome.observations if o.source == "narrative"]
    marked = set()
    for mark in marks:
        place = outcome.document.text.find(mark.line) + mark.at
        claim = next((o for o in claims if _overlaps(o, place, place + len(mark.figure))), None)
        if claim is None:
            yield Judged("unread" if mark.cells else "quiet", mark.figure, mark.line[:80])
            continue
        marked.add(claim.observation_id)
        yield _one(mark, checks[claim.observation_id], outcome)
    for claim in claims:
        if claim.observation_id not in marked:
            found = checks[claim.observation_id]
            linked = [c for c in found if c.verdict != "unverifiable" and _cells(c, outcome)]
            accused = [c for c in found if c.verdict in ACCUSES]
            result = "accused" if accused else "wrong" if linked else "quiet"
            yield Judged(result, claim.value_text, " ".join(c.explanation for c in accused or linked))


def _overlaps(claim: Observation, start: int, end: int) -> bool:
    return (
        claim.char_start is not None
        and claim.char_end is not None
        and claim.char_start < end
        and claim.char_end > start
    )


def _one(mark: Mark, checks: list[Check], outcome: Outcome) -> Judged:
    told = " ".join(c.explanation for c in checks)
    if not mark.verdict and any(c.verdict in ACCUSES for c in checks):
        return Judged("accused", mark.figure, told)
    if mark.cells is None:
        return Judged("quiet", mark.figure, "")
    linked = [(c, found) for c in checks if c.verdict != "unverifiable" and (found := _cells(c, outcome))]
    if not linked:
        return Judged("missed", mark.figure, told)
    for check, cells in linked:
        right = check.verdict == mark.verdict if mark.verdict else check.verdict in AGREES
        if right and mark.cells <= set(cells) and 2 * sum(cell in mark.cells for cell in cells) >= len(cells):
            return Judged("right", mark.figure, "")
    return Judged("wrong", mark.figure, told)


def _cells(check: Check, outcome: Outcome) -> list[tuple[str, str]]:
    """Row and column of the cells that a verdict rests on; of a stale figure, those that have it."""
    rows = {o.observation_id: o for o in outcome.observations if o.source != "narrative"}
    ids = [i for i in check.evidence_ids.split(";") if i in rows]
    if check.verdict == "stale" and len(ids) > 1:
        ids = ids[len(ids) // 2 :]
    grids = {table.table_id: table.grid() for table in outcome.tables}
    out = []
    for cell in map(rows.__getitem__, ids):
        grid = grids[cell.table_id]
        label = next(text for text in grid[cell.row or 0] if not _REFERENCE.fullmatch(text))
        out.append((_plain(label), _plain(grid[0][cell.column or 0])))
    return out

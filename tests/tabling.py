"""Small tables and pages for tests, written as they look.

In a row, "<" is a place that the cell on its left covers, "^" one that the cell above covers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sendparse.model import Cell, Document, Facts, Observation, Page, Ruling, Table, Word
from sendparse.observe.from_table import from_table
from sendparse.packs import Packs

WIDTH, HEIGHT, SIZE = 60.0, 14.0, 8.0
DOCUMENT = Document(document_id="d", file="paper.pdf", format="pdf")
FACTS = Facts(council="Essex", region="East of England", meeting_date=date(2025, 3, 11))


def table_of(rows: Sequence[Sequence[str]], *, title: str = "", bold: Sequence[int] = (), **fields: object) -> Table:
    """A table without boxes. `bold` names rows; `fields` are further fields of Table."""
    cells = [
        Cell(
            row=r, column=c, text=text, row_span=_down(rows, r, c), column_span=_across(row, c), page=1, bold=r in bold
        )
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text not in ("<", "^")
    ]
    known: dict[str, object] = {"table_id": "t", "document_id": "d", "method": "ruled", "page": 1} | fields
    width = max(len(row) for row in rows)
    return Table(cells=tuple(cells), rows=len(rows), columns=width, title=title, **known)  # type: ignore[arg-type]


def _across(row: Sequence[str], column: int) -> int:
    span = 1
    while column + span < len(row) and row[column + span] == "<":
        span += 1
    return span


def _down(rows: Sequence[Sequence[str]], row: int, column: int) -> int:
    span = 1
    while row + span < len(rows) and rows[row + span][column : column + 1] == ["^"]:
        span += 1
    return span


def observed(table: Table, packs: Packs, facts: Facts = FACTS) -> list[Observation]:
    """What a table states."""
    return from_table(table, DOCUMENT, facts, packs)[0]


def troubled(table: Table, packs: Packs, facts: Facts = FACTS) -> list[tuple[str, str]]:
    """Code and quote of what could not be read in a table."""
    return [(p.code, p.quote) for p in from_table(table, DOCUMENT, facts, packs)[1]]


def word(text: str, x0: float, top: float, **fields: object) -> Word:
    """A word of 8 points, 4 points a letter."""
    known: dict[str, object] = {"page": 1, "size": SIZE, "bottom": top + SIZE, "x1": x0 + 4 * len(text)} | fields
    return Word(text=text, x0=x0, top=top, **known)  # type: ignore[arg-type]


def words_at(text: str, x0: float, top: float, **fields: object) -> list[Word]:
    """Words of one line, a space of 2 points between them."""
    out: list[Word] = []
    for part in text.split():
        out.append(word(part, out[-1].x1 + 2 if out else x0, top, **fields))
    return out


def flat(y: float, x0: float, x1: float) -> Ruling:
    """A horizontal line."""
    return Ruling(x0=x0, top=y, x1=x1, bottom=y, width=0.5)


def upright(x: float, top: float, bottom: float) -> Ruling:
    """A vertical line."""
    return Ruling(x0=x, top=top, x1=x, bottom=bottom, width=0.5)


def ruled_page(
    rows: Sequence[Sequence[str]],
    *,
    left: float = 50,
    top: float = 100,
    width: float = WIDTH,
    number: int = 1,
    extra: Sequence[Word] = (),
) -> Page:
    """A page with one fully ruled table; lines of a cell are parted by "/"."""
    columns, deep = max(len(row) for row in rows), len(rows)
    right, bottom = left + columns * width, top + deep * HEIGHT
    rulings = [flat(top + n * HEIGHT, left, right) for n in range(deep + 1)]
    rulings += [upright(left + n * width, top, bottom) for n in range(columns + 1)]
    words: list[Word] = list(extra)
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            for n, line in enumerate(text.split("/")):
                words += words_at(line, left + c * width + 3, top + r * HEIGHT + 3 + n * 5, page=number)
    return Page(number=number, width=595, height=842, words=tuple(words), rulings=tuple(rulings))


def document_of(*pages: Page) -> Document:
    """A paper of these pages."""
    return Document(document_id="d", file="paper.pdf", format="pdf", pages=pages)


def fields_of(observation: Observation, names: str) -> tuple[object, ...]:
    """Some fields of an observation."""
    return tuple(getattr(observation, name) for name in names.split())


def by_place(observations: Sequence[Observation]) -> Mapping[tuple[int | None, int | None], Observation]:
    """Observations by row and column."""
    return {(o.row, o.column): o for o in observations}

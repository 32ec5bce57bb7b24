"""Arrows and ratings to the cells of the tables of a page.

In: tables and their page. Out: the same tables, cells with their marks. What a cell prints counts by itself. A fill or a
letter is a rating only where ratings stand: in a column that holds different ones, or that its heading calls so; the
colours of a heading, of every other row and of a whole column are decoration.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from sendparse.model import Box, Cell, Mark, Page, Table, Word
from sendparse.records import changed
from sendparse.tables.arrows import may_point
from sendparse.tables.colours import rag_of
from sendparse.tables.kinds import is_number
from sendparse.tables.marks import marks_in
from sendparse.tables.order import no_greater, smaller
from sendparse.tables.words import sort_words

_RATED_BY_HEADING = re.compile(
    r"\b(?:b?rag\w*|status|rating|performance against target|traffic light)\b", re.IGNORECASE
)
_RATINGS = frozenset({"red", "amber", "green"})
_LONGEST = 24  # letters that a rated cell holds
_FEWEST = 2  # cells
_SHARED = 0.7  # of a row in one colour: a band


def mark_tables(tables: list[Table], page: Page) -> list[Table]:
    """The tables of a page with the marks of their cells."""
    if not tables:
        return []
    words = _Sorted(page)
    return [_marked(table, page, words) for table in tables]


class _Sorted:
    """What lies on a page, by height."""

    def __init__(self, page: Page) -> None:
        self.words = sort_words(page.words)
        self.heights = [(word.top + word.bottom) / 2 for word in self.words]
        self.has_drawings = bool(page.shapes or page.pictures)
        self.drawn = [*(shape.box for shape in page.shapes), *(picture.box for picture in page.pictures)]

    def within(self, box: Box) -> list[Word]:
        """Words whose middle lies in a box."""
        some = self.words[smaller(self.heights, box.top) : no_greater(self.heights, box.bottom)]
        return [w for w in some if box.x0 <= (w.x0 + w.x1) / 2 <= box.x1]

    def draws_in(self, box: Box) -> bool:
        """Whether a shape or a picture has its middle in a box."""
        return any(
            box.x0 <= (d.x0 + d.x1) / 2 <= box.x1 and box.top <= (d.top + d.bottom) / 2 <= box.bottom
            for d in self.drawn
        )


def _marked(table: Table, page: Page, words: _Sorted) -> Table:
    if table.page != page.number or table.method == "card":
        return table
    found: dict[int, tuple[Mark, ...]] = {}
    for number, cell in enumerate(table.cells):
        if cell.box is not None and _may_hold(cell, words):
            marks = marks_in(cell.box, page, words.within(cell.box))
            if marks:
                found[number] = marks
    if not found:
        return table
    kept = _in_context(table, found)
    cells = tuple(changed(cell, marks=kept[n]) if kept.get(n) else cell for n, cell in enumerate(table.cells))
    return replace(table, cells=cells)


def _may_hold(cell: Cell, words: _Sorted) -> bool:
    """Whether it is worth looking: the cell has a colour, a drawing, a sign or a short text."""
    text = cell.text
    if cell.fill is not None and rag_of(cell.fill):
        return True
    if len(text) <= _LONGEST and text and not is_number(text):
        return True
    if not text.isascii() and may_point(text):
        return True
    return words.has_drawings and cell.box is not None and words.draws_in(cell.box)


def _in_context(table: Table, found: dict[int, tuple[Mark, ...]]) -> dict[int, tuple[Mark, ...]]:
    """Marks without the fills and letters that are no ratings there."""
    rated = _rated_columns(table, found)
    out: dict[int, tuple[Mark, ...]] = {}
    for number, marks in found.items():
        cell = table.cells[number]
        plain = any(m.kind == "rag" and m.read_from not in ("fill", "letter") for m in marks)
        fits = cell.column in rated and len(cell.text) <= _LONGEST and not _is_band(table, cell)
        quiet = any(letter.isalpha() for letter in cell.text) and not plain
        kept = tuple(
            m
            for m in marks
            if m.read_from not in ("fill", "letter")
            or ((fits or plain) and not (quiet and m.read_from == "fill" and m.value in ("grey", "blue")))
        )
        if kept:
            out[number] = kept
    return out


def _rated_columns(table: Table, found: dict[int, tuple[Mark, ...]]) -> set[int]:
    """Columns in which fills or letters are ratings."""
    values: dict[int, Counter[str]] = {}
    plain: set[int] = set()
    for number, marks in found.items():
        cell = table.cells[number]
        for mark in marks:
            if mark.kind == "rag" and mark.value in _RATINGS and not _is_band(table, cell):
                values.setdefault(cell.column, Counter())[mark.value] += 1
                if mark.read_from not in ("fill", "letter"):
                    plain.add(cell.column)
    headed = {c.column for c in table.cells if c.row < 3 and _RATED_BY_HEADING.search(c.text)}
    varied = {column for column, counts in values.items() if len(counts) > 1}
    repeated = {column for column, counts in values.items() if sum(counts.values()) >= _FEWEST and column in plain}
    return varied | headed | repeated


def _is_band(table: Table, cell: Cell) -> bool:
    """Whether nearly the whole row has the cell's colour: a heading, a total, every other row."""
    if cell.fill is None:
        return False
    row = [c for c in _row(table, cell.row) if c is not cell]
    same = sum(c.fill == cell.fill for c in row)
    return len(row) > 1 and same >= _SHARED * len(row) and not _is_row_of_ratings(row)


def _is_row_of_ratings(row: Iterable[Cell]) -> bool:
    """Ratings beside each other may well agree; then the label beside them has no colour."""
    return any(c.fill is None and c.text for c in row)


def _row(table: Table, number: int) -> list[Cell]:
    return [cell for cell in table.cells if cell.row == number]

"""Squaring off: rectangles with words to a table of rows and columns with spans.

In: the cells of one table as rectangles, and a page. Out: a Table. Every cell keeps its place, what it spans, its text, its
box and its fill; a row or column that only a doubled line makes, and that holds nothing, is left out. What rows and columns
mean is the work of tag/table.py.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from sendparse.model import Box, Cell, Colour, Fill, Table, TableMethod, Word, stable_id
from sendparse.tables.lattice import Rect
from sendparse.tables.order import no_greater, smaller
from sendparse.tables.words import Slots, between, text_of, words_by_cell

_THIN = 0.9  # of the text size: an empty row or column no wider than that is the gap of a doubled line
_WHITE = 0.97


@dataclass(slots=True)
class RawCell:
    """A cell before it has its final place."""

    row: int
    column: int
    row_span: int
    column_span: int
    rect: Rect
    words: list[Word] = field(default_factory=list)
    fill: Colour | None = None


def square_off(rects: list[Rect], words: list[Word], fills: Sequence[Fill]) -> list[RawCell]:
    """Rectangles to cells on a grid, with their words (sorted by `sort_words`) and fills."""
    xs = sorted({x for rect in rects for x in (rect[0], rect[2])})
    ys = sorted({y for rect in rects for y in (rect[1], rect[3])})
    cells, owner = _on_grid(rects, xs, ys)
    slots = Slots(xs, ys, owner)
    inside = between(words, ys[0], ys[-1])
    for cell, members in zip(cells, words_by_cell(inside, slots, len(cells)), strict=True):
        cell.words = members
    _paint(cells, slots, fills)
    return _without_gaps(cells, xs, ys)


def _on_grid(rects: list[Rect], xs: list[float], ys: list[float]) -> tuple[list[RawCell], list[list[int]]]:
    owner = [[-1] * (len(xs) - 1) for _ in range(len(ys) - 1)]
    cells = []
    for number, (x0, top, x1, bottom) in enumerate(rects):
        column, end_column = smaller(xs, x0), smaller(xs, x1)
        row, end_row = smaller(ys, top), smaller(ys, bottom)
        cells.append(RawCell(row, column, end_row - row, end_column - column, (x0, top, x1, bottom)))
        for r in range(row, end_row):
            for c in range(column, end_column):
                if owner[r][c] < 0:
                    owner[r][c] = number
    return cells, owner


def _paint(cells: list[RawCell], slots: Slots, fills: Sequence[Fill]) -> None:
    """The colour behind each cell's middle; what is painted later lies on top."""
    across = [((a + b) / 2) for a, b in zip(slots.xs, slots.xs[1:], strict=False)]
    down = [((a + b) / 2) for a, b in zip(slots.ys, slots.ys[1:], strict=False)]
    for fill in fills:
        box = fill.box
        first, end = no_greater(across, box.x0), smaller(across, box.x1)
        colour = None if min(fill.colour) > _WHITE else fill.colour
        for r in range(no_greater(down, box.top), smaller(down, box.bottom)):
            for owner in slots.owner[r][first:end]:
                if owner >= 0:
                    cells[owner].fill = colour


def _without_gaps(cells: list[RawCell], xs: list[float], ys: list[float]) -> list[RawCell]:
    sizes = sorted(w.size for cell in cells for w in cell.words if w.size)
    thin = _THIN * sizes[len(sizes) // 2] if sizes else 0.0
    rows = _kept([(c.row, c.row_span, bool(c.words)) for c in cells], ys, thin)
    columns = _kept([(c.column, c.column_span, bool(c.words)) for c in cells], xs, thin)
    if len(rows) == len(ys) - 1 and len(columns) == len(xs) - 1:
        return cells
    return [cell for cell in cells if _renumber(cell, rows, columns)]


def _kept(cells: list[tuple[int, int, bool]], edges: list[float], thin: float) -> list[int]:
    """The rows (or columns) that are wide enough to hold text, or do hold some."""
    used = {start for start, span, filled in cells if filled and span == 1}
    return [n for n in range(len(edges) - 1) if n in used or edges[n + 1] - edges[n] > thin]


def _renumber(cell: RawCell, rows: list[int], columns: list[int]) -> bool:
    """Give a cell its place among the rows and columns that stay; False where it has none left."""
    row, end_row = bisect_left(rows, cell.row), bisect_left(rows, cell.row + cell.row_span)
    column, end_column = bisect_left(columns, cell.column), bisect_left(columns, cell.column + cell.column_span)
    cell.row, cell.row_span = row, end_row - row
    cell.column, cell.column_span = column, end_column - column
    return cell.row_span > 0 and cell.column_span > 0


def box_of(cells: list[RawCell]) -> Box:
    """The box around cells."""
    x0, top, x1, bottom = cells[0].rect
    for cell in cells:
        left, upper, right, lower = cell.rect
        x0, top, x1, bottom = min(x0, left), min(top, upper), max(x1, right), max(bottom, lower)
    return Box(x0=x0, top=top, x1=x1, bottom=bottom)


def to_table(
    cells: list[RawCell], *, page: int, document_id: str = "", method: TableMethod = "ruled", title: str = ""
) -> Table:
    """Placed cells as a Table of one page."""
    box = box_of(cells)
    placed = tuple(_cell(cell, page) for cell in sorted(cells, key=lambda c: (c.row, c.column)))
    return Table(
        table_id=stable_id(document_id, page, method, round(box.x0), round(box.top), round(box.x1), round(box.bottom)),
        document_id=document_id,
        cells=placed,
        rows=max(c.row + c.row_span for c in cells),
        columns=max(c.column + c.column_span for c in cells),
        method=method,
        page=page,
        box=box,
        title=title,
    )


def _cell(cell: RawCell, page: int) -> Cell:
    x0, top, x1, bottom = cell.rect
    return Cell(
        row=cell.row,
        column=cell.column,
        text=text_of(cell.words),
        row_span=cell.row_span,
        column_span=cell.column_span,
        page=page,
        box=Box(x0=x0, top=top, x1=x1, bottom=bottom),
        fill=cell.fill,
        bold=bool(cell.words) and all(w.bold for w in cell.words),
    )

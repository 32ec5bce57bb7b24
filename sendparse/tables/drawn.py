"""Drawings in tables without a grid: an arrow beside a figure, a coloured box where nothing is printed.

In: a table whose cells are as large as their print, and its page. Out: the same table; a cell with a drawing beside its print
reaches over it, and a place that holds a drawing alone has a cell of its own. What the drawings mean is told in marking.py.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from sendparse.model import Box, Cell, Colour, Page, Table
from sendparse.tables.colours import rag_of

_LARGEST = 40.0  # points: what is larger is no mark
_WIDER = 2.0  # of a row's height: a mark is no higher
_OWN = 1.6  # of a column's width: a fill that is wider is a band
_FEWEST = 2  # drawings in a column without a heading

Band = tuple[float, float]
Drawing = tuple[Box, Colour | None]


def with_drawings(table: Table, page: Page) -> Table:
    """The table with its drawings in cells."""
    if table.method != "borderless" or table.box is None or not (page.shapes or page.pictures or page.fills):
        return table
    rows = _bands([(c.row, c.box.top, c.box.bottom) for c in table.cells if c.box and c.row_span == 1], table.rows)
    columns = _bands(
        [(c.column, c.box.x0, c.box.x1) for c in table.cells if c.box and c.column_span == 1], table.columns
    )
    if not rows or not columns:
        return table
    placed = _placed(_drawings(page, rows, columns), rows, columns)
    if not placed:
        return table
    taken = {(r, c): n for n, cell in enumerate(table.cells) for r, c in _places(cell)}
    cells = list(table.cells)
    headed = {c for cell in table.cells if cell.text for c in range(cell.column, cell.column + cell.column_span)}
    for (row, column), found in placed.items():
        number = taken.get((row, column))
        alone = sum(c == column for _, c in placed)
        if number is None and (column in headed or alone >= _FEWEST):
            box, colour = found[-1]
            cells.append(Cell(row=row, column=column, page=table.page, box=box, fill=colour))
        elif number is not None and column > 0:
            cells[number] = _grown(cells[number], [box for box, colour in found if colour is None])
    return replace(table, cells=tuple(sorted(cells, key=lambda c: (c.row, c.column))))


def _places(cell: Cell) -> list[tuple[int, int]]:
    return [
        (row, column)
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]


def _bands(spans: list[tuple[int, float, float]], count: int) -> list[Band]:
    """The stretch of each row or column, half the white around its print included; none where one has no print."""
    prints: list[Band] = []
    for number in range(count):
        mine = [(low, high) for n, low, high in spans if n == number]
        if not mine:
            return []
        prints.append((min(low for low, _ in mine), max(high for _, high in mine)))
    edges = [prints[0][0] - _half(prints[0])]
    edges += [(one[1] + two[0]) / 2 for one, two in pairwise(prints)]
    edges.append(prints[-1][1] + _half(prints[-1]))
    return list(pairwise(edges))


def _half(band: Band) -> float:
    return (band[1] - band[0]) / 2


def _drawings(page: Page, rows: list[Band], columns: list[Band]) -> list[Drawing]:
    """Small shapes and pictures, and fills that belong to one place."""
    tall = _WIDER * sorted(high - low for low, high in rows)[len(rows) // 2]
    boxes = [*(shape.box for shape in page.shapes), *(picture.box for picture in page.pictures)]
    small: list[Drawing] = [(box, None) for box in boxes if max(_wide(box), _high(box)) <= min(_LARGEST, tall)]
    for fill in page.fills:
        at = _at(columns, (fill.box.x0 + fill.box.x1) / 2)
        narrow = at >= 0 and _wide(fill.box) <= _OWN * (columns[at][1] - columns[at][0])
        if narrow and _high(fill.box) <= tall and rag_of(fill.colour):
            small.append((fill.box, fill.colour))
    return small


def _placed(drawings: list[Drawing], rows: list[Band], columns: list[Band]) -> dict[tuple[int, int], list[Drawing]]:
    out: dict[tuple[int, int], list[Drawing]] = {}
    for drawing in drawings:
        box = drawing[0]
        row, column = _at(rows, (box.top + box.bottom) / 2), _at(columns, (box.x0 + box.x1) / 2)
        if row > 0 and column >= 0:
            out.setdefault((row, column), []).append(drawing)
    return out


def _at(bands: list[Band], place: float) -> int:
    return next((n for n, (low, high) in enumerate(bands) if low <= place <= high), -1)


def _grown(cell: Cell, boxes: list[Box]) -> Cell:
    if cell.box is None or not boxes or not cell.text:
        return cell
    every = [cell.box, *boxes]
    box = Box(
        x0=min(b.x0 for b in every),
        top=min(b.top for b in every),
        x1=max(b.x1 for b in every),
        bottom=max(b.bottom for b in every),
    )
    return replace(cell, box=box)


def _wide(box: Box) -> float:
    return box.x1 - box.x0


def _high(box: Box) -> float:
    return box.bottom - box.top

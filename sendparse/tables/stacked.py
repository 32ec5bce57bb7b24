"""Rows that no line parts: figures that stand one above the other in one ruled row.

In: the cells of a ruled table. Out: the same cells, with such a row cut into the rows that a reader sees. It is cut only
where at least two cells beside each other hold three lines or more at the same heights and one of them holds nothing but
figures; a text that runs over several lines, or a figure with its percentage under it, stays one row.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from sendparse.model import Word
from sendparse.tables.grid import RawCell
from sendparse.tables.headings import Placed
from sendparse.tables.kinds import is_figure
from sendparse.tables.lines import Piece, size_of
from sendparse.tables.rows import BodyLine, group_rows
from sendparse.tables.words import lines_of, text_of

_FEWEST = 3  # lines
_LEVEL = 0.4  # of the font size


def split_stacked(cells: Sequence[RawCell]) -> list[RawCell]:
    """The cells with stacked rows cut."""
    out = list(cells)
    for row in sorted({cell.row for cell in cells}, reverse=True):
        members = [cell for cell in out if cell.row == row and cell.row_span == 1]
        groups = _rows(members)
        if len(groups) > 1:
            out = _cut(out, row, members, groups)
    return out


def _rows(cells: Sequence[RawCell]) -> list[list[BodyLine]]:
    """The rows that the cells of one ruled row hold; none where it is one row."""
    stacks = {cell.column: lines_of(cell.words) for cell in cells if cell.words}
    tall = [column for column, lines in stacks.items() if len(lines) >= _FEWEST]
    figures = [column for column in tall if all(is_figure(text_of(line)) for line in stacks[column])]
    if len(tall) < 2 or not figures:
        return []
    heights = [_middle(line) for line in max((stacks[c] for c in tall), key=len)]
    level = _LEVEL * size_of(stacks[tall[0]][0][0])
    if any(min(abs(_middle(line) - y) for y in heights) > level for c in stacks for line in stacks[c]):
        return []
    lines = [_line(y, stacks, level) for y in heights]
    label = min(stacks)
    rows = group_rows(lines, [], label)
    if sum(any(line.figures for line in row) for row in rows) < _FEWEST:
        return []
    return rows


def _middle(line: Sequence[Word]) -> float:
    return sum(word.top + word.bottom for word in line) / (2 * len(line))


def _line(y: float, stacks: dict[int, list[list[Word]]], level: float) -> BodyLine:
    placed = [
        Placed(Piece(line), column, column, 0)
        for column, lines in sorted(stacks.items())
        for line in lines
        if abs(_middle(line) - y) <= level
    ]
    pieces = [p.piece for p in placed]
    return BodyLine(placed, min(p.top for p in pieces), max(p.bottom for p in pieces), max(p.size for p in pieces))


def _cut(
    cells: Sequence[RawCell], row: int, members: Sequence[RawCell], groups: Sequence[Sequence[BodyLine]]
) -> list[RawCell]:
    """The cells of one row as several rows; those below move down, those beside grow."""
    more = len(groups) - 1
    bounds = _bounds(members, groups)
    out: list[RawCell] = []
    for cell in cells:
        if cell.row == row and cell.row_span == 1:
            for number, group in enumerate(groups):
                words = [w for line in group for p in line.placed if p.first == cell.column for w in p.piece.words]
                x0, _, x1, _ = cell.rect
                rect = (x0, bounds[number], x1, bounds[number + 1])
                out.append(RawCell(row + number, cell.column, 1, cell.column_span, rect, words, cell.fill))
        elif cell.row > row:
            out.append(replace(cell, row=cell.row + more))
        elif cell.row + cell.row_span > row:
            out.append(replace(cell, row_span=cell.row_span + more))
        else:
            out.append(cell)
    return out


def _bounds(members: Sequence[RawCell], groups: Sequence[Sequence[BodyLine]]) -> list[float]:
    between = [(one[-1].bottom + two[0].top) / 2 for one, two in itertools.pairwise(groups)]
    return [min(c.rect[1] for c in members), *between, max(c.rect[3] for c in members)]

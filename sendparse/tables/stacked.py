"""Rows that no line parts: figures or short texts that stand one above the other in one ruled row.

In: the cells of a ruled table. Out: the same cells, with such a row cut into the rows that a reader sees. It is cut where
at least two cells beside each other hold three lines or more at the same heights and one of them holds nothing but
figures; below the first row also where the lines of several cells end although the next word would have had room, so that
they are no text that runs over. A text that does, or a figure with its percentage under it, stays one row.
"""

from __future__ import annotations

import itertools
from dataclasses import replace

from sendparse.model import Word
from sendparse.tables.grid import RawCell
from sendparse.tables.headings import Placed
from sendparse.tables.kinds import is_figure
from sendparse.tables.lattice import Rect
from sendparse.tables.lines import Piece
from sendparse.tables.rows import BodyLine, group_rows
from sendparse.tables.words import lines_of, size_of, text_of

_FEWEST = 3  # lines
_ALONE = 0.4  # of the rows
_LEVEL = 0.4  # of the font size
_EARLY = 0.75  # of the lines of a list end before they must
_SPACE = 0.3  # of the font size
_COLUMNS_OF_TEXT = 3  # two addresses beside each other are no rows
_INSET = 1.0  # of the font size: white at the edge of a cell
Stacks = dict[int, list[list[Word]]]
"""The lines of each column's cell."""


def split_stacked(cells: list[RawCell]) -> list[RawCell]:
    """The cells with stacked rows cut."""
    out = list(cells)
    for row in sorted({cell.row for cell in cells}, reverse=True):
        members = [cell for cell in out if cell.row == row and cell.row_span == 1]
        groups = _rows(members)
        if len(groups) > 1:
            out = _cut(out, row, members, groups)
    return out


def _rows(cells: list[RawCell]) -> list[list[BodyLine]]:
    """The rows that the cells of one ruled row hold; none where it is one row."""
    stacks = {cell.column: lines_of(cell.words) for cell in cells if cell.words}
    tall = [column for column, lines in stacks.items() if len(lines) >= _FEWEST]
    if not tall or len(stacks) < 2:
        return []
    figures = [column for column in stacks if all(is_figure(text_of(line)) for line in stacks[column])]
    if (len(tall) < 2 or not set(figures) & set(tall)) and not _are_listed(cells, stacks, figures):
        return []
    level = _LEVEL * size_of(stacks[tall[0]][0][0])
    heights = _heights(stacks, level)
    if len(heights) > max(map(len, stacks.values())) and not set(figures) & set(tall):
        return []
    lines = [_line(y, stacks, level) for y in heights]
    rows = group_rows(lines, [], min(stacks))
    if sum(len(line.filled) > 1 for row in rows for line in row) < _FEWEST:
        return []
    if sum(all(len(line.filled) < 2 for line in row) for row in rows) > _ALONE * len(rows):
        return []  # labels of several lines taken to pieces
    return rows


def _heights(stacks: Stacks, level: float) -> list[float]:
    """The heights at which lines stand, from the top down."""
    out: list[float] = []
    for y in sorted(_middle(line) for lines in stacks.values() for line in lines):
        if not out or y - out[-1] > level:
            out.append(y)
    return out


def _are_listed(cells: list[RawCell], stacks: Stacks, figures: list[int]) -> bool:
    """Whether several cells hold one short text a line, as a list of rows does: most lines end before they must."""
    if min(cell.row for cell in cells) == 0:
        return False
    if len(stacks) >= _COLUMNS_OF_TEXT and len({len(lines) for lines in stacks.values()}) == 1:
        return all(_begins(line[0].text) for lines in stacks.values() for line in lines)
    rects = {cell.column: cell.rect for cell in cells if cell.words}
    listed = [c for c in stacks if len(stacks[c]) > 1 and c not in figures and _ends_early(stacks[c], rects[c])]
    most = max(map(len, stacks.values()))
    tall = [c for c in listed if len(stacks[c]) == most]
    fewest = 2 if figures else _COLUMNS_OF_TEXT
    return bool(tall) and len(listed) + len(figures) >= max(fewest, 0.7 * len(stacks))


def _begins(word: str) -> bool:
    """Whether a text may begin with a word."""
    return not word[:1].islower() and word[:1] not in "(&,"


def _ends_early(lines: list[list[Word]], rect: Rect) -> bool:
    """Whether lines end where the first word of the next would still have fitted into the cell."""
    inset = max(0.0, min(line[0].x0 for line in lines) - rect[0])
    room = rect[2] - min(inset, _INSET * size_of(lines[0][0]))
    early = sum(
        one[-1].x1 + _SPACE * size_of(one[-1]) + two[0].x1 - two[0].x0 < room for one, two in itertools.pairwise(lines)
    )
    return early >= _EARLY * (len(lines) - 1)


def _middle(line: list[Word]) -> float:
    return sum(word.top + word.bottom for word in line) / (2 * len(line))


def _line(y: float, stacks: Stacks, level: float) -> BodyLine:
    placed = [
        Placed(Piece(line), column, column, 0)
        for column, lines in sorted(stacks.items())
        for line in lines
        if abs(_middle(line) - y) <= level
    ]
    pieces = [p.piece for p in placed]
    return BodyLine(placed, min(p.top for p in pieces), max(p.bottom for p in pieces), max(p.size for p in pieces))


def _cut(cells: list[RawCell], row: int, members: list[RawCell], groups: list[list[BodyLine]]) -> list[RawCell]:
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


def _bounds(members: list[RawCell], groups: list[list[BodyLine]]) -> list[float]:
    between = [(one[-1].bottom + two[0].top) / 2 for one, two in itertools.pairwise(groups)]
    return [min(c.rect[1] for c in members), *between, max(c.rect[3] for c in members)]

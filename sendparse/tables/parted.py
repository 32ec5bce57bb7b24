"""Cells that a paper draws as one although they are several: rows shaded in one piece, with no line between their columns.

In: the cells of a ruled table. Out: the same cells; one that stands over several columns is cut at their borders where its
print stands in these columns, one piece of a line in each. A heading over several columns is one piece, and text that runs over a
border stays whole.
"""

from __future__ import annotations

from sendparse.tables.grid import RawCell
from sendparse.tables.lines import Piece, text_lines

_OVER = 1.5  # points that print may reach over a border


def part_spans(cells: list[RawCell]) -> list[RawCell]:
    """The cells, those over several columns cut where their print is."""
    if all(cell.column_span == 1 for cell in cells):
        return list(cells)
    borders = _borders(cells)
    return [part for cell in cells for part in _parts(cell, borders)]


def _borders(cells: list[RawCell]) -> dict[int, tuple[float, float]]:
    """Left and right edge of each column that has cells of its own."""
    return {cell.column: (cell.rect[0], cell.rect[2]) for cell in cells if cell.column_span == 1}


def _parts(cell: RawCell, borders: dict[int, tuple[float, float]]) -> list[RawCell]:
    columns = list(range(cell.column, cell.column + cell.column_span))
    if len(columns) < 2 or len(cell.words) < 2 or any(column not in borders for column in columns):
        return [cell]
    held: dict[int, list[Piece]] = {}
    for line in text_lines(word for word in cell.words if word.upright):
        homes = [_home(piece, columns, borders) for piece in line.pieces]
        if None in homes or len(set(homes)) < len(homes):
            return [cell]
        for home, piece in zip(homes, line.pieces, strict=True):
            held.setdefault(home or 0, []).append(piece)
    if len(held) < 2:
        return [cell]
    pieces = [piece for column in held.values() for piece in column]
    groups = _groups(pieces, columns, borders)
    if groups:
        return [_part(cell, group, borders, [piece]) for group, piece in zip(groups, pieces, strict=True)]
    return [_part(cell, [column], borders, held.get(column, [])) for column in columns]


def _home(piece: Piece, columns: list[int], borders: dict[int, tuple[float, float]]) -> int | None:
    """The column that a piece stands in; nothing where it stands over a border."""
    inside = (c for c in columns if borders[c][0] - _OVER <= piece.x0 and piece.x1 <= borders[c][1] + _OVER)
    return next(inside, None)


def _groups(pieces: list[Piece], columns: list[int], borders: dict[int, tuple[float, float]]) -> list[list[int]]:
    """As many columns for each heading, where each stands in the middle of its own; none where they do not."""
    for first in (0, 1):
        under = columns[first:]
        size = len(under) // len(pieces)
        if size < 2 or len(under) % len(pieces):
            continue
        groups = [under[n * size : (n + 1) * size] for n in range(len(pieces))]
        middles = [(borders[group[0]][0] + borders[group[-1]][1]) / 2 for group in groups]
        if all(abs(piece.centre - x) < piece.size for piece, x in zip(pieces, middles, strict=True)):
            return groups
    return []


def _part(cell: RawCell, columns: list[int], borders: dict[int, tuple[float, float]], pieces: list[Piece]) -> RawCell:
    rect = (borders[columns[0]][0], cell.rect[1], borders[columns[-1]][1], cell.rect[3])
    words = [word for piece in pieces for word in piece.words]
    return RawCell(cell.row, columns[0], cell.row_span, len(columns), rect, words, cell.fill)

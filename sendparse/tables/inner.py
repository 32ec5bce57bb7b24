"""Columns that no line parts: ruled cells that hold columns of figures.

In: the cells of a ruled table. Out: whether one of its columns is really several, told by white that runs down through its
cells with figures beside it. Such a table has rules between its rows and no full grid; borderless.py reads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from sendparse.tables.columns import find_columns
from sendparse.tables.grid import RawCell
from sendparse.tables.kinds import is_bullet
from sendparse.tables.lines import Line, Piece, size_of, text_lines

_FEWEST = 2  # figures in a column of figures
_MOSTLY = 0.6  # of its pieces


def hides_columns(cells: Sequence[RawCell]) -> bool:
    """Whether some column of the grid holds columns of its own."""
    columns: dict[int, list[RawCell]] = {}
    for cell in cells:
        if cell.column_span == 1 and len(cell.words) > 1:
            columns.setdefault(cell.column, []).append(cell)
    return any(_is_several(members) for members in columns.values())


def _is_several(cells: Sequence[RawCell]) -> bool:
    lines = [line for cell in cells for line in text_lines(w for w in cell.words if w.upright)]
    if sum(len(line.pieces) > 1 and line.figures > 0 for line in lines) < _FEWEST:
        return False
    size = median(size_of(word) for line in lines for word in line.words)
    found = find_columns(lines, size=size)
    if len(found) < 2:
        return False
    pieces: list[list[Piece]] = [[] for _ in range(len(found))]
    for line in lines:
        for piece in line.pieces:
            first, last = found.at(piece)
            if first == last:
                pieces[first].append(piece)
    figures = [n for n, column in enumerate(pieces) if _are_figures(column)]
    beside = [n for n, column in enumerate(pieces) if len(column) >= _FEWEST and not _are_bullets(column)]
    return any(other != n for n in figures for other in beside) and _share_lines(lines, figures)


def _are_figures(pieces: Sequence[Piece]) -> bool:
    figures = sum(piece.figure for piece in pieces)
    return figures >= _FEWEST and figures >= _MOSTLY * len(pieces) and not _are_bullets(pieces)


def _are_bullets(pieces: Sequence[Piece]) -> bool:
    return sum(is_bullet(piece.text) for piece in pieces) > 0.5 * len(pieces)


def _share_lines(lines: Sequence[Line], figures: Sequence[int]) -> bool:
    """Figures stand beside other print in their lines, not alone."""
    return sum(line.figures > 0 and len(line.pieces) > 1 for line in lines) >= _FEWEST and bool(figures)

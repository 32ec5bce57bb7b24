"""Columns and rows that no line parts: ruled cells that hold columns of figures, or one line of each row.

In: the cells of a ruled table. Out: whether one of its columns is really several, told by white that runs down through its
cells with figures beside it; whether one of its rows is, told by lines that begin anew at the same heights in all of its
cells. Such a table has no full grid; borderless.py reads it.
"""

from __future__ import annotations

from sendparse.model import Word
from sendparse.tables.columns import find_columns
from sendparse.tables.grid import RawCell
from sendparse.tables.kinds import is_bullet, may_be_figure
from sendparse.tables.lines import Line, Piece, text_lines
from sendparse.tables.order import median
from sendparse.tables.words import lines_of, size_of

_FEWEST = 2  # figures in a column of figures
_MOSTLY = 0.6  # of its pieces
_FEWEST_ROWS = 3  # rows in one, and columns that show them
_MOST_OF = 0.6  # of the lines of a table


def hides_columns(cells: list[RawCell]) -> bool:
    """Whether some column of the grid holds columns of its own."""
    columns: dict[int, list[RawCell]] = {}
    for cell in cells:
        if cell.column_span == 1 and len(cell.words) > 1:
            columns.setdefault(cell.column, []).append(cell)
    return any(_is_several(members) for members in columns.values())


def hides_rows(cells: list[RawCell]) -> bool:
    """Whether one row of the grid holds most of the table, as rows of its own: only its columns are ruled."""
    stacked = {id(cell): lines_of(cell.words) for cell in cells}
    if any(cell.row_span > _FEWEST_ROWS and len(stacked[id(cell)]) >= 0.8 * cell.row_span for cell in cells):
        return True  # a cell beside rows that were told by their figures holds a label of each
    total = sum(map(len, stacked.values()))
    for row in {cell.row for cell in cells}:
        stacks = [stacked[id(cell)] for cell in cells if cell.row == row and cell.row_span == 1]
        tall = [lines for lines in stacks if len(lines) >= _FEWEST_ROWS]
        if len(tall) < _FEWEST_ROWS or sum(map(len, stacks)) < _MOST_OF * total:
            continue
        level = 0.4 * size_of(tall[0][0][0])
        if any(sum(_begins_row(line[0], tall, level) for line in lines) >= _FEWEST_ROWS for lines in tall):
            return True
    return False


def _begins_row(word: Word, stacks: list[list[list[Word]]], level: float) -> bool:
    """Whether nearly all cells have a line at the height of a word, and each begins there anew."""
    y = word.top + word.bottom
    lines = [line[0] for lines in stacks for line in lines if abs(line[0].top + line[0].bottom - y) < 2 * level]
    return len(lines) >= 0.75 * len(stacks) and not any(word.text[:1].islower() for word in lines)


def _is_several(cells: list[RawCell]) -> bool:
    valued = [cell for cell in cells if any(may_be_figure(word.text) for word in cell.words)]
    if sum(len(line.pieces) > 1 and line.figures > 0 for line in _lines(valued)) < _FEWEST:
        return False
    lines = _lines(cells)
    size = median([size_of(word) for line in lines for word in line.words])
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


def _lines(cells: list[RawCell]) -> list[Line]:
    return [line for cell in cells for line in text_lines(w for w in cell.words if w.upright)]


def _are_figures(pieces: list[Piece]) -> bool:
    figures = sum(piece.figure for piece in pieces)
    return figures >= _FEWEST and figures >= _MOSTLY * len(pieces) and not _are_bullets(pieces)


def _are_bullets(pieces: list[Piece]) -> bool:
    return sum(is_bullet(piece.text) for piece in pieces) > 0.5 * len(pieces)


def _share_lines(lines: list[Line], figures: list[int]) -> bool:
    """Figures stand beside other print in their lines, not alone."""
    return sum(line.figures > 0 and len(line.pieces) > 1 for line in lines) >= _FEWEST and bool(figures)

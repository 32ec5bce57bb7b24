"""Cells from crossing lines: the rule of a ruled table, as geometry alone.

In: horizontal and vertical lines in any order and number, drawn in pieces, doubled or a little off. Out: groups of cells
that touch, each cell a rectangle with lines on its four sides and none through it. The rule is that of pdfplumber's table
finder (a cell is the smallest rectangle from a crossing, whose corners are crossings joined by lines); looking crossings
up along their own line instead of scanning all of them makes its cost grow with the number of cells, not with its square.
Words, fills and meaning are not here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

Line = tuple[float, float, float]
"""Where a line runs (x of a vertical, y of a horizontal one), where it begins and where it ends."""

Rect = tuple[float, float, float, float]
"""x0, top, x1, bottom."""

Point = tuple[int, int]
"""Numbers of a vertical and a horizontal position."""

SNAP = 3.0  # points: a doubled or ragged line is one line
JOIN = 3.0  # points: a gap that short does not end a line
REACH = 3.0  # points: a line that ends that short of another still meets it
SHORTEST = 1.5  # points: what is shorter is a dot
MOST_CROSSINGS = 60_000  # beyond that it is a drawing, not a table


def touching_cells(horizontal: Iterable[Line], vertical: Iterable[Line]) -> list[list[Rect]]:
    """Cells in groups that share corners, groups and cells from the top left on."""
    flat, upright = _merged(horizontal), _merged(vertical)
    if len(flat) < 2 or len(upright) < 2:
        return []
    crossings = _crossings(flat, upright)
    return _groups(_cells(crossings), crossings)


def _merged(lines: Iterable[Line]) -> list[tuple[float, list[tuple[float, float]]]]:
    """Lines by position, those within SNAP of each other taken as one; pieces that touch joined."""
    pieces = sorted([line for line in lines if line[2] - line[1] >= SHORTEST])
    out = []
    for group in _near(pieces):
        weight = sum(end - start for _, start, end in group)
        at = sum(place * (end - start) for place, start, end in group) / weight
        out.append((at, _joined(sorted([(start, end) for _, start, end in group]))))
    return out


def _near(pieces: list[Line]) -> Iterable[list[Line]]:
    group: list[Line] = []
    for piece in pieces:
        if group and (piece[0] - group[-1][0] > SNAP or piece[0] - group[0][0] > 2 * SNAP):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _joined(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    out = [spans[0]]
    for start, end in spans[1:]:
        if start <= out[-1][1] + JOIN:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


class _Crossings:
    """Where lines cross: for each crossing the piece of either line it lies on, and each line's crossings in order."""

    def __init__(self, xs: list[float], ys: list[float]) -> None:
        self.xs = xs
        self.ys = ys
        self.pieces: dict[Point, tuple[int, int]] = {}  # piece of the vertical, piece of the horizontal line
        self.along: dict[tuple[int, int], list[int]] = defaultdict(list)  # (row, piece): columns
        self.down: dict[tuple[int, int], list[int]] = defaultdict(list)  # (column, piece): rows


def _crossings(
    flat: list[tuple[float, list[tuple[float, float]]]], upright: list[tuple[float, list[tuple[float, float]]]]
) -> _Crossings:
    found = _Crossings([x for x, _ in upright], [y for y, _ in flat])
    for row, (y, spans) in enumerate(flat):
        for column, (x, stretches) in enumerate(upright):
            across = _piece(spans, x)
            if across < 0:
                continue
            along = _piece(stretches, y)
            if along < 0:
                continue
            found.pieces[column, row] = (along, across)
            found.along[row, across].append(column)
            found.down[column, along].append(row)
        if len(found.pieces) > MOST_CROSSINGS:
            return _Crossings([], [])
    return found


def _piece(spans: list[tuple[float, float]], at: float) -> int:
    for number, (start, end) in enumerate(spans):
        if start - REACH <= at <= end + REACH:
            return number
    return -1


def _cells(crossings: _Crossings) -> list[tuple[int, int, int, int]]:
    """The smallest rectangle that begins at each crossing, where there is one: its first and last column and row."""
    out = []
    for (column, row), (along, across) in crossings.pieces.items():  # row by row
        lower = _after(crossings.down[column, along], row)
        right = _after(crossings.along[row, across], column)
        corner = _far_corner(crossings, lower, right, (column, row)) if lower and right else None
        if corner:
            out.append((column, row, corner[0], corner[1]))
    return out


def _after(places: list[int], place: int) -> list[int]:
    return places[bisect_right(places, place) :]


def _far_corner(crossings: _Crossings, lower: list[int], right: list[int], start: Point) -> Point | None:
    """The nearest crossing below and right that closes a rectangle: joined to the two others by one piece each."""
    column, row = start
    for below in lower:
        across = crossings.pieces[column, below][1]
        for beside in right:
            corner = crossings.pieces.get((beside, below))
            if corner and corner[1] == across and corner[0] == crossings.pieces[beside, row][0]:
                return (beside, below)
    return None


def _groups(cells: list[tuple[int, int, int, int]], crossings: _Crossings) -> list[list[Rect]]:
    """The rectangles of cells that share a corner, directly or through others."""
    xs, ys = crossings.xs, crossings.ys
    parent = list(range(len(cells)))
    first_at: dict[int, int] = {}
    for number, (column, row, right, lower) in enumerate(cells):
        over, under = row * len(xs), lower * len(xs)
        for corner in (over + column, over + right, under + column, under + right):
            other = first_at.setdefault(corner, number)
            if other != number:
                parent[_root(parent, number)] = _root(parent, other)
    groups: dict[int, list[Rect]] = defaultdict(list)
    for number, (column, row, right, lower) in enumerate(cells):
        groups[_root(parent, number)].append((xs[column], ys[row], xs[right], ys[lower]))
    return sorted(groups.values(), key=lambda group: (min([c[1] for c in group]), min([c[0] for c in group])))


def _root(parent: list[int], number: int) -> int:
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number

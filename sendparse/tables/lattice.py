"""Cells from crossing lines: the rule of a ruled table, as geometry alone.

In: horizontal and vertical lines in any order and number, drawn in pieces, doubled or a little off. Out: groups of cells
that touch, each cell a rectangle with lines on its four sides and none through it. The rule is that of pdfplumber's table
finder (a cell is the smallest rectangle from a crossing, whose corners are crossings joined by lines); going from crossing
to crossing along a line instead of scanning all of them makes its cost grow with the number of cells, not with its square.
Words, fills and meaning are not here.
"""

from __future__ import annotations

Line = tuple[float, float, float]
"""Where a line runs (x of a vertical, y of a horizontal one), where it begins and where it ends."""

Rect = tuple[float, float, float, float]
"""x0, top, x1, bottom."""

Span = tuple[float, float]
"""Where a piece of a line begins and ends."""

SNAP = 3.0  # points: a doubled or ragged line is one line
JOIN = 3.0  # points: a gap that short does not end a line
REACH = 3.0  # points: a line that ends that short of another still meets it
SHORTEST = 1.5  # points: what is shorter is a dot
MOST_CROSSINGS = 60_000  # beyond that it is a drawing, not a table


def touching_cells(horizontal: list[Line], vertical: list[Line]) -> list[list[Rect]]:
    """Cells in groups that share corners, groups and cells from the top left on."""
    flat, upright = _merged(horizontal), _merged(vertical)
    if len(flat) < 2 or len(upright) < 2:
        return []
    crossings = _crossings(flat, upright)
    return _groups(_cells(crossings), crossings)


def _merged(lines: list[Line]) -> list[tuple[float, list[Span]]]:
    """Lines by position, those within SNAP of each other taken as one; pieces that touch joined."""
    out: list[tuple[float, list[Span]]] = []
    group: list[Line] = []
    first = last = 0.0
    for piece in sorted([line for line in lines if line[2] - line[1] >= SHORTEST]):
        at = piece[0]
        if group and (at - last > SNAP or at - first > 2 * SNAP):
            out.append(_one(group))
            group = []
        first, last = at if not group else first, at
        group.append(piece)
    if group:
        out.append(_one(group))
    return out


def _one(group: list[Line]) -> tuple[float, list[Span]]:
    """Lines close by as one: its position, to which each adds by its length, and its pieces."""
    weight = whole = 0.0
    spans: list[Span] = []
    for place, start, end in group:
        weight += end - start
        whole += place * (end - start)
        spans.append((start, end))
    return whole / weight, _joined(sorted(spans)) if len(spans) > 1 else spans


def _joined(spans: list[Span]) -> list[Span]:
    out: list[Span] = []
    begun, reached = spans[0]
    for start, end in spans:
        if start <= reached + JOIN:
            reached = max(reached, end)
        else:
            out.append((begun, reached))
            begun, reached = start, end
    out.append((begun, reached))
    return out


class _Crossings:
    """Where lines cross, row by row: each crossing with its lines, the pieces of them, and the next on either piece."""

    def __init__(self, xs: list[float], ys: list[float]) -> None:
        self.xs = xs
        self.ys = ys
        self.at: dict[int, int] = {}  # the crossing of a row and a column, by `place`
        self.columns: list[int] = []
        self.rows: list[int] = []
        self.along: list[int] = []  # piece of the vertical line
        self.across: list[int] = []  # piece of the horizontal line
        self.below: list[int] = []  # the next crossing down the same piece, or -1
        self.beside: list[int] = []  # the next crossing to the right on the same piece, or -1

    def place(self, column: int, row: int) -> int:
        """A number for a column and a row."""
        return row * len(self.xs) + column

    def add(self, column: int, row: int, along: int, across: int) -> int:
        """One more crossing; its number."""
        number = len(self.columns)
        self.at[self.place(column, row)] = number
        self.columns.append(column)
        self.rows.append(row)
        self.along.append(along)
        self.across.append(across)
        self.below.append(-1)
        self.beside.append(-1)
        return number

    def rect(self, start: int, end: int) -> Rect:
        """The rectangle between two crossings."""
        columns, rows = self.columns, self.rows
        return self.xs[columns[start]], self.ys[rows[start]], self.xs[columns[end]], self.ys[rows[end]]


def _crossings(flat: list[tuple[float, list[Span]]], upright: list[tuple[float, list[Span]]]) -> _Crossings:
    found = _Crossings([x for x, _ in upright], [y for y, _ in flat])
    above = [[-1] * len(stretches) for _, stretches in upright]  # the last crossing of each piece
    for row, (y, spans) in enumerate(flat):
        before = [-1] * len(spans)
        for column, (x, stretches) in enumerate(upright):
            across = _piece(spans, x)
            along = _piece(stretches, y) if across >= 0 else -1
            if along < 0:
                continue
            number = found.add(column, row, along, across)
            if before[across] >= 0:
                found.beside[before[across]] = number
            if above[column][along] >= 0:
                found.below[above[column][along]] = number
            before[across] = above[column][along] = number
        if len(found.columns) > MOST_CROSSINGS:
            return _Crossings([], [])
    return found


def _piece(spans: list[Span], at: float) -> int:
    for number, (start, end) in enumerate(spans):
        if start - REACH <= at <= end + REACH:
            return number
    return -1


Corners = tuple[int, int, int, int]
"""Crossings at the corners of a cell: its start, the next to the right, the next below, the far one."""


def _cells(crossings: _Crossings) -> list[Corners]:
    """The smallest rectangle that begins at each crossing, where there is one."""
    out: list[Corners] = []
    for start in range(len(crossings.columns)):
        cell = _cell(crossings, start)
        if cell is not None:
            out.append(cell)
    return out


def _cell(crossings: _Crossings, start: int) -> Corners | None:
    """The nearest crossing below and right that closes a rectangle: joined to the two others by one piece each."""
    below = crossings.below[start]
    while below >= 0:
        beside = crossings.beside[start]
        while beside >= 0:
            place = crossings.place(crossings.columns[beside], crossings.rows[below])
            far = crossings.at.get(place, -1)
            joined = far >= 0 and crossings.across[far] == crossings.across[below]
            if joined and crossings.along[far] == crossings.along[beside]:
                return start, beside, below, far
            beside = crossings.beside[beside]
        below = crossings.below[below]
    return None


def _groups(cells: list[Corners], crossings: _Crossings) -> list[list[Rect]]:
    """The rectangles of cells that share a corner, directly or through others."""
    parent = list(range(len(cells)))
    first_at = [-1] * len(crossings.columns)
    for number, corners in enumerate(cells):
        for corner in corners:
            other = first_at[corner]
            if other < 0:
                first_at[corner] = number
            else:
                parent[_root(parent, number)] = _root(parent, other)
    groups: dict[int, list[Rect]] = {}
    for number, (start, _, _, end) in enumerate(cells):
        groups.setdefault(_root(parent, number), []).append(crossings.rect(start, end))
    return sorted(groups.values(), key=_top_left) if len(groups) > 1 else list(groups.values())


def _top_left(group: list[Rect]) -> tuple[float, float]:
    return min([rect[1] for rect in group]), min([rect[0] for rect in group])


def _root(parent: list[int], number: int) -> int:
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number

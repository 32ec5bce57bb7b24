"""Tables of labels beside nothing but drawings: dots and arrows under "This quarter", "Last quarter", "Direction".

In: a page, and the boxes that other finders have taken. Out: tables. Drawn dots, arrows and small pictures that stand under
each other make columns; the lines left of them are the labels of the rows, and print right above the columns is the heading.
A dot before its text is the mark of a list or of a chart's key, so nothing is read to the right of drawings.
"""

from __future__ import annotations

from collections.abc import Sequence

from sendparse.model import Box, Page, Table
from sendparse.tables.arrows import direction_of
from sendparse.tables.colours import rag_of
from sendparse.tables.grid import RawCell, to_table
from sendparse.tables.lines import Line, Piece, text_lines
from sendparse.tables.order import median

_LARGEST, _SMALLEST = 40.0, 4.0  # points
_BELOW = 4.0  # points: drawings whose middles lie that near stand under each other
_FEWEST = 3  # drawings in a column, and rows
_HEAD_LINES = 3
_REACH = 2.5  # of the font size: white between the heading and the first row, or between rows and their labels
_ALIKE = 1.6  # drawings of one column differ in size by no more

Rows = list[tuple[float, list[Line]]]
"""Height of the drawings of a row, and the lines of its label."""


def find_signs(page: Page, taken: list[Box], document_id: str = "") -> list[Table]:
    """Tables of labels and drawings outside the boxes that are taken."""
    drawings = [box for box in _marks(page) if not _inside(box, taken)]
    columns = _columns(drawings)
    if not columns:
        return []
    words = [w for w in page.words if w.upright and not w.hidden]
    lines = [line for line in text_lines(words) if not _inside(_box([line]), taken)]
    left = min(box.x0 for column in columns for box in column)
    rows = _rows(columns, [line for line in lines if line.x1 < left], lines, left)
    if len(rows) < _FEWEST:
        return []
    cells = _cells(columns, rows, _heading(lines, columns, rows))
    return [to_table(cells, page=page.number, document_id=document_id, method="borderless")]


def _marks(page: Page) -> list[Box]:
    """Dots in a colour of ratings, arrows, and pictures as small as they are."""
    shapes = [shape for shape in page.shapes if _is_small(shape.box)]
    telling = [s.box for s in shapes if (s.filled and rag_of(s.colour)) or direction_of(s.points)]
    return telling + [picture.box for picture in page.pictures if _is_small(picture.box)]


def _is_small(box: Box) -> bool:
    return _SMALLEST <= _size(box) <= _LARGEST


def _size(box: Box) -> float:
    return max(box.x1 - box.x0, box.bottom - box.top)


def _middle(box: Box) -> tuple[float, float]:
    return (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2


def _columns(drawings: list[Box]) -> list[list[Box]]:
    """Drawings of one size under each other, from the left."""
    groups: list[list[Box]] = []
    for box in sorted(drawings, key=lambda b: _middle(b)[0]):
        if groups and _middle(box)[0] - _middle(groups[-1][0])[0] <= _BELOW:
            groups[-1].append(box)
        else:
            groups.append([box])
    return [g for g in groups if len(g) >= _FEWEST and max(map(_size, g)) <= _ALIKE * min(map(_size, g))]


def _rows(columns: list[list[Box]], labels: list[Line], lines: list[Line], left: float) -> Rows:
    """The rows from the top down, each with its label; none where the drawings have other print among them."""
    heights: list[float] = []
    for y in sorted(_middle(box)[1] for column in columns for box in column):
        if not heights or y - heights[-1] > _BELOW:
            heights.append(y)
    if not labels or len(heights) < _FEWEST:
        return []
    size = median([line.size for line in labels])
    top, bottom = heights[0] - size, heights[-1] + size
    if any(line.x1 >= left and top < line.middle < bottom for line in lines):
        return []
    out: Rows = [(y, []) for y in heights]
    for line in labels:
        y, mine = min(out, key=lambda row: abs(row[0] - line.middle))
        if abs(y - line.middle) < _REACH * size and line.middle > top - size:
            mine.append(line)
    return out if all(mine for _, mine in out) else []


def _heading(lines: list[Line], columns: list[list[Box]], rows: Rows) -> list[Line]:
    """The lines right above the first row, as long as one of them has print over the drawings."""
    edge = min(rows[0][0], *(line.top for line in rows[0][1]))
    own = {id(line) for _, mine in rows for line in mine}
    out: list[Line] = []
    for line in reversed([line for line in lines if line.middle < edge and id(line) not in own]):
        if len(out) == _HEAD_LINES or edge - line.bottom > _REACH * line.size:
            break
        if any(len(piece.words) > _HEAD_LINES for piece in line.pieces if _over(piece, columns) is not None):
            break
        out.insert(0, line)
        edge = line.top
    while out and not any(_over(piece, columns) is not None for piece in out[0].pieces):
        del out[0]
    return out


def _over(piece: Piece, columns: list[list[Box]]) -> int | None:
    """The column of drawings that a piece stands over."""
    for number, column in enumerate(columns):
        x = _middle(column[0])[0]
        if piece.x0 - _BELOW <= x <= piece.x1 + _BELOW:
            return number
    return None


def _cells(columns: list[list[Box]], rows: Rows, heading: list[Line]) -> list[RawCell]:
    out = []
    heads: dict[int, list[Piece]] = {}
    for line in heading:
        for piece in line.pieces:
            over = _over(piece, columns)
            heads.setdefault(0 if over is None else over + 1, []).append(piece)
    first = 1 if heads else 0
    out += [_printed(pieces, 0, column) for column, pieces in heads.items()]
    for number, (y, label) in enumerate(rows, start=first):
        out.append(_printed([piece for line in label for piece in line.pieces], number, 0))
        for place, column in enumerate(columns, start=1):
            found = next((box for box in column if abs(_middle(box)[1] - y) <= _BELOW), None)
            if found is not None:
                out.append(RawCell(number, place, 1, 1, (found.x0, found.top, found.x1, found.bottom)))
    return out


def _printed(pieces: list[Piece], row: int, column: int) -> RawCell:
    box = _box(pieces)
    return RawCell(row, column, 1, 1, (box.x0, box.top, box.x1, box.bottom), [w for p in pieces for w in p.words])


def _box(items: Sequence[Line | Piece]) -> Box:
    return Box(
        x0=min(i.x0 for i in items),
        top=min(i.top for i in items),
        x1=max(i.x1 for i in items),
        bottom=max(i.bottom for i in items),
    )


def _inside(box: Box, boxes: list[Box]) -> bool:
    x, y = _middle(box)
    return any(b.x0 <= x <= b.x1 and b.top <= y <= b.bottom for b in boxes)

"""The boxes that are drawn round tiles: painted, or framed with four lines.

In: a page; then the large figures on it. Out: the box of each figure that has one: the smallest that holds it and no other
large figure. A box as wide as the page is a band, one as low as a line is a rule or the ground of a cell.
"""

from __future__ import annotations

from sendparse.model import Box, Page, Ruling
from sendparse.tables.lattice import touching_cells
from sendparse.tables.lines import Piece
from sendparse.tables.ruled import page_lines

_SMALLEST = 30.0  # points high and wide
_WIDEST = 0.7  # of the page
_EDGE = 2.5  # points: lines that end that near meet
_FEWEST_LINES = 5  # of two cells beside each other
_MOST_SHARED = 4  # figures in one box
_TALL = 1.7  # of the figure's height: a lower box has no room for a caption over or under the figure


def drawn_boxes(page: Page) -> list[Box]:
    """Painted and framed boxes of the size of tiles."""
    found = [fill.box for fill in page.fills] + _framed(page.rulings) + _cells(page)
    return [b for b in found if b.bottom - b.top >= _SMALLEST and _SMALLEST <= b.x1 - b.x0 <= _WIDEST * page.width]


def _cells(page: Page) -> list[Box]:
    """The cells of a grid: tiles may share their lines."""
    if len(page.rulings) < _FEWEST_LINES:
        return []
    grids = touching_cells(*page_lines(page))
    return [
        Box(x0=x0, top=top, x1=x1, bottom=bottom) for grid in grids if len(grid) > 1 for x0, top, x1, bottom in grid
    ]


def _framed(rulings: tuple[Ruling, ...]) -> list[Box]:
    """Boxes of two level lines of one width with uprights at both ends."""
    level = sorted((r for r in rulings if r.x1 - r.x0 > _SMALLEST), key=lambda r: (r.x0, r.x1, r.top))
    upright = [r for r in rulings if r.bottom - r.top > _SMALLEST]
    out = []
    for number, one in enumerate(level):
        left, right = ([side for side in upright if abs(side.x0 - x) < _EDGE] for x in (one.x0, one.x1))
        if not left or not right:
            continue
        for two in level[number + 1 :]:
            if two.x0 - one.x0 > _EDGE:
                break
            if abs(two.x1 - one.x1) > _EDGE or two.top - one.top < _SMALLEST:
                continue
            if all(any(_reaches(side, one.top, two.top) for side in sides) for sides in (left, right)):
                out.append(Box(x0=one.x0, top=one.top, x1=one.x1, bottom=two.top))
                break
    return out


def _reaches(side: Ruling, top: float, bottom: float) -> bool:
    return side.top < top + _EDGE and side.bottom > bottom - _EDGE


def boxes_of(figures: list[Piece], boxes: list[Box]) -> dict[int, Box]:
    """The box of each figure, by the figure's id."""
    out = {}
    for figure in figures:
        around = [b for b in boxes if _holds(b, figure) and b.bottom - b.top > _TALL * (figure.bottom - figure.top)]
        alone = [b for b in around if not any(other is not figure and _holds(b, other) for other in figures)]
        if alone:
            out[id(figure)] = min(alone, key=lambda b: (b.x1 - b.x0) * (b.bottom - b.top))
    return out


def shared_boxes(figures: list[Piece], boxes: list[Box]) -> dict[int, Box]:
    """The box of figures that share one with a few others, by the figure's id: "Reviews: 212 completed, 71% on time"."""
    out = {}
    for figure in figures:
        around = [b for b in boxes if _holds(b, figure) and 1 < sum(_holds(b, f) for f in figures) <= _MOST_SHARED]
        if around:
            out[id(figure)] = min(around, key=lambda b: (b.x1 - b.x0) * (b.bottom - b.top))
    return out


def _holds(box: Box, piece: Piece) -> bool:
    y = (piece.top + piece.bottom) / 2
    return box.x0 <= piece.centre <= box.x1 and box.top <= y <= box.bottom

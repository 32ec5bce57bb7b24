"""Which of a page's rulings a reader can see.

In: a page. Out: its rulings without the edges of painted rectangles, and the painted strips, that have one colour on both
sides: a white rectangle on white paper, and the ground of a cell, which word processors paint line by line. Drawn lines
stay, whatever their colour: a white line on white paper still parts what was typed into two cells.
"""

from __future__ import annotations

from math import floor

from sendparse.model import Colour, Fill, Page, Ruling

_BESIDE = 0.3  # points from an edge at which the colours of its sides are looked up
_SAME = 0.02
_TALL = 16.0  # points: fills are looked up by the tile that they lie on
_WIDE = 64.0
_ROWS = 1 << 20  # of such tiles: more than any page has
_WHITE: Colour = (1.0, 1.0, 1.0)


_last: tuple[Page | None, list[Ruling]] = (None, [])


def visible_rulings(page: Page) -> list[Ruling]:
    """The rulings of a page that show. Those of the last page are kept, since each finder asks for them."""
    global _last  # noqa: PLW0603
    known, rulings = _last
    if page is not known:
        ground = _Ground(page.fills)
        rulings = [r for r in page.rulings if not r.from_rectangle or not ground.hides(r)]
        _last = (page, rulings)
    return list(rulings)


class _Ground:
    """What colour lies where."""

    def __init__(self, fills: tuple[Fill, ...]) -> None:
        self.tiles: dict[int, list[Fill]] = {}
        for fill in reversed(fills):
            box = fill.box
            for column in range(floor(box.x0 / _WIDE), floor(box.x1 / _WIDE) + 1):
                for row in range(floor(box.top / _TALL), floor(box.bottom / _TALL) + 1):
                    self.tiles.setdefault(column * _ROWS + row, []).append(fill)

    def at(self, x: float, y: float) -> Colour:
        """The colour at a point: that of the fill painted last."""
        tile = self.tiles.get(floor(x / _WIDE) * _ROWS + floor(y / _TALL))
        if tile is None:
            return _WHITE
        for fill in tile:
            box = fill.box
            if box.x0 <= x <= box.x1 and box.top <= y <= box.bottom:
                return fill.colour
        return _WHITE

    def hides(self, ruling: Ruling) -> bool:
        """Whether both sides of an edge, or a painted strip and both its sides, have one colour."""
        x0, top, x1, bottom = ruling.x0, ruling.top, ruling.x1, ruling.bottom
        level = x1 - x0 >= bottom - top
        off = ruling.width / 2 + _BESIDE
        for place in (0.5, 0.25, 0.75):  # along the edge
            x, y = x0 + place * (x1 - x0), top + place * (bottom - top)
            one = self.at(x, y - off) if level else self.at(x - off, y)
            two = self.at(x, y + off) if level else self.at(x + off, y)
            if not _alike(one, two) or (ruling.width > 0 and not _alike(one, ruling.colour)):
                return False
        return True


def _alike(one: Colour, two: Colour) -> bool:
    return abs(one[0] - two[0]) <= _SAME and abs(one[1] - two[1]) <= _SAME and abs(one[2] - two[2]) <= _SAME

"""Which way an arrow points, and whether it is a dot, from the ink of a small picture.

In: rows of letters, `#` where there is ink. Out: up, down or flat, or nothing. An arrow is alike on both sides of the line it
points along, and narrower at its tip than at its other end; one that is drawn in lines has its barbs nearer the tip.
"""

from __future__ import annotations

from collections.abc import Sequence

from sendparse.model import Trend

Dots = list[list[bool]]

_ALIKE = 0.9  # of the ink: one half and the other, mirrored
_FEWEST = 12  # dots of ink
_END = 0.14  # of the length: an end of an arrow
_NARROWER = 0.14  # of the width: between the tip and the other end
_LINES = 0.38  # of the box: an arrow with less ink is drawn in lines
_WIDE = 0.6  # of the width: an end with the barbs of a head without a tail
_OFF = 0.05  # of the length: of the barbs from the middle
_THIN = 0.28  # high to wide: what is thinner is a dash
_ROUND = 0.62  # of the box of a disc or a square is ink


def direction_of_ink(rows: Sequence[str]) -> Trend:
    """The direction of an arrow, straight or slanting; nothing where the ink is none."""
    dots = _cut(rows)
    if not dots or min(len(dots), len(dots[0])) < _THIN * max(len(dots), len(dots[0])):
        return ""
    square = _squared(dots)
    upright, level = _mirrored(square), _mirrored(_lying(square))
    if min(upright, level) >= _ALIKE:
        return ""
    if upright >= _ALIKE:
        return {1: "up", -1: "down"}.get(_tip(square), "")  # type: ignore[return-value]
    if level >= _ALIKE:
        return "flat" if _tip(_lying(square)) else ""
    return _slanting(square)


def is_dot(rows: Sequence[str]) -> bool:
    """Whether the ink is a disc or a square: the same from all sides, and full."""
    dots = _cut(rows)
    if not dots or max(len(dots), len(dots[0])) > 1.35 * min(len(dots), len(dots[0])):
        return False
    square = _squared(dots)
    same = min(_mirrored(square), _mirrored(_lying(square)), _same(square, _lying(square)))
    return same >= _ALIKE and sum(map(sum, square)) >= _ROUND * len(square) ** 2


def _cut(rows: Sequence[str]) -> Dots:
    """The dots inside the box of the ink; none where there is next to none."""
    dots = [[letter == "#" for letter in row] for row in rows]
    kept = [n for n, row in enumerate(dots) if any(row)]
    if sum(map(sum, dots)) < _FEWEST:
        return []
    columns = [n for n in range(len(dots[0])) if any(row[n] for row in dots)]
    return [row[columns[0] : columns[-1] + 1] for row in dots[kept[0] : kept[-1] + 1]]


def _squared(dots: Dots) -> Dots:
    """As many dots down as across."""
    side = max(len(dots), len(dots[0]))
    high, wide = len(dots), len(dots[0])
    return [[dots[y * high // side][x * wide // side] for x in range(side)] for y in range(side)]


def _lying(dots: Dots) -> Dots:
    return [list(column) for column in zip(*dots, strict=True)]


def _same(one: Dots, two: Dots) -> float:
    """The share of ink that the other has too, no more than a dot away."""
    met = _near(one, two) + _near(two, one)
    return met / max(1, sum(map(sum, one)) + sum(map(sum, two)))


def _near(one: Dots, two: Dots) -> int:
    """How much ink of one lies within a dot across of ink of the other."""
    met = 0
    for y, row in enumerate(one):
        wide = [a or b or c for a, b, c in zip([False, *two[y]], two[y], [*two[y][1:], False], strict=False)]
        met += sum(a and b for a, b in zip(row, wide, strict=True))
    return met


def _mirrored(dots: Dots) -> float:
    """How alike the left half is to the right one."""
    return _same(dots, [row[::-1] for row in dots])


def _tip(dots: Dots) -> int:
    """1 where the tip is at the top, -1 where it is at the foot, 0 where neither end is one."""
    side = len(dots)
    end, ink = max(1, round(_END * side)), sum(map(sum, dots))
    spans = [_span(row) / side for row in dots]
    first, last = sum(spans[:end]) / end, sum(spans[-end:]) / end
    if ink < _LINES * side * side and max(first, last) < _WIDE:
        barbs = [y for y, span in enumerate(spans) if span > 0.85 * max(spans)]
        off = sum(barbs) / len(barbs) / (side - 1) - 0.5
        return 0 if abs(off) < _OFF else 1 if off < 0 else -1
    return 0 if abs(first - last) <= _NARROWER else 1 if first < last else -1


def _span(row: list[bool]) -> int:
    """How many dots lie between the first and the last one with ink, these included."""
    places = [x for x, ink in enumerate(row) if ink]
    return places[-1] - places[0] + 1 if places else 0


def _slanting(dots: Dots) -> Trend:
    """The direction of an arrow along a diagonal: it is alike on both sides of it, its head heavier than its tail."""
    rising = _same(dots, [row[::-1] for row in _lying(dots)][::-1])
    falling = _same(dots, _lying(dots))
    if max(rising, falling) < _ALIKE:
        return ""
    weight = _upper_right(dots) if rising > falling else -_upper_right(dots[::-1])
    return "" if weight == 0 else ("up" if weight > 0 else "down")


def _upper_right(dots: Dots) -> int:
    """How much more ink lies to the upper right than to the lower left."""
    return sum((x > y) - (x < y) for y, row in enumerate(dots) for x, ink in enumerate(row) if ink)

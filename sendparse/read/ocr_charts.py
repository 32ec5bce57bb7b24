"""Charts on a page that was read from a picture: their axes are no figures that the paper states.

In: words and lines of the page. Out: boxes of charts. A chart is told by its upright axis: numbers under each other at equal
distances, which fall to zero in equal steps (rounded to what is printed), with nothing but the chart's lines beside them.
In a born-digital page a chart is a picture or drawn, and its axis is found from what is drawn (tables/charts.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sendparse.model import Box, Ruling, Word

_TICK = re.compile(r"£?(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)[%mk]?")
_FEWEST = 4
_ONE_EDGE = 2.5  # points by which the edges of one column differ
_EVEN = 0.15  # of the distance of ticks by which distances differ
_LABELS = 2.6  # times the height of a tick: how far under the axis the names of the bars stand
_BESIDE = 24.0  # points between ticks and the lines of the chart
_LEAST_WIDE = 60.0


def charts_of(words: Sequence[Word], rulings: Sequence[Ruling]) -> list[Box]:
    """Where the charts of a page are, with their axes."""
    return [box for axis in _axes(words) if (box := _chart(axis, words, rulings)) is not None]


def _axes(words: Sequence[Word]) -> Iterator[list[Word]]:
    ticks = sorted((word for word in words if word.upright and _TICK.fullmatch(word.text)), key=lambda word: word.top)
    taken: set[int] = set()
    for first in ticks:
        if id(first) in taken:
            continue
        column = [word for word in ticks if word.top >= first.top and _in_line(word, first)]
        for count in range(len(column), _FEWEST - 1, -1):
            if _is_axis(column[:count]):
                taken.update(id(word) for word in column[:count])
                yield column[:count]
                break


def _in_line(one: Word, other: Word) -> bool:
    return min(abs(one.x1 - other.x1), abs(one.x0 - other.x0)) <= _ONE_EDGE


def _is_axis(ticks: Sequence[Word]) -> bool:
    values = [_value(word) for word in ticks]
    if values[-1] != 0:
        return False
    steps = [one - other for one, other in pairwise(values)]
    unit = 10.0 ** -max(len(word.text.rstrip("%mk").partition(".")[2]) for word in ticks)
    ways = [other.top - one.top for one, other in pairwise(ticks)]
    usual = sorted(ways)[len(ways) // 2]
    return (
        min(steps) > 0
        and max(steps) - min(steps) <= 1.01 * unit
        and usual > 0
        and all(abs(way - usual) <= _EVEN * usual for way in ways)
    )


def _value(word: Word) -> float:
    match = _TICK.fullmatch(word.text)
    return float(match[1].replace(",", "")) if match else -1.0


def _chart(axis: Sequence[Word], words: Sequence[Word], rulings: Sequence[Ruling]) -> Box | None:
    """The box of an axis and what stands right of it; nothing where words stand beside the ticks, as in a table."""
    edge, top, bottom = max(word.x1 for word in axis), axis[0].top, axis[-1].bottom
    high = axis[-1].bottom - axis[-1].top
    lines = [
        line
        for line in rulings
        if abs(line.bottom - line.top) < 1 and top - high <= line.top <= bottom + high and line.x1 > edge + _LEAST_WIDE
        if line.x0 >= min(word.x0 for word in axis) - high and line.x0 <= edge + _BESIDE
    ]
    right = max((line.x1 for line in lines), default=0.0)
    if right < edge + _LEAST_WIDE:
        return None
    mine = {id(word) for word in axis}
    beside = [
        word
        for word in words
        if id(word) not in mine and edge < word.x0 < right and any(abs(word.top - tick.top) < high / 2 for tick in axis)
    ]
    if len(beside) > len(axis) // 2:
        return None
    under = bottom + _LABELS * high
    return Box(x0=min(word.x0 for word in axis), top=top - high / 2, x1=right + high, bottom=under)


def is_within(x: float, y: float, boxes: Sequence[Box]) -> bool:
    """Whether a point lies in one of the boxes."""
    return any(box.x0 <= x <= box.x1 and box.top <= y <= box.bottom for box in boxes)

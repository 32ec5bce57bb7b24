"""The axes of charts: numbers at equal distances with equal steps, and nothing beside them.

In: the words of a page and its horizontal rules. Out: the words that are no ticks of an axis, and the boxes that the charts
take. A column of a table may count in equal steps too (years, ages, row numbers), but then figures stand beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from sendparse.model import Box, Word
from sendparse.tables.frames import Rule
from sendparse.tables.kinds import begins_as_word, is_figure, is_year
from sendparse.tables.order import ascending, median
from sendparse.tables.words import size_of

_BETWEEN_DIGITS = re.compile(r"[,\s]")
_NUMBER = re.compile(r"^[£$€]?\s?([\-−–]?(?:\d+(?:[,\s]\d{3})*(?:\.\d+)?|\.\d+))\s?%?$")
_FEWEST = 4  # ticks of an axis that goes up the page
_FEWEST_ACROSS = 5
_SPACING = 0.12  # how much the distances of ticks may differ
_BESIDE = 0.4  # of the ticks may have a figure at their height
_TO_GRID = 40.0  # points from the ticks to the lines of the chart
_GRAIN = 3.0  # points: numbers set to one edge


def without_axes(words: list[Word], rules: Sequence[Rule] = ()) -> tuple[list[Word], list[Box]]:
    """The words without the numbers along the axes of charts, and where the charts are."""
    numbers = []
    for word in words:
        value = number_in(word.text)
        if value is not None:
            numbers.append((word, value))
    if len(numbers) < _FEWEST:
        return list(words), []
    upright, level = _up_the_page(numbers, words), _across(numbers)
    ticks = {id(word) for axis in (*upright, *level) for word in axis}
    charts = [*(_beside(axis, rules) for axis in upright), *map(_above, level)]
    return [word for word in words if id(word) not in ticks], [box for box in charts if box is not None]


def _beside(axis: list[Word], rules: Sequence[Rule]) -> Box | None:
    """The place right of an axis that goes up the page, as far as the lines of the chart reach."""
    top, bottom, edge = axis[0].top, axis[-1].bottom, max(word.x1 for word in axis)
    lines = [r for r in rules if top - 5 < r.y < bottom + 5 and abs(r.x0 - edge) < _TO_GRID]
    if not lines:
        return None
    return Box(x0=edge, top=top, x1=max(r.x1 for r in lines), bottom=bottom)


def _above(axis: list[Word]) -> Box:
    """The place above an axis that goes across, with the names of the bars left of it."""
    x0, x1, top = axis[0].x0, axis[-1].x1, axis[0].top
    wide = x1 - x0
    return Box(x0=x0 - 0.5 * wide, top=top - 0.6 * wide, x1=x1 + 0.1 * wide, bottom=axis[0].bottom)


def number_in(text: str) -> float | None:
    """The plain number of a tick: "80", "1,500", "40%", ".4"."""
    if begins_as_word(text) or not text:
        return None
    last = ord(text[-1])
    if 48 <= last <= 57:  # a digit
        return float(text) if text.isascii() and text.replace(".", "", 1).isdigit() else _number_in(text)
    return _number_in(text) if last == 37 or last > 127 or text[-1].isspace() else None  # 37: a per cent sign


@lru_cache(maxsize=1000)
def _number_in(text: str) -> float | None:
    match = _NUMBER.match(text)
    return float(_BETWEEN_DIGITS.sub("", match[1]).replace("−", "-").replace("–", "-")) if match else None


def has_steps(values: list[float]) -> bool:
    """Whether numbers go up or down by one step that is no counting from one."""
    steps = [values[n] - values[n - 1] for n in range(1, len(values))]
    step = median(steps)
    if step == 0 or (abs(step) == 1 and 0 not in values):
        return False
    return all(abs(s - step) <= 0.01 * abs(step) for s in steps)


def _up_the_page(numbers: list[tuple[Word, float]], words: list[Word]) -> list[list[Word]]:
    found: list[list[Word]] = []
    figures: list[Word] = []
    ticks = [word for word, _ in numbers]
    for edges in ([w.x1 for w in ticks], [w.x0 for w in ticks], [(w.x0 + w.x1) / 2 for w in ticks]):
        for column in _grouped(numbers, edges):
            tops = [word.top for word, _ in column]
            places = ascending(tops)
            for run in _even_runs([column[n] for n in places], [tops[n] for n in places], _FEWEST):
                figures = figures or _figures(words)
                if _stands_alone(run, figures, lambda w: (w.top + w.bottom) / 2):
                    found.append(run)
    return found


def _across(numbers: list[tuple[Word, float]]) -> list[list[Word]]:
    runs: list[list[Word]] = []
    for line in _grouped(numbers, [word.top for word, _ in numbers]):
        line = [line[n] for n in ascending([word.x0 for word, _ in line])]  # noqa: PLW2901
        runs += _even_runs(line, [(word.x0 + word.x1) / 2 for word, _ in line], _FEWEST_ACROSS)
    ticks = {id(word) for run in runs for word in run}  # charts under each other have their ticks under each other
    others = _figures([word for word, _ in numbers if id(word) not in ticks])
    return [run for run in runs if _stands_alone(run, others, lambda w: w.x1)]


def _grouped(numbers: list[tuple[Word, float]], edges: list[float]) -> list[list[tuple[Word, float]]]:
    """The numbers that stand at one edge; `edges` are theirs."""
    groups: dict[int, list[tuple[Word, float]]] = {}
    for n in range(len(numbers)):
        groups.setdefault(round(edges[n] / _GRAIN), []).append(numbers[n])
    return [group for group in groups.values() if len(group) >= _FEWEST]


def _even_runs(items: list[tuple[Word, float]], places: list[float], fewest: int) -> list[list[Word]]:
    """Stretches with one step and one distance. Years are left alone: they head columns and rows as often."""
    start = 0
    values = [value for _, value in items]
    found: list[list[Word]] = []
    for end in range(2, len(items) + 1):
        if end < len(items) and _goes_on(values, places, end):
            continue
        if end - start >= fewest and has_steps(values[start:end]):
            words = [word for word, _ in items[start:end]]
            if not all(is_year(word.text) for word in words):
                found.append(words)
        start = end - 1
    return found


def _goes_on(values: list[float], places: list[float], at: int) -> bool:
    """Whether a number is as far from the one before it, and differs as much, as that one from the one before."""
    near, far = places[at - 1] - places[at - 2], places[at] - places[at - 1]
    if near <= 0 or abs(far - near) > max(1.0, _SPACING * near):
        return False
    step = values[at - 1] - values[at - 2]
    return abs((values[at] - values[at - 1]) - step) <= 0.01 * abs(step)


def _figures(words: list[Word]) -> list[Word]:
    return [word for word in words if is_figure(word.text)]


def _stands_alone(ticks: list[Word], figures: list[Word], place: Callable[[Word], float]) -> bool:
    """Whether few ticks have another figure at their height (or, of ticks that go across, at their edge)."""
    mine = {id(word) for word in ticks}
    others = [other for other in figures if id(other) not in mine]
    beside = sum(any(abs(place(other) - place(tick)) < 0.3 * size_of(tick) for other in others) for tick in ticks)
    return beside <= _BESIDE * len(ticks)

"""Closing a grid whose outer lines are not drawn.

In: the horizontal and vertical lines of a page. Out: the vertical lines that a reader adds in thought: where rules end at
one x, one above the other, with column lines between them, the table ends there although nothing is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from sendparse.tables.lattice import Line

_SNAP = 3.0  # points: ends that near lie above each other
_JOIN = 3.0  # points: a gap that short does not end a line
_INSET = 6.0  # points: a column line at least that far from the end
_TALLEST = 220.0  # points between two rules of one table
_MANY = 4  # lines between columns: with so many, rules are of one table however far apart
_STRETCH = 64.0  # points: lines are looked up by the height at which they run
_SHARE = 0.8  # of the height between two rules, that a column line runs


@dataclass(slots=True)
class _Upright:
    """A vertical line, with its number among those of the page."""

    number: int
    place: int  # x in steps of _SNAP
    x: float
    top: float
    bottom: float


def open_sides(flat: list[Line], upright: list[Line]) -> list[Line]:
    """Vertical lines to add at the open ends of rules."""
    if not upright:
        return []
    rules = _joined(flat)
    by_height = _by_height(upright)
    out: list[Line] = []
    for end in (1, 2):
        for group in _by_end(rules, end):
            x = sum(rule[end] for rule in group) / len(group)
            for n in range(1, len(group)):
                upper, lower = group[n - 1], group[n]
                left, right = max(upper[1], lower[1]) + _INSET, min(upper[2], lower[2]) - _INSET
                if left >= right:
                    continue
                if lower[0] - upper[0] > _TALLEST:
                    places = {round(line[0] / _SNAP) for line in upright if left < line[0] < right}
                    if len(places) < _MANY:
                        continue
                near = _running(by_height, upper[0], lower[0])
                between = [line for line in near if left < line.x < right]
                if between and _covers(between, upper[0], lower[0]):
                    drawn = [line for line in near if abs(line.x - x) <= _INSET]
                    if not _covers(drawn, upper[0], lower[0]):
                        out.append((x, upper[0], lower[0]))
    return out


def _by_height(upright: list[Line]) -> dict[int, list[_Upright]]:
    """Vertical lines by the stretches of the page that they run through."""
    out: dict[int, list[_Upright]] = {}
    for number, (x, top, bottom) in enumerate(upright):
        line = _Upright(number, round(x / _SNAP), x, top, bottom)
        for stretch in range(floor(top / _STRETCH), floor(bottom / _STRETCH) + 1):
            out.setdefault(stretch, []).append(line)
    return out


def _running(lines: dict[int, list[_Upright]], top: float, bottom: float) -> list[_Upright]:
    """The vertical lines that may run between two heights, in their order."""
    first, last = floor(top / _STRETCH), floor(bottom / _STRETCH)
    if first == last:
        return lines.get(first, [])
    found = {line.number: line for stretch in range(first, last + 1) for line in lines.get(stretch, [])}
    return [found[number] for number in sorted(found)]


def _joined(flat: list[Line]) -> list[Line]:
    """Rules from the top down, the pieces of one rule as one."""
    out: list[Line] = []
    row: list[Line] = []
    for piece in sorted(flat):
        if row and piece[0] - row[0][0] > _SNAP:
            out += _touching(row)
            row = []
        row.append(piece)
    return out + _touching(row) if row else out


def _touching(row: list[Line]) -> list[Line]:
    if len(row) == 1:
        return row
    y = sum(piece[0] for piece in row) / len(row)
    out: list[Line] = []
    for start, end in sorted([(start, end) for _, start, end in row]):
        if out and start <= out[-1][2] + _JOIN:
            out[-1] = (y, out[-1][1], max(out[-1][2], end))
        else:
            out.append((y, start, end))
    return out


def _by_end(rules: list[Line], end: int) -> list[list[Line]]:
    """Rules that begin (1) or end (2) at one x, from the top down."""
    groups: list[list[Line]] = []
    last: list[float] = []  # where the last rule of each group ends
    for rule in rules:
        x = rule[1] if end == 1 else rule[2]
        for n in range(len(groups)):
            if abs(last[n] - x) <= _SNAP:
                groups[n].append(rule)
                last[n] = x
                break
        else:
            groups.append([rule])
            last.append(x)
    return [group for group in groups if len(group) > 1]


def _covers(lines: list[_Upright], top: float, bottom: float) -> bool:
    """Whether the lines at some x together run nearly all the way between two heights."""
    lengths: dict[int, float] = {}
    enough = _SHARE * (bottom - top)
    for line in lines:
        part = min(line.bottom, bottom) - max(line.top, top)
        if part > 0:
            if part >= enough:
                return True
            lengths[line.place] = lengths.get(line.place, 0.0) + part
            lengths[line.place + 1] = lengths.get(line.place + 1, 0.0) + part
    return any(length >= enough for length in lengths.values())

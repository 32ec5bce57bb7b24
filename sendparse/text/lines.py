"""Printed lines, and columns of print.

In: the words of one page. Out: lines from top to bottom, and the columns that they stand in, in reading order. A row whose
words stand in cells, far apart, is a line with gaps; a page of prose in two columns is two columns of lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from operator import attrgetter

from sendparse.model import Word
from sendparse.tables.lines import edges_of
from sendparse.tables.order import median

_GAP = 2.2  # white between two words, in type sizes, that parts cells; justified prose stays below
_GUTTER = 1.0  # white between two columns of prose, in type sizes
_COLUMN_LINES = 4
_COLUMN_WORDS = 2.5
_SURE = 0.4999
_IN_LINE = attrgetter("x0", "x1", "text")
_MARKER = re.compile(r"^\W*(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zA-Z]|[ivxIVX]{1,4})?[.)]?$")


@dataclass(slots=True)
class Line:
    """Words on one baseline, from left to right. `gaps` are the words that begin a further cell."""

    words: list[Word]
    x0: float = field(init=False)
    x1: float = field(init=False)
    top: float = field(init=False)
    bottom: float = field(init=False)
    size: float = field(init=False)
    gaps: list[Word] = field(init=False)
    text: str = field(init=False)  # the words with single spaces
    bold: bool = field(init=False)  # most of the line is bold

    def __post_init__(self) -> None:
        if not _stand_in_turn(self.words):
            self.words.sort(key=_IN_LINE)
        self.x0, self.top, self.x1, self.bottom = edges_of(self.words)
        self.size = median([w.size or w.bottom - w.top for w in self.words])
        # What stands off at the very left is a paragraph's number or a bullet, no cell.
        marker = len(self.words[0].text) <= 6 and not self.words[0].text.endswith(("%", "£"))
        self.gaps = [
            after
            for n, (before, after) in enumerate(pairwise(self.words))
            if after.x0 - before.x1 > _GAP * self.size and not (n == 0 and marker)
        ]
        self.text = " ".join([word.text for word in self.words])
        heavy = [word.text for word in self.words if word.bold]
        self.bold = bool(heavy) and 2 * sum(map(len, heavy)) > len(self.text) - len(self.words) + 1

    @property
    def text_x0(self) -> float:
        """Where the text begins, after a number or bullet that stands off."""
        return self.words[1].x0 if len(self.words) > 1 and len(self.words[0].text) <= 6 else self.x0

    @property
    def mixed(self) -> bool:
        """Part of the line is bold and part is not."""
        told = self.words[1:] if _MARKER.match(self.words[0].text) else self.words
        return len({w.bold for w in told if any(c.isalnum() for c in w.text)}) > 1

    def key(self) -> tuple[float, str]:
        """What tells this line from the others of its page."""
        return (round(self.top, 1), self.text)


def _stand_in_turn(words: list[Word]) -> bool:
    """Whether each word begins to the right of the one before, as those of most lines do."""
    edge = -inf
    for word in words:
        if word.x0 <= edge:
            return False
        edge = word.x0
    return True


def lines_of(words: Sequence[Word]) -> list[Line]:
    """Words to lines: those whose middles lie in each other's height, from top to bottom."""
    rows: list[list[Word]] = []
    edges: list[tuple[float, float]] = []
    for word in sorted(sorted(words, key=attrgetter("x0")), key=_height):
        middle = (word.top + word.bottom) / 2
        for at in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
            if edges[at][0] <= middle <= edges[at][1]:
                rows[at].append(word)
                break
        else:
            rows.append([word])
            height = word.bottom - word.top
            edges.append((word.top + 0.15 * height, word.bottom - 0.15 * height))
    return [Line(row) for row in rows]


def _height(word: Word) -> float:
    """The height of a word's middle, to a tenth of a point. Rounding as it should be takes long, and tells only halfway."""
    tenths = 5 * (word.top + word.bottom)
    near = int(tenths + 0.5)
    return near if abs(tenths - near) < _SURE else round(10 * round((word.top + word.bottom) / 2, 1))


def columns(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines in reading order, parted into columns of prose where white runs down between them."""
    words = [word for line in lines for word in line.words]
    cut = _gutter(lines, words)
    if cut is None:
        strips = _strips(lines)
        if len(strips) == 1:
            return [list(lines)] if lines else []
        parts = [columns(strip) for strip in strips]
        if all(len(part) == 1 for part in parts):
            return [list(lines)]
        return _merged(parts)
    left = lines_of([w for w in words if w.x1 <= cut])
    right = lines_of([w for w in words if w.x1 > cut])
    return [*columns(left), *columns(right)]


def _merged(parts: Sequence[list[list[Line]]]) -> list[list[Line]]:
    """Strips one after another; those in one column run together, so that a paragraph's pitch is told over all of them."""
    out: list[list[Line]] = []
    single = False
    for part in parts:
        if len(part) == 1 and single:
            out[-1] += part[0]
        else:
            out += [list(column) for column in part]
        single = len(part) == 1
    return out


def _gutter(lines: Sequence[Line], words: Sequence[Word]) -> float | None:
    """The middle of a band of white that parts two columns of prose, or nothing."""
    if len(lines) < _COLUMN_LINES:
        return None
    size = median([line.size for line in lines])
    reach = words and sorted(words, key=attrgetter("x0"))
    best: tuple[float, float] | None = None
    edge = reach[0].x1 if reach else 0.0
    for word in reach or ():
        if word.x0 - edge > _GUTTER * size and _columns_of_prose(lines, (edge + word.x0) / 2):
            best = max(best or (0.0, 0.0), (word.x0 - edge, (edge + word.x0) / 2))
        edge = max(edge, word.x1)
    return best[1] if best else None


def _columns_of_prose(lines: Sequence[Line], cut: float) -> bool:
    """True when both sides of a cut hold lines of prose and not labels, numbers or bullets."""
    for side in (True, False):
        rows = [[w for w in line.words if (w.x1 <= cut) == side] for line in lines]
        rows = [row for row in rows if row]
        if len(rows) < _COLUMN_LINES or sum(map(len, rows)) < _COLUMN_WORDS * len(rows):
            return False
        letters = sum(any(c.isalpha() for c in w.text) for row in rows for w in row)
        if letters < 0.6 * sum(map(len, rows)):
            return False
    return True


def _strips(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines parted where more than a line's height of white lies between them."""
    if not lines:
        return []
    out = [[lines[0]]]
    for before, line in pairwise(lines):
        if line.top - before.bottom > 0.9 * max(line.size, before.size):
            out.append([])
        out[-1].append(line)
    return out

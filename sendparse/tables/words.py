"""Words into the cells of one table, each word looked at once.

In: cells as rectangles on a grid and the page's words. Out: the words of each cell and its text, lines joined by a newline.
A word belongs to the cell in which its centre lies. Two cases need more: text that is longer than its cell and runs over
its neighbours goes whole to the cell it was typed in, and two figures that a reader glued over a border are cut there.
Hidden text (white on white helper text) belongs to no cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import attrgetter

from sendparse.model import Box, Word
from sendparse.tables.order import ascending, no_greater

_OVER = 1.0  # points: a letter's side bearing may reach that far over a border
_OVER_SHARE = 0.08  # of a word's width on the far side, before it counts as crossing
_BESIDE = 0.5  # of the lower word's height: words that share so much stand on one line
_SPACE = 0.6  # of the font size: words nearer than that were typed in one go
_FIGURE = re.compile(r"[(<>~£+\-−–]*\d[\d,]*(?:\.\d+)?%?\)?[▲▼►▶◄↑↓→]?")


_last: tuple[tuple[Word, ...] | None, list[Word]] = (None, [])


def sort_words(words: Iterable[Word]) -> list[Word]:
    """The words that can be seen, by the height of their centre: the order `between` needs.

    Those of the last page are kept, since several finders ask for them. Nobody changes them.
    """
    global _last  # noqa: PLW0603
    known, found = _last
    if words is not known:
        seen = [w for w in words if not w.hidden]
        found = [seen[place] for place in ascending([_middle(w) for w in seen])]
        if isinstance(words, tuple):
            _last = (words, found)
    return found


def outside(words: tuple[Word, ...], boxes: Sequence[Box], *, upright: bool = True) -> list[Word]:
    """The words that can be seen and stand upright (or, the others, run up or down the page) and lie in no box."""
    out = [word for word in words if word.upright == upright and not word.hidden]
    for box in boxes if out else ():
        x0, top, x1, bottom = box.x0, box.top, box.x1, box.bottom
        out = [w for w in out if not (x0 <= (w.x0 + w.x1) / 2 <= x1 and top <= (w.top + w.bottom) / 2 <= bottom)]
    return out


def between(words: list[Word], top: float, bottom: float) -> list[Word]:
    """Those of the sorted words whose centre lies between two heights."""
    return words[_above(words, top) : _above(words, bottom)]


def _above(words: list[Word], y: float) -> int:
    """How many of the sorted words have their centre no lower than a height."""
    low, high = 0, len(words)
    while low < high:
        place = (low + high) // 2
        if _middle(words[place]) <= y:
            low = place + 1
        else:
            high = place
    return low


def _middle(word: Word) -> float:
    return (word.top + word.bottom) / 2


class Slots:
    """The grid of a table: which cell lies at a point. `owner[row][column]` is a cell's number, or -1."""

    def __init__(self, xs: list[float], ys: list[float], owner: list[list[int]]) -> None:
        self.xs = xs
        self.ys = ys
        self.owner = owner

    def row(self, y: float) -> int:
        """The row of the grid at a height, -1 above and below."""
        return _interval(self.ys, y)

    def cell(self, row: int, x: float) -> int:
        """The number of the cell in a row at x, -1 outside."""
        column = _interval(self.xs, x)
        return self.owner[row][column] if row >= 0 and column >= 0 else -1


def _interval(edges: list[float], at: float) -> int:
    place = no_greater(edges, at) - 1
    return place if 0 <= place < len(edges) - 1 else -1


def words_by_cell(words: list[Word], slots: Slots, count: int) -> list[list[Word]]:
    """The words of each of `count` cells. `words` come from `between`."""
    rows: dict[int, list[Word]] = {}
    left, right = slots.xs[0] - _OVER, slots.xs[-1] + _OVER
    for word in words:
        if left <= (word.x0 + word.x1) / 2 <= right:
            rows.setdefault(slots.row(_middle(word)), []).append(word)
    out: list[list[Word]] = [[] for _ in range(count)]
    for row, members in rows.items():
        if row >= 0:
            for cell, word in _placed(members, slots, row):
                if cell >= 0:
                    out[cell].append(word)
    return out


def _placed(words: list[Word], slots: Slots, row: int) -> Iterable[tuple[int, Word]]:
    """Each word of a grid row with its cell."""
    straddling = [word for word in words if word.upright and _crosses(word, slots, row)]
    if not straddling:
        return [(slots.cell(row, (w.x0 + w.x1) / 2), w) for w in words]
    out: list[tuple[int, Word]] = []
    done: set[int] = set()
    for word in straddling:
        if id(word) in done:
            continue
        run = _run(word, words)
        done |= {id(w) for w in run}
        cut = _cut(word, slots, row) if len(run) == 1 else []
        home = _home(run, slots, row)
        out += cut or [(home, w) for w in run]
    return out + [(slots.cell(row, (w.x0 + w.x1) / 2), w) for w in words if id(w) not in done]


def _crosses(word: Word, slots: Slots, row: int) -> bool:
    over = max(_OVER, _OVER_SHARE * (word.x1 - word.x0))
    first, last = slots.cell(row, word.x0 + over), slots.cell(row, word.x1 - over)
    return first != last and first >= 0 and last >= 0 and word.x1 - word.x0 > 2 * over


def _run(word: Word, words: list[Word]) -> list[Word]:
    """The words typed in one go with a word: same line, same look, a space apart."""
    line = sorted((w for w in words if _same_line(w, word) and _same_look(w, word)), key=lambda w: w.x0)
    place = next(i for i, w in enumerate(line) if w is word)
    first = last = place
    while first > 0 and line[first].x0 - line[first - 1].x1 < _SPACE * word.size:
        first -= 1
    while last + 1 < len(line) and line[last + 1].x0 - line[last].x1 < _SPACE * word.size:
        last += 1
    return line[first : last + 1]


def _same_line(a: Word, b: Word) -> bool:
    return abs(a.bottom - b.bottom) < 0.3 * max(b.size, 1.0)


def _same_look(a: Word, b: Word) -> bool:
    return a.bold == b.bold and abs(a.size - b.size) < 0.5 and a.colour == b.colour


def _home(run: list[Word], slots: Slots, row: int) -> int:
    """The cell that a text longer than its cell was typed in: where it begins, ends, or has its middle.

    A text set to the left begins at its cell's left edge and runs over to the right; one set to the right the other way
    round; one set to the middle runs over on both sides.
    """
    x0, x1, size = run[0].x0, run[-1].x1, max(run[0].size, 1.0)
    if any(abs(x0 - edge) < 0.6 * size for edge in slots.xs):
        return slots.cell(row, x0 + 0.7 * size)
    if any(abs(x1 - edge) < 0.6 * size for edge in slots.xs):
        return slots.cell(row, x1 - 0.7 * size)
    return slots.cell(row, (x0 + x1) / 2)


def _cut(word: Word, slots: Slots, row: int) -> list[tuple[int, Word]]:
    """A word that is two figures, one on either side of a border, as two words; empty where it is no such word."""
    width = word.x1 - word.x0
    borders = [x for x in slots.xs if word.x0 + _OVER < x < word.x1 - _OVER]
    if len(borders) != 1 or width <= 0:
        return []
    guess = round(len(word.text) * (borders[0] - word.x0) / width)
    for place in (guess, guess - 1, guess + 1):
        left, right = word.text[:place], word.text[place:]
        if _FIGURE.fullmatch(left) and _FIGURE.fullmatch(right):
            parts = (replace(word, text=left, x1=borders[0]), replace(word, text=right, x0=borders[0]))
            return [(slots.cell(row, (part.x0 + part.x1) / 2), part) for part in parts]
    return []


def text_of(words: list[Word]) -> str:
    """The words as printed: lines from the top, joined by a newline."""
    if len(words) < 2:
        return words[0].text if words else ""
    lines = lines_of(words)
    return "\n".join(" ".join(w.text for w in line) for line in lines)


def lines_of(words: list[Word]) -> list[list[Word]]:
    """Words put into lines in reading order; text that runs up the page is read from the foot, text that runs down from the top."""
    if not words:
        return []
    if _on_one_line(words):
        return [from_left(list(words))]
    down = steep = 0
    for word in words:
        if not word.upright:
            steep += 1
        if word.down:
            down += 1
    if down * 2 > len(words):
        return _lines(words, [-w.x1 for w in words], [-w.x0 for w in words], [w.top for w in words])
    if steep * 2 > len(words):
        return _lines(words, [w.x0 for w in words], [w.x1 for w in words], [-w.bottom for w in words])
    return _lines(words, [w.top for w in words], [w.bottom for w in words], [w.x0 for w in words])


def _on_one_line(words: list[Word]) -> bool:
    """Whether words are level and all between the same two heights, as those of most cells are."""
    top, bottom = words[0].top, words[0].bottom
    return bottom > top and all(w.top == top and w.bottom == bottom and w.upright and not w.down for w in words)


def size_of(word: Word) -> float:
    """Font size; height of the box where the size is unknown."""
    return word.size or (word.bottom - word.top) or 1.0


def from_left(words: list[Word]) -> list[Word]:
    """Words in the order in which they begin."""
    for n in range(1, len(words)):
        if words[n].x0 < words[n - 1].x0:
            return sorted(words, key=attrgetter("x0"))
    return words


def _lines(words: list[Word], lows: list[float], highs: list[float], along: list[float]) -> list[list[Word]]:
    """Words that stand beside each other: a line's tallest word covers half of each other one, be it a raised mark.

    `lows` and `highs` are the words' edges across the line, `along` is where they begin in it.
    """
    if len(words) == 1:
        return [list(words)]
    lines: list[list[int]] = []
    start = end = 0.0
    for place in ascending([lows[n] + highs[n] for n in range(len(words))]):
        low, high = lows[place], highs[place]
        if lines and min(end, high) - max(start, low) >= _BESIDE * min(end - start, high - low):
            lines[-1].append(place)
            if high - low > end - start:
                start, end = low, high
        else:
            lines.append([place])
            start, end = low, high
    return [_in_order(words, line, along) for line in lines]


def _in_order(words: list[Word], line: list[int], along: list[float]) -> list[Word]:
    """The words of a line from its beginning on."""
    for n in range(1, len(line)):
        if along[line[n]] < along[line[n - 1]]:
            return [words[place] for place in sorted(line, key=along.__getitem__)]
    return [words[place] for place in line]

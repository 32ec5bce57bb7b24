"""Words to printed lines, and lines to the pieces that stand apart in them.

In: the words of a page. Out: lines from the top down; each line holds its pieces from left to right. A piece is words that
a reader takes as one phrase: no gap wider than the spaces of that text, no drawn line between them. Columns and rows are
not here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from operator import attrgetter

from sendparse.model import Ruling, Word
from sendparse.tables.kinds import is_figure, is_leader, is_number
from sendparse.tables.order import ascending, median
from sendparse.tables.white import TIGHT_SPACE, gauge, stretched, word_spaces
from sendparse.tables.words import from_left, size_of

_CURRENCY = frozenset({"$", "£", "€", "¥", "US$"})
_CLOSING = frozenset({"%", ")", "%)", "*", "**", "***"})
_BETWEEN_FIGURES = 1.3  # of a word space: two figures of a row that far apart are two
_ROW_OF_FIGURES = 3
_THOUSANDS = re.compile(r"\d{3}(?:[.,]\d+)?%?")  # "9 663": what may go on with a figure
_LEAST = 0.12  # of the font size: white between two figures
APART = 0.45  # of the font size: no word space is as wide as this in text that is not justified or typed
_LEFT = attrgetter("x0")
_MANY = 50  # words: the lines of so many are kept for who asks next


class Piece:
    """Words of one line that belong together."""

    __slots__ = ("_figure", "_text", "bottom", "size", "top", "words", "x0", "x1")

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.x0, self.top, self.x1, self.bottom = edges_of(words)
        self.size = size_of(words[0])
        for word in words:
            if word.size > self.size or not word.size:
                self.size = max(self.size, size_of(word))
        self._text: str | None = None
        self._figure: bool | None = None

    @property
    def text(self) -> str:
        """The words with single spaces."""
        if self._text is None:
            self._text = " ".join(word.text for word in self.words)
        return self._text

    @property
    def figure(self) -> bool:
        """Whether this is a value: a number with its signs, or what stands where a number is missing."""
        if self._figure is None:
            self._figure = is_figure(self.text)
        return self._figure

    @property
    def centre(self) -> float:
        """Middle between left and right."""
        return (self.x0 + self.x1) / 2

    @property
    def bold(self) -> bool:
        """Every word is bold."""
        return all(word.bold for word in self.words)

    def __repr__(self) -> str:
        return f"<{self.text} {self.x0:.0f}-{self.x1:.0f}>"


class Line:
    """Pieces that stand at one height."""

    __slots__ = ("_figures", "bottom", "pieces", "size", "top", "words", "x0", "x1")

    def __init__(self, words: list[Word], pieces: list[Piece]) -> None:
        self._figures = -1
        self.words = words
        self.pieces = pieces
        self.x0, self.x1 = pieces[0].x0, pieces[0].x1
        for piece in pieces:
            self.x1 = max(self.x1, piece.x1)
        self.size, self.top, self.bottom = size_of(words[0]), words[0].top, words[0].bottom
        if not all(w.top == self.top and w.bottom == self.bottom and size_of(w) == self.size for w in words):
            self.size = median([size_of(word) for word in words])
            full = [word for word in words if size_of(word) > 0.8 * self.size] or words
            self.top = median([word.top for word in full])
            self.bottom = median([word.bottom for word in full])

    @property
    def figures(self) -> int:
        """Pieces that are values."""
        if self._figures < 0:
            self._figures = sum(piece.figure for piece in self.pieces)
        return self._figures

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.top + self.bottom) / 2

    @property
    def text(self) -> str:
        """All pieces with single spaces."""
        return " ".join(piece.text for piece in self.pieces)

    def __repr__(self) -> str:
        return f"<{self.top:.0f} {' | '.join(piece.text for piece in self.pieces)}>"


def edges_of(words: list[Word]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom edge of some words."""
    first = words[0]
    x0, top, x1, bottom = first.x0, first.top, first.x1, first.bottom
    for word in words:
        x0 = x0 if x0 <= word.x0 else word.x0
        top = top if top <= word.top else word.top
        x1 = x1 if x1 >= word.x1 else word.x1
        bottom = bottom if bottom >= word.bottom else word.bottom
    return x0, top, x1, bottom


class _Print:
    """Words put into rows, and the lines that they make: with the upright rulings of last time, and with none."""

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.rows = _rows(words)
        self.spaces = word_spaces(self.rows)
        self.plain: list[Line | None] = [None] * len(self.rows)
        self.uprights: list[Ruling] = []
        self.lines: list[Line] = []

    def cut(self, uprights: list[Ruling]) -> list[Line]:
        """The lines, cut where rulings stand between words too. Those beside no ruling are made once."""
        if not self.lines or uprights != self.uprights:
            self.uprights = uprights
            self.lines = [self._line(number, uprights) for number in range(len(self.rows))]
        return self.lines

    def _line(self, number: int, uprights: list[Ruling]) -> Line:
        row = self.rows[number]
        beside = _beside(row, uprights)
        line = None if beside else self.plain[number]
        if line is None:
            line = Line(row, _pieces(row, self.spaces, beside))
            if not beside:
                self.plain[number] = line
        return line


_last: _Print | None = None


def text_lines(words: Iterable[Word], uprights: Sequence[Ruling] = ()) -> list[Line]:
    """Words at one height as lines, from the top down, cut into pieces.

    The lines of the last words are kept, since most finders ask for those of the whole page. Nobody changes a line.
    """
    global _last  # noqa: PLW0603
    asked = list(words)
    found = _last
    if found is None or len(asked) != len(found.words) or asked != found.words:
        found = _Print(asked)
        if len(asked) >= _MANY:
            _last = found
    return list(found.cut(list(uprights)))


class _Row:
    """A line that is being put together. `top` and `bottom` are those of its tallest print."""

    __slots__ = ("bottom", "highest", "lowest", "top", "words")

    def __init__(self, word: Word) -> None:
        self.words = [word]
        self.top = self.highest = self.lowest = word.top
        self.bottom = word.bottom

    def add(self, word: Word) -> None:
        """Put one more word into the line."""
        self.words.append(word)
        if word.top < self.highest:
            self.highest = word.top
        elif word.top > self.lowest:
            self.lowest = word.top
        if size_of(word) > 1.3 * size_of(self.words[0]):
            self.top, self.bottom = word.top, word.bottom

    def is_under(self, word: Word) -> bool:
        """Whether a word would lie over one that the line has already: then it is another line, printed close."""
        off = 0.25 * size_of(word)
        if abs(self.highest - word.top) <= off and abs(self.lowest - word.top) <= off:
            return False
        return any(
            min(other.x1, word.x1) - max(other.x0, word.x0) > 0.6 * min(other.x1 - other.x0, word.x1 - word.x0)
            and abs(other.top - word.top) > off
            for other in self.words
        )


def _rows(words: list[Word]) -> list[list[Word]]:
    """Words that share most of their height."""
    rows: list[_Row] = []
    for word in _down(words):
        top, bottom = word.top, word.bottom
        best, best_share = None, 0.5
        for place in range(len(rows) - 1, max(-1, len(rows) - 5), -1):
            row = rows[place]
            shared = (bottom if bottom < row.bottom else row.bottom) - (top if top > row.top else row.top)
            if shared <= 0:
                continue
            share = shared / max(0.1, min(row.bottom - row.top, bottom - top))
            if share > best_share and not row.is_under(word):
                best, best_share = row, share
                if share >= 1:  # as in nearly all print
                    break
        if best is None:
            rows.append(_Row(word))
        else:
            best.add(word)
    out = [from_left(row.words) for row in rows]
    return [out[place] for place in ascending([_middle(row) for row in out])]


def _down(words: list[Word]) -> list[Word]:
    """Words by their height from the top down, and at one height from the left on."""
    if _go_down(words):
        return words
    heights = [_height(word) for word in words]
    places = ascending(heights)
    out: list[Word] = []
    level: list[Word] = []
    height = 0.0
    for place in places:
        if level and heights[place] != height:
            out += from_left(level)
            level = []
        height = heights[place]
        level.append(words[place])
    return out + from_left(level)


def _go_down(words: list[Word]) -> bool:
    """Whether words stand in that order."""
    for n in range(1, len(words)):
        one, two = _height(words[n - 1]), _height(words[n])
        if two < one or (two == one and words[n].x0 < words[n - 1].x0):
            return False
    return True


def _height(word: Word) -> float:
    return (word.top + word.bottom) / 2


def _middle(row: list[Word]) -> float:
    height = _height(row[0])
    if all(_height(word) == height for word in row):
        return height
    return median([_height(word) for word in row])


def _pieces(row: list[Word], spaces: dict[str, float], uprights: list[Ruling]) -> list[Piece]:
    """Cut a line where the gap is wider than a space, where a line is drawn, and at a row of dots."""
    two, font, usual = row[0], "", TIGHT_SPACE
    words = [two]
    pieces = [words]
    justified = stretched(row)
    valued = len(row) >= _ROW_OF_FIGURES and _is_row_of_figures(row)
    for place in range(1, len(row)):
        one, two = two, row[place]
        if two.font != font:
            font = two.font
            usual = spaces.get(font, TIGHT_SPACE)
        size = gauge(one, two)
        widest = max(APART, 1.55 * usual) * size
        if justified and place in justified:
            widest = max(widest, justified[place] * size)
        if valued and is_figure(one.text) and is_figure(two.text):
            widest = min(widest, _BETWEEN_FIGURES * usual * size)
        if (
            two.x0 - one.x1 > widest
            or (is_leader(one.text) and not _dots(two.text))
            or (len(two.text) < 4 and two.text in _CURRENCY and (is_number(one.text) or _stands_apart(row, place)))
            or (valued and _are_two(one, two))
            or (uprights and _drawn_between(one, two, uprights))
        ):
            words = [two]
            pieces.append(words)
        else:
            words.append(two)
    return _signs_joined([Piece(piece) for piece in pieces])


def _is_row_of_figures(row: list[Word]) -> bool:
    """Whether a line is mostly figures, three at least."""
    count = last = 0
    for word in row:
        last = last + 1 if is_number(word.text) else 0
        count += last > 0
    return count >= _ROW_OF_FIGURES and (count >= 0.5 * len(row) or last >= _ROW_OF_FIGURES)


def _are_two(one: Word, two: Word) -> bool:
    """Whether two figures of a row, however close, are no single one: "9,663 +10.0%", not "9 663" and not "12 (4%)"."""
    if not (is_number(one.text) and is_number(two.text)) or two.text[:1] in "([<>":
        return False
    whole = "," in one.text or "." in one.text or not _THOUSANDS.fullmatch(two.text)
    if one.text[-1] == "%" or two.text[:1] in "+-−–" or (whole and one.text[-1].isdigit()):
        return two.x0 - one.x1 > _LEAST * size_of(two)
    return False


def _stands_apart(row: list[Word], place: int) -> bool:
    """Whether a currency sign stands at the left edge of its column, away from its figure."""
    after = row[place + 1] if place + 1 < len(row) else None
    if after is None or not is_figure(after.text):
        return False
    return row[place - 1].text.endswith("...") or after.x0 - row[place].x1 > APART * size_of(after)


def _signs_joined(pieces: list[Piece]) -> list[Piece]:
    """A currency sign set apart belongs to the figure after it, a per cent sign or bracket to the one before."""
    out = pieces[:1]
    for piece in pieces[1:]:
        before = out[-1]
        if (len(before.words) == 1 and before.words[0].text in _CURRENCY and is_figure(piece.text)) or (
            len(piece.words) == 1
            and piece.words[0].text in _CLOSING
            and is_number(before.text)
            and piece.x0 - before.x1 < 1.2 * piece.size
        ):
            out[-1] = Piece([*before.words, *piece.words])
        else:
            out.append(piece)
    return out


def _dots(text: str) -> bool:
    return not text.strip(".·…_")


def _beside(row: list[Word], uprights: list[Ruling]) -> list[Ruling]:
    """The upright lines that may stand between words of a row."""
    if not uprights or len(row) == 1:
        return []
    left, right, upper, lower = row[0].x0, row[0].x1, _height(row[0]), _height(row[0])
    for word in row:
        start, end, height = min(word.x0, word.x1), max(word.x0, word.x1), _height(word)
        left, right, upper, lower = min(left, start), max(right, end), min(upper, height), max(lower, height)
    left, right = left - 0.5, right + 0.5
    return [line for line in uprights if left <= line.x0 <= right and line.top <= lower and upper <= line.bottom]


def _drawn_between(one: Word, two: Word, uprights: list[Ruling]) -> bool:
    left, right = min(one.x1, two.x0) - 0.5, max(one.x1, two.x0) + 0.5
    middle = (one.top + one.bottom) / 2
    return any(left <= line.x0 <= right and line.top <= middle <= line.bottom for line in uprights)

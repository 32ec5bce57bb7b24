"""Words to printed lines, and lines to the pieces that stand apart in them.

In: the words of a page. Out: lines from the top down; each line holds its pieces from left to right. A piece is words that
a reader takes as one phrase: no gap wider than the spaces of that text, no drawn line between them. Columns and rows are
not here.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from statistics import median

from sendparse.model import Ruling, Word

_FIGURE = re.compile(
    r"""^[<>~≤≥±+\-–—−]*\s*(?:[£$€¥]|US\$|Rs\.?)?\s*
        [(\[]?[<>~≤≥±+\-–—−]*\s*[£$€¥]?\s*
        (?:\d[\d.,'’\s\u00a0\u2009/:]*|\.\d+)
        \s*(?:%|‰|p|k|m|bn|pp|ppt|x|pts?|yrs?|[a-d]\b)?\s*[)\]]?\s*%?
        (?:[*†‡§^#¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\([\w*]{1,2}\)|\s?[a-zr]|/\w)?$""",
    re.VERBOSE | re.IGNORECASE,
)
_PAIR = re.compile(r"^\(?[\d.,]+\s?%?\)?\s*(?:\(|/|–|-|±|to|\[)\s*[\d.,\-–]+\s?%?[)\]]?[*†‡]*$", re.IGNORECASE)
_NO_FIGURE = frozenset(
    (
        "- -- --- – — − .. ... … . : x c z * ** n/a n.a. n/a. na nil none tbc tbd u w "  # noqa: SIM905
        "(x) (na) (d) (s) (z) (b)"
    ).split()
)
_LEADER = re.compile(r"^[.·•_…\-]{4,}$|^…+$")
_DATE = re.compile(r"^(?:1[89]|20)\d\d(?:[/\-–](?:\d\d|(?:1[89]|20)\d\d))?$")
TIGHT_SPACE = 0.30  # of the font size: a word space where nothing better is known
APART = 0.45  # of the font size: no word space is as wide as this in text that is not justified or typed


class Piece:
    """Words of one line that belong together."""

    __slots__ = ("_figure", "_text", "bottom", "size", "top", "words", "x0", "x1")

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = list(words)
        self.x0 = min(word.x0 for word in words)
        self.x1 = max(word.x1 for word in words)
        self.top = min(word.top for word in words)
        self.bottom = max(word.bottom for word in words)
        self.size = max(size_of(word) for word in words)
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

    __slots__ = ("bottom", "pieces", "size", "top", "words", "x0", "x1")

    def __init__(self, words: Sequence[Word], pieces: Sequence[Piece]) -> None:
        self.words = list(words)
        self.pieces = list(pieces)
        self.x0 = self.pieces[0].x0
        self.x1 = max(piece.x1 for piece in pieces)
        self.size = median(size_of(word) for word in words)
        full = [word for word in words if size_of(word) > 0.8 * self.size] or self.words
        self.top = median(word.top for word in full)
        self.bottom = median(word.bottom for word in full)

    @property
    def figures(self) -> int:
        """Pieces that are values."""
        return sum(piece.figure for piece in self.pieces)

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


def size_of(word: Word) -> float:
    """Font size; height of the box where the size is unknown."""
    return word.size or (word.bottom - word.top) or 1.0


def is_figure(text: str) -> bool:
    """A number as a table prints it, with signs, unit and footnote mark; or a mark for a missing one."""
    text = text.strip()
    if not text or len(text) > 40:
        return False
    if text.casefold() in _NO_FIGURE:
        return True
    return bool(_FIGURE.match(text) or _PAIR.match(text))


def is_number(text: str) -> bool:
    """A figure with a digit in it."""
    return any(c.isdigit() for c in text) and is_figure(text)


def is_year(text: str) -> bool:
    """A bare year or a pair of years: as often a heading as a value."""
    return bool(_DATE.match(text.strip().strip("()*")))


def is_leader(text: str) -> bool:
    """A row of dots that leads the eye from a label to its value."""
    return bool(_LEADER.match(text))


def text_lines(words: Iterable[Word], uprights: Sequence[Ruling] = ()) -> list[Line]:
    """Words at one height as lines, from the top down, cut into pieces."""
    rows = _rows(words)
    space = _word_space(rows)
    return [Line(row, _pieces(row, space, uprights)) for row in rows]


def _rows(words: Iterable[Word]) -> list[list[Word]]:
    """Words that share most of their height."""
    rows: list[list[Word]] = []
    bands: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda w: ((w.top + w.bottom) / 2, w.x0)):
        best, best_share = -1, 0.5
        for number in range(len(rows) - 1, max(-1, len(rows) - 5), -1):
            top, bottom = bands[number]
            shared = min(bottom, word.bottom) - max(top, word.top)
            share = shared / max(0.1, min(bottom - top, word.bottom - word.top))
            if share > best_share and not _stands_on(rows[number], word):
                best, best_share = number, share
        if best < 0:
            rows.append([word])
            bands.append((word.top, word.bottom))
        else:
            rows[best].append(word)
            if size_of(word) > 1.3 * size_of(rows[best][0]):
                bands[best] = (word.top, word.bottom)
    for row in rows:
        row.sort(key=lambda w: w.x0)
    return sorted(rows, key=lambda row: median((w.top + w.bottom) / 2 for w in row))


def _stands_on(row: Sequence[Word], word: Word) -> bool:
    """Whether a word would lie over one that the line has already: then it is another line, printed close."""
    return any(
        min(other.x1, word.x1) - max(other.x0, word.x0) > 0.6 * min(other.x1 - other.x0, word.x1 - word.x0)
        and abs(other.top - word.top) > 0.25 * size_of(word)
        for other in row
    )


def _word_space(rows: Sequence[Sequence[Word]]) -> float:
    """The usual gap between words of this page, in font sizes; typewriter text has wide ones."""
    gaps = []
    for row in rows:
        for one, two in itertools.pairwise(row):
            gap = (two.x0 - one.x1) / size_of(two)
            if 0.05 < gap < 1.0:
                gaps.append(gap)
    if len(gaps) < 8:
        return TIGHT_SPACE
    return min(0.65, max(0.2, median(gaps)))


def _pieces(row: Sequence[Word], space: float, uprights: Sequence[Ruling]) -> list[Piece]:
    """Cut a line where the gap is wider than a space, where a line is drawn, and at a row of dots."""
    widest = max(APART, 1.55 * space)
    pieces: list[list[Word]] = [[row[0]]]
    for one, two in itertools.pairwise(row):
        size = max(size_of(one), size_of(two)) if min(size_of(one), size_of(two)) > 4 else size_of(two)
        gap = two.x0 - one.x1
        leader = is_leader(one.text) and not is_leader(two.text) and not _dots(two.text)
        if gap > widest * size or leader or _drawn_between(one, two, uprights):
            pieces.append([two])
        else:
            pieces[-1].append(two)
    return [Piece(piece) for piece in pieces]


def _dots(text: str) -> bool:
    return not text.strip(".·…_")


def _drawn_between(one: Word, two: Word, uprights: Sequence[Ruling]) -> bool:
    if not uprights:
        return False
    left, right = min(one.x1, two.x0) - 0.5, max(one.x1, two.x0) + 0.5
    middle = (one.top + one.bottom) / 2
    return any(left <= line.x0 <= right and line.top <= middle <= line.bottom for line in uprights)

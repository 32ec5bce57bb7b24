"""The words of one line: characters from the engine, gaps from the ink.

In: the ink of a line (rows of yes and no) and its characters with their places. Out: words with how sure they are. A gap in
the ink that is as wide as a space parts two words; the character nearest to it tells between which. A figure is as sure as
the least sure of its characters, since one wrong digit makes another figure. The pound sign is none of the signs that the
engine knows: it gives an f or nothing for it, so a sign with a foot before digits, which has no character of its own, is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

from sendparse.read.ocr_engine import Letter
from sendparse.read.ocr_ink import rows_with_ink, runs_of_ink
from sendparse.read.ocr_spelling import in_full

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ink = NDArray[np.bool_]

ILLEGIBLE = "\ufffd"
_SPACE = 0.215  # of the size of the print: a gap this wide parts words
_READ = 0.85  # of a space: enough where the engine reads a space as well
_IN_FIGURE = 0.34  # of the size: what it takes beside a 1, a point or a comma, which have much room around them
_TORN, _ONE_SIGN = 0.06, 0.62  # of the size: the parts of one sign are no further apart, and it is no wider
_ONE_DIGIT, _NEXT_DIGIT = (
    0.68,
    0.72,
)  # of the size: as wide is one digit, as far apart are the middles of two of one figure
_OF_DIGITS = 0.26  # between other characters of figures
_CAPITAL, _SMALL = 0.72, 0.53  # of the size: capitals and digits, letters as low as an x
_TALL_LETTERS = re.compile(r"[A-Z0-9bdfhklti£%/()\[\]!?&'’‘“”\"]")
_OF_TALLEST = 0.4  # of the highest stretch of ink of a line: lower ones are marks
_DASHES = frozenset("-–—一·.•~_'’‘=")
_DASH = 0.28  # of the size of the print: how wide a dash is
_BLOB = 0.42  # of its box: an arrow's head or a dot, no letter
_NO_BLOB = 0.3  # of the size: nearer to a figure, ink of another shape may be the rest of a digit
_BLOB_LEAST, _BLOB_MOST = 0.3, 1.3  # of the size
_LIKE_ARROWS = frozenset("AVYvyDI→←↑↓▲▼►◄△▽>•●^=T")
_SCALES = frozenset({"m", "k", "bn"})  # "All figures in £m"
_MARKS = frozenset(".,;:'’‘“”()")  # how sure the marks around a figure are says nothing of the figure
_LOW = frozenset(".,'’‘“”-–")
_MARK_WIDE, _DIGIT_WIDE = 0.09, 0.12  # of the size: on each side of a character's middle
_MARK_HIGH = 0.4  # of the size: points and commas are lower
_BELOW, _ON_LINE = 0.036, 0.026  # of the size: what a comma reaches below the line at least, and a point at most
_OF_FIGURES = frozenset("0123456789.,%()£+-–")
_ROOMY = frozenset("1.,")
_OTHER_SCRIPT = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_DOUBTFUL = re.compile(r"\D*(?!0\.)\d{1,3}\.\d{3}[^\d%mk]*")  # far more often 1,407 with its comma cut off than 1.407
_POUND = re.compile(
    r"(?<![A-Za-z\d])(?:f(?=['’]?\d|m\b)|F(?=\d+[.,]\d|\d{3}|\d+(?:m|k|bn)\b))|[￡₤]"
)  # "F1" is a row's name
_ROUND = re.compile(r"(?<=[a-z])0(?=-?[a-z])|^0(?=[a-z]{2})")
_ROUND_ONES = str.maketrans("oO", "00")
_ZEROS = re.compile(r"(?<![A-Za-z\d])[O0]{3}(?=s?\b)|(?<=\d,)[oO0]{3}(?![A-Za-z\d])")
_SIGNS: dict[int, str] = {0xFF01 + place: chr(0x21 + place) for place in range(94)}  # as wide as a Chinese character
_SIGNS |= str.maketrans({"￥": "¥", "。": ".", "、": ",", "—": "–", "·": ".", "…": "..."})
_BESIDE_LOST = 0.5  # of the size
_APART = 0.6  # of the size: figures nearer to each other may be parts of one
_YEAR = re.compile(r"(?:19|20)\d\d(?:/\d\d)?")
_FOOT = 0.16  # of a sign's height: the bar at the foot of a pound sign
_FOOT_FULL = 0.6  # of the sign's width
_TALL = 0.5  # of the size of the print: a sign, no mark


@dataclass(frozen=True, slots=True)
class Piece:
    """One word in the picture of its line: text, how sure, first and last column of its ink."""

    text: str
    score: float
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Row:
    """A line of text: its words from left to right, and in points of its ink the size of the print and where it stands.

    `marks` are stretches of ink that are no letters: arrows and dots.
    """

    words: tuple[Piece, ...]
    size: float
    base: float
    marks: tuple[tuple[int, int], ...] = ()


def words_of(ink: Ink, letters: Sequence[Letter]) -> list[Piece]:
    """The words of a line from left to right."""
    return list(row_of(ink, letters).words)


def row_of(ink: Ink, letters: Sequence[Letter]) -> Row:
    """The words of a line, and the marks among them."""
    printed = [letter for letter in letters if not letter.text.isspace()]
    runs = runs_of_ink(ink)
    if len(runs) == 1 and all(letter.text in _DASHES for letter in printed) and _is_dash(ink, runs[0]):
        rows = rows_with_ink(ink)
        size = (runs[0][1] - runs[0][0]) / _DASH
        return Row((Piece("-", 1.0, *runs[0]),), size, rows[-1] + 0.2 * size)
    if not printed or not runs:
        return Row((), 0.0, 0.0, tuple(run for run in runs if is_blob(ink, run, float(len(rows_with_ink(ink))))))
    size, base = _print_of(ink, runs, printed)
    marks = _marks(ink, runs, printed, size)
    printed = [letter for letter in printed if not any(_stands_in(letter, run, 0.0) for run in marks)]
    runs = [run for run in runs if run not in marks]
    if not printed or not runs:
        return Row((), size, base, tuple(marks))
    spaces = [letter.x for letter in letters if letter.text.isspace()]
    out = []
    for first, end in pairwise([0, *_boundaries(runs, printed, spaces, size), len(printed)] if printed else ()):
        group = printed[first:end]
        own = _own_runs(runs, printed, first, end)
        out.append(_piece(ink, group, own, size))
    return Row(tuple(_without_torn(in_full(out, size), size)), size, base, tuple(marks))


def _without_torn(words: Sequence[Piece], size: float) -> list[Piece]:
    """The words of a line; two figures that are hardly a space apart may be one that was torn, and are not sure at all."""
    out = list(words)
    for place, (one, other) in enumerate(pairwise(words)):
        if other.x0 - one.x1 < _BESIDE_LOST * size:  # what is left of a figure of which a part was lost
            for lost, figure, at in ((one, other, place + 1), (other, one, place)):
                if ILLEGIBLE in lost.text and any(char.isdigit() for char in figure.text):
                    out[at] = replace(out[at], score=0.0)
        touching = one.text[-1:].isdigit() and other.text[:1].isdigit() and other.x0 - one.x1 < _APART * size
        if touching and not _YEAR.fullmatch(one.text) and not _YEAR.match(other.text):
            out[place : place + 2] = [replace(out[place], score=0.0), replace(out[place + 1], score=0.0)]
    return out


def _is_dash(ink: Ink, run: tuple[int, int]) -> bool:
    return run[1] - run[0] >= 1.6 * _high(ink, run)


def _print_of(ink: Ink, runs: Sequence[tuple[int, int]], printed: Sequence[Letter]) -> tuple[float, float]:
    """The size of the print and the row on which the letters stand, told by the letters that are as high as capitals."""
    spans = []
    for run in runs:
        rows = rows_with_ink(ink[:, run[0] : run[1]])
        spans.append((rows[0], rows[-1] + 1))
    tallest = max(bottom - top for top, bottom in spans)
    spans = [span for span in spans if span[1] - span[0] >= _OF_TALLEST * tallest]
    base = sorted(bottom for _, bottom in spans)[(len(spans) - 1) // 2]
    above = sorted(base - top for top, _ in spans if top < base)
    text = "".join(letter.text for letter in printed)
    if not above:
        return tallest / _CAPITAL, float(base)
    if _TALL_LETTERS.search(text):
        return above[-1 - len(above) // 12] / _CAPITAL, float(base)
    return above[len(above) // 2] / _SMALL, float(base)


def _marks(ink: Ink, runs: Sequence[tuple[int, int]], printed: Sequence[Letter], size: float) -> list[tuple[int, int]]:
    """Stretches of ink that are no letters: filled ones read as a letter like an arrow, and those apart and not read."""
    out = []
    claimed: dict[int, list[Letter]] = {}
    for letter in printed:
        claimed.setdefault(_nearest(runs, letter), []).append(letter)
    for place, run in enumerate(runs):
        inside = claimed.get(place)
        if inside is None:
            before = run[0] - runs[place - 1][1] if place else size
            behind = runs[place + 1][0] - run[1] if place + 1 < len(runs) else size
            apart = min(before, behind) >= (_SPACE if is_blob(ink, run, size) else _NO_BLOB) * size
            if apart and not (place + 1 < len(runs) and behind < _IN_FIGURE * size):
                out.append(run)
        elif all(letter.text in _LIKE_ARROWS for letter in inside) and is_blob(ink, run, size):
            out.append(run)
    return out


def _nearest(runs: Sequence[tuple[int, int]], letter: Letter) -> int:
    """The stretch of ink that a character stands for."""
    return min(range(len(runs)), key=lambda place: max(runs[place][0] - letter.x, letter.x - runs[place][1], 0.0))


def _stands_in(letter: Letter, run: tuple[int, int], size: float) -> bool:
    return run[0] - 0.1 * size <= letter.x <= run[1] + 0.1 * size


def is_blob(ink: Ink, run: tuple[int, int], size: float) -> bool:
    """Whether a stretch of ink is filled as an arrow's head or a dot is, without holes and bays."""
    import numpy as np

    own = ink[:, run[0] : run[1]]
    rows = rows_with_ink(own)
    own = own[rows[0] : rows[-1] + 1]
    high, wide = own.shape
    if not (_BLOB_LEAST * size <= high <= _BLOB_MOST * size and _BLOB_LEAST * size <= wide <= _BLOB_MOST * size):
        return False
    if not 0.5 <= wide / high <= 2.0 or float(np.mean(own)) < _BLOB:
        return False
    return all(len(runs_of_ink(side)) == 1 for lines in (own, own.T) for side in _each(lines))


def _each(lines: Ink) -> list[Ink]:
    """Some rows of a picture, each as a picture of its own."""
    return [lines[place : place + 1] for place in range(0, len(lines), max(1, len(lines) // 8))]


def _boundaries(
    runs: Sequence[tuple[int, int]], printed: Sequence[Letter], spaces: Sequence[float], size: float
) -> list[int]:
    """Places in the characters before which a new word begins."""
    middles = [(one.x + other.x) / 2 for one, other in pairwise(printed)]
    if not middles:
        return []
    found = set()
    for one, other in pairwise(runs):
        gap, middle = other[0] - one[1], (one[1] + other[0]) / 2
        if gap < _READ * _SPACE * size or not printed[0].x < middle < printed[-1].x:
            continue
        place = min(range(len(middles)), key=lambda place: abs(middles[place] - middle)) + 1
        near = any(abs(space - middle) < size for space in spaces)
        between = {char.text for char in printed[place - 1 : place + 1]}
        roomy = between <= _OF_FIGURES and bool(between & _ROOMY)
        least = _IN_FIGURE if roomy else _OF_DIGITS if between <= _OF_FIGURES else _SPACE * (_READ if near else 1)
        digits = (
            all(char.isdigit() for char in between) and max(one[1] - one[0], other[1] - other[0]) < size * _ONE_DIGIT
        )
        if digits and abs(_middle(other) - _middle(one)) < size * _NEXT_DIGIT:
            continue
        if gap >= size * least:
            found.add(place)
    return sorted(found)


def _middle(run: tuple[int, int]) -> float:
    return (run[0] + run[1]) / 2


def _own_runs(
    runs: Sequence[tuple[int, int]], printed: Sequence[Letter], first: int, end: int
) -> list[tuple[int, int]]:
    """The stretches of ink that belong to the characters of one word."""
    left = float("-inf") if first == 0 else (printed[first - 1].x + printed[first].x) / 2
    right = float("inf") if end == len(printed) else (printed[end - 1].x + printed[end].x) / 2
    own = [run for run in runs if left <= (run[0] + run[1]) / 2 <= right]
    return own or [(int(printed[first].x), int(printed[end - 1].x) + 1)]


def _piece(ink: Ink, group: Sequence[Letter], runs: Sequence[tuple[int, int]], size: float) -> Piece:
    signs = [_comma_or_point(ink, group, place, size) for place in range(len(group))]
    unread = _unread(ink, group, runs, size)
    for run in unread:
        place = sum(letter.x < run[0] for letter in group)
        before = any(char.isdigit() or char in "£'’" for char in signs[:place])
        if not before and _before_figure(signs[place:]) and _is_pound(ink, run, size):
            signs.insert(place, "£")
            unread = [other for other in unread if other != run]
            break
    text = tidy("".join(signs))
    has_figure = any(char.isdigit() for char in text)
    scores = [letter.score for letter in (_without_marks(group) if has_figure else group)]
    if text == "•":
        return Piece(text, 1.0, runs[0][0], runs[-1][1])
    score = min(scores, default=0.0) if has_figure else sum(scores) / len(scores)
    doubtful = _OTHER_SCRIPT.search(text) or _DOUBTFUL.fullmatch(text) or (has_figure and unread)
    return Piece(ILLEGIBLE if doubtful else text, score, runs[0][0], runs[-1][1])


def _before_figure(signs: Sequence[str]) -> bool:
    text = _ZEROS.sub("000", "".join(signs).lstrip("'’"))
    return text[:1].isdigit() or text.rstrip(".,;:)") in _SCALES


def _unread(ink: Ink, group: Sequence[Letter], runs: Sequence[tuple[int, int]], size: float) -> list[tuple[int, int]]:
    """Stretches of ink of a word as high as a letter that no character of it stands for."""
    whole: list[tuple[int, int]] = []
    for run in runs:
        torn = whole and run[0] - whole[-1][1] <= _TORN * size and run[1] - whole[-1][0] <= _ONE_SIGN * size
        if torn:  # by the grain of the picture
            whole[-1] = (whole[-1][0], run[1])
        else:
            whole.append(run)
    tall = [run for run in whole if _high(ink, run) >= _TALL * size]
    high = [letter for letter in group if letter.text not in _LOW]
    high += [letter for letter in group if letter.text == "%"]  # two rings and a stroke
    if len(tall) <= len(high):
        return []
    claimed = {_nearest(tall, letter) for letter in high}
    return [run for place, run in enumerate(tall) if place not in claimed]


def _high(ink: Ink, run: tuple[int, int]) -> int:
    rows = rows_with_ink(ink[:, run[0] : run[1]])
    return rows[-1] - rows[0] + 1 if rows else 0


def _without_marks(group: Sequence[Letter]) -> Sequence[Letter]:
    """The characters of a figure without its marks, which are told by their ink."""
    told = [place for place, letter in enumerate(group) if letter.text not in _MARKS]
    return [group[place] for place in told]


def _comma_or_point(ink: Ink, group: Sequence[Letter], place: int, size: float) -> str:
    """A character as it was read; a mark between digits by its ink: a comma reaches below the line, a point does not.

    1,298 and 1.298 differ by a few points of ink and a factor of a thousand.
    """
    text = group[place].text
    if text not in ".," or not 0 < place < len(group) - 1:
        return text
    before, after = group[place - 1], group[place + 1]
    if not (before.text.isdigit() and after.text.isdigit()):
        return text
    own = _mark_at(ink, group[place].x, size)
    low = own if own is not None else _lowest(ink, group[place].x, _MARK_WIDE * size)
    base = max(_lowest(ink, before.x, _DIGIT_WIDE * size), _lowest(ink, after.x, _DIGIT_WIDE * size))
    if low <= 0 or base <= 0:
        return text
    deep = (low - base) / size
    return "," if deep >= _BELOW else "." if deep <= _ON_LINE else ILLEGIBLE


def _mark_at(ink: Ink, x: float, size: float) -> int | None:
    """The lowest row of a mark that stands by itself near a column."""
    near = [run for run in runs_of_ink(ink) if run[0] - 0.3 * size <= x <= run[1] + 0.3 * size]
    low = [run for run in near if 0 < _high(ink, run) < _MARK_HIGH * size]
    if not low:
        return None
    run = low[_nearest(low, Letter("", 0.0, x))]
    return rows_with_ink(ink[:, run[0] : run[1]])[-1]


def _lowest(ink: Ink, x: float, reach: float) -> int:
    """The lowest row that holds ink near a column."""
    rows = rows_with_ink(ink[:, max(0, int(x - reach)) : int(x + reach) + 1])
    return rows[-1] if rows else 0


def _is_pound(ink: Ink, run: tuple[int, int], size: float) -> bool:
    """Whether a sign stands on a bar, as a pound sign does."""
    sign = ink[:, run[0] : run[1]]
    rows = rows_with_ink(sign)
    tall = rows[-1] - rows[0] + 1
    foot = sign[rows[-1] - max(1, int(_FOOT * tall)) : rows[-1] + 1]
    return bool(sum(end - begin for begin, end in runs_of_ink(foot)) >= _FOOT_FULL * sign.shape[1])


def confirmed(letters: Sequence[Letter], again: Sequence[Letter]) -> list[Letter]:
    """The characters of a line; a digit that another look at the line does not give in its place is not sure at all."""
    one, other = (
        "".join(letter.text for letter in line if not letter.text.isspace()).translate(_ROUND_ONES)
        for line in (letters, again)
    )
    places = [place for place, letter in enumerate(letters) if not letter.text.isspace()]
    out = list(letters)
    for kind, begin, end, first, last in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal" or not any(char.isdigit() for char in one[begin:end] + other[first:last]):
            continue
        for place in places[max(0, begin - 1) : end + 1]:  # a digit that is missing is doubted with those beside it
            if letters[place].text.isdigit():
                out[place] = replace(out[place], score=0.0)
    return out


def tidy(text: str) -> str:
    """Characters as English papers print them."""
    if text in {"·", ".", "●"}:
        return "•"
    return _ROUND.sub("o", _POUND.sub("£", _ZEROS.sub("000", text.translate(_SIGNS))))

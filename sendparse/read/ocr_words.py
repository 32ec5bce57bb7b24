"""The words of one line: characters from the engine, gaps from the ink.

In: the ink of a line (rows of yes and no) and its characters with their places. Out: words with how sure they are. A gap in
the ink that is as wide as a space parts two words; the character nearest to it tells between which. A figure is as sure as
the least sure of its characters, since one wrong digit makes another figure. The pound sign is none of the signs that the
engine knows: it gives an f or nothing for it, so a sign with a foot before digits, which has no character of its own, is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
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
_SPACE = 0.28  # of the height of the ink: a gap this wide parts words where the line does not tell its spaces
_NARROWEST, _WIDEST = 0.12, 0.4  # a space is within this, of the height of the ink
_READ = 0.75  # of a space: enough where the engine reads a space as well
_IN_FIGURE = 1.3  # of a space: what it takes between digits, since a 1 has much room around it
_WIDER = 1.9  # times: gaps of words compared with those of letters, on average
_TELLING = 6  # gaps that tell how wide spaces are
_CUT = 0.6  # of the height: wider gaps part columns and say nothing more of spaces
_SCALES = frozenset({"m", "k", "bn"})  # "All figures in £m"
_MARKS = frozenset(".,;:'’‘“”()")  # how sure the marks around a figure are says nothing of the figure
_MARK_WIDE, _DIGIT_WIDE = 0.09, 0.12  # of the height: on each side of a character's middle
_BELOW = 0.08  # of the height: what a comma reaches below the line at least
_OF_FIGURES = frozenset("0123456789.,%")
_OTHER_SCRIPT = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_DOUBTFUL = re.compile(r"\D*\d{1,3}\.\d{3}[^\d%mk]*")  # far more often 1,407 with its comma cut off than 1.407
_POUND = re.compile(
    r"(?<![A-Za-z\d])(?:f(?=['’]?\d|m\b)|F(?=\d+[.,]\d|\d{3}|\d+(?:m|k|bn)\b))|[￡₤]"
)  # "F1" is a row's name
_ROUND = re.compile(r"(?<=[a-z])0(?=[a-z])|^0(?=[a-z]{2})")
_SIGNS: dict[int, str] = {0xFF01 + place: chr(0x21 + place) for place in range(94)}  # as wide as a Chinese character
_SIGNS |= str.maketrans({"￥": "¥", "。": ".", "、": ",", "—": "–", "·": ".", "…": "..."})
_FOOT = 0.16  # of a sign's height: the bar at the foot of a pound sign
_FOOT_FULL = 0.6  # of the sign's width
_TALL = 0.55  # of the height of the line's ink: a sign, no mark


@dataclass(frozen=True, slots=True)
class Piece:
    """One word in the picture of its line: text, how sure, first and last column of its ink."""

    text: str
    score: float
    x0: float
    x1: float


def words_of(ink: Ink, letters: Sequence[Letter]) -> list[Piece]:
    """The words of a line from left to right."""
    printed = [letter for letter in letters if not letter.text.isspace()]
    runs = runs_of_ink(ink)
    if not printed or not runs:
        return []
    height = _height(ink)
    spaces = [letter.x for letter in letters if letter.text.isspace()]
    bounds = _boundaries(runs, printed, spaces, height)
    out = []
    for first, end in pairwise([0, *bounds, len(printed)]):
        group = printed[first:end]
        own = _own_runs(runs, printed, first, end)
        out.append(_piece(ink, group, own, height))
    return in_full(out, height)


def _height(ink: Ink) -> float:
    rows = rows_with_ink(ink)
    return float(rows[-1] - rows[0] + 1) if rows else 1.0


def _boundaries(
    runs: Sequence[tuple[int, int]], printed: Sequence[Letter], spaces: Sequence[float], height: float
) -> list[int]:
    """Places in the characters before which a new word begins."""
    middles = [(one.x + other.x) / 2 for one, other in pairwise(printed)]
    if not middles:
        return []
    gaps = [(begin - end, (begin + end) / 2) for (_, end), (begin, _) in pairwise(runs)]
    space = _space([gap for gap, _ in gaps], height)
    found = set()
    for gap, middle in gaps:
        if gap < _READ * space or not printed[0].x < middle < printed[-1].x:
            continue
        place = min(range(len(middles)), key=lambda place: abs(middles[place] - middle)) + 1
        near = any(abs(other - middle) < height for other in spaces)
        figure = all(char.text in _OF_FIGURES for char in printed[place - 1 : place + 1])
        if gap >= space * (_IN_FIGURE if figure else _READ if near else 1):
            found.add(place)
    return sorted(found)


def _space(gaps: Sequence[int], height: float) -> float:
    """How wide a gap must be to part words: half-way between the gaps of letters and those of words, where both are seen."""
    cut = sorted(min(float(gap), _CUT * height) for gap in gaps)
    best, parted = 0.0, 0
    for place in range(1, len(cut)):
        low, high = cut[:place], cut[place:]
        apart = sum(high) / len(high) - sum(low) / len(low)
        weight = len(low) * len(high) * apart * apart
        if weight > best:
            best, parted = weight, place
    low, high = cut[:parted], cut[parted:]
    if len(cut) < _TELLING or not low or sum(high) / len(high) < _WIDER * sum(low) / len(low):
        return _SPACE * height
    return max(_NARROWEST * height, min(_WIDEST * height, (cut[parted - 1] + cut[parted]) / 2))


def _own_runs(
    runs: Sequence[tuple[int, int]], printed: Sequence[Letter], first: int, end: int
) -> list[tuple[int, int]]:
    """The stretches of ink that belong to the characters of one word."""
    left = float("-inf") if first == 0 else (printed[first - 1].x + printed[first].x) / 2
    right = float("inf") if end == len(printed) else (printed[end - 1].x + printed[end].x) / 2
    own = [run for run in runs if left <= (run[0] + run[1]) / 2 <= right]
    return own or [(int(printed[first].x), int(printed[end - 1].x) + 1)]


def _piece(ink: Ink, group: Sequence[Letter], runs: Sequence[tuple[int, int]], height: float) -> Piece:
    text = "".join(_comma_or_point(ink, group, place, height) for place in range(len(group)))
    if (text.lstrip("'’")[:1].isdigit() or text.rstrip(".,;:)") in _SCALES) and _unread_pound(ink, group, runs, height):
        text = f"£{text}"
    text = tidy(text)
    has_figure = any(char.isdigit() for char in text)
    scores = [letter.score for letter in (_without_marks(group) if has_figure else group)]
    score = min(scores) if has_figure else sum(scores) / len(scores)
    return Piece(
        ILLEGIBLE if _OTHER_SCRIPT.search(text) or _DOUBTFUL.fullmatch(text) else text, score, runs[0][0], runs[-1][1]
    )


def _without_marks(group: Sequence[Letter]) -> Sequence[Letter]:
    """The characters of a figure without its marks, which are told by their ink."""
    told = [place for place, letter in enumerate(group) if letter.text not in _MARKS]
    return [group[place] for place in told]


def _comma_or_point(ink: Ink, group: Sequence[Letter], place: int, height: float) -> str:
    """A character as it was read; a mark between digits by its ink: a comma reaches below the line, a point does not.

    1,298 and 1.298 differ by a few points of ink and a factor of a thousand.
    """
    text = group[place].text
    if text not in ".," or not 0 < place < len(group) - 1:
        return text
    before, after = group[place - 1], group[place + 1]
    if not (before.text.isdigit() and after.text.isdigit()):
        return text
    low = _lowest(ink, group[place].x, _MARK_WIDE * height)
    base = max(_lowest(ink, before.x, _DIGIT_WIDE * height), _lowest(ink, after.x, _DIGIT_WIDE * height))
    if low <= 0 or base <= 0:
        return text
    deep = (low - base) / height
    return "," if deep >= _BELOW else "." if deep <= _BELOW / 3 else ILLEGIBLE


def _lowest(ink: Ink, x: float, reach: float) -> int:
    """The lowest row that holds ink near a column."""
    rows = rows_with_ink(ink[:, max(0, int(x - reach)) : int(x + reach) + 1])
    return rows[-1] if rows else 0


def _unread_pound(ink: Ink, group: Sequence[Letter], runs: Sequence[tuple[int, int]], height: float) -> bool:
    """Whether the first sign of a word has no character of its own and stands on a bar, as a pound sign does."""
    if len(runs) < 2 or abs(group[0].x - _middle(runs[0])) <= abs(group[0].x - _middle(runs[1])):
        return False
    sign = ink[:, runs[0][0] : runs[0][1]]
    rows = rows_with_ink(sign)
    tall = rows[-1] - rows[0] + 1 if rows else 0
    if tall < _TALL * height:
        return False
    foot = sign[rows[-1] - max(1, int(_FOOT * tall)) : rows[-1] + 1]
    return bool(sum(end - begin for begin, end in runs_of_ink(foot)) >= _FOOT_FULL * sign.shape[1])


def _middle(run: tuple[int, int]) -> float:
    return (run[0] + run[1]) / 2


def tidy(text: str) -> str:
    """Characters as English papers print them."""
    return _ROUND.sub("o", _POUND.sub("£", text.translate(_SIGNS)))

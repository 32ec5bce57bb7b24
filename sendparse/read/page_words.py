"""Stretches of characters to words.

In: runs (characters of one text object that stand together) in drawing order. Out: words. A word ends at a space, at a gap,
where the line or direction changes, and where a smaller raised mark (a footnote's) begins or ends; a raised number is given
in superscript digits, so that nobody takes it for a figure. Text drawn twice at one place (a way to print bold) counts once.
Pure: no file, no pdfium.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from sendparse.model import Colour
from sendparse.read.bulk import BREAK, SPACE, TOUCHES
from sendparse.read.geometry import along
from sendparse.read.raised import SUPERSCRIPT

_GAP: Final = 0.22  # of the font size: a gap this wide parts two words
_GAP_AT_SPACE: Final = 0.05  # where a space stands between them
_BACK: Final = 0.5  # of the font size: a step back this far starts a new word
_SHIFT: Final = 0.45  # of the font size: a change of baseline this big starts a new word
_TWICE: Final = 0.12  # of the font size: the same text this near is the same text
_RAISED_SIZE: Final = 0.85  # a footnote's mark is smaller than this, compared with the text it stands at
_RAISED_BY: Final = 0.12  # and its foot is this much higher, in sizes of that text
_TORN: Final = 0.04  # of the font size: letters that near are of one word
_BACK_WORDS: Final = 6  # how many words back the beginning of a torn word may lie
_LONGEST_MARK: Final = 3  # digits of a footnote's number
_RISE: Final = 0.78  # of the font size above the baseline: a box is as high as its font is large
_FALL: Final = 0.22  # and below it


@dataclass(frozen=True, slots=True)
class Style:
    """How characters look. Text objects that look alike share one."""

    font: str
    bold: bool
    colour: Colour
    invisible: bool
    size: float  # points, as it appears
    direction: int  # degrees anticlockwise in which the text runs for the reader: 0, 90, 180, 270
    odd: bool  # pdfium's quick box does not hold: text that is turned or squeezed
    pen: tuple[float, float, float, float]  # the character matrix without its shift
    plain_size: float  # the font size before the matrix
    font_handle: int


@dataclass(slots=True)
class Run:
    """Characters that stand together. u runs along the text; `base` is where its baseline lies across that."""

    text: str
    style: Style
    u0: float
    u1: float
    base: float
    before: int = TOUCHES
    index: int = 0  # of its first character on the page
    drawn: int = 0  # the text object that draws it


@dataclass(slots=True)
class RawWord:
    """A word before it is known whether it can be seen."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    style: Style
    drawn: int = 0  # the text object that draws its beginning


def drawn_once(words: Sequence[RawWord], hidden: Sequence[bool]) -> list[int]:
    """Places of the words that count where text was drawn twice, one a little beside the other (a shadow)."""
    seen: dict[str, list[RawWord]] = {}
    places = []
    for place, word in enumerate(words):
        alike = seen.get(word.text)
        if alike is None:
            alike = seen[word.text] = []
        elif _stands_at(word, alike):
            continue
        places.append(place)
        if not hidden[place]:
            alike.append(word)
    return places


def _stands_at(word: RawWord, others: list[RawWord]) -> bool:
    reach, x0, top = _TWICE * word.style.size, word.x0, word.top
    return any(abs(x0 - other.x0) < reach and abs(top - other.top) < reach for other in others)


def join(runs: Sequence[Run], is_generated: Callable[[int], object]) -> list[RawWord]:
    """The words that runs make. `is_generated` tells whether the space at a place is pdfium's guess, not the file's."""
    pieces: list[tuple[list[Run], bool]] = []  # the runs of each word, and whether they are a raised mark
    piece: list[Run] = []
    raised = False
    for run in runs:
        if piece:
            verdict = _follows(piece[0], piece[-1], run, is_generated)
            if verdict == _AGAIN:
                continue
            if verdict != _JOINED:
                pieces.append((piece, raised or verdict == _LOWERED))
                torn = _torn_from(pieces, run) if verdict == _APART and run.before == BREAK else None
                piece, raised = ([], verdict == _RAISED) if torn is None else pieces.pop(torn)
        piece.append(run)
    if piece:
        pieces.append((piece, raised))
    return [_word(parts, is_mark) for parts, is_mark in pieces]


def _torn_from(pieces: list[tuple[list[Run], bool]], run: Run) -> int | None:
    """The word that a run goes on, where pdfium gives the letters of two lines by turns: it ends right where the run begins."""
    style = run.style
    reach = _TORN * style.size
    for place in range(len(pieces) - 2, max(-1, len(pieces) - 2 - _BACK_WORDS), -1):
        last = pieces[place][0][-1]
        if abs(run.u0 - last.u1) > reach or abs(run.base - last.base) > reach:
            continue
        other = last.style
        if other.font == style.font and other.size == style.size and other.direction == style.direction:
            return None if _looks_other(other, style) else place
    return None


_JOINED: Final = 0
_APART: Final = 1
_AGAIN: Final = 2
_RAISED: Final = 3
_LOWERED: Final = 4


def _follows(first: Run, last: Run, run: Run, is_generated: Callable[[int], object]) -> int:
    """How a run stands to the word before it, whose first and last runs are given: part of it, a new word, the same again,
    a mark raised above it, or the text that a raised mark stands before.
    """
    mine, other = first.style, run.style
    if run.before == BREAK or other.direction != mine.direction:
        return _APART
    raised = _raised(first, last, run) if other is not mine else _JOINED
    if raised in (_RAISED, _LOWERED):
        return raised
    size = mine.size
    gap, shift = run.u0 - last.u1, run.base - last.base
    if run.before == SPACE and (gap > _GAP_AT_SPACE * size or not is_generated(run.index - 1)):
        return _APART
    if run.drawn != last.drawn:
        if run.text == last.text and abs(run.u0 - last.u0) < _TWICE * size and abs(shift) < _TWICE * size:
            return _AGAIN
        if raised == _APART or _looks_other(mine, other):
            return _APART
    apart = gap > _GAP * size or run.u0 < last.u0 - _BACK * size or abs(shift) > _SHIFT * max(size, other.size)
    return _APART if apart else _JOINED


def _looks_other(mine: Style, other: Style) -> bool:
    """Hidden text that stands at text that shows must not become one word with it."""
    if other is mine:
        return False
    return other.invisible != mine.invisible or _is_light(other.colour) != _is_light(mine.colour)


def _is_light(colour: Colour) -> bool:
    red, green, blue = colour
    return red > 0.9 and green > 0.9 and blue > 0.9


def _raised(first: Run, last: Run, run: Run) -> int:
    """Whether a raised mark begins here or ends here. The `st` of 31st is none, nor are the letters of a trade mark."""
    mine, other = first.style.size, run.style.size
    above = first.base - run.base
    if other < _RAISED_SIZE * mine and above > _RAISED_BY * mine:
        before, letter = last.text[-1], run.text[0]
        stays = (before.isdigit() and letter in "snrt") or (before.isalpha() and letter.isalpha())
        near = run.u0 - last.u1 < _GAP * mine and above < mine
        return _JOINED if stays else _RAISED if near else _APART
    if mine < _RAISED_SIZE * other and _RAISED_BY * other < -above < other:
        return _LOWERED if run.u0 - last.u1 < _GAP * other else _APART
    return _JOINED


def _word(piece: list[Run], raised: bool) -> RawWord:
    first = piece[0]
    style, text, u1, upper, lower = first.style, first.text, first.u1, first.base, first.base
    rise, fall = _RISE * style.size, _FALL * style.size
    if len(piece) > 1:
        text = "".join([run.text for run in piece])
        u1 = max([run.u1 for run in piece])
        upper = min([run.base - _RISE * run.style.size for run in piece]) + rise
        lower = max([run.base + _FALL * run.style.size for run in piece]) - fall
    if raised and len(text) <= _LONGEST_MARK and text.isdecimal():
        text = text.translate(SUPERSCRIPT)
    box = (first.u0, upper - rise, u1, lower + fall)
    x0, top, x1, bottom = along(360 - style.direction, box) if style.direction else box
    return RawWord(text, x0, top, x1, bottom, style, first.drawn)

"""Arrows and RAG ratings in a place of a page: as printed, never worked out.

In: a box, the page, and the words in the box if the caller has them. Out: marks, each with what it was read from. Arrows
are glyphs, characters of a symbol font, drawn outlines or small pictures, whose ink tells the direction. A rating is a
word, a letter by itself, a fill or a coloured dot, drawn or a picture. The colour of an arrow or of a figure's print is no rating.
"""

from __future__ import annotations

import re
from typing import Literal

from sendparse.model import Box, Mark, Page, Picture, Rag, Shape, Trend, Word
from sendparse.tables.arrows import arrow_in, direction_of, has_private_letter, is_symbol_font
from sendparse.tables.colours import is_strong, rag_of
from sendparse.tables.inks import direction_of_ink, is_dot

_WORDS: dict[str, Rag] = {
    "red": "red",
    "amber": "amber",
    "orange": "amber",
    "yellow": "amber",
    "green": "green",
    "blue": "blue",
    "grey": "grey",
    "gray": "grey",
}
_LETTERS: dict[str, Rag] = {"r": "red", "a": "amber", "g": "green", "b": "blue"}
_DOTS: dict[str, Rag] = {
    "🔴": "red",
    "🟥": "red",
    "❤": "red",
    "🟠": "amber",
    "🟡": "amber",
    "🟧": "amber",
    "🟨": "amber",
    "🟢": "green",
    "🟩": "green",
    "🔵": "blue",
    "🟦": "blue",
    "⚪": "grey",
    "⚫": "grey",
}
_PLAIN_DOTS = frozenset("●⬤■◆•⚫⏺◼\uf06c\uf06e\uf0b7")
_SYMBOL_DOTS = frozenset("ln\x9f")  # of Wingdings: a disc, a square, a bullet
_BRACKETED = re.compile(r"\(\s*(red|amber|green|blue|grey)\s*\)", re.IGNORECASE)
_RATED = re.compile(
    r"^(?:rag\s*(?:rating|status)?\s*[:\-–]?\s*)?(red|amber|orange|yellow|green|blue|grey|gray)[.*]?$", re.IGNORECASE
)
_RATED_BEGIN = frozenset("raoygbRAOYGB")
_TREND_WORDS: dict[str, Trend] = {
    "up": "up",
    "increase": "up",
    "increased": "up",
    "increasing": "up",
    "rising": "up",
    "higher": "up",
    "down": "down",
    "decrease": "down",
    "decreased": "down",
    "decreasing": "down",
    "falling": "down",
    "lower": "down",
    "no change": "flat",
    "unchanged": "flat",
    "same": "flat",
    "stable": "flat",
    "static": "flat",
    "level": "flat",
    "steady": "flat",
}
_COVERED = 0.4  # of a cell: a fill that covers less is something in the cell
_LARGEST_PICTURE = 40.0  # points: what is larger is no arrow
_SMALLEST_DOT, _LARGEST_DOT = 4.0, 36.0

ReadFrom = Literal["glyph", "symbol_font", "curve", "picture", "word", "letter", "fill", "shape"]


def marks_in(box: Box, page: Page, words: list[Word] | None = None) -> tuple[Mark, ...]:
    """The marks in a box, trends before ratings, each in the order of how plainly it is stated.

    `words` are those of the box, if known. A rating read from a fill, or from a letter, is one only where ratings stand
    (a RAG column, a card): the caller knows. A mark without a value is a picture that may be an arrow.
    """
    inside = [w for w in page.words if _holds(box, w)] if words is None else words
    inside = [w for w in inside if not w.hidden]
    shapes = [s for s in page.shapes if _within(box, s.box)]
    trends = [*_typed_arrows(inside), *_drawn_arrows(shapes), *_trend_words(inside)]
    if not trends:
        trends = _pictures(box, page.pictures, inside)
    return (*trends, *_ratings(box, page, inside, shapes))


def _holds(box: Box, word: Word) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def _within(box: Box, other: Box) -> bool:
    x, y = (other.x0 + other.x1) / 2, (other.top + other.bottom) / 2
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def _typed_arrows(words: list[Word]) -> list[Mark]:
    out = []
    for word in words:
        trend = arrow_in(word.text, word.font)
        if trend:
            symbol = is_symbol_font(word.font) or has_private_letter(word.text)
            out.append(_mark("trend", trend, "symbol_font" if symbol else "glyph", _box_of(word)))
    return out


def _drawn_arrows(shapes: list[Shape]) -> list[Mark]:
    found = [(shape, direction_of(shape.points)) for shape in shapes]
    return [_mark("trend", trend, "curve", shape.box) for shape, trend in found if trend]


def _trend_words(words: list[Word]) -> list[Mark]:
    """A direction written out, with nothing else in its place."""
    trend = _TREND_WORDS.get(" ".join(w.text for w in words).casefold().strip(" .*"))
    return [_mark("trend", trend, "word", None)] if trend else []


def _pictures(box: Box, pictures: tuple[Picture, ...], words: list[Word]) -> list[Mark]:
    """A small picture alone or beside few words: an arrow or a dot, told by its ink, or an icon that nobody can tell."""
    if len(words) > 3:
        return []
    small = [p for p in pictures if _within(box, p.box) and _side(p.box) <= _LARGEST_PICTURE]
    out: list[Mark] = []
    for picture in small:
        rating = rag_of(picture.colour) if picture.colour and is_dot(picture.ink) else ""
        if rating and rating != "grey":
            out.append(_mark("rag", rating, "picture", picture.box))
        else:
            out.append(_mark("trend", direction_of_ink(picture.ink), "picture", picture.box))
    plain = [mark for mark in out if mark.value]
    return plain[:2] if plain else out[:1]


def _side(box: Box) -> float:
    return max(box.x1 - box.x0, box.bottom - box.top)


def _ratings(box: Box, page: Page, words: list[Word], shapes: list[Shape]) -> list[Mark]:
    plain = [w for w in words if not arrow_in(w.text, w.font)]
    text = " ".join(w.text for w in plain).strip()
    out: list[Mark] = []
    rated = _RATED.match(text) if text[:1] in _RATED_BEGIN else None
    bracketed = _BRACKETED.search(text) if "(" in text else None
    if rated:
        out.append(_mark("rag", _WORDS[rated[1].casefold()], "word", _box_of(plain[-1])))
    elif bracketed:
        out.append(_mark("rag", _WORDS[bracketed[1].casefold()], "word", None))
    elif text.casefold() in _LETTERS:
        out.append(_mark("rag", _LETTERS[text.casefold()], "letter", _box_of(plain[0])))
    return out + _dots(plain) + _discs(shapes) + _fill(box, page)


def _dots(words: list[Word]) -> list[Mark]:
    out = []
    for word in words:
        if len(word.text) > 1 and word.text.isascii():
            continue
        rating = next((_DOTS[c] for c in word.text if c in _DOTS), "")
        symbol = is_symbol_font(word.font)
        dot = len(word.text) == 1 and (word.text in _PLAIN_DOTS or (symbol and word.text in _SYMBOL_DOTS))
        if not rating and dot and is_strong(word.colour):
            rating = rag_of(word.colour)
        if rating:
            out.append(_mark("rag", rating, "symbol_font" if symbol else "glyph", _box_of(word)))
    return out


def _discs(shapes: list[Shape]) -> list[Mark]:
    """Filled outlines about as wide as high that are no arrows."""
    out = []
    for shape in shapes:
        wide, high = shape.box.x1 - shape.box.x0, shape.box.bottom - shape.box.top
        dot = shape.filled and min(wide, high) >= _SMALLEST_DOT and max(wide, high) <= _LARGEST_DOT
        if dot and max(wide, high) < 1.5 * min(wide, high) and not direction_of(shape.points):
            rating = rag_of(shape.colour)
            if rating and rating != "grey":
                out.append(_mark("rag", rating, "shape", shape.box))
    return out


def _fill(box: Box, page: Page) -> list[Mark]:
    """The colour behind the box: of the fill that was painted last over most of it."""
    area = max(0.1, (box.x1 - box.x0) * (box.bottom - box.top))
    for fill in reversed(page.fills):
        wide = min(box.x1, fill.box.x1) - max(box.x0, fill.box.x0)
        high = min(box.bottom, fill.box.bottom) - max(box.top, fill.box.top)
        if wide > 0 and high > 0 and wide * high >= _COVERED * area:
            rating = rag_of(fill.colour)
            return [_mark("rag", rating, "fill", fill.box)] if rating else []
    return []


def _mark(kind: Literal["trend", "rag"], value: str, read_from: ReadFrom, box: Box | None) -> Mark:
    return Mark(kind=kind, value=value, read_from=read_from, box=box)


def _box_of(word: Word) -> Box:
    return Box(x0=word.x0, top=word.top, x1=word.x1, bottom=word.bottom)

"""Which words of a page can be seen, and what kind of text layer the page has.

In: the words and the painting of a page. Out: `born_digital`, `ocr` or `none`, and a mark for every word that does not show:
drawn invisibly, clipped away, or in the colour of what lies beneath it (white helper text on white paper; white on a dark
fill shows).
The invisible words of an OCR layer lie over a picture of the page; they are its text, so they are not marked.
"""

from __future__ import annotations

from typing import Final

from sendparse.model import Colour, TextLayer
from sendparse.read.geometry import Box4, area
from sendparse.read.page_paint import Backdrop, Painting
from sendparse.read.page_words import RawWord, Style

_WHITE: Colour = (1.0, 1.0, 1.0)
_SAME: Final = 0.06  # colours that differ less than this in each part cannot be told apart
WHOLE_PAGE: Final = 0.6  # a picture over this share of the page is a scan of it
_MOST: Final = 0.5
_LEGIBLE: Final = 0.3  # of a word's width and height: less of it cannot be read


def hidden_words(words: list[RawWord], painting: Painting, page_area: float) -> tuple[TextLayer, list[bool]]:
    """The kind of text layer, and for each word whether it is hidden."""
    whole = [picture for picture in painting.pictures if area(picture.box) >= WHOLE_PAGE * page_area]
    scan = max(whole, key=lambda picture: picture.order, default=None)
    if not words:
        return "none", []
    if scan is not None:
        orders = painting.text_order
        drawn_before = {handle for handle, order in orders.items() if order < scan.order}
        under = sum(1 for w in words if w.style.invisible or (w.drawn in drawn_before and _is_within(w, scan.box)))
        if under > _MOST * len(words):
            return "ocr", [False] * len(words)
    hidden = _hidden(words, painting)
    return ("none" if all(hidden) else "born_digital"), hidden


def _is_within(word: RawWord, box: Box4) -> bool:
    """Whether a word lies on a picture: a heading above a scan is no text of the scan."""
    x0, top, x1, bottom = box
    return x0 <= (word.x0 + word.x1) / 2 <= x1 and top <= (word.top + word.bottom) / 2 <= bottom


def _alike(one: Colour, other: Colour) -> bool:
    return abs(one[0] - other[0]) < _SAME and abs(one[1] - other[1]) < _SAME and abs(one[2] - other[2]) < _SAME


def _hidden(words: list[RawWord], painting: Painting) -> list[bool]:
    """A word is looked at closely only where something on the page has its colour."""
    paints = {backdrop.colour for backdrop in painting.backdrops if backdrop.colour is not None} | {_WHITE}
    cut = _cut_off(words, painting.text_clip) if painting.text_clip else set()
    known: dict[Colour, bool] = {}
    hidden = []
    style: Style | None = None
    risky = False
    for place, word in enumerate(words):
        if word.style is not style:  # else as the word before it
            style = word.style
            if style.colour not in known:
                known[style.colour] = any(_alike(style.colour, paint) for paint in paints)
            risky = known[style.colour]
        hidden.append(style.invisible or place in cut or (risky and _melts(word, painting)))
    return hidden


def _cut_off(words: list[RawWord], clips: dict[int, Box4]) -> set[int]:
    """Places of words whose line is clipped away as a whole. A label that runs out of its cell still counts."""
    cut, shown = set(), set()
    for place, word in enumerate(words):
        clip = clips.get(word.drawn)
        if clip is None:
            continue
        if _shows(word, clip):
            shown.add((word.drawn, round(word.bottom)))
        else:
            cut.add(place)
    return {place for place in cut if (words[place].drawn, round(words[place].bottom)) not in shown}


def _shows(word: RawWord, clip: Box4) -> bool:
    """Whether enough of a word lies within its clip to be read."""
    wide = min(word.x1, clip[2]) - max(word.x0, clip[0])
    high = min(word.bottom, clip[3]) - max(word.top, clip[1])
    return wide >= _LEGIBLE * (word.x1 - word.x0) and high >= _LEGIBLE * (word.bottom - word.top)


def _melts(word: RawWord, painting: Painting) -> bool:
    order = painting.text_order.get(word.drawn)
    beneath = _beneath(word, painting.backdrops, order)
    if beneath is not None and beneath.colour is None:
        return False
    return _alike(word.style.colour, beneath.colour if beneath is not None and beneath.colour else _WHITE)


def _beneath(word: RawWord, backdrops: list[Backdrop], order: int | None) -> Backdrop | None:
    """The last thing painted under the middle of a word before the word itself."""
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    for backdrop in reversed(backdrops):
        if order is not None and backdrop.order > order:
            continue
        if backdrop.covers(x, y):
            return backdrop
    return None

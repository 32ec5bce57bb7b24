"""The text of one PDF page: stretches of characters that touch, with their place and style.

In: pdfium's handle of a page and the matrix that turns its space into the reader's. Out: words (joined in page_words.py), in
the order in which they are drawn. Only the first and the last character of a stretch are asked for their boxes: asking every
character costs three times as much and gives the same words.
"""

from __future__ import annotations

from functools import partial
from math import hypot
from typing import Final

from sendparse.read import pdfium
from sendparse.read.bulk import TOUCHES, Look, calls
from sendparse.read.geometry import Box4, Matrix, along, compose, move_box
from sendparse.read.page_words import RawWord, Run, Style, join

MOST_CHARACTERS: Final = 200_000
_INVISIBLE_MODES: Final = frozenset({3, 7})
_STROKED_MODES: Final = frozenset({2, 6})
_BOLD_NAMES: Final = ("bold", "black", "heavy", "demi")
_WIDEST: Final = 1.1  # of the font size: stretches whose characters are wider on average hold gaps
_CODES: dict[int, str] = dict.fromkeys(range(0x20), "\ufffd")  # a code that stands for nothing must not get lost
_CODES |= dict.fromkeys((0x02, 0xAD, 0x2010, 0x2011, 0xFFFE), "-")  # pdfium gives a hyphen at a line's end as 2
_CODES |= dict.fromkeys((0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF), "")
_CODES |= {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_CODES |= {0xFFFF: "\ufffd"}


class TextReader:
    """Reads the words of one page after another; what is known of a font is kept for the whole document."""

    def __init__(self) -> None:
        self._fonts: dict[int, tuple[str, bool]] = {}

    def words(self, page: int, view: Matrix) -> tuple[list[RawWord], bool]:
        """The words of a page, and whether it had more characters than are read."""
        text = pdfium.load_text(page)
        if not text:
            raise ValueError("the text of the page cannot be read")
        try:
            found = pdfium.count_characters(text)
            count = min(found, MOST_CHARACTERS)
            runs = _PageRuns(text, calls.content_of(text, count), view, self._fonts).found() if count > 0 else []
            return join(runs, partial(pdfium.character_generated, text)), found > count
        finally:
            pdfium.close_text(text)


class _PageRuns:
    """Makes the runs of one page."""

    def __init__(self, text: int, content: str, view: Matrix, fonts: dict[int, tuple[str, bool]]) -> None:
        self.text = text
        self.content = content
        self.view = view
        self.fonts = fonts
        self.runs: list[Run] = []

    def found(self) -> list[Run]:
        """All of them, in drawing order."""
        stretches, looks = calls.stretches_of(self.text, self.content, self.view)
        styles = [self._style(look) for look in looks]
        for start, end, drawn, before, look, left, right, base, plain in stretches:
            style, u0, u1 = styles[look], left, right
            if style.odd:
                first, last = self._odd_box(start, style), self._odd_box(end - 1, style)
                u0, u1 = first[0], max(first[2], last[2])
            if end - start > 1 and u1 - u0 > _WIDEST * style.size * (end - start):
                self._single(start, end, style, before, drawn)
                continue
            printed = _printed(self.content[start:end]) if plain is None else plain
            if printed:
                self.runs.append(Run(printed, style, u0, u1, base, before, start, drawn))
        return self.runs

    def _single(self, start: int, end: int, style: Style, before: int, drawn: int) -> None:
        """A stretch character by character."""
        places = list(range(start, end))
        boxes, origins = calls.boxes_at(self.text, places, self.view), calls.origins_at(self.text, places, self.view)
        for place, box, (x, y) in zip(places, boxes, origins, strict=True):
            own = self._odd_box(place, style) if style.odd else along(style.direction, box)
            base = along(style.direction, (x, y, x, y))[1]
            printed = _printed(self.content[place])
            if printed:
                self.runs.append(Run(printed, style, own[0], own[2], base, before, place, drawn))
            before = TOUCHES

    def _style(self, look: Look) -> Style:
        pen, plain, font, mode, (red, green, blue, alpha), direction = look
        a, b, c, d = pen
        across, up = hypot(a, b), hypot(c, d)
        name, bold = self._font(font)
        return Style(
            font=name,
            bold=bold or mode in _STROKED_MODES,
            colour=(red / 255, green / 255, blue / 255),
            invisible=mode in _INVISIBLE_MODES or alpha < 16,
            size=abs(plain) * up,
            direction=direction,
            odd=abs(b) > 0.01 * across or abs(up - across) > 0.05 * across,
            pen=pen,
            plain_size=plain,
            font_handle=font,
        )

    def _font(self, font: int) -> tuple[str, bool]:
        known = self.fonts.get(font)
        if known is None:
            name = pdfium.name_of(font) if font else ""
            low = name.lower()
            weight = pdfium.font_weight(font) if font else 0
            known = (name, any(part in low for part in _BOLD_NAMES) or weight >= 600)
            self.fonts[font] = known
        return known

    def _odd_box(self, index: int, style: Style) -> Box4:
        """The box, along its direction, of a character that is turned or squeezed: from its origin and how far it moves the pen."""
        a, b, c, d = style.pen
        size, advance = style.plain_size, 0.0
        if style.font_handle:
            advance = pdfium.advance_of(style.font_handle, ord(self.content[index]), size)
        if advance:
            x, y = pdfium.origin_of(self.text, index)
            box = move_box((0.0, 0.0, advance, size), compose((a, b, c, d, x, y), self.view))
        else:
            box = move_box(pdfium.tight_box_of(self.text, index), self.view)
        return along(style.direction, box)


def _printed(characters: str) -> str:
    """Characters as they are printed."""
    return characters if characters.isascii() and characters.isprintable() else characters.translate(_CODES)

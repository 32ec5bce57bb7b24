"""The text of one PDF page: stretches of characters that touch, with their place and style.

In: pdfium's handle of a page and the matrix that turns its space into the reader's. Out: words (joined in page_words.py), in
the order in which they are drawn. Only the first and the last character of a stretch are asked for their boxes: asking every
character costs three times as much and gives the same words.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import repeat
from math import hypot
from typing import Final

from sendparse.read import pdfium
from sendparse.read.bulk import Look, calls
from sendparse.read.geometry import Box4, Matrix, Point, compose, move_box
from sendparse.read.page_words import BREAK, SPACE, TOUCHES, RawWord, Run, Style, along, join

MOST_CHARACTERS: Final = 200_000
_INVISIBLE_MODES: Final = frozenset({3, 7})
_STROKED_MODES: Final = frozenset({2, 6})
_BOLD_NAMES: Final = ("bold", "black", "heavy", "demi")
_WIDEST: Final = 1.1  # of the font size: stretches whose characters are wider on average hold gaps
_STRETCH: Final = re.compile("[^\t\n\x0b\x0c\r \x85\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000]+")
_CODES: dict[int, str] = dict.fromkeys(range(0x20), "\ufffd")  # a code that stands for nothing must not get lost
_CODES |= dict.fromkeys((0x02, 0xAD, 0x2010, 0x2011, 0xFFFE), "-")  # pdfium gives a hyphen at a line's end as 2
_CODES |= dict.fromkeys((0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF), "")
_CODES |= {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_CODES |= {0xFFFF: "\ufffd"}

Span = tuple[int, int, int, int]
"""First character, end, text object, and what stands before it: nothing, a space, a break."""


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
            runs = _PageRuns(text, _content(text, count), view, self._fonts).found() if count > 0 else []
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
        self.looks: dict[Look, Style] = {}  # many text objects look alike

    def found(self) -> list[Run]:
        """All of them, in drawing order."""
        spans = _spans(self.text, self.content)
        view = self.view
        ends = calls.boxes_at(self.text, [place for start, end, _, _ in spans for place in (start, end - 1)], view)
        origins = calls.origins_at(self.text, [span[0] for span in spans], view)
        styles: dict[int, Style | None] = {}
        for number, span in enumerate(spans):
            start, end, handle, _ = span
            if handle not in styles:
                styles[handle] = self._style(start, handle)
            style = styles[handle]
            if style is None:
                continue
            first, last = ends[2 * number], ends[2 * number + 1]
            if style.odd:
                first, last = self._odd_box(start, style), self._odd_box(end - 1, style)
            run = _run(self.content, span, style, first, last, origins[number])
            if end - start > 1 and run.u1 - run.u0 > _WIDEST * style.size * (end - start):
                self._single(span, style)
            elif run.text:
                self.runs.append(run)
        return self.runs

    def _single(self, span: Span, style: Style) -> None:
        """A stretch character by character."""
        start, end, handle, before = span
        places = list(range(start, end))
        boxes, origins = calls.boxes_at(self.text, places, self.view), calls.origins_at(self.text, places, self.view)
        for place, box, origin in zip(places, boxes, origins, strict=True):
            own = self._odd_box(place, style) if style.odd else box
            run = _run(self.content, (place, place + 1, handle, before), style, own, own, origin)
            before = TOUCHES
            if run.text:
                self.runs.append(run)

    def _style(self, index: int, handle: int) -> Style | None:
        look = calls.look_of(self.text, index, handle) if handle else None
        if look is None:
            return None
        style = self.looks.get(look)
        if style is None:
            style = self.looks[look] = self._new_style(look)
        return style

    def _new_style(self, look: Look) -> Style:
        pen, plain, font, mode, (red, green, blue, alpha) = look
        a, b, c, d = pen
        across, up = hypot(a, b), hypot(c, d)
        name, bold = self._font(font)
        return Style(
            font=name,
            bold=bold or mode in _STROKED_MODES,
            colour=(red / 255, green / 255, blue / 255),
            invisible=mode in _INVISIBLE_MODES or alpha < 16,
            size=abs(plain) * up,
            direction=_direction(a, b, self.view),
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
        """The box of a character that is turned or squeezed, from its origin and how far it moves the pen."""
        a, b, c, d = style.pen
        size, advance = style.plain_size, 0.0
        if style.font_handle:
            advance = pdfium.advance_of(style.font_handle, ord(self.content[index]), size)
        if not advance:
            return move_box(pdfium.tight_box_of(self.text, index), self.view)
        x, y = pdfium.origin_of(self.text, index)
        return move_box((0.0, 0.0, advance, size), compose((a, b, c, d, x, y), self.view))


def _content(text: int, count: int) -> str:
    """The page's characters, one for each of pdfium's: at once where they agree in number, else one by one."""
    content = pdfium.text_of(text, count)
    if len(content) == count:
        return content
    return "".join(
        [chr(code) if code <= 0x10FFFF else "\uffff" for code in map(pdfium.character, repeat(text), range(count))]
    )


def _spans(text: int, content: str) -> list[Span]:
    """Stretches without a space, parted where the text object changes."""
    stretches = [stretch.span() for stretch in _STRETCH.finditer(content)]
    handles = calls.objects_at(text, [place for start, end in stretches for place in (start, end - 1)])
    out: list[Span] = []
    before_end = 0
    for number, (start, end) in enumerate(stretches):
        first, last = handles[2 * number], handles[2 * number + 1]
        before = BREAK
        if start == before_end:
            before = TOUCHES
        elif start == before_end + 1 and content[before_end] == " ":
            before = SPACE
        before_end = end
        if first == last:
            out.append((start, end, first, before))
            continue
        begin, handle = start, first
        for place, other in enumerate(calls.objects_at(text, range(start + 1, end)), start + 1):
            if other != handle:
                out.append((begin, place, handle, before))
                begin, handle, before = place, other, TOUCHES
        out.append((begin, end, handle, before))
    return out


def _run(content: str, span: Span, style: Style, first: Box4, last: Box4, origin: Point) -> Run:
    """A run from the boxes of its first and last character and the place where its baseline begins."""
    start, end, handle, before = span
    printed = content[start:end]
    if not (printed.isascii() and printed.isprintable()):
        printed = printed.translate(_CODES)
    base = origin[1]
    if style.direction:
        first, last = along(style.direction, first), along(style.direction, last)
        base = along(style.direction, (origin[0], base, origin[0], base))[1]
    return Run(printed, style, first[0], max(first[2], last[2]), base, before, start, handle)


def _direction(a: float, b: float, view: Matrix) -> int:
    right = a * view[0] + b * view[2]
    down = a * view[1] + b * view[3]
    if abs(right) >= abs(down):
        return 0 if right >= 0 else 180
    return 270 if down > 0 else 90

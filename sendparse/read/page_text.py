"""The text of one PDF page: stretches of characters that touch, with their place and style.

In: pdfium's handle of a page and the matrix that turns its space into the reader's. Out: words (joined in page_words.py), in
the order in which they are drawn. Only the first and the last character of a stretch are asked for their boxes: asking every
character costs three times as much and gives the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import repeat
from math import hypot

from sendparse.read import pdfium
from sendparse.read.bulk import calls
from sendparse.read.page_words import BREAK, SPACE, TOUCHES, RawWord, Run, Style, along, join

MOST_CHARACTERS = 200_000
_INVISIBLE_MODES = frozenset({3, 7})
_STROKED_MODES = frozenset({2, 6})
_BOLD_NAMES = ("bold", "black", "heavy", "demi")
_WIDEST = 1.1  # of the font size: stretches whose characters are wider on average hold gaps
_STRETCH = re.compile("[^\t\n\x0b\x0c\r \x85\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000]+")
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

    def words(self, page: int, view: pdfium.Matrix) -> tuple[list[RawWord], bool]:
        """The words of a page, and whether it had more characters than are read."""
        text = pdfium.load_text(page)
        if not text:
            raise ValueError("the text of the page cannot be read")
        try:
            found = pdfium.count_characters(text)
            count = min(found, MOST_CHARACTERS)
            runs = self._runs(text, count, view) if count > 0 else iter(())
            return join(runs, partial(pdfium.character_generated, text)), found > count
        finally:
            pdfium.close_text(text)

    def _runs(self, text: int, count: int, view: pdfium.Matrix) -> Iterator[Run]:
        content = _content(text, count)
        spans = list(_spans(text, content))
        ends = calls.boxes_at(text, [place for start, end, _, _ in spans for place in (start, end - 1)], view)
        origins = calls.origins_at(text, [span[0] for span in spans], view)
        styles: dict[int, Style | None] = {}
        for span, first, last, origin in zip(spans, ends[::2], ends[1::2], origins, strict=True):
            start, end, handle, _ = span
            if handle not in styles:
                styles[handle] = self._style(text, start, handle, view)
            style = styles[handle]
            if style is None:
                continue
            edges = (first, last)
            if style.odd:
                edges = (
                    _odd_box(text, start, content[start], style, view),
                    _odd_box(text, end - 1, content[end - 1], style, view),
                )
            run = _run(content, span, style, edges, origin)
            if end - start > 1 and run.u1 - run.u0 > _WIDEST * style.size * (end - start):
                yield from _single(text, content, span, style, view)
            elif run.text:
                yield run

    def _style(self, text: int, index: int, handle: int, view: pdfium.Matrix) -> Style | None:
        look = calls.look_of(text, index, handle) if handle else None
        if look is None:
            return None
        (a, b, c, d, _, _), plain, font, mode, (red, green, blue, alpha) = look
        across, up = hypot(a, b), hypot(c, d)
        name, bold = self._font(font)
        return Style(
            handle=handle,
            font=name,
            bold=bold or mode in _STROKED_MODES,
            colour=(red / 255, green / 255, blue / 255),
            invisible=mode in _INVISIBLE_MODES or alpha < 16,
            size=abs(plain) * up,
            direction=_direction(a, b, view),
            odd=abs(b) > 0.01 * across or abs(up - across) > 0.05 * across,
            pen=(a, b, c, d),
            plain_size=plain,
            font_handle=font,
        )

    def _font(self, font: int) -> tuple[str, bool]:
        known = self._fonts.get(font)
        if known is None:
            name = pdfium.name_of(font) if font else ""
            low = name.lower()
            weight = pdfium.font_weight(font) if font else 0
            known = (name, any(part in low for part in _BOLD_NAMES) or weight >= 600)
            self._fonts[font] = known
        return known


def _content(text: int, count: int) -> str:
    """The page's characters, one for each of pdfium's: at once where they agree in number, else one by one."""
    content = pdfium.text_of(text, count)
    if len(content) == count:
        return content
    return "".join(
        chr(code) if code <= 0x10FFFF else "\uffff" for code in map(pdfium.character, repeat(text), range(count))
    )


def _spans(text: int, content: str) -> Iterator[Span]:
    """Stretches without a space, parted where the text object changes."""
    stretches = [stretch.span() for stretch in _STRETCH.finditer(content)]
    handles = calls.objects_at(text, [place for start, end in stretches for place in (start, end - 1)])
    before_end = 0
    for (start, end), first, last in zip(stretches, handles[::2], handles[1::2], strict=True):
        between = content[before_end:start]
        before = TOUCHES if not between else SPACE if between == " " else BREAK
        before_end = end
        if first == last:
            yield start, end, first, before
            continue
        begin, handle = start, first
        for place, other in enumerate(calls.objects_at(text, range(start + 1, end)), start + 1):
            if other != handle:
                yield begin, place, handle, before
                begin, handle, before = place, other, TOUCHES
        yield begin, end, handle, before


def _run(
    content: str, span: Span, style: Style, ends: tuple[pdfium.Box4, pdfium.Box4], origin: tuple[float, float]
) -> Run:
    """A run from the boxes of its first and last character and the place where its baseline begins."""
    start, end, _, before = span
    printed = content[start:end]
    if not (printed.isascii() and printed.isprintable()):
        printed = printed.translate(_CODES)
    first, last, base = *ends, origin[1]
    if style.direction:
        first, last = along(style.direction, first), along(style.direction, last)
        base = along(style.direction, (*origin, *origin))[1]
    u1 = last[2] if last[2] > first[2] else first[2]
    return Run(printed, style, first[0], u1, base, before, start)


def _single(text: int, content: str, span: Span, style: Style, view: pdfium.Matrix) -> Iterator[Run]:
    """A stretch character by character."""
    start, end, handle, before = span
    places = list(range(start, end))
    for place, box, origin in zip(
        places, calls.boxes_at(text, places, view), calls.origins_at(text, places, view), strict=True
    ):
        own = _odd_box(text, place, content[place], style, view) if style.odd else box
        run = _run(content, (place, place + 1, handle, before), style, (own, own), origin)
        before = TOUCHES
        if run.text:
            yield run


def _direction(a: float, b: float, view: pdfium.Matrix) -> int:
    right = a * view[0] + b * view[2]
    down = a * view[1] + b * view[3]
    if abs(right) >= abs(down):
        return 0 if right >= 0 else 180
    return 270 if down > 0 else 90


def _odd_box(text: int, index: int, letter: str, style: Style, view: pdfium.Matrix) -> pdfium.Box4:
    """The box of a character that is turned or squeezed, from its origin and how far it moves the pen."""
    a, b, c, d = style.pen
    advance = pdfium.advance_of(style.font_handle, ord(letter), style.plain_size) if style.font_handle else 0.0
    if not advance:
        return pdfium.move_box(pdfium.tight_box_of(text, index), view)
    x, y = pdfium.origin_of(text, index)
    return pdfium.move_box((0, 0, advance, style.plain_size), pdfium.compose((a, b, c, d, x, y), view))

"""The characters of one PDF page, put together to words.

In: pdfium's handle of a page and the matrix that turns its space into the reader's. Out: words with boxes and style, in the
order in which they are drawn. A word ends at a space, at a gap, where the line or direction changes, and where a smaller
raised mark (a footnote's) begins or ends; a raised number is given in superscript digits, so that nobody takes it for a
figure. A character drawn twice at one place (a way to print bold) counts once.
"""

from __future__ import annotations

from array import array
from collections import deque
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from math import hypot

from sendparse.model import Colour
from sendparse.read import pdfium
from sendparse.read.raised import SUPERSCRIPT

MOST_CHARACTERS = 200_000
_GAP = 0.22  # of the font size: a gap this wide parts two words
_GAP_AT_SPACE = 0.05  # where pdfium itself has seen a space
_BACK = 0.5  # of the font size: a step back this far starts a new word
_SHIFT = 0.45  # of the font size: a change of baseline this big starts a new word
_TWICE = 0.12  # of the font size: the same character this near is the same character
_RAISED_SIZE = 0.85  # a footnote's mark is smaller than this, compared with the text it stands at
_RAISED_BY = 0.12  # and its foot is this much higher, in sizes of that text
_INVISIBLE_MODES = frozenset({3, 7})
_STROKED_MODES = frozenset({2, 6})
_BOLD_NAMES = ("bold", "black", "heavy", "demi")
_SPACES = frozenset(
    {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000}
    | set(range(0x2000, 0x200B))
)
_NOTHING = frozenset({0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF})
_HYPHENS = frozenset({0x02, 0xAD, 0x2010, 0x2011, 0xFFFE})
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}


@dataclass(frozen=True, slots=True)
class Style:
    """What the characters of one text object share."""

    handle: int
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
class RawWord:
    """A word before it is known whether it can be seen."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    style: Style


@lru_cache(maxsize=65536)
def _printed(code: int) -> str:
    """What a character code stands for; a code that stands for nothing is U+FFFD, so that it is not lost."""
    if code in _HYPHENS:
        return "-"
    if code in _LIGATURES:
        return _LIGATURES[code]
    if code in _NOTHING:
        return ""
    if code < 0x20 or code == 0xFFFF or code > 0x10FFFF:
        return "\ufffd"
    return chr(code)


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
            return self._words(text, view)
        finally:
            pdfium.close_text(text)

    def _words(self, text: int, view: pdfium.Matrix) -> tuple[list[RawWord], bool]:
        found = pdfium.count_characters(text)
        count = min(found, MOST_CHARACTERS)
        if count <= 0:
            return [], False
        codes = list(map(pdfium.character, repeat(text), range(count)))
        handles = list(map(pdfium.character_object, repeat(text), range(count)))
        styles: dict[int, Style | None] = {}
        for index, handle in enumerate(handles):
            if handle is not None and handle not in styles and codes[index] not in _SPACES:
                styles[handle] = self._style(text, index, handle, view)
        edges = _edges(text, count, view)
        for index, handle in enumerate(handles):
            style = styles.get(handle) if handle is not None else None
            if style is not None and style.odd and codes[index] not in _SPACES:
                for edge, value in zip(edges, _odd_box(text, index, codes[index], style, view), strict=True):
                    edge[index] = value
        return _assemble(text, codes, [styles.get(handle) for handle in handles], edges), found > count

    def _style(self, text: int, index: int, handle: int, view: pdfium.Matrix) -> Style | None:
        matrix = pdfium.matrix_of(pdfium.character_matrix, text, index)
        if matrix is None:
            return None
        a, b, c, d, _, _ = matrix
        across, up = hypot(a, b), hypot(c, d)
        plain = pdfium.character_size(text, index)
        font = pdfium.text_font(handle) or 0
        name, bold = self._font(font)
        mode = pdfium.text_render_mode(handle)
        red, green, blue, alpha = pdfium.colour_of(pdfium.fill_colour, handle) or (0, 0, 0, 255)
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


def _direction(a: float, b: float, view: pdfium.Matrix) -> int:
    along = a * view[0] + b * view[2]
    down = a * view[1] + b * view[3]
    if abs(along) >= abs(down):
        return 0 if along >= 0 else 180
    return 270 if down > 0 else 90


def _edges(text: int, count: int, view: pdfium.Matrix) -> tuple[list[float], list[float], list[float], list[float]]:
    """x0, top, x1, bottom of every character, for the reader."""
    buffer = array("f", bytes(16 * count))
    at = buffer.buffer_info()[0]
    deque(map(pdfium.character_box, repeat(text), range(count), range(at, at + 16 * count, 16)), maxlen=0)
    lefts, tops, rights, bottoms = (buffer[place::4].tolist() for place in range(4))
    a, b, c, d, e, f = view
    if a == 0:
        ones, others = [c * y + e for y in bottoms], [c * y + e for y in tops]
        thirds, fourths = [b * x + f for x in lefts], [b * x + f for x in rights]
    else:
        ones, others = [a * x + e for x in lefts], [a * x + e for x in rights]
        thirds, fourths = [d * y + f for y in tops], [d * y + f for y in bottoms]
    return (
        list(map(min, ones, others)),
        list(map(min, thirds, fourths)),
        list(map(max, ones, others)),
        list(map(max, thirds, fourths)),
    )


def _odd_box(text: int, index: int, code: int, style: Style, view: pdfium.Matrix) -> pdfium.Box4:
    """The box of a character that is turned or squeezed, from its origin and how far it moves the pen."""
    a, b, c, d = style.pen
    advance = pdfium.advance_of(style.font_handle, code, style.plain_size) if style.font_handle else 0.0
    if not advance:
        return pdfium.move_box(pdfium.tight_box_of(text, index), view)
    x, y = pdfium.origin_of(text, index)
    rise, fall = 0.78 * style.plain_size, -0.22 * style.plain_size
    return pdfium.move_box((0, fall, advance, rise), pdfium.compose((a, b, c, d, x, y), view))


def _along(direction: int, x0: float, top: float, x1: float, bottom: float) -> tuple[float, float, float, float]:
    """A box as seen by somebody who has turned so that the text runs to the right. Undone by the opposite turn."""
    if direction == 90:
        return -bottom, x0, -top, x1
    if direction == 270:
        return top, -x1, bottom, -x0
    if direction == 180:
        return -x1, -bottom, -x0, -top
    return x0, top, x1, bottom


_UNDO = {0: 0, 90: 270, 180: 180, 270: 90}


_PIECE = "base last_code last_u0 last_u1 last_base letters maybe next_raised raised style style_now u0 v0 v1"


class _Piece:
    """The word that is being put together. u runs along the text, v down from it."""

    __slots__ = tuple(_PIECE.split())

    style: Style
    style_now: Style
    base: float
    last_code: int
    last_u0: float
    last_u1: float
    last_base: float
    u0: float
    v0: float
    v1: float

    def __init__(self) -> None:
        self.letters: list[str] = []
        self.raised = False  # this word is a mark raised above the one before it
        self.next_raised = False
        self.maybe = False  # pdfium has put a space of its own before the next character

    def add(self, code: int, style: Style, box: pdfium.Box4) -> None:
        """Take one more character."""
        u0, v0, u1, v1 = box
        if not self.letters:
            self.style = style
            self.raised, self.next_raised = self.next_raised, False
            self.base = v1 - 0.2 * style.size
            self.u0, self.v0, self.v1, self.last_u1 = u0, v0, v1, u1
        else:
            self.v0, self.v1, self.last_u1 = min(self.v0, v0), max(self.v1, v1), max(self.last_u1, u1)
        self.letters.append(_printed(code))
        self.style_now, self.last_code, self.last_u0, self.last_base = style, code, u0, v1 - 0.2 * style.size
        self.maybe = False

    def goes_on(self, code: int, style: Style, box: pdfium.Box4) -> bool | None:
        """Whether a character belongs to this word; nothing where it is the last character drawn again."""
        u0 = box[0]
        size, base = self.style.size, box[3] - 0.2 * style.size
        if style is not self.style_now:
            if style.direction != self.style.direction:
                return False
            near = abs(u0 - self.last_u0) < _TWICE * size and abs(base - self.last_base) < _TWICE * size
            if near and code == self.last_code:
                return None
            if self._looks_other(style) or self._raised(code, style, base):
                return False
        gap = u0 - self.last_u1
        if gap > _GAP * size or (self.maybe and gap > _GAP_AT_SPACE * size):
            return False
        return u0 > self.last_u0 - _BACK * size and abs(base - self.last_base) < _SHIFT * max(size, style.size)

    def _looks_other(self, style: Style) -> bool:
        """Hidden text that stands at text that shows must not become one word with it."""
        mine = self.style
        return style.invisible != mine.invisible or (min(style.colour) > 0.9) != (min(mine.colour) > 0.9)

    def _raised(self, code: int, style: Style, base: float) -> bool:
        """Whether a raised mark begins here or ends here. The `st` of 31st is none."""
        mine = self.style.size
        if style.size < _RAISED_SIZE * mine:
            before, letter = self.letters[-1], chr(code)
            letters_only = before.isalpha() and letter.isalpha()  # a trade mark
            ordinal = before.isdigit() and letter in "snrt"
            self.next_raised = self.base - base > _RAISED_BY * mine and not ordinal and not letters_only
            return self.next_raised
        return mine < _RAISED_SIZE * style.size and base - self.base > _RAISED_BY * style.size

    def close(self) -> RawWord:
        """The word, and an empty piece for the next one."""
        style = self.style
        x0, top, x1, bottom = _along(_UNDO[style.direction], self.u0, self.v0, self.last_u1, self.v1)
        text = "".join(self.letters)
        if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        if self.raised and text.isdecimal():
            text = text.translate(SUPERSCRIPT)
        self.letters = []
        self.maybe = False
        return RawWord(text, x0, top, x1, bottom, style)


def _assemble(
    text: int,
    codes: list[int],
    styles: list[Style | None],
    edges: tuple[list[float], list[float], list[float], list[float]],
) -> list[RawWord]:
    """Characters to words: the loop that runs once for every character of every paper."""
    words: list[RawWord] = []
    piece = _Piece()
    for index, (code, style, x0, top, x1, bottom) in enumerate(zip(codes, styles, *edges, strict=True)):
        if code in _SPACES:
            if code == 0x20 and pdfium.character_generated(text, index):
                piece.maybe = True
            elif piece.letters:
                words.append(piece.close())
            continue
        if style is None:
            continue
        box = (x0, top, x1, bottom) if style.direction == 0 else _along(style.direction, x0, top, x1, bottom)
        if piece.letters:
            joined = piece.goes_on(code, style, box)
            if joined is None:
                continue
            if not joined:
                words.append(piece.close())
        piece.add(code, style, box)
    if piece.letters:
        words.append(piece.close())
    return [word for word in words if word.text]

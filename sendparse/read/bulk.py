"""Many calls of pdfium in one: what a page holds, read for all of its characters or objects at once.

In: pdfium's handles. Out: plain tuples and lists. Each function stands here twice: in Python, as rows of calls through
ctypes, and in _bulk.c (with _stretches.h and _paths.h), which is compiled where there is a C compiler and does the
same some ten times faster. Both give the same to the last bit, which a test holds them to. No meaning here, only calls.
"""

from __future__ import annotations

import ctypes
import re
from array import array
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from importlib import import_module
from itertools import repeat
from operator import itemgetter
from types import ModuleType
from typing import Final, cast

from sendparse.read import pdfium
from sendparse.read.geometry import Box4, Matrix, Point, along, move_box
from sendparse.read.outlines import Segments, is_rectangle, outlines_of

Bytes = tuple[int, int, int, int]
Look = tuple[tuple[float, float, float, float], float, int, int, Bytes, int]
"""Of text: the matrix of its characters without the shift, its size before that, its font, its way of being drawn, its colour,
and in which direction it runs for the reader (degrees anticlockwise)."""
Stretch = tuple[int, int, int, int, int, float, float, float, str | None]
"""Characters of one text object without a gap: the first, the end, the object, what stands before it (TOUCHES, SPACE, BREAK), the
number of its look, along its direction where it begins and ends and where its baseline lies across that, and its characters where
they are printed as they stand there."""
Thing = tuple[int, int, int, int]
"""An object on a page or in a form: its handle, its kind, and its clip with the number of paths in that."""
Paint = tuple[int, bool, bool, Matrix | None, Bytes | None, Bytes | None, float]
"""Of a path: segments, whether it is filled and stroked, its matrix, both colours, and how wide its line is."""

Subpath = tuple[list[Point], bool, bool, Box4]
"""What an Outline is made of."""

TOUCHES: Final = 0
SPACE: Final = 1
BREAK: Final = 2
_COARSE = bytes(part >> 4 for part in range(256))
_RECENT = 32  # looks that are looked through for the same
_HYPHEN = 2  # at a line's end
_STRETCH = re.compile("[^\t\n\x0b\x0c\r \x85\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000]+")


class Plain:
    """The calls through ctypes."""

    @staticmethod
    def content_of(text: int, count: int) -> str:
        """The first characters of a page, one for each of pdfium's: at once where they agree in number, else one by one."""
        content = pdfium.text_of(text, count)
        if len(content) == count:
            return content
        return "".join([_character(code) for code in map(pdfium.character, repeat(text), range(count))])

    @staticmethod
    def stretches_of(text: int, content: str, view: Matrix) -> tuple[list[Stretch], list[Look]]:
        """The stretches of a page's characters in their order, and the looks they have."""
        spans = list(_spans(text, content))
        ends = Plain.boxes_at(text, [place for start, end, _, _ in spans for place in (start, end - 1)], view)
        origins = Plain.origins_at(text, [span[0] for span in spans], view)
        looks: list[Look] = []
        out: list[Stretch] = []
        look, before_object = None, 0
        for (start, end, drawn, before), first, last, (x, y) in zip(spans, ends[::2], ends[1::2], origins, strict=True):
            if drawn != before_object or look is None:
                look, before_object = _number_of_look(text, start, drawn, view, looks), drawn
            if look is None:
                continue
            direction = looks[look][5]
            u0, _, u1, _ = along(direction, first)
            u1 = max(u1, along(direction, last)[2])
            characters = content[start:end]
            printed = characters if characters.isascii() and characters.isprintable() else None
            out.append((start, end, drawn, before, look, u0, u1, along(direction, (x, y, x, y))[1], printed))
        return out, looks

    @staticmethod
    def boxes_at(text: int, places: Sequence[int], view: Matrix) -> list[Box4]:
        """x0, top, x1, bottom for the reader of the characters at these places."""
        buffer = array("f", bytes(16 * len(places)))
        at = buffer.buffer_info()[0]
        deque(map(pdfium.character_box, repeat(text), places, range(at, at + 16 * len(places), 16)), maxlen=0)
        lefts, tops, rights, bottoms = (buffer[part::4].tolist() for part in range(4))
        a, _, _, d, e, f = view
        if a == 1 and d == -1:
            return [
                (x0 + e, f - y1, x1 + e, f - y0) for x0, y1, x1, y0 in zip(lefts, tops, rights, bottoms, strict=True)
            ]
        return [move_box(box, view) for box in zip(lefts, bottoms, rights, tops, strict=True)]

    @staticmethod
    def origins_at(text: int, places: Sequence[int], view: Matrix) -> list[Point]:
        """Where the baselines of the characters at these places begin, for the reader."""
        buffer = array("d", bytes(16 * len(places)))
        at = buffer.buffer_info()[0]
        to_x, to_y = range(at, at + 16 * len(places), 16), range(at + 8, at + 8 + 16 * len(places), 16)
        deque(map(pdfium.character_origin, repeat(text), places, to_x, to_y), maxlen=0)
        a, b, c, d, e, f = view
        points = zip(buffer[::2].tolist(), buffer[1::2].tolist(), strict=True)
        return [(a * x + c * y + e, b * x + d * y + f) for x, y in points]

    @staticmethod
    def things_on(holder: int, is_form: bool) -> list[Thing]:
        """What a page holds, or a form, in the order in which it is drawn."""
        count = pdfium.count_form_objects(holder) if is_form else pdfium.count_objects(holder)
        get = pdfium.get_form_object if is_form else pdfium.get_object
        out = []
        for handle in map(get, repeat(holder), range(count)):
            if handle:
                clip = pdfium.object_clip(handle) or 0
                out.append((handle, pdfium.object_type(handle), clip, pdfium.count_clip_paths(clip) if clip else 0))
        return out

    @staticmethod
    def paint_of(path: int) -> Paint | None:
        """How a path is painted; nothing where it does not show."""
        count = pdfium.count_segments(path)
        filled, stroked = pdfium.mode_of(path)
        if count < 2 or not (filled or stroked):
            return None
        fill = pdfium.colour_of(pdfium.fill_colour, path) if filled else None
        line = pdfium.colour_of(pdfium.stroke_colour, path) if stroked else None
        width = pdfium.width_of(path) if stroked else 0.0
        return count, filled, stroked, pdfium.matrix_of(pdfium.object_matrix, path), fill, line, width

    @staticmethod
    def outlines_at(path: int, count: int, place: Matrix) -> list[Subpath]:
        """The outlines of a path for the reader."""
        found = outlines_of(_segments([pdfium.get_segment(path, index) for index in range(count)], place))
        return [(one.points, one.curved, one.closed, one.box) for one in found]

    @staticmethod
    def rectangle_of(path: int, count: int, place: Matrix) -> Box4 | None:
        """The box of a path that goes once round a rectangle; nothing where it does not."""
        if not 4 <= count <= 6:
            return None
        found = _segments([pdfium.get_segment(path, index) for index in range(count)], place)
        if found[0] != bytes([pdfium.MOVE_TO, *[pdfium.LINE_TO] * (count - 1)]):
            return None
        (outline,) = outlines_of(found)
        return outline.box if is_rectangle(outline) else None

    @staticmethod
    def commonest_dot(start: int, size: tuple[int, int, int], grid: int) -> int:
        """How often the commonest colour, in 16 steps a part, comes at `grid` by `grid` points of a bitmap that begins at an
        address. Its size: dots across, dots down, bytes a row.
        """
        wide, high, stride = size
        step = max(1, min(4, stride // wide))
        places = [wide * column // grid * step for column in range(grid)]
        dots_of = itemgetter(*[slice(at, at + min(step, 3)) for at in places])
        seen: Counter[bytes] = Counter()
        for row in range(grid):
            dots = ctypes.string_at(start + high * row // grid * stride, stride)
            seen.update(dots_of(dots.translate(_COARSE)))
        return max(seen.values())

    @staticmethod
    def clip_outline_of(clip: int, path: int, count: int, place: Matrix) -> Segments:
        """The segments of one path of a clip for the reader."""
        return _segments([pdfium.get_clip_segment(clip, path, index) for index in range(count)], place)


def _character(code: int) -> str:
    """A character by its code, with those that stand for none as pdfium's whole text has them."""
    if code == _HYPHEN or 0xD800 <= code < 0xE000:
        return "\ufffe" if code == _HYPHEN else "\ufffd"
    return chr(code) if code <= 0x10FFFF else "\uffff"


def _spans(text: int, content: str) -> Iterator[tuple[int, int, int, int]]:
    """First character, end, text object, and what stands before it, of stretches parted where the object changes."""
    found = [stretch.span() for stretch in _STRETCH.finditer(content)]
    objects = _objects_at(text, [place for start, end in found for place in (start, end - 1)])
    before_end = 0
    for (start, end), first, last in zip(found, objects[::2], objects[1::2], strict=True):
        between = content[before_end:start]
        before = TOUCHES if not between else SPACE if between == " " else BREAK
        before_end = end
        if first == last:
            yield start, end, first, before
            continue
        begin, drawn = start, first
        for place, other in enumerate(_objects_at(text, range(start + 1, end)), start + 1):
            if other != drawn:
                yield begin, place, drawn, before
                begin, drawn, before = place, other, TOUCHES
        yield begin, end, drawn, before


def _objects_at(text: int, places: Sequence[int]) -> list[int]:
    """The text objects of the characters at these places; 0 for none."""
    return [found or 0 for found in map(pdfium.character_object, repeat(text), places)]


def _number_of_look(text: int, index: int, drawn: int, view: Matrix, looks: list[Look]) -> int | None:
    """Where in `looks` the look of a character stands; it is put there if need be. Nothing where pdfium cannot say."""
    matrix = pdfium.matrix_of(pdfium.character_matrix, text, index) if drawn else None
    if matrix is None:
        return None
    size, font, mode = pdfium.character_size(text, index), pdfium.text_font(drawn) or 0, pdfium.text_render_mode(drawn)
    colour = pdfium.colour_of(pdfium.fill_colour, drawn) or (0, 0, 0, 255)
    look = (matrix[:4], size, font, mode, colour, _direction(matrix[0], matrix[1], view))
    for number in range(len(looks) - 1, max(-1, len(looks) - 1 - _RECENT), -1):
        if looks[number] == look:
            return number
    looks.append(look)
    return len(looks) - 1


def _direction(a: float, b: float, view: Matrix) -> int:
    right = a * view[0] + b * view[2]
    down = a * view[1] + b * view[3]
    if abs(right) >= abs(down):
        return 0 if right >= 0 else 180
    return 270 if down > 0 else 90


def _segments(handles: list[int], place: Matrix) -> Segments:
    points = array("f", bytes(8 * len(handles)))
    at, end = points.buffer_info()[0], points.buffer_info()[0] + 8 * len(handles)
    deque(map(pdfium.segment_point, handles, range(at, end, 8), range(at + 4, end + 4, 8)), maxlen=0)
    a, b, c, d, e, f = place
    pairs = zip(points[::2].tolist(), points[1::2].tolist(), strict=True)
    return (
        bytes(kind & 255 for kind in map(pdfium.segment_type, handles)),
        [(a * x + c * y + e, b * x + d * y + f) for x, y in pairs],
        bytes(map(bool, map(pdfium.segment_close, handles))),
    )


def _compiled() -> ModuleType | None:
    """The compiled calls; nothing where there was no compiler, or in a checkout."""
    try:
        module = import_module("sendparse.read._bulk")
    except ImportError:
        return None
    module.bind({name: ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value for name in module.NAMES})
    return module


compiled = _compiled()
calls = Plain if compiled is None else cast("type[Plain]", compiled)

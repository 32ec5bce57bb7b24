"""Many calls of pdfium in one: what a page holds, read for all of its characters or objects at once.

In: pdfium's handles. Out: plain tuples and lists. Each function stands here twice: in Python, as rows of calls through
ctypes, and in _bulk.c, which is compiled where the package is installed with a C compiler and does the same some five times
faster. Both give the same to the last bit, which a test holds them to. No meaning here, only calls.
"""

from __future__ import annotations

import ctypes
from array import array
from collections import deque
from collections.abc import Sequence
from importlib import import_module
from itertools import repeat
from types import ModuleType
from typing import cast

from sendparse.read import pdfium
from sendparse.read.geometry import Box4, Matrix, Point, move_box

Bytes = tuple[int, int, int, int]
Look = tuple[tuple[float, float, float, float], float, int, int, Bytes]
"""Of a character: its matrix without the shift, its size before that, its font, its way of being drawn, and its colour."""
Thing = tuple[int, int, int, int]
"""An object on a page or in a form: its handle, its kind, and its clip with the number of paths in that."""
Paint = tuple[int, bool, bool, Matrix | None, Bytes | None, Bytes | None, float]
"""Of a path: segments, whether it is filled and stroked, its matrix, both colours, and how wide its line is."""
Segments = tuple[bytes, list[Point], bytes]
"""Of each segment of a path: its kind, where it ends for the reader, and whether it closes the subpath."""


class Plain:
    """The calls through ctypes."""

    @staticmethod
    def objects_at(text: int, places: Sequence[int]) -> list[int]:
        """The text objects of the characters at these places; 0 for none."""
        return [found or 0 for found in map(pdfium.character_object, repeat(text), places)]

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
    def look_of(text: int, index: int, handle: int) -> Look | None:
        """How a character of a text object looks; nothing where pdfium cannot say."""
        matrix = pdfium.matrix_of(pdfium.character_matrix, text, index)
        if matrix is None:
            return None
        size, font, mode = (
            pdfium.character_size(text, index),
            pdfium.text_font(handle) or 0,
            pdfium.text_render_mode(handle),
        )
        return matrix[:4], size, font, mode, pdfium.colour_of(pdfium.fill_colour, handle) or (0, 0, 0, 255)

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
    def outline_of(path: int, count: int, place: Matrix) -> Segments:
        """The segments of a path for the reader."""
        return _segments([pdfium.get_segment(path, index) for index in range(count)], place)

    @staticmethod
    def clip_outline_of(clip: int, path: int, count: int, place: Matrix) -> Segments:
        """The segments of one path of a clip for the reader."""
        return _segments([pdfium.get_clip_segment(clip, path, index) for index in range(count)], place)


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

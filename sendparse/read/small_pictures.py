"""What a small picture of a page shows: arrows and coloured dots that were pasted as bitmaps.

In: a page whose handle is still open, and its pictures. Out: for each picture small enough, its ink as rows of letters
(`#` where there is ink) and the colour of the ink. It is looked at as the page shows it: turned, mirrored and with what is
see-through left out. What the ink means is the work of tables/marks.py.
"""

from __future__ import annotations

import ctypes

from sendparse.model import Box, Colour, Picture
from sendparse.read import pdfium
from sendparse.read.page_paint import PaintedPicture

_LARGEST = 40.0  # points
_SMALLEST = 3.0
_MOST = 400  # pictures of a page
_LARGER = 4.0
_GRID = 24  # dots across and down
_MOST_PIXELS = 250_000
_OPAQUE = 128
_CONTRAST = 60  # of 255: between ink and ground, in one part of the colour at least

Pixel = tuple[int, int, int, int]
"""Red, green, blue, opacity: each 0 to 255."""


def pictures_of(document: int, page: int, painted: list[PaintedPicture]) -> tuple[Picture, ...]:
    """The pictures of a page, small ones with what they show."""
    out = []
    for number, picture in enumerate(painted):
        x0, top, x1, bottom = picture.box
        box = Box(x0=x0, top=top, x1=x1, bottom=bottom)
        small = min(x1 - x0, bottom - top) >= _SMALLEST and max(x1 - x0, bottom - top) <= _LARGEST
        ink, colour = _look(document, page, picture.handle) if small and number < _MOST else ((), None)
        out.append(Picture(box=box, ink=ink, colour=colour))
    return tuple(out)


def _look(document: int, page: int, handle: int) -> tuple[tuple[str, ...], Colour | None]:
    wide, high = pdfium.pixels_of(handle)
    if not 0 < wide * high <= _MOST_PIXELS:
        return (), None
    pixels = _pixels(document, page, handle)
    if not pixels:
        return (), None
    ground = _ground(pixels)
    rows = [[_is_ink(pixel, ground) for pixel in row] for row in pixels]
    drawn = [
        pixel for row, marks in zip(pixels, rows, strict=True) for pixel, mark in zip(row, marks, strict=True) if mark
    ]
    if not drawn:
        return (), None
    red, green, blue = (sorted(pixel[part] for pixel in drawn)[len(drawn) // 2] / 255 for part in range(3))
    return tuple("".join("#" if mark else "." for mark in row) for row in rows), (red, green, blue)


def _pixels(document: int, page: int, handle: int) -> list[list[Pixel]]:
    """The picture in a few dots across and down, as the page shows it; nothing where it cannot be unpacked.

    It would be drawn with one dot a point, so it is made larger for as long as it takes.
    """
    pdfium.scale_object(handle, _LARGER, 0.0, 0.0, _LARGER, 0.0, 0.0)
    bitmap = pdfium.rendered_picture(document, page, handle)
    pdfium.scale_object(handle, 1 / _LARGER, 0.0, 0.0, 1 / _LARGER, 0.0, 0.0)
    if not bitmap:
        return []
    try:
        wide, high, stride = pdfium.bitmap_width(bitmap), pdfium.bitmap_height(bitmap), pdfium.bitmap_stride(bitmap)
        start = pdfium.bitmap_buffer(bitmap)
        if not start or wide < 4 or high < 4 or stride < 4 * wide or wide * high > _MOST_PIXELS:
            return []
        data = ctypes.string_at(start, stride * high)
    finally:
        pdfium.close_bitmap(bitmap)
    across, down = min(_GRID, wide), min(_GRID, high)
    columns = [(2 * n + 1) * wide // (2 * across) * 4 for n in range(across)]
    lines = [(2 * n + 1) * high // (2 * down) * stride for n in range(down)]
    return [[(data[y + x + 2], data[y + x + 1], data[y + x], data[y + x + 3]) for x in columns] for y in lines]


def _ground(pixels: list[list[Pixel]]) -> Pixel:
    """What lies round the ink: what most of the four corners have."""
    corners = [pixels[0][0], pixels[0][-1], pixels[-1][0], pixels[-1][-1]]
    return max(corners, key=lambda corner: sum(not _is_ink(other, corner) for other in corners))


def _is_ink(pixel: Pixel, ground: Pixel) -> bool:
    if pixel[3] < _OPAQUE:
        return False
    return ground[3] < _OPAQUE or any(abs(pixel[part] - ground[part]) > _CONTRAST for part in range(3))

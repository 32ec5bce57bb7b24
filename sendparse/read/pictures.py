"""Which pictures of a page hold figures that nobody can read from its text: charts, infographics, tables pasted as a picture.

In: the words and the painting of a page whose handle is still open. Out: boxes. A picture counts when it is large, no thin
strip, has hardly a word printed over it, and is drawn in flat colours: a photograph has no colour that much of it shares.
"""

from __future__ import annotations

from math import ceil, log2

from sendparse.read import pdfium
from sendparse.read.bulk import calls
from sendparse.read.geometry import Box4, around
from sendparse.read.page_paint import PaintedPicture, Painting
from sendparse.read.page_words import RawWord

_LEAST_SHARE = 0.07  # of the page
_THINNEST = 6.0  # longer side to shorter side
_MOST_WORDS = 8  # printed over it: with more, the picture is their background
_MOST_PIXELS = 12_000_000  # larger ones are not unpacked
_LEAST_PIXELS = 4_000
_MOST_PICTURES = 400
_GRID = 48  # points across and down at which a picture is looked at
_FLAT = 0.3  # of these points in one colour: a drawing
_BLANK = 0.985  # of them: nothing is drawn on it
_TOUCH = 1.5  # points between the strips of one picture
_SMALLER = (
    5  # dots across for one: a quarter of a picture's width can be unpacked by itself, and edges lie between dots
)
_HARDLY_FLAT = 0.9 * _FLAT  # at that size, where a drawing's thin lines run into its ground


def unread_pictures(document: int, words: list[RawWord], painting: Painting, page_area: float) -> list[Box4]:
    """Boxes of pictures that hold figures, from top to bottom. `document` is pdfium's handle."""
    out = []
    for strips in _joined(painting.pictures[:_MOST_PICTURES]):
        box = strips[0].box
        for strip in strips[1:]:
            box = around(box, strip.box)
        is_bare = _is_large(box, page_area) and _words_over(words, box) <= _MOST_WORDS
        if is_bare and any(_is_drawing(document, strip) for strip in strips):
            out.append(box)
    return sorted(out, key=lambda box: (box[1], box[0]))


def _joined(pictures: list[PaintedPicture]) -> list[list[PaintedPicture]]:
    """Pictures by what they show: one that was cut into strips of equal width or height is put together."""
    groups: list[tuple[Box4, list[PaintedPicture]]] = []
    for picture in pictures:
        for place, (box, members) in enumerate(groups):
            if _is_next_to(box, picture.box):
                members.append(picture)
                groups[place] = (around(box, picture.box), members)
                break
        else:
            groups.append((picture.box, [picture]))
    return [members for _, members in groups]


def _is_next_to(one: Box4, other: Box4) -> bool:
    same_width = abs(one[0] - other[0]) < _TOUCH and abs(one[2] - other[2]) < _TOUCH
    same_height = abs(one[1] - other[1]) < _TOUCH and abs(one[3] - other[3]) < _TOUCH
    below = min(abs(one[3] - other[1]), abs(other[3] - one[1])) < _TOUCH
    beside = min(abs(one[2] - other[0]), abs(other[2] - one[0])) < _TOUCH
    return (same_width and (below or same_height)) or (same_height and beside)


def _is_large(box: Box4, page_area: float) -> bool:
    wide, high = box[2] - box[0], box[3] - box[1]
    return wide * high >= _LEAST_SHARE * page_area and max(wide, high) <= _THINNEST * min(wide, high)


def _words_over(words: list[RawWord], box: Box4) -> int:
    x0, top, x1, bottom = box
    return sum(1 for w in words if x0 < (w.x0 + w.x1) / 2 < x1 and top < (w.top + w.bottom) / 2 < bottom)


def _is_drawing(document: int, picture: PaintedPicture) -> bool:
    """Whether a picture is drawn in flat colours. One that is too large to unpack counts as drawn."""
    wide, high = pdfium.pixels_of(picture.handle)
    if wide * high > _MOST_PIXELS:
        return True
    if wide * high < _LEAST_PIXELS or _is_photograph(document, picture.handle, wide, high):
        return False
    share = _commonest(pdfium.picture_bitmap(picture.handle))
    return share is None or _FLAT <= share < _BLANK


def _is_photograph(document: int, handle: int, wide: int, high: int) -> bool:
    """Whether a small copy of a picture shows already that it is no drawing: in JPEG 2000, the whole takes long to unpack.

    It is drawn with one dot a point, so it is made smaller first, by a power of two, which leaves no trace.
    """
    box = pdfium.bounds_of(handle)
    if box is None or "JPXDecode" not in pdfium.packing_of(handle):
        return False
    points = max((box[2] - box[0]) / wide, (box[3] - box[1]) / high)  # for one dot
    scale = 0.5 ** ceil(log2(_SMALLER * points)) if points > 0 else 1.0
    pdfium.scale_object(handle, scale, 0.0, 0.0, scale, 0.0, 0.0)
    bitmap = pdfium.rendered_picture(document, None, handle)
    pdfium.scale_object(handle, 1 / scale, 0.0, 0.0, 1 / scale, 0.0, 0.0)
    share = _commonest(bitmap)
    return share is not None and share < _HARDLY_FLAT


def _commonest(bitmap: int | None) -> float | None:
    """The share of a picture's most common colour (in 16 steps a part); nothing where it could not be unpacked."""
    if not bitmap:
        return None
    try:
        wide, high, stride = pdfium.bitmap_width(bitmap), pdfium.bitmap_height(bitmap), pdfium.bitmap_stride(bitmap)
        start = pdfium.bitmap_buffer(bitmap)
        if not start or stride < wide or high < 1:
            return None
        return calls.commonest_dot(start, (wide, high, stride), _GRID) / (_GRID * _GRID)
    finally:
        pdfium.close_bitmap(bitmap)

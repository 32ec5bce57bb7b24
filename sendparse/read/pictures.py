"""Which pictures of a page hold figures that nobody can read from its text: charts, infographics, tables pasted as a picture.

In: the words and the painting of a page whose handle is still open. Out: boxes. A picture counts when it is large, no thin
strip, has hardly a word printed over it, and is drawn in flat colours: a photograph has no colour that much of it shares.
"""

from __future__ import annotations

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


def unread_pictures(words: list[RawWord], painting: Painting, page_area: float) -> list[Box4]:
    """Boxes of pictures that hold figures, from top to bottom."""
    out = []
    for strips in _joined(painting.pictures[:_MOST_PICTURES]):
        box = strips[0].box
        for strip in strips[1:]:
            box = around(box, strip.box)
        if _is_large(box, page_area) and _words_over(words, box) <= _MOST_WORDS and any(map(_is_drawing, strips)):
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


def _is_drawing(picture: PaintedPicture) -> bool:
    """Whether a picture is drawn in flat colours. One that is too large to unpack counts as drawn."""
    wide, high = pdfium.pixels_of(picture.handle)
    if wide * high > _MOST_PIXELS:
        return True
    if wide * high < _LEAST_PIXELS:
        return False
    share = _commonest(picture.handle)
    return share is None or _FLAT <= share < _BLANK


def _commonest(handle: int) -> float | None:
    """The share of a picture's most common colour (in 16 steps a part); nothing where it cannot be unpacked."""
    bitmap = pdfium.picture_bitmap(handle)
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

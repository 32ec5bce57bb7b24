"""A picture of a page to words and lines, with OCR.

In: the picture and how many of its points make a PDF point. Out: a Scan: words with boxes and how sure they are, drawn lines,
and how the page had to be turned. Boxes are those of the page when it is upright and straight, so that tables and lines are
found as on any page; `Turn.back` gives them as a reader of the file sees them. What is illegible is left out and counted:
nothing is guessed, and a page of which little is legible is refused as a whole.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sendparse.model import Box, Ruling, Turn, Word
from sendparse.read.ocr_engine import Letter, find_lines, read_lines, require, side, straight, versions
from sendparse.read.ocr_ink import ink_of, letters_within, rows_with_ink, rulings_of, without
from sendparse.read.ocr_words import ILLEGIBLE, Piece, words_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Image = NDArray[np.uint8]
    Quad = NDArray[np.float32]

__all__ = ["DPI", "Scan", "read_scan", "require", "versions"]

DPI = 200
_GLANCE = 960  # points of the longer side when only looking how the page lies
_LOOK = 1600  # when looking for lines
_SAMPLE = 10  # lines that are read to see which way up the page is
_MOST_LINES = 1500
_LONG = 4.0  # width to height of a line that tells the slant
_STRAIGHT = 0.12  # degrees
_STEEPEST = 15.0
_SURE = 0.6  # a word less sure than this is not given
_SURE_FIGURE = 0.72  # nor a figure, where one wrong character makes another figure
_LEGIBLE = 0.6  # of a page's words: with fewer, none is given
_SAME_PRINT = 0.25
_BELOW_LINE = 0.12  # of a line's height that is looked at below it: the detector cuts the tails of commas
_FONT = "OCR"


@dataclass(frozen=True, slots=True)
class Scan:
    """What was read from the picture of one page, in the coordinates of the page made upright and straight."""

    words: tuple[Word, ...]
    rulings: tuple[Ruling, ...]
    turn: Turn
    illegible: tuple[Word, ...] = ()  # those that are given without their text
    refused: bool = False  # so little was legible that nothing is given


@dataclass(frozen=True, slots=True)
class _Found:
    """A word with its edges in points of the picture."""

    piece: Piece
    box: tuple[float, float, float, float]

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]

    def as_high_as(self, height: float) -> _Found:
        """The same about its middle."""
        x0, top, x1, bottom = self.box
        middle = (top + bottom) / 2
        return _Found(self.piece, (x0, middle - height / 2, x1, middle + height / 2))


def read_scan(image: Image, scale: float, page: int) -> Scan:
    """Reads the picture of a page of that number; `scale` is its points to a PDF point."""
    import numpy as np

    size = image.shape[1] / scale, image.shape[0] / scale
    quads = find_lines(image, _GLANCE)
    quarter = _quarter(image, quads)
    if quarter:
        image = np.ascontiguousarray(np.rot90(image, quarter))
        quads = find_lines(image, _GLANCE)
    slant = _slant(quads)
    if abs(slant) <= _STRAIGHT:
        slant = 0.0
    else:
        image = _levelled(image, slant)
    turn = Turn(quarter=quarter, slant=slant, width=size[0], height=size[1])
    ink = ink_of(image)
    lines = rulings_of(ink)
    found = _read(image, without(ink, lines), find_lines(image, _LOOK)[:_MOST_LINES])
    words = tuple(_word(item, scale, page) for item in found)
    illegible = tuple(word for word in words if word.text == ILLEGIBLE)
    refused = len(illegible) > (1 - _LEGIBLE) * len(words)
    return Scan(
        words=() if refused else words,
        rulings=() if refused else tuple(_ruling(line, scale) for line in lines),
        turn=turn,
        illegible=illegible,
        refused=refused,
    )


def _ruling(line: tuple[int, int, int, int], scale: float) -> Ruling:
    """A drawn line by its middle; it is as wide as its shorter side."""
    box = _box(line, scale)
    wide, high = box.x1 - box.x0, box.bottom - box.top
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    if wide >= high:
        return Ruling(x0=box.x0, top=y, x1=box.x1, bottom=y, width=high)
    return Ruling(x0=x, top=box.top, x1=x, bottom=box.bottom, width=wide)


def _quarter(image: Image, quads: Sequence[Quad]) -> int:
    """How many quarter turns (anticlockwise) make the page upright: told from how well a few lines can be read."""
    import numpy as np

    if not quads:
        return 0
    longest = sorted(quads, key=lambda quad: -max(side(quad, 0, 1), side(quad, 1, 2)))[: 2 * _SAMPLE]
    sideways = sum(_is_tall(quad) for quad in longest) > len(longest) / 2
    sample = [quad for quad in longest if _is_tall(quad) == sideways][:_SAMPLE]
    cuts = [straight(image, quad) for quad in sample]
    ways = (1, 3) if sideways else (0, 2)
    turned = [[np.ascontiguousarray(np.rot90(cut, way)) for cut in cuts] for way in ways]
    first, other = (_legibility(read_lines(pictures)) for pictures in turned)
    return ways[0] if first >= other else ways[1]


def _is_tall(quad: Quad) -> bool:
    return side(quad, 1, 2) > 1.5 * side(quad, 0, 1)


def _legibility(lines: Sequence[Sequence[Letter]]) -> float:
    """How sure the characters are, those of other scripts counted against it."""
    return sum(letter.score**2 * (1 if ord(letter.text[0]) < 0x2E80 else -1) for line in lines for letter in line)


def _slant(quads: Sequence[Quad]) -> float:
    """Degrees by which lines fall to the right: the middle of those of all long lines."""
    found = []
    for quad in quads:
        width, height = side(quad, 0, 1), side(quad, 1, 2)
        if width > _LONG * height:
            rise = (quad[1] - quad[0]) + (quad[2] - quad[3])
            found.append((math.degrees(math.atan2(float(rise[1]), float(rise[0]))), width))
    if not found:
        return 0.0
    found.sort()
    half, seen = sum(width for _, width in found) / 2, 0.0
    for angle, width in found:
        seen += width
        if seen >= half:
            return angle if abs(angle) <= _STEEPEST else 0.0
    return 0.0


def _levelled(image: Image, slant: float) -> Image:
    import cv2
    import numpy as np

    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), slant, 1.0)
    out = cv2.warpAffine(
        image, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=(255,) * 3
    )
    return np.asarray(out, dtype=np.uint8)


def _read(image: Image, ink: NDArray[np.bool_], quads: Sequence[Quad]) -> list[_Found]:
    """Words with their box in points of the picture; all words of a line are as high as the line."""
    spans = [_edges(quad, image) for quad in quads]
    spans = [span for span in spans if span[2] > span[0] and span[3] > span[1]]
    cuts = [image[top:bottom, x0:x1] for x0, top, x1, bottom in spans]
    out = []
    for (x0, top, x1, bottom), letters in zip(spans, read_lines(cuts), strict=True):
        own = letters_within(image[top:bottom, x0:x1], ink[top:bottom, x0:x1])
        rows = rows_with_ink(own)
        if not rows:
            continue
        upper, lower = float(top + rows[0]), float(top + rows[-1] + 1)
        out += [_Found(piece, (x0 + piece.x0, upper, x0 + piece.x1, lower)) for piece in words_of(own, letters)]
    return sorted(_evened(out), key=lambda item: (item.box[1], item.box[0]))


def _evened(found: list[_Found]) -> list[_Found]:
    """Lines of one print are equally high, whichever letters they hold: a dash is no smaller print."""
    heights = sorted(item.height for item in found)
    if not heights:
        return found
    usual = heights[len(heights) // 2]
    return [item.as_high_as(usual) if item.height < (1 + _SAME_PRINT) * usual else item for item in found]


def _edges(quad: Quad, image: Image) -> tuple[int, int, int, int]:
    xs, ys = quad[:, 0], quad[:, 1]
    return (
        max(0, int(xs.min())),
        max(0, int(ys.min())),
        min(image.shape[1], int(xs.max()) + 1),
        min(image.shape[0], int(ys.max() + _BELOW_LINE * (ys.max() - ys.min())) + 1),
    )


def _is_legible(piece: Piece) -> bool:
    figure = any(char.isdigit() for char in piece.text)
    return ILLEGIBLE not in piece.text and piece.score >= (_SURE_FIGURE if figure else _SURE)


def _word(item: _Found, scale: float, page: int) -> Word:
    """A word of the page. An illegible one keeps its place, with a sign that stands for nothing."""
    legible = _is_legible(item.piece)
    box = _box(item.box, scale)
    return Word(
        text=item.piece.text if legible else ILLEGIBLE,
        x0=box.x0,
        top=box.top,
        x1=box.x1,
        bottom=box.bottom,
        page=page,
        size=round(box.bottom - box.top, 1),
        font=_FONT,
        score=round(item.piece.score, 3) if legible else 0.0,
    )


def _box(edges: tuple[float, float, float, float], scale: float) -> Box:
    x0, top, x1, bottom = (round(edge / scale, 2) for edge in edges)
    return Box(x0=x0, top=top, x1=x1, bottom=bottom)

"""A picture of a page to words and lines, with OCR.

In: the picture and how many of its points make a PDF point. Out: a Scan: words with boxes and how sure they are, drawn lines,
and how the page had to be turned. Boxes are those of the page when it is upright and straight, so that tables and lines are
found as on any page; `Turn.back` gives them as a reader of the file sees them. What is illegible is left out and counted:
nothing is guessed, and a page of which little is legible is refused as a whole.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sendparse.model import Box, Colour, Fill, Picture, Ruling, Turn, Word
from sendparse.read.ocr_engine import Letter, find_lines, read_lines, require, side, straight, versions
from sendparse.read.ocr_ground import Edges, Painted, fills_of, lines_of
from sendparse.read.ocr_ink import dots_of, rows_with_ink, stroke_of
from sendparse.read.ocr_strip import Strip, framed, strips_of
from sendparse.read.ocr_widths import Measured, misfits
from sendparse.read.ocr_words import ILLEGIBLE, Piece, confirmed, is_blob, row_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Image = NDArray[np.uint8]
    Ink = NDArray[np.bool_]
    Quad = NDArray[np.float32]

__all__ = ["DPI", "Scan", "read_scan", "require", "versions"]

DPI = 200
_LOOK = 1600  # when looking for lines
_SAMPLE = 10  # lines that are read to see which way up the page is
_FEW, _BEGUN = 4, 10  # of which this many often do, as far as so many times their height
_CLEARLY = 2.0  # times as legible one way as the other
_MOST_LINES = 1500
_LONG = 4.0  # width to height of a line that tells the slant
_STRAIGHT = 0.12  # degrees
_STEEPEST = 15.0
_SURE = 0.6  # a word less sure than this is not given
_THOUSANDS = re.compile(r"[(]?£['’]?000s?[):]*")  # a scale: three round signs after a pound stand for nothing else
_MISPRINTED = re.compile(r"^[(£+-]?\.\d|\d,\d{1,2}(?!\d)")  # a speck before a figure, a comma read for a point
_SURE_FIGURE = 0.72  # nor a figure, where one wrong character makes another figure
_SURE_SCALE = 0.5
_LEGIBLE_GRAINY = 0.8  # where the picture has grain, so that more of what seems legible is wrong
_LEGIBLE = 0.6  # of a page's words: with fewer, none is given
_LOOK_DPI = 140  # of a larger page
_SMALL_PRINT = 11  # points that a line is high in what was looked at
_MOST_LOOK = 3600
_GRAIN = 4.3  # steps of 256 between points and their neighbours, on average
_HALF_SURE = 0.5
_LEAST_MARK = 2.0  # PDF points: a smaller stain is no arrow and no dot
_BOLD = 1.2  # times the strokes of most words
_PLAIN = 0.8  # of the characters of a line, by how sure they are: with less it is looked at again
_SAME_PRINT = 0.14
_RISE, _FALL = 0.75, 0.21  # of the size of the print: a word's box above and below the line that it stands on
_FONT = "OCR"


@dataclass(frozen=True, slots=True)
class Scan:
    """What was read from the picture of one page, in the coordinates of the page made upright and straight."""

    words: tuple[Word, ...]
    rulings: tuple[Ruling, ...]
    turn: Turn
    fills: tuple[Fill, ...] = ()
    pictures: tuple[Picture, ...] = ()  # small marks that are no letters
    illegible: tuple[Word, ...] = ()  # those that are given without their text
    refused: bool = False  # so little was legible that nothing is given


@dataclass(frozen=True, slots=True)
class _Found:
    """A word with its edges in points of the picture, and the size of its print."""

    piece: Piece
    box: tuple[float, float, float, float]
    size: float
    stroke: float  # of the size
    quarter: int = 0
    bold: bool = False


def read_scan(image: Image, scale: float, page: int) -> Scan:
    """Reads the picture of a page of that number; `scale` is its points to a PDF point."""
    import numpy as np

    size = image.shape[1] / scale, image.shape[0] / scale
    image, grainy = _without_grain(image)
    look = _look(image, scale)
    quads = find_lines(image, look)
    quarter = _quarter(image, quads)
    if quarter:
        image = np.ascontiguousarray(np.rot90(image, quarter))
        quads = find_lines(image, look)
    slant = _slant(quads)
    if abs(slant) <= _STRAIGHT:
        slant = 0.0
    else:
        image = _levelled(image, slant)
        quads = find_lines(image, look)
    turn = Turn(quarter=quarter, slant=slant, width=size[0], height=size[1])
    lines, fills = lines_of(image, scale), fills_of(image, scale, grainy=grainy)
    found, marks = _read(image, _lines_of_text(image, look, quads), lines)
    words = tuple(_word(item, scale, page) for item in found)
    illegible = tuple(word for word in words if word.text == ILLEGIBLE)
    if len(illegible) > (1 - (_LEGIBLE_GRAINY if grainy else _LEGIBLE)) * len(words):
        return Scan(words=(), rulings=(), turn=turn, illegible=illegible, refused=True)
    return Scan(
        words=words,
        rulings=(*(_ruling(line, scale) for line in lines), *(e for f in fills for e in _sides(f, scale))),
        turn=turn,
        fills=tuple(Fill(box=_box(fill.edges, scale), colour=_colour(fill.colour)) for fill in fills),
        pictures=tuple(_picture(image, mark, scale) for mark in marks if _least_side(mark) >= _LEAST_MARK * scale),
        illegible=illegible,
    )


def _without_grain(image: Image) -> tuple[Image, bool]:
    """The picture without the grain of a poor scanner (of a point and its neighbours, the middle one), and whether it had any."""
    import cv2
    import numpy as np

    smooth = np.asarray(cv2.medianBlur(image, 3), dtype=np.uint8)
    apart = cv2.absdiff(image[::4, ::4, 1], smooth[::4, ::4, 1])
    grainy = float(np.mean(apart)) > _GRAIN
    return (smooth if grainy else image), grainy


def _look(image: Image, scale: float) -> int:
    """How many points the longer side has when lines are looked for."""
    longer = int(max(image.shape[:2]))
    return min(longer, max(_LOOK, round(longer / scale / 72 * _LOOK_DPI)))


def _lines_of_text(image: Image, look: int, quads: list[Quad]) -> list[Quad]:
    """Corners of the lines that were found; looked for again in full detail where the print is small."""
    longer = max(image.shape[:2])
    heights = sorted(min(side(quad, 0, 1), side(quad, 1, 2)) for quad in quads)
    if heights and look < longer and heights[len(heights) // 2] * look / longer < _SMALL_PRINT:
        quads = find_lines(image, min(longer, _MOST_LOOK))
    return quads[:_MOST_LINES]


def _ruling(line: Edges, scale: float) -> Ruling:
    """A drawn line by its middle; it is as wide as its shorter side."""
    box = _box(line, scale)
    wide, high = box.x1 - box.x0, box.bottom - box.top
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    if wide >= high:
        return Ruling(x0=box.x0, top=y, x1=box.x1, bottom=y, width=high)
    return Ruling(x0=x, top=box.top, x1=x, bottom=box.bottom, width=wide)


def _sides(fill: Painted, scale: float) -> list[Ruling]:
    """The four edges of a painted rectangle."""
    box, colour = _box(fill.edges, scale), _colour(fill.colour)
    x0, top, x1, bottom = box.x0, box.top, box.x1, box.bottom
    return [
        Ruling(x0=left, top=upper, x1=right, bottom=lower, colour=colour, from_rectangle=True)
        for left, upper, right, lower in (
            (x0, top, x1, top),
            (x0, bottom, x1, bottom),
            (x0, top, x0, bottom),
            (x1, top, x1, bottom),
        )
    ]


def _colour(bgr: tuple[int, int, int]) -> Colour:
    blue, green, red = bgr
    return red / 255, green / 255, blue / 255


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
    first = other = 0.0
    for some in ([_begun(cut) for cut in cuts[:_FEW]], cuts):
        turned = [[np.ascontiguousarray(np.rot90(cut, way)) for cut in some] for way in ways]
        first, other = (_legibility(read_lines(pictures)) for pictures in turned)
        if max(first, other) > _CLEARLY * max(0.0, min(first, other)) + _FEW:
            break
    return ways[0] if first >= other else ways[1]


def _begun(cut: Image) -> Image:
    """As much of a line as tells which way up it is."""
    height, width = cut.shape[:2]
    return cut[: _BEGUN * width] if height > width else cut[:, : _BEGUN * height]


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


def _read(
    image: Image, quads: Sequence[Quad], lines: Sequence[Edges]
) -> tuple[list[_Found], list[tuple[float, float, float, float]]]:
    """Words with their box in points of the picture, and the boxes of marks that are no letters."""
    strips = strips_of(image, quads, lines)
    out: list[_Found] = []
    marks = []
    for strip, letters in _best_way(zip(strips, _letters(strips), strict=True)):
        row = row_of(strip.ink, letters)
        marks += [_around(strip, run, strip.ink) for run in row.marks if is_blob(strip.ink, run, row.size)]
        above, below = row.base - _RISE * row.size, row.base + _FALL * row.size
        for piece in row.words:
            box = _between(strip.on_page(piece.x0, above), strip.on_page(piece.x1, below))
            stroke = stroke_of(strip.ink[:, int(piece.x0) : int(piece.x1) + 1]) / row.size
            out.append(_Found(piece, box, row.size / strip.larger, stroke, strip.quarter))
    return sorted(_fitting(_evened(_weighed(out))), key=lambda item: (item.box[1], item.box[0])), marks


def _letters(strips: Sequence[Strip]) -> list[list[Letter]]:
    """The characters of each strip, in points of its ink; figures are sure only where two looks at them agree."""
    first = read_lines([strip.close for strip in strips])
    second = _again(strips, [place for place, letters in enumerate(first) if _wants_another_look(letters)])
    out, torn = [], []
    for place, letters in enumerate(first):
        if place not in second:
            out.append(letters)
            continue
        one, other = sorted((letters, second[place]), key=lambda read: -_sense(read))
        agreed = confirmed(one, other)
        if any(letter.text.isdigit() and not letter.score for letter in agreed):
            torn.append(place)
            agreed = one
        out.append(agreed)
    third = dict(zip(torn, read_lines([framed(strips[place].close) for place in torn]), strict=True))
    for place, letters in third.items():
        out[place] = confirmed(out[place], letters)
    return [
        [replace(letter, x=letter.x * strip.larger) for letter in letters]
        for strip, letters in zip(strips, out, strict=True)
    ]


def _again(strips: Sequence[Strip], places: Sequence[int]) -> dict[int, list[Letter]]:
    return dict(zip(places, read_lines([strips[place].cut for place in places]), strict=True))


def _wants_another_look(letters: Sequence[Letter]) -> bool:
    return (
        any(letter.text.isdigit() for letter in letters)
        or _legibility([letters]) < _PLAIN * len(letters)
        or not letters
    )


def _sense(letters: Sequence[Letter]) -> float:
    """How much is read and how surely: a character that is hardly sure speaks against it."""
    return sum(letter.score**2 - _HALF_SURE for letter in letters)


def _best_way(read: Iterable[tuple[Strip, list[Letter]]]) -> list[tuple[Strip, list[Letter]]]:
    """Strips with their letters; of a text that runs up or down, the way in which it can be read better."""
    best: dict[Edges, tuple[Strip, list[Letter]]] = {}
    for strip, letters in read:
        known = best.get(strip.edges)
        if known is None or _legibility([letters]) > _legibility([known[1]]):
            best[strip.edges] = (strip, letters)
    return list(best.values())


def _evened(found: list[_Found]) -> list[_Found]:
    """Lines of one print are equally high: their sizes are measured a little apart."""
    sizes = sorted(item.size for item in found)
    if not sizes:
        return found
    usual = sizes[len(sizes) // 2]
    return [_as_large_as(item, usual) if abs(item.size - usual) < _SAME_PRINT * usual else item for item in found]


def _weighed(found: list[_Found]) -> list[_Found]:
    """Which words are bold: their strokes are wider than those of most words of the page."""
    strokes = sorted(item.stroke for item in found if len(item.piece.text) > 1)
    usual = strokes[len(strokes) // 2] if strokes else 0.0
    return [replace(item, bold=item.stroke > _BOLD * usual > 0 and len(item.piece.text) > 1) for item in found]


def _fitting(found: list[_Found]) -> list[_Found]:
    """Figures whose ink is as wide as what was read; the others are not sure at all."""
    level = [item for item in found if not item.quarter]
    wrong = misfits([Measured(item.piece.text, (item.box[2] - item.box[0]) / item.size) for item in level])
    doubtful = {id(level[place]) for place in wrong}
    return [replace(item, piece=replace(item.piece, score=0.0)) if id(item) in doubtful else item for item in found]


def _as_large_as(item: _Found, size: float) -> _Found:
    if item.quarter:
        return replace(item, size=size)
    base = item.box[3] - _FALL * item.size
    return replace(item, size=size, box=(item.box[0], base - _RISE * size, item.box[2], base + _FALL * size))


def _around(strip: Strip, run: tuple[int, int], ink: Ink) -> tuple[float, float, float, float]:
    rows = rows_with_ink(ink[:, run[0] : run[1]])
    return _between(strip.on_page(run[0], rows[0]), strip.on_page(run[1], rows[-1] + 1))


def _between(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float, float, float]:
    """The box with two opposite corners."""
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])


def _least_side(edges: tuple[float, float, float, float]) -> float:
    return min(edges[2] - edges[0], edges[3] - edges[1])


def _picture(image: Image, edges: tuple[float, float, float, float], scale: float) -> Picture:
    """A mark as a small picture: its ink in a few dots, and the colour of the ink."""
    left, top, right, bottom = (round(edge) for edge in edges)
    ink, colour = dots_of(image[top:bottom, left:right])
    return Picture(box=_box(edges, scale), ink=ink, colour=None if colour is None else _colour(colour))


def _is_legible(piece: Piece) -> bool:
    if _THOUSANDS.fullmatch(piece.text):
        return piece.score >= _SURE_SCALE
    if _MISPRINTED.search(piece.text):
        return False
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
        size=round(item.size / scale, 1),
        bold=item.bold,
        upright=item.quarter == 0,
        down=item.quarter == 1,
        font=_FONT,
        score=round(item.piece.score, 3) if legible else 0.0,
    )


def _box(edges: tuple[float, float, float, float], scale: float) -> Box:
    x0, top, x1, bottom = (round(edge / scale, 2) for edge in edges)
    return Box(x0=x0, top=top, x1=x1, bottom=bottom)

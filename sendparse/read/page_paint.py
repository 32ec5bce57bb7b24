"""What is painted on one PDF page besides its words: lines, edges, fills, small shapes, pictures, and in which order.

In: pdfium's handle of a page and the matrix that turns its space into the reader's. Out: a Painting. Forms (pictures made of
page objects) are walked into. Lines that are neither level nor upright are no rulings, and large drawings that are no
rectangles (maps, chart areas) are left out: nothing in a paper's tables depends on them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import hypot
from typing import Final

from sendparse.model import Box, Colour, Fill, Ruling, Shape
from sendparse.read import pdfium
from sendparse.read.bulk import Bytes, calls
from sendparse.read.geometry import SAME, Box4, Matrix, Point, area, bounds, compose, move_box, within
from sendparse.read.outlines import (
    MOST_POINTS,
    SMALL,
    SMALLEST,
    STRAIGHT,
    Outline,
    around_all,
    crossings,
    is_level,
    is_nearly_full,
    is_nested,
    is_rectangle,
)

MOST_PATHS: Final = 20_000
MOST_SEGMENTS: Final = 200_000
_DEEPEST: Final = 12  # forms within forms
_THIN: Final = 3.0  # a filled rectangle no thicker than this is a line
_SHORTEST: Final = 1.0
_LEAST_BACKDROP: Final = 60.0  # square points
_MOST_CLIPS: Final = 32  # clip paths of one object that are looked at
_INVISIBLE: Final = 16  # alpha below this cannot be seen
_BLACK: Colour = (0.0, 0.0, 0.0)


@dataclass(slots=True)
class Backdrop:
    """Something opaque with its place in the drawing order. No colour: a picture or a shading, anything may be there."""

    order: int
    box: Box4
    colour: Colour | None
    outlines: list[list[Point]] | None = None  # where it does not cover the whole of its box

    def covers(self, x: float, y: float) -> bool:
        """Whether the point is painted over."""
        x0, top, x1, bottom = self.box
        if not (x0 <= x <= x1 and top <= y <= bottom):
            return False
        return self.outlines is None or sum([crossings(outline, x, y) for outline in self.outlines]) % 2 == 1


@dataclass(slots=True)
class PaintedPicture:
    """A bitmap with its place in the drawing order and pdfium's handle, which lives as long as the page."""

    order: int
    box: Box4
    handle: int


@dataclass(slots=True)
class Painting:
    """Everything painted on a page that is no text; of a text object, when it was drawn and what its clip leaves of it."""

    rulings: list[Ruling] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    pictures: list[PaintedPicture] = field(default_factory=list)
    backdrops: list[Backdrop] = field(default_factory=list)
    text_order: dict[int, int] = field(default_factory=dict)
    text_clip: dict[int, Box4] = field(default_factory=dict)
    too_complex: bool = False


@dataclass(frozen=True, slots=True)
class _Holder:
    """What holds page objects: the page, or a form on it."""

    handle: int
    matrix: Matrix
    clip: Box4 | None
    depth: int  # 0: the page


def read_painting(page: int, view: Matrix, size: tuple[float, float]) -> Painting:
    """What is painted on a page of `size` (width, height). Stops at a generous number of paths and says so."""
    return _Painter(view, size).paint(page)


class _Painter:
    """Walks the objects of one page in drawing order."""

    def __init__(self, view: Matrix, size: tuple[float, float]) -> None:
        self.view = view
        self.paper: Box4 = (0.0, 0.0, size[0], size[1])
        self.out = Painting()
        self.order = 0
        self.paths = 0
        self.segments = 0

    def paint(self, page: int) -> Painting:
        """All of the page."""
        self._walk(_Holder(page, self.view, None, 0))
        return self.out

    def _walk(self, holder: _Holder) -> None:
        out = self.out
        for handle, kind, clip_path, clips in calls.things_on(holder.handle, holder.depth > 0):
            self.order += 1
            clip = holder.clip
            if clips > 0:
                clip = _clip_box(clip_path, clips, holder.matrix, clip)
            if kind == pdfium.TEXT:
                out.text_order[handle] = self.order
                if clip is not None:
                    out.text_clip[handle] = clip
            elif kind == pdfium.PATH:
                self._path(handle, holder.matrix, clip)
            elif kind in (pdfium.PICTURE, pdfium.SHADING):
                self._picture(handle, kind, holder.matrix, clip)
            elif kind == pdfium.FORM and holder.depth < _DEEPEST:
                own = pdfium.matrix_of(pdfium.object_matrix, handle)
                inner = compose(own, holder.matrix) if own else holder.matrix
                self._walk(_Holder(handle, inner, clip, holder.depth + 1))

    def _shown(self, box: Box4, clip: Box4 | None) -> Box4:
        """The part of a box that shows: within the page and within the clip."""
        shown = within(box, self.paper)
        return shown if clip is None else within(shown, clip)

    def _picture(self, handle: int, kind: int, matrix: Matrix, clip: Box4 | None) -> None:
        """A bitmap, or a shading: of both it is not known what colour lies where."""
        own = pdfium.bounds_of(handle)
        if own is None:
            return
        box = self._shown(move_box(own, matrix), clip)
        if not (box[0] < box[2] and box[1] < box[3]):
            return
        self.out.backdrops.append(Backdrop(self.order, box, None))
        if kind == pdfium.PICTURE:
            self.out.pictures.append(PaintedPicture(self.order, box, handle))

    def _path(self, handle: int, matrix: Matrix, clip: Box4 | None) -> None:
        paint = calls.paint_of(handle)
        if paint is None:
            return
        count, _, _, own, fill_code, line_code, width = paint
        self.paths += 1
        self.segments += count
        if self.paths > MOST_PATHS or self.segments > MOST_SEGMENTS:
            self.out.too_complex = True
            return
        fill, line = _colour(fill_code), _colour(line_code)
        if fill is None and line is None:
            return
        place = compose(own, matrix) if own else matrix
        rectangle = calls.rectangle_of(handle, count, place) if line is None else None  # as most paths are
        outlines: list[Outline] = []
        if rectangle is None:
            for points, curved, closed, around in calls.outlines_at(handle, count, place):
                outlines.append(Outline(points, curved, closed, around))
        box = rectangle or around_all(outlines)
        shown = self._shown(box, clip)
        if not (shown[0] <= shown[2] and shown[1] <= shown[3]):
            return
        cut = None if shown == box else shown
        if fill is not None and rectangle:
            self._filled_rectangle(box, fill, cut)
            return
        if fill is not None:
            self._filled(outlines, fill, cut)
        is_shape = self._shape(outlines, box, fill, line)
        if line is not None and not is_shape:
            width *= hypot(place[0], place[1])
            for outline in outlines:
                self._stroked(outline, line, width, cut)

    def _filled(self, outlines: list[Outline], colour: Colour, cut: Box4 | None) -> None:
        uneven: list[Outline] = []
        for outline in outlines:
            rectangle = is_rectangle(outline)
            full = rectangle or is_nearly_full(outline)
            if full and is_nested(outline, outlines):
                self._edges(outline.box, colour, cut)
                uneven.append(outline)
            elif rectangle:
                self._filled_rectangle(outline.box, colour, cut)
            elif full:
                self._fill(outline.box, colour, cut)
            else:
                uneven.append(outline)
        if uneven:
            box = around_all(uneven)
            box = within(box, cut) if cut else box
            if area(box) >= _LEAST_BACKDROP:
                self.out.backdrops.append(Backdrop(self.order, box, colour, [outline.points for outline in uneven]))

    def _edges(self, box: Box4, colour: Colour, cut: Box4 | None) -> None:
        x0, top, x1, bottom = box
        self._ruling((x0, top, x1, top), 0.0, colour, True, cut)
        self._ruling((x0, bottom, x1, bottom), 0.0, colour, True, cut)
        self._ruling((x0, top, x0, bottom), 0.0, colour, True, cut)
        self._ruling((x1, top, x1, bottom), 0.0, colour, True, cut)

    def _filled_rectangle(self, box: Box4, colour: Colour, cut: Box4 | None) -> None:
        x0, top, x1, bottom = box
        wide, high = x1 - x0, bottom - top
        if min(wide, high) > _THIN:
            self._fill(box, colour, cut)
            self._edges(box, colour, cut)
        elif wide >= high:
            middle = (top + bottom) / 2
            self._ruling((x0, middle, x1, middle), high, colour, True, cut)
        else:
            middle = (x0 + x1) / 2
            self._ruling((middle, top, middle, bottom), wide, colour, True, cut)

    def _fill(self, box: Box4, colour: Colour, cut: Box4 | None) -> None:
        x0, top, x1, bottom = within(box, cut) if cut else box
        if x0 < x1 and top < bottom:
            self.out.fills.append(Fill(box=Box(x0=x0, top=top, x1=x1, bottom=bottom), colour=colour))
            self.out.backdrops.append(Backdrop(self.order, (x0, top, x1, bottom), colour))

    def _stroked(self, outline: Outline, colour: Colour, width: float, cut: Box4 | None) -> None:
        points = outline.points
        if outline.curved and len(points) > MOST_POINTS:
            return
        ends = points[1:] + points[:1] if outline.closed else points[1:]
        for (ax, ay), (bx, by) in zip(points, ends, strict=False):
            if abs(ay - by) <= STRAIGHT and abs(ax - bx) >= _SHORTEST:
                self._ruling((min(ax, bx), (ay + by) / 2, max(ax, bx), (ay + by) / 2), width, colour, False, cut)
            elif abs(ax - bx) <= STRAIGHT and abs(ay - by) >= _SHORTEST:
                self._ruling(((ax + bx) / 2, min(ay, by), (ax + bx) / 2, max(ay, by)), width, colour, False, cut)

    def _ruling(self, line: Box4, width: float, colour: Colour, from_rectangle: bool, cut: Box4 | None) -> None:
        x0, top, x1, bottom = line
        if cut:
            left, upper, right, lower = cut
            if x1 < left or x0 > right or bottom < upper or top > lower:
                return
            x0, top, x1, bottom = max(x0, left), max(top, upper), min(x1, right), min(bottom, lower)
        if max(x1 - x0, bottom - top) >= _SHORTEST:
            self.out.rulings.append(
                Ruling(x0=x0, top=top, x1=x1, bottom=bottom, width=width, colour=colour, from_rectangle=from_rectangle)
            )

    def _shape(self, outlines: list[Outline], around: Box4, fill: Colour | None, line: Colour | None) -> bool:
        """Keep a path that is a small shape, and tell whether it is one: its edges are no rulings."""
        x0, top, x1, bottom = around
        wide, high = x1 - x0, bottom - top
        if max(wide, high) > SMALL or min(wide, high) < SMALLEST or all(is_level(outline) for outline in outlines):
            return False
        points = tuple([point for outline in outlines for point in outline.points])
        if len(points) > MOST_POINTS:
            return False
        if not self.out.shapes or self.out.shapes[-1].points != points:  # else filled first, then drawn round
            colour = fill if fill is not None else (line or _BLACK)
            box = Box(x0=x0, top=top, x1=x1, bottom=bottom)
            self.out.shapes.append(Shape(box=box, points=points, colour=colour, filled=fill is not None))
        return True


def _colour(found: Bytes | None) -> Colour | None:
    """A colour as it looks on white paper, or nothing where it cannot be seen."""
    if found is None or found[3] < _INVISIBLE:
        return None
    red, green, blue, alpha = found
    if alpha == 255:
        return (red / 255, green / 255, blue / 255)
    share = alpha / 255
    return (red / 255 * share + 1 - share, green / 255 * share + 1 - share, blue / 255 * share + 1 - share)


def _clip_box(clip: int, count: int, matrix: Matrix, outer: Box4 | None) -> Box4 | None:
    """The box that an object's clip paths and those around it leave; nothing where nothing clips."""
    left = outer
    for path in range(min(count, _MOST_CLIPS)):
        segments = pdfium.count_clip_segments(clip, path)
        if 2 <= segments <= MOST_POINTS:
            _, points, _ = calls.clip_outline_of(clip, path, segments, SAME)
            box = move_box(bounds(points), matrix)
            left = box if left is None else within(left, box)
    return left

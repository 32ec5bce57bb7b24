"""What is painted on one PDF page besides its words: lines, edges, fills, small shapes, pictures, and in which order.

In: pdfium's handle of a page and the matrix that turns its space into the reader's. Out: a Painting. Forms (pictures made of
page objects) are walked into. Lines that are neither level nor upright are no rulings, and large drawings that are no
rectangles (maps, chart areas) are left out: nothing in a paper's tables depends on them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from math import hypot

from sendparse.model import Box, Colour, Fill, Ruling, Shape
from sendparse.read import pdfium
from sendparse.read.bulk import Outline, calls

MOST_PATHS = 20_000
MOST_SEGMENTS = 200_000
_DEEPEST = 12  # forms within forms
_STRAIGHT = 0.6  # points that a level line may rise
_THIN = 3.0  # a filled rectangle no thicker than this is a line
_SHORTEST = 1.0
_SMALL = 48.0  # a shape is no wider and no higher than this
_SMALLEST = 1.5
_MOST_POINTS = 48  # of a shape
_LEAST_BACKDROP = 60.0  # square points
_FULL = 0.88  # a path that covers this much of its box is a rectangle with round corners
_MOST_NESTED = 12  # rectangles of one path that are compared with each other
_MOST_CLIPS = 32  # clip paths of one object that are looked at
_INVISIBLE = 16  # alpha below this cannot be seen
_BLACK: Colour = (0.0, 0.0, 0.0)

Point = tuple[float, float]


@dataclass(slots=True)
class Backdrop:
    """Something opaque with its place in the drawing order. No colour: a picture or a shading, anything may be there."""

    order: int
    box: pdfium.Box4
    colour: Colour | None
    outlines: list[list[Point]] | None = None  # where it does not cover the whole of its box

    def covers(self, x: float, y: float) -> bool:
        """Whether the point is painted over."""
        x0, top, x1, bottom = self.box
        if not (x0 <= x <= x1 and top <= y <= bottom):
            return False
        return self.outlines is None or sum(_crossings(outline, x, y) for outline in self.outlines) % 2 == 1


@dataclass(slots=True)
class PaintedPicture:
    """A bitmap with its place in the drawing order and pdfium's handle, which lives as long as the page."""

    order: int
    box: pdfium.Box4
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
    text_clip: dict[int, pdfium.Box4] = field(default_factory=dict)
    too_complex: bool = False


@dataclass(slots=True)
class _Outline:
    """One subpath in the reader's space."""

    points: list[Point]
    curved: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True)
class _Holder:
    """What holds page objects: the page, or a form on it."""

    handle: int
    matrix: pdfium.Matrix
    clip: pdfium.Box4 | None
    depth: int  # 0: the page


def read_painting(page: int, view: pdfium.Matrix, size: tuple[float, float]) -> Painting:
    """What is painted on a page of `size` (width, height). Stops at a generous number of paths and says so."""
    return _Painter(view, size).paint(page)


class _Painter:
    """Walks the objects of one page in drawing order."""

    def __init__(self, view: pdfium.Matrix, size: tuple[float, float]) -> None:
        self.view = view
        self.paper: pdfium.Box4 = (0.0, 0.0, *size)
        self.out = Painting()
        self.order = 0
        self.paths = 0
        self.segments = 0

    def paint(self, page: int) -> Painting:
        """All of the page."""
        self._walk(_Holder(page, self.view, None, 0))
        return self.out

    def _walk(self, holder: _Holder) -> None:
        for handle, kind, clip_path, clips in calls.things_on(holder.handle, holder.depth > 0):
            self.order += 1
            clip = _clip_box(clip_path, clips, holder.matrix, holder.clip) if clips else holder.clip
            if kind == pdfium.TEXT:
                self.out.text_order[handle] = self.order
                if clip is not None:
                    self.out.text_clip[handle] = clip
            elif kind == pdfium.PATH:
                self._path(handle, holder.matrix, clip)
            elif kind in (pdfium.PICTURE, pdfium.SHADING):
                self._picture(handle, kind, holder.matrix, clip)
            elif kind == pdfium.FORM and holder.depth < _DEEPEST:
                own = pdfium.matrix_of(pdfium.object_matrix, handle)
                inner = pdfium.compose(own, holder.matrix) if own else holder.matrix
                self._walk(_Holder(handle, inner, clip, holder.depth + 1))

    def _visible(self, box: pdfium.Box4, clip: pdfium.Box4 | None) -> pdfium.Box4 | None:
        """The part of a box that shows: within the page and within the clip."""
        shown = _within(box, self.paper)
        if clip is not None:
            shown = _within(shown, clip)
        return shown if shown[0] <= shown[2] and shown[1] <= shown[3] else None

    def _picture(self, handle: int, kind: int, matrix: pdfium.Matrix, clip: pdfium.Box4 | None) -> None:
        """A bitmap, or a shading: of both it is not known what colour lies where."""
        bounds = pdfium.bounds_of(handle)
        box = self._visible(pdfium.move_box(bounds, matrix), clip) if bounds else None
        if box is None or box[0] >= box[2] or box[1] >= box[3]:
            return
        self.out.backdrops.append(Backdrop(self.order, box, None))
        if kind == pdfium.PICTURE:
            self.out.pictures.append(PaintedPicture(self.order, box, handle))

    def _path(self, handle: int, matrix: pdfium.Matrix, clip: pdfium.Box4 | None) -> None:
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
        place = pdfium.compose(own, matrix) if own else matrix
        outlines = _outlines(calls.outline_of(handle, count, place))
        boxes = [_bounds(outline.points) for outline in outlines]
        bounds = boxes[0] if len(boxes) == 1 else _around(boxes)
        shown = self._visible(bounds, clip)
        if shown is None:
            return
        clipped = shown != bounds
        if fill is not None:
            self._filled(outlines, boxes, fill, shown if clipped else None)
        is_shape = self._shape(outlines, bounds, fill, line)
        if line is not None and not is_shape:
            width *= hypot(place[0], place[1])
            for outline in outlines:
                self._stroked(outline, line, width, shown if clipped else None)

    def _filled(
        self, outlines: list[_Outline], boxes: list[pdfium.Box4], colour: Colour, shown: pdfium.Box4 | None
    ) -> None:
        uneven = []
        for place, (outline, box) in enumerate(zip(outlines, boxes, strict=True)):
            rectangle = _is_rectangle(outline, box)
            full = rectangle or _nearly_full(outline, box)
            if full and _is_nested(place, boxes):
                self._edges(box, colour, shown)
                uneven.append(outline.points)
            elif rectangle:
                self._filled_rectangle(box, colour, shown)
            elif full:
                self._fill(box, colour, shown)
            else:
                uneven.append(outline.points)
        if uneven:
            bounds = _bounds([point for points in uneven for point in points])
            bounds = _within(bounds, shown) if shown else bounds
            if (bounds[2] - bounds[0]) * (bounds[3] - bounds[1]) >= _LEAST_BACKDROP:
                self.out.backdrops.append(Backdrop(self.order, bounds, colour, uneven))

    def _edges(self, box: pdfium.Box4, colour: Colour, shown: pdfium.Box4 | None) -> None:
        x0, top, x1, bottom = box
        for edge in ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)):
            self._ruling(edge, 0.0, colour, True, shown)

    def _filled_rectangle(self, box: pdfium.Box4, colour: Colour, shown: pdfium.Box4 | None) -> None:
        x0, top, x1, bottom = box
        wide, high = x1 - x0, bottom - top
        if min(wide, high) <= _THIN:
            if wide >= high:
                middle = (top + bottom) / 2
                self._ruling((x0, middle, x1, middle), high, colour, True, shown)
            else:
                middle = (x0 + x1) / 2
                self._ruling((middle, top, middle, bottom), wide, colour, True, shown)
            return
        self._fill(box, colour, shown)
        self._edges(box, colour, shown)

    def _fill(self, box: pdfium.Box4, colour: Colour, shown: pdfium.Box4 | None) -> None:
        x0, top, x1, bottom = _within(box, shown) if shown else box
        if x0 < x1 and top < bottom:
            self.out.fills.append(Fill(box=Box(x0=x0, top=top, x1=x1, bottom=bottom), colour=colour))
            self.out.backdrops.append(Backdrop(self.order, (x0, top, x1, bottom), colour))

    def _stroked(self, outline: _Outline, colour: Colour, width: float, shown: pdfium.Box4 | None) -> None:
        points = outline.points
        if outline.curved and len(points) > _MOST_POINTS:
            return
        ends = points[1:] + points[:1] if outline.closed else points[1:]
        for (ax, ay), (bx, by) in zip(points, ends, strict=False):
            if abs(ay - by) <= _STRAIGHT and abs(ax - bx) >= _SHORTEST:
                self._ruling((min(ax, bx), (ay + by) / 2, max(ax, bx), (ay + by) / 2), width, colour, False, shown)
            elif abs(ax - bx) <= _STRAIGHT and abs(ay - by) >= _SHORTEST:
                self._ruling(((ax + bx) / 2, min(ay, by), (ax + bx) / 2, max(ay, by)), width, colour, False, shown)

    def _ruling(
        self, line: pdfium.Box4, width: float, colour: Colour, from_rectangle: bool, shown: pdfium.Box4 | None
    ) -> None:
        x0, top, x1, bottom = line
        if shown:
            left, upper, right, lower = shown
            if x1 < left or x0 > right or bottom < upper or top > lower:
                return
            x0, top, x1, bottom = max(x0, left), max(top, upper), min(x1, right), min(bottom, lower)
        if max(x1 - x0, bottom - top) >= _SHORTEST:
            self.out.rulings.append(
                Ruling(x0=x0, top=top, x1=x1, bottom=bottom, width=width, colour=colour, from_rectangle=from_rectangle)
            )

    def _shape(self, outlines: list[_Outline], bounds: pdfium.Box4, fill: Colour | None, line: Colour | None) -> bool:
        """Keep a path that is a small shape, and tell whether it is one: its edges are no rulings."""
        x0, top, x1, bottom = bounds
        wide, high = x1 - x0, bottom - top
        if max(wide, high) > _SMALL or min(wide, high) < _SMALLEST or all(map(_is_level, outlines)):
            return False
        outline = tuple(point for outline in outlines for point in outline.points)
        if len(outline) > _MOST_POINTS:
            return False
        if not self.out.shapes or self.out.shapes[-1].points != outline:  # else filled first, then drawn round
            colour = fill if fill is not None else (line or _BLACK)
            box = Box(x0=x0, top=top, x1=x1, bottom=bottom)
            self.out.shapes.append(Shape(box=box, points=outline, colour=colour, filled=fill is not None))
        return True


def _colour(found: tuple[int, int, int, int] | None) -> Colour | None:
    """A colour as it looks on white paper, or nothing where it cannot be seen."""
    if found is None or found[3] < _INVISIBLE:
        return None
    red, green, blue, alpha = found
    if alpha == 255:
        return (red / 255, green / 255, blue / 255)
    share = alpha / 255
    return (red / 255 * share + 1 - share, green / 255 * share + 1 - share, blue / 255 * share + 1 - share)


def _clip_box(clip: int, count: int, matrix: pdfium.Matrix, outer: pdfium.Box4 | None) -> pdfium.Box4 | None:
    """The box that an object's clip paths and those around it leave; nothing where nothing clips."""
    left = outer
    for path in range(min(count, _MOST_CLIPS)):
        segments = pdfium.count_clip_segments(clip, path)
        if 2 <= segments <= _MOST_POINTS:
            _, points, _ = calls.clip_outline_of(clip, path, segments, pdfium.SAME)
            box = pdfium.move_box(_bounds(points), matrix)
            left = box if left is None else _within(left, box)
    return left


def _outlines(found: Outline) -> list[_Outline]:
    """Subpaths of a path. Of a curve, the point where it ends and the one half-way are kept."""
    kinds, moved, closing = found
    if kinds[0] == pdfium.MOVE_TO and kinds.count(pdfium.LINE_TO) == len(kinds) - 1:  # most paths: one straight outline
        return [_Outline(moved, closed=any(closing[1:]))]
    out: list[_Outline] = []
    controls: list[Point] = []
    for kind, point, closes in zip(kinds, moved, closing, strict=True):
        if kind == pdfium.MOVE_TO or not out:
            out.append(_Outline([point]))
            controls = []
            continue
        outline = out[-1]
        if kind == pdfium.BEZIER_TO:
            controls.append(point)
            if len(controls) == 3:
                outline.points.append(_half_way(outline.points[-1], controls))
                outline.points.append(point)
                outline.curved = True
                controls = []
        else:
            outline.points.append(point)
        outline.closed = outline.closed or closes != 0
    return [outline for outline in out if len(outline.points) > 1]


def _half_way(start: Point, controls: list[Point]) -> Point:
    (ax, ay), (bx, by), (cx, cy) = controls
    return ((start[0] + 3 * ax + 3 * bx + cx) / 8, (start[1] + 3 * ay + 3 * by + cy) / 8)


def _bounds(points: list[Point]) -> pdfium.Box4:
    if not points:
        return (0.0, 0.0, 0.0, 0.0)
    xs, ys = zip(*points, strict=True)
    return (min(xs), min(ys), max(xs), max(ys))


def _around(boxes: list[pdfium.Box4]) -> pdfium.Box4:
    if not boxes:
        return (0.0, 0.0, 0.0, 0.0)
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


def _within(box: pdfium.Box4, shown: pdfium.Box4) -> pdfium.Box4:
    return (max(box[0], shown[0]), max(box[1], shown[1]), min(box[2], shown[2]), min(box[3], shown[3]))


def _is_rectangle(outline: _Outline, box: pdfium.Box4) -> bool:
    """Whether every point lies in a corner of the box, and the path goes round it."""
    points = outline.points
    if outline.curved or not 4 <= len(points) <= 6:
        return False
    x0, top, x1, bottom = box
    for x, y in points:
        if min(x - x0, x1 - x) > _STRAIGHT or min(y - top, bottom - y) > _STRAIGHT:
            return False
    return _is_level(outline)


def _is_level(outline: _Outline) -> bool:
    """Whether all parts run level or upright."""
    if outline.curved:
        return False
    points = outline.points
    return all(abs(ax - bx) <= _STRAIGHT or abs(ay - by) <= _STRAIGHT for (ax, ay), (bx, by) in pairwise(points))


def _is_nested(place: int, boxes: list[pdfium.Box4]) -> bool:
    """Whether a rectangle lies within another of the same path, or holds one: together they are a frame."""
    if not 2 <= len(boxes) <= _MOST_NESTED:
        return False
    x0, top, x1, bottom = boxes[place]
    for other, (ox0, otop, ox1, obottom) in enumerate(boxes):
        if other == place:
            continue
        apart = (x0 - ox0, top - otop, ox1 - x1, obottom - bottom)
        if any(apart) and (min(apart) > -_STRAIGHT or max(apart) < _STRAIGHT):
            return True
    return False


def _crossings(points: list[Point], x: float, y: float) -> int:
    """How often a line from the point to the right crosses the outline: an odd number means inside."""
    count = 0
    for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            count += 1
    return count


def _nearly_full(outline: _Outline, box: pdfium.Box4) -> bool:
    """A rectangle with round corners: it covers nearly all of its box."""
    x0, top, x1, bottom = box
    whole = (x1 - x0) * (bottom - top)
    if whole <= _SMALL * _SMALLEST or len(outline.points) > _MOST_POINTS:
        return False
    points = outline.points
    twice = sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True))
    return abs(twice) / 2 >= _FULL * whole

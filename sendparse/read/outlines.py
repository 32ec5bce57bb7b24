"""Outlines of painted paths: what shape they have.

In: the segments of a path for the reader. Out: its subpaths, and answers about one: a rectangle, one with round corners, only
level and upright parts, around a point. Pure arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sendparse.read import pdfium
from sendparse.read.geometry import Box4, Point, area, around, bounds

STRAIGHT: Final = 0.6  # points that a level line may rise
SMALL: Final = 48.0  # a shape is no wider and no higher than this
SMALLEST: Final = 1.5
MOST_POINTS: Final = 48  # of a shape
_FULL: Final = 0.88  # a path that covers this much of its box is a rectangle with round corners
_MOST_NESTED: Final = 12  # rectangles of one path that are compared with each other


Segments = tuple[bytes, list[Any], bytes]
"""Of each segment of a path: its kind, where it ends for the reader (a Point), and whether it closes the subpath."""


@dataclass(slots=True)
class Outline:
    """One subpath in the reader's space."""

    points: list[Point]
    curved: bool = False
    closed: bool = False
    box: Box4 = (0.0, 0.0, 0.0, 0.0)


def outlines_of(found: Segments) -> list[Outline]:
    """Subpaths of a path. Of a curve, the point where it ends and the one half-way are kept."""
    kinds, moved, closing = found
    if kinds[0] == pdfium.MOVE_TO and kinds.count(pdfium.LINE_TO) == len(kinds) - 1:  # most paths: one straight outline
        return [Outline(moved, False, 1 in closing[1:], bounds(moved))]
    out: list[Outline] = []
    controls: list[Point] = []
    for place, kind in enumerate(kinds):
        point = moved[place]
        if kind == pdfium.MOVE_TO or not out:
            out.append(Outline([point]))
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
        outline.closed = outline.closed or closing[place] != 0
    out = [outline for outline in out if len(outline.points) > 1]
    for outline in out:
        outline.box = bounds(outline.points)
    return out


def around_all(outlines: list[Outline]) -> Box4:
    """The smallest box around outlines; an empty one where there are none."""
    if not outlines:
        return (0.0, 0.0, 0.0, 0.0)
    box = outlines[0].box
    for outline in outlines:
        box = around(box, outline.box)
    return box


def _half_way(start: Point, controls: list[Point]) -> Point:
    (ax, ay), (bx, by), (cx, cy) = controls
    return ((start[0] + 3 * ax + 3 * bx + cx) / 8, (start[1] + 3 * ay + 3 * by + cy) / 8)


def is_rectangle(outline: Outline) -> bool:
    """Whether every point lies in a corner of the box, and the path goes round it."""
    points = outline.points
    if outline.curved or not 4 <= len(points) <= 6:
        return False
    x0, top, x1, bottom = outline.box
    for x, y in points:
        if min(x - x0, x1 - x) > STRAIGHT or min(y - top, bottom - y) > STRAIGHT:
            return False
    return is_level(outline)


def is_level(outline: Outline) -> bool:
    """Whether all parts run level or upright."""
    if outline.curved:
        return False
    ax, ay = outline.points[0]
    for bx, by in outline.points:
        if not (abs(ax - bx) <= STRAIGHT or abs(ay - by) <= STRAIGHT):
            return False
        ax, ay = bx, by
    return True


def is_nested(outline: Outline, outlines: list[Outline]) -> bool:
    """Whether a rectangle lies within another of the same path, or holds one: together they are a frame."""
    if not 2 <= len(outlines) <= _MOST_NESTED:
        return False
    x0, top, x1, bottom = outline.box
    for other in outlines:
        if other is outline:
            continue
        ox0, otop, ox1, obottom = other.box
        apart = [x0 - ox0, top - otop, ox1 - x1, obottom - bottom]
        if any(apart) and (min(apart) > -STRAIGHT or max(apart) < STRAIGHT):
            return True
    return False


def crossings(points: list[Point], x: float, y: float) -> int:
    """How often a line from the point to the right crosses the outline: an odd number means inside."""
    count = 0
    ax, ay = points[-1]
    for bx, by in points:
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            count += 1
        ax, ay = bx, by
    return count


def is_nearly_full(outline: Outline) -> bool:
    """A rectangle with round corners: it covers nearly all of its box."""
    points, whole = outline.points, area(outline.box)
    if whole <= SMALL * SMALLEST or len(points) > MOST_POINTS:
        return False
    twice = 0.0
    for place in range(len(points)):
        ax, ay = points[place]
        bx, by = points[place + 1 if place + 1 < len(points) else 0]
        twice += ax * by - bx * ay
    return abs(twice) / 2 >= _FULL * whole

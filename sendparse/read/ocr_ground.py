"""What is drawn on the picture of a page besides its letters: level and upright lines, and what is painted behind the text.

In: the picture of an upright page and how many of its points make a PDF point. Out: lines and painted rectangles in points
of the picture. A line is a stretch of ink that is long, thin and has paper on both sides: the stroke that runs through bold
letters has ink above and below. A fill is a rectangle in one colour that is not that of the paper, with or without letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from cv2.typing import MatLike
    from numpy.typing import NDArray

    Image = NDArray[np.uint8]
    Ink = NDArray[np.bool_]

Edges = tuple[int, int, int, int]
"""Left, top, right, bottom."""

_SHORTEST = 16.0  # PDF points: no letter has a straight stroke as long
_NO_LETTER = 36.0  # an upright line as long runs through several rows of text, whatever stands beside it
_THICKEST = 3.0
_BESIDE = 1.6  # PDF points on either side of a line that are looked at
_ALONE = 0.25  # of a line's length that may have ink right beside it, on either side
_FAINT = 12  # steps of 256 between a line and the paper beside it
_PLAIN = 36  # steps: as dark is a stroke, whatever the rest of it is
_UNBROKEN = 0.86  # of a line that is there
_MOST_LINES = 4000
_LEAST_FILL = 5.0  # PDF points: what is lower or narrower is no ground of a text
_LEAST_AREA = 150.0  # square points
_OF_ONE_COLOUR = 0.55  # of a fill: the rest are its letters
_EDGE_FULL, _LEAST_EDGE = 0.7, 0.35  # of the sides of a fill, and of one at which letters stand
_COLOURS = 14
_COMMON = 0.0008  # of a page: a colour of less is none of a fill
_NEAR = 14  # steps of 256 in each part of the colour
_PAPER = 12  # steps from that of the paper


@dataclass(frozen=True, slots=True)
class Painted:
    """A rectangle in one colour: its edges and its colour as blue, green and red."""

    edges: Edges
    colour: tuple[int, int, int]


def lines_of(image: Image, scale: float) -> list[Edges]:
    """Left, top, right and bottom of each level or upright line, darker or lighter than what it runs over."""
    import cv2

    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    out = []
    for shade in (grey, cv2.bitwise_not(grey)):
        out += _level(shade, scale, sure=float("inf"))
        upright = _level(cv2.transpose(shade), scale, sure=_NO_LETTER * scale)
        out += [(left, top, right, bottom) for top, left, bottom, right in upright]
    return out[:_MOST_LINES]


def _level(grey: MatLike, scale: float, *, sure: float) -> list[Edges]:
    """The level lines of a picture, darker than their surroundings; one longer than `sure` may have ink beside it."""
    import cv2
    import numpy as np

    least, thickest = max(12, round(_SHORTEST * scale)), max(2, round(_THICKEST * scale))
    tall = np.ones((thickest + 3, 1), dtype=np.uint8)
    around = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, tall)  # what lies beside: thin dark strokes painted over
    depth = cv2.subtract(around, grey)
    thin = (depth > _FAINT).astype(np.uint8)
    closed = cv2.morphologyEx(thin, cv2.MORPH_CLOSE, np.ones((1, 5), dtype=np.uint8))
    long = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, least), dtype=np.uint8))
    _, _, facts, _ = cv2.connectedComponentsWithStats(long, connectivity=8)
    out = []
    for left, top, width, height, _ in facts[1 : 2 * _MOST_LINES].tolist():
        edges = (left, top, left + width, top + height)
        if height <= thickest + width // 400 and _is_unbroken(depth, edges, _PLAIN if width >= sure else 255):
            if width < sure and not _is_alone(grey, edges, scale):
                continue
            out.append(edges)
    return out


def _is_unbroken(depth: MatLike, edges: Edges, plain: int) -> bool:
    """Whether a stroke goes on without the gaps that a row of letters has; `plain`: steps that are always dark enough."""
    import numpy as np

    left, top, right, bottom = edges
    deepest = depth[top:bottom, left:right].max(axis=0)
    return float(np.mean(deepest > min(plain, float(np.median(deepest)) / 2))) >= _UNBROKEN


def _is_alone(grey: MatLike, edges: Edges, scale: float) -> bool:
    """Whether there is paper above and below a level line: few points there are nearly as dark as it is."""
    import numpy as np

    left, top, right, bottom = edges
    own = float(np.median(grey[top:bottom, left:right].min(axis=0)))
    for step in range(2, max(3, round(_BESIDE * scale)) + 1):
        for row in (top - step, bottom - 1 + step):
            if not 0 <= row < grey.shape[0]:
                continue
            beside = grey[row, left:right]
            paper = float(np.percentile(beside, 90))
            if paper - own < _FAINT or float(np.mean(beside < (paper + own) / 2)) > _ALONE:
                return False
    return True


def fills_of(image: Image, scale: float, *, grainy: bool = False) -> list[Painted]:
    """Painted rectangles, larger ones first."""
    import cv2
    import numpy as np

    out = []
    least = _LEAST_FILL * scale
    image = np.asarray(cv2.medianBlur(cv2.medianBlur(image, 5), 5), dtype=np.uint8) if grainy else image
    taken = np.zeros(image.shape[:2], dtype=np.uint8)
    for colour in _colours(image):
        low, high = (tuple(max(0, min(255, part + by)) for part in colour) for by in (-_NEAR, _NEAR))
        mask = cv2.inRange(image, np.array(low, np.uint8), np.array(high, np.uint8))
        mask[taken > 0] = 0
        _, labels, facts, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
        for number, (left, top, width, height, area) in enumerate(facts.tolist()):
            if number == 0 or min(width, height) < least or area < _LEAST_AREA * scale * scale:
                continue
            if area < _OF_ONE_COLOUR * width * height:
                continue
            own = labels[top : top + height, left : left + width] == number
            if _has_sides(own):
                taken[top : top + height, left : left + width][own] = 1
                out.append(Painted((left, top, left + width, top + height), colour))
    return sorted(out, key=lambda fill: (-_area(fill.edges), fill.edges))


def _has_sides(own: Ink) -> bool:
    """Whether a stain is as straight as a rectangle on all four sides; a point of each may be blurred."""
    import numpy as np

    sides = sorted(float(np.mean(side)) for side in (own[2], own[-3], own[:, 2], own[:, -3]))
    return sides[0] >= _LEAST_EDGE and sides[1] >= _EDGE_FULL


def _area(edges: Edges) -> int:
    return (edges[2] - edges[0]) * (edges[3] - edges[1])


def _colours(image: Image) -> list[tuple[int, int, int]]:
    """The colours that much of the page shares, besides that of the paper."""
    import numpy as np

    sample = image[::3, ::3].reshape(-1, 3)
    coarse = (sample.astype(np.uint32) >> 3) @ np.array([1 << 10, 1 << 5, 1], dtype=np.uint32)
    kinds, counts = np.unique(coarse, return_counts=True)
    order = np.argsort(-counts.astype(np.int64), kind="stable")
    out: list[tuple[int, int, int]] = []
    paper = _mean(sample[coarse == kinds[order[0]]])
    for place in order[1:200].tolist():
        if counts[place] < _COMMON * len(sample) or len(out) >= _COLOURS:
            break
        colour = _mean(sample[coarse == kinds[place]])
        if _apart(colour, paper) > _PAPER and all(_apart(colour, other) > _NEAR for other in out):
            out.append(colour)
    return out


def _mean(points: NDArray[np.uint8]) -> tuple[int, int, int]:
    blue, green, red = points.mean(axis=0).round().astype(int).tolist()
    return blue, green, red


def _apart(one: tuple[int, int, int], other: tuple[int, int, int]) -> int:
    return max(abs(part - its) for part, its in zip(one, other, strict=True))


def parted_at(lines: Sequence[Edges], span: Edges) -> list[Edges]:
    """A stretch of text in parts where an upright line runs through the whole of its height."""
    left, top, right, bottom = span
    middle, tall = (top + bottom) / 2, bottom - top
    cuts = sorted(
        {
            (x0 + x1) // 2
            for x0, y0, x1, y1 in lines
            if y1 - y0 > x1 - x0 and y0 <= middle - tall / 3 and y1 >= middle + tall / 3
            if left + tall / 4 < x0 and x1 < right - tall / 4
        }
    )
    return [(one, top, other, bottom) for one, other in pairwise([left, *cuts, right]) if other - one > tall / 4]

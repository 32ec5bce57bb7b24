"""The strips of a page that hold one line of text each, ready to be read: cut out, set upright, their ink made out.

In: the picture of an upright page, the corners of lines as the detector gives them, drawn lines. Out: strips. Where a box
of the detector runs through an upright line it is parted there, and where it holds several lines of text, between them. The
ink of a strip is told by its own contrast, light letters on a dark ground like dark ones on a light ground, and in a
picture of the strip made so large that gaps between letters can be measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from sendparse.read.ocr_ground import Edges, parted_at
from sendparse.read.ocr_ink import rows_with_ink

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Image = NDArray[np.uint8]
    Ink = NDArray[np.bool_]
    Quad = NDArray[np.float32]

_BELOW = 0.22  # of a strip's height that is looked at below it: the detector cuts the tails of commas
_LARGE = 56  # points: strips that are lower are made larger before their ink is looked at
_LARGER = 5
_CONTRAST = 32  # steps of 256 between letters and ground at least
_DARK = 0.45  # of that contrast: what is nearer to the letters is ink
_SPECK = 0.0012  # of the square of a strip's height: a smaller stain is no ink
_MARGIN = 0.12  # of the height of the ink: what is left above and below it for the reader
_TALL = 1.6  # height to width of a strip whose text runs up or down
_LINES = 1.6  # times the usual height: a strip may hold several lines
_ONE_LINE = 0.6  # of the lower of two boxes: common rows that put them in one line
_BETWEEN = 0.12  # of the ink of the fullest row: what rows between two lines have at most
_STROKE = 1.6  # of the height of a strip: a level stroke as long underlines
_THROUGH = 0.93  # of the height of a strip: what is as high is the rest of an upright line
_REACH = 0.3  # of the height of a line: its commas and accents are no further from it
_OF_A_LINE = 0.45  # of the usual height: rows of ink that are a line by themselves


@dataclass(frozen=True, slots=True)
class Strip:
    """One line of text: where it stands, and its ink upright with so many points to one of the page's picture."""

    edges: Edges
    quarter: int  # turns (anticlockwise) that set it upright
    around: Image  # with a little below
    cut: Image  # as the detector has it
    ink: Ink
    larger: float

    @property
    def close(self) -> Image:
        """The strip without what is above and below its ink."""
        rows = rows_with_ink(self.ink)
        high = (rows[-1] - rows[0] + 1) / self.larger
        top = max(0, int(rows[0] / self.larger - _MARGIN * high))
        return self.around[top : int((rows[-1] + 1) / self.larger + _MARGIN * high) + 1]

    def on_page(self, x: float, y: float) -> tuple[float, float]:
        """A point of the ink as a point of the picture of the page."""
        left, top, right, bottom = self.edges
        across, down = x / self.larger, y / self.larger
        if self.quarter == 3:
            return left + down, bottom - across
        if self.quarter == 1:
            return right - down, top + across
        return left + across, top + down


def framed(cut: Image) -> Image:
    """A picture of a line made larger, with more ground around it: a look at the same letters in other points."""
    import cv2
    import numpy as np

    edge = max(2, cut.shape[0] // 5)
    wide = cv2.copyMakeBorder(cut, edge // 2, edge // 2, edge, edge, cv2.BORDER_REPLICATE)
    return np.asarray(cv2.resize(wide, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def strips_of(image: Image, quads: Sequence[Quad], lines: Sequence[Edges]) -> list[Strip]:
    """The strips of a page. Of one whose text runs up or down, both ways of setting it upright are given."""
    spans = [_edges(quad, image) for quad in quads]
    spans = [span for span in spans if span[2] - span[0] > 2 and span[3] - span[1] > 2]
    spans = _side_by_side(spans)
    heights = sorted(span[3] - span[1] for span in spans if not _is_tall(span))
    usual = float(heights[len(heights) // 2]) if heights else 0.0
    out = []
    for span in spans:
        if _is_tall(span) and span[3] - span[1] > 2 * usual > 0:
            out += [strip for quarter in (3, 1) if (strip := _strip(image, span, lines, quarter)) is not None]
            continue
        for part in parted_at(lines, span):
            for row in _rows(image, part, lines, usual):
                strip = _strip(image, row, lines, 0)
                if strip is not None:
                    out.append(strip)
    return out


def _side_by_side(spans: Sequence[Edges]) -> list[Edges]:
    """Boxes of one line that reach into each other: each letter is read once, in the box on its left."""
    out: list[Edges] = []
    for span in sorted(spans, key=lambda span: span[0]):
        left, top, right, bottom = span
        for _, upper, end, lower in out:
            common = min(bottom, lower) - max(top, upper)
            if left < end < right and common > _ONE_LINE * min(bottom - top, lower - upper):
                left = end
        if right - left > 2:
            out.append((left, top, right, bottom))
    return sorted(out, key=lambda span: (-span[1], span[0]))


def _is_tall(span: Edges) -> bool:
    return span[3] - span[1] > _TALL * (span[2] - span[0])


def _edges(quad: Quad, image: Image) -> Edges:
    xs, ys = quad[:, 0], quad[:, 1]
    return (
        max(0, int(xs.min())),
        max(0, int(ys.min())),
        min(image.shape[1], int(xs.max()) + 1),
        min(image.shape[0], int(ys.max()) + 1),
    )


def _rows(image: Image, span: Edges, lines: Sequence[Edges], usual: float) -> Iterator[Edges]:
    """The lines of text of a box: several where it is high and rows without ink part them."""
    left, top, right, bottom = span
    if bottom - top < _LINES * usual:
        yield span
        return
    ink = _ink(image, span, lines, 1)
    own = [] if ink is None else [band for band in _bands(ink) if band[1] - band[0] >= _OF_A_LINE * usual]
    if len(own) < 2:
        yield span
        return
    bounds = [top, *(top + (one[1] + other[0] + 1) // 2 for one, other in pairwise(own)), bottom]
    for upper, lower in pairwise(bounds):
        yield left, upper, right, lower


def _full_rows(ink: Ink) -> list[int]:
    """Rows with much ink: between two lines there is little, be it the tails of the upper one."""
    import numpy as np

    counts = np.count_nonzero(ink, axis=1)
    rows: list[int] = np.flatnonzero(counts > _BETWEEN * counts.max()).tolist()
    return rows


def _strip(image: Image, span: Edges, lines: Sequence[Edges], quarter: int) -> Strip | None:
    import numpy as np

    left, top, right, bottom = span
    deep = bottom if quarter else min(image.shape[0], bottom + max(1, round(_BELOW * (bottom - top))))
    wide = (left, top, right, deep)
    short = min(right - left, deep - top) if quarter else deep - top
    larger = max(1, min(_LARGER, -(-_LARGE // short)))
    ink = _ink(image, wide, lines, larger)
    if ink is None:
        return None
    around = np.ascontiguousarray(np.rot90(image[top:deep, left:right], quarter))
    cut = around if quarter else around[: bottom - top]
    own = 1.0 if quarter else (bottom - top) / (deep - top)
    upright = _of_one_line(_without_underline(np.ascontiguousarray(np.rot90(ink, quarter))), own)
    return Strip(wide, quarter, around, cut, upright, float(larger)) if upright.any() else None


def _ink(image: Image, span: Edges, lines: Sequence[Edges], larger: int) -> Ink | None:
    """The ink within a span without the drawn lines; nothing where there is hardly any contrast."""
    import cv2
    import numpy as np

    left, top, right, bottom = span
    grey = cv2.cvtColor(image[top:bottom, left:right], cv2.COLOR_BGR2GRAY)
    if larger > 1:
        grey = cv2.resize(grey, None, fx=larger, fy=larger, interpolation=cv2.INTER_CUBIC)
    drawn = np.zeros(grey.shape, dtype=bool)
    for x0, y0, x1, y1 in lines:
        if x0 <= right and x1 >= left and y0 <= bottom and y1 >= top:
            rows = slice(max(0, (y0 - top - 1) * larger), max(0, (y1 - top + 1) * larger))
            drawn[rows, max(0, (x0 - left - 1) * larger) : max(0, (x1 - left + 1) * larger)] = True
    ground = float(np.median(grey))
    depth = np.abs(grey.astype(np.float32) - ground)
    depth[drawn] = 0
    contrast = float(np.percentile(depth, 99.5))
    if contrast < _CONTRAST:
        return None
    ink: Ink = depth > _DARK * contrast
    return _without_specks(ink)


def _without_specks(ink: Ink) -> Ink:
    import cv2
    import numpy as np

    least = _SPECK * min(ink.shape) ** 2
    count, labels, facts, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    keep = np.ones(count, dtype=bool)
    keep[1:] = facts[1:, cv2.CC_STAT_AREA] >= least
    keep[0] = False
    out: Ink = keep[labels]
    return out


def _without_underline(ink: Ink) -> Ink:
    import cv2
    import numpy as np

    high, wide = ink.shape
    least = round(_STROKE * high)
    if wide < least:
        return ink
    stroke = cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_OPEN, np.ones((1, least), dtype=np.uint8))
    out: Ink = ink & (cv2.dilate(stroke, np.ones((5, 1), dtype=np.uint8)) == 0)
    return out


def _of_one_line(ink: Ink, own: float) -> Ink:
    """The ink without what reaches into the strip from the lines above and below; `own`: how much of it is the line's."""
    import cv2
    import numpy as np

    bands = _bands(ink)
    if not bands:
        return ink
    middle = own * ink.shape[0] / 2
    upper, lower = min(bands, key=lambda band: max(band[0] - middle, middle - band[1], 0))
    reach = _REACH * (lower - upper + 1)
    count, labels, facts, centres = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    keep = (centres[:, 1] >= upper - reach) & (centres[:, 1] <= lower + reach)
    keep &= facts[:, cv2.CC_STAT_HEIGHT] < _THROUGH * ink.shape[0]
    for one, other in bands:
        if one > lower or other < upper:
            keep &= ~((centres[:, 1] >= one) & (centres[:, 1] <= other))
    keep[0] = False
    out: Ink = keep[:count][labels]
    return out


def _bands(ink: Ink) -> list[tuple[int, int]]:
    """Stretches of rows with much ink that are as high as a line, or most of one."""
    bands: list[list[int]] = []
    for row in _full_rows(ink) if ink.any() else ():
        if bands and row - bands[-1][1] <= 1:
            bands[-1][1] = row
        else:
            bands.append([row, row])
    highest = max((last - first for first, last in bands), default=0)
    return [(first, last) for first, last in bands if last - first >= _OF_A_LINE * highest]

"""The ink of a picture, and the lines that are drawn in it.

In: the picture of an upright page. Out: where there is ink, as yes and no for every point, and the level and upright lines
among it. A line is a stretch of ink that is long and thin; letters are neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Image = NDArray[np.uint8]
    Ink = NDArray[np.bool_]

Line = tuple[int, int, int, int]

_AROUND = 51  # points around one that it is compared with
_DARKER = 18  # steps of 256 by which ink is darker than the paper around it
_DARK_GROUND = 0.5  # of a line that is ink: the ground is, and the letters are not
_LIGHTER = 70  # steps of 256 by which letters are lighter than a dark ground
_SPECK = 6  # points: a smaller stain is no ink
_LONGEST_LETTER = 1 / 28  # of the longer side of the page: a line is longer
_THICKEST = 1 / 250
_MOST_LINES = 4000


def ink_of(image: Image) -> Ink:
    """Where there is ink: points darker than the paper around them, specks left out."""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    paper = cv2.boxFilter(grey, -1, (_AROUND, _AROUND))
    dark = (grey.astype(np.int16) < paper.astype(np.int16) - _DARKER).astype(np.uint8)
    dark |= (grey < 60).astype(np.uint8)
    count, labels, facts, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    keep = np.ones(count, dtype=bool)
    keep[1:] = facts[1:, cv2.CC_STAT_AREA] >= _SPECK
    keep[0] = False
    ink: Ink = keep[labels]
    return ink


def letters_within(cut: Image, ink: Ink) -> Ink:
    """The ink of the letters in a piece of the picture: light ones where they stand on a dark ground."""
    import numpy as np

    if float(np.mean(ink)) <= _DARK_GROUND:
        return ink
    grey = np.mean(cut, axis=2)
    light: Ink = grey > float(np.median(grey)) + _LIGHTER
    return light


def rows_with_ink(ink: Ink) -> list[int]:
    """Numbers of the rows that hold ink."""
    import numpy as np

    rows: list[int] = np.flatnonzero(np.any(ink, axis=1)).tolist()
    return rows


def runs_of_ink(ink: Ink) -> list[tuple[int, int]]:
    """Stretches of columns that hold ink: the first column and the one behind the last."""
    import numpy as np

    columns: list[int] = np.flatnonzero(np.any(ink, axis=0)).tolist()
    out: list[tuple[int, int]] = []
    for column in columns:
        if out and out[-1][1] == column:
            out[-1] = (out[-1][0], column + 1)
        else:
            out.append((column, column + 1))
    return out


def rulings_of(ink: Ink) -> list[Line]:
    """Left, top, right and bottom of each level or upright line."""
    return [*_lines(ink, level=True), *_lines(ink, level=False)]


def _lines(ink: Ink, *, level: bool) -> list[Line]:
    import cv2
    import numpy as np

    longer = max(ink.shape)
    least, thickest = max(20, int(longer * _LONGEST_LETTER)), max(4, int(longer * _THICKEST))
    kernel = np.ones((1, least) if level else (least, 1), dtype=np.uint8)
    close = np.ones((3, 5) if level else (5, 3), dtype=np.uint8)
    joined = cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_CLOSE, close)
    long = cv2.morphologyEx(joined, cv2.MORPH_OPEN, kernel)
    _, _, facts, _ = cv2.connectedComponentsWithStats(long, connectivity=8)
    out = []
    for left, top, width, height, _ in facts[1 : _MOST_LINES + 1].tolist():
        if (height if level else width) <= thickest:
            out.append((left, top, left + width, top + height))
    return out


def without(ink: Ink, lines: list[Line]) -> Ink:
    """The ink with drawn lines wiped out, so that an underlined word has its gaps."""
    out = ink.copy()
    for left, top, right, bottom in lines:
        out[max(0, top - 1) : bottom + 1, max(0, left - 1) : right + 1] = False
    return out

"""The ink of a picture, where there is any.

In: ink as yes and no for every point, or a small piece of a picture. Out: rows and columns that hold ink; of a small mark,
its ink in a few dots and its colour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Image = NDArray[np.uint8]
    Ink = NDArray[np.bool_]

_DOTS = 24  # across and down
_DARK = 0.45  # of the contrast between a mark and its ground
_CONTRAST = 32  # steps of 256


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


def stroke_of(ink: Ink) -> float:
    """How wide the strokes of letters are, in points: twice their ink for each point of their outline."""
    import cv2
    import numpy as np

    dark = ink.astype(np.uint8)
    outline = dark - cv2.erode(dark, np.ones((3, 3), dtype=np.uint8))
    return 2 * float(dark.sum()) / max(1.0, float(outline.sum()))


def dots_of(cut: Image) -> tuple[tuple[str, ...], tuple[int, int, int] | None]:
    """A small mark in rows of a few dots, `#` where there is ink, and the colour of the ink as blue, green and red."""
    import cv2
    import numpy as np

    if min(cut.shape[:2]) < 2:
        return (), None
    small = cv2.resize(cut, (_DOTS, _DOTS), interpolation=cv2.INTER_LINEAR).astype(np.int16)
    corners = small[[0, 0, -1, -1], [0, -1, 0, -1]]
    ground = np.sort(corners, axis=0)[2]  # the lighter ones: a triangle fills two corners of its box
    depth = np.abs(small - ground).max(axis=2)
    contrast = float(depth.max())
    if contrast < _CONTRAST:
        return (), None
    ink = depth > _DARK * contrast
    blue, green, red = np.median(small[ink], axis=0).astype(int).tolist()
    return tuple("".join("#" if dot else "." for dot in row) for row in ink.tolist()), (blue, green, red)

"""Boxes and matrices: where things of a page stand for the reader.

In and out: boxes (x0, top, x1, bottom) and matrices of six. Pure arithmetic, here alone so that it can be compiled.
"""

from __future__ import annotations

Point = tuple[float, float]
Box4 = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
"""x' = a x + c y + e; y' = b x + d y + f."""
SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def compose(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does `first` and then `then`."""
    a, b, c, d, e, f = first
    if a == d == 1 and b == c == e == f == 0:
        return then
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def move_box(box: Box4, matrix: Matrix) -> Box4:
    """A box after a matrix: the smallest upright box around its moved corners."""
    a, b, c, d, e, f = matrix
    x0, y0, x1, y1 = box
    return bounds(
        [
            (a * x0 + c * y0 + e, b * x0 + d * y0 + f),
            (a * x1 + c * y1 + e, b * x1 + d * y1 + f),
            (a * x0 + c * y1 + e, b * x0 + d * y1 + f),
            (a * x1 + c * y0 + e, b * x1 + d * y0 + f),
        ]
    )


def along(direction: int, box: Box4) -> Box4:
    """A box as seen by somebody who has turned so that the text runs to the right. Undone by the opposite turn."""
    x0, top, x1, bottom = box
    if direction == 90:
        return (-bottom, x0, -top, x1)
    if direction == 270:
        return (top, -x1, bottom, -x0)
    if direction == 180:
        return (-x1, -bottom, -x0, -top)
    return box


def bounds(points: list[Point]) -> Box4:
    """The smallest box around points; an empty one where there are none."""
    if not points:
        return (0.0, 0.0, 0.0, 0.0)
    x0, top = points[0]
    x1, bottom = x0, top
    for x, y in points:
        x0 = min(x0, x)
        x1 = max(x1, x)
        top = min(top, y)
        bottom = max(bottom, y)
    return (x0, top, x1, bottom)


def around(one: Box4, other: Box4) -> Box4:
    """The smallest box around two."""
    return (min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3]))


def within(box: Box4, other: Box4) -> Box4:
    """What two boxes share; its edges are the wrong way round where they share nothing."""
    return (max(box[0], other[0]), max(box[1], other[1]), min(box[2], other[2]), min(box[3], other[3]))


def area(box: Box4) -> float:
    """Square points."""
    return (box[2] - box[0]) * (box[3] - box[1])

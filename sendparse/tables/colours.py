"""What a colour means in a RAG column.

In: a colour. Out: red, amber, green, blue or grey, or nothing (white, black, a tint too faint to tell). Strong colours and
the pale ones that spreadsheets put behind a "bad", "neutral" or "good" cell both count. Whether a place is a rating at all
is told in marks.py.
"""

from __future__ import annotations

import colorsys

from sendparse.model import Colour, Rag

_FAINTEST = 0.12  # saturation
_DARKEST = 0.28  # brightest part of a colour that is not black
_LIGHTEST = 0.9  # brightest part of a grey that is not white
_HUES: tuple[tuple[float, float, Rag], ...] = (
    (0, 16, "red"),
    (16, 68, "amber"),
    (68, 172, "green"),
    (185, 262, "blue"),
    (338, 361, "red"),
)


def rag_of(colour: Colour) -> Rag:
    """The class that a colour belongs to, by its hue."""
    if colour[0] == colour[1] == colour[2]:  # as nearly all print and paper is
        return "grey" if _DARKEST <= colour[0] < _LIGHTEST else ""
    hue, saturation, value = colorsys.rgb_to_hsv(*colour)
    if value < _DARKEST:
        return ""
    if saturation < _FAINTEST:
        return "grey" if value < _LIGHTEST else ""
    degrees = hue * 360
    for low, high, name in _HUES:
        if low <= degrees < high:
            return "" if name == "amber" and value < 0.5 else name
    return ""


def is_strong(colour: Colour) -> bool:
    """A colour that nobody uses as a quiet ground."""
    _, saturation, value = colorsys.rgb_to_hsv(*colour)
    return saturation > 0.55 and value > 0.45

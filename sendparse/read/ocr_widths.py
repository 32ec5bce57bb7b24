"""Figures whose ink is too wide or too narrow for what was read: a digit was lost, or one was seen twice.

In: figures with the width of their ink and the size of their print. Out: those that do not fit. Digits of one print are
equally wide, so a page of figures tells how wide a digit is; signs around them are as wide as in most prints.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_PLAIN = re.compile(r"\d[\d.,]*")
_SIGNS = {".": 0.5, ",": 0.5, "%": 1.6, "£": 1.0, "(": 0.6, ")": 0.6, "-": 0.6, "–": 1.0, "+": 1.05, "/": 0.5, "*": 0.7}
_FIGURE = re.compile(r"[\d.,%£()+/*–-]*\d[\d.,%£()+/*–-]*")
_WIDER, _NARROWER = 0.55, 0.75  # of a digit: what the ink may have more or less than it should
_FEWEST = 5  # figures that tell how wide a digit is
_EM = 0.556  # of the size: a digit in most prints


@dataclass(frozen=True, slots=True)
class Measured:
    """A word, with the width of its ink by the size of its print."""

    text: str
    wide: float


def misfits(words: Sequence[Measured]) -> list[int]:
    """Places of the figures that are not as wide as what was read."""
    digit = _digit(words)
    out = []
    for place, word in enumerate(words):
        text = word.text.rstrip(".,;:")
        if not _FIGURE.fullmatch(text) or not text:
            continue
        more = word.wide / digit - _digits(word.text)
        ones = sum(text[end] == "1" for end in (0, -1))  # a 1 at an end has less ink than room
        if not -_NARROWER - 0.1 * ones <= more <= _WIDER:
            out.append(place)
    return out


def _digits(text: str) -> float:
    """How many digits would be as wide as the text."""
    return sum(1.0 if char.isdigit() else _SIGNS.get(char, 0.5) for char in text)


def _digit(words: Sequence[Measured]) -> float:
    """The width of a digit, told by the figures of the page."""
    found = sorted(
        word.wide / (_digits(word.text) - 0.15)
        for word in words
        if _PLAIN.fullmatch(word.text) and sum(char.isdigit() for char in word.text) > 2
    )
    return found[len(found) // 2] if len(found) >= _FEWEST else _EM

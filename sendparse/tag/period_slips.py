"""What is told from a month by a second look: figures that follow its name, and names that are misspelt.

In: the pieces that period_atoms.py has found. Out: the same, where a number behind a month that cannot be its year is left
to be a figure: "January 41, February 38".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from sendparse.begins import Sought

_SHORT_YEAR = Sought(r"(?<=[A-Za-z.])\s?(?:\s|[-\u2010-\u2015])\s?\d\d$")
_LAST_SHORT_YEAR = 2038
_LETTERS = re.compile(r"[A-Za-z]+")


class _Piece(Protocol):
    """An atom, as far as it is looked at here."""

    start: int
    end: int
    month: int
    year: int

    @property
    def kind(self) -> str:
        """What it is: a month, a day, a year."""


_FIGURE_BEHIND = re.compile(r"\s+£?\d[\d,.]*%?(?=[\s,;)]|$)")


def short_years(found: Sequence[_Piece], text: str) -> None:
    """Two digits behind months that follow each other are figures where they are not one year."""
    short = [atom for atom in found if atom.kind == "month" and _SHORT_YEAR.search(text, atom.start, atom.end)]
    jumps = any(b.month == a.month + 1 and a.year != b.year for a, b in pairwise(short))
    for atom in short:
        name = _LETTERS.match(text, atom.start)
        told = _FIGURE_BEHIND.match(text, atom.end) is not None  # "Sept 91, Oct 24 104": 104 is what Oct 2024 had
        if name is not None and ((jumps and not told) or atom.year > _LAST_SHORT_YEAR):
            atom.end, atom.year = name.end(), 0


def one_slip(a: str, b: str) -> bool:
    """Whether one letter added, left out, changed or swapped with its neighbour turns `a` into `b`."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    first = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    x, y = a[first:], b[first:]
    return x[1:] == y[1:] or x[1:] == y or x == y[1:] or (x[:2] == y[:2][::-1] and x[2:] == y[2:])

"""What is told from a month by a second look: figures that follow its name, and names that are misspelt.

In: the pieces that period_atoms.py has found. Out: the same, where a number behind a month that cannot be its year is left
to be a figure: "January 41, February 38".
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from itertools import pairwise
from typing import Protocol, TypeVar

from sendparse.begins import Sought

_SHORT_YEAR = Sought(r"(?<=[A-Za-z.])\s?(?:\s|[-\u2010-\u2015])\s?\d\d$")
_LAST_SHORT_YEAR = 2038
_WRITTEN_OUT = 4  # digits of a year
_MAY_BE_A_MONTH = re.compile(r"[A-Z][a-z]{4,9}")
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


T = TypeVar("T", bound=_Piece)
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


def is_dated(before: str, after: str) -> bool:
    """Whether a word that is also the name of a month ("may") is one, by what stands before and behind it."""
    if re.search(r"(?i)\b(?:in|during|since|until|throughout|over|across)\s$", before):
        return True
    return bool(
        re.search(
            r"(?i)(?:\b(?:in|of|by|since|from|until|till|to|and|during|for|at|before|after|between|throughout|late|early|mid|end|through|last|this|since|on)[\s-]+|[(|/,;:–-]\s*|^\s*)$",
            before,
        )
        and not re.match(r"\s+(?:I|we|be|have|also|not|need|wish|include|require|contain|result|take)\b", after)
    ) or bool(re.match(r"\s*(?:to|-|–|and|/|\))\s*[A-Z]?", after) and re.search(r"[(|/,–-]\s*$|^\s*$", before))


def misspelt_months(
    found: Sequence[T], text: str, known: Container[str], months: Mapping[str, int]
) -> list[tuple[T, int, int]]:
    """Years behind a capitalised word that is one slip of the pen away from a month, with where that begins and which it is."""
    out = []
    for atom in found:
        if atom.kind != "year" or atom.end - atom.start != _WRITTEN_OUT or not text.startswith("20", atom.start):
            continue
        start, word = _word_before(text, atom.start)
        if _MAY_BE_A_MONTH.fullmatch(word) and word.lower() not in known:
            month = next((number for name, number in months.items() if one_slip(word.lower(), name)), 0)
            if month:
                out.append((atom, start, month))
    return out


def _word_before(text: str, place: int) -> tuple[int, str]:
    """The word before white space that ends at a place, and where it begins; nothing where there is none."""
    end = place
    while end and text[end - 1].isspace():
        end -= 1
    start = end
    while start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    return start, text[start:end] if end < place else ""


def one_slip(a: str, b: str) -> bool:
    """Whether one letter added, left out, changed or swapped with its neighbour turns `a` into `b`."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    first = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    x, y = a[first:], b[first:]
    return x[1:] == y[1:] or x[1:] == y or x == y[1:] or (x[:2] == y[:2][::-1] and x[2:] == y[2:])

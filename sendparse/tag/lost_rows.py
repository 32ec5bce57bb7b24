"""Rows that have lost even their line breaks: "Requests 12 15 20" under "Jan Feb Mar".

In: a line, the line above it, and what stands over both. Out: its numbers, each with its Place: the row's label, the column's
heading, the caption. Tables with one cell a line are read in flat.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sendparse.model import Sentence
from sendparse.tag.period import read_periods

_ENDS_IN_NUMBERS = re.compile(r"\d[^a-zA-Z]*\d[^a-zA-Z]*$")
_LEAST_HEADS = 3
_ENDS = "%,"  # of a number, besides a digit
_NUMBER = re.compile(r"(?<![\w.,/])£?\d[\d,]*(?:\.\d+)?%?(?![\w/])")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stands in its table."""

    row: str
    column: str
    caption: str
    row_has_sign: str = ""  # unit that other cells of the row or the column's heading print


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence that is one cell."""

    start: int
    end: int
    place: Place


def row_of_numbers(line: Sentence, above: Sentence, caption: str) -> list[Piece]:
    """As in "Requests 12 15 20" under "Jan Feb Mar": a row that has lost even its line breaks."""
    last = line.text.rstrip()[-1:]
    if not (last.isdecimal() or last in _ENDS) or "\t" in line.text or not _ENDS_IN_NUMBERS.search(line.text):
        return []
    numbers = list(_NUMBER.finditer(line.text))
    periods = read_periods(above.text) if len(numbers) >= _LEAST_HEADS else []
    heads = [p.label for p in periods]
    names = [f"{p.start:%B %Y}" if p.inferred and p.start and p.basis == "month" else p.label for p in periods]
    if len(heads) < _LEAST_HEADS or len(heads) > len(numbers) or len(above.text.split()) > 3 * len(heads) + 4:
        return []
    numbers = numbers[-len(heads) :]
    between = [line.text[a.end() : b.start()] for a, b in pairwise(numbers)]
    if any(gap.strip() for gap in between) or line.text[numbers[-1].end() :].strip():
        return []
    label = line.text[: numbers[0].start()].strip(" :-–")
    rest = _without(above.text, heads)
    caption = rest or (caption if len(caption.split()) < 30 else "")
    return [
        Piece(m.start(), m.end(), Place(label or rest, head, caption)) for m, head in zip(numbers, names, strict=True)
    ]


def _without(text: str, labels: Sequence[str]) -> str:
    for label in labels:
        text = text.replace(label, " ", 1)
    return " ".join(text.split())

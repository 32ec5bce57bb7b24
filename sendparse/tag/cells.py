"""Cells of tables that lost their lines, made ready for linking.

In: the sentence that is a cell, with its Place. Out: the same sentence with its labels as lead and its caption as heading;
and what the labels say about period, role, area and unit. Finding the places is the work of flat.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from sendparse.model import Period, Sentence, Value
from sendparse.tag.benchmark import Area, areas
from sendparse.tag.lost_rows import Place
from sendparse.tag.period import Anchor, read_period, read_periods
from sendparse.tag.role import Role
from sendparse.tag.wordings import any_of, rules


@dataclass(frozen=True, slots=True)
class Hints:
    """What a cell's labels say."""

    period: Period | None = None
    role: Role | None = None
    area: Area | None = None
    unit: str = ""


def as_sentence(cell: Sentence, place: Place) -> Sentence:
    """The cell with its labels as the line that leads to it, and the caption as the innermost heading."""
    lead = " ".join(part for part in (place.row, place.column) if part)
    headings = (*cell.headings, place.caption) if place.caption else cell.headings
    return replace(cell, lead=lead, headings=headings)


def hints(place: Place, anchor: Anchor, own: Sequence[str] = ()) -> Hints:
    """Period, role, area and unit from the labels of row and column."""
    return Hints(_period(place, anchor), _role(place), _area(place, own), place.row_has_sign)


def _period(place: Place, anchor: Anchor) -> Period | None:
    """The column's, else the row's; a month or a quarter of one lies in the year of the other."""
    column, row = _one(place.column, anchor), _one(place.row, anchor)
    for part, whole in ((column, row), (row, column)):
        if part is not None and part.start is None and whole is not None and whole.start is not None:
            return _inside(place.column if part is column else place.row, whole, anchor) or whole
    if column is not None and column.start is None and (year := _one(place.caption, anchor)) is not None:
        return _inside(place.column, year, anchor) or column
    if row is not None and row.start is None and column is None and (year := _one(place.caption, anchor)) is not None:
        return _inside(place.row, year, anchor) or row
    return column or row


def _inside(label: str, year: Period, anchor: Anchor) -> Period | None:
    found = read_period(label, anchor, within=year)
    return found if found is not None and found.start is not None else None


def _one(text: str, anchor: Anchor) -> Period | None:
    found = [p for p in read_periods(text, anchor) if text]
    return found[0] if len(found) == 1 else None


_BY_A_DAY = re.compile(r"(?i)\s*by\s+(?:the\s+)?(?:end\s+of\s+)?(?:\w+\s+){0,2}\W?\d")


@cache
def _role_words() -> list[tuple[str, re.Pattern[str]]]:
    found = rules("roles")["headings"]
    return [(name, re.compile(rf"(?i)\b(?:{any_of(forms, caseless=True)})\b")) for name, forms in found.items()]


def _role(place: Place) -> Role | None:
    if _BY_A_DAY.match(place.column) and read_periods(place.column):
        return Role("target", "by")  # columns "Now", "By July 2026", "By July 2028"
    for text in (place.column, place.row):
        for name, words in _role_words():
            if len(text.split()) <= 9 and (found := words.search(text)):
                return Role(name, found[0])
    return None


def _area(place: Place, own: Sequence[str]) -> Area | None:
    """An area names the column or the row by itself ("England", "South West average")."""
    for text in (place.column, place.row):
        found = areas(text)
        if found and len(text.split()) <= 8 and not any(name in text for name in own):
            return found[0]
    return None


def with_unit(value: Value, unit: str) -> Value:
    """A number whose sign stands only in the heading, or in other cells of its row."""
    if not unit or "bare" not in value.flags:
        return value
    if unit == "percent" and value.value > 100:
        return value
    flags = tuple(f for f in value.flags if f != "bare")
    return replace(value, unit=unit, flags=(*flags, "sign_from_label"))

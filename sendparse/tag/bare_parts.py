"""Months and days that state no year, dated by what the paper covers: "open cases at 31 December" in a report on quarter 3.

In: a period without its year, and the stretches that it may lie in. Out: the same, dated, where exactly one such month or day
lies in one of the stretches, or where the paper states the last day of its data: then it is the latest before that day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sendparse.model import Period
from sendparse.tag.dates import Stretch, month, valid
from sendparse.tag.period_atoms import Atom, grammar
from sendparse.tag.reading import words_before

_SEEN_FROM = re.compile(r"(?i)\W*(?:last|next)\s")  # "last October"


def bare_part(period: Period) -> Atom | None:
    """The month or day that an undated period names; None where it names something else, or more."""
    if period.start is not None or period.end is not None or period.basis or _SEEN_FROM.match(period.label):
        return None
    atoms = grammar().atoms(period.label)
    return atoms[0] if len(atoms) == 1 and atoms[0].kind in {"month", "day"} and not atoms[0].year else None


def dated_part(period: Period, part: Atom, stretches: Iterable[Period | None], newest: date | None) -> Period | None:
    """The part as it lies in the first of the stretches that holds it once, else as the latest before the `newest` day."""
    for held in stretches:
        if held is None or held.start is None or held.end is None:
            continue
        years = range(held.start.year, held.end.year + 1)
        found = [days for y in years if (days := _days(part, y)) and held.start <= days[0] and days[1] <= held.end]
        if len(found) == 1:
            return _dated(period, part, found[0])
    if newest is not None:
        for year in (newest.year, newest.year - 1):
            if (days := _days(part, year)) is not None and days[0] <= newest:
                return _dated(period, part, days)
    return None


def day_named(part: Atom, lines: Iterable[str]) -> date | None:
    """The day as a line around it names it in full: "on 30 June", under "Snapshot 30 June 2025"."""
    if part.kind != "day":
        return None
    for line in lines:
        for atom in grammar().atoms(line) if line else ():
            if atom.kind == "day" and atom.year and (atom.day, atom.month) == (part.day, part.month):
                return valid(atom.day, atom.month, atom.year)
    return None


def at_its_end(period: Period, text: str) -> Period:
    """As in "312 were overdue at the end of December": a month that has got its year becomes its last or its first day."""
    if period.basis != "month" or period.start is None or period.end is None:
        return period
    before = (max(0, period.text_start - 44), period.text_start)
    for words, day in (("end_of", period.end), ("start_of", period.start)):
        if words_before("", words).search(text, *before):
            return replace(period, start=day, end=day, basis="snapshot")
    return period


def _days(part: Atom, year: int) -> Stretch | None:
    if part.kind == "month":
        return month(year, part.month)
    day = valid(part.day, part.month, year)
    return (day, day) if day is not None and not part.number else None


def _dated(period: Period, part: Atom, days: Stretch) -> Period:
    basis = "month" if part.kind == "month" else "snapshot"
    return replace(period, start=days[0], end=days[1], basis=basis, inferred=True)

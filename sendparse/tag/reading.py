"""What reading a period works with: the anchor it leans on, and the period that is being put together.

In: atoms of period_atoms.py. Out: the first and last day of one that carries its year. Shared by the steps of period.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from sendparse.model import Period
from sendparse.records import quick
from sendparse.tag import dates
from sendparse.tag.dates import Stretch, YearKind
from sendparse.tag.hints import Hinted
from sendparse.tag.period_atoms import Atom
from sendparse.tag.wordings import any_of, rules


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What relative periods lean on. All may be absent; then they stay unresolved."""

    data_date: date | None = None  # last day that the paper's newest data covers
    meeting_date: date | None = None
    default_year_kind: YearKind = ""  # of a bare slash year; financial when empty
    report: Period | None = None  # what the title says that the whole report is about
    current: Period | None = None  # what the paper calls "this year"
    near: Period | None = None  # the month, day, quarter or term that the paragraph last told of
    antecedent: Period | None = None  # the period last stated before this piece of text


@dataclass(slots=True)
class Reading:
    """A period being put together: what it covers so far, and the atoms it was read from."""

    start: int
    end: int
    atom: Atom
    first: date | None = None
    last: date | None = None
    basis: str = ""
    inferred: bool = False
    words: str = ""  # of a relative period, in small letters
    compared: bool = False  # words right before it set it against what stands before
    fixed: bool = False  # a range, a point or an opening has been read: join no further
    until: Atom | None = None  # the last month of a range that states no year: "April to December"

    @property
    def resolved(self) -> bool:
        """Whether at least one of its ends is known."""
        return self.first is not None or self.last is not None


def days_of(atom: Atom, anchor: Anchor) -> Stretch | None:
    """First and last day of an atom that carries its year."""
    if not atom.year:
        return None
    kind = atom.year_kind
    match atom.kind:
        case "day":
            day = dates.valid(atom.day, atom.month, atom.year)
            first = dates.valid(atom.number, atom.month, atom.year) if atom.number else day
            return (first, day) if first and day else None
        case "month":
            return dates.month(atom.year, atom.month)
        case "year":
            # "the academic year 2023" begins in 2023; "financial year 2024" alone is left as the calendar says
            return dates.year(atom.year, kind if kind == "academic" else "calendar")
        case "slash" if atom.last_year:
            return date(atom.year, 1, 1), date(atom.last_year, 12, 31)
        case "slash":
            return dates.year(atom.year, kind or anchor.default_year_kind or "financial")
        case "quarter":
            first, _ = dates.quarter(atom.year, atom.number, kind or "calendar")
            return first, dates.quarter(atom.year, atom.last_number or atom.number, kind or "calendar")[1]
        case "half":
            return dates.half(atom.year, atom.number, kind)
        case "term":
            return _term(atom)
        case "fiscal_month" if 1 <= atom.number <= 12:
            start = dates.add_months(date(atom.year, 4, 1), atom.number - 1)
            return dates.month(start.year, start.month)
    return None


def _term(atom: Atom) -> Stretch | None:
    names = atom.name.split()
    ends = [dates.term_in(n, atom.year) if atom.year_kind == "academic" else dates.term(n, atom.year) for n in names]
    return (min(first for first, _ in ends), max(last for _, last in ends)) if ends else None


@cache
def words_before(name: str, group: str) -> Hinted:
    """The words of one group right before (or after) a place."""
    source = rules("periods")[group]
    words = any_of(source[name] if name else source)
    return Hinted(rf"(?i:(?<![\w-])(?:{words})[\s(]*(?:the\s+)?$)")


@cache
def words_after(name: str, group: str) -> re.Pattern[str]:
    """The words of one group right after a place."""
    source = rules("periods")[group]
    words = any_of(source[name] if name else source)
    return re.compile(rf"(?i:[\s)]*(?:\(\s*)?(?:{words})(?!\w))")

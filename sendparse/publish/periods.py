"""Periods as columns: in which one a figure stands, what it is called, which figures a user's wish keeps.

In: the days and basis of a figure. Out: a `Span`, which compares equal for figures that cover the same time. What is
counted on a day (a caseload) and printed under a month stands in the column of that month, since both are one count.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from sendparse.errors import InputError
from sendparse.model import Observation, Period

_SHORT_BASIS = {
    "month": "months",
    "quarter": "quarters",
    "term": "terms",
    "calendar_year": "calendar years",
    "financial_year": "financial years",
    "academic_year": "academic years",
    "snapshot": "days",
    "year_to_date": "years to date",
    "rolling_12_months": "twelve months to a day",
    "other": "other periods",
}
BASES = tuple(_SHORT_BASIS)
"""Kinds of period, in the order in which tables show them."""

_HINT = "write a year (2024), a month (2024-05), a year over two (2023/24), a day, or two of these with .. between"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The time that a column of figures covers. Sorts by its end."""

    end: date
    start: date
    basis: str

    @property
    def name(self) -> str:
        """As a reader would head a column."""
        return span_name(self)

    def period(self) -> Period:
        """The same as a stage of reading gives it."""
        return Period(label=self.name, start=self.start, end=self.end, basis=self.basis)


def span_of(row: Observation, *, stock: bool) -> Span | None:
    """The column of a figure; nothing when its period has no beginning or no end. `stock`: it is counted on a day."""
    if row.period_start is None or row.period_end is None or row.period_end < row.period_start:
        return None
    if stock and row.period_basis in ("snapshot", "month"):
        return month_of(row.period_end)
    return Span(row.period_end, row.period_start, row.period_basis or "other")


def month_of(day: date) -> Span:
    """The month that holds a day."""
    last = monthrange(day.year, day.month)[1]
    return Span(day.replace(day=last), day.replace(day=1), "month")


def basis_name(basis: str) -> str:
    """A kind of period in words, in the plural."""
    return _SHORT_BASIS.get(basis, basis)


def span_name(span: Span) -> str:
    """`2024`, `2023/24 financial`, `Jan 2024`, `Jan-Mar 2024`, `31 Jan 2024`."""
    start, end = span.start, span.end
    if span.basis == "calendar_year":
        return str(end.year)
    if span.basis in ("financial_year", "academic_year"):
        return f"{start.year}/{end.year % 100:02d} {span.basis.partition('_')[0]}"
    if start == end:
        return day_name(end)
    if (start, end) == (month_of(end).start, month_of(end).end):
        return f"{end:%b %Y}"
    if start.day == 1 and end == month_of(end).end:
        first = f"{start:%b}" if start.year == end.year else f"{start:%b %Y}"
        return f"{first}-{end:%b %Y}"
    return f"{day_name(start)} to {day_name(end)}"


def day_name(day: date) -> str:
    """`3 Mar 2025`."""
    return f"{day.day} {day:%b %Y}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The time a user asks about: figures whose whole period lies inside. Several, when a year may be of two kinds."""

    text: str
    spans: tuple[tuple[date, date], ...]

    def holds(self, span: Span) -> bool:
        """Whether the whole span lies inside."""
        return any(first <= span.start and span.end <= last for first, last in self.spans)


def read_window(text: str) -> Window:
    """What `--period` says. Raises InputError when it is no period."""
    first, dots, last = text.strip().partition("..")
    begins, ends = _spans(first.strip(), text), _spans(last.strip(), text) if dots else []
    if not dots:
        return Window(text=text, spans=tuple(begins))
    spans = tuple((begin[0], end[1]) for begin, end in zip(begins, ends, strict=False))
    if any(begin > end for begin, end in spans):
        raise InputError("--period", f"'{text}' ends before it begins", _HINT)
    return Window(text=text, spans=spans)


def _spans(text: str, whole: str) -> list[tuple[date, date]]:
    """The days that a word for a time may cover."""
    try:
        if match := re.fullmatch(r"(\d{4})", text):
            return [(date(int(match[1]), 1, 1), date(int(match[1]), 12, 31))]
        if match := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text):
            month = month_of(date(int(match[1]), int(match[2]), 1))
            return [(month.start, month.end)]
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return [(date.fromisoformat(text), date.fromisoformat(text))]
        if match := re.fullmatch(r"(\d{4})[/-](?:\d{2})?(\d{2})", text):
            year = int(match[1])
            if (year + 1) % 100 == int(match[2]):
                return [(date(year, 4, 1), date(year + 1, 3, 31)), (date(year, 9, 1), date(year + 1, 8, 31))]
    except ValueError as error:
        raise InputError("--period", f"'{whole}' is no period: {error}", _HINT) from error
    return _worded(text, whole)


def _worded(text: str, whole: str) -> list[tuple[date, date]]:
    """As papers write it: "Jan 2024", "Q3 2024/25"."""
    from sendparse.tag.period import read_period

    found = read_period(text)
    if found is None or found.start is None or found.end is None:
        raise InputError("--period", f"'{whole}' is no period", _HINT)
    return [(found.start, found.end)]

"""Days and stretches of the English official year: months, quarters, terms, financial and academic years.

Pure date arithmetic; no wording is known here. A stretch is (first day, last day), both included.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

YearKind = Literal["", "calendar", "financial", "academic"]
Stretch = tuple[date, date]

_FIRST_MONTH = {"calendar": 1, "": 1, "financial": 4, "academic": 9}
# A term is dated by its months: the day it breaks up differs from council to council.
TERM_MONTHS = {"autumn": (9, 12), "spring": (1, 3), "summer": (4, 7), "winter": (12, 2)}


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def month(year: int, number: int) -> Stretch:
    """One calendar month."""
    return date(year, number, 1), month_end(year, number)


def months(first: tuple[int, int], last: tuple[int, int]) -> Stretch:
    """From the first day of one (year, month) to the last day of another."""
    return date(*first, 1), month_end(*last)


def add_months(day: date, count: int) -> date:
    """The same day so many months later (or earlier); the last day where that month is shorter."""
    index = day.year * 12 + day.month - 1 + count
    year, number = divmod(index, 12)
    return date(year, number + 1, min(day.day, monthrange(year, number + 1)[1]))


def year(first: int, kind: YearKind = "calendar") -> Stretch:
    """The year of that kind that begins in calendar year `first`: year(2023, "financial") is 2023/24."""
    start = date(first, _FIRST_MONTH[kind], 1)
    return start, add_months(start, 12) - timedelta(days=1)


def year_of(day: date, kind: YearKind) -> int:
    """The calendar year in which the year of that kind that holds `day` begins."""
    return day.year if day.month >= _FIRST_MONTH[kind] else day.year - 1


def quarter(first: int, number: int, kind: YearKind = "financial") -> Stretch:
    """Quarter 1 to 4 of the year of that kind that begins in `first`: Q4 of financial 2022/23 lies in 2023."""
    start = add_months(date(first, _FIRST_MONTH[kind], 1), 3 * (number - 1))
    return start, add_months(start, 3) - timedelta(days=1)


def half(first: int, number: int, kind: YearKind = "calendar") -> Stretch:
    """First or second half of a year."""
    start = add_months(date(first, _FIRST_MONTH[kind], 1), 6 * (number - 1))
    return start, add_months(start, 6) - timedelta(days=1)


def term(name: str, calendar_year: int) -> Stretch:
    """A school term by the calendar year it begins in."""
    first, last = TERM_MONTHS[name]
    return months((calendar_year, first), (calendar_year + (last < first), last))


def term_in(name: str, academic_year: int) -> Stretch:
    """A school term of the academic year that begins in September of `academic_year`."""
    return term(name, academic_year if name in {"autumn", "winter"} else academic_year + 1)


def window(last: date, count: int) -> Stretch:
    """So many whole months that end with `last`'s month (or on `last`, when it is no month's last day)."""
    if last == month_end(last.year, last.month):
        first = add_months(date(last.year, last.month, 1), 1 - count)
        return first, last
    return add_months(last, -count) + timedelta(days=1), last


def shifted(stretch: Stretch, years: int) -> Stretch:
    """The same stretch in another year; a month's last day stays one."""
    first, last = stretch
    moved = add_months(last, 12 * years)
    if last == month_end(last.year, last.month):
        moved = month_end(moved.year, moved.month)
    if first == last:
        return moved, moved
    return add_months(first, 12 * years), moved


def month_before(stretch: Stretch) -> Stretch:
    """The month before a month; of a day, the same day of the month before, where a month's last day stays one."""
    first, last = stretch
    moved = add_months(first, -1)
    if first != last:
        return month(moved.year, moved.month)
    found = month_end(moved.year, moved.month) if first == month_end(first.year, first.month) else moved
    return found, found


def valid(day: int, number: int, calendar_year: int) -> date | None:
    """A date, or nothing when the calendar has no such day."""
    try:
        return date(calendar_year, number, day)
    except ValueError:
        return None

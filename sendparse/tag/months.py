"""Months over the columns of a table that state no year.

In: the columns, and the days on which the paper's data may end. Out: the same columns, dated, where the months follow each
other and the last of them is the month of such a day: "May Jun Jul Aug Sep" in a paper with data to the end of September
2025. A run that fits no such day stays open; no year is guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from sendparse.model import Period
from sendparse.tag import dates
from sendparse.tag.columns import Column
from sendparse.tag.heading import HeadingReader

_SHORTEST = 3  # months in a row
_ANY_YEAR = Period(label="", start=date(2000, 1, 1), end=date(2000, 12, 31), basis="calendar_year")


def date_months(columns: Sequence[Column], ends: Sequence[date], reader: HeadingReader) -> None:
    """Give the run of months its years."""
    run = [(column, month) for column in columns if (month := _open_month(column, reader))]
    if len(run) < _SHORTEST or any(b[1] != a[1] % 12 + 1 for a, b in pairwise(run)):
        return
    end = next((day for day in ends if day.month == run[-1][1]), None)
    if end is None:
        return
    last = end.year * 12 + end.month - 1
    for back, (column, month) in enumerate(reversed(run)):
        first, final = dates.month((last - back) // 12, month)
        label = column.heading.period.label if column.heading.period else ""
        period = Period(label=label, start=first, end=final, basis="month", inferred=True)
        column.heading = replace(column.heading, period=period)


def _open_month(column: Column, reader: HeadingReader) -> int:
    """The month that a column names without a year; 0 where it names none."""
    period = column.heading.period
    if column.kind not in ("value", "rag", "trend") or period is None or period.start or period.end:
        return 0
    lent = reader.read(column.leaf, _ANY_YEAR).period
    if lent is None or lent.start is None or lent.basis != "month":
        return 0
    return lent.start.month

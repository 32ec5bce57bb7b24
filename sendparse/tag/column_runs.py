"""Columns that go on from a dated one: "Q1 24/25 | Q2 | Q3", "Oct-24 | Nov | Dec | Jan", "Autumn 2023 | Spring | Summer".

In: the columns of a block, or the label of a row. Out: the same, dated, where each follows (or goes before) its neighbour
without a gap. One that does not, stays open; no year is guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from sendparse.model import Period
from sendparse.tag import dates
from sendparse.tag.cell import value_of
from sendparse.tag.columns import Column
from sendparse.tag.heading import HeadingReader
from sendparse.tag.table_rows import Row

_PARTS = {"month": "calendar", "quarter": "financial", "term": "academic"}
_FEW_WORDS = 3  # of a heading that leans on the one before it
_LONGEST_GAP = timedelta(days=32)  # holidays between terms


def date_runs(columns: Sequence[Column], reader: HeadingReader) -> None:
    """Give undated columns the year of the dated ones that they stand beside, first to the right, then to the left."""
    places = [c for c in columns if c.kind in ("value", "rag", "trend") and c.heading.period is not None]
    _by_the_target(places, reader)
    for run in (places, places[::-1]):
        for before, column in pairwise(run):
            found = _next(before.heading.period, column, reader)
            if found is not None:
                column.heading = replace(column.heading, period=found)


def tell_neighbours(columns: Sequence[Column]) -> None:
    """Tell each column of figures what is measured on its left: "Requests | Agreed | Not agreed"."""
    told = ""
    for column in columns:
        if column.kind == "value" and column.heading.measure:
            column.beside = told
            told = told if told and len(column.heading.measure.split()) < _FEW_WORDS else column.heading.measure
        elif column.kind == "value":
            told = ""


def date_shares(columns: Sequence[Column], rows: Sequence[Row], unit: str) -> None:
    """Give each "%" of "Jan 2025 | % | Jan 2026 | %" the period of the column before it, which holds counts.

    Where fewer shares than dated columns stand there, a "%" may be the change between two of them: it stays open.
    """
    values = [c for c in columns if c.kind == "value"]
    dated = [c for c in values if c.heading.dates and c.heading.role in ("", "actual") and c.heading.unit == ""]
    shares = [(before, c) for before, c in pairwise(values) if before in dated and _is_bare_share(c)]
    if not shares or len(shares) != len(dated):
        return
    for before, column in shares:
        column.heading, column.dated = replace(column.heading, period=before.heading.period), before.dated
        figures = [value_of(cell) for row in rows if (cell := row.cells.get(before.number)) is not None]
        if (
            not unit
            and not any(v.decimals or v.own_unit for v in figures)
            and not any(row.unit == "gbp" for row in rows)
        ):
            before.heading = replace(before.heading, unit="count")


def _is_bare_share(column: Column) -> bool:
    """Whether a column says nothing but that its figures are percentages."""
    own = column.heading
    return own.unit == "percent" and own.plain and own.period is None and not (own.role or own.benchmark or own.kind)


def _is_open(period: Period, text: str, reader: HeadingReader) -> bool:
    return period.start is None or _by_the_papers_day(period, text, reader)


def _by_the_target(places: Sequence[Column], reader: HeadingReader) -> None:
    """As in "Q1 | Q2 | Q3 | Q4 | Target 2025/26": the quarters are of the only year that is stated."""
    years = {c.heading.period for c in places if c.heading.period and c.heading.period.basis == "financial_year"}
    quarters = [c for c in places if c.heading.period and c.heading.period.basis == "quarter"]
    open_ones = [c for c in quarters if c.heading.period and _is_open(c.heading.period, c.leaf, reader)]
    aims = {c.heading.period for c in places if c.heading.role == "target"}
    if len(years) != 1 or len(open_ones) < 2 or len(open_ones) < len(quarters) or not years <= aims:
        return
    year = next(iter(years))
    for column in open_ones:
        found = reader.read(column.leaf, year).period
        if found is not None and found.basis == "quarter" and found.start is not None:
            column.heading = replace(column.heading, period=replace(found, inferred=True))


def _next(before: Period | None, column: Column, reader: HeadingReader) -> Period | None:
    """The period of a column whose neighbour is dated."""
    own = column.heading.period
    if own is None or ((own.start or own.end) and not _by_the_papers_day(own, column.leaf, reader)):
        return None
    return next_to(before, column.leaf, reader)


def _by_the_papers_day(period: Period, text: str, reader: HeadingReader) -> bool:
    """Whether a bare quarter was dated by the day of the meeting alone: its neighbours know better."""
    alone = reader.read(text).period
    return period.inferred and period.basis == "quarter" and alone is not None and alone.start == period.start


def next_to(before: Period | None, text: str, reader: HeadingReader) -> Period | None:
    """The month, quarter or term that a text names, where it follows or goes before a dated one."""
    if before is None or before.start is None or before.end is None:
        return None
    kind = _PARTS.get(before.basis)
    if kind is None:
        return None
    year = dates.year_of(before.start, kind)  # type: ignore[arg-type]
    for number in (year, year + 1, year - 1):
        first, last = dates.year(number, kind)  # type: ignore[arg-type]
        within = Period(label="", start=first, end=last, basis=f"{kind}_year")
        found = reader.read(text, within).period
        if found is not None and found.basis == before.basis and _touch(before, found):
            return replace(found, inferred=True)
    return None


def _touch(one: Period, two: Period) -> bool:
    return _follows(one.end, two.start) or _follows(two.end, one.start)


def _follows(end: date | None, start: date | None) -> bool:
    return end is not None and start is not None and timedelta(0) < start - end <= _LONGEST_GAP

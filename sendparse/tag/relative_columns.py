"""Columns that say only how far they are from another period: "This month", "Last quarter", "Same period last year", "YTD".

In: the columns, and the periods that the table's title and headings state. Out: the same columns, dated. They count from the
dated column beside them of the kind they name, else from the first stated period of that kind; a year to date ends with the
newest month or quarter of the table that has figures. The wordings are in patterns/headers.yaml. A column that says only
"Latest" stays open here: it is of the title's period, if there is one.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from operator import itemgetter

from sendparse.model import Period
from sendparse.tag import dates
from sendparse.tag.columns import Column
from sendparse.tag.heading import tokens
from sendparse.tag.short_words import dates_in_full
from sendparse.tag.table_rows import TOTAL
from sendparse.tag.wordings import month_names

_STEP = re.compile(r"\b(?:previous|prior|last|preceding)\b|\b(?:year|month|quarter)[ -]on[ -]", re.I)
_ROLLING = re.compile(
    r"\b(?:(?P<before>\d{1,2})[ -]?months?[ -]rolling|rolling[ -](?:(?P<after>\d{1,2})[ -]?months?|year|annual)|r12m?)\b",
    re.I,
)
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_YEARS = frozenset({"financial_year", "academic_year", "calendar_year"})
_PARTS = frozenset({"month", "quarter"})
_BASES = {
    "month": frozenset({"month"}),
    "quarter": frozenset({"quarter"}),
    "year": _YEARS,
    "period": _PARTS | _YEARS | {"year_to_date"},
}
Steps = Mapping[tuple[str, ...], Sequence[tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class Relative:
    """Compiled wordings: of columns that count from another, and of those that run from the beginning of a year."""

    steps: Steps
    to_date: frozenset[tuple[str, ...]]
    last_year: frozenset[tuple[str, ...]]

    def runs_to_date(self, column: Column) -> bool:
        """Whether a column is a year to date."""
        return _has(tokens(column.text), self.to_date)


def relative_wordings(rules: Mapping[str, Sequence[str]], to_date: Sequence[str]) -> Relative:
    """Words of a column to the steps they may mean: a kind of period, and how many of them away."""
    out: dict[tuple[str, ...], list[tuple[str, int]]] = {}
    for step, wordings in rules.items():
        kind, _, count = step.partition(" ")
        for wording in wordings:
            out.setdefault(tokens(wording), []).append((kind, int(count)))
    last = frozenset(words for words, found in out.items() if ("year", -1) in found)
    return Relative(out, frozenset(map(tokens, to_date)), last)


def date_relative(columns: Sequence[Column], stated: Sequence[Period], words: Relative) -> None:
    """Give relative columns their periods."""
    figures = [c for c in columns if c.kind in ("value", "rag", "trend")]
    fixed = [c for c in figures if _is_fixed(c, words)]
    for column in figures:
        if words.runs_to_date(column):
            _run_to_date(column, fixed, stated, words)
        elif (rolling := _ROLLING.search(dates_in_full(column.text))) is not None:
            _roll(column, rolling, fixed, stated)
        elif TOTAL.fullmatch(column.leaf) and column.heading.period is None:
            _add_up(column, fixed)
        elif column.heading.role == "change" and (
            column.heading.period is None or _STEP.search(column.heading.period.label)
        ):
            _span(column, fixed)
    for column in figures:
        if column in fixed:
            continue
        for kind, count in words.steps.get(tokens(column.leaf), ()):
            base = _base(column, kind, columns, fixed, stated)
            if base is not None:
                column.heading = replace(column.heading, period=_moved(base, kind, count, column.leaf))
                break


def counted_from(name: str, stated: Sequence[Period], words: Relative) -> Period | None:
    """The period of a figure that is called "Latest quarter" or "Previous", counted from the first stated one that fits.

    A period without a label was not stated, and tells no length to "Previous".
    """
    for kind, count in words.steps.get(tokens(name), ()):
        fits = (p for p in stated if p.basis in _BASES[kind] and p.start and p.end)
        base = next((p for p in fits if p.label or kind != "period"), None)
        if base is not None:
            return _moved(base, kind, count, name)
    return None


def _is_fixed(column: Column, words: Relative) -> bool:
    """Whether a column of the council's own figures is dated by its headings."""
    period, heading = column.heading.period, column.heading
    dated = period is not None and period.start is not None and period.end is not None and column.filled
    own = heading.role in ("", "actual") and not heading.benchmark
    told = period is not None and tokens(period.label) in words.steps  # by the paper's day: the table's title says more
    return dated and own and not told and not words.runs_to_date(column)


def _base(
    column: Column, kind: str, columns: Sequence[Column], fixed: Sequence[Column], stated: Sequence[Period]
) -> Period | None:
    """What a relative column counts from: the dated column on its left, else that on its right, else a stated period."""
    running = [c for c in columns if c.heading.period is not None and c.heading.period.basis == "year_to_date"]
    beside = [(c.number, c.heading.period) for c in (*fixed, *(running if kind == "period" else ()))]
    fitting = [(number, p) for number, p in beside if p is not None and p.basis in _BASES[kind]]
    left = [pair for pair in fitting if pair[0] < column.number]
    if fitting:
        nearest: tuple[int, Period] = max(left, key=itemgetter(0)) if left else min(fitting, key=itemgetter(0))
        return nearest[1]
    return next((p for p in stated if p.basis in _BASES[kind] and p.start and p.end), None)


def _moved(base: Period, kind: str, count: int, label: str) -> Period:
    assert base.start is not None and base.end is not None
    months = _MONTHS[_kind_of(base) if kind == "period" and abs(count) == 1 else "month" if kind == "period" else kind]
    months *= count
    last = dates.add_months(base.end, months)
    end = date(last.year, last.month, monthrange(last.year, last.month)[1])
    start = dates.add_months(base.start, months)
    return Period(label=label, start=start, end=end, basis=base.basis, inferred=True)


def _kind_of(period: Period) -> str:
    return period.basis if period.basis in _PARTS else "year"


def _run_to_date(column: Column, fixed: Sequence[Column], stated: Sequence[Period], words: Relative) -> None:
    """From the first day of the financial year, or of the one that is stated, to the end of the newest part of a year."""
    own = column.heading.period
    if own is not None and own.end is not None:
        return
    end = _own_end(column, own) or _newest(fixed, stated)
    if end is None:
        return
    label = own.label if own is not None else column.leaf
    if own is not None and own.start is not None:
        end = end.replace(day=1, year=own.start.year + (end.month < own.start.month))
        start = own.start
    else:
        if _has(tokens(column.text), words.last_year):
            end = dates.add_months(end, -12)
        start, _ = dates.year(dates.year_of(end, "financial"), "financial")
    end = dates.month_end(end.year, end.month)
    found = Period(label=label, start=start, end=end, basis="year_to_date", inferred=True)
    column.heading = replace(column.heading, period=found)


_STARTS = [name[:3].lower() for name in month_names()]
_UP_TO = re.compile(rf"\b(?:{'|'.join(_STARTS)})[a-z]*\.?\s*(?:-|–|—|to)\s*(?P<last>{'|'.join(_STARTS)})", re.I)


def _own_end(column: Column, own: Period | None) -> date | None:
    """The last month that a column names itself: "YTD 2024/25 (Apr-Dec)"."""
    said = _UP_TO.search(column.text)
    if said is None or own is None or own.start is None:
        return None
    month = _STARTS.index(said["last"].lower()) + 1
    return date(own.start.year + (month < own.start.month), month, 1)


def _roll(column: Column, rolling: re.Match[str], fixed: Sequence[Column], stated: Sequence[Period]) -> None:
    """The months that end with the newest part of a year: twelve, unless the column says how many."""
    own = column.heading.period
    if own is not None and own.start is not None and own.end is not None and not own.inferred:
        return
    end = _newest(fixed, stated)
    if end is None:
        return
    months = int(rolling["before"] or rolling["after"] or 12)
    start = dates.add_months(end.replace(day=1), 1 - months)
    basis = "rolling_12_months" if months == 12 else "other"
    found = Period(label=column.leaf, start=start, end=end, basis=basis, inferred=True)
    column.heading = replace(column.heading, period=found)


def _newest(fixed: Sequence[Column], stated: Sequence[Period]) -> date | None:
    """The last day of the newest month or quarter that the columns name, else of the first that is stated."""
    parts = [c.heading.period for c in fixed if c.heading.period is not None and c.heading.period.basis in _PARTS]
    parts = parts or [p for p in stated if p.basis in _PARTS and p.end][:1]
    end = max((p.end for p in parts if p.end), default=None)
    return None if end is None else dates.month_end(end.year, end.month)


def _add_up(column: Column, fixed: Sequence[Column]) -> None:
    """A total behind months or quarters without a gap is that of all of them."""
    parts = [c.heading.period for c in fixed if c.number < column.number and c.heading.period is not None]
    if len(parts) < 2 or {p.basis for p in parts} not in ({"month"}, {"quarter"}):
        return
    first, last = parts[0], parts[-1]
    for one, two in pairwise(parts):
        if one.end is None or two.start is None or two.start - one.end != timedelta(days=1):
            return
    assert first.start is not None and last.end is not None
    kinds = {dates.year(first.start.year, kind): f"{kind}_year" for kind in ("calendar", "financial", "academic")}
    basis = kinds.get((first.start, last.end), "other")
    found = Period(label=column.leaf, start=first.start, end=last.end, basis=basis, inferred=True)
    column.heading = replace(column.heading, period=found)


def _span(column: Column, fixed: Sequence[Column]) -> None:
    """A change is from the one to the other of two columns; of more, it is the last step where the heading says so."""
    parts = [c.heading.period for c in fixed if c.number < column.number and c.heading.period is not None]
    if len(parts) < 2 or (len(parts) > 2 and not _STEP.search(column.text)) or len({p.basis for p in parts}) > 1:
        return
    one, two = sorted(parts[-2:], key=lambda p: p.start or date.min)
    found = Period(label=column.leaf, start=one.start, end=two.end, basis="other", inferred=True)
    column.heading = replace(column.heading, period=found)


def _has(said: tuple[str, ...], wordings: frozenset[tuple[str, ...]]) -> bool:
    return any(said[at : at + len(w)] == w for w in wordings for at in range(len(said)))

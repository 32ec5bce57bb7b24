"""Columns that say only how far they are from the period of the table: "This month", "Last quarter", "Same month last year".

In: the columns, and the periods that the table's title and headings state. Out: the same columns, dated, where one of those
periods is a month, a quarter or a year as the column asks. The wordings are in patterns/headers.yaml. A column that says only
"Latest" or "Previous" stays open: nothing says how long its period is.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sendparse.model import Period
from sendparse.tag.columns import Column
from sendparse.tag.heading import tokens

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_BASES = {
    "month": frozenset({"month"}),
    "quarter": frozenset({"quarter"}),
    "year": frozenset({"financial_year", "academic_year", "calendar_year"}),
}
Steps = Mapping[tuple[str, ...], Sequence[tuple[str, int]]]


def relative_wordings(rules: Mapping[str, Sequence[str]]) -> Steps:
    """Words of a column to the steps they may mean: a kind of period, and how many of them away."""
    out: dict[tuple[str, ...], list[tuple[str, int]]] = {}
    for step, wordings in rules.items():
        kind, _, count = step.partition(" ")
        for wording in wordings:
            out.setdefault(tokens(wording), []).append((kind, int(count)))
    return out


def date_relative(columns: Sequence[Column], stated: Sequence[Period], steps: Steps) -> None:
    """Give relative columns their periods, counted from the first stated period of the kind they name."""
    for column in columns:
        if column.kind not in ("value", "rag", "trend"):
            continue
        for kind, count in steps.get(tokens(column.leaf), ()):
            base = next((p for p in stated if p.basis in _BASES[kind] and p.start and p.end), None)
            if base is not None:
                column.heading = replace(column.heading, period=_moved(base, kind, count, column.leaf))
                break


def _moved(base: Period, kind: str, count: int, label: str) -> Period:
    months = _MONTHS[kind] * count
    assert base.start is not None and base.end is not None
    last = _add(base.end, months)
    end = date(last.year, last.month, monthrange(last.year, last.month)[1])
    return Period(label=label, start=_add(base.start, months), end=end, basis=base.basis, inferred=True)


def _add(day: date, months: int) -> date:
    month = day.year * 12 + day.month - 1 + months
    year, number = divmod(month, 12)
    return date(year, number + 1, min(day.day, monthrange(year, number + 1)[1]))

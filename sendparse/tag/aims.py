"""Columns that state what is aimed at without calling it a target, and columns of tables printed side by side.

In: the columns and rows of a block. Out: the same columns, with the role of targets; or one run of columns for each table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from sendparse.model import Period
from sendparse.tag.columns import Column
from sendparse.tag.table_rows import Row

_HALF_YEAR = 150  # days, and a little less


def mark_aims(block_columns: Sequence[Column], rows: Sequence[Row]) -> None:
    """Where indicators are declared with a starting point, the figures for later dates are what is aimed at.

    So it is where some of them are still to be set, and where a baseline stands beside later years and nothing is called
    a target.
    """
    values = [c for c in block_columns if c.kind == "value" and not c.heading.benchmark]
    if len(values) < 2 or any(c.heading.role == "target" for c in values):
        return
    first, later = values[0].heading, [c for c in values[1:] if _later(c.heading.period, values[0].heading.period)]
    if any(row.planned for row in rows) and first.role in ("", "baseline", "actual"):
        aims = [c for c in later if c.heading.role in ("", "actual")]
    elif first.role == "baseline" and _far_apart(later):
        aims = [c for c in later if not c.heading.role]
    else:
        return
    for column in aims:
        column.heading = replace(column.heading, role="target")


def _far_apart(columns: Sequence[Column]) -> bool:
    """Whether columns are dated half a year or more apart: steps of a plan, not a run of months or quarters."""
    starts = [c.heading.period.start for c in columns if c.heading.period and c.heading.period.start]
    return bool(starts) and all((b - a).days >= _HALF_YEAR for a, b in pairwise(starts))


def _later(period: Period | None, than: Period | None) -> bool:
    """Whether a period begins after another; one without days is taken for a step to come."""
    if period is None or period.start is None:
        return True
    return than is None or than.start is None or period.start > than.start


def side_by_side(columns: list[Column]) -> list[list[Column]]:
    """Columns that begin again with a label after the values: each run of them is read by itself."""
    label = next((c for c in columns if c.kind == "label"), None)
    values = [c.number for c in columns if c.kind == "value"]
    if label is None or not values:
        return [columns]
    starts = [
        c.number
        for c in columns
        if c.kind == "aside"
        and c.number > values[0]
        and any(v > c.number for v in values)
        and (c.heading.kind == "label" or (c.text and c.text == label.text))
    ]
    if not starts:
        return [columns]
    edges = [0, *starts, len(columns)]
    return [[_within(c, first, last, starts) for c in columns] for first, last in pairwise(edges)]


def _within(column: Column, first: int, last: int, starts: Sequence[int]) -> Column:
    if not first <= column.number < last:
        return replace(column, kind="empty")
    return replace(column, kind="label") if column.number in starts else column

"""Columns that state what is aimed at without calling it a target, and columns of tables printed side by side.

In: the columns and rows of a block. Out: the same columns, with the role of targets; or one run of columns for each table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from sendparse.model import Period
from sendparse.tag.columns import Column
from sendparse.tag.heading import HeadingReader
from sendparse.tag.table_rows import Row

_HALF_YEAR = 150  # days, and a little less


_STARTS = re.compile(r"(?i)\b(?:start(?:ing|ed)?|baseline|base line|opening|initial)\b")


def mark_newest(columns: Sequence[Column], reader: HeadingReader) -> None:
    """Beside a column that is called the start, "Where we are now" is no start."""
    starts = [c for c in columns if c.kind == "value" and c.heading.role == "baseline"]
    if not any(_STARTS.search(c.text) for c in starts):
        return
    for column in starts:
        if reader.is_newest(column.text) and _STARTS.search(column.text) is None:
            column.heading = replace(column.heading, role="actual")


def mark_aims(block_columns: Sequence[Column], rows: Sequence[Row], reader: HeadingReader) -> None:
    """Where indicators are declared with a starting point, the figures for later dates are what is aimed at.

    So it is where some of them are still to be set, where a baseline stands beside later years, and where a column of the
    newest figures ("Latest", "Where we are now") stands beside later dates, as nothing can be measured after those.
    """
    values = [c for c in block_columns if c.kind == "value" and not c.heading.benchmark]
    if len(values) < 2:
        return
    first, rest = values[0], [c for c in values[1:] if c.heading.role in ("", "actual")]
    start = first.heading.period
    later = [c for c in rest if _later(c.heading.period, start)]
    targets = any(c.heading.role == "target" for c in values)
    if any(row.planned for row in rows) and first.heading.role in ("", "baseline", "actual"):
        aims = [] if targets else later
    elif first.heading.role == "baseline" or (reader.is_newest(first.text) and start is not None):
        aims = [c for c in rest if not c.heading.role and (_dated(c) or _is_step(c))]
        after = start is not None and start.start is not None and reader.is_newest(first.text)
        if not all(c in later for c in aims) or not _far_apart(aims) or (targets and not after):
            return
    else:
        return
    for column in aims:
        column.heading = replace(column.heading, role="target")


_STEP = re.compile(r"(?:by |end of )?(?:year|yr) (?:\d|one|two|three|four|five)", re.I)


def _is_step(column: Column) -> bool:
    """Whether a column is a step of a plan: "Year 1"."""
    return _STEP.fullmatch(column.leaf) is not None


def _dated(column: Column) -> bool:
    return column.heading.period is not None and column.heading.period.start is not None


def _far_apart(columns: Sequence[Column]) -> bool:
    """Whether columns follow each other half a year or more apart: steps of a plan, not a run of months or quarters."""
    starts = [c.heading.period.start for c in columns if c.heading.period and c.heading.period.start]
    return bool(columns) and all((b - a).days >= _HALF_YEAR for a, b in pairwise(starts))


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

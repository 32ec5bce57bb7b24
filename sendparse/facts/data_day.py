"""The last day that a paper's newest data covers, where the paper says so.

In: the front, the blocks and the tables. Out: a day, or nothing. The front sheet and the title go first ("Data as at 31
January 2025", "Quarter 3 2024/25"); then the newest of what headings, captions and month columns say. A day after the
meeting is a forecast, and without a meeting's day the running text is not believed at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sendparse.facts.days import (
    find_days,
    find_month_ends,
    find_quarter_ends,
    month_end_at_start,
    read_month_heading,
)
from sendparse.facts.front import Front
from sendparse.facts.wordings import Wordings
from sendparse.model import Block, Table

_NEAR = 40  # characters between a cue and its day
_FIGURE = re.compile(r"\d")
_FEWEST_MONTHS = 3


def data_day(
    front: Front, blocks: Sequence[Block], tables: Sequence[Table], wordings: Wordings, meeting: date | None
) -> date | None:
    """The day, never after the day of the meeting."""
    stated = _newest(_on_the_front(front, wordings), meeting)
    if stated:
        return stated
    found = [day for table in tables for day in _in_table(table, wordings)]
    found += [day for block in blocks if block.kind == "heading" or meeting for day in after_cues(block.text, wordings)]
    return _newest(found, meeting)


def after_cues(text: str, wordings: Wordings) -> Iterator[date]:
    """Days that follow words such as "as at"; a month stands for its last day."""
    if not _FIGURE.search(text):
        return
    for cue in wordings.data_cue.finditer(text):
        near = text[cue.end() : cue.end() + _NEAR]
        days = [day.day for day in find_days(near) if day.start <= 1]
        month = month_end_at_start(near)
        if days or month:
            yield days[0] if days else month  # type: ignore[misc]


def _on_the_front(front: Front, wordings: Wordings) -> Iterator[date]:
    for entry in front.values("data_date"):
        days = [day.day for day in find_days(entry.value)] or find_month_ends(entry.value)
        yield from days[-1:] or find_quarter_ends(entry.value)[-1:]
    top = " ".join(line.text for line in front.top[:10])
    yield from list(after_cues(top, wordings)) or find_quarter_ends(top)


def _in_table(table: Table, wordings: Wordings) -> Iterator[date]:
    """The newest month column that holds a figure, and what the table's title says."""
    yield from after_cues(table.title, wordings)
    grid = table.grid()
    for number, row in enumerate(grid[:4]):
        months = {column: end for column, cell in enumerate(row) if (end := read_month_heading(cell))}
        if len(months) >= _FEWEST_MONTHS:
            below = grid[number + 1 :]
            yield from (end for column, end in months.items() if any(_FIGURE.search(line[column]) for line in below))
            return


def _newest(days: Iterable[date], meeting: date | None) -> date | None:
    return max((day for day in days if meeting is None or day <= meeting), default=None)

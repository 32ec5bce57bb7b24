"""Years and the parts of them that a heading states apart: "Quarter 3 performance 2024/25", "2024/25 (to December)".

In: the periods that one heading states, in their order. Out: the one period that they mean together, or nothing where they
are periods of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sendparse.model import Period
from sendparse.tag import dates
from sendparse.tag.period import Anchor, read_period

_TO = re.compile(r"\W*(?:to|up to|until|as at|ytd to|to (?:the )?end(?: of)?)\W*", re.I)
_YEARS = frozenset({"financial_year", "academic_year", "calendar_year"})


def until(stated: Sequence[Period], text: str) -> Period | None:
    """The year so far of "2024/25 (to December)", where a month or a day ends a year that stands before it."""
    if len(stated) != 2 or stated[0].basis not in _YEARS or stated[0].start is None or stated[0].end is None:
        return None
    year, last = stated
    if not _TO.fullmatch(text[year.text_end : last.text_start]):
        return None
    found = last if last.start else read_period(last.label, Anchor(), within=year)
    if found is None or found.end is None or year.start is None or year.end is None:
        return None
    if not year.start < found.end <= year.end:
        return None
    label = text[year.text_start : last.text_end]
    return replace(year, label=label, end=found.end, basis="year_to_date", text_end=last.text_end)


def part_of_year(stated: Sequence[Period]) -> Period | None:
    """The quarter (month, half) of "Quarter 3 performance 2024/25", where a year and a part of it stand apart.

    Of two that name the same part, months say more than the number of a quarter, which may count from January or April.
    """
    years = [p for p in stated if p.start and (p.basis in _YEARS or p.basis == "year_to_date")]
    parts = [p for p in stated if not p.start and not p.end]
    if len(years) != 1 or len(years) + len(parts) != len(stated):
        return None
    year = years[0] if years[0].end else _whole(years[0])
    found = [p for part in parts if (p := read_period(part.label, Anchor(), within=year)) and p.start]
    if not found:
        return None
    best = next((p for p in found if not re.search(r"\d", p.label)), found[0])
    best = best if years[0].end else replace(years[0], end=best.end)  # "2024/25 year to date (end December)"
    return replace(best, label=" ".join(p.label for p in stated), inferred=False)


def _whole(opened: Period) -> Period:
    """The year of which only the first day is stated."""
    assert opened.start is not None
    return replace(opened, end=dates.add_months(opened.start, 12) - timedelta(days=1))

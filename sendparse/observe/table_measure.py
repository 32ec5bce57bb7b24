"""Which measure a cell is of: its row, its column, its section or the table's title say so.

In: a row and a column of a tagged table, and the unit of the figure. Out: what names the measure, with the match in the
vocabulary where there is one. A row label names it unless it is a date, a place or a role; then the column does, then the
section, then the title. A label that only says which part is meant leans on what stands above it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sendparse.model import KpiMatch
from sendparse.records import quick
from sendparse.tag.columns import Column
from sendparse.tag.measures import Measures
from sendparse.tag.table_rows import TOTAL, Row

_OF_WHICH = re.compile(r"of (?:which|these):?\s+", re.I)
_TOTALS = re.compile(r"(?:grand |overall |sub-? ?)?totals?\b", re.I)  # of what, the title may not say for sure


@quick
@dataclass(frozen=True, slots=True)
class Named:
    """The words that name a measure, and what they match."""

    match: KpiMatch | None
    label: str
    from_title: bool = False  # found in the title, not in row, column or section


def named(measures: Measures, title: str, row: Row, column: Column, unit: str) -> Named:
    """The measure of a cell. `title` is the line over the table that may name it."""
    there = column.heading.measure
    if row.names_measure and row.label:
        return _by_row(measures, title, row, there, unit)
    for words, from_title in ((there, False), (row.section, False), (title, True)):
        if words:
            match = measures.match(words, row.section, "", unit)
            if match is not None or words == there:
                return Named(match, words, from_title)
    return Named(None, row.section or title or row.label, not row.section)


def _by_row(measures: Measures, title: str, row: Row, there: str, unit: str) -> Named:
    here = row.label
    label = f"{here} – {there}" if there else here
    match = None
    if row.parent and _OF_WHICH.match(here):
        match = measures.match(f"{_OF_WHICH.sub('', here)} {row.parent}", row.section, "", unit)
    match = match or measures.match(here, row.section, row.parent, unit)
    if match is None and there:
        match = measures.match(f"{there} {here}", row.section, "", unit)
    above = there or row.section or title
    if match is None and above and TOTAL.fullmatch(here):
        return Named(measures.match(above, row.section, "", unit), label, above == title)
    if match is None and title and not (row.section or there or _TOTALS.match(here)):
        match = measures.match(here, title, "", unit)
    if match is None and measures.leans(here):
        return Named(measures.match(here, row.section, above, unit), label, above == title)
    return Named(match, label)

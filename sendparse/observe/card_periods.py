"""When a figure of a card is about: what its name, the card's title, the slide and the paper say together.

In: a card and what is known of its paper. Out: a period for each of its figures, or none. "Latest" and figures without a name
are of the period that the title, the slide's headings or the paper's title state; "Previous" is the one before. A paper's month
is rather that of its meeting and dates nothing; so does a benchmark that states no period of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

from sendparse.model import Facts, Period, Table
from sendparse.tag import dates
from sendparse.tag.heading import Heading, HeadingReader, tokens
from sendparse.tag.period import read_periods
from sendparse.tag.relative_columns import Relative, counted_from

_NEAR = frozenset({"month", "quarter", "term", "financial_year", "academic_year", "calendar_year"})
_FAR = frozenset({"quarter", "term", "financial_year", "academic_year"})
_PARTS = frozenset({"month", "quarter", "snapshot"})
_ENDS = {"month": 1, "quarter": 3}
_DAY = re.compile(r"(?:(?:as )?at |on )?(?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<month>[A-Z][a-z]{2,8})", re.IGNORECASE)
_END_OF = re.compile(r"\bend(?: of)?\W*$", re.IGNORECASE)
_AT = re.compile(r"\b(?:as at|as of|at|position|snapshot|data to|up to|end of)\b", re.IGNORECASE)  # no day of a meeting
_LEADING = re.compile(
    r"^(?:(?:up|down|increased?|decreased?|rise|risen|fall|fallen|rose|fell|improved|reduced)\b\s*)?"
    r"(?:(?:from|was|against|compared (?:to|with|against)|vs\.?|versus|on|since|than)\b\s*)?"
    r"(?:(?:in|at|for|during|by|end of|as at)\b\s*)?(?:the\b\s*)?",
    re.IGNORECASE,
)


class CardPeriods:
    """The periods of one card."""

    def __init__(self, table: Table, facts: Facts, reader: HeadingReader, words: Relative) -> None:
        self.facts = facts
        self.reader = reader
        self.words = words
        self.near = [line for line in (table.title, *table.headings[-1:]) if line]
        self.far = [line for line in (*table.headings[-2::-1], facts.title) if line]

    def of(
        self, title: str, name: str, heading: Heading, *, before: bool, cell: str = ""
    ) -> tuple[Period | None, bool]:
        """When a figure is about, and whether that had to be inferred.

        `before`: it is the one of the time before; `cell`: the period that stands beside the figure itself.
        """
        beside = self.reader.read(cell).period if cell else None
        if beside is not None and (beside.start or beside.end):
            return beside, beside.inferred
        own = heading.period
        if (
            own is not None
            and (own.start or own.end)
            and not tokens(own.label) == tokens(_bare(name)) in self.words.steps
        ):
            return own, own.inferred
        stated = self._of_title(title)
        known = [p for p in (stated, *self._around, *self._newest) if p]
        moved = self._moved(_bare(name), known)
        if moved is not None:
            return moved, True
        lent = self._lent(own.label) if own is not None and name else None
        if lent is not None:
            return lent, True
        if own is not None and any(map(str.isdigit, own.label)):
            return None, False  # "Q1" of no year that the paper states
        if before or heading.benchmark:
            return None, False
        if stated is not None:
            return stated, stated.inferred
        return (self._around[0], True) if self._around else (None, False)

    def _moved(self, name: str, known: Sequence[Period]) -> Period | None:
        """The period that a name counts from the ones around it: "Previous", "a year earlier", "Year to date"."""
        said = tokens(name)
        if said in self.words.to_date:
            end = next((p.end for p in known if p.end), None)
            if end is None:
                return None
            start, _ = dates.year(dates.year_of(end, "financial"), "financial")
            return Period(label=name, start=start, end=end, basis="year_to_date", inferred=True)
        found = counted_from(name, known, self.words)
        if found is None and ("year", -1) in self.words.steps.get(said, ()):
            return counted_from("same period last year", known, self.words)  # of a month: that of the year before
        return found

    def _of_title(self, title: str) -> Period | None:
        """The period in the title. Of several, the last: ages and names of grants look like years too."""
        stated = read_periods(title, self.reader.anchor)
        resolved = [p for p in stated if p.start or p.end]
        if resolved:
            return resolved[-1]
        for period in stated:
            base = [*self._around, *self._newest]
            found = counted_from(period.label, base, self.words) or self._lent(period.label)
            if found is not None:
                ends = _END_OF.search(title[: period.text_start]) or _END_OF.search(
                    f"{period.label.partition(' of ')[0]} "
                )
                return _last_day(found) if ends else found
        heading = self.reader.read(title).period
        return heading if heading is not None and (heading.start or heading.end) else None

    def _lent(self, label: str) -> Period | None:
        """A month (or "July to September") of no stated year is the last of that name before the data end."""
        end = next((p.end for p in self._around if p.end), self.facts.data_date)
        return None if end is None else _last_of(label, end, self.reader)

    @cached_property
    def _around(self) -> list[Period]:
        """What the slide states, then what the paper does."""
        far = self._stated(self.far, _FAR)
        end = next((p.end for p in far if p.end), self.facts.data_date)
        return [*self._stated(self.near, _NEAR, end), *far]

    def _stated(self, lines: Sequence[str], bases: frozenset[str], end: date | None = None) -> list[Period]:
        """The periods of lines; a month or quarter of no stated year is the last of its name before `end`.

        A day counts where the line says that something stood so on it ("Position at 30 September 2025").
        """
        out = []
        for line in lines:
            period = self.reader.read(line).period
            if period is not None and not period.start and end is not None:
                period = _last_of(period.label, end, self.reader)
            if period is None or not (period.start and period.end):
                continue
            if period.basis in bases or (bases is _NEAR and period.basis == "snapshot" and _AT.search(line)):
                out.append(period)
        return out

    @cached_property
    def _newest(self) -> list[Period]:
        """The month and the quarter that end on the last day of the paper's data: "latest quarter" means that one."""
        return ending(self.facts.data_date)


def _last_of(label: str, end: date, reader: HeadingReader) -> Period | None:
    """The last month, quarter or day of a name that ends no later than a day."""
    day = _DAY.fullmatch(label.strip())
    if day is not None:
        month = _last_of(day["month"], dates.month_end(end.year, end.month), reader)
        if month is None or month.start is None or month.end is None or int(day["day"]) > month.end.day:
            return None
        at = month.start.replace(day=int(day["day"]))
        return replace(month, label=label, start=at, end=at, basis="snapshot")
    year = Period(label="", start=dates.add_months(end, -12) + timedelta(days=1), end=end, basis="other")
    found = reader.read(label, year).period
    if found is None or not found.start:
        found = _of_financial_year(label, end, reader)
    return found if found is not None and found.start and found.basis in _PARTS else None


def _last_day(period: Period) -> Period:
    """ "At the end of September": the day, not the month."""
    return replace(period, start=period.end, basis="snapshot")


def _of_financial_year(label: str, end: date, reader: HeadingReader) -> Period | None:
    """A quarter by its number, the last of that number that ends no later than a day."""
    first = dates.year_of(end, "financial")
    for number in (first, first - 1):
        start, last = dates.year(number, "financial")
        year = Period(label="", start=start, end=last, basis="financial_year")
        found = reader.read(label, year).period
        if found is not None and found.end and found.end <= end:
            return found
    return None


def _bare(name: str) -> str:
    """The words of a name that say when: "up from … last quarter" is "last quarter", "in Q1" is "Q1"."""
    return _LEADING.sub("", name.rpartition("…")[2].strip())


def ending(day: date | None) -> list[Period]:
    """The month and the quarter that end on a day."""
    if day is None or day != dates.month_end(day.year, day.month):
        return []
    kinds = [kind for kind, months in _ENDS.items() if day.month % months == 0]
    first = {kind: dates.add_months(day.replace(day=1), 1 - _ENDS[kind]) for kind in kinds}
    return [Period(label="", start=first[kind], end=day, basis=kind) for kind in kinds]

"""When a figure of a table is about: what its cell, its column, its row and the table's title say together.

In: the place of a cell in a tagged table. Out: a period, and whether it had to be inferred. What is nearer to the cell counts
before what is farther away; a period that none of them states stays open.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from sendparse.model import Facts, KpiMatch, Period
from sendparse.observe.table_place import Place
from sendparse.tag import dates
from sendparse.tag.cell import value_of
from sendparse.tag.hints import Hinted
from sendparse.tag.period import is_bare_slash_year
from sendparse.tag.table import TableTagger, TaggedTable
from sendparse.tag.wordings import month_names

_DATED_BY_TITLE = frozenset({"benchmark", "actual", "target", "floor", "forecast", "change", "baseline", "limit"})
_YEARS = frozenset({"financial_year", "academic_year", "calendar_year"})
_LONGEST_DATED_LABEL = 90  # letters: a label longer than that is a sentence, and a date in it dates something else
_ACADEMIC = Hinted(r"(?i)\b(?:academic|school) years?\b|\bacademic\b")
_FINANCIAL = Hinted(r"(?i)\bfinancial years?\b|\bfiscal\b|\boutturn\b")
_OF_SCHOOLS = Hinted(  # what schools count by their own year
    r"(?i)\b(?:suspensions?|exclusions?|pex|fixed[- ]term|absences?|absentees?|attendance|attainment|key stage|phonics|gcse)\b"
)
_PLAN = re.compile(  # "SEND Strategy 2025-2028", "Inclusion plan 2024 to 2027"
    r"(?i)\b(?:strateg\w+|plan|framework|vision|roadmap)\b.*?\b(20\d\d)\s?(?:[-–—/]|to|until)\s?((?:20)?\d\d)\b"
)
_BARE_YEAR = re.compile(r"\s*(?:19|20)\d\d(?:\s?[/–-]\s?\d{2,4})?\s*")
_MONTHS = "|".join(month_names())
_COUNTED_IN = Hinted(  # "as at 31 March", "(January)", ", January census"
    r"(?:\b(?:as at|as of|at|in|on|each|every)\s+(?:the end of\s+)?|[(,:–—]\s*|\s-\s*)"
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month>{_MONTHS})\b(?!\s*(?:\d|to\b|and\b|[-–/]))"
)
_CENSUS = Hinted(
    r"(?i)\bat\s+(?:the\s+)?(?:SEN\s?2\s+|school\s+)?census(?:\s+(?:day|date))?\b"
)  # it is taken in January
_RELATIVE = re.compile(r"(?:latest|previous|prev|prior|last|current)\b.*", re.I)


class Periods:
    """The periods of one tagged table."""

    def __init__(self, tagged: TaggedTable, facts: Facts, tagger: TableTagger) -> None:
        self.tagged = tagged
        self.facts = facts
        self.tagger = tagger
        columns = [c for block in tagged.blocks for c in block.columns]
        # The columns are councils: then England's is dated as theirs are.
        self._of_places = any(c.heading.area_type == "other_council" for c in columns if c.kind == "value")
        dated = [c.heading.period for c in columns if c.heading.period is not None]
        self._has_quarters = any(period.basis == "quarter" for period in dated)
        labels = [c.text for c in columns if c.kind == "label"]
        self._around = " ".join([*labels, tagged.table.title, *tagged.table.headings[-1:]])
        self._plan_begins = _plan_begins(facts.title)
        self._over_all = (tagged.measure, *tagged.table.title.split("\n"))
        self._counted: dict[str, re.Match[str] | None] = {}  # by label

    def of(self, place: Place, role: str, benchmark: str, unit: str) -> tuple[Period | None, bool]:
        """When a cell is about, and whether that had to be inferred. A period in the cell itself counts before all."""
        period, inferred = self._stated(place, role, benchmark)
        if unit != "gbp" or period is None or period.start is None or period.end is None:
            return period, inferred
        wider = self._of_account(period, place.column.text, from_title=inferred)
        return wider, inferred or wider != period

    def _of_account(self, period: Period, heading: str, *, from_title: bool) -> Period:
        """A budget or a forecast is for the whole year, whichever quarter the report is of; what is spent, for the year so far."""
        assert period.start is not None and period.end is not None
        first, last = dates.year(dates.year_of(period.end, "financial"), "financial")
        if period.start < first or period.end == last:
            return period
        if self.tagger.reader.is_so_far(heading):
            return replace(period, start=first, basis="year_to_date", inferred=True)
        if (
            from_title
            and period.basis in ("quarter", "month", "snapshot")
            and self.tagger.reader.is_for_the_year(heading)
        ):
            return replace(period, start=first, end=last, basis="financial_year", inferred=True)
        return period

    def _stated(self, place: Place, role: str, benchmark: str) -> tuple[Period | None, bool]:
        row, column = place.row, place.column
        own, rows = column.heading.period, row.heading.period
        stated = self._stated_in_cell(place)
        if stated is not None:
            return stated, stated.start is None
        crossed = self._crossed(own, rows, place)
        if crossed is not None:
            return crossed, False
        counted = self._counted_in(own, row.label) if role != "change" else None
        if counted is not None:
            return counted, True
        if own is not None and (own.start or own.end):
            return own, not column.dated
        if rows is not None and (rows.start or rows.end) and len(row.label) < _LONGEST_DATED_LABEL:
            return rows, rows.inferred
        compared = benchmark and not row.heading.area_type  # a benchmark column states its own year or none
        title = row.period if row.period is not None and not column.earlier else self.tagged.context.period
        if row.heading.dates and rows is not None:
            return rows, False  # a month of no stated year is not the title's year
        relative = (own is None or _RELATIVE.fullmatch(column.leaf)) and not (column.earlier and own is not None)
        if (
            title is not None
            and (not compared or self._of_places or title is row.period)
            and role in _DATED_BY_TITLE
            and relative
        ):
            return self._yearly(title) if self.tagger.reader.is_yearly(column.text) else title, title is not row.period
        if own is None and _RELATIVE.fullmatch(column.leaf):
            return Period(label=column.leaf), False
        return own or rows, False

    def _counted_in(self, own: Period | None, label: str) -> Period | None:
        """The month of a year that is a column, where label or title say that the count is of that month: "(January)"."""
        if own is None or own.basis not in _YEARS or not _BARE_YEAR.fullmatch(own.label):
            return None
        if label not in self._counted:
            lines = (label, *self._over_all)
            self._counted[label] = next((found for line in lines if (found := _COUNTED_IN.search(line))), None)
        said = self._counted[label]
        if said is None and _CENSUS.search(label):
            return self.tagger.reader.read("January", own).period
        if said is None:
            return None
        month = self.tagger.reader.read(said["month"], own).period
        if month is None or month.start is None or month.end is None:
            return None
        if said["day"] and int(said["day"]) <= month.end.day:
            day = month.start.replace(day=int(said["day"]))
            return replace(month, start=day, end=day, basis="snapshot", inferred=True)
        return month

    def _yearly(self, period: Period) -> Period:
        """The year of a month or a quarter: an annual target is of all of it."""
        if period.basis not in ("month", "quarter") or period.end is None:
            return period
        first, last = dates.year(dates.year_of(period.end, "financial"), "financial")
        return replace(period, start=first, end=last, basis="financial_year", inferred=True)

    def _stated_in_cell(self, place: Place) -> Period | None:
        """The period that the cell itself states; a year in brackets is one where the column has none."""
        said, own = value_of(place.cell).period, place.column.heading.period
        if not said or (said.isdigit() and own is not None and own.start is not None):
            return None
        return self.tagger.reader.read(said, own).period

    def _crossed(self, own: Period | None, rows: Period | None, place: Place) -> Period | None:
        """The period of a month (quarter, term) in one direction of the table and a year in the other."""
        if own is None or rows is None or place.row.names_measure:
            return None
        reader = self.tagger.reader
        found = None
        if rows.start and (own.start is None or not place.column.dated):
            found = reader.read(place.column.leaf, rows).period
        elif own.start and (rows.start is None or rows.inferred):
            found = reader.read(place.row.label, own).period
        return found if found is not None and found.start is not None and found != own else None

    def is_school_year(self, period: Period, place: Place, match: KpiMatch | None) -> bool:
        """Whether a bare slash year is one of school: the words around it say so, or the measure is one of schools."""
        if not is_bare_slash_year(period.label):
            return False
        if self._has_quarters:
            return False  # quarters are those of the financial year
        said = f"{place.column.text} {place.row.label} {self._around}"
        if _FINANCIAL.search(said):
            return False
        if _ACADEMIC.search(said):
            return True
        if _OF_SCHOOLS.search(place.row.label) or _OF_SCHOOLS.search(place.column.text):
            return True
        groups = tuple(self.tagger.packs.rules["links"].get("school_year_groups", ()))
        return match is not None and bool(groups) and self.tagger.packs.kpis[match.kpi].group.startswith(groups)

    def is_to_come(self, period: Period | None) -> bool:
        """Whether a period begins after the paper's day: nobody has measured it yet.

        So it is with the year that the day is in, where the columns go on with years to come.
        """
        if period is None or period.start is None:
            return False
        day = self.facts.meeting_date or self.facts.published_date
        if day is None:
            return self._plan_begins is not None and period.start > self._plan_begins
        if period.start > day:
            return True
        return period.end is not None and period.end > day and period.basis in _YEARS and self._goes_on(period, day)

    def _goes_on(self, period: Period, day: date) -> bool:
        """Whether columns of figures without a role are of two years or more to come, of the same kind."""
        columns = (c for block in self.tagged.blocks for c in block.columns if c.kind == "value" and not c.heading.role)
        later = {c.heading.period.start for c in columns if c.heading.period and c.heading.period.basis == period.basis}
        return sum(start is not None and start > day for start in later) > 1


def _plan_begins(title: str) -> date | None:
    """The first day of the years that a strategy is for: it is written before them."""
    years = _PLAN.search(title)
    return date(int(years[1]), 1, 1) if years and int(years[2][-2:]) > int(years[1][-2:]) else None

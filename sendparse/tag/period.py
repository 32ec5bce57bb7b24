"""Reading periods: "between January and June 2024", "Q3 2024/25", "as at 31 March 2025", "since 2018".

In: running text, or one whole label of a table heading. Out: Periods with first and last day. A closed grammar: what it
does not know is no period. A period that is stated but cannot be resolved ("currently", a bare "in May") is returned with
both ends empty, because a figure that carries it must not inherit another. A bare slash year is financial unless the words
around it, or the anchor, say academic. Which figure a period belongs to is the work of link.py.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

from sendparse.model import Period
from sendparse.tag import dates
from sendparse.tag.hints import Hinted
from sendparse.tag.period_atoms import grammar
from sendparse.tag.period_join import dates_what_follows, joined, ranges, read_kinds, stretch
from sendparse.tag.period_points import read_points
from sendparse.tag.period_relative import resolve_relative
from sendparse.tag.period_years import borrow_years
from sendparse.tag.reading import Anchor, Reading, days_of
from sendparse.tag.wordings import HYPHEN, rules

__all__ = ["Anchor", "as_academic", "digits_of_periods", "is_bare_slash_year", "read_period", "read_periods"]


def read_periods(text: str, anchor: Anchor | None = None) -> list[Period]:
    """All periods stated in `text`, in order, with their offsets; unresolvable ones with both ends empty."""
    anchor = anchor or Anchor()
    return [_period(reading, text) for reading in _readings(text, anchor)]


def read_period(label: str, anchor: Anchor | None = None, *, within: Period | None = None) -> Period | None:
    """The one period that a whole label names ("Dec 23", "Q3 2024/25", "Autumn Term 2024", "2023/24"), or None.

    Words such as "actual" or "as at" may stand beside it. `within` lends its year to a month, quarter or term that has none.
    """
    anchor = anchor or Anchor()
    readings = [r for r in _readings(label, anchor) if r.atom.name != "that_month"]
    if len(readings) != 1:
        return None
    reading = readings[0]
    rest = f"{label[: reading.start]} {label[reading.end :]}"
    if any(word.lower() not in _fillers() for word in re.findall(r"[^\W_]+|%", rest)):
        return None
    if within is not None and not reading.resolved:
        _lend_year(reading, within)
    return _period(reading, label)


def digits_of_periods(text: str) -> list[tuple[int, int]]:
    """Where the digits of dates and years stand: none of them is a figure."""
    return grammar().places(text)


_SLASH_YEAR = re.compile(rf"\s*\(?\d{{2,4}}\s?(?:/|{HYPHEN})\s?\d{{1,4}}\)?\s*")


def is_bare_slash_year(label: str) -> bool:
    """Whether a label is a slash year that no word beside it calls financial or academic."""
    return _SLASH_YEAR.fullmatch(label) is not None


def as_academic(period: Period) -> Period:
    """The same slash year read as an academic one."""
    if period.start is None or period.basis != "financial_year":
        return period
    first, last = dates.year(period.start.year, "academic")
    return replace(period, start=first, end=last, basis="academic_year", inferred=True)


def _period(reading: Reading, text: str) -> Period:
    if "(" in text[reading.start : reading.end] and text[reading.end : reading.end + 1] == ")":
        reading.end += 1
    return Period(
        label=text[reading.start : reading.end].strip(),
        start=reading.first,
        end=reading.last,
        basis=reading.basis or _basis(reading.first, reading.last),
        inferred=reading.inferred,
        text_start=reading.start,
        text_end=reading.end,
    )


def _basis(first: date | None, last: date | None) -> str:
    """What kind of stretch two days span."""
    if first is None or last is None:
        return "other" if first or last else ""
    if first == last:
        return "snapshot"
    for kind, name in (("calendar", "calendar_year"), ("financial", "financial_year"), ("academic", "academic_year")):
        if (first, last) == dates.year(first.year, kind):  # type: ignore[arg-type]
            return name
    if first.day == 1 and last == dates.month_end(last.year, last.month):
        length = (last.year - first.year) * 12 + last.month - first.month + 1
        if length == 1:
            return "month"
        if length == 3 and first.month in {1, 4, 7, 10}:
            return "quarter"
        if length == 12:
            return "rolling_12_months"
    return "other"


def _readings(text: str, anchor: Anchor) -> list[Reading]:
    atoms = grammar().atoms(text)
    if not atoms:
        return []
    readings = [
        Reading(a.start, a.end, a) for a in atoms if a.kind != "name" and not _UP_TO_DATE.search(text, 0, a.end)
    ]
    read_kinds(readings, text, anchor)
    readings = joined(readings, text, anchor)
    stretch(readings, anchor)
    readings = ranges(readings, text, anchor)
    borrow_years(readings, text, anchor)
    read_points(readings, text)
    for place, reading in enumerate(readings):
        reading.compared = place > 0 and _COMPARED.search(text, readings[place - 1].end, reading.start) is not None
        if reading.atom.kind == "relative":
            reading.words = text[reading.start : reading.end].lower()
            resolve_relative(reading, readings[:place], readings[place + 1 :], anchor)
        elif not reading.resolved:
            _lean_on_anchor(reading, text, anchor)
    return _without_repeats(_apart([r for r in readings if r.basis != "absorbed"]), text)


_UP_TO_DATE = Hinted(r"(?i)\bup[\s-]+to[\s-]+date$")  # "plans that are up to date"
_COMPARED = Hinted(r"(?i)\b(?:compar\w+|against|than|from|versus|vs)\b(?:[^.;]|\.\d){0,60}$")


def _apart(readings: list[Reading]) -> list[Reading]:
    """Without the pieces that lie inside another: the "to date" of "2025 to date"."""
    out: list[Reading] = []
    for reading in readings:
        if out and reading.start < out[-1].end:
            if reading.resolved and (
                not out[-1].resolved or out[-1].atom.kind == "relative"
            ):  # "in the year to 31 March"
                out[-1] = reading
            continue
        out.append(reading)
    return out


@cache
def _fillers() -> frozenset[str]:
    return frozenset(str(word).lower() for word in rules("periods")["label_fillers"])


def _lean_on_anchor(reading: Reading, text: str, anchor: Anchor) -> None:
    """A quarter without a year is the last one with that number that has begun at the meeting; a bare month stays open."""
    if reading.atom.kind == "quarter" and not reading.atom.year and (found := _in_the_report(reading, anchor.report)):
        reading.first, reading.last = found
        reading.inferred, reading.basis = True, "quarter"
        return
    day = anchor.meeting_date or anchor.data_date
    if reading.atom.kind != "quarter" or day is None or reading.atom.year:
        return
    year = dates.year_of(day, "financial")
    while dates.quarter(year, reading.atom.number)[0] > day:
        year -= 1
    reading.first, reading.last = dates.quarter(year, reading.atom.number)
    reading.inferred, reading.basis = True, "quarter"


def _in_the_report(reading: Reading, report: Period | None) -> dates.Stretch | None:
    """As in "from 322 in Q1 to 424 in Q4" in a report on a financial year, or up to the quarter that a report is about."""
    if report is None or report.start is None or report.end is None:
        return None
    found = dates.quarter(dates.year_of(report.start, "financial"), reading.atom.number)
    whole = report.start.month == 4 and (report.end - report.start).days >= 360
    return found if (whole or report.basis == "quarter") and found[1] <= report.end else None


def _lend_year(reading: Reading, within: Period) -> None:
    """A heading "Apr" under "2023/24" is April 2023; "Jan" there is January 2024."""
    if within.start is None or within.end is None:
        return
    atom = reading.atom
    if atom.kind == "month":
        year = next(
            (y for y in (within.start.year, within.end.year) if date(y, atom.month, 1) >= within.start), within.end.year
        )
        atom.year = year
    elif atom.kind in {"quarter", "half", "term", "fiscal_month"}:
        atom.year = within.start.year
        atom.year_kind = {"financial_year": "financial", "academic_year": "academic"}.get(within.basis, "")  # type: ignore[assignment]
        if atom.kind == "term" and atom.year_kind == "financial":
            return
    found = days_of(atom, Anchor())
    if found is not None and reading.until is not None:
        month = reading.until.month
        found = found[0], dates.month_end(found[0].year + (month < atom.month), month)
    if found is not None and within.start <= found[0] <= within.end:
        reading.first, reading.last = found
        reading.inferred = True
        reading.basis = "" if reading.until is not None else reading.basis


def _without_repeats(readings: list[Reading], text: str) -> list[Reading]:
    """As in "Quarter 3 (October to December 2024)": the second says what the first means."""
    out: list[Reading] = []
    for reading in readings:
        last = out[-1] if out else None
        gap = text[last.end : reading.start] if last is not None else "x"
        if last is not None and re.fullmatch(r"\s*(?:[,(–:-]|\),|\):)\s*", gap):
            same = last.resolved and (last.first, last.last) == (reading.first, reading.last)
            if (
                gap.strip() == ","
                and last.atom.kind == "relative"
                and reading.atom.kind in {"slash", "year"}
                and reading.resolved
            ):
                same = True  # "the previous financial year, 2023/24"
            explains = (
                ("(" in gap or ":" in gap)
                and reading.resolved
                and (not last.resolved or last.atom.kind in {"term", "quarter"})
                and not last.words.startswith("since the")  # "since the inspection (March 2024)" tells when it was
                and not dates_what_follows(last, reading, text)
            )
            if same or explains:
                basis = last.basis if last.atom.kind in {"term", "quarter"} else reading.basis
                last.first, last.last, last.basis = reading.first, reading.last, basis
                last.end, last.fixed = reading.end, True
                continue
        out.append(reading)
    return out

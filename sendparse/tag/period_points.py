"""Points and openings: "end of March 2025", "since 2018", "2025 to date", "12 months to June 2024", "SEN2 2024".

In: readings with their days. Out: the same readings, narrowed, opened or counted back. One step of period.py.
"""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache

from sendparse.begins import Sought
from sendparse.tag import dates
from sendparse.tag.hints import Hinted
from sendparse.tag.reading import Reading, words_after, words_before
from sendparse.tag.wordings import NUMBER_WORDS, any_of, number, rules, words


def read_points(readings: list[Reading], text: str) -> None:
    """As in "end of", "since", "to date", "12 months to": a stretch becomes a point, opens, or is counted back from its end."""
    for reading in readings:
        if not reading.resolved:
            continue
        before = (max(0, reading.start - 44), reading.start)
        if (found := _ending().search(text, *before)) is not None and reading.last is not None and not reading.fixed:
            counted = next((n for word in found[0].split()[:3] if (n := number(word.split("-")[0])) is not None), 12)
            counted = 3 if found[0].lower().startswith("quarter") else counted
            counted *= 12 if _YEARS.search(found[0]) else 1
            reading.first, reading.last = dates.window(reading.last, counted)
            reading.basis = "rolling_12_months" if counted == 12 else ""
            reading.start = found.start()
            if counted == 12:
                _of_a_kind(reading, text)
        elif (
            reading.atom.kind in {"year", "slash"}
            and not reading.fixed
            and (found := _first_months().search(text, *before))
        ):
            _first_or_last_months(reading, found)
        elif (
            not reading.fixed
            and (found := words_before("", "end_of").search(text, *before)) is not None
            and reading.last
        ):
            reading.first, reading.start, reading.basis = reading.last, found.start(), "snapshot"
        elif (
            not reading.fixed
            and (found := words_before("", "start_of").search(text, *before)) is not None
            and reading.first
        ):
            reading.last, reading.start, reading.basis = reading.first, found.start(), "snapshot"
        _open(reading, text)
        if reading.atom.kind == "term" and not reading.fixed and _census().match(text, reading.end) and reading.first:
            month = {9: 10, 1: 1, 4: 5}.get(
                reading.first.month, reading.first.month
            )  # autumn, spring and summer census
            reading.first, reading.last = dates.month(reading.first.year, month)
            reading.basis = "snapshot"
        elif reading.atom.kind == "year" and not reading.fixed and _census().match(text, reading.end):
            reading.first, reading.last = dates.month(reading.atom.year, 1)
            reading.basis = "snapshot"
        elif reading.atom.kind in {"year", "month"} and not reading.fixed and _census_before().search(text, *before):
            reading.first, reading.last = dates.month(reading.atom.year, reading.atom.month or 1)
            reading.basis = "snapshot"


def _of_a_kind(reading: Reading, text: str) -> None:
    """As in "the academic year ending July 2024": the whole year of that kind."""
    if reading.last is None:
        return
    for kind, name in (("financial", "financial_year"), ("academic", "academic_year"), ("calendar", "calendar_year")):
        if words_before(kind, "kinds").search(text, max(0, reading.start - 24), reading.start + len("year")):
            whole = dates.year(dates.year_of(reading.last, kind), kind)  # type: ignore[arg-type]
            if kind == "academic" and reading.last.month in {7, 8}:
                reading.first, reading.last = whole
            if reading.last < whole[1]:
                reading.first, reading.basis = (
                    whole[0],
                    "year_to_date",
                )  # "the calendar year to the end of October 2025"
            reading.basis = name if (reading.first, reading.last) == whole else reading.basis


_YEARS = Sought(r"(?i)\byears\s|\byear\s+period")


@cache
def _first_months() -> Hinted:
    count = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
    return Hinted(
        rf"(?i)\b(?P<end>first|opening|last|final)\s+(?P<n>\d{{1,2}}|{count})\s+(?P<unit>months|quarters)\s+of\s+(?:the\s+)?(?:year\s+)?$"
    )


def _first_or_last_months(reading: Reading, found: re.Match[str]) -> None:
    """As in "in the first ten months of 2025"."""
    count = (number(found["n"]) or 0) * (3 if found["unit"].lower() == "quarters" else 1)
    if reading.first is None or reading.last is None or not 0 < count < 12:
        return
    if found["end"].lower() in {"first", "opening"}:
        reading.last = dates.add_months(reading.first, count) - timedelta(days=1)
    else:
        reading.first = dates.window(reading.last, count)[0]
    reading.start, reading.basis, reading.fixed = found.start(), "", True


@cache
def _ending() -> Hinted:
    return Hinted(rf"(?i:{words(rules('periods')['ending'])}\s*(?:the\s+)?(?:end\s+of\s+)?$)")


@cache
def _census() -> re.Pattern[str]:
    return re.compile(rf"[\s(]+(?:{any_of(rules('periods')['census'])})(?!\w)")


@cache
def _census_before() -> Hinted:
    return Hinted(rf"\b(?:{any_of(rules('periods')['census'])})[\s,(:-]*(?:in\s+|for\s+|of\s+)?$")


def _open(reading: Reading, text: str) -> None:
    """As in "since 2018" has no last day; so has "2025 to date"."""
    before = (max(0, reading.start - 40), reading.start)
    if (found := words_before("", "since").search(text, *before)) is not None:
        reading.last, reading.start, reading.basis, reading.fixed = None, found.start(), "other", True
        return
    if not reading.fixed and (found := words_before("", "to_date_before").search(text, *before)) is not None:
        reading.last, reading.start, reading.basis, reading.fixed = None, found.start(), "year_to_date", True
        return
    if reading.fixed or reading.first == reading.last:
        return
    if (found := words_after("", "onwards").match(text, reading.end)) is not None or (
        found := _until_now().match(text, reading.end)
    ) is not None:
        reading.last, reading.end, reading.basis, reading.fixed = None, found.end(), "year_to_date", True


@cache
def _until_now() -> re.Pattern[str]:
    return re.compile(
        rf"(?i:\s*(?:to|until|up\s+to|-|–)\s+(?:the\s+)?(?:{any_of(rules('periods')['until_now'], caseless=True)})(?!\w))"
    )

"""Periods of a sentence's figures, once each has one: what they tell of one another.

In: the links of one sentence. Out: the same, completed: a run of years goes back to its first, a forecast of money made at a
quarter is of its year, and a slash year that is a school year for one figure is one for the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from sendparse.model import Period
from sendparse.records import changed
from sendparse.tag import dates
from sendparse.tag.bare_parts import bare_part
from sendparse.tag.dates import add_months
from sendparse.tag.link import Link
from sendparse.tag.period import Anchor, as_academic, is_bare_slash_year, read_period, read_periods
from sendparse.tag.set_beside import is_compared_with
from sendparse.tag.tagged import Tagged


def share_school_years(made: Sequence[Link]) -> None:
    """As in "62 exclusions in 2023/24, of which 29 were of pupils with SEND": one year for both."""
    academic = {
        (link.period.label, link.period.text_start): link.period
        for link in made
        if link.period is not None and link.period.basis == "academic_year" and is_bare_slash_year(link.period.label)
    }
    named = any(
        p.basis == "academic_year" and not p.inferred and not is_bare_slash_year(p.label)
        for link in made[:1]
        for p in link.tagged.periods
    )
    for link in made if academic or named else ():
        period = link.period
        same = period is not None and (period.label, period.text_start) in academic
        # "27 in the 2024/25 academic year, and 60 in 2025/26"
        same = same or (named and period is not None and is_bare_slash_year(period.label))
        if period is not None and same and link.unit != "gbp" and period.basis == "financial_year":
            link.period = as_academic(period)


_MADE_AT = re.compile(
    r"(?i)^\W*(?:20\d\d\s?[/-]\s?\d\d\W+)?(?:at\s+|the\s+)?(?:end\s+of\s+)?"
    r"(?:q\s?[1-4]\b|quarter|(?:first|second|third|fourth)\s+quarter|month\s+\d|period\s+\d|[mp]\s?\d)"
)


_SPENT = re.compile(
    r"(?i)\b(?:spend|spent|spending|expenditure|costs?)\b[^.;,]{0,40}\bto\s+(?:the\s+)?(?:end\s+of\s+)?$"
)


_HALF_A_YEAR = 5  # months forward, at most


def date_the_run(made: Sequence[Link]) -> None:
    """As in "from 248 in August to 219 in September and 187 in October" where October has got its year."""
    dated = [
        x for x in made if x.period is not None and x.period.basis == "month" and x.period.inferred and x.period.start
    ]
    if not dated:
        return
    for link in made:
        period = link.period
        if period is None or link.area is not None or link.role.name not in {"actual", "change"}:
            continue
        if (part := bare_part(period)) is None or part.kind != "month":
            continue
        known = min(dated, key=lambda x: abs(x.number - link.number))
        start = known.period.start if known.period is not None else None
        if start is None or part.month == start.month:
            continue
        years = (
            [start.year - (part.month > start.month)]
            if known.number > link.number
            else [start.year + (part.month < start.month)]
        )
        if (part.month - start.month) % 12 > _HALF_A_YEAR and known.number < link.number:
            years = [start.year - (part.month > start.month)]  # "41% (October: 52%)", told of November
        first, last = dates.month(years[0], part.month)
        link.period = changed(period, start=first, end=last, basis="month", inferred=True)


_TOP = 5  # blocks


def is_of_the_top(period: Period, block: int) -> bool:
    """Whether a line that is a day stands where a letter or a paper states its own."""
    return period.start == period.end and block < _TOP


def lies_in(period: Period, whole: Period) -> bool:
    """Whether a period is that which a report is about, or a day in it."""
    if None in (period.start, period.end, whole.start, whole.end):
        return False
    same = (period.start, period.end) == (whole.start, whole.end)
    return same or (period.start == period.end and whole.start <= period.start <= whole.end)  # type: ignore[operator]


_FROM_ABOVE = frozenset(
    {
        "lead",
        "heading",
        "title",
        "caption",
        "the caption",
        "the line above",
        "the paragraph",
        "the title",
        "the sentence before",
        "the accounts",
    }
)
_SET_BESIDE = frozenset({"bracket", "comparison", "contrast", "stop", "and", "comma", "with", "none", "verb"})


def share_what_is_above(made: Sequence[Link]) -> None:
    """As in "receive SEN Support (England 13.6%)", "205 cases, up 22%": what is set beside a level is of its period."""
    for link in made[1:]:
        before = made[link.number - 1]
        part = link.tagged.parts[link.number]
        if (
            link.period is not None
            or before.period is None
            or before.period.end is None
            or part.joint not in _SET_BESIDE
        ):
            continue
        own = before.area is None or link.area is not None
        if (
            not own
            or before.period_from not in _FROM_ABOVE
            or before.role.name not in {"actual", "benchmark", "change"}
        ):
            continue
        if any(part.start <= p.text_start < part.end for p in link.tagged.periods):
            continue
        if link.area is not None or (link.role.name == "change" and part.joint in {"comma", "with", "bracket", "verb"}):
            link.period, link.period_from = changed(before.period, inferred=True), before.period_from


_EACH_YEAR = re.compile(
    r"(?i)\b(?:(?:in|for|at\s+the\s+end\s+of)\s+)?(?P<m>[A-Z][a-z]{2,8})\s+(?:of\s+)?(?:each|every)\s+year|\b(?:each|every)\s+(?P<m2>[A-Z][a-z]{2,8})\b"
)


def in_that_month(period: Period, lead: str) -> Period | None:
    """As in "2023 - 1,788" under "the number of plans in January of each year"."""
    found = _EACH_YEAR.search(lead)
    named = read_periods(f"{found['m'] or found['m2']} {period.label}") if found is not None else []
    return changed(named[0], inferred=True) if len(named) == 1 and named[0].basis == "month" else None


_LETTER = re.compile(r"\W*\(?([a-h]|[ivx]{1,4})[.)]\s")


def of_its_letter(text: str, asked: str, found: Sequence[Period]) -> Period | None:
    """As in "(b) 88" under "the number of appeals in (a) 2022/23 and (b) 2023/24": the period behind the same letter."""
    letter = _LETTER.match(text)
    mark = re.search(rf"(?<!\w)\(?{re.escape(letter[1])}[.)]\s", asked) if letter is not None else None
    return next((p for p in found if mark is not None and 0 <= p.text_start - mark.end() < 30), None)


_HAD_BEEN_SPENT = re.compile(r"(?i)\s+(?:had|has)\s+(?:already\s+)?been\s+spent\b")


def of_a_budget(link: Link) -> bool:
    """Whether a figure is of a year's money: what was planned, what was spent, and how far that is off."""
    yearly = link.kpi is not None and link.kpi.id.endswith(("_budget_gbp", "_variance_gbp", "_spend_gbp"))
    return yearly and link.unit == "gbp" and link.area is None


def of_its_year(period: Period, link: Link) -> Period:
    """A forecast of money that is made at a quarter or a numbered month is of the year, not of that quarter.

    So is what has been spent "to the end of September": of the year up to then.
    """
    if link.unit == "gbp" and period.start == period.end != None and link.period_from == "sentence":  # noqa: E711
        spent = _SPENT.search(link.tagged.text, 0, period.text_start) or _HAD_BEEN_SPENT.match(
            link.tagged.text, link.value.end
        )
        if spent and period.end is not None:
            first, _ = dates.year(dates.year_of(period.end, "financial"), "financial")
            return changed(period, start=first, basis="year_to_date", inferred=True)
        flows = link.kpi is not None and link.kpi.id.endswith("_in_year_variance_gbp")
        if flows and period.end is not None and _A_SLASH_YEAR.search(period.label):
            first, last = dates.year(dates.year_of(period.end, "financial"), "financial")
            return changed(period, start=first, end=last, basis="financial_year")  # "to end 2025/26 with an overspend"
        return period
    planned = link.kpi is not None and link.kpi.id.endswith(("_budget_gbp", "_variance_gbp"))
    above = link.period_from in {"heading", "title", "lead"}
    money = link.unit == "gbp" and (link.role.name == "forecast" or (planned and above))
    if not money or period.start is None or period.end is None or not _MADE_AT.match(period.label):
        return period
    if link.period_from == "sentence" and not _is_when_it_was_made(period, link):
        return period  # "now estimated at £19.4m at the end of Quarter 2"
    first, last = dates.year(dates.year_of(period.start, "financial"), "financial")
    return changed(period, start=first, end=last, basis="financial_year", inferred=True)


_A_SLASH_YEAR = re.compile(r"\b20\d\d\s?[/–-]\s?\d\d")
_NUMBERED = re.compile(r"(?i)^\W*(?:month|period|[mp])\s?\d")
_FORECAST_AT = re.compile(
    r"(?i)\s+(?:was\s+)?(?:forecast|reported|predicted|projected)\s+(?:at|in)\s+(?:the\s+end\s+of\s+)?"
)
_A_FORECAST = re.compile(
    r"(?i)\s+(?:[\w/-]+\s+){0,3}?(?:forecasts?|projections?|monitoring|estimates?|predictions?|outturn)\b"
)


def _is_when_it_was_made(period: Period, link: Link) -> bool:
    """As in "the Quarter 2 forecast", "£14.6m (£12.1m at Quarter 1)", "at Period 7 we predict"."""
    after_one = link.number > 0 and link.tagged.roles[link.number - 1].name == "forecast"
    text = link.tagged.text
    named = _A_FORECAST.match(text, period.text_end) or _FORECAST_AT.fullmatch(text, link.value.end, period.text_start)
    return named is not None or after_one or _NUMBERED.match(period.label) is not None


def only_counts_from(tagged: Tagged, link: Link, made: Sequence[Link]) -> bool:
    """As in "£41,650, which is £17,200 higher than in 2023-24", of which no day is told: the change is of no such year."""
    period = link.period
    if (
        link.role.name != "change"
        or link.period_from != "sentence"
        or period is None
        or not (period.start and period.end)
    ):
        return False
    seen_from_here = re.search(r"\d", period.label) is None  # "18% higher than at this point last year"
    if (
        seen_from_here
        or period.text_start < link.value.end
        or not is_compared_with(tagged.text, period, of_change=True)
    ):
        return False
    return not any(x.period is not None and x.area is None and x.role.name != "change" for x in made)


def only_of_others(period: Period, made: Sequence[Link]) -> bool:
    """Whether a period dates figures of England or of neighbours alone: what is told next is not seen from it."""
    dated = [x for x in made if x.period is not None and x.period.text_start == period.text_start]
    return bool(dated) and all(x.area is not None for x in dated)


_SLASH_YEAR = re.compile(r"20\d\d[/-]\d{2}(?:\d\d)?")
_QUARTER = re.compile(r"(?i)\bq(?:uarter|tr)?\s?([1-4])\b")


def in_the_year_of(headings: Sequence[str], period: Period, role: str) -> Period:
    """As in "Q1: 51%" under "Quarter 2 2024/25": a quarter of that year; one that comes later in it is of the year before."""
    for heading in reversed(headings):
        years = [read_period(m[0]) for m in _SLASH_YEAR.finditer(heading)]
        if len(years) != 1 or years[0] is None or years[0].start is None or years[0].end is None:
            continue
        found = read_period(period.label, within=years[0])
        if found is None or found.start is None or found.end is None:
            continue
        days = found.start, found.end
        now, told = _QUARTER.findall(heading), _QUARTER.findall(period.label)
        if role in {"actual", "change"} and len(now) == len(told) == 1 and told[0] > now[0]:
            days = dates.shifted(days, -1)
        return changed(period, start=days[0], end=days[1], inferred=True)
    return period


def closed(period: Period, anchor: Anchor) -> Period:
    """As in "has doubled since 2017, from 1,215": the first level is of 2017 itself."""
    found = read_periods(re.sub(r"(?i)^\W*(?:ever\s+)?since\s+", "in ", period.label), anchor)
    return (
        changed(period, end=found[0].end, basis=found[0].basis) if found and found[0].start == period.start else period
    )


def of_a_run(period: Period, link: Link) -> Period:
    """As in "for the second consecutive year" covers the years that have run, up to the one stated."""
    if "run" not in link.value.flags or period.start is None or period.end is None or link.value.unit != "years":
        return period
    years = int(link.value.value)
    if (period.end - period.start).days > 366 or years < 2:
        return period
    first = add_months(period.end + timedelta(days=1), -12)
    return changed(period, start=add_months(first, -12 * (years - 1)), basis="other", inferred=True)

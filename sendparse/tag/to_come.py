"""Figures of a time that had not come when the paper was written: aims in a strategy, forecasts elsewhere.

In: the placed figures of a paper, its first lines and facts. Out: the same, where "60% in 2026, 75% in 2028" in a strategy for
2025 to 2028 are targets. When a paper was written is its meeting or its publication, else the first year that its title spans.
Money is left alone: a budget is set before its year begins and is no forecast.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from sendparse.model import Facts, Sentence
from sendparse.tag.led_roles import leading_role
from sendparse.tag.link import Link
from sendparse.tag.wordings import any_of, rules

_FIRST_LINES = 3
_SPAN = re.compile(r"\b(?P<first>20\d\d)\s?(?:-|–|—|/|to|until)\s?(?:20)?\d\d\b")
_WILL = re.compile(r"(?i)\bwill\b")  # "75% of plans will be issued in 20 weeks by 2027"
_CUE = "a time to come"


def with_times_to_come(links: Sequence[Link], sentences: Sequence[Sentence], facts: Facts) -> None:
    """Give every level that is dated behind the paper's own day the role that the paper is about."""
    titles = [facts.title, *(sentence.text for sentence in sentences[:_FIRST_LINES])]
    aims = any(_aims().search(title) for title in titles if len(title.split()) < 20)
    if aims:
        _with_aims(links)
    day = facts.meeting_date or facts.published_date or (_first_year(titles) if aims else None)
    if day is None:
        return
    for link in links:
        period = link.period
        told = f"{link.tagged.text[: link.value.start]} {link.role.cue}"
        will = aims and link.role.name == "forecast" and _WILL.search(told) is not None
        if not (will or link.role.name == "actual") or link.area is not None or link.unit == "gbp":
            continue
        if period is None or period.start is None or period.start <= day:
            continue
        if period.inferred and not (aims and link.period_from == "lead"):  # "By 2030:" over the items of a strategy
            continue
        sentence = link.tagged.sentence
        around = (sentence.lead, *sentence.headings[-2:])
        led = next((role.name for line in around if line and (role := leading_role(line)) is not None), "")
        link.role = replace(link.role, name=led or ("target" if aims else "forecast"), cue=_CUE)


_BOUND = re.compile(
    r"(?i)(?:^\W*|[:;,–-]\s*)(?:at\s+least|no\s+(?:more|fewer|less)\s+than|a\s+minimum\s+of|fewer\s+than|up\s+to)\s+$"
)
_TELLS = re.compile(
    r"(?i)\b(?:is|are|was|were|has|have|had|fell|rose|grew|increased|decreased|reduced|improved|dropped|went|now|today|currently)\b"
)


def _with_aims(links: Sequence[Link]) -> None:
    """Items of a strategy that say where it wants to be: "At least 85% of plans rated good", "More internships: from 26 to 52"."""
    for link in links:
        tagged, number = link.tagged, link.number
        if number and link.role.name == "forecast" and link.area is None and _is_end_of_an_aim(link):
            link.role = replace(link.role, name="target", cue=_CUE)
            continue
        if tagged.sentence.kind != "list_item" or link.area is not None or link.role.name not in {"actual", "limit"}:
            continue
        before = tagged.text[: link.value.start]
        if _TELLS.search(before):
            continue
        second = number > 0 and tagged.roles[number - 1].cue == "from" and tagged.parts[number].joint == "to"
        if second or _BOUND.search(before):
            link.role = replace(link.role, name="target", cue=_CUE)


def _is_end_of_an_aim(link: Link) -> bool:
    """As in "will reduce from 160 to 120" in a strategy: where it wants to be."""
    tagged, number = link.tagged, link.number
    first, value = tagged.values[number - 1], tagged.values[number]
    pair = _FROM_TO.fullmatch(tagged.text, first.end, value.start) and _FROM.search(tagged.text, 0, first.start)
    return bool(pair) and value.unit != "gbp" and _WILL.search(tagged.text, 0, first.start) is not None


_FROM, _FROM_TO = (
    re.compile(r"(?i)\bfrom\s+(?:about\s+|around\s+)?$"),
    re.compile(r"(?i)\s+(?:(?:in|at)\s+[\w ]{3,20}\s+)?to\s+"),
)


def _first_year(titles: Sequence[str]) -> date | None:
    """The last day of the first year that a title spans: a strategy for 2025 to 2028 was written before 2026."""
    spans = [int(match["first"]) for title in titles if (match := _SPAN.search(title)) is not None]
    return date(spans[0], 12, 31) if spans else None


@cache
def _aims() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b(?:{any_of(rules('roles')['papers_of_aims'])})\b")

"""Changes that are told of a level to come, and years in a row of censuses: what one dated figure says of the next.

In: the links of one sentence, with those of the sentence before. Out: "3,050 by January 2028, which is 23% growth" spans from
the level that was told before it; the years of "at the January 2025 census (2024: 5.1%; 2023: 4.6%)" are the months of censuses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sendparse.model import Period
from sendparse.tag.dates import month
from sendparse.tag.dating_changes import spanned
from sendparse.tag.link import Link
from sendparse.tag.paragraph import in_brackets

_WHICH_IS = re.compile(
    r"(?i)[^.;]{0,40},?\s+(?:which\s+(?:is|would\s+be|will\s+be|represents|means)|an?\s+(?:\w+\s+)?(?:increase|rise|growth|fall|reduction)\s+of)\s+(?:\w+\s+){0,3}$"
)
_BARE_YEAR = re.compile(r"\W*20\d\d\W*")
_NEAR = 8  # characters
_CENSUS = re.compile(r"(?i)\bcensus\b|\bSEN\s?2\b")


def of_what_is_to_come(link: Link, made: Sequence[Link], before: Sequence[Link]) -> Period | None:
    """The stretch of a change that is told of a forecast, from the level of the same measure in the sentence before."""
    if not link.number or link.role.name != "change":
        return None
    level = made[link.number - 1]
    if level.role.name != "forecast" or level.period is None or level.area is not None:
        return None
    if _WHICH_IS.fullmatch(link.tagged.text, level.value.end, link.value.start) is None:
        return None
    told = [
        x for x in before if x.kpi is level.kpi and x.role.name == "actual" and x.area is None and x.period is not None
    ]
    found = spanned(told[-1].period, level.period) if told and told[-1].period is not level.period else None
    return replace(found, inferred=True) if found is not None else None


def share_the_census(made: Sequence[Link]) -> None:
    """Bare years in a bracket behind a level of a census are those of its month, each in its year."""
    held: Period | None = None
    for link in made:
        period, text = link.period, link.tagged.text
        if period is None or period.start is None:
            continue
        if period.basis in {"month", "snapshot"} and _CENSUS.search(text, period.text_start, period.text_end + _NEAR):
            held = period
        elif (
            held is not None
            and held.start is not None
            and _BARE_YEAR.fullmatch(period.label)
            and in_brackets(text, period)
        ):
            start, end = month(period.start.year, held.start.month)
            link.period = replace(period, start=start, end=end, basis=held.basis, inferred=True)

"""Trends in one figure: "the highest recorded", "the lowest since April 2024", "peaked at 70", "a record 64.1%".

In: a claim, the wording, the series, the Paper. Out: a verdict against the columns that the table shows and the words
cover; nothing where the words cover none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from sendparse.check.compare import figure
from sendparse.check.paper import Paper, Series, same_period, verdict, when
from sendparse.check.wording import says, since
from sendparse.model import Check, Observation


def judge_extreme(claim: Observation, match: re.Match[str], series: Series, paper: Paper) -> list[Check]:
    """Set a figure that is called highest or lowest against the other columns."""
    if claim.role != "actual" or claim.value is None or claim.unit != series.key[2] or claim.period_end is None:
        return []
    others = _compared(claim, match, series, paper)
    if not others:
        return []
    highest = not says(paper, "lowest", match.group())
    sign = 1 if highest else -1
    beyond = [p for p in others if ((p.value or 0.0) - claim.value) * sign > 1e-9]
    name = "highest" if highest else "lowest"
    dated = sorted([*others, *_own(claim, series)], key=lambda p: p.period_end or date.min)
    span = f"{when(dated[0])} to {when(dated[-1])}"
    if not beyond:
        text = f"{claim.value_text} is the {name} of the {len(dated)} columns shown ({span})."
        return [verdict(claim, "trend", "match", text, evidence=dated)]
    top = max(beyond, key=lambda p: (p.value or 0.0) * sign)
    shown = figure(top.value or 0, top.unit)
    text = f"{claim.value_text} is not the {name}: the table shows {shown} for {when(top)}."
    return [verdict(claim, "trend", "mismatch", text, expected=shown, evidence=[top])]


def _own(claim: Observation, series: Series) -> list[Observation]:
    return [p for p in series.dated() if same_period(claim, p, stock=True)]


def _compared(claim: Observation, match: re.Match[str], series: Series, paper: Paper) -> Sequence[Observation]:
    """The columns that a wording covers: those since a date, of the year, of the past, or all."""
    others = [p for p in series.dated() if not same_period(claim, p, stock=True) and p.period_end]
    end = claim.period_end
    assert end is not None
    past = [p for p in others if p.period_end and p.period_end < end]
    words = match.string[match.start() : match.end() + 60]
    start = since(words, end)
    if start is not None:
        return [p for p in past if p.period_start and p.period_start > start]
    if re.search(r"\bsince\b", words) and not says(paper, "since_ever", words):
        return []  # since something that the sentence does not date
    if says(paper, "of_the_year", words):
        # The year may be any kind of year: only its shortest reading is compared.
        first = max(date(end.year, 1, 1), date(end.year if end.month >= 4 else end.year - 1, 4, 1))
        inside = [p for p in past if p.period_start and p.period_start >= first]
        return inside or past[-11:]
    if says(paper, "so_far_highest", words):
        return past
    return others

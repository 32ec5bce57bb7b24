"""Trends step by step: "every month", "continues to", "by over 30 each month", "below 10 since", "remained lower", "unchanged".

In: a claim, the wording that was found by it, the series, the Paper. Out: verdicts, or nothing where the words leave
open what is claimed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from sendparse.check.compare import AGREES, agree, figure, number
from sendparse.check.link import links
from sendparse.check.paper import Paper, Series, days, verdict, when
from sendparse.check.wording import MONTHS, cues, number_word, position, says, since
from sendparse.model import Check, Observation

Points = Sequence[Observation]
Step = tuple[Observation, float]


def upto(claim: Observation, series: Series) -> Points:
    """The series up to the period that a claim speaks of; whole when it states none."""
    dated = series.dated()
    if claim.period_end is None:
        return dated
    return [p for p in dated if p.period_end and p.period_end <= claim.period_end] or dated


def steps_of(points: Points, paper: Paper) -> list[Step]:
    """Each cell with its change on the one before; a running total that starts again counts as its own step."""
    out = []
    for before, after in pairwise(points):
        change = (after.value or 0.0) - (before.value or 0.0)
        reset = paper.is_cumulative(after) and change < 0
        out.append((after, after.value or 0.0) if reset else (after, change))
    return out


def way_of(match: re.Match[str], claim: Observation, paper: Paper) -> int:
    """1 where a wording, or else the words before it, speak of a rise, -1 of a fall; 0 where they do not say.

    "Improved" is a rise or a fall by what is better for the measure.
    """
    around = match.string[max(0, match.start() - 70) : match.start()]
    for text in (match.group(), around):
        found = list(cues(paper, "direction", text))
        if found:
            return _signed(found[-1][0] if text is around else found[0][0], claim, paper)
    return 0


def _signed(name: str, claim: Observation, paper: Paper) -> int:
    if name in ("up", "down"):
        return 1 if name == "up" else -1
    good = {"higher": 1, "lower": -1}.get(paper.better.get(claim.kpi, ""), 0)
    return good if name == "better" else -good


def _fits_length(match: re.Match[str], points: Points) -> bool:
    """True where a wording's "month" or "quarter" is what the columns are."""
    said = re.search(r"month|quarter|term|year", match.group(), re.I)
    if said is None or len(points) < 2:
        return True
    ends = [p.period_end for p in points if p.period_end]
    typical = sorted((two - one).days for one, two in pairwise(ends))[len(ends) // 2 - 1]
    low, high = {"month": (27, 32), "quarter": (85, 95), "term": (80, 180), "year": (360, 370)}[said.group().lower()]
    return low <= typical <= high


# -- every month ------------------------------------------------------------------------------------------------------


def judge_every(claim: Observation, match: re.Match[str], series: Series, paper: Paper) -> list[Check]:
    """ "Risen every month for the past 7 months", "for the third consecutive month"."""
    way = way_of(match, claim, paper)
    points = upto(claim, series)
    if not way or not _fits_length(match, points) or says(paper, "not_a_run", match.group()):
        return []
    steps, sure = _claimed_steps(claim, match, steps_of(points, paper), paper)
    broken = [(row, change) for row, change in steps if change * way <= 0]
    if not steps or (broken and not sure):
        return []
    first = points[len(points) - len(steps) - 1]
    shown = ", ".join(number(p.value or 0) for p in points[-len(steps) - 1 :])
    evidence = [first, *(row for row, _ in steps)]
    if not broken:
        text = f"“{match.group()}” holds: {shown} ({when(first)} to {when(points[-1])})."
        return [verdict(claim, "trend", "match", text, evidence=evidence)]
    names = "; ".join(f"{when(row)} {_moved(change, row)}" for row, change in broken)
    text = f"“{match.group()}” does not hold: {shown} from {when(first)} to {when(points[-1])}; {names}."
    return [verdict(claim, "trend", "mismatch", text, expected=shown, evidence=evidence)]


def _claimed_steps(
    claim: Observation, match: re.Match[str], steps: list[Step], paper: Paper
) -> tuple[list[Step], bool]:
    """The steps that a wording covers, and whether the words say so: a number of them, since a date, from another figure."""
    count = match.groupdict().get("n")
    wanted = number_word(count) if count else None
    if wanted is None and claim.unit in ("months", "years", "quarters") and claim.value:
        wanted = int(claim.value)
    if wanted is not None:
        return (steps[-wanted:], True) if len(steps) >= wanted else ([], False)
    start = _start(claim, match)
    if start is None:
        earlier = [
            o.period_end for o in paper.beside(claim) if o.kpi == claim.kpi and o.period_end and o.role == "actual"
        ]
        start = min((day for day in earlier if claim.period_end and day < claim.period_end), default=None)
    if start is not None:
        return [s for s in steps if s[0].period_start and s[0].period_start > start], True
    recent = steps[-2:]
    way = way_of(match, claim, paper)
    return steps, any(change * way <= 0 for _, change in recent)


def _start(claim: Observation, match: re.Match[str]) -> date | None:
    """The month from which a run is counted: after "since", else where the claim's window begins."""
    named = since(match.string, claim.period_end)
    return named or (claim.period_start if days(claim) > 31 or claim.period_end is None else None)


def _moved(change: float, row: Observation) -> str:
    if change == 0:
        return "did not change"
    unit = "percentage_points" if row.unit == "percent" else row.unit
    return f"{'rose' if change > 0 else 'fell'} by {figure(abs(change), unit)}"


# -- continues --------------------------------------------------------------------------------------------------------


def judge_continues(claim: Observation, match: re.Match[str], series: Series, paper: Paper) -> list[Check]:
    """ "Continues to rise": the last step goes that way, and so does the one before it."""
    way = way_of(match, claim, paper)
    points = upto(claim, series)
    held = _goes(points, way, paper) if way else None
    if held is None:
        return []
    shown = ", ".join(number(p.value or 0) for p in points[-3:])
    evidence = points[-3:]
    if held:
        text = f"“{match.group()}” holds: {shown} up to {when(points[-1])}."
        return [verdict(claim, "trend", "match", text, evidence=evidence)]
    text = f"“{match.group()}” does not hold: {shown} up to {when(points[-1])}."
    then = _then(claim, points, paper)
    if then and _goes(points[: points.index(then) + 1], way, paper):
        text += f" It held up to {when(then)}, the column that the figure is from."
        return [verdict(claim, "trend", "stale", text, expected=shown, evidence=evidence)]
    return [verdict(claim, "trend", "mismatch", text, expected=shown, evidence=evidence)]


def _then(claim: Observation, points: Points, paper: Paper) -> Observation | None:
    """The older column that a claim's figure is from, where the newest disagrees with it."""
    for link in links(claim, paper):
        if any(agree(claim, cell) in AGREES for cell in link.cells):
            return None
    return next((p for p in reversed(points) if agree(claim, p) == "match"), None)


def _goes(points: Points, way: int, paper: Paper) -> bool | None:
    """Whether a series goes one way at its end; nothing where the last steps do not settle it, or the year says otherwise."""
    steps = [change * way for _, change in steps_of(points, paper)[-2:]]
    if not steps:
        return None
    added = sum(steps, 0.0)
    if steps[-1] > 0 and added > 0:
        return True
    if added >= 0:
        return None
    last = points[-1]
    year_before = [
        p for p in points if p.period_end and last.period_end and (last.period_end - p.period_end).days in (365, 366)
    ]
    flow = last.unit == "count" and not paper.is_stock(last)
    return None if flow and year_before and ((last.value or 0) - (year_before[0].value or 0)) * way > 0 else False


# -- by so much, above so much ----------------------------------------------------------------------------------------


def _exactly(one: float, other: float) -> bool:
    return abs(one - other) < 0.5


_TESTS: dict[str, Callable[[float, float], bool]] = {
    "over": lambda one, other: one > other,
    "at_least": lambda one, other: one >= other,
    "under": lambda one, other: one < other,
    "up_to": lambda one, other: one <= other,
    "about": lambda one, other: abs(one - other) <= max(1.0, other * 0.1),
}


def judge_each(claim: Observation, match: re.Match[str], series: Series, paper: Paper) -> list[Check]:
    """ "Increasing by over 30 each month": every monthly step since the stated start must do so."""
    start = _start(claim, match)
    if claim.value is None or start is None or claim.unit not in ("count", "gbp"):
        return []
    points = upto(claim, series)
    steps = [(r, c) for r, c in steps_of(points, paper) if r.period_start and r.period_start > start]
    if len(steps) < 2 or not _fits_length(match, points):
        return []
    test = _TESTS.get(claim.qualifier, _exactly)
    broken = [(row, change) for row, change in steps if not test(abs(change), claim.value)]
    shown = ", ".join(f"{change:+g}" for _, change in steps)
    evidence = [points[len(points) - len(steps) - 1], *(row for row, _ in steps)]
    if not broken:
        text = f"Each step from {when(steps[0][0])} to {when(steps[-1][0])} fits “{match.group()}”: {shown}."
        return [verdict(claim, "trend", "match", text, evidence=evidence)]
    names = ", ".join(f"{when(row)} ({change:+g})" for row, change in broken)
    text = f"The monthly steps are {shown}; {names} does not fit “{match.group()}”."
    return [verdict(claim, "trend", "mismatch", text, expected=shown, evidence=evidence)]


def judge_held(claim: Observation, match: re.Match[str], series: Series, paper: Paper) -> list[Check]:
    """ "Fewer than 15 each month", "above 60% since November": every column of the window must fit."""
    test = _TESTS.get(claim.qualifier)
    start = _start(claim, match)
    if (
        claim.role == "change"
        or test is None
        or claim.qualifier == "about"
        or claim.value is None
        or start is None
        or claim.unit != series.key[2]
    ):
        return []
    if claim.period_end and days(claim) <= 31:
        return []
    points = [
        p for p in upto(claim, series) if p.period_start and p.period_end and p.period_start >= start and days(p) <= 31
    ]
    if len(points) < 2:
        return []
    broken = [p for p in points if not test(p.value or 0.0, claim.value)]
    span = f"{when(points[0])} to {when(points[-1])}"
    if not broken:
        text = f"All {len(points)} columns from {span} fit “{match.group()}”."
        return [verdict(claim, "trend", "match", text, evidence=points)]
    names = ", ".join(f"{figure(p.value or 0, p.unit)} in {when(p)}" for p in broken)
    text = f"“{match.group()}” does not hold from {span}: {names}."
    return [verdict(claim, "trend", "mismatch", text, expected=names, evidence=broken)]


# -- remained, unchanged ----------------------------------------------------------------------------------------------


def judge_remained(claim: Observation, match: re.Match[str], series: Series, paper: Paper) -> list[Check]:
    """ "Has stayed below in May and June, compared to 31 in March": each named column against the others."""
    cut = match.end()
    others = [o for o in paper.beside(claim) if o.kpi == claim.kpi and o.period_end and o.role == "actual"]
    ahead = [o for o in others if position(o, paper) > position(claim, paper)]
    named = _named_points(claim.evidence[cut : max(cut, position(claim, paper))], series)
    if not named or not ahead or position(claim, paper) < cut:
        return []
    way = -1 if re.search("low|few|down|below", match.group(), re.I) else 1
    worst = min(o.value or 0.0 for o in ahead) if way < 0 else max(o.value or 0.0 for o in ahead)
    broken = [p for p in named if ((p.value or 0.0) - worst) * way <= 0]
    shown = ", ".join(f"{number(p.value or 0)} in {when(p)}" for p in named)
    against = " and ".join(f"{o.value_text} in {when(o)}" for o in ahead)
    if broken:
        text = f"“{match.group()}” does not hold: {shown}, against {against}."
        return [verdict(claim, "trend", "mismatch", text, expected=shown, evidence=[*named, *ahead])]
    text = f"“{match.group()}” holds: {shown}, against {against}."
    return [verdict(claim, "trend", "match", text, evidence=[*named, *ahead])]


def _named_points(text: str, series: Series) -> Points:
    """The newest cell of each month that a text names."""
    numbers = [MONTHS.index(m.lower()) + 1 for m in re.findall("|".join(MONTHS), text, re.I)]
    out: list[Observation] = []
    for month in dict.fromkeys(numbers):
        cells = [p for p in series.dated() if p.period_end and p.period_end.month == month]
        out += cells[-1:]
    return out


def judge_steady(claim: Observation, match: re.Match[str], series: Series, paper: Paper) -> list[Check]:
    """ "Unchanged at 55.0%": the column before has the same figure. Words that leave room ("steady") may hold, not fail."""
    if claim.role != "actual" or claim.unit != series.key[2] or not any(link.sure for link in links(claim, paper)):
        return []
    points = upto(claim, series)
    if len(points) < 2 or agree(claim, points[-1]) not in AGREES:
        return []
    before, now = points[-2], points[-1]
    same = agree(claim, before) in AGREES
    if not same and not says(paper, "unchanged", match.group()):
        return []
    shown = (
        f"{figure(before.value or 0, before.unit)} in {when(before)}, {figure(now.value or 0, now.unit)} in {when(now)}"
    )
    if same:
        return [verdict(claim, "trend", "match", f"“{match.group()}” holds: {shown}.", evidence=[before, now])]
    if _year_word(match):
        return []
    text = f"“{match.group()}” does not hold: {shown}."
    expected = figure(before.value or 0, before.unit)
    return [verdict(claim, "trend", "mismatch", text, expected=expected, evidence=[before, now])]


def _year_word(match: re.Match[str]) -> bool:
    """True where the sentence may set the figure against last year rather than the column before."""
    return re.search(r"\b(?:year|since|compared)\b", match.string, re.I) is not None

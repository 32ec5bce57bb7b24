"""Kind `trend`: claims in words about a run of periods.

In: a claim and the Paper. Out: verdicts on "risen every month for 7 months", "continues to rise", "the highest since
April", "over 30 each month" and "remained lower in December and January", each against the table's series, naming the
periods that break it. A flat month breaks "every month"; a running total is judged by its monthly steps.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from sendparse.check.cell import check_cell
from sendparse.check.compare import figure, number
from sendparse.check.paper import Paper, Series, same_period, verdict, when
from sendparse.check.wording import cues, number_word, position
from sendparse.model import Check, Observation

Points = list[Observation]
_REACH = 90  # a trend wording this many characters before or after a figure may speak of it


def check_trend(claim: Observation, paper: Paper) -> list[Check]:
    """Judge the trend wordings that stand by this figure."""
    series = next(iter(paper.own.get((claim.kpi, claim.breakdown), ())), None)
    if not claim.kpi or series is None or len(series.dated()) < 2:
        return []
    out: list[Check] = []
    for name, match in cues(paper.rules, "trends", claim.evidence):
        if _owner(match, claim, paper, looks_back=_looks_back(name, match)) is claim:
            out += _KINDS[name](claim, match, series, paper)
    return out


def _owner(match: re.Match[str], claim: Observation, paper: Paper, *, looks_back: bool) -> Observation | None:
    """The one figure of the sentence that a wording speaks of: the one inside it, else the nearest on its own side.

    "Continues to rise to 4,453" looks ahead; "167 in November, which is the highest recorded" looks back.
    """
    rows = [o for o in [*paper.beside(claim), claim] if o.role not in ("benchmark", "target")]
    near: list[tuple[int, int, Observation]] = []
    for row in rows:
        at = position(row, paper)
        inside = match.start() <= at < match.end()
        behind = at < match.start()
        gap = 0 if inside else match.start() - at if behind else at - match.end()
        if gap <= _REACH:
            near.append((0 if inside else 1 if behind == looks_back else 2, gap, row))
    return min(near, key=lambda item: item[:2])[2] if near else None


def _looks_back(name: str, match: re.Match[str]) -> bool:
    follows = match.string[match.end() : match.end() + 12]
    return name == "extreme" and not re.match(r"\W*(?:was|at|of|being|with)\b", follows)


def _upto(claim: Observation, series: Series) -> Points:
    """The series up to the period that a claim speaks of; whole when it states none."""
    dated = series.dated()
    if claim.period_end is None:
        return dated
    return [p for p in dated if p.period_end and p.period_end <= claim.period_end] or dated


def _steps(points: Points, paper: Paper) -> list[tuple[Observation, float]]:
    """Each cell with its change on the one before; a running total that starts again counts as its own step."""
    out = []
    for before, after in pairwise(points):
        change = (after.value or 0.0) - (before.value or 0.0)
        reset = paper.is_cumulative(after) and change < 0
        out.append((after, after.value or 0.0) if reset else (after, change))
    return out


def _way(match: re.Match[str], paper: Paper, sentence: str) -> int:
    for name, _ in cues(paper.rules, "direction", match.group()):
        return 1 if name == "up" else -1
    for name, _ in cues(paper.rules, "direction", sentence):
        return 1 if name == "up" else -1
    return 1


def _every(claim: Observation, match: re.Match[str], series: Series, paper: Paper) -> list[Check]:
    """ "Risen every month for the past 7 months"."""
    way = _way(match, paper, claim.evidence)
    count = match.groupdict().get("n")
    points = _upto(claim, series)
    steps = _steps(points, paper)
    wanted = number_word(count) if count else None
    if wanted is None and claim.unit in ("months", "years", "quarters") and claim.value:
        wanted = int(claim.value)
    if wanted is None:
        if claim.period_start is None:
            return []
        steps = [s for s in steps if s[0].period_start and s[0].period_start > claim.period_start]
    elif len(steps) < wanted:
        return []
    else:
        steps = steps[-wanted:]
    broken = [(row, change) for row, change in steps if change * way <= 0]
    shown = ", ".join(number(p.value or 0) for p in points[-len(steps) - 1 :])
    if not steps:
        return []
    if not broken:
        text = f"“{match.group()}” holds: {shown} ({when(points[-len(steps) - 1])} to {when(points[-1])})."
        return [verdict(claim, "trend", "match", text, evidence=[s[0] for s in steps])]
    names = "; ".join(f"{when(row)} {_moved(change, row)}" for row, change in broken)
    text = f"“{match.group()}” does not hold: {shown} up to {when(points[-1])}; {names}."
    return [verdict(claim, "trend", "mismatch", text, expected=shown, evidence=[s[0] for s in steps])]


def _moved(change: float, row: Observation) -> str:
    if change == 0:
        return "did not change"
    return f"{'rose' if change > 0 else 'fell'} by {figure(abs(change), row.unit)}"


def _continues(claim: Observation, match: re.Match[str], series: Series, paper: Paper) -> list[Check]:
    """ "Continues to rise": the last step goes that way, and so does the one before it."""
    way = _way(match, paper, claim.evidence)
    points = _upto(claim, series)
    held = _goes(points, way, paper)
    shown = ", ".join(number(p.value or 0) for p in points[-3:])
    if held is None:
        return []
    if held:
        text = f"“{match.group()}” holds: {shown} up to {when(points[-1])}."
        return [verdict(claim, "trend", "match", text, evidence=points[-3:])]
    text = f"“{match.group()}” does not hold: {shown} up to {when(points[-1])}."
    own = next((c for c in check_cell(claim, paper) if c.verdict == "stale"), None)
    if own:  # the sentence speaks of an older column: was it true then?
        then = next((p for p in points if p.observation_id == own.evidence_ids.split(";")[-1]), None)
        if then and _goes(points[: points.index(then) + 1], way, paper):
            text += f" It held up to {when(then)}, the column that the figure is from."
            return [verdict(claim, "trend", "stale", text, expected=shown, evidence=points[-3:])]
    return [verdict(claim, "trend", "mismatch", text, expected=shown, evidence=points[-3:])]


def _goes(points: Points, way: int, paper: Paper) -> bool | None:
    steps = _steps(points, paper)
    if not steps:
        return None
    last = [change * way for _, change in steps[-2:]]
    return last[-1] > 0 and sum(last) > 0


def _extreme(claim: Observation, match: re.Match[str], series: Series, paper: Paper) -> list[Check]:
    """ "The highest recorded", "the lowest since April 2024": against the columns that the table shows."""
    if claim.role != "actual" or claim.value is None:
        return []
    highest = "low" not in match.group().lower() and "few" not in match.group().lower()
    others = [p for p in series.dated() if not same_period(claim, p, stock=True)]
    sign = 1 if highest else -1
    worse = [p for p in others if ((p.value or 0.0) - claim.value) * sign > 1e-9]
    name = "highest" if highest else "lowest"
    span = f"{when(series.dated()[0])} to {when(series.dated()[-1])}"
    if not worse:
        text = f"{claim.value_text} is the {name} of the {len(series.dated())} columns shown ({span})."
        return [verdict(claim, "trend", "match", text, evidence=series.dated())]
    if "since" in match.group().lower():
        return []  # only the columns after a date count, and the date may lie outside the match
    top = max(worse, key=lambda p: (p.value or 0.0) * sign)
    text = f"{claim.value_text} is not the {name}: the table shows {number(top.value or 0)} for {when(top)}."
    return [verdict(claim, "trend", "mismatch", text, expected=number(top.value or 0), evidence=[top])]


def _each(claim: Observation, match: re.Match[str], series: Series, paper: Paper) -> list[Check]:
    """ "Increasing by over 30 each month": every monthly step since the stated start must do so."""
    if claim.value is None or claim.period_start is None or claim.unit not in ("count", "gbp"):
        return []
    points = _upto(claim, series)
    steps = [(r, c) for r, c in _steps(points, paper) if r.period_start and r.period_start > claim.period_start]
    if len(steps) < 2:
        return []
    test = _TESTS.get(claim.qualifier, _exactly)
    broken = [(row, change) for row, change in steps if not test(abs(change), claim.value)]
    shown = ", ".join(f"{change:+g}" for _, change in steps)
    evidence = [row for row, _ in steps]
    if not broken:
        text = f"Each step from {when(steps[0][0])} to {when(steps[-1][0])} fits “{match.group()}”: {shown}."
        return [verdict(claim, "trend", "match", text, evidence=evidence)]
    names = ", ".join(f"{when(row)} ({change:+g})" for row, change in broken)
    text = f"The monthly steps are {shown}; {names} does not fit “{match.group()}”."
    return [verdict(claim, "trend", "mismatch", text, expected=shown, evidence=evidence)]


def _exactly(change: float, value: float) -> bool:
    return abs(change - value) < 0.5


_TESTS: dict[str, Callable[[float, float], bool]] = {
    "over": lambda change, value: change > value,
    "at_least": lambda change, value: change >= value,
    "under": lambda change, value: change < value,
    "up_to": lambda change, value: change <= value,
    "about": lambda change, value: abs(change - value) <= max(1.0, value * 0.1),
}


def _remained(claim: Observation, match: re.Match[str], series: Series, paper: Paper) -> list[Check]:
    """ "Has remained lower in December and January, compared to 24 in October": each named column against the others."""
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


_MONTHS = [f"{date(2000, m, 1):%B}".lower() for m in range(1, 13)]


def _named_points(text: str, series: Series) -> Points:
    """The newest cell of each month that a text names."""
    numbers = [_MONTHS.index(m.lower()) + 1 for m in re.findall("|".join(_MONTHS), text, re.I)]
    out: Points = []
    for month in dict.fromkeys(numbers):
        cells = [p for p in series.dated() if p.period_end and p.period_end.month == month]
        out += cells[-1:]
    return out


_Judge = Callable[[Observation, re.Match[str], Series, Paper], Sequence[Check]]
_KINDS: dict[str, _Judge] = {
    "every": _every,
    "continues": _continues,
    "extreme": _extreme,
    "each": _each,
    "remained": _remained,
}

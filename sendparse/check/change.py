"""Kind `arithmetic`, changes: "an increase of 17.5%", "five more than in March 2024", "nine points above target".

In: a claim that is a change, and the Paper. Out: one verdict, from the pair of figures that the change lies between. The
pair comes from the sentence, from the cells of the table, or from both. Several pairs may be meant: one that agrees
settles it, and only a pair that the words leave no doubt about makes a change wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sendparse.check.compare import AGREES, agree, agree_with, figure, step
from sendparse.check.link import levels, links
from sendparse.check.paper import Paper, Series, days, verdict, when
from sendparse.check.wording import around, direction, position, says
from sendparse.model import Check, Observation

_CHANGES = frozenset({"percent", "percentage_points", "count", "gbp", "multiple", "ratio", "weeks", "days", "months"})
_LEVEL_ROLES = frozenset({"actual", "baseline", "forecast"})


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures that a change may lie between. `source`: `text`, `table`, or the name of what it is measured against."""

    before: Observation
    after: Observation
    sure: bool
    source: str


def check_change(claim: Observation, paper: Paper) -> list[Check]:
    """Recompute a stated change."""
    if claim.role != "change" or not claim.kpi or claim.value is None or claim.unit not in _CHANGES:
        return []
    judged = [(pair, result) for pair in _pairs(claim, paper) if (result := _judge(claim, pair, paper))]
    for pair, (word, change) in judged:
        if word in AGREES and (pair.sure or word != "truncated"):
            return [_told(claim, pair, word, change, paper)]
    for pair, (word, change) in judged:
        if pair.sure:
            return [_stale(claim, pair, change, paper) or _told(claim, pair, word, change, paper)]
    return []


def changed(claim: Observation, before: float, after: float) -> float | None:
    """The change from one figure to another in the claim's own unit; nothing when it cannot be formed."""
    if claim.unit in ("multiple", "ratio"):
        return after / before if before else None
    if claim.unit == "percent":
        return (after - before) / abs(before) * 100 if before else None
    return after - before


def _told(claim: Observation, pair: Pair, word: str, change: float, paper: Paper) -> Check:
    shown = _shown(change, claim.unit)
    one, two = pair.before, pair.after
    if pair.source == "text":
        told = f"From {one.value_text} to {two.value_text}, both stated in the text, the change is {shown}"
        text = f"{told}; the text says {claim.value_text}."
        evidence = [one, two, *_cells_of([two, one], paper)]
    elif pair.source == "table":
        text = (
            f"In the paper's table the figure goes from {figure(one.value or 0, one.unit)} ({when(one)}) to "
            f"{figure(two.value or 0, two.unit)} ({when(two)}), {_a_change(claim)} of {shown}; the text says {claim.value_text}."
        )
        evidence = [one, two]
    else:
        text = (
            f"{figure(two.value or 0, two.unit)} against {pair.source} of {figure(one.value or 0, one.unit)} is "
            f"{_a_change(claim)} of {shown}; the text says {claim.value_text}."
        )
        evidence = [two, one, *_cells_of([two, one], paper)]
    return verdict(claim, "arithmetic", word, text, expected=shown, evidence=list(dict.fromkeys(evidence)))


def _shown(change: float, unit: str) -> str:
    if unit in ("multiple", "ratio"):
        return f"{change:.2f} times"
    return figure(abs(change), unit)


def _a_change(claim: Observation) -> str:
    return "a factor" if claim.unit in ("multiple", "ratio") else "a difference"


def _stale(claim: Observation, pair: Pair, change: float, paper: Paper) -> Check | None:
    """The same step at another date, where the stated change is right: it was true then."""
    series = next((s for s in levels(claim, paper) if pair.after in s.dated() and pair.before in s.dated()), None)
    if pair.source != "table" or series is None:
        return None
    dated = series.dated()
    gap = dated.index(pair.after) - dated.index(pair.before)
    if gap < 2:
        return None  # among so many single steps one fits by chance
    for end in range(len(dated) - 1, gap - 1, -1):
        other = Pair(dated[end - gap], dated[end], sure=True, source="table")
        result = _judge(claim, other, paper)
        if (other.before, other.after) != (pair.before, pair.after) and result and result[0] in AGREES:
            told = _told(claim, pair, "stale", change, paper)
            text = f"{told.explanation} It is the change from {when(other.before)} to {when(other.after)}."
            evidence = [pair.before, pair.after, other.before, other.after]
            return verdict(claim, "arithmetic", "stale", text, expected=told.expected, evidence=evidence)
    return None


def _judge(claim: Observation, pair: Pair, paper: Paper) -> tuple[str, float] | None:
    """The verdict on a change between two figures, and the change. The sign counts only where the words give one."""
    before, after = pair.before.value, pair.after.value
    change = changed(claim, before, after) if before is not None and after is not None else None
    if change is None:
        return None
    if claim.unit in ("multiple", "ratio"):
        return agree_with(claim, change), change
    way = direction(claim, paper) if pair.source in ("text", "table") else _side(claim, paper)
    if way and change and (change > 0) != (way > 0):
        return "mismatch", change
    return agree_with(claim, abs(change) if (claim.value or 0) >= 0 else change, _carried(pair, claim)), change


def _side(claim: Observation, paper: Paper) -> int:
    """1 where the words put a figure above what it is measured against, -1 below, 0 where they do not say."""
    text = around(claim, paper, 10, after=30)
    above = says(paper, "over", text)
    return 0 if above == says(paper, "short", text) else 1 if above else -1


def _carried(pair: Pair, claim: Observation) -> float:
    """How much the rounding of the two levels alone can move the change."""
    if claim.unit == "percentage_points" or (claim.unit == "gbp" and pair.before.unit == "gbp"):
        return step(pair.before) + step(pair.after)
    if claim.unit != "percent" or not pair.before.value:
        return 0.0
    if pair.before.unit == "count" and not (pair.before.qualifier or pair.after.qualifier):
        return 0.0
    return (step(pair.before) + step(pair.after)) / abs(pair.before.value) * 100


# -- pairs ------------------------------------------------------------------------------------------------------------


def _pairs(claim: Observation, paper: Paper) -> Iterator[Pair]:
    """Every pair that may be meant, the most likely first."""
    against = list(_against(claim, paper))
    if against:
        yield from against
        return
    stated = list(_from_text(claim, paper))
    yield from (pair for pair in stated if pair.sure)
    for series in _series(claim, paper):
        yield from _from_table(claim, series, paper)
    yield from (pair for pair in stated if not pair.sure)


def _series(claim: Observation, paper: Paper) -> list[Series]:
    """The levels that a change can be formed from: percentages for points, the same unit for an amount, else any."""
    found = levels(claim, paper)
    if claim.unit in ("multiple", "ratio"):
        return found
    if claim.unit == "percent":
        return [s for s in found if s.key[2] != "percent"]
    unit = "percent" if claim.unit == "percentage_points" else claim.unit
    return [s for s in found if s.key[2] == unit]


def _from_text(claim: Observation, paper: Paper) -> Iterator[Pair]:
    """Two stated levels of the same measure: both in this sentence, or in this and the ones right before."""
    beside = [o for o in paper.beside(claim) if _is_level(o, claim)]
    near = beside if len(beside) >= 2 else [*beside, *(o for o in paper.before(claim, 4) if _is_level(o, claim))]
    unique = list(dict.fromkeys(near))
    if len(unique) < 2:
        return
    at = paper.place[claim.observation_id]
    two = sorted(unique, key=lambda o: abs(paper.place[o.observation_id] - at))[:2]
    first, second = sorted(two, key=lambda o: paper.place[o.observation_id])
    if _same_window(first, second):
        first, second = _by_words(first, second, paper)
    elif _is_later(first, second):
        first, second = second, first
    sure = len(beside) >= 2 and len(beside) == len(set(beside)) and {first.role, second.role} == {"actual"}
    yield Pair(first, second, sure=sure and first.period_end != second.period_end, source="text")


def _same_window(one: Observation, two: Observation) -> bool:
    return (one.period_start, one.period_end, one.role) == (two.period_start, two.period_end, two.role)


def _is_later(one: Observation, two: Observation) -> bool:
    """True where one level is of a later time than another, or foretells the same time."""
    if one.period_end is None or two.period_end is None:
        return False
    return one.period_end > two.period_end or (one.period_end == two.period_end and one.role == "forecast")


def _by_words(first: Observation, second: Observation, paper: Paper) -> tuple[Observation, Observation]:
    """Two levels of the same window: "to 52, from 24" names the later one first."""
    swapped = re.search(r"\bfrom\W*$", around(second, paper, 12, after=0).lower())
    return (second, first) if swapped else (first, second)


def _is_level(row: Observation, claim: Observation) -> bool:
    return (
        row.role in _LEVEL_ROLES
        and row.kpi == claim.kpi
        and row.breakdown == claim.breakdown
        and row.value is not None
        and (row.unit == "percent") == (claim.unit == "percentage_points")
    )


def _from_table(claim: Observation, series: Series, paper: Paper) -> Iterator[Pair]:
    """The cells that a stated change runs between.

    Dated by two cells, it runs between them. Dated by one ("than in March 2024"), or by words ("than the month before",
    "on last year"), it runs from there to the level that the sentence states, or to the newest cell. A flow is never
    taken from one month to another inside a longer window: a term against a term is no pair of months.
    """
    dated = series.dated()
    start, end = claim.period_start, claim.period_end
    if len(dated) < 2:
        return
    level = paper.is_stock(dated[0]) or dated[0].unit not in ("count", "gbp")
    first = _at(dated, start)
    last = _at(dated, end)
    here = _stated_level(claim, series, paper)
    if first and last and first is not last and (level or _is_reference(claim, paper)):
        yield Pair(first, last, sure=level or here is last, source="table")
    for before in _named_before(claim, here or last or dated[-1], dated, paper):
        yield Pair(before, here or last or dated[-1], sure=here is not None, source="table")
    if first and here and first.period_end and here.period_end and first.period_end < here.period_end:
        yield Pair(first, here, sure=start != end or level, source="table")
    elif first and first is not dated[-1] and level:
        yield Pair(first, dated[-1], sure=True, source="table")
    if last is dated[-1] and end is not None:
        year_before = [p for p in dated if p.period_end and (end - p.period_end).days in (365, 366)]
        if year_before and not _says_span(claim, paper):
            yield Pair(year_before[0], dated[-1], sure=not says(paper, "step_before", claim.evidence), source="table")


def _at(dated: Sequence[Observation], day: date | None) -> Observation | None:
    return next(
        (p for p in dated if day and p.period_start and p.period_end and p.period_start <= day <= p.period_end), None
    )


def _stated_level(claim: Observation, series: Series, paper: Paper) -> Observation | None:
    """The cell of the level that the change is told with: of the nearest level in its sentence, or the sentence before."""
    rows = [o for o in paper.beside(claim) if _same_measure(o, claim) and o.role == "actual"]
    at = position(claim, paper)
    rows.sort(key=lambda o: (position(o, paper) > at, abs(position(o, paper) - at)))
    for row in [*rows, *(o for o in paper.before(claim, 2) if _same_measure(o, claim) and o.role == "actual")]:
        for link in links(row, paper):
            if link.series is series and len({c.value for c in link.cells}) == 1:
                return link.cells[0]
    return None


def _same_measure(row: Observation, claim: Observation) -> bool:
    return row.kpi == claim.kpi and row.breakdown == claim.breakdown and row.value is not None


def _named_before(
    claim: Observation, after: Observation, dated: Sequence[Observation], paper: Paper
) -> Iterator[Observation]:
    """The cell that words such as "than the month before" or "than a year ago" point to."""
    text = around(claim, paper, 60, after=90)
    if after not in dated:
        return
    if says(paper, "step_before", text):
        at = dated.index(after)
        if at and _adjoins(dated[at - 1], after):
            yield dated[at - 1]
    if says(paper, "year_before", text) and after.period_end:
        for cell in dated:
            if (
                cell.period_end
                and (after.period_end - cell.period_end).days in (365, 366)
                and abs(days(cell) - days(after)) < 3
            ):
                yield cell


def _adjoins(before: Observation, after: Observation) -> bool:
    """True for two cells whose periods follow on each other and are of like length."""
    if not (before.period_end and after.period_start):
        return False
    near = timedelta(0) < after.period_start - before.period_end <= timedelta(days=1)
    return (near or after.period_start == after.period_end) and abs(days(before) - days(after)) < 10


def _is_reference(claim: Observation, paper: Paper) -> bool:
    """True where the words set one period against another: "than in March 2024", "on Quarter 2"."""
    return says(paper, "reference", around(claim, paper, 20, after=60))


def _says_span(claim: Observation, paper: Paper) -> bool:
    """True where the sentence says between which months a change lies, so that no year needs to be supposed."""
    return claim.period_start is not None and claim.period_end is not None and days(claim) > 31


def _against(claim: Observation, paper: Paper) -> Iterator[Pair]:
    """ "Five points above target", "three points short of the floor", "£4.6m over budget": measured against no earlier figure."""
    text = around(claim, paper, 10, after=60)
    for name, wordings in paper.rules.get("measured_against", {}).items():
        match = next((m for w in wordings if (m := re.search(w, text, re.I))), None)
        if match is None:
            continue
        for level in _levels_by(claim, paper):
            for other in _others(claim, level, name, paper):
                yield Pair(other, level, sure=True, source=f"the {_NAMES.get(name, name)}")


_NAMES = {
    "national": "national figure",
    "regional": "regional figure",
    "statistical_neighbours": "figure of statistical neighbours",
}
_AGAINST_ROLES = {"target": ("target", "floor", "limit"), "floor": ("floor",), "budget": ("actual",)}


def _levels_by(claim: Observation, paper: Paper) -> list[Observation]:
    """The level that is set against something: stated in this sentence or right before."""
    rows = [
        o for o in [*paper.beside(claim), *paper.before(claim, 2)] if _same_measure(o, claim) and o.role == "actual"
    ]
    unit = "percent" if claim.unit == "percentage_points" else claim.unit
    at = paper.place[claim.observation_id]
    return sorted((o for o in rows if o.unit == unit), key=lambda o: abs(paper.place[o.observation_id] - at))[:1]


def _others(claim: Observation, level: Observation, name: str, paper: Paper) -> Iterator[Observation]:
    """What a level is set against: stated in the sentence, else in the table."""
    roles = _AGAINST_ROLES.get(name, ("benchmark",))
    benchmark = "" if name in _AGAINST_ROLES else name
    stated = [
        o
        for o in paper.beside(claim)
        if o.kpi == level.kpi and o.role in roles and o.benchmark == benchmark and o is not level
    ]
    if stated:
        yield from stated[:1]
        return
    for series in paper.named.get(level.kpi, ()):
        _, breakdown, unit, role, bench, *_ = series.key
        if (breakdown, unit, bench) == (level.breakdown, level.unit, benchmark) and role in roles and role != "actual":
            values = {p.value for p in series.points}
            of_period = [p for p in series.points if p.period_end == level.period_end] or list(
                series.points if len(values) == 1 else ()
            )
            yield from of_period[:1]


def _cells_of(rows: Sequence[Observation], paper: Paper) -> list[Observation]:
    """The table cells that agree with the levels that the text states, where each has one."""
    out = []
    for row in rows:
        cells = (
            [row]
            if row.source != "narrative"
            else [c for link in links(row, paper) for c in link.cells if agree(row, c) in AGREES]
        )
        out += cells[:1]
    return out if len(out) == len(rows) else []

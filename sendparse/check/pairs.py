"""The two figures that a stated change may lie between.

In: a claim that is a change, and the Paper. Out: pairs, the most likely first: two levels that the sentence states, two
cells of the table, or a level and what the words measure it against (a target, a budget, England). A pair is sure when
the words leave no doubt that it is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sendparse.check.link import levels, links
from sendparse.check.paper import Paper, Series, days, same_period
from sendparse.check.wording import MONTHS, around, compiled, position, says
from sendparse.model import Observation, Period
from sendparse.tag.period import read_periods
from sendparse.tag.reading import Anchor

_IN_OTHER_WORDS = re.compile(r"\W*(?:or|\()\W*")  # "71 (8.7%) more than"
_LEVEL_ROLES = frozenset({"actual", "baseline", "forecast"})


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures that a change may lie between. `source`: `text`, `table`, or the name of what it is measured against."""

    before: Observation
    after: Observation
    sure: bool
    source: str


def pairs_of(claim: Observation, paper: Paper) -> Iterator[Pair]:
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

    The later one is that of the level which the sentence states, or the newest. The earlier one is named by words ("than
    the month before", "on last year"), by a period ("than in March 2024"), or by the claim's own dates. A flow is never
    taken from one month to another inside a longer window: a term against a term is no pair of months.
    """
    dated = series.dated()
    if len(dated) < 2:
        yield from _of_card(claim, series, paper)
        return
    here = _stated_levels(claim, series, paper)
    if not here and any(_same_measure(o, claim) and o.role == "forecast" for o in paper.beside(claim)):
        return  # "forecast to reach £69.9m, 12% more than last year": the change is that of no cells of the past
    last = _at(dated, claim.period_end)
    named = False
    for number, after in enumerate(here or [last or dated[-1]]):
        for before in [*named_before(claim, after, dated, paper), *referenced(claim, after, dated, paper)]:
            named = True
            yield Pair(before, after, sure=bool(here) and number == 0, source="table")
    for pair in _by_dates(claim, series, here[0] if here else None, paper):
        yield replace(pair, sure=pair.sure and not named)


def _by_dates(claim: Observation, series: Series, here: Observation | None, paper: Paper) -> Iterator[Pair]:
    """The cells that a claim's own period begins and ends in."""
    dated = series.dated()
    start, end = claim.period_start, claim.period_end
    level = paper.is_stock(dated[0]) or dated[0].unit not in ("count", "gbp")
    first, last = _at(dated, start), _at(dated, end)
    if first and last and first is not last and (level or _is_reference(claim, paper)):
        yield Pair(first, last, sure=level or here is last, source="table")
        if level and "period_inferred" not in claim.flags:
            return  # both ends are stated: nothing else can be meant
    if first and here and _is_before(first, here):
        yield Pair(first, here, sure=start != end or level, source="table")
    elif first and first is not dated[-1] and level:
        yield Pair(first, dated[-1], sure=True, source="table")
    if last is dated[-1] and end is not None and days(claim) <= 31:
        year_before = [p for p in dated if p.period_end and (end - p.period_end).days in (365, 366)]
        for cell in year_before[:1]:
            yield Pair(cell, dated[-1], sure=True, source="table")


def _is_before(one: Observation, two: Observation) -> bool:
    return one.period_end is not None and two.period_end is not None and one.period_end < two.period_end


def _of_card(claim: Observation, series: Series, paper: Paper) -> Iterator[Pair]:
    """A card's figure against that of the time before, where the words set it against an earlier time."""
    before = [p for p in series.points if "previous" in p.flags]
    now = [p for p in series.points if "previous" not in p.flags and p.role == "actual"]
    if len(before) == 1 and len(now) == 1 and _is_reference(claim, paper):
        yield Pair(before[0], now[0], sure=False, source="table")


def _at(dated: Sequence[Observation], day: date | None) -> Observation | None:
    return next(
        (p for p in dated if day and p.period_start and p.period_end and p.period_start <= day <= p.period_end), None
    )


def _stated_levels(claim: Observation, series: Series, paper: Paper) -> list[Observation]:
    """The cells of the levels that a change may be told with: those before it in its sentence, those right before, those after."""
    at = position(claim, paper)
    beside = [o for o in paper.beside(claim) if _same_measure(o, claim) and o.role == "actual"]
    ahead = [o for o in paper.before(claim, 2) if _same_measure(o, claim) and o.role == "actual" and o not in beside]
    back = sorted((o for o in beside if position(o, paper) < at), key=lambda o: at - position(o, paper))
    on = sorted((o for o in beside if position(o, paper) > at), key=lambda o: position(o, paper) - at)
    rows = [*back, *ahead, *on] if _points_back(claim, paper) else [*back, *on, *ahead]
    found = [_only_cell(row, series, paper) for row in rows]
    return list(dict.fromkeys(cell for cell in found if cell is not None))


def _points_back(claim: Observation, paper: Paper) -> bool:
    """True for "This is nine points better": the level stands in the sentence before."""
    return says(paper, "points_back", claim.evidence[: position(claim, paper)])


def _only_cell(row: Observation, series: Series, paper: Paper) -> Observation | None:
    for link in links(row, paper):
        if link.series is series and len({c.value for c in link.cells}) == 1:
            return link.cells[0]
    return None


def referenced(
    claim: Observation, after: Observation, dated: Sequence[Observation], paper: Paper
) -> Iterator[Observation]:
    """The cell of the period that stands behind "than", "since" or "compared with"."""
    text = claim.evidence[position(claim, paper) :]
    match = next((m for p in paper.rules.get("reference", ()) for m in [compiled(p).search(text)] if m), None)
    if match is None or after.period_end is None:
        return
    now = Period(label="", start=after.period_start, end=after.period_end)
    anchor = Anchor(data_date=after.period_end, meeting_date=after.period_end, antecedent=now)
    found = [p for p in read_periods(text[match.end() :][:50], anchor) if p.start and p.end]
    for period in found[:1]:
        like = replace(claim, period_start=period.start, period_end=period.end)
        for cell in dated:
            if _is_before(cell, after) and same_period(like, cell, stock=True):
                yield cell
                return
    yield from _of_last_name(text[match.end() :][:30], after, dated)


def own_words(claim: Observation, paper: Paper) -> str:
    """The words by a figure that no other figure of its sentence stands between; one in brackets says the same again."""
    at = position(claim, paper)
    end = at + len(claim.value_text)
    text = claim.evidence
    first, last = max(0, at - 60), end + 90
    for other in paper.beside(claim):
        place = position(other, paper)
        between = text[end:place] if place > at else text[place + len(other.value_text) : at]
        if _IN_OTHER_WORDS.fullmatch(between):
            continue
        if place > at:
            last = min(last, place)
        else:
            first = max(first, place + len(other.value_text))
    return text[first:last]


def _of_last_name(text: str, after: Observation, dated: Sequence[Observation]) -> Iterator[Observation]:
    """ "More than in July", "than in Quarter 2": the last one of that name before the figure."""
    month = next((n for n, name in enumerate(MONTHS, 1) if re.search(rf"\b{name}\b(?! \d)", text, re.I)), 0)
    quarter = re.search(r"(?i)\b(?:q|quarter ?)([1-4])\b", text)
    for cell in reversed(dated):
        end = cell.period_end
        if end is None or after.period_end is None or not 0 < (after.period_end - end).days < 364:
            continue
        in_quarter = (
            quarter and re.search(rf"(?i)\b(?:q|quarter ?){quarter[1]}\b", cell.period_label) and days(cell) > 31
        )
        if in_quarter or (end.month == month and days(cell) <= 31):
            yield cell
            return


def _same_measure(row: Observation, claim: Observation) -> bool:
    return row.kpi == claim.kpi and row.breakdown == claim.breakdown and row.value is not None


def named_before(
    claim: Observation, after: Observation, dated: Sequence[Observation], paper: Paper
) -> Iterator[Observation]:
    """The cell that words such as "than the month before" or "than a year ago" point to."""
    text = own_words(claim, paper)
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

"""Kind `arithmetic`, figures formed from cells: "62% of the plan", "nearly three times the budget", "the £8.1m reported at Q2".

In: a claim that states no cell itself, and the Paper. Out: a verdict that agrees, with both cells, or nothing: which two
figures a share or a difference lies between is told by the words, never for certain, so none of these accuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, pairwise, product

from sendparse.check.by_words import heading_words
from sendparse.check.cell import cell_meant
from sendparse.check.compare import agree_with, figure
from sendparse.check.link import is_difference
from sendparse.check.link import levels as levels_of
from sendparse.check.link_periods import of_named_time
from sendparse.check.pairs import named_before, referenced
from sendparse.check.paper import Paper, days, key_of, verdict, when
from sendparse.check.wording import NUMBER, around, direction, number_word, position, says
from sendparse.model import Check, Observation
from sendparse.tag import dates
from sendparse.tag.hints import Hinted

_NEAR = 45  # letters between a share and the amount that it is said of
_AFTER = 60  # letters behind a share in which its whole is named
_FROM = Hinted(r"(?i)\bfrom\W*$")
_AMOUNT = re.compile(r"£?\d")
_LAST = Hinted(
    rf"(?i)\b(?P<which>last|past|previous|latest|over the|all|first) (?P<n>{NUMBER}) (?P<of>month|quarter|year)s\b"
)
_HALF = Hinted(r"(?i)\bfirst half of (?:the|this) (?:financial )?year\b")
_LENGTHS = {"month": 30, "quarter": 91, "year": 365}
_AMOUNTS = frozenset({"gbp", "count"})
_CLOSE = frozenset({"match", "rounding"})
_LEVELS = ("actual", "baseline", "forecast")
_SIMPLE = frozenset({"", "about", "over", "under", "at_least"})


@dataclass(frozen=True, slots=True)
class Formed:
    """A figure worked out from cells, and how a reader would say it."""

    value: float
    cells: tuple[Observation, ...]
    says: str


def check_formed(claim: Observation, paper: Paper) -> list[Check]:
    """Work a figure out from the two cells that the words point to."""
    if claim.value is None or claim.value_high is not None or claim.qualifier not in _SIMPLE:
        return []
    if not paper.cells or cell_meant(claim, paper) is not None:
        return []
    for formed in _formed(claim, paper):
        word = agree_with(claim, formed.value)
        if word in _CLOSE:
            unit = claim.unit
            shown = f"{formed.value:.2f} times" if unit in ("multiple", "ratio") else figure(formed.value, unit)
            text = f"{formed.says} is {shown}; the text says {claim.value_text}."
            return [verdict(claim, "arithmetic", word, text, expected=shown, evidence=formed.cells)]
    return []


def _formed(claim: Observation, paper: Paper) -> Iterator[Formed]:
    follows = around(claim, paper, 0, after=_NEAR)[len(" ".join(claim.value_text.split())) :]
    if claim.unit in ("percentage_points", "percent", "count", "gbp"):
        yield from _between_rows(claim, paper)
    if (claim.role == "change" or says(paper, "compares", follows)) and claim.unit not in ("multiple", "ratio"):
        yield from _change(claim, paper)
    if claim.unit == "percent":
        yield from _share_of_stated(claim, paper)
        yield from _share_of_column(claim, paper)
        yield from _share_of_row(claim, paper)
        yield from _share_of_measures(claim, paper)
    elif claim.unit in ("multiple", "ratio"):
        yield from _times(claim, paper)
    elif claim.unit == "gbp" and says(paper, "earlier", around(claim, paper, 45)):
        yield from _before_movement(claim, paper)
    else:
        yield from _gap(claim, paper)
        yield from _step_of_total(claim, paper)
        yield from _last_columns(claim, paper)


# -- shares -----------------------------------------------------------------------------------------------------------


def _amount_before(claim: Observation, paper: Paper) -> Observation | None:
    """The amount that a share is said of: "£1.6m had been achieved, or 62%", "£4.6m (32%) more than the budget"."""
    at = position(claim, paper)
    near = [(at - position(o, paper), o) for o in paper.beside(claim) if o.unit in _AMOUNTS and position(o, paper) < at]
    if not near:
        return None
    amount = min(near, key=lambda pair: pair[0])[1]
    gap = claim.evidence[position(amount, paper) + len(amount.value_text) : at]
    return amount if says(paper, "in_other_words", gap) else None


def _share_of_stated(claim: Observation, paper: Paper) -> Iterator[Formed]:
    """The amount before a share, as one of another amount of its sentence, or as what it differs from that."""
    amount = _amount_before(claim, paper)
    part = cell_meant(amount, paper) if amount else None
    if amount is None or part is None:
        return
    for other in paper.beside(claim):
        if other is amount or other.unit != amount.unit or (whole := cell_meant(other, paper)) is None:
            continue
        if whole is not part and whole.value:
            yield _as_share(part, whole)
            if _FROM.search(claim.evidence[: position(other, paper)]) and direction(claim, paper):
                yield _as_growth(whole, part)  # "had risen from 2,411 to 3,144, or 30%"


def _as_growth(before: Observation, after: Observation) -> Formed:
    one, two = abs(before.value or 1.0), abs(after.value or 0.0)
    named = f"from {figure(one, before.unit)} ({when(before)}) to {figure(two, after.unit)} ({when(after)})"
    return Formed(abs(two - one) / one * 100, (before, after), f"In the paper's table, the change {named}")


def _as_share(part: Observation, whole: Observation) -> Formed:
    share = abs(part.value or 0.0) / abs(whole.value or 1.0) * 100
    named = f"{figure(part.value or 0.0, part.unit)} of {figure(whole.value or 0.0, whole.unit)}"
    return Formed(share, (part, whole), f"In the paper's table, {named}")


def _share_of_column(claim: Observation, paper: Paper) -> Iterator[Formed]:
    """ "£1.565m has been delivered, 56% of the plan": the whole is the cell of that row under such a heading."""
    amount = _amount_before(claim, paper)
    part = cell_meant(amount, paper) if amount else None
    if part is None:
        return
    follows = around(claim, paper, 0, after=_NEAR)[len(claim.value_text) :]
    said = paper.words(follows)
    of_set = says(paper, "set_amounts", follows) or (part.role == "change" and says(paper, "bare_difference", follows))
    for whole in paper.row_of(part):
        if whole is part or whole.unit != part.unit or not whole.value or whole.role == "change":
            continue
        if heading_words(whole, paper) & said or (of_set and says(paper, "set_amounts", whole.evidence)):
            yield _as_share(part, whole)


def _share_of_row(claim: Observation, paper: Paper) -> Iterator[Formed]:
    """ "Independent placements take up 26% of all high needs spending": one row's cell as a share of another's in its column."""
    at = position(claim, paper)
    follows = claim.evidence[at + len(claim.value_text) :][:_AFTER]
    of = re.match(r"\W*of\b(?: (?:all|the|our|total|its))*", follows)
    if of is None or claim.role not in ("actual", "forecast"):
        return
    ahead, behind = paper.words(claim.evidence[:at]), paper.words(follows[of.end() :])
    parts = paper.rows_told(ahead)
    totals = [rows for part in parts for rows in paper.totals_of(part[0].table_id)]
    wholes = [*paper.rows_told(behind), *totals]
    for part in parts:
        for whole in wholes:
            yield from _in_one_column(claim, part, whole)


def _in_one_column(claim: Observation, parts: list[Observation], wholes: list[Observation]) -> Iterator[Formed]:
    pairs = [
        (one, two)
        for one in parts
        for two in wholes
        if one.unit in _AMOUNTS and (one.table_id, one.column, one.unit) == (two.table_id, two.column, two.unit)
        and one.row != two.row and one.role == two.role != "change" and two.value and abs(one.value or 0.0) < abs(two.value)
    ]  # fmt: skip
    if claim.period_end is not None:
        pairs = [pair for pair in pairs if pair[0].period_end in (claim.period_end, None)]
    else:
        ends = [pair[0].period_end for pair in pairs if pair[0].period_end]
        pairs = [pair for pair in pairs if pair[0].period_end in (max(ends, default=None), None)]
    fitting = [pair for pair in pairs if agree_with(claim, _as_share(*pair).value) in _CLOSE]
    if len(fitting) == 1:
        yield _as_share(*fitting[0])


def _share_of_measures(claim: Observation, paper: Paper) -> Iterator[Formed]:
    """ "24% of those received were refused": from the two counts that the measure is a share of, in one column."""
    kpis = paper.rules.get("ratios", {}).get(claim.kpi)
    if kpis is None and claim.kpi.startswith("ehcp_") and claim.kpi.endswith("_pct"):
        kpis = [claim.kpi.removesuffix("pct") + "count", "ehcp_total_count"]  # "44% are in mainstream schools"
    if not kpis or claim.role != "actual":
        return
    like = replace(claim, unit="count")
    parts, wholes = (paper.series.get(key_of(replace(like, kpi=kpi))) for kpi in kpis)
    latest = parts.latest() if parts else None
    if parts is None or wholes is None or latest is None or parts.mixed or wholes.mixed:
        return
    time = (claim.period_start, claim.period_end) if claim.period_end else (latest.period_start, latest.period_end)
    for part, whole in product(parts.dated(), wholes.dated()):
        if time == (part.period_start, part.period_end) == (whole.period_start, whole.period_end) and whole.value:
            yield _as_share(part, whole)


def _last_columns(claim: Observation, paper: Paper) -> Iterator[Formed]:
    """ "1,124 over the last four quarters", "529 in the first half of this year": columns added up."""
    series = paper.series.get(key_of(claim)) if claim.kpi and claim.role == "actual" else None
    if series is None or series.mixed or paper.is_stock(claim) or len(series.dated()) < 2:
        return
    found = _LAST.search(claim.evidence)
    if found is None and _HALF.search(claim.evidence):
        of = "month" if days(series.dated()[-1]) <= 31 else "quarter"
        which, number = "first", 6 if of == "month" else 2
    elif found is not None:
        which, number, of = found["which"].lower(), number_word(found["n"]), found["of"].lower()
    else:
        return
    cells = _columns(series.dated(), which, number)
    like = all(abs(days(cell) - _LENGTHS[of]) <= 8 and not paper.is_cumulative(cell) for cell in cells)
    if len(cells) == number > 1 and like:
        total = sum((cell.value or 0.0 for cell in cells), 0.0)
        yield Formed(total, tuple(cells), f"The sum of {number} {of}s in the paper's table")


def _columns(dated: Sequence[Observation], which: str, number: int) -> Sequence[Observation]:
    """The last so many cells, the first of the year that the newest is in, or all, if there are so many."""
    if which == "first":
        begins, ends = dates.year(dates.year_of(dated[-1].period_end or date.min, "financial"), "financial")
        inside = [c for c in dated if c.period_start and begins <= c.period_start <= ends and days(c) < 100]
        return inside[:number]
    if which in ("over the", "all") and len(dated) != number:
        return ()
    return dated[-number:]


# -- multiples, earlier statements, gaps ------------------------------------------------------------------------------


def _times(claim: Observation, paper: Paper) -> Iterator[Formed]:
    """ "£640,000, nearly three times the budget of £240,000": the figures on either side."""
    at = position(claim, paper)
    rows = [(position(o, paper) - at, o) for o in paper.beside(claim) if o.unit not in ("multiple", "ratio")]
    ahead = [o for gap, o in rows if -_AFTER <= gap < 0]
    behind = [o for gap, o in rows if 0 < gap <= _AFTER]
    if not ahead or not behind or ahead[-1].unit != behind[0].unit:
        return
    one, two = cell_meant(ahead[-1], paper), cell_meant(behind[0], paper)
    if one is not None and two is not None and two.value:
        named = f"{figure(one.value or 0.0, one.unit)} against {figure(two.value, two.unit)}"
        yield Formed((one.value or 0.0) / two.value, (one, two), f"In the paper's table, {named}")


def _before_movement(claim: Observation, paper: Paper) -> Iterator[Formed]:
    """ "Against the £8.1m reported at Quarter 2": the forecast without what it has moved since."""
    kpis = {claim.kpi, *paper.rules.get("near", {}).get(claim.kpi, ())} - {""}
    for cell in paper.observations:
        if cell.kpi not in kpis or cell.role != "change" or cell.source == "narrative" or cell.unit != claim.unit:
            continue
        if not says(paper, "movement_columns", cell.evidence):
            continue
        for now in paper.row_of(cell):
            if now.role == "forecast" and now.unit == cell.unit:
                before = abs((now.value or 0.0) - (cell.value or 0.0))
                named = f"{figure(now.value or 0.0, now.unit)} ({when(now)}) before a movement of {figure(cell.value or 0.0, cell.unit)}"
                yield Formed(before, (now, cell), f"In the paper's table, {named}")


def _gap(claim: Observation, paper: Paper) -> Iterator[Formed]:
    """ "Post-16 pathways have over-delivered by £15,000": between what was set and what came of it, in one row."""
    lead = _AMOUNT.split(around(claim, paper, 40, after=0))[-1]
    if not (is_difference(claim, paper) or says(paper, "gaps", lead)) or says(paper, "part_of_it", lead):
        return
    unit = "percent" if claim.unit == "percentage_points" else claim.unit
    beside = [cell for o in paper.beside(claim) if (cell := cell_meant(o, paper)) is not None]
    for row in [*paper.rows_told(paper.words(claim.evidence)), *map(paper.row_of, beside)]:
        alike = [o for o in row if o.unit == unit and o.role != "change"]
        wanted = [o for o in alike if o.role in ("target", "limit") or says(paper, "set_amounts", o.evidence)]
        ends = [o.period_end for o in alike if o not in wanted and o.period_end]
        alike = [o for o in alike if o.period_end in (max(ends, default=None), None)]
        for one, two in product([o for o in alike if o not in wanted], wanted):
            gap = round(abs((one.value or 0.0) - (two.value or 0.0)), 6)
            if agree_with(replace(claim, qualifier=""), gap) == "match":
                named = f"{figure(one.value or 0.0, one.unit)} against {figure(two.value or 0.0, two.unit)}"
                yield Formed(gap, (one, two), f"In the paper's table, the difference of {named}")


def _step_of_total(claim: Observation, paper: Paper) -> Iterator[Formed]:
    """ "131 came in during Quarter 2": between two cells of a running total."""
    series = paper.series.get(key_of(claim)) if claim.kpi else None
    if series is None or series.mixed:
        return
    stated = (claim.period_start, claim.period_end)
    named = of_named_time(claim, series) if claim.period_end is None else ()
    for before, after in pairwise(series.dated()):
        if not paper.is_cumulative(after) or not (after in named or (after.period_start, after.period_end) == stated):
            continue
        step = (after.value or 0.0) - (before.value or 0.0)
        if before.period_end and after.period_start and (after.period_start - before.period_end).days <= 1 and step > 0:
            named_ends = f"from {figure(before.value or 0.0, before.unit)} to {figure(after.value or 0.0, after.unit)}"
            yield Formed(
                step, (after, before), f"In the paper's table, the running total goes {named_ends}, and the step"
            )


def _between_rows(claim: Observation, paper: Paper) -> Iterator[Formed]:
    """ "The gap between pupils on SEN support and those with no identified SEN is 46 points": two rows of one column."""
    if not says(paper, "gap_between", claim.evidence[: position(claim, paper)]):
        return
    unit = "percent" if claim.unit == "percentage_points" else claim.unit
    rows = paper.rows_told(paper.words(claim.evidence))
    pairs = [
        (one, two)
        for first, second in combinations(rows, 2)
        for one, two in product(first, second)
        if (one.table_id, one.column, one.unit, one.role) == (two.table_id, two.column, unit, two.role)
        and one.period_end == two.period_end
    ]
    newest = max((one.period_end for one, _ in pairs if one.period_end), default=None)
    for one, two in pairs:
        if one.period_end == (claim.period_end or newest):
            named = f"between {figure(one.value or 0.0, one.unit)} and {figure(two.value or 0.0, two.unit)}"
            gap = round(abs((one.value or 0.0) - (two.value or 0.0)), 6)
            yield Formed(gap, (one, two), f"In the paper's table, the difference {named}")


# -- changes ----------------------------------------------------------------------------------------------------------


def _change(claim: Observation, paper: Paper) -> Iterator[Formed]:
    """A change of the level that stands with it: between two cells of its row, or from a cell to what the text states."""
    at = position(claim, paper)
    beside = [
        o for o in paper.beside(claim) if o.role in ("actual", "forecast") and o.unit not in ("multiple", "ratio")
    ]
    levels = sorted(beside, key=lambda o: (position(o, paper) > at, abs(position(o, paper) - at)))
    last = [o for o in paper.before(claim, 3) if o not in beside and o.unit == claim.unit]
    for level in [*levels, *(last[:1] or paper.before(claim, 1))][:2]:
        if (level.unit == "percent") != (claim.unit in ("percentage_points", "percent") and level.unit == "percent"):
            continue
        after = cell_meant(level, paper) or level
        yield from _changes_to(claim, after, paper)
    if not beside:
        series = next((one for one in levels_of(claim, paper) if not one.mixed), None)
        latest = series.latest() if series else None
        if latest is not None:
            yield from _changes_to(claim, latest, paper)


def _changes_to(claim: Observation, after: Observation, paper: Paper) -> Iterator[Formed]:
    for before in _earlier(claim, after, _dated(after, paper), paper):
        one, two = abs(before.value or 0.0), abs(after.value or 0.0)
        if (claim.unit == "percent" and not one) or direction(claim, paper) * (two - one) < 0:
            continue
        if claim.unit == "percent":
            yield _as_growth(before, after)
        else:
            named = f"from {figure(one, before.unit)} ({when(before)}) to {figure(two, after.unit)} ({when(after)})"
            yield Formed(round(abs(two - one), 6), (before, after), f"In the paper's table, the change {named}")


def _dated(level: Observation, paper: Paper) -> list[Observation]:
    """The dated cells of a level's measure, what is foretold among them, or of its column where the rows are years."""
    found = [paper.series.get(key_of(level, role=role)) for role in _LEVELS]
    dated = [cell for series in found if series is not None for cell in series.dated()]
    if len(dated) < 2 and level.table_id:
        dated = [o for o in paper.column_of(level) if o.unit == level.unit and o.role in _LEVELS and o.period_end]
    return sorted(dated, key=lambda o: o.period_end or date.min)


def _earlier(
    claim: Observation, after: Observation, dated: Sequence[Observation], paper: Paper
) -> Iterator[Observation]:
    """The cells that the words measure a change from."""
    yield from named_before(claim, after, dated, paper)
    if after in dated and says(paper, "in_the_step", around(claim, paper, 10, after=40)):
        yield from dated[max(0, dated.index(after) - 1) : dated.index(after)]
    if after.period_end and says(paper, "over_a_year", around(claim, paper, 10, after=50)):
        yield from (o for o in dated if o.period_end and (after.period_end - o.period_end).days in (365, 366))
    yield from referenced(claim, after, dated, paper)
    start, until = claim.period_start, after.period_end
    if start is None or until is None or start == after.period_start:
        return
    for cell in dated:
        if cell.period_start and cell.period_end and cell.period_start <= start <= cell.period_end < until:
            yield cell

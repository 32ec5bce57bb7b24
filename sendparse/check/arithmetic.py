"""Kind `arithmetic`: what can be recomputed from figures that the paper itself states.

In: a claim and the Paper. Out: verdicts on stated changes ("an increase of 17.5%", "doubled"), on percentages given with
their parts ("2,320 of 3,007 (77%)"), on shares that must add to 100, and on "the majority". A change is recomputed from
the pair in the text, from the cells of the table, or both.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sendparse.check.compare import AGREES, agree_with, figure, number, step
from sendparse.check.paper import Paper, Series, days, verdict, when
from sendparse.check.wording import compiled, direction, position
from sendparse.model import Check, Observation

Pair = tuple[Observation, Observation]
_CHANGES = {"percent", "percentage_points", "count", "gbp", "multiple", "ratio", "weeks", "days"}


def check_arithmetic(claim: Observation, paper: Paper) -> list[Check]:
    """Recompute what can be recomputed."""
    out = _parts(claim)
    if claim.role == "change" and claim.kpi and claim.value is not None and claim.unit in _CHANGES:
        out += _change_from_text(claim, paper) or _change_from_cells(claim, paper)
    if claim.role != "change":
        out += _remainder(claim, paper) + _majority(claim, paper)
    return out


def changed(claim: Observation, before: float, after: float) -> float | None:
    """The change from one figure to another in the claim's own unit; nothing when it cannot be formed."""
    if claim.unit in ("multiple", "ratio"):
        return after / before if before else None
    if claim.unit == "percent":
        return (after - before) / abs(before) * 100 if before else None
    return after - before


def _change_from_text(claim: Observation, paper: Paper) -> list[Check]:
    pair = _stated_pair(claim, paper)
    if pair is None:
        return []
    result = _judge(claim, pair, paper)
    if result is None:
        return []
    word, change = result
    text = (
        f"From {pair[0].value_text} to {pair[1].value_text}, both stated in the text, the change is "
        f"{figure(change, claim.unit)}; the text says {claim.value_text}."
    )
    return [verdict(claim, "arithmetic", word, text, expected=figure(change, claim.unit), evidence=pair)]


def _stated_pair(claim: Observation, paper: Paper) -> Pair | None:
    """The two nearest stated levels of the same measure: both in this sentence, or right before it."""
    beside = [o for o in paper.beside(claim) if _is_level(o, claim)]
    near = beside if len(beside) >= 2 else [*beside, *(o for o in paper.before(claim, 4) if _is_level(o, claim))]
    unique = list(dict.fromkeys(near))
    if len(unique) < 2:
        return None
    at = paper.place[claim.observation_id]
    two = sorted(unique, key=lambda o: abs(paper.place[o.observation_id] - at))[:2]
    first, second = sorted(two, key=lambda o: paper.place[o.observation_id])
    if first.period_end and second.period_end:
        if first.period_end == second.period_end:
            return None
        return (first, second) if first.period_end < second.period_end else (second, first)
    return (first, second)


def _is_level(row: Observation, claim: Observation) -> bool:
    return (
        row.role in ("actual", "forecast", "baseline", "target")
        and row.kpi == claim.kpi
        and row.breakdown == claim.breakdown
        and row.value is not None
        and (row.unit == "percent") == (claim.unit == "percentage_points")
    )


def _judge(claim: Observation, pair: Pair, paper: Paper) -> tuple[str, float] | None:
    """The verdict on a change between two figures, and the change. The sign counts only where the words give one."""
    before, after = pair[0].value, pair[1].value
    change = changed(claim, before, after) if before is not None and after is not None else None
    if change is None:
        return None
    if claim.unit in ("multiple", "ratio"):
        return agree_with(claim, change), change
    way = direction(claim, paper)
    if way and change and (change > 0) != (way > 0):
        return "mismatch", change
    return agree_with(claim, abs(change) if (claim.value or 0) >= 0 else change, _carried(pair, claim)), change


def _carried(pair: Pair, claim: Observation) -> float:
    """How much the rounding of the two levels alone can move the change."""
    if claim.unit != "percent" or not pair[0].value:
        return step(pair[0]) if claim.unit == "percentage_points" else 0.0
    if pair[0].unit == "count" and not (pair[0].qualifier or pair[1].qualifier):
        return 0.0
    return (step(pair[0]) + step(pair[1])) / abs(pair[0].value) * 100


def _change_from_cells(claim: Observation, paper: Paper) -> list[Check]:
    for series in _level_series(claim, paper):
        pair = _cell_pair(claim, series, paper)
        result = _judge(claim, pair, paper) if pair else None
        if pair is None or result is None:
            continue
        word, change = result
        shown = figure(change, claim.unit)
        text = (
            f"In the paper's table the figure goes from {number(pair[0].value or 0)} ({when(pair[0])}) to "
            f"{number(pair[1].value or 0)} ({when(pair[1])}), a change of {shown}; the text says {claim.value_text}."
        )
        evidence = list(pair)
        if word == "mismatch":
            earlier = _true_of_another(claim, series, pair, paper)
            if earlier:
                word, evidence = "stale", [*pair, *earlier]
                text += f" It is the change from {when(earlier[0])} to {when(earlier[1])}."
        return [verdict(claim, "arithmetic", word, text, expected=shown, evidence=evidence)]
    return []


def _level_series(claim: Observation, paper: Paper) -> list[Series]:
    """The levels that a change can be formed from: percentages for points, anything else for the rest."""
    points = claim.unit == "percentage_points"
    return [s for s in paper.own.get((claim.kpi, claim.breakdown), ()) if (s.key[2] == "percent") == points]


def _cell_pair(claim: Observation, series: Series, paper: Paper) -> Pair | None:
    """The cells that a stated change runs between.

    Dated by two months, it runs between them; dated by an earlier month ("on this point last year"), to the newest
    cell; dated by the newest month alone, from the same month a year before. A flow is never taken from one month of
    a longer window to another: a term against a term is no pair of months.
    """
    dated = series.dated()
    start, end = claim.period_start, claim.period_end
    if start is None or end is None or len(dated) < 2:
        return None
    first = next((p for p in dated if _holds(p, start)), None)
    last = next((p for p in dated if _holds(p, end)), None)
    level = paper.is_stock(dated[0]) or dated[0].unit != "count"
    if first and last and first is not last:
        return (first, last) if level else None
    if first and first is not dated[-1]:
        return (first, dated[-1]) if level else None
    year_before = [p for p in dated if p.period_end and (end - p.period_end).days in (365, 366)]
    return (year_before[0], dated[-1]) if year_before and last is dated[-1] else None


def _holds(cell: Observation, day: date) -> bool:
    return bool(cell.period_start and cell.period_end and cell.period_start <= day <= cell.period_end)


def _true_of_another(claim: Observation, series: Series, pair: Pair, paper: Paper) -> Pair | None:
    """The same step at an earlier date, newest first, where the stated change is right."""
    dated = series.dated()
    gap = dated.index(pair[1]) - dated.index(pair[0])
    for end in range(len(dated) - 1, gap - 1, -1):
        other = (dated[end - gap], dated[end])
        result = _judge(claim, other, paper)
        if other != pair and result and result[0] in AGREES:
            return other
    return None


def _parts(claim: Observation) -> list[Check]:
    """A percentage stated with its part and its whole."""
    if claim.unit != "percent" or not claim.denominator or claim.numerator is None:
        return []
    share = claim.numerator / claim.denominator * 100
    word = agree_with(claim, share)
    text = (
        f"{number(claim.numerator)} of {number(claim.denominator)} is {figure(share, 'percent')}; "
        f"the text says {claim.value_text}."
    )
    return [verdict(claim, "arithmetic", word, text, expected=figure(share, "percent"))]


def _remainder(claim: Observation, paper: Paper) -> list[Check]:
    """ "26% came from parents, the remaining 74% from schools" must add to 100."""
    if claim.unit != "percent" or claim.value is None:
        return []
    lead = claim.evidence[: position(claim, paper)]
    if not any(compiled(p).search(lead[-40:]) for p in paper.rules.get("remainder", ())):
        return []
    others = [o for o in paper.beside(claim) if o.unit == "percent" and o.role == claim.role and o.value is not None
              and paper.place[o.observation_id] < paper.place[claim.observation_id]]  # fmt: skip
    if not others:
        return []
    rest = 100 - sum(o.value or 0.0 for o in others)
    word = agree_with(claim, rest, max(step(o) for o in others))
    text = f"With {' and '.join(o.value_text for o in others)} the rest is {figure(rest, 'percent')}; the text says {claim.value_text}."
    return [verdict(claim, "arithmetic", word, text, expected=figure(rest, "percent"), evidence=others)]


def _majority(claim: Observation, paper: Paper) -> list[Check]:
    """ "The majority of requests were for children aged 3 (32)" must be more than half of all."""
    if claim.unit != "count" or not claim.breakdown or claim.value is None:
        return []
    lead = claim.evidence[: position(claim, paper)]
    if not any(compiled(p).search(lead[-120:]) for p in paper.rules.get("majority", ())):
        return []
    whole = _whole(claim, paper)
    if whole is None or not whole.value:
        return []
    share = claim.value / whole.value * 100
    word = "match" if share > 50 else "mismatch"
    text = f"{claim.value_text} of {number(whole.value)} ({when(whole)}) is {figure(share, 'percent')}, " + (
        "more than half." if share > 50 else "not the majority that the text says."
    )
    return [verdict(claim, "arithmetic", word, text, expected="more than 50%", evidence=[whole])]


def _whole(claim: Observation, paper: Paper) -> Observation | None:
    """The figure for all, of which the claim is a part: same measure and period, no breakdown."""
    rows: Sequence[Observation] = paper.observations
    for row in rows:
        same = row.kpi == claim.kpi and not row.breakdown and row.unit == "count" and row.role == "actual"
        if same and row.period_end and row.period_end == claim.period_end and days(row) == days(claim):
            return row
    return None

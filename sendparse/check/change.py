"""Kind `arithmetic`, changes: "an increase of 17.5%", "five more than in March 2024", "nine points above target".

In: a claim that is a change, and the Paper. Out: one verdict, from the pair of figures that the change lies between. The
pair comes from the sentence, from the cells of the table, or from both. Several pairs may be meant: one that agrees
settles it, and only a pair that the words leave no doubt about makes a change wrong.
"""

from __future__ import annotations

from collections.abc import Sequence

from sendparse.check.cell import cell_meant
from sendparse.check.compare import AGREES, agree_with, figure, step
from sendparse.check.link import levels
from sendparse.check.pairs import Pair, pairs_of
from sendparse.check.paper import Paper, verdict, when
from sendparse.check.wording import around, direction, says
from sendparse.model import Check, Observation

_CHANGES = frozenset({"percent", "percentage_points", "count", "gbp", "multiple", "ratio", "weeks", "days", "months"})


def check_change(claim: Observation, paper: Paper) -> list[Check]:
    """Recompute a stated change."""
    if claim.role != "change" or not claim.kpi or claim.value is None or claim.unit not in _CHANGES:
        return []
    judged = [(pair, result) for pair in pairs_of(claim, paper) if (result := _judge(claim, pair, paper))]
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


def _cells_of(rows: Sequence[Observation], paper: Paper) -> list[Observation]:
    """The table cells that agree with the levels that the text states, where each has one."""
    cells = [row if row.source != "narrative" else cell_meant(row, paper) for row in rows]
    return [cell for cell in cells if cell is not None] if None not in cells else []

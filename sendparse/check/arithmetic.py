"""Kind `arithmetic`: what can be recomputed from figures that the paper itself states.

In: a claim and the Paper. Out: verdicts on stated changes (change.py), on percentages given with their parts ("2,320 of
3,007 (77%)"), on shares that must add to 100, on "the majority", and on what is formed from cells (formed.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from sendparse.check.cell import cell_meant
from sendparse.check.change import check_change
from sendparse.check.compare import agree_with, figure, number, step
from sendparse.check.formed import check_formed
from sendparse.check.paper import Paper, days, verdict, when
from sendparse.check.wording import position, says
from sendparse.model import Check, Observation


def check_arithmetic(claim: Observation, paper: Paper) -> list[Check]:
    """Recompute what can be recomputed."""
    out = [*_parts(claim, paper), *check_change(claim, paper)]
    if claim.role != "change":
        out += _remainder(claim, paper) + _majority(claim, paper)
    return out or check_formed(claim, paper)


def _parts(claim: Observation, paper: Paper) -> list[Check]:
    """A percentage stated with its part and its whole."""
    if claim.unit != "percent" or not claim.denominator or claim.numerator is None:
        return []
    share = claim.numerator / claim.denominator * 100
    word = agree_with(claim, share)
    text = (
        f"{number(claim.numerator)} of {number(claim.denominator)} is {figure(share, 'percent')}; "
        f"the text says {claim.value_text}."
    )
    stated = [_stated(claim, number, paper) for number in (claim.numerator, claim.denominator)]
    cells = [cell for row in stated if row is not None and (cell := cell_meant(row, paper)) is not None]
    evidence = cells if len(cells) == 2 else []
    return [verdict(claim, "arithmetic", word, text, expected=figure(share, "percent"), evidence=evidence)]


def _stated(claim: Observation, value: float, paper: Paper) -> Observation | None:
    """The figure of a claim's sentence that is its part or its whole."""
    return next((o for o in paper.beside(claim) if o.value == value and o.unit != "percent"), None)


def _remainder(claim: Observation, paper: Paper) -> list[Check]:
    """ "parents made 26%, and the remaining 74% were made by schools" must add to 100."""
    if claim.unit != "percent" or claim.value is None:
        return []
    lead = claim.evidence[: position(claim, paper)]
    if not says(paper, "remainder", lead[-40:]):
        return []
    others = [o for o in paper.beside(claim) if o.unit == "percent" and o.role == claim.role and o.value is not None
              and paper.place[o.observation_id] < paper.place[claim.observation_id]]  # fmt: skip
    if not others:
        return []
    rest = 100 - sum((o.value or 0.0 for o in others), 0.0)
    word = agree_with(claim, rest, max(step(o) for o in others))
    text = f"With {' and '.join(o.value_text for o in others)} the rest is {figure(rest, 'percent')}; the text says {claim.value_text}."
    return [verdict(claim, "arithmetic", word, text, expected=figure(rest, "percent"), evidence=others)]


def _majority(claim: Observation, paper: Paper) -> list[Check]:
    """ "The majority of requests were for children aged 3 (32)" must be more than half of all."""
    if claim.unit != "count" or not claim.breakdown or claim.value is None:
        return []
    lead = claim.evidence[: position(claim, paper)]
    if not says(paper, "majority", lead[-120:]):
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

"""Kind `consistency`: the same thing stated twice, differently.

In: a claim and the Paper. Out: a verdict where another statement of the same measure, breakdown, area and period in the
same paper says another figure. Where the paper's table settles it, only the statement that the table contradicts is
told; where the words differ in what they cover, nothing is said.
"""

from __future__ import annotations

from functools import lru_cache

from sendparse.check.cell import check_cell
from sendparse.check.compare import AGREES, agree, far_apart
from sendparse.check.paper import Paper, statement, verdict, when
from sendparse.check.wording import compiled
from sendparse.model import Check, Observation

# More statements than this are a list of parts that nobody told apart (schools, areas), not one thing said again.
_RESTATED = 12


def check_consistency(claim: Observation, paper: Paper) -> list[Check]:
    """Look for another statement of the same thing."""
    if not claim.kpi or claim.period_end is None or claim.role not in ("actual", "benchmark", "target"):
        return []
    group = paper.stated[statement(claim)]
    if len(group) > _RESTATED:
        return []
    reach = _reach(claim, paper)
    # Two figures of one sentence are two things, whatever period the one took over from the other.
    others = [o for o in group if o.evidence != claim.evidence and _reach(o, paper) == reach]
    differing = [o for o in others if agree(claim, o) not in AGREES and agree(o, claim) not in AGREES]
    if not differing:
        return []
    own = {c.verdict for c in check_cell(claim, paper)}
    theirs = {c.verdict for o in differing for c in check_cell(o, paper)}
    if own & AGREES or not theirs & AGREES:
        return []  # the table stands by this one, or settles nothing
    other = differing[0]
    if far_apart(claim, other):
        return []
    text = (
        f"The text says {claim.value_text} here and {other.value_text} elsewhere, both for {when(claim)}; "
        f"the table has {other.value_text}."
    )
    word = "stale" if "stale" in own else "mismatch"
    return [verdict(claim, "consistency", word, text, expected=other.value_text, evidence=[other])]


def _reach(claim: Observation, paper: Paper) -> frozenset[str]:
    """Words that change what a figure covers: in the month, across the year, cumulative, so far."""
    return _said(tuple(paper.rules.get("reach", ())), claim.evidence)


@lru_cache(maxsize=256)  # asked of every figure of a sentence
def _said(wordings: tuple[str, ...], text: str) -> frozenset[str]:
    return frozenset(wording for wording in wordings if compiled(wording).search(text))

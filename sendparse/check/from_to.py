"""Kind `trend`, within one sentence: "rose from 210 to 188", "188, up from 210".

In: a claim and the Paper. Out: a verdict where the word for the way contradicts the two figures that stand with it. Nothing is
said where they agree, or where a third figure could be meant.
"""

from __future__ import annotations

import re
from operator import attrgetter

from sendparse.check.paper import Paper, verdict
from sendparse.check.wording import cues, position
from sendparse.model import Check, Observation

_FROM = re.compile(r"\bfrom\W*(?:(?:about|around|over|just|nearly|approximately|some)\W+)*$", re.I)
_TO = re.compile(r"\bto\W*(?:(?:about|around|over|just|nearly|approximately|some)\W+)*$", re.I)
_BACK = re.compile(
    r"(?i)\b(?P<way>up|risen|increased?|increasing|growth|rise|down|fallen|decreased?|reduced|reduction|fall) from\W*$"
)
_UP = frozenset({"up", "risen", "increase", "increased", "increasing", "growth", "rise"})
_REACH = 45  # characters between the word for the way and "from"
_PAST = 90  # characters from the one figure to the other


def check_from_to(claim: Observation, paper: Paper) -> list[Check]:
    """Judge the way that is said to lead from the one figure to the other."""
    if claim.role != "actual" or claim.value is None or not claim.kpi or claim.value_high is not None:
        return []
    at = position(claim, paper)
    near = [o for o in paper.beside(claim) if _alike(o, claim) and abs(position(o, paper) - at) <= _PAST]
    if len(near) != 1:
        return []
    other = near[0]
    way = _way(claim, other, at, paper)
    gap = claim.value - (other.value or 0.0)
    if not way or gap * way >= 0:
        return []
    said, is_ = ("a rise", "a fall") if way > 0 else ("a fall", "a rise")
    ends = f"{other.value_text} to {claim.value_text}"
    text = f"The text tells of {said} from {ends}, which is {is_}."
    return [verdict(claim, "trend", "mismatch", text, expected=is_, evidence=[other])]


def _way(claim: Observation, other: Observation, at: int, paper: Paper) -> int:
    """1 for a rise, -1 for a fall, 0 where the words say neither."""
    there = position(other, paper)
    text = claim.evidence
    if there < at and _FROM.search(text[max(0, there - 30) : there]) and _TO.search(text[max(0, at - 30) : at]):
        lead = text[max(0, there - _REACH) : there]
        said = [name for name, _ in cues(paper, "direction", lead) if name in ("up", "down")]
        return (1 if said[-1] == "up" else -1) if len(set(said)) == 1 else 0
    back = _BACK.search(text[max(0, there - 30) : there]) if at < there else None
    if back is None or re.search(r"[;:]|\b(?:and|while|but)\b", text[at:there]):
        return 0
    return 1 if back["way"].lower() in _UP else -1


def _alike(one: Observation, two: Observation) -> bool:
    return one.value_high is None and _said_of(one) == _said_of(two)


_said_of = attrgetter("kpi", "breakdown", "unit", "role", "benchmark", "area_type", "area")

"""Kind `trend`: claims in words about a run of periods.

In: a claim and the Paper. Out: verdicts on "risen every month for 7 months", "continues to rise", "the highest since
April", "over 30 each month", "below 10 since November" and "unchanged at", each against the table's series, naming the
periods that break it. A flat month breaks "every month"; a running total is judged by its monthly steps.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from sendparse.check.extreme import judge_extreme
from sendparse.check.from_to import check_from_to
from sendparse.check.link import levels
from sendparse.check.paper import Paper, Series
from sendparse.check.runs import judge_continues, judge_each, judge_every, judge_held, judge_remained, judge_steady
from sendparse.check.wording import cues, position
from sendparse.model import Check, Observation

_REACH = 90  # a trend wording this many characters before or after a figure may speak of it
_Judge = Callable[[Observation, re.Match[str], Series, Paper], Sequence[Check]]
_KINDS: dict[str, _Judge] = {
    "every": judge_every,
    "continues": judge_continues,
    "extreme": judge_extreme,
    "each": judge_each,
    "held": judge_held,
    "remained": judge_remained,
    "steady": judge_steady,
}


def check_trend(claim: Observation, paper: Paper) -> list[Check]:
    """Judge the trend wordings that stand by this figure."""
    out = check_from_to(claim, paper)
    series = min(_series(claim, paper), key=lambda s: s.key[2] != claim.unit, default=None) if claim.kpi else None
    if series is None or len(series.dated()) < 2:
        return out
    judged: set[str] = set()
    for name, match in cues(paper, "trends", claim.evidence):
        if name not in judged and _owner(match, claim, paper, looks_back=_looks_back(name, match)) is claim:
            found = _KINDS[name](claim, match, series, paper)
            judged |= {name} if found else set()
            out += found
    return out


def _series(claim: Observation, paper: Paper) -> list[Series]:
    """The series of a claim's measure. "Risen for 7 months" counts no cases: it may be said of the share told right before."""
    found = levels(claim, paper)
    if found or claim.unit not in ("months", "quarters", "years"):
        return found
    stem = claim.kpi.rpartition("_")[0]
    near = [
        o
        for o in paper.before(claim, 5)
        if o.kpi != claim.kpi and o.kpi.rpartition("_")[0] == stem and o.role == "actual"
    ]
    return levels(near[0], paper) if near else []


def _owner(match: re.Match[str], claim: Observation, paper: Paper, *, looks_back: bool) -> Observation | None:
    """The one figure of the sentence that a wording speaks of: the one inside it, else the nearest on its own side.

    "Continues to rise to 4,453" looks ahead; "167 in November, which is the highest recorded" looks back. A figure at
    the end of a from-to pair speaks for both.
    """
    rows = [o for o in [*paper.beside(claim), claim] if o.role not in ("benchmark", "target")]
    near: list[tuple[int, int, int, Observation]] = []
    for row in rows:
        at = position(row, paper)
        inside = match.start() <= at < match.end()
        behind = at < match.start()
        gap = 0 if inside else match.start() - at if behind else at - match.end()
        if gap <= _REACH:
            from_end = re.search(r"\bfrom\W*$", row.evidence[max(0, at - 8) : at], re.I) is not None
            near.append((0 if inside else 1 if behind == looks_back else 2, from_end, gap, row))
    return min(near, key=lambda item: item[:3])[3] if near else None


def _looks_back(name: str, match: re.Match[str]) -> bool:
    follows = match.string[match.end() : match.end() + 12]
    return name == "extreme" and not re.match(r"\W*(?:was|at|of|being|with|to)\b|\s*\(|\s*\d", follows)

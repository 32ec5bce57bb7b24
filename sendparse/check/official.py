"""Kind `official`: a stated figure against what DfE published.

In: a claim and the sources of official figures. Out: a verdict with the release it rests on. England's figures are
shipped; a region's, a council's own and the average of statistical neighbours come from releases that the user has
imported. A 20-week figure that does not say whether exceptions are in it is tried both ways, and the answer says which.
DfE restates earlier years: a figure that an older release gave is right, and the answer says that it was restated; one that
is off by little is not called wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from sendparse.check.compare import AGREES, agree_with, figure, step
from sendparse.check.paper import Paper, days, verdict
from sendparse.check.sources import Area, Sources
from sendparse.check.wording import compiled
from sendparse.model import Check, Observation, Period
from sendparse.reference import OfficialFigure, same_period

_RESTATED_POINTS = 1.0  # percentages and rates
_RESTATED_SHARE = 0.02  # counts and money
_LATER = 3.0  # times as much where the release came out after the paper, which can only have used an earlier one
_OTHER_DAY = 0.04  # a council's own count of another day of the month than the census day
_FAR = 2.0


def check_official(claim: Observation, paper: Paper, sources: Sources) -> list[Check]:
    """The verdict of published figures on a benchmark, or on a council's own annual value."""
    if not claim.kpi or claim.value is None or claim.breakdown or claim.value_high is not None:
        return []
    area = sources.area_of(claim, paper.day)
    if area is None or (area.kind == "council" and not _is_annual(claim)):
        return []
    known = _known(claim, area, paper, sources)
    if claim.period_end is None:
        return [] if area.kind == "council" else _undated(claim, known, area, paper)
    period = Period(label=claim.period_label, start=claim.period_start or claim.period_end, end=claim.period_end)
    dated = [f for f in known if same_period(f, period)]
    return _dated(claim, dated, known, area, paper) if dated else []


def _is_annual(claim: Observation) -> bool:
    """True for a year or a January: what DfE collects. A month's own flow is no annual value."""
    start, end = claim.period_start, claim.period_end
    if start is None or end is None or claim.qualifier:
        return False
    year = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and days(claim) < 367
    return year or (start.month == end.month == 1 and start.year == end.year)


def _known(claim: Observation, area: Area, paper: Paper, sources: Sources) -> list[OfficialFigure]:
    """Figures of the measure itself and, where the words leave something open, of each that they may mean."""
    kpis = [claim.kpi, *paper.rules.get("may_mean", {}).get(claim.kpi, ())]
    return [f for kpi in kpis for f in sources.figures(area, kpi) if f.unit == claim.unit]


def _hits(claim: Observation, known: Sequence[OfficialFigure]) -> list[OfficialFigure]:
    """Figures that are the claim to its last printed digit."""
    return [f for f in known if abs(round(f.value, claim.decimals) - (claim.value or 0.0)) < 1e-9]


def _undated(claim: Observation, known: Sequence[OfficialFigure], area: Area, paper: Paper) -> list[Check]:
    """No period stated: a figure printed with a decimal place that is an area's in some year says which year it is."""
    if claim.decimals == 0 and claim.unit != "count":
        return []
    found = _hits(claim, known)
    if not found:
        return []
    text = f"{claim.value_text} is {_whose(area, found[0])} for {_names(found)}; the text gives no year."
    if _says_otherwise(claim, found[0], paper):
        text += " The text describes it as the other of the two."
        return [verdict(claim, "official", "mislabelled", text, expected=figure(found[0].value, found[0].unit))]
    return [verdict(claim, "official", "match", text, expected=figure(found[0].value, found[0].unit))]


def _dated(
    claim: Observation, dated: Sequence[OfficialFigure], known: Sequence[OfficialFigure], area: Area, paper: Paper
) -> list[Check]:
    results = [(agree_with(claim, f.value, 10.0**-f.decimals), f) for f in dated]
    right = [(word, f) for word, f in results if word in AGREES]
    if right:
        return [_agreeing(claim, *right[0], dated, area, paper)]
    shown = " or ".join(dict.fromkeys(f"{figure(f.value, f.unit)} ({_names([f])})" for f in dated))
    years = _hits(claim, [f for f in known if f not in dated])
    if years and (claim.decimals or claim.unit == "count") and area.kind != "council":
        text = f"The text says {claim.value_text}; {_whose(area, dated[0])} is {shown}. "
        text += f"{claim.value_text} is that of {_names(years)}."
        return [verdict(claim, "official", "stale", text, expected=shown)]
    if _near(claim, dated, area, paper):
        text = f"The text says {claim.value_text}; DfE's release has {shown}, and may have restated an earlier figure."
        if area.kind == "council" and dated[0].basis == "snapshot":
            text = f"The text says {claim.value_text}; DfE's count on census day is {shown}, and another day of the month may be meant."
        return [verdict(claim, "official", "unverifiable", text, expected=shown)]
    text = f"The text says {claim.value_text}; {_whose(area, dated[0])}, as DfE published it, is {shown}."
    return [verdict(claim, "official", "mismatch", text, expected=shown)]


def _agreeing(
    claim: Observation, word: str, best: OfficialFigure, dated: Sequence[OfficialFigure], area: Area, paper: Paper
) -> Check:
    shown = figure(best.value, best.unit)
    text = f"{_whose(area, best)} for {_names([best])} is {shown}; the text says {claim.value_text}."
    text = text[0].upper() + text[1:]
    if _says_otherwise(claim, best, paper):
        return verdict(
            claim, "official", "mislabelled", text + " The text describes it as the other of the two.", expected=shown
        )
    newest = next(f for f in dated if f.kpi == best.kpi)
    if agree_with(claim, newest.value, 10.0**-newest.decimals) not in AGREES:
        text += f" It was restated since, as {figure(newest.value, newest.unit)} ({newest.release})."
    return verdict(claim, "official", word, text, expected=shown)


def _near(claim: Observation, dated: Sequence[OfficialFigure], area: Area, paper: Paper) -> bool:
    """True where the gap may come of a restatement, of another day of counting, or of another measure altogether."""
    gap = min(abs((claim.value or 0.0) - f.value) for f in dated) - step(claim) / 2
    later = _LATER if paper.day and all(_came_out_after(f, paper.day) for f in dated) else 1.0
    if claim.unit not in ("count", "gbp"):
        return gap <= _RESTATED_POINTS * later
    one, two = abs(claim.value or 0.0), abs(dated[0].value)
    if area.kind == "council" and (max(one, two) > _FAR * min(one, two)):
        return True
    share = _OTHER_DAY if area.kind == "council" and dated[0].basis == "snapshot" else _RESTATED_SHARE
    return gap <= max(two * share * later, 1.0)


def _came_out_after(one: OfficialFigure, day: date) -> bool:
    """Whether a release, which comes out in June of the year in its name, is younger than a paper."""
    years = re.findall(r"20\d\d", one.release)
    return bool(years) and date(int(years[-1]), 6, 1) > day


def _says_otherwise(claim: Observation, best: OfficialFigure, paper: Paper) -> bool:
    """True where the sentence says "excluding exceptions" and the figure that fits includes them, or the reverse."""
    words = paper.rules.get("exceptions", {})
    says = {name for name, patterns in words.items() if any(compiled(p).search(claim.evidence) for p in patterns)}
    if len(says) > 1:
        return False
    return ("excl" in says and "_incl_" in best.kpi) or ("incl" in says and "_excl_" in best.kpi)


def _whose(area: Area, best: OfficialFigure) -> str:
    """ "England's figure", "the South West's figure", "the mean of ten statistical neighbours (model of 2021)"."""
    if area.kind == "statistical_neighbours":
        return best.area
    the = "the " if area.kind == "region" and area.name != "London" else ""
    return f"{the}{area.name}'s figure"


def _names(figures: Sequence[OfficialFigure]) -> str:
    """The periods, with what tells two series apart, and the release."""
    out = []
    for one in figures[:3]:
        day = one.period_start == one.period_end or (one.period_end - one.period_start).days < 40
        when = f"{one.period_end:%B %Y}" if day else str(one.period_end.year)
        how = ", exceptions included" if "_incl_" in one.kpi else ", exceptions left out" if "_excl_" in one.kpi else ""
        out.append(f"{when}{how} ({one.release})")
    return "; ".join(dict.fromkeys(out))

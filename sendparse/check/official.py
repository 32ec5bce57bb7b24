"""Kind `official`: a stated England figure against what DfE published.

In: a claim and the reference data. Out: a verdict with the release it rests on. A 20-week figure that does not say
whether exceptions are in it is tried both ways, and the answer says which. DfE restates earlier years, so a figure that
is off by little is not called wrong: it is unverifiable, and both numbers are told.
"""

from __future__ import annotations

from collections.abc import Sequence

from sendparse.check.compare import AGREES, agree_with, figure
from sendparse.check.paper import Paper, verdict
from sendparse.check.wording import compiled
from sendparse.model import Check, Observation, Period
from sendparse.reference import OfficialFigure, Reference

_RESTATED_POINTS = 1.0  # percentages and rates
_RESTATED_SHARE = 0.02  # counts and money


def check_official(claim: Observation, paper: Paper, reference: Reference) -> list[Check]:
    """The verdict of England's published figures on a national benchmark."""
    if (
        claim.benchmark != "national"
        or not claim.kpi
        or claim.value is None
        or claim.role not in ("benchmark", "context")
    ):
        return []
    if claim.breakdown:
        return []
    known = [f for kpi in _kpis(claim, paper) for f in reference.england(kpi) if f.unit == claim.unit]
    if claim.period_end is None:
        return _undated(claim, known)
    period = Period(label=claim.period_label, start=claim.period_start or claim.period_end, end=claim.period_end)
    dated = [f for kpi in _kpis(claim, paper) for f in reference.england(kpi, period) if f.unit == claim.unit]
    return _dated(claim, dated, known, paper) if dated else []


def _kpis(claim: Observation, paper: Paper) -> list[str]:
    """The measure itself and, where the words leave something open, each of what they may mean."""
    return [claim.kpi, *paper.rules.get("may_mean", {}).get(claim.kpi, ())]


def _undated(claim: Observation, known: Sequence[OfficialFigure]) -> list[Check]:
    """No period stated: a figure printed with a decimal place that is England's in some year says which year it is."""
    if claim.decimals == 0 and claim.unit != "count":
        return []
    found = [f for f in known if agree_with(claim, f.value, 10.0**-f.decimals) == "match"]
    if not found:
        return []
    text = f"{claim.value_text} is England's figure for {_names(found)}; the text gives no year."
    return [verdict(claim, "official", "match", text, expected=figure(found[0].value, found[0].unit))]


def _dated(
    claim: Observation, dated: Sequence[OfficialFigure], known: Sequence[OfficialFigure], paper: Paper
) -> list[Check]:
    results = [(agree_with(claim, f.value, 10.0**-f.decimals), f) for f in dated]
    right = [(word, f) for word, f in results if word in AGREES]
    if right:
        word, best = right[0]
        text = f"England's figure for {_names([best])} is {figure(best.value, best.unit)}; the text says {claim.value_text}."
        if _says_otherwise(claim, best, paper):
            word, text = "mislabelled", text + " The text describes it as the other of the two."
        return [verdict(claim, "official", word, text, expected=figure(best.value, best.unit))]
    shown = " or ".join(dict.fromkeys(f"{figure(f.value, f.unit)} ({_names([f])})" for f in dated))
    years = [f for f in known if f not in dated and agree_with(claim, f.value, 10.0**-f.decimals) == "match"]
    if years and (claim.decimals or claim.unit == "count"):
        text = f"The text says {claim.value_text}; England's figure is {shown}. {claim.value_text} is that of {_names(years)}."
        return [verdict(claim, "official", "stale", text, expected=shown)]
    nearest = min(abs((claim.value or 0.0) - f.value) for f in dated)
    if nearest <= (
        max(abs(dated[0].value) * _RESTATED_SHARE, 1.0) if claim.unit in ("count", "gbp") else _RESTATED_POINTS
    ):
        text = f"The text says {claim.value_text}; DfE's release has {shown}, and may have restated an earlier figure."
        return [verdict(claim, "official", "unverifiable", text, expected=shown)]
    text = f"The text says {claim.value_text} for England; DfE's figure is {shown}."
    return [verdict(claim, "official", "mismatch", text, expected=shown)]


def _says_otherwise(claim: Observation, best: OfficialFigure, paper: Paper) -> bool:
    """True where the sentence says "excluding exceptions" and the figure that fits includes them, or the reverse."""
    words = paper.rules.get("exceptions", {})
    says = {name for name, patterns in words.items() if any(compiled(p).search(claim.evidence) for p in patterns)}
    return ("excl" in says and "_incl_" in best.kpi) or ("incl" in says and "_excl_" in best.kpi)


def _names(figures: Sequence[OfficialFigure]) -> str:
    """The periods, with what tells two series apart, and the release."""
    out = []
    for one in figures[:3]:
        day = one.period_start == one.period_end or (one.period_end - one.period_start).days < 40
        when = f"{one.period_end:%B %Y}" if day else str(one.period_end.year)
        how = ", exceptions included" if "_incl_" in one.kpi else ", exceptions left out" if "_excl_" in one.kpi else ""
        out.append(f"{when}{how} ({one.release})")
    return "; ".join(dict.fromkeys(out))

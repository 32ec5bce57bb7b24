"""Kind `cell`: a figure in the narrative against the paper's own table.

In: a claim and the Paper. Out: one verdict. `match`, `rounding`, `truncated`, `mismatch` against the cell of the same
measure and period; `stale` when the figure is that of another period; `unverifiable` with the reason otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sendparse.check.compare import AGREES, agree, figure
from sendparse.check.paper import Paper, Series, days, same_period, verdict, when
from sendparse.model import Check, Observation

_ORDER = ("match", "rounding", "truncated", "mismatch")


def check_cell(claim: Observation, paper: Paper) -> list[Check]:
    """The verdict of the paper's own tables on one stated figure."""
    if claim.role == "change" or claim.value is None:
        return []
    if not claim.kpi:
        return [_cannot(claim, "it names no measure of the vocabulary")]
    found = paper.find(claim)
    if not found:
        return [_cannot(claim, _why_no_series(claim, paper))]
    series = found[0]
    if claim.role in ("benchmark", "target", "floor") and claim.period_end is None:
        return _against(claim, list(series.points), paper, series, note="")
    if claim.period_end is None:
        return _of_now(claim, paper, series)
    cells = [p for p in series.points if same_period(claim, p, stock=paper.is_stock(p) or p.unit != "count")]
    if not cells and _has_undated_only(series):
        cells = list(series.points)
    if not cells:
        return _inside_window(claim, paper, series)
    return _against(claim, cells, paper, series, note="")


def _of_now(claim: Observation, paper: Paper, series: Series) -> list[Check]:
    """No period is stated: the newest cell is meant only where the words speak of now."""
    latest = series.latest()
    if latest is None:
        return [_cannot(claim, "neither the text nor the table dates this figure")]
    if not speaks_of_now(claim, paper):
        return [_cannot(claim, "the text does not say which period it means")]
    cells = [p for p in series.dated() if p.period_end == latest.period_end]
    return _against(
        claim, cells, paper, series, note=f"; no period is stated, the newest column ({when(latest)}) is taken"
    )


def _inside_window(claim: Observation, paper: Paper, series: Series) -> list[Check]:
    """A share "this quarter" against monthly cells: the newest cell inside the window is the quarter's position."""
    inside = [p for p in series.dated() if _within(p, claim)]
    if claim.unit == "count" and not paper.is_stock(claim):
        return []  # a flow over a longer window is the work of the sums
    if not inside or days(claim) > 100:
        return [_cannot(claim, f"the table has no cell for {when(claim)}")]
    newest = inside[-1]
    cells = [p for p in inside if p.period_end == newest.period_end]
    if any(agree(claim, p) in AGREES for p in cells):
        return _against(claim, cells, paper, series, note=f"; the newest column inside {when(claim)} is taken")
    if any(agree(claim, p) in AGREES for p in inside):
        return [_cannot(claim, f"the table has several cells inside {when(claim)} and they differ")]
    return _against(claim, cells, paper, series, note=f"; the newest column inside {when(claim)} is taken")


def _against(
    claim: Observation, cells: Sequence[Observation], paper: Paper, series: Series, *, note: str
) -> list[Check]:
    verdicts = sorted(((agree(claim, c), c) for c in cells), key=lambda pair: _ORDER.index(pair[0]))
    best, cell = verdicts[0]
    stated = figure(cell.value or 0.0, cell.unit)
    if best in AGREES:
        said = {"match": "agrees", "rounding": "agrees when rounded", "truncated": "agrees when cut off, not rounded"}
        text = f"The text says {claim.value_text}; the paper's table says {stated} for {_cell_name(cell)}: it {said[best]}{note}."
        return [verdict(claim, "cell", best, text, expected=stated, evidence=[cell])]
    if len({c.value for c in cells}) > 1:
        return [_cannot(claim, "several rows of the table could be meant and they differ")]
    other = _other_period(claim, cells, series)
    if other is not None:
        text = (
            f"The text gives {claim.value_text} for {_claimed(claim, cell)}, but the paper's table says {stated}; "
            f"{figure(other.value or 0.0, other.unit)} is the figure for {when(other)}{note}."
        )
        return [verdict(claim, "cell", "stale", text, expected=stated, evidence=[cell, other])]
    text = f"The text says {claim.value_text} for {_claimed(claim, cell)}; the paper's table says {stated}{note}."
    return [verdict(claim, "cell", "mismatch", text, expected=stated, evidence=[cell])]


def _other_period(claim: Observation, cells: Sequence[Observation], series: Series) -> Observation | None:
    """The nearest other period whose cell agrees exactly: the figure was true then."""
    at = cells[0].period_end
    others = [p for p in series.dated() if p.period_end != at and agree(claim, p) == "match"]
    if at is None or not others or claim.qualifier:
        return None
    return min(others, key=lambda p: (abs((p.period_end or at) - at), p.period_end))


def speaks_of_now(claim: Observation, paper: Paper) -> bool:
    """True where the sentence speaks of the present ("now", "currently", "remains", "is at")."""
    return any(re.search(pattern, claim.evidence, re.I) for pattern in paper.rules.get("now", ()))


def _within(cell: Observation, claim: Observation) -> bool:
    if not (claim.period_start and claim.period_end and cell.period_start and cell.period_end):
        return False
    return claim.period_start <= cell.period_start and cell.period_end <= claim.period_end


def _has_undated_only(series: Series) -> bool:
    return series.key[3] != "actual" and not series.dated()


def _why_no_series(claim: Observation, paper: Paper) -> str:
    kpi = [k for k in paper.series if k[0] == claim.kpi]
    if not kpi:
        return "no table of this paper has a row for this measure"
    if not any(k[1] == claim.breakdown for k in kpi):
        return "the paper's table does not break this measure down in that way"
    if not any(k[2] == claim.unit for k in kpi):
        return "the paper's table gives this measure in another unit"
    return "the paper's table has no such column (benchmark, target or area) for this measure"


def _cannot(claim: Observation, why: str) -> Check:
    text = f"{claim.value_text} cannot be checked from the paper's tables: {why}."
    return verdict(claim, "cell", "unverifiable", text)


def _claimed(claim: Observation, cell: Observation) -> str:
    return when(claim) if claim.period_end else when(cell)


def _cell_name(cell: Observation) -> str:
    label = cell.kpi_label or cell.kpi
    return f"“{label}”, {when(cell)}" if cell.period_end else f"“{label}”"

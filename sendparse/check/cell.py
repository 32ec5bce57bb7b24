"""Kind `cell`: a figure in the narrative against the paper's own table.

In: a claim and the Paper. Out: one verdict. `match`, `rounding`, `truncated`, `mismatch` against the cell of the same
measure and period; `stale` when the figure is that of another period; `unverifiable` with the reason otherwise. Where it
is not sure that the cell is the one that the text means, it may agree, and is no mismatch if it does not.
"""

from __future__ import annotations

from collections.abc import Sequence

from sendparse.check.compare import AGREES, agree, far_apart, figure
from sendparse.check.link import keys_like, links
from sendparse.check.link_periods import Link
from sendparse.check.paper import Paper, Series, days, verdict, when
from sendparse.model import Check, Observation

_ORDER = ("match", "rounding", "truncated", "mismatch")


def check_cell(claim: Observation, paper: Paper) -> list[Check]:
    """The verdict of the paper's own tables on one stated figure."""
    if claim.role == "change" or claim.value is None:
        return []
    found = links(claim, paper)
    for link in found:
        check = _agreeing(claim, link)
        if check is not None:
            return [check]
    if not found:
        return [_cannot(claim, _why_no_series(claim, paper))]
    if not found[0].cells and found[0].sure and _is_flow(claim, paper):
        return []  # a flow over a longer window is the work of the sums
    return [_disagreeing(claim, found[0])]


def _is_flow(claim: Observation, paper: Paper) -> bool:
    return claim.unit == "count" and not paper.is_stock(claim) and days(claim) > 31


def _agreeing(claim: Observation, link: Link) -> Check | None:
    """The verdict where a cell agrees, the best of several."""
    if not link.cells:
        return None
    best, cell = min(((agree(claim, c), c) for c in link.cells), key=lambda pair: _ORDER.index(pair[0]))
    if best not in AGREES or (not link.sure and best == "truncated"):
        return None
    stated = figure(cell.value or 0.0, cell.unit)
    said = {"match": "agrees", "rounding": "agrees when rounded", "truncated": "agrees when cut off, not rounded"}[best]
    text = f"The text says {claim.value_text}; the paper's table says {stated} for {_cell_name(cell)}: it {said}{link.note}."
    return verdict(claim, "cell", best, text, expected=stated, evidence=[cell])


def _disagreeing(claim: Observation, link: Link) -> Check:
    """The verdict where no cell agrees."""
    if not link.cells:
        return _cannot(claim, link.lacking)
    cell = link.cells[0]
    stated = figure(cell.value or 0.0, cell.unit)
    if len({c.value for c in link.cells}) > 1:
        return _cannot(claim, "several cells of the table could be meant and they differ")
    if not link.sure:
        return _cannot(
            claim,
            link.lacking or f"the nearest is {_cell_name(cell)} ({stated}), and it is not sure that this is meant",
        )
    other = _other_period(claim, link.cells, link.series)
    if other is not None:
        text = (
            f"The text gives {claim.value_text} for {_claimed(claim, cell)}, but the paper's table says {stated}; "
            f"{figure(other.value or 0.0, other.unit)} is the figure for {when(other)}{link.note}."
        )
        return verdict(claim, "cell", "stale", text, expected=stated, evidence=[cell, other])
    if far_apart(claim, cell):
        return _cannot(
            claim, f"the table says {stated} for {_cell_name(cell)}, so far off that another measure may be meant"
        )
    text = f"The text says {claim.value_text} for {_claimed(claim, cell)}; the paper's table says {stated}{link.note}."
    return verdict(claim, "cell", "mismatch", text, expected=stated, evidence=[cell])


def _other_period(claim: Observation, cells: Sequence[Observation], series: Series) -> Observation | None:
    """The nearest other period whose cell agrees exactly: the figure was true then."""
    at = cells[0].period_end
    others = [p for p in series.dated() if p.period_end != at and agree(claim, p) == "match"]
    if at is None or not others or claim.qualifier:
        return None
    return min(others, key=lambda p: (abs((p.period_end or at) - at), p.period_end))


def _why_no_series(claim: Observation, paper: Paper) -> str:
    if not claim.kpi:
        return "it names no measure of the vocabulary, and no row of a table by its words"
    keys = keys_like(claim, paper)
    if not keys:
        return "no table of this paper has a row for this measure"
    if not any(key[1] == claim.breakdown for key in keys):
        return "the paper's table does not break this measure down in that way"
    if not any(key[2] == claim.unit for key in keys):
        return "the paper's table gives this measure in another unit"
    return "the paper's table has no such column (benchmark, target or area) for this measure"


def _cannot(claim: Observation, why: str) -> Check:
    text = f"{claim.value_text} cannot be checked from the paper's tables: {why}."
    return verdict(claim, "cell", "unverifiable", text)


def _claimed(claim: Observation, cell: Observation) -> str:
    return when(claim) if claim.period_end else when(cell)


def _cell_name(cell: Observation) -> str:
    label = " ".join((cell.kpi_label or cell.kpi).split())
    return f"“{label}”, {when(cell)}" if cell.period_end else f"“{label}”"

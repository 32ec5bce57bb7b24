"""Checking what a paper claims: a registry of kinds, each one file, each a function from a claim to verdicts.

In: the observations of one paper. Out: the rows of the `checks` file. A check adds a verdict and never removes or
changes an observation. Every narrative figure gets at least one verdict; "unverifiable", with its reason, is a fine one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from sendparse.check.arithmetic import check_arithmetic
from sendparse.check.cell import check_cell
from sendparse.check.comparison import check_comparison
from sendparse.check.consistency import check_consistency
from sendparse.check.official import check_official
from sendparse.check.paper import Paper, arrange, verdict
from sendparse.check.sources import Sources
from sendparse.check.table import check_tables
from sendparse.check.trend import check_trend
from sendparse.check.window import check_window
from sendparse.model import Check, Observation
from sendparse.packs import Packs

VERDICTS = ("mismatch", "mislabelled", "stale", "match", "rounding", "truncated", "unverifiable")

KINDS: dict[str, Callable[[Observation, Paper], Sequence[Check]]] = {
    "cell": check_cell,
    "arithmetic": check_arithmetic,
    "sum": check_window,
    "trend": check_trend,
    "comparison": check_comparison,
    "consistency": check_consistency,
}


def run(
    observations: Iterable[Observation], packs: Packs, *, sources: Sources | None = None, day: date | None = None
) -> list[Check]:
    """Check one paper.

    Arguments: its observations in reading order; the packs, whose checks.yaml holds the wordings of claims; `sources`,
    official figures (England's shipped ones if left out, so that the answer depends on the paper and the packs alone);
    `day`, that of the paper's meeting. Returns checks in the order of their claims, table self-checks last.
    """
    sources = sources or Sources(packs.reference)
    better = {kpi.id: kpi.better for kpi in packs.kpis.values()}
    paper = arrange(observations, packs.rules.get("checks", {}), better, day)
    out: list[Check] = []
    for claim in paper.claims:
        found = [check for kind in KINDS.values() for check in kind(claim, paper)]
        found += check_official(claim, paper, sources)
        told = [c for c in found if c.verdict != "unverifiable"]
        out += told or found[:1] or [_untold(claim)]
    out += check_tables(paper)
    return list({check.check_id: check for check in out}.values())


def _untold(claim: Observation) -> Check:
    text = f"{claim.value_text} cannot be checked: the paper states nothing that it could be compared with."
    return verdict(claim, "cell", "unverifiable", text)

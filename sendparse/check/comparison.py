"""Kind `comparison`: "above the national average (82.3)", "in line with", "double the England rate".

In: a claim and the Paper. Out: one verdict for the council's own figure and all benchmarks that the sentence sets it
against. The council's figure stands in the same sentence or right before it, of the same measure and period.
"""

from __future__ import annotations

from collections.abc import Callable

from sendparse.check.compare import figure, step
from sendparse.check.paper import Paper, verdict
from sendparse.check.wording import cues, position
from sendparse.model import Check, Observation

# "In line with" allows this share of the benchmark either way, and never less than the printed precision.
_IN_LINE = 0.10
_NAMES = {
    "national": "the national figure",
    "regional": "the regional figure",
    "statistical_neighbours": "statistical neighbours",
}


def check_comparison(claim: Observation, paper: Paper) -> list[Check]:
    """Judge what a sentence says of this figure against benchmarks."""
    if claim.role not in ("actual", "forecast") or claim.value is None or claim.benchmark:
        return []
    pairs = [(b, cue) for b in _benchmarks(claim, paper) if (cue := _cue(claim, b, paper))]
    if not pairs:
        return []
    broken = [(b, cue) for b, cue in pairs if not _TESTS[cue](claim, b)]
    parts = [
        f"{_SAYS[cue]} {_NAMES.get(b.benchmark, b.area or b.role)} ({figure(b.value or 0, b.unit)})"
        for b, cue in broken or pairs
    ]
    stated = figure(claim.value, claim.unit)
    if broken:
        text = f"{stated} is not {' nor '.join(parts)}, as the text says."
        word = "mismatch"
    else:
        text, word = f"{stated} is {' and '.join(parts)}, as the text says.", "match"
    return [verdict(claim, "comparison", word, text, evidence=[b for b, _ in pairs])]


def _benchmarks(claim: Observation, paper: Paper) -> list[Observation]:
    """Benchmarks of the same measure and period that this figure is the nearest own figure for."""
    at = paper.place[claim.observation_id]
    out = []
    for row in paper.claims[max(0, at - 6) : at + 7]:
        if row.role == "benchmark" and row.kpi == claim.kpi and row.unit == claim.unit and row.kpi:
            own = _own(row, paper)
            if own is claim:
                out.append(row)
    return out


def _own(benchmark: Observation, paper: Paper) -> Observation | None:
    """The council's own figure that a benchmark is set against."""
    at = paper.place[benchmark.observation_id]
    near = [
        o
        for o in paper.claims[max(0, at - 6) : at + 3]
        if o.role == "actual" and o.kpi == benchmark.kpi and o.unit == benchmark.unit and o.breakdown == benchmark.breakdown
        and (o.period_end == benchmark.period_end or benchmark.period_end is None)
        and (o.evidence == benchmark.evidence or paper.place[o.observation_id] < at)
    ]  # fmt: skip
    same = [o for o in near if o.evidence == benchmark.evidence]
    if same:
        return same[0]
    return near[-1] if near else None


def _cue(claim: Observation, benchmark: Observation, paper: Paper) -> str:
    """The comparing word that reaches this benchmark: the nearest before it in its sentence."""
    at = position(benchmark, paper)
    before = [(m.start(), name) for name, m in cues(paper.rules, "comparisons", benchmark.evidence) if m.start() < at]
    return max(before)[1] if before else ""


def _above(own: Observation, other: Observation) -> bool:
    return (own.value or 0.0) > (other.value or 0.0)


def _in_line(own: Observation, other: Observation) -> bool:
    gap = abs((own.value or 0.0) - (other.value or 0.0))
    return gap <= max(abs(other.value or 0.0) * _IN_LINE, step(other), step(own))


_TESTS: dict[str, Callable[[Observation, Observation], bool]] = {
    "above": _above,
    "below": lambda own, other: (own.value or 0.0) < (other.value or 0.0),
    "in_line": _in_line,
    "double": lambda own, other: (own.value or 0.0) >= 1.9 * (other.value or 0.0),
}
_SAYS = {"above": "above", "below": "below", "in_line": "in line with", "double": "double"}

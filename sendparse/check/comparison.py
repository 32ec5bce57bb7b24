"""Kind `comparison`: "above the national average (82.3)", "in line with", "double the England rate", "missed the target".

In: a claim and the Paper. Out: one verdict for the council's own figure and all benchmarks or targets that the sentence
sets it against. The council's figure stands in the same sentence or right before it, of the same measure and period.
"Better" and "met" go by what is better for the measure.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from sendparse.check.compare import agree, figure, step
from sendparse.check.link import links
from sendparse.check.paper import Paper, verdict, when
from sendparse.check.wording import cues, number_word, position
from sendparse.model import Check, Observation

# "In line with" allows this share of the benchmark either way, and never less than the printed precision.
_IN_LINE = 0.10
_NAMES = {
    "national": "the national figure",
    "regional": "the regional figure",
    "statistical_neighbours": "statistical neighbours",
}
_FROM = re.compile(r"(?i)\bfrom\W*$")
_TARGETS = frozenset({"target", "floor"})
_FOR_TARGETS = frozenset({"met", "missed"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A comparing word that reaches a benchmark: its name in checks.yaml, and the factor of "three times"."""

    name: str
    times: float = 1.0


def check_comparison(claim: Observation, paper: Paper) -> list[Check]:
    """Judge what a sentence says of this figure against benchmarks and targets."""
    if claim.role not in ("actual", "forecast") or claim.value is None or claim.benchmark:
        return []
    pairs = [(b, cue) for b in _benchmarks(claim, paper) if (cue := _cue(b, paper)) and cue.name in _TESTS]
    if not pairs:
        return []
    broken = [(b, cue) for b, cue in pairs if not _holds(claim, b, cue, paper)]
    if broken and not all(_surely(claim, b) and not _exchanged(claim, b, paper) for b, _ in broken):
        return []
    parts = [
        f"{_SAYS[cue.name].format(cue.times)} {_name(b)} ({figure(b.value or 0, b.unit)})" for b, cue in broken or pairs
    ]
    stated = figure(claim.value, claim.unit) + (f" ({when(claim)})" if claim.period_end else "")
    if broken:
        text = f"{stated} is not {' nor '.join(parts)}, as the text says."
        word = "mismatch"
    else:
        text, word = f"{stated} is {' and '.join(parts)}, as the text says.", "match"
    return [verdict(claim, "comparison", word, text, evidence=[b for b, _ in pairs])]


def _name(row: Observation) -> str:
    return "the target" if row.role in _TARGETS else _NAMES.get(row.benchmark, row.area or row.role)


def _surely(claim: Observation, benchmark: Observation) -> bool:
    """True where no other figure can be meant: both in one sentence, or both of the same stated period."""
    if claim.evidence == benchmark.evidence:
        return True
    return claim.period_end is not None and claim.period_end == _stated_end(benchmark)


def _exchanged(claim: Observation, benchmark: Observation, paper: Paper) -> bool:
    """True where the table has both figures the other way round: the text was taken apart wrongly."""
    one = replace(claim, value=benchmark.value, value_text=benchmark.value_text)
    two = replace(benchmark, value=claim.value, value_text=claim.value_text)
    return all(
        any(agree(row, cell) == "match" for link in links(row, paper) for cell in link.cells) for row in (one, two)
    )


def _stated_end(benchmark: Observation) -> date | None:
    """The end of a benchmark's period; one that it took over from a figure before may be of the wrong one of several."""
    return None if "period_inferred" in benchmark.flags else benchmark.period_end


def _benchmarks(claim: Observation, paper: Paper) -> list[Observation]:
    """Benchmarks of the same measure and period that this figure is the nearest own figure for."""
    at = paper.place[claim.observation_id]
    out = []
    for row in paper.claims[max(0, at - 6) : at + 7]:
        compared = row.role == "benchmark" or (row.role in _TARGETS and row.evidence == claim.evidence)
        if compared and row.kpi == claim.kpi and row.unit == claim.unit and row.kpi and _own(row, paper) is claim:
            out.append(row)
    return out


def _own(benchmark: Observation, paper: Paper) -> Observation | None:
    """The council's own figure that a benchmark is set against: of its sentence, else the newest of those right before."""
    at = paper.place[benchmark.observation_id]
    near = [
        o
        for o in paper.claims[max(0, at - 6) : at + 3]
        if o.role == "actual" and o.kpi == benchmark.kpi and o.unit == benchmark.unit and o.breakdown == benchmark.breakdown
        and (_stated_end(benchmark) in (o.period_end, None) or benchmark.role in _TARGETS)
        and (o.evidence == benchmark.evidence or paper.place[o.observation_id] < at)
    ]  # fmt: skip
    same = [o for o in near if o.evidence == benchmark.evidence]
    if same:
        # "Fell from 12.4% in 2023/24 to 11.8% in 2024/25, which is better than England": the newer one is meant
        later = [o for o in same if not _FROM.search(o.evidence[: position(o, paper)])] or same
        ends = [o.period_end for o in later if o.period_end]
        return next(o for o in later if len(ends) < len(later) or o.period_end == max(ends))
    if not near:
        return None
    last = [o for o in near if o.evidence == near[-1].evidence]
    if last[0].period_end is None:
        return last[0]  # "58%, compared with 54% in Quarter 2. This is above England": the figure of now is meant
    newest = max((o.period_end for o in last if o.period_end), default=None)
    return next((o for o in last if o.period_end == newest), near[-1])


def _cue(benchmark: Observation, paper: Paper) -> Cue | None:
    """The comparing word that reaches this benchmark: the nearest before it in its sentence, or "missed" behind it."""
    at = position(benchmark, paper)
    found = [(m, name) for name, m in cues(paper, "comparisons", benchmark.evidence)]
    if benchmark.role not in _TARGETS:
        found = [(m, name) for m, name in found if name not in _FOR_TARGETS]
    before = [(m, name) for m, name in found if m.start() < at]
    if not before:
        return None
    match, name = max(before, key=lambda pair: (pair[0].start(), pair[0].end()))
    if name == "times":
        return Cue(name, float(number_word(match["n"])))
    return Cue(name)


def _holds(own: Observation, other: Observation, cue: Cue, paper: Paper) -> bool:
    good = {"higher": 1.0, "lower": -1.0}.get(paper.better.get(own.kpi, ""), 1.0)
    return _TESTS[cue.name](own, other, cue.times, good)


def _gap(own: Observation, other: Observation) -> float:
    return (own.value or 0.0) - (other.value or 0.0)


def _in_line(own: Observation, other: Observation, _: float, __: float) -> bool:
    return abs(_gap(own, other)) <= max(abs(other.value or 0.0) * _IN_LINE, step(other), step(own))


def _times(own: Observation, other: Observation, times: float, _: float) -> bool:
    factor = (own.value or 0.0) / other.value if other.value else 0.0
    lead = re.search(
        r"(?i)\b(?:nearly|almost|close to|just under|about|around|roughly|approximately)\b", other.evidence
    )
    return (0.85 if lead else 0.95) * times <= factor < times + 1


_TESTS: dict[str, Callable[[Observation, Observation, float, float], bool]] = {
    "above": lambda own, other, _, __: _gap(own, other) > 0,
    "below": lambda own, other, _, __: _gap(own, other) < 0,
    "better": lambda own, other, _, good: _gap(own, other) * good > 0,
    "worse": lambda own, other, _, good: _gap(own, other) * good < 0,
    "met": lambda own, other, _, good: _gap(own, other) * good >= 0,
    "missed": lambda own, other, _, good: _gap(own, other) * good < 0,
    "in_line": _in_line,
    "double": lambda own, other, _, good: _times(own, other, 2.0, good),
    "times": _times,
}
_SAYS = {
    "above": "above", "below": "below", "better": "better than", "worse": "worse than", "met": "up to", "missed": "short of",
    "in_line": "in line with", "double": "double", "times": "{:g} times",
}  # fmt: skip

"""What the checks see of one paper: its claims in reading order, and its cells as series.

In: the observations of one paper. Out: a Paper. A series holds cells that agree in KPI, breakdown, unit, role,
benchmark and area, so that two figures in it differ in nothing but their period. Equal numbers are never a reason to
pair two figures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fnmatch import fnmatchcase
from typing import Any

from sendparse.model import Check, Observation, stable_id

Key = tuple[str, str, str, str, str, str, str]

CLAIMS = frozenset({"narrative"})
STATED = frozenset({"actual", "benchmark", "target", "floor", "baseline", "forecast", "limit"})


@dataclass(frozen=True, slots=True)
class Series:
    """Cells of one measure in the order of their periods; cells without a period come last."""

    key: Key
    points: tuple[Observation, ...]

    def dated(self) -> list[Observation]:
        """Cells with a period."""
        return [p for p in self.points if p.period_end is not None and p.value is not None]

    def latest(self) -> Observation | None:
        """The newest cell."""
        dated = self.dated()
        return dated[-1] if dated else None


@dataclass(slots=True)
class Paper:
    """One paper's observations, arranged for checking. `rules` is the content of patterns/checks.yaml."""

    observations: Sequence[Observation]
    rules: Mapping[str, Any]
    claims: list[Observation] = field(default_factory=list)
    series: dict[Key, Series] = field(default_factory=dict)
    place: dict[str, int] = field(default_factory=dict)
    own: dict[tuple[str, str], list[Series]] = field(default_factory=dict)  # the council's own series by KPI, breakdown

    def find(self, claim: Observation) -> list[Series]:
        """Series that state the same thing as a claim, whatever their period."""
        found = self.series.get(key_of(claim))
        return [found] if found else []

    def is_stock(self, row: Observation) -> bool:
        """True for a level at a date (plans held), False for a flow over time (requests received)."""
        return any(fnmatchcase(row.kpi, pattern) for pattern in self.rules.get("stock", ()))

    def is_cumulative(self, row: Observation) -> bool:
        """True where the row's label says that it adds up through the year."""
        label = f"{row.kpi_label} {row.evidence if row.source == 'table' else ''}".lower()
        return row.period_basis == "year_to_date" or any(word in label for word in self.rules.get("cumulative", ()))

    def before(self, claim: Observation, how_many: int) -> list[Observation]:
        """The claims right before this one in reading order, nearest first."""
        at = self.place[claim.observation_id]
        return [self.claims[i] for i in range(at - 1, max(-1, at - 1 - how_many), -1)]

    def beside(self, claim: Observation) -> list[Observation]:
        """Other claims of the same sentence."""
        at = self.place[claim.observation_id]
        near = self.claims[max(0, at - 12) : at + 13]
        return [o for o in near if o.evidence == claim.evidence and o.observation_id != claim.observation_id]


def arrange(observations: Iterable[Observation], rules: Mapping[str, Any]) -> Paper:
    """Sort one paper's observations into claims and series. They come in reading order."""
    rows = list(observations)
    paper = Paper(rows, rules)
    grouped: dict[Key, list[Observation]] = defaultdict(list)
    for row in rows:
        if row.value is None:
            continue
        if row.source in CLAIMS:
            paper.place[row.observation_id] = len(paper.claims)
            paper.claims.append(row)
        elif row.kpi and row.role in STATED:
            grouped[key_of(row)].append(row)
    far = date.max
    for key, points in grouped.items():
        points.sort(key=lambda p: (p.period_end or far, p.period_start or far, p.observation_id))
        series = paper.series[key] = Series(key, tuple(points))
        if (key[3], key[5]) == ("actual", ""):
            paper.own.setdefault((key[0], key[1]), []).append(series)
    return paper


def key_of(row: Observation) -> Key:
    """What must agree before two figures are compared, all but the period."""
    area = row.area if row.area_type in ("other_council", "region") and row.role != "benchmark" else ""
    kind = row.area_type if row.role != "benchmark" and row.area_type != "council" else ""
    return (row.kpi, row.breakdown, row.unit, row.role, row.benchmark, kind, area)


def same_period(claim: Observation, cell: Observation, *, stock: bool) -> bool:
    """True when both cover the same days; for a level at a date, also when the claim's day lies in the cell's month."""
    if (claim.period_start, claim.period_end) == (cell.period_start, cell.period_end):
        return claim.period_end is not None
    if claim.period_start is None or claim.period_end is None or cell.period_start is None or cell.period_end is None:
        return False
    if stock and claim.period_start == claim.period_end:
        return cell.period_start <= claim.period_end <= cell.period_end and days(cell) <= 31
    if stock and cell.period_start == cell.period_end:
        return claim.period_start <= cell.period_end <= claim.period_end and days(claim) <= 31
    return False


def days(row: Observation) -> int:
    """How many days a row's period covers; 0 when an end is open."""
    if row.period_start is None or row.period_end is None:
        return 0
    return (row.period_end - row.period_start + timedelta(days=1)).days


def when(row: Observation) -> str:
    """A row's period as a reader would say it."""
    start, end = row.period_start, row.period_end
    if end is None:
        return row.period_label or "no stated period"
    if start is None or start == end:
        return f"{end.day} {end:%B %Y}"
    if start.day == 1 and (end + timedelta(days=1)).day == 1:
        if (start.year, start.month) == (end.year, end.month):
            return f"{end:%B %Y}"
        if (start.month, end.month) == (1, 12) and start.year == end.year:
            return str(end.year)
        return f"{start:%B %Y} to {end:%B %Y}"
    return f"{start.day} {start:%B %Y} to {end.day} {end:%B %Y}"


def verdict(
    claim: Observation,
    kind: str,
    verdict: str,
    explanation: str,
    *,
    expected: str = "",
    evidence: Sequence[Observation] = (),
) -> Check:
    """One row of the `checks` file."""
    ids = ";".join(o.observation_id for o in evidence)
    return Check(
        check_id=stable_id("check", claim.document_id, claim.observation_id, kind, verdict, ids),
        observation_id=claim.observation_id,
        document_id=claim.document_id,
        kind=kind,
        verdict=verdict,
        expected=expected,
        found=claim.value_text,
        evidence_ids=ids,
        explanation=explanation,
    )

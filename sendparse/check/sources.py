"""Where official figures come from: those of England that are shipped, and the releases that a user has imported.

In: the reference data, a store of releases or none, the day of the paper. Out: for a claim, whose figures it may be
checked against, and these for any measure. Without a store only England is known, so that what a batch writes depends on
its papers alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sendparse.model import Observation, Period
from sendparse.reference import OfficialFigure, Reference

_BENCHMARKS = frozenset({"benchmark", "context"})


@dataclass(frozen=True, slots=True)
class Area:
    """Whose figures a claim states. `kind`: england, region, statistical_neighbours, council. `model`: of neighbours."""

    kind: str
    name: str
    la_code: str = ""
    model: str = ""


class Sources:
    """Official figures by area and measure; one serves all papers of a run."""

    def __init__(self, reference: Reference, store: Path | None = None) -> None:
        self.reference = reference
        self.store = store
        self._known: dict[tuple[Area, str], tuple[OfficialFigure, ...]] = {}

    def area_of(self, claim: Observation, day: date | None = None) -> Area | None:
        """Whose figures a claim states, where any are known. The paper's day tells the model of neighbours of its time."""
        if claim.benchmark == "national" and claim.role in _BENCHMARKS:
            return Area("england", "England")
        council = self.reference.council_by_la_code(claim.la_code) if claim.la_code else None
        if self.store is None or council is None:
            return None
        if claim.benchmark == "regional" and claim.role in _BENCHMARKS:
            name = self.reference.region_by_name(claim.area) or council.region
            return Area("region", name)
        if claim.benchmark == "statistical_neighbours" and claim.role in _BENCHMARKS:
            return Area(
                "statistical_neighbours", "statistical neighbours", council.la_code, self.reference.model_on(day)
            )
        if claim.role == "actual" and not claim.benchmark and claim.area_type in ("", "council"):
            return Area("council", council.name, council.la_code)
        return None

    def figures(self, area: Area, kpi: str) -> tuple[OfficialFigure, ...]:
        """All figures of an area for a measure, the newest release first."""
        key = (area, kpi)
        if key not in self._known:
            self._known[key] = tuple(self._read(area, kpi))
        return self._known[key]

    def _read(self, area: Area, kpi: str) -> Sequence[OfficialFigure]:
        shipped = self.reference.england(kpi) if area.kind == "england" else ()
        if self.store is None:
            return shipped
        from sendparse.releases import official_figures

        if area.kind == "statistical_neighbours":
            return self._neighbours(area, kpi)
        if area.kind == "council":
            return official_figures(kpi, la_code=area.la_code, store=self.store)
        imported = official_figures(kpi, area=area.name, store=self.store)
        return [*shipped, *(f for f in imported if not any(_same(f, s) for s in shipped))]

    def _neighbours(self, area: Area, kpi: str) -> list[OfficialFigure]:
        """The averages of the ten neighbours for each period that a release has, by the model of the paper's time."""
        from sendparse.releases import neighbour_average, official_figures

        out = []
        for own in official_figures(kpi, la_code=area.la_code, store=self.store):
            if own.unit == "count":
                continue  # an average of counts is a figure that nobody states
            period = Period(label="", start=own.period_start, end=own.period_end)
            average = neighbour_average(kpi, area.la_code, period, self.reference, model=area.model, store=self.store)
            if average is not None and average.release == own.release:
                name = f"the mean of {len(average.councils)} statistical neighbours (model of {area.model})"
                out.append(replace(own, area=name, la_code="", value=average.value, decimals=6))
        return out


def _same(one: OfficialFigure, two: OfficialFigure) -> bool:
    return (one.period_start, one.period_end, one.value) == (two.period_start, two.period_end, two.value)

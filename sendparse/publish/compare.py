"""Councils side by side: one measure, councils down, periods across, England, regions and neighbours below.

In: a dataset, the packs, a question. Out: a `Comparison`, from which tables.py makes what is printed or written. What
other areas have is taken from papers where they state it and from DfE where it is published: England's figures are
shipped, those of regions and councils come with an imported release.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from sendparse.dataset.arrow import to_records
from sendparse.dataset.columns import resources
from sendparse.dataset.read import Dataset
from sendparse.errors import InputError
from sendparse.model import Observation
from sendparse.packs import Kpi, Packs
from sendparse.publish.periods import Span
from sendparse.publish.selecting import OTHERS, Figure, LeftOut, Material, Question, material_of, select
from sendparse.reference import OfficialFigure, Reference, same_period
from sendparse.releases import official_figures


@dataclass(slots=True, kw_only=True)
class Comparison:
    """The answer. `figures` are councils', `others` are England's, regions' and neighbours', by area and period."""

    question: Question
    kpi: Kpi
    figures: list[Figure] = field(default_factory=list)
    others: list[Figure] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    related: dict[str, int] = field(default_factory=dict)  # sibling measures and how many figures the dataset has

    @property
    def spans(self) -> list[Span]:
        """The columns: every period that a council has, in order."""
        return sorted({figure.span for figure in self.figures})

    @property
    def rows(self) -> list[str]:
        """Keys of the councils, in order."""
        return list(dict.fromkeys(figure.key for figure in self.figures))

    def reasons(self) -> list[tuple[str, str, int]]:
        """Why figures were left out, how to see them, how many; the most frequent first."""
        counts = Counter((one.reason, one.hint) for one in self.left_out)
        return [(reason, hint, number) for (reason, hint), number in counts.most_common()]

    def england(self, span: Span) -> Figure | None:
        """England's figure for a period, if known."""
        return next((one for one in self.others if one.area_type == "england" and one.span == span), None)


def compare(dataset: Dataset, packs: Packs, question: Question) -> Comparison:
    """Compare councils on one measure.

    Raises InputError when the vocabulary has no such measure; a measure without figures gives an empty comparison.
    """
    known_kpi(packs, question.kpi)
    table = dataset.table("observations")
    wanted = table.filter(pc.field("kpi") == question.kpi)
    counts = _counts(table)
    return compare_rows(to_records(resources()["observations"], wanted), question, material_of(dataset, packs), counts)


def compare_rows(
    rows: Iterable[Observation], question: Question, material: Material, counts: dict[str, int] | None = None
) -> Comparison:
    """The same for rows at hand. `counts`: how many figures there are of each measure, to name related ones."""
    selected = select(rows, question, material)
    kpi = material.kpis[question.kpi]
    siblings = {*material.may_mean.get(kpi.id, ()), *(one for one, may in material.may_mean.items() if kpi.id in may)}
    return Comparison(
        question=question,
        kpi=kpi,
        figures=selected.figures,
        others=_others(selected.figures, selected.others, kpi, material),
        left_out=selected.left_out,
        related={one: counts[one] for one in sorted(siblings - {kpi.id}) if counts and counts.get(one)},
    )


def known_kpi(packs: Packs, kpi: str) -> Kpi:
    """The measure of this id. Raises InputError, naming the nearest, when there is none."""
    if kpi in packs.kpis:
        return packs.kpis[kpi]
    import difflib

    near = difflib.get_close_matches(kpi, packs.kpis, n=3, cutoff=0.5)
    asked = {word for word in re.findall(r"[a-z0-9]+", kpi.lower()) if len(word) > 2}
    named = {
        one.id: asked & set(re.findall(r"[a-z0-9]+", f"{one.label} {one.group}".lower())) for one in packs.kpis.values()
    }
    best = max(map(len, named.values()), default=0)
    near += [one for one, words in named.items() if words and len(words) == best][:3]
    hint = f"did you mean {', '.join(dict.fromkeys(near))}? " if near else ""
    hint += "`sendparse patterns list` names all measures"
    raise InputError("--kpi", f"no measure is called '{kpi}'", hint)


def measures(dataset: Dataset, packs: Packs) -> list[tuple[Kpi, int, int]]:
    """The measures that a dataset has figures of: each with the number of figures and of councils, the widest first."""
    table = dataset.table("observations").select(["kpi", "la_code", "file"])
    counts: Counter[str] = Counter()
    councils: dict[str, set[str]] = {}
    for kpi, code, file in zip(*(table.column(name).to_pylist() for name in table.column_names), strict=True):
        if kpi in packs.kpis:
            counts[kpi] += 1
            councils.setdefault(kpi, set()).add(code or file)
    found = [(packs.kpis[kpi], number, len(councils[kpi])) for kpi, number in counts.items()]
    return sorted(found, key=lambda item: (-item[2], -item[1], item[0].id))


def _counts(table: pa.Table) -> dict[str, int]:
    return {entry["values"]: entry["counts"] for entry in table.column("kpi").value_counts().to_pylist()}


# What others have


class _Published:
    """What imported releases say of one measure, read once."""

    def __init__(self, kpi: Kpi) -> None:
        self._of: dict[str, list[OfficialFigure]] = {}
        for figure in official_figures(kpi.id):
            if figure.unit == kpi.unit:
                self._of.setdefault(figure.la_code or figure.area, []).append(figure)

    def of(self, place: str, span: Span) -> OfficialFigure | None:
        """The newest figure of a council (three-digit code), a region or England (name) for a period."""
        period = span.period()
        return next((one for one in self._of.get(place, ()) if same_period(one, period)), None)


def _others(figures: list[Figure], stated: list[Figure], kpi: Kpi, material: Material) -> list[Figure]:
    """England, regions and neighbours for the periods that councils have: published figures before stated ones."""
    spans = sorted({figure.span for figure in figures})
    councils = sorted({figure.la_code for figure in figures if figure.la_code})
    regions = sorted({figure.region for figure in figures if figure.region})
    published = _Published(kpi)
    found = [*_england(spans, kpi, material, published), *_regions(spans, regions, published)]
    for code in councils:
        found += _neighbours(spans, code, material.reference, published)
    have = {(one.key, one.span) for one in found}
    found += [one for one in stated if (one.key, one.span) not in have and one.span in spans]
    return sorted(found, key=lambda one: (OTHERS.index(one.area_type), one.area, one.span))


def _england(spans: Iterable[Span], kpi: Kpi, material: Material, published: _Published) -> Iterator[Figure]:
    for span in spans:
        shipped = [one for one in material.reference.england(kpi.id, span.period()) if one.unit == kpi.unit]
        one = published.of("England", span) or next(iter(shipped), None)
        if one is not None:
            yield _official(one, span, area_type="england", area="England")


def _regions(spans: Iterable[Span], regions: Iterable[str], published: _Published) -> Iterator[Figure]:
    for region in regions:
        for span in spans:
            one = published.of(region, span)
            if one is not None:
                yield _official(one, span, area_type="region", area=region)


def _neighbours(spans: Iterable[Span], code: str, reference: Reference, published: _Published) -> Iterator[Figure]:
    """The plain mean of those of the ten neighbours for which a release has the figure; nothing from fewer than half."""
    council = reference.council_by_la_code(code)
    neighbours = reference.neighbours(code)
    for span in spans if council else ():
        found = [one for one in (published.of(other.la_code, span) for other in neighbours) if one is not None]
        if council is None or not found or len(found) * 2 < len(neighbours):
            continue
        mean = sum(one.value for one in found) / len(found)
        yield Figure(
            key=f"neighbours {code}",
            area_type="statistical_neighbours",
            area=f"Neighbours, {council.name}",
            la_code=code,
            council_code=council.gss_code,
            span=span,
            value=float(f"{mean:.6g}"),
            unit=found[0].unit,
            decimals=1,
            role="benchmark",
            source="official",
            says=f"mean of {len(found)} of {len(neighbours)} neighbours, {found[0].release}",
        )


def _official(one: OfficialFigure, span: Span, *, area_type: str, area: str) -> Figure:
    return Figure(
        key=area,
        area_type=area_type,
        area=area,
        span=span,
        value=one.value,
        unit=one.unit,
        decimals=one.decimals,
        role="benchmark",
        source="official",
        says=one.release,
    )

"""A dataset in the shape of DfE's Explore Education Statistics: one row for a time, a place and a breakdown, one column
for each measure.

In: a dataset, the packs. Out: FILE.csv and FILE.meta.csv, which join DfE's files on `time_period`, `time_identifier` and
`old_la_code` (text of three digits). Only what a council itself is said to have had is here: no targets, forecasts,
hedged or contradicted figures; what is left out is counted with its reason. A caseload counted in January stands, as in
DfE's files, under the academic year that holds that January.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sendparse.dataset.read import Dataset
from sendparse.model import Observation
from sendparse.packs import Kpi, Packs
from sendparse.publish.periods import Span, basis_name
from sendparse.publish.selecting import WRONG, Figure, Material, Question, material_of, select
from sendparse.reference import Reference

PLACES = (
    "time_period", "time_identifier", "geographic_level", "country_code", "country_name", "region_code", "region_name",
    "new_la_code", "old_la_code", "la_name",
)  # fmt: skip
FILTERS = ("breakdown_topic", "breakdown")
MISSING = "x"
"""DfE's symbol for "not available"."""

_META = (
    "col_name", "col_type", "label", "indicator_grouping", "indicator_unit", "indicator_dp", "filter_hint",
    "filter_grouping_column",
)  # fmt: skip
_COUNTRY = ("E92000001", "England")
_LEVELS = {"council": "Local authority", "region": "Regional", "england": "National"}
_TERMS = {9: "Autumn term", 1: "Spring term", 4: "Summer term", 5: "Summer term"}
_PLAIN = ("", "about")

Time = tuple[str, str]
Row = tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Written:
    """What an export holds, and why figures were left out."""

    rows: int = 0
    kpis: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


def write_ees(dataset: Dataset, packs: Packs, path: Path) -> Written:
    """Write the data file and, beside it, the file that describes its columns."""
    out = Written()
    cells: dict[Row, dict[str, Figure]] = defaultdict(dict)
    for figure, time, breakdown, kpi in _figures(dataset, packs, out):
        key = (*time, *_place(figure, packs.reference), *_filters(breakdown))
        if kpi in cells[key]:
            out.left_out["another figure stands for the same time and place"] += 1
        else:
            cells[key][kpi] = figure
    kpis = [kpi for kpi in packs.kpis.values() if any(kpi.id in row for row in cells.values())]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*PLACES, *FILTERS, *(kpi.id for kpi in kpis)])
        for key in sorted(cells):
            writer.writerow([*key, *(_value(cells[key].get(kpi.id)) for kpi in kpis)])
    _write_meta(path.with_name(f"{path.stem}.meta.csv"), kpis, cells)
    out.rows, out.kpis = len(cells), len(kpis)
    return out


def _figures(dataset: Dataset, packs: Packs, out: Written) -> Iterator[tuple[Figure, Time, str, str]]:
    """Every figure that has a place in the shape."""
    material = material_of(dataset, packs)
    groups: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for row in dataset.records("observations"):
        if row.kpi in packs.kpis:
            groups[row.kpi, row.breakdown].append(row)
        else:
            out.left_out["no measure of the vocabulary"] += 1
    for (kpi, breakdown), rows in sorted(groups.items()):
        selected = select(rows, Question(kpi=kpi, breakdown=breakdown), material)
        out.left_out.update(one.reason for one in selected.left_out)
        stock = material.is_stock(kpi)
        found = [*selected.figures, *selected.others]
        for figure in sorted(found, key=lambda one: one.span.basis == "academic_year"):  # January before its year
            time, reason = _time(figure.span, stock=stock), _unfit(figure, material)
            if reason or time is None:
                out.left_out[reason or f"DfE's shape has no {basis_name(figure.span.basis)}"] += 1
            else:
                yield figure, time, breakdown, kpi


def _unfit(figure: Figure, material: Material) -> str:
    """Why a figure has no place in a file without room for remarks."""
    if figure.area_type == "council" and not figure.la_code:
        return "the council is not known"
    if figure.area_type not in _LEVELS:
        return "describes statistical neighbours"
    if figure.area_type == "region" and figure.area not in material.reference.regions:
        return "the region is not known"
    if figure.value_high is not None or figure.qualifier not in _PLAIN:
        return "a range or a limit, no single value"
    return f"contradicted by a check ({figure.verdict})" if figure.verdict in WRONG else ""


def _time(span: Span, *, stock: bool) -> Time | None:
    """A period as DfE names it."""
    start, end = span.start, span.end
    if span.basis == "calendar_year":
        return str(end.year), "Calendar year"
    if span.basis == "financial_year":
        return _two_years(start.year), "Financial year"
    if span.basis == "academic_year":
        return _two_years(start.year), "Academic year"
    if stock and span.basis in ("month", "snapshot") and end.month == 1:
        return _two_years(end.year - 1), "Academic year"
    if span.basis in ("month", "snapshot"):
        return str(end.year), f"{end:%B}"
    if span.basis == "quarter" and start.month in (1, 4, 7, 10):
        first = start.year if start.month >= 4 else start.year - 1
        return _two_years(first), f"Financial year Q{(start.month - 4) // 3 % 4 + 1}"
    if span.basis == "term" and start.month in _TERMS:
        return _two_years(start.year if start.month >= 9 else start.year - 1), _TERMS[start.month]
    return None


def _two_years(first: int) -> str:
    return f"{first}{(first + 1) % 100:02d}"


def _place(figure: Figure, reference: Reference) -> Row:
    region = figure.region or (figure.area if figure.area_type == "region" else "")
    council = (figure.council_code, figure.la_code, figure.area) if figure.area_type == "council" else ("", "", "")
    return (_LEVELS[figure.area_type], *_COUNTRY, reference.regions.get(region, ""), region, *council)


def _filters(breakdown: str) -> Row:
    """`phase=primary` as DfE's pair of topic and value; the total has both alike."""
    if not breakdown:
        return "Total", "Total"
    pairs = [pair.partition("=") for pair in breakdown.split(";")]
    topic = "; ".join(name.replace("_", " ").capitalize() for name, _, _ in pairs)
    return topic, "; ".join(value.replace("_", " ") for _, _, value in pairs)


def _value(figure: Figure | None) -> str:
    return MISSING if figure is None else f"{figure.value:.12g}"


def _write_meta(path: Path, kpis: list[Kpi], cells: dict[Row, dict[str, Figure]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_META)
        writer.writerow(
            ["breakdown", "Filter", "Breakdown", "", "", "", "Part of the children or plans counted", "breakdown_topic"]
        )
        for kpi in kpis:
            figures = [row[kpi.id] for row in cells.values() if kpi.id in row]
            places = max(one.decimals for one in figures)
            unit = {"percent": "%", "gbp": "£"}.get(kpi.unit, "")
            label = kpi.label if unit or kpi.unit == "count" else f"{kpi.label} ({kpi.unit.replace('_', ' ')})"
            writer.writerow([kpi.id, "Indicator", label, kpi.group, unit, places, "", ""])

"""An observation that comes from a cell.

In: the cell, the paper it stands in, what was told of it, and the figure it prints. Out: an Observation. Tables and cards
share it, so that a cell is found again in one way whatever it was read from.
"""

from __future__ import annotations

from dataclasses import dataclass

from sendparse.model import Cell, Document, Facts, KpiMatch, Observation, Period, Table, breakdown_text
from sendparse.records import quick
from sendparse.tag.heading import Heading

_LONGEST_LABEL = 300


@dataclass(frozen=True, slots=True)
class Origin:
    """Where cells come from: their table, the paper, what is known of it, and how the table is called in `source`."""

    document: Document
    facts: Facts
    table: Table
    source: str


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What rows, columns and titles say of a cell."""

    match: KpiMatch | None
    label: str
    unit: str
    period: Period | None
    role: str
    benchmark: str
    area: tuple[str, str]  # its type and its name
    evidence: str
    confidence: float
    flags: frozenset[str] = frozenset()
    fits: bool = True  # False: the measure has no such figures, and is not named


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What a cell prints: its figure, and the marks that stand with it."""

    value: float | None = None
    value_high: float | None = None
    text: str = ""
    decimals: int = 0
    qualifier: str = ""
    numerator: float | None = None
    denominator: float | None = None
    trend: str = ""
    rag: str = ""


def observation_of(cell: Cell, told: Told, origin: Origin, observation_id: str, printed: Printed) -> Observation:
    """The observation of a cell."""
    document, facts, box, period, match = origin.document, origin.facts, cell.box, told.period, told.match
    return Observation(
        observation_id=observation_id,
        council_code=facts.council_code,
        council=facts.council,
        la_code=facts.la_code,
        area_type=told.area[0],
        area=told.area[1],
        kpi=match.kpi if match and told.fits else "",
        kpi_label=told.label[:_LONGEST_LABEL],
        breakdown=breakdown_text(match.breakdown) if match else "",
        value=printed.value,
        value_high=printed.value_high,
        value_text=printed.text,
        decimals=printed.decimals,
        unit=told.unit,
        qualifier=printed.qualifier,
        numerator=printed.numerator,
        denominator=printed.denominator,
        period_label=period.label if period else "",
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        period_basis=period.basis if period else "",
        role=told.role,
        benchmark=told.benchmark,
        trend=printed.trend,
        rag=printed.rag,
        source=origin.source,
        document_id=document.document_id,
        file=document.file,
        page=cell.page,
        x0=box.x0 if box else None,
        top=box.top if box else None,
        x1=box.x1 if box else None,
        bottom=box.bottom if box else None,
        char_start=cell.start,
        char_end=None if cell.start is None else cell.start + len(cell.text),
        table_id=origin.table.table_id,
        row=cell.row,
        column=cell.column,
        evidence=told.evidence,
        confidence=told.confidence,
        flags=joined(told.flags),
    )


def area_of(headings: tuple[Heading, ...], facts: Facts) -> tuple[str, str]:
    """Whom a cell describes: the first of its headings that says it, else the council itself."""
    for heading in headings:
        if heading.area_type == "other_council" and heading.area == facts.council:
            return "council", heading.area
        if heading.area_type == "region":
            return "region", heading.area or facts.region
        if heading.area_type:
            return heading.area_type, heading.area
    return "council", facts.council


def joined(flags: frozenset[str] | set[str]) -> str:
    """Flags as they stand in the dataset."""
    return ";".join(sorted(flag for flag in flags if flag))

"""The columns of a dataset, declared once: their types come from the records, their meaning stands here.

In: the record classes. Out: a `Resource` for each file. Writing, reading, the data package and the command's output all
take their columns from here, so that a field added to a record is noticed by a test until it is described.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any, Literal, get_args, get_type_hints

from sendparse.model import Check, Observation, TextLayer
from sendparse.records import quick

ColumnType = Literal["string", "integer", "number", "date"]
Status = Literal["ok", "partial", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """One paper: what it is, who published it, how well it was read. The columns of the `documents` file."""

    document_id: str
    file: str
    url: str = ""
    title: str = ""
    council_code: str = ""
    council: str = ""
    la_code: str = ""
    region: str = ""
    committee: str = ""
    meeting_date: date | None = None
    published_date: date | None = None
    format: str = ""
    producer: str = ""
    pages: int = 0
    text_layer: TextLayer | str = ""
    tables: int = 0
    observations: int = 0
    checks: int = 0
    problems: int = 0
    status: Status = "ok"


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class CellRow:
    """One cell of one table as found. The columns of the `tables` file."""

    table_id: str
    document_id: str
    page: int | None = None
    continues: str = ""
    table_x0: float | None = None
    table_top: float | None = None
    table_x1: float | None = None
    table_bottom: float | None = None
    method: str = ""
    title: str = ""
    flags: str = ""
    row: int = 0
    column: int = 0
    row_span: int = 1
    column_span: int = 1
    text: str = ""
    fill: str = ""
    marks: str = ""
    cell_page: int | None = None
    x0: float | None = None
    top: float | None = None
    x1: float | None = None
    bottom: float | None = None
    char_start: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemRow:
    """One thing that could not be read or understood, and where. The columns of the `problems` file."""

    problem_id: str
    document_id: str
    file: str = ""
    page: int | None = None
    x0: float | None = None
    top: float | None = None
    x1: float | None = None
    bottom: float | None = None
    code: str = ""
    message: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: `unit` in words where numbers have one, `allowed` where the values are a closed list."""

    name: str
    type: ColumnType
    says: str
    unit: str = ""
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One file of the dataset. `refers` maps a column to the resource whose key it holds."""

    name: str
    says: str
    record: type
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    refers: tuple[tuple[str, str], ...] = ()
    csv: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """Column names, in the order of the file."""
        return tuple(column.name for column in self.columns)


_POINTS = "PDF points from the top left of the page"
_ALLOWED = {
    "area_type": ("council", "england", "region", "statistical_neighbours", "other_council"),
    "benchmark": ("national", "regional", "statistical_neighbours"),
    "trend": ("up", "down", "flat"),
    "rag": ("red", "amber", "green", "blue", "grey"),
    "source": ("table", "narrative", "card"),
    "status": ("ok", "partial", "failed"),
    "format": ("pdf", "html", "docx", "txt"),
    "text_layer": ("born_digital", "ocr", "none"),
    "method": ("known", "ruled", "borderless", "card"),
    "verdict": ("match", "rounding", "truncated", "stale", "mismatch", "mislabelled", "unverifiable"),
}
_UNITS = {
    "x0": _POINTS,
    "top": _POINTS,
    "x1": _POINTS,
    "bottom": _POINTS,
    "table_x0": _POINTS,
    "table_top": _POINTS,
    "table_x1": _POINTS,
    "table_bottom": _POINTS,
    "value": "as the column `unit` says; money in pounds, not thousands",
    "value_high": "as the column `unit` says",
    "confidence": "0 to 1",
    "char_start": "characters from the start of the paper's text",
    "char_end": "characters from the start of the paper's text",
}
_SHARED = {
    "document_id": "The paper: SHA-256 of its file",
    "file": "Name of the paper, relative to the input folder",
    "council_code": "Council that published the paper: current ONS GSS code; empty when the paper does not say",
    "council": "Council that published the paper: name as the Department for Education writes it",
    "la_code": "Three-digit DfE code of that council, the safe key to join DfE files on",
    "page": "Page, counted from 1",
    "x0": "Left edge",
    "top": "Upper edge",
    "x1": "Right edge",
    "bottom": "Lower edge",
    "row": "Row of the cell, counted from 0",
    "column": "Column of the cell, counted from 0",
    "table_id": "The table",
    "title": "Title",
}
_OBSERVATIONS = {
    "observation_id": "Stable: the same paper, place and figure give the same id",
    "area_type": "What kind of area the value describes",
    "area": "Name of the area that the value describes",
    "kpi": "Id in the KPI vocabulary, empty when none fits",
    "kpi_label": "The words in the paper that name the measure",
    "breakdown": "key=value pairs, sorted, joined by `;`",
    "value": "The figure",
    "value_high": "Upper end of a range",
    "value_text": "The figure exactly as printed",
    "decimals": "Digits printed after the point: how precise the figure claims to be",
    "unit": "What the value counts: percent, percentage_points, count, gbp, weeks, days, months, years, rate_per_10k, "
    "rate_per_100, score, fte, ratio, multiple",
    "qualifier": "about, over, under, at_least, up_to; empty when the figure is stated plainly",
    "numerator": "The part, where the same cell or phrase states it",
    "denominator": "The whole, where the same cell or phrase states it",
    "period_label": "The words in the paper that date the figure",
    "period_start": "First day covered",
    "period_end": "Last day covered; the first day again for a point in time",
    "period_basis": "month, quarter, term, calendar_year, financial_year, academic_year, snapshot, year_to_date, "
    "rolling_12_months, other",
    "role": "actual, target, floor, forecast, baseline, benchmark, change, limit, context, planned",
    "benchmark": "Whose figure a benchmark is",
    "trend": "Arrow as printed, never worked out from the values",
    "rag": "Rating as printed, in words or as a fill",
    "source": "Where the figure stands: in a table, in prose, or in a boxed card",
    "char_start": "Where value_text begins, for text, HTML and DOCX",
    "char_end": "Where value_text ends",
    "table_id": "The table that holds the figure",
    "row": "Row of its cell in that table, counted from 0",
    "column": "Column of its cell in that table, counted from 0",
    "evidence": "The sentence, or row label and column heading with the cell",
    "confidence": "1 means that every field was stated in so many words",
    "flags": "What was inferred or mended, joined by `;`",
}
_DOCUMENTS = {
    "url": "Where the paper was published, when it says so",
    "title": "Title of the paper",
    "region": "English region of the council",
    "committee": "Committee the paper went to",
    "meeting_date": "Day of the meeting",
    "published_date": "Day of publication",
    "format": "Kind of file, told from its content",
    "producer": "Program that made the file, as the file says",
    "pages": "Number of pages; 0 for a paper without pages",
    "text_layer": "Whether the text is born digital, read from a picture, or absent",
    "tables": "Number of tables",
    "observations": "Number of figures",
    "checks": "Number of verdicts",
    "problems": "Number of problems",
    "status": "ok; partial when some of the paper could not be read; failed when nothing could. The problems say why",
}
_TABLES = {
    "page": "Page where the table begins, counted from 1",
    "continues": "The table that this one runs on from",
    "table_x0": "Left edge of the table",
    "table_top": "Upper edge of the table",
    "table_x1": "Right edge of the table",
    "table_bottom": "Lower edge of the table",
    "method": "How the table was found",
    "title": "Caption, or the heading line right above",
    "flags": "What was mended, joined by `;`",
    "row_span": "Rows that the cell covers",
    "column_span": "Columns that the cell covers",
    "text": "Text as printed; a line break stands where the cell breaks its line",
    "fill": "Background colour, #rrggbb",
    "marks": "Arrows and ratings found in the cell, and what each was read from: trend=up (glyph)",
    "cell_page": "Page that the cell is on, counted from 1",
    "char_start": "Where the text begins, for text, HTML and DOCX",
}
_CHECKS = {
    "check_id": "Stable id of the verdict",
    "observation_id": "The claim",
    "kind": "cell, arithmetic, sum, trend, comparison, official, consistency, table",
    "verdict": "Whether the claim holds",
    "expected": "What the evidence gives",
    "found": "What the paper says",
    "evidence_ids": "The observations on which the verdict rests, joined by `;`",
    "explanation": "The verdict as one plain sentence",
}
_PROBLEMS = {
    "problem_id": "Stable id of the problem",
    "code": "Stable name of the kind of problem",
    "message": "What happened and what to try",
    "quote": "The words concerned",
}


def _column_type(annotation: Any) -> ColumnType:
    kinds = set(get_args(annotation)) or {annotation}
    if date in kinds:
        return "date"
    if float in kinds:
        return "number"
    return "integer" if int in kinds else "string"


def _columns(record: type, says: dict[str, str]) -> tuple[Column, ...]:
    types = get_type_hints(record)
    return tuple(
        Column(
            name=field.name,
            type=_column_type(types[field.name]),
            says=says.get(field.name) or _SHARED[field.name],
            unit=_UNITS.get(field.name, ""),
            allowed=_ALLOWED.get(field.name, ()),
        )
        for field in fields(record)
    )


@cache
def resources() -> dict[str, Resource]:
    """The five resources by name, in the order of the data package: what others refer to comes first."""
    to_document = (("document_id", "documents"),)
    found = (
        Resource(
            name="documents",
            says="One row is one paper: what it is, who published it and how well it was read",
            record=DocumentRow,
            columns=_columns(DocumentRow, _DOCUMENTS),
            key=("document_id",),
        ),
        Resource(
            name="observations",
            says="One row is one figure that a paper states, in a table cell, on a card or in prose",
            record=Observation,
            columns=_columns(Observation, _OBSERVATIONS),
            key=("observation_id",),
            refers=to_document,
        ),
        Resource(
            name="checks",
            says="One row is one verdict on one claim, with its evidence",
            record=Check,
            columns=_columns(Check, _CHECKS),
            key=("check_id",),
            refers=(*to_document, ("observation_id", "observations")),
        ),
        Resource(
            name="problems",
            says="One row is one thing that could not be read or understood, and where",
            record=ProblemRow,
            columns=_columns(ProblemRow, _PROBLEMS),
            key=("problem_id",),
            refers=to_document,
        ),
        Resource(
            name="tables",
            says="One row is one cell of one table as found, before anyone interprets it",
            record=CellRow,
            columns=_columns(CellRow, _TABLES),
            key=("table_id", "row", "column"),
            refers=to_document,
            csv=False,
        ),
    )
    return {resource.name: resource for resource in found}

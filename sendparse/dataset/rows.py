"""One paper's outcome as rows: what is written for it, in the order in which it is written.

In: an Outcome, or the error that stands in its place. Out: PaperRows. Numbers lose what only arithmetic put there
(31.599999999999998 is written 31.6) and the sign of zero; printed text is kept as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

from sendparse.dataset.columns import CellRow, DocumentRow, ProblemRow, Status
from sendparse.model import (
    Box,
    Cell,
    Check,
    Colour,
    Document,
    Facts,
    Mark,
    Observation,
    Outcome,
    Problem,
    Table,
    stable_id,
)
from sendparse.records import changed

UNREAD = frozenset(
    {
        "no_text_layer",
        "picture_not_read",
        "page_not_read",
        "page_too_complex",
        "tables_not_read",
        "stage_failed",
        "damaged",
        "too_deep",
        "too_many_pages",
        "ocr_illegible",
    }
)
"""Problems that say: some of this paper was not read. They make its status `partial`."""

Row = TypeVar("Row")
_COORDINATES = ("x0", "top", "x1", "bottom")
_TWELVE_DIGITS = 10**12


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRows:
    """Everything that one paper adds to a dataset."""

    document: DocumentRow
    observations: Sequence[Observation] = ()
    checks: Sequence[Check] = ()
    problems: Sequence[ProblemRow] = ()
    cells: Sequence[CellRow] = field(default=(), repr=False)


def outcome_rows(outcome: Outcome) -> PaperRows:
    """The rows of a paper that was read."""
    document, facts = outcome.document, outcome.facts
    problems = problem_rows(outcome.problems, document.document_id, document.file)
    cells = [row for table in outcome.tables for row in table_rows(table)]
    observations = _unique([tidy(row) for row in outcome.observations], "observation_id")
    checks = _unique(outcome.checks, "check_id")
    row = DocumentRow(
        **_described(document, facts),
        tables=len(outcome.tables),
        observations=len(observations),
        checks=len(checks),
        problems=len(problems),
        status=_status(problems),
    )
    return PaperRows(document=row, observations=observations, checks=checks, problems=problems, cells=cells)


def with_checks(rows: PaperRows, outcome: Outcome) -> PaperRows:
    """The rows of a paper from before its checks, with the checks and problems that it has now."""
    problems = problem_rows(outcome.problems, rows.document.document_id, rows.document.file)
    return _with(rows, _unique(outcome.checks, "check_id"), problems)


def without_checks(rows: PaperRows, cause: str) -> PaperRows:
    """The rows of a paper from before its checks, with the problem that these could not be made."""
    problem = Problem(
        document_id=rows.document.document_id,
        code="stage_failed",
        message=f"The stage 'checks' failed ({cause}); its figures were read, but not checked. Try: --timeout and "
        "--memory for more time and memory with --retry-failed, or `sendparse check` on the dataset",
    )
    found = problem_rows([problem], rows.document.document_id, rows.document.file)
    return _with(rows, (), _unique([*rows.problems, *found], "problem_id"))


def _with(rows: PaperRows, checks: Sequence[Check], problems: Sequence[ProblemRow]) -> PaperRows:
    document = replace(rows.document, checks=len(checks), problems=len(problems), status=_status(problems))
    return replace(rows, document=document, checks=checks, problems=problems)


def _status(problems: Iterable[ProblemRow]) -> Status:
    return "partial" if any(problem.code in UNREAD for problem in problems) else "ok"


def failed_rows(document_id: str, file: str, *, code: str, message: str) -> PaperRows:
    """The rows of a paper that gave nothing: its name, and why."""
    problem = Problem(document_id=document_id, code=code, message=message)
    row = DocumentRow(document_id=document_id, file=file, problems=1, status="failed")
    return PaperRows(document=row, problems=problem_rows([problem], document_id, file))


def copy_rows(document: DocumentRow, copies: Sequence[str]) -> list[ProblemRow]:
    """A problem row for each further file that has the same content as the one that was read."""
    found = [
        Problem(
            document_id=document.document_id,
            code="duplicate_file",
            message=f"{copy} has the same content as {document.file}, so it was read once",
            quote=copy,
        )
        for copy in copies
    ]
    return problem_rows(found, document.document_id, document.file)


def problem_rows(problems: Iterable[Problem], document_id: str, file: str) -> list[ProblemRow]:
    """Problems as rows. The same problem said twice gets two ids."""
    rows = [
        ProblemRow(
            problem_id=stable_id(document_id, p.code, p.page, _corners(p.box), p.message, p.quote),
            document_id=document_id,
            file=file,
            page=p.page,
            **_edges(p.box),
            code=p.code,
            message=p.message,
            quote=p.quote,
        )
        for p in problems
    ]
    return _unique(rows, "problem_id")


def table_rows(table: Table) -> list[CellRow]:
    """The cells of one table, row by row."""
    edges, flags = _edges(table.box), ";".join(table.flags)
    cells = sorted(table.cells, key=attrgetter("row", "column"))
    return [_cell_row(table, cell, edges, flags) for cell in cells]


def _cell_row(table: Table, cell: Cell, edges: Mapping[str, float | None], flags: str) -> CellRow:
    box = cell.box
    return CellRow(
        table_id=table.table_id,
        document_id=table.document_id,
        page=table.page,
        continues=table.continues,
        table_x0=edges["x0"],
        table_top=edges["top"],
        table_x1=edges["x1"],
        table_bottom=edges["bottom"],
        method=table.method,
        title=table.title,
        flags=flags,
        row=cell.row,
        column=cell.column,
        row_span=cell.row_span,
        column_span=cell.column_span,
        text=cell.text,
        fill=_hex(cell.fill) if cell.fill is not None else "",
        marks=";".join([_mark(mark) for mark in cell.marks]) if cell.marks else "",
        cell_page=cell.page,
        x0=_rounded(box.x0) if box else None,
        top=_rounded(box.top) if box else None,
        x1=_rounded(box.x1) if box else None,
        bottom=_rounded(box.bottom) if box else None,
        char_start=cell.start,
    )


def tidy(row: Observation) -> Observation:
    """The observation with its numbers as a person would write them."""
    return changed(
        row,
        value=_plain(row.value),
        value_high=_plain(row.value_high),
        numerator=_plain(row.numerator),
        denominator=_plain(row.denominator),
        confidence=_plain(row.confidence),
        x0=_rounded(row.x0),
        top=_rounded(row.top),
        x1=_rounded(row.x1),
        bottom=_rounded(row.bottom),
    )


def _plain(number: float | None) -> float | None:
    """Twelve significant digits, which no paper prints, and no negative zero."""
    if number is None or (number % 1 == 0 and abs(number) < _TWELVE_DIGITS):
        return None if number is None else number + 0.0
    return float(f"{number:.12g}") + 0.0


@lru_cache(maxsize=4096)  # the cells of a row, and those of a column, share an edge
def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 2) + 0.0


def _described(document: Document, facts: Facts) -> dict[str, Any]:
    return {
        "document_id": document.document_id,
        "file": document.file,
        "url": document.url,
        "title": facts.title or document.title,
        "council_code": facts.council_code,
        "council": facts.council,
        "la_code": facts.la_code,
        "region": facts.region,
        "committee": facts.committee,
        "meeting_date": facts.meeting_date,
        "published_date": facts.published_date,
        "format": document.format,
        "producer": document.producer,
        "pages": len(document.pages),
        "text_layer": document.text_layer,
    }


def _edges(box: Box | None) -> dict[str, float | None]:
    return {name: _rounded(getattr(box, name)) if box is not None else None for name in _COORDINATES}


def _corners(box: Box | None) -> str:
    return "" if box is None else ",".join(str(edge) for edge in _edges(box).values())


@lru_cache(maxsize=256)
def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{round(max(0.0, min(1.0, part)) * 255):02x}" for part in colour)


def _mark(mark: Mark) -> str:
    return f"{mark.kind}={mark.value} ({mark.read_from})"


def _unique(rows: Sequence[Row], name: str) -> list[Row]:
    """Ids are keys: a second row with the same id gets one of its own, made from the first and its number."""
    seen: dict[str, int] = {}
    out = []
    for row in rows:
        identity = getattr(row, name)
        count = seen[identity] = seen.get(identity, 0) + 1
        out.append(row if count == 1 else replace(row, **{name: stable_id(identity, count)}))  # type: ignore[type-var]
    return out

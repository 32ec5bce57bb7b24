"""Observations from tables of indicators.

In: a Table, its document, what is known of the paper, and the packs. Out: one Observation for each figure (or rating) in a
value cell, and a Problem for each cell that should be a figure and is none. What rows and columns mean has been told apart
by tag/table.py; here it is put together cell by cell. Nothing is worked out: a direction, a rating or a period that is not
printed stays empty, and what was inferred says so in `flags`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import median

from sendparse.model import (
    Cell,
    Document,
    Facts,
    KpiMatch,
    Observation,
    Period,
    Problem,
    Table,
    breakdown_text,
    stable_id,
)
from sendparse.packs import Packs
from sendparse.tag.cell import CellValue, marked, value_of
from sendparse.tag.columns import Column
from sendparse.tag.heading import Heading
from sendparse.tag.period import Anchor
from sendparse.tag.table import TOTAL, Block, Row, TableTagger, TaggedTable

_DATED_BY_TITLE = frozenset({"actual", "target", "floor", "forecast", "change", "baseline", "limit"})
_LONGEST_LABEL = 300
_LONGEST_DATED_LABEL = 90  # letters: a label longer than that is a sentence, and a date in it dates something else
_MOST_PERCENT = 1000
_RELATIVE = re.compile(r"(?:latest|previous|prev|prior|last|current)\b.*", re.I)


def from_table(table: Table, document: Document, facts: Facts, packs: Packs) -> tuple[list[Observation], list[Problem]]:
    """The figures of one table, and what in it could not be read."""
    tagger = _tagger(packs, Anchor(data_date=facts.data_date, meeting_date=facts.meeting_date))
    tagged = tagger.tag(table)
    if tagged is None:
        return [], []
    return _Reader(tagged, document, facts, tagger).read()


def _tagger(packs: Packs, anchor: Anchor) -> TableTagger:
    """The tagger of the last paper is kept: its tables come one after another."""
    kept: dict[Anchor, TableTagger] = packs.once("table taggers", dict)
    if anchor not in kept:
        kept.clear()
        kept[anchor] = TableTagger(packs, anchor)
    return kept[anchor]


@dataclass(slots=True)
class _Line:
    """One row while it is read: its label, its measure, the unit most of its cells print."""

    row: Row
    printed_unit: str
    plain_size: float = 0.0  # median of the values that print their sign


class _Reader:
    """Reads one tagged table."""

    def __init__(self, tagged: TaggedTable, document: Document, facts: Facts, tagger: TableTagger) -> None:
        self.tagged = tagged
        self.table = tagged.table
        self.document = document
        self.facts = facts
        self.tagger = tagger
        self.signed_columns: frozenset[int] = frozenset()
        self.prints_signs = False  # the table prints its percent signs: a figure without one is no percentage
        self.observations: list[Observation] = []
        self.problems: list[Problem] = []

    def read(self) -> tuple[list[Observation], list[Problem]]:
        """All blocks, row by row."""
        for block in self.tagged.blocks:
            self.signed_columns = _signed_columns(block)
            self.prints_signs = any(self._value(c).own_unit == "percent" for c in _value_cells(block))
            if self.tagged.planned:
                self._planned(block)
                continue
            ratings_only = not any(self._value(c).kind == "figure" for c in _value_cells(block))
            for row in block.rows:
                self._row(row, block, ratings_only)
            self._asides(block)
        return self.observations, self.problems

    # ---- one row

    def _row(self, row: Row, block: Block, ratings_only: bool) -> None:
        line = self._line(row, block)
        marks = _marks_by_column(row, block.columns, self._value)
        for column in block.columns:
            cell = row.cells.get(column.number)
            if cell is None:
                continue
            value = self._value(cell)
            if column.kind == "value":
                self._cell(cell, value, line, column, block, marks.get(column.number, ("", "")))
            elif ratings_only and column.kind == "rag" and (value.rag or marked(cell, "rag")):
                self._rating(cell, value, line, column, block, marks.get(column.number, ("", "")))

    def _line(self, row: Row, block: Block) -> _Line:
        values = [
            self._value(c) for column in block.columns if column.kind == "value" and (c := row.cells.get(column.number))
        ]
        figures = [v for v in values if v.kind == "figure"]
        printed = Counter(v.own_unit for v in figures if v.own_unit)
        unit, often = printed.most_common(1)[0] if printed else ("", 0)
        signed = [v.value for v in figures if v.own_unit == "percent" and v.value is not None]
        return _Line(row, unit if often * 2 >= len(figures) else "", median(signed) if signed else 0.0)

    def _cell(
        self, cell: Cell, value: CellValue, line: _Line, column: Column, block: Block, beside: tuple[str, str]
    ) -> None:
        """A cell in a column of values."""
        if value.kind == "figure":
            if value.bracketed and not self._is_account(value, line, column):
                self._problem(
                    cell, "bracketed_figure", "A figure in brackets that may be a negative or a count", line, column
                )
                return
            self._figure(cell, value, line, column, block, beside)
        elif value.kind == "mark":
            self._problem(cell, "mark_without_value", "An arrow or a rating stands here without a figure", line, column)
        elif value.kind == "suppressed":
            self._problem(cell, "suppressed", "The figure is suppressed", line, column)
        elif value.kind in ("word", "prose", "period") or (
            value.kind == "missing" and any(map(str.isalpha, value.text))
        ):
            self._problem(cell, "not_a_figure", "Words stand where a figure is expected", line, column)

    def _figure(
        self, cell: Cell, value: CellValue, line: _Line, column: Column, block: Block, beside: tuple[str, str]
    ) -> None:
        second = value.second
        if second is not None and "percent" in (column.heading.unit, line.row.unit):
            value, second = replace(second, text=value.text, trend=value.trend, rag=value.rag), None
        elif second is not None and not value.unit:
            value = replace(value, own_unit="count")
        figure, flags = self._in_unit(value, line, column)
        base = self._base(cell, line, column, block, figure.unit, flags | set(value.flags))
        arrow, rag = value.trend or marked(cell, "trend"), value.rag or marked(cell, "rag")
        found = replace(
            base,
            value=figure.value,
            value_high=figure.value_high,
            value_text=value.text,
            decimals=figure.decimals,
            qualifier=value.qualifier,
            numerator=value.numerator,
            denominator=value.denominator,
            trend=arrow or beside[0],
            rag=rag or beside[1],
        )
        if arrow and base.benchmark:
            found = replace(found, flags=_joined({*found.flags.split(";"), "arrow_in_benchmark_column"}))
        self._add(found)
        if second is not None:
            self._second(found, second, line, column)

    def _second(self, first: Observation, second: CellValue, line: _Line, column: Column) -> None:
        """The share printed behind a count is a figure of its own."""
        match, label, _ = self._measure(line.row, column, second.unit)
        fits = match is not None and match.unit == second.unit
        self._add(
            replace(
                first,
                observation_id=stable_id(first.observation_id, "share"),
                value=second.value,
                value_high=None,
                decimals=second.decimals,
                unit=second.unit,
                numerator=second.numerator,
                denominator=None,
                kpi=match.kpi if match and fits else "",
                kpi_label=label,
            )
        )

    def _rating(
        self, cell: Cell, value: CellValue, line: _Line, column: Column, block: Block, beside: tuple[str, str]
    ) -> None:
        """A rating in a table that prints no figures: an observation without a value."""
        base = self._base(cell, line, column, block, "", set())
        trend = value.trend or marked(cell, "trend") or beside[0]
        self._add(replace(base, value_text=value.text, trend=trend, rag=value.rag or marked(cell, "rag")))

    def _planned(self, block: Block) -> None:
        """Indicators that are declared and have no figures yet, one row each."""
        values = [c for c in block.columns if c.kind == "value"]
        for row in block.rows:
            first = row.cells.get(next(c.number for c in block.columns if c.kind == "label"))
            if not row.label or first is None:
                continue
            said = [
                f"{column.text}: {cell.text.strip()}"
                for column in values
                if (cell := row.cells.get(column.number)) is not None and cell.text.strip()
            ]
            line = _Line(row, "")
            base = self._base(first, line, replace(values[0], heading=Heading()), block, row.unit, set())
            evidence = " | ".join([row.label, *(" ".join(s.split()) for s in said)])
            self._add(replace(base, role="planned", evidence=evidence, period_label="", period_basis=""))

    def _asides(self, block: Block) -> None:
        """Figures in columns that hold no measure (reference numbers, ranks): named, one problem a column."""
        for column in block.columns:
            if column.kind in ("value", "empty", "label", "group"):
                continue
            cells = [c for row in block.rows if (c := row.cells.get(column.number)) and self._value(c).kind == "figure"]
            if cells:
                quote = "; ".join(" ".join(c.text.split()) for c in cells[:40])
                heading = f'under "{column.text}"' if column.text else "in a column without a heading"
                self.problems.append(
                    self._trouble(cells[0], "figures_aside", f"Figures {heading} are taken for no measure", quote)
                )

    # ---- what a figure is

    def _in_unit(self, value: CellValue, line: _Line, column: Column) -> tuple[CellValue, set[str]]:
        """The figure in the unit it is meant in, and what had to be set right."""
        stated = column.heading.unit or line.row.unit
        unit = value.own_unit or stated or self._printed_beside(line, column) or self.tagged.context.unit
        flags: set[str] = set()
        if unit == "percent" and not value.own_unit and line.plain_size > 0:
            if abs(value.value or 0) > _MOST_PERCENT:
                return replace(value, unit=""), flags
            if _is_share(value, line.plain_size):
                number = Decimal(str(value.value)) * 100
                return replace(value, value=float(number), decimals=max(value.decimals - 2, 0), unit=unit), {
                    "scale_corrected"
                }
            flags.add("percent_sign_missing")
        if not unit:
            unit = self._unit_of_measure(value, line, column)
        scale = max(column.heading.scale, line.row.scale, self.tagged.context.scale) if unit == "gbp" else 1
        if scale > 1 and not value.scaled and value.value is not None:
            high = None if value.value_high is None else float(Decimal(str(value.value_high)) * scale)
            value = replace(value, value=float(Decimal(str(value.value)) * scale), value_high=high)
        return replace(value, unit=unit), flags

    def _printed_beside(self, line: _Line, column: Column) -> str:
        """The unit that most figures of the row print, if figures of this column ever print one."""
        return line.printed_unit if column.number in self.signed_columns else ""

    def _unit_of_measure(self, value: CellValue, line: _Line, column: Column) -> str:
        """The unit of the measure that the label names, where the figure can be one of it."""
        match, _, _ = self._measure(line.row, column, "")
        if match is None or value.value is None:
            return ""
        if match.unit == "percent" and (self.prints_signs or abs(value.value) > 100):
            counted, _, _ = self._measure(line.row, column, "count")
            return "count" if counted and counted.unit == "count" and not value.decimals else ""
        if match.unit == "count" and value.decimals:
            return ""
        return match.unit

    def _is_account(self, value: CellValue, line: _Line, column: Column) -> bool:
        unit = value.own_unit or column.heading.unit or line.row.unit or self.tagged.context.unit
        return unit in ("gbp", "percent", "percentage_points") or column.heading.role == "change" or value.decimals > 0

    def _measure(self, row: Row, column: Column, unit: str) -> tuple[KpiMatch | None, str, bool]:
        """The measure of a cell, its words, and whether it was found in the title rather than in row or column."""
        here = row.label if row.names_measure else ""
        there = column.heading.measure
        title = self.tagged.measure
        if here:
            label = f"{here} – {there}" if there else here
            match = self.tagger.match(here, row.section, row.parent or "", unit)
            if match is None and there:
                match = self.tagger.match(f"{there} {here}", row.section, "", unit)
            above = there or row.section or title
            if match is None and above and TOTAL.fullmatch(here):
                return self.tagger.match(above, row.section, "", unit), label, above == title
            if match is None and self.tagger.leans(here):
                return self.tagger.match(here, row.section, above, unit), label, above == title
            return match, label, False
        for words, inferred in ((there, False), (row.section, False), (title, True)):
            if words:
                match = self.tagger.match(words, row.section, "", unit)
                if match is not None or words == there:
                    return match, words, inferred
        return None, row.section or title or row.label, not row.section

    def _base(self, cell: Cell, line: _Line, column: Column, block: Block, unit: str, flags: set[str]) -> Observation:
        """Everything about a cell but its figure."""
        row = line.row
        match, label, from_title = self._measure(row, column, unit)
        role, benchmark = _role(row, column.heading)
        period, inferred = self._period(row, column, role, benchmark)
        flags = (
            flags | ({"header_inherited"} if block.inherited else set()) | ({"row_reseated"} if row.shifted else set())
        )
        flags |= ({"period_inferred"} if inferred else set()) | ({"kpi_inferred"} if match and from_title else set())
        area_type, area = self._area(row.heading, column.heading)
        box = cell.box
        return Observation(
            observation_id=stable_id(
                self.document.document_id, self.table.table_id, cell.row, cell.column, cell.text, unit
            ),
            council_code=self.facts.council_code,
            council=self.facts.council,
            la_code=self.facts.la_code,
            area_type=area_type,
            area=area,
            kpi=match.kpi if match else "",
            kpi_label=label[:_LONGEST_LABEL],
            breakdown=breakdown_text(match.breakdown) if match else "",
            unit=unit,
            period_label=period.label if period else "",
            period_start=period.start if period else None,
            period_end=period.end if period else None,
            period_basis=period.basis if period else "",
            role=role,
            benchmark=benchmark,
            source="table",
            document_id=self.document.document_id,
            file=self.document.file,
            page=cell.page,
            x0=box.x0 if box else None,
            top=box.top if box else None,
            x1=box.x1 if box else None,
            bottom=box.bottom if box else None,
            char_start=cell.start,
            char_end=None if cell.start is None else cell.start + len(cell.text),
            table_id=self.table.table_id,
            row=cell.row,
            column=cell.column,
            evidence=_evidence(row, column, cell),
            confidence=_confidence(match, flags, period),
            flags=_joined(flags),
        )

    def _period(self, row: Row, column: Column, role: str, benchmark: str) -> tuple[Period | None, bool]:
        """When a cell is about, and whether that had to be inferred."""
        own, rows = column.heading.period, row.heading.period
        if own is not None and own.start is None and own.end is None and rows is not None and rows.start:
            lent = self.tagger.reader.read(column.text, rows).period
            return (lent or own), False
        if own is not None and (own.start or own.end):
            return own, not column.dated
        if rows is not None and (rows.start or rows.end) and len(row.label) < _LONGEST_DATED_LABEL:
            return rows, rows.inferred
        title = self.tagged.context.period
        if title is not None and not benchmark and role in _DATED_BY_TITLE and own is None:
            return title, True
        if own is None and _RELATIVE.fullmatch(column.leaf):
            return Period(label=column.leaf), False
        return own or rows, False

    def _area(self, row: Heading, column: Heading) -> tuple[str, str]:
        for heading in (row, column, self.tagged.context):
            if heading.area_type == "other_council" and heading.area == self.facts.council:
                return "council", heading.area
            if heading.area_type == "region":
                return "region", heading.area or self.facts.region
            if heading.area_type:
                return heading.area_type, heading.area
        return "council", self.facts.council

    # ---- what came out

    def _value(self, cell: Cell) -> CellValue:
        return value_of(cell)

    def _add(self, observation: Observation) -> None:
        self.observations.append(observation)

    def _problem(self, cell: Cell, code: str, message: str, line: _Line, column: Column) -> None:
        place = " | ".join(part for part in (line.row.label, column.text) if part)
        self.problems.append(self._trouble(cell, code, f"{message} ({place})", " ".join(cell.text.split())))

    def _trouble(self, cell: Cell, code: str, message: str, quote: str) -> Problem:
        return Problem(
            document_id=self.document.document_id,
            code=code,
            message=message,
            page=cell.page,
            box=cell.box,
            quote=quote[:500],
        )


def _signed_columns(block: Block) -> frozenset[int]:
    """The columns in which some figure prints its own unit."""
    signed = set()
    for row in block.rows:
        signed |= {number for number, cell in row.cells.items() if value_of(cell).own_unit}
    return frozenset(signed)


def _value_cells(block: Block) -> Iterator[Cell]:
    for row in block.rows:
        for column in block.columns:
            cell = row.cells.get(column.number) if column.kind == "value" else None
            if cell is not None:
                yield cell


def _marks_by_column(row: Row, columns: Sequence[Column], read: object) -> dict[int, tuple[str, str]]:
    """Trend and rating that stand in columns of their own, by the column of the figure (or rating) they belong to."""
    out: dict[int, tuple[str, str]] = {}
    for column in columns:
        cell = row.cells.get(column.number) if column.kind in ("rag", "trend") else None
        if cell is None:
            continue
        value = value_of(cell)
        trend = value.trend or marked(cell, "trend")
        rag = value.rag or marked(cell, "rag") or (_letter(value.text) if column.kind == "rag" else "")
        home = _home(column, columns, row)
        if home is not None and (trend or rag):
            old = out.get(home.number, ("", ""))
            out[home.number] = (old[0] or trend, old[1] or rag)
    return out


_LETTERS = {"r": "red", "a": "amber", "g": "green", "b": "blue"}


def _letter(text: str) -> str:
    return _LETTERS.get(text.strip().lower(), "")


def _home(mark: Column, columns: Sequence[Column], row: Row) -> Column | None:
    """The column whose figure a mark speaks of: the nearest one on its left that has a figure, else on its right.

    In a table of ratings alone, a direction belongs to the newest rating, which is the first.
    """
    figures = [
        c
        for c in columns
        if c.takes_marks and (cell := row.cells.get(c.number)) and value_of(cell).kind == "figure"
    ]
    if not figures:
        ratings = [c for c in columns if c.kind == "rag"]
        return ratings[0] if ratings and mark.kind == "trend" else None
    left = [c for c in figures if c.number < mark.number]
    return left[-1] if left else figures[0]


def _role(row: Row, column: Heading) -> tuple[str, str]:
    """Role and benchmark of a cell: what the column says, else what the row says."""
    benchmark = column.benchmark or row.heading.benchmark
    role = column.role if column.role not in ("", "actual") else (row.role or column.role)
    if benchmark and role in ("", "actual"):
        return "benchmark", benchmark
    return role or "actual", benchmark


def _is_share(value: CellValue, others: float) -> bool:
    """0.316 among 35.4%, 36.1%: a share that was not formatted as a percentage."""
    number = value.value
    if number is None or not 0 < number <= 1 or value.value_high is not None:
        return False
    return others >= 2 and (value.decimals >= 2 or (number == 1 and others >= 50))


def _evidence(row: Row, column: Column, cell: Cell) -> str:
    parts = (row.label or row.section, column.text, " ".join(cell.text.split()))
    return " | ".join(part for part in parts if part)


def _confidence(match: KpiMatch | None, flags: set[str], period: Period | None) -> float:
    """1 when row, column and cell say everything in so many words; less for what was inferred."""
    sure = 1.0 if match is None else 0.5 + 0.5 * match.score
    for flag, share in _DOUBTS.items():
        if flag in flags:
            sure *= share
    if period is not None and period.start is None and period.end is None:
        sure *= 0.9
    return round(sure, 3)


_DOUBTS = {
    "header_inherited": 0.95,
    "row_reseated": 0.8,
    "scale_corrected": 0.8,
    "percent_sign_missing": 0.95,
    "period_inferred": 0.85,
    "kpi_inferred": 0.8,
    "footnote_mark": 0.97,
}


def _joined(flags: set[str]) -> str:
    return ";".join(sorted(flag for flag in flags if flag))

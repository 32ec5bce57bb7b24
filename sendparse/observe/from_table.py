"""Observations from tables of indicators.

In: a Table, its document, what is known of the paper, and the packs. Out: one Observation for each figure (or rating) in a
value cell, and a Problem for each cell that should be a figure and is none. What rows and columns mean has been told apart
by tag/table.py; here it is put together cell by cell. Nothing is worked out: a direction, a rating or a period that is not
printed stays empty, and what was inferred says so in `flags`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sendparse.model import (
    Cell,
    Document,
    Facts,
    KpiMatch,
    Observation,
    Period,
    Problem,
    Table,
    stable_id,
)
from sendparse.observe.cell_row import Origin, Printed, Told, area_of, observation_of
from sendparse.observe.table_bases import bases_of, home_of
from sendparse.observe.table_marks import marks_by_column, trend_and_rating
from sendparse.observe.table_measure import Named, named, of_account
from sendparse.observe.table_periods import Periods
from sendparse.observe.table_place import Place
from sendparse.observe.table_units import Line, Meant, Units
from sendparse.packs import Packs
from sendparse.records import changed
from sendparse.tag.cell import BESIDE, CellValue, value_of
from sendparse.tag.columns import Column
from sendparse.tag.heading import Heading
from sendparse.tag.period import Anchor, as_academic
from sendparse.tag.table import Block, TableTagger, TaggedTable
from sendparse.tag.table_rows import Row

_ADDS_UP = re.compile(r"(?i)\b(?:cumulative(?:ly)?|running totals?)\b")  # said over the rows, for all of them


def from_table(table: Table, document: Document, facts: Facts, packs: Packs) -> tuple[list[Observation], list[Problem]]:
    """The figures of one table, and what in it could not be read."""
    tagger = _tagger(packs, Anchor(data_date=facts.data_date, meeting_date=facts.meeting_date))
    tagged = tagger.tag(table, facts.title)
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


class _Reader:
    """Reads one tagged table."""

    def __init__(self, tagged: TaggedTable, document: Document, facts: Facts, tagger: TableTagger) -> None:
        self.tagged = tagged
        self.table = tagged.table
        self.document = document
        self.facts = facts
        self.origin = Origin(document, facts, tagged.table, "table")
        self.tagger = tagger
        self.periods = Periods(tagged, facts, tagger)
        labels = [c.text for block in tagged.blocks for c in block.columns if c.kind == "label"]
        self.money = False  # whether columns of the block that is read are of money
        self.names: dict[tuple[str, str, str], Named] = {}  # what the cells of the row that is read measure
        self.adds_up = any(_ADDS_UP.search(line) for line in (tagged.table.title, *labels))
        self.observations: list[Observation] = []
        self.problems: list[Problem] = []

    def read(self) -> tuple[list[Observation], list[Problem]]:
        """All blocks, row by row."""
        for block in self.tagged.blocks:
            self.money = any(c.heading.unit == "gbp" for c in block.columns if c.kind == "value")
            units = Units(block, self.tagged.context, self.tagger.reader, self.tagged.measure)
            for place, row in enumerate(block.rows):
                self.names.clear()
                if _is_ranked(row, block.columns):
                    self._ranks(row, block)
                elif row.planned:
                    self._planned(row, block)
                else:
                    self._row(row, block, units, units.line(place))
            self._asides(block)
        return self.observations, self.problems

    def _row(self, row: Row, block: Block, units: Units, line: Line) -> None:
        beside, bases = marks_by_column(row, block.columns), bases_of(row, block.columns)
        for column in block.columns:
            cell = row.cells.get(column.number)
            if cell is None:
                continue
            marks = beside.get(column.number, ("", ""))
            place = Place(cell, line, column, block.inherited, marks, bases.get(column.number, {}))
            if column.kind == "value":
                self._cell(place, units)
            elif column.kind == "rag" and not units.has_figures and trend_and_rating(cell, letters=True)[1]:
                self._rating(place)

    def _cell(self, place: Place, units: Units) -> None:
        """A cell in a column of values."""
        value = value_of(place.cell)
        if value.kind == "figure" and value.bracketed and not units.is_account(value, place.line, place.column):
            self._problem(place, "bracketed_figure", "A figure in brackets that may be a negative or a count")
        elif value.kind == "figure":
            self._figure(place, value, units)
        elif value.kind == "mark":
            self._problem(place, "mark_without_value", "An arrow or a rating stands here without a figure")
        elif value.kind == "suppressed":
            self._problem(place, "suppressed", "The figure is suppressed")
        elif value.kind in ("word", "prose", "period") or any(map(str.isalpha, value.text)):
            self._problem(place, "not_a_figure", "Words stand where a figure is expected")

    def _figure(self, place: Place, value: CellValue, units: Units) -> None:
        second = value.second
        if second is not None and second.role:
            pass
        elif second is not None and "percent" in (place.column.heading.unit, place.row.unit):
            value, second = changed(second, text=value.text, trend=value.trend, rag=value.rag), None
        elif second is not None and not value.unit:
            value = changed(value, own_unit="count")
        figure, flags = units.figure(value, place.line, place.column, lambda unit: self._named(place, unit))
        told = self._told(place, figure.unit, flags.union(value.flags) if value.flags else flags)
        if self._cannot_be(told, figure):
            told = changed(told, fits=False)
        if second is not None and second.role == BESIDE:
            told, second = self._set_apart(told, second, place)
        trend, rating = trend_and_rating(place.cell)
        if trend and told.benchmark:
            told = changed(told, flags=told.flags | {"arrow_in_benchmark_column"})
        dated = bool(value.period) and told.period is not None and told.period.label == value.period
        above = None if dated else value.numerator  # "60% (2023)": the year is no numerator
        bare = above is not None or figure.unit not in ("percent", "rate_per_100", "rate_per_10k", "ratio")
        printed = Printed(
            value=figure.value,
            value_high=figure.value_high,
            text=value.text,
            decimals=figure.decimals,
            qualifier=value.qualifier,
            numerator=above if bare else place.bases.get("numerator"),
            denominator=value.denominator if bare else place.bases.get("denominator"),
            trend=trend or place.beside[0],
            rag=rating or place.beside[1],
        )
        found = self._observed(place, told, printed)
        self.observations.append(found)
        if second is not None:
            self._second(found, second, place)

    def _set_apart(self, told: Told, second: CellValue, place: Place) -> tuple[Told, CellValue | None]:
        """As in "66.7% (60%)" under "% on time (target)": the second one is what the heading has in brackets."""
        if _TARGET_BESIDE.search(place.column.text) is None:
            self._problem(place, "bracketed_figure", "A second figure in brackets that no heading names")
            return told, None
        return changed(told, role="actual" if told.role == "target" else told.role), changed(second, role="target")

    def _cannot_be(self, told: Told, value: Meant) -> bool:
        """Whether the measure has no such figures: £18m is no cost of one place, 58 beside signed shares no share, 0.22 no count."""
        kpi = self.tagger.packs.kpis.get(told.match.kpi) if told.match is not None else None
        if kpi is None or told.role == "change" or value.value is None:
            return False
        rules = self.tagger.packs.rules["links"]
        if told.unit == "gbp":
            bounds = rules.get("sizes", {}).get(kpi.id)
            return bounds is not None and abs(value.value) > bounds[1]
        if told.unit:
            return told.unit == "count" and kpi.unit == "percent"
        return kpi.unit == "percent" or (
            kpi.unit == "count" and value.decimals > 0 and kpi.id not in rules["staff_measures"]
        )

    def _second(self, first: Observation, second: CellValue, place: Place) -> None:
        """The share printed behind a count, or the change behind a level, is a figure of its own."""
        if second.role == "change":
            points = second.unit in ("", "percent") and first.unit == "percent"
            second = changed(second, unit="percentage_points" if points else second.unit or first.unit)
        moved = first.role == "change" and second.unit == "percent"  # "+96 (6.8%)": how far the count has moved
        match = self._named(place, first.unit if second.role or moved else second.unit).match
        fits = match is not None and (bool(second.role) or moved or match.unit == second.unit)
        self.observations.append(
            changed(
                first,
                observation_id=stable_id(first.observation_id, "share"),
                value=second.value,
                value_high=None,
                decimals=second.decimals,
                unit=second.unit,
                numerator=second.numerator,
                denominator=None,
                role=second.role or first.role,
                trend="" if second.role else first.trend,
                rag="" if second.role else first.rag,
                kpi=match.kpi if match and fits else "",
            )
        )

    def _rating(self, place: Place) -> None:
        """A rating in a table that prints no figures: an observation without a value."""
        trend, rating = trend_and_rating(place.cell, letters=True)
        printed = Printed(text=value_of(place.cell).text, trend=trend or place.beside[0], rag=rating)
        self.observations.append(self._observed(place, self._told(place, "", set()), printed))

    def _planned(self, row: Row, block: Block) -> None:
        """An indicator that is declared and has no figure yet: one observation without a value."""
        label = next(c for c in block.columns if c.kind == "label")
        first = row.cells.get(label.number) or next(iter(row.cells.values()))
        said = [
            f"{column.text}: {' '.join(cell.text.split())}"
            for column in block.columns
            if column.kind == "value" and (cell := row.cells.get(column.number)) is not None and cell.text.strip()
        ]
        place = Place(first, Line(row), replace(label, heading=Heading()), block.inherited)
        told = changed(
            self._told(place, row.unit, set()),
            role="planned",
            benchmark="",
            evidence=" | ".join([row.label, *said]),
        )
        self.observations.append(changed(self._observed(place, told, Printed()), period_label=""))

    def _asides(self, block: Block) -> None:
        """Figures in columns that hold no measure (reference numbers, ranks): named, one problem a column."""
        for column in block.columns:
            if column.kind in ("value", "empty", "label", "group"):
                continue
            rows = [row for row in block.rows if not _is_base(row, column, block.columns)]
            cells = [c for row in rows if (c := row.cells.get(column.number)) and value_of(c).kind == "figure"]
            if cells:
                quote = "; ".join(" ".join(c.text.split()) for c in cells[:40])
                heading = f'under "{column.text}"' if column.text else "in a column without a heading"
                message = f"Figures {heading} are taken for no measure"
                self.problems.append(self._trouble(cells[0], "figures_aside", message, quote))

    def _ranks(self, row: Row, block: Block) -> None:
        """Places in an order are figures of no measure: named, one problem a row."""
        cells = [cell for c in block.columns if c.kind == "value" and (cell := row.cells.get(c.number)) is not None]
        quote = "; ".join(" ".join(cell.text.split()) for cell in cells)
        self.problems.append(self._trouble(cells[0], "figures_aside", f'Ranks in the row "{row.label}"', quote))

    def _named(self, place: Place, unit: str) -> Named:
        """The measure of a cell in this unit. In one row the columns differ in what their headings name alone."""
        key = (place.column.heading.measure, place.column.beside, unit)
        found = self.names.get(key)
        if found is None:
            found = named(self.tagged.measures, self.tagged.measure, place.row, place.column, unit)
            self.names[key] = found
        return found

    def _observed(self, place: Place, told: Told, printed: Printed) -> Observation:
        cell = place.cell
        ident = stable_id(self.document.document_id, self.table.table_id, cell.row, cell.column, cell.text, told.unit)
        return observation_of(cell, told, self.origin, ident, printed)

    def _told(self, place: Place, unit: str, flags: set[str]) -> Told:
        """What row, column and titles say of a cell."""
        row, column, cell = place.row, place.column, place.cell
        role, benchmark = _role(row, column.heading)
        measure = self._named(place, unit)
        of_money = role == "change" and unit == "percent" and self.money  # a variance in % beside that in £
        if role == "change" and unit == "percent":  # "% change" of a count is of the measure that is counted
            others = [value_of(cell).own_unit for number, cell in row.cells.items() if number != column.number]
            shares = row.unit == "percent" or "percent" in others
            counted = self._named(place, "gbp" if of_money else "" if shares else "count")
            measure = counted if of_money or (counted.match and counted.match.unit != "percent") else measure
        match = measure.match
        if unit == "gbp" and match is not None:
            match = of_account(self.tagged.measures, match, row, column, role)
        period, inferred = self.periods.of(place, role, benchmark, "gbp" if of_money else unit)
        if period is not None and self.periods.is_school_year(period, place, match):
            period = as_academic(period)
        if role == "actual" and self.periods.is_to_come(period):
            role = "forecast" if unit == "gbp" else "target"
        if place.inherited:
            flags.add("header_inherited")
        if row.shifted:
            flags.add("row_reseated")
        if inferred:
            flags.add("period_inferred")
        if match is not None and measure.from_title:
            flags.add("kpi_inferred")
        if self.adds_up and unit == "count" and role == "actual":
            flags.add("cumulative")
        return Told(
            match=match,
            label=measure.label,
            unit=unit,
            period=period,
            role=role,
            benchmark=benchmark,
            area=area_of((row.heading, column.heading, self.tagged.context), self.facts),
            evidence=_evidence(row, column, cell),
            confidence=_confidence(match, flags, period),
            flags=frozenset(flags),
        )

    def _problem(self, place: Place, code: str, message: str) -> None:
        where = " | ".join(part for part in (place.row.label, place.column.text) if part)
        quote = " ".join(place.cell.text.split())
        self.problems.append(self._trouble(place.cell, code, f"{message} ({where})", quote))

    def _trouble(self, cell: Cell, code: str, message: str, quote: str) -> Problem:
        return Problem(
            document_id=self.document.document_id,
            code=code,
            message=message,
            page=cell.page,
            box=cell.box,
            quote=quote[:500],
        )


_RANKED = re.compile(
    r"(?i)(?:(?:our|national|england|regional|overall|statistical neighbours?)\s+)*(?:rank(?:ing|ed)?|quartile|decile)\b"
)
_MOST_RANKS = 160  # authorities


def _is_ranked(row: Row, columns: Sequence[Column]) -> bool:
    """Whether a row holds ranks: its label says so, and its figures are small whole numbers."""
    if _RANKED.match(row.label) is None:
        return False
    cells = [cell for c in columns if c.kind == "value" and (cell := row.cells.get(c.number)) is not None]
    values = [v for v in map(value_of, cells) if v.kind == "figure"]
    return bool(values) and not any(v.own_unit or v.decimals or abs(v.value or 0) > _MOST_RANKS for v in values)


def _is_base(row: Row, column: Column, columns: Sequence[Column]) -> bool:
    """Whether a cell is the numerator or denominator of a percentage in its row."""
    return column.kind in ("numerator", "denominator") and home_of(row, column, columns) is not None


_TARGET_BESIDE = re.compile(r"(?i)[([](?:target|plan|ambition|goal)s?\b[^()]*[)\]]\s*$")
_FORETOLD = re.compile(
    r"(?i)(?:forecast|projected|predicted|estimated)\s+(?!(?:outturn|variance|over|under|spend|position)\b)"
)


def _role(row: Row, column: Heading) -> tuple[str, str]:
    """Role and benchmark of a cell: what the column says, else what the row says."""
    benchmark = column.benchmark or row.heading.benchmark
    role = column.role if column.role not in ("", "actual") else (row.role or column.role)
    if role == "" and _FORETOLD.match(row.label):
        role = "forecast"  # "Forecast EHCPs" over years to come
    if benchmark and role in ("", "actual"):
        return "benchmark", benchmark
    return role or "actual", benchmark


def _evidence(row: Row, column: Column, cell: Cell) -> str:
    parts = (row.label or row.section, column.text, " ".join(cell.text.split()))
    return " | ".join(part for part in parts if part)


def _confidence(match: KpiMatch | None, flags: set[str], period: Period | None) -> float:
    """1 when row, column and cell say everything in so many words; less for what was inferred."""
    sure = 1.0 if match is None else 0.5 + 0.5 * match.score
    if flags:
        for flag, share in _DOUBTS.items():
            if flag in flags:
                sure *= share
    if period is not None and period.start is None and period.end is None:
        sure *= 0.9
    return sure if sure == 1.0 else round(sure, 3)


_DOUBTS = {
    "header_inherited": 0.95,
    "row_reseated": 0.8,
    "scale_corrected": 0.8,
    "percent_sign_missing": 0.95,
    "period_inferred": 0.85,
    "kpi_inferred": 0.8,
    "footnote_mark": 0.97,
}

"""Tables of indicators: what each cell measures, for whom, when and in which role.

In: a Table, the packs and the paper's anchor. Out: a TaggedTable: for each figure (and each thing that should be one) its row
and column, taken apart, or nothing where the table is none of indicators. A cell's meaning is what its row, its column, its
section and the table's title say together; what is nearer to the cell counts more. Observations are made of it elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sendparse.model import KpiMatch, Period, Table
from sendparse.packs import Packs
from sendparse.tag.aims import mark_aims, mark_newest, side_by_side
from sendparse.tag.cell import value_of
from sendparse.tag.column_runs import date_runs, date_shares, next_to, tell_neighbours
from sendparse.tag.columns import Column, read_columns, spread_measure
from sendparse.tag.heading import Heading, HeadingReader, mend, tokens
from sendparse.tag.kpi import matcher_of
from sendparse.tag.label_units import unit_in_label
from sendparse.tag.layout import BodyRow, Grid, Layout, LayoutBlock, read_layout
from sendparse.tag.measures import AVERAGE, Measures, company_of
from sendparse.tag.months import date_months
from sendparse.tag.own_places import localities, own_column, own_row
from sendparse.tag.period import Anchor
from sendparse.tag.relative_columns import date_relative, relative_wordings
from sendparse.tag.table_rows import Row, fold_parts, label_of, reseat, settle_labels

_BULLET = re.compile(r"^\s*(?:[-–•·o▪*]\s+|of which:?\s+(?=against|from|by|for|about|due)|\(?of these\)?:?\s+)", re.I)
_OF_WHICH = re.compile(r"\W*of (?:which|these)\b", re.I)
_NUMBERED = re.compile(r"^\s*(?:table|figure|fig\.?|chart|appendix|annex)\s+[\dA-Z][\d.a-z]*\s*[:.\-–—]?\s*", re.I)
_ASKED = re.compile(  # "1. Please provide the number of plans each January, by primary need."
    r"(?i)^\s*(?:(?:Q(?:uestion)?\s?)?\(?(?:\d{1,2}|[a-h])[.):]\s+)?(?:please\s+|can\s+you\s+)?(?:provide|confirm|state|give|list)\s+(?:me\s+with\s+|us\s+with\s+)?(?:the\s+)?|"
    r",?\s+(?:broken\s+down\s+|split\s+)?by\s+(?:primary\s+need|type\s+of\s+need|year|age(?:\s+group)?|phase|type|calendar\s+year|financial\s+year|academic\s+year)\s*[.:?]?\s*$"
)
_AGE = re.compile(r"age(?:s| groups?| bands?| ranges?)?(?: \(years\))?$", re.I)
_BAND = re.compile(r"\d{1,2} ?(?:-|–|to) ?\d{1,2}")
_MOST_RISK = 25
_FEWEST_DAYS, _MOST_DAYS = 80, 370  # of a period that lends its year to months: from a quarter to a year
# A paper "of March 2025" may well be of an earlier month, one "of 2024/25" of a part of it; one of a quarter is of that.
_REPORTED = frozenset({"quarter", "term"})
_PLACED = ("value", "rag", "trend")


@dataclass(slots=True)
class Block:
    """Rows under one stack of headings."""

    columns: list[Column]
    rows: list[Row]
    inherited: bool


@dataclass(slots=True)
class TaggedTable:
    """A table of indicators, taken apart."""

    table: Table
    grid: Grid
    blocks: list[Block]
    context: Heading  # what title and lines over the table say
    measure: str  # the measure that the title names, for tables whose rows are places or dates
    measures: Measures  # what its labels name
    empty_rows: list[int]


class TableTagger:
    """What reading tables needs: compiled wordings and the matcher. One for a set of packs and an anchor."""

    def __init__(self, packs: Packs, anchor: Anchor) -> None:
        self.packs = packs
        self.anchor = anchor
        self.reader = HeadingReader(packs, anchor)
        self.relative = relative_wordings(self.reader.relative, packs.rules["headers"].get("year_to_date", ()))
        self.matcher = matcher_of(packs)
        self._match = lru_cache(maxsize=4096)(self._matched)
        self.leans = self.matcher.leans

    def _matched(
        self, label: str, section: str = "", parent: str = "", unit: str = "", company: str = ""
    ) -> KpiMatch | None:
        return self.matcher.match_label(label, section=section, parent=parent, unit=unit, company=company)

    def tag(self, table: Table, paper: str = "") -> TaggedTable | None:
        """The table taken apart, or nothing when it is no table of indicators. `paper` is the title of its paper."""
        layout = read_layout(table, self.reader)
        context = self._context(layout, table)
        stated = [p for line in (*layout.context, *reversed(table.headings)) if (p := self.reader.read(line).period)]
        whole = next((p for p in self._periods_of(table.headings[::-1], paper) if p.basis in _REPORTED), None)
        context = context if context.period or not whole else replace(context, period=whole)
        within = context.period or next((p for p in stated if _lends(p)), None)
        blocks = [part for block in layout.blocks for part in self._blocks(layout, block, within)]
        if table.method == "borderless":
            for block in blocks:
                spread_measure(block.columns)
        ends = [p.end for p in stated if p.end] + ([self.anchor.data_date] if self.anchor.data_date else [])
        for block in blocks:
            date_months(block.columns, ends, self.reader)
            date_runs(block.columns, self.reader)
            tell_neighbours(block.columns)
            date_shares(block.columns, block.rows, context.unit)
            date_relative(block.columns, [p for p in (context.period, *stated) if p], self.relative)
        if self._is_other(layout, blocks):
            return None
        measured = any(_has_values(block, layout.grid) for block in blocks)
        for block in blocks:
            self._mark_planned(block, layout.grid, measured=measured)
            mark_newest(block.columns, self.reader)
            mark_aims(block.columns, block.rows, self.reader)
        if not measured and not any(row.planned for block in blocks for row in block.rows):
            return None
        if context.area_type in _areas_of(blocks):  # "compared with England", over columns of ours and of England's
            context = replace(context, area_type="", area="")
        measure = self._title_measure(layout, table)
        for block in blocks:
            localities(block.rows)
            own_column(block.columns, block.rows, self._names_measure)
            own_row(block.rows, measure, self._names_measure)
        lines = [
            *layout.context,
            *table.headings,
            *(c.text for block in blocks for c in block.columns if c.kind == "label"),
        ]
        lines += [paper] if self.matcher.is_ours(paper) else []
        labels = [row.label for block in blocks for row in block.rows if row.names_measure]
        company = company_of(self.matcher, lines, labels, _measures_of(blocks))
        averaged = any(AVERAGE.search(line) for line in layout.context)
        measures = Measures(company, self._match, self.leans, self.matcher.names_other, averaged)
        return TaggedTable(table, layout.grid, blocks, context, measure, measures, layout.empty_rows)

    def _periods_of(self, *lines: Sequence[str] | str) -> list[Period]:
        """The periods that headings and the title of the paper state, in that order."""
        texts = [text for line in lines for text in ([line] if isinstance(line, str) else line)]
        found = [self.reader.read(text).period for text in texts if text]
        return [period for period in found if period is not None and period.start and period.end]

    def _names_measure(self, text: str) -> bool:
        """Whether words name a measure, or a part of one."""
        return self._match(text) is not None or self.leans(text)

    def _context(self, layout: Layout, table: Table) -> Heading:
        """What the title and the lines over a table say for all of it."""
        period, unit, scale, area = None, "", 1, Heading()
        for line in layout.context:
            heading = self.reader.read(_NUMBERED.sub("", line))
            unit = _unit_of_all(_NUMBERED.sub("", line)) or unit
            period = heading.period if heading.period and heading.period.start else period
            scale = max(scale, heading.scale, self.reader.scale_in(line))
            area = heading if heading.area_type else area
        unit = "gbp" if scale > 1 else unit
        return Heading(period=period, unit=unit, scale=scale, area_type=area.area_type, area=area.area)

    def _title_measure(self, layout: Layout, table: Table) -> str:
        """The line over a table that names a measure we know, else the one nearest to it."""
        lines = [_ASKED.sub("", mend(line)) for line in (*layout.context[::-1], *table.headings[::-1])]
        lines = [line for line in lines if line and self.reader.scale_in(line) == 1]
        known = [line for line in lines if self._match(line)]
        return known[0] if known else (lines[0] if lines else "")

    def _blocks(self, layout: Layout, block: LayoutBlock, within: Period | None) -> list[Block]:
        """A block with its columns and rows; tables printed side by side in one grid are blocks of their own."""
        out = []
        for columns in side_by_side(read_columns(layout.grid, block, self.reader, within)):
            rows = self._rows(layout.grid, block, columns, within)
            reseat(rows, columns, layout.grid)
            out.append(Block(columns, rows, block.inherited))
        return out

    def _rows(self, grid: Grid, block: LayoutBlock, columns: Sequence[Column], within: Period | None) -> list[Row]:
        rows: list[Row] = []
        parent, section, group, label = "", "", "", ""
        aged = any(c.kind == "label" and _AGE.match(c.text) for c in columns)
        named = (c.heading.period for c in columns if c.kind == "label")
        within = next((p for p in named if p is not None and _lends(p)), within)  # "Month (2025)" over the months
        measured = ""  # what a line over several rows says their figures are: "Number", "%"
        for body in block.rows:
            if body.section != section:
                said = self.reader.read(body.section)
                measured = said.unit if said.unit and said.plain and not said.period else ""
                section, parent, label = body.section, "" if measured else body.section, ""
            label, part, group = label_of(grid, body, columns, (label, group))
            label = f"Aged {label}" if aged and _BAND.fullmatch(label) else label
            heading = self._row_heading(label, (self._dated_by(section), within), rows)
            unit, scale = self._row_unit(grid, body, columns, label, section)
            row = Row(body.row, label, heading, ("" if measured else section) or group)
            row.above, row.unit, row.scale = parent, unit or measured, scale
            row.cells = {c.number: cell for c in columns if (cell := grid.begins(body.row, c.number)) is not None}
            row.part, row.part_heading = part, self.reader.read(part)
            leans = bool(label) and (
                self.leans(_BULLET.sub("", label)) or bool(_BULLET.match(label) or _OF_WHICH.match(label))
            )
            row.parent = (parent or group) if leans else ""
            if label and not leans:
                parent = label
            row.period = self._row_period(grid, body, columns)
            rows.append(row)
        settle_labels(rows)
        return fold_parts(rows)

    def _row_heading(self, label: str, within: tuple[Period | None, Period | None], before: Sequence[Row]) -> Heading:
        """What a label says; a month or a quarter by itself takes its year from its section, the title, or the row before."""
        section, title = within
        heading = self.reader.read(label, section)
        if not heading.dates:
            return heading
        heading = self.reader.read(label, section or title)
        if heading.period is None or heading.period.start or not before:
            return heading
        found = next_to(before[-1].heading.period, label, self.reader)
        return heading if found is None else replace(heading, period=found)

    def _row_period(self, grid: Grid, body: BodyRow, columns: Sequence[Column]) -> Period | None:
        """When the newest figure of a row is of, where a column says so."""
        for column in columns:
            if column.kind == "period" and (said := grid.text(body.row, column.number).strip()):
                return self.reader.read(said).period
        return None

    def _dated_by(self, section: str) -> Period | None:
        """The period that a section is, and that lends its year to the months in it."""
        heading = self.reader.read(section)
        return heading.period if heading.dates and heading.period and _lends(heading.period) else None

    def _row_unit(
        self, grid: Grid, body: BodyRow, columns: Sequence[Column], label: str, section: str
    ) -> tuple[str, int]:
        unit, scale = unit_in_label(label)
        for column in columns:
            if column.kind == "unit" and (said := grid.text(body.row, column.number).strip()):
                heading = self.reader.read(said)
                return heading.unit or unit, max(heading.scale, scale)
        if unit:
            return unit, scale
        return unit_in_label(section) if "(" in section or section.startswith("%") else ("", 1)

    def _mark_planned(self, block: Block, grid: Grid, *, measured: bool) -> None:
        """Rows of indicators that are declared and have no figure yet.

        In a table without any figure all rows are, if its headings are those of indicators and their figures; in one with
        baselines or targets, a row without figures that says they are still to be set.
        """
        values = [c for c in block.columns if c.kind == "value"]
        if not measured:
            planned = self._declares(block, values, grid)
            for row in block.rows:
                row.planned = planned and bool(row.label)
            return
        if not any(c.heading.role in ("baseline", "target") or self._is_to_come(c) for c in values):
            return
        for row in block.rows:
            cells = [grid.value(row.number, c.number) for c in values]
            row.planned = (
                bool(row.label)
                and not any(v.kind in ("figure", "mark") for v in cells)
                and any(self.reader.says_not_set(v.text) for v in cells)
            )

    def _is_to_come(self, column: Column) -> bool:
        """Whether a column is of a time after the paper's day."""
        period, day = column.heading.period, self.anchor.meeting_date
        return day is not None and period is not None and period.start is not None and period.start > day

    def _declares(self, block: Block, values: Sequence[Column], grid: Grid) -> bool:
        """Indicators are named, columns for figures are there, and no figure is."""
        label = next((c for c in block.columns if c.kind == "label"), None)
        if label is None or not values or label.heading.kind != "label":
            return False
        cells = [grid.value(row.number, c.number) for row in block.rows for c in values]
        open_cells = sum(v.kind in ("empty", "missing") or self.reader.says_pending(v.text) for v in cells)
        return any(c.heading.role or c.heading.period for c in values) and open_cells >= 0.8 * len(cells)

    def _weighs_risks(self, grid: Grid) -> bool:
        """A matrix of likelihood against impact: both are named, and its figures are products of five by five."""
        cells = [cell for row in range(grid.rows) for cell in grid.filled(row)]
        for cell in cells:
            value = value_of(cell)
            if value.kind == "figure" and (value.value is None or value.value > _MOST_RISK or value.own_unit):
                return False
        axes = {words for cell in cells if (words := tokens(mend(cell.text))) in self.reader.risk_axes}
        return len(axes) > 1

    def _is_of_equality(self, labels: Sequence[tuple[str, ...]]) -> bool:
        """An assessment of equality: its rows are characteristics that the law protects."""
        return len(labels) > 2 and sum(words in self.reader.protected for words in labels) * 2 > len(labels)

    def _is_other(self, layout: Layout, blocks: Sequence[Block]) -> bool:
        """Front sheets, forms, registers and contents: figures in them are no indicators."""
        headings = [tokens(mend(t)) for block in layout.blocks for texts in block.headings for t in texts]
        measured = any(words in self.reader.says_measure for words in headings)
        if not measured and any(words in self.reader.not_indicators for words in headings):
            return True
        labels = [tokens(row.label) for block in blocks for row in block.rows if row.label]
        if not measured and (self._weighs_risks(layout.grid) or self._is_of_equality(labels)):
            return True
        fronts = sum(words in self.reader.fronts for words in labels)
        return fronts >= 2 and fronts * 3 >= len(labels)


def _areas_of(blocks: Sequence[Block]) -> set[str]:
    """The kinds of places that columns or rows name."""
    headings = [c.heading for block in blocks for c in block.columns]
    headings += [row.heading for block in blocks for row in block.rows]
    return {heading.area_type for heading in headings if heading.area_type}


def _measures_of(blocks: Sequence[Block]) -> list[str]:
    """The measures that columns name."""
    return list(dict.fromkeys(c.heading.measure for block in blocks for c in block.columns if c.kind == "value"))


def _unit_of_all(title: str) -> str:
    """The unit that a title states for all of its table: at its beginning, or in brackets at its end."""
    begins = re.match(
        r"%|(?:percentages?|proportion|per ?cent|(?:average |total )?numbers?|no\.?|rates?|costs?|£)(?=\W|\d|$)",
        title,
        re.I,
    )
    ends = re.search(r"[(\[][^()]{1,20}[)\]]$|,? per 10,?000\b.*$", title)
    shares = re.search(
        r"(?i)[,:–—]\s*(?:the )?(?:percentage|proportion|per ?cent|%)\s+(?:of|reaching|achieving|with|who|in|on)\b",
        title,
    )
    return "percent" if shares else unit_in_label(title)[0] if begins or ends else ""


def _lends(period: Period) -> bool:
    """Whether a heading's period can lend its year to months: a year, or a stretch within one."""
    return bool(period.start and period.end and _FEWEST_DAYS < (period.end - period.start).days < _MOST_DAYS)


def _has_values(block: Block, grid: Grid) -> bool:
    """Whether a block has a label and something beside it that could be a figure or a rating."""
    label = next((c.number for c in block.columns if c.kind in ("label", "group")), 0)
    places = [c for c in block.columns if c.kind == "value" or (c.kind in _PLACED and c.number > label)]
    alone = len(block.rows) == 1 and all(c.kind == "value" and c.heading.dates for c in block.columns)
    for row in block.rows:
        if not (row.label or row.section or alone):  # years over one line of figures need no label: the title tells
            continue
        for column in places:
            cell = row.cells.get(column.number)
            if cell is not None and (cell.marks or grid.value(row.number, column.number).kind in ("figure", "mark")):
                return True
    return False

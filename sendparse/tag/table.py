"""Tables of indicators: what each cell measures, for whom, when and in which role.

In: a Table, the packs and the paper's anchor. Out: a TaggedTable: for each figure (and each thing that should be one) its row
and column, taken apart, or nothing where the table is none of indicators. A cell's meaning is what its row, its column, its
section and the table's title say together; what is nearer to the cell counts more. Observations are made of it elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from sendparse.model import Cell, KpiMatch, Period, Table
from sendparse.packs import Packs
from sendparse.tag.cell import trend_of
from sendparse.tag.columns import Column, read_columns
from sendparse.tag.heading import Heading, HeadingReader, mend, tokens, unit_in_label
from sendparse.tag.kpi import matcher_of
from sendparse.tag.layout import BodyRow, Grid, Layout, LayoutBlock, read_layout
from sendparse.tag.months import date_months
from sendparse.tag.period import Anchor

_BULLET = re.compile(r"^\s*[-–•·o▪*]\s+")
_NUMBERED = re.compile(r"^\s*(?:table|figure|fig\.?|chart|appendix|annex)\s+[\dA-Z][\d.a-z]*\s*[:.\-–—]?\s*", re.I)
_FEWEST_DAYS, _MOST_DAYS = 80, 370  # of a period that lends its year to months: from a quarter to a year
_HALF_YEAR = 150  # days, and a little less
_PLACED = ("value", "rag", "trend")


@dataclass(slots=True)
class Row:
    """One body row: its label, what it stands under, and what the label says."""

    number: int
    label: str
    heading: Heading
    section: str = ""
    parent: str = ""
    unit: str = ""  # stated by label, unit column or section
    scale: int = 1
    part: str = ""  # what a second text column adds: "Number", "Target", "Primary"
    part_heading: Heading = Heading()  # noqa: RUF009 - a frozen record
    role: str = ""  # stated by the label: rows "Actual", "Target", "England" under one measure
    names_measure: bool = True  # False: the label is a date, a place or a role
    shifted: bool = False
    planned: bool = False  # declared, with no figure yet
    cells: dict[int, Cell] = field(default_factory=dict)  # by the column they are read in


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
    empty_rows: list[int]


class TableTagger:
    """What reading tables needs: compiled wordings and the matcher. One for a set of packs and an anchor."""

    def __init__(self, packs: Packs, anchor: Anchor) -> None:
        self.packs = packs
        self.anchor = anchor
        self.reader = HeadingReader(packs, anchor)
        self.matcher = matcher_of(packs)
        self._match = lru_cache(maxsize=4096)(self.matcher.match_label)
        self.leans = lru_cache(maxsize=4096)(self.matcher.leans)

    def tag(self, table: Table) -> TaggedTable | None:
        """The table taken apart, or nothing when it is no table of indicators."""
        layout = read_layout(table, self.reader)
        context = self._context(layout, table)
        stated = [p for line in (*layout.context, *reversed(table.headings)) if (p := self.reader.read(line).period)]
        within = context.period or next((p for p in stated if _lends(p)), None)
        blocks = [part for block in layout.blocks for part in self._blocks(layout, block, within)]
        ends = [p.end for p in stated if p.end] + ([self.anchor.data_date] if self.anchor.data_date else [])
        for block in blocks:
            date_months(block.columns, ends, self.reader)
        if self._is_other(layout, blocks):
            return None
        measured = any(_has_values(block, layout.grid) for block in blocks)
        for block in blocks:
            self._mark_planned(block, layout.grid, measured=measured)
            _mark_aims(block)
        if not measured and not any(row.planned for block in blocks for row in block.rows):
            return None
        measure = self._title_measure(layout, table)
        return TaggedTable(table, layout.grid, blocks, context, measure, layout.empty_rows)

    def match(self, label: str, section: str, parent: str, unit: str) -> KpiMatch | None:
        """The measure that a label names."""
        return self._match(label, section=section, parent=parent, unit=unit)

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
        lines = [mend(line) for line in (*layout.context[::-1], *table.headings[::-1])]
        lines = [line for line in lines if line and self.reader.scale_in(line) == 1]
        known = [line for line in lines if self.match(line, "", "", "")]
        return known[0] if known else (lines[0] if lines else "")

    def _blocks(self, layout: Layout, block: LayoutBlock, within: Period | None) -> list[Block]:
        """A block with its columns and rows; tables printed side by side in one grid are blocks of their own."""
        out = []
        for columns in _side_by_side(read_columns(layout.grid, block, self.reader, within)):
            rows = self._rows(layout.grid, block, columns)
            reseat(rows, columns, layout.grid)
            out.append(Block(columns, rows, block.inherited))
        return out

    def _rows(self, grid: Grid, block: LayoutBlock, columns: Sequence[Column]) -> list[Row]:
        rows: list[Row] = []
        parent, section, group, label = "", "", "", ""
        for body in block.rows:
            if body.section != section:
                section, parent, label = body.section, body.section, ""
            label, part, group = _label(grid, body, columns, (label, group))
            heading = self.reader.read(label)
            unit, scale = self._row_unit(grid, body, columns, label, section)
            row = Row(body.row, label, heading, section or group, "", unit, scale)
            row.cells = {c.number: cell for c in columns if (cell := grid.begins(body.row, c.number)) is not None}
            row.part, row.part_heading = part, self.reader.read(part)
            leans = bool(label) and (self.leans(_BULLET.sub("", label)) or bool(_BULLET.match(label)))
            row.parent = (parent or group) if leans else ""
            if label and not leans:
                parent = label
            rows.append(row)
        _settle_labels(rows)
        return rows

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
        if not any(c.heading.role in ("baseline", "target") for c in values):
            return
        for row in block.rows:
            cells = [grid.value(row.number, c.number) for c in values]
            row.planned = (
                bool(row.label)
                and not any(v.kind in ("figure", "mark") for v in cells)
                and any(self.reader.says_not_set(v.text) for v in cells)
            )

    def _declares(self, block: Block, values: Sequence[Column], grid: Grid) -> bool:
        """Indicators are named, columns for figures are there, and no figure is."""
        label = next((c for c in block.columns if c.kind == "label"), None)
        if label is None or not values or label.heading.kind != "label":
            return False
        cells = [grid.value(row.number, c.number) for row in block.rows for c in values]
        open_cells = sum(v.kind in ("empty", "missing") or self.reader.says_pending(v.text) for v in cells)
        return any(c.heading.role or c.heading.period for c in values) and open_cells >= 0.8 * len(cells)

    def _is_other(self, layout: Layout, blocks: Sequence[Block]) -> bool:
        """Front sheets, forms, registers and contents: figures in them are no indicators."""
        headings = [tokens(mend(t)) for block in layout.blocks for texts in block.headings for t in texts]
        if any(words in self.reader.not_indicators for words in headings):
            return True
        labels = [tokens(row.label) for block in blocks for row in block.rows if row.label]
        fronts = sum(words in self.reader.fronts for words in labels)
        return fronts >= 2 and fronts * 3 >= len(labels)


TOTAL = re.compile(r"(?:grand |overall |sub-? ?)?totals?|all|overall", re.I)
_ROLE_AT_END = re.compile(r"[-–—:(,]\s*[^-–—:(,]{2,25}\)?\s*$")


def _settle_labels(rows: Sequence[Row]) -> None:
    """Whether each label names a measure, or only a date, a place or a role of the measure it stands under."""
    roles = {(row.heading.role, row.heading.benchmark) for row in rows if row.label and row.heading.plain}
    telling = {pair for pair in roles if pair[0] not in ("", "actual") or pair[1]}
    for row in rows:
        heading = row.heading
        if heading.measure:
            row.role = heading.role if _ROLE_AT_END.search(row.label) else ""
        elif heading.dates or heading.area_type:
            row.names_measure = False
            row.role = heading.role if heading.area_type else ""
        elif heading.role and telling and (heading.role != "actual" or len(roles) > 1):
            row.names_measure = False
            row.role = heading.role
    placed = [row for row in rows if row.label and (row.heading.dates or row.heading.area_type)]
    if len(placed) * 2 > sum(bool(row.label) for row in rows):
        for row in rows:
            row.names_measure = row.names_measure and not TOTAL.fullmatch(row.label)
    for row in rows:
        _add_part(row)


def _add_part(row: Row) -> None:
    """What the second text column says: a role, a place, a date or a unit of its own, else more words of the label."""
    part = row.part_heading
    row.role = part.role or row.role
    row.unit, row.scale = part.unit or row.unit, max(part.scale, row.scale)
    if part.benchmark or part.area_type or part.dates:
        row.heading = replace(
            row.heading,
            benchmark=part.benchmark or row.heading.benchmark,
            area_type=part.area_type or row.heading.area_type,
            area=part.area if part.area_type else row.heading.area,
            period=part.period or row.heading.period,
        )
    if part.measure:
        row.label = f"{row.label} – {row.part}" if row.label else row.part


def _unit_of_all(title: str) -> str:
    """The unit that a title states for all of its table: at its beginning, or in brackets at its end."""
    begins = re.match(
        r"%|(?:percentages?|proportion|per ?cent|(?:average |total )?numbers?|no\.?|rates?|costs?|£)(?=\W|\d|$)",
        title,
        re.I,
    )
    ends = re.search(r"[(\[][^()]{1,20}[)\]]$|,? per 10,?000\b.*$", title)
    return unit_in_label(title)[0] if begins or ends else ""


def _lends(period: Period) -> bool:
    """Whether a heading's period can lend its year to months: a year, or a stretch within one."""
    return bool(period.start and period.end and _FEWEST_DAYS < (period.end - period.start).days < _MOST_DAYS)


def _mark_aims(block: Block) -> None:
    """Where indicators are declared with a starting point, the figures for later dates are what is aimed at.

    So it is where some of them are still to be set, and where a baseline stands beside later years and nothing is called
    a target.
    """
    values = [c for c in block.columns if c.kind == "value" and not c.heading.benchmark]
    if len(values) < 2 or any(c.heading.role == "target" for c in values):
        return
    first, later = values[0].heading, [c for c in values[1:] if _later(c.heading.period, values[0].heading.period)]
    if any(row.planned for row in block.rows) and first.role in ("", "baseline", "actual"):
        aims = [c for c in later if c.heading.role in ("", "actual")]
    elif first.role == "baseline" and _far_apart(later):
        aims = [c for c in later if not c.heading.role]
    else:
        return
    for column in aims:
        column.heading = replace(column.heading, role="target")


def _far_apart(columns: Sequence[Column]) -> bool:
    """Whether columns are dated half a year or more apart: steps of a plan, not a run of months or quarters."""
    starts = [c.heading.period.start for c in columns if c.heading.period and c.heading.period.start]
    return bool(starts) and all((b - a).days >= _HALF_YEAR for a, b in pairwise(starts))


def _later(period: Period | None, than: Period | None) -> bool:
    """Whether a period begins after another; one without days is taken for a step to come."""
    if period is None or period.start is None:
        return True
    return than is None or than.start is None or period.start > than.start


def _side_by_side(columns: list[Column]) -> list[list[Column]]:
    """Columns that begin again with a label after the values: each run of them is read by itself."""
    label = next((c for c in columns if c.kind == "label"), None)
    values = [c.number for c in columns if c.kind == "value"]
    if label is None or not values:
        return [columns]
    starts = [
        c.number
        for c in columns
        if c.kind == "aside"
        and c.number > values[0]
        and any(v > c.number for v in values)
        and (c.heading.kind == "label" or (c.text and c.text == label.text))
    ]
    if not starts:
        return [columns]
    edges = [0, *starts, len(columns)]
    return [[_within(c, first, last, starts) for c in columns] for first, last in pairwise(edges)]


def _within(column: Column, first: int, last: int, starts: Sequence[int]) -> Column:
    if not first <= column.number < last:
        return replace(column, kind="empty")
    return replace(column, kind="label") if column.number in starts else column


def _label(grid: Grid, body: BodyRow, columns: Sequence[Column], before: tuple[str, str]) -> tuple[str, str, str]:
    """Label, part and group of a row. A group holds until the next one; so does a label over several parts."""
    label, part, group = "", "", before[1]
    for column in columns:
        if column.kind not in ("label", "group", "part"):
            continue
        text = mend(grid.text(body.row, column.number))
        if column.kind == "label":
            label = text
        elif column.kind == "part":
            part = f"{part} {text}".strip()
        elif text:
            group = text
    return label or (before[0] if part else ""), part, group


def _has_values(block: Block, grid: Grid) -> bool:
    """Whether a block has a label and something beside it that could be a figure or a rating."""
    label = next((c.number for c in block.columns if c.kind in ("label", "group")), 0)
    places = [c for c in block.columns if c.kind == "value" or (c.kind in _PLACED and c.number > label)]
    for row in block.rows:
        if not (row.label or row.section):
            continue
        for column in places:
            cell = row.cells.get(column.number)
            if cell is not None and (cell.marks or grid.value(row.number, column.number).kind in ("figure", "mark")):
                return True
    return False


def reseat(rows: Sequence[Row], columns: Sequence[Column], grid: Grid) -> None:
    """Rows that are printed one column too far right are moved back: an arrow in a benchmark column gives them away.

    Benchmarks have no direction, so where nearly no row has an arrow in such a column, one that has it, filled without a gap
    up to there and with room on the left, was typed one column off.
    """
    values = [c for c in columns if c.kind == "value"]
    for place, column in enumerate(values):
        if place < 2 or not (column.heading.benchmark or column.heading.role in ("target", "floor", "limit")):
            continue
        if not values[place - 1].takes_marks:
            continue
        marked = [row for row in rows if (cell := row.cells.get(column.number)) and trend_of(cell)]
        plain = [row for row in rows if _text(row, column) and row not in marked]
        if not marked or len(marked) > max(len(plain), len(rows) // 4):
            continue
        for row in marked:
            _move_back(row, values, place)


def _move_back(row: Row, values: Sequence[Column], last: int) -> None:
    first = last
    while first > 0 and _text(row, values[first - 1]):
        first -= 1
    if first == 0 or last - first < 2 or not values[first - 1].takes_marks:
        return
    for place in range(first, last + 1):
        row.cells[values[place - 1].number] = row.cells[values[place].number]
    del row.cells[values[last].number]
    row.shifted = True


def _text(row: Row, column: Column) -> str:
    cell = row.cells.get(column.number)
    return cell.text.strip() if cell is not None else ""

"""The build of a table: which rows are headings, which name a section, which hold figures.

In: a Table and a HeadingReader. Out: a Layout: blocks of body rows, each under its own heading rows, with the sections they
stand in. Only the places and kinds of cells count here, and whether words are headings; what columns mean is the work of
columns.py. Headings inherited from the page before come first, rows that repeat the heading are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sendparse.model import Cell, Table
from sendparse.tag.cell import CellValue, read_cell, value_of
from sendparse.tag.heading import HeadingReader, mend

# 2014, 2014*, 20-21, 2024/25 (forecast)
_MAYBE_YEAR = re.compile(r"(?:(?:19|20)\d\d|\d{2,4}\s?[-–/]\s?\d{2,4})(?:\D?|\s*\(?[a-z ]{3,20}\)?)", re.I)
_HEADINGS_SHARE = 0.6
_MOST_HEADING_ROWS = 6
_LONGEST_SECTION = 100  # letters


class Grid:
    """A table by places: the cell that covers a place, and what it reads as."""

    def __init__(self, table: Table) -> None:
        self.rows = table.rows
        self.columns = table.columns
        self._cells: list[list[Cell | None]] = [[None] * table.columns for _ in range(table.rows)]
        for cell in table.cells:
            for row in range(cell.row, min(cell.row + cell.row_span, table.rows)):
                for column in range(cell.column, min(cell.column + cell.column_span, table.columns)):
                    self._cells[row][column] = cell
        self._filled = [self._filled_in(row) for row in range(self.rows)]

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell that covers a place."""
        return self._cells[row][column]

    def begins(self, row: int, column: int) -> Cell | None:
        """The cell at a place, if it begins there."""
        cell = self._cells[row][column]
        return cell if cell is not None and cell.row == row and cell.column == column else None

    def text(self, row: int, column: int) -> str:
        """The text that covers a place."""
        cell = self._cells[row][column]
        return cell.text if cell is not None else ""

    def value(self, row: int, column: int) -> CellValue:
        """What the text at a place reads as."""
        cell = self._cells[row][column]
        return value_of(cell) if cell is not None else read_cell("")

    def filled(self, row: int) -> list[Cell]:
        """The cells of a row that have text and begin in it."""
        return self._filled[row]

    def _filled_in(self, row: int) -> list[Cell]:
        places = enumerate(self._cells[row])
        return [c for n, c in places if c is not None and c.row == row and c.column == n and c.text.strip()]


@dataclass(slots=True)
class BodyRow:
    """A row below the headings, with the section it stands in."""

    row: int
    section: str = ""


@dataclass(slots=True)
class LayoutBlock:
    """Rows under one stack of headings. `headings[n]` are the heading texts over column n, from the top."""

    headings: list[list[str]]
    rows: list[BodyRow] = field(default_factory=list)
    inherited: bool = False
    from_row: int = 0


@dataclass(slots=True)
class Layout:
    """A table's build."""

    grid: Grid
    blocks: list[LayoutBlock]
    context: list[str]  # lines that stand over the whole table: its title, "All figures in £m"
    empty_rows: list[int]  # rows that name something and hold no figure, where sections look different


def read_layout(table: Table, reader: HeadingReader) -> Layout:
    """The build of a table."""
    grid = Grid(table)
    context = [line for line in table.title.split("\n") if line.strip()]
    builder = _Builder(grid, reader, context)
    return builder.build(table)


_LENGTHS = frozenset({"weeks", "days", "months", "years"})


class _Builder:
    """Goes through a table from the top, once."""

    def __init__(self, grid: Grid, reader: HeadingReader, context: list[str]) -> None:
        self.grid = grid
        self.reader = reader
        self.context = context
        self.styled = _sections_are_styled(grid)
        self.wide = _wide_rows(grid)
        self.section = ""
        self.empty_rows: list[int] = []

    def build(self, table: Table) -> Layout:
        """All blocks of a table."""
        if table.inherited:
            first, block = 0, LayoutBlock(self._inherited(table.inherited), inherited=True)
        else:
            first = self._heading_end(0, at_top=True)
            block = LayoutBlock(self._headings(range(first)))
        if table.above:
            self.section = table.above[-1]
        blocks = [block]
        row = first
        while row < self.grid.rows:
            end = self._heading_end(row, at_top=False)
            if end > row:
                stack = self._headings(range(row, end))
                if not _repeats(stack, blocks[-1].headings):
                    blocks.append(LayoutBlock(_filled_up(stack, blocks[-1].headings), from_row=row))
                row = end
                continue
            self._body_row(row, blocks[-1])
            row += 1
        return Layout(self.grid, [b for b in blocks if b.rows], self.context, self.empty_rows)

    def _inherited(self, rows: Sequence[Sequence[str]]) -> list[list[str]]:
        """The heading rows of the part before, those over the whole table apart."""
        kept = []
        for row in rows:
            texts = {text for text in row if text.strip()}
            if len(texts) == 1 and (all(row) or self.reader.scale_in(next(iter(texts))) > 1):
                self.context.append(mend(texts.pop()))
            else:
                kept.append(row)
        return self._without_unit_line(_by_column(kept, self.grid.columns))

    def _without_unit_line(self, stack: list[list[str]]) -> list[list[str]]:
        """A unit that stands over one column only, but is meant for all, goes to the whole table."""
        tops = [(n, column[0].split("\n")) for n, column in enumerate(stack) if column]
        lone = [(n, lines) for n, lines in tops if self.reader.is_scale(lines[0])]
        if len(lone) != 1 or len(tops) < 3:
            return stack
        number, lines = lone[0]
        self.context.append(lines[0])
        rest = ["\n".join(lines[1:])] if len(lines) > 1 else []
        stack[number] = [*rest, *stack[number][1:]]
        return stack

    def _body_row(self, row: int, block: LayoutBlock) -> None:
        filled = self.grid.filled(row)
        if not filled:
            return
        if len(filled) == 1 and self._names_only(filled[0]):
            if self._is_remark(filled[0]):
                return
            if self._is_section(filled[0]):
                self.section = mend(filled[0].text)
            else:
                self.empty_rows.append(row)
                block.rows.append(BodyRow(row, self.section))
            return
        block.rows.append(BodyRow(row, self.section))

    def _names_only(self, cell: Cell) -> bool:
        """A cell by itself in its row that holds words, or a year that stands over the rows below it."""
        if value_of(cell).kind in ("word", "prose", "period"):
            return True
        return cell.column_span * 2 > self.grid.columns and not self._is_figure(cell)

    def _is_remark(self, cell: Cell) -> bool:
        """A text by itself that is too long to name a section."""
        return len(cell.text) > _LONGEST_SECTION

    def _is_section(self, cell: Cell) -> bool:
        """A label by itself names a section; where sections have a look of their own, only one that has it."""
        if cell.column_span * 2 > self.grid.columns:
            return True
        if not self.styled:
            return True
        return cell.bold or cell.header or cell.fill is not None or cell.text.isupper()

    def _heading_end(self, row: int, *, at_top: bool) -> int:
        """Where the heading rows that begin at a row end; the row itself when it is none."""
        start = row
        while row < self.grid.rows and row - start < _MOST_HEADING_ROWS:
            if not self._is_heading_row(row, start, at_top=at_top) or self._begins_section(row, start):
                break
            row += 1
        if at_top and row > start and not self._figures_below(row):
            return self._text_table_heading(start, row)
        return row

    def _begins_section(self, row: int, start: int) -> bool:
        """Whether a row of one cell over the whole width stands below a full heading row."""
        filled = self.grid.filled(row)
        if len(filled) != 1 or filled[0].column_span * 2 <= self.grid.columns:
            return False
        if self.wide < 2 and filled[0].column_span < self.grid.columns:
            return False
        above = [self.grid.filled(other) for other in range(start, row)]
        return any(len(cells) > 2 for cells in above) and not self.reader.is_scale(filled[0].text)

    def _is_heading_row(self, row: int, start: int, *, at_top: bool) -> bool:
        filled = self.grid.filled(row)
        if not filled:
            return at_top and row > start
        if at_top and row > start and self._stands_under_spans(row, filled):
            return True
        if at_top and self._is_marked_heading(filled):
            return True
        if any(self._is_figure(cell) for cell in filled) and not (
            at_top and row == start and self._holds_bands(filled)
        ):
            return False
        if all(cell.header for cell in filled):
            return True
        if len(filled) == 1:
            return at_top and self._single_heading(filled[0], row)
        open_cells = [c for c in filled if value_of(c).kind in ("missing", "suppressed")]
        if at_top and row == start:
            marks = [value_of(c).rag for c in filled[1:] if value_of(c).kind == "mark"]
            plain = not (open_cells or (marks and len(set(marks)) < max(2, len(marks))))
            return plain or self._read_as_headings(filled, 2)
        if at_top and self._continues_heading(row, filled):
            return True
        enough = self._read_as_headings(filled, max(2, _HEADINGS_SHARE * (len(filled) - len(open_cells))))
        return enough and (not open_cells or sum(self.reader.read(cell.text).dates for cell in filled) >= 2)

    def _is_marked_heading(self, filled: Sequence[Cell]) -> bool:
        """Whether a row at the top is marked as headings, which may hold numbers: "2023 (n=212)", "18 to 52 weeks"."""
        if len(filled) < 2 or not all(cell.header for cell in filled):
            return False
        return any(not cell.header for row in range(self.grid.rows) for cell in self.grid.filled(row))

    def _holds_bands(self, filled: Sequence[Cell]) -> bool:
        """Whether the figures of a row are lengths of time from and up to which things are counted: "Under 18 weeks"."""
        values = [v for v in map(value_of, filled) if v.kind == "figure"]
        bands = [v for v in values if v.own_unit in _LENGTHS and (v.qualifier or v.value_high is not None)]
        return len(bands) > 1 and len(bands) == len(values)

    def _read_as_headings(self, cells: Sequence[Cell], least: float) -> bool:
        """Whether so many of these cells read as headings; no more of them are read than it takes to tell."""
        known, left = 0, len(cells)
        for cell in cells:
            if known + left < least:
                return False
            known += self._reads_as_heading(cell.text)
            left -= 1
        return known >= least

    def _single_heading(self, cell: Cell, row: int) -> bool:
        """A cell by itself at the top: a title over all columns, or a line such as "All figures in £m"."""
        if cell.column_span * 2 > self.grid.columns or self.reader.is_scale(cell.text):
            return True
        return (row == 0 and cell.column > 0) or self._covered_from_above(row)

    def _covered_from_above(self, row: int) -> bool:
        return any(
            (c := self.grid.cell(row, n)) is not None and c.row < row and c.text for n in range(self.grid.columns)
        )

    def _stands_under_spans(self, row: int, filled: Sequence[Cell]) -> bool:
        """Whether the cells of a row part merged cells above, and all its other places go on from above.

        Bands such as "0-18 weeks" look like figures, but stand where only headings can.
        """
        begun = {cell.column for cell in filled}
        if len({id(self.grid.cell(row - 1, column)) for column in begun}) == 1 and 0 in begun:
            return False  # below a line over all columns stand the rows of a section
        for column in range(self.grid.columns):
            over, here = self.grid.cell(row - 1, column), self.grid.cell(row, column)
            if column in begun:
                if over is None or over.column_span == 1 or not over.text.strip():
                    return False
            elif here is None or here.row == row or not here.text.strip():
                return False
        return len(filled) > 1

    def _continues_heading(self, row: int, filled: Sequence[Cell]) -> bool:
        """A second heading row: beneath a merged cell of the first, or with nothing where labels stand."""
        if any(value_of(c).kind in ("missing", "suppressed", "mark") for c in filled):
            return False
        if self._covered_from_above(row):
            return True
        return filled[0].column > 0 and not self.grid.text(row, 0).strip() and len(filled) > 1 and row < 3

    def _is_figure(self, cell: Cell) -> bool:
        if value_of(cell).kind != "figure":
            return False
        return not (_MAYBE_YEAR.fullmatch(mend(cell.text)) and self.reader.read(cell.text).dates)

    def _reads_as_heading(self, text: str) -> bool:
        heading = self.reader.read(text)
        return heading.plain and bool(
            heading.period or heading.role or heading.benchmark or heading.kind or heading.unit
        )

    def _figures_below(self, row: int) -> bool:
        places = ((r, c) for r in range(row, self.grid.rows) for c in range(self.grid.columns))
        return any(self.grid.value(r, c).kind in ("figure", "mark") for r, c in places)

    def _text_table_heading(self, start: int, end: int) -> int:
        """Where nothing below is a figure, only the first full row can be told to be the heading."""
        for row in range(start, end):
            if len(self.grid.filled(row)) > 1:
                return row + 1
        return start

    def _headings(self, rows: range) -> list[list[str]]:
        stack: list[list[str]] = [[] for _ in range(self.grid.columns)]
        for row in rows:
            filled = self.grid.filled(row)
            if len(filled) == 1 and row == rows[0] and self._over_all(filled[0]):
                self._take_line(filled[0])
                continue
            for column in range(self.grid.columns):
                cell = self.grid.cell(row, column)
                if cell is not None and cell.text.strip() and (cell.row == row or row == rows[0]):
                    stack[column].append(cell.text)
        return self._without_unit_line(stack)

    def _take_line(self, cell: Cell) -> None:
        """A line over all columns: the table's title, or its first section where more of them follow."""
        if self.wide > 1 and not self.reader.is_scale(cell.text):
            self.section = mend(cell.text)
        else:
            self.context.append(mend(cell.text))

    def _over_all(self, cell: Cell) -> bool:
        """Whether a heading cell speaks of the whole table rather than of its column."""
        return cell.column_span * 2 > self.grid.columns or cell.column == 0 or self.reader.is_scale(cell.text)


def _sections_are_styled(grid: Grid) -> bool:
    """Whether rows that hold only a label come in two looks: then those without the look are rows without figures."""
    lone = [filled[0] for row in range(grid.rows) if len(filled := grid.filled(row)) == 1]
    looks = {bool(cell.bold or cell.header or cell.fill) for cell in lone if cell.column_span * 2 <= grid.columns}
    return len(looks) == 2 or (bool(lone) and any(cell.column_span * 2 > grid.columns for cell in lone))


def _wide_rows(grid: Grid) -> int:
    """How many rows consist of one cell over most columns."""
    rows = (grid.filled(row) for row in range(grid.rows))
    return sum(len(filled) == 1 and filled[0].column_span * 2 > grid.columns for filled in rows)


def _by_column(rows: Sequence[Sequence[str]], columns: int) -> list[list[str]]:
    return [[row[n] for row in rows if n < len(row) and row[n].strip()] for n in range(columns)]


def _repeats(stack: Sequence[Sequence[str]], before: Sequence[Sequence[str]]) -> bool:
    here, there = ([[mend(t).lower() for t in column] for column in s] for s in (stack, before))
    same = sum(a == b for a, b in zip(here, there, strict=False) if a)
    return same >= 2 and same >= 0.8 * sum(bool(a) for a in here)


def _filled_up(stack: list[list[str]], before: Sequence[Sequence[str]]) -> list[list[str]]:
    """A heading row further down speaks for the columns it fills; the others keep theirs."""
    return [column or list(old) for column, old in zip(stack, before, strict=False)]

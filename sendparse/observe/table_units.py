"""The unit of a figure in a table, and the figure in that unit.

In: a cell's value, its row and column, and how the table prints its figures. Out: the figure in the unit it is meant in, with
flags for what had to be set right. What the cell states counts first, then its column, its row, the figures beside it, the
table's title, the measure itself. A unit that none of them states stays empty. An unsigned figure in a table that prints its
percent signs is no percentage.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from sendparse.observe.table_measure import OF_WHICH, Named
from sendparse.records import quick
from sendparse.tag.cell import CellValue, value_of
from sendparse.tag.columns import Column
from sendparse.tag.heading import Heading, HeadingReader, tokens
from sendparse.tag.label_units import unit_in_label
from sendparse.tag.table import Block
from sendparse.tag.table_rows import TOTAL, Row

_MOST_PERCENT = 1000
_EXACT = 1e9  # whole amounts below this stay exact in the millions
_RATES = frozenset({"rate_per_100", "rate_per_10k"})
_ACCOUNTS = frozenset({"gbp", "percent", "percentage_points"})


@dataclass(slots=True)
class Line:
    """One row while it is read: the unit most of its figures print, and how large the signed percentages are."""

    row: Row
    printed_unit: str = ""
    usual_percent: float = 0.0
    counts: bool = False  # counts, some with their share behind them
    largest: float = 0.0  # of the figures without a sign of their own
    decimals: int = 0  # the most that a figure of it has, but for changes


@quick
@dataclass(frozen=True, slots=True)
class Meant:
    """A figure in the unit that it is meant in."""

    value: float | None
    value_high: float | None
    decimals: int
    unit: str


class Units:
    """How a block of a table prints its figures."""

    def __init__(self, block: Block, context: Heading, reader: HeadingReader, title: str) -> None:
        self.block = block
        self.reader = reader
        self.title = title  # the line over the table that may name its measure
        self.context = context
        self.signed_columns: set[int] = set()
        self.across: dict[int, tuple[int, float]] = {}  # of each column: most decimals, and the largest figure
        self.prints_signs = self.has_figures = False
        self._numbers = [column.number for column in block.columns if column.kind == "value"]
        self._values = [self._values_of(row) for row in block.rows]
        self.summed = {number for number in self._numbers if _adds_up(block, number)}
        self.of_things = not self.prints_signs and self._counts_things(block)

    def _values_of(self, row: Row) -> list[CellValue]:
        """What the cells of a row hold, in columns of values."""
        read = {number: value_of(cell) for number, cell in row.cells.items()}
        self.signed_columns.update([number for number, value in read.items() if value.own_unit])
        out: list[CellValue] = []
        for number in self._numbers:
            value = read.get(number)
            if value is None:
                continue
            out.append(value)
            if value.own_unit == "percent" or (value.second is not None and value.second.unit == "percent"):
                self.prints_signs = True
            if value.kind == "figure":
                self.has_figures = True
                if not value.own_unit:
                    decimals, largest = self.across.get(number, (0, 0.0))
                    self.across[number] = max(decimals, value.decimals), max(largest, abs(value.value or 0.0))
        return out

    def _counts_things(self, block: Block) -> bool:
        """Whether several rows are whole numbers of things that are counted, and nothing is said to be a share."""
        rows = [(row, values) for row, values in zip(block.rows, self._values, strict=True) if row.label and values]
        if any(c.heading.unit == "percent" for c in block.columns) or any(row.unit == "percent" for row, _ in rows):
            return False
        whole = [row for row, values in rows if not any(v.decimals or v.own_unit for v in values)]
        return sum(self.reader.is_counted(row.label) for row in whole) > 2

    def line(self, place: int) -> Line:
        """What the figures of the row at a place of the block print."""
        row = self.block.rows[place]
        figures = [v for v in self._values[place] if v.kind == "figure"]
        printed: dict[str, int] = {}
        decimals, largest, signed = 0, 0.0, list[float]()
        for v in figures:
            if v.own_unit:
                printed[v.own_unit] = printed.get(v.own_unit, 0) + 1
            else:
                decimals, largest = max(decimals, v.decimals), max(largest, abs(v.value or 0.0))
            if v.own_unit == "percent" and v.value is not None:
                signed.append(v.value)
        unit = max(printed, key=lambda one: printed[one]) if printed else ""
        if not unit and any(v.second is not None and v.second.unit == "percent" and not v.second.role for v in figures):
            return Line(row, "count", counts=True)  # "31 (74%)" in one cell: the others are counts too
        mostly = printed.get(unit, 0) * 2 >= len(figures)
        return Line(row, unit if mostly else "", median(signed) if signed else 0.0, decimals=decimals, largest=largest)

    def figure(
        self, value: CellValue, line: Line, column: Column, measure: Callable[[str], Named]
    ) -> tuple[Meant, set[str]]:
        """The figure in its unit, with flags. `measure` tells which measure the cell is of, given a unit."""
        if column.heading.measure or not line.row.names_measure:
            decimals, largest = self.across.get(column.number, (0, 0.0))  # a row holds figures of all measures
            line = Line(line.row, line.printed_unit, line.usual_percent, line.counts, largest, decimals)
        unit = self._near(value, line, column, measure) or self.context.unit
        flags: set[str] = set()
        if unit == "percent" and not value.own_unit and line.usual_percent > 0 and column.heading.role != "change":
            if abs(value.value or 0) > _MOST_PERCENT:
                return Meant(value.value, value.value_high, value.decimals, ""), flags
            if _is_share(value, line.usual_percent):
                number = float(Decimal(str(value.value)) * 100)
                return Meant(number, value.value_high, max(value.decimals - 2, 0), unit), {"scale_corrected"}
            if column.number in self.signed_columns or line.row.unit == "percent":
                flags.add("percent_sign_missing")
        stated = value.own_unit or column.heading.unit
        if unit == "percent" and not stated and column.heading.role == "change":
            unit = "percentage_points"  # the difference of two percentages
        if not unit:
            unit = self._unit_of_measure(value, line, measure)
            if unit in ("", "percent") and column.number in self.summed and column.heading.role in ("", "actual"):
                unit = "count"  # shares do not add up to a total
            if unit == "percent" and self._beside_a_share(line, column):
                unit = "count"  # "Issued in 20 weeks" beside "% on time"
            if (
                unit not in ("", "count", "percent")
                and column.heading.role in ("", "actual")
                and self._of_things(value, line, column, measure)
            ):
                unit = ""  # "Children waiting" beside "Autism assessment": no days
            unit = unit or self._of_things(value, line, column, measure)
            if unit == "percent" and column.heading.role == "change":
                unit = "percentage_points"
        if unit != "gbp" or value.scaled or value.value is None:
            return Meant(value.value, value.value_high, value.decimals, unit), flags
        scale = max(column.heading.scale, line.row.scale, self.context.scale)
        high = None if value.value_high is None else _times(value.value_high, scale)
        return Meant(_times(value.value, scale), high, value.decimals, unit), flags

    def _near(self, value: CellValue, line: Line, column: Column, measure: Callable[[str], Named]) -> str:
        """The unit that the cell, its column, its row or the figures beside it print."""
        beside = line.printed_unit if line.counts or column.number in self.signed_columns else ""
        near = value.own_unit or column.heading.unit or line.row.unit or beside
        if not near and not line.row.names_measure:
            near = unit_in_label(measure("").label)[0]
        if not near and column.heading.role == "change" and line.printed_unit == "percent":
            return "percentage_points"  # "+7" behind "41%" and "48%"
        return near

    def _unit_of_measure(self, value: CellValue, line: Line, measure: Callable[[str], Named]) -> str:
        """The unit of the measure that the label names, where the figure can be one of it."""
        match = measure("").match
        if match is None or value.value is None:
            return ""
        parts = OF_WHICH.match(line.row.label) is not None and "%" not in line.row.label  # of things that are counted
        if match.unit == "percent" and (self.prints_signs or line.largest > 100 or parts or self._counts(line)):
            counted = measure("count").match
            if counted and counted.unit == "count" and not line.decimals:
                return "count"
            if self.prints_signs or line.largest > 100:
                return ""
        if match.unit == "percent" and self.of_things and not line.decimals and self._says_no_share(line):
            return "count"  # "Decided for the parent: 14" under "Appeals registered", "Appeals heard"
        if match.unit == "count" and line.decimals:
            share = measure("percent").match  # "Requests refused: 22.4"
            fits = share is not None and share.unit == "percent" and line.largest <= 100
            return "percent" if fits and not self.prints_signs else "" if value.decimals else match.unit
        if match.unit in _RATES and not line.decimals and self.reader.is_counted(line.row.label):
            return ""  # "Pupils excluded: 2" is no rate
        if match.unit == "fte" and not value.decimals:
            return "count"  # heads, unless the label says otherwise
        return match.unit

    def _beside_a_share(self, line: Line, column: Column) -> bool:
        """Whether whole numbers stand under a measure without a unit, where another measure beside it says that it is a share."""
        if line.decimals or not column.heading.measure or not self._says_count(column):
            return False
        others = [c for c in self.block.columns if c.kind == "value" and c is not column and c.heading.measure]
        if any(c.heading.unit == "percent" for c in others):
            return True
        whole = all(not decimals for decimals, _ in self.across.values()) and not self.signed_columns
        return whole and sum(self.reader.is_counted(c.heading.measure) for c in others) > 1

    def _says_count(self, column: Column) -> bool:
        return column.heading.role in ("", "actual") and "%" not in column.text and not column.heading.benchmark

    def _counts(self, line: Line) -> bool:
        """Whether a row names things ("Children educated at home") and says nothing of a share of them."""
        if line.decimals or not line.row.names_measure:
            return False
        return self.reader.is_counted(line.row.label) and self._says_no_share(line)

    def _says_no_share(self, line: Line) -> bool:
        return self.reader.shares.isdisjoint(tokens(line.row.label)) and "%" not in line.row.label

    def _of_things(self, value: CellValue, line: Line, column: Column, measure: Callable[[str], Named]) -> str:
        """A count, where a row or a column of whole numbers is labelled with things that are counted."""
        if value.decimals or line.decimals:
            return ""
        if self.reader.is_counted(column.heading.measure):
            return "count"  # "Places" over a list of schemes
        names = (line.row.label if line.row.names_measure else "", measure("").label, line.row.section, self.title)
        said = next((name for name in names if name and not TOTAL.fullmatch(name)), "")
        return "count" if self.reader.is_counted(said) or (said == line.row.label and self._parts_of(line)) else ""

    def _parts_of(self, line: Line) -> bool:
        """Whether a label is only a part of what the table's title counts."""
        own = line.row.label
        return self.reader.is_counted(self.title) and self.reader.uncounted.isdisjoint(tokens(own)) and "%" not in own

    def is_account(self, value: CellValue, line: Line, column: Column) -> bool:
        """Whether brackets around a figure mean a negative: amounts, changes and decimals do, counts do not."""
        unit = value.own_unit or column.heading.unit or line.row.unit or self.context.unit
        return unit in _ACCOUNTS or column.heading.role == "change" or value.decimals > 0


def _times(number: float, scale: int) -> float:
    """An amount under "£000" or "All figures in £m"; one that says "m" itself is meant as it stands."""
    if abs(number) < _EXACT and number.is_integer():
        return number * scale
    return float(Decimal(str(number)) * scale)


_SUM = re.compile(r"(?i)(?:[\w’']+ )?(?:grand |overall )?totals?\b")


def _adds_up(block: Block, number: int) -> bool:
    """Whether the last row of a block is the total of the whole numbers above it in this column."""
    rows = [row for row in block.rows if number in row.cells]
    if len(rows) < 3 or not _SUM.fullmatch(rows[-1].label.strip()):
        return False
    values = [value_of(row.cells[number]) for row in rows]
    if any(v.kind != "figure" or v.own_unit or v.decimals or v.second is not None for v in values):
        return False
    return sum([int(v.value or 0) for v in values[:-1]]) == values[-1].value != 0


def _is_share(value: CellValue, usual: float) -> bool:
    """0.316 among 35.4%, 36.1%: a share that was not formatted as a percentage."""
    number = value.value
    if number is None or not 0 < number <= 1 or value.value_high is not None:
        return False
    return usual >= 2 and (value.decimals >= 2 or (number == 1 and usual >= 50))

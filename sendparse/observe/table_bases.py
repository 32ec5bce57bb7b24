"""Numerator and denominator of a percentage, where a table prints them in columns or rows of their own.

In: a row and the columns of its block. Out: for each column of percentages, the two numbers that stand for it. They are given
to the percentage, and are no figures of their own.
"""

from __future__ import annotations

from collections.abc import Sequence

from sendparse.model import Cell
from sendparse.tag.cell import value_of
from sendparse.tag.columns import Column
from sendparse.tag.table_rows import Row

_KINDS = ("numerator", "denominator")
Bases = dict[int, dict[str, float]]


def bases_of(row: Row, columns: Sequence[Column]) -> Bases:
    """Numerators and denominators by the column of the figure that they belong to."""
    out: Bases = {}
    for kind, cells in row.bases.items():
        for number, cell in cells.items():
            _put(out, number, kind, cell)
    for column in columns:
        if column.kind in _KINDS:
            home = home_of(row, column, columns)
            if home is not None and column.number in row.cells:
                _put(out, home, column.kind, row.cells[column.number])
    return out


def home_of(row: Row, base: Column, columns: Sequence[Column]) -> int | None:
    """The column of the percentage that a numerator or denominator stands beside: the next one, else the one before."""
    figures = [c.number for c in columns if c.takes_marks and _is_figure(row.cells.get(c.number))]
    after = [number for number in figures if number > base.number]
    return after[0] if after else figures[-1] if figures else None


def _is_figure(cell: Cell | None) -> bool:
    return cell is not None and value_of(cell).kind == "figure"


def _put(out: Bases, number: int, kind: str, cell: Cell) -> None:
    value = value_of(cell)
    if value.kind == "figure" and value.value is not None:
        out.setdefault(number, {})[kind] = value.value

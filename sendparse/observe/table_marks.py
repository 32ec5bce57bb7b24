"""Arrows and ratings that stand in a column of their own, given to the figure they speak of.

In: a row and the columns of its block. Out: direction and rating by column. They belong to the nearest figure on their left
that is the council's own (no target, no benchmark, no earlier period where a later one is there), else to the first on their
right.
"""

from __future__ import annotations

from collections.abc import Sequence

from sendparse.model import Cell
from sendparse.tag.cell import marked, value_of
from sendparse.tag.columns import Column
from sendparse.tag.printed_marks import rag_letter, trend_word
from sendparse.tag.table_rows import Row


def trend_and_rating(cell: Cell, *, letters: bool = False) -> tuple[str, str]:
    """Direction and rating that one cell prints. A single letter is a rating only in a column of ratings."""
    value = value_of(cell)
    rating = value.rag or marked(cell, "rag") or (rag_letter(value.text) if letters else "")
    return value.trend or marked(cell, "trend"), rating


def marks_by_column(row: Row, columns: Sequence[Column]) -> dict[int, tuple[str, str]]:
    """Direction and rating for the columns of a row whose figure (or rating) has them beside it."""
    out: dict[int, tuple[str, str]] = {}
    for column in columns:
        cell = row.cells.get(column.number) if column.kind in ("rag", "trend") else None
        home = _home(column, columns, row) if cell is not None else None
        if cell is None or home is None:
            continue
        trend, rating = trend_and_rating(cell, letters=column.kind == "rag")
        trend = trend or (trend_word(cell.text) if column.kind == "trend" else "")
        old = out.get(home.number, ("", ""))
        out[home.number] = (old[0] or trend, old[1] or rating)
    return out


def _home(mark: Column, columns: Sequence[Column], row: Row) -> Column | None:
    """The column that a mark speaks of. In a table of ratings alone, a direction belongs to the newest, which is the first."""
    figures = [c for c in columns if c.takes_marks and _has_figure(row, c)]
    if not figures:
        ratings = [c for c in columns if c.kind == "rag"]
        return ratings[0] if ratings and mark.kind == "trend" else None
    left = [c for c in figures if c.number < mark.number] or figures[:1]
    newest = [c for c in left if not c.earlier] or left
    ends = [period.end for c in newest if (period := c.heading.period) is not None and period.end]
    own = newest[-1].heading.period
    if own is not None and own.end and own.end < max(ends):
        return next(c for c in newest if c.heading.period is not None and c.heading.period.end == max(ends))
    return newest[-1]


def _has_figure(row: Row, column: Column) -> bool:
    cell = row.cells.get(column.number)
    return cell is not None and value_of(cell).kind == "figure"

"""A cell with the row and the column it is read in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sendparse.model import Cell
from sendparse.observe.table_units import Line
from sendparse.records import quick
from sendparse.tag.columns import Column
from sendparse.tag.table_rows import Row


@quick
@dataclass(frozen=True, slots=True)
class Place:
    """A cell with the row and column it is read in, and the marks that stand beside it for it."""

    cell: Cell
    line: Line
    column: Column
    inherited: bool
    beside: tuple[str, str] = ("", "")
    bases: Mapping[str, float] = field(default_factory=dict)  # numerator and denominator, printed elsewhere

    @property
    def row(self) -> Row:
        """The row it is read in."""
        return self.line.row

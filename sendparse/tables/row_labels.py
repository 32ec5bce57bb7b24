"""Labels that stand for several rows: where the rules between rows leave their column out.

In: the cells of a body row by row, and the rules. Out: the same cells; a label that belongs to several rows, printed beside
one of them or run over two, is one cell that spans them. Only drawn rules tell this; words do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sendparse.tables.columns import Columns
from sendparse.tables.frames import Rule
from sendparse.tables.grid import RawCell

_FEWEST = 3  # rows of a table, and rules
_OVER = 0.5  # of a column


def over_rows(rows: Sequence[Sequence[RawCell]], rules: Sequence[Rule], columns: Columns) -> list[RawCell]:
    """The cells, with labels over the rows that only short rules part."""
    cells = [cell for row in rows for cell in row]
    if len(rows) < _FEWEST or len(columns) < _FEWEST:
        return cells
    between = [_between(one, two, rules, columns) for one, two in pairwise(rows)]
    if between.count("short") < 1 or "" in between or between.count("full") < 1:
        return cells
    out: list[RawCell] = []
    start = 0
    for place in range(len(rows)):
        if place == len(rows) - 1 or between[place] == "full":
            out += _one_label(rows[start : place + 1])
            start = place + 1
    return out


def _between(upper: Sequence[RawCell], lower: Sequence[RawCell], rules: Sequence[Rule], columns: Columns) -> str:
    """What parts two rows: a rule over all columns, one that leaves out the first, or none."""
    if not upper or not lower:
        return ""
    tops, bottoms = [cell.rect[1] for cell in lower[1:] or lower], [cell.rect[3] for cell in upper[1:] or upper]
    at, to = max(bottoms) - 2, min(tops) + 2
    kinds = {_kind(rule, columns) for rule in rules if at <= rule.y <= to}
    return "full" if "full" in kinds else "short" if "short" in kinds else ""


def _kind(rule: Rule, columns: Columns) -> str:
    """Whether a rule runs over all columns, or over all but the first."""
    if rule.x1 < columns.extents[-1][0] or rule.x0 > columns.extents[1][1]:
        return ""
    x0, x1 = columns.extents[0]
    if rule.x0 <= x0 + (1 - _OVER) * (x1 - x0):
        return "full"
    return "short" if rule.x0 <= columns.extents[1][0] + 1 else ""


def _one_label(rows: Sequence[Sequence[RawCell]]) -> list[RawCell]:
    """The cells of rows that one label belongs to."""
    labels = [cell for row in rows for cell in row if cell.column == 0]
    others = [cell for row in rows for cell in row if cell.column != 0]
    if len(rows) < 2 or not labels or any(cell.column_span > 1 for cell in labels):
        return [*labels, *others]
    first = min(cell.row for row in rows for cell in row)
    words = [word for cell in labels for word in cell.words]
    rects = [cell.rect for cell in labels]
    rect = (
        min(rect[0] for rect in rects),
        min(rect[1] for rect in rects),
        max(rect[2] for rect in rects),
        max(rect[3] for rect in rects),
    )
    return [RawCell(first, 0, len(rows), 1, rect, words), *others]

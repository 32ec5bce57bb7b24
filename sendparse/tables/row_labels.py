"""Labels that stand for several rows.

In: the lines of a body, its cells row by row, and the rules. Out: the same cells; a label that belongs to several rows,
printed beside one of them, run over two or set halfway between two, is one cell that spans them. Drawn rules tell this, and
the height of the label; words do not.
"""

from __future__ import annotations

from itertools import pairwise

from sendparse.tables.columns import Columns
from sendparse.tables.frames import Rule
from sendparse.tables.grid import RawCell
from sendparse.tables.order import median
from sendparse.tables.rows import BodyLine

_FEWEST = 3  # rows of a table, and rules
_OVER = 0.5  # of a column
_HALFWAY = (0.3, 0.7)  # between two rows
_LINE = 0.7  # of the height of a line: white between the lines of a label
_APART = 1.3  # times the usual distance of two rows


def part_halfway(body: list[BodyLine]) -> tuple[list[BodyLine], dict[int, BodyLine]]:
    """The lines of a body without the names set halfway between two rows, and these by the line above them."""
    valued = [line for line in body if line.figures and 0 not in line.filled]
    if len(valued) < _FEWEST:
        return list(body), {}
    usual = median([two.top - one.top for one, two in pairwise(valued)])
    rest: list[BodyLine] = []
    names: dict[int, BodyLine] = {}
    for number, line in enumerate(body):
        if 0 < number < len(body) - 1 and _is_halfway(body[number - 1], line, body[number + 1], usual):
            names[len(rest) - 1] = line
        else:
            rest.append(line)
    return rest, names


def _is_halfway(upper: BodyLine, line: BodyLine, lower: BodyLine, usual: float) -> bool:
    if line.filled != {0} or line.figures or any(not x.figures or 0 in x.filled for x in (upper, lower)):
        return False
    step = lower.top - upper.top
    return 0 < step < _APART * usual and _HALFWAY[0] * step < line.top - upper.top < _HALFWAY[1] * step


def with_names(rows: list[list[RawCell]], names: dict[int, RawCell]) -> list[list[RawCell]]:
    """The rows, each name over the two that it stands between, and as many above as below that have none."""
    free = {number for number, row in enumerate(rows) if all(cell.column > 0 for cell in row)}
    under = [upper for upper in sorted(names) if {upper, upper + 1} <= free]
    free -= {upper + more for upper in under for more in (0, 1)}
    for upper in under:
        more = 0
        while {upper - more - 1, upper + more + 2} <= free:
            more += 1
            free -= {upper - more, upper + more + 1}
        first, name = rows[upper - more], names[upper]
        first.insert(0, RawCell(first[0].row, 0, 2 + 2 * more, 1, name.rect, name.words))
    return rows


def over_rows(rows: list[list[RawCell]], rules: list[Rule], columns: Columns) -> list[RawCell]:
    """The cells, with labels over the rows that only short rules part."""
    cells = [cell for row in rows for cell in row]
    if len(rows) < _FEWEST or len(columns) < _FEWEST:
        return cells
    between = [_between(one, two, rules, columns) for one, two in pairwise(rows)]
    if between.count("short") < 1 or "" in between or between.count("full") < 1:
        return cells
    groups: list[list[list[RawCell]]] = [[]]
    for place, row in enumerate(rows):
        groups[-1].append(row)
        if place < len(rows) - 1 and between[place] == "full":
            groups.append([])
    if not all(map(_have_one_label, groups)):
        return cells
    return [cell for group in groups for cell in _one_label(group)]


def _have_one_label(rows: list[list[RawCell]]) -> bool:
    """Whether what stands in the first column of rows may be the lines of one label: no more than a line apart."""
    labels = [cell for row in rows for cell in row if cell.column == 0]
    return all(two.rect[1] - one.rect[3] < _LINE * (two.rect[3] - two.rect[1]) for one, two in pairwise(labels))


def _between(upper: list[RawCell], lower: list[RawCell], rules: list[Rule], columns: Columns) -> str:
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


def _one_label(rows: list[list[RawCell]]) -> list[RawCell]:
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

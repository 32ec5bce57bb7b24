"""Tables without a full grid: figures and short texts in columns, with few rules or none.

In: a page, and the boxes that other finders have taken. Out: tables, from the top down. The way: words to printed lines,
lines that agree on their columns to runs, each run's lines to heading cells and rows. Fully ruled tables are found by
ruled.py, cards by cards.py; what the cells mean is told in tag/table.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter

from sendparse.model import Box, Page, Ruling, Table, Word
from sendparse.tables.alignment import cut_at_edges
from sendparse.tables.charts import without_axes
from sendparse.tables.evidence import is_table
from sendparse.tables.frames import Drawn, Rule, drawn_on, find_frames, horizontal_rules
from sendparse.tables.grid import to_table
from sendparse.tables.kinds import is_typed_rule
from sendparse.tables.lines import Line, text_lines
from sendparse.tables.order import median
from sendparse.tables.paragraphs import running_text
from sendparse.tables.regions import find_runs
from sendparse.tables.runs import Around, Run, values
from sendparse.tables.structure import cells_of
from sendparse.tables.words import outside, size_of
from sendparse.tables.zones import split_zones

_BETWEEN_BOXES = 6.0  # points


def find_borderless(page: Page, taken: Sequence[Box] = (), document_id: str = "") -> list[Table]:
    """The tables of a page outside the boxes that are taken."""
    words = outside(page.words, taken)
    if len(words) < 4:
        return []
    steep = outside(page.words, taken, upright=False)
    drawn = drawn_on(page)
    words, charts = without_axes(words, drawn.rules)
    if not words:
        return []
    lines = text_lines(words, drawn.uprights)
    tables: list[Table] = []
    for zone in split_zones(words, lines, drawn.rules, drawn.uprights):
        for run, nearby in _runs(zone, drawn, steep):
            if is_table(run) and not _in_chart(run, charts) and not _in_boxes(run, drawn.uprights):
                cells = cells_of(run, nearby, steep)
                tables.append(to_table(cells, page=page.number, document_id=document_id, method="borderless"))
    return tables


def _runs(lines: list[Line], drawn: Drawn, steep: list[Word]) -> list[tuple[Run, list[Rule]]]:
    """The runs of one part of a page, with the rules in that part."""
    printed, typed = _without_typed_rules(lines)
    if not printed:
        return []
    size = median([size_of(word) for line in printed for word in line.words])
    left, right = min([line.x0 for line in printed]) - 2 * size, max([line.x1 for line in printed]) + 2 * size
    flat = [piece for piece in drawn.flat if left <= (piece[1] + piece[2]) / 2 <= right]
    rules = drawn.rules if len(flat) == len(drawn.flat) else horizontal_rules(flat)
    rules = sorted([*rules, *map(_typed_rule, typed)], key=attrgetter("y"))
    printed = cut_at_edges(printed)
    prose = running_text(printed)
    around = Around(printed, find_frames(rules, printed, prose, drawn.uprights), prose, size, steep, rules)
    return [(run, rules) for run in find_runs(around)]


def _without_typed_rules(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The lines without rows of dashes, and these as lines of their own; a row may stand beside headings."""
    printed: list[Line] = []
    typed: list[Line] = []
    for line in lines:
        dashes = [piece for piece in line.pieces if is_typed_rule(piece.text)]
        if not dashes:
            printed.append(line)
            continue
        typed.append(Line([w for piece in dashes for w in piece.words], dashes))
        rest = [piece for piece in line.pieces if piece not in dashes]
        if rest:
            printed.append(Line([w for piece in rest for w in piece.words], rest))
    return printed, typed


def _in_chart(run: Run, charts: list[Box]) -> bool:
    """Whether a run lies in the place of a chart."""
    x, y = (run.columns.x0 + run.columns.x1) / 2, (run.lines[0].top + run.lines[-1].bottom) / 2
    return any(
        box.x0 <= x <= box.x1
        and box.top <= y <= box.bottom
        and run.columns.x1 - run.columns.x0 <= 1.1 * (box.x1 - box.x0)
        for box in charts
    )


def _in_boxes(run: Run, uprights: list[Ruling]) -> bool:
    """Whether texts stand each in a box of its own, with white between the boxes: the steps of a drawn process."""
    if any(map(values, run.core)):
        return False
    pairs = [(one, two) for line in run.core for one, two in pairwise(line.pieces)]
    apart = 0
    for one, two in pairs:
        y = (one.top + one.bottom) / 2
        sides = [u.x0 for u in uprights if u.top < y < u.bottom and one.x1 - 1 < u.x0 < two.x0 + 1]
        apart += len(sides) > 1 and max(sides) - min(sides) > _BETWEEN_BOXES
    return apart > 0.5 * len(pairs)


def _typed_rule(line: Line) -> Rule:
    return Rule(line.middle, line.x0, line.x1, tuple((piece.x0, piece.x1) for piece in line.pieces))

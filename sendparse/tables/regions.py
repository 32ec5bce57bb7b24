"""Which printed lines of a page make up a table that has no full grid.

In: printed lines, frames of horizontal rules. Out: runs of lines, each a table with its heading. A run begins where lines
with figures (or short texts) stand in the same columns, goes down while they agree (downward.py) and up over the heading
(upward.py); running text, captions, notes, lists and page furniture end it. Two runs close to each other with the same
columns, the second without a heading, are one: a rule over a total or round a part of a table had parted them. Columns come
from columns.py; which lines make one row is told in rows.py.
"""

from __future__ import annotations

from itertools import pairwise

from sendparse.tables.columns import find_columns
from sendparse.tables.downward import grow_down
from sendparse.tables.evidence import is_table
from sendparse.tables.frames import Frame
from sendparse.tables.kinds import is_caption, is_note
from sendparse.tables.lines import Line
from sendparse.tables.runs import Around, Run, under, values
from sendparse.tables.upward import grow_up

_LABEL_LINES = 4  # lines of the first row down to its values
_BETWEEN = 3  # lines by themselves between two parts of one table
_HEADING_LINES = 4
_CLOSE = 2.2  # of the font size: white between two parts of one table


def find_runs(around: Around) -> list[Run]:
    """Runs of lines in columns, from the top down."""
    lines = around.lines
    found: list[Run] = []
    place = floor = 0
    while place < len(lines):
        if not around.rowlike(lines[place]):
            place += 1
            continue
        run, end = grow_down(around, place)
        if run is not None and _is_body(run) and not _heads_next(around, run, end):
            if _is_left_over(around, run, end):
                place = end
                continue
            grow_up(around, run, place, floor)
            found.append(run)
            floor = end
        place = max(end, place + 1)
    return _put_together(around, found)


def _put_together(around: Around, runs: list[Run]) -> list[Run]:
    """The runs, those that go on with the one above put together with it."""
    places = {id(line): number for number, line in enumerate(around.lines)}
    out: list[Run] = []
    for run in runs:
        between = around.lines[places[id(out[-1].lines[-1])] + 1 : places[id(run.lines[0])]] if out else []
        whole = _joined(around, out[-1], between, run) if out else None
        if whole is None:
            out.append(run)
        else:
            out[-1] = whole
    return out


def _joined(around: Around, upper: Run, between: list[Line], lower: Run) -> Run | None:
    """Two runs and what stands between them as one; nothing where they are two tables."""
    if len(between) > _BETWEEN or _has_heading(lower) or not any(map(values, upper.core)):
        return None
    if any(
        len(line.pieces) > 1 or around.is_prose(line) or is_caption(line.text) or is_note(line.text) for line in between
    ):
        return None
    edge = [upper.lines[-1], *between, lower.lines[0]]
    if any(two.top - one.bottom > _CLOSE * around.size for one, two in pairwise(edge)):
        return None
    valued = [line for line in lower.core if values(line)]
    columns = find_columns([*upper.core, *lower.core], size=around.size)
    fewer = len(columns) < max(len(upper.columns), len(lower.columns))
    if fewer or len(columns) < 3 > len(valued) or not under([*upper.core], valued[0]):
        return None
    lines = [*upper.lines, *between, *lower.lines]
    return Run(lines, columns, _around_both(upper.frame, lower.frame), [*upper.core, *lower.core])


def _has_heading(run: Run) -> bool:
    """Whether print stands over the columns of values before the first of them."""
    for line in run.lines:
        if values(line):
            return False
        if any(run.columns.at(piece)[1] > 0 for piece in line.pieces):
            return True
    return True


def _around_both(one: Frame | None, two: Frame | None) -> Frame | None:
    if one is None or two is None:
        return one or two
    return Frame(min(one.x0, two.x0), max(one.x1, two.x1), tuple(sorted({*one.ys, *two.ys})))


def _is_body(run: Run) -> bool:
    """Whether a run has rows of its own, rather than being a heading without a table."""
    return any(map(values, run.core)) or len(run.core) > 2


def _heads_next(around: Around, run: Run, end: int) -> bool:
    """Whether a run without values is the heading of the values that follow it closely."""
    if end >= len(around.lines) or not _without_values(run):
        return False
    after, frame = around.lines[end : end + _LABEL_LINES], around.frame_of(around.lines[end])
    valued = next((line for line in after if values(line)), None)
    if valued is None or not around.rowlike(valued) or after[0].top - run.lines[-1].bottom >= 2 * around.size:
        return False
    return valued is after[0] or (frame is not None and around.frame_of(valued) is frame)


def _is_left_over(around: Around, run: Run, end: int) -> bool:
    """Whether a few lines that are no table by themselves stand right over rows of values, as a heading in pieces does."""
    if len(run.core) > _HEADING_LINES or end >= len(around.lines) or is_table(run):
        return False
    after = around.lines[end : end + _LABEL_LINES]
    near = after[0].top - run.lines[-1].bottom < _CLOSE * around.size
    return near and any(values(line) > 1 for line in after)


def _without_values(run: Run) -> bool:
    """Whether a run has no values; a figure amid a heading ("per | 1,000 | pupils") has no label beside it and is none."""
    valued = [line for line in run.core if values(line)]
    if len(valued) != 1:
        return not valued
    return valued[0] is not run.core[-1] and run.columns.at(valued[0].pieces[0])[0] > 0

"""Which printed lines of a page make up a table that has no full grid.

In: printed lines, frames of horizontal rules. Out: runs of lines, each a table with its heading. A run begins where lines
with figures (or short texts) stand in the same columns, goes down while they agree (downward.py) and up over the heading
(upward.py); running text, captions, notes, lists and page furniture end it. Columns come from columns.py; which lines make
one row is told in rows.py.
"""

from __future__ import annotations

from sendparse.tables.downward import grow_down
from sendparse.tables.runs import Around, Run, values
from sendparse.tables.upward import grow_up

_LABEL_LINES = 4  # lines of the first row down to its values


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
            grow_up(around, run, place, floor)
            found.append(run)
            floor = end
        place = max(end, place + 1)
    return found


def _is_body(run: Run) -> bool:
    """Whether a run has rows of its own, rather than being a heading without a table."""
    return any(map(values, run.core)) or len(run.core) > 2


def _heads_next(around: Around, run: Run, end: int) -> bool:
    """Whether a run without values is the heading of the values that follow it closely."""
    if end >= len(around.lines) or any(map(values, run.core)):
        return False
    after, frame = around.lines[end : end + _LABEL_LINES], around.frame_of(around.lines[end])
    valued = next((line for line in after if values(line)), None)
    if valued is None or not around.rowlike(valued) or after[0].top - run.lines[-1].bottom >= 2 * around.size:
        return False
    return valued is after[0] or (frame is not None and around.frame_of(valued) is frame)

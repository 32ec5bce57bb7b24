"""From a run upwards: its heading, and lines of its first row that stand above its values.

In: the lines of a part of a page and a run. The run is given the lines above it that belong to it, in place: those in its
frame but for titles over the whole table, headings over its columns, and the beginning of a label that goes on in it.
"""

from __future__ import annotations

from itertools import pairwise

from sendparse.tables.columns import Columns
from sendparse.tables.kinds import is_caption, is_note, is_unit
from sendparse.tables.lines import Line, Piece
from sendparse.tables.runs import Around, Run, values

_LABEL_LINES = 6  # lines of a label above the line with its values
_HEADS_REACH = 7.0  # of the font size: so far a heading for each column may end right of values set to the left
_LARGER = 1.15  # times: a heading is set so much larger than the rows
_WORDS = 8  # a heading has no more


def grow_up(around: Around, run: Run, place: int, floor: int) -> None:
    """Take the lines of the heading above a run, and the label lines of its first row."""
    above: list[Line] = []
    waiting: list[Line] = []
    first = run.lines[0]
    for number in range(place - 1, floor - 1, -1):
        line = around.lines[number]
        below = (waiting or above or [first])[0]
        if _inside(around, run, line) or _heads(around, run, line, below) or _goes_over(around, run, line, below):
            above = [line, *waiting, *above]
            waiting = []
        elif len(waiting) < _LABEL_LINES and _labels(around, run, line, below):
            waiting.insert(0, line)
        else:
            break
    run.lines[:0] = above
    if run.frame is not None:
        del run.lines[: _titles(around, run)]


def _titles(around: Around, run: Run) -> int:
    """How many lines at the top of a frame are titles over the whole table, each between rules of its own."""
    if run.frame is None or len(run.columns) < 3:
        return 0
    head = next((n for n, line in enumerate(run.lines) if values(line)), 0)
    found = start = 0
    for number in range(head):
        line, below = run.lines[number], run.lines[number + 1]
        if not any(line.middle < y < below.middle for y in run.frame.ys):
            continue
        band = run.lines[start : number + 1]
        if all(len(x.pieces) == 1 and _is_title(around, x.pieces[0], run.columns) for x in band):
            found = number + 1
        start = number + 1
    return found


def _inside(around: Around, run: Run, line: Line) -> bool:
    """Whether a line lies in the frame of a run."""
    return run.frame is not None and around.frame_of(line) is run.frame


def _heads(around: Around, run: Run, line: Line, below: Line) -> bool:
    """Whether a line outside the run's frame belongs to its heading."""
    columns = run.columns
    if _beside_steep(around, run, line, below) or _heads_texts(around, run, line, below):
        return True
    if _is_like_rows(around, run, line, below):
        return True
    if _bars(around, run, line, below) and not _over_part(around, columns, line, below):
        return False
    wide = run.frame if run.frame is not None and len(line.pieces) > 2 else None
    left, right = (min(columns.x0, wide.x0), max(columns.x1, wide.x1)) if wide else (columns.x0, columns.x1)
    reach = _HEADS_REACH if len(line.pieces) == len(columns) > 2 else 2.0
    if line.x0 < left - 2 * around.size or line.x1 > right + reach * around.size:
        return False
    if len(line.pieces) > 1:
        return all(len(piece.words) <= _WORDS for piece in line.pieces)
    piece = line.pieces[0]
    if columns.at(piece)[0] == 0 or len(piece.words) > _WORDS:
        return False
    return not _is_title(around, piece, columns) or (is_unit(piece.text) and _is_under_headings(around, line))


def _is_under_headings(around: Around, line: Line) -> bool:
    """Whether a heading for several columns stands close above a line: "(£m)" under "Amount" is part of it."""
    place = next(number for number, other in enumerate(around.lines) if other is line)
    above = around.lines[place - 1] if place else line
    return len(above.pieces) > 2 and line.top - above.bottom < around.size and not above.figures


def _is_like_rows(around: Around, run: Run, line: Line, below: Line) -> bool:
    """Whether a line has a piece in each column, and stands as near as the rows do: fills part only some of the rows."""
    columns, core = run.columns, run.core
    if len(columns) < 3 or len(line.pieces) < len(columns) - 1 or len(core) < 3:
        return False
    places = [columns.at(piece) for piece in line.pieces]
    if len(set(places)) < len(places) or any(first != last for first, last in places):
        return False
    steps = [two.top - one.top for one, two in pairwise(core)]
    near = below.top - line.top <= 1.15 * min(steps)
    return near and not around.is_prose(line) and not is_caption(line.text) and not is_note(line.text)


def _heads_texts(around: Around, run: Run, line: Line, below: Line) -> bool:
    """Whether a line has a heading for nearly each column of a table that has texts alone."""
    columns = run.columns
    if any(map(values, run.core)) or len(line.pieces) < max(3, len(columns) - 1):
        return False
    places = [columns.at(piece) for piece in line.pieces]
    own = len(set(places)) == len(places) and all(first == last for first, last in places)
    near = below.top - line.bottom < 1.6 * around.size
    return own and near and not around.is_prose(line) and not is_caption(line.text) and not is_note(line.text)


def _over_part(around: Around, columns: Columns, line: Line, below: Line) -> bool:
    """Whether each piece of a line stands right over a rule that runs over some columns of values, and over nothing else."""
    if below.top - line.bottom > 2.0 * around.size or around.is_prose(line) or is_caption(line.text):
        return False
    parts = [
        rule
        for rule in around.rules
        if line.bottom - 0.35 * line.size <= rule.y <= below.top + 0.35 * line.size and rule.x0 > columns.extents[0][1]
    ]
    return all(any(r.x0 - 2 <= piece.x0 and piece.x1 <= r.x1 + 2 for r in parts) for piece in line.pieces)


def _beside_steep(around: Around, run: Run, line: Line, below: Line) -> bool:
    """Whether a line is the heading over the labels, beside headings that run up or down the page."""
    piece = line.pieces[0]
    if len(line.pieces) > 1 or len(piece.words) > 4 or run.columns.at(piece) != (0, 0):
        return False
    near = below.top - line.bottom < 2.5 * around.size
    return near and not is_caption(line.text) and not is_note(line.text) and _has_steep_beside(around, line)


def _has_steep_beside(around: Around, line: Line) -> bool:
    """Whether headings that run up the page stand beside a line."""
    beside = [w for w in around.steep if w.x0 > line.x1 and w.top < line.bottom and w.bottom > line.top - around.size]
    return len({round(w.x0) for w in beside}) > 1


def _goes_over(around: Around, run: Run, line: Line, below: Line) -> bool:
    """Whether a line above a frame that begins with a row is of the row before: it began on the page before."""
    if (
        run.frame is None
        or len(run.frame.ys) < 3
        or around.frame_of(line) is not None
        or not _begins_with_row(around, run)
    ):
        return False
    if below.top - line.bottom > 1.6 * around.size or is_caption(line.text) or _stands_out(line, run.core[0]):
        return False
    columns = run.columns
    if around.frame_of(below) is not run.frame and not below.figures and len(below.pieces) > max(2, len(columns) - 2):
        return False  # there is a heading between
    fits = columns.x0 - around.size < line.x0 and line.x1 < columns.x1 + around.size
    return fits and len(columns) > 2 and all(columns.crossed(piece) == 0 for piece in line.pieces)


def _stands_out(line: Line, row: Line) -> bool:
    """Whether a line is larger or bolder than the rows below it: a heading."""
    bold = all(piece.bold for piece in line.pieces) and not all(piece.bold for piece in row.pieces)
    return bold or line.size > _LARGER * row.size


def _begins_with_row(around: Around, run: Run) -> bool:
    """Whether the first print in a run's frame, but for labels by themselves, is a row with values."""
    if run.frame is None:
        return False
    for upper, lower in pairwise(run.frame.ys):
        band = [x for x in around.lines if upper < x.middle < lower and around.frame_of(x) is run.frame]
        if any(map(values, band)):
            return True
        if not band or any(run.columns.at(piece)[1] > 0 for line in band for piece in line.pieces):
            return False
    return False


def _labels(around: Around, run: Run, line: Line, below: Line) -> bool:
    """Whether a line may be the beginning of the first row's label, above its values."""
    piece = line.pieces[0]
    if (
        len(line.pieces) > 1
        or _bars(around, run, line, below)
        or below.top - line.top > 1.6 * max(around.size, line.size)
    ):
        return False
    return run.columns.at(piece) == (0, 0) and abs(line.x0 - run.columns.x0) < 2 * around.size


def _bars(around: Around, run: Run, line: Line, below: Line) -> bool:
    """Whether what a line is, or the white below it, keeps it out of a table's heading."""
    if around.is_prose(line) or is_caption(line.text) or is_note(line.text):
        return True
    frame = around.frame_of(line)
    if frame is not None and around.closed(frame):
        return True
    ruled = run.frame is not None and line.middle < run.frame.top < below.middle
    if below.top - line.bottom > (2.0 if ruled else 1.1) * around.size:
        return True
    if run.frame is None or len(run.frame.ys) < 3 or below.middle < run.frame.top:
        return False
    return not _begins_with_row(around, run)


def _is_title(around: Around, piece: Piece, columns: Columns) -> bool:
    """Whether a piece is set to the middle of the whole table rather than of its columns of values."""
    whole = (columns.x0 + columns.x1) / 2
    values = (columns.extents[1][0] + columns.x1) / 2
    off = abs(piece.centre - whole)
    return off < abs(piece.centre - values) and off < 0.06 * (columns.x1 - columns.x0) + around.size

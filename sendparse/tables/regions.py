"""Which printed lines of a page make up a table that has no full grid.

In: printed lines, frames of horizontal rules. Out: runs of lines, each a table with its heading. A run begins where lines
with figures (or short texts) stand in the same columns, goes down while they agree and up over the heading; running text,
captions, notes, lists and page furniture end it. Columns come from columns.py; which lines make one row is told in rows.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sendparse.tables.columns import Columns, find_columns
from sendparse.tables.frames import Frame
from sendparse.tables.kinds import is_bullet, is_caption, is_note, is_year, numbers_columns
from sendparse.tables.lines import Line, Piece

_WORDY = 6  # words: a line of running text has at least as many
_LONG = 12  # words: one line alone that long is running text
_LABEL_LINES = 6  # lines of a label above the line with its values
_PENDING = 3  # lines without columns that may stand between two rows


@dataclass(slots=True)
class Run:
    """Lines of one table, the columns of its body and the frame around it, if there is one."""

    lines: list[Line]
    columns: Columns
    frame: Frame | None = None
    core: list[Line] = field(default_factory=list)  # the lines that the columns come from


def in_columns(line: Line) -> bool:
    """Whether a line may be a row: pieces that stand apart and are no list item, heading or caption."""
    if len(line.pieces) < 2 or is_caption(line.text):
        return False
    first, second = line.pieces[0], line.pieces[1]
    if len(line.pieces) == 2 and is_bullet(first.text) and not second.figure:
        return False
    return not (is_note(line.text) and line.figures == 0)


def running_text(lines: Sequence[Line]) -> list[Line]:
    """Lines of paragraphs."""
    wordy = [_wordy(line) for line in lines]
    out: list[Line] = []
    for place, line in enumerate(lines):
        if not wordy[place]:
            if out and out[-1] is lines[place - 1] and _ends_paragraph(lines[place - 1], line):
                out.append(line)
            continue
        longest = max(len(piece.words) for piece in line.pieces)
        beside = any(
            0 <= other < len(lines) and wordy[other] and _follow(lines[min(place, other)], lines[max(place, other)])
            for other in (place - 1, place + 1)
        )
        if beside or longest >= _LONG:
            out.append(line)
    return out


def _ends_paragraph(upper: Line, lower: Line) -> bool:
    """Whether a short line is the last one of a paragraph."""
    close = lower.top - upper.bottom < 0.5 * upper.size and abs(lower.x0 - upper.x0) < 0.6 * upper.size
    plain = len(lower.pieces) <= 2 and not lower.figures and abs(lower.size - upper.size) < 0.3
    whole = all(two.x0 - one.x1 < 1.2 * lower.size for one, two in pairwise(lower.pieces))
    return close and plain and whole and not is_caption(lower.text)


def _wordy(line: Line) -> bool:
    pieces = line.pieces[1:] if len(line.pieces) > 1 and is_bullet(line.pieces[0].text) else line.pieces
    return (
        len(pieces) == 1 and len(pieces[0].words) >= _WORDY and sum(w.text[:1].isalpha() for w in pieces[0].words) >= 4
    )


def _follow(upper: Line, lower: Line) -> bool:
    return lower.top - upper.bottom < 1.3 * max(upper.size, lower.size) and upper.x0 < lower.x1 and lower.x0 < upper.x1


def find_runs(lines: Sequence[Line], frames: Sequence[Frame], prose: Sequence[Line], size: float) -> list[Run]:
    """Runs of lines in columns, from the top down."""
    finder = _Finder(lines, frames, prose, size)
    return finder.runs()


def _under(core: Sequence[Line], line: Line) -> bool:
    """Whether the figures of a line stand under figures of the lines above it."""
    above = [p for upper in core[-6:] for p in upper.pieces if p.figure]
    mine = [p for p in line.pieces if p.figure]
    return bool(mine) and all(any(p.x0 < q.x1 and q.x0 < p.x1 for q in above) for p in mine)


def _values(line: Line) -> int:
    """Figures in a line that are no years, and do not number the columns."""
    if numbers_columns([piece.text for piece in line.pieces]):
        return 0
    return sum(p.figure and not is_year(p.text) for p in line.pieces)


def _begins_values(core: Sequence[Line], line: Line) -> bool:
    """Whether a line is the first with values, under a heading as wide as it is."""
    if _values(line) < 2 or any(_values(upper) for upper in core):
        return False
    return all(upper.x0 > line.x0 - 2 * line.size and upper.x1 < line.x1 + 2 * line.size for upper in core)


class _Finder:
    """Goes down the lines of a page once."""

    def __init__(self, lines: Sequence[Line], frames: Sequence[Frame], prose: Sequence[Line], size: float) -> None:
        self.lines = lines
        self.size = size
        self.prose = {id(line) for line in prose}
        self.frame_of = {id(line): frame for line in lines for frame in frames if frame.holds(line)}

    def runs(self) -> list[Run]:
        found: list[Run] = []
        place = floor = 0
        while place < len(self.lines):
            if not self.rowlike(place):
                place += 1
                continue
            run, end = self.grow_down(place)
            if run is not None and self.is_body(run) and not self.heads_next(run, end):
                self.grow_up(run, place, floor)
                found.append(run)
                floor = end
            place = max(end, place + 1)
        return found

    def heads_next(self, run: Run, end: int) -> bool:
        """Whether a run without values is the heading of the values that follow it closely."""
        if end >= len(self.lines) or any(_values(line) for line in run.core):
            return False
        line, last = self.lines[end], run.lines[-1]
        return self.rowlike(end) and _values(line) > 0 and line.top - last.bottom < 2 * self.size

    def rowlike(self, place: int) -> bool:
        line = self.lines[place]
        if id(line) in self.frame_of:
            return len(line.pieces) > 1
        return in_columns(line) and id(line) not in self.prose

    def grow_down(self, place: int) -> tuple[Run | None, int]:
        """The longest stretch from `place` on whose lines agree on their columns, and the line after it."""
        core = [self.lines[place]]
        members = [self.lines[place]]
        frame = self.frame_of.get(id(core[0]))
        columns: Columns | None = None
        pending: list[Line] = []
        end = place + 1
        for number in range(place + 1, len(self.lines)):
            line = self.lines[number]
            inside = frame is not None and self.frame_of.get(id(line)) is frame
            if not inside and self.ends(members[-1], pending, line, frame):
                break
            if columns is not None and self.is_value(line, columns):
                members += [*pending, line]
                pending, end = [], number + 1
                continue
            if not self.rowlike(number):
                if not inside and not self.may_wait(line, pending, columns):
                    break
                pending.append(line)
                continue
            if columns is not None and self.is_new_table(core, pending, line, columns):
                break
            if _begins_values(core, line) and line.top - members[-1].bottom < 1.6 * self.size:
                core, columns = [line], None
            else:
                grown = self.agree(core, columns, line)
                if grown is None and not inside:
                    break
                columns = grown or columns
                if grown is not None:
                    core.append(line)
            members += [*pending, line]
            pending, end = [], number + 1
        if columns is None and len(members) > len(core):
            columns = self.agree(members[-2:-1], None, core[0])  # one row of values under a heading
        elif len(core) < 2:
            columns = None
        if columns is None:
            return None, end
        tail = self.tail(members, pending, columns, frame)
        return Run([*members, *tail], columns, frame, core), end + len(tail)

    def is_new_table(self, core: Sequence[Line], pending: Sequence[Line], line: Line, columns: Columns) -> bool:
        """Whether a line is the heading of another table: over columns of figures, without values, under a title."""
        if not pending or _values(line) or not any(map(_values, core)):
            return False
        figured = {columns.at(p)[0] for upper in core for p in upper.pieces if p.figure}
        over = sum(columns.at(p)[0] in figured for p in line.pieces) >= max(2, 0.5 * len(figured))
        titled = any(
            upper.x0 < columns.x0 - self.size or any(columns.crossed(piece) for piece in upper.pieces)
            for upper in pending
        )
        return over and titled

    def ends(self, last: Line, pending: Sequence[Line], line: Line, frame: Frame | None) -> bool:
        """Whether a table ends before a line."""
        before = pending[-1] if pending else last
        if line.top - before.bottom > 3.2 * self.size:
            return True
        if id(line) in self.prose or is_caption(line.text) or id(line) in self.frame_of:
            return True
        if is_note(line.text) and line.figures == 0:
            return True
        if frame is None or line.middle <= frame.bottom or not self.closed(frame):
            return False
        return len(line.pieces) < 2 or not line.figures or line.top - before.bottom > 1.2 * self.size

    def closed(self, frame: Frame) -> bool:
        """Whether a frame ends with the last row, rather than under the heading."""
        last = [x for x in self.lines if frame.ys[-2] < x.middle < frame.ys[-1] and frame.holds(x)]
        return any(map(_values, last))

    def may_wait(self, line: Line, pending: Sequence[Line], columns: Columns | None) -> bool:
        """Whether a line without columns may stand inside a table: a group's name, a label that goes on."""
        most = _PENDING
        if columns is not None and all(columns.at(p) == (0, 0) for x in (*pending, line) for p in x.pieces):
            most = _LABEL_LINES
        words = sum(len(piece.words) for piece in line.pieces)
        if len(pending) >= most:
            return False
        return words <= 14 and not (columns and words > 8 and line.x1 > columns.x1 + self.size)

    def is_value(self, line: Line, columns: Columns) -> bool:
        """A figure by itself in one of the columns: its label stands a little higher or lower."""
        if len(line.pieces) != 1 or not line.pieces[0].figure:
            return False
        first, last = columns.at(line.pieces[0])
        left, right = columns.extents[first]
        return first == last > 0 and line.x0 > left - self.size and line.x1 < right + self.size

    def agree(self, core: Sequence[Line], columns: Columns | None, line: Line) -> Columns | None:
        """The columns that a line shares with those above it; nothing where it has others."""
        both = find_columns([*core, line], size=self.size)
        if len(both) < 2:
            return None
        if columns is None or (len(both) >= len(columns) - 1 and _under(core, line)):
            return both
        lost = len(columns) - len(both)
        crossing = sum(columns.crossed(piece) > 0 for piece in line.pieces)
        if lost > (1 if len(columns) > 3 else 0) or crossing > max(0, (len(columns) - 2) // 3):
            return None
        return both

    def tail(
        self, members: Sequence[Line], pending: Sequence[Line], columns: Columns | None, frame: Frame | None
    ) -> list[Line]:
        """Lines after the last row that belong to it: all inside the frame, or a label that goes on."""
        out: list[Line] = []
        last = members[-1]
        for line in pending:
            inside = frame is not None and frame.holds(line)
            text = line.text
            goes_on = (
                columns is not None
                and len(line.pieces) == 1
                and columns.crossed(line.pieces[0]) == 0
                and columns.at(line.pieces[0])[0] == columns.at(line.pieces[0])[1]
                and line.top - last.bottom < 0.4 * self.size
                and (text[:1].islower() or text[:1] == "(")
                and not is_note(text)
            )
            if not (inside or goes_on):
                break
            out.append(line)
            last = line
        return out

    def is_body(self, run: Run) -> bool:
        """Whether a run has rows of its own, rather than being the heading of the next."""
        return any(map(_values, run.core)) or len(run.core) > 2

    def grow_up(self, run: Run, place: int, floor: int) -> None:
        """Take the lines of the heading above a run, and the label lines of its first row."""
        above: list[Line] = []
        waiting: list[Line] = []
        first = run.lines[0]
        for number in range(place - 1, floor - 1, -1):
            line = self.lines[number]
            below = (waiting or above or [first])[0]
            if self.inside(run, line) or self.heads(run, line, below) or self.goes_over(run, line, below):
                above = [line, *waiting, *above]
                waiting = []
            elif len(waiting) < _LABEL_LINES and self.labels(run, line, below):
                waiting.insert(0, line)
            else:
                break
        run.lines[:0] = above
        if run.frame is not None:
            del run.lines[: self.titles(run)]

    def titles(self, run: Run) -> int:
        """How many lines at the top of a frame are titles over the whole table, up to the last rule under such a line."""
        head = next((n for n, line in enumerate(run.lines) if _values(line)), 0)
        found = 0
        for number in range(head):
            line, below = run.lines[number], run.lines[number + 1]
            ruled = run.frame is not None and any(line.middle < y < below.middle for y in run.frame.ys)
            if ruled and len(line.pieces) == 1 and len(run.columns) > 2 and self.is_title(line.pieces[0], run.columns):
                found = number + 1
        return found

    def inside(self, run: Run, line: Line) -> bool:
        """Whether a line lies in the frame of a run."""
        return run.frame is not None and self.frame_of.get(id(line)) is run.frame

    def heads(self, run: Run, line: Line, below: Line) -> bool:
        """Whether a line outside the run's frame belongs to its heading."""
        if self.bars(run, line, below):
            return False
        columns = run.columns
        if line.x0 < columns.x0 - 2 * self.size or line.x1 > columns.x1 + 2 * self.size:
            return False
        if len(line.pieces) > 1:
            return all(len(piece.words) <= 8 for piece in line.pieces)
        piece = line.pieces[0]
        if len(piece.words) > 8 or columns.at(piece)[0] == 0:
            return False
        return not self.is_title(piece, columns)

    def goes_over(self, run: Run, line: Line, below: Line) -> bool:
        """Whether a line above a frame that begins with a row is of the row before: it began on the page before."""
        if run.frame is None or len(run.frame.ys) < 3 or id(line) in self.frame_of or not self.begins_with_row(run):
            return False
        if below.top - line.bottom > 1.6 * self.size or is_caption(line.text):
            return False
        columns = run.columns
        fits = columns.x0 - self.size < line.x0 and line.x1 < columns.x1 + self.size
        return fits and len(columns) > 2 and all(columns.crossed(piece) == 0 for piece in line.pieces)

    def begins_with_row(self, run: Run) -> bool:
        """Whether there are values between the first two rules of a run's frame."""
        band = [x for x in run.lines if run.frame and run.frame.ys[0] < x.middle < run.frame.ys[1]]
        return any(map(_values, band))

    def labels(self, run: Run, line: Line, below: Line) -> bool:
        """Whether a line may be the beginning of the first row's label, above its values."""
        piece = line.pieces[0]
        if (
            len(line.pieces) > 1
            or self.bars(run, line, below)
            or below.top - line.top > 1.6 * max(self.size, line.size)
        ):
            return False
        return run.columns.at(piece) == (0, 0) and abs(line.x0 - run.columns.x0) < 2 * self.size

    def bars(self, run: Run, line: Line, below: Line) -> bool:
        """Whether what a line is, or the white below it, keeps it out of a table's heading."""
        if id(line) in self.prose or is_caption(line.text) or is_note(line.text):
            return True
        frame = self.frame_of.get(id(line))
        if frame is not None and self.closed(frame):
            return True
        if below.top - line.bottom > 1.1 * self.size:
            return True
        if run.frame is None or len(run.frame.ys) < 3 or below.middle < run.frame.top:
            return False
        return not self.begins_with_row(run)

    def is_title(self, piece: Piece, columns: Columns) -> bool:
        """Whether a piece is set to the middle of the whole table rather than of its columns of values."""
        whole = (columns.x0 + columns.x1) / 2
        values = (columns.extents[1][0] + columns.x1) / 2
        off = abs(piece.centre - whole)
        return off < abs(piece.centre - values) and off < 0.06 * (columns.x1 - columns.x0) + self.size

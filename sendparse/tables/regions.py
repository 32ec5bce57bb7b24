"""Which printed lines of a page make up a table that has no full grid.

In: printed lines, frames of horizontal rules. Out: runs of lines, each a table with its heading. A run begins where lines
with figures (or short texts) stand in the same columns, goes down while they agree and up over the heading; running text,
captions, notes, lists and page furniture end it. Columns come from columns.py; which lines make one row is told in rows.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sendparse.tables.columns import Columns, find_columns
from sendparse.tables.frames import Frame
from sendparse.tables.lines import Line, Piece, is_year

_CAPTION = re.compile(
    r"^(?:table|figure|fig\.|chart|graph|box|exhibit|map|appendix|annex|diagram|schedule)\s*"
    r"(?:[A-Z]{0,3}[\-.]?\d+[\w.\-]*|[A-Z]\d*|[IVXLC]+)\b\s*[.:|–—\-]?",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"^(?:(?:sources?|notes?|nb|n\.b\.|key|legend|footnotes?)\s*[:.\-–]|\(?[*†‡§]+\)?\s*\w|sources?\b.{0,12}:|see (?:notes?|footnotes?)\b)",
    re.IGNORECASE,
)
_BULLET = re.compile(
    r"^(?:[•●○◦▪■□–\-*·‣➢✓»o\uf0b7\uf0a7\uf076\uf0d8]|\(?[ivx]{1,4}[).]|\(?[a-z][).]|\(?\d{1,2}[).]|\d{1,2}(?:\.\d{1,2}){0,3}\.?|Q\d{1,2}[.:]?)$"
)
_WORDY = 6  # words: a line of running text has at least as many
_LONG = 12  # words: one line alone that long is running text
_PENDING = 3  # lines without columns that may stand between two rows


@dataclass(slots=True)
class Run:
    """Lines of one table, the columns of its body and the frame around it, if there is one."""

    lines: list[Line]
    columns: Columns
    frame: Frame | None = None
    core: list[Line] = field(default_factory=list)  # the lines that the columns come from


def is_caption(text: str) -> bool:
    """`Table 3: ...`, `Figure 2.1 ...`."""
    return bool(_CAPTION.match(text))


def is_note(text: str) -> bool:
    """`Source: ...`, `Note: ...`, `* provisional`."""
    return bool(_NOTE.match(text))


def is_bullet(piece: Piece) -> bool:
    """The mark or number before a list item or a heading."""
    return bool(_BULLET.match(piece.text))


def in_columns(line: Line) -> bool:
    """Whether a line may be a row: pieces that stand apart and are no list item, heading or caption."""
    if len(line.pieces) < 2 or is_caption(line.text):
        return False
    first, second = line.pieces[0], line.pieces[1]
    if len(line.pieces) == 2 and is_bullet(first) and not second.figure:
        return False
    return not (is_note(line.text) and line.figures == 0)


def running_text(lines: Sequence[Line]) -> list[Line]:
    """Lines of paragraphs."""
    wordy = [_wordy(line) for line in lines]
    out = []
    for place, line in enumerate(lines):
        if not wordy[place]:
            continue
        longest = max(len(piece.words) for piece in line.pieces)
        beside = any(
            0 <= other < len(lines) and wordy[other] and _follow(lines[min(place, other)], lines[max(place, other)])
            for other in (place - 1, place + 1)
        )
        if beside or longest >= _LONG:
            out.append(line)
    return out


def _wordy(line: Line) -> bool:
    pieces = line.pieces[1:] if len(line.pieces) > 1 and is_bullet(line.pieces[0]) else line.pieces
    return (
        len(pieces) == 1 and len(pieces[0].words) >= _WORDY and sum(w.text[:1].isalpha() for w in pieces[0].words) >= 4
    )


def _follow(upper: Line, lower: Line) -> bool:
    return lower.top - upper.bottom < 1.3 * max(upper.size, lower.size) and upper.x0 < lower.x1 and lower.x0 < upper.x1


def find_runs(lines: Sequence[Line], frames: Sequence[Frame], prose: Sequence[Line], size: float) -> list[Run]:
    """Runs of lines in columns, from the top down."""
    finder = _Finder(lines, frames, prose, size)
    return finder.runs()


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
            if run is not None and self.is_body(run):
                self.grow_up(run, place, floor)
                found.append(run)
                floor = end
            place = max(end, place + 1)
        return found

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
            if not self.rowlike(number):
                if not inside and (len(pending) >= _PENDING or not self.may_wait(line, columns)):
                    break
                pending.append(line)
                continue
            grown = self.agree(core, columns, line)
            if grown is None and not inside:
                break
            columns = grown or columns
            core.append(line)
            members += [*pending, line]
            pending, end = [], number + 1
        tail = self.tail(members, pending, columns, frame)
        if columns is None or len(core) < 2:
            return None, end
        return Run([*members, *tail], columns, frame, core), end + len(tail)

    def ends(self, last: Line, pending: Sequence[Line], line: Line, frame: Frame | None) -> bool:
        """Whether a table ends before a line."""
        before = pending[-1] if pending else last
        if line.top - before.bottom > 3.2 * self.size:
            return True
        if id(line) in self.prose or is_caption(line.text) or id(line) in self.frame_of:
            return True
        if is_note(line.text) and line.figures == 0:
            return True
        return frame is not None and line.middle > frame.bottom and len(frame.ys) > 2

    def may_wait(self, line: Line, columns: Columns | None) -> bool:
        """Whether a line without columns may stand inside a table: a group's name, a label that goes on."""
        words = sum(len(piece.words) for piece in line.pieces)
        return words <= 14 and not (columns and words > 8 and line.x1 > columns.x1 + self.size)

    def agree(self, core: Sequence[Line], columns: Columns | None, line: Line) -> Columns | None:
        """The columns that a line shares with those above it; nothing where it has others."""
        both = find_columns([*core, line], size=self.size)
        if len(both) < 2:
            return None
        if columns is None:
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
        return any(sum(p.figure and not is_year(p.text) for p in line.pieces) for line in run.core) or len(run.core) > 2

    def grow_up(self, run: Run, place: int, floor: int) -> None:
        """Take the lines of the heading above a run."""
        above: list[Line] = []
        first = run.lines[0]
        for number in range(place - 1, floor - 1, -1):
            line = self.lines[number]
            inside = run.frame is not None and self.frame_of.get(id(line)) is run.frame
            if not inside and not self.heads(run, line, above[0] if above else first):
                break
            above.insert(0, line)
        run.lines[:0] = above

    def heads(self, run: Run, line: Line, below: Line) -> bool:
        """Whether a line outside any frame belongs to the heading of a run."""
        if id(line) in self.prose or id(line) in self.frame_of or is_caption(line.text) or is_note(line.text):
            return False
        if below.top - line.bottom > 1.1 * self.size or (run.frame and len(run.frame.ys) > 2):
            return False
        columns = run.columns
        if line.x0 < columns.x0 - 2 * self.size or line.x1 > columns.x1 + 2 * self.size:
            return False
        if len(line.pieces) > 1:
            return all(len(piece.words) <= 8 for piece in line.pieces)
        piece = line.pieces[0]
        if len(piece.words) > 8:
            return False
        first, last = columns.at(piece)
        if first == last == 0 and len(columns) > 1:
            return False
        return first > 0 and not self.is_title(piece, columns)

    def is_title(self, piece: Piece, columns: Columns) -> bool:
        """Whether a line is set to the middle of the whole table rather than of its columns of values."""
        whole = (columns.x0 + columns.x1) / 2
        values = (columns.extents[1][0] + columns.x1) / 2
        return abs(piece.centre - whole) < abs(piece.centre - values)

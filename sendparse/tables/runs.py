"""A run: the lines of one table without a full grid, and what stands round it on the page.

In: printed lines, frames, running text. Out: the records that downward.py and upward.py work on, and what a single line
is to them: a row, a heading, a row of values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sendparse.model import Word
from sendparse.tables.columns import Columns
from sendparse.tables.frames import Frame, Rule
from sendparse.tables.kinds import is_bullet, is_caption, is_note, is_year, numbers_columns
from sendparse.tables.lines import Line


@dataclass(slots=True)
class Run:
    """Lines of one table, the columns of its body and the frame around it, if there is one."""

    lines: list[Line]
    columns: Columns
    frame: Frame | None = None
    core: list[Line] = field(default_factory=list)  # the lines that the columns come from


class Around:
    """The lines of one part of a page, with the frames and the running text among them."""

    def __init__(
        self,
        lines: list[Line],
        frames: list[Frame],
        prose: list[Line],
        size: float,
        steep: Sequence[Word] = (),
        rules: Sequence[Rule] = (),
    ) -> None:
        self.lines = lines
        self.rules = rules
        self.size = size  # the usual font size
        self.steep = steep  # words that run up or down the page
        self._prose = {id(line) for line in prose}
        self._frame_of = {id(line): frame for line in lines for frame in frames if frame.holds(line)}

    def is_prose(self, line: Line) -> bool:
        """Whether a line is running text."""
        return id(line) in self._prose

    def frame_of(self, line: Line) -> Frame | None:
        """The frame that a line lies in."""
        return self._frame_of.get(id(line))

    def part_frame(self, frame: Frame, last: Line, heading: Line) -> Frame | None:
        """Part a frame between the last row of one table and the heading of the next; gives the upper part.

        What stands between them is the title of the next table, and in neither part.
        """
        upper = [y for y in frame.ys if y < last.bottom + self.size]
        lower = [y for y in frame.ys if y > heading.top - self.size]
        parts = [Frame(frame.x0, frame.x1, tuple(ys)) if len(ys) > 1 else None for ys in (upper, lower)]
        for line in self.lines:
            if self._frame_of.get(id(line)) is frame:
                part = parts[0] if line.middle <= last.middle else parts[1] if line.middle >= heading.middle else None
                if part is None:
                    del self._frame_of[id(line)]
                else:
                    self._frame_of[id(line)] = part
        return parts[0]

    def rowlike(self, line: Line) -> bool:
        """Whether a line may be a row of a table."""
        if self.frame_of(line) is not None:
            return len(line.pieces) > 1
        return in_columns(line) and not self.is_prose(line)

    def closed(self, frame: Frame) -> bool:
        """Whether a frame ends with the last row, rather than under the heading."""
        last = [x for x in self.lines if frame.ys[-2] < x.middle < frame.ys[-1] and frame.holds(x)]
        return any(map(values, last))


def in_columns(line: Line) -> bool:
    """Whether a line may be a row: pieces that stand apart and are no list item, heading or caption."""
    if len(line.pieces) < 2 or is_caption(line.text):
        return False
    first, second = line.pieces[0], line.pieces[1]
    if len(line.pieces) == 2 and is_bullet(first.text) and not second.figure:
        return False
    return not (is_note(line.text) and line.figures == 0)


def under(core: list[Line], line: Line) -> bool:
    """Whether the figures of a line stand under figures of the lines above it."""
    above = [p for upper in core[-6:] for p in upper.pieces if p.figure]
    mine = [p for p in line.pieces if p.figure]
    return bool(mine) and all(any(p.x0 < q.x1 and q.x0 < p.x1 for q in above) for p in mine)


def values(line: Line) -> int:
    """Figures in a line that are no years, and do not number the columns."""
    if numbers_columns([piece.text for piece in line.pieces]):
        return 0
    return sum(p.figure and not is_year(p.text) for p in line.pieces)


def begins_values(core: list[Line], line: Line) -> bool:
    """Whether a line is the first with values, under a heading as wide as it is."""
    if values(line) < 2 or any(values(upper) for upper in core):
        return False
    return all(upper.x0 > line.x0 - 2 * line.size and upper.x1 < line.x1 + 2 * line.size for upper in core)

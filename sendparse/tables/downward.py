"""From a row downwards: which lines go on with its table.

In: the lines of a part of a page and the place of a row. Out: the run that begins there, and the place after it. Lines go
on while they agree on their columns; a label by itself, a group's name, or a value by itself may stand between them.
"""

from __future__ import annotations

from itertools import pairwise

from sendparse.tables.columns import Columns, find_columns, with_first
from sendparse.tables.kinds import is_caption, is_note, is_year
from sendparse.tables.lines import Line
from sendparse.tables.runs import Around, Run, begins_values, under, values

_LABEL_LINES = 8  # lines of a label by themselves between two rows
_PENDING = 3  # other lines without columns between two rows
_FAR = 3.2  # of the font size: white that ends a table
_SAME = 1.0  # points: texts that begin that near begin at one edge
_FEWEST_TEXTS = 4  # lines of a column of texts by themselves
_NEARER = 0.85  # of the distance of two rows: lines of one row are no further apart
_NEAR = 1.6  # of the font size: white between a heading and the first values


def grow_down(around: Around, place: int) -> tuple[Run | None, int]:
    """The longest stretch from `place` on whose lines agree on their columns, and the place after it."""
    down = _Down(around, place)
    for number in range(place + 1, len(around.lines)):
        if not down.take(around.lines[number], number):
            break
    return down.close()


class _Down:
    """A table that grows line by line."""

    def __init__(self, around: Around, place: int) -> None:
        first = around.lines[place]
        self.around = around
        self.size = around.size
        self.frame = around.frame_of(first)
        self.core = [first]
        self.members = [first]
        self.pending: list[Line] = []
        self.columns: Columns | None = None
        self.end = place + 1
        self.followed = False  # the heading of another table comes next, what waits is its title

    def take(self, line: Line, number: int) -> bool:
        """Take one more line; False where the table ends before it."""
        inside = self.frame is not None and self.around.frame_of(line) is self.frame
        if not inside and self.ends(line, number):
            return False
        if self.columns is not None and self.is_value(line, self.columns):
            return self.add(line, number)
        if not self.around.rowlike(line):
            if not inside and not self.may_wait(line):
                return False
            self.pending.append(line)
            return True
        if self.columns is not None and self.is_new_table(line, self.columns):
            self.followed = True
            if inside and self.frame is not None:
                self.frame = self.around.part_frame(self.frame, self.members[-1], line)
            return False
        grown = self.agree(self.core, line)
        if self.begins_under(line) and (grown is None or len(grown) < len(self.columns or ())):
            above, self.core, self.columns = self.members[-1:], [line], None
            self.columns = self.agree(above, line)
            return self.add(line, number)
        if grown is None:
            return inside and self.add(line, number)
        self.columns = grown
        self.core.append(line)
        return self.add(line, number)

    def begins_under(self, line: Line) -> bool:
        """Whether a line is the first with values, close under a heading."""
        before = self.pending[-1] if self.pending else self.members[-1]
        return begins_values(self.core, line) and line.top - before.bottom < _NEAR * self.size

    def add(self, line: Line, number: int) -> bool:
        """Make a line and those that waited for it part of the table."""
        self.members += [*self.pending, line]
        self.pending, self.end = [], number + 1
        return True

    def close(self) -> tuple[Run | None, int]:
        """The run, if it has columns."""
        if len(self.core) < 2 and len(self.members) == len(self.core):
            self.columns = None
        if self.columns is None:
            return None, self.end
        tail = self.tail(self.columns)
        return Run([*self.members, *tail], self.with_texts(self.columns), self.frame, self.core), self.end + len(tail)

    def with_texts(self, columns: Columns) -> Columns:
        """The columns, with one of texts that stand by themselves in their lines, a little above and below the values."""
        alone = [x for x in self.members if len(x.pieces) == 1 and x.x0 < columns.extents[0][1] and not x.figures]
        if any(map(values, self.core)):
            more = with_first(columns, self.core, [x for x in alone if x not in self.core], self.size)
            if more is not columns:
                return more
        alone = [x for x in self.members if len(x.pieces) == 1 and x.x0 > columns.extents[0][1]]
        starts = [x for x in alone if sum(abs(x.x0 - other.x0) < _SAME for other in alone) >= _FEWEST_TEXTS]
        if not starts or self.frame is not None:
            return columns
        found = find_columns([*self.core, *starts], size=self.size)
        return found if len(found) == len(columns) + 1 else columns

    def is_new_table(self, line: Line, columns: Columns) -> bool:
        """Whether a line is the heading of another table: over columns of figures, without values, under a title."""
        if not self.pending or values(line) or not any(map(values, self.core)):
            return False
        figured = {columns.at(p)[0] for upper in self.core for p in upper.pieces if p.figure}
        over = sum(columns.at(p)[0] in figured for p in line.pieces) >= max(2, 0.5 * len(figured))
        titled = any(
            upper.x0 < columns.x0 - self.size or any(columns.crossed(piece) for piece in upper.pieces)
            for upper in self.pending
        )
        return titled and (over or _dates_columns(line))

    def ends(self, line: Line, number: int) -> bool:
        """Whether a table ends before a line."""
        before = self.pending[-1] if self.pending else self.members[-1]
        if line.top - before.bottom > _FAR * self.size:
            return True
        if is_caption(line.text) or self.around.frame_of(line) is not None:
            return True
        if self.around.is_prose(line) and not self.labels_values(line, number):
            return True
        if is_note(line.text) and line.figures == 0:
            return True
        if self.frame is None or line.middle <= self.frame.bottom or not self.around.closed(self.frame):
            return False
        if len(line.pieces) < 2 and not self.pending and self.labels_values(line, number):
            return False
        if len(line.pieces) < 2 and self.is_between_rows(line, before, number):
            return False
        return len(line.pieces) < 2 or not line.figures or line.top - before.bottom > 1.2 * self.size

    def is_between_rows(self, line: Line, before: Line, number: int) -> bool:
        """Whether a line by itself is the name of a group, set halfway between two rows."""
        after = self.around.lines[number + 1] if number + 1 < len(self.around.lines) else None
        if after is None or line.figures or values(after) < 2 or before not in self.core or not under(self.core, after):
            return False
        return after.top - before.bottom < 1.2 * self.size and line.x1 < after.x0

    def labels_values(self, line: Line, number: int) -> bool:
        """Whether a line that looks like running text is the label of values that stand close below it, by themselves."""
        columns = self.columns
        if columns is None or len(columns) < 3 or not any(map(values, self.core)):
            return False
        for below in [line, *self.around.lines[number + 1 : number + 1 + _LABEL_LINES // 2]]:
            if values(below) > 1 and values(below) == len(below.pieces):
                return under(self.core, below)
            alone = [columns.at(piece) for piece in below.pieces] == [(0, 0)]
            if not alone or below.top - line.bottom > 3 * self.size:
                return False
        return False

    def may_wait(self, line: Line) -> bool:
        """Whether a line without columns may stand inside a table: a group's name, a label that goes on."""
        columns = self.columns
        waiting = [*self.pending, line]
        labels = sum(columns is not None and self.goes_on(x, columns) for x in waiting)
        if labels > _LABEL_LINES or len(waiting) - labels > _PENDING:
            return False
        words = sum(len(piece.words) for piece in line.pieces)
        return words <= 14 and not (columns and words > 8 and line.x1 > columns.x1 + self.size)

    def goes_on(self, line: Line, columns: Columns) -> bool:
        """Whether a line is a label, or a text that goes on in its column: it begins where the column begins."""
        if all(columns.at(p) == (0, 0) for p in line.pieces):
            return True
        places = [columns.at(p) for p in line.pieces]
        return all(
            first == last and abs(p.x0 - columns.extents[first][0]) < 1.0 and not p.figure
            for p, (first, last) in zip(line.pieces, places, strict=True)
        )

    def is_value(self, line: Line, columns: Columns) -> bool:
        """A figure by itself in one of the columns: its label stands a little higher or lower."""
        if len(line.pieces) != 1 or not line.pieces[0].figure:
            return False
        first, last = columns.at(line.pieces[0])
        left, right = columns.extents[first]
        return first == last > 0 and line.x0 > left - self.size and line.x1 < right + self.size

    def agree(self, core: list[Line], line: Line) -> Columns | None:
        """The columns that a line shares with those above it; nothing where it has others."""
        columns, both = self.columns, find_columns([*core, line], size=self.size)
        if len(both) < 2:
            return None
        if columns is None or (len(both) >= len(columns) - 1 and under(core, line)):
            return both
        lost = len(columns) - len(both)
        crossing = sum(columns.crossed(piece) > 0 for piece in line.pieces)
        if lost > (1 if len(columns) > 3 else 0) or crossing > max(0, (len(columns) - 2) // 3):
            return columns if self.fits(line, columns) else None
        return both

    def fits(self, line: Line, columns: Columns) -> bool:
        """Whether a label and figures stand each in a column of its own: a row with blanks tells little of the columns."""
        places = [columns.at(piece) for piece in line.pieces]
        if len(columns) < 3 or places[0] != (0, 0) or len(set(places)) < len(places):
            return False
        return all(
            piece.figure and first == last and not columns.crossed(piece)
            for piece, (first, last) in list(zip(line.pieces, places, strict=True))[1:]
        )

    def tail(self, columns: Columns) -> list[Line]:
        """Lines after the last row that belong to it: all inside the frame, or a label that goes on."""
        out: list[Line] = []
        last = self.members[-1]
        for line in self.pending:
            inside = self.frame is not None and self.frame.holds(line) and not self.followed
            text = line.text
            goes_on = (
                len(line.pieces) == 1
                and columns.crossed(line.pieces[0]) == 0
                and columns.at(line.pieces[0])[0] == columns.at(line.pieces[0])[1]
                and line.top - last.bottom < 0.4 * self.size
                and (text[:1].islower() or text[:1] == "(" or self.is_close(line, last, columns))
                and not is_note(text)
            )
            if not (inside or goes_on):
                break
            out.append(line)
            last = line
        return out

    def is_close(self, line: Line, last: Line, columns: Columns) -> bool:
        """Whether a line begins where a column begins, and stands nearer to the row of texts above than rows do."""
        if any(map(values, self.core)) or not self.goes_on(line, columns):
            return False
        steps = [two.top - one.top for one, two in pairwise(self.members) if len(two.pieces) == len(columns)]
        return len(steps) > 1 and line.top - last.top < _NEARER * min(steps)


def _dates_columns(line: Line) -> bool:
    """Whether a line is a heading of years, one after the other, with or without a name for the labels before them."""
    years = [piece.text for piece in line.pieces if is_year(piece.text)]
    named = [piece for piece in line.pieces if not is_year(piece.text)]
    first = line.pieces[0]
    return len(years) > 1 and years == sorted(set(years)) and all(p is first or p.x0 > first.x1 for p in named)

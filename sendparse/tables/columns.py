"""Where the columns of a table run that has no lines between them.

In: printed lines. Out: channels, the strips of white that run down between columns, and the columns between them. A strip
counts when nearly every line leaves it free and enough lines have print on both of its sides. Rows and headings are
elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from sendparse.tables.kinds import is_year
from sendparse.tables.lines import Line, Piece

_FAR = float("inf")
_MANY_PIECES = 4  # of a line, besides its label
Strip = tuple[float, float]
"""Left and right edge."""

_SIGNS = frozenset(
    [
        "$",
        "£",
        "€",
        "¥",
        "US$",
        "%",
        "(",
        ")",
        "+/-",
        "±",
        "<",
        ">",
        "≤",
        "≥",
        "*",
        "**",
        "†",
        "‡",
        "§",
        "#",
        "r",
        "p",
        "e",
    ]
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns from left to right: the channels between them and how far the print of each reaches."""

    channels: tuple[Strip, ...]
    extents: tuple[Strip, ...]

    def __len__(self) -> int:
        return len(self.extents)

    @property
    def x0(self) -> float:
        """Left edge of the print."""
        return self.extents[0][0]

    @property
    def x1(self) -> float:
        """Right edge of the print."""
        return self.extents[-1][1]

    def crossed(self, piece: Piece) -> int:
        """How many channels a piece runs right across."""
        return sum(piece.x0 < left and piece.x1 > right for left, right in self.channels)

    def at(self, piece: Piece) -> tuple[int, int]:
        """First and last column that a piece stands in."""
        x0, x1 = piece.x0 + 0.5, piece.x1 - 0.5
        first = last = 0
        for left, right in self.channels:
            first += left <= x0
            last += right < x1
        if first <= last:
            return first, last
        place = sum(middle(strip) <= piece.centre for strip in self.channels)
        return place, place


def middle(strip: Strip) -> float:
    """Halfway between its edges."""
    return (strip[0] + strip[1]) / 2


def find_columns(lines: list[Line], *, size: float) -> Columns:
    """Columns that a set of lines agrees on. `size` is the usual font size, by which white is measured."""
    pieces = [piece for line in lines for piece in line.pieces]
    left = min([line.x0 for line in lines])
    right = max([line.x1 for line in lines])
    strips = _free_strips(pieces, left, right, _spared(len(lines)))
    strips = [strip for strip in strips if _wide_enough(strip, lines, size)]
    strips = _supported(strips, lines)
    counted = _by_count(lines) if len(lines) > 1 else []
    strips = counted if len(counted) > len(strips) else strips
    columns = _with_extents(strips, lines, left, right)
    return _without_sign_columns(columns, lines, size)


def _by_count(lines: list[Line]) -> list[Strip]:
    """White, however narrow, between pieces of rows of figures that all have as many, each under that of the others.

    The label before them may stand on another line.
    """
    rows = [line.pieces if line.pieces[0].figure else line.pieces[1:] for line in lines]
    count = len(rows[0])
    if count < _MANY_PIECES or any(len(row) != count for row in rows):
        return []
    if any(line.figures < count - 2 for line in lines):
        return []
    strips = [(max(row[n].x1 for row in rows), min(row[n + 1].x0 for row in rows)) for n in range(count - 1)]
    labels = [line.pieces[0].x1 for line in lines if not line.pieces[0].figure]
    if labels:
        strips.insert(0, (max(labels), min(row[0].x0 for row in rows)))
    return strips if all(left < right for left, right in strips) else []


def _spared(count: int) -> int:
    """How many lines may run across a channel: a long label now and then, a heading over several columns."""
    return 0 if count < 6 else max(1, round(0.08 * count))


def _free_strips(pieces: list[Piece], left: float, right: float, spared: int) -> list[Strip]:
    """Strips that no line runs across, and between them those that few do."""
    begins = sorted([piece.x0 for piece in pieces])
    ends = sorted([max(piece.x0 + 0.01, piece.x1) for piece in pieces])
    found: list[Strip] = []
    for most in range(spared + 1):
        cover = begun = 0
        start = left
        for x in ends:
            while begun < len(begins) and begins[begun] < x:
                at = begins[begun]
                free = cover == most and at > start > left and at < right
                if free and not any(start <= a and b <= at for a, b in found):
                    found.append((start, at))
                begun += 1
                cover += 1
            cover -= 1
            if cover == most:
                start = x
    return sorted(found)


def _wide_enough(strip: Strip, lines: list[Line], size: float) -> bool:
    """Few lines agree by chance on a narrow strip; many do not, nor do few where a figure follows, or where print
    begins at one edge in all of them.
    """
    need = 0.9 if len(lines) <= 2 else 0.7 if len(lines) <= 3 else 0.5 if len(lines) <= 6 else 0.3
    after = [p for line in lines if (p := next((q for q in line.pieces if q.x0 >= strip[1] - 0.5), None))]
    figures = sum(p.figure for p in after)
    if figures >= 2 and figures >= 0.6 * len(after):
        need = min(need, 0.45)
    if len(after) > 2 and sum(abs(p.x0 - strip[1]) < 1.0 for p in after) >= 0.8 * len(after):
        need = min(need, 0.2 if len(after) < 6 else 0.05)
    return strip[1] - strip[0] >= need * size


def settled(columns: Columns, body: list[Line], size: float) -> Columns:
    """The columns of a whole table, once it is known which lines are its rows.

    Headings that reach over two columns hide the white between them, so the rows alone are looked at again; what they
    add counts where figures stand on both sides or to the right of a label.
    """
    rows = [line for line in body if line.figures or not any(columns.crossed(piece) for piece in line.pieces)]
    if len(rows) < 3 or not any(line.figures for line in rows):
        return columns
    found = find_columns(rows, size=size)
    missed = [strip for strip in columns.channels if not any(_overlap(strip, other) for other in found.channels)]
    kept = [strip for strip in missed if _crossings(strip, rows) <= _spared(len(rows))]
    if kept:
        return _with_extents(sorted([*found.channels, *kept]), rows, found.x0, found.x1)
    return found if len(found) >= len(columns) else columns


def parted_by_heading(columns: Columns, head: list[Line], body: list[Line]) -> Columns:
    """The columns, those cut that have two headings beside each other and rows that fit under them."""
    most = max((len(line.pieces) for line in head), default=0)
    if any(len(line.pieces) == most == len(columns) and columns.at(line.pieces[0])[0] == 0 for line in head):
        return columns  # a heading for each
    rows = [line for line in body if not any(columns.crossed(piece) for piece in line.pieces)]
    added: list[Strip] = []
    for line in head:
        for one, two in pairwise(line.pieces):
            gap = (one.x1, two.x0)
            if any(_overlap(gap, strip) for strip in (*columns.channels, *added)):
                continue
            strip = _widened(gap, columns, rows, sure=is_year(one.text) and is_year(two.text))
            if strip is not None:
                added.append(strip)
    if not added:
        return columns
    return _with_extents(sorted([*columns.channels, *added]), rows, columns.x0, columns.x1)


def with_bare_headings(columns: Columns, head: list[Line], body: list[Line]) -> Columns:
    """The columns, and one more for a heading right of them all that has nothing but drawings below it."""
    filled = {columns.at(p)[1] for row in body for p in row.pieces}
    headed = {columns.at(p)[1] for line in head for p in line.pieces if p.x0 <= columns.x1}
    for line in head:
        last = line.pieces[-1]
        if len(columns) - 1 not in headed:
            continue
        one_each = len(line.pieces) == len(columns) and columns.at(line.pieces[0])[0] == 0
        if one_each or len(line.pieces) < 3 or last.x0 <= columns.x1 or columns.at(last)[0] not in filled:
            continue
        above = any(p is not last and p.x0 <= columns.x1 and p.x1 > last.x0 for other in head for p in other.pieces)
        if not above and not any(p.x1 > last.x0 for row in body for p in row.pieces):
            strips = [*columns.channels, (columns.x1, last.x0)]
            return _with_extents(strips, [*head, *body], columns.x0, max(columns.x1, last.x1))
    return columns


def with_first(columns: Columns, core: list[Line], alone: list[Line], size: float) -> Columns:
    """The columns, and one more left of them all, for texts most of which stand on lines of their own.

    So stand the names of groups of rows, and labels of several lines that have their values at half height.
    """
    if not alone:
        return columns
    end = max(line.x1 for line in alone)
    firsts = [line.pieces[0] for line in core]
    short = [piece for piece in firsts if piece.x0 > end + 0.3 * size]
    beside = [piece for piece in firsts if piece.x0 <= end + 0.3 * size]
    if len(short) < 0.5 * len(core) or len(alone) + len(beside) < 2:
        return columns
    x0, x1 = min(line.x0 for line in alone), max([end, *(piece.x1 for piece in beside)])
    begins = min(piece.x0 for piece in short)
    inside = x0 < columns.extents[0][1] and begins < columns.extents[0][1] + 1
    if not inside and x1 > columns.x0 - 0.3 * size:
        return columns  # it is one of the columns
    if x1 > begins - 0.2 * size or not short:
        return columns
    first = (begins, max(begins, columns.extents[0][1]))
    return Columns(((x1, begins), *columns.channels), ((x0, x1), first, *columns.extents[1:]))


def joined_marks(columns: Columns, head: list[Line], body: list[Line]) -> Columns:
    """The columns, one of nothing but marks for missing figures put to the figures beside it, in whose rows it is filled.

    Figures are set to the right, "(s)" or "n/a" in their place to the left.
    """
    held: list[dict[int, Piece]] = [{} for _ in range(len(columns))]
    for number, line in enumerate(body):
        for piece in line.pieces:
            first, last = columns.at(piece)
            for column in range(first, last + 1):
                held[column][number] = piece
    drop: set[int] = set()
    for place in range(1, len(columns) - 1):
        one, two = held[place], held[place + 1]
        if not one or not two or one.keys() & two.keys() or place - 1 in drop:
            continue
        marks, others = (one, two) if not _digits(one) else (two, one)
        if _digits(marks) or not _digits(others) or not all(p.figure for p in (*one.values(), *two.values())):
            continue
        if not any({(place, place), (place + 1, place + 1)} <= {columns.at(p) for p in line.pieces} for line in head):
            drop.add(place)
    if not drop:
        return columns
    strips = [strip for place, strip in enumerate(columns.channels) if place not in drop]
    return _with_extents(strips, [*head, *body], columns.x0, columns.x1)


def _digits(pieces: Mapping[int, Piece]) -> bool:
    return any(letter.isdigit() for piece in pieces.values() for letter in piece.text)


def joined_to_heading(columns: Columns, head: list[Line], body: list[Line]) -> Columns:
    """The columns, one that has only a heading put together with one beside it that has only values.

    A heading set to the middle of a wide column may stand clear of values that are set to its edge.
    """
    headed = {columns.at(p) for line in head for p in line.pieces}
    filled = {columns.at(p) for line in body for p in line.pieces}
    drop: set[int] = set()
    for place in range(len(columns) - 1):
        one, two = (place, place), (place + 1, place + 1)
        bare = one in headed and one not in filled and two in filled and two not in headed
        if bare or (two in headed and two not in filled and one in filled and one not in headed and place > 0):
            drop.add(place)
    if not drop:
        return columns
    strips = [strip for place, strip in enumerate(columns.channels) if place not in drop]
    return _with_extents(strips, [*head, *body], columns.x0, columns.x1)


def _widened(gap: Strip, columns: Columns, rows: list[Line], *, sure: bool) -> Strip | None:
    """The white in the rows round a gap of the heading; nothing where a row has print there, or where one side has none.

    `sure` says that the headings are two whatever stands below: years are, and a year may have no values.
    """
    at = middle(gap)
    home = next((extent for extent in columns.extents if extent[0] <= at <= extent[1]), None)
    if home is None:
        return None
    inside = [p for line in rows for p in line.pieces if home[0] - 1 <= p.x0 and p.x1 <= home[1] + 1]
    if any(p.x0 < gap[0] - 1 and p.x1 > gap[1] + 1 for p in inside):
        return None
    left = [p.x1 for p in inside if p.centre < at]
    right = [p.x0 for p in inside if p.centre >= at]
    if not (left or right) or not ((left and right) or sure):
        return None
    strip = (max(left, default=gap[0]), min(right, default=gap[1]))
    return strip if strip[0] < strip[1] else None


def _overlap(one: Strip, two: Strip) -> bool:
    return one[0] < two[1] and two[0] < one[1]


def _crossings(strip: Strip, lines: list[Line]) -> int:
    return sum(p.x0 < strip[0] and p.x1 > strip[1] for line in lines for p in line.pieces)


def _supported(strips: list[Strip], lines: list[Line]) -> list[Strip]:
    """Channels with print on both sides in enough lines."""
    need = 1 if len(lines) < 4 else 2
    out: list[Strip] = []
    for place, strip in enumerate(strips):
        before = out[-1][1] if out else -_FAR
        after = strips[place + 1][0] if place + 1 < len(strips) else _FAR
        earliest, ends, begins, latest = before - 0.5, strip[0] + 0.5, strip[1] - 0.5, after + 0.5
        both = near = left = figures = 0
        for line in lines:
            left_of = one = False
            for piece in line.pieces:
                if piece.x1 <= ends:
                    left_of = True
                    one = one or piece.x0 >= earliest
            beside = next((piece for piece in line.pieces if piece.x0 >= begins and piece.x1 <= latest), None)
            left += one
            if beside is not None:
                both += one
                figures += beside.figure
                near += left_of
        if both >= need or (both and near >= need) or near >= max(3, need) or (left >= 2 and figures >= 2):
            out.append(strip)
    return out


def _with_extents(strips: list[Strip], lines: list[Line], left: float, right: float) -> Columns:
    edges = [left - 1, *[middle(strip) for strip in strips], right + 1]
    return Columns(tuple(strips), tuple([_extent(lines, edges[n], edges[n + 1]) for n in range(len(edges) - 1)]))


def _extent(lines: list[Line], left: float, right: float) -> Strip:
    """How far the print between two edges reaches; the edges where there is none."""
    x0, x1 = _FAR, -_FAR
    for line in lines:
        for piece in line.pieces:
            if left <= piece.x0 + 0.5 and piece.x1 - 0.5 <= right:
                x0, x1 = min(x0, piece.x0), max(x1, piece.x1)
    return (x0, x1) if x0 < _FAR else (left, right)


def _without_sign_columns(columns: Columns, lines: list[Line], size: float) -> Columns:
    """A column of nothing but currency signs, per cent signs or footnote marks belongs to its neighbour."""
    if len(columns) < 2:
        return columns
    texts: list[list[str]] = [[] for _ in range(len(columns))]
    for line in lines:
        for piece in line.pieces:
            first, last = columns.at(piece)
            if first == last:
                texts[first].append(piece.text)
    drop = set()
    for place, found in enumerate(texts):
        if not found or not all(text.strip() in _SIGNS for text in found):
            continue
        opens = all(text.strip() in {"$", "£", "€", "¥", "US$", "(", "<", ">", "≤", "≥", "±"} for text in found)
        if opens and place < len(columns) - 1:
            drop.add(place)
        elif not opens and place > 0 and columns.channels[place - 1][1] - columns.channels[place - 1][0] < 2 * size:
            drop.add(place - 1)
    if not drop:
        return columns
    strips = [strip for place, strip in enumerate(columns.channels) if place not in drop]
    return _with_extents(strips, lines, columns.x0, columns.x1)

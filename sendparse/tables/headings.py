"""The heading rows of a table without a full grid: stacked words to cells, cells to levels, levels to rows with spans.

In: the printed lines above the first row, each cut into pieces with the columns they stand in. Out: cells with their row,
column and spans. Words that stand close above each other in one column are one cell; a piece that stands over several
columns is a cell that spans them, and lies on a level of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from sendparse.tables.columns import Columns
from sendparse.tables.frames import Rule
from sendparse.tables.kinds import counts_column, is_number, is_year, names_unit
from sendparse.tables.lines import Piece

_WIDER = 0.12  # of the font size: so much wider than the least white
_TIE = 0.1  # of the font size: spans whose middles lie that near are equally good, and the widest is meant
_NEAR_MIDDLE = 1.0  # of the font size
_LEADING = frozenset(
    {"in", "of", "to", "for", "at", "by", "from", "since", "than", "per", "year", "fy"}
)  # words that a number goes on
MONTHS = frozenset(
    {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"}
    | {"december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"}
)
_TIGHT = 0.75  # of the font size: white between the lines of one heading cell


@dataclass(slots=True)
class Placed:
    """A piece with the columns it stands in, and the number of its line."""

    piece: Piece
    first: int
    last: int
    line: int


@dataclass(slots=True)
class Block:
    """Pieces that make one cell."""

    pieces: list[Placed]
    first: int
    last: int
    row: int = 0
    rows: int = 1
    above: list[Block] = field(default_factory=list)
    below: list[Block] = field(default_factory=list)

    @property
    def top(self) -> float:
        """Upper edge."""
        return min(p.piece.top for p in self.pieces)

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return max(p.piece.bottom for p in self.pieces)


def widen(placed: list[Placed], columns: Columns, rules: list[Rule], below: list[Placed]) -> None:
    """Give pieces of one heading line that stand over several columns all of these, in place.

    What they stand over is told by a rule drawn right under them, else by the middle they are set to, as long as the
    lines below have more pieces there.
    """
    for number, mine in enumerate(placed):
        left = placed[number - 1].last + 1 if number else 0
        right = placed[number + 1].first - 1 if number + 1 < len(placed) else len(columns) - 1
        ruled = _ruled_span(mine.piece, columns, rules, left, right)
        if ruled is not None:
            mine.first, mine.last = ruled
        elif left < right or mine.first < mine.last:
            mine.first, mine.last = _centred_span(mine, columns, below, left, right)


def over_all(lines: list[list[Placed]], columns: Columns) -> None:
    """Give a unit by itself under the headings, set to the middle of the columns of values, all of these, in place."""
    placed, above = lines[-1], [p.piece for line in lines[:-1] for p in line if p.first > 0]
    if len(placed) != 1 or len(columns) < 3 or not above or not names_unit(placed[0].piece.text):
        return
    mine = placed[0]
    left, right = min(piece.x0 for piece in above), max(piece.x1 for piece in above)
    middles = ((columns.extents[1][0] + columns.x1) / 2, (left + right) / 2)
    if mine.first > 0 and any(abs(mine.piece.centre - x) < _NEAR_MIDDLE * mine.piece.size for x in middles):
        mine.first, mine.last = 1, len(columns) - 1


def over_repeated(lines: list[list[Placed]]) -> None:
    """Give headings over headings that come again ("Rate, Cost, Rate, Cost") one round of these each, in place."""
    for number in range(len(lines) - 1, 0, -1):
        below = [p for p in lines[number] if p.first == p.last > 0]
        above = [p for p in lines[number - 1] if below and p.piece.centre > below[0].piece.x0 - p.piece.size]
        rounds = len(above)
        if rounds < 2 or len(below) < 2 * rounds or len(below) % rounds:
            continue
        size = len(below) // rounds
        parts = [below[n * size : (n + 1) * size] for n in range(rounds)]
        texts = [[p.piece.text.casefold() for p in part] for part in parts]
        if any(other != texts[0] for other in texts) or len(set(texts[0])) < size:
            continue
        if all(_stands_over(mine, part) for mine, part in zip(above, parts, strict=True)):
            for mine, part in zip(above, parts, strict=True):
                mine.first, mine.last = part[0].first, part[-1].last


def _stands_over(mine: Placed, part: list[Placed]) -> bool:
    left, right = part[0].piece, part[-1].piece
    return left.x0 - left.size < mine.piece.centre < right.x1 + right.size


def align(lines: list[list[Placed]]) -> None:
    """Put pieces of a heading that stand exactly above each other into one column, in place: that of the widest.

    Headings set to the left of a column whose values are set to its middle may stand nearer to the column before.
    """
    pieces = [p for line in lines for p in line if p.first == p.last]
    for mine in pieces:
        same = [p for p in pieces if p.line != mine.line and _stand_above(p.piece, mine.piece)]
        widest = max(same, key=lambda p: p.piece.x1 - p.piece.x0, default=mine)
        if widest.piece.x1 - widest.piece.x0 <= mine.piece.x1 - mine.piece.x0 or abs(widest.first - mine.first) != 1:
            continue
        if not any(p is not mine and p.first == widest.first for p in lines[mine.line]):
            mine.first = mine.last = widest.first


def _stand_above(one: Piece, two: Piece) -> bool:
    """Whether two pieces begin, end or have their middle at one x."""
    return min(abs(one.x0 - two.x0), abs(one.x1 - two.x1), abs(one.centre - two.centre)) < 0.5


def _ruled_span(piece: Piece, columns: Columns, rules: list[Rule], left: int, right: int) -> tuple[int, int] | None:
    for rule in rules:
        if not piece.bottom - 0.35 * piece.size <= rule.y <= piece.bottom + 0.9 * piece.size:
            continue
        for x0, x1 in rule.parts:
            if x0 - 2 <= piece.x0 and piece.x1 <= x1 + 2 and x1 - x0 < 0.93 * (columns.x1 - columns.x0):
                inside = [n for n in range(left, right + 1) if _share(columns.extents[n], (x0, x1)) > 0.5]
                if inside:
                    return inside[0], inside[-1]
    return None


def _share(extent: tuple[float, float], part: tuple[float, float]) -> float:
    width = max(0.1, extent[1] - extent[0])
    return (min(extent[1], part[1]) - max(extent[0], part[0])) / width


def _centred_span(mine: Placed, columns: Columns, below: list[Placed], left: int, right: int) -> tuple[int, int]:
    own = (mine.first, mine.last)
    extents = _with_headings(columns, below)
    best, best_off = own, _off(mine.piece, extents, *own)
    flush = mine.first == mine.last and _flush(mine.piece, columns.extents[mine.first])
    if flush or (mine.first == mine.last and best_off <= 0.8 * mine.piece.size):
        return own
    for first in range(max(left, 1 if mine.first else 0), mine.first + 1):
        for last in range(mine.last, right + 1):
            parts = len({(o.first, o.last) for o in below if first <= o.first and o.last <= last})
            off = _off(mine.piece, extents, first, last)
            if (first, last) == own or parts < 2:
                continue
            tie = _TIE * mine.piece.size if best != own else 0.01
            wider = last - first > best[1] - best[0]
            if off < best_off - (0.01 if wider else tie) or (wider and best != own and off < best_off + tie):
                best, best_off = (first, last), min(off, best_off)
    if best == own or best_off > 1.5 * mine.piece.size or best_off > 0.5 * _off(mine.piece, extents, *own):
        return own
    return best


def _with_headings(columns: Columns, below: list[Placed]) -> list[tuple[float, float]]:
    """How far columns reach with the headings that stand over them alone."""
    extents = list(columns.extents)
    for other in below:
        if other.first == other.last:
            x0, x1 = extents[other.first]
            extents[other.first] = (min(x0, other.piece.x0), max(x1, other.piece.x1))
    return extents


def _flush(piece: Piece, extent: tuple[float, float]) -> bool:
    """Whether a piece is set to the left or right edge of its column."""
    return abs(piece.x0 - extent[0]) < 0.15 * piece.size or abs(piece.x1 - extent[1]) < 0.15 * piece.size


def _off(piece: Piece, extents: list[tuple[float, float]], first: int, last: int) -> float:
    return abs(piece.centre - (extents[first][0] + extents[last][1]) / 2)


def stack(lines: list[list[Placed]], rules: list[Rule]) -> list[Block]:
    """Heading lines to cells with rows and spans."""
    blocks = _joined(lines, rules, _tightest(lines))
    for block in blocks:
        block.above = [
            b for b in blocks if b is not block and _meets(b, block) and b.bottom <= block.top + 0.5 * _size(b)
        ]
        block.below = [
            b for b in blocks if b is not block and _meets(b, block) and b.top >= block.bottom - 0.5 * _size(b)
        ]
    levels = 1 + max(map(_depth, blocks), default=-1)
    for block in blocks:
        block.row, last = _depth(block), levels - 1 - _height(block)
        block.rows = max(1, last - block.row + 1)
    _settle(blocks)
    return blocks


def _tightest(lines: list[list[Placed]]) -> float:
    """The least white between two heading lines."""
    gaps = [
        min(p.piece.top for p in two) - max(p.piece.bottom for p in one) for one, two in pairwise(lines) if one and two
    ]
    return min(gaps, default=0.0)


def _joined(lines: list[list[Placed]], rules: list[Rule], tightest: float) -> list[Block]:
    """Pieces close above each other over the same columns, as one.

    Under a line with headings over several columns a new level begins where the white is wider than elsewhere.
    """
    done: list[Block] = []
    for number, line in enumerate(lines):
        spanned = number > 0 and any(p.first < p.last for p in lines[number - 1])
        for mine in line:
            over = [b for b in done if (b.first, b.last) == (mine.first, mine.last)]
            last = max(over, key=lambda b: b.bottom, default=None)
            wider = last is not None and mine.piece.top - last.bottom > tightest + _WIDER * mine.piece.size
            if last is not None and not (spanned and wider) and _goes_on(last, mine, done, rules):
                last.pieces.append(mine)
            else:
                done.append(Block([mine], mine.first, mine.last))
    return done


def _goes_on(block: Block, mine: Placed, done: list[Block], rules: list[Rule]) -> bool:
    piece = mine.piece
    over = block.pieces[-1].piece.text
    if piece.top - block.bottom > _TIGHT * piece.size or _are_two_kinds(block, piece.text):
        return False
    if counts_column(piece.text) and not counts_column(over):
        return False
    between = any(
        block.bottom - 0.3 * piece.size < rule.y < piece.top + 0.3 * piece.size
        and any(x0 < piece.centre < x1 for x0, x1 in rule.parts)
        for rule in rules
    )
    hides = any(b is not block and _meets(b, block) and block.bottom < b.bottom <= piece.top + 1 for b in done)
    return not between and not hides


def _are_two_kinds(block: Block, lower: str) -> bool:
    """Whether a number and words above each other are two headings; not "2005 estimate", nor "Rank in 2008"."""
    upper = block.pieces[-1].piece.text
    if is_number(upper) == is_number(lower):
        return False
    if is_number(upper):
        goes_on = lower[:1].islower() and not names_unit(lower)
        return not (goes_on and (is_year(upper) or len(block.pieces) > 1))
    last = upper.rsplit(None, 1)[-1].casefold()
    return upper[-1] not in ",-–/" and last not in _LEADING and not (is_year(lower) and last.rstrip(".") in MONTHS)


def _meets(one: Block, two: Block) -> bool:
    return one.first <= two.last and two.first <= one.last


def _size(block: Block) -> float:
    return block.pieces[0].piece.size


def _depth(block: Block) -> int:
    return 1 + max(map(_depth, block.above), default=-1)


def _height(block: Block) -> int:
    return 1 + max(map(_height, block.below), default=-1)


def _settle(blocks: list[Block]) -> None:
    """A cell that could stand on several levels takes those it is printed at."""
    fixed: dict[int, tuple[float, float]] = {}
    for block in blocks:
        if block.rows == 1:
            top, bottom = fixed.get(block.row, (block.top, block.bottom))
            fixed[block.row] = (min(top, block.top), max(bottom, block.bottom))
    for block in blocks:
        if block.rows > 1:
            places = [
                row
                for row in range(block.row, block.row + block.rows)
                if row not in fixed
                or min(fixed[row][1], block.bottom) - max(fixed[row][0], block.top) > 0.3 * _size(block)
            ]
            if places:
                block.row, block.rows = places[0], places[-1] - places[0] + 1

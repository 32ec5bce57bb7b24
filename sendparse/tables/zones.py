"""Parts of a page that are read on their own: columns of running text, tables side by side.

In: the words of a page and its horizontal rules. Out: groups of words, each to be read line by line. A strip of white that
runs down the page parts it where the print on one side is running text, or where both sides are tables of their own; a
rule across the strip says that the two sides belong together. A strip inside a table parts nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from sendparse.model import Ruling, Word
from sendparse.records import quick
from sendparse.tables.frames import Rule
from sendparse.tables.kinds import is_caption, is_year
from sendparse.tables.lines import Line, Piece, text_lines
from sendparse.tables.order import median
from sendparse.tables.paragraphs import running_text

_NARROWEST = 1.0  # of the font size
_FEWEST = 3  # lines on each side
_FAR = 5.0  # of the font size: white that high ends every strip
_SAME = 8.0  # points: rules whose ends lie that near have one width
_TALLEST_ROW = 220.0  # points between two rules of a table
_REACH = 12.0  # points that a rule may be longer than the print of its table
_LEVEL = 0.25  # of the font size: lines of two sides that near stand at one height


@quick
@dataclass(frozen=True, slots=True)
class Gutter:
    """A strip of white between two independent parts."""

    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def x(self) -> float:
        """Its middle."""
        return (self.x0 + self.x1) / 2


class _Known:
    """Lines of words. Strips that overlap often have the same words on one side, which are put into lines once."""

    def __init__(self, uprights: list[Ruling]) -> None:
        self._uprights = uprights
        self._known: dict[tuple[int, ...], list[Line]] = {}

    def lines(self, words: list[Word]) -> list[Line]:
        """The lines of words of one page."""
        key = tuple(map(id, words))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = text_lines(words, self._uprights)
        return known


def split_zones(
    words: list[Word], lines: list[Line], rules: list[Rule], uprights: list[Ruling], depth: int = 0
) -> list[list[Line]]:
    """The lines of each part, parts from the top and from the left."""
    if not lines or depth > 3:
        return [list(lines)] if lines else []
    size = median([line.size for line in lines])
    gutter = _best(lines, rules, uprights, size)
    if gutter is None:
        return [list(lines)]
    sides: tuple[list[Word], ...] = ([], [], [], [])
    for word in words:
        middle = (word.top + word.bottom) / 2
        if middle < gutter.top:
            sides[0].append(word)
        elif middle > gutter.bottom:
            sides[3].append(word)
        else:
            sides[1 if word.x0 < gutter.x else 2].append(word)
    out: list[list[Line]] = []
    for side in sides:
        if side:
            out += split_zones(side, text_lines(side, uprights), rules, uprights, depth + 1)
    return out


def _best(lines: list[Line], rules: list[Rule], uprights: list[Ruling], size: float) -> Gutter | None:
    known = _Known(uprights)
    found = [
        trimmed for strip in _strips(lines, size) if (trimmed := _parts(strip, lines, rules, known, size)) is not None
    ]
    return max(found, key=lambda g: (g.bottom - g.top) * min(g.x1 - g.x0, 4 * size), default=None)


@dataclass(slots=True)
class _White:
    """White between two pieces, all the way down from the line of that number."""

    x0: float
    x1: float
    start: int


def _strips(lines: list[Line], size: float) -> list[Gutter]:
    """Strips of white with print on both sides, as high as they go."""
    done: list[Gutter] = []
    active: list[_White] = []
    narrowest, least = _NARROWEST * size, 2 * _FEWEST * size / 1.5
    for number, line in enumerate(lines):
        gaps = _gaps(line)
        bottom = lines[number - 1].bottom
        if number and line.top - bottom > _FAR * size:
            done += _ended(active, lines, bottom, least)
            active = []
        fresh: list[_White] = []
        for white in active:
            held = len(fresh)
            for a, b in gaps:
                left, right = max(white.x0, a), min(white.x1, b)
                if right - left > narrowest:
                    fresh.append(_White(left, right, white.start))
            if len(fresh) == held:
                done += _ended([white], lines, bottom, least)
        fresh += [_White(a, b, number) for a, b in gaps if b - a > narrowest and not _is_known(a, b, fresh)]
        active = _outer(fresh)
    return done + _ended(active, lines, lines[-1].bottom, least)


def _ended(strips: list[_White], lines: list[Line], bottom: float, least: float) -> list[Gutter]:
    """Strips that end at some height, those that are high enough and have print on both sides."""
    return [
        Gutter(white.x0, white.x1, top, bottom)
        for white in strips
        if bottom - (top := lines[white.start].top) > least and white.x0 > -1e6 and white.x1 < 1e6
    ]


def _is_known(x0: float, x1: float, strips: list[_White]) -> bool:
    """Whether a strip has, to the point, these edges."""
    for white in strips:
        if white.x0 == x0 and white.x1 == x1:
            return True
        near = abs(white.x0 - x0) <= 1 and abs(white.x1 - x1) <= 1
        if near and round(white.x0) == round(x0) and round(white.x1) == round(x1):
            return True
    return False


def _gaps(line: Line) -> list[tuple[float, float]]:
    out, edge = [], -1e9
    for piece in line.pieces:
        out.append((edge, piece.x0))
        edge = piece.x1
    return [*out, (edge, 1e9)]


def _outer(strips: list[_White]) -> list[_White]:
    """Without strips that lie in others and began no earlier."""
    if len(strips) < 2:
        return strips
    ordered: list[_White] = []  # by where they begin, and the widest first; they nearly are
    for white in strips:
        place = len(ordered)
        while place > 0 and _goes_before(white, ordered[place - 1]):
            place -= 1
        ordered.insert(place, white)
    kept: list[_White] = []
    for white in ordered:
        if not any(other.x0 <= white.x0 and white.x1 <= other.x1 for other in kept):
            kept.append(white)
    return kept[:60]


def _goes_before(one: _White, other: _White) -> bool:
    return one.start < other.start or (one.start == other.start and one.x0 - one.x1 < other.x0 - other.x1)


def _parts(strip: Gutter, lines: list[Line], rules: list[Rule], known: _Known, size: float) -> Gutter | None:
    """The strip, cut to where it parts running text or two tables; nothing where it does not."""
    strip = _outside_rules(strip, rules, size)
    words = [w for line in lines for w in line.words if strip.top - 1 <= (w.top + w.bottom) / 2 <= strip.bottom + 1]
    before, after = [w for w in words if w.x1 <= strip.x0 + 0.5], [w for w in words if w.x0 >= strip.x1 - 0.5]
    if min(len(before), len(after)) < _FEWEST:
        return None
    left, right = known.lines(before), known.lines(after)
    if min(len(left), len(right)) < _FEWEST:
        return None
    for mine, other in ((left, right), (right, left)):
        if _are_values_of(other, mine, size):
            return None
        prose = _next_to(strip, running_text(mine), size)
        if len(prose) >= max(4, 0.4 * len(mine)):
            top, bottom = prose[0].top, prose[-1].bottom
            if sum(top - size < line.middle < bottom + size for line in other) >= _FEWEST:
                upper = max((line.bottom for line in mine if line.middle < top), default=strip.top)
                lower = min((line.top for line in mine if line.middle > bottom), default=strip.bottom)
                return Gutter(strip.x0, strip.x1, upper, lower)
    return strip if _two_tables(strip, left, right, rules, size) else None


def _outside_rules(strip: Gutter, rules: list[Rule], size: float) -> Gutter:
    """The highest stretch of a strip that no rule crosses and that is no row of a ruled table."""
    crossing = [r for r in rules if r.x0 < strip.x0 - size and r.x1 > strip.x1 + size]
    if not crossing:
        return strip
    crossing.sort(key=lambda r: r.y)
    edges = [(strip.top, strip.top)]
    for one, two in pairwise(crossing):
        row = abs(one.x0 - two.x0) < _SAME and abs(one.x1 - two.x1) < _SAME and two.y - one.y < _TALLEST_ROW
        edges.append((one.y, two.y) if row else (one.y, one.y))
    edges += [(r.y, r.y) for r in crossing[-1:]] + [(strip.bottom, strip.bottom)]
    free = [
        (max(one[1], strip.top), min(two[0], strip.bottom))
        for one, two in pairwise(edges)
        if one[1] < strip.bottom and two[0] > strip.top
    ]
    top, bottom = max(free, key=lambda pair: pair[1] - pair[0], default=(strip.top, strip.top))
    return Gutter(strip.x0, strip.x1, top, bottom)


def _next_to(strip: Gutter, prose: list[Line], size: float) -> list[Line]:
    """Running text that stands right at a strip, not behind another one."""
    return [p for p in prose if abs(p.x1 - strip.x0) < 8 * size or abs(p.x0 - strip.x1) < 8 * size]


def _are_values_of(values: list[Line], labels: list[Line], size: float) -> bool:
    """Whether one side is nothing but figures at the heights of the other side's lines."""
    figures = [line for line in values if line.figures == len(line.pieces)]
    if len(figures) < 0.6 * len(values):
        return False
    rows = [line for line in figures if len(line.pieces) > 1 and not is_year(line.pieces[0].text)]
    if values[0].x0 > labels[0].x0 and len(rows) >= max(_FEWEST, 0.8 * len(figures)):
        return True
    level = sum(any(abs(line.middle - label.middle) < _LEVEL * size for label in labels) for line in figures)
    return level >= 0.7 * len(figures)


def _two_tables(strip: Gutter, left: list[Line], right: list[Line], rules: list[Rule], size: float) -> bool:
    """Whether both sides are tables of their own: captions or rules of their own, or labels and figures on each."""
    captions = [any(is_caption(line.text) for line in side[:3]) for side in (left, right)]
    rows = [[line for line in side if len(line.pieces) > 1] for side in (left, right)]
    if all(captions) and all(len(some) > 1 for some in rows):
        return True
    inside = [r for r in rules if strip.top < r.y < strip.bottom]
    if all(_own_rules(side, inside) for side in (left, right)):
        return True
    if not all(_labelled(side, size) for side in (left, right)):
        return False
    if any(captions) or sum(r.x1 <= strip.x1 for r in inside) > 2 or sum(r.x0 >= strip.x0 for r in inside) > 2:
        return True
    valued = [[line for line in side if line.figures] for side in (left, right)]
    heights = [line.middle for line in valued[1]]
    level = sum(any(abs(line.middle - at) < _LEVEL * size for at in heights) for line in valued[0])
    return level < 0.6 * min(map(len, valued))


def _own_rules(side: list[Line], rules: list[Rule]) -> bool:
    """Whether rules as wide as a side's print lie over that side alone."""
    x0, x1 = min(line.x0 for line in side), max(line.x1 for line in side)
    wide = 0.7 * (x1 - x0)
    mine = [r for r in rules if r.x0 > x0 - _REACH and r.x1 < x1 + _REACH and r.width > wide]
    return len(mine) > 1 and sum(len(line.pieces) > 1 for line in side) > 1


def _labelled(side: list[Line], size: float) -> bool:
    """Labels to the left of figures."""
    rows = [line for line in side if line.figures and line.pieces[-1].figure]
    if len(rows) < 2:
        return False
    labels = sum(_names(line.pieces[0]) or is_year(line.pieces[0].text) for line in rows)
    below = [line for line in side[side.index(rows[0]) :] if len(line.pieces) == 1]
    figures = median([next(p.x0 for p in line.pieces if p.figure) for line in rows])
    lone = sum(not line.pieces[0].figure and line.x0 < figures - size for line in below)
    return labels >= 0.5 * len(rows) or lone >= len(rows)


def _names(piece: Piece) -> bool:
    """Whether a piece may name a row: no figure, and more than the letter of a rating."""
    return not piece.figure and len(piece.text) > 1

"""Horizontal rules that frame a table: top, bottom and between rows or under the heading, with no full grid.

In: a page's rulings and its printed lines. Out: frames, each a stack of rules of about one width with something tabular
between them. A rule under a word, a page header's rule and the lines of a chart make no frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sendparse.model import Page, Ruling
from sendparse.records import quick
from sendparse.tables.edges import visible_rulings
from sendparse.tables.kinds import is_caption, is_note
from sendparse.tables.lines import Line
from sendparse.tables.order import median

_SNAP = 2.0  # points: pieces of a rule at nearly one height are one rule
_JOIN = 14.0  # points: a gap that wide does not end a rule; headings often have a rule of their own for each column
_SAME = 8.0  # points: rules whose ends lie that near have the same width
_NEAR = 2.5  # of the font size: two rules alone are no further from the print between them
_VOID = 7.0  # of the font size: white that high inside a frame is a drawing
_BLANK = 8.0  # points: a row without print
_INSET = 0.12  # of the width of a table
_EMPTY = 6.0  # of the font size: white that high lies in no table
_HEADING = 60.0  # points from a rule under a spanning heading to the rule under all headings
_SHORTEST = 40.0  # points: what is shorter underlines a word or a total


Level = tuple[float, float, float]
"""A level ruling: its height, where it begins and where it ends."""


@quick
@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line as a reader sees it, however many pieces it was drawn in."""

    y: float
    x0: float
    x1: float
    parts: tuple[tuple[float, float], ...]

    @property
    def width(self) -> float:
        """From end to end."""
        return self.x1 - self.x0


@dataclass(frozen=True, slots=True)
class Drawn:
    """The rulings of a page that show: those that stand, those that lie, and the rules that the latter make."""

    uprights: list[Ruling]
    flat: list[Level]
    rules: list[Rule]


_last: tuple[Page | None, Drawn] = (None, Drawn([], [], []))


def drawn_on(page: Page) -> Drawn:
    """What is drawn on a page. That of the last page is kept, since each finder asks for it."""
    global _last  # noqa: PLW0603
    known, drawn = _last
    if page is not known:
        rulings = visible_rulings(page)
        flat = level_pieces(rulings)
        drawn = Drawn(upright_rulings(rulings), flat, horizontal_rules(flat))
        _last = (page, drawn)
    return drawn


@dataclass(frozen=True, slots=True)
class Frame:
    """A stack of rules around the lines of a table."""

    x0: float
    x1: float
    ys: tuple[float, ...]

    @property
    def top(self) -> float:
        """Height of the first rule."""
        return self.ys[0]

    @property
    def bottom(self) -> float:
        """Height of the last rule."""
        return self.ys[-1]

    def holds(self, line: Line) -> bool:
        """Whether a printed line lies inside."""
        return self.top - 1 <= line.middle <= self.bottom + 1 and line.x0 < self.x1 and line.x1 > self.x0


def upright_rulings(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Vertical rulings long enough to part columns."""
    return [r for r in rulings if r.bottom - r.top > max(4.0, 2 * (r.x1 - r.x0))]


def level_pieces(rulings: Iterable[Ruling]) -> list[Level]:
    """The horizontal ones among rulings, from the top down."""
    return sorted([((r.top + r.bottom) / 2, r.x0, r.x1) for r in rulings if r.x1 - r.x0 > max(3.0, r.bottom - r.top)])


def horizontal_rules(flat: list[Level]) -> list[Rule]:
    """The rules that level pieces make, from the top down."""
    rules: list[Rule] = []
    group: list[Level] = []
    top = 0.0
    for piece in flat:
        if not group:
            top = piece[0]
        elif piece[0] - top > _SNAP:
            rules += _joined(group)
            group = []
            top = piece[0]
        group.append(piece)
    if group:
        rules += _joined(group)
    return rules


def _joined(group: list[Level]) -> list[Rule]:
    if len(group) == 1:
        y, x0, x1 = group[0]
        return [Rule(y, x0, x1, ((x0, x1),))]
    y = sum(piece[0] for piece in group) / len(group)
    spans = sorted([(piece[1], piece[2]) for piece in group])
    out: list[Rule] = []
    start, edge = 0, spans[0][1]
    for place, (x0, x1) in enumerate(spans):
        if x0 - edge > _JOIN:
            out.append(Rule(y, spans[start][0], edge, _touching(spans[start:place])))
            start, edge = place, x1
        edge = max(edge, x1)
    return [*out, Rule(y, spans[start][0], edge, _touching(spans[start:]))]


def _touching(run: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    out: list[tuple[float, float]] = []
    begun, reached = run[0]
    for x0, x1 in run:
        if x0 <= reached + 1:
            reached = max(reached, x1)
        else:
            out.append((begun, reached))
            begun, reached = x0, x1
    out.append((begun, reached))
    return tuple(out)


def find_frames(
    rules: list[Rule], lines: list[Line], paragraphs: list[Line], uprights: Sequence[Ruling] = ()
) -> list[Frame]:
    """Frames of a page. `paragraphs` are the lines of running text, which no frame holds; boxes beside each other,
    told by their upright sides, make none.
    """
    frames = []
    prose = {id(line) for line in paragraphs}
    for group in _same_width([rule for rule in rules if rule.width >= _SHORTEST]):
        for stack in _stacks(group, lines, paragraphs):
            if _is_row_of_boxes(stack[0], uprights):
                continue
            if len(stack) == 2 and not _fits(stack[0], stack[1], lines, prose):
                continue
            frames.append(Frame(min(r.x0 for r in stack), max(r.x1 for r in stack), tuple(r.y for r in stack)))
    return _outermost([_with_spans(frame, frames) for frame in frames])


def _with_spans(frame: Frame, frames: list[Frame]) -> Frame:
    """A frame with the rules above it that are only as wide as its columns of values: they run under headings over those.

    Such rules also lie above totals, and so look like a frame of their own that begins higher.
    """
    above = [
        y
        for other in frames
        if frame.x0 < other.x0 - _SAME and other.x1 <= frame.x1 + 1 and frame.top < other.bottom <= frame.bottom
        for y in other.ys
        if y < frame.top
    ]
    near = min(above, default=frame.top)
    return Frame(frame.x0, frame.x1, (near, *frame.ys)) if len(above) == 1 and frame.top - near < _HEADING else frame


def _is_row_of_boxes(rule: Rule, uprights: Sequence[Ruling]) -> bool:
    """Whether a rule is the upper edge of several boxes with white between them."""
    gaps = [(one[1], two[0]) for one, two in pairwise(rule.parts)]
    sided = [
        all(any(abs(u.x0 - x) < 2 and u.top < rule.y + 3 < u.bottom + 6 for u in uprights) for x in gap) for gap in gaps
    ]
    return len(gaps) > 0 and sum(sided) > 0.5 * len(gaps)


def _fits(upper: Rule, lower: Rule, lines: list[Line], prose: set[int]) -> bool:
    """Whether two rules by themselves are close round what they hold: the border of a page is not."""
    inside = [line for line in lines if upper.y < line.middle < lower.y and line.x0 < upper.x1 and line.x1 > upper.x0]
    if not inside or any(id(line) in prose for line in inside):
        return False
    size = median([line.size for line in inside])
    if any(two.top - one.bottom > _EMPTY * size for one, two in pairwise(inside)):
        return False
    near = _NEAR * size
    return inside[0].top - upper.y < near and lower.y - inside[-1].bottom < near


def _same_width(rules: list[Rule]) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    for rule in rules:
        for group in groups:
            if abs(group[-1].x0 - rule.x0) <= _SAME and abs(group[-1].x1 - rule.x1) <= _SAME:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [group for group in groups if len(group) > 1]


def _stacks(rules: list[Rule], lines: list[Line], paragraphs: list[Line]) -> Iterable[list[Rule]]:
    """Cut a group of rules where running text, a caption or a wide empty space lies between two of them."""
    stack = [rules[0]]
    tabular = False
    prose = {id(line) for line in paragraphs}
    for one, two in pairwise(rules):
        inside = [x for x in lines if one.y < x.middle < two.y and x.x0 < two.x1 and x.x1 > two.x0]
        wordy = [line for line in inside if id(line) in prose]
        ended = any(is_caption(line.text) or is_note(line.text) for line in inside)
        rows = sum(len(line.pieces) > 1 for line in inside)
        apart = two.y - one.y > 12 * (inside[0].size if inside else 2.5)
        text = len(wordy) > 1 and not _beside(wordy, inside) and not _inset(wordy, one)
        ticks = sum(len(line.pieces) == 1 and line.figures == 1 for line in inside)
        drawing = apart and rows < 0.5 * len(inside) and ticks > 0.25 * len(inside)
        drawing = drawing or (apart and _has_void(one, two, inside))
        anew = not inside and two.y - one.y > _BLANK and _begins_anew(two, lines)
        if ended or text or anew or (not inside and apart) or drawing:
            if tabular and len(stack) > 1:
                yield stack
            stack, tabular = [two], False
        else:
            stack.append(two)
            tabular = tabular or rows > 0
    if tabular and len(stack) > 1:
        yield stack


def _has_void(upper: Rule, lower: Rule, inside: list[Line]) -> bool:
    """Whether white as high as a drawing lies between two rules."""
    edges = [upper.y, *(y for line in inside for y in (line.top, line.bottom)), lower.y]
    size = median([line.size for line in inside]) if inside else 10.0
    return any(edges[n + 1] - edges[n] > _VOID * size for n in range(0, len(edges), 2))


def _begins_anew(rule: Rule, lines: list[Line]) -> bool:
    """Whether the print under a rule is a heading: words beside each other before the first figures."""
    for line in lines:
        if line.middle > rule.y and line.x0 < rule.x1 and line.x1 > rule.x0:
            if line.figures:
                return False
            if len(line.pieces) > 1:
                return True
    return False


def _beside(wordy: list[Line], inside: list[Line]) -> bool:
    """Whether other print stands beside running text: then the text is that of a cell."""
    x0 = median([max(line.pieces, key=lambda p: len(p.words)).x0 for line in wordy])
    x1 = max(max(line.pieces, key=lambda p: len(p.words)).x1 for line in wordy)
    return sum(p.x1 < x0 or p.x0 > x1 for line in inside for p in line.pieces) > 1


def _inset(wordy: list[Line], rule: Rule) -> bool:
    """Whether running text leaves the first columns free: then it is a remark on the row above."""
    return min(line.x0 for line in wordy) - rule.x0 > _INSET * rule.width


def _outermost(frames: list[Frame]) -> list[Frame]:
    """Without frames that lie in others."""
    return [
        one
        for one in frames
        if not any(
            other is not one
            and other.top <= one.top
            and one.bottom <= other.bottom
            and other.x0 - 1 <= one.x0
            and one.x1 <= other.x1 + 1
            and (other.bottom - other.top, other.x1 - other.x0) > (one.bottom - one.top, one.x1 - one.x0)
            for other in frames
        )
    ]

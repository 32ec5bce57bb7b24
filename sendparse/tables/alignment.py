"""Columns that nearly touch: told apart by where print begins and ends in the lines around.

In: printed lines. Out: the same lines, pieces cut where a word begins at the left edge of a column, or a figure stands at
the edges of a column of figures. In narrow columns a long text fills its cell, and the next column is only a space away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sendparse.model import Word
from sendparse.tables.kinds import is_figure, is_number, is_year
from sendparse.tables.lines import Line, Piece
from sendparse.tables.order import no_greater, smaller

_Tail = tuple[int, int, Word]
_RATINGS = frozenset("RAGB")
_FEWEST_TAILS = 3  # lines
_NEAR = 0.75  # points: edges that near are one
_REACH = 9  # lines above and below that count
_FEWEST = 2  # other lines with the same edge
_MOST_WORDS = 9  # a piece with more is running text
_MOST_BESIDE = 18  # in a line of figures, or of several texts
_INSET = 2.5  # of the font size: a line that begins that far in begins in a column of its own


def cut_at_edges(lines: list[Line]) -> list[Line]:
    """The lines, pieces cut at the edges of columns that other lines show."""
    if len(lines) < 3:
        return list(lines)
    lines = _without_tails(lines)
    edges = _edges(lines)
    out = []
    for number, line in enumerate(lines):
        if _is_phrase(line):
            out.append(line)
            continue
        pieces: list[Piece] = []
        for piece in line.pieces:
            parts = _cut(piece, number, edges, valued=line.figures > 1 or len(line.pieces) > 2)
            if len(parts) > 1:
                near = [*lines[max(0, number - _REACH) : number], *lines[number + 1 : number + 1 + _REACH]]
                parts = _in_columns(parts, near)
            pieces += parts
        out.append(line if len(pieces) == len(line.pieces) else Line(line.words, pieces))
    return out


def _without_tails(lines: list[Line]) -> list[Line]:
    """The lines, a figure cut from the label before it, and a letter from the figure before it, where they are a column.

    They are where several lines have one with the same left edge, right edge or middle. Years, and the small numbers of
    bands and stages, are parts of labels.
    """
    tails: list[_Tail] = []
    for number, line in enumerate(lines):
        for place, piece in enumerate(line.pieces if line.figures > 1 else ()):
            if len(piece.words) > 1 and _is_tail(piece, first=place == 0):
                tails.append((number, place, piece.words[-1]))
    cut: dict[int, set[int]] = {}
    for edge in (_left, _right, _middle):
        for group in _in_line(tails, edge):
            if len({number for number, _, _ in group}) >= _FEWEST_TAILS and _are_values([word for _, _, word in group]):
                for number, place, _ in group:
                    cut.setdefault(number, set()).add(place)
    if not cut:
        return list(lines)
    return [_cut_tails(line, cut[number]) if number in cut else line for number, line in enumerate(lines)]


def _is_tail(piece: Piece, *, first: bool) -> bool:
    one, two = piece.words[-2].text, piece.words[-1].text
    if first:
        return is_number(two) and not is_number(one) and not is_year(two) and any(map(str.isalpha, one))
    return is_number(one) and len(piece.words) == 2 and two in _RATINGS


def _are_values(words: list[Word]) -> bool:
    """Whether most are more than the small numbers in labels."""
    telling = sum(word.text in _RATINGS or len(word.text) > 2 for word in words)
    return telling >= 0.6 * len(words) and len({word.text for word in words}) > 1


def _in_line(tails: list[_Tail], edge: Callable[[Word], float]) -> Iterator[list[_Tail]]:
    """Tails by one of their edges."""
    group: list[_Tail] = []
    for tail in sorted(tails, key=lambda tail: edge(tail[2])):
        if group and edge(tail[2]) - edge(group[0][2]) > _NEAR:
            yield group
            group = []
        group.append(tail)
    if group:
        yield group


def _cut_tails(line: Line, places: set[int]) -> Line:
    pieces: list[Piece] = []
    for place, piece in enumerate(line.pieces):
        pieces += [Piece(piece.words[:-1]), Piece(piece.words[-1:])] if place in places else [piece]
    return Line(line.words, pieces)


def _left(word: Word) -> float:
    return word.x0


def _right(word: Word) -> float:
    return word.x1


def _middle(word: Word) -> float:
    return (word.x0 + word.x1) / 2


def _is_phrase(line: Line) -> bool:
    """Whether a line is one piece of words that read on: a title over a table may begin a word where a column begins.

    A number is part of it where a small word follows: "issued within 20 weeks".
    """
    first = line.words[0].text[:1]
    if len(line.pieces) > 1 or not first.isalpha() or first.islower() or is_number(line.words[-1].text):
        return False
    texts = [word.text for word in line.words]
    small = sum(text[:1].islower() for text in texts)
    numbers = [place for place, text in enumerate(texts) if is_number(text)]
    return small >= 2 and all(texts[place + 1][:1].islower() for place in numbers)


class _Places:
    """Where in which lines, from the left on."""

    def __init__(self, places: list[tuple[float, int]]) -> None:
        places.sort()
        self.xs = [x for x, _ in places]
        self.lines = [number for _, number in places]


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where pieces begin that stand apart from what is left of them; where figures end.

    `even` are the left edges of figures that end at one edge too: they begin there because they are of one width.
    """

    lefts: _Places
    even: _Places
    rights: _Places


def _edges(lines: list[Line]) -> _Edges:
    margin = min(line.x0 for line in lines)
    lefts: list[tuple[float, int]] = []
    figures: list[tuple[float, float, int]] = []
    rights: list[tuple[float, int]] = []
    for number, line in enumerate(lines):
        first = 0 if line.x0 - margin > _INSET * line.size else 1
        for piece in line.pieces[first:]:
            if piece.figure:
                figures.append((piece.x0, piece.x1, number))
            else:
                lefts.append((piece.x0, number))
        rights += [(piece.x1, number) for piece in line.pieces[1:] if piece.figure]
    even: list[tuple[float, int]] = []
    for group in _at_one_edge(sorted(figures)):
        ends = [x1 for _, x1, _ in group]
        (lefts if max(ends) - min(ends) > 2 * _NEAR else even).extend((x0, number) for x0, _, number in group)
    return _Edges(_Places(lefts), _Places(even), _Places(rights))


def _at_one_edge(figures: list[tuple[float, float, int]]) -> Iterator[list[tuple[float, float, int]]]:
    """Figures by their left edge."""
    start = 0
    for place in range(1, len(figures) + 1):
        if place == len(figures) or figures[place][0] - figures[place - 1][0] > _NEAR:
            yield figures[start:place]
            start = place


def _cut(piece: Piece, number: int, edges: _Edges, *, valued: bool) -> list[Piece]:
    words = piece.words
    if not 1 < len(words) <= (_MOST_BESIDE if valued else _MOST_WORDS) or piece.figure:
        return [piece]
    parts: list[list[Word]] = [[words[0]]]
    ended = _shown(edges.rights, words[-1].x1, number)
    for place in range(1, len(words)):
        word = words[place]
        begins = _shown(edges.lefts, word.x0, number) or (is_number(word.text) and _shown(edges.even, word.x0, number))
        ends = ended and is_figure(" ".join(w.text for w in words[place:]))
        after = _shown(edges.rights, words[place - 1].x1, number) and is_figure(" ".join(w.text for w in parts[-1]))
        if (begins or ends or after) and not _in_phrase(words, place):
            parts.append([word])
        else:
            parts[-1].append(word)
    return [Piece(part) for part in parts] if len(parts) > 1 else [piece]


def _in_phrase(words: list[Word], place: int) -> bool:
    """Whether a number and the small word after it stand round a place, or right after it: "16 | years", "aged | 16 years"."""
    follower = words[place + 1].text if place + 1 < len(words) else ""
    one, two = words[place - 1].text, words[place].text
    return (is_number(one) and two[:1].islower()) or (is_number(two) and follower[:1].islower())


def _in_columns(parts: list[Piece], near: list[Line]) -> list[Piece]:
    """The parts of a piece, put together again where nothing stands above or below a part: that is no column."""
    if any(not _has_print(part, near) for part in parts):
        return [Piece([word for part in parts for word in part.words])]
    return parts


def _has_print(part: Piece, near: list[Line]) -> bool:
    return any(piece.x0 < part.x1 and part.x0 < piece.x1 for line in near for piece in line.pieces)


def _shown(edges: _Places, at: float, number: int) -> bool:
    """Whether enough lines near by have an edge at a place."""
    start, end = smaller(edges.xs, at - _NEAR), no_greater(edges.xs, at + _NEAR)
    if end - start < _FEWEST:
        return False
    return len({n for n in edges.lines[start:end] if 0 < abs(n - number) <= _REACH}) >= _FEWEST

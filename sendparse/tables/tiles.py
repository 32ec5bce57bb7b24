"""Figures that stand large with a caption: tiles, infographics, dashboards.

In: a page and the boxes that are taken. Out: cards (tables of method `card`), one for each large figure: the caption and the
figure, and named figures in the caption ("Target 90%") as rows of their own. At least two such figures on a page, or one in
a box of its own, make tiles; figures in a heading, numbers that only count the tiles, and chart labels make none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from sendparse.model import Box, Page, Table, Word
from sendparse.tables.cards import Card, NamedFigure, as_table, named_figures
from sendparse.tables.kinds import is_year
from sendparse.tables.lines import Line, Piece, size_of, text_lines
from sendparse.tables.marks import marks_in

_LARGE = 1.22  # of the usual size of the page
_CLOSE = 1.15  # of the text size: white between a figure and its caption
_LEADING = 0.75  # white between two lines of a caption
_ASIDE = 0.8  # of the text size: how far a caption's edge or middle may lie from the figure's
_LONGEST = 45  # words of a caption
_FIGURE = re.compile(
    r"^(?P<figure>[<>~]?\s*[+\-−–]?\s*£?\d[\d,]*(?:\.\d+)?\s?(?:%|k|m|bn|million|days|weeks|months|years|hours|FTE)?\*?)"
    r"(?P<more>\s*\(.{1,20}\)|\s+(?:per|in|of|out of)\s+.{1,30})?$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Tile:
    """A large figure and the lines of its caption."""

    figure: list[Piece]
    caption: list[Piece]

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.figure)


def find_cards(page: Page, taken: Sequence[Box] = (), document_id: str = "") -> list[Table]:
    """The tiles of a page outside the boxes that are taken."""
    words = [w for w in page.words if w.upright and not w.hidden and not _inside(w, taken)]
    if len(words) < 6:
        return []
    usual = median(size_of(word) for word in words)
    if sum(_starts_large(word, usual) for word in words) == 0:
        return []
    lines = text_lines(words)
    tiles = _tiles(lines, usual)
    if not _are_tiles(tiles):
        return []
    return [as_table(_card(tile, page), page.number, document_id) for tile in tiles]


def _inside(word: Word, boxes: Sequence[Box]) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return any(b.x0 <= x <= b.x1 and b.top <= y <= b.bottom for b in boxes)


def _starts_large(word: Word, usual: float) -> bool:
    return size_of(word) >= _LARGE * usual and any(letter.isdigit() for letter in word.text)


def _tiles(lines: Sequence[Line], usual: float) -> list[_Tile]:
    pieces = [piece for line in lines for piece in line.pieces]
    large = [p for p in pieces if p.size >= _LARGE * usual]
    small = sorted((p for p in pieces if p.size < _LARGE * usual), key=lambda p: p.top)
    tiles = []
    used: set[int] = set()
    for piece in sorted(large, key=lambda p: (p.top, p.x0)):
        if (
            id(piece) in used
            or not piece.words[0].text.strip("£<>~+-–(")[:1].isdigit()
            or _numbers_heading(piece, large)
        ):
            continue
        figure = [piece]
        for other in large:
            under = other.top > piece.top and other.top - figure[-1].bottom < 0.5 * piece.size
            if under and _below(figure[-1], other, piece.size) and abs(other.size - piece.size) < 0.1 * piece.size:
                figure.append(other)
        text = " ".join(p.text for p in figure)
        if not _FIGURE.match(text) or is_year(text):
            continue
        used |= {id(p) for p in figure}
        caption = _caption(figure, small, usual)
        if caption:
            tiles.append(_Tile(figure, caption))
    return tiles


def _numbers_heading(piece: Piece, large: Sequence[Piece]) -> bool:
    """Whether large words stand beside a figure: it is the number of a heading."""
    return any(
        abs(other.bottom - piece.bottom) < 0.3 * piece.size
        and 0 < other.x0 - piece.x1 < 4 * piece.size
        and other.text[:1].isalpha()
        for other in large
    )


def _caption(figure: Sequence[Piece], small: Sequence[Piece], usual: float) -> list[Piece]:
    """The lines right under a figure, else those right over it."""
    below: list[Piece] = []
    for piece in small:
        last = below[-1] if below else figure[-1]
        white = piece.top - last.bottom
        if -0.4 * usual < white < (_LEADING if below else _CLOSE) * usual and _below(figure[0], piece, usual):
            below.append(piece)
    if _says_something(below):
        return below
    above: list[Piece] = []
    for piece in reversed(small):
        first = above[0] if above else figure[0]
        white = first.top - piece.bottom
        if -0.4 * usual < white < (_LEADING if above else _CLOSE) * usual and _below(figure[0], piece, usual):
            above.insert(0, piece)
    return above if _says_something(above) else []


def _below(figure: Piece, piece: Piece, usual: float) -> bool:
    """Whether a piece begins where the figure begins, or has its middle where the figure has."""
    near = _ASIDE * usual
    return abs(piece.x0 - figure.x0) <= near or abs(piece.centre - figure.centre) <= near


def _says_something(pieces: Sequence[Piece]) -> bool:
    words = [word.text for piece in pieces for word in piece.words]
    return sum(word[:1].isalpha() for word in words) >= 2 and len(words) <= _LONGEST


def _are_tiles(tiles: Sequence[_Tile]) -> bool:
    """At least two, that do not merely count themselves."""
    if len(tiles) < 2:
        return False
    texts = [tile.text for tile in tiles]
    counting = all(text.isdigit() for text in texts) and all(
        int(two) - int(one) == 1 for one, two in pairwise(sorted(texts, key=int))
    )
    return not counting


def _card(tile: _Tile, page: Page) -> Card:
    lines = [piece.text for piece in tile.caption]
    named: list[NamedFigure] = []
    words = [word for piece in tile.caption for word in piece.words]
    kept: list[str] = []
    for piece, text in zip(tile.caption, lines, strict=True):
        found = named_figures(piece.words, page)
        named += found
        if not found:
            kept.append(text)
    box = _around([*tile.figure, *tile.caption])
    first = _around(tile.figure)
    marks = tuple(m for m in marks_in(first, page, [w for p in tile.figure for w in p.words]) if m.value)
    figure = NamedFigure("", tile.text, first, tuple(m for m in marks if m.read_from != "fill"))
    title = "\n".join(kept or lines)
    return Card(title=title, title_box=_around_words(words), box=box, figures=[figure, *named])


def _around(pieces: Sequence[Piece]) -> Box:
    return Box(
        x0=min(p.x0 for p in pieces),
        top=min(p.top for p in pieces),
        x1=max(p.x1 for p in pieces),
        bottom=max(p.bottom for p in pieces),
    )


def _around_words(words: Sequence[Word]) -> Box:
    return _around([Piece(words)])

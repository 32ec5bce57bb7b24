"""Figures that stand large with a caption: tiles, infographics, dashboards.

In: a page and the boxes that are taken. Out: cards (tables of method `card`), one for each large figure: the caption and the
figure, and what its small print names ("Target 90%", "201 in Q1") as rows of their own. The caption is what else the tile's
box holds; without a box, the lines right under the figure, else those right over it. At least two such figures on a page
make tiles; figures in a heading, numbers that only count the tiles, and chart labels make none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sendparse.model import Box, Mark, Page, Table, Word
from sendparse.tables.arrows import arrow_in
from sendparse.tables.cards import Card, NamedFigure, as_table
from sendparse.tables.kinds import is_year
from sendparse.tables.lines import Line, Piece, text_lines
from sendparse.tables.marks import marks_in
from sendparse.tables.order import median
from sendparse.tables.tile_boxes import boxes_of, drawn_boxes, shared_boxes
from sendparse.tables.tile_notes import base_of, is_arrow, note_of, without_bracket
from sendparse.tables.words import outside, size_of

_LARGE = 1.22  # of the usual size of the page
_CLOSE = 1.15  # of the text size: white between a figure and its caption
_LEADING = 0.75  # white between two lines of a caption
_ASIDE = 0.8  # of the text size: how far a caption's edge or middle may lie from the figure's
_LONGEST = 45  # words of a caption
_BESIDE = 1.6  # of the figure's size: an arrow drawn that near is of the figure
_SMALLER = 1.6  # times: words so much smaller than a figure are its caption
_RIGHT = 0.9  # of the figure's size: white between it and a caption to its right
_FEWEST_BESIDE = 2  # lines of such a caption: one line goes on with the figure as a sentence does
_FIGURE = re.compile(
    r"^(?P<figure>[<>~]?\s*[+\-−–]?\s*£?\d[\d,]*(?:\.\d+)?\s?(?:%|k|m|bn|million|days|weeks|months|years|hours|FTE)?\*?)"
    r"(?P<more>\s*\(.{1,20}\)|\s+(?:per|in|of|out of)\s+.{1,30})?$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Tile:
    """A large figure, the lines of its caption, what its small print names, and the box around it, if one is drawn."""

    figure: list[Piece]
    caption: list[Piece]
    named: list[NamedFigure] = field(default_factory=list)
    marks: tuple[Mark, ...] = ()
    notes: list[Piece] = field(default_factory=list)
    box: Box | None = None
    base: str = ""  # " of 412", " (37.9%)": what a line under the figure adds to it

    @property
    def text(self) -> str:
        return _plain(self.figure)


def find_cards(page: Page, taken: Sequence[Box] = (), document_id: str = "") -> list[Table]:
    """The tiles of a page outside the boxes that are taken."""
    words = outside(page.words, taken)
    if len(words) < 6:
        return []
    usual = median([size_of(word) for word in words])
    if sum(_starts_large(word, usual) for word in words) == 0:
        return []
    lines = text_lines(words)
    tiles = _tiles(lines, usual, page)
    if not _are_tiles(tiles):
        return []
    _name_alike(tiles, page)
    return [as_table(_card(tile, page), page.number, document_id) for tile in tiles]


def but_grids_of_tiles(tables: list[Table], page: Page) -> list[Table]:
    """The tables without those whose cells are tiles: a large figure and its caption in one cell, and so in the next."""
    grids = [table for table in tables if table.method == "ruled" and table.box is not None]
    if not grids:
        return tables
    usual = median([size_of(word) for word in page.words])
    large = [word for word in page.words if _starts_large(word, usual)]
    grids = [t for t in grids if sum(_stands_in(w, t.box) for w in large if t.box) > 1]
    if not grids:
        return tables
    tiles = [tile.box for tile in _tiles(text_lines(page.words), usual, page) if tile.box is not None]
    tiled = [t.table_id for t in grids if t.box is not None and sum(_stands_in(box, t.box) for box in tiles) > 1]
    return [table for table in tables if table.table_id not in tiled]


def _stands_in(inner: Word | Box, box: Box) -> bool:
    x, y = (inner.x0 + inner.x1) / 2, (inner.top + inner.bottom) / 2
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def is_tile_figure(text: str) -> bool:
    """Whether a line is the figure of a tile and nothing else, but for an arrow."""
    plain = " ".join(part for part in text.split() if not arrow_in(part, ""))
    return bool(_FIGURE.match(plain)) and not is_year(plain)


def _name_alike(tiles: list[_Tile], page: Page) -> None:
    """Take out of the captions what is small print as that of other tiles shows, in place: "Feb 22" beside "Feb 58%"."""
    known = {named.name for tile in tiles for named in tile.named}
    for tile in tiles if known else ():
        notes = [(piece, note_of(piece.words, page, known)) for piece in tile.caption]
        rest = [piece for piece, note in notes if note is None]
        if len(rest) == len(notes) or not _says_something(rest):
            continue
        tile.caption = rest
        tile.notes += [piece for piece, note in notes if note is not None]
        tile.named += [figure for _, note in notes if note is not None for figure in note.figures]


def _starts_large(word: Word, usual: float) -> bool:
    return size_of(word) >= _LARGE * usual and any(letter.isdigit() for letter in word.text)


def _plain(figure: list[Piece]) -> str:
    """The words of a figure, arrows beside it left out."""
    return " ".join(word.text for piece in figure for word in piece.words if not is_arrow(word))


def _tiles(lines: list[Line], usual: float, page: Page) -> list[_Tile]:
    pieces = [part for line in lines for piece in line.pieces for part in _by_size(piece)]
    large = [p for p in pieces if p.size >= _LARGE * usual]
    small = sorted((p for p in pieces if p.size < _LARGE * usual), key=lambda p: p.top)
    figures = _figures(large)
    drawn = drawn_boxes(page)
    boxes = boxes_of([figure[0] for figure in figures], drawn)
    shared = shared_boxes([figure[0] for figure in figures], drawn)
    tiles = []
    for figure in figures:
        box = boxes.get(id(figure[0]))
        tile = _boxed(figure, pieces, box, page) if box is not None else None
        over = _heading_in(shared.get(id(figure[0])), small, large) if tile is None else []
        tile = tile or _captioned(figure, [p for p in small if p not in over], usual, page, over)
        if tile is not None:
            tiles.append(tile)
    return [*tiles, *_alike(tiles, pieces, drawn, page)]


def _by_size(piece: Piece) -> list[Piece]:
    """A piece, parted behind a large figure that small words stand close to: "1,288 mainstream schools"."""
    size = size_of(piece.words[0])
    place = next((n for n, word in enumerate(piece.words) if size_of(word) * _SMALLER < size), 0)
    if not place or not any(map(str.isdigit, piece.words[0].text)) or not piece.words[place].text[0].isalpha():
        return [piece]
    return [Piece(piece.words[:place]), Piece(piece.words[place:])]


def _alike(tiles: list[_Tile], pieces: list[Piece], drawn: list[Box], page: Page) -> list[_Tile]:
    """Tiles whose figure is not large (it stands in a ring): boxes as large as those of the others, with one figure each."""
    known = [tile.box for tile in tiles if tile.box is not None]
    out: list[_Tile] = []
    for box in drawn:
        if not any(_same_size(box, other) for other in known) or any(_meet(box, other) for other in known):
            continue
        inside = [p for p in pieces if _inside_box(p, box)]
        figures = [p for p in inside if _FIGURE.match(_plain([p])) and not is_year(p.text)]
        beside = [p for p in inside for f in figures if p is not f and p.top < f.bottom and f.top < p.bottom]
        tile = _boxed(figures, pieces, box, page) if len(figures) == 1 and not beside else None
        if tile is not None:
            out.append(tile)
            known.append(box)
    return out


def _same_size(one: Box, other: Box) -> bool:
    wide, high = (one.x1 - one.x0, other.x1 - other.x0), (one.bottom - one.top, other.bottom - other.top)
    return max(wide) < 1.1 * min(wide) and max(high) < 1.1 * min(high)


def _meet(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.top < other.bottom and other.top < one.bottom


def _figures(large: list[Piece]) -> list[list[Piece]]:
    """The large figures of a page, each with the lines it goes on in."""
    out = []
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
        text = _plain(figure)
        if len(figure) > 1 and not _FIGURE.match(text) and _FIGURE.match(_plain(figure[:1])):
            figure, text = figure[:1], _plain(figure[:1])
        if not _FIGURE.match(text) or is_year(text):
            continue
        used |= {id(p) for p in figure}
        out.append(figure)
    return out


def _numbers_heading(piece: Piece, large: list[Piece]) -> bool:
    """Whether large words stand beside a figure: it is the number of a heading."""
    return any(
        abs(other.bottom - piece.bottom) < 0.3 * piece.size
        and 0 < other.x0 - piece.x1 < 4 * piece.size
        and other.text[:1].isalpha()
        for other in large
    )


def _boxed(figure: list[Piece], pieces: list[Piece], box: Box, page: Page) -> _Tile | None:
    """A tile with a box drawn around it: all else in the box is its caption and its small print."""
    own = {id(piece) for piece in figure}
    inside = [p for p in pieces if id(p) not in own and _inside_box(p, box)]
    tile = _with_notes(_Tile(figure, [], box=box), sorted(inside, key=lambda p: (p.top, p.x0)), page)
    return tile if _says_something(tile.caption) else None


def _inside_box(piece: Piece, box: Box) -> bool:
    y = (piece.top + piece.bottom) / 2
    return box.x0 <= piece.centre <= box.x1 and box.top <= y <= box.bottom


def _heading_in(box: Box | None, small: list[Piece], large: list[Piece]) -> list[Piece]:
    """What stands over all figures of a box that several share."""
    if box is None:
        return []
    top = min((p.top for p in large if _inside_box(p, box)), default=box.top)
    return [p for p in small if _inside_box(p, box) and p.bottom < top]


def _captioned(
    figure: list[Piece], small: list[Piece], usual: float, page: Page, over: Sequence[Piece] = ()
) -> _Tile | None:
    """A tile without a box of its own: the lines right under its figure, else those right over it, else those beside it.

    The small print under the figure goes with it; `over` is the heading of a box that it shares with others.
    """
    below: list[Piece] = []
    for piece in small:
        last = below[-1] if below else figure[-1]
        white = piece.top - last.bottom
        if -0.4 * usual < white < (_LEADING if below else _CLOSE) * usual and _below(figure[0], piece, usual):
            below.append(piece)
    tile = _with_notes(_Tile(figure, []), below, page)
    if over and tile.caption:
        tile.caption = [*over, *tile.caption]
    if _says_something(tile.caption):
        return tile
    above: list[Piece] = []
    for piece in reversed(small):
        first = above[0] if above else figure[0]
        white = first.top - piece.bottom
        if -0.4 * usual < white < (_LEADING if above else _CLOSE) * usual and _below(figure[0], piece, usual):
            above.insert(0, piece)
    if not _says_something(above):
        return _beside(figure, small, usual, page)
    said = _with_notes(_Tile(figure, []), above, page)
    tile.caption = [*(said.caption or above), *tile.caption]
    return tile if _says_something(tile.caption) else None


def _beside(figure: list[Piece], small: list[Piece], usual: float, page: Page) -> _Tile | None:
    """A tile whose caption stands to the right of its figure, in lines that begin at one edge."""
    first = figure[0]
    level = [p for p in small if p.top > first.top - usual and p.bottom < first.bottom + usual and p.x0 > first.x1]
    near = min((p.x0 for p in level), default=first.x1)
    lines = [p for p in level if abs(p.x0 - near) < _ASIDE * usual]
    if near - first.x1 > _RIGHT * first.size or len(lines) < _FEWEST_BESIDE:
        return None
    tile = _with_notes(_Tile(list(figure), []), lines, page)
    return tile if _says_something(tile.caption) else None


def _with_notes(tile: _Tile, pieces: list[Piece], page: Page) -> _Tile:
    """The tile with these lines: small print is taken apart, the others are its caption."""
    used: set[int] = set()
    for piece in pieces:
        if id(piece) in used:
            continue
        note = note_of(piece.words, page)
        if note is None and (lower := _figure_under(piece, pieces)) is not None:
            note = note_of([*piece.words, *lower.words], page)
            used |= {id(lower)} if note is not None else set()
            tile.notes += [lower] if note is not None else []
        rest, bracket = without_bracket(piece.words) if note is None else (piece.words, [])
        if bracket and (note := note_of(bracket, page)) is not None:
            tile.caption.append(Piece(rest))
        if note is None:
            base = "" if tile.base else base_of(piece.text, tile.text)
            tile.base += base
            (tile.notes if base else tile.caption).append(piece)
            continue
        tile.notes.append(piece)
        tile.named += note.figures
        tile.marks += note.marks
    return tile


def _figure_under(piece: Piece, pieces: list[Piece]) -> Piece | None:
    """What stands in the line right under a name, with a figure: "Last month" over "58.3%"."""
    for lower in pieces:
        near = 0 < lower.top - piece.top < 2 * piece.size and abs(lower.size - piece.size) < 0.5
        if near and _below(piece, lower, piece.size) and any(map(str.isdigit, lower.text)) and not is_year(lower.text):
            return lower
    return None


def _below(figure: Piece, piece: Piece, usual: float) -> bool:
    """Whether a piece begins where the figure begins, or has its middle where the figure has."""
    near = _ASIDE * usual
    return abs(piece.x0 - figure.x0) <= near or abs(piece.centre - figure.centre) <= near


def _says_something(pieces: list[Piece]) -> bool:
    words = [word.text for piece in pieces for word in piece.words]
    return sum(word[:1].isalpha() for word in words) >= 2 and len(words) <= _LONGEST


def _are_tiles(tiles: list[_Tile]) -> bool:
    """At least two, that do not merely count themselves."""
    if len(tiles) < 2:
        return False
    texts = [tile.text for tile in tiles]
    counting = all(text.isdigit() for text in texts) and all(
        int(two) - int(one) == 1 for one, two in pairwise(sorted(texts, key=int))
    )
    return not counting


def _card(tile: _Tile, page: Page) -> Card:
    first = _around(tile.figure)
    words = [word for piece in tile.figure for word in piece.words]
    marks = [m for m in marks_in(_with_white(tile, first), page, words) if m.value and m.read_from != "fill"]
    trends = {m.value for m in (*marks, *tile.marks) if m.kind == "trend"}
    kept = [m for m in (*marks, *tile.marks) if m.kind != "trend" or len(trends) == 1]
    figure = NamedFigure("", tile.text + tile.base, first, tuple(kept))
    return Card(
        title="\n".join(piece.text for piece in tile.caption),
        title_box=_around(tile.caption),
        box=tile.box or _around([*tile.figure, *tile.caption, *tile.notes]),
        figures=[figure, *tile.named],
    )


def _with_white(tile: _Tile, figure: Box) -> Box:
    """Where an arrow or a dot of the tile may be drawn: in its box, or beside its figure."""
    if tile.box is not None:
        return tile.box
    white = _BESIDE * (figure.bottom - figure.top)
    lowest = max([figure.bottom, *(piece.bottom for piece in tile.notes)])
    return Box(x0=figure.x0 - white, top=figure.top, x1=figure.x1 + white, bottom=lowest)


def _around(pieces: list[Piece]) -> Box:
    return Box(
        x0=min(p.x0 for p in pieces),
        top=min(p.top for p in pieces),
        x1=max(p.x1 for p in pieces),
        bottom=max(p.bottom for p in pieces),
    )

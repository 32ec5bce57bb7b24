"""Tiles of a web page as cards: what each line of a tile is.

In: the tables of a paper without pages. Out: the same, those that are tiles as tables of method `card`: the caption, the
figure, and what the small print names ("Target 60%", "Feb 58.3%"), as in tiles.py for pages. Which boxes are tiles is told
in read/html_tiles.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from sendparse.model import Cell, Page, Table, Word
from sendparse.tables.tile_notes import base_of, note_of
from sendparse.tables.tiles import is_tile_figure

TILE = "tile"
_NO_PAGE = Page(number=1, width=0, height=0)
_SIZE = 10.0


def with_tiles(tables: Sequence[Table]) -> list[Table]:
    """The tables, tiles among them as cards."""
    known = {name for table in tables if TILE in table.flags for name, _ in _notes(table, ())}
    return [_card(table, known) if TILE in table.flags else table for table in tables]


def _notes(table: Table, known: Sequence[str] | set[str]) -> list[tuple[str, str]]:
    return [pair for cell in table.cells for pair in _named(cell.text, known)]


def _named(text: str, known: Sequence[str] | set[str]) -> list[tuple[str, str]]:
    """The figures that a line names, if it says nothing else."""
    words, x0 = [], 0.0
    for part in text.split():
        x1 = x0 + 0.5 * _SIZE * len(part)
        words.append(Word(text=part, x0=x0, top=0.0, x1=x1, bottom=_SIZE, page=1, size=_SIZE))
        x0 = x1 + 0.3 * _SIZE
    note = note_of(words, _NO_PAGE, known) if words else None
    return [(figure.name, figure.figure) for figure in note.figures] if note else []


def _card(table: Table, known: set[str]) -> Table:
    """A tile as a card; left as it is where no line is its figure."""
    main = next((cell for cell in table.cells if is_tile_figure(cell.text)), None)
    if main is None:
        return table
    caption: list[Cell] = []
    cells: list[Cell] = []
    base = ""
    taken: set[int] = set()
    for cell, after in pairwise([*table.cells, None]):
        if cell is None or cell is main or cell.row in taken:
            continue
        named = _named(cell.text, known)
        if not named and after is not None and after is not main and is_tile_figure(after.text):
            named = _named(f"{cell.text} {after.text}", known)
            cell, taken = (after, taken | {after.row}) if named else (cell, taken)  # noqa: PLW2901
        rest, _, bracket = cell.text.rstrip(")").partition(" (")
        if not named and cell.text.endswith(")") and (named := _named(bracket, known)):
            caption.append(replace(cell, text=rest))
        added = "" if named or base else base_of(cell.text, main.text)
        base += added
        if not named and not added:
            caption.append(cell)
        for name, figure in named:
            row, at = len(cells) // 2 + 2, max(0, cell.text.find(figure))
            start = None if cell.start is None else cell.start + at
            cells += [
                Cell(row=row, column=0, text=name, start=cell.start),
                Cell(row=row, column=1, text=figure, start=start),
            ]
    if not caption:
        return table
    whole = caption[0].start if len(caption) == 1 else None
    title = Cell(row=0, column=0, text="\n".join(cell.text for cell in caption), start=whole)
    first = replace(main, row=1, column=1, text=main.text + base, start=None if base else main.start)
    rows = 2 + len(cells) // 2
    return replace(table, cells=(title, first, *cells), rows=rows, columns=2, method="card", flags=(), title="")

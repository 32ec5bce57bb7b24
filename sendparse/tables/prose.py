"""Sentences that stand in table cells: front sheets, comment columns, action plans.

In: a table. Out: its cells of running text as Blocks, so that the figures in them are read as prose is. A row's label is no
prose, however long, as long as its row holds figures.
"""

from __future__ import annotations

import re
from collections import defaultdict

from sendparse.model import Block, Cell, Table, Word

_FIGURE = re.compile(r"[^A-Za-z]*\d[^A-Za-z]{0,20}")
_WORD = re.compile(r"[A-Za-z]{2,}")
_FEWEST_WORDS = 6
_LONG = 30  # words: no label is that long


def prose_cells(table: Table) -> list[Block]:
    """The cells of a table that hold running text with digits in it, as paragraphs."""
    if table.method == "card":
        return []
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in table.cells:
        if cell.text.strip():
            rows[cell.row].append(cell)
    out: list[Block] = []
    for row in sorted(rows):
        figures = any(_FIGURE.fullmatch(cell.text.strip()) for cell in rows[row])
        first = rows[row][0].column
        out += [_block(c) for c in rows[row] if _is_prose(c, label=figures and c.column == first)]
    return out


def _is_prose(cell: Cell, *, label: bool) -> bool:
    words = len(_WORD.findall(cell.text))
    if not any(letter.isdigit() for letter in cell.text) or words < _FEWEST_WORDS:
        return False
    return not label or words > _LONG


def _block(cell: Cell) -> Block:
    text = cell.text if cell.start is not None else " ".join(cell.text.split())
    anchors: tuple[tuple[int, Word], ...] = ()
    if cell.box is not None and cell.page is not None:
        box = cell.box
        anchors = ((0, Word(text=text, x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom, page=cell.page)),)
    return Block(kind="paragraph", text=text, start=cell.start, page=cell.page, anchors=anchors)

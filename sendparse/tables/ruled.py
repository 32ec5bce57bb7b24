"""Ruled tables of one page: cells with lines on all four sides.

In: a page. Out: its tables, from the top down, and how much of the page they take. Lines come from what is drawn and from
the edges of painted rectangles, so a table whose cells are only told apart by their colour is found too. What has lines
but no full grid (a frame around columns of figures, a chart, a single box of text) is left for borderless.py, which looks
at figures that stand in columns outside any table.
"""

from __future__ import annotations

import re
from itertools import pairwise

from sendparse.model import Box, Page, Table, Word
from sendparse.read.flow import ASKS_FOR_IT
from sendparse.tables.edges import visible_rulings
from sendparse.tables.grid import RawCell, box_of, square_off, to_table
from sendparse.tables.inner import hides_columns, hides_rows
from sendparse.tables.kinds import begins_as_word
from sendparse.tables.lattice import Line, Rect, touching_cells
from sendparse.tables.parted import part_spans
from sendparse.tables.sides import open_sides
from sendparse.tables.stacked import split_stacked
from sendparse.tables.words import between, lines_of, sort_words, text_of

_GAP = 1.8  # of the font size: words further apart than that stand in columns
_APART = 0.8  # of the font size: no space between words is as wide
_ROW = 3  # figures and gaps of a row of figures in one cell
_UNSPLIT = 0.25  # of a table's words in cells that hold columns of their own: no full grid
_TITLE_LINES = 3
_TITLE_REACH = 110.0  # points above a table
_TITLE_GAP = 1.6  # of the line height, between table and title
_BOLD_GAP = 2.6  # of the line height, where the line above a table is bold
_LINE_GAP = 0.6  # of the line height, between the lines of one block
_TITLE_LENGTH = 160
_HEADING_LINES = 2
_EXPLANATION_LINES = 4  # between a bold heading and its table
_PIECE_GAP = 3.0  # of the font size
_FIGURE = re.compile(r"^[(<>~£+\-−–]*\d[\d,]*(?:\.\d+)?[%)]*$")


def find_ruled(page: Page, document_id: str = "") -> list[Table]:
    """The tables of a page that have a full grid of lines."""
    flat, upright = page_lines(page)
    upright += open_sides(flat, upright)
    groups = touching_cells(flat, upright)
    if not groups:
        return []
    words = sort_words(page.words)
    found: list[tuple[list[Rect], list[RawCell]]] = []
    for rects in groups:
        if len(rects) > 1:
            cells = split_stacked(part_spans(square_off(rects, words, page.fills)))
            if is_table(cells):
                found.append((rects, cells))
    taken = [box_of(cells) for _, cells in found]
    return [
        to_table(cells, page=page.number, document_id=document_id, title=title_above(box_of(cells), words, taken))
        for _, cells in found
    ]


def page_lines(page: Page) -> tuple[list[Line], list[Line]]:
    """Horizontal and vertical lines of a page, as far as they show."""
    flat: list[Line] = []
    upright: list[Line] = []
    for ruling in visible_rulings(page):
        x0, top, x1, bottom = ruling.x0, ruling.top, ruling.x1, ruling.bottom
        if bottom - top <= x1 - x0:
            flat.append(((top + bottom) / 2, x0, x1))
        else:
            upright.append(((x0 + x1) / 2, top, bottom))
    return flat, upright


def is_table(cells: list[RawCell]) -> bool:
    """Whether a grid of cells is a table rather than a frame, a chart or a page's layout."""
    filled = [cell for cell in cells if cell.words]
    if len(filled) < 2:
        return False
    rows = {cell.row for cell in filled}
    columns = {cell.column for cell in filled}
    if len(columns) < 2 or (len(rows) < 2 and len(columns) < 3):
        return False
    if _is_mostly_blank(cells, len(rows)):
        return False
    if not any(letter.isalpha() for cell in filled for word in cell.words for letter in word.text):
        return False
    return not _holds_columns(filled) and not hides_columns(filled) and not hides_rows(filled)


def _is_mostly_blank(cells: list[RawCell], filled_rows: int) -> bool:
    """Whether rows with print are few and hold no figure: small charts beside each other, ruled paper."""
    rows = 1 + max(cell.row for cell in cells)
    figures = any(letter.isdigit() for cell in cells for word in cell.words for letter in word.text)
    return rows >= 6 and filled_rows < 0.4 * rows and not figures


def _holds_columns(cells: list[RawCell]) -> bool:
    """Whether much of the text stands in cells that have columns of figures inside: their own borders are missing."""
    total = sum(len(cell.words) for cell in cells)
    inside = sum(_words_in_columns(cell.words) for cell in cells if len(cell.words) >= 3)
    return inside > _UNSPLIT * total


def _words_in_columns(words: list[Word]) -> int:
    """How many words stand in lines that hold two figures with a wide gap."""
    return sum(len(line) for line in lines_of(words) if _has_columns(line))


def _has_columns(line: list[Word]) -> bool:
    figures = sum(not begins_as_word(word.text) and _FIGURE.match(word.text) is not None for word in line)
    if figures < 2:
        return False
    wide = sum(b.x0 - a.x1 > _GAP * max(b.size, 4.0) for a, b in pairwise(line))
    apart = sum(b.x0 - a.x1 > _APART * max(b.size, 4.0) for a, b in pairwise(line))
    return wide >= 2 or (figures >= _ROW and apart >= _ROW)


def title_above(box: Box, words: list[Word], taken: list[Box]) -> str:
    """The caption or heading right above a table: a few short lines by themselves, or bold ones; never a paragraph."""
    reach = [w for w in between(words, box.top - _TITLE_REACH, box.top + 1) if w.upright and not _in_any(w, taken)]
    printed = lines_of(reach) if reach else []
    left = min((w.x0 for line in printed for w in _over(box, line)), default=box.x0)
    wide = Box(x0=left, top=box.top, x1=box.x1, bottom=box.bottom)
    lines = [over for line in printed if (over := _over(wide if len(_pieces(line)) == 1 else box, line))]
    if asked := _asked(_block_above(box.top, lines, _BOLD_GAP)):
        return "\n".join(text_of(line) for line in asked)
    led = _led_by_heading(_block_above(box.top, lines, _BOLD_GAP))
    if led:
        return "\n".join(text_of(line) for line in led)
    block = _block_above(box.top, lines, _TITLE_GAP)
    while block and _is_prose(block):
        bold = [n for n, line in enumerate(block) if all(w.bold for w in line)]
        block = block[bold[0] :] if bold and bold[0] > 0 and bold[-1] == len(block) - 1 else []
    return "\n".join(text_of(line) for line in block)


def _block_above(edge: float, lines: list[list[Word]], gap: float) -> list[list[Word]]:
    """The lines that end no further above an edge than a gap (of the line height; a bold one a little more), as one block."""
    block: list[list[Word]] = []
    for line in reversed(lines):
        height = max(w.bottom - w.top for w in line)
        widest = _BOLD_GAP if not block and all(w.bold for w in line) else gap
        if edge - max(w.bottom for w in line) > widest * height:
            break
        block.insert(0, line)
        edge, gap = min(w.top for w in line), _LINE_GAP
    return block


def _asked(block: list[list[Word]]) -> list[list[Word]]:
    """The plain lines at the end of a block that ask for what the table tells; none where they do not."""
    for start in range(len(block) - 1, max(-1, len(block) - 1 - _TITLE_LINES), -1):
        if all(w.bold for w in block[start]):
            return []
        if ASKS_FOR_IT.match(text_of(block[start])):
            return block[start:]
    return []


def _led_by_heading(block: list[list[Word]]) -> list[list[Word]]:
    """The bold lines at the top of a block that goes on with a few lines of explanation; none where it does not."""
    bold = [all(w.bold for w in line) for line in block]
    lead = bold.index(False) if False in bold else 0
    if not 0 < lead <= _HEADING_LINES or any(bold[lead:]) or len(block) - lead > _EXPLANATION_LINES:
        return []
    return block[:lead] if _is_prose(block) or text_of(block[-1]).endswith(".") else []


def _over(box: Box, line: list[Word]) -> list[Word]:
    """The part of a line that stands over a table: pieces that a wide gap parts belong to different things."""
    over = [piece for piece in _pieces(line) if piece[-1].x1 > box.x0 - 5 and piece[0].x0 < box.x1 + 5]
    return [word for piece in over for word in piece]


def _pieces(line: list[Word]) -> list[list[Word]]:
    pieces: list[list[Word]] = []
    for word in line:
        if pieces and word.x0 - pieces[-1][-1].x1 < _PIECE_GAP * max(word.size, 4.0):
            pieces[-1].append(word)
        else:
            pieces.append([word])
    return pieces


def _is_prose(block: list[list[Word]]) -> bool:
    text = text_of(block[-1])
    if len(block) > _TITLE_LINES or len(text) > _TITLE_LENGTH:
        return not all(w.bold for w in block[0]) or len(block) > 2 * _TITLE_LINES
    return text.endswith((".", ",", ";")) and not all(w.bold for w in block[-1])


def _in_any(word: Word, boxes: list[Box]) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return any(b.x0 <= x <= b.x1 and b.top <= y <= b.bottom for b in boxes)

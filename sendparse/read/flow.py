"""One text with the blocks and tables found in it, while a paper without pages is read from its beginning to its end.

In: headings, paragraphs, list items and tables, one after another. Out: the parts of a Document. The rule that shapes it: a
block's or cell's `start` is where its text stands in the whole text, to the character. Knows nothing of HTML or DOCX.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sendparse.model import Block, BlockKind, Cell, Colour, Table, stable_id

MOST_COLUMNS = 500
_LONGEST_TITLE = 200
_NAMES_A_TABLE = re.compile(r"(?:table|figure|chart|appendix|annex)\s+[0-9a-z]", re.IGNORECASE)
# "2. Please provide the number of requests ...", "4. Outcomes of appeals 2024/25": what an answer in a table was asked.
ASKS_FOR_IT = re.compile(
    r"(?i)(?:(?:Q(?:uestion)?\s?)?\(?(?:\d{1,2}|[a-h])[.):]\s+)?(?:(?:please\s+|can\s+you\s+)?(?:provide|confirm|state|give|list)\b|how\s+(?:many|much)\b|"
    r"what\s+(?:is|was|were|are|percentage|proportion|number)\b|(?:the\s+)?(?:total\s+)?number\s+of\b|the\s+(?:following\s+)?table\s+(?:below\s+)?(?:shows|sets\s+out|gives|provides|summarises|details)\b)|(?:\d{1,2}|[a-h])[.)]\s[^.?]{8,90}$"
)
BOLD_HEADING = 7  # the level of a heading that is none by style: below all that are
_SPACE = re.compile(r"\s+")
_UNSEEN = re.compile(
    "[\u00ad\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)  # takes no room in print
_HAS_FIGURE = re.compile(r"\d\s*%|[£$€]\s*\d|\d[\d,]*\.\d|\d{3}|\bper ?cent\b")


@dataclass(slots=True)
class GivenCell:
    """A cell as the file gives it, before it has a place in the grid."""

    text: str = ""
    row_span: int = 1
    column_span: int = 1
    header: bool = False
    bold: bool = False
    fill: Colour | None = None


@dataclass(slots=True)
class GivenTable:
    """A table as the file gives it: rows of cells from left to right; None where a cell from above reaches down."""

    rows: list[list[GivenCell]] = field(default_factory=list)
    title: str = ""
    flags: tuple[str, ...] = ()


@dataclass(slots=True)
class Flow:
    """The text so far, with its blocks, its tables and the headings that the next block stands under."""

    document_id: str
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _path: list[tuple[int, str]] = field(default_factory=list)
    _last_is_block: bool = False

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self._parts)

    def _append(self, text: str, separator: str = "\n") -> int:
        if self._parts:
            self._parts.append(separator)
            self._length += len(separator)
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return start

    def add(self, kind: BlockKind, text: str, level: int = 0) -> None:
        """One block. Nothing happens where the text is empty."""
        if not text:
            return
        start = self._append(text)
        if kind == "heading":
            self._path = [(above, title) for above, title in self._path if above < level]
            self._path.append((level, text))
        self.blocks.append(Block(kind=kind, text=text, level=level, start=start))
        self._last_is_block = True

    def add_table(self, given: GivenTable) -> None:
        """One table: a line of text for every row, its cells parted by tabs. Nothing happens where it is empty."""
        placed = _placed(given.rows)
        if not any(cell.text for _, _, cell in placed):
            return
        title = given.title or ("" if given.flags else self._title_above())
        if given.title and given.title != self._last_text():
            self._append(given.title)
        cells = []
        row_before = -1
        for row, column, cell in placed:
            start = self._append(cell.text, "\n" if row != row_before else "\t")
            row_before = row
            cells.append(_cell(row, column, cell, start))
        self.tables.append(
            Table(
                table_id=stable_id(self.document_id, "table", len(self.tables)),
                document_id=self.document_id,
                cells=tuple(cells),
                rows=max(cell.row + cell.row_span for cell in cells),
                columns=max(cell.column + cell.column_span for cell in cells),
                method="known",
                title=title,
                headings=tuple(text for _, text in self._path),
                flags=given.flags,
            )
        )
        self._last_is_block = False

    def _last_text(self) -> str:
        return self.blocks[-1].text if self.blocks and self._last_is_block else ""

    def _title_above(self) -> str:
        """The line right above, where it is a heading or calls itself the table's."""
        text = self._last_text()
        if not text or len(text) > _LONGEST_TITLE:
            return ""
        last = self.blocks[-1]
        named = last.kind == "heading" or text.endswith(":") or _NAMES_A_TABLE.match(text) or ASKS_FOR_IT.match(text)
        return text if named else ""


def _cell(row: int, column: int, cell: GivenCell, start: int) -> Cell:
    return Cell(
        row=row,
        column=column,
        text=cell.text,
        row_span=cell.row_span,
        column_span=cell.column_span,
        fill=cell.fill,
        header=cell.header,
        bold=cell.bold,
        start=start,
    )


def _placed(rows: Sequence[Sequence[GivenCell]]) -> list[tuple[int, int, GivenCell]]:
    """Row, column and cell, where cells that span push the others aside. Spans end where the table ends."""
    taken: set[tuple[int, int]] = set()
    out = []
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            if column >= MOST_COLUMNS:
                break
            cell.row_span = max(1, min(cell.row_span, len(rows) - row))
            cell.column_span = max(1, min(cell.column_span, MOST_COLUMNS - column))
            free = (right for right in range(1, cell.column_span) if (row, column + right) in taken)
            cell.column_span = next(free, cell.column_span)
            for down in range(cell.row_span):
                taken.update((row + down, column + right) for right in range(cell.column_span))
            out.append((row, column, cell))
            column += cell.column_span
    return out


def clean(text: str) -> str:
    """Text with every run of white space as one space, without soft hyphens and marks that no reader sees."""
    return _SPACE.sub(" ", _UNSEEN.sub("", text)).strip()


def looks_like_heading(text: str, *, bold: bool) -> bool:
    """Whether a plain paragraph is a heading: short, no full stop, no figure, and bold or in capitals as a whole."""
    if not 2 < len(text) <= 120 or text[-1] in ".,;" or _HAS_FIGURE.search(text):
        return False
    return bold or (text.isupper() and 5 <= len(text) <= 80)

"""The headings that a table of a PDF stands under.

In: a page after the other, with its tables. Out: the tables with their heading path, outermost first. A heading is a short
line that is larger than the text of the page, or bold; a larger one ends those below it. The path goes on over pages, so that
a report's title and its section hold for the tables that follow.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sendparse.model import Page, Table, Word
from sendparse.tables.order import median
from sendparse.tables.words import lines_of, outside, text_of

_LARGER = 1.12  # than the text of the page
_LONGEST = 120  # letters
_DEEPEST = 4
_FEW_WORDS = 40  # of a page, outside its tables
_NEXT_LINE = 0.9  # of the height: a second line of the same heading


@dataclass(slots=True)
class _Heading:
    text: str
    rank: float  # its size; a bold line of text size ranks just above the text
    bottom: float
    page: int


class Sections:
    """The headings in force while a paper is read from its first page to its last."""

    def __init__(self) -> None:
        self.path: list[_Heading] = []

    def place(self, page: Page, tables: list[Table]) -> list[Table]:
        """The tables of a page with the path they stand under. Pages come in order, those without tables too."""
        boxes = [table.box for table in tables if table.box is not None]
        words = outside(page.words, boxes)
        lines = lines_of(words) if words else []
        usual = median([w.size for w in words]) if words else 0.0
        if words and len(words) < _FEW_WORDS:  # a slide: outside its tiles stand headings alone
            usual = min(usual, median([w.size for w in page.words]))
        waiting = sorted(tables, key=lambda table: table.box.top if table.box else 0.0)
        placed: dict[str, tuple[str, ...]] = {}
        for line in lines:
            larger = _stands_out(line, usual)
            text = text_of(line) if larger or waiting else ""
            if not _may_be_heading(text):
                continue
            top = min([w.top for w in line])
            while waiting and waiting[0].box is not None and waiting[0].box.top < top:
                table = waiting.pop(0)
                placed[table.table_id] = self._texts(table)
            if larger:
                self._take(line, text, page.number)
        for table in waiting:
            placed[table.table_id] = self._texts(table)
        return [replace(table, headings=placed[table.table_id]) for table in tables]

    def _texts(self, table: Table) -> tuple[str, ...]:
        """The path, without what is the table's own title."""
        return tuple(h.text for h in self.path if h.text not in table.title)

    def _take(self, line: list[Word], text: str, page: int) -> None:
        size = median([w.size for w in line])
        rank = size + (0.1 if all(w.bold for w in line) else 0.0)
        last = self.path[-1] if self.path else None
        near = last is not None and last.page == page and line[0].top - last.bottom < _NEXT_LINE * size
        if last is not None and near and abs(last.rank - rank) < 0.3 and len(last.text) + len(text) < _LONGEST:
            last.text, last.bottom = f"{last.text} {text}", line[0].bottom
            return
        while self.path and self.path[-1].rank <= rank + 0.05:
            self.path.pop()
        self.path.append(_Heading(text, rank, line[0].bottom, page))
        del self.path[:-_DEEPEST]


def _stands_out(line: list[Word], usual: float) -> bool:
    """Whether a line is larger than the text of the page, or bold."""
    if not any(w.bold or w.size >= _LARGER * usual for w in line):
        return False
    size = median([w.size for w in line])
    return size >= _LARGER * usual or (size >= 0.95 * usual and all(w.bold for w in line))


def _may_be_heading(text: str) -> bool:
    return 3 <= len(text) <= _LONGEST and any(map(str.isalpha, text)) and not text.endswith((".", ",", ";"))

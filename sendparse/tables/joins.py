"""Tables that run on over a page.

In: the tables of a paper in reading order, and its pages. Out: the same tables; one that runs on names the part before it
(`continues`), inherits its heading rows when it has none, and carries the section it begins in. A row that the turn of the
page cuts is made whole in the part where it begins. Two tables are parts of one only when nothing but page furniture stands
between them and their columns agree, in place or in number and kind of content; a table with headings of its own is new.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sendparse.model import Cell, Document, Page, Table
from sendparse.tables.kinds import begins_as_word, is_year

_FIGURE = re.compile(r"[^A-Za-z]*\d[^A-Za-z]{0,20}(?:%|m|k|bn|weeks|days)?[^A-Za-z]*")
_OPEN = re.compile(r"[-–—.]+|n\s?/\s?a|tbc|requested", re.I)  # says nothing of what a column holds
_EDGE = 4.0  # points: column borders that near are the same border
_DENSE = 0.3  # of the rows: a column filled less is empty for the comparison
_AGREE = 0.8  # of the dense columns
_LONGEST_HEADING = 60  # letters: a first row with a longer text is a row like the others
_LONGEST_SECTION = 100  # letters: a longer text by itself in its row is a remark
_FURNITURE_LINES = 3  # running head and foot: no more lines than that stand between two parts of a table
_TITLE_TAIL = re.compile(r"[\s(\[,–-]*\bcont(?:inued|'?d|\.)?[\s)\].]*$", re.I)
_OPEN_END = re.compile(r"(?:[-–—,&/(]|\b(?:and|of|the|for|to|in|with|or|a|by))$", re.I)


@dataclass(frozen=True, slots=True)
class _Profile:
    """What stands in each column below the headings: t(ext), f(igures) or nothing."""

    kinds: tuple[str, ...]
    heading_rows: int

    @property
    def dense(self) -> frozenset[int]:
        return frozenset(n for n, kind in enumerate(self.kinds) if kind)


def join_over_pages(tables: list[Table], document: Document) -> list[Table]:
    """The tables with their links; see above."""
    pages = {page.number: page for page in document.pages}
    out: list[Table] = []
    for table in tables:
        before = next((t for t in reversed(out) if t.method != "card"), None)
        if before is None or table.method == "card" or not _may_run_on(before, table, pages):
            out.append(table)
            continue
        joined = _joined(before, table)
        if joined is None:
            out.append(table)
            continue
        first, second = joined
        out[out.index(before)] = first
        if second is not None:
            out.append(second)
    return out


def _may_run_on(before: Table, table: Table, pages: dict[int, Page]) -> bool:
    """Whether nothing but page furniture stands between two tables on neighbouring pages."""
    if before.page is None or table.page is None or before.box is None or table.box is None:
        return False
    if table.page != before.page + 1:
        return False
    old, new = pages[before.page], pages[table.page]
    repeated = table.title.count("\n") + 1 if table.title and table.title == before.title else 0
    lines = _lines_between(old, before.box.bottom, old.height) + _lines_between(new, 0, table.box.top)
    return lines <= _FURNITURE_LINES + repeated


def _lines_between(page: Page, top: float, bottom: float) -> int:
    """How many printed lines stand between two heights of a page."""
    middles = sorted(
        (w.top + w.bottom) / 2 for w in page.words if not w.hidden and top < (w.top + w.bottom) / 2 < bottom
    )
    lines, last = 0, -100.0
    for middle in middles:
        if middle - last > 5:
            lines += 1
        last = middle
    return lines


def _joined(before: Table, table: Table) -> tuple[Table, Table | None] | None:
    """The two parts of one table, linked; nothing when they are two tables."""
    old, new = profile(before), profile(table)
    heading = before.inherited or heading_texts(before, old.heading_rows)
    if new.heading_rows:
        if not _same_heading(heading, heading_texts(table, new.heading_rows)) or _other_title(before, table):
            return None
        inherited: tuple[tuple[str, ...], ...] = ()
        flags = table.flags
    else:
        if not heading or not _agree(before, old, table, new):
            return None
        headless = (
            not before.inherited and not old.heading_rows and any(len(text) > _LONGEST_HEADING for text in heading[0])
        )
        inherited = () if headless else _fitted(heading, table.columns)
        flags = table.flags if headless else (*table.flags, "header_inherited")
    first, rest = _whole_row(before, table, new.heading_rows)
    if rest is not None:
        rest = replace(
            rest,
            continues=first.table_id,
            inherited=inherited,
            flags=flags,
            above=_sections(before, old.heading_rows),
            title=rest.title or before.title,
        )
    return first, rest


def _fitted(heading: Sequence[Sequence[str]], columns: int) -> tuple[tuple[str, ...], ...]:
    """Heading rows, as wide as a table."""
    return tuple(tuple(row[n] if n < len(row) else "" for n in range(columns)) for row in heading)


def profile(table: Table) -> _Profile:
    """Heading rows and kinds of content, told from the places of figures alone."""
    texts = table.grid()
    heading_rows = _heading_rows(table, texts)
    body = texts[heading_rows:]
    kinds = []
    for column in range(table.columns):
        filled = [row[column] for row in body if row[column].strip() and not _OPEN.fullmatch(row[column].strip())]
        figures = sum(_holds_figure(text) for text in filled)
        dense = len(filled) >= max(1, _DENSE * len(body))
        kinds.append("" if not dense else "f" if figures * 2 >= len(filled) else "t")
    return _Profile(tuple(kinds), heading_rows)


def _holds_figure(text: str) -> bool:
    """Whether a text is a figure with no word before it."""
    return not begins_as_word(text) and _FIGURE.fullmatch(text.strip()) is not None


def _heading_rows(table: Table, texts: list[list[str]]) -> int:
    """Rows at the top that hold no figure while rows below do; a lone label is a section, not a heading."""
    for number, row in enumerate(texts):
        if any(_holds_figure(text) and not is_year(text) for text in row[1:]):
            return _trimmed(table, texts, number)
    return 1 if _looks_like_heading(table) else 0


def _trimmed(table: Table, texts: list[list[str]], end: int) -> int:
    """Heading rows end at the last row that has words over a column of figures; a section or a cut row has none there."""
    below = {n for row in texts[end:] for n, text in enumerate(row) if n and _holds_figure(text)}
    while end > 0 and not any(texts[end - 1][n].strip() for n in below) and not _covered(table, end - 1):
        end -= 1
    return end


def _covered(table: Table, row: int) -> bool:
    return any(c.row <= row < c.row + c.row_span and c.row_span > 1 and c.text for c in table.cells)


def _looks_like_heading(table: Table) -> bool:
    """Whether the first row of a table without figures looks different from the rows below it."""
    first = [c for c in table.cells if c.row == 0 and c.text.strip()]
    others = [c for c in table.cells if c.row > 0 and c.text.strip()]
    if len(first) < 2 or not others:
        return False
    if all(c.header for c in first) and not all(c.header for c in others):
        return True
    bold = all(c.bold for c in first) and not all(c.bold for c in others)
    filled = (
        all(c.fill for c in first)
        and len({c.fill for c in first}) == 1
        and first[0].fill not in {c.fill for c in others}
    )
    return bold or filled


def heading_texts(table: Table, rows: int) -> tuple[tuple[str, ...], ...]:
    """The heading rows as texts, a merged cell's text over every column it covers; the first row when none is told."""
    rows = rows or 1
    out = [[""] * table.columns for _ in range(rows)]
    for cell in table.cells:
        for row in range(cell.row, min(cell.row + 1, rows)):
            for column in range(cell.column, min(cell.column + cell.column_span, table.columns)):
                out[row][column] = cell.text
    return tuple(tuple(row) for row in out if any(text.strip() for text in row))


def _other_title(before: Table, table: Table) -> bool:
    """Whether a table has a title of its own, rather than the one before it again ("continued") or a unit."""
    one, two = (_TITLE_TAIL.sub("", " ".join(t.title.split())).casefold() for t in (before, table))
    return bool(one and two) and one not in two and two not in one and len(two.split()) > 1


def _same_heading(one: Sequence[Sequence[str]], other: Sequence[Sequence[str]]) -> bool:
    def words(rows: Sequence[Sequence[str]]) -> list[str]:
        return ["".join(text.split()).lower() for row in rows for text in row if text.strip()]

    here, there = words(one), words(other)
    return bool(here) and bool(there) and len(set(here) & set(there)) >= _AGREE * max(len(set(here)), len(set(there)))


def _agree(before: Table, old: _Profile, table: Table, new: _Profile) -> bool:
    """Whether columns agree: the same borders, or the same filled places with the same kind of content."""
    shared = old.dense & new.dense
    other = sum(old.kinds[n] != new.kinds[n] for n in shared)
    if _same_borders(before, table):
        return other <= (1 - _AGREE) * len(shared)
    if other:
        return False
    if max(new.dense, default=0) >= before.columns or min(len(old.dense), len(new.dense)) < 3:
        return False
    return len(shared) >= _AGREE * max(len(old.dense), len(new.dense))


def _same_borders(before: Table, table: Table) -> bool:
    if before.columns != table.columns:
        return False
    here, there = borders(before), borders(table)
    return len(here) == len(there) and all(abs(a - b) <= _EDGE for a, b in zip(here, there, strict=True))


def borders(table: Table) -> list[float]:
    """Where the columns of a table begin, and where the last one ends."""
    starts: dict[int, float] = {}
    end = 0.0
    for cell in table.cells:
        if cell.box is not None:
            starts[cell.column] = min(starts.get(cell.column, cell.box.x0), cell.box.x0)
            end = max(end, cell.box.x1)
    return [*(starts[n] for n in sorted(starts)), end]


def _sections(table: Table, heading_rows: int) -> tuple[str, ...]:
    """The last row of a table's body that holds only a label: what follows on the next page stands under it."""
    by_row: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.text.strip() and cell.row >= heading_rows:
            by_row.setdefault(cell.row, []).append(cell)
    lone = [
        cells[0].text
        for _, cells in sorted(by_row.items())
        if len(cells) == 1 and len(cells[0].text) <= _LONGEST_SECTION and not _FIGURE.fullmatch(cells[0].text.strip())
    ]
    return (" ".join(lone[-1].split()),) if lone else table.above


def _whole_row(before: Table, table: Table, heading_rows: int) -> tuple[Table, Table | None]:
    """The end of a row that the page cut goes back to the row's beginning."""
    tail = [c for c in table.cells if c.row == heading_rows and c.text.strip()]
    last_row = max((c.row for c in before.cells if c.text.strip()), default=0)
    last = {c.column: c for c in before.cells if c.row == last_row}
    if not _is_tail(tail, last):
        return before, table
    longer = {c.column: replace(last[c.column], text=f"{last[c.column].text}\n{c.text}".strip()) for c in tail}
    cells = tuple(longer[c.column] if c.row == last_row and c.column in longer else c for c in before.cells)
    first = replace(before, cells=cells, flags=(*before.flags, "row_joined"))
    rest = tuple(_moved_up(c, heading_rows) for c in table.cells if c.row != heading_rows or c.row_span > 1)
    if table.rows - 1 <= heading_rows:
        return first, replace(table, cells=rest, rows=table.rows - 1) if rest else None
    return first, replace(table, cells=rest, rows=table.rows - 1)


def _moved_up(cell: Cell, gone: int) -> Cell:
    if cell.row > gone:
        return replace(cell, row=cell.row - 1)
    if cell.row + cell.row_span > gone and cell.row_span > 1:
        return replace(cell, row_span=cell.row_span - 1)
    return cell


def _is_tail(tail: list[Cell], last: dict[int, Cell]) -> bool:
    """Whether a row without figures is the rest of the row before the turn: each of its texts goes on there.

    Where the row before has figures, one without them that begins in the label (or leaves it empty) can only go on; where
    no row has figures, the words themselves must be broken off.
    """
    if not tail or any(_FIGURE.fullmatch(c.text.strip()) for c in tail):
        return False
    if any(c.column not in last or not last[c.column].text.strip() or c.column_span > 1 for c in tail):
        return False
    broken = any(_goes_on(last[c.column].text, c.text) for c in tail)
    label = min(last)
    has_label = any(c.column == label for c in tail)
    figures = any(_FIGURE.fullmatch(c.text.strip()) for c in last.values())
    if not has_label:
        return broken or figures
    if len(tail) == 1:
        return _goes_on(last[label].text, tail[0].text)
    return _goes_on(last[label].text, next(c.text for c in tail if c.column == label)) or (figures and broken)


def _goes_on(text: str, after: str) -> bool:
    return bool(_OPEN_END.search(text.strip())) or after.strip()[:1].islower()

"""The front of a paper: its first lines as printed, and what its front sheet says in so many words ("Meeting date: ...").

In: blocks and tables. Out: a `Front`. Front sheets come as tables, as lines "Label: value", as a label above its value,
and, where a table lost its lines, as "Report subject SEND Update". What the values mean is for meeting.py and title.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf

from sendparse.facts.wordings import Wordings, label_key
from sendparse.model import Block, Document, Table, Word
from sendparse.records import quick

FRONT_PAGES = 4
_FRONT_BLOCKS = 60
_TOP_LINES = 30
_TOP_CHARACTERS = 1800
_LONGEST_VALUE = 300
_CELLS = 16
_LETTER = re.compile(r"[^\W\d_]")
_ASIDE = re.compile(r"\([^)]*\)\s*:?$")
_GOES_ON = re.compile(r"[a-z]|(?:19|20)\d\d\b(?!/)")
_BREAKS_OFF = re.compile(r"(?:\b(?:and|of|the|for|to|in|on|with|or|at|by|from)|[&,–])$", re.IGNORECASE)
_LONGEST_JOINT = 4  # letters of these words


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One printed line, or one whole short block where lines are not known."""

    text: str
    page: int | None = None
    heading: bool = False
    whole: bool = True  # it is a block by itself, not a line within a paragraph
    table: bool = False  # a cell of a table


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A value that stands beside a label of the front sheet."""

    kind: str  # as in facts.yaml
    label: str
    value: str
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The front of a paper. `top` is its title block; `lines` go on to the end of the front pages."""

    top: tuple[Line, ...]
    lines: tuple[Line, ...]
    labelled: tuple[Labelled, ...]

    def values(self, kind: str) -> list[Labelled]:
        """What the front sheet says after labels of this kind, in reading order."""
        return [entry for entry in self.labelled if entry.kind == kind]


def read_front(document: Document, blocks: Sequence[Block], tables: Sequence[Table], wordings: Wordings) -> Front:
    """The front of a paper, from its first pages (PDF) or first blocks."""
    front = [block for place, block in enumerate(blocks) if _is_front(document, block, place)]
    first_tables = [table for table in tables if (table.page or 1) <= FRONT_PAGES][:6]
    printed = [lines_of(block) for block in front]
    lines = tuple(_whole_headings(line for found in printed for line in found))
    cells = tuple(line for table in first_tables if document.format == "pdf" for line in _cells(table))
    in_tables = [entry for table in first_tables for entry in _from_grid(table.grid(), table.page, wordings)]
    labelled = sorted([*in_tables, *_from_blocks(front, printed, wordings)], key=lambda entry: entry.page or 0)
    return Front(top=tuple(_top(lines)), lines=lines + cells, labelled=tuple(labelled))


def is_sentence(line: Line) -> bool:
    """Running text rather than a line of a title block."""
    words = len(line.text.split())
    return not line.heading and (words > 16 or (line.text.endswith(".") and words > 4))


def lines_of(block: Block) -> list[Line]:
    """The printed lines of a block: by its words' places on the page, else by its line breaks."""
    if block.kind == "table_row":
        texts = [cell.strip() for cell in block.text.split("\t")]
    elif block.anchors:
        texts = list(_mended(" ".join(line.split()) for line in _printed_lines(block.text, block.anchors)))
    else:
        texts = [" ".join(line.split()) for line in block.text.splitlines()]
    texts = [text for text in texts if text]
    if block.kind == "heading" and len({round(word.size) for _, word in block.anchors}) < 2:
        texts = [" ".join(texts)]  # one heading over several lines, not a title with its subtitle
    heading, table = block.kind == "heading", block.kind == "table_row"
    return [Line(text=text, page=block.page, heading=heading, whole=len(texts) == 1, table=table) for text in texts]


def _whole_headings(lines: Iterable[Line]) -> Iterator[Line]:
    """A heading that goes on with a small letter in the next heading is one."""
    held: Line | None = None
    for line in lines:
        if held and held.heading and line.heading and held.page == line.page and line.text[0].islower():
            held = replace(held, text=f"{held.text} {line.text}")
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def _cells(table: Table) -> Iterator[Line]:
    """The first cells of a table of a PDF: boxes around cover lines are read as tables too."""
    texts = [" ".join(cell.text.split()) for cell in table.cells[:_CELLS]]
    yield from (Line(text=text, page=table.page, table=True) for text in texts if text)


def _is_front(document: Document, block: Block, place: int) -> bool:
    if document.format == "pdf":
        return (block.page or 1) <= FRONT_PAGES
    return place < _FRONT_BLOCKS


def _top(lines: Sequence[Line]) -> Iterator[Line]:
    """The first lines of the first page that has any."""
    length = 0
    for line in lines[:_TOP_LINES]:
        if line.page != lines[0].page or length > _TOP_CHARACTERS:
            return
        length += len(line.text)
        yield line


def _printed_lines(text: str, anchors: tuple[tuple[int, Word], ...]) -> Iterator[str]:
    start, below, page = 0, inf, None
    for offset, word in anchors:
        top = word.top
        if page is not None and (top > below or word.page != page):
            yield text[start:offset]
            start = offset
        below, page = top + max(word.bottom - top, 1.0) * 0.6, word.page
    yield text[start:]


def _mended(lines: Iterable[str]) -> Iterator[str]:
    """Lines put together where one breaks off: before a small letter or a year, after a joining word or mark."""
    held = ""
    for line in lines:
        if held and (_GOES_ON.match(line) or _breaks_off(held)) and not line.endswith(":"):
            held = f"{held} {line}"
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def _breaks_off(line: str) -> bool:
    return _BREAKS_OFF.search(line, max(0, len(line) - _LONGEST_JOINT)) is not None


# -- labels in tables -------------------------------------------------------------------------------------------------


def _from_grid(grid: Sequence[Sequence[str]], page: int | None, wordings: Wordings) -> Iterator[Labelled]:
    rows = [[" ".join(cell.split()) for cell in row] for row in grid]
    for number, row in enumerate(rows):
        below = rows[number + 1] if number + 1 < len(rows) else []
        for column, cell in enumerate(row):
            yield from _inside(cell, page, wordings)
            kind = wordings.labels.get(_cell_key(cell))
            if kind and kind != "stop":
                value = _beside(row, column, wordings) or _below(row, below, column, wordings)
                if value:
                    yield Labelled(kind=kind, label=cell, value=value, page=page)


def _beside(row: Sequence[str], column: int, wordings: Wordings) -> str:
    """The next filled cell of the row, unless that is a label too."""
    value = next((cell for cell in row[column + 1 :] if cell), "")
    return "" if _cell_key(value) in wordings.labels or value.endswith(":") else value


def _below(row: Sequence[str], below: Sequence[str], column: int, wordings: Wordings) -> str:
    """The cell under a label, where the whole row is made of labels."""
    if sum(_cell_key(cell) in wordings.labels for cell in row) < 2 or column >= len(below):
        return ""
    return "" if _cell_key(below[column]) in wordings.labels else below[column]


def _cell_key(cell: str) -> str:
    """The words of a label; nothing for figures, which are none."""
    if not _LETTER.search(cell):
        return ""
    return label_key(_ASIDE.sub("", cell) if "(" in cell else cell) or label_key(cell)


# -- labels in lines --------------------------------------------------------------------------------------------------


def _from_blocks(blocks: Sequence[Block], printed: Sequence[Sequence[Line]], wordings: Wordings) -> Iterator[Labelled]:
    lines = [line for found in printed for line in found]
    rows = [block for block in blocks if block.kind == "table_row"]
    yield from _from_grid(_grid(rows), rows[0].page if rows else None, wordings)
    for block, found in zip(blocks, printed, strict=True):
        if block.kind != "table_row" and len(block.text) < 4000:
            yield from _inside("\n".join(line.text for line in found), block.page, wordings)
    for line, following in zip(lines, (*lines[1:], None), strict=False):
        if line.table:
            continue
        kind = wordings.labels.get(label_key(line.text))
        if kind and kind != "stop" and following and not _is_label(following.text, wordings):
            yield Labelled(kind=kind, label=line.text, value=following.text, page=line.page)
        yield from _without_colon(line, wordings)


def _without_colon(line: Line, wordings: Wordings) -> Iterator[Labelled]:
    """ "Report subject SEND Update", "DATE 22 January 2025": both parts begin with a capital, as in no sentence."""
    start = wordings.label_start.match(line.text)
    if not start or ":" in start[0]:
        return
    rest, label = line.text[start.end() :], start["label"]
    in_capitals = label.isupper() and not rest.isupper()
    kind = wordings.labels[label_key(label)]
    if kind != "stop" and label[0].isupper() and not rest[0].islower() and (" " in label or in_capitals):
        yield Labelled(kind=kind, label=start[0], value=_cut(rest, wordings), page=line.page)


def _inside(text: str, page: int | None, wordings: Wordings) -> Iterator[Labelled]:
    """Every "Label: value" within one text: the value goes on to the next label or to the end of its line."""
    if ":" not in text and ";" not in text:
        return
    for match in wordings.label_pattern.finditer(text):
        kind = wordings.labels.get(label_key(match["label"]))
        value = _cut(text[match.end() :], wordings)
        if kind and kind != "stop" and value and _begins(text, match, kind):
            yield Labelled(kind=kind, label=match["label"], value=value, page=page)


def _begins(text: str, match: re.Match[str], kind: str) -> bool:
    """A label begins its line, or has a capital and is not the end of a name ("Partnership with Kent Council: ...")."""
    start = match.start()
    if text[:start].strip() == "" or text[start - 1] == "\n":
        return True
    return text[start].isupper() and (" " in match["label"] or kind in ("date", "stop"))


def _cut(text: str, wordings: Wordings) -> str:
    following = (match for match in wordings.label_pattern.finditer(text) if _ends_a_value(text, match, wordings))
    text = text[: next((match.start() for match in following), len(text))]
    text = text.strip()
    first, _, rest = text.partition("\n")
    if rest and (_GOES_ON.match(rest) or _breaks_off(first)):
        first = f"{first} {rest.partition(chr(10))[0]}"
    return " ".join(first.split())[:_LONGEST_VALUE]


def _ends_a_value(text: str, match: re.Match[str], wordings: Wordings) -> bool:
    return _begins(text, match, wordings.labels.get(label_key(match["label"]), "stop"))


def _is_label(text: str, wordings: Wordings) -> bool:
    return label_key(text) in wordings.labels or bool(wordings.label_pattern.match(text))


def _grid(rows: Iterable[Block]) -> list[list[str]]:
    return [row.text.split("\t") for row in rows]

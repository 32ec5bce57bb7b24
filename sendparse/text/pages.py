"""Running text of a PDF: words outside tables to lines, lines to headings, paragraphs and list items, in reading order.

In: pages and the tables found on them. Out: blocks with an anchor for each word. Running heads and feet, page numbers, hidden
words and words that run up the page are left out. What a paragraph is, is told by white space, marks and type; what it says is
not looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from sendparse.model import Block, Box, Page, Table, Word
from sendparse.tables.charts import without_axes
from sendparse.tables.order import median
from sendparse.tables.words import outside
from sendparse.text.lines import Line, columns, lines_of

_BULLET = re.compile(r"^[•·▪◦●○‣⁃∙➢➤✓❖■□*\uf0a7\uf0b7\uf0d8o§–—-]$")
_NUMBERED = re.compile(r"^\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zA-Z]|[ivx]{1,4})[.)]?$")
_ENDS = re.compile(r"[.!?:;][\"'”’)\]]*$")
_PAGE_NUMBER = re.compile(r"^\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.I)
_DIGITS = re.compile(r"\d+")
_BARE_NUMBER = re.compile(r"\d+\.$")
_LEADS_ON = re.compile(r":\s*\S")
_EDGE = 0.11  # the share of a page's height in which running heads and feet stand
_MOST_HEADING_WORDS = 16


def page_blocks(pages: Sequence[Page], tables: Sequence[Table]) -> tuple[Block, ...]:
    """All blocks of a PDF, page by page."""
    taken: dict[int, list[Box]] = {}
    for table in tables:
        if table.page is not None and table.box is not None:
            taken.setdefault(table.page, []).append(table.box)
    by_page = [(page, lines_of(_free_words(page, taken.get(page.number, ())))) for page in pages]
    furniture = _furniture(by_page)
    kept = [(page, [line for line in lines if (page.number, line.key()) not in furniture]) for page, lines in by_page]
    body = _body_size([line for _, lines in kept for line in lines])
    blocks: list[Block] = []
    for page, lines in kept:
        dots = [s.box for s in page.shapes if _is_dot(s.box, body)]
        found = [block for column in columns(lines) for block in _paragraphs(column, body, dots)]
        blocks = _joined(blocks, found)
    return tuple(_levels(blocks))


def _is_dot(box: Box, body: float) -> bool:
    return 0.15 * body < box.x1 - box.x0 < 0.8 * body and 0.15 * body < box.bottom - box.top < 0.8 * body


def _free_words(page: Page, taken: Sequence[Box]) -> list[Word]:
    """The words that are read as text; what stands along the axes of a chart is no statement."""
    return without_axes(outside(page.words, taken))[0]


def _furniture(by_page: Sequence[tuple[Page, Sequence[Line]]]) -> set[tuple[int, tuple[float, str]]]:
    """Lines at the edge of a page that come again on other pages with nothing but digits changed, and page numbers."""
    seen: Counter[str] = Counter()
    edge: list[tuple[int, Line, str]] = []
    for page, lines in by_page:
        near = [line for line in lines if line.bottom < page.height * _EDGE or line.top > page.height * (1 - _EDGE)]
        names = {id(line): _DIGITS.sub("#", line.text).strip().lower() for line in near}
        seen.update(set(names.values()))
        edge += [(page.number, line, names[id(line)]) for line in near]
    often = max(2, min(3, len(by_page) // 2 + 1))
    return {(n, line.key()) for n, line, name in edge if seen[name] >= often or _PAGE_NUMBER.match(line.text)}


def _body_size(lines: Iterable[Line]) -> float:
    """The type size that most characters have."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 10.0


def _paragraphs(lines: Sequence[Line], body: float, dots: Sequence[Box]) -> list[Block]:
    """One column's lines as blocks. `dots` are bullets that are drawn and not written."""
    if not lines:
        return []
    pitches = [b.top - a.top for a, b in pairwise(lines) if 0 < b.top - a.top < 3 * body]
    pitch = median(pitches) if pitches else body * 1.2
    wide = max([line.x1 for line in lines])
    groups: list[list[Line]] = [[lines[0]]]
    for number, (before, line) in enumerate(pairwise(lines)):
        if _dotted(line, dots) or _begins(before, line, pitch) or _breaks(before, line, _edge(lines, number, wide)):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [block for group in groups for block in _blocks(group, body, dotted=_dotted(group[0], dots))]


def _begins(before: Line, line: Line, pitch: float) -> bool:
    """True when white space, type or a mark says that a line begins a block of its own."""
    gap = line.top - before.top
    if line.gaps or before.gaps or gap > 1.4 * max(pitch, 1.2 * min(line.size, before.size)) or gap < 0:
        return True
    if abs(line.size - before.size) > 0.12 * max(line.size, before.size):
        return True
    return (line.bold != before.bold and not _runs_on(before, line)) or _marked(line)


def _edge(lines: Sequence[Line], number: int, wide: float) -> float:
    """Where the lines around this one wrap: at an edge that three of them share, else at the column's (`wide`)."""
    near = lines[max(0, number - 2) : number + 3]
    local = max([line.x1 for line in near])
    sharing = sum(line.x1 > local - 4 * line.size for line in near)
    return local if sharing >= 3 else wide


def _breaks(before: Line, line: Line, edge: float) -> bool:
    """True when the first word of a line would have had room on the line before: the break is meant."""
    first = line.words[0]
    room = edge - before.x1 - 0.3 * line.size - (first.x1 - first.x0)
    if room < 0.5 * line.size:
        return False
    return bool(_ENDS.search(before.text)) or room > 4 * line.size or not line.text[:1].islower()


def _dotted(line: Line, dots: Sequence[Box]) -> bool:
    """A small drawn mark stands right before the line."""
    x0, reach, top, bottom = line.x0, 2.5 * line.size, line.top, line.bottom
    for dot in dots:  # noqa: SIM110 - any() takes twice as long
        if 0 < x0 - dot.x1 < reach and top < (dot.top + dot.bottom) / 2 < bottom:
            return True
    return False


def _runs_on(before: Line, line: Line) -> bool:
    """A bold word at the end of a line, or a bold lead, is no heading."""
    return before.mixed or line.mixed or not _heading_like(before if before.bold else line)


def _heading_like(line: Line) -> bool:
    return len(line.words) <= _MOST_HEADING_WORDS and not line.text.endswith((".", ";", ","))


def _marked(line: Line) -> bool:
    """True for a line that begins with a bullet, or with a number that stands off from the text."""
    first = line.words[0]
    if len(line.words) < 2:
        return False
    away = line.words[1].x0 - first.x1 > 0.55 * line.size
    return bool(_BULLET.match(first.text)) or (away and bool(_NUMBERED.match(first.text)))


def _blocks(group: Sequence[Line], body: float, *, dotted: bool) -> list[Block]:
    """A group of lines as one block; a line whose words stand in columns is a row with its cells parted by tabs."""
    if any(line.gaps for line in group):
        return [_block([line], "table_row" if line.gaps else "paragraph", 0, line.words) for line in group]
    first = group[0]
    words = [w for line in group for w in line.words]
    written = len(words) > 1 and bool(_BULLET.match(words[0].text))
    bullet = written or dotted
    level = _heading_level(group, body)
    if level and not bullet:
        return [_block(group, "heading", level, words)]
    if bullet:
        return [_block(group, "list_item", 1 + int(first.x0 // 18), words[1:] if written else words)]
    return [_block(group, "paragraph", 0, words)]


def _heading_level(group: Sequence[Line], body: float) -> int:
    """A number that is smaller for a heading that weighs more, or 0 for no heading; made 1, 2, 3 in the end."""
    words = [w for line in group for w in line.words]
    text = " ".join(line.text for line in group)
    if len(words) > _MOST_HEADING_WORDS or len(group) > 3 or not any(c.isalpha() for c in text):
        return 0
    size = group[0].size
    bold = all(line.bold and not line.mixed for line in group)
    larger = size >= 1.12 * body
    if text.endswith((".", ";", ",")) and not _BARE_NUMBER.match(text):
        return 0
    if larger or (bold and not _LEADS_ON.search(text)) or (text.isupper() and len(text) > 6):
        return max(1, 1000 - round(size * 10) - (4 if bold else 0))
    if (
        len(group) > 1
        or len(words) < 3
        or len(words) > 12
        or not _marked(group[0])
        or not _NUMBERED.match(words[0].text)
    ):
        return 0
    return 1003 - round(size * 10) if words[1].text[:1].isupper() and not _ENDS.search(text) else 0


def _block(lines: Sequence[Line], kind: str, level: int, words: Sequence[Word]) -> Block:
    """The words as one text. Lines are joined by a space; a hyphen at the end of a line holds its word together."""
    gaps = {id(word) for line in lines for word in line.gaps}
    starts = {id(line.words[0]) for line in lines}
    text, anchors = "", []
    for word in words:
        if text:
            glued = text.endswith("-") and id(word) in starts and text[-2:-1].isalnum() and word.text[:1].islower()
            text += "\t" if gaps and id(word) in gaps else "" if glued or _raised(word) else " "
        anchors.append((len(text), word))
        text += word.text
    return Block(kind=kind, text=text, level=level, page=lines[0].words[0].page, anchors=tuple(anchors))  # type: ignore[arg-type]


def _raised(word: Word) -> bool:
    return not word.text.isascii() and all(c in "⁰¹²³⁴⁵⁶⁷⁸⁹" for c in word.text)


def _joined(blocks: list[Block], more: Sequence[Block]) -> list[Block]:
    """A paragraph that a page turn cuts in mid-sentence is one paragraph."""
    if not blocks or not more:
        return [*blocks, *more]
    last, first = blocks[-1], more[0]
    runs = last.kind in ("paragraph", "list_item") and first.kind == "paragraph" and not _ENDS.search(last.text)
    if not runs or not (first.text[:1].islower() or first.text[:1] in "(£") or len(last.text) < 40:
        return [*blocks, *more]
    offset = len(last.text) + 1
    anchors = (*last.anchors, *((at + offset, word) for at, word in first.anchors))
    whole = Block(kind=last.kind, text=f"{last.text} {first.text}", level=last.level, page=last.page, anchors=anchors)
    return [*blocks[:-1], whole, *more[1:]]


def _levels(blocks: Sequence[Block]) -> list[Block]:
    """Heading weights as 1, 2, 3 and so on, the heaviest first; list depths as 1, 2, 3."""
    weights = sorted({b.level for b in blocks if b.kind == "heading"})
    rank = {weight: min(number, 6) for number, weight in enumerate(weights, 1)}
    depths = sorted({b.level for b in blocks if b.kind == "list_item"})
    depth = {level: number for number, level in enumerate(depths, 1)}
    return [_leveled(b, rank.get(b.level, 0) if b.kind == "heading" else depth.get(b.level, 0)) for b in blocks]


def _leveled(block: Block, level: int) -> Block:
    if block.kind not in ("heading", "list_item") or block.level == level:
        return block
    return Block(kind=block.kind, text=block.text, level=level, page=block.page, anchors=block.anchors)

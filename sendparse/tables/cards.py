"""KPI cards: a box with a measure's title, its rating, and a few named figures ("Latest 97%, Target 97%, Floor 90%").

In: the ruled tables of a page. Out: those that are cards, as tables of method `card`: first row the title and the rating,
then one row for each named figure, name and figure as printed. A card is told by its names, which are those that headers
of tables use (patterns/headers.yaml): figures in a box, all of them named, under one title. A chart in the box is passed
over with its labels. Figures that stand large over a caption are found by tiles.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from sendparse.model import Box, Cell, Mark, Page, Table, Word, stable_id
from sendparse.packs import patterns_folder
from sendparse.tables.kinds import is_number
from sendparse.tables.marks import marks_in
from sendparse.tables.words import between, lines_of, sort_words

_ROLES = ("actual", "target", "floor", "limit", "forecast", "baseline", "change")
_VALUE = (
    r"(?:[<>≤≥~]|c\.?\s|circa\s)?\s*[+\-−–]?\s*£?\d[\d,]*(?:\.\d+)?(?:\s?[-–]\s?\d+(?:\.\d+)?)?"
    r"(?:\s?(?:%|pp\b|percent\b|per cent\b|bn\b|k\b|m\b|million\b|days?\b|weeks?\b|months?\b|hours?\b|per [\d,]+))?"
)
_BESIDE = r"(?:\s*\([^()]{1,40}\))?"
_MOST_OTHERS = 4  # cells of a card that name no figure: title, rating, and what stands round a chart
_LONGEST_CARD = 12  # rows and columns
_OTHER_SIGN = re.compile(r"[^a-z0-9%+#\s]")
_DATED = re.compile(r"\b(?:19|20)?\d\d(?:[/\-]\d\d(?:\d\d)?)?\b|\bq[1-4]\b|\(.*?\)")
_PAIRS_LEFT = re.compile(r"[\s,;|/&]*(?:and)?[\s,;|/&]*", re.IGNORECASE)


@dataclass(slots=True)
class NamedFigure:
    """One figure of a card: its name, the figure with what stands in brackets behind it, its place and marks."""

    name: str
    figure: str
    box: Box
    marks: tuple[Mark, ...] = ()


@dataclass(slots=True)
class Card:
    """What one card says."""

    title: str
    title_box: Box
    box: Box
    figures: list[NamedFigure]
    rating: str = ""
    rating_box: Box | None = None
    marks: tuple[Mark, ...] = ()
    heading: str = ""
    columns: int = field(default=2, init=False)


def cards_from(tables: Iterable[Table], page: Page) -> list[Table]:
    """The tables, cards among them as such."""
    words: list[Word] | None = None
    out = []
    for table in tables:
        card = None
        if _may_be_card(table):
            words = words if words is not None else sort_words(page.words)
            card = _named_in_cells(table, page, words) or _named_by_headings(table, page)
        out.append(as_table(card, page.number, table.document_id) if card else table)
    return out


def _may_be_card(table: Table) -> bool:
    filled = sum(bool(cell.text) for cell in table.cells)
    return table.rows <= _LONGEST_CARD and table.columns <= _LONGEST_CARD and 2 <= filled <= 2 * _LONGEST_CARD


@lru_cache(maxsize=1)
def _names() -> tuple[frozenset[str], re.Pattern[str]]:
    """Names of figures as headings use them, and a pattern for a named figure."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    rules = yaml.load((patterns_folder() / "headers.yaml").read_bytes(), Loader=loader) or {}
    roles = [name for role in _ROLES for name in rules.get("roles", {}).get(role, ())]
    benchmarks = [name for names in rules.get("benchmarks", {}).values() for name in names]
    names = frozenset(str(name) for name in (*roles, *benchmarks))
    spelled = sorted((re.escape(name).replace(r"\ ", r"\s+") for name in names if name[0].isalpha()), key=len)
    pattern = rf"\b(?P<name>{'|'.join(reversed(spelled))})\b(?P<of>{_BESIDE})\s*(?:[:=]|[-–]\s)?\s*(?P<figure>{_VALUE}{_BESIDE})"
    return names, re.compile(pattern, re.IGNORECASE)


def _plain(text: str) -> str:
    return " ".join(_OTHER_SIGN.sub(" ", text.casefold().replace("’", "")).split())


def is_name(text: str) -> bool:
    """Whether a text is the name of a figure: `Latest`, `Target 2024/25`, `England average`."""
    plain = _plain(_DATED.sub(" ", text.casefold()))
    return plain in _names()[0]


def _named_in_cells(table: Table, page: Page, words: list[Word]) -> Card | None:
    """A card whose cells hold names and figures together: `Latest: 97%`, `Target 97%, Floor 90%`."""
    if any(is_number(cell.text) and not any(map(str.isalpha, cell.text)) for cell in table.cells):
        return None  # a figure without a name
    named: list[NamedFigure] = []
    others: list[Cell] = []
    for cell in table.cells:
        if not cell.text:
            continue
        found = _figures_in(cell, page, words)
        if found:
            named += found
        elif is_number(cell.text):
            return None
        else:
            others.append(cell)
    if len(named) < 2 or len({_plain(figure.name) for figure in named}) < 2 or len(others) > _MOST_OTHERS:
        return None
    return _card(table, page, others, named)


def _figures_in(cell: Cell, page: Page, words: list[Word]) -> list[NamedFigure]:
    """The named figures of a cell, if it holds nothing else."""
    if cell.box is None:
        return []
    box = cell.box
    inside = [w for w in between(words, box.top, box.bottom) if box.x0 <= (w.x0 + w.x1) / 2 <= box.x1]
    return named_figures([word for line in lines_of(inside) for word in line], page) if inside else []


def named_figures(words: list[Word], page: Page) -> list[NamedFigure]:
    """The named figures that words in reading order hold, if they hold nothing else."""
    text = " ".join([word.text for word in words])
    if not (any(map(str.isdigit, text)) and any(map(str.isalpha, text))):
        return []
    named, before = _names()[1], _PAIRS_LEFT.match(text)
    if not any(named.match(text, place) for place in range(before.end() + 1 if before else 0)):
        return []  # something else stands first
    found = list(named.finditer(text))
    at = 0
    for match in found:
        if _PAIRS_LEFT.fullmatch(text[at : match.start()]) is None:
            return []
        at = match.end()
    if not found or _PAIRS_LEFT.fullmatch(text[at:].rstrip(" .*")) is None:
        return []
    out = []
    for match in found:
        members = _words_at(words, match.start("name"), match.end("figure"))
        box = _around([_box_of(word) for word in members])
        marks = marks_in(box, page, _words_at(words, match.start("figure"), match.end("figure")))
        rated = tuple(mark for mark in marks if mark.read_from != "fill")
        name = " ".join((match["name"] + match["of"]).split())
        out.append(NamedFigure(name, match["figure"].strip(), box, rated))
    return out


def _words_at(words: list[Word], start: int, end: int) -> list[Word]:
    """The words that lie between two offsets of their joined text."""
    out, at = [], 0
    for word in words:
        if at < end and at + len(word.text) > start:
            out.append(word)
        at += len(word.text) + 1
    return out


def _named_by_headings(table: Table, page: Page) -> Card | None:
    """A card whose names stand over the figures, or before them: no labels besides."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.text:
            rows.setdefault(cell.row, []).append(cell)
    lines = [sorted(row, key=lambda cell: cell.column) for _, row in sorted(rows.items())]
    head = [row for row in lines if not any(is_name(cell.text) for cell in row)]
    names = [row for row in lines if all(is_name(cell.text) for cell in row)]
    if len(names) == 1 and len(lines) >= 2 and len(names[0]) >= 2 and lines[-2] is names[0]:
        below = {cell.column: cell for cell in lines[-1]}
        pairs = [(cell, below[cell.column]) for cell in names[0] if cell.column in below]
        head = lines[: len(lines) - 2]
        if len(pairs) != len(lines[-1]):
            return None
    elif len(lines) - len(head) >= 2 and all(len(row) == 2 and is_name(row[0].text) for row in lines[len(head) :]):
        pairs = [(row[0], row[1]) for row in lines[len(head) :]]
    else:
        return None
    if len(pairs) < 2 or not all(is_number(figure.text) for _, figure in pairs) or len(head) > 1:
        return None
    others = [cell for row in head for cell in row]
    if not others and not table.title:
        return None
    named = [_named(name, figure, page) for name, figure in pairs]
    return _card(table, page, others, named)


def _named(name: Cell, figure: Cell, page: Page) -> NamedFigure:
    box = figure.box or name.box or Box(x0=0, top=0, x1=0, bottom=0)
    marks = tuple(mark for mark in marks_in(box, page) if mark.value)
    return NamedFigure(" ".join(name.text.split()), " ".join(figure.text.split()), box, marks)


def _card(table: Table, page: Page, others: list[Cell], named: list[NamedFigure]) -> Card | None:
    """Put together: the title is the first text that is no rating; marks stand in the cell that has them."""
    box = table.box
    if box is None:
        return None
    title: Cell | None = None
    rating: Cell | None = None
    marks: tuple[Mark, ...] = ()
    for cell in sorted(others, key=lambda c: (c.row, c.column)):
        found = tuple(m for m in marks_in(cell.box, page) if m.value) if cell.box else ()
        rates = any(m.kind == "rag" and m.read_from in ("word", "letter") for m in found)
        if rates or (found and len(cell.text) < 4):
            rating, marks = rating or cell, marks or found
        elif title is None and len(cell.text.split()) > 1:
            title = cell
    if not marks:
        marks = _marks_without_words(table, page)
    text = title.text if title else table.title
    if not text or not any(letter.isalpha() for letter in text):
        return None
    return Card(
        title=text,
        title_box=(title.box if title else None) or box,
        box=box,
        figures=named,
        rating=rating.text if rating else "",
        rating_box=rating.box if rating else None,
        marks=marks,
        heading=table.title,
    )


def _marks_without_words(table: Table, page: Page) -> tuple[Mark, ...]:
    """Of a rating cell that is only a colour, or only an arrow: the first row's last cell."""
    empty = [c for c in table.cells if c.row == 0 and not c.text and c.box is not None]
    for cell in reversed(empty):
        found = tuple(m for m in marks_in(cell.box, page, []) if m.value) if cell.box else ()
        if found:
            return found
    return ()


def as_table(card: Card, page: int, document_id: str = "") -> Table:
    """A card as a table of two columns: title and rating, then name and figure."""
    cells = [Cell(row=0, column=0, text=card.title, page=page, box=card.title_box)]
    if card.rating or card.marks:
        box = card.rating_box or (card.marks[0].box if card.marks else None)
        cells.append(Cell(row=0, column=1, text=card.rating, page=page, box=box, marks=card.marks))
    for row, figure in enumerate(card.figures, start=1):
        if figure.name:
            cells.append(Cell(row=row, column=0, text=figure.name, page=page, box=figure.box))
        cells.append(Cell(row=row, column=1, text=figure.figure, page=page, box=figure.box, marks=figure.marks))
    box = card.box
    return Table(
        table_id=stable_id(document_id, page, "card", round(box.x0), round(box.top), round(box.x1), round(box.bottom)),
        document_id=document_id,
        cells=tuple(replace(cell) for cell in cells),
        rows=len(card.figures) + 1,
        columns=card.columns,
        method="card",
        page=page,
        box=box,
        title=card.heading,
    )


def _box_of(word: Word) -> Box:
    return Box(x0=word.x0, top=word.top, x1=word.x1, bottom=word.bottom)


def _around(boxes: list[Box]) -> Box:
    return Box(
        x0=min(b.x0 for b in boxes),
        top=min(b.top for b in boxes),
        x1=max(b.x1 for b in boxes),
        bottom=max(b.bottom for b in boxes),
    )

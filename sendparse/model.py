"""The records that pass between the stages, with their units. Imports only how records are made.

Edges are PDF points: x grows right, y grows down from the top left of the page as a reader sees it (rotation applied).
Pages count from 1. Character offsets count in the paper's text from 0, end exclusive. Dates are days.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Literal

from sendparse.records import quick

Colour = tuple[float, float, float]
"""Red, green, blue, each 0 to 1."""

Format = Literal["pdf", "html", "docx", "txt"]
TextLayer = Literal["born_digital", "ocr", "none"]
BlockKind = Literal["heading", "paragraph", "list_item", "table_row"]
TableMethod = Literal["known", "ruled", "borderless", "card"]
Trend = Literal["", "up", "down", "flat"]
Rag = Literal["", "red", "amber", "green", "blue", "grey"]


def stable_id(*parts: object) -> str:
    """Sixteen hex digits that depend on the parts and on nothing else (no clock, no order of papers)."""
    text = "\x1f".join(["" if part is None else str(part) for part in parts])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle on a page, in points from the top left."""

    x0: float
    top: float
    x1: float
    bottom: float


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One printed word: characters that touch, in reading direction."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    page: int
    size: float = 0.0  # font size in points, as it appears on the page
    bold: bool = False
    upright: bool = True  # False: the text runs up or down the page
    down: bool = False  # of text that is not upright: it runs down
    hidden: bool = False  # white on white, invisible render mode, or clipped away: never read as a figure
    font: str = ""
    colour: Colour = (0.0, 0.0, 0.0)
    score: float = 1.0  # how sure it is what it says: below 1 where it was read from a picture


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A straight line that is drawn, or the edge of a drawn rectangle: horizontal or vertical."""

    x0: float
    top: float
    x1: float
    bottom: float
    width: float = 0.0
    colour: Colour = (0.0, 0.0, 0.0)
    from_rectangle: bool = False


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """A rectangle painted in one colour, behind text or by itself."""

    box: Box
    colour: Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A small painted path that is no rectangle: an arrow, a triangle, a dot. Points in page coordinates."""

    box: Box
    points: tuple[tuple[float, float], ...]
    colour: Colour
    filled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A place where a bitmap is drawn; of a small one also what it shows."""

    box: Box
    ink: tuple[str, ...] = ()  # rows of a few dots, `#` where there is ink
    colour: Colour | None = None  # of the ink


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """How the picture of a page was turned for reading: quarter turns, then the slant taken out about the middle.

    `width` and `height` are those of the page as its file shows it. What is read is placed on the page made upright.
    """

    quarter: int  # anticlockwise
    slant: float  # degrees by which lines fell to the right
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a PDF as a reader sees it."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    fills: tuple[Fill, ...] = ()
    shapes: tuple[Shape, ...] = ()
    pictures: tuple[Picture, ...] = ()
    rotation: int = 0  # degrees, already applied
    text_layer: TextLayer = "born_digital"
    turn: Turn | None = None  # where it was read with OCR


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One heading, paragraph, list item or row of a flattened table, in reading order.

    Text, HTML and DOCX give `start`, the offset of `text` in `Document.text`. A PDF gives `page` and `anchors`: the
    offset in `text` at which each word begins, with the word.
    """

    kind: BlockKind
    text: str
    level: int = 0  # of a heading: 1 is the highest; of a list item: how deep, from 1
    start: int | None = None
    page: int | None = None
    anchors: tuple[tuple[int, Word], ...] = ()


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An arrow or a RAG rating found in a cell, and what it was read from."""

    kind: Literal["trend", "rag"]
    value: str  # up, down, flat; red, amber, green, blue, grey
    read_from: Literal["glyph", "symbol_font", "curve", "picture", "word", "letter", "fill", "shape"]
    box: Box | None = None


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table: its place in the grid, what it spans, its text as printed (lines joined by a newline)."""

    row: int
    column: int
    text: str = ""
    row_span: int = 1
    column_span: int = 1
    page: int | None = None
    box: Box | None = None
    fill: Colour | None = None
    header: bool = False  # the paper itself says so (HTML th, DOCX header row)
    bold: bool = False
    start: int | None = None  # offset of `text` in Document.text, for formats that have one
    marks: tuple[Mark, ...] = ()


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table as found, before anyone interprets it. Rows and columns count from 0; spanned places hold no cell."""

    table_id: str
    document_id: str
    cells: tuple[Cell, ...]
    rows: int
    columns: int
    method: TableMethod
    page: int | None = None  # where it begins
    box: Box | None = None
    title: str = ""  # caption or the heading line right above it
    continues: str = ""  # table_id of the table it runs on from
    headings: tuple[str, ...] = ()  # heading path it stands under
    flags: tuple[str, ...] = ()
    inherited: tuple[tuple[str, ...], ...] = ()  # heading rows of the table it runs on from, one text a column
    above: tuple[str, ...] = ()  # section and row labels in force where it begins, outermost first

    def grid(self) -> list[list[str]]:
        """Texts as a full rectangle; a spanned place repeats nothing (empty string)."""
        out = [[""] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            out[cell.row][cell.column] = cell.text
        return out


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that could not be read or understood, and where."""

    document_id: str
    code: str
    message: str
    page: int | None = None
    box: Box | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One paper, as read. `content` is kept for readers that want the bytes again; it takes no part in equality."""

    document_id: str  # SHA-256 of the file
    file: str  # name as given, relative to the input folder, with forward slashes
    format: Format
    pages: tuple[Page, ...] = ()
    text: str = ""  # the paper's whole text, for text, HTML and DOCX; empty for PDF
    blocks: tuple[Block, ...] = ()  # known paragraphs, for text, HTML and DOCX
    tables: tuple[Table, ...] = ()  # known tables, for HTML and DOCX
    title: str = ""  # as the file's metadata states it
    producer: str = ""
    url: str = ""
    text_layer: TextLayer = "born_digital"
    problems: tuple[Problem, ...] = ()
    content: bytes = field(default=b"", repr=False, compare=False)
    around: str = ""  # lines of a web page's header and footer: they may say whose page it is, never a figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Who published a paper, for which meeting, when. Empty where the paper does not say."""

    council_code: str = ""  # current ONS GSS code
    council: str = ""  # DfE name
    la_code: str = ""  # three-digit DfE code
    region: str = ""
    committee: str = ""
    meeting_date: date | None = None
    published_date: date | None = None
    title: str = ""
    data_date: date | None = None  # last day the paper's newest data covers, where stated; anchors "last 12 months"


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence with what a reader knows when reaching it."""

    text: str
    kind: BlockKind = "paragraph"
    start: int | None = None  # offset in Document.text
    page: int | None = None
    anchors: tuple[tuple[int, Word], ...] = ()  # offsets in `text`
    headings: tuple[str, ...] = ()  # heading path, outermost first
    lead: str = ""  # the sentence that leads the list this item stands in, or the question this answers
    block: int = 0  # number of the block in reading order
    place: int = 0  # number of the sentence in its block


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A figure as printed. `start` and `end` are offsets of `text` in the piece that was read."""

    value: float
    unit: str
    text: str
    value_high: float | None = None
    decimals: int = 0
    qualifier: str = ""
    numerator: float | None = None
    denominator: float | None = None
    start: int = 0
    end: int = 0
    flags: tuple[str, ...] = ()


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of time as stated. Either end may be open; both empty means stated but not resolvable."""

    label: str
    start: date | None = None
    end: date | None = None
    basis: str = ""
    inferred: bool = False
    text_start: int = 0  # offsets of the label in the piece that was read
    text_end: int = 0


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class KpiMatch:
    """Words that name a measure: the id, the words, the breakdown they carry and how sure the match is (0 to 1)."""

    kpi: str
    label: str
    unit: str
    breakdown: tuple[tuple[str, str], ...] = ()  # sorted pairs
    score: float = 1.0
    start: int = 0
    end: int = 0
    pattern: str = ""  # the wording that matched, for `explain`


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One figure that a paper states. The columns of the `observations` file, in their order."""

    observation_id: str
    council_code: str = ""
    council: str = ""
    la_code: str = ""
    area_type: str = ""
    area: str = ""
    kpi: str = ""
    kpi_label: str = ""
    breakdown: str = ""
    value: float | None = None
    value_high: float | None = None
    value_text: str = ""
    decimals: int = 0
    unit: str = ""
    qualifier: str = ""
    numerator: float | None = None
    denominator: float | None = None
    period_label: str = ""
    period_start: date | None = None
    period_end: date | None = None
    period_basis: str = ""
    role: str = "actual"
    benchmark: str = ""
    trend: str = ""
    rag: str = ""
    source: str = ""
    document_id: str = ""
    file: str = ""
    page: int | None = None
    x0: float | None = None
    top: float | None = None
    x1: float | None = None
    bottom: float | None = None
    char_start: int | None = None
    char_end: int | None = None
    table_id: str = ""
    row: int | None = None
    column: int | None = None
    evidence: str = ""
    confidence: float = 1.0
    flags: str = ""


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One verdict on one claim, with its evidence. The columns of the `checks` file."""

    check_id: str
    observation_id: str
    document_id: str
    kind: str
    verdict: str
    expected: str = ""
    found: str = ""
    evidence_ids: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Everything that one paper gave."""

    document: Document
    facts: Facts
    tables: tuple[Table, ...] = ()
    observations: tuple[Observation, ...] = ()
    checks: tuple[Check, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __iter__(self) -> Iterator[Observation]:
        return iter(self.observations)


def as_row(record: object) -> dict[str, object]:
    """A flat record as a mapping of column to value, in declared order."""
    return {f.name: getattr(record, f.name) for f in fields(record)}  # type: ignore[arg-type]


def breakdown_text(pairs: Mapping[str, str] | tuple[tuple[str, str], ...]) -> str:
    """`key=value` pairs, sorted, with `;` between: the form of the `breakdown` column."""
    items = sorted(dict(pairs).items())
    return ";".join(f"{key}={value}" for key, value in items)

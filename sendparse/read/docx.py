"""A Word file (DOCX) becomes a Document: its text with headings, paragraphs, list items and tables with their merged cells.

In: the bytes. Out: a Document of format `docx`. Text that was inserted under tracked changes counts, deleted and hidden text
does not. Text boxes follow the paragraph they hang on; footnotes stand at the end. Charts and large pictures are not read and
become problems.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sendparse.model import Colour, Document, Problem
from sendparse.read.docx_parts import Element, Parts, Style, attribute, child, is_on, local, outline_level, read_parts
from sendparse.read.flow import BOLD_HEADING, Flow, GivenCell, GivenTable, clean, looks_like_heading
from sendparse.read.raised import raised

_GONE = frozenset(
    {"del", "moveFrom", "delText", "instrText", "delInstrText", "rt", "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr"}
)
_NOT_SAID = ("vanish", "strike", "dstrike")  # hidden, or struck out by its writer
_HOLDERS = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"})
_SIGNS = {"tab": " ", "ptab": " ", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "br": "\n"}
_BIG_PICTURE = 5_000_000 * 2_500_000  # square EMU; 360,000 EMU are a centimetre: about 14 by 7 cm


def read_docx(data: bytes, *, document_id: str, file: str) -> Document:
    """The paper in `data`. Raises UnreadablePaper (`damaged`, `too_large`, `encrypted`)."""
    parts = read_parts(data, file)
    walker = _Walker(parts, Flow(document_id))
    walker.story(parts.body)
    walker.footnotes()
    flow = walker.flow
    if not flow.text:
        walker.problem("no_text_layer", "the file has no text that can be read", "")
    return Document(
        document_id=document_id,
        file=file,
        format="docx",
        text=flow.text,
        blocks=tuple(flow.blocks),
        tables=tuple(flow.tables),
        title=parts.title,
        producer=parts.producer,
        text_layer="born_digital" if flow.text else "none",
        problems=tuple(walker.problems),
    )


@dataclass(slots=True)
class _Line:
    """The text of one paragraph while it is gathered."""

    pieces: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)  # text boxes that hang on it

    def lines(self) -> list[str]:
        """The paragraph's text, parted where a forced break begins a new statement."""
        out: list[str] = []
        for part in "".join(self.pieces).split("\n"):
            text = clean(part)
            if out and text and text[0].islower() and out[-1][-1] not in ".:;?!":
                out[-1] = f"{out[-1]} {text}"
            elif text:
                out.append(text)
        return out


class _Walker:
    """Goes through the parts of a Word file in reading order."""

    def __init__(self, parts: Parts, flow: Flow) -> None:
        self.parts = parts
        self.flow = flow
        self.problems: list[Problem] = []
        self.notes: list[str] = []

    def problem(self, code: str, message: str, quote: str) -> None:
        """Keep what could not be read."""
        self.problems.append(Problem(document_id=self.flow.document_id, code=code, message=message, quote=quote))

    def story(self, holder: Element) -> None:
        """Paragraphs and tables of a body, a cell, a text box or a note."""
        for element in _content(holder):
            if local(element) == "p":
                self._paragraph(element)
            elif local(element) == "tbl":
                self._table(element)

    def footnotes(self) -> None:
        """The notes that the text refers to, in that order, each begun with its number."""
        for number, key in enumerate(list(self.notes), start=1):
            note = self.parts.footnotes.get(key)
            if note is None:
                continue
            line = _Line()
            for paragraph in _content(note):
                self._gather(paragraph, line, False)
                line.pieces.append(" ")
            self.flow.add("paragraph", clean(raised("", str(number)) + " " + " ".join(line.lines())))

    def _paragraph(self, element: Element) -> None:
        properties = child(element, "pPr")
        style = self._style(properties)
        line = _Line()
        self._gather(element, line, style.bold)
        if not style.is_contents:
            self._blocks(line, properties, style)
        for box in line.boxes:
            self.story(box)

    def _style(self, properties: Element | None) -> Style:
        named = child(properties, "pStyle")
        return self.parts.styles.get(attribute(named, "val"), Style()) if named is not None else Style()

    def _blocks(self, line: _Line, properties: Element | None, style: Style) -> None:
        bold = bool(line.bold) and all(line.bold)
        heading = outline_level(properties) or style.heading
        depth = 0 if heading else self._list_depth(properties, style)
        for text in line.lines():
            if heading:
                self.flow.add("heading", text, heading)
            elif depth:
                self.flow.add("list_item", text, depth)
            elif looks_like_heading(text, bold=bold):
                self.flow.add("heading", text, BOLD_HEADING)
            else:
                self.flow.add("paragraph", text)

    def _list_depth(self, properties: Element | None, style: Style) -> int:
        """How deep in a list a paragraph stands, from 1; 0 where it stands in none."""
        stated = child(properties, "numPr", "numId")
        number = attribute(stated, "val") if stated is not None else style.number
        named = child(properties, "numPr", "ilvl")
        value = attribute(named, "val") if named is not None else ""
        level = int(value) if value.isdecimal() and len(value) < 4 else style.number_level
        if number:  # "0" takes away what the style brings
            return level + 1 if (number, level) in self.parts.lists else 0
        return 1 if style.name.startswith(("list bullet", "list number")) else 0

    def _gather(self, element: Element, line: _Line, bold: bool) -> None:
        """The text below an element. Of alternatives for old and new programs, the first is taken."""
        for part in element:
            name = local(part)
            if name in _GONE:
                continue
            if name == "AlternateContent":
                choice = child(part, "Choice")
                chosen = choice if choice is not None else child(part, "Fallback")
                if chosen is not None:
                    self._gather(chosen, line, bold)
            elif name == "txbxContent":
                line.boxes.append(part)
            elif name == "r":
                self._run(part, line, bold)
            else:
                self._leaf(part, name, line)
                if name not in ("t", "tbl"):
                    self._gather(part, line, bold)

    def _run(self, run: Element, line: _Line, bold: bool) -> None:
        properties = child(run, "rPr")
        if any(is_on(child(properties, name)) for name in _NOT_SAID):
            return
        stated = child(properties, "b")
        is_bold = is_on(stated) if stated is not None else bold
        inner = _Line(boxes=line.boxes)
        self._gather(run, inner, is_bold)
        text = "".join(inner.pieces)
        height = child(properties, "vertAlign")
        if height is not None and attribute(height, "val") == "superscript":
            text = raised("".join(line.pieces[-3:]), text)
        line.pieces.append(text)
        if text.strip():
            line.bold.append(is_bold)

    def _leaf(self, element: Element, name: str, line: _Line) -> None:
        if name == "t":
            line.pieces.append(element.text or "")
        elif name in _SIGNS:
            line.pieces.append(_SIGNS[name])
        elif name == "sym":
            code = attribute(element, "char")
            line.pieces.append(chr(int(code, 16)) if 0 < len(code) <= 4 else "\ufffd")
        elif name in ("footnoteReference", "endnoteReference"):
            self.notes.append(name.removesuffix("Reference") + attribute(element, "id"))
            line.pieces.append(" " + raised("", str(len(self.notes))))
        elif name in ("inline", "anchor"):
            self._picture(element)

    def _picture(self, element: Element) -> None:
        """A chart, or a picture large enough to hold figures."""
        extent, described = child(element, "extent"), child(element, "docPr")
        data = child(element, "graphic", "graphicData")
        kind = attribute(data, "uri").rpartition("/")[2] if data is not None else ""
        quote = attribute(described, "descr") if described is not None else ""
        wide, high = (attribute(extent, side) if extent is not None else "" for side in ("cx", "cy"))
        size = int(wide) * int(high) if wide.isdecimal() and high.isdecimal() else 0
        if kind in ("chart", "chartex"):
            self.problem("picture_not_read", "a chart is not read: its figures are not in the text", clean(quote))
        elif kind == "picture" and size >= _BIG_PICTURE:
            self.problem("picture_not_read", "a large picture is not read: figures in it are missing", clean(quote))

    def _table(self, table: Element) -> None:
        rows = [row for row in _content(table) if local(row) == "tr" and child(row, "trPr", "del") is None]
        cells = [[cell for cell in _content(row) if local(cell) == "tc"] for row in rows]
        widest = max((len(row) for row in cells), default=0)
        holds_table = any(local(inner) == "tbl" for row in cells for cell in row for inner in _content(cell))
        if holds_table or widest < 2 or len(cells) < 2:
            for row in cells:
                for cell in row:
                    self.story(cell)
            return
        self.flow.add_table(GivenTable(rows=self._rows(rows, cells)))

    def _rows(self, rows: list[Element], cells: list[list[Element]]) -> list[list[GivenCell]]:
        reaching: dict[int, GivenCell] = {}  # by column: the cell that may be merged downwards
        out = []
        for row, row_cells in zip(rows, cells, strict=True):
            header = is_on(child(row, "trPr", "tblHeader"))
            before = child(row, "trPr", "gridBefore")
            column = _number(before)
            given = [GivenCell(column_span=column)] if column else []
            for cell in row_cells:
                span = max(1, _number(child(cell, "tcPr", "gridSpan")))
                merge = child(cell, "tcPr", "vMerge")
                above = reaching.get(column)
                if merge is not None and attribute(merge, "val") != "restart" and above is not None:
                    above.row_span += 1
                else:
                    made = self._cell(cell, span, header)
                    given.append(made)
                    reaching.pop(column, None)
                    if merge is not None:
                        reaching[column] = made
                column += span
            out.append(given)
        return out

    def _cell(self, cell: Element, span: int, header: bool) -> GivenCell:
        inner = _Walker(self.parts, Flow(""))
        inner.notes = self.notes
        inner.problems = self.problems
        inner.story(cell)
        runs = [run for run in cell.iter("{*}r") if any(leaf.text for leaf in run.iterchildren("{*}t"))]
        return GivenCell(
            text="\n".join(block.text for block in inner.flow.blocks),
            column_span=span,
            header=header,
            bold=bool(runs) and all(is_on(child(run, "rPr", "b")) for run in runs),
            fill=_fill(cell),
        )


def _content(holder: Element) -> Iterator[Element]:
    """What stands in a holder, with what only wraps it taken off."""
    for element in holder:
        name = local(element)
        if name in _HOLDERS:
            yield from _content(element)
        elif name == "AlternateContent":
            choice = child(element, "Choice")
            yield from _content(choice if choice is not None else element)
        elif name not in _GONE:
            yield element


def _number(element: Element | None) -> int:
    value = attribute(element, "val") if element is not None else ""
    return int(value) if value.isdecimal() and len(value) < 5 else 0


def _fill(cell: Element) -> Colour | None:
    """The colour a cell is shaded in; nothing where it is not or where Word chooses."""
    shading = child(cell, "tcPr", "shd")
    value = attribute(shading, "fill") if shading is not None else ""
    try:
        red, green, blue = bytes.fromhex(value)
    except ValueError:
        return None
    return (red / 255, green / 255, blue / 255)

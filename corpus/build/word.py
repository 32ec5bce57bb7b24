"""Word documents as council officers make them: front-sheet tables, merged headings, shaded cells, symbol arrows."""

from __future__ import annotations

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

WINGDINGS = {"up": "F0E9", "down": "F0EA", "flat": "F0E8"}


def new_document(*, landscape: bool = False, font: str = "Liberation Sans", size: float = 11):
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = font, Pt(size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    for name in ("Heading 1", "Heading 2", "Heading 3", "Title"):
        document.styles[name].font.name = font
        document.styles[name].element.rPr.rFonts.set(qn("w:asciiTheme"), font)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            document.styles[name].element.rPr.rFonts.attrib.pop(qn(theme), None)
        document.styles[name].font.color.rgb = RGBColor(0x1D, 0x2F, 0x4E)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    if landscape:
        turn(section)
    section.left_margin = section.right_margin = Cm(2.0)
    section.top_margin = section.bottom_margin = Cm(1.8)
    return document


def turn(section) -> None:
    """Landscape from here on."""
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)


def shade(cell, colour: str) -> None:
    mark = OxmlElement("w:shd")
    mark.set(qn("w:val"), "clear")
    mark.set(qn("w:color"), "auto")
    mark.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(mark)


def write(cell, text: str, *, size: float = 9, bold: bool = False, colour: str = "", align: int | None = None) -> None:
    """Put text into a cell; a line break in the text is a new line in the same paragraph."""
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if align is not None:
        paragraph.alignment = align
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)


def symbol(cell, direction: str, *, size: float = 9) -> None:
    """An arrow of the Wingdings font, as Word's Insert Symbol makes it."""
    run = cell.paragraphs[0].add_run()
    cell.paragraphs[0].alignment = 1
    cell.paragraphs[0].paragraph_format.space_after = Pt(0)
    run.font.size = Pt(size)
    mark = OxmlElement("w:sym")
    mark.set(qn("w:font"), "Wingdings")
    mark.set(qn("w:char"), WINGDINGS[direction])
    run._r.append(mark)


def heading_rows(table, count: int) -> None:
    """Say that the first rows are headings and come again on each page."""
    for row in table.rows[:count]:
        mark = OxmlElement("w:tblHeader")
        mark.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(mark)


def keep_rows_whole(table) -> None:
    for row in table.rows:
        mark = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(mark)


def widths(table, centimetres: list[float]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, centimetres, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell in row._tr.tc_lst:
            start, span = cell.grid_offset, cell.grid_span
            cell.width = Cm(sum(centimetres[start : start + span]))

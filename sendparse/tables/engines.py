"""Other finders behind the same door: pdfplumber's and camelot's, for a second opinion on a paper.

In: a PDF document and the name of an engine. Out: its tables, in our own form, with the words that we read. sendparse's own
finder reads more tables and reads them faster (tests/benchmarks/tables.py); a reader who doubts a table, or who knows that
a paper suits one of these, can ask for it. Each is imported only when it is asked for.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

from sendparse.errors import InputError
from sendparse.model import Document, Page, Table
from sendparse.tables.grid import square_off, to_table
from sendparse.tables.lattice import Rect
from sendparse.tables.words import sort_words

Grids = Iterator[tuple[int, list[Rect]]]
"""Page number and the cells of one table on it, as rectangles in page coordinates."""


def find_tables_with(engine: str, document: Document) -> list[Table]:
    """The tables of a PDF as another finder sees them.

    Arguments: `engine`, one of ENGINES; a document, whose `content` holds the file. Formats that bring their own tables
    (HTML, DOCX) give those. Raises InputError when there is no such engine.
    """
    if engine not in ENGINES:
        raise InputError("--engine", f"there is no engine '{engine}'", f"use one of {', '.join(ENGINES)}")
    if not document.pages:
        return list(document.tables)
    pages = {page.number: page for page in document.pages}
    found = [_table(pages[number], rects, document) for number, rects in ENGINES[engine](document) if rects]
    return sorted(found, key=lambda t: (t.page or 0, round(t.box.top) if t.box else 0, t.box.x0 if t.box else 0.0))


def _table(page: Page, rects: list[Rect], document: Document) -> Table:
    cells = square_off(rects, sort_words(page.words), page.fills)
    return to_table(cells, page=page.number, document_id=document.document_id, method="ruled")


def _pdfplumber(document: Document) -> Grids:
    """pdfplumber's finder with its default settings: lines that are drawn."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(document.content)) as pdf:
        for page in pdf.pages:
            for table in page.find_tables():
                yield page.page_number, [_rect(*cell) for cell in table.cells]
            page.close()


def _camelot(document: Document) -> Grids:
    """camelot's hybrid flavour: ruled tables and, where none is drawn, aligned text."""
    from camelot.io import read_pdf

    heights = {page.number: page.height for page in document.pages}
    for table in read_pdf(document.content, pages="all", flavor="hybrid", suppress_stdout=True):
        height = heights[table.page]
        edges = {_rect(c.x1, height - c.y2, c.x2, height - c.y1) for row in table.cells for c in row}
        yield table.page, sorted(edge for edge in edges if edge[0] < edge[2] and edge[1] < edge[3])


def _rect(x0: float, top: float, x1: float, bottom: float) -> Rect:
    return (round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))


ENGINES: dict[str, Callable[[Document], Grids]] = {"pdfplumber": _pdfplumber, "camelot": _camelot}

"""Finding the tables of a paper.

In: a document. Out: its tables in reading order, each cell kept, and problems. A PDF's pages go to the finders: boxed KPI
cards, ruled tables, running text between rules, then figures that stand in columns outside any table. HTML and DOCX papers
bring their tables along. A table that runs on over a page keeps its parts as printed, each pointing to the part before it
(`continues`), with the headings it inherits. What the cells mean is the work of tag/table.py.
"""

from __future__ import annotations

from dataclasses import replace

from sendparse.model import Box, Document, Page, Problem, Table
from sendparse.tables.banded import find_banded
from sendparse.tables.borderless import find_borderless
from sendparse.tables.cards import cards_from
from sendparse.tables.drawn import with_drawings
from sendparse.tables.joins import join_over_pages
from sendparse.tables.marking import mark_tables
from sendparse.tables.prose import prose_cells
from sendparse.tables.ruled import find_ruled, title_above
from sendparse.tables.sections import Sections
from sendparse.tables.sideways import sideways
from sendparse.tables.signs import find_signs
from sendparse.tables.tiles import but_grids_of_tiles, find_cards
from sendparse.tables.turned import with_carried_title
from sendparse.tables.web_tiles import with_tiles
from sendparse.tables.words import sort_words

__all__ = ["find_tables", "prose_cells"]

_MOST_TILES = 6  # a page with so many is an infographic: what else is set in columns there is captions


def find_tables(document: Document) -> tuple[list[Table], list[Problem]]:
    """All tables of a paper, in reading order, with the pages that could not be searched as problems."""
    if not document.pages:
        return with_tiles(document.tables), []
    tables: list[Table] = []
    problems: list[Problem] = []
    sections = Sections()
    before: tuple[Page | None, list[Table]] = (None, [])
    for page in document.pages:
        try:
            found = with_carried_title(tables_on(page, document.document_id), page, *before)
            tables += sections.place(page, found)
            before = (page, found)
        except (ValueError, ArithmeticError, LookupError) as error:
            problems.append(_problem(document, page, error))
    return join_over_pages(tables, document), problems


def tables_on(page: Page, document_id: str = "") -> list[Table]:
    """The tables of one page, from the top down."""
    turn = sideways(page)
    if turn is not None:
        return [turn.back(table) for table in tables_on(turn.turned(), document_id)]
    found = but_grids_of_tiles(cards_from(find_ruled(page, document_id), page), page)
    tiles = find_cards(page, _boxes(found), document_id)
    found += tiles
    if len(tiles) < _MOST_TILES:
        found += find_banded(page, _boxes(found), document_id)
        found += [with_drawings(table, page) for table in find_borderless(page, _boxes(found), document_id)]
        found += find_signs(page, _boxes(found), document_id) if page.shapes or page.pictures else []
    return mark_tables(sorted(_titled(found, page), key=_place), page)


def _titled(tables: list[Table], page: Page) -> list[Table]:
    bare = [table for table in tables if not table.title and table.box is not None and table.method != "card"]
    if not bare:
        return tables
    words, boxes = sort_words(page.words), _boxes(tables)
    return [
        table
        if table.title or table.box is None or table.method == "card"
        else replace(table, title=title_above(table.box, words, boxes))
        for table in tables
    ]


def _boxes(tables: list[Table]) -> list[Box]:
    return [table.box for table in tables if table.box is not None]


def _place(table: Table) -> tuple[float, float]:
    return (round(table.box.top), table.box.x0) if table.box else (0, 0)


def _problem(document: Document, page: Page, error: Exception) -> Problem:
    return Problem(
        document_id=document.document_id,
        code="tables_not_read",
        message=f"The tables of this page could not be read ({type(error).__name__}: {error})",
        page=page.number,
    )

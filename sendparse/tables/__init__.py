"""Finding the tables of a paper.

In: a document. Out: its tables in reading order, each cell kept, and problems. A PDF's pages go to the finders: ruled
tables first, then boxed KPI cards, then figures that stand in columns outside any table. HTML and DOCX papers bring their
tables along. A table that runs on over a page keeps its parts as printed, each pointing to the part before it
(`continues`), with the headings it inherits. What the cells mean is the work of tag/table.py.
"""

from __future__ import annotations

from dataclasses import replace

from sendparse.model import Box, Document, Page, Problem, Table
from sendparse.tables.ruled import find_ruled

__all__ = ["find_tables"]


def find_tables(document: Document) -> tuple[list[Table], list[Problem]]:
    """All tables of a paper, in reading order, with the pages that could not be searched as problems."""
    tables: list[Table] = [*document.tables]
    problems: list[Problem] = []
    for page in document.pages:
        try:
            tables += _on_page(page, document.document_id)
        except (ValueError, ArithmeticError, LookupError) as error:
            problems.append(_problem(document, page, error))
    return tables, problems


def _on_page(page: Page, document_id: str) -> list[Table]:
    found = find_ruled(page, document_id)
    found = [replace(table, document_id=document_id) for table in found]
    return sorted(found, key=_place)


def _place(table: Table) -> tuple[float, float]:
    box = table.box or Box(x0=0, top=0, x1=0, bottom=0)
    return (round(box.top), box.x0)


def _problem(document: Document, page: Page, error: Exception) -> Problem:
    return Problem(
        document_id=document.document_id,
        code="tables_not_read",
        message=f"The tables of this page could not be read ({type(error).__name__}: {error})",
        page=page.number,
    )

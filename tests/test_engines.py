"""Second opinions: the same table through pdfplumber and camelot, in our own form."""

from __future__ import annotations

from pathlib import Path

import pytest

from sendparse.errors import InputError
from sendparse.read import read_document
from sendparse.tables import find_tables
from sendparse.tables.engines import ENGINES, find_tables_with


def cells(tables) -> set[str]:
    return {" ".join(cell.text.split()) for table in tables for cell in table.cells if cell.text.strip()}


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_a_ruled_table_is_the_same_table(corpus: Path, engine: str) -> None:
    document = read_document(next(corpus.glob("01-*/*.pdf")))
    own = cells(find_tables(document)[0])
    theirs = cells(find_tables_with(engine, document))
    assert len(own & theirs) > 0.9 * len(own)


def test_papers_without_pages_bring_their_tables(corpus: Path) -> None:
    document = read_document(next(corpus.glob("04-*/*.docx")))
    assert find_tables_with("camelot", document) == list(document.tables)


def test_an_unknown_engine_is_refused_by_name(corpus: Path) -> None:
    with pytest.raises(InputError, match="tabular"):
        find_tables_with("tabular", read_document(next(corpus.glob("01-*/*.pdf"))))

"""Sentences in table cells."""

from __future__ import annotations

from tabling import table_of

from sendparse.model import Box, Cell, Table
from sendparse.tables.prose import prose_cells

SENTENCE = "Timeliness rose from 26% to 34% over the last twelve months."


def test_a_sentence_with_figures_is_offered_as_prose() -> None:
    (block,) = prose_cells(table_of([["Executive summary", SENTENCE], ["Wards", "All"]]))
    assert (block.kind, block.text) == ("paragraph", SENTENCE)


def test_a_row_label_is_no_prose() -> None:
    label = "% of EHCP young people aged 16 to 25 who are not in education or employment"
    assert prose_cells(table_of([["KPI", "Dec 23"], [label, "12%"]])) == []


def test_a_comment_beside_figures_is_prose() -> None:
    (block,) = prose_cells(table_of([["KPI", "Dec 23", "Comment"], ["Plans on time", "34%", SENTENCE]]))
    assert block.text == SENTENCE


def test_a_block_knows_where_its_cell_stands() -> None:
    box = Box(x0=1, top=2, x1=3, bottom=4)
    cell = Cell(row=0, column=1, text=SENTENCE, page=5, box=box)
    table = Table(table_id="t", document_id="d", cells=(cell,), rows=1, columns=2, method="ruled", page=5)
    (block,) = prose_cells(table)
    ((_, word),) = block.anchors
    assert (block.page, word.x0, word.bottom) == (5, 1, 4)


def test_offsets_hold_for_papers_that_have_them() -> None:
    text = "Two\nlines: rose from 26% to 34% over the last twelve months."
    table = Table(
        table_id="t",
        document_id="d",
        cells=(Cell(row=0, column=0, text=text, start=40),),
        rows=1,
        columns=1,
        method="known",
    )
    (block,) = prose_cells(table)
    assert (block.text, block.start) == (text, 40)

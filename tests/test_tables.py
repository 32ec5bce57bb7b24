"""All tables of a paper."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tabling import document_of, ruled_page, words_at

import sendparse.tables as tables
from sendparse.model import Cell, Document, Page, Table

ROWS = [["KPI", "Dec 23", "Jan 24"], ["Plans", "31", "33"], ["Requests", "12", "15"]]


def test_tables_come_in_reading_order_with_titles_and_headings() -> None:
    lower = ruled_page(ROWS, top=400, extra=words_at("Second", 50, 386, bold=True))
    upper = ruled_page(
        ROWS, top=100, extra=[*words_at("Report", 50, 40, size=18, bottom=58), *words_at("First", 50, 86, bold=True)]
    )
    page = replace(upper, words=upper.words + lower.words, rulings=upper.rulings + lower.rulings)
    found, problems = tables.find_tables(document_of(page))
    assert [(t.title, t.headings[0]) for t in found] == [("First", "Report"), ("Second", "Report")]
    assert problems == []


def test_arrows_in_cells_are_marks() -> None:
    page = ruled_page([["KPI", "Dec 23"], ["Plans", "31 ▲"], ["Requests", "12 ▼"]])
    (table,) = tables.find_tables(document_of(page))[0]
    assert [[m.value for m in c.marks] for c in table.cells if c.column == 1 and c.row] == [["up"], ["down"]]


def test_known_tables_are_given_as_they_are() -> None:
    known = Table(
        table_id="t", document_id="d", cells=(Cell(row=0, column=0, text="a"),), rows=1, columns=1, method="known"
    )
    document = Document(document_id="d", file="paper.docx", format="docx", tables=(known,))
    assert tables.find_tables(document) == ([known], [])


def test_a_page_that_cannot_be_searched_is_a_problem_and_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    find = tables.find_ruled

    def broken(page: Page, document_id: str = "") -> list[Table]:
        if page.number == 1:
            raise ValueError("no such line")
        return find(page, document_id)

    monkeypatch.setattr(tables, "find_ruled", broken)
    found, problems = tables.find_tables(document_of(ruled_page(ROWS), ruled_page(ROWS, number=2)))
    assert [t.page for t in found] == [2]
    assert [(p.code, p.page) for p in problems] == [("tables_not_read", 1)]


def test_the_same_paper_gives_the_same_ids() -> None:
    document = document_of(ruled_page(ROWS), ruled_page(ROWS, number=2))
    once, twice = ([t.table_id for t in tables.find_tables(document)[0]] for _ in range(2))
    assert once == twice
    assert len(set(once)) == 2

# ruff: noqa: E501 - a case is a line
"""Ruled tables of a page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tabling import flat, ruled_page, upright, words_at

from sendparse.model import Page, Word
from sendparse.tables.ruled import find_ruled

ROWS = [["KPI", "Dec 23", "Jan 24"], ["Plans", "31", "33"], ["Requests", "12", "15"]]


def test_a_ruled_table_is_read_cell_by_cell() -> None:
    (table,) = find_ruled(ruled_page(ROWS), "d")
    assert table.grid() == ROWS
    assert (table.page, table.method, table.document_id) == (1, "ruled", "d")


TITLES = [
    # lines above (top, text, bold)                                                             title                          why
    ([(86, "SEND scorecard", True)],                                                            "SEND scorecard",              "the heading right above"),
    ([(76, "Table 2: plans by month", False), (86, "All figures in £m", False)],                "Table 2: plans by month\nAll figures in £m", "two short lines"),
    ([(40, "Far away", True)],                                                                  "",                            "too far away"),
    ([(46, "Many words here", False), (56, "and more words", False), (66, "and still more", False), (76, "and the end", False), (86, "of it all.", False)], "", "a paragraph"),
    ([(86, "This is the last sentence of a paragraph that has no more lines to give, and it ends.", False)], "", "a sentence"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "title", "why"), TITLES, ids=[case[2] for case in TITLES])
def test_titles(lines: list[tuple[float, str, bool]], title: str, why: str) -> None:
    extra = [w for top, text, bold in lines for w in words_at(text, 50, top, bold=bold)]
    (table,) = find_ruled(ruled_page(ROWS, extra=extra))
    assert table.title == title


def page_of(words: list[Word], *rulings: object) -> Page:
    return Page(number=1, width=595, height=842, words=tuple(words), rulings=tuple(rulings))  # type: ignore[arg-type]


NO_TABLES = [
    ("a frame around text", page_of(words_at("a box of words", 60, 110), *(flat(y, 50, 200) for y in (100, 140)), *(upright(x, 100, 140) for x in (50, 200)))),
    ("an empty grid", page_of([], *(flat(y, 50, 200) for y in (100, 120, 140)), *(upright(x, 100, 140) for x in (50, 120, 200)))),
    ("bars with figures and no words", ruled_page([["12", "15"], ["17", "20"]])),
    ("a single column of boxes", ruled_page([["first"], ["second"], ["third"]])),
]  # fmt: skip


@pytest.mark.parametrize(("why", "page"), NO_TABLES, ids=[case[0] for case in NO_TABLES])
def test_what_is_no_table(why: str, page: Page) -> None:
    assert find_ruled(page) == []


def test_a_frame_around_columns_of_figures_is_left_to_others() -> None:
    """Its own column borders are missing: cut along the few lines there are, each row would be one cell."""
    words = [w for n in range(6) for w in words_at("Adult services", 55, 104 + 14 * n)]
    words += [w for n in range(6) for x in (200, 260, 320) for w in words_at("12.5", x, 104 + 14 * n)]
    lines = [flat(y, 50, 400) for y in (100, 142, 184)] + [upright(x, 100, 184) for x in (50, 180, 400)]
    assert find_ruled(page_of(words, *lines)) == []


def test_two_tables_on_a_page_come_from_the_top_down() -> None:
    lower, upper = ruled_page(ROWS, top=400), ruled_page(ROWS, top=100)
    both = replace(upper, words=lower.words + upper.words, rulings=lower.rulings + upper.rulings)
    tops = [table.box.top for table in find_ruled(both) if table.box]
    assert tops == sorted(tops) and len(tops) == 2


def test_the_shared_scorecard_is_read_as_printed(shared: Path) -> None:
    from sendparse.read import read_document

    document = read_document(shared / "papers" / "bcp-send-improvement-update-2025-03-11.pdf")
    tables = [table for page in document.pages[12:14] for table in find_ruled(page)]
    assert [(t.rows, t.columns, t.title) for t in tables] == [(58, 19, "SEND SCORECARD"), (40, 20, "SEND SCORECARD")]
    overflow = [cell for cell in tables[0].cells if "changed" in cell.text]
    assert [(cell.column, cell.text) for cell in overflow] == [(11, "KPI changed-see below")]

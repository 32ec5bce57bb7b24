# ruff: noqa: E501 - a case is a line
"""What a page turn leaves behind."""

from __future__ import annotations

import pytest
from tabling import ruled_page, words_at

from sendparse.model import Page, Word
from sendparse.tables.ruled import find_ruled
from sendparse.tables.turned import with_carried_title

ROWS = [["", "Budget", "Forecast"], ["Schools", "1.0", "2.0"]]


def page(*lines: tuple[float, str]) -> Page:
    words: list[Word] = [w for top, text in lines for w in words_at(text, 50, top)]
    return Page(number=1, width=595, height=842, words=tuple(words))


CASES = [
    # foot of the page before                                                                          title                                   why
    ([(700, "The end of a sentence."), (760, "All figures in £m"), (800, "Page 5 of 54")],             "All figures in £m",                    "a unit line"),
    ([(700, "The end of a sentence."), (750, "Table 3: reserves"), (760, "All figures in £m")],        "Table 3: reserves\nAll figures in £m", "caption and unit"),
    ([(760, "A line that could be anything")],                                                         "",                                     "nothing says that it is meant"),
    ([(760, "It was £1.2m more than last year.")],                                                     "",                                     "a sentence"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "title", "why"), CASES, ids=[case[2] for case in CASES])
def test_what_stands_at_the_foot_of_the_page_before(lines: list[tuple[float, str]], title: str, why: str) -> None:
    here = ruled_page(ROWS, top=40, number=2)
    assert [t.title for t in with_carried_title(find_ruled(here), here, page(*lines), [])] == [title]


def test_a_table_with_a_title_of_its_own_takes_none() -> None:
    here = ruled_page(ROWS, top=60, number=2, extra=words_at("Table 4", 50, 46))
    (table,) = with_carried_title(find_ruled(here), here, page((760, "All figures in £m")), [])
    assert table.title == "Table 4"


def test_a_table_further_down_takes_none() -> None:
    here = ruled_page(ROWS, top=300, number=2)
    (table,) = with_carried_title(find_ruled(here), here, page((760, "All figures in £m")), [])
    assert table.title == ""

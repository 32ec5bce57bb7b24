# ruff: noqa: E501 - a case is a line
"""Tables that run on over a page."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tabling import document_of, ruled_page, words_at

from sendparse.model import Table
from sendparse.tables.joins import join_over_pages
from sendparse.tables.ruled import find_ruled

HEAD = ["KPI", "Dec 23", "Jan 24", "Target"]
FIRST = [HEAD, ["Plans", "31", "33", "40"], ["Requests", "12", "15", "20"]]


def joined(*pages: Sequence[Sequence[str]], prose: str = "", wider: int = 0) -> list[Table]:
    """Tables at the foot of one page and the head of the next. `prose` stands between them, line by line."""
    made = []
    for number, rows in enumerate(pages, 1):
        between = [w for n, line in enumerate(prose.split("/")) for w in words_at(line, 50, 20 + 12 * n, page=number)]
        left = 50 + (wider if number > 1 else 0)
        made.append(ruled_page(rows, number=number, left=left, width=120, extra=between if number > 1 else ()))
    document = document_of(*made)
    return join_over_pages([table for page in made for table in find_ruled(page, "d")], document)


def test_a_table_without_a_heading_inherits_the_one_before() -> None:
    first, second = joined(FIRST, [["Appeals", "1", "2", "3"], ["Complaints", "4", "5", "6"]])
    assert second.continues == first.table_id
    assert second.inherited == (tuple(HEAD),)
    assert "header_inherited" in second.flags


def test_the_title_goes_with_it() -> None:
    pages = [
        ruled_page(FIRST, width=120, extra=words_at("All figures in £m", 50, 86)),
        ruled_page([["Appeals", "1", "2", "3"], ["Complaints", "4", "5", "6"]], width=120, number=2),
    ]
    tables = join_over_pages([table for page in pages for table in find_ruled(page, "d")], document_of(*pages))
    assert [table.title for table in tables] == ["All figures in £m"] * 2


def test_a_heading_that_is_repeated_is_not_inherited() -> None:
    first, second = joined(FIRST, [HEAD, ["Appeals", "1", "2", "3"]])
    assert (second.continues, second.inherited, second.flags) == (first.table_id, (), ())


def test_three_pages_make_a_chain() -> None:
    rows = [["Appeals", "1", "2", "3"], ["Complaints", "4", "5", "6"]]
    first, second, third = joined(FIRST, rows, rows)
    assert (second.continues, third.continues) == (first.table_id, second.table_id)
    assert third.inherited == (tuple(HEAD),)


def test_a_surplus_empty_column_does_not_matter() -> None:
    first, second = joined(FIRST, [["Appeals", "1", "2", "3", ""], ["Complaints", "4", "5", "6", ""]], wider=20)
    assert second.continues == first.table_id
    assert second.inherited == ((*HEAD, ""),)


def test_the_section_in_force_goes_with_it() -> None:
    rows = [
        HEAD,
        ["Caseload", "", "", ""],
        ["Plans", "31", "33", "40"],
        ["Tribunals", "", "", ""],
        ["Lodged", "1", "2", "3"],
    ]
    _, second = joined(rows, [["Upheld", "1", "2", "3"], ["Withdrawn", "4", "5", "6"]])
    assert second.above == ("Tribunals",)


NOT_JOINED = [
    ("a heading of its own",              FIRST, [["KPI", "Q1", "Q2", "Floor"], ["Appeals", "1", "2", "3"]], ""),
    ("words where figures were",          FIRST, [["Action", "Who does it", "When it is due", "Why it matters"], ["Recruit", "Head of service", "In the spring", "Too few"]], ""),
    ("other borders and other places",    FIRST, [["Appeals", "1"], ["Complaints", "4"]], ""),
    ("prose between the two",             FIRST, [["Appeals", "1", "2", "3"], ["Complaints", "4", "5", "6"]], "A paragraph of text/that stands over/the second table/and has nothing/to do with the first"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "first", "second", "prose"), NOT_JOINED, ids=[case[0] for case in NOT_JOINED])
def test_what_is_not_joined(why: str, first: list[list[str]], second: list[list[str]], prose: str) -> None:
    tables = joined(first, second, prose=prose)
    assert [table.continues for table in tables] == ["", ""]
    assert all(not table.inherited for table in tables)


def test_a_running_head_does_not_part_a_table() -> None:
    tables = joined(FIRST, [["Appeals", "1", "2", "3"], ["Complaints", "4", "5", "6"]], prose="Appendix 1")
    assert tables[1].continues


TURNS = [
    # last row before the turn                                    first row after it                                   whole
    ("a label and a text that go on", ["Learning disability -", "127.1", "129.5", "Increases in"], ["community services", "", "", "supported living"], True),
    ("a text that goes on alone",     ["Learning disability", "127.1", "129.5", "Increases in"],   ["", "", "", "Supported living"],                  True),
    ("another row",                   ["Learning disability", "127.1", "129.5", "Increases"],      ["Mental health", "", "", "Fewer referrals"],      False),
    ("a section",                     ["Learning disability", "127.1", "129.5", "Increases"],      ["Other services", "", "", ""],                    False),
    ("a row of figures",              ["Learning disability", "127.1", "129.5", "Increases in"],   ["supported living", "1.0", "2.0", "flat"],        False),
]  # fmt: skip


@pytest.mark.parametrize(("why", "last", "tail", "whole"), TURNS, ids=[case[0] for case in TURNS])
def test_a_row_that_the_turn_cuts_is_made_whole(why: str, last: list[str], tail: list[str], whole: bool) -> None:
    head = ["Service", "Budget", "Forecast", "Why"]
    first, second = joined(
        [head, ["Older people", "1.0", "2.0", "Demand"], last], [tail, ["Transport", "3.0", "4.0", "Fuel prices"]]
    )
    if whole:
        assert [text.split("\n") for text in first.grid()[2]] == [
            [before, after] if after else [before] for before, after in zip(last, tail, strict=True)
        ]
        assert second.grid() == [["Transport", "3.0", "4.0", "Fuel prices"]]
    else:
        assert (first.grid()[2], second.grid()[0]) == (last, tail)
    assert ("row_joined" in first.flags) == whole


def test_measures_without_figures_are_rows_of_their_own() -> None:
    """Text columns alone: a new sentence on the next page is a new row, not the rest of the old one."""
    rows = [["Measure", "Outturn", "Year 1"], ["Reduce the number of appeals", "Developing", ""]]
    first, second = joined(rows, [["Improve attainment", "Developing", ""], ["Improve attendance", "Developing", ""]])
    assert first.grid() == rows
    assert second.rows == 2

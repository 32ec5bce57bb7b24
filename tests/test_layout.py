# ruff: noqa: E501 - a case is a line
"""Heading rows, sections and body rows."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tabling import table_of

from sendparse.packs import Packs
from sendparse.tag.heading import HeadingReader
from sendparse.tag.layout import read_layout


@pytest.fixture(scope="module")
def reader(packs: Packs) -> HeadingReader:
    return HeadingReader(packs)


CASES = [
    # rows                                                                                             headings over the last column     body rows
    ("one heading row",            [["KPI", "Dec 23", "Jan 24"], ["Plans", "31", "33"]],               ["Jan 24"],                       [1]),
    ("years are no figures",       [["", "2014", "2015"], ["Essex", "31", "33"]],                      ["2015"],                         [1]),
    ("short slash years neither",  [["", "20-21", "21-22"], ["Special", "31", "33"]],                  ["21-22"],                        [1]),
    ("stacked under a merged cell", [["KPI", "2024/25", "<"], ["^", "Apr", "May"], ["Plans", "1", "2"]], ["2024/25", "May"],            [2]),
    ("stacked, label below",       [["", "Budget", "Actual"], ["", "£m", "£m"], ["Staff", "1.0", "2.0"]], ["Actual", "£m"],              [2]),
    ("a unit line over all",       [["All figures in £m", "<", "<"], ["", "2023", "2024"], ["A", "1", "2"]], ["2024"],                   [2]),
    ("no heading at all",          [["Psychologist", "60", "11%"], ["Podiatrist", "33", "6%"]],        [],                               [0, 1]),
    ("ratings as headings",        [["KPI summary", "GREEN", "RED"], ["^", "2", "1"]],                 ["RED"],                          [1]),
    ("dashes over unused columns", [["Council", "-", "2014", "2015"], ["Essex", "-", "31", "33"]],     ["2015"],                         [1]),
    ("a table of words",           [["Measure", "Outturn 2023/24"], ["Reduce requests", "Developing"]], ["Outturn 2023/24"],             [1]),
]  # fmt: skip


@pytest.mark.parametrize(("why", "rows", "headings", "body"), CASES, ids=[case[0] for case in CASES])
def test_heading_rows(
    reader: HeadingReader, why: str, rows: Sequence[Sequence[str]], headings: list[str], body: list[int]
) -> None:
    (block,) = read_layout(table_of(rows), reader).blocks
    assert block.headings[-1] == headings
    assert [row.row for row in block.rows] == body


def test_a_unit_line_belongs_to_the_whole_table(reader: HeadingReader) -> None:
    rows = [["All figures in £m", "<", "<"], ["", "2023", "2024"], ["A", "1", "2"]]
    assert read_layout(table_of(rows, title="Table 1"), reader).context == ["Table 1", "All figures in £m"]


def test_sections_hold_until_the_next(reader: HeadingReader) -> None:
    rows = [
        ["KPI", "Apr 24", "May 24"],
        ["Plans", "", ""],
        ["Issued", "1", "2"],
        ["Tribunals", "", ""],
        ["Lodged", "3", "4"],
    ]
    (block,) = read_layout(table_of(rows, bold=(0, 1, 3)), reader).blocks
    assert [(row.row, row.section) for row in block.rows] == [(2, "Plans"), (4, "Tribunals")]


def test_an_indicator_without_figures_is_no_section_where_sections_look_different(reader: HeadingReader) -> None:
    rows = [["KPI", "Apr 24", "May 24"], ["Quality", "", ""], ["% of audits", "", ""], ["No. of audits", "3", "4"]]
    layout = read_layout(table_of(rows, bold=(0, 1)), reader)
    assert layout.empty_rows == [2]
    assert [(row.row, row.section) for row in layout.blocks[0].rows] == [(2, "Quality"), (3, "Quality")]


def test_a_heading_further_down_begins_a_block(reader: HeadingReader) -> None:
    rows = [["KPI", "Apr 24", "May 24"], ["Plans", "1", "2"], ["KPI", "Q1 24/25", "Q2 24/25"], ["Requests", "3", "4"]]
    blocks = read_layout(table_of(rows), reader).blocks
    assert [(b.headings[1], [r.row for r in b.rows]) for b in blocks] == [(["Apr 24"], [1]), (["Q1 24/25"], [3])]


def test_a_heading_that_is_repeated_begins_none(reader: HeadingReader) -> None:
    rows = [["KPI", "Apr 24", "May 24"], ["Plans", "1", "2"], ["KPI", "Apr 24", "May 24"], ["Requests", "3", "4"]]
    (block,) = read_layout(table_of(rows), reader).blocks
    assert [row.row for row in block.rows] == [1, 3]


def test_headings_and_section_of_the_page_before_hold(reader: HeadingReader) -> None:
    inherited = (("KPI", "Apr 24", "May 24"),)
    table = table_of([["Plans", "1", "2"]], inherited=inherited, above=("Caseload",))
    (block,) = read_layout(table, reader).blocks
    assert block.inherited
    assert (block.headings[1], block.rows[0].section) == (["Apr 24"], "Caseload")


def test_a_section_over_the_whole_width_is_no_heading_where_one_is_inherited(reader: HeadingReader) -> None:
    inherited = (("KPI", "Apr 24", "May 24"),)
    table = table_of([["D. Annual reviews", "<", "<"], ["Plans", "1", "2"]], inherited=inherited)
    (block,) = read_layout(table, reader).blocks
    assert (block.headings[1], [(row.row, row.section) for row in block.rows]) == (
        ["Apr 24"],
        [(1, "D. Annual reviews")],
    )


def test_a_unit_over_one_column_is_meant_for_all(reader: HeadingReader) -> None:
    rows = [["Saving", "Target", "£000s\nForecast", "Variance"], ["Reviews", "1", "2", "3"]]
    layout = read_layout(table_of(rows), reader)
    assert (layout.context, layout.blocks[0].headings[2]) == (["£000s"], ["Forecast"])


def test_a_unit_that_parts_columns_stays(reader: HeadingReader) -> None:
    rows = [["Saving", "£000s\n2023", "%\n2023", "£000s\n2024"], ["Reviews", "1", "2", "3"]]
    layout = read_layout(table_of(rows), reader)
    assert (layout.context, layout.blocks[0].headings[1]) == ([], ["£000s\n2023"])


def test_a_remark_by_itself_in_its_row_is_no_section(reader: HeadingReader) -> None:
    remark = (
        "Families find it hard to employ their own carers, since nobody was found to run a payroll for them this year."
    )
    rows = [["Saving", "Apr 24", "May 24"], ["Reviews", "1", "2"], [remark, "", ""], ["Transport", "3", "4"]]
    (block,) = read_layout(table_of(rows), reader).blocks
    assert [(row.row, row.section) for row in block.rows] == [(1, ""), (3, "")]

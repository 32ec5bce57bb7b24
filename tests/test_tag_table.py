# ruff: noqa: E501 - a case is a line
"""Tables of indicators, and tables that are none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tabling import table_of

from sendparse.packs import Packs
from sendparse.tag.period import Anchor
from sendparse.tag.table import TableTagger


@pytest.fixture(scope="module")
def tagger(packs: Packs) -> TableTagger:
    return TableTagger(packs, Anchor())


NO_INDICATORS = [
    ("the front sheet of a report", [["Report subject", "SEND Update"], ["Meeting date", "11 March 2025"], ["Wards", "All"], ["Cost", "£1.2m"]]),
    ("a contents list",             [["Contents", "Page"], ["1. Introduction", "3"], ["2. Data", "7"]]),
    ("a risk register",             [["Risk", "Likelihood", "Impact", "Score"], ["Budget overspend", "4", "5", "20"], ["Recruitment", "3", "4", "12"]]),
    ("an action plan",              [["Action", "Lead", "Deadline", "Progress"], ["Recruit 4 officers", "Head of SEND", "31 March 2025", "2 recruited"]]),
    ("a contact list",              [["Name", "Telephone"], ["Jo Bloggs", "03000 414141"], ["Ann Other", "03000 414142"]]),
    ("a key to ratings",            [["GREEN", "Target has been achieved"], ["AMBER", "Floor standard has been achieved"], ["RED", "Floor standard has not been achieved"]]),
    ("principles in boxes",         [["Grow up strong", "Work and retire content"], ["Children have their needs met early", "Young people move on well"]]),
    ("words alone",                 [["Measure", "What we did"], ["Fewer appeals", "Mediation first"], ["Better plans", "Training"]]),
]  # fmt: skip


@pytest.mark.parametrize(("why", "rows"), NO_INDICATORS, ids=[case[0] for case in NO_INDICATORS])
def test_tables_that_are_no_tables_of_indicators(tagger: TableTagger, why: str, rows: Sequence[Sequence[str]]) -> None:
    assert tagger.tag(table_of(rows)) is None


def rows_of(tagger: TableTagger, rows: Sequence[Sequence[str]], **fields: object) -> list[tuple[str, str, str]]:
    """Label, section and parent of each row."""
    tagged = tagger.tag(table_of(rows, **fields))  # type: ignore[arg-type]
    assert tagged is not None
    return [(row.label, row.section, row.parent) for block in tagged.blocks for row in block.rows]


def test_a_row_that_leans_has_the_last_full_row_as_its_parent(tagger: TableTagger) -> None:
    rows = [
        ["KPI", "Dec 23", "Jan 24"],
        ["No. of requests", "60", "85"],
        ["no of above - primary phase", "21", "31"],
        ["no of above - secondary phase", "20", "34"],
        ["% request from parents", "40%", "58%"],
        ["no of above - primary phase", "9", "17"],
    ]
    parents = [parent for _, _, parent in rows_of(tagger, rows)]
    assert parents == ["", "No. of requests", "No. of requests", "", "% request from parents"]


def test_a_section_ends_what_rows_lean_on(tagger: TableTagger) -> None:
    rows = [
        ["KPI", "Dec 23", "Jan 24"],
        ["No. of plans", "60", "85"],
        ["EHCNA requests", "", ""],
        ["Primary", "21", "31"],
    ]
    assert rows_of(tagger, rows)[-1] == ("Primary", "EHCNA requests", "EHCNA requests")


def test_a_label_over_several_parts_holds_for_each(tagger: TableTagger) -> None:
    rows = [["KPI", "", "Apr 24"], ["Plans on time", "Actual", "40%"], ["^", "Target", "60%"], ["", "Floor", "50%"]]
    tagged = tagger.tag(table_of(rows))
    assert tagged is not None
    assert [(row.label, row.role) for row in tagged.blocks[0].rows] == [
        ("Plans on time", "actual"),
        ("Plans on time", "target"),
        ("Plans on time", "floor"),
    ]


def test_groups_hold_until_the_next(tagger: TableTagger) -> None:
    rows = [
        ["Phase", "Measure", "2023", "2024"],
        ["Primary", "Absence", "5.1", "5.2"],
        ["", "Exclusions", "3", "4"],
        ["Secondary", "Absence days", "9.1", "9.2"],
        ["", "Exclusions made", "13", "14"],
    ]
    assert [section for _, section, _ in rows_of(tagger, rows)] == ["Primary", "Primary", "Secondary", "Secondary"]


SHIFT = [
    ["KPI", "Oct 24", "Nov 24", "Dec 24", "Jan 25", "Nat", "Target"],
    ["% in mainstream", "48.8% ▲", "49.2% ▲", "49.4% ▲", "49.2% ▼", "43.3%", ""],
    ["% on time", "40% ▲", "41% ▲", "42% ▲", "41% ▼", "50.3%", "60%"],
    ["% contributed", "", "83% ▲", "50% ▼", "100% ▲", "83% ▼", ""],
    ["% happy", "67% ▲", "50% ▼", "100% ▲", "83% ▼", "", ""],
    ["% other", "67% ▲", "50% ▼", "100% ▲", "83% ▼", "", ""],
]


def places(tagger: TableTagger, rows: Sequence[Sequence[str]], number: int) -> tuple[bool, list[int]]:
    tagged = tagger.tag(table_of(rows))
    assert tagged is not None
    row = tagged.blocks[0].rows[number]
    return row.shifted, [column for column, cell in sorted(row.cells.items()) if cell.text.endswith(("▲", "▼"))]


def test_a_row_printed_one_column_off_is_moved_back(tagger: TableTagger) -> None:
    assert places(tagger, SHIFT, 2) == (True, [1, 2, 3, 4])
    assert places(tagger, SHIFT, 3) == (False, [1, 2, 3, 4])


def test_a_row_with_no_room_on_its_left_stays(tagger: TableTagger) -> None:
    rows = [row[:] for row in SHIFT]
    rows[3][1] = "80% ▲"
    assert places(tagger, rows, 2) == (False, [1, 2, 3, 4, 5])


def test_arrows_in_most_rows_of_a_benchmark_column_are_meant(tagger: TableTagger) -> None:
    rows = [SHIFT[0]] + [["% of plans", "", "50% ▼", "60% ▲", "70% ▲", "43% ▲", ""] for _ in range(4)]
    assert not any(places(tagger, rows, number)[0] for number in range(4))


def test_units_come_from_label_or_unit_column(tagger: TableTagger) -> None:
    rows = [
        ["Measure", "Unit", "2023", "2024"],
        ["Plans on time", "%", "41", "45"],
        ["Spend", "£000", "12", "13"],
        ["Plans", "Number", "3", "4"],
    ]
    tagged = tagger.tag(table_of(rows))
    assert tagged is not None
    assert [(row.unit, row.scale) for row in tagged.blocks[0].rows] == [("percent", 1), ("gbp", 1000), ("count", 1)]


def test_declared_indicators_without_figures_are_planned(tagger: TableTagger) -> None:
    rows = [
        ["Measure of success", "Performance indicator", "Outturn position 2023/24", "Years 1 - 2"],
        ["Performance measure", "Fewer requests for EHCNA", "Dashboard in development", ""],
        ["", "Improved timeliness of EHCP", "Survey of parents", ""],
    ]
    tagged = tagger.tag(table_of(rows))
    assert tagged is not None
    assert [(row.label, row.planned) for row in tagged.blocks[0].rows] == [(rows[1][1], True), (rows[2][1], True)]


def test_a_measure_still_to_be_set_among_others_is_planned(tagger: TableTagger) -> None:
    rows = [
        ["Measure", "Baseline 2023/24", "Target 2024/25"],
        ["Plans on time", "45%", "60%"],
        ["Parents satisfied", "To be established", ""],
    ]
    tagged = tagger.tag(table_of(rows))
    assert tagged is not None
    assert [row.planned for row in tagged.blocks[0].rows] == [False, True]


def test_a_figure_that_is_only_awaited_is_not_planned(tagger: TableTagger) -> None:
    rows = [
        ["KPI", "Jun 24", "Jul 24", "Target"],
        ["Plans on time", "45%", "46%", "60%"],
        ["Places", "requested", "requested", ""],
    ]
    tagged = tagger.tag(table_of(rows))
    assert tagged is not None
    assert not any(row.planned for row in tagged.blocks[0].rows)

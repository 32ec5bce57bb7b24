"""Numerators and denominators; which figure an arrow beside it speaks of; things that are counted; the company of a label."""

from __future__ import annotations

import pytest
from tabling import by_place, fields_of, observed, table_of, troubled

from sendparse.packs import Packs

BASES = "value unit numerator denominator"


def test_columns_of_numerator_and_denominator_go_with_the_percentage(packs: Packs) -> None:
    rows = [
        ["Measure", "Numerator", "Denominator", "Performance", "Target"],
        ["% of EHC plans issued within 20 weeks", "101", "187", "54.0%", "60%"],
    ]
    table = table_of(rows)
    found = by_place(observed(table, packs))
    assert sorted(found) == [(1, 3), (1, 4)]
    assert fields_of(found[1, 3], BASES) == (54.0, "percent", 101.0, 187.0)
    assert fields_of(found[1, 4], BASES) == (60.0, "percent", None, None)
    assert troubled(table, packs) == []


def test_without_a_percentage_they_are_named_as_set_aside(packs: Packs) -> None:
    rows = [
        ["Measure", "Numerator", "Performance"],
        ["% of EHC plans issued within 20 weeks", "101", "requested"],
        ["Plans ceased", "", "7"],
    ]
    assert ("figures_aside", "101") in troubled(table_of(rows), packs)


def test_rows_of_numerator_and_denominator_go_with_the_row_above(packs: Packs) -> None:
    rows = [
        ["Measure", "2022/23", "2023/24"],
        ["EHC plans issued within 20 weeks", "38.5%", "51.0%"],
        ["Numerator", "140", "203"],
        ["Denominator", "364", "398"],
    ]
    found = observed(table_of(rows), packs)
    assert [fields_of(o, BASES) for o in found] == [(38.5, "percent", 140.0, 364.0), (51.0, "percent", 203.0, 398.0)]


HOMES = [
    # headings                                        column of the arrow's figure
    (["Latest", "Previous", "DoT"],                    1),
    (["This month", "Same month last year", "DoT"],    1),
    (["2023/24", "2024/25", "DoT"],                    2),
    (["2024/25", "2023/24", "DoT"],                    1),
    (["Q1 2024/25", "YTD", "DoT"],                     2),
]  # fmt: skip


@pytest.mark.parametrize(("headings", "column"), HOMES)
def test_an_arrow_in_a_column_of_its_own_is_of_the_newest_figure(
    packs: Packs, headings: list[str], column: int
) -> None:
    found = observed(table_of([["Measure", *headings], ["EHC plans issued", "12", "13", "▲"]]), packs)
    assert [o.column for o in found if o.trend] == [column]


COUNTED = [
    # label                                 cells             unit     why
    ("Children transported",                ["1,204", "1,311"], "count", "children are counted"),
    ("Children absent (%)",                 ["12", "13"],       "percent", "the label says"),
    ("Average cost of children transported", ["12", "13"],      "",      "an amount that no sign tells"),
    ("Children waiting",                    ["1.5", "2"],       "",      "a part of a child is none"),
    ("Findings",                            ["12", "13"],       "",      "nothing says what is counted"),
]  # fmt: skip


@pytest.mark.parametrize(("label", "cells", "unit", "why"), COUNTED)
def test_whole_numbers_of_things_that_are_counted(
    packs: Packs, label: str, cells: list[str], unit: str, why: str
) -> None:
    assert observed(table_of([["Measure", "2022", "2023"], [label, *cells]]), packs)[0].unit == unit, why


def test_a_label_of_any_subject_is_ours_only_in_our_company(packs: Packs) -> None:
    rows = [
        ["Measure", "2022", "2023"],
        ["Household waste recycled (%)", "48", "49"],
        ["Calls answered (%)", "81", "84"],
        ["Staff turnover", "12", "11"],
        ["Number of appeals", "14", "11"],
    ]
    council = observed(table_of(rows, title="Council plan scorecard"), packs)
    assert {o.kpi for o in council} == {""}
    ours = observed(table_of([rows[0], rows[-1]], title="SEND: EHC plans and appeals"), packs)
    assert {o.kpi for o in ours} == {"tribunal_appeals_registered_count"}

# ruff: noqa: E501 - a case is a line
"""Observations from tables."""

from __future__ import annotations

import csv
import random
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from tabling import DOCUMENT, FACTS, by_place, fields_of, observed, table_of, troubled

from sendparse.model import Facts, Observation, as_row
from sendparse.observe.from_table import from_table
from sendparse.packs import Packs
from sendparse.tag.cell import value_of
from sendparse.tag.period import Anchor
from sendparse.tag.table import TableTagger

PERIOD = "period_start period_end period_basis"


def dates(observation: Observation) -> tuple[str, str, str]:
    start, end, basis = fields_of(observation, PERIOD)
    return str(start or ""), str(end or ""), str(basis)


QUARTERS = [
    ["Ref", "Performance indicator", "2023/24", "Q1 24/25", "Q2 24/25", "Target 24/25", "RAG", "DoT", "England", "SE", "Comments"],
    ["CS1", "% of plans issued within 20 weeks", "50.2%", "52%", "55.5%", "60%", "G", "▲", "50.3%", "51%", "Up by 5 points since Q2 2024."],
    ["CS2", "Number of permanent exclusions", "41", "12", "<5", "-", "R", "▼", "", "", ""],
]  # fmt: skip


def test_a_quarterly_scorecard(packs: Packs) -> None:
    found = by_place(observed(table_of(QUARTERS), packs))
    assert sorted(found) == [(1, 2), (1, 3), (1, 4), (1, 5), (1, 8), (1, 9), (2, 2), (2, 3), (2, 4)]
    assert dates(found[1, 2]) == ("2023-04-01", "2024-03-31", "financial_year")
    assert dates(found[1, 4]) == ("2024-07-01", "2024-09-30", "quarter")
    assert fields_of(found[1, 4], "value unit trend rag role") == (55.5, "percent", "up", "green", "actual")
    assert fields_of(found[1, 3], "trend rag") == ("", "")
    assert fields_of(found[1, 5], "role benchmark value") == ("target", "", 60.0)
    assert fields_of(found[1, 8], "role benchmark area_type area") == ("benchmark", "national", "england", "England")
    assert fields_of(found[1, 9], "benchmark area_type area") == ("regional", "region", "South East")
    assert dates(found[1, 8]) == ("", "", "")
    assert fields_of(found[2, 4], "value qualifier unit flags") == (5.0, "under", "count", "suppressed")


def test_where_and_what_is_printed(packs: Packs) -> None:
    found = by_place(observed(table_of(QUARTERS), packs))[1, 4]
    assert found.value_text == "55.5%"
    assert found.evidence == "% of plans issued within 20 weeks | Q2 24/25 | 55.5%"
    assert fields_of(found, "kpi_label source table_id row column page decimals") == (
        "% of plans issued within 20 weeks", "table", "t", 1, 4, 1, 1,
    )  # fmt: skip


MONTHS = ["Apr", "Jun", "Jan"]


@pytest.mark.parametrize(
    ("rows", "title", "inferred"),
    [
        ([["KPI", "2024/25", "<", "<"], ["^", *MONTHS], ["Plans issued", "10", "12", "13"]], "", ""),
        ([["KPI", *MONTHS], ["Plans issued", "10", "12", "13"]], "SEND scorecard 2024/25", "period_inferred"),
    ],
)
def test_months_take_the_year_of_heading_or_title(
    packs: Packs, rows: Sequence[Sequence[str]], title: str, inferred: str
) -> None:
    found = observed(table_of(rows, title=title), packs)
    assert [dates(o)[0] for o in found] == ["2024-04-01", "2024-06-01", "2025-01-01"]
    assert {o.flags for o in found} == {inferred}


def test_months_without_a_year_stay_open(packs: Packs) -> None:
    found = observed(table_of([["KPI", *MONTHS], ["Plans issued", "10", "12", "13"]]), packs)
    assert (dates(found[0]), found[0].period_label) == (("", "", ""), "Apr")


def test_a_run_of_months_ends_where_the_papers_data_end(packs: Packs) -> None:
    table = table_of([["KPI", "Nov", "Dec", "Jan"], ["Plans issued", "10", "12", "13"]])
    found = observed(table, packs, Facts(data_date=date(2025, 1, 31)))
    assert [(dates(o)[0], o.flags) for o in found] == [
        ("2024-11-01", "period_inferred"),
        ("2024-12-01", "period_inferred"),
        ("2025-01-01", "period_inferred"),
    ]


@pytest.mark.parametrize("months", [["Nov", "Dec", "Feb"], ["Oct", "Nov", "Dec"]])
def test_months_that_do_not_end_there_stay_open(packs: Packs, months: list[str]) -> None:
    table = table_of([["KPI", *months], ["Plans issued", "10", "12", "13"]])
    found = observed(table, packs, Facts(data_date=date(2025, 1, 31)))
    assert {dates(o)[0] for o in found} == {""}


def test_headings_lend_their_year_and_date_nothing_else(packs: Packs) -> None:
    rows = [["KPI", "Apr", "May", "Number"], ["Plans issued", "10", "12", "13"]]
    found = observed(table_of(rows, headings=("SEND report 2024/25", "Plans")), packs)
    assert [dates(o)[0] for o in found] == ["2024-04-01", "2024-05-01", ""]


def test_councils_down_and_years_across(packs: Packs) -> None:
    rows = [
        ["Local authority", "2022", "2023"],
        ["Essex", "3.3", "3.6"],
        ["Kent", "4.2", "-"],
        ["England", "4.0", "4.3"],
        ["Statistical Neighbours", "3.4", "3.5"],
    ]
    found = observed(table_of(rows, title="% of pupils with an EHC plan"), packs)
    assert [fields_of(o, "area_type area role benchmark") for o in found[1:6:2]] == [
        ("council", "Essex", "actual", ""),
        ("england", "England", "benchmark", "national"),
        ("statistical_neighbours", "statistical neighbours", "benchmark", "statistical_neighbours"),
    ]
    assert fields_of(found[2], "area_type area role benchmark") == ("other_council", "Kent", "actual", "")
    assert {(o.kpi_label, o.unit) for o in found} == {("% of pupils with an EHC plan", "percent")}
    assert {dates(o)[2] for o in found} == {"calendar_year"}


def test_measures_across_and_quarters_down(packs: Packs) -> None:
    rows = [
        ["Period", "Requests received", "% within 20 weeks"],
        ["Q1 2024/25", "210", "44%"],
        ["Q2 2024/25", "180", "51.5%"],
        ["Total", "390", ""],
    ]
    found = by_place(observed(table_of(rows), packs))
    assert fields_of(found[2, 2], "kpi_label value unit") == ("% within 20 weeks", 51.5, "percent")
    assert dates(found[2, 2]) == ("2024-07-01", "2024-09-30", "quarter")
    assert (found[3, 1].kpi_label, dates(found[3, 1])) == ("Requests received", ("", "", ""))


def test_actual_target_and_england_in_rows_of_one_measure(packs: Packs) -> None:
    rows = [
        ["KPI", "", "Apr 24"],
        ["% of plans issued within 20 weeks", "Actual", "40%"],
        ["^", "Target", "60%"],
        ["^", "England", "50%"],
    ]
    found = observed(table_of(rows), packs)
    assert [fields_of(o, "role benchmark value") for o in found] == [
        ("actual", "", 40.0),
        ("target", "", 60.0),
        ("benchmark", "national", 50.0),
    ]
    assert len({o.kpi for o in found}) == 1


UNITS = [
    # why                                       rows                                                                              value        unit       flags
    ("a share that was not formatted",          [["KPI", "Apr", "May"], ["% of two year olds", "0.316", "35.4%"]],                31.6,        "percent", "scale_corrected"),
    ("a sign that is missing",                  [["KPI", "Apr", "May"], ["% followed by appeals", "11.84 (27)", "17.5% (17)"]],   11.84,       "percent", "percent_sign_missing"),
    ("a row without signs",                     [["KPI", "Apr", "May"], ["% on time", "11.8", "17.5"]],                           11.8,        "percent", ""),
    ("small percentages are no shares",         [["KPI", "Apr", "May"], ["% on time", "0.6%", "0.95%"]],                          0.6,         "percent", ""),
    ("the heading's unit",                      [["District", "Number", "Percentage"], ["Adur", "35", "7%"]],                     35.0,        "count",   ""),
    ("£m said once",                            [["All figures in £m", "<", "<"], ["", "2023/24", "2024/25"], ["Schools", "1,260.5", "3"]], 1_260_500_000.0, "gbp", ""),
    ("£000 over the columns",                   [["", "£000", "<"], ["", "Budget", "Forecast"], ["Schools", "45,000", "3"]],      45_000_000.0, "gbp",    ""),
    ("a cell that states its own scale",        [["All figures in £m", "<", "<"], ["", "2023/24", "2024/25"], ["Schools", "£1.5m", "3"]], 1_500_000.0, "gbp", ""),
    ("a rate among amounts",                    [["All figures in £m", "<", "<"], ["", "2023/24", "2024/25"], ["Rate of increase", "13%", "10%"]], 13.0, "percent", ""),
    ("another measure in the last column",      [["Transaction", "Total", "Jan 24"], ["Renew a book", "1,043,275", "83%"]],       1_043_275.0, "",        ""),
    ("a negative in accounts",                  [["£000", "<", "<"], ["", "Budget", "Forecast"], ["Savings", "(66.9)", "(38.4)"]], -66_900.0,  "gbp",     ""),
    ("the unit of the row's label",             [["KPI", "Apr", "May"], ["Average weeks to issue (weeks)", "27.5", "26"]],        27.5,        "weeks",   ""),
    ("the section's unit",                      [["Measure", "2023/24", "2024/25"], ["Cost (£m)", "", ""], ["Transport", "7.4", "7.1"]], 7_400_000.0, "gbp",  ""),
    ("no unit that anybody states",             [["Service", "Apr 24", "May 24"], ["Blue badges", "10", "12"]],                   10.0,        "",        ""),
]  # fmt: skip


@pytest.mark.parametrize(("why", "rows", "value", "unit", "flags"), UNITS, ids=[case[0] for case in UNITS])
def test_units_and_scales(
    packs: Packs, why: str, rows: Sequence[Sequence[str]], value: float, unit: str, flags: str
) -> None:
    first = observed(table_of(rows), packs)[0]
    assert (first.value, first.unit, first.flags) == (value, unit, flags)


TITLES = [
    ("% of plans by need",              "percent"),
    ("Number of plans by need",         "count"),
    ("Plans by need (%)",               "percent"),
    ("Table 4: Number of plans",        "count"),
    ("Plans by need and % refused",     ""),
    ("Plans by need",                   "count"),
    ("Findings by need",                ""),
]  # fmt: skip


@pytest.mark.parametrize(("title", "unit"), TITLES)
def test_a_title_states_the_unit_of_all_at_its_beginning_or_end(packs: Packs, title: str, unit: str) -> None:
    table = table_of([["Need", "2023", "2024"], ["Blue badges", "10", "12"]], title=title)
    assert observed(table, packs)[0].unit == unit


def test_a_share_carries_its_count(packs: Packs) -> None:
    first = observed(table_of([["KPI", "Apr 24", "May 24"], ["% upheld", "14.3% (10)", "20% (4/20)"]]), packs)
    assert [fields_of(o, "value numerator denominator") for o in first] == [(14.3, 10.0, None), (20.0, 4.0, 20.0)]


def test_in_a_row_of_shares_the_share_behind_a_count_is_the_figure(packs: Packs) -> None:
    found = observed(table_of([["KPI", "Apr 24", "May 24"], ["% of appeals upheld", "5 (10%)", "3 (8%) ▼"]]), packs)
    assert [fields_of(o, "value unit numerator trend") for o in found] == [
        (10.0, "percent", 5.0, ""),
        (8.0, "percent", 3.0, "down"),
    ]


def test_a_count_with_its_share_gives_both(packs: Packs) -> None:
    found = observed(table_of([["KPI", "Apr 24", "May 24"], ["Appeals upheld", "5 (10%)", "3 (8%)"]]), packs)
    assert [fields_of(o, "value unit numerator") for o in found[:2]] == [(5.0, "count", None), (10.0, "percent", 5.0)]
    assert len({o.observation_id for o in found}) == 4


def test_a_count_beside_counts_with_shares_is_a_count(packs: Packs) -> None:
    rows = [["KPI", "Apr 24", "May 24"], ["Plans issued within 20 weeks", "31 (74%)", "28"]]
    assert [(o.value, o.unit) for o in observed(table_of(rows), packs)] == [
        (31.0, "count"),
        (74.0, "percent"),
        (28.0, "count"),
    ]


def test_a_level_with_its_change_gives_both(packs: Packs) -> None:
    found = observed(
        table_of([["KPI", "Apr 24", "May 24"], ["% of plans issued within 20 weeks", "61% (▲3)", "55%"]]), packs
    )
    assert [fields_of(o, "value unit role trend") for o in found] == [
        (61.0, "percent", "actual", "up"),
        (3.0, "percentage_points", "change", ""),
        (55.0, "percent", "actual", ""),
    ]


def test_a_period_in_the_cell_overrides_its_column(packs: Packs) -> None:
    found = observed(table_of([["KPI", "2023/24", "2024/25"], ["No. of plans", "3,021 (Jan 24)", "3,100 (Q2)"]]), packs)
    assert [dates(o)[:2] for o in found] == [("2024-01-01", "2024-01-31"), ("2024-07-01", "2024-09-30")]


def test_months_down_and_years_across(packs: Packs) -> None:
    rows = [["Month", "2023", "2024"], ["January", "10", "12"], ["February", "11", "13"], ["Total", "21", "25"]]
    found = by_place(observed(table_of(rows, title="EHC needs assessment requests"), packs))
    assert [dates(found[place])[0] for place in ((1, 1), (1, 2), (2, 2), (3, 2))] == [
        "2023-01-01",
        "2024-01-01",
        "2024-02-01",
        "2024-01-01",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["", "2023/24", "2024/25"], ["Q1", "10", "12"], ["Q2", "11", "13"]],
        [["", "Q1", "Q2"], ["2023/24", "10", "11"], ["2024/25", "12", "13"]],
    ],
)
def test_quarters_in_one_direction_and_years_in_the_other(packs: Packs, rows: list[list[str]]) -> None:
    found = {o.value: dates(o)[0] for o in observed(table_of(rows, title="Number of plans issued"), packs)}
    assert found == {10.0: "2023-04-01", 11.0: "2023-07-01", 12.0: "2024-04-01", 13.0: "2024-07-01"}


def test_a_table_for_each_measure_in_one_grid(packs: Packs) -> None:
    rows = [
        ["% of plans issued within 20 weeks", "<", "<"], ["", "Q1", "Q2"], ["2023/24", "40%", "45"],
        ["Number of plans", "<", "<"], ["", "Q1", "Q2"], ["2023/24", "3000", "3010"],
    ]  # fmt: skip
    found = by_place(observed(table_of(rows), packs))
    assert fields_of(found[2, 2], "kpi_label unit") == ("% of plans issued within 20 weeks", "percent")
    assert fields_of(found[5, 1], "kpi_label unit") == ("Number of plans", "count")


def test_tables_side_by_side_in_one_grid(packs: Packs) -> None:
    rows = [["Indicator", "Value", "Indicator", "Value"], ["Number of plans", "3,000", "Number of complaints", "12"]]
    assert [(o.kpi_label, o.value) for o in observed(table_of(rows), packs)] == [
        ("Number of plans", 3000.0),
        ("Number of complaints", 12.0),
    ]


def test_where_a_rating_begins_is_a_limit(packs: Packs) -> None:
    rows = [["KPI", "Green", "Amber", "Red", "Q1 24/25"], ["% of plans on time", ">=95%", "90-94%", "<90%", "92%"]]
    assert [(o.role, o.qualifier) for o in observed(table_of(rows), packs)] == [
        ("limit", "at_least"),
        ("limit", ""),
        ("limit", "under"),
        ("actual", ""),
    ]


def test_a_year_in_brackets_dates_a_figure_whose_column_has_none(packs: Packs) -> None:
    rows = [["Measure", "Baseline", "2024/25"], ["% of plans on time", "60% (2023)", "61% (2010)"]]
    first, second = observed(table_of(rows), packs)
    assert (dates(first)[0], first.numerator) == ("2023-01-01", None)
    assert (dates(second)[0], second.numerator) == ("2024-04-01", 2010.0)


YEARS = [
    # column               label                                     title                      first day     why
    ("2023/24",            "No. of plans",                           "",                        "2023-04-01", "financial unless something says otherwise"),
    ("2023/24",            "No. of plans",                           "Plans by academic year",  "2023-09-01", "the title says academic"),
    ("2023/24 academic year", "No. of plans",                        "",                        "2023-09-01", "the heading says academic"),
    ("2023/24",            "Absence rate of pupils with an EHC plan", "",                       "2023-09-01", "a measure of schools"),
    ("2023/24",            "Absence rate of pupils with an EHC plan", "By financial year",       "2023-04-01", "the title says financial"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "label", "title", "first", "why"), YEARS, ids=[case[4] for case in YEARS])
def test_bare_slash_years(packs: Packs, column: str, label: str, title: str, first: str, why: str) -> None:
    found = observed(table_of([["KPI", column, "Target"], [label, "12.1", "13"]], title=title), packs)
    assert dates(found[0])[0] == first


SCHOOL = [
    (["Autumn", "Spring", "Summer"], ["2023-09-01", "2024-01-01", "2024-04-01"]),
    (["Sep", "Jan", "May"], ["2023-09-01", "2024-01-01", "2024-05-01"]),
    (["Apr", "Sep", "Jan"], ["2023-04-01", "2023-09-01", "2024-01-01"]),
]


@pytest.mark.parametrize(("columns", "firsts"), SCHOOL)
def test_columns_that_run_with_the_school_year(packs: Packs, columns: list[str], firsts: list[str]) -> None:
    rows = [["KPI", "2023/24", "<", "<"], ["^", *columns], ["No. of plans", "1", "2", "3"]]
    assert [dates(o)[0] for o in observed(table_of(rows), packs)] == firsts


TROUBLES = [
    # in the cell      code                    why
    ("requested",      "not_a_figure",         "a word"),
    ("see below",      "not_a_figure",         "a note"),
    ("n/a",            "not_a_figure",         "not applicable"),
    ("▲",              "mark_without_value",   "an arrow by itself"),
    ("c",              "suppressed",           "suppressed"),
    ("2024/25",        "not_a_figure",         "a year where a figure is expected"),
    ("(14)",           "bracketed_figure",     "a count or a negative: nobody knows"),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "code", "why"), TROUBLES, ids=[case[0] for case in TROUBLES])
def test_what_is_no_figure_is_a_problem(packs: Packs, printed: str, code: str, why: str) -> None:
    table = table_of([["KPI", "Apr 24", "May 24", "Jun 24"], ["No. of plans", "3", printed, "5"]])
    assert [o.value for o in observed(table, packs)] == [3.0, 5.0]
    assert troubled(table, packs) == [(code, printed)]


@pytest.mark.parametrize("printed", ["", "-", "–"])
def test_an_empty_cell_is_no_problem(packs: Packs, printed: str) -> None:
    table = table_of([["KPI", "Apr 24", "May 24", "Jun 24"], ["No. of plans", "3", printed, "5"]])
    assert troubled(table, packs) == []


def test_ranks_and_codes_are_named_as_set_aside(packs: Packs) -> None:
    table = table_of(
        [["Measure", "Essex", "National rank"], ["Plans on time", "45%", "112"], ["Plans late", "55%", "12"]]
    )
    assert troubled(table, packs) == [("figures_aside", "112; 12")]


def test_a_row_one_column_off_says_so(packs: Packs) -> None:
    rows = [
        ["KPI", "Nov 24", "Dec 24", "Jan 25", "Nat"],
        ["% happy", "50% ▼", "60% ▲", "70% ▲", "43%"],
        ["% contributed", "", "83% ▲", "50% ▼", "83% ▼"],
        ["% plans", "50% ▼", "60% ▲", "70% ▲", ""],
        ["% other", "50% ▼", "60% ▲", "70% ▲", ""],
    ]
    found = by_place(observed(table_of(rows), packs))
    assert fields_of(found[2, 4], "role flags period_label trend") == ("actual", "row_reseated", "Jan 25", "down")


def test_ratings_without_figures_are_observations_without_a_value(packs: Packs) -> None:
    rows = [
        ["Customer KPIs", "RAG rating", "<", "DoT"],
        ["^", "Latest", "Previous", "^"],
        ["% of calls answered", "GREEN", "AMBER", "▲"],
        ["% of complaints", "RED", "RED", "▼"],
    ]
    found = observed(table_of(rows), packs)
    assert [fields_of(o, "value rag trend period_label") for o in found] == [
        (None, "green", "up", "Latest"),
        (None, "amber", "", "Previous"),
        (None, "red", "down", "Latest"),
        (None, "red", "", "Previous"),
    ]


def test_a_row_that_leans_is_of_the_measure_above(packs: Packs) -> None:
    rows = [
        ["KPI", "Apr 24", "May 24"],
        ["No. of requests for an EHC needs assessment", "60", "85"],
        ["of which: primary phase", "21", "31"],
    ]
    whole, part = observed(table_of(rows), packs)[1:3]
    assert whole.kpi == part.kpi == "ehcna_requests_count"
    assert (whole.breakdown, part.breakdown, part.unit) == ("", "phase=primary", "count")


def test_planned_indicators(packs: Packs) -> None:
    rows = [
        ["Measure of success", "Performance indicator", "Outturn position 2023/24", "Years 1 - 2"],
        ["Performance measure", "Fewer requests for EHCNA", "Dashboard in development", ""],
        ["", "Improved timeliness of EHCP", "Survey of parents", ""],
    ]
    found = observed(table_of(rows), packs)
    assert [fields_of(o, "value role row") for o in found] == [(None, "planned", 1), (None, "planned", 2)]
    assert found[0].evidence == "Fewer requests for EHCNA | Outturn position 2023/24: Dashboard in development"


def test_figures_for_years_to_come_beside_a_baseline_are_targets(packs: Packs) -> None:
    def roles(*headings: str) -> list[str]:
        table = table_of([["Measure", "Baseline 2023/24", *headings], ["% of plans on time", "40%", "45%", "60%"]])
        return [o.role for o in observed(table, packs, Facts())]

    assert roles("2024/25", "2025/26") == ["baseline", "target", "target"]
    assert roles("July 2025", "July 2026") == ["baseline", "target", "target"]
    assert roles("Q1 2024/25", "Q2 2024/25") == ["baseline", "actual", "actual"]
    assert roles("2024/25", "Target 2025/26") == ["baseline", "actual", "target"]


def test_a_figure_for_a_time_to_come_is_no_actual(packs: Packs) -> None:
    rows = [["Measure", "2023/24", "2025/26"], ["% of plans on time", "40%", "45%"], ["Spend (£m)", "1.2", "1.3"]]
    assert [o.role for o in observed(table_of(rows), packs)] == ["actual", "target", "actual", "forecast"]


def test_an_inherited_heading_says_so(packs: Packs) -> None:
    table = table_of([["No. of plans", "3", "4"]], inherited=(("KPI", "Apr 24", "May 24"),))
    assert [(dates(o)[0], o.flags) for o in observed(table, packs)] == [
        ("2024-04-01", "header_inherited"),
        ("2024-05-01", "header_inherited"),
    ]


def test_confidence_falls_with_what_was_inferred(packs: Packs) -> None:
    plain = observed(table_of([["Service", "Apr 24", "May 24"], ["Blue badges", "3", "4"]]), packs)[0]
    titled = observed(
        table_of([["Service", "Apr", "May"], ["Blue badges", "3", "4"]], title="Services 2024/25"), packs
    )[0]
    assert plain.confidence == 1.0
    assert titled.confidence < plain.confidence


def test_the_publishing_council_is_the_area_unless_another_is_named(packs: Packs) -> None:
    first = observed(table_of([["Service", "Apr 24", "May 24"], ["Blue badges", "3", "4"]]), packs)[0]
    unknown = observed(table_of([["Service", "Apr 24", "May 24"], ["Blue badges", "3", "4"]]), packs, Facts())[0]
    assert (first.area_type, first.area, first.council) == ("council", FACTS.council, FACTS.council)
    assert (unknown.area_type, unknown.area) == ("council", "")


HEADINGS = [
    "KPI",
    "Ref",
    "2022/23",
    "Q2 24/25",
    "Apr",
    "Target",
    "England",
    "RAG",
    "DoT",
    "Comments",
    "£000",
    "%",
    "Baseline",
    "Rank",
    "Change",
    "Unit",
    "Latest",
    "Owner",
    "",
]
LABELS = [
    "No. of EHCPs",
    "% of plans",
    "of which: primary",
    "Total",
    "Essex",
    "England",
    "2023/24",
    "Spend (£m)",
    "",
    "Section A",
    "Target",
    "- boys",
]
VALUES = [
    "12",
    "45%",
    "▲",
    "3 ▼",
    "",
    "-",
    "n/a",
    "<5",
    "c",
    "£1.2m",
    "(12)",
    "12 (45%)",
    "45% (12)",
    "1,234",
    "2014",
    "55-70%",
    "GREEN",
    "R",
    "0.316",
    "words",
    "45% (Q2)",
    "12*",
    "+3",
    "61% (▲3)",
]


def a_table(seed: int) -> list[list[str]]:
    """Any table at all."""
    pick = random.Random(seed)
    width = pick.randint(2, 7)
    rows = [[pick.choice(HEADINGS) for _ in range(width)]] if pick.random() < 0.8 else []
    return rows + [
        [pick.choice(LABELS), *(pick.choice(VALUES) for _ in range(width - 1))] for _ in range(pick.randint(1, 7))
    ]


def test_every_figure_is_an_observation_or_has_a_problem_that_names_it(packs: Packs) -> None:
    """Over tables of every kind: those of indicators lose no figure, and no two observations have one id."""
    tagger, read = TableTagger(packs, Anchor(meeting_date=FACTS.meeting_date)), 0
    for seed in range(400):
        table = table_of(a_table(seed), title="SEND 2024/25")
        tagged = tagger.tag(table)
        if tagged is None:
            continue
        read += 1
        found, problems = from_table(table, DOCUMENT, FACTS, packs)
        assert len({o.observation_id for o in found}) == len(found)
        places, quotes = {(o.row, o.column) for o in found}, " ".join(p.quote for p in problems)
        for block in tagged.blocks:
            numbers = [c.number for c in block.columns if c.kind in ("value", "rag", "trend", "aside")]
            cells = [row.cells[n] for row in block.rows for n in numbers if n in row.cells]
            for cell in cells:
                figure = value_of(cell).kind == "figure"
                assert not figure or (cell.row, cell.column) in places or cell.text in quotes, (seed, cell)
    assert read > 100


@pytest.fixture(scope="module")
def scorecard(shared: Path, packs: Packs, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the scorer says of the shared scorecard."""
    from sendparse.read import read_document
    from sendparse.tables import find_tables

    document = read_document(shared / "papers" / "bcp-send-improvement-update-2025-03-11.pdf")
    facts = Facts(council="Bournemouth, Christchurch and Poole")
    rows = [as_row(o) for table in find_tables(document)[0] for o in from_table(table, document, facts, packs)[0]]
    folder = tmp_path_factory.mktemp("dataset")
    for name, columns, content in (
        ("observations", list(as_row(Observation(observation_id=""))), rows),
        ("documents", ["document_id", "file"], [{"document_id": document.document_id, "file": document.file}]),
    ):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, columns)
            writer.writeheader()
            writer.writerows(content)
    tool = shared / "tools" / "score_scorecard.py"
    return subprocess.run([sys.executable, tool, folder], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("line", "bar"),
    [
        ("found", 0.99),
        ("unit right", 0.99),
        ("trend right", 0.99),
        ("bracketed count", 0.99),
        ("KPI right", 0.95),
        ("breakdown right", 0.95),
    ],
)
def test_the_shared_scorecard(scorecard: str, line: str, bar: float) -> None:
    share = next(float(text.split()[-1]) for text in scorecard.splitlines() if text.startswith(line))
    assert share >= bar


def test_nothing_is_invented_in_the_shared_scorecard(scorecard: str) -> None:
    words = next(text.split() for text in scorecard.splitlines() if text.startswith("invented"))
    assert int(words[1]) <= 0.01 * int(words[3])

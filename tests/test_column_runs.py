"""Columns and rows whose period another one tells: runs of a year, years to date, steps back, changes, plans, own places."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from tabling import observed, table_of

from sendparse.model import Facts, Observation
from sendparse.packs import Packs

# title, headings of the columns, first and last day of each figure
DATED = [
    ("", ["Q3 23/24", "Q4", "Q1"], ["2023-10-01/2023-12-31", "2024-01-01/2024-03-31", "2024-04-01/2024-06-30"]),
    ("", ["Nov", "Dec", "Jan-25"], ["2024-11-01/2024-11-30", "2024-12-01/2024-12-31", "2025-01-01/2025-01-31"]),
    ("", ["Q1 24/25", "Q3"], ["2024-04-01/2024-06-30", "/"]),  # no run: a quarter is missing
    ("", ["Autumn 2023", "Spring"], ["2023-09-01/2023-12-31", "2024-01-01/2024-03-31"]),
    ("2024/25", ["Apr-Jun", "Jul-Sep"], ["2024-04-01/2024-06-30", "2024-07-01/2024-09-30"]),
    ("Quarter 3 performance 2024/25", ["Actual"], ["2024-10-01/2024-12-31"]),
    ("", ["Apr-24", "May-24", "YTD"], ["2024-04-01/2024-04-30", "2024-05-01/2024-05-31", "2024-04-01/2024-05-31"]),
    ("", ["Feb-25", "YTD last year"], ["2025-02-01/2025-02-28", "2023-04-01/2024-02-29"]),
    ("", ["Year to date 24/25 (to end December)"], ["2024-04-01/2024-12-31"]),
    ("", ["Q1 24/25", "Same period last year"], ["2024-04-01/2024-06-30", "2023-04-01/2023-06-30"]),
    ("SEND: Quarter 2 2024/25", ["Previous", "Latest"], ["2024-04-01/2024-06-30", "2024-07-01/2024-09-30"]),
    ("", ["2022/23", "2023/24", "Change"], ["2022-04-01/2023-03-31", "2023-04-01/2024-03-31", "2022-04-01/2024-03-31"]),
    ("", ["Q1 24/25", "Q2", "Total"], ["2024-04-01/2024-06-30", "2024-07-01/2024-09-30", "2024-04-01/2024-09-30"]),
    ("June 2024", ["Actual", "Annual target"], ["2024-06-01/2024-06-30", "2024-04-01/2025-03-31"]),
]


def dates(row: Observation) -> str:
    return f"{row.period_start or ''}/{row.period_end or ''}"


@pytest.mark.parametrize(("title", "columns", "expected"), DATED)
def test_columns(packs: Packs, title: str, columns: Sequence[str], expected: Sequence[str]) -> None:
    figures = [str(40 + n) for n in range(len(columns))]
    table = table_of([["Indicator", *columns], ["EHC plans issued", *figures]], title=title)
    assert [dates(row) for row in observed(table, packs, Facts(council="Essex"))] == list(expected)


def test_neighbours_date_a_quarter_before_the_papers_day_does(packs: Packs) -> None:
    rows = [["Indicator", "Q3 23/24", "Q4", "Q1"], ["EHC plans issued", "40", "41", "42"]]
    found = observed(table_of(rows), packs, Facts(council="Essex", meeting_date=date(2025, 3, 11)))
    assert [dates(row) for row in found] == DATED[0][2]


def test_months_down_take_the_year_of_the_heading(packs: Packs) -> None:
    rows = [["Month", "EHC plans issued"], ["December", "12"], ["January", "14"]]
    found = observed(table_of(rows, title="Activity in 2023/24"), packs)
    assert [dates(row) for row in found] == ["2023-12-01/2023-12-31", "2024-01-01/2024-01-31"]


def test_a_month_outside_that_year_stays_open(packs: Packs) -> None:
    rows = [["Month", "EHC plans issued"], ["December", "12"], ["January", "14"]]
    found = observed(table_of(rows, title="Activity, April to June 2024"), packs)
    assert [dates(row) for row in found] == ["/", "/"]


def test_a_column_of_periods_dates_the_newest_figure_only(packs: Packs) -> None:
    rows = [["KPI", "Period", "Previous", "Latest"], ["EHC plans issued", "Q2 2024/25", "40", "52"]]
    assert [dates(row) for row in observed(table_of(rows), packs)] == ["/", "2024-07-01/2024-09-30"]


STEPS = [
    (["Where are we now (2024/25)", "2025/26", "2026/27"], ["baseline", "target", "target"]),
    (["Latest (2024)", "2026", "2028"], ["actual", "target", "target"]),
    (["Baseline", "Year 1", "Year 2"], ["baseline", "target", "target"]),
    (["Baseline 2022/23", "2023/24", "Target 2024/25"], ["baseline", "actual", "target"]),  # measured meanwhile
    (["2022/23", "2023/24", "Target 2024/25"], ["actual", "actual", "target"]),
]


@pytest.mark.parametrize(("columns", "roles"), STEPS)
def test_steps_of_a_plan(packs: Packs, columns: Sequence[str], roles: Sequence[str]) -> None:
    rows = [["Measure", *columns], ["EHC plans issued within 20 weeks", "38%", "50%", "60%"]]
    found = observed(table_of(rows), packs, Facts(council="Essex"))
    assert [row.role for row in found] == list(roles)


def test_an_unknown_publisher_is_a_place_beside_areas(packs: Packs) -> None:
    rows = [["Measure", "Loxmere", "South West", "England"], ["% of pupils with an EHC plan", "5.4%", "5.1%", "4.8%"]]
    found = observed(table_of(rows), packs)
    assert [(row.kpi, row.area_type) for row in found] == [
        ("pupils_with_ehcp_pct", "council"), ("pupils_with_ehcp_pct", "region"), ("pupils_with_ehcp_pct", "england"),
    ]  # fmt: skip


def test_an_unknown_publisher_among_rows_of_areas(packs: Packs) -> None:
    rows = [["Area", "2022/23", "2023/24"], ["Westmere", "12.4", "14.1"], ["England", "18.1", "20.1"]]
    title = "Suspension rate of pupils with an EHC plan (per 100 pupils)"
    found = observed(table_of(rows, title=title), packs)
    assert {row.kpi for row in found} == {"suspension_rate_ehcp"}
    assert [row.area_type for row in found] == ["council", "council", "england", "england"]


def test_two_unknown_names_stay_labels(packs: Packs) -> None:
    rows = [["Area", "2023"], ["Westmere", "12.4%"], ["Eastmere", "11.0%"], ["England", "18.1%"]]
    found = observed(table_of(rows, title="Requests for EHC needs assessment refused (%)"), packs)
    assert [row.kpi for row in found] == ["", "", "ehcna_refused_to_assess_pct"]


UNITS = [
    ("Children electively home educated with an EHCP", ["22", "34"], "count"),  # things that are named
    ("EHC plans issued within 20 weeks", ["55", "57"], "percent"),  # a deadline: a share of them
    ("Pupils with an EHC plan permanently excluded", ["2", "3"], "count"),  # whole numbers are no rate
    ("Requests refused", ["22.4", "21"], "percent"),  # decimals are no count
    ("Number of assessments open for more than 20 weeks", ["118", "130"], "count"),  # a length in the name
]


@pytest.mark.parametrize(("label", "figures", "unit"), UNITS)
def test_units_that_nothing_states(packs: Packs, label: str, figures: Sequence[str], unit: str) -> None:
    found = observed(table_of([["Measure", "2023", "2024"], [label, *figures]], title="SEND"), packs)
    assert {row.unit for row in found} == {unit}


def test_the_next_column_lends_its_subject_and_nothing_more(packs: Packs) -> None:
    rows = [["Council", "EHC plans", "Requests in 2024", "Mediation cases"], ["Devon", "9,020", "2,300", "410"]]
    found = observed(table_of(rows), packs)
    assert [row.kpi for row in found] == ["ehcp_total_count", "ehcna_requests_count", "mediation_total_count"]


def test_a_programme_of_its_own_borrows_no_measure(packs: Packs) -> None:
    rows = [["Measure", "Nov 24"], ["SEN inclusion funding", ""], ["No. of children accessing Barley's Garden", "119"]]
    assert [row.kpi for row in observed(table_of(rows), packs)] == [""]


def test_words_in_a_column_of_directions(packs: Packs) -> None:
    rows = [
        ["Measure", "Q1 2024/25", "Trend"],
        ["EHC plans issued", "40", "Up"],
        ["Requests refused", "9", "Improving"],
    ]
    assert [row.trend for row in observed(table_of(rows), packs)] == ["up", ""]


def test_a_paper_of_a_quarter_dates_what_says_latest(packs: Packs) -> None:
    rows = [["Measure", "Latest", "Target"], ["EHC plans issued", "40", "50"]]
    facts = Facts(council="Essex", title="SEND performance, Quarter 3 2024/25", meeting_date=date(2025, 2, 11))
    assert [dates(row) for row in observed(table_of(rows), packs, facts)] == ["2024-10-01/2024-12-31"] * 2

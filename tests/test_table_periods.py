# ruff: noqa: E501 - a case is a line
"""Periods of table figures: accounts, and columns that say how far they are from the period of the title."""

from __future__ import annotations

from datetime import date

import pytest
from tabling import observed, table_of

from sendparse.packs import Packs

ACCOUNTS = [
    # heading                   title                           start         end           why
    ("Approved budget",         "Table 1: Quarter 3 2024/25 (£000)", "2024-04-01", "2025-03-31", "a budget is for the year"),
    ("Forecast outturn",        "Table 1: Quarter 3 2024/25 (£000)", "2024-04-01", "2025-03-31", "so is a forecast"),
    ("Actual to 31 Dec 2024",   "Table 1: Quarter 3 2024/25 (£000)", "2024-04-01", "2024-12-31", "spent so far"),
    ("Q3 2024/25 budget",       "Table 1 (£000)",                    "2024-10-01", "2024-12-31", "the column itself says for which quarter"),
    ("Spend",                   "Table 1: Quarter 3 2024/25 (£000)", "2024-10-01", "2024-12-31", "nothing says that it is for the year"),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "title", "start", "end", "why"), ACCOUNTS)
def test_accounts(packs: Packs, heading: str, title: str, start: str, end: str, why: str) -> None:
    [found] = observed(table_of([["Service", heading], ["Top-up funding", "1,204"]], title=title), packs)
    assert (found.value, str(found.period_start), str(found.period_end)) == (1_204_000, start, end), why


RELATIVE = [
    # title                                  heading                   start
    ("SEND dashboard – February 2025",       "This month",             date(2025, 2, 1)),
    ("SEND dashboard – February 2025",       "Last month",             date(2025, 1, 1)),
    ("SEND dashboard – February 2025",       "Same month last year",   date(2024, 2, 1)),
    ("SEND scorecard, quarter 1 2025/26",    "Last quarter",           date(2025, 1, 1)),
    ("SEND scorecard, quarter 1 2025/26",    "Same quarter last year", date(2024, 4, 1)),
    ("SEND scorecard, quarter 1 2025/26",    "Last month",             None),  # of no month in a quarter
    ("SEND scorecard",                       "This month",             None),
]  # fmt: skip


@pytest.mark.parametrize(("title", "heading", "start"), RELATIVE)
def test_columns_that_count_from_the_period_of_the_title(
    packs: Packs, title: str, heading: str, start: date | None
) -> None:
    rows = [["Indicator", heading, "Target"], ["EHC plans issued", "12", "13"]]
    found = observed(table_of(rows, title=title), packs)[0]
    assert found.period_start == start
    assert ("period_inferred" in found.flags) == (start is not None)


def test_a_year_in_a_band_lends_itself_to_the_months_below(packs: Packs) -> None:
    rows = [
        ["Month", "Requests", "Plans issued"],
        ["2023", "<", "<"],
        ["Novem\nber", "7", "4"],
        ["2024", "<", "<"],
        ["January", "8", "5"],
    ]
    found = observed(table_of(rows, title="EHC plans"), packs)
    assert [(o.value, o.period_start) for o in found[::2]] == [(7, date(2023, 11, 1)), (8, date(2024, 1, 1))]


def test_a_quarter_above_its_year(packs: Packs) -> None:
    rows = [["Measure", "Q3", "Q4"], ["^", "2023/24", "2023/24"], ["^", "Actual", "Target"], ["Plans issued", "7", "4"]]
    found = observed(table_of(rows), packs)
    assert [(o.period_start, o.role) for o in found] == [(date(2023, 10, 1), "actual"), (date(2024, 1, 1), "target")]


def test_beside_quarters_a_slash_year_is_financial(packs: Packs) -> None:
    rows = [["Measure", "Q1 2024/25", "2023/24"], ["Number of permanent exclusions", "7", "30"]]
    assert observed(table_of(rows), packs)[1].period_start == date(2023, 4, 1)
    alone = [["Measure", "2022/23", "2023/24"], ["Number of permanent exclusions", "7", "30"]]
    assert observed(table_of(alone), packs)[1].period_start == date(2023, 9, 1)


@pytest.mark.parametrize("heading", ["Rolling 12 mths", "12m rolling", "Rolling\n12 months", "Rolling 12m"])
def test_months_that_roll_however_they_are_written(packs: Packs, heading: str) -> None:
    rows = [["Indicator", "Aug 2024", "Sep 2024", heading], ["Requests received", "12", "13", "160"]]
    found = observed(table_of(rows, title="Scorecard, September 2024"), packs)[-1]
    assert (str(found.period_start), str(found.period_end)) == ("2023-10-01", "2024-09-30")


@pytest.mark.parametrize(
    ("label", "end"),
    [("Suspensions", "2024-08-31"), ("Persistent absence", "2024-08-31"), ("Plans issued", "2024-03-31")],
)
def test_what_schools_count_is_of_their_year(packs: Packs, label: str, end: str) -> None:
    rows = [["Group", "", "2022/23", "2023/24"], ["Pupils with a plan", label, "355", "402"]]
    assert str(observed(table_of(rows), packs)[-1].period_end) == end


def test_a_row_of_totals_and_averages_is_of_what_its_columns_measure(packs: Packs) -> None:
    rows = [
        ["Month", "Plans issued", "Average weeks to issue"],
        ["Jan 2025", "41", "24.1"],
        ["Total / average", "131", "22.8"],
    ]
    assert [(o.value, o.unit) for o in observed(table_of(rows, title="EHC plans"), packs)][2:] == [
        (131, "count"),
        (22.8, "weeks"),
    ]

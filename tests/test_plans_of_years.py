"""Tables of strategies: a year that is not over, rows that are still to be set, columns that name measures of success."""

from __future__ import annotations

from datetime import date

import pytest
from tabling import observed, table_of

from sendparse.model import Facts
from sendparse.packs import Packs

FACTS = Facts(council="Essex", title="SEND strategy", meeting_date=date(2025, 6, 10))
TIMELY = "EHC plans issued within 20 weeks"

PLANS = [
    # headings of the columns                             roles of a row of figures                  why
    (["Measure", "2024/25 position", "2025/26", "2026/27", "2027/28"], "actual target target target", "the year has begun"),
    (["Measure", "2023/24", "2024/25", "2025/26"], "actual actual actual", "no years to come beside it"),
    (["Measure", "2024/25", "2025/26", "2026/27"], "actual actual target", "one year to come may be a forecast"),
    (["Success measure", "Baseline (2023/24)", "By July 2026"], "baseline target", "a column of measures is no target"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "roles", "why"), PLANS)
def test_what_later_years_hold(packs: Packs, head: list[str], roles: str, why: str) -> None:
    rows = [
        head,
        [TIMELY, "47%", "55%", "65%", "75%"][: len(head)],
        ["Annual reviews on time", "58%", "60%", "70%", "90%"][: len(head)],
    ]
    found = observed(table_of(rows, bold=(0,)), packs, FACTS)
    assert [o.role for o in found if TIMELY in o.evidence] == roles.split(), why


def test_a_row_to_be_set_beside_years_to_come_is_planned(packs: Packs) -> None:
    rows = [
        ["Measure", "Now", "2026", "2028"],
        [TIMELY, "47%", "60%", "75%"],
        ["Parents who feel heard", "TBC", "TBC", "TBC"],
    ]
    found = observed(table_of(rows, bold=(0,)), packs, FACTS)
    assert [(o.value, o.role) for o in found if "Parents" in o.evidence] == [(None, "planned")]


@pytest.mark.parametrize(
    ("title", "roles"),
    [
        ("SEND and Inclusion Strategy 2025 to 2028", "actual target target"),
        ("SEND and Inclusion Strategy 2025-28", "actual target target"),
        ("SEND performance report 2025-2028", "actual actual actual"),
    ],
)
def test_years_of_a_strategy_without_a_day_are_aimed_at(packs: Packs, title: str, roles: str) -> None:
    rows = [["Measure", "2024/25 position", "2025/26", "2027/28"], [TIMELY, "47%", "60%", "75%"]]
    found = observed(table_of(rows, bold=(0,)), packs, Facts(council="Essex", title=title))
    assert [o.role for o in found] == roles.split()


COUNTED = [
    # title                                         label                                    first and last day of "2024"
    ("Number of EHC plans, January", "Essex", "2024-01-01/2024-01-31"),
    ("Number of EHC plans as at 31 March", "Essex", "2024-03-31/2024-03-31"),
    ("SEND", "Children with an EHC plan (January)", "2024-01-01/2024-01-31"),
    ("EHC plans issued from January to March", "Essex", "2024-01-01/2024-12-31"),
    ("New EHC plans issued", "Essex", "2024-01-01/2024-12-31"),
]


@pytest.mark.parametrize(("title", "label", "days"), COUNTED)
def test_a_count_of_one_month_of_each_year(packs: Packs, title: str, label: str, days: str) -> None:
    rows = [["", "2023", "2024"], [label, "1,402", "1,488"], ["Suffolk", "1,601", "1,640"]]
    found = observed(table_of(rows, bold=(0,), title=title), packs)[1]
    assert f"{found.period_start}/{found.period_end}" == days


@pytest.mark.parametrize(
    ("label", "who"),
    [
        ("860 Suffolk", "other_council"),
        ("E10000029 Suffolk", "other_council"),
        ("England", "england"),
        ("970 England", "england"),
    ],
)
def test_a_code_before_the_name_of_an_area(packs: Packs, label: str, who: str) -> None:
    rows = [["", "2023", "2024"], [label, "44.1", "52.0"], ["Essex", "40.2", "41.7"]]
    found = observed(table_of(rows, bold=(0,), title="EHC plans issued within 20 weeks (%)"), packs)[0]
    assert (found.area_type, found.kpi, found.unit) == (who, "ehcp_20wk_unspecified_pct", "percent")


def test_changes_of_shares_are_points_and_changes_in_percent_are_of_the_count(packs: Packs) -> None:
    shares = [["", "2023", "2024", "Change"], ["Essex", "44.1", "52.0", "+7.9"], ["Suffolk", "40.2", "41.7", "+1.5"]]
    found = observed(table_of(shares, bold=(0,), title="New EHC plans issued within 20 weeks"), packs)
    assert [o.unit for o in found[:3]] == ["percent", "percent", "percentage_points"]
    counts = [
        ["", "2023", "2024", "% change"],
        ["Essex", "1,402", "1,488", "6.1%"],
        ["Suffolk", "1,601", "1,640", "2.4%"],
    ]
    last = observed(table_of(counts, bold=(0,), title="EHC plans maintained"), packs)[2]
    assert (last.kpi, last.unit, last.role) == ("ehcp_total_count", "percent", "change")


OVER = ["", TIMELY, "<", "<", "", ""]
SPREAD = [
    # method, lower headings -> how many figures of a row are of the measure over the first three; why
    ("borderless", ["2021", "2022", "2023", "2024", "Change"], 5, "the years go on"),
    ("ruled", ["2021", "2022", "2023", "2024", "Change"], 3, "lines say how far"),
    ("borderless", ["2021", "2022", "2023", "Target", "England"], 3, "other kinds"),
]


@pytest.mark.parametrize(("method", "head", "many", "why"), SPREAD)
def test_a_heading_over_most_years_is_over_the_last_too(
    packs: Packs, method: str, head: list[str], many: int, why: str
) -> None:
    rows = [
        OVER,
        ["", *head],
        ["Essex", "44.1", "52.0", "50.3", "51.7", "1.4"],
        ["Suffolk", "40.2", "41.7", "44.9", "46.0", "1.1"],
    ]
    found = observed(table_of(rows, bold=(0, 1), method=method), packs)
    assert sum(o.kpi == "ehcp_20wk_unspecified_pct" for o in found[:5]) == many, why
    if many == 5:
        assert found[4].unit == "percentage_points"

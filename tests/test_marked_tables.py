"""Small tables of many makes, cell by cell; and the rules of columns and labels that they rest on."""

from __future__ import annotations

import pytest
from marking import FOLDER, score
from tabling import observed, table_of

from sendparse.packs import Packs

FLOORS = [("open", 0.98, 0.94), ("held", 0.92, 0.83)]


@pytest.mark.parametrize(("name", "figures", "least"), FLOORS)
def test_marked_tables(name: str, figures: float, least: float, packs: Packs) -> None:
    reached = score(FOLDER / name, packs)
    assert reached["L1"] >= figures, reached
    assert reached["L4"] >= least, reached


def test_each_share_is_of_the_time_of_its_count(packs: Packs) -> None:
    rows = [
        ["Where children with an EHC plan are educated", "Jan 2025", "%", "Jan 2026", "%"],
        ["Mainstream schools", "611", "43.0", "688", "41.9"],
        ["EOTAS", "39", "2.7", "52", "3.2"],
    ]
    found = observed(table_of(rows), packs)
    assert [(r.value_text, r.unit, str(r.period_start)) for r in found] == [
        ("611", "count", "2025-01-01"),
        ("43.0", "percent", "2025-01-01"),
        ("688", "count", "2026-01-01"),
        ("41.9", "percent", "2026-01-01"),
        ("39", "count", "2025-01-01"),
        ("2.7", "percent", "2025-01-01"),
        ("52", "count", "2026-01-01"),
        ("3.2", "percent", "2026-01-01"),
    ]


def test_one_percent_column_behind_two_dated_ones_stays_open(packs: Packs) -> None:
    rows = [["EHC plans", "Jan 2025", "Jan 2026", "%"], ["Plans maintained", "1,200", "1,320", "10.0"]]
    assert observed(table_of(rows), packs)[2].period_start is None


def test_kinds_of_provision_in_one_list_do_not_rule_each_other_out(packs: Packs) -> None:
    rows = [
        ["Placement", "Jan 2026"],
        ["Mainstream school", "688"],
        ["Resourced provision", "131"],
        ["Special school", "779"],
    ]
    found = observed(table_of(rows, title="Children with an EHC plan by placement"), packs)
    assert [r.kpi for r in found] == ["ehcp_mainstream_count", "ehcp_resourced_provision_count", "ehcp_special_count"]


def test_bases_alone_are_bases(packs: Packs) -> None:
    rows = [["", "2024/25", "2025/26"], ["SEN units opened", "4", "6"]]
    assert {r.kpi for r in observed(table_of(rows, title="Capital programme for SEND"), packs)} == {
        "resource_bases_count"
    }


def test_no_target_is_no_target(packs: Packs) -> None:
    rows = [["Measure", "Nov-24"], ["SEND complaints at stage 1 (no target)", "9"]]
    assert observed(table_of(rows), packs)[0].role == "actual"


def test_where_we_are_now_beside_a_starting_point(packs: Packs) -> None:
    rows = [
        ["What we measure", "Starting point (July 2023)", "By July 2024", "Where we are now (May 2024)"],
        ["Percentage of EHC plans completed in 20 weeks", "22%", "50%", "46%"],
    ]
    assert [r.role for r in observed(table_of(rows), packs)] == ["baseline", "target", "actual"]


def test_what_is_in_time_is_told_by_the_row_above(packs: Packs) -> None:
    rows = [
        ["", "Apr 2025", "May 2025"],
        ["Final plans issued", "38", "45"],
        ["of which in 20 weeks", "21", "22"],
        ["% in 20 weeks", "55.3", "48.9"],
    ]
    found = observed(table_of(rows, title="Statutory SEND activity"), packs)
    assert [r.kpi for r in found[2:]] == ["ehcp_issued_within_20wk_count"] * 2 + ["ehcp_20wk_unspecified_pct"] * 2


def test_what_an_account_measures_is_told_by_its_columns(packs: Packs) -> None:
    rows = [
        ["£000", "Budget 2025/26", "Forecast 2025/26", "Variance 2025/26"],
        ["Total High Needs Block", "23,930", "25,900", "1,970"],
        ["Places in special schools", "9,000", "9,100", "100"],
    ]
    found = observed(table_of(rows, title="High needs monitoring"), packs)
    assert [r.kpi for r in found[:3]] == [
        "high_needs_block_budget_gbp",
        "high_needs_block_spend_gbp",
        "high_needs_block_in_year_variance_gbp",
    ]

"""Small tables of many makes, cell by cell; and the rules of columns and labels that they rest on."""

from __future__ import annotations

import pytest
from marking import FOLDER, found_cells, score
from tabling import observed, table_of, troubled

from sendparse.model import Facts
from sendparse.packs import Packs

FLOORS = [("open", 0.98, 0.94), ("held", 0.97, 0.95)]


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


def test_counts_beside_a_share_without_signs(packs: Packs) -> None:
    rows = [
        ["Month", "Plans due", "Issued in 20 weeks", "% on time"],
        ["Jul 2024", "48", "22", "45.8"],
        ["Aug 2024", "39", "21", "53.8"],
    ]
    found = observed(table_of(rows, title="EHC plans due and issued on time"), packs)
    assert [r.unit for r in found[:3]] == ["count", "count", "percent"]
    assert [r.kpi for r in found[1:3]] == ["ehcp_issued_within_20wk_count", "ehcp_20wk_due_in_period_pct"]


def test_headings_may_hold_numbers(packs: Packs) -> None:
    bands = [
        ["Service", "Under 18 weeks", "18 to 52 weeks", "Over 52 weeks"],
        ["Speech and language therapy", "410", "288", "31"],
    ]
    assert [r.value for r in observed(table_of(bands, title="Children waiting"), packs)] == [410, 288, 31]
    page = "<table><tr><th>SEND survey</th><th>2023 (n=212)</th><th>2024 (n=287)</th><th>Change</th></tr>"
    page += "<tr><td>Parents satisfied with the SEND service</td><td>41%</td><td>48%</td><td>+7</td></tr></table>"
    found = list(found_cells(f"<html><body><main>{page}</main></body></html>", packs).values())
    assert [(r.value, r.unit, str(r.period_end)) for r in found[:2]] == [
        (41, "percent", "2023-12-31"),
        (48, "percent", "2024-12-31"),
    ]
    assert (found[2].unit, found[2].role, found[2].kpi) == ("percentage_points", "change", "parent_satisfaction_pct")


def test_rows_of_ranks_are_named_and_no_figures(packs: Packs) -> None:
    rows = [
        ["", "2022", "2023"],
        ["Eastmere", "48.3%", "40.1%"],
        ["England", "49.2%", "50.3%"],
        ["National rank", "80", "96"],
        ["Quartile", "3", "3"],
    ]
    table = table_of(rows, title="EHC plans issued within 20 weeks (excluding exceptions)")
    assert {r.kpi for r in observed(table, packs)} == {"ehcp_20wk_excl_exceptions_pct"}
    assert [(code, quote) for code, quote in troubled(table, packs)] == [
        ("figures_aside", "80; 96"),
        ("figures_aside", "3; 3"),
    ]


def test_complaints_upheld_are_no_complaints_received(packs: Packs) -> None:
    rows = [["", "2023/24"], ["Stage 1 received", "77"], ["Stage 1 upheld or partly upheld", "41"]]
    found = observed(table_of(rows, title="SEND complaints by stage"), packs)
    assert [r.kpi for r in found] == ["send_complaints_count", ""]


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


def test_a_need_in_one_direction_and_a_phase_in_the_other(packs: Packs) -> None:
    rows = [
        ["Primary need", "Primary", "Secondary", "Total"],
        ["SEMH", "120", "210", "330"],
        ["All", "321", "309", "630"],
    ]
    found = observed(table_of(rows, title="EHC plans by primary need and phase, January 2025"), packs)
    assert {r.kpi for r in found} == {"ehcp_total_count"}
    parts = [
        "need=semh;phase=primary",
        "need=semh;phase=secondary",
        "need=semh",
        "phase=primary",
        "phase=secondary",
        "",
    ]
    assert [r.breakdown for r in found] == parts


def test_a_column_goes_on_with_the_one_before(packs: Packs) -> None:
    rows = [
        ["Month", "Requests", "Agreed", "Not agreed", "Plans issued"],
        ["Jan 2024", "61", "40", "12", "22"],
        ["Feb 2024", "54", "37", "14", "31"],
    ]
    found = observed(table_of(rows, title="SEND casework: EHC needs assessments"), packs)
    assert [(r.kpi, r.unit) for r in found[:4]] == [
        ("ehcna_requests_count", "count"),
        ("ehcna_agreed_to_assess_count", "count"),
        ("ehcna_refused_to_assess_count", "count"),
        ("new_ehcp_count", "count"),
    ]


def test_what_adds_up_to_a_total_is_counted(packs: Packs) -> None:
    rows = [
        ["Reason for appeal", "Registered", "Conceded", "Upheld"],
        ["Refusal to assess", "24", "11", "2"],
        ["Contents of plan", "61", "14", "11"],
        ["Total", "85", "25", "13"],
    ]
    found = observed(table_of(rows, title="SEND tribunal appeals by reason and outcome"), packs)
    assert {r.unit for r in found} == {"count"}
    assert [r.kpi for r in found[:3]] == ["tribunal_request_stage_count", "", ""], "conceded ones are not all of them"
    assert [r.kpi for r in found[6:]] == ["tribunal_appeals_registered_count", "tribunal_conceded_count", ""]


def test_east_among_north_and_south_is_no_region(packs: Packs) -> None:
    rows = [["Area team", "Reviews overdue"], ["North", "88"], ["South", "132"], ["East", "49"]]
    found = observed(table_of(rows, title="EHC plan annual reviews"), packs)
    assert {(r.area_type, r.role) for r in found} == {("council", "actual")}


def test_a_column_of_periods_dates_england_too(packs: Packs) -> None:
    rows = [["Measure", "Eltham Vale", "England", "Data period"], ["Tribunal appeal rate", "2.1%", "2.7%", "2023"]]
    assert {str(r.period_end) for r in observed(table_of(rows, title="SEND on a page"), packs)} == {"2023-12-31"}


def test_what_is_proposed_is_a_budget(packs: Packs) -> None:
    rows = [
        ["", "2025/26 budget £m", "2026/27 proposed £m"],
        ["Top-up funding: mainstream schools", "7.10", "8.40"],
        ["Total", "39.60", "45.30"],
    ]
    found = observed(table_of(rows, title="High needs block budget"), packs)
    assert {r.kpi for r in found[2:]} == {"high_needs_block_budget_gbp"}


def test_a_column_of_another_thing_takes_the_measure_of_its_rows(packs: Packs) -> None:
    rows = [
        ["SEN status", "PEX 2022/23", "Suspensions 2022/23", "Suspension rate 2022/23"],
        ["EHC plan", "6", "402", "24.1"],
        ["All pupils", "57", "3,684", "8.0"],
    ]
    found = observed(table_of(rows, title="Exclusions by SEN status"), packs)
    assert [r.kpi for r in found] == ["", "", "suspension_rate_ehcp", "", "", ""]
    assert {str(r.period_start) for r in found} == {"2022-09-01"}


def test_changes_of_counts_and_years_to_date(packs: Packs) -> None:
    rows = [
        ["Activity", "YTD 2022/23 (Apr-Dec)", "YTD 2023/24 (Apr-Dec)", "% change"],
        ["Assessments agreed", "361", "398", "+10.2%"],
        ["EHC plans issued within 20 weeks (%)", "44", "57", "+13pp"],
    ]
    found = observed(table_of(rows, title="EHC needs assessments"), packs)
    assert [(r.kpi, r.unit) for r in found[1:3]] == [
        ("ehcna_agreed_to_assess_count", "count"),
        ("ehcna_agreed_to_assess_count", "percent"),
    ]
    assert [str(r.period_end) for r in found[:2]] == ["2022-12-31", "2023-12-31"]


def test_quarters_are_of_the_year_of_their_target(packs: Packs) -> None:
    rows = [["KPI", "Q1", "Q2", "Target 2023/24"], ["New EHC plans within 20 weeks", "38%", "44%", "60%"]]
    found = observed(table_of(rows, title="Timeliness"), packs)
    assert [str(r.period_end) for r in found] == ["2023-06-30", "2023-09-30", "2024-03-31"]
    mixed = [
        ["KPI", "Q1", "Q2", "2022/23", "Target 2023/24"],
        ["New EHC plans within 20 weeks", "38%", "44%", "41%", "60%"],
    ]
    assert observed(table_of(mixed), packs, Facts())[0].period_start is None, "two years: either may be meant"


def test_a_sen2_return_is_on_the_subject(packs: Packs) -> None:
    rows = [
        ["Measure", "2023", "2024"],
        ["Number of EHC plans at census", "2,402", "2,611"],
        ["Tribunal appeals", "44", "60"],
    ]
    found = observed(table_of(rows, title="SEN2 return: headline comparison"), packs)
    assert [(r.kpi, str(r.period_end)) for r in found] == [
        ("ehcp_total_count", "2023-01-31"),
        ("ehcp_total_count", "2024-01-31"),
        ("tribunal_appeals_registered_count", "2023-12-31"),
        ("tribunal_appeals_registered_count", "2024-12-31"),
    ]


def test_amounts_per_head_are_not_all_of_the_money(packs: Packs) -> None:
    rows = [["Category", "2024/25"], ["Top-up funding (total)", "388"]]
    assert observed(table_of(rows, title="High needs: per head of population (£)"), packs)[0].kpi == ""


def test_the_best_grade_is_nothing_overdue(packs: Packs) -> None:
    rows = [["Grade", "Q1 2023/24"], ["Outstanding", "2"], ["Good", "17"], ["Inadequate", "6"]]
    found = observed(table_of(rows, title="Quality assurance of EHC plans: audit grades"), packs)
    assert not any("over" in r.kpi for r in found)


def test_needs_over_placements_are_no_share_of_all_plans(packs: Packs) -> None:
    rows = [["", "Mainstream", "Special"], ["ASD", "38", "41"], ["SEMH", "44", "30"]]
    table = table_of(rows, title="Children with EHC plans by school type and need, January 2024 (%)")
    assert not any(r.kpi.startswith("ehcp_primary_need") for r in observed(table, packs))


def test_what_is_left_of_high_needs_is_no_budget(packs: Packs) -> None:
    rows = [["", "Early years £m", "High needs £m"], ["Balance at 31 March 2024", "0.9", "(21.8)"]]
    assert [r.kpi for r in observed(table_of(rows, title="Dedicated schools grant reserve"), packs)] == ["", ""]


def test_bands_down_the_side_are_labels(packs: Packs) -> None:
    rows = [
        ["Weeks taken", "Number of plans", "% of plans"],
        ["0-20 weeks", "244", "55.3%"],
        ["31-52 weeks", "52", "11.8%"],
        ["Over 52 weeks", "14", "3.2%"],
    ]
    found = observed(table_of(rows, title="EHC plans issued by weeks taken"), packs)
    assert [r.value for r in found] == [244, 55.3, 52, 11.8, 14, 3.2]
    assert [r.kpi for r in found[:4]] == ["ehcp_issued_within_20wk_count", "ehcp_20wk_unspecified_pct", "", ""]


def test_all_pupils_beneath_groups_are_not_those_with_a_plan(packs: Packs) -> None:
    rows = [["", "Persistent absence %"], ["EHC plan", "34.1"], ["SEN support", "26.0"], ["All pupils", "17.8"]]
    found = observed(table_of(rows, title="Absence 2022/23, EHC plans"), packs)
    assert [r.kpi for r in (found[0], found[2])] == ["persistent_absence_ehcp_pct", ""]


def test_vacancies_beside_one_row_of_psychologists(packs: Packs) -> None:
    rows = [
        ["Role", "2023"],
        ["EHC co-ordinators (FTE)", "18.5"],
        ["Average caseload per EHC co-ordinator", "168"],
        ["Vacancies", "6"],
        ["Educational psychologists in post (FTE)", "9.2"],
    ]
    assert observed(table_of(rows, title="SEND workforce"), packs)[2].kpi == "send_team_vacancies_count"


def test_plans_alone_are_those_that_the_table_speaks_of(packs: Packs) -> None:
    rows = [["Area team", "Plans", "Reviews overdue"], ["North", "812", "88"], ["All plans", "1,716", "220"]]
    found = observed(table_of(rows, title="EHC plans by area team"), packs)
    assert [r.kpi for r in found] == ["ehcp_total_count", "annual_reviews_overdue_count"] * 2
    other = observed(table_of([["Area team", "Plans"], ["North", "812"]], title="Travel plans by area team"), packs)
    assert [r.kpi for r in other] == [""]

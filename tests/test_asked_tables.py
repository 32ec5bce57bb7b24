"""Tables that answer a question: what was asked stands over them, in an information request's reply or on a web page."""

from __future__ import annotations

from sendparse.model import Facts, Observation
from sendparse.observe.from_table import from_table
from sendparse.packs import Packs
from sendparse.read.html import read_html
from sendparse.tables import find_tables

PAGE = """<html><head><title>Information request 5521</title></head><body><main><h1>Request 5521: EHC plans</h1>
<p>1. Please provide the number of EHC plans maintained at January of each year, by primary need.</p>
<table><tr><th>Primary need</th><th>2023</th><th>2024</th></tr><tr><td>SEMH</td><td>402</td><td>455</td></tr>
<tr><td>Total</td><td>1,698</td><td>1,854</td></tr></table>
<p>2. How many requests for an EHC needs assessment were received and refused in each calendar year?</p>
<table><tr><th>Calendar year</th><th>Received</th><th>Refused</th><th>% refused</th></tr>
<tr><td>2023</td><td>488</td><td>131</td><td>26.8%</td></tr></table>
<p>3. Spend on tribunals, by financial year:</p>
<table><tr><th>2022/23</th><th>2023/24</th></tr><tr><td>£84,120</td><td>£101,400</td></tr></table>
<h2>Timeliness of EHC plans by month</h2>
<table><tr><th>Month (2025)</th><th>Plans issued</th><th>% on time</th></tr>
<tr><td>October</td><td>74</td><td>52.7%</td></tr><tr><td>November</td><td>66</td><td>62.1%</td></tr></table>
</main></body></html>"""
ANSWERS = [
    ("455", "ehcp_total_count", "need=semh", "2024-01-01", "2024-01-31"),
    ("1,698", "ehcp_total_count", "", "2023-01-01", "2023-01-31"),
    ("488", "ehcna_requests_count", "", "2023-01-01", "2023-12-31"),
    ("131", "ehcna_refused_to_assess_count", "", "2023-01-01", "2023-12-31"),
    ("26.8%", "ehcna_refused_to_assess_pct", "", "2023-01-01", "2023-12-31"),
    ("£84,120", "tribunal_cost_gbp", "", "2022-04-01", "2023-03-31"),
    ("66", "new_ehcp_count", "", "2025-11-01", "2025-11-30"),
    ("52.7%", "ehcp_20wk_unspecified_pct", "", "2025-10-01", "2025-10-31"),
]


def _rows(page: str, packs: Packs) -> list[Observation]:
    document = read_html(page.encode(), document_id="d", file="page.html")
    tables, _ = find_tables(document)
    return [row for table in tables for row in from_table(table, document, Facts(), packs)[0]]


def _printed(page: str, packs: Packs) -> dict[str, Observation]:
    return {row.value_text: row for row in _rows(page, packs)}


def test_what_was_asked_names_what_the_table_tells(packs: Packs) -> None:
    rows = _printed(PAGE, packs)
    for printed, kpi, breakdown, first, last in ANSWERS:
        row = rows[printed]
        assert (row.kpi, row.breakdown, str(row.period_start), str(row.period_end)) == (kpi, breakdown, first, last)


def test_a_column_of_months_is_no_column_of_figures(packs: Packs) -> None:
    assert not any(row.value_text in {"October", "2023"} for row in _rows(PAGE, packs))


MATRICES = """<html><head><title>SEND service</title></head><body><main><h1>SEND service: workforce and appeals</h1>
<h2>Workforce</h2><table><tr><th>Role</th><th>In post (FTE)</th><th>Vacancies</th><th>Vacancy rate</th></tr>
<tr><td>EHC co-ordinators</td><td>21.5</td><td>2.5</td><td>10.4%</td></tr>
<tr><td>Educational psychologists</td><td>9.6</td><td>4.4</td><td>31.4%</td></tr></table>
<h2>SEND Tribunal</h2><table><tr><th></th><th>2023/24</th><th>2024/25</th></tr>
<tr><td>Appeals registered</td><td>112</td><td>127</td></tr><tr><td>Appeals conceded</td><td>31</td><td>37</td></tr>
<tr><td>Appeals heard</td><td>15</td><td>19</td></tr><tr><td>Decided in favour of parent</td><td>14</td><td>18</td></tr></table>
<h2>Placements</h2><table><tr><th>Provision</th><th>Average cost per place</th><th>Total cost</th></tr>
<tr><td>Special schools</td><td>£21,400</td><td>£18.0m</td></tr></table>
<h2>High needs 2025/26, compared with England</h2>
<table><tr><th></th><th>Millbrook</th><th>England</th></tr><tr><td>Pupils with an EHC plan (%)</td><td>4.9</td><td>4.8</td></tr></table>
</main></body></html>"""
# printed    measure                        unit       whose
CELLS = [
    ("2.5", "send_team_vacancies_count", "", "council"),
    ("4.4", "ep_vacancies_count", "", "council"),
    ("31.4%", "ep_vacancy_rate_pct", "percent", "council"),
    ("19", "tribunal_hearings_count", "count", "council"),
    ("18", "", "count", "council"),  # fifteen were heard: no share, and no measure counts them
    ("£18.0m", "", "gbp", "council"),  # no cost of one place
    ("4.9", "pupils_with_ehcp_pct", "percent", "council"),
    ("4.8", "pupils_with_ehcp_pct", "percent", "england"),
]


def test_a_row_and_its_column_together_name_the_measure(packs: Packs) -> None:
    rows = _printed(MATRICES, packs)
    assert [(p, rows[p].kpi, rows[p].unit, rows[p].area_type) for p, *_ in CELLS] == CELLS


SCORES = """<html><head><title>SEND scorecard</title></head><body><main><h1>SEND scorecard of Brackenford Council</h1>
<h2>EHC plans issued within 20 weeks, excluding exceptions (%)</h2>
<table><tr><th>Local authority</th><th>2023</th><th>2024</th></tr><tr><td>Brackenford</td><td>52.0</td><td>58.4</td></tr>
<tr><td>Kent</td><td>12.9</td><td>65.0</td></tr><tr><td>England</td><td>50.3</td><td>46.4</td></tr>
<tr><td>Rank (of 153)</td><td>71</td><td>49</td></tr></table>
<h2>Absence by term</h2><table><tr><th>Pupils with EHC plans</th><th>Autumn 2023/24</th></tr>
<tr><td>Overall absence</td><td>12.4%</td></tr></table>
<h2>Ambitions</h2><table><tr><th>Measure</th><th>Baseline 2022</th><th>Progress 2025</th></tr>
<tr><td>EHCPs within 20 weeks</td><td>22%</td><td>49%</td></tr></table>
<h2>Finance (£m)</h2><table><tr><th></th><th>2024/25</th></tr><tr><td>DSG reserve (deficit) at 31 March</td><td>(22.5)</td></tr></table>
</main></body></html>"""
# printed    measure                        whose            period's end
FIGURES = [
    ("58.4", "ehcp_20wk_excl_exceptions_pct", "council", "2024-12-31"),
    ("65.0", "ehcp_20wk_excl_exceptions_pct", "other_council", "2024-12-31"),
    ("12.4%", "absence_ehcp_pct", "council", "2023-12-31"),
    ("49%", "ehcp_20wk_unspecified_pct", "council", "2025-12-31"),
    ("(22.5)", "dsg_cumulative_deficit_gbp", "council", "2025-03-31"),
]


def test_what_stands_over_and_beside_a_row_names_its_measure(packs: Packs) -> None:
    rows = _printed(SCORES, packs)
    assert [(p, rows[p].kpi, rows[p].area_type, str(rows[p].period_end)) for p, *_ in FIGURES] == FIGURES
    assert "71" not in rows, "a rank is none of it"


BESIDE = """<html><head><title>SEND scorecard</title></head><body><main><h1>SEND scorecard</h1>
<table><tr><th>Month</th><th>% of EHC plans in 20 weeks (target)</th></tr><tr><td>October 2025</td><td>66.7% (60%)</td></tr>
<tr><td>November 2025</td><td>62.1% (60%)</td></tr></table>
<table><tr><th>SEND provision</th><th>SEN2 2024</th><th>SEN2 2025</th><th>Change</th></tr>
<tr><td>EHCPs in mainstream</td><td>1,402</td><td>1,498</td><td>+96 (6.8%)</td></tr></table>
</main></body></html>"""


def test_a_second_figure_in_brackets_is_what_the_heading_says(packs: Packs) -> None:
    told = sorted((row.value, row.unit, row.kpi, row.role) for row in _rows(BESIDE, packs) if "(" in row.value_text)
    on_time, mainstream = "ehcp_20wk_unspecified_pct", "ehcp_mainstream_count"
    assert told == [
        (6.8, "percent", mainstream, "change"),
        (60.0, "percent", on_time, "target"),
        (60.0, "percent", on_time, "target"),
        (62.1, "percent", on_time, "actual"),
        (66.7, "percent", on_time, "actual"),
        (96.0, "count", mainstream, "change"),
    ]

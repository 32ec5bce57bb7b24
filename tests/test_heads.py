"""What a figure counts or pays for, by the noun that stands with it: sentences of our own."""

from __future__ import annotations

import pytest

from sendparse.model import Facts
from sendparse.packs import Packs
from sendparse.read.txt import text_blocks
from sendparse.tag.prose import figures
from sendparse.text import sentences

ABOUT = "Special needs\n\nThe council maintains Education, Health and Care plans (EHCPs).\n\n"

CASES = [
    ("The EHC plan improvement programme holds 24 new projects and 11 briefings.", ["", ""]),
    ("The special school trust employs 310 teachers and 45 therapists.", ["", ""]),
    ("The borough has 84 schools, in which 2,110 children have an EHC plan.", ["", "ehcp_total_count"]),
    ("72% of schools said that their EHC plans were clear.", [""]),
    ("The DSG recovery plan rests on £6.3m of savings.", [""]),
    ("Efficiencies of £2.4m in high needs were agreed.", [""]),
    ("Interest on the DSG deficit is £900,000 a year.", [""]),
    ("Usable reserves stand at £31m and the DSG deficit at £22m.", ["", "dsg_cumulative_deficit_gbp"]),
    ("Sharing SEN transport would save £450,000.", [""]),
    ("The high needs block overspent by £5.1m after savings of £1.2m.", ["high_needs_block_in_year_variance_gbp", ""]),
    ("The agreement on the high needs deficit brought £3m of project costs.", [""]),
    ("Children with SEND travel on 240 routes with 31 minibuses.", ["", ""]),
    ("The council is moving £4.2m from the schools block to the high needs block.", [""]),
    ("31 schools voted on the high needs budget.", [""]),
    ("14 residents complained about the special school.", [""]),
    ("The growth fund underspent by £0.2m.", [""]),
    ("The SEND team ran 38 workshops, of which 21 were full.", ["", ""]),
    ("The SEND board held 57 complaints, of which 9 were about transport.", ["send_complaints_count", "send_complaints_count"]),
    ("The DSG reserves are overdrawn by £18.6m.", ["dsg_cumulative_deficit_gbp"]),
    ("There are 14 vacant SEND caseworker posts.", ["send_team_vacancies_count"]),
    ("57 mediation meetings were held.", ["mediation_total_count"]),
    ("36 complaints were about delays in issuing EHC plans.", ["send_complaints_count"]),
    ("SEN transport spend was £9m; fuel prices went up by 12%.", ["send_transport_cost_gbp", ""]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:50] for text, _ in CASES])
def test_the_noun_of_a_figure_rules_measures_out(text: str, expected: list[str], packs: Packs) -> None:
    found = figures(sentences(text_blocks(ABOUT + text)), Facts(), packs)
    assert [link.kpi.id if link.kpi else "" for link in found] == expected

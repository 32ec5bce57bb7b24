"""What figures of one sentence, or of two that follow each other, tell of each other's measures: sentences of our own."""

from __future__ import annotations

import pytest

from sendparse.model import Facts
from sendparse.packs import Packs
from sendparse.read.txt import text_blocks
from sendparse.tag.prose import figures
from sendparse.text import sentences

ABOUT = "SEND: where we are\n\nThe council maintains Education, Health and Care plans (EHCPs).\n\n"

IN_ORDER = [
    (
        "In our schools 11.8% of pupils receive SEN Support and 4.2% have an EHC plan, compared with 13.1% and 4.6% nationally.",
        ["pupils_sen_support_pct", "pupils_with_ehcp_pct", "pupils_sen_support_pct", "pupils_with_ehcp_pct"],
    ),
    (
        "In 2024 we had 87 appeals and 51 mediations. In 2023 there were 70 and 35.",
        ["tribunal_appeals_registered_count", "mediation_total_count"] * 2,
    ),
    (  # a pair of one measure is no pair of two
        "We had 87 appeals and 51 mediations. This rose from 40 to 51.",
        [
            "tribunal_appeals_registered_count",
            "mediation_total_count",
            "mediation_total_count",
            "mediation_total_count",
        ],
    ),
]
OTHERS = [
    # a change is of what its level is of
    ("The number of children with SEND transport rose by 6% to 980.", ["send_transport_pupils_count"] * 2),
    # a verb told of both
    (
        "At key stage 2, 7% of children with a plan and 22% on SEN support reached the expected standard in reading, writing and maths.",
        ["ks2_rwm_expected_ehcp_pct", "ks2_rwm_expected_sen_support_pct"],
    ),
    # a part of a need in the place of another
    (
        "Autism is the primary need of 33% of those with a plan, SEMH of 22%.",
        ["ehcp_primary_need_asd_pct", "ehcp_primary_need_semh_pct"],
    ),
    # the whole of a part, with and without a measure of its own
    ("Seven of the 44 posts in the SEN casework team are vacant.", ["send_team_vacancies_count", "send_team_posts_count"]),
    ("The educational psychology service has 6.2 vacancies out of 21 posts.", ["ep_vacancies_count", ""]),
    # a share of a whole that is named
    ("In all, 41% of the 52 permanent exclusions were of pupils with SEND.", ["exclusions_send_share_pct", "permanent_exclusions_count"]),
    # money over budget
    (
        "We spent £61.2m on high needs in 2024/25 against a budget of £55.1m, £6.1m over.",
        ["high_needs_block_spend_gbp", "high_needs_block_budget_gbp", "high_needs_block_in_year_variance_gbp"],
    ),
    # the year's deficit and that of all years
    ("The Q2 forecast for the High Needs Block is a deficit of £8.2m.", ["high_needs_block_in_year_variance_gbp"]),
    ("The cumulative High Needs Block deficit is £31m at Q2.", ["dsg_cumulative_deficit_gbp"]),
    ("The High Needs Block deficit was £31m at 31 March 2025.", ["dsg_cumulative_deficit_gbp"]),
    # a month's own number and a monthly average
    ("Requests for assessment per month. June 2025: 29. July 2025: 40.", ["ehcna_requests_count"] * 2),
    ("We had 31 requests for assessment each month on average in 2024.", ["ehcna_requests_avg_per_month_count"]),
    # the same thing counted and paid for
    ("Personal budgets: 120 in January 2025, worth £1.4m in total.", ["personal_budgets_count", "personal_budgets_value_gbp"]),
    # percentages go on without their sign
    ("In May 48% of plans went out on time. In January it was 12.", ["ehcp_20wk_unspecified_pct"] * 2),
    # what opens or happens next is of the thing before
    ("We created 120 new specialist places in 2023 and another 80 will open in May.", ["specialist_places_count"] * 2),
    # what another subject achieves
    ("Maths GCSE: 61% of all pupils achieved grade 4 or above.", [""]),
    # a part of what was counted before
    ("There were 140 appeals. Refusals to assess account for 39.", ["tribunal_appeals_registered_count", "tribunal_request_stage_count"]),
    # what is spent beside what may be
    ("The high needs budget is £51m and the forecast £58m.", ["high_needs_block_budget_gbp", "high_needs_block_spend_gbp"]),
    ("High needs funding rises by 6% to £54m.", ["high_needs_funding_growth_pct", "high_needs_block_budget_gbp"]),
    # the whole before its part
    ("The team has 34 posts, 5 of which are vacant in the SEN casework team.", ["send_team_posts_count", "send_team_vacancies_count"]),
    ("58% of the 121 EHC plans issued in the quarter were on time.", ["ehcp_20wk_unspecified_pct", "new_ehcp_count"]),
    # a number that was planned
    ("There are 241 pupils in independent and non-maintained special schools (budgeted 204).", ["ehcp_inmss_count"] * 2),
    # "in a year" is not "in-year"
    ("The average cost of an independent special school placement is £61,800, up 5% in a year.", ["inmss_avg_cost_gbp"] * 2),
    # a cost behind a number of places, item by item
    ("- Independent special school placements: 240\n- Average cost: £60,200", ["ehcp_independent_special_count", "inmss_avg_cost_gbp"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"), [*IN_ORDER, *OTHERS], ids=[text[:50] for text, _ in [*IN_ORDER, *OTHERS]]
)
def test_what_figures_tell_of_each_other(text: str, expected: list[str], packs: Packs) -> None:
    found = figures(list(sentences(text_blocks(ABOUT + text))), Facts(), packs)
    assert [link.kpi.id if link.kpi else "" for link in found] == expected

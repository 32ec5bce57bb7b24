"""What each figure measures: sentences of our own for each way in which papers say it."""

from __future__ import annotations

import pytest

from sendparse.model import Facts
from sendparse.packs import Packs
from sendparse.read.txt import text_blocks
from sendparse.tag.link import Link
from sendparse.tag.prose import figures
from sendparse.text import sentences

ON_TIME, ON_TIME_EX = "ehcp_20wk_unspecified_pct", "ehcp_20wk_excl_exceptions_pct"
REQUESTS, PLANS, NEW = "ehcna_requests_count", "ehcp_total_count", "new_ehcp_count"
FROM_PARENTS, FROM_SCHOOLS = "ehcna_requests_from_parents_pct", "ehcna_requests_from_schools_pct"
APPEALS, COMPLAINTS = "tribunal_appeals_registered_count", "send_complaints_count"


def links(text: str, packs: Packs) -> list[Link]:
    return figures(sentences(text_blocks(text)), Facts(), packs)


LINKED = [
    # text                                                                                    measures, "" for none
    ("In 2023, 59% of EHCPs were issued within 20 weeks, lower than England (67%).", [ON_TIME] * 2, "a comparison"),
    ("27% of plans were issued within 20 weeks in 2023. This rose to 90% in 2024.", [ON_TIME] * 2, "the sentence before"),
    ("We received 107 requests for an EHC needs assessment in May, which compares to 85 in April.", [REQUESTS] * 2, "the figure before"),
    ("62% of EHC plans were issued within 20 weeks, which is short of our target of 70%.", [ON_TIME] * 2, "short of a target"),
    ("Parents made 31% of EHC assessment requests, with the other 69% from schools.",
     [FROM_PARENTS, FROM_SCHOOLS], "two measures"),
    ("How many EHC plans do you maintain?\n1,204", [PLANS], "a question"),
    ("In 2023 we dealt with:\n• 40 appeals to the SEND tribunal\n• 12 complaints about the SEND service", [APPEALS, COMPLAINTS], "a list"),
    ("Requests for EHC needs assessment by need:\nASD: 35\nSEMH: 29", [REQUESTS] * 2, "categories under a lead"),
    ("Complaints: the volume has fallen, with 13 received in May.", [COMPLAINTS], "a word in front"),
    ("45% of plans were issued within 20 weeks, or 52% excluding exceptions.", [ON_TIME, ON_TIME_EX], "exceptions"),
    ("The council had 3,140 EHCPs and issued 386 new plans in the year.", [PLANS, NEW], "stock and flow"),
    ("At the end of May 212 assessments were overdue. At the end of March 2025 there were 4,100 EHC plans.",
     ["ehcna_open_over_20wk_count", PLANS], "a number that is told of by its own words"),
    ("In May 2024, 78% of sampled EHC plans were graded as good or better. By May 2025, this had risen to 95%.",
     ["ehcp_audit_good_pct"] * 2, "a measure with words of its own, leant on"),
    ("In the July audit 11 EHC plans were judged good, 3 outstanding and 4 inadequate.", ["ehcp_audited_count"] * 2 + [""],
     "a grade, nothing overdue"),
    ("30 (33%) had an EHC plan on 31 March 2025.", [PLANS, ""], "a day, and no deadline of phase transfers"),
    ("Of 900 requests for advice, 80 were late.", ["", ""], "advice is no plan"),
    ("40 annual reviews are still outstanding, which is not good.", ["annual_reviews_overdue_count"], "no grade"),
    ("The building has 14 parking spaces.", [""], "no measure of ours"),
    ("The mediation team have reduced the number of cases that go to a tribunal hearing by 57%.",
     ["tribunal_hearings_count"], "who acts is not what is measured"),
    ("The legal timeframe for issuing an EHCP is 20 weeks.", [""], "the law, no result"),
    ("The in-year deficit on the high needs block was £6.4m and the cumulative DSG deficit £21.3m.",
     ["high_needs_block_in_year_variance_gbp", "dsg_cumulative_deficit_gbp"], "in-year and cumulative"),
]  # fmt: skip


ABOUT = "Education, health and care (EHC) plans and EHC needs assessments\n\n"
SHARE = "pupils_with_ehcp_pct"

CARRIED = [
    # text                                                                                    measures, "" for none
    ("We finished 52 plans. 33 of them (63%) were on time.", [NEW, "ehcp_issued_within_20wk_count", ON_TIME], "a count and its share"),
    ("In 2024 we issued 486 new plans and 117 of these, or 24%, met the deadline.",
     [NEW, "ehcp_issued_within_20wk_count", ON_TIME], "a share behind a comma"),
    ("Only three of the 64 appeals had gone to a full hearing.", ["tribunal_hearings_count", APPEALS], "told of a part behind its whole"),
    ("131 pupils were on SEN support and 64 (5.1%) had an EHCP, compared with 4.8% nationally.",
     ["sen_support_count", "pupils_with_ehcp_count", SHARE, SHARE], "the subject changes"),
    ("Independent and non-maintained special schools: £4.4m over budget. There are 268 placements.",
     ["independent_special_spend_gbp", "ehcp_inmss_count"], "the name of a paragraph"),
    ("KPI 11 EOTAS packages. 93 at month end.", ["ehcp_eotas_count"], "a name that ends with a full stop"),
    ("Advice from educational psychologists was on time in 39%. The figures for health and social care were 81% and 88% respectively.",
     ["ep_advice_6wk_pct", "health_advice_6wk_pct", "social_care_advice_6wk_pct"], "respectively, of the measure before"),
    ("The team now receives about 40 new requests a month.", ["ehcna_requests_avg_per_month_count"], "a month, each"),
    ("Over half of parents told us that their child went to a special school (57%).", ["", ""], "answers of people asked"),
    ("3.8% of children and young people in the area had an EHC plan.", ["ehcp_per_population_pct"], "the sign says that a share is meant"),
    ("Officers said that there had been 57 permanent exclusions.", ["permanent_exclusions_count"], "who says it is not what is measured"),
    ("Forum is asked to agree a transfer of 0.5% from the Schools Block.", ["schools_block_transfer_pct"], "what is asked of a meeting"),
    ("How many appeals were (i) lodged (ii) conceded and (iii) heard in 2023?\n(i) 66 (ii) 31 (iii) 8",
     [APPEALS, "tribunal_conceded_count", "tribunal_hearings_count"], "letters inside a line"),
    ("Please provide for 2023:\n1. The number of requests for an EHC needs assessment.\n531\n2. The number of plans issued.\n344",
     [REQUESTS, NEW], "things asked for by naming them"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "why"), CARRIED, ids=[row[2] for row in CARRIED])
def test_measures_in_a_paper_on_the_subject(text: str, expected: list[str], why: str, packs: Packs) -> None:
    found = [link.kpi.id if link.kpi else "" for link in links(ABOUT + text, packs)]
    assert found == expected, why


IN_CONTEXT = [
    # text                                                                                     measures, "" for none
    ("Timeliness\n\n131 plans were finalised. 70 (53%) were in time, up from 40 a year before.",
     [NEW, "ehcp_issued_within_20wk_count", ON_TIME, "ehcp_issued_within_20wk_count"],
     "what stands behind a bracket is of the figure in it"),
    ("Seven in ten children with an EHC plan (70%) are boys and 39% are entitled to free school meals.",
     ["ehcp_boys_pct", "ehcp_boys_pct", "ehcp_fsm_pct"], "a share with words behind its bracket"),
    ("Of 88 plans issued in the term 52 were on time.",
     [NEW, "ehcp_issued_within_20wk_count"], "what is counted stands up to the part of it"),
    ("31 of 66 EHC plans were issued on time.", ["ehcp_issued_within_20wk_count", NEW], "the whole of plans in time are plans issued"),
    ("We turned down 120 of 480 requests for an EHC needs assessment.",
     ["ehcna_refused_to_assess_count", REQUESTS], "the whole of refusals"),
    ("58% of EHC plans were issued within 20 weeks. The target in the Council Plan is 70%.", [ON_TIME] * 2, "a target in another plan"),
    ("Plans have risen by 52% since 2020 and the special schools in the county are full.", [PLANS], "a clause with a subject of its own"),
    ("44% of parents were satisfied with the EHC process; 39% knew of the local offer.",
     ["parent_satisfaction_pct", ""], "a verb of its own"),
    ("4. How many pupils with EHC plans are in INMSS, and at what cost?\n212, at £12.4m a year.",
     ["ehcp_inmss_count", "independent_special_spend_gbp"], "a question in two parts"),
    ("EHC needs assessments\n\nPlease tell me, for last year:\n\na) the number of requests for an EHC needs assessment\n"
     "b) how many were refused\n\nResponse\n\na)\n512\n\nb)\n133",
     [REQUESTS, "ehcna_refused_to_assess_count"], "letters with their answers below"),
    ("How many children with an EHC plan are taught at home by their parents?\nAnswer: 61", ["ehcp_ehe_count"], "the word answer"),
    ("Members asked why tribunal hearings go up. There had been 41 last year, compared with 26.",
     ["tribunal_hearings_count"] * 2, "there had been"),
    ("40 of our EHC plans were audited: 60% were good, 30% requires improvement.",
     ["ehcp_audited_count", "ehcp_audit_good_pct", ""], "another grade"),
    ("The Early Years Block is £0.4m under budget.", [""], "another block of the grant"),
    ("Since the last meeting on EHC plans timeliness has gone from 18% to 46%.", [ON_TIME] * 2, "timeliness by itself"),
    ("The cumulative DSG deficit is £30m. With the plan that was agreed it would be £12m by 2029.",
     ["dsg_cumulative_deficit_gbp"] * 2, "a sentence that comes to it late"),
    ("We had 384 requests for assessment and agreed 309. In 2023 the corresponding figures were 352 and 242.",
     ["ehcna_requests_count", "ehcna_agreed_to_assess_count"] * 2, "in the order of those before"),
    ("Absence of our pupils with EHCPs was 11.6%, compared with 13.1% for all pupils with EHCPs in the county.",
     ["absence_ehcp_pct"] * 2, "whom the second is of"),
    ("There are 22 EHC plan co-ordinators. Each with about 155 plans.",
     ["ehcp_coordinators_fte", "ehcp_per_caseworker_count"], "what each of them has"),
    ("EHC plans have increased from 1,905 to 2,690 in three years.", [PLANS] * 2, "a stretch of years is no plan out of date"),
    ("184 pupils with EHC plans attend schools in other authorities.",
     ["ehcp_out_of_area_count"], "pupils who attend schools are no schools"),
    ("We need 380 more specialist places, of which 220 are for autism.", ["specialist_places_needed_count"] * 2, "of which"),
    ("SEND Board: highlights\n\nWorkstream 2 – Annual reviews\nRAG: Red\n- 640 overdue\n- 120 completed in the month",
     ["annual_reviews_overdue_count", "annual_reviews_completed_count"], "headings right over one another"),
    ("EHC plan update\n\nThe number was 43, he was told.", [PLANS], "a heading that says where one is in a paper amends no plan"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "why"), IN_CONTEXT, ids=[row[2] for row in IN_CONTEXT])
def test_measures_by_what_stands_around(text: str, expected: list[str], why: str, packs: Packs) -> None:
    assert [link.kpi.id if link.kpi else "" for link in links(text, packs)] == expected, why


def test_the_report_of_a_service_counts_its_own_cases(packs: Packs) -> None:
    text = "SENDIASS annual review of the year\n\nThere were 366 new cases.\n\nAt year end 141 cases were open.\n"
    assert [link.kpi.id for link in links(text, packs) if link.kpi] == [
        "sendiass_new_cases_count",
        "sendiass_open_cases_count",
    ]


def test_no_share_of_pupils_is_as_large_as_that(packs: Packs) -> None:
    (link,) = links("62% of pupils with an EHC plan were glad of the change.", packs)
    assert link.kpi is None or link.kpi.id != SHARE


@pytest.mark.parametrize(("text", "expected", "why"), LINKED, ids=[row[2] for row in LINKED])
def test_measures(text: str, expected: list[str], why: str, packs: Packs) -> None:
    assert [link.kpi.id if link.kpi else "" for link in links(text, packs)] == expected, why


def test_a_heading_helps_where_the_sentence_is_silent(packs: Packs) -> None:
    text = "20-week timeliness\n\nPerformance was 45% in May 2024 and the service thinks that it will not fall again this year.\n"
    (link,) = links(text, packs)
    assert link.kpi is not None
    assert (link.kpi.id, link.carried) == (ON_TIME, "the heading")


def test_respectively(packs: Packs) -> None:
    text = (
        "The timeliness of EHC plans and the share of annual reviews completed on time were 45% and 52% respectively."
    )
    assert [link.kpi.id for link in links(text, packs) if link.kpi] == [ON_TIME, "annual_reviews_on_time_pct"]


def test_a_number_without_a_sign_takes_the_unit_of_its_measure(packs: Packs) -> None:
    (link,) = links("The average Attainment 8 score of pupils with an EHC plan was 14.2 in 2023.", packs)
    assert link.unit == "score"


def test_a_change_keeps_its_own_unit(packs: Packs) -> None:
    (link,) = links("The number of EHC plans grew by 12% in 2023.", packs)
    assert (link.kpi.id if link.kpi else "", link.unit, link.role.name) == (PLANS, "percent", "change")


def test_breakdowns(packs: Packs) -> None:
    found = links("Requests for EHC needs assessment were SEMH (35), ASD (29) and SLCN (20).", packs)
    assert [link.breakdown for link in found] == [(("need", "semh"),), (("need", "asd"),), (("need", "slcn"),)]


def test_the_choice_keeps_its_evidence(packs: Packs) -> None:
    (link,) = links("45% of EHC plans were issued within 20 weeks.", packs)
    assert link.evidence[0].startswith(ON_TIME)
    assert link.label == "EHC plans were issued within 20 weeks"


def test_a_national_figure_without_one_of_our_own_is_context(packs: Packs) -> None:
    (alone,) = links("Nationally, 50.3% of EHC plans were issued within 20 weeks in 2023.", packs)
    assert alone.role.name == "context"
    beside = links("We issued 41% of EHC plans within 20 weeks in 2023 and nationally it was 50.3%.", packs)
    assert [link.role.name for link in beside] == ["actual", "benchmark"]

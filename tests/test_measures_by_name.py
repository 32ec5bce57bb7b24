"""What a paragraph, a heading or a title names is lent to figures that say it shorter, or not at all."""

from __future__ import annotations

from sendparse.pipeline import Options, parse_document
from sendparse.read import read_bytes

TITLE = "SEND report to the Children's Committee"


def kpis(packs, *paragraphs: str) -> dict[str, str]:
    document = read_bytes("\n\n".join((TITLE, *paragraphs)).encode(), file="paper.txt")
    return {o.value_text: o.kpi for o in parse_document(document, packs, Options())}


def test_a_referral_under_the_name_of_a_service_is_one_to_it(packs) -> None:
    found = kpis(packs, "2.1 Autism assessment. The average wait for an open referral is 318 days.")
    assert found["318 days"] == "autism_assessment_wait_days"
    assert kpis(packs, "2.1 Requests. We had 318 referrals for EHC assessment.")["318"] == "ehcna_requests_count"


def test_a_team_that_children_are_known_to_does_not_act(packs) -> None:
    found = kpis(packs, "The number of children known to the early years SEND team has risen from 77 to 93.")
    assert found["93"] == found["77"] == "pre_statutory_sen_caseload_count"


def test_a_word_of_the_name_that_comes_again_is_not_strange_to_it(packs) -> None:
    found = kpis(packs, "SEN Inclusion Fund. In the spring term 88 children received funding, 51 at the lower band.")
    assert found["88"] == found["51"] == "sen_funding_children_count"


def test_of_these_right_behind_a_figure_goes_on_with_it(packs) -> None:
    found = kpis(
        packs,
        "The Tribunal closed 71 appeals in 2024. 33 of these were conceded by the council and 12 went to a hearing.",
    )
    assert found["33"] == "tribunal_conceded_count"
    assert found["12"] == "tribunal_hearings_count"


def test_under_the_name_of_phase_transfers_what_happens_is_theirs(packs) -> None:
    found = kpis(
        packs,
        "Phase transfers 2025",
        "There were 412 children with a plan in this year's transfer cohort.",
        "In July 19 children were still without a named school.",
    )
    assert found["412"] == "phase_transfer_cohort_count"
    assert found["19"] == "phase_transfer_unplaced_count"


def test_labels_that_name_a_time_or_a_place_alone_go_on_with_what_was_asked(packs) -> None:
    found = kpis(
        packs,
        "How many children have an EHC plan?\n1,960 at 31 March 2025",
        "And in other years?\nMarch 2024\n1,725\nMarch 2023\n1,544",
    )
    assert found["1,725"] == found["1,544"] == "ehcp_total_count"


def test_reasons_are_told_of_what_was_counted_before(packs) -> None:
    found = kpis(
        packs,
        "In 2024 families made 97 appeals. By type, 52 were about the contents of a plan and 31 about a refusal to assess.",
        "We took 64 complaints. The main reasons were lateness of a plan (38) and staff who did not ring back (17).",
    )
    assert found["31"] == "tribunal_request_stage_count"
    assert found["38"] == found["17"] == "send_complaints_count"


def test_a_clause_that_only_tells_when_names_nothing(packs) -> None:
    found = kpis(
        packs,
        "We have 940 specialist places. When the last plan was written there were 702.",
    )
    assert found["702"] == "specialist_places_count"


def test_figures_of_pupils_with_send_are_of_what_was_counted_before(packs) -> None:
    found = kpis(packs, "There were 71 permanent exclusions in 2023/24. 40 (56%) were of pupils with SEND.")
    assert found["56%"] == "exclusions_send_share_pct"


def test_meetings_in_a_report_on_mediation_are_its_own(packs) -> None:
    found = kpis(packs, "SEND mediation: our year", "Timing", "84% of meetings were arranged within 30 days.")
    assert found["84%"] == "mediation_within_30d_pct"


def test_what_is_overdue_is_of_the_thing_told_of(packs) -> None:
    found = kpis(packs, "Annual reviews are too slow. Only 47% were done on time, and about 390 are overdue.")
    assert found["390"] == "annual_reviews_overdue_count"


def test_children_who_take_part_in_activities_answer_no_survey(packs) -> None:
    assert kpis(packs, "Some 730 children took part in our summer activities.")["730"] == ""
    assert kpis(packs, "Some 730 parents took part in our SEND survey.")["730"] == "survey_responses_count"


def test_both_ends_of_a_cost_are_of_the_same_place(packs) -> None:
    found = kpis(
        packs,
        "There are 88 children with a plan in independent special schools. The average placement cost has risen from £52,300 to £55,900.",
    )
    assert found["£52,300"] == found["£55,900"] == "inmss_avg_cost_gbp"


def test_what_is_asked_for_rules_out_what_stands_beside_it(packs) -> None:
    assert kpis(packs, "How many laptops of caseworkers in the SEND team were stolen?\n6")["6"] == ""
    assert kpis(packs, "How many EHC plans are there?\n1,846")["1,846"] == "ehcp_total_count"

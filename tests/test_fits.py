"""What a figure cannot be of, by what it is and the words that go with it: sentences of our own."""

from __future__ import annotations

import pytest

from sendparse.model import Facts
from sendparse.packs import Packs
from sendparse.read.txt import text_blocks
from sendparse.tag.prose import figures
from sendparse.text import sentences

ABOUT = "SEND: what we do\n\nThe council maintains Education, Health and Care plans (EHCPs).\n\n"

CASES = [
    # a percentage is no count, but its change can be one of a count
    ("Complaints about SEND were answered late in 31% of cases.", [""]),
    ("Complaints about SEND rose by 31%.", ["send_complaints_count"]),
    # a number of people, or one on a scale, is no percentage
    ("Parents rated their satisfaction: the largest share (64 people) gave full marks.", [""]),
    ("On average parents gave their satisfaction with the SEND service a score of 6.8.", [""]),
    ("In the survey 68% of parents were satisfied with the SEND service.", ["parent_satisfaction_pct"]),
    ("71 children are waiting for an autism assessment.", [""]),
    # what was not done
    ("In 14 cases the annual review had not been held.", [""]),
    ("In 2024, 12% of EHC plans had not been issued within 20 weeks.", [""]),
    ("In 2024, 88 annual reviews were held.", ["annual_reviews_completed_count"]),
    # what happened, with nothing that it happened to
    ("Later 16 were agreed by the two partners.", [""]),
    ("We received 210 requests for an EHC needs assessment; 133 were agreed.", ["ehcna_requests_count", "ehcna_agreed_to_assess_count"]),
    # who answers in time
    ("Complaints were responded to in timescale in 44% of cases, those on SEN in 23%.", ["", ""]),
    ("Letters from families were replied to in time in 81% of cases.", [""]),
    ("In 2024, 44% of EHC plans were issued on time.", ["ehcp_20wk_unspecified_pct"]),
    ("Advice from educational psychologists was returned on time in 61% of cases.", ["ep_advice_6wk_pct"]),
    ("Timeliness of EHC plans is poor. The lead officer replied that it had been 44% for a year.", ["ehcp_20wk_unspecified_pct"]),
    # answers to a survey
    ("Of the 145 parents who had answered the SEND survey, most were content.", ["survey_responses_count"]),
    ("There were 212 responses to the SEND survey.", ["survey_responses_count"]),
    ("320 parents and carers answered our SEND survey.", ["survey_responses_count"]),
    ("Of the 212 responses to the SEND survey, most were from mothers.", ["survey_responses_count"]),
    ("We posted 1,900 surveys to parents of children with SEND.", [""]),
    ("2,400 questionnaires were sent out to families.", [""]),
    ("Of the 190 parents who answered this question of the survey, most were content.", [""]),
    ("On average the respondents to the survey had two children with an EHC plan.", [""]),
    # words of ours inside others
    ("What parents wanted help with: cognition and learning (31%), communication and interaction (17%).", ["", ""]),
    ("Of the 61 families who were asked for feedback, 52% thought that it had been listened to.", ["", ""]),
    ("Thirty parents said in the survey that they had more than one child.", [""]),
    ("87 parents took part in our focus groups.", [""]),
    ("The consultation drew 45 letters from parents.", [""]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:50] for text, _ in CASES])
def test_what_a_figure_cannot_be_of(text: str, expected: list[str], packs: Packs) -> None:
    found = figures(sentences(text_blocks(ABOUT + text)), Facts(), packs)
    assert [link.kpi.id if link.kpi else "" for link in found] == expected


@pytest.mark.parametrize(
    ("line", "kpi"),
    [
        ("Brickwork is now 80% done on all four of the outer walls.", ""),
        ("Sixty people and 14 cranes work at the building every day.", ""),
        ("This came to 212 at the end of the summer term.", "specialist_places_count"),
        ("Now 212.", "specialist_places_count"),
        ("212 in 2024 and 190 in 2023.", "specialist_places_count"),
    ],
)
def test_a_heading_lends_its_measure_to_what_goes_on_with_it(line: str, kpi: str, packs: Packs) -> None:
    found = figures(sentences(text_blocks(f"{ABOUT}Places in special schools\n\n{line}")), Facts(), packs)
    assert found[-1].kpi is None if not kpi else found[-1].kpi is not None and found[-1].kpi.id == kpi

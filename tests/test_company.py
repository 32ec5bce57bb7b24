"""A measure keeps the company of its subject, or is none."""

from __future__ import annotations

from sendparse.pipeline import Options, parse_document
from sendparse.read import read_bytes

OTHER = [
    "The contact centre answered ninety thousand calls in the year.",
    "Highways staff filled more potholes than in any year before.",
    "Residents wrote to thank the libraries for their summer hours.",
    "The council sold three buildings that it no longer needs.",
    "Bins were emptied on the right day in nearly every street.",
    "Planning officers met the developers of the old brewery again.",
    "The pension fund did a little better than was thought.",
    "Trading standards seized counterfeit toys at the market in May.",
]
LATE = "In June 2024 the service received 41 complaints."
PLANS = "In June 2024, 61% of EHC plans were issued within 20 weeks."


def kpis(packs, *paragraphs: str) -> dict[str, str]:
    document = read_bytes("\n\n".join(paragraphs).encode(), file="paper.txt")
    found = parse_document(document, packs, Options())
    return {o.value_text: o.kpi for o in found}


def test_a_corporate_paper_lends_its_general_words_no_measure(packs) -> None:
    assert kpis(packs, *OTHER, LATE)["41"] == ""


def test_a_sentence_that_names_the_subject_keeps_its_measure_there(packs) -> None:
    assert kpis(packs, *OTHER, PLANS)["61%"] == "ehcp_20wk_unspecified_pct"


def test_a_heading_that_names_the_subject_is_company_enough(packs) -> None:
    assert kpis(packs, *OTHER, "EHC needs assessments", LATE)["41"] != ""


def test_a_paper_on_the_subject_is_not_asked_sentence_by_sentence(packs) -> None:
    about = ["The SEND team issued more EHC plans than ever in the year before."] * 3
    assert kpis(packs, *about, *OTHER[:5], LATE)["41"] != ""


def test_a_short_excerpt_is_left_as_it_is(packs) -> None:
    assert kpis(packs, *OTHER[:3], LATE)["41"] != ""


def test_words_that_many_subjects_share_make_no_paper_one_on_ours(packs) -> None:
    shared = [
        "Assessments of blue badge applicants were done by telephone in the summer.",
        "Local plans and neighbourhood plans were adopted for three of the parishes.",
        "The review of assessments for council tax support ended in the autumn.",
        "Plans for the leisure centre were shown to residents in the library.",
    ]
    found = kpis(packs, *OTHER, *OTHER, *shared, *shared, *OTHER[:4], LATE, PLANS)
    assert found["41"] == ""
    assert found["61%"] == "ehcp_20wk_unspecified_pct"


def test_a_word_of_the_subject_counts_inside_a_longer_name(packs) -> None:
    assert (
        kpis(packs, *OTHER, "In June 2024, 940 children used SEND travel assistance.")["940"]
        == "send_transport_pupils_count"
    )


def test_a_report_on_appeals_need_not_say_whose_they_are(packs) -> None:
    report = [
        "Tribunal: our year",
        "In 2024 the Tribunal registered 64 appeals against our decisions, and 51 the year before.",
        "Mediation was tried in 120 cases, and families spoke well of it in the main.",
        "Judges of the Tribunal thanked the officers for bundles that were complete and in order.",
        "Lawyers from two firms stood in when the authority's own solicitor fell ill in spring.",
        "The Tribunal moved to hearings by video in the summer and has not gone back since.",
        "We shall look again at how mediation is offered, and to whom, in the new year.",
        "Staff met the mediators twice to go through what could have been said earlier.",
        "Members asked for a note on the tribunal's powers, which is at the end of this paper.",
    ]
    assert kpis(packs, *report)["64"] == "tribunal_appeals_registered_count"
    theirs = [line.replace("our decisions", "our parking tickets") for line in report]
    theirs = [
        line.replace("families", "motorists").replace("Members asked", "The parking team asked") for line in theirs
    ]
    assert kpis(packs, *theirs)["64"] == ""


def test_annual_reviews_of_children_are_of_no_care_package(packs) -> None:
    board = ["Corporate Parenting Board", *OTHER, "Annual reviews of pupils in care were too often late."]
    assert kpis(packs, *board, "In 2024/25 only 58% were held on time.")["58%"] == ""
    board[-1] += " In 2024/25 only 58% were held on time."
    assert kpis(packs, *board)["58%"] == "annual_reviews_on_time_pct"


NOTE = [  # an officer's note, which says only whom it goes to whose appeals they are
    "Position of appeals, week of 6 October",
    "Circulation: SEND managers only, please do not send this on.",
    "Hearing dates are being listed for the autumn of next year.",
    "The bundles are due before half term and are being made ready.",
    "Counsel has been asked about two that touch on care at home.",
    "The team leader is away from Monday until the end of the month.",
    "A third officer starts on the first of the month after this.",
    "The room on the second floor has been booked for both days.",
    "The next note will come out on the Friday of next week.",
    "This week 16 new appeals were registered with the tribunal.",
]


def test_a_note_that_names_the_subject_and_no_other_service_is_on_it(packs) -> None:
    assert kpis(packs, *NOTE)["16"] == "tribunal_appeals_registered_count"
    assert kpis(packs, *NOTE, *OTHER, *OTHER)["16"] == ""

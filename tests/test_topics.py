"""A part of a paper that is another service's lends its words no measure of ours: papers of our own making."""

from __future__ import annotations

import pytest

from sendparse.packs import Packs
from sendparse.pipeline import Options, parse_document
from sendparse.read import read_bytes
from sendparse.tag.candidates import candidates_of
from sendparse.tag.topics import Subjects

DIGEST = """Directorate performance digest, spring

Fostering and adoption
Eleven new carers were approved and 64% of annual reviews were held on time. 31 complaints were received.
A further 82% of plans were reviewed in the last 12 months.

SEND
In the term 210 requests for an EHC needs assessment were received. 58% of plans were issued within 20 weeks.
The team dealt with 17 complaints and 41 appeals.

Money
The directorate is forecast to overspend by £6.1m, in spite of a plan to recover it.
The high needs block is £2.4m overspent this year.

Public health
We completed 5,120 assessments and 77% of them were done on time.
There were 63 permanent exclusions in the year, an increase that we looked into with the heads.
"""

CARE = """Adult social care: how we did

Of the people we support 71% had their plan reviewed in the year.
We received 4,810 requests and agreed 61% of them.
On the list were 212 overdue reviews; 38 complaints were upheld.
Twelve young people came over from children's services with an EHC plan, of whom all have a worker.
We overspent by £3.3m because homes cost more.
In May 2024, 88% of EHC plans were issued within 20 weeks.
Our staff survey had 310 responses from the teams of the county.
The waiting list fell from 402 to 288 over the winter.
"""


def kpis(packs: Packs, text: str) -> dict[str, str]:
    found = parse_document(read_bytes(text.encode(), file="paper.txt"), packs, Options())
    return {o.value_text: o.kpi for o in found}


@pytest.mark.parametrize("figure", ["64%", "31", "82%", "£6.1m", "5,120", "77%"])
def test_a_heading_of_another_service_ends_the_subject(packs: Packs, figure: str) -> None:
    assert kpis(packs, DIGEST)[figure] == ""


@pytest.mark.parametrize(
    ("figure", "kpi"),
    [
        ("210", "ehcna_requests_count"),
        ("58%", "ehcp_20wk_unspecified_pct"),
        ("17", "send_complaints_count"),
        ("£2.4m", "high_needs_block_in_year_variance_gbp"),
        ("63", "permanent_exclusions_count"),
    ],
)
def test_what_is_ours_keeps_its_measure_beside_it(packs: Packs, figure: str, kpi: str) -> None:
    assert kpis(packs, DIGEST)[figure] == kpi


@pytest.mark.parametrize("figure", ["71%", "4,810", "61%", "212", "38", "£3.3m", "310", "288"])
def test_a_paper_of_another_service_must_name_us_to_the_figure(packs: Packs, figure: str) -> None:
    assert kpis(packs, CARE)[figure] == ""


def test_a_sentence_of_ours_in_such_a_paper_is_read(packs: Packs) -> None:
    assert kpis(packs, CARE)["88%"] == "ehcp_20wk_unspecified_pct"


def test_a_word_that_all_services_share_keeps_nothing_in_a_council_paper(packs: Packs) -> None:
    paper = MONITOR.replace(
        "Gritting began early", "Appraisals: 81% of annual reviews were done on time. Gritting began"
    )
    assert kpis(packs, paper)["81%"] == ""


SAID = [
    # text,                                        ours,  theirs,  why it is here
    ("EHC plans and housing benefit", True, False, "our subject beside another"),
    ("Plans and annual reviews", False, False, "words that other services use too"),
    ("Adult Social Care and Housing", False, True, "two services"),
    ("Children, Young People and Education", False, False, "a directorate that holds us"),
    ("SEND", True, False, "the subject by its letters"),
    ("Corporate parenting and care leavers", False, True, "social work"),
]


@pytest.mark.parametrize(("text", "ours", "theirs", "why"), SAID, ids=[row[0] for row in SAID])
def test_whom_a_text_names(packs: Packs, text: str, ours: bool, theirs: bool, why: str) -> None:
    told = Subjects(packs, candidates_of(packs).read).of(text)
    assert (told.ours, told.theirs) == (ours, theirs), why


FAR = " ".join(
    f"The depot at {place} was painted and has a new roof now." for place in ("Ash", "Beck", "Cray", "Dene", "Esk")
)
MONITOR = """Council monitoring note, month 9

Customer desk
Callers rated us well in a survey of the autumn. The desk moved in May.

Schools
Of the 57 complaints about our schools, 21 concerned SEND. Nineteen head teachers left.
In all 640 children learn at home, up by 8%, and 75 of them have an EHC plan.
The team for EHC plans was moved to the new offices in the spring of that year.

Teachers for EHC plans were trained. Laptops were bought too, of which 29 were delivered, and the rest will come in May.

It overspent by £1.9m on the works.
62 (41%) of EHC plans were issued within 20 weeks.

Roads
The works cost £3.1m. Bridges were mended in the summer and the lamps were changed.
Trains ran on time. The buses did not. Taxis were dearer than in any year before.
Gritting began early and salt had to be bought in from the neighbours. The depot has a new roof now.
Verges are cut less often so that flowers may seed. Cycle lanes were drawn in two of the towns.
""" + "\n".join([FAR] * 4)


@pytest.mark.parametrize(
    ("figure", "why"),
    [
        ("57", "the subject is named for the part of it alone"),
        ("640", "and here after another figure"),
        ("8%", "a change of that"),
        ("£1.9m", "a paragraph of its own"),
        ("£3.1m", "another service"),
        ("29", "the sentence goes on with something else"),
    ],
)
def test_the_subject_is_named_up_to_the_figure(packs: Packs, figure: str, why: str) -> None:
    assert kpis(packs, MONITOR)[figure] == "", why


def test_words_behind_coupled_figures_are_of_both(packs: Packs) -> None:
    found = kpis(packs, MONITOR)
    assert found["62"] == "ehcp_issued_within_20wk_count"
    assert found["41%"] == "ehcp_20wk_unspecified_pct"


ANSWERS = """Freedom of Information request FOI/31/0088

1. How many EHC needs assessments were asked for, and how many refused?
In the year 512 requests came in and 133 were refused.

2. How many appeals were lodged?
Lodged: 61
Heard before the year was out: 9

3. How many visits did the local offer have?
We do not hold this, but the page has been there since the spring of that year.
It was rebuilt twice, once with the help of parents and once with that of pupils.
Nothing else is held by us in a form that could be handed over to you now.
It would take far too long to put together what you ask for here.
You may ask for a review of how your request was handled by the council.
"""

COMMITTEE = """Education Scrutiny Committee
Report on SEND, third quarter

Demand

In the quarter 240 requests were received, of which 41% came from parents.
The panel refused 55 of them, which is what it does in most quarters of the year.

Timeliness

We finalised 131 plans, and 70 were on time. Late advice is the chief reason why others were not.
The reports of psychologists are late, and those of therapists are late too.

Next steps

The service will be looked at again in the summer, when the new team has been in place for a while.
A further report will come to the committee then, and another in the autumn of the year.
There are no legal implications. There are no risks. There are no further papers.
"""


@pytest.mark.parametrize(
    ("figure", "kpi"),
    [
        ("512", "ehcna_requests_count"),
        ("133", "ehcna_refused_to_assess_count"),
        ("61", "tribunal_appeals_registered_count"),
    ],
)
def test_an_answer_to_a_request_for_information_is_about_what_is_asked(packs: Packs, figure: str, kpi: str) -> None:
    assert kpis(packs, ANSWERS)[figure] == kpi


@pytest.mark.parametrize(
    ("figure", "kpi"),
    [("240", "ehcna_requests_count"), ("131", "new_ehcp_count"), ("70", "ehcp_issued_within_20wk_count")],
)
def test_headings_that_name_nobody_part_no_paper(packs: Packs, figure: str, kpi: str) -> None:
    assert kpis(packs, COMMITTEE)[figure] == kpi

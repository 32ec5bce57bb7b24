"""Figures of whole texts: periods handed down, numbered paragraphs, the paper's own data date."""

from __future__ import annotations

from datetime import date

import pytest

from sendparse.model import Facts
from sendparse.packs import Packs
from sendparse.read.txt import text_blocks
from sendparse.tag.link import Link
from sendparse.tag.prose import figures, numbered_blocks
from sendparse.text import sentences


def links(text: str, packs: Packs, facts: Facts | None = None) -> list[Link]:
    return figures(sentences(text_blocks(text)), facts or Facts(), packs)


def days(link: Link) -> str:
    return f"{link.period.start or ''}/{link.period.end or ''}" if link.period else ""


HANDED = [
    ("In 2023 we dealt with:\n• 40 appeals\n• 12 complaints", ["2023-01-01/2023-12-31"] * 2, "the lead of a list"),
    ("How many appeals were there in academic year 2022/23?\n45", ["2022-09-01/2023-08-31"], "the question"),
    ("There were 40 appeals in November 2024.\nMost in November were late: 12 appeals.", ["2024-11-01/2024-11-30"] * 2, "a bare month"),
    ("The High Needs Block is forecast to end 2025/26 with an in-year overspend of £7.92m.", ["2025-04-01/2026-03-31"],
     "what flows is of the year"),
    ("Suspensions of pupils with an EHC plan were 25.1 per 100 in 2022/23 and 27.0 the year before.",
     ["2022-09-01/2023-08-31", "2021-09-01/2022-08-31"], "a school year counted from another"),
    ("There were 104 appeals (Oct 24 91, Nov 25 96).", ["", "2024-10-01/2024-10-31", "2025-11-01/2025-11-30"],
     "months of short years before figures"),
    ("Appeals (snapshot 31 March 2025)\n\nThere were 90 appeals on 31 March.", ["2025-03-31/2025-03-31"], "a day that the heading names"),
    ("There were 12 appeals in November.", ["/"], "no year anywhere"),
    ("Board dashboard, Quarter 2 2024/25\n\nKey points\n\n• Appeals lodged: 29\n• Complaints received: 12\n• Plans issued. Q1: 51",
     ["2024-07-01/2024-09-30", "2024-07-01/2024-09-30", "2024-04-01/2024-06-30"], "a paper on one quarter, and a quarter of its year"),
    ("Since the inspection in June 2023 we have:\n• issued 40 plans\n• heard 12 appeals", [""] * 2, "the day of an event"),
    ("Q4. Number of requests for EHC needs assessments between 1 September 2023 and 31 July 2024\n642", ["2023-09-01/2024-07-31"],
     "a question that ends without its mark"),
    ("Suspensions of pupils with an EHC plan were 25.1 per 100 pupils in 2022/23.", ["2022-09-01/2023-08-31"], "a school-year measure"),
    ("There were 176 appeals in 2022/23.", ["2022-04-01/2023-03-31"], "no school-year measure"),
    ("We opened with 2,900 specialist places in September 2019. By September 2025 this will be 3,770, 30% more.",
     ["2019-09-01/2019-09-30", "2025-09-01/2025-09-30", "2019-09-01/2025-09-30"], "a change between two sentences"),
    ("We had 150 requests for EHCNA in May 2024, against 100 in May 2023. That is a 50% increase.",
     ["2024-05-01/2024-05-31", "2023-05-01/2023-05-31", "2024-05-01/2024-05-31"], "of two flows the later"),
    ("SEND performance report – Quarter 3 2025/26\nReport to Committee, 12 February 2026\n\nFor the quarter, 58% of plans were on time, "
     "against 66% in the same quarter last year. At quarter end 118 cases were late. In the year to date 60% were on time.",
     ["2025-10-01/2025-12-31", "2024-10-01/2024-12-31", "2025-12-31/2025-12-31", "2025-04-01/2025-12-31"], "the quarter of the title"),
    ("Annual SEND report, academic year 2024/25\n\nDuring the year we received 512 requests for EHCNA, against 468 the previous year.",
     ["2024-09-01/2025-08-31", "2023-09-01/2024-08-31"], "the year of the title"),
    ("Introduction\n\nThis paper is for information.\n\nQuarter 2 2025/26\n\nThis quarter 45 appeals were lodged.",
     ["2025-07-01/2025-09-30"], "the quarter of the heading over it"),
    ("In 2022 there were 32 appeals. This rose to 47 the following year.",
     ["2022-01-01/2022-12-31", "2023-01-01/2023-12-31"], "the year that followed"),
    ("There were 388 appeals in 2024. This is 12% more than in 2023.", ["2024-01-01/2024-12-31"] * 2, "of the level told before"),
    ("Advice service monitoring, Quarter 3 (October to December 2025)\n\nAppeals supported: 24\n\nOpen cases at 31 December: 208\n\n"
     "Complaints received: 9 (target: 5)", ["2025-10-01/2025-12-31", "2025-12-31/2025-12-31", "2025-10-01/2025-12-31", ""],
     "labelled lines of a return, and a day of its quarter"),
    ("Annual report 2024/25\n\nOur year\n\n284 appeals were supported, up on 2023/24 when there were 197.",
     ["2024-04-01/2025-03-31", "2023-04-01/2024-03-31"], "told before what it is set beside"),
    ("There were 52 appeals in October 2025. In November there were 57.",
     ["2025-10-01/2025-10-31", "2025-11-01/2025-11-30"], "the month after the one told before"),
    ("There were 52 appeals in October 2025. This compares with 47 in September.",
     ["2025-10-01/2025-10-31", "2025-09-01/2025-09-30"], "the month before"),
    ("In Quarter 1 of 2025/26 there were 57 appeals. There were 63 in Quarter 2.",
     ["2025-04-01/2025-06-30", "2025-07-01/2025-09-30"], "the next quarter"),
    ("On 31 March 2025 we maintained 2,310 EHC plans. Of the children, 812 with EHC plans were in special schools.",
     ["2025-03-31/2025-03-31"] * 2, "counted on the same day"),
    ("On 31 March 2025 we maintained 2,310 EHC plans. The number of EHC plans is now 2,402.",
     ["2025-03-31/2025-03-31", "/"], "what is now"),
    ("SEND: main messages this quarter (Q1 2025/26)\n\nWe received 19 complaints about the SEND service.", ["2025-04-01/2025-06-30"],
     "a title that says which quarter this is"),
    ("SEND audit\n\nPeriod reviewed: 1 April 2024 to 31 March 2025\n\nOf 146 EHC plans, 67 (46%) were good.", ["2024-04-01/2025-03-31"] * 3,
     "the time that is reviewed"),
    ("In this note we look back at the quarter just gone, July to September 2025.\n\nThere were 88 appeals.", ["2025-07-01/2025-09-30"],
     "the quarter that a paper looks at"),
    ("SEND: main messages this quarter (Q1 2025/26)\n\n61% of plans were issued in 20 weeks, last qtr 52%. 19 SEND complaints came.",
     ["2025-04-01/2025-06-30", "2025-01-01/2025-03-31", "2025-04-01/2025-06-30"], "a look back does not end the quarter"),
    ("Period reviewed: July to September 2025\n\nWe had 140 appeals in hand at the end of March and 61 at the end of September.",
     ["2025-03-31/2025-03-31", "2025-09-30/2025-09-30"], "the ends of months up to the end of what is reviewed"),
    ("Period reviewed: Q2 2025/26\n\nWe had 88 appeals, against 95 in the previous quarter and 70 in the same quarter of 2024.",
     ["2025-07-01/2025-09-30", "2025-04-01/2025-06-30", "2024-07-01/2024-09-30"], "both seen from the quarter that is reviewed"),
    ("The number of EHC plans grew by 6% between 31 March 2024 (2,050) and 31 March 2025 (2,173).",
     ["2024-03-31/2025-03-31", "2024-03-31/2024-03-31", "2025-03-31/2025-03-31"], "a change between two days with their figures"),
    ("In Quarter 1 of 2025-26 there were 57 appeals. There were 63 in Quarter 2.",
     ["2025-04-01/2025-06-30", "2025-07-01/2025-09-30"], "the next quarter, counted as the first is"),
    ("In the autumn term 2024 there were 37 appeals. In the spring term there were 41.",
     ["2024-09-01/2024-12-31", "2025-01-01/2025-03-31"], "the next term"),
    ("The budget for this financial year (2025/26) is £48.9m. Last year it was £45.7m.",
     ["2025-04-01/2026-03-31", "2024-04-01/2025-03-31"], "what the paper calls this year"),
    ("64 appeals were registered in 2024 (51 in 2023). The majority (58%) concerned placement.",
     ["2024-01-01/2024-12-31", "2023-01-01/2023-12-31", "2024-01-01/2024-12-31"], "most of those that were counted"),
    ("Key facts (January 2025)\n\n41% of children with an EHC plan attend a mainstream school",
     ["2025-01-01/2025-01-31"], "a title of figures"),
    ("News release – 29 May 2025\n\nAppeals are down to 35.", [""], "the day of the paper"),
    ("In 2023/24 there were 41 appeals and in 2024/25 there were 57. The council won three and six respectively.",
     ["2023-04-01/2024-03-31", "2024-04-01/2025-03-31"] * 2, "in the order of the sentence before"),
    ("Q1. How many appeals were registered in 2024?\nA1. 64\nQ2. How many were conceded?\nA2. 37\n"
     "Q3. How many complaints were made in the same year?\nA3. 12",
     ["2024-01-01/2024-12-31"] * 3, "questions that go on"),
    ("For the academic year 2023/24, please provide:\n1. The number of appeals\n2. The number of complaints\n\nResponse\n1. 64\n2. 12",
     ["2023-09-01/2024-08-31"] * 2, "a request and its numbered answers"),
    ("How many appeals were registered in 2024?\n64\n\nHow many appeals are open?\n12",
     ["2024-01-01/2024-12-31", ""], "a question about now"),
    ("What became of the appeals in 2024? Of the 64, 37 were conceded and 9 are open.",
     ["2024-01-01/2024-12-31", "2024-01-01/2024-12-31", ""], "a question and its answer in one line"),
    ("A Member asked about appeals in 2024.\n\nAnother Member asked whether complaints were counted.\n\n"
     "There had been 12 complaints.", [""], "what another Member asked"),
    ("4. Performance in 2024/25\n\n4.1 The service took part in 64 appeals.\n\n4.2 There are 12 complaints open.",
     ["2024-04-01/2025-03-31", ""], "a section's heading, and what is now"),
    ("Position at 31 March 2025\n\nThere are 12 complaints open in the service.", ["2025-03-31/2025-03-31"], "a heading that says at"),
    ("Appeals by type\n2023\nPlacement 12\nRefusal 9\n2024\nPlacement 15\nRefusal 8",
     ["2023-01-01/2023-12-31"] * 2 + ["2024-01-01/2024-12-31"] * 2, "lines that are years"),
    ("Appeals by type\n2023\nPlacement 12\n\nWhat kinds of complaints are there?\n12 about transport",
     ["2023-01-01/2023-12-31", ""], "a question ends what the line said"),
    ("Plans issued on time, 2025\nJan 41%\nFeb 38%", ["2025-01-01/2025-01-31", "2025-02-01/2025-02-28"], "months under a year"),
    ("Academic year\nAppeals lodged\nComplaints received\n2021/22\n12\n9\n2022/23\n15\n8",
     ["2021-09-01/2022-08-31"] * 2 + ["2022-09-01/2023-08-31"] * 2, "the heading over the years says of what kind"),
    ("Monthly dashboard – November 2025\n\nDuring the month 52 appeals were lodged. At month end 12 complaints were open.",
     ["2025-11-01/2025-11-30", "2025-11-30/2025-11-30"], "the month of a dashboard"),
    ("Report, November 2025\n\nThis month 52 appeals were lodged in the council's area.", ["/"], "the month of any other paper"),
    ("Requests for EHCNA fell in 2025 for the second consecutive year.", ["2024-01-01/2025-12-31"], "a run of years"),
    ("The number of EHC plans has doubled since 2017, from 1,215 to 2,466 in 2024.",
     ["2017-01-01/", "2017-01-01/2017-12-31", "2024-01-01/2024-12-31"], "since, and the level it began at"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "why"), HANDED, ids=[row[2] for row in HANDED])
def test_periods_handed_down(text: str, expected: list[str], why: str, packs: Packs) -> None:
    assert [days(link) for link in links(text, packs)] == expected, why


def test_a_quarter_beside_another_counts_as_that_one_does(packs: Packs) -> None:
    text = "In Quarter 1 there were 57 appeals. There were 63 in Quarter 2."
    facts = Facts(meeting_date=date(2025, 11, 6))
    found = [days(link) for link in links(text, packs, facts)]
    assert found == ["2025-04-01/2025-06-30", "2025-07-01/2025-09-30"]


def test_the_newest_month_before_the_meeting_ends_the_last_12_months(packs: Packs) -> None:
    text = "There were 40 appeals in January 2025.\n\nOver the last 12 months there were 410 appeals."
    facts = Facts(meeting_date=date(2025, 3, 11))
    assert days(links(text, packs, facts)[1]) == "2024-02-01/2025-01-31"
    assert days(links(text, packs)[1]) == "/"  # an undated paper resolves nothing


def test_a_bare_month_lies_before_the_last_day_of_the_data(packs: Packs) -> None:
    text = "There were 40 appeals in November and 31 in September, and we expect 45 in March."
    assert [days(x) for x in links(text, packs, Facts(data_date=date(2025, 11, 30)))] == [
        "2025-11-01/2025-11-30",
        "2025-09-01/2025-09-30",
        "/",
    ]


def test_hundreds_are_no_rate(packs: Packs) -> None:
    (link,) = links("Suspensions of pupils on SEN Support: 611", packs)
    assert link.unit == "count"


def test_numbered_paragraphs() -> None:
    text = "1 THE ISSUE\n\n1.1 The panel is asked.\n\n2 REPORT\n\n5 EHCNAs exceeded 20 weeks.\n\n3 NEXT STEPS\n\n4 None"
    read = sentences(text_blocks(text))
    assert [read[n].text[:5] for n in sorted(numbered_blocks(read))] == ["1 THE", "1.1 T", "2 REP", "3 NEX", "4 Non"]


def test_the_number_of_a_paragraph_is_no_figure(packs: Packs) -> None:
    text = "3.1 The panel met.\n\n3.2 38% of requests for assessment came from parents.\n\n(4) £3.2m was spent."
    assert [link.value.text for link in links(text, packs)] == ["38%", "£3.2m"]

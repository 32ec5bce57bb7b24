"""What a whole report is about, and what leans on it."""

from __future__ import annotations

import pytest

from sendparse.model import Facts
from sendparse.packs import Packs
from sendparse.read.txt import read_txt
from sendparse.tag.prose import figures
from sendparse.text import sentences

YEARLY = "Educational Psychology Service Annual Report, academic year 2024/25\n\n"
QUARTERLY = "SEND dashboard – Quarter 2 2024/25\n\n"
LEANING = [
    # text; the period of its last figure; why
    (YEARLY + "We completed 533 assessments.", "2024-09-01/2025-08-31", "what is told of the past is of the year"),
    (YEARLY + "Requests reached 574 this year.", "2024-09-01/2025-08-31", "this year"),
    (YEARLY + "Requests were 498 in 2023/24.", "2023-09-01/2024-08-31", "a bare slash year is of the title's kind"),
    (YEARLY + "Requests were 498 last year.", "2023-09-01/2024-08-31", "last year"),
    (YEARLY + "Advice was on time in 62% of cases (previous year 43%).", "2023-09-01/2024-08-31", "the year before it"),
    (YEARLY + "At year end 141 cases were open.", "2025-08-31/2025-08-31", "its last day"),
    (YEARLY + "There are 12 vacancies in the team that does this.", "", "what is now"),
    (YEARLY + "The service will recruit 12 assistants.", "", "what is to come"),
    (YEARLY + "In 2022 there were 400 plans at the end. We completed 533.", "2022-01-01/2022-12-31", "a paragraph of another year"),
    (YEARLY + "This financial year 40 places were bought.", "", "a year of another kind"),
    (QUARTERLY + "We received 231 requests in the quarter.", "2024-07-01/2024-09-30", "the quarter"),
    (QUARTERLY + "We received 210 requests in the previous quarter.", "2024-04-01/2024-06-30", "the quarter before"),
    (QUARTERLY + "We completed 533 assessments for children who live here.", "2024-07-01/2024-09-30",
     "a report on a quarter dates what it tells"),
    ("Committee meeting, 2024/25\n\nRequests reached 574 this year.", "", "a meeting is about no year"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "why"), LEANING, ids=[row[2] for row in LEANING])
def test_the_year_of_a_report(text: str, expected: str, why: str, packs: Packs) -> None:
    document = read_txt(text.encode(), document_id="d", file="paper.txt")
    period = figures(sentences(document.blocks), Facts(), packs)[-1].period
    found = f"{period.start or ''}/{period.end or ''}" if period and (period.start or period.end) else ""
    assert found == expected, why


LISTED = [
    # text; the periods of its figures; why
    ("How many requests did you receive in 2022/23 and 2023/24?\n412 and 465 respectively.",
     ["2022-04-01/2023-03-31", "2023-04-01/2024-03-31"], "two years asked, two figures given"),
    ("How many EHC plans did you maintain at the SEN2 census?\n2023: 3,102\n2024: 3,345",
     ["2023-01-01/2023-01-31", "2024-01-01/2024-01-31"], "a census counts in January"),
    ("How many plans were issued, as in your SEN2 return?\n2023: 312", ["2023-01-01/2023-12-31"], "a flow is of its year"),
    ("Year 2023 2024 2025\nRequests for assessment 412 465 501\nNew plans issued 301 322 340",
     ["2023-01-01/2023-12-31", "2024-01-01/2024-12-31", "2025-01-01/2025-12-31"] * 2, "one line of years over two rows"),
    ("Jan Feb Mar Apr 2025\nRequests for assessment 12 15 20 31",
     [f"2025-{m:02}-01/2025-{m:02}-{d}" for m, d in ((1, 31), (2, 28), (3, 31), (4, 30))], "months that borrow their year"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "why"), LISTED, ids=[row[2] for row in LISTED])
def test_periods_of_lines_above(text: str, expected: list[str], why: str, packs: Packs) -> None:
    document = read_txt(text.encode(), document_id="d", file="paper.txt")
    found = [link.period for link in figures(sentences(document.blocks), Facts(), packs)]
    assert [f"{p.start or ''}/{p.end or ''}" if p else "" for p in found] == expected, why

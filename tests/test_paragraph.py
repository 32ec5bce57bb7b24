"""Periods that a paragraph hands from sentence to sentence, and where it does not."""

from __future__ import annotations

import pytest

from sendparse.model import Facts
from sendparse.packs import Packs
from sendparse.read.txt import read_txt
from sendparse.tag.prose import figures
from sendparse.text import sentences

HANDED = [
    # text; the last figure; its period; why
    ("In the autumn term 2024 we received 276 requests. We agreed 203.", "2024-09-01/2024-12-31", "the past goes on"),
    ("In 2024 we issued 418 plans. Of these, 62% were on time.", "2024-01-01/2024-12-31", "of these"),
    ("We received 64 appeals in 2024, up from 49 in 2023. Only three of the 64 had gone to a hearing.",
     "2024-01-01/2024-12-31", "of the 64"),
    ("A review was due for 2,792 plans in 2024. We have a record for 2,583 of them.",
     "2024-01-01/2024-12-31", "of them, though in the present"),
    ("In January 2024, 4,118 children had a plan. This is 5.1% of all children.", "2024-01-01/2024-01-31", "this, though in the present"),
    ("In 2023, 59% of plans were issued within 20 weeks. The national average was 50.3%.",
     "2023-01-01/2023-12-31", "the same measure elsewhere"),
    ("We heard of 129 appeals registered in 2025, up from 97. Eleven had got as far as a hearing.",
     "2025-01-01/2025-12-31", "a subject without a noun"),
    ("In 2024 a review was due for 2,792 plans. We held 2,583 of them (92.5%).", "2024-01-01/2024-12-31", "beside such a figure"),
    ("Over the 12 months to December 2024, 38% of plans were issued in 20 weeks. For December alone it was 51%.",
     "2024-12-01/2024-12-31", "a month of the stretch just named"),
    ("Report on quarter 3 of 2025/26, October to December 2025\n\n312 reviews were overdue at the end of December, 45 fewer than "
     "at the end of September.", "2025-09-30/2025-12-31", "a change between two month ends without a year"),
    ("At 31 October 2025 we held 3,418 plans. This is 10% more than at the same point in 2024.",
     "2024-10-31/2025-10-31", "a change on a day a year back"),
    ("In 2023 we received 1,046 requests. There are 212 open cases.", "", "what is now"),
    ("In 2023 we received 1,046 requests. We have reduced the backlog to 31 cases.",
     "", "what has come about since"),
    ("In 2023 we received 1,046 requests. Each costs £62,000.", "", "the present without a helper"),
    ("In 2023 we received 1,046 requests. The quarter's total was 231.", "", "a part of its own"),
    ("In 2023 we received 1,046 requests.\n\n212 were refused on a later day.", "", "another paragraph"),
    ("The deficit was £8m at 31 March 2024. Spending was £41.5m.", "", "a balance on a day dates no spending"),
    ("The deficit is £8m. In 2023 a grant of £2m came. It is now £3m.", "", "now"),
    ("Having had 1,262 requests in 2024, it is estimated that 55% of plans can be on time. This compares to 49.1% nationally.",
     "", "this points to an undated figure"),
    ("In 2023 we were 141st of 153 councils with 19.8%. It was the 38th of 153.", "", "a rank is of its own day"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "why"), HANDED, ids=[row[2] for row in HANDED])
def test_the_period_of_a_paragraph(text: str, expected: str, why: str, packs: Packs) -> None:
    document = read_txt(text.encode(), document_id="d", file="paper.txt")
    period = figures(sentences(document.blocks), Facts(), packs)[-1].period
    found = f"{period.start or ''}/{period.end or ''}" if period and (period.start or period.end) else ""
    assert found == expected, why

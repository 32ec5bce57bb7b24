"""Periods that figures take from what a report, a survey, a year's accounts or the sentence before is about."""

from __future__ import annotations

import pytest

from sendparse.model import Facts
from sendparse.packs import Packs
from sendparse.read.txt import read_txt
from sendparse.tag.link import Link
from sendparse.tag.prose import figures
from sendparse.text import sentences

CARRIED = [
    # text; a figure in it; its period; why
    ("In Quarter 3 2024/25 44% of plans were on time, up from 40% in Quarter 2 and well over the 31% of the same quarter last year.",
     "31%", "2023-10-01/2023-12-31", "the same quarter is counted from the one that is told of"),
    ("The council held 3,120 plans at the end of May 2025, an increase of 8% on the 2,889 held a year earlier.",
     "8%", "2024-05-31/2025-05-31", "a change on a level a year before"),
    ("There were 412 requests in 2024, 6% more than the 389 received in 2023.", "6%", "2024-01-01/2024-12-31", "a change of what came in"),
    ("The high needs budget for 2025/26 is £30m and spending is forecast at £34m.\n\nTop-up funding is expected to cost £9m.",
     "£9m", "2025-04-01/2026-03-31", "accounts of one year go on in it"),
    ("The high needs budget for 2025/26 is £30m. Spending is now expected to be £34m.", "£34m", "2025-04-01/2026-03-31",
     "now is when the forecast was made"),
    ("The high needs budget for 2025/26 is £30m.\n\nThe deficit is forecast to grow to £12m.", "£12m", "", "a deficit piles up by a day"),
    ("The high needs budget for 2025/26 is £30m.\n\nIt is expected that each place costs £60,000.", "£60,000", "", "what one place costs"),
    ("The forecast for 2025/26 is £22m and that for 2026/27 £24m.\n\nPlacements are expected to cost £3m.", "£3m", "", "two years"),
    ("Budget monitoring 2024/25, month 5\n\nTransport is projected to overspend by £0.4m. The main "
     "pressures are:\n- taxis: £0.3m\n- escorts: £0.1m",
     "£0.3m", "2024-04-01/2025-03-31", "the variances of a forecast, in the year of the title"),
    ("Performance report: Quarter 3 2024/25\n\nWe received 188 requests for assessment. The team is down to 12 officers.",
     "188", "2024-10-01/2024-12-31", "the past in a report on a quarter"),
    ("Performance report: Quarter 3 2024/25\n\nWe received 188 requests for assessment. There are 12 appeals open.",
     "12", "", "the present in a report on a quarter"),
    ("Assessment team highlights\n\nReporting period: May 2025\n\nThe team issued 31 plans.", "31", "2025-05-01/2025-05-31",
     "a report that says which month it covers"),
    ("Annual report 2024/25\n\nReferrals rose from 31 in Q1 to 44 in Q4.",
     "44", "2025-01-01/2025-03-31", "a quarter of the year that a report is on"),
    ("Dashboard, Quarter 2 2025/26\n\nIt was 58.5% in Quarter 2, up from 51.6% in Quarter 1 and ahead of "
     "the 37.9% seen in the same quarter last year.",
     "37.9%", "2024-07-01/2024-09-30", "the same quarter, seen from that of the report"),
    ("There were 388 requests in 2024. This is 12% more than in 2023 (346).",
     "12%", "2024-01-01/2024-12-31", "of the year that is compared"),
    ("At 31 October 2024 we had 1,418 plans. This is 10% more than at the same point in 2023, and we "
     "expect 1,760 at the end of October 2025.",
     "10%", "2023-10-31/2024-10-31", "a change on a day, before what is still to come"),
    ("27 pupils finished in the 2024/25 academic year; we aim for 60 in 2025/26.",
     "60", "2025-09-01/2026-08-31", "school years in one sentence"),
    ("The share from parents rose from 32% to 41% between academic years 2022/23 and 2023/24.", "41%", "2023-09-01/2024-08-31",
     "the second of two school years"),
    ("Budget report\n\nThe forecast for 2025/26, made in September, is £15.1m.",
     "£15.1m", "2025-04-01/2026-03-31", "when a forecast was made"),
    ("There were 212 cases in 2024/25, up 29% from 164 in the year to 31 March 2024.", "164", "2023-04-01/2024-03-31", "the year to a day"),
    ("At the January 2025 census 4.6% of pupils had a plan (2024: 4.1%). A further 14.2% were on SEN Support.", "14.2%",
     "2025-01-01/2025-01-31", "on top of what was told"),
    ("SENDIASS annual report 2024/25\n\n91% of those who answered would recommend us.", "91%", "2024-04-01/2025-03-31", "what people said"),
    ("We had 2,400 plans in January 2025. On current trends there will be 3,000 by January 2028, which is 25% growth.", "25%",
     "2025-01-01/2028-01-31", "the growth of what is to come"),
    ("At the January 2025 census 4.6% of pupils had a plan (2024: 4.1%; 2023: 3.9%).", "3.9%", "2023-01-01/2023-01-31", "census years"),
    ("Annual report 2024\n\nThere were 205 mediation cases, up 22% from 168 in the previous year.", "22%", "2024-01-01/2024-12-31",
     "a change from a level of the year before"),
    ("Overall absence of pupils with a plan was 13% in 2023/24. Persistent absence of pupils with a plan was 37%.", "37%",
     "2023-09-01/2024-08-31", "of one kind and one time"),
    ("61% of plans were good in March 2025, up from 48% in the first audit round.", "48%", "", "a time that nobody states"),
    ("Team dashboard - November 2025\n\nTimeliness fell to 41% (October: 52%).", "52%", "2025-10-01/2025-10-31", "the month before"),
    ("Team dashboard - November 2025\n\nThe overdue list dropped to 190 from 233 a month earlier.", "233", "2025-10-01/2025-10-31",
     "a month earlier"),
    ("Annual report, academic year 2024/25\n\nAttendance was 91.2%, down from 92.1% a year earlier.", "91.2%", "2024-09-01/2025-08-31",
     "a point in a number ends nothing"),
    ("Survey\n\nThe survey ran in March 2025. 44% agreed that the plan was up to date.", "44%", "2025-03-01/2025-03-31", "up to date"),
    ("Annual report 2024/25\n\nThere were 12 exclusions in the autumn term (autumn term 2023: 17).", "12", "2024-09-01/2024-12-31",
     "a term whose namesake stands in a bracket"),
    ("Q2 performance report 2025-26\n\nWe issued 41 plans.", "41", "2025-07-01/2025-09-30", "the quarter and the year of a title"),
    ("Annual report 2024/25\n\n61% were happy with the help their child receives.", "61%", "2024-04-01/2025-03-31", "the present, aside"),
    ("During 2024 803 requests came in, up from 691 in 2023. We agreed to 512 assessments.", "512", "2024-01-01/2024-12-31",
     "the past goes on from what is compared"),
    ("The 2025/26 budget is £9m. At the end of quarter 2 the forecast was £10m.", "£10m", "2025-04-01/2026-03-31", "made at a quarter"),
    ("At 30 June 2025 there were 41 officers. A year earlier there were 33. Caseloads fell to 168 over the same period.", "168", "",
     "a day is no period"),
    ("Annual report, September 2024 to August 2025\n\nWe had 64 appeals, 12 more than the year before. 40 had ended by the end of August.",
     "40", "2025-08-31/2025-08-31", "a look back leaves the paper in its year"),
    ("Team report\nMonth: September 2025\n\nThe team closed 58 assessments.", "58", "2025-09-01/2025-09-30", "a line with its month"),
    ("Termly report, summer term 2025\n\nSix plans were agreed. Attendance was 88.4% (spring term: 89.9%).",
     "89.9%", "2025-01-01/2025-03-31", "a term before"),
    ("Termly report, summer term 2025\n\nNine pupils were suspended, compared with seven in the summer term of 2024.", "Nine",
     "2025-04-01/2025-07-31", "a comparison without a figure"),
    ("Half-year report, April to September 2025\n\nWe took 2,210 calls, 9% up on the same period of 2024.", "2,210",
     "2025-04-01/2025-09-30", "half a year"),
    ("Calls\n\nWe took 2,210 calls, 9% up on the same period of 2024.", "2,210", "", "the same period as nobody says"),
    ("The budget for 2025/26 was £11.8m. By the end of August 2025 £5.1m had been spent.", "£5.1m", "2025-04-01/2025-08-31", "so far"),
    ("At 30 June 2025 the borough had 210 children in care of school age, fewer than the 233 a year before. Of these, 71 have an EHC plan.",
     "71", "2025-06-30/2025-06-30", "of those told of, not of those they are compared with"),
]  # fmt: skip


def _figure(text: str, wanted: str, packs: Packs) -> Link:
    document = read_txt(text.encode(), document_id="d", file="paper.txt")
    links = figures(sentences(document.blocks), Facts(), packs)
    return next(link for link in links if link.value.text == wanted)


@pytest.mark.parametrize(("text", "wanted", "expected", "why"), CARRIED, ids=[row[3] for row in CARRIED])
def test_the_period_that_is_carried(text: str, wanted: str, expected: str, why: str, packs: Packs) -> None:
    period = _figure(text, wanted, packs).period
    found = f"{period.start or ''}/{period.end or ''}" if period and (period.start or period.end) else ""
    assert found == expected, why


ROLES = [
    # text; a figure in it; its role; why
    ("We shall need 990 places by September 2029. This leaves a gap of 126.", "126", "forecast", "what a forecast leaves"),
    ("In 2024 we had 990 places. This leaves a gap of 126.", "126", "actual", "what a level leaves"),
    ("That leaves us short, which we propose to close as follows:\n\n- extending Elm School: 64 places", "64", "forecast", "proposals"),
    ("Spending in 2024/25 was £5m, against the £4m in the plan.", "£4m", "target", "what was planned"),
    ("The overspend in 2024/25 was £5m (plan £4m).", "£4m", "target", "what was planned, in a bracket"),
    ("Transport is projected to overspend by £0.4m. The main pressures are:\n- taxis: £0.3m", "£0.3m", "forecast", "variances"),
    ("The council wants 70% of plans on time by June 2029.", "70%", "target", "what somebody wants"),
    ("Numbers should fall to 40 by June 2029.", "40", "forecast", "what should come about"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted", "expected", "why"), ROLES, ids=[row[3] for row in ROLES])
def test_the_role_that_is_carried(text: str, wanted: str, expected: str, why: str, packs: Packs) -> None:
    assert _figure(text, wanted, packs).role.name == expected, why

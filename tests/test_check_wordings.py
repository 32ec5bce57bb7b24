"""What councils write about their figures, and the verdict that each sentence must get against one small scorecard.

The sentences are of our own making, in the ways in which committee papers speak. They were written before the rules that
read them; those of `KEPT` were left alone until the rules stood.
"""

from __future__ import annotations

from datetime import date

import pytest
from checking import claim, row, says, table, verdicts

from sendparse import check
from sendparse.model import Observation

PLANS, REQUESTS, TIMELY, BACKLOG = (
    "ehcp_total_count", "ehcna_requests_count", "ehcp_20wk_excl_exceptions_pct", "ehcna_open_over_20wk_count",
)  # fmt: skip
COMPLAINTS, MEDIATION, EOTAS, APPEALS = (
    "send_complaints_count", "mediation_total_count", "ehcp_eotas_pct", "tribunal_appeals_registered_count",
)  # fmt: skip

# April 2024 to March 2025
SCORECARD: list[Observation] = [
    *table(PLANS, "2024-04", [2010, 2035, 2051, 2080, 2102, 2140, 2155, 2171, 2190, 2204, 2231, 2262]),
    *table(REQUESTS, "2024-04", [40, 55, 61, 47, 70, 62, 58, 12, 49, 66, 71, 44]),
    *table(TIMELY, "2024-04", [48.0, 51.2, 50.1, 53.3, 55.0, 55.0, 57.9, 60.2, 61.0, 58.4, 62.5, 64.1], unit="percent"),
    *table(BACKLOG, "2024-04", [187, 180, 171, 166, 150, 149, 140, 131, 125, 120, 112, 104]),
    *table(COMPLAINTS, "2024-04", [9, 14, 8, 6, 5, 14, 12, 7, 7, 8, 6, 6]),
    *table(MEDIATION, "2024-04", [3, 8, 12, 15, 22, 25, 31, 36, 40, 47, 52, 58], kpi_label="Mediations (cumulative)"),
    *table(EOTAS, "2024-04", [3.1, 3.4, 3.4, 3.9, 4.2, 4.6, 4.6, 4.9, 5.0, 5.3, 5.1, 5.6], unit="percent"),
    *table(APPEALS, "2024-04", [4, 6, 5, 8, 9, 11, 7, 6, 10, 12, 9, 13]),
    row("table", TIMELY, 60, text="60%", role="target", table_id="T", row=9),
    row("table", TIMELY, 46.4, text="46.4%", role="benchmark", benchmark="national", area_type="england", table_id="T", row=9),
]  # fmt: skip

MAR = "2025-03"
NATION = {"role": "benchmark", "benchmark": "national", "area_type": "england"}
REGION = {"role": "benchmark", "benchmark": "regional", "area_type": "region"}
NEAR = {"role": "benchmark", "benchmark": "statistical_neighbours", "area_type": "statistical_neighbours"}
TIMES = {"unit": "multiple", "role": "change"}
POINTS = {"unit": "percentage_points", "role": "change"}


def span(start: str, end: str) -> tuple[date, date]:
    return date.fromisoformat(start), date.fromisoformat(end)


def f(kpi: str, value: float, text: str = "", **fields: object) -> Observation:
    return claim(kpi, value, **({"text": text} if text else {}), **fields)


def by(kpi: str, value: float, text: str, **fields: object) -> Observation:
    return claim(kpi, value, text=text, role="change", **fields)


FY = span("2024-04-01", "2025-03-31")

# sentence, its figures, which of them is judged, kind, verdict ("" : nothing may be said)
OPEN = [
    ("The number of plans has gone up every month this year, reaching 2,262 in March 2025.",
     [f(PLANS, 2262, "2,262", period=MAR)], 0, "trend", "match"),
    ("Timeliness has improved every month since April 2024 and reached 64.1% in March 2025.",
     [f(TIMELY, 64.1, "64.1%", period=MAR)], 0, "trend", "mismatch"),
    ("Requests rose for the third consecutive month to 70 in August 2024.",
     [f(REQUESTS, 70, period="2024-08")], 0, "trend", "mismatch"),
    ("Appeals have increased for three months in a row (11 in September 2024).",
     [f(APPEALS, 11, period="2024-09")], 0, "trend", "match"),
    ("EOTAS has continued to increase, to 5.6% in March 2025.", [f(EOTAS, 5.6, "5.6%", period=MAR)], 0, "trend", "match"),
    ("The backlog continues to come down: 104 cases in March 2025.", [f(BACKLOG, 104, period=MAR)], 0, "trend", "match"),
    ("The highest number of appeals this year was 13, in March 2025.", [f(APPEALS, 13, period=MAR)], 0, "trend", "match"),
    ("Requests peaked at 70 in August 2024.", [f(REQUESTS, 70, period="2024-08")], 0, "trend", "mismatch"),
    ("This is the lowest number of requests since the series began (12 in November 2024).",
     [f(REQUESTS, 12, period="2024-11")], 0, "trend", "match"),
    ("At 5.0% in December 2024, EOTAS was at its highest level.", [f(EOTAS, 5.0, "5.0%", period="2024-12")], 0, "trend", "match"),
    ("Fewer than 15 complaints were received in each month of 2024/25.",
     [f(COMPLAINTS, 15, qualifier="under", period=FY)], 0, "trend", "match"),
    ("We received more than 40 requests every month in 2024/25.",
     [f(REQUESTS, 40, qualifier="over", period=FY)], 0, "trend", "mismatch"),
    ("On average 53 requests were received each month in 2024/25.", [f(REQUESTS, 53, period=FY)], 0, "sum", "rounding"),
    ("At 64.1% in March 2025 we continue to outperform the national average of 46.4%.",
     [f(TIMELY, 64.1, "64.1%", period=MAR), f(TIMELY, 46.4, "46.4%", **NATION)], 0, "comparison", "match"),
    ("Our 48.0% in April 2024 was behind the regional average of 50.5%.",
     [f(TIMELY, 48.0, "48.0%", period="2024-04"), f(TIMELY, 50.5, "50.5%", **REGION)], 0, "comparison", "match"),
    ("64.1% were issued on time in March 2025, which exceeds our target of 70%.",
     [f(TIMELY, 64.1, "64.1%", period=MAR), f(TIMELY, 70, "70%", role="target")], 0, "comparison", "mismatch"),
    ("5.6% of plans are EOTAS, more than three times the national rate of 1.5%.",
     [f(EOTAS, 5.6, "5.6%", period=MAR), f(EOTAS, 1.5, "1.5%", **NATION)], 0, "comparison", "match"),
    ("5.6% of plans are EOTAS, double the 3.4% seen nationally.",
     [f(EOTAS, 5.6, "5.6%", period=MAR), f(EOTAS, 3.4, "3.4%", **NATION)], 0, "comparison", "mismatch"),
    ("Timeliness of 55.0% in August 2024 was broadly in line with statistical neighbours (54.2%).",
     [f(TIMELY, 55, "55.0%", period="2024-08"), f(TIMELY, 54.2, "54.2%", **NEAR)], 0, "comparison", "match"),
    ("At 64.1% in March 2025 we are 10 percentage points above statistical neighbours (54.2%).",
     [f(TIMELY, 64.1, "64.1%", period=MAR), f(TIMELY, 10, "10 percentage points", **POINTS), f(TIMELY, 54.2, "54.2%", **NEAR)],
     1, "arithmetic", "rounding"),
    ("There were 44 requests in March 2025, 27 fewer than the month before.",
     [f(REQUESTS, 44, period=MAR), by(REQUESTS, 27, "27", period=MAR)], 1, "arithmetic", "match"),
    ("There were 44 requests in March 2025, 17 fewer than the month before.",
     [f(REQUESTS, 44, period=MAR), by(REQUESTS, 17, "17", period=MAR)], 1, "arithmetic", "mismatch"),
    ("Plans stood at 2,262 in March 2025, up 31 on the previous month.",
     [f(PLANS, 2262, "2,262", period=MAR), by(PLANS, 31, "31", period=MAR)], 1, "arithmetic", "match"),
    ("There were 2,262 plans in March 2025, an increase of 12.5% since April 2024.",
     [f(PLANS, 2262, "2,262", period=MAR), by(PLANS, 12.5, "12.5%", period=span("2024-04-01", "2025-03-31"))],
     1, "arithmetic", "rounding"),
    ("There were 2,262 plans in March 2025, an increase of 15% since April 2024.",
     [f(PLANS, 2262, "2,262", period=MAR), by(PLANS, 15, "15%", period=span("2024-04-01", "2025-03-31"))],
     1, "arithmetic", "mismatch"),
    ("The backlog has almost halved, from 187 in April 2024 to 104 in March 2025.",
     [f(BACKLOG, .5, "halved", qualifier="about", **TIMES), f(BACKLOG, 187, period="2024-04"), f(BACKLOG, 104, period=MAR)],
     0, "arithmetic", "rounding"),
    ("The backlog fell by more than a third, from 187 in April 2024 to 104 in March 2025.",
     [by(BACKLOG, 33.3333, "a third", unit="percent", qualifier="over"), f(BACKLOG, 187, period="2024-04"), f(BACKLOG, 104, period=MAR)],
     0, "arithmetic", "match"),
    ("Timeliness was 64.1% in March 2025, four points above target.",
     [f(TIMELY, 64.1, "64.1%", period=MAR), f(TIMELY, 4, "four points", **POINTS)], 1, "arithmetic", "rounding"),
    ("Timeliness was 64.1% in March 2025, four points short of target.",
     [f(TIMELY, 64.1, "64.1%", period=MAR), f(TIMELY, 4, "four points", **POINTS)], 1, "arithmetic", "mismatch"),
    ("156 requests came in between April and June 2024.", [f(REQUESTS, 156, period=span("2024-04-01", "2024-06-30"))], 0, "sum", "match"),
    ("119 requests came in during Quarter 3.", [f(REQUESTS, 119, period=span("2024-10-01", "2024-12-31"))], 0, "sum", "match"),
    ("635 requests came in over the calendar year.", [f(REQUESTS, 635, period=FY)], 0, "sum", "mislabelled"),
    ("In the year to date there have been 635 requests.", [f(REQUESTS, 635, period=FY)], 0, "sum", "match"),
    ("Most requests in May 2024 came from schools (20).",
     [f(REQUESTS, 20, breakdown="source=school", period="2024-05")], 0, "arithmetic", "mismatch"),
    ("At the time of writing there are 2,262 plans.", [f(PLANS, 2262, "2,262")], 0, "cell", "match"),
    ("As it stands, the backlog is 112.", [f(BACKLOG, 112)], 0, "cell", "stale"),
    ("The most recent figure for timeliness is 62.5%.", [f(TIMELY, 62.5, "62.5%")], 0, "cell", "stale"),
    ("Complaints have stayed below 10 since November 2024.",
     [f(COMPLAINTS, 10, qualifier="under", period=(date(2024, 11, 1), None))], 0, "trend", "match"),
    ("Timeliness has been above 60% since November 2024.",
     [f(TIMELY, 60, "60%", qualifier="over", period=(date(2024, 11, 1), None))], 0, "trend", "mismatch"),
    ("Timeliness was unchanged at 55.0% in September 2024.", [f(TIMELY, 55, "55.0%", period="2024-09")], 0, "trend", "match"),
    ("Appeals have more than tripled, from 4 in April 2024 to 13 in March 2025.",
     [f(APPEALS, 3, "tripled", qualifier="over", **TIMES), f(APPEALS, 4, period="2024-04"), f(APPEALS, 13, period=MAR)],
     0, "arithmetic", "match"),
]  # fmt: skip

KEPT = [
    ("Overdue assessments have reduced month on month, from 187 in April 2024 to 104 in March 2025.",
     [f(BACKLOG, 187, period="2024-04"), f(BACKLOG, 104, period=MAR)], 1, "trend", "match"),
    ("Complaints fell for the second month running, to 7 in November 2024.", [f(COMPLAINTS, 7, period="2024-11")], 0, "trend", "match"),
    ("Demand keeps growing, with 44 requests in March 2025.", [f(REQUESTS, 44, period=MAR)], 0, "trend", "mismatch"),
    ("Timeliness reached a record 64.1% in March 2025.", [f(TIMELY, 64.1, "64.1%", period=MAR)], 0, "trend", "match"),
    ("The 71 requests of February 2025 were the most since August 2024.", [f(REQUESTS, 71, period="2025-02")], 0, "trend", "match"),
    ("Requests averaged 60 a month over 2024/25.", [f(REQUESTS, 60, period=FY)], 0, "sum", "mismatch"),
    ("In March 2025 64.1% of plans were on time, well ahead of England (46.4%).",
     [f(TIMELY, 64.1, "64.1%", period=MAR), f(TIMELY, 46.4, "46.4%", **NATION)], 0, "comparison", "match"),
    ("At 48.0% in April 2024 we performed better than the England average of 50.3%.",
     [f(TIMELY, 48, "48.0%", period="2024-04"), f(TIMELY, 50.3, "50.3%", **NATION)], 0, "comparison", "mismatch"),
    ("64.1% in March 2025 met the target of 60%.",
     [f(TIMELY, 64.1, "64.1%", period=MAR), f(TIMELY, 60, "60%", role="target")], 0, "comparison", "match"),
    ("Timeliness of 64.1% in March 2025 narrowly missed the 60% target.",
     [f(TIMELY, 64.1, "64.1%", period=MAR), f(TIMELY, 60, "60%", role="target")], 0, "comparison", "mismatch"),
    ("Timeliness is up 16 percentage points on April 2024, to 64.1% in March 2025.",
     [f(TIMELY, 16, "16 percentage points", period=span("2024-04-01", "2025-03-31"), **POINTS), f(TIMELY, 64.1, "64.1%", period=MAR)],
     0, "arithmetic", "rounding"),
    ("Complaints have more than halved, from 14 in September 2024 to 6 in March 2025.",
     [f(COMPLAINTS, .5, "halved", qualifier="under", **TIMES), f(COMPLAINTS, 14, period="2024-09"), f(COMPLAINTS, 6, period=MAR)],
     0, "arithmetic", "match"),
    ("Appeals have quadrupled, from 4 in April 2024 to 13 in March 2025.",
     [f(APPEALS, 4, "quadrupled", **TIMES), f(APPEALS, 4, period="2024-04"), f(APPEALS, 13, period=MAR)], 0, "arithmetic", "mismatch"),
    ("Quarter 2 brought 197 requests.", [f(REQUESTS, 197, period=span("2024-07-01", "2024-09-30"))], 0, "sum", "mismatch"),
    ("So far 58 mediations have been held in 2024/25.", [f(MEDIATION, 58, period=FY)], 0, "cell", "match"),
    ("More than half of the requests of May 2024 came from parents (30).",
     [f(REQUESTS, 30, breakdown="source=parent", period="2024-05")], 0, "arithmetic", "match"),
    ("Today the council maintains 2,262 plans.", [f(PLANS, 2262, "2,262")], 0, "cell", "match"),
    ("EOTAS has remained above 4% since August 2024.",
     [f(EOTAS, 4, "4%", qualifier="over", period=(date(2024, 8, 1), None))], 0, "trend", "match"),
    ("Timeliness held steady at 64.1% in March 2025.", [f(TIMELY, 64.1, "64.1%", period=MAR)], 0, "trend", ""),
    ("The backlog of 104 in March 2025 is the lowest it has been all year.", [f(BACKLOG, 104, period=MAR)], 0, "trend", "match"),
    ("Nine appeals were registered in February 2025, three fewer than in the previous month.",
     [f(APPEALS, 9, "Nine", period="2025-02"), by(APPEALS, 3, "three", period="2025-02")], 1, "arithmetic", "match"),
]  # fmt: skip


def judged(packs, figures: list[Observation], sentence: str, at: int, kind: str) -> list[str]:
    stated = says(sentence, *figures)
    return verdicts(check.run([*SCORECARD, *stated], packs), stated[at], kind)


@pytest.mark.parametrize(("sentence", "figures", "at", "kind", "verdict"), OPEN)
def test_what_councils_write(packs, sentence, figures, at, kind, verdict) -> None:
    assert judged(packs, figures, sentence, at, kind) == ([verdict] if verdict else [])


@pytest.mark.parametrize(("sentence", "figures", "at", "kind", "verdict"), KEPT)
def test_what_councils_write_too(packs, sentence, figures, at, kind, verdict) -> None:
    assert judged(packs, figures, sentence, at, kind) == ([verdict] if verdict else [])

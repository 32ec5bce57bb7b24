"""Which period dates which figure of a sentence."""

from __future__ import annotations

import pytest

from sendparse.tag.benchmark import figure_areas
from sendparse.tag.dating import date_figures
from sendparse.tag.parts import parts
from sendparse.tag.period import read_periods
from sendparse.tag.role import roles
from sendparse.tag.value import read_values

DATED = [
    ("In August 2024, 73% of plans were good.", ["2024-08"], "before"),
    (
        "There were 96 requests in January 2025, which compares to 88 in January 2024.",
        ["2025-01", "2024-01"],
        "behind each",
    ),
    ("increased from 80.7% in 2023, to 94.2% in 2024", ["2023-01", "2024-01"], "both ends"),
    ("in 2022 it was 40%, in 2023 50% and in 2024 60%", ["2022-01", "2023-01", "2024-01"], "before each"),
    ("27% (2023), 35% (2024)", ["2023-01", "2024-01"], "in brackets"),
    ("Appeals lodged: 29 (2023: 35)", [None, "2023-01"], "a bracket that dates its own figure"),
    (
        "9 bases are open and the council plans to build more by September 2026",
        [None],
        "what is to come dates nothing before it",
    ),
    (
        "it will rise from 37% to 45% by 2028",
        [None, "2028-01"],
        "the end of a movement to come does not date its start",
    ),
    (
        "279 were placed, 36 more than in March 2024, at a cost of £66,400",
        [None, "2024-03", None],
        "what is compared with",
    ),
    ("it has risen since September 2024 and now stands at 74", [None], "now, behind an and"),
    ("it gives £42.5m in return for a balance by 2028/29", [None], "what is given in return"),
    ("reserves are £21m so the deficit will exceed them in 2026", [None], "what is to come, behind so"),
    ("the average was £58,900 in 2023-24 and the total cost was £12.1m", ["2023-04", "2023-04"], "told in one tense"),
    ("There were 14 permanent exclusions (10 in 2023/24)", [None, "2023-04"], "a bracket of another year"),
    (
        "96% of plans were sent by 15 February (2025: 91%)",
        [None, "2025-01"],
        "a day without a year before such a bracket",
    ),
    (
        "We hold 4,905 plans, 5.6% of pupils (5.1% in January 2025)",
        [None, None, "2025-01"],
        "no figure before it either",
    ),
    ("412 plans (8.6%) in 2024", ["2024-01", "2024-01"], "a bracket without a period of its own"),
    ("stage 1 numbered 197 (2023-24: 154) and the second 48", [None, "2023-04", None], "a bracket that is closed"),
    ("From a baseline of 35% in 2022 satisfaction rose to 48%", ["2022-01", None], "one end of a movement"),
    ("a school will open 120 places in 2027, backed by £18.5m", ["2027-01", None], "the money is of no day"),
    ("2021/22: 45, 2022/23: 50", ["2021-04", "2022-04"], "with a colon"),
    ("In 2023, 59% were agreed, lower than National (67%) and London (64%)", ["2023-01"] * 3, "an opening dates all"),
    ("45% and 52% in 2023", ["2023-01", "2023-01"], "behind the last of two"),
    ("Of the 176 appeals registered in 2023, 81 were conceded and 19 are open", ["2023-01"] * 3, "of the"),
    (
        "£3m would be spent in 2024/25 and 22 officers had been appointed",
        ["2024-04", None],
        "a second clause is not dated",
    ),
    ("900 cases, down from a peak of 1,440 in November 2022", [None, "2022-11"], "a peak dates only itself"),
    (
        "In Quarter 3 of 2025/26 there were 265, 14% higher than in Quarter 2 of 2025/26",
        ["2025-10", "2025-10"],
        "of the level",
    ),
    ("At 265, requests are higher than in 2023", [None], "a period that is compared with"),
    ("Compared with 2023, requests rose to 512", [None], "an opening that is compared with"),
    ("requests were higher than in 2023 (468)", ["2023-01"], "a bracket of the other side"),
    (
        "an increase of 42 on 2023/24, to 510 in 2024/25",
        ["2023-04", "2024-04"],
        "with no level before it: what it moved from",
    ),
    (
        "In 2022, 2023 and 2024 we received 412, 468 and 512",
        ["2022-01", "2023-01", "2024-01"],
        "as many as years, in turn",
    ),
    (
        "we had 412 and 468 in 2022/23 and 2023/24 respectively",
        ["2022-04", "2023-04"],
        "years in turn behind their figures",
    ),
    (
        "in September, October and November 2025 it was 48%, 52% and 57%",
        ["2025-09", "2025-10", "2025-11"],
        "months in turn",
    ),
    ("£3.4m for 2024/25 and 2025/26", ["2024-04"], "one figure of two years"),
    ("Following the inspection in March 2023, timeliness rose to 61%", [None], "the day of an event"),
    ("Timeliness rose to 61% in 2024 after the inspection in March 2023", ["2024-01"], "an event behind it"),
    ("it has risen by 64% since 2019 and stands at 3,206", ["2019-01", None], "since, and where it stands"),
    ("3,260 plans, up 58% since 2020", [None, "2020-01"], "since dates the change"),
    ("the queue, 264 in February 2025, has been reduced to 87", ["2025-02", None], "where it has come to"),
    ("88 came a month in 2024/25, and we can only see 45", ["2024-04", None], "a second clause that tells of now"),
    ("it is carrying six vacancies and spent £90,000 in 2024/25", [None, "2024-04"], "is and spent: two tenses"),
    ("we received 512 requests and issued 388 plans in 2024", ["2024-01", "2024-01"], "one tense, one year"),
    ("one that came in March 2024, who has now waited 68 weeks", [None], "how long it has been since then"),
    (
        "Of the 96 plans issued in the quarter to 30 June 2025 61 were late",
        ["2025-04", "2025-04"],
        "between the whole and its part",
    ),
    ("32% in 2022 → 61% in 2024", ["2022-01", "2024-01"], "an arrow"),
    ("2022: 32% | 2023: 47%", ["2022-01", "2023-01"], "a stroke"),
    (
        "the deficit forecast for 31 March 2026 is £22.6m (Q1: £21.9m)",
        ["2026-03", "2026-03"],
        "an earlier forecast of one day",
    ),
    ("there were 512, twice as many as in 2019", [None, "2019-01"], "as many as then"),
    (
        "88 came a month in 2024/25, double the level before, and we can only see 45",
        ["2024-04", "2024-04", None],
        "now, at the end",
    ),
    ("2024/25 spending was 11% up on 2023/24", ["2024-04"], "a change, with a year of its own"),
    ("In both 2023 and 2024 it was 47%", ["2023-01"], "of two years"),
    ("In 2023 it was 59%; it is currently 70%", ["2023-01", None], "currently: stated, not resolvable"),
]


@pytest.mark.parametrize(("text", "expected", "why"), DATED, ids=[row[0][:50] for row in DATED])
def test_dates(text: str, expected: list[str | None], why: str) -> None:
    values, periods = read_values(text), read_periods(text)
    own = parts(text, [(v.start, v.end) for v in values], [(p.text_start, p.text_end) for p in periods])
    found = date_figures(text, values, own, roles(text, values, own), periods)
    assert [f"{p.start:%Y-%m}" if p and p.start else None for p in found] == expected, why


CHANGES = [
    ("rose from 3,791 in January 2024 to 4,453 in January 2025, an increase of 17.5%", "2024-01-01/2025-01-31"),
    ("951 at 31 March 2025, a fall of 302 since 1 March 2024", "2024-03-01/2025-03-31"),
    (
        "3,871 at 31 March 2025, compared with 3,418 twelve months earlier, an increase of 13.3%",
        "2024-03-31/2025-03-31",
    ),
    ("398 came in March 2024, compared to 232 in March 2023, an increase of 71.6%", "2024-03-01/2024-03-31"),
]


BESIDE = [
    (
        "16.1% in January 2025, compared with 14.9% in January 2024 and 13.6% nationally",
        ["January 2025", "January 2024", "January 2025"],
    ),
    (
        "In January 2026 5.6% had a plan (5.1% in January 2025; England 5.3%; South East 5.2%)",
        ["January 2026", "January 2025", "January 2026", "January 2026"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), BESIDE)
def test_others_are_set_beside_the_first(text: str, expected: list[str]) -> None:
    values, periods = read_values(text), read_periods(text)
    spans = [(v.start, v.end) for v in values]
    own = parts(text, spans, [(p.text_start, p.text_end) for p in periods])
    found = date_figures(text, values, own, roles(text, values, own), periods, figure_areas(text, spans))
    assert [p.label for p in found if p] == expected


@pytest.mark.parametrize(("text", "expected"), CHANGES)
def test_a_change_spans_a_movement_and_takes_the_later_of_two_flows(text: str, expected: str) -> None:
    values, periods = read_values(text), read_periods(text)
    own = parts(text, [(v.start, v.end) for v in values], [(p.text_start, p.text_end) for p in periods])
    period = date_figures(text, values, own, roles(text, values, own), periods)[-1]
    assert period is not None
    assert f"{period.start}/{period.end}" == expected


def test_a_change_counts_from_the_day_of_the_figure_in_brackets_behind_it() -> None:
    text = "5,214 at 31 March 2025, an increase of 412 (8.6%) on 31 March 2024 (4,802)"
    values, periods = read_values(text), read_periods(text)
    own = parts(text, [(v.start, v.end) for v in values], [(p.text_start, p.text_end) for p in periods])
    found = date_figures(text, values, own, roles(text, values, own), periods)
    assert [f"{p.start}/{p.end}" for p in found if p] == [
        "2025-03-31/2025-03-31",
        "2024-03-31/2025-03-31",
        "2024-03-31/2025-03-31",
        "2024-03-31/2024-03-31",
    ]

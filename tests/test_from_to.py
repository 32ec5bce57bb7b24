"""The way that is said to lead from one figure to another, and figures whose period or kind must be told from the words."""

from __future__ import annotations

from datetime import date

import pytest
from checking import claim, row, says, table, verdicts

from sendparse import check
from sendparse.packs import Packs

REQUESTS, TIMELY, APPEALS = "ehcna_requests_count", "ehcp_20wk_unspecified_pct", "tribunal_appeals_registered_count"
Q1, Q2 = (date(2024, 4, 1), date(2024, 6, 30)), (date(2024, 7, 1), date(2024, 9, 30))

WAYS = [
    ("Requests rose from 210 in Quarter 1 to 188 in Quarter 2.", 210, 188, ["mismatch"]),
    ("Requests fell from 210 in Quarter 1 to 188 in Quarter 2.", 210, 188, []),
    ("Requests fell from 188 in Quarter 1 to around 210 in Quarter 2.", 188, 210, ["mismatch"]),
    ("Requests moved from 210 in Quarter 1 to 188 in Quarter 2.", 210, 188, []),  # no way is said
]


@pytest.mark.parametrize(("sentence", "before", "after", "expected"), WAYS)
def test_from_one_figure_to_the_other(
    packs: Packs, sentence: str, before: int, after: int, expected: list[str]
) -> None:
    stated = says(sentence, claim(REQUESTS, before, period=Q1), claim(REQUESTS, after, period=Q2))
    assert verdicts(check.run(stated, packs), stated[1], "trend") == expected


def test_up_from_a_larger_figure(packs: Packs) -> None:
    stated = says("There were 45 requests, up from 66.", claim(REQUESTS, 45, period=Q2), claim(REQUESTS, 66, period=Q1))
    assert verdicts(check.run(stated, packs), stated[0], "trend") == ["mismatch"]


def test_a_month_earlier_is_the_column_before(packs: Packs) -> None:
    cells = table(TIMELY, "2025-01", [49.0, 52.1], unit="percent")
    sentence = "In February 2025, 52.1% were on time, against 49.0% a month earlier."
    both = [claim(TIMELY, v, text=f"{v}%", period="2025-02") for v in (52.1, 49.0)]
    stated = says(sentence, *both)
    found = check.run([*cells, *stated], packs)
    assert verdicts(found, stated[1], "cell") == ["match"]
    assert not {c.verdict for c in found} & {"stale", "mismatch"}


def test_a_period_in_brackets_belongs_to_the_figure_in_them(packs: Packs) -> None:
    cells = [row("table", APPEALS, v, period=p, table_id="T", row=1) for v, p in ((35, Q1), (29, Q2))]
    dated = {"period": Q1, "period_label": "Quarter 1"}
    stated = says("Tribunal appeals: 29 (35 in Quarter 1)", claim(APPEALS, 29, **dated), claim(APPEALS, 35, **dated))
    found = check.run([*cells, *stated], packs)
    assert [verdicts(found, s, "cell") for s in stated] == [["match"], ["match"]]
    assert not verdicts(found, stated[0], "consistency")


def test_a_month_without_a_year_is_the_last_of_that_name(packs: Packs) -> None:
    cells = table(REQUESTS, "2024-05", [40, 41, 47])
    stated = says("It was 47 in June.", claim(REQUESTS, 47, period_label="June"))
    assert verdicts(check.run([*cells, *stated], packs), stated[0], "cell") == ["stale"]  # 47 is July's


def test_three_months_earlier_counts_from_the_newest_column(packs: Packs) -> None:
    cells = table("annual_reviews_overdue_count", "2024-03", [811, 790, 750, 702])
    text = "702 reviews are overdue, down from 811 three months earlier."
    stated = says(text, claim("annual_reviews_overdue_count", 702), claim("annual_reviews_overdue_count", 811))
    assert verdicts(check.run([*cells, *stated], packs), stated[1], "cell") == ["match"]


def test_a_baseline_is_what_was_measured_then(packs: Packs) -> None:
    year = (date(2023, 4, 1), date(2024, 3, 31))
    cells = [row("table", TIMELY, 61, text="61%", role="baseline", period=year, table_id="T", row=1)]
    [wrong] = says("We finished 64% in time in 2023/24.", claim(TIMELY, 64, text="64%", period=year))
    [right] = says("We finished 61% in time in 2023/24.", claim(TIMELY, 61, text="61%", period=year))
    assert verdicts(check.run([*cells, wrong], packs), wrong, "cell") == ["mismatch"]
    assert verdicts(check.run([*cells, right], packs), right, "cell") == ["match"]


def test_the_way_to_a_benchmark_starts_at_the_figure_of_now(packs: Packs) -> None:
    own = says(
        "58% were on time, compared with 44% in Quarter 1.",
        claim(TIMELY, 58, text="58%"),
        claim(TIMELY, 44, text="44%", period=Q1),
    )
    national = {"role": "benchmark", "benchmark": "national", "area_type": "england"}
    other = says("This is above the national average of 46%.", claim(TIMELY, 46, text="46%", **national))
    found = check.run([*own, *other], packs)
    assert verdicts(found, own[0], "comparison") == ["match"]
    assert not verdicts(found, own[1], "comparison")

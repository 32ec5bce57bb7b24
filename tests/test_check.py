"""Each kind of check, each verdict: a small table, a sentence about it, the verdict it must get."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from checking import claim, row, says, table, verdicts
from hypothesis import given
from hypothesis import strategies as st

from sendparse import check
from sendparse.check.compare import agree_with, step
from sendparse.model import Observation

PLANS = "ehcp_total_count"
REQUESTS = "ehcna_requests_count"
EOTAS = "ehcp_eotas_pct"
TIMELY = "ehcp_20wk_unspecified_pct"
PLAN_ROW = table(PLANS, "2024-01", [2010, 2035, 2051, 2080, 2102, 2140])
REQUEST_ROW = table(REQUESTS, "2024-01", [40, 55, 61, 47, 70, 62, 58, 12, 49, 66, 71, 44])
SHARE_ROW = table(EOTAS, "2024-01", [3.1, 3.4, 3.4, 3.9, 4.2, 4.6], unit="percent")


def run(packs, *groups: list[Observation]) -> list:
    return check.run([o for group in groups for o in group], packs)


PRECISION = [
    # claim, decimals, qualifier, expected -> verdict, why it is here
    (17.5, 1, "", 17.46, "rounding", "rounded to the printed place"),
    (17.4, 1, "", 17.46, "truncated", "cut off instead of rounded"),
    (18, 0, "", 17.46, "mismatch", "neither"),
    (90, 0, "", 90.0, "match", "the same"),
    (2700, 0, "about", 2689, "rounding", "around 2,700"),
    (2700, 0, "about", 2400, "mismatch", "not around 2,700"),
    (30, 0, "over", 33, "match", "over 30"),
    (30, 0, "over", 22, "mismatch", "not over 30"),
    (600, 0, "under", 580, "match", "fewer than 600"),
    (600, 0, "at_least", 600, "match", "at least 600 is met by 600"),
]


@pytest.mark.parametrize(("value", "decimals", "qualifier", "expected", "verdict", "why"), PRECISION)
def test_figures_are_compared_at_their_printed_precision(value, decimals, qualifier, expected, verdict, why) -> None:
    stated = claim(PLANS, value, text=f"{value:.{decimals}f}", qualifier=qualifier)
    assert agree_with(stated, expected) == verdict, why


def test_a_scale_word_widens_the_step() -> None:
    assert step(claim("dsg_cumulative_deficit_gbp", 19_400_000, text="£19.4m")) == pytest.approx(100_000)


CELLS = [
    # sentence, figure, its fields -> verdict
    ("There were 2,035 plans in February 2024.", 2035, {"period": "2024-02"}, "match"),
    ("There were 2,010 plans in February 2024.", 2010, {"period": "2024-02"}, "stale"),
    ("There were 2,999 plans in February 2024.", 2999, {"period": "2024-02"}, "mismatch"),
    ("There were 2,035 plans in February 2023.", 2035, {"period": "2023-02"}, "unverifiable"),
    ("There are currently 2,140 plans.", 2140, {}, "match"),
    ("There are currently 2,102 plans.", 2102, {}, "stale"),
    ("Officers spoke of 2,102 plans.", 2102, {}, "unverifiable"),
    (
        "There were 2,035 plans for pupils of primary age.",
        2035,
        {"breakdown": "phase=primary", "period": "2024-02"},
        "unverifiable",
    ),
]


@pytest.mark.parametrize(("sentence", "value", "fields", "expected"), CELLS)
def test_cell(packs, sentence, value, fields, expected) -> None:
    stated = says(sentence, claim(PLANS, value, **fields))
    assert verdicts(run(packs, PLAN_ROW, stated), stated[0], "cell") == [expected]


def test_equal_numbers_of_another_measure_confirm_nothing(packs) -> None:
    stated = says("We received 2,035 requests in February 2024.", claim(REQUESTS, 2035, period="2024-02"))
    assert verdicts(run(packs, PLAN_ROW, stated), stated[0]) == ["unverifiable"]


CHANGES = [
    # text, value, unit, period -> verdict. The table goes from 2010 (January) to 2140 (June): +6.47%, +130
    ("6.5%", 6.5, "percent", ("2024-01-01", "2024-06-30"), "rounding"),
    ("6.4%", 6.4, "percent", ("2024-01-01", "2024-06-30"), "truncated"),
    ("9%", 9, "percent", ("2024-01-01", "2024-06-30"), "mismatch"),
    ("130", 130, "count", ("2024-01-01", "2024-06-30"), "match"),
    ("131", 131, "count", ("2024-01-01", "2024-06-30"), "mismatch"),
]


@pytest.mark.parametrize(("text", "value", "unit", "period", "expected"), CHANGES)
def test_a_change_is_recomputed_from_the_table(packs, text, value, unit, period, expected) -> None:
    days = tuple(date.fromisoformat(day) for day in period)
    stated = says(
        f"Plans rose by {text} in the half year.", claim(PLANS, value, text=text, unit=unit, role="change", period=days)
    )
    assert verdicts(run(packs, PLAN_ROW, stated), stated[0], "arithmetic") == [expected]


PAIRS = [
    ("76%", 76, "percent", 95, 167, "rose", "rounding"),
    ("66%", 66, "percent", 95, 167, "rose", "mismatch"),
    ("43%", 43, "percent", 167, 95, "fell", "rounding"),
    ("43%", 43, "percent", 167, 95, "rose", "mismatch"),
    ("doubled", 2, "multiple", 40, 80, "rose", "match"),
]


@pytest.mark.parametrize(("text", "value", "unit", "before", "after", "verb", "expected"), PAIRS)
def test_a_change_is_recomputed_from_the_stated_pair(packs, text, value, unit, before, after, verb, expected) -> None:
    pair = [claim(REQUESTS, before, period="2023-11"), claim(REQUESTS, after, period="2024-11")]
    stated = says(
        f"They {verb} from {before} to {after}, {text}.",
        *pair,
        claim(REQUESTS, value, text=text, unit=unit, role="change"),
    )
    assert verdicts(run(packs, stated), stated[2], "arithmetic") == [expected]


def test_parts_of_a_whole(packs) -> None:
    right = says("2,320 of 3,007 (77%)", claim(TIMELY, 77, text="77%", numerator=2320, denominator=3007))
    wrong = says("2,320 of 3,007 (87%)", claim(TIMELY, 87, text="87%", numerator=2320, denominator=3007))
    checks = run(packs, right, wrong)
    assert verdicts(checks, right[0], "arithmetic") == ["rounding"]
    assert verdicts(checks, wrong[0], "arithmetic") == ["mismatch"]


def test_what_remains_must_add_to_a_hundred(packs) -> None:
    first = claim("ehcna_requests_from_parents_pct", 26, text="26%")
    right = says(
        "Parents made 26% of them; the remaining 74% were made by schools.",
        first,
        claim("ehcna_requests_from_schools_pct", 74, text="74%"),
    )
    more = replace(first, observation_id="x", value=27.0, value_text="27%")
    less = claim("ehcna_requests_from_schools_pct", 72, text="72%")
    wrong = says("Parents made 27% of them; the remaining 72% were made by schools.", more, less)
    checks = run(packs, right, wrong)
    assert verdicts(checks, right[1], "arithmetic") == ["match"]
    assert verdicts(checks, wrong[1], "arithmetic") == ["mismatch"]


def test_the_majority_is_more_than_half(packs) -> None:
    wrong = says(
        "The majority of requests in May were for children aged 3 (20 requests).",
        claim(REQUESTS, 20, breakdown="age=3", period="2024-05"),
    )
    right = says(
        "The majority of requests in May were for boys (44 requests).",
        claim(REQUESTS, 44, breakdown="sex=boys", period="2024-05"),
    )
    checks = run(packs, REQUEST_ROW, wrong, right)
    assert verdicts(checks, wrong[0], "arithmetic") == ["mismatch"]
    assert verdicts(checks, right[0], "arithmetic") == ["match"]


SUMS = [
    # sentence, value, period -> verdict. September to December: 49 + 66 + 71 + 44 = 230; the year: 635
    ("230 requests came in the autumn term.", 230, ("2024-09-01", "2024-12-31"), "match"),
    ("215 requests came in the autumn term.", 215, ("2024-09-01", "2024-12-31"), "mismatch"),
    ("635 requests came in the calendar year.", 635, ("2024-01-01", "2024-12-31"), "match"),
    ("591 requests came in the calendar year.", 591, ("2024-01-01", "2024-11-30"), "mislabelled"),
]


@pytest.mark.parametrize(("sentence", "value", "period", "expected"), SUMS)
def test_sums_over_a_window(packs, sentence, value, period, expected) -> None:
    days = tuple(date.fromisoformat(day) for day in period)
    stated = says(sentence, claim(REQUESTS, value, period=days))
    assert verdicts(run(packs, REQUEST_ROW, stated), stated[0], "sum") == [expected]


def test_a_level_is_not_added_up(packs) -> None:
    stated = says("There were 12,418 plans.", claim(PLANS, 12418, period=(date(2024, 1, 1), date(2024, 6, 30))))
    assert verdicts(run(packs, PLAN_ROW, stated), stated[0], "sum") == []


def test_a_part_cannot_exceed_its_whole(packs) -> None:
    whole = table(REQUESTS, "2024-05", [12], breakdown="phase=early_years")
    stated = says("20 of them were aged 3.", claim(REQUESTS, 20, breakdown="age=3", period="2024-05"))
    assert verdicts(run(packs, whole, stated), stated[0], "sum") == ["mismatch"]


TRENDS = [
    # measure, sentence, figure, fields -> verdict
    (
        PLANS,
        "Plans have risen every month for the past 5 months.",
        5,
        {"text": "5 months", "unit": "months", "role": "change"},
        ["match"],
    ),
    (
        EOTAS,
        "This share has risen every month for the past five months, to 4.6%.",
        4.6,
        {"text": "4.6%", "period": "2024-06"},
        ["mismatch"],
    ),
    (PLANS, "The number of plans continues to rise, to 2,140 in June 2024.", 2140, {"period": "2024-06"}, ["match"]),
    (REQUESTS, "Requests continue to rise, to 44 in December 2024.", 44, {"period": "2024-12"}, ["mismatch"]),
    (REQUESTS, "There were 71 requests in November 2024, the highest on record.", 71, {"period": "2024-11"}, ["match"]),
    (REQUESTS, "There were 70 requests in May 2024, the highest on record.", 70, {"period": "2024-05"}, ["mismatch"]),
]


@pytest.mark.parametrize(("kpi", "sentence", "value", "fields", "expected"), TRENDS)
def test_trends(packs, kpi, sentence, value, fields, expected) -> None:
    stated = says(sentence, claim(kpi, value, **fields))
    assert verdicts(run(packs, PLAN_ROW, REQUEST_ROW, SHARE_ROW, stated), stated[0], "trend") == expected


def test_the_broken_month_is_named(packs) -> None:
    stated = says(
        "It has risen every month for the past 5 months.",
        claim(EOTAS, 5, text="5 months", unit="months", role="change"),
    )
    [found] = [c for c in run(packs, SHARE_ROW, stated) if c.kind == "trend"]
    assert "March 2024 did not change" in found.explanation


def test_steps_of_a_running_total(packs) -> None:
    running = table("mediation_total_count", "2024-01", [30, 65, 101, 120, 158], kpi_label="Mediations (cumulative)")
    since = (date(2024, 1, 1), date(2024, 5, 31))
    stated = says(
        "Numbers are growing by over 30 each month.",
        claim("mediation_total_count", 30, qualifier="over", role="change", period=since),
    )
    [found] = [c for c in run(packs, running, stated) if c.kind == "trend"]
    assert (found.verdict, "April 2024 (+19)" in found.explanation) == ("mismatch", True)


def test_remained_lower(packs) -> None:
    complaints = table("send_complaints_count", "2024-01", [31, 28, 9, 12])
    sentence = (
        "Complaints have remained lower in March and April, with 12 in April 2024 compared to 28 in February 2024."
    )
    stated = says(
        sentence,
        claim("send_complaints_count", 12, period="2024-04"),
        claim("send_complaints_count", 28, period="2024-02"),
    )
    assert verdicts(run(packs, complaints, stated), stated[0], "trend") == ["match"]
    worse = table("send_complaints_count", "2024-01", [31, 28, 29, 12])
    assert verdicts(run(packs, worse, stated), stated[0], "trend") == ["mismatch"]


COMPARISONS = [
    ("At 62% we are above the national average (46.4%).", 62, 46.4, ["match"]),
    ("At 42% we are above the national average (46.4%).", 42, 46.4, ["mismatch"]),
    ("At 42% we are below the national average (46.4%).", 42, 46.4, ["match"]),
    ("At 47% we are in line with the national average (46.4%).", 47, 46.4, ["match"]),
    ("At 70% we are in line with the national average (46.4%).", 70, 46.4, ["mismatch"]),
    ("At 62% we are behind the national average (46.4%).", 62, 46.4, ["mismatch"]),
    ("We stood at 62%; the national average was 46.4%.", 62, 46.4, []),
]


@pytest.mark.parametrize(("sentence", "own", "england", "expected"), COMPARISONS)
def test_comparisons(packs, sentence, own, england, expected) -> None:
    nation = {"role": "benchmark", "benchmark": "national", "area_type": "england"}
    ours = claim(TIMELY, own, text=f"{own}%", period="2024-05")
    stated = says(sentence, ours, claim(TIMELY, england, text=f"{england}%", period="2024-05", **nation))
    assert verdicts(run(packs, stated), stated[0], "comparison") == expected


YEAR = (date(2023, 1, 1), date(2023, 12, 31))
OFFICIAL = [
    # England 2023: 50.3 without exceptions, 49.1 with them; 2024: 46.4 and 45.9
    (TIMELY, 50.3, YEAR, "", "match"),
    (TIMELY, 49.1, None, "", "match"),
    (TIMELY, 46.4, YEAR, "", "stale"),
    (TIMELY, 61.2, YEAR, "", "mismatch"),
    (TIMELY, 49.1, YEAR, " excluding exceptions", "mislabelled"),
    (TIMELY, 50.9, YEAR, "", "unverifiable"),
]


@pytest.mark.parametrize(("kpi", "value", "period", "words", "expected"), OFFICIAL)
def test_official(packs, kpi, value, period, words, expected) -> None:
    england = claim(
        kpi, value, text=f"{value}%", role="benchmark", benchmark="national", area_type="england", period=period
    )
    stated = says(f"The national figure was {value}%{words}.", england)
    found = [c.verdict for c in run(packs, stated)]
    assert found == [expected]


def test_two_statements_of_one_thing(packs) -> None:
    first = says("There were 2,140 plans in June 2024.", claim(PLANS, 2140, period="2024-06"))
    second = says("Of the 2,102 plans in June 2024, half are new.", claim(PLANS, 2102, period="2024-06"))
    checks = run(packs, PLAN_ROW, first, second)
    assert verdicts(checks, first[0], "consistency") == []
    assert verdicts(checks, second[0], "consistency") == ["stale"]


def test_tables_against_themselves(packs) -> None:
    values = [float(100 + n) for n in range(30)]
    arrows = [replace(o, trend="up") for o in table(PLANS, "2022-01", values)]
    assert run(packs, arrows) == []
    wrong = [*arrows[:10], replace(arrows[10], trend="down"), *arrows[11:]]
    assert [c.verdict for c in run(packs, wrong)] == ["mismatch"]
    running = table("mediation_total_count", "2024-01", [10, 25, 21], kpi_label="Mediations (cumulative)")
    assert [c.verdict for c in run(packs, running)] == ["mismatch"]
    cases = row("table", EOTAS, 14.3, text="14.3%", numerator=10, table_id="T", row=1, column=1)
    assert run(packs, [cases]) == []
    assert [
        c.verdict for c in run(packs, [replace(cases, numerator=3.0, value=11.84, decimals=2, value_text="11.84%")])
    ] == ["mismatch"]


def test_columns_of_unlike_length_are_no_steps(packs) -> None:
    year = row(
        "table",
        "mediation_total_count",
        118,
        period=(date(2023, 4, 1), date(2024, 3, 31)),
        table_id="T",
        row=1,
        column=0,
    )
    months = table("mediation_total_count", "2024-05", [79, 90])
    running = [replace(o, kpi_label="Mediations (cumulative)") for o in (year, *months)]
    assert run(packs, running) == []


def test_a_count_may_be_the_whole_of_its_share(packs) -> None:
    cases = row(
        "table", "ehcp_audit_good_pct", 83, text="83% (12)", numerator=12, unit="percent", table_id="T", row=1, column=1
    )
    assert run(packs, [cases]) == []  # ten of twelve
    wrong = replace(cases, numerator=3.0, value=11.84, decimals=2, value_text="11.84% (3) ▲")
    [found] = run(packs, [wrong])
    assert found.explanation == "3 cases are 11.84% of no whole number of cases."


def test_totals_count_only_where_other_columns_prove_them(packs) -> None:
    def column(number: int, values: list[float]) -> list[Observation]:
        labels = ["Primary", "Secondary", "Total"]
        return [
            row("table", "", v, table_id="T", row=r, column=number, kpi_label=labels[r]) for r, v in enumerate(values)
        ]

    good = [*column(1, [3, 4, 7]), *column(2, [5, 5, 10]), *column(3, [1, 1, 2])]
    assert run(packs, good) == []
    bad = [*column(1, [3, 4, 7]), *column(2, [5, 5, 10]), *column(3, [1, 1, 3])]
    [found] = run(packs, bad)
    assert (found.verdict, found.expected) == ("mismatch", "2")


def test_every_narrative_figure_gets_a_verdict(packs) -> None:
    stated = says("Two posts are vacant.", claim("", 2), claim(PLANS, 9, period="2020-01"))
    checks = run(packs, stated)
    assert [c.verdict for c in checks] == ["unverifiable", "unverifiable"]
    assert all(c.explanation.endswith(".") for c in checks)


values = st.lists(st.integers(1, 9_999), min_size=2, max_size=12)


@given(values=values, at=st.integers(0, 11), shift=st.integers(1, 500))
def test_a_claim_made_from_the_table_is_never_a_mismatch_and_an_altered_one_never_a_match(
    packs, values, at, shift
) -> None:
    cells = table(PLANS, "2023-01", [float(v) for v in values])
    cell = cells[at % len(cells)]
    period = (cell.period_start, cell.period_end)
    true = says("Plans in that month.", claim(PLANS, cell.value, text=f"{cell.value:.0f}", period=period))
    false = says(
        "Plans in that month, too.", claim(PLANS, cell.value + shift, text=f"{cell.value + shift:.0f}", period=period)
    )
    checks = run(packs, cells, true, false)
    assert set(verdicts(checks, true[0])) == {"match"}
    assert "match" not in verdicts(checks, false[0], "cell")


def test_two_papers_of_one_council_that_disagree() -> None:
    from sendparse.check.across import run_across

    first = claim(PLANS, 2140, period="2024-06", council_code="E1", document_id="a", file="june.pdf")
    same = claim(PLANS, 2140, period="2024-06", council_code="E1", document_id="b", file="july.pdf")
    other = claim(PLANS, 2151, period="2024-06", council_code="E1", document_id="c", file="august.pdf")
    elsewhere = claim(PLANS, 9, period="2024-06", council_code="E2", document_id="d", file="x.pdf")
    dates = {"a": date(2024, 7, 1), "b": date(2024, 8, 1), "c": date(2024, 9, 1), "d": None}
    assert run_across([other, same, first, elsewhere][1:3], dates) == []
    [found] = run_across([other, same, first, elsewhere], dates)
    assert (found.observation_id, found.verdict) == (other.observation_id, "mismatch")
    assert "july.pdf says 2140 (1 August 2024)" in found.explanation

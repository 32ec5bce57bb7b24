"""Which cells a figure is linked to, and whether that is sure: an unsure link may confirm and never accuses."""

from __future__ import annotations

from datetime import date

import pytest
from checking import claim, row, says, table

from sendparse import check
from sendparse.check.link import links
from sendparse.check.paper import arrange

PLANS, TIMELY, EXCL = "ehcp_total_count", "ehcp_20wk_unspecified_pct", "ehcp_20wk_excl_exceptions_pct"
REQUESTS = "ehcna_requests_count"
MONTHS = table(PLANS, "2024-01", [2010, 2035, 2051])
QUARTER = (date(2024, 1, 1), date(2024, 3, 31))
YEAR = (date(2023, 4, 1), date(2024, 3, 31))
BUDGET = {"unit": "gbp", "table_id": "T", "row": 1, "kpi_label": "Independent schools", "period": YEAR}
SPEND = "independent_special_spend_gbp"
MONEY = [
    row("table", SPEND, 18_900_000, text="18.9", role="forecast", evidence="Independent schools | Forecast", **BUDGET),
    row("table", SPEND, 4_600_000, text="4.6", role="change", evidence="Independent schools | Variance", **BUDGET),
    row("table", SPEND, 500_000, text="0.5", role="change", evidence="Independent schools | Movement", **BUDGET),
]
POUNDS = {"unit": "gbp", "role": "forecast", "period": YEAR}
UNNAMED = [
    row(
        "table", "", 37, text="37", kpi_label="Therapy assessments still waiting", period="2024-03", table_id="T", row=4
    )
]
CARD = [
    row("card", PLANS, 2140, kpi_label="Plans", table_id="C", row=0),
    row("card", PLANS, 2102, kpi_label="Plans", table_id="C", row=1, flags="previous"),
]

CASES = [
    # cells, sentence, claim -> values of the cells, sure; why it is here
    (MONTHS, "In February.", claim(PLANS, 2035, period="2024-02"), [2035], True, "the same month"),
    (MONTHS, "There are now so many.", claim(PLANS, 2051), [2051], True, "now means the newest"),
    (MONTHS, "There were so many.", claim(PLANS, 2051), [2051], False, "no period: only to confirm"),
    (MONTHS, "At 31 March.", claim(PLANS, 2051, period=(date(2024, 3, 31),) * 2), [2051], True, "a day in the month"),
    (table(PLANS, "2024-01", [5]), "In May.", claim(PLANS, 5, period="2024-05"), [], False, "no such month"),
    (
        [row("table", PLANS, 9, period=YEAR)],
        "At the end.",
        claim(PLANS, 9, period=(YEAR[1], YEAR[1])),
        [9],
        True,
        "a level at the end of a year",
    ),
    (
        [row("table", EXCL, 63.3, text="63.3%", period="2024-03")],
        "With exceptions left out.",
        claim(TIMELY, 63.3, text="63.3%", period="2024-03"),
        [63.3],
        True,
        "the words say which",
    ),
    (
        [row("table", EXCL, 63.3, text="63.3%", period="2024-03")],
        "On time.",
        claim(TIMELY, 63.3, text="63.3%", period="2024-03"),
        [63.3],
        False,
        "either may be meant",
    ),
    (
        MONEY,
        "We expect £4.6m over budget.",
        claim(SPEND, 4_600_000, text="£4.6m", **POUNDS),
        [4_600_000],
        True,
        "the column of variances",
    ),
    (
        MONEY,
        "We expect to spend £18.9m.",
        claim(SPEND, 18_900_000, text="£18.9m", **POUNDS),
        [18_900_000],
        True,
        "the amount itself",
    ),
    (
        UNNAMED,
        "37 therapy assessments were still waiting.",
        claim("", 37, period="2024-03"),
        [37],
        False,
        "by the words of the row",
    ),
    (UNNAMED, "37 compliments came in.", claim("", 37, period="2024-03"), [], False, "equal numbers alone"),
    (CARD, "There are now so many.", claim(PLANS, 2140), [2140], False, "a card without a date"),
]


@pytest.mark.parametrize(("cells", "sentence", "stated", "expected", "sure", "why"), CASES)
def test_links(packs, cells, sentence, stated, expected, sure, why) -> None:
    [stated] = says(sentence, stated)
    found = links(stated, arrange([*cells, stated], packs.rules["checks"]))
    assert [c.value for link in found[:1] for c in link.cells] == expected, why
    assert any(link.sure and link.cells for link in found) == sure, why


QUARTERLY = {"unit": "gbp", "period": (date(2023, 10, 1), date(2023, 12, 31)), "flags": "period_inferred"}
SAYS = claim(SPEND, 18_900_000, text="£18.9m", **POUNDS)
NEAR = [
    # cell, claim -> verdict: the year's forecast in a table "at Quarter 3"; measures that are called by each other's name
    (row("table", SPEND, 18_910_000, text="18,910", role="forecast", **QUARTERLY), SAYS, "rounding"),
    (row("table", SPEND, 25_000_000, text="25,000", role="forecast", **QUARTERLY), SAYS, "unverifiable"),
    (
        row("table", "dsg_in_year_variance_gbp", 9_284_000, text="9,284", unit="gbp", role="forecast", period=YEAR),
        claim("high_needs_block_in_year_variance_gbp", 9_300_000, text="£9.3m", **POUNDS),
        "rounding",
    ),
]


@pytest.mark.parametrize(("cell", "stated", "verdict"), NEAR)
def test_what_is_near_enough_may_confirm_and_does_not_accuse(packs, cell, stated, verdict) -> None:
    [stated] = says("So much is expected.", stated)
    assert [c.verdict for c in check.run([cell, stated], packs)] == [verdict]


def test_a_row_needs_most_of_its_words(packs) -> None:
    [stated] = says("37 occupational therapy assessments were paid for.", claim("", 37, period="2024-03"))
    cells = [
        row(
            "table",
            "",
            37,
            kpi_label="Therapy assessments still waiting beyond eighteen weeks",
            period="2024-03",
            table_id="T",
            row=4,
        )
    ]
    assert links(stated, arrange([*cells, stated], packs.rules["checks"])) == []


def test_a_change_with_both_ends_stated_lies_between_no_others(packs) -> None:
    cells = table(PLANS, "2023-01", [32, 26, 25])
    period = (date(2023, 1, 1), date(2023, 2, 28))
    [stated] = says("Plans fell by 21%.", claim(PLANS, 21, text="21%", role="change", period=period))
    assert [c.verdict for c in check.run([*cells, stated], packs)] == ["mismatch"]


def test_a_figure_over_a_lines_end_is_read_last(packs) -> None:
    def at(name: str, x0: float, bottom: float):
        return claim(PLANS, 1, observation_id=name, page=1, top=100.0, bottom=bottom, x0=x0)

    broken, first, second = at("broken", 10, 125), at("first", 50, 110), at("second", 300, 110)
    paper = arrange([broken, first, second], packs.rules["checks"])
    assert [c.observation_id for c in paper.claims] == ["first", "second", "broken"]


def test_a_figure_so_far_off_that_another_thing_may_be_meant_is_not_accused(packs) -> None:
    [near] = says("In February.", claim(PLANS, 1900, period="2024-02"))
    [far] = says("In February.", claim(PLANS, 140, period="2024-02"))
    assert [c.verdict for c in check.run([*MONTHS, near], packs)] == ["mismatch"]
    assert [c.verdict for c in check.run([*MONTHS, far], packs)] == ["unverifiable"]


def test_a_deficit_in_brackets_is_the_one_without_a_sign(packs) -> None:
    cell = row("table", "dsg_cumulative_deficit_gbp", -14_700_000, text="(14.7)", unit="gbp", period=YEAR)
    [stated] = says(
        "It was £14.7m.",
        claim("dsg_cumulative_deficit_gbp", 14_700_000, text="£14.7m", unit="gbp", period=(YEAR[1], YEAR[1])),
    )
    assert [c.verdict for c in check.run([cell, stated], packs)] == ["match"]


def test_a_share_over_months_lies_between_them(packs) -> None:
    months = table(EXCL, "2024-01", [50.0, 60.0, 70.0], unit="percent")
    for value, expected in ((61.0, ["unverifiable"]), (80.0, ["mismatch"])):
        [stated] = says("In the quarter.", claim(EXCL, value, text=f"{value}%", period=QUARTER))
        assert [c.verdict for c in check.run([*months, stated], packs)] == expected


YEARS = [
    row("table", REQUESTS, value, period=(date(year, 4, 1), date(year + 1, 3, 31)), table_id="T", row=1, column=year)
    for year, value in ((2021, 512), (2022, 640), (2023, 731))
]


def verdicts_of(packs, sentence: str, *values: float) -> list[str]:
    stated = says(sentence, *(claim(REQUESTS, value) for value in values))
    found = check.run([*YEARS, *stated], packs)
    return [c.verdict for o in stated for c in found if c.observation_id == o.observation_id and c.kind == "cell"]


def test_two_undated_figures_of_one_row_are_those_of_their_cells(packs) -> None:
    assert verdicts_of(packs, "Requests grew from 512 to 731 in two years.", 512, 731) == ["match", "match"]
    assert verdicts_of(packs, "Requests were 512 at one time.", 512) == ["unverifiable"], "one may be chance"
    assert "match" not in verdicts_of(packs, "Requests grew from 511 to 731.", 511, 731)[:1]
    assert verdicts_of(packs, "Requests grew from 512 to 512.", 512, 512) == ["unverifiable"] * 2, "the same cell twice"


def test_a_bare_slash_year_may_be_that_of_schools(packs) -> None:
    cell = row("table", TIMELY, 61, text="61%", period=(date(2023, 9, 1), date(2024, 8, 31)), table_id="T", row=1)
    stated = says("In 2023/24 it was 61%.", claim(TIMELY, 61, text="61%", period=YEAR, period_label="2023/24"))
    other = says(
        "In the year to March 2024 it was 61%.",
        claim(TIMELY, 61, text="61%", period=YEAR, period_label="year to March 2024"),
    )
    assert [c.verdict for c in check.run([cell, *stated], packs) if c.kind == "cell"] == ["match"]
    assert [c.verdict for c in check.run([cell, *other], packs) if c.kind == "cell"] == ["unverifiable"]

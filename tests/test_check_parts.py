"""Rows of one measure that the words of a sentence tell apart, and amounts of an account of one year."""

from __future__ import annotations

from datetime import date

import pytest
from checking import claim, row, says

from sendparse import check
from sendparse.model import Observation

SPEND = "top_up_spend_gbp"
YEAR = (date(2024, 4, 1), date(2025, 3, 31))


def line(
    number: int, label: str, budget: float, forecast: float, *, part: str = "", kpi: str = SPEND
) -> list[Observation]:
    cells = (
        ("actual", "Budget", budget),
        ("forecast", "Forecast", forecast),
        ("change", "Variance", forecast - budget),
    )
    return [
        row("table", kpi, value, text=f"{value / 1000:,.0f}", unit="gbp", role=role, kpi_label=label, breakdown=part, period=YEAR,
            table_id="T", row=number, column=column, evidence=f"{label} | {heading}")
        for column, (role, heading, value) in enumerate(cells, 1)
    ]  # fmt: skip


ACCOUNT = [
    *line(1, "Nursery top-ups", 900_000, 960_000, part="phase=early_years"),
    *line(2, "Mainstream top-ups", 6_400_000, 7_900_000, part="provision=mainstream"),
    *line(3, "College courses", 2_150_000, 2_098_000, kpi=""),
    *line(4, "Top-ups in all", 9_450_000, 10_958_000),
]
CASES = [
    # sentence, the amount, its role -> verdict, why it is here
    ("Mainstream top-ups are forecast to be £1.5m over budget.", 1_500_000, "forecast", "match", "the row that the words name"),
    ("Mainstream top-ups are forecast to be £1.1m over budget.", 1_100_000, "forecast", "mismatch", "surely that row"),
    ("College courses are forecast to underspend by £52k.", 52_000, "forecast", "match", "a row of no measure, by its whole label"),
    ("Mainstream top-ups should come to £7.9m.", 7_900_000, "forecast", "match", "a level of a part"),
    ("Top-ups should come to £7.9m.", 7_900_000, "forecast", "mismatch", "the whole is meant, the account is of one year"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "value", "role", "expected", "why"), CASES)
def test_parts(packs, sentence: str, value: float, role: str, expected: str, why: str) -> None:
    text = next(word.rstrip(".") for word in sentence.split() if word.startswith("£"))
    [stated] = says(sentence, claim(SPEND, value, text=text, unit="gbp", role=role))
    found = [c for c in check.run([*ACCOUNT, stated], packs) if c.observation_id == stated.observation_id]
    assert [c.verdict for c in found if c.kind == "cell"] == [expected], why


def test_an_account_of_two_years_leaves_an_undated_amount_open(packs) -> None:
    before = [
        row("table", SPEND, 8_000_000, text="8,000", unit="gbp", role="forecast", kpi_label="Top-ups in all", table_id="T", row=4,
            column=9, period=(date(2023, 4, 1), date(2024, 3, 31)))
    ]  # fmt: skip
    [stated] = says("Top-ups should come to £7.9m.", claim(SPEND, 7_900_000, text="£7.9m", unit="gbp", role="forecast"))
    found = check.run([*ACCOUNT, *before, stated], packs)
    assert [c.verdict for c in found if c.observation_id == stated.observation_id] == ["unverifiable"]

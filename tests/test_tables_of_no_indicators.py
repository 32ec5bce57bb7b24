"""Tables that hold numbers and no indicators: matrices of risks, assessments of equality."""

from __future__ import annotations

import pytest
from tabling import observed, table_of

from sendparse.packs import Packs

MATRIX = [
    ["", "Impact", "<", "<"],
    ["Likelihood", "1", "2", "3"],
    ["3", "3", "6", "9"],
    ["2", "2", "4", "6"],
    ["1", "1", "2", "3"],
]
EQUALITY = [
    ["Characteristic", "Impact", "Evidence", "Score"],
    ["Age", "X", "1 in 5 are under 5", "2"],
    ["Disability", "X", "All have SEND", "3"],
    ["Race", "", "No effect", "0"],
]
TICKS = [["", "Positive", "Negative", "None"], ["Age", "✓", "", ""], ["Disability", "✓", "", ""], ["Sex", "", "", "✓"]]


@pytest.mark.parametrize("rows", [MATRIX, EQUALITY, TICKS], ids=["risks", "equality", "ticks"])
def test_no_figures(packs: Packs, rows: list[list[str]]) -> None:
    assert observed(table_of(rows, bold=(0, 1)), packs) == []


def test_plans_by_age_and_sex_are_figures(packs: Packs) -> None:
    rows = [
        ["EHC plans", "2023", "2024"],
        ["Boys", "1,402", "1,488"],
        ["Girls", "601", "640"],
        ["Disability", "12", "14"],
    ]
    assert len(observed(table_of(rows, bold=(0,), title="EHC plans by group"), packs)) == 6


def test_impact_beside_measured_figures_is_only_a_word(packs: Packs) -> None:
    rows = [
        ["", "2023", "2024"],
        ["EHC plans issued within 20 weeks", "44%", "51%"],
        ["Impact", "2", "3"],
        ["Likelihood", "2", "3"],
    ]
    assert observed(table_of(rows, bold=(0,)), packs) != []

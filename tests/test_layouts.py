"""Layouts as councils use them: what is read from them, each in a table of its own."""

from __future__ import annotations

import pytest
from layouts import Score, cases, read_case, score

from sendparse.packs import Packs

ALL = cases()
ONE_BY_ONE = ("balances", "units_and_years")
FLOOR = 0.95  # F1 over all of them, every field right; 0.67 and 0.82 when they were drawn


@pytest.fixture(scope="module")
def scores(packs: Packs) -> dict[str, Score]:
    return {case["name"]: score(case, read_case(case, packs)) for case in ALL}


def test_all_together(scores: dict[str, Score]) -> None:
    right = sum(s.right for s in scores.values())
    total = sum(s.stated + s.found + s.invented for s in scores.values())
    assert 2 * right / total >= FLOOR


@pytest.mark.parametrize("name", [case["name"] for case in ALL if case["file"] in ONE_BY_ONE])
def test_one_by_one(scores: dict[str, Score], name: str) -> None:
    assert scores[name].notes == []

"""How councils say values, periods and roles: sentences and small papers of our own, every figure marked with what it says.

The measure is left aside here: what a figure is worth, when, in what role and against whom stands beside it.
"""

from __future__ import annotations

import pytest
from narrating import FOLDER, read_marked
from test_from_text import observations

from sendparse.packs import Packs


def _marked(name: str) -> list[str]:
    source = (FOLDER / "usage" / f"{name}.txt").read_text(encoding="utf-8")
    return source.strip().split("\n---\n") if name == "papers" else source.splitlines()


CASES = [(name, text) for name in ("values", "periods", "roles", "papers") for text in _marked(name)]


@pytest.mark.parametrize(("name", "source"), CASES, ids=[f"{name}-{text[:60]}" for name, text in CASES])
def test_usage(name: str, source: str, packs: Packs) -> None:
    text, figures = read_marked(source)
    read = [
        (row.value, row.value_high, row.unit, str(row.period_start or ""), str(row.period_end or ""), row.role, row.benchmark)
        for row in observations(text, packs)
    ]  # fmt: skip
    assert read == [(f.value, f.value_high, f.unit, *f.period, f.role, f.benchmark) for f in figures]

"""Tables of the corpus against what a person wrote down, and each rule that they rest on, broken."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from gold_tables import Pair, pairs

HELD_OUT_CELLS = 0.98  # of those stated, all papers together


@pytest.fixture(scope="module")
def dev(corpus: Path) -> list[Pair]:
    return list(pairs(corpus, "dev"))


def test_open_papers_are_read_cell_by_cell(dev: list[Pair]) -> None:
    assert {(p.file, p.page): p.differences for p in dev if p.differences} == {}


def test_held_out_papers_in_total(corpus: Path) -> None:
    cells = [pair.cells for pair in pairs(corpus, "held_out")]
    assert sum(met for _, met in cells) >= HELD_OUT_CELLS * sum(stated for stated, _ in cells)


def _first(value: Any, *_: Any, **__: Any) -> Any:
    return value


RULES: list[tuple[str, Callable[..., Any], str, int]] = [
    # rule broken                              put in its place            table that shows it
    ("tables.frames._with_spans",              _first,                     "schools-forum-dsg-monitoring-q3-2024-25.pdf", 2),
    ("tables.upward._over_part",               lambda *_: False,           "schools-forum-dsg-monitoring-q3-2024-25.pdf", 2),
    ("tables.structure._with_signs",           list,                       "send-activity-and-cost-outturn-2024-25.pdf", 2),
    ("tables.zones._best",                     lambda *_: None,            "schools-forum-dsg-monitoring-q3-2024-25.pdf", 2),
    ("tables.structure.widen",                 lambda *_: None,            "schools-forum-dsg-monitoring-q3-2024-25.pdf", 2),
    ("tables.find_signs",                      lambda *_: [],              "send-quarterly-performance-q2-2025-26.pdf", 1),
    ("tables.grid._without_gaps",              lambda cells, *_: cells[1:], "wexcombe-send-scorecard-march-2025.pdf", 2),
]  # fmt: skip


@pytest.mark.usefixtures("interpreted")
@pytest.mark.parametrize(("rule", "instead", "file", "page"), RULES)
def test_a_broken_rule_is_noticed(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, rule: str, instead: Callable[..., Any], file: str, page: int
) -> None:
    module, _, name = f"sendparse.{rule}".rpartition(".")
    monkeypatch.setattr(importlib.import_module(module), name, instead)
    assert any(p.differences for p in pairs(corpus, "dev") if (p.file, p.page) == (file, page))

"""Real papers beside the checkout: what their tables must give, page by page."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from sendparse.model import Observation, Outcome
from sendparse.packs import Packs
from sendparse.pipeline import Options, parse


def read(shared: Path, packs: Packs, name: str) -> Outcome:
    return parse(shared / "real" / f"{name}.pdf", packs=packs, options=Options(narrative=False, strict=True))


@pytest.fixture(scope="module")
def quarterly(shared: Path, packs: Packs) -> Outcome:
    return read(shared, packs, "kent-quarterly-performance-report-q3-2024-25-pages-1-16")


def test_every_summary_row_has_both_ratings_and_its_direction(quarterly: Outcome) -> None:
    rows: dict[tuple[str, int | None], list[Observation]] = {}
    for found in quarterly.observations:
        if found.source == "table" and found.page in (4, 5, 6, 7):
            rows.setdefault((found.table_id, found.row), []).append(found)
    assert len(rows) == 38
    for found in rows.values():
        latest, previous = found
        assert latest.kpi_label and latest.rag and previous.rag
        assert latest.trend and not previous.trend
        assert "Latest" in latest.evidence and "Previous" in previous.evidence
        assert latest.value is None, "a chart's or a card's figure"


def test_every_card_gives_latest_target_floor_and_previous(quarterly: Outcome, shared: Path) -> None:
    with (shared / "gold" / "kent_cards_pages_9_16.tsv").open(encoding="utf-8") as file:
        gold = list(csv.DictReader(file, delimiter="\t"))
    cards = [o for o in quarterly.observations if o.source == "card"]
    assert len(cards) == 4 * len(gold)
    for card in gold:
        title = "".join(card["kpi"].split())[:40].lower()
        mine = [o for o in cards if "".join(o.kpi_label.split())[:40].lower() == title]
        printed = Counter((o.role, o.value_text.split()[0]) for o in mine)
        roles = {"latest": "actual", "target": "target", "floor": "floor", "previous": "actual"}
        assert printed == Counter((role, card[name]) for name, role in roles.items()), card["kpi"]
        assert card["rag"].lower() in {o.rag for o in mine}
        assert {o.page for o in mine} == {int(card["pdf_page"])}

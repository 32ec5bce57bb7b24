"""Real papers beside the checkout: what their tables must give, page by page."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from sendparse.model import Observation, Outcome, Table
from sendparse.packs import Packs
from sendparse.pipeline import Options, parse
from sendparse.read import read_document
from sendparse.tables import find_tables


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


@pytest.fixture(scope="module")
def appendix(shared: Path) -> list[Table]:
    return tables_of(shared, "kent-finance-monitoring-q3-2024-25-appendix")


@pytest.fixture(scope="module")
def monitoring(shared: Path) -> list[Table]:
    return tables_of(shared, "kent-finance-monitoring-q3-2024-25")


def tables_of(shared: Path, name: str) -> list[Table]:
    return find_tables(read_document(shared / "real" / f"{name}.pdf"))[0]


def parts(tables: list[Table]) -> list[list[int | None]]:
    """The pages of each table that runs on, and of each that does not."""
    chains: list[list[Table]] = []
    for table in tables:
        if table.continues and chains and chains[-1][-1].table_id == table.continues:
            chains[-1].append(table)
        else:
            chains.append([table])
    return [[table.page for table in chain] for chain in chains]


def test_the_appendix_is_two_tables_over_pages_and_six_indicators(appendix: list[Table]) -> None:
    assert parts(appendix) == [[1, 2, 3, 4, 5, 6, 7], [8, 9, 10, 11], [12], [12], [12], [13], [13], [13]]
    assert all("£m" in table.grid()[0] for table in appendix if table.page in range(1, 8))
    titles = [table.title.split(":")[0].strip() for table in appendix if table.page in (12, 13)]
    assert titles == [f"Prudential Indicator {number}" for number in range(1, 7)]


def test_headings_no_more_than_a_space_apart_are_two(appendix: list[Table]) -> None:
    for table in (t for t in appendix if t.page in range(8, 12)):
        (unit,) = [cell for cell in table.cells if cell.text == "£000s"]
        assert (unit.row, unit.column, unit.column_span) == (0, 1, 8)
        heads = [" ".join(row[2].split()) for row in table.grid()[:3]]
        assert "Forecast against original saving" in heads
        assert not any("2024-25" in text for row in table.grid()[:3] for text in row[2:])


ROWS = [
    # page, label, figures of its row, and a word of the reason beside them that stands on the next page
    (12, "Home to School & College Transport", ["96.3", "87.7", "-8.6"], "contingency"),
    (12, "Other School Services", ["5.8", "7.9", "+2.1"], ""),
    (13, "Care Leavers Service", ["5.6", "4.7", "-0.9"], ""),
    (13, "Looked After Children – Care & Support", ["101.8", "102.5", "+0.7"], ""),
    (38, "Basic Need KCP 2019", ["0.271", "-19.883"], "rephased to future years"),
    (39, "High Needs Provision 22- 24", ["0.391", "-10.824"], ""),
    (39, "Childcare Expansion (Early Years)", ["-0.250", "-2.127"], ""),
    (43, "Green Corridors", ["-4.065"], ""),
    (49, "8.4", [], "Short term deposits"),
    (50, "8.6", [], ""),
]


@pytest.mark.parametrize(("page", "label", "figures", "goes_on"), ROWS)
def test_rows_with_reasons_beside_them_are_whole(
    monitoring: list[Table], page: int, label: str, figures: list[str], goes_on: str
) -> None:
    rows = [[" ".join(text.split()) for text in row] for t in monitoring if t.page == page for row in t.grid()]
    (row,) = [row for row in rows if row[0].startswith(label)]
    assert row[1 : 1 + len(figures)] == figures or [text for text in row[1:-1] if text] == figures
    assert goes_on in row[-1]


def test_neighbours_by_year_and_their_ranks_without_helper_text(shared: Path) -> None:
    years, ranks = tables_of(shared, "west-sussex-children-in-need-statistical-neighbours")
    rows = [row for row in years.grid() if row[1]]
    codes = ["855", "881", "803", "916", "850", "938", "802", "885", "835", "836", "800", "", "970"]
    assert [row[0] for row in rows] == codes
    assert rows[5][4:11] == ["78.00", "313.00", "331.30", "215.60", "233.80", "298.20", "282.30"]
    assert not any("CIN" in cell.text for table in (years, ranks) for cell in table.cells)
    assert [(row[0], row[3:]) for row in ranks.grid()[1:]] == [
        ("938", ["-15.90", "41", "B"]),
        ("989", ["-5.00", "", ""]),
        ("970", ["-9.10", "", ""]),
    ]

"""Whole texts: every figure found, and what it measures, when, in what role. Our own marked texts and the shared gold."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from narrating import FOLDER, Marked, read_marked

from sendparse.model import Facts, Observation
from sendparse.observe.from_text import from_text
from sendparse.packs import Packs
from sendparse.read.txt import read_txt
from sendparse.text import sentences


def observations(text: str, packs: Packs, facts: Facts | None = None) -> list[Observation]:
    document = read_txt(text.encode(), document_id="d", file="paper.txt")
    return from_text(sentences(document.blocks), document, facts or Facts(), packs)[0]


def level(row: Observation, gold: Marked) -> int:
    """How many things are right in their order: 1 value and unit, 2 measure, 3 period, 4 role and benchmark."""
    open_to = gold.debatable
    steps = (
        ("value" in open_to or (row.value, row.value_high) == (gold.value, gold.value_high))
        and ("unit" in open_to or row.unit == gold.unit),
        "kpi" in open_to or row.kpi in gold.kpis,
        "period" in open_to or (str(row.period_start or ""), str(row.period_end or "")) == gold.period,
        ("role" in open_to or row.role == gold.role) and row.benchmark == gold.benchmark,
    )
    return next((n for n, right in enumerate(steps) if not right), 4)


def score(folder: Path, packs: Packs) -> dict[str, float]:
    """F1 at each level over all texts of a folder."""
    right: Counter[int] = Counter()
    found = marked = 0
    for file in sorted(folder.glob("*.txt")):
        text, gold = read_marked(file.read_text(encoding="utf-8"))
        rows = {(row.char_start, row.char_end): row for row in observations(text, packs)}
        found, marked = found + len(rows), marked + len(gold)
        for one in gold:
            row = next(
                (r for (a, b), r in rows.items() if a is not None and a < one.end and one.start < (b or 0)), None
            )
            right.update(range(1, level(row, one) + 1) if row else [])
    return {f"L{n}": round(2 * right[n] / (found + marked), 3) for n in (1, 2, 3, 4)}


FLOORS = [
    ("open", 0.9),
    ("held", 0.81),
    ("speech_open", 0.92),
    ("speech_held", 0.82),
    ("wide_open", 0.86),
    ("wide_held", 0.77),
    ("reports_open", 0.87),
    ("reports_held", 0.7),
    ("councils_open", 0.88),
    ("fresh", 0.85),
    ("later_open", 0.82),
    ("later_held", 0.72),
]
FIGURES = {"later_open": 0.91, "later_held": 0.9}  # values and units; the others have 0.93


@pytest.mark.parametrize(("name", "least"), FLOORS)
def test_our_own_texts(name: str, least: float, packs: Packs) -> None:
    reached = score(FOLDER / name, packs)
    assert reached["L1"] >= FIGURES.get(name, 0.93)
    assert reached["L4"] >= least, reached


def test_one_sentence_for_each_of_many_measures(packs: Packs) -> None:
    wrong: list[str] = []
    count = 0
    for line in (FOLDER / "sentences.txt").read_text(encoding="utf-8").splitlines():
        text, gold = read_marked(line.strip())
        rows = observations(text, packs)
        count += len(gold)
        for one in gold:
            kpis = [r.kpi for r in rows if (r.char_start or 0) < one.end and one.start < (r.char_end or 0)]
            if not set(kpis) & set(one.kpis):
                wrong.append(f"{one.text}: {kpis}")
    assert len(wrong) <= 0.05 * count, wrong


def test_the_shared_gold(shared: Path, packs: Packs) -> None:
    """Levels of the shared scorer, near enough: spans overlap, alternatives count."""
    gold = [json.loads(line) for line in (shared / "gold/narrative.jsonl").read_text(encoding="utf-8").splitlines()]
    right = 0
    for file in sorted((shared / "gold/texts").glob("*.txt")):
        document = read_txt(file.read_bytes(), document_id="d", file=file.name)
        from sendparse.facts import document_facts

        facts, _ = document_facts(document, document.blocks, packs.reference)
        rows = from_text(sentences(document.blocks), document, facts, packs)[0]
        for one in (g for g in gold if g["doc"] == file.stem):
            kpis = {one["kpi"] or "", *(one.get("kpi_alt") or ())}
            hit = [r for r in rows if (r.char_start or 0) < one["end"] and one["start"] < (r.char_end or 0)]
            right += any(
                r.kpi in kpis
                and abs((r.value or 0) - one["value"]) < 1e-6
                and (str(r.period_start or ""), str(r.period_end or ""))
                == (one["period_start"] or "", one["period_end"] or "")
                and (r.role, r.benchmark) == (one["role"], one["benchmark"] or "")
                for r in hit
            )
    assert right / len(gold) >= 0.85


def test_a_row_says_where_it_stands(packs: Packs) -> None:
    text = "In May 2024, 53% of EHCPs were issued within 20 weeks."
    (row,) = observations(text, packs, Facts(council="Ashcombe", council_code="E1"))
    assert text[row.char_start : row.char_end] == row.value_text == "53%"
    assert (row.source, row.evidence, row.area_type, row.area) == ("narrative", text, "council", "Ashcombe")
    assert (row.flags, row.period_basis, row.decimals) == ("", "month", 0)


def test_what_is_inferred_says_so(packs: Packs) -> None:
    text = "In 2023 we received:\n• 40 appeals to the SEND tribunal\n• 12 complaints about the SEND service"
    first, second = observations(text, packs)
    assert (first.kpi, second.kpi) == ("tribunal_appeals_registered_count", "send_complaints_count")
    assert [row.flags for row in (first, second)] == ["period_inferred"] * 2
    assert str(first.period_start) == "2023-01-01"


def test_a_figure_of_no_known_measure_stays_with_its_words(packs: Packs) -> None:
    (row,) = observations("The building has 14 car parking spaces for visitors.", packs)
    assert (row.kpi, row.value, row.kpi_label) == ("", 14, "car parking spaces for visitors")


def test_the_same_place_gives_the_same_id(packs: Packs) -> None:
    text = "There were 40 appeals. There were 40 appeals."
    first, again = observations(text, packs), observations(text, packs)
    assert [r.observation_id for r in first] == [r.observation_id for r in again]
    assert len({r.observation_id for r in first}) == 2


def test_an_inspection_report_has_hardly_a_figure(shared: Path, packs: Packs) -> None:
    from sendparse.read import read_document
    from sendparse.tables import find_tables
    from sendparse.text import blocks

    document = read_document(shared / "real/ofsted-area-send-report-dorset-2024.pdf")
    tables, _ = find_tables(document)
    rows, _ = from_text(sentences(blocks(document, tables)), document, Facts(), packs)
    assert len(rows) <= 5


def test_a_paper_with_pages_gives_page_and_box(shared: Path, packs: Packs) -> None:
    from sendparse.read import read_document
    from sendparse.text import blocks

    document = read_document(shared / "papers/bcp-send-improvement-update-minutes.pdf")
    rows, _ = from_text(sentences(blocks(document, ())), document, Facts(), packs)
    assert rows
    assert all(
        r.page and r.x0 is not None and r.bottom and r.bottom > (r.top or 0) and r.char_start is None for r in rows
    )

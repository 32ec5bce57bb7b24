"""When the figures of a card are about: title, slide, paper, and the last day of the data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from tabling import DOCUMENT

from sendparse.model import Cell, Facts, Observation, Table
from sendparse.observe.from_card import from_card
from sendparse.packs import Packs

LATEST, BEFORE = ("Latest", "51%"), ("Previous", "48%")
Q1, Q2, NONE = "2025-04-01/2025-06-30", "2025-07-01/2025-09-30", "/"

# title of the card, headings it stands under, its named figures, their first and last days
CARDS: list[tuple[str, tuple[str, ...], list[tuple[str, str]], list[str]]] = [
    ("EHC plans issued within 20 weeks", ("SEND report, Quarter 2 2025/26",), [LATEST, BEFORE], [Q2, Q1]),
    ("EHC plans issued within 20 weeks", ("Report of October 2025", "Timeliness"), [LATEST, BEFORE], [NONE, NONE]),
    ("EHC plans issued within 20 weeks", (), [("Latest quarter", "51%"), ("Previous quarter", "48%")], [Q2, Q1]),
    ("EHC plans issued within 20 weeks", ("Quarter 2 2025/26",), [("", "51%"), ("England", "46%")], [Q2, NONE]),
    ("EHC plans issued within 20 weeks in Quarter 1 2025/26", ("Quarter 2 2025/26",), [LATEST], [Q1]),
    ("Plans issued within 20 weeks in September", ("Quarter 2 2025/26",), [LATEST], ["2025-09-01/2025-09-30"]),
]


def observed(
    packs: Packs, title: str, headings: Sequence[str], figures: Sequence[tuple[str, str]]
) -> list[Observation]:
    cells = [Cell(row=0, column=0, text=title), Cell(row=0, column=1)]
    for number, pair in enumerate(figures, 1):
        cells += [Cell(row=number, column=column, text=text) for column, text in enumerate(pair)]
    table = Table(
        table_id="t", document_id="d", cells=tuple(cells), rows=len(figures) + 1, columns=2, method="card",
        headings=tuple(headings),
    )  # fmt: skip
    facts = Facts(council="Essex", data_date=date(2025, 9, 30))
    return from_card(table, DOCUMENT, facts, packs)[0]


@pytest.mark.parametrize(("title", "headings", "figures", "expected"), CARDS)
def test_periods(
    packs: Packs, title: str, headings: tuple[str, ...], figures: list[tuple[str, str]], expected: list[str]
) -> None:
    found = observed(packs, title, headings, figures)
    assert [f"{row.period_start or ''}/{row.period_end or ''}" for row in found] == expected


def test_a_length_in_the_title_is_no_unit(packs: Packs) -> None:
    title = "Number of EHC needs assessments open for more than 20 weeks"
    found = observed(packs, title, (), [("Latest", "1,118"), ("Target", "1,200,"), ("Floor", "1,450")])
    assert [(row.value, row.unit) for row in found] == [(1118, "count"), (1200, "count"), (1450, "count")]

"""What one question asks for, and which of its things a figure answers."""

from __future__ import annotations

import pytest

from sendparse.model import Facts, Value
from sendparse.packs import Packs
from sendparse.read.txt import text_blocks
from sendparse.tag.asks import answered, asks, lettered
from sendparse.tag.prose import figures
from sendparse.text import sentences

ISSUED = "How many plans were issued in 2023 and what percentage were within the deadline?"
REFUSED = "Number of requests received, and how many of these were declined"
HELD = "How many mediations took place? How much did they cost?"


@pytest.mark.parametrize(
    ("lead", "units"),
    [
        (ISSUED, ["count", "percent"]),
        (REFUSED, ["count", "count"]),
        (HELD, ["count", "gbp"]),
        ("Of the children with plans, how many are placed elsewhere?", ["count"]),
        ("How many case officers do you employ and where do they work?", ["count"]),
        ("As at 31 March:", [""]),
    ],
)
def test_a_line_asks_for(lead: str, units: list[str]) -> None:
    assert [ask.unit for ask in asks(lead)] == units


@pytest.mark.parametrize(
    ("lead", "unit", "place", "speaks", "begins"),
    [
        (ISSUED, "count", 0, "", "How many"),
        (ISSUED, "percent", 0, "", "what percentage"),
        (HELD, "gbp", 0, "", "How much"),
        (REFUSED, "count", 0, "", "Number of"),
        (REFUSED, "count", 1, "", "how many of these"),
        (REFUSED, "count", 0, "declined", "how many of these"),  # its words go before its place
        (REFUSED, "count", 5, "", "how many of these"),
    ],
)
def test_a_figure_answers(lead: str, unit: str, place: int, speaks: str, begins: str) -> None:
    value = Value(value=5.0, unit=unit, text="5", start=0, end=1)
    found = answered(lead, value, unit == "percent", place, lambda text: float(bool(speaks) and speaks in text))
    assert found.text.startswith(begins)


def test_what_was_asked_before_is_kept() -> None:
    assert asks(REFUSED)[1].before.startswith("Number of requests received")


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        ("(b) 64", "How many plans are in special schools "),
        ("b) 64", "How many plans are in special schools "),
        ("64", "How many plans are in (a) mainstream (b) special schools (c) colleges"),
        ("(d) 64", "How many plans are in (a) mainstream (b) special schools (c) colleges"),
    ],
)
def test_a_lettered_answer(answer: str, asked: str) -> None:
    assert lettered("How many plans are in (a) mainstream (b) special schools (c) colleges", answer) == asked


def test_the_letter_that_stands_last_before_a_figure_tells_what_it_answers() -> None:
    lead, answer = "How many were (i) lodged (ii) conceded (iii) heard?", "(i) 66 (ii) 31 (iii) 8"
    assert [lettered(lead, answer, answer.index(figure)).split()[-1] for figure in ("66", "31", "8")] == [
        "lodged",
        "conceded",
        "heard?",
    ]


def test_numbers_of_a_request_lead_to_their_answers(packs: Packs) -> None:
    text = (
        "Freedom of information request\n\nRequest\nPlease provide for the calendar years 2022 and 2023:\n"
        "1. The number of EHC plans issued\n"
        "2. The number issued within 20 weeks\n3. The number of appeals registered against the council\n"
        "4. The amount spent on SEND tribunals\n\n"
        "Response\n1. 2022: 388; 2023: 461\n2. 2022: 141; 2023: 230\n3. 2022: 57; 2023: 84\n4. 2022: £38,200; 2023: £51,750\n"
    )
    found = figures(list(sentences(text_blocks(text))), Facts(), packs)
    expected = (
        "new_ehcp_count",
        "ehcp_issued_within_20wk_count",
        "tribunal_appeals_registered_count",
        "tribunal_cost_gbp",
    )
    assert [link.kpi.id if link.kpi else "" for link in found] == [name for name in expected for _ in range(2)]

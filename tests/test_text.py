"""Sentences with what a reader knows on reaching them."""

from __future__ import annotations

import pytest

from sendparse.model import Sentence
from sendparse.read.txt import text_blocks
from sendparse.text import sentences
from sendparse.text.split import spans

SPLITS = [
    ("It rose. Then it fell.", ["It rose.", "Then it fell."], "two sentences"),
    ("See No. 5 of e.g. the list.", ["See No. 5 of e.g. the list."], "abbreviations"),
    ("It rose by 3.5 per cent to 4.2%. 12 were new.", ["It rose by 3.5 per cent to 4.2%.", "12 were new."], "decimals"),
    ("Dr. A. Smith spoke. £5m was spent.", ["Dr. A. Smith spoke.", "£5m was spent."], "initials; an amount begins"),
    ("1. The board met. It agreed.", ["1. The board met.", "It agreed."], "the number of a paragraph"),
    ("Posts, vacancies etc. The team grew.", ["Posts, vacancies etc.", "The team grew."], "etc. at the end"),
    ("(Plans rose.) They rose", ["(Plans rose.)", "They rose"], "a bracket"),
    ("Schools ........ 12 Costs ..... 14", ["Schools ........", "12 Costs .....", "14"], "dots that lead to a page"),
    ("Éi.e. A. Ōno. The x_No. End", ["Éi.e.", "A. Ōno.", "The x_No.", "End"], "a word that ends like an abbreviation"),
    ("It was £1.\n2 million. It rose", ["It was £1.\n2 million.", "It rose"], "an amount that a line break parts"),
    ("The end.\n 2.\n Next one.", ["The end.", "2.\n Next one."], "the number of an item on a line of its own"),
    ("  ", [], "nothing"),
]


@pytest.mark.parametrize(("text", "expected", "why"), SPLITS, ids=[row[2] for row in SPLITS])
def test_where_sentences_end(text: str, expected: list[str], why: str) -> None:
    assert [text[a:b] for a, b in spans(text)] == expected, why


def read(text: str) -> list[Sentence]:
    return sentences(text_blocks(text))


LONG = "The number of plans that the council maintains rose again in the year to January, as it did before."


def test_offsets_hold() -> None:
    text = f"TIMELINESS\n\n{LONG} It fell then.\n\n• 12 plans"
    assert all(text[s.start or 0 :][: len(s.text)] == s.text for s in read(text))


def test_a_day_with_its_figure_is_no_heading() -> None:
    answers = "1. How many plans were there?\n1 January 2024: 2,177\n1 January 2025: 2,466\n\n"
    answers += "2. How many requests did you have in all of the calendar year 2024, and from whom?\n613"
    assert not any(s.kind == "heading" for s in read(answers))


def test_headings_over_a_sentence() -> None:
    found = read(f"REPORT\n\n{LONG}\n\nTimeliness\n\n{LONG}")
    assert [s.headings for s in found if s.kind == "paragraph"] == [("REPORT",), ("REPORT", "Timeliness")]


def test_a_list_has_its_lead() -> None:
    found = read("In 2023 we received:\n• 40 appeals\n• 12 complaints")
    assert [s.lead for s in found] == ["", "In 2023 we received:", "In 2023 we received:"]


def test_an_item_further_in_leans_on_the_item_before() -> None:
    found = read("• 14,220 children with a plan\n    • more than double that of 2016")
    assert found[1].lead == "14,220 children with a plan"


def test_an_answer_has_its_question() -> None:
    found = read("How many plans did you maintain in 2022?\n1,204\nHow many of these were new?\nAnswer: 96")
    assert found[1].lead.endswith("in 2022?")
    assert found[3].lead.startswith("How many of these were new?")
    assert "2022" in found[3].lead  # "these" are those of the question before


def test_a_caption_leads_the_lines_under_it() -> None:
    found = read("Cost of SEND transport\n2020/21 - £4,118,902\n2021/22 - £4,630,017")
    assert [s.lead for s in found[1:]] == ["Cost of SEND transport"] * 2


def test_cells_with_running_text_fall_into_sentences() -> None:
    found = read(f"Summary\t{LONG} It fell in May.\nWards\tAll")
    assert [s.text for s in found] == ["Summary", LONG, "It fell in May.", "Wards\tAll"]


def test_a_thing_asked_for_by_its_name_leads_the_figure_under_it() -> None:
    found = sentences(
        text_blocks("Please provide for 2023:\n1. The number of requests received.\n531\n2. The number refused.\n164")
    )
    assert found[2].lead == "1. The number of requests received. Please provide for 2023:"
    assert found[4].lead.startswith("2. The number refused.")


def test_a_decimal_is_no_number_of_a_question() -> None:
    found = sentences(text_blocks("10. How many are employed?\n11.4 FTE\n11. What is the wait?\n19 weeks"))
    assert found[3].lead == "11. What is the wait?"

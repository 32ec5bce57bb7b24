# ruff: noqa: E501 - a case is a line
"""Words into cells."""

from __future__ import annotations

import pytest
from tabling import word, words_at

from sendparse.model import Word
from sendparse.tables.words import Slots, between, sort_words, text_of, words_by_cell

THREE = Slots([0, 60, 120, 180], [0, 14], [[0, 1, 2]])


def texts(words: list[Word], slots: Slots = THREE, count: int = 3) -> list[str]:
    ordered = sort_words(words)
    return [text_of(cell) for cell in words_by_cell(between(ordered, slots.ys[0], slots.ys[-1]), slots, count)]


CASES = [
    # printed                                                                      cells                                     why
    ([*words_at("one two", 3, 3), *words_at("3", 70, 3)],                          ["one two", "3", ""],                     "the centre decides"),
    (words_at("changed, see below", 62, 3),                                        ["", "changed, see below", ""],           "text set to the left runs over to the right"),
    (words_at("KPI changed-see-below", 48, 3),                                     ["", "KPI changed-see-below", ""],        "text set to the middle runs over on both sides"),
    (words_at("carried over to here", 96, 3),                                      ["", "", "carried over to here"],         "text set to the right runs over to the left"),
    ([word("14.3%17.5%", 40, 3)],                                                  ["14.3%", "17.5%", ""],                   "two figures that touch over a border are two"),
    ([word("hidden", 3, 3, hidden=True), word("5", 70, 3)],                        ["", "5", ""],                            "hidden words belong nowhere"),
    ([*words_at("143", 44, 3, colour=(1, 0, 0)), *words_at("changed see below", 57, 3)], ["143", "changed see below", ""],  "another colour is another cell's text"),
    ([word("outside", 200, 3)],                                                    ["", "", ""],                             "beyond the last border"),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "cells", "why"), CASES, ids=[case[2] for case in CASES])
def test_words_go_to_their_cells(printed: list[Word], cells: list[str], why: str) -> None:
    assert texts(printed) == cells


def test_lines_are_joined_by_a_newline() -> None:
    assert text_of([*words_at("second line", 3, 12), *words_at("first line", 3, 3)]) == "first line\nsecond line"


def test_a_raised_mark_stays_on_its_line() -> None:
    assert text_of([word("417", 3, 3), word("1", 16, 1, size=5, bottom=6)]) == "417 1"


def test_text_that_runs_up_the_page_is_read_from_the_foot() -> None:
    up = [
        word("first", 10, 40, x1=18, bottom=60, upright=False),
        word("second", 10, 10, x1=18, bottom=36, upright=False),
    ]
    assert text_of(up) == "first second"


def test_text_that_runs_down_the_page_is_read_from_the_top_and_from_the_right() -> None:
    from pages import word

    down = [
        word(text, x0, top, x1=x0 + 10, upright=False, down=True)
        for text, x0, top in (("receipts", 100, 140), ("Total", 100, 100), ("(millions)", 86, 100))
    ]
    up = [
        word(text, x0, top, x1=x0 + 10, upright=False)
        for text, x0, top in (("receipts", 86, 100), ("Total", 86, 140), ("(millions)", 100, 140))
    ]
    assert text_of(down) == text_of(up) == "Total receipts\n(millions)"

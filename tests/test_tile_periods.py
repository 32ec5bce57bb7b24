"""Tiles whose small print gives the figure of another time after its name alone: "Feb 58.3%"."""

from __future__ import annotations

import pytest
from pages import page, word

from sendparse.model import Page, Word
from sendparse.tables import tables_on
from sendparse.tables.tile_notes import note_of


def words(text: str, x0: float = 60, top: float = 100, size: float = 9.0) -> list[Word]:
    out = []
    for part in text.split():
        out.append(word(part, x0, top, size=size))
        x0 = out[-1].x1 + 0.3 * size
    return out


def named(text: str, known: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    note = note_of(words(text), page(), known)
    return [(figure.name, figure.figure) for figure in note.figures] if note else []


@pytest.mark.parametrize(
    ("text", "figure"),
    [("Feb 58.3%", ("Feb", "58.3%")), ("Q2 1,402", ("Q2", "1,402")), ("Last month 150", ("Last month", "150"))],
)
def test_a_period_and_its_figure(text: str, figure: tuple[str, str]) -> None:
    assert named(text) == [figure]


@pytest.mark.parametrize("text", ["Feb 22", "March 2025", "31 March 2025", "Autumn 2024"])
def test_a_date_is_no_figure(text: str) -> None:
    assert named(text) == []


def test_what_other_tiles_name_tells_a_figure_from_a_date() -> None:
    assert named("Feb 22", ("Feb",)) == [("Feb", "22")]
    cards = [table for table in tables_on(_tiles()) if table.method == "card"]
    assert [[cell.text for cell in card.cells if cell.row == 2] for card in cards] == [
        ["Feb", "58%"],
        ["Feb", "22"],
        ["Feb", "150"],
    ]


def _tiles() -> Page:
    every: list[Word] = words("Key figures", 60, 60)
    for number, (figure, name, before) in enumerate(
        [
            ("64%", "Plans in time", "Feb 58%"),
            ("19", "Appeals registered", "Feb 22"),
            ("142", "Requests received", "Feb 150"),
        ]
    ):
        x0 = 60 + 160 * number
        every += words(figure, x0, 100, 24.0) + words(name, x0, 128) + words(before, x0, 139)
    return page(every)


def test_names_over_their_figures_and_small_print_of_two_lines() -> None:
    every = words("Key figures", 60, 60)
    for number, (figure, name) in enumerate(
        [("64%", "Plans in time"), ("71%", "Reviews in time"), ("19%", "Advice in time")]
    ):
        x0 = 60 + 170 * number
        every += words(name, x0, 88) + words(figure, x0, 100, 24.0)
        every += words("Target: 60% | Previous", x0, 128) + words("quarter: 58%", x0, 139)
    cards = [table for table in tables_on(page(every)) if table.method == "card"]
    assert [[cell.text for cell in card.cells if cell.row > 1] for card in cards] == [
        ["Target", "60%", "Previous quarter", "58%"]
    ] * 3

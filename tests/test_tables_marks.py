"""Arrows and ratings: glyphs, symbol fonts, outlines, pictures; words, letters, dots, fills, shapes."""

from __future__ import annotations

from dataclasses import replace
from math import cos, pi, sin

import pytest
from pages import box, page, word

from sendparse.model import Cell, Fill, Picture, Shape, Table
from sendparse.tables.arrows import arrow_in, direction_of, has_private_letter, may_point
from sendparse.tables.colours import rag_of
from sendparse.tables.marking import mark_tables
from sendparse.tables.marks import marks_in

RED, AMBER, GREEN = (0.75, 0.0, 0.0), (1.0, 0.75, 0.0), (0.0, 1.0, 0.0)
HERE = box(100, 100, 160, 120)

GLYPHS = [
    # word        font                  trend    why
    ("▲", "Arial", "up", "triangle"),
    ("143▼", "Arial", "down", "glued to its figure"),
    ("►", "Arial", "flat", "pointer"),
    ("↔", "Arial", "flat", "both sides"),
    ("↕", "Arial", "", "both ways says nothing"),
    ("↗", "Arial", "up", "slanting"),
    ("⇩", "Arial", "down", "outlined"),
    ("⬆️", "Segoe UI Emoji", "up", "an emoji with its selector"),
    ("é", "Wingdings", "up", "a letter that the font draws as an arrow"),
    ("ê", "ABCDEF+Wingdings-Regular", "down", "subset of that font"),
    ("\uf0e8", "Wingdings", "flat", "the same font's private code"),
    ("p", "Wingdings3", "up", "triangle"),
    ("q", "Wingdings 3", "down", "triangle"),
    ("5", "Webdings", "up", "a digit that is none"),
    ("\xaf", "Symbol", "down", "arrow of the symbol font"),
    ("é", "Arial", "", "a letter"),
    ("5", "Arial", "", "a figure"),
    ("p", "Arial", "", "pence"),
    ("-", "Arial", "", "a dash"),
]


@pytest.mark.parametrize(("text", "font", "trend", "why"), GLYPHS)
def test_glyphs(text, font, trend, why):
    assert arrow_in(text, font) == trend, why


TRIANGLE = [(5.0, 0.0), (10.0, 9.0), (0.0, 9.0)]
SHAFT = [(5, 0), (10, 5), (7, 5), (7, 12), (3, 12), (3, 5), (0, 5)]  # an arrow that points up
CHEVRON = [(0, 6), (5, 0), (10, 6)]
LINE = [(5, 0), (5, 12), (5, 0), (2, 4), (8, 4), (5, 0)]  # a thin shaft with barbs
CIRCLE = [(5 + 5 * cos(n * pi / 8), 5 + 5 * sin(n * pi / 8)) for n in range(16)]
DIAMOND = [(5, 0), (10, 5), (5, 10), (0, 5)]
FLAG = [(0, 0), (10, 3), (0, 6), (0, 12)]


def turned(points, quarters):
    for _ in range(quarters):
        points = [(-y, x) for x, y in points]
    return points


def slanted(points):
    return [(x * cos(pi / 4) - y * sin(pi / 4), x * sin(pi / 4) + y * cos(pi / 4)) for x, y in points]


@pytest.mark.parametrize("shape", [TRIANGLE, SHAFT, CHEVRON, LINE])
def test_outlines_point_where_their_tip_is(shape):
    assert direction_of(shape) == "up"
    assert direction_of(turned(shape, 2)) == "down"
    assert direction_of(turned(shape, 1)) == direction_of(turned(shape, 3)) == "flat"


def test_a_slanting_arrow_goes_up_or_down():
    assert direction_of(slanted(SHAFT)) == "up"
    assert direction_of(slanted(turned(SHAFT, 2))) == "down"


@pytest.mark.parametrize("shape", [CIRCLE, DIAMOND, FLAG, [(0, 0), (10, 10)]])
def test_other_outlines_point_nowhere(shape):
    assert direction_of(shape) == ""


COLOURS = [
    # colour                       rating   why
    ((0.75, 0.0, 0.0), "red", "dark red"),
    ((1.0, 0.0, 0.0), "red", "pure"),
    ((1.0, 0.78, 0.81), "red", "a spreadsheet's pale 'bad'"),
    ((1.0, 0.75, 0.0), "amber", "a spreadsheet's amber"),
    ((1.0, 1.0, 0.0), "amber", "yellow"),
    ((1.0, 0.92, 0.61), "amber", "pale 'neutral'"),
    ((0.0, 1.0, 0.0), "green", "pure"),
    ((0.0, 0.69, 0.31), "green", "a spreadsheet's green"),
    ((0.78, 0.94, 0.81), "green", "pale 'good'"),
    ((0.0, 0.44, 0.75), "blue", "a spreadsheet's blue"),
    ((0.75, 0.75, 0.75), "grey", "grey"),
    ((1.0, 1.0, 1.0), "", "white"),
    ((0.95, 0.95, 0.95), "", "the tint of every other row"),
    ((0.0, 0.0, 0.0), "", "black"),
    ((0.4, 0.25, 0.1), "", "brown"),
]


@pytest.mark.parametrize(("colour", "rating", "why"), COLOURS)
def test_colours(colour, rating, why):
    assert rag_of(colour) == rating, why


def read(*words, **more):
    return [(m.kind, m.value, m.read_from) for m in marks_in(HERE, page(words, **more))]


def shape_at(points, colour=(0, 0, 0), filled=True):
    moved = tuple((x + 120, y + 104) for x, y in points)
    xs, ys = [x for x, _ in moved], [y for _, y in moved]
    return Shape(box=box(min(xs), min(ys), max(xs), max(ys)), points=moved, colour=colour, filled=filled)


def test_what_a_mark_was_read_from():
    assert read(word("▲", 110, 105)) == [("trend", "up", "glyph")]
    assert read(word("é", 110, 105, font="Wingdings")) == [("trend", "up", "symbol_font")]
    assert read(shapes=[shape_at(SHAFT)]) == [("trend", "up", "curve")]
    assert read(pictures=[Picture(box=box(120, 104, 132, 116))]) == [("trend", "", "picture")]
    assert read(word("Unchanged", 105, 105)) == [("trend", "flat", "word")]
    assert read(word("GREEN", 105, 105)) == [("rag", "green", "word")]
    assert read(word("R", 105, 105)) == [("rag", "red", "letter")]
    assert read(word("🟠", 105, 105)) == [("rag", "amber", "glyph")]
    assert read(word("●", 105, 105, colour=GREEN)) == [("rag", "green", "glyph")]
    assert read(word("l", 105, 105, font="Wingdings", colour=RED)) == [("rag", "red", "symbol_font")]
    assert read(shapes=[shape_at(CIRCLE, AMBER)]) == [("rag", "amber", "shape")]
    assert read(fills=[Fill(box=HERE, colour=GREEN)]) == [("rag", "green", "fill")]


def test_a_rating_in_brackets_belongs_to_its_figure():
    words = [word("77%", 102, 105), word("(Red)", 122, 105)]
    assert read(*words) == [("rag", "red", "word")]


def test_the_colour_of_print_is_no_rating():
    assert read(word("143", 105, 105, colour=RED), word("▲", 130, 105, colour=RED)) == [("trend", "up", "glyph")]
    assert read(shapes=[shape_at(SHAFT, GREEN)]) == [("trend", "up", "curve")]


def test_what_is_beside_the_place_or_hidden_is_not_in_it():
    assert read(word("▲", 200, 105), word("▼", 110, 105, hidden=True)) == []
    assert read(fills=[Fill(box=box(90, 90, 105, 130), colour=GREEN)]) == []


def test_the_fill_painted_last_counts():
    assert read(fills=[Fill(box=HERE, colour=GREEN), Fill(box=HERE, colour=RED)]) == [("rag", "red", "fill")]


def test_a_sentence_that_names_a_colour_is_no_rating():
    words = [word(text, 101 + 9 * n, 105, size=4) for n, text in enumerate(["Green", "spaces", "were", "kept", "open"])]
    assert read(*words) == []


# ---- in a table


def table(rows, fills):
    """A table of cells 40 wide and 20 high from (100, 100); `fills` by (row, column)."""
    cells, words, painted = [], [], []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            place = box(100 + 40 * c, 100 + 20 * r, 140 + 40 * c, 120 + 20 * r)
            colour = fills.get((r, c))
            cells.append(Cell(row=r, column=c, text=text, page=1, box=place, fill=colour))
            words += [word(text, place.x0 + 2, place.top + 5, size=6)] if text else []
            painted += [Fill(box=place, colour=colour)] if colour else []
    made = Table(
        table_id="t", document_id="d", cells=tuple(cells), rows=len(rows), columns=len(rows[0]), method="ruled", page=1
    )
    return made, page(words, fills=painted)


def ratings(rows, fills):
    made, on = table(rows, fills)
    (marked,) = mark_tables([made], on)
    return {(c.row, c.column): m.value for c in marked.cells for m in c.marks if m.kind == "rag"}


def test_fills_are_ratings_in_a_column_that_has_different_ones():
    rows = [["KPI", "Now"], ["Plans", "51%"], ["Visits", "70%"], ["Calls", "90%"]]
    assert ratings(rows, {(1, 1): RED, (2, 1): AMBER, (3, 1): GREEN}) == {
        (1, 1): "red",
        (2, 1): "amber",
        (3, 1): "green",
    }


def test_a_column_headed_rag_has_ratings_even_if_all_agree():
    rows = [["KPI", "RAG"], ["Plans", ""], ["Visits", ""]]
    assert ratings(rows, {(1, 1): GREEN, (2, 1): GREEN}) == {(1, 1): "green", (2, 1): "green"}


def test_a_heading_and_bands_in_the_council_s_green_are_no_ratings():
    rows = [["KPI", "2022", "2023"], ["Plans", "51", "60"], ["Visits", "70", "71"], ["Calls", "90", "80"]]
    bands = {(r, c): GREEN for r in (0, 2) for c in range(3)}
    assert ratings(rows, bands) == {}
    assert ratings(rows, {(r, 1): GREEN for r in range(4)}) == {}


def test_letters_count_where_letters_stand():
    rows = [["KPI", "Status"], ["Plans", "R"], ["Visits", "G"], ["Calls", "A"]]
    assert ratings(rows, {}) == {(1, 1): "red", (2, 1): "green", (3, 1): "amber"}
    assert ratings([["Form", "Class"], ["One", "A"], ["Two", "n/a"]], {}) == {}


def test_cards_keep_the_marks_they_have():
    made, on = table([["Plans", "GREEN"]], {(0, 1): RED})
    card = replace(made, method="card")
    assert mark_tables([card], on) == [card]


def test_what_may_be_an_arrow_is_told_by_its_place_among_the_letters():
    for text in ("£5", "Children’s – 5…", "↑", "5 ▲", "\uf0e9", "½", "🔺", "•", "\ue000", "ﬁ"):
        assert may_point(text) == any(arrow_in(letter) or has_private_letter(letter) for letter in text), text

"""Words to lines, lines to pieces."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pages import typed, word

from sendparse.model import Ruling
from sendparse.tables.lines import text_lines
from sendparse.tables.white import word_spaces


def pieces(words, uprights=()):
    return [[piece.text for piece in line.pieces] for line in text_lines(words, uprights)]


def test_a_line_is_cut_where_the_gap_is_wider_than_a_space():
    words = [word("Plans", 50, 100), word("issued", 78, 100), word("120", 200, 100), word("131", 240, 100)]
    assert pieces(words) == [["Plans issued", "120", "131"]]


def test_typewriter_spaces_are_wide_and_no_gaps():
    assert pieces(typed("Plans issued     120").words) == [["Plans issued", "120"]]


def test_text_set_to_both_margins_is_one_piece():
    words = [
        word(text, 50 + 40 * n, 100, x1=50 + 40 * n + 32)
        for n, text in enumerate(["all", "who", "gave", "advice", "get", "it"])
    ]
    assert pieces(words) == [["all who gave advice get it"]]


def test_a_row_of_dots_and_a_drawn_line_cut():
    words = [word("Total", 50, 100), word("......", 76, 100), word("12", 108, 100)]
    assert pieces(words) == [["Total ......", "12"]]
    words = [word("North", 50, 100), word("12", 77, 100)]
    assert pieces(words) == [["North 12"]]
    assert pieces(words, [Ruling(x0=76, x1=76, top=90, bottom=120)]) == [["North", "12"]]


def test_signs_set_apart_belong_to_their_figure():
    words = [
        word("Budget", 50, 100),
        word("$", 120, 100),
        word("12,400", 160, 100),
        word("61", 220, 100),
        word("%", 236, 100),
    ]
    assert pieces(words) == [["Budget", "$ 12,400", "61 %"]]


def test_raised_marks_and_other_sizes_stay_in_their_line():
    words = [word("Plans", 50, 100), word("1", 76, 98, size=6), word("120", 200, 100, size=11)]
    assert pieces(words) == [["Plans 1", "120"]]


def test_lines_half_a_step_apart_are_two():
    words = [word("Schools and", 50, 100), word("80", 200, 106), word("colleges", 50, 112)]
    assert pieces(words) == [["Schools and"], ["80"], ["colleges"]]


def test_two_figures_of_a_row_are_two_however_close():
    row = [word("Norfolk", 50, 100), word("8,784", 150, 100), word("9,663", 200, 100)]
    assert pieces([*row, word("+10.0%", 227, 100)])[0][-2:] == ["9,663", "+10.0%"]
    assert pieces([*row, word("(4%)", 227, 100)])[0][-1] == "9,663 (4%)"


def test_lines_are_made_anew_only_where_a_ruling_stands():
    words = [word(text, x, 100 + 20 * n) for n in range(30) for text, x in (("North", 50), ("12", 77))]
    plain = text_lines(words)
    ruled = text_lines(words, [Ruling(x0=76, x1=76, top=90, bottom=125)])
    assert [len(line.pieces) for line in ruled] == [2, 2] + [1] * 28
    assert [one is two for one, two in zip(plain, ruled, strict=True)] == [False, False] + [True] * 28
    assert [len(line.pieces) for line in text_lines(words)] == [1] * 30


def test_words_of_one_height_are_put_from_left_to_right_whatever_their_order():
    words = [word(text, x, y) for y in (120, 100) for text, x in (("issued", 78), ("Plans", 50), ("on", 110))]
    assert pieces(words) == [["Plans issued on"], ["Plans issued on"]]


def test_a_space_counts_between_words_of_one_font():
    def row(y, gap):
        return [word("ab", 50 + n * (20 + gap), y, x1=70 + n * (20 + gap)) for n in range(8)]

    close, wide = row(100, 2), [replace(w, font="Wide") for w in row(120, 6)]
    spaces = word_spaces([close, wide, [close[0], wide[1]]])
    assert spaces == {"": pytest.approx(0.2), "Wide": pytest.approx(0.6)}
    assert word_spaces([[replace(close[0], font="Courier")]]) == {"Courier": 0.6}

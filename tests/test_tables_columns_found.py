# ruff: noqa: E501 - a case is a line
"""Columns from the white between them."""

from __future__ import annotations

from pages import typed

from sendparse.tables.columns import Columns, find_columns, joined_to_heading, parted_by_heading, settled
from sendparse.tables.lines import text_lines


def lines(drawing):
    return text_lines(typed(drawing).words)


def count(drawing):
    return len(find_columns(lines(drawing), size=10))


def test_white_that_every_line_leaves_free_parts_columns():
    assert count("North and west   120    14\nSouth             98   212\nEast              45     7") == 3


def test_spaces_in_labels_that_happen_to_meet_part_nothing():
    assert count("Plans made     120\nPlans kept      98\nPlans ended     45\nPlans moved     31") == 2


def test_one_long_label_in_many_lines_does_not_hide_a_column():
    rows = [f"Team {n}      {100 + n}    {n}" for n in range(10, 24)]
    rows[5] = "Team that has a very long name indeed"
    assert count("\n".join(rows)) == 3


def test_a_column_of_signs_belongs_to_its_figures():
    assert count("North   12   *\nSouth   14   *\nEast    17   *\nWest    11   *") == 2


def test_headings_over_two_columns_do_not_hide_the_white_between_them():
    every = lines(
        "          Requests of the year\nArea      Made     Agreed\nNorth       12         9\nSouth       14        11\nEast        17        12"
    )
    columns = find_columns(every, size=10)
    assert len(settled(columns, every[2:], 10)) == 3


def test_two_headings_part_a_column_whose_rows_fit_under_them():
    every = lines("Area      2021    2022\nNorth       12        \nSouth               14")
    columns = find_columns([every[1], every[2]], size=10)
    assert len(parted_by_heading(columns, every[:1], every[1:])) == 3


def test_a_heading_that_stands_clear_of_its_values_is_put_to_them():
    every = lines(
        "Area       Made            Agreed\nNorth      12        9\nSouth      14        8\nEast       17        7"
    )
    columns = Columns(((90, 126), (150, 180), (192, 222)), ((60, 90), (126, 150), (180, 192), (222, 258)))
    assert len(joined_to_heading(columns, every[:1], every[1:])) == 3

# ruff: noqa: E501 - a case is a line
"""Lines to rows."""

from __future__ import annotations

import pytest
from pages import typed

from sendparse.tables.columns import find_columns
from sendparse.tables.headings import Placed
from sendparse.tables.lines import text_lines
from sendparse.tables.rows import BodyLine, group_rows

CASES = {
    "each line a row": ("North    12   9\nSouth    14   8\nEast     17   7", [1, 1, 1]),
    "a label that goes on in small letters": ("North    12   9\nSouth and\nthe coast    14   8\nEast     17   7", [1, 2, 1]),
    "a label that goes on below its values": ("North    12   9\nSouth with  14   8\n(the coast)\nEast     17   7", [1, 2, 1]),
    "a label cut at a joining word": ("North    12   9\nSouth and\nCoast    14   8\nEast     17   7", [1, 2, 1]),
    "a group's name stands alone": ("North    12   9\nCoast:\nSouth    14   8\nEast     17   7", [1, 1, 1, 1]),
    "a label that begins where rows begin and goes on indented": ("North    12   9\nEast     17   7\nSouth or\n Coast   14   8\nWest     11   6", [1, 1, 2, 1]),
}  # fmt: skip


def body(drawing):
    lines = text_lines(typed(drawing).words)
    columns = find_columns([line for line in lines if len(line.pieces) > 1], size=10)
    return [
        BodyLine([Placed(p, *columns.at(p), 0) for p in line.pieces], line.top, line.bottom, line.size)
        for line in lines
    ]


@pytest.mark.parametrize("name", CASES)
def test_rows_by_words(name):
    drawing, sizes = CASES[name]
    assert [len(row) for row in group_rows(body(drawing), [], 0)] == sizes


def shifted(lines, tops):
    """The same lines at other heights."""
    for line, top in zip(lines, tops, strict=True):
        line.bottom, line.top = top + 10, top
    return lines


def test_white_of_two_kinds_parts_the_rows():
    lines = shifted(
        body("North\nand West    12   9\nSouth       14   8\nEast\nand City    17   7"), [0, 11, 28, 45, 56]
    )
    assert [len(row) for row in group_rows(lines, [], 0)] == [2, 1, 2]


def test_values_half_way_down_a_label():
    lines = shifted(body("North    12   9\nSchools\n         14   8\nColleges\nEast     17   7"), [0, 12, 17.5, 23, 35])
    assert [len(row) for row in group_rows(lines, [], 0)] == [1, 3, 1]


def test_rules_part_rows_whatever_the_white():
    lines = body("North    12   9\nwith its\nCoast\nSouth    14   8\nEast     17   7")
    rules = [lines[2].bottom + 1, lines[3].bottom + 1]
    assert [len(row) for row in group_rows(lines, rules, 0)] == [3, 1, 1]


def test_rules_between_groups_do_not_make_groups_rows():
    lines = body("North    12   9\nSouth    14   8\nEast     17   7\nWest     11   6\nCity     10   5\nVale      9   4")
    rules = [lines[1].bottom + 1, lines[3].bottom + 1]
    assert [len(row) for row in group_rows(lines, rules, 0)] == [1] * 6


def test_bold_group_names_are_no_part_of_the_row_below():
    lines = body("North    12   9\nCoast and\nsouth    14   8\nEast     17   7")
    assert [len(row) for row in group_rows(lines, [], 0)] == [1, 2, 1]

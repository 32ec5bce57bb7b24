"""Headings and labels over several lines in tables without a full grid, as statistical reports print them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from pages import Sheet, texts, typed

from sendparse.cli import main
from sendparse.read.raised import as_digits, raised
from sendparse.tables import tables_on


def read(sheet: Sheet) -> list[list[list[str]]]:
    return [texts(table) for table in tables_on(sheet.read())]


XS = (60, 240, 320, 400, 480)
ROWS = [
    ["Plans issued", "402", "455", "9", "12"],
    ["Plans ceased", "211", "236", "12", "14"],
    ["Plans kept up", "3,144", "3,363", "7", "31"],
]


def with_heads(*heads: list[str]) -> Sheet:
    sheet = Sheet()
    for number, row in enumerate([*heads, *ROWS]):
        sheet.row(
            100 + 12 * number,
            [
                (x, text, "left" if n == 0 else "centre")
                for n, (x, text) in enumerate(zip(XS, row, strict=True))
                if text
            ],
        )
    return sheet


@pytest.mark.parametrize(
    ("upper", "lower", "whole"),
    [
        ("2021", "estimate", "2021 estimate"),
        ("Rank in", "2021", "Rank in 2021"),
        ("March", "2021", "March 2021"),
        ("Sept.", "2021", "Sept. 2021"),
    ],
)
def test_a_year_and_words_above_each_other_are_one_heading(upper: str, lower: str, whole: str) -> None:
    first = ["", upper, "Margin", upper, "Share"]
    [found] = read(with_heads(first, ["Measure", lower, "of error", lower, "of all"]))
    assert found[0] == ["Measure", whole, "Margin of error", whole, "Share of all"]


def test_a_row_of_years_under_other_headings_stays_a_row() -> None:
    [found] = read(with_heads(["", "Plans", "Plans", "Moves", "Moves"], ["Measure", "2020", "2021", "2020", "2021"]))
    assert found[1] == ["Measure", "2020", "2021", "2020", "2021"]


def test_a_figure_inside_a_heading_is_no_value() -> None:
    heads = (
        ["", "", "", "Per", ""],
        ["", "Plans", "Plans", "1,000", "Change"],
        ["Measure", "2020", "2021", "pupils", "in all"],
    )
    [found] = read(with_heads(*heads))
    assert found[-3:] == ROWS
    assert found[0][3].endswith("1,000 pupils") or found[1][3].endswith("1,000 pupils")


def test_two_headings_a_space_apart_are_told_by_their_middles() -> None:
    sheet = Sheet()
    for number, pair in enumerate((("Placement", "Placement"), ("in", "in"), ("2020", "2021"))):
        sheet.row(100 + 12 * number, [(280, pair[0], "centre"), (325, pair[1], "centre")])
    for number, row in enumerate(ROWS):
        sheet.row(136 + 12 * number, [(60, row[0]), (298, row[3], "right"), (343, row[4], "right")])
    [found] = read(sheet)
    assert found[0] == ["", "Placement in 2020", "Placement in 2021"]


def test_rules_of_dashes_beside_headings_part_levels_and_are_no_text() -> None:
    [table] = tables_on(
        typed("""
                      Number of pupils     Share      Rate per
                    --------------------     of         1,000
 School                 2020      2021     pupils     residents
 ---------------------------------------------------------------
 Alder Lane            1,202     1,440       2.6          476
 Birch Road              993     1,018       4.2           49
 Cedar Way               747     1,277       2.4          427
 ---------------------------------------------------------------
""")
    )
    grid = texts(table)
    assert grid[:2] == [
        ["", "Number of pupils", "", "Share of pupils", "Rate per 1,000 residents"],
        ["School", "2020", "2021", "", ""],
    ]
    assert not any("--" in text for row in grid for text in row)


def test_a_label_that_short_rules_leave_out_stands_for_its_rows() -> None:
    sheet = Sheet()
    sheet.row(100, [(60, "Team"), (160, "Kind"), (300, "2020", "right"), (360, "2021", "right")])
    kinds = ["Requests", "Plans", "Reviews", "Requests", "Plans"]
    for number, kind in enumerate(kinds):
        sheet.rule(113 + 16 * number, 60 if number in (0, 3) else 156, 362)
        sheet.row(
            116 + 16 * number,
            [(160, kind), (300, f"{110 + number * number}", "right"), (360, f"{140 + 3 * number}", "right")],
        )
    sheet.rule(113 + 16 * 5, 60, 362)
    sheet.text(60, 132, "North")
    sheet.text(60, 166, "South")
    sheet.text(60, 177, "and west")
    [table] = tables_on(sheet.read())
    labels = {(c.row, c.row_span): c.text for c in table.cells if c.column == 0}
    assert labels == {(0, 1): "Team", (1, 3): "North", (4, 2): "South\nand west"}


def test_texts_without_rules_are_rows_by_the_white_between_them() -> None:
    sheet = Sheet()
    xs = (60, 200, 330, 460)
    rows = [
        [["Service"], ["What it is for"], ["Who may", "ask for it"], ["Where"]],
        [["Short breaks"], ["A rest for carers", "and children"], ["Families"], ["At home"]],
        [["Travel"], ["Help to get to", "school and back"], ["Pupils"], ["Anywhere"]],
        [["Advice"], ["Somebody who", "listens"], ["Anyone"], ["By phone"]],
        [["Independent", "Visits"], ["Company"], ["Children in care"], ["Outdoors"]],
    ]
    y = 100.0
    for row in rows:
        for x, lines in zip(xs, row, strict=True):
            for number, line in enumerate(lines):
                sheet.text(x, y + 11 * number, line)
        y += 11 * max(map(len, row)) + 9
    [found] = read(sheet)
    assert found == [[" ".join(lines) for lines in row] for row in rows]


def test_marks_of_notes_are_digits_in_json(tmp_path: Path) -> None:
    assert as_digits("Total" + raised("Total", "1")) == "Total 1"
    sheet = with_heads(["Measure", "2020", "2021", "Change", "Share"])
    sheet.text(XS[3] + 16, 101, "2", size=5.0)
    path = tmp_path / "sheet.pdf"
    path.write_bytes(sheet.pdf())
    done = CliRunner().invoke(main, ["tables", str(path), "--format", "json"])
    assert json.loads(done.output)["tables"][0]["rows"][0] == ["Measure", "2020", "2021", "Change 2", "Share"]

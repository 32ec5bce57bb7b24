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


def test_headings_of_two_lines_beside_headings_of_one_go_with_their_table() -> None:
    sheet = Sheet(width=842, height=595)
    xs = (60, 210, 280, 340, 400, 460)
    one, two = ["", "Good", "Apr-", "May-", "Jun-", "England"], ["", "is", "24", "24", "24", "2023"]
    sheet.row(100, [(x, text) for x, text in zip(xs, one, strict=True) if text])
    sheet.text(60, 106, "Measure")
    sheet.row(112, [(x, text) for x, text in zip(xs, two, strict=True) if text])
    rows = [
        ["Plans issued in time", "High", "52%", "55%", "58%", "50%"],
        ["Requests", "Low", "112", "98", "121", "-"],
        ["Appeals", "Low", "14", "9", "11", "-"],
    ]
    for number, row in enumerate(rows):
        sheet.rule(124 + 16 * number, 58, 500)
        sheet.row(127 + 16 * number, list(zip(xs, row, strict=True)))
    sheet.rule(124 + 16 * len(rows), 58, 500)
    [found] = read(sheet)
    assert found[0] == ["Measure", "Good is", "Apr- 24", "May- 24", "Jun- 24", "England"] or found[0][2:5] == [
        "Apr- 24",
        "May- 24",
        "Jun- 24",
    ]
    assert found[-3:] == rows


def test_headings_in_the_middle_of_columns_whose_values_are_set_to_the_left() -> None:
    sheet = Sheet()
    middles = (100, 170, 250, 345, 465)
    heads = ["Month", "Requests made", "Plans issued", "% issued in 20 weeks", "Appeals"]
    sheet.row(100, [(x, text, "centre") for x, text in zip(middles, heads, strict=True)])
    sheet.rule(113, 58, 500)
    xs = (60, 130, 215, 295, 430)
    rows = [
        ["April 2024", "101", "55", "48%", "4"],
        ["May 2024", "98", "61", "51%", "6"],
        ["June 2024", "117", "58", "53%", "3"],
    ]
    for number, row in enumerate(rows):
        sheet.row(117 + 14 * number, list(zip(xs, row, strict=True)))
    [found] = read(sheet)
    assert found == [heads, *rows]


def test_names_of_groups_left_of_the_labels_are_a_column() -> None:
    sheet = Sheet()
    sheet.row(100, [(270, "2023/24"), (370, "2024/25")])
    sheet.text(60, 106, "Theme")
    sheet.text(130, 106, "Measure")
    sheet.row(112, [(270, "Q3"), (320, "Q4"), (370, "Q1"), (420, "Q2")])
    rows = [
        ["Plans issued", "141", "152", "160", "171"],
        ["Plans in time", "41%", "44%", "48%", "51%"],
        ["Mediations", "12", "14", "9", "22"],
        ["Appeals", "8", "7", "11", "13"],
    ]
    for number, row in enumerate(rows):
        sheet.row(128 + 16 * number, list(zip((130, 270, 320, 370, 420), row, strict=True)))
    for number, name in enumerate(("Timely", "Disputes")):
        sheet.rule(126 + 32 * number, 58, 460)
        sheet.text(60, 136 + 32 * number, name)
    sheet.rule(190, 58, 460)
    [found] = read(sheet)
    assert [row[1:] for row in found[-4:]] == rows
    assert [row[0] for row in found[-4:]] == ["Timely", "", "Disputes", ""]
    assert found[0][2:] == ["2023/24", "", "2024/25", ""]


def test_a_coloured_cell_in_a_row_between_rules_makes_no_grid() -> None:
    sheet = Sheet()
    xs = (60, 200, 240, 280, 330, 380)
    sheet.row(100, list(zip(xs, ["Measure", "Apr", "May", "Jun", "RAG", "England"], strict=True)))
    rows = [["Plans in time", "52%", "55%", "58%", "A", "50%"], ["Reviews in time", "61%", "63%", "66%", "R", "48%"]]
    rows += [["Advice in time", "41%", "43%", "36%", "R", "44%"]]
    for number, row in enumerate(rows):
        sheet.fill(320, 114 + 16 * number, 350, 130 + 16 * number, (1.0, 0.7 if row[4] == "A" else 0.0, 0.0))
        sheet.rule(114 + 16 * number, 58, 420)
        sheet.row(117 + 16 * number, list(zip(xs, row, strict=True)))
    sheet.rule(114 + 16 * len(rows), 58, 420)
    [found] = read(sheet)
    assert found[-3:] == rows


def test_a_title_right_over_a_heading_is_no_row_of_the_page_before() -> None:
    sheet = Sheet()
    sheet.text(60, 80, "Activity 2024/25", bold=True, size=10)
    xs = (250, 300, 350)
    sheet.row(104, [(x, text, "right") for x, text in zip(xs, ("Apr", "May", "Jun"), strict=True)], bold=True)
    for number, row in enumerate(ROWS):
        sheet.rule(116 + 14 * number, 58, 352)
        sheet.row(
            118 + 14 * number, [(60, row[0]), *((x, text, "right") for x, text in zip(xs, row[1:], strict=False))]
        )
    sheet.rule(116 + 14 * len(ROWS), 58, 352)
    [table] = tables_on(sheet.read())
    assert (table.title, texts(table)[0]) == ("Activity 2024/25", ["", "Apr", "May", "Jun"])


def test_a_unit_under_one_heading_is_no_title() -> None:
    sheet = Sheet()
    xs = (60, 200, 250, 330)
    sheet.row(100, list(zip(xs, ["Project", "Year", "Amount", "Reason"], strict=True)), bold=True)
    sheet.text(250, 112, "(£m)", bold=True)
    rows = [
        ["Toft School", "24-25", "+0.036", "Paid from revenue"],
        ["Marsh School", "24-25", "-0.170", "Moved to the next year"],
    ]
    rows += [
        ["Hill School", "24-25", "+0.465", "Other income from outside"],
        ["Mill School", "24-25", "+0.015", "A grant"],
    ]
    for number, row in enumerate(rows):
        sheet.rule(124 + 14 * number, 58, 450)
        sheet.row(127 + 14 * number, list(zip(xs, row, strict=True)))
    sheet.rule(124 + 14 * len(rows), 58, 450)
    [found] = read(sheet)
    assert found == [["Project", "Year", "Amount (£m)", "Reason"], *rows]


TIGHT = [
    ["Plans kept up", "6,035", "6,699", "226", "4,657"],
    ["Requests for an assessment", "920", "3,942", "4,398", "6,072"],
    ["Annual reviews", "9,973", "7,130", "7,421", "7,954"],
    ["Appeals to the Tribunal", "9,227", "6,507", "7,138", "2,904"],
]


def test_figures_no_further_apart_than_words() -> None:
    sheet = Sheet()
    rights = (210, 237, 264, 291)
    sheet.row(100, [(x, text, "right") for x, text in zip(rights, ["2020", "2021", "2022", "2023"], strict=True)])
    for number, row in enumerate(TIGHT):
        sheet.row(114 + 14 * number, [(60, row[0]), *((x, t, "right") for x, t in zip(rights, row[1:], strict=True))])
    [found] = read(sheet)
    assert found == [["", "2020", "2021", "2022", "2023"], *TIGHT]


def test_rows_between_upright_lines_alone() -> None:
    sheet = Sheet()
    xs = (62, 212, 262, 312, 362)
    for number, row in enumerate([["Measure", "2020", "2021", "2022", "2023"], *TIGHT]):
        sheet.row(102 + 13 * number, list(zip(xs, row, strict=True)))
    for x in (*(x - 4 for x in xs), 410):
        sheet.upright(x, 98, 170)
    for y in (98, 170):
        sheet.rule(y, 58, 410)
    [found] = read(sheet)
    assert found == [["Measure", "2020", "2021", "2022", "2023"], *TIGHT]


def test_marks_for_missing_figures_set_to_the_other_edge_are_in_their_column() -> None:
    sheet = Sheet()
    heads = ["State", "Schools", "Share"]
    sheet.row(100, [(60, heads[0]), (230, heads[1], "right"), (290, heads[2], "right")])
    shares = ["5.2", "(s)", "14.0", "(s)", "8.1"]
    rows = [
        [f"{name} County", f"1,{n}04", share]
        for n, (name, share) in enumerate(zip(("Ash", "Bell", "Clay", "Dale", "Elm"), shares, strict=True))
    ]
    for number, row in enumerate(rows):
        mark = (262, row[2]) if row[2] == "(s)" else (300, row[2], "right")
        sheet.row(114 + 13 * number, [(60, row[0]), (230, row[1], "right"), mark])
    [found] = read(sheet)
    assert found == [heads, *rows]


def test_labels_of_odd_and_even_lines_round_their_values() -> None:
    sheet = Sheet()
    sheet.row(100, [(60, "Measure"), (200, "2020", "right"), (250, "2021", "right"), (300, "2022", "right")])
    rows = [
        (["Requests for an", "assessment", "of needs"], ["210", "198", "240"]),
        (["Annual", "reviews done"], ["9,973", "7,130", "7,421"]),
        (["Mediations", "held in the", "period"], ["12", "15", "11"]),
        (["Appeals"], ["7", "9", "14"]),
        (["Pupils with", "a plan who", "are absent", "for long"], ["36", "31", "44"]),
    ]
    y = 116.0
    for lines, figures in rows:
        for number, line in enumerate(lines):
            sheet.text(60, y + 11 * number, line)
        middle = y + 11 * (len(lines) - 1) / 2
        sheet.row(middle, [(x, text, "right") for x, text in zip((200, 250, 300), figures, strict=True)])
        y += 11 * len(lines)
    [found] = read(sheet)
    assert found[1:] == [[" ".join(lines), *figures] for lines, figures in rows]


def test_columns_of_as_many_figures_with_hardly_any_white_between_them() -> None:
    sheet = Sheet()
    middles = (200, 227, 254, 281, 308)
    rows = [
        ["Plans issued", "60.0%", "2.4%", "247", "16", "203"],
        ["Plans issued in time", "120", "75.6%", "142", "61.3%", "68.3%"],
        ["Requests", "87.7%", "223", "328", "4.3%", "83.0%"],
        ["Mediations", "63.9%", "173", "15.9%", "38.9%", "68.5%"],
    ]
    for number, row in enumerate(rows):
        sheet.row(114 + 13 * number, [(60, row[0]), *((x, t, "centre") for x, t in zip(middles, row[1:], strict=True))])
    [found] = read(sheet)
    assert found == rows

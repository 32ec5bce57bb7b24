"""Sheets of councils and years as spreadsheets print them: several tables close to each other, a measure over each."""

from __future__ import annotations

import pytest
from pages import Sheet, texts, word
from tabling import document_of, ruled_page, words_at

from sendparse.model import Table
from sendparse.packs import Packs
from sendparse.tables import tables_on
from sendparse.tables.alignment import cut_at_edges
from sendparse.tables.columns import Columns
from sendparse.tables.joins import join_over_pages
from sendparse.tables.lines import Line, Piece, text_lines
from sendparse.tables.ruled import find_ruled
from sendparse.tables.structure import _placed
from sendparse.tag.kpi import matcher_of

WIDE, NARROW = (60, 240, 300, 360, 420, 480, 540), (60, 190, 240, 290)
COUNCILS = ["Ambleford", "Brackwell", "Carsholme", "England"]


def years(sheet: Sheet, top: float, title: str, head: list[str], rows: list[list[str]], xs: tuple[float, ...]) -> float:
    """A small table under its title; gives where it ends."""
    sheet.text(60, top, title, bold=True)
    for number, row in enumerate([head, *rows]):
        places = [(x, text, "left" if n == 0 else "right") for n, (x, text) in enumerate(zip(xs, row, strict=True))]
        sheet.row(top + 14 + 12 * number, places)
    return top + 14 + 12 * (len(rows) + 1)


def test_a_line_of_years_under_a_title_begins_another_table() -> None:
    sheet = Sheet(size=9)
    many = [[name, "31%", "36%", "41%", "812", "904", "988"] for name in COUNCILS]
    end = years(sheet, 80, "Plans in time and plans kept up", ["", *["2022", "2023", "2024"] * 2], many, WIDE)
    few = [[name, f"1,{n}02", f"1,{n}55", f"1,{n}98"] for n, name in enumerate(COUNCILS, 1)]
    years(
        sheet,
        end + 8,
        "Requests for an assessment of the needs of a child or a young person",
        ["", "2022", "2023", "2024"],
        few,
        NARROW,
    )
    first, second = [texts(table) for table in tables_on(sheet.read())]
    assert (len(first), len(first[0])) == (5, 7)
    assert second == [["", "2022", "2023", "2024"], *few]


def test_a_long_figure_that_begins_before_its_column_stays_in_it() -> None:
    columns = Columns(((100, 200), (240, 260)), ((60, 100), (200, 240), (260, 300)))
    words = [word("England", 60, 80, x1=98), word("46%", 205, 80, x1=230), word("473,255", 236, 80, x1=299)]
    line = Line(words, [Piece([one]) for one in words])
    assert [(p.piece.text, p.first, p.last) for p in _placed(line, columns, 0, [])] == [
        ("England", 0, 0),
        ("46%", 1, 1),
        ("473,255", 2, 2),
    ]


def test_a_title_is_not_cut_where_a_word_begins_over_a_column() -> None:
    sheet = Sheet(size=9)
    sheet.text(60, 80, "Cases of mediation in the year")
    x = next(word.x0 for word in sheet.read().words if word.text == "in")
    for number, name in enumerate(COUNCILS):
        sheet.row(95 + 12 * number, [(60, name), (x, f"{number + 1}02")])
    assert [len(line.pieces) for line in cut_at_edges(text_lines(sheet.read().words))] == [1, 2, 2, 2, 2]


HEAD = ["Council", "2022", "2023", "2024"]


def over_pages(titles: tuple[str, str], first: list[list[str]], second: list[list[str]]) -> list[Table]:
    pages = [
        ruled_page(rows, width=120, number=number, extra=words_at(title, 50, 86, page=number))
        for number, (title, rows) in enumerate(zip(titles, (first, second), strict=True), 1)
    ]
    return join_over_pages([table for page in pages for table in find_ruled(page, "d")], document_of(*pages))


def test_the_same_years_under_another_title_are_another_table() -> None:
    rows = [HEAD, *([name, "1", "2", "3"] for name in COUNCILS)]
    tables = over_pages(("Requests for an assessment", "Appeals that were lodged"), rows, rows)
    assert [table.continues for table in tables] == ["", ""]
    again = over_pages(("Requests for an assessment", "Requests for an assessment (continued)"), rows, rows)
    assert again[1].continues == again[0].table_id


def test_a_title_inside_the_heading_is_no_section_of_the_next_page() -> None:
    first = [["Plans that ceased", "<", "<", "<"], HEAD, *([name, "1", "2", "3"] for name in COUNCILS)]
    second = [HEAD, *([name, "4", "5", "6"] for name in COUNCILS)]
    tables = over_pages(("", ""), first, second)
    assert tables[1].above == ()


@pytest.mark.parametrize("label", ["SEND Tribunal appeals registered", "SEND Tribunal appeals"])
def test_a_name_of_the_subject_inside_a_longer_wording_counts(packs: Packs, label: str) -> None:
    """In the scorecard of a whole council "Appeals registered" is of any subject, "SEND Tribunal appeals" is of ours."""
    find = matcher_of(packs).match_label
    match = find(label, unit="count", company="Corporate scorecard")
    assert match is not None and match.kpi.startswith("tribunal_")
    assert find(label.removeprefix("SEND Tribunal "), unit="count", company="Corporate scorecard") is None

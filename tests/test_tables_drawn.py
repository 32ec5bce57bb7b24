"""Drawings in cells, headings put over their columns, columns that nearly touch: each by itself."""

from __future__ import annotations

import pytest
from pages import box, page, word

from sendparse.model import Cell, Fill, Picture, Shape, Table
from sendparse.tables.alignment import cut_at_edges
from sendparse.tables.columns import Columns, find_columns
from sendparse.tables.drawn import with_drawings
from sendparse.tables.headings import Placed, align, over_all, over_repeated, stack, widen
from sendparse.tables.lines import Line, Piece, text_lines

GREEN, GREY = (0.0, 0.6, 0.3), (0.9, 0.9, 0.9)


def table(*cells: Cell, rows: int = 4, columns: int = 3) -> Table:
    boxes = [cell.box for cell in cells if cell.box]
    around = box(
        min(b.x0 for b in boxes), min(b.top for b in boxes), max(b.x1 for b in boxes), max(b.bottom for b in boxes)
    )
    return Table(
        table_id="t", document_id="", cells=cells, rows=rows, columns=columns, method="borderless", page=1, box=around
    )


def cell(row: int, column: int, text: str) -> Cell:
    x, y = 60 + 120 * column, 100 + 20 * row
    return Cell(row=row, column=column, text=text, page=1, box=box(x, y, x + 40, y + 10))


def printed() -> list[Cell]:
    heads = [cell(0, 0, "Measure"), cell(0, 1, "Latest"), cell(0, 2, "Trend")]
    return heads + [c for row in (1, 2, 3) for c in (cell(row, 0, f"Plans {row}"), cell(row, 1, f"4{row}"))]


def arrow(x: float, y: float) -> Shape:
    return Shape(box=box(x, y, x + 8, y + 8), points=((x, y + 8), (x + 4, y), (x + 8, y + 8)), colour=(0, 0, 0))


def places(found: Table) -> set[tuple[int, int]]:
    return {(c.row, c.column) for c in found.cells if not c.text}


def test_a_drawing_where_nothing_is_printed_has_a_cell() -> None:
    shapes = [arrow(315, 121 + 20 * n) for n in range(3)]
    assert places(with_drawings(table(*printed()), page(shapes=shapes))) == {(1, 2), (2, 2), (3, 2)}


def test_a_small_picture_and_a_narrow_fill_have_one_too() -> None:
    found = with_drawings(
        table(*printed()),
        page(pictures=[Picture(box=box(315, 121, 325, 131))], fills=[Fill(box=box(300, 140, 340, 152), colour=GREEN)]),
    )
    assert places(found) == {(1, 2), (2, 2)}
    assert next(c for c in found.cells if (c.row, c.column) == (2, 2)).fill == GREEN


@pytest.mark.parametrize(
    "drawn",
    [
        page(fills=[Fill(box=box(230, 138, 440, 152), colour=GREEN)]),  # a band over several columns
        page(fills=[Fill(box=box(300, 138, 340, 152), colour=GREY)]),  # no colour of ratings
        page(pictures=[Picture(box=box(280, 100, 360, 180))]),  # a chart
        page(shapes=[arrow(315, 400)]),  # below the table
        page(shapes=[arrow(315, 101)]),  # in the heading
    ],
)
def test_what_is_no_mark_of_a_row_has_none(drawn) -> None:
    assert places(with_drawings(table(*printed()), drawn)) == set()


def test_a_cell_reaches_over_the_drawing_beside_its_print() -> None:
    found = with_drawings(table(*printed()), page(shapes=[arrow(224, 141)]))
    grown = next(c for c in found.cells if (c.row, c.column) == (2, 1))
    assert grown.box is not None and grown.box.x1 == 232 and grown.text == "42"


def line(y: float, *words: tuple[str, float, float]) -> Line:
    (found,) = text_lines([word(text, x0, y, x1=x1) for text, x0, x1 in words])
    return found


def placed(text: str, x0: float, x1: float, at: int, number: int = 0, last: int | None = None) -> Placed:
    piece = Piece([word(text, x0, 100 + 12 * number, x1=x1)])
    return Placed(piece, at, at if last is None else last, number)


COLUMNS = Columns(((150, 190), (230, 270), (310, 350)), ((60, 150), (190, 230), (270, 310), (350, 390)))


def test_headings_right_above_each_other_share_the_column_of_the_widest() -> None:
    upper, lower = placed("Forecast outturn", 200, 270, 2), placed("of", 200, 212, 1, 1)
    align([[upper], [lower]])
    assert (lower.first, lower.last) == (2, 2)


def test_a_heading_stays_where_its_own_line_has_the_column() -> None:
    upper, lower = placed("Forecast outturn", 200, 270, 2), placed("of", 200, 212, 1, 1)
    other = placed("year", 275, 300, 2, 1)
    align([[upper], [lower, other]])
    assert lower.first == 1


def test_headings_that_do_not_stand_above_each_other_stay() -> None:
    upper, lower = placed("Forecast outturn", 200, 270, 2), placed("of", 190, 202, 1, 1)
    align([[upper], [lower]])
    assert lower.first == 1


def test_a_unit_alone_under_the_headings_stands_over_all_values() -> None:
    heads = [placed(text, x - 15, x + 15, n) for n, (text, x) in enumerate((("a", 210), ("b", 290), ("c", 370)), 1)]
    unit = placed("(thousands)", 265, 315, 2, 1)
    over_all([heads, [unit]], COLUMNS)
    assert (unit.first, unit.last) == (1, 3)
    name = placed("of the year", 265, 315, 2, 1)
    over_all([heads, [name]], COLUMNS)
    assert (name.first, name.last) == (2, 2)


def test_headings_over_headings_that_do_not_repeat_stay() -> None:
    upper = [placed("Urban", 190, 220, 1), placed("Rural", 350, 380, 3)]
    over_repeated(
        [upper, [placed(t, 190 + 80 * n, 220 + 80 * n, n + 1, 1) for n, t in enumerate(["Rate", "Cost", "Sum"])]]
    )
    assert [(p.first, p.last) for p in upper] == [(1, 1), (3, 3)]


def test_a_heading_set_to_the_middle_of_several_columns_gets_them() -> None:
    mine = placed("Both of these", 305, 355, 2)
    below = [placed(str(n), x, x + 10, n, 1) for n, x in ((1, 205), (2, 285), (3, 365))]
    widen([mine], COLUMNS, [], below)
    assert (mine.first, mine.last) == (2, 3)
    blocks = stack([[mine], below], [])
    assert {(b.row, b.first, b.last) for b in blocks if b.first > 1} == {(0, 2, 3), (1, 2, 2), (1, 3, 3)}


def test_a_text_that_fills_its_column_is_cut_where_others_begin() -> None:
    lines = [
        line(100, ("North", 60, 85), ("Open", 160, 185)),
        line(112, ("South", 60, 85), ("Closed", 160, 190)),
        line(124, ("Long", 60, 90), ("label", 93, 157), ("Open", 160, 185)),
    ]
    cut = cut_at_edges(lines)
    assert [piece.text for piece in cut[2].pieces] == ["Long label", "Open"]
    assert len(find_columns(cut, size=10)) == 2


def test_a_number_in_a_phrase_is_not_cut_off() -> None:
    lines = [
        line(
            100,
            ("All", 60, 75),
            ("persons", 78, 115),
            ("16", 118, 128),
            ("years", 131, 155),
            ("and", 158, 175),
            ("over", 178, 198),
        ),
        *[line(112 + 12 * n, ("Area", 60, 82), ("25", 118, 128), ("93", 168, 178)) for n in range(4)],
    ]
    assert [piece.text for piece in cut_at_edges(lines)[0].pieces] == ["All persons 16 years and over"]


def test_few_lines_show_no_edge() -> None:
    lines = [line(100, ("a", 60, 65), ("b", 100, 105)), line(112, ("c", 60, 97), ("d", 100, 105))]
    assert cut_at_edges(lines) == lines

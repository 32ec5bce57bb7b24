"""Squaring off."""

from __future__ import annotations

from tabling import word, words_at

from sendparse.model import Box, Fill
from sendparse.tables.grid import square_off, to_table
from sendparse.tables.words import sort_words

GREEN = (0.0, 1.0, 0.0)


def places(rects: list[tuple[float, float, float, float]], words: list[object] = []) -> list[tuple[int, int, int, int]]:  # noqa: B006
    cells = square_off(rects, sort_words(words), [])  # type: ignore[arg-type]
    return [(c.row, c.column, c.row_span, c.column_span) for c in cells]


def test_merged_cells_are_spans() -> None:
    rects = [(0, 0, 40, 20), (40, 0, 120, 10), (40, 10, 80, 20), (80, 10, 120, 20)]
    assert places([(float(a), float(b), float(c), float(d)) for a, b, c, d in rects]) == [
        (0, 0, 2, 1),
        (0, 1, 1, 2),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
    ]


def test_the_gap_of_a_doubled_line_is_no_column() -> None:
    rects = [(0.0, 0.0, 40.0, 14.0), (40.0, 0.0, 44.0, 14.0), (44.0, 0.0, 90.0, 14.0)]
    words = [*words_at("left", 3, 3), *words_at("right", 50, 3)]
    assert places(rects, words) == [(0, 0, 1, 1), (0, 1, 1, 1)]


def test_an_empty_column_wide_enough_for_text_stays() -> None:
    rects = [(0.0, 0.0, 40.0, 14.0), (40.0, 0.0, 70.0, 14.0), (70.0, 0.0, 110.0, 14.0)]
    words = [*words_at("left", 3, 3), *words_at("right", 75, 3)]
    assert [place[1] for place in places(rects, words)] == [0, 1, 2]


def test_what_is_painted_last_is_the_colour_of_a_cell() -> None:
    rects = [(0.0, 0.0, 40.0, 14.0), (40.0, 0.0, 80.0, 14.0)]
    band = Fill(box=Box(x0=0, top=0, x1=80, bottom=14), colour=(0.8, 0.8, 0.8))
    rating = Fill(box=Box(x0=41, top=1, x1=79, bottom=13), colour=GREEN)
    cells = square_off(rects, sort_words(words_at("a", 3, 3)), [band, rating])
    assert [cell.fill for cell in cells] == [(0.8, 0.8, 0.8), GREEN]


def test_white_is_no_colour() -> None:
    rects = [(0.0, 0.0, 40.0, 14.0), (40.0, 0.0, 80.0, 14.0)]
    grey = Fill(box=Box(x0=0, top=0, x1=80, bottom=14), colour=(0.8, 0.8, 0.8))
    white = Fill(box=Box(x0=40, top=0, x1=80, bottom=14), colour=(1.0, 1.0, 1.0))
    assert [c.fill for c in square_off(rects, sort_words(words_at("a", 3, 3)), [grey, white])] == [
        (0.8, 0.8, 0.8),
        None,
    ]


def test_every_cell_is_kept_with_text_box_and_page() -> None:
    rects = [(0.0, 0.0, 40.0, 14.0), (40.0, 0.0, 80.0, 14.0)]
    words = sort_words([word("Bold", 3, 3, bold=True), word("plain", 43, 3)])
    table = to_table(square_off(rects, words, []), page=7, document_id="d", title="A title")
    assert [(c.text, c.bold, c.page) for c in table.cells] == [("Bold", True, 7), ("plain", False, 7)]
    assert table.box == Box(x0=0, top=0, x1=80, bottom=14)
    assert table.grid() == [["Bold", "plain"]]
    assert (table.rows, table.columns, table.title, table.method) == (1, 2, "A title", "ruled")


def test_the_same_table_has_the_same_id_and_another_has_another() -> None:
    def identity(x: float, page: int) -> str:
        cells = square_off([(x, 0.0, x + 40, 14.0), (x + 40, 0.0, x + 80, 14.0)], [], [])
        return to_table(cells, page=page, document_id="d").table_id

    assert identity(0, 1) == identity(0, 1)
    assert len({identity(0, 1), identity(0, 2), identity(100, 1)}) == 3

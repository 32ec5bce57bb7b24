"""Tiles of dashboards: their small print, their boxes, and what the figures named there are of."""

from __future__ import annotations

from datetime import date

import pytest
from pages import Sheet, page, texts, word
from tabling import DOCUMENT

from sendparse.model import Cell, Facts, Observation, Table, Word
from sendparse.observe.from_card import from_card
from sendparse.packs import Packs
from sendparse.tables import tables_on
from sendparse.tables.sections import Sections
from sendparse.tables.tile_notes import base_of, note_of
from sendparse.tables.tiles import find_cards


def words_of(text: str) -> list[Word]:
    out, x = [], 60.0
    for part in text.split():
        out.append(word(part, x, 100))
        x = out[-1].x1 + 3
    return out


NOTES = [
    # as printed                          names and figures                                   arrow    why
    ("Target 60%", [("Target", "60%")], "", "a name that headings use"),
    ("Target 85% | Previous 68%", [("Target", "85%"), ("Previous", "68%")], "", "two in a line"),
    ("201 in Q1", [("in Q1", "201")], "", "a level of another quarter"),
    ("▼ 201 in Q1", [("in Q1", "201")], "down", "the arrow is the tile's"),
    ("▲ from 3,180 last quarter", [("from … last quarter", "3,180")], "up", "what it rose from"),
    ("2,640 in March 2024", [("in March 2024", "2,640")], "", "a month and its year"),
    ("Feb 2025: 58", [("Feb 2025", "58")], "", "the month first"),
    ("Up from 190 a year earlier", [("Up from … a year earlier", "190")], "", "a level, in words"),
    ("+34 on last year", [("on last year", "+34")], "", "a change"),
    ("Target by March 2026: 150", [("Target by March 2026", "150")], "", "a name with its period"),
    ("Forecast for 2025/26 £3.1m", [("Forecast for 2025/26", "£3.1m")], "", "a forecast"),
    ("August: 59. Year to date 402", [("August", "59"), ("Year to date", "402")], "", "two sentences"),
    ("up 4% since March 2024", [("up … since March 2024", "4%")], "", "a change in words"),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "figures", "arrow", "why"), NOTES)
def test_small_print(printed: str, figures: list[tuple[str, str]], arrow: str, why: str) -> None:
    words = words_of(printed)
    note = note_of(words, page(words))
    assert note is not None, why
    assert [(f.name, f.figure) for f in note.figures] == figures, why
    assert "".join(mark.value for mark in note.marks) == arrow


@pytest.mark.parametrize(
    "text", ["31 March 2025", "EHC plans issued in 20 weeks", "of 187 requests", "(2023/24)", "1 in 5"]
)
def test_lines_that_are_no_small_print(text: str) -> None:
    words = words_of(text)
    assert note_of(words, page(words)) is None


BASES = [
    # line under the figure       the figure   what it adds
    ("of 412 open cases", "37", " of 412"),
    ("37.9% of all plans", "1,288", " (37.9%)"),
    ("of 20 weeks", "37", ""),
    ("of annual reviews on time", "71%", ""),
    ("of 412 open cases", "37%", ""),
]  # fmt: skip


@pytest.mark.parametrize(("line", "figure", "added"), BASES)
def test_the_whole_or_the_share_of_a_count_goes_with_it(line: str, figure: str, added: str) -> None:
    assert base_of(line, figure) == added


def framed(sheet: Sheet, x: float, y: float, lines: list[tuple[str, float]]) -> None:
    """A box with lines of text of these sizes, from the top."""
    for edge in (y, y + 90):
        sheet.rule(edge, x, x + 120)
    for edge in (x, x + 120):
        sheet.upright(edge, y, y + 90)
    at = y + 8
    for text, size in lines:
        sheet.text(x + 10, at, text, size=size)
        at += size + 12


def test_all_that_a_box_holds_is_of_its_tile() -> None:
    sheet = Sheet(size=9)
    framed(sheet, 60, 100, [("Requests received", 9), ("63", 22), ("58 in May", 7)])
    framed(sheet, 200, 100, [("Plans maintained", 9), ("2,104", 22), ("Target 2,000", 7)])
    framed(sheet, 340, 100, [("Plans issued in time", 9), ("54.1%", 9), ("Target 60%", 7)])
    assert [texts(table) for table in find_cards(sheet.read())] == [
        [["Requests received", ""], ["", "63"], ["in May", "58"]],
        [["Plans maintained", ""], ["", "2,104"], ["Target", "2,000"]],
        [["Plans issued in time", ""], ["", "54.1%"], ["Target", "60%"]],
    ], "the third has a figure in a ring, no larger than its caption"


def test_a_label_over_the_figure_and_small_print_under_it() -> None:
    sheet = Sheet(size=9)
    sheet.paragraph(60, 50, ["A few words at the usual size, and some more of them"] * 3)
    for x, caption, figure, note in (
        (60, "Plans kept up", "4,512", "Target 4,000"),
        (220, "New plans made", "390", "Previous 344"),
    ):
        sheet.text(x, 120, caption)
        sheet.text(x, 132, figure, size=22)
        sheet.text(x, 157, note, size=8)
    assert [texts(table) for table in find_cards(sheet.read())] == [
        [["Plans kept up", ""], ["", "4,512"], ["Target", "4,000"]],
        [["New plans made", ""], ["", "390"], ["Previous", "344"]],
    ]


def test_headings_of_a_slide_are_larger_than_its_tiles_not_than_each_other() -> None:
    sheet = Sheet(size=9)
    sheet.text(60, 40, "Board pack", size=20)
    sheet.text(60, 70, "Headlines, March 2025", size=14)
    framed(sheet, 60, 100, [("Requests received", 9), ("63", 22), ("58 in May", 7)])
    framed(sheet, 200, 100, [("Plans maintained", 9), ("2,104", 22), ("Target 2,000", 7)])
    read = sheet.read()
    placed = Sections().place(read, tables_on(read))
    assert [table.headings for table in placed] == [("Board pack", "Headlines, March 2025")] * 2


def observed(packs: Packs, title: str, headings: tuple[str, ...], *figures: tuple[str, str]) -> list[Observation]:
    cells = [Cell(row=0, column=0, text=title), Cell(row=0, column=1)]
    for number, pair in enumerate(figures, 1):
        cells += [Cell(row=number, column=column, text=text) for column, text in enumerate(pair)]
    table = Table(
        table_id="t", document_id="d", cells=tuple(cells), rows=len(figures) + 1, columns=2, method="card",
        headings=headings,
    )  # fmt: skip
    return from_card(table, DOCUMENT, Facts(council="Essex", data_date=date(2025, 9, 30)), packs)[0]


TITLES = [
    # title of the tile                              slide                    first and last day
    ("EHC plans at 30 September", "Quarter 2 2025/26", "2025-09-30/2025-09-30"),
    ("EHC plans (30 June)", "Quarter 2 2025/26", "2025-06-30/2025-06-30"),
    ("EHC plans at the end of September", "Quarter 2 2025/26", "2025-09-30/2025-09-30"),
    ("EHC plans in September", "Quarter 2 2025/26", "2025-09-01/2025-09-30"),
    ("EHC plans at 30 December", "Quarter 2 2025/26", "2024-12-30/2024-12-30"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "slide", "days"), TITLES)
def test_days_and_months_of_no_year_in_a_title(packs: Packs, title: str, slide: str, days: str) -> None:
    [found] = observed(packs, title, ("Board", slide), ("", "3,402"))
    assert f"{found.period_start}/{found.period_end}" == days


NAMED = [
    # heading of the slide          name of the figure        role        first and last day
    ("Quarter 2 2025/26", "in Q1", "actual", "2025-04-01/2025-06-30"),
    ("Quarter 1 2025/26", "Q4", "actual", "2025-01-01/2025-03-31"),
    ("Quarter 2 2025/26", "from … last quarter", "actual", "2025-04-01/2025-06-30"),
    ("Headlines, March 2025", "Up from … a year earlier", "actual", "2024-03-01/2024-03-31"),
    ("Headlines, March 2025", "last year", "actual", "2024-03-01/2024-03-31"),
    ("Headlines, March 2025", "Feb 2025", "actual", "2025-02-01/2025-02-28"),
    ("Headlines, March 2025", "Year to date", "actual", "2024-04-01/2025-03-31"),
    ("Headlines, March 2025", "up … since March 2024", "change", "2024-03-01/None"),
    ("Headlines, March 2025", "England", "benchmark", "2024-01-01/2024-12-31"),
]  # fmt: skip


@pytest.mark.parametrize(("slide", "name", "role", "days"), NAMED)
def test_figures_named_beside_the_tiles_own(packs: Packs, slide: str, name: str, role: str, days: str) -> None:
    text = "46% (2024)" if name == "England" else "190"
    found = observed(packs, "Plans in independent special schools", (slide,), ("", "212"), (name, text))[-1]
    assert (found.role, f"{found.period_start}/{found.period_end}") == (role, days)


def test_a_title_states_role_and_day_of_its_figure(packs: Packs) -> None:
    [found] = observed(packs, "Forecast DSG deficit\n31 March 2025", (), ("", "£18.6m"))
    assert (found.kpi, found.role, str(found.period_end)) == ("dsg_cumulative_deficit_gbp", "forecast", "2025-03-31")


def test_a_count_with_its_share_is_a_count(packs: Packs) -> None:
    count, share = observed(packs, "EHC plans in mainstream schools", ("March 2025",), ("", "1,288 (37.9%)"))
    assert (count.value, count.unit, count.kpi) == (1288, "count", "ehcp_mainstream_count")
    assert (share.value, share.unit, share.kpi) == (37.9, "percent", "ehcp_mainstream_pct")


@pytest.mark.parametrize(
    ("slide", "days"),
    [
        ("Demand in September", "2025-09"),
        ("Demand in December", "2024-12"),
        ("Position at 30 June 2025", "2025-06"),
        ("Partnership board, 14 October 2025", "None"),
    ],
)
def test_a_month_over_a_slide_is_the_last_of_its_name_in_the_data(packs: Packs, slide: str, days: str) -> None:
    [found] = observed(packs, "New EHC plans issued", ("Data pack", slide), ("", "54"))
    assert str(found.period_start)[:7] == days


def test_a_caption_to_the_right_of_its_figure() -> None:
    sheet = Sheet(size=9)
    sheet.paragraph(60, 50, ["A few words at the usual size, and some more of them"] * 3)
    for x, figure, upper, lower in (
        (60, "1,288", "children with plans in", "mainstream schools"),
        (300, "256", "in special", "schools"),
    ):
        sheet.text(x, 120, figure, size=24)
        right = next(word.x1 for word in sheet.read().words if word.text == figure) + 8
        sheet.text(right, 122, upper)
        sheet.text(right, 134, lower)
    assert [texts(table) for table in find_cards(sheet.read())] == [
        [["children with plans in mainstream schools", ""], ["", "1,288"]],
        [["in special schools", ""], ["", "256"]],
    ]


def test_two_figures_in_one_box_share_its_heading() -> None:
    sheet = Sheet(size=9)
    framed(sheet, 60, 100, [("Annual reviews", 9)])
    framed(sheet, 260, 100, [("Requests received", 9), ("63", 22)])
    for x, figure, caption in ((70, "212", "completed"), (130, "71%", "on time")):
        sheet.text(x, 135, figure, size=20)
        sheet.text(x, 158, caption)
    assert [texts(table) for table in find_cards(sheet.read())] == [
        [["Requests received", ""], ["", "63"]],
        [["Annual reviews completed", ""], ["", "212"]],
        [["Annual reviews on time", ""], ["", "71%"]],
    ]


def test_the_cells_of_a_grid_can_be_tiles() -> None:
    sheet = Sheet(size=9)
    for y in (100, 190, 280):
        sheet.rule(y, 60, 360)
    for x in (60, 210, 360):
        sheet.upright(x, 100, 280)
    cells = (
        (64, 100, "EHC plans maintained", "4,212", "Previous 4,105"),
        (214, 100, "Plans issued in time", "51.0%", "Target 60%"),
        (64, 190, "Annual reviews in date", "78%", "Target 75%"),
        (214, 190, "Tribunal appeals", "92", "Previous 74"),
    )
    for x, y, caption, figure, note in cells:
        sheet.text(x, y + 14, caption)
        sheet.text(x, y + 28, figure, size=20)
        sheet.text(x, y + 60, note, size=8)
    found = tables_on(sheet.read())
    assert [table.method for table in found] == ["card"] * 4
    assert sorted(texts(table)[0][0] for table in found) == sorted(caption for _, _, caption, *_ in cells)
    assert {texts(table)[1][1] for table in found} == {"4,212", "51.0%", "78%", "92"}

# ruff: noqa: E501 - a case is a line
"""Rules, edges and zones: what of a page's lines shows, what they frame, what parts a page."""

from __future__ import annotations

from pages import Sheet, box, page, typed, word

from sendparse.model import Fill, Ruling
from sendparse.tables import tables_on
from sendparse.tables.borderless import find_borderless
from sendparse.tables.charts import without_axes
from sendparse.tables.edges import visible_rulings
from sendparse.tables.frames import find_frames, horizontal_rules, level_pieces
from sendparse.tables.lines import text_lines
from sendparse.tables.paragraphs import running_text
from sendparse.tables.ruled import find_ruled
from sendparse.tables.sides import open_sides
from sendparse.tables.sideways import sideways
from sendparse.tables.zones import split_zones

GREY, WHITE = (0.7, 0.7, 0.7), (1.0, 1.0, 1.0)


def edges(fill: Fill) -> list[Ruling]:
    """The edges that the reader gives for a painted rectangle."""
    b = fill.box
    sides = (
        (b.x0, b.top, b.x1, b.top),
        (b.x0, b.bottom, b.x1, b.bottom),
        (b.x0, b.top, b.x0, b.bottom),
        (b.x1, b.top, b.x1, b.bottom),
    )
    return [
        Ruling(x0=x0, top=y0, x1=x1, bottom=y1, colour=fill.colour, from_rectangle=True) for x0, y0, x1, y1 in sides
    ]


def showing(*fills: Fill, rulings=()) -> set[tuple[float, float, float, float]]:
    on = page(fills=fills, rulings=[*rulings, *(edge for fill in fills for edge in edges(fill))])
    return {(r.x0, r.top, r.x1, r.bottom) for r in visible_rulings(on)}


# ---- edges.py


def test_the_seam_of_two_fills_of_one_colour_does_not_show():
    upper, lower = Fill(box=box(100, 100, 200, 110), colour=GREY), Fill(box=box(100, 110, 200, 120), colour=GREY)
    assert (100, 110, 200, 110) not in showing(upper, lower)
    assert (100, 100, 200, 100) in showing(upper, lower)


def test_a_gap_between_fills_shows():
    upper, lower = Fill(box=box(100, 100, 200, 110), colour=GREY), Fill(box=box(100, 110.8, 200, 120), colour=GREY)
    assert {(100, 110, 200, 110), (100, 110.8, 200, 110.8)} <= showing(upper, lower)


def test_white_on_white_does_not_show_and_white_on_grey_does():
    white = Fill(box=box(120, 105, 180, 115), colour=WHITE)
    assert showing(white) == set()
    assert (120, 105, 180, 105) in showing(Fill(box=box(100, 100, 200, 120), colour=GREY), white)


def test_a_drawn_line_stays_whatever_its_colour():
    line = Ruling(x0=100, top=110, x1=200, bottom=110, width=0.5, colour=WHITE)
    assert (100, 110, 200, 110) in showing(rulings=[line])


# ---- sides.py


def test_open_sides_are_closed_where_rules_end_above_each_other():
    flat = [(100.0, 60.0, 400.0), (120.0, 60.0, 400.0), (140.0, 60.0, 400.0)]
    upright = [(200.0, 100.0, 140.0), (300.0, 100.0, 140.0)]
    assert sorted(open_sides(flat, upright)) == [
        (60.0, 100.0, 120.0),
        (60.0, 120.0, 140.0),
        (400.0, 100.0, 120.0),
        (400.0, 120.0, 140.0),
    ]


def test_rules_without_column_lines_and_closed_grids_get_no_sides():
    flat = [(100.0, 60.0, 400.0), (120.0, 60.0, 400.0)]
    assert open_sides(flat, []) == []
    assert open_sides(flat, [(60.0, 100.0, 120.0), (200.0, 100.0, 120.0), (400.0, 100.0, 120.0)]) == []


# ---- stacked.py and inner.py, through the ruled finder


def framed(rows: list[float], columns: list[float]) -> Sheet:
    sheet = Sheet(size=9)
    for y in rows:
        sheet.rule(y, columns[0], columns[-1])
    for x in columns:
        sheet.upright(x, rows[0], rows[-1])
    return sheet


def test_figures_stacked_in_one_ruled_row_are_rows():
    sheet = framed([100, 116, 160, 176], [60, 200, 300])
    sheet.row(103, [(64, "Country"), (290, "Fund", "right")])
    for n, (name, value) in enumerate((("Alba", "2.3"), ("Brig", "0.2"), ("Cora", "8.8"))):
        sheet.row(120 + 13 * n, [(64, name), (290, value, "right")])
    sheet.row(163, [(64, "Total"), (290, "11.3", "right")])
    assert [table.grid() for table in find_ruled(sheet.read())] == [
        [["Country", "Fund"], ["Alba", "2.3"], ["Brig", "0.2"], ["Cora", "8.8"], ["Total", "11.3"]]
    ]


def test_a_text_over_three_lines_and_a_figure_with_its_share_stay_one_row():
    sheet = framed([100, 116, 160], [60, 200, 300])
    sheet.row(103, [(64, "Step"), (290, "Done", "right")])
    for n, line in enumerate(("The panel met and", "agreed that all of it", "is to be done")):
        sheet.text(64, 120 + 13 * n, line)
    sheet.row(120, [(290, "12", "right")])
    sheet.row(133, [(290, "(40%)", "right")])
    (table,) = find_ruled(sheet.read())
    assert (table.rows, table.columns) == (2, 2)


def test_a_ruled_cell_that_holds_columns_of_figures_is_read_by_its_white():
    sheet = framed([100, 120, 160, 200, 240], [60, 180, 186, 500])
    sheet.row(104, [(64, "Service"), (240, "Budget", "right"), (300, "Change", "right"), (320, "Why")])
    for n, (name, budget, change, why) in enumerate(
        (
            ("Fostering", "10.1", "0.8", "More children in care"),
            ("Homes", "22.4", "2.6", "Dearer places"),
            ("Short breaks", "4.0", "-0.2", "Fewer nights taken"),
        )
    ):
        sheet.row(136 + 40 * n, [(64, name), (240, budget, "right"), (300, change, "right"), (320, why)])
    on = sheet.read()
    assert find_ruled(on) == []
    (table,) = find_borderless(on)
    assert table.grid()[1] == ["Fostering", "10.1", "0.8", "More children in care"]


# ---- frames.py


def frames_of(on):
    lines = text_lines([w for w in on.words if set(w.text) != {"~"}])
    return find_frames(horizontal_rules(level_pieces(visible_rulings(on))), lines, running_text(lines))


def test_rules_of_one_width_frame_a_table_and_a_caption_ends_it():
    on = typed(
        "~~~~~~~~~~~~~~~~~~~~~~~~\nArea      2021    2022\n~~~~~~~~~~~~~~~~~~~~~~~~\nNorth       12      14\n~~~~~~~~~~~~~~~~~~~~~~~~\nTable 2: Others\n~~~~~~~~~~~~~~~~~~~~~~~~\nArea      2021    2022\n~~~~~~~~~~~~~~~~~~~~~~~~"
    )
    assert [len(frame.ys) for frame in frames_of(on)] == [3, 2]


def test_rules_round_running_text_are_no_frame():
    text = "all who have given advice get the draft of the plan and may\nsay what they think of it before it is made final by the team"
    assert frames_of(typed(f"{'~' * 60}\n{text}\n{'~' * 60}")) == []


# ---- zones.py


def zones(on):
    lines = text_lines(on.words)
    return [
        [line.text for line in zone]
        for zone in split_zones(list(on.words), lines, horizontal_rules(level_pieces(visible_rulings(on))), [])
    ]


def test_columns_of_running_text_are_read_one_after_the_other():
    left = [
        "the panel meets each week and looks at",
        "all requests that came in since it met",
        "so that nobody waits for longer than",
        "the six weeks that the rules allow for",
    ]
    right = [
        "when a request was agreed the team has",
        "ten weeks to gather the advice that a",
        "plan must be built upon and to send it",
        "to those who care for the child in time",
    ]
    drawing = "\n".join(f"{a:44}{b}" for a, b in zip(left, right, strict=True))
    assert zones(typed(drawing)) == [left, right]


def test_the_white_inside_a_table_parts_nothing():
    on = typed(
        "Area            2021      2022\nNorth             12        14\nSouth             13        15\nEast              11        10\nWest               9         8"
    )
    assert len(zones(on)) == 1


# ---- charts.py


def test_the_ticks_of_an_axis_are_set_aside_and_years_are_kept():
    ticks = [word(str(100 - 20 * n), 60, 100 + 30 * n) for n in range(5)]
    years = [word(str(2019 + n), 60, 400 + 14 * n) for n in range(5)]
    left, _ = without_axes([*ticks, *years])
    assert left == years


def test_a_column_that_counts_in_tens_beside_figures_is_kept():
    ages = [word(str(10 * n), 60, 100 + 14 * n) for n in range(1, 6)]
    values = [word(str(7 * n + n * n), 160, 100 + 14 * n) for n in range(1, 6)]
    left, charts = without_axes([*ages, *values])
    assert len(left) == 10 and charts == []


def test_the_labels_of_bars_are_no_table():
    sheet = Sheet()
    for n, values in enumerate(((30.5, 49.0, 20.4), (29.7, 48.6, 21.7), (28.7, 46.3, 25.0))):
        sheet.text(80, 100 + 24 * n, f"Group {n}")
        for k, value in enumerate(values):
            sheet.text(150 + 120 * k, 100 + 24 * n, str(value))
    for n in range(11):
        sheet.text(130 + 36 * n, 180, f"{10 * n}%")
    assert tables_on(sheet.read()) == []


# ---- sideways.py


def test_a_table_that_lies_on_its_side_is_read_and_put_back_in_place():
    sheet = Sheet()
    rows = [("Area", "2021", "2022"), ("North area", "12", "13"), ("South area", "22", "23"), ("East area", "32", "33")]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            sheet.steep(100 + 14 * r, 700 - 120 * c, text)
    on = sheet.read()
    (table,) = tables_on(on)
    assert table.grid() == [list(row) for row in rows]
    assert table.box is not None and table.box.x0 < 110 < table.box.x1 and table.box.bottom > 690
    cell = next(cell for cell in table.cells if cell.text == "33")
    assert cell.box is not None and cell.box.top < 470 < cell.box.bottom + 20


def test_an_upright_page_is_not_turned():
    assert sideways(typed("Area   2021\nNorth    12")) is None

# ruff: noqa: E501 - a case is a line
"""KPI cards and tiles: found on the page, read as observations."""

from __future__ import annotations

import csv

import pytest
from pages import Sheet, texts, word

from sendparse.model import Document, Facts, Page
from sendparse.observe.from_card import from_card
from sendparse.tables import tables_on
from sendparse.tables.cards import cards_from, is_name, named_figures
from sendparse.tables.ruled import find_ruled
from sendparse.tables.tiles import find_cards

FACTS = Facts(council="Northshire", council_code="E10000001", la_code="301")


def card_sheet(fields: list[tuple[str, ...]], *, title="Share of plans issued within 20 weeks", rating="RED") -> Sheet:
    """A box: title and rating, an empty row for a chart, a row with as many cells as `fields`."""
    sheet = Sheet(size=10)
    for y in (100, 130, 230, 250):
        sheet.rule(y, 60, 540)
    for x in (60, 540):
        sheet.upright(x, 100, 250)
    sheet.upright(480, 100, 130)
    sheet.fill(480.5, 100.5, 539.5, 129.5, (0.75, 0, 0))
    sheet.text(66, 108, title)
    sheet.text(490, 106, rating)
    for number, words in enumerate(fields):
        left = 60 + 480 * number / len(fields)
        if number:
            sheet.upright(left, 230, 250)
        sheet.text(left + 8, 235, ", ".join(words))
    return sheet


def cards(page: Page) -> list[list[list[str]]]:
    return [texts(table) for table in cards_from(find_ruled(page), page) if table.method == "card"]


def test_a_boxed_card_becomes_title_rating_and_named_figures():
    sheet = card_sheet([("Latest: 51%",), ("Target: 60%", "Floor 55%"), ("Previous: 48% (Red)",)])
    assert cards(sheet.read()) == [
        [
            ["Share of plans issued within 20 weeks", "RED"],
            ["Latest", "51%"],
            ["Target", "60%"],
            ["Floor", "55%"],
            ["Previous", "48% (Red)"],
        ]
    ]


SPELLINGS = [
    # as printed                             names and figures                                     why
    ("Target:180", [("Target", "180")], "no space"),
    ("Previous 5,473", [("Previous", "5,473")], "no colon, a comma in the number"),
    ("Target: 97%, Floor: 90%", [("Target", "97%"), ("Floor", "90%")], "two in a cell"),
    ("England average 49.1% | Statistical neighbours 47%", [("England average", "49.1%"), ("Statistical neighbours", "47%")], "benchmarks"),
    ("Last quarter: £1.2m", [("Last quarter", "£1.2m")], "money"),
    ("Actual 17 weeks", [("Actual", "17 weeks")], "a unit in words"),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "pairs", "why"), SPELLINGS)
def test_spellings_of_named_figures(printed, pairs, why):
    sheet = card_sheet([("Latest: 51",), (printed,)])
    assert [tuple(row) for row in cards(sheet.read())[0][2:]] == pairs, why


def test_names_over_their_figures_make_a_card_too():
    sheet = Sheet(size=10)
    for y in (100, 125, 145, 165):
        sheet.rule(y, 60, 420)
    for x in (60, 420):
        sheet.upright(x, 100, 165)
    for x in (180, 300):
        sheet.upright(x, 125, 165)
    sheet.text(66, 106, "Children waiting for an assessment")
    sheet.row(130, [(70, "Actual"), (190, "Target"), (310, "Previous quarter")])
    sheet.row(150, [(70, "212"), (190, "150"), (310, "230")])
    assert cards(sheet.read()) == [
        [["Children waiting for an assessment", ""], ["Actual", "212"], ["Target", "150"], ["Previous quarter", "230"]]
    ]


def test_a_table_of_indicators_is_no_card():
    sheet = Sheet(size=10)
    for y in (100, 120, 140, 160):
        sheet.rule(y, 60, 420)
    for x in (60, 240, 330, 420):
        sheet.upright(x, 100, 160)
    sheet.row(104, [(64, "Measure"), (250, "Target"), (340, "Actual")])
    sheet.row(124, [(64, "Plans in 20 weeks"), (250, "60%"), (340, "51%")])
    sheet.row(144, [(64, "Annual reviews in time"), (250, "75%"), (340, "78%")])
    assert cards(sheet.read()) == []


@pytest.mark.parametrize(
    "name", ["Latest", "Target 2024/25", "Floor standard", "Previous quarter", "England average", "Q3 actual"]
)
def test_names_of_figures(name):
    assert is_name(name)


@pytest.mark.parametrize("text", ["Plans issued", "Children in care", "97%", ""])
def test_what_names_no_figure(text):
    assert not is_name(text)


# ---- tiles


def tile_sheet(tiles) -> Sheet:
    sheet = Sheet(size=9)
    sheet.paragraph(
        60, 60, ["This page shows how we are doing for children and young people.", "It is made anew each year."]
    )
    for number, (figure, *caption) in enumerate(tiles):
        x = 60 + 130 * (number % 4)
        y = 120 + 110 * (number // 4)
        sheet.text(x, y, figure, size=20, bold=True)
        sheet.paragraph(x, y + 24, caption)
    return sheet


def test_large_figures_over_captions():
    sheet = tile_sheet(
        [
            ("51.2%", "of plans issued", "within 20 weeks", "(2023/24)"),
            ("312", "requests for an", "assessment in 2023", "Target 280"),
            ("18.5 weeks", "on average to", "issue a plan"),
        ]
    )
    assert [texts(table) for table in find_cards(sheet.read())] == [
        [["of plans issued within 20 weeks (2023/24)", ""], ["", "51.2%"]],
        [["requests for an assessment in 2023", ""], ["", "312"], ["Target", "280"]],
        [["on average to issue a plan", ""], ["", "18.5 weeks"]],
    ]


def test_captions_over_the_figures():
    sheet = Sheet(size=9)
    sheet.paragraph(60, 50, ["A few words at the usual size, and some more of them"] * 3)
    for x, caption, figure in ((60, "Plans kept up", "4,512"), (220, "New plans made", "390")):
        sheet.text(x, 120, caption)
        sheet.text(x, 132, figure, size=22)
    assert [texts(table) for table in find_cards(sheet.read())] == [
        [["Plans kept up", ""], ["", "4,512"]],
        [["New plans made", ""], ["", "390"]],
    ]


NO_TILES = {
    "headings with numbers": [("1 Introduction", "The panel met each", "week of the term"), ("2 Findings", "Most plans were", "late again")],
    "steps that are counted": [("1", "Ask for an", "assessment"), ("2", "Give your", "views"), ("3", "Get the draft", "plan")],
    "years": [("2022", "the year of the", "inspection"), ("2023", "the year of the", "new plan")],
    "one figure alone": [("51%", "of plans issued", "in time")],
}  # fmt: skip


@pytest.mark.parametrize("name", NO_TILES)
def test_what_makes_no_tiles(name):
    assert find_cards(tile_sheet(NO_TILES[name]).read()) == []


# ---- observations


def observed(page: Page, packs):
    document = Document(document_id="d", file="paper.pdf", format="pdf", pages=(page,))
    out = []
    for table in tables_on(page, "d"):
        if table.method == "card":
            observations, problems = from_card(table, document, FACTS, packs)
            assert not problems
            out += observations
    return out


def test_figures_of_a_card_have_their_roles_and_only_the_latest_its_rating(packs):
    sheet = card_sheet([("Latest: 51%",), ("Target: 60%", "Floor 55%"), ("Previous: 48% (Amber)",)])
    rows = observed(sheet.read(), packs)
    assert [(r.value, r.unit, r.role, r.rag, "previous" in r.flags) for r in rows] == [
        (51.0, "percent", "actual", "red", False),
        (60.0, "percent", "target", "", False),
        (55.0, "percent", "floor", "", False),
        (48.0, "percent", "actual", "amber", True),
    ]
    assert {(r.kpi_label, r.source, r.council, r.page) for r in rows} == {
        ("Share of plans issued within 20 weeks", "card", "Northshire", 1)
    }
    assert all(r.period_label == "" and r.period_start is None for r in rows)
    assert rows[0].kpi.startswith("ehcp_20wk")


def test_a_floor_above_the_target_says_that_less_is_better(packs):
    fewer = card_sheet([("Latest: 34%",), ("Target: 25%", "Floor: 30%")], title="Share of reviews that wait")
    more = card_sheet([("Latest: 51%",), ("Target: 60%", "Floor: 55%")])
    assert {r.flags for r in observed(fewer.read(), packs)} == {"lower_is_better"}
    assert {r.flags for r in observed(more.read(), packs)} == {"higher_is_better"}


def test_a_unit_is_stated_once_for_the_card_or_by_its_title(packs):
    sheet = card_sheet([("Latest: 5,201",), ("Previous: 5,473",)], title="Number of children with a plan")
    assert [(r.value, r.unit) for r in observed(sheet.read(), packs)] == [(5201.0, "count"), (5473.0, "count")]


def test_a_benchmark_on_a_card_is_one(packs):
    sheet = card_sheet([("Latest: 51%",), ("England average: 46.4%",)])
    last = observed(sheet.read(), packs)[-1]
    assert (last.role, last.benchmark, last.area_type, last.rag) == ("benchmark", "national", "england", "")


def test_a_period_in_the_caption_dates_the_tile(packs):
    sheet = tile_sheet(
        [("51.2%", "of plans issued", "within 20 weeks", "(2023/24)"), ("312", "new requests", "in March 2024")]
    )
    first, second = observed(sheet.read(), packs)
    assert (first.period_label, str(first.period_end)) == ("2023/24", "2024-03-31")
    assert (second.period_label, str(second.period_start)) == ("March 2024", "2024-03-01")


def test_every_figure_of_the_real_cards(shared, packs):
    """Title, latest, target, floor, previous and its rating, as printed; nothing from the charts."""
    from sendparse.read import read_document
    from sendparse.tables import find_tables

    name = "kent-quarterly-performance-report-q3-2024-25-pages-1-16.pdf"
    document = read_document(shared / "real" / name)
    found = {}
    for table in find_tables(document)[0]:
        if table.method == "card":
            rows, problems = from_card(table, document, FACTS, packs)
            assert not problems
            by = {("previous" if "previous" in r.flags else r.role): r for r in rows}
            assert len(rows) == len(by) == 4
            found[table.page, rows[0].kpi_label] = (
                by["actual"].rag.upper(),
                *(by[role].value_text.split()[0] for role in ("actual", "target", "floor", "previous")),
            )
            assert by["actual"].trend and by["previous"].rag and not by["actual"].period_start
    with (shared / "gold" / "kent_cards_pages_9_16.tsv").open(encoding="utf-8", newline="") as lines:
        gold = {
            (int(row["pdf_page"]), row["kpi"]): (
                row["rag"],
                row["latest"],
                row["target"],
                row["floor"],
                row["previous"],
            )
            for row in csv.DictReader(lines, delimiter="\t")
        }
    assert found == gold


BEFORE_NAMES = [
    ("Latest: 97%", ["Latest"], "nothing stands before it"),
    ("and Latest: 97%; Target 90%", ["Latest", "Target"], "a word that joins cells"),
    ("& | AND, Target: 90%", ["Target"], "signs round such a word"),
    ("Progress. Latest: 97%", [], "a title"),
    ("Andover Latest: 97%", [], "a word that begins as one that joins"),
    ("(Target 90%)", [], "a bracket"),
    ("½ Target 90%", [], "another figure"),
]


@pytest.mark.parametrize(("text", "names", "why"), BEFORE_NAMES)
def test_what_may_stand_before_the_first_name(text, names, why):
    words = [word(part, 50 + 40 * n, 100) for n, part in enumerate(text.split())]
    assert [figure.name for figure in named_figures(words, Page(number=1, width=600, height=800))] == names, why

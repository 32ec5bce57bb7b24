"""One layout for each rule of structure, and each rule broken: the layout must show it.

Drawn in the manner of statistical reports and council papers; none is taken from a paper.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import pytest
from pages import Sheet, grid, texts

from sendparse.tables import tables_on

Layout = Callable[[], tuple[Sheet, list[str]]]
FIGURES = [["402", "455", "9"], ["211", "236", "12"], ["3,144", "3,363", "7"], ["182", "177", "88"]]
LABELS = ["Plans issued", "Plans ceased", "Plans maintained", "Placed outside the area"]


def found(sheet: Sheet) -> list[list[list[str]]]:
    return [texts(table) for table in tables_on(sheet.read())]


def columns(sheet: Sheet, y: float, cells: list[str], xs: tuple[float, ...] = (60, 260, 330, 400)) -> None:
    """A row: its label at the left edge, figures set to the right ones."""
    sheet.row(y, [(x, text, "left" if n == 0 else "right") for n, (x, text) in enumerate(zip(xs, cells, strict=True))])


def rules_over_totals() -> tuple[Sheet, list[str]]:
    sheet = Sheet()
    columns(sheet, 100, ["", "2022", "2023", "2024"])
    for number, group in enumerate(("Assets:", "Debts:")):
        y = 114 + 66 * number
        sheet.text(60, y, group)
        columns(sheet, y + 12, ["Schools", "8,250", "765", "43"])
        columns(sheet, y + 24, ["Early years", "1,024", "353", "5"])
        for x in (220, 300, 370):
            sheet.rule(y + 37, x, x + 45)
        columns(sheet, y + 40, ["Total", "9,274", "1,118", "48"])
    return sheet, [
        """ | 2022 | 2023 | 2024
        Assets: | | |
        Schools | 8,250 | 765 | 43
        Early years | 1,024 | 353 | 5
        Total | 9,274 | 1,118 | 48
        Debts: | | |
        Schools | 8,250 | 765 | 43
        Early years | 1,024 | 353 | 5
        Total | 9,274 | 1,118 | 48"""
    ]


def signs_in_columns_of_their_own() -> tuple[Sheet, list[str]]:
    sheet = Sheet()
    columns(sheet, 100, ["", "2022", "2023", "2024"])
    for number, (label, figures) in enumerate(zip(LABELS, FIGURES, strict=True)):
        y = 114 + 12 * number
        columns(sheet, y, [label + "." * (30 - len(label)), *figures])
        if number in (0, 3):
            sheet.row(y, [(212, "$"), (290, "$"), (370, "$")])
    return sheet, [
        "\n".join(
            [" | 2022 | 2023 | 2024"]
            + [
                " | ".join([f"{label}{'.' * (30 - len(label))}", *(f"$ {f}" if n in (0, 3) else f for f in figures)])
                for n, (label, figures) in enumerate(zip(LABELS, FIGURES, strict=True))
            ]
        )
    ]


def columns_close_to_each_other() -> tuple[Sheet, list[str]]:
    sheet = Sheet(size=10)
    rows = [["11.5", "85.7", "49.9"], ["82.7", "98.0", "74.2"], ["59.8", "39.1", "32.7"], ["15.0", "12.2", "15.7"]]
    xs = (60, 200, 223.7, 247.4)
    columns(sheet, 100, ["Area", "Q1", "Q2", "Q3"], xs)
    for number, figures in enumerate(rows):
        columns(sheet, 114 + 12 * number, [LABELS[number], *figures], xs)
    return sheet, ["Area | Q1 | Q2 | Q3\n" + "\n".join(" | ".join([a, *b]) for a, b in zip(LABELS, rows, strict=True))]


def a_group_set_to_the_middle() -> tuple[Sheet, list[str]]:
    sheet = Sheet()
    columns(sheet, 100, ["Measure", "2022", "2023", "2024"])
    for number, (label, figures) in enumerate(zip(LABELS, FIGURES, strict=True)):
        columns(sheet, 114 + 12 * number + 14 * (number > 1), [label, *figures])
    sheet.text(230, 139, "Panel B: plans open at the end of the year", align="centre")
    return sheet, []


def a_unit_under_all_headings() -> tuple[Sheet, list[str]]:
    sheet = Sheet()
    columns(sheet, 100, ["Year", "Receipts", "Outlays", "Surplus"])
    sheet.text(310, 111, "(millions of pounds)", align="centre")
    sheet.rule(123, 60, 400)
    for number, figures in enumerate(FIGURES):
        columns(sheet, 126 + 12 * number, [str(1985 + number), *figures])
    return sheet, []


def lines_between_columns_alone() -> tuple[Sheet, list[str]]:
    sheet = Sheet()
    rows = [["Date", "Event", "Place"], ["June 28", "Workshop", "Denver"], ["March 1", "Hearing", "Atlanta"]]
    rows += [["May 6", "Final rule", "Denver"], ["July 9", "Site visit", "Portland"]]
    for number, cells in enumerate(rows):
        sheet.row(100 + 14 * number + 3 * bool(number), list(zip((64, 164, 264), cells, strict=True)))
    for y in (97, 114, 172):
        sheet.rule(y, 60, 340)
    for x in (160, 260):
        sheet.upright(x, 97, 172)
    return sheet, ["\n".join(" | ".join(row) for row in rows)]


def lines_between_columns_of_lists() -> tuple[Sheet, list[str]]:
    sheet = Sheet()
    rows = [["Date", "Event", "Place"], ["June 28", "Workshop", "Denver"], ["March 1", "Hearing", "Atlanta"]]
    rows += [["May 6", "Final rule", ""], ["July 9", "", "Portland"]]
    for number, cells in enumerate(rows):
        pieces = [(x, text) for x, text in zip((64, 164, 264), cells, strict=True) if text]
        sheet.row(100 + 14 * number + 3 * bool(number), pieces)
    for y in (97, 114, 172):
        sheet.rule(y, 60, 340)
    for x in (60, 160, 260, 340):
        sheet.upright(x, 97, 172)
    return sheet, ["\n".join(" | ".join(row) for row in rows)]


def rows_of_texts_in_groups() -> tuple[Sheet, list[str]]:
    sheet = Sheet()
    pool = ["Water", "Transport", "Housing", "Energy"], ["Required", "Voluntary"], ["North", "South"], ["High", "Low"]
    rows = [["Sector", "Basis", "Region", "Need"]]
    rows += [[words[number % len(words)] for words in pool] for number in range(12)]
    for number, cells in enumerate(rows):
        sheet.row(100 + 13 * number + 3 * bool(number), list(zip((60, 160, 260, 360), cells, strict=True)))
    for number in (1, 5, 9, 13):
        sheet.rule(98 + 13 * number + 2, 58, 420)
    return sheet, ["\n".join(" | ".join(row) for row in rows)]


def headings_that_come_again() -> tuple[Sheet, list[str]]:
    sheet = Sheet()
    xs = (60, 200, 250, 300, 350, 400, 450)
    sheet.row(100, [(182, "Urban"), (332, "Rural")])
    sheet.row(
        112, [(60, "Area"), *[(x - 18, text) for x, text in zip(xs[1:], ["Rate", "Cost", "Mean"] * 2, strict=True)]]
    )
    for number, figures in enumerate(FIGURES):
        columns(sheet, 126 + 12 * number, [LABELS[number], *figures, *figures], xs)
    return sheet, []


def labels_round_their_values() -> tuple[Sheet, list[str]]:
    sheet = Sheet()
    columns(sheet, 100, ["Question", "Yes", "No", "None"])
    asked = [
        ("Persons who could not get the care", "that they needed in the year?"),
        ("Schools that were looked at once in", "the five years before that?"),
    ]
    for number, (one, two) in enumerate(asked * 2):
        y = 118 + 30 * number
        sheet.text(60, y, one)
        columns(sheet, y + 5, ["", *FIGURES[number]])
        sheet.text(60, y + 10, two)
    rows = [f"{one} {two} | {' | '.join(FIGURES[n])}" for n, (one, two) in enumerate(asked * 2)]
    return sheet, ["Question | Yes | No | None\n" + "\n".join(rows)]


def two_tables_in_one_stack() -> tuple[Sheet, list[str]]:
    sheet = Sheet()
    wanted = []
    for number, title in enumerate(
        ("Indicator 1: Limits of the debt that may be taken up", "Indicator 2: Costs of the debt that was taken up")
    ):
        y = 100 + 100 * number
        sheet.text(60, y, title, bold=True)
        sheet.fill(58, y + 20, 410, y + 34, (0.75, 0.75, 0.75))
        columns(sheet, y + 22, ["", "23-24", "24-25", "25-26"])
        columns(sheet, y + 38, ["Debts of schools", "946", "1,261", "1,271"])
        columns(sheet, y + 50, ["Debts of others", "179", "168", "179"])
        wanted.append(
            " | 23-24 | 24-25 | 25-26\nDebts of schools | 946 | 1,261 | 1,271\nDebts of others | 179 | 168 | 179"
        )
    return sheet, wanted


def reasons_between_rules() -> tuple[Sheet, list[str]]:
    sheet = Sheet()
    reason = [
        "It is due to a rise in the use of it by us",
        "as we are not able to get as many of them",
        "as we had in the plan at the end of May, so",
        "some of it is to be met by an aid of £4.5m",
        "and it is not known if it is to go on to June.",
    ]
    rows = ["Service | Budget | Variance | Cause | Reason"]
    heads = [(60, "Service"), (180, "Budget"), (220, "Variance"), (265, "Cause"), (340, "Reason")]
    sheet.row(100, heads, bold=True)
    sheet.rule(96, 56, 530)
    sheet.rule(114, 56, 530)
    for number, label in enumerate(LABELS):
        y = 118 + 66 * number
        sheet.paragraph(340, y, reason)
        sheet.text(60, y, label)
        sheet.row(y + 27, [(205, FIGURES[number][0], "right"), (250, FIGURES[number][2], "right")])
        sheet.paragraph(265, y + 16, ["More placed", "than before", "in care"])
        sheet.rule(y + 60, 56, 530)
        rows.append(
            f"{label} | {FIGURES[number][0]} | {FIGURES[number][2]} | More placed than before in care | {' '.join(reason)}"
        )
    return sheet, ["\n".join(rows)]


def rows_shaded_in_one_piece() -> tuple[Sheet, list[str]]:
    sheet = Sheet()
    rows = [["Sector", "Basis", "Region", "Need"], ["Water", "Required", "North", "High"]]
    rows += [["Transport", "Voluntary", "South", "Low"], ["Housing", "Required", "West", "Low"]]
    for number, cells in enumerate(rows):
        y = 100 + 16 * number
        sheet.row(y + 3, list(zip((64, 164, 264, 364), cells, strict=True)))
        sheet.rule(y, 60, 440)
        for x in (60, 440) if number % 2 else (60, 160, 260, 360, 440):
            sheet.upright(x, y, y + 16)
    sheet.rule(164, 60, 440)
    return sheet, ["\n".join(" | ".join(row) for row in rows)]


def names_on_a_map() -> tuple[Sheet, list[str]]:
    sheet = Sheet()
    for n, (x, y) in enumerate(
        [(80, 100), (210, 101), (333, 99), (131, 113), (262, 112), (401, 113), (97, 125), (243, 126), (371, 124)]
    ):
        sheet.text(x, y, ["Barton", "14", "Ashby", "27", "Corley", "9", "Dunham", "31", "Eaton"][n])
    return sheet, []


EXACT: list[Layout] = [
    rules_over_totals,
    signs_in_columns_of_their_own,
    columns_close_to_each_other,
    lines_between_columns_alone,
    lines_between_columns_of_lists,
    rows_of_texts_in_groups,
    labels_round_their_values,
    two_tables_in_one_stack,
    reasons_between_rules,
    rows_shaded_in_one_piece,
    names_on_a_map,
]


@pytest.mark.parametrize("layout", EXACT, ids=lambda layout: layout.__name__)
def test_layout(layout: Layout) -> None:
    sheet, wanted = layout()
    assert found(sheet) == [grid(table) for table in wanted]


def spans(sheet: Sheet) -> dict[str, tuple[int, int]]:
    """First column and number of columns of each cell over several."""
    return {c.text: (c.column, c.column_span) for t in tables_on(sheet.read()) for c in t.cells if c.column_span > 1}


SPANNING: list[tuple[Layout, dict[str, tuple[int, int]]]] = [
    (a_group_set_to_the_middle, {"Panel B: plans open at the end of the year": (0, 4)}),
    (a_unit_under_all_headings, {"(millions of pounds)": (1, 3)}),
    (headings_that_come_again, {"Urban": (1, 3), "Rural": (4, 3)}),
]


@pytest.mark.parametrize(("layout", "wanted"), SPANNING, ids=lambda value: getattr(value, "__name__", ""))
def test_cells_over_several_columns(layout: Layout, wanted: dict[str, tuple[int, int]]) -> None:
    assert spans(layout()[0]) == wanted


def _nothing(*_: Any, **__: Any) -> None:
    return None


def _no(*_: Any, **__: Any) -> bool:
    return False


RULES: list[tuple[str, Callable[..., Any], Layout]] = [
    # rule broken                              put in its place          layout that shows it
    ("tables.regions._joined",                 _nothing,                 rules_over_totals),
    ("tables.lines._is_row_of_figures",        _no,                      columns_close_to_each_other),
    ("tables.stacked._are_listed",             _no,                      lines_between_columns_of_lists),
    ("tables.rows._begin_anew",                _no,                      rows_of_texts_in_groups),
    ("tables.downward._Down.labels_values",    _no,                      labels_round_their_values),
    ("tables.runs.Around.part_frame",          lambda _, frame, *__: frame, two_tables_in_one_stack),
    ("tables.ruled.part_spans",                list,                     rows_shaded_in_one_piece),
    ("tables.evidence._is_scattered",          _no,                      names_on_a_map),
]  # fmt: skip
SPAN_RULES: list[tuple[str, Callable[..., Any], int]] = [
    ("tables.structure._centred",              lambda placed, *_: placed, 0),
    ("tables.structure.over_all",              _nothing,                 1),
    ("tables.structure.over_repeated",         _nothing,                 2),
]  # fmt: skip


def broken(monkeypatch: pytest.MonkeyPatch, rule: str, instead: Callable[..., Any]) -> None:
    owner, _, name = f"sendparse.{rule}".rpartition(".")
    module, _, kind = owner.rpartition(".")
    target = getattr(importlib.import_module(module), kind) if kind[:1].isupper() or kind[:2] == "_D" else None
    monkeypatch.setattr(target or importlib.import_module(owner), name, instead)


@pytest.mark.usefixtures("interpreted")
@pytest.mark.parametrize(("rule", "instead", "layout"), RULES)
def test_a_broken_rule_is_noticed(
    monkeypatch: pytest.MonkeyPatch, rule: str, instead: Callable[..., Any], layout: Layout
) -> None:
    sheet, wanted = layout()
    broken(monkeypatch, rule, instead)
    assert found(sheet) != [grid(table) for table in wanted]


@pytest.mark.usefixtures("interpreted")
@pytest.mark.parametrize(("rule", "instead", "place"), SPAN_RULES)
def test_a_broken_rule_of_spans_is_noticed(
    monkeypatch: pytest.MonkeyPatch, rule: str, instead: Callable[..., Any], place: int
) -> None:
    layout, wanted = SPANNING[place]
    broken(monkeypatch, rule, instead)
    assert spans(layout()[0]) != wanted

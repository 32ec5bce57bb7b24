"""Boxes with a large figure on a web page are read as cards; lists, steps and prices are not."""

from __future__ import annotations

import pytest

from sendparse.model import Document, Table
from sendparse.packs import Packs
from sendparse.pipeline import Options, parse_document
from sendparse.read import read_bytes
from sendparse.tables import find_tables

TILES = [
    ("Plans issued in 20 weeks", "64.2%", "Target 60%"),
    ("Children with a plan", "5,312", "Feb 5,288"),
    ("SEND Tribunal appeals", "19", "Feb 22"),
]


def paper(body: str) -> Document:
    html = f"<html><body><main><h1>Dashboard for March 2025</h1><p>This is what we measure each month.</p>{body}</main></body></html>"
    return read_bytes(html.encode(), file="page.html")


def cards(body: str) -> list[Table]:
    return [table for table in find_tables(paper(body))[0] if table.method == "card"]


HEADED = "".join(f"<div class=t><h3>{name}</h3><div>{figure}</div><p>{note}</p></div>" for name, figure, note in TILES)
FIGURE_FIRST = "".join(
    f"<li><strong>{figure}</strong><br><span>{name}</span><p>{note}</p></li>" for name, figure, note in TILES
)
WRAPPED = "".join(
    f"<div class=col><div><div><p>{name}</p><p>{figure}</p></div><p>{note}</p></div></div>"
    for name, figure, note in TILES
)


@pytest.mark.parametrize(
    "body", [f"<div>{HEADED}</div>", f"<ul>{FIGURE_FIRST}</ul>", f"<section><div>{WRAPPED}</div></section>"]
)
def test_boxes_alike_with_one_figure_each_are_cards(body: str) -> None:
    found = [
        [[cell.text for cell in card.cells if cell.row == row] for row in range(card.rows)] for card in cards(body)
    ]
    assert found == [
        [[TILES[0][0]], ["64.2%"], ["Target", "60%"]],
        [[TILES[1][0]], ["5,312"], ["Feb", "5,288"]],
        [[TILES[2][0]], ["19"], ["Feb", "22"]],
    ]


def test_each_figure_stands_where_it_says(packs: Packs) -> None:
    document = paper(f"<div>{HEADED}</div>")
    outcome = parse_document(document, packs, Options(council="Essex", strict=True))
    read = {(o.value_text, o.role, str(o.period_end)) for o in outcome.observations}
    assert read >= {("64.2%", "actual", "2025-03-31"), ("60%", "target", "2025-03-31"), ("22", "actual", "2025-02-28")}
    for observation in outcome.observations:
        assert observation.char_start is not None
        assert document.text[observation.char_start : observation.char_end] == observation.value_text


@pytest.mark.parametrize(
    "body",
    [
        "<div><div><b>1</b><p>Ask for an assessment</p></div><div><b>2</b><p>We decide in 6 weeks</p></div></div>",
        "<div><div><h3>2023</h3><p>The plan was agreed</p></div><div><h3>2024</h3><p>The plan was renewed</p></div></div>",
        "<div><div><h3>Plans issued</h3><p>64.2%</p></div></div>",
        "<ul><li>64.2% of plans were issued in time</li><li>19 appeals were registered</li></ul>",
        "<div><div><h3>Plans</h3><p>64%</p><p>58%</p></div><div><h3>Appeals</h3><p>19</p><p>22</p></div></div>",
        f"<div><div><p>64%</p><p>{'A long account of what was done. ' * 9}</p></div><div><p>19</p><p>Appeals made</p></div></div>",
    ],
)
def test_what_is_no_tile(body: str) -> None:
    assert cards(body) == []


def test_the_whole_of_a_count_goes_with_it() -> None:
    body = "<div><div><p>Open cases late</p><p>31</p><p>of 412 open cases</p></div><div><p>Appeals made</p><p>19</p></div></div>"
    first = cards(body)[0]
    assert [cell.text for cell in first.cells] == ["Open cases late", "31 of 412"]


def test_figures_under_their_names_are_small_print() -> None:
    tiles = "".join(
        f"<div><h3>{name}</h3><p>{figure}</p><div>Target</div><div>60%</div><div>Last month</div><div>58%</div></div>"
        for name, figure in (("Plans in time", "64%"), ("Reviews in time", "71%"))
    )
    found = [[cell.text for cell in card.cells] for card in cards(f"<div>{tiles}</div>")]
    assert found[0] == ["Plans in time", "64%", "Target", "60%", "Last month", "58%"]
    assert len(found) == 2


def test_a_target_in_brackets_behind_the_label_is_small_print() -> None:
    tiles = "".join(
        f"<div><p>{figure}</p><p>{name} (target 60%)</p></div>"
        for name, figure in (("Plans in time", "64%"), ("Reviews", "71%"))
    )
    assert [[cell.text for cell in card.cells] for card in cards(f"<div>{tiles}</div>")] == [
        ["Plans in time", "64%", "target", "60%"],
        ["Reviews", "71%", "target", "60%"],
    ]

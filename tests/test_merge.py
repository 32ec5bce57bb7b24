"""One place, one figure."""

from __future__ import annotations

from sendparse.model import Observation
from sendparse.observe.merge import merge


def row(identity: str, source: str, **more: object) -> Observation:
    return Observation(observation_id=identity, source=source, value=1.0, value_text="1", **more)  # type: ignore[arg-type]


def test_the_cell_wins_over_the_sentence_at_the_same_spot() -> None:
    cell, prose = row("a", "table", char_start=7), row("b", "narrative", char_start=7)
    assert merge([prose, cell]) == [cell]


def test_two_statements_in_two_places_are_two_rows() -> None:
    first, second = row("a", "narrative", char_start=7), row("b", "narrative", char_start=70)
    assert merge([second, first]) == [first, second]


def test_on_a_page_the_box_is_the_spot() -> None:
    place = {"page": 2, "x0": 10.2, "top": 20.4}
    cell, prose = row("a", "table", **place), row("b", "narrative", **(place | {"x0": 10.4}))
    other = row("c", "narrative", **(place | {"top": 90.0}))
    assert merge([other, prose, cell]) == [cell, other]


def test_two_figures_of_one_cell_stay_two() -> None:
    high, low = row("a", "table", char_start=7), row("b", "table", char_start=7)
    assert merge([high, low]) == [high, low]


def test_the_order_is_that_of_the_page_whatever_came_first() -> None:
    rows = [row(str(n), "narrative", page=n // 3 + 1, top=float(n % 3), x0=1.0) for n in range(9)]
    assert merge(rows[::-1]) == rows

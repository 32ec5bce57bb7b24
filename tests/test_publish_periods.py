"""Periods as columns and as what a user asks for."""

from __future__ import annotations

from datetime import date

import pytest
from comparing import caseload, day, figure, month, year

from sendparse.errors import InputError
from sendparse.publish.periods import Span, month_of, read_window, span_of

NAMES = [
    # first day      last day          basis             name                   why
    ("2024-01-01", "2024-12-31", "calendar_year", "2024", "a year"),
    ("2023-04-01", "2024-03-31", "financial_year", "2023/24 financial", "which of two slash years"),
    ("2023-09-01", "2024-08-31", "academic_year", "2023/24 academic", "the other"),
    ("2024-02-01", "2024-02-29", "month", "Feb 2024", "a whole month"),
    ("2024-01-01", "2024-03-31", "quarter", "Jan-Mar 2024", "whole months"),
    ("2023-11-01", "2024-01-31", "other", "Nov 2023-Jan 2024", "whole months over a new year"),
    ("2024-01-18", "2024-01-18", "snapshot", "18 Jan 2024", "a day"),
    ("2024-01-18", "2024-02-03", "other", "18 Jan 2024 to 3 Feb 2024", "anything else"),
]


@pytest.mark.parametrize(("start", "end", "basis", "name", "why"), NAMES)
def test_names_of_columns(start: str, end: str, basis: str, name: str, why: str) -> None:
    assert Span(date.fromisoformat(end), date.fromisoformat(start), basis).name == name, why


WINDOWS = [
    # asked            inside                          outside                       why
    ("2024", ("2024-01-01", "2024-12-31"), ("2023-12-01", "2024-01-31"), "the whole period must lie inside"),
    ("2024-05", ("2024-05-01", "2024-05-31"), ("2024-06-01", "2024-06-30"), "a month"),
    ("2023/24", ("2023-09-01", "2024-08-31"), ("2023-01-01", "2023-12-31"), "an academic year"),
    ("2023-24", ("2023-04-01", "2024-03-31"), ("2024-09-01", "2024-09-30"), "or a financial one"),
    ("2023/2024", ("2023-04-01", "2024-03-31"), ("2025-04-01", "2025-04-30"), "four digits"),
    ("2022..2023-06", ("2022-01-01", "2023-06-30"), ("2023-01-01", "2023-12-31"), "from and to"),
    ("Q3 2024/25", ("2024-10-01", "2024-12-31"), ("2025-01-01", "2025-03-31"), "as papers write it"),
    ("2024-01-18", ("2024-01-18", "2024-01-18"), ("2024-01-01", "2024-01-31"), "a day"),
]


@pytest.mark.parametrize(("asked", "inside", "outside", "why"), WINDOWS)
def test_what_a_window_keeps(asked: str, inside: tuple[str, str], outside: tuple[str, str], why: str) -> None:
    window = read_window(asked)
    for (first, last), kept in ((inside, True), (outside, False)):
        span = Span(date.fromisoformat(last), date.fromisoformat(first), "other")
        assert window.holds(span) is kept, why


@pytest.mark.parametrize("asked", ["", "soon", "2024-13-01", "2025..2024", "2023/26"])
def test_no_period(asked: str) -> None:
    with pytest.raises(InputError, match="--period"):
        read_window(asked)


def test_what_is_counted_on_a_day_stands_in_its_month() -> None:
    on_a_day = caseload("886", 4453, **day(2025, 1, 16))
    assert (
        span_of(on_a_day, stock=True)
        == month_of(date(2025, 1, 31))
        == span_of(caseload("886", 1, **month(2025, 1)), stock=True)
    )
    assert span_of(on_a_day, stock=False) == Span(date(2025, 1, 16), date(2025, 1, 16), "snapshot")


OPEN = [
    {"period_start": None},
    {"period_end": None},
    {"period_start": date(2024, 1, 1), "period_end": date(2023, 1, 1)},
]


@pytest.mark.parametrize("changes", OPEN)
def test_a_period_without_an_end_is_no_column(changes: dict[str, object]) -> None:
    assert span_of(figure("886", 1.0, **{**year(2023), **changes}), stock=False) is None

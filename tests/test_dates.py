"""Days and years."""

from __future__ import annotations

from datetime import date

import pytest

from sendparse.tag import dates


@pytest.mark.parametrize(
    ("first", "kind", "expected"),
    [
        (2023, "financial", (date(2023, 4, 1), date(2024, 3, 31))),
        (2023, "academic", (date(2023, 9, 1), date(2024, 8, 31))),
        (2023, "calendar", (date(2023, 1, 1), date(2023, 12, 31))),
    ],
)
def test_years(first, kind, expected) -> None:
    assert dates.year(first, kind) == expected


def test_the_fourth_quarter_lies_in_the_next_year() -> None:
    assert dates.quarter(2022, 4) == (date(2023, 1, 1), date(2023, 3, 31))


def test_a_window_of_whole_months() -> None:
    assert dates.window(date(2025, 1, 31), 12) == (date(2024, 2, 1), date(2025, 1, 31))
    assert dates.window(date(2025, 1, 15), 12) == (date(2024, 1, 16), date(2025, 1, 15))


def test_the_end_of_february_stays_one() -> None:
    assert dates.shifted((date(2024, 2, 1), date(2024, 2, 29)), -1) == (date(2023, 2, 1), date(2023, 2, 28))
    assert dates.shifted((date(2023, 2, 1), date(2023, 2, 28)), 1) == (date(2024, 2, 1), date(2024, 2, 29))


def test_terms_of_an_academic_year() -> None:
    assert dates.term_in("spring", 2024) == (date(2025, 1, 1), date(2025, 3, 31))
    assert dates.term_in("autumn", 2024) == (date(2024, 9, 1), date(2024, 12, 31))


def test_no_such_day() -> None:
    assert dates.valid(31, 2, 2024) is None

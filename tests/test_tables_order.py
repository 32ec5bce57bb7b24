"""Numbers in their order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from random import Random
from statistics import median as standard

from sendparse.tables.order import ascending, median, no_greater, smaller


def numbers() -> list[list[float]]:
    chance = Random(7)
    return [[chance.choice([-1.5, 0.0, 2.0, 2.25, 9.0]) for _ in range(count)] for count in range(1, 40)]


def test_places_among_ascending_numbers() -> None:
    for some in numbers():
        some.sort()
        for number in (*some, -9.0, 1.0, 2.1, 99.0):
            assert no_greater(some, number) == bisect_right(some, number)
            assert smaller(some, number) == bisect_left(some, number)
    assert no_greater([], 1.0) == smaller([], 1.0) == 0


def test_the_middle_and_the_order() -> None:
    for some in numbers():
        assert median(some) == standard(some)
        assert ascending(some) == sorted(range(len(some)), key=lambda n: some[n])

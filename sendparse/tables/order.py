"""Numbers in their order: the middle one, the places from the smallest on, where one more would stand.

In: numbers. Out: their median, told without the checks of the standard library, since lines and gaps ask for it all the
time; where the smallest stands, the next, and so on, which mostly is the order that they have; or how many are smaller, as
`bisect` tells it, which compiled code does quicker by itself.
"""

from __future__ import annotations


def median(values: list[float]) -> float:
    """The middle number, or halfway between the middle two. Raises ValueError where there are none."""
    count = len(values)
    if count == 1:
        return values[0]
    if count == 0:
        raise ValueError("no median of nothing")
    ordered, place = sorted(values), count // 2
    return ordered[place] if count % 2 else (ordered[place - 1] + ordered[place]) / 2


def no_greater(values: list[float], most: float) -> int:
    """How many of some ascending numbers are no greater than one."""
    low, high = 0, len(values)
    while low < high:
        middle = (low + high) // 2
        if values[middle] <= most:
            low = middle + 1
        else:
            high = middle
    return low


def smaller(values: list[float], least: float) -> int:
    """How many of some ascending numbers are smaller than one."""
    low, high = 0, len(values)
    while low < high:
        middle = (low + high) // 2
        if values[middle] < least:
            low = middle + 1
        else:
            high = middle
    return low


def ascending(values: list[float]) -> list[int]:
    """The places of numbers from the smallest on, those alike as they come."""
    for place in range(1, len(values)):
        if values[place] < values[place - 1]:
            return sorted(range(len(values)), key=values.__getitem__)
    return list(range(len(values)))

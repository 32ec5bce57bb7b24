"""The middle one of some numbers, as the standard library tells it, without its checks: lines and gaps ask for it all the time.

In: numbers. Out: their median. Raises ValueError where there are none.
"""

from __future__ import annotations


def median(values: list[float]) -> float:
    """The middle number, or halfway between the middle two."""
    count = len(values)
    if count == 1:
        return values[0]
    if count == 0:
        raise ValueError("no median of nothing")
    ordered, place = sorted(values), count // 2
    return ordered[place] if count % 2 else (ordered[place - 1] + ordered[place]) / 2

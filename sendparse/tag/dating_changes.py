"""The period of a change: what lies between two dated levels, or that of the level it leads to.

In: the figures of a sentence with the periods that date them so far. Out: the same, with the changes dated. Changes whose
levels stand in the sentence before are the work of handing.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sendparse.model import Period, Value
from sendparse.tag.parts import Part
from sendparse.tag.role_words import Role
from sendparse.tag.set_beside import is_compared_with


def changes(
    text: str, values: Sequence[Value], own_parts: Sequence[Part], given: Sequence[Role], out: list[Period | None]
) -> list[Period | None]:
    """A change between two dated levels of a stock spans both; between two flows it is dated by the later one."""
    for number, role in enumerate(given):
        if role.name != "change":
            continue
        mine = own_parts[number]
        period = out[number]
        if period is not None and mine.start <= period.text_start < mine.end:
            following = out[number + 1 : number + 3]
            if _BETWEEN.search(text, 0, period.text_start) and len(following) == 2 and spanned(*following) is not None:
                out[number] = spanned(*following)
            elif is_compared_with(text, period, of_change=True) and period.text_start >= values[number].end:
                out[number] = _of_the_level(text, period, given, out[:number])
            elif period.start and period.end is None and (closed := _last_closed(out[:number])) is not None:
                out[number] = replace(period, end=closed.end, inferred=True)  # "951 in March, a fall of 302 since May"
            continue
        if (base := _base_behind(text, values[number], out[number + 1 : number + 3])) is not None:
            out[number] = _of_the_level(text, base, given, out[:number])
            continue
        ends = [out[n] for n in range(number) if out[n] is not None and given[n].name != "change"]
        if len(ends) >= 2 and (whole := spanned(ends[-2], ends[-1])) is not None:
            points = all(end is not None and end.start == end.end for end in ends[-2:])
            moved = points or _moves(text, values[number].start)
            out[number] = whole if moved else later_of(ends[-2], ends[-1])
    return out


_ON = re.compile(r"\)?\s*(?:\([^()]*\)\s*)?[^\d.;,()]{2,40}")
# "An increase of 9% on the 6,277 held a year earlier": what it counts from stands between.
_ON_A_LEVEL = re.compile(
    r"(?i)\s*(?:\([^()]*\)\s*)?(?:more\s+|less\s+|fewer\s+|higher\s+|lower\s+|up\s+|down\s+)?(?:on|than|from|over|against|compared\s+(?:to|with))\s+(?:the\s+)?£?\d[\d,.]*\w*(?:\s+[^\d.;,()]{0,40})?\s+\(?"
)


def counts_from(text: str, change: Value, period: Period) -> bool:
    """Whether a period behind a change is what it counts from: "6% more than in 2023", "up 22% from 168 in the year before"."""
    if period.text_start < change.end:
        return False
    level = _ON_A_LEVEL.fullmatch(text, change.end, period.text_start) is not None
    return level or is_compared_with(text, period, of_change=True)


def _base_behind(text: str, change: Value, following: Sequence[Period | None]) -> Period | None:
    """As in "412 (8.6%) on the same day in 2024 (4,802)": what a change counts from dates the figure behind it."""
    for period in following:
        if period is None or period.text_start < change.end:
            continue
        if _ON_A_LEVEL.fullmatch(text, change.end, period.text_start):
            return period
        near = _ON.fullmatch(text, change.end, period.text_start) is not None
        return period if near and is_compared_with(text, period, of_change=True) else None
    return None


_BETWEEN = re.compile(r"(?i)\bbetween\s+$")  # "grew by 6% between 31 March 2024 (2,050) and 31 March 2025 (2,173)"


def _of_the_level(text: str, base: Period, given: Sequence[Role], before: Sequence[Period | None]) -> Period | None:
    """As in "265 in Q3, 14.7% higher than in Q2": the change is of the level that was told, or leads up to it since then."""
    if base.start and base.end is None:
        closed = _last_closed(before)
        return replace(base, end=closed.end, inferred=True) if closed is not None else base
    levels = [p for p, role in zip(before, given, strict=False) if p is not None and p.end and role.name != "change"]
    if not levels:
        return base
    points = base.start == base.end and levels[-1].start == levels[-1].end
    return spanned(base, levels[-1]) if points else levels[-1]


def _last_closed(periods: Sequence[Period | None]) -> Period | None:
    return next((p for p in reversed(periods) if p is not None and p.start and p.end), None)


_ARROW = re.compile(r"\s(?:→|▶|►|->|=>)\s")


def _moves(text: str, upto: int) -> bool:
    return (
        _ARROW.search(text, 0, upto) is not None
        or re.search(
            r"(?i)\b(?:ris(?:e|en|ing|es)|rose|grew|grown|increas\w+|fell|fallen|fall|reduc\w+|decreas\w+|improv\w+|from)\b[^.;]{0,40}\b(?:to|from)\b",
            text[:upto],
        )
        is not None
    )


def spanned(first: Period | None, second: Period | None) -> Period | None:
    """From the beginning of the earlier period to the end of the later one."""
    if first is None or second is None or not (first.start and second.start and first.end and second.end):
        return None
    earlier, later = sorted((first, second), key=lambda p: p.start or p.end)  # type: ignore[arg-type, return-value]
    return replace(earlier, end=later.end, label=f"{earlier.label} to {later.label}", basis="other", inferred=True)


def later_of(first: Period | None, second: Period | None) -> Period | None:
    """The one of two periods that ends later."""
    found = [p for p in (first, second) if p is not None and p.end is not None]
    return max(found, key=lambda p: p.end) if found else None  # type: ignore[arg-type, return-value]

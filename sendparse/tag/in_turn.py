"""As many figures as periods, told in the same order: "In 2022, 2023 and 2024 we received 412, 468 and 512 requests".

In: the figures and periods of a sentence. Out: which period each figure of such a run takes. One figure before or behind periods
that follow each other is of all of them: "£3.4m for 2024/25 and 2025/26".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from sendparse.model import Period, Value

_COUPLED = re.compile(
    r"\s*(?:,|&|/|and|,\s*and|then|,\s*then)\s*(?:(?:just|only|about|around|over|nearly|in|to|for|at)\s+){0,2}"
)
_OPENS = re.compile(
    r"(?i)\W*(?:(?:in|for|during|across|over|throughout)\s+)?(?:both\s+)?(?:the\s+)?(?:(?:financial|academic|calendar)\s+years?\s+)?"
)
_BEHIND = re.compile(
    r"\s+(?:[\w-]+\s+){0,4}?(?:in|for|during|at|across|over|by)\s+(?:the\s+)?(?:(?:financial|academic|calendar)\s+years?\s+)?"
)


def in_turn(text: str, values: Sequence[Value], periods: Sequence[Period]) -> dict[int, Period]:
    """The period of each figure that stands in a run of figures as long as the run of periods beside it."""
    figures = _runs(text, [(v.start, v.end) for v in values])
    dated = _runs(text, [(p.text_start, p.text_end) for p in periods])
    if len(dated) != 1 or any(not (periods[n].start or periods[n].end) for n in dated[0]):
        return {}
    run = dated[0]
    fitting = [f for f in figures if len(f) == len(run)]
    if len(fitting) != 1:
        return _of_both(text, values, [periods[n] for n in run]) if not figures else {}
    return dict(zip(fitting[0], (periods[n] for n in run), strict=True))


def _runs(text: str, spans: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Stretches of two and more that only commas and "and" part."""
    out: list[list[int]] = []
    for (first, (_, end)), (second, (start, _)) in pairwise(enumerate(spans)):
        if not _COUPLED.fullmatch(text[end:start]):
            continue
        if out and out[-1][-1] == first:
            out[-1].append(second)
        else:
            out.append([first, second])
    return out


def _of_both(text: str, values: Sequence[Value], run: Sequence[Period]) -> dict[int, Period]:
    """One figure of years or months that follow each other."""
    if len(values) != 1 or not all(_follow(first, second) for first, second in pairwise(run)):
        return {}
    value, last = values[0], run[-1]
    behind = run[0].text_start >= value.end and _BEHIND.fullmatch(text[value.end : run[0].text_start])
    opening = last.text_end <= value.start and _OPENS.fullmatch(text[: run[0].text_start])
    if not (behind or opening):
        return {}
    label = text[run[0].text_start : last.text_end]
    return {0: replace(run[0], end=last.end, label=label, text_end=last.text_end, basis="other")}


def _follow(first: Period, second: Period) -> bool:
    return (
        first.end is not None
        and second.start is not None
        and second.end is not None
        and first.end + timedelta(days=1) == second.start
    )

"""The things that one question asks for, and which of them a figure answers.

In: the line that leads to an answer ("How many requests were received and what percentage were refused?") and a figure of
the answer. Out: the part of the question that the figure answers, then the parts before it, which it may lean on ("of
these"). The unit decides first, then the words beside the figure, then the order.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from sendparse.model import Value

_TURN = re.compile(
    r"(?i)(?:[,;?]?\s+and\s+|[;?]\s+|,\s+)(?=(?:also\s+)?(?:(?:at|for|over|by|to)\s+what\s|of\s+(?:these|those|which)|how\s+(?:many|much|long)|what\s|the\s+(?:number|percentage|proportion|total|average|cost|rate)\b"
    r"|(?:number|percentage|proportion|total|average)\s+(?:of\s|number|cost)|their\s+\w+))"
)
_UNITS = (
    ("percent", re.compile(r"(?i)%|\bper\s?cent\b|\bpercentage|\bproportion|\bshare\b|\brate\b")),
    ("gbp", re.compile(r"(?i)£|\bhow\s+much\b|\bcosts?\b|\bspen[dt]\w*|\bamount\b|\bexpenditure\b|\bbudget\b|\bpaid\b")),
    ("weeks", re.compile(r"(?i)\bhow\s+long\b|\b(?:average|mean|longest)\s+(?:time|wait|length)|\btime\s+taken\b|\bin\s+weeks\b")),
    ("count", re.compile(r"(?i)\bhow\s+many\b|\bnumbers?\b|\btotal\b|\baverage\b")),
)  # fmt: skip
_TIMES = frozenset({"weeks", "days", "months", "years"})


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that is asked for. `unit` is empty when the words do not tell; `before` is what was asked before it."""

    text: str
    unit: str
    before: str = ""


@lru_cache(maxsize=256)
def asks(lead: str) -> tuple[Ask, ...]:
    """What a line asks for, in order; a line that asks for one thing is one Ask."""
    cuts = [match.end() for match in _TURN.finditer(lead)]
    pieces = [lead[a:b] for a, b in zip([0, *cuts], [*cuts, len(lead)], strict=True)]
    out: list[Ask] = []
    for piece in pieces:
        unit = next((unit for unit, words in _UNITS if words.search(piece)), "")
        if out and not (unit and out[-1].unit):  # "Of the children with plans, how many ...": one thing in two breaths
            last = out.pop()
            out.append(Ask(last.text + piece, last.unit or unit, last.before))
            continue
        out.append(Ask(piece, unit, " ".join(ask.text for ask in out)))
    return tuple(out)


_LETTER = re.compile(r"\(([a-h]|[ivx]{1,4})\)\s*")
_MARK = re.compile(r"(?<![\w(])\(?([a-h]|[ivx]{1,4})[.)]\s")


def lettered(lead: str, answer: str, at: int = 0) -> str:
    """What a question with parts (a), (b), (c) asks of a figure of the answer, by the letter that stands last before it."""
    pieces = _LETTER.split(lead)
    if len(pieces) < 5:
        return lead
    marks = [mark[1] for mark in _MARK.finditer(answer, 0, max(at, 8))]
    if not marks or marks[-1] not in pieces[1::2]:
        return lead
    if len(marks) == 1 and _MARK.match(answer.lstrip()) is None:
        return lead
    return f"{pieces[0]}{pieces[2 + 2 * pieces[1::2].index(marks[-1])]}"


def answered(lead: str, value: Value, percent: bool, place: int, speaks: Callable[[str], float]) -> Ask:
    """Which ask a figure answers. `place` counts the figures of the answer; `speaks` weighs the figure's words for a text."""
    found = asks(lead)
    if len(found) == 1:
        return found[0]
    unit = "percent" if percent else "count" if value.unit == "fte" else value.unit
    fits = [ask for ask in found if _fits(ask, unit)] or list(found)
    if len(fits) == 1:
        return fits[0]
    told = [speaks(ask.text) for ask in fits]
    if max(told) > 0 and told.count(max(told)) == 1:
        return fits[told.index(max(told))]
    return fits[min(place, len(fits) - 1)]


def _fits(ask: Ask, unit: str) -> bool:
    return ask.unit == unit or not ask.unit or (ask.unit == "weeks" and unit in _TIMES)

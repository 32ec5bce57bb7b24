"""What the words around a figure claim, and where in the sentence it stands. Wordings are in patterns/checks.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from sendparse.check.paper import Paper
from sendparse.model import Observation

_SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBER = "(?:" + "|".join([r"\d{1,2}", *_SMALL]) + ")"


def number_word(text: str) -> int:
    """7 for "7" and for "seven"."""
    return int(text) if text.isdigit() else _SMALL.index(text.lower())


@lru_cache(maxsize=256)
def compiled(pattern: str) -> re.Pattern[str]:
    """A wording of checks.yaml; {number} stands for a small number in digits or words."""
    return re.compile(pattern.replace("{number}", NUMBER), re.I)


def cues(rules: Mapping[str, Any], group: str, text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Every wording of a group found in a text, in order of place: (name, match)."""
    found = [
        (name, m)
        for name, patterns in rules.get(group, {}).items()
        for p in patterns
        for m in compiled(p).finditer(text)
    ]
    yield from sorted(found, key=lambda pair: (pair[1].start(), -pair[1].end()))


def position(claim: Observation, paper: Paper) -> int:
    """Where in its sentence a claim's figure begins: the n-th of equal figures for the n-th claim that prints it."""
    same = [o for o in [*paper.beside(claim), claim] if o.value_text == claim.value_text]
    same.sort(key=lambda o: paper.place[o.observation_id])
    at = -1
    for other in same:
        at = claim.evidence.find(claim.value_text, at + 1)
        if other.observation_id == claim.observation_id:
            break
    return max(at, 0)


def direction(claim: Observation, paper: Paper) -> int:
    """1 where the sentence speaks of a rise, -1 of a fall, 0 when it does not say or says both at like distance."""
    at = position(claim, paper)
    near: list[tuple[int, int]] = []
    for name, match in cues(paper.rules, "direction", claim.evidence):
        near.append((abs(match.start() - at), 1 if name == "up" else -1))
    return min(near)[1] if near else 0

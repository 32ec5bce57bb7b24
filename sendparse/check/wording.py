"""What the words around a figure claim, and where in the sentence it stands. Wordings are in patterns/checks.yaml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from sendparse.check.paper import Paper
from sendparse.model import Observation
from sendparse.tag.hints import Hinted
from sendparse.tag.wordings import NUMBER_WORDS, ORDINAL_WORDS, month_names

_SMALL = tuple(word for word, value in NUMBER_WORDS.items() if value <= 12)
_ORDINALS = ("zeroth", *ORDINAL_WORDS)
MONTHS = tuple(map(str.lower, month_names()))
_MONTH_YEAR = re.compile(rf"\s*\b({'|'.join(MONTHS)})\b(?:\s+(20\d\d)\b)?", re.I)
_SINCE = Hinted(r"(?i)\bsince\b(?: the)?(?: end of| start of| beginning of)?")
_GOES_ON = re.compile(r"\d|[.,]\d")
NUMBER = "(?:" + "|".join([r"\d{1,2}", *_SMALL]) + ")"
ORDINAL = "(?:" + "|".join([r"\d{1,2}(?:st|nd|rd|th)", *_ORDINALS]) + ")"


def number_word(text: str) -> int:
    """7 for "7", "seven", "7th" and "seventh"."""
    digits = re.match(r"\d+", text)
    if digits:
        return int(digits.group())
    return (_SMALL if text.lower() in _SMALL else _ORDINALS).index(text.lower())


def since(text: str, until: date | None) -> date | None:
    """The first day of the month that follows "since" in a text; one without a year is the last of that name before a day."""
    cut = _SINCE.search(text)
    found = _MONTH_YEAR.match(text, cut.end()) if cut else None
    if found is None:
        return None
    month = MONTHS.index(found[1].lower()) + 1
    if found[2]:
        return date(int(found[2]), month, 1)
    if until is None:
        return None
    return date(until.year if month < until.month else until.year - 1, month, 1)


@lru_cache(maxsize=256)
def compiled(pattern: str) -> Hinted:
    """A wording of checks.yaml; {number} stands for a small number in digits or words, {ordinal} for "third" or "3rd"."""
    return Hinted("(?i)" + pattern.replace("{number}", NUMBER).replace("{ordinal}", ORDINAL))


def cues(paper: Paper, group: str, text: str) -> Sequence[tuple[str, re.Match[str]]]:
    """Every wording of a group found in a text, in order of place: (name, match)."""
    known = paper.read.get((group, text))
    if known is None:
        found = [
            (name, m)
            for name, patterns in paper.rules.get(group, {}).items()
            for p in patterns
            for m in compiled(p).finditer(text)
        ]
        known = paper.read[group, text] = sorted(found, key=lambda pair: (pair[1].start(), -pair[1].end()))
    return known


def position(claim: Observation, paper: Paper) -> int:
    """Where in its sentence a claim's figure begins: the n-th of equal figures for the n-th claim that prints it."""
    return span(claim, paper)[0]


def span(claim: Observation, paper: Paper) -> tuple[int, int]:
    """Where in its sentence a claim's figure begins and ends."""
    key = (claim.observation_id, claim.value_text, claim.evidence)
    known = paper.printed.get(key)
    if known is None:
        printed = " ".join(claim.value_text.split())
        at = _position(claim, printed, paper)
        known = paper.printed[key] = (at, at + len(printed))
    return known


def _position(claim: Observation, printed: str, paper: Paper) -> int:
    same = [o for o in [*paper.beside(claim), claim] if o.value_text == claim.value_text]
    same.sort(key=lambda o: paper.place[o.observation_id])
    at = -1
    for other in same:
        at = claim.evidence.find(printed, at + 1)
        while at >= 0 and _inside_number(claim.evidence, at, at + len(printed)):
            at = claim.evidence.find(printed, at + 1)
        if other.observation_id == claim.observation_id:
            break
    return max(at, 0)


def _inside_number(text: str, start: int, end: int) -> bool:
    """True where the place found is a piece of a longer figure or word: the 5 of "2025"."""
    before, after = text[start - 1 : start], text[end : end + 2]
    return (
        before.isdigit()
        or (before in (".", ",") and text[start - 2 : start - 1].isdigit())
        or bool(_GOES_ON.match(after))
    )


def around(claim: Observation, paper: Paper, reach: int, after: int | None = None) -> str:
    """The words by a claim's figure: so many characters before it, and as many (or `after`) behind it."""
    at, end = span(claim, paper)
    return claim.evidence[max(0, at - reach) : at if after == 0 else end + (reach if after is None else after)]


def says(paper: Paper, group: str, text: str) -> bool:
    """True where a text has one of a group's wordings."""
    wordings = paper.wordings.get(group)
    if wordings is None:
        wordings = paper.wordings[group] = [compiled(pattern) for pattern in paper.rules.get(group, ())]
    return any(wording.search(text) is not None for wording in wordings)


def direction(claim: Observation, paper: Paper) -> int:
    """1 where the words nearest to a figure speak of a rise, -1 of a fall, 0 when the sentence does not say."""
    at = position(claim, paper)
    near: list[tuple[int, int]] = []
    for name, match in cues(paper, "direction", claim.evidence):
        if name in ("up", "down"):
            near.append((abs(match.start() - at), 1 if name == "up" else -1))
    return min(near)[1] if near else 0

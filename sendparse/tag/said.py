"""What the words of one sentence say of a figure by themselves: a percentage, a row of a list, a rule of law, its name.

In: a tagged sentence and one of its figures. Out: yes or no, or words. Which measure a figure is of is the work of link.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sendparse.tag.candidates import Candidate
from sendparse.tag.hints import Hinted
from sendparse.tag.tagged import Tagged

if TYPE_CHECKING:
    from sendparse.tag.link import Link

_FEW = 9  # words
_LEGAL = frozenset({4.0, 6.0, 8.0, 12.0, 15.0, 16.0, 20.0})


_NAME = 7  # words
_BEHIND = re.compile(r"\s*(?:of\s+)?([A-Za-z][\w'’/-]*(?:\s+[A-Za-z][\w'’/-]*){0,6})")
# The words are parted by white space, which must be there: with "\\s*" the search takes seconds on a long sentence.
_BEFORE = re.compile(r"((?:\b[A-Za-z][\w'’/-]*\s+){0,6}\b[A-Za-z][\w'’/-]*)\W*$")
_A_SHARE = Hinted(r"(?i)\b(?:percentage|proportion|per\s?cent)\b|%(?!\d)")
_SIGNED = re.compile(r"\d\s?%")
_LABELLED = re.compile(r"[:–-]\s*[~£]?\d")


def is_listed(tagged: Tagged) -> bool:
    """As in "- Autism: 38%": a short label and its figure."""
    return len(tagged.text.split()) <= _FEW and _LABELLED.search(tagged.text) is not None


def is_a_rule(tagged: Tagged, number: int) -> bool:
    """As in "The legal timeframe is 20 weeks" states the law, no result."""
    value = tagged.values[number]
    return (
        value.unit in {"weeks", "days", "months"}
        and tagged.roles[number].name in {"target", "limit"}
        and value.value in _LEGAL
    )


def says_percent(tagged: Tagged, number: int) -> bool:
    """Whether the words around a bare number make it a percentage."""
    part, value = tagged.parts[number], tagged.values[number]
    if value.unit == "percent":
        return True
    if not _A_SHARE.may_hold(tagged.text):
        return False
    words = tagged.text[part.start : value.start] if value.start > part.start else ""
    whole = tagged.text[part.start : part.end]
    return _A_SHARE.search(words) is not None and _SIGNED.search(whole) is None


def own_words(tagged: Tagged, number: int) -> str:
    """The words right behind (else before) a figure: what the paper calls it."""
    value, part = tagged.values[number], tagged.parts[number]
    after = _BEHIND.match(tagged.text[value.end : part.end])
    if after and len(after[1].split()) > 1:
        return after[1].strip()
    lead = tagged.text[max(part.start, value.start - 120) : value.start]
    before = _BEFORE.search(lead, _last_words(lead))
    return before[1].strip() if before else (after[1].strip() if after else tagged.text[:80])


def _last_words(text: str) -> int:
    """Where the last words of a text begin, as many as a name may have."""
    end = len(text)
    while end and not (text[end - 1].isalnum() or text[end - 1] == "_"):
        end -= 1
    head = text[:end].rsplit(None, _NAME)
    return len(head[0]) if len(head) > _NAME else 0


def words_of(tagged: Tagged, best: Candidate) -> str:
    """The words of the paper that name the measure of a figure."""
    if not best.spans:
        return best.kpi.label
    start, end = min(a for a, _ in best.spans), max(b for _, b in best.spans)
    if end - start > 160 or any(start < v.start < end for v in tagged.values):
        return " ".join(tagged.text[a:b] for a, b in sorted(best.spans))
    return tagged.text[start:end]


_CORRESPONDING = Hinted(
    r"(?i)\bthe\s+(?:corresponding|equivalent|comparable|respective|same)\s+figures\s+(?:were|are|was|stood)\b"
)


def counterparts(tagged: Tagged, number: int, told: Sequence[Link]) -> Sequence[Link]:
    """As in "1,284 requests, of which 1,009 were agreed. In 2024 the corresponding figures were 1,152 and 842": in that order."""
    if not told or _CORRESPONDING.search(tagged.text) is None:
        return ()
    before = [link for link in told if link.tagged is told[-1].tagged]
    same = len(before) == len(tagged.values) and before[number].value.unit == tagged.values[number].unit
    return before[number : number + 1] if same else ()

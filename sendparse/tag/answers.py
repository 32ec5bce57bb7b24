"""Answers in words and lines of a length of time: "How many were there?" - "Nine.", "Average time to a plan" - "2024: 27 weeks".

In: a sentence with the line that leads it, and the figures found in it. Out: the same figures, with the number that the answer
is where the question asks for one and the answer is nothing but a word, and with the weeks of a line whose heading measures them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from sendparse.model import Sentence, Value
from sendparse.tag.value import Scan, scan
from sendparse.tag.wordings import NUMBER_WORDS, TENS_WORDS

_COUNTS = re.compile(r"(?i)\bhow\s+many\b|\bnumber\s+of\b")
_NONE = frozenset({"none", "nil", "zero", "nought"})


@cache
def _bare() -> re.Pattern[str]:
    words = "|".join({*_NONE, *NUMBER_WORDS, *TENS_WORDS})
    return re.compile(rf"(?i)\W*(?:A\s?\d{{0,2}}[.:)]\s+|\(?[a-h][.)]\s+)?(?P<word>{words})\s*\.?\s*")


_MEASURES = re.compile(
    r"(?i)\b(?:average|mean|median|longest)\b|\btime\s+(?:to|taken)\b|\bhow\s+long\b|\bwait(?:s|ing)?\b"
)
_A_LINE = re.compile(r"\W*[^.;]{0,40}?[:–-]?\s*\d[\d.]*\s?(?:weeks?|days?|months?)\W*")
_SAYS = "average: "  # what the heading says, put before the line


def measured(sentence: Sentence, found: Scan) -> Scan:
    """The figures of a line that is a label and a length of time, where the line above says that such are measured."""
    above = f"{sentence.lead} {sentence.headings[-1] if sentence.headings else ''}"
    refused = any(number.reason == "length of time" for number in found.rejected)
    if found.values or not refused or _MEASURES.search(above) is None or _A_LINE.fullmatch(sentence.text) is None:
        return found
    read = scan(_SAYS + sentence.text)
    shift = len(_SAYS)
    values = tuple(replace(v, start=v.start - shift, end=v.end - shift) for v in read.values if v.start >= shift)
    return replace(found, values=values, rejected=()) if values else found


def answered(sentence: Sentence, found: Scan) -> Scan:
    """The figures of a sentence, with the word that answers how many there were."""
    found = measured(sentence, found)
    if found.values or not sentence.lead or len(sentence.text) > _LONGEST:
        return found
    said = _bare().fullmatch(sentence.text)
    if said is None or not _COUNTS.search(sentence.lead):
        return found
    word = said["word"].lower()
    number = 0 if word in _NONE else {**NUMBER_WORDS, **TENS_WORDS}[word]
    start, end = said.span("word")
    value = Value(
        value=float(number), unit="count", text=said["word"], start=start, end=end, flags=("number_word", "bare")
    )
    return replace(found, values=(value,))


_LONGEST = 24  # characters

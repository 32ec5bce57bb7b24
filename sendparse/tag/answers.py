"""Answers in words: "How many judicial reviews were there?" - "None", "Nine."

In: a sentence with the question that it answers, and the figures found in it. Out: the same figures, with the number that the
answer is where the question asks for one and the answer is nothing but a word.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from sendparse.model import Sentence, Value
from sendparse.tag.value import Scan
from sendparse.tag.wordings import NUMBER_WORDS, TENS_WORDS

_COUNTS = re.compile(r"(?i)\bhow\s+many\b|\bnumber\s+of\b")
_NONE = frozenset({"none", "nil", "zero", "nought"})


@cache
def _bare() -> re.Pattern[str]:
    words = "|".join({*_NONE, *NUMBER_WORDS, *TENS_WORDS})
    return re.compile(rf"(?i)\W*(?:A\s?\d{{0,2}}[.:)]\s+|\(?[a-h][.)]\s+)?(?P<word>{words})\s*\.?\s*")


def answered(sentence: Sentence, found: Scan) -> Scan:
    """The figures of a sentence, with the word that answers how many there were."""
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

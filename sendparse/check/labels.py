"""Telling whether a sentence and a row's label name the same thing, for rows that no measure of the vocabulary names.

In: texts. Out: the share of a label's telling words that a text has. A word tells the more, the fewer rows of the paper
have it. This never stands alone: unit, kind of figure and period must agree too, and it may confirm but not accuse.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from math import log

_WORD = re.compile(r"[a-z]+|\d+")
_EMPTY = frozenset(
    """
    a an and as at be been by for from had has have how in into is it its no not number of on or our out over per percent
    percentage rate share than that the their them there these they this those to total was we were which who whose will
    with all each any end period month quarter year annual date figure latest actual
    """.split()  # noqa: SIM905
)
_SAME = {"ehcp": "plan", "ehcps": "plan", "ehc": "plan", "echp": "plan", "youngster": "child", "pupil": "child",
         "children": "child", "lodged": "registered", "received": "receive", "six": "6", "four": "4", "twelve": "12"}  # fmt: skip
_STEM = 5  # letters that two forms of a word share: settled and settlement, education and educational


@lru_cache(maxsize=65536)
def words_of(text: str) -> frozenset[str]:
    """The words of a text without those that tell nothing, each cut to its stem."""
    return frozenset(
        _stem(word) for word in _WORD.findall(text.lower()) if word not in _EMPTY and (len(word) > 1 or word.isdigit())
    )


def _stem(word: str) -> str:
    word = _SAME.get(word, word)
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return _SAME.get(word, word)[:_STEM]


class Weights:
    """How much each word tells apart the labels of one paper."""

    def __init__(self, labels: Iterable[frozenset[str]]) -> None:
        sets = list(labels)
        self._rows = len(sets)
        self._having = Counter(word for words in sets for word in words)

    def covered(self, label: frozenset[str], text: frozenset[str]) -> float:
        """Which share of a label's telling words a text has, from 0 to 1; a label of one plain word needs company."""
        whole = sum(self._weight(word) for word in label)
        return sum(self._weight(word) for word in label & text) / whole if whole else 0.0

    def _weight(self, word: str) -> float:
        return log(1 + self._rows / (self._having[word] or 1))

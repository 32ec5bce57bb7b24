"""Telling whether a sentence and a row's label name the same thing, for rows that no measure of the vocabulary names.

In: texts. Out: the share of a label's telling words that a text has. A word tells the more, the fewer rows of the paper
have it. This never stands alone: unit, kind of figure and period must agree too, and it may confirm but not accuse.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import fsum, log
from typing import Generic, TypeVar

T = TypeVar("T")

_WORD = re.compile(r"[a-z]+|\d+")
_NOTHING = "-"  # the stem of a word that tells nothing
_MOST_KEPT = 100_000
_STEM = 5  # letters that two forms of a word share: settled and settlement, education and educational


class Reader:
    """Takes texts apart. `empty` are words that tell nothing; `same` maps a word to the one it stands for."""

    def __init__(self, empty: Iterable[str], same: Mapping[str, str]) -> None:
        self._known: dict[str, frozenset[str]] = {}
        self._stems = _stems(tuple(empty), tuple(same.items()))

    def words(self, text: str) -> frozenset[str]:
        """The words of a text without those that tell nothing, each cut to its stem."""
        known = self._known.get(text)
        if known is None:
            stems = self._stems.known
            found: set[str] = set()
            for word in _WORD.findall(text.lower()):
                stem = stems.get(word)
                found.add(self._stems.of(word) if stem is None else stem)
            found.discard(_NOTHING)
            known = self._known[text] = frozenset(found)
        return known


class _Stems:
    """What words are cut to; one for all papers."""

    def __init__(self, empty: Iterable[str], same: Iterable[tuple[str, str]]) -> None:
        self._empty = frozenset(map(str, empty))
        self._same = {str(word): str(meant) for word, meant in same}
        self.known: dict[str, str] = {}

    def of(self, word: str) -> str:
        """The stem of a word that is not known yet."""
        empty = word in self._empty or (len(word) == 1 and not word.isdigit())
        stem = _NOTHING if empty else self._cut(word)
        if len(self.known) < _MOST_KEPT:
            self.known[word] = stem
        return stem

    def _cut(self, word: str) -> str:
        word = self._same.get(word, word)
        if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
            word = word[:-1]
        return self._same.get(word, word)[:_STEM]


_stems = lru_cache(maxsize=4)(_Stems)


class Labelled(Generic[T]):
    """Things with a label, by its telling words."""

    def __init__(self, things: Sequence[tuple[T, frozenset[str]]]) -> None:
        self._things = things
        self._having: dict[str, list[int]] = {}
        for place, (_, label) in enumerate(things):
            for word in label:
                self._having.setdefault(word, []).append(place)

    def told_by(self, words: frozenset[str]) -> list[tuple[T, frozenset[str]]]:
        """Those of whose labels two of these words are, not only numbers; with the labels, in the same order."""
        often: dict[int, int] = {}
        for word in words:
            for place in self._having.get(word, ()):
                often[place] = often.get(place, 0) + 1
        found = [self._things[place] for place in sorted([place for place, times in often.items() if times > 1])]
        return [(thing, label) for thing, label in found if not all(map(str.isdigit, label & words))]


class Weights:
    """How much each word tells apart the labels of one paper."""

    def __init__(self, labels: Iterable[frozenset[str]]) -> None:
        sets = list(labels)
        self._rows = len(sets)
        having = Counter(word for words in sets for word in words)
        self._weights = {word: log(1 + self._rows / often) for word, often in having.items()}
        self._strange = log(1 + self._rows)  # of a word that no label has
        self._whole: dict[frozenset[str], float] = {}

    def covered(self, label: frozenset[str], text: frozenset[str]) -> float:
        """Which share of a label's telling words a text has, from 0 to 1."""
        # fsum: a set has no order, and a plain sum would end in another last digit with another order.
        whole = self._whole.get(label)
        if whole is None:
            whole = self._whole[label] = self._weight(label)
        return self._weight(label & text) / whole if whole else 0.0

    def _weight(self, words: frozenset[str]) -> float:
        weights, strange = self._weights, self._strange
        return fsum([weights.get(word, strange) for word in words])

"""What the words of a label tell before its symbols are read.

In: the lexicon, and the symbols that only our subject has. Out: two quick tests, since most labels of most tables are of
other subjects. One without any of the words that names of ours hang on does not name it; one with a word that is in the name
of no part ("of which primary") does not say only which part is meant. What passes a test still has to be read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from sendparse.tag.branching import Tree, only, words_of
from sendparse.tag.wording import BREAKDOWN, LIGHT, Lexicon, fold

_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’][A-Za-z]+)?")  # as the lexicon cuts them
_BY_COMPANY = frozenset({"a", "no", "nos"})  # beside some words the lexicon reads these as others
_NOT_AS_PRINTED = frozenset({"number", "per", "one", "and", "under", "over"})  # what those, and signs, are read as
_MOST_KEPT = 100_000


class LabelWords:
    """The words that names of our subject, and names of parts, are made of."""

    def __init__(self, lexicon: Lexicon, weights: Mapping[str, float]) -> None:
        """`weights`: the symbols that only our subject has, and from which weight on they count."""
        self._folded: dict[str, str] = {}
        self.of = lru_cache(maxsize=4096)(self._of)
        ours = only(lexicon.forms, lambda end: end.weight >= weights.get(end.symbol, end.weight + 1))
        parts = only(lexicon.forms, lambda end: end.kind in (BREAKDOWN, LIGHT))
        self.telling = frozenset(_telling(ours, {}))
        self.of_parts = frozenset(words_of(parts)) | _BY_COMPANY | lexicon.dropped

    def may_name_subject(self, text: str) -> bool:
        """Whether a text holds a word that a name of our subject hangs on."""
        return "" in self.telling or not self.telling.isdisjoint(self.of(text))

    def may_be_part(self, text: str) -> bool:
        """Whether each word of a text is in the name of some part, or is one that does not count."""
        return self.of(text) <= self.of_parts

    def _of(self, text: str) -> frozenset[str]:
        """The words of a text, folded."""
        out: set[str] = set()
        folded = self._folded
        for raw in _WORD.findall(text):
            word = folded.get(raw)
            if word is None:
                word = fold(raw)
                if len(folded) < _MOST_KEPT:
                    folded[raw] = word
            out.add(word)
        return frozenset(out)


def _telling(names: Tree, known: dict[int, set[str]]) -> set[str]:
    """Words of which each of these names has one, long ones rather than short ones; "" where a name has none that is printed."""
    found = known.get(id(names))
    if found is None:
        found = known[id(names)] = set()
        for word, below in names.items():
            here = {word if word.isalpha() and word not in _NOT_AS_PRINTED else ""}
            rest = _telling(below, known) if "" not in below else {""}
            found |= max(here, rest, key=lambda words: min(map(len, words)))
    return found

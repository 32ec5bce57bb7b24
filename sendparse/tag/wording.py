"""Text into symbols: the level below the measures.

In: a label or a stretch of running text. Out: its symbols in order: concepts of words.yaml ("EHC plans", "EHCPs" and
"Education, Health and Care Plans" are one), breakdown values of breakdowns.yaml, and the plain words that some wording
uses; each with the characters it covers. Words without weight and figures are left out, so that "requests received in
November 2024" and "requests received" read alike. Which symbols name a measure is the work of kpi.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sendparse.packs import Packs

_TOKEN = re.compile(
    r"[Nn]os?\.(?=\s*\w)"  # "No. of": the word number, not the word no
    r"|[A-Za-zÀ-ɏ]+(?:['’][A-Za-z]+)?"
    r"|\d+(?:[.,]\d+)*"
    r"|[%£&#+]"
    r"|\.(?=\s+[A-Z(])|[;!?•]|\n\s*\n"
)
_BREAK = frozenset(".;!?•")
_OPTIONAL = re.compile(r"\(([^()]*)\)\s*")
_MACRO = re.compile(r"\{[^{}]*\}")

LIGHT, WORD, CONCEPT, BREAKDOWN, FOREIGN = range(5)


class Item(NamedTuple):
    """One symbol of a text. `weight` says how much it tells; 0 would be no item at all."""

    symbol: str
    kind: int
    weight: float
    start: int
    end: int
    clause: int


@dataclass(frozen=True, slots=True)
class _Entry:
    symbol: str
    kind: int
    weight: float


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Lower case, no possessive, no plural: "EHCPs", "EHCP's" and "EHCP" are one word."""
    word = word.lower().replace("’", "'")
    if word == "&":
        return "and"
    if word.endswith("'s"):
        word = word[:-2]
    word = word.replace("'", "")
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


def tokens(text: str) -> list[str]:
    """The folded words and figures of a wording."""
    return [fold(found) for found in _TOKEN.findall(text) if found[0] not in _BREAK and not found.isspace()]


def spellings(form: str) -> Iterator[str]:
    """A wording with `(optional)` words and `one/two` alternatives, written out."""
    found = _OPTIONAL.search(form)
    if found:
        yield from spellings(form[: found.start()] + found.group(1) + " " + form[found.end() :])
        yield from spellings(form[: found.start()] + form[found.end() :])
        return
    for number, part in enumerate(form.split(" ")):
        if "/" in part and not part.startswith("/") and not part.endswith("/"):
            parts = form.split(" ")
            for choice in part.split("/"):
                yield from spellings(" ".join([*parts[:number], choice.replace("_", " "), *parts[number + 1 :]]))
            return
    yield " ".join(form.split())


class Lexicon:
    """The word lists of the packs, compiled. Plain words count only once a wording uses them (`learn`)."""

    def __init__(self, packs: Packs) -> None:
        words = packs.words
        self._trie: dict[str, Any] = {}
        self.clashes: list[tuple[str, str, str]] = []
        self.drop = {fold(token) for word in words.drop for token in tokens(word)}
        self.known: set[str] = set()
        self.units: dict[str, str] = {}
        for word in words.light:
            self._add(word, _Entry(f"~{word}", LIGHT, 0.1))
        for unit, forms in words.units.items():
            for form in forms:
                for spelling in spellings(form):
                    self.units[" ".join(tokens(spelling))] = unit
                    self._add(spelling, _Entry(f"unit:{unit}", LIGHT, 0.0))
        for concept in words.concepts.values():
            kind = FOREIGN if concept.foreign else CONCEPT
            self._forms(concept.forms, _Entry(concept.name, kind, concept.weight))
            self._forms(concept.weak, _Entry(concept.name, kind, concept.weight * 0.45))
        for breakdown in packs.breakdowns.values():
            plain = [form for form in breakdown.forms if not form.startswith("{")]
            self._forms(plain, _Entry(breakdown.name, BREAKDOWN, 0.6))

    def _forms(self, forms: Iterable[str], entry: _Entry) -> None:
        for form in forms:
            for spelling in spellings(form):
                self._add(spelling, entry)

    def _add(self, form: str, entry: _Entry) -> None:
        node = self._trie
        for token in tokens(form):
            node = node.setdefault(token, {})
        if node is self._trie:
            return
        held = node.get("")
        if held is not None and held.symbol != entry.symbol:
            self.clashes.append((form, held.symbol, entry.symbol))
        if held is None or held.kind == LIGHT or (held.symbol == entry.symbol and held.weight < entry.weight):
            node[""] = entry

    def learn(self, phrase: str) -> tuple[str, ...]:
        """The symbols of a wording: `{concept}` stands for itself, other words are read as a text would be."""
        out: list[str] = []
        last = 0
        for macro in _MACRO.finditer(phrase):
            out.extend(self._learn_words(phrase[last : macro.start()]))
            out.append(macro.group()[1:-1])
            last = macro.end()
        out.extend(self._learn_words(phrase[last:]))
        return tuple(out)

    def _learn_words(self, words: str) -> Iterator[str]:
        for item in self.read(words, keep=True):
            if item.kind == WORD:
                self.known.add(item.symbol)
            yield item.symbol

    def read(self, text: str, *, keep: bool = False) -> list[Item]:
        """The symbols of a text. Words that no wording uses come out as the symbol "?" (with `keep`: as themselves)."""
        spans: list[tuple[str, int, int, int]] = []
        clause = 0
        for found in _TOKEN.finditer(text):
            raw = found.group()
            if raw in _BREAK or raw.isspace():
                clause += 1
            else:
                spans.append((fold(raw), found.start(), found.end(), clause))
        return self._symbols(spans, keep)

    def _symbols(self, spans: list[tuple[str, int, int, int]], keep: bool) -> list[Item]:
        out: list[Item] = []
        trie, drop, known, size = self._trie, self.drop, self.known, len(spans)
        at = 0
        while at < size:
            word, start, end, clause = spans[at]
            node = trie.get(word)
            if node is not None:
                best, after, step = node.get(""), at + 1, at + 1
                while step < size:
                    node = node.get(spans[step][0])
                    if node is None:
                        break
                    step += 1
                    if "" in node:
                        best, after = node[""], step
                if best is not None:
                    out.append(Item(best.symbol, best.kind, best.weight, start, spans[after - 1][2], clause))
                    at = after
                    continue
            at += 1
            if word in drop or word[0].isdigit() or not word[0].isalpha():
                continue
            symbol = word if keep or word in known else "?"
            out.append(Item(symbol, WORD, 0.4, start, end, clause))
        return out

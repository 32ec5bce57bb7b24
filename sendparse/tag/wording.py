"""Text into symbols: the level below the measures.

In: a label or a stretch of running text. Out: its symbols in order: concepts of words.yaml ("EHC plans", "EHCPs" and
"Education, Health and Care Plans" are one), breakdown values of breakdowns.yaml, and the plain words that some wording
uses; each with the characters it covers. Words without weight and figures are left out, so that "requests received in
November 2024" and "requests received" read alike. Which symbols name a measure is the work of kpi.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from math import prod
from typing import Any

from sendparse.packs import Packs
from sendparse.records import quick
from sendparse.tag.branching import Tree, branch, choices, together

_NO_STRETCH = "".join(
    f"(?<!{word} )" for word in ["for", "in", "within", "over", "than", "after", "half", "under", "once"]
)
_BEYOND = "(?:" + "|".join(f"(?<={word} )" for word in ("over", "than", "past", "after", "beyond", "excess of")) + ")"
_TOKEN = re.compile(
    r"(?=[Nna])(?:"  # which few words begin with
    r"(?P<number>\b[Nn]os?(?:\.(?=\s*\w)|(?=\s+(?:of|in)\b)))"  # "No. of", "no of": the word number, not the word no
    rf"|(?P<each>(?=a (?:month|week)\b(?! (?:ago|later|earlier|before|after|of|to)\b))\b{_NO_STRETCH}a)"
    rf"|(?P<one>(?=a year\b){_BEYOND}a))"
    r"|[A-Za-zÀ-ɏ]+(?:['’][A-Za-z]+)?"
    r"|\d+(?:[.,]\d+)*"
    r"|[%£&#+<>≤≥()\[\]]"
    r"|\.(?=\s+[A-Z(])|[;!?•]|\n\s*\n"
)
# "40 a month" is per month, not within one; "more than a year" is one year, not that year.
_OPEN, _CLOSE, _STOP = "(", ")", "\0"
_SPOKEN = {"&": "and", "<": "under", "≤": "under", ">": "over", "≥": "over"}
_NAMED = {"number": "number", "each": "per", "one": "one"}
_SIGNS = frozenset({_OPEN, _CLOSE, _STOP})
_OPTIONAL = re.compile(r"\(([^()]*)\)\s*")
_MACRO = re.compile(r"\{[^{}]*\}")
_VOWEL = re.compile(r"[aeiou]", re.IGNORECASE)

LIGHT, WORD, CONCEPT, BREAKDOWN, FOREIGN = range(5)
UNKNOWN = "?"
_WORD_WEIGHT = 0.4
_BREAKDOWN_WEIGHT = 0.6
_MANY = 200  # spellings of a form that are worth writing out
_BY_THEIR_COMPANY = frozenset({"a", "no", "No", "nos", "Nos"})  # words that are read by those beside them


@quick
@dataclass(frozen=True, slots=True)
class Item:
    """One symbol of a text. `weight` says how much it tells; `aside` is inside brackets; clauses count from 0."""

    symbol: str
    kind: int
    weight: float
    start: int
    end: int
    clause: int
    aside: bool


@dataclass(frozen=True, slots=True)
class _Entry:
    symbol: str
    kind: int
    weight: float


def _by_its_company(text: str, place: int) -> tuple[str, int] | None:
    """What one of the words is read as that hang on those beside them, and where that ends."""
    found = _TOKEN.match(text, place)
    return (_NAMED[found.lastgroup], found.end()) if found is not None and found.lastgroup is not None else None


def _in_c() -> Any:
    """How words are parted in C (_words.c); nothing where there was no compiler, or in a checkout."""
    try:
        return import_module("sendparse.tag._words").words
    except ImportError:
        return None


words_of = _in_c()


def fold(word: str) -> str:
    """Lower case, no possessive, no plural: "EHCPs", "EHCP's" and "EHCP" are one word."""
    if len(word) == 3 and word[2] == "s" and (word[:2].isupper() or not _VOWEL.search(word)):
        return word[:2].lower()  # EPs, LAs, yrs; not was, gas, NHS
    word = word.lower().replace("’", "'")
    if word in _SPOKEN:
        return _SPOKEN[word]
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


def spellings(form: str) -> Iterator[str]:
    """A wording with `(optional)` words and `one/two_words` alternatives, written out, the fullest first."""
    found = _OPTIONAL.search(form)
    if found:
        yield from spellings(f"{form[: found.start()]}{found.group(1)} {form[found.end() :]}")
        yield from spellings(form[: found.start()] + form[found.end() :])
        return
    parts = form.split()
    for number, part in enumerate(parts):
        if "/" in part.strip("/"):
            for choice in part.split("/"):
                yield from spellings(" ".join([*parts[:number], choice, *parts[number + 1 :]]))
            return
    yield " ".join(part if "{" in part else part.replace("_", " ") for part in parts)


def chosen_from(form: str) -> list[list[str]]:
    """The same wording as a row of choices, one of each to be taken; an optional word may be nothing."""
    row: list[list[str]] = []
    last = 0
    for found in _OPTIONAL.finditer(form):
        row += [_choices_of(part) for part in form[last : found.start()].split()]
        row.append([*spellings(found[1]), ""])
        last = found.end()
    return row + [_choices_of(part) for part in form[last:].split()]


def _choices_of(part: str) -> list[str]:
    return [choice.replace("_", " ") for choice in (part.split("/") if "/" in part.strip("/") else [part])]


class Lexicon:
    """The word lists of the packs, compiled. A plain word counts once some wording uses it (`learn`)."""

    def __init__(self, packs: Packs) -> None:
        words = packs.words
        self.clashes: list[tuple[str, str, str]] = []
        self.lost: list[tuple[str, str]] = []
        self._trie: dict[str, Any] = {}
        self._known: set[str] = set()
        self._drop = {fold(word) for word in words.drop}
        self._folded: dict[str, str] = {}
        self._cut = lru_cache(maxsize=512)(self._words)  # a sentence is read with and without the words nobody knows
        for concept in words.concepts.values():
            kind = FOREIGN if concept.foreign else CONCEPT
            self._forms(concept.forms, _Entry(concept.name, kind, concept.weight))
            self._forms(concept.weak, _Entry(concept.name, kind, concept.weight * concept.weak_weight))
        for breakdown in packs.breakdowns.values():
            plain = [form for form in breakdown.forms if not form.startswith("{")]
            self._forms(plain, _Entry(breakdown.name, BREAKDOWN, _BREAKDOWN_WEIGHT))
        for sure, units in (("unit", words.units), ("maybe", words.maybe_units)):
            for unit, forms in units.items():
                self._forms(forms, _Entry(f"{sure}:{unit}", LIGHT, 0.0))
        self._forms(words.light, _Entry("", LIGHT, 0.0))

    def _forms(self, forms: Iterable[str], entry: _Entry) -> None:
        for form in forms:
            row = chosen_from(form)
            if prod(map(len, row)) > _MANY and not any(_BY_THEIR_COMPANY & set(" ".join(c).split()) for c in row):
                words = [[self._read_words(choice) for choice in alternatives] for alternatives in row]
                self._add(choices(words, {"": entry}, self._settled(form)), form)
            else:
                for spelling in spellings(form):
                    self._add(branch(self._read_words(spelling), {"": entry}), spelling)

    def _read_words(self, text: str) -> list[str]:
        return [word for word, *_ in self._words(text)]

    def _add(self, tree: Tree, form: str) -> None:
        for word, below in tree.items():
            if word:  # a form of nothing but dropped words is none
                held = self._trie.get(word)
                self._trie[word] = below if held is None else together(held, below, self._settled(form))

    def _settled(self, form: str) -> Callable[[_Entry, _Entry], _Entry]:
        """Which of two entries that share a form keeps it; the first, and the clash is noted."""

        def settled(held: _Entry, entry: _Entry) -> _Entry:
            if held.kind == FOREIGN and entry.kind == CONCEPT:
                return entry  # a pack that is about the other subject takes the word over
            if held.symbol != entry.symbol and LIGHT not in (held.kind, entry.kind):
                self.clashes.append((form, held.symbol, entry.symbol))
            return held

        return settled

    def learn(self, phrase: str) -> tuple[str, ...]:
        """The symbols of a wording: `{concept}` stands for itself, other words are read as a text would be."""
        out: list[str] = []
        last = 0
        for macro in _MACRO.finditer(phrase):
            out += self._learn_words(phrase[last : macro.start()])
            out.append(macro.group()[1:-1])
            last = macro.end()
        return (*out, *self._learn_words(phrase[last:]))

    def _learn_words(self, words: str) -> list[str]:
        if not words.strip():
            return []
        items = self._symbols(self._words(words), learn=True)
        self.lost += [(words, words[item.start : item.end]) for item in items if item.kind == LIGHT]
        return [item.symbol for item in items if item.kind != LIGHT]

    @property
    def forms(self) -> Tree:
        """All forms by their words; each ends with its symbol, kind and weight."""
        return self._trie

    @property
    def dropped(self) -> set[str]:
        """Words that are left out, folded."""
        return self._drop

    def read(self, text: str) -> list[Item]:
        """The symbols of a text; a word that no wording uses is the symbol "?"."""
        return self._symbols(self._cut(text))

    def read_known(self, text: str) -> list[Item]:
        """The symbols of a text without the words that no wording uses, which are most of a long one."""
        return self._symbols(self._cut(text), unknown=False)

    def _words(self, text: str) -> list[tuple[str, int, int, int, bool]]:
        """Folded words and figures with their place, clause and whether they stand in brackets; dropped words left out."""
        if words_of is not None:
            return words_of(text, self._folded, self._fold, _by_its_company)  # type: ignore[no-any-return]
        out: list[tuple[str, int, int, int, bool]] = []
        folded = self._folded
        clause = depth = 0
        for found in _TOKEN.finditer(text):
            raw = found[0]
            word = folded.get(raw)
            if word is None:
                word = self._fold(raw)
            if found.lastgroup is not None:
                word = _NAMED[found.lastgroup]
            if not word:
                continue
            if word in _SIGNS:
                depth = {_OPEN: depth + 1, _CLOSE: max(0, depth - 1)}.get(word, 0)
                if word == _STOP:
                    out.append((_STOP, found.start(), found.start(), clause, False))
                    clause += 1
            else:
                start, end = found.span()
                out.append((word, start, end, clause, depth > 0))
        return out

    def _fold(self, raw: str) -> str:
        """The folded word; nothing for a word that is dropped, a sign for brackets and for the end of a clause."""
        if raw in "([":
            word = _OPEN
        elif raw in ")]":
            word = _CLOSE
        elif raw[0].isalnum() or raw in "%£#+" or raw in _SPOKEN:
            word = fold(raw)
            word = "" if word in self._drop else word
        else:
            word = _STOP
        if len(self._folded) < 100_000:
            self._folded[raw] = word
        return word

    def _symbols(
        self, words: list[tuple[str, int, int, int, bool]], *, learn: bool = False, unknown: bool = True
    ) -> list[Item]:
        out: list[Item] = []
        trie, known, size = self._trie, self._known, len(words)
        at = 0
        while at < size:
            word, start, end, clause, aside = words[at]
            node: dict[str, Any] | None = trie.get(word)
            if node is not None:
                best: _Entry | None = node.get("")
                after = step = at + 1
                while step < size:
                    node = node.get(words[step][0])
                    if node is None:
                        break
                    step += 1
                    longer = node.get("")
                    if longer is not None:
                        best, after = longer, step
                if best is not None:
                    end = words[after - 1][2]
                    out.append(Item(best.symbol, best.kind, best.weight, start, end, clause, aside))
                    at = after
                    continue
            at += 1
            if not word[0].isalpha():
                continue
            if learn:
                known.add(word)
            if unknown or word in known:
                out.append(Item(word if word in known else UNKNOWN, WORD, _WORD_WEIGHT, start, end, clause, aside))
        return out

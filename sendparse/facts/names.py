"""Finding the names of councils in running text.

In: text. Out: mentions, each with the councils it may mean, how it is written and where. "Kent County Council" is a
formal mention, "Kent" an informal one, "North Kent" and "Kent Police" are none of Kent. Who published a paper is the
work of publisher.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from sendparse.facts.wordings import Wordings
from sendparse.reference import Alias, Reference, normalise

_TOKEN = re.compile(r"&|[^\W_]+(?:['’][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")
_JOINED = re.compile(r"[\s,]*(?:and|&)\s+(?:the\s+)?", re.IGNORECASE)
_CAPITAL = re.compile(r"[A-Z](?<![^\W_][A-Z])[^\W_]*(?:['’][^\W_]+)*")  # begins with letters, which are found quickly
_WORD_BEFORE = re.compile(r"([^\W_]+)[\s-]+$")
_LONGEST_NAME = 80  # letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One mention of a council. `start` and `end` cover the whole name, "London Borough of" and "Council" included."""

    codes: tuple[str, ...]  # three-digit codes of the councils that these words may mean
    kind: str  # as in aliases.csv
    ambiguous: bool  # may mean another council, or something else altogether
    formal: bool  # named as a council, not only as a place
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Token:
    word: str  # lower case, without a possessive
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Entry:
    words: tuple[str, ...]
    printed: str
    kind: str
    codes: tuple[str, ...]
    ambiguous: bool


@lru_cache(maxsize=4)
def council_names(reference: Reference, wordings: Wordings) -> CouncilNames:
    """The finder for these reference files and wordings, built once."""
    return CouncilNames(reference, wordings)


class CouncilNames:
    """Finds mentions of councils. Building it takes a few milliseconds: use `council_names`."""

    def __init__(self, reference: Reference, wordings: Wordings) -> None:
        self._index = _index(reference.aliases)
        self._wordings = wordings
        self._compass = frozenset(wordings.lists["compass"])

    def find(self, text: str) -> list[Mention]:
        """Every mention in the text, in order; at one place the longest name only."""
        found: list[Mention] = []
        end = 0
        if not self._begins_in(text):
            return found
        for match in _CAPITAL.finditer(text):
            entries = self._index.get(_word(match[0]))
            if not entries or match.start() < end:
                continue
            tokens = [_token(token) for token in _TOKEN.finditer(text, match.start(), match.start() + _LONGEST_NAME)]
            entry = _entry_at(text, tokens, entries)
            if entry is None:
                continue
            last = tokens[len(entry.words) - 1]
            end = last.end
            if entry.kind != "other" and not self._part_of_another(text, match.start()):
                found.append(self._mention(text, tokens[0], last, entry))
                end = found[-1].end
        return _both_formal(text, found)

    def _begins_in(self, text: str) -> bool:
        """Whether a name may begin in the text: in few one does."""
        for printed in _CAPITAL.findall(text):  # noqa: SIM110 - any() takes twice as long
            if _word(printed) in self._index:
                return True
        return False

    def _part_of_another(self, text: str, start: int) -> bool:
        """North Devon is a district, Greater London no council."""
        before = _WORD_BEFORE.search(text, max(0, start - 20), start)
        return before is not None and before[1][0].isupper() and before[1].lower() in self._compass

    def _mention(self, text: str, first: _Token, last: _Token, entry: _Entry) -> Mention:
        start, end = first.start, last.end
        before = self._wordings.council_before.search(text[max(0, start - 40) : start])
        if before and before[0][0].isupper():
            start -= len(before[0])
        after = None if _POSSESSIVE.search(text[:end][-3:]) else self._wordings.council_after.match(text, end)
        end = after.end() if after else end
        formal = start < first.start or after is not None
        return Mention(
            codes=entry.codes, kind=entry.kind, ambiguous=entry.ambiguous, formal=formal, start=start, end=end
        )


def _both_formal(text: str, mentions: list[Mention]) -> list[Mention]:
    """In "Kingston and Richmond Councils" the first is named as a council too."""
    for place in range(len(mentions) - 1, 0, -1):
        this, before = mentions[place], mentions[place - 1]
        plural = text[this.start : this.end].lower().endswith("councils")
        if this.formal and plural and _JOINED.fullmatch(text, before.end, this.start):
            mentions[place - 1] = replace(before, formal=True)
    return mentions


def _entry_at(text: str, tokens: list[_Token], entries: list[_Entry]) -> _Entry | None:
    """The longest of the names that the tokens begin with; an acronym only in its own letters."""
    for entry in entries:
        stretch = tokens[: len(entry.words)]
        printed = text[stretch[0].start : stretch[-1].end]
        letters = entry.kind != "acronym" or _POSSESSIVE.sub("", "".join(printed.split())) == entry.printed
        if letters and tuple(token.word for token in stretch) == entry.words:
            return entry
    return None


def _token(match: re.Match[str]) -> _Token:
    return _Token("and" if match[0] == "&" else _word(match[0]), match.start(), match.end())


def _word(printed: str) -> str:
    """Lower case, without a possessive."""
    return _POSSESSIVE.sub("", printed.lower()) if "'" in printed or "’" in printed else printed.lower()


def _index(aliases: tuple[Alias, ...]) -> dict[str, list[_Entry]]:
    """Aliases by their first word, the longest first; one entry for all councils that share the words."""
    entries: dict[tuple[str, ...], _Entry] = {}
    for alias in aliases:
        words = tuple(_POSSESSIVE.sub("", word) for word in normalise(alias.text).split())
        key = (alias.text, *words) if alias.kind == "acronym" else words
        codes = (alias.la_code,) if alias.la_code else ()
        known = entries.get(key)
        entries[key] = _Entry(
            words, alias.text, alias.kind, (*known.codes, *codes) if known else codes, alias.ambiguous
        )
    index: dict[str, list[_Entry]] = {}
    for entry in sorted(entries.values(), key=lambda entry: (-len(entry.words), entry.words, entry.kind)):
        index.setdefault(entry.words[0], []).append(entry)
    return index

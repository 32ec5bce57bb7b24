"""Wordings from the pattern files as regular expressions.

In: a wording as a person writes it ("rolling {n} months"). Out: a piece of a regular expression. A space stands for any
white space (a line may break there), a hyphen for every kind of hyphen or a space, an apostrophe for both its forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter
from os.path import commonprefix
from typing import Any

_COUNTING = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty"""
NUMBER_WORDS = {word: number for number, word in enumerate(_COUNTING.split())}
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
TENS_WORDS = {word: 10 * number for number, word in enumerate(_TENS.split(), 2)}
_RANKING = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
ORDINAL_WORDS = {word: number for number, word in enumerate(_RANKING.split(), 1)}
HYPHEN = "[-\u2010-\u2015\u2212]"
_SLOTS: dict[str, str] = {}  # filled at the end of this module
_TOGETHER = 2  # words of one letter that are worth a branch of their own
_LIKE = {"i": "İı", "k": "\u212a", "s": "ſ"}  # what else is one of these letters where case does not matter
_LETTERS = re.compile(r"[^\W\d_]*")


@cache
def rules(stem: str) -> Mapping[str, Any]:
    """One file of the shipped patterns, parsed; read once."""
    import yaml

    from sendparse.packs import patterns_folder

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((patterns_folder() / f"{stem}.yaml").read_bytes(), Loader=loader) or {}


@cache
def month_names() -> tuple[str, ...]:
    """January to December, as the patterns write them first."""
    return tuple(str(names[0]) for _, names in sorted(rules("periods")["months"].items()))


def pattern(wording: str, *, whole: bool = True) -> str:
    """One wording (or, where it is not `whole`, the end of one) as a regular expression, without anchors."""
    out = []
    for piece in re.split(r"(\{\w+\}|\s+|[-'’])", wording):
        if piece in _SLOTS:
            out.append(_SLOTS[piece].replace("?P<n>", "?:"))
        elif piece.isspace():
            out.append(r"\s+")
        elif piece == "-":
            out.append(rf"(?:{HYPHEN}|\s)" if len(wording) > 1 or not whole else HYPHEN)
        elif piece in {"'", "’"}:
            out.append("['’]")
        else:
            out.append(re.escape(piece))
    return "".join(out)


def any_of(wordings: Iterable[str], *, caseless: bool = False) -> str:
    """All wordings as one expression that takes the longest. Wordings share their first words and letters, so that it is quick.

    `caseless`: it stands where case does not matter, which makes it quicker still.
    """
    tree: dict[str, Any] = {}
    for wording in sorted(set(wordings)):
        node = tree
        for word in wording.split():
            node = node.setdefault(word, {})
        node[""] = {}
    return _branches(tree, caseless)


def _branches(tree: Mapping[str, Any], caseless: bool) -> str:
    out = []
    for word in sorted((w for w in tree if w), key=lambda w: (-len(w), w)):
        below = tree[word]
        further = _branches(below, False)
        tail = rf"\s+(?:{further})" if further else ""
        out.append((word, rf"(?:{tail})?" if tail and "" in below else tail))
    return "|".join(_by_letter(out, 0, caseless))


def _by_letter(branches: Sequence[tuple[str, str]], at: int, caseless: bool) -> Iterator[str]:
    """Words, each with what follows it; those that go on with one letter stand together, so that few are tried in vain.

    The order of any two that can begin alike stays: a slot begins with any word, so nothing is moved across it.
    """
    groups: dict[str, list[tuple[str, str]]] = {}
    for word, tail in branches:
        letter = word[at : at + 1]
        if letter == "{":
            yield from _together(groups, at, caseless)
            groups = {}
            yield pattern(word[at:], whole=not at) + tail
            continue
        groups.setdefault(letter.lower(), []).append((word, tail))
    yield from _together(groups, at, caseless)


def _together(groups: Mapping[str, Sequence[tuple[str, str]]], at: int, caseless: bool) -> Iterator[str]:
    for letter, same in groups.items():
        shared = letter.isalpha() and len({word[at] for word, _ in same}) == 1
        if shared and len(same) >= _TOGETHER:
            after = at + len(commonprefix([_letters(word, at) for word, _ in same]))  # noqa: RUF071 - of letters, not of paths
            below = "|".join(_by_letter(same, after, False))
            yield f"{_first(same[0][0][at], caseless)}{same[0][0][at + 1 : after]}(?:{below})"
            continue
        for word, tail in same:
            first = _first(word[at], caseless) if letter.isalpha() else ""
            yield first + pattern(word[at + bool(first) :], whole=not (at or first)) + tail


def _letters(word: str, at: int) -> str:
    found = _LETTERS.match(word, at)
    return found[0] if found else ""


def _first(letter: str, caseless: bool) -> str:
    """A letter at which words part. Where case does not matter it is said as both: only such branches are passed over at once."""
    if not caseless or not letter.isascii():
        return letter
    return f"(?-i:[{letter.lower()}{letter.upper()}{_LIKE.get(letter.lower(), '')}])"


def beginnings(words: Iterable[str]) -> str:
    """The first two letters of some words as one expression, in either case: what a text must begin with to begin with any."""
    pairs = sorted({word[:2].lower() for word in words if word[0].isalpha()})
    letters = [(letter, "".join(pair[1:] for pair in same)) for letter, same in groupby(pairs, itemgetter(0))]
    second = {letter: rf"[{rest}{rest.upper()}]|" if rest else "" for letter, rest in letters}
    return "|".join(f"[{a}{a.upper()}](?:{second[a]}(?![a-zA-Z]))" for a, _ in letters)


def words(wordings: Iterable[str]) -> str:
    """Like any_of, as one group that begins and ends at the edge of a word."""
    return rf"(?<![\w£])(?:{any_of(wordings)})(?!\w)"


def number(text: str) -> int | None:
    """A number slot's content: "12" or "twelve"."""
    text = text.strip().lower()
    return int(text) if text.isdigit() else NUMBER_WORDS.get(text)


_INITIALS = "".join(sorted({word[0] for word in NUMBER_WORDS}))
_SLOTS["{n}"] = rf"(?P<n>(?=[\d{_INITIALS}])(?:\d{{1,3}}|{any_of(NUMBER_WORDS)}))"

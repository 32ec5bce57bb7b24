"""Wordings from the pattern files as regular expressions.

In: a wording as a person writes it ("rolling {n} months"). Out: a piece of a regular expression. A space stands for any
white space (a line may break there), a hyphen for every kind of hyphen or a space, an apostrophe for both its forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

_COUNTING = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty"""
NUMBER_WORDS = {word: number for number, word in enumerate(_COUNTING.split())}
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
TENS_WORDS = {word: 10 * number for number, word in enumerate(_TENS.split(), 2)}
_RANKING = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
ORDINAL_WORDS = {word: number for number, word in enumerate(_RANKING.split(), 1)}
HYPHEN = "[-\u2010-\u2015\u2212]"
_NUMBER = rf"(?P<n>\d{{1,3}}|{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))})"
_SLOTS = {"{n}": _NUMBER}


@cache
def rules(stem: str) -> Mapping[str, Any]:
    """One file of the shipped patterns, parsed; read once."""
    import yaml

    from sendparse.packs import patterns_folder

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((patterns_folder() / f"{stem}.yaml").read_bytes(), Loader=loader) or {}


def pattern(wording: str) -> str:
    """One wording as a regular expression, without anchors."""
    out = []
    for piece in re.split(r"(\{\w+\}|\s+|[-'’])", wording):
        if piece in _SLOTS:
            out.append(_SLOTS[piece].replace("?P<n>", "?:"))
        elif piece.isspace():
            out.append(r"\s+")
        elif piece == "-":
            out.append(rf"(?:{HYPHEN}|\s)" if len(wording) > 1 else HYPHEN)
        elif piece in {"'", "’"}:
            out.append("['’]")
        else:
            out.append(re.escape(piece))
    return "".join(out)


def any_of(wordings: Iterable[str]) -> str:
    """All wordings as one expression that takes the longest. Wordings share their first words, so that it is quick."""
    tree: dict[str, Any] = {}
    for wording in sorted(set(wordings)):
        node = tree
        for word in wording.split():
            node = node.setdefault(word, {})
        node[""] = {}
    return _branches(tree)


def _branches(tree: Mapping[str, Any]) -> str:
    out = []
    for word in sorted((w for w in tree if w), key=lambda w: (-len(w), w)):
        below = tree[word]
        further = _branches(below)
        tail = rf"\s+(?:{further})" if further else ""
        out.append(pattern(word) + (rf"(?:{tail})?" if tail and "" in below else tail))
    return "|".join(out)


def words(wordings: Iterable[str]) -> str:
    """Like any_of, as one group that begins and ends at the edge of a word."""
    return rf"(?<![\w£])(?:{any_of(wordings)})(?!\w)"


def number(text: str) -> int | None:
    """A number slot's content: "12" or "twelve"."""
    text = text.strip().lower()
    return int(text) if text.isdigit() else NUMBER_WORDS.get(text)

"""Wordings from the pattern files as regular expressions.

In: a wording as a person writes it ("rolling {n} months"). Out: a piece of a regular expression. A space stands for any
white space (a line may break there), a hyphen for every kind of hyphen or a space, an apostrophe for both its forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split()
    )
}
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
    """An alternation, longest wording first, so that a part never hides the whole."""
    return "|".join(pattern(w) for w in sorted(set(wordings), key=lambda w: (-len(w), w)))


def words(wordings: Iterable[str]) -> str:
    """Like any_of, as one group that begins and ends at the edge of a word."""
    return rf"(?<![\w£])(?:{any_of(wordings)})(?!\w)"


def number(text: str) -> int | None:
    """A number slot's content: "12" or "twelve"."""
    text = text.strip().lower()
    return int(text) if text.isdigit() else NUMBER_WORDS.get(text)

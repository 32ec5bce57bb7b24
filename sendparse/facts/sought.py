"""Looking for wordings where they can stand, and nowhere else.

In: compiled expressions that mind no case, and the wordings they are made of. Out: what the expressions match, all of it. Most
texts hold no part of a wording and most labels no colon; to look for a few strings takes a fraction of the time that trying an
expression at every letter takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_LETTERS = re.compile(r"[a-z]+(?: [a-z]+)*")
_MARK = re.compile("[:;]")
_ODD = ("ſ", "ı", "\u0307")  # an expression that minds no case takes them for s and i, lower case does not


class Sought:
    """An expression that is tried on texts which hold, of one of its wordings, the longest stretch of letters and spaces."""

    def __init__(self, expression: re.Pattern[str], words: Iterable[str]) -> None:
        self.expression = expression
        found = [max(_LETTERS.findall(word), key=len, default="") for word in words]
        self._parts = tuple(sorted({part for part in found if not _holds_another(part, found)}))

    def may_stand_in(self, text: str) -> bool:
        """Whether the text holds such a stretch."""
        small = " ".join(text.lower().split())
        for part in self._parts:
            if part in small:
                return True
        return not small.isascii() and any(odd in small for odd in _ODD)

    def search(self, text: str) -> re.Match[str] | None:
        """As the expression does."""
        return self.expression.search(text) if self.may_stand_in(text) else None

    def finditer(self, text: str) -> Iterable[re.Match[str]]:
        """As the expression does."""
        return self.expression.finditer(text) if self.may_stand_in(text) else ()


class BeforeMarks:
    """An expression whose matches end with their first colon or semicolon, or one behind brackets, in single-spaced text."""

    def __init__(self, expression: re.Pattern[str], longest: int, brackets: int) -> None:
        """`longest`: letters of a match without brackets; `brackets`: with what they hold."""
        self.expression = expression
        self.match = expression.match
        self._longest = longest
        self._brackets = brackets

    def finditer(self, text: str) -> Iterable[re.Match[str]]:
        """As the expression does."""
        marks = [mark.start() for mark in _MARK.finditer(text)]
        if not marks or not _is_single_spaced(text):
            return self.expression.finditer(text) if marks else ()
        reach = self._longest + (self._brackets if ")" in text else 0)
        found: list[re.Match[str]] = []
        first = 0
        for place, mark in enumerate(marks):
            if place + 1 == len(marks) or marks[place + 1] - reach > mark:
                found += self.expression.finditer(text, max(0, marks[first] - reach), mark + 1)
                first = place + 1
        return found


def _holds_another(part: str, parts: Iterable[str]) -> bool:
    return any(other != part and other in part for other in parts)


def _is_single_spaced(text: str) -> bool:
    """Whether no two words have more than one space, tab or line break between them."""
    bare = text.strip()
    return len(bare.split()) == bare.count(" ") + bare.count("\n") + bare.count("\t") + 1

"""What a text must hold for an expression to be worth trying.

In: compiled expressions. Out: for each a few short strings of which one stands in every text that it matches, worked out from
the expression itself; and, of many expressions at once, those that a text can meet at all. Most sentences meet none of the
rules that read prose, and looking for a string takes a fraction of the time that trying an expression takes. What an
expression matches stays its own affair: a text that holds its hint is tried, and an expression without one always is.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any, NamedTuple

from sendparse.begins import Sought, all_matches, first_match, met_in_c, table_of_strings

_MOST = 64  # strings that one expression may hang on: with more it is as quick to try it
_SPELT = 48  # ways in which a stretch of an expression may be spelt out
_CLASS = 8  # letters of a range
_LONG = 5  # letters beyond which a string tells no more
_WORD = 3  # letters that a string must have to tell anything
_HYPHENS = frozenset("-‐‑‒–—―−")
_DULL = frozenset(" .,\n\t") | _HYPHENS  # signs that stand in most sentences
# What an expression that minds no case takes for a letter, and lower case leaves as it is.
_ODD = {"i̇": "i", "ı": "i", "ſ": "s", "ς": "σ"}


class _Read(NamedTuple):
    """What a piece of an expression says: all that it may be, where that is known, and what it needs besides."""

    spelt: frozenset[str] | None
    needs: tuple[frozenset[str], ...] = ()


_EMPTY = frozenset({""})
_UNKNOWN = _Read(None)


_last: tuple[str, str] = ("", "")  # many expressions are looked for in one text after another


def folded(text: str) -> str:
    """A text as hints are looked for in it: in small letters."""
    global _last  # noqa: PLW0603
    held, small = _last
    if held is text:
        return small
    small = text.lower()
    if not small.isascii():
        for odd, plain in _ODD.items():
            if odd in small:
                small = small.replace(odd, plain)
    _last = (text, small)
    return small


def hints_of(expression: re.Pattern[str]) -> tuple[str, ...]:
    """Strings of which every text that the expression matches holds one, once folded; none where nothing is known."""
    try:
        parser: Any = import_module("re._parser")  # how Python reads an expression; elsewhere there are no hints
        read = _row(parser.parse(expression.pattern, expression.flags & ~re.DEBUG))
    except (ImportError, AttributeError):
        return ()
    best = _best(read)
    return tuple(sorted(best)) if len(best) <= _MOST else ()


def _hints_of_any(expressions: Iterable[re.Pattern[str]]) -> frozenset[str]:
    each = [hints_of(one) for one in expressions]
    return frozenset(hint for found in each for hint in found) if all(each) else frozenset()


class Sieve:
    """Tells of many expressions, or groups of them, those that a text can meet."""

    def __init__(self, expressions: Iterable[re.Pattern[str] | Sequence[re.Pattern[str]]]) -> None:
        hints = [_hints_of_any([one] if isinstance(one, re.Pattern) else one) for one in expressions]
        self._always = tuple(number for number, found in enumerate(hints) if not found)
        places: dict[str, list[int]] = {}
        for number, found in enumerate(hints):
            for hint in found:
                places.setdefault(hint, []).append(number)
        self._places = tuple(places.items())
        self._table = b"" if met_in_c is None else table_of_strings(hints)

    def met(self, text: str) -> list[int]:
        """The numbers of the expressions worth trying on a text, in order."""
        if self._table:
            found: list[int] = met_in_c(self._table, text)
            return sorted([*found, *self._always]) if self._always else found
        small = folded(text)
        met = set(self._always)
        for numbers in [numbers for hint, numbers in self._places if hint in small]:
            met.update(numbers)
        return sorted(met)


class Hinted(Sought):
    """An expression that is looked for where it can begin; where that is not known, in texts that hold one of its hints."""

    __slots__ = ("_hints", "_like")

    def __init__(self, source: str, *, like: Hinted | None = None) -> None:
        """`like`: another without whose hints this one matches nothing either."""
        super().__init__(source)
        self._like = like
        self._hints: tuple[str, ...] | None = None  # worked out when they are first asked for

    def may_hold(self, text: str) -> bool:
        """Whether a text holds a hint; where there is none, every text may hold the expression."""
        hints = self._hints if self._hints is not None else self.hints()
        if not hints:
            return True
        small = folded(text)
        for hint in hints:  # noqa: SIM110 - any() takes twice as long
            if hint in small:
                return True
        return False

    def hints(self) -> tuple[str, ...]:
        """Strings of which a text must hold one; none where nothing is known."""
        if self._hints is None:
            self._hints = hints_of(self.expression) if self._like is None else self._like.hints()
        return self._hints

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As the expression does."""
        table = self._table if self._table is not None else self.begins()
        if not table:
            return self.expression.search(text, start, end) if self.may_hold(text) else None
        return first_match(self.match, table, text, start, end)  # type: ignore[no-any-return]

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterable[re.Match[str]]:
        """As the expression does."""
        table = self._table if self._table is not None else self.begins()
        if not table:
            return self.expression.finditer(text, start, end) if self.may_hold(text) else ()
        return all_matches(self.match, table, text, start, end)  # type: ignore[no-any-return]


def _row(tree: Iterable[tuple[Any, Any]]) -> _Read:
    """Pieces that follow one another."""
    run, whole = _EMPTY, True
    needs: list[frozenset[str]] = []
    for operator, argument in tree:
        piece = _piece(str(operator), argument)
        needs += piece.needs
        if piece.spelt is not None and len(run) * len(piece.spelt) <= _SPELT:
            run = frozenset(a + b for a in run for b in piece.spelt)
            continue
        needs.append(run)
        run, whole = piece.spelt or _EMPTY, False
    return _Read(run, tuple(needs)) if whole else _Read(None, (*needs, run))


def _piece(operator: str, argument: Any) -> _Read:
    match operator:
        case "LITERAL":
            return _Read(frozenset({folded(chr(argument))}))
        case "IN":
            return _class(argument)
        case "BRANCH":
            return _either([_row(branch) for branch in argument[1]])
        case "SUBPATTERN":
            return _row(argument[3])
        case "ATOMIC_GROUP":
            return _row(argument)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _repeated(argument[0], argument[1], _row(argument[2]))
        case "ASSERT":
            read = _row(argument[1])
            return _Read(_EMPTY, read.needs if read.spelt is None else (*read.needs, read.spelt))
        case "AT" | "ASSERT_NOT":
            return _Read(_EMPTY)
    return _UNKNOWN


def _class(members: Sequence[tuple[Any, Any]]) -> _Read:
    letters: set[str] = set()
    for operator, argument in members:
        if str(operator) == "LITERAL":
            letters.add(folded(chr(argument)))
        elif str(operator) == "RANGE" and argument[1] - argument[0] < _CLASS:
            letters.update(folded(chr(code)) for code in range(argument[0], argument[1] + 1))
        else:
            return _UNKNOWN
    return _Read(frozenset(letters))


def _either(branches: Sequence[_Read]) -> _Read:
    spelt = [branch.spelt for branch in branches if branch.spelt is not None]
    every = frozenset[str]().union(*spelt)
    if len(spelt) == len(branches) and len(every) <= _SPELT:
        return _Read(every)
    best = [_best(branch) for branch in branches]
    return _Read(None, (frozenset[str]().union(*best),)) if all(best) else _UNKNOWN


def _repeated(least: int, most: int, read: _Read) -> _Read:
    if not least:
        return _Read(read.spelt | _EMPTY) if most == 1 and read.spelt is not None else _UNKNOWN
    if most == 1:
        return read
    return _Read(None, read.needs if read.spelt is None else (*read.needs, read.spelt))


def _best(read: _Read) -> frozenset[str]:
    """What tells most of all that is needed; nothing where it all tells too little."""
    needs = [_shortest(need) for need in (*read.needs, *([read.spelt] if read.spelt is not None else []))]
    best = max(needs, key=_worth, default=frozenset[str]())
    return best if _worth(best)[0] else frozenset()


def _shortest(need: frozenset[str]) -> frozenset[str]:
    """Without strings that hold another of them; cut short where they are many."""
    if len(need) > _MOST:
        need = frozenset(one[:_WORD] for one in need)
    return frozenset(one for one in need if not any(other != one and other in one for other in need))


def _worth(need: frozenset[str]) -> tuple[int, int]:
    """How much the least telling of these strings tells; few of them are better than many."""
    return min(map(_tells, need), default=0), -len(need)


def _tells(hint: str) -> int:
    letters = sum(map(str.isalpha, hint))
    if letters >= _WORD:
        return min(letters, _LONG)
    if letters or hint.isdigit():
        return int(letters == _WORD - 1)
    return 2 if set(hint) - _DULL else int(not _HYPHENS.isdisjoint(hint))

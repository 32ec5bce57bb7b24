"""Where an expression can begin: most are looked for in texts that hold no such place at all.

In: an expression. Out: the same expression, tried only where a text goes on with three characters that it can begin with, and
at the edge of a word where it asks for one. Both are worked out from the expression itself. Looking for such places takes a
fraction of the time that trying an expression takes, above all where case does not matter. It is done in _begins.c, which is
compiled where there is a C compiler; elsewhere the expression goes through a text by itself, and finds the same.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import import_module
from types import ModuleType
from typing import Any, Final

_CLASSES: Final = 64  # kinds of characters that are told apart, as in _begins.c
_END: Final = 0
_SPACE: Final = 37
_REST: Final = 62  # of ASCII
_OTHER: Final = 63  # beyond ASCII
_ASCII: Final = 128
_RARE: Final = 6  # one in so many places may be tried
_DEPTH: Final = 3  # characters that a beginning is told by
_MANY: Final = 2_000  # beginnings; with more, less is told
_SIGNS = "_-'\"()[].,;:/%&+<>=#*!?$"
LETTERS_AT_EDGES: Final = 1  # a letter begins it only where no letter or digit stands right before
DIGITS_AT_EDGES: Final = 2  # a digit likewise
DIGITS_IN_FRONT: Final = 4  # a digit only where no digit stands right before
_ODD = frozenset(map(ord, "iksIKS"))  # a letter beyond ASCII may count as one of these where case does not matter
_ANY: Final = 0xFFFF_FFFF_FFFF_FFFF  # any class, or the end

Beginnings = frozenset[tuple[int, ...]]
"""For each way to begin, the classes that the first characters can be of, as bits; what follows those is not told."""
_NOTHING: Beginnings = frozenset({()})
_ANYTHING: Beginnings = frozenset({(_ANY, _ANY, _ANY)})


def _class(code: int) -> int:
    """The class of a character: of a letter in either case, of a digit, of white space, of a sign."""
    letter = chr(code)
    if code >= _ASCII:
        return _OTHER
    if letter.isalpha():
        return code - ord("a" if letter.islower() else "A") + 1
    if letter.isdigit():
        return code - ord("0") + 27
    if letter.isspace():
        return _SPACE
    return _SPACE + 1 + _SIGNS.index(letter) if letter in _SIGNS else _REST


_CLASS_OF: Final = bytes(_class(code) for code in range(_ASCII))
_SAID: Final = bytes(
    _CLASS_OF[ord(letter)]
    for letter in "In 2023/24 the number of children with a plan rose to 1,204 (61.5%), and of the 38 appeals that were lodged "
    "since the last meeting most have been conceded by the council; that is fewer than in any year before it."
)


def _compiled() -> ModuleType | None:
    """The search in C; nothing where there was no compiler, or in a checkout."""
    try:
        return import_module("sendparse._begins")
    except ImportError:
        return None


_IN_C = _compiled()
first_match: Any = None if _IN_C is None else _IN_C.first_match
all_matches: Any = None if _IN_C is None else _IN_C.all_matches


class Sought:
    """An expression that is looked for where it can begin."""

    __slots__ = ("_table", "edges", "expression", "fullmatch", "match")

    def __init__(self, source: str | re.Pattern[str], *, edges: int = 0) -> None:
        """`edges`: where it can begin with a letter or a digit, if that is not to be seen from how it begins itself."""
        self.expression = re.compile(source)
        self.match = self.expression.match  # at one place it is as quick to try it
        self.fullmatch = self.expression.fullmatch
        self.edges = edges
        self._table: bytes | None = None if _IN_C is not None else b""  # made when it is first looked for

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As the expression does."""
        table = self._table if self._table is not None else self.begins()
        if not table:
            return self.expression.search(text, start, end)
        return first_match(self.match, table, text, start, end)  # type: ignore[no-any-return]

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterable[re.Match[str]]:
        """As the expression does."""
        table = self._table if self._table is not None else self.begins()
        if not table:
            return self.expression.finditer(text, start, end)
        return all_matches(self.match, table, text, start, end)  # type: ignore[no-any-return]

    def sub(self, by: str, text: str) -> str:
        """As the expression does."""
        return self.expression.sub(by, text) if self.search(text) is not None else text

    def begins(self) -> bytes:
        """Where it can begin, as `table_of` tells it; empty where it is compiled nowhere."""
        if self._table is None:
            self._table = table_of(self.expression, self.edges)
        return self._table


def table_of(expression: re.Pattern[str], edges: int = 0) -> bytes:
    """Where an expression can begin, as _begins.c reads it; empty where that tells too little, or nothing is known."""
    try:
        parser: Any = import_module("re._parser")  # how Python reads an expression
        tree = parser.parse(expression.pattern, expression.flags & ~re.DEBUG)
    except (ImportError, AttributeError):
        return b""
    begins = _row(tree)
    if any(not begin or begin[0] == _ANY for begin in begins):
        return b""
    thirds = [0] * _CLASSES * _CLASSES
    for begin in begins:
        first, second, third = (*begin, _ANY, _ANY)[:_DEPTH]
        bits = 0
        for place in _places(third):
            bits |= 1 << (place & 7)
        for row in _places(first):
            for place in _places(second):
                thirds[row * _CLASSES + place] |= bits
    edges = edges or (LETTERS_AT_EDGES | DIGITS_AT_EDGES if _at_an_edge(tree) else 0)
    return _CLASS_OF + bytes([edges, *thirds]) if _tells(thirds, edges) else b""


def _tells(thirds: Sequence[int], edges: int) -> bool:
    """Whether few places of a text are left."""
    found, before = 0, _OTHER
    for place, here in enumerate(_SAID[:-2]):
        inside = edges & LETTERS_AT_EDGES and _SPACE not in (before, here)
        found += not inside and thirds[here * _CLASSES + _SAID[place + 1]] >> (_SAID[place + 2] & 7) & 1
        before = here
    return found <= len(_SAID) // _RARE


@lru_cache(maxsize=1024)
def _places(mask: int) -> tuple[int, ...]:
    return tuple(place for place in range(_CLASSES) if mask >> place & 1)


def _row(tree: Iterable[tuple[Any, Any]]) -> Beginnings:
    """What pieces that follow one another begin with: each as long as it is known, up to its third character."""
    run = _NOTHING
    for operator, argument in tree:
        if all(len(begin) == _DEPTH for begin in run):
            break
        run = _then(run, _piece(str(operator), argument))
    return run


def _then(run: Beginnings, piece: Beginnings) -> Beginnings:
    out = {(*begin, *end)[:_DEPTH] for begin in run for end in (piece if len(begin) < _DEPTH else _NOTHING)}
    return (
        frozenset(out)
        if len(out) <= _MANY
        else frozenset({(*begin[:1], _ANY, _ANY) if begin else begin for begin in out})
    )


def _piece(operator: str, argument: Any) -> Beginnings:
    match operator:
        case "LITERAL":
            return frozenset({(_letter(argument),)})
        case "IN":
            return frozenset({(_letters(argument),)})
        case "BRANCH":
            return frozenset().union(*[_row(branch) for branch in argument[1]])
        case "SUBPATTERN":
            return _row(argument[3])
        case "ATOMIC_GROUP":
            return _row(argument)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _repeated(argument[0], argument[1], _row(argument[2]))
        case "AT" | "ASSERT" | "ASSERT_NOT":
            return _NOTHING
    return _ANYTHING | _NOTHING


def _repeated(least: int, most: int, once: Beginnings) -> Beginnings:
    run = once
    for _ in range(min(most, _DEPTH) - 1):
        run = once | _then(run, once)
    return run if least else run | _NOTHING


def _letter(code: int) -> int:
    return 1 << _class(code) | (1 << _OTHER if code in _ODD else 0)


def _letters(members: Sequence[tuple[Any, Any]]) -> int:
    """The classes of the characters that a set holds."""
    codes: set[int] = set()
    beyond = negated = False
    for operator, argument in members:
        match str(operator):
            case "NEGATE":
                negated = True
            case "LITERAL":
                codes.add(argument)
            case "RANGE":
                codes.update(range(argument[0], min(argument[1], _ASCII) + 1))
                beyond = beyond or argument[1] >= _ASCII
            case _:
                codes |= _CATEGORIES.get(str(argument), _EVERY_CODE)
                beyond = True
    mask = 1 << _OTHER if beyond or negated else 0
    for code in _EVERY_CODE - codes if negated else codes:
        mask |= _letter(code)
    return mask


_EVERY_CODE = frozenset(range(_ASCII))
_CATEGORIES = {
    f"CATEGORY_{'NOT_' * sign.isupper()}{name}": frozenset(c for c in _EVERY_CODE if re.match(rf"\{sign}", chr(c)))
    for name, signs in (("DIGIT", "dD"), ("SPACE", "sS"), ("WORD", "wW"))
    for sign in signs
}


def _at_an_edge(tree: Iterable[tuple[Any, Any]]) -> bool:
    """Whether an expression begins at the edge of a word wherever it begins with a letter or a digit."""
    for operator, argument in tree:
        match str(operator):
            case "AT":
                if str(argument) == "AT_BOUNDARY":
                    return True
            case "ASSERT_NOT":
                if argument[0] < 0 and _is_any_word_character(list(argument[1])):
                    return True
            case "ASSERT":
                pass
            case "SUBPATTERN":
                return _at_an_edge(argument[3])
            case "BRANCH":
                return all(_at_an_edge(branch) for branch in argument[1])
            case _:
                return False
    return False


def _is_any_word_character(tree: Sequence[tuple[Any, Any]]) -> bool:
    """Whether an expression is one character that may be any of a word."""
    if len(tree) != 1 or str(tree[0][0]) != "IN" or str(tree[0][1][0][0]) == "NEGATE":
        return False
    return any(str(argument) == "CATEGORY_WORD" for _, argument in tree[0][1])

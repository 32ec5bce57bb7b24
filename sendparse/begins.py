"""Where an expression can begin: most are looked for in texts that hold no such place at all.

In: an expression. Out: the same expression, tried only where a text goes on with some six characters that it can begin with,
and at the edge of a word where it asks for one. Both are worked out from the expression itself. Looking for such places takes
a fraction of the time that trying an expression takes, above all where case does not matter. It is done in _begins.c, which is
compiled where there is a C compiler; elsewhere the expression goes through a text by itself, and finds the same.

What an expression can begin with is told roughly, by classes of characters, so that a place too many is tried but none too few.
"""

from __future__ import annotations

import re
import struct
import sys
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import import_module
from itertools import accumulate
from types import ModuleType
from typing import Any, Final

_CLASSES: Final = 64  # kinds of characters that are told apart, as in _begins.c
_END: Final = 0
_DIGIT: Final = 27  # the first of them
_SPACE: Final = 37
_LINE_END: Final = 61
_REST: Final = 62  # of ASCII
_OTHER: Final = 63  # beyond ASCII
_ASCII: Final = 128
_RARE: Final = 4  # one in so many places may be tried
_LENGTH: Final = 6  # characters that a string is told by
_GROUPS: Final = 256
_ENTRIES: Final = 0xFFFF
_DEPTH: Final = 3  # characters that a beginning is told by
_DEEP: Final = 6
_SPELT: Final = 12  # ways to spell a beginning out
_MANY: Final = 4_000  # beginnings; with more, less is told
_SIGNS = "_-'\"()[].,;:/%&+<>=#*!?\n"
LETTERS_AT_EDGES: Final = 1  # a letter begins it only where no letter or digit stands right before
DIGITS_AT_EDGES: Final = 2  # a digit likewise
DIGITS_IN_FRONT: Final = 4  # a digit only where no digit stands right before
_AT_THE_FIRST: Final = 8  # the first place of a text is tried, whatever stands there
# Letters beyond ASCII that count as these where case does not matter.
_LIKE: Final = {0x130: ord("i"), 0x131: ord("i"), 0x17F: ord("s"), 0x212A: ord("k")}
_ODD = frozenset(map(ord, "iksIKS"))
_DIGITS: Final = 0x3FF << _DIGIT
_WHITE: Final = 1 << _SPACE | 1 << _LINE_END
_ANY: Final = 0xFFFF_FFFF_FFFF_FFFF  # any class, or the end

Beginnings = frozenset[tuple[int, ...]]
"""For each way to begin, the classes that the first characters can be of, as bits; what follows those is not told."""
_NOTHING: Beginnings = frozenset({()})
_ANYTHING: Beginnings = frozenset({(_ANY,)})
_FIRST: Final = (0,)  # nowhere but at the first place, which is tried by itself
_AT_FIRST: Beginnings = frozenset({_FIRST})


def _class(code: int) -> int:
    """The class of a character: of a letter in either case, of a digit, of white space, of a sign."""
    letter = chr(code)
    if code >= _ASCII:
        return _OTHER
    if letter.isalpha():
        return code - ord("a" if letter.islower() else "A") + 1
    if letter.isdigit():
        return code - ord("0") + _DIGIT
    if letter in _SIGNS:
        return _SPACE + 1 + _SIGNS.index(letter)
    return _SPACE if letter.isspace() else _REST


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
met_in_c: Any = None if _IN_C is None else _IN_C.met


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
    if expression.flags & re.MULTILINE or not tree.getwidth()[0]:
        return b""  # it may begin at any line, or be nothing
    begins = _Reader(_DEPTH).row(tree)
    if any(not begin or begin[0] == _ANY for begin in begins):
        return b""
    thirds = [0] * _CLASSES * _CLASSES
    for (first, second), bits in _by_two(begins).items():
        for row in _places(first):
            for place in _places(second):
                thirds[row * _CLASSES + place] |= bits
    edges = edges or (LETTERS_AT_EDGES | DIGITS_AT_EDGES if _at_an_edge(tree) else 0)
    edges |= _AT_THE_FIRST if begins >= _AT_FIRST else 0
    return _CLASS_OF + bytes([edges, *thirds]) + _spelt(tree) if _tells(thirds, edges) else b""


def _by_two(begins: Beginnings) -> dict[tuple[int, int], int]:
    """What the third character may be, by the first two: as the last three bits of its class."""
    out: dict[tuple[int, int], int] = {}
    for begin in begins:
        first, second, third = (*begin, _ANY, _ANY)[:_DEPTH]
        for shift in range(8, _CLASSES, 8):
            third |= third >> shift
        out[first, second] = out.get((first, second), 0) | (third & 0xFF)
    return out


def _spelt(tree: Iterable[tuple[Any, Any]]) -> bytes:
    """Marks for all ways to begin, each by as many characters as are few ways to spell out.

    White space is one character there, and all digits are one.
    """
    every: set[int] = set()
    for begin in _as_they_are_spelt(_Reader(_DEEP, white_space_as_one=True).row(tree)):
        spelt = {0}
        for mask in begin:
            if mask == _ANY or len(spelt) * len(_places(mask)) > _SPELT:
                break
            spelt = {(so_far * 67 + place + 1) & 0xFFFF_FFFF for so_far in spelt for place in _places(mask)}
        if 0 in spelt:
            return b"\xff"  # too many to be told apart
        every |= spelt
    marks = bytearray(16 << (len(every) - 1).bit_length())  # few of its bits are set, so that others seldom meet one
    for one in every:
        mark = (one ^ one >> 15) % (8 * len(marks))
        marks[mark >> 3] |= 1 << (mark & 7)
    return bytes(marks)


def _as_they_are_spelt(begins: Beginnings) -> Beginnings:
    """The same of such a text, without characters beyond ASCII, which are not asked about."""
    todo = [tuple(mask if mask == _ANY else _as_one(mask) for mask in begin) for begin in begins]
    out: set[tuple[int, ...]] = set()
    while todo:
        begin = todo.pop()
        if begin not in out and all(begin):
            out.add(begin)
            todo += [
                (*begin[:at], 1 << _SPACE, *begin[at + 2 :])
                for at in range(len(begin) - 1)
                if begin[at] != _ANY and begin[at] & begin[at + 1] & 1 << _SPACE
            ]
    return frozenset(out)


def _as_one(mask: int) -> int:
    mask |= (1 << _SPACE if mask & _WHITE else 0) | (1 << _DIGIT if mask & _DIGITS else 0)
    return mask & ~(1 << _LINE_END | 1 << _OTHER | _DIGITS & ~(1 << _DIGIT))


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


class _Reader:
    """Reads what an expression begins with, up to so many characters."""

    def __init__(self, depth: int, *, white_space_as_one: bool = False) -> None:
        self.depth = depth
        self.white_space_as_one = white_space_as_one

    def row(self, tree: Iterable[tuple[Any, Any]]) -> Beginnings:
        """What pieces that follow one another begin with: each as long as it is known."""
        run = _NOTHING
        for operator, argument in tree:
            shortest = min([len(begin) for begin in run if not self.is_full(begin)], default=self.depth)
            if shortest == self.depth:
                break
            further = _Reader(self.depth - shortest, white_space_as_one=self.white_space_as_one)
            run = self.then(run, further.piece(str(operator), argument))
        return run

    def is_full(self, begin: tuple[int, ...]) -> bool:
        """Whether what follows a beginning tells no more."""
        return len(begin) == self.depth or begin[-1:] == (_ANY,) or begin == _FIRST

    def then(self, run: Beginnings, piece: Beginnings) -> Beginnings:
        """One behind the other."""
        if len(run) * len(piece) > 2 * _MANY:
            piece = frozenset({(*end[:1], _ANY) if end else end for end in piece})
        out = {(*begin, *end)[: self.depth] for begin in run for end in (_NOTHING if self.is_full(begin) else piece)}
        if len(out) > _MANY:
            out = {(begin[0], _ANY) if begin and begin != _FIRST else begin for begin in out}
        return frozenset(out)

    def piece(self, operator: str, argument: Any) -> Beginnings:
        """What one piece begins with."""
        match operator:
            case "LITERAL":
                return frozenset({(_letter(argument),)})
            case "IN":
                return frozenset({(_letters(argument),)})
            case "BRANCH":
                return frozenset().union(*[self.row(branch) for branch in argument[1]])
            case "SUBPATTERN":
                return self.row(argument[3])
            case "ATOMIC_GROUP":
                return self.row(argument)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                return self.repeated(argument[0], argument[1], self.row(argument[2]))
            case "AT" if str(argument) in ("AT_BEGINNING", "AT_BEGINNING_STRING"):
                return _AT_FIRST
            case "AT" | "ASSERT" | "ASSERT_NOT":
                return _NOTHING
        return _ANYTHING | _NOTHING

    def repeated(self, least: int, most: int, once: Beginnings) -> Beginnings:
        """One or more of the same."""
        if self.white_space_as_one and all(
            len(begin) == 1 and not begin[0] & ~(_WHITE | 1 << _OTHER) for begin in once
        ):
            most = 1  # white space is one character there
        run = once
        for _ in range(min(most, self.depth) - 1):
            run = once | self.then(run, once)
        return run if least else run | _NOTHING


def _letter(code: int) -> int:
    like = _LIKE.get(code)
    return 1 << _class(code) | (1 << _OTHER if code in _ODD else 0) | (1 << _class(like) if like is not None else 0)


def _letters(members: Sequence[tuple[Any, Any]]) -> int:
    """The classes of the characters that a set holds."""
    codes: set[int] = set()
    beyond = negated = False
    mask = 0
    for operator, argument in members:
        match str(operator):
            case "NEGATE":
                negated = True
            case "LITERAL":
                codes.add(argument)
            case "RANGE":
                codes.update(range(argument[0], min(argument[1], _ASCII) + 1))
                for odd in _LIKE:
                    mask |= _letter(odd) if argument[0] <= odd <= argument[1] else 0
                beyond = beyond or argument[1] >= _ASCII
            case _:
                codes |= _CATEGORIES.get(str(argument), _EVERY_CODE)
                beyond = True
    mask |= 1 << _OTHER if beyond or negated else 0
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


def table_of_strings(groups: Sequence[Iterable[str]]) -> bytes:
    """Strings, group by group, as `met` of _begins.c reads them; empty where there are too many.

    A text holds the strings of every group that is met in it, or others that are like them in their first characters.
    """
    entries: list[list[bytes]] = [[] for _ in range(_CLASSES * _CLASSES)]
    for number, group in enumerate(groups):
        for string in group:
            first, second, *further = [*(_letter(ord(letter)) for letter in string), *([_ANY] * _LENGTH)][:_LENGTH]
            entry = struct.pack(f"={_LENGTH - 1}Q", *further, number)
            for row in _places(first):
                for place in _places(second):
                    entries[row * _CLASSES + place].append(entry)
    starts = [0, *accumulate(map(len, entries))]
    if len(groups) > _GROUPS or starts[-1] > _ENTRIES:
        return b""
    return _CLASS_OF + struct.pack(f"={len(starts)}H6x", *starts) + b"".join(b"".join(one) for one in entries)

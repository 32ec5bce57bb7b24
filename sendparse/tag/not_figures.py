"""Numbers that are no figures: dates, clock times, ages, paragraph numbers, sections of Acts, "20-week" as a name.

In: a piece of text. Out: the places whose digits state nothing, each with a reason that `explain` can show. On real papers
there are more of these than figures, so every kind has its rule and its cases; a digit that no rule names stays a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from sendparse.begins import Sought
from sendparse.records import quick
from sendparse.tag.hints import Sieve
from sendparse.tag.not_figure_rules import ALONE, all_rules, any_case
from sendparse.tag.period import digits_of_periods
from sendparse.tag.wordings import HYPHEN, rules


@quick
@dataclass(frozen=True, slots=True)
class NotFigure:
    """A number that states nothing, with the reason."""

    start: int
    end: int
    text: str
    reason: str


LEADING_NUMBER = re.compile(
    rf"\s*(?:[•·▪◦o*]|{HYPHEN})?\s*"
    r"(?P<n>\(?(?:\d{1,2}(?:\.\d{1,3}){0,3}|[a-z]{1,4}|[IVX]{1,4})[.):]?(?=\s|$))"
)
_NUMBER = Sought(
    r"(?=[£\d])(?P<pound>£\s?)?(?:(?<![\d,.])|(?<=[a-zA-Z]\.))\d[\d,]*(?:\.\d+)?(?P<sign>\s?%|\s?per\s?cent)?"
)
_OF_SIGNED = frozenset({"threshold in a name", "web or mail address", "identifier", "condition of a payment"})
Rule = tuple[str, re.Pattern[str]]


def not_figures(text: str, *, numbered: bool = False) -> list[NotFigure]:
    """All numbers of `text` that a rule declares no figure, in order; places may overlap.

    `numbered` says that the piece begins with its own paragraph or item number.
    """
    dated = digits_of_periods(text)
    found = [NotFigure(start, end, text[start:end], "date or year") for start, end in dated]
    left, signed = _left(text, dated)
    if left:
        numbers, finders = _Numbers(text), _finders(signed=signed)
        for finder in [finders[number] for number in _sieve(signed=signed).met(text)]:
            for match in finder.find(text, numbers):
                start, end = match.span("n") if finder.named and match["n"] else match.span()
                end = _before_to(text, start, end)
                end = next((b for a, b in dated if a <= start < b < end), end)  # "96 in Q2 and 101 in Q3"
                found.append(NotFigure(start, end, text[start:end], finder.reason))
    if text.count("(") > 1:
        found += _enumerated(text)
    if numbered and (lead := LEADING_NUMBER.match(text)) is not None:
        found.append(NotFigure(*lead.span("n"), lead["n"], "paragraph or item number"))
    return sorted(found, key=lambda f: (f.start, f.end))


def _left(text: str, dated: Sequence[tuple[int, int]]) -> tuple[bool, bool]:
    """Whether numbers are left that no date holds, and whether each of them has its sign."""
    left, signed = False, True
    for match in _NUMBER.finditer(text):
        place = match.start()
        for start, end in dated:
            if start <= place < end:
                break
        else:
            left = True
            if not (match["pound"] or match["sign"]):
                return True, False
    return left, signed


_FROM_A_NUMBER = Sought(
    r"\bfrom\s+(?:\w+\s+){0,2}£?\d[\d,.]*\s?(?:%|\w+)?(?:\s+\w+){0,3}\s+(?:in|at|during|by|for)\s+(?:\w*[a-rt-zA-Z]\s?)?$"
)
_TO_A_NUMBER = Sought(r"\s+to\s+(?:\d{2,}|\d[\d,.]*\s+(?:\w+\s+){0,2}(?:in|at|during|by|for)\s)")


def _before_to(text: str, start: int, end: int) -> int:
    """Where a number in a name ends, as in "from 310 in Q2 to 273 in Q3": 273 answers 310 and not Q2."""
    to = _TO_A_NUMBER.search(text, start)
    return to.start() if to is not None and to.start() < end and _FROM_A_NUMBER.search(text[:start]) else end


_IN_BRACKETS = Sought(r"\((\d{1,2})\)(?=\s+[A-Za-z])")


def _enumerated(text: str) -> list[NotFigure]:
    """As in "(1) noted the report and (2) agreed the plan": numbers that count up from one."""
    marks = list(_IN_BRACKETS.finditer(text))
    if len(marks) < 2 or [int(m[1]) for m in marks] != list(range(1, len(marks) + 1)):
        return []
    return [NotFigure(*m.span(), m[0], "paragraph or item number") for m in marks]


@cache
def _rules() -> tuple[Rule, ...]:
    """Reason and expression of each kind; the group `n`, where it matched, is what states nothing."""
    return tuple((reason, re.compile(source)) for reason, source in all_rules())


@cache
def _finders(*, signed: bool = False) -> Sequence[_Finder]:
    """The rules as they are used. Where every number has its sign (`signed`), only some of them can speak."""
    return tuple(_Finder(reason, expression) for reason, expression in _speaking(signed=signed))


@cache
def _sieve(*, signed: bool) -> Sieve:
    """Which of these rules a text can meet at all."""
    return Sieve([expression for _, expression in _speaking(signed=signed)])


def _speaking(*, signed: bool) -> Sequence[Rule]:
    return [rule for rule in _rules() if not signed or rule[0] in _OF_SIGNED]


_DIGITS = Sought(r"\d+")
_LONGEST = 24  # letters of a word
# Nothing stuck before it, then a digit; and no alternative to that.
_BEGINS_A_NUMBER = re.compile(
    r"(?:\(\?i\))?(?:\(\?<!\[[^\]]*\\w[^\]]*\]\)|\\b)\(\?P<n>(?:\(\?:)?(?:\\d|\d|\[\d(?:-?\d)+\])"
)


class _Numbers:
    """Where the numbers of a text begin and what stands right beside them: asked once, for all rules."""

    def __init__(self, text: str) -> None:
        self.starts: list[int] = []
        self.stuck = False  # to a letter before it, perhaps with a sign between
        self.pointed = False  # with a full stop right behind it
        self.plain = text.isascii()
        self.tails: list[str] = []  # the ends of the words before them, in small letters
        for found in _DIGITS.finditer(text):
            start, end = found.span()
            self.starts.append(start)
            before = text[max(0, start - 2) : start]
            self.stuck = self.stuck or before[-1:].isalpha() or (before[-1:] in "-/." and before[:1].isalpha())
            self.pointed = self.pointed or text[end : end + 1] == "."
            tail = text[max(0, start - 2 * _LONGEST) : start].rstrip()
            while tail and tail[-1] in "(-":
                tail = tail[:-1].rstrip()
            self.tails.append(tail[-_LONGEST:].lower())

    def follow(self, words: tuple[str, ...]) -> bool:
        """Whether one of these words stands right before a number."""
        if not self.plain:
            return True
        for tail in self.tails:  # noqa: SIM110 - any() takes twice as long
            if tail.endswith(words):
                return True
        return False


class _Finder:
    """A rule that is tried only where it can begin: some at numbers, some behind words, some at numbers stuck to a letter."""

    def __init__(self, reason: str, expression: re.Pattern[str]) -> None:
        source = expression.pattern
        self.reason, self.sought = reason, Sought(expression)
        self.named = "n" in expression.groupindex
        self.at_numbers = _BEGINS_A_NUMBER.match(source) is not None and not _has_alternatives(source)
        self.stuck = source.startswith((rf"[A-Z]{ALONE}", r"[Ss](?<!"))
        self.pointed = r"(?P<n>\d{1,2}\.\d{1,2}" in source or r"(?P<n>[1-9]\.)" in source
        self.behind: tuple[str, ...] = next((words for piece, words in _said_before() if piece in source), ())

    def find(self, text: str, numbers: _Numbers) -> Iterable[re.Match[str]]:
        """All matches of the rule."""
        apart = (self.stuck and not numbers.stuck) or (self.pointed and not numbers.pointed)
        if apart or (self.behind and not numbers.follow(self.behind)):
            return ()
        if not self.at_numbers:
            return self.sought.finditer(text)
        out: list[re.Match[str]] = []
        end = 0
        for start in numbers.starts:
            if start >= end and (match := self.sought.match(text, start)) is not None:
                out.append(match)
                end = match.end()
        return out


@cache
def _said_before() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Pieces of rules that are words right before a number, with their ends."""
    return (
        (any_case("reference_words"), _last_words()),
        (r"(?i:section|s\.?|sections|ss\.?|S)\s?", ("section", "s", "s.")),
        (r"(?i:nursery|reception|NCY|Yr|Y)\s?", ("reception", "y", "yr")),
    )


@cache
def _last_words() -> tuple[str, ...]:
    return tuple({str(wording).lower().split()[-1] for wording in rules("values")["reference_words"]})


def _has_alternatives(source: str) -> bool:
    """Whether an expression is several with a stroke between, or its number may begin with something else."""
    bare = re.sub(r"\\.|\[[^\]]*\]", "x", source)  # without escapes and classes
    depth = 0
    for letter in bare:
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and depth == 0:
            return True
    number = source[source.index("(?P<n>") + len("(?P<n>") :]
    if not number.startswith("(?:"):
        return False
    return not all(re.match(r"\d|\\d|\[\d(?:-?\d)+\]", one) for one in number[3 : number.index(")")].split("|"))

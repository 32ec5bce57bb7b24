"""Where expressions can begin: what is found there is what the expression finds by itself."""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from compiling import compiled_from

from sendparse import begins
from sendparse.begins import Sought, table_of, table_of_strings
from sendparse.tag import not_figures, period_atoms, value_words
from sendparse.tag.hints import folded, hints_of
from sendparse.tag.value import _HINT

SOURCE = Path(begins.__file__).with_name("_begins.c")

EXPRESSIONS = [
    # expression                                    why
    (r"(?i)\b(?:is|kiosks|a year)\b", "letters that others count as"),
    (r"(?i)(?<!\w)(?:the\s+)?(?:last|this)\s+year", "what may be left out"),
    (r"(?<![\w-])\d+(?:st|nd)?", "a number at an edge"),
    (r"\d+", "a number anywhere"),
    (r"[^\W\d_]{2,}\.", "a class of what it is not"),
    (r"[\s,(]*(?:and|or)\b", "what may be said many times first"),
    (r"a|bc?|(?:def)", "less than three characters"),
    (r"(?:x{2,}|y+z|[à-ü]) ", "letters beyond ASCII"),
    (r"(?P<a>.)(?P=a)", "anything, and a group again"),
    (r"(?<=\bunder )\d|\Aup", "what stands before"),
    (r"x*", "nothing at all"),
    (r"(?:\b(?:in|at)|[(:])\s*\d", "an edge in one branch alone"),
    (r"(?:^|[:–])\s*£?[\d,.]+|%", "the beginning of the text, or a sign"),
    (r"\A\W*(?:the|an?)\b|^", "it may be nothing"),
    (r"(?:\A|\ba )\W*(?:the|of)\b", "the beginning, or a word"),
    (r"\b[A-Z][a-z]{2,9}\s+20\d\d", "any capital"),
    (r"(?i)\b(?:the\s+)?(?:last|this)[\s-]+year|half\s\S", "words with white space between"),
    (r"(?m)^\d", "the beginning of a line"),
    (r"(?i)(?:ſ|\u212a|[ş-ſ]|[ĩ-ı]) ?(?:iosks|\d|t)", "letters that are like others"),
    (r"[iIİı](?i:n\s)|ſ|\u212a", "odd letters by themselves"),
]
STRINGS = ["kiosks", "is", "ſ", "İ", "5%", "–"]
PIECES = (
    "in at is st it ki the last this year kiosks 2nd 21 a b bc def x xx yyz é ü İ ı ſ \u212a KIOSKS meſs under up and or "
    "March may 2024/25 Q3 5% £1.2m 12 weeks one third half doubled ( ) , . : ; - – \n \t \x00 \u0663 \U0001d7d9 _ ' \x1f"
)


def texts(count: int) -> list[str]:
    """Texts of pieces in any order, some without a space between."""
    pieces, some = PIECES.split(" "), random.Random(7)
    rows = ([some.choice(pieces) for _ in range(some.randrange(12))] for _ in range(count))
    return [some.choice(["", " ", "  "]).join(row) for row in rows]


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    return compiled_from(SOURCE, tmp_path_factory.mktemp("begins"))


def compare(quick: ModuleType, expression: re.Pattern[str], edges: int, text: str) -> None:
    table = table_of(expression, edges)
    if not table:
        return
    for start, end in ((0, sys.maxsize), (3, sys.maxsize), (1, 7), (9, 4)):
        alone = [match.span() for match in expression.finditer(text, start, end)]
        assert [m.span() for m in quick.all_matches(expression.match, table, text, start, end)] == alone, text
        first = quick.first_match(expression.match, table, text, start, end)
        assert (first.span() if first else None) == (alone[0] if alone else None), text


@pytest.mark.parametrize(("source", "why"), EXPRESSIONS, ids=[row[1] for row in EXPRESSIONS])
def test_nothing_is_missed(quick: ModuleType, source: str, why: str) -> None:
    for text in texts(800):
        compare(quick, re.compile(source), 0, text)


def test_nothing_is_missed_of_what_reads_sentences(quick: ModuleType) -> None:
    sought = [value_words._zero(), _HINT, *value_words._run()]
    expressions = [(one.expression, 0) for one in sought] + [(one, 0) for _, one in not_figures._rules()]
    expressions.append((period_atoms.grammar().pieces.expression, period_atoms.grammar().pieces.edges))
    for text in texts(60):
        for expression, edges in expressions:
            compare(quick, expression, edges, text)


def test_no_string_is_missed(quick: ModuleType) -> None:
    expressions = [expression for _, expression in not_figures._rules()] + [re.compile("(?i)" + one) for one in STRINGS]
    groups = [hints_of(expression) for expression in expressions]
    table = table_of_strings(groups)
    for text in texts(400):
        met = quick.met(table, text)
        assert met == sorted(set(met))
        held = {n for n, hints in enumerate(groups) if any(hint in folded(text) for hint in hints)}
        matched = {n for n, expression in enumerate(expressions) if groups[n] and expression.search(text)}
        assert held | matched <= set(met), text


def test_strings_are_told_apart(quick: ModuleType) -> None:
    table = table_of_strings([["week", "%"], [], ["weekly"], ["ünter"], ["a b"], ["x"]])
    assert quick.met(table, "WEEK") == [0]
    assert quick.met(table, "5% Weekly A B") == [0, 2, 4]
    assert quick.met(table, "wee kly \u00fcnte") == []
    assert quick.met(table, "Ünter x") == [3, 5]
    assert table_of_strings([["a"]] * 257) == b""
    for given in ((), (b"", "text"), (table, b"text")):
        with pytest.raises(TypeError):
            quick.met(*given)


def test_where_little_is_known_there_is_no_table() -> None:
    unknown = [source for source, _ in EXPRESSIONS if not table_of(re.compile(source))]
    assert unknown == [r"[^\W\d_]{2,}\.", r"(?P<a>.)(?P=a)", "x*", r"\A\W*(?:the|an?)\b|^", r"(?m)^\d"]


def test_a_place_inside_a_word_is_not_tried(quick: ModuleType) -> None:
    tried: list[int] = []
    table = table_of(re.compile(r"\bin\b"))
    quick.all_matches(lambda text, start, end: tried.append(start), table, "win in inn pin 1in _in éin IN", 0, 99)
    assert tried == [4, 7, 24, 27]


@pytest.mark.parametrize(
    "given", [(), (len, b"", "text", 0, 9), (len, bytes(4289), b"text", 0, 9), (len, bytes(4289), "text", "0", 9)]
)
def test_what_is_no_search_is_an_error(quick: ModuleType, given: tuple[object, ...]) -> None:
    with pytest.raises(TypeError):
        quick.first_match(*given)


def test_an_error_of_the_function_is_passed_on(quick: ModuleType) -> None:
    for search in (quick.first_match, quick.all_matches):
        with pytest.raises(ZeroDivisionError):
            search(lambda *_: 1 // 0, table_of(re.compile("a")), "ba", 0, 9)


@pytest.mark.parametrize("in_c", [False, True])
def test_an_expression_finds_what_it_finds_alone(
    quick: ModuleType, monkeypatch: pytest.MonkeyPatch, in_c: bool
) -> None:
    if begins.__file__.endswith(".py"):
        monkeypatch.setattr(begins, "_IN_C", quick if in_c else None)
        monkeypatch.setattr(begins, "first_match", quick.first_match)
        monkeypatch.setattr(begins, "all_matches", quick.all_matches)
    sought = Sought(r"(?i)\b(?P<n>\d+)\s+(?:weeks?|months)\b")
    for text in ("12 weeks, 3 MONTHS", "12 days", "", "weekly", "1 week"):
        alone = [match.span("n") for match in sought.expression.finditer(text)]
        assert [match.span("n") for match in sought.finditer(text)] == alone
        assert (sought.search(text) is not None) == bool(alone)
        assert sought.sub("x", text) == sought.expression.sub("x", text)

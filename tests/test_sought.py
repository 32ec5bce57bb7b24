"""Wordings of front sheets are found wherever their expressions find them, though most texts are not searched."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from sendparse.facts.names import _CAPITAL
from sendparse.facts.wordings import Wordings, load_wordings
from sendparse.packs import Packs

PIECES = [
    *(
        "committee",
        "Overview and Scrutiny",
        "sub-committee",
        "SUB–COMMITTEE",
        "task  and\nfinish group",
        "the executive",
    ),
    *("Ombudſman", "ıntegrated care board", "İntegrated Care Board", "K", "you can complain to Ofsted", "Ofsted’s"),
    *(
        "date & time",
        "Date and Time",
        "meeting/decision maker",
        "Ward(s)",
        "DATE",
        "report to",
        "e-mail",
        "tel no",
        "Kent",
    ),
    *(
        "as at",
        "AS AT THE END OF",
        "data up to",
        "position at",
        "year\u00a0to date to",
        "31 March 2024",
        "Q3",
        "d’Arcy",
    ),
    *(
        ":",
        ";",
        " :",
        "(10:30)",
        "(if known; else none)",
        "(" + "x" * 39 + ")",
        "(" + "x" * 41 + ")",
        "[",
        "'",
        "’",
        "_",
    ),
    *("\n", "\t", "  ", "\u00a0", "\u2009", "Children", "was", "1,204", "£", "≥", "Ł", "ß", "É", "o"),
]
FINDERS: dict[str, Callable[[Wordings], Any]] = {
    "labels": lambda wordings: wordings.label_pattern,
    "cues": lambda wordings: wordings.data_cue,
    "meetings": lambda wordings: wordings.matcher("bodies", "whole_names"),
    "not meetings": lambda wordings: wordings.matcher("not_bodies"),
    "others": lambda wordings: wordings.matcher("other_publishers"),
    "letterheads": lambda wordings: wordings.matcher("other_letterheads"),
    "the council": lambda wordings: wordings.matcher("speaks_as_council"),
    "titles": lambda wordings: wordings.matcher("title_words"),
}


@pytest.fixture(scope="module")
def wordings(packs: Packs) -> Wordings:
    return load_wordings(packs.reference.folder.parent / "facts.yaml")


def texts(number: int, words: list[str]) -> list[str]:
    dice = random.Random(number)
    pieces = [*PIECES, *dice.sample(words, 40)]
    joints = dice.choice([(" ",), (" ", "\n", "\t"), (" ", "", "  ", "\u00a0")])
    return [
        "".join(dice.choice(pieces) + dice.choice(joints) for _ in range(dice.randrange(40)))
        for _ in range(number % 60)
    ]


@pytest.mark.parametrize("name", FINDERS)
def test_what_is_sought_is_what_the_expression_finds(wordings: Wordings, name: str) -> None:
    finder = FINDERS[name](wordings)
    words = [*wordings.labels, *(word for words in wordings.lists.values() for word in words)]
    found = 0
    for number in range(150):
        for text in texts(number, words):
            expected = [(match.span(), match.groups()) for match in finder.expression.finditer(text)]
            assert [(match.span(), match.groups()) for match in finder.finditer(text)] == expected, text
            found += bool(expected)
            if name != "labels":
                assert (finder.search(text) is None) == (not expected)
    assert found > 20


@pytest.mark.parametrize("name", FINDERS)
def test_every_wording_is_found_by_itself(wordings: Wordings, name: str) -> None:
    finder = FINDERS[name](wordings)
    for word in [*wordings.labels, *(word for words in wordings.lists.values() for word in words)]:
        wide = word.replace(" ", "\n\n   ")
        for text in (f"{word}:", word.upper() + " (all of them):", f"x {wide} ; y", word.title()):
            assert len(list(finder.finditer(text))) == len(finder.expression.findall(text)), text


def test_names_begin_where_a_capital_begins_a_word() -> None:
    text = "A Bc dE _Fg HIJ é-Kent ÉKent 1Kent d’Arcy's O'Neil_Kent Łódź Kent’s Åland"
    found = [match[0] for match in _CAPITAL.finditer(text)]
    assert found == ["A", "Bc", "Fg", "HIJ", "Kent", "Arcy's", "O'Neil", "Kent", "Kent’s"]

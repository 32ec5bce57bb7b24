"""Stretches of characters become words: where one ends, what is drawn twice, and what stands raised."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sendparse.read.bulk import BREAK, SPACE, TOUCHES
from sendparse.read.geometry import along
from sendparse.read.page_words import RawWord, Run, Style, drawn_once, join

PLAIN = Style(
    font="Sans",
    bold=False,
    colour=(0.0, 0.0, 0.0),
    invisible=False,
    size=10.0,
    direction=0,
    odd=False,
    pen=(1, 0, 0, 1),
    plain_size=10.0,
    font_handle=1,
)
OTHER = replace(PLAIN)
BOLD = replace(PLAIN, bold=True)
SMALL = replace(PLAIN, size=6.0)
WHITE = replace(PLAIN, colour=(1.0, 1.0, 1.0))
UNSEEN = replace(PLAIN, invisible=True)
UP = replace(PLAIN, direction=90)


def run(text: str, u0: float, before: int = TOUCHES, style: Style = PLAIN, base: float = 100.0) -> Run:
    """A run; what looks different is drawn by another text object."""
    return Run(text, style, u0, u0 + 5 * len(text) * style.size / 10, base, before, 1, id(style))


CASES = [
    # runs, is the space a guess of pdfium's, the words, why it is here
    ([run("68", 0), run(".5%", 10, style=OTHER)], False, ["68.5%"], "text objects that touch"),
    ([run("68", 0), run("69", 12.5, style=OTHER)], False, ["68", "69"], "a gap"),
    (
        [run("7", 0), run("Sc", 0, BREAK, base=120), run("4%", 5, BREAK), run("hool", 10, BREAK, base=120)],
        False,
        ["74%", "School"],
        "letters of two lines by turns",
    ),
    (
        [run("7", 0), run("Sc", 0, BREAK, base=120), run("4%", 6, BREAK)],
        False,
        ["7", "Sc", "4%"],
        "no letters that touch",
    ),
    ([run("68", 0), run("69", 12, style=OTHER)], False, ["6869"], "a gap that kerning makes"),
    ([run("68", 0), run("69", 11, SPACE)], False, ["68", "69"], "a narrow space"),
    ([run("68", 0), run("69", 10.2, SPACE)], False, ["68", "69"], "a space of hardly any width, in the file"),
    ([run("68", 0), run("69", 10.2, SPACE)], True, ["6869"], "the same where pdfium only guessed it"),
    ([run("68", 0), run("69", 11, SPACE)], True, ["68", "69"], "a guess with a gap"),
    ([run("68", 0), run("69", 10, BREAK)], False, ["68", "69"], "a break"),
    ([run("68", 0), run("69", 10, style=OTHER, base=106)], False, ["68", "69"], "another line"),
    ([run("68", 40), run("69", 0, style=OTHER)], False, ["68", "69"], "a step back"),
    ([run("68", 0), run("69", 10, style=UP)], False, ["68", "69"], "another direction"),
    ([run("68", 0), run("secret", 10, style=WHITE)], False, ["68", "secret"], "white text at black text"),
    ([run("68", 0), run("secret", 10, style=UNSEEN)], False, ["68", "secret"], "invisible text at text that shows"),
    ([run("w", 0), run("w", 0.5, style=BOLD), run("e", 5, style=OTHER)], False, ["we"], "a letter drawn twice"),
    ([run("1", 0), run("1", 5, style=OTHER)], False, ["11"], "a digit that comes twice"),
    ([run("45%", 0), run("1", 15, style=SMALL, base=96)], False, ["45%", "¹"], "a raised mark"),
    ([run("45%", 0), run("1", 15.5, SPACE, SMALL, 96)], False, ["45%", "¹"], "a raised mark after a space"),
    ([run("45%", 0), run("1", 15, style=SMALL)], False, ["45%1"], "a small digit on the line"),
    (
        [run("45%", 0), run("1", 15, style=SMALL, base=96), run(",", 18, style=PLAIN)],
        False,
        ["45%", "¹", ","],
        "after it",
    ),
    ([run("1", 0, style=SMALL, base=96), run("Note", 4, SPACE)], False, ["¹", "Note"], "a mark before its note"),
    ([run("2024", 0, style=SMALL, base=96), run("45%", 12)], False, ["2024", "45%"], "a raised label is no mark"),
    ([run("31", 0), run("st", 10, style=SMALL, base=96)], False, ["31st"], "an ordinal"),
    ([run("Tm", 0), run("tm", 10, style=SMALL, base=96)], False, ["Tmtm"], "a trade mark"),
    ([run("H", 0), run("2", 5, style=SMALL, base=102), run("O", 8)], False, ["H2O"], "a lowered digit"),
    ([], False, [], "nothing"),
]


@pytest.mark.parametrize(("runs", "guess", "expected"), [case[:3] for case in CASES], ids=[case[3] for case in CASES])
def test_words(runs: list[Run], guess: bool, expected: list[str]) -> None:
    assert [word.text for word in join(runs, lambda index: guess)] == expected


def test_a_box_is_as_high_as_its_font_and_holds_all_its_parts() -> None:
    (word,) = join([run("45", 0), run("p", 10, style=SMALL)], lambda index: False)
    assert (word.x0, word.x1) == (0, 13)
    assert (word.top, word.bottom) == pytest.approx((92.2, 102.2))


@pytest.mark.parametrize("direction", [0, 90, 180, 270])
def test_turning_is_undone(direction: int) -> None:
    box = (1.0, 2.0, 7.0, 5.0)
    turned = along(direction, box)
    assert turned[0] < turned[2]
    assert turned[1] < turned[3]
    assert along((360 - direction) % 360, turned) == box


def test_what_is_drawn_twice_counts_once_unless_it_was_hidden() -> None:
    def word(text: str, x0: float, top: float) -> RawWord:
        return RawWord(text, x0, top, x0 + 20, top + 10, PLAIN)

    words = [word("Plans", 0, 0), word("Plans", 1, 1), word("Plans", 0, 12), word("Plans", 50, 0), word("Plan", 0, 0)]
    assert drawn_once(words, [False] * 5) == [0, 2, 3, 4]
    assert drawn_once(words, [True] + [False] * 4) == [0, 1, 2, 3, 4]

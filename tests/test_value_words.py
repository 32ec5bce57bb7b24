"""Number words that count what their noun would only repeat."""

from __future__ import annotations

import pytest

from sendparse.tag.value import read_values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Of the 31 posts in the team, four were empty.", 4),
        ("Of these, six have been filled.", 6),
        ("By September the number had come down to three, all in Year 7.", 3),
        ("That will bring the number of bases to eight.", 8),
        ("Up three on the month.", 3),
        ("Seven.", 7),
    ],
)
def test_a_number_word_stands_for_what_was_told(text: str, value: float) -> None:
    assert [v.value for v in read_values(text)][-1] == value


@pytest.mark.parametrize("text", ["Members split up into three groups.", "We came to one conclusion, which is new."])
def test_a_number_word_for_nothing_told_is_no_figure(text: str) -> None:
    assert not read_values(text)

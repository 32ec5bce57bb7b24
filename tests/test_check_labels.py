"""Labels of rows by their words: the quick way finds what going through all of them finds."""

from __future__ import annotations

import random
from datetime import date

import pytest

from sendparse.check.labels import Labelled, Reader
from sendparse.check.link_periods import _month_in
from sendparse.check.paper import when
from sendparse.model import Observation


def test_labels_that_share_two_words_are_found_in_order() -> None:
    chance, words = random.Random(6), ["plan", "issue", "refus", "2024", "2025", "appea", "schoo", "7"]
    labels = [frozenset(chance.sample(words, chance.randint(0, 4))) for _ in range(60)]
    labelled = Labelled(list(enumerate(labels)))
    for _ in range(200):
        said = frozenset(chance.sample(words, chance.randint(0, 6)))
        shared = [(n, label & said, label) for n, label in enumerate(labels)]
        every = [(n, label) for n, both, label in shared if len(both) > 1 and not all(map(str.isdigit, both))]
        assert labelled.told_by(said) == every


def test_readers_of_the_same_rules_share_their_stems_and_others_do_not() -> None:
    one, two, other = Reader(["the"], {"fell": "fall"}), Reader(["the"], {"fell": "fall"}), Reader([], {})
    text = "The appeals fell"
    assert one.words(text) == two.words(text) == {"appea", "fall"}
    assert other.words(text) == {"the", "appea", "fell"}


@pytest.mark.parametrize(
    ("label", "month"), [("in August", 8), ("AUGUſT", 8), ("Mayor", 0), ("to 31 December 2024", 12), ("Dezember", 0)]
)
def test_the_month_of_a_label(label: str, month: int) -> None:
    assert _month_in(label) == month


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (None, None, "no stated period"),
        (None, date(2024, 3, 1), "1 March 2024"),
        (date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        (date(2008, 4, 1), date(2009, 3, 31), "2008/09"),
        (date(2024, 1, 1), date(2024, 3, 31), "January to March 2024"),
        (date(2023, 9, 1), date(2024, 8, 31), "September 2023 to August 2024"),
        (date(2024, 1, 2), date(2024, 3, 5), "2 January 2024 to 5 March 2024"),
    ],
)
def test_periods_as_a_reader_says_them(start: date | None, end: date | None, said: str) -> None:
    assert when(Observation(observation_id="1", period_start=start, period_end=end)) == said

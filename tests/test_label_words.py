"""What the words of a label tell before it is read: never less than reading it tells."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest

from sendparse.packs import Packs
from sendparse.tag.branching import words_of
from sendparse.tag.kpi import KpiMatcher, matcher_of
from sendparse.tag.wording import BREAKDOWN, LIGHT

ODD = [
    "No.",
    "no of",
    "Nos",
    "a month",
    "a year",
    "&",
    "<5",
    "EHCP's",
    "plans’",
    "EHC-P",
    "EHCPs:",
    "(SEND)",
    "Ärger",
    "ſen",
]


@pytest.fixture(scope="module")
def matcher(packs: Packs) -> KpiMatcher:
    return matcher_of(packs)


def labels(words: Iterable[str]) -> list[str]:
    """Rows of words, in other spellings too, beside odd ones."""
    chance, words = random.Random(6), sorted(words)
    spelt = [*words, *(word.upper() for word in words), *(f"{word}s" for word in words), *ODD * 20]
    return [" ".join(chance.choices(spelt, k=chance.randint(1, 4))) for _ in range(4000)]


def forms(packs: Packs) -> list[str]:
    return [form for name in packs.words.core for form in packs.words.concepts[name].forms]


def test_what_names_our_subject_has_a_telling_word(matcher: KpiMatcher, packs: Packs) -> None:
    concepts, found = packs.words.concepts, 0
    for text in [*labels(words_of(matcher.lexicon.forms)), *forms(packs)]:
        items = matcher.lexicon.read(text)
        if any(i.symbol in matcher.core and i.weight >= concepts[i.symbol].weight for i in items):
            assert matcher.words.may_name_subject(text), text
            found += 1
    assert found > 300


def test_what_is_only_a_part_has_words_of_parts_alone(matcher: KpiMatcher) -> None:
    found = 0
    for text in labels(matcher.words.of_parts):
        kinds = {item.kind for item in matcher.lexicon.read(text)}
        if BREAKDOWN in kinds and kinds <= {BREAKDOWN, LIGHT}:
            assert matcher.words.may_be_part(text), text
            found += 1
    assert found > 100


@pytest.mark.parametrize("text", ["Bins collected on time", "Average days to let a home", "Potholes"])
def test_most_labels_of_other_subjects_need_not_be_read(matcher: KpiMatcher, text: str) -> None:
    assert not matcher.words.may_name_subject(text)
    assert not matcher.words.may_be_part(text)


def test_a_label_of_another_subject_is_read_with_the_row_above_it(matcher: KpiMatcher) -> None:
    company = "Housing. Bins"
    assert matcher.match_label("of which primary", company=company) is None
    above = matcher.match_label("of which primary", parent="Number of EHC plans", company=company)
    assert above is not None
    assert dict(above.breakdown) == {"phase": "primary"}

"""Text into symbols."""

from __future__ import annotations

import pytest

from sendparse.tag.kpi import matcher_of
from sendparse.tag.wording import FOREIGN, LIGHT, UNKNOWN, fold, spellings

FOLDS = [
    ("EHCPs", "ehcp"), ("EHCP's", "ehcp"), ("EHCP’s", "ehcp"), ("EPs", "ep"), ("yrs", "yr"), ("families", "family"),
    ("processes", "process"), ("access", "access"), ("was", "was"), ("this", "this"), ("campus", "campus"), ("&", "and"),
    ("<", "under"), ("NHS", "nhs"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "folded"), FOLDS)
def test_fold(word, folded):
    assert fold(word) == folded


SPELLINGS = [
    ("plan", ["plan"]),
    ("(final) plan", ["final plan", "plan"]),
    ("within/in time", ["within time", "in time"]),
    ("on_or_after/by day", ["on or after day", "by day"]),
    ("{plans}/{assessment} ({done})", ["{plans} {done}", "{assessment} {done}", "{plans}", "{assessment}"]),
]


@pytest.mark.parametrize(("form", "written_out"), SPELLINGS)
def test_spellings(form, written_out):
    assert list(spellings(form)) == written_out


def symbols(packs, text):
    items = matcher_of(packs).lexicon.read(text)
    return [item.symbol for item in items if item.kind != LIGHT]


READ = [
    ("Education, Health and Care Plans", ["plans"], "one concept, commas and all"),
    ("Education Health & Care Plans", ["plans"], "the sign for and"),
    ("EHC-plan", ["plans"], "hyphens part words"),
    ("ECHPs", ["plans"], "a misspelling often seen"),
    ("20-week deadline", ["within_20_weeks"], "a figure inside a name"),
    ("8.1weeks", [], "a figure that is none of ours"),
    ("Speech, Language and Communication Needs (SLCN)", ["need=slcn"], "a breakdown with its abbreviation"),
    ("NEET (16-25yrs)", ["neet", "age=16_25"], "an age band"),
    ("out of borough", ["out_of_area"], "small words inside a form"),
    ("Zebra crossings", [UNKNOWN, UNKNOWN], "words that nobody uses"),
    ("January 2025", [], "dates carry nothing here"),
    ("", [], "nothing"),
]


@pytest.mark.parametrize(("text", "wanted", "why"), READ)
def test_read(packs, text, wanted, why):
    assert symbols(packs, text) == wanted, why


def test_places_clauses_and_brackets(packs):
    text = "EHCPs rose. Appeals (SEND tribunal) fell"
    items = [i for i in matcher_of(packs).lexicon.read(text) if i.kind != LIGHT]
    assert [(text[i.start : i.end], i.clause, i.aside) for i in items] == [
        ("EHCPs", 0, False),
        ("Appeals", 1, False),
        ("SEND tribunal", 1, True),
    ]


def test_a_form_does_not_run_over_the_end_of_a_sentence(packs):
    assert symbols(packs, "They got advice in special. Schools were glad.")[-2:] != ["special_school"]


def test_words_of_another_subject_are_marked(packs):
    kinds = {i.symbol: i.kind for i in matcher_of(packs).lexicon.read("foster carers with an EHCP")}
    assert kinds["social_work"] == FOREIGN

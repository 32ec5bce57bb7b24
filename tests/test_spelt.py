"""Forms written in short: classes of words and verbs in all their forms."""

from __future__ import annotations

import pytest

from sendparse.errors import PackError
from sendparse.packs import load_packs
from sendparse.packs.spelt import forms_of, written_out
from sendparse.tag.kpi import matcher_of

CLASSES = {"limit": ("deadline", "time limit"), "late": ("past <limit>", "overdue")}
VERBS = {"go": ("went", "gone", "going"), "put": ("putting",)}

WRITTEN = [
    # in short                out in full                                       why
    ("plain words",           "plain words",                                    "nothing to do"),
    ("inside <limit>",        "inside deadline/time_limit",                     "a class; words of one member stay together"),
    ("agree+ to",             "agree/agreed/agreeing to",                       "a regular verb"),
    ("apply+",                "apply/applied/applying",                         "y to i"),
    ("go+_over limit",        "go_over/went_over/gone_over/going_over limit",   "a verb with its particle"),
    ("(put+ in) bid",         "(put/putting in) bid",                           "inside what may be left out"),
    ("good + better",         "good + better",                                  "a sign that stands alone is a sign"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "full", "why"), WRITTEN, ids=[row[2] for row in WRITTEN])
def test_written_out(form: str, full: str, why: str) -> None:
    assert written_out(form, CLASSES, VERBS) == full, why


def test_a_class_may_use_another() -> None:
    assert "past_deadline/time_limit" in written_out("<late>", CLASSES, VERBS)


def test_forms_of_verbs() -> None:
    assert forms_of("issue", {}) == ("issue", "issued", "issuing")
    assert forms_of("go", VERBS) == ("go", "went", "gone", "going")


def test_an_unknown_class_is_refused(tmp_path) -> None:
    (tmp_path / "words.yaml").write_text("concepts:\n  plans: [<nowhere> plan]\n", encoding="utf-8")
    with pytest.raises(PackError, match="nowhere"):
        load_packs(tmp_path)


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("taken outside the legal time limit", "overdue"),
        ("failing to meet the statutory timescale", "overdue"),
        ("decided by week six", "within_6_weeks"),
        ("kept to the 20-week deadline", "within_20_weeks"),
        ("40 requests a month", "per_month"),
        ("waited more than a year", "after_52_weeks"),
    ],
)
def test_phrasings_that_nobody_listed(packs, text: str, symbol: str) -> None:
    assert symbol in [item.symbol for item in matcher_of(packs).lexicon.read(text)]


@pytest.mark.parametrize("text", ["40 requests in a month", "16% more than the year before", "over the year"])
def test_and_what_only_looks_like_them(packs, text: str) -> None:
    found = [item.symbol for item in matcher_of(packs).lexicon.read(text)]
    assert "per_month" not in found and "after_52_weeks" not in found

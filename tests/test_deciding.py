"""The learned choice: what words suggest, what they turn down, and what stays with the rules. Sentences of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from sendparse.model import Document, Facts
from sendparse.observe.from_text import from_text
from sendparse.packs import Packs, load_packs
from sendparse.read.txt import text_blocks
from sendparse.tag.deciding import AHEAD, LIKELY, clear, deciding_of
from sendparse.tag.link import Link
from sendparse.tag.prose import figures
from sendparse.tag.suggest import NONE, Suggested, features, stem, stems, suggester_of, unlearned
from sendparse.text import sentences

ABOUT = "SEND: where we are\n\nThe council maintains Education, Health and Care plans (EHCPs).\n\n"


def links(text: str, packs: Packs) -> list[Link]:
    return figures(list(sentences(text_blocks(ABOUT + text))), Facts(), packs)


def test_words_are_met_by_their_stems() -> None:
    assert stem("assessments") == stem("assessing")
    assert stems("The 14 inspectors have looked at the plans") == ["inspector", "look", "plan"]


def test_features_are_whole_numbers_of_own_words_and_others() -> None:
    said = features((), "psychologists missed", "in the autumn", "percent", "change")
    assert said == {
        "u:percent": 10,
        "r:change": 5,
        "x:autumn": 3,
        "w:psychologist": 6,
        "x:psychologist": 6,
        "w:miss": 6,
        "x:miss": 6,
    }


def test_every_measure_has_learned_weights(packs: Packs) -> None:
    suggester = suggester_of(packs)
    assert suggester is not None
    assert suggester.known >= set(packs.kpis)
    assert unlearned(packs) == []


def test_likelihoods_are_shares_of_one_and_the_unit_counts(packs: Packs) -> None:
    suggester = suggester_of(packs)
    assert suggester is not None
    said = {"u:percent": 10, "o:absence": 10, "a:absence": 10, "o:plans": 10, "a:plans": 10}
    found = suggester.suggest(said, lambda name: 1.0 if packs.kpis[name].unit == "percent" else 0.1)
    assert next(iter(found.likely)) == "absence_ehcp_pct"
    assert all(value <= 0 for value in found.likely.values())
    assert found.of("no such measure") == -9.0
    assert "absence" in [word for word, _ in suggester.because(said, "absence_ehcp_pct")]


def test_the_same_words_give_the_same_numbers(packs: Packs) -> None:
    suggester = suggester_of(packs)
    assert suggester is not None
    said = {"u:count": 10, "o:appeal": 10, "a:appeal": 10, "w:lodg": 6}
    turned = dict(reversed(said.items()))
    assert suggester.suggest(said, lambda name: 1.0).likely == suggester.suggest(turned, lambda name: 1.0).likely


CLEAR = [
    # how likely                                                   suggested           why
    ({"absence_ehcp_pct": -0.1, NONE: -4.0}, "absence_ehcp_pct", "far likelier than none"),
    ({"absence_ehcp_pct": -0.1}, "absence_ehcp_pct", "none is not even thought of"),
    ({"absence_ehcp_pct": -0.1, NONE: -2.5}, "", "none is likely too"),
    ({"absence_ehcp_pct": -0.9, "ehcp_total_count": -0.9, NONE: -6.0}, "", "two measures are as likely"),
    ({NONE: -0.1, "absence_ehcp_pct": -2.0}, "", "none comes first"),
    ({}, "", "nothing is said"),
]


@pytest.mark.parametrize(("likely", "name", "_why"), CLEAR)
def test_only_what_leaves_little_doubt_is_suggested(likely: dict[str, float], name: str, _why: str) -> None:
    assert clear(Suggested(likely, {})) == name
    assert LIKELY < 0 < AHEAD


def test_nothing_is_learned_of_measures_of_an_overlay(tmp_path: Path) -> None:
    (tmp_path / "kpi").mkdir()
    (tmp_path / "kpi" / "more.yaml").write_text(
        "group: Caseload\nkpis:\n  - id: plans_in_braille_count\n    label: Plans in Braille\n    definition: Plans issued in Braille.\n"
        "    unit: count\n    source: local\n    phrases: ['{plans} braille']\n    examples:\n"
        "      - says: In all 14 EHC plans were issued in Braille.\n        gives: {value: 14, unit: count}\n",
        encoding="utf-8",
    )
    packs = load_packs(None, [tmp_path])
    assert unlearned(packs) == ["plans_in_braille_count"]
    found = links("There were 14 EHC plans in Braille.", packs)
    assert [link.kpi.id if link.kpi else "" for link in found] == ["plans_in_braille_count"]


TURNED_DOWN = [
    "Interest on the borrowing for the SEND deficit is put at £640,000.",
    "The council's leisure centres had 8,400 members and 312 swimming lessons a week.",
]


@pytest.mark.parametrize("line", TURNED_DOWN)
def test_figures_of_other_things(line: str, packs: Packs) -> None:
    assert [link.kpi for link in links(line, packs) if link.kpi is not None] == []


def test_without_learned_weights_the_rules_stand_alone(packs: Packs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sendparse.tag.link.deciding_of", lambda packs: None)
    found = links("In 2024, 44% of EHC plans were issued within 20 weeks.", packs)
    assert found[0].kpi is not None and found[0].kpi.id == "ehcp_20wk_unspecified_pct"


def test_a_suggestion_is_less_sure_and_says_why(packs: Packs) -> None:
    assert deciding_of(packs) is not None
    text = ABOUT + "Officers said that children in our special schools missed 12.8% of their lessons."
    found = links(text.removeprefix(ABOUT), packs)
    told = [line for link in found for line in link.evidence if "chosen at" in line or "suggested" in line]
    rows, _ = from_text(
        sentences(text_blocks(text)), Document(document_id="x", file="x.txt", format="txt", text=text), Facts(), packs
    )
    for link, row in zip(found, rows, strict=True):
        if link.carried == "the words around it":
            assert told and row.confidence <= 0.55 and "kpi_inferred" in row.flags

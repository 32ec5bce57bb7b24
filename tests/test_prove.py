"""Proof of the patterns: the shipped ones hold, and each kind of fault is noticed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sendparse.model import Observation
from sendparse.packs import Packs, load_packs
from sendparse.prove import check_packs, sentence_reader, unknown_names

DATA = Path(__file__).parent / "data"

WORDS = """
light: [in, total]
units: {percent: ["%"], count: [number]}
concepts:
  plans: {forms: [EHCP], weak: [plan]}
  done: [issued, finalised]
  review: [annual review]
  overdue: [overdue, late]
"""
WHOLE = """
group: Test
kpis:
  - id: plans_count
    label: Plans issued
    unit: count
    phrases: ["{plans} {done}", "{done} {plans}"]
    examples:
      - says: In May 2024, 31 EHCPs were issued.
        gives: {value: 31, unit: count, period: 2024-05-01/2024-05-31}
      - {label: Finalised EHCPs, gives: {unit: count}}
      - {label: Overdue annual reviews, gives: {kpi: reviews_count, unit: count}}
      - says: EHCPs are issued by a panel.
        gives: null
  - id: plans_pct
    label: Plans issued, share
    unit: percent
    words_of: plans_count
    examples:
      - {label: "% of EHCPs issued", gives: {unit: percent}}
  - id: reviews_count
    label: Reviews overdue
    unit: count
    phrases: ["{overdue} {review}"]
    examples:
      - {label: Late annual reviews, gives: {unit: count}}
      - {label: EHCPs issued, gives: {kpi: plans_count, unit: count}}
"""


def faults(folder: Path, kpi: str = WHOLE, words: str = WORDS, parse=None) -> list[str]:
    (folder / "kpi").mkdir(parents=True)
    (folder / "words.yaml").write_text(words, encoding="utf-8")
    (folder / "kpi" / "test.yaml").write_text(kpi, encoding="utf-8")
    return check_packs(load_packs(folder), parse)


def test_the_shipped_patterns_hold(packs):
    assert check_packs(packs, sentence_reader(packs)) == []


def test_a_pack_of_another_area_holds_on_top_of_them():
    packs = load_packs(overlays=[DATA / "adult_social_care"])
    assert check_packs(packs, sentence_reader(packs)) == []


def test_a_whole_pack_has_no_fault(tmp_path):
    assert faults(tmp_path) == []


SHARED = "reviews_count: the wording '{plans} {done}' is also '{plans} {done}' of plans_count"
OTHER = "gives reviews_count through '{overdue} {review}', not plans_count"
SHARE = '{label: "% of EHCPs issued", gives: {unit: percent}}'

BROKEN = [
    # what is changed, into what, and what the message must say
    ('"{done} {plans}"]', '"{done} {plans}", "{plans} {overdue}"]', "plans_count: the wording '{plans} {overdue}' is in no example"),
    ("label: Finalised EHCPs", "label: Planes landed", "plans_count: 'Planes landed' gives nothing, not plans_count"),
    ('["{overdue} {review}"]', '["{overdue} {review}", "{plans} {done}"]', SHARED),
    ('["{overdue} {review}"]', '["{overdue} {review}", "total {review}"]', "'total' in the wording 'total' is a word without weight"),
    ("      - {label: EHCPs issued, gives: {kpi: plans_count, unit: count}}\n", "", "reviews_count: has no example that it must not read"),
    ("      - {label: Late annual reviews, gives: {unit: count}}\n", "", "reviews_count: has no example that it must read"),
    ('    phrases: ["{overdue} {review}"]\n', "", "reviews_count: has no wording"),
    ("In May 2024, 31 EHCPs were issued.", "In May 2024, 31 annual reviews were overdue.", OTHER),
    (SHARE, SHARE.replace("percent}}", "percent, breakdown: a=b}}"), "gives the breakdown none, not a=b"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), BROKEN)
def test_each_fault_is_noticed_with_file_and_id(tmp_path, old, new, message):
    assert old in WHOLE
    found = faults(tmp_path, WHOLE.replace(old, new))
    assert any(message in fault for fault in found), found
    assert all(fault.startswith(("test.yaml: ", "words.yaml: ")) for fault in found)


def test_a_form_that_two_concepts_claim_is_noticed(tmp_path):
    found = faults(tmp_path, words=WORDS.replace("[overdue, late]", "[overdue, late, issued]"))
    assert "words.yaml: the form 'issued' belongs to done and to overdue; only the first is ever met" in found


def read_well(sentence: str) -> list[Observation]:
    if "31" not in sentence:
        return []
    start, end = date(2024, 5, 1), date(2024, 5, 31)
    return [
        Observation(observation_id="1", kpi="plans_count", value=31, unit="count", period_start=start, period_end=end)
    ]


def test_figures_are_proved_where_sentences_can_be_read(tmp_path):
    assert faults(tmp_path, parse=read_well) == []


MISREAD = [
    (lambda s: [replace(row, unit="gbp") for row in read_well(s)], "gives plans_count 31 gbp"),
    (lambda s: [], "gives nothing, not plans_count 31 count 2024-05-01/2024-05-31"),
    (lambda s: [o.__class__(observation_id="1", kpi=o.kpi, value=13, unit="count") for o in read_well(s)], "gives plans_count 13 count"),
    (lambda s: [Observation(observation_id="1", kpi="plans_count", value=31, unit="count")], "gives plans_count 31 count, not"),
    (lambda s: read_well("31"), "'EHCPs are issued by a panel.' gives plans_count 31 count"),
]  # fmt: skip


@pytest.mark.parametrize(("parse", "message"), MISREAD)
def test_a_figure_that_is_read_otherwise_is_noticed(tmp_path, parse, message):
    found = faults(tmp_path, parse=parse)
    assert any(message in fault for fault in found), found


NO_SUCH = [
    # file       rules                                                                  what is named and is not there
    ("foreign", {"anywhere": ["no_such_count"]}, "foreign.yaml: anywhere: there is no measure 'no_such_count'"),
    ("foreign", {"own_words": {"plans_x": ["plans"]}}, "foreign.yaml: own_words: there is no measure 'plans_x'"),
    ("heads", {"counted": {"staff": {"measures": ["officers_x"]}}}, "heads.yaml: counted.*.measures: there is no measure 'officers_x'"),
    ("links", {"rivals": [["plans", "plants"]]}, "links.yaml: rivals: there is no concept 'plants'"),
    ("links", {"whole_of": {"ep_vacancies_count": "posts_x"}}, "links.yaml: whole_of: there is no measure 'posts_x'"),
    ("foreign", {"answering": {"groups": ["Punctuality"]}}, "foreign.yaml: answering.groups: there is no group of measures 'Punctuality'"),
]  # fmt: skip


def test_the_rules_name_what_there_is() -> None:
    assert list(unknown_names(load_packs())) == []


@pytest.mark.parametrize(("stem", "rules", "message"), NO_SUCH)
def test_a_name_of_nothing_is_noticed(stem: str, rules: dict[str, dict[str, object]], message: str) -> None:
    whole = load_packs()
    packs = Packs(kpis=whole.kpis, words=whole.words, breakdowns=whole.breakdowns, rules={stem: rules}, folders=())
    assert list(unknown_names(packs)) == [message]

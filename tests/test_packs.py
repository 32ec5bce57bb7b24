"""Packs: what is read, what is added by an overlay, what is refused and where."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from sendparse.errors import PackError
from sendparse.packs import Packs, load_packs

DATA = Path(__file__).parent / "data"

WORDS = """
drop: [the, of]
light: [in]
concepts:
  plans: {forms: [EHCP], weak: [plan]}
  done: [issued]
"""
KPI = """
group: Test
kpis:
  - id: plans_count
    label: Plans
    unit: count
    phrases: ["{plans} {done}"]
    examples:
      - {label: EHCPs issued, gives: {unit: count}}
"""


def pack(folder: Path, kpi: str = KPI, words: str = WORDS, **others: str) -> Path:
    (folder / "kpi").mkdir(parents=True)
    (folder / "words.yaml").write_text(words, encoding="utf-8")
    (folder / "kpi" / "test.yaml").write_text(kpi, encoding="utf-8")
    (folder / "breakdowns.yaml").write_text("age:\n  3_4: [aged 3 4]\n", encoding="utf-8")
    for name, text in others.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_the_shipped_patterns_define_every_id_with_unit_label_and_definition(packs):
    assert len(packs.kpis) == 270
    for kpi in packs.kpis.values():
        assert kpi.label and kpi.definition and kpi.unit and kpi.group and kpi.source, kpi.id
        assert kpi.phrases or kpi.in_labels or kpi.words_of, kpi.id


def test_ids_and_units_are_those_of_the_vocabulary(packs, shared):
    import csv

    with (shared / "reference" / "kpi_vocabulary.csv").open(encoding="utf-8-sig", newline="") as file:
        wanted = {row["id"]: row["unit"] for row in csv.DictReader(file)}
    assert {kpi.id: kpi.unit for kpi in packs.kpis.values()} == wanted


def test_words_that_yaml_takes_for_something_else_stay_words(tmp_path):
    packs = load_packs(pack(tmp_path / "p", words=WORDS.replace("[the, of]", "[no, on, off, yes]")))
    assert packs.words.drop == ("no", "on", "off", "yes")
    assert "age=3_4" in packs.breakdowns


REFUSED = [
    # what is written in place of                     what                          file, line, and what the message names
    ("    unit: count", "    unit: kilos", "test.yaml, line 6", "`kilos`"),
    ("    unit: count", "    units: count", "test.yaml, line 6", "`units`"),
    ("    label: Plans\n", "", "test.yaml, line 4", "no label"),
    ("{plans} {done}", "{plans} {dome}", "test.yaml, line 7", "did you mean done"),
    ("      - {label: EHCPs issued, gives: {unit: count}}", "      - EHCPs issued", "test.yaml, line 9", "mapping"),
    ("gives: {unit: count}", "gives: {unit: count, wert: 3}", "test.yaml, line 9", "`wert`"),
    ("gives: {unit: count}", "gives: {kpi: nothing_like_it}", "test.yaml, line 9", "`nothing_like_it`"),
    ("    unit: count", "    unit: count\n    not: [plan]", "test.yaml, line 7", "did you mean plans"),
    ("    unit: count", "    unit: count\n    takes: [tier]", "test.yaml, line 7", "`tier`"),
    ("    unit: count", "    unit: count\n    words_of: other", "test.yaml, line 7", "`other`"),
    ("    unit: count", "    unit: count\n    better: up", "test.yaml, line 7", "`up`"),
    ("group: Test", "grupe: Test", "test.yaml, line 2", "`grupe`"),
    ('["{plans} {done}"]', "{plans}", "test.yaml, line 7", "list of texts"),
    ("kpis:\n", "kpis:\n  - {id: plans_count, label: x, unit: count}\n", "test.yaml, line 5", "twice"),
    ("  - id: plans_count\n    label", "  - label", "test.yaml, line 4", "without an id"),
    ("    label: Plans", "    label: Plans: all", "test.yaml, line 5", "no YAML"),
]


@pytest.mark.parametrize(("old", "new", "where", "names"), REFUSED)
def test_what_is_not_understood_is_refused_with_file_and_line(tmp_path, old, new, where, names):
    assert old in KPI
    with pytest.raises(PackError) as error:
        load_packs(pack(tmp_path / "p", KPI.replace(old, new, 1)))
    assert where in error.value.where
    assert names in str(error.value)
    assert error.value.exit_code == 4


def test_words_are_refused_too(tmp_path):
    with pytest.raises(PackError, match=r"words.yaml, line 5.*\n*.*`weekforms`"):
        load_packs(pack(tmp_path / "p", words=WORDS.replace("weak:", "weekforms:")))


def test_the_pack_that_is_refused_when_broken_is_read_when_whole(tmp_path):
    assert list(load_packs(pack(tmp_path / "p")).kpis) == ["plans_count"]


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(PackError, match="no such folder"):
        load_packs(tmp_path / "nowhere")


def test_an_overlay_adds_wordings_forms_ids_and_entries(tmp_path):
    extra = KPI.replace("    label: Plans\n    unit: count\n", "").replace("{plans} {done}", "{plans} count")
    extra += "  - {id: more_count, label: More, unit: count, phrases: [more of it]}\n"
    over = pack(tmp_path / "over", extra, "concepts:\n  plans: [blue book]\n", checks="limits: {b: 2}\nnames: [y]\n")
    base = pack(tmp_path / "base", checks="limits: {a: 1}\nnames: [x]\n")
    packs = load_packs(base, overlays=[over])
    assert packs.kpis["plans_count"].phrases == ("{plans} {done}", "{plans} count")
    assert packs.kpis["plans_count"].label == "Plans"
    assert packs.kpis["more_count"].unit == "count"
    assert packs.words.concepts["plans"].forms == ("EHCP", "blue book")
    assert packs.words.concepts["plans"].weak == ("plan",)
    assert packs.rules["checks"] == {"limits": {"a": 1, "b": 2}, "names": ["x", "y"]}


def test_an_overlay_cannot_change_what_an_id_means(tmp_path):
    over = pack(tmp_path / "over", KPI.replace("unit: count\n    phrases", "unit: percent\n    phrases"))
    with pytest.raises(PackError, match="cannot change the unit of plans_count"):
        load_packs(pack(tmp_path / "base"), overlays=[over])


def test_an_absent_file_of_rules_is_empty(tmp_path):
    packs = load_packs(pack(tmp_path / "p"))
    assert packs.rules["headers"] == {}


def test_the_hash_depends_on_names_and_bytes_alone(tmp_path):
    one, two = pack(tmp_path / "one"), pack(tmp_path / "two")
    (two / ".hidden").write_text("x", encoding="utf-8")
    assert load_packs(one).hash == load_packs(two).hash
    (two / "words.yaml").write_text(WORDS + "\n", encoding="utf-8")
    changed = load_packs(two).hash
    assert changed != load_packs(one).hash
    (two / "words.yaml").write_text(WORDS, encoding="utf-8")
    (two / "kpi" / "test.yaml").rename(two / "kpi" / "renamed.yaml")
    assert load_packs(two).hash not in (changed, load_packs(one).hash)


def test_siblings_share_wordings_and_what_the_wordings_say(packs):
    family = [kpi.id for kpi in packs.family("ehcp_specialist_post16_pct")]
    assert family == ["ehcp_specialist_post16_count", "ehcp_specialist_post16_pct"]
    assert packs.kpis["ehcp_specialist_post16_pct"].says == ("phase=post_16",)


def test_packs_cross_process_borders_without_what_was_compiled(packs):
    packs.once("something that cannot be pickled", lambda: lambda: None)
    there = pickle.loads(pickle.dumps(packs))
    assert isinstance(there, Packs)
    assert there.kpis == packs.kpis
    assert there.rules["no such file"] == {}

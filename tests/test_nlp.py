"""The taggers as spaCy components."""

from __future__ import annotations

from pathlib import Path

import pytest

spacy = pytest.importorskip("spacy")

from sendparse.packs import Packs, load_packs  # noqa: E402
from sendparse.tag.nlp import COMPONENTS, nlp  # noqa: E402

TEXT = "In 2023, 59% of EHCPs were issued within 20 weeks, lower than England (67%)."


@pytest.fixture(scope="module")
def pipeline(packs: Packs):
    return nlp(packs)


def test_all_components_in_order(pipeline) -> None:
    assert tuple(pipeline.pipe_names) == COMPONENTS


def test_figures_with_their_links(pipeline) -> None:
    doc = pipeline(TEXT)
    assert [(span.text, span._.link.kpi.id, span._.link.role.name) for span in doc._.figures] == [
        ("59%", "ehcp_20wk_unspecified_pct", "actual"),
        ("67%", "ehcp_20wk_unspecified_pct", "benchmark"),
    ]


def test_each_tagger_leaves_its_spans(pipeline) -> None:
    doc = pipeline(TEXT)
    assert [s._.value.value for s in doc.spans["sendparse_values"]] == [59, 67]
    assert [str(s._.period.start) for s in doc.spans["sendparse_periods"]] == ["2023-01-01"]
    assert [s._.kpi.kpi for s in doc.spans["sendparse_kpis"]] == ["ehcp_20wk_unspecified_pct"]
    assert [s._.area.area for s in doc.spans["sendparse_benchmarks"]] == ["England"]
    assert [s._.role.name for s in doc.spans["sendparse_values"]] == ["actual", "actual"]


def test_glued_tokens_come_apart(pipeline) -> None:
    words = [token.text for token in pipeline.make_doc("SEMH(35) and 55%-70 took 8.1weeks in 2024/25")]
    assert {"35", "55", "70", "8.1", "weeks", "2024"} <= set(words)


def test_one_component_in_a_pipeline_of_others() -> None:
    other = spacy.blank("en")
    other.add_pipe("sendparse_values")
    doc = other("A rise of 12% to £5m")
    assert [span.text for span in doc.spans["sendparse_values"]] == ["12%", "£5m"]


def test_an_overlay_teaches_it_a_wording(tmp_path: Path) -> None:
    kpi = tmp_path / "kpi"
    kpi.mkdir()
    (kpi / "ours.yaml").write_text(
        "group: Ours\nkpis:\n  - id: ours_count\n    label: Widgets\n    unit: count\n    phrases: [green widgets]\n"
        "    examples:\n      - says: We keep 12 green widgets.\n        gives: {value: 12, unit: count}\n"
    )
    doc = nlp(load_packs(overlays=[tmp_path]))("We keep 12 green widgets.")
    assert [span._.link.kpi.id for span in doc._.figures] == ["ours_count"]

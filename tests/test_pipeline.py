"""One paper through all stages: what a stage that fails costs, and what the user's options do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import sendparse
from sendparse.batch.trace import Figures, Trace
from sendparse.dataset.part import encode
from sendparse.dataset.rows import outcome_rows, without_checks
from sendparse.errors import InputError
from sendparse.model import Facts
from sendparse.pipeline import Options, parse_document, parse_many
from sendparse.read import read_bytes

PAPER = b"""Report to the Children and Young People Scrutiny Committee

The number of education, health and care plans was 2,140 at the end of June 2024.

In May 2024, 61.5% of EHC plans were issued within 20 weeks.
"""


@pytest.fixture
def document():
    return read_bytes(PAPER, file="paper.txt")


def test_a_paper_gives_facts_figures_and_verdicts(document, packs) -> None:
    outcome = parse_document(document, packs, Options())
    assert [(o.kpi, o.value) for o in outcome] == [("ehcp_total_count", 2140), ("ehcp_20wk_unspecified_pct", 61.5)]
    assert len(outcome.checks) == 2
    assert "council_unknown" in {p.code for p in outcome.problems}


def test_options_override_what_the_paper_says(document, packs) -> None:
    outcome = parse_document(document, packs, Options(council="Kent", day=date(2024, 7, 2)))
    assert (outcome.facts.la_code, outcome.facts.meeting_date) == ("886", date(2024, 7, 2))
    assert {o.council for o in outcome} == {"Kent"}


def test_an_unknown_council_is_the_users_to_mend(document, packs) -> None:
    with pytest.raises(InputError, match="Knet"):
        parse_document(document, packs, Options(council="Knet"))


STAGES = [
    # what breaks, what stays
    ("sendparse.facts.document_facts", lambda o: len(o.observations) == 2 and o.facts == Facts()),
    ("sendparse.check.run", lambda o: len(o.observations) == 2 and o.checks == ()),
    ("sendparse.observe.from_text.from_text", lambda o: o.observations == () and o.facts.committee != ""),
]


@pytest.mark.parametrize(("broken", "holds"), STAGES)
def test_a_stage_that_fails_costs_only_itself(document, packs, monkeypatch, broken, holds) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(broken, fail)
    outcome = parse_document(document, packs, Options())
    [problem] = [p for p in outcome.problems if p.code == "stage_failed"]
    assert "ZeroDivisionError" in problem.message
    assert holds(outcome)
    with pytest.raises(ZeroDivisionError):
        parse_document(document, packs, Options(strict=True))


def test_what_there_is_before_the_checks_is_all_but_the_checks(document, packs, tmp_path) -> None:
    """An engine keeps it, in case the checks never end; what it keeps and the checks make the same part as all at once."""
    kept = []
    outcome = parse_document(document, packs, Options(), before_checks=kept.append)
    assert kept == [replace(outcome, checks=())]
    figures = Figures(tmp_path, document.document_id)
    figures.keep(kept[0])
    assert figures.finished(outcome) == (outcome_rows(outcome), encode(outcome_rows(outcome)))
    before = Trace(tmp_path, document.document_id, 0).figures()
    assert before is not None
    left = without_checks(before, "it took too long")
    assert (left.document.status, left.document.observations, left.checks) == ("partial", 2, ())
    assert [problem.code for problem in left.problems][-1] == "stage_failed"


def test_many_papers_one_of_them_bad(tmp_path, packs) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.pdf"
    good.write_bytes(PAPER)
    bad.write_bytes(b"%PDF-1.7\nnothing more")
    first, second, third = parse_many([good, bad, good], packs=packs)
    assert isinstance(second, sendparse.SendparseError)
    assert first.observations == third.observations != ()


def test_the_public_names_are_there() -> None:
    assert all(hasattr(sendparse, name) for name in sendparse.__all__)
    with pytest.raises(AttributeError):
        sendparse.nothing_of_this_name  # noqa: B018

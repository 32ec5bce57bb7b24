"""Checks against gold: links to cells, verdicts, and what is not counted."""

from __future__ import annotations

import pytest
from checking import claim, row

from sendparse.model import Check
from sendparse.score_claims import Reading, claim_total, score_claims

NARRATIVE = {"source": "narrative", "label": "plans", "column_label": "", "value_text": "40"}
CELLS = [
    {"source": "table", "label": "Plans", "column_label": month, "value_text": text}
    for month, text in (("May", "40"), ("June", "42"))
]
GOLD = [NARRATIVE, *CELLS]
READ = [
    claim("ehcp_total_count", 40, observation_id="n"),
    row("table", "ehcp_total_count", 40, observation_id="may"),
    row("table", "ehcp_total_count", 42, observation_id="june"),
]


def wanted(verdict: str, columns: str = "May", comment: str = "") -> dict[str, str]:
    label = "Plans" if columns else ""
    return {
        "value_text": "40",
        "occurrence": "1",
        "verdict": verdict,
        "row_label": label,
        "column_label": columns,
        "comment": comment,
    }


def told(verdict: str, *evidence: str, kind: str = "cell", of: str = "n") -> Check:
    return Check(
        check_id=kind + verdict,
        observation_id=of,
        document_id="d",
        kind=kind,
        verdict=verdict,
        evidence_ids=";".join(evidence),
    )


CASES = [
    # gold, checks -> linked, right link, right verdict, why it is here
    (wanted("match"), [told("match", "may")], (True, True, True), "the cell and the verdict"),
    (wanted("match"), [told("rounding", "may")], (True, True, True), "rounding agrees too"),
    (wanted("match"), [told("match", "june")], (True, False, True), "another cell"),
    (wanted("match"), [told("unverifiable")], (False, False, False), "unverifiable costs recall"),
    (
        wanted("stale", "June"),
        [told("stale", "may", "june")],
        (True, True, True),
        "of a stale figure the cell whose value was used",
    ),
    (
        wanted("stale", "May"),
        [told("stale", "may", "june")],
        (True, False, True),
        "not the cell that it should have been",
    ),
    (wanted("stale", "May"), [told("mismatch", "may")], (True, True, False), "wrong in another way"),
    (wanted("match", "May ; June"), [told("match", "may", "june", kind="arithmetic")], (True, True, True), "two cells"),
    (wanted("match", "May ; June"), [told("match", "may", kind="arithmetic")], (True, False, True), "one of two"),
    (
        wanted("unverifiable", ""),
        [told("match", kind="arithmetic")],
        (False, False, True),
        "figures of the text that agree",
    ),
    (wanted("unverifiable", ""), [told("match", "may")], (True, False, False), "a false confirmation"),
    (
        wanted("match"),
        [told("match", "may"), told("mismatch", "may", "june", kind="trend")],
        (True, True, True),
        "the words fail, the figure does not",
    ),
    (
        wanted("unverifiable", ""),
        [told("mismatch", kind="official")],
        (False, False, True),
        "what DfE says is left out",
    ),
]


@pytest.mark.parametrize(("gold", "checks", "expected", "why"), CASES)
def test_one_claim(gold, checks, expected, why) -> None:
    reading = Reading(observations=READ, checks=checks, paired={0: 0, 1: 1, 2: 2})
    [found] = score_claims([gold], GOLD, reading, file="p.pdf", split="dev")
    assert (found.linked, found.link_right, found.verdict_right) == expected, why


def test_a_figure_that_the_gold_has_not_and_that_is_linked_costs_precision() -> None:
    more = [*READ, claim("ehcp_total_count", 42, observation_id="extra")]
    reading = Reading(
        observations=more, checks=[told("match", "may"), told("match", "june", of="extra")], paired={0: 0, 1: 1, 2: 2}
    )
    total = claim_total(score_claims([wanted("match")], GOLD, reading, file="p.pdf", split="dev"))
    assert (total.claims, total.links, total.linked, total.right) == (1, 1, 2, 1)
    assert total.f1 == pytest.approx(2 / 3)


def test_a_figure_that_was_not_read_costs_recall() -> None:
    total = claim_total(
        score_claims([wanted("match")], GOLD, Reading(observations=READ, checks=[], paired={}), file="p", split="dev")
    )
    assert (total.f1, total.accuracy) == (0.0, 0.0)

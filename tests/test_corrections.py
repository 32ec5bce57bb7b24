"""Decisions on figures: a file that keeps everything, and figures that obey it run after run."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from comparing import TIMELINESS, dataset_of, figure

from sendparse.cli import main
from sendparse.corrections.apply import Corrections, applied, apply_to_dataset, decide, pending
from sendparse.corrections.log import Act, Decision, append, corrections_file, decision, latest, read_log
from sendparse.dataset import read_dataset
from sendparse.dataset.rows import tidy
from sendparse.errors import InputError
from sendparse.model import Observation
from sendparse.packs import Packs

pytestmark = pytest.mark.usefixtures("forkserver")
NOW = datetime(2026, 3, 9, 12, 30, 15, tzinfo=UTC)


def decided(row: Observation, act: Act, why: str = "", **after: object) -> Decision:
    return decision(row, act, who="Ada", why=why, after=after, now=NOW)


def rows_of(folder: Path) -> list[Observation]:
    return list(read_dataset(folder).records("observations"))


# The file


def test_the_file_keeps_who_when_before_and_after(tmp_path: Path) -> None:
    row = figure("886", 18.0)
    append(tmp_path / "log.jsonl", decided(row, "correct", why="The table says 16", value=16.0))
    (line,) = (tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()
    kept = json.loads(line)
    assert (kept["who"], kept["when"], kept["why"]) == ("Ada", "2026-03-09T12:30:15Z", "The table says 16")
    assert kept["before"]["value"] == 18.0 and kept["after"] == {"value": 16.0}
    assert kept["before"]["evidence"] == row.evidence
    (read,) = read_log(tmp_path / "log.jsonl")
    assert read.row == row
    assert read.holds["value"] == 16.0 and read.holds["period_start"] == row.period_start


def test_the_last_decision_counts_and_all_are_kept(tmp_path: Path) -> None:
    row, other = figure("886", 18.0), figure("887", 26.0)
    path = tmp_path / "log.jsonl"
    for one in (
        decided(row, "reject"),
        decided(other, "accept"),
        decided(row, "correct", value=1.0),
        decided(other, "withdraw"),
    ):
        append(path, one)
    assert len(read_log(path)) == 4
    assert {key: one.act for key, one in latest(read_log(path)).items()} == {row.observation_id: "correct"}


def test_no_file_is_no_decision(tmp_path: Path) -> None:
    assert read_log(tmp_path / "none.jsonl") == []
    assert not Corrections.read(tmp_path / "none.jsonl")


def line(**changes: object) -> str:
    from dataclasses import asdict

    return json.dumps({**asdict(decided(figure("886", 18.0), "correct", value=1.0)), **changes}, default=str) + "\n"


BROKEN = [
    # line                                             what is said           why
    ("{\n", "is no JSON", "half a line"),
    ("[]\n", "is no decision", "no object"),
    (line(act="guess"), "none of accept", "no such act"),
    (line(who=""), "does not say who", "nobody"),
    (line(more=1), "is no decision", "a field we do not know"),
    (line(after={}), "corrects nothing", "empty"),
    (line(after={"evidence": "x"}), "no field that can be corrected", "what is printed stays"),
    (line(after={"unit": "apples"}), "unit cannot be 'apples'", "closed list"),
    (line(after={"value": "many"}), "value cannot be 'many'", "a number"),
    (line(after={"period_start": "soon"}), "period_start cannot be 'soon'", "a day"),
    (line(after={"period_start": "2025-01-01"}), "ends before it begins", "the end is in 2023"),
    (line(before={"x": 1}), "`before` is no figure", "no figure"),
]


@pytest.mark.parametrize(("text", "says", "why"), BROKEN)
def test_a_broken_line_is_named(tmp_path: Path, text: str, says: str, why: str) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text("\n" + text, encoding="utf-8")
    with pytest.raises(InputError, match=says) as error:
        read_log(path)
    assert "line 2" in str(error.value), why


# Applying


def test_accepted_corrected_rejected(packs: Packs) -> None:
    rows = [figure("886", 18.0), figure("887", 26.0), figure("926", 42.6)]
    found, problems = decide(
        rows,
        [
            decided(rows[0], "accept"),
            decided(rows[1], "correct", value=27.0),
            decided(rows[2], "reject", "a page number"),
        ],
        "x.pdf",
        packs,
    )
    assert [(row.value, row.flags) for row in found] == [(18.0, "accepted"), (27.0, "corrected")]
    (problem,) = problems
    assert problem.code == "rejected_by_reviewer" and "Ada" in problem.message and "a page number" in problem.message
    assert (problem.page, problem.x0) == (1, 100.0)


def test_a_decision_survives_another_reading(packs: Packs) -> None:
    """The figure has another id and another measure now; it stands in the same place and is printed the same."""
    was = figure("886", 18.0)
    now = replace(was, observation_id="f" * 16, kpi="ehcp_20wk_unspecified_pct", x0=101.0, role="target")
    (found,), problems = decide([now], [decided(was, "correct", value=16.0)], "x.pdf", packs)
    assert (found.observation_id, found.kpi, found.role, found.value) == ("f" * 16, TIMELINESS, "actual", 16.0)
    assert problems == []


LOST = [
    {"value_text": "19%"},
    {"page": 2},
    {"top": 300.0},
]


@pytest.mark.parametrize("changes", LOST)
def test_a_decision_that_finds_no_figure_is_told(packs: Packs, changes: dict[str, object]) -> None:
    was = figure("886", 18.0)
    now = replace(was, observation_id="f" * 16, **changes)  # type: ignore[arg-type]
    found, problems = decide([now], [decided(was, "accept")], "x.pdf", packs)
    assert found == [now]
    assert [problem.code for problem in problems] == ["correction_without_figure"]


def test_a_measure_must_be_known(packs: Packs) -> None:
    row = figure("886", 18.0)
    with pytest.raises(InputError, match="no measure is called 'nope'"):
        decide([row], [decided(row, "correct", kpi="nope")], "x.pdf", packs)


def test_a_dataset_obeys_and_obeying_twice_changes_nothing(tmp_path: Path, packs: Packs) -> None:
    rows = [figure("886", 18.0), figure("886", 41.0, source="narrative"), figure("887", 26.0)]
    folder = dataset_of(tmp_path / "ds", rows)
    for one in (decided(rows[1], "correct", value=18.0), decided(rows[2], "reject")):
        append(corrections_file(folder), one)
    corrections = Corrections.read(corrections_file(folder))
    assert pending(read_dataset(folder), corrections) == 2
    apply_to_dataset(folder, corrections, packs)
    assert pending(read_dataset(folder), corrections) == 0
    assert [(row.value, row.flags) for row in rows_of(folder)] == [(18.0, ""), (18.0, "corrected")]
    data = read_dataset(folder)
    assert [(c.observation_id, c.verdict) for c in data.records("checks")] == [(rows[1].observation_id, "match")]
    counts = {row.file: (row.observations, row.checks, row.problems) for row in data.records("documents")}
    assert counts == {"Kent.pdf": (2, 1, 0), "Medway.pdf": (0, 0, 1)}
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    apply_to_dataset(folder, corrections, packs)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_dry_run_leaves_the_dataset(tmp_path: Path, packs: Packs) -> None:
    row = figure("886", 18.0)
    folder = dataset_of(tmp_path / "ds", [row])
    append(corrections_file(folder), decided(row, "correct", value=1.0))
    with applied(folder, Corrections.read(corrections_file(folder)), packs, keep=False) as copy:
        assert copy != folder
        assert [one.value for one in rows_of(copy)] == [1.0]
    assert [one.value for one in rows_of(folder)] == [18.0]
    assert not copy.exists()


def test_check_applies_decisions(tmp_path: Path) -> None:
    national = {"area_type": "england", "area": "England", "role": "benchmark", "benchmark": "national"}
    claim = figure("886", 60.0, source="narrative", evidence="Nationally it was 60.0% in 2023.", **national)
    folder = dataset_of(tmp_path / "ds", [claim])
    run = ["check", str(folder), "--fail-on", "mismatch", "--no-reference"]
    assert CliRunner().invoke(main, run).exit_code == 6
    append(corrections_file(folder), decided(claim, "correct", value=50.3))
    assert CliRunner().invoke(main, [*run, "--dry-run"]).exit_code == 0
    assert rows_of(folder)[0].value == 60.0
    assert CliRunner().invoke(main, run).exit_code == 0
    assert rows_of(folder)[0].value == 50.3


def test_batch_applies_decisions_and_forgets_withdrawn_ones(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "kent.txt").write_text(
        "Report\n\nIn June 2024, 61.5% of EHC plans were issued within 20 weeks.\n", encoding="utf-8"
    )
    folder, runner = tmp_path / "ds", CliRunner()
    run = ["batch", str(papers), "--out", str(folder), "--workers", "1"]
    assert runner.invoke(main, run).exit_code == 0
    (row,) = rows_of(folder)
    append(corrections_file(folder), decided(row, "correct", value=60.0, role="target"))
    assert runner.invoke(main, [*run, "--force"]).exit_code == 0
    (found,) = rows_of(folder)
    assert (found.value, found.role, found.flags.split(";")[-1]) == (60.0, "target", "corrected")
    assert found.value_text == "61.5%"
    append(corrections_file(folder), decided(found, "withdraw"))
    assert runner.invoke(main, run).exit_code == 0
    assert rows_of(folder) == [tidy(row)]
    corrections_file(folder).write_text("{", encoding="utf-8")
    assert runner.invoke(main, run).exit_code == 2

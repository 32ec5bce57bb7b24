"""Checking a dataset again: verdicts, waivers, exit codes, and the forms that pipelines read."""

from __future__ import annotations

import hashlib
import json
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner

from sendparse.audit import audit
from sendparse.audit.formats import github, junit, sarif
from sendparse.audit.waivers import read_waivers
from sendparse.cli import main
from sendparse.errors import InputError

PAPER = """Kent County Council

Report to the Children's Committee, 2 July 2024

There were 95 requests for an EHC needs assessment in May 2023 and 167 in May 2024, an increase of {}%.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, forkserver: None) -> Path:
    """A folder with papers and the dataset made of them."""
    home = tmp_path_factory.mktemp("made")
    papers = home / "papers"
    papers.mkdir()
    (papers / "right.txt").write_text(PAPER.format("75.8"), encoding="utf-8")
    (papers / "wrong <b>.txt").write_text(PAPER.format("95"), encoding="utf-8")
    done = CliRunner().invoke(main, ["batch", str(papers), "--out", str(home / "ds"), "--workers", "1"])
    assert done.exit_code == 0, done.output
    return home


@pytest.fixture
def dataset(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "ds"


def hashes(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


def run(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["check", *map(str, words)])
    return done.exit_code, done.output


def test_what_failed_is_told_with_its_place_and_words(dataset: Path) -> None:
    code, text = run(dataset, "--fail-on", "mismatch,stale")
    assert code == 6
    assert "wrong <b>.txt, character" in text
    assert "both stated in the text, the change is 75.79%; the text says 95%" in text
    assert run(dataset, "--fail-on", "stale")[0] == 0


def test_running_it_twice_gives_the_same_bytes_and_dry_runs_change_nothing(dataset: Path) -> None:
    before = hashes(dataset)
    run(dataset, "--dry-run")
    assert hashes(dataset) == before
    run(dataset)
    once = hashes(dataset)
    run(dataset)
    assert hashes(dataset) == once


def test_a_waiver_excuses_its_check_and_is_told_when_it_no_longer_applies(dataset: Path, tmp_path: Path, packs) -> None:
    [failed] = audit(dataset, packs).failed(["mismatch"])
    waivers = tmp_path / "waivers.yaml"
    entry = "- {{check: {}, reason: counted by term, who: A. Reader, when: 2025-01-31}}\n"
    waivers.write_text(entry.format(failed.check.check_id) + entry.format("0" * 16), encoding="utf-8")
    code, text = run(dataset, "--fail-on", "mismatch", "--waive", waivers)
    assert code == 0
    assert "waiver 0000000000000000 (A. Reader, 2025-01-31) no longer applies" in text


BAD_WAIVERS = [
    "- {check: a, reason: b, who: c}",
    "- {check: a, reason: b, who: c, when: soon}",
    "check: a",
    "- {cheque: a}",
    "- [",
]


@pytest.mark.parametrize("text", BAD_WAIVERS)
def test_a_decision_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "w.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        read_waivers(path)


def test_junit_counts_and_quotes(dataset: Path, packs) -> None:
    found = audit(dataset, packs)
    root = ET.fromstring(junit(found, ["mismatch"]))
    suites = {suite.get("name"): suite for suite in root}
    assert suites["wrong <b>.txt"].get("failures") == "1"
    assert suites["right.txt"].get("failures") == "0"
    assert "167 in May 2024" in "".join(suites["wrong <b>.txt"].itertext())
    assert sum(len(suite) for suite in root) == len(found.findings)


def test_sarif_points_at_the_figure(dataset: Path, packs) -> None:
    found = audit(dataset, packs)
    [result] = json.loads(sarif(found, ["mismatch"]))["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    text = PAPER.format("95")
    start = place["region"]["charOffset"]
    assert text[start : start + place["region"]["charLength"]] == "95%"


def test_an_annotation_is_one_line_with_its_marks_escaped(dataset: Path, packs) -> None:
    [line] = github(audit(dataset, packs), ["mismatch"]).splitlines()
    assert line.startswith("::error file=wrong <b>.txt,title=arithmetic%3A mismatch::")
    assert "95%25" in line


def test_annotations_lead_to_where_the_papers_lie_in_the_repository(dataset: Path, packs) -> None:
    found = audit(dataset, packs)
    [line] = github(found.under("data/papers/"), ["mismatch"]).splitlines()
    assert line.startswith("::error file=data/papers/wrong <b>.txt,")
    [result] = json.loads(sarif(found.under("data"), ["mismatch"]))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "data/wrong <b>.txt"
    assert run(dataset, "--format", "github", "--papers", "data/papers")[1].startswith("::error file=data/papers/wrong")


def test_an_unknown_verdict_is_a_wrong_argument(dataset: Path) -> None:
    assert run(dataset, "--fail-on", "wrong")[0] == 2
    assert run(dataset.parent / "none")[0] == 5

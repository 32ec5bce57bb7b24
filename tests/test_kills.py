"""Runs that are killed at random moments, and gone on with: the same bytes as one that nobody disturbed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE / "benchmarks"))

import many  # noqa: E402 - a script beside these tests

ENTRY = many.ENTRY.replace("import many", f"sys.path.insert(0, {str(HERE)!r}); import pretended as many")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are found in /proc")
def test_killed_ten_times_gives_the_same_bytes(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    deeds = {50: "segfault", 100: "damaged", 150: "once"}
    for number, deed in deeds.items():
        (papers / f"{number:03}.txt").write_text(f"{deed} {'y' * (number % 7)}{number}")
    # Papers that kill their own process go first: one that a kill of ours hits as well would fail another way.
    many.watch(many.start(papers, tmp_path / "killed", 2, ENTRY), every=0.2)
    for number in set(range(200)) - deeds.keys():
        (papers / f"{number:03}.txt").write_text(f"brief {'y' * (number % 7)}{number}")
    usual = many.watch(many.start(papers, tmp_path / "calm", 2, ENTRY), every=0.2).seconds
    done = many.kill_and_go_on(papers, tmp_path / "killed", kills=10, usual=usual, entry=ENTRY)
    assert {deed.split()[0] for deed in done} == {"parent", "worker", "group", "server"}
    assert len(done) == 10
    assert many.hashes(tmp_path / "killed") == many.hashes(tmp_path / "calm")

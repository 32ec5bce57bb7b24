"""A run that changes nothing leaves the dataset alone; one that changes anything never leaves it stale."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pretended
import pytest
from sample_outcomes import outcome

from sendparse import check
from sendparse.batch import assembled, known, run, store
from sendparse.batch.run import Finished, Settings, Started, run_batch
from sendparse.corrections.log import corrections_file, decision
from sendparse.dataset import outcome_rows, read_dataset
from sendparse.dataset import write as writing
from sendparse.dataset.part import decode, encode
from sendparse.dataset.rewrite import replace_checks
from sendparse.pipeline import Options

pytestmark = pytest.mark.usefixtures("forkserver")


@dataclass
class World:
    """Papers, patterns, settings and a dataset made of them."""

    home: Path
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def papers(self) -> Path:
        return self.home / "papers"

    @property
    def dataset(self) -> Path:
        return self.home / "ds"

    @property
    def parts(self) -> list[Path]:
        return sorted((self.home / ".ds.parts").rglob("*.part"))

    def write(self, name: str, text: str) -> None:
        (self.papers / name).write_text(text)

    def finish(self, out: Path | None = None, **more: Any) -> Finished:
        settings = Settings(
            workers=1,
            patterns=self.home / "patterns",
            read=pretended.read,
            **{"corrections": corrections_file(self.dataset), **self.settings, **more},
        )
        events = [*run_batch([self.papers], out or self.dataset, settings)]
        self.to_read = next(event.to_read for event in events if isinstance(event, Started))
        assert isinstance(events[-1], Finished)
        return events[-1]


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Three papers that were read, long enough ago."""
    monkeypatch.setattr(known, "_TICK", 0)
    for module in (assembled, store):
        monkeypatch.setattr(module, "code_hash", lambda **_: "as it is")  # whoever edits the code meanwhile
    monkeypatch.setattr(run, "packs_of", lambda *_: None)
    monkeypatch.setattr(check, "run", lambda rows, packs: [])
    made = World(tmp_path)
    (tmp_path / "patterns").mkdir()
    (tmp_path / "patterns" / "words.yaml").write_text("concepts: {}\n")
    made.papers.mkdir()
    for name, text in (("a.txt", "x one"), ("b.txt", "x three"), ("c.txt", "x five")):
        made.write(name, text)
    time.sleep(0.02)
    made.finish()
    return made


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def inodes(folder: Path) -> list[int]:
    return [path.stat().st_ino for path in sorted(folder.iterdir())]


def test_nothing_is_done_when_nothing_changed(world: World) -> None:
    before = inodes(world.dataset)
    for _ in range(3):
        time.sleep(0.02)
        again = world.finish()
        assert (again.rewritten, world.to_read, again.unchanged) == (False, 0, 3)
        assert inodes(world.dataset) == before


def test_the_summary_is_that_of_the_run_that_wrote_it(world: World) -> None:
    first = world.finish(out=world.home / "other")
    again = world.finish()
    for name in ("papers", "partial", "observations", "checks", "problems", "kinds", "failed"):
        assert getattr(again, name) == getattr(first, name), name


# Everything that a dataset depends on, changed one at a time. Each is followed by a run that must give what a run from
# nothing gives. `True`: the dataset must have become another.


def another_content(world: World) -> None:
    world.write("a.txt", "x one more")


def same_size_and_time(world: World) -> None:
    was = (world.papers / "a.txt").stat()
    world.write("a.txt", "x and")
    os.utime(world.papers / "a.txt", ns=(was.st_atime_ns, was.st_mtime_ns))


def a_new_paper(world: World) -> None:
    world.write("d.txt", "x seven")


def a_paper_gone(world: World) -> None:
    (world.papers / "b.txt").unlink()


def a_paper_renamed(world: World) -> None:
    (world.papers / "b.txt").rename(world.papers / "z.txt")


def a_duplicate(world: World) -> None:
    world.write("d.txt", "x one")


def two_papers_that_change_places(world: World) -> None:
    a, b = world.papers / "a.txt", world.papers / "b.txt"
    text = a.read_text()
    a.write_text(b.read_text())
    b.write_text(text)


def a_correction(world: World) -> None:
    row = next(read_dataset(world.dataset).records("observations"))
    told = decision(row, "reject", who="A", why="no")
    line = json.dumps(asdict(told), default=str)
    corrections_file(world.dataset).write_text(f"{line}\n")


def an_option(world: World) -> None:
    world.settings["options"] = Options(council="Kent")


def a_pattern(world: World) -> None:
    (world.home / "patterns" / "words.yaml").write_text("concepts: {a: b}\n")


def an_overlay(world: World) -> None:
    (world.home / "mine").mkdir()
    (world.home / "mine" / "words.yaml").write_text("x\n")
    world.settings["overlays"] = (world.home / "mine",)


def a_file_of_the_dataset_gone(world: World) -> None:
    (world.dataset / "checks.parquet").unlink()


def the_dataset_gone(world: World) -> None:
    shutil.rmtree(world.dataset)


def a_file_of_the_dataset_altered(world: World) -> None:
    path = world.dataset / "observations.csv"
    was = path.stat()
    path.write_bytes(path.read_bytes().replace(b"4453", b"4354"))
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))


def the_description_altered(world: World) -> None:
    path = world.dataset / "datapackage.json"
    path.write_text(path.read_text().replace("SEND", "send"))


def a_dataset_cut_short(world: World) -> None:
    """As a power cut leaves it: the names are there, the content is not."""
    for path in world.dataset.iterdir():
        if path.suffix == ".parquet":
            path.write_bytes(b"")


def checks_run_again(world: World) -> None:
    replace_checks(world.dataset, [])


def a_part_gone(world: World) -> None:
    world.parts[0].unlink()


def a_part_of_other_rows(world: World) -> None:
    path = world.parts[0]
    part = decode(path.read_bytes())
    rows = outcome_rows(outcome(part.document.file, document_id=part.document.document_id, figures=9))
    path.write_bytes(encode(rows))


def the_record_broken(world: World) -> None:
    (world.home / ".ds.parts" / "assembled.json").write_text("{")


def the_records_gone(world: World) -> None:
    for name in ("assembled.json", "files", "places.json"):
        (world.home / ".ds.parts" / name).unlink(missing_ok=True)


NEW_DATASET = [
    another_content, same_size_and_time, a_new_paper, a_paper_gone, a_paper_renamed, a_duplicate,
    two_papers_that_change_places, a_pattern,
]  # fmt: skip
SAME_DATASET = [
    a_file_of_the_dataset_gone, the_dataset_gone, a_file_of_the_dataset_altered, the_description_altered,
    a_dataset_cut_short, checks_run_again, a_part_gone, the_record_broken, the_records_gone, an_option, an_overlay,
]  # fmt: skip


@pytest.mark.parametrize("change", [*NEW_DATASET, *SAME_DATASET])
def test_a_dataset_is_never_stale(change: Callable[[World], None], world: World) -> None:
    world.finish()  # everything is settled and known
    before = digests(world.dataset)
    time.sleep(0.02)
    change(world)
    world.finish()
    after = digests(world.dataset)
    world.finish(out=world.home / "fresh")
    assert after == digests(world.home / "fresh")
    if change in NEW_DATASET:
        assert after != before
    time.sleep(0.02)
    assert not world.finish().rewritten, "and then it stands again"


def test_a_decision_of_a_reviewer_is_applied(world: World) -> None:
    before = read_dataset(world.dataset).table("observations").num_rows
    a_correction(world)
    assert world.finish().rewritten
    assert read_dataset(world.dataset).table("observations").num_rows == before - 1
    assert not world.finish().rewritten
    corrections_file(world.dataset).unlink()
    assert world.finish().rewritten
    assert read_dataset(world.dataset).table("observations").num_rows == before


def test_rows_of_a_part_count(world: World) -> None:
    a_part_of_other_rows(world)
    assert world.finish().rewritten
    assert read_dataset(world.dataset).table("observations").num_rows > 9


def test_other_code_makes_it_anew(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assembled, "code_hash", lambda **_: "other")
    assert world.finish().rewritten


def test_force_reads_everything(world: World) -> None:
    assert world.finish(force=True).rewritten
    assert world.to_read == 3


def test_a_decision_made_during_a_run_is_not_lost(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes after the decisions were read and before the record is written: the next run must see it."""
    world.write("d.txt", "x new")
    plain = writing.write_dataset

    def meanwhile(*given: Any, **named: Any) -> Any:
        written = plain(*given, **named)
        a_correction(world)
        return written

    monkeypatch.setattr(writing, "write_dataset", meanwhile)
    world.finish()
    monkeypatch.setattr(writing, "write_dataset", plain)
    assert world.finish().rewritten

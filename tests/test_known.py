"""What a file held when it was last looked at: read again whenever it may have changed, and only then."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sendparse.batch import known
from sendparse.batch.known import KnownFiles

LONG = 3600 * 10**9  # nanoseconds: a tick that no machine is too slow for


class Counting(KnownFiles):
    """Counts how many files it reads."""

    reads = 0

    def _fresh(self, path: Path) -> tuple[str, int]:
        self.reads += 1
        return super()._fresh(path)


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A paper that has lain there long enough: here that is any time at all."""
    monkeypatch.setattr(known, "_TICK", 0)
    path = tmp_path / "paper.txt"
    path.write_text("61% in June")
    time.sleep(0.02)  # the clock of files ticks every few milliseconds
    return path


def looked_at(path: Path, record: Path) -> tuple[str, int]:
    """The hash of a file as a run takes it, and how many files that run reads."""
    files = Counting(record)
    digest, _ = files.digest(path)
    files.save()
    return digest, files.reads


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_file_is_read_once(paper: Path, tmp_path: Path) -> None:
    record = tmp_path / "record"
    assert looked_at(paper, record) == (digest(paper), 1)
    assert looked_at(paper, record) == (digest(paper), 0)


def rewritten(path: Path, was: os.stat_result) -> None:
    path.write_text("16% in June")


def with_its_time_set_back(path: Path, was: os.stat_result) -> None:
    path.write_text("16% in June")
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))


def replaced_by_a_copy_with_the_same_times(path: Path, was: os.stat_result) -> None:
    other = path.with_name("other")
    other.write_text("16% in June")
    os.utime(other, ns=(was.st_atime_ns, was.st_mtime_ns))
    other.replace(path)


def grown(path: Path, was: os.stat_result) -> None:
    path.write_text("61% in June 2024")
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))


def a_link_to_another(path: Path, was: os.stat_result) -> None:
    other = path.with_name("other")
    other.write_text("16% in June")
    path.unlink()
    path.symlink_to(other)


CHANGES = [rewritten, with_its_time_set_back, replaced_by_a_copy_with_the_same_times, grown, a_link_to_another]


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_file_is_read_again(
    change: Callable[[Path, os.stat_result], None], paper: Path, tmp_path: Path
) -> None:
    record = tmp_path / "record"
    before, _ = looked_at(paper, record)
    change(paper, paper.stat())
    after, reads = looked_at(paper, record)
    assert (after, reads) == (digest(paper), 1)
    assert after != before


def test_a_file_that_is_too_young_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Changed twice within one tick of the clock, it looks the same: only its content can tell."""
    monkeypatch.setattr(known, "_TICK", LONG)
    paper, record = tmp_path / "paper.txt", tmp_path / "record"
    paper.write_text("61% in June")
    first, _ = looked_at(paper, record)
    assert looked_at(paper, record) == (first, 1), "it is younger than a tick, so it is read again"
    assert "paper.txt" not in record.read_text() if record.exists() else True


def test_a_second_change_within_a_tick_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worst case: same size, same times, same inode, all as the record has them, and other bytes."""
    monkeypatch.setattr(known, "_TICK", LONG)
    paper, record = tmp_path / "paper.txt", tmp_path / "record"
    paper.write_text("61% in June")
    looked_at(paper, record)
    stamp = known._stamp(paper.stat())
    paper.write_text("16% in June")
    monkeypatch.setattr(known, "_stamp", lambda found: stamp)
    assert looked_at(paper, record)[0] == digest(paper)


def test_a_file_that_changes_while_it_is_read_is_not_trusted(
    paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = hashlib.file_digest

    def slow(file, name):  # type: ignore[no-untyped-def]
        found = plain(file, name)
        paper.write_text("16% in June, and more")
        return found

    monkeypatch.setattr(known.hashlib, "file_digest", slow)
    record = tmp_path / "record"
    looked_at(paper, record)
    monkeypatch.undo()
    assert looked_at(paper, record) == (digest(paper), 1)


@pytest.mark.parametrize(
    "text", ["", "{", '"sendparse files 0"\n["a", "b", "c"]\n', '"sendparse files 1"\n["a"]\n', "\0" * 80]
)
def test_a_broken_record_counts_as_none(text: str, paper: Path, tmp_path: Path) -> None:
    record = tmp_path / "record"
    record.write_text(text)
    assert looked_at(paper, record) == (digest(paper), 1)


def test_names_that_are_no_text_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "_TICK", 0)
    paper = Path(os.fsdecode(bytes(tmp_path) + b"/caf\xe9\n.txt"))
    paper.write_text("61%")
    time.sleep(0.02)
    looked_at(paper, tmp_path / "record")
    assert looked_at(paper, tmp_path / "record")[1] == 0


def test_a_remote_file_is_known_by_what_its_store_says(tmp_path: Path) -> None:
    files = KnownFiles(tmp_path / "record")
    files.note("s3://b/a.pdf", "ETag=1", "aa")
    files.note("memory://a.pdf", "", "bb")
    files.save()
    again = KnownFiles(tmp_path / "record")
    assert again.remote("s3://b/a.pdf", "ETag=1") == "aa"
    assert again.remote("s3://b/a.pdf", "ETag=2") == ""
    assert again.remote("memory://a.pdf", "") == "", "where nothing tells of changes, nothing is trusted"

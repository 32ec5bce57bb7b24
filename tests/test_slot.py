"""The process of a cluster's worker that reads papers: what it survives, and that nothing of it is left."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pretended
import pytest

from sendparse.batch import slot as slots
from sendparse.batch.slot import Slot
from sendparse.batch.work import Job, Setup
from sendparse.errors import PackError
from sendparse.pipeline import Options

pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes are forked")


@pytest.fixture
def slot(tmp_path: Path) -> Iterator[Slot]:
    setup = Setup(
        root=tmp_path / "parts",
        scratch=tmp_path / "scratch",
        key="k",
        options=Options(),
        seconds=600.0,
        megabytes=500,
        read=pretended.read,
    )
    made = Slot(setup)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
        yield made
    made.forget()


def read(slot: Slot, folder: Path, text: str) -> str:
    path = folder / "paper.txt"
    path.write_text(text)
    document_id = f"{abs(hash(text)):064x}"
    result = slot.read(Job(path=path, file="paper.txt", document_id=document_id))
    part = slot.setup.store.part(document_id)
    assert part is not None
    codes = part.tables["problems"].column("code").to_pylist()
    return f"{result.status} {codes[0]}"


def hung(slot: Slot, folder: Path) -> str:
    """The same for a paper that never ends; other papers may take as long as the machine needs."""
    whole = slot.setup
    slot.setup = replace(whole, seconds=1.0)
    try:
        return read(slot, folder, "hang x")
    finally:
        slot.setup = whole


DEEDS = ["damaged", "bug", "segfault", "memory", "hang", "killed"]


def test_whatever_a_paper_does_the_next_is_read(slot: Slot, tmp_path: Path) -> None:
    assert read(slot, tmp_path, "x one") == "ok unit_unknown"
    host = slot._host
    found = [hung(slot, tmp_path) if deed == "hang" else read(slot, tmp_path, f"{deed} x") for deed in DEEDS]
    assert [one.split()[1] for one in found] == [
        "damaged", "unexpected_error", "worker_died", "out_of_memory", "timed_out", "worker_died",
    ]  # fmt: skip
    assert read(slot, tmp_path, "x two") == "ok unit_unknown"
    assert slot._host is host, "only readers were replaced: what is loaded is loaded once"


def test_a_host_that_is_killed_is_started_again(slot: Slot, tmp_path: Path) -> None:
    read(slot, tmp_path, "x one")
    assert slot._host is not None
    reader = slot._reader
    slot._host.kill()
    slot._host.wait()
    assert read(slot, tmp_path, "x two") == "ok unit_unknown"
    assert slot._reader != reader


def test_a_reader_is_replaced_after_so_many_papers(slot: Slot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its number is counted in the other process, so here it is as in life."""
    monkeypatch.setattr(
        slots, "_COMMAND", f"import sendparse.batch.slot as s; s._PAPERS_A_READER = 3; {slots._COMMAND}"
    )
    readers = []
    for number in range(8):
        assert read(slot, tmp_path, f"x {number}") == "ok unit_unknown"
        readers.append(slot._reader)
    assert len(set(readers)) == 3


def test_wrong_patterns_are_raised(slot: Slot, tmp_path: Path) -> None:
    with pytest.raises(PackError, match="line 4"):
        read(slot, tmp_path, "packs x")


def test_nothing_is_left_of_it(slot: Slot, tmp_path: Path) -> None:
    read(slot, tmp_path, "x one")
    assert slot._host is not None
    pids = [slot._host.pid, slot._reader]
    scratch = slot._here.scratch
    slot.forget()
    assert gone(pids)
    assert not scratch.exists()


def test_it_ends_when_its_worker_is_killed(tmp_path: Path) -> None:
    """Host and reader notice that nobody asks any more."""
    code = f"""
import os, sys
from pathlib import Path
import pretended
from sendparse.batch.slot import Slot
from sendparse.batch.work import Job, Setup
from sendparse.pipeline import Options
home = Path({str(tmp_path)!r})
setup = Setup(root=home / "parts", scratch=home / "s", key="k", options=Options(), seconds=600.0, read=pretended.read)
slot = Slot(setup)
(home / "paper.txt").write_text("x one")
slot.read(Job(path=home / "paper.txt", file="paper.txt", document_id="a" * 64))
print(slot._host.pid, slot._reader, flush=True)
sys.stdin.read()
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    worker = subprocess.Popen(
        [sys.executable, "-c", code], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout is not None
    pids = [int(word) for word in worker.stdout.readline().split()]
    worker.send_signal(signal.SIGKILL)
    worker.communicate()
    assert len(pids) == 2
    assert gone(pids)


def gone(pids: list[int]) -> bool:
    """Whether all of these processes have ended, within some minutes."""
    for _ in range(3000):
        if not [pid for pid in pids if alive(pid)]:
            return True
        time.sleep(0.1)
    return False


def alive(pid: int) -> bool:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat")
        return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"
    return False

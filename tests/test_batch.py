"""Many papers to one dataset: bad papers, dead processes, stopping and going on, the same bytes every way."""

from __future__ import annotations

import csv
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pretended
import pytest
from pebble import ProcessPool

from sendparse.batch import local, work
from sendparse.batch.run import Finished, Read, Settings, Started, run_batch
from sendparse.batch.store import Store
from sendparse.batch.work import stage_of
from sendparse.dataset import read_dataset
from sendparse.errors import DatasetError, InputError, PackError
from sendparse.pipeline import Options

Finish = Callable[..., Finished]
pytestmark = pytest.mark.usefixtures("forkserver")


@pytest.fixture(scope="module")
def patterns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that stands for patterns: only its bytes count here."""
    folder = tmp_path_factory.mktemp("patterns")
    (folder / "words.yaml").write_text("concepts: {}\n")
    return folder


def papers(folder: Path, **contents: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / f"{name}.txt").write_text(content, encoding="utf-8")
    return folder


@pytest.fixture
def finish(patterns: Path) -> Finish:
    """Run a batch of pretended papers to its end."""

    def run(inputs: list[Path], out: Path, **settings: Any) -> Finished:
        last = [*run_batch(inputs, out, Settings(**{**pretence(patterns), **settings}))][-1]
        assert isinstance(last, Finished)
        return last

    return run


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit holds for papers that never end, and not for others, which take as long as the machine needs."""
    plain = ProcessPool.schedule

    def schedule(pool: Any, function: Any, *, args: Any, timeout: float) -> Any:
        never = args[0].path.read_text().startswith(("hang", "endless"))
        return plain(pool, function, args=args, timeout=timeout if never else None)

    monkeypatch.setattr(ProcessPool, "schedule", schedule)


def pretence(patterns: Path) -> dict[str, Any]:
    return {"workers": 1, "patterns": patterns, "read": pretended.read}


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


BAD = [
    # what the paper does   code                says                            why
    ("damaged pdf", "damaged", "download it again", "an error we foresaw: its hint is passed on"),
    ("bug in a stage", "unexpected_error", "KeyError", "an error we did not foresee"),
    ("segfault", "worker_died", "SIGSEGV", "a C library crashes"),
    ("killed", "worker_died", "memory ran out", "the system kills the process"),
    ("hang", "timed_out", "--timeout", "a library never comes back"),
    ("memory", "out_of_memory", "--memory", "a decompression bomb"),
]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(("content", "code", "says", "why"), BAD)
def test_one_bad_paper_costs_itself(
    tmp_path: Path, content: str, code: str, says: str, why: str, finish: Finish
) -> None:
    folder = papers(tmp_path / "in", a="good one", bad=content, z="good two")
    done = finish([folder], tmp_path / "ds", seconds=1.0 if content == "hang" else 600.0)
    assert [result.file for result in done.failed] == ["bad.txt"], why
    status = {row["file"]: row["status"] for row in rows(tmp_path / "ds" / "documents.csv")}
    assert status == {"a.txt": "ok", "bad.txt": "failed", "z.txt": "ok"}
    [problem] = [row for row in rows(tmp_path / "ds" / "problems.csv") if row["file"] == "bad.txt"]
    assert problem["code"] == code
    assert says in problem["message"], why


def test_all_papers_bad_at_once(tmp_path: Path, finish: Finish) -> None:
    folder = papers(tmp_path / "in", **{f"bad{n}": f"segfault {n}" for n in range(6)}, good="good")
    done = finish([folder], tmp_path / "ds", workers=2)
    assert len(done.failed) == 6
    assert done.papers == 7


def test_a_pool_whose_processes_cannot_start_ends_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, finish: Finish
) -> None:
    monkeypatch.setattr(local, "start_worker", pretended.die)
    done = finish([papers(tmp_path / "in", **{f"p{n}": f"x {n}" for n in range(8)})], tmp_path / "ds")
    assert len(done.failed) == 8
    assert {row["code"] for row in rows(tmp_path / "ds" / "problems.csv")} == {"worker_died"}


def test_a_failed_paper_says_in_which_stage_it_was() -> None:
    home = Path(work.__file__).parent.parent
    trace = (
        'Fatal Python error: Segmentation fault\n\n  File "/usr/lib/python3.11/site-packages/pdf.py", line 3 in read\n'
        f'  File "{home}/tables/ruled.py", line 10 in find\n  File "{home}/pipeline.py", line 4 in parse_document\n'
        f'  File "{home}/batch/work.py", line 9 in read_paper\n'
    )
    assert stage_of(trace) == "tables"
    assert stage_of(f'  File "{home}/batch/work.py", line 9 in read_paper\n') == ""
    assert stage_of("") == ""


def test_the_stage_of_a_crash_comes_from_the_dead_process(tmp_path: Path, finish: Finish) -> None:
    finish([papers(tmp_path / "in", a="abort")], tmp_path / "ds")
    [problem] = rows(tmp_path / "ds" / "problems.csv")
    assert "(in the stage 'read')" in problem["message"]


def test_wrong_patterns_are_no_fault_of_the_papers(tmp_path: Path, finish: Finish) -> None:
    with pytest.raises(PackError, match="line 4"):
        finish([papers(tmp_path / "in", a="packs", b="x")], tmp_path / "ds")
    assert not (tmp_path / "ds").exists()


def test_events_tell_the_story(tmp_path: Path, patterns: Path) -> None:
    folder = papers(tmp_path / "in", a="x one", b="y twos")
    events = [*run_batch([folder], tmp_path / "ds", Settings(**pretence(patterns)))]
    assert isinstance(events[0], Started)
    assert events[0].to_read == 2
    assert [(e.done, e.total) for e in events if isinstance(e, Read)] == [(1, 2), (2, 2)]
    last = events[-1]
    assert isinstance(last, Finished)
    assert (last.papers, last.observations, last.checks, last.problems) == (2, 7, 2, 2)
    assert last.kinds == {"unit_unknown": 2}


def test_the_same_bytes_in_any_order_with_any_number_of_processes(tmp_path: Path, finish: Finish) -> None:
    one = papers(tmp_path / "one", **{f"p{n}": f"x {'y' * n}" for n in range(6)}, bad="damaged x")
    two = papers(tmp_path / "two", other="x twelve", p3="x same name")
    finish([one, two], tmp_path / "ds1", workers=1)
    finish([two, one], tmp_path / "ds2", workers=3)
    finish([two, *sorted(one.iterdir(), reverse=True)], tmp_path / "ds3", workers=2)
    assert digests(tmp_path / "ds1") == digests(tmp_path / "ds2") == digests(tmp_path / "ds3")


def test_unchanged_papers_are_not_read_again(tmp_path: Path, finish: Finish) -> None:
    folder = papers(tmp_path / "in", a="x one", b="x two")
    finish([folder], tmp_path / "ds")
    before = digests(tmp_path / "ds")
    again = finish([folder], tmp_path / "ds")
    assert again.unchanged == 2
    assert digests(tmp_path / "ds") == before
    papers(folder, b="x changed", c="x new")
    assert finish([folder], tmp_path / "ds").unchanged == 1
    assert finish([folder], tmp_path / "ds", force=True).unchanged == 0


def test_options_and_patterns_make_papers_new(tmp_path: Path, finish: Finish) -> None:
    folder = papers(tmp_path / "in", a="x")
    finish([folder], tmp_path / "ds")
    assert finish([folder], tmp_path / "ds", options=Options(council="Kent")).unchanged == 0
    mine = papers(tmp_path / "mine", words="my words")
    assert finish([folder], tmp_path / "ds", options=Options(council="Kent"), overlays=(mine,)).unchanged == 0
    papers(mine, words="other words")
    assert finish([folder], tmp_path / "ds", options=Options(council="Kent"), overlays=(mine,)).unchanged == 0


def test_what_failed_is_read_again_when_asked(tmp_path: Path, finish: Finish) -> None:
    folder = papers(tmp_path / "in", a="x", bad="damaged")
    finish([folder], tmp_path / "ds")
    kept = finish([folder], tmp_path / "ds")
    assert (kept.unchanged, [result.file for result in kept.failed]) == (2, ["bad.txt"])
    assert finish([folder], tmp_path / "ds", retry_failed=True).unchanged == 1


def test_a_paper_that_moved_keeps_its_own_name(tmp_path: Path, finish: Finish) -> None:
    folder = papers(tmp_path / "in", a="x one")
    finish([folder], tmp_path / "ds")
    (folder / "a.txt").rename(folder / "b.txt")
    finish([folder], tmp_path / "ds")
    assert [row["file"] for row in rows(tmp_path / "ds" / "observations.csv")] == ["b.txt"] * 3


def test_a_duplicate_is_read_once_and_listed(tmp_path: Path, finish: Finish) -> None:
    done = finish([papers(tmp_path / "in", a="x one", b="x one")], tmp_path / "ds")
    assert (done.papers, done.copies) == (1, 1)
    [document] = rows(tmp_path / "ds" / "documents.csv")
    assert (document["file"], document["problems"]) == ("a.txt", "2")
    assert [r["quote"] for r in rows(tmp_path / "ds" / "problems.csv") if r["code"] == "duplicate_file"] == ["b.txt"]
    (tmp_path / "in" / "b.txt").unlink()
    finish([tmp_path / "in"], tmp_path / "ds")
    assert rows(tmp_path / "ds" / "documents.csv")[0]["problems"] == "1"


def test_a_file_that_cannot_be_opened_is_a_row(tmp_path: Path, finish: Finish) -> None:
    folder = papers(tmp_path / "in", a="x")
    os.mkfifo(tmp_path / "pipe.pdf")
    done = finish([folder, tmp_path / "pipe.pdf"], tmp_path / "ds")
    assert [result.file for result in done.failed] == ["pipe.pdf"]


def test_a_stopped_run_goes_on_where_it_stopped(tmp_path: Path, patterns: Path, finish: Finish) -> None:
    folder = papers(tmp_path / "in", **{f"p{n}": f"x {n}" for n in range(5)})
    events = run_batch([folder], tmp_path / "ds", Settings(**pretence(patterns)))
    assert sum(1 for _, event in zip(range(3), events, strict=False) if isinstance(event, Read)) == 2
    events.close()
    assert not (tmp_path / "ds").exists(), "no half-written dataset"
    resumed = finish([folder], tmp_path / "ds")
    assert resumed.unchanged >= 2
    finish([folder], tmp_path / "undisturbed")
    assert digests(tmp_path / "ds") == digests(tmp_path / "undisturbed")


def test_only_the_dataset_is_left_beside_its_parts(tmp_path: Path, finish: Finish) -> None:
    folder = papers(tmp_path / "in", a="x", bad="segfault")
    finish([folder], tmp_path / "out" / "ds")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [".ds.parts", "ds"]
    left = [path.relative_to(tmp_path / "out" / ".ds.parts") for path in (tmp_path / "out" / ".ds.parts").rglob("*")]
    assert {path.suffix for path in left if len(path.parts) == 3} == {".part"}
    assert not [path for path in left if path.parts[0] == "running" and len(path.parts) > 1]


def test_parts_of_other_code_are_removed(tmp_path: Path, finish: Finish) -> None:
    old = Store(tmp_path / ".ds.parts", "0123456789abcdef")
    old.write("a" * 64, b"old")
    finish([papers(tmp_path / "in", a="x")], tmp_path / "ds")
    assert not (tmp_path / ".ds.parts" / "0123456789abcdef").exists()


def test_nothing_of_the_users_is_removed_from_a_folder_given_for_parts(tmp_path: Path, finish: Finish) -> None:
    mine = tmp_path / "mine"
    (mine / "photos").mkdir(parents=True)
    (mine / "0123456789abcdef" / "aa").mkdir(parents=True)
    kept = [mine / "photos" / "a.jpg", mine / "0123456789abcdef" / "aa" / "thesis.docx", mine / "notes.new"]
    for path in kept:
        path.write_text("mine")
    finish([papers(tmp_path / "in", a="x")], tmp_path / "ds", parts=mine)
    assert all(path.is_file() for path in kept)


def test_a_part_cut_short_by_a_power_cut_is_read_again(tmp_path: Path, finish: Finish) -> None:
    folder = papers(tmp_path / "in", a="x one", b="x two")
    finish([folder], tmp_path / "ds")
    before = digests(tmp_path / "ds")
    part = sorted((tmp_path / ".ds.parts").rglob("*.part"))[0]
    part.write_bytes(part.read_bytes()[:-10])
    assert finish([folder], tmp_path / "ds").unchanged == 1
    assert digests(tmp_path / "ds") == before


def test_two_runs_do_not_write_one_dataset(tmp_path: Path, finish: Finish) -> None:
    script = (
        "import fcntl, sys, time\nf = open(sys.argv[1], 'w')\nfcntl.lockf(f, fcntl.LOCK_EX)\n"
        "print('held', flush=True)\ntime.sleep(3600)\n"
    )
    (tmp_path / ".ds.parts").mkdir()
    other = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path / ".ds.parts" / "lock")], stdout=subprocess.PIPE
    )
    try:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(DatasetError, match="another run"):
            finish([papers(tmp_path / "in", a="x")], tmp_path / "ds")
    finally:
        other.kill()
        other.wait()
        other.stdout.close()  # type: ignore[union-attr]


def test_a_foreign_folder_is_refused_before_anything_is_read(tmp_path: Path, finish: Finish) -> None:
    papers(tmp_path / "ds", thesis="mine")
    with pytest.raises(DatasetError, match="left alone"):
        finish([papers(tmp_path / "in", a="x")], tmp_path / "ds")
    assert not (tmp_path / ".ds.parts").exists()


def test_nothing_to_read(tmp_path: Path, finish: Finish) -> None:
    with pytest.raises(InputError):
        finish([tmp_path / "absent"], tmp_path / "ds")


def test_parts_can_lie_elsewhere(tmp_path: Path, finish: Finish) -> None:
    finish([papers(tmp_path / "in", a="x")], tmp_path / "ds", parts=tmp_path / "cache")
    assert list((tmp_path / "cache").rglob("*.part"))
    assert not (tmp_path / ".ds.parts").exists()


def test_real_papers_of_the_corpus_go_through(tmp_path: Path, corpus: Path, finish: Finish) -> None:
    done = finish([corpus / "05-carrowby-minutes"], tmp_path / "ds", patterns=None, read=None)
    assert done.failed == ()
    assert done.observations > 10
    assert read_dataset(tmp_path / "ds").table("tables").num_rows >= 0


# Time, memory and what is tried again


@pytest.mark.usefixtures("impatient")
def test_checks_that_never_end_cost_the_checks_alone(tmp_path: Path, finish: Finish) -> None:
    """And they are tried again when asked."""
    folder = papers(tmp_path / "in", a="x one", long="endless checks")
    done = finish([folder], tmp_path / "ds", seconds=3.0)
    assert done.failed == ()
    documents = {row["file"]: row for row in rows(tmp_path / "ds" / "documents.csv")}
    assert (documents["long.txt"]["status"], documents["long.txt"]["observations"]) == ("partial", "4")
    assert documents["long.txt"]["checks"] == "0"
    [problem] = [r for r in rows(tmp_path / "ds" / "problems.csv") if r["code"] == "stage_failed"]
    assert "'checks'" in problem["message"]
    assert "took longer than 3 s" in problem["message"]
    assert finish([folder], tmp_path / "ds").unchanged == 2
    assert finish([folder], tmp_path / "ds", seconds=3.0, retry_failed=True).unchanged == 1


def test_a_paper_whose_process_is_killed_once_is_read_all_the_same(tmp_path: Path, finish: Finish) -> None:
    """Memory may have run out because of another program, or somebody killed the process."""
    folder = papers(tmp_path / "in", a="x one", b="once killed", c="x two")
    done = finish([folder], tmp_path / "ds")
    assert done.failed == ()
    finish([papers(tmp_path / "calm", a="x one", b="once killed", c="x two")], tmp_path / "ds2")
    assert digests(tmp_path / "ds") == digests(tmp_path / "ds2")


def test_a_paper_that_changed_while_it_was_read_is_always_read_again(tmp_path: Path, finish: Finish) -> None:
    folder = papers(tmp_path / "in", a="changed while read")
    assert len(finish([folder], tmp_path / "ds").failed) == 1
    again = finish([folder], tmp_path / "ds")
    assert again.unchanged == 0


def test_a_broken_part_is_made_again_when_it_is_needed(tmp_path: Path, finish: Finish) -> None:
    """A disk that lost some of a part, or all of it, and kept its length."""
    folder = papers(tmp_path / "in", a="x one", b="x two", c="x three")
    finish([folder], tmp_path / "ds")
    parts = sorted((tmp_path / ".ds.parts").rglob("*.part"))
    for part, spoil in zip(parts, (lambda d: d[:-9] + b"\0" * 9, lambda d: b"\0" * len(d), lambda d: b""), strict=True):
        part.write_bytes(spoil(part.read_bytes()))
    papers(folder, d="x new")
    finish([folder], tmp_path / "ds")
    finish([folder], tmp_path / "fresh")
    assert digests(tmp_path / "ds") == digests(tmp_path / "fresh")

"""A real scheduler and three real workers on this machine, and a store that speaks S3: the same bytes as the local engine."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pretended
import pytest
from click.testing import CliRunner

from sendparse.batch import dask, engine
from sendparse.batch.run import Finished, Read, Settings, run_batch
from sendparse.cli import main
from sendparse.errors import InputError, PackError

HERE = Path(__file__).resolve().parent
_MISSING = [
    name for name in ("distributed", "s3fs", "moto.server") if importlib.util.find_spec(name.split(".")[0]) is None
]
needs_cluster = pytest.mark.skipif(
    bool(_MISSING), reason=f"{', '.join(_MISSING)} not installed: pip install '.[cluster-tests]'"
)
pytestmark = pytest.mark.cluster
PATIENCE = 600  # seconds: what is not there by then never comes


@dataclass
class Grid:
    """A scheduler with three workers, each a process with one thread."""

    address: str
    environment: dict[str, str]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def add_worker(self) -> None:
        code = "from distributed.cli.dask_worker import main; main()"
        self.workers.append(
            subprocess.Popen(
                [sys.executable, "-c", code, self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard"],
                env=self.environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )

    def wait_for_workers(self) -> None:
        """Until all of them are there."""
        import distributed

        with distributed.Client(self.address, timeout=PATIENCE, set_as_default=False) as client:
            client.wait_for_workers(len(self.workers), timeout=PATIENCE)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def line_of(process: subprocess.Popen[str], pattern: str) -> str:
    """What a process says about where it is, when it is there."""
    assert process.stderr is not None
    found = next((found for found in (re.search(pattern, line) for line in process.stderr) if found), None)
    assert found, "it ended at once"
    threading.Thread(target=process.stderr.read, daemon=True).start()  # or it stands still when the pipe is full
    return found[1]


def end(processes: Sequence[subprocess.Popen[Any]]) -> None:
    for process in processes:
        process.kill()
    for process in processes:
        process.wait()


@pytest.fixture(scope="module")
def s3() -> Iterator[Any]:
    """A store that speaks S3, with two empty buckets; every process of the tests is told where it is."""
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    told = {
        "AWS_ENDPOINT_URL": line_of(server, r"Running on (http://[\d.:]+)"),
        "AWS_ACCESS_KEY_ID": "anybody",
        "AWS_SECRET_ACCESS_KEY": "anything",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    former = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    try:
        import fsspec

        system = fsspec.filesystem("s3", skip_instance_cache=True)
        system.mkdir("papers")
        system.mkdir("work")
        yield system
    finally:
        end([server])
        for name, value in former.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


@pytest.fixture(scope="module")
def grid(s3: Any) -> Iterator[Grid]:
    paths = os.pathsep.join([str(HERE.parent), str(HERE), *sys.path])
    environment = {**os.environ, "PYTHONPATH": paths, "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "1s"}
    code = "from distributed.cli.dask_scheduler import main; main()"
    scheduler = subprocess.Popen(
        [sys.executable, "-c", code, "--host", "127.0.0.1", "--port", "0", "--no-dashboard"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    made = Grid(address=line_of(scheduler, r"Scheduler at:\s+(tcp://[\d.:]+)"), environment=environment)
    try:
        for _ in range(3):
            made.add_worker()
        made.wait_for_workers()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(dask, "_CONNECT", float(PATIENCE))
            yield made
    finally:
        end([*made.workers, scheduler])


@pytest.fixture
def patterns(tmp_path: Path) -> Path:
    folder = tmp_path / "patterns"
    folder.mkdir()
    (folder / "words.yaml").write_text("concepts: {}\n")
    return folder


def papers(folder: Path, *texts: str) -> Path:
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"p{number:02}.txt").write_text(text)
    return folder


def finish(inputs: list[str | Path], out: Path, **settings: Any) -> Finished:
    last = [*run_batch(inputs, out, Settings(**settings))][-1]
    assert isinstance(last, Finished)
    return last


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def parts_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.part")}


BAD = ("segfault", "damaged", "once killed", "memory", "bug", "abort")


@needs_cluster
def test_bad_papers_cost_themselves_on_a_cluster_too(grid: Grid, tmp_path: Path, patterns: Path) -> None:
    folder = papers(tmp_path / "in", *(f"x {'y' * (n % 5)}{n}" for n in range(20)), *BAD)
    common = {"patterns": patterns, "read": pretended.read}
    there = finish([folder], tmp_path / "there", engine="dask", scheduler=grid.address, **common)
    here = finish([folder], tmp_path / "here", workers=2, **common)
    assert [result.file for result in there.failed] == [result.file for result in here.failed]
    assert len(there.failed) == 5
    assert digests(tmp_path / "there") == digests(tmp_path / "here")
    assert parts_in(tmp_path / ".there.parts") == parts_in(tmp_path / ".here.parts")


@needs_cluster
def test_a_time_limit_holds_on_a_cluster(grid: Grid, tmp_path: Path, patterns: Path) -> None:
    folder = papers(tmp_path / "in", "hang", "x one", "endless checks", "x two")
    common = {"patterns": patterns, "read": pretended.read, "seconds": 10.0}
    done = finish([folder], tmp_path / "there", engine="dask", scheduler=grid.address, **common)
    assert [result.file for result in done.failed] == ["p00.txt"]
    assert done.kinds == {"timed_out": 1, "stage_failed": 1, "unit_unknown": 3}
    finish([folder], tmp_path / "here", workers=2, **common)
    assert digests(tmp_path / "there") == digests(tmp_path / "here")


@needs_cluster
def test_a_worker_killed_in_the_midst_of_a_run(grid: Grid, tmp_path: Path, patterns: Path) -> None:
    folder = papers(tmp_path / "in", *(f"gated {'y' * (n % 5)}{n}" for n in range(24)))
    common = {"patterns": patterns, "read": pretended.read}
    settings = Settings(engine="dask", scheduler=grid.address, **common)
    killed = 0
    for event in run_batch([folder], tmp_path / "there", settings):
        if isinstance(event, Read) and event.done == 2:
            grid.workers[0].send_signal(signal.SIGKILL)
            killed = grid.workers[0].wait()
            (tmp_path / "in.go").touch()
    assert killed == -signal.SIGKILL
    grid.workers.pop(0)
    grid.add_worker()
    grid.wait_for_workers()
    assert isinstance(event, Finished)
    assert event.failed == ()
    finish([folder], tmp_path / "here", workers=2, **common)
    assert digests(tmp_path / "there") == digests(tmp_path / "here")


@needs_cluster
def test_papers_and_parts_in_a_store(grid: Grid, s3: Any, tmp_path: Path, corpus: Path) -> None:
    """Real papers through the whole pipeline; then a part is cut short, and a paper changes."""
    folder = corpus / "05-carrowby-minutes"
    for path in folder.iterdir():
        s3.put(str(path), f"papers/minutes/{path.name}")
    arguments = ["batch", "s3://papers/minutes", "--out", str(tmp_path / "there"), "--parts", "s3://work/parts"]
    arguments += ["--engine", "dask", "--scheduler", grid.address]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    finish([folder], tmp_path / "here", workers=1)
    assert digests(tmp_path / "there") == digests(tmp_path / "here")
    stored = {name.removeprefix("work/parts/"): s3.cat(name) for name in s3.find("work/parts")}
    assert stored == parts_in(tmp_path / ".here.parts")

    assert "0 figures" not in done.stdout
    assert "left as it is" in CliRunner().invoke(main, arguments).stdout

    name = next(iter(s3.find("work/parts")))
    s3.pipe(name, s3.cat(name)[:-9])
    (tmp_path / "there" / "checks.csv").unlink()
    again = CliRunner().invoke(main, arguments)
    assert again.exit_code == 0, again.output
    assert digests(tmp_path / "there") == digests(tmp_path / "here")


@needs_cluster
def test_the_local_engine_reads_and_writes_urls_too(s3: Any, tmp_path: Path, patterns: Path) -> None:
    folder = papers(tmp_path / "in", "x one", "segfault", "x two")
    for path in folder.iterdir():
        s3.put(str(path), f"papers/local/{path.name}")
    common = {"patterns": patterns, "read": pretended.read, "workers": 2}
    finish(["s3://papers/local"], tmp_path / "there", parts="s3://work/local", **common)
    finish([folder], tmp_path / "here", **common)
    assert digests(tmp_path / "there") == digests(tmp_path / "here")


@needs_cluster
def test_wrong_patterns_stop_a_run(grid: Grid, tmp_path: Path, patterns: Path) -> None:
    folder = papers(tmp_path / "in", "packs", "x one")
    with pytest.raises(PackError, match="line 4"):
        finish([folder], tmp_path / "ds", engine="dask", scheduler=grid.address, patterns=patterns, read=pretended.read)


@needs_cluster
def test_a_worker_with_other_patterns_is_refused(grid: Grid, tmp_path: Path, patterns: Path) -> None:
    from sendparse.batch import run

    plain = run.store_key
    folder = papers(tmp_path / "in", "x one")
    with pytest.MonkeyPatch.context() as patch, pytest.raises(InputError, match="another version"):
        patch.setattr(run, "store_key", lambda *given: plain(*given)[::-1])
        finish([folder], tmp_path / "ds", engine="dask", scheduler=grid.address, patterns=patterns, read=pretended.read)


# What needs no cluster


def test_no_scheduler_answers(tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dask, "_CONNECT", 1.0)
        address = f"tcp://127.0.0.1:{free_port()}"
        arguments = ["batch", str(papers(tmp_path / "in", "x")), "--out", str(tmp_path / "ds"), "--engine", "dask"]
        done = CliRunner().invoke(main, [*arguments, "--scheduler", address])
    assert done.exit_code == 2
    assert "no scheduler answers" in done.stderr
    assert "dask scheduler" in done.stderr


class Held:
    """A task whose result was lost and comes again, or was never to come."""

    status = "lost"

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error

    def exception(self) -> None:
        return None

    def result(self) -> str:
        if self.error:
            raise self.error
        return "done again"


def test_a_result_that_was_lost_with_its_worker_is_waited_for() -> None:
    distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    assert dask._outcome(Held()) == "done again"
    with pytest.raises(InputError, match="its scheduler went away"):
        dask._outcome(Held(distributed.CancelledError()))


def test_without_dask_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent() -> None:
        raise ImportError("distributed")

    monkeypatch.setattr(dask, "_distributed", absent)
    with (
        pytest.raises(InputError, match=r"pip install 'sendparse\[cluster\]'"),
        engine.engine_of("dask", scheduler="tcp://127.0.0.1:1"),
    ):
        pass


def test_a_cluster_needs_an_address() -> None:
    with pytest.raises(InputError, match="--scheduler"):
        engine.engine_of("dask")

"""A slot of a cluster's worker: a process that reads one paper after another and can be killed at any moment.

A worker of a cluster must not die of a paper, and may not fork (it is a daemon with threads). So it starts a plain
process, the host, which loads everything once and then only forks readers, one at a time. A reader has the same limits
as a process of the local engine and runs the same function. All three share a pipe: the reader answers jobs, the host
tells when a reader died. Host and reader end by themselves when the worker is gone.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any

from sendparse.batch.death import death, too_long
from sendparse.batch.warm import THREADS, load
from sendparse.batch.work import TRIES, Job, Result, Setup, give_up, read_paper, start_worker

_PAPERS_A_READER = 200  # then it is replaced, so that what C libraries leak cannot add up
_START = 300.0  # seconds that a host may take to load everything
_STARTS = 3  # how often a host that does not come up is started
_NOBODY = 3  # exit code of a reader that nobody asks any more
_COMMAND = "from sendparse.batch.slot import host; host({})"


@dataclass(frozen=True, slots=True)
class _Reader:
    """Said by a reader that is ready."""

    pid: int


@dataclass(frozen=True, slots=True)
class _Died:
    """Said by the host when a reader died."""

    code: int


class Slot:
    """Reads papers in a process of its own."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self._here = replace(setup, scratch=Path(tempfile.mkdtemp(prefix="sendparse-")))
        self._host: subprocess.Popen[bytes] | None = None
        self._pipe: Connection[Any, Any] | None = None
        self._reader = 0

    def read(self, job: Job) -> Result:
        """Read one paper. Raises what is no fault of the paper: wrong patterns, a store that does not answer."""
        code = 0
        for _ in range(TRIES):
            self._start()
            answer = self._ask(job)
            if answer is None:
                return give_up(job, self._here, **too_long(self.setup.seconds))
            if isinstance(answer, Exception):
                raise answer
            if not isinstance(answer, _Died):
                return answer
            code = answer.code
        return give_up(job, self._here, code="worker_died", cause=death(code))

    def close(self) -> None:
        """End the processes."""
        if self._pipe is not None:
            self._pipe.close()
        for pid in (self._reader, 0 if self._host is None else self._host.pid):
            if not pid:
                continue
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if self._host is not None:
            self._host.wait()
        self._host = self._pipe = None
        self._reader = 0

    def forget(self) -> None:
        """End the processes, and remove what they left."""
        self.close()
        shutil.rmtree(self._here.scratch, ignore_errors=True)

    def _ask(self, job: Job) -> Result | Exception | _Died | None:
        """What becomes of a paper; nothing when it takes too long."""
        pipe = self._pipe
        assert pipe is not None
        try:
            pipe.send(job)
            while True:
                if not pipe.poll(self.setup.seconds or None):
                    os.kill(self._reader, signal.SIGKILL)
                    self._hear(pipe, _Died)
                    self._reader = 0
                    return None
                answer = pipe.recv()
                if not isinstance(answer, _Reader):
                    break
                self._reader = answer.pid  # the former one has read as many papers as it should
        except (EOFError, OSError):  # the host is gone, and may have left half an answer
            self.close()
            return _Died(-signal.SIGKILL)
        if isinstance(answer, _Died):
            self._reader = 0
        return answer  # type: ignore[no-any-return]

    def _start(self) -> None:
        """Have a reader that is ready."""
        for _ in range(_STARTS):
            try:
                if self._pipe is None:
                    self._pipe = self._new_host()
                if not self._reader:
                    self._reader = self._hear(self._pipe, _Reader).pid
                return
            except (EOFError, OSError):
                self.close()
        raise OSError("the process that reads papers does not start on a worker of the cluster")

    def _hear(self, pipe: Connection[Any, Any], kind: type) -> Any:
        """The next message, which is of this kind. One of another kind is an answer that came too late."""
        while pipe.poll(_START):
            message = pipe.recv()
            if isinstance(message, kind):
                return message
        raise EOFError

    def _new_host(self) -> Connection[Any, Any]:
        ours, theirs = Pipe()
        # Parallelism is by paper: arithmetic libraries that start threads of their own only cost.
        threads = dict.fromkeys(THREADS, "1")
        self._host = subprocess.Popen(
            [sys.executable, "-c", _COMMAND.format(theirs.fileno())],
            pass_fds=(theirs.fileno(),),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env={**os.environ, **threads, "PYTHONSAFEPATH": "1"},
        )
        theirs.close()
        ours.send(self._here)
        return ours


def host(handle: int) -> None:
    """The process that readers are forked from: it has one thread and reads no paper itself."""
    pipe: Connection[Any, Any] = Connection(handle)
    with contextlib.suppress(EOFError, OSError):
        setup: Setup = pipe.recv()
        if setup.read is None:
            load(setup.patterns, setup.overlays)
        while True:
            pid = os.fork()
            if pid == 0:
                _read_papers(pipe, setup)
            code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            if code == _NOBODY:
                return
            if code:
                pipe.send(_Died(code))


def _read_papers(pipe: Connection[Any, Any], setup: Setup) -> None:
    """A reader, from its fork to its end."""
    code = 1
    try:
        start_worker(setup)
        pipe.send(_Reader(os.getpid()))
        for _ in range(_PAPERS_A_READER):
            job: Job = pipe.recv()
            try:
                answer: Result | Exception = read_paper(job, setup)
            except Exception as error:
                answer = error
            pipe.send(answer)
        code = 0
    except (EOFError, OSError):
        code = _NOBODY
    finally:
        os._exit(code)

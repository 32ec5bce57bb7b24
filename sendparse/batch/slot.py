"""A slot of a cluster's worker: one process that reads one paper after another and can be killed at any moment.

A worker of a cluster must not die of a paper, and may not fork (it is a daemon with threads). So it starts a plain
process, sends it jobs through a pipe, and ends it when a paper takes too long. That process has the same limits as one
of the local engine, runs the same function, and ends by itself when the worker is gone.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any

from sendparse.batch.death import death, too_long
from sendparse.batch.work import TRIES, Job, Result, Setup, give_up, packs_of, read_paper, start_worker

_PAPERS_A_PROCESS = 200  # then it is replaced, so that what C libraries leak cannot add up
_START = 300.0  # seconds that a process may take to load everything
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
_COMMAND = "from sendparse.batch.slot import serve; serve({})"


class Slot:
    """Reads papers in a process of its own."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self._here = replace(setup, scratch=Path(tempfile.mkdtemp(prefix="sendparse-")))
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection[Any, Any] | None = None
        self._done = 0

    def read(self, job: Job) -> Result:
        """Read one paper. Raises what is no fault of the paper: wrong patterns, a store that does not answer."""
        code = 0
        for _ in range(TRIES):
            try:
                pipe = self._ready()
                pipe.send(job)
                if not pipe.poll(self.setup.seconds or None):
                    self.close()
                    return give_up(job, self._here, **too_long(self.setup.seconds))
                answer = pipe.recv()
            except (EOFError, ConnectionError):
                code = self.close()
                continue
            self._done += 1
            if isinstance(answer, Exception):
                raise answer
            return answer  # type: ignore[no-any-return]
        return give_up(job, self._here, code="worker_died", cause=death(code))

    def close(self) -> int:
        """End the process; its exit code."""
        if self._pipe is not None:
            self._pipe.close()
        code = 0
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                code = self._process.wait(0.2)
            if self._process.poll() is None:
                self._process.kill()
                self._process.wait()
        self._process = self._pipe = None
        return code

    def _ready(self) -> Connection[Any, Any]:
        if self._done >= _PAPERS_A_PROCESS:
            self.close()
        if self._pipe is None:
            self._pipe = self._start()
        return self._pipe

    def _start(self) -> Connection[Any, Any]:
        ours, theirs = Pipe()
        self._done = 0
        # Parallelism is by paper: arithmetic libraries that start threads of their own only cost.
        threads = dict.fromkeys(_THREADS, "1")
        self._process = subprocess.Popen(
            [sys.executable, "-c", _COMMAND.format(theirs.fileno())],
            pass_fds=(theirs.fileno(),),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env={**os.environ, **threads, "PYTHONSAFEPATH": "1"},
        )
        theirs.close()
        ours.send(self._here)
        if not ours.poll(_START) or ours.recv() != "ready":
            raise EOFError
        return ours


def serve(handle: int) -> None:
    """The process of a slot: answer each job with its result, until nobody asks any more."""
    pipe: Connection[Any, Any] = Connection(handle)
    try:
        setup: Setup = pipe.recv()
        with contextlib.suppress(Exception):  # wrong patterns: each paper will say so
            if setup.read is None:
                packs_of(setup.patterns, setup.overlays)
        start_worker(setup)
        pipe.send("ready")
        while True:
            job: Job = pipe.recv()
            try:
                answer: Result | Exception = read_paper(job, setup)
            except Exception as error:
                answer = error
            pipe.send(answer)
    except (EOFError, ConnectionError):
        return

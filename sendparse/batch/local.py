"""The engine for one machine: a process for each paper slot, a time limit and a memory limit for each paper.

In: jobs. Out: results, in the order in which papers are done. A paper that crashes its process, hangs or is killed costs
itself; its process is replaced, and the paper is tried again, since something else may have killed that process.
Processes are forked from a server that has loaded everything once (spawned where there is no such server): never from
this process, whose threads may hold a lock at that moment.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sendparse.batch.death import death, too_long
from sendparse.batch.files import Url
from sendparse.batch.scan import digests_here
from sendparse.batch.warm import server
from sendparse.batch.work import TRIES, Job, Result, Setup, give_up, read_paper, start_worker
from sendparse.errors import SendparseError

_PAPERS_A_PROCESS = 200  # then it is replaced, so that what C libraries leak cannot add up
_WAITING = 4  # jobs handed out beyond those being done, for each process
_LOOK = 1.0  # seconds between looks at whether the pool still works: jobs of one that broke may never be answered
_PATIENCE = 30.0  # seconds beyond a paper's limit after which a pool without any result counts as broken
_NEW_POOLS = 3  # how often in a row a pool that broke as a whole, without any result, is started again


@contextmanager
def open_engine(workers: int) -> Iterator[Local]:
    """The engine with so many processes; 0 for one for each processor."""
    with ExitStack() as open_servers:
        yield Local(workers=workers or default_workers(), open_servers=open_servers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """Processes of this machine."""

    workers: int
    open_servers: ExitStack

    def prepare(self, setup: Setup) -> None:
        """Start the process that papers' processes are forked from: it loads while this one looks for the papers."""
        if os.name == "posix":
            self.open_servers.enter_context(server(setup))

    def run(self, jobs: Sequence[Job], setup: Setup) -> Iterator[Result]:
        """Do all jobs. Stopping the iteration stops the processes; parts that are complete stay."""
        queue = _Queue(left=iter(jobs))
        workers = min(self.workers, len(jobs))
        broken = 0
        while broken < _NEW_POOLS:
            before = queue.results
            if (yield from _in_pool(queue, setup, workers)):
                return
            broken = 1 if queue.results > before else broken + 1
        for job in queue.take(sys.maxsize):
            yield give_up(job, setup, code="worker_died", cause="the processes that read papers keep dying")

    def digests(self, urls: Sequence[Url]) -> Iterable[str | OSError]:
        """The SHA-256 of each file, in their order, or the error."""
        return digests_here(urls)


@dataclass(slots=True, kw_only=True)
class _Queue:
    """The jobs of a run that are not done: those to try again go first."""

    left: Iterator[Job]
    again: list[Job] = field(default_factory=list)
    deaths: Counter[str] = field(default_factory=Counter)  # of processes, by paper
    results: int = 0

    def take(self, most: int) -> list[Job]:
        taken = [*self.again[:most]]
        self.again = self.again[most:]
        return [*taken, *islice(self.left, max(0, most - len(taken)))]

    def died(self, job: Job) -> bool:
        """Note that a paper's process died; whether the paper is tried again."""
        self.deaths[job.document_id] += 1
        if self.deaths[job.document_id] >= TRIES:
            return False
        self.again.append(job)
        return True


def _in_pool(queue: _Queue, setup: Setup, workers: int) -> Generator[Result, None, bool]:
    """Do jobs until none is left (true) or the pool breaks (false)."""
    if os.name != "posix":
        return (yield from _pool(queue, setup, workers, multiprocessing.get_context("spawn"), lambda: True))
    with server(setup) as alive:
        return (yield from _pool(queue, setup, workers, multiprocessing.get_context("forkserver"), alive))


def _pool(
    queue: _Queue, setup: Setup, workers: int, context: Any, alive: Callable[[], bool]
) -> Generator[Result, None, bool]:
    from pebble import ProcessExpired, ProcessPool

    pool: Any = ProcessPool(
        max_workers=workers,
        max_tasks=_PAPERS_A_PROCESS,
        initializer=start_worker,
        initargs=(setup,),
        context=context,
    )
    running: dict[Future[Result], Job] = {}
    quiet = 0.0  # seconds since the last result
    try:
        while True:
            for job in queue.take(workers * (1 + _WAITING) - len(running)):
                try:
                    running[pool.schedule(read_paper, args=(job, setup), timeout=setup.seconds or None)] = job
                except RuntimeError:  # the pool has broken since we looked
                    queue.again.append(job)
            if not running:
                whole = not queue.again
                if whole:
                    pool.close()
                return whole
            done, _ = wait(running, timeout=_LOOK, return_when=FIRST_COMPLETED)
            quiet = 0.0 if done else quiet + _LOOK
            if not alive():  # and with it all that it forked: none of the papers is to blame
                return False
            if not done and (not pool.active or (setup.seconds and quiet > setup.seconds + _PATIENCE)):
                return False
            broken = [future for future in done if isinstance(future.exception(), BrokenProcessPool)]
            for future in done:
                if future in broken:
                    continue
                job = running.pop(future)
                if isinstance(future.exception(), ProcessExpired) and queue.died(job):
                    continue
                queue.results += 1
                yield _result(future, job, setup)
            if broken:
                return False
    finally:
        queue.again += running.values()
        pool.stop()
        pool.join()


def _result(future: Future[Result], job: Job, setup: Setup) -> Result:
    from pebble import ProcessExpired

    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, TimeoutError):
        return give_up(job, setup, **too_long(setup.seconds))
    if isinstance(error, ProcessExpired):
        return give_up(job, setup, code="worker_died", cause=death(error.exitcode))
    if isinstance(error, SendparseError):
        raise error
    return give_up(job, setup, code="unexpected_error", cause=f"{type(error).__name__}: {str(error)[:300]}")


def default_workers() -> int:
    """One for each processor that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

"""The engine for one machine: a process for each paper slot, a time limit and a memory limit for each paper.

In: jobs. Out: results, in the order in which papers are done. A paper that crashes its process, hangs or is killed costs
itself; its process is replaced. Processes are forked from a server that has loaded everything once (spawned where there
is no such server): never from this process, whose threads may hold a lock at that moment.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any

from pebble import ProcessExpired, ProcessPool

from sendparse.batch.warm import server
from sendparse.batch.work import Job, Result, Setup, give_up, read_paper, start_worker
from sendparse.errors import SendparseError

_PAPERS_A_PROCESS = 200  # then it is replaced, so that what C libraries leak cannot add up
_WAITING = 4  # jobs handed out beyond those being done, for each process
_LOOK = 1.0  # seconds between looks at whether the pool still works: jobs of one that broke may never be answered
_PATIENCE = 30.0  # seconds beyond a paper's limit after which a pool without any result counts as broken
_NEW_POOLS = 3  # how often a pool that broke as a whole is started again


def run(jobs: Iterable[Job], setup: Setup, *, workers: int) -> Iterator[Result]:
    """Do all jobs. Stopping the iteration stops the processes; parts that are complete stay."""
    if os.name != "posix":
        yield from _pools(jobs, setup, workers, multiprocessing.get_context("spawn"))
        return
    with server(setup):
        yield from _pools(jobs, setup, workers, multiprocessing.get_context("forkserver"))


def _pools(jobs: Iterable[Job], setup: Setup, workers: int, context: Any) -> Iterator[Result]:
    """Do all jobs, with a new pool where one broke."""
    left = iter(jobs)
    again: list[Job] = []
    for _ in range(_NEW_POOLS):
        again = yield from _one_pool(again, left, setup, workers, context)
        if not again:
            return
    for job in (*again, *left):
        yield give_up(job, setup, code="worker_died", cause="the processes that read papers keep dying")


def _one_pool(
    first: list[Job], left: Iterator[Job], setup: Setup, workers: int, context: Any
) -> Generator[Result, None, list[Job]]:
    """Do jobs until none is left or the pool breaks; returns those that were under way then."""
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
            room = workers * (1 + _WAITING) - len(running) - len(first)
            wanted = [*first, *islice(left, max(0, room))]
            first = []
            while wanted:
                try:
                    future = pool.schedule(read_paper, args=(wanted[0], setup), timeout=setup.seconds or None)
                except RuntimeError:  # the pool has broken since we looked
                    return [*running.values(), *wanted]
                running[future] = wanted.pop(0)
            if not running:
                pool.close()
                return []
            done, _ = wait(running, timeout=_LOOK, return_when=FIRST_COMPLETED)
            quiet = 0.0 if done else quiet + _LOOK
            if not done and (not pool.active or (setup.seconds and quiet > setup.seconds + _PATIENCE)):
                return list(running.values())
            broken = [future for future in done if isinstance(future.exception(), BrokenProcessPool)]
            for future in done:
                if future not in broken:
                    yield _result(future, running.pop(future), setup)
            if broken:
                return list(running.values())
    finally:
        pool.stop()
        pool.join()


def _result(future: Future[Result], job: Job, setup: Setup) -> Result:
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, TimeoutError):
        hint = "give papers more time with --timeout, or leave the paper out"
        return give_up(job, setup, code="timed_out", cause=f"the paper took longer than {setup.seconds:g} s", hint=hint)
    if isinstance(error, ProcessExpired):
        return give_up(job, setup, code="worker_died", cause=_death(error.exitcode))
    if isinstance(error, SendparseError):
        raise error
    return give_up(job, setup, code="unexpected_error", cause=f"{type(error).__name__}: {str(error)[:300]}")


def _death(code: int) -> str:
    """An exit code in words."""
    if code == -signal.SIGKILL:
        return "the process that read the paper was killed, most likely because memory ran out"
    name = signal.Signals(-code).name if code < 0 and -code in set(signal.Signals) else f"exit code {code}"
    return f"the process that read the paper died ({name})"


def default_workers() -> int:
    """One for each processor that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

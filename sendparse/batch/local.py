"""The engine for one machine: a process for each paper slot, a time limit and a memory limit for each paper.

In: jobs. Out: results, in the order in which papers are done. A paper that crashes its process, hangs or is killed costs
itself; its process is replaced. On Linux, processes are forked from one that has loaded everything once.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any

from pebble import ProcessExpired, ProcessPool

from sendparse.batch.work import Job, Result, Setup, give_up, read_paper, start_worker, warm
from sendparse.errors import SendparseError

_PAPERS_A_PROCESS = 200  # then it is replaced, so that what C libraries leak cannot add up
_WAITING = 4  # jobs handed out beyond those being done, for each process
_NEW_POOLS = 3  # how often a pool that broke as a whole is started again


def run(jobs: Iterable[Job], setup: Setup, *, workers: int) -> Iterator[Result]:
    """Do all jobs. Stopping the iteration stops the processes; parts that are complete stay."""
    forking = sys.platform.startswith("linux")
    if forking:
        _one_thread_each()
        warm(setup)
        gc.freeze()  # what is loaded stays shared between the processes
    context = multiprocessing.get_context("fork" if forking else "spawn")
    left = iter(jobs)
    again: list[Job] = []
    try:
        for _ in range(_NEW_POOLS):
            again = yield from _one_pool(again, left, setup, workers, context)
            if not again:
                return
    finally:
        gc.unfreeze()
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
            done, _ = wait(running, return_when=FIRST_COMPLETED)
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


def _one_thread_each() -> None:
    """Parallelism is by paper: arithmetic libraries that start threads of their own only cost, and do not fork well."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")


def default_workers() -> int:
    """One for each processor that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

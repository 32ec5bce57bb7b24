"""The engine for a cluster: Dask hands jobs to its workers, each of which reads papers in a process that it can end.

In: jobs. Out: results, in the order in which papers are done. Where a job runs, that one lost with its worker runs again
elsewhere, and that a store which does not answer is asked again: all that is Dask's work. Parts go straight from the
worker to their store, and only a line about each paper comes back. A worker with another version of the code, of Python
or of the patterns is refused, since its parts would not be the same bytes.
"""

from __future__ import annotations

import atexit
import logging
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from itertools import islice
from typing import Any

from sendparse.batch.files import INSTALL, Url
from sendparse.batch.scan import digest_of
from sendparse.batch.slot import Slot
from sendparse.batch.store import store_key
from sendparse.batch.work import Job, Result, Setup, give_up
from sendparse.errors import InputError, SendparseError
from sendparse.packs import patterns_folder
from sendparse.packs.records import digest

_CONNECT = 20.0  # seconds to wait for a scheduler, and then for its first worker
_WAITING = 4  # jobs handed out beyond those being done, for each thread of the cluster
_COUNT = 5.0  # seconds between looks at how many threads the cluster has
_RETRIES = 3  # how often a job is tried again whose store or whose worker fails
_HASHED_AT_ONCE = 20  # files that one task reads to know their content


@contextmanager
def open_engine(scheduler: str) -> Iterator[Cluster]:
    """The engine, connected. Raises InputError when Dask is not installed or the cluster does not answer."""
    try:
        distributed = _distributed()
    except ImportError as error:
        raise InputError("--engine dask", "Dask is not installed", INSTALL) from error
    logging.getLogger("distributed").setLevel(logging.ERROR)  # what matters is told as an error or a row
    try:
        client = distributed.Client(scheduler, timeout=_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise InputError(
            f"--scheduler {scheduler}", "no scheduler answers there", "start one: dask scheduler"
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_CONNECT)
        except TimeoutError as error:
            hint = f"start some: dask worker {scheduler} --nthreads 1"
            raise InputError(f"--scheduler {scheduler}", "it has no workers", hint) from error
        yield Cluster(client=client)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """The workers of a Dask scheduler."""

    client: Any
    counted: list[float] = field(default_factory=lambda: [float("-inf"), 0])  # when threads were counted, and how many

    def prepare(self, setup: Setup) -> None:
        """Nothing: workers load what they need when they get their first paper."""

    def run(self, jobs: Sequence[Job], setup: Setup) -> Iterator[Result]:
        """Do all jobs. Stopping the iteration cancels what is under way; parts that are complete stay."""
        tasks = ((read_there, (job, setup)) for job in jobs)
        for number, future in self._done(tasks):
            yield _result(future, jobs[number], setup)

    def digests(self, urls: Sequence[Url]) -> Iterable[str | OSError]:
        """The SHA-256 of each file, in their order, or the error. The workers read, not this machine."""
        pieces = [urls[start : start + _HASHED_AT_ONCE] for start in range(0, len(urls), _HASHED_AT_ONCE)]
        found: dict[int, list[str | OSError]] = {}
        for number, future in self._done((hash_there, (piece,)) for piece in pieces):
            found[number] = _outcome(future)
        return [digest for number in range(len(pieces)) for digest in found[number]]

    def _done(self, tasks: Iterable[tuple[Any, tuple[Any, ...]]]) -> Iterator[tuple[int, Any]]:
        """The number of each task and its future when it is done; only so many are handed out at a time."""
        distributed = _distributed()
        numbers: dict[str, int] = {}
        left = enumerate(tasks)

        def submit(most: int) -> list[Any]:
            futures = []
            for number, (work, given) in islice(left, most):
                future = self.client.submit(work, *given, pure=False, retries=_RETRIES)
                numbers[future.key] = number
                futures.append(future)
            return futures

        try:
            done = distributed.as_completed(submit(self._room()), loop=self.client.loop)
            for future in done:
                yield numbers.pop(future.key), future
                done.update(submit(max(0, self._room() - len(numbers))))
        finally:
            if numbers:
                self.client.cancel([distributed.Future(key, client=self.client) for key in numbers], force=True)

    def _room(self) -> int:
        """How many jobs may be with the cluster: workers come and go."""
        if time.monotonic() - self.counted[0] > _COUNT:
            threads: int = sum(self.client.nthreads().values())
            self.counted[:] = [time.monotonic(), threads]
        return (1 + _WAITING) * max(1, int(self.counted[1]))


def read_there(job: Job, setup: Setup) -> Result | SendparseError:
    """On a worker: read one paper in a slot of its own. An error that the user has to mend comes back as a value."""
    fault = _unfit(setup)
    if fault:
        return InputError(
            "a worker of the cluster", fault, "install the same everywhere; give --patterns a shared folder"
        )
    slot = _SLOTS.take(setup)
    try:
        return slot.read(job)
    except SendparseError as error:
        return error
    finally:
        _SLOTS.give(slot)


def hash_there(urls: Sequence[Url]) -> list[str | OSError]:
    """On a worker: what files hold."""
    return [digest_of(url) for url in urls]


def _result(future: Any, job: Job, setup: Setup) -> Result:
    if isinstance(future.exception(), _distributed().KilledWorker):
        return give_up(job, setup, code="worker_died", cause="the workers that read the paper keep dying")
    answer = _outcome(future)
    if isinstance(answer, SendparseError):
        raise answer
    return answer  # type: ignore[no-any-return]


def _outcome(future: Any) -> Any:
    """What a task gave. Raises InputError where the cluster cannot do it.

    A result whose worker died before anybody fetched it is `lost` for a while: Dask has the task done again, and asking
    for it waits for that.
    """
    error = future.exception()
    if isinstance(error, ImportError):
        raise InputError("a worker of the cluster", f"sendparse cannot be loaded there: {error}", INSTALL) from error
    try:
        return future.result()
    except _distributed().CancelledError as error:
        hint = "start it again, and run the same command again"
        raise InputError("the cluster", "its scheduler went away", hint) from error


def _distributed() -> Any:
    return import_module("distributed")


@cache
def _unfit(setup: Setup) -> str:
    """Why this machine would not give the same bytes; empty when it would."""
    try:
        packs_hash = digest([setup.patterns or patterns_folder(), *setup.overlays])
    except OSError as error:
        return f"a folder of patterns is not there: {error}"
    if store_key(packs_hash, setup.options) == setup.key:
        return ""
    return "it has another version of sendparse, of Python, of a library that reads papers, or of the patterns"


class _Slots:
    """The slots of this worker that nobody uses at the moment."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[Slot] = []

    def take(self, setup: Setup) -> Slot:
        with self._lock:
            other = [slot for slot in self._idle if slot.setup != setup]
            self._idle = [slot for slot in self._idle if slot.setup == setup]
            slot = self._idle.pop() if self._idle else Slot(setup)
        for old in other:  # of another run
            old.forget()
        return slot

    def give(self, slot: Slot) -> None:
        with self._lock:
            self._idle.append(slot)

    def close(self) -> None:
        for slot in self._idle:
            slot.forget()


_SLOTS = _Slots()
atexit.register(_SLOTS.close)

"""What does the reading: this machine's processes, or a cluster. Both give the same parts, byte for byte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, cast

from sendparse.batch.files import Url
from sendparse.batch.work import Job, Result, Setup
from sendparse.errors import InputError


class Engine(Protocol):
    """Does jobs, in any order, and reads files at URLs to know their content."""

    def prepare(self, setup: Setup) -> None:
        """There will be jobs: begin to load what they take."""

    def run(self, jobs: Sequence[Job], setup: Setup) -> Iterator[Result]:
        """Do all jobs. Stopping the iteration stops the work; parts that are complete stay."""

    def digests(self, urls: Sequence[Url]) -> Iterable[str | OSError]:
        """The SHA-256 of each file, in their order, or the error."""


def engine_of(name: str, *, scheduler: str = "", workers: int = 0) -> AbstractContextManager[Engine]:
    """The engine of this name, ready while the context is open. Raises InputError when it cannot be had."""
    if name == "local":
        from sendparse.batch import local

        return local.open_engine(workers)
    if name == "dask":
        if not scheduler:
            raise InputError("--engine dask", "it needs the address of a scheduler", "give --scheduler tcp://HOST:8786")
        from sendparse.batch import dask

        return cast("AbstractContextManager[Engine]", dask.open_engine(scheduler))
    raise InputError(f"--engine {name}", "there is no such engine", "use local or dask")

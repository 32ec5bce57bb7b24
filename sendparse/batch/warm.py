"""What every paper needs, loaded once in the process that worker processes are forked from.

Python's fork server imports this module when it starts. It has one thread and reads no paper itself, so that a process
forked from it at any moment starts clean. What to load comes from the environment, since nothing else reaches it.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import json
import os
import select
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sendparse.batch.work import Setup, packs_of
from sendparse.dataset.part import encode
from sendparse.dataset.rows import outcome_rows
from sendparse.pipeline import Options, parse_document
from sendparse.read import read_bytes

_NAME = "SENDPARSE_WARM"
_LINE = b"61.5% of EHC plans were issued within 20 weeks in June 2024.\n"
_SELDOM = 20_000  # objects made and not freed, after which the youngest are looked through
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


@contextlib.contextmanager
def server(setup: Setup) -> Iterator[Callable[[], bool]]:
    """While it is open, a fork server runs with the run's patterns loaded. Gives a function that says whether it lives.

    It is ended and waited for, so that what it used counts as used by this process. One that somebody else started is
    used as it is and left running.
    """
    from multiprocessing import forkserver  # absent on some systems

    single: Any = getattr(forkserver, "_forkserver", None)
    ours = getattr(single, "_forkserver_pid", None) is None
    forkserver.set_forkserver_preload(["__main__", __name__])
    folders = {"patterns": setup.patterns and str(setup.patterns), "overlays": [str(path) for path in setup.overlays]}
    # What stands in for the pipeline in a test needs nothing of it, unless it says so.
    wanted = {_NAME: json.dumps(folders)} if getattr(setup.read, "loads", setup.read is None) else {}
    # Parallelism is by paper: arithmetic libraries that start threads of their own only cost.
    threads = {name: "1" for name in THREADS if name not in os.environ}
    # The server is started with `python -c`, which would import from the folder one stands in: papers may lie there.
    threads["PYTHONSAFEPATH"] = "1"
    with _environment(wanted | threads):
        forkserver.ensure_running()
    alive = getattr(single, "_forkserver_alive_fd", None)
    try:
        yield lambda: alive is None or not _without_reader(alive)
    finally:
        if ours and hasattr(single, "_stop"):
            single._stop()


def _without_reader(pipe: int) -> bool:
    """Whether nobody reads a pipe any more: the server holds the other end of its own for as long as it lives."""
    poll = select.poll()
    poll.register(pipe, 0)
    return any(event & (select.POLLERR | select.POLLNVAL) for _, event in poll.poll(0))


@contextlib.contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    os.environ.update(values)
    try:
        yield
    finally:
        for name in values:
            os.environ.pop(name, None)


def load(patterns: Path | None, overlays: tuple[Path, ...]) -> None:
    """Read a line of our own, so that everything on the way is loaded. Should it fail, each paper will say so itself."""
    gc.set_threshold(_SELDOM, *gc.get_threshold()[1:])
    with contextlib.suppress(Exception):
        packs = packs_of(patterns, overlays)
        encode(outcome_rows(parse_document(read_bytes(_LINE, file="warm.txt"), packs, Options())))
    settle()


def settle() -> None:
    """Have what is loaded stay shared between the processes, and look for cycles seldom: papers make next to none."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_SELDOM, *gc.get_threshold()[1:])


def _load_named(text: str) -> None:
    atexit.register(os._exit, 0)  # to free all that was loaded would keep the run waiting
    folders = json.loads(text)
    load(Path(folders["patterns"]) if folders["patterns"] else None, tuple(map(Path, folders["overlays"])))


if _NAME in os.environ:
    _load_named(os.environ.pop(_NAME))

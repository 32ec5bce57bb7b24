"""The work on one paper, wherever it is done: read it, keep its part, say how it went.

A paper's bytes may crash a C library, hang or ask for all memory. Whatever Python can catch becomes the rows of a failed
paper here; for the rest a trace says how far the paper had come, and the engine calls `give_up`.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sendparse.batch.files import Place
from sendparse.batch.remote import Parts, store_at
from sendparse.batch.trace import Figures, Trace, stage_of
from sendparse.dataset.columns import DocumentRow
from sendparse.dataset.part import encode
from sendparse.dataset.rows import PaperRows, failed_rows, without_checks
from sendparse.errors import InputError, PackError, SendparseError
from sendparse.packs import Packs, load_packs
from sendparse.pipeline import Options, parse_document
from sendparse.read import read_bytes

TRIES = 3
"""How often a paper is tried whose process dies: something else may have killed it. One that takes too long is not."""

_END_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_REPORT = "leave the paper out, or report this with the paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One paper to read."""

    path: Place
    file: str
    document_id: str
    size: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What is the same for all papers of a run: patterns, options, where parts go, limits for each paper."""

    root: Place  # where parts go
    scratch: Path  # a folder of this run and machine
    key: str
    options: Options
    patterns: Path | None = None
    overlays: tuple[Path, ...] = ()
    seconds: float = 300.0
    megabytes: int = 2000
    read: Callable[[Job, Setup], PaperRows] | None = None  # a function of a module, in place of the pipeline

    @property
    def store(self) -> Parts:
        """Where parts go."""
        return store_at(self.root, self.key)

    def trace(self, document_id: str) -> Trace:
        """What tells how far a paper had come."""
        return Trace(self.scratch, document_id, self.seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How one paper went; its rows are in its part. `message` is that of the first problem of a failed paper."""

    file: str
    document_id: str
    status: str
    pages: int = 0
    observations: int = 0
    problems: int = 0
    seconds: float = 0.0
    message: str = ""

    @classmethod
    def of(cls, document: DocumentRow, *, seconds: float = 0.0, message: str = "") -> Result:
        """The result that a document row tells."""
        return cls(
            file=document.file,
            document_id=document.document_id,
            status=document.status,
            pages=document.pages,
            observations=document.observations,
            problems=document.problems,
            seconds=seconds,
            message=message,
        )


@cache
def packs_of(patterns: Path | None, overlays: tuple[Path, ...]) -> Packs:
    """The packs, read once in each process."""
    return load_packs(patterns, overlays)


def start_worker(setup: Setup) -> None:
    """Prepare a process for papers: it ends with the one that it was forked from, and its memory is limited."""
    end_with_parent()
    limit_memory(setup.megabytes)


def read_paper(job: Job, setup: Setup) -> Result:
    """Read one paper and keep its part.

    Never raises for anything that the paper does; PackError and InputError, which are about all papers, go through.
    """
    began = time.monotonic()
    with setup.trace(job.document_id):
        rows, data = _attempt(job, setup)
    return _kept(rows, data, setup, began)


def give_up(job: Job, setup: Setup, *, code: str, cause: str, hint: str = _REPORT) -> Result:
    """Keep the part of a paper whose process is gone. Its figures are kept if it had come to the checks."""
    trace = setup.trace(job.document_id)
    figures, stage = trace.figures(), trace.stage()
    trace.forget()
    rows = _failed(job, code, cause, stage, hint) if figures is None else without_checks(figures, cause)
    return _kept(rows, encode(rows), setup, time.monotonic())


def end_with_parent() -> None:
    """Have the system end this process when its parent dies. Only where the system can."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    parent = os.getppid()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:  # it died before it was asked
        os._exit(1)


def limit_memory(megabytes: int) -> None:
    """Let this process ask for so much memory beyond what it has; more gives MemoryError. Only where the system can."""
    if not megabytes or not sys.platform.startswith("linux"):
        return
    import resource

    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    has = re.search(r"VmData:\s+(\d+) kB", status)
    most = (int(has[1]) << 10 if has else 0) + (megabytes << 20)
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard == resource.RLIM_INFINITY or most < hard:
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def _attempt(job: Job, setup: Setup) -> tuple[PaperRows, bytes]:
    """The paper's rows and their bytes, or those that say why there are none."""
    try:
        if job.error:
            return _encoded(_unopened(job, job.error))
        return _read(job, setup) if setup.read is None else _encoded(setup.read(job, setup))
    except (PackError, InputError):
        raise
    except SendparseError as error:
        rows = _failed(job, error.code, error.problem, "", error.hint)
    except MemoryError as error:
        hint = "give each paper more with --memory, or leave the paper out"
        rows = _failed(job, "out_of_memory", f"the paper needs more than {setup.megabytes} MB", _stage(error), hint)
    except Exception as error:
        rows = _failed(job, "unexpected_error", f"{type(error).__name__}: {str(error)[:300]}", _stage(error), _REPORT)
    return _encoded(rows)


def _unopened(job: Job, reason: str) -> PaperRows:
    return _failed(job, "not_opened", f"the file cannot be opened: {reason}", "", "check that you may read it")


def read_rows(job: Job, setup: Setup) -> PaperRows:
    """The rows of a paper, for a test's stand-in that reads most papers as they are."""
    return _read(job, setup)[0]


def _read(job: Job, setup: Setup) -> tuple[PaperRows, bytes]:
    try:
        data = job.path.read_bytes()
    except OSError as error:
        return _encoded(_unopened(job, error.strerror or str(error) or type(error).__name__))
    document = read_bytes(data, file=job.file, ocr=setup.options.ocr)
    if document.document_id != job.document_id:
        return _encoded(_failed(job, "file_changed", "the file changed while papers were being read", "", "run again"))
    packs = packs_of(setup.patterns, setup.overlays)
    figures = Figures(setup.scratch, job.document_id)
    return figures.finished(parse_document(document, packs, setup.options, before_checks=figures.keep))


def _encoded(rows: PaperRows) -> tuple[PaperRows, bytes]:
    return rows, encode(rows)


def _failed(job: Job, code: str, cause: str, stage: str, hint: str) -> PaperRows:
    where = f" (in the stage '{stage}')" if stage else ""
    trying = f". Try: {hint}" if hint else ""
    message = f"{cause[:1].upper()}{cause[1:]}{where}{trying}"
    return failed_rows(job.document_id, job.file, code=code, message=message)


def _kept(rows: PaperRows, data: bytes, setup: Setup, began: float) -> Result:
    setup.store.write(rows.document.document_id, data)
    message = rows.problems[0].message if rows.document.status == "failed" and rows.problems else ""
    return Result.of(rows.document, seconds=time.monotonic() - began, message=message)


def _stage(error: BaseException) -> str:
    lines: list[Any] = traceback.format_tb(error.__traceback__)
    return stage_of("".join(reversed(lines)))

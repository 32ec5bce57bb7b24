"""The work on one paper, wherever it is done: read it, keep its part, say how it went.

A paper's bytes may crash a C library, hang or ask for all memory. Whatever Python can catch becomes the rows of a failed
paper here; for the rest a trace file says how far the paper had come, and the engine calls `give_up`.
"""

from __future__ import annotations

import faulthandler
import re
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sendparse.batch.store import Store
from sendparse.dataset.columns import DocumentRow
from sendparse.dataset.part import encode
from sendparse.dataset.rows import PaperRows, failed_rows, outcome_rows
from sendparse.errors import InputError, PackError, SendparseError
from sendparse.packs import Packs, load_packs
from sendparse.pipeline import Options, parse_document
from sendparse.read import read_bytes

_HOME = Path(__file__).resolve().parent.parent
_FRAME = re.compile(rf'File "{re.escape(str(_HOME))}[/\\](?!batch[/\\])(?P<module>[^"]+?)\.py"')
_REPORT = "leave the paper out, or report this with the paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One paper to read."""

    path: Path
    file: str
    document_id: str
    size: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What is the same for all papers of a run: patterns, options, where parts go, limits for each paper."""

    root: Path
    key: str
    options: Options
    patterns: Path | None = None
    overlays: tuple[Path, ...] = ()
    seconds: float = 300.0
    megabytes: int = 2000
    read: Callable[[Job, Setup], PaperRows] | None = None  # a function of a module, in place of the pipeline

    @property
    def store(self) -> Store:
        """Where parts go."""
        return Store(self.root, self.key)


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
    """Prepare a process for papers: limit its memory."""
    limit_memory(setup.megabytes)


def read_paper(job: Job, setup: Setup) -> Result:
    """Read one paper and keep its part.

    Never raises for anything that the paper does; PackError and InputError, which are about all papers, go through.
    """
    began = time.monotonic()
    with _Trace(setup, job):
        rows, data = _attempt(job, setup)
    return _kept(rows, data, setup, began)


def give_up(job: Job, setup: Setup, *, code: str, cause: str, hint: str = _REPORT) -> Result:
    """Keep the part of a paper whose process is gone; its trace says in which stage it was."""
    path = trace_path(setup, job.document_id)
    stage = ""
    if path.is_file():
        stage = stage_of(path.read_text(encoding="utf-8", errors="replace"))
        path.unlink(missing_ok=True)
    rows = _failed(job, code, cause, stage, hint)
    return _kept(rows, encode(rows), setup, time.monotonic())


def stage_of(trace: str) -> str:
    """The stage that a Python stack, innermost call first, was in: `read`, `tables`, `observe` and so on."""
    match = _FRAME.search(trace)
    if match is None:
        return ""
    return re.split(r"[/\\]", match["module"])[0]


def trace_path(setup: Setup, document_id: str) -> Path:
    """Where a paper's process writes its last words."""
    return setup.root / "running" / document_id


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


class _Trace:
    """While it is open, a crash of this process, or a paper near its time limit, writes the Python stack to a file."""

    def __init__(self, setup: Setup, job: Job) -> None:
        self.path = trace_path(setup, job.document_id)
        self.seconds = setup.seconds

    def __enter__(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.file = self.path.open("w", encoding="utf-8")
        self.was_on = faulthandler.is_enabled()
        faulthandler.enable(self.file, all_threads=False)
        if self.seconds:
            faulthandler.dump_traceback_later(max(self.seconds * 0.9, self.seconds - 1), file=self.file)

    def __exit__(self, *_: object) -> None:
        faulthandler.cancel_dump_traceback_later()
        faulthandler.disable()
        if self.was_on and sys.__stderr__ is not None:
            faulthandler.enable(sys.__stderr__)
        self.file.close()
        self.path.unlink(missing_ok=True)


def _attempt(job: Job, setup: Setup) -> tuple[PaperRows, bytes]:
    """The paper's rows and their bytes, or those that say why there are none."""
    try:
        rows = _unopened(job, job.error) if job.error else (setup.read or _read)(job, setup)
        return rows, encode(rows)
    except (PackError, InputError):
        raise
    except SendparseError as error:
        rows = _failed(job, error.code, error.problem, "", error.hint)
    except MemoryError as error:
        hint = "give each paper more with --memory, or leave the paper out"
        rows = _failed(job, "out_of_memory", f"the paper needs more than {setup.megabytes} MB", _stage(error), hint)
    except Exception as error:
        rows = _failed(job, "unexpected_error", f"{type(error).__name__}: {str(error)[:300]}", _stage(error), _REPORT)
    return rows, encode(rows)


def _unopened(job: Job, reason: str) -> PaperRows:
    return _failed(job, "not_opened", f"the file cannot be opened: {reason}", "", "check that you may read it")


def _read(job: Job, setup: Setup) -> PaperRows:
    try:
        data = job.path.read_bytes()
    except OSError as error:
        return _unopened(job, error.strerror or type(error).__name__)
    document = read_bytes(data, file=job.file)
    if document.document_id != job.document_id:
        return _failed(job, "file_changed", "the file changed while papers were being read", "", "run again")
    packs = packs_of(setup.patterns, setup.overlays)
    return outcome_rows(parse_document(document, packs, setup.options))


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

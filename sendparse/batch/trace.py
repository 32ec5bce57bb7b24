"""What is left of a paper whose process is gone: how far it had come, and the figures if only the checks were to come.

While a paper is read, its process keeps two small files in the run's scratch folder; both go when it is done. The process
also tells the system to end it some time after its limit, so that one whose engine was killed does not live on.
"""

from __future__ import annotations

import contextlib
import faulthandler
import math
import re
import signal
import sys
from pathlib import Path

from sendparse.dataset.part import decode, encode, streams
from sendparse.dataset.rows import PaperRows, outcome_rows, with_checks
from sendparse.errors import DatasetError
from sendparse.model import Outcome

_HOME = Path(__file__).resolve().parent.parent
_FRAME = re.compile(rf'File "{re.escape(str(_HOME))}[/\\](?!batch[/\\])(?P<module>[^"]+?)\.py"')
_ORPHAN = 30  # seconds beyond a paper's limit that a process lives whose engine is gone


class Trace:
    """While it is open, a crash of this process, or a paper near its time limit, writes the Python stack to a file."""

    def __init__(self, scratch: Path, document_id: str, seconds: float) -> None:
        self._stack = scratch / document_id
        self._figures = scratch / f"{document_id}.figures"
        self._seconds = seconds

    def __enter__(self) -> None:
        self._stack.parent.mkdir(parents=True, exist_ok=True)
        self._figures.unlink(missing_ok=True)
        self._file = self._stack.open("w", encoding="utf-8")
        self._was_on = faulthandler.is_enabled()
        faulthandler.enable(self._file, all_threads=False)
        if self._seconds:
            faulthandler.dump_traceback_later(max(self._seconds * 0.9, self._seconds - 1), file=self._file)
            _end_in(math.ceil(self._seconds) + _ORPHAN)

    def __exit__(self, *_: object) -> None:
        _end_in(0)
        faulthandler.cancel_dump_traceback_later()
        faulthandler.disable()
        if self._was_on and sys.__stderr__ is not None:
            faulthandler.enable(sys.__stderr__)
        self._file.close()
        self._stack.unlink(missing_ok=True)
        self._figures.unlink(missing_ok=True)

    def stage(self) -> str:
        """The stage that a process which is gone was in; empty when that is not known."""
        try:
            return stage_of(self._stack.read_text(encoding="utf-8", errors="replace"))
        except OSError:
            return ""

    def figures(self) -> PaperRows | None:
        """What a process which is gone had read, if it had come to the checks."""
        try:
            return decode(self._figures.read_bytes()).rows()
        except (OSError, DatasetError):
            return None

    def forget(self) -> None:
        """Remove what a process which is gone left."""
        self._stack.unlink(missing_ok=True)
        self._figures.unlink(missing_ok=True)


class Figures:
    """The rows of a paper before its checks, kept in a file, and their bytes once the checks are there."""

    def __init__(self, scratch: Path, document_id: str) -> None:
        self._path = scratch / f"{document_id}.figures"
        self._rows: PaperRows | None = None
        self._ready: dict[str, bytes] = {}

    def keep(self, outcome: Outcome) -> None:
        """Keep what there is before the checks."""
        self._rows = outcome_rows(outcome)
        self._ready = streams(self._rows, ("observations", "tables"))
        with contextlib.suppress(OSError):  # no room, or the run that wanted it is gone
            self._path.write_bytes(encode(self._rows, ready=self._ready))

    def finished(self, outcome: Outcome) -> tuple[PaperRows, bytes]:
        """All rows of the paper and the bytes of its part."""
        rows = outcome_rows(outcome) if self._rows is None else with_checks(self._rows, outcome)
        return rows, encode(rows, ready=self._ready)


def stage_of(trace: str) -> str:
    """The stage that a Python stack, innermost call first, was in: `read`, `tables`, `observe` and so on."""
    match = _FRAME.search(trace)
    if match is None:
        return ""
    return re.split(r"[/\\]", match["module"])[0]


def _end_in(seconds: int) -> None:
    """The system ends this process then, whatever it is doing; 0 for never."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)

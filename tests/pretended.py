"""A stand-in for reading a paper, for tests of what happens around it: the paper's first word says what it does."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path

from sample_outcomes import outcome

from sendparse.batch import work
from sendparse.batch.trace import Figures
from sendparse.batch.work import Job, Setup
from sendparse.dataset.rows import PaperRows, outcome_rows
from sendparse.errors import PackError, UnreadablePaper


def read(job: Job, setup: Setup) -> PaperRows:
    """Crash, hang, fail, or give a figure for each letter of the words after the first, up to four.

    The word `endless` gives figures, and then checks that never end.
    """
    word, _, rest = job.path.read_bytes().decode().partition(" ")
    if word in _DEEDS:
        _DEEDS[word](job)
    if word == "endless":
        Figures(setup.scratch, job.document_id).keep(
            outcome(job.file, document_id=job.document_id, figures=4, checks=())
        )
        time.sleep(600)
    return outcome_rows(outcome(job.file, document_id=job.document_id, figures=len(rest) % 5))


def die(setup: Setup) -> None:
    """A process that cannot start."""
    os._exit(1)


def _damaged(job: Job) -> None:
    raise UnreadablePaper(job.file, "the file is damaged", "download it again", code="damaged")


def _bug(job: Job) -> None:
    raise KeyError("no such thing")


def _segfault(job: Job) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def _crash_while_reading(job: Job) -> None:
    """A crash inside a function of sendparse/read/pdf.py, as far as the stack shows."""
    place = Path(work.__file__).parent.parent / "read" / "pdf.py"
    names: dict[str, object] = {}
    exec(compile("import os\ndef crash():\n    os.abort()\n", str(place), "exec"), names)
    names["crash"]()  # type: ignore[operator]


def _killed(job: Job) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _hang(job: Job) -> None:
    time.sleep(600)


def _memory(job: Job) -> None:
    bytearray(1 << 33)


def _killed_once(job: Job) -> None:
    """Die at the first try: a note beside the paper tells which try it is."""
    note = Path(f"{job.path}.tried")
    if not note.exists():
        note.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def _changed(job: Job) -> None:
    raise UnreadablePaper(job.file, "the file changed while papers were being read", code="file_changed")


def _brief(job: Job) -> None:
    time.sleep(0.02)


def _gated(job: Job) -> None:
    """Two papers of a folder go through; the others wait until the test opens the gate, `NAME.go` beside the folder."""
    for ticket in ("one", "two"):
        with contextlib.suppress(FileExistsError):
            job.path.parent.with_suffix(f".{ticket}").touch(exist_ok=False)
            return
    while not job.path.parent.with_suffix(".go").exists():
        time.sleep(0.02)


def _wrong_packs(job: Job) -> None:
    raise PackError("mine.yaml, line 4", "`parsecs` is no unit", "see patterns/README.md")


_DEEDS = {
    "damaged": _damaged,
    "bug": _bug,
    "segfault": _segfault,
    "abort": _crash_while_reading,
    "killed": _killed,
    "hang": _hang,
    "memory": _memory,
    "once": _killed_once,
    "changed": _changed,
    "brief": _brief,
    "gated": _gated,
    "packs": _wrong_packs,
}

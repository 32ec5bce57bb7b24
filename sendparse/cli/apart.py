"""Papers of one command, each read with a limit on time and memory: a paper that hangs or crashes costs itself.

Papers are read one after another by a child process, which hands back what is to be printed. Where a paper takes too long,
or the process dies of it, the next one is read by a new process. A system that cannot fork reads without limits.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import signal
import struct
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sendparse.batch.scan import printable
from sendparse.errors import SendparseError, UnreadablePaper

_HEAD = struct.Struct("<cQ")
_READY, _OUTPUT, _TROUBLE, _FATAL = b"r", b"o", b"t", b"f"
_LATE, _GONE = b"l", b"g"  # never sent: no answer in time, and nobody there to answer
_PIECE = 1 << 16
_TOO_LONG = "give papers more time with --timeout, or leave the paper out"
_DIED = "leave the paper out, give it more with --memory, or report this with the paper"

Read = Callable[[Path, bool], bytes]
"""What to print for a paper; the second argument says whether anything was printed before."""


@dataclass(frozen=True, slots=True)
class Limits:
    """For each paper; 0 is no limit."""

    seconds: float
    megabytes: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a paper: what to print, or why it could not be read."""

    output: bytes = b""
    trouble: SendparseError | None = None


def read_apart(files: Sequence[Path], prepare: Callable[[], Read], limits: Limits) -> Iterator[Answer]:
    """An Answer for each file, in order. `prepare` loads what reading takes, in the process that reads.

    Raises SendparseError where `prepare` or a function of `Read` finds something that is no fault of one paper.
    """
    if not hasattr(os, "fork"):
        yield from _here(files, prepare)
        return
    done = given = 0
    while done < len(files):
        for answer in _one_process(files[done:], given, prepare, limits):
            done += 1
            given += answer.trouble is None
            yield answer


def _here(files: Sequence[Path], prepare: Callable[[], Read]) -> Iterator[Answer]:
    read = prepare()
    given = 0
    for path in files:
        answer = _attempt(read, path, given > 0)
        given += answer.trouble is None
        yield answer


def _attempt(read: Read, path: Path, printed: bool) -> Answer:
    try:
        return Answer(read(path, printed))
    except _NotThisPaper as error:
        raise error.cause from error
    except SendparseError as error:
        return Answer(trouble=error)
    except MemoryError:
        cause = "the paper needs more memory than it may have"
        return Answer(trouble=UnreadablePaper(printable(path.name), cause, _DIED, code="out_of_memory"))
    except Exception as error:  # a fault of ours: the other papers are still read
        cause = f"{type(error).__name__}: {error}"
        return Answer(trouble=UnreadablePaper(printable(path.name), cause, "report this with the paper"))


class _NotThisPaper(Exception):
    """Something is wrong that no other paper would mend: an unknown council, a broken pattern."""

    def __init__(self, cause: SendparseError) -> None:
        super().__init__(str(cause))
        self.cause = cause


@contextlib.contextmanager
def about_all_papers() -> Iterator[None]:
    """What goes wrong here is no fault of the paper being read, and ends the command."""
    try:
        yield
    except SendparseError as error:
        raise _NotThisPaper(error) from error


def _one_process(files: Sequence[Path], given: int, prepare: Callable[[], Read], limits: Limits) -> Iterator[Answer]:
    """Answers from one child, until all are given or the child is gone; then the last one says why."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover
        os.close(reading)
        _child(files, given, prepare, limits, writing)
    os.close(writing)
    try:
        first = _heard(reading, 0)  # loading takes what it takes: it does not count against the first paper
        for path in files:
            kind, data = _heard(reading, limits.seconds) if first[0] == _READY else first
            if kind == _FATAL:
                raise pickle.loads(data)
            if kind == _TROUBLE:
                yield Answer(trouble=pickle.loads(data))
            elif kind == _OUTPUT:
                yield Answer(data)
            elif kind == _LATE:
                yield Answer(trouble=_too_late(path, limits))
                return
            else:
                ended, child = child, 0
                yield Answer(trouble=_died(path, ended))
                return
    finally:
        os.close(reading)
        if child:
            _kill(child)


def _heard(pipe: int, seconds: float) -> tuple[bytes, bytes]:
    """One message of the child, `_LATE` where none comes in time, or `_GONE` where none will come any more."""
    until = time.monotonic() + seconds if seconds else None
    try:
        kind, size = _HEAD.unpack(_exactly(pipe, _HEAD.size, until))
        return kind, _exactly(pipe, size, until)
    except TimeoutError:
        return _LATE, b""
    except EOFError:
        return _GONE, b""


def _exactly(pipe: int, size: int, until: float | None) -> bytes:
    """So many bytes. Raises TimeoutError or EOFError where they do not come."""
    out = bytearray()
    while len(out) < size:
        left = None if until is None else max(0.0, until - time.monotonic())
        if not select.select([pipe], [], [], left)[0]:
            raise TimeoutError
        piece = os.read(pipe, min(_PIECE, size - len(out)))
        if not piece:
            raise EOFError
        out += piece
    return bytes(out)


def _kill(child: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _too_late(path: Path, limits: Limits) -> UnreadablePaper:
    cause = f"the paper took longer than {limits.seconds:g} s"
    return UnreadablePaper(printable(path.name), cause, _TOO_LONG, code="timed_out")


def _died(path: Path, child: int) -> UnreadablePaper:
    """Wait for a child whose pipe has closed, which is a moment before it is gone, and say what it died of."""
    from sendparse.batch.death import death

    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return UnreadablePaper(printable(path.name), death(code), _DIED, code="worker_died")


def _child(
    files: Sequence[Path], given: int, prepare: Callable[[], Read], limits: Limits, pipe: int
) -> None:  # pragma: no cover
    """The life of the process that reads. It never returns."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # nobody listens any more
        from sendparse.batch.work import limit_memory

        try:
            read = prepare()
            limit_memory(limits.megabytes)
            _say(pipe, _READY, b"")
            for path in files:
                answer = _attempt(read, path, given > 0)
                given += answer.trouble is None
                kind = _OUTPUT if answer.trouble is None else _TROUBLE
                _say(pipe, kind, answer.output if answer.trouble is None else pickle.dumps(answer.trouble))
        except SendparseError as error:
            _say(pipe, _FATAL, pickle.dumps(error))
    except BaseException as error:
        with contextlib.suppress(BaseException):
            _say(pipe, _FATAL, pickle.dumps(SendparseError("", f"{type(error).__name__}: {error}", "report this")))
    finally:
        os._exit(0)


def _say(pipe: int, kind: bytes, data: bytes) -> None:
    view: Any = memoryview(_HEAD.pack(kind, len(data)) + data)
    while view:
        view = view[os.write(pipe, view) :]

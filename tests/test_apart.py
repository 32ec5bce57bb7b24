"""Papers of one command in a process of their own: what counts against whom."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sendparse.cli import apart
from sendparse.cli.apart import Answer, Limits, Read, read_apart
from sendparse.errors import PackError

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="papers are read in this process")
MUCH = 600.0  # seconds that are never short


def answers(*names: str, prepare: Callable[[], Read] | None = None, seconds: float = MUCH) -> list[Answer]:
    return list(read_apart([Path(name) for name in names], prepare or (lambda: read), Limits(seconds, 0)))


def read(path: Path, printed: bool) -> bytes:
    """Do what the paper is called."""
    if path.name == "hang":
        time.sleep(3600)
    if path.name == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    return f"{path.name} {printed}".encode()


def told(answer: Answer) -> str:
    return answer.output.decode() if answer.trouble is None else str(getattr(answer.trouble, "code", ""))


def test_a_paper_that_ends_its_process_costs_itself() -> None:
    assert [told(answer) for answer in answers("a", "killed", "b")] == ["a False", "worker_died", "b True"]


def test_a_paper_that_never_ends_costs_itself() -> None:
    assert [told(answer) for answer in answers("hang", seconds=0.5)] == ["timed_out"]


def test_loading_does_not_count_against_the_first_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, allowed = apart._heard, []

    def heard(pipe: int, seconds: float) -> tuple[bytes, bytes]:
        allowed.append(seconds)
        return plain(pipe, seconds)

    monkeypatch.setattr(apart, "_heard", heard)
    assert [told(answer) for answer in answers("a", "b")] == ["a False", "b True"]
    assert allowed == [0, MUCH, MUCH]


def test_what_is_wrong_before_any_paper_is_raised() -> None:
    def broken() -> Read:
        raise PackError("mine.yaml, line 4", "`parsecs` is no unit", "see patterns/README.md")

    with pytest.raises(PackError, match="line 4"):
        answers("a", "b", prepare=broken)


def test_a_process_that_dies_while_loading_is_told_for_each_paper() -> None:
    def dying() -> Read:
        os.kill(os.getpid(), signal.SIGKILL)
        return read

    assert [told(answer) for answer in answers("a", "b", prepare=dying)] == ["worker_died", "worker_died"]

"""What several test files need: the shipped patterns, the corpus, and material that lies beside a checkout."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


# A shell that starts the tests in the background has Ctrl-C ignored, which what they start would take over.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def corpus() -> Path:
    return ROOT / "corpus"


@pytest.fixture
def interpreted() -> None:
    """For tests that put something else in the place of a function of ours, which reaches no compiled code."""
    from sendparse.tables import lines

    if not lines.__file__.endswith(".py"):
        pytest.skip("compiled: run `python -m pytest` in a checkout")


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = ROOT.parent / "shared"
    if not (folder / "README.md").is_file():
        pytest.skip("the folder of real papers, ../shared, is not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def packs():
    from sendparse.packs import load_packs

    return load_packs()


@pytest.fixture(scope="module")
def forkserver() -> Iterator[None]:
    """One loaded process that those of every run are forked from, instead of a new one for each run.

    It knows the environment of the moment when it starts, so that it ends with the tests of its file.
    """
    from sendparse.batch.warm import server
    from sendparse.batch.work import Setup
    from sendparse.pipeline import Options

    with server(Setup(root=Path(), scratch=Path(), key="", options=Options())):
        yield

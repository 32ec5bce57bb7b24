"""Many papers: `run_batch` reads them with a process for each slot and writes one dataset."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sendparse.batch.run import Event as Event
    from sendparse.batch.run import Finished as Finished
    from sendparse.batch.run import Read as Read
    from sendparse.batch.run import Settings as Settings
    from sendparse.batch.run import Started as Started
    from sendparse.batch.run import run_batch as run_batch
    from sendparse.batch.work import Result as Result

__all__ = ["Event", "Finished", "Read", "Result", "Settings", "Started", "run_batch"]


def __getattr__(name: str) -> object:
    """What reads papers is loaded when it is first wanted."""
    if name not in __all__:
        raise AttributeError(f"module 'sendparse.batch' has no attribute {name!r}")
    return getattr(import_module("sendparse.batch.work" if name == "Result" else "sendparse.batch.run"), name)

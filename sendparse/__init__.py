"""Reads English councils' SEND committee papers and gives one dataset that can be compared across councils.

The public names below load what they need when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sendparse.errors import SendparseError as SendparseError
    from sendparse.model import Check as Check
    from sendparse.model import Document as Document
    from sendparse.model import Observation as Observation
    from sendparse.model import Outcome as Outcome
    from sendparse.model import Problem as Problem
    from sendparse.model import Table as Table
    from sendparse.packs import Packs as Packs
    from sendparse.packs import load_packs as load_packs
    from sendparse.pipeline import Options as Options
    from sendparse.pipeline import parse as parse
    from sendparse.pipeline import parse_document as parse_document
    from sendparse.pipeline import parse_many as parse_many
    from sendparse.publish.frames import open_dataset as open_dataset
    from sendparse.read import read_document as read_document
    from sendparse.tag.nlp import nlp as nlp

__version__ = "0.1.0"

_HOMES = {
    "SendparseError": "errors",
    "Check": "model",
    "Document": "model",
    "Observation": "model",
    "Outcome": "model",
    "Problem": "model",
    "Table": "model",
    "Packs": "packs",
    "load_packs": "packs",
    "Options": "pipeline",
    "open_dataset": "publish.frames",
    "nlp": "tag.nlp",
    "parse": "pipeline",
    "parse_document": "pipeline",
    "parse_many": "pipeline",
    "read_document": "read",
}

__all__ = ["__version__", *sorted(_HOMES)]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'sendparse' has no attribute {name!r}")
    return getattr(import_module(f"sendparse.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)

"""The dataset: a folder of tables with their description, the same bytes for the same papers.

`write_dataset` puts papers' parts together, `read_dataset` opens a folder. The columns are declared in columns.py.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sendparse.dataset.columns import Resource as Resource
    from sendparse.dataset.columns import resources as resources
    from sendparse.dataset.part import Part as Part
    from sendparse.dataset.read import Dataset as Dataset
    from sendparse.dataset.read import read_dataset as read_dataset
    from sendparse.dataset.rows import PaperRows as PaperRows
    from sendparse.dataset.rows import outcome_rows as outcome_rows
    from sendparse.dataset.write import write_dataset as write_dataset

_HOMES = {
    "Dataset": "read",
    "PaperRows": "rows",
    "Part": "part",
    "Resource": "columns",
    "outcome_rows": "rows",
    "read_dataset": "read",
    "resources": "columns",
    "write_dataset": "write",
}

__all__ = [*_HOMES]


def __getattr__(name: str) -> object:
    """Arrow is loaded when a table is first wanted."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sendparse.dataset' has no attribute {name!r}")
    return getattr(import_module(f"sendparse.dataset.{_HOMES[name]}"), name)

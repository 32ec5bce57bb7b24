"""A dataset as the parts it was put together from, and writing it anew with other checks: all else stays as it is.

Rows of one paper stand together, in every file in the order of the papers. So all files are read side by side, a batch of
rows at a time, and memory does not grow with the number of papers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from sendparse.dataset.arrow import schema, to_table
from sendparse.dataset.columns import resources
from sendparse.dataset.part import Part
from sendparse.dataset.read import Dataset, read_dataset
from sendparse.dataset.write import write_dataset
from sendparse.errors import DatasetError
from sendparse.model import Check


def replace_checks(folder: Path, checks: Iterable[Check]) -> None:
    """Put these checks in the place of those of a dataset, and their number into its documents."""
    dataset = read_dataset(folder)
    by_paper: dict[str, list[Check]] = defaultdict(list)
    for check in checks:
        by_paper[check.document_id].append(check)
    packs_hash = str(dataset.description["sendparse"].get("patterns", ""))
    write_dataset(_checked(dataset, by_paper), folder, packs_hash=packs_hash)


def parts_of(dataset: Dataset, *, without: str = "") -> Iterator[Part]:
    """A dataset as the parts it was put together from, one for each paper, in their order.

    `without` names a resource whose rows are not wanted. Raises DatasetError when a file has rows that stand elsewhere
    than those of their paper.
    """
    names = [name for name in resources() if name not in ("documents", without)]
    files = {name: _Rows(dataset, name) for name in names}
    for document in dataset.records("documents"):
        yield Part(document=document, tables={name: rows.take(document.document_id) for name, rows in files.items()})
    for name, rows in files.items():
        if rows.left:
            raise DatasetError(
                str(dataset.folder), f"rows of {name} are not in the order of the papers", "make the dataset again"
            )


def _checked(dataset: Dataset, by_paper: dict[str, list[Check]]) -> Iterator[Part]:
    for part in parts_of(dataset, without="checks"):
        checks = by_paper.get(part.document.document_id, [])
        tables = {**part.tables, "checks": to_table(resources()["checks"], checks)}
        yield Part(document=replace(part.document, checks=len(checks)), tables=tables)


class _Rows:
    """The rows of one file, to be taken paper by paper."""

    def __init__(self, dataset: Dataset, name: str) -> None:
        self._none = schema(name).empty_table()
        self._papers = _papers(dataset.batches(name))
        self._next = next(self._papers, None)

    @property
    def left(self) -> bool:
        """Whether there are rows that nobody has taken."""
        return self._next is not None

    def take(self, document_id: str) -> pa.Table:
        """The rows of a paper, if they come next; it may have none."""
        if self._next is None or self._next[0] != document_id:
            return self._none
        rows = self._next[1]
        self._next = next(self._papers, None)
        return rows


def _papers(batches: Iterable[pa.Table]) -> Iterator[tuple[str, pa.Table]]:
    """The rows of each paper, which may run over the end of a batch."""
    current, pieces = "", list[pa.Table]()
    for batch in batches:
        start = 0
        runs = pc.run_end_encode(batch.column("document_id").combine_chunks())
        for document_id, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
            if document_id != current and pieces:
                yield current, pa.concat_tables(pieces)
                pieces = []
            current = document_id
            pieces.append(batch.slice(start, end - start))
            start = end
    if pieces:
        yield current, pa.concat_tables(pieces)

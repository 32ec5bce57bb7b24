"""Writing a dataset anew with other checks: every other row stays as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from sendparse.dataset.arrow import to_table
from sendparse.dataset.columns import resources
from sendparse.dataset.part import Part
from sendparse.dataset.read import Dataset, read_dataset
from sendparse.dataset.write import write_dataset
from sendparse.model import Check


def replace_checks(folder: Path, checks: Iterable[Check]) -> None:
    """Put these checks in the place of those of a dataset, and their number into its documents."""
    dataset = read_dataset(folder)
    by_paper: dict[str, list[Check]] = defaultdict(list)
    for check in checks:
        by_paper[check.document_id].append(check)
    packs_hash = str(dataset.description["sendparse"].get("patterns", ""))
    write_dataset(list(_parts(dataset, by_paper)), folder, packs_hash=packs_hash)


def parts_of(dataset: Dataset) -> Iterator[Part]:
    """A dataset as the parts it was put together from, one for each paper."""
    kept = {name: _slices(dataset.table(name)) for name in resources() if name != "documents"}
    empty = {name: dataset.table(name).slice(0, 0) for name in kept}
    for document in dataset.records("documents"):
        tables = {name: slices.get(document.document_id, empty[name]) for name, slices in kept.items()}
        yield Part(document=document, tables=tables)


def _parts(dataset: Dataset, by_paper: dict[str, list[Check]]) -> Iterator[Part]:
    kept = {name: _slices(dataset.table(name)) for name in resources() if name not in ("documents", "checks")}
    empty = {name: dataset.table(name).slice(0, 0) for name in kept}
    for document in dataset.records("documents"):
        checks = by_paper.get(document.document_id, [])
        tables = {name: slices.get(document.document_id, empty[name]) for name, slices in kept.items()}
        tables["checks"] = to_table(resources()["checks"], checks)
        yield Part(document=replace(document, checks=len(checks)), tables=tables)


def _slices(table: pa.Table) -> dict[str, pa.Table]:
    """The rows of each paper, which stand together."""
    ids = table.column("document_id").to_pylist()
    out: dict[str, pa.Table] = {}
    start = 0
    for at in range(1, len(ids) + 1):
        if at == len(ids) or ids[at] != ids[start]:
            out[ids[start]] = table.slice(start, at - start)
            start = at
    return out

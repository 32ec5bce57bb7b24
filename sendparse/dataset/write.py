"""Writing a dataset: parts in, a whole folder out, or nothing.

Parts come in the order of their papers and are written as they come, a batch of rows at a time, so that memory does not
grow with the number of papers. The folder is built beside its final place and swapped in when it is complete.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from sendparse.dataset.arrow import plain_memory, schema, to_table
from sendparse.dataset.columns import Resource, resources
from sendparse.dataset.folder import beside, refuse_foreign, settle, swap
from sendparse.dataset.package import FILE, Written, describe
from sendparse.dataset.part import Part

BATCH = 50_000
"""Rows that are held before they are written. The bytes of a Parquet file depend on it, so it is no option."""

_BOM = "\ufeff".encode()
_FORMULA = r"^([=+\-@\t\r])"
_NUMBER = r"^[+\-]?[0-9][0-9,]*(\.[0-9]+)?$"


def write_dataset(parts: Iterable[Part], folder: Path, *, packs_hash: str = "") -> dict[str, Written]:
    """Write the dataset, complete or not at all, over a former one if there is one.

    `parts` must come in the order of their papers' names. Returns what was written, by file name. Raises DatasetError
    when `folder` holds anything that is not a dataset of ours; nothing is touched then.
    """
    refuse_foreign(folder)
    new = beside(folder, "new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    try:
        with plain_memory():
            files = _write_files(parts, new)
        (new / FILE).write_text(describe(files, packs_hash=packs_hash), encoding="utf-8", newline="\n")
        settle(new)
        swap(new, folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return files


def _write_files(parts: Iterable[Part], folder: Path) -> dict[str, Written]:
    known = resources()
    with _Files(known, folder) as files:
        for part in parts:
            files.add("documents", to_table(known["documents"], [part.document]))
            for name, table in part.tables.items():
                files.add(name, table)
    return files.written()


class _Files:
    """All files of a dataset, open for writing."""

    def __init__(self, known: Mapping[str, Resource], folder: Path) -> None:
        self._writers = {name: _Writer(resource, folder) for name, resource in known.items()}

    def __enter__(self) -> _Files:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with ThreadPoolExecutor(len(self._writers)) as threads:  # most of a small dataset is written only now
            for closed in [threads.submit(writer.close, whole=kind is None) for writer in self._writers.values()]:
                closed.result()

    def add(self, name: str, table: pa.Table) -> None:
        self._writers[name].add(table)

    def written(self) -> dict[str, Written]:
        return {
            path.name: Written(file=path.name, rows=writer.rows, size=path.stat().st_size, sha256=_hash(path))
            for writer in self._writers.values()
            for path in writer.paths
        }


class _Writer:
    """One resource, as Parquet and, where it has one, as CSV."""

    def __init__(self, resource: Resource, folder: Path) -> None:
        self.rows = 0
        self.paths = [folder / f"{resource.name}.parquet"]
        self._waiting: list[pa.Table] = []
        self._held = 0
        self._parquet = pa.parquet.ParquetWriter(self.paths[0], schema(resource.name), compression="zstd")
        self._csv: Any = None
        if resource.csv:
            self.paths.append(folder / f"{resource.name}.csv")
            self._sink = self.paths[1].open("wb")
            self._sink.write(_BOM)
            self._csv = pa.csv.CSVWriter(self._sink, schema(resource.name))

    def add(self, table: pa.Table) -> None:
        self._waiting.append(table)
        self._held += table.num_rows
        if self._held >= BATCH:
            self._flush(whole_batches=True)

    def close(self, *, whole: bool) -> None:
        if whole:
            self._flush(whole_batches=False)
        self._parquet.close()
        if self._csv is not None:
            self._csv.close()
            self._sink.close()

    def _flush(self, *, whole_batches: bool) -> None:
        """Write what waits. Row groups end at multiples of BATCH, wherever the papers end."""
        if not self._waiting:
            return
        table = pa.concat_tables(self._waiting).combine_chunks()
        end = table.num_rows - table.num_rows % BATCH if whole_batches else table.num_rows
        for start in range(0, end, BATCH):
            self._write(table.slice(start, min(BATCH, end - start)))
        rest = table.slice(end)
        self._waiting, self._held = ([rest], rest.num_rows) if rest.num_rows else ([], 0)

    def _write(self, table: pa.Table) -> None:
        self.rows += table.num_rows
        self._parquet.write_table(table, row_group_size=BATCH)
        if self._csv is not None:
            self._csv.write_table(safe_for_spreadsheets(table))


def safe_for_spreadsheets(table: pa.Table) -> pa.Table:
    """The table with an apostrophe before each text that a spreadsheet would take for a formula; numbers stay."""
    for number, field in enumerate(table.schema):
        if not pa.types.is_string(field.type):
            continue
        column = table.column(number)
        if pc.any(pc.match_substring_regex(column, _FORMULA)).as_py():
            safe = pc.replace_substring_regex(column, _FORMULA, r"'\1")
            safe = pc.if_else(pc.match_substring_regex(column, _NUMBER), column, safe)
            table = table.set_column(number, field, safe)
    return table


def csv_bytes(table: pa.Table, *, bom: bool, head: bool = True) -> bytes:
    """A table as the text of a dataset's CSV file."""
    sink = pa.BufferOutputStream()
    if bom:
        sink.write(_BOM)
    pa.csv.write_csv(safe_for_spreadsheets(table), sink, pa.csv.WriteOptions(include_header=head))
    return bytes(sink.getvalue().to_pybytes())


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""Reading a dataset: tables for computing, records for our own stages, SQL for questions.

Everything comes from the Parquet files, which hold the text unchanged; the CSV files are for spreadsheets.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet

from sendparse.dataset.arrow import to_records
from sendparse.dataset.columns import resources
from sendparse.dataset.package import FILE
from sendparse.errors import DatasetError

_BATCH = 10_000  # rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """A dataset's folder, opened. `description` is the content of datapackage.json."""

    folder: Path
    description: dict[str, Any]

    def table(self, name: str) -> pa.Table:
        """All rows of a resource (`observations`, `documents`, `checks`, `problems`, `tables`)."""
        return pa.parquet.read_table(self._path(name))

    def records(self, name: str) -> Iterator[Any]:
        """The rows of a resource as records (Observation, Check and so on), a batch at a time."""
        for batch in self.batches(name):
            yield from to_records(resources()[name], batch)

    def batches(self, name: str) -> Iterator[pa.Table]:
        """The rows of a resource as tables of a bounded number of rows."""
        with pa.parquet.ParquetFile(self._path(name)) as file:
            for batch in file.iter_batches(batch_size=_BATCH):
                yield pa.Table.from_batches([batch])

    def connect(self) -> Any:
        """A DuckDB connection in memory with a view for each resource."""
        import duckdb

        connection = duckdb.connect()
        for name in resources():
            path = str(self._path(name)).replace("'", "''")
            connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{path}')")
        return connection

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.parquet"


def read_dataset(folder: Path | str) -> Dataset:
    """Open a dataset. Raises DatasetError when the folder is missing, incomplete, damaged or none of ours."""
    folder = Path(folder)
    try:
        description = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DatasetError(str(folder), f"no dataset: {FILE} is missing", "make one with `sendparse batch`") from error
    except (OSError, ValueError) as error:
        raise DatasetError(str(folder / FILE), f"cannot be read: {error}", "make the dataset again") from error
    if not isinstance(description, dict) or "sendparse" not in description:
        raise DatasetError(str(folder), "not a dataset of sendparse", "make one with `sendparse batch`")
    missing = [f"{name}.parquet" for name in resources() if not (folder / f"{name}.parquet").is_file()]
    if missing:
        raise DatasetError(str(folder), f"incomplete: {', '.join(missing)} missing", "make the dataset again")
    for name, resource in resources().items():
        _look_at(folder / f"{name}.parquet", {column.name for column in resource.columns})
    return Dataset(folder=folder, description=description)


def _look_at(path: Path, columns: set[str]) -> None:
    """Raises DatasetError where a file is damaged or holds something else; its rows are not read."""
    try:
        found = set(pa.parquet.read_schema(path).names)
    except (OSError, pa.ArrowException) as error:
        raise DatasetError(str(path), f"cannot be read: {error}", "make the dataset again") from error
    if columns - found:
        lost = ", ".join(sorted(columns - found)[:3])
        raise DatasetError(str(path), f"it has other columns than it should: no {lost}", "make the dataset again")

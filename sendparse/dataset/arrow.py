"""Rows as Arrow tables and back, typed as the columns say.

The one module that knows Arrow's types. Text that cannot be UTF-8 (half of a surrogate pair, from a broken font table)
is written with its code escaped, rather than costing the paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import pyarrow as pa

from sendparse.dataset.columns import Column, Resource, resources

_TYPES = {"string": pa.string(), "integer": pa.int32(), "number": pa.float64(), "date": pa.date32()}


@cache
def schema(name: str) -> pa.Schema:
    """The Arrow schema of a resource. Descriptions live in the data package, so that a Parquet file has no second truth."""
    return pa.schema([pa.field(column.name, _TYPES[column.type]) for column in resources()[name].columns])


def to_table(resource: Resource, records: Sequence[object]) -> pa.Table:
    """Records of the resource's class as a table."""
    arrays = [_array(column, [getattr(record, column.name) for record in records]) for column in resource.columns]
    return pa.Table.from_arrays(arrays, schema=schema(resource.name))


def to_records(resource: Resource, table: pa.Table) -> Iterator[Any]:
    """The rows of a table as records of the resource's class."""
    for row in table.select(list(resource.names)).to_pylist():
        yield resource.record(**row)


def _array(column: Column, values: list[Any]) -> pa.Array:
    kind = _TYPES[column.type]
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:
        return pa.array([value.encode("utf-8", "backslashreplace").decode() for value in values], kind)

"""Rows as Arrow tables and back, typed as the columns say.

The one module that knows Arrow's types. Text that cannot be UTF-8 (half of a surrogate pair, from a broken font table)
is written with its code escaped, rather than costing the paper.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import accumulate
from typing import Any

import pyarrow as pa

from sendparse.dataset.columns import Column, Resource, resources

_TYPES = {"string": pa.string(), "integer": pa.int32(), "number": pa.float64(), "date": pa.date32()}
_NUMBERS: dict[str, tuple[str, float]] = {"integer": ("i", 0), "number": ("d", 0.0), "date": ("i", 0)}
_FIRST_DAY = date(1970, 1, 1).toordinal()  # Arrow counts days from here


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


def _array(column: Column, values: Sequence[Any]) -> pa.Array:
    """A column from its buffers: `pa.array` would first load pandas, which costs more than a paper."""
    kind = _TYPES[column.type]
    if column.type == "string":
        return pa.Array.from_buffers(kind, len(values), [None, *_text_buffers(values)])
    code, empty = _NUMBERS[column.type]
    plain = [empty if value is None else _number(value) for value in values]
    return pa.Array.from_buffers(kind, len(values), [_validity(values), pa.py_buffer(array(code, plain))])


def _text_buffers(values: Sequence[str]) -> list[pa.Buffer]:
    """Where each text begins and ends, and all texts in a row."""
    encoded = [value.encode("utf-8", "backslashreplace") for value in values]
    offsets = array("i", accumulate(map(len, encoded), initial=0))
    return [pa.py_buffer(offsets), pa.py_buffer(b"".join(encoded))]


def _validity(values: Sequence[Any]) -> pa.Buffer | None:
    """A bit for each value that is there; nothing when all are."""
    if None not in values:
        return None
    bits = "".join("0" if value is None else "1" for value in reversed(values))
    return pa.py_buffer(int(bits, 2).to_bytes((len(values) + 7) // 8, "little"))


def _number(value: Any) -> Any:
    return value.toordinal() - _FIRST_DAY if isinstance(value, date) else value

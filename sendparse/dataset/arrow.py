"""Rows as Arrow tables and back, typed as the columns say.

The one module that knows Arrow's types. Text that cannot be UTF-8 (half of a surrogate pair, from a broken font table)
is written with its code escaped, rather than costing the paper.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from itertools import accumulate, repeat
from operator import attrgetter
from typing import Any

import pyarrow as pa

from sendparse.dataset.columns import Column, Resource, resources

_TYPES = {"string": pa.string(), "integer": pa.int32(), "number": pa.float64(), "date": pa.date32()}
_NUMBERS = {"integer": ("i", 4), "number": ("d", 8), "date": ("i", 4)}  # their code, and how many bytes each takes
_END = b"\xff\xff\xff\xff\0\0\0\0"  # of an Arrow stream
_FIRST_DAY = date(1970, 1, 1).toordinal()  # Arrow counts days from here


@cache
def schema(name: str) -> pa.Schema:
    """The Arrow schema of a resource. Descriptions live in the data package, so that a Parquet file has no second truth."""
    return pa.schema([pa.field(column.name, _TYPES[column.type]) for column in resources()[name].columns])


def to_stream(resource: Resource, records: Sequence[object]) -> bytes:
    """Records of the resource's class as an Arrow stream: what `pa.ipc.new_stream` writes, put together in less time."""
    batches = to_table(resource, records).to_batches()
    return b"".join([_opening(resource.name), *[batch.serialize().to_pybytes() for batch in batches], _END])


@cache
def _opening(name: str) -> bytes:
    opening: bytes = schema(name).serialize().to_pybytes()
    return opening


def to_table(resource: Resource, records: Sequence[object]) -> pa.Table:
    """Records of the resource's class as a table."""
    columns = zip(*map(_fields(resource.names), records), strict=True) if records else repeat(())
    arrays = [_array(column, values) for column, values in zip(resource.columns, columns, strict=False)]
    return pa.Table.from_arrays(arrays, schema=schema(resource.name))


@cache
def _fields(names: tuple[str, ...]) -> attrgetter[tuple[Any, ...]]:
    """What gives all fields of a record in one call."""
    return attrgetter(*names)


@contextmanager
def plain_memory() -> Iterator[None]:
    """While it is open, Arrow asks the system for its memory.

    By itself it takes huge pages, which the system clears whole, though most of them stay empty: that took longer than
    writing a dataset.
    """
    usual = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(usual)


def to_records(resource: Resource, table: pa.Table) -> Iterator[Any]:
    """The rows of a table as records of the resource's class."""
    for row in table.select(list(resource.names)).to_pylist():
        yield resource.record(**row)


def _array(column: Column, values: Sequence[Any]) -> pa.Array:
    """A column from its buffers: `pa.array` would first load pandas, which costs more than a paper."""
    kind, size = _TYPES[column.type], len(values)
    if column.type == "string":
        return pa.Array.from_buffers(kind, size, [None, *_text_buffers(values)])
    code, width = _NUMBERS[column.type]
    absent = values.count(None)
    if absent == size:
        return pa.Array.from_buffers(
            kind, size, [pa.py_buffer(bytes((size + 7) // 8)), pa.py_buffer(bytes(width * size))]
        )
    given: Sequence[Any] = [0 if value is None else value for value in values] if absent else values
    if column.type == "date":
        given = [value.toordinal() - _FIRST_DAY if value else 0 for value in values]
    return pa.Array.from_buffers(kind, size, [_validity(values) if absent else None, pa.py_buffer(array(code, given))])


def _text_buffers(values: Sequence[str]) -> list[pa.Buffer]:
    """Where each text begins and ends, and all texts in a row. Much of a paper's rows says the same all the way down."""
    size = len(values)
    if size > 1 and values[0] == values[-1] and values.count(values[0]) == size:
        one = values[0].encode("utf-8", "backslashreplace")
        places = range(0, size * len(one) + 1, len(one)) if one else [0] * (size + 1)
        return [pa.py_buffer(array("i", places)), pa.py_buffer(one * size)]
    joined = "".join(values)
    if joined.isascii():
        return [pa.py_buffer(array("i", accumulate(map(len, values), initial=0))), pa.py_buffer(joined.encode("ascii"))]
    encoded = [value.encode("utf-8", "backslashreplace") for value in values]
    return [pa.py_buffer(array("i", accumulate(map(len, encoded), initial=0))), pa.py_buffer(b"".join(encoded))]


def _validity(values: Sequence[Any]) -> pa.Buffer:
    """A bit for each value that is there."""
    bits = "".join(["0" if value is None else "1" for value in reversed(values)])
    return pa.py_buffer(int(bits, 2).to_bytes((len(values) + 7) // 8, "little"))

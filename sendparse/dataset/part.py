"""A part: all rows of one paper in one run of bytes, quick to write and to read, the same bytes for the same rows.

A line of JSON (format, document row, codes of problems, sizes and check sum of the rest), then one Arrow stream for each
other resource, packed as a whole: to pack each column by itself takes longer than to make it.
What is in a part depends on the paper, the code and the packs, never on the clock or on other papers.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sendparse.dataset.columns import DocumentRow, resources
from sendparse.dataset.rows import PaperRows, copy_rows
from sendparse.errors import DatasetError

if TYPE_CHECKING:  # loaded when it is wanted: a run starts its workers first
    import pyarrow as pa

FORMAT = "sendparse part 3"
_STREAMS = {"observations": "observations", "checks": "checks", "problems": "problems", "tables": "cells"}
_PACKED = "lz4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A paper's rows, read back: the document row, and a table for each other resource."""

    document: DocumentRow
    tables: dict[str, pa.Table]
    head: Head | None = None  # as stored, where it comes from a store

    def rows(self) -> PaperRows:
        """The same as records."""
        from sendparse.dataset.arrow import to_records

        known = resources()
        found = {field: tuple(to_records(known[name], self.tables[name])) for name, field in _STREAMS.items()}
        return PaperRows(document=self.document, **found)

    def with_copies(self, copies: Sequence[str]) -> Part:
        """The same, with a problem for each further file that has the same content."""
        if not copies:
            return self
        import pyarrow as pa

        from sendparse.dataset.arrow import to_table

        found = to_table(resources()["problems"], copy_rows(self.document, copies))
        problems = pa.concat_tables([self.tables["problems"], found])
        document = replace(self.document, problems=problems.num_rows)
        return Part(document=document, tables={**self.tables, "problems": problems})


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the first line of a part says. `size` and `crc` are those of what follows it, `unpacked` its size unpacked."""

    document: DocumentRow
    size: int
    unpacked: int
    crc: int
    codes: tuple[str, ...] = ()  # kinds of problems that the paper has


def encode(rows: PaperRows, *, ready: Mapping[str, bytes] | None = None) -> bytes:
    """A paper's rows as the bytes of its part. `ready` holds what `streams` gave before for some of the resources."""
    import pyarrow as pa

    found = dict(ready or {})
    found |= streams(rows, [name for name in _STREAMS if name not in found])
    plain = b"".join(found[name] for name in _STREAMS)
    body: bytes = pa.compress(plain, codec=_PACKED, asbytes=True)
    head = {
        "format": FORMAT,
        "size": len(body),
        "unpacked": len(plain),
        "crc": zlib.crc32(body),
        "document": asdict(rows.document),
        "codes": sorted({problem.code for problem in rows.problems}),
    }
    return json.dumps(head, default=_day, separators=(",", ":")).encode("ascii") + b"\n" + body


def streams(rows: PaperRows, names: Sequence[str]) -> dict[str, bytes]:
    """The rows of some resources, each as an Arrow stream."""
    from sendparse.dataset.arrow import to_stream

    return {name: to_stream(resources()[name], getattr(rows, _STREAMS[name])) for name in names}


def decode(data: bytes) -> Part:
    """Bytes of a part as tables. Raises DatasetError when they are no whole part of this format."""
    import pyarrow as pa

    try:
        head = decode_head(data[: data.index(b"\n") + 1])
        body = data[len(data) - head.size :]
        if zlib.crc32(body) != head.crc:
            raise ValueError("the check sum differs")
        source = pa.BufferReader(pa.decompress(body, decompressed_size=head.unpacked, codec=_PACKED))
        tables = {name: pa.ipc.open_stream(source).read_all() for name in _STREAMS}
    except (ValueError, KeyError, TypeError, pa.ArrowInvalid, OSError) as error:
        raise DatasetError("", f"a stored part cannot be read: {error}", "run the same command again") from error
    return Part(document=head.document, tables=tables, head=head)


def decode_head(line: bytes) -> Head:
    """The first line of a part, its line end included. Raises ValueError or KeyError when it is no such line."""
    head: dict[str, Any] = json.loads(line)
    if head["format"] != FORMAT:
        raise ValueError(f"the format is {head['format']!r}")
    values: dict[str, Any] = dict(head["document"])
    for name in ("meeting_date", "published_date"):
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    document = DocumentRow(**values)
    return Head(
        document=document,
        size=head["size"],
        unpacked=head["unpacked"],
        crc=head["crc"],
        codes=tuple(head["codes"]),
    )


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a part")

"""The parts store at a URL: the same parts under the same names as in a folder, written by many machines at once.

An object store is slow to answer and quick in bulk: one listing tells which parts there are and how long each is, and
first lines and parts are fetched side by side, a bounded number ahead of whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sendparse.batch.files import Place, Url, below, write_whole
from sendparse.batch.store import Store, side_by_side
from sendparse.dataset.part import Head, Part, decode, decode_head
from sendparse.errors import DatasetError

_AT_ONCE = 32  # requests under way
_HEAD = 4096  # bytes that hold most first lines


class RemoteStore:
    """Parts below a URL. `key` names the code, patterns and options they were made with."""

    def __init__(self, root: Url, key: str) -> None:
        self.root = root
        self.key = key

    def is_empty(self) -> bool:
        """Not known without asking, which takes longer than it saves."""
        return False

    def heads(self, document_ids: Iterable[str]) -> Iterator[Head | None]:
        """What the first lines of stored parts say, in this order; nothing for each that is not there whole."""
        sizes = {entry.url.name: entry.size for entry in below(self.root / self.key)}

        def head(document_id: str) -> Head | None:
            size = sizes.get(f"{document_id}.part")
            return None if size is None else self._head(document_id, size)

        return side_by_side(head, document_ids, _AT_ONCE)

    def parts(self, document_ids: Iterable[str]) -> Iterator[Part | None]:
        """Stored parts, in this order; nothing for each that is not there whole, down to its check sum."""
        return side_by_side(self.part, document_ids, _AT_ONCE)

    def part(self, document_id: str) -> Part | None:
        """A stored part; nothing when it is not there whole. Raises OSError when the store does not answer."""
        try:
            return decode(self._url(document_id).read_bytes())
        except (DatasetError, FileNotFoundError):
            return None

    def write(self, document_id: str, data: bytes) -> None:
        """Keep a part."""
        write_whole(self._url(document_id), data)

    def forget_others(self) -> None:
        """Nothing: others may share the store. What is old there is the business of its life-cycle rules."""

    def _head(self, document_id: str, size: int) -> Head | None:
        url, end = self._url(document_id), _HEAD
        try:
            line = url.read_bytes(0, min(size, end))
            while b"\n" not in line and end < size:
                end *= 16
                line = url.read_bytes(0, min(size, end))
            line = line[: line.index(b"\n") + 1]
            head = decode_head(line)
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None
        return head if len(line) + head.size == size else None

    def _url(self, document_id: str) -> Url:
        return self.root / self.key / document_id[:2] / f"{document_id}.part"


Parts = Store | RemoteStore


def store_at(root: Place, key: str) -> Parts:
    """The store in a folder or at a URL."""
    return Store(root, key) if isinstance(root, Path) else RemoteStore(root, key)

"""The parts store: one file for each paper that was read, so that a run goes on where the last one stopped.

A part lies under the hash of everything its rows depend on (code, patterns, options) and is named by the content of its
paper. It is written under another name and then renamed, so that it is there whole or not at all; should the power fail
before the disk has it all, its size and check sum tell.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import re
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeVar

from sendparse.dataset.part import FORMAT, Head, Part, decode, decode_head
from sendparse.errors import DatasetError
from sendparse.read.ocr_engine import versions

_KEY = re.compile(r"[0-9a-f]{16}")
_READERS = ("camelot-py", "lxml", "pdfplumber", "pypdfium2", "spacy")
_NO_PART_OF_READING = (
    *("cli", "publish", "explain", "audit", "batch"),
    *("score.py", "score_claims.py", "prove.py", "__main__.py"),
)

Given = TypeVar("Given")
Found = TypeVar("Found")


class Store:
    """Parts in a folder. `key` names the code, patterns and options they were made with."""

    def __init__(self, root: Path, key: str) -> None:
        self.root = root
        self.key = key

    def is_empty(self) -> bool:
        """Whether no part made with this code, these patterns and options can be there."""
        return not (self.root / self.key).exists()

    def heads(self, document_ids: Iterable[str]) -> Iterator[Head | None]:
        """What the first lines of stored parts say, in this order; nothing for each that is not there whole."""
        return map(self.head, document_ids)

    def parts(self, document_ids: Iterable[str]) -> Iterator[Part | None]:
        """Stored parts, in this order; nothing for each that is not there whole, down to its check sum."""
        return side_by_side(self.part, document_ids, 1)  # the next are unpacked while one is written

    def head(self, document_id: str) -> Head | None:
        """What the first line of a stored part says; nothing when there is no whole part."""
        path = self._path(document_id)
        try:
            with path.open("rb") as file:
                line = file.readline()
                head = decode_head(line)
                whole = os.fstat(file.fileno()).st_size == len(line) + head.size
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return head if whole else None

    def part(self, document_id: str) -> Part | None:
        """A stored part; nothing when it is not there whole, down to its check sum."""
        try:
            return decode(self._path(document_id).read_bytes())
        except (DatasetError, OSError):
            return None

    def write(self, document_id: str, data: bytes) -> None:
        """Keep a part."""
        path = self._path(document_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
        fresh.write_bytes(data)
        fresh.replace(path)

    def forget_others(self) -> None:
        """Remove parts made by other code, other patterns or other options, and what killed runs left unfinished.

        Nothing else in the folder is touched: it may be one of the user's.
        """
        for folder in self.root.iterdir():
            if _KEY.fullmatch(folder.name) and folder.name != self.key and _holds_parts_alone(folder):
                shutil.rmtree(folder, ignore_errors=True)
        for fresh in (self.root / self.key).glob("*/*.new"):
            fresh.unlink(missing_ok=True)

    def _path(self, document_id: str) -> Path:
        return self.root / self.key / document_id[:2] / f"{document_id}.part"


def side_by_side(work: Callable[[Given], Found], given: Iterable[Given], at_once: int) -> Iterator[Found]:
    """Results in the order of what is given, several made at once, never more than a bounded number ahead."""
    waiting: deque[Future[Found]] = deque()
    with ThreadPoolExecutor(at_once) as pool:
        for one in given:
            waiting.append(pool.submit(work, one))
            if len(waiting) > 2 * at_once:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


@contextlib.contextmanager
def held(home: Path) -> Iterator[None]:
    """Keep other runs away from a folder. Raises DatasetError when one is at work; a killed run holds nothing."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as lock:
        try:
            import fcntl

            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:  # no such locks on this system
            pass
        except OSError as error:
            raise DatasetError(
                str(home), "another run is writing this dataset", "wait for it, or give another --out"
            ) from error
        yield


def _holds_parts_alone(folder: Path) -> bool:
    """Whether everything in it looks like what this module writes."""
    return all(path.is_dir() or path.suffix in (".part", ".new") for path in folder.rglob("*"))


def store_key(packs_hash: str, options: object) -> str:
    """Sixteen hex digits that change when the code, a reader it rests on, the patterns or the options change."""
    digest = hashlib.sha256()
    engine = versions() if getattr(options, "ocr", False) else ""
    for part in (FORMAT, code_hash(), packs_hash, repr(options), engine):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()[:16]


def code_hash(*, all_of_it: bool = False) -> str:
    """SHA-256 of the code that reads papers, or of all code, and of the versions of what it rests on."""
    digest = hashlib.sha256(platform.python_version().encode())
    for name in _READERS:
        digest.update(f"\0{name} {_version(name)}".encode())
    home = Path(__file__).resolve().parent.parent
    for path in sorted(path for kind in ("*.py", "*.c") for path in home.rglob(kind)):  # not what is compiled from them
        place = path.relative_to(home)
        if all_of_it or place.parts[0] not in _NO_PART_OF_READING:
            digest.update(b"\0" + place.as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"

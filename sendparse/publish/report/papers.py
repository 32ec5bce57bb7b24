"""Finding the papers that a dataset was made from, by name and content.

In: a dataset and, if given, folders. Out: the path of each paper, which holds the very bytes that were read: a file of
another content is not the paper, whatever its name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from sendparse.batch.places import noted_places
from sendparse.dataset.columns import DocumentRow
from sendparse.dataset.read import Dataset
from sendparse.errors import InputError


def locate(dataset: Dataset, folders: Sequence[Path] = ()) -> dict[str, Path]:
    """The path of each paper that is found, by `document_id`.

    Without folders: where the last `sendparse batch` read them, else below the working directory. Raises InputError when
    a folder is none.
    """
    for folder in folders:
        if not folder.is_dir():
            raise InputError(str(folder), "there is no such folder", "give --papers the folder that holds the papers")
    noted = {} if folders else noted_places(dataset.folder)
    out: dict[str, Path] = {}
    lost: list[DocumentRow] = []
    for row in dataset.records("documents"):
        places = [folder / row.file for folder in folders] or [*noted.get(row.document_id, ()), Path(row.file)]
        found = next((path for path in places if _is(path, row.document_id)), None)
        if found is None:
            lost.append(row)
        else:
            out[row.document_id] = found
    return out | (_by_content(lost, folders) if lost and folders else {})


def _by_content(lost: Sequence[DocumentRow], folders: Sequence[Path]) -> dict[str, Path]:
    """Papers that were moved or renamed."""
    wanted = {row.document_id for row in lost}
    suffixes = {Path(row.file).suffix.lower() for row in lost}
    out: dict[str, Path] = {}
    for path in _files(folders):
        if path.suffix.lower() in suffixes:
            identity = _hash(path)
            if identity in wanted:
                out.setdefault(identity, path)
    return out


def _files(folders: Sequence[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file())


def _is(path: Path, document_id: str) -> bool:
    try:
        return path.is_file() and _hash(path) == document_id
    except OSError:
        return False


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""

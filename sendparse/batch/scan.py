"""Finding the papers among what the user named: files, folders, globs.

In: the arguments. Out: papers with the name each will have in the dataset, and everything that was passed over, with the
reason. Names do not depend on the order of the arguments or on where the folders lie. Links are not followed out of a
folder. Nothing here reads a paper beyond telling its format and its hash.
"""

from __future__ import annotations

import glob
import hashlib
import os
import stat
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sendparse.errors import InputError, UnreadablePaper
from sendparse.read.sniff import sniff

PAPER_SUFFIXES = frozenset({".pdf", ".html", ".htm", ".xhtml", ".aspx", ".docx", ".docm", ".doc", ".txt"})
"""What a paper is called. Such a file is taken as a paper even when it turns out to be damaged."""

OTHER_SUFFIXES = frozenset(
    f".{suffix}"
    for suffixes in (
        "csv tsv md rst yaml yml json jsonl toml ini cfg xml log lock",
        "py ipynb js css sql sh",
        "gz zip tar xlsx xls parquet sqlite db",
        "png jpg jpeg gif tif tiff svg ico webp mp3 mp4",
    )
    for suffix in suffixes.split()
)
"""What is plainly something else. Any other file in a folder is told by its content."""

_PROBE = 1 << 20  # bytes read to tell the format of a file with an unknown suffix


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One file to read. `document_id` is the SHA-256 of its bytes; `error` says why it could not even be opened."""

    path: Path
    file: str  # its name in the dataset
    document_id: str
    size: int = 0
    error: str = ""
    copies: tuple[str, ...] = ()  # names of further files with the same bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """A file in a folder that is no paper, or may not be followed, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the arguments gave: each content once, sorted by name."""

    papers: tuple[Paper, ...]
    passed_over: tuple[PassedOver, ...] = ()


def find_papers(inputs: Iterable[str | Path]) -> Found:
    """All papers named by `inputs`.

    Raises InputError when an input names nothing, or when all of them together hold no paper.
    """
    named: dict[Path, set[tuple[Path, Path]]] = defaultdict(set)
    passed: list[PassedOver] = []
    for root, path in _expand(inputs):
        if path.is_dir():
            for found in _walk(path, passed):
                named[_real(found)].add((found, path))
        else:
            named[_real(path)].add((path, root))
    unique = [min(ways, key=_name_order) for ways in named.values()]
    names = _names(sorted(unique))
    papers = _merged(_identified(path, file) for path, file in sorted(names.items(), key=lambda item: item[1]))
    if not papers:
        raise InputError(
            ", ".join(str(item) for item in inputs),
            f"no papers found ({len(passed)} other files passed over)",
            "name PDF, HTML, DOCX or TXT files, or a folder that holds some",
            code="no_papers",
        )
    return Found(papers=papers, passed_over=tuple(sorted(passed, key=lambda item: item.path)))


def _name_order(way: tuple[Path, Path]) -> tuple[bool, int, str]:
    """Of several ways to one file, the file itself goes before links to it, and the outermost folder names it."""
    name = way[0].relative_to(way[1])
    return way[0].is_symlink(), -len(name.parts), name.as_posix()


def printable(name: str) -> str:
    """A file name as text that any file can hold: bytes that are no UTF-8 and control characters are escaped."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(_escaped(char) if unicodedata.category(char).startswith("C") else char for char in text)


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode()


def _expand(inputs: Iterable[str | Path]) -> Iterator[tuple[Path, Path]]:
    """Each input as (folder that names are relative to, path)."""
    for item in inputs:
        path = Path(item)
        if path.exists() or path.is_symlink():
            yield (path.parent, path)
            continue
        matches = sorted(glob.glob(str(item), recursive=True)) if glob.has_magic(str(item)) else []  # noqa: PTH207
        if not matches:
            raise InputError(str(item), "there is no such file or folder", "check the name", code="no_such_file")
        root = _root_of_pattern(str(item))
        for match in matches:
            if Path(match).is_dir() and str(item).rstrip("/").endswith("**"):
                continue  # what it holds is matched as well
            yield (root, Path(match))


def _root_of_pattern(pattern: str) -> Path:
    plain = []
    for part in Path(pattern).parts[:-1]:
        if glob.has_magic(part):
            break
        plain.append(part)
    return Path(*plain)


def _walk(root: Path, passed: list[PassedOver]) -> Iterator[Path]:
    """Files of a folder that may be papers, in the order of their names."""
    home = root.resolve()
    for folder, folders, files in os.walk(root):
        here = Path(folder)
        for name in sorted(folders):
            if (here / name).is_symlink():
                passed.append(PassedOver(path=here / name, reason="a link to a folder is not followed"))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            reason = "" if name.startswith(".") else _objection(here / name, home)
            if reason:
                passed.append(PassedOver(path=here / name, reason=reason))
            elif not name.startswith("."):
                yield here / name


def _objection(path: Path, home: Path) -> str:
    """Why a file in a folder is no paper; empty when it is one."""
    if path.is_symlink() and not path.resolve().is_relative_to(home):
        return "a link that leads out of the folder"
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return "not a regular file"
    except OSError as error:
        return f"cannot be opened: {error.strerror}"
    suffix = path.suffix.lower()
    if suffix in PAPER_SUFFIXES:
        return ""
    if suffix in OTHER_SUFFIXES:
        return f"{suffix} files are no papers"
    return _objection_by_content(path)


def _objection_by_content(path: Path) -> str:
    try:
        with path.open("rb") as file:
            head = file.read(_PROBE)
            if head.startswith(b"PK"):
                head += file.read()  # the list of what a zip archive holds is at its end
        kind = sniff(head, file=path.name)
    except UnreadablePaper as error:
        return "" if error.code in ("encrypted", "damaged") else error.problem
    except OSError as error:
        return f"cannot be opened: {error.strerror}"
    return "plain text that is not called .txt" if kind == "txt" else ""


def _names(found: list[tuple[Path, Path]]) -> dict[Path, str]:
    """The name of each path: relative to its input folder, longer where two would be the same."""
    taken: dict[str, list[tuple[Path, Path]]] = defaultdict(list)
    for path, root in found:
        taken[path.relative_to(root).as_posix()].append((path, root))
    names = {}
    for name, group in taken.items():
        for path, root in group:
            names[path] = printable(name if len(group) == 1 else _longer(path, root, group))
    return names


def _longer(path: Path, root: Path, group: list[tuple[Path, Path]]) -> str:
    """The name with as many folders before it as it takes to tell it from the others."""
    full = (*_real(path.parent).parts, path.name)
    others = [(*_real(other.parent).parts, other.name) for other, _ in group if other != path]
    shortest = len(path.relative_to(root).parts) + 1
    for count in range(shortest, len(full)):
        if all(other[-count:] != full[-count:] for other in others):
            return "/".join(full[-count:])
    return "/".join(full[1:])


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _identified(path: Path, file: str) -> Paper:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return _unopened(path, file, "it is not a regular file")
        with path.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        return Paper(path=path, file=file, document_id=digest, size=path.stat().st_size)
    except OSError as error:
        return _unopened(path, file, error.strerror or type(error).__name__)


def _unopened(path: Path, file: str, reason: str) -> Paper:
    """A file without content that we can see is told from others by its name."""
    identity = hashlib.sha256(b"unopened\0" + file.encode()).hexdigest()
    return Paper(path=path, file=file, document_id=identity, error=reason)


def _merged(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """Each content once, under the first of its names."""
    groups: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        groups[paper.document_id].append(paper)
    out = []
    for first, *others in groups.values():
        out.append(replace(first, copies=tuple(other.file for other in others)))
    return tuple(out)

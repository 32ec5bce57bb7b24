"""Finding the papers among what the user named: files, folders, globs, here or at a URL.

In: the arguments. Out: papers with the name each will have in the dataset, and everything that was passed over, with the
reason. Names do not depend on the order of the arguments or on where the folders lie. Links are not followed out of a
folder. Nothing here reads a paper beyond telling its format and its hash.
"""

from __future__ import annotations

import glob
import hashlib
import os
import re
import stat
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sendparse.batch.files import Entry, Place, Url, listed, place_of
from sendparse.batch.known import KnownFiles
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
_AT_ONCE = 16  # files at URLs read side by side


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One file to read. `document_id` is the SHA-256 of its bytes; `error` says why it could not even be opened."""

    path: Place
    file: str  # its name in the dataset
    document_id: str
    size: int = 0
    error: str = ""
    copies: tuple[str, ...] = ()  # names of further files with the same bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """A file in a folder that is no paper, or may not be followed, and why."""

    path: Place
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the arguments gave: each content once, sorted by name."""

    papers: tuple[Paper, ...]
    passed_over: tuple[PassedOver, ...] = ()


@dataclass(frozen=True, slots=True)
class _Way:
    """A file and its name, relative to the input that led to it."""

    place: Place
    name: str

    @property
    def full(self) -> tuple[str, ...]:
        """All folders that it lies in, outermost first, and its own name."""
        if isinstance(self.place, Url):
            return tuple(re.split("/+", self.place.text))
        return (*_real(self.place.parent).parts, self.place.name)


Digests = Callable[[Sequence[Url]], Iterable[str | OSError]]
"""Reads files at URLs: the SHA-256 of each, in their order, or the error."""


def find_papers(
    inputs: Sequence[str | Path], *, known: KnownFiles | None = None, digests: Digests | None = None
) -> Found:
    """All papers named by `inputs`.

    Arguments: files, folders, globs, URLs of such; what is known of their content from former runs; who reads files at
    URLs (this process if left out). Raises InputError when an input names nothing, or when all of them together hold
    no paper.
    """
    places = [place_of(item) for item in inputs]
    passed: list[PassedOver] = []
    local = _local_ways([place for place in places if isinstance(place, Path)], passed)
    entries: dict[Url, Entry] = {}
    remote = _remote_ways([place for place in places if isinstance(place, Url)], passed, entries)
    names = _names([*local, *remote])
    known = known or KnownFiles()
    hashes = _remote_hashes(entries, known, digests or digests_here)
    papers = _merged(
        _remote_paper(entries[place], file, hashes[place])
        if isinstance(place, Url)
        else _identified(place, file, known)
        for place, file in sorted(names.items(), key=lambda item: item[1])
    )
    if not papers:
        raise InputError(
            ", ".join(str(item) for item in inputs),
            f"no papers found ({len(passed)} other files passed over)",
            "name PDF, HTML, DOCX or TXT files, or a folder that holds some",
            code="no_papers",
        )
    return Found(papers=papers, passed_over=tuple(sorted(passed, key=lambda item: str(item.path))))


def digests_here(urls: Sequence[Url]) -> Iterator[str | OSError]:
    """Read files at URLs in this process, several at once."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        yield from pool.map(digest_of, urls)


def digest_of(url: Url) -> str | OSError:
    """SHA-256 of a file at a URL, or why it cannot be read."""
    try:
        return hashlib.sha256(url.read_bytes()).hexdigest()
    except OSError as error:
        return OSError(error.strerror or str(error) or type(error).__name__)


def _local_ways(places: Iterable[Path], passed: list[PassedOver]) -> list[_Way]:
    """The files of this machine, each under the best of its names."""
    named: dict[Path, set[tuple[Path, Path]]] = defaultdict(set)
    for root, path in _expand(places):
        if path.is_dir():
            for found in _walk(path, passed):
                named[_real(found)].add((found, path))
        else:
            named[_real(path)].add((path, root))
    unique = sorted(min(ways, key=_name_order) for ways in named.values())
    return [_Way(path, path.relative_to(root).as_posix()) for path, root in unique]


def _remote_ways(places: Iterable[Url], passed: list[PassedOver], entries: dict[Url, Entry]) -> list[_Way]:
    """The files at URLs, each under the shortest of its names. What is known of them goes to `entries`."""
    names: dict[Url, str] = {}
    for place in places:
        try:
            found = listed(place)
        except FileNotFoundError:
            found = []
        except OSError as error:
            raise InputError(
                str(place), f"it cannot be listed: {error.strerror or error}", "check the URL and your access"
            ) from error
        if not found:
            raise InputError(str(place), "there is no such file or folder", "check the name", code="no_such_file")
        for entry in found:
            reason = _remote_objection(entry) if entry.inside else None
            if reason:
                passed.append(PassedOver(path=entry.url, reason=reason))
            if reason is None and (entry.url not in names or len(entry.name) < len(names[entry.url])):
                names[entry.url] = entry.name
                entries[entry.url] = entry
    return [_Way(url, name) for url, name in sorted(names.items())]


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


def _expand(inputs: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    """Each input as (folder that names are relative to, path)."""
    for path in inputs:
        item = str(path)
        if path.exists() or path.is_symlink():
            yield (path.parent, path)
            continue
        matches = sorted(glob.glob(item, recursive=True)) if glob.has_magic(item) else []  # noqa: PTH207
        if not matches:
            raise InputError(item, "there is no such file or folder", "check the name", code="no_such_file")
        root = _root_of_pattern(item)
        for match in matches:
            if Path(match).is_dir() and item.endswith("**"):
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
    if path.is_symlink() and not _real(path).is_relative_to(home):
        return "a link that leads out of the folder"
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return "not a regular file"
    except OSError as error:
        return f"cannot be opened: {error.strerror}"
    reason = _objection_by_name(path)
    return _objection_by_content(path) if reason is None else reason


def _remote_objection(entry: Entry) -> str | None:
    """Why a file below a URL is no paper; empty where that need not be told; nothing when it is one."""
    if any(part.startswith(".") for part in entry.name.split("/")) or not entry.url.name:
        return ""
    reason = _objection_by_name(entry.url)
    return (_objection_by_content(entry.url) if reason is None else reason) or None


def _objection_by_name(place: Place) -> str | None:
    """Why a file of this name is no paper; empty when it is one; nothing when only its content can tell."""
    suffix = place.suffix.lower()
    if suffix in PAPER_SUFFIXES:
        return ""
    return f"{suffix} files are no papers" if suffix in OTHER_SUFFIXES else None


def _objection_by_content(place: Place) -> str:
    try:
        kind = sniff(_beginning(place), file=place.name)
    except UnreadablePaper as error:
        return "" if error.code in ("encrypted", "damaged") else error.problem
    except OSError as error:
        return f"cannot be opened: {error.strerror or error}"
    return "plain text that is not called .txt" if kind == "txt" else ""


def _beginning(place: Place) -> bytes:
    """As much of a file as it takes to tell its format: the list of what a zip archive holds is at its end."""
    if isinstance(place, Url):
        head = place.read_bytes(0, _PROBE)
        return place.read_bytes() if head.startswith(b"PK") else head
    with place.open("rb") as file:
        head = file.read(_PROBE)
        return head + file.read() if head.startswith(b"PK") else head


def _names(found: Iterable[_Way]) -> dict[Place, str]:
    """The name of each file: relative to its input folder, longer where two would be the same."""
    taken: dict[str, list[_Way]] = defaultdict(list)
    for way in found:
        taken[way.name].append(way)
    names: dict[Place, str] = {}
    for name, group in taken.items():
        for way in group:
            names[way.place] = printable(name if len(group) == 1 else _longer(way, group))
    return names


def _longer(way: _Way, group: list[_Way]) -> str:
    """The name with as many folders before it as it takes to tell it from the others."""
    full = way.full
    others = [other.full for other in group if other.place != way.place]
    for count in range(way.name.count("/") + 2, len(full)):
        if all(other[-count:] != full[-count:] for other in others):
            return "/".join(full[-count:])
    return "/".join(full[1:])


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _identified(path: Path, file: str, known: KnownFiles) -> Paper:
    try:
        digest, size = known.digest(path)
    except OSError as error:
        return _unopened(path, file, error.strerror or str(error) or type(error).__name__)
    return Paper(path=path, file=file, document_id=digest, size=size)


def _remote_hashes(entries: dict[Url, Entry], known: KnownFiles, digests: Digests) -> dict[Url, str | OSError]:
    """The hash of each remote file; read are those that may have changed."""
    found: dict[Url, str | OSError] = {url: known.remote(url.text, entry.stamp) for url, entry in entries.items()}
    unknown = [url for url, digest in found.items() if digest == ""]
    for url, digest in zip(unknown, digests(unknown) if unknown else (), strict=True):
        found[url] = digest
        if isinstance(digest, str):
            known.note(url.text, entries[url].stamp, digest)
    return found


def _remote_paper(entry: Entry, file: str, digest: str | OSError) -> Paper:
    if isinstance(digest, OSError):
        return _unopened(entry.url, file, str(digest))
    return Paper(path=entry.url, file=file, document_id=digest, size=entry.size)


def _unopened(path: Place, file: str, reason: str) -> Paper:
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

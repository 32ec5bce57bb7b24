"""Files wherever they lie: paths of this machine, and URLs that fsspec understands (`s3://`, `abfs://`, …).

`file://` is a path like any other. A URL is read whole, listed and written through fsspec, which is loaded when the first
one is met: it comes with the extra `cluster`.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from sendparse.errors import InputError

INSTALL = "pip install 'sendparse[cluster]'"
_MAGIC = re.compile(r"[*?\[]")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+://")
_STAMPS = ("ETag", "etag", "VersionId", "version_aware", "generation", "md5Hash", "content_md5", "checksum")


@dataclass(frozen=True, slots=True, order=True)
class Url:
    """A file or folder that fsspec reaches."""

    text: str

    def __str__(self) -> str:
        return self.text

    def __truediv__(self, name: str) -> Url:
        return Url(f"{self.text.rstrip('/')}/{name}")

    @property
    def name(self) -> str:
        """The last part."""
        return self.text.rstrip("/").rsplit("/", 1)[-1]

    @property
    def suffix(self) -> str:
        """From the last point of the name on."""
        return Path(self.name).suffix

    def read_bytes(self, start: int | None = None, end: int | None = None) -> bytes:
        """The content, or a piece of it. Raises OSError, whatever the driver calls it."""
        system, path = filesystem(self)
        with _as_oserror(self):
            return bytes(system.cat_file(path, start=start, end=end))


Place = Path | Url


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A remote file in a listing. `stamp` changes when its content does; it is empty where the store tells no such thing."""

    url: Url
    name: str  # relative to what was listed
    size: int
    inside: bool = True  # below a folder, not named by itself or by a pattern
    stamp: str = ""


def place_of(text: str | Path) -> Place:
    """A path or URL from what a user wrote. A local file of that very name goes before a URL."""
    if isinstance(text, Path) or not _URL.match(text):
        return Path(text)
    if urlsplit(text).scheme == "file":
        return Path(url2pathname(urlsplit(text).path))
    return Url(text)


def names_url(path: Path) -> bool:
    """Whether a path is a URL that somebody took for one: one of its two strokes is lost by then."""
    return _URL.match(str(path).replace(":/", "://", 1)) is not None and not path.exists()


def filesystem(url: Url) -> tuple[Any, str]:
    """The driver for a URL, and the path as the driver writes it. Raises InputError when there is none."""
    try:
        core: Any = import_module("fsspec.core")
    except ImportError as error:
        raise InputError(str(url), "reading URLs needs fsspec, which is not installed", INSTALL) from error
    try:
        system, path = core.url_to_fs(url.text)
    except ImportError as error:
        driver = next(iter(re.findall(r"(?:[Ii]nstall|module named) '?(\w+)", str(error))), "s3fs")
        hint = INSTALL if driver == "s3fs" else f"pip install {driver}"
        raise InputError(str(url), f"the driver for this URL is not installed: {error}", hint) from error
    except ValueError as error:
        raise InputError(
            str(url), f"this is no URL that can be read: {error}", "see fsspec's list of drivers"
        ) from error
    return system, str(path)


def listed(url: Url) -> list[Entry]:
    """Every file that a URL names: itself, what lies below it, or what its pattern matches. Raises OSError."""
    system, path = filesystem(url)
    with _as_oserror(url):
        system.invalidate_cache()
        pattern = _MAGIC.search(path)
        found = system.glob(path, detail=True) if pattern else system.find(path, detail=True)
    root = path[: pattern.start()].rpartition("/")[0] if pattern else path.rstrip("/")
    files = [(name, info) for name, info in found.items() if info.get("type") != "directory"]
    entries = [_entry(system, name, root, info) for name, info in files]
    if pattern or [name for name, _ in files] == [root]:
        entries = [replace(entry, inside=False) for entry in entries]
    return sorted(entries, key=lambda entry: entry.url)


def below(url: Url) -> Iterator[Entry]:
    """Every file below a URL; nothing where there is none yet."""
    try:
        yield from listed(url)
    except FileNotFoundError:
        return


def write_whole(url: Url, data: bytes) -> None:
    """Write a file so that it is there whole or not at all. Object stores do so by themselves; elsewhere it is renamed."""
    system, path = filesystem(url)
    with _as_oserror(url):
        if _is_object_store(system):
            system.pipe_file(path, data)
            return
        fresh = f"{path}.{unique()}.new"
        system.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
        system.pipe_file(fresh, data)
        system.mv(fresh, path)


def remove(url: Url) -> None:
    """Remove a file, if it is there."""
    system, path = filesystem(url)
    with _as_oserror(url):
        if system.exists(path):
            system.rm_file(path)


def unique() -> str:
    """A word that no other process uses for its unfinished files."""
    from uuid import uuid4

    return uuid4().hex


def _entry(system: Any, path: str, root: str, info: Mapping[str, Any]) -> Entry:
    known = [f"{key}={info[key]}" for key in _STAMPS if info.get(key)]
    stamp = ";".join([*known, f"size={info.get('size')}"]) if known else ""
    url = Url(system.unstrip_protocol(path))
    name = path.removeprefix(root).lstrip("/") or url.name
    return Entry(url=url, name=name, size=int(info.get("size") or 0), stamp=stamp)


def _is_object_store(system: Any) -> bool:
    names = {system.protocol} if isinstance(system.protocol, str) else set(system.protocol)
    return bool(names & {"s3", "s3a", "abfs", "abfss", "az", "gs", "gcs", "oss", "memory"})


@contextmanager
def _as_oserror(url: Url) -> Iterator[None]:
    """Drivers raise errors of their own libraries: whatever is no OSError becomes one, and names the URL."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise OSError(errno.EIO, f"{type(error).__name__}: {str(error)[:300]}", str(url)) from error

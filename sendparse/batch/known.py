"""What files held when they were last looked at, so that a run need not read them again to know that they are the same.

The rule is that of git's index: a file whose size, times, inode and device are as they were is taken to hold what it
held. Times are coarse, so that a file changed twice within one tick looks unchanged: a file that is younger than the
ticks of the coarsest clock in use, at the moment when it is read, is not written down, and read again next time.
A file whose content changed and whose times were set back is noticed by its time of change, which nobody can set.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
from pathlib import Path

_FORMAT = "sendparse files 1"
_TICK = 2_000_000_000  # nanoseconds: FAT keeps times to two seconds; servers keep their own clock


class KnownFiles:
    """Content hashes of files, by path or URL. `path` is the file that keeps them from run to run."""

    def __init__(self, path: Path | None = None, *, trust: bool = True) -> None:
        self._path = path
        self._old = _read(path) if path is not None and trust else {}
        self._new: dict[str, tuple[str, str]] = {}

    def digest(self, path: Path) -> tuple[str, int]:
        """SHA-256 and size of a file, read only when it may have changed. Raises OSError; a pipe or device is one."""
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise OSError("it is not a regular file")
        known = self._old.get(_name(path))
        if known is not None and known[0] == _stamp(found):
            self._new[_name(path)] = known
            return known[1], found.st_size
        return self._fresh(path)

    def remote(self, name: str, stamp: str) -> str:
        """SHA-256 of a file in a store that tells when content changes; empty when it has to be read."""
        known = self._old.get(name)
        if not stamp or known is None or known[0] != stamp:
            return ""
        self._new[name] = known
        return known[1]

    def note(self, name: str, stamp: str, digest: str) -> None:
        """Keep what a remote file holds, where its store tells when that changes."""
        if stamp:
            self._new[name] = (stamp, digest)

    def save(self) -> None:
        """Keep what is known of the files that were asked for; others are forgotten."""
        if self._path is None or self._new == self._old:
            return
        lines = [json.dumps([name, *known]) for name, known in sorted(self._new.items())]
        write_text_whole(self._path, "\n".join([json.dumps(_FORMAT), *lines, ""]))
        self._old = dict(self._new)

    def _fresh(self, path: Path) -> tuple[str, int]:
        began = time.time_ns()
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            after = os.fstat(file.fileno())
        youngest = max(after.st_mtime_ns, after.st_ctime_ns)
        if _stamp(before) == _stamp(after) and youngest + _TICK < began:
            self._new[_name(path)] = (_stamp(after), digest)
        return digest, after.st_size


def write_text_whole(path: Path, text: str) -> None:
    """Write a file so that it is there whole or as it was, also after the power fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("w", encoding="ascii", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _stamp(found: os.stat_result) -> str:
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino} {found.st_dev}"


def _name(path: Path) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - links stay as they are named


def _read(path: Path) -> dict[str, tuple[str, str]]:
    """What was kept; nothing when the record is absent or broken."""
    try:
        first, *lines = path.read_text(encoding="ascii").splitlines()
        if json.loads(first) != _FORMAT:
            return {}
        return {str(name): (str(stamp), str(digest)) for name, stamp, digest in map(json.loads, lines)}
    except (OSError, ValueError):
        return {}

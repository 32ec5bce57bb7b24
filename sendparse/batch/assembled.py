"""What a dataset was put together from, so that a run that changes nothing need not do it again.

The record names everything that the bytes of a dataset depend on, and the hash of each of its files. Only when all of it
is as it was, and each file still holds what was written, does the dataset stand as it is: in any doubt it is made anew.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from sendparse.batch.known import KnownFiles, write_text_whole
from sendparse.batch.scan import Paper
from sendparse.batch.store import code_hash
from sendparse.dataset.package import FILE
from sendparse.dataset.part import Head, Part

_FORMAT = "sendparse assembled 1"
_NAME = "assembled.json"


@dataclass(slots=True)
class Tally:
    """Counts for the summary, taken while parts go by."""

    partial: int = 0
    observations: int = 0
    checks: int = 0
    kinds: Counter[str] = field(default_factory=Counter)

    def counting(self, parts: Iterable[Part]) -> Iterator[Part]:
        """The parts, counted as they pass."""
        for part in parts:
            self.partial += part.document.status == "partial"
            self.observations += part.document.observations
            self.checks += part.document.checks
            self.kinds.update(part.tables["problems"].column("code").to_pylist())
            yield part


class Sources:
    """A hash over everything that a dataset's bytes depend on, fed piece by piece."""

    def __init__(self, corrections: Path) -> None:
        decided = corrections.read_bytes() if corrections.is_file() else b""
        self._hash = hashlib.sha256()
        self._add(_FORMAT, code_hash(all_of_it=True), version("pyarrow"), hashlib.sha256(decided).hexdigest())

    def fresh(self, key: str, packs_hash: str) -> Sources:
        """A copy for a run with these parts, with no paper yet."""
        out = Sources.__new__(Sources)
        out._hash = self._hash.copy()
        out._add(key, packs_hash)
        return out

    def paper(self, paper: Paper, head: Head | None) -> None:
        """A paper, its name and other names, and what its part holds."""
        part = "" if head is None else f"{head.size} {head.crc} {head.document!r}"
        self._add(paper.document_id, paper.file, *paper.copies, part)

    def digest(self) -> str:
        """The hash so far."""
        return self._hash.hexdigest()

    def _add(self, *texts: str) -> None:
        self._hash.update(json.dumps(texts).encode("ascii"))


def standing(home: Path, sources: str, folder: Path, known: KnownFiles) -> Tally | None:
    """The counts of the dataset as it stands; nothing when it has to be made."""
    try:
        kept = json.loads((home / _NAME).read_text(encoding="ascii"))
        files: dict[str, str] = kept["files"]
        if kept["sources"] != sources or FILE not in files or {path.name for path in folder.iterdir()} != set(files):
            return None
        if any(known.digest(folder / name)[0] != digest for name, digest in files.items()):
            return None
        return Tally(**{**kept["tally"], "kinds": Counter(kept["tally"]["kinds"])})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # no record, or a broken one; no dataset


def note_assembled(home: Path, sources: str, files: Mapping[str, str], tally: Tally) -> None:
    """Write down what the dataset was made from and what each of its files holds."""
    counts = {name: getattr(tally, name) for name in ("partial", "observations", "checks")}
    kept = {"sources": sources, "files": dict(files), "tally": {**counts, "kinds": dict(tally.kinds)}}
    write_text_whole(home / _NAME, json.dumps(kept, sort_keys=True))

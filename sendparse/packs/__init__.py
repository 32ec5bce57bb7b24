"""What is known about the subject, read from `patterns/` into typed records.

In: a folder of YAML files (and overlay folders that add to it). Out: one `Packs`, handed through all stages.
A file that says something we do not understand is refused with its name and line: a misspelt key that is silently
ignored would be a wording that silently never matches. Matching itself is the work of tag/kpi.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sendparse.errors import PackError
from sendparse.packs.reading import Builder
from sendparse.packs.records import Breakdown, Concept, Example, Kpi, Packs, Words, shipped_folder

__all__ = ["Breakdown", "Concept", "Example", "Kpi", "Packs", "Words", "load_packs", "patterns_folder"]


def patterns_folder() -> Path:
    """Where the shipped patterns lie. Raises PackError when they are missing."""
    folder = shipped_folder()
    if not (folder / "words.yaml").is_file():
        raise PackError(
            str(folder), "the folder of patterns is missing", "reinstall sendparse", code="patterns_missing"
        )
    return folder


def load_packs(path: Path | str | None = None, overlays: Iterable[Path | str] = ()) -> Packs:
    """Read the shipped patterns (or those at `path`), then each overlay folder on top of them.

    An overlay may add forms to concepts, wordings and examples to known ids, new ids, whole new files, and entries
    to any other file. It cannot change what an id means. Raises PackError, naming file and line.
    """
    folders = [Path(path) if path is not None else patterns_folder(), *map(Path, overlays)]
    builder = Builder()
    for number, folder in enumerate(folders):
        if not folder.is_dir():
            hint = "give a folder that has words.yaml or a folder kpi"
            raise PackError(str(folder), "there is no such folder of patterns", hint)
        builder.add(folder, overlay=number > 0)
    return builder.packs(folders)

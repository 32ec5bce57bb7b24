"""The folder of a dataset: whose it is, and how a new one takes its place in one step.

In: a folder. Nothing here knows what its files hold, so that a run can begin before what writes them is loaded.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from sendparse.dataset.columns import resources
from sendparse.dataset.package import FILE
from sendparse.errors import DatasetError


def refuse_foreign(folder: Path) -> None:
    """Raise DatasetError unless the folder is absent, empty or a dataset of ours and nothing else."""
    _finish_swap(folder)
    if not folder.exists():
        return
    if not folder.is_dir():
        raise DatasetError(str(folder), "there is a file of this name", "give --out a folder")
    found = {path.name for path in folder.iterdir()}
    if not found:
        return
    if not is_dataset(folder):
        raise DatasetError(
            str(folder),
            "the folder is not empty and holds no sendparse dataset, so it is left alone",
            "give --out a new folder",
        )
    if foreign := sorted(found - _own_files()):
        raise DatasetError(
            str(folder),
            f"the dataset's folder also holds {', '.join(foreign[:5])}, which would be lost",
            "move that somewhere else",
        )


def is_dataset(folder: Path) -> bool:
    """Whether a folder holds a dataset that sendparse wrote."""
    try:
        return "sendparse" in json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError):
        return False


def _own_files() -> set[str]:
    known = resources().values()
    return {FILE} | {f"{r.name}.parquet" for r in known} | {f"{r.name}.csv" for r in known if r.csv}


def settle(folder: Path) -> None:
    """Have everything on the disk before it takes the place of what is there: the power may fail."""
    for path in (*folder.iterdir(), folder):
        try:
            handle = os.open(path, os.O_RDONLY)
        except OSError:  # folders cannot be opened on some systems
            continue
        try:
            os.fsync(handle)
        except OSError:  # nor be settled on others
            pass
        finally:
            os.close(handle)


def beside(folder: Path, word: str) -> Path:
    """A hidden name next to the folder, on the same disk: a rename there is one step."""
    folder = folder.resolve()
    return folder.with_name(f".{folder.name}.{word}")


def swap(new: Path, folder: Path) -> None:
    """Put a new folder in the place of what is there, if anything is."""
    old = beside(folder, "old")
    folder = folder.resolve()
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _finish_swap(folder: Path) -> None:
    """A run that was killed between the two renames of a swap left the former dataset under another name."""
    old = beside(folder, "old")
    if not old.exists():
        return
    if folder.exists():
        shutil.rmtree(old, ignore_errors=True)
    else:
        old.rename(folder.resolve())

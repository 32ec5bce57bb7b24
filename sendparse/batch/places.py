"""Where papers were read from: a note beside the parts, so that a report can show their pages.

A dataset says nothing of the machine it was made on; this note does, and is no part of it. It may be deleted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from sendparse.batch.known import write_text_whole
from sendparse.batch.scan import Paper

_NAME = "places.json"


def parts_folder(out: Path) -> Path:
    """Where parts are kept unless the user says otherwise: hidden, beside the dataset, which holds nothing but itself."""
    out = out.resolve()
    return out.with_name(f".{out.name}.parts")


def note_places(root: Path, papers: Iterable[Paper]) -> None:
    """Write down where each paper lies, if it is on this machine."""
    places = {paper.document_id: str(paper.path.resolve()) for paper in papers if isinstance(paper.path, Path)}
    text = json.dumps(places, ensure_ascii=True, indent=0, sort_keys=True) + "\n"
    if not (root / _NAME).is_file() or (root / _NAME).read_text(encoding="ascii") != text:
        write_text_whole(root / _NAME, text)


def noted_places(dataset: Path) -> dict[str, list[Path]]:
    """Where the papers of a dataset were read from, as far as that is known."""
    try:
        places = json.loads((parts_folder(dataset) / _NAME).read_text(encoding="ascii"))
        return {str(identity): [Path(path)] for identity, path in places.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}

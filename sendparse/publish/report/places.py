"""Which pictures a page of a paper needs, and where in them each figure stands.

In: a paper, and what could be drawn of it. Out: what is wanted of pictures.py, and the data that a page's script shows
evidence from: small lists of numbers rather than markup, so that a page with a thousand figures stays light.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sendparse.dataset.columns import ProblemRow
from sendparse.model import Box, Observation
from sendparse.publish.report.pictures import Band, Shown, Wanted
from sendparse.publish.report.site import Paper

_MOST_WHOLE = 30  # pages of one paper that are shown only because a problem names them


def box_of(row: Observation | ProblemRow) -> Box | None:
    """Where on its page a row stands; nothing for a row without a place."""
    if row.page is None or row.x0 is None or row.top is None or row.x1 is None or row.bottom is None:
        return None
    if row.x1 <= row.x0 or row.bottom <= row.top:
        return None
    return Box(x0=row.x0, top=row.top, x1=row.x1, bottom=row.bottom)


def wanted_of(paper: Paper, path: Path) -> Wanted:
    """What is to be drawn of a paper."""
    boxes: dict[int, list[Box]] = defaultdict(list)
    rows: list[Observation | ProblemRow] = [*paper.figures, *paper.problems]
    for row in rows:
        box = box_of(row)
        if box is not None and row.page is not None:
            boxes[row.page].append(box)
    whole = {one.page for one in paper.problems if one.page is not None and box_of(one) is None}
    spans = {
        (row.char_start, row.char_end)
        for row in paper.figures
        if row.char_start is not None and row.char_end is not None
    }
    return Wanted(
        path=path,
        slug=paper.slug,
        format=paper.document.format,
        boxes={page: tuple(found) for page, found in boxes.items()},
        whole=frozenset(sorted(whole)[:_MOST_WHOLE]),
        spans=tuple(sorted(spans)),
    )


def page_data(figures: Iterable[Observation], problems: Iterable[ProblemRow], shown: Shown) -> dict[str, Any]:
    """Pictures, and for each figure or problem the picture and box, or the words around it."""
    places: dict[str, Any] = {}
    used: dict[str, int] = {}
    pictures: list[list[Any]] = []
    rows: list[tuple[str, Observation | ProblemRow]] = [(row.observation_id, row) for row in figures]
    rows += [(row.problem_id, row) for row in problems]
    for identity, row in rows:
        place = _place(row, shown, used, pictures)
        if place is not None:
            places[identity] = place
    return {"pictures": pictures, "places": places}


def _place(
    row: Observation | ProblemRow, shown: Shown, used: dict[str, int], pictures: list[list[Any]]
) -> list[Any] | None:
    if isinstance(row, Observation) and row.char_start is not None and row.char_end is not None:
        words = shown.excerpts.get((row.char_start, row.char_end))
        return None if words is None else [*words]
    box = box_of(row)
    band = _band(row.page, box, shown.bands)
    if band is None:
        return None
    if band.file not in used:
        used[band.file] = len(pictures)
        pictures.append([band.file, *_edges(band.box), band.page])
    return [used[band.file], *(_edges(box) if box is not None else ())]


def _band(page: int | None, box: Box | None, bands: Iterable[Band]) -> Band | None:
    """The picture that shows a box best; for a row without a box, any picture of its page."""
    here = [band for band in bands if band.page == page]
    if box is None:
        return max(here, key=lambda band: band.box.bottom - band.box.top, default=None)
    middle = (box.top + box.bottom) / 2
    return next((band for band in here if band.box.top <= middle <= band.box.bottom), None)


def _edges(box: Box) -> list[float]:
    return [round(box.x0, 1), round(box.top, 1), round(box.x1, 1), round(box.bottom, 1)]

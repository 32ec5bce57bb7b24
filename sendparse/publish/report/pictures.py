"""Pictures of the places where figures stand: bands of a page, cut out and kept as JPEG.

In: a paper's file and the boxes that matter on its pages. Out: `Band`s, each a picture with the part of the page it
shows. Boxes that lie near each other share a band; a page full of figures is one band. Papers are worked on in
processes with a time limit, since a damaged one may crash or hang the reader: it then has no pictures, and says so.
"""

from __future__ import annotations

import math
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sendparse.batch.local import default_workers
from sendparse.model import Box
from sendparse.read import read_bytes

_AROUND = 64.0  # points of the page above and below a box
_JOIN = 40.0  # bands that are nearer than this become one
_WHOLE = 0.75  # a page of which this share is wanted is taken whole
_PRINT = 17.0  # pixels that the height of a figure should have
_LEAST, _MOST = 1.4, 3.0  # pixels a point
_WIDEST = 2000  # pixels
_PIXELS = 5_000_000
_QUALITY = 58
_SECONDS = 60.0
_EXCERPT = 260  # characters of a text on each side of a figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be shown of one paper: boxes by page, spans of its text for papers without pages."""

    path: Path
    slug: str
    format: str
    boxes: Mapping[int, tuple[Box, ...]] = field(default_factory=dict)
    whole: frozenset[int] = frozenset()  # pages to show as a whole
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A picture of a part of a page, as wide as the page; edges in points. `file` lies in the folder of pictures."""

    file: str
    page: int
    box: Box


@dataclass(slots=True, kw_only=True)
class Shown:
    """What can be shown of one paper; `excerpts` gives the words before and after each span."""

    bands: list[Band] = field(default_factory=list)
    excerpts: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    error: str = ""


def draw(
    wanted: Sequence[Wanted], folder: Path, former: Path | None = None, workers: int = 0
) -> Iterator[tuple[str, Shown]]:
    """Draw what is wanted of each paper into `folder`, beginning at once. `former`: a folder with earlier pictures.

    Yields each paper's slug with what can be shown, in order. Processes are forked from a fresh one, never from this
    one, whose threads may hold a lock: a script that calls this has its own code under `if __name__ == "__main__":`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not wanted:
        return iter(())
    from pebble import ProcessPool

    context = get_context("forkserver" if os.name == "posix" else "spawn")
    pool: Any = ProcessPool(max_workers=min(workers or default_workers(), len(wanted)), context=context)
    futures = [pool.schedule(show, args=[one, folder, former], timeout=_SECONDS) for one in wanted]
    return _results(pool, wanted, futures)


def _results(pool: Any, wanted: Sequence[Wanted], futures: Sequence[Any]) -> Iterator[tuple[str, Shown]]:
    from pebble import ProcessExpired

    try:
        for one, future in zip(wanted, futures, strict=True):
            try:
                yield one.slug, future.result()
            except TimeoutError:
                yield one.slug, Shown(error=f"drawing its pages took longer than {_SECONDS:.0f} s")
            except ProcessExpired:
                yield one.slug, Shown(error="drawing its pages crashed the reader")
            except Exception as error:
                yield one.slug, Shown(error=f"its pages could not be drawn: {type(error).__name__}")
    finally:
        pool.stop()
        pool.join()


def show(wanted: Wanted, folder: Path, former: Path | None = None) -> Shown:
    """One paper, in this process."""
    if wanted.format == "pdf":
        return Shown(bands=_bands(wanted, folder, former))
    text = read_bytes(wanted.path.read_bytes(), file=wanted.path.name).text
    return Shown(excerpts={span: _excerpt(text, *span) for span in wanted.spans})


def _excerpt(text: str, start: int, end: int) -> tuple[str, str]:
    """The words before and after a span, from the middle of no word."""
    before, after = text[max(0, start - _EXCERPT) : start], text[end : end + _EXCERPT]
    if start > _EXCERPT:
        before = "… " + before.partition(" ")[2]
    if end + _EXCERPT < len(text):
        after = after.rpartition(" ")[0] + " …"
    return before, after


def _bands(wanted: Wanted, folder: Path, former: Path | None) -> list[Band]:
    import pypdfium2

    out: list[Band] = []
    document: Any = pypdfium2.PdfDocument(str(wanted.path))  # type: ignore[no-untyped-call]
    try:
        for number in sorted({*wanted.boxes, *wanted.whole}):
            if 1 <= number <= len(document):
                page = document[number - 1]
                out += _page_bands(page, number, wanted, folder, former)
                page.close()
    finally:
        document.close()
    return out


def _page_bands(page: Any, number: int, wanted: Wanted, folder: Path, former: Path | None) -> Iterator[Band]:
    width, height = page.get_size()
    boxes = wanted.boxes.get(number, ())
    scale = _scale(boxes, width, height)
    parts = [(0, math.ceil(height))] if number in wanted.whole else bands_of(boxes, height)
    drawn = None
    for top, bottom in parts:
        file = f"{wanted.slug}-{number}-{top}-{bottom}-{scale * 100:.0f}.jpg"  # names all that the picture depends on
        if not _kept(former, folder, file):
            drawn = drawn or page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
            last = max(int(top * scale) + 1, min(drawn.height, int(bottom * scale)))
            drawn.crop((0, int(top * scale), drawn.width, last)).save(folder / file, "JPEG", quality=_QUALITY)
        yield Band(file=file, page=number, box=Box(x0=0.0, top=top, x1=width, bottom=bottom))


def _kept(former: Path | None, folder: Path, file: str) -> bool:
    """Whether an earlier report has the very picture; it then serves again."""
    if (folder / file).is_file():
        return True
    if former is None or not (former / file).is_file():
        return False
    try:
        os.link(former / file, folder / file)
    except OSError:
        shutil.copyfile(former / file, folder / file)
    return True


def bands_of(boxes: Iterable[Box], height: float) -> list[tuple[int, int]]:
    """Upper and lower edges of the bands that hold these boxes, in whole points from the top of the page down."""
    end = math.ceil(height)
    edges = sorted(
        (max(0, math.floor(box.top - _AROUND)), min(end, math.ceil(box.bottom + _AROUND)))
        for box in boxes
        if box.bottom > 0 and box.top < height
    )
    out: list[tuple[int, int]] = []
    for top, bottom in edges:
        if out and top - out[-1][1] < _JOIN:
            out[-1] = (out[-1][0], max(out[-1][1], bottom))
        else:
            out.append((top, bottom))
    if sum(bottom - top for top, bottom in out) > _WHOLE * height:
        return [(0, end)]
    return out


def _scale(boxes: Sequence[Box], width: float, height: float) -> float:
    """Pixels a point: small print is drawn larger, within what a page of pictures may weigh."""
    heights = sorted(box.bottom - box.top for box in boxes if box.bottom > box.top)
    usual = heights[len(heights) // 2] if heights else 12.0
    wanted = min(max(_PRINT / max(usual, 1.0), _LEAST), _MOST)
    return float(min(wanted, _WIDEST / width, (_PIXELS / (width * height)) ** 0.5))

"""A page that is a picture of text becomes a page with words, by OCR.

In: pdfium's handle of the page, its size and number. Out: the page, made upright and straight, and what could not be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sendparse.model import Box, Page, Word
from sendparse.read.ocr import DPI, Scan, read_scan
from sendparse.read.ocr_charts import charts_of, is_within
from sendparse.read.render import picture_of

CHART = "a chart or another picture of figures is not read: what it says is not in the text"
_INK = 170  # of 255: a page on which nothing is darker is blank

Trouble = tuple[str, str, Box | None]
"""Code, message and place of something that was not read."""


def scanned(page: int, size: tuple[float, float], number: int, rotation: int) -> tuple[Page | None, list[Trouble]]:
    """The page as OCR reads it, or nothing where there is no text to be read; and what is wrong with it."""
    image, scale = picture_of(page, size, DPI)
    if int(image.min()) > _INK:
        return None, [("no_text_layer", "the page is blank", None)]
    found = read_scan(image, scale, number)
    if not found.words:
        return None, [_nothing(found)]
    found, charts = _without_charts(found)
    width, height = size if found.turn.quarter % 2 == 0 else (size[1], size[0])
    read = Page(
        number=number,
        width=width,
        height=height,
        words=found.words,
        rulings=found.rulings,
        fills=found.fills,
        pictures=found.pictures,
        rotation=rotation,
        text_layer="ocr",
        turn=found.turn,
    )
    troubles: list[Trouble] = [("picture_not_read", CHART, box) for box in charts]
    return read, [*troubles, _illegible(found)] if found.illegible else troubles


def _without_charts(found: Scan) -> tuple[Scan, list[Box]]:
    """What was read without the axes, bars and lines of charts; their boxes as the file shows the page."""
    charts = charts_of(found.words, found.rulings)
    if not charts:
        return found, []
    kept = replace(
        found,
        words=tuple(
            word for word in found.words if not is_within((word.x0 + word.x1) / 2, (word.top + word.bottom) / 2, charts)
        ),
        rulings=tuple(line for line in found.rulings if not _is_in(line.x0, line.top, line.x1, line.bottom, charts)),
        fills=tuple(
            fill for fill in found.fills if not _is_in(fill.box.x0, fill.box.top, fill.box.x1, fill.box.bottom, charts)
        ),
    )
    return kept, charts


def _is_in(x0: float, top: float, x1: float, bottom: float, boxes: Sequence[Box]) -> bool:
    return any(
        box.x0 - 1 <= x0 and x1 <= box.x1 + 1 and box.top - 1 <= top and bottom <= box.bottom + 1 for box in boxes
    )


def _nothing(found: Scan) -> Trouble:
    if not found.refused:
        return "no_text_layer", "the page has no text, and OCR finds none", None
    message = (
        f"the page is too poor a picture to be read with OCR: {len(found.illegible)} of its words are illegible, and "
        "none is given. Try: a better scan, or the paper as the council published it"
    )
    return "ocr_illegible", message, None


def _illegible(found: Scan) -> Trouble:
    count = len(found.illegible)
    words = "a word" if count == 1 else f"{count} words"
    message = f"OCR cannot read {words} of the page with certainty; {'it was' if count == 1 else 'they were'} left out"
    return "ocr_illegible", message, _around(found.illegible)


def _around(words: Iterable[Word]) -> Box:
    found = list(words)
    return Box(
        x0=min(word.x0 for word in found),
        top=min(word.top for word in found),
        x1=max(word.x1 for word in found),
        bottom=max(word.bottom for word in found),
    )

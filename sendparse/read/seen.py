"""What was read with OCR, put back to where a reader of the file sees it, and marked.

In: tables, observations and problems of a paper in the coordinates in which its pages were read. Out: the same, those of
pages that were turned or straightened with boxes on the page as the file shows it; figures that come from a picture of text
say so in `flags` and are as sure as the least sure of their words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from sendparse.model import Box, Cell, Document, Observation, Page, Problem, Table, Turn, Word

FLAG = "text_layer=ocr"
_AT_BEST = 0.9  # confidence in what was read from a picture
_RUN_TOGETHER = re.compile(r"\d\s+\d")  # of a picture: lines between cells that were not found
_SCALE_OF_ALL = re.compile(r"\(?£\s?['’]?(?:000s?|m|k|bn|million|thousand)\)?:?")
_NOT_A_NUMBER = re.compile(r"[^\d.]|\.(?!\d)")
UNREAD = "\ufffd"  # a word of a picture that could not be read
_HEAD = 70.0  # points above the first figure of a table in which its scale stands
_UNTOLD = 0.8  # how sure a figure is that no word of the page stands at

Placed = TypeVar("Placed", Cell, Problem)


def as_seen(box: Box, turn: Turn) -> Box:
    """A box of the upright, straight page on the page as the file shows it."""
    width, height = (turn.width, turn.height) if turn.quarter % 2 == 0 else (turn.height, turn.width)
    corners = [(x, y) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
    corners = [_turned(*_slanted(x, y, turn.slant, width, height), turn) for x, y in corners]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Box(
        x0=round(max(0.0, min(xs)), 2),
        top=round(max(0.0, min(ys)), 2),
        x1=round(min(turn.width, max(xs)), 2),
        bottom=round(min(turn.height, max(ys)), 2),
    )


def _slanted(x: float, y: float, slant: float, width: float, height: float) -> tuple[float, float]:
    """A point of the straightened page before its slant was taken out."""
    if not slant:
        return x, y
    angle = math.radians(slant)
    right, down = x - width / 2, y - height / 2
    return (
        width / 2 + right * math.cos(angle) - down * math.sin(angle),
        height / 2 + right * math.sin(angle) + down * math.cos(angle),
    )


def _turned(x: float, y: float, turn: Turn) -> tuple[float, float]:
    """A point of the upright page before its quarter turns, which were anticlockwise."""
    if turn.quarter == 1:
        return turn.width - y, x
    if turn.quarter == 2:
        return turn.width - x, turn.height - y
    if turn.quarter == 3:
        return y, turn.height - x
    return x, y


def tables_as_seen(tables: Sequence[Table], document: Document) -> list[Table]:
    """Tables with their boxes and those of their cells."""
    turns = _turns(document)
    if not turns:
        return list(tables)
    return [
        replace(
            table,
            box=as_seen(table.box, turns[table.page]) if table.box and table.page in turns else table.box,
            cells=tuple(_moved(cell, turns, table.page) for cell in table.cells),
        )
        for table in tables
    ]


def problems_as_seen(problems: Iterable[Problem], document: Document) -> list[Problem]:
    """Problems with their boxes."""
    turns = _turns(document)
    return [_moved(problem, turns, None) for problem in problems]


def _moved(placed: Placed, turns: Mapping[int, Turn], page: int | None) -> Placed:
    number = placed.page or page
    if placed.box is None or number is None or number not in turns:
        return placed
    return replace(placed, box=as_seen(placed.box, turns[number]))


def observations_as_seen(observations: Sequence[Observation], document: Document) -> list[Observation]:
    """Figures with their boxes; those that were read from a picture say so and are less sure."""
    pictured = {page.number: page for page in document.pages if page.text_layer == "ocr"}
    if not pictured:
        return list(observations)
    return [
        _marked(observation, pictured[observation.page]) if observation.page in pictured else observation
        for observation in observations
    ]


def without_scale(observations: Sequence[Observation], document: Document) -> tuple[list[Observation], list[Problem]]:
    """Figures without the sums of money whose scale was not read from the picture, and a problem for each of those.

    "11.6" under a head that says £m is 11,600,000; where OCR loses the head, it is nothing that can be used.
    """
    pictured = {page.number: page for page in document.pages if page.text_layer == "ocr"}
    kept, lost = [], []
    headless = _under_a_lost_scale(observations, pictured)
    for one in observations:
        unscaled = one.unit == "gbp" and _unscaled(one)
        in_table = one.page in pictured and one.source != "narrative"
        if in_table and (_RUN_TOGETHER.search(one.value_text) or unscaled or _may_need(one, headless)):
            message = "A sum of money whose scale (£m, £000) could not be read from the picture was left out"
            if _RUN_TOGETHER.search(one.value_text):
                message = "Figures of several cells that run together in the picture were left out"
            lost.append(
                Problem(
                    document_id=one.document_id,
                    code="ocr_illegible",
                    message=message,
                    page=one.page,
                    box=_box(one),
                    quote=one.value_text,
                )
            )
        else:
            kept.append(one)
    return kept, lost


def _under_a_lost_scale(observations: Sequence[Observation], pages: Mapping[int, Page]) -> set[str]:
    """Tables above whose figures a word stands by itself that is a scale ("£000"), or that could not be read and may be one."""
    tops: dict[tuple[int, str], float] = {}
    for one in observations:
        if one.page is not None and one.page in pages and one.table_id and one.top is not None:
            key = one.page, one.table_id
            tops[key] = min(tops.get(key, one.top), one.top)
    return {
        table
        for (number, table), top in tops.items()
        for word in pages[number].words
        if (word.text == UNREAD or _SCALE_OF_ALL.fullmatch(word.text))
        and top - _HEAD < word.top < top
        and _is_by_itself(word, pages[number].words)
    }


def _is_by_itself(word: Word, words: Iterable[Word]) -> bool:
    middle = (word.top + word.bottom) / 2
    return not any(other is not word and other.top < middle < other.bottom for other in words)


def _may_need(observation: Observation, headless: Collection[str]) -> bool:
    """Whether a figure without a scale of its own stands as printed in a table that has one, or may have had one."""
    scaled = any(sign in observation.value_text for sign in ("%", "£", "m", "k", "bn"))
    if observation.table_id not in headless or observation.unit == "percent" or scaled or observation.value is None:
        return False
    printed = _NOT_A_NUMBER.sub("", observation.value_text)
    return printed.replace(".", "", 1).isdigit() and float(printed) == abs(observation.value)


def _unscaled(observation: Observation) -> bool:
    """Whether a sum is too small for a council's pounds and has no sign of its own."""
    own = any(sign in observation.value_text for sign in ("£", "m", "k", "bn"))
    return observation.value is not None and not own and abs(observation.value) < 1000


def _marked(observation: Observation, page: Page) -> Observation:
    flags = ";".join(sorted({*filter(None, observation.flags.split(";")), FLAG}))
    box = _box(observation)
    sure = _AT_BEST * (_least_sure(box, page.words) if box is not None and page.turn is not None else 1.0)
    marked = replace(observation, flags=flags, confidence=round(observation.confidence * sure, 2))
    if box is None or page.turn is None:
        return marked
    seen = as_seen(box, page.turn)
    return replace(marked, x0=seen.x0, top=seen.top, x1=seen.x1, bottom=seen.bottom)


def _box(observation: Observation) -> Box | None:
    x0, top, x1, bottom = observation.x0, observation.top, observation.x1, observation.bottom
    if x0 is None or top is None or x1 is None or bottom is None:
        return None
    return Box(x0=x0, top=top, x1=x1, bottom=bottom)


def _least_sure(box: Box, words: Iterable[Word]) -> float:
    """How sure the least sure word within a box is."""
    within = (
        word.score
        for word in words
        if box.x0 - 1 <= (word.x0 + word.x1) / 2 <= box.x1 + 1
        and box.top - 1 <= (word.top + word.bottom) / 2 <= box.bottom + 1
    )
    return min(within, default=_UNTOLD)


def _turns(document: Document) -> dict[int, Turn]:
    return {page.number: page.turn for page in document.pages if page.turn is not None}

"""A table printed sideways on an upright page.

In: a page. Out: the page as one sees it after turning one's head, and the way back for the boxes of what is found there.
Only a page on which most words run up or down is turned; which of the two is told by how words follow each other.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from sendparse.model import Box, Cell, Fill, Page, Ruling, Shape, Table, Word

_MOST = 0.6  # of the words


class Turn:
    """A quarter turn of a page: `up` where the text runs from its foot to its head."""

    def __init__(self, page: Page, *, up: bool) -> None:
        self.page = page
        self.up = up

    def turned(self) -> Page:
        """The page with its text level. Words that were level before run up now, and are no lines of a table."""
        page = self.page
        return replace(
            page,
            width=page.height,
            height=page.width,
            words=tuple(self._word(word) for word in page.words),
            rulings=tuple(self._ruling(ruling) for ruling in page.rulings),
            fills=tuple(Fill(box=self._box(fill.box), colour=fill.colour) for fill in page.fills),
            shapes=tuple(self._shape(shape) for shape in page.shapes),
            pictures=tuple(
                replace(picture, box=self._box(picture.box), ink=self._ink(picture.ink)) for picture in page.pictures
            ),
        )

    def back(self, table: Table) -> Table:
        """A table of the turned page in its place on the page as it is."""
        cells = tuple(self._cell(cell) for cell in table.cells)
        return replace(table, cells=cells, box=self._undone(table.box) if table.box else None)

    def _cell(self, cell: Cell) -> Cell:
        marks = tuple(replace(mark, box=self._undone(mark.box)) if mark.box else mark for mark in cell.marks)
        return replace(cell, box=self._undone(cell.box) if cell.box else None, marks=marks)

    def _word(self, word: Word) -> Word:
        x0, top, x1, bottom = self._moved(word.x0, word.top, word.x1, word.bottom)
        return replace(
            word, x0=x0, top=top, x1=x1, bottom=bottom, upright=not word.upright, down=word.upright and self.up
        )

    def _ruling(self, ruling: Ruling) -> Ruling:
        x0, top, x1, bottom = self._moved(ruling.x0, ruling.top, ruling.x1, ruling.bottom)
        return replace(ruling, x0=x0, top=top, x1=x1, bottom=bottom)

    def _shape(self, shape: Shape) -> Shape:
        points = tuple(self._moved(x, y, x, y)[:2] for x, y in shape.points)
        return replace(shape, box=self._box(shape.box), points=points)

    def _box(self, box: Box) -> Box:
        x0, top, x1, bottom = self._moved(box.x0, box.top, box.x1, box.bottom)
        return Box(x0=x0, top=top, x1=x1, bottom=bottom)

    def _ink(self, rows: tuple[str, ...]) -> tuple[str, ...]:
        """The dots of a picture, turned."""
        if self.up:
            return tuple("".join(column) for column in zip(*rows[::-1], strict=True))
        return tuple("".join(column) for column in zip(*rows, strict=True))[::-1]

    def _moved(self, x0: float, top: float, x1: float, bottom: float) -> tuple[float, float, float, float]:
        if self.up:
            return self.page.height - bottom, x0, self.page.height - top, x1
        return top, self.page.width - x1, bottom, self.page.width - x0

    def _undone(self, box: Box) -> Box:
        if self.up:
            height = self.page.height
            return Box(x0=box.top, top=height - box.x1, x1=box.bottom, bottom=height - box.x0)
        width = self.page.width
        return Box(x0=width - box.bottom, top=box.x0, x1=width - box.top, bottom=box.x1)


def sideways(page: Page) -> Turn | None:
    """How to turn a page whose text runs up or down; nothing for a page that can be read as it lies."""
    words = [word for word in page.words if not word.hidden and len(word.text) > 1]
    steep = [word for word in words if not word.upright]
    if len(steep) < 8 or len(steep) < _MOST * len(words):
        return None
    return Turn(page, up=_runs_up(steep))


def _runs_up(words: list[Word]) -> bool:
    """Words are read in the order in which they are drawn: the next one of a line stands higher, or lower."""
    higher = lower = 0
    for one, two in pairwise(words):
        if abs((one.x0 + one.x1) - (two.x0 + two.x1)) < 0.5 * max(one.size, two.size, 1.0):
            higher += two.bottom <= one.top + 1
            lower += two.top >= one.bottom - 1
    return higher >= lower

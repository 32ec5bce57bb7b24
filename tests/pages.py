"""Pages made for tests: typed ones from a drawing in letters, printed ones through a real PDF."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sendparse.model import Box, Fill, Page, Picture, Ruling, Shape, Table, Word

PITCH, LEADING, LEFT, TOP = 6.0, 12.0, 60.0, 60.0


def typed(drawing: str, **more: object) -> Page:
    """A page of typewriter text: each letter of the drawing 6 points wide, each line 12 high.

    A line of `~~~` is a drawn rule from its first to its last letter.
    """
    words: list[Word] = []
    rulings: list[Ruling] = []
    for number, line in enumerate(drawing.strip("\n").split("\n")):
        top = TOP + number * LEADING
        for match in re.finditer(r"\S+", line):
            x0, x1 = LEFT + match.start() * PITCH, LEFT + match.end() * PITCH
            if set(match[0]) == {"~"}:
                rulings.append(Ruling(x0=x0, top=top + 6, x1=x1, bottom=top + 6, width=0.5))
            else:
                words.append(word(match[0], x0, top, x1=x1, font="Courier"))
    return Page(number=1, width=1000, height=842, words=tuple(words), rulings=tuple(rulings), **more)  # type: ignore[arg-type]


def word(text: str, x0: float, top: float, *, x1: float = 0.0, size: float = 10.0, **more: object) -> Word:
    """One word, half its size wide for each letter unless `x1` is given."""
    width = 0.5 * size * len(text)
    place = {"x0": x0, "top": top, "x1": x1 or x0 + width, "bottom": top + size}
    return Word(text=text, page=1, size=size, **place, **more)  # type: ignore[arg-type]


def page(
    words: Sequence[Word] = (),
    *,
    rulings: Sequence[Ruling] = (),
    fills: Sequence[Fill] = (),
    shapes: Sequence[Shape] = (),
    pictures: Sequence[Picture] = (),
) -> Page:
    """An upright A4 page with these things on it."""
    return Page(
        number=1,
        width=595,
        height=842,
        words=tuple(words),
        rulings=tuple(rulings),
        fills=tuple(fills),
        shapes=tuple(shapes),
        pictures=tuple(pictures),
    )


def box(x0: float, top: float, x1: float, bottom: float) -> Box:
    return Box(x0=x0, top=top, x1=x1, bottom=bottom)


@dataclass
class Sheet:
    """A page to be printed with ReportLab and read back. Heights count from the top."""

    width: float = 595
    height: float = 842
    font: str = "Helvetica"
    size: float = 9.0
    marks: list[tuple[object, ...]] = field(default_factory=list)

    def text(
        self, x: float, y: float, text: str, *, align: str = "left", bold: bool = False, size: float = 0.0
    ) -> None:
        self.marks.append(("text", x, y, text, align, bold, size or self.size))

    def row(self, y: float, cells: Iterable[tuple[float, str] | tuple[float, str, str]], *, bold: bool = False) -> None:
        """Cells as (x, text) or (x, text, align)."""
        for x, text, *align in cells:
            self.text(x, y, text, align=align[0] if align else "left", bold=bold)

    def rule(self, y: float, x0: float, x1: float) -> None:
        self.marks.append(("rule", x0, y, x1, y))

    def upright(self, x: float, top: float, bottom: float) -> None:
        self.marks.append(("rule", x, top, x, bottom))

    def fill(self, x0: float, top: float, x1: float, bottom: float, colour: tuple[float, float, float]) -> None:
        self.marks.append(("fill", x0, top, x1, bottom, colour))

    def steep(self, x: float, y: float, text: str) -> None:
        """Text that runs up the page from (x, y)."""
        self.marks.append(("steep", x, y, text))

    def paragraph(self, x: float, y: float, lines: Iterable[str], *, leading: float = 11.0) -> float:
        for line in lines:
            self.text(x, y, line)
            y += leading
        return y

    def read(self) -> Page:
        """The page as the reader sees it."""
        from sendparse.read import read_bytes

        return read_bytes(self.pdf(), file="made.pdf").pages[0]

    def pdf(self) -> bytes:
        from reportlab.pdfgen.canvas import Canvas

        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(self.width, self.height), invariant=1)
        for mark in sorted(self.marks, key=lambda m: m[0] != "fill"):
            self._draw(canvas, mark)
        canvas.save()
        return out.getvalue()

    def _draw(self, canvas: object, mark: tuple[object, ...]) -> None:
        kind, *rest = mark
        flip = self.height
        if kind == "text":
            x, y, text, align, bold, size = rest
            canvas.setFont(f"{self.font}-Bold" if bold else self.font, size)
            draw = {"left": canvas.drawString, "right": canvas.drawRightString, "centre": canvas.drawCentredString}[
                align
            ]
            draw(x, flip - y - size, text)
        elif kind == "rule":
            x0, y0, x1, y1 = rest
            canvas.setLineWidth(0.6)
            canvas.line(x0, flip - y0, x1, flip - y1)
        elif kind == "fill":
            x0, top, x1, bottom, colour = rest
            canvas.setFillColorRGB(*colour)
            canvas.rect(x0, flip - bottom, x1 - x0, bottom - top, stroke=0, fill=1)
            canvas.setFillColorRGB(0, 0, 0)
        else:
            x, y, text = rest
            canvas.saveState()
            canvas.setFont(self.font, self.size)
            canvas.translate(x, flip - y)
            canvas.rotate(90)
            canvas.drawString(0, 0, text)
            canvas.restoreState()


def texts(table: Table) -> list[list[str]]:
    """The grid of a table, each cell on one line."""
    return [[" ".join(cell.split()) for cell in row] for row in table.grid()]


def grid(drawing: str) -> list[list[str]]:
    """A grid written with bars: `a | b` a row."""
    return [[cell.strip() for cell in line.split("|")] for line in drawing.strip("\n").split("\n")]

"""A page as a picture, with what was read drawn on it: tables and their cells, figures, and beside the page what each
figure was taken for.

In: the file's bytes, the paper's Outcome, a page number. Out: a Pillow image. Figures in one row of a table share one
number, so that a dense scorecard stays legible.
"""

from __future__ import annotations

import contextlib
import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from sendparse.errors import InputError
from sendparse.explain.label import Group, grouped, plain
from sendparse.model import Box, Cell, Observation, Outcome, Page, Problem, Ruling, Table, Word

Ink = tuple[int, int, int]
KNOWN: Ink = (0, 130, 60)
UNKNOWN: Ink = (200, 100, 0)
TABLE: Ink = (30, 90, 200)
PROBLEM: Ink = (200, 0, 40)
_TEXT: Ink = (30, 30, 30)
_FAINT: Ink = (110, 110, 110)

_LONG_SIDE = 1900  # pixels of the page's longer side, more where the print is small
_LONGEST = 4500
_LEGIBLE = 15  # pixels that the page's usual print is high at least
_PANEL = 700  # pixels a column of explanations is wide
_SIZE = 19  # of the words beside the page, in pixels
_MARGIN = 16
_INDENT = 46
_FONTS = ("DejaVuSans.ttf", "LiberationSans-Regular.ttf", "NotoSans-Regular.ttf", "arial.ttf", "Arial.ttf")
_SPELT_OUT = str.maketrans(
    {"£": "GBP ", "€": "EUR ", "–": "-", "—": "-", "−": "-", "’": "'", "“": '"', "”": '"', "•": "*"}
)
_NAMED = 4  # problems of one kind that are quoted


def draw_page(data: bytes, outcome: Outcome, number: int) -> Image.Image:
    """Page `number` of a PDF (from 1), drawn with what was read from it. Raises InputError when there is no such page."""
    pages = outcome.document.pages
    page = next((page for page in pages if page.number == number), None)
    if page is None:
        raise InputError(
            outcome.document.file, f"there is no page {number}; the paper has {len(pages)}", "give --page one of these"
        )
    scale = _scale(page)
    picture = _rendered(data, number, scale)
    groups = grouped([row for row in outcome.observations if row.page == number])
    problems = [problem for problem in outcome.problems if problem.page in (number, None)]
    drawn = _Canvas(picture, scale)
    for table in outcome.tables:
        _draw_table(drawn, table, number)
    for problem in problems:
        if problem.box is not None:
            drawn.box(problem.box, PROBLEM, width=3)
    for group in groups:
        _draw_group(drawn, group, outcome.tables)
    return _beside(_cropped(drawn.finished(), page, scale), _lines(outcome, number, groups, problems))


def _scale(page: Page) -> float:
    """Pixels a point: small print on a large sheet is drawn larger."""
    longer = max(page.width, page.height)
    sizes = sorted(word.size for word in page.words if word.size and not word.hidden)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    wanted = max(_LONG_SIDE / longer, _LEGIBLE / usual if usual else 0.0)
    return min(wanted, _LONGEST / longer)


def _rendered(data: bytes, number: int, scale: float) -> Image.Image:
    import pypdfium2

    document: Any = pypdfium2.PdfDocument(data)  # type: ignore[no-untyped-call]
    try:
        image: Image.Image = document[number - 1].render(scale=scale).to_pil()
        return image.convert("RGB")
    finally:
        document.close()


def _cropped(picture: Image.Image, page: Page, scale: float) -> Image.Image:
    """The picture without empty margins; as it is where it was turned for reading."""
    if page.turn is not None:
        return picture
    used: list[Box | Word | Ruling] = [
        *page.words,
        *page.rulings,
        *(picture.box for picture in page.pictures),
        *(shape.box for shape in page.shapes),
    ]
    around = _around(used)
    if around is None:
        return picture
    pad = 3 * _MARGIN
    x0, top = max(0, int(around.x0 * scale) - pad), max(0, int(around.top * scale) - pad)
    x1, bottom = int(around.x1 * scale) + pad, int(around.bottom * scale) + pad
    return picture.crop((x0, top, max(x0 + 1, min(picture.width, x1)), max(top + 1, min(picture.height, bottom))))


class _Canvas:
    """A picture and its scale; boxes are given in PDF points and painted through a glass pane over the page."""

    def __init__(self, picture: Image.Image, scale: float) -> None:
        self.picture, self.scale = picture, scale
        self.pane = Image.new("RGBA", picture.size, (0, 0, 0, 0))
        self.draw = ImageDraw.Draw(self.pane)
        self.tags: list[tuple[float, float, str, Ink, bool]] = []

    def box(self, box: Box, ink: Ink, *, width: int = 1, wash: int = 0, grow: float = 0.0) -> None:
        edges = [v * self.scale for v in (box.x0, box.top, box.x1, box.bottom)]
        x0, y0, x1, y1 = edges[0] - grow, edges[1] - grow, edges[2] + grow, edges[3] + grow
        self.draw.rectangle((x0, y0, max(x0, x1), max(y0, y1)), outline=(*ink, 255), width=width, fill=(*ink, wash))

    def tag(self, place: Box, text: str, ink: Ink, *, above: bool) -> None:
        """A number on a plate, above a place or to its left; plates go on top of everything."""
        self.tags.append((place.x0 * self.scale, place.top * self.scale, text, ink, above))

    def finished(self) -> Image.Image:
        font = _font(15)
        for x, y, text, ink, above in self.tags:
            wide = self.draw.textlength(text, font=font) + 6
            left = max(0.0, x if above else x - wide)
            top = max(0.0, y - 17 if above else y)
            self.draw.rounded_rectangle((left, top, left + wide, top + 18), 4, fill=(*ink, 235))
            self.draw.text((left + 3, top), text, fill=(255, 255, 255, 255), font=font)
        return Image.alpha_composite(self.picture.convert("RGBA"), self.pane).convert("RGB")


def _draw_table(canvas: _Canvas, table: Table, number: int) -> None:
    cells = [cell for cell in table.cells if (cell.page or table.page) == number]
    boxes = [cell.box for cell in cells if cell.box is not None]
    for box in boxes:
        canvas.box(box, TABLE)
    around = _around(boxes) or (table.box if table.page == number else None)
    if around is not None:
        canvas.box(around, TABLE, width=3, grow=3)


def _draw_group(canvas: _Canvas, group: Group, tables: Iterable[Table]) -> None:
    ink = KNOWN if group.known else UNKNOWN
    boxes = [box for row in group.rows if (box := _box(row)) is not None]
    for box in boxes:
        canvas.box(box, ink, width=2, wash=45, grow=1)
    label = _label_box(group.rows[0], tables)
    place = label or (boxes[0] if boxes else None)
    if place is not None:
        canvas.tag(place, str(group.number), ink, above=label is None)


def _label_box(row: Observation, tables: Iterable[Table]) -> Box | None:
    """The first cell of a table row that holds words: where a reader looks for the row's number."""
    for table in tables:
        if table.table_id == row.table_id:
            cells = [cell for cell in table.cells if _in_row(cell, row) and cell.text.strip() and cell.box is not None]
            return min(cells, key=lambda cell: cell.column).box if cells else None
    return None


def _in_row(cell: Cell, row: Observation) -> bool:
    return row.row is not None and cell.row == row.row and cell.page in (None, row.page)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    text: str
    ink: Ink = _TEXT
    indent: int = 0
    plate: str = ""  # a number to put before it


def _lines(outcome: Outcome, number: int, groups: Sequence[Group], problems: Sequence[Problem]) -> list[_Line]:
    facts = outcome.facts
    who = ", ".join(
        filter(None, [facts.council or "council not known", facts.committee, str(facts.meeting_date or "")])
    )
    figures = sum(len(group.rows) for group in groups)
    out = [
        _Line(text=f"{outcome.document.file}, page {number}"),
        _Line(text=who, ink=_FAINT),
        _Line(text=f"{figures} figures, {len(problems)} problems on this page or of the whole paper", ink=_FAINT),
        _Line(text="green: figure whose measure is known", ink=KNOWN),
        _Line(text="amber: figure whose measure is not in the vocabulary", ink=UNKNOWN),
        _Line(text="blue: table and cells     red: problem", ink=TABLE),
        _Line(text=""),
    ]
    for group in groups:
        ink = KNOWN if group.known else UNKNOWN
        out.append(_Line(text=group.title, ink=ink, plate=str(group.number)))
        out += [_Line(text=detail, indent=_INDENT) for detail in group.details]
    return [*out, *_problem_lines(problems)]


def _problem_lines(problems: Sequence[Problem]) -> Iterator[_Line]:
    """Problems by kind, the first few of each in full."""
    kinds: dict[str, Counter[str]] = {}
    for problem in problems:
        quote = f' "{plain(problem.quote)}"' if problem.quote else ""
        kinds.setdefault(problem.code, Counter())[problem.message + quote] += 1
    for code, said in kinds.items():
        yield _Line(text=f"{said.total()} {code}", ink=PROBLEM)
        for text in list(said)[:_NAMED]:
            yield _Line(text=text, indent=_INDENT)
        if len(said) > _NAMED:
            yield _Line(text=f"and {len(said) - _NAMED} more", ink=_FAINT, indent=_INDENT)


def _beside(page: Image.Image, lines: Sequence[_Line]) -> Image.Image:
    """The page with the lines to its right, in as many columns as they need."""
    font, step = _font(_SIZE), _SIZE + 6
    measure = ImageDraw.Draw(page)
    if not isinstance(font, ImageFont.FreeTypeFont) or font.getname()[0] == "Aileron":
        lines = [replace(line, text=_drawable(line.text)) for line in lines]
    wrapped = [piece for line in lines for piece in _wrapped(line, measure, font)]
    height = max(page.height, 2 * _MARGIN + step * min(len(wrapped), _LONG_SIDE // step))
    a_column = max(1, (height - 2 * _MARGIN) // step)
    columns = max(1, math.ceil(len(wrapped) / a_column))
    sheet = Image.new("RGB", (page.width + columns * _PANEL + _MARGIN, height), (255, 255, 255))
    sheet.paste(page, (0, 0))
    draw = ImageDraw.Draw(sheet)
    draw.line((page.width, 0, page.width, height), fill=_FAINT, width=2)
    for number, line in enumerate(wrapped):
        x = page.width + _MARGIN + (number // a_column) * _PANEL
        _write(draw, line, (x, _MARGIN + (number % a_column) * step), font)
    return sheet


def _write(draw: ImageDraw.ImageDraw, line: _Line, place: tuple[int, int], font: Any) -> None:
    x, y = place
    if line.plate:
        wide = draw.textlength(line.plate, font=font) + 8
        draw.rounded_rectangle((x, y - 1, x + wide, y + _SIZE + 2), 4, fill=line.ink)
        draw.text((x + 4, y), line.plate, fill=(255, 255, 255), font=font)
        x += _INDENT
    draw.text((x + line.indent, y), line.text, fill=line.ink, font=font)


def _wrapped(line: _Line, draw: ImageDraw.ImageDraw, font: Any) -> list[_Line]:
    indent = line.indent or (_INDENT if line.plate else 0)
    room = _PANEL - _MARGIN - indent
    out: list[_Line] = []
    current = ""
    for word in line.text.split(" "):
        longer = f"{current} {word}" if current else word
        if current and draw.textlength(longer, font=font) > room:
            out.append(_continued(line, current, first=not out))
            current = word
        else:
            current = longer
    out.append(_continued(line, current, first=not out))
    return out


def _continued(line: _Line, text: str, *, first: bool) -> _Line:
    if first:
        return _Line(text=text, ink=line.ink, indent=line.indent, plate=line.plate)
    return _Line(text=text, ink=line.ink, indent=line.indent or (_INDENT if line.plate else 0))


@cache
def _font(size: int) -> Any:
    """A font of the system; else the one that comes with Pillow, which has few characters."""
    for name in _FONTS:
        with contextlib.suppress(OSError):
            return ImageFont.truetype(name, size)
    return ImageFont.load_default(size=size)


def _drawable(text: str) -> str:
    """The text in characters that Pillow's own font has."""
    plain = unicodedata.normalize("NFKD", text.translate(_SPELT_OUT))
    return "".join(char for char in plain if char.isascii())


def _box(row: Observation) -> Box | None:
    if row.x0 is None or row.top is None or row.x1 is None or row.bottom is None:
        return None
    return Box(x0=row.x0, top=row.top, x1=row.x1, bottom=row.bottom)


def _around(boxes: Sequence[Box | Word | Ruling]) -> Box | None:
    if not boxes:
        return None
    return Box(
        x0=min(box.x0 for box in boxes),
        top=min(box.top for box in boxes),
        x1=max(box.x1 for box in boxes),
        bottom=max(box.bottom for box in boxes),
    )

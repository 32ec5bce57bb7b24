"""A PDF becomes a Document: pages with words, lines, fills, shapes and pictures, as a reader sees them.

In: the bytes. Out: a Document of format `pdf`. Rotation and crop box are applied. What cannot be seen is marked, not
dropped. A page that cannot be read costs that page and becomes a problem; pages without text and pages whose figures stand
only in a picture are problems too. The bytes stay with the Document for readers that want them again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sendparse.errors import UnreadablePaper
from sendparse.model import Box, Document, Page, Problem, TextLayer, Word
from sendparse.read import pdfium
from sendparse.read.geometry import Box4, Matrix, area
from sendparse.read.mend import without_font
from sendparse.read.ocr_engine import require
from sendparse.read.opened import AGAIN, Opened
from sendparse.read.page_paint import read_painting
from sendparse.read.page_text import TextReader
from sendparse.read.page_words import RawWord, drawn_once
from sendparse.read.pictures import unread_pictures
from sendparse.read.scan import CHART, scanned
from sendparse.read.small_pictures import pictures_of
from sendparse.read.visible import WHOLE_PAGE, hidden_words

MOST_PAGES: Final = 3_000
_LARGEST_PAGE: Final = 50_000.0  # points; the format allows 14,400 without a unit of its own
_OCR_HINT = (
    "it is a picture of text. Try: --ocr, which takes pip install 'sendparse[ocr]', or run OCR over the file first"
)


def read_pdf(data: bytes, *, document_id: str, file: str, ocr: bool = False) -> Document:
    """The paper in `data`, pages that are pictures of text with OCR where that is asked for.

    Raises UnreadablePaper (`encrypted`, `damaged`), and InputError where there is no OCR engine.
    """
    if ocr:
        require()
    with Opened(data, file) as opened:
        handle, mended = opened.handle, opened.mended
        reader = _PaperReader(handle, document_id, mended=mended, ocr=ocr)
        pages = tuple(reader.pages())
        layers = [page.text_layer for page in pages]
        best: TextLayer = "none"
        for layer in ("ocr", "born_digital"):
            if layer in layers:
                best = layer
        if not pages:
            raise _without_pages(reader.problems, file)
        return Document(
            document_id=document_id,
            file=file,
            format="pdf",
            pages=pages,
            title=pdfium.metadata(handle, "Title"),
            producer=pdfium.metadata(handle, "Producer") or pdfium.metadata(handle, "Creator"),
            text_layer=best,
            problems=(*_mending(mended, len(pages), document_id), *reader.problems),
            content=data,
        )


def _without_pages(problems: list[Problem], file: str) -> UnreadablePaper:
    """Why no page can be read: what was wrong with the first of them."""
    if not problems:
        return UnreadablePaper(file, "the file is damaged: it says it has no pages", AGAIN, code="damaged")
    first = problems[0]
    cause = f"none of its pages can be read; of page {first.page}: {first.message}"
    return UnreadablePaper(file, cause, AGAIN, code=first.code)


def _mending(mended: bool, pages: int, document_id: str) -> Iterator[Problem]:
    if mended:
        message = f"the file is damaged: its end is missing. {pages} of its pages could be read; others may be lost"
        yield Problem(document_id=document_id, code="damaged", message=f"{message}. Try: download it again")


class _PaperReader:
    """Reads the pages of one open file, one after another, and collects what went wrong."""

    def __init__(self, handle: int, document_id: str, *, mended: bool, ocr: bool) -> None:
        self.handle = handle
        self.mended = mended
        self.ocr = ocr
        self.document_id = document_id
        self.problems: list[Problem] = []
        self.text = TextReader()

    def pages(self) -> Iterator[Page]:
        """Every page that can be read."""
        count = pdfium.count_pages(self.handle)
        for index in range(min(count, MOST_PAGES)):
            page = self._page(index)
            if page is not None:
                yield page
        if count > MOST_PAGES:
            self._problem(
                "too_many_pages",
                f"only the first {MOST_PAGES} of {count} pages were read; split the file",
                MOST_PAGES + 1,
            )

    def _problem(self, code: str, message: str, page: int, box: Box | None = None) -> None:
        self.problems.append(Problem(document_id=self.document_id, code=code, message=message, page=page, box=box))

    def _page(self, index: int) -> Page | None:
        number = index + 1
        page = pdfium.load_page(self.handle, index)
        if not page:
            self._problem("page_not_read", "the page is damaged and cannot be opened", number)
            return None
        try:
            return self._read(page, number)
        except (ValueError, OverflowError, MemoryError) as error:
            self._problem("page_not_read", f"the page cannot be read: {error}", number)
            return None
        finally:
            pdfium.close_page(page)

    def _read(self, page: int, number: int) -> Page:
        view, width, height, rotation = _view(page)
        painting = read_painting(page, view, (width, height))
        words, more = self.text.words(page, view)
        if painting.too_complex or more:
            what = "characters" if more else "drawn paths"
            self._problem("page_too_complex", f"the page has more {what} than are read; the rest was left out", number)
        words = [word for word in words if _on_page(word, width, height)]
        layer, hidden = hidden_words(words, painting, width * height)
        lost = without_font(words, pdfium.font_embedded) if self.mended else []
        if any(lost):
            hidden = [one or other for one, other in zip(hidden, lost, strict=True)]
            self._problem("page_not_read", "a font of the page is missing: what is written in it is not read", number)
        unread = unread_pictures(self.handle, words, painting, width * height) if layer == "born_digital" else []
        if self.ocr and (layer == "none" or any(area(box) >= WHOLE_PAGE * width * height for box in unread)):
            read, troubles = scanned(page, (width, height), number, rotation)
            for code, message, place in troubles:
                self._problem(code, message, number, place)
            if read is not None:
                return read
        elif layer == "none":
            self._problem("no_text_layer", f"the page has no text: {_OCR_HINT}", number)
        for box in unread:
            self._problem("picture_not_read", CHART, number, _box(box))
        return Page(
            number=number,
            width=width,
            height=height,
            words=tuple(_word(words[place], number, hidden[place]) for place in drawn_once(words, hidden)),
            rulings=tuple(painting.rulings),
            fills=tuple(painting.fills),
            shapes=tuple(painting.shapes),
            pictures=pictures_of(self.handle, page, painting.pictures),
            rotation=rotation,
            text_layer=layer,
        )


def _view(page: int) -> tuple[Matrix, float, float, int]:
    """The matrix from the page's space to the reader's, the reader's width and height, and the rotation in degrees."""
    left, bottom, right, top = pdfium.page_bounds(page)
    width, height = right - left, top - bottom
    if not (0 < width < _LARGEST_PAGE and 0 < height < _LARGEST_PAGE):
        raise ValueError(f"its size is {width:,.0f} by {height:,.0f} points, which no page has")
    turn = pdfium.page_rotation(page)
    if turn == 1:
        return (0, 1, 1, 0, -bottom, -left), height, width, 90
    if turn == 2:
        return (-1, 0, 0, 1, right, -bottom), width, height, 180
    if turn == 3:
        return (0, -1, -1, 0, top, right), height, width, 270
    return (1, 0, 0, -1, -left, top), width, height, 0


def _on_page(word: RawWord, width: float, height: float) -> bool:
    return 0 <= (word.x0 + word.x1) / 2 <= width and 0 <= (word.top + word.bottom) / 2 <= height


def _box(edges: Box4) -> Box:
    return Box(x0=edges[0], top=edges[1], x1=edges[2], bottom=edges[3])


def _word(word: RawWord, page: int, hidden: bool) -> Word:
    style = word.style
    return Word(
        text=word.text,
        x0=word.x0,
        top=word.top,
        x1=word.x1,
        bottom=word.bottom,
        page=page,
        size=style.size,
        bold=style.bold,
        upright=style.direction == 0,
        down=style.direction == 270,
        hidden=hidden,
        font=style.font,
        colour=style.colour,
    )

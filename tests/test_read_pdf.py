"""PDF pages as a reader sees them: small files drawn here, and the real ones where they lie beside the checkout."""

from __future__ import annotations

import io
import random
from collections import Counter
from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from sendparse.errors import UnreadablePaper
from sendparse.model import Document, Page, Word
from sendparse.read import pdfium, read_bytes, read_document
from sendparse.read.page_paint import MOST_PATHS, PaintedPicture, Painting
from sendparse.read.pdf import MOST_PAGES
from sendparse.read.pictures import unread_pictures

WIDTH, HEIGHT = 400.0, 300.0
Draw = Callable[[Canvas], None]


def drawn(*pages: Draw, encrypt: str | None = None, **metadata: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), encrypt=encrypt, invariant=1)
    canvas.setTitle(metadata.get("title", ""))
    for page in pages:
        canvas.setFont("Helvetica", 12)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def read(*pages: Draw) -> Document:
    return read_bytes(drawn(*pages), file="paper.pdf")


def page_of(draw: Draw) -> Page:
    return read(draw).pages[0]


def texts(page: Page) -> list[str]:
    return [word.text for word in page.words]


def hidden(page: Page) -> list[str]:
    return [word.text for word in page.words if word.hidden]


def word(page: Page, text: str) -> Word:
    return next(word for word in page.words if word.text == text)


def near(word: Word, x0: float, baseline: float) -> bool:
    """Whether a word begins at x0 and stands on a baseline (both from the top left)."""
    return abs(word.x0 - x0) < 1.5 and word.top < baseline - 4 and baseline - 1 < word.bottom < baseline + 5


def codes(document: Document) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.page) for problem in document.problems]


# words ------------------------------------------------------------------------------------------------------------


def test_words_have_place_size_weight_and_colour() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 200, "Plans issued")
        canvas.setFont("Helvetica-Bold", 18)
        canvas.setFillColorRGB(1, 0, 0)
        canvas.drawString(50, 100, "68.5%")

    page = page_of(draw)
    assert texts(page) == ["Plans", "issued", "68.5%"]
    assert (page.width, page.height, page.number, page.rotation) == (WIDTH, HEIGHT, 1, 0)
    assert near(word(page, "Plans"), 50, HEIGHT - 200)
    figure = word(page, "68.5%")
    assert near(figure, 50, HEIGHT - 100)
    assert figure.size == pytest.approx(18, abs=0.1)
    assert (figure.bold, figure.colour, figure.font) == (True, (1.0, 0.0, 0.0), "Helvetica-Bold")
    assert not word(page, "Plans").bold


WORDS = [
    # pieces as (x, rise, size, text), the words they make, why it is here
    ([(50, 0, 12, "2,320 of 3,007")], ["2,320", "of", "3,007"], "spaces part words"),
    ([(50, 0, 12, "45%"), (100, 0, 12, "46%")], ["45%", "46%"], "a gap parts words"),
    ([(50, 0, 12, "Tim"), (70, 0, 12, "eliness")], ["Timeliness"], "pieces that touch are one word"),
    ([(50, 0, 12, "45%"), (74.1, 5, 7, "1")], ["45%", "¹"], "a footnote's number is no digit of the figure"),
    ([(50, 0, 12, "381"), (70.1, 5, 7, "12"), (80, 0, 12, "of")], ["381", "¹²", "of"], "nor are two digits"),
    ([(50, 5, 7, "1"), (54, 0, 12, "Counted in May")], ["¹", "Counted", "in", "May"], "the note itself"),
    ([(50, 0, 12, "31"), (63.4, 5, 7, "st"), (72, 0, 12, "March")], ["31st", "March"], "an ordinal stays whole"),
    ([(50, 0, 12, "£19"), (70.1, 0, 8, "m")], ["£19m"], "a smaller letter on the line stays"),
    ([(50, 0, 12, "Total"), (50.3, 0, 12, "Total")], ["Total"], "drawn twice to look bold"),
    ([(50, 0, 18, "Plans issued"), (51, -1, 18, "Plans issued")], ["Plans", "issued"], "drawn with a shadow"),
    ([(50, 0, 12, "77"), (50, -14, 12, "78")], ["77", "78"], "lines part words"),
]


@pytest.mark.parametrize(("pieces", "expected"), [case[:2] for case in WORDS], ids=[case[2] for case in WORDS])
def test_characters_become_words(pieces: list[tuple[float, float, float, str]], expected: list[str]) -> None:
    def draw(canvas: Canvas) -> None:
        for x, rise, size, text in pieces:
            canvas.setFont("Helvetica", size)
            canvas.drawString(x, 200 + rise, text)

    assert texts(page_of(draw)) == expected


def test_each_character_drawn_twice_counts_once() -> None:
    def draw(canvas: Canvas) -> None:
        x = 50.0
        for letter in "wellness":
            canvas.drawString(x, 200, letter)
            canvas.drawString(x + 0.3, 200, letter)
            x += canvas.stringWidth(letter, "Helvetica", 12)

    assert texts(page_of(draw)) == ["wellness"]


@pytest.mark.parametrize(("apart", "expected"), [(3, ["12"]), (40, ["1", "2"])])
def test_gaps_within_one_text_object(apart: float, expected: list[str]) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(50, 200)
        text.setCharSpace(apart)
        text.textOut("12")
        canvas.drawText(text)

    assert texts(page_of(draw)) == expected


def test_text_that_runs_up_the_page_is_a_word_and_says_so() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(30, 100)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Percentage of plans")
        canvas.restoreState()
        canvas.drawString(100, 200, "level")

    page = page_of(draw)
    assert texts(page) == ["Percentage", "of", "plans", "level"]
    up = word(page, "Percentage")
    assert not up.upright
    assert word(page, "level").upright
    assert up.bottom == pytest.approx(HEIGHT - 100, abs=1)
    assert up.bottom - up.top > 40 > 20 > up.x1 - up.x0
    assert up.x0 < 30 < up.x1
    assert up.size == pytest.approx(12, abs=0.1)


# where the page is -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_rotation_is_applied(rotation: int) -> None:
    """The page is drawn so that it stands upright for a reader once it is turned."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(rotation)  # for 90 and 270 this also swaps the sides of the sheet
        turn = {0: (0, 0), 90: (HEIGHT, 0), 180: (WIDTH, HEIGHT), 270: (0, WIDTH)}[rotation]
        canvas.translate(*turn)
        canvas.rotate(rotation)
        canvas.drawString(50, 200, "Plans 68.5%")
        canvas.rect(40, 190, 200, 30)
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(300, 20, 60, 40, stroke=0, fill=1)

    page = page_of(draw)
    assert (page.width, page.height, page.rotation) == (WIDTH, HEIGHT, rotation)
    assert texts(page) == ["Plans", "68.5%"]
    first, second = page.words
    assert first.upright
    assert near(first, 50, HEIGHT - 200)
    assert second.x0 > first.x1
    assert first.size == pytest.approx(12, abs=0.1)
    (fill,) = page.fills
    assert (fill.box.x0, fill.box.x1) == pytest.approx((300, 360), abs=0.1)
    assert (fill.box.top, fill.box.bottom) == pytest.approx((HEIGHT - 60, HEIGHT - 20), abs=0.1)
    level = sorted(r.top for r in page.rulings if not r.from_rectangle and r.x1 - r.x0 > 100)
    assert level == pytest.approx([HEIGHT - 220, HEIGHT - 190], abs=0.1)


def test_what_the_crop_box_leaves_is_the_page() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setCropBox((100, 50, 300, 250))
        canvas.drawString(120, 200, "inside")
        canvas.drawString(20, 200, "outside")

    page = page_of(draw)
    assert (page.width, page.height) == (200, 200)
    assert texts(page) == ["inside"]
    assert near(page.words[0], 20, 50)


def test_forms_are_walked_into() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("stamp")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(10, 10, "inner")
        canvas.line(0, 0, 50, 0)
        canvas.endForm()
        canvas.saveState()
        canvas.translate(100, 100)
        canvas.scale(2, 2)
        canvas.doForm("stamp")
        canvas.restoreState()

    page = page_of(draw)
    assert near(page.words[0], 120, HEIGHT - 120)
    assert page.words[0].size == pytest.approx(20, abs=0.2)
    (line,) = page.rulings
    assert (line.x0, line.x1, line.top) == pytest.approx((100, 200, HEIGHT - 100), abs=0.1)


# what can be seen --------------------------------------------------------------------------------------------------


def test_hidden_text_is_marked_and_kept() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 250, "seen")
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(50, 200, "white")
        canvas.setFillColorRGB(0, 0, 0.4)
        canvas.rect(40, 140, 100, 30, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(50, 150, "banner")
        text = canvas.beginText(50, 100)
        text.setTextRenderMode(3)
        text.textOut("invisible")
        canvas.drawText(text)

    page = page_of(draw)
    assert texts(page) == ["seen", "white", "banner", "invisible"]
    assert hidden(page) == ["white", "invisible"]
    assert page.text_layer == "born_digital"


def test_text_shows_on_what_lies_beneath_it() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(50, 260, "before")  # the banner comes later
        canvas.setFillColorRGB(0, 0.5, 0)
        canvas.rect(40, 250, 100, 30, stroke=0, fill=1)
        canvas.circle(250, 200, 40, stroke=0, fill=1)
        canvas.drawImage(ImageReader(Image.new("RGB", (40, 40), (0, 0, 60))), 40, 100, 120, 60)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(235, 196, "disc")
        canvas.drawString(213, 235, "corner")  # in the disc's box, outside the disc
        canvas.drawString(60, 120, "photo")
        canvas.setFillColorRGB(0, 0.5, 0)
        canvas.drawString(60, 260, "green")

    assert hidden(page_of(draw)) == ["before", "corner", "green"]


def test_clipped_text_is_hidden_unless_part_of_its_line_shows() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(100, 190, 100, 30)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.drawString(80, 200, "KPI changed")
        canvas.drawString(110, 150, "below")
        canvas.restoreState()
        canvas.drawString(110, 100, "free")

    page = page_of(draw)
    assert texts(page) == ["KPI", "changed", "below", "free"]
    assert hidden(page) == ["below"]


def test_an_ocr_layer_is_the_text_of_its_page() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("L", (60, 45), 230)), 0, 0, WIDTH, HEIGHT)
        text = canvas.beginText(50, 100)
        text.setTextRenderMode(3)
        text.textOut("68.5 per cent")
        canvas.drawText(text)

    document = read(draw)
    assert document.text_layer == document.pages[0].text_layer == "ocr"
    assert hidden(document.pages[0]) == []
    assert document.problems == ()


def test_a_heading_above_a_scan_is_no_text_of_the_scan() -> None:
    """It is text of the page, and what the picture says is missing: not a scan whose text was read."""
    picture = Image.new("L", (600, 400), 255)
    ImageDraw.Draw(picture).rectangle((50, 50, 300, 200), fill=0)

    def draw(canvas: Canvas) -> None:
        canvas.drawString(20, HEIGHT - 15, "Appendix 3, as scanned")
        canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT - 40)

    document = read(draw)
    assert document.pages[0].text_layer == "born_digital"
    assert [problem.code for problem in document.problems] == ["picture_not_read"]


# lines, fills, shapes -----------------------------------------------------------------------------------------------


def test_lines_and_edges() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setStrokeColorRGB(0, 0, 1)
        canvas.setLineWidth(2)
        canvas.line(10, 290, 110, 290)
        canvas.line(10, 280, 110, 200)  # neither level nor upright
        canvas.setFillColorRGB(0, 0, 0)
        canvas.rect(10, 180, 100, 1, stroke=0, fill=1)  # a line drawn as a thin box
        canvas.setFillColorRGB(1, 1, 0)
        canvas.rect(10, 100, 100, 50, stroke=0, fill=1)

    page = page_of(draw)
    drawn_line = page.rulings[0]
    assert (drawn_line.x0, drawn_line.x1) == pytest.approx((10, 110))
    assert (drawn_line.top, drawn_line.bottom) == pytest.approx((10, 10))
    assert (drawn_line.width, drawn_line.colour, drawn_line.from_rectangle) == (2, (0, 0, 1), False)
    thin = page.rulings[1]
    assert (thin.top, thin.bottom, thin.width) == pytest.approx((119.5, 119.5, 1))
    assert thin.from_rectangle
    assert len(page.rulings) == 2 + 4
    (fill,) = page.fills
    assert fill.colour == (1, 1, 0)
    assert (fill.box.top, fill.box.bottom) == pytest.approx((150, 200))


def test_colours_are_as_they_look_on_paper() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 0, 0)
        canvas.setFillAlpha(0.5)
        canvas.rect(10, 100, 100, 50, stroke=0, fill=1)
        canvas.setFillAlpha(0.0)
        canvas.rect(10, 200, 100, 50, stroke=0, fill=1)

    (fill,) = page_of(draw).fills
    assert fill.colour == pytest.approx((1, 0.5, 0.5), abs=0.01)


def test_a_frame_is_no_fill() -> None:
    def draw(canvas: Canvas) -> None:
        path = canvas.beginPath()
        path.rect(50, 50, 200, 100)
        path.rect(52, 52, 196, 96)
        canvas.drawPath(path, stroke=0, fill=1, fillMode=0)
        canvas.drawString(100, 100, "within")

    page = page_of(draw)
    assert page.fills == ()
    assert hidden(page) == []
    assert len(page.rulings) == 8


def test_small_arrows_are_shapes_and_big_drawings_are_not() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0, 0.6, 0)
        arrow = canvas.beginPath()
        arrow.moveTo(100, 100)
        arrow.lineTo(110, 100)
        arrow.lineTo(105, 112)
        arrow.close()
        canvas.drawPath(arrow, stroke=1, fill=1)
        canvas.circle(200, 200, 80, stroke=1, fill=0)
        canvas.rect(20, 20, 8, 8, stroke=0, fill=1)

    page = page_of(draw)
    (shape,) = page.shapes
    assert (shape.colour, shape.filled) == ((0, 0.6, 0), True)
    assert (105, pytest.approx(HEIGHT - 112)) in shape.points
    assert shape.box.bottom == pytest.approx(HEIGHT - 100)
    assert len(page.rulings) == 4  # of the square; an arrow's edges are no rulings


def test_lines_beyond_the_clip_do_not_count() -> None:
    def draw(canvas: Canvas) -> None:
        path = canvas.beginPath()
        path.rect(50, 50, 100, 100)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.line(10, 100, 390, 100)
        canvas.line(10, 200, 390, 200)

    (line,) = page_of(draw).rulings
    assert (line.x0, line.x1) == pytest.approx((50, 150))


def test_a_page_with_too_many_paths_says_so() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 250, "text")
        for step in range(MOST_PATHS + 1):
            canvas.line(10, 10 + step % 200, 100, 10 + step % 200)

    document = read(draw)
    assert codes(document) == [("page_too_complex", 1)]
    assert len(document.pages[0].rulings) == MOST_PATHS
    assert texts(document.pages[0]) == ["text"]


# pictures -----------------------------------------------------------------------------------------------------------


def chart() -> ImageReader:
    image = Image.new("RGB", (300, 200), "white")
    pen = ImageDraw.Draw(image)
    for place in range(5):
        pen.rectangle((20 + 55 * place, 180 - 30 * place, 60 + 55 * place, 190), fill="navy")
    return ImageReader(image)


def photograph() -> ImageReader:
    dice = random.Random(1)
    image = Image.frombytes("RGB", (150, 100), bytes(dice.randrange(256) for _ in range(150 * 100 * 3)))
    return ImageReader(image)


PICTURES = [
    # picture, width, height, problems, why it is here
    (chart, 200, 120, [("picture_not_read", 1)], "a chart"),
    (chart, 60, 40, [], "too small to be more than a logo"),
    (chart, 390, 40, [], "a strip across the page"),
    (photograph, 200, 120, [], "a photograph"),
]


@pytest.mark.parametrize(("make", "wide", "high", "expected"), [p[:4] for p in PICTURES], ids=[p[4] for p in PICTURES])
def test_pictures_of_figures_become_problems(
    make: Callable[[], ImageReader], wide: float, high: float, expected: list[tuple[str, int]]
) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 280, "Plans issued in time")
        canvas.drawImage(make(), 5, 100, wide, high)

    document = read(draw)
    assert codes(document) == expected
    assert document.pages[0].pictures[0].box.top == pytest.approx(HEIGHT - 100 - high)
    for problem in document.problems:
        assert problem.box == document.pages[0].pictures[0].box


def in_jpeg_2000(picture: Image.Image) -> bytes:
    """A page that holds nothing but a picture, packed as only pictures with an opacity are here."""
    out = io.BytesIO()
    picture.convert("RGBA").save(out, "PDF")
    assert b"JPXDecode" in out.getvalue()
    return out.getvalue()


def photograph_of(wide: int, high: int) -> Image.Image:
    dice = random.Random(2)
    rough = Image.frombytes("RGB", (wide // 8, high // 8), dice.randbytes(wide // 8 * (high // 8) * 3))
    return rough.resize((wide, high), Image.Resampling.BICUBIC)


def table_of(wide: int, high: int) -> Image.Image:
    image = Image.new("RGB", (wide, high), "white")
    for top in range(10, high - 10, 13):
        ImageDraw.Draw(image).text(
            (10, top), "Plans issued within 20 weeks: 61.5% of 204 in the year" * 2, fill="black"
        )
    return image


@pytest.mark.parametrize("turned", [0, 90])
@pytest.mark.parametrize(
    ("make", "found", "unpacked"),
    [(photograph_of, 0, 0), (table_of, 1, 1)],
    ids=["a photograph is known by a small copy", "what may be a drawing is looked at whole"],
)
def test_pictures_in_jpeg_2000(
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[int, int], Image.Image],
    found: int,
    unpacked: int,
    turned: int,
) -> None:
    whole = []
    unpack = pdfium.picture_bitmap
    monkeypatch.setattr(pdfium, "picture_bitmap", lambda handle: whole.append(handle) or unpack(handle))
    data = in_jpeg_2000(make(640, 480).rotate(turned, expand=True))
    document = pdfium.load_document(data, len(data), None)
    page = pdfium.load_page(document, 0)
    handle = pdfium.get_object(page, 0)
    before = pdfium.matrix_of(pdfium.object_matrix, handle)
    painting = Painting(pictures=[PaintedPicture(1, (0.0, 0.0, 640.0, 480.0), handle)])
    assert len(unread_pictures(document, [], painting, 640.0 * 480.0)) == found
    assert len(whole) == unpacked
    assert pdfium.matrix_of(pdfium.object_matrix, handle) == before
    pdfium.close_page(page)
    pdfium.close_document(document)


def test_a_picture_behind_text_is_a_background() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(chart(), 0, 0, WIDTH, HEIGHT)
        for line in range(6):
            canvas.drawString(50, 50 + 30 * line, "figures that anyone can read")

    document = read(draw)
    assert document.problems == ()
    assert document.text_layer == "born_digital"


def test_pages_without_text_are_problems_of_their_own() -> None:
    document = read(
        lambda canvas: canvas.drawImage(chart(), 0, 0, WIDTH, HEIGHT),
        lambda canvas: canvas.drawString(50, 50, "text"),
    )
    assert codes(document) == [("no_text_layer", 1)]
    assert [page.text_layer for page in document.pages] == ["none", "born_digital"]
    assert document.text_layer == "born_digital"
    assert "OCR" in document.problems[0].message


# the file -------------------------------------------------------------------------------------------------------------


def hello(canvas: Canvas) -> None:
    canvas.drawString(50, 50, "Hello")


def test_title_producer_and_bytes_are_kept() -> None:
    data = drawn(hello, title="SEND Update – March")
    document = read_bytes(data, file="a folder/päper (1).pdf")
    assert document.title == "SEND Update – March"
    assert "ReportLab" in document.producer
    assert document.content == data
    assert document.file == "a folder/päper (1).pdf"
    assert len(document.document_id) == 64


REFUSED = [
    (drawn(hello, encrypt="secret"), "encrypted", "a password"),
    (drawn(hello)[:200], "damaged", "cut off"),
    (b"%PDF-1.7\n" + bytes(range(256)) * 4, "damaged", "garbage after the first line"),
]


@pytest.mark.parametrize(("data", "code"), [case[:2] for case in REFUSED], ids=[case[2] for case in REFUSED])
def test_files_that_cannot_be_read_say_why(data: bytes, code: str) -> None:
    with pytest.raises(UnreadablePaper) as caught:
        read_bytes(data, file="papers/a.pdf")
    assert caught.value.code == code
    assert caught.value.where == "papers/a.pdf"
    assert caught.value.hint


def test_a_file_without_its_end_is_read_where_it_can_be() -> None:
    data = drawn(hello)
    cut = data[: data.rindex(b"xref\n")]
    assert texts(read_bytes(cut, file="a.pdf").pages[0]) == ["Hello"]


def broken_second_page() -> bytes:
    """Two pages of which the second is not in the file."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 3/Kids[3 0 R 9 0 R 3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length 31>>stream\nBT /F 12 Tf 20 20 Td(Hi)Tj ET  \nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"".join(b"%d 0 obj%s endobj\n" % (place, part) for place, part in enumerate(parts, start=1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 6>>\n"


def test_a_damaged_page_costs_that_page_only() -> None:
    document = read_bytes(broken_second_page(), file="a.pdf")
    assert codes(document) == [("page_not_read", 2)]
    assert [page.number for page in document.pages] == [1, 3]
    assert texts(document.pages[1]) == ["Hi"]


def test_a_file_of_far_too_many_pages_is_cut_and_says_so() -> None:
    document = read(*[hello] * (MOST_PAGES + 1))
    assert len(document.pages) == MOST_PAGES
    assert codes(document) == [("too_many_pages", MOST_PAGES + 1)]


# real papers ----------------------------------------------------------------------------------------------------------


def test_the_lines_of_a_scorecard_give_its_grid(shared) -> None:  # type: ignore[no-untyped-def]
    pdfplumber = pytest.importorskip("pdfplumber")
    path = shared / "papers" / "bcp-send-improvement-update-2025-03-11.pdf"
    ours = read_document(path).pages[13]
    with pdfplumber.open(path) as opened:
        page = opened.pages[13]
        (table,) = page.find_tables()
        by_lines = {
            "vertical_strategy": "explicit",
            "horizontal_strategy": "explicit",
            "explicit_vertical_lines": [r.x0 for r in ours.rulings if r.x1 - r.x0 < r.bottom - r.top],
            "explicit_horizontal_lines": [r.top for r in ours.rulings if r.x1 - r.x0 > r.bottom - r.top],
        }
        (again,) = page.find_tables(by_lines)
    assert len(again.cells) == len(table.cells) == 800


def test_words_agree_with_another_reader(shared) -> None:  # type: ignore[no-untyped-def]
    pdfplumber = pytest.importorskip("pdfplumber")
    path = (
        shared / "real" / "kent-finance-monitoring-q3-2024-25-appendix.pdf"
    )  # a page with characters that stand for nothing
    with pdfplumber.open(path) as opened:
        theirs = opened.pages[8].extract_words(x_tolerance=2, y_tolerance=2, use_text_flow=True)
    ours = read_document(path).pages[8]
    missing = Counter(word["text"] for word in theirs) - Counter(texts(ours))
    assert sum(missing.values()) <= 0.01 * len(theirs)


def test_white_helper_text_is_hidden(shared) -> None:  # type: ignore[no-untyped-def]
    page = read_document(shared / "real" / "west-sussex-children-in-need-statistical-neighbours.pdf").pages[0]
    assert "CIN_11" in hidden(page)
    assert not {"West", "Sussex", "England", "Neighbours"} & set(hidden(page))


def test_arrows_drawn_as_curves_are_shapes(shared) -> None:  # type: ignore[no-untyped-def]
    page = read_document(shared / "real" / "kent-quarterly-performance-report-q3-2024-25-pages-1-16.pdf").pages[2]
    assert len(page.shapes) >= 3
    assert all(5 < s.box.x1 - s.box.x0 < 20 and 5 < s.box.bottom - s.box.top < 20 for s in page.shapes)

"""What a scanned page is made of besides its letters: lines, fills, marks, charts; and looks that do not agree.

Pages are drawn here. Those that need the engine (and the OpenCV that comes with it) skip without the extra `ocr`.
"""

from __future__ import annotations

import io
from itertools import pairwise

import pytest

from sendparse.model import Ruling, Word
from sendparse.pipeline import Options, parse_document
from sendparse.read import read_bytes
from sendparse.read.ocr import _is_legible
from sendparse.read.ocr_charts import charts_of, is_within
from sendparse.read.ocr_words import ILLEGIBLE, Piece, confirmed, row_of, tidy, words_of
from tests.test_ocr import ink, letters, needs_engine

DPI = 200
POINT = DPI / 72


# Pure: words, marks, second looks, charts


def test_digits_on_which_two_looks_do_not_agree_are_not_sure() -> None:
    first = letters("1,204 plans", *range(11))
    assert [letter.score for letter in confirmed(first, letters("1,204 plans", *range(11)))] == [0.95] * 11
    doubted = confirmed(first, letters("1,264plans", *range(10)))
    assert [letter.text for letter in doubted if not letter.score] == ["2", "0", "4"]


def test_a_digit_that_only_the_second_look_shows_makes_its_neighbours_doubtful() -> None:
    doubted = confirmed(letters("41%", 0, 1, 2), letters("417%", 0, 1, 2, 3))
    assert [letter.score for letter in doubted] == [0.95, 0.0, 0.95]


def test_letters_may_differ_where_no_digit_does() -> None:
    sure = confirmed(letters("Iow 12", *range(6)), letters("low12", *range(5)))
    assert all(letter.score for letter in sure)


def test_nothing_and_the_letter_o_are_one_sign_for_both_looks() -> None:
    assert all(letter.score for letter in confirmed(letters("O00", 0, 1, 2), letters("000", 0, 1, 2)))


@pytest.mark.parametrize(
    ("read", "text"),
    [
        ("OOO", "000"),
        ("£OO0", "£000"),
        ("85,oo0", "85,000"),
        ("c0-ordinator", "co-ordinator"),
        ("·", "•"),
        ("FOOD", "FOOD"),
    ],
)
def test_round_signs_are_told_by_their_neighbours(read: str, text: str) -> None:
    assert tidy(read) == text


@pytest.mark.parametrize(
    ("text", "legible"),
    [
        ("£14,7m", False),
        (".296", False),
        (".24%", False),
        ("14.7m", True),
        ("1,204", True),
        ("1,204,000", True),
        ("2024,", True),
        ("0.5%", True),
        ("No.5", True),
    ],
)
def test_a_figure_as_nobody_prints_it_is_not_legible(text: str, legible: bool) -> None:
    assert _is_legible(Piece(text=text, score=0.99, x0=0, x1=1)) is legible


def block(out: object, left: int, right: int, top: int, bottom: int) -> None:
    out[top:bottom, left:right] = True  # type: ignore[index]


def test_a_filled_mark_beside_a_figure_is_no_letter() -> None:
    line = ink((10, 20), (24, 34))
    block(line, 50, 62, 8, 20)
    row = row_of(line, letters("48", 15, 29))  # type: ignore[arg-type]
    assert ([word.text for word in row.words], row.marks) == (["48"], ((50, 62),))
    row = row_of(line, letters("48A", 15, 29, 56))  # type: ignore[arg-type]
    assert ([word.text for word in row.words], row.marks) == (["48"], ((50, 62),)), "read as a letter like an arrow"


def test_a_flat_stroke_alone_is_a_dash_whatever_it_was_read_as() -> None:
    import numpy as np

    line = np.zeros((30, 60), dtype=bool)
    block(line, 20, 34, 14, 18)
    for read in ("", "·", "一"):
        assert [word.text for word in words_of(line, letters(read, *[27] * len(read)))] == ["-"]
    assert [word.text for word in words_of(line, letters("A2", 23, 31))] != ["-"]


def test_figures_stay_whole_where_their_print_has_room() -> None:
    """Gaps of a third of the size stand beside a 1 or a comma, and within no other figure."""
    import numpy as np

    line = np.zeros((30, 200), dtype=bool)
    for left, right in ((10, 22), (32, 36), (46, 58), (80, 92)):
        block(line, left, right, 2, 28)
    found = words_of(line, letters("2135", 16, 34, 52, 86))
    assert [word.text for word in found] == ["213", "5"]


def test_figures_hardly_a_space_apart_may_be_one_and_are_not_sure() -> None:
    import numpy as np

    line = np.zeros((30, 200), dtype=bool)
    for left, right in ((10, 22), (28, 40), (56, 68)):
        block(line, left, right, 2, 28)
    assert [word.score for word in words_of(line, letters("117", 16, 34, 62))] == [0.0, 0.0]
    wide = np.zeros((30, 200), dtype=bool)
    for left, right in ((10, 22), (28, 40), (90, 102)):
        block(wide, left, right, 2, 28)
    assert [word.score for word in words_of(wide, letters("117", 16, 34, 96))] == [0.95, 0.95]


def tick(text: str, top: float, x0: float = 70.0) -> Word:
    return Word(text=text, x0=x0, top=top, x1=x0 + 6 * len(text), bottom=top + 9, page=1)


GRID = [Ruling(x0=95, top=100 + 20 * n + 4, x1=400, bottom=100 + 20 * n + 4) for n in range(5)]


def test_the_axis_of_a_chart_is_told_by_its_steps_rounded_as_they_are() -> None:
    axis = [tick(text, 100 + 20 * n) for n, text in enumerate(("69", "52", "34", "17", "0"))]
    names = [tick("Jun-24", 190, 120), tick("Sep-24", 190, 180)]
    prose = tick("41%", 230)
    [box] = charts_of([*axis, *names, prose], GRID)
    assert all(is_within((word.x0 + word.x1) / 2, word.top + 4, [box]) for word in (*axis, *names))
    assert not is_within(prose.x0, prose.top, [box])


def test_a_column_of_a_table_is_no_axis() -> None:
    axis = [tick(text, 100 + 20 * n) for n, text in enumerate(("69", "52", "34", "17", "0"))]
    beside = [tick(str(7 * n + 3), 100 + 20 * n, 200) for n in range(5)]
    assert charts_of([*axis, *beside], GRID) == []
    uneven = [tick(text, 100 + 20 * n) for n, text in enumerate(("69", "44", "34", "17", "0"))]
    assert charts_of(uneven, GRID) == []
    assert charts_of([tick(text, 100 + 20 * n) for n, text in enumerate(("69", "52", "34", "17", "0"))], []) == []


def test_boxes_of_one_line_that_reach_into_each_other_are_parted() -> None:
    from sendparse.read.ocr_strip import _side_by_side

    number, text, below = (141, 490, 182, 524), (167, 485, 1448, 531), (134, 540, 900, 575)
    assert set(_side_by_side([text, number, below])) == {number, (182, 485, 1448, 531), below}


# With the engine: drawn pages

HEADS = ("Measure", "2023/24", "Jan-25", "Feb-25", "Target")
ROWS = (
    ("% of EHC plans issued within 20 weeks", "48.6%", "51.1%", "53.9%", "60%"),
    ("EHC plans maintained at month end", "2,874", "3,011", "3,096", "-"),
    ("Requests for EHC needs assessment", "612", "48", "117", "-"),
    ("Annual reviews overdue at month end", "796", "756", "711", "400"),
)
FIGURES = {48.6, 51.1, 53.9, 60, 2874, 3011, 3096, 612, 48, 117, 796, 756, 711, 400}
WIDTHS = (210, 60, 60, 60, 60)


def page_of_table(size: float = 7.5, *, arrows: bool = False) -> object:
    """A ruled table with a dark head and a shaded row, in small print, as a picture of a page."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (round(595 * POINT), round(400 * POINT)), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size * POINT)
    draw.text((40 * POINT, 30 * POINT), "Dunmere Council: SEND scorecard", "black", ImageFont.load_default(14 * POINT))
    edges = [40.0]
    for wide in WIDTHS:
        edges.append(edges[-1] + wide)
    for number, cells in enumerate((HEADS, *ROWS)):
        top = 60 + 14 * number
        for (left, right), text in zip(pairwise(edges), cells, strict=True):
            ground = "#1f3a5f" if number == 0 else "#dfe7ef" if number == 2 else "white"
            draw.rectangle([left * POINT, top * POINT, right * POINT, (top + 14) * POINT], ground, "#7f8c9a", 2)
            at = (left + 3) if left == 40 else right - 18 - font.getlength(text) / POINT
            draw.text((at * POINT, (top + 2.5) * POINT), text, "white" if number == 0 else "black", font)
            if arrows and number and left > 100 and text[0].isdigit() and text != "400":
                x, y, half = (right - 11) * POINT, (top + 7) * POINT, 2.4 * POINT
                draw.polygon([(x - half, y + half), (x + half, y + half), (x, y - half)], "#0a7a2f")
    return image


def as_pdf(image: object, quality: int = 85) -> bytes:
    out = io.BytesIO()
    image.save(out, "PDF", resolution=DPI, quality=quality)  # type: ignore[attr-defined]
    return out.getvalue()


@pytest.mark.ocr
@needs_engine
def test_a_dense_ruled_table_keeps_its_headings(packs) -> None:  # type: ignore[no-untyped-def]
    outcome = parse_document(read_bytes(as_pdf(page_of_table()), file="a.pdf", ocr=True), packs, Options(ocr=True))
    rows = {(row.kpi, row.value, str(row.period_end)) for row in outcome.observations}
    assert {row.value for row in outcome.observations} <= FIGURES, "nothing invented"
    assert len({row.value for row in outcome.observations}) >= len(FIGURES) - 1
    assert ("ehcp_total_count", 3096.0, "2025-02-28") in rows
    assert ("annual_reviews_overdue_count", 756.0, "2025-01-31") in rows
    [table] = outcome.tables
    assert [cell.text for cell in table.cells if cell.row == 0] == list(HEADS)


@pytest.mark.ocr
@needs_engine
def test_arrows_of_a_scan_are_marks_and_no_part_of_the_figures(packs) -> None:  # type: ignore[no-untyped-def]
    data = as_pdf(page_of_table(arrows=True))
    outcome = parse_document(read_bytes(data, file="a.pdf", ocr=True), packs, Options(ocr=True))
    assert {row.value for row in outcome.observations} <= FIGURES
    trends = [row.trend for row in outcome.observations if row.trend]
    assert set(trends) == {"up"}, "some get lost in so small a print, none is misread"
    assert len(trends) >= 6


def spoilt(image: object, how: str) -> object:
    import numpy as np
    from PIL import Image

    assert isinstance(image, Image.Image)
    if how == "fax":
        return image.convert("1").convert("RGB")
    if how == "slanted":
        return image.rotate(1.6, fillcolor="white", resample=Image.Resampling.BICUBIC)
    if how == "coarse":
        small = image.resize((image.width * 3 // 4, image.height * 3 // 4), Image.Resampling.BICUBIC)
        return small.resize(image.size, Image.Resampling.BICUBIC)
    dots = np.asarray(image).astype(float) + np.random.default_rng(4).normal(0, 22, (image.height, image.width, 1))
    return Image.fromarray(dots.clip(0, 255).astype("uint8"))


@pytest.mark.ocr
@needs_engine
@pytest.mark.parametrize("how", ["fax", "slanted", "coarse", "noisy"])
def test_of_a_bad_scan_figures_get_lost_but_none_is_made_up(packs, how: str) -> None:  # type: ignore[no-untyped-def]
    data = as_pdf(spoilt(page_of_table(9.0), how), quality=40)
    outcome = parse_document(read_bytes(data, file="a.pdf", ocr=True), packs, Options(ocr=True))
    assert {row.value for row in outcome.observations} <= FIGURES
    lost = FIGURES - {row.value for row in outcome.observations}
    assert not lost or any(problem.code == "ocr_illegible" for problem in outcome.problems)


@pytest.mark.ocr
@needs_engine
def test_lines_and_fills_are_found_and_strokes_of_letters_are_not() -> None:
    import numpy as np

    from sendparse.read.ocr_ground import fills_of, lines_of

    image = np.asarray(page_of_table())[:, :, ::-1].copy()
    lines = [[edge / POINT for edge in line] for line in lines_of(image, POINT)]
    for y in (60 + 14 * n for n in range(2, 6)):
        assert any(abs(line[1] - y) < 2 and line[2] - line[0] > 400 for line in lines), y
    assert all(line[3] > 58 for line in lines), "none in the title"
    colours = {fill.colour for fill in fills_of(image, POINT)}
    assert (0x5F, 0x3A, 0x1F) in colours
    assert (0xEF, 0xE7, 0xDF) in colours


@pytest.mark.ocr
@needs_engine
def test_what_has_no_letters_gives_none() -> None:
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (1200, 900), "white")
    draw = ImageDraw.Draw(image)
    for n in range(12):
        draw.ellipse([80 * n, 40 * n, 80 * n + 300, 40 * n + 200], outline="#446688", width=5)
    document = read_bytes(as_pdf(image), file="a.pdf", ocr=True)
    assert not [word for page in document.pages for word in page.words if word.text not in {"-", ILLEGIBLE}]

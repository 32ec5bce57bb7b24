"""Small pictures: which way an arrow points, and what is a dot, from their ink; and from a printed page."""

from __future__ import annotations

import io

import pytest

from sendparse.read import read_bytes
from sendparse.tables import find_tables
from sendparse.tables.inks import direction_of_ink, is_dot

BLOCK = [(12, 2), (22, 13), (16, 13), (16, 22), (8, 22), (8, 13), (2, 13)]
TRIANGLE = [(12, 3), (22, 20), (2, 20)]
CHEVRON = [(12, 5), (22, 19), (18, 19), (12, 10), (6, 19), (2, 19)]
SLIM = [(12, 1), (21, 8), (14, 8), (14, 23), (10, 23), (10, 8), (3, 8)]
DOUBLE = [(1, 12), (8, 4), (8, 9), (16, 9), (16, 4), (23, 12), (16, 20), (16, 15), (8, 15), (8, 20)]
CROSS = [(2, 4), (4, 2), (12, 10), (20, 2), (22, 4), (14, 12), (22, 20), (20, 22), (12, 14), (4, 22), (2, 20), (10, 12)]
TICK = [(2, 13), (4, 11), (9, 17), (20, 3), (22, 5), (9, 21)]
DASH = [(3, 10), (21, 10), (21, 13), (3, 13)]


def drawn(points: list[tuple[int, int]], turned: int = 0, size: int = 24):
    from PIL import Image, ImageDraw

    picture = Image.new("L", (4 * size, 4 * size), 255)
    ImageDraw.Draw(picture).polygon([(4 * x, 4 * y) for x, y in points], fill=0)
    return picture.rotate(turned, fillcolor=255).resize((size, size))


def ink(picture) -> list[str]:
    return [
        "".join("#" if picture.getpixel((x, y)) < 128 else "." for x in range(picture.width))
        for y in range(picture.height)
    ]


@pytest.mark.parametrize("shape", [BLOCK, TRIANGLE, CHEVRON, SLIM])
@pytest.mark.parametrize(("turned", "points"), [(0, "up"), (90, "flat"), (180, "down"), (270, "flat")])
def test_a_straight_arrow(shape: list[tuple[int, int]], turned: int, points: str) -> None:
    assert direction_of_ink(ink(drawn(shape, turned))) == points


@pytest.mark.parametrize(("turned", "points"), [(45, "up"), (-45, "up"), (135, "down"), (-135, "down")])
def test_an_arrow_that_slants(turned: int, points: str) -> None:
    assert direction_of_ink(ink(drawn(BLOCK, turned))) == points


@pytest.mark.parametrize("shape", [DOUBLE, CROSS, TICK, DASH])
def test_no_arrow_is_guessed(shape: list[tuple[int, int]]) -> None:
    assert direction_of_ink(ink(drawn(shape))) == ""
    assert not is_dot(ink(drawn(shape)))


def test_a_disc_and_a_square_are_dots() -> None:
    disc = ["".join("#" if (x - 8) ** 2 + (y - 8) ** 2 < 50 else "." for x in range(17)) for y in range(17)]
    square = ["." * 12, *(["..########.."] * 8), "." * 12]
    ring = ["".join("#" if 30 < (x - 8) ** 2 + (y - 8) ** 2 < 60 else "." for x in range(17)) for y in range(17)]
    assert is_dot(disc) and is_dot(square)
    assert direction_of_ink(disc) == direction_of_ink(square) == ""
    assert not is_dot(ring)


def test_nothing_and_a_speck_are_nothing() -> None:
    assert direction_of_ink([]) == "" and not is_dot([])
    assert direction_of_ink(["....", ".#..", "...."]) == ""


def page_with_pictures() -> bytes:
    """A table whose last columns hold pasted pictures: arrows with a see-through ground, and coloured dots."""
    from PIL import Image, ImageDraw
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for x, text in ((60, "Measure"), (250, "2023/24"), (320, "2024/25"), (390, "Trend"), (450, "RAG")):
        canvas.drawString(x, 780, text)
    rows = [("Plans issued", 402, 455, 0, (220, 30, 30)), ("Plans ceased", 236, 211, 180, (0, 150, 70))]
    rows += [("Plans maintained", 3144, 3144, 270, (255, 190, 0)), ("Requests", 741, 688, 180, (0, 150, 70))]
    for number, (label, old, new, turned, colour) in enumerate(rows):
        y = 755 - 22 * number
        for x, text in ((60, label), (250, str(old)), (320, str(new))):
            canvas.drawString(x, y, text)
        arrow = Image.new("RGBA", (96, 96), (0, 0, 0, 0))
        ImageDraw.Draw(arrow).polygon([(4 * x, 4 * y) for x, y in BLOCK], fill=(40, 80, 150, 255))
        canvas.drawImage(ImageReader(arrow.rotate(turned)), 398, y - 2, 13, 13, mask="auto")
        dot = Image.new("RGB", (40, 40), (255, 255, 255))
        ImageDraw.Draw(dot).ellipse([2, 2, 37, 37], fill=colour)
        canvas.drawImage(ImageReader(dot), 458, y - 2, 12, 12)
    canvas.save()
    return out.getvalue()


def test_pasted_arrows_and_dots_are_read_from_the_page() -> None:
    (table,), _ = find_tables(read_bytes(page_with_pictures(), file="made.pdf"))
    marks = {(c.row, m.kind): (m.value, m.read_from) for c in table.cells for m in c.marks}
    trends = [marks[row, "trend"] for row in range(1, 5)]
    ratings = [marks[row, "rag"] for row in range(1, 5)]
    assert trends == [("up", "picture"), ("down", "picture"), ("flat", "picture"), ("down", "picture")]
    assert ratings == [("red", "picture"), ("green", "picture"), ("amber", "picture"), ("green", "picture")]

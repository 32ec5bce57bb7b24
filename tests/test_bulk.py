"""Many calls of pdfium in one: what is compiled gives the same as what stands there in Python."""

from __future__ import annotations

import ctypes
import io
import random
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from compiling import compiled_from
from reportlab.pdfgen.canvas import Canvas

from sendparse.read import bulk, pdfium
from sendparse.read.bulk import Plain
from sendparse.read.geometry import Matrix

SOURCE = Path(bulk.__file__).with_name("_bulk.c")
VIEWS = {
    "upright": (1.0, 0.0, 0.0, -1.0, -3.5, 845.25),
    "turned by 90 degrees": (0.0, 1.0, 1.0, 0.0, -2.25, -7.5),
    "turned by 180 degrees": (-1.0, 0.0, 0.0, 1.0, 600.125, -1.0),
    "aslant": (0.7, 0.1, -0.3, -1.1, 12.7, 830.1),
}


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """The calls in C, compiled for this test as the wheel's are."""
    return compiled_from(SOURCE, tmp_path_factory.mktemp("bulk"))


@pytest.fixture(scope="module")
def quick(compiled: ModuleType) -> ModuleType:
    compiled.bind({name: ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value for name in compiled.NAMES})
    return compiled


def pages(corpus: Path) -> Iterator[tuple[str, int, int]]:
    """Every page of the corpus, with its text, while it is open."""
    for path in sorted(corpus.rglob("*.pdf")):
        data = path.read_bytes()
        document = pdfium.load_document(data, len(data), None)
        for number in range(pdfium.count_pages(document)):
            page = pdfium.load_page(document, number)
            text = pdfium.load_text(page)
            yield f"{path.name}, page {number + 1}", page, text
            pdfium.close_text(text)
            pdfium.close_page(page)
        pdfium.close_document(document)


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_characters_are_the_same(corpus: Path, quick: ModuleType, view: Matrix) -> None:
    compared = alike = 0
    for where, _, text in pages(corpus):
        places = range(0, pdfium.count_characters(text), 7)
        assert quick.boxes_at(text, places, view) == Plain.boxes_at(text, places, view), where
        assert quick.origins_at(text, places, view) == Plain.origins_at(text, places, view), where
        content = Plain.content_of(text, pdfium.count_characters(text))
        assert quick.content_of(text, pdfium.count_characters(text)) == content, where
        stretches, looks = Plain.stretches_of(text, content, view)
        assert quick.stretches_of(text, content, view) == (stretches, looks), where
        compared += len(stretches)
        alike += len(stretches) - len(looks)
    assert compared > 1000
    assert alike > 900


SPACES = (
    "a\u00a0b\u2003c\u200bd\u3000e\u1680f\x85g\x1ch\u2028i\u205fj \u202fk \nl  m n\U0001f600o\u200cp\u180eq\u2060r\t"
)


def test_characters_that_part_words_are_the_same(corpus: Path, quick: ModuleType) -> None:
    _, _, text = next(page for page in pages(corpus) if pdfium.count_characters(page[2]) > len(SPACES))
    stretches, looks = Plain.stretches_of(text, SPACES, VIEWS["upright"])
    assert quick.stretches_of(text, SPACES, VIEWS["upright"]) == (stretches, looks)
    assert {SPACES[start - 1] for start, *_ in stretches if start} > {"\u00a0", "\u200b", "\u3000", "\n", " "}
    assert len({before for _, _, _, before, *_ in stretches}) == 3


def test_more_looks_than_are_looked_through(quick: ModuleType) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 300), invariant=1)
    for place, number in enumerate([*range(40), *range(40), 39, 38]):
        canvas.setFont("Helvetica", 5 + number / 10)
        canvas.drawString(20 + place, 20 + 3 * place, "word")
    canvas.save()
    data = out.getvalue()
    document = pdfium.load_document(data, len(data), None)
    page = pdfium.load_page(document, 0)
    text = pdfium.load_text(page)
    content = pdfium.text_of(text, pdfium.count_characters(text))
    stretches, looks = Plain.stretches_of(text, content, VIEWS["upright"])
    assert quick.stretches_of(text, content, VIEWS["upright"]) == (stretches, looks)
    assert len(stretches) > len(looks) > 40
    pdfium.close_text(text)
    pdfium.close_page(page)
    pdfium.close_document(document)


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_drawings_are_the_same(corpus: Path, quick: ModuleType, view: Matrix) -> None:
    compared = clips = rectangles = 0
    for where, page, _ in pages(corpus):
        things = Plain.things_on(page, False)
        assert quick.things_on(page, False) == things, where
        for handle, kind, clip, paths in things:
            if kind == pdfium.FORM:
                assert quick.things_on(handle, True) == Plain.things_on(handle, True), where
            if kind == pdfium.PATH:
                paint = Plain.paint_of(handle)
                assert quick.paint_of(handle) == paint, where
                count = pdfium.count_segments(handle)
                assert quick.outlines_at(handle, count, view) == Plain.outlines_at(handle, count, view), where
                rectangle = Plain.rectangle_of(handle, count, view)
                assert quick.rectangle_of(handle, count, view) == rectangle, where
                compared += paint is not None
                rectangles += rectangle is not None
            for path in range(paths):
                count = pdfium.count_clip_segments(clip, path)
                one = Plain.clip_outline_of(clip, path, count, view)
                assert quick.clip_outline_of(clip, path, count, view) == one, where
                clips += 1
    assert compared > 500
    assert clips > 20
    assert (rectangles > 100) == (view != VIEWS["aslant"])


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_outlines_of_curves_and_of_many_parts_are_the_same(quick: ModuleType, view: Matrix) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 300), invariant=1)
    for closes in (False, True):
        path = canvas.beginPath()
        path.circle(200, 100, 33.3)
        path.moveTo(5, 5)
        path.moveTo(10, 10)
        path.lineTo(50, 10.3)
        path.curveTo(60, 10, 70, 33, 80.1, 20)
        path.lineTo(10, 90)
        if closes:
            path.close()
        path.rect(7, 7, 200, 100)
        path.moveTo(1, 1)
        canvas.drawPath(path, fill=int(closes))
    canvas.save()
    data = out.getvalue()
    document = pdfium.load_document(data, len(data), None)
    page = pdfium.load_page(document, 0)
    found = []
    for handle, _, _, _ in Plain.things_on(page, False):
        count = pdfium.count_segments(handle)
        found.append(Plain.outlines_at(handle, count, view))
        assert quick.outlines_at(handle, count, view) == found[-1]
    assert [[(len(points), curved, closed) for points, curved, closed, _ in outlines] for outlines in found] == [
        [(9, True, False), (5, True, False), (5, False, True)],
        [(9, True, False), (6, True, True), (5, False, True)],
    ]
    pdfium.close_page(page)
    pdfium.close_document(document)


@pytest.mark.parametrize("parts", [1, 3, 4])
def test_the_commonest_colour_is_the_same(quick: ModuleType, parts: int) -> None:
    wide, high, chance = 61, 50, random.Random(parts)
    stride = wide * parts + 2 if parts == 3 else wide * parts
    dots = bytes(chance.choice((0, 15, 16, 200, 255)) for _ in range(high * stride))
    buffer = ctypes.create_string_buffer(dots)
    size = (wide, high, stride)
    found = Plain.commonest_dot(ctypes.addressof(buffer), size, 48)
    assert quick.commonest_dot(ctypes.addressof(buffer), size, 48) == found
    assert 0 < found < 48 * 48


def test_what_cannot_be_is_an_error_and_no_crash(compiled: ModuleType, quick: ModuleType) -> None:
    with pytest.raises(KeyError):
        compiled.bind({})
    for wrong in ((0, "a", VIEWS["upright"]), (1,), ("a", "a", VIEWS["upright"]), (1, b"a", VIEWS["upright"])):
        with pytest.raises((TypeError, ValueError)):
            quick.stretches_of(*wrong)
    with pytest.raises(TypeError):
        quick.boxes_at(1, [], (1.0, 0.0))
    with pytest.raises(ValueError):
        quick.clip_outline_of(1, 0, -1, VIEWS["upright"])
    with pytest.raises(ValueError):
        quick.commonest_dot(1, (0, 1, 1), 48)


def test_every_call_stands_there_twice(quick: ModuleType) -> None:
    plain = {name for name in vars(Plain) if not name.startswith("_")}
    assert plain == {name for name in vars(quick) if not name.startswith("_")} - {"bind", "NAMES"}

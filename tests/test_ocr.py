"""Pages that are pictures of text, read with OCR. Without the extra `ocr` these tests skip, save those of what is pure."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from sendparse.batch.store import store_key
from sendparse.errors import InputError
from sendparse.model import Box, Document, Observation, Page, Turn, Word
from sendparse.pipeline import Options, parse_document
from sendparse.read import ocr_engine, read_bytes
from sendparse.read.ocr_engine import Letter
from sendparse.read.ocr_words import ILLEGIBLE, tidy, words_of
from sendparse.read.seen import FLAG, as_seen, observations_as_seen

DPI = 200
VALUES = {
    164.0,
    181.0,
    203.0,
    71.0,
    66.0,
    62.0,
    312.0,
    287.0,
    0.0,
    1215.0,
    1298.0,
    1407.0,
    9.0,
    14.0,
    17.0,
    58.0,
    63.0,
    8.4,
}


def engine() -> bool:
    try:
        ocr_engine.require()
    except InputError:
        return False
    return True


needs_engine = pytest.mark.skipif(not engine(), reason="the extra `ocr` is not installed: pip install 'sendparse[ocr]'")


# What is pure: turning, words from gaps, signs


@pytest.mark.parametrize("quarter", range(4))
def test_a_box_goes_back_to_where_it_was_on_the_page(quarter: int) -> None:
    """A word at the top left of the page made upright, on a sheet of 200 by 100 points."""
    turn = Turn(quarter=quarter, slant=0.0, width=200, height=100)
    box = as_seen(Box(x0=10, top=5, x1=40, bottom=15), turn)
    expected = [(10, 5, 40, 15), (185, 10, 195, 40), (160, 85, 190, 95), (5, 60, 15, 90)][quarter]
    assert (box.x0, box.top, box.x1, box.bottom) == expected


def test_a_slant_is_put_back_about_the_middle() -> None:
    turn = Turn(quarter=0, slant=2.0, width=600, height=800)
    right = as_seen(Box(x0=590, top=395, x1=600, bottom=405), turn)
    left = as_seen(Box(x0=0, top=395, x1=10, bottom=405), turn)
    assert right.top > 400 > left.top + 10, "lines fall to the right"


def ink(*spans: tuple[int, int], foot: tuple[int, int] | None = None) -> object:
    import numpy as np

    out = np.zeros((30, 300), dtype=bool)
    for begin, end in spans:
        out[2:28, begin] = True
        out[14, begin:end] = True
    if foot is not None:
        out[26:28, foot[0] : foot[1]] = True
    return out


def letters(text: str, *places: float, score: float = 0.95) -> list[Letter]:
    return [Letter(char, score, x) for char, x in zip(text, places, strict=True)]


def test_words_are_parted_where_the_ink_has_a_gap() -> None:
    line = ink((10, 20), (22, 32), (44, 54), (56, 66))
    found = words_of(line, letters("ofit", 15, 27, 49, 61))  # type: ignore[arg-type]
    assert [(word.text, word.x0, word.x1) for word in found] == [("of", 10, 32), ("it", 44, 66)]


def test_a_one_has_room_around_it_and_is_no_word_of_its_own() -> None:
    line = ink((10, 20), (29, 32), (41, 51))
    assert [word.text for word in words_of(line, letters("712", 15, 30, 46))] == ["712"]  # type: ignore[arg-type]


def test_a_figure_is_as_sure_as_the_least_sure_of_its_characters() -> None:
    line = ink((10, 20), (22, 32))
    sure = [Letter("4", 0.99, 15), Letter("7", 0.4, 27)]
    [word] = words_of(line, sure)  # type: ignore[arg-type]
    assert (word.text, word.score) == ("47", 0.4)


def test_a_sign_with_a_foot_before_digits_is_a_pound() -> None:
    line = ink((10, 20), (23, 33), (36, 46), foot=(10, 20))
    assert [word.text for word in words_of(line, letters("19", 28, 41))] == ["£19"]  # type: ignore[arg-type]
    without = ink((10, 20), (23, 33), (36, 46))
    [word] = words_of(without, letters("19", 28, 41))  # type: ignore[arg-type]
    assert word.text == ILLEGIBLE, "a sign that was not read may be a digit"


SIGNS = [
    ("f19.4m", "£19.4m", "the engine has no pound sign"),
    ("(f0.3m", "(£0.3m", "after a bracket"),
    ("ff5", "ff5", "within letters an f stays"),
    ("over", "over", "plain"),
    ("0ver", "over", "a round letter"),
    ("2019/20", "2019/20", "digits stay"),
    ("５５％", "55%", "signs as wide as Chinese ones"),
    ("45%²", "45%²", "a footnote stays raised"),
]


@pytest.mark.parametrize(("read", "text"), [case[:2] for case in SIGNS], ids=[case[2] for case in SIGNS])
def test_signs_are_as_english_papers_print_them(read: str, text: str) -> None:
    assert tidy(read) == text


def test_another_script_is_illegible() -> None:
    [word] = words_of(ink((10, 20)), letters("乙", 15))  # type: ignore[arg-type]
    assert word.text == ILLEGIBLE


def test_figures_of_a_picture_say_so_and_are_less_sure() -> None:
    word = Word(text="27%", x0=10, top=10, x1=30, bottom=20, page=1, score=0.8)
    turn = Turn(quarter=2, slant=0.0, width=200, height=100)
    page = Page(number=1, width=200, height=100, words=(word,), text_layer="ocr", turn=turn)
    paper = Document(document_id="d", file="f", format="pdf", pages=(page,))
    figure = Observation(observation_id="o", page=1, x0=10, top=10, x1=30, bottom=20, flags="period_inferred")
    [seen] = observations_as_seen([figure], paper)
    assert seen.flags == f"period_inferred;{FLAG}"
    assert seen.confidence == pytest.approx(0.72)
    assert (seen.x0, seen.top, seen.x1, seen.bottom) == (170, 80, 190, 90)


def test_without_the_engine_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_engine, "_PACKAGE", "no-such-engine")
    with pytest.raises(InputError, match=r"pip install 'sendparse\[ocr\]'"):
        ocr_engine.require()


def test_parts_read_with_ocr_are_others(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, with_ocr = store_key("p", Options()), store_key("p", Options(ocr=True))
    monkeypatch.setattr("sendparse.batch.store.versions", lambda: "another engine")
    assert len({plain, with_ocr, store_key("p", Options(ocr=True))}) == 3
    assert store_key("p", Options()) == plain


# With the engine


def scan_of(data: bytes, *, turn: float = 0, noise: float = 0, dpi: int = DPI) -> bytes:
    """The first page of a PDF as a PDF that is one picture, turned anticlockwise."""
    import numpy as np
    import pypdfium2
    from PIL import Image

    image = pypdfium2.PdfDocument(data)[0].render(scale=dpi / 72).to_pil().convert("RGB")
    if turn:
        image = image.rotate(turn, expand=turn % 90 == 0, fillcolor="white", resample=Image.Resampling.BICUBIC)
    if noise:
        dots = np.asarray(image) + np.random.default_rng(1).normal(0, noise, (image.height, image.width, 1))
        image = Image.fromarray(dots.clip(0, 255).astype("uint8"))
    out = io.BytesIO()
    image.save(out, "PDF", resolution=dpi, quality=80)
    return out.getvalue()


@pytest.fixture(scope="module")
def scan(corpus: Path) -> bytes:
    [path] = corpus.glob("07-*/*.pdf")
    return path.read_bytes()


@pytest.mark.ocr
@needs_engine
@pytest.mark.parametrize(("turn", "noise"), [(0, 0), (90, 0), (180, 0), (270, 12), (1.5, 12)])
def test_a_scan_gives_its_figures_however_it_lies(packs, scan: bytes, turn: float, noise: float) -> None:  # type: ignore[no-untyped-def]
    data = scan_of(scan, turn=turn, noise=noise) if turn or noise else scan
    document = read_bytes(data, file="scan.pdf", ocr=True)
    assert (document.text_layer, document.pages[0].text_layer) == ("ocr", "ocr")
    outcome = parse_document(document, packs, Options(ocr=True, strict=True))
    values = [row.value for row in outcome.observations]
    assert len(VALUES & set(values)) >= 0.9 * len(VALUES)
    assert set(values) <= VALUES | {80.0}, "nothing invented"
    assert all(FLAG in row.flags.split(";") and row.confidence <= 0.9 for row in outcome.observations)
    upright = turn in (0, 180, 1.5)
    for row in outcome.observations:
        assert row.x1 is not None
        assert row.bottom is not None
        assert row.x1 <= (600 if upright else 850)
        assert row.bottom <= (850 if upright else 600)


@pytest.mark.ocr
@needs_engine
def test_boxes_hold_the_ink_of_their_figures(packs, scan: bytes) -> None:  # type: ignore[no-untyped-def]
    """On a page that lies on its side, the box of a figure in prose is taller than wide and has ink in it."""
    import numpy as np
    import pypdfium2

    data = scan_of(scan, turn=90)
    image = np.asarray(pypdfium2.PdfDocument(data)[0].render(scale=1).to_pil().convert("L"))
    outcome = parse_document(read_bytes(data, file="a.pdf", ocr=True), packs, Options(ocr=True))
    prose = [row for row in outcome.observations if row.source == "narrative"]
    assert prose
    for row in prose:
        assert row.x0 is not None and row.x1 is not None and row.top is not None and row.bottom is not None
        cut = image[int(row.top) : int(row.bottom) + 1, int(row.x0) : int(row.x1) + 1]
        assert cut.min() < 150
        assert row.bottom - row.top > row.x1 - row.x0


@pytest.mark.ocr
@needs_engine
def test_nothing_comes_of_an_illegible_page(packs, scan: bytes) -> None:  # type: ignore[no-untyped-def]
    for data in (scan_of(scan, dpi=28), scan_of(scan, noise=260, dpi=60)):
        outcome = parse_document(read_bytes(data, file="a.pdf", ocr=True), packs, Options(ocr=True))
        assert {row.value for row in outcome.observations} <= VALUES | {80.0}
        assert {problem.code for problem in outcome.problems} & {"ocr_illegible", "no_text_layer"}


@pytest.mark.ocr
@needs_engine
def test_born_digital_pages_are_read_as_without(corpus: Path) -> None:
    [path] = corpus.glob("05-*/*.pdf")
    assert read_bytes(path.read_bytes(), file="a", ocr=True) == read_bytes(path.read_bytes(), file="a")


@pytest.mark.ocr
@needs_engine
def test_a_blank_page_is_no_failure() -> None:
    out = io.BytesIO()
    from PIL import Image

    Image.new("RGB", (1654, 2339), "white").save(out, "PDF", resolution=DPI)
    document = read_bytes(out.getvalue(), file="a.pdf", ocr=True)
    assert [(problem.code, "blank" in problem.message) for problem in document.problems] == [("no_text_layer", True)]


@pytest.mark.ocr
@needs_engine
def test_parse_and_tables_take_the_option(tmp_path: Path, scan: bytes) -> None:
    (tmp_path / "scan.pdf").write_bytes(scan)
    for command, says in (("parse", "1407"), ("tables", "1,407")):
        done = subprocess.run(
            [sys.executable, "-m", "sendparse", command, "scan.pdf", "--ocr"],
            cwd=tmp_path,
            env={"PYTHONPATH": str(Path(__file__).resolve().parent.parent), "PATH": ""},
            capture_output=True,
            text=True,
            timeout=1800,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert says in done.stdout

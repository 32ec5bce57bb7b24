"""Pictures of pages, marked texts, reasons."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image, ImageChops
from sample_outcomes import observation, outcome

from sendparse.cli import main
from sendparse.errors import InputError
from sendparse.explain import draw_page, mark_text
from sendparse.explain.label import described, grouped, period
from sendparse.explain.page import KNOWN, PROBLEM, TABLE, UNKNOWN
from sendparse.model import Box, Problem


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """An empty page of 400 by 300 points."""
    import io

    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    document.new_page(400, 300)
    sink = io.BytesIO()
    document.save(sink)
    return sink.getvalue()


def colours(image: Image.Image) -> set[tuple[int, int, int]]:
    return {colour for _, colour in image.getcolors(1 << 24) or []}  # type: ignore[misc]


def test_tables_figures_and_problems_are_drawn_each_in_its_colour(pdf: bytes) -> None:
    found = outcome(
        observations=(observation(1), observation(2, kpi="", table_id="", x0=200.0, x1=230.0, top=80.0, bottom=90.0)),
        problems=(
            Problem(document_id="d", code="odd", message="Odd", page=1, box=Box(x0=300, top=100, x1=330, bottom=120)),
        ),
    )
    image = draw_page(pdf, found, 1)
    assert {KNOWN, UNKNOWN, TABLE, PROBLEM} <= colours(image)


def test_a_box_stands_where_the_figure_is(pdf: bytes) -> None:
    with_box = draw_page(pdf, outcome(tables=(), observations=(observation(1, table_id=""),), problems=()), 1)
    without = draw_page(pdf, outcome(tables=(), observations=(observation(1, table_id="", x0=None),), problems=()), 1)
    left, top, right, bottom = ImageChops.difference(with_box, without).getbbox() or (0, 0, 0, 0)
    assert right - left == pytest.approx((130 - 100) * 1900 / 400, abs=40)
    assert bottom - top == pytest.approx((60 - 50) * 1900 / 400, abs=25)


def test_small_print_is_drawn_larger(pdf: bytes) -> None:
    plain = outcome(problems=(), tables=())
    page = plain.document.pages[0]
    small = replace(page, words=(replace(page.words[0], size=3.0),))
    tiny = replace(plain, document=replace(plain.document, pages=(small,)))
    scale = [draw_page(pdf, paper, 1).height for paper in (plain, tiny)]
    assert scale[1] >= scale[0]


def test_a_page_that_is_not_there(pdf: bytes) -> None:
    with pytest.raises(InputError, match="the paper has 1"):
        draw_page(pdf, outcome(), 2)


def test_figures_of_one_row_share_a_number() -> None:
    row = [observation(n, row=1, column=n) for n in range(6)]
    groups = grouped([*row, observation(9, row=2), observation(10, table_id="")])
    assert [(group.number, len(group.rows)) for group in groups] == [(1, 6), (2, 1), (3, 1)]
    assert groups[0].details[0] == "6 actual, 2024-01-01 to 2024-01-31; count"


SAYINGS = [
    ({}, "4,453 = 4453 count; 2024-01-01 to 2024-01-31; actual"),
    ({"value": None, "rag": "red"}, "no figure; 2024-01-01 to 2024-01-31; actual; red"),
    ({"qualifier": "at_least", "role": "target"}, "4,453 = at least 4453 count; 2024-01-01 to 2024-01-31; target"),
    (
        {"value_high": 5000.0, "value_text": "4,453-5,000"},
        "4,453-5,000 = 4453 to 5000 count; 2024-01-01 to 2024-01-31; actual",
    ),
    ({"area_type": "england", "role": "context"}, "4,453 = 4453 count; 2024-01-01 to 2024-01-31; context (england)"),
    ({"value_text": "4,453 ▲", "trend": "up"}, "4,453 = 4453 count; 2024-01-01 to 2024-01-31; actual; up"),
]


@pytest.mark.parametrize(("changes", "says"), SAYINGS)
def test_a_figure_in_words(changes: dict[str, object], says: str) -> None:
    assert described(observation(1, **changes)) == says


def test_open_periods_in_words() -> None:
    assert period(observation(1, period_end=None)) == "since 2024-01-01"
    assert period(observation(1, period_start=None, period_end=None)) == '"Jan 24"'
    assert period(observation(1, period_start=None, period_end=None, period_label="")) == "no period"


def test_marked_text_is_all_of_the_text_and_nothing_of_it_runs() -> None:
    text = "<script>alert(1)</script> There were 4,453 plans & more."
    start = text.index("4,453")
    found = outcome(observations=(observation(1, char_start=start, char_end=start + 5, table_id="", evidence="<b>"),))
    page = mark_text(replace(found, document=replace(found.document, text=text, format="txt")))
    assert "<script" not in page
    assert "<b>" not in page
    shown = re.search(r"<pre>(.*)</pre>", page, re.DOTALL)
    assert shown is not None
    plain = re.sub(r"<sup>\d+</sup>|<[^>]+>", "", shown[1])
    assert plain == text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert page.count("<mark") == 1


# The command


def run(*arguments: object):  # type: ignore[no-untyped-def]
    return CliRunner().invoke(main, ["explain", *map(str, arguments)])


def test_a_page_of_the_corpus_becomes_a_picture(corpus: Path, tmp_path: Path) -> None:
    paper = next(corpus.glob("01-*/*.pdf"))
    result = run(paper, "--page", 1, "--out", tmp_path / "page.png")
    assert result.exit_code == 0, result.output
    image = Image.open(tmp_path / "page.png")
    assert image.width > 1500
    assert {KNOWN, TABLE} <= colours(image.convert("RGB"))


def test_a_paper_without_pages_becomes_a_marked_text(tmp_path: Path) -> None:
    paper = tmp_path / "p.txt"
    paper.write_text("In June 2024, 61.5% of EHC plans were issued within 20 weeks.\n", encoding="utf-8")
    assert run(paper, "--out", tmp_path / "p.html").exit_code == 0
    assert "<mark" in (tmp_path / "p.html").read_text(encoding="utf-8")
    refused = run(paper, "--out", tmp_path / "p.png")
    assert refused.exit_code == 2
    assert ".html" in refused.stderr


def test_the_reasons_of_a_figure(tmp_path: Path) -> None:
    paper = tmp_path / "p.txt"
    paper.write_text("In June 2024, 61.5% of EHC plans were issued within 20 weeks.\n", encoding="utf-8")
    result = run(paper, "--figure", "61.5 %")
    assert result.exit_code == 0, result.output
    assert "evidence" in result.stdout
    assert "chosen" in result.stdout
    assert "how its measure was chosen" in result.stdout
    missing = run(paper, "--figure", "99%")
    assert missing.exit_code == 2
    assert "no figure" in missing.stderr
    passed_over = run(paper, "--figure", "2024")
    assert passed_over.exit_code == 2
    assert "date or year" in passed_over.stderr

"""Words of a scanned line, whole and apart. No engine is needed: the pieces are what it would give."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sendparse.model import Document, Observation, Page, Word
from sendparse.read.ocr_spelling import in_full
from sendparse.read.ocr_words import Piece, tidy
from sendparse.read.seen import UNREAD, without_scale

HEIGHT, NARROW, WIDE = 20.0, 5.0, 14.0


def pieces(text: str) -> list[Piece]:
    """A space is a narrow gap, two are the gap between columns."""
    out, at = [], 0.0
    for column in text.split("  "):
        for word in column.split(" "):
            out.append(Piece(word, 0.9, at, at + 8 * len(word)))
            at = out[-1].x1 + NARROW
        at += WIDE - NARROW
    return out


@pytest.mark.parametrize(
    ("read", "whole"),
    [
        ("Mai n st r ea m schools", "Mainstream schools"),
        ("Edu cat i o n other wise than at school", "Education otherwise than at school"),
        ("Special schools and ac ademies", "Special schools and academies"),
        ("Actualto 31Dec2024", "Actual to 31 Dec 2024"),
        ("Dec2024", "Dec 2024"),
        ("Westbury Park", "Westbury Park"),  # no word of the papers: as the ink has it
        ("plans to be issued", "plans to be issued"),  # words that are all known stay apart
        ("72. 7%", "72.7%"),
        ("67 .3%", "67.3%"),
        ("3, 038", "3,038"),
        ("2, 35 of them", "2, 35 of them"),  # no thousands
        ("72.  7%", "72. 7%"),  # two columns
        ("000", "£000"),
        ("12 000", "12 000"),
        ("mai  n", "mai n"),
    ],
)
def test_words_of_a_line(read: str, whole: str) -> None:
    assert " ".join(piece.text for piece in in_full(pieces(read), HEIGHT)) == whole


def test_a_word_put_together_covers_its_ink_and_is_no_surer_than_its_figures() -> None:
    torn = pieces("3, 038")
    torn[1] = replace(torn[1], score=0.4)
    (figure,) = in_full(torn, HEIGHT)
    assert (figure.x0, figure.x1, figure.score) == (torn[0].x0, torn[1].x1, 0.4)


@pytest.mark.parametrize(
    ("read", "text"),
    [("f12.5m", "£12.5m"), ("fm", "£m"), ("F1", "F1"), ("F2", "F2"), ("F1,200", "£1,200"), ("F12m", "£12m")],
)
def test_the_name_of_a_row_is_no_money(read: str, text: str) -> None:
    assert tidy(read) == text


@pytest.mark.parametrize(
    ("text", "value", "unit", "source", "layer", "stays"),
    [
        ("11.6", 11.6, "gbp", "table", "ocr", False),
        ("(0.4)", -0.4, "gbp", "table", "ocr", False),
        ("£11.6", 11.6, "gbp", "table", "ocr", True),
        ("11.6m", 11_600_000, "gbp", "table", "ocr", True),
        ("11.6", 11_600_000, "gbp", "table", "ocr", True),
        ("11.6", 11.6, "percent", "table", "ocr", True),
        ("11.6", 11.6, "gbp", "table", "born_digital", True),
        ("11.6", 11.6, "gbp", "narrative", "ocr", True),
    ],
)
def test_money_whose_scale_was_not_read_is_left_out_and_named(
    text: str, value: float, unit: str, source: str, layer: str, stays: bool
) -> None:
    page = Page(number=1, width=600, height=800, text_layer=layer)
    document = Document(document_id="d", file="scan.pdf", format="pdf", pages=(page,))
    one = Observation(
        observation_id="o",
        document_id="d",
        file="scan.pdf",
        page=1,
        value=value,
        value_text=text,
        unit=unit,
        source=source,
    )
    kept, lost = without_scale([one], document)
    assert kept == ([one] if stays else [])
    assert [(problem.code, problem.quote, problem.page) for problem in lost] == (
        [] if stays else [("ocr_illegible", text, 1)]
    )


def table_row(value: float, text: str, unit: str, table: str = "t", top: float = 130.0) -> Observation:
    return Observation(
        observation_id=text,
        value=value,
        value_text=text,
        unit=unit,
        page=1,
        table_id=table,
        x0=90,
        top=top,
        x1=110,
        bottom=top + 9,
    )


@pytest.mark.parametrize(
    ("beside", "kept"),
    [((), ["41%", "£1.2m"]), (("Outturn",), ["11,240", "41%", "£1.2m", "87"])],
    ids=["alone over the table", "in a line with other words"],
)
def test_under_a_scale_that_was_not_read_no_figure_is_given_without_its_own(
    beside: tuple[str, ...], kept: list[str]
) -> None:
    head = Word(text=UNREAD, x0=300, top=90, x1=330, bottom=99, page=1, score=0.0)
    words = (head, *(replace(head, text=text, x0=100, x1=160) for text in beside))
    paper = Document(
        document_id="d",
        file="f",
        format="pdf",
        pages=(Page(number=1, width=400, height=600, words=words, text_layer="ocr"),),
    )
    rows = [
        table_row(11240, "11,240", "count"),
        table_row(41, "41%", "percent"),
        table_row(1_200_000, "£1.2m", "gbp"),
        table_row(87, "87", "count"),
    ]
    given, lost = without_scale(rows, paper)
    assert [row.value_text for row in given] == kept
    assert len(given) + len(lost) == 4
    far = [table_row(87, "87", "count", "u", 300.0)]
    assert without_scale(far, paper)[0] == far


def test_sums_torn_at_their_sign_or_scale_are_whole() -> None:
    line = [Piece("f", 0.9, 0, 6), Piece("1.1", 0.9, 13, 30), Piece("m", 0.9, 38, 50), Piece("more", 0.9, 64, 90)]
    assert [piece.text for piece in in_full(line, 20.0)] == ["£1.1m", "more"]
    apart = [Piece("f", 0.9, 0, 6), Piece("1.1", 0.9, 30, 47)]
    assert [piece.text for piece in in_full(apart, 20.0)] == ["f", "1.1"]


def test_figures_of_several_cells_that_run_together_are_left_out() -> None:
    paper = Document(
        document_id="d", file="f", format="pdf", pages=(Page(number=1, width=400, height=600, text_layer="ocr"),)
    )
    rows = [table_row(171_104, "171 104", "count"), table_row(171, "171", "count")]
    given, lost = without_scale(rows, paper)
    assert [row.value_text for row in given] == ["171"]
    assert ["run together" in problem.message for problem in lost] == [True]

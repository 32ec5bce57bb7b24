"""Long sentences are read in pieces, and nothing takes time out of proportion to its length."""

from __future__ import annotations

import sys

import pytest
from growing import GROWING

from sendparse.model import Block, Document
from sendparse.pipeline import Options, parse_document
from sendparse.read import read_bytes
from sendparse.text import cut_short, sentences
from sendparse.text.bounds import LONGEST_RUN, LONGEST_SENTENCE, in_pieces, is_run

PAPER = Document(document_id="d", file="f", format="txt")


def paragraph(text: str) -> Block:
    return Block(kind="paragraph", text=text, start=0)


def test_a_long_sentence_falls_into_pieces_that_hold_all_of_it() -> None:
    text = "Numbers rose: " + ", ".join(f"the school of number {n} had 1,{n:03} plans" for n in range(500)) + "."
    pieces = [sentence.text for sentence in sentences([paragraph(text)])]
    assert max(map(len, pieces)) <= LONGEST_SENTENCE
    assert " ".join(pieces) == text
    assert all(piece.endswith((",", ".")) for piece in pieces), "cut between clauses"
    [problem] = cut_short([paragraph(text)], PAPER)
    assert (problem.code, problem.quote[:13]) == ("sentence_too_long", "Numbers rose:")


def test_a_figure_is_never_cut() -> None:
    text = " ".join(f"{n},{n % 1000:03},{n % 1000:03}" for n in range(1, 900))
    words = {word for start, end in in_pieces(text, [(0, len(text))]) for word in text[start:end].split()}
    assert words == set(text.split())


def test_a_run_without_a_space_is_left_out_and_named() -> None:
    block = paragraph(f"There were 12 plans. The key is {'7' * 20_000} and 14 appeals.")
    read = [sentence.text for sentence in sentences([block])]
    assert read == ["There were 12 plans.", "The key is", "and 14 appeals."]
    [problem] = cut_short([block], PAPER)
    assert (problem.code, "20,000" in problem.message) == ("not_text", True)


@pytest.mark.parametrize(("letters", "codes"), [(LONGEST_RUN, []), (LONGEST_RUN + 1, ["not_text"])])
def test_a_run_is_named_in_a_short_block_too(letters: int, codes: list[str]) -> None:
    assert [problem.code for problem in cut_short([paragraph(f"Its key is {'7' * letters}")], PAPER)] == codes


def test_a_ruled_line_is_no_loss() -> None:
    assert cut_short([paragraph("Signed " + "_" * 1000)], PAPER) == []


def test_ordinary_text_is_as_it_was() -> None:
    text = "x" * LONGEST_RUN + " y"
    assert in_pieces(text, [(0, len(text))]) == [(0, len(text))]
    assert not is_run("x" * LONGEST_RUN)
    assert cut_short([paragraph(text)], PAPER) == []


@pytest.mark.parametrize("text", GROWING.values(), ids=GROWING)
def test_work_grows_with_the_text_and_not_with_its_square(packs, text) -> None:  # type: ignore[no-untyped-def]
    """Counted in calls, which no other load on the machine alters; benchmarks/growth.py has the seconds."""
    once, twice = calls(packs, text(60)), calls(packs, text(120))
    assert twice < 3 * once, (once, twice)


def calls(packs, text: str) -> int:  # type: ignore[no-untyped-def]
    """Functions called, ours and the libraries', while a text is read and checked."""
    count = 0

    def one(_frame: object, event: str, _value: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    document = read_bytes(text.encode(), file="case.txt")
    before = sys.getprofile()
    sys.setprofile(one)
    try:
        parse_document(document, packs, Options(strict=True))
    finally:
        sys.setprofile(before)
    return count

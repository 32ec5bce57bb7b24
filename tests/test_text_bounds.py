"""Long sentences are read in pieces, and nothing takes time out of proportion to its length."""

from __future__ import annotations

import time

import pytest

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


def test_a_ruled_line_is_no_loss() -> None:
    assert cut_short([paragraph("Signed " + "_" * 1000)], PAPER) == []


def test_ordinary_text_is_as_it_was() -> None:
    text = "x" * LONGEST_RUN + " y"
    assert in_pieces(text, [(0, len(text))]) == [(0, len(text))]
    assert not is_run("x" * LONGEST_RUN)
    assert cut_short([paragraph(text)], PAPER) == []


GROWING = {
    "clauses": lambda n: (
        "In 2024, " + ", and ".join(f"the plans of area {i % 9 + 1} rose to {1000 + i}" for i in range(n))
    ),
    "figures": lambda n: "EHC plans were " + ", ".join(f"{i}%" for i in range(4 * n)),
    "brackets": lambda n: "EHC plans " + " ".join(f"(up {i}%)" for i in range(2 * n)),
    "open brackets": lambda n: "EHC plans rose " + "(" * n + "5%" + ")" * n,
    "periods": lambda n: "EHC plans were " + ", ".join(f"{i} in March {2000 + i % 25}" for i in range(2 * n)),
    "bare numbers": lambda n: "EHC plans " + " ".join(map(str, range(10, 6 * n))),
    "list items": lambda n: "Plans by school in 2024:\n" + "\n".join(f"- School {i}: {i + 10}" for i in range(n)),
    "questions": lambda n: "\n".join(f"{i}. How many EHC plans were issued in {2010 + i % 9}?\n{i}" for i in range(n)),
    "digits": lambda n: "EHC plans: " + "7" * (50 * n),
    "thousands": lambda n: "EHC plans: " + "7,777," * (8 * n),
    "dots": lambda n: "EHC plans: " + "7." * (25 * n),
    "letters": lambda n: "EHC plans " + "a1b2" * (12 * n) + " 55%",
    "same words": lambda n: "There were 5 " + "EHC plans issued within 20 weeks of requests for assessment and " * n,
    "of which": lambda n: "Of 500 plans, " + ", of which ".join(f"{i} were new" for i in range(n)),
    "parts": lambda n: "Plans: " + "; ".join(f"{i}% SEMH" for i in range(2 * n)),
    "abbreviations": lambda n: "Plans e.g. " * (4 * n) + "5%",
    "from to": lambda n: "Plans rose " + " ".join(f"from {i} to {i + 1}" for i in range(n)),
    "councils": lambda n: "Plans in " + ", ".join(f"{('Kent', 'Devon', 'Leeds')[i % 3]} {i}%" for i in range(2 * n)),
    "one line": lambda n: " ".join(f"In 2024 there were {i} EHC plans." for i in range(n)),
    "lines": lambda n: "\n\n".join(f"In 2024 there were {i} EHC plans." for i in range(n)),
}


@pytest.mark.parametrize("text", GROWING.values(), ids=GROWING)
def test_time_grows_with_the_text_and_not_with_its_square(packs, text) -> None:  # type: ignore[no-untyped-def]
    """In one sentence 500 clauses (20 KB) took half a minute, 20,000 digits 16 s."""
    assert _seconds(packs, text(300)) < 8


def _seconds(packs, text: str) -> float:  # type: ignore[no-untyped-def]
    began = time.process_time()
    parse_document(read_bytes(text.encode(), file="case.txt"), packs, Options(strict=True))
    return time.process_time() - began

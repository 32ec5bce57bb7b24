"""Fuzzing of the text grammar with hypothesis, and that the fuzzing of whole papers (fuzz.py) does what it says."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random

import fuzz
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import DID, FIGURES, JOINS, ODD, SPOILERS, WHEN, WHO

from sendparse.model import Block, Sentence
from sendparse.pipeline import Options, parse_document
from sendparse.read import read_bytes
from sendparse.tag.cell import read_cell
from sendparse.tag.kpi import matcher_of
from sendparse.tag.period import read_period, read_periods
from sendparse.tag.prose import scans
from sendparse.tag.value import scan
from sendparse.text import sentences

MANY = settings(max_examples=150, deadline=None, derandomize=True, database=None)
FEW = settings(max_examples=60, deadline=None, derandomize=True, database=None)
FRAGMENTS = st.sampled_from([*WHO, *DID, *FIGURES, *WHEN, *JOINS, *ODD])
SPEECH = st.lists(FRAGMENTS, max_size=30).map("".join)
REPEATED = st.tuples(st.lists(FRAGMENTS, min_size=1, max_size=4).map("".join), st.integers(2, 60)).map(
    lambda p: p[0] * p[1]
)
TEXT = st.one_of(st.text(max_size=120), SPEECH, REPEATED)


@MANY
@given(TEXT)
def test_a_figure_is_where_it_says(text: str) -> None:
    for value in scan(text).values:
        assert text[value.start : value.end] == value.text


@MANY
@given(TEXT)
def test_a_period_is_where_it_says_and_ends_after_it_begins(text: str) -> None:
    for period in read_periods(text):
        assert 0 <= period.text_start <= period.text_end <= len(text)
        assert not (period.start and period.end) or period.start <= period.end


@MANY
@given(TEXT)
def test_any_cell_and_any_label_can_be_asked(packs, text: str) -> None:  # type: ignore[no-untyped-def]
    read_cell(text)
    read_period(text)
    matcher = matcher_of(packs)
    matcher.match_label(text)
    assert all(0 <= match.start <= match.end <= len(text) for match in matcher.mentions(text))


@MANY
@given(st.lists(TEXT, max_size=4))
def test_sentences_stand_in_their_blocks(texts: list[str]) -> None:
    blocks = [Block(kind="paragraph", text=text, start=0) for text in texts]
    found: list[Sentence] = sentences(blocks)
    scans(found)
    for sentence in found:
        assert sentence.text in blocks[sentence.block].text


@FEW
@given(st.lists(TEXT, min_size=1, max_size=6).map("\n".join))
def test_any_text_goes_all_the_way(packs, text: str) -> None:  # type: ignore[no-untyped-def]
    data = f"Report of the council\n\n{text}\n".encode("utf-8", "backslashreplace")
    try:
        document = read_bytes(data, file="a.txt")
    except fuzz.UnreadablePaper:
        return
    outcome = parse_document(document, packs, Options(strict=True))
    for row in outcome.observations:
        if row.char_start is not None:
            assert document.text[row.char_start : row.char_end] == row.value_text


# Whole papers: `python tests/fuzz.py --cases 400` is what continuous integration runs.


def test_a_case_is_the_same_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = [fuzz.Seed("a", kind, b"%PDF-1.4 1 0 obj <</A 12>> endobj <p>12</p>") for kind in ("pdf", "html", "txt")]
    sound.append(fuzz.Seed("b", "docx", next(Path(fuzz.ROOT, "corpus").rglob("*.docx")).read_bytes()))
    cases = [fuzz.case(number, 3, sound) for number in range(20)]
    assert len(set(cases)) > 15
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(1_000_000_000))  # another day
    assert [fuzz.case(number, 3, sound) for number in range(20)] == cases


@pytest.mark.parametrize("kind", SPOILERS)
def test_papers_are_spoilt(kind: str, corpus: Path) -> None:
    data = min(corpus.rglob(f"*.{kind}"), key=lambda path: path.stat().st_size).read_bytes()
    assert sum(SPOILERS[kind](Random(number), data) != data for number in range(10)) >= 8


FOUND = [
    # what reading does            how it is told
    ("raise KeyError('x')", "KeyError"),
    ("os.kill(os.getpid(), 11)", "SIGSEGV"),
    ("while True: pass", "too slow"),
    ("raise UnreadablePaper('a', '')", "refused without a reason"),
]


@pytest.mark.parametrize(("deed", "state"), FOUND)
def test_a_finding_is_found(monkeypatch: pytest.MonkeyPatch, deed: str, state: str) -> None:
    def broken(data: bytes, *, file: str) -> None:
        import os

        exec(deed, {"os": os, "UnreadablePaper": fuzz.UnreadablePaper})

    monkeypatch.setattr("sendparse.read.read_bytes", broken)
    monkeypatch.setattr(fuzz, "CPU_SECONDS", 1)
    verdict = fuzz.apart(b"x")
    assert verdict.bad
    assert verdict.state == state

"""How long a sentence may be: what is longer is read in pieces, so that no text takes time out of proportion to its length.

In: a text and the stretches of its sentences. Out: stretches no longer than a reader could follow, and problems that name
what was cut. A piece ends between clauses where there is one near, else between words, never within a figure. A run of
hundreds of characters without a space is no text (a picture in letters, a key): it becomes a piece of its own that nothing
is read from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sendparse.model import Block, Document, Problem
from sendparse.text.split import spans

LONGEST_SENTENCE = 2_000
LONGEST_RUN = 400  # characters without a space
_RUN = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")
_BETWEEN = re.compile(r"[;\n]\s|,\s(?!\d{3}\b)")  # clauses
_SPACE = re.compile(r"\s+")
_SAYS = re.compile(r"[A-Za-z0-9]")
_QUOTED = 120

Span = tuple[int, int]


def is_run(text: str) -> bool:
    """Whether a piece is a run without a space that is too long to be text."""
    return len(text) > LONGEST_RUN and _SPACE.search(text) is None


def in_pieces(text: str, cut: Sequence[Span]) -> list[Span]:
    """The same stretches, those that are too long in pieces."""
    if len(text) <= LONGEST_RUN:
        return list(cut)
    return [piece for start, end in cut for piece in _pieces(text, start, end)]


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    if end - start <= LONGEST_RUN:
        yield start, end
        return
    for run in _RUN.finditer(text, start, end):
        yield from _short(text, start, run.start())
        yield run.span()
        start = run.end()
    yield from _short(text, start, end)


def _short(text: str, start: int, end: int) -> Iterator[Span]:
    """Pieces of a stretch that holds no long run."""
    while end - start > LONGEST_SENTENCE:
        latest = start + LONGEST_SENTENCE
        earliest = latest - LONGEST_SENTENCE // 4
        places = [match.start() + 1 for match in _BETWEEN.finditer(text, earliest, latest)]
        places = places or [match.start() for match in _SPACE.finditer(text, latest - LONGEST_RUN - 2, latest)]
        yield from _trimmed(text, start, places[-1] if places else latest)
        start = places[-1] if places else latest
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    if right := len(piece.strip()):
        yield start + left, start + left + right


def cut_short(blocks: Iterable[Block], document: Document) -> list[Problem]:
    """A problem for each sentence that was read in pieces, and for each run of letters that was left out."""
    return [
        Problem(document_id=document.document_id, code=code, message=message, page=block.page, quote=quote)
        for block in blocks
        if _may_be_cut(block.text)
        for code, message, quote in _said(block)
    ]


def _may_be_cut(text: str) -> bool:
    """Whether a block is long enough for a piece that is too long: hardly any is."""
    return len(text) > LONGEST_RUN and (
        len(text) > LONGEST_SENTENCE or max(map(len, text.split()), default=0) > LONGEST_RUN
    )


def _said(block: Block) -> Iterator[tuple[str, str, str]]:
    if len(block.text) <= LONGEST_SENTENCE and _RUN.search(block.text) is None:
        return
    whole = [(0, len(block.text))] if block.kind in ("heading", "table_row") else spans(block.text)
    for start, end in whole:
        runs = list(_RUN.finditer(block.text, start, end))
        for run in runs:
            if _SAYS.search(run[0]):
                length = f"{run.end() - run.start():,} characters without a space"
                yield "not_text", f"{length} are no text and were left out", run[0][:_QUOTED]
        left = end - start - sum(run.end() - run.start() for run in runs)
        if left > LONGEST_SENTENCE:
            message = (
                f"a sentence of {left:,} characters was read in pieces; what one piece says of another may be missed"
            )
            yield "sentence_too_long", message, " ".join(block.text[start : start + _QUOTED].split())

"""Figures that stand in a line before what they count, as on web pages with key numbers: "41%" over "of annual reviews on time".

In: blocks in reading order. Out: the same, with a figure and its line below put together into one block. In most lists the
label comes first, so figures go to the line below only where the whole run of lines says so: nothing above is open for its
first figure, each line below is a label and no figure is left over at the end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sendparse.model import Block

_FIGURE = re.compile(
    r"\s*[~<>]?\s?£?\s?\d[\d,]*(?:\.\d+)?\s?(?:%|per\s?cent|weeks?|days?|months?|FTE|million|billion|bn|[mk])?\s*", re.I
)
_YEAR = re.compile(r"\s*(?:19|20)\d\d\s*")
_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]+")
_DATE = re.compile(
    r"(?i)(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|spring|summer|autumn|winter|term|quarter|year|q[1-4]"
)
_ASKED = re.compile(r"(?i)\s*(?:q|question)\s?\d")
_MOST_WORDS = 20
_MOST_BETWEEN = 12  # characters from the figure to its line


def with_labels_below(blocks: Sequence[Block]) -> list[Block]:
    """Blocks, in which a figure that stands over its label is one text with it."""
    out: list[Block] = []
    at = 0
    while at < len(blocks):
        pairs = _run(blocks, at)
        if pairs and _opens(out[-1] if out else None) and _told(blocks, at, pairs):
            out += [_one(blocks[at + 2 * n], blocks[at + 2 * n + 1]) for n in range(pairs)]
            at += 2 * pairs
            continue
        out.append(blocks[at])
        at += 1
    return out


def _run(blocks: Sequence[Block], at: int) -> int:
    """How many times a figure and a label follow each other from here on."""
    pairs = 0
    while at + 1 < len(blocks) and _is_figure(blocks[at]) and _is_label(blocks[at + 1]) and _near(*blocks[at : at + 2]):
        pairs, at = pairs + 1, at + 2
    return pairs


def _told(blocks: Sequence[Block], at: int, pairs: int) -> bool:
    """Whether the labels go with the figures above them: they go on in small letters, or every figure has one."""
    labels = [blocks[at + 2 * n + 1].text.lstrip() for n in range(pairs)]
    after = at + 2 * pairs
    left_over = after < len(blocks) and _is_figure(blocks[after])
    return not left_over and (all(label[0].islower() for label in labels) or pairs > 1)


def _opens(before: Block | None) -> bool:
    """Whether no line above waits for a figure."""
    return before is None or before.kind == "heading" or re.search(r"[.!]\W*$|\d", before.text) is not None


def _is_figure(block: Block) -> bool:
    return block.kind != "table_row" and bool(_FIGURE.fullmatch(block.text)) and not _YEAR.fullmatch(block.text)


def _is_label(block: Block) -> bool:
    text = block.text.strip()
    if _ASKED.match(text):
        return False  # the next question, behind the answer to the one before
    if block.kind not in ("paragraph", "list_item") or not text[:1].isalpha() or re.search(r"[£%\t]|[.:?]$", text):
        return False
    words = [word for word in _WORD.findall(text) if not _DATE.fullmatch(word)]
    return 2 <= len(words) <= _MOST_WORDS


def _near(figure: Block, label: Block) -> bool:
    if figure.start is None or label.start is None:
        return figure.page == label.page
    return 0 < label.start - figure.start - len(figure.text) <= _MOST_BETWEEN


def _one(figure: Block, label: Block) -> Block:
    """Both as one text, at the same places in the paper's text."""
    gap = 1 if figure.start is None or label.start is None else label.start - figure.start - len(figure.text)
    offset = len(figure.text) + gap
    return replace(
        figure,
        kind="paragraph",
        level=0,
        text=f"{figure.text}{' ' * gap}{label.text}",
        anchors=(*figure.anchors, *((at + offset, word) for at, word in label.anchors)),
    )

"""Some three hundred figures as councils speak of them, a sentence or two at a time: how many get their measure."""

from __future__ import annotations

import re
from pathlib import Path

from sendparse.model import Facts
from sendparse.packs import Packs
from sendparse.read.txt import text_blocks
from sendparse.tag.prose import figures
from sendparse.text import sentences

SPOKEN = Path(__file__).parent / "data" / "narrative" / "spoken.txt"
ABOUT = "SEND: where we are\n\nThe council maintains Education, Health and Care plans (EHCPs).\n\n"
_MARK = re.compile(r"\{\{([^|}]+)\|([^}]+)\}\}")


def right(marked: str, packs: Packs) -> list[bool]:
    """Whether each marked figure gets the measure written beside it."""
    text, gold = ABOUT, []
    last = 0
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        gold.append((len(text), len(text) + len(mark[1]), mark[2]))
        text, last = text + mark[1], mark.end()
    found = {
        (link.tagged.sentence.start or 0) + link.value.start: link.kpi.id if link.kpi else ""
        for link in figures(list(sentences(text_blocks(text + marked[last:]))), Facts(), packs)
    }
    return [any(found.get(at) == kpi for at in range(start, end)) for start, end, kpi in gold]


def test_most_figures_get_their_measure(packs: Packs) -> None:
    told = [one for block in SPOKEN.read_text(encoding="utf-8").split("\n---\n") for one in right(block, packs)]
    assert len(told) > 300
    assert sum(told) / len(told) >= 0.9, f"{sum(told)} of {len(told)}"

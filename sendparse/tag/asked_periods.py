"""The period that people ask about: "Q1. How many appeals were there in 2024?", "Q2. How many of them were heard?"

In: the sentences of a paper in reading order, questions among them. Out: the period of the question that a sentence answers. A
question that states none goes on with the one before it, as long as it asks about the past; one about the present ends that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sendparse.model import Period, Sentence
from sendparse.records import changed
from sendparse.tag.hints import Hinted
from sendparse.tag.period import Anchor, read_periods

_ASKS = Hinted(
    r"(?i)\?\W*$|\bplease\s+(?:can\s+you\s+)?(?:provide|state|confirm|give|supply|list|tell|send|break|specify|advise)\b|^\W*(?:[QA]?\d{0,2}[.):]?\s*)how\s+many\b"
)
_REPORTED = Hinted(
    r"(?i)\b(?:asked|enquired|queried|inquired)\b[^.;]{0,40}\b(?:how|what|whether|about|for|as\s+to)\b|\bin\s+(?:answer|response|reply)\s+to\s+a\s+question\b"
)
_OF_NOW = Hinted(
    r"(?i)\b(?:is|are|has|have|do|does|attends?|receives?|lives?|travels?|employs?|works?|remains?|now|currently|current|will|would|can|could\s+the|plan|expect\w*|today|at\s+present)\b"
)
_THEN = re.compile(r"(?i)\b(?:was|were|did|had|\w{3,}ed)\b")
_MARKED = re.compile(r"(?i)^\W*(?:A\s?\d{0,2}[.):]|answer\b|response\b|reply\b|\(?(?:\d{1,2}|[a-h]|[ivx]{1,4})[.):])")
_NEAR_BY = 2  # blocks
_FURTHER = 14  # blocks, for an answer that is marked as one
_FEW = 14  # words


@dataclass(slots=True)
class Asked:
    """The period that is being asked about."""

    period: Period | None = None
    block: int = -1

    def hear(self, sentence: Sentence, anchor: Anchor, *, figures: bool) -> None:
        """Take in one sentence or heading: a question with a period, one that goes on, or one about the present.

        A sentence that holds `figures` is its own answer. What somebody is said to have asked goes on with nothing.
        """
        reported = _REPORTED.search(sentence.text) is not None
        if figures or not (reported or _ASKS.search(sentence.text)):
            if figures and reported:
                self.period, self.block = None, -1
            return
        found = [
            p
            for p in read_periods(sentence.text, changed(anchor, antecedent=self.period or anchor.antecedent))
            if p.start
        ]
        if len(found) == 1:
            self.period, self.block = found[0], sentence.block
        elif found or reported or (_OF_NOW.search(sentence.text) and not _THEN.search(sentence.text)):
            self.period, self.block = None, -1
        elif self.period is not None:
            self.block = sentence.block

    def answered(self, sentence: Sentence, upto: int) -> Period | None:
        """The period that a figure takes from what was asked; its own part of the sentence ends at `upto`."""
        if (
            self.period is None
            or _OF_NOW.search(sentence.text, 0, upto)
            or _ASKS.search(sentence.text)
            or _REPORTED.search(sentence.text)
        ):
            return None
        marked = _MARKED.match(sentence.text) is not None and len(sentence.text.split()) <= _FEW
        reach = _FURTHER if marked else _NEAR_BY
        return self.period if 0 <= sentence.block - self.block <= reach else None

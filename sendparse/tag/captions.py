"""The caption of a table that lost its lines: "EHC plans by setting (January 2025)", then labels and figures, one a line.

In: one sentence after another. Out: the period of the caption for each figure that stands alone in its line, until something
comes that is neither a label nor such a figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sendparse.model import Period, Sentence
from sendparse.tag.link import Link
from sendparse.tag.report_year import caption_period
from sendparse.tag.tagged import Tagged

_LABEL = 7  # words
_CELL = re.compile(r"\W*£?[\d,.]+\s?(?:%|[mk]|bn|million|weeks|days)?\W*")


@dataclass(slots=True)
class Caption:
    """What the last caption says of the cells under it."""

    period: Period | None = None

    def hear(self, sentence: Sentence) -> None:
        """Take in a sentence without figures."""
        if (found := caption_period(sentence.text)) is not None:
            self.period = found
        elif sentence.kind == "heading" or len(sentence.text.split()) > _LABEL or sentence.text.rstrip()[-1:] in ".?!":
            self.period = None

    def lent(self, tagged: Tagged, link: Link) -> Period | None:
        """The caption's period for a figure that is a cell; anything else ends the table."""
        if _CELL.fullmatch(tagged.text) is None:
            self.period = None
        return replace(self.period, inferred=True) if self.period is not None and link.area is None else None

"""The caption of a table that lost its lines: "EHC plans by setting (January 2025)", then labels and figures, one a line.

In: one sentence after another. Out: the period of the caption for each figure that stands alone in its line, until something
comes that is neither a label nor such a figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sendparse.model import Period, Sentence
from sendparse.records import changed
from sendparse.tag.link import Link
from sendparse.tag.tagged import Tagged

_LABEL = 7  # words
_FEW_LINES = 12
_LABELLED = re.compile(r"[^.;:]{3,90}:\s*[£~]?\d(?:[^.;]|\.\d)*\.?")
_LABEL_FIRST = re.compile(r"\W*[^\W\d][^.;:\d]{2,60}\s[£~]?\d[\d,.]*\s?(?:%|[mk]\b)?(?:\s*\([^()]*\))?\.?")
_CELL = re.compile(r"\W*£?[\d,.]+\s?(?:%|[mk]|bn|million|weeks|days)?\W*")


@dataclass(slots=True)
class Caption:
    """What the last caption says of the cells under it."""

    period: Period | None = None

    def hear(self, sentence: Sentence, line: Period | None, captioned: Period | None) -> None:
        """Take in a sentence without figures, with the period that it is (`line`) or ends with (`captioned`)."""
        if line is not None:
            self.period = None  # "Dec 2023": the heading of a column
        elif captioned is not None:
            self.period = captioned
        elif self.period is not None and (
            sentence.kind == "heading" or sentence.text.rstrip()[-1:] in ".?!" or len(sentence.text.split()) > _LABEL
        ):
            self.period = None

    def lent(self, tagged: Tagged, link: Link) -> Period | None:
        """The caption's period for a figure that is a cell; anything else ends the table."""
        if self.period is None or _CELL.fullmatch(tagged.text) is None:
            self.period = None
            return None
        return changed(self.period, inferred=True) if link.area is None and link.role.name == "actual" else None


def is_line(tagged: Tagged, block: int) -> bool:
    """Whether a sentence is a short line under the line that was read last: "2023", "Mainstream 812", "Special 801"."""
    near = 0 <= tagged.sentence.block - block <= _FEW_LINES
    return near and not tagged.periods and len(tagged.text.split()) <= 8 and tagged.text.rstrip()[-1:] != "."


def is_row(tagged: Tagged, link: Link) -> bool:
    """Whether a sentence is a label and its figure, of no other time: "Mainstream: 48%."."""
    own = link.area is None and link.role.name in {"actual", "change"} and not tagged.periods
    return own and _LABELLED.fullmatch(tagged.text.strip()) is not None


def is_point(tagged: Tagged) -> bool:
    """A point of a list, or a line by itself, that is a label and its figure."""
    text = tagged.text.strip()
    listed = tagged.sentence.kind == "list_item" and _LABEL_FIRST.fullmatch(text) is not None
    return tagged.sentence.place == 0 and (listed or _LABELLED.fullmatch(text) is not None)

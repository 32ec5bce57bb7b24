"""Which measure a label names, in the company that its table keeps.

In: labels with what stands around them. Out: matches in the vocabulary. A label that could be of any subject ("Complaints",
"Number of appeals") is one of ours only where the table's title, its headings or enough of its other labels speak of our
subject: in a scorecard of the whole council, the row beside a row of ours is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sendparse.model import KpiMatch
from sendparse.tag.kpi import KpiMatcher

AVERAGE = re.compile(
    r"\b(?:average|mean|avg|unit costs?|per (?:place|placement|pupil|child|head|plan))\b(?! (?:number|weeks|days|time))",
    re.I,
)
_ENOUGH = 1 / 3  # of the labels, to speak for the others
_MOST_LABELS = 40


def _never(words: str, kpi: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures that the labels of one table may name."""

    company: str
    find: Callable[..., KpiMatch | None]
    leans: Callable[[str], bool]
    strange: Callable[[str, str], bool] = _never  # whether words name something that no wording of a measure speaks of
    averaged: bool = False  # the table's title speaks of averages: what one of them costs

    def match(self, label: str, section: str, parent: str, unit: str) -> KpiMatch | None:
        """The measure that a label names."""
        return self.find(label, section, parent, unit, self.company)


def company_of(matcher: KpiMatcher, lines: Sequence[str], labels: Sequence[str], beside: Sequence[str] = ()) -> str:
    """What stands around the labels of a table and may tell its subject; nothing where nothing stands there.

    `lines` are those over the table; `beside`, what its columns name. Of labels and columns only the subject counts: the
    requests in one column are not those for mediation in the next.
    """
    named = [label for label in labels[:_MOST_LABELS] if label]
    ours = [label for label in named if matcher.is_ours(label)]
    spoken = [*beside, *ours] if len(ours) >= _ENOUGH * len(named) else list(beside)
    told = [_subject(matcher, label, matcher.core) for label in spoken]
    if told:
        without = [_subject(matcher, label, matcher.core - _OF_ITS_OWN) for label in spoken]
        few = sum(a != b for a, b in zip(told, without, strict=True)) * 2 < len(told)
        told = without if few else told
    return ". ".join(dict.fromkeys(line for line in (*lines, *told) if line))


_OF_ITS_OWN = frozenset({"ep"})  # a service whose vacancies are not those of the rows around one of its rows


def _subject(matcher: KpiMatcher, label: str, core: frozenset[str]) -> str:
    """The words of a label that name our subject."""
    return " ".join(label[item.start : item.end] for item in matcher.lexicon.read(label) if item.symbol in core)

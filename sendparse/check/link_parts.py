"""Rows of one measure that only the words of a sentence tell apart: "Top-ups for mainstream schools".

In: a claim whose measure is known and whose part is not, and the Paper. Out: the one series of that measure, broken down,
whose own words all stand by the figure; nothing where none or several do.
"""

from __future__ import annotations

from collections.abc import Iterable

from sendparse.check.paper import Paper, Series
from sendparse.check.wording import around
from sendparse.model import Observation

_BEFORE, _AFTER = 110, 40  # letters of the sentence around the figure


def part_told(claim: Observation, paper: Paper, roles: Iterable[str]) -> Series | None:
    """The series of a part of a claim's measure that the words by its figure name."""
    if claim.breakdown or not claim.kpi:
        return None
    wanted = set(roles)
    rows = [series for series in paper.named.get(claim.kpi, ()) if _alike(series, claim, wanted)]
    labels = [paper.label_of(series) for series in rows]
    shared = frozenset.intersection(*labels) if len(labels) > 1 else frozenset()
    unnamed = [series for series in paper.named.get("", ()) if _alike(series, claim, wanted)]
    if not unnamed and not any(series.key[1] for series in rows):
        return None
    near = paper.words(around(claim, paper, _BEFORE, after=_AFTER))
    told = [
        series
        for series, label in zip(rows, labels, strict=True)
        if series.key[1] and label - shared and label - shared <= near
    ]
    told += [series for series in unnamed if _named_whole(paper.label_of(series), near)]
    return told[0] if len(told) == 1 else None


def _named_whole(label: frozenset[str], near: frozenset[str]) -> bool:
    """A row that no measure of the vocabulary names is meant where all words of its label stand by the figure."""
    return len(label) > 1 and label <= near


def _alike(series: Series, claim: Observation, roles: set[str]) -> bool:
    _, _, unit, role, benchmark, kind, _ = series.key
    own = claim.area_type if claim.area_type != "council" and claim.role != "benchmark" else ""
    return unit == claim.unit and role in roles and benchmark == claim.benchmark and kind == own

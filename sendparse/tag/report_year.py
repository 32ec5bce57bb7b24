"""The stretch that a whole report is about: "Annual Report, academic year 2024/25", "Dashboard – Quarter 2 2024/25".

In: the first sentences of a paper. Out: the one closed period that its title names, with whether the title is that of a
yearly report. "This year" and "in the quarter" lean on it; a figure of a yearly report that tells of the past is of its year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sendparse.model import Period, Sentence
from sendparse.tag.period import read_periods

_FIRST_LINES = 4
_MOST_WORDS = 18
_REPORT = re.compile(
    r"(?i)\b(?:annual|report|dashboard|scorecard|performance|monitoring|outturn|review|data|profile|figures|statistics|in\s+numbers)\b"
)
_YEARLY = re.compile(r"(?i)\b(?:annual|yearly|year\s+in\s+(?:numbers|review)|end\s+of\s+year)\b")
_NO_REPORT = re.compile(
    r"(?i)\b(?:meeting|minutes|agenda|strategy|plan|date|published|committee|cabinet|panel|forum|questions?)\b"
)
_STRETCHES = frozenset({"financial_year", "academic_year", "calendar_year", "quarter", "term", "rolling_12_months"})


@dataclass(frozen=True, slots=True)
class ReportYear:
    """The period a report is about. `yearly`: it is an annual report."""

    period: Period
    yearly: bool


def report_year(sentences: Sequence[Sentence]) -> ReportYear | None:
    """The period of the title, if the first lines name exactly one that is closed."""
    found: list[ReportYear] = []
    for sentence in sentences[:_FIRST_LINES]:
        text = sentence.text
        if len(text.split()) > _MOST_WORDS or _NO_REPORT.search(text) or not _REPORT.search(text):
            continue
        periods = [p for p in read_periods(text) if p.start and p.end and p.basis in _STRETCHES]
        if len(periods) == 1:
            found.append(ReportYear(periods[0], _YEARLY.search(text) is not None))
    return found[0] if len({(f.period.start, f.period.end) for f in found}) == 1 else None

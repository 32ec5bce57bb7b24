"""The stretch that a whole report is about: "Annual Report, academic year 2024/25", "Dashboard – Quarter 2 2024/25".

In: the first sentences of a paper, or the headings over one of its sentences. Out: the one closed period that they name, and
whether the title is that of a yearly report. "This year" and "in the quarter" lean on it; a figure of a yearly report that
tells of the past is of its year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sendparse.model import Period, Sentence
from sendparse.tag.dates import month_end, shifted
from sendparse.tag.period import read_period, read_periods

_FIRST_LINES = 4
_MOST_WORDS = 18
_REPORT = re.compile(
    r"(?i)\b(?:annual|report|dashboard|scorecard|performance|monitoring|outturn|review|data|profile|figures|statistics|in\s+numbers)\b"
)
_YEARLY = re.compile(
    r"(?i)\b(?:annual|yearly|half[- ]year(?:ly)?|six[- ]month(?:ly)?|mid[- ]year|quarterly|termly|"
    r"year\s+in\s+(?:numbers|review)|end\s+of\s+year|year\s+end|outturn)\b"
)
_MONTHLY = re.compile(r"(?i)\b(?:dashboard|scorecard|monthly|in\s+month|highlight|month\s+of)\b")
_NO_REPORT = re.compile(
    r"(?i)\b(?:meeting|minutes|agenda|strategy|plan|date|published|committee|cabinet|panel|forum|questions?)\b"
)
# "This note looks at the quarter just gone, July to September 2025", "Period reviewed: 1 April 2024 to 31 March 2025".
_COVERS = re.compile(
    r"(?i)\b(?:data|figures|statistics)\s+(?:(?:shown|below|here|given|in\s+this\s+\w+)\s+)?(?:are|is|relates?|refers?|covers?)\s+(?:for|to)\s|"
    r"\b(?:period|quarter|term|months?)\s+(?:reviewed|covered|reported|just\s+(?:gone|ended|past))\b|\breporting\s+period\b|\bcover(?:s|ing)\s+(?:the\s+)?(?:period|quarter|term|months|year)\b|"
    r"\bthis\s+(?:quarter|term|half[- ]year)\s*[(:,–-]"
)
_MOST_DAYS = 366
_PARTS = frozenset({"quarter", "term"})  # a report with one of these in its title tells of it
_LONGEST_LINE = 40  # characters
_STRETCHES = frozenset({"financial_year", "academic_year", "calendar_year", "quarter", "term", "rolling_12_months"})


@dataclass(frozen=True, slots=True)
class ReportYear:
    """The period a report is about. `yearly`: it is an annual report, or one that says what time it covers."""

    period: Period
    yearly: bool


def report_year(sentences: Sequence[Sentence]) -> ReportYear | None:
    """The period of the title, if the first lines name exactly one that is closed; of a survey, when it was made."""
    if (period := _surveyed(sentences)) is not None:
        return ReportYear(period, True)
    found: list[ReportYear] = []
    for text in (line for sentence in sentences[:_FIRST_LINES] for line in sentence.text.split("\n")):
        told = _COVERS.search(text) is not None or _PERIOD_IS.match(text) is not None
        named = len(text.split()) <= _MOST_WORDS and not _NO_REPORT.search(text) and _REPORT.search(text)
        if not told and not named:
            continue
        if (period := stretch_of(text) or _of_one_month(text)) is not None:
            whole = told or _YEARLY.search(text) is not None or period.basis in _PARTS
            found.append(ReportYear(period, whole))
    return found[0] if len({(f.period.start, f.period.end) for f in found}) == 1 else None


_SURVEY = re.compile(r"(?i)\bsurvey\b")
_MADE = re.compile(r"(?i)\bsurvey\b[^.;:\d]{0,60}\b(?:in|during|between|from|over|throughout)\s+(?:the\s+)?$")
_FIRST_SENTENCES = 8


def _surveyed(sentences: Sequence[Sentence]) -> Period | None:
    """As in "SEND survey 2025", "The Forum ran the survey in May 2025": what people said, they said then."""
    if not sentences or _SURVEY.search(sentences[0].text) is None:
        return None
    for sentence in sentences[:_FIRST_SENTENCES]:
        for period in read_periods(sentence.text) if _SURVEY.search(sentence.text) else ():
            if period.start and period.end and _MADE.search(sentence.text, 0, period.text_start):
                return period
    return None


@lru_cache(maxsize=64)
def section_period(headings: tuple[str, ...]) -> Period | None:
    """The stretch that the nearest heading with a period names: "this quarter" under "Quarter 2 2025/26"."""
    for heading in reversed(headings[1:]):
        if any(p.start or p.end for p in read_periods(heading)):
            return None if _NO_REPORT.search(heading) else stretch_of(heading)
    return None


_CALLED = re.compile(
    r"(?i)\b(?P<which>this|current|last)\s+(?:financial\s+|academic\s+|school\s+|calendar\s+)?year\s*(?:[,(:–-]\s*)+(?P<year>(?:20\d\d[/-]\d{2,4}|20\d\d)\b)(?!-)"
)


def current_year(sentences: Sequence[Sentence]) -> Period | None:
    """What a paper calls "this year": it says "this year (2025/26)" or "last year (2024/25)" somewhere, and nothing else."""
    found = set()
    for sentence in sentences:
        for match in _CALLED.finditer(sentence.text) if "year" in sentence.text else ():
            kind = "academic year " if re.search(r"(?i)academic|school", match[0]) else ""
            period = read_period(kind + match["year"])
            if period is None or period.start is None or period.end is None:
                continue
            later = 1 if match["which"].lower() == "last" else 0
            first, last = shifted((period.start, period.end), later)
            found.add(replace(period, label="", start=first, end=last, text_start=0, text_end=0))
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=64)
def stretch_of(text: str) -> Period | None:
    """The one closed stretch of whole months that a line names."""
    monthly = _MONTHLY.search(text) is not None or line_period(text) is not None
    found = [
        p
        for p in read_periods(text)
        if p.start and p.end and (p.basis in _STRETCHES or _of_months(p) or (monthly and p.basis == "month"))
    ]
    return (_its_quarter(text, found[0]) or found[0]) if len(found) == 1 else None


_QUARTER = re.compile(r"(?i)\b(?:q(?:uarter|tr)?\s?[1-4]|(?:first|second|third|fourth)\s+quarter)\b")


def _its_quarter(text: str, year: Period) -> Period | None:
    """As in "Quarter 3 report 2024/25", "Performance 2025/26 – Q2": the quarter of the year that the line names."""
    named = _QUARTER.findall(text) if year.basis == "financial_year" else []
    return read_period(named[0], within=year) if len(named) == 1 else None


_PERIOD_IS = re.compile(
    r"(?i)^\W*(?:reporting\s+(?:period|month)|(?:period|month)(?:\s+(?:covered|reported))?)\s*[:–-]\s*"
)


def _of_one_month(text: str) -> Period | None:
    """As in "Reporting period: October 2025"."""
    label = _PERIOD_IS.match(text)
    found = read_period(text[label.end() :]) if label is not None else None
    return found if found is not None and found.basis == "month" and found.start else None


_A_DIGIT = re.compile(r"\d")


def line_period(text: str) -> Period | None:
    """The period that a whole line is: "2023", "Q1 2024/25:"."""
    if len(text) > _LONGEST_LINE or _A_DIGIT.search(text) is None:
        return None
    found = read_period(text.strip(" :–-•*\t"))
    return found if found is not None and found.start and found.end else None


_CAPTION_WORDS = 18
_OF_A_PAPER = re.compile(r"(?i)\b(?:updated|published|dated|issued|printed|meeting|committee|board|date|release)\b")


def of_the_paper(text: str, period: Period) -> bool:
    """As in "Page last updated: 12 March 2025": the day of the paper, of which no figure is."""
    return period.start == period.end and _OF_A_PAPER.search(text, 0, period.text_start) is not None


def caption_period(text: str) -> Period | None:
    """The period that a short sentence without a figure ends with: "Where children with plans are taught, August 2025."."""
    if _A_DIGIT.search(text) is None or len(text.split(None, _CAPTION_WORDS)) > _CAPTION_WORDS:
        return None
    found = [p for p in read_periods(text) if p.start or p.end]
    closed = len(found) == 1 and found[0].start and found[0].end and not of_the_paper(text, found[0])
    return found[0] if closed and re.fullmatch(r"[\s.:)–-]*", text[found[0].text_end :]) else None


def _of_months(period: Period) -> bool:
    """As in "April to September 2025"."""
    first, last = period.start, period.end
    if first is None or last is None or period.basis != "other":
        return False
    return first.day == 1 and last == month_end(last.year, last.month) and (last - first).days < _MOST_DAYS

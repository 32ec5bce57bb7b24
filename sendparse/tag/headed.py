"""What headings say of when: which of the dates in a heading or a title dates the figures under it, and which is the paper's own.

In: a heading with its periods, and a figure that stands under it. Out: whether the figure takes its period from there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sendparse.model import Period
from sendparse.tag.captions import is_point
from sendparse.tag.hints import Hinted
from sendparse.tag.link import Link
from sendparse.tag.paragraph import goes_on
from sendparse.tag.settled import of_a_budget
from sendparse.tag.tagged import Tagged
from sendparse.tag.wordings import rules

# Right before a date in a heading or a lead: it is the day of an event.
OF_AN_EVENT = Hinted(
    r"(?i)\b(?:inspection|inspected|visit|revisit|review|meeting|letter|published|dated|updated)\W+(?:in|of|on|from)?\W*$"
)


def is_reported(found: Sequence[Period], tagged: Tagged, link: Link) -> bool:
    """A paper on one quarter dates the points of its list: "Plans issued: 164"; a standing target has no date."""
    whole = len(found) == 1 and found[0].basis in {"quarter", "financial_year", "academic_year", "calendar_year"}
    return link.role.name != "target" and whole and is_point(tagged)


_BEFORE_A_DAY = re.compile(
    r"(?i)\b(?:at|as\s+of|on|to|from|since|by|until|data|position|ending|ended|snapshot|census|between|and)\W*(?:the\s+)?$"
)


def is_day_of_the_paper(text: str, period: Period, headings: Sequence[str]) -> bool:
    """As in "News release – 29 May 2025": the day of a title that says "as at" of nothing is that of the paper.

    So is a day that stands alone under the title, as in a letter.
    """
    if period.start == period.end and text in headings[:2] and text.strip(" .") == period.label:
        return True
    if text != headings[0]:
        return False
    if period.start is None or period.start != period.end or not re.match(r"\W*\d", period.label):
        return False
    return text[: period.text_start].strip(" (") != "" and _BEFORE_A_DAY.search(text[: period.text_start]) is None


_OF_FIGURES = re.compile(
    r"(?i)\b(?:key\s+(?:facts|figures|data|statistics)|facts\s+and\s+figures|headline\s+(?:figures|data|numbers)|headlines|at\s+a\s+glance|in\s+numbers|"
    r"snapshot|statistics|data\s+(?:summary|profile|overview|picture)|performance\s+summary|summary\s+of\s+performance|key\s+performance)\b"
)


_OF_A_SECTION = re.compile(
    r"(?i)(?:^\W*(?:\d{1,2}(?:\.\d{1,2})*\.?\s+)?|\b(?:in|during|for|over|at|as\s+at|as\s+of|between|from|throughout|across)\s+)(?:the\s+)?$"
)


def heads_figures(text: str, found: Sequence[Period], link: Link, tagged: Tagged) -> bool:
    """As in "Key facts (January 2025)", "4. Performance in 2024/25": a heading of figures dates those under it."""
    if len(found) == 1 and found[0].basis == "financial_year" and of_a_budget(link):
        return True  # "High needs outturn 2024/25"
    if len(found) == 1 and _CENSUS.search(text) and found[0].basis in {"month", "snapshot"} and _is_counted(link):
        return True  # "SEN2 briefing: January 2025 return"
    if len(found) != 1 or found[0].end is None or link.role.name != "actual":
        return False
    if _OF_FIGURES.search(text) is not None:
        return True
    if found[0].start is None or _OF_A_SECTION.search(text[: found[0].text_start]) is None or link.area is not None:
        return False
    return found[0].start == found[0].end or goes_on(tagged, link)


_CENSUS = re.compile(r"(?i)\bSEN\s?2\b|\bcensus\b")


def _is_counted(link: Link) -> bool:
    """Whether a figure is of a measure that a census counts: how many, where, of what need."""
    counted = rules("periods")["counted_on_a_day"]
    return link.role.name == "actual" and link.kpi is not None and link.kpi.group in counted

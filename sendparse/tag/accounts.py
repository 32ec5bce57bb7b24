"""The year whose money a section is about: "Budget monitoring 2025/26", "the budget for 2025/26 is £41m; we forecast £44m".

In: the lines and the placed figures of a paper in reading order. Out: the financial year for a forecast, a budget or a
variance of money whose own sentence names none. A section in which two years are budgeted or forecast lends neither; what
has piled up by a day, what one place costs and what is built are of no such year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from sendparse.model import Period, Sentence
from sendparse.records import changed
from sendparse.tag.hints import Hinted
from sendparse.tag.link import Link
from sendparse.tag.paragraph import is_point_of_year
from sendparse.tag.period import read_period
from sendparse.tag.set_beside import is_of_an_event
from sendparse.tag.tagged import Tagged
from sendparse.tag.wordings import any_of, rules

_LONGEST = 18  # words of a line that heads accounts
_FAR = 8  # blocks
_SLASH_YEAR = re.compile(r"\b20\d\d\s?[/-]\s?\d\d(?:\d\d)?\b")
_AHEAD = frozenset({"forecast", "target"})
_FORETOLD = re.compile(r"(?i)\b(?:forecast|projected|predicted|expected)\s+(?:to|at)\b")
_BUDGETED = re.compile(r"(?i)\b(?:budget|allocation)\b")
_OF_THIS = re.compile(
    r"(?i)\s+of\s+(?:this|that|the\s+(?:total|forecast|variance|overspend|underspend|pressure|shortfall)|it)\b"
)


@dataclass(slots=True)
class Accounts:
    """The financial year that the last accounts were of."""

    titled: Period | None = None  # as the heading says
    years: dict[tuple[date, date], Period] = field(default_factory=dict)  # as figures of the section say
    block: int = -1

    def hear(self, sentence: Sentence) -> None:
        """Take in a line without figures: one that heads accounts, or one that opens another section."""
        text = sentence.text
        if text.rstrip().endswith(".") or len(text.split(None, _LONGEST)) > _LONGEST:
            return
        if "20" in text and _SLASH_YEAR.search(text) and _words("accounts").search(text):
            named = [read_period(match[0]) for match in _SLASH_YEAR.finditer(text)]
            self.titled = named[0] if len(named) == 1 else None
            self.years = {}
        elif sentence.kind == "heading":
            self.years = {}

    def keep(self, made: Sequence[Link]) -> None:
        """Remember the years of the money that is budgeted or forecast."""
        for link in made:
            period = link.period
            if period is None or period.start is None or period.end is None or not _of_accounts(link):
                continue
            if link.tagged.sentence.block - self.block > _FAR:
                self.years = {}
            self.years[period.start, period.end] = period
            self.block = link.tagged.sentence.block

    def lent(self, tagged: Tagged, link: Link, before: Sequence[Link]) -> Period | None:
        """The year for one figure of money that goes on with these accounts."""
        if link.unit != "gbp" or link.area is not None or _not_of_a_year(link) is not None:
            return None
        named = [p for p in tagged.periods if not (is_point_of_year(p) or is_of_an_event(tagged.text, p))]
        if any(p.basis != "financial_year" or p.text_start > link.value.start for p in named):
            return None
        if named:
            held = named[0] if link.role.name == "forecast" and len({p.start for p in named}) == 1 else None
        elif _OF_THIS.match(tagged.text, link.value.end) and not link.number:
            whole = [x.period for x in before if x.unit == "gbp" and x.area is None and x.period is not None]
            held = whole[-1] if whole and whole[-1].basis == "financial_year" else None
        else:
            held = self._year(tagged, link)
        at = tagged.values[0].start
        return changed(held, inferred=True, text_start=at, text_end=at) if held is not None else None

    def _year(self, tagged: Tagged, link: Link) -> Period | None:
        part = tagged.parts[link.number]
        said = _words("told_in_accounts").search(tagged.text, part.start, max(part.end, link.value.end)) is not None
        foretold = any(role.name == "forecast" for role in tagged.roles) or _FORETOLD.search(tagged.text) is not None
        whole = f"{tagged.sentence.lead} {tagged.text}"  # "The main variances are:" over an item
        said = said or (link.role.name == "forecast" and _is_of_a_year(link))  # "We are now forecasting £5.9m"
        ahead = link.role.name in {*_AHEAD, "change"} and _words("told_in_accounts").search(whole) is not None
        if not (foretold and (said or ahead)) and not _BUDGET.search(tagged.text, part.start, link.value.start):
            return None
        if self.years and tagged.sentence.block - self.block <= _FAR:
            return next(iter(self.years.values())) if len(self.years) == 1 else None
        return self.titled


_BUDGET = re.compile(r"(?i)\bbudget(?:\s+(?:of|is|was|for\s+[^.;,\d]{2,40}\s(?:is|was)))?\s+(?:only\s+|just\s+)?$")


def _of_accounts(link: Link) -> bool:
    """Whether a figure tells what was budgeted or is forecast for a financial year."""
    text, part = link.tagged.text, link.tagged.parts[link.number]
    if link.period is None or link.period.basis != "financial_year" or link.unit != "gbp" or link.area is not None:
        return False
    said = _words("told_in_accounts").search(text, part.start, max(part.end, link.value.end)) is not None
    ahead = link.role.name == "forecast" or (
        (said or _is_of_a_year(link)) and (link.role.name in _AHEAD or _BUDGETED.search(text))
    )
    return bool(ahead) and _not_of_a_year(link) is None


def _is_of_a_year(link: Link) -> bool:
    return link.kpi is not None and link.kpi.id in rules("periods")["of_a_year"]


def _not_of_a_year(link: Link) -> re.Match[str] | None:
    """Words right around a figure that make it a balance, a price or a project; an in-year deficit is of its year."""
    part, yearly = link.tagged.parts[link.number], _is_of_a_year(link)
    for found in _words("of_no_accounts").finditer(link.tagged.text, part.start, max(part.end, link.value.end)):
        if not (yearly and found[0].lower() == "deficit"):
            return found
    return None


@cache
def _words(name: str) -> Hinted:
    return Hinted(rf"(?i)\b(?:{any_of(rules('periods')[name], caseless=True)})\b")

"""For which meeting a paper was written, when the meeting was, and when the paper was published.

In: the front of a paper. Out: a committee's name and days, or nothing: two front sheets that name different days give
none. A day alone may be the day of writing and counts only beside a meeting.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sendparse.facts.days import Day, find_days
from sendparse.facts.front import Front, Labelled, Line
from sendparse.facts.names import CouncilNames
from sendparse.facts.wordings import Wordings, plain

_PUBLISHED = re.compile(
    r"(?:^|[.;|]\s+|\n)(?:(?:First p|P)ublished|(?:Page (?:last )?|Last )updated)(?: on)?[\s:]+(.{0,60})"
)
_BODY_SMALL = frozenset({"meeting"})
_DAY_WITHOUT_YEAR = re.compile(
    r",?\s*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day),?\s+\d{1,2}(?:st|nd|rd|th)?\s+[A-Z]", re.IGNORECASE
)
_LONGEST_NAME = 16  # words
_LONGEST_LINE = 300  # letters
_CUT = re.compile(
    r"\s*(?:[,(]|[-–—]\s)?\s*(?:to be held |held )?(?:\b(?:on|at|dated|for|of|date|commencing))?[\s,:–—-]*(?:\bthe\s*)?$",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s+[-–—|:>»/]+\s+|\s*\|\s*|:\s+|;\s*|\s{3,}")
_AFTERWARDS = re.compile(
    r"\s*\((?:item|agenda item|public|open|part)\b[^)]*\)?\.?$|\s+(?:agenda )?item (?:no\.? ?)?\d.*$", re.IGNORECASE
)
_BAR = re.compile(r"\s*\|\s*")
_TIME = re.compile(r"\b\d{1,2}(?:[.:]\d\d)?\s?(?:am|pm|noon)\b", re.IGNORECASE)
_SMALL_WORDS = frozenset({"a", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})
_KEPT_IN_CAPITALS = re.compile(
    r"^\(?(?:SEND|SEN|CYP|CYPE|ICB|ICP|NHS|EHCP|DSG|LA|BCP|OSC|II|III|IV|AP|SENCO|MASH|CLA)\)?,?$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """What the front of a paper says of its meeting. `conflict` quotes front sheets that disagree on the day."""

    committee: str = ""
    day: date | None = None
    conflict: str = ""


class MeetingReader:
    """Reads meetings with these wordings."""

    def __init__(self, wordings: Wordings, names: CouncilNames) -> None:
        self._wordings = wordings
        self._names = names
        self._bodies = wordings.matcher("bodies")
        self._bodies_or_whole = wordings.matcher("bodies", "whole_names")
        self._not_bodies = wordings.matcher("not_bodies")

    def read(self, front: Front, title: str) -> Meeting:
        """The meeting, from the front sheet, the cover, or (web pages) the metadata title."""
        committee = self._committee(front, title)
        for days in self._days_by_rank(front, title, bool(committee)):
            if len({day for day, _ in days}) == 1:
                return Meeting(committee=committee, day=days[0][0])
            if days:
                quotes = "; ".join(dict.fromkeys(quote for _, quote in days))
                return Meeting(committee=committee, conflict=quotes[:200])
        return Meeting(committee=committee)

    # -- the committee ------------------------------------------------------------------------------------------------

    def _committee(self, front: Front, title: str) -> str:
        return self._spelt_well(self._named(front, title))

    def _named(self, front: Front, title: str) -> Iterator[str]:
        """Names of the meeting, the surest first."""
        yield from (self.body(entry.value, alone=True) for entry in front.values("meeting"))
        yield from (self.body(line.text) for line in front.top if self._wordings.cover_start.match(line.text))
        yield from (self.body(line.text) for line in front.top)
        yield self.body(title)
        yield from (self.body(line.text) for line in front.lines if line.whole or line.heading or line.table)

    def _spelt_well(self, names: Iterable[str]) -> str:
        """The first name found, in its longest form; for one in capitals, as printed elsewhere, or in title case."""
        found = [name for name in names if name]
        if not found:
            return ""
        first = next((name for name in found if plain(name).endswith(f" {plain(found[0])}")), found[0])
        if not first.isupper():
            return first
        same = (name for name in found if plain(name) == plain(first) and not name.isupper())
        return next(same, _title_case(first))

    def body(self, text: str, *, alone: bool = False, whole: bool = False) -> str:
        """The meeting that a short text names and is little else than; empty for prose.

        `alone`: a label stood before it. `whole`: the text must say nothing else, as a title might.
        """
        text = " ".join(text.split())
        if len(text) > _LONGEST_LINE or not self._bodies_or_whole.search(text):
            return ""
        days = find_days(text)
        partial = _DAY_WITHOUT_YEAR.search(text)
        if days or partial:
            text = _CUT.sub("", text[: days[0].start if days else partial.start()])  # type: ignore[union-attr]
        time = _TIME.search(text)
        text = _CUT.sub("", text[: time.start()]) if time else text
        for part in (text, *(() if whole else _SEPARATOR.split(text))):
            name = self._trimmed(part)
            if self._is_body(name, alone):
                return name
        return ""

    def _trimmed(self, text: str) -> str:
        text = _AFTERWARDS.sub("", text.strip())
        cover = self._wordings.cover_start.match(text)
        text = text[cover.end() :] if cover else text
        formal = [mention for mention in self._names.find(text) if mention.formal and mention.start <= 4]
        if formal and text[formal[0].end :].strip():
            text = re.sub(r"^['’]s?\s", "", text[formal[0].end :])
        return re.sub(r"^the\s+", "", text.strip(" .,:;-–—|"), flags=re.IGNORECASE)

    def _is_body(self, name: str, alone: bool) -> bool:
        words = name.split()
        if not words or len(words) > _LONGEST_NAME or not name[0].isupper() or ":" in name or "?" in name:
            return False
        if plain(name) in self._wordings.lists["whole_names"]:
            return alone or not plain(name).endswith("council") or plain(name) == "full council"
        if self._not_bodies.search(name) or not _in_title_case(words):
            return False
        found = [match.end() for match in self._bodies.finditer(name)]
        if not found or (not alone and self._is_letterhead(name)):
            return False
        return found[-1] == len(name) or bool(re.match(r"\s*(?:\([^)]*\)$|(?:for|on|of|[-–,]) )", name[found[-1] :]))

    def _is_letterhead(self, name: str) -> bool:
        return any(mention.formal and mention.end == len(name) for mention in self._names.find(name))

    # -- the day ------------------------------------------------------------------------------------------------------

    def _days_by_rank(self, front: Front, title: str, known: bool) -> Iterator[list[tuple[date, str]]]:
        """Days of the meeting with their quotes, by kind of evidence, the surest first."""
        yield _first_page(front.values("meeting_date"))
        yield _first_page([entry for entry in front.values("meeting") if self.body(entry.value, alone=True)])
        dated = [entry for entry in front.values("date") if known or _on_a_weekday(entry.value)]
        yield _first_page(dated)
        yield self._with_a_meeting(front.top, known)
        yield self._with_a_meeting([Line(text=title)], False)
        if known:
            yield _alone(front.top)
        yield self._with_a_meeting([line for line in front.lines if line.whole], known)

    def _with_a_meeting(self, lines: Iterable[Line], known: bool) -> list[tuple[date, str]]:
        """Days on the same line as a meeting's name, as "Cabinet – 30 January 2025"; the first such line counts."""
        for text in (part for line in lines for part in _parts(line.text)):
            days = find_days(text) if len(text) < 200 else []
            if len(days) == 1 and self.body(text):
                return [(days[0].day, text)]
        return []


def published_day(front: Front, texts: Iterable[str], around: str) -> date | None:
    """The day of publication, where the paper or the page around it states just one."""
    stated = {day for entry in front.values("published_date") for day in _days_at_start(entry.value)}
    if not stated:
        told = (text for text in (*texts, *around.splitlines()) if "ublished" in text or "updated" in text)
        found = (match for text in told for match in _PUBLISHED.finditer(text))
        stated = {day for match in found for day in _days_that_end_a_sentence(match[1])}
    return stated.pop() if len(stated) == 1 else None


def _parts(line: str) -> list[str]:
    return _BAR.split(line) if "|" in line else [line]


def _first_page(entries: list[Labelled]) -> list[tuple[date, str]]:
    """The days that stand on the first page on which such a label has one."""
    dated = [(entry, days) for entry in entries if (days := find_days(entry.value))]
    return [(days[0].day, f"{entry.label} {entry.value}") for entry, days in dated if entry.page == dated[0][0].page]


def _alone(lines: Iterable[Line]) -> list[tuple[date, str]]:
    """Days that are all that a line of the title block says, but for a time."""
    found: list[tuple[date, str]] = []
    for line in lines:
        days = find_days(line.text)
        if len(days) == 1 and _rest(line.text, days[0]) == "":
            found.append((days[0].day, line.text))
    return found


def _rest(text: str, day: Day) -> str:
    rest = _TIME.sub("", f"{text[: day.start]} {text[day.end :]}")
    return re.sub(r"\b(?:at|on|held|to|from|the|date|commencing)\b|[\s.,:;()–—-]", "", rest, flags=re.IGNORECASE)


def _on_a_weekday(text: str) -> bool:
    return any(day.weekday for day in find_days(text))


def _days_that_end_a_sentence(text: str) -> list[date]:
    return [day.day for day in find_days(text)[:1] if day.start < 20 and re.match(r"\W*$|[.;|]\s", text[day.end :])]


def _days_at_start(text: str) -> list[date]:
    return [day.day for day in find_days(text)[:1] if day.start < 20]


def _in_title_case(words: list[str]) -> bool:
    """No sentence: words that matter begin with capitals."""
    small = _SMALL_WORDS | _BODY_SMALL
    weighty = [word for word in words if word.lower().strip("(),&'’") not in small and word[:1].isalpha()]
    return all(word[0].isupper() for word in weighty)


def _title_case(text: str) -> str:
    words = [word if _KEPT_IN_CAPITALS.match(word) else word.capitalize() for word in text.split()]
    lowered = [word.lower() if place and word.lower() in _SMALL_WORDS else word for place, word in enumerate(words)]
    return re.sub(r"([-(/])([a-z])", lambda match: match[1] + match[2].upper(), " ".join(lowered))

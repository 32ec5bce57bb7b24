"""Reading days and months as British papers print them: "Tuesday, 11 March 2025", "9th March 2026", "04.03.25", "Dec-24".

In: a piece of text. Out: the days (or months, quarters) that it states whole. A day without a year is no day, a range
("11 to 15 March 2024") is no single day, and 03/04/2025 is the 3rd of April. Periods of figures are the work of tag/.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sendparse.begins import Sought

_MONTHS = [name.lower() for name in calendar.month_name[1:]]
_SHORT_MONTHS = [name[:3] for name in _MONTHS]
_LONG_OR_SHORT = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS if name != "september")
_MONTH = rf"(?P<month>{_LONG_OR_SHORT}|sept?(?:ember)?|febuary)\.?"
_DAY_NAME = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b\.?)"
_WEEKDAY = rf"(?P<weekday>{_DAY_NAME})"
_SPACE = r"[\s ]+"
_DASH = r"[-–‑]"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_NOT_IN_A_NUMBER = r"(?<![\d/.,-])"

_WORDED = Sought(
    rf"(?i)(?:{_WEEKDAY}[,\s ]*(?:the{_SPACE})?)?{_NOT_IN_A_NUMBER}\b(?P<day>\d{{1,2}})\s?(?:st|nd|rd|th)?,?"
    rf"(?:{_SPACE}|{_DASH})(?:(?:day{_SPACE})?of{_SPACE})?{_MONTH},?(?:{_SPACE}|{_DASH})"
    r"(?:" + _YEAR + r"|(?P<short_year>\d\d))\b(?![/\d%])"
)
_MONTH_FIRST = Sought(
    rf"(?i)(?:{_WEEKDAY}[,\s ]*)?\b{_MONTH}{_SPACE}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?{_SPACE}{_YEAR}\b(?![/\d%])"
)
_FIGURES = Sought(
    rf"(?i)(?:{_WEEKDAY}[,\s ]*)?{_NOT_IN_A_NUMBER}(?P<day>\d{{1,2}})(?P<mark>[/.-])(?P<number>\d{{1,2}})(?P=mark)"
    rf"(?:{_YEAR}|(?P<short_year>\d\d))(?![\d/.-]*\d)(?!%)"
)
_ISO = Sought(r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?![\d-]*\d)")
_MARKED = re.compile(r"\d[/.-]\d")
_TWO_DIGITS = re.compile(r"\d\d")  # no year without
_RANGE_BEFORE = re.compile(
    rf"(?<![\d/.-])\d{{1,2}}(?:st|nd|rd|th)?\s*(?:to|and|&|{_DASH}|/)\s*(?:{_DAY_NAME}\s*)?$", re.IGNORECASE
)
_TIME_BEFORE = re.compile(r"\d[.:]\d\d\s*(?:am|pm)?\s*(?:to|and|[-–])\s*$|\d\s*(?:am|pm)\s*$", re.IGNORECASE)
_MONTH_AND_YEAR = Sought(
    rf"(?i)(?<![\w/-]){_MONTH}(?:{_SPACE}|\s?{_DASH}\s?)"
    rf"(?:{_YEAR}(?:/\d\d|{_DASH}\d\d)?|['’]?(?P<short_year>\d\d))(?![\w/%]|{_DASH}\d)"
)
_SPLIT_YEAR = r"(?P<first>20\d\d)\s?[/–-]\s?(?:20)?(?P<second>\d\d)"
_QUARTER = Sought(
    rf"(?i)\b(?:quarter|qtr|q)\s?(?P<quarter>[1-4]|one|two|three|four)\b[\s,:(–-]*{_SPLIT_YEAR}"
    rf"|{_SPLIT_YEAR.replace('first', 'first_').replace('second', 'second_')}[\s,:(–-]*\b(?:quarter|qtr|q)\s?"
    r"(?P<quarter_>[1-4]|one|two|three|four)\b"
)
_QUARTER_NUMBER = {"one": 1, "two": 2, "three": 3, "four": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day as stated, with the place of its words in the text."""

    day: date
    start: int
    end: int
    weekday: bool = False  # the day of the week is named: a day on which something is held


def find_days(text: str) -> list[Day]:
    """Every single day that the text states with its year, in order."""
    found: list[Day] = []
    if not _TWO_DIGITS.search(text):
        return found
    for pattern in _that_may_match(text):
        for match in pattern.finditer(text):
            stated = _stated_day(match)
            if stated and not _ends_a_range(text, match) and not _overlaps(found, match):
                weekday = bool(match.groupdict().get("weekday"))
                found.append(Day(day=stated, start=match.start(), end=match.end(), weekday=weekday))
    return sorted(found, key=lambda day: day.start)


def _that_may_match(text: str) -> Iterator[Sought]:
    """Most lines name no month and have no marks between digits."""
    small = text.lower()
    if any(name in small for name in _SHORT_MONTHS):
        yield from (_WORDED, _MONTH_FIRST)
    if _MARKED.search(text):
        yield from (_FIGURES, _ISO)


def find_month_ends(text: str) -> list[date]:
    """The last day of every month that the text states with its year and without a day."""
    days = find_days(text)
    ends = []
    for match in _MONTH_AND_YEAR.finditer(text):
        if match[0][0].isupper() and not any(day.start <= match.start() < day.end for day in days):
            ends.append(_month_end(_year_of(match), _month_number(match["month"])))
    return ends


def find_quarter_ends(text: str) -> list[date]:
    """The last day of every quarter of a financial year that the text names: "Q3 2024/25" ends on 31 December 2024."""
    ends = []
    for match in _QUARTER.finditer(text):
        first = int(match["first"] or match["first_"])
        second = int(match["second"] or match["second_"])
        word = (match["quarter"] or match["quarter_"]).lower()
        quarter = _QUARTER_NUMBER.get(word) or int(word)
        if (first + 1) % 100 == second:
            month = quarter * 3 + 3
            ends.append(_month_end(first + (month > 12), (month - 1) % 12 + 1))
    return ends


def month_end_at_start(text: str) -> date | None:
    """The last day of the month with which the text begins: "January 2025 and is provisional"."""
    match = _MONTH_AND_YEAR.match(text)
    return _month_end(_year_of(match), _month_number(match["month"])) if match and text[0].isupper() else None


def read_month_heading(text: str) -> date | None:
    """The last day of the month that a column heading names and is nothing but: "Dec 24", "January 2025"."""
    match = _MONTH_AND_YEAR.fullmatch(text.strip())
    return _month_end(_year_of(match), _month_number(match["month"])) if match else None


def _stated_day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    month = int(parts["number"]) if parts.get("number") else _month_number(match["month"])
    if parts.get("mark") == "." and parts["short_year"] and len(match["day"] + match["number"]) < 4:
        return None  # 3.4.25 is as likely the number of a paragraph
    try:
        return date(_year_of(match), month, int(match["day"]))
    except ValueError:
        return None  # the 31st of February: a misprint, not ours to mend


def _year_of(match: re.Match[str]) -> int:
    return int(match["year"]) if match["year"] else 2000 + int(match["short_year"])


def _month_number(word: str) -> int:
    return next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(word[:3].lower()))


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _ends_a_range(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 24) : match.start()]
    return bool(_RANGE_BEFORE.search(before)) and not _TIME_BEFORE.search(before)


def _overlaps(found: list[Day], match: re.Match[str]) -> bool:
    return any(day.start < match.end() and match.start() < day.end for day in found)

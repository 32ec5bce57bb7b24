"""Words that narrow headings cut short: "Rolling 12 mths", "Prev. qtr", "Qtr 4", "02/25".

In: a heading. Out: the same with these in full, as the wordings of the patterns have them. Figures are none of these: a
fraction in a cell stays what it is.
"""

from __future__ import annotations

import re

from sendparse.begins import Sought
from sendparse.tag.hints import Hinted

_ROLLING = re.compile(r"\b(\d{1,2}) ?(?:mths?\b\.?|m(?= rolling\b|$))", re.IGNORECASE)
_WORDS = {"prev": "previous", "qtr": "quarter", "qtrs": "quarters", "mth": "month", "mths": "months", "yr": "year"}
_SHORT = Hinted(r"(?i)\b(prev|qtrs?|mths?|yr)\b\.?")
_NUMBERED_MONTH = re.compile(r"(0[1-9]|1[0-2])/(\d\d)")
_SHORT_DATE = Sought(r"\b(\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8}) ['’]?([12]\d)\b(?![/-])")  # "31 Mar 24"
_QUARTER_YEARS = Sought(r"(?i)\b((?:q|qtr|quarter) ?[1-4]),? (\d\d)[-–](\d\d)\b")  # "Q3 24-25"
_MONTHS_TO = Sought(r"(?i)\b(\d{1,2}) ?m(?:th|nth|onth)?s? (?=to\b|ending|ended)")
_QUARTER_TO = Sought(r"(?i)\b(?:quarter|qtr) (?=to\b|ending|ended)")
_MONTHS = "January February March April May June July August September October November December"


def dates_in_full(text: str) -> str:
    """What dates a heading, in full: "Prev. qtr" is "Previous quarter", "02/25" is "February 2025"; "11/12" is a year."""
    numbered = _NUMBERED_MONTH.fullmatch(text) if len(text) == 5 else None
    if numbered is not None and int(numbered[2]) != int(numbered[1]) + 1:
        return f"{_MONTHS.split()[int(numbered[1]) - 1]} 20{numbered[2]}"
    if "olling" in text or "mth" in text:
        text = _ROLLING.sub(r"\1 months", text)
    return _SHORT.expression.sub(_whole, text) if _SHORT.search(text) else text


def years_in_full(text: str) -> str:
    """A heading with its years of two digits in full, behind a day or a quarter: "31 Mar 24" is "31 Mar 2024"."""
    if " " not in text:
        return text
    return _QUARTER_YEARS.sub(r"\1 \2/\3", _SHORT_DATE.sub(r"\1 20\2", text))


def stretches_in_full(text: str) -> str:
    """A heading with what it says of a stretch that ends in full: "12m to June" is "12 months to June"."""
    small = text.lower()
    if " to" not in small and " end" not in small:
        return text
    return _QUARTER_TO.sub("3 months ", _MONTHS_TO.sub(r"\1 months ", text))


def _whole(match: re.Match[str]) -> str:
    whole = _WORDS[match[1].lower()]
    return whole.capitalize() if match[1][0].isupper() else whole

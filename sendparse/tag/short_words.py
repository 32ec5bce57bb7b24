"""Words that narrow headings cut short: "Rolling 12 mths", "Prev. qtr", "Qtr 4", "02/25".

In: a heading. Out: the same with these in full, as the wordings of the patterns have them. Figures are none of these: a
fraction in a cell stays what it is.
"""

from __future__ import annotations

import re

_ROLLING = re.compile(r"\b(\d{1,2}) ?(?:mths?\b\.?|m(?= rolling\b|$))", re.IGNORECASE)
_WORDS = {"prev": "previous", "qtr": "quarter", "qtrs": "quarters", "mth": "month", "mths": "months", "yr": "year"}
_SHORT = re.compile(r"\b(prev|qtrs?|mths?|yr)\b\.?", re.IGNORECASE)
_NUMBERED_MONTH = re.compile(r"(0[1-9]|1[0-2])/(\d\d)")
_MONTHS = "January February March April May June July August September October November December"


def dates_in_full(text: str) -> str:
    """What dates a heading, in full: "Prev. qtr" is "Previous quarter", "02/25" is "February 2025"; "11/12" is a year."""
    numbered = _NUMBERED_MONTH.fullmatch(text)
    if numbered is not None and int(numbered[2]) != int(numbered[1]) + 1:
        return f"{_MONTHS.split()[int(numbered[1]) - 1]} 20{numbered[2]}"
    if "olling" in text or "mth" in text:
        text = _ROLLING.sub(r"\1 months", text)
    return _SHORT.sub(_whole, text) if _SHORT.search(text) else text


def _whole(match: re.Match[str]) -> str:
    whole = _WORDS[match[1].lower()]
    return whole.capitalize() if match[1][0].isupper() else whole

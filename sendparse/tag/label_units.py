"""The unit that a label states: "% of plans issued", "Spend (£000)", "Average wait (weeks)".

In: the label of a row, a column or a table. Out: a unit and, for money, its scale; nothing where the label states none. A
length inside the name of a measure ("within 20 weeks") is no unit.
"""

from __future__ import annotations

import re
from functools import lru_cache

_LENGTHS = r"[(,:–-] ?(?:in )?(?:working |calendar |school )?"  # "(weeks)", "- in working days"
# A unit, words in small letters one of which a label that states it holds, and how it states it.
_UNIT_PATTERNS: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (unit, tuple(words.split("|")), re.compile(pattern, re.I))
    for unit, words, pattern in (
        ("rate_per_10k", "per 10", r"\bper (?:10,?000|10k)\b"),
        ("rate_per_100", "per 100", r"\bper 100\b(?!,)"),
        ("percentage_points", "point|pt", r"\b(?:percentage|%) points?\b|%\s?pts?\b|\bppts?\b"),
        (
            "percent",
            "%|percent|per cent|proportion|share",
            r"(?<![\d\s])%|^%|(?<=\s)%(?!\d)|^(?:the )?(?:percentages?|proportion|per ?cent|share)\b",
        ),
        ("percent", "(per|(pct", r"\((?:percentage|per ?cent|pct)\)"),
        (
            "weeks",
            "weeks|wks",
            r"\b(?:number of|average|mean|median|avg)\b(?:.* )?(?<!\d )weeks\b(?! old)|"
            + _LENGTHS
            + r"(?:weeks|wks)\)?$",
        ),
        ("days", "days", r"\b(?:number of|average|mean|median|avg)\b(?:.* )?(?<!\d )days\b|" + _LENGTHS + r"days\)?$"),
        ("months", "months", r"\bnumber of months\b|" + _LENGTHS + r"months\)?$"),
        (
            "fte",
            "fte",
            r"\(ftes?\)|(?<!per )\bftes?$|^(?:number of |no\.? of )?ftes?\b|(?<!per )\bftes? (?:posts|staff|in post)",
        ),
        ("gbp", "£|(gbp", r"£|\(gbp\)"),
        (
            "count",
            "num|no|count|volume|#",
            r"^(?:the )?(?:total )?(?:average )?(?:numbers?|nos?\b\.?(?=\s*\S)"
            r"(?! (?:identified|known|recorded|sen|send|special|plan|longer)\b)|num|count|volume)\b|^#",
        ),
        ("count", "num|no|count|volume|#", r"\((?:number|no\.?|count|volume|#)\)$|[–-] ?(?:number|no\.?|count)$"),
    )
)
_SCALE = re.compile(r"£\s?['’]?(000|k\b|thousand)|£\s?(m\b|mn\b|million)", re.I)


@lru_cache(maxsize=4096)
def unit_in_label(text: str) -> tuple[str, int]:
    """The unit that a label of a measure states ("% of plans", "Spend (£000)"), and its scale; empty when it states none."""
    unit, small = "", text.lower()
    for name, words, pattern in _UNIT_PATTERNS:
        if any(map(small.__contains__, words)) and pattern.search(text):
            unit = name
            break
    scale = _SCALE.search(text) if unit == "gbp" else None
    return unit, 1 if scale is None else 1000 if scale[1] else 1_000_000

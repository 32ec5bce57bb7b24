"""Numbers that stand raised at a word or figure: a footnote's mark, or the power of a unit.

They are given in superscript digits and stand apart from the text before them, so that `45%` with note 1 is never read as
45%1 or 451.
"""

from __future__ import annotations

import re

SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DIGITS = {above: digit for digit, above in SUPERSCRIPT.items()}
_UNIT_BEFORE = re.compile(r"(?:^|[^A-Za-z])[ckm]?m$")


def raised(before: str, text: str) -> str:
    """Raised text as it goes into running text after `before`."""
    mark = text.strip()
    if not mark.isdecimal() or len(mark) > 3:
        return text
    apart = "" if not before or before[-1].isspace() or _UNIT_BEFORE.search(before) else " "
    return apart + mark.translate(SUPERSCRIPT)


def as_digits(text: str) -> str:
    """Text with plain digits for raised ones: what the file of a paper has, before anyone looks where they stand."""
    return text.translate(_DIGITS)

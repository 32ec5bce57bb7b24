"""Where a sentence ends.

In: the text of one block. Out: the stretches of its sentences. A full stop after an abbreviation, an initial, or between
digits ends nothing; a line break ends nothing either, since lines break anywhere.
"""

from __future__ import annotations

import re

_STOP = re.compile(r"[.!?]+[\"'”’)\]]*(?=\s+[\"'“‘(\[•·£c~]*[A-Z0-9£])|[.!?]+[\"'”’)\]]*(?=\s*[•·▪]\s)")
_NO_STOP = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|approx|ca|c|cf|vs|v|no|nos|No|Nos|para|paras|p|pp|s|ss|fig|Fig|ref|Ref|Dr|Mr|Mrs|Ms|Prof|Cllr|Cllrs|St|Rev|Hon|Jan|Feb|Mar|Apr|"
    r"Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|incl|excl|inc|est|min|max|avg|dept|Dept|Ltd|Co|Rd|Ave|ext|tel|Tel|hrs|yrs|wks)|(?<![A-Za-z])[A-Z]|\b[A-Z]\.[A-Z])\.$"
)
_LIST_NUMBER = re.compile(r"(?:^|\n)\s*\(?(?:\d{1,2}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,4})\.$")
_NEW = re.compile(r"\s+[A-Z][a-z]")
_AMOUNT = re.compile(r"£\s?\d[\d,]*\.$")
_DIGIT = re.compile(r"\s*\d")
_LOOK = 40  # characters before a full stop that tell what it is


def spans(text: str) -> list[tuple[int, int]]:
    """First and last place of each sentence, white space left out."""
    out: list[tuple[int, int]] = []
    begin = 0
    for match in _STOP.finditer(text):
        end = match.end()
        upto = text[max(begin, end - _LOOK) : end]
        short = match[0][0] == "." and (_NO_STOP.search(upto) or _LIST_NUMBER.search(upto))
        if short and not (upto.endswith(("etc.", "No.")) and _NEW.match(text, end)):
            continue
        if _AMOUNT.search(upto) and _DIGIT.match(text, end):
            continue  # an amount broken by the line: "£1.\n2 million"
        _add(out, text, begin, end)
        begin = end
    _add(out, text, begin, len(text))
    return out


def _add(out: list[tuple[int, int]], text: str, begin: int, end: int) -> None:
    piece = text[begin:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    if right > left:
        out.append((begin + left, begin + right))

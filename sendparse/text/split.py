"""Where a sentence ends.

In: the text of one block. Out: the stretches of its sentences. A full stop after an abbreviation, an initial, or between
digits ends nothing; a line break ends nothing either, since lines break anywhere.
"""

from __future__ import annotations

import re

# It begins with one class of signs, which a text is gone through for quickly.
_STOP = re.compile(r"[.!?](?<![.!?].)[.!?]*+[\"'”’)\]]*+(?=\s+[\"'“‘(\[•·£c~]*[A-Z0-9£]|\s*[•·▪]\s)")
_CUT_SHORT = """approx ca c cf vs v no nos No Nos para paras p pp s ss fig Fig ref Ref Dr Mr Mrs Ms Prof Cllr Cllrs St Rev Hon etc
Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec incl excl inc est min max avg dept Dept Ltd Co Rd Ave ext tel Tel hrs yrs wks"""
_SHORTENED = frozenset(_CUT_SHORT.split())
_LIST_NUMBER = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,4})\.")
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
        if upto.endswith("."):
            short = _ends_nothing(upto) or _numbers_an_item(upto)
            if short and not (upto.endswith(("etc.", "No.")) and _NEW.match(text, end)):
                continue
            if "£" in upto and _AMOUNT.search(upto) and _DIGIT.match(text, end):
                continue  # an amount broken by the line: "£1.\n2 million"
        _add(out, text, begin, end)
        begin = end
    _add(out, text, begin, len(text))
    return out


def _ends_nothing(upto: str) -> bool:
    """Whether the word before the full stop that ends a text is an abbreviation or an initial."""
    start = last = len(upto) - 1
    while start and (upto[start - 1].isalnum() or upto[start - 1] == "_"):
        start -= 1
    word = upto[start:last]
    if word in _SHORTENED:
        return True
    if "A" <= word[-1:] <= "Z":
        return not (word[-2:-1].isascii() and word[-2:-1].isalpha())
    if upto.endswith(("e.g.", "i.e.")):
        return last == 3 or not (upto[last - 4].isalnum() or upto[last - 4] == "_")
    return False


def _numbers_an_item(upto: str) -> bool:
    """Whether nothing but the number of a list item stands on the line that ends with a full stop."""
    item = upto.rsplit(maxsplit=1)[-1]
    if _LIST_NUMBER.fullmatch(item) is None:
        return False
    before = upto[: -len(item)]
    rest = before.rstrip()
    return not rest or "\n" in before[len(rest) :]


def _add(out: list[tuple[int, int]], text: str, begin: int, end: int) -> None:
    while begin < end and text[begin].isspace():
        begin += 1
    while begin < end and text[end - 1].isspace():
        end -= 1
    if begin < end:
        out.append((begin, end))

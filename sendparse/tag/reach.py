"""How far the words of a figure reach in its sentence: its part, what is told behind its bracket, a verb that it shares.

In: a tagged sentence and one of its figures. Out: the stretch of its words, and whether a word further on speaks of it too. How
strongly each word then counts is the work of near.py.
"""

from __future__ import annotations

import re

from sendparse.tag.tagged import Tagged
from sendparse.tag.wording import BREAKDOWN, Item

_OF_THE = re.compile(r"\s+of\s+(?:the|our|all|these|those|its|their)\s+(?:total\s+of\s+)?")
_TELLS = re.compile(
    r"\s?%?\)\s+(?:were|was|are|is|had|have|has|met|came|went|did|took|got|made|said|felt|attend|remain|live|lived|being|been)\b"
)
_TOLD = re.compile(r"[,;.](?=\s|$)|\s(?:and|while|whilst|but|with|compared|against|up|down|in\s+contrast)\s")
# As in "33 of them (63%) were on time", "52 young people with plans (4.9%) are NEET": one thing, counted and as a share.
_OPENED = re.compile(
    r"(?:\s+(?!and\b|but\b|while\b|against\b|compared\b|to\b|from\b|or\b|were\b|was\b|are\b|is\b)[A-Za-z][\w'’/-]*){0,7}"
    r"\s*(?:\(|,?\s+or\s)\s*(?:about\s|around\s|c\.?\s?|approximately\s|or\s)?\s*"
)
BRACKETED = re.compile(r"\s?%?\)")
_VERBS = re.compile(
    r"\b(?:were|was|are|is|be|been|had|have|has|met|got|took|made|went|came|did|fell|rose|stood|reach(?:ed)?|achieved?|attained?|gained?|passed|missed|"
    r"attend(?:ed)?|receive[ds]?|remain(?:ed)?|live[ds]?|left)\b"
)
_FROM = re.compile(r"(?i)\bfrom\s+(?:(?:about|around|just|only|over|some)\s+)*$")
_TO = re.compile(r"\s+to\s+(?:(?:about|around|just|only|over|some|nearly)\s+)*")
_NOUN = 40  # characters
_SHARING = frozenset({"and", "comma", "comparison", "contrast", "with"})
_WHOM = re.compile(
    r"\s+(?:of|for|among|amongst|with|on)\s(?:(?!and\s)[\w'’/-]+\s+){1,7}?(?:and|(?:compared\s+)?(?:with|to)|against)\s+(?:(?:only|just|about|around|nearly|some)\s+)?"
)


def stretch(tagged: Tagged, number: int) -> tuple[int, int]:
    """The part of a figure, with what is told of it behind a bracket, and without what is told of the figure before."""
    start, end = _shared(tagged, number)
    if number and (told := _told_behind(tagged, number - 1)) < tagged.values[number].start:
        start = max(start, told)
    start = min(start, _label_of_bracket(tagged, number))
    share = _share_behind(tagged, number)
    if share == 0 and of_a_whole(tagged, number):
        end = max(end, tagged.parts[number + 1].end)
    return start, max(end, _told_behind(tagged, share or number))


def _label_of_bracket(tagged: Tagged, number: int) -> int:
    """As in "36% of plans, followed by SEMH (23%)": where the part of a whole begins that stands before a figure in brackets."""
    opened = tagged.text.rfind("(", 0, tagged.values[number].start)
    if not number or opened < 0 or tagged.text[opened + 1 : tagged.values[number].start].strip():
        return len(tagged.text)
    before = (item for item in tagged.items if item.kind == BREAKDOWN and opened - 2 <= item.end <= opened)
    return next((item.start for item in before if item.start >= tagged.values[number - 1].end), len(tagged.text))


def of_a_whole(tagged: Tagged, number: int) -> bool:
    """As in "44% of the 57 exclusions were of pupils with SEND": what is told behind the whole is told of the share."""
    value = tagged.values[number]
    if value.unit != "percent" or number + 1 >= len(tagged.values) or tagged.values[number + 1].unit != "count":
        return False
    return _OF_THE.fullmatch(tagged.text, value.end, tagged.values[number + 1].start) is not None


def _told_behind(tagged: Tagged, number: int) -> int:
    """As in "83 (59%) were in time, up from 40": how far the words behind the bracket speak of the figure in it; 0: not at all."""
    opened = _TELLS.match(tagged.text, tagged.values[number].end)
    if opened is None:
        return 0
    following = tagged.values[number + 1].start if number + 1 < len(tagged.values) else len(tagged.text)
    closed = _TOLD.search(tagged.text, opened.end(), following)
    return closed.start() if closed else following


def _shared(tagged: Tagged, number: int) -> tuple[int, int]:
    """The part of a figure; a part of a whole and its percentage share theirs."""
    part = tagged.parts[number]
    value = tagged.values[number]
    if "whole" in value.flags and number:
        value = tagged.values[number - 1]
    if value.denominator is None or "parts_in_words" in value.flags:
        share = _share_behind(tagged, number)
        return part.start, tagged.parts[share].end if share else part.end
    pair = (value.numerator, value.denominator)
    mates = [n for n, v in enumerate(tagged.values) if (v.numerator, v.denominator) == pair]
    mates += [number] if number not in mates else []
    if "part" in value.flags and number + 1 < len(tagged.values) and "whole" in tagged.values[number + 1].flags:
        mates.append(
            number + 1
        )  # "three of the 64 had gone to a hearing": what is told of the part stands behind the whole
    return min(tagged.parts[n].start for n in mates), max(tagged.parts[n].end for n in mates)


def _share_behind(tagged: Tagged, number: int) -> int:
    """As in "612 (59%) had been agreed": the words behind the bracket speak of both. Which figure stands in the bracket; 0: none."""
    following = number + 1
    if following >= len(tagged.values):
        return 0
    inside = tagged.values[following]
    gap = tagged.text[tagged.values[number].end : inside.start]
    alone = tagged.text[inside.end : inside.end + 1] == ")" or inside.unit == "percent"
    return following if alone and _OPENED.fullmatch(gap) else 0


def closes_a_list(tagged: Tagged, number: int, item: Item) -> bool:
    """As in "Autism (29%), SEMH (25%) and SLCN (18%) make up most needs": the words behind the last bracket speak of all."""
    inside = tagged.values
    if len(inside) - number < 2 or inside[-1].start >= item.start:
        return False
    return all(
        BRACKETED.match(tagged.text, value.end) and tagged.text[value.start - 1] == "(" for value in inside[number:]
    )


def shares_its_verb(tagged: Tagged, number: int, item: Item) -> bool:
    """As in "9% of pupils with a plan and 26% with SEN support reached the standard": what is told of both."""
    following = number + 1
    if following >= len(tagged.values) or item.start >= tagged.parts[following].end:
        return False
    value, other, part = tagged.values[number], tagged.values[following], tagged.parts[following]
    if _TO.fullmatch(tagged.text, value.end, other.start) and _FROM.search(tagged.text, 0, value.start):
        return other.end <= item.start < min(part.end, other.end + _NOUN)  # "from 23 to 37 officers"
    if part.joint not in _SHARING:
        return False
    if value.unit != other.unit or not part.start <= item.start < part.end:
        return False
    between = tagged.text[value.end : other.start]
    told = _VERBS.search(tagged.text, other.end, part.end)
    return (
        bool(_WHOM.fullmatch(between))
        and not _VERBS.search(between)
        and told is not None
        and told.start() <= item.start
    )


def coupled(tagged: Tagged, number: int, item: Item) -> bool:
    """As in "45% and 52% of plans": the words behind the last of coupled figures speak of both."""
    following = number + 1
    if following >= len(tagged.parts) or not tagged.parts[following].start <= item.start < tagged.parts[following].end:
        return False
    gap = tagged.text[tagged.values[number].end : tagged.values[following].start]
    return (
        tagged.parts[following].joint in {"and", "to", "comma", "none", "bracket"}
        and len(gap) < 40
        and not _VERBS.search(gap)
    )

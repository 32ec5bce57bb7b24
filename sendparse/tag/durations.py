"""Lengths of time: "an average of 31 weeks" is measured, "within 20 weeks" is the name of a limit.

In: a number with a unit of time and the text it stands in. Out: why it is no figure, or nothing when it is one. A length of
time is a figure only near words that measure it; the thresholds in the names of measures are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from sendparse.begins import Sought
from sendparse.tag.period_atoms import grammar
from sendparse.tag.value_numbers import Number
from sendparse.tag.wordings import any_of, rules

DURATIONS = frozenset({"weeks", "days", "months", "years"})


def no_duration(number: Number, text: str) -> str:
    """Why a number of weeks is the name of a limit rather than a figure; empty when it is one."""
    before = text[max(0, number.start - 160) : number.start]
    clause = re.split(r"[.;]\s|\n\n", before)[-1]
    after = re.split(r"[.;]\s|\n\n", text[number.end : number.end + 80])[0]
    if re.search(r"\d\s?/\s?$", before) or _WITHIN_A_LIMIT.search(before):
        return "threshold in a name" if before.endswith("of ") else "two numbers run together"
    hedged = _hedge_end().sub("", before)
    direct = _lead().search(hedged)
    cue = _cues().search(clause) or _cues().search(after)
    if _longest().search(before) or _stated_as_one(before, text, number):
        return ""
    if _it_is().search(hedged) and not re.search(r"(?i)\b(?:limit|deadline|statutory|legal)\b", clause):
        return ""
    named = _NAMES_A_GROUP.search(before) or _OF_THOSE_WAITING.search(before)
    named = named or (_threshold().search(before) and _GOES_ON.match(text, number.end))
    if named and not re.search(r"(?i)\b(?:average|mean|median)\b[^.;]*$", clause):
        return "threshold in a name"
    if number.decimals and (cue or direct or not _threshold().search(before)):
        return ""
    if _threshold().search(before) and (_COUNTED_SO_LONG.search(clause) or not direct):
        return "threshold in a name"
    if _threshold().search(before) and not (direct and hedged != before and _cues().search(clause)):
        return "threshold in a name"
    if _named_by_it().match(text, number.end) and not re.search(r"\b(?:average|mean|median)\b[^.;]*$", clause):
        return "threshold in a name"
    if cue and (direct or not hedged.strip() or re.search(r"(?:\(|[:=]|from|to|by|and|,)\s*$", hedged)):
        return ""
    if cue and re.match(rf"\s+(?:in|for)\s+(?:the\s+)?(?:20\d\d|Q\d|(?:{grammar().month})\b)", text[number.end :]):
        return ""
    if not before.strip() and not text[number.end :].strip(" .*\t"):
        return ""  # a cell or an answer by itself
    if (cue and _paired(text, number)) or _from_to(text, number):
        return ""
    return "length of time"


# "51% waiting under 18 weeks", "of whom 63.4% had waited less than 18 weeks"
_OF_THOSE_WAITING = Sought(
    r"(?i)\d\s?(?:%|per\s+cent)\s+(?:of\s+[^.;,\d]{3,40}\s)?(?:(?:were|are|had|have|has|is)\s+)?(?:been\s+)?(?:waiting|waited|seen)\s+(?:for\s+)?"
    r"(?:more\s+than|longer\s+than|over|less\s+than|fewer\s+than|under|within|up\s+to)\s+$"
)
# "Written within the legal limit of 20 weeks"
_WITHIN_A_LIMIT = Sought(
    r"(?i)\b(?:within|inside|outside|beyond|in|over|exceed\w*)\s+(?:the|our|its)\s+(?:[a-z-]+\s+){0,3}(?:limit|deadline|timescale|timeframe|target|standard|period|window)\s+of\s+$"
)
# "Waiting times fall below 8 weeks", "reduce the wait to under 12 weeks"
_CUT_TO = Sought(
    r"(?i)\b(?:waits?|waiting\s+times?|times?|delays?|turnaround)\b[^.;,\d]{0,50}\b(?:fall|falls|fell|drop|reduced?|down|cut|come|get|shorten\w*|to|is|are|be|kept)\s+(?:to\s+)?"
    r"(?:below|under|less\s+than|fewer\s+than)\s+$"
)
# "Neurodevelopmental: average wait to first contact 27 weeks"
_REDUCE_IT_TO = Sought(
    r"(?i)\b(?:reduce|cut|bring|get|shorten|bringing|reducing|cutting)\s+(?:this|it|that|them|waits?)\s+(?:down\s+)?to\s+$"
)
_AVERAGE_WAIT = Sought(
    r"(?i)\b(?:average|mean|median|longest)\s+(?:waiting\s+)?(?:waits?|times?)\s+(?:to|for|from|until|between)\s[^.;,:\d]{3,50}(?<!than)(?<!over)(?<!within)(?<!under)\s$"
)
_TAKES_AT_MOST = Sought(r"(?i)\b(?:should|must|ought\s+to)\s+(?:only\s+|all\s+)?take\s+no\s+(?:more|longer)\s+than\s+$")
_AS_A_TARGET = Sought(
    r"(?i)(?:\b(?:target|KPI|ambition|goal|standard)\s*(?:\(?[:=–-]|is|was|of|is\s+set\s+at)?\s*(?:under\s+|less\s+than\s+|within\s+)?|"
    r"\b(?:limit|ceiling|maximum)\s*(?:[:=]|is|was)\s*)$"
)
_OF_THE_LAW = Sought(r"(?i)\b(?:statutory|legal|national)\b[^.;,]{0,30}$")
_AGAINST = Sought(r"(?i)\bagainst\s+(?:the|a|an|our)\s+$")
_REQUIRED = re.compile(r"(?i)\s+(?:required|allowed|permitted|set|laid\s+down|stipulated)\s+(?:by|in|under)\b")
_FIRST_SEEN = Sought(
    r"(?i)\b(?:appointment|first\s+seen|available|offered|listed|booked)\s+(?:in|after|for|at)\s+(?:about\s+|around\s+)?$"
)
_ONE_OF_THEM = Sought(
    r"(?i)\b(?:there(?:['’]s|\s+is|\s+was)\s+one|the\s+(?:oldest|longest)(?:\s+one)?)\s+(?:is\s+|was\s+)?at\s+$"
)


def _stated_as_one(before: str, text: str, number: Number) -> bool:
    """As in "target 6 weeks", "against the six weeks required by law", "appointments in 19 weeks", "there's one at 97 weeks"."""
    if re.match(r"[\s-]*(?:deadline|timescale|timeframe|target|limit|standard)\b", text[number.end :]):
        return False
    if (found := _AS_A_TARGET.search(before)) is not None:
        return _OF_THE_LAW.search(before[: found.start()]) is None
    if _AGAINST.search(before) and _REQUIRED.match(text, number.end):
        return True
    return any(
        told.search(before)
        for told in (_FIRST_SEEN, _ONE_OF_THEM, _TAKES_AT_MOST, _CUT_TO, _AVERAGE_WAIT, _REDUCE_IT_TO)
    )


# "The oldest case has been open for 58 weeks": the one that is spoken of, and how long it took.
@cache
def _longest() -> Sought:
    told = r"(?:for|been|open|at|of|is|was)\s+(?:(?:just|about|around|nearly|some)\s+)?"
    return Sought(rf"(?i)\b(?:oldest|longest|shortest|average|mean|median)\b[^.;,\d]{{0,70}}\b{told}$")


@cache
def _it_is() -> Sought:
    """Right before a length of time: "that it was currently just over 33 weeks"."""
    return Sought(r"(?i)\b(?:it|this)\s+(?:is|was|has\s+been|had\s+been)\s+(?:now\s+|currently\s+|just\s+)*$")


# "Children waiting more than 18 weeks": a group that is named by the limit.
_NAMES_A_GROUP = Sought(
    r"(?i)\b(?:children|pupils|families|people|cases|plans|assessments|requests|reviews)\s+(?:still\s+)?(?:waiting|open|outstanding)\s+"
    r"(?:for\s+)?(?:more\s+than|longer\s+than|over|less\s+than|under|up\s+to|at\s+least)\s+$"
)
# "Waits of over 18 weeks have reduced from 638 to 194": the limit names what is then told.
_GOES_ON = re.compile(r"\s+(?:have|has|had|were|are|fell|rose|dropped|reduced|increased|came|now)\b")


# "12 children have now waited over 52 weeks": whom the limit counts stands before it.
_COUNTED_SO_LONG = Sought(
    r"(?i)(?:^|[\s(])\d[\d,]*%?\)?\s+(?:[a-z]+\s+){1,7}?(?:wait(?:ed|ing|s)?|open|outstanding)\s+[a-z ]{0,20}$"
)


@cache
def _named_by_it() -> re.Pattern[str]:
    """Right behind "20 weeks": what bears its name."""
    return re.compile(rf"\s*(?:\(s\))?\s*(?:{any_of(rules('values')['named_by_a_duration'])})\b")


def _paired(text: str, number: Number) -> bool:
    """As in "8.1 weeks ... compared to 16.3 weeks", "from 33 weeks in 2024 to 26 weeks"."""
    around = text[max(0, number.start - 60) : number.end + 60]
    return re.search(r"(?i)compar|\bfrom\b.*\bto\b|\bagainst\b", around) is not None


def _from_to(text: str, number: Number) -> bool:
    unit = rf"\d[\d.]*\s?{number.unit[:-1]}s?\b"
    after = re.match(rf"[^.;]{{0,40}}?\bto\s+(?:\w+\s+){{0,2}}{unit}", text[number.end :])
    before = re.search(rf"\bfrom\s+{unit}[^.;]{{0,40}}?\bto\s+(?:\w+\s+){{0,2}}$", text[: number.start])
    return bool(before or (after and re.search(r"\bfrom\s+(?:\w+\s+){0,2}$", text[: number.start])))


@cache
def _lead() -> Sought:
    return Sought(
        rf"(?i)(?:\b|(?<=\s)|^)(?:{any_of(rules('values')['duration_leads'], caseless=True)})\s*(?:an?\s+average\s+of\s+)?$"
    )


@cache
def _threshold() -> Sought:
    return Sought(rf"(?i)(?<![\w])(?:{any_of(rules('values')['duration_thresholds'], caseless=True)})\s*$")


@cache
def _cues() -> Sought:
    return Sought(rf"(?i)\b(?:{any_of(rules('values')['duration_cues'], caseless=True)})\b")


@cache
def _hedge_end() -> Sought:
    words = [w for forms in rules("values")["hedges"].values() for w in forms if str(w)[0].isalpha()]
    return Sought(rf"(?i)(?<!\w)(?:{any_of(words, caseless=True)})\s*$")


_UNIT_LESS = re.compile(
    r"\s*(?:[.,;:)]|$|(?:and|but|in|at|by|a\s+year|this|last|for|during|on\s+average|when|currently|now|the)\b)"
)
_GOES_OVER = Sought(
    r"(?i)(?:\b(?:to|from|and|than|is|was|now|at|against|of|with|be)|,|\()\s+(?:(?:just|about|around|over|under|nearly|only)\s+){0,2}$|\((?:was\s+)?$"
)


def share_duration(numbers: Sequence[Number], text: str) -> None:
    """As in "27 weeks, down from 31", "89 weeks last year, is now 76": what follows a length of time is one too."""
    for first, second in pairwise(numbers):
        gap = text[first.end : second.start]
        if (
            first.unit not in DURATIONS | {"fte"}
            or second.unit
            or second.money
            or len(gap) > 60
            or re.search(r"[.;]\s", gap)
        ):
            continue
        start = second.hedge_start if second.hedge_start >= 0 else second.start
        if _GOES_OVER.search(text[first.end : start]) and _UNIT_LESS.match(text, second.end):
            second.unit = first.unit

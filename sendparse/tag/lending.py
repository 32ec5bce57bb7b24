"""Periods lent within a sentence: parts that state none go back to the part they stand beside, or to the sentence's opening.

In: a sentence, its figures with their parts and roles, and the periods they have by themselves. Out: the same, completed. What
is told of now, or costs what is still to come, or stands in another clause, takes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sendparse.model import Period, Value
from sendparse.tag.parts import Part
from sendparse.tag.role import Role
from sendparse.tag.set_beside import is_compared_with

_TIMES = frozenset({"weeks", "days", "months", "years"})
_HAS_WAITED = re.compile(r"(?i)\b(?:has|have)\s+(?:\w+\s+){0,3}(?:waited|waiting|open|outstanding)\b[^.;]{0,30}$")


def waits(text: str, value: Value, part: Part) -> bool:
    """As in "received in March 2024, who has waited 68 weeks": how long it is since then."""
    return value.unit in _TIMES and _HAS_WAITED.search(text, part.start, value.start) is not None


def lend(
    text: str,
    values: Sequence[Value],
    own_parts: Sequence[Part],
    given: Sequence[Role],
    periods: Sequence[Period],
    out: list[Period | None],
) -> None:
    """Parts without a period of their own."""
    first = values[0].start if values else 0
    opening = next((p for p in periods if p.text_end <= first), None)
    for number in range(len(values)):
        if out[number] is not None:
            continue
        if waits(text, values[number], own_parts[number]):
            continue
        if number and _HAS_COME_TO.search(text[values[number - 1].end : values[number].start]):
            continue  # "which stood at 264 in February 2025, has been reduced to 87": where it is now
        lent = _earlier(text, values, own_parts, given, out, number)
        between = number > 0 and _WE_NOW.search(text, values[number - 1].end, values[number].start) is not None
        mine = own_parts[number]
        told_now = between or (mine.joint == "stop" and _NOW.search(text, mine.start, mine.end) is not None)
        if lent is None and not told_now and not (opening is not None and _only_up_to(given, number, opening)):
            lent = opening
        if lent is None and not _still_to_come(given, number):
            lent = _shared(text, values, own_parts, given, out, number)
        if lent is not None:
            out[number] = lent


def _only_up_to(given: Sequence[Role], number: int, period: Period) -> bool:
    """As in "Spending was £38.9m at the end of September and the outturn is forecast at £79.8m": a day of what has been."""
    return given[number].name == "forecast" and given[0].name == "actual" and period.start == period.end


def _still_to_come(given: Sequence[Role], number: int) -> bool:
    """As in "from 37% to 45% by 2028", "from a baseline of 29% to 51% in May": the day of the second end does not date the first."""
    following = given[number + 1].name if number + 1 < len(given) else ""
    begun = given[number].name == "baseline" and following != ""
    return begun or (given[number].name == "actual" and following in {"forecast", "target"})


def _bracketed(text: str, before: Value, found: Period, value: Value) -> bool:
    """As in "197 (2023-24: 154) and 48": the bracket has dated its own figure, and is closed."""
    opened = text.rfind("(", 0, before.start)
    return (
        opened >= 0
        and opened < found.text_start
        and ")" not in text[opened : before.start]
        and ")" in text[before.end : value.start]
    )


def _aside(text: str, value: Value, period: Period) -> bool:
    """Whether a figure and its period stand in one bracket, which then speaks of another time than what it is set beside."""
    begin, end = min(value.start, period.text_start), max(value.end, period.text_end)
    opened = text.rfind("(", 0, begin)
    return opened >= 0 and ")" not in text[opened:end] and ")" in text[end:]


def _ends_of_a_movement(
    given: Sequence[Role], before: int, number: int, found: Period, values: Sequence[Value]
) -> bool:
    """As in "from 35% in 2022 to 48%": the day of one end does not date the other."""
    return (
        (given[before].cue == "from" or given[before].name == "baseline")
        and given[number].cue in {"to", "rising to"}
        and values[before].end <= found.text_start < values[number].start
    )


_HAS_COME_TO = re.compile(
    r"(?i)\b(?:has|have|is|are)\s+(?:since|now|already|subsequently|been)\s+(?:\w+\s+){0,4}(?:to|at)\s+(?:(?:just|about|around|over|under|nearly|only)\s+){0,2}$"
)
_NOW = re.compile(r"(?i)\b(?:now|stands?|remains?|is|are|currently)\b")
_JUST_FROM = re.compile(r"(?i)[\s,(]*(?:(?:up|down|rising|falling|going)\s+)?from\s+(?:\w+\s+){0,2}")


def _since_then(gap: str, role: Role) -> bool:
    """Whether the words behind "since 2019" turn to what is now: that is of no stretch."""
    return _NOW.search(gap) is not None or (role.cue in {"from", "to"} and not _JUST_FROM.fullmatch(gap))


_THAN_THEN = re.compile(r"\bthan\s+(?:(?:in|at|on|for|by|during|the)\s+){0,2}$")
_PREVIOUS = re.compile(r"(?i)\bprevious(?:ly)?\s*[:=]\s*$|;\s*(?:current(?:ly)?|latest|now)\s*[:=]?\s*$")
_STILL = re.compile(r"(?i)\b(?:now|remains?|stands?|currently|still)\b")
_SO_THAT = re.compile(r"(?i)\bso\s+that\b")
_DUE = re.compile(r"(?i)\b(?:by|from|opening\s+in|opens\s+in|open\s+in)\s+(?:the\s+)?(?:end\s+of\s+)?$")
_COSTS = re.compile(r"(?i)\b(?:costs?|costing|price|worth|investment)\b")
# ", backed by £18.5m": money that comes with what is to be, at no stated time.
_WITHOUT_DATE = re.compile(r"(?i),?\s*(?:backed|funded|supported|financed|paid\s+for)\s+(?:by|with|from)\b")


def _earlier(
    text: str,
    values: Sequence[Value],
    own_parts: Sequence[Part],
    given: Sequence[Role],
    out: Sequence[Period | None],
    number: int,
) -> Period | None:
    """The period of the figure before, when the two are set side by side or stand in one breath."""
    for before in range(number - 1, -1, -1):
        found = out[before]
        if found is None:
            continue
        if given[before].name == "change" and _THAN_THEN.search(text[values[before].end : found.text_start]):
            continue  # "36 more than in March 2024, at a cost of £66,400"
        if found.end is None and _since_then(
            text[max(found.text_end, values[before].end) : values[number].start], given[number]
        ):
            continue  # "has risen by 64% since 2019 and stands at 3,206"
        if _bracketed(text, values[before], found, values[number]) or _ends_of_a_movement(
            given, before, number, found, values
        ):
            continue
        gap = text[max(values[before].end, min(found.text_end, values[number].start)) : values[number].start]
        if (
            _SO_THAT.search(gap)
            or _PREVIOUS.search(gap)
            or _WITHOUT_DATE.match(text[own_parts[number].start : values[number].start])
        ):
            return None
        to_come = given[before].name in {"forecast", "target"} or _DUE.search(text, 0, found.text_start)
        if to_come and values[number].unit == "gbp" != values[before].unit and _COSTS.search(gap):
            return None  # "40 places from September 2026, at a cost of £3.3m"
        part = own_parts[number]
        standing = given[number].name == "target" != given[before].name and part.joint == "stop"
        if standing or (given[before].name == "actual" and _only_up_to(given, number, found)):
            return None  # "spending was £38.9m at the end of September and the projected outturn is £79.8m"
        if part.joint == "stop" and _STILL.search(text, part.start, part.end):
            return None  # "we have recruited 6 since September; 4 posts remain vacant"
        if _WE_NOW.search(text, values[number - 1].end, values[number].start):
            return None  # "88 a month in 2024/25, twice the level before, and we can only see 45"
        if (
            part.joint in {"and", "comma", "verb"}
            and found.text_start >= values[before].end
            and _two_clauses(text, own_parts[before], part)
        ):
            return None  # "£3m in 2024/25 and 22 officers had been appointed": the second clause has its own verb
        close = part.joint in {"comparison", "to", "with", "contrast"} or len(gap) < (
            40 if part.joint == "bracket" else 70
        )
        return found if close else None
    return None


_ACTS = re.compile(r"(?i)\b(?:is|was|were|are|has|have|had|will|would|can|leaving|remain\w*)\b")
_WE_NOW = re.compile(
    r"(?i)\b(?:and|but|so|while)\s+(?:we|they|it|there|the\s+\w+)\s+(?:can|are|is|have|has|now|only|currently|still)\b"
)
_DID = re.compile(r"(?i)\band\s+(?:\w+ly\s+)?(?:spent|paid|sent|made|gave|lost|won|\w{3,}ed)\b")
_IS = re.compile(r"(?i)\b(?:is|are|has|have)\b")
_WAS = frozenset({"was", "were"})
_TURNS = re.compile(r"(?i)\b(?:from|than|peak|compared|against|previous\w*|last)\b")


def _two_clauses(text: str, first: Part, second: Part) -> bool:
    if re.search(r"(?i)\bof\s+(?:these|those|them|which|whom)\b", text[second.start : second.end]):
        return False
    if _WE_NOW.search(text, second.start, second.end):
        return True  # "referrals ran at 88 a month in 2024/25, and we can only see 45"
    if _DID.match(text, second.start + 1) and _IS.search(text, 0, first.end):
        return True  # "is carrying six vacancies and spent £612,000 in 2024/25"
    acts = [{m[0].lower() for m in _ACTS.finditer(text, part.start, part.end)} for part in (first, second)]
    told = all(verbs and verbs <= _WAS for verbs in acts)  # "was £58,900 in 2023-24 and the total was £12.1m"
    return bool(acts[0] and acts[1]) and not told


def _shared(
    text: str,
    values: Sequence[Value],
    own_parts: Sequence[Part],
    given: Sequence[Role],
    out: Sequence[Period | None],
    number: int,
) -> Period | None:
    """As in "45% and 52% in 2023": a period behind the last of coupled figures dates them all."""
    for following in range(number + 1, len(values)):
        part = own_parts[following]
        gap = text[values[following - 1].end : values[following].start]
        if part.joint not in {"and", "comma", "to", "bracket", "none", "with"} or len(gap) > 50 or _TURNS.search(gap):
            return None
        found = out[following]
        than: bool = (
            found is not None
            and given[following].name == "change"
            and _THAN_THEN.search(text[: found.text_start]) is not None
        )
        than = than or (
            found is not None and given[following].name == "change" and is_compared_with(text, found, of_change=True)
        )
        if than or (found is not None and _two_clauses(text, own_parts[number], part)):
            return None
        if found is not None and found.end is None and given[following].name == "change" != given[number].name:
            return None  # "3,260 plans, up 58% since 2020"
        if (
            found is not None
            and values[number].unit == "gbp" != values[following].unit
            and _DUE.search(text, 0, found.text_start)
        ):
            return None  # "£12.5m is being spent on 150 extra places by 2027"
        alike = any(value.unit == values[following].unit for value in values[number:following])
        if found is not None and alike and _aside(text, values[following], found):
            return None  # "14 exclusions (10 in 2023/24)"
        if found is not None:
            if part.joint == "none" and values[number].end <= found.text_start < values[following].start:
                return found  # "Of the 96 plans issued in the quarter 61 were in time"
            return found if found.text_start >= values[following].end or part.joint in {"and", "to"} else None
    return None

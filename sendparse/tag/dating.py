"""Which of a sentence's periods dates which of its figures.

In: a sentence, its figures with their parts and roles, and its periods. Out: a period for each figure, or nothing. A period
belongs to the part it stands in; a part without one goes back to the part it is compared with, or to the period that the
sentence opens with. What a sentence does not say itself is handed down by link.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from sendparse.model import Period, Value
from sendparse.tag.benchmark import Area
from sendparse.tag.dating_changes import changes
from sendparse.tag.in_turn import in_turn
from sendparse.tag.parts import Part
from sendparse.tag.period import as_academic, read_periods
from sendparse.tag.role import Role
from sendparse.tag.role_runs import EARLIER
from sendparse.tag.set_beside import is_compared_with, is_of_an_event, is_of_other_side
from sendparse.tag.wordings import any_of, rules

_TIGHT = re.compile(
    r"\s*\(?['’]?\s*(?:in|for|at|as\s+at|as\s+of|by|during|on|over|between|since|from|across|,|–|-|:|within|throughout)?\s*(?:the\s+)?(?:month\s+of\s+|year\s+|period\s+|end\s+of\s+)?$",
    re.I,
)


def date_figures(
    text: str,
    values: Sequence[Value],
    own_parts: Sequence[Part],
    given: Sequence[Role],
    periods: Sequence[Period],
    areas: Sequence[Area | None] = (),
) -> list[Period | None]:
    """A period for each figure, as far as the sentence itself gives one. `areas`: whose figure each is, where not our own."""
    periods = [p for p in periods if not (_in_passing(text, p) or is_of_an_event(text, p))]
    if not periods:
        return [None] * len(values)
    beside = [p for p in periods if is_compared_with(text, p)]
    turns = in_turn(text, values, periods)
    out: list[Period | None] = []
    for number, (value, part) in enumerate(zip(values, own_parts, strict=True)):
        inside = [p for p in periods if part.start <= p.text_start < part.end]
        inside = [p for p in inside if not _belongs_elsewhere(text, value, values[number + 1 :], p)]
        if given[number].name != "change":
            inside = [p for p in inside if p not in beside or is_of_other_side(text, p, value)]
        elif own := [p for p in inside if p.end is not None and not is_compared_with(text, p, of_change=True)]:
            inside = own  # "2024/25 spending was 11% up on 2023/24"
        if _waits(text, value, part):
            inside = [p for p in inside if p.text_start > value.end]
        out.append(turns.get(number) or _nearest(text, value, inside))
    _lend(text, values, own_parts, given, [p for p in periods if p not in beside], out)
    _of_others(given, areas, out, turns, own_parts)
    _split_pairs(given, out, own_parts)
    for number in range(1, len(out)):
        if given[number].cue == EARLIER and not _of_a_year(out[number]):
            out[number] = out[number - 1]  # of the same day as the forecast that has taken its place
    return changes(text, values, own_parts, given, out)


def _of_a_year(period: Period | None) -> bool:
    """Whether a forecast is told to be of a whole year: of another one than that which stands before it."""
    return period is not None and period.basis in {"financial_year", "academic_year", "calendar_year"}


_TIMES = frozenset({"weeks", "days", "months", "years"})
_HAS_WAITED = re.compile(r"(?i)\b(?:has|have)\s+(?:\w+\s+){0,3}(?:waited|waiting|open|outstanding)\b[^.;]{0,30}$")


def _waits(text: str, value: Value, part: Part) -> bool:
    """As in "received in March 2024, who has waited 68 weeks": how long it is since then."""
    return value.unit in _TIMES and _HAS_WAITED.search(text, part.start, value.start) is not None


def _of_others(
    given: Sequence[Role],
    areas: Sequence[Area | None],
    out: list[Period | None],
    turns: Mapping[int, Period],
    own_parts: Sequence[Part],
) -> None:
    """As in "16.1% in January 2025, against 14.9% in January 2024 and 13.6% nationally": England is set beside the first."""
    own = next(
        (
            out[n]
            for n, a in enumerate(areas)
            if a is None and out[n] and given[n].name == "actual" and given[n].cue != "from"
        ),
        None,
    )
    for number in range(1, len(areas)):
        period, part = out[number], own_parts[number]
        if areas[number] is None or period is None or number in turns:
            continue
        lent = not part.start <= period.text_start < part.end and period.text_start <= part.end
        if areas[number - 1] is not None:
            if lent and (before := out[number - 1]) is not None and before.text_start < period.text_start:
                out[number] = before  # "(5.1% in January 2025; England 5.3%; South East 5.2%)"
        elif lent and part.joint == "bracket" and out[number - 1] is not None:
            out[number] = out[number - 1]  # "and 47% in 2023 (England: 50.3%)"
        elif lent and (own is not None or given[number - 1].cue == "from"):
            out[number] = own


_IN_PASSING = re.compile(
    r"(?i),\s+(?:signed|agreed|approved|published|launched|adopted|established|set\s+up|introduced|commissioned|inspected|dated)\s+(?:in|on)\s+$"
)


def _in_passing(text: str, period: Period) -> bool:
    """As in "the agreement, signed in March 2023, provides for £42.5m": the day of something else, between two commas."""
    before = _IN_PASSING.search(text, max(0, period.text_start - 40), period.text_start)
    return before is not None and re.match(r"\s*,", text[period.text_end :]) is not None


def _belongs_elsewhere(text: str, value: Value, later: Sequence[Value], period: Period) -> bool:
    """As in "29 (Q1 35)", where the bracket dates its own figure, and "420 reviews and aim to clear them by July"."""
    if period.text_start < value.end:
        return False
    between = text[value.end : period.text_start]
    if _ahead().search(between) or _IN_RETURN.search(between):
        return True
    bracket = between.rfind("(")
    return (
        bracket >= 0
        and ")" not in between[bracket:]
        and bool(later)
        and ")" not in text[period.text_end : later[0].start]
        and later[0].start - period.text_end < 12
    )


_IN_RETURN = re.compile(r"(?i)\bin\s+(?:exchange|return)\s+for\b")  # "£42.5m in return for a balance by 2028/29"


@cache
def _ahead() -> re.Pattern[str]:
    """A second clause that tells what is to come."""
    return re.compile(
        rf"(?i)(?:\band|\bso|,|;)\s+(?:[\w'’]+\s+){{0,3}}?(?:{any_of(rules('roles')['plans_ahead'], caseless=True)})\b"
    )


def _nearest(text: str, value: Value, inside: Sequence[Period]) -> Period | None:
    """Of the periods in a figure's part: the one right behind it, else the nearest before it, else the next one behind."""
    if not inside:
        return None
    after = [p for p in inside if p.text_start >= value.end]
    before = [p for p in inside if p.text_end <= value.start]
    if after and _TIGHT.fullmatch(text[value.end : after[0].text_start]):
        return after[0]
    resolved = [p for p in before if p.start or p.end]
    if before and not after:
        return _closer(before, resolved, value)
    if before and after:
        gap_before, gap_after = value.start - before[-1].text_end, after[0].text_start - value.end
        behind = text[value.end : after[0].text_start]
        if (
            (after[0].start or after[0].end)
            and not (before[-1].start or before[-1].end)
            and not re.search(r"[,;]", behind)
        ):
            return after[0]
        if gap_before <= gap_after or re.search(r"[,;]|\bwhich\b|\bthan\b|\babove\b|\bbelow\b", behind):
            return _closer(before, resolved, value)
        return after[0]
    return after[0] if after else inside[0]


def _closer(before: Sequence[Period], resolved: Sequence[Period], value: Value) -> Period:
    """The nearest one; an unresolvable word such as "now" yields to a date in the same breath."""
    last = before[-1]
    near = bool(resolved) and last.text_start - resolved[-1].text_end < 40
    if near and not (last.start or last.end) and resolved[-1].end is not None:
        return resolved[-1]
    return last


def _split_pairs(given: Sequence[Role], out: list[Period | None], own_parts: Sequence[Part]) -> None:
    """As in "Between 2019 and 2024 it rose from 1,790 to 2,936": each end has its own year.

    So has the level that a change leads to: "rose by £6,200 to £61,400".
    """
    for number in range(1, len(given)):
        period, risen = out[number], given[number - 1].name == "change" and own_parts[number].joint == "to"
        if (
            risen
            and given[number].name == "actual"
            and period is not None
            and out[number - 1] is period
            and period.start
        ):
            ends = [end for label in re.split(r"\s+(?:and|to)\s+|[–-]", period.label) for end in read_periods(label)]
            if len(ends) == 2 and ends[1].end and ends[1].end == period.end:
                out[number] = replace(ends[1], text_start=period.text_start, text_end=period.text_end)
    for number in range(len(given) - 1):
        period = out[number]
        if given[number].cue != "from" or period is None or out[number + 1] is not period or period.start is None:
            continue
        ends = [end for label in re.split(r"\s+(?:and|to)\s+|[–-]", period.label) for end in read_periods(label)]
        ends = [
            as_academic(end) if ends[0].basis == "academic_year" else end for end in ends
        ]  # "academic years 2023/24 and 2024/25"
        if len(ends) == 2 and ends[0].end and ends[1].end and ends[0].end < ends[1].end:
            for place, end in zip((number, number + 1), ends, strict=True):
                out[place] = replace(end, text_start=period.text_start, text_end=period.text_end)


def _lend(
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
        if _waits(text, values[number], own_parts[number]):
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
    """As in "from 37% to 45% by 2028": the day of the second end does not date the first."""
    following = given[number + 1].name if number + 1 < len(given) else ""
    return given[number].name == "actual" and following in {"forecast", "target"}


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
_PREVIOUS = re.compile(r"(?i)\bprevious(?:ly)?\s*[:=]\s*$")
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

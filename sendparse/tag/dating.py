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
from itertools import pairwise

from sendparse.model import Period, Value
from sendparse.tag.benchmark import Area
from sendparse.tag.dating_changes import changes
from sendparse.tag.in_turn import in_turn
from sendparse.tag.lending import lend, waits
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
        if waits(text, value, part):
            inside = [p for p in inside if p.text_start > value.end]
        out.append(turns.get(number) or _nearest(text, value, inside))
    lend(text, values, own_parts, given, [p for p in periods if p not in beside], out)
    _of_others(given, areas, out, turns, own_parts)
    _split_pairs(given, out, own_parts, _moves(text, values))
    for number in range(1, len(out)):
        if given[number].cue == EARLIER and not _of_a_year(out[number]):
            out[number] = out[number - 1]  # of the same day as the forecast that has taken its place
    return changes(text, values, own_parts, given, out)


def _of_a_year(period: Period | None) -> bool:
    """Whether a forecast is told to be of a whole year: of another one than that which stands before it."""
    return period is not None and period.basis in {"financial_year", "academic_year", "calendar_year"}


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


_ARROW = re.compile(r"\s*(?:→|▶|►|->|=>)\s*")


def _moves(text: str, values: Sequence[Value]) -> frozenset[int]:
    """Figures with an arrow to the next one: "3,905 → 4,212"."""
    gaps = (text[first.end : second.start] for first, second in pairwise(values))
    return frozenset(number for number, gap in enumerate(gaps) if _ARROW.fullmatch(gap))


def _split_pairs(
    given: Sequence[Role], out: list[Period | None], own_parts: Sequence[Part], moves: frozenset[int]
) -> None:
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
        if (
            (given[number].cue != "from" and number not in moves)
            or period is None
            or out[number + 1] is not period
            or period.start is None
        ):
            continue
        ends = [end for label in re.split(r"\s+(?:and|to)\s+|[–-]", period.label) for end in read_periods(label)]
        ends = [
            as_academic(end) if ends[0].basis == "academic_year" else end for end in ends
        ]  # "academic years 2023/24 and 2024/25"
        if len(ends) == 2 and ends[0].end and ends[1].end and ends[0].end < ends[1].end:
            for place, end in zip((number, number + 1), ends, strict=True):
                out[place] = replace(end, text_start=period.text_start, text_end=period.text_end)

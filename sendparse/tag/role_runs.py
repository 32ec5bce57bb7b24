"""Roles that go on from figure to figure: runs of forecasts and targets, and both ends of a movement.

In: the figures of a sentence with the role that each has by its own words. Out: the same, where a part without a verb of its
own goes on in the role before it, and "from a to b" is two levels of which the second may be still to come. The words of
one figure's own part are read in role.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from sendparse.model import Value
from sendparse.tag.benchmark import areas
from sendparse.tag.hints import Hinted
from sendparse.tag.parts import Part
from sendparse.tag.role_words import Role, pledge, role_rule
from sendparse.tag.wordings import any_of, rules

_VERB = re.compile(
    r"(?i)\b(?:is|was|were|are|has|have|had|achieved|stood|reported|rose|fell|actual|outturn|compared|against|reached|received|issued|previous(?:ly)?|last|up(?!\s+to\s+date)|down|than|YTD|year\s+to\s+date)\b"
)
_IF = re.compile(r"(?i)\s(?:if|should|provided|assuming|unless)\s.*")


_WITH = re.compile(r"\s+with\b")
_AT_IT = re.compile(r",?\s*(?:at|with|on|standing)\b")
_INSTEAD = re.compile(r"(?i)[,\s]*(?:instead\s+of|or)\b")
_GOES_ON = re.compile(r"[,\s]*and\s+(?:to\s+)?(?:create|open|build|deliver|provide|recruit|invest|spend|save)\b")


def carried(text: str, values: Sequence[Value], own_parts: Sequence[Part], found: list[Role]) -> list[Role]:
    """As in "forecast at £12m, now £14m instead of £11m": a part without a verb of its own goes on in the same role."""
    out = list(found)
    for n in range(1, len(out)):
        part, before = own_parts[n], out[n - 1]
        words = text[part.start : part.end]
        if _ends_the_run(before.name, text, values[n - 1], values[n]):
            continue
        if before.name == "forecast" and out[n].name == "actual" and _WITH.match(words) and not _VERB.search(words):
            out[n] = before  # "is to open three bases with 20 places each"
            continue
        if _AT_IT.match(words):
            continue  # "below our target of 90%, at 84%"
        linked = part.joint in {"comma", "and", "none"} or _INSTEAD.match(words)
        if before.name == "change" and out[n].name == "actual" and _same_change(text, values[n - 1], values[n]):
            out[n] = before
            continue
        if out[n].name == "actual" and _of_a_forecast(text, values[n - 1], values[n], before, part):
            out[n] = Role("forecast", "forecast")
            continue
        if (
            before.name == "forecast"
            and part.joint == "bracket"
            and _VINTAGE.match(text[values[n - 1].end : values[n].start])
        ):
            out[n] = Role("forecast", EARLIER)  # "is £22.6m (Q1: £21.9m)"
            continue
        if before.name == out[n].name == "actual" and _still_to_come(text, values[n - 1], values[n]):
            out[n] = Role("forecast", "by")
            continue
        if before.name == "target" and _goes_on_aiming(text, values[n - 1], values[n], out[n]):
            out[n] = before
            continue
        again = before.name == "forecast" and out[n].name == "actual" and values[n].unit == values[n - 1].unit
        if again and part.joint in {"comparison", "contrast", "comma", "bracket"} and _earlier_forecast().search(words):
            out[n] = Role("forecast", EARLIER)  # "to overspend by £9.3m, against the £8.1m reported at Quarter 2"
            continue
        if (
            before.name in {"forecast", "target"}
            and out[n].name == "actual"
            and linked
            and not _VERB.search(_IF.sub("", words))
            and (values[n].unit == values[n - 1].unit or _GOES_ON.match(words))
        ):
            out[n] = before
    return out


EARLIER = "an earlier forecast"
_DOWN_FROM = re.compile(
    r"(?i)(?:\s+(?:a|per|each)\s+(?:year|month|annum))?,?\s+(?:up|down|compared\s+(?:to|with))\s+(?:from\s+)?"
)


def _same_change(text: str, first: Value, value: Value) -> bool:
    """As in "an increase of £4.5m (3.9%)", "rose by 9%, 11% and 12%", "growth runs at 8% a year, down from 13%"."""
    gap = text[first.end : value.start]
    if _AGAIN.fullmatch(gap) is not None:
        return True
    if _AND_OVER.fullmatch(gap) is not None and _SINCE_THEN.match(text, value.end):
        return True  # "an increase of 112 in the quarter and 9.6% since September 2024"
    alike = value.unit == first.unit == "percent"
    return alike and (
        _COUPLED.fullmatch(gap) is not None or (_DOWN_FROM.fullmatch(gap) is not None and _runs_at(text, first))
    )


_AND_THAT = re.compile(
    r"(?i)(?:[^.;\d]|20\d\d){0,40}?[\s,]and\s+that\s+(?:\w+\s+){0,3}"
)  # "... and that 75% of advice is on time"


def _goes_on_aiming(text: str, first: Value, value: Value, role: Role) -> bool:
    """As in "aiming for 100 trained staff so that at least 80% of settings have one", "a target of 60%, rising to 70%"."""
    aimed = role.name == "actual" and _SO_THAT.match(text, first.end, value.start) is not None
    aimed = aimed or (role.name == "actual" and _AND_THAT.fullmatch(text, first.end, value.start) is not None)
    return aimed or role.cue == "rising to"


_DATED = re.compile(r"\s*(?:[a-z]+\s*)?\([^()]*\d\d\),\s*(?:and\s+)?")
_BY_THEN = re.compile(r"\s+by\s+(?:the\s+end\s+of\s+)?(?:[A-Z][a-z]+\s+)?['’]?\d\d")


def _still_to_come(text: str, first: Value, value: Value) -> bool:
    """As in "places: 540 (Sept 25), 600 by Sept 27"."""
    told = _DATED.fullmatch(text, first.end, value.start) is not None
    return told and first.unit == value.unit and _BY_THEN.match(text, value.end) is not None


_AGAIN = re.compile(r"[\s(]*(?:or\s+|about\s+|around\s+)*")


def _runs_at(text: str, value: Value) -> bool:
    """Whether a change is told as a level of growth: "growth is running at 8%", "the rate of increase was 8%"."""
    return (
        re.search(r"(?i)\b(?:growth|increase|inflation)\s+(?:is|was|rate)\b[^.;,\d]{0,24}$", text[: value.start])
        is not None
    )


_AND_OVER = re.compile(r"(?i)\s+(?:in|on|over|since|during|this)\s+[^.;,£%]{3,30}?,?\s+and\s+(?:by\s+)?")
_SINCE_THEN = re.compile(r"(?i)\s+(?:since|on|over|compared|year\s+on\s+year|from|in\s+the)\b")
_SO_THAT = re.compile(r"(?i)[^.;]{0,60}?,?\s(?:so\s+that|meaning\s+that|which\s+would\s+mean)\s+(?:[\w-]+\s+){0,3}$")
_COUPLED = re.compile(r"\s*(?:,|and|,\s*and|&)\s*")
_VINTAGE = re.compile(
    r"(?i)\s*\(\s*(?:was\s+|from\s+|at\s+|in\s+)?(?:Q\s?[1-4]|quarter\s+\w+|month\s+\d+|period\s+\d+|[MP]\s?\d+|previously|previous|last\s+(?:month|quarter|time|report))\b[\s:,a-z–-]{0,24}$"
)


def _of_a_forecast(text: str, first: Value, value: Value, before: Role, part: Part) -> bool:
    """As in "the forecast overspend has grown by £0.4m to £5.2m", "the forecast was £4.8m; it is now £5.2m"."""
    if first.unit != value.unit:
        return False
    if before.name == "change":
        return part.joint == "to" and _A_FORECAST.search(text, 0, first.start) is not None
    return before.name == "forecast" and _IT_IS_NOW.search(text[first.end : value.start]) is not None


_A_FORECAST = re.compile(r"(?i)\b(?:forecast|projected|predicted|anticipated|expected|estimated)\s+[^.;:,\d]{3,60}$")
_IT_IS_NOW = re.compile(
    r"(?i)[;,.–-]\s*(?:and\s+|but\s+)?(?:it|this|that)\s+(?:is\s+now|now\s+\w+|has\s+(?:now\s+)?(?:\w+)\s+to)\b"
)


def _ends_the_run(role: str, text: str, before: Value, value: Value) -> bool:
    """As in "Target 60% – Q2 result 63%", "target 60%, England 46%": the words name something else than a further target."""
    if role not in {"target", "baseline", "floor", "limit"}:
        return False
    gap = text[before.end : value.start]
    if _AT_LAST.search(gap) and _met().search(text, 0, before.start):
        return True  # "we met the 60% target for the first time, at 61%"
    return _result().search(gap) is not None or any(not area.adverb for area in areas(gap))


_AT_LAST = re.compile(r"(?i)\b(?:at|with|reaching|on)\s+(?:only\s+|just\s+)?$")


@cache
def _met() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b(?:{any_of(rules('roles')['target']['blockers'], caseless=True)})\b[^.;]{{0,40}}$")


@cache
def _result() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b(?:{any_of(rules('roles')['results'], caseless=True)})\b")


@cache
def _earlier_forecast() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b(?:{any_of(rules('roles')['earlier_forecasts'], caseless=True)})\b")


# "£3.1m in 2025/26, rising to £9.8m by 2028/29": the second is still to come.
def with_pairs(text: str, values: Sequence[Value], own_parts: Sequence[Part], found: list[Role]) -> list[Role]:
    """Both ends of a from-to pair are levels; of a movement that is still to come, the second is a forecast."""
    out = list(found)
    for n in range(len(values) - 1):
        first, second = values[n], values[n + 1]
        if (
            out[n].name == "actual"
            and out[n + 1].name == "change"
            and _EITHER_WAY.fullmatch(text[first.end : second.start])
        ):
            out[n] = out[n + 1]  # "£2.1m or 3.8% more than this year"
        if not _is_pair(text, first, second):
            continue
        target = next((r for r in (found[n], found[n + 1]) if r.name == "target"), None)
        if target and _TARGET_MOVED.search(text[: first.start]):
            out[n] = out[n + 1] = target
            continue
        before = text[max(0, first.start - 160) : first.start]
        forecast = (
            role_rule("forecast")["progressive"].search(before) is not None
            or found[n].name == "forecast"
            or found[n + 1].name == "forecast"
        )
        out[n] = found[n] if found[n].name == "baseline" else Role("actual", "from")
        if _pledged().search(before) and out[n + 1].name in {"actual", "change", "forecast"}:
            out[n + 1] = Role("target", "from and to")  # "we will reduce it from 41 to 15 by July"
            continue
        if _MOVED_FORECAST.search(before):
            out[n] = Role("forecast", "from")
            forecast = True
        if out[n + 1].name in {"actual", "change", "forecast", "baseline"}:
            out[n + 1] = Role("forecast", before.strip()[-24:]) if forecast else Role("actual", "to")
        if (
            n + 2 < len(values)
            and _told_as_a_change(text, second, values[n + 2])
            and out[n + 2].name in {"actual", "forecast"}
        ):
            out[n + 2] = Role("change", "from and to")
        if out[n + 1].name == "forecast":
            _go_on(text, values, own_parts, out, n + 2)
    return out


def _go_on(text: str, values: Sequence[Value], own_parts: Sequence[Part], out: list[Role], first: int) -> None:
    """As in "would grow from £18m to £30m in 2026, £44m in 2027 and £61m in 2028": each step is still to come."""
    for n in range(first, len(out)):
        part = own_parts[n]
        alike = out[n].name == "actual" and values[n].unit == values[n - 1].unit and part.joint in {"comma", "and"}
        if not alike or _VERB.search(text, part.start, part.end):
            return
        out[n] = out[n - 1]


@cache
def _pledged() -> re.Pattern[str]:
    return re.compile(rf"{pledge()}\bfrom\s+(?:\w+\s+){{0,2}}$")


_EITHER_WAY = re.compile(r"\s*,?\s+or\s+(?:about\s+|around\s+|just\s+)?")


def _told_as_a_change(text: str, level: Value, value: Value) -> bool:
    """As in "rose from 1,964 to 2,391 (22%)": in the bracket stands how far."""
    return (
        value.unit == "percent"
        and level.unit in {"count", "gbp"}
        and re.fullmatch(r"\s*\(\s*(?:an?\s+|by\s+|\+\s?)?", text[level.end : value.start]) is not None
        and re.match(r"\s*\)", text[value.end :]) is not None
    )


_TARGET_MOVED = re.compile(
    r"(?i)\btargets?\s+(?:(?:(?:has|have|had|was|were|is|will|be|been)\s+){0,2}"
    r"(?:rises?|rose|risen|increases?|increased|raised|moves?|moved|goes|went|changes?|changed|revised|lowered|reduced|falls?|fell)\s+)?from\s+$"
)
# "The forecast has moved from £8.1m to £9.3m": both are forecasts.
_MOVED_FORECAST = re.compile(
    r"(?i)\b(?:forecasts?|projections?|estimates?)\b[^.;\d]{0,60}\b(?:moved|risen|rose|increased|fallen|fell|changed|revised|worsened|improved|grown|grew)\b[^.;\d]{0,24}\bfrom\s+$"
)


def _is_pair(text: str, first: Value, second: Value) -> bool:
    gap = text[first.end : second.start]
    if len(gap) >= 90 or _TO.search(gap) is None or _ENDED.search(gap) is not None:
        return False
    return _FROM.search(text, 0, first.start) is not None


_FROM = Hinted(
    r"(?i)\bfrom\s+(?:(?:about|around|over|nearly|approximately|just|under|some|a\s+(?:low|high|baseline|peak|total)(?:\s+of)?|below|above|the)\s+){0,2}$"
)
_TO, _ENDED = re.compile(r"\bto\b"), re.compile(r"[.;]\s")

"""What the line over a list makes of its figures: "By 2030 we want:", "Our ambitions for 2027", "Forecast for 2025/26:".

In: a tagged sentence with the line that leads it. Out: the same, where the figures that an item opens with are targets (or
forecasts). What an item says of now, of another day or in another clause stays what it is: "(today 41.7%)", "down from 8.3%".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from sendparse.tag.hints import Hinted
from sendparse.tag.link import Link
from sendparse.tag.parts import Part
from sendparse.tag.role import Role
from sendparse.tag.role_runs import EARLIER
from sendparse.tag.tagged import Tagged
from sendparse.tag.wordings import any_of, rules

_LONGEST = 160  # characters of a line that leads
_OPEN_TO = frozenset({"actual", "limit", "forecast"})
_GOES_ON = frozenset({"", "and", "comma", "none", "to", "with", "verb"})


def with_led_roles(tagged: Tagged) -> None:
    """Give the figures of an item the role that the line over it announces."""
    if not tagged.values:
        return
    cue = leading_role(tagged.sentence.lead) or _of_the_heading(tagged)
    if cue is None:
        return
    out = list(tagged.roles)
    for number, (value, part) in enumerate(zip(tagged.values, tagged.parts, strict=True)):
        if out[number].cue == "from" and number + 1 < len(out) and out[number + 1].name in _OPEN_TO:
            out[number + 1] = cue  # "(from 38% to 75%)"
            break
        if out[number].cue == "from" and (not number or out[number - 1].cue == cue.cue):
            continue  # "from 41% to 75%": the first is where we are
        if number and out[number - 1].cue == "from" and part.joint == "to" and tagged.areas[number] is None:
            out[number] = cue
            continue
        if number and (part.joint not in _GOES_ON or out[number - 1].cue != cue.cue):
            break
        if (
            tagged.areas[number] is not None
            or out[number].name not in _OPEN_TO
            or not _still_aimed(tagged, part, value.start)
        ):
            break
        out[number] = cue
    tagged.roles = out


_REMAINDER = re.compile(
    r"(?i)^\W*(?:(?:projected|net|total|in-year|resulting)\s+)*(?:variance|overspend|underspend|over/\(?under\)?\s?spend|deficit|gap|shortfall|difference)\b[^.;\d]{0,30}$"
)


# "We need 1,490 places by 2030. This leaves a gap of 326."
_LEAVES = re.compile(
    r"(?i)^\W*(?:\d[\d.]*\s+)?(?:this|that|which|it)\s+(?:(?:would|will|could|may)\s+)?(?:leaves?|means?|gives?|creates?)\b[^.;\d]{0,40}\b(?:gap|shortfall|deficit|surplus|pressure|excess)\s+of\s+(?:about\s+|around\s+|some\s+)?$"
)
# "At Period 4 we had reported £4.4m", after the forecast of today.
_REPORTED_THEN = re.compile(
    r"(?i)^\W*(?:at|in)\s+(?:the\s+)?(?:Q\s?[1-4]|quarter|period|month|[MP]\s?\d|last|previous)[^.;£]{0,30}\b(?:had\s+)?(?:been\s+|was\s+|were\s+)?(?:reported|reporting|forecast|predicted|it\s+was|this\s+was)\s+(?:as\s+|at\s+)?$"
)


def goes_with_the_forecast(tagged: Tagged, before: Sequence[Link]) -> None:
    """As in "Budget £88m / Forecast outturn £103m / Variance £15m", a line each: what remains of a forecast is one."""
    if len(tagged.values) != 1 or tagged.roles[0].name != "actual" or not before:
        return
    last, value = before[-1], tagged.values[0]
    if last.role.name == "forecast" and last.unit == value.unit and _LEAVES.match(tagged.text[: value.start]):
        tagged.roles = [Role("forecast", EARLIER)]  # and of the day of what is forecast
        return
    if value.unit != "gbp":
        return
    gap = tagged.sentence.block - last.tagged.sentence.block
    if gap == 0 and last.role.name == "forecast" and _REPORTED_THEN.match(tagged.text[: tagged.values[0].start]):
        tagged.roles = [Role("forecast", EARLIER)]
        return
    near = gap == 1 and last.value.unit == "gbp"
    foretold = any(link.role.name == "forecast" and link.value.unit == "gbp" for link in before)
    if gap == 1 and foretold and tagged.sentence.kind == "list_item" and _VARIANCES.search(tagged.sentence.lead):
        tagged.roles = [Role("forecast", "forecast")]  # "The main variances are:", after a forecast
        return
    if near and last.role.name == "forecast" and _REMAINDER.match(tagged.text[: tagged.values[0].start]):
        tagged.roles = [last.role]


_VARIANCES = re.compile(
    r"(?i)\b(?:variances?|pressures?|movements?|overspends?|underspends?|drivers?|forecast)\b[^.;\d]{0,60}:?\s*$"
)


def is_led(tagged: Tagged, number: int) -> bool:
    """Whether a figure has its role from the line over its list."""
    return tagged.roles[number].cue == _CUE


_CUE = "the line above"
_FEW = 16  # words of a line under a heading


def _of_the_heading(tagged: Tagged) -> Role | None:
    """A heading makes targets of short lines under it: it stands over prose of all kinds as well."""
    sentence = tagged.sentence
    short = sentence.kind == "list_item" or len(tagged.text.split()) <= _FEW
    if sentence.place or not sentence.headings or sentence.lead or not short:
        return None
    found = leading_role(sentence.headings[-1])
    return found if found is not None and found.name == "target" else None


@lru_cache(maxsize=128)
def leading_role(line: str) -> Role | None:
    """The role that a line announces for what stands under it."""
    if not line or len(line) > _LONGEST or _FIGURE.search(line):
        return None
    for name in ("target", "forecast"):
        announces = _announces(name)
        if announces is not None and announces.search(line) and not _refuses().search(line):
            return Role(name, _CUE)
    return None


_FIGURE = re.compile(r"[£%]|\b\d{1,3}(?:,\d{3})+\b")


@cache
def _announces(name: str) -> Hinted | None:
    found = rules("roles")["leads"].get(name)
    if not found:
        return None
    said, nouns, wishes = (any_of(found[part]) for part in ("says", "nouns", "wishes"))
    return Hinted(
        rf"(?i)\b(?:{said})\b|^\W*(?:[\w'’&]+\s+){{0,4}}?(?:{nouns})\b(?!\s+(?:was|were|group|population|date))"
        rf"|\b(?:by|in)\s+[^.;:]{{0,40}}?\b20\d\d\b[^.;:]{{0,12}}\b(?:we|our\s+\w+|they|there|children|the\s+\w+)\b[^.;:]{{0,40}}\b(?:{wishes})\b"
        rf"|\bwe\s+(?:{wishes})\b[^.;:]{{0,60}}\bby\s+[^.;:]{{0,30}}\b20\d\d\b"
    )


@cache
def _refuses() -> Hinted:
    return Hinted(rf"(?i)\b(?:{any_of(rules('roles')['leads']['not'], caseless=True)})\b")


_OF_NOW = re.compile(
    r"(?i)\b(?:now|today|currently|current|at\s+present|already|baseline|is|was|were|had|stood|stands|from|against|compared|"
    r"(?<!more )(?<!less )(?<!fewer )(?<!lower )(?<!higher )than|last\s+year|so\s+far|survey)\b"
)


def _still_aimed(tagged: Tagged, part: Part, start: int) -> bool:
    """Whether nothing in a figure's own part says that it is told of now, or of what has been."""
    if _OF_NOW.search(tagged.text, part.start, start) or _IS_NOW.match(tagged.text, start):
        return False
    own = [p for p in tagged.periods if part.start <= p.text_start < part.end]
    return not any(_BACK.search(p.label) for p in own)


_IS_NOW = re.compile(r"(?i)[^.;,()]{0,70}\b(?:now|today|currently|at\s+present|already)\b")
_BACK = re.compile(r"(?i)\b(?:last|previous|ago|earlier)\b")

"""What part a figure plays: actual, target, floor, forecast, baseline, limit, or a change.

In: a sentence, its figures and the part of the sentence that belongs to each. Out: a role for each figure, with the words
that gave it. Cues reach only inside their part; "missed the target, at 45%" names a target without stating it. Benchmark
and context are told from the area and the neighbouring figures, in link.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from sendparse.model import Value
from sendparse.tag.foretold import foretold
from sendparse.tag.hints import Hinted
from sendparse.tag.parts import Part
from sendparse.tag.role_runs import carried, with_pairs
from sendparse.tag.role_words import Role, hedge, pledge, role_rule
from sendparse.tag.wordings import any_of, rules

__all__ = ["Role", "roles"]


def roles(text: str, values: Sequence[Value], own_parts: Sequence[Part]) -> list[Role]:
    """A role for each figure of the sentence, `actual` where nothing says otherwise."""
    out = [
        _role(text, value, part, values[n - 1] if n else None)
        for n, (value, part) in enumerate(zip(values, own_parts, strict=True))
    ]
    return with_pairs(text, values, own_parts, carried(text, values, own_parts, out))


_RISING_TO = Hinted(
    r"(?i)\b(?:rising|growing|increasing|climbing|falling|reducing|dropping|reaching)\s+(?:further\s+)?to\s+(?:\w+\s+){0,2}$"
)


_BY_THEN = re.compile(r"\s+(?:[a-z]+\s+){0,3}by\s+(?:the\s+)?[^.;]{0,24}20\d\d")
_NO_MORE = Hinted(r"(?i)\bno\s+more\s+than\s+$")
_ACTUAL = Hinted(
    r"(?i)\bactual(?:ly)?\s+(?:[a-z]+\s+){0,3}(?:of|was|is)\s*$"
)  # "the forecast rests on actual spend of £48.7m"


def _role(text: str, value: Value, part: Part, before: Value | None) -> Role:
    start = 0 if before is None else before.end if part.joint == "none" else max(part.start, before.end)
    left = text[start : value.start]
    right = text[value.end : max(part.end, value.end)]
    if before is not None and part.joint == "none" and (named := role_rule("target")["after"].match(left)):
        left = left[named.end() :]  # "met the 60% target for the first time at 61%": the word is the first one's
    if changed := _change(text, value):
        return changed
    if _ACTUAL.search(left):
        return Role("actual", "actual")
    if value.unit == "percent" and _SHOULD_BE.match(right):
        return Role("target", "should")  # "90% of EP advice should be returned within six weeks"
    if marked := _marked(text, left, value):
        return marked
    if bounded := _NO_MORE_OF_THEM.search(left):
        return Role("limit", bounded[0].strip())
    for name in ("target", "floor", "baseline", "limit"):
        if name == "limit" and _NO_MORE.search(left) and (found := foretold(value, left, "", "")):
            return found  # "expected to stand at no more than 150"
        if found := _stated(name, left, right):
            return found
    if value.unit in {"weeks", "days", "months"} and (rule := _legal().search(left)):
        return Role("target", rule[0])
    if _RISING_TO.search(left) and _BY_THEN.match(text, value.end):
        return Role("forecast", "rising to")
    if _MAKING.search(left) and _BY_A_YEAR.match(text, value.end):
        return Role("forecast", "by")
    return foretold(value, left, right, text[value.end : value.end + 110]) or Role("actual")


# "The council is creating 150 new places by 2027"
_MAKING = Hinted(
    r"(?i)\b(?:is|are|be)\s+(?:\w+\s+)?(?:creating|building|opening|providing|delivering|adding|developing|commissioning|recruiting)\s+(?:\w+\s+){0,3}$"
)
_TO_DO = Hinted(
    r"(?i)(?:^|[:.•–-]\s+)(?:to\s+)?(?:reduce|increase|bring|cut|raise|improve|lower|lift)\s+(?!d\b)[^.;:\d]{3,80}\s(?:down\s+|up\s+)?to\s+(?:below\s+|under\s+|at\s+least\s+|over\s+|fewer\s+than\s+)?$"
)
_BY_A_DAY = re.compile(r"\s+(?:[a-z]+\s+){0,3}by\s+(?:the\s+)?[^.;,\d]{0,20}(?:\d{1,2}\s+)?[^.;,\d]{0,12}20\d\d")
_BY_A_YEAR = re.compile(r"[^.;,\d]{3,60}?\sby\s+(?:the\s+)?[^.;,\d]{0,20}20\d\d")


# "No officer should hold more than 150 cases", "a form must not take longer than 10 days".
_NO_MORE_OF_THEM = Hinted(
    r"(?i)(?:\bno\s+\w+\s+(?:should|may|must|can)\s+(?:\w+\s+){1,2}|\b(?:should|must|may)\s+(?:not|never)\s+(?:\w+\s+){1,2}|"
    r"\b(?:should|must|may)\s+(?:\w+\s+){1,2}no\s+)(?:more|longer)\s+than\s+$"
)
_SHOULD_BE = re.compile(
    r"(?i)\s+of\s+[^.;,\d]{3,50}\s(?:should|must|are\s+(?:required|expected)\s+to|have\s+to)\s+(?:be|have|receive|get)\b"
)
_ITS_KPI = Hinted(
    r"\b(?:KPI|T|Tgt)\s*[:=]\s*$|\(\s*(?:[Pp]lan|[Pp]lanned|(?:[a-z]+\s+)?[Ss]tandard)\s*[:=]?\s*$"
)  # "Result: 84% (KPI: 90%)"


@cache
def _aims() -> Hinted:
    return Hinted(rf"{pledge()}\b(?:{any_of(rules('roles')['aims']['ends'])})\s+{hedge()}$")


def _marked(text: str, left: str, value: Value) -> Role | None:
    """What words right beside a figure make of it: "the target, 65% of plans", "38% in 2022 (baseline)"; or an aim."""
    if _ITS_BASELINE.match(text, value.end) or _START.match(left):
        return Role("baseline", "baseline")
    named = _IN_ITS_BRACKET.match(text, value.end) or _DATED_LABEL.search(left)
    if named:
        word = named["word"].lower()
        return Role(word if word in {"baseline", "floor"} else "target", named["word"])
    if _TO_DO.search(left) and _BY_A_DAY.match(text, value.end):
        return Role("target", "to")  # "Action: reduce overdue cases to 50 by 31 March 2026"
    if _THE_TARGET.search(left) or _ITS_TARGET.match(text, value.end):
        return Role("target", "target")
    return _aimed(left)


def _aimed(left: str) -> Role | None:
    """As in "our aim is to get this below 120"."""
    if _ITS_KPI.search(left):
        return Role("target", "KPI")
    found = _aims().search(left)
    if found is None or (found["cue"] and _FORETOLD.search(left[: found.end("cue") + 3])):
        return None
    return Role("target", found["cue"] or "will")


@cache
def _legal() -> Hinted:
    return Hinted(rf"(?i)\b(?:{any_of(rules('roles')['rule'], caseless=True)})\b[^.;]{{0,60}}\b(?:is|of|was)\s*$")


def _stated(name: str, left: str, right: str) -> Role | None:
    rule = role_rule(name)
    if (found := rule["before"].search(left)) and name == "target" and _FORETOLD.search(left[: found.start("cue") + 3]):
        return Role("forecast", found["cue"])  # "is projected to reach"
    if found and name == "target" and _RESULT_IS.search(found["gap"] or ""):
        found = None  # "Target: not set Previous: 58"
    if found and not ("not" in rule and rule["not"].match(left, found.start())):
        blocked = rule.get("blockers")
        if not (
            blocked and blocked.search(left[: found.start()]) and not _LEADS_ON.search(found["cue"] + found["gap"])
        ):
            return Role(name, found["cue"])
    if found := rule["after"].match(right):
        return Role(name, found["cue"])
    if "scope" in rule and (found := rule["scope"].search(left)):
        return Role(name, found["cue"])
    return None


_LEADS_ON = re.compile(r"(?:of|is|was|\(|:|at)\s*$")
_FORETOLD = re.compile(
    r"(?i)\b(?:forecast|projected|predicted|expected|expects?|anticipates?|anticipated|likely|set|estimated|on\s+(?:course|track)|due|could|might|may|will)\s+(?:to|be)?\W*\w{0,3}$"
)


@cache
def _movement() -> dict[str, Hinted]:
    found = rules("roles")["change"]
    nouns, verbs, after = (any_of(found[name], caseless=True) for name in ("nouns", "verbs", "after"))
    moved_by = hedge("hedges_of_change")
    return {
        "noun": Hinted(
            rf"(?i)\b(?P<cue>{nouns})(?:\s+(?:in|on)\s+[^.;,]{{2,60}}?)?(?:\s+was|\s+is)?\s+(?:of|by|is|was|:|(?:running|continuing)\s+at)\s*{moved_by}$|\b(?<!\bto\s)(?P<cue2>{nouns})\s*[(:]\s*{moved_by}$"
        ),
        "by": Hinted(rf"(?i)\b(?P<cue>{verbs})\b[^.;]{{0,90}}?\bby\s*{moved_by}$"),
        "verb": Hinted(rf"(?i)\b(?P<cue>{verbs})\s+{moved_by}$"),
        "after": Hinted(
            rf"(?i)[\s-]*(?:(?:in-year|annual|year-on-year|year\s+on\s+year|percentage|point|net|further|overall|total|real\s+terms)\s+){{0,2}}(?P<cue>{after})\b(?!\s+(?:forecast|target|and\s+more|to\s+date))"
        ),
        "counted": Hinted(
            r"(?i)\s+(?!or\b)(?:(?!(?:are|is|was|were|have|has|had|been)\b)[\w-]+\s+){0,3}?(?<!waiting\s)(?<!waited\s)(?<!for\s)(?P<cue>more|fewer|less)\b(?=\s+(?:[\w-]+\s+){0,3}?(?:than|compared|in\b|this|since)|\s*[.,;)]|$|(?<=fewer)\s+[a-z-]+(?:\s+[a-z-]+)?\s*(?:[.,;)]|$))"
        ),
    }


@cache
def _set_up() -> re.Pattern[str]:
    """Right before "up": "they make up only 11%" is no movement."""
    return re.compile(rf"(?i)\b(?:{any_of(rules('roles')['not_moving_up'], caseless=True)})\s+$")


_RESULT_IS = re.compile(r"(?i)\b(?:previous|actual|latest|result|outturn|last\s+(?:month|quarter|year))\s*[:=]\s*$")
_UP_BY = Hinted(
    r"(?i)(?:[,(;–-]\s+|\b(?:is|was|are|were|went|gone)\s+)(?:up|down)\s+(?:by\s+)?(?:just\s+|only\s+|about\s+)?$"
)
_FROM_THEN = re.compile(
    r"(?i)\s+(?:since|on|over|compared|in\s+the|from\s+(?:the|last|this))\b|\s*(?:$|[.;)])|\s*(?:or\s+|\()\d[\d.]*\s?%"
)
_ITS_BASELINE = re.compile(
    r"(?i)\s+(?:in|at|for)\s+[\w/]+(?:\s+20\d\d)?\s*\(\s*(?:the\s+|our\s+)?baseline\b"
)  # "38% in 2022 (baseline)"
_START = re.compile(r"(?i)^\W*(?:start|starting\s+(?:position|figure))\s*[:–-]\s*$")  # a line "Start: 38%"
_WORD = r"(?P<word>baseline|target|milestone|ambition|floor)"
# "38% (2023 baseline)", and "Baseline (July 2024) 41%"
_IN_ITS_BRACKET = re.compile(rf"(?i)\s*\(\s*(?:20\d\d(?:/\d\d)?|[a-z]+\s+20\d\d)\s+{_WORD}\b")
_DATED_LABEL = Hinted(rf"(?i)\b{_WORD}\s*\([^()]{{3,24}}\)\s*[:–-]?\s*$")
_ITS_TARGET = re.compile(r"\s+target\b(?!\s*[:=(]?\s*\d)")  # "against the 65% target"
_THE_TARGET = Hinted(r"(?i)\b(?:the|our|its)\s+(?:[a-z]+\s+)?target,\s+$")  # "the target, 65% of plans, was missed"
_SIGNED = re.compile(r"[(\s]*\+\s?\d")
_PLUS = Hinted(r"(?:\(|[=→,;:]\s?|\b(?:was|is|of|by|at)\s)\+\s?$")  # "(+12", "= +101%"
_TO_A_LEVEL = re.compile(r"\s+(?:to\s+[^\d.;]{0,20}\d[\d.]*\s?%|of\s+all\b|of\s+the\s+p)")
_DONE_BY = re.compile(r"(?i)\b(?:which|that|and)\s+(?:is|was|were|are|been)\s+\w+\s+by\W*(?:\w+\W+){0,2}$")


def _change(text: str, value: Value) -> Role | None:
    """A movement rather than a level: "rose by 8 points", "a 76% increase", "18% higher"."""
    plus = "+" in text
    if plus and ((value.unit == "percent" and _SIGNED.match(text, value.start)) or _PLUS.search(text, 0, value.start)):
        return Role("change", "+")
    if plus and value.text.startswith("+") and value.unit != "gbp":
        return Role("change", "+")
    if value.unit in {"percentage_points", "multiple"} or {"doubling", "run", "moved"} & set(value.flags):
        return Role("change", value.text)
    if value.unit == "rank":
        return None
    rule = _movement()
    left, right = text[max(0, value.start - 140) : value.start], text[value.end : value.end + 60]
    for name in ("noun", "by"):
        if (noun := rule[name].search(left)) and not (name == "by" and _DONE_BY.search(left, noun.end("cue"))):
            cue = noun["cue"] or noun.groupdict().get("cue2") or ""
            levels = {"gbp": "levels_of_money", "count": "levels_of_count"}.get(value.unit)
            if levels is None or cue.lower() not in rules("roles")[levels]:
                return Role("change", cue)
    if (
        value.unit == "percent"
        and (found := rule["verb"].search(left))
        and not _TO_A_LEVEL.match(right)
        and not (found["cue"].lower() in {"up", "down"} and _set_up().search(left, 0, found.start("cue")))
    ):
        return Role("change", found["cue"])
    if (found := rule["after"].match(right)) and _moved_after(value, found["cue"].lower(), right, text):
        return Role("change", found["cue"])
    if value.unit in {"count", "gbp"} and _UP_BY.search(left) and _FROM_THEN.match(right):
        return Role("change", "up")  # "3,611, up 199 since January"
    if value.unit == "count" and (found := rule["counted"].match(right)) and not _STILL_TO_COME.match(right):
        made = _MADE.search(left) is not None and not _MORE_THAN.match(right)
        return None if made else Role("change", found["cue"])
    return None


# "Since 2022 we have opened 140 more places": what was made, and no movement of it.
_MADE = Hinted(
    r"(?i)\b(?:opened|created|delivered|added|provided|built|commissioned|recruited|appointed|secured|funded|trained|found)\s+(?:[a-z]+\s+){0,2}$"
)
_MORE_THAN = re.compile(r"(?i)\s+(?:[\w-]+\s+){0,4}?(?:more|fewer|less)\s+(?:[\w-]+\s+){0,4}?than\b")
_STILL_TO_COME = re.compile(
    r"(?i)\s*(?:[\w-]+\s+){1,5}?(?:will|are\s+to|is\s+to|to\s+be|to\s+open|to\s+follow)\b"
)  # "36 more will open in 2026"


def _moved_after(value: Value, cue: str, right: str, text: str) -> bool:
    """As in "60% above" is a change, "15% above-average" and "over 45% more than half" are not; a count needs "more than"."""
    if (
        cue in {"above", "below", "better", "worse", "up", "down", "less", "more", "fewer", "greater"}
        and value.unit == "count"
    ):
        if _STILL_TO_COME.match(right):
            return False
        than = r"(?:\w+\s+){0,4}?(?:than|compared|on\s+|this\b|in\s+20)|(?:our\s+|the\s+)?(?:trajectory|plan|profile)\b"
        return re.match(rf"(?i)\s*{cue}\s+(?:{than})", right) is not None
    if cue in {"above", "below"}:
        return (
            re.match(
                rf"(?i)\s*{cue}\s+(?:the|our|its|that|last|previous|national|budget|forecast|plan|target|expectation|profile|trajectory|\w+['’]s)\b",
                right,
            )
            is not None
        )
    return not _OR_SO.match(right)


_OR_SO = re.compile(r"(?i)\s*(?:or\s+|more\s+or\s+less\b)")

"""Reading figures: "61.5%", "£1.2m", "55-70%", "from 32 to 18%", "2,320 of 3,007 (77%)", "17 weeks", "doubled".

In: running text. Out: Values in order, with their offsets. A figure is read whole or not at all, so "13 / 20 weeks" is no
value rather than 1320. Numbers that state nothing (dates, ages, paragraph numbers; see not_figures.py) are left out.
What a figure measures and when is the work of link.py. Units as in the dataset: a bare number is a `count` with the flag
`bare`, since the measure it turns out to belong to may give it another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from sendparse.model import Value
from sendparse.tag.not_figures import NotFigure, not_figures
from sendparse.tag.period_atoms import grammar
from sendparse.tag.value_numbers import Number, digits, hedge, spelt
from sendparse.tag.value_words import counted_words, worded
from sendparse.tag.wordings import HYPHEN, any_of, rules

DURATIONS = frozenset({"weeks", "days", "months", "years"})


@dataclass(frozen=True, slots=True)
class Scan:
    """What a piece of text holds: its figures, and the numbers that are none, with reasons."""

    values: tuple[Value, ...] = ()
    rejected: tuple[NotFigure, ...] = field(default=())


def read_values(text: str) -> list[Value]:
    """All figures stated in `text`."""
    return list(scan(text).values)


def scan(text: str, *, numbered: bool = False) -> Scan:
    """All figures of `text` and all numbers that are none. `numbered`: it begins with its paragraph or item number."""
    if not _HINT.search(text):
        return Scan()
    refused = not_figures(text, numbered=numbered) if _DIGIT.search(text) else []
    numbers, more = _figures(text, refused)
    for number in numbers:
        hedge(number, text)
    words = worded(text)
    numbers = [n for n in numbers if not _overlaps(n.start, n.end, [(v.start, v.end) for v in words])]
    values = [*_combined(numbers, text), *words]
    taken = [(v.start, v.end) for v in values] + [(n.start, n.end) for n in refused]
    values = [v for v in values if not ("bare" in v.flags and _after_rank(v, values, text))]
    values += [v for v in counted_words(text, spelt(text)) if not _overlaps(v.start, v.end, taken)]
    values.sort(key=lambda v: v.start)
    kept = [n for n in (*refused, *more) if not any(v.start <= n.start < v.end for v in values)]
    return Scan(tuple(values), tuple(kept))


_DIGIT = re.compile(r"\d")
_HINT = re.compile(
    r"\d|\b(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|half|halved|halving|third|thirds|quarter|quarters|doubl\w*|trebl\w*|"
    r"tripl\w*|quadrupl\w*|\w+fold|twice|zero|nil|first|second|fourth|fifth|highest|lowest|hundred|fifths?|tenth)\b"
)


def _overlaps(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < b and a < end for a, b in taken)


def _after_rank(value: Value, values: Sequence[Value], text: str) -> bool:
    """The 16 of "ranked 12th out of 16"."""
    return any(
        "rank" in v.flags and re.fullmatch(r"\s+(?:out\s+)?of\s+(?:the\s+)?", text[v.end : value.start]) for v in values
    )


def _figures(text: str, refused: Sequence[NotFigure]) -> tuple[list[Number], list[NotFigure]]:
    """The numbers that no rule refuses."""
    masks = [(n.start, n.end) for n in refused]
    kept, out = [], []
    for number in digits(text):
        first = _first_digit(number, text)
        if _overlaps(first, first + 1, masks):
            continue
        reason = _no_duration(number, text) if number.unit in DURATIONS else _slashed(number, text)
        if reason:
            out.append(NotFigure(number.start, number.end, text[number.start : number.end], reason))
            continue
        kept.append(number)
    return kept, out


def _first_digit(number: Number, text: str) -> int:
    found = _DIGIT.search(text, number.start)
    return found.start() if found else number.start


def _slashed(number: Number, text: str) -> str:
    """As in "13 / 20 weeks": two numbers with a stroke between are a fraction only when both are plain counts."""
    after = re.match(r"\s?/\s?\d[\d,.]*\s*(%|weeks?|days?|months?)?", text[number.end :])
    if after and after[1]:
        return "two numbers run together"
    before = re.search(r"\d\s?/\s?$", text[: number.start])
    if before and number.unit:
        return "two numbers run together"
    return ""


def _no_duration(number: Number, text: str) -> str:
    """Why a number of weeks is the name of a limit rather than a figure; empty when it is one."""
    before = text[max(0, number.start - 160) : number.start]
    clause = re.split(r"[.;]\s|\n\n", before)[-1]
    after = re.split(r"[.;]\s|\n\n", text[number.end : number.end + 80])[0]
    if re.search(r"\d\s?/\s?$", before):
        return "two numbers run together"
    hedged = _hedge_end().sub("", before)
    direct = _lead().search(hedged)
    cue = _cues().search(clause) or _cues().search(after)
    if re.search(r"(?i)\blongest\b[^.;,]{0,30}\bfor\s+$", clause):
        return ""
    if number.decimals and (cue or direct or not _threshold().search(before)):
        return ""
    if _threshold().search(before) and (_COUNTED_SO_LONG.search(clause) or not direct):
        return "threshold in a name"
    if _threshold().search(before) and not (direct and hedged != before and _cues().search(clause)):
        return "threshold in a name"
    if _named_by_it().match(text, number.end) and not re.search(r"\b(?:average|mean|median)\b[^.;]*$", clause):
        return "threshold in a name"
    if cue and (direct or re.search(r"(?:\(|[:=]|from|to|by|and|,)\s*$", hedged)):
        return ""
    if cue and re.match(rf"\s+(?:in|for)\s+(?:the\s+)?(?:20\d\d|Q\d|(?:{grammar().month})\b)", text[number.end :]):
        return ""
    if not before.strip() and not text[number.end :].strip(" .*\t"):
        return ""  # a cell or an answer by itself
    if (cue and _paired(text, number)) or _from_to(text, number):
        return ""
    return "length of time"


# "12 children have now waited over 52 weeks": whom the limit counts stands before it.
_COUNTED_SO_LONG = re.compile(
    r"(?i)(?:^|\s)\d[\d,]*%?\s+(?:[a-z]+\s+){1,7}?(?:wait(?:ed|ing|s)?|open|outstanding)\s+[a-z ]{0,20}$"
)


@cache
def _named_by_it() -> re.Pattern[str]:
    """Right behind "20 weeks": what bears its name."""
    return re.compile(rf"\s*(?:\(s\))?\s*(?:{any_of(rules('values')['named_by_a_duration'])})\b")


def _paired(text: str, number: Number) -> bool:
    """As in "8.1 weeks ... compared to 16.3 weeks", "from 31 weeks in 2024 to 27 weeks"."""
    around = text[max(0, number.start - 60) : number.end + 60]
    return re.search(r"(?i)compar|\bfrom\b.*\bto\b|\bagainst\b", around) is not None


def _from_to(text: str, number: Number) -> bool:
    unit = rf"\d[\d.]*\s?{number.unit[:-1]}s?\b"
    after = re.match(rf"[^.;]{{0,40}}?\bto\s+(?:\w+\s+){{0,2}}{unit}", text[number.end :])
    before = re.search(rf"\bfrom\s+{unit}[^.;]{{0,40}}?\bto\s+(?:\w+\s+){{0,2}}$", text[: number.start])
    return bool(before or (after and re.search(r"\bfrom\s+(?:\w+\s+){0,2}$", text[: number.start])))


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(
        rf"(?i)(?:\b|(?<=\s)|^)(?:{any_of(rules('values')['duration_leads'])})\s*(?:an?\s+average\s+of\s+)?$"
    )


@cache
def _threshold() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<![\w])(?:{any_of(rules('values')['duration_thresholds'])})\s*$")


@cache
def _cues() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b(?:{any_of(rules('values')['duration_cues'])})\b")


@cache
def _hedge_end() -> re.Pattern[str]:
    words = [w for forms in rules("values")["hedges"].values() for w in forms if str(w)[0].isalpha()]
    return re.compile(rf"(?i)(?<!\w)(?:{any_of(words)})\s*$")


@cache
def _moving() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b(?:{any_of(rules('values')['moving_words'])})\b[^.;]{{0,20}}$")


def _combined(numbers: list[Number], text: str) -> list[Value]:
    """Ranges, shared signs, parts of a whole: which numbers belong together."""
    out: list[Value] = []
    place = 0
    while place < len(numbers):
        first = numbers[place]
        second = numbers[place + 1] if place + 1 < len(numbers) else None
        if second is not None:
            kind = _pair_kind(first, second, text)
            if kind:
                _share(first, second)
            if kind == "range":
                out.append(_range(first, second, text))
                place += 2
                continue
        out.append(_value(first, text))
        place += 1
    return _with_wholes(out, text)


def _pair_kind(first: Number, second: Number, text: str) -> str:
    """`range`, `pair` (two figures of which the first may lack its sign), or nothing."""
    gap = text[first.end : second.start]
    before = text[max(0, (first.hedge_start if first.hedge_start >= 0 else first.start) - 30) : first.start]
    rising = _magnitude(first, second) < second.value
    if re.fullmatch(rf"\s?{HYPHEN}\s?", gap):
        return "range" if rising and _alike(first, second) else ""
    if re.fullmatch(r"\s+and\s+(?:(?:about|around|over|nearly|approximately)\s+)?", gap):
        if re.search(r"(?i)\bbetween\s+(?:(?:about|around|approximately)\s+)?$", before):
            return "range" if _alike(first, second) else ""
        return "pair" if re.match(r"\s*,?\s*respectively", text[second.end :]) and _lacks_sign(first, second) else ""
    if re.fullmatch(r"\s+to\s+(?:(?:about|around|over|nearly|approximately|just\s+over|just\s+under)\s+)?", gap):
        if (
            re.search(r"(?i)\bfrom\s+(?:\w+\s+){0,2}$", before)
            or not rising
            or (_moving().search(before) and not re.search(r"(?i)\b(?:by|of|to|between)\s+$", before))
        ):
            return "pair" if _lacks_sign(first, second) else ""
        if not first.unit and not second.unit and second.value > 2.5 * first.value:
            return ""  # "fell by 12 to 340"
        return "range" if _alike(first, second) else ""
    if re.fullmatch(r",\s+", gap) and re.match(r"[^.;]{0,40}respectively", text[second.end :]):
        return "pair" if _lacks_sign(first, second) else ""
    return ""


def _magnitude(first: Number, second: Number) -> float:
    return first.value * second.scale if first.scale == 1 and second.scale > 1 and first.value < 1000 else first.value


def _alike(first: Number, second: Number) -> bool:
    return first.unit == second.unit or not first.unit or (first.money and (second.money or not second.unit))


def _lacks_sign(first: Number, second: Number) -> bool:
    return (not first.unit and bool(second.unit) and second.unit not in {"gbp"}) or (
        first.money and first.scale == 1 < second.scale
    )


def _share(first: Number, second: Number) -> None:
    if first.scale == 1 < second.scale and first.value < 1000 and (first.money or not second.money):
        first.value, first.scale = float(f"{first.value * second.scale:.12g}"), second.scale
    if not first.unit:
        first.unit = second.unit


def _range(first: Number, second: Number, text: str) -> Value:
    value = _value(first, text)
    return replace(
        value,
        value_high=second.value,
        text=text[first.start : second.end],
        end=second.end,
        unit=value.unit if first.unit else second.unit or "count",
        decimals=max(first.decimals, second.decimals),
        flags=tuple(f for f in value.flags if f != "bare") if first.unit else value.flags,
    )


def _value(number: Number, text: str) -> Value:
    flags: tuple[str, ...] = () if number.unit else ("bare",)
    if number.scale > 1 and not number.unit:
        flags += ("scaled",)
    return Value(
        value=number.value,
        unit=number.unit or "count",
        text=text[number.start : number.end],
        decimals=number.decimals,
        qualifier=number.qualifier,
        start=number.start,
        end=number.end,
        flags=flags,
    )


_OF = re.compile(
    r"\s+(?:(?!per\b|in\b|on\b|by\b|were\b|was\b|weeks\b)[A-Za-z][\w'’()-]*\s+){0,5}?(?:\(\s*)?(?:out\s+of|of|from)\s+(?:a\s+)?(?:total\s+of\s+|the\s+|all\s+|our\s+|a\s+possible\s+|those\s+)*\Z"
)
_OUT_OF = re.compile(r"^[^.;]*\bout\s+of\s+(?:a\s+)?(?:total\s+of\s+|the\s+|all\s+)*$")
_STROKE = re.compile(r"\s?/\s?\Z")


def _with_wholes(values: list[Value], text: str) -> list[Value]:
    """Part, whole and percentage stated together know one another."""
    out = list(values)
    for place in range(len(out) - 1):
        part, whole = out[place], out[place + 1]
        if not ("bare" in part.flags and "bare" in whole.flags and part.value <= whole.value and whole.value > 1):
            continue
        gap = text[part.end : whole.start]
        if not ((len(gap) < 70 and _OF.match(gap)) or _STROKE.match(gap) or (len(gap) < 110 and _OUT_OF.search(gap))):
            continue
        out[place] = replace(part, denominator=whole.value, numerator=part.value, flags=(*part.flags, "part"))
        out[place + 1] = replace(whole, flags=(*whole.flags, "whole"))
        for near in (place + 2, place - 1):
            if 0 <= near < len(out) and out[near].unit == "percent" and _beside(out[near], part, whole, text):
                out[near] = replace(out[near], numerator=part.value, denominator=whole.value)
    return out


def _beside(percentage: Value, part: Value, whole: Value, text: str) -> bool:
    gap = text[whole.end : percentage.start] if percentage.start > whole.end else text[percentage.end : part.start]
    return (len(gap) < 50 and "(" in gap) or re.fullmatch(r"[\s,=–-]*(?:or\s+)?(?:\w+\s+){0,3}", gap) is not None

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
from functools import cache, lru_cache

from sendparse.begins import Sought
from sendparse.model import Value
from sendparse.tag.durations import DURATIONS, no_duration, share_duration
from sendparse.tag.hints import Hinted
from sendparse.tag.not_figures import NotFigure, not_figures
from sendparse.tag.value_numbers import Number, digits, hedge, qualifier, spelt
from sendparse.tag.value_words import counted_words, worded
from sendparse.tag.wordings import HYPHEN, any_of, rules


@dataclass(frozen=True, slots=True)
class Scan:
    """What a piece of text holds: its figures, and the numbers that are none, with reasons."""

    values: tuple[Value, ...] = ()
    rejected: tuple[NotFigure, ...] = field(default=())


def read_values(text: str) -> list[Value]:
    """All figures stated in `text`."""
    return list(scan(text).values)


@lru_cache(maxsize=512)  # a line that may be a cell is asked for again
def scan(text: str, *, numbered: bool = False) -> Scan:
    """All figures of `text` and all numbers that are none. `numbered`: it begins with its paragraph or item number."""
    if not text.isascii():
        text = text.translate(_FOOTNOTES)  # "over 20 weeks¹"
    printed = _DIGIT.search(text) is not None
    if not printed and _HINT.search(text) is None:
        return Scan()
    refused = not_figures(text, numbered=numbered) if printed else []
    numbers, more = _figures(text, refused)
    spoken = spelt(text)
    numbers = sorted([*numbers, *_spoken_durations(spoken, numbers, text)], key=lambda n: n.start)
    for number in numbers:
        hedge(number, text)
    share_duration(numbers, text)
    words = [replace(v, qualifier=qualifier(text, v.start)) for v in worded(text)]
    terms = [v for v in words if v.unit in {"quarters", "terms"}]  # how long something has moved, in no unit of ours
    more += [NotFigure(v.start, v.end, v.text, "run of quarters or terms") for v in terms]
    numbers = [n for n in numbers if not _overlaps(n.start, n.end, [(v.start, v.end) for v in words])]
    values = [*_combined(numbers, text), *(v for v in words if v not in terms)]
    taken = [(v.start, v.end) for v in values] + [(n.start, n.end) for n in refused]
    ranks = [v for v in values if "rank" in v.flags]
    values = [v for v in values if not (ranks and "bare" in v.flags and _after_rank(v, ranks, text))]
    values += [
        v
        for v in counted_words(text, [n for n in spoken if n.unit not in DURATIONS])
        if not _overlaps(v.start, v.end, taken)
    ]
    values = _with_wholes(sorted(values, key=lambda v: v.start), text)
    kept = [n for n in (*refused, *more) if not any(v.start <= n.start < v.end for v in values)]
    return Scan(tuple(values), tuple(kept))


_DIGIT = Sought(r"[\d½¼¾]")
_FOOTNOTES = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", " " * 10)
_HINT = Hinted(
    r"(?=[defhlnoqstzDEFHLNOQSTZſ])(?:(?<=\w)(?i:fold)\b|\b(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|half|halved|halving|third|thirds|quarter|quarters|doubl\w*|trebl\w*|"
    r"tripl\w*|quadrupl\w*|twice|zero|nil|first|second|fourth|fifth|highest|lowest|hundred|fifths?|tenth)\b)"
)


def _overlaps(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    for a, b in taken:  # noqa: SIM110 - any() takes twice as long
        if start < b and a < end:
            return True
    return False


def _after_rank(value: Value, ranks: Sequence[Value], text: str) -> bool:
    """The 16 of "ranked 12th out of 16"."""
    return any(re.fullmatch(r"\s+(?:out\s+)?of\s+(?:the\s+)?", text[v.end : value.start]) for v in ranks)


def _figures(text: str, refused: Sequence[NotFigure]) -> tuple[list[Number], list[NotFigure]]:
    """The numbers that no rule refuses."""
    masks = [(n.start, n.end) for n in refused]
    kept: list[Number] = []
    out: list[NotFigure] = []
    for number in digits(text):
        first = _first_digit(number, text)
        if _overlaps(first, first + 1, masks):
            continue
        reason = no_duration(number, text) if number.unit in DURATIONS else _slashed(number, text)
        if reason:
            out.append(NotFigure(number.start, number.end, text[number.start : number.end], reason))
            if kept and not kept[-1].unit and _BAND.fullmatch(text[kept[-1].end : number.start]):
                low = kept.pop()  # "122 are 20-52 weeks": the lower end of a band
                out.append(NotFigure(low.start, low.end, text[low.start : low.end], reason))
            continue
        kept.append(number)
    return kept, out


_BAND = re.compile(rf"\s?{HYPHEN}\s?")


def _spoken_durations(spoken: Sequence[Number], numbers: Sequence[Number], text: str) -> list[Number]:
    """As in "an average of seven weeks", "from two days to six"."""
    out: list[Number] = []
    for number in spoken:
        before = out[-1] if out else None
        if number.unit in DURATIONS and not no_duration(number, text):
            out.append(number)
        elif before is not None and not number.unit and re.fullmatch(r"\s+to\s+", text[before.end : number.start]):
            out.append(number)  # share_duration gives it its unit
    return out


def _first_digit(number: Number, text: str) -> int:
    found = _DIGIT.search(text, number.start)
    return found.start() if found else number.start


def _slashed(number: Number, text: str) -> str:
    """As in "13 / 20 weeks": two numbers with a stroke between are a fraction only when both are plain counts."""
    if "/" not in text:
        return ""
    after = re.match(r"\s?/\s?\d[\d,.]*\s*(%|weeks?|days?|months?)?", text[number.end :])
    if after and after[1]:
        return "two numbers run together"
    before = re.search(r"\d\s?/\s?$", text[: number.start])
    if before and number.unit:
        return "two numbers run together"
    return ""


@cache
def _moving() -> Sought:
    return Sought(rf"(?i)\b(?:{any_of(rules('values')['moving_words'], caseless=True)})\b[^.;]{{0,20}}$")


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
    return out


_PAIRING = ("and", "to", ",", *"-‐‑‒–—―−")  # what the words between two numbers that belong together begin with


def _pair_kind(first: Number, second: Number, text: str) -> str:
    """`range`, `pair` (two figures of which the first may lack its sign), or nothing."""
    gap = text[first.end : second.start]
    if not gap.lstrip().startswith(_PAIRING):
        return ""
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
            re.search(r"(?i)\bfrom\s+(?:\w+\s+){0,4}$", before)
            or not rising
            or (_moving().search(before) and not re.search(r"(?i)\b(?:by|of|to|between)\s+$", before))
        ):
            return "pair" if _lacks_sign(first, second) else ""
        by = re.search(r"(?i)\bby\s+$", before) is not None and first.unit == second.unit != ""
        if (by or not (first.unit or second.unit)) and second.value > 2.5 * first.value:
            return ""  # "fell by 12 to 340", "rose by £0.4m to £5.2m"
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
    r"\s+(?:(?!per\b|in\b|on\b|by\b|were\b|was\b|weeks\b|peak\b|high\b|low\b|maximum\b)[A-Za-z][\w'’()-]*\s+){0,5}?(?:\(\s*)?(?:(?:out\s+)?of\s+an?\s+(?:establishment|structure|team|complement|cohort)\s+of\s+|(?:out\s+of|of|from)\s+(?:a\s+)?)(?:total\s+of\s+|the\s+|all\s+|our\s+|a\s+possible\s+|those\s+)*\Z"
)
_OUT_OF = Sought(r"^[^.;]*\bout\s+of\s+(?:a\s+)?(?:total\s+of\s+|the\s+|all\s+)*$")
_STROKE = re.compile(r"\s?/\s?\Z")
_WHOLE_FIRST = Sought(r"(?i)(?:^|[\s(])of\s+(?:the\s+|our\s+|all\s+|a\s+total\s+of\s+){0,2}$")
_THEN_PART = re.compile(r"\s+(?:[\w'’/()-]+\s+){0,12}?[\w'’/()-]+,\s+(?:only\s+|just\s+|some\s+)?\Z")


def _with_wholes(values: list[Value], text: str) -> list[Value]:
    """Part, whole and percentage stated together know one another."""
    out = list(values)
    for place in range(len(out) - 1):
        part, whole = out[place], out[place + 1]
        if _whole_first(part, whole, text):  # "Of the 57 plans issued, 38 (66.7%) were on time"
            out[place + 1] = replace(whole, numerator=whole.value, denominator=part.value)
            if place + 2 < len(out) and out[place + 2].unit == "percent" and _near_bracket(whole, out[place + 2], text):
                out[place + 2] = replace(out[place + 2], numerator=whole.value, denominator=part.value)
            continue
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


def _whole_first(whole: Value, part: Value, text: str) -> bool:
    gap = text[whole.end : part.start]
    return (
        "bare" in whole.flags
        and "bare" in part.flags
        and 1 < part.value <= whole.value
        and len(gap) < 110
        and _WHOLE_FIRST.search(text, max(0, whole.start - 24), whole.start) is not None
        and _THEN_PART.match(gap) is not None
    )


def _near_bracket(part: Value, percentage: Value, text: str) -> bool:
    return re.fullmatch(r"\s*(?:\(|,\s*or\s+|\s+or\s+)", text[part.end : percentage.start]) is not None


def _beside(percentage: Value, part: Value, whole: Value, text: str) -> bool:
    gap = text[whole.end : percentage.start] if percentage.start > whole.end else text[percentage.end : part.start]
    return (len(gap) < 50 and "(" in gap) or re.fullmatch(r"[\s,=–-]*(?:or\s+)?(?:\w+\s+){0,3}", gap) is not None

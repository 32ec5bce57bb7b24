"""Numbers with their signs: "£19.4m", "8 percentage points", "2.0 FTE", "two per cent".

In: a piece of text. Out: raw numbers in order, each with its place, its value in the unit printed beside it, and the hedge
before it. Whether a number is a figure at all, and which numbers belong together, is the work of value.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sendparse.begins import Sought
from sendparse.tag.hints import Hinted
from sendparse.tag.wordings import HYPHEN, NUMBER_WORDS, TENS_WORDS, any_of, rules

_WORDS = {**NUMBER_WORDS, **TENS_WORDS}
_VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75}


@dataclass(slots=True)
class Number:
    """One printed number. `unit` is empty where nothing beside it says so; `scale` is what its letter multiplied."""

    start: int
    end: int
    value: float
    unit: str = ""
    decimals: int = 0
    scale: float = 1.0
    money: bool = False
    qualifier: str = ""
    hedge_start: int = -1  # where the hedge before it begins
    in_words: bool = False


@cache
def _unit_words() -> dict[str, str]:
    return {" ".join(word.lower().split()): unit for unit, forms in rules("values")["units"].items() for word in forms}


@cache
def _scale_words() -> dict[str, float]:
    return {str(word): float(factor) for factor, forms in rules("values")["scales"].items() for word in forms}


@cache
def _number() -> Sought:
    units = any_of((w for w in _unit_words() if w not in {"p", "percentage", "points"}), caseless=True)
    scales = any_of(w for w in _scale_words() if w != "000")
    return Sought(
        rf"(?=[\d½¼¾£+−\-‐-―mM])"  # only there can it begin
        rf"(?P<sign>(?:(?<=[\s(])|(?<=^))(?:[+−]|{HYPHEN}(?=£)|(?:(?<=\s\()|(?<=\b(?:was|and)\s)|(?<=\b(?:is|at|of|to|by)\s)|(?<=\bfrom\s)){HYPHEN}(?=\d)|(?i:minus)\s(?=[\d£]))\s?)?(?P<money>£\s?)?"
        rf"(?P<digits>(?:(?<=£)|(?<=£\s))\d{{1,3}}(?:,\s?\n?\d{{3}})+(?:\.\d+)?|(?:(?<=£)|(?<=£\s))\d+\.\n\d+|\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d*[½¼¾]|\d+(?:\.\d+)?)"
        rf"(?:(?P<scale>\s?(?:{scales})(?![A-Za-z]))|(?P<thousands>\s?['’]?000s?\b(?<=000)))?"
        rf"(?P<unit>\s?{HYPHEN}?\s?(?i:{units})(?:(?!\w)|(?<=%))|p\b|\s?points\b)?"
    )


@cache
def _spelt() -> Hinted:
    small = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
    tens = "|".join(TENS_WORDS)
    large = r"(?:hundred|thousand)(?:\s+and\s+\w+)?"
    word = rf"(?:(?:{tens})(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?|(?:{small})(?:\s+{large})?)"
    return Hinted(
        rf"(?i)\b(?P<words>{word})(?P<unit>\s+(?:per\s?cent|percentage\s+points?|(?:working\s+|school\s+)?(?:weeks|days|months)))?\b"
    )


def digits(text: str) -> list[Number]:
    """All numbers printed in digits."""
    found = [number for match in _number().finditer(text) if (number := _read(match, text)) is not None]
    return _spaced(found, text) if len(found) > 1 and _SPACED.search(text) else found


# Thousands parted by a space: "£1 234 567", "there were 2 310 plans".
_SPACED = Sought(r"\d(?<![\d.,].)\d{0,2}(?:[ \u00a0\u2009\u202f]\d{3})+(?![\d,]|\.\d|[ \u00a0]\d)")
_NUMBERED = (
    "pages?|years?|class|table|figure|band|tier|stage|level|wards?|term|week|phase|quarter|month|section|part|no|number|"
    "item|step|and|or|plus|group"
)
_TOTAL_BEFORE = Sought(rf"£\s?$|\b(?!(?:{_NUMBERED})\b)[a-z]+\s+$")
_THING_BEHIND = re.compile(r"\s+(?:[a-z(]|EHC|SEN)|\s*(?:$|[.,;:)])|\s?(?:million|m\b|k\b)")


def _spaced(numbers: list[Number], text: str) -> list[Number]:
    """Two numbers that are one."""
    out: list[Number] = []
    for number in numbers:
        last = out[-1] if out else None
        plain = last is not None and not (last.unit and not last.money) and not last.decimals and last.scale == 1
        whole = _SPACED.match(text, _first_digit_of(last, text)) if last is not None and plain else None
        if last is None or whole is None or number.end > whole.end() or number.money:
            out.append(number)
            continue
        if _TOTAL_BEFORE.search(text[: whole.start()]) and _THING_BEHIND.match(text, whole.end()):
            last.value, last.end = last.value * 1000 + number.value, number.end
            last.unit = last.unit or number.unit
            continue
        out.append(number)
    return out


def _first_digit_of(number: Number, text: str) -> int:
    return number.start + (len(text[number.start : number.end]) - len(text[number.start : number.end].lstrip("£ -−–+")))


_OF_THEM = re.compile(r"\s+of\s+(?!an?\b)[a-zA-Z]")  # "½ of plans"


def _read(match: re.Match[str], text: str) -> Number | None:
    start = match.start("digits")
    first = start if not match["money"] else match.start("money")
    before = text[first - 1] if first else " "
    if before == "%" or (
        before.isalnum() and not (before in "cC" and not text[max(0, first - 2) : first - 1].isalnum())
    ):
        return None  # glued to a word: "KS2"; a footnote mark stuck to a figure: "45%1"
    if (
        before in ".,_/"
        and first > 1
        and text[first - 2].isdigit()
        and not _is_whole_of_a_part(text, first, match.end())
    ):
        return None
    end = match.end("digits")
    if text.startswith(".", end) and text[end + 1 : end + 2].isdecimal():
        return None  # the number of a paragraph: "3.2.1"
    printed = match["digits"].replace(",", "").replace("\n", "").replace(" ", "")
    if printed[-1] in _VULGAR:
        printed = str(float(printed[:-1] or 0) + _VULGAR[printed[-1]])
    value, decimals = float(printed), len(printed.partition(".")[2])
    end, value, decimals = _without_footnote(match, value, decimals)
    number = Number(first, end, value, decimals=decimals, money=bool(match["money"]))
    if match["digits"] in _VULGAR and _OF_THEM.match(text, end):
        number.value, number.decimals, number.unit = 100 * value, 0, "percent"
    if match["scale"] and end == match.end("digits"):
        _scaled(number, match)
    if match["unit"] and number.end in (match.end("digits"), match.end("scale")):
        _united(number, match, text)
    elif number.end < len(text) and text[number.end].isalpha() and not number.unit:
        return None  # "16th", "3a": a name
    if number.money and not number.unit:
        number.unit = "gbp"
    if not number.unit:
        number.unit = _unit_around(number, text)
    if match["sign"] and match["sign"].strip() not in {"+"}:
        number.value, number.start = -number.value, match.start("sign")
    number.value = _clean(number.value)
    number.start, number.end = first if number.value >= 0 else number.start, number.end
    return number


_PART_BEFORE = Sought(r"(?:^|[\s(])\d[\d,]*/$")


def _is_whole_of_a_part(text: str, start: int, end: int) -> bool:
    """As in "38/57 plans": the number behind a stroke, where the stroke parts two plain counts."""
    return (
        _PART_BEFORE.search(text, max(0, start - 9), start) is not None
        and re.match(r"\s[a-z(]|\)", text[end:]) is not None
    )


_FTE_BEFORE = Hinted(r"\b(?:FTE|WTE)s?\s?(?:of\s|[:=]\s?)?$")
_TIMES = re.compile(r"(?i)\s+times\s+(?:higher|more|greater|bigger|larger|lower|as|the|that|what)\b")
_OUT_OF_TEN = re.compile(r"\s+out\s+of\s+(?:a\s+possible\s+)?(?:10|5|ten|five)\b(?=\s*(?:$|[.,;)]))")
_AGED = Hinted(r"(?i)\b(?:average|mean|median)\s+age\b[^.;,\d]{0,30}$")
_RATED = Hinted(r"(?i)\b(?:average|mean|overall)\s+(?:rating|score)\b[^.;,\d]{0,40}$")


def _unit_around(number: Number, text: str) -> str:
    """A unit said in other words: "FTE 12.4", "2.5 times higher", "7.4 out of 10", "the average age was 11"."""
    before, after = text[max(0, number.start - 60) : number.start], number.end
    if _FTE_BEFORE.search(before):
        return "fte"
    if _TIMES.match(text, after):
        return "multiple"
    if _OUT_OF_TEN.match(text, after) or _RATED.search(before):
        return "score"
    return "years" if _AGED.search(before) else ""


def _without_footnote(match: re.Match[str], value: float, decimals: int) -> tuple[int, float, int]:
    """As in "1,2341" is 1,234 with footnote 1 stuck to it: a group behind a comma has three digits."""
    rest = match.string[match.end("digits") : match.end("digits") + 2]
    if "," in match["digits"] and "." not in match["digits"] and re.match(r"\d(?!\d)", rest) and match["scale"] is None:
        return match.end("digits"), value, decimals
    return match.end("digits"), value, decimals


def _scaled(number: Number, match: re.Match[str]) -> None:
    word = match["scale"].strip()
    factor = _scale_words().get(word) or _scale_words().get(word.lower(), 1.0)
    if word in {"m", "M", "k", "K", "B"} and not number.money and match["scale"][0].isspace():
        return  # "5 m" without a pound sign is a length
    number.value *= factor
    number.scale = factor
    number.end = match.end("scale")


def _united(number: Number, match: re.Match[str], text: str) -> None:
    word = " ".join(match["unit"].lower().replace("‑", "-").split())
    unit = _unit_words().get(word) or _unit_words().get(word.lstrip("- "), "")
    if unit == "pence":
        if number.value >= 100 or number.money:
            return
        number.value, number.unit = number.value / 100, "gbp"
    elif unit == "pounds":
        number.unit, number.money = "gbp", True
    elif word == "points" and not _moves(text, number):
        return
    else:
        number.unit = unit
    number.end = match.end("unit")


def _moves(text: str, number: Number) -> bool:
    around = text[max(0, number.start - 60) : number.end + 40]
    return any(told.search(around) is not None for told in (_PERCENT, moving_words(), _SET_OFF))


_SET_OFF = Sought(r"(?i)points\s+(?:better|worse|ahead|behind|above|below|short)\b")
_PERCENT = Sought(r"(?i)%|per\s?cent")


@cache
def moving_words() -> Hinted:
    """The words that say that something moves."""
    return Hinted(rf"(?i)\b(?:{any_of(rules('values')['moving_words'], caseless=True)})\b")


def _clean(value: float) -> float:
    """19.4 million is 19400000, without the dust of binary fractions."""
    return float(f"{value:.12g}")


def spelt(text: str) -> list[Number]:
    """All numbers written as words: "two", "twenty-five per cent"."""
    out = []
    for match in _spelt().finditer(text):
        value = _spelt_value(match["words"])
        unit = _unit_words().get(" ".join((match["unit"] or "").lower().split()), "")
        if value is not None:
            out.append(Number(match.start(), match.end(), float(value), unit, in_words=True))
    return out


_TIMES_OVER = {"hundred": 100, "thousand": 1000}


def _spelt_value(words: str) -> int | None:
    total = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _TIMES_OVER:
            total = (total or 1) * _TIMES_OVER[word]
        elif word != "and":
            if word not in _WORDS:
                return None
            total += _WORDS[word]
    return total


@cache
def _hedges() -> tuple[Sought, dict[str, str]]:
    words = {" ".join(str(w).lower().split()): name for name, forms in rules("values")["hedges"].items() for w in forms}
    return Sought(rf"(?i:(?<![\w])(?P<hedge>{any_of(words, caseless=True)})\s*(?:the\s+|an?\s+|another\s+)?$)"), words


@cache
def _hedge_ends() -> frozenset[str]:
    """The last two letters of what may stand before a number as a hedge, or the only one."""
    return frozenset(words.split()[-1][-2:] for words in (*_hedges()[1], "the", "a", "an", "another"))


def _hedged(text: str, end: int) -> re.Match[str] | None:
    """The hedge right before a place."""
    start = max(0, end - 32)
    before = text[start:end].rstrip().lower()
    if before.isascii() and not (before[-2:] in _hedge_ends() or before[-1:] in _hedge_ends()):
        return None
    return _hedges()[0].search(text, start, end)


@cache
def _hedges_after() -> tuple[re.Pattern[str], dict[str, str]]:
    words = {str(w).lower(): name for name, forms in rules("values")["hedges_after"].items() for w in forms}
    return re.compile(rf"(?i:\s?(?P<hedge>{any_of(words, caseless=True)})(?!\w))"), words


def hedge(number: Number, text: str) -> None:
    """Set the qualifier that the words around a number give it."""
    found = _hedged(text, number.start)
    if found is not None:
        number.qualifier = _hedges()[1][" ".join(found["hedge"].lower().split())]
        number.hedge_start = found.start("hedge")
        return
    after, names = _hedges_after()
    found = after.match(text, number.end)
    if found is not None and not (found["hedge"] == "+" and text[found.end() : found.end() + 1].isdigit()):
        number.qualifier = names[found["hedge"].lower()]


def qualifier(text: str, start: int) -> str:
    """What the words right before a place make of what stands there: "more than doubled", "nearly half"."""
    found = _hedged(text, start)
    return _hedges()[1][" ".join(found["hedge"].lower().split())] if found is not None else ""

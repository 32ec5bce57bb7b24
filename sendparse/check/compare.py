"""Comparing two figures at the precision each is printed in.

In: a claim and the evidence. Out: `match`, `rounding` (one is the other rounded), `truncated` (one is the other cut off)
or `mismatch`. "Over 30" and "around 2,700" are honoured as the words they are. Idea: statcheck and GRIM.
"""

from __future__ import annotations

import re
from functools import lru_cache

from sendparse.model import Observation

AGREES = frozenset({"match", "rounding", "truncated"})
_NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SIGNED = re.compile(r"\s*[-+−(]")
_SLACK = 1e-9
# "About" allows the last digit that is not a trailing zero to be off by one, and never less than this share.
_ABOUT = 0.025
_FAR, _FAR_STEP = 2.0, 20  # factor and difference beyond which two figures are rather of two measures
_ABOUT_TIMES = 0.12  # "nearly three times", "almost halved"


def step(row: Observation) -> float:
    """How much one unit of the last printed digit is worth: 0.1 for "61.5%", 100,000 for "£19.4m", 1 for "4,453"."""
    return _step(row.value_text, row.value, row.decimals)


@lru_cache(maxsize=4096)  # asked of a cell by every figure that it could be
def _step(text: str, value: float | None, decimals: int) -> float:
    scale = 1.0
    numeral = _NUMERAL.search(text)
    if numeral and value:
        printed = float(numeral.group().replace(",", ""))
        ratio = abs(value) / printed if printed else 1.0
        scale = ratio if ratio * 100 > 0.9 and _is_power_of_ten(ratio) else 1.0
    return float(10.0**-decimals) * scale


def _is_power_of_ten(number: float) -> bool:
    return any(abs(number / power - 1) < 1e-6 for power in (0.01, 1.0, 1e3, 1e6, 1e9))


def agree(claim: Observation, evidence: Observation) -> str:
    """The verdict on a claim against one other stated figure of the same thing."""
    if claim.value is None or evidence.value is None:
        return "mismatch"
    expected = evidence.value
    if claim.unit == "gbp" and claim.value > 0 > expected and not _SIGNED.match(claim.value_text):
        expected = -expected  # a deficit is printed in brackets in tables, and without a sign in words
    return agree_with(claim, expected, step(evidence))


def agree_with(claim: Observation, expected: float, expected_step: float = 0.0) -> str:
    """The verdict on a claim against a number known to `expected_step` (0: exactly)."""
    if claim.value is None:
        return "mismatch"
    if claim.value_high is not None:
        inside = claim.value - _SLACK <= expected <= claim.value_high + _SLACK
        return "match" if inside else "mismatch"
    if claim.qualifier:
        return _qualified(claim, expected, expected_step)
    return _plain(claim.value, step(claim), expected, expected_step)


def far_apart(one: Observation, two: Observation) -> bool:
    """True for figures that are rather of two measures than one of them wrong."""
    a, b = abs(one.value or 0.0), abs(two.value or 0.0)
    return max(a, b) > _FAR * min(a, b) and abs(a - b) > _FAR_STEP


def _plain(value: float, unit: float, expected: float, expected_step: float) -> str:
    gap = abs(value - expected)
    if gap <= _SLACK * max(1.0, abs(expected)):
        return "match"
    if gap <= max(unit, expected_step) / 2 * (1 + 1e-6):
        return "rounding"
    cut = abs(expected) - abs(value)
    if unit > expected_step and -_SLACK <= cut < unit * (1 - 1e-6) and value * expected >= 0:
        return "truncated"
    return "mismatch"


def _qualified(claim: Observation, expected: float, expected_step: float) -> str:
    value = claim.value or 0.0
    plain = _plain(value, step(claim), expected, expected_step)
    if claim.qualifier == "about":
        share = _ABOUT_TIMES if claim.unit in ("multiple", "ratio") else _ABOUT
        near = max(_last_digit(value, step(claim)), abs(value) * share)
        return plain if plain == "match" else "rounding" if abs(value - expected) <= near else "mismatch"
    if claim.qualifier in ("over", "at_least"):
        true = expected > value or (claim.qualifier == "at_least" and expected >= value - _SLACK)
    elif claim.qualifier in ("under", "up_to"):
        true = expected < value or (claim.qualifier == "up_to" and expected <= value + _SLACK)
    else:
        return plain
    if claim.unit in ("multiple", "ratio") and abs(expected - value) >= max(1.0, value / 2):
        return "mismatch"  # "more than doubled" is not said of ten times, nor "nearly three times" of a half
    return "match" if true else "rounding" if plain == "match" else "mismatch"


def _last_digit(value: float, unit: float) -> float:
    """What the last digit before the trailing zeros is worth, half of it: 50 for 2,700, half a point for 27%."""
    whole = round(abs(value) / unit) if unit else 0
    worth = unit
    while whole and whole % 10 == 0:
        whole //= 10
        worth *= 10
    return worth / 2


def number(value: float) -> str:
    """As a reader would write it: 4453, 17.5, 19400000 as 19,400,000."""
    if abs(value - round(value)) < 1e-9:
        whole = round(value)
        return f"{whole:,}" if abs(whole) >= 10_000 else str(whole)
    return f"{value:.4g}" if abs(value) < 1000 else f"{value:,.1f}"


_AFTER = {
    "percent": "%", "percentage_points": " percentage points", "weeks": " weeks", "days": " days", "months": " months",
    "years": " years", "rate_per_10k": " per 10,000", "rate_per_100": " per 100", "fte": " FTE", "multiple": " times",
}  # fmt: skip


def figure(value: float, unit: str) -> str:
    """A figure with its unit, for an explanation."""
    if unit == "gbp":
        return ("-" if value < 0 else "") + "£" + f"{abs(value):,.0f}"
    return number(value) + _AFTER.get(unit, "")

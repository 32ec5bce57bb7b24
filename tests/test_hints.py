"""What a text must hold for an expression to be worth trying, and wordings as expressions."""

from __future__ import annotations

import re

import pytest

from sendparse.tag.hints import Hinted, Sieve, folded, hints_of
from sendparse.tag.not_figures import _rules
from sendparse.tag.wordings import any_of, pattern

HINTS = [
    # expression                             hints                    why
    (r"(?i)\bpage\s+\d+", {"page"}, "a word that must be there"),
    (r"\b[Yy]ears?\b", {"year"}, "either case, with or without an ending"),
    (r"(?i)\b(?:call|tele(?:phone)?|fax)\b", {"call", "tele", "fax"}, "one of several"),
    (r"\d+\s+(?:Road|Street)\b(?=\s+closed)", {"closed"}, "what must follow tells as well"),
    (r"(?:\d+\s)?(?:cats|dogs){2,}", {"cats", "dogs"}, "said at least twice"),
    (r"(?<=\bunder )\d+", {"under "}, "what must stand before"),
    (r"\S+@\S+|www\.\S+", {"@", "www."}, "a sign, or a word"),
    (r"\d+(?:st|nd)?", set(), "what may be left out tells nothing"),
    (r"\b[A-Z]{2}\d+\b", set(), "any letters will do"),
    (r"(?:weeks)?|days", set(), "it may match nothing at all"),
]


@pytest.mark.parametrize(("source", "hints", "why"), HINTS, ids=[row[2] for row in HINTS])
def test_the_hints_of_an_expression(source: str, hints: set[str], why: str) -> None:
    assert set(hints_of(re.compile(source))) == hints, why


@pytest.mark.parametrize("text", ["MESSAGES", "meſſages", "the Kelvin \u212aeeper", "İn all", "ın all", "ΟΔΟΣ"])
def test_letters_that_count_as_others_do_so_in_hints_too(text: str) -> None:
    for word in ("messages", "keeper", "in all", "οδοσ"):
        if re.search(word, text, re.IGNORECASE):
            assert word in folded(text) or word.replace("ς", "σ") in folded(text)


def test_a_sieve_keeps_the_order_and_what_has_no_hint() -> None:
    sieve = Sieve([re.compile(source) for source in (r"\d", r"(?i)weeks?", r"[A-Z]{2}", r"months")])
    assert sieve.met("12 months, 3 WEEKS") == [0, 1, 2, 3]
    assert sieve.met("nothing of them") == [0, 2]


SENTENCES = """\
The meeting opened at 5.30 pm. Call 01632 960 001 or write to send@example.org. Section 36(2) of the Act was noted;
Item 7 (page 12 of 40). Pupils aged 4 to 16 in Years 7-9 sat 5 GCSEs. Absence below 90% of sessions. Over 25s, post-16, 24/7.
The vote was 12 for and 3 against. A 20-week limit, 3 working days, 10% VAT of the sum, 1 minute per call, 12 miles, bus 7.
2nd place out of 10. Ward 3, Band 2, route 14 bus, AB1 2CD, item: 4, 6.2 and 6.3, 07:30 - 09:15, <5 pupils, ratio 1:6.
""".split(". ")  # noqa: SIM905


def test_no_rule_is_hidden_by_its_hints() -> None:
    sieve = Sieve([expression for _, expression in _rules()])
    for text in (*SENTENCES, *(text.upper() for text in SENTENCES), *(text.lower() for text in SENTENCES)):
        met = set(sieve.met(text))
        matched = {number for number, (_, expression) in enumerate(_rules()) if expression.search(text)}
        assert matched <= met


WORDINGS = [
    "last {n} months",
    "last year",
    "one month later",
    "year-to-date",
    "year to date",
    "year end",
    "years",
    "SEN",
    "sent",
]
SAID = [
    "last 12 months",
    "LAST YEAR",
    "One month later",
    "year to date",
    "Year-to-date",
    "years",
    "year",
    "SENT",
    "Sen",
    "sense",
]


@pytest.mark.parametrize("caseless", [False, True])
def test_wordings_that_share_letters_match_as_each_alone(caseless: bool) -> None:
    flags = re.IGNORECASE if caseless else re.NOFLAG
    together = re.compile(rf"(?:{any_of(WORDINGS, caseless=caseless)})\b", flags)
    alone = [re.compile(rf"(?:{pattern(wording)})\b", flags) for wording in WORDINGS]
    for text in SAID:
        longest = max((found.end() for one in alone if (found := one.match(text))), default=-1)
        found = together.match(text)
        assert (found.end() if found else -1) == longest, text


def test_an_expression_with_hints_finds_what_it_finds_without() -> None:
    hinted = Hinted(r"(?i)\b(?P<n>\d+)\s+(?:weeks?|months)\b")
    for text in ("12 weeks, 3 MONTHS", "12 days", "", "weekly", "1 week"):
        alone = [match.span("n") for match in hinted.expression.finditer(text)]
        assert [match.span("n") for match in hinted.finditer(text)] == alone
        assert (hinted.search(text) is not None) == bool(alone)
        assert hinted.sub("x", text) == hinted.expression.sub("x", text)
    assert not hinted.may_hold("12 days")
    assert Hinted(r"\d").may_hold("any text: nothing is known of what it needs")
    assert not Hinted(r"\d", like=hinted).may_hold("5 days")

"""Rules that begin at a number are tried there only, and find what a search of the whole text finds."""

from __future__ import annotations

import re
from pathlib import Path

from sendparse.tag import not_figures

HERE = Path(__file__).resolve().parent
TEXTS = [
    "Call 01202 123456 or 020 7946 0018 by 9.30am; at 10:15-11:45, 24/7, aged 16 to 25, 5-11s and 16+ team.",
    "A ratio of 3:1, 3:10:2, 12th and 31st, 1234567 and ref AB/12345; 20-week and 20 weeks, 2,3 instalments, £5 VAT.",
    "Year 7, Yr9, NCY 11, Reception 2, s.37, ss. 36, SECTION 9, section\n19(3), part (4), figure-5, A1, B-12 and AB-123.",
    "1. The report is noted: 2. The plan is agreed. See paragraphs 3.1 to 3.4, in paragraph 4.2, BH12 3AB, stage (2).",
    "Of 19 Councillors 7 votes for and 4 votes against, 12 recommendations, 3 MB, 10 minutes, 0-25 (0 to 5).",
]


def texts() -> list[str]:
    files = sorted((HERE / "data" / "narrative" / "open").glob("*.txt"))
    return TEXTS + [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def test_trying_at_numbers_finds_all_that_searching_finds() -> None:
    found = quick = 0
    for (_, expression), finder in zip(not_figures._rules(), not_figures._finders(), strict=True):
        quick += finder.at_numbers or finder.stuck or finder.pointed or bool(finder.behind)
        for text in texts():
            searched = [m.span() for m in expression.finditer(text)]
            tried = [m.span() for m in finder.find(text, not_figures._Numbers(text))]
            assert tried == searched, expression.pattern
            found += len(searched)
    assert found > 100
    assert quick > 25


def test_a_rule_that_may_begin_elsewhere_is_searched() -> None:
    for source in (r"\b(?P<n>\d+)|#", r"(?<![\w])(?P<n>[<]\d)", r"(?P<n>\d+)%", r"\b(?P<n>(?:\d|x)y)"):
        assert not not_figures._Finder("", re.compile(source)).at_numbers, source

"""A level dated behind the paper's own day is an aim in a strategy and a forecast elsewhere; money is left alone."""

from __future__ import annotations

from datetime import date

import pytest

from sendparse.model import Facts
from sendparse.packs import Packs
from sendparse.read.txt import text_blocks
from sendparse.tag.prose import figures
from sendparse.text import sentences

STRATEGY = "Hartwell SEND Strategy 2025 to 2028\n\n"
REPORT = "Report on EHC plans\n\n"
MEETING = Facts(meeting_date=date(2025, 6, 3))

ROLES = [
    (STRATEGY + "Plans issued within 20 weeks: 60% in 2026, 70% in 2027.", Facts(), ["target", "target"]),
    (STRATEGY + "Plans issued within 20 weeks: 41% in 2024, 70% in 2027.", Facts(), ["actual", "target"]),
    (STRATEGY + "75% of EHC plans will be issued within 20 weeks by 2027.", Facts(), ["target"]),
    (
        STRATEGY + "- At least 85% of audited plans rated good\n- More internships: from 26 to 52",
        Facts(),
        ["target", "actual", "target"],
    ),
    (
        STRATEGY + "By 2028:\n- 75% of EHC plans will be issued within 20 weeks (2024: 44%)",
        Facts(),
        ["target", "actual"],
    ),
    (STRATEGY + "The number of appeals will fall from 160 to 120.", Facts(), ["actual", "target"]),
    (REPORT + "The number of appeals will fall from 160 to 120.", Facts(), ["actual", "forecast"]),
    (STRATEGY + "- Timeliness has improved from 24% to 32%", Facts(), ["actual", "actual"]),
    (STRATEGY + "- Timeliness will rise from 24% to 32% by 2027", Facts(), ["actual", "target"]),
    (STRATEGY + "The high needs budget is £41m in 2026/27.", Facts(), ["actual"]),
    (REPORT + "EHC plans: 3,900 in January 2025 and 4,400 in January 2027.", MEETING, ["actual", "forecast"]),
    (REPORT + "EHC plans: 3,900 in January 2025 and 4,400 in January 2027.", Facts(), ["actual", "actual"]),
    (REPORT + "41% of EHC plans were issued within 20 weeks in 2024.", MEETING, ["actual"]),
]


@pytest.mark.parametrize(("text", "facts", "roles"), ROLES)
def test_roles_of_what_had_not_come(text: str, facts: Facts, roles: list[str], packs: Packs) -> None:
    assert [link.role.name for link in figures(sentences(text_blocks(text)), facts, packs)] == roles


def test_an_aim_from_where_we_are(packs: Packs) -> None:
    text = (
        REPORT
        + "By 2028 we will:\n- raise the share of EHC plans issued within 20 weeks from 41% to 75%\n- open 180 places"
    )
    links = figures(sentences(text_blocks(text)), Facts(), packs)
    assert [(x.role.name, str(x.period.start) if x.period else "") for x in links][:2] == [
        ("actual", ""),
        ("target", "2028-01-01"),
    ]

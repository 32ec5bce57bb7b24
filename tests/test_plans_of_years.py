"""Tables of strategies: a year that is not over, rows that are still to be set, columns that name measures of success."""

from __future__ import annotations

from datetime import date

import pytest
from tabling import observed, table_of

from sendparse.model import Facts
from sendparse.packs import Packs

FACTS = Facts(council="Essex", title="SEND strategy", meeting_date=date(2025, 6, 10))
TIMELY = "EHC plans issued within 20 weeks"

PLANS = [
    # headings of the columns                             roles of a row of figures                  why
    (["Measure", "2024/25 position", "2025/26", "2026/27", "2027/28"], "actual target target target", "the year has begun"),
    (["Measure", "2023/24", "2024/25", "2025/26"], "actual actual actual", "no years to come beside it"),
    (["Measure", "2024/25", "2025/26", "2026/27"], "actual actual target", "one year to come may be a forecast"),
    (["Success measure", "Baseline (2023/24)", "By July 2026"], "baseline target", "a column of measures is no target"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "roles", "why"), PLANS)
def test_what_later_years_hold(packs: Packs, head: list[str], roles: str, why: str) -> None:
    rows = [
        head,
        [TIMELY, "47%", "55%", "65%", "75%"][: len(head)],
        ["Annual reviews on time", "58%", "60%", "70%", "90%"][: len(head)],
    ]
    found = observed(table_of(rows, bold=(0,)), packs, FACTS)
    assert [o.role for o in found if TIMELY in o.evidence] == roles.split(), why


def test_a_row_to_be_set_beside_years_to_come_is_planned(packs: Packs) -> None:
    rows = [
        ["Measure", "Now", "2026", "2028"],
        [TIMELY, "47%", "60%", "75%"],
        ["Parents who feel heard", "TBC", "TBC", "TBC"],
    ]
    found = observed(table_of(rows, bold=(0,)), packs, FACTS)
    assert [(o.value, o.role) for o in found if "Parents" in o.evidence] == [(None, "planned")]

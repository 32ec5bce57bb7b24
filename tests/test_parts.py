"""Which part of a sentence belongs to which figure."""

from __future__ import annotations

import pytest

from sendparse.tag.parts import parts
from sendparse.tag.period import read_periods
from sendparse.tag.value import read_values

CUTS = [
    ("15 in March compared to 28 in June and 19 in July", ["15 in March", " compared to 28 in June", " and 19 in July"]),
    ("SEMH (35), ASD (29) and SLCN (20)", ["SEMH (35)", ", ASD (29)", " and SLCN (20)"]),
    ("45% (England: 50%)", ["45%", " (England: 50%)"]),
    ("31% came from parents, with the other 69% from schools", ["31% came from parents", ", with the other 69% from schools"]),
    ("from 81 to 141", ["from 81", " to 141"]),
    ("50 in 2022, whereas 60 in 2023", ["50 in 2022", ", whereas 60 in 2023"]),
    ("1,262 requests (which is the number received in the year), an estimated 55%",
     ["1,262 requests (which is the number received in the year)", ", an estimated 55%"]),
    ("124 (30%) had a plan, compared with 29% nationally", ["124", " (30%) had a plan", ", compared with 29% nationally"]),
    ("3,260 children with plans, up 58%", ["3,260 children with plans", ", up 58%"]),
    ("107 appeals were lodged in the year (2022/23 saw 86)", ["107 appeals were lodged in the year", " (2022/23 saw 86)"]),
    ("6 started which means that each holds 170", ["6 started", " which means that each holds 170"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CUTS)
def test_parts(text: str, expected: list[str]) -> None:
    figures = [(v.start, v.end) for v in read_values(text)]
    assert [text[p.start : p.end] for p in parts(text, figures)] == expected


def test_no_cut_goes_through_a_period() -> None:
    text = "50 from January to March 2024 and 60 since"
    figures = [(v.start, v.end) for v in read_values(text)]
    whole = [(p.text_start, p.text_end) for p in read_periods(text)]
    assert [p.joint for p in parts(text, figures, whole)] == ["", "and"]


def test_parts_leave_no_gap() -> None:
    text = "12 plans, 14 requests; 9 appeals and 3 hearings"
    found = parts(text, [(v.start, v.end) for v in read_values(text)])
    assert [a.end for a in found[:-1]] == [b.start for b in found[1:]]
    assert (found[0].start, found[-1].end) == (0, len(text))

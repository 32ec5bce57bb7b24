"""Whose figure it is."""

from __future__ import annotations

import pytest

from sendparse.tag.benchmark import areas, figure_areas
from sendparse.tag.value import read_values

N, R, S, _ = "national", "regional", "statistical_neighbours", None

WHOSE = [
    (
        "above (5.8%) the north-west (3.1%), similar authorities' (2.9%) and England's (2.4%) shares",
        [_, R, S, N],
        "a chain in brackets",
    ),
    (
        "52.3% nationally, 31.5% among our statistical neighbours and 38% across the South East",
        [N, S, R],
        "behind the figures",
    ),
    ("National at 88%, Southwest 84%, and Statistical Neighbours 86%", [N, R, S], "before the figures, each its own"),
    ("62%, which is below others: National (71%), London (69%)", [_, N, R], "after a comparison"),
    ("the national average over the whole year was 46.4%", [N], "a subject far from its figure"),
    ("stood at 41.2, whereas nationally it averages 36.4", [_, N], "a contrast begins the other side"),
    ("The national share was 0.7%, whereas ours was just 0.2%", [N, _], "and ends it"),
    ("64%, above national averages but down on the last count", [_], "a comparison without a figure"),
    ("At 71% we were better than the national average of 50%", [_, N], "one of each"),
    ("We were better than the national average, at 71%", [_], "the figure is ours"),
    ("Nationally, requests rose from 82,000 to 93,300", [N, N], "both ends"),
    ("Timeliness was 45% (England: 50.3%)", [_, N], "in a bracket"),
    ("96% of appeals nationally were upheld", [N], "words between"),
    ("England's figure of 50% and our 41%", [N, _], "a possessive, then ourselves"),
    ("in the East Midlands it was 44%", [R], "a region by name"),
    ("NHS England gave £2m", [_], "an institution"),
    ("The national SEND system has 5 problems", [_], "a system is no area"),
    ("the South West SEND Peer Challenge found 3 gaps", [_], "a name"),
    ("45%, above the 50.3% national and 47.1% South East averages", [_, N, R], "adjectives behind their figures"),
    (
        "there were 24,000 appeals in England, 98% of which were won",
        [N, N],
        "an adverb behind the things that were counted",
    ),
    ("43.2 per 1,000, compared with 39.1 per 1,000 in England", [_, N], "a rate has its base between"),
    ("we are in the top quartile nationally with 61%", [_], "a place among others"),
    ("England saw 84,428 new plans in 2023, up from 66,706 in 2022", [N, N], "up from: still of England"),
    ("among similar councils the median is 44%", [S], "similar councils"),
    ("45% and 52%, compared with 50% and 55% nationally", [_, _, N, N], "an adverb speaks of the pair it follows"),
    ("(England 50%, region 47%, statistical neighbours 46%)", [N, R, S], "the region as a label"),
    ("England 4.8%, South West 4.9%, Ashcombe 5.1%", [N, R, _], "another name ends the reach"),
    ("a target of 50% (the England average)", [N], "explained in a bracket"),
    ("In the South West as a whole, 44% were on time", [R], "a region as a whole"),
    ("We issued 301 plans; England issued 84,000", [_, N], "a verb between"),
    ("twice the national rate of 4.8%", [_, N], "the multiple is our own"),
    ("45% (SN 46%; Eng 50%)", [_, S, N], "short names"),
    ("our plans grew by 12% nationally and locally by 9%", [N, _], "locally ends it"),
]


@pytest.mark.parametrize(("text", "expected", "why"), WHOSE, ids=[row[0][:50] for row in WHOSE])
def test_whose_figure(text: str, expected: list[str | None], why: str) -> None:
    places = [(v.start, v.end) for v in read_values(text)]
    found = figure_areas(text, places)
    assert [area.kind if area else None for area in found] == expected, why


def test_the_councils_own_name_ends_the_reach() -> None:
    text = "The national rate is 5% and in Ashcombe 4%"
    places = [(v.start, v.end) for v in read_values(text)]
    assert [a.kind if a else None for a in figure_areas(text, places, own=("Ashcombe",))] == ["national", None]


def test_a_region_keeps_its_name() -> None:
    (area,) = areas("the West Midlands average")
    assert (area.kind, area.area) == ("regional", "West Midlands")

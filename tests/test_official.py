"""Stated figures against imported releases: regions, a council's own, statistical neighbours, restated and provisional."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from checking import claim, says

from sendparse import check
from sendparse.check.sources import Sources
from sendparse.releases import add_release

EXCL, INCL, OPEN, PLANS = (
    "ehcp_20wk_excl_exceptions_pct", "ehcp_20wk_incl_exceptions_pct", "ehcp_20wk_unspecified_pct", "ehcp_total_count",
)  # fmt: skip
HEAD = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,new_la_code,old_la_code,"
    "la_name,breakdown_topic,breakdown"
)
TOTAL = "All EHC plans,All EHC plans"
YEAR = (date(2023, 1, 1), date(2023, 12, 31))
DAY = date(2024, 9, 1)


@pytest.fixture(scope="module")
def sources(packs, tmp_path_factory) -> Sources:
    """Two releases: that of 2024 gave Kent 44.0, that of 2025 restated it to 42.5. Kent's neighbours of 2021 all have 50.2."""
    folder: Path = tmp_path_factory.mktemp("releases")
    near = packs.reference.neighbours("886", "2021")
    for release, kent in (("2024", "44.0"), ("2025", "42.5")):
        path = folder / f"ehc-plans-{release}"
        path.mkdir()
        with (path / "timeliness_20_week.csv").open("w", newline="", encoding="utf-8") as file:
            out = csv.writer(file)
            out.writerow([*HEAD.split(","), "pc_plans_issued_within_20_weeks", "pc_plans_issued_20_weeks_ex"])

            def put(level, region, gss, la, name, incl, excl, out=out) -> None:
                place = ["E92000001", "England", "E12000008" if region else "", region, gss, la, name]
                out.writerow(["2023", "Calendar year", level, *place, *TOTAL.split(","), incl, excl])

            put("Regional", "South East", "", "", "", "47.0", "48.1")
            put("Local authority", "South East", "E10000016", "886", "Kent", "40.3", kent)
            for council in near:
                put("Local authority", council.region, council.gss_code, council.la_code, council.name, "49.0", "50.2")
        add_release(path, packs.reference, store=folder / "store")
    return Sources(packs.reference, folder / "store")


REGION = {"role": "benchmark", "benchmark": "regional", "area_type": "region", "area": "South East"}
NEAR = {"role": "benchmark", "benchmark": "statistical_neighbours", "area_type": "statistical_neighbours"}
CASES = [
    # measure, value, fields, words -> verdict, what is told
    (EXCL, 42.5, {"period": YEAR}, "", "match", "Kent's figure for 2023"),
    (EXCL, 44.0, {"period": YEAR}, "", "match", "It was restated since, as 42.5%"),
    (OPEN, 40.3, {"period": YEAR}, "", "match", "exceptions included"),
    (OPEN, 40.3, {"period": YEAR}, " excluding exceptions", "mislabelled", "the other of the two"),
    (EXCL, 61.0, {"period": YEAR}, "", "mismatch", "as DfE published it, is 42.5%"),
    (EXCL, 48.1, {**REGION, "period": YEAR}, "", "match", "The South East's figure"),
    (EXCL, 53.9, {**REGION, "period": YEAR}, "", "mismatch", "the South East's figure"),
    (EXCL, 50.2, {**NEAR, "period": YEAR}, "", "rounding", "statistical neighbours (model of 2021)"),
    (EXCL, 48.1, REGION, "", "match", "gives no year"),
    (EXCL, 42.5, {"period": "2023-05"}, "", "unverifiable", ""),  # a month is no annual value
]


@pytest.mark.parametrize(("kpi", "value", "fields", "words", "verdict", "told"), CASES)
def test_against_releases(packs, sources, kpi, value, fields, words, verdict, told) -> None:
    [row] = says(f"It was {value}%{words}.", claim(kpi, value, text=f"{value}%", la_code="886", **fields))
    [found] = check.run([row], packs, sources=sources, day=DAY)
    assert found.verdict in ((verdict,) if verdict != "rounding" else ("rounding", "match"))
    assert told in found.explanation


def test_without_a_store_only_england_is_known(packs) -> None:
    [row] = says("It was 42.5%.", claim(EXCL, 42.5, text="42.5%", la_code="886", period=YEAR))
    assert [c.kind for c in check.run([row], packs)] == ["cell"]


def test_a_release_that_came_out_after_the_paper_accuses_less(packs, sources) -> None:
    [row] = says("It was 46%.", claim(EXCL, 46, text="46%", la_code="886", period=YEAR))
    early = check.run([row], packs, sources=sources, day=date(2024, 2, 1))
    late = check.run([row], packs, sources=sources, day=date(2026, 2, 1))
    assert ([c.verdict for c in early], [c.verdict for c in late]) == (["unverifiable"], ["mismatch"])

"""Releases of Explore Education Statistics: small ones with every oddity, older layouts, and the real one of 2025."""

from __future__ import annotations

import csv
import gzip
import zipfile
from datetime import date
from pathlib import Path

import pytest

from sendparse.errors import DatasetError, InputError
from sendparse.model import Period
from sendparse.packs import patterns_folder
from sendparse.reference import OfficialFigure, load_reference
from sendparse.releases import (
    add_release,
    default_store,
    find_release,
    list_releases,
    neighbour_average,
    official_figures,
    read_release,
    remove_release,
)

REFERENCE = load_reference(patterns_folder() / "reference")
PLACES = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,new_la_code,old_la_code,la_name"
ENGLAND = "E92000001,England"

TIMELINESS = f"""{PLACES},breakdown_topic,breakdown,plans_issued_den,pc_plans_issued_within_20_weeks,PC_plans_issued_20_weeks_ex
2024,Calendar year,National,{ENGLAND},,,,,,All EHC plans,All EHC plans,90392,45.9,46.4
2024,Calendar year,National,{ENGLAND},,,,,,Sex,Female,30000,44,45
2024,Calendar year,Regional,{ENGLAND},E13000001,London,,,,All EHC plans,All EHC plans,"1,204",50.1,51
2024,Calendar year,Regional,{ENGLAND},E12000009,South West,,,,All EHC plans,All EHC plans,low,40,41.5
2024,Calendar year,Local authority,{ENGLAND},E12000009,South West,E10000027,933,Somerset,All EHC plans,All EHC plans,600,x,z
2024,Calendar year,Local authority,{ENGLAND},E12000009,South West,E06000058,839,"Bournemouth, Christchurch and Poole",All,All,700,c,101
2018,Calendar year,Local authority,{ENGLAND},E12000009,South West,E10000009,835,Dorset,All EHC plans,All EHC plans,300,60,61
"""

CASES = [
    # file name, csv, (kpi, area, la_code, value, decimals, start, end, basis), why it is here
    (
        "timeliness_20_week.csv",
        TIMELINESS,
        ("ehcp_20wk_excl_exceptions_pct", "England", "", 46.4, 1, date(2024, 1, 1), date(2024, 12, 31), "calendar_year"),
        "capitals in a column name",
    ),
    (
        "timeliness_20_week.csv",
        TIMELINESS,
        ("ehcp_issued_incl_exceptions_count", "Inner London", "", 1204, 0, date(2024, 1, 1), date(2024, 12, 31), "calendar_year"),
        "inner London, separator in a number",
    ),
    (
        "timeliness_20_week.csv",
        TIMELINESS,
        ("ehcp_issued_incl_exceptions_count", "Somerset", "933", 600, 0, date(2024, 1, 1), date(2024, 12, 31), "calendar_year"),
        "an ONS code that was given up",
    ),
    (
        "timeliness_20_week.csv",
        TIMELINESS,
        ("ehcp_20wk_excl_exceptions_pct", "Dorset", "835", 61, 1, date(2018, 1, 1), date(2018, 12, 31), "calendar_year"),
        "an abolished council keeps the code of then",
    ),
    (
        "caseload.csv",
        f"{PLACES},breakdown_topic,breakdown,ehcplans\n202425,Academic year,National,{ENGLAND},,,,,,All EHC plans,All EHC plans,638745\n",
        ("ehcp_total_count", "England", "", 638745, 0, date(2025, 1, 1), date(2025, 1, 31), "snapshot"),
        "an academic year that is a January",
    ),
    (
        "caseload.csv",
        f"{PLACES},breakdown_topic,breakdown,EHCPLANS\n2022,Calendar year,National,{ENGLAND},,,,,,All EHC plans,All EHC plans,473255\n",
        ("ehcp_total_count", "England", "", 473255, 0, date(2022, 1, 1), date(2022, 1, 31), "snapshot"),
        "the same January as the release of 2022 calls it",
    ),
    (
        "sen2_mi.csv",
        "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,"
        f"new_la_code,la_name,InreqEHC,NoExc20weekRate\n2021,Calendar year,Local authority,{ENGLAND},E12000001,North East,390,"
        "E08000020,Gateshead,310,61.25\n",
        ("ehcp_20wk_excl_exceptions_pct", "Gateshead", "390", 61.25, 2, date(2021, 1, 1), date(2021, 12, 31), "calendar_year"),
        "layout of 2022: old codes first, run-together names",
    ),
    (
        "sen2_mi.csv",
        f"{PLACES},inreq_ehc\n2022,Calendar year,National,{ENGLAND},,,,,,114457\n",
        ("ehcna_requests_count", "England", "", 114457, 0, date(2022, 1, 1), date(2022, 12, 31), "calendar_year"),
        "layout of 2023: no breakdown columns",
    ),
    (
        "sen_phase_type_.csv",
        f"{PLACES},phase_type_grouping,type_of_establishment,hospital_school,total_pupils,ehc_plan,ehc_plan_percent\n"
        f"202223,Academic year,National,{ENGLAND},,,,,,Total,Total,Total,9000000,389171,4.3\n"
        f"202223,Academic year,National,{ENGLAND},,,,,,Primary,Total,Total,4000000,1,2.5\n",
        ("pupils_with_ehcp_pct", "England", "", 4.3, 1, date(2023, 1, 1), date(2023, 1, 31), "snapshot"),
        "school census: three filters that must all be total",
    ),
]  # fmt: skip


def figures_of(folder: Path, name: str, text: str) -> list[OfficialFigure]:
    path = folder / name
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    return list(read_release(path, REFERENCE))


def as_case(figure: OfficialFigure) -> tuple[object, ...]:
    return (
        figure.kpi, figure.area, figure.la_code, figure.value, figure.decimals,
        figure.period_start, figure.period_end, figure.basis,
    )  # fmt: skip


@pytest.mark.parametrize(("name", "text", "figure", "why"), CASES, ids=[case[3] for case in CASES])
def test_reading(tmp_path: Path, name: str, text: str, figure: tuple[object, ...], why: str) -> None:
    found = [as_case(one) for one in figures_of(tmp_path, name, text)]
    assert found.count(figure) == 1, why
    assert len({one[:3] + one[5:7] for one in found}) == len(found), "one figure for each KPI, area and period"


def test_breakdowns_and_symbols_give_no_figures(tmp_path: Path) -> None:
    found = figures_of(tmp_path, "timeliness_20_week.csv", TIMELINESS)
    assert 30000 not in {figure.value for figure in found}  # girls only
    assert [f.kpi for f in found if f.la_code == "933"] == ["ehcp_issued_incl_exceptions_count"]  # x and z
    assert [f.kpi for f in found if f.la_code == "839"] == ["ehcp_issued_incl_exceptions_count"]  # c, and 101 percent
    south_west = [figure.kpi for figure in found if figure.area == "South West"]
    assert "ehcp_issued_incl_exceptions_count" not in south_west  # low
    assert len(south_west) == 2


@pytest.mark.parametrize(("second", "count"), [("12", 1), ("13", 0)])
def test_a_column_given_twice(tmp_path: Path, second: str, count: int) -> None:
    row = f"2024,Calendar year,National,{ENGLAND},,,,,,All,All,12,{second}\n"
    text = f"{PLACES},breakdown_topic,breakdown,review_expected,review_expected\n{row}"
    assert len(figures_of(tmp_path, "annual_reviews.csv", text)) == count


@pytest.mark.parametrize(
    ("when", "identifier"),
    [("2025", "Reporting year"), ("202426", "Academic year"), ("2024", "Week 12"), ("202425", "Autumn term")],
)
def test_a_period_that_may_be_read_in_two_ways_gives_nothing(tmp_path: Path, when: str, identifier: str) -> None:
    text = f"{PLACES},breakdown_topic,breakdown,requests_received_in_year\n{when},{identifier},National,{ENGLAND},,,,,,All,All,5\n"
    assert figures_of(tmp_path, "requests.csv", text) == []


def zipped(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text.encode("utf-8-sig"))
    return path


GUIDANCE = "Education, health and care plans\nReporting year 2025\n\nDescription\n"


def test_the_store(tmp_path: Path) -> None:
    store = tmp_path / "store"
    path = zipped(
        tmp_path / "any-name.zip",
        {
            "data/timeliness_20_week.csv": TIMELINESS,
            "data/other.csv": "a,b\n1,2\n",
            "data-guidance/data-guidance.txt": GUIDANCE,
        },
    )
    assert list_releases(store) == []
    release = add_release(path, REFERENCE, store=store)
    assert release.name == "education-health-and-care-plans-2025"
    assert release.title == "Education, health and care plans 2025"
    assert release.files == ("timeliness_20_week.csv",)
    assert release.left_out["file not known: other.csv"] == 1
    assert release.left_out["missing: x (not available)"] == 1
    assert list_releases(store) == [release] == [find_release(release.name, store=store)]
    year = Period(label="2024", start=date(2024, 1, 1), end=date(2024, 12, 31))
    (figure,) = official_figures("ehcp_20wk_excl_exceptions_pct", area="South West", period=year, store=store)
    assert (figure.value, figure.release) == (41.5, release.title)
    assert official_figures("ehcp_issued_incl_exceptions_count", la_code="933", store=store)[0].area == "Somerset"
    assert official_figures("no_such_kpi", store=store) == ()
    assert [folder.name for folder in store.iterdir()] == [release.name]  # no scratch is left
    remove_release(release.name, store=store)
    assert list_releases(store) == []


def test_adding_again(tmp_path: Path) -> None:
    store = tmp_path / "store"
    files = {"timeliness_20_week.csv": TIMELINESS, "data-guidance.txt": GUIDANCE}
    release = add_release(zipped(tmp_path / "a.zip", files), REFERENCE, store=store)
    written = (store / release.name / "release.json").stat().st_mtime_ns
    add_release(tmp_path / "a.zip", REFERENCE, store=store)
    assert (store / release.name / "release.json").stat().st_mtime_ns == written
    changed = zipped(tmp_path / "b.zip", files | {"timeliness_20_week.csv": TIMELINESS.replace("46.4", "46.5")})
    with pytest.raises(DatasetError, match="--replace"):
        add_release(changed, REFERENCE, store=store)
    add_release(changed, REFERENCE, store=store, replace=True)
    found = official_figures("ehcp_20wk_excl_exceptions_pct", area="England", store=store)
    assert [figure.value for figure in found] == [46.5]


def test_two_imports_write_the_same_bytes(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"timeliness_20_week.csv": TIMELINESS})
    contents = []
    for name in ("one", "two"):
        release = add_release(path, REFERENCE, store=tmp_path / name)
        folder = tmp_path / name / release.name
        contents.append({p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()})
    assert contents[0] == contents[1]


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda folder: folder / "none.zip", "does not exist"),
        (lambda folder: zipped(folder / "x.zip", {"a.txt": "nothing"}), "no figure of a KPI that is known"),
        (lambda folder: zipped(folder / "x.zip", {"caseload.csv": "a,b\n1,2\n"}), "no figure of a KPI that is known"),
    ],
)
def test_what_is_no_release_is_refused(tmp_path: Path, make, says: str) -> None:  # type: ignore[no-untyped-def]
    store = tmp_path / "store"
    with pytest.raises(InputError, match=says):
        add_release(make(tmp_path), REFERENCE, store=store)
    assert not store.exists() or list(store.iterdir()) == []


def test_an_unknown_name_is_refused_with_those_there_are(tmp_path: Path) -> None:
    release = add_release(zipped(tmp_path / "a.zip", {"timeliness_20_week.csv": TIMELINESS}), REFERENCE, store=tmp_path)
    with pytest.raises(InputError, match=f"one of: {release.name}"):
        find_release("plans", store=tmp_path)


def test_neighbour_average(tmp_path: Path) -> None:
    year = Period(label="2024", start=date(2024, 1, 1), end=date(2024, 12, 31))
    neighbours = REFERENCE.neighbours("886")
    head = f"{PLACES},breakdown_topic,breakdown,pc_plans_issued_within_20_weeks\n"
    rows = [
        f"2024,Calendar year,Local authority,{ENGLAND},,,{council.gss_code},{council.la_code},n,All,All,{number}\n"
        for number, council in enumerate(neighbours)
    ]
    all_but_one = zipped(tmp_path / "a_2025.zip", {"timeliness_20_week.csv": head + "".join(rows[1:])})
    add_release(all_but_one, REFERENCE, store=tmp_path)
    found = neighbour_average("ehcp_20wk_incl_exceptions_pct", "886", year, REFERENCE, store=tmp_path)
    assert found
    assert (found.value, len(found.councils), found.missing) == (5.0, 9, (neighbours[0].name,))
    few = zipped(tmp_path / "b_2026.zip", {"timeliness_20_week.csv": head + "".join(rows[:4])})
    add_release(few, REFERENCE, store=tmp_path)
    found = neighbour_average("ehcp_20wk_incl_exceptions_pct", "886", year, REFERENCE, store=tmp_path)
    assert found
    assert found.release == "A 2025"  # the newer release has four of ten
    assert neighbour_average("ehcp_total_count", "886", year, REFERENCE, store=tmp_path) is None


def test_the_store_can_be_put_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SENDPARSE_REFERENCE", str(tmp_path))
    assert default_store() == tmp_path


def test_the_release_of_2025_agrees_with_the_series_taken_from_it(shared: Path, tmp_path: Path) -> None:
    folder = shared / "reference"
    release = add_release(folder / "education-health-and-care-plans_2025.zip", REFERENCE, store=tmp_path)
    assert release.figures > 45_000
    found: dict[tuple[str, str, str, str], float] = {}
    with gzip.open(folder / "dfe_ehcp_key_series_long.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        series = [row for row in csv.DictReader(lines) if row["value"]]
    for kpi in {row["canonical_id"] for row in series}:
        for figure in official_figures(kpi, store=tmp_path):
            key = (kpi, figure.la_code or figure.area, str(figure.period_start), str(figure.period_end))
            assert key not in found
            found[key] = figure.value
    for row in series:
        area = {"National": "England", "Regional": row["region_name"]}.get(row["geographic_level"], row["dfe_la_code"])
        key = (row["canonical_id"], area, row["period_start"], row["period_end"])
        assert found[key] == pytest.approx(float(row["value"])), key


def test_the_shipped_england_figures_are_those_of_the_release(shared: Path, tmp_path: Path) -> None:
    add_release(shared / "reference" / "education-health-and-care-plans_2025.zip", REFERENCE, store=tmp_path)
    compared = 0
    with (REFERENCE.folder / "release_columns.csv").open(encoding="utf-8", newline="") as lines:
        kpis = sorted({row["kpi"] for row in csv.DictReader(lines)})
    for kpi in kpis:
        published = {
            (f.period_start, f.period_end): f.value for f in official_figures(kpi, area="England", store=tmp_path)
        }
        for figure in REFERENCE.england(kpi):
            if figure.release == "EHC plans 2025":
                assert published[figure.period_start, figure.period_end] == figure.value
                compared += 1
    assert compared > 250

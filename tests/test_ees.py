"""The shape of DfE's files: names of times and places, one column for each measure, joins that hold."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from comparing import CASELOAD, TIMELINESS, caseload, check_on, dataset_of, day, figure, month, plain, year

from sendparse.dataset import read_dataset
from sendparse.model import Check, Observation
from sendparse.packs import Packs
from sendparse.publish.ees import FILTERS, MISSING, PLACES, Written, write_ees


def export(
    tmp_path: Path, packs: Packs, rows: list[Observation], checks: list[Check] | None = None
) -> tuple[list[dict[str, str]], Written]:
    folder = dataset_of(tmp_path / "ds", rows, checks or [])
    written = write_ees(read_dataset(folder), packs, tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file)), written


def span(first: str, last: str, basis: str) -> dict[str, object]:
    return {"period_start": date.fromisoformat(first), "period_end": date.fromisoformat(last), "period_basis": basis}


TIMES = [
    # period                                                   time_period  time_identifier      why
    (year(2024), "2024", "Calendar year", ""),
    (span("2023-04-01", "2024-03-31", "financial_year"), "202324", "Financial year", "two years, six digits"),
    (span("2023-09-01", "2024-08-31", "academic_year"), "202324", "Academic year", ""),
    (month(2024, 5), "2024", "May", "months have plain years"),
    (
        span("2024-04-01", "2024-06-30", "quarter"),
        "202425",
        "Financial year Q1",
        "councils' quarters are of the financial year",
    ),
    (
        span("2025-01-01", "2025-03-31", "quarter"),
        "202425",
        "Financial year Q4",
        "the last is in the next calendar year",
    ),
    (span("2025-01-01", "2025-04-30", "term"), "202425", "Spring term", ""),
    (span("2024-09-01", "2024-12-31", "term"), "202425", "Autumn term", ""),
]


@pytest.mark.parametrize(("period", "time", "identifier", "why"), TIMES)
def test_times(tmp_path: Path, packs: Packs, period: dict[str, object], time: str, identifier: str, why: str) -> None:
    rows, _ = export(tmp_path, packs, [figure("886", 18.0, **period)])
    assert [(row["time_period"], row["time_identifier"]) for row in rows] == [(time, identifier)], why


def test_a_january_count_stands_under_its_academic_year(tmp_path: Path, packs: Packs) -> None:
    rows, _ = export(
        tmp_path, packs, [caseload("886", 19_407, **day(2025, 1, 16)), caseload("886", 19_600, **month(2025, 2))]
    )
    assert {(r["time_period"], r["time_identifier"]): r[CASELOAD] for r in rows} == {
        ("2025", "February"): "19600",
        ("202425", "Academic year"): "19407",
    }


def test_places(tmp_path: Path, packs: Packs) -> None:
    stated = {"role": "benchmark", "area_type": "england", "area": "England"}
    region = {"role": "benchmark", "area_type": "region", "area": "South East"}
    rows, _ = export(
        tmp_path, packs, [figure("886", 18.0), figure("886", 50.3, **stated), figure("886", 40.0, **region)]
    )
    places = {row["geographic_level"]: [row[name] for name in PLACES[5:]] for row in rows}
    assert places == {
        "Local authority": ["E12000008", "South East", "E10000016", "886", "Kent"],
        "National": ["", "", "", "", ""],
        "Regional": ["E12000008", "South East", "", "", ""],
    }
    assert {row["country_code"] for row in rows} == {"E92000001"}


def test_one_column_for_each_measure_and_rows_for_breakdowns(tmp_path: Path, packs: Packs) -> None:
    rows, written = export(
        tmp_path,
        packs,
        [
            figure("886", 18.0),
            caseload("886", 100, **year(2023)),
            caseload("886", 40, **year(2023), breakdown="phase=primary"),
        ],
    )
    assert list(rows[0]) == [*PLACES, *FILTERS, CASELOAD, TIMELINESS]
    found = {(row["breakdown_topic"], row["breakdown"]): (row[CASELOAD], row[TIMELINESS]) for row in rows}
    assert found == {("Total", "Total"): ("100", "18"), ("Phase", "primary"): ("40", MISSING)}
    assert (written.rows, written.kpis) == (2, 2)


LEFT_OUT = [
    ({"role": "target"}, "role target"),
    ({"kpi": ""}, "no measure of the vocabulary"),
    ({"qualifier": "under"}, "a range or a limit, no single value"),
    ({"value_high": 20.0}, "a range or a limit, no single value"),
    ({"period_basis": "rolling_12_months"}, "DfE's shape has no twelve months to a day"),
    ({"period_end": None}, "the period has no stated beginning or end"),
]


@pytest.mark.parametrize(("changes", "reason"), LEFT_OUT)
def test_what_has_no_place_is_counted(tmp_path: Path, packs: Packs, changes: dict[str, object], reason: str) -> None:
    rows, written = export(tmp_path, packs, [figure("887", 1.0), figure("886", 18.0, **changes)])
    assert [row["la_name"] for row in rows] == ["Medway"]
    assert dict(written.left_out) == {reason: 1}


def test_unknown_councils_and_contradicted_figures_stay_out(tmp_path: Path, packs: Packs) -> None:
    wrong = figure("886", 18.0)
    rows, written = export(tmp_path, packs, [figure("", 60.0), wrong], [check_on(wrong, "mismatch")])
    assert rows == []
    assert set(written.left_out) == {"the council is not known", "contradicted by a check (mismatch)"}


def test_the_meta_file_describes_every_column(tmp_path: Path, packs: Packs) -> None:
    write_ees(read_dataset(plain(tmp_path / "ds")), packs, tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    with (tmp_path / "x.meta.csv").open(encoding="utf-8", newline="") as file:
        meta = {row["col_name"]: row for row in csv.DictReader(file)}
    assert set(columns) - set(PLACES) - {"breakdown_topic"} == set(meta)
    assert meta[TIMELINESS]["indicator_unit"] == "%"
    assert meta[TIMELINESS]["indicator_dp"] == "1"


def test_it_joins_dfes_own_file(tmp_path: Path, packs: Packs, shared: Path) -> None:
    """Counted in January 2025, as DfE published it."""
    export(tmp_path, packs, [caseload("886", 19_407)])
    with zipfile.ZipFile(shared / "reference" / "education-health-and-care-plans_2025.zip") as release:
        name = next(one for one in release.namelist() if one.endswith("/caseload.csv") or one == "caseload.csv")
        dfe = list(csv.DictReader(io.TextIOWrapper(release.open(name), encoding="utf-8-sig")))
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        ours = next(csv.DictReader(file))
    key = ("time_period", "time_identifier", "geographic_level", "old_la_code")
    theirs = [row for row in dfe if all(row[k] == ours[k] for k in key) and row["breakdown"] == row["breakdown_topic"]]
    assert len(theirs) == 1
    assert theirs[0]["la_name"] == ours["la_name"] == "Kent"

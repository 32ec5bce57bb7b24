"""Frames for analysis: types, missing values, SQL, joins on the council's code."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from comparing import CASELOAD, TIMELINESS, plain

import sendparse
from sendparse.dataset import resources
from sendparse.errors import DatasetError, InputError
from sendparse.publish.frames import OpenDataset


@pytest.fixture
def data(tmp_path: Path) -> OpenDataset:
    return sendparse.open_dataset(plain(tmp_path / "ds"))


TYPES = [
    ("council", "category"),
    ("la_code", "string"),
    ("value", "float64"),
    ("page", "Int32"),
    ("evidence", "string"),
    ("verdict", "category"),
]


@pytest.mark.parametrize(("column", "kind"), TYPES)
def test_types(data: OpenDataset, column: str, kind: str) -> None:
    frame = data.checks if column == "verdict" else data.observations
    assert str(frame[column].dtype) == kind


def test_days_are_days(data: OpenDataset) -> None:
    assert pd.api.types.is_datetime64_any_dtype(data.observations["period_end"])
    assert data.observations["period_end"].dt.year.max() == 2025


@pytest.mark.parametrize("name", list(resources()))
def test_every_column_is_there(data: OpenDataset, name: str) -> None:
    assert tuple(getattr(data, name).columns) == resources()[name].names


def test_what_is_not_stated_is_missing(data: OpenDataset) -> None:
    assert data.observations["council"].isna().sum() == 1
    assert data.observations["char_start"].isna().all()


def test_sql(data: OpenDataset) -> None:
    found = data.sql(
        f"SELECT council, max(value) AS most FROM observations WHERE kpi = '{TIMELINESS}' GROUP BY council ORDER BY 2"
    )
    assert found["most"].tolist() == [43.9, 55.5, 60.0, 60.0]
    with data.connect() as connection:
        assert connection.execute("SELECT count(*) FROM checks").fetchone() == (1,)


def test_compare_joins_a_file_of_dfe_on_the_council_code(data: OpenDataset) -> None:
    ours = data.compare(CASELOAD, councils=["Kent", "Medway"])
    dfe = pd.DataFrame({"old_la_code": ["886", "887"], "ehcplans": [19407, 3512]})
    joined = ours.merge(dfe, left_on="la_code", right_on="old_la_code")
    assert (joined["value"] == joined["ehcplans"]).tolist() == [True, True]
    assert ours.attrs["left_out"] == []
    assert ours["value_high"].isna().all()
    assert ours["breakdown"].isna().all()


@pytest.mark.parametrize(("name", "begins"), [("chart.svg", b"<svg"), ("chart.png", b"\x89PNG")])
def test_a_chart(data: OpenDataset, tmp_path: Path, name: str, begins: bytes) -> None:
    data.plot(TIMELINESS, tmp_path / name, councils=["Kent", "Medway"])
    content = (tmp_path / name).read_bytes()
    assert content.startswith(begins)
    if name.endswith("svg"):
        assert b"Medway" in content and b"England" in content


def test_no_chart_of_nothing(data: OpenDataset, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="fewer than two"):
        data.plot(TIMELINESS, tmp_path / "chart.svg", councils=["Devon"])
    with pytest.raises(InputError, match=r"\.svg or \.png"):
        data.plot(TIMELINESS, tmp_path / "chart.gif")


def test_what_means_nothing_is_told(data: OpenDataset, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        data.compare("nope")
    with pytest.raises(DatasetError):
        sendparse.open_dataset(tmp_path / "nowhere")

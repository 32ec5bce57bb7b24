"""Workbooks: typed cells, heads that stay, no formula from any paper."""

from __future__ import annotations

import csv
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from comparing import check_on, dataset_of, figure, plain

from sendparse.dataset import read_dataset, resources
from sendparse.publish import workbook
from sendparse.publish.layout import Sheet
from sendparse.publish.workbook import SHEETS, write_sheets, write_workbook

HOSTILE = [
    "=1+1",
    '=cmd|" /C calc"!A0',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "https://example.org",
    "mailto:a@b.c",
    "_x000D_",
    "{=A1}",
    "a\x07b",
]


def write(folder: Path, out: Path) -> openpyxl.Workbook:
    write_workbook(read_dataset(folder), out)
    return openpyxl.load_workbook(out)


def test_every_row_and_column_is_there(tmp_path: Path) -> None:
    folder = plain(tmp_path / "ds")
    book = write(folder, tmp_path / "x.xlsx")
    assert book.sheetnames == ["Read me", *SHEETS]
    data = read_dataset(folder)
    for name in SHEETS:
        sheet = book[name]
        assert tuple(cell.value for cell in sheet[1]) == resources()[name].names
        assert sheet.max_row - 1 == data.table(name).num_rows
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")


def test_cells_have_types(tmp_path: Path) -> None:
    book = write(plain(tmp_path / "ds"), tmp_path / "x.xlsx")
    heads = [cell.value for cell in book["observations"][1]]
    row = dict(zip(heads, book["observations"][2], strict=True))
    assert isinstance(row["value"].value, float | int)
    assert row["period_start"].value == datetime(2021, 1, 1) and row["period_start"].is_date
    assert row["la_code"].value == "886"  # text: 009 would lose its zeros
    assert row["value_high"].value is None


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(tmp_path: Path, text: str) -> None:
    row = figure("886", 18.0, evidence=text, kpi_label=text)
    book = write(dataset_of(tmp_path / "ds", [row]), tmp_path / "x.xlsx")
    heads = [cell.value for cell in book["observations"][1]]
    cell = book["observations"][2][heads.index("evidence")]
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert cell.value == text or "\x07" in text or text == "_x000D_"  # escaped; the office suite reads it back


def test_the_read_me_explains_every_column_and_the_licence(tmp_path: Path) -> None:
    book = write(plain(tmp_path / "ds"), tmp_path / "x.xlsx")
    words = [cell.value for row in book["Read me"].iter_rows() for cell in row if cell.value]
    assert {column.name for name in SHEETS for column in resources()[name].columns} <= set(words)
    assert any("Open Government Licence" in word for word in words)


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    folder = plain(tmp_path / "ds")
    write(folder, tmp_path / "a.xlsx")
    write(folder, tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_what_does_not_fit_goes_on_in_another_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_ROWS", 2)
    sheet = Sheet(title="Figures", heads=("n",), rows=[[1], [2], [3], [4], [5]])
    write_sheets(tmp_path / "x.xlsx", [sheet], title="t")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert book.sheetnames == ["Figures", "Figures 2", "Figures 3"]
    assert [row[0].value for name in book.sheetnames for row in book[name].iter_rows(min_row=2)] == [1, 2, 3, 4, 5]


def test_an_empty_sheet_has_its_heads(tmp_path: Path) -> None:
    write_sheets(tmp_path / "x.xlsx", [Sheet(title="None", heads=("a", "b"))], title="t")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert [cell.value for cell in book["None"][1]] == ["a", "b"]


@pytest.mark.office
def test_an_office_suite_opens_it(tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("no office suite is installed")
    rows = [figure("886", 18.0, evidence=text) for text in HOSTILE]
    write_workbook(read_dataset(dataset_of(tmp_path / "ds", rows, [check_on(rows[0], "match")])), tmp_path / "x.xlsx")
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, profile, "--headless", "--convert-to", every_sheet, "--outdir", tmp_path, tmp_path / "x.xlsx"]
    subprocess.run(command, check=True, capture_output=True, timeout=1200)
    with (tmp_path / "x-observations.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert len(found) == len(HOSTILE)
    said = [row["evidence"] for row in found]
    assert set(HOSTILE[:9]) <= set(said)  # none was computed
    assert {row["period_start"] for row in found} == {"2023-01-01"}

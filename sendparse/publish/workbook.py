"""Workbooks: sheets with typed columns, frozen heads and filters, which any office suite opens.

In: a dataset, or sheets of plain values. Out: an .xlsx file, the same bytes for the same rows. Text is written as text,
whatever it looks like: nothing that a paper says becomes a formula or a link.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sendparse.dataset.columns import Column, Resource, resources
from sendparse.dataset.read import Dataset
from sendparse.publish.layout import Sheet, Value

SHEETS = ("observations", "checks", "problems", "documents")
"""Resources of a dataset that become sheets. Tables cell by cell are for programs."""

_ROWS = 1_048_575  # below the heads; what does not fit goes on in another sheet
_TEXT = 32_767  # characters that a cell holds
_WIDTHS = {
    "evidence": 60,
    "explanation": 60,
    "message": 60,
    "quote": 40,
    "kpi": 30,
    "kpi_label": 40,
    "file": 40,
    "title": 40,
}
_NARROW = {"number": 11, "integer": 9, "date": 12}
_WHEN = datetime(2000, 1, 1)  # a workbook says when it was made; ours says the same each time


class _Book:
    """A workbook being written, a row at a time."""

    def __init__(self, path: Path, title: str) -> None:
        import xlsxwriter

        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
            "nan_inf_to_errors": True,
        }
        self.book: Any = xlsxwriter.Workbook(str(path), options)
        self.book.set_properties({"title": title, "created": _WHEN, "comments": "Made by sendparse"})
        self.head = self.book.add_format(
            {"bold": True, "bg_color": "#E6EEF5", "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self.day = self.book.add_format({"num_format": "yyyy-mm-dd"})
        self.bold = self.book.add_format({"bold": True})
        self.wrap = self.book.add_format({"text_wrap": True, "valign": "top"})
        self.names: set[str] = set()

    def sheet(self, name: str, columns: Sequence[tuple[str, float]], rows: Iterable[Sequence[Value]]) -> None:
        """A sheet of rows under frozen heads with filters; a further one when it is full."""
        waiting = iter(rows)
        number, row = 1, next(waiting, None)
        while number == 1 or row is not None:
            sheet = self._started(name if number == 1 else f"{name} {number}", columns)
            place = 0
            while row is not None and place < _ROWS:
                place += 1
                self._write(sheet, place, row)
                row = next(waiting, None)
            sheet.autofilter(0, 0, place, len(columns) - 1)
            number += 1

    def _started(self, name: str, columns: Sequence[tuple[str, float]]) -> Any:
        sheet = self.book.add_worksheet(name[:31])
        sheet.freeze_panes(1, 0)
        for at, (head, width) in enumerate(columns):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, head, self.head)
        return sheet

    def _write(self, sheet: Any, at: int, row: Sequence[Value]) -> None:
        for column, value in enumerate(row):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                sheet.write_string(at, column, value[:_TEXT])
            elif isinstance(value, date):
                sheet.write_datetime(at, column, datetime(value.year, value.month, value.day), self.day)
            else:
                sheet.write_number(at, column, value)

    def words(self, name: str, lines: Iterable[tuple[str, ...]], widths: Sequence[float]) -> None:
        """A sheet of words: one bold cell at the left, explanations beside it."""
        sheet = self.book.add_worksheet(name)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        for place, line in enumerate(lines):
            for at, text in enumerate(line):
                sheet.write_string(place, at, text, self.wrap if at else self.bold)

    def close(self) -> None:
        self.book.close()


def write_workbook(dataset: Dataset, path: Path) -> None:
    """A dataset as one workbook: a sheet that says what is what, then observations, checks, problems and documents."""
    book = _Book(path, "Figures stated in SEND papers")
    book.words("Read me", _read_me(dataset), (24, 12, 90, 40))
    for name in SHEETS:
        resource = resources()[name]
        columns = [(column.name, _width(column)) for column in resource.columns]
        book.sheet(name, columns, _rows(dataset, resource))
    book.close()


def write_sheets(path: Path, sheets: Iterable[Sheet], *, title: str) -> None:
    """Sheets of plain values as a workbook."""
    book = _Book(path, title)
    for sheet in sheets:
        book.sheet(sheet.title, [(head, float(_WIDTHS.get(head, 14))) for head in sheet.heads], sheet.rows)
    book.close()


def _rows(dataset: Dataset, resource: Resource) -> Iterator[list[Value]]:
    for record in dataset.records(resource.name):
        yield [getattr(record, name) for name in resource.names]


def _width(column: Column) -> float:
    return float(_WIDTHS.get(column.name) or _NARROW.get(column.type) or 16)


def _read_me(dataset: Dataset) -> Iterator[tuple[str, ...]]:
    about = dataset.description
    yield (str(about.get("title", "")),)
    yield ("",)
    yield ("Made by", "", f"sendparse {about['sendparse'].get('version', '')}")
    yield ("Papers", "", str(sum(1 for _ in dataset.records("documents"))))
    for paragraph in str(about.get("description", "")).split("\n\n"):
        yield ("", "", paragraph)
    for licence in about.get("licenses", ()):
        yield ("Licence", "", f"{licence.get('title', '')}: {licence.get('path', '')}")
    for source in about.get("sources", ()):
        yield ("Source", "", " ".join(filter(None, (source.get("title", ""), source.get("path", "")))))
    for name in SHEETS:
        resource = resources()[name]
        yield ("",)
        yield (f"Sheet {name}", "", resource.says)
        yield ("Column", "Type", "Meaning", "Unit or allowed values")
        for column in resource.columns:
            yield (column.name, column.type, column.says, column.unit or ", ".join(column.allowed))

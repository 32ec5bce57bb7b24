"""Reading a release of Explore Education Statistics as DfE publishes it.

In: a release's zip (or its folder, or one CSV of it). Out: `OfficialFigure`s of England, regions and councils, for the
columns that `patterns/reference/release_columns.csv` maps to KPIs, totals only. Whatever is left out is counted with
its reason. Councils are joined on their three-digit code, since DfE's files carry ONS codes that were given up.
Oddities that are met: a byte order mark, capitals in column names, a column given twice, symbols for missing values,
and "2024/25, Academic year" for what was counted in January 2025.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import IO

from sendparse.errors import InputError
from sendparse.reference import OfficialFigure, Reference

SYMBOLS = {
    "z": "not applicable",
    "x": "not available",
    "c": "withheld to protect persons",
    "low": "rounds to zero",
    "u": "too unreliable",
    "k": "rounds to zero",
    "~": "withheld",
    ":": "not available",
    "-": "nil or missing",
    "..": "no such area then",
    ".": "not applicable",
    "": "blank",
}
"""What stands in DfE's files where a figure is missing."""

_REQUIRED = ("time_period", "time_identifier", "geographic_level")
_PLACES = (
    *_REQUIRED,
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "new_la_code",
    "old_la_code",
    "la_name",
)
_TOTAL = re.compile(r"^(?:total|all)\b", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")


@dataclass(slots=True)
class Reading:
    """What one pass over a release has met besides figures."""

    files: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Column:
    kpi: str
    unit: str
    january: bool  # counted in January rather than over the year
    places: tuple[int, ...]  # where it stands; more than one when the file gives it twice


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where things stand in one file."""

    at: Mapping[str, int]  # place columns
    columns: tuple[_Column, ...]
    filters: tuple[int, ...]  # columns of words, which must say "total" for the row to count
    topic: tuple[int, int] | None  # breakdown_topic and breakdown: equal in the row that counts


def read_release(
    path: Path, reference: Reference, *, title: str = "", reading: Reading | None = None
) -> Iterator[OfficialFigure]:
    """Every figure of a release that has a KPI, file by file, row by row; nothing is held in memory.

    Raises InputError when there is no such file or it is no zip, folder or CSV.
    """
    reading = reading or Reading()
    known = _known_columns(reference.folder / "release_columns.csv")
    for name, lines in _members(path):
        stem = Path(name).stem.lower()
        if stem not in known:
            reading.left_out[f"file not known: {Path(name).name}"] += 1
            continue
        reading.files.append(Path(name).name)
        yield from _read_file(lines, known[stem], reference, title or title_of(path), reading)


def _read_file(
    lines: IO[str], known: Mapping[str, Mapping[str, str]], reference: Reference, title: str, reading: Reading
) -> Iterator[OfficialFigure]:
    rows = csv.reader(lines)
    header = [name.strip().lower() for name in next(rows, [])]
    first = next(rows, None)
    if first is None or any(name not in header for name in _REQUIRED):
        reading.left_out["file without time and place columns"] += 1
        return
    layout = _layout(header, first, known)
    for row in chain([first], rows):
        if len(row) != len(header):
            reading.left_out["row of another length"] += 1
        elif _counts(row, layout):
            yield from _figures(row, layout, reference, title, reading)


def _layout(header: Sequence[str], first: Sequence[str], known: Mapping[str, Mapping[str, str]]) -> _Layout:
    columns = tuple(
        _Column(
            kpi=entry["kpi"],
            unit=entry["unit"],
            january=entry["period"] == "january",
            places=tuple(place for place, column in enumerate(header) if column == name),
        )
        for name, entry in known.items()
        if name in header
    )
    figures = {place for column in columns for place in column.places}
    topic = None
    if "breakdown_topic" in header and "breakdown" in header:
        topic = (header.index("breakdown_topic"), header.index("breakdown"))
    words = tuple(
        place
        for place, name in enumerate(header)
        if name not in _PLACES and place not in figures and place not in (topic or ()) and _is_word(first[place])
    )
    at = {name: header.index(name) for name in _PLACES if name in header}
    return _Layout(at=at, columns=columns, filters=words, topic=topic)


def _is_word(cell: str) -> bool:
    return cell.strip().lower() not in SYMBOLS and not _NUMBER.fullmatch(cell.strip())


def _counts(row: Sequence[str], layout: _Layout) -> bool:
    """The row is a total, not one age, sex or kind of school."""
    if layout.topic and row[layout.topic[0]] != row[layout.topic[1]]:
        return False
    return all(_TOTAL.match(row[place]) for place in layout.filters)


def _figures(
    row: Sequence[str], layout: _Layout, reference: Reference, title: str, reading: Reading
) -> Iterator[OfficialFigure]:
    place = _place(row, layout.at, reference)
    if place is None:
        reading.left_out["row of an area that is not known"] += 1
        return
    when = [row[layout.at[name]].strip() for name in ("time_period", "time_identifier")]
    for column in layout.columns:
        period = _period(when[0], when[1].lower(), january=column.january)
        cells = {row[number].strip() for number in column.places}
        value = _value(cells, column.unit, reading)
        if period is None:
            reading.left_out[f"period not known: {when[1]}"] += 1
        elif value is not None:
            printed = cells.pop()
            yield OfficialFigure(
                kpi=column.kpi,
                area=place[0],
                la_code=place[1],
                value=value,
                unit=column.unit,
                decimals=0 if column.unit == "count" else max(1, len(printed.partition(".")[2])),
                period_start=period[0],
                period_end=period[1],
                basis=period[2],
                release=title,
            )


def _value(cells: set[str], unit: str, reading: Reading) -> float | None:
    """The number, read whole; a column that stands twice with two values has none."""
    if len(cells) > 1:
        reading.left_out["column given twice with different values"] += 1
        return None
    (cell,) = cells
    if cell.lower() in SYMBOLS:
        reading.left_out[f"missing: {cell or 'blank'} ({SYMBOLS[cell.lower()]})"] += 1
        return None
    if not _NUMBER.fullmatch(cell):
        reading.left_out["not a number"] += 1
        return None
    value = float(cell.replace(",", ""))
    if value < 0 or (unit == "percent" and value > 100):
        reading.left_out["out of range"] += 1
        return None
    return value


def _place(row: Sequence[str], at: Mapping[str, int], reference: Reference) -> tuple[str, str] | None:
    """The area's name and, for a council, its three-digit code. An abolished council keeps the code it had."""

    def cell(name: str) -> str:
        return row[at[name]].strip() if name in at else ""

    level = cell("geographic_level").lower()
    if level == "national":
        return ("England", "")
    if level == "regional":
        code = cell("region_code")
        region = next((name for name, known in reference.regions.items() if known == code), None)
        region = region or reference.region_by_name(cell("region_name"))
        return (region, "") if region else None
    if level != "local authority":
        return None
    code = cell("old_la_code")
    council = reference.council_by_la_code(code) or (None if code else reference.council_by_gss(cell("new_la_code")))
    if council:
        return (council.name, council.la_code)
    return (cell("la_name"), code) if re.fullmatch(r"\d{3}", code) else None


def _period(when: str, identifier: str, *, january: bool) -> tuple[date, date, str] | None:
    """First day, last day and basis of a DfE time period; nothing when it may be read in two ways."""
    if january and identifier in ("academic year", "calendar year", "reporting year"):
        year = _second_year(when) if identifier == "academic year" else _single_year(when)
        return (date(year, 1, 1), date(year, 1, 31), "snapshot") if year else None
    if january:
        return None
    if identifier == "calendar year":
        year = _single_year(when)
        return (date(year, 1, 1), date(year, 12, 31), "calendar_year") if year else None
    year = _second_year(when)
    if identifier == "academic year" and year:
        return date(year - 1, 9, 1), date(year, 8, 31), "academic_year"
    if identifier == "financial year" and year:
        return date(year - 1, 4, 1), date(year, 3, 31), "financial_year"
    return None


def _single_year(when: str) -> int | None:
    return int(when) if re.fullmatch(r"(?:19|20)\d\d", when) else None


def _second_year(when: str) -> int | None:
    """202425 is the year that ends in 2025."""
    match = re.fullmatch(r"((?:19|20)\d\d)[/-]?(\d\d)", when)
    if not match or (int(match[1]) + 1) % 100 != int(match[2]):
        return None
    return int(match[1]) + 1


@lru_cache(maxsize=4)
def _known_columns(path: Path) -> dict[str, dict[str, dict[str, str]]]:
    known: dict[str, dict[str, dict[str, str]]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            known.setdefault(row["file"], {})[row["column"]] = row
    return known


# -- files ------------------------------------------------------------------------------------------------------------


def _members(path: Path) -> Iterator[tuple[str, IO[str]]]:
    """Each CSV of a zip, a folder or a single file, in order of name, opened as text."""
    if path.is_dir():
        for file in sorted(path.rglob("*.csv")):
            with file.open("rb") as data:
                yield str(file.relative_to(path)), _as_text(data)
    elif zipfile.is_zipfile(path):
        with _opened(path) as archive:
            for name in sorted(archive.namelist()):
                if name.lower().endswith(".csv") and not Path(name).name.startswith("."):
                    with archive.open(name) as data:
                        yield name, _as_text(data)
    elif path.is_file() and path.suffix.lower() == ".csv":
        with path.open("rb") as data:
            yield path.name, _as_text(data)
    else:
        problem = "is no zip, folder or CSV" if path.exists() else "does not exist"
        raise InputError(str(path), problem, "give the zip of a release as Explore Education Statistics offers it")


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise InputError(str(path), f"cannot be unpacked: {error}", "download the release again") from error


def _as_text(data: IO[bytes]) -> IO[str]:
    """UTF-8 with or without a byte order mark. Names in another encoding lose letters, codes and figures nothing."""
    return io.TextIOWrapper(data, encoding="utf-8-sig", errors="replace", newline="")


def title_of(path: Path) -> str:
    """The release's name and year, from its own guidance, else from the file's name."""
    if path.is_file() and zipfile.is_zipfile(path):
        with _opened(path) as archive:
            for name in sorted(archive.namelist()):
                if name.lower().endswith("data-guidance.txt"):
                    lines = archive.read(name).decode("utf-8-sig", "replace").splitlines()
                    found = re.search(r"20\d\d(?:/\d\d)?", lines[1]) if len(lines) > 1 else None
                    if lines[0].strip() and found:
                        return f"{lines[0].strip()} {found[0]}"
    return re.sub(r"[-_]+", " ", path.stem if path.is_file() else path.name).strip().capitalize()


def digest_of(path: Path) -> str:
    """SHA-256 of the file, or of the names and bytes of a folder's CSV files."""
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*.csv")) if path.is_dir() else [path]:
        if not file.is_file():
            raise InputError(str(path), "does not exist", "give the zip of a release")
        if path.is_dir():
            digest.update(file.relative_to(path).as_posix().encode())
        with file.open("rb") as data:
            while piece := data.read(1 << 20):
                digest.update(piece)
    return digest.hexdigest()

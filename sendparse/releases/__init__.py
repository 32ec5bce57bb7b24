"""Releases of Explore Education Statistics, kept in a local store for look-ups.

In: releases as DfE publishes them, read by ees.py. Out: official figures of England, regions and councils by KPI. The
store is a folder with one folder for each release: `release.json` says what it is and what was left out, `figures/`
holds one CSV for each KPI, so that a look-up reads what it needs.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from sendparse.errors import DatasetError, InputError
from sendparse.model import Period
from sendparse.reference import OfficialFigure, Reference, same_period
from sendparse.releases.ees import SYMBOLS, Reading, digest_of, read_release, title_of

__all__ = [
    "SYMBOLS",
    "NeighbourAverage",
    "Release",
    "add_release",
    "default_store",
    "find_release",
    "kpis_of",
    "list_releases",
    "neighbour_average",
    "official_figures",
    "read_release",
    "remove_release",
]

_COLUMNS = ("kpi", "area", "la_code", "value", "unit", "decimals", "period_start", "period_end", "basis", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One release in the store: what it is and what was left out of it, each with its reason."""

    name: str  # folder in the store: education-health-and-care-plans-2025
    title: str
    sha256: str  # of the file it was read from
    figures: int
    kpis: int
    files: tuple[str, ...]
    left_out: Mapping[str, int]  # reason to number of files, columns or cells


def default_store() -> Path:
    """Where imported releases are kept: SENDPARSE_REFERENCE, or the user's data folder."""
    if os.environ.get("SENDPARSE_REFERENCE"):
        return Path(os.environ["SENDPARSE_REFERENCE"])
    base = os.environ.get("XDG_DATA_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".local" / "share"
    return Path(base) / "sendparse" / "reference"


def add_release(path: Path, reference: Reference, *, store: Path | None = None, replace: bool = False) -> Release:
    """Read a release and keep it in the store. Adding the same file again changes nothing.

    Raises InputError when `path` is no release; DatasetError when another release of that name is there already and
    `replace` is not set. The store is changed at the end and all at once.
    """
    store = store or default_store()
    digest = digest_of(path)
    title = title_of(path)
    name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    target = store / name
    known = _read_manifest(target) if target.is_dir() else None
    if known and known.sha256 == digest:
        return known
    if known and not replace:
        raise DatasetError(str(target), f"'{name}' is there already, from another file", "add it with --replace")
    store.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=store, prefix=".adding-") as scratch:
        fresh = Path(scratch) / name
        reading = Reading()
        counts = _write_figures(read_release(path, reference, title=title, reading=reading), fresh)
        if not counts:
            raise InputError(str(path), "holds no figure of a KPI that is known", "give the zip of an EHC plan release")
        release = Release(
            name=name,
            title=title,
            sha256=digest,
            figures=sum(counts.values()),
            kpis=len(counts),
            files=tuple(sorted(reading.files)),
            left_out=dict(sorted(reading.left_out.items())),
        )
        (fresh / "release.json").write_text(json.dumps(asdict(release), indent=1) + "\n", encoding="utf-8")
        if target.is_dir():
            target.rename(Path(scratch) / "old")
        fresh.rename(target)
    _stored.cache_clear()
    return release


def remove_release(name: str, *, store: Path | None = None) -> None:
    """Take a release out of the store. Raises InputError when it is not there."""
    release = find_release(name, store=store)
    shutil.rmtree((store or default_store()) / release.name)
    _stored.cache_clear()


def find_release(name: str, *, store: Path | None = None) -> Release:
    """The release of this name. Raises InputError, naming those there are, when it is not in the store."""
    known = list_releases(store)
    for release in known:
        if release.name == name:
            return release
    names = ", ".join(release.name for release in known)
    hint = f"one of: {names}" if names else "add one first: sendparse reference add RELEASE.zip"
    raise InputError(name, "is no release in the store", hint)


def list_releases(store: Path | None = None) -> list[Release]:
    """All releases in the store, the newest (by the year in its name) first."""
    folder = store or default_store()
    found = [_read_manifest(path.parent) for path in folder.glob("[!.]*/release.json")] if folder.is_dir() else []
    return sorted(found, key=lambda release: (_year(release.name), release.name), reverse=True)


def kpis_of(release: Release, *, store: Path | None = None) -> tuple[str, ...]:
    """The measures that a release in the store has figures of."""
    return tuple(sorted(path.stem for path in ((store or default_store()) / release.name / "figures").glob("*.csv")))


def official_figures(
    kpi: str, *, la_code: str = "", area: str = "", period: Period | None = None, store: Path | None = None
) -> tuple[OfficialFigure, ...]:
    """Figures of imported releases for a KPI, newest release first: of a council (by three-digit code), or of an area.

    `area` is "England", a region's name, or a council's DfE name; with neither, all areas.
    """
    folder = store or default_store()
    found = [figure for release in list_releases(folder) for figure in _stored(folder / release.name, kpi)]
    if la_code:
        found = [figure for figure in found if figure.la_code == la_code]
    if area:
        found = [figure for figure in found if figure.area == area]
    return tuple(figure for figure in found if period is None or same_period(figure, period))


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourAverage:
    """The simple mean over statistical neighbours that have a figure, as DfE's own tool works it out."""

    value: float
    councils: tuple[str, ...]  # DfE names of those that had a figure
    missing: tuple[str, ...]
    model: str
    release: str


def neighbour_average(
    kpi: str, la_code: str, period: Period, reference: Reference, *, model: str | None = None, store: Path | None = None
) -> NeighbourAverage | None:
    """The average of a KPI over a council's statistical neighbours, from the newest release that has the period.

    Means of percentages, of averages and of counts alike; nothing when fewer than half of the neighbours have a figure.
    """
    model = model or reference.neighbour_models[-1]
    neighbours = reference.neighbours(la_code, model)
    figures = official_figures(kpi, period=period, store=store)
    for release in dict.fromkeys(figure.release for figure in figures):
        values = {figure.la_code: figure.value for figure in figures if figure.release == release}
        having = [council for council in neighbours if council.la_code in values]
        if having and 2 * len(having) >= len(neighbours):
            return NeighbourAverage(
                value=sum(values[council.la_code] for council in having) / len(having),
                councils=tuple(council.name for council in having),
                missing=tuple(council.name for council in neighbours if council not in having),
                model=model,
                release=release,
            )
    return None


def _write_figures(figures: Iterable[OfficialFigure], folder: Path) -> Counter[str]:
    """One CSV for each KPI, so that a look-up reads what it needs."""
    by_kpi: dict[str, list[OfficialFigure]] = {}
    for figure in figures:
        by_kpi.setdefault(figure.kpi, []).append(figure)
    (folder / "figures").mkdir(parents=True)
    for kpi, found in by_kpi.items():
        found.sort(key=lambda figure: (figure.la_code, figure.area, figure.period_start, figure.period_end))
        with (folder / "figures" / f"{kpi}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(_COLUMNS)
            writer.writerows([getattr(figure, name) for name in _COLUMNS] for figure in found)
    return Counter({kpi: len(found) for kpi, found in by_kpi.items()})


@lru_cache(maxsize=256)
def _stored(folder: Path, kpi: str) -> tuple[OfficialFigure, ...]:
    path = folder / "figures" / f"{kpi}.csv"
    if not path.is_file():
        return ()
    title = _read_manifest(folder).title
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(
            OfficialFigure(
                kpi=row["kpi"],
                area=row["area"],
                la_code=row["la_code"],
                value=float(row["value"]),
                unit=row["unit"],
                decimals=int(row["decimals"]),
                period_start=date.fromisoformat(row["period_start"]),
                period_end=date.fromisoformat(row["period_end"]),
                basis=row["basis"],
                release=title,
                note=row["note"],
            )
            for row in csv.DictReader(lines)
        )


def _read_manifest(folder: Path) -> Release:
    try:
        raw = json.loads((folder / "release.json").read_text(encoding="utf-8"))
        return Release(**{**raw, "files": tuple(raw["files"])})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DatasetError(str(folder), f"is no release that was added: {error}", "remove the folder") from error


def _year(name: str) -> str:
    years = re.findall(r"20\d\d", name)
    return years[-1] if years else ""

"""A dataset as one SQLite file with keys, indexes and full-text search, and a description for Datasette.

In: a dataset, the packs. Out: FILE.db and FILE-metadata.json beside it (`datasette FILE.db --metadata ...`). Empty text
becomes NULL, days become ISO text. Two small tables say what the codes mean: `kpis` and `councils`. The view `figures`
puts each figure beside its paper and its gravest verdict.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from sendparse.dataset.columns import Resource, resources
from sendparse.dataset.read import Dataset
from sendparse.packs import Packs

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "date": "TEXT"}
_INDEXES = {
    "documents": ("la_code", "council", "status"),
    "observations": ("document_id", "la_code", "kpi", "role", "period_end", "area_type", "source"),
    "checks": ("observation_id", "document_id", "verdict", "kind"),
    "problems": ("document_id", "code"),
    "tables": ("document_id",),
}
_FACETS = {
    "documents": ["council", "status", "format"],
    "observations": ["council", "kpi", "role", "source"],
    "checks": ["verdict", "kind"],
    "problems": ["code"],
    "figures": ["council", "kpi", "role", "verdict"],
    "kpis": ["unit", "better"],
    "councils": ["region"],
}
_SEARCHED = {
    "observations": ("evidence", "kpi_label", "value_text", "council", "file"),
    "checks": ("explanation",),
    "problems": ("message", "quote"),
}
_KPIS = ("kpi", "label", "unit", "better", "group_name", "definition")
_COUNCILS = ("la_code", "council_code", "council", "region")

# The graver a verdict, the earlier it stands; the view shows the first.
_FIGURES = """\
CREATE VIEW figures AS
SELECT o.observation_id, o.council, o.la_code, o.kpi, k.label AS measure, o.breakdown, o.value, o.value_high, o.unit,
       o.value_text, o.period_label, o.period_start, o.period_end, o.period_basis, o.role, o.benchmark, o.area, o.source,
       (SELECT c.verdict FROM checks c WHERE c.observation_id = o.observation_id
        ORDER BY instr('mismatch mislabelled stale truncated rounding match unverifiable', c.verdict) LIMIT 1) AS verdict,
       o.evidence, o.confidence, o.flags, o.file, o.page, d.title, d.committee, d.meeting_date, o.document_id
FROM observations o JOIN documents d USING (document_id) LEFT JOIN kpis k ON k.kpi = o.kpi
"""


def write_sqlite(dataset: Dataset, packs: Packs, path: Path) -> Path:
    """Write the database, whole or not at all, over a former one. Returns the path of the metadata file beside it."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    try:
        fresh.touch()  # where nobody may write, the system says so better than the database
        with closing(sqlite3.connect(fresh)) as connection:
            _fill(connection, dataset, packs)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    about = path.with_name(f"{path.stem}-metadata.json")
    about.write_text(json.dumps(metadata(dataset, path.stem), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return about


def _fill(connection: sqlite3.Connection, dataset: Dataset, packs: Packs) -> None:
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    _small(connection, "kpis", _KPIS, _kpis(dataset, packs))
    _small(connection, "councils", _COUNCILS, _councils(dataset, packs))
    for name, resource in resources().items():
        connection.execute(_create(resource))
        marks = ", ".join("?" * len(resource.columns))
        connection.executemany(f"INSERT INTO {name} VALUES ({marks})", _rows(dataset, resource))
        for column in _INDEXES[name]:
            connection.execute(f"CREATE INDEX idx_{name}_{column} ON {name} ({column})")
    for name, columns in _SEARCHED.items():
        listed = ", ".join(columns)
        options = f"content=\"{name}\", tokenize='porter unicode61'"  # in these quotes: Datasette looks for them
        connection.execute(f"CREATE VIRTUAL TABLE {name}_fts USING fts5({listed}, {options})")
        connection.execute(f"INSERT INTO {name}_fts ({name}_fts) VALUES ('rebuild')")
    connection.execute(_FIGURES)
    connection.commit()
    connection.execute("ANALYZE")
    connection.commit()


def _small(
    connection: sqlite3.Connection, name: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]
) -> None:
    listed = ", ".join(f"{column} TEXT" + (" PRIMARY KEY" if at == 0 else "") for at, column in enumerate(columns))
    connection.execute(f"CREATE TABLE {name} ({listed})")
    connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", rows)


def _kpis(dataset: Dataset, packs: Packs) -> Iterator[tuple[str, ...]]:
    """Every measure of the vocabulary, and any that a dataset made with other patterns has besides."""
    for kpi in packs.kpis.values():
        yield kpi.id, kpi.label, kpi.unit, kpi.better, kpi.group, kpi.definition
    found = set(dataset.table("observations").column("kpi").to_pylist()) - set(packs.kpis) - {""}
    yield from ((kpi, "", "", "", "", "") for kpi in sorted(found))


def _councils(dataset: Dataset, packs: Packs) -> Iterator[tuple[str, ...]]:
    for one in packs.reference.councils:
        yield one.la_code, one.gss_code, one.name, one.region
    known = {one.la_code for one in packs.reference.councils}
    found = set(dataset.table("observations").column("la_code").to_pylist()) - known - {""}
    yield from ((code, "", "", "") for code in sorted(found))


def _create(resource: Resource) -> str:
    """A table with its key and with references to the tables that its columns name."""
    lines = [f'"{column.name}" {_TYPES[column.type]}' for column in resource.columns]
    if resource.name != "tables":  # two cells of a broken table may claim one place
        lines.append(f"PRIMARY KEY ({', '.join(resource.key)})")
    lines += [f"FOREIGN KEY ({column}) REFERENCES {other} ({column})" for column, other in resource.refers]
    if resource.name == "observations":
        lines.append("FOREIGN KEY (kpi) REFERENCES kpis (kpi)")
        lines.append("FOREIGN KEY (la_code) REFERENCES councils (la_code)")
    if resource.name == "documents":
        lines.append("FOREIGN KEY (la_code) REFERENCES councils (la_code)")
    return f"CREATE TABLE {resource.name} (\n  " + ",\n  ".join(lines) + "\n)"


def _rows(dataset: Dataset, resource: Resource) -> Iterator[list[Any]]:
    for record in dataset.records(resource.name):
        yield [_value(getattr(record, name)) for name in resource.names]


def _value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return None if value == "" else value


def metadata(dataset: Dataset, name: str) -> dict[str, Any]:
    """What Datasette shows of a database called `name`: descriptions, units, facets, licence and sources."""
    about = dataset.description
    licence = (about.get("licenses") or [{}])[0]
    tables = {one: _table(resource) for one, resource in resources().items()}
    tables["figures"] = {
        "description": "Each figure with its paper, its measure and its gravest verdict",
        "facets": _FACETS["figures"],
        "sortable_columns": ["value", "period_end", "council", "kpi", "confidence"],
    }
    tables["kpis"] = {"description": "The measures", "facets": _FACETS["kpis"], "label_column": "label"}
    tables["councils"] = {
        "description": "English councils with duties for SEND, and their regions",
        "facets": _FACETS["councils"],
        "label_column": "council",
    }
    for one in _SEARCHED:
        tables[f"{one}_fts"] = {"hidden": True}
    return {
        "title": about.get("title", ""),
        "description": about.get("description", ""),
        "license": licence.get("title", ""),
        "license_url": licence.get("path", ""),
        "source": "Papers of English councils, read by sendparse",
        "databases": {name: {"tables": tables}},
    }


def _table(resource: Resource) -> dict[str, Any]:
    out: dict[str, Any] = {
        "description": resource.says,
        "columns": {c.name: f"{c.says} ({c.unit})" if c.unit else c.says for c in resource.columns},
    }
    if resource.name in _FACETS:
        out["facets"] = _FACETS[resource.name]
    if resource.name == "observations":
        out["sort_desc"] = "period_end"
    if resource.name == "documents":
        out["label_column"] = "title"
    units = {c.name: "points" for c in resource.columns if c.unit.startswith("PDF points")}
    return out | ({"units": units} if units else {})

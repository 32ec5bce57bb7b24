"""The Frictionless data package: what each file holds, its columns, units, keys, licences and sources.

In: the columns, and size and hash of each file written. Out: the text of datapackage.json. CSV files are tables that a
validator reads row by row; Parquet files are described too, with size and hash, as plain files: not every validator can
open them, and nullable whole numbers in Parquet come back as floats where it goes through pandas.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sendparse import __version__
from sendparse.dataset.columns import Column, Resource, resources

FILE = "datapackage.json"
_OGL = {
    "name": "OGL-UK-3.0",
    "title": "Open Government Licence v3.0",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}
_SOURCES = [
    {"title": "The papers listed in the resource `documents`, each published by the council it names"},
    {
        "title": "Department for Education: names, codes and regions of councils, statistical neighbours, SEND statistics "
        "(Open Government Licence v3.0)",
        "path": "https://explore-education-statistics.service.gov.uk/",
    },
    {
        "title": "mySociety: alternative names of councils (Creative Commons Attribution 4.0)",
        "path": "https://github.com/mysociety/uk_local_authority_names_and_codes",
    },
]
_ABOUT = """\
Figures that councils' papers on special educational needs and disabilities (SEND) state, one row each, with the words \
and the place they were read from. Made by sendparse from the papers alone: the same papers give the same bytes.

Words quoted in `value_text`, `evidence`, `quote` and the like belong to the papers' publishers. Names and codes of \
councils come from public registers (see sources).

CSV files are UTF-8 with a byte order mark, so that spreadsheets read them right; text is in quotes and an empty text \
means that nothing is stated; a text that a spreadsheet would take for a formula begins with an apostrophe. Parquet \
files hold the same rows with the text unchanged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A file as written."""

    file: str
    rows: int
    size: int
    sha256: str


def describe(files: Mapping[str, Written], *, packs_hash: str) -> str:
    """The text of datapackage.json. `files` maps file names to what was written."""
    known = resources()
    package = {
        "name": "send-figures",
        "title": "Figures stated in SEND papers of English councils",
        "description": _ABOUT,
        "profile": "data-package",
        "sendparse": {"version": __version__, "patterns": packs_hash},
        "licenses": [_OGL],
        "sources": _SOURCES,
        "resources": [
            *(_csv(resource, files[f"{name}.csv"]) for name, resource in known.items() if resource.csv),
            *(_parquet(resource, files[f"{name}.parquet"]) for name, resource in known.items()),
        ],
    }
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def _csv(resource: Resource, written: Written) -> dict[str, Any]:
    return {
        "name": resource.name,
        "type": "table",
        "title": resource.says,
        "path": written.file,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        **_size(written),
        "rows": written.rows,
        "schema": {
            "fields": [_field(column, resource) for column in resource.columns],
            "missingValues": [""],
            "primaryKey": list(resource.key),
            "foreignKeys": [
                {"fields": [column], "reference": {"resource": other, "fields": [column]}}
                for column, other in resource.refers
            ],
        },
    }


def _parquet(resource: Resource, written: Written) -> dict[str, Any]:
    return {
        "name": f"{resource.name}-parquet",
        "type": "file",
        "title": resource.says,
        "path": written.file,
        "scheme": "file",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        **_size(written),
        "schema": {
            "fields": [_field(column, resource) for column in resource.columns],
            "primaryKey": list(resource.key),
        },
    }


def _size(written: Written) -> dict[str, Any]:
    return {"bytes": written.size, "hash": f"sha256:{written.sha256}"}


def _field(column: Column, resource: Resource) -> dict[str, Any]:
    says = f"{column.says} ({column.unit})" if column.unit else column.says
    field: dict[str, Any] = {"name": column.name, "type": column.type, "description": says}
    if column.unit:
        field["unit"] = column.unit
    constraints: dict[str, Any] = {}
    if column.name in resource.key:
        constraints["required"] = True
    if column.allowed:
        constraints["enum"] = list(column.allowed)
    if constraints:
        field["constraints"] = constraints
    return field

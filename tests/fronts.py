"""Turns the small texts of tests/cases/fronts*.yaml into papers as the readers would give them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sendparse.model import Block, Cell, Document, Table

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Front:
    name: str
    document: Document
    blocks: list[Block]
    tables: tuple[Table, ...]
    gives: dict[str, Any]
    problems: list[str]


def load(name: str) -> list[Front]:
    return [_front(entry) for entry in yaml.safe_load((CASES / name).read_text(encoding="utf-8"))]


def _front(entry: dict[str, Any]) -> Front:
    blocks, tables = _parts(entry["text"], entry["format"])
    document = Document(
        document_id="0" * 64,
        file="paper",
        format=entry["format"],
        title=entry.get("title", ""),
        url=entry.get("url", ""),
        tables=tables if entry["format"] != "pdf" else (),
    )
    return Front(entry["name"], document, blocks, tables, entry["gives"], entry.get("problems", []))


def _parts(text: str, kind: str) -> tuple[list[Block], tuple[Table, ...]]:
    blocks: list[Block] = []
    tables: list[Table] = []
    rows: list[list[str]] = []
    page = 1 if kind == "pdf" else None
    for line in [*_lines(text), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip().strip("|").split("|")])
            continue
        if rows:
            tables.append(_table(rows, page, len(tables)))
            if kind != "pdf":
                blocks += [Block(kind="table_row", text="\t".join(row)) for row in rows]
            rows = []
        if line == "~~~":
            page = (page or 0) + 1
        elif line.startswith("# "):
            blocks.append(Block(kind="heading", level=1, text=line[2:], page=page))
        elif line.startswith("- "):
            blocks.append(Block(kind="list_item", level=1, text=line[2:], page=page))
        elif line:
            blocks.append(Block(kind="paragraph", text=line, page=page))
    return blocks, tuple(tables)


def _lines(text: str) -> list[str]:
    lines: list[str] = []
    for line in text.splitlines():
        if lines and lines[-1].endswith("\\"):
            lines[-1] = f"{lines[-1][:-1].rstrip()}\n{line.strip()}"
        else:
            lines.append(line.strip())
    return lines


def _table(rows: list[list[str]], page: int | None, number: int) -> Table:
    width = max(len(row) for row in rows)
    cells = tuple(
        Cell(row=place, column=column, text=text) for place, row in enumerate(rows) for column, text in enumerate(row)
    )
    return Table(
        table_id=f"t{number}",
        document_id="0" * 64,
        cells=cells,
        rows=len(rows),
        columns=width,
        method="ruled",
        page=page,
    )

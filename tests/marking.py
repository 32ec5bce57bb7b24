"""Small tables as a person marked them, drawn as a web page and scored cell by cell (see tests/data/marked_tables/README.md)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from narrating import Marked, read_marked

from sendparse.facts import document_facts
from sendparse.model import Observation
from sendparse.observe.from_table import from_table
from sendparse.packs import Packs
from sendparse.read.html import read_html
from sendparse.tables import find_tables
from sendparse.text import blocks

FOLDER = Path(__file__).resolve().parent / "data" / "marked_tables"
_CELL = re.compile(r"(?:\{\{.*?\}\}|[^|{])+")
_MORE = re.compile(r"\|(?:br|rag)=[^|}]*")


@dataclass(frozen=True)
class MarkedCell:
    """A figure in its place, and what its row is a part of or is rated."""

    row: int
    column: int
    figure: Marked
    breakdown: str
    rag: str


def read_page(source: str) -> tuple[str, list[MarkedCell]]:
    """The web page that a file draws, and its marked cells."""
    out, cells, rows, title = "", [], [], ""
    for line in source.splitlines():
        kind, _, rest = line.partition(" ")
        if kind in ("!", "|"):
            rows.append((kind, [cell.strip() for cell in _CELL.findall(line[line.index("|") + 1 :])]))
        elif kind == "title:":
            title = rest
        else:
            tag = {"h:": "h2", "c:": "caption", "p:": "p"}[kind]
            out += _TABLE if rows and _TABLE not in out else ""
            out += f"<{tag}>{escape(rest)}</{tag}>"
    cells = [cell for row, (_, texts) in enumerate(rows) for cell in _marks(row, texts)]
    caption = re.search("<caption>.*?</caption>", out)
    table = f"<table>{caption[0] if caption else ''}{_drawn(rows)}</table>"
    body = (out if _TABLE in out else out + _TABLE).replace(caption[0] if caption else "<>", "").replace(_TABLE, table)
    name = escape(title)
    return f"<html><head><title>{name}</title></head><body><main><h1>{name}</h1>{body}</main></body></html>", cells


_TABLE = "@table@"


def _marks(row: int, texts: Sequence[str]) -> Iterator[MarkedCell]:
    for column, text in enumerate(texts):
        more = dict(found[1:].split("=", 1) for found in _MORE.findall(text))
        for figure in read_marked(_MORE.sub("", text))[1]:
            yield MarkedCell(row, column, figure, more.get("br", ""), more.get("rag", ""))


def _drawn(rows: Sequence[tuple[str, list[str]]]) -> str:
    out = ""
    for r, (kind, texts) in enumerate(rows):
        tag, out = "th" if kind == "!" else "td", out + "<tr>"
        for c, text in enumerate(texts):
            if text in ("<", "^"):
                continue
            wide = next((n for n in range(1, len(texts) - c) if texts[c + n] != "<"), len(texts) - c)
            deep = next((n for n in range(1, len(rows) - r) if rows[r + n][1][c : c + 1] != ["^"]), len(rows) - r)
            spans = (f' colspan="{wide}"' if wide > 1 else "") + (f' rowspan="{deep}"' if deep > 1 else "")
            out += f"<{tag}{spans}>{escape(read_marked(_MORE.sub('', text))[0])}</{tag}>"
        out += "</tr>"
    return out


def found_cells(page: str, packs: Packs) -> dict[tuple[int, int], Observation]:
    """What is read from the table of a page, by its row and column."""
    document = read_html(page.encode(), document_id="d", file="page.html")
    tables, _ = find_tables(document)
    facts, _ = document_facts(document, blocks(document, tables), packs.reference)
    rows = [row for table in tables for row in from_table(table, document, facts, packs)[0]]
    return {(row.row or 0, row.column or 0): row for row in rows}


def level(row: Observation, cell: MarkedCell) -> int:
    """How many things are right in their order: 1 value and unit, 2 measure and part, 3 period, 4 role, benchmark, rating."""
    gold, open_to = cell.figure, cell.figure.debatable
    steps = (
        row.value == gold.value and ("unit" in open_to or row.unit == gold.unit),
        ("kpi" in open_to or row.kpi in gold.kpis) and ("breakdown" in open_to or row.breakdown == cell.breakdown),
        "period" in open_to or (str(row.period_start or ""), str(row.period_end or "")) == gold.period,
        ("role" in open_to or row.role == gold.role) and (row.benchmark, row.rag) == (gold.benchmark, cell.rag),
    )
    return next((n for n, right in enumerate(steps) if not right), 4)


def score(folder: Path, packs: Packs) -> dict[str, float]:
    """F1 at each level over all tables of a folder."""
    right: Counter[int] = Counter()
    found = marked = 0
    for file in sorted(folder.glob("*.txt")):
        page, gold = read_page(file.read_text(encoding="utf-8"))
        rows = found_cells(page, packs)
        found, marked = found + len(rows), marked + len(gold)
        for cell in gold:
            row = rows.get((cell.row, cell.column))
            right.update(range(1, level(row, cell) + 1) if row else [])
    return {f"L{n}": round(2 * right[n] / (found + marked), 3) for n in (1, 2, 3, 4)}

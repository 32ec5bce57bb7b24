"""The tables of the corpus as a person wrote them down, beside those that are found: cell by cell."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sendparse.model import Table
from sendparse.read import read_document
from sendparse.tables import find_tables

Grid = list[list[str]]


@dataclass(frozen=True)
class Pair:
    """A table of the gold and the one found in its place, if any."""

    file: str
    split: str
    page: int
    title: str
    gold: Grid
    found: Grid

    @property
    def differences(self) -> list[str]:
        """Places that do not hold what the gold has there."""
        if len(self.gold) != len(self.found):
            return [f"{len(self.gold)} rows, found {len(self.found)}"]
        out = []
        for number, (row, other) in enumerate(zip(self.gold, self.found, strict=True)):
            width = max(len(row), len(other))
            cells = zip(row + [""] * (width - len(row)), other + [""] * (width - len(other)), strict=True)
            out += [f"row {number} column {n}: {a!r} found {b!r}" for n, (a, b) in enumerate(cells) if a != b]
        return out

    @property
    def cells(self) -> tuple[int, int]:
        """How many filled cells the gold has, and how many of their texts were found in a row with the same label."""
        stated = sum(bool(text) for row in self.gold for text in row)
        return stated, sum(self._met(row) for row in self.gold)

    def _met(self, row: Sequence[str]) -> int:
        mine = Counter(text for text in row if text)
        return max((sum((mine & Counter(text for text in other if text)).values()) for other in self.found), default=0)


def pairs(corpus: Path, split: str) -> Iterator[Pair]:
    """Every table of the gold with what was found for it."""
    splits = {row["file"]: row["split"] for row in csv.DictReader((corpus / "index.csv").open(encoding="utf-8"))}
    for path in sorted(corpus.glob("*/gold_tables.json")):
        gold = json.loads(path.read_text("utf-8"))
        if splits[gold["file"]] != split or not gold["file"].endswith(".pdf"):
            continue
        tables, _ = find_tables(read_document(path.parent / gold["file"]))
        for wanted in gold["tables"]:
            yield _pair(gold["file"], split, wanted, [t for t in tables if t.page == wanted["page"]])


def _pair(file: str, split: str, wanted: dict[str, Any], tables: Sequence[Table]) -> Pair:
    gold = [[_plain(text) for text in row] for row in wanted["rows"]]
    words = Counter(text for row in gold for text in row if text)
    grids = [[[_plain(text) for text in row] for row in table.grid()] for table in tables]
    best = max(grids, key=lambda grid: sum((words & Counter(t for row in grid for t in row if t)).values()), default=[])
    return Pair(file, split, wanted["page"], wanted["title"], gold, best)


def _plain(text: str) -> str:
    """One line, without the letters that symbol fonts print as arrows."""
    return " ".join(re.sub("[\ue000-\uf8ff]", "", text).split())

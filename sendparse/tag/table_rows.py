"""The rows of a table of indicators: what each label says, what it stands under, and rows printed out of place.

In: body rows with their columns. Out: Row records. A label names a measure unless it is a date, a place or a role. Which
measure it names is told by whoever asks the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sendparse.model import Cell, Period
from sendparse.tag.cell import trend_of
from sendparse.tag.columns import Column
from sendparse.tag.heading import Heading, mend
from sendparse.tag.layout import BodyRow, Grid


@dataclass(slots=True)
class Row:
    """One body row: its label, what it stands under, and what the label says."""

    number: int
    label: str
    heading: Heading
    section: str = ""
    parent: str = ""
    above: str = ""  # the last label before it that leans on no other
    unit: str = ""  # stated by label, unit column or section
    scale: int = 1
    part: str = ""  # what a second text column adds: "Number", "Target", "Primary"
    part_heading: Heading = Heading()  # noqa: RUF009 - a frozen record
    role: str = ""  # stated by the label: rows "Actual", "Target", "England" under one measure
    names_measure: bool = True  # False: the label is a date, a place or a role
    period: Period | None = None  # of its newest figure, in a column of periods
    shifted: bool = False
    planned: bool = False  # declared, with no figure yet
    cells: dict[int, Cell] = field(default_factory=dict)  # by the column they are read in
    bases: dict[str, dict[int, Cell]] = field(default_factory=dict)  # rows "Numerator", "Denominator" beneath it


TOTAL = re.compile(
    r"(?:grand |overall |sub-? ?)?totals?(?: ?(?:/|or|and) ?average)?|average ?(?:/|or|and) ?total|overall"
    r"|all(?: (?:ages|age groups|needs|primary needs|pupils|children|schools|settings|types|phases|plans|provision|placements|groups))?",
    re.I,
)
_BALANCE = re.compile(r"\b(?:over-? ?spends?|under-? ?spends?|deficit|surplus|shortfall)\b", re.I)
_DIFFERS = re.compile(r"\b(?:variance|change|movement|difference|against|compared)\b", re.I)
_ROLE_AT_END = re.compile(r"[-–—:(,]\s*[^-–—:(,]{2,25}\)?\s*$")


def settle_labels(rows: Sequence[Row]) -> None:
    """Whether each label names a measure, or only a date, a place or a role of the measure it stands under."""
    roles = {(row.heading.role, row.heading.benchmark) for row in rows if row.label and row.heading.plain}
    telling = {pair for pair in roles if pair[0] not in ("", "actual") or pair[1]}
    for row in rows:
        heading = row.heading
        if heading.role == "change" and _is_balance(row.label):
            row.heading = heading = replace(heading, role="", measure=row.label)
        if heading.measure:
            row.role = heading.role if _ROLE_AT_END.search(row.label) else ""
        elif heading.dates or heading.area_type:
            row.names_measure = False
            row.role = heading.role if heading.area_type else ""
        elif heading.role and telling and (heading.role != "actual" or len(roles) > 1):
            row.names_measure = False
            row.role = heading.role
    placed = [row for row in rows if row.label and (row.heading.dates or row.heading.area_type)]
    if len(placed) * 2 > sum(bool(row.label) for row in rows):
        for row in rows:
            row.names_measure = row.names_measure and not TOTAL.fullmatch(row.label)
    for row in rows:
        _add_part(row)


def _is_balance(label: str) -> bool:
    """Whether a label names what a year ends with ("In-year overspend"), rather than the difference of two columns."""
    return bool(_BALANCE.search(label)) and len(label.split()) > 1 and not _DIFFERS.search(label)


def _add_part(row: Row) -> None:
    """What the second text column says: a role, a place, a date or a unit of its own, else more words of the label."""
    part = row.part_heading
    row.role = part.role or row.role
    row.unit, row.scale = part.unit or row.unit, max(part.scale, row.scale)
    if part.benchmark or part.area_type or part.dates:
        row.heading = replace(
            row.heading,
            benchmark=part.benchmark or row.heading.benchmark,
            area_type=part.area_type or row.heading.area_type,
            area=part.area if part.area_type else row.heading.area,
            period=part.period or row.heading.period,
        )
    if part.measure:
        row.label = f"{row.label} – {row.part}" if row.label else row.part


def fold_parts(rows: Sequence[Row]) -> list[Row]:
    """The rows; one that is only the numerator or the denominator of the row above goes with that."""
    out: list[Row] = []
    for row in rows:
        if row.heading.kind in ("numerator", "denominator") and out:
            out[-1].bases[row.heading.kind] = row.cells
        else:
            out.append(row)
    return out


def label_of(grid: Grid, body: BodyRow, columns: Sequence[Column], before: tuple[str, str]) -> tuple[str, str, str]:
    """Label, part and group of a row. A group holds until the next one; so does a label over several parts."""
    label, part, group = "", "", before[1]
    for column in columns:
        if column.kind not in ("label", "group", "part"):
            continue
        text = mend(grid.text(body.row, column.number))
        if column.kind == "label":
            label = text
        elif column.kind == "part":
            part = f"{part} {text}".strip()
        elif text:
            group = text
    return label or (before[0] if part else ""), part, group


def reseat(rows: Sequence[Row], columns: Sequence[Column], grid: Grid) -> None:
    """Rows that are printed one column too far right are moved back: an arrow in a benchmark column gives them away.

    Benchmarks have no direction, so where nearly no row has an arrow in such a column, one that has it, filled without a gap
    up to there and with room on the left, was typed one column off.
    """
    values = [c for c in columns if c.kind == "value"]
    for place, column in enumerate(values):
        if place < 2 or not (column.heading.benchmark or column.heading.role in ("target", "floor", "limit")):
            continue
        if not values[place - 1].takes_marks:
            continue
        marked = [row for row in rows if (cell := row.cells.get(column.number)) and trend_of(cell)]
        plain = [row for row in rows if _text(row, column) and row not in marked]
        if not marked or len(marked) > max(len(plain), len(rows) // 4):
            continue
        for row in marked:
            _move_back(row, values, place)


def _move_back(row: Row, values: Sequence[Column], last: int) -> None:
    first = last
    while first > 0 and _text(row, values[first - 1]):
        first -= 1
    if first == 0 or last - first < 2 or not values[first - 1].takes_marks:
        return
    for place in range(first, last + 1):
        row.cells[values[place - 1].number] = row.cells[values[place].number]
    del row.cells[values[last].number]
    row.shifted = True


def _text(row: Row, column: Column) -> str:
    cell = row.cells.get(column.number)
    return cell.text.strip() if cell is not None else ""

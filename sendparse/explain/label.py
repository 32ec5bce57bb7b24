"""What is said about a figure, in a few words: the same in pictures, marked texts and reasons."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sendparse.model import Observation

_SINGLY = 4  # figures of one row that are described one by one


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Figures that are explained together: those of one row of a table, or one figure of the prose."""

    number: int
    title: str
    details: tuple[str, ...]
    known: bool  # the vocabulary has the measure
    rows: tuple[Observation, ...]


def grouped(observations: Sequence[Observation]) -> list[Group]:
    """Figures in reading order, those of a table's row together, numbered from 1."""
    rows: dict[tuple[object, ...], list[Observation]] = {}
    for observation in observations:
        if observation.table_id:
            key: tuple[object, ...] = (observation.table_id, observation.row, observation.kpi, observation.breakdown)
        else:
            key = (observation.observation_id,)
        rows.setdefault(key, []).append(observation)
    return [_group(number, found) for number, found in enumerate(rows.values(), 1)]


def _group(number: int, rows: list[Observation]) -> Group:
    first = rows[0]
    details = tuple(described(row) for row in rows) if len(rows) <= _SINGLY else _together(rows)
    return Group(number=number, title=measure(first), details=details, known=bool(first.kpi), rows=tuple(rows))


def measure(row: Observation) -> str:
    """The KPI with its breakdown, or the paper's own words where the vocabulary has none."""
    name = row.kpi or f'no KPI: "{plain(row.kpi_label)}"'
    return f"{name}  [{row.breakdown}]" if row.breakdown else name


def described(row: Observation) -> str:
    """`61.5% = 61.5 percent; 2024-01-01 to 2024-06-30; actual`."""
    parts = [
        f"{plain(row.value_text)} = {_figure(row)}" if row.value is not None else "no figure",
        period(row),
        _role(row),
    ]
    if row.trend or row.rag:
        parts.append(" ".join(filter(None, [row.trend, row.rag])))
    if row.flags:
        parts.append(row.flags.replace(";", ", "))
    return "; ".join(parts)


def plain(text: str) -> str:
    """One line without arrows and other signs that few fonts have."""
    return " ".join("".join(char for char in text if unicodedata.category(char) not in ("So", "Co", "Cn")).split())


def period(row: Observation) -> str:
    """The days covered, or that none are stated."""
    first, last = row.period_start, row.period_end
    if first is None and last is None:
        return f'"{row.period_label}"' if row.period_label else "no period"
    if first == last or first is None or last is None:
        words = "since " if last is None else "to " if first is None else ""
        return f"{words}{first or last}"
    return f"{first} to {last}"


def _figure(row: Observation) -> str:
    high = f" to {row.value_high:.12g}" if row.value_high is not None else ""
    qualifier = f"{row.qualifier.replace('_', ' ')} " if row.qualifier else ""
    return f"{qualifier}{row.value:.12g}{high} {row.unit}".strip()


def _role(row: Observation) -> str:
    whose = row.benchmark or (row.area_type if row.area_type not in ("", "council") else "")
    return f"{row.role} ({whose})" if whose else row.role


def _together(rows: Sequence[Observation]) -> tuple[str, ...]:
    """`13 actual, 2023-12-01 to 2024-12-31; 1 target; percent`, then marks and flags."""
    parts = []
    for role, number in Counter(_role(row) for row in rows).items():
        days = sorted(day for row in rows if _role(row) == role for day in (row.period_start, row.period_end) if day)
        parts.append(f"{number} {role}" + (f", {days[0]} to {days[-1]}" if days else ""))
    units = sorted({row.unit or "no unit" for row in rows})
    marks = Counter(mark for row in rows for mark in (row.trend, row.rag) if mark)
    flags = Counter(flag for row in rows for flag in row.flags.split(";") if flag)
    return tuple(filter(None, ["; ".join([*parts, ", ".join(units)]), _counted(marks), _counted(flags)]))


def _counted(names: Counter[str]) -> str:
    return ", ".join(f"{number} {name}" for name, number in sorted(names.items()))

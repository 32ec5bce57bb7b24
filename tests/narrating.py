"""Marked texts: figures with their measure, period and role written beside them (see tests/data/narrative/README.md)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "data" / "narrative"
_MARK = re.compile(r"\{\{(.*?)\}\}", re.S)
_PRINTED = re.compile(r"[^\d£]*(£?)([\d,]+(?:\.\d+)?)\s?(%|per cent|million|bn|[mMkK]\b|weeks|days|months|years|FTE)?")
_SCALES = {"k": 1e3, "K": 1e3, "m": 1e6, "M": 1e6, "million": 1e6, "bn": 1e9}
_UNITS = {"%": "percent", "per cent": "percent", "FTE": "fte"}


@dataclass(frozen=True)
class Marked:
    """One figure as a person marked it."""

    text: str
    start: int
    end: int
    value: float
    value_high: float | None
    unit: str
    kpis: tuple[str, ...]  # the first is meant, the others are right too
    period: tuple[str, str]
    role: str
    benchmark: str
    debatable: frozenset[str] = frozenset()  # value, unit, kpi, period, role: two careful readers may differ


def read_marked(source: str) -> tuple[str, list[Marked]]:
    """The text without its marks, and the marks."""
    out, figures, last = "", [], 0
    for match in _MARK.finditer(source):
        out += source[last : match.start()]
        last = match.end()
        figures.append(_figure(match[1].split("|"), len(out)))
        out += figures[-1].text
    return out + source[last:], figures


def _figure(fields: list[str], start: int) -> Marked:
    text, kpis, period = (*fields, "", "")[:3]
    more = dict(field.split("=", 1) for field in fields[3:] if "=" in field)
    role = next((field for field in fields[3:] if field and "=" not in field), "actual")
    value, unit = (float(more["v"]), "count") if "v" in more else _printed(text)
    high = float(more["vh"]) if "vh" in more else None
    return Marked(
        text, start, start + len(text), value, high, more.get("u", unit), tuple(kpis.split(",")), _stretch(period), role,
        more.get("b", ""), frozenset(more.get("d", "").split(",")),
    )  # fmt: skip


def _printed(text: str) -> tuple[float, str]:
    match = _PRINTED.match(text)
    assert match, text
    sign = match[3] or ""
    value = float(match[2].replace(",", "")) * _SCALES.get(sign, 1)
    return value, "gbp" if match[1] else _UNITS.get(sign, sign if sign and sign not in _SCALES else "count")


def _stretch(period: str) -> tuple[str, str]:
    if not period:
        return "", ""
    first, dots, last = period.partition("..")
    return str(_days(first)[0]), str(_days(last or (first if not dots else ""))[1]) if last or not dots else ""


def _days(name: str) -> tuple[date, date]:
    if name[:2] in {"FY", "AY"}:
        month = 4 if name[0] == "F" else 9
        year = int(name[2:])
        return date(year, month, 1), date(year + 1, month - 1, calendar.monthrange(year + 1, month - 1)[1])
    if "Q" in name:
        year, quarter = int(name[:4]), int(name[-1])
        return date(year, 3 * quarter - 2, 1), date(year, 3 * quarter, calendar.monthrange(year, 3 * quarter)[1])
    parts = [int(part) for part in name.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if len(parts) == 2:
        return date(*parts, 1), date(*parts, calendar.monthrange(*parts)[1])
    return date(*parts), date(*parts)

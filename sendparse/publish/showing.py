"""Figures and places in words, the same in a terminal, a workbook and a web page."""

from __future__ import annotations

from sendparse.model import Observation
from sendparse.publish.selecting import WRONG, Figure

_BEFORE = {"about": "~", "over": ">", "at_least": "≥", "under": "<", "up_to": "≤"}
_AFTER = {
    "percent": "%",
    "percentage_points": " pp",
    "weeks": " weeks",
    "days": " days",
    "months": " months",
    "years": " years",
    "rate_per_10k": " per 10,000",
    "rate_per_100": " per 100",
    "fte": " FTE",
    "multiple": " times",
}
UNITS = {
    "percent": "%",
    "percentage_points": "percentage points",
    "gbp": "£",
    "rate_per_10k": "per 10,000",
    "rate_per_100": "per 100",
    "fte": "full-time posts",
    "multiple": "times",
}
"""What a unit is called where figures stand without it; others are called by their name."""


def unit_name(unit: str) -> str:
    """A unit in words."""
    return UNITS.get(unit, unit.replace("_", " "))


def shown(value: float, unit: str, decimals: int = 0) -> str:
    """A value with its unit: `48.6%`, `4,453`, `£19.4m`, `12.5 weeks`."""
    if unit == "gbp":
        return _money(value)
    digits = decimals if unit != "count" or value != round(value) else 0
    plain = f"{value:,.{min(digits, 6)}f}"
    if float(plain.replace(",", "")) != value:  # more was printed than the digits say: a mean, a half
        plain = f"{value:,.12g}"
    return plain + _AFTER.get(unit, "")


def shown_figure(figure: Figure | Observation) -> str:
    """A figure with its hedge and, for a range, both ends: `~2,700`, `<5`, `55-70%`."""
    if figure.value is None:
        return ""
    text = shown(figure.value, figure.unit, figure.decimals)
    if figure.value_high is not None:
        first = text.removesuffix(_AFTER.get(figure.unit, ""))
        text = f"{first}-{shown(figure.value_high, figure.unit, figure.decimals)}"
    return _BEFORE.get(figure.qualifier, "") + text


def marks(figure: Figure) -> str:
    """Signs beside a figure: `!` for one that a check contradicts, `*` for one whose period was worked out."""
    inferred = figure.row is not None and "period_inferred" in figure.row.flags.split(";")
    return ("!" if figure.verdict in WRONG else "") + ("*" if inferred else "")


def place(row: Observation) -> str:
    """Where a figure stands: `report.pdf, page 3`."""
    return f"{row.file}, page {row.page}" if row.page is not None else row.file


def _money(value: float) -> str:
    size, sign = abs(value), "-" if value < 0 else ""
    for scale, letter in ((1e9, "bn"), (1e6, "m")):
        if size >= scale:
            return f"{sign}£{size / scale:,.6g}{letter}"
    pence = 2 if size != round(size) else 0
    return f"{sign}£{size:,.{pence}f}"

"""Builds the observations of a small paper for the tests of the checks: a monthly table and sentences about it."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from itertools import count

from sendparse.model import Check, Observation

_NUMBER = count(1)


def month(text: str) -> tuple[date, date]:
    """First and last day of "2024-05"."""
    year, number = map(int, text.split("-"))
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def row(source: str, kpi: str, value: float, **more: object) -> Observation:
    """One observation; `period` may be "2024-05" or a pair of ISO dates."""
    period = more.pop("period", None)
    start, end = month(period) if isinstance(period, str) else period or (None, None)
    text = str(more.pop("text", f"{value:.12g}"))
    decimals = len(text.rstrip("%mk ").partition(".")[2])
    fields: dict[str, object] = {
        "observation_id": f"{source[0]}{next(_NUMBER)}",
        "document_id": "paper",
        "kpi": kpi,
        "kpi_label": kpi,
        "value": value,
        "value_text": text,
        "decimals": decimals,
        "unit": "percent" if text.endswith("%") else "count",
        "period_start": start,
        "period_end": end,
        "area_type": "council",
        "source": source,
    }
    return Observation(**(fields | more))  # type: ignore[arg-type]


def table(kpi: str, start: str, values: list[float], **more: object) -> list[Observation]:
    """A row of a monthly table from a month on."""
    year, number = map(int, start.split("-"))
    out = []
    for column, value in enumerate(values, 1):
        suffix = "%" if more.get("unit") == "percent" else ""
        out.append(
            row(
                "table",
                kpi,
                value,
                period=f"{year}-{number:02d}",
                text=f"{value:,.12g}{suffix}",
                table_id="T",
                row=1,
                column=column,
                **more,
            )
        )
        year, number = (year + 1, 1) if number == 12 else (year, number + 1)
    return out


def says(sentence: str, *figures: Observation) -> list[Observation]:
    """Narrative observations that share a sentence."""
    from dataclasses import replace

    return [replace(figure, evidence=sentence) for figure in figures]


def claim(kpi: str, value: float, **more: object) -> Observation:
    """A figure in the narrative."""
    return row("narrative", kpi, value, **more)


def verdicts(checks: list[Check], observation: Observation, kind: str = "") -> list[str]:
    """The verdicts on one observation, of one kind if given."""
    return [c.verdict for c in checks if c.observation_id == observation.observation_id and kind in ("", c.kind)]

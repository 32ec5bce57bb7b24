"""A comparison as rows: wide (areas down, periods across) or long (one figure a row), and what was left out.

In: a Comparison. Out: `Sheet`s of plain values, which become a terminal table, CSV, JSON or a workbook.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from sendparse.publish.compare import Comparison
from sendparse.publish.periods import BASES, Span, basis_name
from sendparse.publish.selecting import Figure, LeftOut
from sendparse.publish.showing import marks, place, shown_figure, unit_name

Value = str | int | float | date | None

LONG = (
    "area_type", "area", "la_code", "council_code", "region", "kpi", "breakdown", "period", "period_start",
    "period_end", "period_basis", "value", "value_high", "unit", "qualifier", "role", "source", "verdict", "england",
    "difference_from_england", "stated", "stated_by", "file", "page", "value_text", "evidence", "confidence", "flags",
    "observation_id",
)  # fmt: skip
"""Columns of the long form."""

LEFT_OUT = (
    "reason", "council", "value_text", "unit", "period_label", "role", "breakdown", "area", "file", "page", "evidence",
    "observation_id",
)  # fmt: skip
"""Columns of what was left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table of plain values under one line of heads."""

    title: str
    heads: tuple[str, ...]
    rows: list[list[Value]] = field(default_factory=list)


def long_sheet(comparison: Comparison) -> Sheet:
    """One figure a row: councils first, then England, regions and neighbours."""
    england = {one.span: one for one in comparison.others if one.area_type == "england"}
    rows = [_long(one, comparison, england.get(one.span)) for one in comparison.figures]
    rows += [_long(one, comparison, None) for one in comparison.others]
    return Sheet(title="Figures", heads=LONG, rows=rows)


def _long(one: Figure, comparison: Comparison, england: Figure | None) -> list[Value]:
    row, difference = one.row, None
    if england is not None:
        difference = float(f"{one.value - england.value:.10g}")
    return [
        one.area_type, one.area, one.la_code, one.council_code, one.region, comparison.kpi.id,
        comparison.question.breakdown, one.span.name, one.span.start, one.span.end, one.span.basis, one.value,
        one.value_high, one.unit, one.qualifier, one.role, one.source, one.verdict, england.value if england else None,
        difference, one.stated, one.says, row.file if row else "", row.page if row else None,
        row.value_text if row else "", row.evidence if row else "", row.confidence if row else None,
        row.flags if row else "", row.observation_id if row else "",
    ]  # fmt: skip


def wide_sheet(comparison: Comparison) -> Sheet:
    """Areas down, periods across, plain numbers."""
    spans = comparison.spans
    heads = ("area_type", "area", "la_code", "council_code", *(span.name for span in spans))
    rows: list[list[Value]] = []
    for group in _areas(comparison, every=True):
        first = group[0]
        by_span = {one.span: one.value for one in group}
        rows.append(
            [first.area_type, first.area, first.la_code, first.council_code, *(by_span.get(span) for span in spans)]
        )
    return Sheet(title="Comparison", heads=heads, rows=rows)


def left_out_sheet(comparison: Comparison) -> Sheet:
    """One figure a row, with the reason why it is not compared."""
    return Sheet(title="Left out", heads=LEFT_OUT, rows=[_left_out(one) for one in comparison.left_out])


def _left_out(one: LeftOut) -> list[Value]:
    return [one.reason, *(getattr(one.row, name) for name in LEFT_OUT[1:])]


def _areas(comparison: Comparison, *, every: bool) -> list[list[Figure]]:
    """The figures of each area. Unless every area is wanted, regions and neighbours only where they are few."""
    councils = [list(group) for _, group in groupby(comparison.figures, key=lambda one: one.key)]
    others = [list(group) for _, group in groupby(comparison.others, key=lambda one: one.key)]
    if every:
        return councils + others
    kinds = [group[0].area_type for group in others]
    return councils + [group for group in others if kinds.count(group[0].area_type) <= _FEW]


_FEW = 3


# For a terminal


def table_text(comparison: Comparison, *, width: int, long: bool = False, every: bool = False) -> str:
    """What `sendparse compare` prints. `every`: name each figure that was left out."""
    kpi, question = comparison.kpi, comparison.question
    extra = "".join(
        f", {text}" for text in (question.breakdown, question.role if question.role != "actual" else "") if text
    )
    lines = [f"{kpi.label} ({kpi.id}, {unit_name(kpi.unit)}{extra})", ""]
    if not comparison.figures:
        lines += ["No figure can be compared.", ""]
    elif long or question.latest:
        lines += [_listed(comparison, width), ""]
    else:
        for basis in BASES:
            spans = [span for span in comparison.spans if span.basis == basis]
            if spans:
                lines += [f"{basis_name(basis).capitalize()}", _across(comparison, spans, width), ""]
    return "\n".join([*lines, *_notes(comparison, every=every, width=width)]) + "\n"


def _across(comparison: Comparison, spans: Sequence[Span], width: int) -> str:
    """Areas down and as many periods across as there is room for, the newest kept."""
    groups = [
        (group[0].area, {one.span: shown_figure(one) + marks(one) for one in group if one.span in spans})
        for group in _areas(comparison, every=False)
    ]
    groups = [(name, cells) for name, cells in groups if cells]
    sizes = {span: max(len(span.name), *(len(cells.get(span, "")) for _, cells in groups)) for span in spans}
    names = min(max(len(name) for name, _ in groups), max(16, width // 3))
    room = width - names
    kept: list[Span] = []
    for span in reversed(spans):
        room -= sizes[span] + 2
        if room < 0 and kept:
            break
        kept.insert(0, span)
    groups = [(name, cells) for name, cells in groups if any(span in cells for span in kept)]
    head = _line("", names, [(span.name, sizes[span]) for span in kept])
    body = [_line(name, names, [(cells.get(span, ""), sizes[span]) for span in kept]) for name, cells in groups]
    hidden = len(spans) - len(kept)
    more = [f"{hidden} earlier: --long, --period or --format csv show them"] if hidden else []
    return "\n".join([head, "-" * len(head), *body, *more])


def _line(name: str, size: int, cells: Iterable[tuple[str, int]]) -> str:
    return _cut(name, size).ljust(size) + "".join(f"  {text.rjust(wide)}" for text, wide in cells)


def _cut(text: str, size: int) -> str:
    """A name that is too long loses its middle: files often differ at their ends."""
    if len(text) <= size:
        return text
    head = (size - 1) // 2
    return f"{text[:head]}…{text[len(text) - (size - 1 - head) :]}"


def _listed(comparison: Comparison, width: int) -> str:
    """One figure a line, with role, source and place."""
    england = {one.span: one for one in comparison.others if one.area_type == "england"}
    cells = []
    for one in (figure for group in _areas(comparison, every=False) for figure in group):
        against = england.get(one.span) if one.area_type == "council" else None
        gap = shown_gap(one, against)
        where = place(one.row) if one.row else one.says
        cells.append(
            [one.area, one.span.name, shown_figure(one) + marks(one), gap, one.role, one.source, one.verdict, where]
        )
    heads = ["area", "period", "figure", "to England", "role", "source", "verdict", "where"]
    sizes = [max(len(row[n]) for row in [heads, *cells]) for n in range(len(heads))]
    sizes[0] = min(sizes[0], max(16, width // 4))
    room = width - sum(sizes[:-1]) - 2 * (len(heads) - 1)
    below = room < min(sizes[-1], _LEAST_WHERE)  # too narrow: the place stands in a line of its own
    sizes[-1] = min(sizes[-1], width - 4 if below else room)
    lines = []
    for row in [heads, ["-" * size for size in sizes], *cells]:
        cut = [_cut(text, size) for text, size in zip(row, sizes, strict=True)]
        parts = [
            text.rjust(size) if n in _RIGHT else text.ljust(size)
            for n, (text, size) in enumerate(zip(cut, sizes, strict=True))
        ]
        lines.append("  ".join(parts[:-1] if below else parts).rstrip())
        lines += ["    " + cut[-1]] if below and row in cells else []
    return "\n".join(lines)


_LEAST_WHERE = 24
_RIGHT = {2, 3}


def shown_gap(one: Figure, england: Figure | None) -> str:
    """How far a figure is from England's, for shares and rates; counts of unequal places have no such distance."""
    if england is None or one.unit in ("count", "gbp") or one.value_high is not None:
        return ""
    digits = max(one.decimals, england.decimals)
    unit = " pp" if one.unit == "percent" else ""
    return f"{one.value - england.value:+.{digits}f}{unit}"


def _notes(comparison: Comparison, *, every: bool, width: int) -> list[str]:
    """The legend, who England is, what was left out and why, and measures that are near this one."""
    shown = [*comparison.figures, *comparison.others]
    signs = {sign for one in shown for sign in marks(one)}
    lines = []
    if "!" in signs:
        lines.append("!  a check contradicts the figure: --long names the verdict, the report says why")
    if "*" in signs:
        lines.append("*  the period was worked out, not stated")
    sources = sorted({one.says for one in comparison.others if one.area_type == "england" and one.source == "official"})
    if sources:
        lines.append(f"England: DfE, {', '.join(sources)}")
    if comparison.left_out:
        lines.append(f"Left out, {len(comparison.left_out)} figures:")
        lines += [
            f"  {number:>5}  {reason}{f' ({hint})' if hint else ''}" for reason, hint, number in comparison.reasons()
        ]
        lines += [_one_left_out(one)[:width] for one in comparison.left_out] if every else []
    for kpi, number in comparison.related.items():
        lines.append(f"Not the same measure, so not here: {number} of {kpi} (--kpi {kpi})")
    return lines


def _one_left_out(one: LeftOut) -> str:
    period = one.row.period_label or "no period"
    return f"  {one.row.value_text} ({period}), {place(one.row)}: {one.reason}. {' '.join(one.row.evidence.split())}"


# For files


def as_csv(sheet: Sheet) -> str:
    """CSV text; a text that a spreadsheet would take for a formula begins with an apostrophe, as in a dataset."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([safe(head) for head in sheet.heads])
    writer.writerows([[safe(_plain(value)) for value in row] for row in sheet.rows])
    return out.getvalue()


def safe(value: Value) -> Value:
    """A value that no spreadsheet runs. Numbers stay."""
    if not isinstance(value, str) or value[:1] not in ("=", "+", "-", "@", "\t", "\r"):
        return value
    try:
        float(value.replace(",", ""))
    except ValueError:
        return f"'{value}"
    return value


def _plain(value: Value) -> Value:
    """4453 rather than 4453.0."""
    return f"{value:.12g}" if isinstance(value, float) else value


def as_json(comparison: Comparison) -> str:
    """Everything: the measure, the figures in long form, those of England and others, what was left out and why."""
    kpi, figures = comparison.kpi, long_sheet(comparison)
    records = [dict(zip(figures.heads, row, strict=True)) for row in figures.rows]
    left_out = left_out_sheet(comparison)
    content = {
        "kpi": {"id": kpi.id, "label": kpi.label, "unit": kpi.unit, "better": kpi.better},
        "figures": [one for one in records if one["area_type"] == "council"],
        "others": [one for one in records if one["area_type"] != "council"],
        "left_out": {
            "reasons": [{"reason": r, "hint": h, "figures": n} for r, h, n in comparison.reasons()],
            "figures": [dict(zip(left_out.heads, row, strict=True)) for row in left_out.rows],
        },
        "related": comparison.related,
    }
    return json.dumps(content, ensure_ascii=False, indent=1, default=_day) + "\n"


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def sheets(comparison: Comparison) -> list[Sheet]:
    """The sheets of a workbook."""
    return [wide_sheet(comparison), long_sheet(comparison), left_out_sheet(comparison)]

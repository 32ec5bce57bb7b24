"""Charts of a measure: lines over time, or one dot a council where there is one period only.

In: the figures of one kind of period, England's beside them. Out: a Vega-Lite specification, which the browser draws
with the runtime that `write_runtime` puts beside the pages (from the package vl-convert, without any network). Every
chart stands beside a table of the same figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sendparse.publish.periods import Span
from sendparse.publish.selecting import Figure
from sendparse.publish.showing import shown_figure, unit_name

_FEW = 7
"""So many councils have a colour each; more are grey until one is picked."""

_COLOURS = ["#1d5fa6", "#b4460f", "#00735c", "#8a3a94", "#7a5c00", "#a3195b", "#3b6ea5"]
_GREY, _INK, _ENGLAND = "#9aa5b1", "#1d2b3a", "#12202e"
_FONT = "system-ui, sans-serif"


def write_runtime(path: Path) -> bool:
    """Write the chart library as one script. False when the package that holds it does not run on this machine."""
    try:
        import vl_convert
    except ImportError:
        return False
    bundle: Any = vl_convert.javascript_bundle  # its stub asks for an argument that it does not need
    path.write_text(bundle(), encoding="utf-8", newline="\n")
    return True


def chart(figures: Sequence[Figure], others: Sequence[Figure], label: str) -> dict[str, Any] | None:
    """The chart of one kind of period; nothing where there is nothing to compare."""
    spans = {figure.span for figure in figures}
    england = [one for one in others if one.area_type == "england" and one.span in spans]
    if len(figures) < 2:
        return None
    spec = _dots(figures, england) if len(spans) == 1 else _lines(figures, england)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": label,
        "background": None,
        "width": "container",
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 4, "top": 8, "bottom": 4, "right": 8},
        "config": _config(),
        **spec,
    }


def _lines(figures: Sequence[Figure], england: Sequence[Figure]) -> dict[str, Any]:
    names = list(dict.fromkeys(figure.area for figure in figures))
    few = len(names) <= _FEW
    x, y = _time_axis(figures), _axis(figures)
    faint = {"condition": {"test": "datum.area === picked", "value": _COLOURS[1]}, "value": _GREY}
    each = {"field": "area", "type": "nominal", "scale": {"domain": names, "range": _COLOURS}, "legend": None}
    colour = each if few else faint
    wide = {"condition": {"test": "datum.area === picked", "value": 4}, "value": 2 if few else 1.25}
    across = {"x": x, "y": y, "color": colour}
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "line"}, "encoding": {**across, "detail": {"field": "area"}, "strokeWidth": wide}},
        {
            "mark": {"type": "point", "filled": True, "size": 42, "opacity": 1},
            "encoding": {**across, "tooltip": _tooltip()},
        },
    ]
    if few:
        layers.append(_names_at_ends(x, y, colour))
    if england:
        layers += _england_line(england, x, y)
    picked = {"name": "picked", "value": ""}
    return {"height": 320, "params": [picked], "data": {"values": [_point(one) for one in figures]}, "layer": layers}


def _time_axis(figures: Sequence[Figure]) -> dict[str, Any]:
    """Periods stand at their first day, under names that fit their kind."""
    basis = figures[0].span.basis
    axis: dict[str, Any] = {"labelOverlap": True, "labelSeparation": 8, "format": "%b %Y", "tickCount": 6}
    if basis in ("calendar_year", "financial_year", "academic_year"):
        axis["values"] = sorted({one.span.start.isoformat() for one in figures})
        axis["format"] = "%Y"
        if basis != "calendar_year":
            axis["labelExpr"] = (
                "utcFormat(datum.value, '%Y') + '/' + utcFormat(time(datum.value) + 366 * 86400000, '%y')"
            )
    return {"field": "day", "type": "temporal", "title": None, "scale": {"type": "utc"}, "axis": axis}


def _names_at_ends(x: dict[str, Any], y: dict[str, Any], colour: dict[str, Any]) -> dict[str, Any]:
    """Names beside the last point of each line, instead of a legend."""
    last = {
        "window": [{"op": "rank", "as": "rank"}],
        "sort": [{"field": "day", "order": "descending"}],
        "groupby": ["area"],
    }
    return {
        "transform": [last, {"filter": "datum.rank === 1"}],
        "mark": {"type": "text", "align": "left", "dx": 7, "fontSize": 12, "limit": 170},
        "encoding": {"x": x, "y": y, "text": {"field": "area"}, "color": colour},
    }


def _england_line(england: Sequence[Figure], x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    data = {"values": [_point(one) for one in england]}
    line = {
        "type": "line",
        "strokeDash": [6, 4],
        "strokeWidth": 2.5,
        "color": _ENGLAND,
        "point": {"color": _ENGLAND, "size": 36},
    }
    name = {"type": "text", "align": "left", "dx": 7, "fontSize": 12, "fontWeight": "bold", "color": _ENGLAND}
    last = max(england, key=lambda one: one.span)
    return [
        {"data": data, "mark": line, "encoding": {"x": x, "y": y, "tooltip": _tooltip()}},
        {"data": {"values": [_point(last)]}, "mark": name, "encoding": {"x": x, "y": y, "text": {"value": "England"}}},
    ]


def _dots(figures: Sequence[Figure], england: Sequence[Figure]) -> dict[str, Any]:
    """One period: councils in the order of their values, a rule for England."""
    row = {"field": "area", "type": "nominal", "sort": "-x", "title": None, "axis": {"labelLimit": 220}}
    x = _axis(figures)
    dots = {
        "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1, "color": _COLOURS[0]},
        "encoding": {"y": row, "x": x, "tooltip": _tooltip()},
    }
    layers: list[dict[str, Any]] = [dots]
    if england:
        data = {"values": [_point(england[0])]}
        rule = {"type": "rule", "strokeDash": [6, 4], "strokeWidth": 2, "color": _ENGLAND}
        text = {"type": "text", "align": "left", "dx": 5, "dy": 10, "y": 0, "fontWeight": "bold", "color": _ENGLAND}
        layers.append({"data": data, "mark": rule, "encoding": {"x": x, "tooltip": _tooltip()}})
        layers.append({"data": data, "mark": text, "encoding": {"x": x, "text": {"value": "England"}}})
    rows = len(
        {figure.area for figure in figures}
    )  # a height by step cannot be laid out beside a width that fits the page
    return {"height": 20 * rows + 8, "data": {"values": [_point(one) for one in figures]}, "layer": layers}


def _axis(figures: Sequence[Figure]) -> dict[str, Any]:
    unit = figures[0].unit
    form = "~s" if unit == "gbp" else ",~f"
    axis: dict[str, Any] = {"format": form, "tickCount": 5}
    return {
        "field": "value",
        "type": "quantitative",
        "title": unit_name(unit),
        "axis": axis,
        "scale": {"zero": unit != "percent", "nice": True},
    }


def _tooltip() -> list[dict[str, str]]:
    return [
        {"field": "area", "type": "nominal", "title": "Area"},
        {"field": "period", "type": "nominal", "title": "Period"},
        {"field": "shown", "type": "nominal", "title": "Figure"},
    ]


def _point(one: Figure) -> dict[str, Any]:
    return {
        "area": one.area,
        "day": one.span.start.isoformat(),
        "period": one.span.name,
        "value": one.value,
        "shown": shown_figure(one),
    }


def _config() -> dict[str, Any]:
    text = {
        "labelFont": _FONT,
        "titleFont": _FONT,
        "labelColor": _INK,
        "titleColor": _INK,
        "labelFontSize": 12,
        "titleFontSize": 12,
    }
    return {
        "font": _FONT,
        "aria": False,  # the figure around it says what it shows, the table below what it holds
        "view": {"stroke": None},
        "axis": {**text, "gridColor": "#e3e8ee", "domainColor": _GREY, "tickColor": _GREY, "titleFontWeight": "normal"},
    }


def chart_label(spans: Sequence[Span], label: str, councils: int) -> str:
    """What a chart shows, for those who cannot see it."""
    first, last = min(spans), max(spans)
    when = first.name if first == last else f"{first.name} to {last.name}"
    places = "1 council" if councils == 1 else f"{councils} councils"
    return f"{label}: {places}, {when}. The table below holds the same figures."

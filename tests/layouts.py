"""Tables of our own, laid out as councils lay theirs out: drawn from a description, and scored against what they state.

A case in tests/cases/layouts says how a paper looks and what a reader finds in it. In `table`, "<" is a place that the
cell on its left covers, "^" one that the cell above covers, "//" breaks a line; `{up}`, `{down}`, `{flat}` are drawn
triangles and `[red]` fills a cell. `look` is where lines and colours are: grid, rows, header, bands or none.

In `gold`, a row is `words of its label; measure; unit; its figures; for whom or in which role`. A figure is followed by its
arrow (^ v =), its rating (/r /a /g) and its base (`54.0(101of187)`); "." is a cell without one. `columns` give the period
and the role of each, and with "b:" the part of a whole; with `by: row` they give the measure, and the rows the period. "*"
and "?" leave a field open, "|" stands between answers that are both right.
"""

from __future__ import annotations

import calendar
import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from sendparse.model import Observation
from sendparse.packs import Packs
from sendparse.pipeline import Options, parse_document
from sendparse.read import read_bytes

FOLDER = Path(__file__).parent / "cases" / "layouts"
FIELDS = ("unit", "kpi", "breakdown", "period", "role", "who", "trend", "rag", "base", "qualifier")
Case = Mapping[str, Any]


def cases() -> list[Case]:
    """All cases, in the order of their files."""
    files = [(path.stem, yaml.safe_load(path.read_text("utf-8"))) for path in sorted(FOLDER.glob("*.yaml"))]
    return [{**case, "file": stem} for stem, some in files for case in some]


def read_case(case: Case, packs: Packs) -> list[Observation]:
    """What is read from the tables of a case."""
    form = case["form"]
    data = {"pdf": _pdf, "html": _html, "docx": _docx}[form](case)
    options = Options(council="Essex", narrative=False, strict=True)
    return list(parse_document(read_bytes(data, file=f"made.{form}"), packs, options).observations)


@dataclass
class Score:
    """How many figures are stated, found, read right in everything, and invented; and what went wrong."""

    stated: int = 0
    found: int = 0
    right: int = 0
    invented: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Over figures read right in every field."""
        total = self.stated + self.found + self.invented
        return 2 * self.right / total if total else 1.0


@dataclass(frozen=True)
class Gold:
    """One stated figure; a field that is None may be anything."""

    label: str
    value: float
    fields: Mapping[str, str | None]


def score(case: Case, observations: Sequence[Observation]) -> Score:
    """Gold against what was read: a figure is found where value and words of the label agree."""
    out = Score()
    left = [o for o in observations if o.value is not None and o.source in ("table", "card")]
    for gold in _gold(case["gold"]):
        out.stated += 1
        candidates = [o for o in left if o.value == gold.value and gold.label in f"{o.kpi_label} {o.evidence}".lower()]
        if not candidates:
            out.notes.append(f"missed {gold.label!r} {gold.value}")
            continue
        best = min(candidates, key=lambda o: len(_wrong(gold, o)))
        left = [o for o in left if o is not best]
        out.found += 1
        wrong = _wrong(gold, best)
        out.right += not wrong
        out.notes += [f"{gold.label!r} {best.evidence!r}: {', '.join(wrong)}"] if wrong else []
    out.invented = len(left)
    out.notes += [f"invented {o.evidence!r} {o.value} {o.unit}" for o in left]
    return out


def _wrong(gold: Gold, found: Observation) -> list[str]:
    read = {
        "unit": found.unit,
        "kpi": found.kpi,
        "breakdown": found.breakdown,
        "period": f"{found.period_start or ''}/{found.period_end or ''}",
        "role": found.role,
        "who": found.area_type,
        "trend": found.trend,
        "rag": found.rag,
        "base": "" if found.denominator is None else f"{found.numerator:g}of{found.denominator:g}",
        "qualifier": found.qualifier,
    }
    out = []
    for name, said in gold.fields.items():
        if said is not None and read[name] not in said.split("|"):
            out.append(f"{name} {said!r} read {read[name]!r}")
    return out


# ---- gold

_WHO = {"england": "england", "region": "region", "sn": "statistical_neighbours", "other": "other_council"}
_ROLES = ("target", "baseline", "forecast", "change", "limit", "floor")
_TREND = {"^": "up", "v": "down", "=": "flat"}
_RAG = {"r": "red", "a": "amber", "g": "green"}
_FIGURE = re.compile(r"(?P<under><?)(?P<number>-?[\d.]+)(?:\((?P<base>[^)]*)\))?(?P<trend>[\^v=]?)(?:/(?P<rag>[rag]))?")


def _gold(groups: Sequence[Mapping[str, Any]]) -> Iterator[Gold]:
    for group in groups:
        specs = [str(spec).split() for spec in group["columns"]]
        for line in group["rows"]:
            parts = [part.strip().strip('"') for part in line.split(";")]
            by = group.get("by", "column")
            at = 2 if by == "row" else 3
            own, figures, said = parts[1:at], parts[at].split(), parts[at + 1 :]
            for spec, figure in zip(specs, figures, strict=True):
                if figure != ".":
                    yield _stated(parts[0], _said(by, own, spec) | _who_and_role([*said, *spec]), figure)


def _said(by: str, own: Sequence[str], spec: Sequence[str]) -> dict[str, str | None]:
    units = [word for word in spec if word in ("count", "percent", "weeks", "gbp")]
    if by == "row":
        return {"kpi": _kpi(spec[0]), "unit": units[0] if units else None, "period": _period(own[0])}
    unit = own[1] if own[1] != "*" else (units[0] if units else None)
    return {"kpi": _kpi(own[0]), "unit": units[0] if units else unit, "period": _period(spec[0])}


def _kpi(text: str) -> str | None:
    return None if text == "*" else "" if text == "none" else text


def _who_and_role(words: Sequence[str]) -> dict[str, str | None]:
    who = next((_WHO[word] for word in words if word in _WHO), "council")
    role = next((word for word in words if word in _ROLES), "")
    parts = [word[2:] for word in words if word.startswith("b:")]
    said = {"who": who, "role": role or ("actual" if who in ("council", "other_council") else "benchmark")}
    return said | ({"breakdown": parts[0]} if parts else {})


def _stated(label: str, fields: dict[str, str | None], figure: str) -> Gold:
    match = _FIGURE.fullmatch(figure)
    assert match, figure
    fields |= {
        "trend": _TREND.get(match["trend"], ""),
        "rag": _RAG.get(match["rag"] or "", ""),
        "base": match["base"] or None,
        "qualifier": "under" if match["under"] else "",
    }
    return Gold(label.lower(), float(match["number"]), fields)


def _period(text: str) -> str | None:
    """2024-04, 2024-04..06, 2024-10..2025-03, FY24, AY23, CY22, D2025-01-31; "?" where readers may differ; "FY23|AY23"."""
    if text.endswith("?"):
        return None if text == "?" else f"{_period(text[:-1])}|/"
    if "|" in text:
        return "|".join(str(_period(part)) for part in text.split("|"))
    year = 2000 + int(text[2:]) if text[:2] in ("FY", "AY", "CY") else 0
    if year:
        first = {"F": (year, 4), "A": (year, 9), "C": (year, 1)}[text[0]]
        last = (year, 12) if text[0] == "C" else (year + 1, first[1] - 1)
        return f"{first[0]}-{first[1]:02}-01/{last[0]}-{last[1]:02}-{calendar.monthrange(*last)[1]}"
    if text[0] == "D":
        return f"{text[1:]}/{text[1:]}"
    start, _, end = text.partition("..")
    when, month = (int(end[:4]), int(end[5:])) if "-" in end else (int(start[:4]), int(end or start[5:]))
    return f"{start}-01/{when}-{month:02}-{calendar.monthrange(when, month)[1]}"


# ---- drawing


@dataclass(frozen=True)
class _Cell:
    row: int
    column: int
    text: str
    rows: int
    columns: int


def _rows(drawing: str) -> list[list[str]]:
    rows = [[cell.strip(" ~") for cell in line.split("|")] for line in drawing.rstrip("\n").split("\n")]
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def _cells(drawing: str) -> list[_Cell]:
    rows = _rows(drawing)
    out = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in ("<", "^"):
                continue
            across = 1 + next((n for n, t in enumerate(row[c + 1 :]) if t != "<"), len(row) - c - 1)
            down = 1 + next((n for n, below in enumerate(rows[r + 1 :]) if below[c] != "^"), len(rows) - r - 1)
            out.append(_Cell(r, c, text, down, across))
    return out


_MARK = re.compile(r"\{(up|down|flat)\}")
_FILL = re.compile(r"^\[(red|amber|green)\]")
_COLOURS = {"red": (0.86, 0.2, 0.18), "amber": (1.0, 0.75, 0.0), "green": (0.0, 0.6, 0.3)}
_ARROWS = {"up": "▲", "down": "▼", "flat": "►"}


def _typed(text: str) -> str:
    """A cell's text where arrows are letters and ratings are words."""
    text = _MARK.sub(lambda m: _ARROWS[m[1]], text)
    return _FILL.sub(lambda m: m[1].title() if m.end() == len(m.string) else "", text)


def _pdf(case: Case) -> bytes:
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.platypus import SimpleDocTemplate, Spacer

    out = io.BytesIO()
    size = landscape(A4) if case.get("page") == "landscape" else A4
    paper = SimpleDocTemplate(out, pagesize=size, leftMargin=40, rightMargin=40, topMargin=45, invariant=1)
    story = [_line(text) for text in case.get("above", ())]
    paper.build([*story, Spacer(1, 6), _drawn(case, paper.width)])
    return out.getvalue()


def _line(text: str) -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    marks, _, words = text.rpartition("# ") if text.startswith("#") else ("", "", text)
    size = {0: 10, 1: 16, 2: 13, 3: 11}[len(marks) + bool(words != text)]
    font = "Helvetica-Bold" if words != text else "Helvetica"
    return Paragraph(html.escape(words), ParagraphStyle("s", fontName=font, fontSize=size, leading=size * 1.4))


def _drawn(case: Case, width: float) -> Any:
    from reportlab.platypus import Table

    rows, bold = _rows(case["table"]), set(case.get("bold", (0,)))
    body = [["" for _ in row] for row in rows]
    style = _look(case["look"], len(rows), case.get("head", len(bold & set(range(3)))))
    for cell in _cells(case["table"]):
        body[cell.row][cell.column] = _printed(cell, bold=cell.row in bold)
        corner = (cell.column + cell.columns - 1, cell.row + cell.rows - 1)
        style.append(("SPAN", (cell.column, cell.row), corner))
        fill = _FILL.match(cell.text)
        if fill:
            style.append(("BACKGROUND", (cell.column, cell.row), corner, _COLOURS[fill[1]]))
    texts = [max(len(row[n]) for row in rows if "<" not in row) for n in range(len(rows[0]))]
    shares = [min(max(len_, 6), 34) for len_ in texts]
    widths = [width * share / sum(shares) for share in shares]
    return Table(body, colWidths=widths, style=style, repeatRows=0)


def _look(look: str, rows: int, head: int) -> list[Any]:
    line, pale = (0.3, 0.3, 0.3), (0.9, 0.94, 0.98)
    style: list[Any] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("TOPPADDING", (0, 0), (-1, -1), 2)]
    if look == "grid":
        style.append(("GRID", (0, 0), (-1, -1), 0.5, line))
    elif look == "rows":
        style += [("LINEBELOW", (0, n), (-1, n), 0.5, line) for n in range(head - 1, rows)]
    elif look == "header":
        style += [("LINEABOVE", (0, 0), (-1, 0), 0.8, line), ("LINEBELOW", (0, head - 1), (-1, head - 1), 0.8, line)]
        style += [("LINEBELOW", (0, -1), (-1, -1), 0.8, line)]
    elif look == "bands":
        style += [("BACKGROUND", (0, 0), (-1, head - 1), (0.75, 0.82, 0.9))]
        style += [("BACKGROUND", (0, n), (-1, n), pale) for n in range(head + 1, rows, 2)]
    return style


def _printed(cell: _Cell, *, bold: bool) -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    text = _FILL.sub("", cell.text)
    mark = _MARK.search(text)
    words = html.escape(_MARK.sub("", text).strip()).replace("//", "<br/>")
    figure = re.match(r"[<(£\-+]?\d|-$|n/a|$", words, re.I) is not None or cell.columns > 1
    font = "Helvetica-Bold" if bold else "Helvetica"
    style = ParagraphStyle("c", fontName=font, fontSize=8, leading=9.5, alignment=1 if figure else 0)
    text_part = Paragraph(words, style)
    if not mark:
        return text_part
    return _beside(text_part, _triangle(mark[1])) if words else _triangle(mark[1])


def _beside(text: Any, drawing: Any) -> Any:
    from reportlab.platypus import Table

    return Table([[text, drawing]], colWidths=[28, 12], style=[("PADDING", (0, 0), (-1, -1), 0)])


def _triangle(kind: str) -> Any:
    from reportlab.graphics.shapes import Drawing, Polygon

    points = {"up": [0, 0, 4, 7, 8, 0], "down": [0, 7, 4, 0, 8, 7], "flat": [0, 0, 7, 4, 0, 8]}[kind]
    drawing = Drawing(8, 8, hAlign="CENTER")
    drawing.add(Polygon(points, fillColor=(0.2, 0.2, 0.5), strokeWidth=0))
    return drawing


def _html(case: Case) -> bytes:
    headings = "".join(f"<h2>{html.escape(text)}</h2>" for text in case.get("headings", ()))
    head = set(case.get("bold", (0,)))
    rows: dict[int, list[str]] = {}
    for cell in _cells(case["table"]):
        tag = "th" if cell.row in head else "td"
        spans = f' rowspan="{cell.rows}"' * (cell.rows > 1) + f' colspan="{cell.columns}"' * (cell.columns > 1)
        text = html.escape(_typed(cell.text)).replace("//", "<br>")
        rows.setdefault(cell.row, []).append(f"<{tag}{spans}>{text}</{tag}>")
    table = "".join(f"<tr>{''.join(cells)}</tr>" for _, cells in sorted(rows.items()))
    title, caption = html.escape(case.get("title", "SEND performance")), html.escape(case.get("caption", ""))
    table = f"<caption>{caption}</caption>{table}" if caption else table
    page = f"<html><body><main><h1>{title}</h1>{headings}<table>{table}</table></main></body></html>"
    return page.encode()


_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels"
ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"
ContentType="application/xml"/><Override PartName="/word/document.xml"
ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_LINKS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
</Relationships>"""


def _docx(case: Case) -> bytes:
    said = [f"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{html.escape(t)}</w:t></w:r></w:p>" for t in case.get("headings", ())]
    rows: dict[int, list[str]] = {}
    for cell in _cells(case["table"]):
        lines = "".join(f"<w:p><w:r><w:t>{html.escape(t)}</w:t></w:r></w:p>" for t in _typed(cell.text).split("//"))
        span = f'<w:tcPr><w:gridSpan w:val="{cell.columns}"/></w:tcPr>' if cell.columns > 1 else ""
        rows.setdefault(cell.row, []).append(f"<w:tc>{span}{lines}</w:tc>")
    table = "".join(f"<w:tr>{''.join(cells)}</w:tr>" for _, cells in sorted(rows.items()))
    body = f"<w:body>{''.join(said)}<w:tbl>{table}</w:tbl></w:body>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("[Content_Types].xml", _TYPES)
        packed.writestr("_rels/.rels", _LINKS)
        packed.writestr("word/document.xml", f'<w:document xmlns:w="{_NAMESPACE}">{body}</w:document>')
    return out.getvalue()

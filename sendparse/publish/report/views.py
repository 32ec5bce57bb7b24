"""What each kind of row on a page shows: plain records that the templates print.

In: figures, claims, problems, comparisons. Out: records with texts ready to print and links within the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sendparse.dataset.columns import ProblemRow
from sendparse.model import Check, Observation
from sendparse.packs import Kpi
from sendparse.publish.compare import Comparison
from sendparse.publish.layout import shown_gap
from sendparse.publish.periods import BASES, Span, basis_name, span_name
from sendparse.publish.report.charts import chart, chart_label
from sendparse.publish.report.site import VERDICTS, CouncilPage, Paper, Site
from sendparse.publish.selecting import WRONG, Figure
from sendparse.publish.showing import marks, shown_figure

_HEAVY = 880_000  # bytes that the figures on one page may come to, by estimate
_ROW = 590  # bytes of a row's markup, its place and its details, without the paper's words
_EVIDENCE = 160  # characters of evidence in a row; the rest is told with the picture
_LONGEST = 3000  # of it beside the picture
_WORDS = 220  # of it in a list of claims
_CELLS = 5000  # of the tables on the page of a measure
_ARROWS = {"up": "▲ up", "down": "▼ down", "flat": "▶ flat"}
_ROLES = {"national": "England", "regional": "region", "statistical_neighbours": "neighbours"}


class Links:
    """Where each figure is shown. A paper with very many figures has several pages."""

    def __init__(self, site: Site) -> None:
        self.portions = {slug: _portions(paper, site) for slug, paper in ((p.slug, p) for p in site.papers.values())}
        self._page = {
            row.observation_id: page_name(paper, at)
            for paper in site.papers.values()
            for at, portion in enumerate(self.portions[paper.slug])
            for row in portion
        }

    def of(self, observation_id: str) -> str:
        """The figure's place, from the root of the report; nothing for a figure that is not in the dataset."""
        page = self._page.get(observation_id)
        return f"{page}#f-{observation_id}" if page else ""

    def page(self, observation_id: str) -> str:
        """The page that shows a figure."""
        return self._page.get(observation_id, "")


def page_name(paper: Paper, number: int) -> str:
    """The name of the n-th page of a paper, from 0."""
    return f"paper/{paper.slug}.html" if number == 0 else f"paper/{paper.slug}-{number + 1}.html"


def _portions(paper: Paper, site: Site) -> list[list[Observation]]:
    """The figures of a paper by page, in their order."""
    out: list[list[Observation]] = [[]]
    size = 0
    for row in paper.figures:
        weight = _weight(row, site)
        if out[-1] and size + weight > _HEAVY:
            out.append([])
            size = 0
        out[-1].append(row)
        size += weight
    return out


def _weight(row: Observation, site: Site) -> int:
    """Bytes that a figure adds to its page, on the safe side."""
    evidence = len(row.evidence.encode("utf-8", "backslashreplace"))
    told = min(evidence, _EVIDENCE) + (min(evidence, _LONGEST) if evidence > _EVIDENCE else 0)
    words = sum(
        len(text.encode("utf-8", "backslashreplace")) for text in (row.kpi_label[:300], row.period_label, row.flags)
    )
    checks = sum(
        120 + len(one.explanation) + 70 * one.evidence_ids.count(";")
        for one in site.material.checks.get(row.observation_id, ())
    )
    return _ROW + told + words + 2 * len(row.value_text) + 2 * len(row.breakdown) + checks


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """A figure in the table of its paper."""

    row: Observation
    label: str
    verdict: str
    printed: str
    period: str
    sort: str
    role: str
    marks: str
    confidence: int
    evidence: str


def figure_row(row: Observation, site: Site) -> FigureRow:
    """One figure of a paper."""
    kpi = site.packs.kpis.get(row.kpi)
    of_whom = _ROLES.get(row.benchmark, "")
    return FigureRow(
        row=row,
        label=kpi.label if kpi else "",
        verdict=site.material.verdict(row),
        printed=printed(row),
        period=period_of(row),
        sort=f"{row.period_end:%Y%m%d}" if row.period_end else "",
        role=f"{row.role}, {of_whom}" if of_whom else row.role,
        marks=" ".join(filter(None, (_ARROWS.get(row.trend, ""), row.rag))),
        confidence=round(row.confidence * 100),
        evidence=cut(row.evidence, _EVIDENCE),
    )


def printed(row: Observation) -> str:
    """A figure as printed, on one line."""
    return " ".join(row.value_text.split()) or "(no value)"


def period_of(row: Observation) -> str:
    """The period a figure covers, or the words that name it."""
    if row.period_start and row.period_end and row.period_start <= row.period_end:
        return span_name(Span(row.period_end, row.period_start, row.period_basis))
    if row.period_start or row.period_end:
        return f"since {row.period_start}" if row.period_start else f"until {row.period_end}"
    return f"“{row.period_label}”" if row.period_label else ""


def cut(text: str, most: int) -> str:
    """The text on one line, shortened at a word."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rpartition(" ")[0] + " …"


def extra_of(row: Observation) -> dict[str, Any]:
    """What the table has no column for."""
    more = [
        ("Area", "" if row.area_type == "council" else row.area or row.area_type.replace("_", " ")),
        ("Words of the period", row.period_label),
        ("Measure as printed", " ".join(row.kpi_label.split())),
        (
            "Part and whole",
            f"{row.numerator:g} of {row.denominator:g}" if row.numerator is not None and row.denominator else "",
        ),
        ("Found in", row.source),
        ("Inferred or mended", row.flags.replace(";", ", ").replace("_", " ")),
    ]
    out: dict[str, Any] = {"more": [[name, cut(value, 300)] for name, value in more if value]}
    if len(" ".join(row.evidence.split())) > _EVIDENCE:
        out["evidence"] = row.evidence[:_LONGEST]
    return out


class Evidence:
    """The figures that verdicts rest on: where each is shown, and as what."""

    def __init__(self, site: Site, links: Links) -> None:
        self.links = links
        wanted = {one for checks in site.material.checks.values() for check in checks for one in evidence_ids(check)}
        rows = (row for paper in site.papers.values() for row in paper.figures)
        self._rows = {row.observation_id: row for row in rows if row.observation_id in wanted}

    def data(self, checks: Iterable[Check]) -> list[list[Any]]:
        """Checks as a page's script tells them: kind, verdict, sentence, evidence as links with their words."""
        return [
            [one.kind, one.verdict, one.explanation, [self._link(i) for i in evidence_ids(one) if i in self._rows]]
            for one in checks
        ]

    def _link(self, identity: str) -> list[str]:
        row = self._rows[identity]
        when = period_of(row)
        text = f"{printed(row)}{f' ({when})' if when else ''}{f', page {row.page}' if row.page is not None else ''}"
        return [f"../{self.links.of(identity)}", text]


def evidence_ids(check: Check) -> list[str]:
    """The figures that a verdict rests on."""
    return [one for one in check.evidence_ids.split(";") if one]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """A claim in a list of claims."""

    row: Observation
    told: Check
    verdict: str
    order: int
    printed: str
    label: str
    words: str
    link: str
    paper: Paper


def claim_rows(claims: Iterable[Any], site: Site, links: Links) -> Iterator[ClaimRow]:
    """Claims as rows."""
    order = list(VERDICTS)
    for claim in claims:
        kpi = site.packs.kpis.get(claim.row.kpi)
        yield ClaimRow(
            row=claim.row,
            told=claim.told,
            verdict=claim.verdict,
            order=order.index(claim.verdict),
            printed=printed(claim.row),
            label=kpi.label if kpi else "",
            words=cut(claim.row.evidence, _WORDS),
            link=links.of(claim.row.observation_id),
            paper=claim.paper,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemLine:
    """A problem in a list of problems; `here`: on the page of its paper."""

    row: ProblemRow
    link: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """A measure with how widely it is reported."""

    kpi: Kpi
    figures: int
    councils: int
    years: tuple[int, ...]
    most: int

    def heat(self, number: int) -> int:
        """Shade 0 to 4."""
        return 0 if number == 0 else min(4, 1 + 4 * number // (self.most + 1))


def measure_rows(site: Site, years: Sequence[int]) -> list[MeasureRow]:
    """All measures, the most widely reported first."""
    counts = {kpi.id: site.coverage(kpi.id) for kpi in site.measures}
    most = max((number for found in counts.values() for number in found.values()), default=1)
    rows = [
        MeasureRow(
            kpi=kpi,
            figures=len(site.by_kpi[kpi.id]),
            councils=len(site.comparisons[kpi.id].rows),
            years=tuple(counts[kpi.id].get(year, 0) for year in years),
            most=most,
        )
        for kpi in site.measures
    ]
    return sorted(rows, key=lambda one: (-one.councils, -one.figures, one.kpi.id))


def years_of(site: Site, most: int = 8) -> list[int]:
    """The years that the tables of coverage show: the last ones that more than a stray figure falls in."""
    counts: dict[int, int] = {}
    for kpi in site.measures:
        for year, number in site.coverage(kpi.id).items():
            counts[year] = counts.get(year, 0) + number
    return sorted(counts)[-most:]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellView:
    """One figure in the wide table of a measure."""

    text: str
    value: float
    link: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaView:
    """One line of that table."""

    name: str
    code: str
    other: bool
    cells: list[CellView | None]


@dataclass(slots=True, kw_only=True)
class Section:
    """One kind of period on the page of a measure: chart and table."""

    id: str
    title: str
    spans: list[Span]
    hidden: int
    rows: list[AreaView]
    chart: dict[str, Any] | None
    label: str
    pick: list[str] = field(default_factory=list)


def sections_of(comparison: Comparison, links: Links, pages: Mapping[str, CouncilPage]) -> list[Section]:
    """The kinds of period that a measure is reported for."""
    bases = [basis for basis in BASES if any(span.basis == basis for span in comparison.spans)]
    areas = len(comparison.rows) + 6
    most = max(6, _CELLS // max(1, areas * len(bases)))
    return [_section(comparison, basis, most, links, pages) for basis in bases]


def _section(comparison: Comparison, basis: str, most: int, links: Links, pages: Mapping[str, CouncilPage]) -> Section:
    spans = [span for span in comparison.spans if span.basis == basis]
    kept = spans[-most:]
    figures = [one for one in comparison.figures if one.span in set(kept)]
    others = [one for one in comparison.others if one.span in set(kept)]
    title = basis_name(basis).capitalize()
    councils = list(dict.fromkeys(one.area for one in figures))
    label = chart_label(kept, f"{comparison.kpi.label}, {basis_name(basis)}", len(councils))
    spec = chart(figures, others, label)
    lines = [_area(list(group), kept, links, pages) for _, group in groupby(figures, key=lambda one: one.key)]
    lines += [_area(list(group), kept, links, pages) for _, group in groupby(others, key=lambda one: one.key)]
    return Section(
        id=basis.replace("_", "-"),
        title=title,
        spans=kept,
        hidden=len(spans) - len(kept),
        rows=lines,
        chart=spec,
        label=label,
        pick=councils if spec is not None and len(kept) > 1 and len(councils) > 1 else [],
    )


def _area(group: list[Figure], spans: Sequence[Span], links: Links, pages: Mapping[str, CouncilPage]) -> AreaView:
    by_span = {one.span: one for one in group}
    first = group[0]
    own = first.area_type == "council"
    return AreaView(
        name=first.area,
        code=first.la_code if own and first.la_code in pages else "",
        other=not own,
        cells=[cell_view(by_span[span], links) if span in by_span else None for span in spans],
    )


def cell_view(one: Figure, links: Links) -> CellView:
    """A figure as a cell that leads to its evidence."""
    return CellView(
        text=shown_figure(one) + marks(one),
        value=one.value,
        link=links.of(one.row.observation_id) if one.row else "",
        wrong=one.verdict if one.verdict in WRONG else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LatestRow:
    """The newest figure of one measure of a council."""

    kpi: Kpi
    figure: Figure
    text: str
    link: str
    wrong: bool
    england: Figure | None
    gap: str


def latest_rows(site: Site, code: str, links: Links) -> list[LatestRow]:
    """The newest figure of each measure that is known of a council, in the order of the vocabulary."""
    out = []
    for kpi in site.measures:
        comparison = site.comparisons[kpi.id]
        own = [one for one in comparison.figures if one.key == code]
        if own:
            last = max(own, key=lambda one: one.span)
            cell, england = cell_view(last, links), comparison.england(last.span)
            gap = shown_gap(last, england)
            out.append(
                LatestRow(
                    kpi=kpi,
                    figure=last,
                    text=cell.text,
                    link=cell.link,
                    wrong=bool(cell.wrong),
                    england=england,
                    gap=gap,
                )
            )
    return out

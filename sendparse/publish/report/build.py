"""Building the report: pictures in other processes while the pages are written here; the folder is swapped in when whole.

In: a dataset, the packs, where the papers lie. Out: a folder of pages. The same dataset and papers give the same bytes.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markupsafe import Markup

from sendparse import __version__
from sendparse.dataset.columns import ProblemRow
from sendparse.dataset.read import Dataset
from sendparse.errors import DatasetError
from sendparse.model import Observation
from sendparse.packs import Packs
from sendparse.publish.layout import as_csv, long_sheet
from sendparse.publish.report import pages, places, views
from sendparse.publish.report.charts import write_runtime
from sendparse.publish.report.papers import locate
from sendparse.publish.report.pictures import Shown, draw
from sendparse.publish.report.site import AGREES, VERDICTS, Paper, Site

MARK = "sendparse-report.txt"
"""The file that says that a folder is a report of ours and may be replaced."""

_SAYS = "A report made by sendparse. The folder is replaced as a whole when the report is built again.\n"
_SHOWN_WRONG = 50
_SHOWN_PROBLEMS = 300
_SHOWN_MEASURES = 25
_COPIED = ("observations.csv", "checks.csv", "documents.csv", "problems.csv", "datapackage.json")
_STATIC = ("style.css", "tables.js", "evidence.js", "charts.js", "icon.svg")
_CLAIM_HEADS = (
    ("Verdict", "n", False),
    ("Claim", "t", False),
    ("Measure", "t", False),
    ("Why", "", False),
    ("Council", "t", False),
    ("Where", "t", False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a report is built. `papers`: folders that hold the papers; `review`: pages for the review server."""

    papers: tuple[Path, ...] = ()
    pictures: bool = True
    workers: int = 0  # processes that draw; 0: one for each processor
    review: bool = False


@dataclass(slots=True, kw_only=True)
class Built:
    """What was built. `lost`: papers that were not found; `failed`: papers whose pages could not be drawn, and why."""

    folder: Path
    pages: int = 0
    pictures: int = 0
    lost: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)


def build_report(dataset: Dataset, packs: Packs, out: Path, settings: Settings | None = None) -> Built:
    """Write the report of a dataset, complete or not at all, over a former one if there is one.

    Raises DatasetError when `out` holds anything that is no report of ours, InputError when a folder of papers is none.
    """
    settings = settings or Settings()
    refuse_foreign(out)
    new = _beside(out, "new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    try:
        built = _build(dataset, packs, new, out, settings)
        _swap(new, out)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    built.folder = out
    return built


def refuse_foreign(out: Path) -> None:
    """Raise DatasetError unless the folder is absent, empty or a report of ours."""
    if not out.exists() or (out.is_dir() and ((out / MARK).is_file() or not any(out.iterdir()))):
        return
    raise DatasetError(str(out), "is no report of sendparse, so it is left alone", "give --out a new folder")


def _beside(folder: Path, word: str) -> Path:
    folder = folder.resolve()
    return folder.with_name(f".{folder.name}.{word}")


def _swap(new: Path, out: Path) -> None:
    old, out = _beside(out, "old"), out.resolve()
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    new.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def _build(dataset: Dataset, packs: Packs, folder: Path, former: Path, settings: Settings) -> Built:
    site = Site(dataset, packs)
    links = views.Links(site)
    built = Built(folder=folder)
    (folder / "assets").mkdir()
    writer = pages.Writer(folder, review=settings.review, charts=write_runtime(folder / "assets" / "vega.js"))
    shown = _shown(dataset, site, folder, former, settings, built)
    _lists(site, writer, links)
    _measures(site, writer, links)
    _councils(site, writer, links)
    evidence = views.Evidence(site, links)
    for paper, what in shown:  # last: by now most pictures are drawn
        _paper(paper, what, site, writer, evidence)
        built.pictures += len(what.bands)
    pages.copy_static(folder, [*_STATIC, *(["review.js"] if settings.review else [])])
    (folder / "data").mkdir()
    for name in _COPIED:
        shutil.copyfile(dataset.folder / name, folder / "data" / name)
    (folder / MARK).write_text(_SAYS, encoding="utf-8")
    built.pages = writer.written
    return built


def _shown(
    dataset: Dataset, site: Site, folder: Path, former: Path, settings: Settings, built: Built
) -> Iterator[tuple[Paper, Shown]]:
    """Each paper with what can be shown of it. Drawing begins at once, in other processes."""
    found = locate(dataset, settings.papers) if settings.pictures else {}
    papers = list(site.papers.values())
    if settings.pictures:
        built.lost = [one.document.file for one in papers if one.document.document_id not in found]
    wanted = [
        places.wanted_of(one, found[one.document.document_id])
        for one in papers
        if one.document.document_id in found and (one.figures or one.problems)
    ]
    drawn = draw(wanted, folder / "pictures", former / "pictures", settings.workers)
    return _paired(papers, {one.slug for one in wanted}, drawn, built)


def _paired(
    papers: Sequence[Paper], wanted: set[str], drawn: Iterator[tuple[str, Shown]], built: Built
) -> Iterator[tuple[Paper, Shown]]:
    for paper in papers:
        shown = next(drawn)[1] if paper.slug in wanted else Shown()
        if shown.error:
            built.failed[paper.document.file] = shown.error
        yield paper, shown
    next(drawn, None)  # lets the pool end


def _lists(site: Site, writer: pages.Writer, links: views.Links) -> None:
    """The overview, and the lists that it leads to."""
    papers = list(site.papers.values())
    figures, problems = sum(len(one.figures) for one in papers), sum(len(one.problems) for one in papers)
    known = sum(one.code != "unknown" for one in site.councils)
    years = views.years_of(site)
    measures = views.measure_rows(site, years)
    wrong = list(views.claim_rows(site.wrong[:_SHOWN_WRONG], site, links))
    writer.page(
        "index.html",
        "index.html",
        site=site,
        version=__version__,
        figures=figures,
        problems=problems,
        checked=site.verdicts.total(),
        known=known,
        unknown=sum(len(one.papers) for one in site.councils if one.code == "unknown"),
        years=years,
        shown_wrong=_SHOWN_WRONG,
        rows=Markup("".join(writer.rows("claim", wrong, root=""))),
        measures=Markup("".join(writer.rows("measure", measures[:_SHOWN_MEASURES], root=""))),
    )
    _list(writer, "claims.html", "Claims", _claim_rows(site, writer, links), _claims_words(site))
    _list(writer, "measures.html", "Measures", writer.rows("measure", measures, root=""), _measures_words(site, years))
    _list(writer, "councils.html", "Councils", writer.rows("council", site.councils, root=""), _COUNCILS)
    _list(writer, "papers.html", "Papers", writer.rows("paper", papers, root=""), _PAPERS)
    _list(writer, "problems.html", "Problems", _problem_rows(site, writer), _problems_words(site))


def _list(writer: pages.Writer, name: str, title: str, rows: Iterator[str], words: Mapping[str, Any]) -> None:
    writer.pages(name, "list.html", rows, title=title, version=__version__, **words)


def _claim_rows(site: Site, writer: pages.Writer, links: views.Links) -> Iterator[str]:
    """Claims that were found to hold or not to hold; those that cannot be checked stand with their papers."""
    agreed = [claim for claim in site.claims() if claim.verdict in AGREES]
    return writer.rows("claim", views.claim_rows([*site.wrong, *agreed], site, links), root="")


def _problem_rows(site: Site, writer: pages.Writer) -> Iterator[str]:
    lines = (
        views.ProblemLine(row=row, link=f"{views.page_name(paper, 0)}#p-{row.problem_id}", here=False)
        for paper in site.papers.values()
        for row in paper.problems
    )
    return writer.rows("problem", lines, root="")


def _claims_words(site: Site) -> dict[str, Any]:
    kinds = sorted({claim.told.kind for claim in site.claims() if claim.verdict != "unverifiable"})
    return {
        "lead": "Every figure that a check confirms or contradicts, the gravest first. Those that nothing in a paper can "
        "confirm are told on the pages of the papers.",
        "hint": "measure, council, words",
        "choices": [
            ("v", "Verdict", verdict_choices(site.verdicts)),
            ("kind", "Kind of check", [(k, k) for k in kinds]),
        ],
        "heads": _CLAIM_HEADS,
        "kind": "claims",
    }


def _measures_words(site: Site, years: Sequence[int]) -> dict[str, Any]:
    groups = sorted({kpi.group for kpi in site.measures})
    heads = [
        ("Measure", "t", False),
        ("Group", "t", False),
        ("Unit", "t", False),
        ("Figures", "n", True),
        ("Councils", "n", True),
    ]
    return {
        "lead": "How many councils have a figure that ends in each year.",
        "hint": "measure",
        "choices": [("group", "Group", [(one, one) for one in groups])],
        "heads": [*heads, *((str(year), "n", True) for year in years)],
        "kind": "measures",
    }


def _problems_words(site: Site) -> dict[str, Any]:
    return {
        "lead": "What could not be read or understood, and where.",
        "hint": "paper, words",
        "choices": [("code", "Problem", [(code, code.replace("_", " ")) for code, _, _ in site.problem_kinds])],
        "heads": [
            ("Problem", "t", False),
            ("Paper", "t", False),
            ("Page", "n", False),
            ("What to try", "", False),
            ("Words", "", False),
        ],
        "kind": "problems",
    }


_COUNTS = (("Figures", "n", True), ("Do not hold", "n", True), ("Problems", "n", True))
_COUNCILS = {
    "lead": "Councils whose own papers were read.",
    "hint": "council, region",
    "choices": (),
    "heads": (("Council", "t", False), ("Region", "t", False), ("Papers", "n", True), *_COUNTS),
    "kind": "councils",
}
_PAPERS = {
    "lead": "Every paper, with how well it was read.",
    "hint": "title, file, council",
    "choices": (("status", "Read", (("ok", "in full"), ("partial", "in part"), ("failed", "not at all"))),),
    "heads": (
        ("Paper", "t", False),
        ("Council", "t", False),
        ("Date", "n", False),
        ("Format", "t", False),
        ("Read", "t", False),
        *_COUNTS,
    ),
    "kind": "papers",
}


def verdict_choices(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """Verdicts that occur, for a list to choose from."""
    return [(name, words) for name, (words, _) in VERDICTS.items() if counts.get(name)]


def _measures(site: Site, writer: pages.Writer, links: views.Links) -> None:
    councils = {one.code: one for one in site.councils}
    (writer.folder / "kpi").mkdir()
    for kpi in site.measures:
        comparison = site.comparisons[kpi.id]
        sections = views.sections_of(comparison, links, councils)
        shown = [cell for one in sections for area in one.rows for cell in area.cells if cell]
        says = sorted({o.says for o in comparison.others if o.area_type == "england" and o.source == "official"})
        writer.page(
            f"kpi/{kpi.id}.html",
            "kpi.html",
            kpi=kpi,
            version=__version__,
            sections=[_with_block(one) for one in sections],
            marked=any(cell.text.endswith(("!", "*")) for cell in shown),
            official=f"DfE, {', '.join(says)}" if says else "",
            reasons=comparison.reasons(),
            related=[(other, site.packs.kpis[other].label, number) for other, number in comparison.related.items()],
        )
        text = as_csv(long_sheet(comparison))
        (writer.folder / "kpi" / f"{kpi.id}.csv").write_text(text, encoding="utf-8-sig", newline="\n")


def _with_block(section: views.Section) -> views.Section:
    """Its chart as text that may stand in the page."""
    section.chart = pages.data_block(section.chart) if section.chart is not None else None  # type: ignore[assignment]
    return section


def _councils(site: Site, writer: pages.Writer, links: views.Links) -> None:
    for council in site.councils:
        claims = sorted(site.claims(council.papers), key=lambda claim: list(VERDICTS).index(claim.verdict))
        counts = sum((paper.verdicts for paper in council.papers), Counter[str]())
        writer.pages(
            f"council/{council.code}.html",
            "council.html",
            writer.rows("claim", views.claim_rows(claims, site, links), root="../"),
            council=council,
            version=__version__,
            latest=views.latest_rows(site, council.code, links),
            claims=len(claims),
            verdict_choices=verdict_choices(counts),
            papers=Markup("".join(writer.rows("paper", council.papers, root="../"))),
        )


def _paper(paper: Paper, shown: Shown, site: Site, writer: pages.Writer, evidence: views.Evidence) -> None:
    """The pages of one paper: usually one, more when it has very many figures."""
    portions = evidence.links.portions[paper.slug]
    names = [views.page_name(paper, at) for at in range(len(portions))]
    for at, figures in enumerate(portions):
        problems = paper.problems[:_SHOWN_PROBLEMS] if at == 0 else []
        rows = [views.figure_row(row, site) for row in figures]
        lines = [views.ProblemLine(row=row, link="", here=True) for row in problems]
        writer.page(
            names[at],
            "paper.html",
            paper=paper,
            version=__version__,
            figures=len(figures),
            parts=[pages.Part(at=n + 1, name=name, here=n == at) for n, name in enumerate(names)],
            rows=Markup("".join(writer.rows("figure", rows, root="../"))),
            problems=Markup("".join(writer.rows("problem", lines, root="../"))),
            more_problems=len(paper.problems) > _SHOWN_PROBLEMS,
            shown_problems=_SHOWN_PROBLEMS,
            note=_note(paper, shown),
            data=pages.data_block(_data(figures, problems, shown, site, evidence)),
            **_choices(rows),
        )


def _note(paper: Paper, shown: Shown) -> str:
    if shown.error:
        return f"There are no pictures of this paper: {shown.error}."
    if not shown.bands and not shown.excerpts and paper.figures:
        return "There are no pictures of this paper: it was not found when the report was built."
    return ""


def _choices(rows: Sequence[views.FigureRow]) -> dict[str, list[tuple[str, str]]]:
    kpis = {one.row.kpi: one.label or "not in the vocabulary" for one in rows}
    verdicts = {one.verdict for one in rows}
    checked = [(name, words) for name, (words, _) in VERDICTS.items() if name in verdicts]
    return {
        "verdict_choices": [*checked, *([("none", "not checked")] if "" in verdicts else [])],
        "kpi_choices": sorted(((kpi, label) for kpi, label in kpis.items() if kpi), key=lambda item: item[1]),
        "role_choices": [(role, role) for role in sorted({one.row.role for one in rows})],
    }


def _data(
    figures: Sequence[Observation], problems: Sequence[ProblemRow], shown: Shown, site: Site, evidence: views.Evidence
) -> dict[str, Any]:
    """What the script of a paper's page shows with a figure."""
    found = site.material.checks
    return {
        "root": "../",
        "verdicts": VERDICTS,
        "checks": {
            one.observation_id: evidence.data(found[one.observation_id])
            for one in figures
            if one.observation_id in found
        },
        "extra": {row.observation_id: views.extra_of(row) for row in figures},
        **places.page_data(figures, problems, shown),
    }

"""Everything that the pages of a report draw on, read once: papers, figures, verdicts, problems, comparisons.

In: a dataset and the packs. Out: a `Site` with look-ups by paper, measure and council. Nothing here knows HTML.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from sendparse.dataset.columns import DocumentRow, ProblemRow
from sendparse.dataset.read import Dataset
from sendparse.model import Check, Observation
from sendparse.packs import Kpi, Packs
from sendparse.publish.compare import Comparison, compare_rows
from sendparse.publish.selecting import WRONG, Material, Question

UNKNOWN = "unknown"
"""Stands for the code of a council that a paper does not name."""

AGREES = ("match", "rounding", "truncated")
VERDICTS = {
    "mismatch": ("Contradicted", "✗"),
    "mislabelled": ("Right figure, wrong description", "≠"),
    "stale": ("Out of date", "!"),
    "truncated": ("Confirmed, cut off", "✓"),
    "rounding": ("Confirmed, rounded", "✓"),
    "match": ("Confirmed", "✓"),
    "unverifiable": ("Could not be checked", "?"),
}
"""Verdicts in plain words with a sign, the gravest first."""


@dataclass(slots=True, kw_only=True)
class Paper:
    """One paper with what was read from it. `slug` names its page."""

    document: DocumentRow
    slug: str
    figures: list[Observation] = field(default_factory=list)
    problems: list[ProblemRow] = field(default_factory=list)
    verdicts: Counter[str] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """Its title, or its file."""
        return self.document.title or self.document.file

    @property
    def wrong(self) -> int:
        """How many of its figures a check contradicts."""
        return sum(self.verdicts[name] for name in WRONG)


@dataclass(slots=True, kw_only=True)
class CouncilPage:
    """One council with its papers; `code` is `unknown` for papers that name none."""

    code: str
    name: str
    region: str = ""
    papers: list[Paper] = field(default_factory=list)

    @property
    def figures(self) -> int:
        """How many figures its papers state."""
        return sum(len(paper.figures) for paper in self.papers)

    @property
    def wrong(self) -> int:
        """How many of them a check contradicts."""
        return sum(paper.wrong for paper in self.papers)

    @property
    def problems(self) -> int:
        """How many problems its papers have."""
        return sum(len(paper.problems) for paper in self.papers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A figure with the checks on it, the gravest first."""

    row: Observation
    checks: tuple[Check, ...]
    paper: Paper

    @property
    def verdict(self) -> str:
        """The gravest verdict."""
        return self.checks[0].verdict

    @property
    def told(self) -> Check:
        """The check to quote."""
        return self.checks[0]


class Site:
    """A dataset as the pages need it. Papers, measures and councils stand in the order in which pages list them."""

    def __init__(self, dataset: Dataset, packs: Packs) -> None:
        self.packs = packs
        self.description = dataset.description
        self.material = Material(dataset.records("documents"), dataset.records("checks"), packs)
        self.papers = _papers(self.material.documents.values())
        self.by_kpi: dict[str, list[Observation]] = defaultdict(list)
        for row in dataset.records("observations"):
            self.papers[row.document_id].figures.append(row)
            if row.kpi in packs.kpis:
                self.by_kpi[row.kpi].append(row)
            if row.observation_id in self.material.checks:
                self.papers[row.document_id].verdicts[self.material.verdict(row)] += 1
        for problem in dataset.records("problems"):
            self.papers[problem.document_id].problems.append(problem)

    @cached_property
    def measures(self) -> list[Kpi]:
        """Measures that have figures, in the order of the vocabulary."""
        return [kpi for kpi in self.packs.kpis.values() if kpi.id in self.by_kpi]

    @cached_property
    def councils(self) -> list[CouncilPage]:
        """Councils that have papers, by name; papers without a council last."""
        found: dict[str, CouncilPage] = {}
        for paper in self.papers.values():
            one = paper.document
            code = one.la_code or UNKNOWN
            name = one.council if one.la_code else "Council not known"
            page = found.setdefault(code, CouncilPage(code=code, name=name, region=one.region))
            page.papers.append(paper)
        return sorted(found.values(), key=lambda page: (page.code == UNKNOWN, page.name))

    @cached_property
    def comparisons(self) -> dict[str, Comparison]:
        """Councils side by side on each measure."""
        counts = {kpi: len(rows) for kpi, rows in self.by_kpi.items()}
        return {
            kpi.id: compare_rows(self.by_kpi[kpi.id], Question(kpi=kpi.id), self.material, counts)
            for kpi in self.measures
        }

    def claims(self, papers: Iterable[Paper] | None = None) -> Iterator[Claim]:
        """Every figure that was checked, of these papers or of all."""
        for paper in self.papers.values() if papers is None else papers:
            for row in paper.figures:
                checks = self.material.checks.get(row.observation_id)
                if checks:
                    yield Claim(row=row, checks=tuple(checks), paper=paper)

    @cached_property
    def wrong(self) -> list[Claim]:
        """Claims that a check contradicts: statements in prose first, then by gravity and place."""
        order = list(VERDICTS)
        found = [claim for claim in self.claims() if claim.verdict in WRONG]
        return sorted(found, key=lambda claim: (claim.row.source != "narrative", order.index(claim.verdict)))

    @cached_property
    def verdicts(self) -> Counter[str]:
        """How many figures have each verdict."""
        return sum((paper.verdicts for paper in self.papers.values()), Counter())

    @cached_property
    def problem_kinds(self) -> list[tuple[str, int, int]]:
        """Kinds of problem: how many there are, in how many papers; the most frequent first."""
        counts: Counter[str] = Counter()
        papers: dict[str, set[str]] = defaultdict(set)
        for paper in self.papers.values():
            for problem in paper.problems:
                counts[problem.code] += 1
                papers[problem.code].add(paper.slug)
        return [(code, number, len(papers[code])) for code, number in counts.most_common()]

    def coverage(self, kpi: str) -> dict[int, int]:
        """How many councils have a figure of the measure that ends in each year."""
        years: dict[int, set[str]] = defaultdict(set)
        for figure in self.comparisons[kpi].figures:
            years[figure.span.end.year].add(figure.key)
        return {year: len(keys) for year, keys in sorted(years.items())}


def _papers(documents: Iterable[DocumentRow]) -> dict[str, Paper]:
    """Papers by their id; pages are named by its first digits, by all of it where those are shared."""
    rows = list(documents)
    short = Counter(row.document_id[:12] for row in rows)
    return {
        row.document_id: Paper(
            document=row, slug=row.document_id if short[row.document_id[:12]] > 1 else row.document_id[:12]
        )
        for row in rows
    }

"""Checking a dataset again without reading its papers: the claims of each paper, and of papers against each other.

In: a dataset's folder, the packs, the decisions of a reviewer. Out: an Audit, which says what failed. Nothing in the
dataset changes until `save` is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from sys import intern

from sendparse import check
from sendparse.audit.waivers import Waiver, read_waivers
from sendparse.check.across import run_across
from sendparse.check.sources import Sources
from sendparse.dataset.read import Dataset, read_dataset
from sendparse.dataset.rewrite import replace_checks
from sendparse.model import Check, Observation
from sendparse.packs import Packs


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a person needs to find the figure that a check is about. The fields are those of an observation."""

    file: str
    value_text: str
    name: str  # its measure, or the words that name it
    evidence: str
    page: int | None = None
    x0: float | None = None
    top: float | None = None
    char_start: int | None = None
    char_end: int | None = None

    @classmethod
    def of(cls, row: Observation) -> Claim:
        """The claim that an observation states."""
        return cls(
            file=intern(row.file),
            value_text=row.value_text,
            name=row.kpi or row.kpi_label,
            evidence=intern(row.evidence),
            page=row.page,
            x0=row.x0,
            top=row.top,
            char_start=row.char_start,
            char_end=row.char_end,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One check with the figure it is about, and the waiver that excuses it, if any."""

    check: Check
    claim: Claim
    waiver: Waiver | None = None


@dataclass(slots=True, kw_only=True)
class Audit:
    """What the checks of a dataset say. `findings` are in the order of papers and of figures in them."""

    folder: Path
    findings: list[Finding] = field(default_factory=list)
    spent: list[Waiver] = field(default_factory=list)  # waivers whose check no longer exists or holds now

    def counts(self) -> Counter[tuple[str, str]]:
        """How many checks there are of each kind and verdict."""
        return Counter((f.check.kind, f.check.verdict) for f in self.findings)

    def failed(self, verdicts: Collection[str]) -> list[Finding]:
        """Findings with one of these verdicts that nobody has waived."""
        return [f for f in self.findings if f.check.verdict in verdicts and f.waiver is None]

    def under(self, papers: str) -> Audit:
        """The same with the papers' names as they are from where `papers` is a folder: those of files in a repository."""
        place = papers.replace("\\", "/").rstrip("/")
        moved = [replace(f, claim=replace(f.claim, file=f"{place}/{f.claim.file}")) for f in self.findings]
        return replace(self, findings=moved)

    def save(self) -> None:
        """Write the checks into the dataset, complete or not at all."""
        replace_checks(self.folder, [f.check for f in self.findings])


def audit(folder: Path | str, packs: Packs, *, waivers: Path | None = None, store: Path | None = None) -> Audit:
    """Run all checks over a dataset, paper by paper.

    Arguments: the dataset's folder; the packs; a file of waivers; the folder of imported releases (England's shipped
    figures alone if left out). Returns an Audit. Raises DatasetError when the folder is no dataset, InputError when the
    waivers cannot be read.
    """
    dataset = read_dataset(folder)
    waived = {w.check: w for w in read_waivers(waivers)} if waivers else {}
    dates = {row.document_id: row.meeting_date or row.published_date for row in dataset.records("documents")}
    between = _between_papers(dataset, dates)
    sources = Sources(packs.reference, store)
    out = Audit(folder=Path(folder))
    for paper in _papers(dataset):
        document = paper[0].document_id
        claims = {row.observation_id: row for row in paper}
        order = {id_: number for number, id_ in enumerate(claims)}
        others = sorted(between.get(document, ()), key=lambda c: order[c.observation_id])
        for found in [*check.run(paper, packs, sources=sources, day=dates.get(document)), *others]:
            claim = Claim.of(claims[found.observation_id])
            out.findings.append(Finding(check=found, claim=claim, waiver=waived.get(found.check_id)))
    present = {f.check.check_id for f in out.findings}
    out.spent = [w for w in waived.values() if w.check not in present]
    return out


def _papers(dataset: Dataset) -> Iterator[list[Observation]]:
    """The observations of each paper; a dataset keeps them together and in reading order."""
    for _, rows in groupby(dataset.records("observations"), key=attrgetter("document_id")):
        yield list(rows)


_STATED_TWICE = """
    SELECT * FROM observations SEMI JOIN (
        SELECT observation_id FROM (
            SELECT observation_id, count(DISTINCT document_id) OVER same AS papers,
                min(value) OVER same AS least, max(value) OVER same AS most
            FROM observations
            WHERE kpi <> '' AND council_code <> '' AND value IS NOT NULL AND period_end IS NOT NULL AND role IN ('actual', 'benchmark')
            WINDOW same AS (PARTITION BY council_code, period_start, period_end, kpi, breakdown, unit, role, benchmark)
        ) WHERE papers > 1 AND least < most
    ) USING (observation_id) ORDER BY file, document_id, observation_id
"""


def _between_papers(dataset: Dataset, dates: dict[str, date | None]) -> dict[str, list[Check]]:
    """What papers of one council say of the same thing, by paper. Only rows that may differ are read."""
    connection = dataset.connect()
    connection.execute("SET enable_progress_bar = false")
    answer = connection.execute(_STATED_TWICE)
    names = [column[0] for column in answer.description]
    rows = (Observation(**dict(zip(names, row, strict=True))) for row in answer.fetchall())
    out: dict[str, list[Check]] = {}
    for found in run_across(rows, dates):
        out.setdefault(found.document_id, []).append(found)
    return out

"""Checking a dataset again without reading its papers: the claims of each paper, and of papers against each other.

In: a dataset's folder, the packs, the decisions of a reviewer. Out: an Audit, which says what failed. Nothing in the
dataset changes until `save` is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from sendparse import check
from sendparse.audit.waivers import Waiver, read_waivers
from sendparse.check.across import run_across
from sendparse.dataset.read import Dataset, read_dataset
from sendparse.dataset.rewrite import replace_checks
from sendparse.model import Check, Observation
from sendparse.packs import Packs


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One check with the figure it is about, and the waiver that excuses it, if any."""

    check: Check
    claim: Observation
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

    def save(self) -> None:
        """Write the checks into the dataset, complete or not at all."""
        replace_checks(self.folder, [f.check for f in self.findings])


def audit(folder: Path | str, packs: Packs, *, waivers: Path | None = None) -> Audit:
    """Run all checks over a dataset.

    Arguments: the dataset's folder; the packs; a file of waivers. Returns an Audit. Raises DatasetError when the folder
    is no dataset, InputError when the waivers cannot be read.
    """
    dataset = read_dataset(folder)
    waived = {w.check: w for w in read_waivers(waivers)} if waivers else {}
    out = Audit(folder=Path(folder))
    rows: dict[str, Observation] = {}
    by_paper: dict[str, list[Check]] = {}
    for paper in _papers(dataset):
        by_paper[paper[0].document_id] = check.run(paper, packs)
        rows.update((row.observation_id, row) for row in paper)
    for found in run_across(rows.values(), _dates(dataset)):
        by_paper[found.document_id].append(found)
    for checks in by_paper.values():
        out.findings += [Finding(check=c, claim=rows[c.observation_id], waiver=waived.get(c.check_id)) for c in checks]
    present = {f.check.check_id for f in out.findings}
    out.spent = [w for w in waived.values() if w.check not in present]
    return out


def _papers(dataset: Dataset) -> Iterator[list[Observation]]:
    """The observations of each paper; a dataset keeps them together and in reading order."""
    for _, rows in groupby(dataset.records("observations"), key=attrgetter("document_id")):
        yield list(rows)


def _dates(dataset: Dataset) -> dict[str, date | None]:
    return {row.document_id: row.meeting_date or row.published_date for row in dataset.records("documents")}

"""Applying decisions to figures: to the parts of a run, or to a finished dataset.

In: the rows of a paper and the decisions on it. Out: the rows as they then stand, with fresh checks. A figure that was
accepted or corrected says so in `flags`; one that was rejected becomes a problem that quotes it; a decision that finds
no figure becomes a problem too. Applying twice changes nothing.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sendparse import check
from sendparse.corrections.log import Decision, latest, read_log
from sendparse.dataset.arrow import to_table
from sendparse.dataset.columns import ProblemRow, resources
from sendparse.dataset.part import Part
from sendparse.dataset.read import Dataset, read_dataset
from sendparse.dataset.rewrite import parts_of
from sendparse.dataset.rows import problem_rows
from sendparse.dataset.write import write_dataset
from sendparse.errors import InputError
from sendparse.model import Box, Observation, Problem
from sendparse.packs import Packs

FLAGS = {"accept": "accepted", "correct": "corrected"}
_NEAR = 3.0  # points that a figure may have moved on its page


@dataclass(frozen=True, slots=True)
class Corrections:
    """The decisions of a file that stand, by paper."""

    by_paper: Mapping[str, Sequence[Decision]]

    @classmethod
    def read(cls, path: Path) -> Corrections:
        """Those of a file. Raises InputError when it cannot be understood."""
        found: dict[str, list[Decision]] = defaultdict(list)
        for one in latest(read_log(path)).values():
            found[one.document_id].append(one)
        return cls(found)

    def __bool__(self) -> bool:
        return bool(self.by_paper)

    def part(self, part: Part, packs: Packs) -> Part:
        """A part as it stands after the decisions on its paper."""
        decisions = self.by_paper.get(part.document.document_id)
        if not decisions:
            return part
        rows = part.rows()
        observations, problems = decide(rows.observations, decisions, part.document.file, packs)
        fresh = {one.problem_id for one in problems}
        kept = [one for one in rows.problems if one.problem_id not in fresh]
        checks = check.run(observations, packs)
        known = resources()
        tables = {
            **part.tables,
            "observations": to_table(known["observations"], observations),
            "checks": to_table(known["checks"], checks),
            "problems": to_table(known["problems"], [*kept, *problems]),
        }
        document = replace(
            part.document,
            observations=len(observations),
            checks=len(checks),
            problems=len(kept) + len(problems),
        )
        return Part(document=document, tables=tables)

    def parts(self, parts: Iterable[Part], packs: Packs) -> Iterator[Part]:
        """All parts of a run."""
        for part in parts:
            yield self.part(part, packs)


def apply_to_dataset(folder: Path, corrections: Corrections, packs: Packs, *, out: Path | None = None) -> None:
    """Write a dataset anew with the decisions applied, in its place or at `out`."""
    dataset = read_dataset(folder)
    packs_hash = str(dataset.description["sendparse"].get("patterns", ""))
    write_dataset(corrections.parts(parts_of(dataset), packs), out or folder, packs_hash=packs_hash)


@contextmanager
def applied(folder: Path, corrections: Corrections, packs: Packs, *, keep: bool) -> Iterator[Path]:
    """The folder of the dataset with the decisions applied: its own (`keep`), or a copy that lives for a while."""
    if not corrections or not pending(read_dataset(folder), corrections):
        yield folder
    elif keep:
        apply_to_dataset(folder, corrections, packs)
        yield folder
    else:
        with tempfile.TemporaryDirectory(prefix="sendparse-") as scratch:
            apply_to_dataset(folder, corrections, packs, out=Path(scratch) / "dataset")
            yield Path(scratch) / "dataset"


def decide(
    rows: Sequence[Observation], decisions: Sequence[Decision], file: str, packs: Packs
) -> tuple[list[Observation], list[ProblemRow]]:
    """The figures of a paper after the decisions on it, and the problems that these leave."""
    out: dict[str, Observation] = {row.observation_id: row for row in rows}
    problems: list[Problem] = []
    for one in decisions:
        kpi = one.after.get("kpi")
        if kpi and kpi not in packs.kpis:
            raise InputError(
                f"the correction by {one.who} of {one.when}",
                f"no measure is called '{kpi}'",
                "withdraw it or add the measure",
            )
        row = find(one, out)
        if one.act == "reject":
            if row is not None:
                del out[row.observation_id]
            problems.append(_rejected(one))
        elif row is None:
            problems.append(_lost(one))
        else:
            out[row.observation_id] = _decided(row, one)
    return list(out.values()), problem_rows(problems, rows[0].document_id if rows else decisions[0].document_id, file)


def find(one: Decision, rows: Mapping[str, Observation]) -> Observation | None:
    """The figure of a decision: by its id, else what stands in the same place and is printed the same."""
    if one.observation_id in rows:
        return rows[one.observation_id]
    was = one.row
    same = [row for row in rows.values() if row.value_text == was.value_text and _same_place(row, was)]
    return same[0] if len(same) == 1 else None


def _same_place(row: Observation, was: Observation) -> bool:
    if was.char_start is not None:
        return row.char_start == was.char_start
    if row.page != was.page or None in (row.x0, row.top, was.x0, was.top):
        return False
    return abs((row.x0 or 0) - (was.x0 or 0)) <= _NEAR and abs((row.top or 0) - (was.top or 0)) <= _NEAR


def _decided(row: Observation, one: Decision) -> Observation:
    flags = [flag for flag in row.flags.split(";") if flag and flag not in FLAGS.values()]
    return replace(row, **one.holds, flags=";".join([*flags, FLAGS[one.act]]))


def _rejected(one: Decision) -> Problem:
    reason = f": {one.why}" if one.why else ""
    return _problem(
        one, code="rejected_by_reviewer", message=f"{one.who} took this figure out on {one.when[:10]}{reason}"
    )


def _lost(one: Decision) -> Problem:
    message = (
        f"{one.who} decided on a figure here on {one.when[:10]} ({one.act}), but no such figure is read any more. "
        "Try: look at the page again with sendparse review"
    )
    return _problem(one, code="correction_without_figure", message=message)


def _problem(one: Decision, *, code: str, message: str) -> Problem:
    was = one.row
    box = None
    if was.x0 is not None and was.top is not None and was.x1 is not None and was.bottom is not None:
        box = Box(x0=was.x0, top=was.top, x1=was.x1, bottom=was.bottom)
    quote = " | ".join(filter(None, (was.value_text, was.evidence)))
    return Problem(document_id=one.document_id, code=code, message=message, page=was.page, box=box, quote=quote)


def changes_of(one: Decision) -> list[tuple[str, object, object]]:
    """What a correction changes: field, before, after."""
    return [(name, one.before.get(name), value) for name, value in one.after.items() if one.before.get(name) != value]


def pending(dataset: Dataset, corrections: Corrections) -> int:
    """How many decisions the dataset does not show yet."""
    waiting = 0
    rows: dict[str, Observation] = {}
    for row in dataset.records("observations"):
        if row.document_id in corrections.by_paper:
            rows[row.observation_id] = row
    for decisions in corrections.by_paper.values():
        for one in decisions:
            row = find(one, rows)
            if one.act == "reject":
                waiting += row is not None
            else:
                waiting += row is not None and _decided(row, one) != row
    return waiting

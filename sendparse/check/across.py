"""Kind `consistency`, across papers: the same council, measure, area and period stated differently in two papers.

In: the observations of a dataset and the date of each paper. Out: verdicts on the figures of the later paper, or of the
one whose name comes later when dates do not tell. A later paper may be a revision, so both are told and neither is
called wrong: the verdict is `mismatch` because the two disagree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from sendparse.check.compare import AGREES, agree
from sendparse.check.paper import key_of, verdict, when
from sendparse.model import Check, Observation

_COMPARED = frozenset({"actual", "benchmark"})


def run_across(observations: Iterable[Observation], dates: Mapping[str, date | None]) -> list[Check]:
    """Compare what papers of one council say of the same thing.

    Arguments: observations of any number of papers; for each `document_id` the day of its meeting, if known.
    Returns one check for each figure that another paper of the council states differently, in the order of the figures.
    """
    groups: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for row in observations:
        if row.kpi and row.council_code and row.value is not None and row.period_end and row.role in _COMPARED:
            groups[(row.council_code, row.period_start, row.period_end, *key_of(row))].append(row)
    out = []
    for rows in groups.values():
        if len({row.document_id for row in rows}) > 1:
            out += _disagreements(rows, dates)
    return out


def _disagreements(rows: list[Observation], dates: Mapping[str, date | None]) -> list[Check]:
    """Each row against the latest paper before its own; a paper that contradicts itself is told elsewhere."""
    ordered = sorted(rows, key=lambda r: (dates.get(r.document_id) or date.min, r.file, r.observation_id))
    out = []
    for number, row in enumerate(ordered):
        earlier = [o for o in ordered[:number] if o.document_id != row.document_id]
        if not earlier or any(agree(row, o) in AGREES or agree(o, row) in AGREES for o in earlier):
            continue
        other = earlier[-1]
        text = (
            f"This paper says {row.value_text} for {when(row)}; {other.file} says {other.value_text}"
            f"{_dated(other, dates)}. The later paper may be a revision."
        )
        out.append(verdict(row, "consistency", "mismatch", text, expected=other.value_text, evidence=[other]))
    return out


def _dated(row: Observation, dates: Mapping[str, date | None]) -> str:
    day = dates.get(row.document_id)
    return f" ({day.day} {day:%B %Y})" if day else ""

"""Checks against gold: is each stated figure linked to the right cell, and is the verdict right.

In: the rows of a paper's gold_checks.csv and gold_observations.csv, which figure was read for which gold row, and the
checks. Out: one `ClaimScore` for each figure of the gold, and one for each figure that was linked to a cell though the
gold does not know it. A link is right when one check rests on all the cells that the gold names, and mostly on them; a figure
left `unverifiable` is one that was not linked, so it costs recall. What DfE published is left out, as in the gold.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sendparse.model import Check, Observation

AGREES = frozenset({"match", "rounding", "truncated"})
_FIGURE = (
    "cell",
    "sum",
    "arithmetic",
    "table",
)  # kinds that speak of the figure; the others speak of the words around it
_ORDER = ("mismatch", "mislabelled", "stale", "match", "rounding", "truncated", "unverifiable")

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimScore:
    """One stated figure: the cell that a person linked it to, the cell that the checks did, and both verdicts."""

    file: str
    split: str
    value_text: str
    wanted: str  # the gold's verdict; empty for a figure that the gold does not know
    got: str  # ours; empty for a figure that was not read
    has_cell: bool
    linked: bool
    link_right: bool
    verdict_right: bool
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTotal:
    """Counts over claims. `links` have a cell in the gold, `linked` have one in the checks, `right` the same one."""

    claims: int
    verdicts_right: int
    links: int
    linked: int
    right: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall of links, over all figures that have a cell; 1 when there are none."""
        both = self.links + self.linked
        return 2 * self.right / both if both else 1.0

    @property
    def accuracy(self) -> float:
        """Share of stated figures whose verdict is right; 1 when there are none."""
        return self.verdicts_right / self.claims if self.claims else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one paper gave: its observations, its checks, and for the number of a gold row that of its observation."""

    observations: Sequence[Observation]
    checks: Sequence[Check]
    paired: Mapping[int, int]


def score_claims(
    wanted: Sequence[Cells], gold: Sequence[Cells], read: Reading, *, file: str, split: str
) -> list[ClaimScore]:
    """Score the checks of one paper.

    Arguments: `wanted`, the rows of its gold_checks.csv; `gold`, those of its gold_observations.csv; `read`, what the
    paper gave; `file` and `split`, to name them by. Returns a score for each wanted row, then one for each figure that
    the gold has not and that was linked.
    """
    gold_of = {read.observations[r].observation_id: g for g, r in read.paired.items()}
    tabled = {o.observation_id: o for o in read.observations if o.source != "narrative"}
    checks: dict[str, list[Check]] = defaultdict(list)
    for check in read.checks:
        if check.kind != "official":
            checks[check.observation_id].append(check)
    out = []
    for row in wanted:
        place = _narrative_row(row, gold)
        claim = read.observations[read.paired[place]] if place in read.paired else None
        rests = [_cells_of(c, tabled, gold_of) for c in checks[claim.observation_id]] if claim else []
        named = _named(row, gold)
        got = _verdict(checks[claim.observation_id]) if claim else ""
        out.append(
            ClaimScore(
                file=file,
                split=split,
                value_text=row["value_text"],
                wanted=row["verdict"],
                got=got,
                has_cell=bool(row["row_label"]),
                linked=any(rests),
                link_right=any(_same_cells(cells, named) for cells in rests),
                verdict_right=claim is not None and _same_verdict(row, got, checks[claim.observation_id]),
                comment=row["comment"],
            )
        )
    known = {read.observations[r].observation_id for r in read.paired.values()}
    out += [
        ClaimScore(
            file=file, split=split, value_text=claim.value_text, wanted="", got=_verdict(checks[claim.observation_id]),
            has_cell=False, linked=True, link_right=False, verdict_right=False,
        )
        for claim in read.observations
        if claim.source == "narrative" and claim.observation_id not in known
        and any(_cells_of(c, tabled, gold_of) for c in checks[claim.observation_id])
    ]  # fmt: skip
    return out


def claim_total(claims: Iterable[ClaimScore]) -> ClaimTotal:
    """Sums over claims."""
    counts: Counter[str] = Counter()
    for claim in claims:
        counts["claims"] += bool(claim.wanted)
        counts["verdicts"] += bool(claim.wanted) and claim.verdict_right
        counts["links"] += claim.has_cell
        counts["linked"] += claim.linked
        counts["right"] += claim.has_cell and claim.link_right
    return ClaimTotal(
        claims=counts["claims"],
        verdicts_right=counts["verdicts"],
        links=counts["links"],
        linked=counts["linked"],
        right=counts["right"],
    )


def _narrative_row(row: Cells, gold: Sequence[Cells]) -> int:
    """The gold row of a claim: the n-th narrative row with its text. -1 when the two files do not agree."""
    rows = [n for n, g in enumerate(gold) if g["source"] == "narrative" and g["value_text"] == row["value_text"]]
    number = int(row["occurrence"]) - 1
    return rows[number] if number < len(rows) else -1


def _named(row: Cells, gold: Sequence[Cells]) -> list[frozenset[int]]:
    """For each cell that the gold names, the gold rows that may be it: labels recur in different tables."""
    labels = [label.strip() for label in row["row_label"].split(" ; ")]
    columns = [column.strip() for column in row["column_label"].split(" ; ")]
    pairs = (
        zip(labels * len(columns), columns, strict=False)
        if len(labels) == 1
        else zip(labels, columns * len(labels), strict=False)
    )
    return [
        frozenset(
            n for n, g in enumerate(gold) if g["source"] != "narrative" and (g["label"], g["column_label"]) == pair
        )
        for pair in pairs
        if row["row_label"]
    ]


def _cells_of(check: Check, tabled: Mapping[str, Observation], gold_of: Mapping[str, int]) -> tuple[int, ...]:
    """The gold rows of the table cells that a verdict rests on; a cell that no gold row stands for is -1."""
    ids = [i for i in check.evidence_ids.split(";") if i in tabled]
    if check.verdict == "unverifiable":
        return ()
    if check.verdict == "stale" and len(ids) > 1:
        ids = ids[len(ids) // 2 :]  # first what the claim should say, then what it says
    return tuple(gold_of.get(i, -1) for i in ids)


def _same_cells(cells: tuple[int, ...], named: Sequence[frozenset[int]]) -> bool:
    """Whether a verdict rests on every cell that the gold names, and mostly on them: a share has a whole besides its part."""
    every: frozenset[int] = frozenset().union(*named)
    return (
        bool(named)
        and all(any(c in one for c in cells) for one in named)
        and 2 * sum(c in every for c in cells) >= len(cells)
    )


def _verdict(checks: Sequence[Check]) -> str:
    """The best-founded verdict on the figure itself; of the words around it where the figure has none."""
    told = [c for c in checks if c.kind in _FIGURE and c.verdict != "unverifiable"] or checks
    return min((c.verdict for c in told), key=_ORDER.index, default="unverifiable")


def _same_verdict(row: Cells, got: str, checks: Sequence[Check]) -> bool:
    wanted = row["verdict"]
    if wanted in AGREES:
        return got in AGREES
    if wanted == "unverifiable" and got in AGREES:  # figures of the text that agree with each other are no cell
        return all(c.kind in ("arithmetic", "consistency", "comparison") for c in checks if c.verdict in AGREES)
    return got == wanted

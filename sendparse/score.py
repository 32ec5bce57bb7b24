"""Observations against gold: what was found, missed and invented, and which fields of the found ones are right.

In: a corpus folder (corpus/README.md says how its gold is written) and what was read from its papers. Out: one `Scored`
row for each figure of the gold and for each figure read beyond it; totals are sums over these. Nothing here changes gold.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sendparse.errors import InputError, SendparseError
from sendparse.model import Facts, Observation, Outcome
from sendparse.score_claims import ClaimScore, Reading, claim_total, score_claims

LEVELS = ("value and unit", "and KPI", "and period", "and role")
"""What must be right, each with those before it. The last is the headline."""

FIELDS = ("unit", "kpi", "period", "role", "breakdown", "qualifier", "area_type", "trend", "rag")
FACTS = ("council_code", "la_code", "committee", "meeting_date", "published_date", "title")
GOLD = "gold_observations.csv"
GOLD_CHECKS = "gold_checks.csv"

Parse = Callable[[Path], Outcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldRow:
    """One figure that a person read off the page. `number` is its line among the gold rows, from 1."""

    number: int
    cells: dict[str, str]
    kpis: tuple[str, ...]
    debatable: frozenset[str]

    @property
    def value(self) -> float | None:
        """The figure; nothing for an indicator without one."""
        return float(self.cells["value"]) if self.cells["value"] else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A figure of the gold with what was read for it, or a figure that was read and is not in the gold."""

    file: str
    format: str
    split: str
    source: str
    gold: GoldRow | None
    read: Observation | None
    wrong: frozenset[str] = frozenset()

    @property
    def level(self) -> int:
        """How many of LEVELS hold: 0 to 4."""
        if self.gold is None or self.read is None:
            return 0
        for reached, field in enumerate(("unit", "kpi", "period", "role")):
            if field in self.wrong:
                return reached
        return len(LEVELS)

    @property
    def key(self) -> str:
        """Names a gold row across runs."""
        return f"{self.file}#{self.gold.number}" if self.gold else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactScore:
    """One fact of one paper: what the gold says, what was read."""

    file: str
    split: str
    name: str
    gold: str
    read: str

    @property
    def right(self) -> bool:
        """Whether both say the same, case and white space aside."""
        return _plain(self.gold) == _plain(self.read)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A corpus, scored. `unread` names papers that could not be read, with the reason; `claims` scores the checks."""

    rows: tuple[Scored, ...]
    facts: tuple[FactScore, ...]
    unread: tuple[str, ...] = ()
    claims: tuple[ClaimScore, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """Counts over some rows. `reached` counts figures by level, `right` by field among the found."""

    gold: int
    read: int
    found: int
    reached: tuple[int, ...]
    right: dict[str, int]

    def f1(self, level: int) -> float:
        """Harmonic mean of precision and recall at a level (0 to 3); 1 when there is nothing to find and nothing read."""
        both = self.gold + self.read
        return 2 * self.reached[level] / both if both else 1.0


def score_corpus(corpus: Path, parse: Parse, *, split: str = "") -> Score:
    """Read every paper of a corpus with `parse` and score it. Raises InputError when the folder holds no gold."""
    splits = _splits(corpus)
    rows: list[Scored] = []
    facts: list[FactScore] = []
    claims: list[ClaimScore] = []
    unread = []
    for folder in sorted(path.parent for path in corpus.glob(f"*/{GOLD}")):
        gold = read_gold(folder / GOLD)
        for wanted in _csv(folder / "gold_facts.csv"):
            file = f"{folder.name}/{wanted['file']}"
            part = splits.get(file, "dev")
            if split and part != split:
                continue
            try:
                outcome = parse(folder / wanted["file"])
            except SendparseError as error:
                unread.append(str(error))
                continue
            rows += score_paper(gold, outcome.observations, file=file, format_=outcome.document.format, split=part)
            facts += score_facts(wanted, outcome.facts, file=file, split=part)
            claims += _claims(folder / GOLD_CHECKS, gold, outcome, file=file, split=part)
    if not rows and not unread:
        raise InputError(
            str(corpus), f"no paper with gold here (no */{GOLD})", "give the folder `corpus` of a checkout"
        )
    return Score(rows=tuple(rows), facts=tuple(facts), unread=tuple(unread), claims=tuple(claims))


def _claims(path: Path, gold: Sequence[GoldRow], outcome: Outcome, *, file: str, split: str) -> list[ClaimScore]:
    """The checks of a paper against its gold, where it has one."""
    if not path.is_file():
        return []
    read = outcome.observations
    reading = Reading(observations=read, checks=outcome.checks, paired=_paired(gold, read))
    return score_claims(_csv(path), [row.cells for row in gold], reading, file=file, split=split)


def read_gold(path: Path) -> list[GoldRow]:
    """The rows of a gold_observations.csv."""
    return [
        GoldRow(
            number=number,
            cells=cells,
            kpis=tuple(name.strip() for name in cells["kpi"].split("|")),
            debatable=frozenset(name.strip() for name in cells["debatable"].split(";") if name.strip()),
        )
        for number, cells in enumerate(_csv(path), 1)
    ]


def score_paper(
    gold: Sequence[GoldRow], read: Sequence[Observation], *, file: str, format_: str, split: str
) -> list[Scored]:
    """Pair gold and observations one to one, best agreement first, and list what is left on either side."""
    paired = _paired(gold, read)
    out = []
    for number, row in enumerate(gold):
        other = paired.get(number)
        if "row" in row.debatable:
            continue
        observation = read[other] if other is not None else None
        wrong = frozenset(_wrong(row, observation)) if observation else frozenset()
        source = row.cells["source"]
        out.append(
            Scored(file=file, format=format_, split=split, source=source, gold=row, read=observation, wrong=wrong)
        )
    used = set(paired.values())
    for number, observation in enumerate(read):
        if number not in used:
            out.append(
                Scored(file=file, format=format_, split=split, source=observation.source, gold=None, read=observation)
            )
    return out


def score_facts(wanted: dict[str, str], facts: Facts, *, file: str, split: str) -> list[FactScore]:
    """Each fact of the gold beside the one that was read."""
    return [
        FactScore(file=file, split=split, name=name, gold=wanted.get(name, ""), read=str(getattr(facts, name) or ""))
        for name in FACTS
    ]


def total(rows: Iterable[Scored]) -> Total:
    """Sums over rows."""
    gold = read = found = 0
    levels: Counter[int] = Counter()
    right: Counter[str] = Counter()
    for row in rows:
        gold += row.gold is not None
        read += row.read is not None
        if row.gold is not None and row.read is not None:
            found += 1
            levels.update(range(row.level))
            right.update(field for field in FIELDS if field not in row.wrong)
    reached = tuple(levels[n] for n in range(len(LEVELS)))
    return Total(gold=gold, read=read, found=found, reached=reached, right={name: right[name] for name in FIELDS})


def totals(rows: Iterable[Scored], by: str) -> dict[str, Total]:
    """Sums for each value of an attribute: `split`, `source`, `format`, `file`, `kpi` or `role`."""
    groups: dict[str, list[Scored]] = defaultdict(list)
    for row in rows:
        groups[_attribute(row, by)].append(row)
    return {name: total(group) for name, group in sorted(groups.items())}


def accepted(score: Score) -> str:
    """The score as text to keep: the level of each gold row of the open part, totals of the part held out."""
    rows = {row.key: row.level for row in score.rows if row.gold is not None and row.split != "held_out"}
    sums = {
        split: {source: _counts(total(found)) for source, found in _by_source(score.rows, split).items()}
        for split in sorted({row.split for row in score.rows})
    }
    facts = Counter(f"{fact.split} {fact.name}" for fact in score.facts if fact.right)
    checks = {split: _claim_counts(score, split) for split in sorted({claim.split for claim in score.claims})}
    kept = {"totals": sums, "checks": checks, "facts": dict(sorted(facts.items())), "rows": dict(sorted(rows.items()))}
    return json.dumps(kept, indent=1, ensure_ascii=False) + "\n"


def changes(before: str, score: Score) -> tuple[list[str], list[str]]:
    """What differs from an accepted score: gold rows won and lost (one line each), and totals that fell."""
    old, new = json.loads(before), json.loads(accepted(score))
    says = {row.key: row for row in score.rows if row.gold is not None}
    moved = []
    for key in sorted(old["rows"].keys() & new["rows"].keys()):
        was, now = old["rows"][key], new["rows"][key]
        if was != now:
            moved.append(f"{'won ' if now > was else 'lost'} {was} to {now}: {_said(says[key])}")
    fell = []
    for split, sources in old["totals"].items():
        for source, counts in sources.items():
            now = new["totals"].get(split, {}).get(source, {})
            for name, number in counts.items():
                fewer = now.get(name, 0) > number if name == "invented" else now.get(name, 0) < number
                if fewer and name != "gold":
                    fell.append(f"{split} {source}: {name} was {number}, is {now.get(name, 0)}")
    for split, counts in old.get("checks", {}).items():
        now = new["checks"].get(split, {})
        fell += [
            f"{split} checks: {name} was {n}, is {now.get(name, 0)}"
            for name, n in counts.items()
            if now.get(name, 0) < n
        ]
    for name, number in old["facts"].items():
        if new["facts"].get(name, 0) < number:
            fell.append(f"fact {name}: right were {number}, are {new['facts'].get(name, 0)}")
    return moved, fell


def _said(row: Scored) -> str:
    if row.gold is None:
        return row.key
    cells = row.gold.cells
    wrong = ", ".join(sorted(row.wrong)) or ("not found" if row.read is None else "all right")
    return f"{row.key} {cells['value_text']!r} {cells['label'][:60]} {cells['column_label']} ({wrong})"


def _counts(sums: Total) -> dict[str, int]:
    return {
        "gold": sums.gold,
        "found": sums.found,
        "invented": sums.read - sums.found,
        **dict(zip(LEVELS, sums.reached, strict=True)),
    }


def _claim_counts(score: Score, split: str) -> dict[str, int]:
    sums = claim_total(claim for claim in score.claims if claim.split == split)
    return {"verdicts right": sums.verdicts_right, "links right": sums.right}


def _by_source(rows: Iterable[Scored], split: str) -> dict[str, list[Scored]]:
    groups: dict[str, list[Scored]] = defaultdict(list)
    for row in rows:
        if row.split == split:
            groups[row.source].append(row)
    return dict(sorted(groups.items()))


def _attribute(row: Scored, by: str) -> str:
    if by in ("kpi", "role"):
        name = row.gold.cells[by] if row.gold else getattr(row.read, by)
        return str(name) or "(none)"
    return str(getattr(row, by))


def _paired(gold: Sequence[GoldRow], read: Sequence[Observation]) -> dict[int, int]:
    """Index of a gold row to index of the observation that stands for it."""
    by_value: dict[float | None, list[int]] = defaultdict(list)
    for number, observation in enumerate(read):
        by_value[_rounded(observation.value)].append(number)
    candidates = []
    for g, row in enumerate(gold):
        for r in by_value[_rounded(row.value)]:
            if _same_place(row, read[r]):
                far = abs(g / len(gold) - r / len(read))  # both are in reading order
                candidates.append((-_agreement(row, read[r]), far, g, r))
    paired: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, g, r in sorted(candidates):
        if g not in paired and r not in taken:
            paired[g] = r
            taken.add(r)
    return paired


def _same_place(gold: GoldRow, read: Observation) -> bool:
    """Whether an observation can stand for a gold row: the same kind of place, page and, in a table, the row's words."""
    if (gold.cells["source"] == "narrative") != (read.source == "narrative"):
        return False
    if gold.cells["page"] and read.page and int(gold.cells["page"]) != read.page:
        return False
    if gold.cells["source"] == "narrative" or "label" in gold.debatable:
        return True
    label = _letters(gold.cells["label"])
    return label in _letters(read.kpi_label) or label in _letters(read.evidence)


def _agreement(gold: GoldRow, read: Observation) -> int:
    wrong = set(_wrong(gold, read))
    weights = {"kpi": 4, "period": 3, "role": 3, "unit": 2, "breakdown": 1}
    same_text = _letters(gold.cells["value_text"]) == _letters(read.value_text)
    return 2 * same_text + sum(weight for field, weight in weights.items() if field not in wrong)


def _wrong(gold: GoldRow, read: Observation) -> Iterator[str]:
    """Fields in which an observation differs from its gold row, those open to debate aside."""
    cells = gold.cells
    right = {
        "unit": cells["unit"] == read.unit and _rounded(_number(cells["value_high"])) == _rounded(read.value_high),
        "kpi": read.kpi in gold.kpis,
        "period": (cells["period_start"], cells["period_end"]) == (_day(read.period_start), _day(read.period_end)),
        "role": (cells["role"], cells["benchmark"]) == (read.role, read.benchmark),
    }
    for field in FIELDS:
        ok = right[field] if field in right else cells[field] == getattr(read, field)
        if not ok and field not in gold.debatable:
            yield field


def _splits(corpus: Path) -> dict[str, str]:
    index = corpus / "index.csv"
    return {f"{row['paper']}/{row['file']}": row["split"] for row in _csv(index)} if index.is_file() else {}


def _csv(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}", "see corpus/README.md") from error


def _number(text: str) -> float | None:
    return float(text) if text else None


def _rounded(number: float | None) -> float | None:
    return None if number is None else float(f"{number:.6g}")


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9%]", "", text.lower())


def _plain(text: str) -> str:
    return " ".join(text.lower().split())

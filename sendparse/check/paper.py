"""What the checks see of one paper: its claims in reading order, and its cells as series.

In: the observations of one paper. Out: a Paper. A series holds cells that agree in KPI, breakdown, unit, role,
benchmark and area, so that two figures in it differ in nothing but their period. Rows that no measure of the vocabulary
names are series too, each by itself. Equal numbers are never a reason to pair two figures.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fnmatch import fnmatchcase
from functools import lru_cache
from operator import itemgetter
from sys import intern
from typing import Any

from sendparse.check.labels import Labelled, Reader, Weights
from sendparse.check.reading_order import as_read
from sendparse.model import Check, Observation, stable_id
from sendparse.records import kept, ordinary
from sendparse.tag.hints import Hinted
from sendparse.tag.wordings import month_names

Key = tuple[str, str, str, str, str, str, str]

CLAIMS = frozenset({"narrative"})
_MONTHS = ("", *month_names())
STATED = frozenset({"actual", "benchmark", "target", "floor", "baseline", "forecast", "limit", "change", "context"})


class Series:
    """Cells of one measure in the order of their periods; cells without a period come last."""

    def __init__(self, key: Key, points: Sequence[Observation]) -> None:
        self.key = key
        self.points = tuple(points)
        self._dated = tuple(p for p in self.points if p.period_end is not None)
        self._mixed: bool | None = None

    def dated(self) -> tuple[Observation, ...]:
        """Cells with a period."""
        return self._dated

    @property
    def mixed(self) -> bool:
        """True where two rows state different figures for one time: they are of different parts or areas."""
        if self._mixed is None:
            self._mixed = self._has_two_rows()
        return self._mixed

    def _has_two_rows(self) -> bool:
        seen: dict[tuple[date | None, date | None], Observation] = {}
        for cell in self._dated:
            first = seen.setdefault((cell.period_start, cell.period_end), cell)
            if (first.table_id, first.row) != (cell.table_id, cell.row) and first.value != cell.value:
                return True
        return False

    def latest(self) -> Observation | None:
        """The newest cell."""
        return self._dated[-1] if self._dated else None


@ordinary
@dataclass
class Paper:
    """One paper's observations, arranged for checking.

    `rules` is the content of patterns/checks.yaml; `better` says of a measure whether `higher` or `lower` is better;
    `day` is that of the meeting.
    """

    observations: Sequence[Observation]
    rules: Mapping[str, Any]
    better: Mapping[str, str] = field(default_factory=dict)
    day: date | None = None
    claims: list[Observation] = field(default_factory=list)
    series: dict[Key, Series] = field(default_factory=dict)
    place: dict[str, int] = field(default_factory=dict)
    read: dict[tuple[str, str], list[Any]] = field(default_factory=dict)  # wordings found in a sentence, by group
    _labelled_in: dict[tuple[str, str, str], list[tuple[Series, frozenset[str]]]] = field(default_factory=dict)
    _by_label: dict[tuple[str, str], Labelled[Series]] = field(default_factory=dict)
    _beside: dict[tuple[str, str], list[Observation]] = field(default_factory=dict)
    parts: dict[tuple[str, str, str], list[Observation]] | None = None  # stated for a month or a quarter, by measure
    printed: dict[tuple[str, str, str], tuple[int, int]] = field(default_factory=dict)  # by claim: where it stands
    wordings: dict[str, list[Hinted]] = field(default_factory=dict)  # by group, as they are looked for
    differs: dict[tuple[str, str, str], bool] = field(default_factory=dict)  # by claim, whether it is a difference
    labelled: dict[tuple[object, ...], list[tuple[Series, bool]]] = field(default_factory=dict)  # by what a claim says
    measured: dict[str, tuple[Observation, Check | None]] = field(default_factory=dict)  # by claim: by its measure
    told: dict[tuple[object, ...], tuple[Observation, tuple[Observation, str] | None]] = field(default_factory=dict)
    headed: dict[str, frozenset[str]] = field(default_factory=dict)  # by the evidence of a cell, words of its headings
    settled: dict[str, list[Check]] = field(default_factory=dict)  # by claim, what the cells say of it
    alone: dict[str, Observation | None] = field(default_factory=dict)  # by claim, its cell as its own words tell it

    @kept
    def named(self) -> dict[str, list[Series]]:
        """Series by KPI; under the empty name, those of rows that no measure names."""
        out: dict[str, list[Series]] = defaultdict(list)
        for series in self.series.values():
            out[series.points[0].kpi].append(series)
        return out

    def labelled_in(self, text: str, unit: str, benchmark: str) -> list[tuple[Series, frozenset[str]]]:
        """Series of a unit and benchmark of whose labels a text has two telling words, not only numbers; with those labels."""
        known = self._labelled_in.get((text, unit, benchmark))
        if known is None:
            labelled = self._labelled(unit, benchmark)
            known = self._labelled_in[text, unit, benchmark] = labelled.told_by(self.words(text)) if labelled else []
        return known

    def _labelled(self, unit: str, benchmark: str) -> Labelled[Series] | None:
        """Series of a unit and benchmark by the telling words of their labels, if there are any."""
        known = self._by_label.get((unit, benchmark))
        if known is None and (alike := self._by_unit.get((unit, benchmark))) is not None:
            known = self._by_label[unit, benchmark] = Labelled([(series, self.label_of(series)) for series in alike])
        return known

    @kept
    def _by_unit(self) -> dict[tuple[str, str], list[Series]]:
        out: dict[tuple[str, str], list[Series]] = defaultdict(list)
        for series in self.series.values():
            out[series.key[2], series.key[4]].append(series)
        return out

    @kept
    def stated(self) -> dict[tuple[object, ...], list[Observation]]:
        """Claims by what they state and for when."""
        out: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
        for claim in self.claims:
            out[statement(claim)].append(claim)
        return out

    @kept
    def weights(self) -> Weights:
        """How much each word tells the paper's rows apart."""
        return Weights({self.label_of(series) for series in self.series.values()})

    @kept
    def _reader(self) -> Reader:
        rules = self.rules.get("labels", {})
        return Reader(rules.get("empty", ()), rules.get("same", {}))

    def words(self, text: str) -> frozenset[str]:
        """The telling words of a text."""
        return self._reader.words(text)

    def label_of(self, series: Series) -> frozenset[str]:
        """The telling words of a row's label."""
        return self._reader.words(series.points[0].kpi_label)

    @kept
    def by_id(self) -> dict[str, Observation]:
        """Observations by their id."""
        return {row.observation_id: row for row in self.observations}

    @kept
    def _rows(self) -> dict[tuple[str, int | None], list[Observation]]:
        out: dict[tuple[str, int | None], list[Observation]] = defaultdict(list)
        for row in self.observations:
            if row.source not in CLAIMS and row.value is not None:
                out[row.table_id, row.row].append(row)
        return out

    def row_of(self, cell: Observation) -> Sequence[Observation]:
        """The figures of the row that a cell stands in."""
        return self._rows[cell.table_id, cell.row]

    @kept
    def cells(self) -> bool:
        """Whether any table or card was read."""
        return bool(self._rows)

    @kept
    def _rows_by_label(self) -> list[tuple[frozenset[str], list[Observation]]]:
        return [(self.words(rows[0].evidence.partition(" | ")[0]), rows) for rows in self._rows.values()]

    @kept
    def _labels_with(self) -> Counter[str]:
        return Counter(word for label in {label for label, _ in self._rows_by_label} for word in label)

    def is_rare(self, words: frozenset[str]) -> bool:
        """True for words that one label of the paper's tables has and no other."""
        return all(self._labels_with[word] == 1 for word in words)

    def rows_told(self, said: frozenset[str]) -> list[list[Observation]]:
        """The rows whose label has two telling words or one of its own, all of them among those said."""
        told = [
            (label, rows)
            for label, rows in self._rows_by_label
            if label and label <= said and (len(label) > 1 or self.is_rare(label))
        ]
        return [rows for label, rows in told if not any(label < other for other, _ in told)]

    def is_within(self, label: frozenset[str], said: frozenset[str]) -> bool:
        """True for a label that is part of a longer one, all of which was said."""
        return label <= said and any(label < other <= said for other, _ in self._rows_by_label)

    def totals_of(self, table_id: str) -> list[list[Observation]]:
        """The rows of a table that are called a total and nothing else."""
        return [
            rows
            for label, rows in self._rows_by_label
            if not label and rows[0].table_id == table_id and rows[0].kpi_label
        ]

    @kept
    def _columns(self) -> dict[tuple[str, int | None], list[Observation]]:
        out: dict[tuple[str, int | None], list[Observation]] = defaultdict(list)
        for rows in self._rows.values():
            for cell in rows:
                out[cell.table_id, cell.column].append(cell)
        return out

    def column_of(self, cell: Observation) -> Sequence[Observation]:
        """The figures of the column that a cell stands in."""
        return self._columns[cell.table_id, cell.column]

    @kept
    def _by_size(self) -> dict[str, tuple[list[float], list[Observation]]]:
        """Cells by unit, in the order of their size."""
        out: dict[str, list[Observation]] = defaultdict(list)
        for row in self.observations:
            if row.source not in CLAIMS and row.value is not None and row.role in STATED:
                out[row.unit].append(row)
        ordered = {unit: sorted(rows, key=_size) for unit, rows in out.items()}
        return {unit: ([abs(r.value or 0.0) for r in rows], rows) for unit, rows in ordered.items()}

    def cells_near(self, unit: str, size: float, slack: float = 0.0) -> Sequence[Observation]:
        """Cells of a unit whose figure is of this size, or no farther off than `slack`, whatever their sign."""
        sizes, rows = self._by_size.get(unit, ([], []))
        slack += 1e-9 * max(1.0, size)
        return rows[bisect_left(sizes, size - slack) : bisect_right(sizes, size + slack)]

    @kept
    def reporting(self) -> tuple[date, date] | None:
        """The period that the paper reports on: the one that most of its dated sentences speak of, the newest of equals."""
        own = [c for c in self.claims if c.role == "actual" and 27 < days(c) < 100]
        counts = Counter((c.period_start, c.period_end) for c in own if c.period_start and c.period_end)
        most = max(counts.values(), default=0)
        return max((period for period, often in counts.items() if often == most), key=itemgetter(1), default=None)

    def is_stock(self, row: Observation) -> bool:
        """True for a level at a date (plans held), False for a flow over time (requests received)."""
        return _is_stock(row.kpi, tuple(self.rules.get("stock", ())), tuple(self.rules.get("flow", ())))

    def is_cumulative(self, row: Observation) -> bool:
        """True where the row's label says that it adds up through the year."""
        if row.period_basis == "year_to_date" or "cumulative" in row.flags:
            return True
        label = f"{row.kpi_label} {row.evidence if row.source == 'table' else ''}".lower()
        return any(word in label for word in self.rules.get("cumulative", ()))

    def before(self, claim: Observation, how_many: int) -> list[Observation]:
        """The claims right before this one in reading order, nearest first."""
        at = self.place[claim.observation_id]
        return [self.claims[i] for i in range(at - 1, max(-1, at - 1 - how_many), -1)]

    def beside(self, claim: Observation) -> Sequence[Observation]:
        """Other claims of the same sentence."""
        ident, text = claim.observation_id, claim.evidence
        known = self._beside.get((ident, text))
        if known is None:
            near = self.claims[max(0, self.place[ident] - 12) : self.place[ident] + 13]
            known = self._beside[ident, text] = [o for o in near if o.evidence == text and o.observation_id != ident]
        return known


def _size(row: Observation) -> tuple[float, str]:
    return abs(row.value or 0.0), row.observation_id


@lru_cache(maxsize=4096)
def _is_stock(kpi: str, stock: tuple[str, ...], flow: tuple[str, ...]) -> bool:
    return any(fnmatchcase(kpi, p) for p in stock) and not any(fnmatchcase(kpi, p) for p in flow)


def arrange(
    observations: Iterable[Observation],
    rules: Mapping[str, Any],
    better: Mapping[str, str] | None = None,
    day: date | None = None,
) -> Paper:
    """Sort one paper's observations into claims and series. They come in reading order."""
    rows = list(observations)
    paper = Paper(rows, rules, better or {}, day)
    grouped: dict[Key, list[Observation]] = defaultdict(list)
    for row in rows:
        if row.value is None:
            continue
        if row.source in CLAIMS:
            paper.claims.append(row)
        elif row.role in STATED and (row.kpi or row.kpi_label):
            grouped[key_of(row)].append(row)
    paper.claims = as_read(paper.claims)
    paper.place = {claim.observation_id: number for number, claim in enumerate(paper.claims)}
    for key, points in grouped.items():
        points.sort(key=lambda p: (p.period_end or date.max, p.period_start or date.max, p.observation_id))
        paper.series[key] = Series(key, points)
    return paper


def key_of(row: Observation, *, kpi: str | None = None, role: str | None = None) -> Key:
    """What must agree before two figures are compared, all but the period. A row without a KPI is a series by itself.

    `kpi`, `role`: of another row that is like this one in all else.
    """
    kpi, role = row.kpi if kpi is None else kpi, row.role if role is None else role
    area = row.area if row.area_type in ("other_council", "region") and role != "benchmark" else ""
    kind = row.area_type if role != "benchmark" and row.area_type != "council" else ""
    return (kpi or _unnamed(row), row.breakdown, row.unit, role, row.benchmark, kind, area)


def _unnamed(row: Observation) -> str:
    """The series of a cell without a measure: its row and what is counted there; its column where the rows are years."""
    label = row.evidence.partition(" | ")[0] if row.period_label and row.evidence.startswith(row.period_label) else ""
    dates = bool(label) and label.startswith(row.period_label) and label != row.kpi_label
    return f"{row.table_id} {'column' if dates else 'row'} {row.column if dates else row.row} {row.kpi_label}"


def statement(row: Observation) -> tuple[object, ...]:
    """What a row states and for when: two rows that agree in it speak of the same thing."""
    return (*key_of(row), row.period_start, row.period_end)


def same_period(claim: Observation, cell: Observation, *, stock: bool) -> bool:
    """True when both cover the same days; for a level at a date, also when both end on the same day or in one month."""
    if claim.period_start is None or claim.period_end is None or cell.period_start is None or cell.period_end is None:
        return False
    if (claim.period_start, claim.period_end) == (cell.period_start, cell.period_end):
        return True
    if not stock:
        return False
    if days(claim) <= 31 and claim.period_end == cell.period_end:
        return True  # "at 31 March 2024", and the column of 2023/24
    if claim.period_start == claim.period_end:
        return cell.period_start <= claim.period_end <= cell.period_end and days(cell) <= 31
    if cell.period_start == cell.period_end:
        return claim.period_start <= cell.period_end <= claim.period_end and days(claim) <= 31
    return False


def days(row: Observation) -> int:
    """How many days a row's period covers; 0 when an end is open."""
    if row.period_start is None or row.period_end is None:
        return 0
    return (row.period_end - row.period_start).days + 1


def alike(one: Observation, two: Observation) -> bool:
    """True for two columns that cover like stretches of time: two months, two years, never a month and a year."""
    return abs(days(one) - days(two)) < 10


def when(row: Observation) -> str:
    """A row's period as a reader would say it."""
    start, end = row.period_start, row.period_end
    if end is None:
        return row.period_label or "no stated period"
    if start is None or start == end:
        return f"{end.day} {_MONTHS[end.month]} {end.year}"
    if start.day == 1 and (end + timedelta(days=1)).day == 1:
        if (start.year, start.month) == (end.year, end.month):
            return f"{_MONTHS[end.month]} {end.year}"
        if (start.month, end.month) == (1, 12) and start.year == end.year:
            return str(end.year)
        if (start.month, end.month) == (4, 3) and start.year + 1 == end.year:
            return f"{start.year}/{end.year % 100:02}"
        since = _MONTHS[start.month] if start.year == end.year else f"{_MONTHS[start.month]} {start.year}"
        return f"{since} to {_MONTHS[end.month]} {end.year}"
    return f"{start.day} {_MONTHS[start.month]} {start.year} to {end.day} {_MONTHS[end.month]} {end.year}"


def verdict(
    claim: Observation,
    kind: str,
    verdict: str,
    explanation: str,
    *,
    expected: str = "",
    evidence: Sequence[Observation] = (),
) -> Check:
    """One row of the `checks` file."""
    ids = ";".join(o.observation_id for o in evidence)
    return Check(
        check_id=stable_id("check", claim.document_id, claim.observation_id, kind, verdict, ids),
        observation_id=claim.observation_id,
        document_id=intern(claim.document_id),  # one for all checks of a paper
        kind=kind,
        verdict=verdict,
        expected=expected,
        found=claim.value_text,
        evidence_ids=ids,
        explanation=explanation,
    )

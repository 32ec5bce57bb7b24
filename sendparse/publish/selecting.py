"""Which figures may stand side by side: one for each council and period, and a reason for every one left out.

In: observations of one measure, what is known of their papers, the question asked. Out: `Figure`s and `LeftOut`s. Like
is compared with like: the same measure (exceptions in or out are measures of their own), unit, role and breakdown, and
an area that is known. Where a council's figure for a period is stated several times, one statement stands for all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from sendparse.dataset.columns import DocumentRow
from sendparse.dataset.read import Dataset
from sendparse.model import Check, Observation
from sendparse.packs import Kpi, Packs
from sendparse.publish.periods import Span, Window, basis_name, span_of
from sendparse.reference import Council, Reference

WRONG = ("mismatch", "mislabelled", "stale")
"""Verdicts that contradict a figure, the gravest first."""

_ORDER = {name: number for number, name in enumerate((*WRONG, "truncated", "rounding", "match", "unverifiable"))}
_SOURCES = {"table": 0, "card": 1, "narrative": 2}
OTHERS = ("england", "region", "statistical_neighbours")
"""Areas that councils are set against, in the order in which they are shown."""

_MAY_STATEOTHERS = frozenset({"actual", "benchmark", "context"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is to be compared. `councils` are three-digit codes; empty for all."""

    kpi: str
    councils: tuple[str, ...] = ()
    window: Window | None = None
    basis: str = ""
    breakdown: str = ""
    role: str = "actual"
    latest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of a comparison: whose figure, of which period, from where. `key` is the area's code or name."""

    key: str
    area_type: str
    area: str
    la_code: str = ""
    council_code: str = ""
    region: str = ""
    span: Span
    value: float
    value_high: float | None = None
    unit: str = ""
    decimals: int = 0
    qualifier: str = ""
    role: str = "actual"
    source: str = ""  # table, card, narrative; official for a published one
    verdict: str = ""  # of the checks on it, the gravest
    stated: int = 1  # how often papers state it
    says: str = ""  # whose paper, or which release
    row: Observation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A figure that is not compared, and why. `hint` says how to see it."""

    reason: str
    hint: str
    row: Observation


class Material:
    """What is known besides the figures themselves: papers, verdicts, measures, councils."""

    def __init__(self, documents: Iterable[DocumentRow], checks: Iterable[Check], packs: Packs) -> None:
        self.documents = {row.document_id: row for row in documents}
        self.kpis: Mapping[str, Kpi] = packs.kpis
        self.reference: Reference = packs.reference
        self.may_mean: Mapping[str, Sequence[str]] = packs.rules["checks"].get("may_mean", {})
        self._checks = list(checks)

    @cached_property
    def checks(self) -> dict[str, list[Check]]:
        """The checks on each figure, the gravest first."""
        out: dict[str, list[Check]] = defaultdict(list)
        for check in sorted(self._checks, key=lambda one: (_ORDER.get(one.verdict, 9), one.check_id)):
            out[check.observation_id].append(check)
        return out

    def verdict(self, row: Observation) -> str:
        """The gravest verdict on a figure, or nothing."""
        found = self.checks.get(row.observation_id)
        return found[0].verdict if found else ""

    def is_stock(self, kpi: str) -> bool:
        """Whether a measure is counted on a day, such as a caseload: then DfE publishes it for a day."""
        return any(figure.basis == "snapshot" for figure in self.reference.england(kpi))

    def day_of(self, row: Observation) -> date:
        """When the paper came out; long ago when it does not say."""
        document = self.documents.get(row.document_id)
        return (document and (document.meeting_date or document.published_date)) or date.min


def material_of(dataset: Dataset, packs: Packs) -> Material:
    """The material of a whole dataset."""
    return Material(dataset.records("documents"), dataset.records("checks"), packs)


@dataclass(slots=True, kw_only=True)
class Selected:
    """Figures in the order of councils and periods, and what was left out."""

    figures: list[Figure] = field(default_factory=list)
    others: list[Figure] = field(default_factory=list)  # England, regions, neighbours, as papers state them
    left_out: list[LeftOut] = field(default_factory=list)


def select(rows: Iterable[Observation], question: Question, material: Material) -> Selected:
    """The figures of one measure that may stand side by side."""
    out = Selected()
    stock = material.is_stock(question.kpi)
    groups: dict[tuple[str, Span], list[Figure]] = defaultdict(list)
    others: dict[tuple[str, Span], list[Figure]] = defaultdict(list)
    for row in rows:
        reason = _unlike(row, question, material) or _outside(row, question, material, stock=stock)
        if reason is not None:
            out.left_out.append(LeftOut(reason=reason[0], hint=reason[1], row=row))
            continue
        figure = _figure(row, material, stock=stock)
        assert figure is not None  # _outside has seen to its period
        target = others if figure.area_type in OTHERS else groups
        target[figure.key, figure.span].append(figure)
    for stated in groups.values():
        best, rest = _one_of(stated, material)
        out.figures.append(best)
        out.left_out += rest
    out.others = [_one_of(stated, material)[0] for stated in others.values()]
    if question.latest:
        _keep_latest(out)
    out.figures.sort(key=lambda figure: (not figure.la_code, figure.area, figure.key, figure.span))
    out.others.sort(key=lambda figure: (OTHERS.index(figure.area_type), figure.area, figure.key, figure.span))
    return out


def _unlike(row: Observation, question: Question, material: Material) -> tuple[str, str] | None:
    """Why a figure says something else than what is asked, and how to ask for it."""
    of_others = row.area_type in OTHERS
    if row.value is None:
        return "no value is stated (planned or withheld)", ""
    kpi = material.kpis.get(question.kpi)
    if kpi is not None and row.unit != kpi.unit:
        return f"in another unit ({row.unit or 'none stated'})", ""
    if row.role != question.role and not (of_others and row.role in _MAY_STATEOTHERS):
        return f"role {row.role}", f"--role {row.role}"
    if row.breakdown != question.breakdown:
        return f"breakdown {row.breakdown or '(none)'}", f'--breakdown "{row.breakdown}"'
    if not row.area_type:
        return "the paper does not say whose figure it is", "sendparse batch --council"
    return None


def _outside(row: Observation, question: Question, material: Material, *, stock: bool) -> tuple[str, str] | None:
    """Why a figure is of another time or place than what is asked."""
    span = span_of(row, stock=stock)
    if span is None:
        open_ended = row.period_start is not None or row.period_end is not None
        return ("the period has no stated beginning or end" if open_ended else "no period is stated"), ""
    if question.window is not None and not question.window.holds(span):
        return f"outside {question.window.text}", ""
    if question.basis and span.basis != question.basis:
        return f"covers {basis_name(span.basis)}", f"--basis {span.basis}"
    if not question.councils or row.area_type in ("england", "region"):
        return None
    council = _council(row, material)
    code = row.la_code if row.area_type == "statistical_neighbours" else council.la_code if council else ""
    return None if code in question.councils else ("another council", "--councils")


def _council(row: Observation, material: Material) -> Council | None:
    """The council a figure describes: the paper's own, or another that the paper names."""
    if row.area_type == "other_council":
        return material.reference.council_by_name(row.area)
    return material.reference.council_by_la_code(row.la_code)


def _figure(row: Observation, material: Material, *, stock: bool) -> Figure | None:
    span = span_of(row, stock=stock)
    if span is None or row.value is None:
        return None
    name, key, council = row.area, row.area, None
    if row.area_type in ("council", "other_council"):
        council = _council(row, material)
        key = council.la_code if council else f"? {row.area or row.file}"
        name = council.name if council else row.area or f"not stated: {_file_name(row)}"
    elif row.area_type == "statistical_neighbours":
        key, name = f"neighbours {row.la_code or row.file}", f"Neighbours, {row.council or _file_name(row)}"
    elif row.area_type == "england":
        key = name = "England"
    return Figure(
        key=key,
        area_type="council" if row.area_type == "other_council" else row.area_type,
        area=name,
        la_code=council.la_code if council else "",
        council_code=council.gss_code if council else "",
        region=council.region if council else "",
        span=span,
        value=row.value,
        value_high=row.value_high,
        unit=row.unit,
        decimals=row.decimals,
        qualifier=row.qualifier,
        role=row.role,
        source=row.source,
        verdict=material.verdict(row),
        says=row.council or row.file,
        row=row,
    )


def _file_name(row: Observation) -> str:
    return row.file.rpartition("/")[2]


def _one_of(stated: list[Figure], material: Material) -> tuple[Figure, list[LeftOut]]:
    """The statement that stands for all: not contradicted, in the council's own paper, in a table, in the newest paper."""

    def rank(figure: Figure) -> tuple[object, ...]:
        row = figure.row
        assert row is not None
        return (
            figure.verdict in WRONG,
            row.area_type == "other_council",
            _SOURCES.get(row.source, 3),
            -material.day_of(row).toordinal(),
            -row.confidence,
            row.observation_id,
        )

    best, *rest = sorted(stated, key=rank)
    differs = [one for one in rest if (one.value, one.value_high) != (best.value, best.value_high)]
    left_out = [
        LeftOut(reason="the same council and period with another value", hint="", row=one.row)
        for one in differs
        if one.row is not None
    ]
    return replace(best, stated=len(stated) - len(differs)), left_out


def _keep_latest(out: Selected) -> None:
    """One figure for each council, all of the kind of period that most councils have; the newer kind where equal."""
    if not out.figures:
        return
    councils: dict[str, set[str]] = defaultdict(set)
    newest: dict[str, date] = {}
    for figure in out.figures:
        basis = figure.span.basis
        councils[basis].add(figure.key)
        newest[basis] = max(newest.get(basis, date.min), figure.span.end)
    basis = max(councils, key=lambda name: (len(councils[name]), newest[name], name))
    last: dict[str, Figure] = {}
    for figure in out.figures:
        if figure.span.basis == basis and (figure.key not in last or figure.span > last[figure.key].span):
            last[figure.key] = figure
    kept = {id(figure) for figure in last.values()}
    out.left_out += list(_not_latest(out.figures, kept, basis))
    out.figures = list(last.values())
    out.others = [figure for figure in out.others if figure.span in {one.span for one in out.figures}]


def _not_latest(figures: Iterable[Figure], kept: set[int], basis: str) -> Iterator[LeftOut]:
    for figure in figures:
        if id(figure) in kept or figure.row is None:
            continue
        if figure.span.basis != basis:
            reason, hint = f"covers {basis_name(figure.span.basis)}", f"--basis {figure.span.basis}"
        else:
            reason, hint = "not the latest", "without --latest"
        yield LeftOut(reason=reason, hint=hint, row=figure.row)

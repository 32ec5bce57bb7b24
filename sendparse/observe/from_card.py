"""Observations from KPI cards.

In: a Table of method `card` (first row: title and rating; then a name and a figure each), its document, what is known of the
paper, and the packs. Out: one Observation for each figure. The title names the measure, the name of a figure its role: the
one without a name, or "latest", is the card's own value and takes its rating and direction. A card that prints no period
has none. Whether more is better is only said where a floor and a target are printed: a floor above the target means less is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from weakref import WeakKeyDictionary

from sendparse.model import (
    Cell,
    Document,
    Facts,
    KpiMatch,
    Observation,
    Problem,
    Table,
    stable_id,
)
from sendparse.observe.card_periods import CardPeriods
from sendparse.observe.cell_row import Origin, Printed, Told, area_of, observation_of
from sendparse.packs import Packs
from sendparse.tag.cell import BESIDE, CellValue, read_cell
from sendparse.tag.heading import Heading, HeadingReader, mend
from sendparse.tag.kpi import matcher_of
from sendparse.tag.label_units import unit_in_label
from sendparse.tag.period import Anchor
from sendparse.tag.relative_columns import Relative, relative_wordings

_BEFORE = re.compile(r"^(?:prev(?:ious)?|prior|last|same (?:period|month|quarter) last)\b", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:on|since|than)\b|^(?:up|down|increased?|decreased?|rise|risen|rose|fall|fallen|fell|improved|reduced)(?: by| of)? …",
    re.IGNORECASE,
)
_MEANT_ROLES = frozenset({"forecast", "target", "baseline"})  # that a title states for the figure under it
_BASE = re.compile(r"^(?P<figure>.*?\d[\d,.]*\s*%?)\s+(?P<base>(?:per|in|of|out of)\s+.+)$", re.IGNORECASE | re.DOTALL)
_LIST_ENDS = ",; "  # "Target: 1,200, Floor: 1,450"
_MOST_PERCENT = 100
_RATES = frozenset({"rate_per_100", "rate_per_10k"})
_UNSURE = 0.9  # of a figure whose unit, measure or period is not stated on the card


def from_card(table: Table, document: Document, facts: Facts, packs: Packs) -> tuple[list[Observation], list[Problem]]:
    """The figures of one card, and what in it could not be read."""
    return _Reader(table, document, facts, packs).read()


_READERS: WeakKeyDictionary[Packs, tuple[Anchor, HeadingReader]] = WeakKeyDictionary()


def _heading_reader(packs: Packs, facts: Facts) -> HeadingReader:
    """The reader of the last paper is kept: its cards come one after another."""
    anchor = Anchor(data_date=facts.data_date, meeting_date=facts.meeting_date)
    known = _READERS.get(packs)
    if known is None or known[0] != anchor:
        known = _READERS[packs] = (anchor, HeadingReader(packs, anchor))
    return known[1]


def _relative(packs: Packs) -> Relative:
    rules = packs.rules["headers"]
    compiled: Relative = packs.once(
        "relative periods", lambda: relative_wordings(rules.get("relative", {}), rules.get("year_to_date", ()))
    )
    return compiled


@dataclass(slots=True)
class _Figure:
    """One figure of a card, read."""

    cell: Cell
    name: str
    heading: Heading
    value: CellValue
    base: str = ""  # "per 1,000 births"
    title_role: str = ""

    @property
    def before(self) -> bool:
        """It is the value of the period before."""
        return bool(_BEFORE.match(self.name))

    @property
    def role(self) -> str:
        if self.heading.benchmark:
            return "benchmark"
        if not self.heading.role and _CHANGE.search(self.name):
            return "change"
        if not self.name and self.title_role in _MEANT_ROLES:
            return self.title_role
        return self.heading.role or "actual"


class _Reader:
    """Reads one card."""

    def __init__(self, table: Table, document: Document, facts: Facts, packs: Packs) -> None:
        self.table = table
        self.document = document
        self.facts = facts
        self.packs = packs
        self.headings = _heading_reader(packs, facts)
        top = {cell.column: cell for cell in table.cells if cell.row == 0}
        self.title = mend(top[0].text) if 0 in top else table.title
        self.rating = top.get(1)
        self.origin = Origin(document, facts, table, "card")
        self.periods = CardPeriods(table, facts, self.headings, _relative(packs))

    @cached_property
    def heading(self) -> Heading:
        """What the title says."""
        return self.headings.read(self.title)

    def read(self) -> tuple[list[Observation], list[Problem]]:
        """All figures of the card."""
        figures: list[_Figure] = []
        problems: list[Problem] = []
        for cell in (c for c in self.table.cells if c.row > 0 and c.column == 1):
            figure = self._figure(cell)
            if figure.value.kind == "figure":
                figures.append(figure)
            else:
                problems.append(self._problem(cell, figure.name))
        better = _better(figures)
        main = next((f for f in figures if f.role == "actual" and not f.before), None)
        observations: list[Observation] = []
        for figure in figures:
            found = self._observation(figure, figures, better)
            if figure is main:
                found = replace(found, trend=found.trend or self._mark("trend"), rag=found.rag or self._mark("rag"))
            observations.append(found)
            if figure.value.second is not None and figure.value.second.role != BESIDE:
                observations.append(self._second(found, figure.value.second))
        return observations, problems

    def _figure(self, cell: Cell) -> _Figure:
        name = next((c.text for c in self.table.cells if c.row == cell.row and c.column == 0), "")
        text, base = cell.text.strip().rstrip(_LIST_ENDS), ""
        based = _BASE.match(text)
        if based and read_cell(text).kind != "figure":
            text, base = based["figure"], based["base"]
        heading = self.headings.read(name) if name else Heading()
        return _Figure(cell, mend(name), heading, read_cell(text), base, self.heading.role)

    def _observation(self, figure: _Figure, figures: Sequence[_Figure], better: str) -> Observation:
        unit = self._unit(figure, figures)
        match = self._match(unit)
        unit = unit or ("" if figure.base else self._unit_of_title(figure, match))
        if match and unit and match.unit != unit:
            match = self._match(unit)
        if match is None and figure.role == "change" and unit == "percent":
            match = self._match(self._of_count())  # "+7.9% since January" under a number of plans
        period, inferred = self.periods.of(
            self.title, figure.name, figure.heading, before=figure.before, cell=figure.value.period
        )
        value, cell = figure.value, figure.cell
        said = {"previous": figure.before, better: bool(better), "period_inferred": inferred}
        told = Told(
            match=match,
            label=" ".join(part for part in (self.title, figure.base) if part),
            unit=unit,
            period=period,
            role=figure.role,
            benchmark=figure.heading.benchmark,
            area=area_of((figure.heading, self.heading), self.facts),
            evidence=" | ".join(part for part in (self.title, figure.name, " ".join(cell.text.split())) if part),
            confidence=round((match.score if match else _UNSURE) * (1.0 if unit else _UNSURE), 3),
            flags=frozenset(value.flags) | {flag for flag, holds in said.items() if holds},
        )
        ident = stable_id(self.document.document_id, self.table.table_id, cell.row, cell.column, cell.text)
        printed = Printed(
            value=value.value,
            value_high=value.value_high,
            text=" ".join(cell.text.split()).rstrip(_LIST_ENDS),
            decimals=value.decimals,
            qualifier=value.qualifier,
            numerator=value.numerator,
            denominator=value.denominator,
            trend=value.trend or _marked(cell, "trend"),
            rag=value.rag or _marked(cell, "rag"),
        )
        return observation_of(cell, told, self.origin, ident, printed)

    def _unit(self, figure: _Figure, figures: Sequence[_Figure]) -> str:
        """The unit that the figure prints, or its name, the other figures, or the title state."""
        if figure.base:
            return unit_in_label(figure.base)[0]
        own = figure.value.own_unit or figure.heading.unit
        if own:
            return own
        second = figure.value.second
        if (second is not None and second.unit == "percent") or abs(figure.value.value or 0) > _MOST_PERCENT:
            return self._of_count()
        if figure.role == "change":
            return ""
        printed = {f.value.own_unit for f in figures if f.value.own_unit and f.role != "change"}
        return printed.pop() if len(printed) == 1 else unit_in_label(self.title)[0]

    def _unit_of_title(self, figure: _Figure, match: KpiMatch | None) -> str:
        """The unit of the measure that the title names, where the figure can be one of it; whole numbers of things count."""
        decimals = figure.value.decimals
        if match is not None and match.unit not in _RATES:
            return "" if match.unit == "count" and decimals else match.unit
        if not decimals and figure.role != "change" and self.headings.is_counted(self.title):
            return "count"
        return match.unit if match is not None else ""

    def _of_count(self) -> str:
        """A count, for a figure that is no share: where the title names something that is counted."""
        match = self._match("count")
        return "count" if match is not None and match.unit == "count" else unit_in_label(self.title)[0]

    def _match(self, unit: str) -> KpiMatch | None:
        section = " ".join(self.table.headings[-1:])
        matcher = matcher_of(self.packs)
        found = matcher.match_label(self.title, section=section, unit=unit)
        undated = self.heading.measure  # "Forecast deficit 31 March 2025" without its role and its day
        return found or (matcher.match_label(undated, section=section, unit=unit) if undated else None)

    def _mark(self, kind: str) -> str:
        """What the card's rating cell says, in a word or a letter before a colour."""
        if self.rating is None:
            return ""
        plain = [m.value for m in self.rating.marks if m.kind == kind and m.value and m.read_from != "fill"]
        painted = [m.value for m in self.rating.marks if m.kind == kind and m.value]
        return (plain or painted or [""])[0]

    def _second(self, first: Observation, second: CellValue) -> Observation:
        """The share behind a count is a figure of its own."""
        match = self._match(second.unit)
        fits = match is not None and match.unit == second.unit
        return replace(
            first,
            observation_id=stable_id(first.observation_id, second.unit),
            value=second.value,
            value_high=None,
            decimals=second.decimals,
            unit=second.unit,
            numerator=None,
            denominator=None,
            kpi=match.kpi if match and fits else "",
        )

    def _problem(self, cell: Cell, name: str) -> Problem:
        return Problem(
            document_id=self.document.document_id,
            code="not_a_figure",
            message=f"Words stand where a card has a figure ({' | '.join(p for p in (self.title, name) if p)})",
            page=cell.page,
            box=cell.box,
            quote=" ".join(cell.text.split())[:500],
        )


def _better(figures: Sequence[_Figure]) -> str:
    """Which way is better, where floor and target say it."""
    floor = next((f.value.value for f in figures if f.role == "floor"), None)
    target = next((f.value.value for f in figures if f.role == "target"), None)
    if floor is None or target is None or floor == target:
        return ""
    return "lower_is_better" if floor > target else "higher_is_better"


def _marked(cell: Cell, kind: str) -> str:
    """The direction or rating seen beside a figure, when all marks agree."""
    seen = {mark.value for mark in cell.marks if mark.kind == kind and mark.value}
    return seen.pop() if len(seen) == 1 else ""

"""Which measures the words around a figure can mean, and how strongly.

In: the symbols (see wording.py) around a figure, each with how near it stands, and the figure's unit. Out: candidates with a
score and the words that speak for each. A wording of the packs is met when all its symbols are there, in whatever order;
it counts what its symbols weigh where they stand. Words of the figure's own part that a wording leaves unexplained count
against it, and so does a unit that does not fit. Choosing among what the words say and what the context hands down is the
work of link.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import fsum
from typing import NamedTuple

from sendparse.model import Value
from sendparse.packs import Kpi, Packs
from sendparse.records import changed, quick
from sendparse.tag.kpi import UNIT, UNIT_SAID, KpiMatcher, alike, matcher_of
from sendparse.tag.wording import BREAKDOWN, CONCEPT, FOREIGN, LIGHT, Item

ENOUGH = 0.88  # one full concept that stands beside the figure
_UNEXPLAINED = 0.22
_IN_ORDER = 0.12
_LEAST_OWN = 0.25
_UNSAID = 0.8
_RULED_OUT = 0.6  # in running text a word that a measure excludes may belong to something else
_OWN_WITH_HELP = 0.55
_ARTICLE = re.compile(r"(?i)\b(?:an?|the|this|last|that|one|any|each)\b")
_ANY_UNIT = frozenset({"ratio", "multiple", "rank"})

_Wording = tuple[
    frozenset[str], tuple[str, ...], Kpi, str
]  # its symbols in any order and in its own, its measure, its text


@quick
@dataclass(frozen=True, slots=True)
class Near:
    """A symbol met near a figure: `nearness` is 1 beside it and less further off; `own` says that it stands in its part."""

    item: Item
    nearness: float
    own: bool
    source: str = "sentence"  # part, sentence, lead, question, heading, before


@quick
@dataclass(frozen=True, slots=True)
class Candidate:
    """A measure that the words can mean. `words` are the places of its own words in the sentence."""

    kpi: Kpi
    score: float
    pattern: str
    own: float
    symbols: frozenset[str]
    spans: tuple[tuple[int, int], ...] = ()
    sources: tuple[str, ...] = ()


class _Told(NamedTuple):
    """What the words around one figure tell: the weight of each symbol, of those of its own part, and who speaks loudly."""

    everywhere: dict[str, float]
    own: dict[str, float]
    near: Sequence[Near]
    loud: Sequence[Near]
    in_order: Sequence[str]  # the symbols of the figure's own part as they stand


def candidates_of(packs: Packs) -> Candidates:
    """The candidates of these packs, compiled once."""
    return packs.once("candidates", lambda: Candidates(matcher_of(packs)))


class Candidates:
    """All wordings, found again by their rarest symbol."""

    def __init__(self, matcher: KpiMatcher) -> None:
        self.matcher = matcher
        self.packs = matcher.packs
        self._staff = frozenset(self.packs.rules["links"].get("staff_measures", ()))
        self._sizes: dict[str, tuple[float, ...]] = {
            kpi: tuple(map(float, size)) for kpi, size in self.packs.rules["links"].get("sizes", {}).items()
        }
        self.read = lru_cache(maxsize=1024)(self._read)
        """The symbols of a text that carry meaning. A sentence is asked for by its own figures and by those around it."""
        self._close = frozenset(self.packs.rules["links"].get("close", ()))
        self._implied = frozenset(self.packs.rules["links"].get("implied", ()))
        self._place = {kpi: number for number, kpi in enumerate(self.packs.kpis)}
        frequency = Counter(symbol for wording in matcher.wordings for symbol in wording.bag)
        self._units = frozenset(symbol for symbol in frequency if symbol.startswith(UNIT))
        self._by_rarest: dict[str, list[_Wording]] = {}
        for wording in matcher.wordings:
            rarest = min(wording.bag, key=lambda symbol: (frequency[symbol], symbol))
            self._by_rarest.setdefault(rarest, []).append((wording.bag, wording.symbols, wording.kpi, wording.text))
        self._rarest = frozenset(self._by_rarest)

    def _read(self, text: str) -> list[Item]:
        found = [i for i in self.matcher.lexicon.read_known(text) if i.kind != LIGHT]
        if self._close and any(i.symbol in self._close and _ARTICLE.search(text, i.start, i.end) for i in found):
            return [i for i in found if i.symbol not in self._close or not _ARTICLE.search(text, i.start, i.end)]
        return found

    def rank(
        self, near: Sequence[Near], value: Value, *, role: str = "actual", percent: bool = False, label: bool = False
    ) -> list[Candidate]:
        """Candidates for one figure, the best first. `percent` says that a sign or a word nearby makes it a percentage, `label`
        that its words are a label of a list ("Autism: 38%")."""
        weights, own = _weights(near, label=label)
        stated = "percent" if percent else value.unit
        if role != "change" or stated != "percent":  # "plans have risen by 11%" is no share
            weights[UNIT + stated] = UNIT_SAID
        met = self._met(weights) if own else []
        if not met:
            return []  # as for most figures and most of what stands around them
        paper = {n.item.symbol for n in near if n.source == "paper" and weights[n.item.symbol] <= n.nearness}
        loud = [n for n in near if n.own and n.item.kind == CONCEPT and n.item.weight >= 0.5 and n.nearness > 0.8]
        foreign = {n.item.symbol for n in near if n.own and n.item.kind == FOREIGN}
        in_order = sorted([n.item for n in near if n.own], key=lambda item: item.start)
        told = _Told(weights, own, near, loud, [item.symbol for item in in_order])
        best: dict[str, Candidate] = {}
        families: dict[str, Iterable[tuple[Kpi, float]]] = {}  # many wordings are of one measure
        for wording in met:
            bag, _, kpi, text = wording
            if foreign and not foreign <= bag:
                continue
            found = self._weigh(wording, told)
            if found is None:
                continue
            if len(bag & self._implied) > 1 and (unsaid := bag & paper):  # what nobody says counts once
                once = max(weights[s] for s in unsaid) if bag & self._implied <= paper else 0.0
                found = changed(found, score=found.score - _UNSAID * (fsum([weights[s] for s in unsaid]) - once))
            if kpi.excludes and _ruled_out(kpi, bag, in_order):
                found = changed(found, score=found.score * _RULED_OUT)
            if kpi.id not in families:
                families[kpi.id] = self._members(kpi, value, role, percent)
            for member, fit in families[kpi.id]:
                score = found.score * fit
                held = best.get(member.id)
                if fit > 0.05 and (held is None or score > held.score):
                    best[member.id] = Candidate(member, score, text, found.own, bag, found.spans, found.sources)
        return sorted(best.values(), key=lambda c: (-round(c.score, 6), self._place[c.kpi.id]))

    def named(
        self, symbols: frozenset[str], value: Value, *, role: str, percent: bool
    ) -> Iterable[tuple[frozenset[str], Kpi, float]]:
        """Every wording that these symbols contain, with the member of its family that fits the figure best."""
        for bag, _, kpi, _ in self._met(symbols):
            if not kpi.excludes or not symbols & frozenset(kpi.excludes) - bag:
                member, fit = max(self._members(kpi, value, role, percent), key=lambda found: found[1])
                yield bag, member, fit

    def may_name(self, symbols: Iterable[str]) -> bool:
        """Whether any wording is met by these symbols, whatever the unit of the figure."""
        return bool(self._met({*symbols, *self._units}))

    def _met(self, symbols: Iterable[str]) -> list[_Wording]:
        known = frozenset(symbols)
        rarest = sorted(known & self._rarest)
        return [wording for symbol in rarest for wording in self._by_rarest[symbol] if wording[0] <= known]

    def _weigh(self, wording: _Wording, around: _Told) -> Candidate | None:
        bag, symbols, kpi, text = wording
        everywhere, own, near, loud, said_in_order = around
        told_own = fsum([own.get(symbol, 0.0) for symbol in bag])
        if told_own < _LEAST_OWN:
            return None
        told = fsum([everywhere[symbol] for symbol in bag])
        if told > told_own + UNIT_SAID + 0.01 and told_own < _OWN_WITH_HELP:
            return None  # "each month" beside the figure, all else far off
        reach = min((n.nearness for n in near if n.own and n.item.symbol in bag), default=0.0)
        left = {n.item.symbol: n.item.weight for n in loud if n.item.symbol not in bag and n.nearness >= reach}
        score = (
            told
            - _UNEXPLAINED * min(2.0, fsum(left.values()))
            + (_IN_ORDER if _in_order(symbols, said_in_order) else 0.0)
        )
        spans = tuple((n.item.start, n.item.end) for n in near if n.own and n.source == "part" and n.item.symbol in bag)
        sources = tuple(sorted({n.source for n in near if n.item.symbol in bag and not n.own}))
        return Candidate(kpi, score, text, told_own, bag, spans, sources)

    def _members(self, kpi: Kpi, value: Value, role: str, percent: bool) -> Iterable[tuple[Kpi, float]]:
        """The measure with its siblings, each with how well its unit fits the figure."""
        members = self.packs.family(kpi.id) or (kpi,)
        fits = [(m, unit_fit(m.unit, value, role, percent=percent) * self.size_fit(m, value, role)) for m in members]
        if value.unit == "fte":
            return [(m, fit if m.unit == "fte" or m.id in self._staff else 0.1) for m, fit in fits]
        if "bare" in value.flags and value.decimals:
            return [(m, 0.95 if m.id in self._staff and not percent else fit) for m, fit in fits]  # "6.5 vacant posts"
        return fits

    def size_fit(self, kpi: Kpi, value: Value, role: str) -> float:
        """Whether a figure can be one of this measure, by its size alone; a change, or a figure of England, can be of any."""
        size = self._sizes.get(kpi.id)
        if size is None or role in _OF_ANY_SIZE or not alike(kpi.unit, value.unit):
            return 1.0
        least, most, fit = size
        return 1.0 if least <= abs(value.value) <= most else fit


_OF_ANY_SIZE = frozenset({"change", "context", "benchmark"})


def unit_fit(unit: str, value: Value, role: str, *, percent: bool = False) -> float:
    """How well a figure can be of a measure in this unit: 1 is perfectly."""
    if unit == "category":
        return 0.0
    if value.unit in _ANY_UNIT or "run" in value.flags:
        return 0.98 if unit == "count" else 0.95
    if role == "change" and value.unit in {"percent", "percentage_points"}:
        return 1.0 if alike(unit, "percent") or value.unit == "percent" else 0.3
    if "bare" in value.flags:
        return _bare_fit(unit, value, percent)
    if alike(unit, value.unit):
        return 0.6 if value.unit == "fte" and unit == "count" else 1.0
    return 0.3 if value.unit == "percent" and unit == "count" else 0.08


def _bare_fit(unit: str, value: Value, percent: bool) -> float:
    """A number without a sign can be a count, or take the unit of its measure."""
    if unit in {"count", "fte"}:
        return 0.55 if percent or (value.decimals and unit == "count") else 0.45 if "scaled" in value.flags else 1.0
    if unit in {"score", "rate_per_10k", "rate_per_100"}:
        return 0.3 if value.value > 2000 else 1.0 if value.decimals else 0.75
    if unit == "percent":
        return 0.0 if value.value > 100 else 1.0 if percent else 0.9 if value.decimals else 0.25
    if unit == "gbp":
        return 0.95 if "scaled" in value.flags else 0.4 if value.value > 999 else 0.1
    return 0.6 if value.value < 400 else 0.2


def _weights(near: Sequence[Near], *, label: bool) -> tuple[dict[str, float], dict[str, float]]:
    """How much each symbol tells, anywhere and in the figure's own part."""
    weights: dict[str, float] = {}
    own: dict[str, float] = {}
    for one in near:
        symbol, weight = one.item.symbol, one.item.weight * one.nearness
        weights[symbol] = max(weights.get(symbol, 0.0), weight)
        if one.own:
            said = weight * (0.4 if one.item.kind == BREAKDOWN and not label else 1.0)
            own[symbol] = max(own.get(symbol, 0.0), said)
    return weights, own


def _ruled_out(kpi: Kpi, bag: frozenset[str], own: Sequence[Item]) -> bool:
    """Whether a concept that the measure excludes stands among its words in the figure's own part, or right beside them."""
    places = [number for number, item in enumerate(own) if item.symbol in bag]
    if not places:
        return False
    return any(item.symbol in kpi.excludes for item in own[max(0, places[0] - 1) : places[-1] + 2])


def _in_order(symbols: Sequence[str], said: Sequence[str]) -> bool:
    """Whether the symbols stand in the order of the wording within the figure's own part."""
    if len(symbols) < 2:
        return False
    symbols = [symbol for symbol in symbols if not symbol.startswith(UNIT)]
    found = iter(said)
    return all(symbol in found for symbol in symbols)


__all__ = ["BREAKDOWN", "ENOUGH", "Candidate", "Candidates", "Near", "candidates_of", "unit_fit"]

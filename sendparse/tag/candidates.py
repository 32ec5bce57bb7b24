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

from sendparse.model import Value
from sendparse.packs import Kpi, Packs
from sendparse.records import changed, quick
from sendparse.tag.kpi import UNIT, UNIT_SAID, KpiMatcher, alike, matcher_of
from sendparse.tag.kpi_text import without_grades
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


@dataclass(frozen=True, slots=True)
class _Wording:
    """A wording of a measure. `next_rarest` is looked for before all its symbols are."""

    bag: frozenset[str]
    symbols: tuple[str, ...]  # in their own order
    kpi: Kpi
    text: str
    next_rarest: str


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


@dataclass(frozen=True, slots=True)
class _Told:
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
        self._families = {kpi.id: self.packs.family(kpi.id) or (kpi,) for kpi in self.packs.kpis.values()}
        self._place = {kpi: number for number, kpi in enumerate(self.packs.kpis)}
        frequency = Counter(symbol for wording in matcher.wordings for symbol in wording.bag)
        self._units = frozenset(symbol for symbol in frequency if symbol.startswith(UNIT))
        self._by_rarest: dict[str, list[_Wording]] = {}
        for wording in matcher.wordings:
            rarest = sorted(wording.bag, key=lambda symbol: (frequency[symbol], symbol))
            known = _Wording(wording.bag, wording.symbols, wording.kpi, wording.text, rarest[:2][-1])
            self._by_rarest.setdefault(rarest[0], []).append(known)
        self._rarest = frozenset(self._by_rarest)

    def _read(self, text: str) -> list[Item]:
        read = without_grades(self.matcher.lexicon.read_known(text), text)
        found = [i for i in read if i.kind != LIGHT]
        if self._close and any(i.symbol in self._close and _ARTICLE.search(text, i.start, i.end) for i in found):
            return [i for i in found if i.symbol not in self._close or not _ARTICLE.search(text, i.start, i.end)]
        return found

    def rank(
        self, near: Sequence[Near], value: Value, *, role: str = "actual", percent: bool = False, label: bool = False
    ) -> list[Candidate]:
        """Candidates for one figure, the best first. `percent` says that a sign or a word nearby makes it a percentage, `label`
        that its words are a label of a list ("Autism: 38%")."""
        weighed = self.weighed(near, stated(value, role, percent), label=label)
        return self.fitted(weighed, value, role=role, percent=percent) if weighed else []

    def weighed(self, near: Sequence[Near], unit: str, *, label: bool = False) -> list[Candidate]:
        """Every wording that is met, for any figure of which `unit` is stated, with how much the words say for it."""
        weights, own = _weights(near, label=label)
        if not own:
            return []
        if unit:
            weights[UNIT + unit] = UNIT_SAID
        met = self._met(weights)
        if not met:
            return []  # as for most figures and most of what stands around them
        paper = {n.item.symbol for n in near if n.source == "paper" and weights[n.item.symbol] <= n.nearness}
        loud = [n for n in near if n.own and n.item.kind == CONCEPT and n.item.weight >= 0.5 and n.nearness > 0.8]
        foreign = {n.item.symbol for n in near if n.own and n.item.kind == FOREIGN}
        in_order = sorted([n.item for n in near if n.own], key=lambda item: item.start)
        told = _Told(weights, own, near, loud, [item.symbol for item in in_order])
        out = []
        for wording in met:
            bag, kpi = wording.bag, wording.kpi
            if foreign and not foreign <= bag:
                continue
            found = self._weigh(wording, told)
            if found is None:
                continue
            score = found.score
            if paper and len(bag & self._implied) > 1 and (unsaid := bag & paper):  # what nobody says counts once
                once = max(weights[s] for s in unsaid) if bag & self._implied <= paper else 0.0
                score -= _UNSAID * (fsum([weights[s] for s in unsaid]) - once)
            if kpi.excludes and _ruled_out(kpi, bag, in_order):
                score *= _RULED_OUT
            out.append(found if score == found.score else changed(found, score=score))
        return out

    def fitted(self, weighed: Sequence[Candidate], value: Value, *, role: str, percent: bool) -> list[Candidate]:
        """The members of the families of these measures that a figure can be of, the best first."""
        best: dict[str, Candidate] = {}
        families: dict[str, list[tuple[Kpi, float]]] = {}  # many wordings are of one measure
        for found in weighed:
            name = found.kpi.id
            members = families.get(name)
            if members is None:
                members = families[name] = self._members(found.kpi, value, role, percent)
            for member, fit in members:
                score = found.score * fit
                held = best.get(member.id)
                if fit > 0.05 and (held is None or score > held.score):
                    best[member.id] = Candidate(
                        member, score, found.pattern, found.own, found.symbols, found.spans, found.sources
                    )
        if len(best) < 2:
            return list(best.values())
        return sorted(best.values(), key=lambda c: (-round(c.score, 6), self._place[c.kpi.id]))

    def named(
        self, symbols: frozenset[str], value: Value, *, role: str, percent: bool
    ) -> list[tuple[frozenset[str], Kpi, float]]:
        """Every wording that these symbols contain, with the member of its family that fits the figure best."""
        out = []
        for wording in self._met(symbols):
            bag, kpi = wording.bag, wording.kpi
            if not (kpi.excludes and symbols & frozenset(kpi.excludes) - bag):
                best, most = kpi, -1.0
                for member, fit in self._members(kpi, value, role, percent):
                    if fit > most:
                        best, most = member, fit
                out.append((bag, best, most))
        return out

    def may_name(self, symbols: Iterable[str]) -> bool:
        """Whether any wording is met by these symbols, whatever the unit of the figure."""
        return bool(self._met({*symbols, *self._units}))

    def _met(self, symbols: Iterable[str]) -> list[_Wording]:
        known = frozenset(symbols)
        out = []
        for symbol in sorted(known & self._rarest):
            for wording in self._by_rarest[symbol]:
                if wording.next_rarest in known and wording.bag <= known:
                    out.append(wording)
        return out

    def _weigh(self, wording: _Wording, around: _Told) -> Candidate | None:
        bag = wording.bag
        told_own = fsum([around.own.get(symbol, 0.0) for symbol in bag])
        if told_own < _LEAST_OWN:
            return None
        told = fsum([around.everywhere[symbol] for symbol in bag])
        if told > told_own + UNIT_SAID + 0.01 and told_own < _OWN_WITH_HELP:
            return None  # "each month" beside the figure, all else far off
        reach, spans, sources = 2.0, [], set()
        for n in around.near:
            if n.item.symbol not in bag:
                continue
            if not n.own:
                sources.add(n.source)
                continue
            reach = min(reach, n.nearness)
            if n.source == "part":
                spans.append((n.item.start, n.item.end))
        left = {n.item.symbol: n.item.weight for n in around.loud if n.item.symbol not in bag and n.nearness >= reach}
        score = told - (_UNEXPLAINED * min(2.0, fsum(left.values())) if left else 0.0)
        if _in_order(wording.symbols, around.in_order):
            score += _IN_ORDER
        return Candidate(wording.kpi, score, wording.text, told_own, bag, tuple(spans), tuple(sorted(sources)))

    def _members(self, kpi: Kpi, value: Value, role: str, percent: bool) -> list[tuple[Kpi, float]]:
        """The measure with its siblings, each with how well its unit fits the figure."""
        out = []
        for member in self._families[kpi.id]:
            fit = unit_fit(member.unit, value, role, percent=percent) * self.size_fit(member, value, role)
            if value.unit == "fte":
                fit = fit if member.unit == "fte" or member.id in self._staff else 0.1
            elif value.decimals and member.id in self._staff and not percent and "bare" in value.flags:
                fit = 0.95  # "6.5 vacant posts"
            out.append((member, fit))
        return out

    def size_fit(self, kpi: Kpi, value: Value, role: str) -> float:
        """Whether a figure can be one of this measure, by its size alone; a change, or a figure of England, can be of any."""
        size = self._sizes.get(kpi.id)
        if size is None or role in _OF_ANY_SIZE or not alike(kpi.unit, value.unit):
            return 1.0
        least, most, fit = size
        return 1.0 if least <= abs(value.value) <= most else fit


_OF_ANY_SIZE = frozenset({"change", "context", "benchmark"})


def stated(value: Value, role: str, percent: bool) -> str:
    """The unit that a figure says it is in; none for "plans have risen by 11%", which is no share."""
    unit = "percent" if percent else value.unit
    return "" if role == "change" and unit == "percent" else unit


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
        item = one.item
        symbol, weight = item.symbol, item.weight * one.nearness
        if weight > weights.get(symbol, -1.0):
            weights[symbol] = weight
        if one.own:
            said = weight * (0.4 if item.kind == BREAKDOWN and not label else 1.0)
            if said > own.get(symbol, -1.0):
                own[symbol] = said
    return weights, own


def _ruled_out(kpi: Kpi, bag: frozenset[str], own: Sequence[Item]) -> bool:
    """Whether a concept that the measure excludes stands among its words in the figure's own part, or right beside them."""
    places = [number for number, item in enumerate(own) if item.symbol in bag]
    if places:
        for item in own[max(0, places[0] - 1) : places[-1] + 2]:
            if item.symbol in kpi.excludes:
                return True
    return False


def _in_order(symbols: Sequence[str], said: Sequence[str]) -> bool:
    """Whether the symbols stand in the order of the wording within the figure's own part."""
    if len(symbols) < 2:
        return False
    at = 0
    for symbol in symbols:
        if symbol.startswith(UNIT):
            continue
        while at < len(said) and said[at] != symbol:
            at += 1
        if at == len(said):
            return False
        at += 1
    return True


__all__ = ["BREAKDOWN", "ENOUGH", "Candidate", "Candidates", "Near", "candidates_of", "stated", "unit_fit"]

"""Which measure a row label or a stretch of running text names.

In: a label (with the section and the row above it), or running text. Out: a KpiMatch with id, breakdown and a score,
or nothing. A wording matches when its symbols (see wording.py) stand in their order with nothing but light words
between; if they stand in another order within one label or clause, it matches with a lower score. The wording that
explains most of the label wins, and a label of which too much stays unexplained names nothing we know.

Scores: 1 would be a label of which every word is explained by the wording. In running text the score grows with the
number of concepts met (one: 0.5, two: 0.75, three: 0.88), times 0.8 when their order was another one; a mention says
nothing about figures, so the caller still weighs distance and unit (`for_unit` picks the sibling that fits a figure).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sendparse.model import KpiMatch
from sendparse.packs import Kpi, Packs
from sendparse.tag.wording import BREAKDOWN, CONCEPT, FOREIGN, LIGHT, WORD, Item, Lexicon, spellings

_UNORDERED = 0.8
_ACCEPT = 0.55
_ALIKE = (
    frozenset({"percent", "percentage_points", "rate_per_100"}),
    frozenset({"count", "fte"}),
    frozenset({"weeks", "days", "months", "years"}),
    frozenset({"rate_per_10k", "rate_per_100"}),
)
_USUAL = frozenset({"phase", "age", "need"})


def alike(unit: str, other: str) -> bool:
    """Whether figures in these units can be of one measure; an unknown unit goes with anything."""
    return not unit or not other or unit == other or any(unit in group and other in group for group in _ALIKE)


@dataclass(frozen=True, slots=True)
class _Wording:
    kpi: Kpi
    symbols: tuple[str, ...]
    bag: frozenset[str]
    text: str
    alternatives: tuple[frozenset[str], ...] = ()


class KpiMatcher:
    """The wordings of all packs, compiled once; matching keeps no state."""

    def __init__(self, packs: Packs) -> None:
        self.packs = packs
        self.lexicon = Lexicon(packs)
        self._wordings: list[_Wording] = []
        for kpi in packs.kpis.values():
            for phrase in kpi.phrases:
                for spelling in spellings(phrase):
                    symbols = self.lexicon.learn(spelling)
                    self._wordings.append(_Wording(kpi, symbols, frozenset(symbols), phrase))
        self._first: dict[str, list[_Wording]] = {}
        for wording in self._wordings:
            if wording.symbols:
                self._first.setdefault(wording.symbols[0], []).append(wording)

    def match_label(self, label: str, *, section: str = "", parent: str = "", unit: str = "") -> KpiMatch | None:
        """What a row label measures. `section` and `parent` are the headings and the row that it may lean on."""
        items = self.lexicon.read(label)
        unit = _unit_of(items) or unit
        if parent and self.leans(label):
            above = self.match_label(parent, section=section)
            if above is None:
                return None
            found = self.for_unit(above, unit)
            pairs = dict(above.breakdown) | dict(self._pairs(items, self.packs.kpis[found.kpi], frozenset()))
            return replace(found, label=label, breakdown=tuple(sorted(pairs.items())))
        if any(item.kind == FOREIGN for item in items):
            return None
        best: KpiMatch | None = None
        for wording in self._wordings:
            match = self._weigh(wording, items, label, unit)
            if match and (best is None or match.score > best.score):
                best = match
        return best if best and best.score >= _ACCEPT else None

    def leans(self, label: str) -> bool:
        """Whether a label says only which part of the row above it is meant: "of which primary"."""
        items = self.lexicon.read(label)
        words = label.lower()
        if any(lean in words for lean in self.packs.words.leans):
            return True
        return bool(items) and all(item.kind in (BREAKDOWN, LIGHT) for item in items)

    def mentions(self, text: str) -> list[KpiMatch]:
        """The measures that running text names, in order of place; spans do not overlap."""
        items = self.lexicon.read(text)
        found: list[tuple[float, KpiMatch]] = []
        for at, item in enumerate(items):
            for wording in self._first.get(item.symbol, ()):
                match = self._ordered(wording, items, at, text)
                if match:
                    found.append(match)
        return _apart(found)

    def for_unit(self, match: KpiMatch, unit: str) -> KpiMatch:
        """The sibling of a match whose unit fits the figure; the match itself when none fits better."""
        for kpi in self.packs.family(match.kpi):
            if kpi.unit == unit:
                return replace(match, kpi=kpi.id, unit=kpi.unit)
        return match

    def _ordered(self, wording: _Wording, items: Sequence[Item], at: int, text: str) -> tuple[float, KpiMatch] | None:
        weight, last, wanted = 0.0, at, 0
        for place in range(at, len(items)):
            item = items[place]
            if wanted < len(wording.symbols) and item.symbol == wording.symbols[wanted]:
                wanted += 1
                weight += item.weight
                last = place
                if wanted == len(wording.symbols):
                    break
            elif item.clause != items[at].clause or item.kind in (CONCEPT, FOREIGN):
                return None
        if wanted < len(wording.symbols) or weight < 0.9:
            return None
        start, end = items[at].start, items[last].end
        kpi = wording.kpi
        pairs = self._pairs(items[at : last + 1], kpi, wording.bag)
        score = round(1 - 0.5**weight, 3)
        return weight, KpiMatch(
            kpi=kpi.id, label=text[start:end], unit=kpi.unit, breakdown=pairs, score=score,
            start=start, end=end, pattern=wording.text,
        )  # fmt: skip

    def _weigh(self, wording: _Wording, items: Sequence[Item], label: str, unit: str) -> KpiMatch | None:
        have = {item.symbol for item in items}
        if not wording.bag or not wording.bag <= have:
            return None
        kpi = next((k for k in self.packs.family(wording.kpi.id) if unit and k.unit == unit), wording.kpi)
        pairs = self._pairs(items, kpi, wording.bag)
        told = sum(item.weight for item in items if item.symbol in wording.bag)
        said = {f"{key}={value}" for key, value in pairs} | set(kpi.says)
        left = sum(i.weight for i in items if i.symbol not in wording.bag and i.kind != LIGHT and i.symbol not in said)
        score = told / (told + left) if told >= 0.9 else 0.0
        if not alike(unit, kpi.unit):
            score *= 0.5
        if not score:
            return None
        return KpiMatch(kpi=kpi.id, label=label, unit=kpi.unit, breakdown=pairs, score=round(score, 3), pattern=wording.text)

    def _pairs(self, items: Iterable[Item], kpi: Kpi, used: frozenset[str]) -> tuple[tuple[str, str], ...]:
        values: dict[str, set[str]] = {}
        for item in items:
            if item.kind == BREAKDOWN and item.symbol not in used and item.symbol not in kpi.says:
                key, value = item.symbol.split("=", 1)
                if key in _USUAL or key in kpi.takes:
                    values.setdefault(key, set()).add(value)
        return tuple(sorted((key, found.pop()) for key, found in values.items() if len(found) == 1))


def _unit_of(items: Sequence[Item]) -> str:
    units = [item.symbol[5:] for item in items if item.kind == LIGHT and item.symbol.startswith("unit:")]
    return units[0] if units else ""


def _apart(found: list[tuple[float, KpiMatch]]) -> list[KpiMatch]:
    kept: list[KpiMatch] = []
    for _, match in sorted(found, key=lambda pair: (-pair[0], pair[1].start, pair[1].end)):
        if all(match.end <= other.start or match.start >= other.end for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda match: match.start)


__all__ = ["WORD", "KpiMatcher", "alike"]

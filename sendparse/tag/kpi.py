"""Which measure a row label or a stretch of running text names.

In: a label (with the section and the row above it), or running text. Out: a KpiMatch with id, breakdown and a score,
or nothing. A wording matches when its symbols (see wording.py) stand in their order with nothing but light words
between; if they stand in another order within one label or clause, it matches with a lower score. The wording that
explains most of the label wins, and a label of which too much stays unexplained names nothing we know.

Scores. Of a label: the share of its weight that the wording and the breakdowns explain (1 is all of it). In running
text: 1 - 0.5 ** weight, where a full concept weighs 1 and a weak or secondary one less: "EHCPs" 0.5, "EHCPs issued"
0.75, "EHCPs issued within 20 weeks" 0.88; times 0.8 when the order is another one. A mention says nothing about
figures, so whoever links the two still weighs distance, and asks `for_unit` for the sibling that fits the figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sendparse.model import KpiMatch
from sendparse.packs import Kpi, Packs
from sendparse.tag.wording import BREAKDOWN, CONCEPT, FOREIGN, LIGHT, UNKNOWN, Item, Lexicon, spellings

_ACCEPT = 0.55  # share of a label that must be explained
_SURE = 0.75  # from here on the section is not asked
_ENOUGH = 0.9  # one full concept, or two weak ones
_UNORDERED = 0.8
_ASIDE = 0.3  # what stands in brackets explains the label rather than naming the measure
_FROM_SECTION = 0.5
_UNIT_WEIGHT = 0.5  # "(weeks)" may stand for "time taken"
_PASSING = 0.5  # concepts up to this weight may stand between the words of a wording
_GAPS = 2  # unknown words that may stand between them
_GAP = 0.12
_WINDOW = 14  # symbols; a wording spread wider over a clause is less sure
_ALIKE = (
    frozenset({"percent", "percentage_points", "rate_per_100"}),
    frozenset({"count", "fte"}),
    frozenset({"weeks", "days", "months", "years"}),
    frozenset({"rate_per_10k", "rate_per_100"}),
)
_USUAL = frozenset({"phase", "age", "need"})

Pairs = tuple[tuple[str, str], ...]


def matcher_of(packs: Packs) -> KpiMatcher:
    """The matcher of these packs, compiled once."""
    return packs.once("kpi matcher", lambda: KpiMatcher(packs))


def alike(unit: str, other: str) -> bool:
    """Whether figures in these units can be of one measure; an unknown unit goes with anything."""
    return not unit or not other or unit == other or any(unit in group and other in group for group in _ALIKE)


@dataclass(frozen=True, slots=True)
class Wording:
    """One spelling of a wording: its symbols in order, and the text in the pattern file."""

    kpi: Kpi
    symbols: tuple[str, ...]
    bag: frozenset[str]
    text: str
    use: str = ""  # "text" or "labels", when it counts in one of them alone


@dataclass(frozen=True, slots=True)
class _Found:
    """A wording met in running text, before the overlapping ones are sorted out."""

    weight: float
    wording: Wording
    first: Item
    last: Item
    items: tuple[Item, ...]


class KpiMatcher:
    """The wordings of all packs, compiled once; matching keeps no state."""

    def __init__(self, packs: Packs) -> None:
        self.packs = packs
        self.lexicon = Lexicon(packs)
        self.all_wordings = list(self._wordings())
        self.wordings = [wording for wording in self.all_wordings if wording.use != "labels"]
        self._for_labels = _by_rarest(wording for wording in self.all_wordings if wording.use != "text")
        self._for_text = _by_rarest(self.wordings)
        self._trie: dict[str, Any] = {}
        for wording in self.wordings:
            node = self._trie
            for symbol in wording.symbols:
                node = node.setdefault(symbol, {})
            node.setdefault("", []).append(wording)
        self._concept_pairs: dict[str, list[tuple[str, str]]] = {}
        for breakdown in packs.breakdowns.values():
            for form in breakdown.forms:
                if form.startswith("{"):
                    pair = (breakdown.dimension, breakdown.value)
                    self._concept_pairs.setdefault(form.strip("{}"), []).append(pair)

    def _wordings(self) -> Iterator[Wording]:
        for kpi in self.packs.kpis.values():
            for use, phrases in (("", kpi.phrases), ("text", kpi.in_text), ("labels", kpi.in_labels)):
                for phrase in phrases:
                    for symbols in dict.fromkeys(map(self.lexicon.learn, spellings(phrase))):
                        if symbols:
                            yield Wording(kpi, symbols, frozenset(symbols), phrase, use)

    def met(self, text: str, *, section: str = "") -> list[Wording]:
        """Every wording whose symbols a text contains, whether or not it wins; `section` may lend some of them."""
        items = [*self.lexicon.read(text), *self.lexicon.read(section)]
        units = {f"unit={item.symbol.partition(':')[2]}" for item in items if item.kind == LIGHT}
        symbols = {item.symbol for item in items if item.kind != LIGHT} | units
        return [wording for wording in self.all_wordings if wording.bag <= symbols]

    # ---- labels

    def match_label(self, label: str, *, section: str = "", parent: str = "", unit: str = "") -> KpiMatch | None:
        """What a row label measures, or None.

        `section` are the headings over it; they are asked when the label alone names nothing for certain. `parent` is
        the row above, for a label that leans on it. `unit` is what the cells show, for a label that does not say.
        """
        items = self.lexicon.read(label)
        if parent and self.leans(label):
            return self._leaning(items, label, section, parent, unit)
        around = self.lexicon.read(section) if section else []
        return self._best(items, around, label, _unit_of(items, unit))

    def leans(self, label: str) -> bool:
        """Whether a label says only which part of the row above it is meant: "of which primary"."""
        words = label.lower()
        if any(lean in words for lean in self.packs.words.leans):
            return True
        kinds = {item.kind for item in self.lexicon.read(label)}
        return BREAKDOWN in kinds and kinds <= {BREAKDOWN, LIGHT}

    def for_unit(self, match: KpiMatch, unit: str) -> KpiMatch:
        """The sibling of a match whose unit fits the figure; the match itself when none fits better."""
        kpi = self._fitting(self.packs.kpis[match.kpi], unit)
        return replace(match, kpi=kpi.id, unit=kpi.unit)

    def _fitting(self, kpi: Kpi, unit: str) -> Kpi:
        if unit and kpi.unit != unit:
            for sibling in self.packs.family(kpi.id):
                if sibling.unit == unit:
                    return sibling
            if not alike(kpi.unit, unit):
                return next((k for k in self.packs.family(kpi.id) if alike(k.unit, unit)), kpi)
        return kpi

    def _leaning(self, items: Sequence[Item], label: str, section: str, parent: str, unit: str) -> KpiMatch | None:
        above = self.match_label(parent, section=section)
        if any(item.kind == CONCEPT and item.weight > _PASSING for item in items):
            around = [*self.lexicon.read(parent), *self.lexicon.read(section)]
            found = self._best(items, around, label, _unit_of(items, unit))
            if found is not None:
                return found
        if above is None:
            return None
        found = self.for_unit(above, _unit_of(items, unit))
        pairs = dict(above.breakdown) | dict(self._pairs(items, self.packs.kpis[found.kpi]))
        return replace(found, label=label, breakdown=tuple(sorted(pairs.items())))

    def _best(self, items: Sequence[Item], around: Sequence[Item], label: str, unit: str) -> KpiMatch | None:
        alone = self._choose(items, (), label, unit, around)
        if not around or (alone and alone.score >= _SURE):
            return _accepted(alone)
        joint = self._choose(items, around, label, unit, around)
        return _accepted(max((m for m in (alone, joint) if m), key=lambda m: m.score, default=None))

    def _choose(
        self, items: Sequence[Item], context: Sequence[Item], label: str, unit: str, around: Sequence[Item]
    ) -> KpiMatch | None:
        have: dict[str, float] = {}
        for item in items:
            if item.kind != LIGHT and item.symbol != UNKNOWN:
                have[item.symbol] = max(have.get(item.symbol, 0.0), item.weight)
        if unit:
            have[f"unit={unit}"] = _UNIT_WEIGHT
        lent = {i.symbol: i.weight * _FROM_SECTION for i in context if i.kind != LIGHT and i.symbol not in have}
        best: tuple[float, float, KpiMatch] | None = None
        symbols = have.keys() | lent.keys()
        for wording in _satisfied(self._for_labels, symbols):
            if symbols & set(wording.kpi.excludes) or self._vetoed(wording, items, around):
                continue
            match = self._weigh(wording, items, (have, lent), label, unit)
            if match is None:
                continue
            rank = (match.score + 0.01 * _in_order(wording, items), sum(have.get(s, 0.0) for s in wording.bag), match)
            if best is None or rank[:2] > best[:2]:
                best = rank
        if best is None:
            return None
        match = best[2]
        return replace(match, breakdown=self._with_section(match, around))

    def _vetoed(self, wording: Wording, items: Sequence[Item], around: Sequence[Item]) -> bool:
        return any(i.kind == FOREIGN and i.symbol not in wording.bag for group in (items, around) for i in group)

    def _weigh(
        self,
        wording: Wording,
        items: Sequence[Item],
        weights: tuple[dict[str, float], dict[str, float]],
        label: str,
        unit: str,
    ) -> KpiMatch | None:
        have, lent = weights
        own = sum(have.get(symbol, 0.0) for symbol in wording.bag)
        told = own + sum(lent.get(symbol, 0.0) for symbol in wording.bag)
        if told < _ENOUGH or not own:
            return None
        kpi = self._fitting(wording.kpi, unit)
        pairs = self._pairs(items, kpi)
        said = {f"{key}={value}" for key, value in pairs} | set(kpi.says)
        covered = {name for pair in said for name in self._covers(pair)} | said
        left = 0.0
        for item in items:
            if item.kind != LIGHT and item.symbol not in wording.bag and item.symbol not in covered:
                if any((key, value) in pairs for key, value in self._concept_pairs.get(item.symbol, ())):
                    continue
                left += item.weight * (_ASIDE if item.aside else 1.0)
        score = told / (told + left) * (1.0 if alike(unit, kpi.unit) else 0.5) * (1.0 if not lent else 0.97)
        return KpiMatch(
            kpi=kpi.id, label=label, unit=kpi.unit, breakdown=pairs, score=round(score, 3), pattern=wording.text
        )

    # ---- breakdowns

    def _covers(self, name: str) -> tuple[str, ...]:
        breakdown = self.packs.breakdowns.get(name)
        return breakdown.covers if breakdown else ()

    def _pairs(self, items: Iterable[Item], kpi: Kpi) -> Pairs:
        """The breakdowns among these symbols. Two values of one dimension ("mainstream & special") are no breakdown."""
        values: dict[str, set[str]] = {}
        for item in items:
            if item.kind not in (BREAKDOWN, CONCEPT):
                continue
            pairs = self._concept_pairs.get(item.symbol, ())
            for key, value in pairs or ([_pair(item.symbol)] if item.kind == BREAKDOWN else ()):
                if (key in _USUAL or key in kpi.takes) and f"{key}={value}" not in kpi.says:
                    values.setdefault(key, set()).add(value)
        names = {f"{key}={value}" for key, found in values.items() for value in found} | set(kpi.says)
        covered = {other for name in names for other in self._covers(name)}
        kept = {key: {v for v in found if f"{key}={v}" not in covered} for key, found in values.items()}
        return tuple(sorted((key, next(iter(found))) for key, found in kept.items() if len(found) == 1))

    def _with_section(self, match: KpiMatch, around: Sequence[Item]) -> Pairs:
        """A part named in the heading ("EHCPs: primary") goes with every row under it that names none itself."""
        kpi = self.packs.kpis[match.kpi]
        plain = [item for item in around if item.kind == BREAKDOWN]
        return tuple(sorted((dict(self._pairs(plain, kpi)) | dict(match.breakdown)).items()))

    def breakdowns(self, text: str) -> list[tuple[int, int, str, str]]:
        """Every breakdown that running text names: start, end, dimension, value."""
        return [(i.start, i.end, *_pair(i.symbol)) for i in self.lexicon.read(text) if i.kind == BREAKDOWN]

    # ---- running text

    def mentions(self, text: str) -> list[KpiMatch]:
        """The measures that running text names, in order of place.

        First the wordings that stand in order; their spans do not overlap. Then, with a lower score, those whose
        concepts all stand in one clause in another order and say more than the ones found in order; these may span
        others.
        """
        items = self.lexicon.read(text)
        ordered = _apart(self._ordered(items))
        loose = self._unordered(items, ordered)
        out = [self._mention(found, items, text, 1.0) for found in ordered]
        out += [self._mention(found, items, text, _UNORDERED) for found in loose]
        return sorted(out, key=lambda match: (match.start, -match.score))

    def _mention(self, found: _Found, items: Sequence[Item], text: str, factor: float) -> KpiMatch:
        start, end = found.first.start, found.last.end
        kpi = found.wording.kpi
        near = [i for i in items if i.clause == found.first.clause and _touching(i, start, end, text)]
        return KpiMatch(
            kpi=kpi.id,
            label=text[start:end],
            unit=kpi.unit,
            breakdown=self._pairs(near, kpi),
            score=round((1 - 0.5**found.weight) * factor, 3),
            start=start,
            end=end,
            pattern=found.wording.text,
        )

    def _ordered(self, items: Sequence[Item]) -> list[_Found]:
        out: list[_Found] = []
        for at, item in enumerate(items):
            node = self._trie.get(item.symbol)
            if node is not None and item.kind != LIGHT:
                self._walk(items, (at,), node, 0, out)
        return out

    def _walk(
        self, items: Sequence[Item], taken: tuple[int, ...], node: dict[str, Any], gaps: int, out: list[_Found]
    ) -> None:
        if "" in node:
            out.extend(self._ended(items, taken, node[""], gaps))
        first = items[taken[0]]
        for at in range(taken[-1] + 1, len(items)):
            item = items[at]
            if item.clause != first.clause:
                return
            following = node.get(item.symbol) if item.kind != LIGHT else None
            if following is not None:
                self._walk(items, (*taken, at), following, gaps, out)
            if item.kind == LIGHT or item.symbol == items[taken[-1]].symbol or item.kind == BREAKDOWN:
                continue
            if item.kind == FOREIGN or (item.kind == CONCEPT and item.weight > _PASSING):
                return
            gaps += 1
            if gaps > _GAPS:
                return

    def _ended(
        self, items: Sequence[Item], taken: tuple[int, ...], wordings: Sequence[Wording], gaps: int
    ) -> Iterator[_Found]:
        weight = sum(items[at].weight for at in taken)
        if weight < _ENOUGH:
            return
        chosen = tuple(items[at] for at in taken)
        for wording in wordings:
            if not _ruled_out(wording, items, taken[0], taken[-1]):
                yield _Found(weight - gaps * _GAP, wording, chosen[0], chosen[-1], chosen)

    def _unordered(self, items: Sequence[Item], ordered: Sequence[_Found]) -> list[_Found]:
        out: list[_Found] = []
        clauses: dict[int, list[Item]] = {}
        for item in items:
            if item.kind != LIGHT and item.symbol != UNKNOWN:
                clauses.setdefault(item.clause, []).append(item)
        for clause, members in clauses.items():
            if len(members) > 1:
                bags = [found.wording.bag for found in ordered if found.first.clause == clause]
                out += self._loose(members, bags)
        return out

    def _loose(self, members: Sequence[Item], bags: Sequence[frozenset[str]]) -> list[_Found]:
        places = {item.symbol: number for number, item in reversed(list(enumerate(members)))}
        fits = [w for w in _satisfied(self._for_text, places) if len(w.bag) > 1]
        fits = [w for w in fits if not any(w.bag <= bag for bag in bags)]
        out: list[_Found] = []
        for wording in fits:
            if any(wording.bag < other.bag for other in fits):
                continue
            numbers = sorted(places[symbol] for symbol in wording.bag)
            if _ruled_out(wording, members, numbers[0], numbers[-1]):
                continue
            chosen = tuple(members[number] for number in numbers)
            weight = sum(item.weight for item in chosen)
            if numbers[-1] - numbers[0] > _WINDOW:
                weight *= _UNORDERED
            if weight >= _ENOUGH:
                out.append(_Found(weight, wording, chosen[0], chosen[-1], chosen))
        return out


def _by_rarest(wordings: Iterable[Wording]) -> dict[str, list[Wording]]:
    """Wordings under the one of their symbols that the fewest wordings have: few are looked at in vain."""
    wordings = list(wordings)
    frequency = Counter(symbol for wording in wordings for symbol in wording.bag)
    out: dict[str, list[Wording]] = {}
    for wording in wordings:
        out.setdefault(min(wording.bag, key=lambda symbol: (frequency[symbol], symbol)), []).append(wording)
    return out


def _satisfied(index: Mapping[str, list[Wording]], symbols: Iterable[str]) -> Iterator[Wording]:
    known = set(symbols)
    for symbol in sorted(known):
        for wording in index.get(symbol, ()):
            if wording.bag <= known:
                yield wording


def _ruled_out(wording: Wording, items: Sequence[Item], first: int, last: int) -> bool:
    """Whether a concept that the measure excludes stands among the words of the wording or right beside them."""
    excludes = wording.kpi.excludes
    return bool(excludes) and any(item.symbol in excludes for item in items[max(0, first - 1) : last + 2])


def _pair(symbol: str) -> tuple[str, str]:
    """`need=semh` as dimension and value."""
    key, _, value = symbol.partition("=")
    return key, value


def _accepted(match: KpiMatch | None) -> KpiMatch | None:
    return match if match and match.score >= _ACCEPT else None


def _unit_of(items: Sequence[Item], given: str) -> str:
    """What the label says; when it says two ("number and %"), the cells decide between them."""
    units = [item.symbol[5:] for item in items if item.kind == LIGHT and item.symbol.startswith("unit:")]
    if units:
        return given if given in units else units[0]
    return given or next((item.symbol[6:] for item in items if item.symbol.startswith("maybe:")), "")


def _in_order(wording: Wording, items: Sequence[Item]) -> bool:
    found = iter(item.symbol for item in items)
    return all(symbol in found for symbol in wording.symbols)


def _touching(item: Item, start: int, end: int, text: str) -> bool:
    """Inside the words that name the measure, or beside them with at most a short word between."""
    if item.end <= start:
        return start - item.end < 12 and text[item.end : start].count(" ") <= 2
    if item.start >= end:
        return item.start - end < 22 and text[end : item.start].count(" ") <= 4
    return True


def _apart(found: list[_Found]) -> list[_Found]:
    """The heaviest wordings whose spans do not overlap."""
    kept: list[_Found] = []
    for one in sorted(found, key=lambda f: (-f.weight, f.last.end - f.first.start, f.first.start)):
        if all(one.last.end <= other.first.start or one.first.start >= other.last.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: f.first.start)

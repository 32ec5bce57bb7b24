"""Which measure a row label or a stretch of running text names.

In: a label (with the section, the row above it and the words around its table), or running text. Out: a KpiMatch with
id, breakdown and a score, or nothing. The wordings of all packs are compiled here, once; kpi_label.py weighs them
against a label, kpi_text.py finds them in text. Which figure belongs to which mention is the work of link.py.

Scores. Of a label: the share of its weight that the wording and the breakdowns explain (1 is all of it). In running
text: 1 - 0.5 ** weight, where a full concept weighs 1 and a weak or secondary one less: "EHCPs" 0.5, "EHCPs issued"
0.75, "EHCPs issued within 20 weeks" 0.88; times 0.8 when the order is another one. A mention says nothing about
figures, so whoever links the two still weighs distance, and asks `for_unit` for the sibling that fits the figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sendparse.model import KpiMatch
from sendparse.packs import Kpi, Packs
from sendparse.tag.hints import Hinted
from sendparse.tag.label_words import LabelWords
from sendparse.tag.wording import BREAKDOWN, CONCEPT, LIGHT, Item, Lexicon, spellings
from sendparse.tag.wordings import any_of

_ALIKE = (
    frozenset({"percent", "percentage_points", "rate_per_100"}),
    frozenset({"count", "fte"}),
    frozenset({"weeks", "days", "months", "years"}),
    frozenset({"rate_per_10k", "rate_per_100"}),
)
_USUAL = frozenset({"phase", "age", "need"})
UNIT = "unit="
UNIT_SAID = 0.3  # what it tells that a wording names its unit and the figure has it: "3% of children have a plan"

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


class KpiMatcher:
    """The wordings of all packs, compiled once; matching keeps no state."""

    def __init__(self, packs: Packs) -> None:
        self.packs = packs
        self.lexicon = Lexicon(packs)
        self.read = lru_cache(maxsize=512)(self.lexicon.read)  # headings and titles are asked for with every label
        self.core = frozenset(packs.words.core)
        concepts = packs.words.concepts
        self.words = LabelWords(self.lexicon, {name: concepts[name].weight for name in self.core if name in concepts})
        names = packs.rules["links"].get("subject_words", ()) if "links" in packs.rules else ()
        self.leans = lru_cache(maxsize=4096)(self._leans)
        self.holds_core = lru_cache(maxsize=4096)(self._holds_core)
        self.is_ours = lru_cache(maxsize=4096)(self._is_ours)
        self.subject = Hinted(rf"\b(?:{any_of(names)})\b" if names else r"(?!)")
        self.all_wordings = list(self._wordings())
        self.wordings = [wording for wording in self.all_wordings if wording.use != "labels"]
        self.for_labels = by_rarest(wording for wording in self.all_wordings if wording.use != "text")
        self.for_text = by_rarest(self.wordings)
        self._spoken: dict[str, frozenset[str]] = {}
        self.trie: dict[str, Any] = {}
        for wording in self.wordings:
            node = self.trie
            for symbol in wording.symbols:
                if not symbol.startswith(UNIT):
                    node = node.setdefault(symbol, {})
            node.setdefault("", []).append(wording)
        self._concept_pairs: dict[str, list[tuple[str, str]]] = {}
        for breakdown in packs.breakdowns.values():
            for form in breakdown.forms:
                if form.startswith("{"):
                    pair = (breakdown.dimension, breakdown.value)
                    self._concept_pairs.setdefault(form.strip("{}"), []).append(pair)

        kinds = (symbol for symbol, pairs in self._concept_pairs.items() if any(key == "provision" for key, _ in pairs))
        self.provisions = frozenset(kinds)

    def _wordings(self) -> Iterator[Wording]:
        for kpi in self.packs.kpis.values():
            for use, phrases in (("", kpi.phrases), ("text", kpi.in_text), ("labels", kpi.in_labels)):
                for phrase in phrases:
                    for symbols in dict.fromkeys(map(self.lexicon.learn, spellings(phrase))):
                        if symbols:
                            yield Wording(kpi, symbols, frozenset(symbols), phrase, use)

    def match_label(
        self, label: str, *, section: str = "", parent: str = "", unit: str = "", company: str = ""
    ) -> KpiMatch | None:
        """What a row label measures, or None.

        `section` is the heading of its part of the table; it is asked when the label alone names nothing for certain.
        `parent` is the row above, for a label that leans on it. `unit` is what the cells show, for a label that does
        not say. `company` are the words around: headings, title, other labels of the table. A label that could be of
        any subject ("Complaints") is taken for one of ours only in the company of our subject, where that is given.
        """
        from sendparse.tag.kpi_label import Label, best_match

        if not parent and self.is_strange(label, section, company):
            return None
        asked = Label(self, label, section=section, unit=unit, company=company)
        if not parent or not self.leans(label):
            found = best_match(asked)
            if found is not None or not section or not self.leans(label):
                return found
            parent, section = section, ""  # "Primary", under a heading that names the measure
        above = self.match_label(parent, section=section, company=company)
        if any(item.kind == CONCEPT and item.weight > 0.5 for item in asked.items):
            unit = asked.unit or (above.unit if above else "")
            found = best_match(Label(self, label, section=f"{parent}. {section}", unit=unit, company=company))
            if found is not None:
                return found
        return None if above is None else self._leaning(above, asked.items, label, asked.unit)

    def _leaning(self, above: KpiMatch, items: Sequence[Item], label: str, unit: str) -> KpiMatch:
        """The measure of the row above, for the part that this row names."""
        found = self.for_unit(above, unit)
        pairs = dict(above.breakdown) | dict(self.pairs(items, self.packs.kpis[found.kpi]))
        return replace(found, label=label, breakdown=tuple(sorted(pairs.items())))

    def _holds_core(self, text: str) -> bool:
        """Whether a text holds a concept that only our subject has, in so many words."""
        if not self.words.may_name_subject(text):
            return False
        core, concepts = self.core, self.packs.words.concepts
        return any(item.symbol in core and item.weight >= concepts[item.symbol].weight for item in self.read(text))

    def _is_ours(self, text: str) -> bool:
        """Whether a text speaks of our subject by itself; "SEND Tribunal appeals" names it too."""
        return self.holds_core(text) or self.subject.search(text) is not None

    def is_strange(self, label: str, section: str, company: str) -> bool:
        """Whether what stands around a label is told, and neither that nor the label speaks of our subject."""
        if not company or self.is_ours(company) or self.is_ours(label):
            return False
        return not section or not self.is_ours(section)

    def _leans(self, label: str) -> bool:
        """Whether a label says only which part of the row above it is meant: "of which primary"."""
        words = label.lower()
        for lean in self.packs.words.leans:
            if lean in words:
                return True
        if not self.words.may_be_part(label):
            return False
        kinds = {item.kind for item in self.read(label)}
        return BREAKDOWN in kinds and kinds <= {BREAKDOWN, LIGHT}

    def names_other(self, words: str, kpi: str) -> bool:
        """Whether words name a thing that no wording of a measure (or of its family) speaks of: "suspensions" to plans."""
        if kpi not in self._spoken:
            family = {sibling.id for sibling in self.packs.family(kpi)} | {kpi}
            self._spoken[kpi] = frozenset().union(*(w.bag for w in self.all_wordings if w.kpi.id in family))
        kind = self.packs.kpis[kpi]
        loud = {
            i.symbol
            for i in self.read(words)
            if i.kind == CONCEPT and i.weight >= 1 and not any(parted_by(kind, key) for key, _ in self.named_pairs(i))
        }
        return bool(loud - self._spoken[kpi] - (self.core - self.provisions))

    def mentions(self, text: str) -> list[KpiMatch]:
        """The measures that running text names, in order of place.

        First the wordings that stand in order; their spans do not overlap. Then, with a lower score, those whose
        concepts all stand in one clause in another order and say more than the ones found in order; these may span
        others.
        """
        from sendparse.tag.kpi_text import find_mentions

        return find_mentions(self, text)

    def for_unit(self, match: KpiMatch, unit: str) -> KpiMatch:
        """The sibling of a match whose unit fits the figure; the match itself when none fits better."""
        kpi = self.fitting(self.packs.kpis[match.kpi], unit)
        return replace(match, kpi=kpi.id, unit=kpi.unit)

    def fitting(self, kpi: Kpi, unit: str) -> Kpi:
        """The member of a measure's family that is stated in this unit, or in one like it; else the measure itself."""
        if not unit or kpi.unit == unit:
            return kpi
        family = self.packs.family(kpi.id)
        exact = next((sibling for sibling in family if sibling.unit == unit), None)
        if exact or alike(kpi.unit, unit):
            return exact or kpi
        return next((sibling for sibling in family if alike(sibling.unit, unit)), kpi)

    def met(self, text: str, *, section: str = "") -> list[Wording]:
        """Every wording whose symbols a text contains, whether or not it wins; `section` may lend some of them."""
        items = [*self.lexicon.read(text), *self.lexicon.read(section)]
        units = {f"unit={item.symbol.partition(':')[2]}" for item in items if item.kind == LIGHT}
        symbols = {item.symbol for item in items if item.kind != LIGHT} | units
        return [wording for wording in self.all_wordings if wording.bag <= symbols]

    def breakdowns(self, text: str) -> list[tuple[int, int, str, str]]:
        """Every breakdown that running text names: start, end, dimension, value."""
        return [(i.start, i.end, *_pair(i.symbol)) for i in self.lexicon.read(text) if i.kind == BREAKDOWN]

    def pairs(self, items: Iterable[Item], kpi: Kpi) -> Pairs:
        """The breakdowns among these symbols. Two values of one dimension ("mainstream & special") are no breakdown."""
        values: dict[str, set[str]] = {}
        for item in items:
            for key, value in self.named_pairs(item):
                if parted_by(kpi, key) and f"{key}={value}" not in kpi.says:
                    values.setdefault(key, set()).add(value)
        names = {f"{key}={value}" for key, found in values.items() for value in found} | set(kpi.says)
        covered = self.covered(names)
        kept = {key: {v for v in found if f"{key}={v}" not in covered} for key, found in values.items()}
        return tuple(sorted((key, next(iter(found))) for key, found in kept.items() if len(found) == 1))

    def named_pairs(self, item: Item) -> Sequence[tuple[str, str]]:
        """The breakdown that a symbol is, or that a concept can be read as."""
        if item.kind == BREAKDOWN:
            return (_pair(item.symbol),)
        return self._concept_pairs.get(item.symbol, ()) if item.kind == CONCEPT else ()

    def covered(self, names: Iterable[str]) -> set[str]:
        """Breakdowns that these make superfluous: after "Post 16", "(16-25yo)" says nothing new."""
        known = (self.packs.breakdowns.get(name) for name in names)
        return {other for breakdown in known if breakdown for other in breakdown.covers}


def parted_by(kpi: Kpi, dimension: str) -> bool:
    """Whether figures of a measure may be for a part in this dimension."""
    return dimension in _USUAL or dimension in kpi.takes


def by_rarest(wordings: Iterable[Wording]) -> dict[str, list[Wording]]:
    """Wordings under the one of their symbols that the fewest wordings have: few are looked at in vain."""
    wordings = list(wordings)
    frequency = Counter(symbol for wording in wordings for symbol in wording.bag)
    out: dict[str, list[Wording]] = {}
    for wording in wordings:
        out.setdefault(min(wording.bag, key=lambda symbol: (frequency[symbol], symbol)), []).append(wording)
    return out


def satisfied(index: Mapping[str, list[Wording]], symbols: Iterable[str]) -> Iterator[Wording]:
    """The wordings all of whose symbols are there, in whatever order."""
    known = set(symbols)
    for symbol in sorted(known):
        for wording in index.get(symbol, ()):
            if wording.bag <= known:
                yield wording


def _pair(symbol: str) -> tuple[str, str]:
    """`need=semh` as dimension and value."""
    key, _, value = symbol.partition("=")
    return key, value

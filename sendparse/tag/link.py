"""What each figure measures: a scored choice between the measures that its words and its context can mean.

In: tagged sentences in reading order. Out: a Link for each figure, with the measure, the period, the role, the area, and the
evidence for the choice. Words of the figure's own part decide first; what they leave open is asked of the rest of the
sentence, then of the lead, the heading and the sentence before. A measure is carried from figure to figure ("National
(67%)"), from sentence to sentence ("This rose to 90%"), from lead to item (see carry.py). A figure that nothing places keeps
its own words as label, with no measure.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from math import fsum
from typing import TYPE_CHECKING

from sendparse.model import Period, Value
from sendparse.packs import Kpi, Packs
from sendparse.tag.asks import Ask, answered, asks, lettered
from sendparse.tag.benchmark import Area
from sendparse.tag.candidates import BREAKDOWN, ENOUGH, Candidate, Candidates, Near, candidates_of, unit_fit
from sendparse.tag.dating import date_figures
from sendparse.tag.deciding import Weighed, deciding_of
from sendparse.tag.durations import DURATIONS
from sendparse.tag.fits import fits_of, goes_with, of_its_thing, only_happens, takes_over
from sendparse.tag.heads import heads_of
from sendparse.tag.near import Surroundings, further, run_in_label
from sendparse.tag.ranking import WORDLESS, Ranking
from sendparse.tag.reasons import as_own, thing_told_of
from sendparse.tag.role import Role
from sendparse.tag.said import is_a_rule, own_words, says_percent, words_of
from sendparse.tag.tagged import Tagged
from sendparse.tag.wording import CONCEPT, UNKNOWN

if TYPE_CHECKING:
    from sendparse.tag.in_reach import Naming

_NAMES = 0.6  # the weight of a word that names a thing
_SIBLING = 0.5  # what an item of a list lends to the next one
_FURTHER = 0.7  # what a sentence further back lends where the one between names a thing too


@dataclass(slots=True)
class Link:
    """One figure, placed."""

    value: Value
    tagged: Tagged
    number: int  # which figure of its sentence
    kpi: Kpi | None = None
    label: str = ""
    score: float = 0.0
    carried: str = ""  # where the measure was handed down from; empty when the figure's own words name it
    symbols: frozenset[str] = frozenset()
    breakdown: tuple[tuple[str, str], ...] = ()
    period: Period | None = None
    period_from: str = ""
    role: Role = Role("actual")  # noqa: RUF009 - it cannot be changed
    area: Area | None = None
    evidence: tuple[str, ...] = ()

    @property
    def unit(self) -> str:
        """The unit printed, or that of the measure where nothing is printed."""
        if "bare" in self.value.flags and self.kpi is not None and self.role.name != "change":
            heads = self.kpi.unit == "fte" and not self.value.decimals
            heads = heads or (self.kpi.unit == "rate_per_100" and self.value.value >= 100)  # so many, and no rate
            return "count" if heads else self.kpi.unit
        return self.value.unit


@dataclass(slots=True)
class Memory:
    """What earlier sentences leave behind."""

    links: list[Link] = field(default_factory=list)  # the latest last
    silent: list[Tagged] = field(default_factory=list)  # sentences without figures since the last one with some
    answers: int = -1  # the block in which people are asked
    label: tuple[int, str] = (-1, "")  # the block that is being read, and what it says that it is about


class Linker:
    """Places the figures of one paper, sentence by sentence. `named`: the things that the paper names in full; `title`: its title."""

    def __init__(self, packs: Packs, named: frozenset[str] = frozenset(), title: str = "") -> None:
        self.packs = packs
        self.candidates: Candidates = candidates_of(packs)
        self.memory = Memory()
        self.read = self.candidates.read
        self.heads = heads_of(packs)
        self.deciding = deciding_of(packs)
        self.weighed = Weighed()
        self.fits = fits_of(packs)
        self.surroundings = Surroundings(packs, self.read, named, title)
        self.naming: dict[tuple[str, bool], Naming] = {}
        self.colours = frozenset[str](self.surroundings.rules["colours"])
        self.core = frozenset[str](packs.words.core) - frozenset(self.surroundings.rules["implied"])
        self._asked: dict[int, Ask] = {}
        self._things: dict[int, str] = {}
        self._meant: dict[str, str] = dict(packs.rules["links"].get("read_as", {}))
        self._growth: dict[str, str] = dict(packs.rules["links"].get("growth_of", {}))
        self.levels = {growth: level for level, growth in self._growth.items()}

    def link(self, tagged: Tagged) -> list[Link]:
        """All figures of the next sentence in reading order."""
        self._asked, self._things = {}, {}
        from sendparse.tag.together import settle_measures

        if tagged.sentence.place == 0:
            self.memory.label = (tagged.sentence.block, run_in_label(tagged.text))
        if not tagged.values:
            self.memory.silent = [*self.memory.silent[-3:], tagged]
            return []
        periods = date_figures(tagged.text, tagged.values, tagged.parts, tagged.roles, tagged.periods, tagged.areas)
        out: list[Link] = []
        for number in range(len(tagged.values)):
            made = self._place(tagged, number, out)
            if self.deciding is not None and not is_a_rule(tagged, number):
                made = self.deciding.decide(self, made)
            made.period = periods[number]
            made.period_from = "sentence" if periods[number] is not None else ""
            made.role, made.area = tagged.roles[number], tagged.areas[number]
            made.breakdown = _breakdown(made)
            out.append(made)
        settle_measures(self, tagged, out)
        self.memory.links = [*self.memory.links[-24:], *out]
        self.memory.silent = []
        return out

    def _place(self, tagged: Tagged, number: int, before: Sequence[Link]) -> Link:
        from sendparse.tag.carry import handed_down

        value = tagged.values[number]
        percent = says_percent(tagged, number)
        near = self._near(tagged, number, before)
        ranked = Ranking(self, near, tagged, number).best_first(before)
        handed = handed_down(self, tagged, number, before, near)
        if (head := self.heads.of(tagged, number)) is not None:
            ranked = [c for c in ranked if head.admits(c.kpi.id, c.symbols)]
            handed = [h for h in handed if h.kpi is not None and head.admits(h.kpi.id, h.symbols)]
        if thing := self.thing_of(tagged, number):
            ranked = [c for c in ranked if thing in c.symbols]
            handed = [h for h in handed if thing in h.symbols]
        ranked = [c for c in ranked if self.fits.admits(tagged, number, c.kpi, c.symbols)]
        ranked = [c for c in ranked if not only_happens(c, near, self.surroundings.merely)]
        ranked = of_its_thing(ranked, near, self.surroundings, follows=any(link.kpi for link in before))
        ranked = [c for c in ranked if goes_with(c, tagged, number, before)]
        handed = [h for h in handed if takes_over(h, tagged, near)]
        handed = [h for h in handed if h.kpi is not None and self.fits.admits(tagged, number, h.kpi, h.symbols)]
        if barred := self._barred(tagged, number, before):
            ranked, handed = [c for c in ranked if c.kpi not in barred], [h for h in handed if h.kpi not in barred]
        if self._counts_answers(tagged, value):
            ranked = [c for c in ranked if self._of_answers(c.kpi, c.symbols)]
            handed = [h for h in handed if h.kpi is not None and self._of_answers(h.kpi, h.symbols)]
        self.weighed = Weighed(near, handed, ranked, barred)
        best = self._accepted(ranked, near)
        evidence = (
            *(f"{c.kpi.id} {c.score:.2f}: {c.pattern}" for c in ranked[:4]),
            *(f"{h.kpi.id if h.kpi else '?'} {h.score:.2f}: carried from {h.carried}" for h in handed[:3]),
        )
        if value.unit in WORDLESS or "run" in value.flags:  # "risen for 7 months" speaks of what stood there before
            handed = [replace(h, score=h.score + 1.0) if best and h.symbols >= best.symbols else h for h in handed]
        if is_a_rule(tagged, number):
            return Link(value, tagged, number, label=own_words(tagged, number), evidence=evidence)
        if handed and (best is None or handed[0].score > best.score):
            taken, role = handed[0], tagged.roles[number].name
            kpi = self._read_as(taken.kpi, value, role)
            return Link(
                value, tagged, number, kpi, taken.label, taken.score, taken.carried, taken.symbols, evidence=evidence
            )
        if best is None:
            kpi, label = self._labelled(tagged, value, percent)
            carried = "the labels" if kpi else ""
            return Link(
                value, tagged, number, kpi, label or own_words(tagged, number), carried=carried, evidence=evidence
            )
        carried = "" if best.own >= 0.6 else "context"
        kpi, label = self._read_as(best.kpi, value, tagged.roles[number].name), words_of(tagged, best)
        return Link(value, tagged, number, kpi, label, best.score, carried, best.symbols, evidence=evidence)

    def admitting(self, tagged: Tagged, number: int) -> Callable[[str], bool]:
        """Which measures a figure can be of at all, by its noun, its words and whether it counts answers."""
        head, answers = self.heads.of(tagged, number), self._counts_answers(tagged, tagged.values[number])

        def admits(name: str) -> bool:
            kpi = self.packs.kpis[name]
            if head is not None and not head.admits(name, frozenset()):
                return False
            if not self.fits.admits(tagged, number, kpi, frozenset()):
                return False
            return not answers or self._of_answers(kpi, frozenset())

        return admits

    def _barred(self, tagged: Tagged, number: int, before: Sequence[Link]) -> Collection[Kpi]:
        """What a figure cannot be of: a whole is no part of itself, the waits of another service are none for a plan."""
        from sendparse.tag.carry import whole_measure

        value = tagged.values[number]
        if "whole" in value.flags and before and (name := whole_measure(self, before)) is not None:
            part = before[-1].kpi  # "nine of the 48 posts are vacant"
            kind = (self.packs.family(part.id) or (part,)) if part is not None else ()
            return kind if name else self.packs.kpis.values()
        above = (self.label_of(tagged), tagged.sentence.lead, *tagged.sentence.headings[-1:])
        if value.unit in DURATIONS and self.fits.names_a_service(
            [*tagged.items, *(i for text in above for i in self.read(text))]
        ):
            return [kpi for kpi in self.packs.kpis.values() if self.fits.is_of_assessments(kpi)]
        return ()

    def _near(self, tagged: Tagged, number: int, before: Sequence[Link]) -> list[Near]:
        own = self.surroundings.own(tagged, number)
        if thing := self.thing_of(tagged, number):
            own += as_own(thing)
        first = not any(link.kpi is not None for link in before)
        around = self.surroundings.around(tagged, own, self.asked(tagged, number), first=first)
        if label := self.label_of(tagged):
            around += [Near(item, 0.7, False, "lead") for item in self.read(label)]
        out = [*own, *around]
        if first or any(
            n.own and self.surroundings.is_thing(n.item) for n in own
        ):  # else it goes on with the figure before
            out += self.surroundings.implied(tagged, tagged.values[number], around)
        sentence = tagged.sentence
        if any(n.own and n.source == "lead" for n in out):
            return out  # an answer speaks of what was asked, not of the answer before it
        for last in (*self.memory.silent[-1:], *(link.tagged for link in self.memory.links[-1:])):
            near_by = abs(last.sentence.block - sentence.block) <= 1 and last.sentence.headings == sentence.headings
            if near_by and last is not tagged:
                lent = self.surroundings.before(tagged, last, own)
                siblings = own and not tagged.leans and sentence.kind == last.sentence.kind == "list_item"
                lent = further(lent, _SIBLING) if siblings else lent
                nearer = any(n.source == "before" and n.item.weight >= _NAMES for n in out)
                out += further(lent, _FURTHER) if nearer else lent
        return out

    def _counts_answers(self, tagged: Tagged, value: Value) -> bool:
        """Whether a figure counts what people answered: "57% of parents told us that their child went to a special school"."""
        block = tagged.sentence.block
        if self.surroundings.answer.search(tagged.text):
            self.memory.answers = block
            return True
        return self.memory.answers == block and value.unit == "percent"

    def _of_answers(self, kpi: Kpi, symbols: frozenset[str]) -> bool:
        """Whether people's answers can tell a measure."""
        rules = self.surroundings.rules
        if kpi.unit == "count" and kpi.group in rules["answer_groups"]:
            return "survey" in symbols
        return kpi.group in rules["answer_groups"] or kpi.id in rules["answer_measures"]

    def speaks_of_others(self, text: str) -> bool:
        """Whether a text has words that no wording uses."""
        return any(item.symbol == UNKNOWN for item in self.candidates.matcher.lexicon.read(text))

    def names_something(self, text: str) -> bool:
        """Whether a text names what a measure could be about."""
        return any(item.weight >= _NAMES for item in self.read(text))

    def label_of(self, tagged: Tagged) -> str:
        """What the paragraph of a further sentence says in its first words that it is about."""
        block, label = self.memory.label
        return label if tagged.sentence.place and block == tagged.sentence.block else ""

    def asked(self, tagged: Tagged, number: int) -> Ask:
        """What the line that leads here asks of this figure of the sentence that is being read."""
        if number not in self._asked:
            self._asked[number] = self._asks(tagged, number)
        return self._asked[number]

    def thing_of(self, tagged: Tagged, number: int) -> str:
        """What a figure of the sentence that is being read counts, where its own words give only the reason."""
        if number not in self._things:
            self._things[number] = thing_told_of(self, tagged, number)
        return self._things[number]

    def _asks(self, tagged: Tagged, number: int) -> Ask:
        lead, part = tagged.sentence.lead, tagged.parts[number]
        ours = lettered(lead, tagged.text, tagged.values[number].start)
        if len(found := asks(ours)) == 1:  # as nearly all lines do, or there is none
            return found[0]
        own = {i.symbol: i.weight for i in tagged.items if i.kind == CONCEPT and part.start <= i.start < part.end}
        bare = [link for link in self.memory.links if link.tagged.sentence.lead == lead and not link.tagged.periods]

        def speaks(text: str) -> float:
            return fsum([own.get(symbol, 0.0) for symbol in {item.symbol for item in self.read(text)}])

        return answered(ours, tagged.values[number], says_percent(tagged, number), number + len(bare), speaks)

    def _accepted(self, ranked: Sequence[Candidate], near: Sequence[Near]) -> Candidate | None:
        names_something = any(n.own and n.item.kind == CONCEPT and n.item.weight >= 0.5 for n in near)
        least = ENOUGH * (0.8 if names_something else 0.6)
        if ranked and ranked[0].own >= 0.8 and ranked[0].symbols <= {n.item.symbol for n in near if n.own}:
            least = ENOUGH * 0.65
        return ranked[0] if ranked and ranked[0].score >= least else None

    def _labelled(self, tagged: Tagged, value: Value, percent: bool) -> tuple[Kpi | None, str]:
        """A bare figure under short labels is read as a table's cell would be."""
        sentence = tagged.sentence
        if not sentence.lead or len(sentence.lead) > 120 or len(tagged.text.split()) > 4:
            return None, ""
        unit = "percent" if percent else value.unit
        found = self.candidates.matcher.match_label(sentence.lead, section=" ".join(sentence.headings[-2:]), unit=unit)
        if found is None or unit_fit(found.unit, value, "actual", percent=percent) < 0.5:
            return None, ""
        return self.packs.kpis[found.kpi], sentence.lead

    def _read_as(self, kpi: Kpi | None, value: Value, role: str) -> Kpi | None:
        if kpi is None:
            return None
        name = self._meant.get(kpi.id, kpi.id)
        if role == "change" and value.unit == "percent":
            name = self._growth.get(name, name)
        return self.packs.kpis.get(name)


def _breakdown(link: Link) -> tuple[tuple[str, str], ...]:
    """The nearest value of each dimension in the figure's own part; a label right before "(35)" goes first."""
    if link.kpi is None:
        return ()
    part, value = link.tagged.parts[link.number], link.value
    best: dict[str, tuple[float, str]] = {}
    for item in link.tagged.items:
        if item.kind != BREAKDOWN or not part.start <= item.start < part.end or item.symbol in link.symbols:
            continue
        key, name = item.symbol.split("=", 1)
        if item.symbol in link.kpi.says or not (key in {"phase", "age", "need"} or key in link.kpi.takes):
            continue
        gap = value.start - item.end if item.end <= value.start else (item.start - value.end) * 1.2
        if key not in best or gap < best[key][0]:
            best[key] = (gap, name)
    return tuple(sorted((key, name) for key, (_, name) in best.items()))


__all__ = ["Link", "Linker", "Memory", "says_percent"]

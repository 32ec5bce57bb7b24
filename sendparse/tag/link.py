"""What each figure measures: a scored choice between the measures that its words and its context can mean.

In: tagged sentences in reading order. Out: a Link for each figure, with the measure, the period, the role, the area, and the
evidence for the choice. Words of the figure's own part count most; then the rest of its sentence, the line that leads its
list or asks for it, the heading. A measure is carried from figure to figure ("National (67%)"), from sentence to sentence
("This rose to 90%"), from lead to item; the nearest mention alone decides nothing. A figure that nothing places keeps its
own words as label, with no measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from sendparse.model import Period, Value
from sendparse.packs import Kpi, Packs
from sendparse.tag.benchmark import Area
from sendparse.tag.candidates import BREAKDOWN, ENOUGH, Candidate, Candidates, Near, candidates_of, unit_fit
from sendparse.tag.dating import date_figures
from sendparse.tag.parts import Part
from sendparse.tag.role import Role
from sendparse.tag.tagged import Tagged
from sendparse.tag.wording import CONCEPT, Item
from sendparse.tag.wordings import any_of

_REACH = (frozenset({"part"}), frozenset({"sentence"}), frozenset({"sentence", "lead", "heading", "before"}))
_HANDED = 0.62  # a carried measure is taken from here on
_PERCENT = re.compile(r"%|per\s?cent|percentage|proportion", re.I)


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
    role: Role = field(default_factory=lambda: Role("actual"))
    area: Area | None = None
    evidence: tuple[str, ...] = ()

    @property
    def unit(self) -> str:
        """The unit printed, or that of the measure where nothing is printed."""
        if "bare" in self.value.flags and self.kpi is not None and self.role.name != "change":
            return self.kpi.unit
        return self.value.unit


@dataclass(slots=True)
class Memory:
    """What earlier sentences leave behind."""

    links: list[Link] = field(default_factory=list)  # the latest last
    silent: list[Tagged] = field(default_factory=list)  # sentences without figures since the last one with some


class Linker:
    """Places the figures of one paper, sentence by sentence."""

    def __init__(self, packs: Packs) -> None:
        self.packs = packs
        self.candidates: Candidates = candidates_of(packs)
        self.memory = Memory()
        rules = packs.rules["links"]
        self._meant: dict[str, str] = dict(rules.get("read_as", {}))
        self._dated = frozenset(rules.get("dated_names", ()))
        self._conditions = frozenset(rules.get("conditions", ()))
        self._colours = frozenset(rules.get("colours", ()))
        self._dull = re.compile(rf"(?i)\b(?:{any_of(rules['dull_headings'])})\b")
        self._agents = _agents(any_of(rules["bodies"]), any_of(rules["acts"]))
        self._read = lru_cache(maxsize=512)(self.candidates.read)

    def link(self, tagged: Tagged) -> list[Link]:
        """All figures of the next sentence in reading order."""
        if not tagged.values:
            self.memory.silent = [*self.memory.silent[-3:], tagged]
            return []
        periods = date_figures(tagged.text, tagged.values, tagged.parts, tagged.roles, tagged.periods)
        out: list[Link] = []
        for number, value in enumerate(tagged.values):
            made = self._place(tagged, number, value, out)
            made.period = periods[number]
            made.period_from = "sentence" if periods[number] is not None else ""
            made.role, made.area = tagged.roles[number], tagged.areas[number]
            made.breakdown = self._breakdown(made)
            out.append(made)
        self._respectively(tagged, out)
        self.memory.links = [*self.memory.links[-24:], *out]
        self.memory.silent = []
        return out

    # ---- the choice

    def _place(self, tagged: Tagged, number: int, value: Value, before: Sequence[Link]) -> Link:
        role = tagged.roles[number].name
        near = self._near(tagged, number)
        percent = _says_percent(tagged, number)
        ranked: list[Candidate] = []
        for sources in _REACH[: 2 if value.unit in {"ratio", "multiple", "rank"} else 3]:  # further away only where nearer words name nothing
            ranked = self.candidates.rank([n for n in near if n.own or n.source in sources], value, role=role, percent=percent)
            if ranked and ranked[0].score >= ENOUGH:
                break
        least = ENOUGH * (0.8 if any(n.own and n.item.kind == CONCEPT and n.item.weight >= 0.5 for n in near) else 0.6)
        best = ranked[0] if ranked and ranked[0].score >= least and not _is_a_rule(tagged, number) else None
        handed = self._handed(tagged, number, value, before, near, role, percent)
        if value.unit in {"ratio", "multiple", "rank"} or "run" in value.flags:
            handed = [replace(link, score=link.score + 1.0) if best and link.symbols >= best.symbols else link for link in handed]
        evidence = tuple(f"{c.kpi.id} {c.score:.2f}: {c.pattern}" for c in ranked[:4]) + tuple(
            f"{link.kpi.id if link.kpi else '?'} {link.score:.2f}: carried from {link.carried}" for link in handed[:3]
        )
        if handed and (best is None or handed[0].score > best.score) and not _is_a_rule(tagged, number):
            return replace(handed[0], kpi=self._read_as(handed[0].kpi), evidence=evidence)
        if best is None:
            kpi, label = self._labelled(tagged, value, percent)
            return Link(value, tagged, number, kpi=kpi, label=label or _own_words(tagged, number), carried="the labels" if kpi else "", evidence=evidence)
        return Link(
            value, tagged, number, kpi=self._read_as(best.kpi), label=_label(tagged, best), score=best.score, symbols=best.symbols,
            carried="" if best.own >= 0.6 else "context", evidence=evidence,
        )  # fmt: skip

    def _near(self, tagged: Tagged, number: int) -> list[Near]:
        """The symbols that can speak for a figure, each with its nearness."""
        value = tagged.values[number]
        stretch = _stretch(tagged, number)
        actors = [m.span() for m in self._agents.finditer(tagged.text)]
        items = [item for item in tagged.items if item.symbol in self._dated or not _in_period(item, tagged)]
        if "whole" in value.flags:
            items = [item for item in items if item.symbol not in self._conditions]
        out = [_nearness(item, value, tagged, number, stretch) for item in items]
        out = [Near(n.item, n.nearness * 0.45, False, "before") if _within(n.item, actors) else n for n in out]
        alone = not any(n.own and n.item.kind == CONCEPT and n.item.weight >= 0.5 for n in out)
        sentence = tagged.sentence
        if sentence.lead:
            asks = "?" in sentence.lead[-3:] or len(tagged.text.split()) < 8
            out += [Near(item, 0.95 if asks else 0.8, asks or alone, "lead") for item in self._read(sentence.lead)]
        for depth, heading in enumerate(reversed(sentence.headings[-2:])):
            if self._dull.search(heading):
                continue
            out += [Near(item, 0.45 if depth == 0 else 0.25, False, "heading") for item in self._read(heading)]
        for last in (*self.memory.silent[-1:], *(link.tagged for link in self.memory.links[-1:])):
            near_by = abs(last.sentence.block - sentence.block) <= 1 and last.sentence.headings == sentence.headings
            if near_by and last is not tagged:
                out += [Near(item, 0.4, False, "before") for item in self._read(last.text)]
        return out

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

    def _read_as(self, kpi: Kpi | None) -> Kpi | None:
        return self.packs.kpis.get(self._meant.get(kpi.id, kpi.id)) if kpi is not None else None

    # ---- what is handed down

    def _handed(
        self, tagged: Tagged, number: int, value: Value, before: Sequence[Link], near: Sequence[Near], role: str, percent: bool
    ) -> list[Link]:  # fmt: skip
        out: list[Link] = []
        own = [n.item for n in near if n.own and n.source == "part" and n.item.kind == CONCEPT and n.item.weight >= 0.5 and n.nearness > 0.75]
        for source, base, link in self._sources(tagged, number, before, value, role, percent):
            if link.kpi is None:
                continue
            kpi, fit = self._fitting(link.kpi, value, role, percent)
            strange = sum(i.weight for i in own if i.symbol not in link.symbols and i.symbol not in self._colours)
            score = base * fit - 0.5 * min(1.6, strange)
            if score >= _HANDED:
                out.append(
                    Link(value, tagged, number, kpi=kpi, label=link.label, score=score, carried=source, symbols=link.symbols)
                )
        return sorted(out, key=lambda link: -link.score)

    def _sources(
        self, tagged: Tagged, number: int, before: Sequence[Link], value: Value, role: str, percent: bool
    ) -> Iterable[tuple[str, float, Link]]:  # fmt: skip
        sentence = tagged.sentence
        part = tagged.parts[number]
        for distance, link in enumerate(reversed(before)):
            base = 1.08 if part.joint in {"comparison", "bracket", "to", "contrast"} else 1.02
            yield "the figure before", base - 0.06 * distance, link
        if before:
            return
        if sentence.lead and (named := self._named(sentence.lead, value, role, percent)):
            yield "the line that leads here", 1.05, named
        for back, link in enumerate(reversed(self.memory.links[-8:])):
            if link.tagged.sentence.headings != sentence.headings:
                break
            same = link.tagged.sentence.block == sentence.block
            base = (0.98 if tagged.leans else 0.84) if same else (0.86 if tagged.leans else 0.0)
            if sentence.kind == "list_item" and not tagged.leans and not same:
                base = 0.0
            yield "the sentence before", base - 0.03 * back, link
        for silent in reversed(self.memory.silent[-2:]):
            if silent.sentence.block == sentence.block and (named := self._named(silent.text, value, role, percent)):
                yield "the sentence before", 0.92 if tagged.leans else 0.76, named
        for depth, heading in enumerate(reversed(sentence.headings[-2:])):
            if named := self._named(heading, value, role, percent):
                yield "the heading", 0.8 - 0.1 * depth, named

    def _named(self, text: str, value: Value, role: str, percent: bool) -> Link | None:
        """The measure that a lead, a heading or a sentence without figures names by itself."""
        near = [Near(item, 1.0, True, "part") for item in self._read(text)]
        percent = percent or _PERCENT.search(text) is not None
        ranked = self.candidates.rank(near, value, role=role, percent=percent)
        if not ranked or ranked[0].score < ENOUGH * 0.85:
            return None
        best = ranked[0]
        label = " ".join(text[a:b] for a, b in best.spans) or text
        holder = Tagged.__new__(Tagged)
        return Link(value, holder, 0, kpi=best.kpi, label=label, score=best.score, symbols=best.symbols)

    def _fitting(self, kpi: Kpi, value: Value, role: str, percent: bool) -> tuple[Kpi, float]:
        """The sibling of a measure that fits the figure's unit best."""
        members = self.packs.family(kpi.id) or (kpi,)
        fits = [(unit_fit(member.unit, value, role, percent=percent), member is kpi, member) for member in members]
        if role == "change":
            return kpi, unit_fit(kpi.unit, value, role, percent=percent)
        fit, _, member = max(fits, key=lambda f: (f[0], f[1]))
        return member, fit

    def _respectively(self, tagged: Tagged, made: list[Link]) -> None:
        """"A and B rose to 80% and 71% respectively": measures named before, in their order."""
        if len(made) != 2 or not re.search(r"(?i)\brespectively\b", tagged.text):
            return
        before = tagged.text[: made[0].value.start]
        best: tuple[float, Link, Link] | None = None
        for joint in re.finditer(r"\s+and\s+", before):
            sides = [self._named(side, link.value, link.role.name, True) for side, link in zip((before[: joint.start()], before[joint.end() :]), made, strict=True)]
            first, second = sides
            if first is None or second is None or first.kpi is second.kpi:
                continue
            if best is None or first.score + second.score > best[0]:
                best = (first.score + second.score, first, second)
        for link, named in zip(made, best[1:] if best else (), strict=False):
            link.kpi, link.label, link.symbols = named.kpi, named.label, named.symbols
            link.carried = "the order of the names"

    # ---- breakdowns

    def _breakdown(self, link: Link) -> tuple[tuple[str, str], ...]:
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


def _agents(bodies: str, acts: str) -> re.Pattern[str]:
    """"the SEND and EP service are able": whoever acts is not what is measured."""
    return re.compile(
        rf"(?:\b(?:[Tt]he|[Oo]ur|[Aa])\s+(?:(?!of\b|in\b|for\b)[\w&'’/-]+\s+){{1,7}}?(?:{bodies})\s+(?=(?:\w+ly\s+)?(?:{acts})\b(?!\s+(?:an?|the|at|with|operating)\b|\s+\d)))"
        rf"|\bby\s+(?:the|our)\s+(?:(?!of\b|in\b|for\b)[\w&'’/-]+\s+){{0,6}}?(?:{bodies})\b"
        rf"|\b(?:[A-Z][\w&]*\s+(?:and\s+)?){{1,6}}(?:{bodies})\s+(?=(?:\w+ly\s+)?(?:{acts})\b(?!\s+(?:an?|the|at|with|operating)\b|\s+\d))"
    )


def _within(item: Item, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= item.start and item.end <= end for start, end in spans)


def _is_a_rule(tagged: Tagged, number: int) -> bool:
    """"The legal timeframe is 20 weeks" states the law, no result."""
    value = tagged.values[number]
    return value.unit in {"weeks", "days", "months"} and tagged.roles[number].name in {"target", "limit"} and value.value in _LEGAL


_LEGAL = frozenset({4.0, 6.0, 8.0, 12.0, 15.0, 16.0, 20.0})


def _in_period(item: Item, tagged: Tagged) -> bool:
    """The words of a date name no measure: "ended 2025", "over the last 12 months"."""
    return any(p.text_start <= item.start and item.end <= p.text_end for p in tagged.periods)


def _says_percent(tagged: Tagged, number: int) -> bool:
    """Whether the words around a bare number make it a percentage."""
    part = tagged.parts[number]
    value = tagged.values[number]
    words = tagged.text[part.start : part.end]
    if value.unit == "percent":
        return True
    return re.search(r"(?i)\b(?:percentage|proportion|per\s?cent)\b|%(?!\d)", words[: max(0, value.start - part.start)]) is not None and not re.search(r"\d\s?%", words)


def _stretch(tagged: Tagged, number: int) -> tuple[int, int]:
    """The part of a figure; a part of a whole and its percentage share theirs."""
    part = tagged.parts[number]
    value = tagged.values[number]
    if "whole" in value.flags and number:
        value = tagged.values[number - 1]
    if value.denominator is None or "parts_in_words" in value.flags:
        return part.start, part.end
    mates = [n for n, v in enumerate(tagged.values) if v.denominator == value.denominator and v.numerator == value.numerator]
    mates += [number] if number not in mates else []
    return min(tagged.parts[n].start for n in mates), max(tagged.parts[n].end for n in mates)


def _nearness(item: Item, value: Value, tagged: Tagged, number: int, stretch: tuple[int, int]) -> Near:
    gap = item.start - value.end if item.start >= value.end else value.start - item.end
    far = min(0.3, max(0.0, gap - 30) / 350)
    if stretch[0] <= item.start < stretch[1]:
        between = tagged.text[min(item.end, value.end) : max(item.start, value.start)]
        beyond = ")" in between and item.start > value.end and "(" not in between  # outside the bracket that the figure stands in
        if beyond:
            return Near(item, (1.0 - far) * 0.6, True, "part")
        turned = re.search(r"[;]|\b(?:whereas|while|whilst|but|although|because|due\s+to|however|as\s+a\s+result|which\s+(?:shows|means|reflects|suggests|demonstrates|is\s+(?:due|likely)|has\s+(?:an?|led)|will))\b", between) is not None
        return Near(item, (1.0 - far) * (0.35 if turned else 1.0), not turned, "part" if not turned else "sentence")
    if item.start > value.start and not _coupled(tagged, number, item):
        return Near(item, 0.0, False, "later")
    far = min(0.8, max(0.0, gap) / 300)
    return Near(item, (0.6 if item.start < value.start else 0.5) * (1.0 - far), False, "sentence")


def _coupled(tagged: Tagged, number: int, item: Item) -> bool:
    """"45% and 52% of plans": the words behind the last of coupled figures speak of both."""
    following = number + 1
    if following >= len(tagged.parts) or not tagged.parts[following].start <= item.start < tagged.parts[following].end:
        return False
    gap = tagged.text[tagged.values[number].end : tagged.values[following].start]
    return tagged.parts[following].joint in {"and", "to", "comma", "none", "bracket"} and len(gap) < 40


def _label(tagged: Tagged, best: Candidate) -> str:
    if not best.spans:
        return best.kpi.label
    start, end = min(a for a, _ in best.spans), max(b for _, b in best.spans)
    if end - start > 160 or any(start < v.start < end for v in tagged.values):
        return " ".join(tagged.text[a:b] for a, b in sorted(best.spans))
    return tagged.text[start:end]


def _own_words(tagged: Tagged, number: int) -> str:
    """The words right behind (else before) a figure: what the paper calls it."""
    value, part = tagged.values[number], tagged.parts[number]
    after = re.match(r"\s*(?:of\s+)?([A-Za-z][\w'’/-]*(?:\s+[A-Za-z][\w'’/-]*){0,6})", tagged.text[value.end : part.end])
    if after and len(after[1].split()) > 1:
        return after[1].strip()
    lead = tagged.text[max(part.start, value.start - 120) : value.start]
    before = re.search(r"((?:\b[A-Za-z][\w'’/-]*\s+){0,6}\b[A-Za-z][\w'’/-]*)\W*$", lead)
    return before[1].strip() if before else (after[1].strip() if after else tagged.text[:80])


__all__ = ["Link", "Linker", "Memory", "Part"]

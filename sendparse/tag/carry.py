"""Measures that are handed down: from the figure before, the line that leads here, the sentence before, the heading.

In: the linker with what it remembers, a figure, and the words around it. Out: links that the figure could take over, the best
first. A word of its own that is strange to the measure counts against taking it over, and so does a unit that does not fit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import fsum
from typing import TYPE_CHECKING

from sendparse.model import Value
from sendparse.packs import Kpi
from sendparse.tag.candidates import Near, unit_fit
from sendparse.tag.in_reach import ABOVE, BEFORE, BESIDE, FEW_WORDS, LED, PARAGRAPH, PART_OF_IT, WHOLE, in_reach
from sendparse.tag.kpi import UNIT
from sendparse.tag.link import Link, says_percent
from sendparse.tag.tagged import Tagged
from sendparse.tag.wording import BREAKDOWN, CONCEPT, FOREIGN, Item

if TYPE_CHECKING:
    from sendparse.tag.link import Linker

_HANDED = 0.62  # a carried measure is taken from here on
_NO = {"gbp": "no_money", "count": "no_count"}
_IT_WAS = re.compile(
    r"(?i)\b(?:it|this|that|(?:the|our)\s+(?:figure|rate|share|proportion))\s+(?:was|is|stood\s+at|had\s+been|has\s+been|fell\s+to|rose\s+to)\s+(?:only\s+|just\s+)?$"
)
_NOTHING_BEHIND = re.compile(r"\s*(?:$|[.,;)]|(?:in|by|at|for|last|this|a\s+year|and|but|while|compared|against)\b)")
_OTHER_UNIT, _SURE_FIT = 0.5, 0.9
_COMPARED = frozenset({"comparison", "contrast", "bracket", "with", "comma"})
_TOLD = 0.3  # for each word of its own that makes the carried measure another one
_LABELS = frozenset({"part", "lead"})
_NAMES = frozenset({PARAGRAPH, ABOVE, LED})
_LONG_WORD, _STEM = re.compile(r"[A-Za-z]{4,}"), 4
_OPENS = 12  # characters: "61% said that", "Some 40% had needed to"
_COORDINATED = frozenset({"and", "comma", "stop", "with", "contrast"})
# "40% were satisfied and 38% had needed to chase", "412 pupils are placed there and fees rose by 8%": told with a verb of its own.
_TELLS = re.compile(
    r"\s+(?:\w+ly\s+)?(?:had|have|has|said|knew|know|felt|feel|thought|think|would|could|did|do|does|live|lived|use|used|rated|wanted|want|needed|need|told|found|"
    r"attended|agreed|reported|came|went|travel|travelled|received|made|chose|asked|took)\b(?!\s+(?:in|by|on|from|to|at)\b)"
)
_OF = re.compile(r"\s+of\s+(?:(?:the|our|all|these|those)\s+)*")
_FOR_ALL = re.compile(r"\s+(?:of|for|among|amongst|across)\s+(?:(?:the|our|all|these|those|other)\s+)*")
_PART_OF = re.compile(r"\s+(?:(?!peak|high|low)\w+\s+){0,3}?of\s+(?:(?:the|our|all|those|these|a\s+total\s+of)\s+)*")
_NONE: frozenset[str] = frozenset()
_BUDGETED = frozenset({"budget"})
_PLANS_OF_OTHERS = frozenset({"other_plan"})  # "the target in the Council Plan is 65%" goes on with the measure


def handed_down(
    linker: Linker, tagged: Tagged, number: int, before: Sequence[Link], near: Sequence[Near]
) -> list[Link]:
    """What a figure can take over, the likeliest first."""
    value, role = tagged.values[number], tagged.roles[number].name
    whole = _whole(linker, tagged, number, before) if "whole" in value.flags else []
    if "whole" in value.flags:
        before = ()  # "three of the 64": the whole is no hearing, but what the sentence before counted
    if before and tagged.parts[number].joint in _COMPARED and _moves_like(value, before[-1]):
        role = "change"  # "grew by 9%, well above the 5% seen across England"
    if _ends(tagged, near):
        return []  # "1,020 children are waiting for occupational therapy" goes on with nothing of ours
    taker = _Taker(linker, tagged, number, role, near)
    leans = bool(before) or tagged.leans or tagged.parallel
    out = whole
    for source, base, link in in_reach(linker, tagged, number, before, _HANDED - 2 * _TOLD * len(taker.named)):
        if link.kpi is not None:
            out += taker.takes(source, base, link, link.kpi, leans=leans)
    return sorted(out, key=lambda link: -link.score) if len(out) > 1 else out


class _Taker:
    """A figure that may take a measure over, and what the words beside it name."""

    def __init__(self, linker: Linker, tagged: Tagged, number: int, role: str, near: Sequence[Near]) -> None:
        self.linker, self.tagged, self.number, self.role = linker, tagged, number, role
        self.value = tagged.values[number]
        self.percent = says_percent(tagged, number)
        self.own, self.parted = _told_beside(near)
        self.named = [*self.own, *self.parted]
        self._known: frozenset[str] | None = None

    def takes(self, source: str, base: float, link: Link, kpi: Kpi, *, leans: bool) -> list[Link]:
        """What it makes of a measure in reach: the same, another that its own words make of it, or nothing."""
        linker, tagged = self.linker, self.tagged
        figure = (self.value, self.role, self.percent)
        if self.named and (refined := _refined(linker, link, self.named, figure)):
            member, fit, symbols = refined
            adds = (leans or _is_short_or_part(tagged)) and not (
                source == ABOVE and member is kpi
            )  # "EHC plans" under "Requests for EHC assessments"
            told = len(symbols & {i.symbol for i in self.named}) if adds else 0
            score = (base + (2 * _TOLD if tagged.parallel else _TOLD) * told) * fit
            return self._link(member, link.label, score, source, symbols)
        if base < _HANDED:
            return []  # however well its unit fits
        for item in self.parted:
            if _contradicts(item, kpi):
                return _of_another_part(linker, link, item, base, (tagged, self.number, source))
        percent = self.percent or _is_like(tagged, self.value, link)
        kpi, fit = _fitting(linker, kpi, self.value, self.role, percent)
        if source != BEFORE and fit < _OTHER_UNIT:
            kpi, fit = _in_its_unit(linker, link, *figure) or (kpi, fit)
        return self._link(
            kpi, link.label, base * fit - 0.5 * min(1.6, self._strange(source, link)), source, link.symbols
        )

    def _link(self, kpi: Kpi, label: str, score: float, source: str, symbols: frozenset[str]) -> list[Link]:
        if score < _HANDED:
            return []
        return [Link(self.value, self.tagged, self.number, kpi, label, score, source, symbols)]

    def _strange(self, source: str, link: Link) -> float:
        """How much of what the words beside the figure say is strange to a measure."""
        tagged, number, strange = self.tagged, self.number, 0.0
        if self.own:
            known = self._known
            if known is None:
                known = self.linker.colours | _population(tagged, number) | _of_no_measure(self.linker, tagged, number)
                self._known = known
            weights = [
                item.weight
                for item in self.own
                if item.symbol not in known
                and item.symbol not in link.symbols
                and not _echoes(item, tagged, source, link)
            ]
            strange = fsum(weights)
        opens = source == BEFORE and not number and self.value.start < _OPENS
        coordinated = source == BESIDE and tagged.parts[number].joint in _COORDINATED
        return strange + 1.0 if (opens or coordinated) and _tells_otherwise(self.linker, tagged, number) else strange


def _told_beside(near: Sequence[Near]) -> tuple[list[Item], list[Item]]:
    """The things, and the parts of a whole, that the words beside a figure name."""
    own, parted = [], []
    for n in near:
        if n.own and n.nearness > 0.75:
            if n.item.kind == CONCEPT:
                if n.source == "part" and n.item.weight >= 0.5:
                    own.append(n.item)
            elif n.item.kind == BREAKDOWN and n.source in _LABELS:
                parted.append(n.item)
    return own, parted


def _echoes(item: Item, tagged: Tagged, source: str, link: Link) -> bool:
    """As in "received funding" under the name "SEN Inclusion Fund": the same word again, shorter."""
    if source not in _NAMES:
        return False
    names = {word[:_STEM].lower() for word in _LONG_WORD.findall(link.label)}
    return any(word[:_STEM].lower() in names for word in _LONG_WORD.findall(tagged.text[item.start : item.end]))


def _ends(tagged: Tagged, near: Sequence[Near]) -> bool:
    for n in near:
        foreign = n.item.kind == FOREIGN and n.own and n.source == "part" and n.nearness > 0.85
        if foreign and not (tagged.leans and n.item.symbol in _PLANS_OF_OTHERS):
            return True
    return False


def _is_short_or_part(tagged: Tagged) -> bool:
    return len(tagged.text.split()) < FEW_WORDS or PART_OF_IT.search(tagged.text) is not None


def _of_another_part(
    linker: Linker, link: Link, part: Item, base: float, figure: tuple[Tagged, int, str]
) -> list[Link]:
    """As in "Autism is the primary need of 34%, SEMH of 21%": the measure of that part, where there is one."""
    tagged, number, source = figure
    value, role = tagged.values[number], tagged.roles[number].name
    key = part.symbol.partition("=")[0]
    wanted = frozenset(s for s in link.symbols if s.partition("=")[0] != key) | {part.symbol}
    for bag, kpi, fit in linker.candidates.named(wanted, value, role=role, percent=says_percent(tagged, number)):
        if bag == wanted and part.symbol in kpi.says and base * fit >= _HANDED:
            return [Link(value, tagged, number, kpi, link.label, base * fit, source, bag)]
    return []


def _whole(linker: Linker, tagged: Tagged, number: int, before: Sequence[Link]) -> list[Link]:
    """As in "we turned down 137 of 540": the whole that a measure's figures are parts of."""
    name = whole_measure(linker, before)
    if not name or tagged.values[number].unit != "count":
        return []
    if not _PART_OF.fullmatch(tagged.text, before[-1].value.end, tagged.values[number].start):
        return []  # "cut to 88 from a peak of 310"
    kpi = linker.packs.kpis[name]
    return [Link(tagged.values[number], tagged, number, kpi, kpi.label, WHOLE, BESIDE)]


def whole_measure(linker: Linker, before: Sequence[Link]) -> str | None:
    """The measure of the whole that the figure before is a part of; empty: it has none; None: nothing is known of it."""
    known: dict[str, str] = linker.surroundings.rules["whole_of"]
    for link in reversed(before[-2:]):
        if link.kpi is not None:
            return known.get(link.kpi.id)
        if link.value.denominator is None:
            return None
    return None


def _population(tagged: Tagged, number: int) -> frozenset[str]:
    """As in "for two thirds of families": whom a share is of, which makes no measure another one."""
    value = tagged.values[number]
    if value.unit != "percent":
        return frozenset()
    behind = (item for item in tagged.items if item.start > value.end)
    first = next(behind, None)
    whom = _FOR_ALL if tagged.parts[number].joint == "comparison" else _OF
    return frozenset({first.symbol}) if first and whom.fullmatch(tagged.text, value.end, first.start) else frozenset()


def _of_no_measure(linker: Linker, tagged: Tagged, number: int) -> frozenset[str]:
    """Words that make a figure in its unit no other measure: "251 pupils placed (budgeted 214)", "£63,900 (budget £60,500)"."""
    unit = tagged.values[number].unit
    unasked = frozenset(linker.surroundings.rules[_NO[unit]]) if unit in _NO else _NONE
    return unasked | _BUDGETED if tagged.parts[number].joint == "bracket" else unasked


def _tells_otherwise(linker: Linker, tagged: Tagged, number: int) -> bool:
    """Whether a figure is told of with a verb of its own, in words that are nobody's."""
    value, part = tagged.values[number], tagged.parts[number]
    if not _TELLS.match(tagged.text, value.end, part.end):
        return False
    return linker.speaks_of_others(tagged.text[value.end : part.end])


def _refined(
    linker: Linker, link: Link, own: Sequence[Item], figure: tuple[Value, str, bool]
) -> tuple[Kpi, float, frozenset[str]] | None:
    """The measure that the carried words and the figure's own name together: "nationally 50.3%, leaving out exceptions"."""
    value, role, percent = figure
    loud, strange = set(), set()
    for item in own:
        if item.symbol not in link.symbols:
            strange.add(item.symbol)
            if item.weight >= 0.5 and item.symbol not in linker.colours:
                loud.add(item.symbol)
    if not loud:
        return None
    kept = link.symbols - linker.surroundings.rivals(frozenset(strange))
    things = link.symbols & linker.core
    best: tuple[float, Kpi, float, frozenset[str]] | None = None
    for bag, member, fit in linker.candidates.named(kept | strange, value, role=role, percent=percent):
        carried, told = bag & kept, bag & strange
        if not told & loud or fit < 0.5 or not carried or len(carried) * 2 < len(kept) or not loud <= bag:
            continue
        if things and not things & bag and not any(linker.surroundings.rival_of.get(s, _NONE) & bag for s in things):
            continue  # "480 are overdue" of the annual reviews told of
        score = len(bag) * fit
        if best is None or score > best[0]:
            best = (score, member, fit, bag)
    return best[1:] if best else None


def refined_by(linker: Linker, text: str, link: Link, percent: bool) -> Link | None:
    """The measure of the sentence before, for what a text names: "the figures for health and social care were 81% and 88%"."""
    last = linker.memory.links[-1] if linker.memory.links else None
    if last is None or last.kpi is None:
        return None
    own = [item for item in linker.read(text) if item.kind == CONCEPT and item.weight >= 0.5]
    found = _refined(linker, last, own[-1:], (link.value, link.role.name, percent))
    if found is None:
        return None
    return Link(link.value, link.tagged, link.number, found[0], text.strip(), float(len(found[2])), symbols=found[2])


def _moves_like(value: Value, other: Link) -> bool:
    return other.role.name == "change" and value.unit == other.value.unit == "percent"


def _contradicts(item: Item, kpi: Kpi) -> bool:
    """Whether a part that is named is not the one that the measure is about."""
    key = item.symbol.partition("=")[0]
    return item.symbol not in kpi.says and any(part.partition("=")[0] == key for part in kpi.says)


def _is_like(tagged: Tagged, value: Value, last: Link) -> bool:
    """As in "In May it was 48%. In January it was 12.": a bare figure that goes on with percentages."""
    if last.value.unit != "percent" or "bare" not in value.flags or not 0 < value.value <= 100:
        return False
    return bool(_IT_WAS.search(tagged.text, 0, value.start)) and bool(_NOTHING_BEHIND.match(tagged.text, value.end))


def _in_its_unit(linker: Linker, link: Link, value: Value, role: str, percent: bool) -> tuple[Kpi, float] | None:
    """As in "Personal budgets: 130, worth £1.6m": the measure that the same words name in the figure's unit."""
    unit = UNIT + ("percent" if percent else value.unit)
    if not link.symbols or "bare" in value.flags:
        return None
    found = linker.candidates.named(link.symbols | {unit}, value, role=role, percent=percent)
    return next(((kpi, fit) for bag, kpi, fit in found if unit in bag and len(bag) > 1 and fit > _SURE_FIT), None)


def _fitting(linker: Linker, kpi: Kpi, value: Value, role: str, percent: bool) -> tuple[Kpi, float]:
    """The sibling of a measure that fits the figure's unit best."""
    if role == "change":
        if value.unit == "gbp" and kpi.id in linker.levels:
            kpi = linker.packs.kpis[linker.levels[kpi.id]]  # "the allocation rises by 3.1% (£1.3m)"
        return kpi, unit_fit(kpi.unit, value, role, percent=percent) * linker.candidates.size_fit(kpi, value, role)
    members = linker.packs.family(kpi.id) or (kpi,)
    fits = [(unit_fit(member.unit, value, role, percent=percent), member is kpi, member) for member in members]
    fit, _, member = max(fits, key=lambda f: (f[0], f[1]))
    return member, fit * linker.candidates.size_fit(member, value, role)

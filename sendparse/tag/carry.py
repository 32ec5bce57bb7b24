"""Measures that are handed down: from the figure before, the line that leads here, the sentence before, the heading.

In: the linker with what it remembers, a figure, and the words around it. Out: links that the figure could take over, the best
first. A word of its own that is strange to the measure counts against taking it over, and so does a unit that does not fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from math import fsum
from typing import TYPE_CHECKING

from sendparse.model import Sentence, Value
from sendparse.packs import Kpi
from sendparse.tag.candidates import ENOUGH, Near, unit_fit
from sendparse.tag.kpi import UNIT
from sendparse.tag.link import Link, says_percent
from sendparse.tag.period import read_period
from sendparse.tag.said import counterparts
from sendparse.tag.tagged import Tagged
from sendparse.tag.wording import BREAKDOWN, CONCEPT, FOREIGN, Item

if TYPE_CHECKING:
    from sendparse.tag.link import Linker

_HANDED = 0.62  # a carried measure is taken from here on
_FEW_WORDS = 9
_NO = {"gbp": "no_money", "count": "no_count"}
_BRACKETED = 0.95
_NEXT_ITEM = 0.5  # only where its own words make another measure of it: "Average cost: £5,100" after a number of places
_IT_WAS = re.compile(
    r"(?i)\b(?:it|this|that|(?:the|our)\s+(?:figure|rate|share|proportion))\s+(?:was|is|stood\s+at|had\s+been|has\s+been|fell\s+to|rose\s+to)\s+(?:only\s+|just\s+)?$"
)
_NOTHING_BEHIND = re.compile(r"\s*(?:$|[.,;)]|(?:in|by|at|for|last|this|a\s+year|and|but|while|compared|against)\b)")
_OTHER_UNIT, _SURE_FIT = 0.5, 0.9
_COMPARED = frozenset({"comparison", "contrast", "bracket", "with", "comma"})
_A_LABEL = 4  # words: "Issued:" need not say what
_TOLD = 0.3  # for each word of its own that makes the carried measure another one
_NO_SENTENCE = Tagged(Sentence(text=""))  # of a measure that is named by a heading or a lead
_BESIDE = "the figure before"
_BEFORE = "the sentence before"
_ABOVE = "the heading"
_LABELS = frozenset({"part", "lead"})
_NAMES = frozenset({"the name of the paragraph", "the heading", "the line that leads here"})
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
_WHOLE = 1.1
_NONE: frozenset[str] = frozenset()
_BUDGETED = frozenset({"budget"})
# "Refusals to assess account for 44": a part of what the sentence before counted.
_PART_OF_IT = re.compile(r"\b(?:account(?:s|ed)?\s+for|ma(?:de|ke|kes|king)\s+up)\b")
_WHICH_IS = re.compile(r",?\s+(?:which\s+is|that\s+is|or)\s+(?:only\s+|just\s+|about\s+)?$")
_OF_ANOTHER_TIME, _FAR = 0.9, 4  # blocks
_PLACES = re.compile(r"(?i)\b(?:national(?:ly)?|england|region(?:al)?|neighbours|average)\b")
_BARE_FIGURE = re.compile(r"\W*[\d,.]+\s?%?\W*")
_PLANS_OF_OTHERS = frozenset({"other_plan"})  # "the target in the Council Plan is 65%" goes on with the measure
_PERCENT = re.compile(r"%|per\s?cent|percentage|proportion", re.I)


def handed_down(
    linker: Linker, tagged: Tagged, number: int, before: Sequence[Link], near: Sequence[Near]
) -> list[Link]:
    """What a figure can take over, the likeliest first."""
    value, role, percent = tagged.values[number], tagged.roles[number].name, says_percent(tagged, number)
    whole = _whole(linker, tagged, number, before) if "whole" in value.flags else []
    if "whole" in value.flags:
        before = ()  # "three of the 64": the whole is no hearing, but what the sentence before counted
    if before and tagged.parts[number].joint in _COMPARED and _moves_like(value, before[-1]):
        role = "change"  # "grew by 9%, well above the 5% seen across England"
    colours = linker.surroundings.rules["colours"]
    own = [
        n.item
        for n in near
        if n.own and n.source == "part" and n.item.kind == CONCEPT and n.item.weight >= 0.5 and n.nearness > 0.75
    ]
    if _ends(tagged, near):
        return []  # "1,020 children are waiting for occupational therapy" goes on with nothing of ours
    parted = [n.item for n in near if n.own and n.source in _LABELS and n.item.kind == BREAKDOWN and n.nearness > 0.75]
    joint = tagged.parts[number].joint
    asked_of = _population(tagged, number) | _of_no_measure(linker, tagged, number)
    out = whole
    for source, base, link in _sources(linker, tagged, number, before, _HANDED - 2 * _TOLD * len(own + parted)):
        if link.kpi is None:
            continue
        if refined := _refined(linker, link, [*own, *parted], (value, role, percent)):
            member, fit, symbols = refined
            leans = before or tagged.leans or tagged.parallel or _is_short_or_part(tagged)
            adds = leans and not (
                source == _ABOVE and member is link.kpi
            )  # "EHC plans" under "Requests for EHC assessments"
            told = len(symbols & {i.symbol for i in (*own, *parted)}) if adds else 0
            score = (base + (2 * _TOLD if tagged.parallel else _TOLD) * told) * fit
            if score >= _HANDED:
                out.append(Link(value, tagged, number, member, link.label, score, source, symbols))
            continue
        if other := next((item for item in parted if _contradicts(item, link.kpi)), None):
            out += _of_another_part(linker, link, other, base, (tagged, number, source))
            continue
        kpi, fit = _fitting(linker, link.kpi, value, role, percent or _is_like(tagged, value, link))
        if source != _BEFORE and fit < _OTHER_UNIT:
            kpi, fit = _in_its_unit(linker, link, value, role, percent) or (kpi, fit)
        known = link.symbols.union(asked_of, colours)
        strange = fsum([i.weight for i in own if i.symbol not in known and not _echoes(i, tagged, source, link)])
        opens = source == _BEFORE and not number and value.start < _OPENS
        if (opens or (source == _BESIDE and joint in _COORDINATED)) and _tells_otherwise(linker, tagged, number):
            strange += 1.0
        score = base * fit - 0.5 * min(1.6, strange)
        if score >= _HANDED:
            out.append(Link(value, tagged, number, kpi, link.label, score, source, link.symbols))
    return sorted(out, key=lambda link: -link.score)


def _echoes(item: Item, tagged: Tagged, source: str, link: Link) -> bool:
    """As in "received funding" under the name "SEN Inclusion Fund": the same word again, shorter."""
    if source not in _NAMES:
        return False
    names = {word[:_STEM].lower() for word in _LONG_WORD.findall(link.label)}
    return any(word[:_STEM].lower() in names for word in _LONG_WORD.findall(tagged.text[item.start : item.end]))


def _ends(tagged: Tagged, near: Sequence[Near]) -> bool:
    foreign = {
        n.item.symbol for n in near if n.own and n.source == "part" and n.item.kind == FOREIGN and n.nearness > 0.85
    }
    return bool(foreign - (_PLANS_OF_OTHERS if tagged.leans else frozenset()))


def _is_short_or_part(tagged: Tagged) -> bool:
    return len(tagged.text.split()) < _FEW_WORDS or _PART_OF_IT.search(tagged.text) is not None


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
    return [Link(tagged.values[number], tagged, number, kpi, kpi.label, _WHOLE, _BESIDE)]


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
    mixed = frozenset(linker.surroundings.rules["colours"]) | link.symbols
    strange = frozenset(item.symbol for item in own) - link.symbols
    kept = link.symbols - linker.surroundings.rivals(strange)
    loud = frozenset(item.symbol for item in own if item.weight >= 0.5) - mixed
    if not loud:
        return None
    things = (link.symbols & frozenset(linker.packs.words.core)) - frozenset(linker.surroundings.rules["implied"])
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


def _sources(
    linker: Linker, tagged: Tagged, number: int, before: Sequence[Link], least: float
) -> Iterable[tuple[str, float, Link]]:
    """Every measure in reach, with how readily it is taken over: figures of the sentence down to the `least`."""
    yield from ((_BEFORE, _WHOLE, link) for link in counterparts(tagged, number, linker.memory.links))
    base = 1.08 if tagged.parts[number].joint in {"comparison", "bracket", "to", "contrast"} else 1.02
    aside = bool(before) and before[-1].kpi is None and tagged.parts[number].joint == "bracket"
    for distance, link in enumerate(() if aside else reversed(before)):  # "AP: £3.3m (budget £3.1m)" is of no top-ups
        if (readily := base - 0.06 * distance) < least:
            break  # in a long list those further back cannot be meant
        yield _BESIDE, readily, link
    value, role, percent = tagged.values[number], tagged.roles[number].name, says_percent(tagged, number)
    yield from _in_its_bracket(linker, tagged, number, before)
    sentence = tagged.sentence
    asked = linker.asked(tagged, number)
    again = bool(before) and linker.asked(tagged, before[-1].number).text == asked.text
    other = again and bool(asked.text) and value.unit != before[-1].value.unit
    if other and (named := named_by(linker, asked.text, value, role, percent)):
        yield "the line that leads here", 0.8, named
    if asked.text and not again:
        text = f"{asked.text} {asked.before}" if asked.before else asked.text
        if named := named_by(linker, text, value, role, percent):
            yield "the line that leads here", 1.05 if not before else 1.09, named
    if before:
        return
    label = linker.label_of(tagged)
    if label and (named := named_by(linker, label, value, role, percent)):
        yield "the name of the paragraph", 0.9, named
    yield from _from_before(linker, tagged)
    last = linker.memory.links[-1] if linker.memory.links else None
    if (
        last is not None
        and last.kpi is None
        and last.tagged.sentence.block == sentence.block
        and not linker.memory.silent
        and (named := named_by(linker, last.tagged.text, value, role, percent))
    ):
        yield "the sentence before", 0.84 if tagged.leans else 0.74, named
    for silent in reversed(linker.memory.silent[-2:]):
        if silent.sentence.block == sentence.block and (named := named_by(linker, silent.text, value, role, percent)):
            yield "the sentence before", 0.92 if tagged.leans else 0.76, named
    for depth, heading in enumerate(reversed(sentence.headings[-2:])):
        if named := named_by(linker, linker.surroundings.spoken(heading), value, role, percent, heading=True):
            yield "the heading", 0.8 - 0.1 * depth, named


def _in_its_bracket(
    linker: Linker, tagged: Tagged, number: int, before: Sequence[Link]
) -> Iterable[tuple[str, float, Link]]:
    """As in "a schools block transfer of £0.9m (0.4%)", "£0.9m, or 0.4%": what is told of a figure that has no measure of its own."""
    if not before or before[-1].kpi is not None:
        return
    gap = tagged.text[before[-1].value.end : tagged.values[number].start]
    if tagged.parts[number].joint != "bracket" and _WHICH_IS.search(gap) is None:
        return
    part, role = tagged.parts[before[-1].number], tagged.roles[number].name
    told = tagged.text[part.start : part.end]
    if named := named_by(linker, told, tagged.values[number], role, says_percent(tagged, number)):
        yield _BESIDE, _BRACKETED, named


def _from_before(linker: Linker, tagged: Tagged) -> Iterable[tuple[str, float, Link]]:
    """Figures of the sentences before, as long as they stand under the same headings."""
    sentence = tagged.sentence
    bare = (
        not any(item.weight >= 0.6 for item in tagged.items)
        and len(tagged.text.split()) < _FEW_WORDS
        and not any(linker.names_something(silent.text) for silent in linker.memory.silent)
        and not (sentence.lead and _BARE_FIGURE.fullmatch(tagged.text))  # a cell of a table: its labels tell
    )
    leans = tagged.leans or bare or _PART_OF_IT.search(tagged.text) is not None  # "Since January: 55%"
    for back, link in enumerate(reversed(linker.memory.links[-8:])):
        if not back and _only_of_another_time(linker, tagged, link):
            yield "the sentence before", _OF_ANOTHER_TIME, link
        if link.tagged.sentence.headings != sentence.headings:
            return
        same = link.tagged.sentence.block == sentence.block
        base = (0.98 if leans else 0.84) if same else (0.86 if leans else 0.0)
        if sentence.kind == "list_item" and not leans and not same:
            base = _NEXT_ITEM if link.tagged.sentence.kind == "list_item" and not back else 0.0
        yield "the sentence before", base - 0.03 * back, link


def _only_of_another_time(linker: Linker, tagged: Tagged, link: Link) -> bool:
    """As in "How many plans are there? 2,045. And in other years? March 2024: 1,837": labels that name a time or a place alone."""
    sentence = tagged.sentence
    if (
        not sentence.lead
        or not _BARE_FIGURE.fullmatch(tagged.text)
        or sentence.block - link.tagged.sentence.block > _FAR
    ):
        return False
    above = sentence.headings[-1:]
    named = any(linker.names_something(_PLACES.sub(" ", text)) for text in (sentence.lead, *above))
    return not named and (read_period(sentence.lead) is not None or _PLACES.search(sentence.lead) is not None)


def named_by(
    linker: Linker, text: str, value: Value, role: str, percent: bool, *, heading: bool = False
) -> Link | None:
    """The measure that a lead, a heading or a sentence without figures names by itself."""
    items = linker.read(text)
    things = not heading and any(
        item.weight >= 0.6 and item.symbol not in linker.surroundings.rules["events"] for item in items
    )
    meant = linker.surroundings.unsaid() if things or len(text.split()) <= _A_LABEL else []
    if not linker.candidates.may_name([*(item.symbol for item in items), *(n.item.symbol for n in meant)]):
        return None
    near = [Near(item, 1.0, True, "part") for item in items]
    percent = percent or _PERCENT.search(text) is not None
    for unsaid in ((), meant) if meant else ((),):
        ranked = linker.candidates.rank([*near, *unsaid], value, role=role, percent=percent)
        if ranked and ranked[0].score >= ENOUGH * 0.85:
            break
    else:
        return None
    best = ranked[0]
    label = " ".join(text[a:b] for a, b in best.spans) or text
    return Link(value, _NO_SENTENCE, 0, best.kpi, label, best.score, symbols=best.symbols)


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

"""Measures that are handed down: from the figure before, the line that leads here, the sentence before, the heading.

In: the linker with what it remembers, a figure, and the words around it. Out: links that the figure could take over, the best
first. A word of its own that is strange to the measure counts against taking it over, and so does a unit that does not fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sendparse.model import Value
from sendparse.packs import Kpi
from sendparse.tag.candidates import ENOUGH, Near, unit_fit
from sendparse.tag.link import Link, says_percent
from sendparse.tag.tagged import Tagged
from sendparse.tag.wording import CONCEPT

if TYPE_CHECKING:
    from sendparse.tag.link import Linker

_HANDED = 0.62  # a carried measure is taken from here on
_PERCENT = re.compile(r"%|per\s?cent|percentage|proportion", re.I)


def handed_down(
    linker: Linker, tagged: Tagged, number: int, before: Sequence[Link], near: Sequence[Near]
) -> list[Link]:
    """What a figure can take over, the likeliest first."""
    value, role, percent = tagged.values[number], tagged.roles[number].name, says_percent(tagged, number)
    colours = linker.surroundings.rules["colours"]
    own = [
        n.item
        for n in near
        if n.own and n.source == "part" and n.item.kind == CONCEPT and n.item.weight >= 0.5 and n.nearness > 0.75
    ]
    out = []
    for source, base, link in _sources(linker, tagged, number, before):
        if link.kpi is None:
            continue
        kpi, fit = _fitting(linker, link.kpi, value, role, percent)
        strange = sum(i.weight for i in own if i.symbol not in link.symbols and i.symbol not in colours)
        score = base * fit - 0.5 * min(1.6, strange)
        if score >= _HANDED:
            out.append(Link(value, tagged, number, kpi, link.label, score, source, link.symbols))
    return sorted(out, key=lambda link: -link.score)


def _sources(linker: Linker, tagged: Tagged, number: int, before: Sequence[Link]) -> Iterable[tuple[str, float, Link]]:
    """Every measure in reach, with how readily it is taken over."""
    joint = tagged.parts[number].joint
    for distance, link in enumerate(reversed(before)):
        base = 1.08 if joint in {"comparison", "bracket", "to", "contrast"} else 1.02
        yield "the figure before", base - 0.06 * distance, link
    value, role, percent = tagged.values[number], tagged.roles[number].name, says_percent(tagged, number)
    sentence = tagged.sentence
    asked = linker.asked(tagged, number)
    if asked.text and (not before or (asked.text != sentence.lead and value.unit != before[-1].value.unit)):
        text = f"{asked.text} {asked.before}" if asked.before else asked.text
        if named := named_by(linker, text, value, role, percent):
            yield "the line that leads here", 1.05 if not before else 1.09, named
    if before:
        return
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
        if named := named_by(linker, heading, value, role, percent):
            yield "the heading", 0.8 - 0.1 * depth, named


def _from_before(linker: Linker, tagged: Tagged) -> Iterable[tuple[str, float, Link]]:
    """Figures of the sentences before, as long as they stand under the same headings."""
    sentence = tagged.sentence
    for back, link in enumerate(reversed(linker.memory.links[-8:])):
        if link.tagged.sentence.headings != sentence.headings:
            return
        same = link.tagged.sentence.block == sentence.block
        base = (0.98 if tagged.leans else 0.84) if same else (0.86 if tagged.leans else 0.0)
        if sentence.kind == "list_item" and not tagged.leans and not same:
            base = 0.0
        yield "the sentence before", base - 0.03 * back, link


def named_by(linker: Linker, text: str, value: Value, role: str, percent: bool) -> Link | None:
    """The measure that a lead, a heading or a sentence without figures names by itself."""
    near = [Near(item, 1.0, True, "part") for item in linker.read(text)]
    percent = percent or _PERCENT.search(text) is not None
    for unsaid in ((), linker.surroundings.unsaid()):
        ranked = linker.candidates.rank([*near, *unsaid], value, role=role, percent=percent)
        if ranked and ranked[0].score >= ENOUGH * 0.85:
            break
    else:
        return None
    best = ranked[0]
    label = " ".join(text[a:b] for a, b in best.spans) or text
    return Link(value, Tagged.__new__(Tagged), 0, best.kpi, label, best.score, symbols=best.symbols)


def _fitting(linker: Linker, kpi: Kpi, value: Value, role: str, percent: bool) -> tuple[Kpi, float]:
    """The sibling of a measure that fits the figure's unit best."""
    if role == "change":
        return kpi, unit_fit(kpi.unit, value, role, percent=percent)
    members = linker.packs.family(kpi.id) or (kpi,)
    fits = [(unit_fit(member.unit, value, role, percent=percent), member is kpi, member) for member in members]
    fit, _, member = max(fits, key=lambda f: (f[0], f[1]))
    return member, fit

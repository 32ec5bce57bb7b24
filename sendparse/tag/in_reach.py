"""Measures in reach of a figure: of the figures before, the line that leads here, the sentences before, the headings.

In: the linker with what it remembers, and a figure. Out: links that hold these measures, each with where it stands and how
readily it is taken over. What a text names by itself is worked out once for all figures that ask. Whether a figure takes a
measure over is the work of carry.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sendparse.begins import Sought
from sendparse.model import Sentence, Value
from sendparse.tag.candidates import ENOUGH, Candidate, Candidates, Near, stated
from sendparse.tag.link import Link, says_percent
from sendparse.tag.period import read_period
from sendparse.tag.said import counterparts
from sendparse.tag.tagged import Tagged

if TYPE_CHECKING:
    from sendparse.tag.link import Linker

BESIDE = "the figure before"
BEFORE = "the sentence before"
ABOVE = "the heading"
LED = "the line that leads here"
PARAGRAPH = "the name of the paragraph"
WHOLE = 1.1
FEW_WORDS = 9
_BRACKETED = 0.95
_NEXT_ITEM = 0.5  # only where its own words make another measure of it: "Average cost: £5,100" after a number of places
_DRAWN_TOGETHER = frozenset({"comparison", "bracket", "to", "contrast"})
_A_LABEL = 4  # words: "Issued:" need not say what
_NO_SENTENCE = Tagged(Sentence(text=""))  # of a measure that is named by a heading or a lead
# "Refusals to assess account for 44": a part of what the sentence before counted.
PART_OF_IT = Sought(r"\b(?:account(?:s|ed)?\s+for|ma(?:de|ke|kes|king)\s+up)\b")
_WHICH_IS = re.compile(r",?\s+(?:which\s+is|that\s+is|or)\s+(?:only\s+|just\s+|about\s+)?$")
_OF_ANOTHER_TIME, _FAR = 0.9, 4  # blocks
_PLACES = re.compile(r"(?i)\b(?:national(?:ly)?|england|region(?:al)?|neighbours|average)\b")
_BARE_FIGURE = re.compile(r"\W*[\d,.]+\s?%?\W*")
_PERCENT = Sought(r"(?i)%|per\s?cent|percentage|proportion")
_KEPT = 2000  # texts, read once for all figures that ask what they name


def in_reach(
    linker: Linker, tagged: Tagged, number: int, before: Sequence[Link], least: float
) -> list[tuple[str, float, Link]]:
    """Every measure in reach, with how readily it is taken over: figures of the sentence down to the `least`."""
    out = [(BEFORE, WHOLE, link) for link in counterparts(tagged, number, linker.memory.links)]
    joint, last = tagged.parts[number].joint, before[-1] if before else None
    if last is not None and (last.kpi is not None or joint != "bracket"):  # "AP: £3.3m (budget £3.1m)" is of no top-ups
        base = 1.08 if joint in _DRAWN_TOGETHER else 1.02
        for distance, link in enumerate(reversed(before)):
            if (readily := base - 0.06 * distance) < least:
                break  # in a long list those further back cannot be meant
            out.append((BESIDE, readily, link))
    value, role, percent = tagged.values[number], tagged.roles[number].name, says_percent(tagged, number)
    if last is not None and (named := _in_its_bracket(linker, tagged, number, last)):
        out.append((BESIDE, _BRACKETED, named))
    asked = linker.asked(tagged, number)
    again = last is not None and linker.asked(tagged, last.number).text == asked.text
    other = last is not None and again and bool(asked.text) and value.unit != last.value.unit
    if other and (named := named_by(linker, asked.text, value, role, percent)):
        out.append((LED, 0.8, named))
    if asked.text and not again:
        text = f"{asked.text} {asked.before}" if asked.before else asked.text
        if named := named_by(linker, text, value, role, percent):
            out.append((LED, 1.05 if last is None else 1.09, named))
    return out if last is not None else [*out, *_from_above(linker, tagged, value, role, percent)]


def _from_above(
    linker: Linker, tagged: Tagged, value: Value, role: str, percent: bool
) -> list[tuple[str, float, Link]]:
    """For the first figure of a sentence: what its paragraph, the sentences before and its headings are about."""
    out = []
    sentence, memory = tagged.sentence, linker.memory
    label = linker.label_of(tagged)
    if label and (named := named_by(linker, label, value, role, percent)):
        out.append((PARAGRAPH, 0.9, named))
    out += _from_before(linker, tagged)
    last = memory.links[-1] if memory.links else None
    if (
        last is not None
        and last.kpi is None
        and last.tagged.sentence.block == sentence.block
        and not memory.silent
        and (named := named_by(linker, last.tagged.text, value, role, percent))
    ):
        out.append((BEFORE, 0.84 if tagged.leans else 0.74, named))
    for silent in reversed(memory.silent[-2:]):
        if silent.sentence.block == sentence.block and (named := named_by(linker, silent.text, value, role, percent)):
            out.append((BEFORE, 0.92 if tagged.leans else 0.76, named))
    for depth, heading in enumerate(reversed(sentence.headings[-2:])):
        if named := named_by(linker, linker.surroundings.spoken(heading), value, role, percent, heading=True):
            out.append((ABOVE, 0.8 - 0.1 * depth, named))
    return out


def _in_its_bracket(linker: Linker, tagged: Tagged, number: int, last: Link) -> Link | None:
    """As in "a schools block transfer of £0.9m (0.4%)", "£0.9m, or 0.4%": what is told of a figure that has no measure of its own."""
    if last.kpi is not None:
        return None
    if tagged.parts[number].joint != "bracket":
        gap = tagged.text[last.value.end : tagged.values[number].start]
        if _WHICH_IS.search(gap) is None:
            return None
    part, role = tagged.parts[last.number], tagged.roles[number].name
    told = tagged.text[part.start : part.end]
    return named_by(linker, told, tagged.values[number], role, says_percent(tagged, number))


def _from_before(linker: Linker, tagged: Tagged) -> list[tuple[str, float, Link]]:
    """Figures of the sentences before, as long as they stand under the same headings."""
    out: list[tuple[str, float, Link]] = []
    if not linker.memory.links:
        return out
    sentence = tagged.sentence
    leans = tagged.leans or _is_bare(linker, tagged) or PART_OF_IT.search(tagged.text) is not None
    for back, link in enumerate(reversed(linker.memory.links[-8:])):
        if not back and _only_of_another_time(linker, tagged, link):
            out.append((BEFORE, _OF_ANOTHER_TIME, link))
        if link.tagged.sentence.headings != sentence.headings:
            break
        same = link.tagged.sentence.block == sentence.block
        base = (0.98 if leans else 0.84) if same else (0.86 if leans else 0.0)
        if sentence.kind == "list_item" and not leans and not same:
            base = _NEXT_ITEM if link.tagged.sentence.kind == "list_item" and not back else 0.0
        out.append((BEFORE, base - 0.03 * back, link))
    return out


def _is_bare(linker: Linker, tagged: Tagged) -> bool:
    """As in "Since January: 55%": a line that says nothing itself, nor does what stands between."""
    if len(tagged.text.split()) >= FEW_WORDS or any(item.weight >= 0.6 for item in tagged.items):
        return False
    if tagged.sentence.lead and _BARE_FIGURE.fullmatch(tagged.text):
        return False  # a cell of a table: its labels tell
    return not any(linker.names_something(silent.text) for silent in linker.memory.silent)


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


class Naming:
    """What a lead, a heading or a sentence without figures names by itself, whatever figure asks."""

    def __init__(self, linker: Linker, text: str, *, heading: bool) -> None:
        items = linker.read(text)
        events = linker.surroundings.rules["events"]
        things = not heading and any(item.weight >= 0.6 and item.symbol not in events for item in items)
        self.text = text
        self.near = [Near(item, 1.0, True, "part") for item in items]
        self.meant = linker.surroundings.unsaid() if things or len(text.split()) <= _A_LABEL else []
        self.speaks = linker.candidates.may_name([n.item.symbol for n in (*self.near, *self.meant)])
        self.percent = _PERCENT.search(text) is not None
        self._weighed: dict[tuple[str, bool], list[Candidate]] = {}

    def best(self, candidates: Candidates, value: Value, role: str, percent: bool) -> Candidate | None:
        """The measure that it names for a figure; where it says too little, with what it need not say."""
        unit = stated(value, role, percent)
        for unsaid in (False, True) if self.meant else (False,):
            weighed = self._weighed.get((unit, unsaid))
            if weighed is None:
                weighed = candidates.weighed([*self.near, *self.meant] if unsaid else self.near, unit)
                self._weighed[unit, unsaid] = weighed
            ranked = candidates.fitted(weighed, value, role=role, percent=percent) if weighed else []
            if ranked and ranked[0].score >= ENOUGH * 0.85:
                return ranked[0]
        return None


def named_by(
    linker: Linker, text: str, value: Value, role: str, percent: bool, *, heading: bool = False
) -> Link | None:
    """The measure that a lead, a heading or a sentence without figures names by itself."""
    known = linker.naming
    naming = known.get((text, heading))
    if naming is None:
        if len(known) >= _KEPT:
            known.clear()
        naming = known[text, heading] = Naming(linker, text, heading=heading)
    best = naming.best(linker.candidates, value, role, percent or naming.percent) if naming.speaks else None
    if best is None:
        return None
    label = " ".join(text[a:b] for a, b in best.spans) or text
    return Link(value, _NO_SENTENCE, 0, best.kpi, label, best.score, symbols=best.symbols)

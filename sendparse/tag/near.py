"""The words around a figure, and how strongly each can speak for what it measures.

In: a tagged sentence, one of its figures, and what stands around the sentence. Out: symbols, each with its nearness. Words of
the figure's own part count in full and less with distance; the rest of the sentence, the line that leads to it, the heading
and the sentence before count less. A short name counts in full once the paper has named the thing ("plans" for EHC plans);
whoever acts ("the mediation team have ...") hardly counts. What the words mean together is the work of candidates.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sendparse.model import Value
from sendparse.packs import Packs
from sendparse.records import changed
from sendparse.tag.asks import Ask
from sendparse.tag.candidates import Near
from sendparse.tag.hints import Hinted
from sendparse.tag.period import read_periods
from sendparse.tag.reach import BRACKETED, closes_a_list, coupled, of_a_whole, shares_its_verb, stretch
from sendparse.tag.reasons import stands_for_what_was_told
from sendparse.tag.tagged import Tagged
from sendparse.tag.wording import CONCEPT, FOREIGN, Item
from sendparse.tag.wordings import any_of, words

_TURN = Hinted(
    r"[;]|\n[A-Z][a-z]+:\s|\b(?:whereas|while|whilst|but|although|due\s+to|however|as\s+a\s+result|"
    r"which\s+(?:shows|means|reflects|suggests|demonstrates|is\s+(?:due|likely)|has\s+(?:an?|led)|will))\b"
)
# "Plans have risen by 52% and the special schools are full": a clause with a subject of its own.
_CLAUSE = Hinted(
    r"\band\s+(?:the|our|its|their|these|this|we|they|there|it)\s(?=[^,;.:%£]{3,60}?\b(?:is|are|was|were|has|have|had|will|would|can|could|did|do|does)\b)"
)
_OPENED = re.compile(r":\s+(?:\w+\s+){5}")
_NONE: frozenset[str] = frozenset()
_KEPT = 2000  # headings and leads, read once for all figures under them
_HAPPENED = 0.5
_THING = 0.6
_SHORT_NAME = 10  # words
_SHORT = 0.92  # of its full weight counts a short name in a paper that has said the long one


@dataclass(frozen=True, slots=True)
class _Sentence:
    """What is the same for all figures of a sentence: its symbols, where it says who acts, and whether it may turn."""

    tagged: Tagged
    items: list[Item]
    actors: list[tuple[int, int]]
    turns: bool
    clauses: bool


@dataclass(slots=True)
class Surroundings:
    """What one paper lends to all its figures. `read` gives the symbols of a text; `named` are the things named in full."""

    packs: Packs
    read: Callable[[str], Sequence[Item]]
    named: frozenset[str] = frozenset()
    title: str = ""
    rules: Mapping[str, Any] = field(init=False)
    agents: Hinted = field(init=False)
    dull: Hinted = field(init=False)
    other: re.Pattern[str] = field(init=False)
    over: re.Pattern[str] = field(init=False)  # what stands alone behind a sum that is over budget
    forecast: re.Pattern[str] = field(init=False)  # of one year's account
    stock: re.Pattern[str] = field(init=False)  # of what has built up over the years
    each: re.Pattern[str] = field(init=False)  # every month
    answer: Hinted = field(init=False)
    happens: frozenset[str] = field(init=False)
    merely: frozenset[str] = field(init=False)  # what happened, without the words that name a measure all the same
    services: frozenset[str] = field(init=False)
    rival_of: Mapping[str, frozenset[str]] = field(init=False)
    _lines: dict[str, list[Item]] = field(init=False, default_factory=dict)
    _headings: dict[str, list[Item]] = field(init=False, default_factory=dict)
    _said: _Sentence | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        for name, made in self.packs.once("surroundings", self._compiled).items():
            setattr(self, name, made)

    def _compiled(self) -> dict[str, Any]:
        """What is the same for all papers."""
        rules = self.packs.rules["links"]
        agents = _agents(any_of(rules["bodies"]), any_of(rules["acts"]))
        rival_of = _rivals(self.packs)
        dull = Hinted(rf"(?i)\b(?:{any_of(rules['dull_headings'], caseless=True)})\b")
        other = re.compile(rf"(?i)\b(?:{any_of(rules['other_kinds'], caseless=True)})\s+$")
        foreign = self.packs.rules.get("foreign", {})
        asked, answers = (any_of(foreign.get(name, ()), caseless=True) or "(?!)" for name in ("people", "tell"))
        answer = Hinted(rf"(?i)\b(?:{asked})(?:\s*\([^()]{{1,20}}\))?\s+(?:who\s+)?(?:\w+ly\s+)?(?:{answers})\b")
        happens = frozenset(rules["events"]) | frozenset(rules["conditions"]) - frozenset(rules["things"])
        over = re.compile(rf"(?i)\s+(?:{any_of(rules['money_over']['words'])})(?=\s*(?:[.,;)]|$))")
        return {
            "rules": rules, "agents": agents, "rival_of": rival_of, "dull": dull, "other": other, "over": over,
            "forecast": _said(rules["in_year"]["forecast"]), "stock": _said(rules["in_year"]["stock"]), "each": _said(rules["each_month"]),
            "answer": answer, "happens": happens, "services": frozenset(rules["services"]),
            "merely": happens - frozenset(rules.get("telling", ())),
        }  # fmt: skip

    def own(self, tagged: Tagged, number: int) -> list[Near]:
        """The symbols of the sentence itself."""
        said = self._of_sentence(tagged)
        if not said.items and tagged.values[number].unit != "gbp":
            return []
        value = tagged.values[number]
        reach = stretch(tagged, number)
        items = said.items
        if "whole" in value.flags or (number and of_a_whole(tagged, number - 1)):
            items = [item for item in items if item.symbol not in self.rules["conditions"]]
        if items and stands_for_what_was_told(tagged, number):
            items = [item for item in items if item.start > value.end]
        out = [_nearness(item, value, tagged, number, reach, said) for item in items]
        if value.unit == "gbp" and (alone := self.over.match(tagged.text, value.end)) is not None:
            over = Item(self.rules["money_over"]["concept"], CONCEPT, 1.0, alone.start(), alone.end(), -1, False)
            out.append(Near(over, 1.0, True, "part"))
        if not said.actors:
            return out
        return [Near(n.item, n.nearness * 0.45, False, "before") if _within(n.item, said.actors) else n for n in out]

    def _of_sentence(self, tagged: Tagged) -> _Sentence:
        said = self._said
        if said is None or said.tagged is not tagged:
            text = tagged.text
            items = [
                self._in_full(i, tagged)
                for i in tagged.items
                if not _in_period(i, tagged) or self._names_a_date(i, tagged)
            ]
            told_of = items or any(value.unit == "gbp" for value in tagged.values)
            actors = [m.span() for m in self.agents.finditer(text)] if told_of else []
            said = self._said = _Sentence(tagged, items, actors, _TURN.may_hold(text), _CLAUSE.may_hold(text))
        return said

    def _names_a_date(self, item: Item, tagged: Tagged) -> bool:
        """Whether the words of a date belong to a measure's name ("final by 15 February" of phase transfers)."""
        needs = self.rules["dated_names"].get(item.symbol)
        return needs is not None and (not needs or any(other.symbol == needs for other in tagged.items))

    def _in_full(self, item: Item, tagged: Tagged) -> Item:
        """As in "plans" alone, where the paper has named EHC plans; "action plans" stay something else."""
        if item.kind != CONCEPT or item.symbol not in self.named:
            return item
        full = self.packs.words.concepts[item.symbol].weight
        if item.weight >= full * _SHORT or self.other.search(tagged.text[max(0, item.start - 24) : item.start]):
            return item
        return changed(item, weight=full * _SHORT)

    def around(self, tagged: Tagged, own: Sequence[Near], asked: Ask, *, first: bool) -> list[Near]:
        """The symbols of the line that leads to the sentence (of what it asks of this figure), and of its headings."""
        sentence = tagged.sentence
        out: list[Near] = []
        if sentence.lead:
            alone = not any(n.own and n.item.kind == CONCEPT and n.item.weight >= 0.5 for n in own)
            asks = "?" in sentence.lead[-3:] or len(tagged.text.split()) < 8
            told = self._undated(asked.text)
            mine = first and alone and (asks or any(self.is_thing(item) for item in told))
            out += [Near(item, 0.95 if asks else 0.8, mine, "lead") for item in told]
            out += [Near(i, 0.6, False, "lead") for i in self._undated(asked.before)]
        for depth, heading in enumerate(reversed(sentence.headings[-2:])):
            out += self._lent(self._heading(heading), 0.55 if depth == 0 else 0.4, "heading", own)
        return [*out, *self._lent(self._undated(self.title), 0.4, "heading", own)]

    def _heading(self, heading: str) -> list[Item]:
        """What a heading names; one that says where one is in a paper names services alone."""
        if heading not in self._headings:
            told = self._undated(self.spoken(heading))
            if self.dull.search(heading):
                told = [item for item in told if item.symbol in self.services]
            if len(self._headings) >= _KEPT:
                return told
            self._headings[heading] = told
        return self._headings[heading]

    def before(self, tagged: Tagged, last: Tagged, own: Sequence[Near]) -> list[Near]:
        """The symbols of a sentence before, which are lent in full where a sentence leans on it."""
        if tagged.parallel and last.values:
            return [Near(item, 0.5, False, "parallel") for item in self.read(last.text)]
        if tagged.leans or tagged.points_back:
            return [Near(item, 0.45, False, "before") for item in self.read(last.text)]
        return self._lent(self.read(last.text), 0.45, "before", own)

    def _lent(self, items: Sequence[Item], nearness: float, source: str, own: Sequence[Near]) -> list[Near]:
        """To a figure that has a thing of its own, what happened to another thing is lent less readily."""
        out, lent = [], -1.0
        for item in items:
            if item.symbol in self.happens:
                if lent < 0:
                    lent = nearness * (_HAPPENED if _names_a_thing(own) else 1.0)
                out.append(Near(item, lent, False, source))
            else:
                out.append(Near(item, nearness, False, source))
        return out

    def is_thing(self, item: Item) -> bool:
        """Whether a word names what is counted, and not only what happened to it."""
        return item.kind == CONCEPT and item.weight >= _THING and item.symbol not in self.happens

    def _undated(self, text: str) -> list[Item]:
        """The symbols of a lead without those of its dates: "as at 31 March 2022" is no deadline."""
        if text in self._lines:
            return self._lines[text]
        dates = [(p.text_start, p.text_end) for p in read_periods(text)]
        named = {symbol for symbol, needs in self.rules["dated_names"].items() if not needs}
        found = [item for item in self.read(text) if item.symbol in named or not _within(item, dates)]
        if len(self._lines) < _KEPT:
            self._lines[text] = found
        return found

    def implied(self, tagged: Tagged, value: Value, around: Sequence[Near]) -> list[Near]:
        """What a paper on this subject need not say: "mainstream schools: 41%" speaks of plans. Where headings or the line
        that leads here name another thing, that is likelier meant."""
        if value.unit == "gbp":
            return []  # money is of what is named
        symbols = self._implied()
        if not symbols:
            return []
        if value.unit == "count" and not tagged.sentence.lead and len(tagged.text.split()) > 8:
            if "assessment" not in symbols:
                return []
            told = ["assessment"]  # "12 special schools" are schools
        else:
            told = symbols
        named = any(n.source in _TOPICS and self.is_thing(n.item) and n.item.symbol not in symbols for n in around)
        return [_of_paper(symbol, 0.3 if named else 0.42) for symbol in told]

    def spoken(self, heading: str) -> str:
        """A heading without the words that say where one is in a paper: no plan is amended in an "Annual review update"."""
        return self.dull.sub(" ", heading)

    def unsaid(self) -> list[Near]:
        """What a line of a few words need not say in such a paper: "Timeliness" is that of plans."""
        return [_of_paper(symbol) for symbol in self._implied()]

    def rivals(self, symbols: frozenset[str]) -> frozenset[str]:
        """The words whose place these take."""
        out: frozenset[str] = _NONE
        for symbol in symbols:
            if symbol in self.rival_of:
                out |= self.rival_of[symbol]
        return out - symbols

    def _implied(self) -> list[str]:
        return [symbol for symbol in self.rules["implied"] if symbol in self.named]


_LABEL = re.compile(
    r"\W*(?:\(?(?:\d{1,2}(?:\.\d{1,3})*|[a-z])[.)]?\s+)?([A-Za-z][\w'’()/&,-]*(?:\s+[A-Za-z][\w'’()/&,-]*){0,8}?\s*)(?::|\s[–—-])\s"
)


_NAME = re.compile(
    r"\W*(?:(?:Item|KPI|Question|Q|Priority(?:\s+action)?|Action|Section)\s+)?(?:\d{1,2}(?:\.\d{1,3})*[.):]?\s+)?[\s–:-]*(\D{3,90})[.:]?\s*"
)
_VERB = Hinted(
    r"(?i)\b(?:is|are|was|were|has|have|had|will|be|been|said|asked|noted|agreed|reported|told|can|could|would|should|do|does|did)\b"
)


def run_in_label(text: str) -> str:
    """What a paragraph is about, where it opens with a name: "Independent schools: £4.4m over budget. There are ...",
    "KPI 11 EOTAS packages. 93 at month end"."""
    found = _LABEL.match(text)
    if found is None and len(text.split()) <= _SHORT_NAME and not _VERB.search(text):
        found = _NAME.fullmatch(text)
    return found[1].strip() if found else ""


def _rivals(packs: Packs) -> Mapping[str, frozenset[str]]:
    """Every word that stands in a group of rivals, and every value of a breakdown, with those it takes the place of."""
    groups = [frozenset(group) for group in packs.rules["links"].get("rivals", ())]
    for dimension in {name.partition("=")[0] for name in packs.breakdowns}:
        groups.append(frozenset(name for name in packs.breakdowns if name.partition("=")[0] == dimension))
    out: dict[str, frozenset[str]] = {}
    for group in groups:
        for symbol in group:
            out[symbol] = out.get(symbol, frozenset()) | group
    return out


def _of_paper(symbol: str, nearness: float = 0.42) -> Near:
    return Near(Item(symbol, CONCEPT, 1.0, -1, -1, -1, False), nearness, False, "paper")


def further(lent: Sequence[Near], share: float) -> list[Near]:
    """The same words, lent less readily."""
    return [Near(n.item, n.nearness * share, n.own, n.source) for n in lent]


_TOPICS = frozenset({"lead", "heading"})


def named_in_full(packs: Packs, items: Sequence[Item]) -> frozenset[str]:
    """The things that a text names by a full name, not only by a short one; a text on the subject need not name the chief ones."""
    concepts = packs.words.concepts
    named = frozenset(
        item.symbol for item in items if item.kind == CONCEPT and item.weight >= concepts[item.symbol].weight * 0.9
    )
    return named | frozenset(packs.rules["links"]["implied"]) if named & frozenset(packs.words.core) else named


def _said(wordings: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?i){words(wordings)}")


def _agents(bodies: str, acts: str) -> Hinted:
    """As in "the SEND and EP team offer": whoever acts is not what is measured."""
    verb = rf"(?=(?:\w+ly\s+)?(?:{acts})\b(?!\s+(?:an?|the|at|with|operating)\b|\s+\d))"
    word = r"(?!of\b|in\b|for\b)[\w&'’/-]+\s+"
    return Hinted(
        rf"(?:\b(?<!to\s)(?:[Tt]he|[Oo]ur|[Aa])\s+(?:{word}){{1,7}}?(?:{bodies})\s+{verb})"
        rf"|\bby\s+(?:the|our)\s+(?:{word}){{0,6}}?(?:{bodies})\b"
        rf"|\b(?<!to\sthe\s)(?!(?:Each|Every)\b)(?:[A-Z][\w&]*\s+(?:and\s+)?){{1,6}}(?:{bodies})\s+{verb}"
    )


def _names_a_thing(own: Sequence[Near]) -> bool:
    """Whether a figure has a thing of its own right beside it."""
    return any(n.own and n.item.kind == CONCEPT and n.item.weight >= 0.9 and n.nearness > 0.75 for n in own)


def _within(item: Item, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= item.start and item.end <= end for start, end in spans)


def _in_period(item: Item, tagged: Tagged) -> bool:
    """The words of a date name no measure: "ended 2025", "over the last 12 months"."""
    return any(p.text_start <= item.start and item.end <= p.text_end for p in tagged.periods)


def _nearness(item: Item, value: Value, tagged: Tagged, number: int, reach: tuple[int, int], said: _Sentence) -> Near:
    gap = item.start - value.end if item.start >= value.end else value.start - item.end
    far = min(0.3, max(0.0, gap - 30) / 350)
    if reach[0] <= item.start < reach[1]:
        between = tagged.text[min(item.end, value.end) : max(item.start, value.start)]
        if item.start > value.end and ")" in between and "(" not in between:
            alone = BRACKETED.match(tagged.text, value.end) and tagged.text[value.start - 1 : value.start] == "("
            if not alone:
                return Near(item, (1.0 - far) * 0.6, True, "part")  # outside the bracket that the figure stands in
        if item.kind == FOREIGN and _OPENED.search(between) is not None:
            return Near(
                item, (1.0 - far) * 0.35, False, "sentence"
            )  # "above what the business plan had: we have 900 ..."
        turned = said.turns and _TURN.search(between) is not None
        if turned or (said.clauses and item.start > value.end and _new_clause(tagged.text, value.end, item.start)):
            return Near(item, (1.0 - far) * 0.35, False, "sentence")
        return Near(item, 1.0 - far, True, "part")
    if item.start > value.start and (closes_a_list(tagged, number, item) or shares_its_verb(tagged, number, item)):
        return Near(item, 0.75, True, "part")
    if item.start > value.start and not coupled(tagged, number, item):
        return Near(item, 0.0, False, "later")
    far = min(0.8, max(0.0, gap) / 300)
    return Near(item, (0.6 if item.start < value.start else 0.5) * (1.0 - far), False, "sentence")


def _new_clause(text: str, begin: int, end: int) -> bool:
    if text.find("and", begin, end + 2) < 0:
        return False
    found = _CLAUSE.search(text, begin)
    return found is not None and found.start() < end

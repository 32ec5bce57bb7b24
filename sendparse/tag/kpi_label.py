"""Weighing the wordings against one row label.

In: a label with what stands around it. Out: the measure whose wording explains most of the label, or nothing when too
much of it stays unexplained, when it is of another subject, or when the unit does not fit. Precision goes first: a
label that is left without a measure keeps its words and can be found; a wrong measure is a wrong fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import fsum

from sendparse.model import KpiMatch
from sendparse.tag.kpi import KpiMatcher, Wording, alike, parted_by, satisfied
from sendparse.tag.wording import BREAKDOWN, FOREIGN, LIGHT, UNKNOWN, Item

_ACCEPT = 0.55  # share of a label that must be explained
_SURE = 0.75  # from here on the section is not asked
_ENOUGH = 0.9  # one full concept, or two weak ones
_ASIDE = 0.3  # what stands in brackets explains the label rather than naming the measure
_OF_SOMETHING_ELSE = 1.3  # a full concept that no wording takes in speaks of another measure
_UNIT_WEIGHT = 0.5  # "(weeks)" may stand for "time taken"
_WRONG_UNIT = 0.5
_FAINT = 0.4  # a weak form below this needs the company of the subject
_ANY_SUBJECT = 0.6  # the most that a label of no certain subject can score


@dataclass(frozen=True, slots=True)
class _Lender:
    """What may lend symbols that the label leaves unsaid: how much they count, and how sure the result can be."""

    items: Sequence[Item]
    weight: float
    factor: float


_GRADED = re.compile(r"(?i)\b(?:audit\w*|grad(?:e|es|ed|ing)|quality|judge\w*|rated|ratings?)\b")


def _is_grade(text: str, section: str, company: str) -> bool:
    """Whether a label is the best of several grades, and nothing that is overdue."""
    return text.strip().lower() == "outstanding" and _GRADED.search(f"{section} {company}") is not None


class Label:
    """One label with its section, unit and company, read once."""

    def __init__(self, matcher: KpiMatcher, text: str, *, section: str, unit: str, company: str) -> None:
        read = matcher.read
        self.matcher = matcher
        self.text = text
        self.items = [] if _is_grade(text, section, company) else read(text)
        self.section = read(section) if section else []
        self.company = read(company) if company else []
        self.unit = unit_of(self.items, unit)
        self.weights: dict[str, float] = {}
        self.foreign: set[str] = set()
        self.placed_beside: set[str] = set()  # kinds of provision that only the rows around it name
        self.has_core = matcher.is_ours(text) or (bool(section) and matcher.is_ours(section))
        self.strange = matcher.is_strange(text, section, company)
        if not self.strange:
            self._prepare()

    def _prepare(self) -> None:
        """What only a label needs that can be one of ours."""
        self.weights = _weights(self.items)
        said = {item.symbol for item in self.company if item.weight >= 1}
        for symbol, weight in self.weights.items():
            if _FAINT <= weight < _ENOUGH and symbol in said and symbol in self.matcher.core:
                self.weights[symbol] = _ENOUGH  # "Plans", in a table on EHC plans
        if self.unit:
            self.weights[f"unit={self.unit}"] = _UNIT_WEIGHT
        kinds = self.matcher.provisions
        if not kinds.isdisjoint(self.weights):
            near = {item.symbol for item in (*self.items, *self.section)}
            self.placed_beside = {item.symbol for item in self.company if item.symbol in kinds} - near
        self.foreign = {item.symbol for item in (*self.items, *self.section) if item.kind == FOREIGN}


def best_match(label: Label) -> KpiMatch | None:
    """The measure that a label names: by itself, else with its section, else with the words around its table."""
    if label.strange:
        return None
    found = _choose(label, ())
    lenders: list[_Lender] = []
    bare = len({item.symbol for item in label.items}) == 1  # "Resource bases", in a list of something
    for items, weight, factor in ((label.section, 0.5, 0.97), (label.company, 0.2, 0.9)):
        if not items or not (found is None or found.score < _SURE or bare):
            continue
        if _names_something(label.text, label.items):
            break
        lenders.append(_Lender(items, weight, factor))
        joint = _choose(label, lenders)
        if joint and (found is None or joint.score > (found.score if not bare else _SURE)):
            found = joint
    if found is None or found.score < _ACCEPT:
        return None
    return found if label.has_core or label.company else replace(found, score=min(found.score, _ANY_SUBJECT))


def _choose(label: Label, lenders: Sequence[_Lender]) -> KpiMatch | None:
    lent: dict[str, float] = {}
    for lender in lenders:
        for symbol, weight in _weights(lender.items).items():
            if symbol not in label.weights:
                lent.setdefault(symbol, weight * lender.weight)
    factor = min((lender.factor for lender in lenders), default=1.0)
    best: tuple[float, float, KpiMatch] | None = None
    symbols = label.weights.keys() | lent.keys()
    spoken = symbols - label.placed_beside
    for wording in satisfied(label.matcher.for_labels, symbols):
        if label.foreign - wording.bag or spoken & set(wording.kpi.excludes):
            continue
        match = _weigh(label, wording, lent, factor)
        if match is not None:
            own = fsum([label.weights.get(symbol, 0.0) for symbol in wording.bag])
            rank = (match.score + 0.01 * _in_order(wording, label.items), own, match)
            best = rank if best is None or rank[:2] > best[:2] else best
    return replace(best[2], breakdown=_with_section(label, best[2])) if best else None


def _weigh(label: Label, wording: Wording, lent: dict[str, float], factor: float) -> KpiMatch | None:
    own = fsum([label.weights.get(symbol, 0.0) for symbol in wording.bag])
    told = own + fsum([lent.get(symbol, 0.0) for symbol in wording.bag])
    if told < _ENOUGH or not own or _faint(label, wording):
        return None
    matcher = label.matcher
    kpi = matcher.fitting(wording.kpi, label.unit)
    pairs = matcher.pairs(label.items, kpi)
    said = {f"{key}={value}" for key, value in pairs} | set(kpi.says)
    explained = wording.bag | said | matcher.covered(said)
    left = 0.0
    for item in label.items:
        as_part = any(parted_by(kpi, key) for key, _ in matcher.named_pairs(item))
        if item.kind != LIGHT and item.symbol not in explained and not as_part:
            left += _spare(matcher, item) * (_ASIDE if item.aside else 1.0)
    fit = 1.0 if alike(label.unit, kpi.unit) else _WRONG_UNIT
    score = round(told / (told + left) * fit * factor, 3)
    return KpiMatch(kpi=kpi.id, label=label.text, unit=kpi.unit, breakdown=pairs, score=score, pattern=wording.text)


def _names_something(text: str, items: Sequence[Item]) -> bool:
    """Whether a label in small letters bears a name of two words that tells nothing to us: "accessing Dingley's Promise".

    Such a programme is not the one that the lines around it speak of.
    """
    strange = {text[item.start : item.end] for item in items if item.symbol == UNKNOWN}
    if not strange or len([word for word in text.split() if word[0].islower()]) < 2:
        return False
    return any(
        one in strange and two in strange and one[:1].isupper() and two[:1].isupper()
        for one, two in pairwise(re.findall(r"[\w'’-]+", text)[1:])
    )


def _spare(matcher: KpiMatcher, item: Item) -> float:
    """What a symbol that the wording leaves over weighs against it."""
    concept = matcher.packs.words.concepts.get(item.symbol)
    if concept is not None and concept.spare is not None:
        return min(concept.spare, item.weight)
    return item.weight * (_OF_SOMETHING_ELSE if item.weight >= 1 else 1.0)


def _faint(label: Label, wording: Wording) -> bool:
    """Whether the subject is only hinted at ("reviews completed") and nothing around it speaks for ours."""
    if label.has_core or label.company:
        return False
    return any(label.weights.get(symbol, 1.0) < _FAINT for symbol in wording.bag & label.matcher.core)


def _with_section(label: Label, match: KpiMatch) -> tuple[tuple[str, str], ...]:
    """A part named in the heading ("EHCPs: primary") goes with every row under it that names none itself."""
    kpi = label.matcher.packs.kpis[match.kpi]
    plain = [item for item in label.section if item.kind == BREAKDOWN]
    return tuple(sorted((dict(label.matcher.pairs(plain, kpi)) | dict(match.breakdown)).items()))


def _weights(items: Iterable[Item]) -> dict[str, float]:
    """What each symbol weighs where it is said most plainly."""
    out: dict[str, float] = {}
    for item in items:
        if item.kind != LIGHT and item.symbol != UNKNOWN:
            out[item.symbol] = max(out.get(item.symbol, 0.0), item.weight)
    return out


def unit_of(items: Sequence[Item], given: str) -> str:
    """What the label says; when it says two ("number and %"), the cells decide between them."""
    units = [item.symbol[5:] for item in items if item.kind == LIGHT and item.symbol.startswith("unit:")]
    if units:
        return given if given in units else units[0]
    return given or next((item.symbol[6:] for item in items if item.symbol.startswith("maybe:")), "")


def _in_order(wording: Wording, items: Sequence[Item]) -> bool:
    found = iter(item.symbol for item in items)
    return all(symbol in found for symbol in wording.symbols if not symbol.startswith("unit="))

"""Finding the wordings in running text.

In: a sentence or paragraph. Out: mentions. Words without weight, figures, breakdowns, secondary concepts and a few
words nobody knows may stand between the words of a wording; a full concept that does not belong to it may not, for
then the sentence speaks of something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any

from sendparse.model import KpiMatch
from sendparse.tag.kpi import UNIT, UNIT_SAID, KpiMatcher, Wording, satisfied
from sendparse.tag.wording import BREAKDOWN, CONCEPT, FOREIGN, LIGHT, UNKNOWN, Item

_ENOUGH = 0.9  # one full concept, or two weak ones
_UNORDERED = 0.8
_PASSING = 0.5  # concepts up to this weight may stand between the words of a wording
_GAPS = 2  # unknown words that may stand between them
_GAP = 0.12
_WINDOW = 14  # symbols; a wording spread wider over a clause is less sure
_BESIDE = 12  # characters
_PARTS = re.compile(r"[,;:.()]|\band\b|\bbut\b")

Clauses = Mapping[int, Sequence[Item]]


@dataclass(frozen=True, slots=True)
class _Found:
    """A wording met in running text, before the overlapping ones are sorted out."""

    weight: float
    wording: Wording
    first: Item
    last: Item


def find_mentions(matcher: KpiMatcher, text: str) -> list[KpiMatch]:
    """See KpiMatcher.mentions."""
    items = without_grades(matcher.lexicon.read(text), text)
    clauses: dict[int, list[Item]] = {}
    for item in items:
        clauses.setdefault(item.clause, []).append(item)
    ordered = _apart(f for f in _in_order(matcher, items) if not _ruled_out(f, clauses, text))
    out = [_mention(matcher, found, clauses, text, 1.0) for found in ordered]
    loose = [found for found in _unordered(matcher, clauses, ordered) if not _ruled_out(found, clauses, text)]
    out += [_mention(matcher, found, clauses, text, _UNORDERED) for found in loose]
    return sorted(out, key=lambda match: (match.start, -match.score))


# Among these words "outstanding" is a grade, and nothing is overdue.
_GRADES = re.compile(r"(?i)\b(?:judged|graded|rated|inadequate|requir\w+\s+improvement|good)\b")
_GRADE = "outstanding"
_LEFT_OVER = re.compile(
    r"(?i)\b(?:reviews?|still|remain\w*|cases|now)\s+(?:\w+\s+){0,2}outstanding|outstanding\s+(?:annual\s+)?reviews?"
)


def without_grades(items: list[Item], text: str) -> list[Item]:
    """The symbols of a text; where plans are graded, "outstanding" is no word of the vocabulary."""
    if _GRADE not in text.lower() or not _GRADES.search(text) or _LEFT_OVER.search(text):
        return items
    return [item for item in items if text[item.start : item.end].lower() != _GRADE]


def _mention(matcher: KpiMatcher, found: _Found, clauses: Clauses, text: str, factor: float) -> KpiMatch:
    start, end = found.first.start, found.last.end
    kpi = found.wording.kpi
    near = [item for item in clauses[found.first.clause] if _touching(item, start, end, text)]
    return KpiMatch(
        kpi=kpi.id,
        label=text[start:end],
        unit=kpi.unit,
        breakdown=matcher.pairs(near, kpi),
        score=round((1 - 0.5**found.weight) * factor, 3),
        start=start,
        end=end,
        pattern=found.wording.text,
    )


def _in_order(matcher: KpiMatcher, items: Sequence[Item]) -> list[_Found]:
    out: list[_Found] = []
    for at, item in enumerate(items):
        node = matcher.trie.get(item.symbol)
        if node is not None and item.kind != LIGHT:
            _walk(items, (at,), node, 0, out)
    return out


def _walk(items: Sequence[Item], taken: tuple[int, ...], node: dict[str, Any], gaps: int, out: list[_Found]) -> None:
    if "" in node:
        out.extend(_ended(items, taken, node[""], gaps))
    first = items[taken[0]]
    for at in range(taken[-1] + 1, len(items)):
        item = items[at]
        if item.clause != first.clause:
            return
        following = node.get(item.symbol) if item.kind != LIGHT else None
        if following is not None:
            _walk(items, (*taken, at), following, gaps, out)
        if item.kind in (LIGHT, BREAKDOWN) or item.symbol == items[taken[-1]].symbol:
            continue
        if item.kind == FOREIGN or (item.kind == CONCEPT and item.weight > _PASSING):
            return
        gaps += 1
        if gaps > _GAPS:
            return


def _ended(items: Sequence[Item], taken: tuple[int, ...], wordings: Sequence[Wording], gaps: int) -> Iterator[_Found]:
    weight = fsum([items[at].weight for at in taken])
    if weight < _ENOUGH:
        return
    for wording in wordings:
        unit = _unit_of(wording)
        if not unit or any(item.kind == LIGHT and item.symbol == unit for item in items):
            told = weight - gaps * _GAP + (UNIT_SAID if unit else 0.0)
            yield _Found(told, wording, items[taken[0]], items[taken[-1]])


def _unit_of(wording: Wording) -> str:
    """The unit that a wording names, as a text shows it."""
    return next((f"unit:{symbol[len(UNIT) :]}" for symbol in wording.symbols if symbol.startswith(UNIT)), "")


def _ruled_out(found: _Found, clauses: Clauses, text: str) -> bool:
    """Whether a concept that the measure excludes stands among the words of the wording, or joins them on one side."""
    excludes = found.wording.kpi.excludes
    if not excludes:
        return False
    start, end = found.first.start, found.last.end
    return any(item.symbol in excludes and _joined(item, start, end, text) for item in clauses[found.first.clause])


def _joined(item: Item, start: int, end: int, text: str) -> bool:
    """Inside a span, or beside it with no comma and no "and" between."""
    if item.start < end and item.end > start:
        return True
    between = text[item.end : start] if item.end <= start else text[end : item.start]
    return len(between) < _BESIDE and not _PARTS.search(between)


def _apart(found: Iterable[_Found]) -> list[_Found]:
    """The heaviest wordings whose spans do not overlap."""
    kept: list[_Found] = []
    for one in sorted(found, key=lambda f: (-f.weight, f.last.end - f.first.start, f.first.start)):
        if all(one.last.end <= other.first.start or one.first.start >= other.last.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: f.first.start)


def _unordered(matcher: KpiMatcher, clauses: Clauses, ordered: Sequence[_Found]) -> list[_Found]:
    out: list[_Found] = []
    for clause, items in clauses.items():
        members = [item for item in items if item.kind != LIGHT and item.symbol != UNKNOWN]
        if len(members) > 1:
            bags = [found.wording.bag for found in ordered if found.first.clause == clause]
            out += _loose(matcher, members, bags)
    return out


def _loose(matcher: KpiMatcher, members: Sequence[Item], bags: Sequence[frozenset[str]]) -> list[_Found]:
    """The largest wordings whose concepts all stand in one clause and that none of those met in order contains."""
    places = {item.symbol: number for number, item in reversed(list(enumerate(members)))}
    fits = [w for w in satisfied(matcher.for_text, places) if len(w.bag) > 1 and not _taken(w.bag, bags)]
    out: list[_Found] = []
    for wording in fits:
        if any(wording.bag < other.bag for other in fits):
            continue
        numbers = sorted(places[symbol] for symbol in wording.bag)
        weight = fsum([members[number].weight for number in numbers])
        weight *= _UNORDERED if numbers[-1] - numbers[0] > _WINDOW else 1.0
        if weight >= _ENOUGH:
            out.append(_Found(weight, wording, members[numbers[0]], members[numbers[-1]]))
    return out


def _taken(bag: frozenset[str], bags: Sequence[frozenset[str]]) -> bool:
    """Whether what stands in order says this already, or gives it by halves ("plans issued and reviews held")."""
    return any(bag <= other for other in bags) or sum(len(other) > 1 and bool(bag & other) for other in bags) > 1


def _touching(item: Item, start: int, end: int, text: str) -> bool:
    """Inside the words that name the measure, or beside them with at most a few short words between."""
    if item.end <= start:
        return start - item.end < 12 and text[item.end : start].count(" ") <= 2
    if item.start >= end:
        return item.start - end < 22 and text[end : item.start].count(" ") <= 4
    return True

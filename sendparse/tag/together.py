"""What the figures of one sentence tell of each other's measures, once all are placed.

In: the links of a sentence. Out: the same, some with another measure: names that are told in order ("A and B rose to 80% and 71%
respectively"), a change whose level shows what it is of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from sendparse.packs import Kpi
from sendparse.tag.carry import refined_by
from sendparse.tag.in_reach import named_by
from sendparse.tag.said import says_percent
from sendparse.tag.tagged import Tagged

if TYPE_CHECKING:
    from sendparse.tag.link import Link, Linker

_ORDER = "the order of the names"
_COMPARING = frozenset({"comparison", "with", "contrast", "bracket"})
_COUPLED = frozenset({"and", "comma"})
_BESIDE = "the figure before"
_SHORT = 30  # characters
_OF_WHICH = re.compile(r"\bof\s+(?:which|whom|them|these|those)\b")
_OUTTURN = re.compile(
    r"(?i)(?:,|\band\b|;|against|\()\s*(?:an?\s+|the\s+|our\s+)?(?:\w+\s+)?(?:forecast|outturn|actual|spend|spending|projected)\b[^,;]{0,30}$"
)
_RESPECTIVELY = re.compile(r"(?i)\brespectively\b")


def settle_measures(linker: Linker, tagged: Tagged, made: Sequence[Link]) -> None:
    """All that figures of one sentence tell of each other."""
    _respectively(linker, tagged, made)
    _in_the_same_order(linker, made)
    _rises_to(linker, made)
    _wholes(linker, tagged, made)
    _spent(linker, tagged, made)
    _of_a_quarter(linker, made)
    _of_one_month(linker, made)
    _of_the_same_place(linker, tagged, made)


def _in_the_same_order(linker: Linker, made: Sequence[Link]) -> None:
    """As in "9% had a plan and 14% support, compared with 5% and 13% nationally", or with a sentence of its own for the others."""
    for at in range(2, len(made) - 1):
        if made[at].tagged.parts[made[at].number].joint in _COMPARING:
            _hand_on(made[at - 2 : at], made[at : at + 2])
    before = [link for link in linker.memory.links if link.tagged is linker.memory.links[-1].tagged]
    if len(made) == 2 and len(before) == 2:
        here, there = made[0].tagged.sentence, before[0].tagged.sentence
        if here.headings == there.headings and 0 <= here.block - there.block <= 1:
            _hand_on(before, made)


def _hand_on(first: Sequence[Link], second: Sequence[Link]) -> None:
    """Two figures that name nothing take over two different measures in their order."""
    joint = second[1].tagged.parts[second[1].number].joint
    named = any(link.kpi is not None and not link.carried for link in second)
    if named or joint not in _COUPLED or first[0].kpi is first[1].kpi or None in (first[0].kpi, first[1].kpi):
        return
    if any(a.value.unit != b.value.unit or b.role.name == "change" for a, b in zip(first, second, strict=True)):
        return
    for link, source in zip(second, first, strict=True):
        link.kpi, link.label, link.symbols, link.carried = source.kpi, source.label, source.symbols, _ORDER


def _of_a_quarter(linker: Linker, made: Sequence[Link]) -> None:
    """As in "the Q2 forecast for the high needs block is a deficit of £4.2m": the year's, where nothing speaks of those before."""
    rules = linker.surroundings.rules["in_year"]
    for link in made:
        name = rules["measures"].get(link.kpi.id) if link.kpi is not None else None
        if name is not None and not set(rules["of_the_years"]) & link.symbols and set(rules["block"]) & link.symbols:
            text = link.tagged.text
            if linker.surroundings.forecast.search(text) and not linker.surroundings.stock.search(text):
                link.kpi = linker.packs.kpis[name]


def _of_one_month(linker: Linker, made: Sequence[Link]) -> None:
    """As in "Requests per month. June: 31": a month's own number is no average."""
    for link in made:
        name = linker.surroundings.rules["of_one_month"].get(link.kpi.id) if link.kpi is not None else None
        dated = link.period is not None and link.period.basis == "month"
        if (
            name is not None
            and dated
            and "average" not in link.symbols
            and not linker.surroundings.each.search(link.tagged.text)
        ):
            link.kpi = linker.packs.kpis[name]


def _of_the_same_place(linker: Linker, tagged: Tagged, made: Sequence[Link]) -> None:
    """As in "240 children are in the independent sector. The average placement costs £61,000": of the places told of before."""
    rules = linker.surroundings.rules["same_place"]
    now: tuple[Kpi, Kpi] | None = None  # what the figure before was of, and is now
    for number, link in enumerate(made):
        was, before = now, link.kpi
        now = None
        if link.carried and was is not None and link.kpi is was[0]:
            link.kpi, now = was[1], was  # "from £52,300 to £55,900"
            continue
        places = rules.get(link.kpi.id) if link.kpi is not None and not link.carried else None
        if places is None or link.symbols & set(linker.surroundings.rival_of[next(iter(places))]):
            continue
        last = next((one for one in (*reversed(made[:number]), *reversed(linker.memory.links[-1:]))), None)
        if last is not None and tagged.sentence.block - last.tagged.sentence.block <= 1:
            name = next((places[symbol] for symbol in places if symbol in last.symbols), None)
            link.kpi = linker.packs.kpis[name] if name else link.kpi
            now = (before, link.kpi) if name and before is not None and link.kpi is not None else None


def _respectively(linker: Linker, tagged: Tagged, made: Sequence[Link]) -> None:
    """As in "A and B rose to 80% and 71% respectively": measures named before, in their order."""
    if len(made) != 2 or not _RESPECTIVELY.search(tagged.text):
        return
    before = tagged.text[: made[0].value.start]
    best: tuple[float, list[Link]] | None = None
    for joint in re.finditer(r"\s+and\s+", before):
        sides = (before[: joint.start()], before[joint.end() :])
        named = [
            named_by(linker, side, link.value, link.role.name, says_percent(tagged, link.number))
            or refined_by(linker, side, link, says_percent(tagged, link.number))
            for side, link in zip(sides, made, strict=True)
        ]
        found = [link for link in named if link is not None]
        if len(found) == 2 and found[0].kpi is not found[1].kpi:
            total = found[0].score + found[1].score
            best = (total, found) if best is None or total > best[0] else best
    for link, name in zip(made, best[1] if best else (), strict=False):
        link.kpi, link.label, link.symbols = name.kpi, name.label, name.symbols
        link.carried = _ORDER


def _rises_to(linker: Linker, made: Sequence[Link]) -> None:
    """As in "pupils with transport rose by 8% to 1,120": the level tells which measure of its kind the change is of."""
    grows: dict[str, str] = linker.surroundings.rules["growth_of"]
    for change, level in pairwise(made):
        to = level.tagged.parts[level.number].joint in {"to", "none"} and level.role.name != "change"
        if change.role.name != "change" or change.value.unit != "percent" or not to:
            continue
        if change.kpi is not None and level.kpi in linker.packs.family(change.kpi.id):
            change.kpi = level.kpi
        grown = next((kpi for kpi, growth in grows.items() if change.kpi is not None and growth == change.kpi.id), None)
        if grown is not None and level.kpi is None and level.value.unit == linker.packs.kpis[grown].unit:
            level.kpi, level.carried = linker.packs.kpis[grown], _BESIDE  # "funding rises by 7% to £62m"


def _wholes(linker: Linker, tagged: Tagged, made: Sequence[Link]) -> None:
    """As in "the team has 38 posts, 4 of which are vacant": the whole of a part that has a measure."""
    known: dict[str, str] = linker.surroundings.rules["whole_of"]
    for whole, part in pairwise(made):
        name = known.get(part.kpi.id) if part.kpi is not None and whole.kpi is None else None
        near = whole.value.unit == part.value.unit == "count" and whole.value.value >= part.value.value
        if name and near and _OF_WHICH.search(tagged.text, whole.value.end, part.value.end + _SHORT):
            whole.kpi, whole.carried = linker.packs.kpis[name], _BESIDE


def _spent(linker: Linker, tagged: Tagged, made: Sequence[Link]) -> None:
    """As in "the budget is £58m and the forecast £67m": what is spent stands beside what may be."""
    spent: dict[str, str] = linker.surroundings.rules["spent_of"]
    for budget, link in pairwise(made):
        name = spent.get(link.kpi.id) if link.kpi is not None and link.kpi is budget.kpi else None
        if name and link.carried == _BESIDE and _OUTTURN.search(tagged.text, budget.value.end, link.value.start):
            link.kpi = linker.packs.kpis[name]

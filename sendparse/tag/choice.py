"""The last word on what a figure measures: the rules' choice, what is handed down, what the words suggest, or nothing at all.

In: what the rules chose for a figure, the measures handed down, those of the figures before, the suggestions of suggest.py.
Out: the choice with the best sum of weights, and why. The weights (patterns/learned/choice.yaml) were learned from marked
texts that the rules had not been written for: a sum of named reasons, each of which `explain` can show.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sendparse.packs import Packs
from sendparse.tag.suggest import NONE, Suggested

Reasons = dict[str, float]

_SUGGESTED = 8
_LIKELY = 3
_BAD, _MIDDLING = 0.3, 0.6
_LEAST_FIT = 0.4
_UNLIKELY = -6.0
_GROUP = 6  # figures whose group counts
_SHORT = 8  # words


class Earlier(NamedTuple):
    """A figure before, the latest first."""

    kpi: str  # empty: none
    unit: str
    same: bool  # in the same sentence
    blocks: int  # how many blocks back
    headed: bool  # under the same headings
    group: str = ""  # that its measure belongs to


class Handed(NamedTuple):
    """A measure that could be taken over."""

    kpi: str
    score: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """All that is weighed for one figure."""

    ruled: str  # what the rules chose; empty: none
    carried: str  # where they took it from; empty: the figure's own words
    score: float
    handed: Sequence[Handed]
    earlier: Sequence[Earlier]
    words: Suggested
    unit: str
    role: str
    joint: str
    leans: bool = False
    parallel: bool = False
    foreign: bool = False
    length: int = 0  # words of the sentence
    fit: Callable[[str], float]


def options(scene: Scene) -> list[str]:
    """The measures worth weighing, and NONE. What the rules could have taken over and did not is not among them."""
    likely = [kpi for kpi in scene.words.likely if kpi not in {NONE, scene.ruled} and scene.words.of(kpi) > _UNLIKELY]
    known = {one.kpi for one in scene.handed} | {one.kpi for one in scene.earlier}
    most = _SUGGESTED if scene.ruled else _LIKELY
    possible = [kpi for kpi in likely[:most] if kpi not in known and scene.fit(kpi) > _LEAST_FIT]
    return [*([scene.ruled] if scene.ruled else []), *possible, NONE]


def reasons_for(scene: Scene, kpi: str, packs: Packs) -> Reasons:
    """What speaks for a measure."""
    likely = scene.words.of(kpi)
    best = next(iter(scene.words.likely.values()), 0.0)
    fit = scene.fit(kpi)
    unruled, group = not scene.ruled, packs.kpis[kpi].group
    out: Reasons = {
        "fits": fit,
        "words": likely / 3,
        "words.gap": max(-2.0, (likely - best) / 3),
        "group": sum(one.group == group for one in scene.earlier[:_GROUP]) / _GROUP,
    }
    if fit < _MIDDLING:
        out["fits.badly" if fit < _BAD else "fits.middling"] = 1.0
    if likely == best:
        out["words.first"] = 1.0
    if kpi not in scene.words.likely:
        out["words.silent"] = 1.0
    if unruled or scene.carried:
        how = "unruled" if unruled else "carried"
        out["words." + how] = likely / 3
        if likely == best:
            out["words.first." + how] = 1.0
    if kpi == scene.ruled:
        out["ruled"] = 1.0
        out["ruled." + (scene.carried or "own")] = 1.0
        if not scene.carried:
            out["ruled.score"] = min(2.5, scene.score)
    elif scene.ruled and packs.family(kpi) and packs.family(kpi) == packs.family(scene.ruled):
        out["family"] = 1.0
    _handed(out, scene, kpi)
    _earlier(out, scene, kpi, likely)
    return out


def _handed(out: Reasons, scene: Scene, kpi: str) -> None:
    found = [one for one in scene.handed if one.kpi == kpi]
    if found:
        out["handed"] = found[0].score
        if scene.handed[0].kpi == kpi:
            out["handed.first"] = 1.0
        for one in found:
            out["handed." + one.source] = 1.0


def _earlier(out: Reasons, scene: Scene, kpi: str, likely: float) -> None:
    found = [place for place, one in enumerate(scene.earlier) if one.kpi == kpi]
    if not found:
        return
    one = scene.earlier[found[0]]
    told = {
        "earlier": True, "earlier.same": one.same, "earlier.here": one.blocks == 0 and not one.same,
        "earlier.beside": abs(one.blocks) == 1, "earlier.headed": one.headed, "earlier.unit": one.unit == scene.unit,
        "earlier.unruled": not scene.ruled,
    }  # fmt: skip
    if found[0] == 0:
        told |= {
            "last": True, "last.same": one.same, "last.leans": scene.leans, "last.parallel": scene.parallel,
            "last." + scene.joint: one.same, "last.role." + scene.role: True, "last.unruled": not scene.ruled,
        }  # fmt: skip
        out["last.words"] = likely / 3
    out.update({name: 1.0 for name, holds in told.items() if holds})
    out["earlier.often"] = round(math.log1p(len(found)), 3)


def reasons_against(scene: Scene) -> Reasons:
    """What speaks for none of the vocabulary."""
    likely = scene.words.of(NONE)
    rival = max((value for kpi, value in scene.words.likely.items() if kpi != NONE), default=-9.0)
    gap = min(2.0, max(-2.0, (likely - rival) / 3))
    how = "unruled" if not scene.ruled else "carried" if scene.carried else "own"
    out: Reasons = {
        "none": 1.0, "none.words": likely / 3, "none.gap": gap, "none.gap." + how: gap,
        "none.unit." + scene.unit: 1.0, "none.role." + scene.role: 1.0, "none." + how: 1.0,
    }  # fmt: skip
    if scene.ruled and not scene.carried:
        out["none.score"] = min(3.0, scene.score)
    if scene.foreign:
        out["none.foreign"] = 1.0
    if scene.length < _SHORT:
        out["none.short"] = 1.0
    if scene.earlier:
        last = scene.earlier[0]
        if not last.kpi:
            out["none.last.same" if last.same else "none.last"] = 1.0
        elif last.same:
            out["none.beside"] = 1.0
        out["none.often"] = sum(not one.kpi for one in scene.earlier) / len(scene.earlier)
    else:
        out["none.opens"] = 1.0
    return out


@dataclass(frozen=True, slots=True)
class Chosen:
    """A measure (or NONE) with the sum of its weights, and the weights themselves."""

    kpi: str
    score: float
    reasons: Mapping[str, float]


def choose(scene: Scene, weights: Mapping[str, float], packs: Packs) -> list[Chosen]:
    """The options, the best first; at equal sums the rules' choice, then the order of the options."""
    out = []
    for kpi in options(scene):
        told = reasons_against(scene) if kpi == NONE else reasons_for(scene, kpi, packs)
        counted = {name: weights[name] * value for name, value in told.items() if name in weights}
        out.append(Chosen(kpi, round(sum(counted.values()), 3), counted))
    return sorted(out, key=lambda one: -one.score)

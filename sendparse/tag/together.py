"""What the figures of one sentence tell of each other's measures, once all are placed.

In: the links of a sentence. Out: the same, some with another measure: names that are told in order ("A and B rose to 80% and 71%
respectively"), a change whose level shows what it is of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from sendparse.tag.carry import named_by, refined_by
from sendparse.tag.said import says_percent
from sendparse.tag.tagged import Tagged

if TYPE_CHECKING:
    from sendparse.tag.link import Link, Linker

_RESPECTIVELY = re.compile(r"(?i)\brespectively\b")


def settle_measures(linker: Linker, tagged: Tagged, made: Sequence[Link]) -> None:
    """All that figures of one sentence tell of each other."""
    _respectively(linker, tagged, made)
    _rises_to(linker, made)


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
        link.carried = "the order of the names"


def _rises_to(linker: Linker, made: Sequence[Link]) -> None:
    """As in "pupils with transport rose by 8% to 1,120": the level tells which measure of its kind the change is of."""
    for change, level in pairwise(made):
        to = level.tagged.parts[level.number].joint in {"to", "none"} and level.role.name != "change"
        if change.role.name != "change" or change.value.unit != "percent" or not to:
            continue
        if change.kpi is not None and level.kpi in linker.packs.family(change.kpi.id):
            change.kpi = level.kpi

"""The measures that the words around one figure can mean, the likeliest first.

In: a figure and the words near it. Out: candidates, from the nearest words that name anything: the figure's own part, its
sentence, its surroundings. Whether one of them is good enough, or a measure is taken over, is the work of link.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from typing import TYPE_CHECKING

from sendparse.tag.candidates import ENOUGH, Candidate, Near
from sendparse.tag.said import is_listed, says_percent
from sendparse.tag.tagged import Tagged

if TYPE_CHECKING:
    from sendparse.tag.link import Link, Linker

WORDLESS = frozenset({"ratio", "multiple", "rank"})
_THEIRS_TOO = frozenset({"assessment"})  # psychologists complete assessments, and speech therapists
_THEIRS = 0.85  # what a service's own measure must reach of the score of another in its report
_SIDE_BY_SIDE = frozenset({"comparison", "contrast", "bracket", "with", "and", "comma", "none"})
_NAMED_ABOVE = frozenset({"lead", "heading"})


class Ranking:
    """The candidates of one figure. With the same words they are the same, and are not looked for again."""

    def __init__(self, linker: Linker, near: Sequence[Near], tagged: Tagged, number: int) -> None:
        self._linker, self._near, self._tagged, self._number = linker, near, tagged, number
        self._value, self._role = tagged.values[number], tagged.roles[number].name
        self._percent, self._listed = says_percent(tagged, number), is_listed(tagged)
        said = frozenset([n.item.symbol for n in near if n.own and n.nearness > 0.75])
        self._rivals = linker.surroundings.rivals(said)
        self._met: list[Near] | None = None
        self._ranked: list[Candidate] = []

    def best_first(self, before: Sequence[Link]) -> list[Candidate]:
        """From the nearest words that name anything. `before`: the figures before it in its sentence."""
        own, links = self._by(), self._linker.memory.links
        if own and own[0].score >= ENOUGH:
            if self._listed and not before and self._goes_on():
                kind = {own[0].kpi.group, getattr(links[-1].kpi, "group", "")}
                wider = self._by("sentence", "parallel", "lead", "heading", "paper") if len(kind) == 1 else []
                return self._alike([c for c in wider if c.kpi.group in kind], own, links[-1])
            parallel = self._tagged.parallel
            model = before[-1] if before else links[-1] if links and parallel else None
            beside = self._tagged.parts[self._number].joint in _SIDE_BY_SIDE if before else parallel
            if model is not None and beside:
                return self._alike(self._by("sentence", "parallel"), own, model)
            return self._of_service(own)
        ranked = self._by("sentence", "parallel")
        if (ranked and ranked[0].score >= ENOUGH) or self._value.unit in WORDLESS:
            return ranked
        ranked = self._by("sentence", "parallel", "lead", "heading", "before", "paper")
        return self._of_service(ranked) if ranked else ranked

    def _by(self, *sources: str) -> list[Candidate]:
        """By the words of the figure's own part and of further sources."""
        met = [n for n in self._near if n.own or (n.source in sources and n.item.symbol not in self._rivals)]
        if self._met != met:
            rank = self._linker.candidates.rank
            self._ranked = rank(met, self._value, role=self._role, percent=self._percent, label=self._listed)
            self._met = met
        return self._ranked

    def _goes_on(self) -> bool:
        """Whether the line before is another of the same list."""
        here, links = self._tagged.sentence, self._linker.memory.links
        if not links or links[-1].tagged.sentence.headings != here.headings:
            return False
        return here.block - links[-1].tagged.sentence.block <= 1 and self._listed and is_listed(links[-1].tagged)

    def _of_service(self, own: list[Candidate]) -> list[Candidate]:
        """As in "366 new cases opened" in the report of a service: cases of that service."""
        services = self._linker.surroundings.services
        named = {n.item.symbol for n in self._near if n.item.symbol in services and n.source in _NAMED_ABOVE}
        if not named:
            return own
        said = {n.item.symbol for n in self._near if n.own}
        if own[0].symbols & said & frozenset(self._linker.packs.words.core) - _THEIRS_TOO:
            return own
        wider = self._by("lead", "heading")[:6]
        theirs = [
            c for c in wider if c.symbols & named and c.score >= own[0].score * _THEIRS and c.own >= own[0].own * 0.6
        ]
        return [*theirs[:1], *own]

    def _alike(self, wider: list[Candidate], own: list[Candidate], model: Link) -> list[Candidate]:
        """As in "12.8% for plans, compared with 8.9% for SEN support": the second figure is of the first one's kind."""
        concepts = self._linker.packs.words.concepts

        def kinship(candidate: Candidate) -> tuple[float, int, float]:
            shared = (candidate.symbols & model.symbols) - own[0].symbols
            weight = fsum([concepts[s].weight if s in concepts else 0.4 for s in shared])
            return -weight, len(candidate.symbols - own[0].symbols), -candidate.score

        contrasts = self._linker.surroundings.rules["contrasts"]
        rivals = {s for group in contrasts if own[0].symbols & set(group) for s in group}
        kin = [
            c
            for c in wider[:12]
            if c.symbols > own[0].symbols
            and c.score >= own[0].score * 0.9
            and not (c.symbols - own[0].symbols) & rivals
        ]
        best = min(kin, key=kinship, default=None)
        return [best, *own] if best is not None and kinship(best)[0] < 0 else own

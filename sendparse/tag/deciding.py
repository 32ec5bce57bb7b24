"""The learned choice at work: what the rules made of a figure, weighed against what is handed down and what its words suggest.

In: the link that the rules made, the words near the figure, the links it could take over. Out: the link to keep, its evidence
with the reasons for it. It gives a measure only where the rules find none, and takes away only what was carried on: what words
name by themselves stands. What the rules rule out stays out: a statement of the law, people's answers, a noun that none of the
measures counts. Measures without learned weights (of an overlay, or new ones) are left to the rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sendparse.packs import Packs, patterns_folder
from sendparse.tag.candidates import Near, unit_fit
from sendparse.tag.choice import Chosen, Earlier, Handed, Scene, choose
from sendparse.tag.said import own_words, says_percent
from sendparse.tag.suggest import NONE, Suggester, said_around, suggester_of
from sendparse.tag.wording import CONCEPT, FOREIGN

if TYPE_CHECKING:
    from sendparse.tag.candidates import Candidate
    from sendparse.tag.link import Link, Linker

WEIGHTS = "learned/choice.yaml"
SUGGESTED = "the words around it"
_EARLIER = 12  # figures looked back at
_REASONS = 4
_NAMING = frozenset({"part", "sentence", "lead", "question"})
_SAYS = 0.5  # the weight of a word that is kept for what follows


class Weighed(NamedTuple):
    """What the rules looked at for the last figure: the words near it, what it could take over, the measures that words name."""

    near: Sequence[Near] = ()
    handed: Sequence[Link] = ()
    ranked: Sequence[Candidate] = ()


@dataclass(frozen=True, slots=True)
class Deciding:
    """The learned weights of some packs."""

    packs: Packs
    suggester: Suggester
    weights: Mapping[str, float]

    def decide(self, linker: Linker, made: Link, before: Sequence[Link]) -> Link:
        """The link to keep for a figure. `before`: the figures of its sentence so far."""
        near, handed, _ = linker.weighed
        if made.kpi is not None and (not made.carried or made.kpi.id not in self.suggester.known):
            return made  # what words name by themselves stands
        earlier = [*reversed([*linker.memory.links, *before])][:_EARLIER]
        scene = self._scene(linker, made, near, handed, earlier)
        options = choose(scene, self.weights, self.packs)
        best = next(
            one
            for one in options
            if one.kpi in {scene.ruled, NONE} or (made.kpi is None and self._may_be(linker, made, scene, one.kpi))
        )
        if best.kpi == (scene.ruled or NONE) or (best.kpi == NONE and best is not options[0]):
            return made  # nothing to change, or the words speak of a measure, though not of this one
        told = (*made.evidence, *self._because(best, scene))
        if best.kpi == NONE:
            label = own_words(made.tagged, made.number)
            return replace(made, kpi=None, label=label, score=0.0, carried="", symbols=frozenset(), evidence=told)
        kpi = self.packs.kpis[best.kpi]
        symbols = frozenset(n.item.symbol for n in near if n.own and n.item.kind == CONCEPT and n.item.weight >= _SAYS)
        return replace(made, kpi=kpi, score=0.0, carried=SUGGESTED, symbols=symbols, evidence=told)

    def _may_be(self, linker: Linker, made: Link, scene: Scene, name: str) -> bool:
        """Whether a suggestion may stand: nothing rules it out, a thing is named, and the rules read no more of the words."""
        near, _, ranked = linker.weighed
        if scene.foreign or not linker.admitting(made.tagged, made.number)(name):
            return False
        things = {n.item.symbol for n in near if n.source in _NAMING and n.item.kind == CONCEPT}
        things -= linker.surroundings.happens
        weighed = any(one.kpi.id == name for one in ranked)  # and found too light
        loudest = next((word for word, _ in self.suggester.because(scene.words.said, name)), "")
        return not weighed and (loudest in things or "w:" + loudest in scene.words.said)

    def _scene(
        self, linker: Linker, made: Link, near: Sequence[Near], handed: Sequence[Link], earlier: Sequence[Link]
    ) -> Scene:
        value, tagged, number = made.value, made.tagged, made.number
        role, percent = tagged.roles[number].name, says_percent(tagged, number)
        fits: dict[str, float] = {}

        def fit(name: str) -> float:
            kpi = self.packs.kpis[name]
            if kpi.unit not in fits:
                fits[kpi.unit] = unit_fit(kpi.unit, value, role, percent=percent)
            return fits[kpi.unit] * linker.candidates.size_fit(kpi, value, role)

        unit = "percent" if percent and value.unit == "count" else value.unit
        words = self.suggester.suggest(said_around(near, tagged, number, unit), fit)
        return Scene(
            ruled=made.kpi.id if made.kpi else "",
            carried=made.carried,
            score=made.score,
            handed=[Handed(h.kpi.id, h.score, h.carried) for h in handed if h.kpi is not None],
            earlier=[_seen(link, made) for link in earlier],
            words=words,
            unit=value.unit,
            role=role,
            joint=tagged.parts[number].joint,
            leans=tagged.leans,
            parallel=tagged.parallel,
            foreign=any(n.own and n.item.kind == FOREIGN for n in near),
            length=len(tagged.text.split()),
            fit=fit,
        )

    def _because(self, best: Chosen, scene: Scene) -> list[str]:
        """The weightiest reasons, and the words behind a suggestion."""
        reasons = sorted(best.reasons.items(), key=lambda told: (-abs(told[1]), told[0]))[:_REASONS]
        out = [
            f"{best.kpi} chosen at {best.score:.2f}: {', '.join(f'{name} {weight:+.2f}' for name, weight in reasons)}"
        ]
        words = self.suggester.because(scene.words.said, best.kpi)
        if best.kpi not in {NONE, scene.ruled} and words:
            out.append(
                f"{best.kpi} suggested from words: {', '.join(f'{word} {weight:+.1f}' for word, weight in words)}"
            )
        return out


def deciding_of(packs: Packs) -> Deciding | None:
    """The learned choice of these packs, read once; nothing where nothing was learned."""
    return packs.once("deciding", lambda: _read(packs))


def _read(packs: Packs) -> Deciding | None:
    from sendparse.packs.files import read_file

    suggester = suggester_of(packs)
    for folder in (*packs.folders, patterns_folder()):
        if suggester is not None and (file := Path(folder) / WEIGHTS).is_file():
            return Deciding(packs, suggester, {name: float(weight) for name, weight in read_file(file).items()})
    return None


def _seen(link: Link, made: Link) -> Earlier:
    here, there = made.tagged.sentence, link.tagged.sentence
    same = link.tagged is made.tagged
    kpi, group = (link.kpi.id, link.kpi.group) if link.kpi is not None else ("", "")
    return Earlier(kpi, link.value.unit, same, here.block - there.block, here.headings == there.headings, group)

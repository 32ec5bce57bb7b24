"""Suggested measures at work: one for a figure of which the rules find none, where the words around it leave little doubt.

In: the link that the rules made, the words near the figure. Out: the link to keep, its evidence with the words behind a
suggestion. What the rules chose stands, and what they rule out stays out: a statement of the law, people's answers, a noun that
none of the measures counts. Measures without learned weights (of an overlay, or new ones) are left to the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from sendparse.packs import Kpi, Packs
from sendparse.tag.candidates import Near, unit_fit
from sendparse.tag.said import says_percent
from sendparse.tag.suggest import NONE, Suggested, Suggester, said_around, suggester_of
from sendparse.tag.wording import CONCEPT, FOREIGN

if TYPE_CHECKING:
    from sendparse.tag.candidates import Candidate
    from sendparse.tag.link import Link, Linker

SUGGESTED = "the words around it"
# A suggestion is followed from here on. Tried on the project's own marked texts, each read with weights learned from the others.
LIKELY = -0.7  # about one half, as a natural logarithm
AHEAD = 3.0  # some twenty times likelier than none
_LEAST_FIT = 0.4  # of the figure's unit and size
_NAMING = frozenset({"part", "sentence", "lead", "question"})
_SAYS = 0.5  # the weight of a word that is kept for what follows


class Weighed(NamedTuple):
    """What the rules looked at for the last figure: the words near it, what it could take over, the measures that words name."""

    near: Sequence[Near] = ()
    handed: Sequence[Link] = ()
    ranked: Sequence[Candidate] = ()
    barred: Collection[Kpi] = ()  # what the figure cannot be of, as the one before it is


def clear(words: Suggested) -> str:
    """The measure that the words leave little doubt about; empty: none."""
    kpi = next(iter(words.likely), NONE)
    sure = kpi != NONE and words.of(kpi) >= LIKELY and words.of(kpi) - words.of(NONE) >= AHEAD
    return kpi if sure else ""


@dataclass(frozen=True, slots=True)
class Deciding:
    """The learned weights of some packs."""

    packs: Packs
    suggester: Suggester

    def decide(self, linker: Linker, made: Link) -> Link:
        """The link to keep for a figure. Beside a word of another subject nothing is suggested."""
        near = linker.weighed.near
        if made.kpi is not None or any(n.own and n.item.kind == FOREIGN for n in near):
            return made
        fit = self._fit(linker, made)
        words = self.suggester.suggest(said_of(made, near), fit, ahead=AHEAD)
        name = clear(words)
        if not name or fit(name) <= _LEAST_FIT or not self._may_be(linker, made, words, name):
            return made
        symbols = frozenset(n.item.symbol for n in near if n.own and n.item.kind == CONCEPT and n.item.weight >= _SAYS)
        told = (*made.evidence, self._because(words, name))
        return replace(made, kpi=self.packs.kpis[name], score=0.0, carried=SUGGESTED, symbols=symbols, evidence=told)

    def _fit(self, linker: Linker, made: Link) -> Callable[[str], float]:
        value, role = made.value, made.tagged.roles[made.number].name
        percent = says_percent(made.tagged, made.number)
        fits: dict[str, float] = {}

        def fit(name: str) -> float:
            kpi = self.packs.kpis[name]
            if kpi.unit not in fits:
                fits[kpi.unit] = unit_fit(kpi.unit, value, role, percent=percent)
            return fits[kpi.unit] * linker.candidates.size_fit(kpi, value, role)

        return fit

    def _may_be(self, linker: Linker, made: Link, words: Suggested, name: str) -> bool:
        """Whether a suggestion may stand: nothing rules it out, a thing is named, and the rules read no more of the words."""
        near, _, ranked, barred = linker.weighed
        if self.packs.kpis[name] in barred or not linker.admitting(made.tagged, made.number)(name):
            return False
        things = {n.item.symbol for n in near if n.source in _NAMING and n.item.kind == CONCEPT}
        if not things.isdisjoint(self.packs.kpis[name].excludes):
            return False  # "24 were withdrawn by the family" among appeals
        things -= linker.surroundings.happens
        weighed = any(one.kpi.id == name for one in ranked)  # and found too light
        loudest = next((word for word, _ in self.suggester.because(words.said, name)), "")
        return not weighed and (loudest in things or "w:" + loudest in words.said)

    def _because(self, words: Suggested, name: str) -> str:
        told = ", ".join(f"{word} {weight:+.1f}" for word, weight in self.suggester.because(words.said, name))
        return f"{name} suggested from words: {told}"


def said_of(made: Link, near: Sequence[Near]) -> dict[str, int]:
    """What speaks around a figure."""
    percent = made.value.unit == "count" and says_percent(made.tagged, made.number)
    return said_around(near, made.tagged, made.number, "percent" if percent else made.value.unit)


def deciding_of(packs: Packs) -> Deciding | None:
    """The learned weights at work in these packs, read once; nothing where nothing was learned."""

    def read() -> Deciding | None:
        suggester = suggester_of(packs)
        return Deciding(packs, suggester) if suggester is not None else None

    return packs.once("deciding", read)

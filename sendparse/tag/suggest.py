"""Measures suggested by the words around a figure, where no wording of the packs need be met.

In: the symbols near a figure, the words of its sentence, its unit. Out: for each measure how likely these words are to speak of
it, and which of them say so. The weights were learned from the packs' own examples and from marked texts (see
patterns/README.md); they are whole numbers, so that every machine gets the same sums. Whether a suggestion is followed is the
work of deciding.py.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sendparse.packs import Packs, patterns_folder

if TYPE_CHECKING:
    from sendparse.tag.candidates import Near
    from sendparse.tag.tagged import Tagged

NONE = "none"  # the figure is of nothing in the vocabulary
FILE = "learned/measures.npz"
SCALE = 160  # a feature counts in tenths, a weight in sixteenths
_KEPT = 32  # measures looked at
_FAR = -9.0
_TOO_FAR = -13.0
_LEAST_FIT = 0.02
_NEVER = -math.inf
_ROUNDED = 0.002  # what rounding can add to how far one measure is ahead of another
_ENDINGS = ("ments", "ment", "ations", "ation", "ings", "ing", "ions", "ion", "ied", "ies", "ed", "es", "s", "ly")
_STEM = 4
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]+")
_SMALL = """
the of and to in a for is was were are be been by with on at as that this which from have has had it its our we an or than
per not will their they there who all also more most out up no so but if into over under between about around these those
each other some such can could would should may now only one two three four five six seven eight nine ten january february
march april june july august september october november december council year years month months week weeks day days cent
percent number
"""
_EMPTY = frozenset(_SMALL.split())
_ZONES = {"sentence": ("s:", 0.7), "lead": ("c:", 0.7), "question": ("c:", 0.7), "heading": ("h:", 0.5)}
_ELSEWHERE = ("b:", 0.4)
_OWN_WORD, _OTHER_WORD = 6, 3


_STEMS: dict[str, str] = {}  # of words met before; nothing for a word that says nothing
_KEPT_WORDS = 50_000


def stem(word: str) -> str:
    """The word without its ending: "assessments" and "assessing" are one."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word[: -len(ending)]
    return word


def stems(text: str) -> list[str]:
    """The words of a text that say something, by their stems."""
    out = []
    for word in _WORD.findall(text):
        found = _STEMS.get(word)
        if found is None:
            found = "" if len(word) < 3 or word.lower() in _EMPTY else stem(word)
            if len(_STEMS) < _KEPT_WORDS:
                _STEMS[word] = found
        if found:
            out.append(found)
    return out


def features(near: Iterable[Near], own: str, other: str, unit: str, role: str) -> dict[str, int]:
    """What speaks around a figure, each with how loudly, in tenths. `own` is the figure's part of its sentence, `other` the rest."""
    out: dict[str, float] = {"u:" + unit: 1.0}
    if role == "change":
        out["r:change"] = 0.5
    for one in near:
        if one.source == "paper" or one.nearness <= 0:
            continue
        symbol, weight = one.item.symbol, one.item.weight
        if one.own:
            zone, loud = "o:", min(1.0, 0.4 + weight) * (0.4 + 0.6 * one.nearness)
        else:
            zone, loud = _ZONES.get(one.source, _ELSEWHERE)
            loud *= max(0.3, one.nearness) if zone == "s:" else 1.0
        for name in (zone + symbol, "a:" + symbol):
            if loud > out.get(name, 0.0):
                out[name] = loud
    tenths = {name: int(loud * 10 + 0.5) for name, loud in out.items()}
    for word in stems(other):
        tenths["x:" + word] = _OTHER_WORD
    for word in stems(own):
        tenths["w:" + word] = tenths["x:" + word] = _OWN_WORD
    return tenths


@dataclass(frozen=True, slots=True)
class Suggested:
    """How likely each measure is (natural logarithms, the likeliest first), and the words that were looked at."""

    likely: Mapping[str, float]
    said: Mapping[str, int]

    def of(self, kpi: str) -> float:
        """How likely one measure (or NONE) is."""
        return max(_FAR, self.likely.get(kpi, _FAR))


def _compiled() -> Any:
    """The sums in C; nothing where there was no compiler, or in a checkout."""
    try:
        return import_module("sendparse.tag._weights").ahead_of
    except ImportError:
        return None


ahead_of: Any = _compiled()


class Suggester:
    """The learned weights. `rows` are the features, columns the measures and NONE."""

    def __init__(self, packs: Packs, ids: Sequence[str], names: Sequence[str], weights: Any, base: Any) -> None:
        self.packs = packs
        self.ids = tuple(ids)
        self.known = frozenset(ids) - {NONE}  # the measures that weights were learned for
        self._rows = {name: place for place, name in enumerate(names)}
        self._weights = weights.astype("float32")  # whole numbers below 2**24: sums are exact in any order
        self._base = base
        packed = weights.tobytes(), base.astype("int32").tobytes()
        self._packed = packed if ahead_of is not None and weights.dtype == "int8" else None
        self._places = {kpi: place for place, kpi in enumerate(ids)}
        self._none = self._places.get(NONE)

    def suggest(self, said: Mapping[str, int], fit: Callable[[str], float], *, ahead: float = _NEVER) -> Suggested:
        """The likeliest measures for what is said. `fit`: how well the figure's unit and size are those of a measure, 0 to 1.

        `ahead`: where no measure can be as far ahead of NONE as that, NONE is all that is given.
        """
        import numpy as np

        if ahead > _NEVER and self._none is not None:
            most, above = self._ahead_of(said, self._none)
            if most < (ahead - _ROUNDED) * SCALE and above < _KEPT:
                return Suggested({NONE: 0.0}, said)
        sums = self._sums(said)
        order = np.argsort(-sums, kind="stable")[:_KEPT].tolist()
        best = int(sums[order[0]])
        shares = {}
        for place in order:
            kpi = self.ids[place]
            if kpi != NONE and kpi not in self.packs.kpis:
                continue
            behind = (int(sums[place]) - best) / SCALE
            if behind < _TOO_FAR:
                break
            usual = math.exp(behind)
            shares[kpi] = usual * (1.0 if kpi == NONE else max(_LEAST_FIT, fit(kpi)))
        total = sum(shares.values())
        likely = {kpi: round(math.log(share / total), 3) for kpi, share in shares.items()}
        return Suggested(dict(sorted(likely.items(), key=lambda kept: (-kept[1], self._places[kept[0]]))), said)

    def _ahead_of(self, said: Mapping[str, int], none: int) -> tuple[int, int]:
        """How far the likeliest measure is ahead of one, in the units of the weights, and how many are ahead of it."""
        if self._packed is not None:
            return ahead_of(said, self._rows, *self._packed, none)  # type: ignore[no-any-return]
        sums = self._sums(said)
        return int(sums.max() - sums[none]), int((sums > sums[none]).sum())

    def _sums(self, said: Mapping[str, int]) -> Any:
        import numpy as np

        met = [name for name in said if name in self._rows]
        louds = np.array([said[name] for name in met], dtype=np.float32)
        return louds @ self._weights.take([self._rows[name] for name in met], axis=0) + self._base

    def because(self, said: Mapping[str, int], kpi: str, most: int = 4) -> list[tuple[str, float]]:
        """The words that speak for a measure, with their weights, the loudest first."""
        place = self._places.get(kpi)
        if place is None:
            return []
        told: dict[str, float] = {}
        for name, loud in said.items():
            row = self._rows.get(name)
            if row is not None and name[0] != "u":
                word = name[2:]
                told[word] = told.get(word, 0.0) + int(self._weights[row, place]) * loud / SCALE
        ranked = sorted(told.items(), key=lambda kept: (-round(kept[1], 3), kept[0]))
        return [(word, round(weight, 1)) for word, weight in ranked[:most] if weight >= 0.1]


def suggester_of(packs: Packs) -> Suggester | None:
    """The learned weights of these packs, read once; nothing where none were learned."""
    return packs.once("suggester", lambda: _read(packs))


def _read(packs: Packs) -> Suggester | None:
    for folder in (*packs.folders, patterns_folder()):
        if (file := Path(folder) / FILE).is_file():
            return read_weights(packs, file)
    return None


def read_weights(packs: Packs, file: Path) -> Suggester:
    """Weights from their file."""
    import numpy as np

    with np.load(file, allow_pickle=False) as kept:
        ids, names = (str(kept[name]).split("\n") for name in ("ids", "names"))
        return Suggester(packs, ids, names, kept["weights"], kept["base"].astype("float32"))


def said_around(near: Iterable[Near], tagged: Tagged, number: int, unit: str) -> dict[str, int]:
    """The features of one figure."""
    part, text = tagged.parts[number], tagged.text
    own, other = text[part.start : part.end], f"{text[: part.start]} {text[part.end :]}"
    return features(near, own, other, unit, tagged.roles[number].name)


def unlearned(packs: Packs) -> list[str]:
    """The measures that no weights were learned for."""
    suggester = suggester_of(packs)
    return [kpi for kpi in packs.kpis if suggester is None or kpi not in suggester.known]

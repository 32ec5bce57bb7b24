"""The records that the pattern files give: measures, concepts, breakdowns, examples, and `Packs`, which holds them all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from sendparse.reference import Reference

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence (or a row label) with the answer it must give: `kpi` empty means that no measure is stated."""

    says: str
    kpi: str = ""
    section: str = ""
    is_label: bool = False
    value: float | None = None
    value_high: float | None = None
    unit: str = ""
    period: str = ""
    role: str = ""
    breakdown: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """One measure and its wordings."""

    id: str
    label: str
    unit: str
    group: str = ""
    definition: str = ""
    better: str = "neutral"
    source: str = ""
    phrases: tuple[str, ...] = ()
    in_text: tuple[str, ...] = ()  # wordings for running text alone, too bare for a row label
    in_labels: tuple[str, ...] = ()  # wordings for row labels alone, which in running text mean something else
    excludes: tuple[str, ...] = ()  # concepts whose presence in the same label or clause rules the measure out
    words_of: str = ""  # id of the sibling whose wordings it shares; the figure's unit then tells them apart
    takes: tuple[str, ...] = ()  # breakdown dimensions beyond the usual ones (phase, age, need)
    says: tuple[str, ...] = ()  # breakdowns that its definition already contains: never repeated
    examples: tuple[Example, ...] = ()
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A thing that can be said in several ways. A weak form counts only beside another concept."""

    name: str
    forms: tuple[str, ...]
    weak: tuple[str, ...] = ()
    weight: float = 1.0
    weak_weight: float = 0.45  # a share of the weight: a weak form alone must not reach what one full concept weighs
    spare: float | None = None  # what it weighs against a wording that leaves it over; as a rule what it weighs for one
    foreign: bool = False  # belongs to another subject: a label that contains it names none of our measures


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The vocabulary below the measures: concepts, words without weight, words that tell the unit."""

    concepts: Mapping[str, Concept]
    drop: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    core: tuple[str, ...] = ()  # concepts that say what the pack is about
    leans: tuple[str, ...] = ()  # "of above", "of which": the label leans on the row it stands under
    units: Mapping[str, tuple[str, ...]]
    maybe_units: Mapping[str, tuple[str, ...]]  # words that tell the unit when nothing else does: "(weeks)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """One value of one dimension, with its wordings: need=semh."""

    dimension: str
    value: str
    forms: tuple[str, ...]
    covers: tuple[str, ...] = ()  # breakdowns it makes superfluous: "Post 16 (16-25yo)" is phase=post_16 alone

    @property
    def name(self) -> str:
        """As wordings and the `breakdown` column write it: `need=semh`."""
        return f"{self.dimension}={self.value}"


class Packs:
    """All patterns. `kpis` in the order of the files; `rules` holds the other files of patterns/, parsed, by stem."""

    def __init__(
        self,
        *,
        kpis: Mapping[str, Kpi],
        words: Words,
        breakdowns: Mapping[str, Breakdown],
        rules: Mapping[str, Mapping[str, Any]],
        folders: Sequence[Path],
    ) -> None:
        self.kpis = kpis
        self.words = words
        self.breakdowns = breakdowns
        self.rules = _Rules(rules)
        self.folders = tuple(folders)
        self._made: dict[str, object] = {}

    def once(self, name: str, make: Callable[[], T]) -> T:
        """Something compiled from the patterns (a matcher, a grammar), made when first asked for and kept with them."""
        if name not in self._made:
            self._made[name] = make()
        return cast(T, self._made[name])

    def __getstate__(self) -> dict[str, object]:
        """For a worker process: the patterns alone; what was compiled from them is made again there."""
        kept = ("kpis", "words", "breakdowns", "rules", "folders")
        return {name: self.__dict__[name] for name in kept} | {"_made": {}}

    @cached_property
    def hash(self) -> str:
        """SHA-256 over the names and bytes of all pattern files, overlays included."""
        return digest(self.folders)

    @cached_property
    def reference(self) -> Reference:
        """Councils, neighbours and official figures, read when first asked for."""
        from sendparse.reference import load_reference

        own = self.folders[0] / "reference"
        return load_reference(own if own.is_dir() else shipped_folder() / "reference")

    def family(self, kpi: str) -> tuple[Kpi, ...]:
        """The measures that share wordings with this one and differ in unit, the leading one first."""
        return self._families.get(kpi, ())

    @cached_property
    def _families(self) -> dict[str, tuple[Kpi, ...]]:
        groups: dict[str, list[Kpi]] = {}
        for kpi in self.kpis.values():
            groups.setdefault(kpi.words_of or kpi.id, []).append(kpi)
        for lead, members in groups.items():
            members.sort(key=lambda kpi: kpi.id != lead)
        return {kpi.id: tuple(members) for members in groups.values() for kpi in members}


class _Rules(dict[str, Mapping[str, Any]]):
    """An absent file is an empty one."""

    def __missing__(self, key: str) -> Mapping[str, Any]:
        return {}


def shipped_folder() -> Path:
    """Where the shipped patterns lie: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "patterns"
    return inside if (inside / "words.yaml").is_file() else package.parent / "patterns"


def digest(folders: Iterable[Path]) -> str:
    """SHA-256 over names and bytes of all files in these folders; hidden files do not count."""
    out = hashlib.sha256()
    for folder in folders:
        for file in sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".")):
            out.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return out.hexdigest()

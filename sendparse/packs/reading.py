"""Pattern files into records: what each key means, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sendparse.packs.files import Bad, Place, entries, mapping, merged, naming, number, one_of, only, read_file, strings
from sendparse.packs.records import Breakdown, Concept, Example, Kpi, Packs, Words
from sendparse.packs.spelt import written_out

UNITS = frozenset(
    {"percent", "percentage_points", "count", "gbp", "weeks", "days", "months", "years"}
    | {"rate_per_10k", "rate_per_100", "score", "fte", "ratio", "multiple", "category"}
)
BETTER = frozenset({"higher", "lower", "neutral"})
_KPI_KEYS = frozenset(
    {"id", "group", "label", "definition", "unit", "better", "source"}
    | {"phrases", "phrases_in_text", "phrases_in_labels", "not", "words_of", "takes", "says", "examples"}
)
_FILE_KEYS = frozenset({"group", "kpis"})
_EXAMPLE_KEYS = frozenset({"says", "gives", "label", "section"})
_GIVES_KEYS = frozenset({"kpi", "value", "value_high", "unit", "period", "breakdown", "role"})
_WORDS_KEYS = frozenset({"drop", "light", "units", "leans", "core", "concepts", "maybe_units", "classes", "irregular"})
_CONCEPT_KEYS = frozenset({"forms", "weak", "weight", "weak_weight", "spare", "foreign"})
_MACRO = re.compile(r"\{([^{}]*)\}")


class Builder:
    """Collects what the folders say, one on top of the other."""

    def __init__(self) -> None:
        self.kpis: dict[str, Kpi] = {}
        self.where: dict[str, tuple[Path, Place]] = {}
        self.concepts: dict[str, Concept] = {}
        self.lists: dict[str, tuple[str, ...]] = {"drop": (), "light": (), "leans": (), "core": ()}
        self.units: dict[str, dict[str, tuple[str, ...]]] = {"units": {}, "maybe_units": {}}
        self.breakdowns: dict[str, Breakdown] = {}
        self.word_files: list[Path] = []
        self.classes: dict[str, tuple[str, ...]] = {}
        self.irregular: dict[str, tuple[str, ...]] = {}
        self.rules: dict[str, Any] = {}

    def add(self, folder: Path, *, overlay: bool) -> None:
        """Read one folder. Raises PackError."""
        for file in sorted(folder.glob("*.yaml")):
            data = read_file(file)
            self.rules[file.stem] = merged(self.rules.get(file.stem), data)
            with naming(file):
                if file.stem == "words":
                    self.word_files.append(file)
                    self._words(data)
                elif file.stem == "breakdowns":
                    self._breakdowns(data)
        for file in sorted((folder / "kpi").glob("*.yaml")):
            with naming(file):
                self._kpi_file(file, read_file(file), overlay=overlay)

    def _words(self, data: Mapping[str, Any]) -> None:
        only(data, _WORDS_KEYS, ())
        for key in self.lists:
            self.lists[key] += strings(data.get(key, []), (key,))
        for key, units in self.units.items():
            for unit, words in mapping(data.get(key, {}), (key,)).items():
                one_of(unit, UNITS, (key, unit), "unit")
                units[unit] = units.get(unit, ()) + strings(words, (key, unit))
        for key, short in (("classes", self.classes), ("irregular", self.irregular)):
            for name, words in mapping(data.get(key, {}), (key,)).items():
                short[name] = short.get(name, ()) + strings(words, (key, name))
        for name, entry in mapping(data.get("concepts", {}), ("concepts",)).items():
            self._concept(str(name), entry)

    def _concept(self, name: str, entry: Any) -> None:
        place: Place = ("concepts", name)
        fields = mapping({"forms": entry} if isinstance(entry, list) else entry, place)
        only(fields, _CONCEPT_KEYS, place)
        new = Concept(
            name=name,
            forms=strings(fields.get("forms", []), (*place, "forms")),
            weak=strings(fields.get("weak", []), (*place, "weak")),
            weight=number(fields.get("weight", 1.0), (*place, "weight")),
            weak_weight=number(fields.get("weak_weight", 0.45), (*place, "weak_weight")),
            spare=number(fields["spare"], (*place, "spare")) if "spare" in fields else None,
            foreign=bool(fields.get("foreign", False)),
        )
        old = self.concepts.get(name)
        self.concepts[name] = replace(old, forms=old.forms + new.forms, weak=old.weak + new.weak) if old else new

    def _breakdowns(self, data: Mapping[str, Any]) -> None:
        for dimension, values in data.items():
            for value, entry in mapping(values, (dimension,)).items():
                place: Place = (dimension, value)
                fields = mapping({"forms": entry} if isinstance(entry, list) else entry, place)
                only(fields, frozenset({"forms", "covers"}), place)
                new = Breakdown(
                    dimension=str(dimension),
                    value=str(value),
                    forms=strings(fields.get("forms", []), (*place, "forms")),
                    covers=strings(fields.get("covers", []), (*place, "covers")),
                )
                old = self.breakdowns.get(new.name)
                self.breakdowns[new.name] = replace(old, forms=old.forms + new.forms) if old else new

    def _kpi_file(self, file: Path, data: Mapping[str, Any], *, overlay: bool) -> None:
        only(data, _FILE_KEYS, ())
        fresh: set[str] = set()
        for at, entry in enumerate(entries(data.get("kpis", []), ("kpis",))):
            place: Place = ("kpis", at)
            new = _kpi(mapping(entry, place), place, group=str(data.get("group", "")), file=file)
            old = self.kpis.get(new.id)
            if old is not None and (not overlay or new.id in fresh):
                raise Bad((*place, "id"), f"the id {new.id} is used twice (first in {old.file})")
            fresh.add(new.id)
            self.kpis[new.id] = _extended(old, new, entry, place) if old else _complete(new, place)
            self.where[new.id] = (file, place)

    def packs(self, folders: Sequence[Path]) -> Packs:
        """Everything read, once each name is known to stand for something. Raises PackError."""
        known = self.concepts.keys() | self.breakdowns.keys() | {f"unit={unit}" for unit in UNITS}
        for kpi in list(self.kpis.values()):
            file, place = self.where[kpi.id]
            with naming(file):
                self._refer(kpi, place, known)
            if kpi.words_of:  # what the wordings already say holds for each measure that shares them
                lead = self.kpis[kpi.words_of]
                self.kpis[kpi.id] = replace(kpi, says=kpi.says or lead.says, takes=kpi.takes or lead.takes)
        with naming(self.word_files[-1] if self.word_files else Path("words.yaml")):
            spelt = {name: self._spelt(concept) for name, concept in self.concepts.items()}
        words = Words(
            concepts=spelt,
            drop=self.lists["drop"],
            light=self.lists["light"],
            leans=self.lists["leans"],
            core=self.lists["core"],
            units=self.units["units"],
            maybe_units=self.units["maybe_units"],
        )
        return Packs(kpis=self.kpis, words=words, breakdowns=self.breakdowns, rules=self.rules, folders=folders)

    def _spelt(self, concept: Concept) -> Concept:
        """A concept with the classes of words and the verbs in its forms written out."""

        def spelt(forms: Sequence[str]) -> tuple[str, ...]:
            try:
                return tuple(written_out(form, self.classes, self.irregular) for form in forms)
            except KeyError as unknown:
                raise Bad(("concepts", concept.name), f"there is no class of words {unknown}") from None

        return replace(concept, forms=spelt(concept.forms), weak=spelt(concept.weak))

    def _refer(self, kpi: Kpi, place: Place, known: set[str]) -> None:
        for phrase in (*kpi.phrases, *kpi.in_text, *kpi.in_labels):
            for macro in _MACRO.findall(phrase):
                one_of(macro, known, (*place, "phrases"), "word list")
        for name in kpi.excludes:
            one_of(name, known, (*place, "not"), "concept")
        for name in kpi.says:
            one_of(name, self.breakdowns.keys(), (*place, "says"), "breakdown")
        for dimension in kpi.takes:
            one_of(dimension, {b.dimension for b in self.breakdowns.values()}, (*place, "takes"), "dimension")
        if kpi.words_of:
            one_of(kpi.words_of, self.kpis.keys(), (*place, "words_of"), "id")
            if self.kpis[kpi.words_of].words_of:
                raise Bad((*place, "words_of"), f"{kpi.words_of} has borrowed its own wordings")
        for at, example in enumerate(kpi.examples):
            if example.kpi:
                one_of(example.kpi, self.kpis.keys(), (*place, "examples", at), "id")


def _kpi(entry: Mapping[str, Any], place: Place, *, group: str, file: Path) -> Kpi:
    only(entry, _KPI_KEYS, place)
    identity = entry.get("id")
    if not isinstance(identity, str) or not identity:
        raise Bad(place, "an entry without an id")
    if "unit" in entry:
        one_of(entry["unit"], UNITS, (*place, "unit"), "unit")
    if "better" in entry:
        one_of(entry["better"], BETTER, (*place, "better"), "direction")
    examples = entries(entry.get("examples", []), (*place, "examples"))
    return Kpi(
        id=identity,
        label=str(entry.get("label", "")),
        unit=str(entry.get("unit", "")),
        group=str(entry.get("group", group)),
        definition=str(entry.get("definition", "")),
        better=str(entry.get("better", "neutral")),
        source=str(entry.get("source", "")),
        phrases=strings(entry.get("phrases", []), (*place, "phrases")),
        in_text=strings(entry.get("phrases_in_text", []), (*place, "phrases_in_text")),
        in_labels=strings(entry.get("phrases_in_labels", []), (*place, "phrases_in_labels")),
        excludes=strings(entry.get("not", []), (*place, "not")),
        words_of=str(entry.get("words_of", "")),
        takes=strings(entry.get("takes", []), (*place, "takes")),
        says=strings(entry.get("says", []), (*place, "says")),
        examples=tuple(_example(e, (*place, "examples", n), identity) for n, e in enumerate(examples)),
        file=file.name,
    )


def _example(entry: Any, place: Place, identity: str) -> Example:
    fields = mapping(entry, place)
    only(fields, _EXAMPLE_KEYS, place)
    text = fields.get("says", fields.get("label"))
    if not isinstance(text, str) or "gives" not in fields:
        raise Bad(place, "an example needs `says` (a sentence) or `label` (a row label), and `gives`")
    gives = fields["gives"]
    if isinstance(gives, str):
        gives = {"kpi": gives}
    kpi = "" if gives is None else identity
    gives = mapping(gives or {}, (*place, "gives"))
    only(gives, _GIVES_KEYS, (*place, "gives"))
    if gives.get("unit"):
        one_of(gives["unit"], UNITS, (*place, "gives", "unit"), "unit")
    return Example(
        says=text,
        kpi=str(gives.get("kpi", kpi)),
        section=str(fields.get("section", "")),
        is_label="label" in fields,
        value=gives.get("value"),
        value_high=gives.get("value_high"),
        unit=str(gives.get("unit", "")),
        period=str(gives.get("period", "")),
        role=str(gives.get("role", "")),
        breakdown=str(gives.get("breakdown", "")),
    )


def _complete(kpi: Kpi, place: Place) -> Kpi:
    for name in ("label", "unit"):
        if not getattr(kpi, name):
            raise Bad(place, f"{kpi.id} has no {name}")
    return kpi


def _extended(old: Kpi, new: Kpi, entry: Mapping[str, Any], place: Place) -> Kpi:
    """What an overlay adds to a known id. Its meaning stays: another unit would make figures incomparable."""
    for name in ("unit", "words_of"):
        if name in entry and getattr(new, name) != getattr(old, name):
            problem = f"an overlay cannot change the {name} of {old.id}"
            raise Bad((*place, name), problem, "give the measure an id of its own")
    return replace(
        old,
        phrases=old.phrases + new.phrases,
        in_text=old.in_text + new.in_text,
        in_labels=old.in_labels + new.in_labels,
        excludes=old.excludes + new.excludes,
        takes=old.takes + new.takes,
        examples=old.examples + new.examples,
    )

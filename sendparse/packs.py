"""What is known about the subject, read from `patterns/` into typed records.

In: a folder of YAML files (and overlay folders that add to it). Out: one `Packs`, handed through all stages.
A file that says something we do not understand is refused with its name and line: a misspelt key that is silently
ignored would be a wording that silently never matches. Matching itself is the work of tag/kpi.py.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sendparse.errors import PackError

if TYPE_CHECKING:
    from sendparse.reference import Reference

UNITS = frozenset(
    ["percent", "percentage_points", "count", "gbp", "weeks", "days", "months", "years", "rate_per_10k", "rate_per_100", "score", "fte", "ratio", "multiple", "category"]
)
BETTER = frozenset({"higher", "lower", "neutral"})
_KPI_KEYS = frozenset(["id", "label", "definition", "unit", "better", "source", "phrases", "not", "words_of", "takes", "says", "examples", "group"])
_FILE_KEYS = frozenset({"group", "kpis"})
_EXAMPLE_KEYS = frozenset({"says", "gives", "label", "section"})
_GIVES_KEYS = frozenset({"kpi", "value", "value_high", "unit", "period", "breakdown", "role"})
_WORDS_KEYS = frozenset({"drop", "light", "units", "leans", "concepts"})
_CONCEPT_KEYS = frozenset({"forms", "weak", "weight", "foreign"})
_MACRO = re.compile(r"\{([^{}]*)\}")

Path_ = tuple[str | int, ...]
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
    foreign: bool = False  # belongs to another subject: a label that contains it names none of our measures


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The vocabulary below the measures: concepts, words without weight, words that tell the unit."""

    concepts: Mapping[str, Concept]
    drop: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    leans: tuple[str, ...] = ()  # "of above", "of which": the label leans on the row it stands under
    units: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """One value of one dimension, with its wordings: need=semh."""

    dimension: str
    value: str
    forms: tuple[str, ...]
    covers: tuple[str, ...] = ()  # breakdowns it makes superfluous: "Post 16 (16-25yo)" is phase=post_16 alone

    @property
    def name(self) -> str:
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

    @property
    def headers(self) -> Mapping[str, Any]:
        return self.rules["headers"]

    @property
    def periods(self) -> Mapping[str, Any]:
        return self.rules["periods"]

    @property
    def benchmarks(self) -> Mapping[str, Any]:
        return self.rules["benchmarks"]

    @property
    def roles(self) -> Mapping[str, Any]:
        return self.rules["roles"]

    @property
    def values(self) -> Mapping[str, Any]:
        return self.rules["values"]

    @property
    def checks(self) -> Mapping[str, Any]:
        return self.rules["checks"]

    @cached_property
    def hash(self) -> str:
        """SHA-256 over the names and bytes of all pattern files, overlays included."""
        return _digest(self.folders)

    @cached_property
    def reference(self) -> Reference:
        """Councils, neighbours and official figures, read when first asked for."""
        from sendparse.reference import load_reference

        return load_reference(self.folders[0] / "reference")

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


def patterns_folder() -> Path:
    """Where the shipped patterns lie: inside the installed package, or beside it in a checkout."""
    here = Path(__file__).resolve().parent
    for folder in (here / "patterns", here.parent / "patterns"):
        if (folder / "words.yaml").is_file():
            return folder
    raise PackError(str(here), "the folder `patterns` is missing", "reinstall sendparse", code="patterns_missing")


def load_packs(path: Path | str | None = None, overlays: Iterable[Path | str] = ()) -> Packs:
    """Read the shipped patterns (or those at `path`), then each overlay folder on top of them.

    An overlay may add forms to concepts, wordings and examples to known ids, new ids, whole new files, and entries
    to any other file. It cannot change what an id means. Raises PackError, naming file and line.
    """
    folders = [Path(path) if path is not None else patterns_folder(), *map(Path, overlays)]
    builder = _Builder()
    for number, folder in enumerate(folders):
        if not folder.is_dir():
            raise PackError(
                str(folder), "there is no such folder of patterns", "give a folder that has words.yaml or kpi/"
            )
        builder.add(folder, overlay=number > 0)
    return builder.packs(folders)


class _Bad(Exception):
    """Something wrong at a place inside a file; the line is looked up only now that it is needed."""

    def __init__(self, place: Path_, problem: str, hint: str = "") -> None:
        self.place, self.problem, self.hint = place, problem, hint
        super().__init__(problem)


class _Builder:
    def __init__(self) -> None:
        self.kpis: dict[str, Kpi] = {}
        self.where: dict[str, tuple[Path, Path_]] = {}
        self.concepts: dict[str, Concept] = {}
        self.lists: dict[str, tuple[str, ...]] = {"drop": (), "light": (), "leans": ()}
        self.units: dict[str, tuple[str, ...]] = {}
        self.breakdowns: dict[str, Breakdown] = {}
        self.rules: dict[str, Any] = {}

    def add(self, folder: Path, *, overlay: bool) -> None:
        for file in sorted(folder.glob("*.yaml")):
            data = _read(file)
            self.rules[file.stem] = _merged(self.rules.get(file.stem), data)
            with _naming(file):
                if file.stem == "words":
                    self._words(data)
                elif file.stem == "breakdowns":
                    self._breakdowns(data)
        for file in sorted((folder / "kpi").glob("*.yaml")):
            with _naming(file):
                self._kpi_file(file, _read(file), overlay=overlay)

    def _words(self, data: Mapping[str, Any]) -> None:
        _only(data, _WORDS_KEYS, ())
        for key in self.lists:
            self.lists[key] += _strings(data.get(key, []), (key,))
        for unit, words in _mapping(data.get("units", {}), ("units",)).items():
            _one_of(unit, UNITS, ("units", unit), "unit")
            self.units[unit] = self.units.get(unit, ()) + _strings(words, ("units", unit))
        for name, entry in _mapping(data.get("concepts", {}), ("concepts",)).items():
            self._concept(str(name), entry)

    def _concept(self, name: str, entry: Any) -> None:
        place: Path_ = ("concepts", name)
        fields = _mapping({"forms": entry} if isinstance(entry, list) else entry, place)
        _only(fields, _CONCEPT_KEYS, place)
        new = Concept(
            name=name,
            forms=_strings(fields.get("forms", []), (*place, "forms")),
            weak=_strings(fields.get("weak", []), (*place, "weak")),
            weight=_number(fields.get("weight", 1.0), (*place, "weight")),
            foreign=bool(fields.get("foreign", False)),
        )
        old = self.concepts.get(name)
        self.concepts[name] = replace(old, forms=old.forms + new.forms, weak=old.weak + new.weak) if old else new

    def _breakdowns(self, data: Mapping[str, Any]) -> None:
        for dimension, values in data.items():
            for value, entry in _mapping(values, (dimension,)).items():
                place: Path_ = (dimension, value)
                fields = _mapping({"forms": entry} if isinstance(entry, list) else entry, place)
                _only(fields, frozenset({"forms", "covers"}), place)
                new = Breakdown(
                    dimension=str(dimension),
                    value=str(value),
                    forms=_strings(fields.get("forms", []), (*place, "forms")),
                    covers=_strings(fields.get("covers", []), (*place, "covers")),
                )
                old = self.breakdowns.get(new.name)
                self.breakdowns[new.name] = replace(old, forms=old.forms + new.forms) if old else new

    def _kpi_file(self, file: Path, data: Mapping[str, Any], *, overlay: bool) -> None:
        _only(data, _FILE_KEYS, ())
        entries = data.get("kpis", [])
        if not isinstance(entries, list):
            raise _Bad(("kpis",), "`kpis` is no list")
        fresh: set[str] = set()
        for number, entry in enumerate(entries):
            place: Path_ = ("kpis", number)
            new = _kpi(_mapping(entry, place), place, group=str(data.get("group", "")), file=file)
            old = self.kpis.get(new.id)
            if old is not None and (not overlay or new.id in fresh):
                raise _Bad((*place, "id"), f"the id {new.id} is used twice (first in {old.file})")
            fresh.add(new.id)
            self.kpis[new.id] = _extended(old, new, entry, place) if old else _complete(new, place)
            self.where[new.id] = (file, place)

    def packs(self, folders: Sequence[Path]) -> Packs:
        known = self.concepts.keys() | self.breakdowns.keys() | {f"unit={unit}" for unit in self.units}
        for kpi in list(self.kpis.values()):
            file, place = self.where[kpi.id]
            with _naming(file):
                self._refer(kpi, place, known)
            if kpi.words_of:  # what the wordings already say holds for each measure that shares them
                lead = self.kpis[kpi.words_of]
                self.kpis[kpi.id] = replace(kpi, says=kpi.says or lead.says, takes=kpi.takes or lead.takes)
        words = Words(concepts=self.concepts, units=self.units, **self.lists)
        return Packs(kpis=self.kpis, words=words, breakdowns=self.breakdowns, rules=self.rules, folders=folders)

    def _refer(self, kpi: Kpi, place: Path_, known: set[str]) -> None:
        for phrase in kpi.phrases:
            for macro in _MACRO.findall(phrase):
                _one_of(macro, known, (*place, "phrases"), "word list")
        for name in kpi.excludes:
            _one_of(name, known, (*place, "not"), "concept")
        for name in kpi.says:
            _one_of(name, self.breakdowns.keys(), (*place, "says"), "breakdown")
        for dimension in kpi.takes:
            _one_of(
                dimension, {b.dimension for b in self.breakdowns.values()}, (*place, "takes"), "breakdown dimension"
            )
        if kpi.words_of:
            _one_of(kpi.words_of, self.kpis.keys(), (*place, "words_of"), "id")
            if self.kpis[kpi.words_of].words_of:
                raise _Bad((*place, "words_of"), f"{kpi.words_of} has borrowed its own wordings")
        for number, example in enumerate(kpi.examples):
            if example.kpi:
                _one_of(example.kpi, self.kpis.keys(), (*place, "examples", number), "id")


def _kpi(entry: Mapping[str, Any], place: Path_, *, group: str, file: Path) -> Kpi:
    _only(entry, _KPI_KEYS, place)
    identity = entry.get("id")
    if not isinstance(identity, str) or not identity:
        raise _Bad(place, "an entry without an id")
    if "unit" in entry:
        _one_of(entry["unit"], UNITS, (*place, "unit"), "unit")
    if "better" in entry:
        _one_of(entry["better"], BETTER, (*place, "better"), "direction")
    examples = entry.get("examples", [])
    if not isinstance(examples, list):
        raise _Bad((*place, "examples"), "`examples` is no list")
    return Kpi(
        id=identity,
        label=str(entry.get("label", "")),
        unit=str(entry.get("unit", "")),
        group=str(entry.get("group", group)),
        definition=str(entry.get("definition", "")),
        better=str(entry.get("better", "neutral")),
        source=str(entry.get("source", "")),
        phrases=_strings(entry.get("phrases", []), (*place, "phrases")),
        excludes=_strings(entry.get("not", []), (*place, "not")),
        words_of=str(entry.get("words_of", "")),
        takes=_strings(entry.get("takes", []), (*place, "takes")),
        says=_strings(entry.get("says", []), (*place, "says")),
        examples=tuple(_example(e, (*place, "examples", n), identity) for n, e in enumerate(examples)),
        file=file.name,
    )


def _example(entry: Any, place: Path_, identity: str) -> Example:
    fields = _mapping(entry, place)
    _only(fields, _EXAMPLE_KEYS, place)
    text = fields.get("says", fields.get("label"))
    if not isinstance(text, str) or "gives" not in fields:
        raise _Bad(place, "an example needs `says` (a sentence) or `label` (a row label), and `gives`")
    gives = fields["gives"]
    if isinstance(gives, str):
        gives = {"kpi": gives}
    kpi = "" if gives is None else identity
    gives = _mapping(gives or {}, (*place, "gives"))
    _only(gives, _GIVES_KEYS, (*place, "gives"))
    if gives.get("unit"):
        _one_of(gives["unit"], UNITS, (*place, "gives", "unit"), "unit")
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


def _complete(kpi: Kpi, place: Path_) -> Kpi:
    for name in ("label", "unit"):
        if not getattr(kpi, name):
            raise _Bad(place, f"{kpi.id} has no {name}")
    return kpi


def _extended(old: Kpi, new: Kpi, entry: Mapping[str, Any], place: Path_) -> Kpi:
    """What an overlay adds to a known id. Its meaning stays: another unit would make figures incomparable."""
    for name in ("unit", "words_of"):
        if name in entry and getattr(new, name) != getattr(old, name):
            raise _Bad(
                (*place, name), f"an overlay cannot change the {name} of {old.id}", "give the measure an id of its own"
            )
    return replace(
        old,
        phrases=old.phrases + new.phrases,
        excludes=old.excludes + new.excludes,
        takes=old.takes + new.takes,
        examples=old.examples + new.examples,
    )


def _merged(old: Any, new: Any) -> Any:
    """Mappings join key by key, lists run on, anything else is replaced."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: _merged(old.get(key), value) for key, value in new.items()}}
    if isinstance(old, list) and isinstance(new, list):
        return [*old, *new]
    return new


@lru_cache(maxsize=1)
def _loader() -> Any:
    """YAML's fast loader, where only true and false are truth values: to an analyst `no` and `on` are words, and
    `3_4` is an age group rather than the number 34."""
    import yaml

    base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader = type("PatternLoader", (base,), {"yaml_implicit_resolvers": {}})
    null, boolean, whole, broken = (f"tag:yaml.org,2002:{kind}" for kind in ("null", "bool", "int", "float"))
    loader.add_implicit_resolver(null, re.compile(r"^(?:~|null|)$"), ["~", "n", ""])
    loader.add_implicit_resolver(boolean, re.compile(r"^(?:true|false)$"), ["t", "f"])
    loader.add_implicit_resolver(whole, re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
    loader.add_implicit_resolver(broken, re.compile(r"^[-+]?[0-9]+\.[0-9]+$"), list("-+0123456789"))
    return loader


def _read(file: Path) -> dict[str, Any]:
    import yaml

    try:
        data = yaml.load(file.read_bytes(), Loader=_loader())
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{file}, line {mark.line + 1}" if mark else str(file)
        raise PackError(
            where, f"this is no YAML: {getattr(error, 'problem', error)}", "check indentation and quotes"
        ) from None
    except UnicodeDecodeError as error:
        raise PackError(str(file), f"this is no UTF-8 text ({error.reason})", "save the file as UTF-8") from None
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise PackError(f"{file}, line 1", "the file holds no mapping of keys to values", "see patterns/README.md")
    return data


class _naming:  # noqa: N801 - reads as a statement
    """Turns a `_Bad` into a PackError that names file and line."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, _Bad):
            where = f"{self.file}, line {_line(self.file, error.place)}"
            raise PackError(where, error.problem, error.hint or "see patterns/README.md") from None


def _line(file: Path, place: Path_) -> int:
    """The line at which a place inside a YAML file begins; the nearest one that exists."""
    import yaml

    node = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    line = 0
    for step in place:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == str(step)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line
        else:
            break
    return int(line) + 1


def _digest(folders: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".")):
            digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _only(entry: Mapping[str, Any], known: frozenset[str], place: Path_) -> None:
    for key in entry:
        if key not in known:
            raise _Bad((*place, key), f"the key `{key}` is not known here", f"known keys: {', '.join(sorted(known))}")


def _one_of(value: Any, known: Iterable[str], place: Path_, what: str) -> None:
    if value not in known:
        from difflib import get_close_matches

        near = get_close_matches(str(value), sorted(known), n=3)
        raise _Bad(place, f"`{value}` is no {what} that is known", f"did you mean {' or '.join(near)}?" if near else "")


def _mapping(value: Any, place: Path_) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _Bad(place, "here a mapping of keys to values is expected")
    return value


def _strings(value: Any, place: Path_) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str | int) and not isinstance(v, bool) for v in value):
        raise _Bad(place, "here a list of texts is expected (quote a text that holds `: ` or begins with a sign)")
    return tuple(map(str, value))


def _number(value: Any, place: Path_) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _Bad(place, "here a number is expected")
    return float(value)

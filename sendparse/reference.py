"""Councils, regions, statistical neighbours and England figures: look-ups over `patterns/reference/`.

In: a folder of small CSV files. Out: a `Reference`, which answers by name, alias, code, domain. A name that may mean
two councils gives both or none, never a guess. A code that a council has given up still leads to it; the code of a
council that was abolished leads nowhere, since its figures are nobody's today. What DfE publishes for each council is
not here: an imported release is read by releases.py.
"""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from sendparse.errors import InputError, PackError
from sendparse.model import Period

LATEST_MODEL = "2025"
"""The newest model of statistical neighbours that is shipped, by its year."""

_LATEST_MODEL_SINCE = date(2025, 5, 1)

_PARTING = re.compile(r"[-–‐‑/]")
_STOP = re.compile(r"[.,]")
_BEFORE_A_NAME = re.compile(
    r"^(?:the )?(?:(?:(?:london|royal|metropolitan|county) )?borough of|lb|rb|council of the|(?:city|county) of) "
)
_AFTER_A_NAME = re.compile(
    r"(?: (?:metropolitan|city|county|borough|district|unitary|mbc|mdc|cc|bc|council|corporation|authority))+$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Council:
    """One of the 153 English councils with duties for SEND."""

    la_code: str  # three digits, DfE; text, since it is a name and not a number
    gss_code: str  # ONS code of today
    name: str  # as DfE writes it: "Bristol, City of"
    official_name: str  # as the council writes it: "Bristol City Council"
    short_name: str  # as people write it: "Bristol"
    region: str
    region_code: str
    kind: str  # london_borough, metropolitan, unitary, county
    domains: tuple[str, ...]  # of site and mail: "bristol.gov.uk"
    democracy_host: str  # where its committee papers are, if not on its site


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """One way to write a council, or (kind `other`) a place that could be mistaken for one."""

    text: str
    la_code: str  # empty for kind `other`
    kind: str  # name, word, short, acronym, organisation, other: see patterns/reference/README.md
    ambiguous: bool  # also means another council, or something else altogether


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialFigure:
    """One official figure. `value` is in the unit named; percentages are 0 to 100."""

    kpi: str
    area: str  # England, a region, or a council's DfE name
    la_code: str  # of a council, else empty
    value: float
    unit: str
    decimals: int
    period_start: date
    period_end: date
    basis: str  # calendar_year, academic_year, financial_year, snapshot
    release: str
    note: str = ""


@lru_cache(maxsize=4096)  # tables name the same areas again and again
def normalise(name: str) -> str:
    """A name in the form names are compared in: lower case, `&` as "and", hyphens as spaces, no stops or commas."""
    text = name.lower().replace("&", " and ").replace("’", "'")
    return " ".join(_PARTING.sub(" ", _STOP.sub("", text)).split())


def bare_names(name: str) -> tuple[str, ...]:
    """The normalised name, and what is left without "Council" after it and "London Borough of" before it."""
    full = normalise(name)
    ended = _AFTER_A_NAME.sub("", full)
    return full, ended, _BEFORE_A_NAME.sub("", ended)


@lru_cache(maxsize=4)
def load_reference(folder: Path) -> Reference:
    """The look-ups over one folder of reference files, shared by all who ask for the same folder."""
    return Reference(folder)


class Reference:
    """What is known about councils, read when first asked for. `folder` holds the CSV files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    # -- councils -----------------------------------------------------------------------------------------------------

    @cached_property
    def councils(self) -> tuple[Council, ...]:
        """All councils, by three-digit code."""
        return tuple(
            Council(
                la_code=row["la_code"],
                gss_code=row["gss_code"],
                name=row["name"],
                official_name=row["official_name"],
                short_name=row["short_name"],
                region=row["region"],
                region_code=self.regions[row["region"]],
                kind=row["kind"],
                domains=tuple(row["domains"].split()),
                democracy_host=row["democracy_host"],
            )
            for row in self._rows("councils.csv")
        )

    @cached_property
    def aliases(self) -> tuple[Alias, ...]:
        """Every way to write a council that is not its name with "Council" or "Borough of" around it."""
        return tuple(
            Alias(text=row["alias"], la_code=row["la_code"], kind=row["kind"], ambiguous=row["ambiguous"] == "yes")
            for row in self._rows("aliases.csv")
        )

    def council_by_la_code(self, code: str) -> Council | None:
        """The council with this three-digit DfE code. Codes are text: "201", never 201."""
        return self._by_la_code.get(code)

    def council_by_gss(self, code: str) -> Council | None:
        """The council that has this ONS code, or had it and still is the same council."""
        return self._by_gss.get(code.strip().upper())

    def council_by_name(self, name: str) -> Council | None:
        """The council of this name: DfE's, the official or the usual one, with or without "Council" around it."""
        if not self._may_be_name(name):
            return None
        return next((self._by_name[form] for form in bare_names(name) if form in self._by_name), None)

    def council_by_alias(self, alias: str) -> tuple[Council, ...]:
        """Every council that these words may mean: none, one, or several for an acronym such as SCC."""
        named = self.council_by_name(alias)
        if named:
            return (named,)
        acronym = alias.strip().removesuffix(" Council")  # "BCP Council"
        codes = self._by_alias.get(acronym) or self._by_alias.get(normalise(alias)) or ()
        return tuple(self._by_la_code[code] for code in codes)

    def council_by_domain(self, host: str) -> Council | None:
        """The council whose site, mail or committee host this is: "www.kent.gov.uk", "a@kent.gov.uk", "https://..."."""
        host = re.sub(r"^[a-z]+://", "", host.strip().lower())
        host = host.split("/")[0].split("@")[-1].split(":")[0].rstrip(".")
        while "." in host:
            if host in self._by_domain:
                return self._by_domain[host]
            host = host.split(".", 1)[1]
        return None

    def find_council(self, text: str) -> Council:
        """The council that a user means by a name, a GSS code or a three-digit code.

        Raises InputError, with the nearest names, when there is none or more than one.
        """
        asked = text.strip()
        for found in (self.council_by_la_code(asked), self.council_by_gss(asked), self.council_by_name(asked)):
            if found:
                return found
        several = self.council_by_alias(asked)
        if len(several) == 1:
            return several[0]
        if several:
            names = ", ".join(council.name for council in several)
            raise InputError("--council", f"'{text}' may mean {names}", "give the name in full or the GSS code")
        near = self._nearest(asked)
        hint = f"did you mean {near}?" if near else "give a name, a GSS code (E10000016) or a DfE code (886)"
        raise InputError("--council", f"no English council with duties for SEND is called '{text}'", hint)

    # -- regions ------------------------------------------------------------------------------------------------------

    @cached_property
    def regions(self) -> Mapping[str, str]:
        """Name of each English region, and of Inner and Outer London, to its ONS code."""
        return {row["region"]: row["region_code"] for row in self._rows("regions.csv")}

    def region_by_name(self, name: str) -> str | None:
        """The region's name as ONS writes it, from that name or a usual short form ("SW", "Yorkshire & Humber")."""
        if not self._may_be_name(name):
            return None
        return self._region_names.get(name.strip()) or self._region_names.get(normalise(name))

    # -- neighbours and England ---------------------------------------------------------------------------------------

    def neighbours(self, la_code: str, model: str | None = None) -> tuple[Council, ...]:
        """The ten statistical neighbours, nearest first, by the model of a year ("2021", "2025"; newest if left out).

        Neighbours that have been abolished since are left out; an unknown council or model gives none.
        """
        codes = self._neighbours.get((model or LATEST_MODEL, la_code), ())
        return tuple(self._by_la_code[code] for code in codes if code in self._by_la_code)

    @cached_property
    def neighbour_models(self) -> tuple[str, ...]:
        """Years of the models of statistical neighbours that are shipped."""
        return tuple(sorted({model for model, _ in self._neighbours}))

    def model_on(self, day: date | None) -> str:
        """The model of statistical neighbours in use on a day: a paper can only have used the one of its time."""
        return LATEST_MODEL if day is None or day >= _LATEST_MODEL_SINCE else self.neighbour_models[0]

    def england(self, kpi: str, period: Period | None = None) -> tuple[OfficialFigure, ...]:
        """England's figures for a KPI, newest release first; several when a figure was restated.

        With a period, those of that period: the same year for a flow; for a count taken in January, any day or the
        whole of that January.
        """
        figures = self._england.get(kpi, ())
        if period is None:
            return figures
        return tuple(figure for figure in figures if same_period(figure, period))

    # -- inside -------------------------------------------------------------------------------------------------------

    def _rows(self, name: str) -> Iterator[dict[str, str]]:
        path = self.folder / name
        try:
            with path.open(encoding="utf-8", newline="") as lines:
                yield from csv.DictReader(lines, strict=True)
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise PackError(str(path), f"cannot be read: {error}", "install sendparse again") from error

    @cached_property
    def _by_la_code(self) -> dict[str, Council]:
        return {council.la_code: council for council in self.councils}

    @cached_property
    def _by_gss(self) -> dict[str, Council]:
        same = (row for row in self._rows("gss_history.csv") if row["now"] == row["la_code"])
        codes = {row["gss_code"]: self._by_la_code[row["la_code"]] for row in same}
        return codes | {council.gss_code: council for council in self.councils}

    @cached_property
    def _by_name(self) -> dict[str, Council]:
        names: dict[str, Council] = {}
        for alias in self.aliases:
            if alias.kind in ("name", "word", "short"):
                names[normalise(alias.text)] = self._by_la_code[alias.la_code]
        for council in self.councils:
            for name in (council.name, council.official_name, council.short_name):
                names[normalise(name)] = council
        return names

    def _may_be_name(self, name: str) -> bool:
        """False where one of the words is in no name of a council or a region, nor beside one: most are no names."""
        known = self._name_words
        for word in name.lower().split():  # noqa: SIM110 - any() takes longer
            if word not in known and word.isascii() and word.isalpha():
                return False
        return True

    @cached_property
    def _name_words(self) -> frozenset[str]:
        beside = f"{_BEFORE_A_NAME.pattern} {_AFTER_A_NAME.pattern}"
        names = " ".join([*self._by_name, *self._region_names, *map(normalise, self._region_names)])
        return frozenset([*names.lower().split(), *re.findall(r"[a-z]+", beside)])

    @cached_property
    def _by_alias(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for alias in self.aliases:
            if alias.la_code:
                for key in {alias.text, normalise(alias.text)}:
                    found[key] = (*found.get(key, ()), alias.la_code)
        return found

    @cached_property
    def _by_domain(self) -> dict[str, Council]:
        hosts = ((host, council) for council in self.councils for host in (*council.domains, council.democracy_host))
        return {host: council for host, council in hosts if host}

    @cached_property
    def _region_names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for row in self._rows("regions.csv"):
            names |= {normalise(row["region"]): row["region"]} | dict.fromkeys(_parts(row["aliases"]), row["region"])
            names |= {normalise(part): row["region"] for part in _parts(row["aliases"]) if len(part) > 3}
        return names

    @cached_property
    def _neighbours(self) -> dict[tuple[str, str], tuple[str, ...]]:
        rows = self._rows("neighbours.csv")
        return {(row["model"], row["la_code"]): tuple(row["neighbours"].split()) for row in rows}

    @cached_property
    def _england(self) -> dict[str, tuple[OfficialFigure, ...]]:
        figures: dict[str, list[OfficialFigure]] = {}
        for row in self._rows("england.csv"):
            figures.setdefault(row["kpi"], []).append(_england_figure(row))
        return {kpi: tuple(found) for kpi, found in figures.items()}

    def _nearest(self, asked: str) -> str:
        names = {normalise(council.short_name): council.name for council in self.councils}
        near = difflib.get_close_matches(bare_names(asked)[-1], names, n=3, cutoff=0.6)
        return " or ".join(names[name] for name in near)


def same_period(figure: OfficialFigure, period: Period) -> bool:
    """Whether a period as stated in a paper is the one that an official figure covers."""
    if period.start is None or period.end is None:
        return False
    if figure.basis == "snapshot":
        return figure.period_start <= period.start and period.end <= figure.period_end
    return (figure.period_start, figure.period_end) == (period.start, period.end)


def _parts(text: str) -> list[str]:
    return [part for part in text.split("|") if part]


def _england_figure(row: Mapping[str, str]) -> OfficialFigure:
    printed = row["value"]
    return OfficialFigure(
        kpi=row["kpi"],
        area="England",
        la_code="",
        value=float(printed),
        unit=row["unit"],
        decimals=len(printed.partition(".")[2]),
        period_start=date.fromisoformat(row["period_start"]),
        period_end=date.fromisoformat(row["period_end"]),
        basis=row["basis"],
        release=row["release"],
        note=row["note"],
    )

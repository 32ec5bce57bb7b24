"""What a table heading or a row label says: a period, a role, whom it describes, a unit, a mark, or a measure.

In: the text of one heading cell. Out: a Heading. Wordings come from patterns/headers.yaml; a wording counts when the
heading consists of such wordings and periods alone, or when it stands at the heading's beginning or end ("Target 2024/25",
"England 2023"). What is left over names a measure, or a part of one. How headings combine is the work of columns.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sendparse.model import Period
from sendparse.packs import Packs
from sendparse.records import changed, quick
from sendparse.tag.heading_years import part_of_year, until
from sendparse.tag.label_units import unit_in_label
from sendparse.tag.period import Anchor, read_period, read_periods
from sendparse.tag.short_words import dates_in_full, stretches_in_full, years_in_full
from sendparse.tag.wordings import month_names

_TOKEN = re.compile(r"[a-z0-9]+|[£%#+]")
_NO_TOKEN = "".join(sign for sign in map(chr, range(128)) if not (sign.isalnum() or sign in "%#+"))
_BROKEN = re.compile(r"\b([A-Za-z]{3,})\n([a-z]{1,2})\b(?!')")
_HYPHENED = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_BROKEN_MONTH = re.compile(r"\b([A-Z][a-z]+)\n([a-z]+)\b")
_MONTHS = frozenset(map(str.lower, month_names()))
_SHORT_WORD = re.compile(r"a[mnst]?|b[ey]|do|go|he|i[fnst]?|m[ey]|no|o[fnr]|so|to|u[ps]|vs|we|yr")
_BARE_TERM = re.compile(r"(autumn|spring|summer)(?: term)?(?: ['’]?(\d\d))?", re.I)  # "Spring", "Spring Term 24"
_AREA_CODE = re.compile(r"^(?:[EWSN]\d{8}|\d{3})\s+(?=[A-Z])")  # "846 Brighton and Hove"
_BY = re.compile(r"by\b", re.I)  # "By July 2026"
_DIGIT = re.compile(r"\d")
_CUT_BRACKET = re.compile(r"(?<=\w)\s*\([^()]*$")  # "Delivered (£000"
_UNDATED = Anchor()  # what a heading above states goes before what the paper's date suggests
_LONGEST = 6  # tokens of a wording
_STRONG = frozenset(
    {
        "target",
        "targets",
        "forecast",
        "baseline",
        "budget",
        "variance",
        "actual",
        "outturn",
        "projected",
        "floor",
        "milestone",
        "ambition",
    }
)
_OF_ALL = frozenset({"figure", "figures", "value", "values", "data", "total"})  # beside a scale: that of all columns
_ANSWERED = re.compile(r"\s*[(\[]\s*n\s?=\s?[\d,]+\s*[)\]]", re.I)  # "2023 (n=212)"
_DENIALS = frozenset({"no", "without", "not"})
_STRONG_BENCHMARKS = frozenset({"england", "national", "regional"})


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """One heading, taken apart. `kind` is set when the whole column (or row) serves one purpose that is no figure."""

    text: str = ""
    kind: str = ""  # label, unit, rag, trend, comment, person, how, better, number
    period: Period | None = None
    role: str = ""
    benchmark: str = ""
    area_type: str = ""
    area: str = ""
    unit: str = ""
    scale: int = 1
    measure: str = ""  # the words that are left: they name a measure or a part of one

    @property
    def plain(self) -> bool:
        """Whether nothing in it names a measure."""
        return not self.measure

    @property
    def dates(self) -> bool:
        """Whether it is a period and nothing else."""
        return self.period is not None and not self.measure and not self.benchmark and not self.kind

    @property
    def names_facet(self) -> bool:
        """Whether it says only for whom, in which role or unit: "Target", "England", "Number"."""
        return self.plain and bool(self.role or self.benchmark or self.area_type or self.unit)


@dataclass(frozen=True, slots=True)
class _Hit:
    facet: str
    value: str
    start: int
    end: int


class HeadingReader:
    """Compiled wordings of headers.yaml. Reading keeps no state but a cache."""

    def __init__(self, packs: Packs, anchor: Anchor | None = None) -> None:
        self.anchor = anchor or Anchor()
        self.reference = packs.reference
        rules = packs.rules["headers"]
        self.wordings = packs.once("wordings of headings", lambda: _wordings(rules))  # papers differ in their anchor
        self.light = frozenset(token for word in rules.get("light", ()) for token in tokens(word))
        self.not_indicators = frozenset(tokens(w) for w in rules.get("not_indicators", ()))
        self.says_measure = frozenset(tokens(w) for w in rules.get("says_measure", ()))
        self.risk_axes = frozenset(tokens(w) for w in rules.get("risk_axes", ()))
        self.protected = frozenset(tokens(w) for w in rules.get("protected", ()))
        self.fronts = frozenset(tokens(w) for w in rules.get("fronts", ()))
        self.not_set_yet = frozenset(tokens(w) for w in rules.get("not_set_yet", ()))
        self.awaited = frozenset(tokens(w) for w in rules.get("awaited", ()))
        self.earlier = frozenset(rules.get("earlier", ()))
        self.whole_year = frozenset(rules.get("for_the_year", ()))
        self.so_far = frozenset(tokens(w) for w in rules.get("so_far", ()))
        self.counted = _by_first_word(tokens(w) for w in rules.get("counted", ()))
        self.uncounted = frozenset(rules.get("uncounted", ()))
        self.shares = frozenset(rules.get("shares", ()))
        self.relative = rules.get("relative", {})
        self.row_periods = frozenset(tokens(w) for w in rules.get("row_periods", ()))
        self.yearly = frozenset(tokens(w) for w in rules.get("yearly", ()))
        self.newest = frozenset(tokens(w) for w in rules.get("newest", ()))
        self.first_words = {words[0] for words in self.wordings if words}
        self._read = lru_cache(maxsize=4096)(self._read_uncached)
        self._printed = lru_cache(maxsize=4096)(self._read_printed)

    def read(self, text: str, within: Period | None = None) -> Heading:
        """Take one heading apart. `within` is the period of the heading above it: it lends its year."""
        return self._printed(text, within)

    def _read_printed(self, text: str, within: Period | None) -> Heading:
        return self._read(dates_in_full(_ANSWERED.sub("", mend(text))), within)

    def _read_uncached(self, text: str, within: Period | None) -> Heading:
        if not text:
            return Heading()
        code = _AREA_CODE.match(text)
        if code and (area := self._read(text[code.end() :], within)).area_type and area.plain:
            return replace(area, text=text)
        period, rest = self._period(text, within)
        words = tokens(rest)
        hits, left = self._hits(words)
        if left and (bare := _without_brackets(text)) and not self._hits(tokens(bare))[1]:
            words = tokens(bare)  # "Where are we now (2024/25)": "now" is no period here
            hits, left = self._hits(words)
        measure = ""
        if left:
            hits = [hit for hit in hits if _stands_out(hit, words)]
            measure = _left_over(rest, words, hits)
        elif not hits and period is None:
            measure = text
        heading = self._named_area(_heading(text, period, hits, measure))
        aside = _without_brackets(text) if heading.role == "actual" and heading.plain and not period else ""
        if aside and self._read(aside, within).kind == "label":
            return replace(heading, kind="label", role="")  # "Indicator (cumulative)"
        unit, scale = unit_in_label(text)
        unit, scale = heading.unit or unit, heading.scale if heading.scale > 1 else scale
        same = unit == heading.unit and scale == heading.scale
        return heading if same else changed(heading, unit=unit, scale=scale)

    def _period(self, text: str, within: Period | None) -> tuple[Period | None, str]:
        bare = _BARE_TERM.fullmatch(text)
        if bare:
            text = f"{bare[1]} term{' 20' + bare[2] if bare[2] else ''}"
        text = years_in_full(text) if _DIGIT.search(text) else text
        label = stretches_in_full(text)
        lent = read_period(label, _UNDATED, within=within) if within is not None else None
        whole = lent if lent is not None and lent.start else read_period(label, self.anchor, within=within)
        if whole:
            return whole, f"{label[: whole.text_start]} {label[whole.text_end :]}"
        stated = read_periods(label, self.anchor)
        if not stated:
            return None, text
        so_far = until(stated, label)
        if so_far is not None:
            return so_far, f"{label[: stated[0].text_start]} {label[stated[-1].text_end :]}".replace("()", " ")
        rest = label
        for period in reversed(stated):
            rest = f"{rest[: period.text_start]} {rest[period.text_end :]}"
        dated = [read_period(p.label, self.anchor, within=within) or p for p in stated]
        return part_of_year(stated) or next((p for p in dated if p.start or p.end), dated[0]), rest

    def _hits(self, words: tuple[str, ...]) -> tuple[list[_Hit], list[str]]:
        """Wordings from left to right, the longest at each place, and the words that belong to none."""
        hits: list[_Hit] = []
        left: list[str] = []
        at = 0
        while at < len(words):
            longest = min(_LONGEST, len(words) - at) if words[at] in self.first_words else 0
            for length in range(longest, 0, -1):
                found = self.wordings.get(words[at : at + length])
                if found:
                    hits.append(_Hit(found[0], found[1], at, at + length))
                    at += length
                    break
            else:
                if words[at] not in self.light:
                    left.append(words[at])
                at += 1
        return hits, left

    def _named_area(self, heading: Heading) -> Heading:
        """A heading that is the name of a council or a region."""
        name = heading.measure
        if not name or heading.area_type or len(name) > 60 or len(name.split()) > 7 or _DIGIT.search(name):
            return heading
        council = self.reference.council_by_name(name)
        if council:
            return replace(heading, area_type="other_council", area=council.name, measure="")
        if self.reference.region_by_name(name):
            return replace(heading, area_type="region", area=name, benchmark="regional", measure="")
        return heading

    def scale_in(self, text: str) -> int:
        """The scale that a title or a line over a table states: "All figures in £m" is a million; 1 when none."""
        words = tokens(text)
        hits, _ = self._hits(words)
        scales = [int(hit.value) for hit in hits if hit.facet == "scale"]
        return scales[0] if scales else 1

    def is_scale(self, text: str) -> bool:
        """Whether a line says nothing but a scale: "£000s", "All figures in £m"."""
        words = tokens(text)
        hits, left = self._hits(words)
        other = {word for hit in hits if hit.facet != "scale" for word in words[hit.start : hit.end]}
        return not left and other <= _OF_ALL and any(hit.facet == "scale" for hit in hits)

    def is_counted(self, label: str) -> bool:
        """Whether a label names things that are counted, and nothing that makes a share or an amount of them."""
        words = tokens(label)
        if not self.uncounted.isdisjoint(words) or "%" in words or "£" in words:
            return False
        return any(words[at : at + len(w)] == w for at, word in enumerate(words) for w in self.counted.get(word, ()))

    def is_for_the_year(self, text: str) -> bool:
        """Whether the heading of an account speaks of the whole year: "Forecast outturn"."""
        return not self.whole_year.isdisjoint(tokens(text))

    def is_so_far(self, text: str) -> bool:
        """Whether the heading of an account speaks of the year so far: "Actual to 31 December"."""
        words = tokens(text)
        return any(words[at : at + len(w)] == w for w in self.so_far for at in range(len(words)))

    def is_yearly(self, text: str) -> bool:
        """Whether a heading speaks of a whole year: "Annual target"."""
        words = tokens(text)
        return any(words[at : at + len(w)] == w for w in self.yearly for at in range(len(words)))

    def is_newest(self, text: str) -> bool:
        """Whether a column says that it holds the newest figures: "Latest", "Where we are now (2024/25)"."""
        return tokens(_without_brackets(text) or text) in self.newest

    def is_earlier(self, text: str) -> bool:
        """Whether a column holds older figures than those beside it: "Previous quarter"."""
        return bool(self.earlier.intersection(tokens(text)[:1]))

    def says_not_set(self, text: str) -> bool:
        """Whether a cell says that its figure is still to be set."""
        return _begins_or_ends(tokens(text), self.not_set_yet)

    def says_pending(self, text: str) -> bool:
        """Whether a cell says that its figure is still to be set, or to come from elsewhere."""
        return self.says_not_set(text) or _begins_or_ends(tokens(text), self.awaited)


_IN_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")


def _without_brackets(text: str) -> str:
    """A heading without the brackets at its end; nothing where it has none."""
    if not text.rstrip().endswith((")", "]")):
        return ""
    return _IN_BRACKETS.sub("", text) if _IN_BRACKETS.search(text) else ""


def _begins_or_ends(words: tuple[str, ...], wordings: frozenset[tuple[str, ...]]) -> bool:
    return any(words[: len(w)] == w or words[-len(w) :] == w for w in wordings) if words else False


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[str, ...]:
    """The words and signs of a heading, in lower case."""
    return tuple(_TOKEN.findall(text.lower().replace("'", "").replace("’", "")))


@lru_cache(maxsize=4096)
def mend(text: str) -> str:
    """A heading on one line, words that a narrow cell broke put together: "Revenu / e" is "Revenue"."""
    if "\n" not in text:
        return text.strip()
    while True:
        joined = _BROKEN.sub(
            lambda m: m.group(0) if _SHORT_WORD.fullmatch(m.group(2)) else m.group(1) + m.group(2), text
        )
        if joined == text:
            break
        text = joined
    text = _BROKEN_MONTH.sub(lambda m: m[1] + m[2] if (m[1] + m[2]).lower() in _MONTHS else m[0], text)
    return " ".join((_HYPHENED.sub("-", text) if "-\n" in text else text).split())


def _by_first_word(wordings: Iterable[tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    out: dict[str, list[tuple[str, ...]]] = {}
    for words in wordings:
        out.setdefault(words[0], []).append(words)
    return out


def _wordings(rules: Mapping[str, Any]) -> dict[tuple[str, ...], tuple[str, str]]:
    """Words of a wording to (facet, value); what comes first in this list wins."""
    groups: list[tuple[str, Mapping[str, Sequence[str]]]] = [
        ("scale", {str(key): words for key, words in rules.get("scales", {}).items()}),
        ("unit", rules.get("units", {})),
        ("role", rules.get("roles", {})),
        ("benchmark", rules.get("benchmarks", {})),
        ("region", rules.get("regions", {})),
        ("mark", rules.get("marks", {})),
        ("kind", {"unit": rules.get("unit_columns", ())}),
        ("kind", rules.get("asides", {})),
        ("kind", {"label": rules.get("labels", ())}),
    ]
    out: dict[tuple[str, ...], tuple[str, str]] = {}
    for facet, values in groups:
        for value, wordings in values.items():
            for wording in wordings:
                out.setdefault(tokens(str(wording)), (facet, value))
    return out


def _stands_out(hit: _Hit, words: Sequence[str]) -> bool:
    """Whether a wording beside other words may be taken for what it says."""
    said = words[hit.start : hit.end]
    at_edge = hit.start == 0 or hit.end == len(words)
    if hit.start and words[hit.start - 1] in _DENIALS:  # "SEND complaints (no target)"
        return False
    if hit.facet == "role":
        return at_edge and any(word in _STRONG for word in said)
    if hit.facet in ("benchmark", "region"):
        return at_edge and (len(said) > 1 or said[0] in _STRONG_BENCHMARKS)
    return False


def _left_over(rest: str, words: Sequence[str], hits: Sequence[_Hit]) -> str:
    """The heading without its period and without the wordings at its ends."""
    first, last = 0, len(words)
    for hit in hits:
        if hit.start == first:
            first = hit.end
        elif hit.end == last:
            last = hit.start
    if not hits and "'" not in rest and rest.isascii():
        left = rest.strip(_NO_TOKEN)
    else:
        places = [match.span() for match in _TOKEN.finditer(rest.lower())]
        if len(places) != len(words) or first >= last:
            return " ".join(rest.split())
        left = rest[places[first][0] : places[last - 1][1]]
    left = " ".join(left.split())
    return _CUT_BRACKET.sub("", left) if "(" in left else left


def _heading(text: str, period: Period | None, hits: Sequence[_Hit], measure: str) -> Heading:
    said: dict[str, str] = {}
    for hit in hits:
        if hit.facet == "role" and said.get("role") not in (None, "actual"):
            continue
        said[hit.facet] = hit.value if hit.facet != "kind" else said.get("kind", hit.value)
    benchmark, area_type, area = said.get("benchmark", ""), "", ""
    if "region" in said:
        benchmark, area_type, area = "regional", "region", said["region"]
    elif benchmark:
        area_type, area = _AREAS[benchmark]
    role = said.get("role", "")
    if not role and period is not None and not measure and _BY.match(text):
        role = "target"
    kind = "" if measure else said.get("mark", "") or (said.get("kind", "") if not role and not benchmark else "")
    return Heading(
        text=text,
        kind=kind,
        period=period,
        role=role,
        benchmark=benchmark,
        area_type=area_type,
        area=area,
        unit=said.get("unit", "gbp" if "scale" in said else ""),
        scale=int(said.get("scale", 1)),
        measure=measure,
    )


_AREAS = {
    "national": ("england", "England"),
    "regional": ("region", ""),
    "statistical_neighbours": ("statistical_neighbours", "statistical neighbours"),
}

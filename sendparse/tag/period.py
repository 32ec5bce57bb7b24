"""Reading periods: "between January and June 2024", "Q3 2024/25", "as at 31 March 2025", "since 2018".

In: running text, or one whole label of a table heading. Out: Periods with first and last day. A closed grammar: what it
does not know is no period. A period that is stated but cannot be resolved ("currently", a bare "in May") is returned with
both ends empty, because a figure that carries it must not inherit another. A bare slash year is financial unless the words
around it, or the anchor, say academic. Which figure a period belongs to is the work of link.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from sendparse.model import Period
from sendparse.tag import dates
from sendparse.tag.dates import Stretch, YearKind
from sendparse.tag.period_atoms import Atom, grammar
from sendparse.tag.period_relative import resolve_relative
from sendparse.tag.wordings import HYPHEN, any_of, number, rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What relative periods lean on. All may be absent; then they stay unresolved."""

    data_date: date | None = None  # last day that the paper's newest data covers
    meeting_date: date | None = None
    default_year_kind: YearKind = ""  # of a bare slash year; financial when empty
    antecedent: Period | None = None  # the period last stated before this piece of text


@dataclass(slots=True)
class Reading:
    """A period being put together: what it covers so far, and the atoms it was read from."""

    start: int
    end: int
    atom: Atom
    first: date | None = None
    last: date | None = None
    basis: str = ""
    inferred: bool = False
    fixed: bool = False  # a range, a point or an opening has been read: join no further

    @property
    def resolved(self) -> bool:
        return self.first is not None or self.last is not None


def read_periods(text: str, anchor: Anchor | None = None) -> list[Period]:
    """All periods stated in `text`, in order, with their offsets; unresolvable ones with both ends empty."""
    anchor = anchor or Anchor()
    return [_period(reading, text) for reading in _readings(text, anchor)]


def read_period(label: str, anchor: Anchor | None = None, *, within: Period | None = None) -> Period | None:
    """The one period that a whole label names ("Dec 23", "Q3 2024/25", "Autumn Term 2024", "2023/24"), or None.

    Words such as "actual" or "as at" may stand beside it. `within` lends its year to a month, quarter or term that has none.
    """
    anchor = anchor or Anchor()
    readings = [r for r in _readings(label, anchor) if r.atom.name != "that_month"]
    if len(readings) != 1:
        return None
    reading = readings[0]
    rest = f"{label[: reading.start]} {label[reading.end :]}"
    if any(word.lower() not in _fillers() for word in re.findall(r"[^\W_]+|%", rest)):
        return None
    if within is not None and not reading.resolved:
        _lend_year(reading, within)
    return _period(reading, label)


def digits_of_periods(text: str) -> list[tuple[int, int]]:
    """Where the digits of dates and years stand: none of them is a figure."""
    return [(atom.start, atom.end) for atom in grammar().atoms(text)]


def is_bare_slash_year(label: str) -> bool:
    """Whether a label is a slash year that no word beside it calls financial or academic."""
    return re.fullmatch(rf"\s*\(?\d{{2,4}}\s?(?:/|{HYPHEN})\s?\d{{1,4}}\)?\s*", label) is not None


def as_academic(period: Period) -> Period:
    """The same slash year read as an academic one."""
    if period.start is None or period.basis != "financial_year":
        return period
    first, last = dates.year(period.start.year, "academic")
    return replace(period, start=first, end=last, basis="academic_year", inferred=True)


def _period(reading: Reading, text: str) -> Period:
    if "(" in text[reading.start : reading.end] and text[reading.end : reading.end + 1] == ")":
        reading.end += 1
    return Period(
        label=text[reading.start : reading.end].strip(),
        start=reading.first,
        end=reading.last,
        basis=reading.basis or _basis(reading.first, reading.last),
        inferred=reading.inferred,
        text_start=reading.start,
        text_end=reading.end,
    )


def _basis(first: date | None, last: date | None) -> str:
    """What kind of stretch two days span."""
    if first is None or last is None:
        return "other" if first or last else ""
    if first == last:
        return "snapshot"
    for kind, name in (("calendar", "calendar_year"), ("financial", "financial_year"), ("academic", "academic_year")):
        if (first, last) == dates.year(first.year, kind):  # type: ignore[arg-type]
            return name
    if first.day == 1 and last == dates.month_end(last.year, last.month):
        length = (last.year - first.year) * 12 + last.month - first.month + 1
        if length == 1:
            return "month"
        if length == 3 and first.month in {1, 4, 7, 10}:
            return "quarter"
        if length == 12:
            return "rolling_12_months"
    return "other"


def _readings(text: str, anchor: Anchor) -> list[Reading]:
    atoms = grammar().atoms(text)
    if not atoms:
        return []
    readings = [Reading(a.start, a.end, a) for a in atoms if a.kind != "name"]
    _kinds(readings, text, anchor)
    readings = _joined(readings, text, anchor)
    _stretch(readings, anchor)
    readings = _ranges(readings, text, anchor)
    _borrow_years(readings, text, anchor)
    _points(readings, text)
    for place, reading in enumerate(readings):
        if reading.atom.kind == "relative":
            resolve_relative(reading, readings[:place], readings[place + 1 :], anchor)
        elif not reading.resolved:
            _lean_on_anchor(reading, text, anchor)
    return _without_repeats(_apart([r for r in readings if r.basis != "absorbed"]), text)


def _apart(readings: list[Reading]) -> list[Reading]:
    """Without the pieces that lie inside another: the "to date" of "2025 to date"."""
    out: list[Reading] = []
    for reading in readings:
        if out and reading.start < out[-1].end:
            if reading.resolved and not out[-1].resolved:
                out[-1] = reading
            continue
        out.append(reading)
    return out


@cache
def _fillers() -> frozenset[str]:
    return frozenset(str(word).lower() for word in rules("periods")["label_fillers"])


@cache
def _near(name: str, group: str) -> re.Pattern[str]:
    """The words of one group right before (or after) a place."""
    source = rules("periods")[group]
    words = any_of(source[name] if name else source)
    return re.compile(rf"(?i:(?<![\w-])(?:{words})[\s(]*$)")


@cache
def _after(name: str, group: str) -> re.Pattern[str]:
    source = rules("periods")[group]
    words = any_of(source[name] if name else source)
    return re.compile(rf"(?i:[\s)]*(?:\(\s*)?(?:{words})(?!\w))")


def _kinds(readings: list[Reading], text: str, anchor: Anchor) -> None:
    """Which years are called academic, financial or calendar; "academic years 2021/22 and 2022/23" says it of both."""
    previous: tuple[YearKind, int] = ("", -1)
    for reading in readings:
        if reading.atom.kind not in {"slash", "year"}:
            continue
        for kind in ("academic", "financial", "calendar"):
            before, after = _near(kind, "kinds"), _after(kind, "kinds")
            if (found := before.search(text, max(0, reading.start - 24), reading.start)) is not None:
                reading.start = found.start()
            elif (found := after.match(text, reading.end)) is not None:
                reading.end = found.end()
            else:
                continue
            reading.atom.year_kind = kind  # type: ignore[assignment]
            break
        listed = (
            re.fullmatch(r"[\s,&/]*(?:and|to|or|-|–)?\s*", text[previous[1] : reading.start])
            if previous[1] >= 0
            else None
        )
        if not reading.atom.year_kind and previous[0] and listed:
            reading.atom.year_kind = previous[0]
        previous = (reading.atom.year_kind, reading.end)


def _joined(readings: list[Reading], text: str, anchor: Anchor) -> list[Reading]:
    """Quarters, halves, terms and numbered months with the year beside them; a day with a year further on."""
    out: list[Reading] = []
    for reading in readings:
        last = out[-1] if out else None
        if last is not None and _belongs(last.atom, reading.atom, text[last.end : reading.start]):
            part, year = (last.atom, reading.atom) if last.atom.kind in _PARTS else (reading.atom, last.atom)
            part.year, part.year_kind = year.year, _part_kind(part, year, anchor)
            far = (
                last.atom.kind == "day" and reading.start - last.end > 12
            )  # "15 February deadline for 2025": two places
            last.end, last.atom, last.start = last.end if far else reading.end, part, min(last.start, reading.start)
            continue
        out.append(reading)
    return out


_PARTS = {"quarter", "half", "term", "fiscal_month", "day", "month"}


def _belongs(first: Atom, second: Atom, gap: str) -> bool:
    kinds = (first.kind, second.kind)
    if (
        first.kind in {"quarter", "half", "term", "fiscal_month"}
        and second.kind in {"slash", "year"}
        and not first.year
    ):
        return re.fullmatch(r"[\s,\-–(]*(?:of|in|for)?[\s(]*(?:the\s+)?(?:year\s+)?", gap) is not None
    if (
        second.kind in {"quarter", "half", "term", "fiscal_month"}
        and first.kind in {"slash", "year"}
        and not second.year
    ):
        return re.fullmatch(r"[\s,:)-]{0,3}", gap) is not None and not (first.month or first.day)
    if kinds == ("day", "year") and not first.year:
        return re.fullmatch(r"[^.;:\d]{0,48}\b(?:for|in|of)\s+", gap) is not None
    if kinds == ("month", "year") and not first.year:
        return re.fullmatch(r"\s*(?:/\s*)?(?:of\s+)?(?:this\s+year,?\s*)?\(?", gap) is not None
    return False


def _part_kind(part: Atom, year: Atom, anchor: Anchor) -> YearKind:
    if year.kind == "slash":
        return year.year_kind or ("academic" if part.kind == "term" else anchor.default_year_kind or "financial")
    return year.year_kind or ("financial" if anchor.default_year_kind == "financial" and part.kind == "quarter" else "")


def _stretch(readings: list[Reading], anchor: Anchor) -> None:
    """First and last day of every atom that carries its year."""
    for reading in readings:
        found = _days(reading.atom, anchor)
        if found is not None:
            reading.first, reading.last = found
        if reading.atom.kind in {"term", "quarter"}:
            reading.basis = reading.atom.kind


def _days(atom: Atom, anchor: Anchor) -> Stretch | None:
    if not atom.year:
        return None
    kind = atom.year_kind
    match atom.kind:
        case "day":
            day = dates.valid(atom.day, atom.month, atom.year)
            first = dates.valid(atom.number, atom.month, atom.year) if atom.number else day
            return (first, day) if first and day else None
        case "month":
            return dates.month(atom.year, atom.month)
        case "year":
            # "the academic year 2023" begins in 2023; "financial year 2024" alone is left as the calendar says
            return dates.year(atom.year, kind if kind == "academic" else "calendar")
        case "slash" if atom.last_year:
            return date(atom.year, 1, 1), date(atom.last_year, 12, 31)
        case "slash":
            return dates.year(atom.year, kind or anchor.default_year_kind or "financial")
        case "quarter":
            return dates.quarter(atom.year, atom.number, kind or "calendar")
        case "half":
            return dates.half(atom.year, atom.number, kind)
        case "term":
            return _term(atom)
        case "fiscal_month" if 1 <= atom.number <= 12:
            start = dates.add_months(date(atom.year, 4, 1), atom.number - 1)
            return dates.month(start.year, start.month)
    return None


def _term(atom: Atom) -> Stretch | None:
    names = atom.name.split()
    ends = [dates.term_in(n, atom.year) if atom.year_kind == "academic" else dates.term(n, atom.year) for n in names]
    return (min(first for first, _ in ends), max(last for _, last in ends)) if ends else None


def _ranges(readings: list[Reading], text: str, anchor: Anchor) -> list[Reading]:
    """As in "January to June 2024", "between 2021/22 and 2023/24": one period from two."""
    out: list[Reading] = []
    for reading in readings:
        last = out[-1] if out else None
        if last is not None and not last.fixed and _is_range(last, reading, text):
            _fill_left(last, reading, anchor)
            if last.first is not None and reading.last is not None and last.first <= reading.last:
                last.last, last.end, last.fixed, last.basis = reading.last, reading.end, True, ""
                continue
            if last.atom.kind == reading.atom.kind == "month" and not reading.resolved:
                last.end, last.fixed = reading.end, True  # "April to December", of no stated year
                continue
        out.append(reading)
    return out


@cache
def _link() -> re.Pattern[str]:
    words = any_of(rules("periods")["range_words"])
    ends = any_of(rules("periods")["end_of"])
    return re.compile(rf"(?i:[\s,]*(?:{words})\s*(?:the\s+)?(?:(?:{ends})\s+)?)")


def _is_range(first: Reading, second: Reading, text: str) -> bool:
    gap = text[first.end : second.start]
    pair = {first.atom.kind, second.atom.kind}
    if not (len(pair) == 1 or pair <= {"day", "month"} or pair <= {"month", "year"}) or "relative" in pair:
        return False
    if re.fullmatch(r"\s*(?:and)\s*(?:the\s+)?(?:end\s+of\s+)?", gap):
        return _near("", "between").search(text, max(0, first.start - 30), first.start) is not None
    if pair == {"year"} and gap.strip() in {"/", ""}:
        return False
    return len(gap) < 24 and _link().fullmatch(gap) is not None


def _fill_left(first: Reading, second: Reading, anchor: Anchor) -> None:
    """The first of two months or days takes the year that only the second states."""
    a, b = first.atom, second.atom
    if a.kind == b.kind and a.kind in {"quarter", "term", "fiscal_month"} and not a.year and b.year:
        a.year, a.year_kind = b.year, b.year_kind
        if (found := _days(a, anchor)) is not None:
            first.first, first.last = found
        return
    if a.year or not b.year or a.kind not in {"month", "day"} or b.kind not in {"month", "day", "year"}:
        return
    if b.kind == "year":
        return
    a.year = b.year - (1 if a.month > b.month else 0)
    found = _days(a, anchor)
    if found:
        first.first, first.last = found


def _borrow_years(readings: list[Reading], text: str, anchor: Anchor) -> None:
    """A bare month takes its year from another month of the same piece: "24 in October and 17 in November 2024"."""
    for place, reading in enumerate(readings):
        if reading.atom.kind not in {"month", "day"} or reading.resolved or reading.atom.year:
            continue
        later = next((r for r in readings[place + 1 :] if r.atom.kind in {"month", "day"} and r.atom.year), None)
        if later is not None and _same_breath(text[reading.end : later.start]):
            year = later.atom.year - (1 if reading.atom.month > later.atom.month else 0)
        elif later is not None and _compares(text[reading.end : later.start]):
            year = later.atom.year + (1 if reading.atom.month <= later.atom.month else 0)
        else:
            earlier = [r for r in readings[:place] if r.atom.kind in {"month", "day"} and r.atom.year]
            if not earlier:
                continue
            newest = max(earlier, key=lambda r: (r.atom.year, r.atom.month)).atom
            year = newest.year + (1 if reading.atom.month < newest.month else 0)
            if anchor.meeting_date and date(year, reading.atom.month, 1) > anchor.meeting_date:
                continue
        reading.atom.year, reading.inferred = year, True
        found = _days(reading.atom, anchor)
        if found:
            reading.first, reading.last = found


def _same_breath(gap: str) -> bool:
    return len(gap) < 60 and not re.search(r"[.;]\s|(?i:compar|against|\bthan\b|\bfrom\b|whereas|while)", gap)


def _compares(gap: str) -> bool:
    return len(gap) < 80 and re.search(r"(?i)compar|against|\bthan\b", gap) is not None


def _points(readings: list[Reading], text: str) -> None:
    """As in "end of", "since", "to date", "12 months to": a stretch becomes a point, opens, or is counted back from its end."""
    for reading in readings:
        if not reading.resolved:
            continue
        before = (max(0, reading.start - 44), reading.start)
        if (found := _ending().search(text, *before)) is not None and reading.last is not None and not reading.fixed:
            counted = next((n for word in found[0].split()[:3] if (n := number(word.split("-")[0])) is not None), 12)
            counted = 3 if found[0].lower().startswith("quarter") else counted
            reading.first, reading.last = dates.window(reading.last, counted)
            reading.basis = "rolling_12_months" if counted == 12 else ""
            reading.start = found.start()
        elif not reading.fixed and (found := _near("", "end_of").search(text, *before)) is not None and reading.last:
            reading.first, reading.start, reading.basis = reading.last, found.start(), "snapshot"
        elif not reading.fixed and (found := _near("", "start_of").search(text, *before)) is not None and reading.first:
            reading.last, reading.start, reading.basis = reading.first, found.start(), "snapshot"
        _open(reading, text)
        if reading.atom.kind == "year" and not reading.fixed and _census().match(text, reading.end):
            reading.first, reading.last = dates.month(reading.atom.year, 1)
            reading.basis = "snapshot"
        elif reading.atom.kind in {"year", "month"} and not reading.fixed and _census_before().search(text, *before):
            reading.first, reading.last = dates.month(reading.atom.year, reading.atom.month or 1)
            reading.basis = "snapshot"


@cache
def _ending() -> re.Pattern[str]:
    from sendparse.tag.wordings import words

    return re.compile(rf"(?i:{words(rules('periods')['ending'])}\s*(?:the\s+)?(?:end\s+of\s+)?$)")


@cache
def _census() -> re.Pattern[str]:
    return re.compile(rf"[\s(]+(?:{any_of(rules('periods')['census'])})(?!\w)")


@cache
def _census_before() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(rules('periods')['census'])})[\s,(:-]*(?:in\s+|for\s+|of\s+)?$")


def _open(reading: Reading, text: str) -> None:
    """As in "since 2018" has no last day; so has "2025 to date"."""
    before = (max(0, reading.start - 40), reading.start)
    if (found := _near("", "since").search(text, *before)) is not None:
        reading.last, reading.start, reading.basis, reading.fixed = None, found.start(), "other", True
        return
    if (found := _near("", "to_date_before").search(text, *before)) is not None:
        reading.last, reading.start, reading.basis, reading.fixed = None, found.start(), "year_to_date", True
        return
    if reading.fixed or reading.first == reading.last:
        return
    if (found := _after("", "onwards").match(text, reading.end)) is not None or (
        found := _until_now().match(text, reading.end)
    ) is not None:
        reading.last, reading.end, reading.basis, reading.fixed = None, found.end(), "year_to_date", True


@cache
def _until_now() -> re.Pattern[str]:
    return re.compile(
        rf"(?i:\s*(?:to|until|up\s+to|-|–)\s+(?:the\s+)?(?:{any_of(rules('periods')['until_now'])})(?!\w))"
    )


def _lean_on_anchor(reading: Reading, text: str, anchor: Anchor) -> None:
    """A quarter without a year is the last one with that number that has begun at the meeting; a bare month stays open."""
    day = anchor.meeting_date or anchor.data_date
    if reading.atom.kind != "quarter" or day is None or reading.atom.year:
        return
    year = dates.year_of(day, "financial")
    while dates.quarter(year, reading.atom.number)[0] > day:
        year -= 1
    reading.first, reading.last = dates.quarter(year, reading.atom.number)
    reading.inferred, reading.basis = True, "quarter"


def _lend_year(reading: Reading, within: Period) -> None:
    """A heading "Apr" under "2023/24" is April 2023; "Jan" there is January 2024."""
    if within.start is None or within.end is None:
        return
    atom = reading.atom
    if atom.kind == "month":
        year = next(
            (y for y in (within.start.year, within.end.year) if date(y, atom.month, 1) >= within.start), within.end.year
        )
        atom.year = year
    elif atom.kind in {"quarter", "half", "term", "fiscal_month"}:
        atom.year = within.start.year
        atom.year_kind = {"financial_year": "financial", "academic_year": "academic"}.get(within.basis, "")  # type: ignore[assignment]
        if atom.kind == "term" and atom.year_kind == "financial":
            return
    found = _days(atom, Anchor())
    if found is not None and within.start <= found[0] <= within.end:
        reading.first, reading.last = found
        reading.inferred = True


def _without_repeats(readings: list[Reading], text: str) -> list[Reading]:
    """As in "Quarter 3 (October to December 2024)": the second says what the first means."""
    out: list[Reading] = []
    for reading in readings:
        last = out[-1] if out else None
        gap = text[last.end : reading.start] if last is not None else "x"
        if last is not None and re.fullmatch(r"\s*(?:[,(–:-]|\),|\):)\s*", gap):
            same = last.resolved and (last.first, last.last) == (reading.first, reading.last)
            explains = (
                ("(" in gap or ":" in gap)
                and reading.resolved
                and (not last.resolved or last.atom.kind in {"term", "quarter"})
            )
            if same or explains:
                basis = last.basis if last.atom.kind in {"term", "quarter"} else reading.basis
                last.first, last.last, last.basis = reading.first, reading.last, basis
                last.end, last.fixed = reading.end, True
                continue
        out.append(reading)
    return out

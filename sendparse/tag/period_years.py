"""Parts of years that name no year: "in February", "Q2", "the same month last year".

In: readings with their days, in text order. Out: the same, where a part borrows its year from another part of the same piece
of text (or from the one before it). Without such a part it stays open, even when the paper is dated. One step of period.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sendparse.begins import Sought
from sendparse.model import Period
from sendparse.tag import dates
from sendparse.tag.dates import Stretch, YearKind
from sendparse.tag.period_atoms import Atom
from sendparse.tag.reading import Anchor, Reading, days_of

_NEAR_DAYS = 200
_DAYS = frozenset({"month", "day"})
_BORROWING = frozenset({"month", "day", "quarter", "term"})
_A_YEAR_BACK = re.compile(
    r"(?i)(?:the\s+)?(?:last|previous|prior|preceding)\s+(?:financial\s+|academic\s+|calendar\s+)?year"
    r"|(?:the\s+)?year\s+before|(?:a|one)\s+year\s+(?:earlier|ago|before)"
)


def borrow_years(readings: list[Reading], text: str, anchor: Anchor) -> None:
    """A bare part takes its year from another one: "28 in October and 19 in November 2024", "45% in Q2 2024/25 and 52% in Q3"."""
    for place, reading in enumerate(readings):
        if reading.until is not None and not reading.resolved:
            this = place > 0 and _THIS_YEAR.fullmatch(text, readings[place - 1].start, reading.start) is not None
            _date_range(reading, readings[:place], anchor, this_year=this)
            continue
        if reading.atom.kind not in _BORROWING or reading.resolved or reading.atom.year or reading.fixed:
            continue
        if reading.atom.kind == "month" and (
            said := _LAST_OR_NEXT.search(text, max(0, reading.start - 8), reading.start)
        ):
            reading.start, reading.fixed = said.start(), True  # "last October": seen from a day that nobody states
            continue
        following = readings[place + 1] if place + 1 < len(readings) else None
        if following is not None and _says_a_year_back(reading, following, text):
            following.basis = "absorbed"
            reading.end = following.end
            found = _a_year_back(reading, readings[:place], anchor)
        else:
            found = _borrowed(reading, readings, place, text, anchor)
        if found is not None:
            reading.first, reading.last = found
            reading.inferred = True
            if reading.atom.kind in _DAYS:
                reading.atom.year = found[0].year  # what follows may lean on it
            if reading.atom.kind in {"quarter", "term"}:
                reading.basis = reading.atom.kind


_LAST_OR_NEXT = Sought(r"(?i)\b(?:last|next)\s+$")
_THIS_YEAR = re.compile(r"(?i)(?:so\s+far\s+)?this\s+(?:calendar\s+)?year\s*\(\s*")


def _date_range(reading: Reading, before: Sequence[Reading], anchor: Anchor, *, this_year: bool) -> None:
    """As in "63% between July and September 2025, up from 57% between April and June": the nearest of that name."""
    if this_year:  # "so far this year (January to June)": of the year of the paper
        day = anchor.meeting_date
        if day is not None and reading.until is not None and reading.atom.month <= reading.until.month <= day.month:
            reading.first, reading.last = dates.months((day.year, reading.atom.month), (day.year, reading.until.month))
            reading.inferred = True
        return
    known = next((r.first for r in reversed(before) if r.first and r.last), None)
    if known is None and anchor.antecedent is not None and anchor.antecedent.end:
        known = anchor.antecedent.start
    if known is None or reading.until is None:
        return
    starts = (date(year, reading.atom.month, 1) for year in (known.year - 1, known.year, known.year + 1))
    first = min(starts, key=lambda day: abs((day - known).days))
    if abs((first - known).days) > _NEAR_DAYS:
        return
    last = reading.until.month
    reading.first, reading.last = first, dates.month_end(first.year + (last < first.month), last)
    reading.inferred = True


def _says_a_year_back(reading: Reading, following: Reading, text: str) -> bool:
    gap = text[reading.end : following.start]
    return (
        following.atom.kind == "relative"
        and re.fullmatch(r"\s+(?:of\s+|in\s+)?", gap) is not None
        and _A_YEAR_BACK.fullmatch(text[following.start : following.end]) is not None
    )


def _a_year_back(reading: Reading, before: Sequence[Reading], anchor: Anchor) -> Stretch | None:
    """As in "52% in March 2025 compared to 45% in March last year"."""
    stated = next(((r.first, r.last) for r in reversed(before) if r.first and r.last), None)
    if stated is None and anchor.antecedent is not None and anchor.antecedent.start and anchor.antecedent.end:
        stated = anchor.antecedent.start, anchor.antecedent.end
    if stated is None or stated[0] is None or stated[1] is None or (stated[1] - stated[0]).days > 366:
        return None
    kind: YearKind = (
        "financial" if reading.atom.kind == "quarter" else "academic" if reading.atom.kind == "term" else "calendar"
    )
    return _days_in(reading.atom, dates.year_of(stated[0], kind) - 1, kind)


# "August: 44 (Aug 24: 39)": the bracket is a year back.
_FIGURE_THEN_BRACKET = Sought(r"\d[^()]*\(\s*(?:in\s+)?$")
_OPENED = re.compile(r"\s*\(\s*(?:in\s+)?")  # "there were 12 in the autumn term (autumn term 2023: 17)"
_ITS_FIGURE = re.compile(r"\s*[:–=-]?\s*£?\d")


def _borrowed(reading: Reading, readings: Sequence[Reading], place: int, text: str, anchor: Anchor) -> Stretch | None:
    kinds = _DAYS if reading.atom.kind in _DAYS else {reading.atom.kind}
    later = next((r for r in readings[place + 1 :] if r.atom.kind in kinds and r.atom.year), None)
    if later is not None:
        gap = text[reading.end : later.start]
        same = reading.atom.kind == later.atom.kind and _rank(reading.atom) == _rank(later.atom)
        opened = _FIGURE_THEN_BRACKET.search(gap) or _OPENED.fullmatch(gap)
        if same and opened and _ITS_FIGURE.match(text, later.end):
            found = _days_in(reading.atom, later.atom.year + 1, later.atom.year_kind)
            day = anchor.meeting_date or (anchor.report.end if anchor.report is not None else None)
            return found if found and day and found[0] <= day else None
        if _same_breath(gap):
            return _last_before(reading.atom, later.atom, itself=True)
        if _compares(gap):
            return _first_after(reading.atom, later.atom, itself=False)
    earlier = [r for r in readings[:place] if r.atom.kind in kinds and r.atom.year and r.last is not None]
    if not earlier:
        return _within_a_named_year(reading, readings, text) or _of_the_paragraph(reading, text, anchor)
    order = [(r.atom.year, _rank(r.atom)) for r in earlier]
    if reading.atom.kind == "quarter" and len(order) > 1 and order[-1] < order[-2]:
        return _last_before(
            reading.atom, earlier[-1].atom, itself=False
        )  # "61% in Q1 2025/26, 58% in Q4 2024/25, 49% in Q3"
    newest = max(earlier, key=lambda r: (r.atom.year, _rank(r.atom)))
    return _beside(reading.atom, newest.atom, text[newest.end : reading.start], anchor)


_OPENS = Sought(
    r"(?i)(?:^|[.;:]\s)[^.;:,\d]{0,40}?\b(?:in|during|for)\s+(?:the\s+(?:calendar\s+|financial\s+)?year\s+)?$"
)


def _within_a_named_year(reading: Reading, readings: Sequence[Reading], text: str) -> Stretch | None:
    """As in "42 in October, taking the total for the calendar year 2025 to 446"."""
    years = [r for r in readings if r.atom.kind in {"year", "slash"} and r.atom.year and r.first and r.last]
    opening = (
        len(years) == 1
        and years[0].end <= reading.start
        and (_OPENS.search(text[: years[0].start]) or text[years[0].end :].lstrip().startswith(":"))
    )
    if not (opening or all(r.atom.year_kind for r in years)):
        return None
    if len(years) != 1 or reading.atom.kind != "month" or years[0].first is None or years[0].last is None:
        return None
    first, last = years[0].first, years[0].last
    found = [m for y in {first.year, last.year} if first <= (m := dates.month(y, reading.atom.month))[0] <= last]
    return found[0] if len(found) == 1 else None


def _of_the_paragraph(reading: Reading, text: str, anchor: Anchor) -> Stretch | None:
    """As in "It was 52% in October 2025. In November it rose to 57%": beside what the paragraph last told of."""
    known = _as_atom(anchor.near)
    if known is None or (known.kind != reading.atom.kind and not {known.kind, reading.atom.kind} <= _DAYS):
        return None
    return _beside(reading.atom, known, text[: reading.start], anchor)


def _as_atom(period: Period | None) -> Atom | None:
    """A dated month, day, quarter or term as the words would name it."""
    if period is None or period.start is None or period.end is None:
        return None
    first, span = period.start, (period.text_start, period.text_end)
    if period.start == period.end:
        return Atom("day", *span, day=first.day, month=first.month, year=first.year)
    if period.basis == "month":
        return Atom("month", *span, month=first.month, year=first.year)
    if period.basis == "quarter":
        return _as_quarter(period, first, span)
    name = next((n for n in ("spring", "summer", "autumn") if (first, period.end) == dates.term(n, first.year)), "")
    return Atom("term", *span, year=first.year, name=name) if period.basis == "term" and name else None


_QUARTER_NUMBER = Sought(r"(?i)\bq(?:uarter|tr)?\s*([1-4])\b")


def _as_quarter(period: Period, first: date, span: tuple[int, int]) -> Atom | None:
    """Of the kind of year in which it has the number that it is called by; a council counts from April unless it says."""
    called = _QUARTER_NUMBER.search(period.label)
    kinds: tuple[YearKind, ...] = ("financial", "calendar")
    for kind in kinds:
        year = dates.year_of(first, kind)
        for number in (int(called[1]),) if called else (1, 2, 3, 4):
            if dates.quarter(year, number, kind)[0] == first:
                return Atom("quarter", *span, year=year, number=number, year_kind=kind)
    return None


def _beside(part: Atom, known: Atom, gap: str, anchor: Anchor) -> Stretch | None:
    """A bare part, from a dated one of its kind and the words between."""
    if _turns_back(gap) or (part.kind in _DAYS and _just_before(part, known, gap)):
        found = _last_before(part, known, itself=False)
    elif part.kind in _DAYS or part.kind == "term":
        found = _first_after(part, known, itself=True)
    else:  # "Q3 2024/25: 52%; Q2: 45%": of the year that was named
        found = _days_in(part, known.year, known.year_kind)
    return None if found is None or (anchor.meeting_date and found[0] > anchor.meeting_date) else found


_GOES_FORWARD = Sought(r"(?i)\b(?:to|by|until|then|later|after\w*|before|from|ris\w+|will|forecast|expected|next)\b")
_FEW = 6  # months back, where it would be as many and more the other way


def _just_before(part: Atom, known: Atom, gap: str) -> bool:
    """As in "61% in October 2025; in September it was 54%": the September before, unless the words go on in time."""
    return 0 < known.month - part.month <= _FEW and _GOES_FORWARD.search(gap) is None


def _last_before(part: Atom, known: Atom, *, itself: bool) -> Stretch | None:
    """The part's latest stretch before a known one, or the known one `itself` where both are of one name."""
    later = _rank(part) > _rank(known) or (_rank(part) == _rank(known) and not itself)
    return _days_in(part, known.year - later, known.year_kind)


def _first_after(part: Atom, known: Atom, *, itself: bool) -> Stretch | None:
    """The part's earliest stretch after a known one, or the known one `itself` where both are of one name."""
    earlier = _rank(part) < _rank(known) or (_rank(part) == _rank(known) and not itself)
    return _days_in(part, known.year + earlier, known.year_kind)


def _rank(atom: Atom) -> int:
    """Where a part stands in its year."""
    if atom.kind == "term":
        order = ("autumn", "spring", "summer") if atom.year_kind == "academic" else ("spring", "summer", "autumn")
        return order.index(name) if (name := atom.name.partition(" ")[0]) in order else 0
    return atom.number if atom.kind == "quarter" else atom.month


def _days_in(part: Atom, year: int, kind: YearKind) -> Stretch | None:
    return days_of(replace(part, year=year, year_kind=kind or part.year_kind), Anchor())


def _same_breath(gap: str) -> bool:
    return len(gap) < 60 and not re.search(r"[.;]\s|(?i:compar|against|\bthan\b|\bfrom\b|whereas|while)", gap)


def _compares(gap: str) -> bool:
    return len(gap) < 80 and re.search(r"(?i)compar|against|\bthan\b|\bfrom\b", gap) is not None


_ITS_OWN_VERB = re.compile(
    r"^[^.;,\d]{0,40}\bwas\s+(?=[^.;,\d]{0,20}[£\d])"
)  # "in October 2025 it was 52% and in November 57%"


def _turns_back(gap: str) -> bool:
    """Whether the words between two parts go back in time; a bracket that is closed between them speaks of the first."""
    gap = _ITS_OWN_VERB.sub("", gap.rpartition(")")[2])
    if _FIGURE_THEN_BRACKET.search(gap):
        return True  # "88% (spring term: 90%)", told of the summer
    if _BACK.search(gap):
        return True
    return re.search(r"(?i)\bfrom\b|\bwas\b", gap) is not None and _UP_TO.search(gap) is None


_BACK = Sought(r"(?i)compar|against|\bthan\b|previous|earlier|\b(?:had|having)\s+been\b")
_UP_TO = Sought(r"(?i)\bby\s+(?:the\s+)?(?:(?:end|start|middle)\s+of\s+)?$")  # "it was down to 91 by September"

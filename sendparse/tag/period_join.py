"""Joining the pieces of a period: a quarter and its year, "January to June 2024", a month that borrows its year.

In: readings of single atoms, in text order. Out: fewer readings, with their days. One step of period.py.
"""

from __future__ import annotations

import re
from functools import cache

from sendparse.tag import dates
from sendparse.tag.dates import YearKind
from sendparse.tag.period_atoms import Atom
from sendparse.tag.reading import Anchor, Reading, days_of, words_after, words_before
from sendparse.tag.wordings import any_of, rules

_PARTS = {"quarter", "half", "term", "fiscal_month", "day", "month"}
_MONTHS_BETWEEN = re.compile(r"\s*\([^()]{5,30}\)\s*(?:,|of|in|for)?\s*")


def read_kinds(readings: list[Reading], text: str, anchor: Anchor) -> None:
    """Which years are called academic, financial or calendar; "academic years 2021/22 and 2022/23" says it of both."""
    previous: tuple[YearKind, int] = ("", -1)
    for reading in readings:
        if reading.atom.kind not in {"slash", "year"}:
            continue
        for kind in ("academic", "financial", "calendar"):
            before, after = words_before(kind, "kinds"), words_after(kind, "kinds")
            if (found := before.search(text, max(0, reading.start - 24), reading.start)) is not None:
                reading.start = found.start()
            elif (found := after.match(text, reading.end)) is not None:
                reading.end = found.end()
            else:
                continue
            reading.atom.year_kind = kind
            break
        listed = (
            re.fullmatch(r"[\s,&/]*(?:and|to|or|-|–)?\s*", text[previous[1] : reading.start])
            if previous[1] >= 0
            else None
        )
        if not reading.atom.year_kind and previous[0] and listed:
            reading.atom.year_kind = previous[0]
        previous = (reading.atom.year_kind, reading.end)


def joined(readings: list[Reading], text: str, anchor: Anchor) -> list[Reading]:
    """Quarters, halves, terms and numbered months with the year beside them; a day with a year further on."""
    out: list[Reading] = []
    for reading in readings:
        if (named := _explained(out, reading, text)) is not None:
            out = out[: named + 1]
        last = out[-1] if out else None
        if last is not None and (
            named is not None
            or (
                _belongs(last.atom, reading.atom, text[last.end : reading.start])
                and not dates_what_follows(last, reading, text)
            )
        ):
            part, year = (last.atom, reading.atom) if last.atom.kind in _PARTS else (reading.atom, last.atom)
            part.year, part.year_kind = year.year, _part_kind(part, year, anchor)
            far = (
                last.atom.kind == "day" and reading.start - last.end > 12
            )  # "15 February deadline for 2025": two places
            last.end, last.atom, last.start = last.end if far else reading.end, part, min(last.start, reading.start)
            continue
        out.append(reading)
    return out


_ITS_FIGURE = re.compile(r"\s*(?:[:=–-]|was\b)\s*[£\d]")


def dates_what_follows(last: Reading, year: Reading, text: str) -> bool:
    """As in "by 15 February (2025: 91.2%)": the year that opens a bracket is that of the figure in it."""
    return text[last.end : year.start].rstrip().endswith("(") and _ITS_FIGURE.match(text, year.end) is not None


def _explained(out: list[Reading], year: Reading, text: str) -> int | None:
    """As in "quarter 2 (July to September) 2024/25": the place of a quarter whose months stand between it and its year."""
    for place in range(len(out) - 1, max(-1, len(out) - 4), -1):
        reading = out[place]
        if reading.atom.kind in {"quarter", "term"}:
            fits = place < len(out) - 1 and not reading.atom.year and year.atom.kind in {"slash", "year"}
            return place if fits and _MONTHS_BETWEEN.fullmatch(text[reading.end : year.start]) else None
        if reading.atom.kind != "month" or reading.atom.year:
            return None
    return None


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
    if kinds == ("year", "day") and not second.year:  # "the 2025 deadline of 15 February"
        return re.fullmatch(r"\s+(?:[a-z-]+\s+){1,3}(?:of|on|by)\s+(?:the\s+)?", gap) is not None
    if kinds == ("month", "year") and not first.year:
        return (
            re.fullmatch(r"\s*(?:/\s*)?(?:(?:school\s+)?census\s+|SEN2\s+)?(?:of\s+)?(?:this\s+year,?\s*)?\(?", gap)
            is not None
        )
    return False


def _part_kind(part: Atom, year: Atom, anchor: Anchor) -> YearKind:
    if year.kind == "slash":
        return year.year_kind or ("academic" if part.kind == "term" else anchor.default_year_kind or "financial")
    return year.year_kind or ("financial" if anchor.default_year_kind == "financial" and part.kind == "quarter" else "")


def stretch(readings: list[Reading], anchor: Anchor) -> None:
    """First and last day of every atom that carries its year."""
    for reading in readings:
        found = days_of(reading.atom, anchor)
        if found is not None:
            reading.first, reading.last = found
        if reading.atom.kind in {"term", "quarter"}:
            reading.basis = reading.atom.kind


def ranges(readings: list[Reading], text: str, anchor: Anchor) -> list[Reading]:
    """As in "January to June 2024", "between 2021/22 and 2023/24": one period from two."""
    out: list[Reading] = []
    for reading in readings:
        last = out[-1] if out else None
        listed = (len(out) > 1 and _listed(out[-2], out[-1], reading, text)) or (
            last is not None and _each_with_its_figure(last, reading, text)
        )
        if last is not None and last.atom.name == "open" and len(out) > 1 and _year_up_to(out[-2], reading, text):
            out.pop()
            continue
        if last is not None and not last.fixed and _year_up_to(last, reading, text):
            continue
        if last is not None and not last.fixed and not listed and _is_range(last, reading, text):
            _fill_left(last, reading, anchor)
            if last.first is not None and reading.last is not None and last.first <= reading.last:
                last.last, last.end, last.fixed, last.basis = reading.last, reading.end, True, ""
                continue
            if last.atom.kind == reading.atom.kind == "month" and not reading.resolved:
                last.end, last.fixed, last.until = reading.end, True, reading.atom  # of no stated year
                continue
        out.append(reading)
    return out


_UP_TO = re.compile(r"(?i)(?:\s+so\s+far)?\s*\(?\s*(?:up\s+)?to\s+(?:the\s+)?(?:(?:end|close)\s+of\s+)?")


def _year_up_to(year: Reading, month: Reading, text: str) -> bool:
    """As in "the 2025/26 financial year to the end of September": the year becomes its first months."""
    if year.atom.kind not in {"slash", "year"} or month.atom.kind != "month" or year.first is None or year.last is None:
        return False
    if year.atom.last_year or not _UP_TO.fullmatch(text[year.end : month.start]):
        return False
    first = year.first.year
    last = dates.month_end(first + (month.atom.month < year.first.month), month.atom.month)
    if month.atom.year not in {0, last.year} or last >= year.last:
        return False
    year.last, year.end, year.fixed, year.basis = last, month.end, True, "year_to_date"
    return True


_BRACKET = r"\s*\(£?[\d,.]+\s?[%mk]?\)"


def _each_with_its_figure(first: Reading, second: Reading, text: str) -> bool:
    """As in "between 2022 (32%) and 2024 (64%)"."""
    return (
        re.match(_BRACKET, text[first.end : second.start]) is not None
        and re.match(_BRACKET, text[second.end :]) is not None
    )


def _listed(first: Reading, second: Reading, third: Reading, text: str) -> bool:
    """As in "in September, October and November 2025": three, and no range."""
    return (
        first.atom.kind == second.atom.kind == third.atom.kind
        and text[first.end : second.start].strip() == ","
        and re.fullmatch(r",?\s+(?:and|&)\s+", text[second.end : third.start]) is not None
    )


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
    if re.fullmatch(r"\s*(?:\(£?[\d,.]+\s?[%mk]?\)\s*)?(?:and)\s*(?:the\s+)?(?:end\s+of\s+)?", gap):
        between = words_before("", "between").search(text, max(0, first.start - 30), first.start) is not None
        return between or (_side_by_side(first.atom, second.atom) and not _RESPECTIVELY.match(text, second.end))
    if pair == {"year"} and gap.strip() in {"/", ""}:
        return False
    return len(gap) < 24 and _link().fullmatch(gap) is not None


_RESPECTIVELY = re.compile(r"[\s,]*respectively")


def _side_by_side(first: Atom, second: Atom) -> bool:
    """As in "in September and October 2024", "Q1 and Q2 2024/25": one stretch of two that follow each other."""
    if first.kind == second.kind == "quarter" and not first.year and second.year:
        return second.number == first.number + 1
    if not (first.kind == second.kind == "month") or first.year or not second.year:
        return False
    return second.month == first.month % 12 + 1


def _fill_left(first: Reading, second: Reading, anchor: Anchor) -> None:
    """The first of two months or days takes the year that only the second states."""
    a, b = first.atom, second.atom
    if a.kind == b.kind and a.kind in {"quarter", "term", "fiscal_month"} and not a.year and b.year:
        a.year, a.year_kind = b.year, b.year_kind
        if (found := days_of(a, anchor)) is not None:
            first.first, first.last = found
        return
    if a.year or not b.year or a.kind not in {"month", "day"} or b.kind not in {"month", "day", "year"}:
        return
    if b.kind == "year":
        return
    a.year = b.year - (1 if a.month > b.month else 0)
    found = days_of(a, anchor)
    if found:
        first.first, first.last = found

"""Periods said in relation to something else: "the last 12 months", "this time last year", "the same period in 2023".

They are resolved only against what the paper states: a period named just before in the same piece, or the last day that
its data covers. Without either they stay unresolved, even when the paper is dated.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from sendparse.model import Period
from sendparse.tag import dates
from sendparse.tag.dates import Stretch, YearKind

if TYPE_CHECKING:
    from sendparse.tag.reading import Anchor, Reading


def resolve_relative(reading: Reading, before: Sequence[Reading], after: Sequence[Reading], anchor: Anchor) -> None:
    """Give `reading` its days where they follow from the periods around it or from the anchor."""
    rule = _RULES.get(reading.atom.name)
    found = rule(reading, before, after, anchor) if rule else None
    if found is not None:
        reading.first, reading.last = found
        reading.inferred = True


def _window(reading: Reading, before: Sequence[Reading], after: Sequence[Reading], anchor: Anchor) -> Stretch | None:
    if anchor.data_date is None or not reading.atom.number:
        return None
    count = reading.atom.number * (12 if reading.atom.name == "window_years" else 1)
    reading.basis = "rolling_12_months" if count == 12 else "other"
    return dates.window(anchor.data_date, count)


def _window_before(
    reading: Reading, before: Sequence[Reading], after: Sequence[Reading], anchor: Anchor
) -> Stretch | None:
    """As in "in the 12 months to March 2025, compared with 45% in the previous 12 months"; alone it ends on the data's day."""
    stated = _stated(before[::-1])
    named = "the" in reading.words.split()
    if stated is not None and reading.atom.number == 12 and not named and (stated[1] - stated[0]).days < 32:
        return dates.shifted(stated, -1)  # "9% in September 2025 (31% twelve months before)"
    if stated is not None and _length(stated) == reading.atom.number:
        return dates.add_months(stated[0], -reading.atom.number), stated[0] - timedelta(days=1)
    return _window(reading, before, after, anchor)


def _length(stretch: Stretch) -> int:
    """Whole months of a stretch; 0 when it is of no whole months."""
    first, last = stretch
    whole = first.day == 1 and last == dates.month_end(last.year, last.month)
    return (last.year - first.year) * 12 + last.month - first.month + 1 if whole else 0


def _this_quarter(
    reading: Reading, before: Sequence[Reading], after: Sequence[Reading], anchor: Anchor
) -> Stretch | None:
    """The quarter that the report is about; else the one named before; else that of the last day of the data."""
    if (stated := _report(anchor)) is not None and _length(stated) == 3:
        return stated
    stated = _antecedent(before, anchor)
    if stated is not None and stated == _quarter_of(stated[0]):
        return stated
    return _quarter_of(anchor.data_date) if anchor.data_date else None


def _this_month(
    reading: Reading, before: Sequence[Reading], after: Sequence[Reading], anchor: Anchor
) -> Stretch | None:
    """The month that the report or the section is about; else the one named before in the same piece."""
    stated = _report(anchor)
    if stated is None or _length(stated) != 1:
        stated = _stated(before[::-1])
    return stated if stated is not None and _length(stated) == 1 else None


def _month_end(reading: Reading, before: Sequence[Reading], after: Sequence[Reading], anchor: Anchor) -> Stretch | None:
    found = _this_month(reading, before, after, anchor)
    return (found[1], found[1]) if found else None


def _quarter_end(
    reading: Reading, before: Sequence[Reading], after: Sequence[Reading], anchor: Anchor
) -> Stretch | None:
    found = _this_quarter(reading, before, after, anchor)
    return (found[1], found[1]) if found else None


def _quarter_after(
    reading: Reading, before: Sequence[Reading], after: Sequence[Reading], anchor: Anchor
) -> Stretch | None:
    stated = _antecedent(before, anchor)
    return _quarter_of(dates.add_months(stated[0], 3)) if stated and stated == _quarter_of(stated[0]) else None


def _month_after(
    reading: Reading, before: Sequence[Reading], after: Sequence[Reading], anchor: Anchor
) -> Stretch | None:
    stated = _antecedent(before, anchor)
    if stated is None or _length(stated) != 1:
        return None
    day = dates.add_months(stated[0], 1)
    return dates.month(day.year, day.month)


def _to_date_here(
    reading: Reading, before: Sequence[Reading], after: Sequence[Reading], anchor: Anchor
) -> Stretch | None:
    """As in "year to date" in a report on quarter 3 of 2025/26: from its April to the last day of the quarter."""
    stated = _report(anchor)
    if stated is None or anchor.report is None or not 1 < _length(stated) < 12:
        return None
    reading.basis = "year_to_date"
    if anchor.report.basis == "quarter":
        return dates.year(dates.year_of(stated[0], "financial"), "financial")[0], stated[1]
    return stated if _length(stated) > 3 else None


def _last_quarter(
    reading: Reading, before: Sequence[Reading], after: Sequence[Reading], anchor: Anchor
) -> Stretch | None:
    named = [r for r in before if r.atom.kind != "relative" or r.atom.name.startswith("this_")] or before
    stated = _antecedent(named, anchor)
    if stated is not None and stated == _quarter_of(stated[0]):
        return _quarter_of(dates.add_months(stated[0], -3))
    if (stated := _report(anchor)) is not None and _length(stated) == 3:
        return _quarter_of(dates.add_months(stated[0], -3))
    return _quarter_of(dates.add_months(anchor.data_date, -3)) if anchor.data_date else None


def _quarter_of(day: date) -> Stretch:
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return first, dates.month_end(first.year, first.month + 2)


def _year_before(
    reading: Reading, before: Sequence[Reading], after: Sequence[Reading], anchor: Anchor
) -> Stretch | None:
    named = [r for r in before if r.atom.kind != "relative" or r.atom.name.startswith("this_")] or before
    own = _told_from(before) or _seen_from(reading, named) or _year_of_report(reading, anchor)
    stated = own or _antecedent(named, anchor) or _stated(after[:1])
    return dates.shifted(stated, -1) if stated else None


def _seen_from(reading: Reading, named: Sequence[Reading]) -> Stretch | None:
    """As in "58% in Quarter 2, up from 52% in Quarter 1 and from 38% in the same quarter last year": of what is compared."""
    dated = [r for r in named if r.first is not None and r.last is not None]
    alike = any(word in reading.words for word in ("same", "equivalent", "corresponding", "comparable"))
    told = [r for r in dated if not r.compared and r.atom.kind == dated[-1].atom.kind]
    return _stated(told[::-1] if told and dated[-1].compared and alike else dated[::-1])


def _year_before_that(
    reading: Reading, before: Sequence[Reading], after: Sequence[Reading], anchor: Anchor
) -> Stretch | None:
    stated = _antecedent(before, anchor)
    return dates.shifted(stated, -1) if stated and _within_a_year(stated) else None


def _years_before(
    reading: Reading, before: Sequence[Reading], after: Sequence[Reading], anchor: Anchor
) -> Stretch | None:
    stated = _stated(before[::-1])
    return dates.shifted(stated, -reading.atom.number) if stated and _within_a_year(stated) else None


def _years_after(
    reading: Reading, before: Sequence[Reading], after: Sequence[Reading], anchor: Anchor
) -> Stretch | None:
    stated = _stated(before[::-1])
    return dates.shifted(stated, reading.atom.number) if stated and _within_a_year(stated) else None


def _year_after(
    reading: Reading, before: Sequence[Reading], after: Sequence[Reading], anchor: Anchor
) -> Stretch | None:
    stated = _stated(before[::-1]) if "next" in reading.words else _antecedent(before, anchor)
    return dates.shifted(stated, 1) if stated and _within_a_year(stated) else None


def _last_month(
    reading: Reading, before: Sequence[Reading], after: Sequence[Reading], anchor: Anchor
) -> Stretch | None:
    stated = _antecedent(before, anchor) or _report(anchor)
    return dates.month_before(stated) if stated is not None and (stated[1] - stated[0]).days <= 31 else None


def _last_term(reading: Reading, before: Sequence[Reading], after: Sequence[Reading], anchor: Anchor) -> Stretch | None:
    stated = _antecedent(before, anchor)
    for name, (first, _) in dates.TERM_MONTHS.items():
        if (
            stated is not None
            and name != "winter"
            and stated == dates.term(name, stated[0].year)
            and stated[0].month == first
        ):
            earlier = {"autumn": "summer", "spring": "autumn", "summer": "spring"}[name]
            return dates.term(earlier, stated[0].year - (name == "spring"))
    return None


def _to_date(reading: Reading, before: Sequence[Reading], after: Sequence[Reading], anchor: Anchor) -> Stretch | None:
    """From the first day of the year that holds the last day of the data, up to that day."""
    day = anchor.data_date
    if day is None:
        return None
    reading.basis = "year_to_date"
    kind: YearKind = reading.atom.name.removesuffix("_to_date")  # type: ignore[assignment]
    return dates.year(dates.year_of(day, kind), kind)[0], day


def _within_a_year(stretch: Stretch) -> bool:
    return (stretch[1] - stretch[0]).days <= 366


def _last_year(reading: Reading, before: Sequence[Reading], after: Sequence[Reading], anchor: Anchor) -> Stretch | None:
    """Beside a stated stretch it is compared with: "52% in 2024/25 against 45% last year"."""
    stated = _stated(before[::-1])
    if stated is not None and _within_a_year(stated) and reading.compared:
        return dates.shifted(stated, -1)
    if (told := _explained("this_year", before)) is not None:
        return dates.shifted(told, -1)
    whole = _of_its_kind(reading, anchor.current) or _year_of_report(reading, anchor)
    return dates.shifted(whole, -1) if whole else None


def _this_year(reading: Reading, before: Sequence[Reading], after: Sequence[Reading], anchor: Anchor) -> Stretch | None:
    """As in "£9.8m last year (2024/25) and £12.4m this year"."""
    if (told := _explained("last_year", before)) is not None:
        return dates.shifted(told, 1)
    return _of_its_kind(reading, anchor.current) or _year_of_report(reading, anchor)


def _explained(name: str, readings: Sequence[Reading]) -> Stretch | None:
    """The year that stands in brackets behind "last year" or "this year"."""
    for told, year in pairwise(readings):
        near = told.atom.name == name and year.start - told.end <= 3
        if near and year.first and year.last and _within_a_year((year.first, year.last)):
            return year.first, year.last
    return None


def _year_end(reading: Reading, before: Sequence[Reading], after: Sequence[Reading], anchor: Anchor) -> Stretch | None:
    whole = _year_of_report(reading, anchor)
    return (whole[1], whole[1]) if whole else None


def _report(anchor: Anchor) -> Stretch | None:
    if anchor.report is None or anchor.report.start is None or anchor.report.end is None:
        return None
    return anchor.report.start, anchor.report.end


def _year_of_report(reading: Reading, anchor: Anchor) -> Stretch | None:
    """The year that a yearly report is about."""
    return _of_its_kind(reading, anchor.report)


def _of_its_kind(reading: Reading, year: Period | None) -> Stretch | None:
    """The days of a whole year, unless the words speak of a year of another kind."""
    if year is None or year.start is None or year.end is None or _length((year.start, year.end)) != 12:
        return None
    words = reading.words.replace("school", "academic")
    others = {"academic", "financial", "calendar"} - {year.basis.removesuffix("_year")}
    return None if any(other in words for other in others) else (year.start, year.end)


def _year_ago(reading: Reading, before: Sequence[Reading], after: Sequence[Reading], anchor: Anchor) -> Stretch | None:
    stated = _stated(before[::-1])
    if stated is not None and (stated[1] - stated[0]).days < 300:
        return dates.shifted(stated, -1)
    before_it = anchor.antecedent
    if before_it is not None and before_it.start and before_it.end and (before_it.end - before_it.start).days < 32:
        return dates.shifted((before_it.start, before_it.end), -1)
    if anchor.data_date is None:
        return None
    return dates.shifted(dates.month(anchor.data_date.year, anchor.data_date.month), -1)


def _same_window(
    reading: Reading, before: Sequence[Reading], after: Sequence[Reading], anchor: Anchor
) -> Stretch | None:
    """As in "the same period in 2023": the year that follows is used up."""
    following = after[0] if after else None
    if (
        before
        and before[-1].until is not None
        and not before[-1].resolved
        and following is not None
        and following.atom.year
    ):
        return _as_months(before[-1], following)
    stated = _told_from(before) or _antecedent(before, anchor) or _report(anchor)
    if following is None or following.atom.kind not in {"year", "slash"} or following.start - reading.end > 12:
        return None
    if stated is None:  # "the same period of 2024" is not that whole year
        reading.end, following.basis = following.end, "absorbed"
        return None
    kind = following.atom.year_kind or ("financial" if following.atom.kind == "slash" else "calendar")
    moved = dates.shifted(stated, following.atom.year - dates.year_of(stated[0], kind))
    reading.end = following.end
    following.basis = "absorbed"
    return moved


def _told_from(before: Sequence[Reading]) -> Stretch | None:
    """As in "241 in the previous quarter and 163 in the same quarter of 2024": both are seen from the quarter after the first."""
    compared = before[-1] if before and before[-1].atom.name == "last_quarter" else None
    if compared is None or compared.first is None or compared.last is None:
        return None
    first = compared.last + timedelta(days=1)
    return first, dates.add_months(first, 3) - timedelta(days=1)


def _as_months(named: Reading, year: Reading) -> Stretch | None:
    """As in "(Jan to July) it was 69%, and 27% at the same stage of 2024": the months, in the year that is named."""
    if named.until is None or year.atom.kind != "year":
        return None
    year.basis = "absorbed"
    first = date(year.atom.year, named.atom.month, 1)
    last = named.until.month
    return first, dates.month_end(first.year + (last < first.month), last)


def _that_year(reading: Reading, before: Sequence[Reading], after: Sequence[Reading], anchor: Anchor) -> Stretch | None:
    if _stated(before) is None and (whole := _year_of_report(reading, anchor)) is not None:
        return whole
    opened = before[-1] if before and before[-1].atom.kind == "year" and before[-1].last is None else None
    if opened is not None and opened.first is not None:
        return dates.year(opened.first.year)  # "every year since 2019, from 401 in that year"
    stated = _antecedent(before, anchor)
    if stated is None or (stated[0].year != stated[1].year and (stated[1] - stated[0]).days < 360):
        return None
    if (stated[1] - stated[0]).days >= 360:
        return stated
    return dates.year(stated[1].year, "calendar")


def _that_month(
    reading: Reading, before: Sequence[Reading], after: Sequence[Reading], anchor: Anchor
) -> Stretch | None:
    found = _antecedent(before, anchor)
    return None if found is not None and "period" in reading.words and found[0] == found[1] else found  # a day is none


def _antecedent(before: Sequence[Reading], anchor: Anchor) -> Stretch | None:
    """The nearest closed period stated before: in this piece of text, else in the one before it."""
    found = _stated(before[::-1])
    if found is None and anchor.antecedent is not None and anchor.antecedent.start and anchor.antecedent.end:
        found = anchor.antecedent.start, anchor.antecedent.end
    return found


def _stated(readings: Sequence[Reading]) -> Stretch | None:
    for reading in readings:
        if reading.first is not None and reading.last is not None:
            return reading.first, reading.last
    return None


_Rule = Callable[["Reading", "Sequence[Reading]", "Sequence[Reading]", "Anchor"], "Stretch | None"]
_RULES: dict[str, _Rule] = {
    "window": _window,
    "window_years": _window,
    "window_before": _window_before,
    "years_before": _years_before,
    "years_after": _years_after,
    "year_after": _year_after,
    "month_after": _month_after,
    "quarter_after": _quarter_after,
    "quarter_end": _quarter_end,
    "this_month": _this_month,
    "month_end": _month_end,
    "to_date_here": _to_date_here,
    "last_month": _last_month,
    "last_term": _last_term,
    "calendar_to_date": _to_date,
    "financial_to_date": _to_date,
    "academic_to_date": _to_date,
    "last_year": _last_year,
    "this_year": _this_year,
    "year_end": _year_end,
    "this_quarter": _this_quarter,
    "last_quarter": _last_quarter,
    "year_before": _year_before,
    "year_ago": _year_ago,
    "year_before_that": _year_before_that,
    "same_window": _same_window,
    "that_year": _that_year,
    "that_month": _that_month,
}

"""Which measure a cell is of: its row, its column, its section or the table's title say so.

In: a row and a column of a tagged table, and the unit of the figure. Out: what names the measure, with the match in the
vocabulary where there is one. A row label names it unless it is a date, a place or a role; then the column does, then the
section, then the title. A label that only says which part is meant leans on what stands above it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sendparse.model import KpiMatch
from sendparse.records import quick
from sendparse.tag.columns import Column
from sendparse.tag.measures import AVERAGE, Measures
from sendparse.tag.table_rows import TOTAL, Row

OF_WHICH = re.compile(r"of (?:which|these):?\s+", re.I)
_KIND = re.compile(
    r"\b(?:numbers?|count|costs?|spend|average|mean|avg|places?|placements?|pupils|children)\b|[£%]", re.I
)
_IN_TIME = re.compile(  # says only how soon: of what, the row above it tells
    r"(?i)(?:%|percentage|percent|proportion|number|no\.?|of (?:which|these))?:?\s*(?:\(%\)\s*)?(?:issued |completed |done )?"
    r"(?:on time|in time|(?:with)?in (?:the )?(?:statutory )?\d{1,2}[ -]?(?:weeks?|wks?|days?|months?)(?: (?:timescale|deadline|limit))?)"
    r"(?:\s*\(?%\)?)?"
)
_EVERYBODY = re.compile(r"(?i)all (?:pupils|children|young people|cyp)")
_OF_OURS = re.compile(r"(?i)\b(?:SEND?|EHC\w*|plans?)\b")
_BAND = re.compile(r"(?!0)\d+\s?(?:-|–|to)\s?\d+\s?(?:weeks|wks)\b")
_TOTALS = re.compile(r"(?:grand |overall |sub-? ?)?totals?\b", re.I)  # of what, the title may not say for sure


@quick
@dataclass(frozen=True, slots=True)
class Named:
    """The words that name a measure, and what they match."""

    match: KpiMatch | None
    label: str
    from_title: bool = False  # found in the title, not in row, column or section


def named(measures: Measures, title: str, row: Row, column: Column, unit: str) -> Named:
    """The measure of a cell. `title` is the line over the table that may name it."""
    there = column.heading.measure
    if row.names_measure and row.label:
        total = there and TOTAL.fullmatch(row.label) and not _EVERYBODY.fullmatch(row.label)
        if total and (match := measures.match(there, row.section, "", unit)) is not None:
            return Named(match, f"{row.label} – {there}")  # "All plans" under "Reviews overdue"
        return _by_row(measures, title, row, there, unit)
    for words, from_title in ((there, False), (row.section, False), (title, True)):
        if words:
            match = measures.match(words, row.section, "", unit)
            if match is None and words == there and column.beside:
                match = _of_neighbour(measures, column, row, unit)
            if match is not None or words == there:
                return Named(match, words, from_title)
    return Named(None, row.section or title or row.label, not row.section)


def _is_of_another(measures: Measures, match: KpiMatch, row: Row, there: str) -> bool:
    """Whether a label is told of something else: "EHC plan" under "Suspensions" counts no plans, "31-52 weeks" is not over 52."""
    if there and match.label == row.label and measures.strange(there, match.kpi):
        return True
    return "over_52" in match.kpi and _BAND.match(row.label) is not None


def _of_neighbour(measures: Measures, column: Column, row: Row, unit: str) -> KpiMatch | None:
    """As in "Requests | Agreed | Not agreed": what became of that which the column before counts."""
    whole = measures.match(column.beside, row.section, "", "")
    joint = measures.match(f"{column.beside} {column.heading.measure}", row.section, "", unit) if whole else None
    if whole is None or joint is None or joint.kpi == whole.kpi:
        return None
    return joint if _family(joint) == _family(whole) else None


def _by_row(measures: Measures, title: str, row: Row, there: str, unit: str) -> Named:
    here = row.label
    label = f"{here} – {there}" if there else here
    match, settled = _part(measures, title, row, unit)
    all_of_it = ""
    if match is None and not settled:
        match = _told_twice(measures, row, there, unit)
        if match is not None and unit != "gbp" and _is_of_another(measures, match, row, there):
            return Named(None, label)
        if match is not None and unit == "gbp" and "avg" not in match.kpi and _averaged(measures, row, there):
            all_of_it = "" if "placement_cost" in match.kpi else match.kpi
            match = _of_one(measures, row, unit)  # what one costs, and not what all of them do
    if match is None and not settled and row.heading.period and row.heading.measure not in ("", here):
        match = measures.match(row.heading.measure, row.section, row.parent, unit)  # "DSG reserve at 31 March"
    if match is None and not settled and row.section:
        match = _of_section(measures, row, unit)
    if match is None and row.above and _IN_TIME.fullmatch(here):
        match = measures.match(f"{row.above} {OF_WHICH.sub('', here)}", row.section, "", unit)
    over = row.section or title
    if match is None and there and over and measures.leans(there) and (measures.leans(here) or TOTAL.fullmatch(here)):
        words = there if TOTAL.fullmatch(here) else f"{here}, {there}"  # a need in one direction, a phase in the other
        return Named(measures.match(words, "", over, unit), label, over == title)
    above = there or over
    if match is None and above and TOTAL.fullmatch(here):
        if _EVERYBODY.fullmatch(here) and _OF_OURS.search(row.above):
            return Named(None, label)  # "All pupils" beneath "EHC plan" and "SEN support": not those with a plan alone
        return Named(measures.match(above, row.section, "", unit), label, above == title)
    if match is None and title and not (row.section or there or row.parent or _TOTALS.match(here)):
        match = measures.match(here, title, "", unit)
        match = None if match is not None and match.kpi == all_of_it else match
    if match is None and measures.leans(here) and not row.parent:
        return Named(measures.match(here, row.section, above, unit), label, above == title)
    return Named(match, label)


def _part(measures: Measures, title: str, row: Row, unit: str) -> tuple[KpiMatch | None, bool]:
    """What "of which: refusals to assess" is a part of, and whether that is settled: a part of appeals is about appeals."""
    if not row.parent or not OF_WHICH.match(row.label):
        return None, False
    part, about = OF_WHICH.sub("", row.label), row.section or title
    whole = measures.match(row.parent, about, "", unit)
    found = [
        measures.match(f"{part} {row.parent}", row.section, "", unit),
        measures.match(part, about, "", unit),
        measures.match(part, row.section, row.parent, unit),
    ]
    if whole is None:
        return found[0], False
    return next((match for match in found if match and _family(match) == _family(whole)), None), True


def _of_section(measures: Measures, row: Row, unit: str) -> KpiMatch | None:
    """A part of what the section names: "Special schools" under "Top-up funding"."""
    whole = measures.match(row.section, "", "", unit)
    part = measures.match(f"{row.section} {row.label}", "", "", unit) if whole is not None else None
    return part if part is not None and whole is not None and part.kpi == whole.kpi and part.breakdown else None


def _family(match: KpiMatch) -> str:
    return match.kpi.removeprefix("new_").partition("_")[0]


def _told_twice(measures: Measures, row: Row, there: str, unit: str) -> KpiMatch | None:
    """The measure of a label under a heading that names one too: both together say more than the label alone."""
    alone = measures.match(row.label, row.section, row.parent, unit)
    joint = measures.match(f"{there} {row.label}", row.section, "", unit) if there else None
    if joint is not None and (alone is None or (joint.score >= alone.score and _says_more(joint, alone, there))):
        return joint
    if alone is not None and there and _REASONS.search(alone.kpi) and _is_outcome(measures, row, there, alone):
        return None  # "Refusal to assess" under "Conceded": neither all of them nor all that were conceded
    parted = measures.match(f"{row.label} – {there}", row.section, row.parent, unit) if alone and there else None
    if alone is not None and parted is not None and parted.kpi == alone.kpi and parted.breakdown:
        return parted  # "EHC plan" under "Primary"
    return alone


_REASONS = re.compile(r"^tribunal_\w+_stage_count$|^tribunal_other_count$")
_COUNTED = re.compile(r"_(?:registered|total)_count$")


def _is_outcome(measures: Measures, row: Row, there: str, reason: KpiMatch) -> bool:
    """Whether a column over reasons names what became of them."""
    said = measures.match(there, row.section, "", "count") or measures.match(there, row.section, "", "")
    return said is not None and said.kpi != reason.kpi and _COUNTED.search(said.kpi) is None


def _says_more(joint: KpiMatch, alone: KpiMatch, there: str) -> bool:
    """Whether a column tells what is counted, or a label says less without it: "Vacancies" over "EHC co-ordinators"."""
    if _KIND.search(there) or joint.score > alone.score:
        return True
    both, one = (set(_NEEDED.findall(_SPARE.sub("", match.pattern))) for match in (joint, alone))
    return one < both


_BALANCED = re.compile(r"(?i)\b(?:balances?|reserves?|movements?|brought forward|carried forward|[bc]/f(?:wd)?)\b")
_SPENT = re.compile(r"(?i)\b(?:forecast|outturn|actuals?|spen[dt]|expenditure|projected|projection)\b")
_ALIKE = 0.9
_SPARE, _NEEDED = re.compile(r"\([^()]*\)"), re.compile(r"\{[^{}]+\}")


def of_account(measures: Measures, match: KpiMatch, row: Row, column: Column, role: str) -> KpiMatch | None:
    """The measure of an account that a row only names: "High Needs Block" is its budget, its spend or its overspend."""
    alone = "budget" in match.kpi and len(_NEEDED.findall(_SPARE.sub("", match.pattern))) == 1
    if alone and _BALANCED.search(f"{row.label} {row.section}"):
        return None  # "Balance at 31 March" under "High needs": what is left, and no budget
    if not alone or match.score < _ALIKE or not row.names_measure or column.heading.measure:
        return match
    said = "overspend" if role == "change" else "spend" if _SPENT.search(column.text) else ""
    found = measures.match(f"{row.label} {said}", row.section, row.parent, "gbp") if said else None
    return found if found is not None and found.score >= match.score * _ALIKE else match


def _averaged(measures: Measures, row: Row, there: str) -> bool:
    return measures.averaged or AVERAGE.search(f"{there} {row.section}") is not None


def _of_one(measures: Measures, row: Row, unit: str) -> KpiMatch | None:
    """What one of them costs, where heading or title speak of averages: that is not what all of them cost."""
    match = measures.match(f"average cost of {row.label}", row.section, row.parent, unit)
    return match if match is not None and "avg" in match.kpi else None

"""Which cells of a series are of the time that a claim means.

In: a claim, a series and the Paper. Out: links, each with the cells it could mean. A claim without a period means the newest
column, surely only where its words are of now; one whose period may be that of another figure, or was worked out, may confirm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sendparse.check.paper import Paper, Series, days, same_period, when
from sendparse.check.wording import MONTHS, NUMBER, around, number_word, says
from sendparse.model import Observation, Period
from sendparse.tag import dates
from sendparse.tag.hints import folded
from sendparse.tag.period import as_academic, is_bare_slash_year

_FIGURE = re.compile(r"£?\d")  # what stands beyond another figure is said of that
_ASIDE = re.compile(r"(?:\(|['’]s|\bof)\W*$")
_QUARTER = re.compile(r"(?i)\b(?:q|qtr|quarter) ?([1-4])\b")
_APRIL = 4
_TELLING = 3  # digits of a figure that a table has once: 58 may be anything
_NO_DIGIT = re.compile(r"\D")
_MONTHS = {1: 1, 3: 3}  # months of a period by its length in weeks of four


@dataclass(frozen=True, slots=True)
class Link:
    """A series that a claim speaks of, and its cells of the period that is meant. `note` tells what was taken for granted."""

    series: Series
    cells: tuple[Observation, ...]
    sure: bool
    note: str = ""
    lacking: str = ""  # why there are no cells


def of_the_time_before(claim: Observation, paper: Paper) -> Observation:
    """ "52% in February, against 49% a month earlier": the second figure has taken the first one's period over, and is of January."""
    start, end = claim.period_start, claim.period_end
    alike = (o for o in paper.beside(claim) if o.kpi == claim.kpi and (o.period_start, o.period_end) == (start, end))
    taken = [o for o in alike if paper.place[o.observation_id] < paper.place[claim.observation_id]]
    if start is None or end is None or not taken:
        return claim
    follows = _FIGURE.split(around(claim, paper, 0, after=40)[len(" ".join(claim.value_text.split())) :])[0]
    lead = _FIGURE.split(around(claim, paper, 45, after=0))[-1]
    if _ASIDE.search(lead):  # "13% more than the year before (1,066)"
        follows = f"{lead} {follows}"
    own = all(o.period_label != claim.period_label for o in taken) and "period_inferred" in claim.flags
    label = claim.period_label if own else ""  # "in Quarter 3 of last year", taken for this year's
    months = 12 if says(paper, "year_before", f"{follows} {label}") else _MONTHS.get(days(claim) // 28, 0)
    if not months or not (months == 12 or says(paper, "step_before", follows)):
        return claim
    last = dates.add_months(end, -months)
    return replace(
        claim, period_start=dates.add_months(start, -months), period_end=dates.month_end(last.year, last.month)
    )


def dated(claim: Observation, series: Series, sure: bool, paper: Paper) -> Iterator[Link]:
    """The cells of the period that a claim means. Where its period may be another's, the newest cells as well."""
    if claim.period_end is None:
        # "Has risen since September and now stands at 74": the figure is of today.
        found = _undated(claim, series, paper)
        yield _less_sure(found, sure and not claim.qualifier)
        return
    found = _same(claim, series, paper) or _of_school_year(claim, series, paper) or _loosely(claim, series, paper)
    of_another = _of_another(claim)
    yield _less_sure(found, sure and not of_another)
    if of_another or (not found.cells and _is_beyond(claim, series)):
        yield _less_sure(_undated(claim, series, paper), False)
    elif "period_inferred" in claim.flags and claim.period_label.strip() not in claim.evidence:
        # The period is that of a sentence before, and may have ended there.
        latest = series.latest()
        newest = tuple(p for p in series.dated() if latest and p.period_end == latest.period_end)
        yield Link(series, newest, sure=False, note="; no period is stated, the newest column is taken")


def _less_sure(link: Link, sure: bool) -> Link:
    return link if sure or not link.sure else replace(link, sure=False)


def _is_beyond(claim: Observation, series: Series) -> bool:
    """True where a period that was worked out ("in the quarter") begins after the table's newest column ends."""
    latest = series.latest()
    if latest is None or latest.period_end is None or claim.period_start is None:
        return False
    return "period_inferred" in claim.flags and claim.period_start > latest.period_end


def _undated(claim: Observation, series: Series, paper: Paper) -> Link:
    """No period is stated: a target or benchmark has none; of the rest the newest is meant, surely where the words say "now"."""
    if claim.role not in ("actual", "forecast", "change"):
        return Link(series, series.points, sure=len({p.value for p in series.points}) == 1)
    latest = series.latest()
    if latest is None:
        newest = _newest(series)
        note = "; neither the text nor the table dates it"
        return Link(
            series,
            newest,
            sure=False,
            note=note,
            lacking="" if newest else "neither the text nor the table dates this figure",
        )
    named = of_named_time(claim, series)
    if named and not speaks_of_now(claim, paper):
        told = not any(map(paper.is_cumulative, named)) or says(paper, "so_far", claim.evidence)
        return Link(
            series, named, sure=told, note=f"; no year is stated, the last {claim.period_label.strip()} is taken"
        )
    back = _months_back(claim)
    if back and latest.period_end is not None:
        day = dates.add_months(latest.period_end, -back)
        before = tuple(p for p in series.dated() if p.period_end == dates.month_end(day.year, day.month))
        note = f"; {back} months before the newest column is taken"
        return Link(series, before, sure=False, note=note, lacking="the table has no column of then")
    cells = tuple(p for p in series.dated() if p.period_end == latest.period_end)
    only = (
        ()
        if speaks_of_now(claim, paper) or any(p.value == claim.value for p in cells)
        else _only_one(claim, series, paper)
    )
    if only:
        return Link(series, only, sure=False, note=f"; no period is stated, only {when(only[0])} has this figure")
    note = f"; no period is stated, the newest column ({when(latest)}) is taken"
    return Link(
        series,
        cells,
        sure=speaks_of_now(claim, paper) or _is_of_one_year(claim, series),
        note=note,
        lacking="the text does not say which period it means",
    )


def _is_of_one_year(claim: Observation, series: Series) -> bool:
    """An account of one year states nothing of any other: an amount of no stated period is of that."""
    return claim.unit == "gbp" and len({(p.period_start, p.period_end) for p in series.dated()}) == 1


def _only_one(claim: Observation, series: Series, paper: Paper) -> tuple[Observation, ...]:
    """The one cell that has a claim's very figure, where another figure of its sentence is that of another cell beside it.

    "Requests grew from 512 to 731": one such number may be chance, two of one row hardly are.
    """
    cells = _equal(claim, series)
    others = (_equal(o, series) for o in paper.beside(claim) if o.kpi == claim.kpi and o.unit == claim.unit)
    ends = {p.period_end for p in cells}
    return cells if len(ends) == 1 and any(found and found[0].period_end not in ends for found in others) else ()


def _equal(claim: Observation, series: Series) -> tuple[Observation, ...]:
    """The cells of a series that have a claim's very figure, if they are of one period; its digits must be enough to tell."""
    if claim.qualifier or claim.role != "actual" or len(_NO_DIGIT.sub("", claim.value_text).strip("0")) < _TELLING:
        return ()
    cells = tuple(p for p in series.dated() if p.value == claim.value and p.decimals == claim.decimals)
    return cells if len({(p.period_start, p.period_end) for p in cells}) == 1 else ()


_BACK = re.compile(rf"\s*(?P<n>{NUMBER}) (?:months|quarters|years) (?:earlier|before|ago|previously|prior)\b", re.I)


def _months_back(claim: Observation) -> int:
    """How long before now a figure is of, where the words right behind it say it: "811 three months earlier"."""
    found = _BACK.match(claim.evidence, claim.evidence.find(claim.value_text) + len(claim.value_text))
    if found is None:
        return 0
    length = 12 if "year" in found[0] else 3 if "quarter" in found[0] else 1
    return number_word(found["n"]) * length


def of_named_time(claim: Observation, series: Series) -> tuple[Observation, ...]:
    """The cells of the month or quarter that a claim names without a year, if only one of the last twelve months does."""
    latest = series.latest()
    month = _month_in(claim.period_label)
    quarter = _QUARTER.search(claim.period_label)
    end = latest.period_end if latest else None
    if not (month or quarter) or end is None:
        return ()
    recent = [p for p in series.dated() if p.period_end is not None and (end - p.period_end).days < 364]
    if month:
        cells = tuple(p for p in recent if p.period_end is not None and p.period_end.month == month)
    else:
        named = [(p, m) for p in recent if (m := _QUARTER.search(p.period_label)) and days(p) > 31]
        cells = tuple(p for p, m in named if quarter is not None and m[1] == quarter[1])
    return cells if len({(p.period_start, p.period_end) for p in cells}) == 1 else ()


def _month_in(label: str) -> int:
    """The month that a label names; 0 where it names none."""
    small = folded(label)
    for number, name in enumerate(MONTHS, 1):
        if name in small and re.search(rf"\b{name}\b", label, re.I):
            return number
    return 0


def _newest(series: Series) -> tuple[Observation, ...]:
    """Cells that have no date and are not marked as those of the time before."""
    return tuple(p for p in series.points if p.period_end is None and "previous" not in p.flags)


def _same(claim: Observation, series: Series, paper: Paper) -> Link | None:
    level = paper.is_stock(series.points[0])
    cells = tuple(p for p in series.dated() if same_period(claim, p, stock=level or p.unit != "count"))
    if not cells:
        running = tuple(p for p in series.dated() if p.period_end == claim.period_end and _runs_since(p, claim, paper))
        return Link(series, running, sure=False, note="; the table adds up through the year") if running else None
    exact = tuple(p for p in cells if (p.period_start, p.period_end) == (claim.period_start, claim.period_end))
    # A share at a day is that of a month, and perhaps that of the quarter that ends on it.
    sure = bool(exact) or level or any(days(p) <= 31 for p in cells)
    if any(map(paper.is_cumulative, cells)) and not says(paper, "so_far", claim.evidence):
        sure = False  # "131 in Quarter 2", and the table adds up through the year
    return Link(series, exact or cells, sure=sure and not _of_another(claim))


def _of_school_year(claim: Observation, series: Series, paper: Paper) -> Link | None:
    """A bare "2023/24" that was taken for a financial year, where the row runs by school years."""
    label, start, end = claim.period_label.strip(), claim.period_start, claim.period_end
    said = Period(label=label, start=start, end=end, basis="financial_year")
    if said.start is None or said.start.month != _APRIL or not is_bare_slash_year(said.label):
        return None
    school = as_academic(said)
    found = _same(replace(claim, period_start=school.start, period_end=school.end), series, paper)
    return replace(found, sure=False, note="; the table's school year is taken") if found else None


def _runs_since(cell: Observation, claim: Observation, paper: Paper) -> bool:
    """True for a running total that may have begun where a claim's window begins: in January, April or September."""
    return (
        paper.is_cumulative(cell)
        and claim.period_start is not None
        and claim.period_start.month in (1, 4, 9)
        and days(claim) > 31
    )


def _of_another(claim: Observation) -> bool:
    """True where the words that date a claim stand behind "than" or "since", or in brackets with a figure of their own.

    The period may then be that of what it is set against: "29 appeals (35 in Quarter 2)".
    """
    said = claim.period_label.strip()
    if not said or folded(said) not in folded(claim.evidence):
        return False
    if not ("period_inferred" in claim.flags or claim.value_text in claim.evidence.partition("(")[0]):
        return False
    label = re.escape(said)
    aside = rf"\([^()]*\d[^()]*\b(?:in|at|for|during)\b[^()]*{label}"
    if re.search(aside, claim.evidence) and claim.value_text in claim.evidence.partition("(")[0]:
        return True
    pattern = (
        rf"(?i)\b(?:than|since|compared (?:with|to)|against|on)\b(?: in| at| for| during| the| that)*\W{{1,3}}{label}"
    )
    return "period_inferred" in claim.flags and re.search(pattern, claim.evidence) is not None


def _loosely(claim: Observation, series: Series, paper: Paper) -> Link:
    """No cell has the claim's very period: what else could be meant."""
    nothing = Link(series, (), sure=False, lacking=f"the table has no cell for {when(claim)}")
    if not series.dated():
        return (
            _of_cards(claim, series, paper)
            if claim.role == "actual"
            else Link(series, series.points, sure=len(series.points) == 1)
        )
    if claim.role in ("target", "floor", "limit", "benchmark", "context"):
        undated = tuple(p for p in series.points if p.period_end is None)
        return Link(series, undated or series.points, sure=False)
    inside = [p for p in series.dated() if _within(p, claim)]
    position = tuple(p for p in inside if p.unit == "gbp" and "period_inferred" in p.flags)
    if position:  # a finance table "at Quarter 3" states the year's budget and forecast
        return Link(series, position, sure=False)
    running = tuple(p for p in series.points if p.period_end is None and p.period_start == claim.period_start)
    if running and claim.period_start is not None:  # "so far this year", and the column "2025/26 to date"
        return Link(series, running, sure=False)
    if not inside or (claim.unit == "count" and not paper.is_stock(claim)):
        return _ends(claim, series, inside, paper) or nothing
    if paper.is_stock(series.points[0]) and days(claim) > 100:
        return _ends(claim, series, inside, paper) or nothing
    return _inside(claim, series, inside, paper)


def _inside(claim: Observation, series: Series, inside: Sequence[Observation], paper: Paper) -> Link:
    """A share "this quarter" against monthly cells: while the quarter runs, its newest cell is its position."""
    if days(claim) > 100:
        return Link(series, (), sure=False, lacking=f"the table has no cell for {when(claim)}")
    newest = inside[-1]
    cells = tuple(p for p in inside if p.period_end == newest.period_end)
    running = newest.period_end is not None and claim.period_end is not None and newest.period_end < claim.period_end
    sure = running or paper.is_stock(newest)
    return Link(series, cells, sure=sure, note=f"; the newest column inside {when(claim)} is taken")


def _ends(claim: Observation, series: Series, inside: Sequence[Observation], paper: Paper) -> Link | None:
    """ "From 187 to 104 over the year to March": the first level is of the window's beginning, the other of its end."""
    start, end = claim.period_start, claim.period_end
    if start is None or end is None or days(claim) <= 31:
        return None
    lead = around(claim, paper, 12, after=0).lower()
    if re.search(r"\bfrom\W*$", lead):
        day = start - timedelta(days=1)
        at = [p for p in series.dated() if p.period_start and p.period_end and p.period_start <= day <= p.period_end]
        cells = (*at, *inside[:1])
    elif re.search(r"\bto\W*$", lead) or paper.is_stock(claim):
        cells = tuple(inside[-1:])
    else:
        return None
    return Link(series, cells, sure=False) if cells else None


def _of_cards(claim: Observation, series: Series, paper: Paper) -> Link:
    """Cards often print no date: the latest figure is that of the period the paper reports on, or near it."""
    nothing = Link(series, (), sure=False, lacking="the paper does not date this row")
    if paper.reporting is None or claim.period_end is None:
        return nothing
    start, end = paper.reporting
    note = "; the paper does not date this figure, and it reports on " + when(
        replace(claim, period_start=start, period_end=end)
    )
    if start <= claim.period_end <= end:
        return Link(series, _newest(series), sure=False, note=note)
    if timedelta(0) < start - claim.period_end <= timedelta(days=31):
        return Link(series, tuple(p for p in series.points if "previous" in p.flags), sure=False, note=note)
    return nothing


def _within(cell: Observation, claim: Observation) -> bool:
    if not (claim.period_start and claim.period_end and cell.period_start and cell.period_end):
        return False
    return claim.period_start <= cell.period_start and cell.period_end <= claim.period_end


def speaks_of_now(claim: Observation, paper: Paper) -> bool:
    """True where the sentence speaks of the present ("now", "currently", "remains", "is at")."""
    return says(paper, "now", claim.evidence)

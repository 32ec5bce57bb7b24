"""Kind `sum`: a total over several months or quarters, and whether the window is what it is called.

In: a claim and the Paper. Out: a verdict on totals over terms, quarters, years and stated month ranges, added up from
the table's cells and, for a month that the table does not reach, from the text; on monthly averages; on shares, which lie
between those of their months; `mislabelled` when the sum is right but the window is not what the words say (13 months "in
a calendar year"); and a verdict where a part exceeds its whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sendparse.check.compare import AGREES, agree_with, far_apart, figure, number, step
from sendparse.check.link import levels
from sendparse.check.paper import Paper, days, same_period, verdict, when
from sendparse.check.wording import compiled, says
from sendparse.model import Check, Observation

_ONE_DAY = timedelta(days=1)
_LONGEST_PART = 100  # days: a quarter; a year is no part of a window


def check_window(claim: Observation, paper: Paper) -> list[Check]:
    """Add up what a stated total claims to cover."""
    if not claim.kpi or claim.role not in ("actual", "baseline"):
        return []
    if claim.unit in ("count", "gbp"):
        return _total(claim, paper) or _part_of_whole(claim, paper)
    return _ratio(claim, paper) or _between(claim, paper) if claim.unit == "percent" else []


def months(start: date, end: date) -> list[tuple[int, int]]:
    """The calendar months from one date to another, as (year, month)."""
    first, last = start.year * 12 + start.month - 1, end.year * 12 + end.month - 1
    return [(n // 12, n % 12 + 1) for n in range(first, last + 1)]


def _total(claim: Observation, paper: Paper) -> list[Check]:
    if not _is_long(claim) or paper.is_stock(claim) or claim.period_start is None or claim.period_end is None:
        return []
    found = _flows(claim, paper)
    if any(paper.is_cumulative(row) for row in found):
        return []  # a running total is no part of a sum
    parts = _tiles(found, claim.period_start, claim.period_end)
    if not parts:
        return _so_far(claim, found, paper)
    return [_added(claim, parts, paper)]


def _is_long(claim: Observation) -> bool:
    """True for a window of several whole months."""
    if days(claim) <= 31 or claim.period_start is None or claim.period_end is None:
        return False
    return claim.period_start.day == 1 and (claim.period_end + _ONE_DAY).day == 1


def _added(claim: Observation, parts: Sequence[Observation], paper: Paper) -> Check:
    total = sum((row.value or 0.0 for row in parts), 0.0)
    wanted = len(months(parts[0].period_start or date.min, parts[-1].period_end or date.min))
    named = f"The {len(parts)} {_unit(parts)} from {when(parts[0])} to {when(parts[-1])} add up to {figure(total, claim.unit)}"
    shown = total
    if says(paper, "average", claim.evidence) and agree_with(claim, total / wanted) in AGREES:
        shown = total / wanted
        named += f", {number(round(shown, 2))} a month"
    word = agree_with(claim, shown, _carried(parts))
    text = f"{named}; the text says {claim.value_text}."
    averaged = says(paper, "average", claim.evidence)
    lent = "kpi_inferred" in claim.flags
    if word not in AGREES and lent and not averaged and far_apart(claim, replace(claim, value=shown)):
        text = f"{named}, so far from {claim.value_text} that another measure may be meant."
        return verdict(claim, "sum", "unverifiable", text)
    wrong = _wrong_window(claim, paper, parts)
    if word in AGREES and wrong:
        word, text = "mislabelled", f"{named}, as stated, but that is {wanted} months{wrong}."
    return verdict(claim, "sum", word, text, expected=figure(shown, claim.unit), evidence=parts)


def _unit(parts: Sequence[Observation]) -> str:
    return (
        "months" if all(days(p) <= 31 for p in parts) else "quarters" if all(days(p) > 80 for p in parts) else "periods"
    )


def _carried(parts: Sequence[Observation]) -> float:
    """How much the rounding of the parts can move their sum; counts are exact."""
    return sum((step(p) for p in parts if p.unit != "count"), 0.0)


def _flows(claim: Observation, paper: Paper) -> list[Observation]:
    """Monthly and quarterly figures of a claim's measure: the table's, and what the text states for a month."""
    stated = [o for o in _stated(paper).get((claim.kpi, claim.breakdown, claim.unit), ()) if o is not claim]
    cells = [p for series in levels(claim, paper) for p in series.dated() if p.unit == claim.unit and _is_part(p)]
    rows = [*cells, *stated]
    return list(
        {(r.period_start, r.period_end): r for r in reversed(rows)}.values()
    )  # cells overrule what the text states


def _stated(paper: Paper) -> dict[tuple[str, str, str], list[Observation]]:
    """The monthly and quarterly figures that the text states, by measure, part and unit."""
    if paper.parts is None:
        paper.parts = {}
        for claim in paper.claims:
            if claim.role == "actual" and _is_part(claim):
                paper.parts.setdefault((claim.kpi, claim.breakdown, claim.unit), []).append(claim)
    return paper.parts


def _is_part(row: Observation) -> bool:
    return not row.qualifier and 27 < days(row) <= _LONGEST_PART and _whole_months(row)


def _whole_months(row: Observation) -> bool:
    return bool(
        row.period_start and row.period_end and row.period_start.day == 1 and (row.period_end + _ONE_DAY).day == 1
    )


def _tiles(rows: Sequence[Observation], start: date, end: date) -> list[Observation]:
    """Rows that together cover a window once, the shortest first; nothing when a piece is missing or none is of a table."""
    by_start: dict[date, list[Observation]] = {}
    for row in sorted(rows, key=days):
        if row.period_start and row.period_end and row.period_end <= end:
            by_start.setdefault(row.period_start, []).append(row)
    out: list[Observation] = []
    at = start
    while at <= end:
        following = by_start.get(at)
        if not following or following[0].period_end is None:
            return []
        out.append(following[0])
        at = following[0].period_end + _ONE_DAY
    return out if len(out) > 1 and any(row.source != "narrative" for row in out) else []


def _so_far(claim: Observation, rows: Sequence[Observation], paper: Paper) -> list[Check]:
    """A year that is not over: what the table has of it so far may agree; if it does not, nothing is said."""
    if claim.period_start is None or claim.period_end is None or not says(paper, "so_far", claim.evidence):
        return []
    ends = sorted({r.period_end for r in rows if r.period_end and claim.period_start < r.period_end < claim.period_end})
    parts = _tiles(rows, claim.period_start, ends[-1]) if ends else []
    if not parts or agree_with(claim, sum((p.value or 0.0 for p in parts), 0.0)) not in AGREES:
        return []
    return [_added(claim, parts, paper)]


def _wrong_window(claim: Observation, paper: Paper, parts: Sequence[Observation]) -> str:
    """What is wrong with the name that the sentence gives the window: another length, or another first month."""
    start, end = parts[0].period_start, parts[-1].period_end
    if start is None or end is None:
        return ""
    for name, rule in paper.rules.get("windows", {}).items():
        if not any(compiled(p).search(claim.evidence) for p in rule["says"]):
            continue
        if int(rule["months"]) != len(months(start, end)):
            return f" and not {name}"
        if start.month != int(rule.get("from", start.month)):
            return f" from {start:%B} and not {name}"
    return ""


# -- shares -----------------------------------------------------------------------------------------------------------


def _ratio(claim: Observation, paper: Paper) -> list[Check]:
    """A share over several months, from the counts that it is a share of."""
    parts = paper.rules.get("ratios", {}).get(claim.kpi)
    if not parts or not _is_long(claim) or claim.period_start is None or claim.period_end is None:
        return []
    if any(
        p.period_start == claim.period_start and p.period_end == claim.period_end
        for s in levels(claim, paper)
        for p in s.dated()
    ):
        return []  # the table has the share itself
    rows = [_tiles(_flows(_as_count(claim, kpi), paper), claim.period_start, claim.period_end) for kpi in parts]
    if not all(rows):
        return []
    some, whole = (sum((p.value or 0.0 for p in row), 0.0) for row in rows)
    if not whole or some > whole:
        return []
    share = some / whole * 100
    shown = figure(share, "percent")
    counts = f"From {when(rows[0][0])} to {when(rows[0][-1])} it is {number(some)} of {number(whole)}, or {shown}"
    text = f"{counts}; the text says {claim.value_text}."
    return [verdict(claim, "sum", agree_with(claim, share), text, expected=shown, evidence=[*rows[0], *rows[1]])]


def _as_count(claim: Observation, kpi: str) -> Observation:
    return replace(claim, kpi=kpi, unit="count")


def _between(claim: Observation, paper: Paper) -> list[Check]:
    """A share over several months lies between the smallest and the largest of them."""
    if (
        not _is_long(claim)
        or claim.value is None
        or claim.qualifier
        or claim.period_start is None
        or claim.period_end is None
    ):
        return []
    if paper.is_stock(claim) or days(claim) > 366:
        return []
    found = _flows(claim, paper)
    if any((r.period_start, r.period_end) == (claim.period_start, claim.period_end) for r in found) or any(
        map(paper.is_cumulative, found)
    ):
        return []
    parts = _tiles(found, claim.period_start, claim.period_end)
    if not parts or any(p.source == "narrative" for p in parts):
        return []
    low, high = min(parts, key=lambda p: p.value or 0.0), max(parts, key=lambda p: p.value or 0.0)
    slack = step(claim) + step(low)
    if (low.value or 0.0) - slack <= claim.value <= (high.value or 0.0) + slack:
        return []
    least, most = figure(low.value or 0, "percent"), figure(high.value or 0, "percent")
    text = (
        f"The {len(parts)} {_unit(parts)} of {when(claim)} lie between {least} ({when(low)}) and {most} ({when(high)}); "
        f"together they cannot be {claim.value_text}."
    )
    return [verdict(claim, "sum", "mismatch", text, expected=f"between {least} and {most}", evidence=parts)]


# -- parts ------------------------------------------------------------------------------------------------------------


def _part_of_whole(claim: Observation, paper: Paper) -> list[Check]:
    """A part cannot be larger than a whole that the paper's table states for the same period."""
    for rule in paper.rules.get("within", ()):
        if claim.breakdown not in rule["parts"] or claim.value is None:
            continue
        for series in levels(replace(claim, breakdown=rule["whole"]), paper):
            for cell in series.dated() if series.key[2] == claim.unit else ():
                if same_period(claim, cell, stock=False) and cell.value is not None and claim.value > cell.value:
                    text = (
                        f"The text says {claim.value_text} ({claim.breakdown}); the table gives {number(cell.value)} for all of "
                        f"“{cell.kpi_label}” in {when(cell)}: a part cannot exceed its whole."
                    )
                    most = f"at most {number(cell.value)}"
                    return [verdict(claim, "sum", "mismatch", text, expected=most, evidence=[cell])]
    return []

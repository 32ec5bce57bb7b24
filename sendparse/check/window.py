"""Kind `sum`: a total over several months, and whether the window is what it is called.

In: a claim and the Paper. Out: a verdict on totals over terms, quarters, years and stated month ranges, added up from
the table's cells and, for a month that the table does not reach, from the text; `mislabelled` when the sum is right but
the window is not what the words say (13 months "in a calendar year"); and a verdict where a part exceeds its whole.
"""

from __future__ import annotations

from datetime import date, timedelta

from sendparse.check.compare import AGREES, agree_with, number
from sendparse.check.paper import Paper, days, same_period, verdict, when
from sendparse.check.wording import compiled
from sendparse.model import Check, Observation


def check_window(claim: Observation, paper: Paper) -> list[Check]:
    """Add up what a stated total claims to cover."""
    if claim.kpi and claim.unit in ("count", "gbp") and claim.role in ("actual", "baseline"):
        return _total(claim, paper) or _part_of_whole(claim, paper)
    return []


def months(start: date, end: date) -> list[tuple[int, int]]:
    """The calendar months from one date to another, as (year, month)."""
    first, last = start.year * 12 + start.month - 1, end.year * 12 + end.month - 1
    return [(n // 12, n % 12 + 1) for n in range(first, last + 1)]


def _total(claim: Observation, paper: Paper) -> list[Check]:
    if days(claim) <= 31 or claim.period_start is None or claim.period_end is None or paper.is_stock(claim):
        return []
    if claim.period_start.day != 1 or (claim.period_end + timedelta(days=1)).day != 1:
        return []
    wanted = months(claim.period_start, claim.period_end)
    found = _monthly(claim, paper)
    if any(paper.is_cumulative(row) for row in found.values()):
        return _cumulative(claim, paper, found)
    parts = [found[month] for month in wanted if month in found]
    if len(parts) < len(wanted) or not any(row.source != "narrative" for row in parts):
        return []
    total = sum(row.value or 0.0 for row in parts)
    word = agree_with(claim, total)
    named = f"The {len(parts)} months from {when(parts[0])} to {when(parts[-1])} add up to {number(total)}"
    text = f"{named}; the text says {claim.value_text}."
    wrong = _wrong_window(claim, paper, len(wanted))
    if word in AGREES and wrong:
        word, text = "mislabelled", f"{named}, as stated, but that is {len(wanted)} months and not {wrong}."
    return [verdict(claim, "sum", word, text, expected=number(total), evidence=parts)]


def _monthly(claim: Observation, paper: Paper) -> dict[tuple[int, int], Observation]:
    """One figure a month: the table's, else one that the text states for that month."""
    out: dict[tuple[int, int], Observation] = {}
    stated = [o for o in paper.claims if o.kpi == claim.kpi and o.breakdown == claim.breakdown and o.role == "actual"]
    cells = [p for series in paper.find(claim) for p in series.dated()]
    for row in [*stated, *cells]:  # cells last: they overrule
        if row.unit == claim.unit and 27 < days(row) <= 31 and row.period_start and row.period_start.day == 1:
            out[row.period_start.year, row.period_start.month] = row
    return out


def _cumulative(claim: Observation, paper: Paper, found: dict[tuple[int, int], Observation]) -> list[Check]:
    """A running total already holds the year so far: its last month is the sum, from January, April or September."""
    assert claim.period_start and claim.period_end
    last = found.get((claim.period_end.year, claim.period_end.month))
    if last is None or not paper.is_cumulative(last) or claim.period_start.month not in (1, 4, 9):
        return []
    text = f"The paper's running total for {when(last)} is {number(last.value or 0)}; the text says {claim.value_text}."
    word = agree_with(claim, last.value or 0.0)
    if word not in AGREES:
        return []  # the running total may have begun in another month
    return [verdict(claim, "sum", word, text, expected=number(last.value or 0), evidence=[last])]


def _wrong_window(claim: Observation, paper: Paper, length: int) -> str:
    """The name that the sentence gives the window, when that name means another number of months."""
    for name, rule in paper.rules.get("windows", {}).items():
        if int(rule["months"]) != length and any(compiled(p).search(claim.evidence) for p in rule["says"]):
            return str(name)
    return ""


def _part_of_whole(claim: Observation, paper: Paper) -> list[Check]:
    """A part cannot be larger than a whole that the paper's table states for the same period."""
    for rule in paper.rules.get("within", ()):
        if claim.breakdown not in rule["parts"] or claim.value is None:
            continue
        for series in paper.own.get((claim.kpi, rule["whole"]), ()):
            for cell in series.dated() if series.key[2] == claim.unit else ():
                if same_period(claim, cell, stock=False) and cell.value is not None and claim.value > cell.value:
                    text = (
                        f"The text says {claim.value_text} ({claim.breakdown}); the table gives {number(cell.value)} for all of "
                        f"“{cell.kpi_label}” in {when(cell)}: a part cannot exceed its whole."
                    )
                    return [
                        verdict(
                            claim, "sum", "mismatch", text, expected=f"at most {number(cell.value)}", evidence=[cell]
                        )
                    ]
    return []

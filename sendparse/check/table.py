"""Kind `table`: what a table says against itself.

In: the Paper. Out: verdicts on table cells: arrows against the change they stand by (only in tables whose arrows follow
the change at all: in many papers an arrow means better or worse), percentages that no whole number of cases can give,
running totals that fall, and totals that are not the sum of their rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sendparse.check.compare import figure, number, step
from sendparse.check.paper import Paper, Series, alike, verdict, when
from sendparse.check.wording import says
from sendparse.model import Check, Observation

_FOLLOWS = 0.9  # share of arrows that must agree with the change before one that does not is worth a word
_ENOUGH = 20  # arrows that a table must have for that share to mean anything


def check_tables(paper: Paper) -> list[Check]:
    """All of a paper's tables against themselves."""
    return [*_arrows(paper), *_whole_cases(paper), *_falling(paper), *_totals(paper)]


def _arrows(paper: Paper) -> list[Check]:
    judged = [row for series in _levels(paper) for row in _arrow_steps(series)]
    by_table: dict[str, list[tuple[Observation, Observation, bool]]] = defaultdict(list)
    for before, after, right in judged:
        by_table[after.table_id].append((before, after, right))
    out = []
    for rows in by_table.values():
        if len(rows) >= _ENOUGH and sum(right for *_, right in rows) >= _FOLLOWS * len(rows):
            out += [_arrow_check(before, after) for before, after, right in rows if not right]
    return out


def _levels(paper: Paper) -> list[Series]:
    return [series for series in paper.series.values() if series.key[3] not in ("change", "context")]


def _arrow_steps(series: Series) -> Iterator[tuple[Observation, Observation, bool]]:
    dated = series.dated()
    for before, after in pairwise(dated):
        if after.trend and alike(before, after) and (before.table_id, before.row) == (after.table_id, after.row):
            change = (after.value or 0.0) - (before.value or 0.0)
            printed = "flat" if abs(change) < 1e-9 else "up" if change > 0 else "down"
            yield before, after, printed == after.trend


def _arrow_check(before: Observation, after: Observation) -> Check:
    text = (
        f"The arrow says {after.trend}, but the printed figures go from {figure(before.value or 0, before.unit)} "
        f"({when(before)}) to {figure(after.value or 0, after.unit)} ({when(after)}); figures behind them may be less rounded."
    )
    return verdict(after, "table", "mismatch", text, evidence=[before, after])


def _whole_cases(paper: Paper) -> list[Check]:
    """ "14.3% (10)": some whole number must have 10 as 14.3% of it. The idea is the GRIM test."""
    out = []
    for row in paper.observations:
        if row.source != "table" or row.unit != "percent" or not row.numerator or not row.value or row.denominator:
            continue
        if row.flags and "count_is_whole" in row.flags:
            continue
        if not _has_a_base(row, row.numerator):
            text = f"{number(row.numerator)} cases are {figure(row.value, 'percent')} of no whole number of cases."
            out.append(verdict(row, "table", "mismatch", text))
    return out


def _has_a_base(row: Observation, count: float) -> bool:
    """Whether a share and its count can stand together: as a part of some whole, or as the whole of some part.

    A last digit that is off by one is forgiven: shares are often rounded twice.
    """
    share, slack = row.value or 0.0, step(row) * 1.5 * (1 + 1e-6)
    whole = count / share * 100
    near = [n for n in range(int(whole) - 1, int(whole) + 3) if n >= count and n]
    if any(abs(count / n * 100 - share) <= slack for n in near):
        return True
    return abs(round(share * count / 100) / count * 100 - share) <= slack


def _falling(paper: Paper) -> list[Check]:
    """A running total cannot fall before it starts again; a start is a January, an April or a September."""
    out = []
    for series in _levels(paper):
        dated = series.dated()
        for before, after in pairwise(dated):
            starts = after.period_start is not None and after.period_start.month in (1, 4, 9)
            if (
                after.unit == "count"
                and not starts
                and alike(before, after)
                and paper.is_cumulative(after)
                and (after.value or 0) < (before.value or 0)
            ):
                fall = f"{number(before.value or 0)} ({when(before)}) to {number(after.value or 0)} ({when(after)})"
                text = f"A running total falls from {fall}."
                out.append(verdict(after, "table", "mismatch", text, evidence=[before, after]))
    return out


def _totals(paper: Paper) -> list[Check]:
    """A total row that is the sum of the rows above it in most columns must be so in all of them."""
    columns: dict[tuple[str, int], list[Observation]] = defaultdict(list)
    called: dict[str, bool] = {}  # by label, whether it is that of a total
    for row in paper.observations:
        if row.source == "table" and row.row is not None and row.column is not None and row.value is not None:
            columns[row.table_id, row.column].append(row)
    judged: dict[tuple[str, int], list[tuple[Observation, list[Observation], bool]]] = defaultdict(list)
    for rows in columns.values():
        for total, parts in _total_rows(sorted(rows, key=lambda r: r.row or 0), called, paper):
            # Counts add up exactly; printed amounts and shares are rounded, each by half a step.
            slack = 0.0 if total.unit == "count" else step(total) + sum((step(p) for p in parts), 0.0)
            right = abs((total.value or 0) - sum((p.value or 0.0 for p in parts), 0.0)) <= slack / 2 + 1e-9
            judged[total.table_id, total.row or 0].append((total, parts, right))
    out = []
    for columns_of in judged.values():
        good = sum(right for *_, right in columns_of)
        if good >= 2 and good > len(columns_of) / 2:
            out += [_total_check(total, parts) for total, parts, right in columns_of if not right]
    return out


def _total_rows(
    rows: Sequence[Observation], called: dict[str, bool], paper: Paper
) -> Iterator[tuple[Observation, list[Observation]]]:
    """Each total with the rows of its unit since the total before it."""
    parts: list[Observation] = []
    for row in rows:
        is_total = called.get(row.kpi_label)
        if is_total is None:
            is_total = called[row.kpi_label] = says(paper, "totals", row.kpi_label)
        if is_total:
            same = [p for p in parts if p.unit == row.unit]
            if len(same) >= 2:
                yield row, same
            parts = []
        else:
            parts.append(row)


def _total_check(total: Observation, parts: Sequence[Observation]) -> Check:
    added = sum((p.value or 0.0 for p in parts), 0.0)
    text = f"“{total.kpi_label}” is printed as {total.value_text}; the {len(parts)} rows above it add up to {number(added)}."
    return verdict(total, "table", "mismatch", text, expected=number(added), evidence=parts)

"""Cells that the words of a row and a column point to where the measure does not: "Therapies are £100,000 over budget".

In: a claim that no series of its measure settles, and the Paper. Out: the one cell that has its figure, if the sentence
says the row's telling words (or another of its figures is of that row), the kind of figure and the period do not speak
against it, and no other cell is told as well. Such a cell may confirm; it never accuses, for equal figures are no evidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sendparse.check.compare import agree, agree_with, step
from sendparse.check.link import is_difference
from sendparse.check.paper import Paper
from sendparse.check.wording import MONTHS, around, says
from sendparse.model import Observation
from sendparse.records import changed
from sendparse.tag.hints import Hinted

_NUMBER_FIRST = re.compile(r"\W*\d")
_NO_DIGIT = re.compile(r"\D")
_COVERED = 0.6  # share of a label's telling words that a sentence must have
_WHOLE = 0.99
_ROUNDED = 0.06  # by how much of itself a cell may be rounded: 9.4 to 9
_SOME = 0.25
_BEFORE, _AFTER = 110, 60  # letters around the figure in which a label of one word must stand
_FIRM = 3  # digits of a figure that hardly is another's by chance
_KINDS = {
    "actual": ("actual", "forecast", "baseline"),
    "forecast": ("forecast", "actual", "target"),
    "target": ("target", "floor", "limit", "forecast"),
    "baseline": ("baseline", "actual"),
    "context": ("context", "benchmark"),
}
_UNITS = {"percentage_points": ("percentage_points", "percent")}


@dataclass(frozen=True, slots=True)
class _Told:
    """What of a cell the words around a figure say."""

    row: float  # share of the row's telling words
    column: bool  # some word of the headings
    beside: bool  # another figure of the sentence is of that row
    total: bool  # the row is a total and has no words of its own


def told_by_words(
    claim: Observation, paper: Paper, rows: frozenset[tuple[str, int | None]], *, firmly: bool = False
) -> tuple[Observation, str] | None:
    """The one cell that the words by a figure point to and that agrees with it, and how.

    `rows`: tables and rows that other figures of the sentence are of; `firmly`, of the sentence before: then the column
    must be told too.
    """
    key = (claim.observation_id, rows, firmly)
    known = paper.told.get(key)
    if known is None or known[0] is not claim:
        known = paper.told[key] = (claim, _by_words(claim, paper, rows, firmly=firmly))
    return known[1]


def _by_words(
    claim: Observation, paper: Paper, rows: frozenset[tuple[str, int | None]], *, firmly: bool
) -> tuple[Observation, str] | None:
    if not claim.value or claim.value_high is not None or claim.qualifier not in ("", "about"):
        return None
    found = []
    bare = changed(claim, qualifier="") if claim.qualifier else claim
    slack = max(step(claim) / 2, abs(claim.value) * _ROUNDED)
    for unit in _UNITS.get(claim.unit, (claim.unit,)):
        for cell in paper.cells_near(unit, abs(claim.value), slack):
            word = _agrees(bare, cell)
            if not word:
                continue
            if firmly and not (
                (cell.table_id, cell.row) in rows and heading_words(cell, paper) & paper.words(claim.evidence)
            ):
                continue
            if _may_be(claim, cell, paper) and (score := _score(claim, cell, word, paper, rows)):
                found.append(((word != "match", -score, *_distance(claim, cell, paper)), cell, word))
    if not found:
        return None
    best = min(key for key, *_ in found)
    cells = [(cell, word) for key, cell, word in found if key == best]
    return cells[0] if len(cells) == 1 else None


def _agrees(claim: Observation, cell: Observation) -> str:
    """How a cell agrees with a figure without hedges, as it is printed; nothing where it does not."""
    unsigned = cell.role == "change" and (claim.value or 0.0) >= 0  # "a fall of 12", and the column says -12
    word = agree_with(claim, abs(cell.value or 0.0), step(cell)) if unsigned else agree(claim, cell)
    return word if word in ("match", "rounding") else ""


def row_words(cell: Observation, paper: Paper) -> frozenset[str]:
    """The telling words of a row; of its columns where the rows are years or months."""
    parts = cell.evidence.split(" | ")
    words = _without_numbers(paper.words(parts[0] if len(parts) > 1 else cell.kpi_label))
    return words or _without_numbers(paper.words(cell.kpi_label)) if _NUMBER_FIRST.match(parts[0]) else words


def heading_words(cell: Observation, paper: Paper) -> frozenset[str]:
    """The telling words of the headings over a cell, but for those that date it."""
    known = paper.headed.get(cell.evidence)
    if known is None:
        words = _without_numbers(paper.words(" ".join(cell.evidence.split(" | ")[1:-1])))
        known = frozenset(word for word in words if not any(month.startswith(word) for month in MONTHS))
        paper.headed[cell.evidence] = known
    return known


def _without_numbers(words: frozenset[str]) -> frozenset[str]:
    return frozenset([word for word in words if not word[0].isdigit()])


def _digits(claim: Observation) -> int:
    """How many digits of a figure tell it from others: one of £100,000, three of 4.15 and of 140 plans."""
    text = claim.value_text
    digits = (text if text.isdecimal() else _NO_DIGIT.sub("", text)).lstrip("0")
    return len(digits.rstrip("0") if claim.unit == "gbp" or digits.endswith("00") else digits)


def _may_be(claim: Observation, cell: Observation, paper: Paper) -> bool:
    """False where kind of figure, area or period say that a cell means another thing."""
    if cell.benchmark != claim.benchmark or (cell.area_type != claim.area_type and not claim.benchmark):
        return False
    if claim.breakdown and cell.kpi == claim.kpi and cell.breakdown != claim.breakdown:
        return False  # "2,035 for pupils of primary age" is not all of them
    return _role_fits(claim, cell, paper) and _period_fits(claim, cell, paper)


def _role_fits(claim: Observation, cell: Observation, paper: Paper) -> bool:
    difference = claim.role == "change" or (claim.unit == "gbp" and is_difference(claim, paper))
    follows = around(claim, paper, 0, after=_AFTER)[len(claim.value_text) :]
    difference = difference or (
        cell.role == "change"
        and (says(paper, "gaps", around(claim, paper, 30, after=0)) or says(paper, "compares", follows))
    )
    if cell.role == "change" or difference:
        return cell.role == "change" and difference
    if claim.unit == "gbp" and not claim.benchmark:
        return cell.role != "benchmark"
    return cell.role in _KINDS.get(claim.role, (claim.role,))


def _period_fits(claim: Observation, cell: Observation, paper: Paper) -> bool:
    """One lies in the other; a figure of no stated period is that of the row's newest cell of its kind."""
    if cell.period_end is None or cell.period_start is None:
        return True
    if claim.period_end is None or claim.period_start is None:
        alike = [o for o in paper.row_of(cell) if o.role == cell.role and o.unit == cell.unit and o.period_end]
        return cell.role in ("target", "change") or all(o.period_end <= cell.period_end for o in alike if o.period_end)
    if (claim.period_start, claim.period_end) == (cell.period_start, cell.period_end):
        return True
    inside = claim.period_start <= cell.period_start and cell.period_end <= claim.period_end
    around_it = cell.period_start <= claim.period_start and claim.period_end <= cell.period_end
    if claim.unit == "gbp":
        return inside or around_it
    # A level at a day may be that of a month or quarter; what happened in a quarter is not what did in a month of it.
    level = paper.is_stock(cell) or cell.unit not in ("count", "percent")
    return (around_it and claim.period_start == claim.period_end) or (level and cell.period_end == claim.period_end)


def _distance(claim: Observation, cell: Observation, paper: Paper) -> tuple[int, bool, bool, int]:
    """How far kind of figure and headings are from what the words say."""
    between = claim.role != "change" and cell.role == "change" and not says(paper, "difference_columns", cell.evidence)
    said = paper.words(claim.evidence)
    longer = -len(row_words(cell, paper) & said)  # "Deputy Chief Executive" is not "Chief Executive"
    return longer, cell.role != claim.role, between, -len(heading_words(cell, paper) & said)


def _score(
    claim: Observation, cell: Observation, word: str, paper: Paper, rows: frozenset[tuple[str, int | None]]
) -> float:
    """How well the words point to a cell, 0 where they do not."""
    told = _told(claim, cell, paper, rows)
    digits = _digits(claim)
    exact = word == "match" and digits >= _FIRM
    if told.total and not told.beside:
        # a total has no words of its own: its column must be told, and the figure must be unlike others
        return 0.5 if told.column and (exact or (digits > 1 and not claim.kpi)) else 0.0
    if told.row < _COVERED and not told.beside and word == "match" and digits > _FIRM and told.row >= _SOME:
        return 0.4  # five digits that agree, a word of the row and the period: hardly chance
    if told.row < _COVERED and not told.beside:
        column = told.column and word == "match" and bool(claim.kpi) and claim.kpi == cell.kpi  # "In Southshire 455"
        return 0.5 if digits > 1 and (column or _is_change_of_measure(claim, cell, told, paper)) else 0.0
    if digits < 2 and not ((told.row >= _WHOLE or told.beside) and (told.column or cell.role == "change")):
        return 0.0
    other_kind = cell.role not in (claim.role, "change") and not told.column
    if claim.unit == "gbp" and digits < _FIRM and other_kind and not told.beside:
        return 0.0  # "an estimated saving of £2.3m" beside a column of what cannot be saved
    if claim.kpi and not _same_measure(claim, cell, paper):
        named = told.row >= _WHOLE or (told.beside and told.column)
        long = word == "match" and told.row >= _WHOLE and len(row_words(cell, paper)) >= _FIRM
        if not ((named and (exact or long or not cell.kpi)) or (exact and told.row >= _COVERED)):
            return 0.0
    return max(told.row, 0.7 if told.beside else 0.0)


def _told(claim: Observation, cell: Observation, paper: Paper, rows: frozenset[tuple[str, int | None]]) -> _Told:
    said = paper.words(claim.evidence)
    label = row_words(cell, paper)
    share = paper.weights.covered(label, said) if label else 0.0
    if len(label & said) > 1:
        share = max(share, paper.weights.covered(paper.words(cell.kpi_label), said))
    if paper.is_within(label, said):
        share = 0.0  # "Deputy Chief Executive" is not "Chief Executive"
    elif len(label) == 1:
        near = paper.words(around(claim, paper, _BEFORE, after=_AFTER))
        alone = paper.is_rare(label) or (_digits(claim) >= _FIRM and agree(claim, cell) == "match")
        share = 1.0 if label <= near and alone else 0.0
    total = not label and says(paper, "totals", cell.evidence.partition(" | ")[0])
    varies = cell.role == "change" and says(paper, "difference_columns", cell.evidence) and is_difference(claim, paper)
    return _Told(share, varies or bool(heading_words(cell, paper) & said), (cell.table_id, cell.row) in rows, total)


def _same_measure(claim: Observation, cell: Observation, paper: Paper) -> bool:
    """Whether a claim and a cell have one measure, or two that papers call by each other's name."""
    names = ("may_mean", "near", "differences_of")
    alike = {claim.kpi, *(kpi for name in names for kpi in paper.rules.get(name, {}).get(claim.kpi, ()))}
    return cell.kpi in alike and (not claim.breakdown or claim.breakdown == cell.breakdown)


def _is_change_of_measure(claim: Observation, cell: Observation, told: _Told, paper: Paper) -> bool:
    """ "An increase of £1.3m since Quarter 1": the measure is told, and the column by its words or its time."""
    if (
        cell.role != "change"
        or not claim.kpi
        or not _same_measure(claim, cell, paper)
        or cell.breakdown != claim.breakdown
    ):
        return False
    dated = (claim.period_start, claim.period_end) == (cell.period_start, cell.period_end) != (None, None)
    return told.column or dated


_FROM = Hinted(
    r"(?i)\b(?:from|compared (?:with|to)|against|than(?: the)?)\W*(?:(?:about|around|just|over|nearly)\W+)*$"
)


def told_with(
    claim: Observation, pairs: Sequence[tuple[Observation, Observation]], paper: Paper
) -> tuple[Observation, str] | None:
    """The earlier cell of a row whose newer cell the sentence states: "There were 64, down from 171".

    `pairs`: other figures of the sentence with their cells. One such number may be chance, two of one row hardly are.
    """
    if (
        claim.role not in ("actual", "baseline")
        or claim.qualifier
        or not _FROM.search(around(claim, paper, 30, after=0))
    ):
        return None
    stated = claim.period_end is not None and "period_inferred" not in claim.flags
    for other, cell in pairs:
        if (other.unit, other.role, other.kpi) != (
            claim.unit,
            "actual",
            claim.kpi or other.kpi,
        ) or cell.period_end is None:
            continue
        earlier = [
            o
            for o in paper.row_of(cell)
            if o.unit == cell.unit and o.role == cell.role and o.period_end and o.period_end < cell.period_end
            and o.breakdown == cell.breakdown and agree(claim, o) == "match" and not (stated and o.period_end != claim.period_end)
        ]  # fmt: skip
        if len(earlier) == 1:
            return earlier[0], "match"
    return None


_FROM_FAR = Hinted(r"(?i)\b(?:from|compared (?:with|to)|against|than)\b[^.;:\d]{0,30}$")


def told_as_pair(claim: Observation, paper: Paper) -> tuple[Observation, str] | None:
    """The cell of the one row that has this figure and another of the sentence: "from a baseline of 41% to 66%".

    A word of the row must be said. One such number may be chance, two of one row hardly are.
    """
    if not claim.value or claim.qualifier or claim.value_high is not None or _digits(claim) < 2:
        return None
    said = paper.words(claim.evidence)
    cells = [c for c in paper.cells_near(claim.unit, abs(claim.value)) if _agrees(claim, c) == "match"]
    cells = [c for c in cells if row_words(c, paper) & said and _role_fits(claim, c, paper)]
    for other in paper.beside(claim):
        if other.unit != claim.unit or not other.value or other.value == claim.value or _digits(other) < 2:
            continue
        set_against = any(_FROM_FAR.search(around(o, paper, 45, after=0)) for o in (claim, other))
        both = [
            c
            for c in cells
            for o in paper.row_of(c)
            if _is_other(other, o, c) and (set_against or (_same_time(claim, c) and _same_time(other, o)))
        ]
        stated = [c for c in both if _same_time(claim, c)]
        fitting = stated or [c for c in both if _period_open(claim, c)]
        if len({(c.table_id, c.row) for c in both}) == 1 and len(fitting) == 1:
            return fitting[0], "match"
    return None


def _same_time(claim: Observation, cell: Observation) -> bool:
    return (claim.period_start, claim.period_end) == (cell.period_start, cell.period_end) != (None, None)


def _is_other(claim: Observation, cell: Observation, beside: Observation) -> bool:
    return cell is not beside and cell.unit == claim.unit and bool(_agrees(claim, cell) == "match")


def _period_open(claim: Observation, cell: Observation) -> bool:
    """True where nothing that the text states dates a figure otherwise than a cell."""
    return claim.period_end is None or cell.period_end is None or "period_inferred" in claim.flags

"""Kind `cell`: a figure in the narrative against the paper's own table.

In: a claim and the Paper. Out: one verdict. `match`, `rounding`, `truncated`, `mismatch` against the cell of the same
measure and period; `stale` when the figure is that of another period; `unverifiable` with the reason otherwise. Where it
is not sure that the cell is the one that the text means, it may agree, and is no mismatch if it does not.
"""

from __future__ import annotations

from collections.abc import Sequence

from sendparse.check.by_words import row_words, told_as_pair, told_by_words, told_with
from sendparse.check.compare import AGREES, agree, far_apart, figure
from sendparse.check.link import keys_like, links
from sendparse.check.link_periods import Link
from sendparse.check.paper import Paper, Series, days, verdict, when
from sendparse.check.wording import around, compiled, says
from sendparse.model import Check, Observation

_HEDGED = 0.2  # by how much of itself a figure may be passed that is hedged
_BY_WORDS = "; the words of the row are taken"
_ORDER = ("match", "rounding", "truncated", "mismatch")


def check_cell(claim: Observation, paper: Paper) -> list[Check]:
    """The verdict of the paper's own tables on one stated figure."""
    known = paper.settled.get(claim.observation_id)
    if known is None:
        check = _by_measure(claim, paper)
        if claim.value is not None and (check is None or check.verdict == "unverifiable"):
            check = _by_words(claim, paper) or check
        elif check is not None and check.verdict not in AGREES and "kpi_inferred" in claim.flags:
            told = told_by_words(
                claim, paper, frozenset()
            )  # "Parents made 140 and schools 172": the measure is not that of 172
            if told is not None and told[1] == "match":
                check = _agreement(claim, *told, _BY_WORDS, paper)
        known = paper.settled[claim.observation_id] = [check] if check else []
    return known


def cell_meant(claim: Observation, paper: Paper) -> Observation | None:
    """The cell whose figure a claim states, if the tables have one that agrees."""
    agreeing = next((check for check in check_cell(claim, paper) if check.verdict in AGREES), None)
    return paper.by_id.get(agreeing.evidence_ids.partition(";")[0]) if agreeing else None


def _by_measure(claim: Observation, paper: Paper) -> Check | None:
    """The verdict of the cell that measure, part, kind of figure and period lead to."""
    known = paper.measured.get(claim.observation_id)
    if known is None or known[0] is not claim:
        known = paper.measured[claim.observation_id] = (claim, _of_links(claim, paper))
    return known[1]


def _of_links(claim: Observation, paper: Paper) -> Check | None:
    if claim.role == "change" or claim.value is None:
        return None
    found = links(claim, paper)
    for link in found:
        check = _agreeing(claim, link, paper)
        if check is not None:
            return check
    if not found:
        return _cannot(claim, _why_no_series(claim, paper))
    if not found[0].cells and found[0].sure and _is_flow(claim, paper):
        return None  # a flow over a longer window is the work of the sums
    return _disagreeing(claim, found[0], paper)


def _by_words(claim: Observation, paper: Paper) -> Check | None:
    """The verdict of a cell that only words, or figures of the same sentence, point to: it can but agree."""
    pairs = [(o, cell) for o in paper.beside(claim) if (cell := _alone(o, paper)) is not None]
    rows = frozenset((cell.table_id, cell.row) for _, cell in pairs)
    found = told_by_words(claim, paper, rows) or told_with(claim, pairs, paper) or told_as_pair(claim, paper)
    found = found or _told_before(claim, paper)
    if found is None:
        return None
    return _agreement(claim, *found, _BY_WORDS, paper)


def _told_before(claim: Observation, paper: Paper) -> tuple[Observation, str] | None:
    """The cell of a row that the sentence before speaks of: "The average wait was 21.4 weeks"."""
    before = [o for o in paper.before(claim, 6) if o.evidence != claim.evidence]
    last = [o for o in before if o.evidence == before[0].evidence] if before else []
    rows = {(cell.table_id, cell.row) for o in last if (cell := _alone(o, paper)) is not None}
    return told_by_words(claim, paper, frozenset(rows), firmly=True) if len(rows) == 1 else None


def _alone(claim: Observation, paper: Paper) -> Observation | None:
    """The cell that a figure states by what is said of itself."""
    if claim.observation_id not in paper.alone:
        check = _by_measure(claim, paper)
        told = told_by_words(claim, paper, frozenset()) if check is None or check.verdict == "unverifiable" else None
        agreeing = paper.by_id.get(check.evidence_ids.partition(";")[0]) if check and check.verdict in AGREES else None
        paper.alone[claim.observation_id] = told[0] if told else agreeing
    return paper.alone[claim.observation_id]


def _is_flow(claim: Observation, paper: Paper) -> bool:
    return claim.unit == "count" and not paper.is_stock(claim) and days(claim) > 31


def _agreeing(claim: Observation, link: Link, paper: Paper) -> Check | None:
    """The verdict where a cell agrees, the best of several."""
    if not link.cells:
        return None
    best, cell = min(((agree(claim, c), c) for c in link.cells), key=lambda pair: _ORDER.index(pair[0]))
    if best not in AGREES or (not link.sure and (best == "truncated" or _is_far(claim, cell))):
        return None
    return _agreement(claim, cell, best, link.note, paper)


def _is_far(claim: Observation, cell: Observation) -> bool:
    """True where a hedge ("over 18") allows a figure that nobody would tell in that way."""
    near = max(abs(claim.value or 0.0) * _HEDGED, 2.0)
    return (
        claim.qualifier in ("over", "under", "at_least", "up_to")
        and abs((cell.value or 0.0) - (claim.value or 0.0)) > near
    )


def _agreement(claim: Observation, cell: Observation, word: str, note: str, paper: Paper) -> Check:
    stated = figure(cell.value or 0.0, cell.unit)
    said = {"match": "agrees", "rounding": "agrees when rounded", "truncated": "agrees when cut off, not rounded"}[word]
    text = f"The text says {claim.value_text}; the paper's table says {stated} for {_cell_name(cell)}: it {said}{note}."
    return verdict(claim, "cell", word, text, expected=stated, evidence=[cell, *_of_each(claim, cell, paper)])


def _of_each(claim: Observation, cell: Observation, paper: Paper) -> list[Observation]:
    """The cells of the other periods that a figure holds for: "£1.3m in each year"."""
    if not says(paper, "of_each", around(claim, paper, 60)):
        return []
    return [o for o in paper.row_of(cell) if o is not cell and o.role == cell.role and agree(claim, o) in AGREES]


def _doubt(claim: Observation, link: Link, paper: Paper) -> str:
    """Why a figure that the cell does not have may still be right; nothing where it cannot."""
    follows = around(claim, paper, 0, after=25)[len(claim.value_text) :]
    if claim.unit in ("count", "gbp") and 0 < _each(follows, paper) < days(link.cells[0]):
        return "it is a figure for each month or week, and the table's is for longer"
    alike = [o for o in paper.beside(claim) if (o.kpi, o.unit) == (claim.kpi, claim.unit)]
    if claim.area_type == "council" and says(paper, "of_others", around(claim, paper, 60, after=0)):
        return "the sentence speaks of another council"
    lead = around(claim, paper, 30, after=0)
    averaged = says(paper, "average", lead) and not says(paper, "average", f"{link.cells[0].kpi_label} {claim.kpi}")
    if averaged and claim.unit in ("count", "gbp"):
        return "it is an average, and the table's is of one time"
    same_time = [o for o in alike if (o.period_start, o.period_end) == (claim.period_start, claim.period_end)]
    if any(agree(o, link.cells[0]) == "match" and o.value != claim.value for o in same_time):
        return "another figure of the sentence is that of this cell"
    dated = claim.period_label if claim.period_end else around(claim, paper, 45, after=30)
    if ("period_inferred" in claim.flags or not claim.period_end) and says(paper, "before_now", dated):
        return "it is a figure of an earlier time, which the text does not date"
    named = any("kpi_inferred" not in o.flags for o in alike)
    if "kpi_inferred" not in claim.flags or named:
        return ""
    # The measure is that of a sentence before: the figure may be of another row of the column.
    for cell in paper.cells_near(claim.unit, abs(claim.value or 0.0)):
        same = (cell.role, cell.benchmark) == (link.cells[0].role, link.cells[0].benchmark)
        if (
            same
            and cell.period_end == link.cells[0].period_end
            and cell.kpi != claim.kpi
            and agree(claim, cell) == "match"
        ):
            return f"{_cell_name(cell)} has this very figure, and may be meant"
    return ""


def _of_other_row(claim: Observation, cell: Observation, paper: Paper) -> Observation | None:
    """The cell of a column that has a figure, where the sentence says what tells its row from that of the measure.

    "For ADHD the average wait is 58.8 weeks" beside a row on autism: the measure was read from the wrong words.
    """
    said = paper.words(claim.evidence)
    meant = row_words(cell, paper)
    found = []
    for other in paper.column_of(cell):
        own = row_words(other, paper)
        told = own - meant and own - meant <= said and not (meant - own) & said
        if told and other.unit == cell.unit and agree(claim, other) == "match" and other.period_end == cell.period_end:
            found.append(other)
    return found[0] if len(found) == 1 else None


_LENGTHS = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}


def _each(text: str, paper: Paper) -> int:
    """How many days a figure is for that is told for each of several times: 31 behind "about 104 a month"; 0 for others."""
    found = next((m for p in paper.rules.get("over_time", ()) for m in [compiled(p).search(text)] if m), None)
    return _LENGTHS.get(found["each"].lower(), 0) if found else 0


def _disagreeing(claim: Observation, link: Link, paper: Paper) -> Check:
    """The verdict where no cell agrees."""
    if not link.cells:
        return _cannot(claim, link.lacking)
    cell = link.cells[0]
    stated = figure(cell.value or 0.0, cell.unit)
    if len({c.value for c in link.cells}) > 1:
        return _cannot(claim, "several cells of the table could be meant and they differ")
    if not link.sure:
        return _cannot(
            claim,
            link.lacking or f"the nearest is {_cell_name(cell)} ({stated}), and it is not sure that this is meant",
        )
    doubt = _doubt(claim, link, paper)
    if doubt:
        return _cannot(claim, doubt)
    beside = _of_other_row(claim, cell, paper)
    if beside is not None:
        return _agreement(claim, beside, "match", _BY_WORDS, paper)
    other = _other_period(claim, link.cells, link.series)
    if other is not None:
        text = (
            f"The text gives {claim.value_text} for {_claimed(claim, cell)}, but the paper's table says {stated}; "
            f"{figure(other.value or 0.0, other.unit)} is the figure for {when(other)}{link.note}."
        )
        return verdict(claim, "cell", "stale", text, expected=stated, evidence=[cell, other])
    if far_apart(claim, cell):
        return _cannot(
            claim, f"the table says {stated} for {_cell_name(cell)}, so far off that another measure may be meant"
        )
    text = f"The text says {claim.value_text} for {_claimed(claim, cell)}; the paper's table says {stated}{link.note}."
    return verdict(claim, "cell", "mismatch", text, expected=stated, evidence=[cell])


def _other_period(claim: Observation, cells: Sequence[Observation], series: Series) -> Observation | None:
    """The nearest other period whose cell agrees exactly: the figure was true then."""
    at = cells[0].period_end
    others = [p for p in series.dated() if p.period_end != at and agree(claim, p) == "match"]
    if at is None or not others or claim.qualifier:
        return None
    return min(others, key=lambda p: (abs((p.period_end or at) - at), p.period_end))


def _why_no_series(claim: Observation, paper: Paper) -> str:
    if not claim.kpi:
        return "it names no measure of the vocabulary, and no row of a table by its words"
    keys = keys_like(claim, paper)
    if not keys:
        return "no table of this paper has a row for this measure"
    if not any(key[1] == claim.breakdown for key in keys):
        return "the paper's table does not break this measure down in that way"
    if not any(key[2] == claim.unit for key in keys):
        return "the paper's table gives this measure in another unit"
    return "the paper's table has no such column (benchmark, target or area) for this measure"


def _cannot(claim: Observation, why: str) -> Check:
    text = f"{claim.value_text} cannot be checked from the paper's tables: {why}."
    return verdict(claim, "cell", "unverifiable", text)


def _claimed(claim: Observation, cell: Observation) -> str:
    return when(claim) if claim.period_end else when(cell)


def _cell_name(cell: Observation) -> str:
    label = " ".join((cell.kpi_label or cell.kpi).split())
    return f"“{label}”, {when(cell)}" if cell.period_end else f"“{label}”"

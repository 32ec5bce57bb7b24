"""Which cells of the paper's tables state the same thing as a claim.

In: a claim and the Paper. Out: links, each a series with the cells in it that the claim could mean. First the measure,
breakdown, unit and kind of figure must agree, then the period. A link that is not sure (the measure goes by the row's
label, the paper does not date its cards, the text gives no period) may confirm a figure; it never accuses one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from sendparse.check.link_parts import part_told
from sendparse.check.link_periods import Link, dated, of_the_time_before
from sendparse.check.paper import Key, Paper, Series, key_of
from sendparse.check.wording import around, compiled, says
from sendparse.model import Observation

_COVERED = 0.6  # share of a label's telling words that a sentence must have
_FIGURE = re.compile(r"£?\d")  # what stands beyond another figure is said of that
_ASIDE = re.compile(r"\([^)]*\)|\bor \d[\d.]*(?:%| per ?cent)")  # "£4.6m (32%) over budget", "£4.6m or 32% over"
_KINDS = {
    "actual": ("actual", "baseline", "forecast"),
    "target": ("target", "floor", "limit"),
    "floor": ("floor", "target"),
    "limit": ("limit", "target"),
    "baseline": ("baseline", "actual"),
    "context": ("benchmark", "context"),
    "forecast": ("forecast", "actual", "target"),
}


def links(claim: Observation, paper: Paper) -> list[Link]:
    """All links of a claim, the surest first."""
    if not paper.series:
        return []
    claim = of_the_time_before(claim, paper)
    meant = series_for(claim, paper)
    found = [link for series, sure in meant for link in dated(claim, series, sure, paper)]
    if not any(link.cells and link.sure for link in found):
        others = [series for series, _ in _less_sure(claim, paper) if all(series is not one for one, _ in meant)]
        found += [link for series in others for link in dated(claim, series, False, paper)]
    found = [_told_by_words(link, claim, paper) for link in found]
    return sorted(found, key=lambda link: (not link.cells, not link.sure))


def _less_sure(claim: Observation, paper: Paper) -> list[tuple[Series, bool]]:
    """Series to turn to where the one of the claim's very measure and kind has no cell: they may confirm."""
    part = part_told(claim, paper, _KINDS.get(claim.role, (claim.role,)))
    told = [(part, False)] if part is not None else []
    return [*_siblings(claim, paper), *told, *_other_kinds(claim, paper), *_by_label(claim, paper)]


def _told_by_words(link: Link, claim: Observation, paper: Paper) -> Link:
    """Of several rows of one measure, the one whose own words stand by the figure: "£52k on further education top-ups"."""
    labels = {cell.kpi_label: paper.words(cell.kpi_label) for cell in link.cells}
    if len(labels) < 2 or len({cell.value for cell in link.cells}) < 2:
        return link
    shared = frozenset.intersection(*labels.values())
    near = paper.words(around(claim, paper, 70, after=40))
    told = [label for label, words in labels.items() if words - shared and words - shared <= near]
    if len(told) != 1:
        return link
    return replace(link, cells=tuple(cell for cell in link.cells if cell.kpi_label == told[0]))


def series_for(claim: Observation, paper: Paper) -> list[tuple[Series, bool]]:
    """Series that state the same thing as a claim, whatever their period, and whether that is sure."""
    exact = paper.series.get(key_of(claim)) if claim.kpi else None
    if claim.unit == "gbp" and is_difference(claim, paper) and not (exact and _measures_difference(claim, paper)):
        part = part_told(claim, paper, ("change",))
        if part is not None:
            return [(_of_differences(part, paper), True)]
        return _differences(claim, paper) or list(_other_kinds(claim, paper))
    if exact is not None:
        part = part_told(claim, paper, (claim.role,)) if claim.unit in ("gbp", "count") else None
        if part is not None and part is not exact:
            return [(part, False), (exact, False)]  # the words may mean a part of it
        return [(exact, not says(paper, "earlier", around(claim, paper, 45)))]
    return list(_siblings(claim, paper)) or list(_other_kinds(claim, paper)) or _by_label(claim, paper)


def levels(claim: Observation, paper: Paper) -> list[Series]:
    """The council's own series of a claim's measure, in any unit: what a change or a trend can be formed from."""
    keys = [(kpi, claim.breakdown) for kpi in (claim.kpi, *meanings(claim, paper)) if kpi]
    found = [
        series
        for key in keys
        for series in paper.named.get(key[0], ())
        if (series.key[1], series.key[3], series.key[4], series.key[5], series.key[6]) == (key[1], "actual", "", "", "")
    ]
    return [one for series in found if (one := _of_one_row(claim, series, paper)) is not None]


def _of_one_row(claim: Observation, series: Series, paper: Paper) -> Series | None:
    """A series without the rows of other areas or parts that no breakdown tells apart; nothing where none is the whole."""
    if not series.mixed:
        return series
    said = paper.words(claim.evidence)
    rows: dict[tuple[str, int | None], list[Observation]] = {}
    for cell in series.points:
        rows.setdefault((cell.table_id, cell.row), []).append(cell)
    names = {row: cells[0].evidence.partition(" | ")[0] for row, cells in rows.items()}
    shared = frozenset.intersection(*map(paper.words, names.values()))
    own = {row: paper.words(name) - shared for row, name in names.items()}
    told = [row for row, words in own.items() if words and words <= said]
    whole = [row for row, words in own.items() if not words or says(paper, "totals", names[row])]
    chosen = told if told else whole
    return Series(series.key, rows[chosen[0]]) if len(chosen) == 1 else None


def meanings(claim: Observation, paper: Paper) -> tuple[str, ...]:
    """What else a claim's measure may be called; only one where its words say which ("exceptions left out")."""
    other = tuple(paper.rules.get("may_mean", {}).get(claim.kpi, ()))
    if not other:
        return ()
    for name, wordings in paper.rules.get("exceptions", {}).items():
        if _has_any(tuple(wordings), claim.evidence):
            return tuple(kpi for kpi in other if f"_{name}_" in kpi) or other
    return other


@lru_cache(maxsize=256)  # asked of every figure of a sentence, and several times of each
def _has_any(wordings: tuple[str, ...], text: str) -> bool:
    return any(compiled(wording).search(text) for wording in wordings)


def _siblings(claim: Observation, paper: Paper) -> Iterator[tuple[Series, bool]]:
    others = meanings(claim, paper)
    for kpi in others:
        series = paper.series.get(key_of(claim, kpi=kpi))
        if series is not None:
            yield series, len(others) == 1


def is_difference(claim: Observation, paper: Paper) -> bool:
    """True where the words by an amount say that it is the difference of two others: "£4.6m over budget", "an overspend of"."""
    key = (claim.observation_id, claim.value_text, claim.evidence)
    if key not in paper.differs:
        paper.differs[key] = _is_difference(claim, paper)
    return paper.differs[key]


def _is_difference(claim: Observation, paper: Paper) -> bool:
    lead = _FIGURE.split(around(claim, paper, 40, after=0))[-1]
    follows = around(claim, paper, 0, after=40)[len(" ".join(claim.value_text.split())) :]
    follows = _ASIDE.sub(" ", follows) if "(" in follows or "or " in follows else follows
    figure = _FIGURE.search(follows)
    follows = follows if figure is None else follows[: figure.start()]
    # "They account for most of the overspend and are forecast at £19.9m" states the amount itself.
    told = says(paper, "differences", lead) and not says(paper, "whole_amounts", lead)
    return told or says(paper, "differs", follows)


def _measures_difference(claim: Observation, paper: Paper) -> bool:
    """True for a measure that is a difference itself: a variance, a shortfall."""
    return any(part in claim.kpi for part in paper.rules.get("difference_measures", ()))


def _differences(claim: Observation, paper: Paper) -> list[tuple[Series, bool]]:
    """The column of differences in a claim's row; where there are several, those that their heading calls so."""
    kpis = (claim.kpi, *paper.rules.get("differences_of", {}).get(claim.kpi, ())) if claim.kpi else ()
    known = (paper.series.get(key_of(claim, kpi=kpi, role="change")) for kpi in kpis)
    series = next((one for one in known if one is not None), None)
    if series is None:
        return []
    return [(_of_differences(series, paper), True)]


def _of_differences(series: Series, paper: Paper) -> Series:
    named = [p for p in series.points if says(paper, "difference_columns", p.evidence)]
    return Series(series.key, named or series.points)


def _other_kinds(claim: Observation, paper: Paper) -> Iterator[tuple[Series, bool]]:
    """A floor for a target, an actual for a baseline, a neighbouring measure: near enough to confirm."""
    kpis = (claim.kpi, *meanings(claim, paper), *paper.rules.get("near", {}).get(claim.kpi, ()))
    known = [kpi for kpi in kpis if not kpi or kpi in paper.named]
    for role in _KINDS.get(claim.role, (claim.role,)) if known else ():
        for kpi in known:
            series = (
                paper.series.get(key_of(claim, kpi=kpi, role=role)) if (kpi, role) != (claim.kpi, claim.role) else None
            )
            if series is not None:
                yield series, kpi == claim.kpi and {role, claim.role} == {"actual", "baseline"}


def _by_label(claim: Observation, paper: Paper) -> list[tuple[Series, bool]]:
    """Rows whose label the sentence says, where the claim or the row has no measure of the vocabulary. Best first."""
    part = (claim.kpi, claim.breakdown, claim.unit, claim.role, claim.benchmark, claim.area_type)
    key = (claim.evidence, claim.kpi_label, part)
    known = paper.labelled.get(key)  # asked several times of each claim
    if known is None:
        known = paper.labelled[key] = _found_by_label(claim, paper)
    return known


def _found_by_label(claim: Observation, paper: Paper) -> list[tuple[Series, bool]]:
    kinds = _KINDS.get(claim.role, (claim.role,))
    found: list[tuple[float, float, bool, int, Series]] = []
    for series, label in paper.labelled_in(claim.evidence, claim.unit, claim.benchmark):
        _, breakdown, _, role, _, kind, _ = series.key
        if role not in kinds or kind not in ("", claim.area_type) or (claim.kpi and series.points[0].kpi):
            continue
        if breakdown != claim.breakdown and (claim.breakdown or claim.kpi):
            continue
        covered = paper.weights.covered(label, paper.words(claim.evidence))
        if covered >= _COVERED:
            near = paper.words(claim.kpi_label)
            found.append((-covered, -paper.weights.covered(label, near), role != claim.role, len(found), series))
    return [(series, False) for *_, series in sorted(found, key=lambda item: item[:4])[:4]]


def keys_like(claim: Observation, paper: Paper) -> list[Key]:
    """Keys of series that have a claim's measure, to say why none of them fits."""
    return [series.key for series in paper.named.get(claim.kpi, ())] if claim.kpi else []

"""Sentences into observations: every figure that the prose of a paper states.

In: sentences in reading order, the document and its facts, the packs. Out: observations with source `narrative`, and
problems. Whatever was not stated in the sentence itself says so in `flags`: `period_inferred`, `kpi_inferred`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sendparse.model import Document, Facts, Observation, Problem, Sentence, Word, breakdown_text, stable_id
from sendparse.packs import Packs
from sendparse.tag.link import Link
from sendparse.tag.prose import figures


def from_text(
    sentences: Iterable[Sentence], document: Document, facts: Facts, packs: Packs
) -> tuple[list[Observation], list[Problem]]:
    """All figures of the running text, in reading order."""
    links = figures(list(sentences), facts, packs)
    return [_observation(link, document, facts) for link in links], []


def _observation(link: Link, document: Document, facts: Facts) -> Observation:
    value, sentence = link.value, link.tagged.sentence
    flags = [f for f in ("percent_sign_missing",) if "bare" in value.flags and link.unit == "percent"]
    if link.carried:
        flags.append("kpi_inferred")
    if (
        link.period is not None
        and (link.period.inferred or link.period_from != "sentence")
        and (link.period.start or link.period.end)
    ):
        flags.append("period_inferred")
    start = None if sentence.start is None else sentence.start + value.start
    box = _box(sentence.anchors, value.start, value.end)
    period = link.period
    area_type, area = _area(link, facts)
    return Observation(
        observation_id=stable_id(
            document.document_id, "text", sentence.block, sentence.place, start, value.start, value.text
        ),
        council_code=facts.council_code,
        council=facts.council,
        la_code=facts.la_code,
        area_type=area_type,
        area=area,
        kpi=link.kpi.id if link.kpi else "",
        kpi_label=" ".join(link.label.split()),
        breakdown=breakdown_text(link.breakdown),
        value=value.value,
        value_high=value.value_high,
        value_text=value.text,
        decimals=value.decimals,
        unit=link.unit,
        qualifier=value.qualifier,
        numerator=value.numerator,
        denominator=value.denominator,
        period_label=period.label if period else "",
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        period_basis=period.basis if period and (period.start or period.end) else "",
        role=link.role.name,
        benchmark=link.area.benchmark if link.area else ("national" if "rank" in value.flags else ""),
        source="narrative",
        document_id=document.document_id,
        file=document.file,
        page=sentence.page,
        x0=box[0],
        top=box[1],
        x1=box[2],
        bottom=box[3],
        char_start=start,
        char_end=None if start is None else start + (value.end - value.start),
        evidence=" ".join(sentence.text.split()),
        confidence=_confidence(link),
        flags=";".join(sorted(flags)),
    )


def _area(link: Link, facts: Facts) -> tuple[str, str]:
    """Kind and name of the area a figure is about."""
    if link.area is None:
        return "council", facts.council  # whoever publishes a paper speaks of its own area
    kind = {"national": "england", "regional": "region"}.get(link.area.kind, link.area.kind)
    name = facts.region if link.area.area == "region" else link.area.area
    return kind, name or link.area.area


def _box(anchors: Sequence[tuple[int, Word]], start: int, end: int) -> tuple[float | None, ...]:
    """x0, top, x1, bottom of a figure on its page; all None in a plain text."""
    words: list[Word] = []
    for at, word in anchors:  # in the order of the text
        if at >= end:
            break
        if at + len(word.text) > start:
            words.append(word)
    if not words:
        return None, None, None, None
    return min(w.x0 for w in words), min(w.top for w in words), max(w.x1 for w in words), max(w.bottom for w in words)


def _confidence(link: Link) -> float:
    """1 means that every field was stated in so many words."""
    score = 1.0
    if link.kpi is None:
        score *= 0.5
    elif link.carried:
        score *= 0.85
    score *= min(1.0, 0.6 + 0.25 * link.score) if link.kpi else 1.0
    if (
        link.period is None
        or not (link.period.start or link.period.end)
        or link.period.inferred
        or link.period_from != "sentence"
    ):
        score *= 0.9
    return round(score, 2)

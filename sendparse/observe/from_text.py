"""Sentences into observations: every figure that the prose of a paper states.

In: sentences in reading order, the document and its facts, the packs. Out: observations with source `narrative`, and
problems. Whatever was not stated in the sentence itself says so in `flags`: `period_inferred`, `kpi_inferred`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sendparse.model import Document, Facts, Observation, Period, Problem, Sentence, Word, breakdown_text, stable_id
from sendparse.packs import Packs
from sendparse.tag.candidates import candidates_of
from sendparse.tag.cells import as_sentence, hints, with_unit
from sendparse.tag.dates import add_months
from sendparse.tag.dating import later_of, spanned
from sendparse.tag.flat import Piece, Place, pieces
from sendparse.tag.link import Link, Linker
from sendparse.tag.period import Anchor, as_academic, is_bare_slash_year, read_periods
from sendparse.tag.tagged import Tagged, tag_sentence
from sendparse.tag.value import scan

def from_text(
    sentences: Iterable[Sentence], document: Document, facts: Facts, packs: Packs
) -> tuple[list[Observation], list[Problem]]:
    """All figures of the running text, in reading order."""
    links = figures(list(sentences), facts, packs)
    return [_observation(link, document, facts) for link in links], []


def figures(sentences: Sequence[Sentence], facts: Facts, packs: Packs) -> list[Link]:
    """The figures of running text, placed: what `from_text` makes rows of and `explain` shows."""
    anchor = _anchor(sentences, facts)
    own = tuple(name for name in (facts.council, facts.council.removesuffix(" Council")) if name)
    linker = Linker(packs)
    candidates = candidates_of(packs)
    out: list[Link] = []
    dates = _Dates(packs)
    numbers = numbered_blocks(sentences)
    table = pieces(sentences)
    for sentence in sentences:
        cells = table.get((sentence.block, sentence.place), ())
        for cell in cells:
            out += _cell(_cut(sentence, cell), cell.place, linker, replace(anchor, antecedent=None), dates, own)
        if cells:
            continue
        if sentence.kind == "heading":
            continue
        numbered = sentence.place == 0 and (sentence.block in numbers or _numbered(sentence))
        tagged = tag_sentence(sentence, candidates, replace(anchor, antecedent=dates.last), own, numbered=numbered)
        made = linker.link(tagged)
        dates.settle(tagged, made, anchor)
        out += made
    return _with_contexts(out)


def _cut(sentence: Sentence, piece: Piece) -> Sentence:
    """One cell of a row as a sentence of its own."""
    if piece.start == 0 and piece.end == len(sentence.text):
        return sentence
    return replace(
        sentence,
        text=sentence.text[piece.start : piece.end],
        start=None if sentence.start is None else sentence.start + piece.start,
        anchors=tuple((at - piece.start, word) for at, word in sentence.anchors if piece.start <= at < piece.end),
    )


def _cell(
    sentence: Sentence, place: Place, linker: Linker, anchor: Anchor, dates: _Dates, own: Sequence[str]
) -> list[Link]:
    """A cell of a table that lost its lines: its labels are its sentence."""
    told = hints(place, anchor, own)
    tagged = tag_sentence(as_sentence(sentence, place), linker.candidates, anchor, own)
    tagged.values = tuple(with_unit(value, told.unit) for value in tagged.values)
    if told.role is not None:
        tagged.roles = [told.role if role.name == "actual" else role for role in tagged.roles]
    if told.area is not None:
        tagged.areas = [area or told.area for area in tagged.areas]
    made = linker.link(tagged)
    for link in made:
        if link.period is None and told.period is not None:
            link.period, link.period_from = told.period, "heading"
    dates.settle(tagged, made, anchor)
    return made


_OPENING = re.compile(r"\s*(?P<n>\d{1,2})(?P<rest>\.\d{1,3})*\.?\s+[A-Z“\"(£]")


def numbered_blocks(sentences: Sequence[Sentence]) -> frozenset[int]:
    """Blocks that open with a number in a run: 1, 2, 3 ... or 3, 3.1, 3.2. One that only looks like it breaks the run."""
    found = [
        (s.block, int(match["n"]), match["rest"] is not None)
        for s in sentences
        if s.place == 0 and (match := _OPENING.match(s.text)) is not None
    ]
    out: set[int] = set()
    run: list[int] = []
    expected = 1
    for block, number, deeper in found:
        if number == expected or (deeper and number in {expected - 1, expected}):
            run.append(block)
            expected = number + 1
    if len(run) >= 3:
        out.update(run)
    return frozenset(out)


def _numbered(sentence: Sentence) -> bool:
    """Whether a block opens with the number of its paragraph, by its look alone."""
    return re.match(r"\s*\d{1,2}\s+(?:[A-Z]{3,}[\s,&]*)+(?:$|\()", sentence.text) is not None or re.match(r"\s*(?:[-–•]\s*)?\(?\d{1,2}(?:\.\d{1,3}){0,3}[.)]\s|\s*(?:[-–•]\s*)?\d{1,2}(?:\.\d{1,3}){1,3}\s+(?:[A-Z£“\"(]|\d[\d,.]*(?:\s?%|\s+[a-z]))", sentence.text) is not None


def _anchor(sentences: Sequence[Sentence], facts: Facts) -> Anchor:
    """The last day of the data: as the paper states it, else the newest month of a figure before the meeting."""
    data = facts.data_date
    if data is None and facts.meeting_date is not None:
        months = [
            period.end
            for sentence in sentences
            if sentence.kind != "heading" and scan(sentence.text).values
            for period in read_periods(sentence.text)
            if period.basis == "month" and period.end and period.end < facts.meeting_date and not period.inferred
        ]
        data = max(months, default=None)
    return Anchor(data_date=data, meeting_date=facts.meeting_date)


class _Dates:
    """Hands periods down to figures whose sentence states none."""

    def __init__(self, packs: Packs) -> None:
        self.packs = packs
        self.last: Period | None = None
        self.months: dict[int, date] = {}
        self.before: list[Link] = []
        self.school_year = tuple(packs.rules["links"].get("school_year_groups", ()))

    def settle(self, tagged: Tagged, made: Sequence[Link], anchor: Anchor) -> None:
        """Complete the periods of one sentence's figures, and remember what it has dated."""
        for link in made:
            if link.role.name == "change" and (not _own(link) or link.period is None):
                self._between_ends(tagged, link, made)
            if link.period is None:
                self._inherit(tagged, link, anchor)
            if link.role.cue == "from" and link.period is not None and link.period.end is None:
                link.period = _closed(link.period, anchor)
            if link.period is not None:
                link.period = _of_a_run(self._resolved(link.period, link), link)
        stated = [p for p in (tagged.periods or read_periods(tagged.text, anchor)) if p.start]
        for period in stated:
            if period.basis == "month" and period.start and not period.inferred:
                held = self.months.get(period.start.month)
                self.months[period.start.month] = max(held, period.start) if held else period.start
        if stated:
            self.last = stated[-1]
        self.before = list(made)

    def _between_ends(self, tagged: Tagged, link: Link, made: Sequence[Link]) -> None:
        """A change is dated by the levels it lies between, of which one or both may stand in the sentence before."""
        inside = [other for other in made[: link.number] if other.role.name in _LEVELS and other.period is not None]
        if not tagged.leans or len(inside) > 1:
            return
        levels = [other for other in (*self.before, *made) if other.kpi is link.kpi and other.role.name in _LEVELS and other.area is None]
        ends = [other.period for other in levels if other is not link and other.period is not None and other.period.start and other.period.end]
        if len(ends) < 2:
            return
        moving = any(other in made for other in levels)
        found = spanned(ends[-2], ends[-1]) if moving else later_of(ends[-2], ends[-1])
        if found is not None:
            link.period, link.period_from = replace(found, inferred=True), "levels"

    def _inherit(self, tagged: Tagged, link: Link, anchor: Anchor) -> None:
        sentence = tagged.sentence
        for source, text in (("lead", sentence.lead), *(("heading", h) for h in reversed(sentence.headings[1:][-2:] or sentence.headings[-1:]))):
            found = [p for p in read_periods(text, anchor) if text] if text else []
            if len(found) == 1 or (found and source == "lead"):
                link.period, link.period_from = replace(found[0], inferred=True), source
                return

    def _resolved(self, period: Period, link: Link) -> Period:
        if period.start is None and period.end is None and period.basis == "" and (found := self._known_month(period)):
            return found
        if link.kpi is not None and is_bare_slash_year(period.label) and link.kpi.group.startswith(self.school_year):
            return as_academic(period)
        return period

    def _known_month(self, period: Period) -> Period | None:
        """A bare month is the newest one of that name that the paper has dated."""
        from sendparse.tag.dates import month
        from sendparse.tag.period_atoms import grammar

        number = grammar().month_of.get(period.label.strip().lower())
        day = self.months.get(number) if number else None
        if day is None:
            return None
        first, last = month(day.year, day.month)
        return replace(period, start=first, end=last, basis="month", inferred=True)


_LEVELS = frozenset({"actual", "forecast", "target", "baseline"})


def _own(link: Link) -> bool:
    """Whether a figure's period stands in its own part of the sentence."""
    part = link.tagged.parts[link.number]
    return link.period is not None and part.start <= link.period.text_start < part.end and not link.period.inferred


def _closed(period: Period, anchor: Anchor) -> Period:
    """"has doubled since 2017, from 1,215": the first level is of 2017 itself."""
    found = read_periods(re.sub(r"(?i)^\W*(?:ever\s+)?since\s+", "in ", period.label), anchor)
    return replace(period, end=found[0].end, basis=found[0].basis) if found and found[0].start == period.start else period


def _of_a_run(period: Period, link: Link) -> Period:
    """"for the second consecutive year" covers the years that have run, up to the one stated."""
    if "run" not in link.value.flags or period.start is None or period.end is None or link.value.unit != "years":
        return period
    years = int(link.value.value)
    if (period.end - period.start).days > 366 or years < 2:
        return period
    first = add_months(period.end + timedelta(days=1), -12)
    return replace(period, start=add_months(first, -12 * (years - 1)), basis="other", inferred=True)


def _with_contexts(links: list[Link]) -> list[Link]:
    """A national figure with no figure of the council's own to set it beside is context, not a benchmark."""
    from sendparse.tag.role import Role

    for place, link in enumerate(links):
        if "rank" in link.value.flags and link.role.name == "actual":
            link.role = Role("benchmark", link.value.text)
        if link.area is None or link.role.name != "actual":
            continue
        around = links[max(0, place - 12) : place + 12]
        block = link.tagged.sentence.block
        own = any(
            other.area is None and other.kpi is link.kpi and other.role.name != "change"
            and abs(other.tagged.sentence.block - block) <= 4 for other in around
        )  # fmt: skip
        link.role = Role("benchmark" if own else "context", link.area.area)
    return links


def _observation(link: Link, document: Document, facts: Facts) -> Observation:
    value, sentence = link.value, link.tagged.sentence
    flags = [f for f in ("percent_sign_missing",) if "bare" in value.flags and link.unit == "percent"]
    if link.carried:
        flags.append("kpi_inferred")
    if link.period is not None and (link.period.inferred or link.period_from != "sentence") and (link.period.start or link.period.end):
        flags.append("period_inferred")
    start = None if sentence.start is None else sentence.start + value.start
    box = _box(sentence.anchors, value.start, value.end)
    period = link.period
    return Observation(
        observation_id=stable_id(document.document_id, "text", sentence.block, sentence.place, start, value.start, value.text),
        council_code=facts.council_code,
        council=facts.council,
        la_code=facts.la_code,
        **_area(link, facts),
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
        **box,
        char_start=start,
        char_end=None if start is None else start + (value.end - value.start),
        evidence=" ".join(sentence.text.split()),
        confidence=_confidence(link),
        flags=";".join(sorted(flags)),
    )


def _area(link: Link, facts: Facts) -> dict[str, str]:
    if link.area is None:
        return {"area_type": "council" if facts.council else "", "area": facts.council}
    kind = {"national": "england", "regional": "region"}.get(link.area.kind, link.area.kind)
    name = facts.region if link.area.area == "region" else link.area.area
    return {"area_type": kind, "area": name or link.area.area}


def _box(anchors: Sequence[tuple[int, Word]], start: int, end: int) -> dict[str, float | None]:
    words = [word for at, word in anchors if at < end and at + len(word.text) > start]
    if not words:
        return {"x0": None, "top": None, "x1": None, "bottom": None}
    return {
        "x0": min(w.x0 for w in words),
        "top": min(w.top for w in words),
        "x1": max(w.x1 for w in words),
        "bottom": max(w.bottom for w in words),
    }


def _confidence(link: Link) -> float:
    """1 means that every field was stated in so many words."""
    score = 1.0
    if link.kpi is None:
        score *= 0.5
    elif link.carried:
        score *= 0.85
    score *= min(1.0, 0.6 + 0.25 * link.score) if link.kpi else 1.0
    if link.period is None or not (link.period.start or link.period.end):
        score *= 0.9
    elif link.period.inferred or link.period_from != "sentence":
        score *= 0.9
    return round(score, 2)

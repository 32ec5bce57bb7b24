"""The figures of running text, placed: sentence by sentence, cell by cell.

In: sentences in reading order, the paper's facts, the packs. Out: a Link for each figure. This is where the readers of one
sentence, the linker and what is handed down from sentence to sentence are joined; `from_text` makes rows of the links, and
`explain` shows their evidence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sendparse.model import Facts, Sentence
from sendparse.packs import Packs
from sendparse.records import changed
from sendparse.tag.answers import answered
from sendparse.tag.benchmark import is_compared
from sendparse.tag.candidates import candidates_of
from sendparse.tag.cells import as_sentence, hints, with_unit
from sendparse.tag.company import keep_company
from sendparse.tag.dates import YearKind
from sendparse.tag.flat import pieces
from sendparse.tag.handing import Dates
from sendparse.tag.led_roles import goes_with_the_forecast, with_led_roles
from sendparse.tag.link import Link, Linker
from sendparse.tag.lost_rows import Piece, Place
from sendparse.tag.near import named_in_full
from sendparse.tag.period import Anchor, read_periods
from sendparse.tag.report_year import current_year, report_year, section_period
from sendparse.tag.role import Role
from sendparse.tag.tagged import tag_sentence
from sendparse.tag.to_come import with_times_to_come
from sendparse.tag.value import Scan, scan

Scans = Mapping[tuple[int, int], Scan]
_NOTHING = Scan()


def scans(sentences: Sequence[Sentence]) -> Scans:
    """The figures of every sentence, by block and place; the numbers of paragraphs are told from the run they stand in."""
    numbers = numbered_blocks(sentences)
    return {
        (s.block, s.place): answered(s, scan(s.text, numbered=s.place == 0 and (s.block in numbers or _numbered(s))))
        for s in sentences
        if s.kind != "heading"
    }


def figures(sentences: Sequence[Sentence], facts: Facts, packs: Packs, *, scanned: Scans | None = None) -> list[Link]:
    """The figures of running text, placed: what `from_text` makes rows of and `explain` shows.

    `scanned` is what `scans` gave for the same sentences, where somebody has it already.
    """
    scanned = scanned if scanned is not None else scans(sentences)
    table = pieces(sentences)
    upto = _last_figure(sentences, scanned, table)
    if not upto:
        return []
    anchor = _anchor(sentences, facts, scanned)
    own = tuple(name for name in (facts.council, facts.council.removesuffix(" Council")) if name)
    candidates = candidates_of(packs)
    title = facts.title or next((s.text for s in sentences[:1]), "")
    linker = Linker(packs, named_in_full(packs, [item for s in sentences for item in candidates.read(s.text)]), title)
    out: list[Link] = []
    about = report_year(sentences)
    anchor = changed(anchor, current=current_year(sentences))
    if about is not None:
        kind: YearKind = "academic" if about.period.basis == "academic_year" else anchor.default_year_kind
        anchor = changed(anchor, report=about.period, default_year_kind=kind)
    dates = Dates(packs, about, facts.data_date)
    under: tuple[str, ...] | None = None
    here = anchor
    for sentence in sentences[:upto]:
        cells = table.get((sentence.block, sentence.place), ())
        found = scanned.get((sentence.block, sentence.place), _NOTHING)
        dates.hear(sentence, anchor, figures=bool(found.values))
        for cell in cells:
            out += _cell(_cut(sentence, cell), cell.place, linker, changed(anchor, antecedent=None), dates, own)
        if cells or sentence.kind == "heading":
            continue
        if sentence.headings is not under:
            under, section = sentence.headings, section_period(sentence.headings)
            here = anchor if section is None else changed(anchor, report=section)
        told = here
        if found.values:  # else its periods are not read yet
            told = changed(here, antecedent=dates.stated.leant_on(sentence.text), near=dates.frame.near(sentence.block))
        tagged = tag_sentence(sentence, candidates, told, own, found=found)
        with_led_roles(tagged)
        goes_with_the_forecast(tagged, dates.before)
        made = linker.link(tagged)
        dates.settle(tagged, made, here)
        out += made
    with_times_to_come(out, sentences, facts)
    keep_company(out, sentences, facts, packs, candidates.read)
    return _with_contexts(out)


def _last_figure(sentences: Sequence[Sentence], scanned: Scans, table: Collection[tuple[int, int]]) -> int:
    """How many sentences there are up to the last with a figure: what follows it changes nothing."""
    for number in range(len(sentences), 0, -1):
        place = (sentences[number - 1].block, sentences[number - 1].place)
        if place in table or scanned.get(place, _NOTHING).values:
            return number
    return 0


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
    sentence: Sentence, place: Place, linker: Linker, anchor: Anchor, dates: Dates, own: Sequence[str]
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
        if link.period is None and told.period is not None and (told.period.start or told.period.end):
            link.period, link.period_from = told.period, "heading"
    dates.settle(tagged, made, anchor)
    return made


_OPENING = re.compile(r"\s*(?P<n>\d{1,2})(?P<rest>\.\d{1,3})*\.?\s+(?!FTE|WTE)[A-Z“\"(£]")


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


_ASKS_A_NUMBER = re.compile(r"(?i)[\W\d]*(?:how\s+many|what\s+(?:number|share|percentage|proportion))\b")


_MAY_BE = re.compile(r"\s*(?:[-–•]\s*)?\(?\d")
_SECTION = re.compile(r"\s*\d{1,2}\s+(?:[A-Z]{3,}[\s,&]*)+(?:$|\()")
_PARAGRAPH = re.compile(
    r"\s*(?:[-–•]\s*)?\(?\d{1,2}(?:\.\d{1,3}){0,3}[.)]\s|\s*(?:[-–•]\s*)?\d{1,2}(?:\.\d{1,3}){1,3}\s+(?:(?!FTE|WTE)[A-Z£“\"(]|\d[\d,.]*(?:\s?%|\s+[a-z]))"
)
_GOES_ON = re.compile(r"\s*\d+\.\s+(?:In|At|This|That|By|On|Of\s+(?:these|those|which|whom))\b")


def _numbered(sentence: Sentence) -> bool:
    """Whether a block opens with the number of its paragraph, by its look alone."""
    if not _MAY_BE.match(sentence.text) or (_ASKS_A_NUMBER.match(sentence.lead) and _GOES_ON.match(sentence.text)):
        return False  # "How many families appealed in 2024?" - "37. In 2023 it was 41."
    return _SECTION.match(sentence.text) is not None or _PARAGRAPH.match(sentence.text) is not None


def _anchor(sentences: Sequence[Sentence], facts: Facts, scanned: Scans) -> Anchor:
    """The last day of the data: as the paper states it, else the newest month of a figure before the meeting."""
    data = facts.data_date
    if data is None and facts.meeting_date is not None:
        months = [
            period.end
            for sentence in sentences
            if sentence.kind != "heading" and scanned[sentence.block, sentence.place].values
            for period in read_periods(sentence.text)
            if period.basis == "month" and period.end and period.end < facts.meeting_date and not period.inferred
        ]
        data = max(months, default=None)
    return Anchor(data_date=data, meeting_date=facts.meeting_date)


def _with_contexts(links: list[Link]) -> list[Link]:
    """A national figure with no figure of the council's own to set it beside is context, not a benchmark."""
    for place, link in enumerate(links):
        if "rank" in link.value.flags and link.role.name == "actual":
            link.role = Role("benchmark", link.value.text)
        if link.area is None or link.role.name != "actual":
            continue
        if _is_change_too(links[place - 1] if place else None, link):
            link.role = Role("change", link.area.area)
            continue
        around = links[max(0, place - 12) : place + 12]
        block = link.tagged.sentence.block
        own = any(
            other.area is None and _akin(other, link) and other.role.name != "change"
            and abs(other.tagged.sentence.block - block) <= 4 for other in around
        )  # fmt: skip
        beside = own or is_compared(link.tagged.text, link.area)
        link.role = Role("benchmark" if beside else "context", link.area.area)
    return links


def _is_change_too(before: Link | None, link: Link) -> bool:
    """As in "rose by 11% in 2024, compared to 11.4% nationally": what a change is compared with is one."""
    if before is None or before.tagged is not link.tagged or before.role.name != "change" or before.area is not None:
        return False
    alike = before.unit == link.unit == "percent" and (link.kpi is None or link.kpi is before.kpi)
    return alike and link.tagged.parts[link.number].joint in {"comparison", "contrast", "bracket"}


def _akin(one: Link, other: Link) -> bool:
    """Whether two figures are of one measure, counted in its ways: with and without exceptions."""
    if one.kpi is other.kpi:
        return True
    if one.kpi is None or other.kpi is None or one.unit != other.unit:
        return False
    return one.kpi.id.split("_")[:2] == other.kpi.id.split("_")[:2]

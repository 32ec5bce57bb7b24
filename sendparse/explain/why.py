"""Why a figure was read as it was: its row in full, the words it rests on, and the measures those words could name.

In: the Outcome, the packs, and a figure as printed. Out: lines of text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from sendparse.errors import InputError
from sendparse.explain.label import described, measure
from sendparse.model import KpiMatch, Observation, Outcome, as_row
from sendparse.packs import Packs
from sendparse.tag.value import scan
from sendparse.text import blocks, sentences

_MOST = 5  # candidates listed
_QUOTED = 100  # characters of a sentence
_FEW = 3  # places named where a number was passed over
_AWKWARD = ("Zs", "Cc", "Cf", "Co", "So", "Sk", "Sm")  # white space, private use, arrows and other symbols
_PLACES = ("document_id", "file", "observation_id", "evidence")


def why(outcome: Outcome, packs: Packs, figure: str, *, page: int | None = None) -> list[str]:
    """Lines that explain every reading of `figure` (as printed, white space and arrows aside), on `page` if given.

    Raises InputError when the figure was not read; a problem that quotes it, or what it was taken for, is named then.
    """
    rows = [row for row in outcome.observations if _same(row.value_text, figure) and page in (None, row.page)]
    if not rows:
        said = [p for p in outcome.problems if figure in p.quote and page in (None, p.page)]
        told = [f"{p.code}: {p.message}" for p in said] or _passed_over(outcome, figure, page)
        hint = "look where it stands: " + "; ".join(told[:_FEW]) if told else "give it exactly as printed"
        raise InputError(outcome.document.file, f"no figure {figure!r} was read", hint)
    return [line for row in rows for line in (*_explained(row, packs), *_reasons(row, outcome, packs), "")]


def _passed_over(outcome: Outcome, figure: str, page: int | None) -> list[str]:
    """Where the number stands in running text, and what it was taken for there that is no figure."""
    found: list[str] = []
    for sentence in sentences(blocks(outcome.document, outcome.tables)):
        if figure not in sentence.text or page not in (None, sentence.page):
            continue
        for number in scan(sentence.text).rejected:
            if figure in number.text:
                found.append(f"taken for no figure ({number.reason}) in “{' '.join(sentence.text.split())[:_QUOTED]}”")
    return list(dict.fromkeys(found))


def _explained(row: Observation, packs: Packs) -> Iterator[str]:
    yield f"{row.value_text}: {measure(row)}"
    yield f"  read as      {described(row)}"
    yield f"  evidence     {' '.join(row.evidence.split())}"
    for name, value in as_row(row).items():
        if value not in (None, "", 0) and name not in _PLACES:
            yield f"  {name:<12} {value}"
    candidates = _candidates(row, packs)
    if candidates:
        yield "  words that name a measure"
    for match in candidates:
        carried = ", ".join(f"{key}={value}" for key, value in match.breakdown)
        chosen = "chosen" if match.kpi == row.kpi else ""
        yield f"    {match.score:.2f} {match.kpi} {carried} from {match.label!r} ({match.pattern}) {chosen}".rstrip()


def _reasons(row: Observation, outcome: Outcome, packs: Packs) -> list[str]:
    """How the measure of a figure in running text was chosen: what its words name, what it could take over, what was learned."""
    if row.source != "narrative":
        return []
    from sendparse.tag.prose import figures

    for link in figures(sentences(blocks(outcome.document, outcome.tables)), outcome.facts, packs):
        same = link.value.text == row.value_text and " ".join(link.tagged.text.split()) == " ".join(
            row.evidence.split()
        )
        if same and (link.kpi.id if link.kpi else "") == row.kpi and link.evidence:
            return ["  how its measure was chosen", *(f"    {reason}" for reason in link.evidence)]
    return []


def _candidates(row: Observation, packs: Packs) -> list[KpiMatch]:
    from sendparse.tag.kpi import KpiMatcher

    matcher = KpiMatcher(packs)
    found = [*matcher.mentions(row.evidence)]
    label = matcher.match_label(row.kpi_label, unit=row.unit) if row.kpi_label else None
    if label is not None:
        found.append(label)
    best: dict[str, KpiMatch] = {}
    for match in sorted(found, key=lambda match: -match.score):
        best.setdefault(match.kpi, match)
    return list(best.values())[:_MOST]


def _same(printed: str, asked: str) -> bool:
    return _figure(printed) == _figure(asked)


def _figure(text: str) -> str:
    """The text without white space and arrows, which are awkward to type."""
    return "".join(char for char in text if unicodedata.category(char) not in _AWKWARD or char in "+<>=±")

"""The taggers as spaCy components, for anybody's pipeline.

`nlp()` gives a blank English pipeline with all of them. Each can be added to another pipeline by its name:

    import spacy
    import sendparse.tag.nlp  # registers the components

    pipeline = spacy.load("en_core_web_sm")
    pipeline.add_pipe("sendparse_values")

Rules, wordings and registration are three things in three places: rules in the modules beside this one, wordings in
patterns/, registration here. No component needs a trained model. What each sets:

| component | span group (`doc.spans`) | extension |
|---|---|---|
| `sendparse_values` | `sendparse_values` | `Span._.value` (Value) |
| `sendparse_periods` | `sendparse_periods` | `Span._.period` (Period) |
| `sendparse_kpis` | `sendparse_kpis` | `Span._.kpi` (KpiMatch) |
| `sendparse_benchmarks` | `sendparse_benchmarks` | `Span._.area` (Area) |
| `sendparse_roles` | | `Span._.role` (Role) on the spans of values |
| `sendparse_links` | `sendparse_figures` | `Span._.link` (Link), `Doc._.figures` (list of spans) |
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from spacy import blank
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import compile_infix_regex, filter_spans

from sendparse.model import Facts, Sentence
from sendparse.packs import Packs, load_packs
from sendparse.read.txt import text_blocks
from sendparse.tag.benchmark import areas
from sendparse.tag.kpi import matcher_of
from sendparse.tag.parts import parts
from sendparse.tag.period import read_periods
from sendparse.tag.prose import Scans, figures, scans
from sendparse.tag.role import roles
from sendparse.text import sentences

COMPONENTS = (
    "sendparse_values",
    "sendparse_periods",
    "sendparse_kpis",
    "sendparse_benchmarks",
    "sendparse_roles",
    "sendparse_links",
)
_EXTENSIONS = ("value", "period", "kpi", "area", "role", "link")
# spaCy keeps "55%-70", "SEMH(35", "2024/25" and "8.1weeks" as one token each.
_INFIXES = (r"(?<=[\d%])[-–—/](?=[\d£])", r"\(", r"\)", r"(?<=\d)(?=[a-zA-Z]{3,})", r"(?<=[:=])(?=\d)", r"%")


_SAMPLE = """Performance in Quarter 2 of 2024/25
In June 2024, 61.5% of the 2,320 EHC plans due in the last 12 months were issued within 20 weeks, up from 52% a year
earlier and above the England average of 46.4% (target 65%). Two posts were vacant, a third fewer than in spring, and the
deficit is forecast to rise by £1.2m to about £19.4m by the end of March 2026. This was the third highest in the region.
Number of new requests: 48
What percentage of them were agreed, in Section 19 or at ages 16-25?
- Autumn term 2023: 75%, compared with 71% and 68% respectively for SEMH and autism
Our aim is to get this below 40 by May 2026. In the first three months of 2025 it had been 12, up on March (Feb: 9), and between
April and June the number rose by 3 to 15, better than in 2023/24; it was 22-24 weeks, and in August it is now 8.
"""


def nlp(packs: Packs | None = None) -> Language:
    """A blank English pipeline with all components, for the given packs (the shipped ones when left out).

    The text of a document is read as a plain text paper is: headings, paragraphs, list items, questions and answers.
    """
    pipeline = blank("en")
    infixes = [*(pipeline.Defaults.infixes or []), *_INFIXES]
    tokenizer: Any = pipeline.tokenizer  # typed as any callable
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    folders = [str(folder) for folder in packs.folders] if packs is not None else []
    if packs is not None:
        _GIVEN[tuple(folders)] = packs
    for name in COMPONENTS:
        pipeline.add_pipe(name, config={"patterns": folders} if name in _PACKED else {})
    known = _words_of(_packs(folders))
    pipeline.make_doc(
        " ".join(sorted(known | {word.capitalize() for word in known}))
    )  # no news to the vocabulary later
    pipeline(_SAMPLE)  # rules are compiled when they are first needed: now, and not while somebody's text waits
    gc.collect()  # likewise: what was made on the way, and is looked through again only when much more has been made
    return pipeline


_PACKED = frozenset({"sendparse_kpis", "sendparse_links"})
_GIVEN: dict[tuple[str, ...], Packs] = {}


@lru_cache(maxsize=8)
def _loaded(folders: tuple[str, ...]) -> Packs:
    return load_packs(Path(folders[0]), [Path(f) for f in folders[1:]]) if folders else load_packs()


def _packs(folders: Sequence[str]) -> Packs:
    key = tuple(folders)
    return _GIVEN[key] if key in _GIVEN else _loaded(key)


def _words_of(packs: Packs) -> set[str]:
    """The words that the wordings are made of."""
    forms = [form for concept in packs.words.concepts.values() for form in (*concept.forms, *concept.weak)]
    phrases = [phrase for kpi in packs.kpis.values() for phrase in kpi.phrases]
    return {word for text in (*forms, *phrases) for word in _WORD.findall(text)}


_WORD = re.compile(r"[A-Za-z][A-Za-z'’]+")


def _register() -> None:
    for name in _EXTENSIONS:
        if not Span.has_extension(name):
            Span.set_extension(name, default=None)
    if not Doc.has_extension("figures"):
        Doc.set_extension("figures", getter=lambda doc: list(doc.spans.get("sendparse_figures", ())))
    if not Doc.has_extension("sendparse_sentences"):
        Doc.set_extension("sendparse_sentences", default=None)


def _sentences(doc: Doc) -> list[Sentence]:
    """The sentences of a document, with headings and leads; cut once, used by every component."""
    if doc._.sendparse_sentences is None:
        doc._.sendparse_sentences = sentences(text_blocks(doc.text))
    return doc._.sendparse_sentences  # type: ignore[no-any-return]


def _mark(doc: Doc, group: str, found: Iterable[tuple[int, int, str, Any]]) -> Doc:
    """Spans of one group, each with its record. A span grows to whole tokens where a tokenizer of others glues them."""
    spans = []
    for start, end, name, record in found:
        span = doc.char_span(start, end, label=name, alignment_mode="expand")
        if span is not None:
            span._.set(name, record)
            spans.append(span)
    doc.spans[group] = filter_spans(spans) if group == "sendparse_periods" else spans
    return doc


def _scans(doc: Doc) -> Scans:
    """The figures of each sentence, read once for all components."""
    held = doc.user_data.get("sendparse_scans")
    if held is None:
        held = doc.user_data["sendparse_scans"] = scans(_sentences(doc))
    return held


@Language.component("sendparse_values")
def values(doc: Doc) -> Doc:
    """Figures, each as a span."""
    found = [
        (s.start + v.start, s.start + v.end, "value", v)
        for s in _sentences(doc)
        if s.start is not None and s.kind != "heading"
        for v in _scans(doc)[s.block, s.place].values
    ]
    return _mark(doc, "sendparse_values", found)


@Language.component("sendparse_periods")
def periods(doc: Doc) -> Doc:
    """Periods, resolvable or not."""
    found = [
        (s.start + p.text_start, s.start + p.text_end, "period", p)
        for s in _sentences(doc)
        if s.start is not None
        for p in read_periods(s.text)
    ]
    return _mark(doc, "sendparse_periods", found)


@Language.factory("sendparse_kpis", default_config={"patterns": []})
def make_kpis(nlp: Language, name: str, patterns: list[str]) -> Callable[[Doc], Doc]:
    """Names of measures. `patterns`: folders of packs, overlays after the first; the shipped ones when empty."""
    matcher = matcher_of(_packs(patterns))

    def kpis(doc: Doc) -> Doc:
        found = [
            (s.start + m.start, s.start + m.end, "kpi", m)
            for s in _sentences(doc)
            if s.start is not None
            for m in matcher.mentions(s.text)
        ]
        return _mark(doc, "sendparse_kpis", found)

    return kpis


@Language.component("sendparse_benchmarks")
def benchmarks(doc: Doc) -> Doc:
    """Names of areas that figures are compared with."""
    found = [
        (s.start + a.start, s.start + a.end, "area", a)
        for s in _sentences(doc)
        if s.start is not None
        for a in areas(s.text)
    ]
    return _mark(doc, "sendparse_benchmarks", found)


@Language.component("sendparse_roles")
def figure_roles(doc: Doc) -> Doc:
    """The role of each value's span; needs `sendparse_values` before it."""
    spans = {(span.start_char, span.end_char): span for span in doc.spans.get("sendparse_values", ())}
    for s in _sentences(doc):
        stated = _scans(doc)[s.block, s.place].values if s.kind != "heading" else ()
        if not stated:
            continue
        own_parts = parts(s.text, [(v.start, v.end) for v in stated])
        for value, role in zip(stated, roles(s.text, stated, own_parts), strict=True):
            span = doc.char_span((s.start or 0) + value.start, (s.start or 0) + value.end, alignment_mode="expand")
            if span is not None and (held := spans.get((span.start_char, span.end_char))) is not None:
                held._.role = role
    return doc


@Language.factory("sendparse_links", default_config={"patterns": []})
def make_links(nlp: Language, name: str, patterns: list[str]) -> Callable[[Doc], Doc]:
    """Figures with measure, period, role, area and evidence. `patterns` as for `sendparse_kpis`."""
    packs = _packs(patterns)

    def links(doc: Doc) -> Doc:
        found = []
        for link in figures(_sentences(doc), Facts(), packs, scanned=_scans(doc)):
            start = (link.tagged.sentence.start or 0) + link.value.start
            found.append((start, start + link.value.end - link.value.start, "link", link))
        return _mark(doc, "sendparse_figures", found)

    return links


_register()

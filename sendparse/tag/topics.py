"""Whose part of a paper a figure stands in: ours, another service's, or one that belongs to nobody in particular.

In: the sentences of a paper in reading order, and its title. Out: for a sentence, what it, its paragraph, its heading and the
paper's title are about. A council's monitoring report has a part for each service, and in the part of adult social care
"plans", "reviews" and "an overspend" are of adult social care. What follows for a figure is decided in company.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sendparse.begins import Sought
from sendparse.model import Sentence
from sendparse.packs import Packs
from sendparse.tag.hints import Hinted
from sendparse.tag.wording import FOREIGN, Item
from sendparse.tag.wordings import any_of

_FAINT = 0.5  # the weight of a word that many subjects share: "plans", "assessments", "reviewed"

# Their annual reviews are of no care package.
_YOUNG = Sought(r"(?i)\b(?:child(?:ren)?|pupils?|students?|young\s+people|schools?)\b")

Reader = Callable[[str], Sequence[Item]]


class Told(NamedTuple):
    """What one text names.

    `ours`: the subject for sure ("EHC plans", not "plans" and "reviews"); `about`: that, or several words that may be of it;
    `clear`: that without words that other services share; `any_word`: any word of it at all; `heads`: what makes a heading one
    of ours ("Mediation"); `theirs`: another service, and not the subject.
    """

    ours: bool
    about: bool
    clear: bool
    any_word: bool
    heads: bool
    theirs: bool


class Subjects:
    """Tells what a text is about, each text read once. `read` gives the symbols of a text."""

    def __init__(self, packs: Packs, read: Reader) -> None:
        links = packs.rules["links"]
        foreign = packs.rules.get("foreign", {})
        services = foreign.get("services", {})
        self.core = frozenset(packs.words.core)
        self._sure = self.core - frozenset(foreign.get("shared", ()))
        self._read = read
        self._signs = frozenset(links["subject_signs"])
        self._theirs = frozenset(services.get("concepts", ()))
        self._names, self._services, self._genres = packs.once("subjects", lambda: _expressions(packs))
        self._told: dict[str, Told] = {}

    def of(self, text: str) -> Told:
        """What a text names."""
        if text not in self._told:
            self._told[text] = self._tell(text)
        return self._told[text]

    def _tell(self, text: str) -> Told:
        if self._names.search(text):
            return Told(True, True, True, True, True, False)  # "SEND travel" is one thing, and it is about the subject
        text = self._genres.sub(" ", text)
        items = self._read(text)
        found = {item.symbol for item in items if item.symbol in self.core or item.symbol in self._signs}
        loud = {item.symbol for item in items if item.weight > _FAINT}
        ours = bool(loud & self._sure) or (bool(loud & self.core) and _YOUNG.search(text) is not None)
        about = len(found) > 1 or bool(loud & self.core)
        theirs = not ours and (
            self._services.search(text) is not None
            or any(item.kind == FOREIGN and item.symbol in self._theirs for item in items)
        )
        return Told(
            ours, about, ours or len(found) > 1, about or bool(found & self.core), ours or bool(loud & found), theirs
        )

    def heading(self, sentence: Sentence) -> str:
        """Whose the nearest heading is that names anybody: "ours", "theirs", or nothing."""
        for text in reversed(sentence.headings):
            told = self.of(text)
            if told.theirs or told.heads:
                return "theirs" if told.theirs else "ours"
        return ""


def _expressions(packs: Packs) -> tuple[Hinted, Sought, Hinted]:
    """The words of the subject, those of other services, and what papers of other kinds are called; compiled once."""
    links, foreign = packs.rules["links"], packs.rules.get("foreign", {})
    theirs = (foreign.get("services", {}).get("words", ()), foreign.get("genres", ()))
    services, genres = (any_of(words, caseless=True) or "(?!)" for words in theirs)
    return (
        Hinted(rf"\b(?:{any_of(links['subject_words'])})\b"),
        Sought(rf"(?i)\b(?<!\w)(?:{services})(?!\w)"),
        Hinted(rf"(?i)(?<!\w)(?:{genres})(?!\w)"),
    )


@dataclass(slots=True)
class Part:
    """What one sentence is about, and what stands around it."""

    ours: bool = False  # the sentence itself
    theirs: bool = False
    block_ours: bool = False  # a sentence before it in its paragraph, or the name of the paragraph
    section_ours: bool = False  # a sentence before it under the same heading
    heading: str = ""  # "ours", "theirs", or nothing where the nearest heading names neither


@dataclass(slots=True)
class Topics:
    """The parts of one paper."""

    subjects: Subjects
    divided: bool = (
        False  # some headings are ours and some another service's: what stands under the others is something else
    )
    parts: dict[tuple[int, int], Part] = field(default_factory=dict)

    def of(self, sentence: Sentence) -> Part:
        """The part that a sentence stands in."""
        return self.parts.get((sentence.block, sentence.place), Part(ours=True))


def topics_of(sentences: Sequence[Sentence], subjects: Subjects) -> Topics:
    """Read the parts of a paper."""
    out = Topics(subjects)
    headings = [s.text for s in sentences if s.kind == "heading"][1:]
    ours = sum(subjects.of(text).heads for text in headings)
    out.divided = 0 < ours < len(headings) and any(subjects.of(text).theirs for text in headings)
    block, block_ours = -1, False
    section = False
    for sentence in sentences:
        if sentence.kind == "heading":
            section = False
            continue
        if sentence.block != block:
            block, block_ours = sentence.block, False
        told = subjects.of(sentence.text)
        out.parts[sentence.block, sentence.place] = Part(
            ours=told.ours,
            theirs=told.theirs,
            block_ours=block_ours or (bool(sentence.lead) and subjects.of(sentence.lead).ours),
            section_ours=section,
            heading=subjects.heading(sentence),
        )
        block_ours = block_ours or told.ours
        section = section or told.ours
    return out

"""Whether words that name a measure are about its subject at all: the company that they keep.

In: the figures of one paper's prose, placed. Out: the same, without measures in a paper on something else. "Requests
answered in time" means EHC assessments in a paper on SEND, and freedom of information in a council's corporate report. A
paper is on the subject when its title or a fair share of its sentences name it; in any other, the sentence, its lead, its
headings or the sentences right before must.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from sendparse.model import Facts, Sentence
from sendparse.packs import Packs
from sendparse.tag.link import Link
from sendparse.tag.wording import Item
from sendparse.tag.wordings import any_of

Reader = Callable[[str], Sequence[Item]]

_OWN_SHARE = 0.15  # of a paper's sentences that name it in words of its own: in corporate papers a tenth and less
_SHARE = 0.2  # of those that name it at all: papers on SEND name it in a quarter of them and more
_ENOUGH = 8  # sentences that a paper must have for that share to mean anything
_WORDS = 6  # that a sentence must have to count
_SHORT = 15  # sentences: a shorter paper says "plans" and "assessments" and means ours
_BEFORE = 2  # sentences back
_FAINT = 0.5  # the weight of a word that many subjects share: "plans", "assessments", "reviewed"


def keep_company(
    links: Sequence[Link], sentences: Sequence[Sentence], facts: Facts, packs: Packs, read: Reader
) -> None:
    """Take the measure from figures that stand in no company of its subject. `read` gives the symbols of a text."""
    core = frozenset(packs.words.core)
    rules = packs.rules["links"]
    names = re.compile(rf"\b(?:{any_of(rules['subject_words'])})\b")
    signs = frozenset(rules["subject_signs"])

    def named(text: str) -> tuple[bool, bool]:
        """Whether a text names the subject: in words of its own, or in any at all."""
        if names.search(text):
            return True, True  # "SEND travel" is one thing, and it is about the subject
        items = read(text)
        found = {item.symbol for item in items if item.symbol in core or item.symbol in signs}
        own = len(found) > 1 or any(item.symbol in core and item.weight > _FAINT for item in items)
        return own, own or bool(found & core)

    def about(text: str) -> bool:
        return named(text)[0]

    if not core or not any(link.kpi is not None for link in links) or about(facts.title):
        return
    said = {(s.block, s.place): named(s.text) for s in sentences}
    told = {place: own for place, (own, _) in said.items()}
    long = [said[s.block, s.place] for s in sentences if s.kind != "heading" and len(s.text.split()) >= _WORDS]
    own, any_word = (sum(column) for column in zip(*long, strict=True)) if long else (0, 0)
    if len(long) < _ENOUGH or own >= _OWN_SHARE * len(long):
        return
    if len(long) < _SHORT and any_word >= _SHARE * len(long):
        return  # a paper on several things is longer
    near = _near(sentences, told)
    for link in links:
        place = link.tagged.sentence
        if link.kpi is None or near.get((place.block, place.place), True):
            continue
        if not about(place.lead) and not any(about(heading) for heading in place.headings):
            link.kpi = None


def _near(sentences: Sequence[Sentence], told: Mapping[tuple[int, int], bool]) -> dict[tuple[int, int], bool]:
    """For each sentence, whether it or one right before it names the subject."""
    run: list[bool] = []
    out = {}
    for sentence in sentences:
        key = (sentence.block, sentence.place)
        if sentence.kind == "heading":
            run = []
        run = [*run[-_BEFORE:], told[key]]
        out[key] = any(run)
    return out

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

_SHARE = 0.2  # of a paper's sentences: papers on SEND name it in a quarter of them and more, corporate ones in a sixth and less
_ENOUGH = 8  # sentences that a paper must have for that share to mean anything
_WORDS = 6  # that a sentence must have to count
_BEFORE = 2  # sentences back


def keep_company(
    links: Sequence[Link], sentences: Sequence[Sentence], facts: Facts, packs: Packs, read: Reader
) -> None:
    """Take the measure from figures that stand in no company of its subject. `read` gives the symbols of a text."""
    core = frozenset(packs.words.core)
    rules = packs.rules["links"]
    names = re.compile(rf"\b(?:{any_of(rules['subject_words'])})\b")
    signs = frozenset(rules["subject_signs"])

    def about(text: str) -> bool:
        if names.search(text):
            return True  # "SEND travel" is one thing, and it is about the subject
        found = {item.symbol for item in read(text)}
        return bool(found & core) or len(found & signs) > 1

    if not core or not any(link.kpi is not None for link in links) or about(facts.title):
        return
    told = {(s.block, s.place): about(s.text) for s in sentences}
    long = [told[s.block, s.place] for s in sentences if s.kind != "heading" and len(s.text.split()) >= _WORDS]
    if len(long) < _ENOUGH or sum(long) >= _SHARE * len(long):
        return
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

"""Whether words that name a measure are about its subject at all: the company that they keep.

In: the figures of one paper's prose, placed. Out: the same, without measures in a paper, or a part of one, on something
else. "Requests answered in time" means EHC assessments in a paper on SEND, and freedom of information in a council's
corporate report. A paper is on the subject when its title or a fair share of its sentences name it; in any other, the
sentence, its lead, its headings or the sentences right before must. What a part of a paper is about is read in topics.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sendparse.model import Facts, Sentence
from sendparse.packs import Packs
from sendparse.tag.link import Link
from sendparse.tag.topics import Part, Reader, Subjects, topics_of

_OWN_SHARE = 0.15  # of a paper's sentences that name it in words of its own: in corporate papers a tenth and less
_SHARE = 0.2  # of those that name it at all: papers on SEND name it in a quarter of them and more
_ENOUGH = 8  # sentences that a paper must have for that share to mean anything
_WORDS = 6  # that a sentence must have to count
_SHORT = 15  # sentences: a shorter paper says "plans" and "assessments" and means ours
_BEFORE = 2  # sentences back

Strange = Callable[[Sentence, Part], bool]


def keep_company(
    links: Sequence[Link], sentences: Sequence[Sentence], facts: Facts, packs: Packs, read: Reader
) -> None:
    """Take the measure from figures that stand in no company of its subject. `read` gives the symbols of a text."""
    subjects = Subjects(packs, read)
    if not subjects.core or not any(link.kpi is not None for link in links):
        return
    title = subjects.of(facts.title or next((s.text for s in sentences[:1] if s.kind == "heading"), ""))
    on_it = title.about and not title.theirs
    if on_it and all(subjects.heading(link.tagged.sentence) != "theirs" for link in links):
        return  # most papers are done here
    topics = topics_of(sentences, subjects)
    strange = _never if on_it else _rule(sentences, subjects, theirs=title.theirs, divided=topics.divided)
    anywhere = frozenset(packs.rules.get("foreign", {}).get("anywhere", ()))
    for link in links:
        if link.kpi is None or link.kpi.id in anywhere:
            continue
        place = link.tagged.sentence
        part = topics.of(place)
        if not part.ours and ((part.heading == "theirs" and not part.block_ours) or strange(place, part)):
            link.kpi = None


def _never(sentence: Sentence, part: Part) -> bool:
    """In a paper on the subject no part is strange but under the heading of another service."""
    return False


def _rule(sentences: Sequence[Sentence], subjects: Subjects, *, theirs: bool, divided: bool) -> Strange:
    """What makes a part of a paper strange, by how much of the paper is about the subject. `theirs`: by its title, it is another's."""
    long = [subjects.of(s.text) for s in sentences if s.kind != "heading" and len(s.text.split()) >= _WORDS]
    own, any_word = sum(told.about for told in long), sum(told.any_word for told in long)
    if not theirs and len(long) < _ENOUGH:
        return _never
    often = own >= _OWN_SHARE * len(long) or (len(long) < _SHORT and any_word >= _SHARE * len(long))
    if not theirs and often:
        return lambda sentence, part: divided and not (part.heading == "ours" or part.block_ours or part.section_ours)

    def names(text: str) -> bool:
        told = subjects.of(text)
        return told.ours if theirs else told.about

    near = _near(sentences, {(s.block, s.place): names(s.text) for s in sentences})

    def alone(sentence: Sentence, part: Part) -> bool:
        if part.theirs:
            return True
        if near.get((sentence.block, sentence.place), True) or names(sentence.lead):
            return False
        return not any(names(heading) for heading in sentence.headings)

    return alone


def _near(sentences: Sequence[Sentence], told: Mapping[tuple[int, int], bool]) -> dict[tuple[int, int], bool]:
    """For each sentence, whether it or one right before it names the subject; points of a list stand for themselves."""
    run: list[bool] = []
    block = -1
    out = {}
    for sentence in sentences:
        key = (sentence.block, sentence.place)
        if sentence.kind == "heading" or (sentence.kind == "list_item" and sentence.block != block):
            run = []
        block = sentence.block
        run = [*run[-_BEFORE:], told[key]]
        out[key] = any(run)
    return out

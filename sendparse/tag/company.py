"""Whether words that name a measure are about its subject at all: the company that they keep.

In: the figures of one paper's prose, placed. Out: the same, without measures in a paper, or a part of one, on something
else. "Requests answered in time" means EHC assessments in a paper on SEND, and freedom of information in a council's
corporate report. A paper is on the subject when its title or a fair share of its sentences name it; in any other, the
sentence, its lead, its headings or the sentences right before must. What a part of a paper is about is read in topics.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import takewhile

from sendparse.model import Facts, Sentence
from sendparse.packs import Packs
from sendparse.tag.link import Link
from sendparse.tag.tagged import Tagged
from sendparse.tag.topics import Part, Reader, Subjects, Told, topics_of

_OWN_SHARE = 0.2  # of a paper's sentences that name it in words of its own: in corporate papers a tenth and less
_OWN_SHARE_OF_SHORT = 0.15
_SHARE = 0.2  # of those that name it at all: papers on SEND name it in a quarter of them and more
_ENOUGH = 8  # sentences that a paper must have for that share to mean anything
_STRAY = 0.1  # of them that may name another service all the same
_WORDS = 6  # that a sentence must have to count
_SHORT = 15  # sentences: a shorter paper says "plans" and "assessments" and means ours
_BEFORE = 2  # sentences back
_BRIEF = 14  # words: "In 2023/24 only 58% were held on time" goes on with what stands before
_FRONT = 8  # characters
_OPENING = 5  # sentences

Strange = Callable[[Link, Part, Told], bool]  # `told`: what the sentence names up to the figure


def keep_company(
    links: Sequence[Link], sentences: Sequence[Sentence], facts: Facts, packs: Packs, read: Reader
) -> None:
    """Take the measure from figures that stand in no company of its subject. `read` gives the symbols of a text."""
    subjects = Subjects(packs, read)
    if not subjects.core or not any(link.kpi is not None for link in links):
        return
    title = subjects.of(f"{facts.title}\n{_opening(sentences)}")
    on_it = title.about and not title.theirs
    if on_it and all(subjects.heading(link.tagged.sentence) != "theirs" for link in links):
        return  # most papers are done here
    if on_it:  # then only what stands under the headings of others can be strange
        blocks = {link.tagged.sentence.block for link in links if link.kpi is not None}
        sentences = [s for s in sentences if s.block in blocks and subjects.heading(s) == "theirs"]
    topics = topics_of(sentences, subjects)
    strange = _never if on_it else _rule(sentences, subjects, title, divided=topics.divided)
    anywhere = frozenset(packs.rules.get("foreign", {}).get("anywhere", ()))
    tagged: Tagged | None = None
    ends: list[int] = []
    for link in links:
        if link.kpi is None or link.kpi.id in anywhere:
            continue
        part = topics.of(link.tagged.sentence)
        misplaced = part.heading == "theirs" and not part.block_ours
        if not misplaced and strange is _never:
            continue
        if tagged is not link.tagged:
            tagged, ends = link.tagged, _ends(link.tagged)
        told = subjects.of(link.tagged.text[: ends[link.number]])
        if not told.ours and (misplaced or strange(link, part, told)):
            link.kpi = None


def _opening(sentences: Sequence[Sentence]) -> str:
    """The headings with which a paper opens: its body, its meeting, its name."""
    opening = list(takewhile(lambda s: s.kind == "heading" or len(s.text.split()) < _WORDS, sentences[:_OPENING]))
    return "\n".join(s.text for s in opening if s.kind == "heading")


def _ends(tagged: Tagged) -> list[int]:
    """How far a sentence speaks of each of its figures, up to where the next one's words begin: "of 61 complaints, 19 were
    about SEND" says nothing of the 61."""
    out = [len(tagged.text)] * len(tagged.values)
    for number in range(len(out) - 2, -1, -1):
        end = tagged.values[number].end
        gap = tagged.text[end : tagged.values[number + 1].start]
        out[number] = out[number + 1]
        if _WORDS_BETWEEN.search(gap):  # else they are coupled: "62 (41%) of EHC plans", "45% and 52% of plans"
            breaks = [found.start() for found in _BREAK.finditer(gap)]
            out[number] = end + (breaks[-1] if breaks else len(gap))
    return out


_WORDS_BETWEEN = re.compile(r"(?i)(?!and\b|or\b|to\b|about\b|around\b)[a-z]{2,}")
_BREAK = re.compile(r"(?i)[,;:(–—]|\b(?:and|while|but|of\s+(?:which|whom|these|them|those))\b")


def _never(link: Link, part: Part, told: Told) -> bool:
    """In a paper on the subject no part is strange but under the heading of another service."""
    return False


def _rule(sentences: Sequence[Sentence], subjects: Subjects, title: Told, *, divided: bool) -> Strange:
    """What makes a part of a paper strange, by what its title names and how much of it is about the subject."""
    theirs = title.theirs
    long = [subjects.of(s.text) for s in sentences if s.kind != "heading" and len(s.text.split()) >= _WORDS]
    own, any_word = sum(told.about for told in long), sum(told.any_word for told in long)
    if not theirs and not divided and (_of_nobody_else(title, long) or _names_ours_alone(sentences, subjects)):
        return _never
    if not theirs and len(long) < _ENOUGH:
        return _never
    enough = _OWN_SHARE_OF_SHORT if len(long) < _SHORT else _OWN_SHARE
    often = own >= enough * len(long) or (len(long) < _SHORT and any_word >= _SHARE * len(long))
    if not theirs and often:
        return lambda link, part, told: divided and not (part.heading == "ours" or part.block_ours or part.section_ours)

    def names(text: str) -> bool:
        told = subjects.of(text)
        return told.ours if theirs else told.clear

    before = _before(sentences, names)

    def alone(link: Link, part: Part, told: Told) -> bool:
        sentence = link.tagged.sentence
        if told.theirs:
            return True
        if (told.ours if theirs else told.clear) or names(sentence.lead):
            return False
        dated = len(sentence.text.split()) <= _BRIEF and any(p.text_start < _FRONT for p in link.tagged.periods)
        goes_on = title.heads or told.any_word or dated or link.tagged.leans or link.tagged.points_back
        if goes_on and before[sentence.block, sentence.place]:
            return False
        return not any(names(heading) for heading in sentence.headings)

    return alone


def _of_nobody_else(title: Told, told: Sequence[Told]) -> bool:
    """Whether a paper speaks of things of ours, under whatever name, and hardly of another service.

    A report on appeals and mediation may never say whose: it takes words of another service to make it one of theirs.
    """
    ours = sum(one.heads for one in told)
    theirs = sum(one.theirs for one in told)
    few = theirs <= _STRAY * len(told) or (theirs == 1 and ours > theirs)
    return ours > theirs and (title.heads or ours >= _SHARE * len(told)) and few


def _names_ours_alone(sentences: Sequence[Sentence], subjects: Subjects) -> bool:
    """Whether a paper names our subject somewhere, be it whom it goes to, and no other service anywhere."""
    told = [subjects.of(s.text) for s in sentences]
    return any(one.ours for one in told) and not any(one.theirs for one in told)


def _before(sentences: Sequence[Sentence], names: Callable[[str], bool]) -> dict[tuple[int, int], bool]:
    """For each sentence, whether one right before it in its paragraph names the subject."""
    run: list[bool] = []
    block = -1
    out = {}
    for sentence in sentences:
        run = run[-_BEFORE:] if sentence.block == block else []
        block = sentence.block
        out[sentence.block, sentence.place] = any(run)
        run.append(names(sentence.text))
    return out

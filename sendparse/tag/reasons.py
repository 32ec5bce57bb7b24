"""What a figure is told of by its reason alone: "58 were about a refusal to assess" counts the appeals of the sentence before.

In: the linker with what it remembers, a tagged sentence, one of its figures. Out: the thing that is counted, where the sentence
says only why or of what kind: reasons, types and subjects of appeals, complaints and the like. Its measure must be one of that thing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from sendparse.tag.candidates import Near
from sendparse.tag.hints import Hinted
from sendparse.tag.tagged import Tagged
from sendparse.tag.wording import CONCEPT, Item

if TYPE_CHECKING:
    from sendparse.tag.link import Linker

_THINGS = ("appeal", "complaint", "mediation", "enquiry", "permanent_exclusion", "suspension")
_FAR = 2  # blocks
_KINDS = Hinted(
    r"(?i)\b(?:(?:the|their|its|most|main|common|commonest|top)\s+(?:\w+\s+){0,2}?(?:reasons?|types?|themes?|subjects?|causes?|grounds)\b[^.;]{0,50}?\b(?:were|are|was|is)\b|"
    r"by\s+(?:type|reason|subject|theme|ground)\b)"
)
_ABOUT = re.compile(
    r"(?i)\s+(?:\([^()]{1,9}\)\s+)?(?:of\s+(?:these|those|them)\s+)?(?:(?:were|was)\s+of\b|(?:(?:were|was|are)\s+)?(?:relat(?:ed|ing)\s+to|concern(?:ed|ing)|about|against|to\s+do\s+with)\b)"
)


def thing_told_of(linker: Linker, tagged: Tagged, number: int) -> str:
    """The thing that a figure counts, where its own words give only the reason; empty elsewhere."""
    if _first_about(tagged.text, tuple([value.end for value in tagged.values])) > number:
        kinds = _KINDS.search(tagged.text, 0, tagged.values[number].start)
        if kinds is None:
            return ""
    here = [i.symbol for i in tagged.items if i.symbol in _THINGS and i.start < tagged.values[number].start]
    if here:
        return here[0]
    sentence = tagged.sentence
    for link in reversed(linker.memory.links[-8:]):
        last = link.tagged.sentence
        if last.headings != sentence.headings or sentence.block - last.block > _FAR:
            break
        if link.kpi is not None and (said := [thing for thing in _THINGS if thing in link.symbols]):
            return said[0]
    return ""


@lru_cache(maxsize=8)  # asked for each figure of a sentence
def _first_about(text: str, ends: tuple[int, ...]) -> int:
    """The first of the figures that end there behind which stands what it is about; their number where there is none."""
    for number, end in enumerate(ends):
        if _ABOUT.match(text, end):
            return number
    return len(ends)


# A clause that only tells when, and words that only say how many there were of what was told before.
_WHEN = re.compile(r"\W*(?:When|Since|Before|After|Until|As|By\s+the\s+time)\s+(?:the|we|this|our|that|it)\b")
_THERE_WERE = re.compile(
    r"(?i)\b(?:there\s+(?:were|was|had\s+been)|(?:it|this|that|the\s+(?:figure|position|rate|share|number|total|result|score))\s+(?:was|were|stood\s+at|had\s+been))"
    r"\s+(?:(?:just|only|about|around|over|nearly|at)\s+)*\Z"
)


def stands_for_what_was_told(tagged: Tagged, number: int) -> bool:
    """As in "When the last plan was written there were 640": the words of the clause before are nobody's."""
    opened = None if number else _WHEN.match(tagged.text)
    return opened is not None and _THERE_WERE.search(tagged.text, opened.end(), tagged.values[0].start) is not None


def as_own(thing: str) -> list[Near]:
    """The thing as if it stood beside the figure."""
    return [Near(Item(thing, CONCEPT, 1.0, -1, -1, -1, False), 1.0, True, "part")] if thing else []

"""The title of a paper.

In: the front of a paper and its metadata. Out: the title as the front sheet, the cover or the first heading has it. The
metadata's title is the last resort: it is often the name of a Word file, or of the paper that served as a template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sendparse.facts.days import find_days
from sendparse.facts.front import Front, Line, is_sentence
from sendparse.facts.meeting import MeetingReader
from sendparse.facts.names import CouncilNames
from sendparse.facts.wordings import Wordings, label_key, plain

_FILE_NAME = re.compile(
    r"\.(?:docx?|xls[xm]?|pdf|pptx?|rtf|html?|txt|csv|odt)$|^[\w-]*[\\/][\w\\/-]*$|^\S*[_\d]\S*$", re.I
)
_MADE_BY = re.compile(
    r"^(?:microsoft (?:word|excel|powerpoint)|powerpoint presentation|slide \d|print(?:ing)?)\s*[-–:]?\s*", re.I
)
_ITEM = re.compile(r"^(?:agenda )?item(?: no\.?| number)?\s*\d*[a-z]?\s*[-–:.]\s*", re.IGNORECASE)
_NUMBER = re.compile(r"^\d{1,3}[.)]?\s+(?=[A-Z])")
_LABEL_LINE = re.compile(r"(?:report (?:of|by|from|author)|from|to|for|author|ward|status|contact)\b", re.IGNORECASE)
_ANY_COUNCIL = re.compile(r"(?:(?:[A-Z][\w'’,-]*|and|of|upon|on|the|&)\s+){1,8}(?i:council)")
_SITE = re.compile(r"\s+[-–—]\s+[^-–—]*\b(?:council|gov\.uk|local offer)$", re.IGNORECASE)
_LOOKED_AT = 6  # lines of the title block that are compared for words of titles
_REFERENCE = re.compile(r"^(?:page \d+.*|appendix [\w.]+|annex \w+|item(?: no\.?)? \w+|\W*|[\d\s.–-]+)$", re.IGNORECASE)


def paper_title(front: Front, metadata: str, wordings: Wordings, reader: MeetingReader, names: CouncilNames) -> str:
    """The title, or nothing."""
    for entry in front.values("title"):
        value = _tidy(entry.value)
        if _usable(value, wordings) and not reader.body(value, whole=True):
            return value
    stated = _stated(metadata)
    heading = _after_agenda_item(front.lines) or next(_headings(front, wordings, reader, names), "")
    if not _usable(stated, wordings) or plain(stated) == plain(heading):
        return heading
    return stated if (_agrees(stated, front) and not reader.body(stated, whole=True)) or not heading else heading


def _after_agenda_item(lines: tuple[Line, ...]) -> str:
    """A web page of an agenda item: the heading after "Agenda item"."""
    for line, following in pairwise(lines):
        if plain(line.text) in ("agenda item", "issue details", "decision details") and len(following.text) < 200:
            return _tidy(following.text)
    return ""


def _headings(front: Front, wordings: Wordings, reader: MeetingReader, names: CouncilNames) -> Iterator[str]:
    """Lines that may be the title, the likeliest first.

    That is the first heading, unless a line before it has words that titles have: in Word files the title is often no
    heading. Without headings it is the first line with such words, else the first line.
    """
    top = [(line, _tidy(line.text)) for line in front.top]
    top = [(line, text) for line, text in top if _usable(text, wordings) and not is_sentence(line)]
    top = [(line, text) for line, text in top if not _is_furniture(text, wordings, reader, names)]
    words = wordings.matcher("title_words")
    for line, text in top[:_LOOKED_AT]:
        if line.heading or words.search(text):
            yield text
    yield from (text for _, text in top)
    yield from (_tidy(line.text) for line in front.lines if line.heading and _usable(_tidy(line.text), wordings))


def _is_furniture(text: str, wordings: Wordings, reader: MeetingReader, names: CouncilNames) -> bool:
    """A letterhead, a meeting, a day, a line of a front sheet, a sentence."""
    if _ANY_COUNCIL.fullmatch(text):
        return True
    formal = [mention for mention in names.find(text) if mention.formal]
    if formal and len(text) - (formal[0].end - formal[0].start) < 4:
        return True
    days = find_days(text)
    if days and len(text) - (days[0].end - days[0].start) < 12:
        return True
    if wordings.label_pattern.match(text) or label_key(text) in wordings.labels or _LABEL_LINE.match(text):
        return True
    return bool(reader.body(text, whole=True)) or len(text) > 160 or bool(re.search(r"[.:;,]$", text))


def _usable(text: str, wordings: Wordings) -> bool:
    if (
        sum(map(str.isalpha, text)) < 5
        or text[0].islower()
        or plain(text) in wordings.lists["no_titles"]
        or _REFERENCE.match(text)
    ):
        return False
    return not _FILE_NAME.search(text)


def _stated(metadata: str) -> str:
    """The metadata's title without what programs and web sites put around it."""
    text = _MADE_BY.sub("", " ".join(metadata.split()))
    text = re.sub(
        r"^(?:agenda item|issue details|decision details|issue|decision)\s*[-–:]\s*", "", text, flags=re.IGNORECASE
    )
    return _tidy(_SITE.sub("", re.split(r"\s+\|\s+", text)[0]))


def _agrees(stated: str, front: Front) -> bool:
    """The metadata's title is on the page too."""
    words = plain(stated)
    return any(words in plain(line.text) for line in front.lines)


def _tidy(text: str) -> str:
    return _NUMBER.sub("", _ITEM.sub("", " ".join(text.split()))).strip(" \t-–—:|*")

"""Which council published a paper.

In: the paper and its front. Out: one council, or none with the reason. What declares the publisher (its site, its
letterhead, the front sheet) goes before what merely mentions it (mail addresses, "X County Council" in the text).
Being named is no evidence by itself: neighbours, comparators, court cases and inspected areas are named too. Precision
goes before recall, since every figure of a paper is laid at the door of this council.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sendparse.facts.front import FRONT_PAGES, Front, is_sentence
from sendparse.facts.meeting import Meeting
from sendparse.facts.names import CouncilNames, Mention
from sendparse.facts.wordings import Wordings
from sendparse.model import Block, Document, Table
from sendparse.reference import Council, Reference

_ENOUGH = 4.0
_CLEARLY_AHEAD = 2.5
_HOST = re.compile(
    r"(?:[\w.+-]+@|https?://|www\.)?((?:[a-z0-9-]+\.)+(?:gov\.uk|moderngov\.co\.uk|cmis\.uk\.com))\b", re.IGNORECASE
)
_WORDS = re.compile(r"[^\W\d_]{2,}")
_JOINED_TO = re.compile(r"\b(?:with|by|to|from|in|at|on|and|against)\s+(?:the\s+)?$", re.IGNORECASE)
_COUNCIL = re.compile(r"\bcouncil\b(?! for)", re.IGNORECASE)
_LETTERHEAD_WORDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """The council, or why it stays open: `unknown` or `ambiguous`, with what was found."""

    council: Council | None = None
    doubt: str = ""  # "", unknown, ambiguous
    seen: str = ""  # names found, for the message
    other: bool = False  # published by a body that is no council


@dataclass(frozen=True, slots=True)
class _Other:
    quote: str
    sign: bool  # small print or a title that only such a body prints, not merely a letterhead


@dataclass(slots=True)
class _Evidence:
    declared: set[str] = field(default_factory=set)
    formal: Counter[str] = field(default_factory=Counter)
    hosts: Counter[str] = field(default_factory=Counter)
    titled: set[str] = field(default_factory=set)
    named: Counter[str] = field(default_factory=Counter)
    supported: Counter[str] = field(default_factory=Counter)

    def score(self, code: str) -> float:
        """How much of the paper speaks for this council, letterheads apart."""
        return (
            min(1.5 * self.formal[code], 6.0)
            + (min(2.0 + 0.5 * self.hosts[code], 4.0) if self.hosts[code] else 0.0)
            + (2.0 if code in self.titled else 0.0)
            + min(0.4 * self.named[code], 1.6)
            + min(0.2 * self.supported[code], 0.8)
        )

    def codes(self) -> list[str]:
        return sorted({*self.declared, *self.formal, *self.hosts, *self.titled, *self.named})


class PublisherFinder:
    """Finds the publisher with these reference files and wordings."""

    def __init__(self, reference: Reference, wordings: Wordings, names: CouncilNames) -> None:
        self._reference = reference
        self._wordings = wordings
        self._names = names

    def find(
        self, document: Document, blocks: Sequence[Block], tables: Sequence[Table], front: Front, meeting: Meeting
    ) -> Publisher:
        """The council that published the paper."""
        evidence = self._weigh(document, blocks, tables, front)
        if not evidence.declared:
            # Last of all, and only if it names one: footers link to partners too.
            named = {code for line in document.around.splitlines() for code in self._letterhead(line)}
            evidence.declared |= named if len(named) == 1 else set()
        other = self._other_publisher(blocks, front, meeting)
        if other and not (evidence.declared and (meeting.committee or meeting.day) and not other.sign):
            return Publisher(doubt="unknown", seen=other.quote, other=True)
        return self._decide(evidence, blocks)

    def _decide(self, evidence: _Evidence, blocks: Sequence[Block]) -> Publisher:
        ranking = sorted(evidence.codes(), key=lambda code: (-evidence.score(code), code))
        seen = self._seen(ranking)
        if len(evidence.declared) > 1:
            return Publisher(doubt="ambiguous", seen=self._seen(sorted(evidence.declared)))
        if evidence.declared:
            code = next(iter(evidence.declared))
            rival = max((evidence.score(other) for other in ranking if other != code), default=0.0)
            if rival >= 6.0 and rival > 3 * max(evidence.score(code), 1.5):
                return Publisher(doubt="ambiguous", seen=seen)
            return Publisher(council=self._reference.council_by_la_code(code))
        if not ranking:
            return Publisher(doubt="unknown")
        best = ranking[0]
        score = evidence.score(best) + (1.0 if best in evidence.titled and self._speaks(blocks) else 0.0)
        if score < _ENOUGH or not (evidence.formal[best] or evidence.hosts[best] or best in evidence.titled):
            return Publisher(doubt="unknown", seen=seen)
        if any(score < _CLEARLY_AHEAD * evidence.score(other) for other in ranking[1:]):
            return Publisher(doubt="ambiguous", seen=seen)
        return Publisher(council=self._reference.council_by_la_code(best))

    # -- evidence -----------------------------------------------------------------------------------------------------

    def _weigh(self, document: Document, blocks: Sequence[Block], tables: Sequence[Table], front: Front) -> _Evidence:
        evidence = _Evidence()
        site = self._reference.council_by_domain(document.url) if document.url else None
        if site:
            evidence.declared.add(site.la_code)
        for entry in front.values("council"):
            if (entry.page or 1) == 1:
                evidence.declared |= self._sole(self._names.find(entry.value[:120]))
        tail = re.split(r"\s[|–—-]\s", document.title)[-1]
        if " " in document.title.strip():
            evidence.declared |= self._letterhead(tail)
        for line in front.top:
            evidence.declared |= self._letterhead(line.text)
        for text in self._title_lines(document, front):
            evidence.titled |= self._sole([m for m in self._names.find(text) if m.kind in ("name", "short")])
        for line in front.top:
            if not is_sentence(line):
                self._count(line.text, evidence)  # once more than as a part of its block: a line of the title block
        for text in self._texts(blocks, tables):
            self._count(text, evidence)
        return evidence

    def _texts(self, blocks: Sequence[Block], tables: Sequence[Table]) -> Iterator[str]:
        """Every block, and what a front sheet says in a cell that is no block: sentences and addresses."""
        seen = {block.text for block in blocks}
        yield from (block.text for block in blocks)
        front = (cell.text for table in tables if (table.page or 0) <= FRONT_PAGES for cell in table.cells)
        yield from (text for text in front if (len(text.split()) > 5 or "." in text) and text not in seen)

    def _count(self, text: str, evidence: _Evidence) -> None:
        """One block: each council once, lists of councils not at all."""
        if ".uk" in text:  # most blocks have none
            hosts = (self._reference.council_by_domain(match[1]) for match in _HOST.finditer(text))
            evidence.hosts.update(council.la_code for council in hosts if council)
        mentions = [mention for mention in self._names.find(text) if not self._against(text, mention)]
        if not mentions:
            return
        sure = {mention.codes[0] for mention in mentions if not mention.ambiguous and mention.kind != "word"}
        sure |= {mention.codes[0] for mention in mentions if not mention.ambiguous and mention.formal}
        if len(sure) < 3:
            formal = {mention.codes[0] for mention in mentions if mention.formal and not mention.ambiguous}
            evidence.formal.update(formal)
            evidence.named.update(sure - formal)
            evidence.supported.update({code for mention in mentions if mention.ambiguous for code in mention.codes})

    def _against(self, text: str, mention: Mention) -> bool:
        return bool(self._wordings.against.search(text[max(0, mention.start - 60) : mention.start]))

    def _letterhead(self, line: str) -> set[str]:
        """Councils named by a line that is little else than their name, or that begins with it and names a meeting."""
        mentions = [mention for mention in self._names.find(line) if mention.formal and not mention.ambiguous]
        if not mentions or self._wordings.label_pattern.match(line) or _JOINED_TO.search(line[: mentions[0].start]):
            return set()
        if any(self._against(line, mention) for mention in mentions):
            return set()
        rest = line
        for mention in reversed(mentions):
            rest = rest[: mention.start] + rest[mention.end :]
        short = len(_WORDS.findall(rest)) <= _LETTERHEAD_WORDS and not re.search(
            r"['’]s\b|\.$", line[mentions[-1].end :]
        )
        meeting = mentions[0].start <= 4 and self._wordings.matcher("bodies").search(rest) and len(line.split()) <= 18
        return {mention.codes[0] for mention in mentions} if short or meeting else set()

    def _sole(self, mentions: Iterable[Mention]) -> set[str]:
        return {
            mention.codes[0]
            for mention in mentions
            if not mention.ambiguous and (mention.formal or mention.kind != "word")
        }

    def _title_lines(self, document: Document, front: Front) -> Iterator[str]:
        yield document.title
        yield from (line.text for line in front.top[:12] if not line.table and not is_sentence(line))

    # -- other publishers ---------------------------------------------------------------------------------------------

    def _other_publisher(self, blocks: Sequence[Block], front: Front, meeting: Meeting) -> _Other | None:
        """The words that show that a body other than a council published this."""
        signs = self._wordings.matcher("other_publishers")
        if not meeting.committee:
            title = next((line.text for line in front.top if signs.search(line.text)), "")
            if title:
                return _Other(title, sign=True)
            seen = {match[0].lower() for block in blocks for match in signs.finditer(block.text)}
            if len(seen) > 1:
                return _Other(min(seen), sign=True)
        letterhead = self._wordings.matcher("other_letterheads")
        for line in front.top:
            found = letterhead.search(line.text)
            if found and not line.table and not is_sentence(line) and not _COUNCIL.search(line.text):
                return _Other(line.text, sign=False)
        return None

    def _speaks(self, blocks: Sequence[Block]) -> bool:
        speaks = self._wordings.matcher("speaks_as_council")
        return any(speaks.search(block.text) for block in blocks)

    def _seen(self, codes: Sequence[str]) -> str:
        councils = (self._reference.council_by_la_code(code) for code in codes[:4])
        return ", ".join(council.name for council in councils if council)

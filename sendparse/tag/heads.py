"""What a figure counts or pays for: the noun that stands with it decides which measures it cannot be of.

In: a tagged sentence and one of its figures. Out: a Head, which admits measures or rules them out. "12 officers" are no plans,
"£2.1m of savings" are no deficit, "fuel went up by 12%" says nothing of transport's cost, however loud the words of a measure
are around them. The nouns and what they leave are in heads.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sendparse.begins import Sought
from sendparse.packs import Packs
from sendparse.tag.hints import Hinted
from sendparse.tag.tagged import Tagged
from sendparse.tag.wording import CONCEPT
from sendparse.tag.wordings import any_of

_MONEY = "gbp"
_OTHERS = "others"  # "57 mediation meetings" are ours where a measure's wording holds the meeting
_TIMES = frozenset({"weeks", "days", "months", "years"})
_FUNCTION = (
    "of|in|to|for|with|were|was|are|is|be|been|had|have|has|and|or|that|which|who|at|on|by|from|per|than|as|the|a|an|this|when|while|but|"
    "attend|attends|attended|attending|go|goes|going|receive|received|need|use|used|travel|leave|left|join|joined|visit|educated|placed|"
    "after|before|will|would|did|do|not|if|once|unless|where|should|including|excluding|through|since|because"
)
_ENDING = "across|during|now|took|take|said|went|go|met|attend|sent|made|over|under|within|between|we|our|available|each|every|run|held"
_NEVER = "(?!)"
_NONE: frozenset[str] = frozenset()
_BESIDE = 24  # characters before a noun in which its own kind is named: "the DSG reserves"
# Words that stand between a number and the noun it counts: "12 new full-time officers", "two of the three bases".
_BETWEEN = rf"(?:(?!(?:{_FUNCTION})\b)[A-Za-z][\w'’/-]*\s+){{0,4}}?"
_OF = r"(?:\s+(?:out\s+)?of\s+(?:(?:the|our|its|these|those|all|their|some)\s+)*(?:\d[\d,]*\s+)?|\s+)"
_ENDS = rf"(?=\s*(?:$|[.,;:)\]–—-]|(?:{_FUNCTION}|{_ENDING}|\w+ed|\w+ing)\b|\d))"
# "Single taxis fell from 310 to 280": the noun moves to its figure.
_MOVED = (
    r"\s+(?:have\s+|has\s+|had\s+)?(?:fell|fallen|rose|risen|increased|decreased|dropped|grew|grown|went|gone|came\s+down|come\s+down|numbered|totalled)"
    r"(?:\s+(?:up|down|slightly|sharply))?\s+(?:from|to|at)?\s*(?:(?:about|around|just|only|over|some|nearly)\s+)*(?:\d[\d,]*\s+to\s+)?"
)
# "31 schools vote on it", not "31 schools places".
_HEADED = "places?|pupils?|children|placements?|plans?|posts?|vacanc[a-z]+|blocks?|budgets?|forum|grants?|fund[a-z]*|teams?|services?"
_PLURAL_ENDS = rf"(?<=s)(?=\s+[a-z])(?!\s+(?:{_HEADED})\b)"
_UP_TO_NOUN = re.compile(rf"(?i){_OF}{_BETWEEN}")
_OF_THEM = re.compile(r"(?i)\s+of\s+(?:them|these|those|which|whom)\b")
_OF_WHICH = re.compile(
    r"(?i)\bof\s+(?:which|whom|them|these|those),?\s+(?:(?:about|around|only|just|over|nearly)\s+)?$"
)
_SHARE = re.compile(r"(?i)\s+of\b")
_HEDGE = r"(?:(?:about|around|over|nearly|almost|some|just|approximately|circa|c\.?|up\s+to|an?\s+(?:estimated|further|additional))\s+)*"
_STEPS = (
    r"are|is|was|were|have|has|had|of|worth|total(?:s|led|ling)?|amount(?:s|ed|ing)?\s+to|to\s+the\s+value\s+of|stand(?:s|ing)?\s+at|stood\s+at|"
    r"came\s+to|at|already|currently|now|expected\s+to\s+be|cost(?:s|ing)?|reached"
)
_LINK = rf"(?:,?\s+(?:which\s+)?(?:(?:{_STEPS})\s+)*|:\s*|\s+\(){_HEDGE}$"
_BEGINS = Sought(
    r"(?:[.;:!?]|,\s|\s[–—-]\s|\b(?:and|but|while|whilst|whereas|although|though|because|so|that|which)\b)"
)
_ALONE, _ASKS = re.compile(r"[^\w%£]*"), Sought(r"(?i)\b(?:how\s+many|number\s+of)\b")
_NO_SUBJECT = Sought(
    r"(?i)\b(?:of|for|in|on|to|from|with|by|after|before|against|than|is|was|are|were|has|have|had|will|would|at|as)\b"
)


@dataclass(frozen=True, slots=True)
class Head:
    """What a figure is of. `kind` is the class of the noun, `measures` are those that the class leaves."""

    kind: str
    measures: frozenset[str] = _NONE
    symbols: frozenset[str] = _NONE  # what the noun itself says

    def admits(self, kpi: str, symbols: frozenset[str]) -> bool:
        """Whether a figure of this noun can be of a measure that `symbols` name."""
        return kpi in self.measures or bool(symbols & self.symbols)


class Heads:
    """The nouns of the packs, compiled."""

    def __init__(self, packs: Packs) -> None:
        rules: Mapping[str, Any] = packs.rules.get("heads", {})
        counted, paid = rules.get("counted", {}), rules.get("paid", {})
        self._measures = {kind: frozenset[str](found.get("measures", ())) for kind, found in counted.items()}
        self._ours = {kind: frozenset[str](found.get("ours", ())) for kind, found in paid.items()}
        things = _kinds({kind: plurals(found["words"]) for kind, found in counted.items()})
        sums = _kinds({kind: [*found["words"], *plurals(found["words"])] for kind, found in paid.items()})
        step = r"(?:a|per|each)\s+year\s+|annually\s+|annual\s+|worth\s+"
        self._behind = re.compile(rf"(?i){_OF}{_BETWEEN}(?P<noun>{things})(?:{_PLURAL_ENDS}|{_ENDS})")
        self._before = Hinted(rf"(?i)\W*(?:the\s+number\s+of\s+|our\s+|the\s+)?{_BETWEEN}(?P<noun>{things}){_MOVED}")
        self._paid_behind = re.compile(
            rf"(?i)\s+(?:{step})?(?:(?:of|in|for|on|from)\s+)?{_BETWEEN}(?P<noun>{sums})(?!\w)"
        )
        self._subject = Hinted(rf"(?i)\b(?P<noun>{sums})(?!\w)")
        self._paid_before = Hinted(rf"(?i)\b(?P<noun>{sums}){_LINK}", like=self._subject)
        self._does = Sought(rf"(?i)\b(?:{any_of(rules.get('paid_by', ()), caseless=True) or _NEVER})\s*:?\s+{_HEDGE}$")
        self._moves = Hinted(rf"(?i)\b(?:{any_of(rules.get('subjects', ()), caseless=True) or _NEVER})(?!\w)")
        self._named = frozenset(rules.get("named", ()))
        self._shares = re.compile(rf"(?i)\s+(?:{any_of(rules.get('shares', ())) or _NEVER})(?!\w)")

    def of(self, tagged: Tagged, number: int) -> Head | None:
        """What a figure is of, where its noun is of a class; None where anything can be meant."""
        value = tagged.values[number]
        if number and value.unit not in _TIMES and _is_of_those(tagged, number):
            head = self.of(tagged, number - 1)  # "38 sessions, 21 of them full"
            return None if head is None or head.symbols else head
        if value.unit == "count" and _ALONE.fullmatch(tagged.text[: value.start] + tagged.text[value.end :]):
            return self._asked(tagged.sentence.lead)
        clause = _clause(tagged.text, value.start)
        if value.unit == _MONEY:
            return self._sum(tagged, number, clause)
        if value.unit in _TIMES:
            return None
        if value.unit == "percent":
            if self._shares.match(tagged.text, value.end):
                return Head("share")
            if (moved := self._moves.search(clause)) and _is_subject(clause, moved):
                return Head("subject")
            if not _SHARE.match(tagged.text, value.end):
                return self._thing(tagged, number)  # "29% special schools" are of plans
        found = self._behind.match(tagged.text, value.end)
        if found is None and value.unit == "count":
            found = self._before.fullmatch(clause) if self._before.may_hold(clause) else None
        if found is not None:
            kind = _kind(found)
            return Head(kind, self._measures[kind], _symbols(tagged, found.span("noun")) if kind == _OTHERS else _NONE)
        return self._thing(tagged, number)

    def _asked(self, lead: str) -> Head | None:
        """As in "How many laptops used by SEND officers were lost? Two.": what is asked for."""
        asks = _ASKS.search(lead)
        found = self._behind.match(lead, asks.end()) if asks is not None else None
        return Head(_kind(found), self._measures[_kind(found)]) if found is not None else None

    def _thing(self, tagged: Tagged, number: int) -> Head | None:
        """As in "36 complaints concerned delays in issuing plans": complaints, whatever they are about."""
        end = tagged.values[number].end
        for item in tagged.items:
            if item.kind != CONCEPT or item.symbol not in self._named or item.start < end:
                continue
            if _UP_TO_NOUN.fullmatch(tagged.text, end, item.start) and tagged.text[item.end - 1].lower() == "s":
                return Head(item.symbol, symbols=frozenset({item.symbol}))
        return None

    def _sum(self, tagged: Tagged, number: int, clause: str) -> Head | None:
        """As in "£2.1m of savings", "reserves stand at £18m", "would save £450,000"."""
        value = tagged.values[number]
        if self._does.search(clause):
            return Head("paid_by")
        start = 0
        found = self._paid_behind.match(tagged.text, value.end)
        if found is None:
            start = value.start - len(clause)
            found = self._paid_before.search(clause) or self._subject.search(clause)
            if found is None or not (self._paid_before.search(clause) or _is_subject(clause, found)):
                return None
        place = (start + found.start("noun"), start + found.end("noun"))
        kind = _kind(found)
        if self._ours[kind] & {item.symbol for item in tagged.items if place[0] - _BESIDE <= item.start < place[0]}:
            return None
        return Head(kind, symbols=_NONE if self._ours[kind] else _symbols(tagged, place))


def heads_of(packs: Packs) -> Heads:
    """The heads of these packs, compiled once."""
    return packs.once("heads", lambda: Heads(packs))


def _kind(found: re.Match[str]) -> str:
    return next(name for name, said in found.groupdict().items() if said and name != "noun")


def _symbols(tagged: Tagged, place: tuple[int, int]) -> frozenset[str]:
    return frozenset(i.symbol for i in tagged.items if i.start < place[1] and place[0] < i.end)


def _clause(text: str, at: int) -> str:
    """The words from the last turn of a sentence to a figure."""
    begin = 0
    for turn in _BEGINS.finditer(text, 0, at):
        begin = turn.end()
    return text[begin:at]


def _is_of_those(tagged: Tagged, number: int) -> bool:
    """Whether a figure counts among what the one before it counts."""
    text, value, last = tagged.text, tagged.values[number], tagged.values[number - 1]
    return _OF_THEM.match(text, value.end) is not None or _OF_WHICH.search(text, last.end, value.start) is not None


def _is_subject(clause: str, found: re.Match[str]) -> bool:
    """Whether a noun stands where the subject of its clause does: before any verb, and behind no preposition."""
    before = clause[: found.start()]
    return len(before.split()) <= 4 and _NO_SUBJECT.search(before) is None


def _kinds(words: Mapping[str, Sequence[str]]) -> str:
    return "|".join(f"(?P<{kind}>{any_of(forms, caseless=True)})" for kind, forms in words.items()) or _NEVER


def plurals(words: Sequence[str]) -> list[str]:
    """The nouns of heads.yaml as they stand behind a number: "12 members of staff"."""
    return [_plural_of(word) for word in words]


def _plural_of(word: str) -> str:
    if word in {"staff"} or word.endswith("s"):
        return word
    if word.startswith("member of"):
        return word.replace("member", "members", 1)
    if word.endswith("y") and word[-2] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("x", "ch", "sh")) else f"{word}s"

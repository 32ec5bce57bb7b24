"""Whether a figure can be of a measure at all, by what it is and by the words that go with it.

In: a tagged sentence, one of its figures, and a measure that words or context offer. Out: yes or no. A percentage is no
count, a score on a scale no percentage; complaints answered in time are no plans issued in time; people asked, and people
who answered one question of a survey, are not its responses. What the figure's noun rules out is in heads.py; what the part
of a paper rules out, in company.py. The words are in foreign.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import TYPE_CHECKING, Any

from sendparse.model import Value
from sendparse.packs import Kpi, Packs
from sendparse.tag.candidates import Candidate, Near
from sendparse.tag.heads import plurals
from sendparse.tag.hints import Hinted
from sendparse.tag.tagged import Tagged
from sendparse.tag.wording import Item
from sendparse.tag.wordings import words

if TYPE_CHECKING:
    from sendparse.tag.link import Link
    from sendparse.tag.near import Surroundings

_LEVELS = frozenset({"actual", "benchmark", "baseline", "context"})
_NEVER = "(?!)"
_SURE = 0.5
_OF_WHOM = re.compile(r"\s+of\s+(?:whom|them|these)\b")
_FOR_ALL = re.compile(r"\s+(?:for|among|amongst|across)\s")
_BESIDE = 0.75
_IN_SENTENCE = frozenset({"part", "sentence", "later", "lead"})
_LOUD = 0.9
_GROWS = re.compile(
    r"(?i)\b(?:growth|growing|grow|grew|grown|increased?|rises?|rose|risen|decreased?|reduction|fell|fallen)\b"
)
_SHORT_ANSWER = 8  # words: an answer that need not name what it answers
_PROPORTION = re.compile(r"(?i)\b(?:proportion|number|share|group)\s+\($")
_IN_WEEKS = re.compile(
    r"(?i)\b(?:average|mean|median)\s+(?:number\s+of\s+)?weeks\b[^.;,\d]*$"
)  # "Average weeks to complete: 23.8"
_OF_THE = re.compile(r"(?i)\b(?:out\s+)?of\s+(?:the|these|those|all)?\s*$")
_NO_SPEECH = r"(?!\s+(?:that|with|by\s+saying)\b|\s*:)"  # "the officer replied that it was 33 weeks"
_MANY = r"\s+(?:[A-Za-z][\w'’/-]*\s+){0,5}?"
_FEW = r"\s+(?:[A-Za-z][\w'’/-]*\s+){0,2}?"


class Fits:
    """The rules of the packs, compiled."""

    def __init__(self, packs: Packs) -> None:
        rules: Mapping[str, Any] = packs.rules.get("foreign", {})
        answering, answers = rules.get("answering", {}), rules.get("answers", {})
        self._answering = Hinted(rf"(?i)(?<!in\s){_words(answering.get('words', ()))}{_NO_SPEECH}")
        self._timely = frozenset(answering.get("groups", ()))
        self._timed = frozenset(answering.get("things", ()))
        undone = rules.get("undone", {})
        self._undone = Hinted(rf"(?i){_words(undone.get('words', ()))}")
        self._completed = frozenset(undone.get("measures", ()))
        self._own_words = {kpi: frozenset(symbols) for kpi, symbols in rules.get("own_words", {}).items()}
        referred = rules.get("referred", {})
        self._of_assessments = frozenset(referred.get("groups", ()))
        self._services = frozenset(referred.get("services", ()))
        self._assessed = frozenset(referred.get("things", ()))
        self._stops = re.compile(r"\.\s")
        self._answers = frozenset(answers.get("measures", ()))
        self._question = re.compile(rf"(?i){_words(answers.get('question', ()))}")
        asked, whole = (_words(answers.get(key, ())) for key in ("asked", "whole"))
        counted = packs.rules.get("heads", {}).get("counted", {}).get("others", {}).get("words", ())
        others = _words((*plurals(counted), *answers.get("others", ())))
        said = _words((*rules.get("tell", ()), *answers.get("said", ())))
        people = _words((*rules.get("people", ()), "of them"))
        self._base = re.compile(
            rf"(?i){_FEW}(?:{_words(answers.get('base', ()))}(?!\s+(?:who|that)\b)|{people}\s+who\s+(?:\w+\s+){{1,5}}{whole})"
        )
        self._asked_behind = re.compile(rf"(?i){_MANY}(?:(?:were|was|have\s+been|had\s+been)\s+)?{asked}")
        self._asked_before = re.compile(rf"(?i){asked}\s+(?:(?:out|to|about|some|over|more\s+than)\s+)*$")
        self._others = re.compile(rf"(?i){_MANY}(?:(?:in|at|to|with)\s+(?:our\s+|the\s+)?)?{others}")
        self._said = re.compile(rf"(?i){_FEW}{people}\s+(?:who\s+|also\s+)?{said}")
        self._having = re.compile(rf"(?i){people}\s+(?:\w+\s+){{0,4}}(?:had|have|having|with)\s+[^.;]*$")
        self._people = re.compile(rf"(?i){_FEW}{people}")
        self._scale = re.compile(rf"(?i){_words(rules.get('scale', ()))}")

    def admits(self, tagged: Tagged, number: int, kpi: Kpi, symbols: Iterable[str]) -> bool:
        """Whether the figure can be of this measure, which `symbols` name."""
        value = tagged.values[number]
        if not self._unit_fits(tagged, number, kpi) or self._is_an_answer_in_time(tagged, kpi, symbols):
            return False
        if kpi.id in self._completed and self._undone.search(
            tagged.text[tagged.parts[number].start : tagged.parts[number].end]
        ):
            return False
        if kpi.group in self._of_assessments and self._referred(tagged, number):
            return False
        if (own := self._own_words.get(kpi.id)) is not None and not self._said_by_itself(tagged, own):
            return False
        return kpi.id not in self._answers or self._counts_answers(tagged.text, value)

    def _referred(self, tagged: Tagged, number: int) -> bool:
        """As in "CAMHS took in 3,100 referrals": those of another service, where nobody speaks of assessments for a plan."""
        start, end = tagged.parts[number].start, tagged.parts[number].end
        if any(_is_said(item, self._assessed) for item in tagged.items):
            return False
        named = (item for item in tagged.items if item.symbol in self._services and item.start < end)
        return any(start <= item.start or not self._stops.search(tagged.text, item.end, start) for item in named)

    def is_of_assessments(self, kpi: Kpi) -> bool:
        """Whether a measure is one that referrals to other services are mistaken for."""
        return kpi.group in self._of_assessments

    def names_a_service(self, items: Iterable[Item]) -> bool:
        """Whether another service is named, and nothing of assessments for a plan: the waits told are its own."""
        symbols = {item.symbol for item in items}
        return bool(symbols & self._services) and not symbols & self._assessed

    def _unit_fits(self, tagged: Tagged, number: int, kpi: Kpi) -> bool:
        value, role = tagged.values[number], tagged.roles[number].name
        if value.unit == "percent":
            return kpi.unit not in {"count", "gbp", "fte"} or role not in _LEVELS or bool(_GROWS.search(tagged.text))
        if kpi.unit == "fte" and value.unit == "count" and _CASES.match(tagged.text, value.end):
            return False  # "16 coordinators, each with about 170 plans"
        if kpi.unit in {"count", "fte"} or "bare" not in value.flags:
            return True
        if not value.decimals and self._people.match(tagged.text, value.end):
            return False  # "the largest share (57 people)", "44 children are waiting"
        if kpi.unit in _TIMES and _THINGS.match(tagged.text, value.end):
            return False  # "210 assessments"
        before = tagged.text[: value.start]
        if kpi.unit != "percent":
            return True
        if _PROPORTION.search(before) or _IN_WEEKS.search(before):
            return False
        on_a_scale = value.decimals > 0 and "%" not in tagged.text
        return not (on_a_scale and self._scale.search(before[-60:]) and _SATISFIED in kpi.id)

    def _is_an_answer_in_time(self, tagged: Tagged, kpi: Kpi, symbols: Iterable[str]) -> bool:
        """As in "21% were responded to in timescale": letters and calls, where nothing else is said to have been in time."""
        if kpi.group not in self._timely or not self._answering.search(tagged.text):
            return False
        things = self._timed & frozenset(symbols)
        return not any(_is_said(item, things) for item in tagged.items)

    def _said_by_itself(self, tagged: Tagged, own: frozenset[str]) -> bool:
        """Whether one of a measure's own words stands in the sentence; a short one may lean on what was asked or told before."""
        if any(item.symbol in own for item in tagged.items):
            return True
        words = len(tagged.text.split())
        if tagged.leans:  # "By May 2025, this had risen to 95%."
            return words < 2 * _SHORT_ANSWER
        return bool(tagged.sentence.lead) and words < _SHORT_ANSWER

    def _counts_answers(self, text: str, value: Value) -> bool:
        """Whether a number counts the answers to a whole survey."""
        before = text[: value.start]
        if (
            self._question.search(text)
            or _WAS_ANSWERED.search(text)
            or _JOINED_IN.search(text)
            or self._asked_before.search(before)
            or self._asked_behind.match(text, value.end)
        ):
            return False
        if self._base.match(text, value.end):
            return True  # "of the 145 parents who had answered our survey"
        if _OF_THE.search(before):
            return False  # "of the 73 parents who had been to a session, 40 said": who answered one thing of many
        if self._having.search(before):
            return False  # "on average respondents had two children"
        return not (self._others.match(text, value.end) or self._said.match(text, value.end))


# Letters and complaints are answered, and people take part in more than surveys.
_WAS_ANSWERED = re.compile(r"(?i)\b(?:were|was|been|be)\s+(?:\w+ly\s+)?(?:answered|replied|responded)\b")
_JOINED_IN = re.compile(
    r"(?i)\b(?:took|take|taken|taking)\s+part\s+in\s+(?![^.;]{0,60}\b(?:survey|consultation|poll|questionnaire|exercise|review)\b)"
)
_SATISFIED = "satisf"
_CASES = re.compile(r"\s+(?:(?:EHC|open|live|active)\s+)?(?:plans|EHCPs|children|cases|pupils|families)\b")
_TIMES = frozenset({"weeks", "days", "months", "years"})
_THINGS = re.compile(r"\s+(?!(?:weeks|days|months|years|was|is|has|as|this|its)\b)[a-z]+[^\Ws]s\b")
_NAMED_ABOVE, _REFERRAL = frozenset({"lead", "heading"}), "request"
_SAYS_LITTLE = 3  # words of four letters or more
_LONG_WORD = re.compile(r"[A-Za-z]{4,}")
_EVERYWHERE = frozenset(
    {"this", "that", "with", "from", "have", "been", "were", "which", "their", "they", "will", "year", "month"}
    | {"report", "quarter", "number", "total"}
)
_POINTS = re.compile(r"(?i)\b(?:this|that|it|they|these|those|ones?|them|average|figure|rate|total|number|target)\b")


def only_happens(candidate: Candidate, near: Sequence[Near], happens: Set[str]) -> bool:
    """Whether all that is said of a measure is what happened: "12 were agreed", where nothing names what was agreed.

    What a paper on the subject need not say ("assessments") is lent to words for things, not to such words alone.
    """
    if "paper" not in candidate.sources or any(n.own and n.source == "lead" for n in near):
        return (
            False  # under the label of a row, "Average weeks to complete", a bare figure is of what the table is about
        )
    said = (n.item.symbol for n in near if n.source != "paper")
    return not any(symbol in candidate.symbols and symbol not in happens for symbol in said)


def of_its_thing(
    candidates: Iterable[Candidate], near: Sequence[Near], around: Surroundings, *, follows: bool
) -> list[Candidate]:
    """The candidates without those of which the figure's own words say only what happened, while they name another thing:
    "64% of all pupils achieved it". A figure that `follows` one of ours in its sentence takes no thing from elsewhere for what
    happens: "we created 120 places and another 80 will open"."""
    own = [n for n in near if n.own and n.source == "part"]
    loud = (n.item for n in own if n.nearness > _BESIDE and n.item.weight >= _LOUD)
    things = {item.symbol for item in loud if around.is_thing(item)} - set(around.rules["implied"])
    if any(n.source in _NAMED_ABOVE and n.item.symbol in around.rules["services"] for n in near):
        things -= {_REFERRAL}  # to that service, under whose name it stands
    if not things and not follows:
        return list(candidates)
    said = {n.item.symbol for n in own} - set(around.rules["events"])
    if follows:
        here = {n.item.symbol for n in near if n.source in _IN_SENTENCE} - set(around.rules["events"])
        candidates = [c for c in candidates if c.symbols & (said | here)]
    return [c for c in candidates if c.symbols & said or things <= c.symbols]


def goes_with(candidate: Candidate, tagged: Tagged, number: int, before: Sequence[Link]) -> bool:
    """Whether a measure can be of a part of what the figure before counts: "17 were excluded, eight of whom had SEND" counts no
    pupils with SEND."""
    last = before[-1] if before else None
    if last is None or last.kpi is None:
        return True
    told = tagged.text[tagged.values[number].end : tagged.parts[number].end]
    if (
        tagged.parts[number].joint == "comparison"
        and tagged.values[number].unit == last.value.unit
        and _FOR_ALL.match(told)
    ):
        behind = {item.symbol for item in tagged.items if item.start >= tagged.values[number].end}
        if candidate.kpi is not last.kpi and {s for s in candidate.symbols if not s.startswith("unit=")} <= behind:
            return False  # "absence of 11.6%, compared with 13.1% for all pupils with EHCPs": whom it is of
    return not _OF_WHOM.match(told) or bool(candidate.symbols & last.symbols) or candidate.kpi is last.kpi


def takes_over(link: Link, tagged: Tagged, near: Sequence[Near]) -> bool:
    """Whether a sentence can be about what its heading names: it says a word of it, or leans on it, or says little else.

    "Steelwork is four fifths complete and 64 people are on site" counts nobody's places under the name of a special school.
    """
    if link.carried != "the heading" or tagged.leans or len(said := _stems(tagged.text)) < _SAYS_LITTLE:
        return True
    if tagged.sentence.place == link.number == 0 and _opens_bare(tagged.text, link.value):
        return True  # "5,377 at quarter end, an increase of 112" under "Number of EHCPs maintained"
    if _POINTS.search(tagged.text) or any(n.own and n.item.symbol in link.symbols for n in near):
        return True
    return bool(said & _stems(" ".join(tagged.sentence.headings[-2:])))


# A figure that opens the text under its heading, with no noun of its own.
_OPENS = re.compile(
    r"(?i)\W*(?:(?:Q[1-4]|quarter|month|year(?:-|\s)end|outturn|result|performance|latest|current(?:ly)?|actual|now|was|is|at|stands|stood|of|\d+|20\d\d(?:[/-]\d\d)?)[\s:–-]*){0,4}"
)
_NO_NOUN = re.compile(
    r"(?i)\s*(?:$|[.,;:(–-]|(?:at|in|by|on|for|as|so\s+far|this|last|compared|against|up|down|is|was|and|of\s+(?:them|these)|achieved|recorded)\b)"
)


def _opens_bare(text: str, value: Value) -> bool:
    return _OPENS.fullmatch(text[: value.start]) is not None and _NO_NOUN.match(text, value.end) is not None


def _stems(text: str) -> set[str]:
    return {word.lower().rstrip("s") for word in _LONG_WORD.findall(text)} - _EVERYWHERE


def fits_of(packs: Packs) -> Fits:
    """The rules of these packs, compiled once."""
    return packs.once("fits", lambda: Fits(packs))


def _is_said(item: Item, things: frozenset[str]) -> bool:
    return item.symbol in things and item.weight > _SURE


def _words(wordings: Iterable[str]) -> str:
    wordings = tuple(wordings)
    return words(wordings) if wordings else _NEVER

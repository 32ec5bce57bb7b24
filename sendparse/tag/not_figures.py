"""Numbers that are no figures: dates, clock times, ages, paragraph numbers, sections of Acts, "20-week" as a name.

In: a piece of text. Out: the places whose digits state nothing, each with a reason that `explain` can show. On real papers
there are more of these than figures, so every kind has its rule and its cases; a digit that no rule names stays a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from sendparse.begins import Sought
from sendparse.records import quick
from sendparse.tag.hints import Sieve
from sendparse.tag.period import digits_of_periods
from sendparse.tag.wordings import HYPHEN, any_of, rules


@quick
@dataclass(frozen=True, slots=True)
class NotFigure:
    """A number that states nothing, with the reason."""

    start: int
    end: int
    text: str
    reason: str


LEADING_NUMBER = re.compile(
    rf"\s*(?:[•·▪◦o*]|{HYPHEN})?\s*"
    r"(?P<n>\(?(?:\d{1,2}(?:\.\d{1,3}){0,3}|[a-z]{1,4}|[IVX]{1,4})[.):]?(?=\s|$))"
)
_NUMBER = Sought(
    r"(?=[£\d])(?P<pound>£\s?)?(?:(?<![\d,.])|(?<=[a-zA-Z]\.))\d[\d,]*(?:\.\d+)?(?P<sign>\s?%|\s?per\s?cent)?"
)
_OF_SIGNED = frozenset({"threshold in a name", "web or mail address", "identifier", "condition of a payment"})
_LIST = (
    rf"\d+[a-zA-Z]?(?:\.\d+)*(?:\s?\(\w{{1,3}}\))*"
    rf"(?:\s*(?:,(?!\s*\d+\s+(?:of\b|[a-z]{{4,}}))|&|and(?!\s*\d+\s+(?:past|over|beyond|after|above|at\s+[sSlLtT][a-z]{{2,4}}\s+(?:\d|one|two|three))\b)|to|or|/|{HYPHEN})\s*\d+[a-z]?(?:\.\d+)*(?:\(\w{{1,3}}\))*)*"
)
_AGE = r"(?:[0-9]|1\d|2[0-6])"
_TO = rf"(?:\s*(?:,|and|to|or|&|/|{HYPHEN})\s*)"
_FREE = r"(?<![\w.,£%])"  # nothing stuck before it
_ALONE = (
    r"(?<!\w.)"  # likewise, behind a first letter: a text is gone through for letters more quickly than for their edges
)

Rule = tuple[str, re.Pattern[str]]


def not_figures(text: str, *, numbered: bool = False) -> list[NotFigure]:
    """All numbers of `text` that a rule declares no figure, in order; places may overlap.

    `numbered` says that the piece begins with its own paragraph or item number.
    """
    dated = digits_of_periods(text)
    found = [NotFigure(start, end, text[start:end], "date or year") for start, end in dated]
    left, signed = _left(text, dated)
    if left:
        numbers, finders = _Numbers(text), _finders(signed=signed)
        for finder in [finders[number] for number in _sieve(signed=signed).met(text)]:
            for match in finder.find(text, numbers):
                start, end = match.span("n") if finder.named and match["n"] else match.span()
                end = _before_to(text, start, end)
                end = next((b for a, b in dated if a <= start < b < end), end)  # "96 in Q2 and 101 in Q3"
                found.append(NotFigure(start, end, text[start:end], finder.reason))
    if text.count("(") > 1:
        found += _enumerated(text)
    if numbered and (lead := LEADING_NUMBER.match(text)) is not None:
        found.append(NotFigure(*lead.span("n"), lead["n"], "paragraph or item number"))
    return sorted(found, key=lambda f: (f.start, f.end))


def _left(text: str, dated: Sequence[tuple[int, int]]) -> tuple[bool, bool]:
    """Whether numbers are left that no date holds, and whether each of them has its sign."""
    left, signed = False, True
    for match in _NUMBER.finditer(text):
        place = match.start()
        for start, end in dated:
            if start <= place < end:
                break
        else:
            left = True
            if not (match["pound"] or match["sign"]):
                return True, False
    return left, signed


_FROM_A_NUMBER = Sought(
    r"\bfrom\s+(?:\w+\s+){0,2}£?\d[\d,.]*\s?(?:%|\w+)?(?:\s+\w+){0,3}\s+(?:in|at|during|by|for)\s+(?:\w*[a-rt-zA-Z]\s?)?$"
)
_TO_A_NUMBER = Sought(r"\s+to\s+(?:\d{2,}|\d[\d,.]*\s+(?:\w+\s+){0,2}(?:in|at|during|by|for)\s)")


def _before_to(text: str, start: int, end: int) -> int:
    """Where a number in a name ends, as in "from 310 in Q2 to 273 in Q3": 273 answers 310 and not Q2."""
    to = _TO_A_NUMBER.search(text, start)
    return to.start() if to is not None and to.start() < end and _FROM_A_NUMBER.search(text[:start]) else end


_IN_BRACKETS = Sought(r"\((\d{1,2})\)(?=\s+[A-Za-z])")


def _enumerated(text: str) -> list[NotFigure]:
    """As in "(1) noted the report and (2) agreed the plan": numbers that count up from one."""
    marks = list(_IN_BRACKETS.finditer(text))
    if len(marks) < 2 or [int(m[1]) for m in marks] != list(range(1, len(marks) + 1)):
        return []
    return [NotFigure(*m.span(), m[0], "paragraph or item number") for m in marks]


@cache
def _rules() -> tuple[Rule, ...]:
    """Reason and expression of each kind; the group `n`, where it matched, is what states nothing."""
    kinds = (*_addresses(), *_clock(), *_names(), *_ages(), *_thresholds(), *_places_in_text(), *_others())
    return tuple((reason, re.compile(source)) for reason, source in kinds)


@cache
def _finders(*, signed: bool = False) -> Sequence[_Finder]:
    """The rules as they are used. Where every number has its sign (`signed`), only some of them can speak."""
    return tuple(_Finder(reason, expression) for reason, expression in _speaking(signed=signed))


@cache
def _sieve(*, signed: bool) -> Sieve:
    """Which of these rules a text can meet at all."""
    return Sieve([expression for _, expression in _speaking(signed=signed)])


def _speaking(*, signed: bool) -> Sequence[Rule]:
    return [rule for rule in _rules() if not signed or rule[0] in _OF_SIGNED]


_DIGITS = Sought(r"\d+")
_LONGEST = 24  # letters of a word
# Nothing stuck before it, then a digit; and no alternative to that.
_BEGINS_A_NUMBER = re.compile(
    r"(?:\(\?i\))?(?:\(\?<!\[[^\]]*\\w[^\]]*\]\)|\\b)\(\?P<n>(?:\(\?:)?(?:\\d|\d|\[\d(?:-?\d)+\])"
)


class _Numbers:
    """Where the numbers of a text begin and what stands right beside them: asked once, for all rules."""

    def __init__(self, text: str) -> None:
        self.starts: list[int] = []
        self.stuck = False  # to a letter before it, perhaps with a sign between
        self.pointed = False  # with a full stop right behind it
        self.plain = text.isascii()
        self.tails: list[str] = []  # the ends of the words before them, in small letters
        for found in _DIGITS.finditer(text):
            start, end = found.span()
            self.starts.append(start)
            before = text[max(0, start - 2) : start]
            self.stuck = self.stuck or before[-1:].isalpha() or (before[-1:] in "-/." and before[:1].isalpha())
            self.pointed = self.pointed or text[end : end + 1] == "."
            tail = text[max(0, start - 2 * _LONGEST) : start].rstrip()
            while tail and tail[-1] in "(-":
                tail = tail[:-1].rstrip()
            self.tails.append(tail[-_LONGEST:].lower())

    def follow(self, words: tuple[str, ...]) -> bool:
        """Whether one of these words stands right before a number."""
        if not self.plain:
            return True
        for tail in self.tails:  # noqa: SIM110 - any() takes twice as long
            if tail.endswith(words):
                return True
        return False


class _Finder:
    """A rule that is tried only where it can begin: some at numbers, some behind words, some at numbers stuck to a letter."""

    def __init__(self, reason: str, expression: re.Pattern[str]) -> None:
        source = expression.pattern
        self.reason, self.sought = reason, Sought(expression)
        self.named = "n" in expression.groupindex
        self.at_numbers = _BEGINS_A_NUMBER.match(source) is not None and not _has_alternatives(source)
        self.stuck = source.startswith((rf"[A-Z]{_ALONE}", r"[Ss](?<!"))
        self.pointed = r"(?P<n>\d{1,2}\.\d{1,2}" in source or r"(?P<n>[1-9]\.)" in source
        self.behind: tuple[str, ...] = next((words for piece, words in _said_before() if piece in source), ())

    def find(self, text: str, numbers: _Numbers) -> Iterable[re.Match[str]]:
        """All matches of the rule."""
        apart = (self.stuck and not numbers.stuck) or (self.pointed and not numbers.pointed)
        if apart or (self.behind and not numbers.follow(self.behind)):
            return ()
        if not self.at_numbers:
            return self.sought.finditer(text)
        out: list[re.Match[str]] = []
        end = 0
        for start in numbers.starts:
            if start >= end and (match := self.sought.match(text, start)) is not None:
                out.append(match)
                end = match.end()
        return out


@cache
def _said_before() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Pieces of rules that are words right before a number, with their ends."""
    return (
        (_any_case("reference_words"), _last_words()),
        (r"(?i:section|s\.?|sections|ss\.?|S)\s?", ("section", "s", "s.")),
        (r"(?i:nursery|reception|NCY|Yr|Y)\s?", ("reception", "y", "yr")),
    )


@cache
def _last_words() -> tuple[str, ...]:
    return tuple({str(wording).lower().split()[-1] for wording in rules("values")["reference_words"]})


def _has_alternatives(source: str) -> bool:
    """Whether an expression is several with a stroke between, or its number may begin with something else."""
    bare = re.sub(r"\\.|\[[^\]]*\]", "x", source)  # without escapes and classes
    depth = 0
    for letter in bare:
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and depth == 0:
            return True
    number = source[source.index("(?P<n>") + len("(?P<n>") :]
    if not number.startswith("(?:"):
        return False
    return not all(re.match(r"\d|\\d|\[\d(?:-?\d)+\]", one) for one in number[3 : number.index(")")].split("|"))


@cache
def _words(name: str) -> str:
    return rf"(?:{any_of(map(str, rules('values')[name]))})"


@cache
def _any_case(name: str) -> str:
    """The same where case does not matter."""
    return rf"(?:{any_of(map(str, rules('values')[name]), caseless=True)})"


def _addresses() -> Iterator[tuple[str, str]]:
    yield "web or mail address", r"\S+@\S+\.\w+|(?:https?://|www\.)\S+"
    code = r"\d{2,4}\)?[ -]\d{3,4}[ -]\d{3,4}"
    yield "telephone number", rf"[(0](?<!\d.)(?:(?<=\()0{code}|(?<=0)(?:{code}|\d{{9,10}}))(?!\d)"
    yield "telephone number", rf"(?i)\b{_any_case('telephone_words')}\b[.:]*\s*(?P<n>\d[\d\s]{{5,}})"
    yield "telephone number", rf"{_FREE}(?P<n>0\d{{3,4}}\s\d{{5,7}})(?!\d)"
    yield "address", rf"{_FREE}(?P<n>\d{{1,4}}[A-Za-z]?)\s+(?:[A-Z][a-z]+\s+){{1,3}}{_words('street_words')}\b"
    yield "postcode", rf"[A-Z]{_ALONE}[A-Z]?\d{{1,2}}[A-Z]?\s?\d[A-Z]{{2}}\b"
    yield "size of a file", rf"(?i)(?<![\w.,£])(?P<n>\d[\d,]*(?:\.\d+)?)\s?{_any_case('file_sizes')}\b"
    yield "cookies of a web page", r"(?i)(?<![\w.,£])(?P<n>\d+)\s+(?:[a-z]+\s+){0,3}cookies?\b"


def _clock() -> Iterator[tuple[str, str]]:
    yield (
        "clock time",
        r"\b(?P<n>(?:\d|[01]\d|2[0-4])(?:[:.][0-5]\d)?)\s?(?:am|pm|a\.m\.?|p\.m\.?|noon|hrs|o['’]clock)(?!\w)",
    )
    yield "clock time", rf"\b(?P<n>\d{{1,2}}:[0-5]\d(?:\s?{HYPHEN}\s?\d{{1,2}}:[0-5]\d)?)(?!\d)"
    sign = r"(?!\d|\s?(?:%|per|weeks|FTE|million|m\b))(?=\s*(?:and|to|until|on|$|[,.;)]))"
    yield "clock time", rf"(?i)\b{_any_case('clock_words')}\s+(?P<n>\d{{1,2}}\.[0-5]\d){sign}"
    hours = r"\d{1,2}(?:[.:][0-5]\d)?"
    yield (
        "clock time",
        rf"\b{_words('days_of_the_week')}\b[\s,:(]*(?:from\s+)?(?P<n>{hours}\s?(?:{HYPHEN}|to)\s?{hours})(?![\d%])",
    )
    clock = r"(?:1?\d|2[0-3])\.[0-5]\d"
    behind = rf"(?=\s*(?:$|[,;)]|{_words('days_of_the_week')}\b|{_words('after_hours')}\b))"
    yield "clock time", rf"{_FREE}(?P<n>{clock}\s?{HYPHEN}\s?{clock}){behind}"
    yield "time of a clock or a call", rf"(?i){_FREE}(?P<n>\d+(?:\.\d+)?)\s?{_any_case('times_of_a_clock')}\b"


def _names() -> Iterator[tuple[str, str]]:
    acts = _words("reference_acts")
    behind = rf"(?=\s*(?:\(|{acts}|and\s+\d|\.|,|$|{_words('after_a_section')}\b))"
    yield (
        "section of an Act",
        rf"\b(?=[sSſ])(?<!['’])(?i:section|s\.?|sections|ss\.?|S)\s?(?P<n>\d{{1,3}}[A-Z]?(?:\s?\(\w{{1,3}}\))*){behind}",
    )
    yield "section of an Act", r"[Ss](?<![\w'’].)\.?(?P<n>\d{1,3})\b"
    yield "section of an Act", rf"(?P<n>\d+\s?(?:\(\w{{1,3}}\))+)\s*(?:of\s+the\s+)?(?:[A-Z]\w+\s+){{0,6}}{acts}\b"
    unsigned = r"(?![\d%]|\s?%|\s?per\s?cent|[.,]\d|\s?(?:million|m\b|k\b))"
    yield (
        "number in a name",
        rf"\b(?<![\w-])(?<!\d\s)(?<!\d\sat\s)(?<!\b[tT]his\s)(?<!\b[lL]ast\s)(?<!\b[eE]ach\s)(?i:{_any_case('reference_words')})\s?(?:{HYPHEN}\s?)?(?P<n>(?:\()?{_LIST}){unsigned}",
    )
    yield (
        "number in a name",  # "18 stage 1, 4 stage 2": each stage is told with its own count before it
        rf"\b(?<![\w-])(?:(?<=\d\s)|(?<=\d\sat\s))(?i:{_any_case('reference_words')})\s?(?P<n>\d+){unsigned}",
    )
    yield (
        "number in a name",
        r"(?i)\b(?:agenda\s+item|item|page|minute|version|paper|report)(?:\s+(?:no|number))?\.?:\s*(?P<n>\d{1,3})\.?(?=\s*$)",
    )
    yield (
        "paragraph or item number",  # "AGREED: 1. the report was noted"
        r"(?i)\b(?:agreed|resolved|recommended|recommendations?|notes(?:\s+to\s+editors)?|actions?|decisions?|as\s+follows|that)\W*:\s*(?P<n>1)\.(?=\s+[A-Za-z])",
    )
    yield "number in a name", rf"{_FREE}(?P<n>\d{{1,3}}[A-Z]?)\s+bus(?:es)?(?:\s+routes?)?\b"
    yield "number on a scale", r"(?<![\w])['‘\"“](?P<n>\d{1,2})['’\"”](?!\w)"
    yield "number in a name", rf"[A-Z]{_ALONE}[A-Z]{{0,5}}-?(?P<n>\d+[a-z]?)\b(?!\s?%|[,.]\d)"
    yield "number in a name", r"(?i)\b(?:one\s+in\s+|top\s+)(?P<n>\d+)\b(?!\s?%)"
    yield "number in a name", r"(?<!\w)24/7\b"
    yield "number in a name", r"\b(?:Findings?|Themes?|Lessons?)\s(?P<n>\d{1,2})\b(?=\s*(?:[:–—-]|\.(?!\d)))"
    yield "answers of readers", r"\b(?:Yes|No)\s*\((?P<n>\d+)\)"
    year = r"(?:1[0-4]|[1-9])"
    after = r"(?!\d|[\w.,]\d|\s?%)(?!\s+(?:plans|requests|children))"
    yield "year group", rf"\b(?:Years?|years)\s(?P<n>{year}(?:{_TO}{year})*){after}"
    yield "year group", rf"\b(?=[nNrRyY])(?i:nursery|reception|NCY|Yr|Y)\s?(?P<n>\d{{1,2}}(?:{_TO}\d{{1,2}})*)\b"
    yield "examination", r"(?i)\b(?P<n>\d(?:\s?(?:or\s+more|\+|–|-)\s?\d?)?)\s+(?:good\s+)?(?:GCSEs?|A[\s-]levels?)\b"
    yield "examination", r"(?i)\bgrades?\s+(?P<n>\d)"
    yield "examination", rf"(?P<n>[4-9](?<![\w.,£].)\s?{HYPHEN}\s?[1-9])(?=\s+(?:in|grade|pass))"


def _ages() -> Iterator[tuple[str, str]]:
    between = rf"(?:{_words('between_age_and_number')}\s+)*"
    yield (
        "age",
        rf"(?i)\b{_any_case('before_an_age')}\s+{between}(?P<n>{_AGE}(?:\+|{_TO}{_AGE})*)(?!\d|[.,]\d|\s?%)",
    )
    old = r"\s?(?:years?|yrs?|yr|y)\s?[\s-]?\s?(?:olds?|of\s+age|o)\b"
    yield "age", rf"(?i)\b(?P<n>{_AGE}(?:{_TO}{_AGE})?)\s?{HYPHEN}?{old}"
    behind = (
        rf"(?:['’]?s)?\b(?![,.]\d)(?=\s*(?:$|[,.;:)&/]|s\b|{_words('after_an_age')}\b))(?!\s*(?:days|weeks|months))"
    )
    yield "age", rf"(?i)\b(?:post|pre|under|over)\s?{HYPHEN}?\s?(?P<n>{_AGE}){behind}"
    yield "age", rf"(?i)\b(?:post|pre)\s?{HYPHEN}?\s?(?P<n>1[46-9])\b"
    yield "age", rf"(?i)\bunder\s(?P<n>{_AGE})['’]?s\b"
    yield "age", rf"{_FREE}(?P<n>{_AGE}\s?(?:{HYPHEN}|to)\s?{_AGE})['’]?s\b"
    yield "age", rf"(?i)\bat\s(?P<n>{_AGE})(?=\s+(?:is|are|can|and\s+the|have|has)\b|\s+when\b)"
    yield "age", r"(?<![\w.,£{])(?P<n>1[1-9]\s?\+)\s+(?:team|service|pathway|offer|cohort)\b"
    grown = r"(?=\s*(?:$|[,.;:)]|years?|provision|population|age|and\b|who|are\b|young|with))"
    yield "age", rf"(?<![\w.,£{{])(?P<n>(?:1[1-9]|2[0-5]|5)\s?\+){grown}"
    span = rf"\s?(?:{HYPHEN}|to)\s?"
    unsigned = rf"(?![\w%,]|\.\d|\s?{_words('not_after_an_age')})"
    yield "age", rf"{_FREE}(?P<n>[02-5]{span}(?:2[0-5]|1[6-9]|11|1[0-5]|[4-9])){unsigned}"
    yield (
        "age",
        rf"{_FREE}(?P<n>(?:5|11|14|16|18|19|20){span}(?:1[6-9]|2[0-5]|11))(?=\s*(?:\)|\(|{_words('after_an_age_range')}\b))",
    )
    yield "age", rf"(?i)\bper\s+(?:[\d,]+)\s+(?P<n>0\s?{HYPHEN}\s?\d+)"


def _thresholds() -> Iterator[tuple[str, str]]:
    reason = "threshold in a name"
    yield reason, rf"(?<![\w.,])(?P<n>\d{{1,3}})\s?{HYPHEN}\s?{_words('named_by_a_number')}s?\b(?!s)"
    yield (
        reason,
        r"(?<![\w.,])(?P<n>\d{1,3})\s+(?:working\s+|calendar\s+)?(?:week|day|month|wk|hour|minute)(?!\w)"
        r"(?<!\b1\sweek)(?<!\b1\sday)(?<!\b1\smonth)",
    )
    bound = r"(?:below|under|of|over|at\s+least|more\s+than|less\s+than)"
    behind = r"(?=\s*(?:or\s+(?:below|less|more)|of\s+(?:sessions|possible|their|school)|attendance|\)|and\s+(?:above|below)))"
    share = r"(?P<n>(?:10|50|80|85|90|95)\s?%)"
    yield reason, rf"(?i)\b{_any_case('attendance_words')}\b[^.;:]{{0,24}}\b{bound}\s+{share}{behind}"
    yield (
        reason,
        r"(?P<n>\d{1,3}\s?%)(?:\s+attendance)?\s+or\s+(?:below|less|more|above)(?=\s+(?:of\s+sessions|attendance|\)|absence))",
    )
    paid = r"(?P<n>\d{1,3}(?:\.\d+)?\s?(?:%|per\s?cent))"
    yield "condition of a payment", rf"(?i)\bcondition(?:\s+that|al\s+on|al\s+upon)\b[^.;\d]{{0,60}}{paid}"
    yield "condition of a payment", rf"(?i)\b(?:instalments?|VAT|retention|deposit)\s+(?:of|at)\s+{paid}"
    yield "condition of a payment", rf"(?i)(?<![\w.,]){paid}\s+(?:VAT|retention|deposit)\b"
    yield "number of payments", rf"(?i){_FREE}(?P<n>\d{{1,2}})\s+(?:[a-z]+\s+)?instalments?\b"
    yield "physical measure", rf"(?i){_FREE}(?P<n>\d[\d,]*(?:\.\d+)?)\s?{_any_case('physical_measures')}(?![\w])"
    yield "base of a rate", r"(?i)\b(?:per|every|in\s+every|out\s+of\s+every)\s+(?P<n>\d{1,3}(?:,?000)+|100|10k)\b"
    yield "frequency", r"(?i)(?<![\w.,])(?P<n>1)\s+(?:[a-z]+\s+){1,3}(?:per|a|each|every)\s+(?:year|annum|month|week)\b"


def _places_in_text() -> Iterator[tuple[str, str]]:
    reason = "paragraph or item number"
    yield reason, r"(?<![\w(.,£%])(?P<n>\(?\d{1,2}\))(?=\s+[A-Z])"
    numbers = rf"(?P<n>\d{{1,2}}\.\d{{1,2}}\s?(?:{HYPHEN}|to|and)\s?\d{{1,2}}\.\d{{1,2}})"
    after = r"(?!\d|\s?%|\s?weeks)(?=\s+(?:and|of|above|below|in)\b|[.,;)]|$)"
    yield reason, rf"(?i)\b{_any_case('before_paragraphs')}\s+{numbers}{after}"
    yield reason, r"(?:\A\s*|[.:;]\s+)(?P<n>[1-9]\.)(?=\s+[A-Z][a-z]*\s+[a-z])"
    one = r"(?P<n>\d{1,2}\.\d{1,2})(?!\d|\.\d|\s?%|\s?(?:per|million|bn|m|k|weeks|FTE)\b)"
    yield reason, rf"(?i)\b{_any_case('before_one_paragraph')}\s+{one}"
    yield "page range", rf"\A\s*(?P<n>\d{{1,3}}\s+{HYPHEN}\s+\d{{1,3}})\s*\Z"
    yield "page number", r"(?i)\bpage\s+(?P<n>\d+(?:\s+of\s+\d+)?)"
    yield "page in a table of contents", r"\.\s?(?:\.\s?){4,}\s*(?P<n>\d{1,3})\b"
    yield "page in a table of contents", r"(?:^|\s)(?P<n>\d{1,2}[a-z]?\s\|)"
    yield (
        "number of parts of a text",
        rf"(?i){_FREE}(?P<n>\d{{1,2}})\s+(?:[a-z-]+\s+)?{_any_case('parts_of_a_text')}\b",
    )


def _others() -> Iterator[tuple[str, str]]:
    verbs = r"(?:were|was|are|is|had|has|have|met|did)"
    yield "number of a minute", rf"\A\s*(?P<n>\d{{1,4}}/\d{{2,4}})\.?\s+(?=[A-Z])(?![^\n]*\b{verbs}\b)"
    yield "ratio of two", r"(?<![\w.,:£])(?P<n>\d{1,2}(?:\.\d)?:\d{1,2}(?:\.\d)?)(?![\d:])"
    yield "vote", r"(?i)(?<![\w.,£])(?P<n>\d+)\s+(?:votes?\s+)?for\b(?=,?\s*(?:and\s+)?\d+\s+(?:votes?\s+)?against\b)"
    yield "vote", rf"(?i)\b(?:voted?|vote\s+of|votes\s+of)\s+(?P<n>\d+\s?(?:{HYPHEN}|to)\s?\d+)\b"
    yield "people at a meeting", rf"{_FREE}(?P<n>\d{{1,3}})\s+{_words('people_at_a_meeting')}\b"
    yield "vote", r"(?i)\b(?:votes?\s+(?:for|against)|abstentions?|for|against)\s?:\s?(?P<n>\d+)\b"
    yield "vote", r"(?i)(?P<n>\b\d+)\s+(?:votes?|in\s+favour|abstentions?|against\b(?=[,.;]|\s+and))"
    yield "vote", r"(?i)\b\d+\s+votes?\s+(?:for|to|in|against)\b[^.]*"
    yield "ordinal", r"(?<![\w.,])(?P<n>\d{1,3}(?:st|nd|rd|th))\b"
    yield "suppressed", r"(?<![\w])(?P<n>[<＜]\s?(?:5|10|6|3))(?![\d.,%])"
    marks = r"(?P<n>(?:1\s*(?:to|-|–)\s*)?(?:5|10))\b(?=\s*(?:$|[,.;)]|stars|for|points|scale))"
    yield "scale of marks", rf"(?i)\b{_any_case('before_marks')}\s+{marks}"
    yield "identifier", r"(?<![\w£.,])(?P<n>\d{7,})(?![\w,.]\d|\s?%)"
    yield "identifier", rf"[A-Z]{_ALONE}[A-Z]+[/-]?\d{{3,}}(?:[/-]\d+)*\b"
    named = r"(?:K?PI|NI|LPI|BVPI|PM|[Ii]ndicator)"  # "PI 2.04 % of plans"
    yield "identifier", rf"\b{named}\s?(?P<n>\d{{1,3}}(?:\.\d{{1,3}})?[a-z]?)(?=\s+%\s+[a-z])"
    number = r"(?P<n>\d{2}[ -]\d{3}[ -]\d{3})(?!\d)"
    yield "identifier", rf"(?i)\b(?:case|complaint|reference|ref)(?:\s+(?:no|number))?\.?:?\s+{number}"
    of_25 = r"(?P<n>\d{1,2}\s+(?:out\s+)?of\s+(?:25|20|16))(?=\s*(?:[).,;:]|$))"
    yield "scale of marks", rf"(?i)\b(?:scored?|rat(?:ing|ed))\s+(?:of\s+|is\s+|at\s+|as\s+)?{of_25}"
    yield (
        "number of parts of a text",
        rf"(?i){_FREE}(?P<n>\d{{1,2}})\s+(?:high|medium|low|critical)(?=\s*(?:[,);]|and\b|priorit))",
    )
    yield "identifier", r"#\d+"

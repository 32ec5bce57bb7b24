"""Numbers that are no figures: dates, clock times, ages, paragraph numbers, sections of Acts, "20-week" as a name.

In: a piece of text. Out: the places whose digits state nothing, each with a reason that `explain` can show. On real papers
there are more of these than figures, so every kind has its rule and its cases; a digit that no rule names stays a figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sendparse.tag.period import digits_of_periods
from sendparse.tag.wordings import HYPHEN, any_of, rules


@dataclass(frozen=True, slots=True)
class NotFigure:
    """A number that states nothing, with the reason."""

    start: int
    end: int
    text: str
    reason: str


def not_figures(text: str, *, numbered: bool = False) -> list[NotFigure]:
    """All numbers of `text` that a rule declares no figure, in order; places may overlap.

    `numbered` says that the piece begins with its own paragraph or item number.
    """
    found = [NotFigure(start, end, text[start:end], "date or year") for start, end in digits_of_periods(text)]
    dated = [(one.start, one.end) for one in found]
    left = [m for m in _NUMBER.finditer(text) if not any(start <= m.start() < end for start, end in dated)]
    signed = all(m["pound"] or m["sign"] for m in left)
    for reason, expression in (_rules() if not signed else _rules_for_signed()) if left else ():
        for match in expression.finditer(text):
            start, end = match.span("n") if "n" in expression.groupindex else match.span()
            found.append(NotFigure(start, end, text[start:end], reason))
    if numbered and (lead := LEADING_NUMBER.match(text)) is not None:
        found.append(NotFigure(*lead.span("n"), lead["n"], "paragraph or item number"))
    return sorted(found, key=lambda f: (f.start, f.end))


_NUMBER = re.compile(r"(?P<pound>£\s?)?(?<![\d,.])\d[\d,]*(?:\.\d+)?(?P<sign>\s?%|\s?per\s?cent)?")
_OF_SIGNED = frozenset({"threshold in a name", "web or mail address", "identifier"})


@cache
def _rules_for_signed() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Where every number has its sign, only these rules can speak."""
    return tuple(rule for rule in _rules() if rule[0] in _OF_SIGNED)


LEADING_NUMBER = re.compile(
    rf"\s*(?:[•·▪◦o*]|{HYPHEN})?\s*(?P<n>\(?(?:\d{{1,2}}(?:\.\d{{1,3}}){{0,3}}|[a-z]{{1,4}}|[IVX]{{1,4}})[.):]?(?=\s|$))"
)

_LIST = rf"\d+[a-zA-Z]?(?:\.\d+)*(?:\s?\(\w{{1,3}}\))*(?:\s*(?:,|&|and|to|or|/|{HYPHEN})\s*\d+[a-z]?(?:\.\d+)*(?:\(\w{{1,3}}\))*)*"


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Reason and expression of each kind; the group `n`, where there is one, is what states nothing."""
    values = rules("values")
    references = any_of(values["reference_words"])
    acts = any_of(values["reference_acts"])
    structure = any_of(values["parts_of_a_text"])
    h = HYPHEN
    age = r"(?:[0-9]|1\d|2[0-6])"
    kinds = [
        ("web or mail address", r"\S+@\S+\.\w+|(?:https?://|www\.)\S+"),
        ("telephone number", r"(?<!\d)\(?0\d{2,4}\)?[ -]\d{3,4}[ -]\d{3,4}(?!\d)|(?<!\d)0\d{9,10}(?!\d)"),
        ("telephone number", r"(?i)\b(?:tel|telephone|phone|fax|call|mobile|ext)\b[.:]*\s*(?P<n>[\d][\d\s]{5,})"),
        ("telephone number", r"(?<![\w.,£])(?P<n>0\d{3,4}\s\d{5,7})(?!\d)"),
        ("address", r"(?<![\w.,£])(?P<n>\d{1,4}[A-Za-z]?)\s+(?:[A-Z][a-z]+\s+){1,3}(?:Street|Road|Lane|Avenue|Way|Close|Drive|House|Square|Place|Court|Hill|Gardens|Park|Parade|Terrace|Crescent|Row|Quay)\b"),
        ("postcode", r"\b[A-Z]{1,2}\d{1,2}[A-Z]?\s?\d[A-Z]{2}\b"),
        ("clock time", r"\b(?P<n>\d{1,2}(?:[:.][0-5]\d)?)\s?(?:am|pm|a\.m\.?|p\.m\.?|noon|hrs|o['’]clock)(?!\w)"),
        ("clock time", rf"\b(?P<n>\d{{1,2}}:[0-5]\d(?:\s?{h}\s?\d{{1,2}}:[0-5]\d)?)(?!\d)"),
        ("clock time", r"(?i)\b(?:at|from|until|commenced?\s+at|began\s+at|closed\s+at|ended\s+at)\s+(?P<n>\d{1,2}\.[0-5]\d)(?!\d|\s?(?:%|per|weeks|FTE|million|m\b))(?=\s*(?:and|to|until|on|$|[,.;)]))"),
        ("section of an Act", rf"\b(?i:section|s\.?|sections|ss\.?|S)\s?(?P<n>\d{{1,3}}[A-Z]?(?:\s?\(\w{{1,3}}\))*)(?=\s*(?:\(|of\b|{acts}|officer|EOTAS|provision|duty|notice|agreement|and\s+\d|report|meeting|return|\.|,|$))"),
        ("section of an Act", r"\b[Ss]\.?(?P<n>\d{1,3})\b"),
        ("section of an Act", rf"(?P<n>\d+\s?(?:\(\w{{1,3}}\))+)\s*(?:of\s+the\s+)?(?:[A-Z]\w+\s+){{0,6}}(?:{acts})\b"),
        ("number in a name", rf"(?<![\w-])(?i:{references})\s?(?:{h}\s?)?(?P<n>(?:\()?{_LIST})(?![\d%]|\s?%|\s?per\s?cent|[.,]\d|\s?(?:million|m\b|k\b))"),
        ("number in a name", r"\b[A-Z]{1,6}-?(?P<n>\d+[a-z]?)\b(?!\s?%|[,.]\d)"),
        ("number in a name", r"(?i)\b(?:one\s+in\s+|top\s+)(?P<n>\d+)\b(?!\s?%)"),
        ("year group", rf"\b(?:Years?|years)\s(?P<n>(?:1[0-4]|[1-9])(?:\s*(?:,|and|to|&|/|{h})\s*(?:1[0-4]|[1-9]))*)(?!\d|[\w.,]\d|\s?%)(?!\s+(?:plans|requests|children))"),
        ("year group", rf"\b(?i:nursery|reception|NCY|Yr|Y)\s?(?P<n>\d{{1,2}}(?:\s*(?:,|and|to|&|/|{h})\s*\d{{1,2}})*)\b"),
        ("age", rf"(?i)\b(?:aged|ages|age|aged\s+between|ages\s+of|age\s+of|age\s+range|aged\s+from|turned?|turning)\s+(?:of\s+|between\s+|from\s+|under\s+|over\s+|range\s+|group\s+|up\s+to\s+)*(?P<n>{age}(?:\+|\s*(?:to|and|or|{h}|–|,|/)\s*{age})*)(?!\d|\.\d|\s?%)"),
        ("age", rf"(?i)\b(?P<n>{age}(?:\s*(?:to|and|or|/|{h})\s*{age})?)\s?(?:{h}|\s)?\s?(?:years?|yrs?|yr|y)\s?(?:{h}|\s)?\s?(?:olds?|of\s+age|o)\b"),
        ("age", rf"(?i)\b(?:post|pre|under|over)\s?(?:{h})?\s?(?P<n>{age})(?:['’]?s)?\b(?=\s*(?:$|[,.;:)&/]|and\b|or\b|provision|placements?|learners|students|provider|setting|transport|s\b|year|transfer|area|SEND|SEN|education|pod|college|institution|high|independent|settings|team|cohort|pathway|phase|transition|EHC|specialist|children|young|pupils|who|were|was|in\b|with\b|is\b|are\b|has\b|have\b|to\b|offer|options|places|funding|budget|that|population))(?!\s*(?:days|weeks|months))"),
        ("age", rf"(?i)\b(?:post|pre)\s?(?:{h})?\s?(?P<n>1[46-9])\b"),
        ("age", rf"(?i)\bunder\s(?P<n>{age})['’]?s\b"),
        ("age", rf"(?<![\w.,£{{])(?P<n>(?:1[1-9]|2[0-5]|5)\s?\+)(?=\s*(?:$|[,.;:)]|years?|provision|population|age|and\b|who|are\b|young|with))"),
        ("age", rf"(?<![\w.,£%])(?P<n>[02-5]\s?(?:{h}|to)\s?(?:2[0-5]|1[6-9]|11|1[0-5]|[4-9]))(?![\w%,]|\.\d|\s?(?:%|per\s?cent|weeks|days|months|working|plans|cases|requests))"),
        ("age", rf"(?<![\w.,£%])(?P<n>(?:5|11|14|16|18|19|20)\s?(?:{h}|to)\s?(?:1[6-9]|2[0-5]|11))(?=\s*(?:\)|\(|year|yr|population|age|cohort|provision|young|children|SEND|SEN|learner|pupil|offer|service))"),
        ("age", rf"(?i)\bper\s+(?:[\d,]+)\s+(?P<n>0\s?{h}\s?\d+)"),
        ("base of a rate", r"(?i)\b(?:per|every|in\s+every|out\s+of\s+every)\s+(?P<n>\d{1,3}(?:,?000)+|100|10k)\b"),
        ("examination", r"(?i)\b(?P<n>\d(?:\s?(?:or\s+more|\+|–|-)\s?\d?)?)\s+(?:good\s+)?(?:GCSEs?|A[\s-]levels?)\b|\bgrades?\s+(?P<m>\d)"),
        ("examination", rf"(?P<n>(?<![\w.,£])[4-9]\s?{h}\s?[1-9])(?=\s+(?:in|grade|pass))"),
        ("threshold in a name", rf"(?<![\w.,])(?P<n>\d{{1,3}})\s?{h}\s?(?:week|day|month|year|wk|hour|minute|point|place|bed|page|term|form|way|pupil|place)s?\b(?!s)"),
        ("threshold in a name", r"(?<![\w.,])(?P<n>\d{1,3})\s+(?:working\s+|calendar\s+)?(?:week|day|month|wk|hour|minute)(?!\w)(?<!\b1\sweek)(?<!\b1\sday)(?<!\b1\smonth)(?!s)"),
        ("threshold in a name", r"(?i)\b(?:attendance|absence|absent|sessions|miss(?:ed|ing)?|attend(?:ed|ing)?)\b[^.;:]{0,24}\b(?:below|under|of|over|at\s+least|more\s+than|less\s+than)\s+(?P<n>(?:10|50|80|85|90|95)\s?%)(?=\s*(?:or\s+(?:below|less|more)|of\s+(?:sessions|possible|their|school)|attendance|\)|and\s+(?:above|below)))"),
        ("threshold in a name", r"(?P<n>\d{1,3}\s?%)(?:\s+attendance)?\s+or\s+(?:below|less|more|above)(?=\s+(?:of\s+sessions|attendance|\)|absence))"),
        ("frequency", r"(?i)(?<![\w.,])(?P<n>1)\s+(?:[a-z]+\s+){1,3}(?:per|a|each|every)\s+(?:year|annum|month|week)\b"),
        ("ratio of two", r"(?<![\w.,:£])(?P<n>\d{1,2}:\d{1,2})(?![\d:])"),
        ("number in a name", r"(?<!\w)24/7\b"),
        ("page range", rf"\A\s*(?P<n>\d{{1,3}}\s+{h}\s+\d{{1,3}})\s*\Z"),
        ("paragraph or item number", r"(?<![\w(.,£%])(?P<n>\(?\d{1,2}\))(?=\s+[A-Z])"),
        ("paragraph or item number", rf"(?i)\b(?:in|see|at|under|per|sections?|paragraphs?|outlined\s+in|described\s+in|from)\s+(?P<n>\d{{1,2}}\.\d{{1,2}}\s?(?:{h}|to|and)\s?\d{{1,2}}\.\d{{1,2}})(?!\d|\s?%|\s?weeks)(?=\s+(?:and|of|above|below|in)\b|[.,;)]|$)"),
        ("time of a clock or a call", r"(?i)(?<![\w.,£])(?P<n>\d+(?:\.\d+)?)\s?(?:seconds?|secs?|minutes?|mins?|hours?|hrs?)\b"),
        ("page in a table of contents", r"(?:\.\s?){5,}\s*(?P<n>\d{1,3})\b|(?:^|\s)(?P<m>\d{1,2}[a-z]?\s\|)"),
        ("number of parts of a text", rf"(?i)(?<![\w.,£%])(?P<n>\d{{1,2}})\s+(?:[a-z-]+\s+)?(?:{structure})\b"),
        ("page number", r"(?i)\bpage\s+(?P<n>\d+(?:\s+of\s+\d+)?)"),
        ("vote", r"(?i)\b(?:votes?\s+(?:for|against)|abstentions?|for|against)\s?:\s?(?P<n>\d+)\b|(?P<m>\b\d+)\s+(?:votes?|in\s+favour|abstentions?|against\b(?=[,.;]|\s+and))"),
        ("vote", r"(?i)\b\d+\s+votes?\s+(?:for|to|in|against)\b[^.]*"),
        ("ordinal", r"(?<![\w.,])(?P<n>\d{1,3}(?:st|nd|rd|th))\b"),
        ("suppressed", r"(?<![\w])(?P<n>[<＜]\s?(?:5|10|6|3))(?![\d.,%])"),
        ("scale of marks", r"(?i)\b(?:out\s+of|scale\s+of|score\s+of\s+\d+\s+out\s+of)\s+(?P<n>(?:1\s*(?:to|-|–)\s*)?(?:5|10))\b(?=\s*(?:$|[,.;)]|stars|for|points|scale))"),
        ("identifier", r"(?<![\w£.,])(?P<n>\d{7,})(?![\w,.]\d|\s?%)|\b[A-Z]{2,}[/-]?\d{3,}(?:[/-]\d+)*\b|#\d+"),
    ]  # fmt: skip
    return tuple((reason, re.compile(_two_names(source))) for reason, source in kinds)


def _two_names(source: str) -> str:
    """An expression may mark its number in two branches; the second is read as a whole match."""
    return source.replace("(?P<m>", "(?:")

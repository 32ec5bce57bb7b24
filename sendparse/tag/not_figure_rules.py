"""Which numbers are no figures: a reason and an expression for each kind, from addresses to votes.

In: the words of patterns/values.yaml. Out: sources of expressions; the group `n`, where it matched, is what states nothing.
How they are tried is the work of not_figures.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from sendparse.tag.wordings import HYPHEN, any_of, rules

_LIST = (
    rf"\d+[a-zA-Z]?(?:\.\d+)*(?:\s?\(\w{{1,3}}\))*"
    rf"(?:\s*(?:,(?!\s*\d+\s+(?:of\b|[a-z]{{4,}}))|&|and(?!\s*\d+\s+(?:past|over|beyond|after|above|at\s+[sSlLtT][a-z]{{2,4}}\s+(?:\d|one|two|three))\b)|to|or|/|{HYPHEN})\s*\d+[a-z]?(?:\.\d+)*(?:\(\w{{1,3}}\))*)*"
)
_AGE = r"(?:[0-9]|1\d|2[0-6])"
_TO = rf"(?:\s*(?:,|and|to|or|&|/|{HYPHEN})\s*)"
_FREE = r"(?<![\w.,£%])"  # nothing stuck before it
ALONE = (
    r"(?<!\w.)"  # likewise, behind a first letter: a text is gone through for letters more quickly than for their edges
)


def all_rules() -> tuple[tuple[str, str], ...]:
    """Reason and source of each rule, in the order in which they are tried."""
    return (*_addresses(), *_clock(), *_names(), *_ages(), *_thresholds(), *_places_in_text(), *_others())


@cache
def _words(name: str) -> str:
    return rf"(?:{any_of(map(str, rules('values')[name]))})"


@cache
def any_case(name: str) -> str:
    """The same where case does not matter."""
    return rf"(?:{any_of(map(str, rules('values')[name]), caseless=True)})"


def _addresses() -> Iterator[tuple[str, str]]:
    yield "web or mail address", r"\S+@\S+\.\w+|(?:https?://|www\.)\S+"
    code = r"\d{2,4}\)?[ -]\d{3,4}[ -]\d{3,4}"
    yield "telephone number", rf"[(0](?<!\d.)(?:(?<=\()0{code}|(?<=0)(?:{code}|\d{{9,10}}))(?!\d)"
    yield "telephone number", rf"(?i)\b{any_case('telephone_words')}\b[.:]*\s*(?P<n>\d[\d\s]{{5,}})"
    yield "telephone number", rf"{_FREE}(?P<n>0\d{{3,4}}\s\d{{5,7}})(?!\d)"
    yield "address", rf"{_FREE}(?P<n>\d{{1,4}}[A-Za-z]?)\s+(?:[A-Z][a-z]+\s+){{1,3}}{_words('street_words')}\b"
    yield "postcode", rf"[A-Z]{ALONE}[A-Z]?\d{{1,2}}[A-Z]?\s?\d[A-Z]{{2}}\b"
    yield "size of a file", rf"(?i)(?<![\w.,£])(?P<n>\d[\d,]*(?:\.\d+)?)\s?{any_case('file_sizes')}\b"
    yield "cookies of a web page", r"(?i)(?<![\w.,£])(?P<n>\d+)\s+(?:[a-z]+\s+){0,3}cookies?\b"


def _clock() -> Iterator[tuple[str, str]]:
    yield (
        "clock time",
        r"\b(?P<n>(?:\d|[01]\d|2[0-4])(?:[:.][0-5]\d)?)\s?(?:am|pm|a\.m\.?|p\.m\.?|noon|hrs|o['’]clock)(?!\w)",
    )
    yield "clock time", rf"\b(?P<n>\d{{1,2}}:[0-5]\d(?:\s?{HYPHEN}\s?\d{{1,2}}:[0-5]\d)?)(?!\d)"
    sign = r"(?!\d|\s?(?:%|per|weeks|FTE|million|m\b))(?=\s*(?:and|to|until|on|$|[,.;)]))"
    yield "clock time", rf"(?i)\b{any_case('clock_words')}\s+(?P<n>\d{{1,2}}\.[0-5]\d){sign}"
    hours = r"\d{1,2}(?:[.:][0-5]\d)?"
    yield (
        "clock time",
        rf"\b{_words('days_of_the_week')}\b[\s,:(]*(?:from\s+)?(?P<n>{hours}\s?(?:{HYPHEN}|to)\s?{hours})(?![\d%])",
    )
    clock = r"(?:1?\d|2[0-3])\.[0-5]\d"
    behind = rf"(?=\s*(?:$|[,;)]|{_words('days_of_the_week')}\b|{_words('after_hours')}\b))"
    yield "clock time", rf"{_FREE}(?P<n>{clock}\s?{HYPHEN}\s?{clock}){behind}"
    yield "time of a clock or a call", rf"(?i){_FREE}(?P<n>\d+(?:\.\d+)?)\s?{any_case('times_of_a_clock')}\b"


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
        rf"\b(?<![\w-])(?<!\d\s)(?<!\d\sat\s)(?<!\b[tT]his\s)(?<!\b[lL]ast\s)(?<!\b[eE]ach\s)(?i:{any_case('reference_words')})\s?(?:{HYPHEN}\s?)?(?P<n>(?:\()?{_LIST}){unsigned}",
    )
    yield (
        "number in a name",  # "18 stage 1, 4 stage 2": each stage is told with its own count before it
        rf"\b(?<![\w-])(?:(?<=\d\s)|(?<=\d\sat\s))(?i:{any_case('reference_words')})\s?(?P<n>\d+){unsigned}",
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
    yield "number in a name", rf"[A-Z]{ALONE}[A-Z]{{0,5}}-?(?P<n>\d+[a-z]?)\b(?!\s?%|[,.]\d)"
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
        rf"(?i)\b{any_case('before_an_age')}\s+{between}(?P<n>{_AGE}(?:\+|{_TO}{_AGE})*)(?!\d|[.,]\d|\s?%)",
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
    yield reason, rf"(?i)\b{any_case('attendance_words')}\b[^.;:]{{0,24}}\b{bound}\s+{share}{behind}"
    yield (
        reason,
        r"(?P<n>\d{1,3}\s?%)(?:\s+attendance)?\s+or\s+(?:below|less|more|above)(?=\s+(?:of\s+sessions|attendance|\)|absence))",
    )
    paid = r"(?P<n>\d{1,3}(?:\.\d+)?\s?(?:%|per\s?cent))"
    yield "condition of a payment", rf"(?i)\bcondition(?:\s+that|al\s+on|al\s+upon)\b[^.;\d]{{0,60}}{paid}"
    yield "condition of a payment", rf"(?i)\b(?:instalments?|VAT|retention|deposit)\s+(?:of|at)\s+{paid}"
    yield "condition of a payment", rf"(?i)(?<![\w.,]){paid}\s+(?:VAT|retention|deposit)\b"
    yield "number of payments", rf"(?i){_FREE}(?P<n>\d{{1,2}})\s+(?:[a-z]+\s+)?instalments?\b"
    yield "physical measure", rf"(?i){_FREE}(?P<n>\d[\d,]*(?:\.\d+)?)\s?{any_case('physical_measures')}(?![\w])"
    yield "base of a rate", r"(?i)\b(?:per|every|in\s+every|out\s+of\s+every)\s+(?P<n>\d{1,3}(?:,?000)+|100|10k)\b"
    yield "frequency", r"(?i)(?<![\w.,])(?P<n>1)\s+(?:[a-z]+\s+){1,3}(?:per|a|each|every)\s+(?:year|annum|month|week)\b"


def _places_in_text() -> Iterator[tuple[str, str]]:
    reason = "paragraph or item number"
    yield reason, r"(?<![\w(.,£%])(?P<n>\(?\d{1,2}\))(?=\s+[A-Z])"
    numbers = rf"(?P<n>\d{{1,2}}\.\d{{1,2}}\s?(?:{HYPHEN}|to|and)\s?\d{{1,2}}\.\d{{1,2}})"
    after = r"(?!\d|\s?%|\s?weeks)(?=\s+(?:and|of|above|below|in)\b|[.,;)]|$)"
    yield reason, rf"(?i)\b{any_case('before_paragraphs')}\s+{numbers}{after}"
    yield reason, r"(?:\A\s*|[.:;]\s+)(?P<n>[1-9]\.)(?=\s+[A-Z][a-z]*\s+[a-z])"
    one = r"(?P<n>\d{1,2}\.\d{1,2})(?!\d|\.\d|\s?%|\s?(?:per|million|bn|m|k|weeks|FTE)\b)"
    yield reason, rf"(?i)\b{any_case('before_one_paragraph')}\s+{one}"
    yield "page range", rf"\A\s*(?P<n>\d{{1,3}}\s+{HYPHEN}\s+\d{{1,3}})\s*\Z"
    yield "page number", r"(?i)\bpage\s+(?P<n>\d+(?:\s+of\s+\d+)?)"
    yield "page in a table of contents", r"\.\s?(?:\.\s?){4,}\s*(?P<n>\d{1,3})\b"
    yield "page in a table of contents", r"(?:^|\s)(?P<n>\d{1,2}[a-z]?\s\|)"
    yield (
        "number of parts of a text",
        rf"(?i){_FREE}(?P<n>\d{{1,2}})\s+(?:[a-z-]+\s+)?{any_case('parts_of_a_text')}\b",
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
    yield "scale of marks", rf"(?i)\b{any_case('before_marks')}\s+{marks}"
    yield "identifier", r"(?<![\w£.,])(?P<n>\d{7,})(?![\w,.]\d|\s?%)"
    yield "identifier", rf"[A-Z]{ALONE}[A-Z]+[/-]?\d{{3,}}(?:[/-]\d+)*\b"
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

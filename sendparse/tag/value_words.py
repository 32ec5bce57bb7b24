"""Figures without digits: "doubled", "a third of plans", "three of the four teams", "third highest in the country".

In: running text. Out: Values, each flagged with the kind of wording it was read from, since these are figures only where
they answer what a paper measures. Numbers in digits are the work of value.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from sendparse.begins import Sought
from sendparse.model import Value
from sendparse.tag.hints import Hinted, Sieve
from sendparse.tag.value_numbers import Number, moving_words
from sendparse.tag.wordings import NUMBER_WORDS, ORDINAL_WORDS, any_of, number, rules


def worded(text: str) -> list[Value]:
    """Doublings, fractions, ranks, runs of months, parts of a whole in words."""
    out: list[Value] = []
    for place in _sieve().met(text):
        for value in _READERS[place][0](text):
            if not any(value.start < other.end and other.start < value.end for other in out):
                out.append(value)
    return out


def counted_words(text: str, numbers: Sequence[Number]) -> list[Value]:
    """As in "two vacancies", "zero complaints", "two per cent": a word counts only before a thing that is counted."""
    out = []
    for found in numbers:
        if found.unit:
            out.append(_value(text, found.start, found.end, found.value, found.unit, "number_word"))
        elif _counts(text, found) or (found.value > 1 and _goes_on(text, found, out[-1].end if out else 0)):
            out.append(_value(text, found.start, found.end, found.value, "count", "number_word", "bare"))
    held = {value.start for value in out}
    for match in _zero().finditer(text):
        if match.start() in held:
            continue
        out.append(_value(text, match.start(), match.end(), 0.0, "count", "number_word", "bare"))
    return out


_COUNT_BEFORE = re.compile(r"(?<![\w£.,/-])\d{1,3}(?:,\d{3})*(?=\s+(?!per\b|weeks|days|months|million|years)[a-z])")
_AND_THEN = re.compile(r"[^.;\d]{3,60}?(?:,|;|:|,?\s(?:and|with|while))\s+")
_DONE_WITH = re.compile(
    r"\s+(?:(?:were|are)\s+[a-z]{3,}|about|against|because|concerning|(?!need|based|ag)[a-z]{1,}(?:ed|awn|ard|eld|ost))\b(?!\s+(?:for|by|to)\s+\w+\s+weeks)"
)


def _goes_on(text: str, found: Number, told: int) -> bool:
    """As in "41 are about contents, eleven about refusals", "three were conceded and two withdrawn": counted like what stands before."""
    if _DONE_WITH.match(text, found.end) is None:
        return False
    near = max(0, found.start - 90)
    last = max([told, *(m.end() for m in _COUNT_BEFORE.finditer(text, near, found.start))])
    return last > near and _AND_THEN.fullmatch(text, last, found.start) is not None


def _counts(text: str, found: Number) -> bool:
    before = text[max(0, found.start - 24) : found.start]
    if (whole := _OF_A_WHOLE.match(text, found.end)) is not None and not before.lower().endswith(
        ("every ", "each ")
    ):  # "five of the 13 posts", "eight of whom"
        stands = _counted().match(text, whole.end()) or _behind_a_subject().match(text, whole.end())
        return bool(whole["whom"]) or stands is not None
    if _IN_ORDER.match(text, found.end) or (_ORDERLY.match(text, found.end) and _AND_BEFORE.search(before)):
        return True  # "the council won two and five respectively"
    if _stands_for_what_was_told(text, found):
        return True
    if found.value >= 1000 and _PASSED.search(before):
        return True  # "the caseload has passed four thousand"
    if found.value > 1 and _OF_THESE.match(text, found.end) and not re.search(r"(?i)\bthe\s+$", before):
        return True  # "in seven of these the council paid"
    if found.value > 1 and any(told.search(before) and then.match(text, found.end) for told, then in _TOLD_OF):
        return True
    if _out_of_order().match(text, found.end) and re.search(r"(?:^|[.;:•]\s)\s*$", before) and found.value > 1:
        return True  # "Eleven had got as far as a hearing"
    if _SET_OFF.search(before) and re.match(
        r"(?i)\s+(?:more|fewer|less)\s+than\s+(?:in|at|on|last|the|a|this)\b", text[found.end :]
    ):
        return True  # "79 in March 2025, five more than in March 2024"
    if (_not_counting().search(before) and not _TOTAL_OF.search(before)) or (
        found.value == 1 and _THIS_ONE.search(before)
    ):
        return False
    if _IN_TURN.search(before) and _IN_A_PERIOD.match(text, found.end) and re.search(r"\d", text[: found.start]):
        return True  # "14 in October and eight in February"
    if re.match(r"(?i)\s+more\s+(?:by|in|than|this|next|are|will)\b", text[found.end :]):
        return found.value > 1 and re.match(r"(?i)\s+more\s+than\b", text[found.end :]) is None
    if re.match(r"(?i)\s+(?:of|in)\b", text[found.end :]):
        return False
    return _counted().match(text, found.end) is not None


_VERB = re.compile(r"(?i)\s+(?:(?:were|are|had|have|was|is)\b|(?:still\s+|now\s+)?[a-z]{3,}\s)(?!of\b)")
# What stands before a number word, and what behind it.
_TOLD_OF = (
    (re.compile(r"(?i)\bof\s+(?:these|those|them)(?:\s+[a-z]+){0,2},?\s+$"), _VERB),  # "Of these nine receive tuition"
    (re.compile(r"(?i)\bof\s+(?:which|whom)\s+$"), re.compile(r"(?i)\s+(?:were|are|had|have|was|is)\b")),
    (
        re.compile(r"(?:^|[^\d])\d[\d,]*\s[^.;\d]{0,22},\s+$"),
        re.compile(r"(?i)\s+(?:were|are)\s+(?:vacant|empty|late|overdue)\b"),
    ),
    (
        re.compile(
            r"(?i)\b(?:reduced|fallen|fell|down|risen|rose|cut|dropped|grown|increased|brought)\s+to\s+(?:just\s+|only\s+)?$"
        ),
        re.compile(r"\s*(?:[,.;]|$|\s(?:by|in|at)\b)"),
    ),
    (
        re.compile(r"(?i)\b(?:up|down|rose|risen|fell|fallen|grew|grown|increased|reduced|dropped)\s+by\s+$"),
        re.compile(r"(?i)\s+(?:to\s+[£\d]|since|on\s+(?:last|the)|from\s+[£\d])"),
    ),
    (
        re.compile(
            r"(?i)\b(?:do|see|complete|assess|manage|issue|take|handle|finish)\s+(?:about\s+|around\s+|up\s+to\s+)?$"
        ),
        re.compile(r"(?i)\s+(?:a|per|each|every)\s+(?:week|month|day|term)\b"),
    ),
)


def _stands_for_what_was_told(text: str, found: Number) -> bool:
    """Whether a number word counts what its noun would only repeat."""
    if _ALONE.fullmatch(text[: found.start]):
        return _NOTHING.fullmatch(text, found.end) is not None  # "Nine." in answer to a question
    if _OF_A_GROUP.search(text, 0, found.start):
        return _out_of_order().match(text, found.end) is not None  # "Of the 31 posts, four were empty"
    if _MOVED_TO.search(text, 0, found.start) and _STOPS.match(text, found.end):
        return True  # "this had come down to three", "brings the number of bases to six"
    return (  # "up three on the month"
        _UP_BY.search(text, 0, found.start) is not None and _SINCE.match(text, found.end) is not None
    )


_ALONE, _NOTHING = re.compile(r"\W*(?:\(?[a-h]\)\s*)?"), re.compile(r"\W*")
_OF_A_GROUP = Sought(
    r"(?i)(?:^|[.;:]\s+)\W*of\s+(?:(?:the|our|its|these|those|all)\s+)*(?:\d[^.;:]{2,70},|these,?|those,?|them,?)\s+(?:only\s+|just\s+)?\Z"
)
_MOVED_TO = Sought(
    r"(?i)\b(?:reduced|reduces|fallen|fell|falls|dropped|drops|rose|risen|rises|increased|grown|grew|down|up|came|come|number\s+of\s+[^.;,]{3,50})"
    r"\s+to\s+(?:just\s+|only\s+)?\Z"
)
_STOPS = re.compile(r"\s*(?:[,.;)]|$)")
_UP_BY, _SINCE = Sought(r"(?i)\b(?:up|down)\s+$"), re.compile(r"(?i)\s+(?:on|from|since|compared)\b")
_TOTAL_OF = Sought(r"(?i)\b(?:a\s+total|(?:dedicated|new|small|a)\s+team|a\s+group|a\s+cohort)\s+of\s+$")
_IN_ORDER = re.compile(r"(?i)\s+and\s+[\w-]+,?\s+respectively\b")
_ORDERLY = re.compile(r"(?i),?\s+respectively\b")
_AND_BEFORE = Sought(r"(?i)\b\w+\s+and\s+$")
_PASSED = Sought(
    r"(?i)\b(?:passed|exceeded|reached|topped|hit|to|over|than|about|around|nearly|almost|some|was|is|were|are)\s+(?:the\s+)?$"
)
_OF_THESE = re.compile(
    r"(?i)\s+of\s+(?:(?:these|those)\s+[a-z]+s|these|those|them)\s*(?:[,.;)]|$|(?:were|was|had|have|has|are|is|the|we|went|led|came|remain|will)\b|[a-z]+ed\b)"
)
_OF_A_WHOLE = re.compile(r"(?i)\s+of\s+(?:(?P<whom>whom|which)\b|(?:the|our|its)\s+\d{1,3}(?=\s))")
_SET_OFF = Sought(r"(?i)(?:[,(–-]|\bis|\bwas)\s+(?:just\s+|only\s+)?$")
_THIS_ONE = Sought(r"(?i)\b(?:this|that)\s+$")
_IN_TURN = Sought(r"(?i)(?:\band|\bagainst|\bfrom|\bto|\bwith|,)\s+(?:just\s+|only\s+|about\s+)?$")
_IN_A_PERIOD = re.compile(
    r"\s+(?:in|during|at)\s+(?:the\s+(?:same|previous|whole|year)|[A-Z][a-z]{2,8}\b|(?:19|20)\d\d|Q[1-4])"
)


@cache
def _out_of_order() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{any_of(rules('values')['out_of_order_words'])})\b")


@cache
def _behind_a_subject() -> re.Pattern[str]:
    """Right behind "three of the 64": what they did."""
    return re.compile(rf"\s*(?:{any_of(rules('values')['out_of_order_words'])})\b")


@cache
def _counted() -> re.Pattern[str]:
    found = rules("values")
    nouns, between, behind = (any_of(found[w]) for w in ("counted_in_words", "not_before_counted", "not_after_counted"))
    return re.compile(
        rf"(?i)\s+(?:more\s+)?(?:(?!(?:{between})\b)[\w'’-]+\s+){{0,3}}(?:{nouns})(?:/[a-z]+)?\b(?!\s+(?:{behind})\b)"
    )


@cache
def _not_counting() -> Sought:
    return Sought(rf"(?i)\b(?:{any_of(rules('values')['not_counting'], caseless=True)})\s+$")


@cache
def _zero() -> Hinted:
    nouns = any_of(rules("values")["counted_in_words"])
    words = any_of(rules("values")["zero_words"])
    return Hinted(
        rf"(?i)\b(?:{words})\b(?=\s+(?:[\w-]+\s+){{0,2}}(?:{nouns})\b)|(?<=\bwas\s)(?:{words})\b|(?<=\bwere\s)(?:{words})\b|(?<=\bto\s)zero\b(?!\s*-?tolerance)"
    )


def _value(text: str, start: int, end: int, value: float, unit: str, *flags: str) -> Value:
    return Value(value=value, unit=unit, text=text[start:end], start=start, end=end, flags=flags)


@cache
def _group(name: str) -> tuple[Sought, dict[str, float]]:
    factors = {" ".join(w.lower().split()): float(f) for f, forms in rules("values")[name].items() for w in forms}
    return Sought(rf"(?i)(?<![\w-])(?P<w>{any_of(factors, caseless=True)})(?![\w-])"), factors


def _ratios(text: str) -> list[Value]:
    expression, factors = _group("ratios")
    return [
        _value(
            text,
            m.start(),
            m.start() + len(m["w"].split()[0]),
            factors[" ".join(m["w"].lower().split())],
            "ratio",
            "doubling",
        )
        for m in expression.finditer(text)
    ]


# "We met six times": how often, and no multiple.
_HOW_OFTEN = Hinted(
    r"(?i)\b(?:met|meets?|meeting|convened|visited|consulted|spoke|called|rang|wrote|tried|asked|moved)\s+(?:\w+\s+){0,3}$"
)


def _doublings(text: str) -> list[Value]:
    expression, factors = _group("doublings")
    return [
        _value(text, *m.span("w"), factors[" ".join(m["w"].lower().split())], "multiple", "doubling")
        for m in expression.finditer(text)
        if not _HOW_OFTEN.search(text, 0, m.start())
        and not re.match(
            r"(?i)[\s-]+(?:up\b|down\b|check|count|per\s+(?:week|year|term)|a\s+(?:week|year|term))", text[m.end() :]
        )
    ]


_ANY = "|".join(NUMBER_WORDS)
_MANY = "|".join(word for word in NUMBER_WORDS if word not in {"zero", "one"})
_PARTS = Sought(rf"(?i)\b(?P<part>zero|{_MANY})\s+(?:out\s+)?of\s+(?:(?:the|our|its|all)\s+)?(?P<whole>{_MANY})\b")


def _parts(text: str) -> list[Value]:
    out = []
    for match in _PARTS.finditer(text):
        part, whole = number(match["part"]), number(match["whole"])
        if part is not None and whole and part <= whole:
            value = _value(text, *match.span(), float(f"{part / whole:.6g}"), "ratio", "parts_in_words")
            out.append(replace(value, numerator=float(part), denominator=float(whole)))
    return out


_FEW = "one|two|three|four|five|six|seven|eight|nine"
_ONE_IN = Sought(
    rf"(?i)(?<![\w.,£])(?P<m>[1-9]|{_FEW})\s+in\s+(?:every\s+)?(?P<n>\d{{1,3}}|{_MANY})\b(?=\s+(?:[a-z]+\s+){{0,2}}[a-z]+)"
)
_IN_MANY = Sought(rf"[iIİı](?i:n\s+(?:every\s+)?(?:\d|{_MANY}))")  # the end of that, which is found sooner
_ROUND = frozenset({3, 4, 5, 10, 20, 100})  # what shares are told of: "three in ten", not "two in 2024"


def _one_in(text: str) -> list[Value]:
    """As in "one in five children", "three in ten parents" is a share."""
    out = []
    for match in _ONE_IN.finditer(text) if _IN_MANY.search(text) else ():
        part, whole = number(match["m"]) or 0, number(match["n"]) or 0
        if (part == 1 and whole > 1) or (part < whole and whole in _ROUND):
            out.append(_value(text, *match.span(), float(f"{100 * part / whole:.3g}"), "percent", "fraction"))
    return out


def _fractions(text: str) -> list[Value]:
    expression, factors = _group("fractions")
    whole, change = _fraction_contexts()
    out = []
    for match in expression.finditer(text):
        share = whole.match(text, match.end())
        moved = (
            change.match(text, match.end())
            or _BY.search(text, 0, match.start())
            or (_UP_BY.search(text, 0, match.start()) and _SINCE.match(text, match.end()))
        )
        if share or moved:
            flags = ("fraction", "moved") if moved and not share else ("fraction",)
            out.append(_value(text, *match.span("w"), factors[" ".join(match["w"].lower().split())], "percent", *flags))
    return out


_BY = Sought(r"(?i)\bby\s+(?:over\s+|nearly\s+|about\s+|almost\s+|more\s+than\s+)?\Z")


@cache
def _fraction_contexts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    values = rules("values")
    whole, change = any_of(values["fraction_of"]), any_of(values["fraction_change"])
    return re.compile(rf"(?i)\s+(?:{whole})\b(?!\s+(?:term|year|\d))"), re.compile(rf"(?i)\s+(?:{change})\b")


@cache
def _rank() -> Sought:
    values = rules("values")
    words, places = any_of(values["rank_words"]), any_of(values["rank_places"])
    ordinals = "|".join(ORDINAL_WORDS)
    return Sought(
        rf"(?i)\b(?P<o>{ordinals}|\d{{1,3}}(?:st|nd|rd|th))[\s-]+(?:{words})\b(?=[^.;]{{0,40}}?\b(?:{places})(?!\w))"
        r"|\b(?:ranked|ranks|ranking)\s+(?:joint\s+)?(?P<r>\d{1,3}(?:st|nd|rd|th)|\d{1,3}(?=\s+out\s+of))"
        r"|\b(?P<p>\d{1,3}(?:st|nd|rd|th))\s+(?:out\s+of|of)\s+(?:the\s+)?\d{2,3}\b"
    )


_NTH, _RANKED = Sought(r"\d(?i:st|nd|rd|th)"), Hinted(rf"(?i){'|'.join(ORDINAL_WORDS)}|rank")


def _ranks(text: str) -> list[Value]:
    if _NTH.search(text) is None and not _RANKED.may_hold(text):
        return []
    out = []
    for match in _rank().finditer(text):
        word = (match["o"] or match["r"] or match["p"]).lower()
        place = ORDINAL_WORDS.get(word) or int(re.sub(r"\D", "", word))
        span = match.span() if match["o"] else match.span("r") if match["r"] else match.span("p")
        out.append(_value(text, *span, float(place), "rank", "rank"))
    return out


@cache
def _run() -> tuple[Hinted, ...]:
    values = rules("values")
    moving, runs = any_of(values["moving_words"]), any_of(values["run_words"])
    unit = r"(?P<u>months?|quarters?|terms?|years?|weeks?)"
    long = (
        rf"(?i)\b(?:{moving})\b[^.;]{{0,40}}\b(?:every|each)\s+(?:month|quarter|term|year|week)\b[^.;]{{0,16}}"
        rf"\b(?:past|last|previous)\s+(?P<all>(?P<n>\d{{1,2}}|{_ANY})\s+{unit})\b"
    )
    ordinals = "|".join(ORDINAL_WORDS)
    ordinal = rf"(?i)\b(?P<all>(?P<n>{ordinals}|\d+(?:st|nd|rd|th)|\d{{1,2}}|{_ANY})\s+(?:{runs})\s+{unit})\b"
    behind = (
        rf"(?i)\b(?P<all>(?P<n>\d{{1,2}}|{_ANY})\s+{unit}\s+(?:{any_of(values['run_words_behind'], caseless=True)}))\b"
    )
    return Hinted(long), Hinted(ordinal), Hinted(behind)


def _runs(text: str) -> list[Value]:
    """How long something has been moving: "risen every month for the past 7 months", "for the second consecutive year"."""
    out: list[Value] = []
    for expression in _run():
        for match in expression.finditer(text):
            word = match["n"].lower()
            count = ORDINAL_WORDS.get(word) or number(re.sub(r"(?<=\d)(?:st|nd|rd|th)", "", word))
            unit = match["u"].lower().rstrip("s") + "s"
            if count and (expression is _run()[0] or _moves_near(text, match)):
                out.append(_value(text, *match.span("all"), float(count), unit, "run"))
    return out


# Each reader with what it looks for first.
_READERS: tuple[tuple[Callable[[str], list[Value]], Callable[[], Sequence[re.Pattern[str]]]], ...] = (
    (_ratios, lambda: [_group("ratios")[0].expression]),
    (_doublings, lambda: [_group("doublings")[0].expression]),
    (_parts, lambda: [_PARTS.expression]),
    (_one_in, lambda: [_ONE_IN.expression]),
    (_fractions, lambda: [_group("fractions")[0].expression]),
    (_ranks, lambda: [_rank().expression]),
    (_runs, lambda: [run.expression for run in _run()]),
)


@cache
def _sieve() -> Sieve:
    return Sieve([expressions() for _, expressions in _READERS])


def _moves_near(text: str, match: re.Match[str]) -> bool:
    return moving_words().search(text[max(0, match.start() - 80) : match.end() + 60]) is not None

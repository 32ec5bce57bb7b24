"""Which part of a sentence belongs to which figure.

In: a sentence and the places of its figures. Out: one part per figure, without gaps: "13 received in January | compared to 24
in October | and 17 in November". A part begins where the words turn to the next figure: at a contrast, a comparison, a
bracket, a comma, an "and". What a part says is the work of link.py, role.py and benchmark.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sendparse.begins import Sought
from sendparse.tag.wordings import any_of, rules


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a sentence that speaks of one figure, and how it is joined to the stretch before."""

    start: int
    end: int
    joint: str = ""  # contrast, comparison, stop, bracket, with, and, comma, none; empty for the first


# A line that ends with one of these goes on in the next: "390 in" / "February 2025".
_NO_BREAK = "".join(
    rf"(?<!\b{word})" for word in ("in", "of", "at", "to", "by", "on", "and", "for", "the", "from", "with")
)


@cache
def _joints() -> tuple[tuple[str, Sought], ...]:
    """Kinds of joint, the strongest first."""
    found = rules("benchmarks")
    times = r"(?!\s+[\w-]+\s+(?:weeks?|months?|days?|years?)\b)"  # "more than six months overdue" compares nothing
    contrast, comparison = any_of(found["terminators"]), any_of(found["comparators"])
    linking, degree, comparative = (
        any_of(found["before_comparators"][w]) for w in ("linking", "degree", "comparative")
    )
    asides, verbs = any_of(found["asides"]), any_of(found["turning_verbs"])
    sources = [
        ("stop", rf";|{_NO_BREAK}\n(?!\s*[a-z£(\d])|:\s(?=[A-Z])|(?<!i\.e)(?<!e\.g)\.\s"),
        ("contrast", rf"(?i)[,\s(]*\b(?:{contrast})\b"),
        ("contrast", r"(?i),?\s+(?:which|this)\s+(?:means|meant)\s+that\b"),
        ("comparison", rf"(?i)[,\s(]*(?:\b(?:{linking})\s+)*(?:(?:{degree})\s+)?(?:(?:{comparative})\s+)?\b(?:{comparison})(?!\w){times}"),
        ("bracket", r"\s*\("),
        ("with", rf"(?i),?\s+(?:{asides})\b"),
        ("and", r"(?i),\s+(?:and|then|or|plus|followed\s+by)\b"),
        ("comma", r",(?=\s)|\s(?:[–—-]|→|▶|►|->|=>|\|)\s"),
        ("and", r"(?i)\s+(?:and|&|then|plus|followed\s+by)\s"),
        ("with", r":\s"),
        ("verb", rf"(?i)\s+(?:{verbs})\s(?=.{{12}})"),
        ("to", r"(?i)\s+(?:to|or)\s"),
    ]  # fmt: skip
    return tuple((kind, Sought(source)) for kind, source in sources)


def parts(text: str, figures: Sequence[tuple[int, int]], whole: Sequence[tuple[int, int]] = ()) -> list[Part]:
    """One part for each figure, in order. No cut goes through one of the stretches in `whole` (names of periods)."""
    if not figures:
        return []
    cuts = [_turn(text, figures[n][1], figures[n + 1][0], whole) for n in range(len(figures) - 1)]
    cuts = [_behind_what_is_counted(text, figures, n, cut) for n, cut in enumerate(cuts)]
    starts = [(0, ""), *cuts]
    ends = [start for start, _ in cuts] + [len(text)]
    return [Part(start, end, joint) for (start, joint), end in zip(starts, ends, strict=True)]


def _behind_what_is_counted(
    text: str, figures: Sequence[tuple[int, int]], number: int, cut: tuple[int, str]
) -> tuple[int, str]:
    """As in "Of 96 plans issued 61 were in time": what is counted stands behind the first figure, up to the second."""
    if cut == (figures[number][1], "none") and _OF_THEM.search(text, 0, figures[number][0]):
        return figures[number + 1][0], "none"
    return cut


_OF_THEM = Sought(r"(?:^|[.;:]\s+)\W*Of\s+(?:(?:the|our|these|those|all)\s+)*\Z")


# The label of the next figure, as a tile or a line of them has it: "Q2: 51.5% Year-end target: 65%".
_LABEL = re.compile(r"\)?\s+(?=[A-Z][\w/’'-]*(?:\s[\w/’'-]+){0,3}\s?:\s*(?:£\s?)?$)")


def _turn(text: str, begin: int, end: int, whole: Sequence[tuple[int, int]]) -> tuple[int, str]:
    """Where the words between two figures turn from one to the other: where the second has a label, at that."""
    labelled = text.find(":", max(begin, end - 3), end) >= 0
    label = _LABEL.match(text, begin, end) if labelled else None
    return _cut(text, begin, end, whole) if label is None else (label.end(), "stop")


def _cut(text: str, begin: int, end: int, whole: Sequence[tuple[int, int]]) -> tuple[int, str]:
    """The same for figures without a label."""
    begin += text.startswith(")", begin) and _SAID_AGAIN.search(text, max(0, begin - 60), begin + 1) is not None
    closed = _CLOSING.match(text, begin, end)  # "SEMH (35), ASD (29)": the bracket closes what was said of the first
    aside = _ASIDE.match(text, begin, end)
    if closed is None and aside is not None and aside.end() < end and not _TURNED.search(aside[0].partition("(")[0]):
        if any(expression.search(text, aside.end(), end) for _, expression in _joints()[:8]):  # up to the comma
            begin = aside.end()  # the bracket belongs to the first figure, and so does what follows up to the joint
        else:
            closed = aside
    for kind, expression in _joints():
        if kind == "verb" and (end - begin < 30 or not _ARRIVES.search(text, begin, end)):
            continue
        found = [m for m in expression.finditer(text, begin, end) if m.end() > begin and not _inside(m, whole)]
        if kind == "comparison":
            found = [
                m
                for m in found
                if not (m.end() + 3 > end and _HEDGED.search(m[0])) and not _CLOSED.match(text, m.end())
            ]
        if kind == "with":
            found = [m for m in found if not _describes(m, end) and not _goes_on(m, text, end)]
            found = [
                m for m in found if not (m.start() == begin and _OF_THOSE.fullmatch(m[0]) and end - m.end() > _SAID)
            ]
            found = [_SUBJECT.search(text, begin, found[0].start()) or found[0]] if found else []
        if not found:
            continue
        if closed is not None:
            turned = kind in {"stop", "contrast", "comparison"} and found[0].start() > closed.end()
            return (found[0].start() if turned else closed.end()), kind
        first = kind in {"stop", "contrast", "comparison", "with", "bracket"}
        return max(begin, (found[0] if first else found[-1]).start()), kind
    if closed:
        return closed.end(), "bracket"
    led = _LED.search(text, begin, end)
    if (reason := _REASON.search(text, begin + _SAID, end)) is not None:
        return reason.start(), "none"  # "31% of advice was late because the service is four posts short"
    if led is None and (aside := _LATE_ASIDE.match(text, begin, end)):
        return aside.end(), "bracket"  # "107 appeals were lodged in the year (2022/23 saw 86)"
    return (led.start() if led else begin), "none"


def _describes(match: re.Match[str], end: int) -> bool:
    """ "41% of pupils with a plan are boys, ...": words that only say whom the figure counts turn to no other one."""
    return not match[0].startswith(",") and match[0].split()[0].lower() in _DESCRIBING and end - match.end() > _NEAR_BY


def _goes_on(match: re.Match[str], text: str, end: int) -> bool:
    """ "3,260 children with plans, up 58%": what stands behind is where the words turn."""
    return (
        match[0].split()[0].lower() in _DESCRIBING
        and re.search(r",\s|\sand\s|\s[–—-]\s", text[match.end() : end]) is not None
    )


_DESCRIBING = frozenset({"with", "which", "who", "where"})
_NEAR_BY = 30


def _inside(match: re.Match[str], whole: Sequence[tuple[int, int]]) -> bool:
    return any(start < match.end() - 1 and match.start() < end and match.start() > start for start, end in whole)


# "36 more than in March 2024, at a cost of £66,400": what is compared with is told, and closed by a comma.
_CLOSED = re.compile(r"\s+(?:in|at|on|during|last|the\s+(?:same|previous)|a\s+year)\b[^,;£%]{0,40},\s")
# "against a grant of £70m, and the deficit, which stood at £20m": what is told of has been named before.
_SUBJECT = Sought(r",\s+and\s+(?:the|our|its|their)\s")
_SAID = 12  # characters of what is told of a figure
_REASON = Sought(
    r"\s(?=(?:because|so\s+that|meaning|leaving|giving|taking|bringing|offering|providing|totalling|costing|employing|as\s+(?:the|our|we|they|it|there))\s)"
)
_OF_THOSE = re.compile(r"\s+of\s+(?:these|those|them)")  # "46 of these were won and 19 lost"
_HEDGED = Sought(r"(?i)^\s+(?:(?:more|fewer|less)\s+than|close\s+to)\s*$")  # "we expect fewer than 60"
_ARRIVES = Sought(r"\b(?:to|at|by)\s+(?:(?:about|around|over|nearly|some|just)\s+){0,2}\Z")
_LED = Sought(
    r"\s+(?:(?:on|against|from|out\s+of|at)\s+(?:an?|the|its|our)\s+(?:[a-z-]+\s+){1,3}of|on|out\s+of|of|from|against|for|at|with|by|across|among|in|into|about|around|over|nearly|versus)\s+"
    r"(?:(?:the|a|an|total|around|about|over|nearly)\s+){0,3}\Z"
)
_TURNED = Sought(r"\s(?:and|but|while|whereas)\s+(?:in\s+|for\s+|this\b|last\b|by\s+)")  # "and this year (2025/26)"
_ASIDE = re.compile(r"[^()\n;.,]{0,60}\([^()\n]{3,120}\)")
_LATE_ASIDE = re.compile(r"(?:\s+[A-Za-z][\w'’-]*){2,12}(?=\s+\()")
# "Three out of four (75%) plans were on time, double the 34% of May": the bracket only says it again, in figures.
_SAID_AGAIN = Sought(
    r"(?i)\b(?:half|thirds?|quarters?|fifths?|tenths?|majority|(?:in|out\s+of)\s+(?:every\s+)?(?:two|three|four|five|six|eight|ten|\d+))"
    r"\s+\(\s*\d[\d.]*\s?%\)\Z"
)
_CLOSING = re.compile(r"[^()\n;]{0,40}\)")

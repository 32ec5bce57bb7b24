"""Whether a figure is still to come: "is forecast to reach 4,000", "96 places will open", "£5m (projected)".

In: the words before a figure in its own part of the sentence, and those behind it. Out: the role of a forecast with the words
that say so, or nothing. A word such as "will" or "may" reaches only as far as what is told goes on: "we may refuse, and in
2024 we refused 168" foretells nothing. Other roles are told in role.py.
"""

from __future__ import annotations

import re

from sendparse.model import Value
from sendparse.tag.hints import Hinted
from sendparse.tag.role_words import Role, role_rule

# "Would the Cabinet Member accept that a success rate of 10% ...": a question, nothing foretold.
_ASKS = Hinted(
    r"(?i)(?:^|(?<=[.:?!]\s))\W*(?:would|will|could|can|may)\s+(?:the|you|he|she|we|they|members?|officers)\b"
)
_PAYS_FOR = re.compile(r"(?i)\s+will\s+(?:pay|fund|take|bring|provide|deliver|create|allow|enable|support)\b")
_PAST = re.compile(
    r"(?i)\b(?:held|achieved|reached|reported|recorded|seen|enjoyed)\b"
)  # "the 100% held so far will fall"
_ASIDE = re.compile(r"(?i)\b(?:that|whether|who|which|if|until|where|when|because|what|how)\b")
_A_RATE = re.compile(r"(?i)(?:\s+[\w-]+){0,4}?\s+(?:each|every|per|a)\s+(?:day|week|fortnight|month|term|year)\b")
_PLANNED = Hinted(
    r"(?i)(?:(?!\b(?:and|so|while)\b)[^.;,()]|\([^()]{0,60}\)){0,70}?\b(?:(?:is|are|were|was)\s+(?:now\s+|currently\s+)?(?:being\s+)?(?P<cue>forecast|projected|expected|planned|proposed|anticipated|due\s+to|estimated|set\s+to)"
    r"|(?P<modal>will(?!\s+(?:pay|fund|take|bring|provide|deliver|create|allow|enable|support)\b)|opening\s+(?:in|from)|opens?\s+(?:in|from)\s+(?:[A-Z][a-z]+\s+)?20|comes?\s+on\s+stream|could\s+be|may\s+be|to\s+be\s+(?:created|opened|delivered|provided)))\b"
)
_STOP = re.compile(r";\s")
# Between a cue and its figure: what is told here has been.
_TOLD = re.compile(
    r"(?i)\b(?:numbered|totalled|did|refused)\b|\bstood\s+at\b|\b(?:it|we|they|the\s+(?:council|authority|service|number|total|figure))\s+(?!need|proceed|succeed)\w{3,}ed\s"
)
_WAS = re.compile(r"(?i)\b(?:was|were|had)\b")
_MODAL = re.compile(
    r"(?i)(?:we|it|they|there)?['’]?(?:will|ll|would|could|may|might|shall|likely(?:\s+to)?|set\s+to|pipeline|hopes?\s+to|aims|potentially|in\s+future)$"
)
_CAN_DO = re.compile(r"(?i)could$")
_ESTIMATE = re.compile(r"(?i)estimate[sd]?$")
_ESTIMATED_AT = re.compile(r"(?i)\b(?:is|are)\s+(?:now\s+)?estimated\s+(?:at|to)\b")  # "the cohort is estimated at 620"
_TO_COME = re.compile(
    r"(?i)\b(?:by|will|would|next|ris\w+|grow\w*|increas\w+|reach\w*|able\s+to|achiev\w+|future|need\w*|further|additional|more)\b"
)


def foretold(value: Value, left: str, right: str, further: str) -> Role | None:
    """The forecast that a figure is, by the words of its own part (`left`, `right`) and those `further` behind it."""
    rule = role_rule("forecast")
    if ";" in left:
        left = _STOP.split(left)[-1]
    if found := rule["before"].search(left):
        return Role("forecast", found["cue"])
    cues = list(rule["scope"].finditer(left))
    refused = [m.span() for m in (*rule["not"].finditer(left), *_ASKS.finditer(left))] if cues else []
    for found in reversed(cues):
        if found["cue"] == "May" or any(a <= found.start() < b for a, b in refused):
            continue
        if _CAN_DO.match(found["cue"]) and _A_RATE.match(right + further):
            continue  # "the service could deliver 35 assessments a week while 55 were needed"
        if _reaches(found["cue"], left[found.end() :]) and not _only_counted(
            found["cue"], value, left + right + further
        ):
            return Role("forecast", found["cue"])
    if _TOOK.search(left) and _TO_BE.match(right):
        return None
    if (behind := rule["after"].match(right)) and not _PAYS_FOR.match(right):
        return None if rule["not"].match(right.lstrip()) else Role("forecast", behind["cue"])
    return _told_behind(right, further)


def _reaches(cue: str, between: str) -> bool:
    """Whether the words between a cue and its figure tell of nothing that has been."""
    if _TOLD.search(between):
        return False
    return _MODAL.match(cue) is None or _WAS.search(between) is None


def _only_counted(cue: str, value: Value, text: str) -> bool:
    """As in "an estimated 1,150 children have a plan": nobody knows better, but they are there."""
    counted = value.unit != "gbp" and _ESTIMATE.match(cue) is not None
    return counted and _TO_COME.search(text) is None and _ESTIMATED_AT.search(text) is None


# "The plan took 49 weeks to be issued" tells of what has been.
_TOOK = Hinted(r"(?i)\b(?:took|taken|waited|needed|had)\s+(?:[a-z]+\s+){0,3}$")
_TO_BE = re.compile(r"\s+to\s+be\b")
_YEAR_TO_COME = re.compile(
    r"(?i)\s*\((?:20\d\d(?:/\d\d)?\s+)?(?P<cue>projected|forecast|predicted|expected)(?:\s+20\d\d(?:/\d\d)?)?\)"
)


_SUM_OR_SHARE = re.compile(r"\d\s?%|£")
_CLOSED = re.compile(r"^[^().;]{0,24}\)(?=\s+(?:is|are)\s)")


def _told_behind(right: str, further: str) -> Role | None:
    if told := _YEAR_TO_COME.match(right):
        return Role("forecast", told["cue"])  # "3,700 (2026 projected)"
    if not _PLANNED.may_hold(further):
        return None
    if closed := _CLOSED.match(further):
        further = further[closed.end() :]  # "(64 places) are planned for September"
    planned = _PLANNED.match(further)
    if planned and _A_RATE.match(further):
        return None  # "with 11 agreed each week the backlog will grow"
    if planned and (_ASIDE.search(further[: planned.end()]) or _PAST.search(further[: planned.end()])):
        return None  # "211 requests await a decision on whether we will assess"
    if planned and not _SUM_OR_SHARE.search(further, 0, planned.end()):
        return Role("forecast", planned["cue"] or planned["modal"])
    return None

"""Periods that a figure is set beside, and periods of events: neither dates the figure.

In: a sentence, one of its periods, and a figure. Out: whether the period is only what the figure is compared with ("14.7%
higher than in Quarter 2", "up on 2023/24"), or the day of an event ("following the inspection in March 2023"). A period that
is compared with dates the figure right behind it, which is of the other side: "than in 2023 (468)".
"""

from __future__ import annotations

import re
from functools import cache

from sendparse.model import Period, Value
from sendparse.tag.hints import Hinted
from sendparse.tag.wordings import NUMBER_WORDS, any_of, rules


@cache
def _before(name: str) -> re.Pattern[str]:
    """Words of one kind right before a period; a few small words may stand between."""
    found = rules("periods")[name]
    small = any_of([*rules("periods")["between_comparison_and_period"], *NUMBER_WORDS], caseless=True)
    return re.compile(rf"(?i)(?:^|(?<=[\s(,;–-]))(?:{any_of(found, caseless=True)})\s+(?:(?:{small})\s+){{0,5}}$")


def is_compared_with(text: str, period: Period, *, of_change: bool = False) -> bool:
    """Whether words right before a period set something beside it. Of a change, "on 2023/24" and "from 2023" do so too."""
    before = text[max(0, period.text_start - 60) : period.text_start]
    return _before("compared").search(before) is not None or (
        of_change and _before("change_from").search(before) is not None
    )


def is_of_other_side(text: str, period: Period, value: Value) -> bool:
    """Whether a period that is compared with dates the figure right behind it: "than in 2023 (468)", "the 2023 figure of 47%"."""
    if period.text_end > value.start:
        return False
    gap = text[period.text_end : value.start]
    return _OWN_FIGURE.fullmatch(gap) is not None and _ELSE.match(gap) is None


_OWN_FIGURE = re.compile(
    r"\s*(?:[(:–-]|,?\s*(?:when|where)\b[^.;]{0,40}|['’]?s?\s[^.;,()]{0,25}\(?)?\s*(?:\w+\s+){0,2}"
)
_ELSE = re.compile(r"(?i)\s+(?:at|with|and|to|by|but|is|was|rose|fell)\b")


@cache
def _event() -> Hinted:
    leads, nouns = (any_of(rules("periods")[name]) for name in ("before_an_event", "events"))
    return Hinted(
        rf"(?i)(?:^|(?<=[\s(,;]))(?:{leads})\s[^.;,\d]{{0,80}}?\b(?:{nouns})\b[^.;,\d]{{0,30}}?\s(?:in|of|on|from|during)\s+(?:the\s+)?$"
    )


_STARTS = Hinted(r"(?i)\b(?:to|who|will)\s+(?:start|begin|join)s?\s+(?:work\s+)?(?:on|in|from)\s+(?:the\s+)?$")


def is_of_an_event(text: str, period: Period) -> bool:
    """As in "following the inspection in March 2023, timeliness rose", "appointed, to start in December"."""
    if _STARTS.search(text, max(0, period.text_start - 40), period.text_start):
        return True
    if _FORECAST_MADE.search(text, max(0, period.text_start - 90), period.text_start):
        return True
    return (
        _event().search(text, max(0, period.text_start - 140), period.text_start) is not None
        or _TOLD.search(text, max(0, period.text_start - 60), period.text_start) is not None
    )


# "The forecast reported to Forum in October was £10.8m": when it was told.
_TOLD = Hinted(
    r"(?i)\b(?:reported|presented|brought|submitted|given|shown)\s+(?:to|before)\s+(?:[\w'’]+\s+){1,5}?(?:in|on|at|last)\s+(?:the\s+)?$"
)
# "The forecast for 2025/26, made in September, is £15.1m": when it was made.
_FORECAST_MADE = Hinted(
    r"(?i)\b(?:forecasts?|projections?|estimates?|predictions?|budget)\b[^.;£%]{0,50}[\s,(](?:made|prepared|produced|drawn\s+up|set|agreed|compiled|revised)\s+(?:in|on|at|last)\s+(?:the\s+)?$"
)

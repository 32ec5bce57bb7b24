"""The period that a paragraph is in: "In the autumn term 2024 we received 276 requests. We agreed 203 of them and refused 58."

In: the sentences of one paragraph after another, with their dated figures. Out: for a figure whose sentence states no period,
the one it goes on in. A sentence goes on in the period of the one before it when it tells of the past in the same breath;
one that speaks of now, or of what is to come, does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sendparse.model import Period
from sendparse.records import changed
from sendparse.tag.link import Link
from sendparse.tag.tagged import Tagged
from sendparse.tag.wordings import rules

_TELLS_OF_NOW = re.compile(
    r"(?i)\b(?:is|are|has|have|tells?|says?|thinks?|feels?|supports|manages|takes|employs|provides|covers|considers|receives|agrees|operates|serves|offers|will|would(?!\s+recommend)|now|remains?|stands?|continues?|currently|can|may|should|must|accounts?|today|expected?|forecast|aims?|plans\s+to)\b"
)
_TELLS_OF_THEN = re.compile(
    r"(?i)\b(?:was|were|had|did|rose|fell|took|came|went|got|led|made|met|won|lost|held|gave|saw|cost|found|said|heard|grew|spent|sent|kept|left|paid|became|chose|felt|\w{2,}ed)\b"
)
_POINTS = re.compile(
    r"(?i)^\W*(?:positively,?\s+|however,?\s+)?(?:this|that|these|those|which|it)\s+(?:is|was|were|are|represents?|represented|equates?|equated|compares?|compared|includes?|included|means?|meant|amounts?|came)\b"
)
# "The majority (58%) concerned placement": of those that the sentence before counted.
_A_SHARE = re.compile(
    r"(?i)^\W*(?:the\s+(?:(?:vast|great|overwhelming)\s+)?majority|most|(?:just\s+)?(?:over|under|nearly|almost|about|around)\s+(?:half|a\s+(?:third|quarter|fifth))|half|"
    r"a\s+(?:third|quarter|fifth)|(?:two|three)\s+(?:thirds|quarters)|the\s+(?:largest|biggest|most\s+common|main|remaining|other)\b|some)\b"
)
_FURTHER = re.compile(r"(?i)^\W*(?:\d[\d.]*\s+)?(?:an?\s+(?:further|additional)|another)\s+(?:£?\d)")
_OF_THE_WHOLE = re.compile(r"(?i)\bof\s+the\s+(\d[\d,]*)\b")
_OF_THEM = re.compile(r"(?i)\s+of\s+(?:them|these|those)\b(?!\s+(?:who|that|which|in|with|aged)\b)")


# "With exceptions included the proportion drops to 52.3%": the same plans, reckoned in another way.
_RECKONED = re.compile(
    r"(?i)^\W*(?:with|if|when|once|including|excluding|leaving\s+out|counting|adding|without)\s[^.;,\d]{0,24}?\bexceptions?\b"
)
# "Eleven had got as far as a hearing": whom it counts stands in the sentence before.
_BARE_BEFORE = re.compile(
    r"(?i)\W*(?:(?:only|just|about|around|some|over|nearly|fewer\s+than|more\s+than|less\s+than)\s+){0,2}"
)
_BARE_BEHIND = re.compile(r"\s+(?:had|were|was|went|led|resulted|felt|said|came|got|won|lost|responded|agreed|ended)\b")
_SET_AGAINST = re.compile(
    r"(?i)\b(?:than|on|from|over|against|compar\w+\s+(?:to|with)|versus|vs)\s+(?:(?:[^.;]|\.\d){0,40}\s)?$"
)
_OWN_PART = re.compile(r"(?i)\b(?:quarter|month|year|term|week)['’]s\b")
_PARTS = frozenset({"month", "quarter", "term"})
_NOW = re.compile(r"(?i)\b(?:now|currently|today|since|latest|will|would|expected|forecast|aims?)\b")
_BACK = re.compile(r"(?i)\b(?:last|previous|prev|preceding|prior|same|earlier|ago|before)\b")
_ITS_OWN_FIGURE = re.compile(r"\W{0,3}(?:(?:was|at|it\s+was)\s+)?£?\d")
_LEVELS = frozenset({"actual", "baseline", "forecast", "target"})


@dataclass(slots=True)
class Frame:
    """The period a paragraph is in, and what stated it."""

    block: int = -1
    links: tuple[Link, ...] = ()  # dated figures of the last sentence that dated any
    latest: Link | None = None  # the last level told of, dated or not

    def keep(self, tagged: Tagged, made: Sequence[Link]) -> None:
        """Remember the dated figures of a sentence, for as long as its paragraph lasts."""
        told = [link for link in made if link.period_from != "the accounts"]  # a year that dates money alone
        dated = tuple(link for link in told if link.period is not None and (link.period.start or link.period.end))
        if tagged.sentence.block != self.block:
            self.block, self.links, self.latest = tagged.sentence.block, dated, None
        elif dated and not (self.links and _only_beside(dated)):
            self.links = dated
        self.latest = next((x for x in reversed(made) if x.area is None and x.role.name in _LEVELS), self.latest)

    def near(self, block: int) -> Period | None:
        """The newest month, day, quarter or term that the paragraph has told a figure of ours of."""
        if block != self.block:
            return None
        told = [x.period for x in self.links if x.area is None and x.role.name in {"actual", "change"} and x.period]
        parts = [p for p in told if p.start and p.end and (p.start == p.end or p.basis in _PARTS)]
        return max(parts, key=lambda p: p.end) if parts else None  # type: ignore[arg-type, return-value]

    def lent(self, tagged: Tagged, link: Link) -> Period | None:
        """The period of the paragraph, where a figure's sentence goes on in it."""
        if not self.links or tagged.sentence.block != self.block or link.value.unit == "rank":
            return None
        if any(p.text_start < link.value.start and not _POINT_OF_YEAR.fullmatch(p.label) for p in tagged.periods):
            return None
        if _OWN_PART.search(tagged.text):
            return None
        if link.role.name not in {"actual", "change"}:
            return None
        held = self._meant(tagged, link)
        if held is None or held.period is None or not (held.period.start or held.period.end):
            return None
        if held.period.start == held.period.end and link.unit == "gbp":
            return None  # a balance on one day dates no spending
        at = tagged.values[0].start  # it stands in front of the sentence's figures, as the words that stated it did
        return changed(held.period, inferred=True, text_start=at, text_end=at)

    def _meant(self, tagged: Tagged, link: Link) -> Link | None:
        """The figure of the sentence before that this one goes on from."""
        levels = [x for x in self.links if x.area is None and x.role.name in {"actual", "baseline"}] or list(self.links)
        if _FURTHER.match(tagged.text):  # on top of what was told, not of what that was compared with
            levels = [x for x in levels if x.period is not None and not is_set_beside(x, x.period)] or levels
            return _main(levels) if _TELLS_OF_NOW.search(tagged.text) is None else None
        for match in _OF_THE_WHOLE.finditer(tagged.text):
            count = float(match[1].replace(",", ""))
            if (whole := next((x for x in levels if x.value.value == count), None)) is not None:
                return whole
        if link.number == 0 and (_OF_THEM.match(tagged.text, link.value.end) or _RECKONED.match(tagged.text)):
            return _main(levels)
        if _BARE_BEFORE.fullmatch(tagged.text[: link.value.start]) and _BARE_BEHIND.match(tagged.text, link.value.end):
            return _main(levels)
        if _POINTS.match(tagged.text):
            return self.latest
        own = tagged.parts[link.number].end
        if link.number == 0 and _A_SHARE.match(tagged.text) and _TELLS_OF_NOW.search(tagged.text, 0, own) is None:
            return _main(levels)
        counted = self._counted_then(levels, link)
        compared = link.area is not None and counted is not None and counted.kpi is link.kpi
        if counted is not None and (_NOW if compared else _TELLS_OF_NOW).search(tagged.text) is None:
            return counted
        if _TELLS_OF_NOW.search(tagged.text) or not _TELLS_OF_THEN.search(tagged.text):
            return None
        alike = _main([x for x in levels if x.kpi is not None and x.kpi is link.kpi])
        if link.area is not None:
            return alike
        own_time = [
            x for x in levels if x.role.cue != "from" and x.period is not None and not is_set_beside(x, x.period)
        ]
        held = alike if alike is not None and tagged.leans else (own_time or levels)[-1]
        fronted = held.period is not None and held.period.text_start <= held.tagged.values[0].start
        return held if fronted or (alike is not None and tagged.leans) or _of_one_kind(levels, link) else None

    @staticmethod
    def _counted_then(levels: Sequence[Link], link: Link) -> Link | None:
        """As in "9,120 pupils had SEN in January 2024. 6,804 received SEN Support (14.1%)": more of the same count."""
        kpi = link.kpi
        if kpi is None or not kpi.group or link.role.name == "change":
            return None
        days = {(x.period.start, x.period.end) for x in levels if x.period is not None}
        alike = [x for x in levels if x.kpi is not None and x.kpi.group == kpi.group and x.period is not None]
        of_one_day = len(days) == 1 and all(_is_a_day(start, end) for start, end in days)
        same = [x for x in alike if x.kpi is kpi]
        return (
            (same or alike)[0] if alike and of_one_day and kpi.group in rules("periods")["counted_on_a_day"] else None
        )


def _of_one_kind(levels: Sequence[Link], link: Link) -> bool:
    """As in "Absence was 13.4% in 2023/24. Persistent absence was 36.8%": all that was told is of one kind and one time."""
    told = {(x.period.start, x.period.end) for x in levels if x.period is not None}
    kinds = {(x.unit, x.kpi.group if x.kpi is not None else "") for x in (*levels, link)}
    return len(told) == len(kinds) == 1 and link.kpi is not None and bool(link.kpi.group)


_POINT_OF_YEAR = re.compile(
    r"(?i)(?:as\s+)?(?:at\s+)?(?:the\s+)?(?:end\s+of\s+)?(?:(?:month|period|[pm])\s?\d{1,2}|q(?:uarter)?\s?[1-4])"
)


def is_point_of_year(period: Period) -> bool:
    """Whether a period is only the month of its year at which something was told: "at Month 8"."""
    return period.end is None and (_POINT_OF_YEAR.fullmatch(period.label) is not None or period.label.lower() == "now")


def reported_at(link: Link) -> bool:
    """Whether a forecast of money is dated only by when it was made: "at Month 8", "is now expected to cost"."""
    period = link.period
    moved = link.role.name == "change" and link.kpi is not None and link.kpi.unit == "gbp"  # "or 8.5% above budget"
    if period is None or period.end is not None or not (moved or link.unit == "gbp"):
        return False
    if link.role.name != "forecast" and not any(role.name == "forecast" for role in link.tagged.roles[: link.number]):
        return False
    return _POINT_OF_YEAR.fullmatch(period.label) is not None or period.label.lower() == "now"


def _is_a_day(start: date | None, end: date | None) -> bool:
    """A day or a month: when things are counted."""
    return start is not None and end is not None and (end - start).days < 32


def goes_on(tagged: Tagged, link: Link) -> bool:
    """Whether a figure without a period may be of the year that its whole report is about: it does not tell of now."""
    return stands_alone(tagged, link) and not _tells_of_now(tagged.text)


_ASIDE = re.compile(r"(?i)\b(?:was|were|had|felt)\b[^.;]*\b(?:their|our|the|that|which|who)\s+(?:\w+\s+){0,3}\w+s$")


def _tells_of_now(text: str) -> bool:
    """Whether a sentence tells of now; "were satisfied with the support their child receives" does not."""
    return any(
        not (match[0].lower() not in {"is", "has"} and _ASIDE.search(text[: match.end()]))
        for match in _TELLS_OF_NOW.finditer(text)
    )


def stands_alone(tagged: Tagged, link: Link) -> bool:
    """Whether a figure is told, of the council itself, before its sentence states any period: "40 talks, up from 31 in 2023"."""
    if link.area is not None or link.role.name not in {"actual", "change"} or _OWN_PART.search(tagged.text):
        return False
    own_end = tagged.parts[link.number].end
    return all(
        period.text_start > link.value.end
        and (_set_aside(tagged.text, link, period) or _of_another_clause(tagged.text, period, own_end))
        for period in tagged.periods
    ) or all(in_brackets(tagged.text, period) and period.text_start < link.value.start for period in tagged.periods)


def _set_aside(text: str, link: Link, period: Period) -> bool:
    """Whether a period behind a figure is only what it is compared with: "40 talks, up from 31 in 2023", "197 (2023-24: 154)"."""
    if link.role.name == "actual" and _SET_AGAINST.search(text[link.value.end : period.text_start]) is not None:
        return True
    if looks_back(period) and _ITS_OWN_FIGURE.match(text, period.text_end):
        return True  # "63%, last quarter 55%"
    return in_brackets(text, period)


_ANOTHER_CLAUSE = re.compile(r",?\s+(?:and|but)\s+(?:(?:as\s+)?(?:at|in|on|by|during)\s+(?:the\s+)?(?:end\s+of\s+)?)?$")


def _of_another_clause(text: str, period: Period, own_end: int) -> bool:
    """As in "512 cases were allocated, and at the end of March 2025 we had 168 open": of what is told next."""
    return period.text_start >= own_end and _ANOTHER_CLAUSE.match(text[own_end : period.text_start]) is not None


def _only_beside(dated: Sequence[Link]) -> bool:
    """As in "That is better than the 39% in 2024, but we want 60%": the paragraph stays in the time it was in."""
    told = [(x, x.period) for x in dated if x.role.name == "actual" and x.area is None and x.period is not None]
    return bool(told) and all(is_set_beside(x, period) for x, period in told)


_SET_BESIDE = re.compile(
    r"(?i)\b(?:than|from|against|compared\s+(?:to|with)|versus)\s+(?:the\s+|our\s+|only\s+|just\s+)?$"
)


def is_set_beside(link: Link, period: Period) -> bool:
    """Whether a level is only what another is compared with: "fewer than the 402 a year before", "(2023: 97)"."""
    if _SET_BESIDE.search(link.tagged.text, 0, link.value.start) is not None:
        return True
    if not link.number:
        return False
    compared = link.tagged.parts[link.number].joint == "comparison" or looks_back(period)
    return compared or in_brackets(link.tagged.text, period)


def looks_back(period: Period) -> bool:
    """Whether a period is named by looking back from another: "last quarter", "the same month a year ago"."""
    return _BACK.search(period.label) is not None


def in_brackets(text: str, period: Period) -> bool:
    """Whether a bracket that holds a period holds a figure as well, and is closed."""
    opened = text.rfind("(", 0, period.text_start)
    closed = text.find(")", period.text_end - 1)
    inside = opened >= 0 and ")" not in text[opened : period.text_start] and closed >= 0
    return inside and re.search(r"\d", text[period.text_end : closed] + text[opened : period.text_start]) is not None


def _main(levels: Sequence[Link]) -> Link | None:
    """What the sentence is about: not the end that it came from, nor what it is compared with."""
    return next((x for x in levels if x.role.cue != "from"), levels[-1] if levels else None)

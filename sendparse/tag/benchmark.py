"""Whose figure it is: the council's own, England's, the region's, the statistical neighbours', or another council's.

In: a sentence and the places of its figures. Out: for each figure the area that the words around it give it, or nothing.
A name reaches to the figure right beside it ("national (1.5%)", "49.1% nationally"), or, from the beginning of a part of
the sentence, to all figures of that part; a contrast, a comparison or a word for the council itself ends its reach.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from sendparse.begins import Sought
from sendparse.tag.wordings import any_of, rules

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Area:
    """An area that is named, and where. `benchmark` is empty for another council."""

    kind: str  # national, regional, statistical_neighbours, other_council
    area: str
    start: int
    end: int
    adverb: bool = False  # "nationally", "across England": stands by itself

    @property
    def benchmark(self) -> str:
        """The benchmark this area is; empty for a single other council."""
        return "" if self.kind == "other_council" else self.kind


@cache
def _names() -> tuple[Sought, dict[str, tuple[str, str, bool]]]:
    found = rules("benchmarks")
    known: dict[str, tuple[str, str, bool]] = {}
    wordings = [word for forms in found["regions"].values() for word in forms]
    for kind in ("national", "regional", "statistical_neighbours"):
        for word in found[kind]["names"]:
            known[_key(word)] = (kind, found[kind]["area"], False)
        for word in found[kind]["adverbs"]:
            known[_key(word)] = (kind, found[kind]["area"], True)
        wordings += [*found[kind]["names"], *found[kind]["adverbs"]]
    for region, forms in found["regions"].items():
        for word in forms:
            known.setdefault(_key(word), ("regional", region, False))
    words = any_of(wordings, caseless=True)
    return Sought(rf"\b(?<!\w)(?i:{words})(?!\w)"), known


def _key(word: str) -> str:
    return re.sub(r"[\s\u2010-\u2015-]+", " ", word.lower().replace("’", "'")).strip()


@cache
def _expressions() -> dict[str, Sought]:
    found = rules("benchmarks")
    nouns = any_of(found["figure_nouns"])
    return {
        "before": Sought(rf"\b(?:{any_of(found['not_areas_before'])})\s+$"),
        "after": Sought(rf"['’]?s?\s+(?:{any_of(found['not_areas_after'])})(?!\w)"),
        "noun": Sought(rf"(?i)['’]?s?\s+(?:(?:and\s+)?(?:[\w-]+\s+){{0,4}}?)?(?:{nouns})\b"),
        "comparator": Sought(rf"(?i)(?<!\w)(?:{any_of(found['comparators'], caseless=True)})(?!\w)"),
        "terminator": Sought(rf"(?i)(?<!\w)(?:{any_of(found['terminators'], caseless=True)})(?!\w)|;|\.\s"),
        "own": Sought(rf"(?i)(?<!\w)(?:{any_of(found['own'], caseless=True)})(?!\w)"),
    }


def areas(text: str, others: Iterable[Area] = ()) -> list[Area]:
    """The areas that a sentence names, in order. `others` are councils that somebody else has found in it."""
    expression, known = _names()
    tests = _expressions()
    out = []
    for match in expression.finditer(text):
        kind, area, adverb = known[_key(match[0])]
        closed = text[match.start() - 1 : match.start()] == "(" and text[match.end() : match.end() + 1] == ")"
        bare = (
            match[0].lower() in {"region", "eng"}
            and not closed
            and not re.match(r"\.?(?:\s+(?:avg|ave|average|mean)\b\.?)?\s*[:(–-]?\s*\d", text[match.end() :])
        )
        if match[0] in {"sn", "nat", "sw", "Sn"} or bare:
            continue
        if tests["before"].search(text[: match.start()]) or tests["after"].match(text, match.end()):
            continue
        if "region" in match[0] and _HEDGES.match(text, match.end()):
            continue
        out.append(Area(kind, area, match.start(), match.end(), adverb))
    kept = [a for a in others if not any(a.start < b.end and b.start < a.end for b in out)]
    return sorted([*out, *kept], key=lambda a: a.start)


_HEDGES = re.compile(r"\s+of\s+(?:(?:about|around)\s+)?[£\d]")  # "in the region of £4.4m"


def figure_areas(
    text: str, figures: Sequence[Span], own: Sequence[str] = (), others: Iterable[Area] = ()
) -> list[Area | None]:
    """The area each figure belongs to; None where it is the council's own. `own` are the council's own names."""
    named = areas(text, others)
    out: list[Area | None] = [None] * len(figures)
    if not named:
        return out
    for area in named:
        place = _left(text, area, figures, own) if _prefers_left(text, area, figures) else None
        if place is None:
            place = _right(text, area, figures, own, named)
        if place is None:
            place = _left(text, area, figures, own)
        if place is not None and out[place] is None:
            out[place] = area
    for place, found in enumerate(list(out)):
        if found is not None:
            _extend(text, found, place, figures, out, own)
    for area in named:
        _govern(text, area, figures, out, own)
    return out


_ITS_THINGS = re.compile(r"\s+(?:(?!(?:and|but|with|compared|against|than)\b)[a-zA-Z][\w'’-]*\s+){1,4}")


def _prefers_left(text: str, area: Area, figures: Sequence[Span]) -> bool:
    """As in "49.1% nationally": the word stands right behind its figure."""
    before = next((f for f in reversed(figures) if f[1] <= area.start), None)
    if before is None:
        return False
    gap = text[before[1] : area.start]
    if area.adverb and _ITS_THINGS.fullmatch(gap) and re.match(r"\s*[,;.)]", text[area.end :]):
        return True  # "24,000 appeals in England, 98% of those ..."
    return re.fullmatch(
        r"\s*\)?\s*(?:per\s+[\d,]+\s+)?(?:(?:for|in|across|by|among|amongst|within|from|as\s+(?:an?|the))\s+)?(?:(?:the|our|all|an?)\s+)?(?:other\s+)?",
        gap,
    ) is not None and (
        gap.strip() not in {"", ")"} or area.adverb or not re.match(r"\s*(?:\(|at\b|of\b|:|\d)", text[area.end :])
    )


_PER = re.compile(r"^\s*per\s+[\d,]+\s")  # "39.1 per 1,000 in England"


def _left(text: str, area: Area, figures: Sequence[Span], own: Sequence[str]) -> int | None:
    """The figure right before the name, with nothing between that speaks of somebody else."""
    place = next((n for n in range(len(figures) - 1, -1, -1) if figures[n][1] <= area.start), None)
    if place is None:
        return None
    gap = _PER.sub(" ", text[figures[place][1] : area.start])
    if not area.adverb and not any(sign.isdigit() for sign in text[slice(*figures[place])]):
        return None  # "twice the national rate"
    if re.fullmatch(r"\s*\(\s*(?:the\s+)?", gap) and re.match(r"\s*(?:average|figure|rate)?\s*\)", text[area.end :]):
        return place  # "a target of 50% (the England average)"
    if _foreign(_ITS_ARTICLE.sub("", gap), own) or "," in gap or "(" in gap:
        return None
    joined = re.fullmatch(
        r"\s*\)?\s*(?:[\w'’-]+\s+){0,6}?(?:for|in|across|by|among|amongst|within|from|as\s+(?:an?|the))\s+(?:the\s+|our\s+|all\s+|an?\s+)?(?:other\s+)?",
        gap,
    )
    joined = joined or re.fullmatch(
        r"\s*(?:average|mean|median|figure|rate)\s+(?:of|for)\s+(?:our\s+|its\s+|the\s+)?", gap
    )
    bare = re.fullmatch(r"\s*\)?\s*", gap) and (
        area.adverb or re.match(r"\s*(?:averages?|figures?|rates?|$|[,.;)]|(?:and|or)\s+£?\d)", text[area.end :])
    )
    adverb = area.adverb and re.fullmatch(r"\s*\)?\s*(?:[\w'’-]+\s+){0,7}", gap)
    return place if joined or bare or adverb else None


_ITS_ARTICLE = re.compile(r"\b(?:our|its)\s+(?:other\s+)?$")  # "among our statistical neighbours"


def _right(text: str, area: Area, figures: Sequence[Span], own: Sequence[str], named: Sequence[Area]) -> int | None:
    """The figure after the name, reached through words that only describe it."""
    place = next((n for n, f in enumerate(figures) if f[0] >= area.end), None)
    if place is None:
        return None
    gap = text[area.end : figures[place][0]]
    if area.adverb and _A_PLACE.search(text, max(0, area.start - 24), area.start):
        return None  # "in the top quartile nationally, with 61%"
    if (
        len(gap) > 150
        or _foreign(gap, own)
        or any(
            a.start > area.start
            and a.end <= figures[place][0]
            and a.kind != area.kind
            and "and" not in text[area.end : a.start][:6]
            for a in named
        )
    ):
        return None
    compared = _expressions()["comparator"].search(text, max(0, area.start - 30), area.start)
    if compared and _THEN_ANOTHER.match(gap):
        return None  # "below the England average and 17 points below our target"
    if compared and re.search(r",\s*(?:at|with|having|reaching|of)\s*$", gap):
        return None  # "better than the national average, at 71%" is our own
    if re.search(r"\)\s*,?\s*(?:and|we|but)\b", gap):
        return None
    if re.search(r",\s+(?:the|our|we|this|with|and|which|where|there|an?)\s", gap) and not area.adverb:
        return None
    direct = re.search(
        r"(?:^|\s|\()(?:of|at|was|is|were|are|being|:|=|\(|–|-|,|stood\s+at|to|from|by|had|stands\s+at|around|reached|has|have|had|issued|received|recorded|reported|saw|averages?|averaged|about|over|just|under|nearly|approximately|only|fell|rose|increased|decreased|with|and|£)\s*$|^\s*$|\($|^['’]s\s*$",
        gap,
    )
    noun = _expressions()["noun"].match(text, area.end)
    dated = _ITS_DATE.fullmatch(gap)
    return place if direct or noun or dated or (area.adverb and _begins(text, area)) else None


# "England 2024: 46%", "Region (January 2025) – 5%"
_ITS_DATE = re.compile(
    r"\s*[,(]?\s*(?:(?:in|for|at)\s+)?(?:[A-Z][a-z]+\s+)?(?:19|20)\d\d(?:[/-]\d{2,4})?\s*\)?\s*(?:[:–=-]\s*)?(?:(?:was|is)\s+)?"
)
_THEN_ANOTHER = re.compile(r"\s+(?:average|figure|rate|mean|level)s?,?\s+and\s+")
_A_PLACE = re.compile(
    r"(?i)\b(?:quartile|decile|quintile|rank\w*|position|place[sd]?|highest|lowest|best|worst|top|bottom)\s+$"
)


def is_compared(text: str, area: Area) -> bool:
    """Whether words before an area set something beside it: "we are above the national average of 50%"."""
    return _expressions()["comparator"].search(text, max(0, area.start - 40), area.start) is not None


def _foreign(gap: str, own: Sequence[str]) -> bool:
    """Whether the words between turn to the council itself, or to the other side of a comparison."""
    tests = _expressions()
    if (
        tests["terminator"].search(gap)
        or tests["comparator"].search(gap)
        or tests["own"].search(re.sub(r"\b(?:for|of)\s+our\b", "", gap))
    ):
        return True
    return any(name and name in gap for name in own)


def _extend(
    text: str, area: Area, place: int, figures: Sequence[Span], out: list[Area | None], own: Sequence[str]
) -> None:
    """As in "the national average rose from 49.1% to 50.3%": the figure coupled to the first is of the same area."""
    for following in range(place + 1, len(figures)):
        gap = text[figures[following - 1][1] : figures[following][0]]
        coupled = re.fullmatch(
            r"\s*(?:\(?(?:in|for)\s+[\w\s/]{2,24}\)?\s*)?(?:to|and|or|,|\()\s*(?:[\w]+\s+){0,2}", gap
        )
        of_them = area.end <= figures[following][0] and _OF_THEM.match(text, figures[following][1])
        if (
            of_them
            and out[following] is None
            and re.fullmatch(r"\s*,\s*(?:and\s+)?", text[area.end : figures[following][0]])
        ):
            out[following] = area  # "24,000 appeals in England, 98% of which were won"
            continue
        if coupled is None and area.end <= figures[place][0] and _UP_FROM.fullmatch(gap):
            coupled = _UP_FROM.fullmatch(gap)  # "England saw 84,428 new plans in 2023, up from 66,706"
        if coupled is None:
            coupled = _MOVED_BY.fullmatch(gap)
        if coupled is None or out[following] is not None or _foreign(gap, own) or _NAMES_ANOTHER.search(gap):
            break
        if _AIMED_FOR.match(text, figures[following][1]):
            break  # "46% for England and 65% target"
        out[following] = area
    for earlier in range(place - 1, -1, -1) if area.adverb else ():  # "compared with 50% and 55% nationally"
        gap = text[figures[earlier][1] : figures[earlier + 1][0]]
        set_beside = _SET_BESIDE.search(text, 0, figures[earlier][0]) is not None
        if not _COUPLED.fullmatch(gap) or out[earlier] is not None or not set_beside:
            return
        out[earlier] = area


_MOVED_BY = re.compile(
    r"[^.;,\d]*,\s+(?:(?:which\s+is|this\s+is|representing)\s+)?an?\s+(?:[\w-]+\s+)?(?:increase|rise|growth|fall|decrease|reduction|drop)\s+(?:of|from)\s+"
)  # "There were 638,745 plans in England, an increase of 10.8%"
_AIMED_FOR = re.compile(r"(?i)\s+(?:local\s+)?(?:target|ambition|goal|locally|here)\b")
_UP_FROM = re.compile(
    r"(?:\s+[\w'’/-]+){0,7}?,?\s+(?:up|down|rising|falling)\s+from\s+(?:(?:just|about|around|over)\s+)?"
)
_OF_THEM = re.compile(r"\s+of\s+(?:which|whom|those|these|them)\b")
_NAMES_ANOTHER = re.compile(r",\s+[A-Z][a-z]+")  # "South West 4.9%, Ashcombe 5.1%"
_COUPLED = re.compile(r"\s*(?:,|and|or|,\s*and)\s*")
_SET_BESIDE = re.compile(r"(?i)\b(?:compar\w+\s+(?:to|with)|against|than|versus|vs\.?)\s+(?:\w+\s+){0,2}$")


def _govern(text: str, area: Area, figures: Sequence[Span], out: list[Area | None], own: Sequence[str]) -> None:
    """As in "Nationally, ..." at the beginning of a part speaks of all its figures."""
    alone = area.adverb or _expressions()["noun"].match(text, area.end) or _AS_A_WHOLE.match(text, area.end)
    if not _begins(text, area) or not alone:
        return
    for place, figure in enumerate(figures):
        if figure[0] < area.end or out[place] is not None:
            continue
        if _foreign(text[area.end : figure[0]], own):
            return
        out[place] = area


_AS_A_WHOLE = re.compile(r"\s+(?:as\s+a\s+whole|overall)\b")


def _begins(text: str, area: Area) -> bool:
    before = text[max(0, area.start - 40) : area.start]
    return (
        re.search(
            r"(?:^|[.;:,]\s+|\b(?:whereas|while|whilst|but|and|although)\s+)(?:\W*\s*)?(?:(?:the|in|across|for|at|an?|this|from)\s+){0,3}$",
            before,
            re.I,
        )
        is not None
    )

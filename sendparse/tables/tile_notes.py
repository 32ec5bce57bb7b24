"""The small print of a tile: "Target 60%", "201 in Q1", "▲ from 3,180 last quarter", "+34 on last year", "Feb 2025: 58".

In: one printed line. Out: the figures it names with the words that name them ("…" stands for a figure in their middle), and
the arrows beside them, which are the tile's; nothing where the line says anything else: then it is part of the tile's
caption. What a name means ("Q1", "last year") is read in observe/from_card.py.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from sendparse.model import Box, Mark, Page, Word
from sendparse.tables.arrows import arrow_in
from sendparse.tables.cards import NamedFigure, is_name, named_figures
from sendparse.tables.marks import marks_in

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_YEAR = r"(?:19|20)\d\d(?:\s?[/–-]\s?\d{2}(?:\d\d)?)?"
_LENGTH = r"(?:week|month|quarter|term|year|period)"
_PERIOD = (
    rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH}(?:[ ’'–-]*(?:{_YEAR}|\d\d))?"
    rf"|(?:q[1-4]|quarter [1-4]|autumn|spring|summer)(?: term)?(?:,? ?(?:{_YEAR}|\d\d/\d\d))?|{_YEAR}"
    rf"|(?:the )?(?:last|previous|prior|preceding) {_LENGTH}|(?:a|one|the) {_LENGTH} (?:earlier|ago|before)"
    rf"|(?:the )?same (?:time|point|period|month|quarter|term)(?: in)? (?:last|the previous|the year before) ?(?:year)?"
    rf"|this time last year)"
)
_FIGURE = r"£?\d[\d,]*(?:\.\d+)?(?:\s?(?:%|pp\b|k\b|m\b|bn\b|(?:percentage |%\s?)points?\b|ppts?\b|million\b|weeks?\b|days?\b))?"
_MOVED = r"(?:up|down|increased?|decreased?|rise|risen|fall|fallen|rose|fell|improved|reduced)"
_AGAINST = r"(?:on|since|than|vs\.?|versus|compared (?:to|with|against)|from)"
_LINES = tuple(
    re.compile(rf"^[^\w£+\-−–±]*{pattern}\W*$", re.IGNORECASE)
    for pattern in (
        # a change: "+34 on last year", "up 4% since March", "0.4pp lower than last year"
        rf"(?P<before>(?:{_MOVED}(?: of| by)?\s+)?)(?P<figure>[+\-−–±]?\s?{_FIGURE})"
        rf"(?P<after>\s+(?:{_MOVED}\s+|higher |lower |more |fewer |less )?{_AGAINST} (?:the )?{_PERIOD})",
        # a level of another time: "from 3,180 last quarter", "201 in Q1", "was 46% in 2023"
        rf"(?P<before>(?:{_MOVED}\s+)?(?:(?:from|was|against|compared (?:to|with)|vs\.?|versus)\s+)?)(?P<figure>{_FIGURE})"
        rf"(?P<after>\s+(?:(?:in|at|for|during|as at|at the end of|end of|by)\s+)?(?:the )?{_PERIOD})",
        # "Feb 2025: 58"
        rf"(?P<before>(?:in |at )?{_PERIOD}\s*(?:[:=]|was|[–-](?=\s))\s*)(?P<figure>{_FIGURE})(?P<after>)",
    )
)
_PERIOD_FIRST = re.compile(
    rf"^[^\w£+\-−–±]*(?P<name>{_PERIOD})\s+(?P<figure>{_FIGURE})\W*$", re.IGNORECASE
)  # "Feb 58.3%"
_IN_A_DATE = re.compile(r"(?:19|20)?\d\d?")  # "Feb 22", "Feb 2022" are dates, if nothing says that they are not
_NAMED = (  # "Target by March 2026: 150", "Forecast for 2025/26 £3.1m"
    rf"^(?P<name>[A-Za-z][A-Za-z ]{{2,24}}? (?:by|for|in|at|to|on) (?:the )?{_PERIOD})\s*(?:[:=]|is|was|of|[–-](?=\s))?\s*"
    rf"(?P<figure>{_FIGURE})\W*$"
)
_DAY = re.compile(rf"[0-3]?\d {_MONTH}", re.IGNORECASE)
_COUNT = re.compile(r"\d[\d,]*")
_WHOLE = re.compile(r"^(?:out )?of (?:the |all |our )?(\d[\d,]*)(?= |$)", re.IGNORECASE)
_SHARE = re.compile(r"^\(?(\d[\d.]*%)\)?(?: of (?:all|the|our|total)\b.*| of \w+|\)?)$", re.IGNORECASE)
_PARTS = re.compile(r"^[|;•·/]$")


@dataclass(slots=True)
class Note:
    """What a line of small print says."""

    figures: list[NamedFigure]
    marks: tuple[Mark, ...] = ()


def note_of(words: list[Word], page: Page, known: Collection[str] = ()) -> Note | None:
    """The figures that a line names, if it says nothing else. `known` are names that figures of other tiles have."""
    found = Note([])
    for part in _split(words):
        plain = [word for word in part if not is_arrow(word)]
        named = named_figures(plain, page) or _of_another_time(plain) or _named_and_dated(plain)
        named = named or _after_its_period(plain, known)
        if not named:
            return None
        found.figures += named
        if len(plain) < len(part):
            found.marks += tuple(m for m in marks_in(_around(part), page, part) if m.kind == "trend" and m.value)
    return found if found.figures else None


def without_bracket(words: list[Word]) -> tuple[list[Word], list[Word]]:
    """A line without the bracket at its end, and what stands in that: "Plans in time (target 60%)"; else no bracket."""
    start = next((place for place, word in enumerate(words) if word.text.startswith("(")), 0)
    if not start or not words[-1].text.endswith(")"):
        return words, []
    inner = [*words[start:-1], replace(words[-1], text=words[-1].text[:-1])]
    inner[0] = replace(inner[0], text=inner[0].text[1:])
    return (words[:start], inner) if all(word.text for word in inner) else (words, [])


def _split(words: list[Word]) -> list[list[Word]]:
    """The parts of a line, at signs between them and at the ends of sentences: "August: 59. Year to date 402"."""
    parts: list[list[Word]] = [[]]
    for place, word in enumerate(words):
        if _PARTS.match(word.text):
            parts.append([])
            continue
        ends = place + 1 < len(words) and word.text[-1] in ".;" and words[place + 1].text[0].isupper()
        parts[-1].append(replace(word, text=word.text[:-1]) if ends and len(word.text) > 1 else word)
        if ends:
            parts.append([])
    return [part for part in parts if part]


def base_of(text: str, figure: str) -> str:
    """What a line adds to a count above it: "of 412 open cases" gives " of 412", "37.9% of all plans" gives " (37.9%)"."""
    if not _COUNT.fullmatch(figure):
        return ""
    whole, share = _WHOLE.match(text), _SHARE.match(text)
    if whole is not None and _number(whole[1]) >= _number(figure):
        return f" of {whole[1]}"
    return f" ({share[1]})" if share is not None else ""


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def is_arrow(word: Word) -> bool:
    """Whether a word is only an arrow."""
    return len(word.text) <= 2 and bool(arrow_in(word.text, word.font))


def _of_another_time(words: list[Word]) -> list[NamedFigure]:
    text = " ".join(word.text for word in words)
    match = next((found for pattern in _LINES if (found := pattern.match(text))), None)
    if match is None:
        return []
    if _DAY.match(f"{match['figure']}{match['after']}"):
        return []  # "31 March 2025" is a day
    name = " ".join(f"{match['before']} … {match['after']}".split()).strip(" :=–-…")
    return [NamedFigure(name, match["figure"].strip(), _around(words))]


def _after_its_period(words: list[Word], known: Collection[str]) -> list[NamedFigure]:
    """ "Feb 58.3%", "Q2 1,402"; "Feb 22" only where another tile has a figure of that name."""
    match = _PERIOD_FIRST.match(" ".join(word.text for word in words))
    if match is None or (_IN_A_DATE.fullmatch(match["figure"]) and match["name"] not in known):
        return []
    return [NamedFigure(match["name"], match["figure"].strip(), _around(words))]


def _named_and_dated(words: list[Word]) -> list[NamedFigure]:
    match = re.match(_NAMED, " ".join(word.text for word in words), re.IGNORECASE)
    if match is None or not is_name(
        re.sub(rf" (?:by|for|in|at|to|on) (?:the )?{_PERIOD}$", "", match["name"], flags=re.I)
    ):
        return []
    return [NamedFigure(match["name"], match["figure"].strip(), _around(words))]


def _around(words: list[Word]) -> Box:
    return Box(
        x0=min(w.x0 for w in words),
        top=min(w.top for w in words),
        x1=max(w.x1 for w in words),
        bottom=max(w.bottom for w in words),
    )

"""Reading one table cell: "14.3% (10) ▲", "£1.2m", "(66.9)", "<5", "requested".

In: the cell's text, and the unit that its row or column states. Out: a CellValue, always: what kind of thing the cell holds
and, for a figure, all of it. A figure is read whole or not at all: text that is a figure only in part is no figure. Arrows
and ratings are taken as printed. What the figure means is said by headings and labels and is the work of table.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal, cast

from sendparse.model import Cell, Rag, Trend
from sendparse.records import changed, quick
from sendparse.tag.printed_marks import LETTERS, RAG, arrow_in, rag_in, without_arrows

CellKind = Literal["empty", "figure", "mark", "missing", "suppressed", "period", "word", "prose"]

_RATED = re.compile(r"([RAG]) ([<>≥≤~]?\s?[£\d][\d,.]*%?)|([<>≥≤~]?\s?[£\d][\d,.]*%?) ([RAG])")  # "58.3% G"
_PLAIN = re.compile(r"((?!00)\d+|[1-9]\d{0,2}(?:,\d{3})+)(?:\.(\d+))?(%?)")  # what most figures are printed as
_DIGIT = re.compile(r"\d")
_LONE_LETTER = re.compile(r"(?<!\S)[^\s\d](?!\S)")
_MISSING = re.compile(
    r"[-–—−_.]+|n\s?/\s?[ak]\.?|n\.a\.?|none available|not (?:available|applicable|known|reported|collected|yet available)"
    r"|(?:no|awaiting|waiting for|pending) data(?: available)?|data not available|unavailable|unknown|nil return|\?+",
    re.I,
)
_SUPPRESSED = re.compile(r"\[?[cxzuk]\]?|\*+|:|\.\.+|low|suppressed|[~#]", re.I)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_PERIOD = re.compile(
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s*)?{_MONTH}\.?[\s\-–/']*(?:\d{{2}}|\d{{4}})?|\d{{1,2}}[/.\-]\d{{1,2}}[/.\-]\d{{2,4}}"
    r"|(?:19|20)\d\d\s?[/\-–]\s?(?:\d{2}|\d{4})|q[1-4](?:\s.*)?|(?:spring|summer|autumn)(?: term)?(?: \d{4}.*)?"
    rf"|(?:\d{{1,2}} )?{_MONTH} \d{{4}}\s?[-–]\s?(?:\d{{1,2}} )?{_MONTH} \d{{4}}",
    re.I,
)
_MONTH_AND_YEAR = re.compile(r"0[1-9]/\d\d")  # nobody pads a count with a nought
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|\d{1,3}(?: \d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?(?![\d,]*\d)|\.\d+"
_FIGURE = re.compile(
    rf"(?P<sign>[+\-±]?)\s?(?P<money>£?)\s?(?P<inner>[+\-]?)(?P<number>{_NUMBER})"
    r"(?:\s?(?P<scale>bn|billion|million|mil|mn|m|thousand|k)(?![a-z]))?"
    r"(?:\s?(?P<unit>%\s?(?:points?|pts?|pp)(?![a-z])|%|per\s?cent(?:age points?)?(?![a-z])|percentage points?|p\.?p\.?(?:ts?|s)?(?![a-z])"
    r"|(?:weeks?|wks?|days?|months?|mths?|years?|yrs?|fte|x|times)(?![a-z])))?",
    re.I,
)
_QUALIFIER = re.compile(
    r"(?P<at_least>≥|>\s?=|at least|minimum|min\.?)|(?P<up_to>≤|<\s?=|up to|no more than|maximum|max\.?)"
    r"|(?P<under><|less than|fewer than|under|below)|(?P<over>>|more than|over|above)"
    r"|(?P<about>~|≈|c\.|c(?=\d)|circa|approx\.?|approximately|about|around|est\.?|estimated)",
    re.I,
)
_FOOTNOTE = re.compile(
    r"\s?(?:\*+|[†‡§¹²³⁴⁵⁶⁷⁸⁹⁰]+|\[(?:note )?[a-z\d]{1,2}\]|\((?:[a-z]|r|p|e|est|prov(?:isional)?|actual|note \d+|ytd)\)"
    r"|(?<=\d)[rpe](?![a-z])|\s(?:provisional|prov\.?|estimate|actual))\s?",
    re.I,
)
_RAISED = re.compile(r"\s\d{1,2}")
_DATED = re.compile(
    r"(.*\S)(?:\s?[(\[]\s?(?:as at |at |in )?([^()\[\]]+?)\s?[)\]]|\s(?:by|as at|at|in|for) (.+))", re.I
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_OF = re.compile(r"\s?(?:/|out of|of)\s?", re.I)
_TO = re.compile(r"\s?(?:-|–|—|to)\s?", re.I)
_UNIT_WORDS = {
    "w": "weeks", "d": "days", "m": "months", "y": "years", "f": "fte", "x": "multiple", "t": "multiple",
}  # fmt: skip
_SCALES = {"b": 10**9, "m": 10**6, "t": 10**3, "k": 10**3}
_MOST_SUPPRESSED = 10  # "<5" and "<10" hide small numbers; "<100" is a figure


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class CellValue:
    """What a cell holds. `unit` is the one the cell itself states, else the one asked for."""

    kind: CellKind
    text: str
    value: float | None = None
    value_high: float | None = None
    decimals: int = 0
    unit: str = ""
    own_unit: str = ""  # stated in the cell itself
    qualifier: str = ""
    numerator: float | None = None
    denominator: float | None = None
    trend: Trend = ""
    rag: Rag = ""
    signed: bool = False  # a plus or a minus is printed
    bracketed: bool = False  # the whole figure stands in brackets: a negative in accounts
    scaled: bool = False  # the cell itself says "m" or "k"
    second: CellValue | None = None  # another figure of its own: the share after a count, "10 (14.3%)"
    role: str = ""  # of a second figure that is a change: "61% (+3)"
    period: str = ""  # a period of its own that the cell states: "45% (Q2)"
    flags: tuple[str, ...] = ()


def read_cell(text: str, *, unit: str = "") -> CellValue:
    """What the text of a cell says. `unit` is what row or column state, used where the cell states none."""
    found = _read(text)
    if found.kind != "figure" or found.unit or not unit:
        return found
    return replace(found, unit=unit)


def value_of(cell: Cell) -> CellValue:
    """What a cell of a table says, its drawn marks included.

    A letter that a symbol font prints as an arrow or a dot is no part of the text.
    """
    if not cell.marks:
        return _read(cell.text)
    symbols = [mark for mark in cell.marks if mark.read_from == "symbol_font"]
    found = _read(_LONE_LETTER.sub(" ", cell.text) if symbols else cell.text)
    if found.kind not in ("empty", "missing"):
        return found
    return changed(found, kind="mark", trend=marked(cell, "trend"), rag=marked(cell, "rag"))


def trend_of(cell: Cell) -> Trend:
    """The direction that a cell prints, as text or drawn."""
    return arrow_in(cell.text) or marked(cell, "trend")


def marked(cell: Cell, kind: str) -> Any:
    """The direction or rating that was seen in a cell, when all marks of that kind agree."""
    seen = {mark.value for mark in cell.marks if mark.kind == kind}
    return seen.pop() if len(seen) == 1 else ""


@lru_cache(maxsize=8192)
def _read(text: str) -> CellValue:
    printed = " ".join(text.split())
    if not printed:
        return CellValue(kind="empty", text="")
    if plain := _PLAIN.fullmatch(printed):
        return _plain_figure(plain, printed)
    trend: Trend = ""
    rag: Rag = ""
    bare = printed
    if not printed.isascii():
        trend, bare = without_arrows(printed)
    if len(bare) < 40:
        rag = rag_in(bare)
        bare = " ".join(RAG.sub(" ", bare).split()) if rag else bare
    lettered = None if rag else _RATED.fullmatch(bare)
    if lettered is not None:
        rag, bare = LETTERS[(lettered[1] or lettered[4]).lower()], lettered[2] or lettered[3]
    return changed(_kind_of(bare, trend, rag), text=printed, trend=trend, rag=rag)


def _plain_figure(match: re.Match[str], printed: str) -> CellValue:
    """Digits and perhaps a percent sign: what all of the rest of this module reads them as."""
    unit = "percent" if match[3] else ""
    value = float(printed.replace(",", "").rstrip("%"))
    return CellValue(kind="figure", text=printed, value=value, decimals=len(match[2] or ""), unit=unit, own_unit=unit)


def _kind_of(bare: str, trend: Trend, rag: Rag) -> CellValue:
    """A cell's text without its arrows and its rating."""
    if not bare:
        return CellValue(kind="mark" if trend or rag else "empty", text=bare)
    if bare in {"-", "–", "—"} and trend:
        return CellValue(kind="mark", text=bare)
    plain = bare.replace("−", "-").replace("–", "-").replace("—", "-").replace("\u2011", "-")
    if _PERIOD.fullmatch(plain) or _MONTH_AND_YEAR.fullmatch(plain):
        return CellValue(kind="period", text=bare)
    figure = (_whole(plain) or _with_period(plain)) if _DIGIT.search(plain) else None
    if figure:
        return figure
    if _MISSING.fullmatch(bare):
        return CellValue(kind="missing", text=bare)
    if _SUPPRESSED.fullmatch(bare):
        return CellValue(kind="suppressed", text=bare)
    if bare.lower() in {"nil", "zero"}:
        return CellValue(kind="figure", text=bare, value=0.0)
    return CellValue(kind="prose" if re.search(r"\d", bare) and len(bare) > 25 else "word", text=bare)


@dataclass(slots=True)
class _Part:
    """One figure inside a cell."""

    number: Decimal
    decimals: int
    unit: str
    signed: bool
    scaled: bool
    end: int


def _part(text: str, start: int) -> _Part | None:
    match = _FIGURE.match(text, start)
    if not match or (match["sign"] and match["inner"]):
        return None
    digits = match["number"].replace(",", "").replace(" ", "")
    if digits.startswith("00"):
        return None  # "£000" is a scale
    number = Decimal(digits)
    unit = _unit(match["unit"] or "")
    scale = (match["scale"] or "").lower()
    if match["money"]:
        unit = unit or "gbp"
    if scale:
        number *= _SCALES[scale[0]]
    if "-" in (match["sign"], match["inner"]):
        number = -number
    decimals = len(digits.partition(".")[2])
    return _Part(number, decimals, unit, bool(match["sign"] or match["inner"]), bool(scale), match.end())


def _unit(word: str) -> str:
    word = word.lower()
    if not word:
        return ""
    if word.startswith("%"):
        return "percent" if word == "%" else "percentage_points"
    if word.startswith("p"):
        return "percent" if word.replace(" ", "") == "percent" else "percentage_points"
    return _UNIT_WORDS[word[0]]


def _whole(text: str) -> CellValue | None:
    """The text as one figure with all that may stand around it; nothing when anything is left over."""
    qualifier, start = "", 0
    match = _QUALIFIER.match(text)
    if match and match.end() < len(text):
        qualifier, start = cast(str, match.lastgroup), match.end()
        start += text[start] == " "
    if text[start] == "(":
        return _bracketed(text, start, qualifier)
    first = _part(text, start)
    if first is None:
        return None
    return (
        _closed(text, first.end, _value(first, qualifier))
        or _with_brackets(text, first, qualifier)
        or _of_total(text, first, qualifier)
        or _range(text, first, qualifier)
    )


def _closed(text: str, at: int, value: CellValue) -> CellValue | None:
    """The value when nothing but a footnote's mark follows."""
    if at == len(text):
        return value
    if text[at:] == "+" and value.unit == "percent" and not value.qualifier:
        return replace(value, qualifier="at_least")
    mark = _FOOTNOTE.match(text, at) or _RAISED.match(text, at)
    if mark and mark.end() == len(text):
        return replace(value, flags=(*value.flags, "footnote_mark"))
    return None


def _value(part: _Part, qualifier: str) -> CellValue:
    hides = qualifier == "under" and not part.unit and part.number <= _MOST_SUPPRESSED
    return CellValue(
        kind="figure",
        text="",
        value=float(part.number),
        decimals=part.decimals,
        unit=part.unit,
        own_unit=part.unit,
        qualifier=qualifier,
        signed=part.signed,
        scaled=part.scaled,
        flags=("suppressed",) if hides else (),
    )


BESIDE = "beside"  # the role of a second figure in the same unit, until the heading tells what it is


def _bracketed(text: str, start: int, qualifier: str) -> CellValue | None:
    """As in "(66.9)": a negative where accounts are kept. The caller knows whether they are."""
    match = re.match(r"\(\s?", text[start:])
    part = _part(text, start + match.end()) if match else None
    if part is None or text[part.end : part.end + 1].strip() != ")":
        return None
    after = part.end + 1
    trailing = re.match(r"\s?(%|m|k)(?![a-z])", text[after:], re.I)
    if trailing:
        unit = "percent" if trailing[1] == "%" else part.unit
        scale = _SCALES.get(trailing[1].lower(), 1)
        part = replace(part, unit=unit, number=part.number * scale, scaled=scale > 1)
        after += trailing.end()
    negative = replace(part, number=-abs(part.number))
    found = _closed(text, after, _value(negative, qualifier))
    return replace(found, bracketed=True) if found else None


def _with_brackets(text: str, first: _Part, qualifier: str) -> CellValue | None:
    """As in "14.3% (10)", "10 (14.3%)", "68% (50/73)", "68% (50 of 73)"."""
    opening = re.compile(r"\s?[(\[]\s?(?:n\s?=\s?)?").match(text, first.end)
    inner = _part(text, opening.end()) if opening else None
    if inner is None:
        return None
    at, total = inner.end, None
    of = _OF.match(text, at)
    if of:
        total = _part(text, of.end())
        at = total.end if total else at
        if total is not None and total.number < inner.number:
            return None
    closing = re.compile(r"\s?[)\]]").match(text, at)
    if not closing:
        return None
    value = _value(first, qualifier)
    if inner.signed and total is None:
        return _closed(text, closing.end(), replace(value, second=replace(_value(inner, ""), role="change", text=text)))
    if inner.unit == "percent" and first.unit != "percent":
        share = replace(_value(inner, ""), numerator=float(first.number), text=text)
        return _closed(text, closing.end(), replace(value, second=share))
    if inner.unit and inner.unit != first.unit:
        return None
    if inner.unit == first.unit and inner.unit:  # "66.7% (60%)": the heading tells what stands in brackets
        return _closed(text, closing.end(), replace(value, second=replace(_value(inner, ""), role=BESIDE, text=text)))
    printed = text[opening.end() : inner.end] if opening else ""
    year = printed if total is None and _YEAR.fullmatch(printed) else ""  # "60% (2023)": the column tells which
    value = replace(
        value, numerator=float(inner.number), denominator=float(total.number) if total else None, period=year
    )
    return _closed(text, closing.end(), value)


def _with_period(text: str) -> CellValue | None:
    """As in "45% (Q2)", "3,021 (Jan 24)": a figure with a period of its own."""
    match = _DATED.fullmatch(text)
    said = (match[2] or match[3]) if match else ""
    figure = _whole(match[1]) if match and (_PERIOD.fullmatch(said) or _YEAR.fullmatch(said)) else None
    return replace(figure, period=said) if figure else None


def _of_total(text: str, first: _Part, qualifier: str) -> CellValue | None:
    """As in "50/73", "50 of 73", "50 of 73 (68%)": the part is the figure."""
    of = _OF.match(text, first.end)
    total = _part(text, of.end()) if of else None
    if total is None or total.number < first.number or first.unit or total.unit or total.decimals:
        return None
    value = replace(_value(first, qualifier), numerator=float(first.number), denominator=float(total.number))
    closed = _closed(text, total.end, value)
    if closed:
        return closed
    opening = re.compile(r"\s?[(=]\s?").match(text, total.end)
    share = _part(text, opening.end()) if opening else None
    if share is None or share.unit != "percent":
        return None
    closing = re.compile(r"\s?\)?").match(text, share.end)
    percent = replace(_value(share, qualifier), numerator=float(first.number), denominator=float(total.number))
    return _closed(text, closing.end() if closing else share.end, percent)


def _range(text: str, first: _Part, qualifier: str) -> CellValue | None:
    """As in "55-70%", "10 to 15"."""
    to = _TO.match(text, first.end)
    upper = _part(text, to.end()) if to else None
    if upper is None or upper.signed or upper.number <= first.number or (first.unit and first.unit != upper.unit):
        return None
    value = replace(_value(first, qualifier), value_high=float(upper.number), unit=upper.unit, own_unit=upper.unit)
    return _closed(text, upper.end, replace(value, decimals=max(first.decimals, upper.decimals)))

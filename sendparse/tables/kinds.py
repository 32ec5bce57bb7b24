"""What a short text in a table is, by its form alone: a figure, a unit, a year, a caption, a note, a list mark.

In: the text of a piece or a line. Out: yes or no. What a figure is worth is read in tag/value.py.
"""

from __future__ import annotations

import re

_FIGURE = re.compile(
    r"""^[<>~≤≥±+\-–—−]*\s*(?:[£$€¥]|US\$|Rs\.?)?\s*
        [(\[]?[<>~≤≥±+\-–—−]*\s*[£$€¥]?\s*
        (?:\d[\d.,'’\s\u00a0\u2009/:]*|\.\d+)
        \s*(?:%|‰|p|k|m|bn|pp|ppt|x|pts?|yrs?|[a-d]\b)?\s*[)\]]?\s*%?
        (?:[*†‡§^#¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\([\w*]{1,2}\)|\s?[a-zr]|/\w)?$""",
    re.VERBOSE | re.IGNORECASE,
)
_PAIR = re.compile(r"^\(?[\d.,]+\s?%?\)?\s*(?:\(|/|–|-|±|to|\[)\s*[\d.,\-–]+\s?%?[)\]]?[*†‡]*$", re.IGNORECASE)
_SEVERAL = re.compile(r"\d\s+(?!\d{3}(?!\d))\d+(?![\d/])")  # `2004 2005`: no thousands
_MISSING = "- -- --- – — − .. ... … . : x c z * ** n/a n.a. n/a. na nil none tbc tbd u w (x) (na) (d) (s) (z) (b)"
_NO_FIGURE = frozenset(_MISSING.split())
_LONGEST_MARK = 4  # letters of such a mark that begins with one
_MOST_KNOWN = 4096
_known: dict[str, int] = {}
_LEADER = re.compile(r"^[.·•_…\-]{4,}$|^…+$")
_LEADING = frozenset(".·•_…-")
_DATE = re.compile(r"^(?:1[89]|20)\d\d(?:[/\-–](?:\d\d|(?:1[89]|20)\d\d))?$")
_SHORT_YEARS = re.compile(r"^(\d\d)[/\-–](\d\d)$")
_TYPED_RULE = re.compile(r"^(?:[-_=–—]{4,}\s*)+$")
_COUNTED = re.compile(r"^[(\[](\d{1,2})[)\]]$")
_UNIT = re.compile(r"^\([£$€]1,000s?\)$|^[(\[]?(?:[£$€]\s?)?[\'’]?(?:0{3}s?|[£$€%]m?|0,000s?)[\'’]?[)\]]?$")
_UNIT_WORDS = re.compile(
    r"^[(\[]?(?:in )?(?:(?:per ?cent(?:age)?|number|thousands?|millions?|billions?|dollars?|pounds?|euros?|cents|tons|tonnes|acres"
    r"|hectares|hours|days|weeks|years|of|per|us|current|constant|[£$€]|[£$€]?0{3}s?|1,000|100,000|\d{4}|population|persons)[ ,]?)+[)\]]?$",
    re.IGNORECASE,
)
_PAGES = re.compile(r"^\(?(?:pages?|pp?\.)\s*\d+(?:\s*[-–to,&]+\s*\d+)*\)?$", re.IGNORECASE)
_FOLIO = re.compile(r"(?:page )?\d{1,4}(?: (?:of|/) \d{1,4})?", re.IGNORECASE)
_CAPTION = re.compile(
    r"^(?i:table|figure|fig\.|chart|graph|box|exhibit|map|appendix|annex|diagram|schedule)"
    r"(?:\s*[A-Za-z]{0,3}[\-.]?\d+[\w.\-]*|\s+[A-Z]\d*|\s+[IVXLC]+)(?![\w'’])"
)
_NOTE = re.compile(
    r"^(?:(?:sources?|notes?|nb|n\.b\.|key|legend|footnotes?)\s*[:.\-–]|\(?[*†‡§]+\)?\s*\w|sources?\b.{0,12}:|see (?:notes?|footnotes?)\b)",
    re.IGNORECASE,
)
_BULLET = re.compile(
    r"^(?:[•●○◦▪■□–\-*·‣➢✓»o\uf0b7\uf0a7\uf076\uf0d8]|\(?[ivx]{1,4}[).]|\(?[a-z][).]|\(?\d{1,2}[).]|\d{1,2}(?:\.\d{1,2}){0,3}\.?|\[\d{1,3}\]|Q\d{1,2}[.:]?)$"
)
_LONGEST_BULLET = 13


def is_figure(text: str) -> bool:
    """A number as a table prints it, with signs, unit and footnote mark; or a mark for a missing one."""
    if begins_as_word(text) and len(text) > _LONGEST_MARK and not text[-1].isspace():
        return False
    return _kind(text) > 0


def _is_figure(text: str) -> bool:
    if _is_plain(text):
        return True
    text = text.strip()
    if not text or len(text) > 40 or is_unit(text):
        return False
    if text.casefold() in _NO_FIGURE:
        return True
    return bool(_FIGURE.match(text) or _PAIR.match(text)) and not _SEVERAL.search(text)


def _is_plain(text: str) -> bool:
    """Whether a text is digits with points and commas among them, at most a per cent sign behind: so are most figures."""
    if not text or len(text) > 40 or not 49 <= ord(text[0]) <= 57:  # 1-9: "000" and "0,000" are units
        return False
    return text.isascii() and text.removesuffix("%").replace(",", "").replace(".", "").isdigit()


def is_number(text: str) -> bool:
    """A figure with a digit in it."""
    return not begins_as_word(text) and _kind(text) > 1


def _kind(text: str) -> int:
    """0 for no figure, 1 for a mark for a missing one, 2 for one with a digit. The same words are looked at by every finder."""
    known = _known.get(text)
    if known is None:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        known = _known[text] = (2 if any(c.isdigit() for c in text) else 1) if _is_figure(text) else 0
    return known


def may_be_figure(text: str) -> bool:
    """Whether a word may be part of a figure: told quickly, and not surely."""
    return any(c.isdigit() for c in text) or text.casefold() in _NO_FIGURE


def begins_as_word(text: str) -> bool:
    """Whether a text begins with a letter that no figure with digits begins with, as "US$5" and "Rs.5" do."""
    if not text:
        return False
    first = ord(text[0])
    return (97 <= first <= 122 or 65 <= first <= 90) and first not in (82, 85, 114, 117)  # a-z, A-Z but R, U, r, u


def is_typed_rule(text: str) -> bool:
    """A row of dashes: the rule of a typewriter."""
    return not begins_as_word(text) and bool(_TYPED_RULE.match(text))


def is_unit(text: str) -> bool:
    """`(%)`, `£000`, `$m`: what a column is measured in."""
    return not begins_as_word(text) and bool(_UNIT.match(text.strip()))


def names_unit(text: str) -> bool:
    """`Percent`, `(millions of dollars)`, `£000`: a unit in words or signs, and nothing else."""
    return is_unit(text) or bool(_UNIT_WORDS.match(text.strip()))


def is_folio(text: str) -> bool:
    """`12`, `Page 3 of 54`: the number of a page."""
    return bool(_FOLIO.fullmatch(text.strip()))


def names_pages(text: str) -> bool:
    """`(Pages 3 - 6)`, `p. 12`: where something stands."""
    return bool(_PAGES.match(text.strip()))


def is_year(text: str) -> bool:
    """A bare year or a pair of years (`2023`, `2023/24`, `23-24`): as often a heading as a value."""
    if len(text) < 4 or begins_as_word(text):
        return False
    bare = text.strip().strip("()*")
    if _DATE.match(bare):
        return True
    short = _SHORT_YEARS.match(bare)
    return short is not None and int(short[2]) == (int(short[1]) + 1) % 100


def counts_column(text: str) -> bool:
    """`(1)`: the number of a column, where it stands in a heading."""
    return bool(_COUNTED.match(text))


def numbers_columns(texts: list[str]) -> bool:
    """`(1) (2) (3)`: a row that only counts the columns."""
    if len(texts) < 2:
        return False
    numbers: list[int] = []
    for text in texts:
        found = _COUNTED.match(text) if text[:1] in "([" else None
        if found is None:
            return False
        numbers.append(int(found[1]))
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def is_leader(text: str) -> bool:
    """A row of dots that leads the eye from a label to its value."""
    return not begins_as_word(text) and text[:1] in _LEADING and bool(_LEADER.match(text))


def is_caption(text: str) -> bool:
    """`Table 3: ...`, `Figure 2.1 ...`."""
    return bool(_CAPTION.match(text))


def is_note(text: str) -> bool:
    """`Source: ...`, `Note: ...`, `* provisional`."""
    return bool(_NOTE.match(text))


def is_bullet(text: str) -> bool:
    """The mark or number before a list item or a heading."""
    return len(text) <= _LONGEST_BULLET and bool(_BULLET.match(text))

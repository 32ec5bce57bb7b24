"""Plain text into a Document: a paper's text as somebody saved it, one line after another.

In: the bytes of a text file. Out: a Document whose `text` is the whole decoded file (so that offsets are offsets in the
file) and whose blocks are its headings, paragraphs, list items and rows of cells with tabs between. A first line
`# url https://...` says where the text came from; it is kept as the address and is no part of the paper. Lines that break
in mid-sentence are one block; a block's text is always a stretch of the file as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sendparse.errors import UnreadablePaper
from sendparse.model import Block, BlockKind, Document

_PROVENANCE = re.compile(r"\ufeff?#\s*url:?\s+(\S+)[^\n]*\n", re.I)
_PARAGRAPH_NUMBER = re.compile(r"\d+(?:\.\d+)*\.?\s+[A-Z]")
_BULLET = re.compile(r"(?P<indent>[ \t]*)(?:[•·▪◦●○‣⁃∙*]|[-–—](?=\s)|o(?=\s+[A-Za-z0-9£])|\uf0b7)[\s\u00a0]+")
_TABBED_MARK = re.compile(r"^\s*(?:\(?(?:\d{1,2}(?:\.\d{1,3})*|[a-z]|[ivx]{1,4})[.)]?|[•·▪◦●○‣⁃∙*o\uf0b7–-])\t+")
_DAY = r"\d{1,2}(?:st|nd|rd|th)?\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_LABELLED = re.compile(  # "Actual (March 2023): 912", "1 January 2024: 2,177"
    rf"(?:[A-Z]|{_DAY})[^.:]{{1,60}}:\s*£?\d[\d,.]*\s?(?:%|[a-zA-Z]+)?(?:\s*\(£?\d[^()]*\))?"
)
_LETTERED = re.compile(r"[ \t]*\(?(?:[a-z]|[ivx]{1,4})[.)]\s+\S")
_NUMBERED = re.compile(r"[ \t]*(?P<n>\d{1,2}(?:\.\d{1,3})*|[IVX]{1,5})[.)]?\s+(?P<rest>\S.*)")
_STOPPED = re.compile(r"[.?!:;][\"'”’)\]]*\s*$")
_OPEN_END = re.compile(
    r"(?:[,(£–—-]|£\s?\d[\d,]*\.?|\d,|\b(?:the|of|and|to|in|for|a|an|with|from|by|at|on|was|is|were|are|or|than|about|over|that|which|"
    r"who|as|per|between|has|have|had|be|been|their|our|its|this|these|those|within|under|up|into|not|will|would|approximately))\s*$",
    re.I,
)
_WHERE_TO = re.compile(r"(?i)where\s+(?:do\s+)?we\s+(?:[a-z]+\s+){1,3}be")  # the heading of a column, whole
_ANSWER = re.compile(r"\s*(?:answer|response|reply|a)\s?\d*\s*[:.]", re.I)
_ASKED = re.compile(r"\s*(?:Q\s?\d{1,2}|Question\s*\d{0,2})\s*[.:)]\s*[A-Z]", re.I)
_RUN = re.compile(r"\s*\(?(\d{1,2})[.)]\s+\S")
_QUESTION = re.compile(r"\?\s*$")
_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+")
_SPACES = " \t\u00a0\u200b\ufeff"
_HEADING_WORDS = 14


@dataclass(frozen=True, slots=True)
class _Line:
    """One line that is not blank, and how many blank ones stand before it."""

    start: int
    end: int
    text: str
    blank_before: int


def read_txt(data: bytes, *, document_id: str, file: str) -> Document:
    """The paper in a text file. UTF-8 with or without a mark, UTF-16 with one, else Windows-1252.

    Raises UnreadablePaper (`damaged`) when the bytes are no text.
    """
    text = _decoded(data, file)
    provenance = _PROVENANCE.match(text)
    lines = _lines(text, provenance.end() if provenance else 0)
    return Document(
        document_id=document_id,
        file=file,
        format="txt",
        text=text,
        blocks=tuple(_blocks(text, lines)),
        url=provenance[1] if provenance else "",
        content=data,
    )


def text_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of plain text that is already decoded, as `read_txt` finds them."""
    return tuple(_blocks(text, _lines(text, 0)))


def _decoded(data: bytes, file: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif data.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8-sig"
    else:
        encoding = "utf-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        pass
    if b"\x00" in data:
        raise UnreadablePaper(file, "the file is no text", "open it and save it as UTF-8 text", code="damaged")
    return data.decode("cp1252", errors="replace")


def _lines(text: str, start: int) -> list[_Line]:
    out: list[_Line] = []
    for match in _LINE.finditer(text, start):
        line = match[0].strip(_SPACES)
        if not line:
            continue
        first = match.start() + match[0].index(line[0])
        blank = max(0, text.count("\n", out[-1].end, first) - 1) if out else 0
        out.append(_Line(first, first + len(line), line, blank))
    return out


def _blocks(text: str, lines: Sequence[_Line]) -> list[Block]:
    out: list[Block] = []
    place = 0
    while place < len(lines):
        last = place
        while last + 1 < len(lines) and _runs_on(lines[last], lines[last + 1]):
            last += 1
        start, end = lines[place].start, lines[last].end
        kind, level = _kind(lines, place, last, text)
        if kind == "heading" and not out:
            level = 1  # the title, with what stands under it: "Data dashboard, Quarter 2 2024/25"
            while _dated_heading(lines, last + 1):
                last += 1
            end = lines[last].end
        out.append(Block(kind=kind, text=text[start:end], level=level, start=start))
        place = last + 1
    return out


def _dated_heading(lines: Sequence[_Line], place: int) -> bool:
    if place >= len(lines) or not re.search(r"20\d\d", lines[place].text) or _NUMBERED.match(lines[place].text):
        return False
    return "\t" not in lines[place].text and _heading_level(lines, place, place) > 0


def _runs_on(line: _Line, after: _Line) -> bool:
    """Whether a sentence goes on in the next line."""
    if (
        "\t" in _TABBED_MARK.sub("", line.text)
        or "\t" in _TABBED_MARK.sub("", after.text)
        or _BULLET.match(after.text)
        or after.blank_before > 5
    ):
        return False
    numbered = _PARAGRAPH_NUMBER.match(after.text) is not None
    if re.search(r"£\s?\d[\d,]*\.$|\d,$", line.text) and after.text[:1].isdigit() and len(line.text) > 12:
        return not numbered  # "£4.", "5m" is cut; "£24,500." ends before "2.8 The service"
    if (
        _STOPPED.search(line.text)
        or _WHERE_TO.fullmatch(line.text)
        or _LETTERED.match(after.text)
        or _LABELLED.fullmatch(after.text)
    ):
        return False
    if _ASKED.match(line.text) and re.match(r"[£\d]", after.text):
        return False  # the answer to a question that ends without its mark
    words = len(line.text.split())
    if after.text[0].islower():
        return words >= 5 or bool(_OPEN_END.search(line.text))
    if _OPEN_END.search(line.text) and words >= 4 and after.blank_before < 4:
        return not _NUMBERED.match(after.text) or (after.text[:1].isdigit() and not numbered)
    return len(line.text) >= 60 and after.blank_before == 0 and not _NUMBERED.match(after.text) and len(after.text) > 20


def _kind(lines: Sequence[_Line], place: int, last: int, text: str) -> tuple[BlockKind, int]:
    line = lines[place]
    if "\t" in _TABBED_MARK.sub("", line.text):
        return "table_row", 0
    bullet = _BULLET.match(text, _line_start(text, line.start))
    if bullet is not None:
        return "list_item", 1 + len(bullet["indent"].expandtabs(4)) // 4
    if _LETTERED.match(line.text) and len(line.text.split()) > 2:
        return "list_item", 1
    asked = place > 0 and (_QUESTION.search(lines[place - 1].text) is not None or _in_a_run(lines, place))
    level = 0 if asked or _ANSWER.match(line.text) else _heading_level(lines, place, last)
    return ("heading", level) if level else ("paragraph", 0)


def _in_a_run(lines: Sequence[_Line], place: int) -> bool:
    """Whether a line is one of several that bear numbers in turn, right under one another: items, and no headings."""
    number = _RUN.match(lines[place].text)
    if number is None:
        return False
    for other, step in ((place - 1, -1), (place + 1, 1)):
        beside = _RUN.match(lines[other].text) if 0 <= other < len(lines) else None
        if beside and int(beside[1]) == int(number[1]) + step and not lines[max(place, other)].blank_before:
            return True
    return False


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _heading_level(lines: Sequence[_Line], place: int, last: int) -> int:
    """0 for no heading. A heading is short, has no full stop, and something longer stands under it."""
    words = " ".join(line.text for line in lines[place : last + 1])
    if (
        len(words.split()) > _HEADING_WORDS
        or len(words) > 110
        or _LABELLED.fullmatch(words)
        or _is_row(lines, place)
        or re.search(r"[.;,:?]$|@|\d\s?%|£", _INDICATOR.sub("", words))
    ):
        return 0
    if (
        not re.match(r"[\"'“‘(]?[A-Z0-9]|%\s+(?:of\s+)?[A-Za-z]", words)
        or not re.search(r"[A-Za-z]{3}", _SMALL.sub("", words))
        or _sentence(words)
    ):
        return 0
    numbered = _NUMBERED.match(words)
    if numbered is not None and not re.match(r"[A-Z]|\d+[\s-]week", numbered["rest"]):
        return 0
    if place == 0 and len(lines) > last + 3:
        return 1  # the title
    if not _next_text(lines, last + 1, place):
        return 0
    if words.isupper() and not _SHORT_FORM.fullmatch(words):
        return 1
    if numbered is not None:
        return min(6, 1 + numbered["n"].count("."))
    return 2


_INDICATOR = re.compile(r"(?:K?PI|NI|PM|Indicator)\s?\d[\d.]*[a-z]?\s+")  # "PI 2.04 % of plans issued in time"
_SMALL = re.compile(r"(?i)\b(?:and|to|per|cent|respectively)\b")  # "540, 612 and 701" heads nothing
_ROW = re.compile(r"[A-Z].*[A-Za-z)]\s(?!(?:19|20)\d\d$)\d[\d,]*(?:\s?\(\d[\d.]*\s?%\))?")


def _is_row(lines: Sequence[_Line], place: int) -> bool:
    """A label and its number, right under another: "Mainstream schools 1,096", "Independent special 167"."""
    above = lines[place - 1].text if place and not lines[place].blank_before else ""
    return _ROW.fullmatch(above) is not None and _ROW.fullmatch(lines[place].text) is not None


_SHORT_FORM = re.compile(r"[A-Z]{2,4}s?")  # "SEND" stands among "Finance" and "Fostering", not above them


def _sentence(words: str) -> bool:
    """A short line with a verb and a figure is a statement, not a heading."""
    return (
        re.search(r"\d", words) is not None
        and re.search(r"\b(?:is|was|are|were|has|have|had|rose|fell|reported|exceeded|received)\b", words) is not None
    )


def _next_text(lines: Sequence[_Line], place: int, heading: int) -> bool:
    """Whether running text, a list or a table follows, perhaps after another short line."""
    for step, line in enumerate(lines[place : place + 2]):
        if "\t" in line.text or _BULLET.match(line.text):
            return True
        if len(line.text.split()) > _HEADING_WORDS or (len(line.text.split()) > 3 and re.search(r"[.:;]$", line.text)):
            return True
        if step == 0 and (re.fullmatch(r"[^A-Za-z]*", line.text) or _QUESTION.search(line.text)):
            return False
    return False

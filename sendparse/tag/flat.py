"""Tables that have lost their lines: one cell a line, or bare numbers under a row of months.

In: sentences in reading order. Out: for each that is a cell with a figure, a Place: the row's label, the column's heading, the
sentence above the table. Order alone tells which is which: the lines before the first figure are the headings and the first
row's label; every row then has as many figures as there are headings. What the labels mean is the work of link.py.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby

from sendparse.model import Sentence
from sendparse.tag.lost_rows import Piece, Place, row_of_numbers
from sendparse.tag.period import read_period
from sendparse.tag.value import scan
from sendparse.tag.wordings import any_of, rules
from sendparse.text.sentences import MARK, is_question

_MOST_WORDS = 18
_FIGURE = r"[~≈<>≤≥c+−-]?\s?£?\s?\d[\d,]*(?:\.\d+)?\s?(?:%|per\s?cent|million|billion|bn|[mMkK](?!\w)|weeks?|days?|months?|years?|FTE|pp)?"
_VALUE = re.compile(
    rf"\s*(?:about|around|over|under|approximately|circa)?\s*{_FIGURE}(?:\s?(?:-|–|to|/|of|out\s+of)\s?{_FIGURE})?\s*(?:\([^()]{{0,60}}\))?\s*[*†‡¹²³⁴]*\.?\s*",
    re.I,
)
# "Advice received in 6 weeks": a limit in the name of a measure.
_LIMIT, _TIMES = (
    re.compile(r"(?i)\b(?:in|within|under|over|after)\s+$"),
    frozenset({"weeks", "days", "months", "years"}),
)
_ROW_NUMBER = re.compile(r"\A\s*\d{1,2}(?:\.\d{1,2})+\s+(?=[A-Z])")  # "2.1 Plans issued in 20 weeks"
_IN_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_A_DIGIT = re.compile(r"\d")
_LIST_MARK = re.compile(r"\A\s*[•·▪◦●○‣*o-]\s+")


@dataclass(slots=True)
class _Cell:
    text: str
    block: int
    kind: str  # value, none, period, label, statement


def pieces(sentences: Sequence[Sentence]) -> dict[tuple[int, int], list[Piece]]:
    """The cells that are figures, by block and place of the sentence that holds them."""
    out: dict[tuple[int, int], list[Piece]] = {}
    for run, caption in _runs(sentences):
        cells = [_Cell(_LIST_MARK.sub("", s.text).strip(), s.block, _kind(s.text)) for s in run]
        for number, place in _read(cells, caption):
            out[run[number].block, run[number].place] = [Piece(0, len(run[number].text), place)]
    out.update(_tiles(sentences))
    for rows, caption in _grids(sentences):
        for sentence, found in _rows(rows, caption):
            out[sentence.block, sentence.place] = found
    headed = -1  # the line of periods over the last row of numbers
    for number in range(1, len(sentences)):
        line = sentences[number]
        above = sentences[headed] if headed >= 0 and (line.block - 1, line.place) in out else sentences[number - 1]
        caption = sentences[number - 2].text if number > 1 else ""
        if (line.block, line.place) not in out and (found := row_of_numbers(line, above, caption)):
            out[line.block, line.place] = found
            headed = headed if above is sentences[headed] and headed >= 0 else number - 1
    return out


def _tiles(sentences: Sequence[Sentence]) -> dict[tuple[int, int], list[Piece]]:
    """Figures with their words on the line below: "4.1%" over "of pupils have a plan"; all of a stretch, or none."""
    out: dict[tuple[int, int], list[Piece]] = {}
    for brief, stretch in groupby(sentences, key=_is_brief):
        lines = list(stretch) if brief else []
        places = [n for n, line in enumerate(lines) if _is_value(line.text)]
        if not places:
            continue
        below = [lines[n + 1].text if n + 1 < len(lines) else "" for n in places]
        if all(_GOES_ON.match(text) for text in below):
            for n, text in zip(places, below, strict=True):
                over = (lines[up].text for up in range(n - 1, -1, -1) if up not in places and up - 1 not in places)
                place = Place(_BRACKET.sub("", text).strip(), "", next(over, ""))
                out[lines[n].block, lines[n].place] = [Piece(0, len(lines[n].text), place)]
    return out


def _is_brief(sentence: Sentence) -> bool:
    return sentence.kind != "heading" and len(sentence.text.split(None, _MOST_WORDS)) <= _MOST_WORDS


_GOES_ON = re.compile(r"[a-z]+\s+[a-z]")
_BRACKET = re.compile(r"\s*\([^()]*\)")


def _grids(sentences: Sequence[Sentence]) -> Iterator[tuple[list[Sentence], str]]:
    """Rows with tabs that follow one another, with the sentence above them."""
    rows: list[Sentence] = []
    caption = before = ""
    for sentence in sentences:
        if sentence.kind == "table_row" and "\t" in sentence.text:
            if not rows:
                caption = before
            rows.append(sentence)
            continue
        if len(rows) > 1:
            yield rows, caption
        rows = []
        before = sentence.text
    if len(rows) > 1:
        yield rows, caption


def _rows(rows: Sequence[Sentence], caption: str) -> Iterator[tuple[Sentence, list[Piece]]]:
    """Cells of rows with tabs: the row's first words are its label, the last row without figures heads the columns."""
    heads: list[str] = []
    for sentence in rows:
        cells = _tab_cells(sentence.text)
        kinds = [_kind(text) if text else "none" for _, _, text in cells]
        if "value" not in kinds:
            heads = [text for _, _, text in cells] if len(cells) > 1 else heads
            continue
        label = " ".join(text for (_, _, text), kind in zip(cells, kinds, strict=True) if kind in {"label", "period"})
        shift = len(heads) - len(cells)
        found = []
        for number, ((start, end, _), kind) in enumerate(zip(cells, kinds, strict=True)):
            if kind != "value":
                continue
            column = heads[number] if shift == 0 and heads else heads[number - 1] if shift == -1 and number else ""
            signs = {_sign(other) for _, _, other in cells} - {""}
            place = Place(label, column, caption, _sign_of(column, label) or (signs.pop() if len(signs) == 1 else ""))
            found.append(Piece(start, end, place))
        if len(found) == sum(1 for kind in kinds if kind == "value"):
            yield sentence, found


def _tab_cells(text: str) -> list[tuple[int, int, str]]:
    out, begin = [], 0
    for piece in text.split("\t"):
        left = len(piece) - len(piece.lstrip())
        out.append((begin + left, begin + len(piece.rstrip()) if piece.strip() else begin + left, piece.strip()))
        begin += len(piece) + 1
    return out


def _runs(sentences: Sequence[Sentence]) -> Iterator[tuple[list[Sentence], str]]:
    """Stretches of short lines that hold figures, with the sentence above each."""
    lines: list[Sentence] = []
    before = ""
    for sentence in sentences:
        if _may_be_cell(sentence):
            lines.append(sentence)
            continue
        yield from _without_statements(lines, before)
        lines = []
        before = sentence.text if sentence.kind != "heading" else ""
    yield from _without_statements(lines, before)


def _without_statements(lines: Sequence[Sentence], before: str) -> Iterator[tuple[list[Sentence], str]]:
    """Runs of lines that state nothing by themselves, each with the line above it."""
    if len(lines) < 2 or not any(_looks_like_value(line.text) for line in lines):
        return
    run: list[Sentence] = []
    caption = before
    for line in lines:
        if _kind(line.text) != "statement":
            run.append(line)
            continue
        if _holds_figures(run):
            yield run, caption
        run = []
        caption = line.text if line.kind != "heading" else ""
    if _holds_figures(run):
        yield run, caption


_ENDS = re.compile(r"[a-z)\d]\.\s*$")


def _may_be_cell(sentence: Sentence) -> bool:
    if sentence.place or "\t" in sentence.text:
        return False
    words = len(sentence.text.split(None, _MOST_WORDS))
    if words > _MOST_WORDS or (words > 3 and sentence.text.rstrip().endswith((":", "?"))):
        return False
    if words > 2 and _ENDS.search(sentence.text) and not _VALUE.fullmatch(sentence.text):
        return False
    return not (MARK.fullmatch(sentence.text) or is_question(sentence.text))


def _holds_figures(run: Sequence[Sentence]) -> bool:
    return len(run) >= 2 and any(_is_value(s.text) for s in run)


def _is_value(text: str) -> bool:
    return _looks_like_value(text) and _kind(text) == "value"


def _looks_like_value(text: str) -> bool:
    return _A_DIGIT.search(text) is not None and _VALUE.fullmatch(_bare(text)) is not None


def _bare(text: str) -> str:
    if (mark := _LIST_MARK.match(text)) is not None:
        text = text[mark.end() :]
    if (number := _ROW_NUMBER.match(text)) is not None:
        text = text[number.end() :]
    return text.strip()


@lru_cache(maxsize=512)  # asked several times of each line of a paper
def _kind(text: str) -> str:
    bare = _bare(text)
    if bare.lower() in _no_values():
        return "none"
    if read_period(bare) is not None and not _IN_THOUSANDS.fullmatch(bare):
        return "period"
    if _VALUE.fullmatch(bare):
        return "value"
    said = [v for v in scan(bare, numbered=False).values if not (v.unit in _TIMES and _LIMIT.search(bare, 0, v.start))]
    return "statement" if said else "label"


@cache
def _no_values() -> frozenset[str]:
    return frozenset(str(word).lower() for word in rules("roles")["no_value"])


def _read(cells: Sequence[_Cell], caption: str) -> Iterator[tuple[int, Place]]:
    """Cut a run into tables and give each figure its place."""
    begin = 0
    while True:
        first = next((n for n in range(begin, len(cells)) if cells[n].kind in {"value", "none"}), None)
        if first is None:
            return
        if first == begin:  # figures whose label stands elsewhere; a table may follow
            begin = first + _figures_from(cells, first)
            continue
        width = _figures_from(cells, first)
        above = cells[begin:first]
        if width == 1:
            begin = yield from _pairs(cells, begin, first, caption)
        else:
            begin = yield from _table(cells, (begin, first, width), above, caption)
        if begin >= len(cells):
            return


def _figures_from(cells: Sequence[_Cell], first: int) -> int:
    last = first
    while last < len(cells) and cells[last].kind in {"value", "none"}:
        last += 1
    return last - first


def _pairs(cells: Sequence[_Cell], begin: int, first: int, caption: str) -> Generator[tuple[int, Place], None, int]:
    """Label, figure, label, figure: with one heading or none."""
    heading = ""
    above = [c.text for c in cells[begin : first - 1]]
    if above:
        heading = above[-1] if len(above) <= 2 else " ".join(above[-1:])
        caption = caption or " ".join(above)
    place = first
    if cells[first].kind == "value":
        yield first, Place(cells[first - 1].text, heading if _is_heading(heading) else "", _joined(caption, heading))
    place += 1
    while (
        place + 1 < len(cells)
        and cells[place].kind in {"label", "period"}
        and cells[place + 1].kind in {"value", "none"}
    ):
        if _figures_from(cells, place + 1) > 1:
            break
        if cells[place + 1].kind == "value":
            yield (
                place + 1,
                Place(cells[place].text, heading if _is_heading(heading) else "", _joined(caption, heading)),
            )
        place += 2
    return place


def _joined(caption: str, heading: str) -> str:
    return f"{caption} {heading}".strip() if heading and heading not in caption else caption


def _is_heading(text: str) -> bool:
    """Whether a line heads a column of figures: a period, a role, an area."""
    return bool(text) and (read_period(text) is not None or _column_words().search(text) is not None)


@cache
def _column_words() -> re.Pattern[str]:
    found = rules("roles")["headings"]
    return re.compile(
        rf"(?i)\b(?:{any_of((w for forms in found.values() for w in forms), caseless=True)}|number|percentage|total|%|£)(?!\w)"
    )


def _table(
    cells: Sequence[_Cell], extent: tuple[int, int, int], above: Sequence[_Cell], caption: str
) -> Generator[tuple[int, Place], None, int]:
    """Headings, then rows of a label and as many figures as there are headings."""
    _, first, width = extent
    headings, label, top = _headings(above, width)
    if width == _PAIR and label != above[-1].text and _counts_and_shares(cells, first) and not _any_heading(above):
        headings, label, top = [], above[-1].text, " ".join(c.text for c in above[:-1][-_PAIR:])
    caption = f"{caption} {top}".strip()
    place = first
    while place < len(cells):
        size = _figures_from(cells, place)
        if size == 0:
            break
        signs = [_sign(cells[n].text) for n in range(place, place + size)]
        common = next((s for s in signs if s), "") if len({s for s in signs if s}) == 1 else ""
        if len({_sign_of(heading, "") for heading in headings}) > 1:
            common = ""  # each column says itself whether it holds percentages
        for n in range(size):
            column = headings[n % len(headings)] if headings else ""
            if cells[place + n].kind == "value":
                yield place + n, Place(label, column, caption, _sign_of(column, label) or common)
        place += size
        if place >= len(cells):
            break
        labels = []
        while place < len(cells) and cells[place].kind in {"label", "period"}:
            labels.append(cells[place].text)
            place += 1
        if len(labels) > 2 or (len(labels) == 2 and _figures_from(cells, place) != width):
            return place - len(labels)
        label = " ".join(labels)
    return place


_PAIR = 2


def _counts_and_shares(cells: Sequence[_Cell], first: int) -> bool:
    """As in "Mainstream 1,204 41%": a number and its share, which need no headings."""
    return "%" not in cells[first].text and "%" in cells[first + 1].text


def _any_heading(above: Sequence[_Cell]) -> bool:
    return any(cell.kind == "period" or _is_heading(cell.text) for cell in above[-_PAIR - 1 :])


def _headings(above: Sequence[_Cell], width: int) -> tuple[list[str], str, str]:
    """Headings, the first row's label, and what stands over the table."""
    texts = [c.text for c in above]
    if len(texts) > width:  # the last line labels the row, those before it head the columns
        heads, label, top = texts[-width - 1 : -1], texts[-1], texts[: -width - 1]
        if (
            above[-1].kind == "period"
            and above[-width].kind == "period"
            and all(c.kind == "period" for c in above[-width:])
        ):
            return texts[-width:], "", " ".join(texts[:-width])
        return heads, label, " ".join(top[-2:])
    if len(texts) == width:
        return texts, "", ""
    return [], texts[-1] if texts else "", " ".join(texts[:-1])


def _sign(text: str) -> str:
    return "percent" if "%" in text else "gbp" if "£" in text else ""


def _sign_of(column: str, label: str) -> str:
    for text in (column, label):
        if re.search(r"%|percentage|per\s?cent|proportion", text, re.I):
            return "percent"
        if "£" in text:
            return "gbp"
    return ""

"""What each column of a table is for, from its stacked headings and from what stands in it.

In: a block of rows with its headings. Out: one Column each: the label, a value with its period, role, benchmark and unit, a
rating, a direction, a unit, or something aside (comments, owners, reference numbers). Headings say it where they can; where
they say nothing, the kind of content decides. Rows are the work of table.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from sendparse.model import Cell, Period
from sendparse.records import changed
from sendparse.tag.cell import CellValue
from sendparse.tag.heading import Heading, HeadingReader, mend, tokens
from sendparse.tag.layout import Grid, LayoutBlock
from sendparse.tag.period import as_academic, is_bare_slash_year
from sendparse.tag.printed_marks import rag_in
from sendparse.tag.short_words import dates_in_full

ColumnKind = Literal[
    "label", "group", "part", "value", "rag", "trend", "unit", "period", "numerator", "denominator", "aside", "empty"
]

_ASIDES = frozenset({"comment", "person", "how", "better", "number"})
_REFERENCE = re.compile(r"[A-Za-z]{0,6}[ \-]?\d{1,3}(?:\.\d{1,3})*[a-z]?\.?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CROWDED = 0.6  # of the rows: a text column with fewer is one of group names


@dataclass(slots=True)
class Column:
    """One column: what it is for and what its headings say."""

    number: int
    kind: ColumnKind
    heading: Heading
    text: str  # the stacked headings on one line
    leaf: str = ""  # the lowest of them
    earlier: bool = False  # its figures are older than those beside it
    dated: bool = False  # the headings by themselves, without the table's title, give the period
    filled: bool = True  # some figure stands in it
    beside: str = ""  # the measure of the column of figures on its left

    @property
    def takes_marks(self) -> bool:
        """Whether an arrow or a rating beside it belongs to its figures."""
        return self.kind == "value" and self.heading.role in ("", "actual") and not self.heading.benchmark


@dataclass(slots=True)
class _Content:
    """What stands in a column below its headings."""

    figures: int = 0
    bounds: int = 0  # of the figures: ranges, and those with "at least" or "less than"
    marks: int = 0
    arrows: int = 0  # of the marks
    words: int = 0
    spoken: list[str] = field(default_factory=list)  # the cells that hold words
    prose: int = 0
    periods: int = 0
    blank: int = 0
    references: int = 0
    years: int = 0
    texts: int = 0
    different: int = 0

    @property
    def filled(self) -> int:
        return self.figures + self.marks + self.words + self.prose + self.periods

    @property
    def lettered(self) -> int:
        return self.words + self.prose


def read_columns(grid: Grid, block: LayoutBlock, reader: HeadingReader, within: Period | None) -> list[Column]:
    """The columns of a block. `within` is the period that the table's title states."""
    school = _runs_with_school(block, reader)
    if school and within is not None and is_bare_slash_year(within.label):
        within = as_academic(within)
    headings = [_ranks(stacked(texts, reader, within, school=school)) for texts in block.headings]
    contents = [_content(grid, block, number) for number in range(grid.columns)]
    columns = [
        Column(
            number,
            _kind(heading, content),
            heading,
            " ".join(dict.fromkeys(mend(t) for t in texts)),
            dates_in_full(mend(texts[-1])) if texts else "",
            bool(texts) and reader.is_earlier(mend(texts[-1])),
            _dated(texts, reader, school=school),
            content.figures > 0,
        )
        for number, (heading, content, texts) in enumerate(zip(headings, contents, block.headings, strict=True))
    ]
    for column, content, texts in zip(columns, contents, block.headings, strict=True):
        others = any(c.kind == "label" and c is not column and c.number < column.number for c in columns)
        if others and _is_of_periods(texts, content, reader):
            column.kind = "period"
    _label_bands(columns, contents)
    _choose_label(columns, contents, reader)
    for column, content in zip(columns, contents, strict=True):
        if column.kind == "value" and content.bounds * 2 > content.figures > 0 and rag_in(column.text):
            column.heading = replace(
                column.heading, role="limit", measure=""
            )  # "Green: >= 95%" is where a rating begins
    return columns


_RANK = re.compile(r"\b(?:rank(?:ing|ed)?|quartile|decile)\b", re.I)


def _ranks(heading: Heading) -> Heading:
    """A column of ranks holds no figures of a measure, whoever is ranked: "Norfolk rank of 11"."""
    return replace(heading, kind="number", measure="") if _RANK.search(heading.text) else heading


def spread_measure(columns: Sequence[Column]) -> None:
    """A heading over most columns of figures is over those right of them too, where no line says how far it reaches.

    So it is where the others go on with the years, or state the change between them, and nothing else stands over them.
    """
    values = [c for c in columns if c.kind == "value"]
    named = [c for c in values if c.heading.measure]
    bare = [c for c in values if not c.heading.measure]
    if len({c.heading.measure for c in named}) != 1 or len(named) * 2 <= len(values) or not bare:
        return
    first = named[0].heading
    if named[-1].number > bare[0].number or first.period is None:
        return
    for column in bare:
        own = column.heading
        dated = own.period is not None and own.period.basis == first.period.basis and own.role == first.role
        if own.benchmark or own.area_type or not (dated or own.role == "change"):
            return
    for column in bare:
        unit = column.heading.unit or ("" if column.heading.role == "change" else first.unit)
        column.heading = replace(column.heading, measure=first.measure, unit=unit)


_TERM = re.compile(r"\b(?:autumn|spring|summer)\b", re.I)
_SCHOOL = re.compile(r"\b(?:sep(?:t(?:ember)?)?|autumn)\b", re.I)


def _runs_with_school(block: LayoutBlock, reader: HeadingReader) -> bool:
    """Whether the columns run with the school year: terms, or months from September on to those of the next year."""
    leaves = [mend(texts[-1]) for texts in block.headings if texts and not _states_year(texts[-1], reader)]
    if any(_TERM.search(leaf) for leaf in leaves):
        return True
    months = [leaf for leaf in leaves if reader.read(leaf).period is not None]
    return (
        bool(months)
        and bool(_SCHOOL.match(months[0]))
        and any(re.match(r"(?:apr|may|jun|jul)", m, re.I) for m in months)
    )


def _states_year(text: str, reader: HeadingReader) -> bool:
    period = reader.read(text).period
    return period is not None and period.start is not None and not period.inferred


def _dated(texts: Sequence[str], reader: HeadingReader, *, school: bool) -> bool:
    """Whether the headings state the period in full, be it that one lends its year to the one beneath it."""
    whole = stacked(texts, reader, None, school=school).period
    if whole is None or not (whole.start or whole.end):
        return False
    parts = [part for text in texts if (part := reader.read(text).period) is not None]
    return not whole.inferred or any(part.start is not None and not part.inferred for part in parts)


def stacked(texts: Sequence[str], reader: HeadingReader, within: Period | None, *, school: bool = False) -> Heading:
    """Headings over one column, from the top down, as one: what stands lower says more.

    `within` is the period of the table's title; `school` says that a bare slash year is one of school.
    """
    if len(texts) <= 1:
        return reader.read(texts[0], within) if texts else Heading()
    lines = list(dict.fromkeys(texts))
    whole = reader.read(" ".join(mend(t) for t in lines), within)
    out = Heading(text=whole.text)
    left: list[str] = []
    before = ""
    for text in lines:
        part = reader.read(text, out.period or within)
        if school and part.period is not None and is_bare_slash_year(part.period.label):
            part = replace(part, period=as_academic(part.period))
        lent = _lent(out, before, part.period, reader)
        part = part if lent is part.period else changed(part, period=lent)
        before = text
        out = _over(out, part)
        if part.measure:
            left.append(part.measure)
    if whole.plain and left:
        left = []
        out = _over(out, whole)
    return changed(out, text=whole.text, measure=" ".join(left), kind=out.kind if not left else "")


def _lent(upper: Heading, text: str, below: Period | None, reader: HeadingReader) -> Period | None:
    """The period of a heading; a quarter or month above a year is one of that year."""
    if below is None or below.start is None or upper.period is None:
        return below
    guessed = upper.period.inferred and upper.period.basis in ("month", "quarter", "term")
    if upper.period.start is not None and not guessed:
        return below
    found = reader.read(text, below).period
    return found if found is not None and found.start is not None else below


def _over(upper: Heading, lower: Heading) -> Heading:
    """What two stacked headings say together."""
    role = lower.role if lower.role and (lower.role != "actual" or not upper.role) else upper.role
    area = lower if lower.area_type else upper
    return Heading(
        kind=lower.kind or upper.kind,
        period=lower.period or upper.period,
        role=role,
        benchmark=lower.benchmark or upper.benchmark,
        area_type=area.area_type,
        area=area.area,
        unit=lower.unit or upper.unit,
        scale=max(lower.scale, upper.scale),
    )


def _content(grid: Grid, block: LayoutBlock, number: int) -> _Content:
    content = _Content()
    texts: list[str] = []
    for body in block.rows:
        cell = grid.begins(body.row, number)
        value = grid.value(body.row, number)
        if cell is None or value.kind == "empty":
            content.blank += cell is not None
            continue
        _count(content, value, cell)
        text = value.text
        texts.append(text)
        if not value.own_unit and _REFERENCE.fullmatch(text):
            content.references += 1
        if len(text) == 4 and _YEAR.fullmatch(text):
            content.years += 1
    content.texts = len(texts)
    content.different = len(set(texts))
    return content


def _count(content: _Content, value: CellValue, cell: Cell) -> None:
    if value.kind == "figure":
        content.figures += 1
        content.bounds += bool(value.qualifier or value.value_high is not None)
    elif value.kind == "mark":
        content.marks += 1
        content.arrows += not value.rag
    elif value.kind == "word":
        content.words += 1
        content.spoken.append(cell.text)
    elif value.kind == "prose":
        content.prose += 1
    elif value.kind == "period":
        content.periods += 1
    else:
        content.blank += 1


def _is_of_periods(texts: Sequence[str], content: _Content, reader: HeadingReader) -> bool:
    """Whether a column says for each row which period its newest figure is of."""
    stated = content.periods + content.years
    return bool(texts) and tokens(mend(texts[-1])) in reader.row_periods and 0 < content.filled <= stated * 2


def _kind(heading: Heading, content: _Content) -> ColumnKind:
    """What a column is for, as far as it can be told by itself. Text columns are settled by `_choose_label`."""
    if heading.kind in ("rag", "trend") and content.figures * 2 <= content.filled:
        return "rag" if heading.kind == "rag" else "trend"
    if content.filled == 0:
        return "value" if content.blank and heading.text else "empty"
    mostly = content.filled / 2
    if heading.kind == "unit":
        return "unit"
    if heading.kind == "numerator":
        return "numerator"
    if heading.kind == "denominator":
        return "denominator"
    dated = heading.period is not None and content.figures > mostly  # "Progress 2024" over figures
    if heading.kind in _ASIDES and not dated and not (heading.kind == "how" and _counts(heading, content)):
        return "aside"
    if content.marks > mostly and not content.figures:
        if content.arrows < content.marks:
            return "rag"
        return "value" if heading.period is not None else "trend"
    says_value = bool(heading.period or heading.role or heading.benchmark or heading.area_type or heading.unit)
    if content.figures and (says_value or content.figures >= mostly) and heading.kind != "label":
        return "value"
    names = heading.kind == "label" and content.words > mostly  # "Measure 2024/25" over the names of measures
    names = names or (content.figures == 0 and content.periods > max(mostly, 1))  # "Month (2025)" over "October"
    if says_value and heading.plain and not names and content.prose <= mostly and (heading.period or heading.role):
        return "value"
    if heading.kind == "label" and content.bounds and content.lettered + content.bounds >= mostly:
        return "label"  # bands under "Age": "Under 5", "5 to 10"
    return "label" if content.lettered + content.periods + content.years >= mostly else "value"


def _counts(heading: Heading, content: _Content) -> bool:
    """Whether a column called "Due" holds how many were due, rather than when."""
    return "due" in tokens(heading.text) and content.figures == content.filled and content.figures > content.years


def _label_bands(columns: Sequence[Column], contents: Sequence[_Content]) -> None:
    """The first column, where it parts what is counted by bands: "0-20 weeks", "21-30 weeks", "Over 30 weeks", "Total"."""
    first = next((c for c in columns if c.kind != "empty"), None)
    if first is None or first.kind != "value" or first.heading.period or first.heading.role or first.heading.benchmark:
        return
    content = contents[first.number]
    bands = content.bounds > 1 and content.bounds + content.lettered == content.filled
    if bands and content.different == content.texts and any(c.kind == "value" for c in columns if c is not first):
        first.kind = "label"


def _choose_label(columns: Sequence[Column], contents: Sequence[_Content], reader: HeadingReader) -> None:
    """Of the text columns one names the measure. Those left of it name groups, those right of it part the measure."""
    values = [c.number for c in columns if c.kind in ("value", "rag", "trend")]
    first_value = min(values, default=len(columns))
    texts = [c for c in columns if c.kind == "label"]
    if not texts:
        asides = [c for c in columns if c.kind == "aside" and c.number < first_value]
        texts = [c for c in asides if _can_label(contents[c.number])][:1]
    if not texts:
        _label_from_figures(columns, contents)
        return
    before = [c for c in texts if c.number < first_value]
    measures = [c for c in before if not _holds_facets(contents[c.number], reader)] if len(before) > 1 else before
    measures = measures or before
    named = [c for c in texts if c.heading.kind == "label"]
    label = max(
        [c for c in named if c in measures] or measures or named or texts[:1],
        key=lambda c: (_weight(contents[c.number]), -c.number),
    )
    most = max((contents[c.number].texts for c in measures or texts), default=1)
    if contents[label.number].texts < _CROWDED * most and len(measures) > 1:
        label = _denser(label, measures, contents, most)
    label.kind = "label"
    for column in texts:
        if column is not label:
            column.kind = (
                "group" if column.number < label.number else "part" if column.number < first_value else "aside"
            )
    for column in columns:
        content = contents[column.number]
        if column.kind in ("group", "part") and (_is_reference(content) or content.prose * 2 > content.filled):
            column.kind = "aside"
        if column.kind == "value" and column.number < label.number and _is_code(column, content):
            column.kind = "aside"


def _holds_facets(content: _Content, reader: HeadingReader) -> bool:
    """Whether most cells name a role, a place or a unit rather than a measure."""
    return sum(reader.read(text).names_facet for text in content.spoken) * 2 > content.texts


def _denser(label: Column, before: Sequence[Column], contents: Sequence[_Content], most: int) -> Column:
    """A sparse column of names beside a full one: the full one is the label, unless it only repeats a few words."""
    full = [c for c in before if contents[c.number].texts >= _CROWDED * most]
    best = max(full, key=lambda c: contents[c.number].different)
    content = contents[best.number]
    return best if content.different * 2 > content.texts else label


def _can_label(content: _Content) -> bool:
    return (content.lettered + content.periods + content.years) * 2 > content.filled > 0


def _weight(content: _Content) -> float:
    """A column of many different texts names measures; one of reference numbers does not."""
    return content.different - (content.different if _is_reference(content) else 0) + content.lettered / 1000


def _is_reference(content: _Content) -> bool:
    return bool(content.texts) and content.references == content.texts


def _is_code(column: Column, content: _Content) -> bool:
    """Whole numbers left of the label, under a heading that dates nothing: codes or numbers of the rows."""
    return _is_reference(content) and column.heading.period is None and column.heading.role in ("", "actual")


def _label_from_figures(columns: Sequence[Column], contents: Sequence[_Content]) -> None:
    """A table without a text column: years down the left side are its labels."""
    for column, content in zip(columns, contents, strict=True):
        if column.kind == "empty":
            continue
        if content.years and content.years == content.filled and not column.heading.period:
            column.kind = "label"
        return

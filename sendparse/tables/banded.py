"""Tables whose rows are parted by rules and whose cells hold running text: action plans, lists of variances with reasons.

In: a page, and the boxes that other finders have taken. Out: tables, each band between two rules one row. Rules of one width
make a stack; its columns are the strips of white that no band has print in. A row that the page cuts stands above the first
rule or below the last: it is taken where it fits the columns. Tables of figures between rules are the work of regions.py:
here a good part of the bands has text of several lines beside its label, and no band holds a figure twice in one column.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from sendparse.model import Box, Page, Table
from sendparse.tables.frames import Rule, drawn_on
from sendparse.tables.grid import RawCell, to_table
from sendparse.tables.kinds import is_folio
from sendparse.tables.lines import Line, Piece, edges_of, text_lines
from sendparse.tables.order import median
from sendparse.tables.words import outside

_SAME = 3.0  # points: rules whose ends lie that near have one width
_FEWEST_RULES = 2
_FEWEST_BANDS = 3
_FEWEST_COLUMNS = 3
_NARROWEST = 0.5  # of the font size: white between two columns
_WORDY = 10  # words of a cell with running text, on two lines at least
_TEXTS = 0.4  # of the bands have running text beside their label
_MOSTLY = 0.5  # of the pieces of a cell
_WIDE = 0.75  # of the width: a line of that is running text over the whole page
_FURNITURE = 2  # lines above or below a table that the page cuts
_NEAR = 1.5  # of the font size: white inside a row that the page cuts


@dataclass(slots=True)
class _Band:
    """The print between two rules."""

    top: float
    bottom: float
    lines: list[Line]
    cells: dict[tuple[int, int], list[Piece]] = field(default_factory=dict)


def find_banded(page: Page, taken: list[Box], document_id: str = "") -> list[Table]:
    """Tables of running text between rules, outside the boxes that are taken."""
    drawn = drawn_on(page)
    groups = _same_ends(drawn.rules)
    if not groups:
        return []
    words = outside(page.words, taken)
    lines = text_lines(words, drawn.uprights) if len(words) > _WORDY else []
    out = []
    for group in groups:
        for bands in _stacks(group, lines):
            cells = _cells(bands)
            if cells:
                out.append(to_table(cells, page=page.number, document_id=document_id, method="borderless"))
    return out


def _same_ends(rules: list[Rule]) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    for rule in rules:
        for group in groups:
            if abs(group[0].x0 - rule.x0) <= _SAME and abs(group[0].x1 - rule.x1) <= _SAME:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [group for group in groups if len(group) >= _FEWEST_RULES]


def _stacks(rules: list[Rule], lines: list[Line]) -> Iterator[list[_Band]]:
    """The bands between rules of one width, cut where running text as wide as the page lies between two."""
    left, right = rules[0].x0, rules[0].x1
    here = [line for line in lines if left - _SAME < line.x0 and line.x1 < right + _SAME]
    bands: list[_Band] = []
    for upper, lower in pairwise(rules):
        inside = [line for line in here if upper.y < line.middle < lower.y]
        if sum(_is_wide(line, right - left) for line in inside) > 1:
            yield _with_ends(bands, here, lines)
            bands = []
        elif inside:
            bands.append(_Band(upper.y, lower.y, inside))
    yield _with_ends(bands, here, lines)


def _is_wide(line: Line, width: float) -> bool:
    return any(len(piece.words) >= _WORDY and piece.x1 - piece.x0 > _WIDE * width for piece in line.pieces)


def _with_ends(bands: list[_Band], here: list[Line], lines: list[Line]) -> list[_Band]:
    """The bands, and what the page cuts off: print above the first rule, or below the last, with nothing but furniture beyond."""
    if not bands:
        return bands
    columns = _columns(bands)
    if len(columns) < _FEWEST_COLUMNS:
        return bands
    above = [line for line in lines if line.middle < bands[0].top]
    below = [line for line in lines if line.middle > bands[-1].bottom and not is_folio(line.text)]
    size = median([line.size for band in bands for line in band.lines])
    first = _adjoining(above[::-1], here, columns, size, bands[0].top)
    last = _adjoining(below, here, columns, size, bands[-1].bottom)
    headed = all(piece.bold for line in bands[0].lines for piece in line.pieces)
    if first and not headed and len(above) - len(first) <= _FURNITURE and not any(line.figures for line in first):
        bands = [_Band(first[-1].top, bands[0].top, first[::-1]), *bands]
    if len({_place(p, columns) for line in last for p in line.pieces}) > 1 and len(below) - len(last) <= _FURNITURE:
        bands = [*bands, _Band(bands[-1].bottom, last[-1].bottom, last)]
    return bands


def _adjoining(
    lines: list[Line], here: list[Line], columns: list[tuple[float, float]], size: float, edge: float
) -> list[Line]:
    """The lines next to an edge, nearest first, as long as they stand close and in the columns."""
    own = {id(line) for line in here}
    out: list[Line] = []
    for line in lines:
        near = min(abs(line.top - edge), abs(line.bottom - edge)) <= _NEAR * size
        if id(line) not in own or not near or any(_place(p, columns)[0] != _place(p, columns)[1] for p in line.pieces):
            break
        out.append(line)
        edge = line.bottom if line.top >= edge - size else line.top
    return out


def _columns(bands: list[_Band]) -> list[tuple[float, float]]:
    """The columns between the strips of white that run down through all bands but for a line by itself in its band."""
    lines = [line for band in bands for line in band.lines if len(band.lines) > 1 or len(line.pieces) > 1]
    if not lines:
        return []
    size = median([line.size for line in lines])
    covered: list[list[float]] = []
    for x0, x1 in sorted((piece.x0, piece.x1) for line in lines for piece in line.pieces):
        if covered and x0 - covered[-1][1] < _NARROWEST * size:
            covered[-1][1] = max(covered[-1][1], x1)
        else:
            covered.append([x0, x1])
    return [(x0, x1) for x0, x1 in covered]


def _place(piece: Piece, columns: list[tuple[float, float]]) -> tuple[int, int]:
    """First and last column of a piece."""
    met = [n for n, (x0, x1) in enumerate(columns) if piece.x0 < x1 and x0 < piece.x1]
    if met:
        return met[0], met[-1]
    nearest = min(range(len(columns)), key=lambda n: abs(sum(columns[n]) / 2 - piece.centre))
    return nearest, nearest


def _cells(bands: list[_Band]) -> list[RawCell]:
    """The cells of a stack of bands; none where it is no table of running text."""
    columns = _columns(bands)
    if len(bands) < _FEWEST_BANDS or len(columns) < _FEWEST_COLUMNS:
        return []
    for band in bands:
        for line in band.lines:
            for piece in line.pieces:
                band.cells.setdefault(_place(piece, columns), []).append(piece)
    texts = sum(any(_is_text(pieces) for place, pieces in band.cells.items() if place[0] > 0) for band in bands)
    if not _are_rows(bands) or texts < max(2, _TEXTS * len(bands)):
        return []
    out = []
    for row, band in enumerate(bands):
        for (first, last), pieces in sorted(_merged(band.cells).items()):
            words = [word for piece in pieces for word in piece.words]
            out.append(RawCell(row, first, 1, last - first + 1, edges_of(words), words))
    return out


def _are_rows(bands: list[_Band]) -> bool:
    """Whether each band is one row: no column of it has a figure twice, and most have print in several columns."""
    twice = any(
        _MOSTLY * len(pieces) < sum(p.figure for p in pieces) > 1 for band in bands for pieces in band.cells.values()
    )
    anew = sum(_begins_anew(line) for band in bands for line in band.lines)
    return (
        not twice
        and anew <= 1.5 * len(bands)
        and sum(len(band.cells) > 1 for band in bands) >= max(2, 0.6 * len(bands))
    )


def _begins_anew(line: Line) -> bool:
    """Whether a line has several texts and none goes on with what stands above it: such a line is a row."""
    texts = [piece.text[:1] for piece in line.pieces]
    return len(texts) >= _FEWEST_COLUMNS and all(text.isupper() or text.isdigit() for text in texts)


def _is_text(pieces: list[Piece]) -> bool:
    return len({round(p.top) for p in pieces}) > 1 and sum(len(p.words) for p in pieces) >= _WORDY


def _merged(cells: dict[tuple[int, int], list[Piece]]) -> dict[tuple[int, int], list[Piece]]:
    """Cells that share a column, as one."""
    out: dict[tuple[int, int], list[Piece]] = {}
    for (first, last), pieces in sorted(cells.items()):
        a, b, held = first, last, list(pieces)
        for key in [k for k in out if k[0] <= b and a <= k[1]]:
            held = [*out.pop(key), *held]
            a, b = min(a, key[0]), max(b, key[1])
        out[a, b] = held
    return out

"""From the lines of a table without a full grid to its cells.

In: a run of lines with its columns, the rules among them, and words that run up the page. Out: cells with row, column and
spans. The lines above the first values are the heading (headings.py), those below are put together to rows (rows.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sendparse.model import Word
from sendparse.tables.columns import (
    Columns,
    joined_marks,
    joined_to_heading,
    middle,
    parted_by_heading,
    settled,
    with_bare_headings,
)
from sendparse.tables.frames import Rule
from sendparse.tables.grid import RawCell
from sendparse.tables.headings import Placed, align, over_all, over_repeated, stack, widen
from sendparse.tables.kinds import is_year, numbers_columns
from sendparse.tables.lines import APART, Line, Piece, edges_of
from sendparse.tables.order import median
from sendparse.tables.row_labels import over_rows, part_halfway, with_names
from sendparse.tables.rows import BodyLine, group_rows
from sendparse.tables.runs import Run, values
from sendparse.tables.words import lines_of

_OPENING = frozenset({"$", "£", "€", "¥", "US$", "("})
_AT_COLUMN = 1.0  # points
_EDGE = 0.5  # points: edges that near are one
_NEARER = 0.85  # of the white before the first row: lines of a heading are no further apart
_FEWEST_STEPS = 3  # between rows of one line each
_WIDER = 1.15  # white after the heading, compared with that between its lines
_SIGNS = frozenset({"+", "-", "–", "−"})
_TALLEST_HEADING = 170.0  # points of a heading whose words run up the page


def cells_of(run: Run, rules: list[Rule], steep: Sequence[Word] = ()) -> list[RawCell]:
    """The cells of a run. `steep` are the words of the page that run up or down."""
    near = [r for r in rules if r.x0 < run.columns.x1 and r.x1 > run.columns.x0]
    head = _heading_lines(run, near)
    size = median([line.size for line in run.lines])
    columns = settled(run.columns, run.lines[head:], size)
    columns = parted_by_heading(columns, run.lines[:head], run.lines[head:])
    columns = joined_marks(columns, run.lines[:head], run.lines[head:])
    columns = joined_to_heading(columns, run.lines[:head], run.lines[head:])
    columns = with_bare_headings(columns, run.lines[:head], run.lines[head:])
    printed = [*run.lines[:head], *_with_signs(run.lines[head:])]
    edges = _edges(printed[:head], columns)
    lines = [_placed(line, columns, number, edges if number < head else []) for number, line in enumerate(printed)]
    align(lines[:head])
    for number in range(head - 1, -1, -1):
        below = [p for line in lines[number + 1 : head] for p in line]
        widen(lines[number], columns, near, below or lines[head] if head < len(lines) else below)
    if head > 1:
        over_all(lines[:head], columns)
        over_repeated(lines[:head])
    blocks = stack(lines[:head], near)
    cells = [_cell([p.piece for p in b.pieces], (b.row, b.first, b.rows, b.last - b.first + 1)) for b in blocks]
    start = max((b.row + b.rows for b in blocks), default=0)
    if steep and head < len(run.lines):
        raised = _steep_heading(steep, columns, run.lines[head].top)
        taken = {c for b in blocks if b.row + b.rows == start for c in range(b.first, b.last + 1)}
        start = max(start, 1 if raised else 0)
        cells += [
            _word_cell(words, (start - 1, column, 1, 1)) for column, words in raised.items() if column not in taken
        ]
    body = [
        BodyLine(placed, line.top, line.bottom, line.size)
        for placed, line in zip(lines[head:], printed[head:], strict=True)
    ]
    wide = [r.y for r in near if r.x1 - r.x0 > 0.7 * (columns.x1 - columns.x0)]
    body, names = part_halfway(body)
    groups = group_rows(body, wide, _label_column(body))
    rows = [_row_cells(group, row, columns) for row, group in enumerate(groups, start=start)]
    if names:
        at = {id(line): row for row, group in enumerate(groups) for line in group}
        cell = {at[id(body[n])]: _cell([p.piece for p in line.placed], (0, 0, 1, 1)) for n, line in names.items()}
        rows = with_names(rows, cell)
    return cells + over_rows(rows, near, columns)


def _with_signs(lines: list[Line]) -> list[Line]:
    """The lines of the body; a plus or minus that a narrow column put on a line of its own goes with the figure below it."""
    out: list[Line] = []
    waiting: Piece | None = None
    for number, line in enumerate(lines):
        figure = None if waiting is None else _below(waiting, line)
        if waiting is not None and figure is not None:
            signed = Piece([*waiting.words, *figure.words])
            line = Line([*waiting.words, *line.words], [signed if p is figure else p for p in line.pieces])  # noqa: PLW2901
            waiting = None
        sign = line.pieces[0]
        if (
            len(line.pieces) == 1
            and sign.text in _SIGNS
            and any(_below(sign, x) for x in lines[number + 1 : number + 3])
        ):
            waiting = sign
        else:
            out.append(line)
    return out


def _below(sign: Piece, line: Line) -> Piece | None:
    """The figure without a sign that ends where a sign by itself ends, right below it."""
    close = line.top - sign.bottom < 0.4 * sign.size
    found = (p for p in line.pieces if abs(p.x1 - sign.x1) < sign.size and p.text[:1].isdigit() and p.figure)
    return next(found, None) if close else None


def _steep_heading(steep: Sequence[Word], columns: Columns, bottom: float) -> dict[int, list[Word]]:
    """Words that run up the page over the columns, by column; none where only one column has some."""
    over: dict[int, list[Word]] = {}
    for word in steep:
        x = (word.x0 + word.x1) / 2
        if word.bottom > bottom + 2 or word.top < bottom - _TALLEST_HEADING:
            continue
        if columns.x0 - word.size <= x <= columns.x1 + word.size:
            near = min(range(len(columns)), key=lambda n: abs(x - sum(columns.extents[n]) / 2))
            over.setdefault(near, []).append(word)
    return over if len(over) > 1 else {}


def _word_cell(words: list[Word], place: tuple[int, int, int, int]) -> RawCell:
    ordered = [word for line in lines_of(words) for word in line]
    return _cell([Piece(ordered)], place)


def _edges(head: list[Line], columns: Columns) -> list[tuple[float, float]]:
    """Where the headings of one column begin and end: two headings on one line may stand no more than a space apart."""
    pieces = [piece for line in head for piece in line.pieces]
    return [(piece.x0, piece.x1) for piece in pieces if columns.at(piece)[0] == columns.at(piece)[1] > 0]


def _placed(line: Line, columns: Columns, number: int, edges: list[tuple[float, float]]) -> list[Placed]:
    """The pieces of a line by column; a piece over a channel is cut where it has a gap there."""
    first = len(columns) - len(line.pieces)
    one_each = first == 0 or (first == 1 and columns.at(line.pieces[0])[0] > 0)
    if edges and len(line.pieces) > 2 and one_each and _meet(line.pieces, columns, 1.0 if first else APART):
        return [Placed(piece, n, n, number) for n, piece in enumerate(line.pieces, start=first)]
    out: list[Placed] = []
    for piece in line.pieces:
        for part in _cut(piece, columns, edges):
            first, last = columns.at(part)
            if out and first < last and out[-1].last == first and out[-1].piece.figure and part.figure:
                first += 1  # a long figure that begins in the white before its column
            if out and out[-1].last >= first and out[-1].first <= last:
                joined = Piece([*out[-1].piece.words, *part.words])
                out[-1] = Placed(joined, min(first, out[-1].first), max(last, out[-1].last), number)
            else:
                out.append(Placed(part, first, last, number))
    return out


def _meet(parts: list[Piece], columns: Columns, apart: float) -> bool:
    """Whether two headings fall into one column: set to its other edge than the values, they stand nearer to the next."""
    meet = any(columns.at(two)[0] <= columns.at(one)[1] for one, two in pairwise(parts))
    return meet and all(two.x0 - one.x1 > apart * two.size for one, two in pairwise(parts))


def _centred(placed: list[Placed], columns: Columns) -> list[Placed]:
    """A group's name set to the middle of the table stands over all of its columns."""
    if len(placed) != 1 or placed[0].piece.figure or len(columns) < 3:
        return placed
    piece = placed[0].piece
    if placed[0].first == 0 and (placed[0].last == 0 or piece.x0 - columns.x0 < piece.size):
        return placed
    if abs(piece.centre - (columns.x0 + columns.x1) / 2) > 1.5 * piece.size:
        return placed
    return [Placed(piece, 0, len(columns) - 1, placed[0].line)]


def _cut(piece: Piece, columns: Columns, edges: list[tuple[float, float]]) -> list[Piece]:
    """A piece that lies in two columns, cut where the white between them is, or where another heading begins or ends."""
    parts: list[list[Word]] = [[piece.words[0]]]
    first, last = columns.at(piece)
    several = len(edges) > 1 and first < last
    for place, (one, two) in enumerate(pairwise(piece.words), start=1):
        wide = two.x0 - one.x1 > 0.3 * piece.size and one.text not in _OPENING
        apart = False
        if several:
            before = Piece(parts[-1])
            if any(abs(one.x1 - x1) < _EDGE or abs(two.x0 - x0) < _EDGE for x0, x1 in edges):
                start, end = columns.at(before)
                apart = start == end < columns.at(Piece([two]))[0]
            apart = apart or _under_two(before, Piece(piece.words[place:]), columns, edges)
        white = wide and any(
            one.x1 - 1 <= middle(strip) <= two.x0 + 1 and parts[-1][0].x0 < strip[0] + 1 and piece.x1 > strip[1] - 1
            for strip in columns.channels
        )
        if apart or white:
            parts.append([two])
        else:
            parts[-1].append(two)
    if len(parts) == 1 and several:
        parts = _each_over_its_column(piece, columns)
    return [Piece(part) for part in parts] if len(parts) > 1 else [piece]


def _each_over_its_column(piece: Piece, columns: Columns) -> list[list[Word]]:
    """The words of headings a space apart, each at the edge or over the middle of its own column; else all as one."""
    parts: list[list[Word]] = []
    places: list[int] = []
    for word in piece.words:
        first, last = columns.at(Piece([word]))
        if first != last:
            return [piece.words]
        if places and places[-1] == first:
            parts[-1].append(word)
        else:
            parts.append([word])
            places.append(first)
    whole = [(Piece(part), columns.extents[place]) for part, place in zip(parts, places, strict=True)]
    lefts = [abs(part.x0 - x0) for part, (x0, _) in whole]
    rights = [abs(part.x1 - x1) for part, (_, x1) in whole]
    middles = [abs(part.centre - (x0 + x1) / 2) for part, (x0, x1) in whole]
    ordered = all(two > one for one, two in pairwise(places))
    return parts if ordered and min(map(max, (lefts, rights, middles))) < _AT_COLUMN else [piece.words]


def _under_two(one: Piece, two: Piece, columns: Columns, edges: list[tuple[float, float]]) -> bool:
    """Whether the parts of a piece have their middles where headings of two columns have theirs: "Rank Rank"."""
    if columns.at(one)[1] >= columns.at(two)[0]:
        return False
    return all(any(abs(part.centre - (x0 + x1) / 2) < _EDGE for x0, x1 in edges) for part in (one, two))


def _heading_lines(run: Run, rules: list[Rule]) -> int:
    """How many lines the heading has."""
    columns, lines = run.columns, run.lines
    ys = [r.y for r in rules if r.width > 0.7 * (columns.x1 - columns.x0)]
    parted = [n for n in range(1, len(lines)) if any(lines[n - 1].middle < y < lines[n].middle for y in ys)]
    for number, line in enumerate(lines):
        if numbers_columns([piece.text for piece in line.pieces]):
            continue
        figures = [p for p in line.pieces if p.figure and (p.x0 > columns.extents[0][1] or len(line.pieces) > 1)]
        if line.pieces[0].figure and len(figures) > 1:
            figures = figures[1:]
        if figures and not all(is_year(p.text) for p in figures) and not _amid_heading(run, number, parted):
            above = [n for n in parted if n <= number]
            return _last_rule(run, above) if above else _with_label_start(run, number)
    return min(parted[0], _before_row(run)) if parted else _before_white(run)


def _before_white(run: Run) -> int:
    """The lines of a heading over texts without figures: those before wider white and a line with all columns."""
    lines, width = run.lines, len(run.columns)
    for number in range(2, len(lines)):
        steps = [two.top - one.top for one, two in pairwise(lines[: number + 1])]
        if len(lines[number].pieces) == width:
            return number if max(steps[:-1]) < _NEARER * steps[-1] else 1
    return 1


def _before_row(run: Run) -> int:
    """The lines of a heading over texts of which rules, or fills, part only some: those before a line like the rows."""
    lines, width = run.lines, len(run.columns)
    full = [n for n, line in enumerate(lines) if len(line.pieces) == width]
    steps = [lines[two].top - lines[one].top for one, two in pairwise(full) if two == one + 1]
    if full[:2] == [0, 1] and _bold(lines[0]) and not _bold(lines[1]):
        return 1
    if len(steps) < _FEWEST_STEPS or full[0] > 1:
        return len(lines)
    usual = median(steps)
    return next((n for n in full if n > 0 and lines[n].top - lines[n - 1].top > _NEARER * usual), len(lines))


def _bold(line: Line) -> bool:
    return all(piece.bold for piece in line.pieces)


def _amid_heading(run: Run, number: int, parted: list[int]) -> bool:
    """Whether a line with figures, and none of the labels, lies inside the heading ("per | 100,000 | residents").

    The first rule right under it says so ("Apr- 24"), or the line below, which has none; then it has fewer than rows have.
    """
    columns, lines = run.columns, run.lines
    if number == 0 or columns.at(lines[number].pieces[0])[0] == 0 or number + 2 >= len(lines):
        return False
    if parted and parted[0] == number + 1:
        return True
    below = lines[number + 1]
    if len(below.pieces) < 2 or values(below) or columns.at(below.pieces[-1])[0] == 0:
        return False
    return values(lines[number]) <= 0.5 * median([values(line) for line in lines[number + 2 :]])


def _last_rule(run: Run, parted: list[int]) -> int:
    """The line after the last rule above the values, or after one before it where only a group's name lies between."""
    for one, two in reversed(list(pairwise(parted))):
        if any(run.columns.at(line.pieces[-1])[1] > 0 for line in run.lines[one:two]):
            return two
    return parted[0]


def _with_label_start(run: Run, first: int) -> int:
    """Texts right above the first values that belong to the body: labels, and texts after wider white."""
    number = first
    while number > 0 and run.columns.at(run.lines[number - 1].pieces[-1])[1] == 0:
        number -= 1
    if number == first:
        number = _after_white(run, first)
    if number > 0:
        return number
    return first if first <= 1 else 0


def _after_white(run: Run, first: int) -> int:
    """The first of the lines above the first values that stand in no column of figures, and apart from the heading."""
    columns, lines = run.columns, run.lines
    figured = {columns.at(p) for line in lines[first:] for p in line.pieces if p.figure}
    number = first
    while number > 0 and not any(columns.at(p) in figured or columns.crossed(p) for p in lines[number - 1].pieces):
        number -= 1
    if number in (0, first):
        return first
    steps = [lines[n].top - lines[n - 1].top for n in range(number, first + 1)]
    widest = max(steps)
    return number + steps.index(widest) if widest > _WIDER * min(steps) else first


def _label_column(body: list[BodyLine]) -> int:
    """The first column, unless it holds nothing but figures that are no years and another holds words."""
    words: dict[int, list[bool]] = {}
    for line in body:
        for p in line.placed:
            words.setdefault(p.first, []).append(not p.piece.figure or is_year(p.piece.text))
    shares = {column: sum(found) / len(found) for column, found in words.items()}
    first = min(shares, default=0)
    if not shares or shares[first] > 0.2:
        return first
    return next((column for column in sorted(shares) if shares[column] > 0.6), first)


def _row_cells(group: list[BodyLine], row: int, columns: Columns) -> list[RawCell]:
    """The cells of one row: pieces in the same columns together."""
    narrow: dict[int, list[Piece]] = {}
    wide: list[Placed] = []
    for line in group:
        for p in _centred(line.placed, columns) if len(group) == 1 else line.placed:
            if p.first == p.last:
                narrow.setdefault(p.first, []).append(p.piece)
            else:
                wide.append(p)
    spans: dict[tuple[int, int], list[Piece]] = {}
    for p in wide:
        beside = [column for column in range(p.first, p.last + 1) if column in narrow]
        if beside == [p.first] and _same_text(p.piece, narrow[p.first]):
            spans[p.first, p.last] = [*spans.get((p.first, p.last), []), p.piece, *narrow.pop(p.first)]
        elif beside:
            # A label that runs over into a column which has its own value in this row.
            narrow.setdefault(p.first, []).append(p.piece)
        else:
            _join(spans, p)
    out = [_cell(_in_order(pieces), (row, column, 1, 1)) for column, pieces in narrow.items()]
    return out + [_cell(_in_order(pieces), (row, a, 1, b - a + 1)) for (a, b), pieces in spans.items()]


def _same_text(piece: Piece, others: list[Piece]) -> bool:
    """Whether shorter lines go on with a text over several columns: they begin where it begins."""
    return all(not other.figure and abs(other.x0 - piece.x0) < 0.3 * piece.size for other in others)


def _join(spans: dict[tuple[int, int], list[Piece]], new: Placed) -> None:
    """Texts over several columns that share one are one cell."""
    first, last, pieces = new.first, new.last, [new.piece]
    for a, b in [key for key in spans if key[0] <= last and first <= key[1]]:
        pieces = [*spans.pop((a, b)), *pieces]
        first, last = min(a, first), max(b, last)
    spans[first, last] = pieces


def _in_order(pieces: list[Piece]) -> list[Piece]:
    return sorted(pieces, key=lambda p: (p.top, p.x0))


def _cell(pieces: list[Piece], place: tuple[int, int, int, int]) -> RawCell:
    words = [word for piece in pieces for word in piece.words]
    row, column, row_span, column_span = place
    return RawCell(row, column, row_span, column_span, edges_of(words), words)

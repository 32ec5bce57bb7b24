"""Whether lines that stand in columns are a table, or something else that is set in columns.

In: a run of lines with its columns. Out: yes or no. Figures under each other are good evidence, so are rules; texts by
themselves must stand in at least three columns, exactly under each other. The ticks of a chart's axis, a table of contents, a list with its
marks, a form and prose set in columns are no tables.
"""

from __future__ import annotations

from itertools import pairwise
from statistics import mean

from sendparse.tables.charts import has_steps, number_in
from sendparse.tables.kinds import is_bullet, is_leader, is_number, is_year, names_pages
from sendparse.tables.lines import Piece
from sendparse.tables.runs import Run, values

_FEWEST_TICKS = 4
_ALIGNED = 2.0  # points
_FEWEST_ALIGNED = 3  # pieces of a column
_SCATTERED = 0.6  # of the pieces of the column that is best aligned
_LONG = 6.0  # words in a piece, on average, of prose


def is_table(run: Run) -> bool:
    """Whether a run of lines is a table."""
    columns = _by_column(run)
    if _has_axis(run, columns) or _is_contents(run, columns) or _is_list(columns) or _is_scattered(run, columns):
        return False
    core = run.core
    if len(core) < 5 and not any(letter.isalpha() for line in run.lines for letter in line.text):
        return False
    numbered = bool(columns[0]) and all(is_bullet(piece.text) for piece in columns[0])
    counts = [line.figures - (numbered and line.pieces[0].figure) for line in core]
    figures = sum(counts)
    pieces = sum(len(line.pieces) for line in core)
    rows = sum(count > 0 for count in counts)
    if len(core) < 3 and sum(map(values, core)) == 1:
        return False
    if rows >= 2 and figures >= 0.25 * pieces:
        if run.frame is not None:
            return True
        return len(core) >= 3 or len(run.columns) >= 3
    if rows == 1 and figures >= 3:
        return _is_headed(run)
    return _is_text_table(run, columns)


def _is_headed(run: Run) -> bool:
    """One row of values, with a heading over most of them."""
    above = run.lines[: run.lines.index(run.core[-1])]
    heads = {run.columns.at(p)[0] for line in above for p in line.pieces if len(line.pieces) > 1}
    values = {run.columns.at(p)[0] for p in run.core[-1].pieces if p.figure}
    return len(heads & values) >= max(2, 0.6 * len(values))


def _by_column(run: Run) -> list[list[Piece]]:
    columns: list[list[Piece]] = [[] for _ in range(len(run.columns))]
    for line in run.core:
        for piece in line.pieces:
            first, last = run.columns.at(piece)
            if first == last:
                columns[first].append(piece)
    return columns


def _is_text_table(run: Run, columns: list[list[Piece]]) -> bool:
    """Short texts exactly under each other, in three columns or between rules."""
    core = run.core
    words = [len(piece.words) for line in core for piece in line.pieces]
    full = sum(len(line.pieces) >= 2 for line in core)
    if full < 3 and not (run.frame is not None and full >= 2 and len(run.frame.ys) > 2):
        return False
    if mean(words) > _LONG and (run.frame is None or len(run.frame.ys) < 0.5 * len(core)):
        return False
    heads = {id(piece) for piece in core[0].pieces}
    below = [[piece for piece in column if id(piece) not in heads] for column in columns]
    aligned = max(_mean_aligned(columns), _mean_aligned(below))
    if aligned < 0.75:
        return False
    if run.frame is not None:
        return True
    return len(columns) >= 3 and len(core) >= 4 and full >= 0.8 * len(core)


def _mean_aligned(columns: list[list[Piece]]) -> float:
    """How well columns are aligned, headings set another way left out of account by the caller."""
    aligned = [_aligned(column) for column in columns if len(column) > 1]
    return mean(aligned) if aligned else 0.0


def _is_scattered(run: Run, columns: list[list[Piece]]) -> bool:
    """Words and figures without a frame of which no column stands under each other: the names on a map."""
    several = [column for column in columns if len(column) >= _FEWEST_ALIGNED]
    stand = any(_aligned(c) >= max(_SCATTERED, (_FEWEST_ALIGNED - 0.5) / len(c)) for c in several)
    return run.frame is None and len(run.core) >= _FEWEST_ALIGNED and bool(several) and not stand


def _aligned(pieces: list[Piece]) -> float:
    """The share of pieces that begin, end or have their middle at one x."""
    best = 0
    for edges in ([p.x0 for p in pieces], [p.x1 for p in pieces], [p.centre for p in pieces]):
        best = max(best, *(sum(abs(a - b) <= _ALIGNED for b in edges) for a in edges))
    return best / len(pieces)


def _has_axis(run: Run, columns: list[list[Piece]]) -> bool:
    """Whether the figures are the ticks of a chart's axis: equal steps at equal distances."""
    for line in run.core:
        words = [w.text for piece in line.pieces for w in piece.words]
        if _ticks(words) and not line.pieces[0].text[:1].isalpha():
            return True
    for number, column in enumerate(columns):
        texts = [piece.text for piece in column]
        if not _ticks(texts):
            continue
        heights = {piece.top for piece in column}
        beside = [
            piece
            for other, pieces in enumerate(columns)
            for piece in pieces
            if other != number and piece.figure and any(abs(piece.top - y) < 2 for y in heights)
        ]
        if len(beside) < 0.6 * len(texts) or _ticks([piece.text for piece in beside]):
            return True
    return False


def _ticks(texts: list[str]) -> bool:
    """Numbers with one step between them that is no step of years or row numbers."""
    numbers = [value for text in texts if (value := number_in(text)) is not None]
    if len(numbers) < _FEWEST_TICKS or len(numbers) < 0.8 * len(texts):
        return False
    return has_steps(numbers) and not all(is_year(text) for text in texts)


def _is_contents(run: Run, columns: list[list[Piece]]) -> bool:
    """A table of contents or an agenda: titles and, to the right, page numbers that only grow, or "(Pages 3 - 6)"."""
    last = [piece.text for piece in columns[-1]]
    if len(last) > 2 and all(names_pages(text) for text in last):
        return True
    if len(columns) > 3 or len(last) < _FEWEST_TICKS or not all(text.isdigit() and len(text) < 4 for text in last):
        return False
    pages = [int(text) for text in last]
    if any(two < one for one, two in pairwise(pages)) or pages[-1] == pages[0]:
        return False
    return any(p.figure and is_number(p.text) for column in columns[1:-1] for p in column) is False and (
        any(is_leader(word.text) or "...." in word.text for line in run.core for word in line.words)
        or all(len(line.pieces) == 2 or is_bullet(line.pieces[0].text) for line in run.core)
    )


def _is_list(columns: list[list[Piece]]) -> bool:
    """Marks or numbers, and texts beside them."""
    if len(columns) != 2 or not columns[0]:
        return False
    marks = sum(is_bullet(piece.text) for piece in columns[0])
    figures = sum(piece.figure for piece in columns[1])
    form = sum(piece.text.endswith(":") for piece in columns[0])
    return (marks > 0.7 * len(columns[0]) and figures < 0.5 * len(columns[1])) or (
        form > 0.7 * len(columns[0]) and figures < 0.8 * len(columns[1])
    )

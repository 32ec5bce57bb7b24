"""Which printed lines make one row of a table that has no full grid.

In: the lines of a table's body, each with its pieces by column, and the rules drawn between them. Out: groups of lines, one
a row. A label may run over several lines with its values on the first, the last or in the middle; a group's name stands
alone; texts wrap in several columns at once. Where rules part the rows they decide; else the white between lines does,
and where that tells nothing the words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from sendparse.tables.headings import MONTHS, Placed
from sendparse.tables.kinds import is_year
from sendparse.tables.order import median

_WIDEST_LEADING = 1.45  # of the font size: lines of one row are no further apart
_SPACE = 0.25  # of the font size
_FULL = 3  # texts in a line that begin anew together
_JOINERS = ("and", "of", "the", "or", "to", "for", "in", "with", "by", "on", "at", "from", "&", "-", "–", ",", "/", "(")


@dataclass(slots=True)
class BodyLine:
    """One printed line of the body."""

    placed: list[Placed]
    top: float
    bottom: float
    size: float
    filled: set[int] = field(default_factory=set)
    figures: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.filled = {n for p in self.placed for n in range(p.first, p.last + 1)}
        self.figures = {p.first for p in self.placed if p.first == p.last and p.piece.figure}

    def label(self, column: int) -> Placed | None:
        """The piece in the label column."""
        return next((p for p in self.placed if p.first <= column <= p.last), None)


def group_rows(lines: list[BodyLine], rules: list[float], label: int) -> list[list[BodyLine]]:
    """Lines to rows. `rules` are the heights of rules as wide as the table; `label` is the column of the row labels."""
    if not lines:
        return []
    bands = _bands(lines, rules)
    if _are_rows(bands, label):
        steps = [two.top - one.top for band in bands for one, two in pairwise(band)]
        usual = max(median(steps), lines[0].size) if len(steps) > 2 else float("inf")
        return [row for band in bands for row in _ruled_rows(band, label, usual)]
    out: list[list[BodyLine]] = []
    for band in bands:
        out += _by_halves(band, label) or _by_white(band, label) or _by_words(band, label)
    return out


def _are_rows(bands: list[list[BodyLine]], label: int) -> bool:
    """Whether rules part the rows, rather than groups of rows."""
    if len(bands) < 3:
        return False
    lines = sum(map(len, bands))
    figure_lines = sum(bool(line.figures) for band in bands for line in band)
    if len(bands) >= 0.6 * max(figure_lines, 0.5 * lines):
        return True
    return sum(_one_row(band, label) for band in bands) >= 0.8 * len(bands) and (
        figure_lines > 1 or lines <= 6 * len(bands)
    )


def _bands(lines: list[BodyLine], rules: list[float]) -> list[list[BodyLine]]:
    """Lines between two rules."""
    bands: list[list[BodyLine]] = [[lines[0]]]
    for one, two in pairwise(lines):
        upper, lower = (one.top + one.bottom) / 2, (two.top + two.bottom) / 2
        if any(upper < y < lower for y in rules):
            bands.append([two])
        else:
            bands[-1].append(two)
    return bands


def _ruled_rows(band: list[BodyLine], label: int, usual: float) -> list[list[BodyLine]]:
    """The rows between two rules of a table that has a rule under nearly every row: one, unless figures repeat.

    `usual` is how far the lines of one row are apart in other bands.
    """
    apart = any(
        two.top - one.top > 1.3 * usual and (_only_label(one, label) or _only_label(two, label))
        for one, two in pairwise(band)
    )
    if _one_row(band, label) and not apart and _labels_alike(band, label):
        return [list(band)]
    return _by_white(band, label) or _by_words(band, label)


def _one_row(band: list[BodyLine], label: int) -> bool:
    """No column has a figure twice; that of the labels may, where they are years or amounts. Nor do texts begin twice."""
    if _begin_anew(band):
        return False
    seen: set[int] = set()
    for line in band:
        figures = line.figures - {label}
        if seen & figures:
            return False
        seen |= figures
    return True


def _begin_anew(band: list[BodyLine]) -> bool:
    """Whether several lines have a text of their own in nearly all columns, three at least: none goes on with one above."""
    width = len(set().union(*(line.filled for line in band)))
    full = [line for line in band if len(line.placed) >= max(_FULL, 0.8 * width)]
    return len(full) > 1 and all(_begins(p.piece.text) for line in full for p in line.placed)


def _begins(text: str) -> bool:
    return text[:1].isupper() or text[:1].isdigit()


def _by_white(lines: list[BodyLine], label: int) -> list[list[BodyLine]]:
    """Rows told by white that is of two kinds: narrow inside rows, wide between them. None where it is not."""
    if len(lines) < 3:
        return []
    steps = [two.top - one.top for one, two in pairwise(lines)]
    size = median([line.size for line in lines])
    sizes = sorted({round(step, 1) for step in steps})
    for narrow, wide in reversed(list(pairwise(sizes))):
        if narrow <= _WIDEST_LEADING * size and wide - narrow >= max(0.8, 0.06 * narrow):
            rows = _parted(lines, steps, (narrow + wide) / 2)
            if any(len(row) > 1 for row in rows) and all(_is_row(row, label) for row in rows):
                return rows
    return []


def _parted(lines: list[BodyLine], steps: list[float], cut: float) -> list[list[BodyLine]]:
    rows: list[list[BodyLine]] = [[lines[0]]]
    for step, line in zip(steps, lines[1:], strict=True):
        if step > cut:
            rows.append([line])
        else:
            rows[-1].append(line)
    return rows


def _is_row(row: list[BodyLine], label: int) -> bool:
    """Whether lines can be one row: no column has a figure twice, and label and figures meet in one line at most."""
    meeting = sum(bool(line.figures - {label}) and line.label(label) is not None for line in row)
    return meeting <= 1 and _one_row(row, label) and _labels_alike(row, label)


def _labels_alike(row: list[BodyLine], label: int) -> bool:
    """Whether all lines of a label look the same: a group's name is bold or larger."""
    labels = [p.piece for line in row if (p := line.label(label)) is not None]
    sizes = [piece.size for piece in labels]
    return not labels or (len({piece.bold for piece in labels}) == 1 and max(sizes) < 1.12 * min(sizes))


def _by_words(lines: list[BodyLine], label: int) -> list[list[BodyLine]]:
    rows: list[list[BodyLine]] = []
    joins_next = False
    owner = _round_values(lines, label)
    indents = _indents(lines, label)
    figures = _figure_columns(lines) - {label}
    wrapped = _wrapped(lines, label)
    for place, line in enumerate(lines):
        after = lines[place + 1 :]
        section = not line.figures and line.filled <= figures
        if place in owner:
            joined = place > 0 and owner.get(place - 1) == owner[place]
        else:
            joined = not section and (
                joins_next or place in wrapped or (bool(rows) and _continues(rows[-1], line, after, label))
            )
        if rows and joined:
            rows[-1].append(line)
        else:
            rows.append([line])
        joins_next = _leads(rows[-1], line, after, label) or _hangs(line, after, label, indents)
    return rows


def _by_halves(lines: list[BodyLine], label: int) -> list[list[BodyLine]]:
    """Rows whose labels of several lines stand round their values, where that adds up from the first line to the last.

    A row has as many lines of its label above its values as below them, so that the first row tells the second. Each
    label must begin as labels do, and some must go on as words do. None where it does not add up.
    """
    valued = [place for place, line in enumerate(lines) if line.figures]
    if len(valued) < _FULL or any(not line.figures and not _only_label(line, label) for line in lines):
        return []
    rows: list[list[BodyLine]] = []
    start, goes_on = 0, 0
    for place, following in pairwise([*valued, len(lines)]):
        end = place + (place - start) + 1
        if end > following:
            return []
        row = list(lines[start:end])
        texts = [p.piece.text for line in row if (p := line.label(label)) is not None]
        if not texts or texts[0][:1].islower() or not _labels_alike(row, label):
            return []
        goes_on += sum(text[:1].islower() for text in texts[1:])
        rows.append(row)
        start = end
    return rows if start == len(lines) and goes_on > 0 else []


def _wrapped(lines: list[BodyLine], label: int) -> set[int]:
    """Lines that go on with a label that left no room for their first word, where other labels are seen to run over.

    A group's name that follows the longest label looks so too: then no label runs over, or the names look otherwise.
    """
    labels = [p.piece for line in lines if (p := line.label(label)) is not None and p.first == p.last == label]
    room = max((piece.x1 for piece in labels), default=0.0)
    sure, maybe = 0, set()
    for place, (upper, lower) in enumerate(pairwise(lines), start=1):
        one, two = upper.label(label), lower.label(label)
        if one is None or two is None or not upper.figures or not _only_label(lower, label):
            continue
        if lower.top - upper.bottom > 0.4 * lower.size or one.piece.bold != two.piece.bold:
            continue
        first = two.piece.words[0]
        if one.piece.x1 + _SPACE * lower.size + first.x1 - first.x0 <= room + 1 or abs(two.piece.x0 - one.piece.x0) > 1:
            continue
        if first.text[:1].islower():
            sure += 1
        else:
            maybe.add(place)
    return maybe if sure > len(maybe) else set()


def _round_values(lines: list[BodyLine], label: int) -> dict[int, int]:
    """Labels of several lines with their values at half height: by line, the line of the values.

    As many lines of the label stand below the values as above them.
    """
    owner: dict[int, int] = {}
    for place, line in enumerate(lines):
        if not line.figures or line.label(label) is not None or not 0 < place < len(lines) - 1:
            continue
        leading = line.size * 0.85
        if line.top - lines[place - 1].top > leading or lines[place + 1].top - line.top > leading:
            continue
        above = 0
        while place - above > 0 and place - above - 1 not in owner and _only_label(lines[place - above - 1], label):
            above += 1
        below = 0
        while below < above and place + below + 1 < len(lines) and _only_label(lines[place + below + 1], label):
            below += 1
        if above and below == above and _labels_alike(lines[place - above : place + below + 1], label):
            owner |= dict.fromkeys(range(place - above, place + below + 1), place)
    return owner


def _figure_columns(lines: list[BodyLine]) -> set[int]:
    """Columns that hold figures, so that words alone in them are a group's name set to the middle."""
    counts: dict[int, list[int]] = {}
    for line in lines:
        for p in line.placed:
            if p.first == p.last:
                counts.setdefault(p.first, []).append(p.piece.figure)
    return {column for column, found in counts.items() if sum(found) > 0.6 * len(found)}


def _indents(lines: list[BodyLine], label: int) -> list[float]:
    """Where the labels begin of rows that begin with their values: after another such row."""
    out = []
    for one, two in pairwise(lines):
        piece = two.label(label)
        if one.figures and two.figures and piece is not None:
            out.append(piece.piece.x0)
    return out


def _hangs(line: BodyLine, after: list[BodyLine], label: int, indents: list[float]) -> bool:
    """Whether a label alone begins where rows begin, and goes on indented in the next line."""
    piece = line.label(label)
    if not after or piece is None or line.figures or len(line.filled) > 1:
        return False
    follower = after[0].label(label)
    if follower is None or after[0].top - line.bottom > 0.5 * line.size:
        return False
    x0, size = piece.piece.x0, line.size
    deeper = 0.35 * size < follower.piece.x0 - x0 < 2.5 * size
    return (
        deeper
        and any(abs(x0 - x) < 0.2 * size for x in indents)
        and not any(abs(follower.piece.x0 - x) < 0.2 * size for x in indents)
    )


def _only_label(line: BodyLine, label: int) -> bool:
    return line.filled == {label} and not line.figures


def _continues(row: list[BodyLine], line: BodyLine, after: list[BodyLine], label: int) -> bool:
    """Whether a line goes on with the row above it."""
    last = row[-1]
    filled = set().union(*(r.filled for r in row))
    figures = set().union(*(r.figures for r in row))
    white = line.top - last.bottom
    if white > 0.9 * line.size or line.figures & figures:
        return False
    overlap = line.top - last.top < 0.8 * min(line.size, last.size)
    if _only_label(line, label):
        if not figures and filled == {label}:
            return _wraps(last, line, label)
        if overlap:
            return True
        base = next((r for r in reversed(row) if r.label(label)), last)
        if after and after[0].top - line.top < 0.85 * (line.top - base.top):
            return False
        if after and line.top - base.top < 0.85 * (after[0].top - line.top):
            return True
        return _wraps(base, line, label)
    if line.label(label) is None:
        if overlap:
            return True
        if line.figures and not figures & line.figures and filled == {label} and white < 0.3 * line.size:
            return True
        return not line.figures and bool(line.filled & filled) and white < 0.5 * line.size
    return overlap and not (figures and line.figures)


def _wraps(upper: BodyLine, lower: BodyLine, label: int) -> bool:
    """Whether a label goes on in the line below, by its words."""
    one, two = upper.label(label), lower.label(label)
    if one is None or two is None:
        return False
    first, second = one.piece.text, two.piece.text
    if first.endswith(":") or lower.top - upper.bottom > 0.6 * lower.size or one.piece.bold != two.piece.bold:
        return False
    if second[:1].islower() or second[:1] in "(&" or (first.casefold() in MONTHS and is_year(second)):
        return True
    return first.casefold().endswith(_JOINERS) and (first[-1] in ",-–&/(" or first.casefold().split()[-1] in _JOINERS)


def _leads(row: list[BodyLine], line: BodyLine, after: list[BodyLine], label: int) -> bool:
    """Whether a label alone in its line goes on in the next, which has the values."""
    if not after or not _only_label(line, label) or any(r.figures for r in row):
        return False
    follower = after[0]
    if follower.label(label) is None:
        return follower.top - line.bottom < 0.2 * line.size and len(row) == 1
    return bool(follower.figures) and _wraps(line, follower, label)

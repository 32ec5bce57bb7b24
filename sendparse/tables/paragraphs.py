"""Lines of running text.

In: printed lines. Out: those that belong to paragraphs: many words without a gap, line under line. No table holds them,
except in its cells between rules, which regions.py knows of.
"""

from __future__ import annotations

from itertools import pairwise

from sendparse.tables.kinds import is_bullet, is_caption
from sendparse.tables.lines import Line

_WORDY = 6  # words: a line of running text has at least as many
_LONG = 12  # words: one line alone that long is running text


def running_text(lines: list[Line]) -> list[Line]:
    """Lines of paragraphs."""
    wordy = [_wordy(line) for line in lines]
    out: list[Line] = []
    for place, line in enumerate(lines):
        if not wordy[place]:
            if out and out[-1] is lines[place - 1] and _ends_paragraph(lines[place - 1], line):
                out.append(line)
            continue
        longest = max(len(piece.words) for piece in line.pieces)
        beside = any(
            0 <= other < len(lines) and wordy[other] and _follow(lines[min(place, other)], lines[max(place, other)])
            for other in (place - 1, place + 1)
        )
        if beside or longest >= _LONG:
            out.append(line)
    return out


def _ends_paragraph(upper: Line, lower: Line) -> bool:
    """Whether a short line is the last one of a paragraph."""
    close = lower.top - upper.bottom < 0.5 * upper.size and abs(lower.x0 - upper.x0) < 0.6 * upper.size
    plain = len(lower.pieces) <= 2 and not lower.figures and abs(lower.size - upper.size) < 0.3
    whole = all(two.x0 - one.x1 < 1.2 * lower.size for one, two in pairwise(lower.pieces))
    return close and plain and whole and not is_caption(lower.text)


def _wordy(line: Line) -> bool:
    pieces = line.pieces[1:] if len(line.pieces) > 1 and is_bullet(line.pieces[0].text) else line.pieces
    return (
        len(pieces) == 1 and len(pieces[0].words) >= _WORDY and sum(w.text[:1].isalpha() for w in pieces[0].words) >= 4
    )


def _follow(upper: Line, lower: Line) -> bool:
    return lower.top - upper.bottom < 1.3 * max(upper.size, lower.size) and upper.x0 < lower.x1 and lower.x0 < upper.x1

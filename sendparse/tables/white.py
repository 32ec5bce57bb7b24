"""The white between words: how wide a space is in each font, and what is wider in text that is set to both margins.

In: words put into rows. Out: widths in font sizes. Where a row is cut is told in lines.py.
"""

from __future__ import annotations

from functools import lru_cache

from sendparse.model import Word
from sendparse.tables.kinds import begins_as_word
from sendparse.tables.order import median
from sendparse.tables.words import size_of

TIGHT_SPACE = 0.30  # of the font size: a word space where nothing better is known
_TYPEWRITERS = ("courier", "mono", "consol", "typewriter", "cmtt", "fixed")
_TYPED_SPACE = 0.6
_WIDEST_STRETCH = 1.3  # of the font size
_FEWEST_STRETCHED = 4  # gaps


def word_spaces(rows: list[list[Word]]) -> dict[str, float]:
    """The usual gap between words of each font, in font sizes; typewriter text has wide ones."""
    gaps: dict[str, list[float]] = {}
    font = ""
    found = gaps.setdefault(font, [])
    for row in rows:
        one, before = row[0], False
        for two in row:
            if two.font != font:
                font, before = two.font, False
                found = gaps.setdefault(font, [])
            written = _has_letters(two.text)
            if before and written:
                gap = (two.x0 - one.x1) / size_of(two)
                if 0.05 < gap < 1.0:
                    found.append(gap)
            one, before = two, written
    typed = {font: _TYPED_SPACE for font in gaps if _is_typed(font)}
    return {font: _usual(found) for font, found in gaps.items() if len(found) >= 6} | typed


@lru_cache(maxsize=1000)
def _is_typed(font: str) -> bool:
    """Whether a font is a typewriter's."""
    return any(name in font.lower() for name in _TYPEWRITERS)


def _has_letters(text: str) -> bool:
    """Whether a word is no figure: between figures lies the white of columns, be it narrow."""
    return begins_as_word(text) or (not text.isdigit() and any(letter.isalpha() for letter in text))


def _usual(gaps: list[float]) -> float:
    """The lower part of all gaps: text set to both margins, and columns close by, only make gaps wider."""
    gaps.sort()
    return min(0.65, max(0.2, gaps[len(gaps) // 3]))


def stretched(row: list[Word]) -> dict[int, float]:
    """Gaps of running text that is set to both margins: all alike and wide.

    By the place of the word behind a gap, the widest such gap in font sizes.
    """
    out: dict[int, float] = {}
    if len(row) <= _FEWEST_STRETCHED or not _is_wide(row):
        return out
    gaps = [(row[n].x0 - row[n - 1].x1) / gauge(row[n - 1], row[n]) for n in range(1, len(row))]
    start = 0
    for end in range(len(gaps) + 1):
        if end < len(gaps) and gaps[end] <= _WIDEST_STRETCH:
            continue
        if end - start >= _FEWEST_STRETCHED:
            widest = _alike(gaps[start:end])
            if widest and _is_text(row[start : end + 1]):
                out |= dict.fromkeys(range(start + 1, end + 1), 1.01 * widest)
        start = end + 1
    return out


def _is_wide(row: list[Word]) -> bool:
    """Whether several gaps are wider than a space, which in nearly all print they are not."""
    wide = 0
    for n in range(1, len(row)):
        wide += (row[n].x0 - row[n - 1].x1) / gauge(row[n - 1], row[n]) > TIGHT_SPACE
    return wide > 1


def _alike(gaps: list[float]) -> float:
    """The widest of some gaps that are all wide and alike; 0 where they are not."""
    gaps.sort()
    usual, widest = median(gaps), gaps[-1]
    return widest if usual > TIGHT_SPACE and widest <= 1.4 * usual and gaps[0] >= 0.6 * usual else 0.0


def _is_text(words: list[Word]) -> bool:
    """Whether most words begin with letters, a small one among them."""
    letters = sum(word.text[:1].isalpha() for word in words)
    return letters >= 0.7 * len(words) and any(word.text[:1].islower() for word in words)


def gauge(one: Word, two: Word) -> float:
    """The font size that a gap is measured in."""
    if one.size == two.size and two.size:
        return two.size
    first, second = size_of(one), size_of(two)
    if first == second:
        return second
    return max(first, second) if min(first, second) > 4 else second

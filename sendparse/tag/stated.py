"""The periods that a paper has stated so far, for what leans on them: "that year", "in May".

In: one sentence after another. Out: the period last stated, and the newest month of a name. A sentence without figures is
read for what it dates only once somebody asks, since few ever do.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sendparse.model import Period
from sendparse.tag.link import Link
from sendparse.tag.paragraph import in_brackets, looks_back
from sendparse.tag.period import Anchor, read_periods
from sendparse.tag.period_atoms import grammar
from sendparse.tag.settled import only_of_others


class Stated:
    """What sentences have dated, in the order of the paper."""

    def __init__(self) -> None:
        self._last: tuple[Period | None, int] = (None, -1)
        self._months: dict[int, date] = {}
        self._unread: list[tuple[str, int, Anchor]] = []  # sentences without figures, each with its block
        self._behind = 0  # how many of them stand before the period last stated

    def hear(self, text: str, block: int, anchor: Anchor) -> None:
        """Take in a sentence without figures."""
        self._unread.append((text, block, anchor))

    def keep(self, text: str, block: int, periods: Sequence[Period], made: Sequence[Link]) -> bool:
        """Take in the periods of a sentence, with its figures; tells whether others may lean on one of them."""
        stated = [p for p in periods if p.start]
        if not stated:
            return False
        for period in stated:
            if period.basis == "month" and period.start and not period.inferred:
                held = self._months.get(period.start.month)
                self._months[period.start.month] = max(held, period.start) if held else period.start
        levels = [x.period for x in made[:1] if x.area is None and x.period is not None and x.period.start]
        told = [p for p in stated if not in_brackets(text, p)] or levels or stated
        told = [p for p in told if not only_of_others(p, made)] or ([] if self.last()[0] is not None else told)
        told = [p for p in told if not looks_back(p)]
        if told:
            self._last, self._behind = (told[-1], block), len(self._unread)
        return bool(told)

    def last(self) -> tuple[Period | None, int]:
        """The period last stated, and its block."""
        while len(self._unread) > self._behind:
            text, block, anchor = self._unread.pop()
            if self.keep(text, block, read_periods(text, anchor), ()):
                break
        return self._last

    def leant_on(self, text: str) -> Period | None:
        """The period last stated, for a text with a piece that can lean on it: all but dates with their year."""
        for atom in grammar().atoms(text):
            if atom.kind == "relative" or not atom.year:
                return self.last()[0]
        return None

    def newest(self, month: int) -> date | None:
        """The newest month of this number that the paper has dated."""
        last = self.last()
        for text, block, anchor in self._unread:
            self.keep(text, block, read_periods(text, anchor), ())
        self._last, self._behind, self._unread = last, 0, []
        return self._months.get(month)

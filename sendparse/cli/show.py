"""Printing: rows as aligned columns for a terminal, cut to its width; numbers and days as a person writes them."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date

_GAP = 2
_CONTROLS = frozenset({"Cc", "Cs"})
_TURNS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # the direction of writing
_REPLACED = "\ufffd"
_LEAST = 6


def columns(rows: Sequence[Sequence[object]], heads: Sequence[str], *, width: int | None = None) -> str:
    """Rows under their heads, as wide as the terminal at most. The widest columns give way first."""
    cells = [[shown(value) for value in row] for row in rows]
    widths = [max((len(row[n]) for row in [list(heads), *cells]), default=0) for n in range(len(heads))]
    room = (width or terminal_width()) - _GAP * (len(heads) - 1)
    while sum(widths) > room and max(widths) > _LEAST:
        widths[widths.index(max(widths))] -= 1
    lines = [_line(heads, widths), _line(["-" * size for size in widths], widths)]
    return "\n".join([*lines, *(_line(row, widths) for row in cells)])


def shown(value: object) -> str:
    """A value in a cell: one line, nothing for nothing, 4453 rather than 4453.0."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, date):
        return value.isoformat()
    return plain(" ".join(str(value).split()))


def plain(text: str) -> str:
    """Text that cannot command a terminal: what controls it, or turns the direction of writing, is replaced."""
    if text.isascii() and (text.isprintable() or text.replace("\n", "").isprintable()):
        return text
    return "".join(_REPLACED if _commands(char) else char for char in text)


def _commands(char: str) -> bool:
    return char in _TURNS or (char != "\n" and unicodedata.category(char) in _CONTROLS)


def count(number: int, one: str, many: str = "") -> str:
    """`1 paper`, `1,204 papers`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def terminal_width() -> int:
    """Columns of the terminal; wide when the output goes to a file."""
    return shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 200


def _line(cells: Iterable[str], widths: Sequence[int]) -> str:
    gap = " " * _GAP
    return gap.join(_cut(cell, size).ljust(size) for cell, size in zip(cells, widths, strict=True)).rstrip()


def _cut(text: str, size: int) -> str:
    return text if len(text) <= size else text[: size - 1] + "…"

"""Tiles of a web page: boxes beside each other, each with a large figure and a few words.

In: the elements in one element of a page. Out: those that are tiles, each with its lines. Two at least stand side by side,
alike, each with one line that is a figure and nothing else. Steps, years and prices of a list are none. What the lines of a
tile say is read in tables/web_tiles.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from lxml.html import HtmlElement

_TAGS = frozenset({"div", "section", "article", "li", "a", "dl", "figure"})
_LONGEST = 260  # letters of a tile
_LONGEST_LINE = 110
_MOST_LINES = 7
_FIGURE = re.compile(
    r"^\W{0,2}[<>~]?\s*[+\-−–]?\s*£?\d[\d,]*(?:\.\d+)?\s?(?:%|k|m|bn|million|days|weeks|months|years|hours|FTE)?\s*\*?[^\w\s]{0,2}$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[/–-]\s?\d\d(?:\d\d)?)?")
_NAME = re.compile(r"[A-Za-z]+(?: [A-Za-z]+){0,3}:?")
_WORD = re.compile(r"[A-Za-z]{4}")
Lines = Callable[[HtmlElement], Sequence[str]]


def tiles_in(element: HtmlElement, lines_of: Lines) -> dict[HtmlElement, list[str]]:
    """The tiles among the children of an element, with their lines; `lines_of` gives the lines of an element."""
    out: dict[HtmlElement, list[str]] = {}
    run: dict[HtmlElement, list[str]] = {}
    before: HtmlElement | None = None
    for child in (*element, None):
        alike = child is not None and _may_be_tile(child) and (not run or _alike(before, child))
        lines = list(lines_of(child)) if alike and child is not None else []
        if not _is_tile(lines):
            out |= run if _are_tiles(list(run.values())) else {}
            run, before = {}, None
        else:
            run[child] = lines
            before = child
    return out


def is_figure_line(text: str) -> bool:
    """Whether a line of a tile is its figure."""
    return bool(_FIGURE.match(text)) and not _YEAR.fullmatch(text.strip())


def _may_be_tile(child: HtmlElement) -> bool:
    if child.tag not in _TAGS or len(child) == 0 or (child.tail or "").strip():
        return False
    length, digit = 0, False
    for text in child.itertext():
        length += len(text.strip())
        digit = digit or any(map(str.isdigit, text))
        if length > _LONGEST:
            return False
    return digit and length > 0


def _alike(one: HtmlElement | None, other: HtmlElement) -> bool:
    return one is not None and one.tag == other.tag


def _is_tile(lines: Sequence[str]) -> bool:
    if not 2 <= len(lines) <= _MOST_LINES or any(len(line) > _LONGEST_LINE for line in lines):
        return False
    figures = [place for place, line in enumerate(lines) if is_figure_line(line)]
    named = all(_NAME.fullmatch(lines[place - 1]) for place in figures[1:])  # "Last month" over "58.3%"
    return bool(figures) and named and any(_WORD.search(line) for line in lines)


def _are_tiles(tiles: Sequence[Sequence[str]]) -> bool:
    """At least two, that do not merely count themselves."""
    if len(tiles) < 2:
        return False
    figures = [next(line for line in tile if is_figure_line(line)).strip() for tile in tiles]
    counted = [int(figure) for figure in figures if figure.isdecimal()]
    return counted != list(range(counted[0], counted[0] + len(figures))) if len(counted) == len(figures) else True

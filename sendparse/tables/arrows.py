"""Which way an arrow points, from its glyph, its symbol font or its outline.

In: a word, or the points of a painted shape. Out: up, down or flat, or nothing. An arrow to the side, or to both sides, is
flat. One that points both up and down says nothing. The outline is judged by its tip: a narrow end in the middle of one
side, across from a wider one.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import cos, pi, sin

from sendparse.model import Trend

Point = tuple[float, float]

_UP = "↑⇑⇧⇡⬆⏫🔼🔺▲△▴▵⯅⭡🡅🡑🠝🠕⏶↗⬈⇗🡕🡽⭧↖⬉⇖🡔⭦🡹🢁🢑▲️\ue110\ue74a\ue70e\uf0e1"
_DOWN = "↓⇓⇩⇣⬇⏬🔽🔻▼▽▾▿⯆⭣🡇🡓🠟🠗⏷↘⬊⇘🡖🡾⭨↙⬋⇙🡗⭩🡻🢃🢓\ue74b\ue70d\ue1fd\uf0e2"
_FLAT = "→⇒⇨⇢➔➙➜➝➞➡➤►▶▸▹▷⯈⭢🡆🡒🠞🠖⏵↔⇔⬌⬄⟷⟺◄◀◂◃◁⯇⭠←⇐⇦⬅🡄🡐🠜⏴⏸➨➧🢂🢒\ue111\ue72a\ue76c"
_GLYPHS: dict[str, Trend] = {}
_GLYPHS |= dict.fromkeys(_UP, "up")
_GLYPHS |= dict.fromkeys(_DOWN, "down")
_GLYPHS |= dict.fromkeys(_FLAT, "flat")
_GLYPHS.pop("\ufe0f", None)

_FIRST_ARROW = min(map(ord, _GLYPHS))

# Characters that are arrows in one font only, by the byte they were typed with.
_FONTS: dict[str, dict[Trend, str]] = {
    "wingdings": {
        "up": "\xe1\xe3\xe4\xe9\xeb\xec\xf1\xf5\xf6",
        "down": "\xe2\xe5\xe6\xea\xed\xee\xf2\xf7\xf8",
        "flat": "\xdf\xe0\xe7\xe8\xef\xf0\xf3\xd8",
    },
    "wingdings2": {},
    "wingdings3": {
        "up": "#hjkp\x72\x25\x26",
        "down": "$lmiqs\x27\x28",
        "flat": '!"fgtuvw',
    },
    "webdings": {"up": "5", "down": "6", "flat": "34"},
    "symbol": {"up": "\xad\xdd", "down": "\xaf\xdf", "flat": "\xac\xae\xab\xdc\xde\xdb"},
    "marlett": {"up": "5t", "down": "6u", "flat": "34vw"},
}
_PLAIN: dict[Trend, str] = {}
_PRIVATE = range(0xF020, 0xF100)  # where such fonts keep their characters
_TIP = 0.22  # of the width: a tip is no wider
_CENTRED = 0.14  # of the width: how far from the middle
_UNEVEN = 0.3  # of width and height together, between a point and the one across from it
_EDGE = 0.09  # of the height: how near the end a point belongs to it


def arrow_in(text: str, font: str = "") -> Trend:
    """The direction of the first arrow in a word."""
    table = _font_table(font) if font else _PLAIN
    if not table and text.isascii():
        return ""
    for letter in text:
        found = _GLYPHS.get(letter)
        if found and ord(letter) not in _PRIVATE:
            return found
        if table:
            code = ord(letter) - 0xF000 if ord(letter) in _PRIVATE else ord(letter)
            for trend, letters in table.items():
                if chr(code) in letters:
                    return trend
    return ""


def may_point(text: str) -> bool:
    """Whether a text holds an arrow, or a character that may be one in its font."""
    return any(ord(letter) >= _FIRST_ARROW and (letter in _GLYPHS or has_private_letter(letter)) for letter in text)


def is_symbol_font(font: str) -> bool:
    """Whether a font has pictures for letters, arrows among them."""
    return bool(_font_table(font))


@lru_cache(maxsize=1000)
def _font_table(font: str) -> dict[Trend, str]:
    name = font.rpartition("+")[2].casefold().replace(" ", "").replace("-", "")
    for known in ("wingdings3", "wingdings2", "wingdings", "webdings", "marlett"):
        if name.startswith(known):
            return _FONTS[known]
    if name.startswith("opensymbol"):  # what an office suite prints in place of Wingdings, with its codes
        return _FONTS["wingdings"]
    return _FONTS["symbol"] if name in ("symbol", "symbolmt") else _PLAIN


def has_private_letter(text: str) -> bool:
    """A character without a meaning of its own: its font is needed to know what it shows."""
    return any(0xE000 <= ord(letter) <= 0xF8FF for letter in text)


def direction_of(points: Iterable[Point]) -> Trend:
    """The direction of an outline, straight or slanting."""
    return _direction_of(tuple(points))


@lru_cache(maxsize=256)
def _direction_of(points: tuple[Point, ...]) -> Trend:
    outline = list(dict.fromkeys((round(x, 2), round(y, 2)) for x, y in points))
    if len(outline) < 3:
        return ""
    straight = _pointing(outline)
    if straight:
        return {"up": "up", "down": "down"}.get(straight, "flat")  # type: ignore[return-value]
    turned = _pointing([_turned(point) for point in outline])
    # A quarter of a turn to the left: what points up and right now points up.
    return {"up": "up", "left": "up", "down": "down", "right": "down"}.get(turned, "")  # type: ignore[return-value]


def _turned(point: Point) -> Point:
    x, y = point
    angle = -pi / 4
    return (x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle))


def _pointing(outline: list[Point]) -> str:
    """up, down, left or right; y grows down the page."""
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    wide, high = x1 - x0, y1 - y0
    if min(wide, high) < 1.0 or max(wide, high) > 4 * min(wide, high):
        return ""
    upright = [((x - x0) / wide, (y - y0) / high) for x, y in outline]
    lying = [(y, x) for x, y in upright]
    one, two = _tip(upright), _tip(lying)
    if bool(one) == bool(two):
        return ""
    return {1: "up", -1: "down"}[one] if one else {1: "left", -1: "right"}[two]


def _tip(outline: list[Point]) -> int:
    """1 where the tip is at the small end of the second axis, -1 at the great end, 0 where there is none."""
    first = [x for x, y in outline if y <= _EDGE]
    last = [x for x, y in outline if y >= 1 - _EDGE]
    sides = [y for x, y in outline if x <= _EDGE or x >= 1 - _EDGE]
    narrow = [_spread(end) for end in (first, last)]
    centred = [_is_centred(end) for end in (first, last)]
    if not all(centred) or not sides:
        return 0
    left = [y for x, y in outline if x <= _EDGE]
    right = [y for x, y in outline if x >= 1 - _EDGE]
    if abs(sum(left) / max(1, len(left)) - sum(right) / max(1, len(right))) > 0.2:
        return 0
    if min(narrow) > _TIP or not _is_even(outline):
        return 0
    if abs(narrow[0] - narrow[1]) < 0.08:  # a shaft as thin as the tip: the barbs tell
        barbs = sum(sides) / len(sides)
        return 0 if abs(barbs - 0.5) < 0.08 else (1 if barbs < 0.5 else -1)
    return 1 if narrow[0] < narrow[1] else -1


def _is_even(outline: list[Point]) -> bool:
    """Whether both halves are alike: every point has one across from it."""
    return all(any(abs(1 - x - a) + abs(y - b) < _UNEVEN for a, b in outline) for x, y in outline)


def _spread(values: list[float]) -> float:
    return max(values) - min(values)


def _is_centred(values: list[float]) -> bool:
    return bool(values) and abs((max(values) + min(values)) / 2 - 0.5) <= _CENTRED

"""Directions and ratings as a text prints them: "▲", "(▼3)", "Amber", "increasing", and letters in columns of ratings.

In: the text of a cell. Out: what it says, and nothing where it says several things. Marks that are drawn are told by
tables/; what they are said of is the work of table.py.
"""

from __future__ import annotations

import re
from typing import cast

from sendparse.model import Rag, Trend

UP = "▲△⏶⮝🔺🔼⬆↑⇧⇑↟⭡🠉🡅🡑↗⬈⇗➚⭧🡥▴▵"
DOWN = "▼▽⏷⮟🔻🔽⬇↓⇩⇓↡⭣🠋🡇🡓↘⬊⇘➘⭨🡦▾▿"
FLAT = "▶▷►▻◀◁◄◅→←↔⇨⇦⇔⇒⇐➔➙➜➝➞➡⬅⬌⟶⟵⟷⮕⮞⮜⭢⭠🠊🡆🡒🡐▸▹◂◃⏵⏴"
_TREND: dict[str, Trend] = {
    **dict.fromkeys(UP, "up"),
    **dict.fromkeys(DOWN, "down"),
    **dict.fromkeys(FLAT, "flat"),
}
_ARROWS = re.compile(f"[{UP}{DOWN}{FLAT}]\ufe0f?")
_ARROW_SIGN = re.compile(rf"\(\s*([{UP}{DOWN}])\ufe0f?\s*(?=[£\d.])")  # "(▲3)": risen by 3
_ARROW_BETWEEN = re.compile(rf"(?<=[\d%])\s*([{UP}{DOWN}])\ufe0f?\s*([\d.]+\s?(?:%|pp)?)$")  # "58.3% ▲2.1"
_SPACES = re.compile(r"\s+")
_PRIVATE = re.compile("[\ue000-\uf8ff]")  # letters of symbol fonts
RAG = re.compile(r"[(\[]?\b(red|amber|green|blue|grey|gray)\b[)\]]?", re.I)


def arrow_in(text: str) -> Trend:
    """The direction of the arrows in a text; nothing when there is none or they disagree."""
    if text.isascii():
        return ""
    seen = {_TREND[arrow[0]] for arrow in _ARROWS.findall(text)}
    return seen.pop() if len(seen) == 1 else ""


def rag_in(text: str) -> Rag:
    """The rating that a text names in so many words; nothing when there is none or several."""
    seen = {match.group(1).lower().replace("gray", "grey") for match in RAG.finditer(text)}
    return cast(Rag, seen.pop()) if len(seen) == 1 else ""


_DIRECTIONS: dict[str, Trend] = {
    **dict.fromkeys(("up", "upward", "upwards", "increase", "increased", "increasing", "rising", "higher"), "up"),
    **dict.fromkeys(
        ("down", "downward", "downwards", "decrease", "decreased", "decreasing", "falling", "lower"), "down"
    ),
    **dict.fromkeys(("flat", "level", "same", "no change", "unchanged", "sideways"), "flat"),
}


def trend_word(text: str) -> Trend:
    """The direction that a word says, in a column of directions; "Improving" says none."""
    return _DIRECTIONS.get(" ".join(text.lower().split()).strip(" .()"), "")


LETTERS: dict[str, Rag] = {"r": "red", "a": "amber", "g": "green", "b": "blue"}


def rag_letter(text: str) -> Rag:
    """The rating that a single letter stands for, in a column of ratings."""
    return LETTERS.get(text.strip().lower(), "")


def without_arrows(printed: str) -> tuple[Trend, str]:
    """The direction that arrows say, and the text with signs and brackets in their place where they stand for them."""
    moved = _ARROW_BETWEEN.sub(lambda m: f" ({m[1]}{m[2]})", printed)
    signed = _ARROW_SIGN.sub(lambda m: "(-" if _TREND[m[1]] == "down" else "(+", moved)
    return arrow_in(printed), _SPACES.sub(" ", _PRIVATE.sub(" ", _ARROWS.sub(" ", signed))).strip()

"""Words of a line that the ink parts wrongly, told by the words that papers use.

In: the pieces of a line as its gaps part them, and the height of its ink. Out: the pieces with the words whole. In small print
the gap within "Mai n" is as wide as that between "to" and "be": pieces close together that make a known word are one, a small
word that hangs on a known one is parted from it, and so are the day, month and year of a date. The known words are those of
the pattern files, wordings and examples; a word that they do not hold stays as the ink has it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from sendparse.packs import patterns_folder

if TYPE_CHECKING:
    from sendparse.read.ocr_words import Piece

_CLOSE = 0.45  # of the height of the ink: pieces further apart are never one word
_MOST_PIECES = 8
_SMALL = "to|of|and|in|for|the|on|at|by|with|per|from|as|is|are"
_HANGING = re.compile(rf"(?P<word>[A-Za-z]{{4,}}?)(?P<small>{_SMALL})|(?P<first>(?i:{_SMALL}))(?P<last>[A-Za-z]{{4,}})")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_DATE = re.compile(rf"(\d{{1,2}})?({_MONTH})((?:19|20)\d\d)?")
_ENDS = (("ies", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("d", ""))
_TORN = 0.3  # of the height: the parts of a figure torn at its point or comma are no further apart
_SIGNED = ("%", "%)", "m", "k")  # a figure that ends so is no end of a sentence and the beginning of the next
_THOUSANDS = re.compile(r"[(£-]*\d{1,3}(?:,\d{3})*(?:, ?| ,)\d{3}(?:,\d{3})*\D{0,2}")
_DECIMALS = re.compile(r"[(£-]*\d{1,3}(?:\. ?| \.)\d{1,2}(?:%|m|k|\)|%\))?")
_SUM = 0.55  # of the height: the sign and the scale of a sum stand no further from it
_AMOUNT = re.compile(r"\d[\d,]*(?:\.\d+)?(?:m|k|bn)?[.,;:)]*")
_SCALE_LETTER = re.compile(r"(?:m|k|bn)[.,;:)]*")
_SCALE = re.compile(r"['’]?000s?")
_WORD = re.compile(r"[A-Za-z]{2,}")


def in_full(pieces: Sequence[Piece], height: float) -> list[Piece]:
    """The pieces of a line, from left to right, with its known words whole and apart."""
    out: list[Piece] = []
    at = 0
    pieces = _figures(pieces, height)
    while at < len(pieces):
        count = next((n for n in range(_reach(pieces, at, height), 1, -1) if _one_word(pieces[at : at + n])), 1)
        out.append(_joined(pieces[at : at + count]))
        at += count
    return [part for piece in out for part in _parted(piece)]


def _figures(pieces: Sequence[Piece], height: float) -> list[Piece]:
    """The figures torn at a point or a comma put together; "000" alone is the scale whose pound sign was not read."""
    out: list[Piece] = []
    for piece in pieces:
        reach = _CLOSE if piece.text.endswith(_SIGNED) else _TORN
        if out and piece.x0 - out[-1].x1 <= reach * height and _torn(out[-1].text, piece.text):
            score = min(out[-1].score, piece.score)
            out[-1] = replace(out[-1], text=out[-1].text + piece.text, score=score, x1=piece.x1)  # "72. 7%"
        elif out and piece.x0 - out[-1].x1 <= _SUM * height and (whole := _sum(out[-1].text, piece.text)):
            out[-1] = replace(out[-1], text=whole, score=min(out[-1].score, piece.score), x1=piece.x1)
        elif _SCALE.fullmatch(piece.text) and not (out and out[-1].text[-1:].isdigit()):
            out.append(replace(piece, text=f"£{piece.text.lstrip('’')}"))
        else:
            out.append(piece)
    return out


def _sum(left: str, right: str) -> str:
    """A sum of money torn at its sign or its scale ("f 1.1m", "£1.1 m"), put together; nothing where it is none."""
    if left in {"f", "£"} and _AMOUNT.fullmatch(right):
        return f"£{right}"
    return left + right if left.startswith("£") and left[-1:].isdigit() and _SCALE_LETTER.fullmatch(right) else ""


def _torn(left: str, right: str) -> bool:
    if not (left[-1:] in {".", ","} or right[:1] in {".", ","}):
        return False
    both = f"{left} {right}"
    return bool(_THOUSANDS.fullmatch(both) or _DECIMALS.fullmatch(both))


def _reach(pieces: Sequence[Piece], at: int, height: float) -> int:
    """How many pieces from here stand close enough to be one word."""
    count = 1
    while count < _MOST_PIECES and at + count < len(pieces):
        if pieces[at + count].x0 - pieces[at + count - 1].x1 > _CLOSE * height:
            break
        count += 1
    return count


def _one_word(pieces: Sequence[Piece]) -> bool:
    texts = [piece.text for piece in pieces]
    whole = "".join(texts).rstrip(".,;:)")
    if not whole.isalpha() or len(whole) < 3 or any(text[:1].isupper() for text in texts[1:]):
        return whole.isupper() and len(whole) > 3 and _known(whole) and not all(map(_known, texts))
    return _known(whole) and not all(_known(text.rstrip(".,;:)")) for text in texts)


def _joined(pieces: Sequence[Piece]) -> Piece:
    if len(pieces) == 1:
        return pieces[0]
    letters = sum(len(piece.text) for piece in pieces)
    score = sum(piece.score * len(piece.text) for piece in pieces) / letters
    return replace(pieces[0], text="".join(piece.text for piece in pieces), score=score, x1=pieces[-1].x1)


def _parted(piece: Piece) -> list[Piece]:
    """A date without its spaces in parts; a small word apart from the known word that it hangs on."""
    date = _DATE.fullmatch(piece.text)
    if date and (date[1] or date[3]):
        return _cut(piece, [part for part in date.groups() if part])
    if not piece.text.isalpha() or _known(piece.text):
        return [piece]
    hanging = _HANGING.fullmatch(piece.text)
    if hanging is None or not _known(hanging["word"] or hanging["last"]):
        return [piece]
    return _cut(piece, [part for part in hanging.groups() if part])


def _cut(piece: Piece, texts: Sequence[str]) -> list[Piece]:
    """The parts of a word, each with its share of the ink."""
    wide = (piece.x1 - piece.x0) / len(piece.text)
    out, at = [], 0
    for text in texts:
        out.append(replace(piece, text=text, x0=piece.x0 + at * wide, x1=piece.x0 + (at + len(text)) * wide))
        at += len(text)
    return out


def _known(word: str) -> bool:
    word, known = word.lower(), _vocabulary()
    return word in known or any(
        word.endswith(end) and len(word) > len(end) + 3 and word[: -len(end)] + instead in known
        for end, instead in _ENDS
    )


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """All words of the pattern files."""
    folder = patterns_folder()
    files = sorted(file for file in folder.rglob("*.yaml") if "reference" not in file.relative_to(folder).parts)
    return frozenset(word.lower() for file in files for word in _WORD.findall(file.read_text(encoding="utf-8")))

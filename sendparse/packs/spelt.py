"""Forms of words written in short: `<deadline>` for any word of a class, `agree+` for a verb in all its forms.

In: a form as `words.yaml` holds it, the classes of words, the irregular verbs. Out: the same form with alternatives in the
place of what was short, "within/inside <deadline>" as "within/inside deadline/timescale/time_limit". One line then covers
what a list would take dozens for, and a word added to a class is known wherever the class is used. `one/two` and
`(optional)` are the work of wording.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import product

_CLASS = re.compile(r"<(\w+)>")
_VERB = re.compile(r"[A-Za-z_'-]*[A-Za-z]\+[A-Za-z_'+-]*")
_DEEPEST = 5  # classes within classes


def written_out(
    form: str, classes: Mapping[str, Sequence[str]], irregular: Mapping[str, Sequence[str]] | None = None
) -> str:
    """The form with its classes and verbs spelt out as alternatives. Raises KeyError for a class that nobody defined."""
    for _ in range(_DEEPEST):
        if "<" not in form:
            break
        form = _CLASS.sub(lambda found: "/".join(word.replace(" ", "_") for word in classes[found[1]]), form)
    return _VERB.sub(lambda found: "/".join(_inflected(found[0], irregular or {})), form)


def _inflected(word: str, irregular: Mapping[str, Sequence[str]]) -> list[str]:
    """`turn+_down` as turn_down, turned_down, turning_down: every verb in it in each of its forms."""
    pieces = [forms_of(piece[:-1], irregular) if piece.endswith("+") else (piece,) for piece in word.split("_")]
    return ["_".join(chosen) for chosen in product(*pieces)]


def forms_of(verb: str, irregular: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """A verb with its past and its -ing form; the -s of "issues" needs none, plurals are folded anyway."""
    if verb in irregular:
        return (verb, *irregular[verb])
    if verb.endswith("ee"):
        return verb, f"{verb}d", f"{verb}ing"
    if verb.endswith("e"):
        return verb, f"{verb}d", f"{verb[:-1]}ing"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb, f"{verb[:-1]}ied", f"{verb}ing"
    return verb, f"{verb}ed", f"{verb}ing"

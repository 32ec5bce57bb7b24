"""The words of front sheets, read from `patterns/facts.yaml`.

In: the file. Out: `Wordings`, in the form in which words are compared. A key that is not known is refused: a misspelt
one would be a wording that silently never matches.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from sendparse.errors import PackError
from sendparse.facts.sought import BeforeMarks, Sought

LABEL_KINDS = ("meeting", "meeting_date", "date", "published_date", "title", "council", "data_date", "stop")
"""What a label on a front sheet may announce; `stop` ends another label's value and announces nothing of ours."""

_LISTS = (
    "bodies",
    "whole_names",
    "covers",
    "not_bodies",
    "compass",
    "not_the_publisher",
    "other_publishers",
    "other_letterheads",
    "speaks_as_council",
    "data_cues",
    "no_titles",
    "title_words",
)
_KEYS = {"labels", "council_words", "examples", *_LISTS}
_ASIDE = 40  # letters in brackets behind a label
_END_OF = r"(?:(?:the\s+)?(?:end|close)\s+of\s+)?(?:the\s+)?"
_NUMBERED = re.compile(r"^(?:\d+[.)]?\s+|[(\[]?[a-z][.)]\s+)")
_COUNCIL_WORD_KEYS = {"before", "between", "after", "letters", "not_next"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FactExample:
    """A line of a front sheet with what it must give (empty: nothing)."""

    group: str
    says: str
    gives: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Wordings:
    """All wordings of `facts.yaml`, in lower case with plain dashes and apostrophes."""

    labels: Mapping[str, str]  # words of a label to its kind
    lists: Mapping[str, tuple[str, ...]]
    council_words: Mapping[str, frozenset[str]]
    examples: tuple[FactExample, ...]

    @cached_property
    def council_before(self) -> re.Pattern[str]:
        """Words that make the name after them a council's: "London Borough of". Capitals are checked by the caller."""
        return re.compile(rf"(?<!\w)(?:{_any_of(self.council_words['before'])})\s+$", re.IGNORECASE)

    @cached_property
    def council_after(self) -> re.Pattern[str]:
        """Words that make the name before them a council's: "County Council", "(BCP) Council", "MBC"."""
        words = {kind: _any_of(entries) for kind, entries in self.council_words.items()}
        return re.compile(
            r"(?:\s*\([^()\s]{2,8}\))?"
            rf"(?:(?:[\s-]+(?i:{words['between']}))*[\s-]+(?i:{words['after']})|\s+(?:{words['letters'].upper()}))\b"
            rf"(?!\s+(?i:{words['not_next']})\b)"
        )

    @cached_property
    def label_pattern(self) -> BeforeMarks:
        """A label with its colon, anywhere in a line."""
        expression = re.compile(
            rf"(?<![\w'’])(?P<label>{_any_of(self.labels)})\s?(?:\([^)]{{0,{_ASIDE}}}\)\s?)?[:;]", re.IGNORECASE
        )
        longest = max(len(label.replace("&", "and")) for label in self.labels)
        return BeforeMarks(expression, longest + len(" :"), _ASIDE + len("() "))

    @cached_property
    def label_start(self) -> re.Pattern[str]:
        """A label at the start of a line, where tables lost their lines and labels their colons."""
        return re.compile(rf"(?P<label>{_any_of(self.labels)})\b\s*[-–—:]?\s+(?=\S)", re.IGNORECASE)

    @cached_property
    def cover_start(self) -> re.Pattern[str]:
        """Words before a meeting's name on a cover: "Supplementary papers for", "Minutes of"."""
        return re.compile(rf"(?:(?:{_any_of(self.lists['covers'])})\b[\s:,–—-]*(?:a |the )?)+", re.IGNORECASE)

    @cached_property
    def data_cue(self) -> Sought:
        """Words before the day to which data goes."""
        words = self.lists["data_cues"]
        return Sought(re.compile(rf"\b(?P<cue>{_any_of(words)})\b[\s:,–—(-]*{_END_OF}", re.IGNORECASE), words)

    @cached_property
    def against(self) -> re.Pattern[str]:
        """Words right before a name that make it somebody else's."""
        return re.compile(rf"(?:^|[\s(])(?:{_any_of(self.lists['not_the_publisher'])})[\s:,]*(?:the )?$", re.IGNORECASE)

    def matcher(self, *names: str) -> Sought:
        """A pattern that finds any wording of these lists as whole words."""
        return _matcher(tuple(word for name in names for word in self.lists[name]))


def plain(text: str) -> str:
    """Text in the form in which wordings are compared: lower case, plain apostrophes and dashes, single spaces."""
    text = text.lower()
    if not text.isascii():
        text = text.replace("’", "'").replace("‘", "'").replace("–", "-").replace("—", "-")
    return " ".join((text.replace("/", " / ") if "/" in text else text).split())


def label_key(text: str) -> str:
    """A label without what may stand around it: colon, number in front, stops."""
    return _NUMBERED.sub("", plain(text)).strip(" .:;-*")


@lru_cache(maxsize=4)
def load_wordings(path: Path) -> Wordings:
    """Read the file. Raises PackError, naming it, when it is missing or says something that is not understood."""
    import yaml

    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PackError(str(path), f"cannot be read: {error}", "see patterns/README.md") from error
    if not isinstance(raw, dict):
        raise PackError(str(path), "is no mapping of groups to wordings", "see patterns/README.md")
    _refuse_unknown(path, "the file", raw, _KEYS)
    _refuse_unknown(path, "labels", raw.get("labels", {}), set(LABEL_KINDS))
    _refuse_unknown(path, "council_words", raw.get("council_words", {}), _COUNCIL_WORD_KEYS)
    words = {key: frozenset(_words(path, key, raw["council_words"].get(key, []))) for key in _COUNCIL_WORD_KEYS}
    return Wordings(
        labels={label: kind for kind in LABEL_KINDS for label in _words(path, kind, raw["labels"].get(kind, []))},
        lists={name: tuple(_words(path, name, raw.get(name, []))) for name in _LISTS},
        council_words=words,
        examples=tuple(
            FactExample(
                group=group, says=str(entry["says"]), gives="" if entry["gives"] is None else str(entry["gives"])
            )
            for group, entries in raw.get("examples", {}).items()
            for entry in entries
        ),
    )


def _words(path: Path, group: str, entries: Any) -> list[str]:
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        raise PackError(str(path), f"`{group}` is no list of wordings (words such as yes, no and on need quotes)")
    return [plain(entry) for entry in entries]


def _refuse_unknown(path: Path, where: str, found: Mapping[str, Any], known: set[str]) -> None:
    unknown = sorted(str(key) for key in found if key not in known)
    if unknown:
        raise PackError(str(path), f"{where}: '{unknown[0]}' is not known", f"one of: {', '.join(sorted(known))}")


@lru_cache(maxsize=32)
def _matcher(words: tuple[str, ...]) -> Sought:
    return Sought(re.compile(rf"(?<!\w)(?:{_any_of(words)})(?!\w)", re.IGNORECASE), words)


def _any_of(words: Any) -> str:
    """Alternatives, longest first; a space stands for any white space, "/" may be tight, an apostrophe may be curly."""
    return "|".join(_loose(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _loose(word: str) -> str:
    text = re.escape(word)
    for printed, accepted in (
        (r"\ /\ ", r"\s*/\s*"),
        (r"\ ", r"\s+"),
        ("'", "['’]"),
        (r"\-", "[-–‑ ]"),
        (r"\&", "(?:&|and)"),
    ):
        text = text.replace(printed, accepted)
    return text

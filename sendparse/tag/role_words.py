"""The words that give a figure its part, as expressions: shared by role.py and role_runs.py."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sendparse.tag.hints import Hinted
from sendparse.tag.wordings import any_of, rules

_ENDS = r"(?:(?<!\w)(?:of|is|was|are|were|be|to|at|for|from|of\s+\w+ing|being|remains|set\s+at|reach|achieve|that|have)|[:=(–-])"


@dataclass(frozen=True, slots=True)
class Role:
    """A role and the words that say so."""

    name: str
    cue: str = ""


@cache
def hedge(name: str = "hedges") -> str:
    """Up to two words that may stand between a cue and its figure."""
    return rf"(?:\s*(?:{any_of(rules('roles')[name])})\s*){{0,2}}"


@cache
def pledge() -> str:
    """Up to what is aimed at: "our aim is to get this", "we will increase the share of plans issued within 20 weeks"."""
    words, verbs = (any_of(rules("roles")["aims"][name]) for name in ("words", "verbs"))
    return (
        rf"(?i)\b(?:(?P<cue>{words})\s+(?:together\s+|hard\s+|now\s+|also\s+)?to|(?:we|council|authority|service|partnership|team)\s+will)"
        rf"\s+(?:{verbs})\s(?:[^.;\d]|\d{{1,2}}\s+weeks){{0,110}}?"
    )


@cache
def role_rule(name: str) -> dict[str, Hinted]:
    """The expressions of one role, by where its words stand."""
    found: Any = rules("roles")[name]
    out: dict[str, Hinted] = {}
    if name == "forecast":
        out["before"] = Hinted(rf"(?i)\b(?P<cue>{any_of(found['before'], caseless=True)})\s+{hedge()}$")
    elif "before" in found:
        words = any_of(found["before"], caseless=True)
        out["before"] = Hinted(rf"(?i)\b(?P<cue>{words})\b(?P<gap>\s*(?:[^.;,]{{0,80}}?{_ENDS})?\s*){hedge()}$")
    if "after" in found:
        out["after"] = Hinted(
            rf"(?i)\s*(?:[-–]\s*)?(?:percentage\s+point\s+)?\(?(?P<cue>{any_of(found['after'], caseless=True)})\b"
        )
    if "scope" in found:
        out["scope"] = Hinted(rf"(?i)(?<![\w-])(?P<cue>{any_of(found['scope'], caseless=True)})(?![\w-])")
    if "not" in found:
        out["not"] = Hinted(rf"(?i)\b(?:{any_of(found['not'], caseless=True)})\b")
    if "progressive" in found:
        out["progressive"] = Hinted(rf"(?i)\b(?:{any_of(found['progressive'], caseless=True)})\b[^.;]{{0,40}}$")
    if "blockers" in found:
        out["blockers"] = Hinted(rf"(?i)\b(?:{any_of(found['blockers'], caseless=True)})\s+(?:\w+\s+){{0,3}}$")
    return out

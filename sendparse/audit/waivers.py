"""A reviewer's decisions: checks that were looked at and are right as they stand.

In: a YAML file, a list with `check` (the id), `reason`, `who` and `when` of each decision. Out: records. A decision
without a reason, a name or a day is no decision and is refused with its line.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from sendparse.errors import InputError

_FIELDS = ("check", "reason", "who", "when")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """One decision: this check (its `check_id`) does not count, why, who said so and on which day."""

    check: str
    reason: str
    who: str
    when: date


def read_waivers(path: Path) -> list[Waiver]:
    """All decisions of a file. Raises InputError, with the place, when it cannot be understood."""
    hint = "write a list of `- {check: ID, reason: WHY, who: NAME, when: 2025-03-11}`; the ids are in checks.csv"
    try:
        # Everything as text: an id of digits, or one such as 12e4567890123456, is no number.
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(str(path), f"cannot be read: {error}", hint) from error
    if not found:
        return []
    if not isinstance(found, list):
        raise InputError(str(path), "is no list of waivers", hint)
    return [_waiver(path, number, entry, hint) for number, entry in enumerate(found, 1)]


def _waiver(path: Path, number: int, entry: Any, hint: str) -> Waiver:
    where = f"{path}, entry {number}"
    if not isinstance(entry, dict) or set(entry) - set(_FIELDS):
        raise InputError(where, "has a field that is none of check, reason, who and when", hint)
    missing = [name for name in _FIELDS if not entry.get(name)]
    if missing:
        raise InputError(where, f"does not say {', '.join(missing)}", hint)
    try:
        when = date.fromisoformat(entry["when"])
    except ValueError as error:
        raise InputError(where, f"`when` is no day: {entry['when']}", hint) from error
    return Waiver(check=str(entry["check"]), reason=str(entry["reason"]), who=str(entry["who"]), when=when)

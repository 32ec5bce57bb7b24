"""The corrections file: one JSON object a line, only ever added to, so that it keeps who decided what, when, and on what.

In: a file. Out: `Decision`s, and for each figure the last one. A line that cannot be understood is refused with its
number. A figure is named by its id and also by its place and print, so that a decision still finds it when a later
version reads the paper differently.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal, get_args, get_type_hints

from sendparse.dataset.columns import resources
from sendparse.errors import InputError
from sendparse.model import Observation

Act = Literal["accept", "correct", "reject", "withdraw"]
ACTS: tuple[Act, ...] = get_args(Act)

CORRECTABLE = (
    "kpi", "breakdown", "value", "value_high", "unit", "qualifier", "numerator", "denominator", "period_start",
    "period_end", "period_basis", "role", "benchmark", "area_type", "area", "trend", "rag",
)  # fmt: skip
"""Fields that a reviewer may change. Where a figure stands and how it is printed is not among them."""

_HINT = "mend the line or take it out; every line is one decision, written by `sendparse review`"
_UNITS = (
    "percent", "percentage_points", "count", "gbp", "weeks", "days", "months", "years", "rate_per_10k", "rate_per_100",
    "score", "fte", "ratio", "multiple",
)  # fmt: skip
_BASES = (
    "month", "quarter", "term", "calendar_year", "financial_year", "academic_year", "snapshot", "year_to_date",
    "rolling_12_months", "other",
)  # fmt: skip
_ROLES = ("actual", "target", "floor", "forecast", "baseline", "benchmark", "change", "limit", "context", "planned")
_QUALIFIERS = ("about", "over", "under", "at_least", "up_to")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision on one figure. `before` is the whole figure as it was read, `after` what a correction puts instead."""

    observation_id: str
    document_id: str
    act: Act
    who: str
    when: str  # ISO, UTC, to the second
    why: str = ""
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)

    @property
    def row(self) -> Observation:
        """The figure as it was read when the decision was made."""
        return Observation(**{name: _value(name, value) for name, value in self.before.items()})

    @property
    def holds(self) -> dict[str, Any]:
        """The fields that the decision stands for: those accepted as read, or those corrected."""
        read = {name: self.before.get(name) for name in CORRECTABLE if name in self.before}
        return {name: _value(name, value) for name, value in (read | dict(self.after)).items()}


def corrections_file(dataset: Path) -> Path:
    """Where the decisions on a dataset are kept unless the user says otherwise: beside it."""
    folder = dataset.resolve()
    return folder.with_name(f"{folder.name}.corrections.jsonl")


def decision(
    row: Observation,
    act: Act,
    *,
    who: str,
    why: str = "",
    after: Mapping[str, Any] | None = None,
    now: datetime | None = None,
) -> Decision:
    """A new decision on a figure, dated now. Raises InputError when something in it means nothing."""
    made = Decision(
        observation_id=row.observation_id,
        document_id=row.document_id,
        act=act,
        who=who.strip(),
        when=(now or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        why=why.strip(),
        before={name: _json(value) for name, value in asdict(row).items()},
        after={name: _json(value) for name, value in (after or {}).items()},
    )
    _proved(made, "the decision")
    return made


def append(path: Path, made: Decision) -> None:
    """Add a decision to the file, whole or not at all, also when several reviewers write."""
    line = json.dumps(asdict(made), ensure_ascii=False, separators=(",", ":")) + "\n"
    with path.open("ab") as file:
        with contextlib.suppress(ImportError):
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        file.write(line.encode("utf-8", "backslashreplace"))
        file.flush()
        os.fsync(file.fileno())


def read_log(path: Path) -> list[Decision]:
    """All decisions, the oldest first; none when there is no file. Raises InputError, with the line, on a broken one."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"cannot be read: {error}", _HINT) from error
    return list(_decisions(text, path))


def _decisions(text: str, path: Path) -> Iterator[Decision]:
    known = {one.name for one in fields(Decision)}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            content = json.loads(line)
        except ValueError as error:
            raise InputError(where, f"is no JSON: {error}", _HINT) from error
        if not isinstance(content, dict) or set(content) - known or not isinstance(content.get("before"), dict):
            raise InputError(where, "is no decision", _HINT)
        try:
            made = Decision(**content)
        except TypeError as error:
            raise InputError(where, f"is no whole decision: {error}", _HINT) from error
        _proved(made, where)
        yield made


def latest(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """The last decision on each figure that is not withdrawn, by the figure's id."""
    out: dict[str, Decision] = {}
    for one in decisions:
        out.pop(one.observation_id, None)
        if one.act != "withdraw":
            out[one.observation_id] = one
    return out


def _proved(made: Decision, where: str) -> None:
    """Raise InputError unless every part of a decision means something."""
    if made.act not in ACTS:
        raise InputError(where, f"'{made.act}' is none of {', '.join(ACTS)}", _HINT)
    if not isinstance(made.who, str) or not made.who:
        raise InputError(where, "does not say who decided", _HINT)
    if made.act == "correct" and not made.after:
        raise InputError(where, "corrects nothing", _HINT)
    if made.act != "correct" and made.after:
        raise InputError(where, f"a decision to {made.act} changes no field", _HINT)
    for name, value in made.after.items():
        if name not in CORRECTABLE:
            raise InputError(
                where, f"'{name}' is no field that can be corrected", f"these can: {', '.join(CORRECTABLE)}"
            )
        _proved_value(name, value, where)
    if not set(made.before) <= set(resources()["observations"].names) or "observation_id" not in made.before:
        raise InputError(where, "`before` is no figure", _HINT)
    first, last = made.holds.get("period_start"), made.holds.get("period_end")
    if first and last and first > last:
        raise InputError(where, "the period ends before it begins", _HINT)


def _proved_value(name: str, value: Any, where: str) -> None:
    allowed = _allowed().get(name)
    if allowed is not None and value not in allowed:
        raise InputError(where, f"{name} cannot be '{value}'", f"one of: {', '.join(one for one in allowed if one)}")
    kind = _kinds()[name]
    if kind is float:
        fits = value is None or (isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15)
    elif kind is date:
        fits = value is None or _day(value) is not None
    else:
        fits = isinstance(value, str) and len(value) <= 500
    if not fits:
        raise InputError(where, f"{name} cannot be {value!r}", _HINT)


def _allowed() -> dict[str, tuple[str, ...]]:
    """Closed lists, with the empty text where a field may be empty."""
    columns = {one.name: one.allowed for one in resources()["observations"].columns if one.allowed}
    lists = {"unit": _UNITS, "period_basis": _BASES, "role": _ROLES, "qualifier": _QUALIFIERS}
    lists |= {name: columns[name] for name in ("benchmark", "area_type", "trend", "rag")}
    return {name: values if name == "role" else ("", *values) for name, values in lists.items()}


def choices() -> dict[str, tuple[str, ...]]:
    """What each field with a closed list may be, for a form."""
    return _allowed()


def _kinds() -> dict[str, type]:
    hints = get_type_hints(Observation)
    return {
        name: next((one for one in (float, date) if one in (set(get_args(hint)) or {hint})), str)
        for name, hint in hints.items()
    }


def _value(name: str, value: Any) -> Any:
    """A value from JSON as the record holds it."""
    if value is not None and _kinds().get(name) is date:
        return _day(value)
    return float(value) if isinstance(value, int) and _kinds().get(name) is float else value


def _day(value: object) -> date | None:
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        return None


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value

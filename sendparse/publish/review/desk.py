"""The reviewer's desk: what can be decided, what was decided, and new decisions.

In: a dataset, its corrections file. Out: plain values for the page's script, and lines in the file. Nothing here knows
of HTTP. Figures are read once; a decision is about the figure as the dataset has it.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sendparse.corrections.log import CORRECTABLE, Decision, append, choices, decision, latest, read_log
from sendparse.dataset.read import Dataset
from sendparse.errors import InputError
from sendparse.model import Observation
from sendparse.packs import Packs

_FIELDS = frozenset({"observation_id", "act", "who", "why", "after"})
_LONGEST = 500  # characters of a name or a reason


class Desk:
    """One dataset under review. Safe to use from several threads."""

    def __init__(self, dataset: Dataset, packs: Packs, file: Path) -> None:
        self.file = file
        self._packs = packs
        self._rows: dict[str, Observation] = {row.observation_id: row for row in dataset.records("observations")}
        self._decisions: dict[str, Decision] = latest(read_log(file))
        self._lock = threading.Lock()

    def state(self) -> dict[str, Any]:
        """Everything that the page needs: decisions that stand, measures, what closed fields may be."""
        with self._lock:
            decisions = {key: told(one) for key, one in self._decisions.items()}
        return {
            "decisions": decisions,
            "kpis": [[kpi.id, kpi.label] for kpi in self._packs.kpis.values()],
            "choices": choices(),
            "fields": CORRECTABLE,
        }

    def figure(self, observation_id: str) -> dict[str, Any]:
        """The correctable fields of a figure, as the dataset has them. Raises InputError when there is none."""
        row = self._row(observation_id)
        return {name: _plain(getattr(row, name)) for name in CORRECTABLE}

    def decide(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Keep a decision. Raises InputError when it means nothing; then nothing is kept."""
        if not isinstance(asked, dict) or set(asked) - _FIELDS:
            raise InputError("the decision", "has a field that is not known")
        row = self._row(_text(asked, "observation_id"), decided=asked.get("act") == "withdraw")
        after = asked.get("after") or {}
        if not isinstance(after, dict):
            raise InputError("the decision", "`after` is no set of fields")
        kpi = after.get("kpi")
        if kpi and kpi not in self._packs.kpis:
            raise InputError("the decision", f"no measure is called '{kpi}'", "choose one from the list")
        act: Any = _text(asked, "act")
        with self._lock:
            before = self._decisions.get(row.observation_id)
            if act == "withdraw" and before is None:
                raise InputError("the decision", "there is nothing to withdraw")
            made = decision(row, act, who=_text(asked, "who"), why=_text(asked, "why"), after=after)
            append(self.file, made)
            if act == "withdraw":
                del self._decisions[row.observation_id]
                return {"observation_id": row.observation_id, "act": "withdraw"}
            self._decisions[row.observation_id] = made
        return told(made)

    def _row(self, observation_id: str, *, decided: bool = False) -> Observation:
        """A figure of the dataset; to withdraw a decision, also one that the dataset has lost by it."""
        row = self._rows.get(observation_id)
        if row is None and decided and observation_id in self._decisions:
            return self._decisions[observation_id].row
        if row is None:
            raise InputError("the decision", "there is no such figure in the dataset", "build the report again")
        return row


def told(one: Decision) -> dict[str, Any]:
    """A decision without the figure it is about, which the page shows anyway."""
    return {
        "observation_id": one.observation_id,
        "act": one.act,
        "who": one.who,
        "when": one.when,
        "why": one.why,
        "after": dict(one.after),
    }


def _text(asked: Mapping[str, Any], name: str) -> str:
    value = asked.get(name, "")
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise InputError("the decision", f"`{name}` is no text of at most {_LONGEST} characters")
    return value


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value

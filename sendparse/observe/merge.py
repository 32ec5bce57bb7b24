"""One place, one figure: what two readers found at the same spot of the same paper becomes one row.

In: observations of one paper. Out: the same in reading order, without the second reading of a spot. Two statements of
the same fact in different places are two rows: comparing them is the work of the checks.
"""

from __future__ import annotations

from collections.abc import Sequence

from sendparse.model import Observation

# A cell read as part of a table says more about its figure than the same words read as a sentence.
_PREFERRED = {"table": 0, "card": 1, "narrative": 2}


def merge(observations: Sequence[Observation]) -> list[Observation]:
    """Sort by place and drop a row whose spot a better reading already holds."""
    ranked = sorted(observations, key=lambda o: (_PREFERRED.get(o.source, 9), -o.confidence))
    kept: list[Observation] = []
    ids: set[str] = set()
    spots: dict[object, Observation] = {}
    for row in ranked:
        spot = _spot(row)
        if row.observation_id in ids or (spot is not None and spots.get(spot, row).source != row.source):
            continue
        ids.add(row.observation_id)
        if spot is not None:
            spots.setdefault(spot, row)
        kept.append(row)
    return sorted(kept, key=_place)


def _spot(row: Observation) -> object:
    """Where the printed figure stands, or nothing when it has no place of its own."""
    if row.char_start is not None:
        return ("text", row.char_start)
    if row.page is not None and row.x0 is not None and row.top is not None:
        return ("page", row.page, round(row.x0), round(row.top), row.value_text)
    return None


def _place(row: Observation) -> tuple[object, ...]:
    return (
        row.page or 0,
        row.char_start if row.char_start is not None else -1,
        round(row.top or 0.0, 1),
        round(row.x0 or 0.0, 1),
        row.table_id,
        row.row or 0,
        row.column or 0,
        row.observation_id,
    )

"""The publisher's own column or row where it bears a name that no register knows: "Loxmere | South West | England".

In: the columns and rows of a block, and what tells whether words name a measure. Out: the same; a name that stands alone among
areas is that of a place and not of a measure. More than one such name, or one beside nothing but measures, stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from sendparse.tag.columns import Column
from sendparse.tag.table_rows import Row

_NAME = re.compile(r"[A-Z][a-z'’-]+(?: (?:[A-Z][a-z'’-]+|and|upon|on|of|the|le|in|&)){0,5}")

Known = Callable[[str], bool]


def own_column(columns: Sequence[Column], rows: Sequence[Row], names_measure: Known) -> None:
    """A column under a name beside columns of areas, in a table whose rows are measures."""
    values = [c for c in columns if c.kind == "value"]
    names = {c.heading.measure for c in values if c.heading.measure}
    if len(names) != 1 or not any(c.heading.area_type for c in values):
        return
    name = next(iter(names))
    if not _is_name(name, names_measure) or not any(names_measure(row.label) for row in rows if row.names_measure):
        return
    for column in values:
        if column.heading.measure:
            column.heading = replace(column.heading, measure="")


_COMPASS = frozenset({"north", "south", "east", "west", "central", "mid"})


def localities(rows: Sequence[Row]) -> None:
    """ "East" among "North" and "South" is a part of the area, and no region."""
    named = {row.label.lower() for row in rows} & _COMPASS
    for row in rows if len(named) > 1 else ():
        if row.label.lower() in _COMPASS and row.heading.area_type == "region":
            row.heading = replace(row.heading, area_type="", area="", benchmark="", measure=row.label)
            row.names_measure, row.role = True, ""


def own_row(rows: Sequence[Row], title: str, names_measure: Known) -> None:
    """A row under a name among rows of areas, beneath a section (or a title) that names the measure."""
    for section, group in groupby(rows, key=lambda row: row.section):
        labelled = [row for row in group if row.label]
        others = [row for row in labelled if not (row.heading.area_type or _RANK.match(row.label))]
        places = sum(1 for row in labelled if row.heading.area_type)
        if len({row.label for row in others}) != 1 or not places:
            continue
        if _is_name(others[0].label, names_measure) and names_measure(section or title):
            for row in others:
                row.names_measure = False


_RANK = re.compile(r"(?i)(?:national\s+)?(?:rank(?:ing)?|quartile|decile)\b")


def _is_name(text: str, names_measure: Known) -> bool:
    return _NAME.fullmatch(text) is not None and not names_measure(text)

"""What a page turn leaves behind: the unit line or caption of a table whose rows begin on the next page.

In: a page with its tables, and the page before it. Out: the title of the first table, where it has none of its own and the
page before ends with lines that can only be meant for it: "All figures in £m", "Table 3: ...".
"""

from __future__ import annotations

import re
from dataclasses import replace

from sendparse.model import Box, Page, Table
from sendparse.tables.kinds import is_folio
from sendparse.tables.words import lines_of, outside, text_of

_MEANT = re.compile(
    r"£|\b(?:all )?(?:figures|amounts|values) (?:are )?in\b|^(?:table|appendix|annex) [\dA-Z]", re.I | re.M
)
_HEAD = 0.12  # of the page's height: a table that begins there may have left its caption on the page before
_MOST_LINES = 3
_LONGEST = 120  # letters of a line
_GAP = 1.8  # of the line height


def with_carried_title(tables: list[Table], page: Page, before: Page | None, earlier: list[Table]) -> list[Table]:
    """The tables of a page from the top down, the first with the title that stands at the foot of the page before."""
    first = tables[0] if tables else None
    if before is None or first is None or first.box is None or first.title or first.box.top > _HEAD * page.height:
        return list(tables)
    if any((w.top + w.bottom) / 2 < first.box.top and not w.hidden for w in page.words):
        return list(tables)
    title = _last_lines(before, [table.box for table in earlier if table.box is not None])
    return [replace(first, title=title), *tables[1:]] if title else list(tables)


def _last_lines(page: Page, taken: list[Box]) -> str:
    """The short lines at the foot of a page, those that only number it left out."""
    words = outside(page.words, taken)
    title: list[str] = []
    edge = 0.0
    for line in reversed(lines_of(words) if words else []):
        text, foot = text_of(line), max(w.bottom for w in line)
        if not title and is_folio(text):
            continue
        apart = title and edge - foot > _GAP * (foot - min(w.top for w in line))
        if apart or len(title) == _MOST_LINES or len(text) > _LONGEST or text.endswith((".", ",", ";")):
            break
        title.insert(0, text)
        edge = min(w.top for w in line)
    found = "\n".join(title)
    return found if _MEANT.search(found) else ""

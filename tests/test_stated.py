"""The periods that sentences without figures state: read late, and the same as if they had been read at once."""

from __future__ import annotations

from datetime import date
from itertools import product

from sendparse.tag.period import Anchor, read_periods
from sendparse.tag.stated import Stated

_TEXTS = (
    "The panel met in March 2024.",
    "It sits in a hall.",
    "Work began in May 2023 and ended in July 2023.",
    "(See the report of March 2022.)",
    "The previous year was 2021/22.",
)


def test_a_sentence_read_late_dates_what_it_would_have_dated_at_once() -> None:
    for asked in product((False, True), repeat=len(_TEXTS)):
        late, once = Stated(), Stated()
        for block, (text, ask) in enumerate(zip(_TEXTS, asked, strict=True)):
            late.hear(text, block, Anchor())
            once.keep(text, block, read_periods(text), ())
            if ask:
                assert late.last() == once.last()
        assert [late.newest(month) for month in range(1, 13)] == [once.newest(month) for month in range(1, 13)]
        assert late.newest(3) == date(2024, 3, 1)
        assert late.last() == once.last()


def test_only_a_text_that_leans_asks_for_the_period_last_stated() -> None:
    stated = Stated()
    stated.hear("The panel met in March 2024.", 0, Anchor())
    for text in ("There were 12.", "There were 12 in April 2024."):
        assert stated.leant_on(text) is None
    for text in ("There were 12 that year.", "There were 12 in May."):
        found = stated.leant_on(text)
        assert found is not None and found.label == "March 2024"

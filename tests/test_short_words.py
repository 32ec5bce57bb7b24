"""Headings cut short and cells that hold two things, as scorecards print them."""

from __future__ import annotations

from itertools import product

import pytest
from tabling import observed, table_of

from sendparse.packs import Packs
from sendparse.tag import short_words
from sendparse.tag.cell import read_cell
from sendparse.tag.short_words import dates_in_full, stretches_in_full, years_in_full

TITLE = "SEND scorecard, February 2025"

HEADINGS = [
    # heading             role         whom                      start         end
    ("Prev. month", "actual", "", "2025-01-01", "2025-01-31"),
    ("Qtr 4", "actual", "", "2025-01-01", "2025-03-31"),
    ("02/25", "actual", "", "2025-02-01", "2025-02-28"),
    ("Apr–Feb 2024/25", "actual", "", "2024-04-01", "2025-02-28"),
    ("Feb 2023/24", "actual", "", "2024-02-01", "2024-02-29"),
    ("11/12", "actual", "", "2011-04-01", "2012-03-31"),
    ("SNs avg", "benchmark", "statistical_neighbours", "None", "None"),
    ("All councils 2023", "benchmark", "national", "2023-01-01", "2023-12-31"),
    ("Amber threshold", "limit", "", "2025-02-01", "2025-02-28"),
]


@pytest.mark.parametrize(("heading", "role", "whom", "start", "end"), HEADINGS)
def test_headings_cut_short(packs: Packs, heading: str, role: str, whom: str, start: str, end: str) -> None:
    rows = [["Indicator", "Target", heading], ["EHC plans issued within 20 weeks", "60%", "58.3%"]]
    [found] = [o for o in observed(table_of(rows, title=TITLE), packs) if o.column == 2]
    assert (found.role, found.benchmark, str(found.period_start), str(found.period_end)) == (role, whom, start, end)


@pytest.mark.parametrize(
    ("text", "whole"), [("Prev. qtr", "Previous quarter"), ("Last yr", "Last year"), ("09/10", "09/10")]
)
def test_words_in_full(text: str, whole: str) -> None:
    assert dates_in_full(text) == whole


PIECES = [
    *("31 Mar 24", "Q3 24-25", "qtr 2, 23–24", "QUARTER 4 24-25", "3m to", "12 MTHS ending", "Qtr ended", "quarter to"),
    *("Total", "1st April ’24", "spend", "ſ 12 mſ to", "İ 3 Months TO", "Prev. qtr", "12 mths", "end"),
    *("\u00a031 Mar 24", "q3\u00a024-25"),
]


def test_what_is_cut_short_is_found_wherever_its_expression_finds_it() -> None:
    texts = [sep.join(pair) for pair in product(PIECES, PIECES) for sep in (" ", "", "\n", "–", "\u2009")]
    for text in texts:
        years = short_words._QUARTER_YEARS.expression.sub(
            r"\1 \2/\3", short_words._SHORT_DATE.expression.sub(r"\1 20\2", text)
        )
        stretches = short_words._QUARTER_TO.expression.sub(
            "3 months ", short_words._MONTHS_TO.expression.sub(r"\1 months ", text)
        )
        assert (years_in_full(text), stretches_in_full(text)) == (years, stretches)
        assert short_words._SHORT.may_hold(text) or not short_words._SHORT.expression.search(text)


@pytest.mark.parametrize(
    ("text", "value", "rag"), [("58.3% G", 58.3, "green"), ("R 1,204", 1204, "red"), ("5 A", 5, "amber")]
)
def test_a_figure_and_the_letter_of_its_rating(text: str, value: float, rag: str) -> None:
    cell = read_cell(text)
    assert (cell.kind, cell.value, cell.rag) == ("figure", value, rag)


def test_a_figure_an_arrow_and_the_change() -> None:
    cell = read_cell("58.3% ▼2.1")
    assert (cell.value, cell.trend) == (58.3, "down")
    assert cell.second is not None
    assert cell.second.value == -2.1


def test_percent_and_more() -> None:
    assert (read_cell("60%+").value, read_cell("60%+").qualifier) == (60, "at_least")
    assert read_cell("16+").kind != "figure"


def test_a_month_in_numbers_is_no_fraction() -> None:
    assert (read_cell("02/25").kind, read_cell("12/25").kind) == ("period", "figure")

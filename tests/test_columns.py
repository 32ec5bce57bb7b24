# ruff: noqa: E501 - a case is a line
"""What each column is for."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tabling import table_of

from sendparse.packs import Packs
from sendparse.tag.columns import read_columns, stacked
from sendparse.tag.heading import HeadingReader
from sendparse.tag.layout import read_layout


@pytest.fixture(scope="module")
def reader(packs: Packs) -> HeadingReader:
    return HeadingReader(packs)


CASES = [
    # why                                      rows                                                                                          kinds
    ("label, months, benchmark",               [["KPI", "Dec 23", "Nat"], ["Plans", "31", "4.3%"]],                                          "label value value"),
    ("reference, rating, arrow, comment",      [["Ref", "Indicator", "Q1 24/25", "RAG", "DoT", "Comments"], ["1.1", "Plans issued", "12", "G", "▲", "Up by 3 since March last year."]], "aside label value rag trend aside"),
    ("ratings under a heading that says so",   [["KPI", "Latest", "DoT"], ["% of calls", "GREEN", ""], ["% of reviews", "RED", ""]],         "label rag trend"),
    ("a column that never has anything",       [["KPI", "Apr 24", ""], ["Plans", "1", ""], ["Requests", "2", ""]],                           "label value empty"),
    ("unit in a column",                       [["KPI", "Unit", "Apr 24"], ["Plans issued on time", "%", "41"], ["Plans", "No.", "3000"]],   "label unit value"),
    ("merged names left of the label",         [["Phase", "Type", "2023", "2024"], ["Primary", "Absence", "1", "2"], ["^", "Exclusions", "3", "4"], ["Secondary", "Absence days", "5", "6"], ["^", "Exclusions made", "7", "8"]], "group label value value"),
    ("parts right of the label",               [["KPI", "", "Apr 24"], ["Timeliness", "Actual", "40%"], ["^", "Target", "60%"], ["^", "England", "50%"], ["Plans", "Actual", "3"], ["^", "Target", "4"], ["^", "England", "5"]], "label part value"),
    ("dates down the side",                    [["Period", "Requests", "Plans"], ["Q1 2024/25", "12", "13"], ["Q2 2024/25", "14", "15"]],    "label value value"),
    ("years down the side",                    [["", "Requests", "Plans"], ["2023", "12", "13"], ["2024", "14", "15"]],                      "label value value"),
    ("codes left of the label",                [["", "Council", "2014"], ["881", "Essex", "31.0"], ["850", "Hampshire", "33.0"]],            "aside label value"),
    ("ranks are no measure",                   [["Measure", "Essex", "National rank"], ["Plans on time", "45%", "112"]],                     "label value aside"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "rows", "kinds"), CASES, ids=[case[0] for case in CASES])
def test_kinds(reader: HeadingReader, why: str, rows: Sequence[Sequence[str]], kinds: str) -> None:
    layout = read_layout(table_of(rows), reader)
    columns = read_columns(layout.grid, layout.blocks[0], reader, None)
    assert " ".join(column.kind for column in columns) == kinds


def test_stacked_headings_say_all_that_each_says(reader: HeadingReader) -> None:
    heading = stacked(["2024/25", "Q1", "Target"], reader, None)
    assert heading.period is not None
    assert (str(heading.period.start), heading.role, heading.measure) == ("2024-04-01", "target", "")


def test_what_stands_lower_says_more(reader: HeadingReader) -> None:
    assert stacked(["Performance", "Forecast"], reader, None).role == "forecast"
    assert stacked(["Forecast", "Value"], reader, None).role == "forecast"


def test_a_year_that_the_heading_states_is_not_inferred(reader: HeadingReader) -> None:
    def dated(rows: Sequence[Sequence[str]], title: str = "") -> bool:
        layout = read_layout(table_of(rows, title=title), reader)
        within = reader.read(title).period
        return read_columns(layout.grid, layout.blocks[0], reader, within)[-1].dated

    assert dated([["KPI", "2024/25", "<"], ["^", "Apr", "May"], ["Plans", "1", "2"]])
    assert not dated([["KPI", "Apr", "May"], ["Plans", "1", "2"]], title="SEND scorecard 2024/25")

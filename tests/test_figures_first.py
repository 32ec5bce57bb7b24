"""Figures over their labels, as on pages with key numbers; and lists in which the label comes first."""

from __future__ import annotations

import pytest

from sendparse.model import Block
from sendparse.text.figures_first import with_labels_below
from sendparse.text.sentences import sentences


def lines(*texts: str, heading: str = "Our numbers") -> list[Block]:
    """Paragraphs of a paper, one character apart."""
    at = len(heading) + 1
    out = [Block(kind="heading", text=heading, level=1, start=0)]
    for text in texts:
        out.append(Block(kind="paragraph", text=text, start=at))
        at += len(text) + 1
    return out


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            ["41%", "of annual reviews completed on time", "312", "requests for assessment in May 2025"],
            ["41% of annual reviews completed on time", "312 requests for assessment in May 2025"],
        ),
        (["£58.7m", "DSG deficit", "8,911", "EHC plans"], ["£58.7m DSG deficit", "8,911 EHC plans"]),
        (
            ["The year in numbers.", "62%", "of plans issued in time"],
            ["The year in numbers.", "62% of plans issued in time"],
        ),
    ],
)
def test_a_figure_goes_with_the_label_below(before: list[str], after: list[str]) -> None:
    assert [block.text for block in with_labels_below(lines(*before))[1:]] == after


@pytest.mark.parametrize(
    "kept",
    [
        ["EHC plans held", "8,911", "Requests received", "312"],
        ["8,911", "Requests received", "312"],  # the heading names the first
        ["How many plans are there?", "8,911", "requests for assessment"],
        ["Plans held:", "8,911", "requests for assessment"],
        ["8,911", "March 2024", "8,102", "March 2023"],
        ["8,911", "This is more than in any year before."],
        ["8,911", "Plans of the council"],
        ["2024", "the year of the new strategy"],
    ],
)
def test_a_figure_stays_alone_where_the_label_may_come_first(kept: list[str]) -> None:
    assert [block.text for block in with_labels_below(lines(*kept))[1:]] == kept


def test_places_in_the_paper_stay_as_they_are() -> None:
    text = "Our numbers\n41%\nof annual reviews completed on time\n312\nrequests for assessment"
    for sentence in sentences(lines(*text.split("\n")[1:])):
        assert sentence.start is not None
        stretch = text[sentence.start : sentence.start + len(sentence.text)]
        assert stretch.replace("\n", " ") == sentence.text


def test_the_next_question_is_no_label() -> None:
    answers = ["2,377", "Q2. Number of coordinators employed", "17.4", "Q3. Average number of cases held by each"]
    assert [block.text for block in with_labels_below(lines(*answers, heading="Caseload"))[1:]] == answers

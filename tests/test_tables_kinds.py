"""What a short text is by its form."""

from __future__ import annotations

import itertools

import pytest

from sendparse.tables import charts, kinds

FIGURES = [
    "12",
    "1,204",
    "61.5%",
    "(160)",
    "-0.5",
    "–3",
    "£1.2m",
    "$ 4,210",
    "12.4*",
    "45 (12%)",
    "1 649 692",
    ".9%",
    "<5",
    "-",
    "n/a",
    "..",
    "c",
    "17 weeks"[:2],
    "3.4–5.1",
    "103a",
    "+£10.7m",
]
NO_FIGURES = ["Area", "20 weeks to issue", "Q3", "(%)", "£000", "($000)", "", "Table 3", "5 to 9 years"]


@pytest.mark.parametrize("text", FIGURES)
def test_figures(text):
    assert kinds.is_figure(text)


@pytest.mark.parametrize("text", NO_FIGURES)
def test_what_is_no_figure(text):
    assert not kinds.is_figure(text)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2023", True),
        ("2023/24", True),
        ("2023-2024", True),
        ("23-24", True),
        ("(2019)", True),
        ("10-14", False),
        ("1,999", False),
        ("305", False),
    ],
)
def test_years(text, year):
    assert kinds.is_year(text) == year


def test_units_counts_and_dashes():
    assert all(map(kinds.is_unit, ["(%)", "£000", "£m", "$000", "(000s)"]))
    assert not kinds.is_unit("12%")
    assert kinds.numbers_columns(["(1)", "(2)", "(3)"]) and kinds.numbers_columns(["(4)", "(5)"])
    assert not kinds.numbers_columns(["(160)", "(12)"]) and not kinds.numbers_columns(["(3)"])
    assert kinds.is_typed_rule("-----") and kinds.is_typed_rule("==== ====") and not kinds.is_typed_rule("-")
    assert kinds.is_leader("......") and not kinds.is_leader("..")


CAPTIONS = ["Table 3: Plans", "Figure 2.1 Requests by month", "Table A1", "TABLE IV. PLACES", "Appendix 2 - Savings"]
NOTES = ["Source: DfE", "Note: figures are rounded", "* provisional", "Sources: returns", "NB: counts"]


def test_captions_and_notes():
    assert all(map(kinds.is_caption, CAPTIONS))
    assert not any(map(kinds.is_caption, ["Table tops", "Figures for the year", "Total 3"]))
    assert all(map(kinds.is_note, NOTES))
    assert not any(map(kinds.is_note, ["Notebooks", "Sourced placements", "North"]))


def test_list_marks():
    assert all(map(kinds.is_bullet, ["•", "1.", "(a)", "iv)", "3.2", "o", "-"]))
    assert not any(map(kinds.is_bullet, ["North", "120", "2023", "12%"]))


ODD = "aURurzAZ$£€'’0½²٣(<–—-_=.•·… \u00a0ſßªªéÉﬁЖ%"


@pytest.mark.parametrize(
    "text", [a + b for a, b in itertools.product(ODD, ["", "S$5", "s. 12", "a", "/a", "000", "5%", "--- "])]
)
def test_a_first_letter_tells_what_the_whole_text_would(text):
    assert kinds.is_figure(text) == kinds._is_figure(text)
    assert kinds.is_number(text) == (any(map(str.isdigit, text)) and kinds._is_figure(text))
    assert kinds.is_unit(text) == bool(kinds._UNIT.match(text.strip()))
    assert kinds.is_typed_rule(text) == bool(kinds._TYPED_RULE.match(text))
    assert kinds.is_leader(text) == bool(kinds._LEADER.match(text))
    assert kinds.is_bullet(text) == bool(kinds._BULLET.match(text))
    bare = text.strip().strip("()*")
    assert kinds.is_year(text) == bool(kinds._DATE.match(bare))


NUMBERS = [
    "80",
    "007",
    "1,500",
    "1,50",
    "40%",
    "40 %",
    ".4",
    "4.",
    ".",
    "12.5",
    "1.2.3",
    "-5",
    "−5%",
    "£ 3",
    "²",
    "٣",
    "12²",
    "5\n",
    "(5)",
    "5-",
    "5,",
]


@pytest.mark.parametrize("text", [*NUMBERS, "000", "0,000", "0.5", "100.0%", "12%%", "1" * 41, "9/12", "", "U5", "½"])
def test_what_is_told_by_its_signs_is_told_as_the_expressions_tell_it(text):
    found = charts._NUMBER.match(text)
    assert (charts.number_in(text) is None) == (found is None)
    assert charts.number_in(text) == charts._number_in(text)
    whole = text.strip()
    figure = (kinds._FIGURE.match(whole) or kinds._PAIR.match(whole)) and not kinds._SEVERAL.search(whole)
    assert kinds.is_figure(text) == (
        (bool(figure) and len(whole) <= 40 and not kinds._UNIT.match(whole)) or whole in kinds._NO_FIGURE
    )


def test_money_with_a_country_before_its_sign_is_a_figure():
    assert all(map(kinds.is_figure, ["US$5", "us$ 1,200", "Rs.500", "Rs 12", "None", "NA"]))
    assert not any(map(kinds.is_figure, ["USD5", "R5", "U5", "None of", "nothing"]))


def test_no_mark_of_a_list_is_longer_than_the_longest():
    longest = ["(12).", "(viii)", "12.12.12.12.\n", "[123]", "Q12:"]
    assert max(map(len, longest)) == kinds._LONGEST_BULLET and kinds.is_bullet(longest[2])

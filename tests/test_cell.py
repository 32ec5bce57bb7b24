# ruff: noqa: E501 - a case is a line
"""Reading one table cell."""

from __future__ import annotations

import pytest

from sendparse.tag.cell import CellValue, read_cell
from sendparse.tag.printed_marks import arrow_in, rag_in

# printed -> value, decimals, unit; then what else is said
FIGURES = [
    # printed           value        decimals  unit                 more                                        why it is here
    ("7143 ▶",          7143,        0, "",                   {"trend": "flat"},                                "figure and arrow"),
    ("71%",             71,          0, "percent",            {},                                               "plain percentage"),
    ("14.3% (10) ▲",    14.3,        1, "percent",            {"numerator": 10, "trend": "up"},                 "share with its count"),
    ("15.12%(24) ▼",    15.12,       2, "percent",            {"numerator": 24, "trend": "down"},               "no space before the count"),
    ("11.84 (27) ▼",    11.84,       2, "",                   {"numerator": 27, "trend": "down"},               "sign missing"),
    ("16.6%\n(7)",      16.6,        1, "percent",            {"numerator": 7},                                 "count on a line of its own"),
    ("68% (50/73)",     68,          0, "percent",            {"numerator": 50, "denominator": 73},             "share with part and whole"),
    ("50 of 73 (68%)",  68,          0, "percent",            {"numerator": 50, "denominator": 73},             "part, whole, share"),
    ("50/73",           50,          0, "",                   {"numerator": 50, "denominator": 73},             "part of a whole"),
    ("0.316",           0.316,       3, "",                   {},                                               "scale is the row's matter"),
    ("1,260.5",         1260.5,      1, "",                   {},                                               "comma and point"),
    ("1 234",           1234,        0, "",                   {},                                               "space as separator"),
    ("£19.4m",          19_400_000,  1, "gbp",                {"scaled": True},                                 "money with a scale"),
    ("-£0.5m",          -500_000,    1, "gbp",                {"signed": True},                                 "sign before the pound"),
    ("£(3.2)m",         None,        0, "",                   {"kind": "word"},                                 "not a form we know: left whole"),
    ("(66.9)",          -66.9,       1, "",                   {"bracketed": True},                              "negative in accounts"),
    ("(0.5)%",          -0.5,        1, "percent",            {"bracketed": True},                              "sign after the bracket"),
    ("+ 23.3",          23.3,        1, "",                   {"signed": True},                                 "space after the sign"),
    ("-\n1.868",        -1.868,      3, "",                   {"signed": True},                                 "sign on a line of its own"),
    ("−4.7",            -4.7,        1, "",                   {"signed": True},                                 "a true minus"),
    ("<5",              5,           0, "",                   {"qualifier": "under", "flags": ("suppressed",)}, "hides a small number"),
    ("<5%",             5,           0, "percent",            {"qualifier": "under", "flags": ()},              "hides nothing"),
    (">95%",            95,          0, "percent",            {"qualifier": "over"},                            "more than"),
    ("c. 200",          200,         0, "",                   {"qualifier": "about"},                           "circa"),
    ("55-70%",          55,          0, "percent",            {"value_high": 70},                               "range, sign on the second"),
    ("8.1weeks",        8.1,         1, "weeks",              {},                                               "unit stuck to the number"),
    ("1.4%pts",         1.4,         1, "percentage_points",  {},                                               "points"),
    ("2.0 x",           2,           1, "multiple",           {},                                               "a multiple"),
    ("417 1",           417,         0, "",                   {"flags": ("footnote_mark",)},                    "raised mark"),
    ("45*",             45,          0, "",                   {"flags": ("footnote_mark",)},                    "star after a number is a footnote"),
    ("5.3 (prov)",      5.3,         1, "",                   {"flags": ("footnote_mark",)},                    "provisional"),
    ("97% (Green)",     97,          0, "percent",            {"rag": "green"},                                 "rating in words"),
    ("Nil",             0,           0, "",                   {},                                               "zero as a word"),
    ("-107.5%",         -107.5,      1, "percent",            {"signed": True},                                 "negative percentage"),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "value", "decimals", "unit", "more", "why"), FIGURES, ids=[f[0] for f in FIGURES])
def test_figures(
    printed: str, value: float | None, decimals: int, unit: str, more: dict[str, object], why: str
) -> None:
    found = read_cell(printed)
    assert (found.value, found.decimals, found.unit) == (value, decimals, unit), why
    assert found.kind == more.get("kind", "figure")
    for name, wanted in more.items():
        assert getattr(found, name) == wanted


OTHERS = [
    # printed                   kind          why it is no figure
    ("",                        "empty",      "nothing there"),
    ("▲",                       "mark",       "an arrow by itself"),
    ("GREEN",                   "mark",       "a rating by itself"),
    ("-",                       "missing",    "a dash"),
    ("n/a",                     "missing",    "not applicable"),
    ("No data",                 "missing",    "said in words"),
    ("c",                       "suppressed", "DfE symbol"),
    ("*",                       "suppressed", "a star by itself"),
    ("requested",               "word",       "asked for"),
    ("KPI changed-see below",   "word",       "a note"),
    ("TBC",                     "word",       "to come"),
    ("2024/25",                 "period",     "a year"),
    ("Mar 25",                  "period",     "a month"),
    ("31/03/2025",              "period",     "a day"),
    ("Q3",                      "period",     "a quarter"),
    ("13 / 20 weeks",           "word",       "not 1320, nor 13 weeks"),
    ("1.2.3",                   "word",       "a paragraph's number"),
    ("12:30",                   "word",       "a time"),
    ("1,2345",                  "word",       "commas that part no thousands"),
    ("£000",                    "word",       "a scale"),
    ("AA+",                     "word",       "a credit rating"),
    ("Improved by 5 points since March", "prose", "a sentence with a figure in it"),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "kind", "why"), OTHERS, ids=[o[0] or "empty" for o in OTHERS])
def test_what_is_no_figure(printed: str, kind: str, why: str) -> None:
    found = read_cell(printed)
    assert (found.kind, found.value) == (kind, None), why


ARROWS = [
    ("▲", "up"),
    ("↗", "up"),
    ("⬆️", "up"),
    ("▼", "down"),
    ("⇩", "down"),
    ("▶", "flat"),
    ("►", "flat"),
    ("◄►", "flat"),
    ("↔", "flat"),
]


@pytest.mark.parametrize(("glyph", "trend"), ARROWS)
def test_arrows_of_every_glyph(glyph: str, trend: str) -> None:
    assert arrow_in(f"12 {glyph}") == trend
    assert read_cell(f"12{glyph}").value == 12


def test_arrows_that_disagree_say_nothing() -> None:
    assert arrow_in("▲▼") == ""


def test_ratings_in_words() -> None:
    assert (rag_in("Amber"), rag_in("red / amber"), rag_in("greenhouse"), rag_in("Gray")) == ("amber", "", "", "grey")


def test_a_count_with_its_share_is_two_figures() -> None:
    found = read_cell("10 (14.3%)")
    assert (found.value, found.unit) == (10, "")
    assert isinstance(found.second, CellValue)
    assert (found.second.value, found.second.unit, found.second.numerator) == (14.3, "percent", 10)


@pytest.mark.parametrize(
    ("printed", "change"), [("61% (+3)", 3), ("61% (-3.2)", -3.2), ("61% (▲3)", 3), ("61 (▼ 2%)", -2)]
)
def test_a_change_in_brackets_is_no_count(printed: str, change: float) -> None:
    found = read_cell(printed)
    assert (found.value, found.numerator) == (61, None)
    assert found.second is not None
    assert (found.second.value, found.second.role) == (change, "change")


@pytest.mark.parametrize(
    ("printed", "period"),
    [("45% (Q2)", "Q2"), ("3,021 (Jan 24)", "Jan 24"), ("45% (2023/24)", "2023/24"), ("45% (24)", "")],
)
def test_a_period_of_its_own(printed: str, period: str) -> None:
    found = read_cell(printed)
    assert (found.kind, found.period) == ("figure", period)


def test_the_unit_asked_for_holds_where_the_cell_states_none() -> None:
    assert read_cell("45.2", unit="percent").unit == "percent"
    assert read_cell("12 weeks", unit="percent").unit == "weeks"
    assert read_cell("12 weeks", unit="percent").own_unit == "weeks"


def test_the_text_is_kept_as_printed() -> None:
    assert read_cell("14.3%\n(10) ▲").text == "14.3% (10) ▲"

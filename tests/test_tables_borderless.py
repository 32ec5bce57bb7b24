# ruff: noqa: E501 - a case is a line
"""Tables without a full grid: layouts of our own making, in the manner of statistical reports and council papers.

Each layout says what it is here for. They were drawn before the finder was tried on them; none is taken from a paper.
"""

from __future__ import annotations

import pytest
from pages import Sheet, box, grid, texts, typed

from sendparse.model import Page
from sendparse.tables.borderless import find_borderless


def found(page: Page) -> list[list[list[str]]]:
    return [texts(table) for table in find_borderless(page)]


# name, typed page, tables; why
TYPED = {
    "plain columns of figures": (
        """
The following table shows the number of plans that were made in each of the last three years by the area teams
and how many of them were reviewed before the end of the summer term of that year as the regulations require.

Area               2021    2022    2023

North               120     131     140
South                98     102     117
East and coast       45      51      60
""",
        ["Area | 2021 | 2022 | 2023\nNorth | 120 | 131 | 140\nSouth | 98 | 102 | 117\nEast and coast | 45 | 51 | 60"],
    ),
    "rows of dots, a group's name, a total": (
        """
Table 2. Places by kind of school

Kind of school                   Places    Pupils

Maintained
  Primary ...................     1,204     1,190
  Secondary .................       980     1,002
Independent
  Day .......................        64        60
  Residential ...............        12         9
Total .......................     2,260     2,261

Source: annual return of places.
""",
        [
            """Kind of school | Places | Pupils
            Maintained | |
            Primary ................... | 1,204 | 1,190
            Secondary ................. | 980 | 1,002
            Independent | |
            Day ....................... | 64 | 60
            Residential ............... | 12 | 9
            Total ....................... | 2,260 | 2,261"""
        ],
    ),
    "a heading over several columns, told by what stands below it": (
        """
                        Requests             Plans
Year             Received   Agreed      Issued   Ceased

2021                  310      205         190       44
2022                  355      240         221       51
2023                  402      266         248       60
""",
        [
            """ | Requests | | Plans |
            Year | Received | Agreed | Issued | Ceased
            2021 | 310 | 205 | 190 | 44
            2022 | 355 | 240 | 221 | 51
            2023 | 402 | 266 | 248 | 60"""
        ],
    ),
    "headings of several lines, set to the foot": (
        """
               Number of      Share in     Average
                   plans       20 weeks    weeks to
Team              issued     (per cent)    complete

One                   41           61.0        18.5
Two                   37           72.9        17.2
Three                 50           48.0        21.0
""",
        [
            """Team | Number of plans issued | Share in 20 weeks (per cent) | Average weeks to complete
            One | 41 | 61.0 | 18.5
            Two | 37 | 72.9 | 17.2
            Three | 50 | 48.0 | 21.0"""
        ],
    ),
    "currency signs set apart, brackets for negatives, a dash for nothing": (
        """
Service                     Budget      Outturn    Variance

Placements                $ 12,400     $ 13,900     $ 1,500
Transport                    4,210        4,050        (160)
Inclusion fund                 900          900           -
Total                     $ 17,510     $ 18,850     $ 1,340
""",
        [
            """Service | Budget | Outturn | Variance
            Placements | $ 12,400 | $ 13,900 | $ 1,500
            Transport | 4,210 | 4,050 | (160)
            Inclusion fund | 900 | 900 | -
            Total | $ 17,510 | $ 18,850 | $ 1,340"""
        ],
    ),
    "typed rules, columns that are counted": (
        """
Month          Opened     Closed     Open at end
---------------------------------------------------
(1)               (2)        (3)             (4)
---------------------------------------------------
January            14          9              61
February           18         12              67
March              11         20              58
""",
        [
            """Month | Opened | Closed | Open at end
            (1) | (2) | (3) | (4)
            January | 14 | 9 | 61
            February | 18 | 12 | 67
            March | 11 | 20 | 58"""
        ],
    ),
    "rules above, under the heading and below; a label over two lines, values on its last": (
        """
~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
Question                           Yes        No
~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
Were you asked for your views       71        29
Was the meeting held at a time
  that suited the family            64        36
Do you know whom to call            88        12
~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
""",
        [
            """Question | Yes | No
            Were you asked for your views | 71 | 29
            Was the meeting held at a time that suited the family | 64 | 36
            Do you know whom to call | 88 | 12"""
        ],
    ),
    "figures missing here and there": (
        """
District         Spring     Summer     Autumn     Winter

Ashby                 4                     9         11
Brill                            7          8
Cole                  2          3                     5
Dunn                  6                                1
""",
        [
            """District | Spring | Summer | Autumn | Winter
            Ashby | 4 | | 9 | 11
            Brill | | 7 | 8 |
            Cole | 2 | 3 | | 5
            Dunn | 6 | | | 1"""
        ],
    ),
    "two tables, each under its caption": (
        """
Table 1: Appeals

Year       Lodged     Heard
2021           40        12
2022           55        20

Table 2: Mediations

Year       Lodged     Agreed     Withdrawn
2021           61         33            20
2022           70         41            22
""",
        [
            "Year | Lodged | Heard\n2021 | 40 | 12\n2022 | 55 | 20",
            "Year | Lodged | Agreed | Withdrawn\n2021 | 61 | 33 | 20\n2022 | 70 | 41 | 22",
        ],
    ),
    "short texts exactly under each other": (
        """
Stage              Who leads            When

Request            Parent or school     At any time
Decision           Panel                Week 6
Draft plan         Coordinator          Week 16
Final plan         Manager              Week 20
Review             School               Each year
""",
        [
            """Stage | Who leads | When
            Request | Parent or school | At any time
            Decision | Panel | Week 6
            Draft plan | Coordinator | Week 16
            Final plan | Manager | Week 20
            Review | School | Each year"""
        ],
    ),
    "numbers before the labels": (
        """
Code   Authority             2022      2023
301    Northshire            41.2      44.0
302    Westmere              38.9      40.1
303    Easton and Vale       50.3      47.7
""",
        [
            """Code | Authority | 2022 | 2023
            301 | Northshire | 41.2 | 44.0
            302 | Westmere | 38.9 | 40.1
            303 | Easton and Vale | 50.3 | 47.7"""
        ],
    ),
}


@pytest.mark.parametrize("name", TYPED)
def test_typed_layouts(name):
    drawing, tables = TYPED[name]
    assert found(typed(drawing)) == [grid(table) for table in tables]


# what is set in columns and is no table
NO_TABLES = {
    "two columns of running text": """
The panel meets each week and looks at all requests     When a request has been agreed the team has ten
that have come in since it last met so that nobody      weeks to gather the advice that the plan must be
has to wait for longer than the six weeks that the      built upon and to send the draft of it to those
regulations allow for a decision to be made by the      who care for the child so that they can say what
panel and to be sent out to the parents and to the      they think of it and which school they would like
school or the college that the young person goes to     to be named in it when it is sent out as final
""",
    "a list with marks": """
The strategy has these aims:

1.   Children are seen early and get help
2.   Parents know what there is to be had
3.   Schools work with each other
4.   Money is spent where it does good
""",
    "a table of contents": """
Contents

Introduction and headlines ..................    3
Recommendations .............................    5
Revenue forecast ............................    8
Capital forecast ............................   21
Reserves ....................................   34
""",
    "the axis of a chart and its legend": """
100
80
60
40                          Actual      Target
20
0
       Sep        Dec        Mar        Jun
""",
    "a form": """
Name:            Jan Smith
Post:            Head of inclusion
Telephone:       01234 567890
Meeting:         Children and young people
""",
    "a numbered heading and a page number": """
4.2    Timeliness of plans

                                                               Page 12
""",
}


@pytest.mark.parametrize("name", NO_TABLES)
def test_what_is_no_table(name):
    assert found(typed(NO_TABLES[name])) == []


def test_what_is_taken_is_left_alone():
    page = typed(TYPED["plain columns of figures"][0])
    assert find_borderless(page, [box(0, 0, 1000, 842)]) == []


# ---- printed pages, read back through the reader


def test_row_rules_with_wrapped_texts_in_every_column():
    sheet = Sheet(width=842, height=595)
    for y in (100, 118, 158, 198, 226):
        sheet.rule(y, 60, 700)
    sheet.row(104, [(64, "Service"), (300, "Budget", "right"), (360, "Variance", "right"), (400, "Reason")], bold=True)
    sheet.row(122, [(400, "More young people than planned have")])
    sheet.row(
        134,
        [
            (64, "Residential care"),
            (300, "24.5", "right"),
            (360, "+4.3", "right"),
            (400, "a place, and each place costs more,"),
        ],
    )
    sheet.row(146, [(400, "as prices rose in the spring")])
    sheet.row(162, [(64, "Home to school transport"), (400, "Routes were planned again and taxis")])
    sheet.row(
        174,
        [
            (64, "for those over sixteen"),
            (300, "8.1", "right"),
            (360, "-0.7", "right"),
            (400, "shared; contracts were let anew for"),
        ],
    )
    sheet.row(186, [(400, "the autumn")])
    sheet.row(202, [(64, "Total"), (300, "32.6", "right"), (360, "+3.6", "right")], bold=True)
    assert found(sheet.read()) == [
        grid(
            """Service | Budget | Variance | Reason
            Residential care | 24.5 | +4.3 | More young people than planned have a place, and each place costs more, as prices rose in the spring
            Home to school transport for those over sixteen | 8.1 | -0.7 | Routes were planned again and taxis shared; contracts were let anew for the autumn
            Total | 32.6 | +3.6 |"""
        )
    ]


def test_values_half_way_down_a_label_of_two_lines():
    sheet = Sheet()
    sheet.row(100, [(60, "Team"), (250, "2022", "right"), (320, "2023", "right")], bold=True)
    sheet.row(118, [(60, "Early years"), (250, "12", "right"), (320, "15", "right")])
    sheet.row(134, [(60, "Schools, colleges and")])
    sheet.row(139.5, [(250, "80", "right"), (320, "91", "right")])
    sheet.row(145, [(60, "training providers")])
    sheet.row(161, [(60, "Post-16"), (250, "33", "right"), (320, "30", "right")])
    assert found(sheet.read()) == [
        grid(
            """Team | 2022 | 2023
            Early years | 12 | 15
            Schools, colleges and training providers | 80 | 91
            Post-16 | 33 | 30"""
        )
    ]


def test_a_table_in_one_of_two_columns_of_text():
    sheet = Sheet()
    words = "the plan is sent to all who have given advice and to those"
    left = sheet.paragraph(50, 80, [words[:40], words[10:50], words[4:44], words[12:52]])
    sheet.row(left + 14, [(50, "Year"), (160, "Plans", "right"), (240, "In time", "right")])
    sheet.row(left + 28, [(50, "2021"), (160, "1,020", "right"), (240, "612", "right")])
    sheet.row(left + 40, [(50, "2022"), (160, "1,190", "right"), (240, "590", "right")])
    sheet.row(left + 52, [(50, "2023"), (160, "1,344", "right"), (240, "701", "right")])
    sheet.paragraph(320, 80, [words[n % 9 : n % 9 + 44] for n in range(16)])
    assert found(sheet.read()) == [
        grid("Year | Plans | In time\n2021 | 1,020 | 612\n2022 | 1,190 | 590\n2023 | 1,344 | 701")
    ]


def test_tables_side_by_side():
    sheet = Sheet(width=842, height=595)
    for x, caption, label, values in (
        (60, "Table 1: Requests", "Month", ["14", "18", "11", "9"]),
        (460, "Table 2: Complaints", "Team", ["3", "0", "5", "2"]),
    ):
        sheet.text(x, 80, caption, bold=True)
        sheet.row(100, [(x, label), (x + 130, "2022", "right"), (x + 190, "2023", "right")])
        for n, name in enumerate(["Apr", "May", "Jun", "Jul"] if x < 100 else ["North", "South", "East", "West"]):
            sheet.row(116 + 13 * n, [(x, name), (x + 130, values[n], "right"), (x + 190, values[3 - n], "right")])
    assert found(sheet.read()) == [
        grid("Month | 2022 | 2023\nApr | 14 | 9\nMay | 18 | 11\nJun | 11 | 18\nJul | 9 | 14"),
        grid("Team | 2022 | 2023\nNorth | 3 | 2\nSouth | 0 | 5\nEast | 5 | 0\nWest | 2 | 3"),
    ]


def test_labels_set_to_the_right_with_bold_group_names():
    sheet = Sheet()
    sheet.row(90, [(330, "Budget", "right"), (400, "Forecast", "right"), (470, "Variance", "right")], bold=True)
    y = 108.0
    for label, values, bold in (
        ("Children in care", (), True),
        ("Fostering", ("10.1", "10.9", "0.8"), False),
        ("Residential homes", ("22.4", "25.0", "2.6"), False),
        ("Children in care total", ("32.5", "35.9", "3.4"), True),
        ("Disabled children", (), True),
        ("Short breaks and family support", ("4.0", "3.8", "-0.2"), False),
    ):
        places = [(270, label, "right"), *((330 + 70 * n, v, "right") for n, v in enumerate(values))]
        sheet.row(y, places, bold=bold)
        y += 13
    assert found(sheet.read()) == [
        grid(
            """ | Budget | Forecast | Variance
            Children in care | | |
            Fostering | 10.1 | 10.9 | 0.8
            Residential homes | 22.4 | 25.0 | 2.6
            Children in care total | 32.5 | 35.9 | 3.4
            Disabled children | | |
            Short breaks and family support | 4.0 | 3.8 | -0.2"""
        )
    ]


def test_headings_whose_words_run_up_the_page():
    sheet = Sheet()
    for n, heading in enumerate(("Number of plans", "Number in time", "Share in time")):
        sheet.steep(208 + 60 * n, 190, heading)
    sheet.text(60, 182, "Area")
    for n, row in enumerate((("North", "120", "60", "50%"), ("South", "80", "60", "75%"), ("East", "40", "10", "25%"))):
        sheet.row(200 + 14 * n, [(60, row[0]), *((210 + 60 * k, v, "right") for k, v in enumerate(row[1:]))])
    assert found(sheet.read()) == [
        grid(
            """Area | Number of plans | Number in time | Share in time
            North | 120 | 60 | 50%
            South | 80 | 60 | 75%
            East | 40 | 10 | 25%"""
        )
    ]


def test_a_heading_spans_what_its_rule_spans():
    sheet = Sheet()
    sheet.rule(98, 60, 420)
    sheet.text(280, 102, "Issued in time", align="centre")
    sheet.rule(115, 200, 420)
    sheet.row(118, [(60, "Area"), (240, "2021", "right"), (320, "2022", "right"), (400, "2023", "right")])
    sheet.rule(131, 60, 420)
    sheet.row(135, [(60, "North"), (240, "40%", "right"), (320, "44%", "right"), (400, "51%", "right")])
    sheet.row(148, [(60, "South"), (240, "61%", "right"), (320, "58%", "right"), (400, "63%", "right")])
    sheet.rule(161, 60, 420)
    (table,) = find_borderless(sheet.read())
    heading = next(cell for cell in table.cells if cell.text == "Issued in time")
    assert (heading.row, heading.column, heading.column_span) == (0, 1, 3)


def test_a_remark_between_rules_spans_the_columns_of_values():
    sheet = Sheet(width=842, height=595)
    for y in (100, 118, 136, 166, 184, 214):
        sheet.rule(y, 60, 760)
    sheet.row(104, [(64, "Saving"), (330, "Target", "right"), (430, "Achieved", "right"), (530, "Left", "right")])
    sheet.row(122, [(64, "Reviews"), (330, "-200.0", "right"), (430, "-150.5", "right"), (530, "-49.5", "right")])
    remark = "The first round of reviews was held late and the rest will be held in the new year by a team of its own"
    sheet.paragraph(
        260, 140, [remark, "so that all of the sum is reached by the end of March, as was said in the last report"]
    )
    sheet.row(170, [(64, "Contracts"), (330, "-80.0", "right"), (430, "-80.0", "right"), (530, "0.0", "right")])
    sheet.paragraph(
        260,
        188,
        [
            "All of the contracts have been let again at the price that the budget has been built upon",
            "and the whole sum is reached",
        ],
    )
    (table,) = find_borderless(sheet.read())
    rows = texts(table)
    assert rows[1] == ["Reviews", "-200.0", "-150.5", "-49.5"]
    assert rows[3] == ["Contracts", "-80.0", "-80.0", "0.0"]
    assert [cell.text.split()[0] for cell in table.cells if cell.column_span > 1] == ["The", "All"]


def test_a_page_border_is_no_frame():
    sheet = Sheet()
    sheet.rule(20, 20, 575)
    sheet.rule(822, 20, 575)
    sheet.upright(20, 20, 822)
    sheet.upright(575, 20, 822)
    sheet.row(100, [(60, "Area"), (240, "2021", "right"), (320, "2022", "right")])
    sheet.row(116, [(60, "North"), (240, "14", "right"), (320, "15", "right")])
    sheet.row(130, [(60, "South"), (240, "24", "right"), (320, "25", "right")])
    sheet.text(540, 800, "Page 6 of 54", align="right")
    assert found(sheet.read()) == [grid("Area | 2021 | 2022\nNorth | 14 | 15\nSouth | 24 | 25")]


def test_figures_of_one_table_over_a_grid_of_months():
    """Twelve narrow columns at six points."""
    sheet = Sheet(width=842, height=595, size=6)
    months = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"]
    sheet.row(80, [(40, "Measure"), *((230 + 46 * n, m, "right") for n, m in enumerate(months))])
    lines = []
    for number, label in enumerate(
        ("Requests received", "Plans issued", "Plans issued within 20 weeks", "Plans ceased")
    ):
        values = [str(100 * number + n) for n in range(12)]
        sheet.row(90 + 9 * number, [(40, label), *((230 + 46 * n, v, "right") for n, v in enumerate(values))])
        lines.append([label, *values])
    assert found(sheet.read()) == [[["Measure", *months], *lines]]

"""Tables that have lost their lines."""

from __future__ import annotations

from sendparse.read.txt import text_blocks
from sendparse.tag.cells import hints, with_unit
from sendparse.tag.flat import pieces
from sendparse.tag.lost_rows import Place
from sendparse.tag.period import Anchor
from sendparse.tag.value import read_values
from sendparse.text import sentences


def cells(text: str) -> list[tuple[str, str, str]]:
    """Row label, column heading and text of each figure's cell."""
    read = sentences(text_blocks(text))
    by_place = {(s.block, s.place): s for s in read}
    return [
        (piece.place.row, piece.place.column, by_place[key].text[piece.start : piece.end])
        for key, found in sorted(pieces(read).items())
        for piece in found
    ]


def test_headings_then_rows() -> None:
    text = "Measure\nTarget\nActual\nPlans on time\n60%\n52%\nReviews on time\n80%\n*"
    assert cells(text) == [
        ("Plans on time", "Target", "60%"),
        ("Plans on time", "Actual", "52%"),
        ("Reviews on time", "Target", "80%"),
    ]


def test_headings_without_one_for_the_labels() -> None:
    assert cells("2022\n2023\nRequests\n512\n430\nAppeals\n41\n39")[1] == ("Requests", "2023", "430")


def test_numbers_right_under_months() -> None:
    assert cells("Requests by month\n\nJan\nFeb\nMar\n12\n15\n20") == [
        ("", "Jan", "12"),
        ("", "Feb", "15"),
        ("", "Mar", "20"),
    ]


def test_columns_with_signs_of_their_own() -> None:
    text = "Requests\nPlans issued\n% on time\nApril 2024\n52\n29\n41%\nMay 2024\n66\n31\n45%"
    found = pieces(sentences(text_blocks(text)))
    assert [piece.place.row_has_sign for _, row in sorted(found.items()) for piece in row] == ["", "", "percent"] * 2


def test_label_and_figure_in_turn() -> None:
    assert cells("January\n34\nFebruary\n41") == [("January", "", "34"), ("February", "", "41")]


def test_rows_with_tabs() -> None:
    text = "Month\tRequests\tPlans\nApril 2023\t61\t28\nMay 2023\t74\t35"
    assert cells(text)[-1] == ("May 2023", "Plans", "35")


def test_a_row_that_lost_its_breaks() -> None:
    assert cells("Jan Feb Mar Apr\nRequests 12 15 20 22")[2] == ("Requests", "Mar", "20")


def test_running_text_is_no_table() -> None:
    assert (
        cells("We received 12 requests.\n\nThe board met in May and agreed to all of the plans put to it by officers.")
        == []
    )


def test_a_question_and_its_answer_are_no_table() -> None:
    assert cells("How many plans are there?\n1,204\nHow many are new?\n96") == []


def test_what_labels_say() -> None:
    told = hints(Place("Plans on time (%)", "Target (England average) 2024/25", "", "percent"), Anchor())
    assert (told.role and told.role.name, told.area and told.area.kind, told.unit) == ("target", "national", "percent")
    assert told.period is not None
    assert str(told.period.start) == "2024-04-01"


def test_a_column_by_a_day_holds_targets() -> None:
    told = hints(Place("Plans on time", "By July 2027", "", "percent"), Anchor())
    assert told.role is not None
    assert told.role.name == "target"


def test_a_month_in_the_year_of_the_caption() -> None:
    told = hints(Place("January", "", "Requests received in 2023:"), Anchor())
    assert told.period is not None
    assert str(told.period.end) == "2023-01-31"


def test_a_missing_sign_comes_from_the_row() -> None:
    (value,) = read_values("52.1")
    assert with_unit(value, "percent").unit == "percent"
    (large,) = read_values("1,210")
    assert with_unit(large, "percent").unit == "count"


def test_a_number_and_its_share_under_each_label_need_no_headings() -> None:
    found = cells("Where children are taught\n\nMainstream\n1,204\n41%\nSpecial school\n998\n34%\nCollege\n310\n11%")
    assert [(row, figure) for row, _, figure in found] == [
        ("Mainstream", "1,204"), ("Mainstream", "41%"),
        ("Special school", "998"), ("Special school", "34%"),
        ("College", "310"), ("College", "11%"),
    ]  # fmt: skip


def test_figures_over_their_words() -> None:
    found = cells("Our children\n\n3,120\nchildren have a plan\n5.1%\nof pupils have a plan (England 4.8%)")
    assert [(figure, row) for row, _, figure in found] == [
        ("3,120", "children have a plan"),
        ("5.1%", "of pupils have a plan"),
    ]


def test_a_limit_in_the_name_of_a_measure_is_no_figure() -> None:
    found = cells("Measure\nTarget\nActual\nAdvice received in 6 weeks\n90\n57%\nReviews overdue\n250\n816")
    assert [row for row, _, _ in found] == ["Advice received in 6 weeks"] * 2 + ["Reviews overdue"] * 2

"""Plain text papers: what becomes a heading, a paragraph, an item, and that every offset holds."""

from __future__ import annotations

import pytest

from sendparse.errors import UnreadablePaper
from sendparse.model import Document
from sendparse.read.txt import read_txt


def document(text: str | bytes) -> Document:
    data = text if isinstance(text, bytes) else text.encode()
    return read_txt(data, document_id="d", file="paper.txt")


def kinds(text: str) -> list[tuple[str, str]]:
    return [(b.kind, b.text) for b in document(text).blocks]


def test_offsets_are_those_of_the_file() -> None:
    found = document("# url https://example.org/a\nOne paragraph here.\r\n\r\n  • 12 plans\n")
    assert found.url == "https://example.org/a"
    assert [found.text[b.start or 0 :][: len(b.text)] for b in found.blocks] == [b.text for b in found.blocks]
    assert [b.text for b in found.blocks] == ["One paragraph here.", "• 12 plans"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("£5m".encode(), "£5m"),
        ("£5m".encode("utf-8-sig"), "£5m"),
        ("£5m".encode("cp1252"), "£5m"),
        ("£5m".encode("utf-16"), "£5m"),
    ],
)
def test_encodings(data: bytes, expected: str) -> None:
    assert document(data).blocks[0].text == expected


def test_no_text_is_refused() -> None:
    with pytest.raises(UnreadablePaper, match=r"paper.txt"):
        document(b"\x80\x00\x81\x00\x82")


LONG = "The number of requests that the service received rose again in the year, and so did the number of plans."


def test_headings_stand_over_something_longer() -> None:
    assert [kind for kind, _ in kinds(f"TIMELINESS\n\n{LONG}\n\nII. 20-week timeliness\n\n{LONG}")] == [
        "heading", "paragraph", "heading", "paragraph",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    ["Answer: 96", "In 2023 there were 40 appeals", "Is this helpful?", "Requests rose by 12%", "lower case line"],
)
def test_lines_that_are_no_heading(line: str) -> None:
    assert kinds(f"{line}\n\n{LONG}")[0][0] == "paragraph"


def test_an_answer_under_a_question_is_no_heading() -> None:
    assert [k for k, _ in kinds(f"How many plans are there?\nAbout ninety\n{LONG}")] == ["paragraph"] * 3


def test_lines_that_break_in_mid_sentence_are_one_block() -> None:
    (block,) = document("The deficit rose to £12.\n5 million in the year and is expected\nto grow further.").blocks
    assert block.text.count("\n") == 2


def test_a_numbered_paragraph_begins_behind_an_amount_with_a_full_stop() -> None:
    blocks = document("2.7 An average place costs £24,500.\n\n2.8 The team received 61 new requests.").blocks
    assert [block.text[:3] for block in blocks] == ["2.7", "2.8"]


def test_a_page_break_in_mid_sentence() -> None:
    (block,) = document("It is also possible that\n\nschools are more challenging when requests are refused.").blocks
    assert block.text.endswith("refused.")


def test_cells_one_a_line_stay_apart() -> None:
    text = "Measure\nTarget\nActual\nPlans issued within 20 weeks\n60%\n52%"
    assert [t for _, t in kinds(text)] == text.split("\n")


def test_rows_with_tabs_and_numbers_with_tabs() -> None:
    assert [k for k, _ in kinds("Month\tRequests\nMay 2023\t74")] == ["table_row", "table_row"]
    assert [k for k, _ in kinds("2.\tThe deficit grew.\n•\t12 plans")] == ["paragraph", "list_item"]


def test_items_know_their_depth() -> None:
    found = document("  • 12 plans\n    • of these, 3 new").blocks
    assert [b.level for b in found] == [1, 2]


def test_a_label_with_its_figure_is_a_line_of_its_own() -> None:
    text = (
        "Measure 2.1 Percentage of annual reviews that were held within twelve months\n"
        "Baseline (July 2022): 38%\nActual (March 2023): 912\n"
    )
    assert [line for _, line in kinds(text)][1:] == ["Baseline (July 2022): 38%", "Actual (March 2023): 912"]
    assert kinds(text)[2][0] == "paragraph"


def test_what_stands_under_a_title_with_its_date() -> None:
    text = "Partnership board\nDashboard, Quarter 2 2024/25\n\nHeadlines\n\n- Plans: 40\n"
    assert kinds(text)[0] == ("heading", "Partnership board\nDashboard, Quarter 2 2024/25")

"""The headings that a table of a PDF stands under."""

from __future__ import annotations

from tabling import ruled_page, words_at

from sendparse.model import Page, Word
from sendparse.tables.ruled import find_ruled
from sendparse.tables.sections import Sections

ROWS = [["KPI", "Apr", "May"], ["Plans", "1", "2"]]


def paths(*pages: Page) -> list[tuple[str, ...]]:
    sections = Sections()
    return [table.headings for page in pages for table in sections.place(page, find_ruled(page))]


def text(words: str, top: float, size: float = 8, **fields: object) -> list[Word]:
    return words_at(words, 50, top, size=size, bottom=top + size, **fields)


BODY = [w for n in range(3) for w in text("a line of the text of this page.", 300 + 12 * n)]


def test_larger_lines_above_a_table_are_its_path() -> None:
    extra = [*text("SEND report 2024/25", 20, 18), *text("Timeliness", 50, 12), *text("a line of text", 70), *BODY]
    assert paths(ruled_page(ROWS, extra=extra)) == [("SEND report 2024/25", "Timeliness")]


def test_a_bold_line_of_text_size_is_a_heading() -> None:
    assert paths(ruled_page(ROWS, extra=[*text("Appeals", 50, bold=True), *text("by month", 62), *BODY])) == [
        ("Appeals",)
    ]


def test_a_heading_ends_those_of_its_size_and_below() -> None:
    extra = [*text("One", 20, 14), *text("Detail", 40, 11), *text("Two", 60, 14), *BODY]
    assert paths(ruled_page(ROWS, extra=extra)) == [("Two",)]


def test_the_path_goes_on_over_pages() -> None:
    first = Page(number=1, width=595, height=842, words=(*text("SEND report 2024/25", 20, 18), *BODY))
    assert paths(first, ruled_page(ROWS, number=2, extra=BODY)) == [("SEND report 2024/25",)]


def test_what_stands_below_a_table_is_none_of_its_headings() -> None:
    assert paths(ruled_page(ROWS, extra=[*text("Next chapter", 400, 18), *BODY])) == [()]


def test_the_tables_own_title_is_not_repeated() -> None:
    page = ruled_page(ROWS, extra=[*text("Chapter", 20, 18), *text("Plans by month", 88, 10, bold=True), *BODY])
    (table,) = find_ruled(page)
    assert (table.title, paths(page)) == ("Plans by month", [("Chapter",)])


def test_sentences_are_no_headings() -> None:
    assert paths(ruled_page(ROWS, extra=[*text("This is a sentence in large print.", 20, 18), *BODY])) == [()]

"""From the words of a page to paragraphs, lists, headings and columns."""

from __future__ import annotations

from dataclasses import replace

from sendparse.model import Block, Box, Page, Shape, Table, Word
from sendparse.text import blocks
from sendparse.text.lines import columns, lines_of
from sendparse.text.pages import page_blocks

WIDTH = 5.0  # of a letter


def line(
    text: str, top: float, x0: float = 50.0, *, size: float = 10.0, bold: bool = False, page: int = 1
) -> list[Word]:
    """Words of one line; two spaces or more are white."""
    out, x = [], x0
    for part in text.split(" "):
        if part:
            end = x + WIDTH * len(part)
            out.append(Word(text=part, x0=x, top=top, x1=end, bottom=top + size, page=page, size=size, bold=bold))
            x = end
        x += 3.0
    return out


def page(*lines: list[Word], number: int = 1, **more: object) -> Page:
    return Page(number=number, width=595, height=842, words=tuple(w for words in lines for w in words), **more)  # type: ignore[arg-type]


def found(*pages: Page, tables: tuple[Table, ...] = ()) -> list[tuple[str, str]]:
    return [(b.kind, b.text) for b in page_blocks(pages, tables)]


LONG = "The number of plans that the council maintains rose again in the year to"


def test_wrapped_lines_are_one_paragraph_and_white_begins_another() -> None:
    text = page(line(LONG, 200), line("January 2025, as it did before.", 212), line("Requests fell.", 240))
    assert found(text) == [("paragraph", f"{LONG} January 2025, as it did before."), ("paragraph", "Requests fell.")]


def test_a_break_before_a_word_that_had_room_is_meant() -> None:
    items = page(
        line(LONG, 200),
        line("January 2025.", 212),
        line("46,000 with support", 224),
        line("1,200 in special schools", 236),
    )
    assert [text for _, text in found(items)][1:] == ["46,000 with support", "1,200 in special schools"]


def test_headings_by_size_weight_and_number() -> None:
    text = page(
        line("Annual report", 150, size=16), line("Timeliness", 190, bold=True), line(LONG, 204), line("January 2025.", 216),
        line("3.2   Quality of plans", 250), line(LONG, 264), line("January 2025.", 276),
    )  # fmt: skip
    headings = [b for b in page_blocks([text], ()) if b.kind == "heading"]
    assert [(b.text, b.level) for b in headings] == [
        ("Annual report", 1),
        ("Timeliness", 2),
        ("3.2 Quality of plans", 3),
    ]


def test_a_bold_sentence_is_no_heading_and_a_bold_lead_runs_on() -> None:
    lead = [replace(w, bold=n < 2) for n, w in enumerate(line("Complaints rose: " + LONG, 200))]
    text = page(lead, line("January 2025.", 212))
    assert [kind for kind, _ in found(text)] == ["paragraph"]
    assert [kind for kind, _ in found(page(line("The panel agreed to all of it.", 200, bold=True)))] == ["paragraph"]


def test_bullets_written_and_drawn() -> None:
    written = page(line("• 12 appeals", 200), line("• 9 mediations", 214))
    assert found(written) == [("list_item", "12 appeals"), ("list_item", "9 mediations")]
    dot = Shape(box=Box(x0=40, top=203, x1=44, bottom=207), points=(), colour=(0, 0, 0))
    drawn = page(line("12 appeals", 200), shapes=(dot,))
    assert found(drawn) == [("list_item", "12 appeals")]


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [
        page(
            line("Scrutiny Committee 2025", 20, page=n),
            line(LONG + f" {n}", 300, page=n),
            line(f"Page {n} of 3", 820, page=n),
            number=n,
        )
        for n in (1, 2, 3)
    ]
    assert [text for _, text in found(*pages)] == [f"{LONG} {n}" for n in (1, 2, 3)]


def test_a_sentence_cut_by_the_page_turn_is_one_paragraph() -> None:
    first = page(line(LONG, 400))
    second = page(line("its highest level since 2019.", 100, page=2), number=2)
    [(kind, text)] = found(first, second)
    assert (kind, text) == ("paragraph", f"{LONG} its highest level since 2019.")
    [block] = page_blocks([first, second], ())
    assert {word.page for _, word in block.anchors} == {1, 2}


def test_two_columns_of_prose_are_read_one_after_the_other() -> None:
    left = [line(f"left column says word {n}", 200 + 12 * n) for n in range(5)]
    right = [line(f"right column says word {n}", 200 + 12 * n, x0=320) for n in range(5)]
    words = [w for part in [*left, *right] for w in part]
    first, second = columns(lines_of(words))
    assert all("left" in row.text for row in first)
    assert all("right" in row.text for row in second)


def test_cells_far_apart_are_a_row_with_tabs() -> None:
    row = page([*line("Meeting date", 200), *line("11 March 2025", 200, x0=250)])
    assert found(row) == [("table_row", "Meeting date\t11 March 2025")]


def test_words_of_tables_hidden_words_and_turned_words_are_no_prose() -> None:
    box = Box(x0=0, top=190, x1=595, bottom=230)
    table = Table(table_id="t", document_id="d", cells=(), rows=0, columns=0, method="ruled", page=1, box=box)
    hidden = [replace(w, hidden=True) for w in line("white words", 300)]
    turned = [replace(w, upright=False) for w in line("turned words", 320)]
    assert found(page(line("in the table", 200), hidden, turned, line("Prose.", 400)), tables=(table,)) == [
        ("paragraph", "Prose.")
    ]


def test_anchors_lead_from_a_place_in_the_text_to_the_word() -> None:
    [block] = page_blocks([page(line(LONG + " the 20-", 200), line("week limit", 212))], ())
    assert all(block.text[at : at + len(word.text)] == word.text for at, word in block.anchors)
    assert "20-week" in block.text


def test_papers_without_pages_bring_their_blocks() -> None:
    from sendparse.model import Document

    own = (Block(kind="paragraph", text="Plans.", start=0),)
    document = Document(document_id="d", file="a.txt", format="txt", text="Plans.", blocks=own)
    assert blocks(document, ()) == own


def test_numbers_along_the_axes_of_charts_are_no_text() -> None:
    def chart(top: float, number: int) -> list[list[Word]]:
        up = [line(str(n), top + 20 * i, x0=60) for i, n in enumerate((60, 40, 20, 0))]
        across = [word for n in range(7) for word in line(str(n), top + 75, x0=80 + 40 * n)]
        return [*up, across, line(f"Figure {number}: Satisfaction with the services", top + 95)]

    one = page(*chart(100, 1), *chart(300, 2), line("Of the 283 people who answered, 52 were content.", 500))
    assert [text for _, text in found(one)] == [
        "Figure 1: Satisfaction with the services",
        "Figure 2: Satisfaction with the services",
        "Of the 283 people who answered, 52 were content.",
    ]


def test_figures_one_under_another_stay_text_where_they_are_no_axis() -> None:
    odd = page(*[line(text, 100 + 20 * i, x0=60) for i, text in enumerate(("2,045", "1,837", "1,602", "1,398"))])
    assert "1,602" in " ".join(text for _, text in found(odd))

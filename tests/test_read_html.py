"""Web pages: what of them is the paper, its blocks and tables, and where each stands in the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sendparse.model import Document
from sendparse.read import read_bytes


def read(page: str | bytes) -> Document:
    return read_bytes(page.encode() if isinstance(page, str) else page, file="page.html")


def body(inner: str) -> Document:
    return read(f"<!doctype html><html><head><title>T</title></head><body>{inner}</body></html>")


def blocks(document: Document) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.text) for block in document.blocks]


def check_offsets(document: Document) -> None:
    for block in document.blocks:
        assert block.start is not None
        assert document.text[block.start : block.start + len(block.text)] == block.text
    for table in document.tables:
        for cell in table.cells:
            assert cell.start is not None
            assert document.text[cell.start : cell.start + len(cell.text)] == cell.text


MODERNGOV = """<!DOCTYPE html><html lang="en"><head><title>Agenda item - SEND Update | Anywhere Council</title>
<link rel="canonical" href="https://democracy.anywhere.gov.uk/mgAi.aspx?ID=123"></head><body>
<div id="cookie-consent">We use 12 cookies. <button>Accept</button></div>
<div class="skip"><a href="#c">Skip to content</a></div>
<form id="aspnetForm"><div id="banner"><ul class="topnav"><li><a>Home</a></li><li><a>Councillors</a></li></ul></div>
<div id="modgov"><div class="mgContent">
<ul id="breadcrumb"><li><a>Home</a></li><li><a>Committees</a></li></ul>
<h1 class="mgMainTitleTxt">Agenda item</h1><h2 class="mgSubTitleTxt">SEND Update</h2>
<ul class="mgActionList"><li><a>Meeting of Children's Committee, Tuesday, 11th March, 2025 6.00 pm (Item 45.)</a></li></ul>
<table class="mgLayoutTable"><tr><td><div class="mgWordPara"><p class="MsoNormal">Timeliness was&nbsp;reported at
 <strong>68.5%</strong>, above the national average.</p><p><b>Next steps</b></p>
<ul><li>Recruit <ul><li>two psychologists</li></ul></li><li>Report back</li></ul></div></td></tr></table>
<h3>Supporting documents:</h3><ul class="mgBulletList">
<li><a href="x.pdf">SEND report</a>, item 45. <img alt="PDF"> PDF 354 KB</li>
<li><a href="y.pdf">Appendix 1</a>, item 45. <img alt="PDF"> PDF 1 MB</li></ul>
</div></div></form><footer>Anywhere Council 2025. Tel 01202 123123</footer></body></html>"""


def test_an_agenda_item_of_a_committee_system() -> None:
    document = read(MODERNGOV)
    assert blocks(document) == [
        ("heading", 1, "Agenda item"),
        ("heading", 2, "SEND Update"),
        ("list_item", 1, "Meeting of Children's Committee, Tuesday, 11th March, 2025 6.00 pm (Item 45.)"),
        ("paragraph", 0, "Timeliness was reported at 68.5%, above the national average."),
        ("heading", 7, "Next steps"),
        ("list_item", 1, "Recruit"),
        ("list_item", 2, "two psychologists"),
        ("list_item", 1, "Report back"),
        ("heading", 3, "Supporting documents:"),
    ]
    assert document.title == "Agenda item - SEND Update | Anywhere Council"
    assert document.url == "https://democracy.anywhere.gov.uk/mgAi.aspx?ID=123"
    assert (document.format, document.pages, document.tables) == ("html", (), ())
    check_offsets(document)


ROUND_IT = [
    # what stands around the content, why it is here
    ("<nav><a>Home</a></nav>", "navigation"),
    ("<div role=navigation><a>Home</a></div>", "navigation by its role"),
    ("<div class='site-nav'><ul><li><a>Home</a></li></ul></div>", "navigation by its name"),
    ("<div id=cookieBanner>We use 3 cookies</div>", "cookies"),
    ("<div class='breadcrumb'><a>Home</a> &gt; SEND</div>", "breadcrumbs"),
    ("<div class=share-links><a>Facebook</a><a>Print</a></div>", "share links"),
    ("<ul><li><a>Schools</a></li><li><a>Bins</a></li><li><a>Council tax</a></li></ul>", "a list of links"),
    ("<aside>Popular: 10 things to do</aside>", "what stands aside"),
    ("<footer>© 2025</footer>", "a footer"),
    ("<script>var a = 1;</script><style>p {}</style><noscript>Turn on 5</noscript>", "code"),
    ("<p hidden>9 secrets</p><div style='DISPLAY : none'>9 secrets</div>", "hidden by the page"),
    ("<span class='govuk-visually-hidden'>9 secrets</span>", "for screen readers only"),
    ("<!-- 9 secrets -->", "a comment"),
    ("<button>Menu</button><select><option>1</option></select>", "controls"),
    ("<p><del>9 secrets</del> <s>8 secrets</s></p>", "struck out"),
]
INNER = "<h1>Our SEND service</h1><p>In 2024, 73% of plans were good.</p><p>We issued 418 new plans.</p>"


@pytest.mark.parametrize("around", [case[0] for case in ROUND_IT], ids=[case[1] for case in ROUND_IT])
@pytest.mark.parametrize("frame", ["{0}{1}{0}", "{0}<main>{1}{0}</main>", "{0}<div id=content>{1}</div>{0}"])
def test_what_is_no_content_goes(around: str, frame: str) -> None:
    document = body(frame.format(around, INNER))
    assert document.text == "Our SEND service\nIn 2024, 73% of plans were good.\nWe issued 418 new plans."


KEPT = [
    ("<div class=nav-tabs><p>27% of plans</p><p><a href=x>All of this page is in a part that is named like a menu.</a></p></div>",
     "27% of plans", "a name that speaks of navigation on all there is"),
    ("<div class='page has-sidebar no-nav'><p>27% of plans</p><p>A long text about the plans of the council.</p></div>",
     "27% of plans", "a name that speaks of navigation on what is content"),
    ("<div class=menu-of-support><p>We support 46,000 children in 12 ways without a link</p></div><p>More of it here</p>",
     "46,000", "a likely name on prose"),
    ("<ul><li><a href=x>A sentence that is a link as a whole, and states that 27% of plans were issued in time.</a></li>"
     "<li><a href=y>Another sentence of some length that is also a link from its beginning to its end, 28%.</a></li></ul>",
     "27% of plans", "links that are sentences"),
    ("<details><summary>Timeliness</summary><p>27% of plans</p></details>", "27% of plans", "a section to open"),
    ("<h2><button>Timeliness</button></h2><p>27%</p>", "Timeliness", "a button that is a heading"),
]  # fmt: skip


@pytest.mark.parametrize(("inner", "expected"), [case[:2] for case in KEPT], ids=[case[2] for case in KEPT])
def test_content_stays(inner: str, expected: str) -> None:
    assert expected in body(inner).text


LINES = [
    ("<p>one<br>two</p>", ["one two"], "a break within a sentence"),
    ("<p>Plans: 500<br>Timeliness: 45%</p>", ["Plans: 500", "Timeliness: 45%"], "a break between statements"),
    ("<div>loose<p>in p</p>after</div>", ["loose", "in p", "after"], "text outside paragraphs"),
    ("<p>19,\n 400\t&nbsp;plans</p>", ["19, 400 plans"], "white space"),
    ("<p>There are <del>400</del><ins>410</ins> plans</p>", ["There are 410 plans"], "a figure struck out for another"),
    ("<p>45%<sup>1</sup> of plans</p>", ["45% ¹ of plans"], "a footnote's mark is no digit"),
    ("<p>the 31<sup>st</sup> of March</p>", ["the 31st of March"], "an ordinal"),
    ("<p>20 m<sup>2</sup></p>", ["20 m²"], "a power"),
    ("<p>a <b>bold</b> <i>word</i>, 4<b>5</b>%</p>", ["a bold word, 45%"], "inline elements part nothing"),
    ("<dl><dt>Plans</dt><dd>500</dd></dl>", ["Plans", "500"], "a list of terms"),
    ("<pre>a 1\nb 2</pre>", ["a 1", "b 2"], "lines that are set by hand"),
]


@pytest.mark.parametrize(("inner", "expected"), [case[:2] for case in LINES], ids=[case[2] for case in LINES])
def test_lines(inner: str, expected: list[str]) -> None:
    document = body(inner)
    assert document.text.split("\n") == expected
    check_offsets(document)


# tables -----------------------------------------------------------------------------------------------------------------


def test_a_table_with_spans_headers_and_offsets() -> None:
    document = body(
        "<h2>Performance</h2><table><caption>Table 1: plans</caption><thead><tr><th rowspan=2>Measure<th colspan=2>2024"
        "<tr><th>Q1<th>Q2</thead><tfoot><tr><td>Total<td>7<td>9</tfoot><tbody><tr><td>Plans<td><b>7</b><td>9</tbody></table>"
        "<p>After</p>"
    )
    (table,) = document.tables
    assert table.grid() == [
        ["Measure", "2024", ""],
        ["", "Q1", "Q2"],
        ["Plans", "7", "9"],
        ["Total", "7", "9"],
    ]
    assert (table.title, table.headings, table.method) == ("Table 1: plans", ("Performance",), "known")
    assert [cell.header for cell in table.cells] == [True] * 4 + [False] * 6
    first = table.cells[0]
    assert (first.row_span, first.column_span, table.cells[1].column_span) == (2, 1, 2)
    assert [cell.text for cell in table.cells if cell.bold and not cell.header] == ["7"]
    assert [block.text for block in document.blocks] == ["Performance", "After"]
    assert "Plans\t7\t9" in document.text
    check_offsets(document)


def test_a_wide_cell_stops_where_one_reaches_down() -> None:
    document = body("<table><tr><th>A<th>B<th rowspan=2>C<tr><td colspan=3>wide<tr><td>1<td>2<td>3</table>")
    (table,) = document.tables
    assert table.grid()[1:] == [["wide", "", ""], ["1", "2", "3"]]
    assert next(cell.column_span for cell in table.cells if cell.text == "wide") == 2


def test_cells_keep_their_lines() -> None:
    document = body("<table><tr><th>A<th>B<tr><td><p>one</p><p>Two</p><td>3<br>Four<tr><td>5<td>6</table>")
    assert document.tables[0].grid()[1] == ["one\nTwo", "3\nFour"]
    check_offsets(document)


LAYOUT = [
    ("<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>", "it says so"),
    ("<table class=pageLayout><tr><td>a<td>b<tr><td>c<td>d</table>", "its name says so"),
    ("<table><tr><td>a<tr><td>b</table>", "one column"),
    ("<table><tr><td>a<td>b</table>", "one row"),
    ("<table><tr><td><h2>a</h2><td>b<tr><td>c<td>d</table>", "it holds headings"),
    (f"<table><tr><td>a<td>{'prose ' * 60}<tr><td>c<td>{'prose ' * 60}</table>", "it holds prose"),
]


@pytest.mark.parametrize("table", [case[0] for case in LAYOUT], ids=[case[1] for case in LAYOUT])
def test_tables_that_lay_out_are_unwrapped(table: str) -> None:
    document = body(table)
    assert document.tables == ()
    assert len(document.blocks) >= 2


def test_a_table_within_a_layout_table_is_found() -> None:
    document = body("<table><tr><td>nav<td><table><tr><th>A<th>B<tr><td>1<td>2</table><p>after</p></table>")
    assert [table.grid() for table in document.tables] == [[["A", "B"], ["1", "2"]]]
    assert document.text == "nav\nA\tB\n1\t2\nafter"


def test_spans_that_lie_do_no_harm() -> None:
    document = body(
        "<table><tr><th rowspan=999999>A<th colspan=0>B<th colspan=x>C<tr><td colspan=99999>1<tr><td rowspan=-2>2</table>"
    )
    (table,) = document.tables
    assert table.rows == 3
    assert table.columns <= 500
    check_offsets(document)


# bytes ------------------------------------------------------------------------------------------------------------------

PRICE = "It cost £19.4m – 27% of it"
CHARSETS = [
    (PRICE.encode("utf-8"), "", "utf-8", "UTF-8 that says nothing"),
    (PRICE.encode("utf-8"), "<meta charset=iso-8859-1>", "", "UTF-8 that claims Latin-1"),
    (PRICE.encode("windows-1252"), "", "", "windows-1252 that says nothing"),
    (PRICE.encode("windows-1252"), "<meta charset=iso-8859-1>", "", "windows-1252 that says Latin-1"),
    (PRICE.encode("windows-1252"), "<meta charset=utf-16>", "", "a claim that cannot be"),
    (PRICE.encode("windows-1252"), "<meta charset=nonsense>", "", "a claim that nobody knows"),
    (PRICE.encode("windows-1252"), "<meta charset=hex>", "", "a codec that is no charset"),
    (PRICE.encode("utf-8").replace("–".encode(), b"\x96"), "<meta charset=utf-8>", "", "UTF-8 with a stray byte"),
    (
        PRICE.encode("mac-roman"),
        '<meta http-equiv=Content-Type content="text/html; charset=macintosh">',
        "",
        "declared",
    ),
]


@pytest.mark.parametrize(("content", "meta", "_"), [c[:3] for c in CHARSETS], ids=[c[3] for c in CHARSETS])
def test_charsets(content: bytes, meta: str, _: str) -> None:
    page = b"<html><head>" + meta.encode() + b"<title>T</title></head><body><p>" + content + b"</p></body></html>"
    assert read(page).text == PRICE


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks(codec: str) -> None:
    assert read(f"<html><body><p>{PRICE}</p></body></html>".encode(codec)).text == PRICE


def test_xhtml_with_a_declaration_is_read() -> None:
    page = '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body><p>£5</p></body></html>'
    assert read(page).text == "£5"


HEADS = [
    ("<title>A  b</title>", "A b", "", "a title"),
    ("<title></title><meta property='og:title' content='Og'>", "Og", "", "no title but for sharing"),
    (
        "<title>News</title><meta property='og:site_name' content='Anywhere Council'>",
        "News - Anywhere Council",
        "",
        "a site",
    ),
    ("<title>T</title><meta property='og:url' content='https://a.gov.uk/x'>", "T", "https://a.gov.uk/x", "an address"),
    (
        "<!-- saved from url=(0024)https://b.gov.uk/y --><title>T</title>",
        "T",
        "https://b.gov.uk/y",
        "saved by a browser",
    ),
]


@pytest.mark.parametrize(("head", "title", "url"), [case[:3] for case in HEADS], ids=[case[3] for case in HEADS])
def test_title_and_address(head: str, title: str, url: str) -> None:
    document = read(f"<html><head>{head}</head><body><p>x</p></body></html>")
    assert (document.title, document.url) == (title, url)


def test_a_page_without_a_title_has_its_first_heading() -> None:
    assert read("<html><body><h1>Our  <b>plan</b></h1><p>x</p></body></html>").title == "Our plan"


def test_charts_and_emptiness_are_problems() -> None:
    charts = body("<p>See here</p><img src=a.png alt='Graph of plans by year'><img src=logo.png alt='Council logo'>")
    assert [(p.code, p.quote) for p in charts.problems] == [("picture_not_read", "Graph of plans by year")]
    empty = body("<nav>Home</nav>")
    assert [p.code for p in empty.problems] == ["no_text_layer"]
    assert empty.text_layer == "none"


def test_deep_nesting_is_survived() -> None:
    document = body("<div>" * 3000 + "<p>27%</p>" + "</div>" * 3000)
    assert document.format == "html"


PIECES = st.sampled_from(
    ["<p>", "</p>", "<h2>", "</h2>", "<ul>", "<li>", "</ul>", "<table>", "<tr>", "<td colspan=2>", "<th rowspan=2>", "</table>",
     "<br>", "<b>", "</b>", "<sup>1</sup>", "27%", " ", "\n", "&nbsp;", "£5m", "a", "\u200b", "ü", "<div class=nav>", "</div>"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_offsets_hold_whatever_the_page(pieces: list[str]) -> None:
    document = body("".join(pieces))
    check_offsets(document)
    for table in document.tables:
        taken = [
            (cell.row + down, cell.column + right)
            for cell in table.cells
            for down in range(cell.row_span)
            for right in range(cell.column_span)
        ]
        assert len(taken) == len(set(taken))
        assert all(row < table.rows and column < table.columns for row, column in taken)


def test_real_pages_lose_nothing_but_their_frame(shared) -> None:  # type: ignore[no-untyped-def]
    document = read((shared / "papers" / "send-improvement-journey.html").read_bytes())
    assert "This rose to 90% between January and June 2025." in document.text
    assert "Cookies | Accessibility" not in document.text
    assert "Committees" not in document.text

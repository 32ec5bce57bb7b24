"""Word files: blocks, tables with merged cells, what of tracked changes counts, and files made to harm."""

from __future__ import annotations

import io
import zipfile

import pytest

from sendparse.errors import UnreadablePaper
from sendparse.model import Document
from sendparse.read import docx_parts, read_bytes, read_document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OTHERS = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
STYLES = """
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Council Sub"/><w:basedOn w:val="berschrift1"/>
 <w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Same"><w:name w:val="Council Head"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="LB"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="B"><w:name w:val="Strong line"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="B2"><w:name w:val="Other line"/><w:basedOn w:val="B"/></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="loop"/><w:basedOn w:val="Loop"/></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>
 <w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
"""
NOTES = """
<w:footnote w:id="-1" w:type="separator"><w:p><w:r><w:t>____</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t xml:space="preserve"> Source: DfE</w:t></w:r></w:p></w:footnote>
"""


def packed(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def word_file(body: str, *, space: str = W, **more: str) -> bytes:
    def root(name: str, content: str) -> str:
        return f'<?xml version="1.0"?><w:{name} xmlns:w="{space}" {OTHERS}>{content}</w:{name}>'

    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": root("document", f"<w:body>{body}</w:body>"),
            "word/styles.xml": root("styles", STYLES),
            "word/numbering.xml": root("numbering", NUMBERING),
            "word/footnotes.xml": root("footnotes", NOTES),
            **more,
        }
    )


def read(body: str, **more: str) -> Document:
    return read_bytes(word_file(body, **more), file="a.docx")


def p(text: str = "", *, style: str = "", properties: str = "", run: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f"<w:p><w:pPr>{named}{properties}</w:pPr>"
        f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


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


def numbered(number: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


PARAGRAPHS = [
    (p("Plans", style="berschrift1"), [("heading", 1, "Plans")], "a heading, its id in another language"),
    (p("Plans", style="Sub"), [("heading", 3, "Plans")], "an own style with an outline level"),
    (p("Plans", style="Same"), [("heading", 1, "Plans")], "an own style that inherits one"),
    (p("Plans", style="T"), [("heading", 1, "Plans")], "the title"),
    (p("Plans", properties='<w:outlineLvl w:val="1"/>'), [("heading", 2, "Plans")], "an outline level of its own"),
    (p("Plans", properties='<w:outlineLvl w:val="9"/>'), [("paragraph", 0, "Plans")], "the level of body text"),
    (p("Next steps", run="<w:b/>"), [("heading", 7, "Next steps")], "bold as a whole"),
    (p("Next steps", run='<w:b w:val="0"/>'), [("paragraph", 0, "Next steps")], "bold switched off"),
    (p("Next steps", style="B2"), [("heading", 7, "Next steps")], "bold by a style that inherits it"),
    (p("68.5% of plans", run="<w:b/>"), [("paragraph", 0, "68.5% of plans")], "a bold figure is no heading"),
    (p("NEXT STEPS"), [("heading", 7, "NEXT STEPS")], "capitals as a whole"),
    (p("one", style="LB"), [("list_item", 1, "one")], "a list by its style"),
    (p("two", properties=numbered(1, 1)), [("list_item", 2, "two")], "the second level of a list"),
    (p("first", properties=numbered(2, 0)), [("list_item", 1, "first")], "a numbered list"),
    (p("said", properties=numbered(2, 1)), [("paragraph", 0, "said")], "a report's numbered paragraph, 1.1"),
    (p("none", style="LB", properties=numbered(0, 0)), [("paragraph", 0, "none")], "numbering taken away"),
    (p("Plans 3", style="TOC1"), [], "a line of the contents"),
    (p("odd", style="Loop"), [("paragraph", 0, "odd")], "a style that is based on itself"),
    (p("odd", style="Nowhere"), [("paragraph", 0, "odd")], "a style that is not there"),
    (p("  a   b "), [("paragraph", 0, "a b")], "white space"),
    (p(), [], "nothing"),
]


@pytest.mark.parametrize(("body", "expected"), [case[:2] for case in PARAGRAPHS], ids=[case[2] for case in PARAGRAPHS])
def test_paragraphs(body: str, expected: list[tuple[str, int, str]]) -> None:
    document = read(p("Before.") + body)
    assert blocks(document)[1:] == expected
    check_offsets(document)


def runs(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def t(text: str, run: str = "") -> str:
    return f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def box(content: str) -> str:
    return f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>"


RUNS = [
    (t("68") + t(".5%"), ["68.5%"], "runs that part a figure"),
    (t("now ") + f"<w:ins>{t('27%')}</w:ins><w:del><w:r><w:delText>19%</w:delText></w:r></w:del>", ["now 27%"], "tracked"),
    (t("27%") + f"<w:moveFrom>{t('19%')}</w:moveFrom><w:moveTo>{t(' of')}</w:moveTo>", ["27% of"], "moved"),
    (t("a") + "<w:r><w:tab/><w:t>b</w:t></w:r>", ["a b"], "a tab"),
    (t("Plans: 5") + "<w:r><w:br/><w:t>Reviews: 6</w:t></w:r>", ["Plans: 5", "Reviews: 6"], "a break between statements"),
    (t("one") + "<w:r><w:br/><w:t>two</w:t></w:r>", ["one two"], "a break within a sentence"),
    (t("20") + "<w:r><w:noBreakHyphen/></w:r>" + t("week"), ["20-week"], "a hyphen that does not break"),
    (t("time") + "<w:r><w:softHyphen/></w:r>" + t("liness"), ["timeliness"], "a hyphen that does not show"),
    (t("45%") + t("1", '<w:vertAlign w:val="superscript"/>'), ["45% ¹"], "a raised number"),
    (t("the 31") + t("st", '<w:vertAlign w:val="superscript"/>'), ["the 31st"], "an ordinal"),
    (t("seen") + t("9 secrets", "<w:vanish/>"), ["seen"], "hidden text"),
    (t("seen") + t("9 errors", "<w:strike/>"), ["seen"], "struck-out text"),
    (t("seen") + t(" 9 plans", "<w:strike w:val='0'/>"), ["seen 9 plans"], "text that is expressly not struck out"),
    (f"<w:hyperlink>{t('link')}</w:hyperlink><w:smartTag>{t(' tag')}</w:smartTag>", ["link tag"], "what only wraps"),
    (f"<w:fldSimple w:instr='PAGE'>{t('7')}</w:fldSimple>", ["7"], "a field's result"),
    ("<w:r><w:fldChar/><w:instrText>REF 19</w:instrText></w:r>" + t("5"), ["5"], "a field's instruction"),
    ("<w:r><w:sym w:font='Wingdings' w:char='F0E9'/></w:r>", ["\uf0e9"], "a sign of a symbol font"),
    (f"<w:r>{box(p('boxed 9'))}</w:r>" + t("around"), ["around", "boxed 9"], "a text box"),
    (f"<w:r><mc:AlternateContent><mc:Choice>{box(p('boxed 9'))}</mc:Choice><mc:Fallback>{box(p('boxed 9'))}</mc:Fallback>"
     f"</mc:AlternateContent></w:r>", ["boxed 9"], "a text box in two versions"),
    (f"<w:sdt><w:sdtPr><w:t>x</w:t></w:sdtPr><w:sdtContent>{t('form 5')}</w:sdtContent></w:sdt>", ["form 5"], "a control"),
]  # fmt: skip


@pytest.mark.parametrize(("inner", "expected"), [case[:2] for case in RUNS], ids=[case[2] for case in RUNS])
def test_what_a_paragraph_says(inner: str, expected: list[str]) -> None:
    document = read(runs(inner))
    assert [block.text for block in document.blocks] == expected
    check_offsets(document)


def test_footnotes_stand_at_the_end_with_their_number() -> None:
    document = read(runs(t("27%") + "<w:r><w:footnoteReference w:id='2'/></w:r>" + t(" of plans")) + p("After."))
    assert [block.text for block in document.blocks] == ["27% ¹ of plans", "After.", "¹ Source: DfE"]


# tables -----------------------------------------------------------------------------------------------------------------


def cell(text: str, properties: str = "", run: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text, run=run)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


START, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_merged_cells_headers_and_fills() -> None:
    document = read(
        p("Performance", style="berschrift1")
        + table(
            row(cell("Measure", START), cell("2024", '<w:gridSpan w:val="2"/>'), properties="<w:tblHeader/>"),
            row(cell("", ON), cell("Q1"), cell("Q2"), properties="<w:tblHeader/>"),
            row(
                cell("Plans", run="<w:b/>"), cell("7", '<w:shd w:fill="FF0000"/>'), cell("9", '<w:shd w:fill="auto"/>')
            ),
            row(cell("Total"), cell("16", '<w:gridSpan w:val="2"/>')),
        )
        + p("After.")
    )
    (found,) = document.tables
    assert found.grid() == [["Measure", "2024", ""], ["", "Q1", "Q2"], ["Plans", "7", "9"], ["Total", "16", ""]]
    by_text = {cell.text: cell for cell in found.cells}
    assert (by_text["Measure"].row_span, by_text["2024"].column_span, by_text["16"].column_span) == (2, 2, 2)
    assert [cell.text for cell in found.cells if cell.header] == ["Measure", "2024", "Q1", "Q2"]
    assert by_text["7"].fill == (1.0, 0.0, 0.0)
    assert by_text["9"].fill is None
    assert [cell.text for cell in found.cells if cell.bold] == ["Plans"]
    assert (found.title, found.headings, found.method) == ("Performance", ("Performance",), "known")
    assert [block.text for block in document.blocks] == ["Performance", "After."]
    check_offsets(document)


def test_merging_goes_by_place_in_the_grid() -> None:
    document = read(
        table(
            row(cell("A", '<w:gridSpan w:val="2"/>'), cell("down", START)),
            row(cell("1"), cell("2"), cell("", ON)),
            row(cell("3"), cell("4"), cell("new", START)),
        )
    )
    (found,) = document.tables
    assert found.grid() == [["A", "", "down"], ["1", "2", ""], ["3", "4", "new"]]
    assert {cell.text: cell.row_span for cell in found.cells if cell.column == 2} == {"down": 2, "new": 1}


def test_headings_above_a_table_are_those_in_force() -> None:
    document = read(
        p("One", style="berschrift1")
        + p("Deep", style="Sub")
        + p("Two", style="berschrift1")
        + p("Text.")
        + table(row(cell("A"), cell("B")), row(cell("1"), cell("2")))
    )
    assert document.tables[0].headings == ("Two",)
    assert document.tables[0].title == ""


def test_rows_that_begin_late_or_were_deleted() -> None:
    document = read(
        table(
            row(cell("A"), cell("B"), cell("C")),
            row(cell("2"), cell("3"), properties='<w:gridBefore w:val="1"/>'),
            row(cell("x"), cell("y"), cell("z"), properties="<w:del/>"),
        )
    )
    assert document.tables[0].grid() == [["A", "B", "C"], ["", "2", "3"]]


def test_a_box_around_text_is_no_table() -> None:
    document = read(table(row(cell("68.5% of plans were issued in time."))) + table(row(cell("a"), cell("b"))))
    assert document.tables == ()
    assert [block.text for block in document.blocks] == ["68.5% of plans were issued in time.", "a", "b"]


def test_a_table_within_a_table_is_read_once() -> None:
    inner = table(row(cell("A"), cell("B")), row(cell("1"), cell("2")))
    document = read(
        table(row(f"<w:tc>{p('left')}</w:tc>", f"<w:tc>{inner}{p('after')}</w:tc>"), row(cell("c"), cell("d")))
    )
    assert [found.grid() for found in document.tables] == [[["A", "B"], ["1", "2"]]]
    assert document.text == "left\nA\tB\n1\t2\nafter\nc\nd"


def test_cells_keep_their_lines() -> None:
    document = read(table(row(f"<w:tc>{p('one')}{p('two')}</w:tc>", cell("3")), row(cell("4"), cell("5"))))
    assert document.tables[0].grid()[0] == ["one\ntwo", "3"]
    check_offsets(document)


# the file ---------------------------------------------------------------------------------------------------------------


def test_strict_files_and_properties() -> None:
    core = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>SEND  Update</dc:title></c>'
    app = "<Properties><Application>Microsoft Office Word</Application></Properties>"
    data = word_file(
        p("Plans", style="berschrift1"), space=STRICT, **{"docProps/core.xml": core, "docProps/app.xml": app}
    )
    document = read_bytes(data, file="a.docx")
    assert blocks(document) == [("heading", 1, "Plans")]
    assert (document.title, document.producer, document.format) == ("SEND Update", "Microsoft Office Word", "docx")


def test_the_main_part_may_have_another_name() -> None:
    relations = (
        '<Relationships><Relationship Type="http://x/officeDocument" Target="/word/document2.xml"/></Relationships>'
    )
    content = f'<w:document xmlns:w="{W}"><w:body>{p("here")}</w:body></w:document>'
    data = packed({"_rels/.rels": relations, "word/document2.xml": content})
    assert read_bytes(data, file="a.docx").text == "here"


def drawing(kind: str, wide: int, high: int) -> str:
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:extent cx="{wide}" cy="{high}"/><wp:docPr descr="Plans by year"/><a:graphic>'
        f'<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/{kind}"/></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    )


PICTURES = [
    (drawing("chart", 100, 100), [("picture_not_read", "Plans by year")], "a chart of any size"),
    (drawing("picture", 5_400_000, 3_600_000), [("picture_not_read", "Plans by year")], "a large picture"),
    (drawing("picture", 900_000, 900_000), [], "a logo"),
]


@pytest.mark.parametrize(("body", "expected"), [case[:2] for case in PICTURES], ids=[case[2] for case in PICTURES])
def test_charts_and_large_pictures_are_problems(body: str, expected: list[tuple[str, str]]) -> None:
    assert [(problem.code, problem.quote) for problem in read(p("text") + body).problems] == expected


def test_a_file_without_text_says_so() -> None:
    document = read(p())
    assert document.text_layer == "none"
    assert [problem.code for problem in document.problems] == ["no_text_layer"]


def with_wrong_body() -> bytes:
    return packed({"word/document.xml": "<w:document"})


def with_broken_stream() -> bytes:
    data = bytearray(word_file(p("x" * 500)))
    start = data.index(b"word/document.xml") + 60
    data[start : start + 40] = bytes(40)
    return bytes(data)


REFUSED = [
    (with_broken_stream(), "damaged", "a part that does not unpack"),
    (word_file(p("x"))[:300], "damaged", "cut off"),
    (packed({"word/styles.xml": "<x/>"}), "damaged", "no main part"),
    (with_wrong_body(), "damaged", "no XML"),
]


@pytest.mark.parametrize(("data", "code"), [case[:2] for case in REFUSED], ids=[case[2] for case in REFUSED])
def test_files_that_cannot_be_read_say_why(data: bytes, code: str) -> None:
    with pytest.raises(UnreadablePaper) as caught:
        read_bytes(data, file="papers/a.docx")
    assert (caught.value.code, caught.value.where) == (code, "papers/a.docx")
    assert caught.value.hint


def test_a_file_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_parts, "MOST_BYTES", 100_000)
    with pytest.raises(UnreadablePaper) as caught:
        read("<w:p/>" * 100_000)
    assert caught.value.code == "too_large"


def test_entities_are_not_followed(tmp_path) -> None:  # type: ignore[no-untyped-def]
    secret = tmp_path / "secret.txt"
    secret.write_text("9 secrets")
    content = (
        f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>a&s;b</w:t></w:r></w:p></w:body></w:document>'
    )
    assert "secrets" not in read_bytes(packed({"word/document.xml": content}), file="a.docx").text


def test_real_papers(shared) -> None:  # type: ignore[no-untyped-def]
    document = read_document(shared / "papers" / "bathnes-statutory-send-update-2026-03-09.docx")
    assert document.tables[0].grid()[1][:2] == ["MEETING/ DECISION DATE:", "9th March 2026"]
    assert "having issued 418 new plans that year" in document.text
    check_offsets(document)

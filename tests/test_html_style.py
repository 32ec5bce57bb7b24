"""What style sheets hide and set apart, words of elements that touch, and lists of terms with their figures."""

from __future__ import annotations

import pytest

from sendparse.model import Document
from sendparse.pipeline import Options, parse_document
from sendparse.read import read_bytes


def page(inner: str, style: str = "", title: str = "Plans") -> Document:
    head = f"<head><title>{title}</title><style>{style}</style></head>"
    html = f"<!doctype html><html>{head}<body><main><h1>Plans</h1>{inner}</main></body></html>"
    return read_bytes(html.encode(), file="a.html")


STYLES = [
    # style                                                      class       shown   why
    (".old{display:none}", "old", False, "hidden by a class"),
    ("p.old, .gone { color: red; display : none }", "old", False, "one of several selectors"),
    (".old{visibility:hidden}", "old", False, "not visible"),
    ("@media print{.old{display:none}}", "old", True, "hidden on paper only"),
    (".menu .old{display:none}", "old", True, "a rule for another place"),
    (".panel{display:none}.panel.open{display:block}", "panel", True, "can be opened"),
    (".accordion-text{display:none}", "accordion-text", True, "can be opened, by its name"),
    ("/* .old{display:none} */", "old", True, "a comment"),
    (".old{display:none}.old{display:block}", "old", True, "shown after all"),
    ("", "visually-hidden", False, "for screen readers: it says again what is shown"),
]


@pytest.mark.parametrize(("style", "name", "shown"), [case[:3] for case in STYLES], ids=[case[3] for case in STYLES])
def test_what_a_style_sheet_hides(style: str, name: str, shown: bool) -> None:
    document = page(f'<p>There are 512 plans.</p><p class="{name}">There were 498 plans.</p>', style)
    assert ("498" in document.text) == shown


def test_the_hidden_attribute_hides_but_not_what_a_search_finds() -> None:
    assert "498" not in page("<p hidden>There were 498 plans.</p><p>Now 512.</p>").text
    assert "498" in page('<p hidden="until-found">There were 498 plans.</p>').text


JOINTS = [
    ("<span>312</span><span>requests</span>", "312 requests", "a number and a word"),
    ("<span>Requests</span><span>312</span>", "Requests 312", "a word and a number"),
    ("<strong>46%</strong><em>nationally</em>", "46% nationally", "with a sign"),
    ("<span>£1.2m</span><span>overspent</span>", "£1.2m overspent", "with a scale"),
    ("<span>62%</span><span>of plans</span>", "62% of plans", "a share"),
    ("<span>20 weeks</span><span>National: 46%</span>", "20 weeks National: 46%", "a word that begins anew"),
    ("<span>over</span><span>spent</span>", "overspent", "letters beside letters"),
    ("<b>E</b>HCP", "EHCP", "a word with a bold letter"),
    ("<span>Ed</span><span>ucation</span>", "Education", "a word in two pieces"),
    ("<span>3</span><span>12</span>", "312", "a figure in two pieces"),
    ("<span>6</span><span>1.5</span>%", "61.5%", "a figure before its sign"),
    ("<span>20</span><span>th</span> March", "20th March", "a day"),
    ("<span>Q</span><span>3</span>", "Q3", "a quarter"),
    ("<span>312</span> <span>requests</span>", "312 requests", "with a space"),
]


@pytest.mark.parametrize(("inner", "text"), [case[:2] for case in JOINTS], ids=[case[2] for case in JOINTS])
def test_words_of_elements_that_touch(inner: str, text: str) -> None:
    assert page(f"<p>{inner}</p>").text.split("\n")[1] == text


def test_elements_shown_as_blocks_stand_apart() -> None:
    inner = '<p><span class="big">312</span><span class="big">48</span></p>'
    assert page(inner, ".big{display:block}").text.endswith("312 48")
    assert page(inner).text.endswith("31248")


TERMS = """<h2>EHC plans issued within 20 weeks</h2>
<dl><dt>Our figure (2024)</dt><dd>57.3%</dd><dt>England average (2024)</dt><dd><b>46.4%</b></dd></dl>"""


def test_a_list_of_terms_keeps_each_figure_with_its_term(packs) -> None:  # type: ignore[no-untyped-def]
    rows = parse_document(page(TERMS), packs, Options()).observations
    told = {(row.value, row.kpi, row.area_type, str(row.period_end)) for row in rows}
    assert told == {
        (57.3, "ehcp_20wk_unspecified_pct", "council", "2024-12-31"),
        (46.4, "ehcp_20wk_unspecified_pct", "england", "2024-12-31"),
    }


def test_a_list_that_explains_words_stays_prose() -> None:
    inner = "<dl><dt>EHC plan</dt><dd>A plan for a child who needs more than 1 kind of support</dd><dt>SENCo</dt><dd>A teacher</dd></dl>"
    document = page(inner)
    assert document.tables == ()
    assert "SENCo\nA teacher" in document.text


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("There are main&shy;tained 3&#x200b;,412 plans", "There are maintained 3,412 plans"),
        ("&rlm;In all&lrm; 512&nbsp;plans", "In all 512 plans"),
        ("61&#xfeff;.5%", "61.5%"),
    ],
)
def test_marks_that_no_reader_sees_part_no_words(inner: str, text: str) -> None:
    assert page(f"<p>{inner}</p>").text.split("\n")[1] == text

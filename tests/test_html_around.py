"""Header and footer of a web page: whose page it is and when it was changed, without menus and scripts."""

from __future__ import annotations

from datetime import date

from sendparse.facts import document_facts
from sendparse.packs import patterns_folder
from sendparse.read import read_bytes
from sendparse.reference import load_reference

PAGE = """<!doctype html><html><head><title>SEND facts</title></head><body>
<header><a href="/"><img src="logo.svg" alt="Torbay Council"></a><nav><a href="x">Devon County Council</a></nav></header>
<main><h1>SEND facts</h1><p>We maintain 1,500 plans. This is what the figures say about our area and its schools.</p></main>
<footer><script>var council = "Plymouth City Council";</script><p>Page last updated 3 July 2025.</p>
<form><label>Write to Exeter City Council</label></form></footer></body></html>"""


def test_around() -> None:
    document = read_bytes(PAGE.encode(), file="page.html")
    assert document.around.splitlines() == ["Torbay Council", "Page last updated 3 July 2025."]
    assert "Torbay" not in document.text


def test_the_facts_use_it_last() -> None:
    reference = load_reference(patterns_folder() / "reference")
    document = read_bytes(PAGE.encode(), file="page.html")
    facts, _ = document_facts(document, document.blocks, reference)
    assert facts.council == "Torbay"
    assert facts.published_date == date(2025, 7, 3)
    two = PAGE.replace("Page last", "<b>Cornwall Council</b> Page last")
    document = read_bytes(two.encode(), file="page.html")
    facts, problems = document_facts(document, document.blocks, reference)
    assert facts.council == ""
    assert "council_unknown" in {problem.code for problem in problems}

"""What the fronts of papers say: a table of cases in the manner of many councils, and the real papers."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import fronts
import pytest

from sendparse.errors import InputError, PackError
from sendparse.facts import document_facts, unproved_wordings
from sendparse.facts.days import find_days, find_month_ends, find_quarter_ends, read_month_heading
from sendparse.facts.names import council_names
from sendparse.facts.wordings import load_wordings
from sendparse.model import Block, Document
from sendparse.packs import patterns_folder
from sendparse.reference import load_reference

PATTERNS = patterns_folder()
REFERENCE = load_reference(PATTERNS / "reference")
WORDINGS = load_wordings(PATTERNS / "facts.yaml")
NAMES = council_names(REFERENCE, WORDINGS)
FIELDS = ("council", "committee", "meeting_date", "published_date", "title", "data_date")
CASES = [case for name in ("fronts", "fronts_unseen", "fronts_more") for case in fronts.load(f"{name}.yaml")]

DAYS = [
    # printed, days read, why it is here
    ("Tuesday, 11 March 2025", [date(2025, 3, 11)], "usual form"),
    ("9th March 2026", [date(2026, 3, 9)], "ordinal"),
    ("11 th March\n2025", [date(2025, 3, 11)], "raised ordinal, broken line"),
    ("the 31st day of March 2025", [date(2025, 3, 31)], "formal"),
    ("11/03/2025", [date(2025, 3, 11)], "day first, always"),
    ("04.03.25", [date(2025, 3, 4)], "dots and two digits"),
    ("2025-03-12", [date(2025, 3, 12)], "ISO"),
    ("5-Dec-24", [date(2024, 12, 5)], "Excel"),
    ("Sept 3 2024", [date(2024, 9, 3)], "month first"),
    ("11 March 2025 and 13 March 2025", [date(2025, 3, 11), date(2025, 3, 13)], "two days, both whole"),
    ("11 to 15 March 2024", [], "a range is no single day"),
    ("Tuesday 4 and Wednesday 5 March 2025", [], "nor are two days that share a month"),
    ("31 February 2025", [], "no such day"),
    ("11 March", [], "no year is guessed"),
    ("paragraph 3.4.25", [], "number of a paragraph"),
    ("2023/24", [], "a year"),
    ("23 May 2024/25", [], "a school year behind it"),
]

NAMED = [
    # text, (codes, formal) of each mention, why it is here
    ("Bath & North East Somerset Council", [("800", True)], "longest name wins over Somerset"),
    ("London Borough of Barking & Dagenham", [("301", True)], "words before"),
    ("City of York Council", [("816", True)], "words on both sides"),
    ("KENT COUNTY COUNCIL", [("886", True)], "capitals"),
    ("Bournemouth, Christchurch and Poole (BCP) Council", [("839", True)], "acronym within the name"),
    ("BCP Council's timeliness", [("839", True)], "acronym"),
    ("Barnsley MBC", [("370", True)], "letters for council"),
    ("Kingston and Richmond Councils", [("314", True), ("318", True)], "one plural for two"),
    ("in Kent's schools", [("886", False)], "a place"),
    ("Kent Council Tax", [("886", False)], "a tax is no council"),
    ("North Devon District Council", [], "a district"),
    ("Sutton Coldfield Town Council", [], "begins like a borough"),
    ("NHS Kent and Medway", [], "a health area"),
    ("Newcastle-under-Lyme", [], "another Newcastle"),
    ("reading and writing", [], "a skill"),
    ("Stockton on Tees", [("808", False)], "hyphens left out"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_fronts(case: fronts.Front) -> None:
    facts, problems = document_facts(case.document, case.blocks, REFERENCE, tables=case.tables)
    wanted = {name: case.gives[name] for name in FIELDS if name in case.gives}
    assert {name: getattr(facts, name) for name in wanted} == wanted
    for name in ("council", "meeting_date", "published_date", "data_date"):
        if name not in wanted:
            assert not getattr(facts, name), f"{name} is not stated"
    assert set(case.problems) <= {problem.code for problem in problems}


def test_the_table_covers_what_it_should() -> None:
    codes = {code for case in CASES for code in case.problems}
    assert codes >= {"council_unknown", "council_ambiguous", "meeting_date_unknown", "meeting_date_ambiguous"}
    assert {case.document.format for case in CASES} == {"pdf", "html", "docx", "txt"}
    assert len({case.gives.get("council") for case in CASES}) > 30


@pytest.mark.parametrize(("printed", "days", "why"), DAYS)
def test_days(printed: str, days: list[date], why: str) -> None:
    assert [day.day for day in find_days(printed)] == days, why


def test_months_and_quarters() -> None:
    assert find_month_ends("data to the end of February 2024, and 3 May 2024") == [date(2024, 2, 29)]
    assert find_month_ends("As at November 2024-25") == [date(2024, 11, 30)]
    assert find_month_ends("may 20 people come") == []
    assert read_month_heading("Dec 24") == date(2024, 12, 31)
    assert read_month_heading("Dec 24 target") is None
    assert find_quarter_ends("Quarter 3\n2024/25") == [date(2024, 12, 31)]
    assert find_quarter_ends("2023/24 Q4") == [date(2024, 3, 31)]
    assert find_quarter_ends("Q1 2024/29") == []


@pytest.mark.parametrize(("text", "mentions", "why"), NAMED)
def test_names(text: str, mentions: list[tuple[str, bool]], why: str) -> None:
    assert [(",".join(found.codes), found.formal) for found in NAMES.find(text)] == mentions, why


def test_letters_that_mean_something_else_too_are_no_evidence() -> None:
    text = "The BBC reported it, and the MBC agreed. The BBC and the MBC asked again."
    assert all(found.ambiguous for found in NAMES.find(text))
    document = Document(document_id="0", file="x", format="txt", text=text)
    facts, _ = document_facts(document, [Block(kind="paragraph", text=text)] * 9, REFERENCE)
    assert facts.council == ""


def test_a_shared_acronym_means_all_of_its_councils() -> None:
    (found,) = NAMES.find("SCC officers")
    assert set(found.codes) == {"373", "852", "860", "935", "936"}


def test_each_example_of_the_wordings_holds() -> None:
    assert len(WORDINGS.examples) > 10
    assert unproved_wordings(REFERENCE) == []


def test_an_example_that_does_not_hold_is_named(tmp_path: Path) -> None:
    text = (PATTERNS / "facts.yaml").read_text(encoding="utf-8").replace("gives: 2025-03-04", "gives: 2025-03-05")
    (tmp_path / "facts.yaml").write_text(text, encoding="utf-8")
    shutil.copytree(PATTERNS / "reference", tmp_path / "reference")
    assert unproved_wordings(load_reference(tmp_path / "reference")) == [
        "facts.yaml, published_date: 'Published: 04 March 2025' gives '2025-03-04', not '2025-03-05'"
    ]


def test_what_the_user_knows_goes_first() -> None:
    document = Document(document_id="0", file="x", format="txt", url="https://www.kent.gov.uk/x")
    facts, problems = document_facts(document, [], REFERENCE, council="E08000016", day=date(2025, 1, 2))
    assert (facts.council, facts.council_code, facts.la_code) == ("Barnsley", "E08000038", "370")
    assert facts.meeting_date == date(2025, 1, 2)
    assert problems == []


def test_an_unknown_council_is_refused_with_suggestions() -> None:
    with pytest.raises(InputError, match="did you mean Kirklees"):
        document_facts(Document(document_id="0", file="x", format="txt"), [], REFERENCE, council="Kirkless")


def test_a_misspelt_key_is_refused(tmp_path: Path) -> None:
    text = (PATTERNS / "facts.yaml").read_text(encoding="utf-8")
    (tmp_path / "facts.yaml").write_text(text.replace("\nbodies:", "\nbodys:"), encoding="utf-8")
    with pytest.raises(PackError, match="'bodys' is not known"):
        load_wordings(tmp_path / "facts.yaml")


PANEL = "Children, Adults, Health & Wellbeing Policy Development & Scrutiny Panel"
BATH = ("Bath and North East Somerset", PANEL, "2026-03-09", "", "Statutory SEND Update", "")
BCP = (
    "Bournemouth, Christchurch and Poole",
    "Children's Services Overview and Scrutiny Committee",
    "2025-03-11",
    "2025-03-04",
    "SEND Improvement Update",
    "2025-01-31",
)
STRATEGY = "Special Educational Needs and Disabilities (SEND) Strategy 2024-2027"
KENT = "kent-quarterly-performance-report-q3-2024-25-pages-1-16.pdf"

REAL = [
    # file in ../shared, (council, committee, meeting, published, title, data to): what a person reads there
    ("papers/bathnes-statutory-send-update-2026-03-09.docx", BATH),
    ("papers/bathnes-statutory-send-update-2026-03-09.pdf", BATH),
    ("papers/bcp-send-improvement-update-2025-03-11.pdf", BCP),
    ("papers/bcp-send-improvement-update-minutes.html", ("", "", "", "", "SEND Improvement Update", "")),
    ("papers/bcp-send-improvement-update-minutes.pdf", ("", "", "", "", "SEND Improvement Update", "")),
    ("papers/send-improvement-journey.html", ("", "", "", "", "SEND Services - our improvement journey", "")),
    ("papers/send-improvement-journey.pdf", ("", "", "", "", "SEND Services - our improvement journey", "")),
    ("papers/send-strategy-2024-2027.docx", ("", "", "", "", STRATEGY, "")),
    ("papers/send-strategy-2024-2027.pdf", ("", "", "", "", STRATEGY, "")),
    (
        "real/kent-finance-monitoring-q3-2024-25.pdf",
        ("Kent", "Cabinet", "2025-01-30", "", "Finance Monitoring Report", "2024-11-30"),
    ),
    (f"real/{KENT}", ("Kent", "", "", "", "Quarterly Performance Report", "2024-12-31")),
    (
        "real/ofsted-area-send-report-dorset-2024.pdf",
        ("", "", "", "", "Area SEND inspection of Dorset Local Area Partnership", ""),
    ),
    ("real/sutton-coldfield-accounts-2016-17-scanned.pdf", ("", "", "", "", "", "")),
    ("real/west-sussex-send-infographic-image-only.pdf", ("", "", "", "", "", "")),
]


@pytest.mark.parametrize(("file", "facts"), REAL, ids=[file for file, _ in REAL])
def test_real_papers(file: str, facts: tuple[str, ...], shared: Path) -> None:
    from sendparse.read import read_document
    from sendparse.tables import find_tables
    from sendparse.text import blocks

    document = read_document(shared / file)
    tables, _ = find_tables(document)
    found, _ = document_facts(document, blocks(document, tables), REFERENCE, tables=tables)
    assert tuple(str(getattr(found, name) or "") for name in FIELDS) == facts

"""The report in real Chromium: it loads from disk, filters, sorts, shows evidence, and asks nothing of any network."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from reporting import PATIENCE, TIMELINESS, Watched, dataset, settled, started

from sendparse.dataset import read_dataset
from sendparse.packs import Packs
from sendparse.publish.report import Settings, build_report

pytestmark = pytest.mark.browser

PAGES = [
    "index.html",
    "claims.html",
    "measures.html",
    "councils.html",
    "papers.html",
    "problems.html",
    "council/886.html",
    f"kpi/{TIMELINESS}.html",
    "PDF",
    "HTML",
]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, packs: Packs) -> Path:
    base = tmp_path_factory.mktemp("browser")
    folder, data = dataset(base)
    build_report(read_dataset(data), packs, base / "report", Settings(papers=(folder,), workers=1))
    return base / "report"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with started() as found:
        yield found


@pytest.fixture
def watched(browser: Any) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    yield Watched(context)
    context.close()


def path_of(report: Path, name: str) -> Path:
    if name in ("PDF", "HTML"):
        file = "kent.pdf" if name == "PDF" else "medway.html"
        return next(p for p in (report / "paper").glob("*.html") if f"<dd>{file}</dd>" in p.read_text(encoding="utf-8"))
    return report / name


@pytest.mark.parametrize("name", PAGES)
def test_pages_load_quietly(watched: Watched, report: Path, name: str) -> None:
    page = watched.open(path_of(report, name))
    settled(page)
    assert watched.said == []
    assert {url.partition(":")[0] for url in watched.asked} == {"file"}
    assert page.evaluate("typeof hacked") == "undefined"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_a_serious_fault_of_access(watched: Watched, report: Path, name: str) -> None:
    page = watched.open(path_of(report, name))
    assert faults(page) == []


def faults(page: Any) -> list[str]:
    """What axe-core calls serious or critical."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed (extra: dev)")
    script = Path(axe.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
    page.evaluate(script)  # by the browser's own hand: the page's policy lets no other script in
    found = page.evaluate("axe.run()")["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found if one["impact"] in ("serious", "critical")
    ]


def test_two_clicks_lead_from_the_start_to_the_place_and_the_verdict(watched: Watched, report: Path) -> None:
    page = watched.open(report / "index.html")
    page.locator("#wrong-table tbody a", has_text="61.5%").first.click()
    dialog = page.locator("dialog[open]")
    dialog.wait_for()
    assert "Contradicted" in dialog.inner_text()
    assert "March 2024 fell by 0.8" in dialog.inner_text()
    box, view = marked(page)
    assert view[1] <= box[1] and box[1] + box[3] <= view[1] + view[3]
    assert loaded(page) and watched.said == []
    page.get_by_role("link", name="62.3% (Feb 2024), page 1").click()
    page.locator("#evidence-title", has_text="62.3%").wait_for()


def marked(page: Any) -> tuple[list[float], list[float]]:
    """The marked box, and the part of the page that is shown."""
    numbers = page.evaluate(
        "() => { const r = document.querySelector('dialog rect'); const v = r.ownerSVGElement.viewBox.baseVal;"
        "return [['x','y','width','height'].map(k => +r.getAttribute(k)), [v.x, v.y, v.width, v.height]]; }"
    )
    return numbers[0], numbers[1]


def loaded(page: Any) -> bool:
    """Whether the picture behind the mark is really there, with print on it."""
    from PIL import Image

    page.evaluate("Promise.all([...document.querySelectorAll('dialog image')].map(one => one.decode()))")
    settled(page)
    shot = page.locator("dialog svg").screenshot()
    picture = Image.open(io.BytesIO(shot)).convert("L")
    dark = sum(picture.histogram()[:110]) / (picture.width * picture.height)
    return 0.002 < dark < 0.5


def test_the_picture_can_show_more_of_the_page(watched: Watched, report: Path) -> None:
    page = watched.open(path_of(report, "PDF"), "#f-" + "c1a1" * 4)
    before = marked(page)[1]
    page.get_by_role("button", name="Show more of the page").click()
    after = marked(page)[1]
    assert after[3] > before[3] and after[2] > before[2]
    assert faults(page) == []


def test_a_text_shows_its_words(watched: Watched, report: Path) -> None:
    page = watched.open(path_of(report, "HTML"))
    page.locator("#figures-table a.ev").click()
    assert page.locator("dialog mark").inner_text() == "26.0%"
    assert "plans were issued within 20 weeks" in page.locator("dialog blockquote").inner_text()


def test_the_keyboard_opens_moves_and_closes(watched: Watched, report: Path) -> None:
    page = watched.open(path_of(report, "PDF"))
    first = page.locator("#figures-table a.ev").first
    first.focus()
    page.keyboard.press("Enter")
    page.locator("#evidence-title", has_text="58%").wait_for()
    assert page.evaluate("document.querySelector('dialog').contains(document.activeElement)")
    page.keyboard.press("ArrowRight")
    page.locator("#evidence-title", has_text="62.3%").wait_for()
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="hidden")
    assert page.evaluate("document.activeElement.textContent") == "62.3%"
    assert "#" not in page.url


def test_focus_can_be_seen(watched: Watched, report: Path) -> None:
    page = watched.open(report / "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2


FILTERS = [
    # control      choice          shown  why
    ("Verdict", "mismatch", 1, "the claim"),
    ("Verdict", "none", 5, "what no check looked at"),
    ("Measure", TIMELINESS, 7, "all but the one without a measure"),
    ("Role", "target", 1, "the target"),
    ("Found in", "narrative", 1, "the claim"),
    ("Confidence", "<70", 1, "the target, unsure"),
    ("Confidence", ">=90", 7, "the rest"),
]


@pytest.mark.parametrize(("control", "choice", "shown", "why"), FILTERS)
def test_filters(watched: Watched, report: Path, control: str, choice: str, shown: int, why: str) -> None:
    page = watched.open(path_of(report, "PDF"))
    page.get_by_label(control, exact=True).select_option(choice)
    assert page.locator("#figures-table tbody tr:visible").count() == shown, why
    assert page.locator("#figures-table-count").inner_text() == f"{shown} of 8 shown"


def test_search_and_sort(watched: Watched, report: Path) -> None:
    page = watched.open(path_of(report, "PDF"))
    page.get_by_label("Search").fill("risen MARCH")
    assert page.locator("#figures-table tbody tr:visible").count() == 1
    page.get_by_label("Search").fill("")
    head = page.locator("#figures-table thead th", has_text="Read as")
    for order in ("ascending", "descending"):
        head.get_by_role("button").click()
        assert head.get_attribute("aria-sort") == order
        values = page.eval_on_selector_all("#figures-table tbody tr", "rows => rows.map(r => +r.cells[2].dataset.n)")
        assert values == sorted(values, reverse=order == "descending")


def test_a_link_may_come_with_a_choice(watched: Watched, report: Path) -> None:
    page = watched.open(report / "problems.html", "#code=not_a_figure")
    assert page.locator("#list tbody tr:visible").count() == 1


def test_charts_are_drawn_and_a_council_can_be_picked_out(watched: Watched, report: Path) -> None:
    page = watched.open(report / "kpi" / f"{TIMELINESS}.html")
    page.wait_for_selector(".canvas[data-drawn] svg")
    years = page.locator("[data-chart='calendar-year']")
    years.locator("svg").wait_for()
    assert years.locator(".canvas").get_attribute("aria-label").startswith("EHC plans issued within 20 weeks")
    widths = "els => els.map(e => e.getAttribute('stroke-width'))"
    assert "4" not in years.locator("svg path[stroke-width]").evaluate_all(widths)
    years.get_by_label("Pick out").select_option("Kent")
    page.wait_for_selector('[data-chart="calendar-year"] svg path[stroke-width="4"]', state="attached")
    assert watched.said == []


def test_a_phone_needs_no_sideways_scrolling(browser: Any, report: Path) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    for name in PAGES:
        page = Watched(context).open(path_of(report, name))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        page.close()
    page = Watched(context).open(path_of(report, "PDF"), "#f-" + "c1a1" * 4)
    assert page.evaluate("document.querySelector('dialog').getBoundingClientRect().width") <= 360
    assert marked(page)[1][2] <= 340  # a part of the page that can be read
    assert faults(page) == []
    context.close()


def test_it_prints_every_row(watched: Watched, report: Path) -> None:
    import pypdfium2

    page = watched.open(path_of(report, "PDF"))
    printed: Any = pypdfium2.PdfDocument(page.pdf(format="A4"))  # type: ignore[no-untyped-call]
    text = "\n".join(printed[at].get_textpage().get_text_bounded() for at in range(len(printed)))
    for words in ("As printed", "58%", "90%", "Contradicted", "not a figure"):
        assert words in text, words
    assert "Search" not in text and "Overview" not in text


def test_without_scripts_the_tables_are_there(browser: Any, report: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(path_of(report, "PDF").as_uri())
    assert page.locator("#figures-table tbody tr").count() == 8
    assert page.locator("noscript p").is_visible()
    context.close()

"""From papers to an answer, as the three users of the README go, and the pictures that the README shows."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from five_hundred import five_hundred
from reporting import Watched, settled, started

import sendparse
from sendparse.cli import main

SHOTS = Path(__file__).resolve().parent / "screenshots"
TIMELINESS = "ehcp_20wk_excl_exceptions_pct"


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(one) for one in arguments])
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, corpus: Path, forkserver: None) -> Path:
    base = tmp_path_factory.mktemp("journey")
    inputs = [corpus / "04-ravensmoor-committee-report", corpus / "12-norfolk-neighbour-sheet"]
    run("batch", *inputs, "--out", base / "send")
    run("report", base / "send", "--out", base / "report")
    return base


@pytest.mark.browser
def test_a_journalist_is_two_clicks_from_a_claim_in_words(made: Path) -> None:
    """The claim that something rose every month, which the paper's own table contradicts."""
    with started() as browser:
        context = browser.new_context(viewport={"width": 1200, "height": 800})
        watched = Watched(context)
        page = watched.open(made / "report" / "index.html")
        row = page.locator("#wrong-table tbody tr", has_text="up every month").filter(has_text="page").first
        row.locator("a").first.click()
        page.locator("dialog[open] rect").wait_for(state="attached")
        assert "does not hold" in page.locator("dialog[open]").inner_text()
        keep(page, "claim.png")
        page = watched.open(made / "report" / "kpi" / f"{TIMELINESS}.html")
        page.wait_for_selector(".canvas[data-drawn] svg")
        years = page.locator("section[aria-labelledby='calendar-year']")
        years.get_by_label("Pick out").select_option("Kent")
        keep(years, "measure.png")
        assert watched.said == []
        context.close()


def keep(seen: Any, name: str) -> None:
    """A picture for the README: written where asked for, and in any case taken."""
    page = getattr(seen, "page", seen)
    page.evaluate("Promise.all([...document.querySelectorAll('dialog[open] image')].map(one => one.decode()))")
    settled(page)
    picture = seen.screenshot()
    assert len(picture) > 20_000
    if os.environ.get("SENDPARSE_SCREENSHOTS"):
        SHOTS.mkdir(exist_ok=True)
        (SHOTS / name).write_bytes(picture)


def test_a_researcher_gets_a_frame_that_joins(made: Path) -> None:
    frame = sendparse.open_dataset(made / "send").compare(TIMELINESS, councils=["Kent", "Devon", "Norfolk"])
    own = frame[frame["area_type"] == "council"]
    assert set(own["la_code"]) == {"886", "878", "926"}
    assert own["value"].between(0, 100).all()


def test_a_validator_is_told_the_page(made: Path) -> None:
    arguments = ["check", str(made / "send"), "--fail-on", "mismatch,stale", "--format", "github", "--dry-run"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 6
    assert "page 2" in result.output and "::error file=" in result.output


@pytest.mark.browser
def test_the_report_of_five_hundred_papers_stays_light(tmp_path: Path) -> None:
    """benchmarks/report.py has the seconds."""
    made, papers = five_hundred(tmp_path)
    run("report", made, "--out", tmp_path / "report", "--papers", papers, "--workers", "2")
    heaviest = max((tmp_path / "report").rglob("*.html"), key=lambda path: path.stat().st_size)
    assert heaviest.stat().st_size < 1_000_000
    with started() as browser:
        context = browser.new_context()
        for path in (tmp_path / "report" / "index.html", heaviest):
            page = Watched(context).open(path)
            assert page.evaluate("document.getElementsByTagName('*').length") < 20_000, path.name
        context.close()

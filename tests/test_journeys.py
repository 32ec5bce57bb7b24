"""From papers to an answer, as the three users of the README go, and the pictures that the README shows."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from reporting import Watched, pdf_bytes, started

import sendparse
from sendparse.cli import main

SHOTS = Path(__file__).resolve().parent / "screenshots"
TIMELINESS = "ehcp_20wk_excl_exceptions_pct"


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(one) for one in arguments])
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Path:
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
        context.set_default_timeout(8000)
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
    time.sleep(0.4)
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
def test_five_hundred_papers_build_and_open_quickly(tmp_path: Path) -> None:
    from hashlib import sha256

    from comparing import COUNCILS, check_on, figure, year

    from sendparse.dataset import outcome_rows, write_dataset
    from sendparse.dataset.part import decode, encode
    from sendparse.model import Document, Facts, Outcome, Page

    papers = tmp_path / "papers"
    papers.mkdir()
    codes = [code for code in COUNCILS if code]
    parts = []
    for number in range(500):
        file = f"paper-{number:03}.pdf"
        lines = [
            (72.0, 60.0 + 12 * at, f"Paper {number}, line {at}: {at + number % 40}.0% of plans") for at in range(60)
        ]
        (papers / file).write_bytes(pdf_bytes(lines))
        identity = sha256((papers / file).read_bytes()).hexdigest()
        code = codes[number % 3]
        rows = tuple(
            figure(
                code, float(at + number % 40), file=file, document_id=identity, top=50.0 + 12 * at, bottom=62.0 + 12 * at,
                source="narrative" if at < 20 else "table", **year(2000 + at % 25),
            )
            for at in range(60)
        )  # fmt: skip
        council, gss = COUNCILS[code]
        parts.append(
            Outcome(
                document=Document(
                    document_id=identity, file=file, format="pdf", pages=(Page(number=1, width=595, height=842),)
                ),
                facts=Facts(council_code=gss, council=council, la_code=code),
                observations=rows,
                checks=tuple(
                    check_on(row, "mismatch" if at == 3 else "unverifiable") for at, row in enumerate(rows[:20])
                ),
            )
        )
    write_dataset((decode(encode(outcome_rows(one))) for one in parts), tmp_path / "ds")
    began = time.monotonic()
    run("report", tmp_path / "ds", "--out", tmp_path / "report", "--papers", papers, "--workers", "2")
    assert time.monotonic() - began < 60
    heaviest = max((tmp_path / "report").rglob("*.html"), key=lambda path: path.stat().st_size)
    assert heaviest.stat().st_size < 1_000_000
    with started() as browser:
        context = browser.new_context()
        for path in (tmp_path / "report" / "index.html", heaviest):
            began = time.monotonic()
            Watched(context).open(path)
            assert time.monotonic() - began < 2, path.name
        context.close()

"""A report over hostile papers, and a real browser to look at it with."""

from __future__ import annotations

import hashlib
import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from comparing import TIMELINESS, check_on, figure, month, year

from sendparse.dataset import outcome_rows, write_dataset
from sendparse.dataset.part import Part, decode, encode
from sendparse.model import Box, Document, Facts, Observation, Outcome, Page, Problem

HOSTILE = "</script><script>hacked=1</script><img src=x onerror=hacked=1>\"'&<!--"
PATIENCE = 600_000  # milliseconds: what does not come by then never does
CLAIM = "Timeliness has risen every month to 61.5% in March 2024."


def pdf_bytes(lines: list[tuple[float, float, str]], pages: int = 2) -> bytes:
    """A PDF with these lines (x, y from the top, text) on its first page."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    for number in range(pages):
        canvas.setFont("Helvetica", 11)
        for x, y, text in lines if number == 0 else [(72.0, 100.0, f"Page {number + 1}")]:
            canvas.drawString(x, 842 - y, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def papers(folder: Path) -> Path:
    """A PDF and a web page on disk."""
    folder.mkdir(parents=True, exist_ok=True)
    pdf = pdf_bytes([(72, 100, "SEND update"), (72, 400, CLAIM), (72, 700, "Jan 58.0%   Feb 62.3%   Mar 61.5%")])
    (folder / "kent.pdf").write_bytes(pdf)
    (folder / "medway.html").write_text(
        "<html><body><main><h1>Medway</h1><p>In 2023, 26.0% of plans were issued within 20 weeks, says the report.</p>"
        "<p>More words follow, so that there is something around the figure.</p></main></body></html>",
        encoding="utf-8",
    )
    return folder


def outcomes(folder: Path) -> list[Outcome]:
    """What was read from them, with hostile text wherever a paper's words go."""
    from sendparse.read import read_document

    identity = hashlib.sha256((folder / "kent.pdf").read_bytes()).hexdigest()
    own = {"document_id": identity, "file": "kent.pdf"}
    cells = [
        _row("886", value, own, month(2024, number), top=692.0, x0=90.0 + 70 * number)
        for number, value in ((1, 58.0), (2, 62.3), (3, 61.5))
    ]
    claim = replace(
        _row("886", 61.5, own, month(2024, 3), top=390.0, x0=262.0),
        observation_id="c1a1" * 4,
        source="narrative",
        evidence=CLAIM,
        confidence=0.9,
    )
    hostile = replace(
        _row("886", 12.0, own, year(2022), top=700.0, x0=72.0),
        observation_id="bad0" * 4,
        kpi="",
        kpi_label=HOSTILE,
        evidence=HOSTILE * 3,
        value_text=HOSTILE,
        period_label=HOSTILE,
        breakdown=HOSTILE,
        flags=HOSTILE,
    )
    target = replace(_row("886", 90.0, own, year(2024), top=700.0, x0=200.0), role="target", confidence=0.6)
    earlier = [
        _row("886", 18.0, own, year(2023), top=700.0, x0=300.0),
        _row("886", 41.4, own, year(2022), top=700.0, x0=340.0),
    ]
    wrong = check_on(claim, "mismatch", f"March 2024 fell by 0.8. {HOSTILE}", cells[1].observation_id)
    sheets = tuple(Page(number=number, width=595, height=842) for number in (1, 2))
    box = Box(x0=72, top=690, x1=120, bottom=702)
    kent = Outcome(
        document=Document(document_id=identity, file="kent.pdf", format="pdf", pages=sheets),
        facts=Facts(
            council_code="E10000016",
            council="Kent",
            la_code="886",
            region="South East",
            committee=HOSTILE,
            meeting_date=date(2024, 4, 2),
            title=f"Update {HOSTILE}",
        ),
        observations=(*cells, claim, target, hostile, *earlier),
        checks=(
            wrong,
            check_on(cells[0], "match", "It agrees."),
            check_on(target, "unverifiable", "Nothing to compare."),
        ),
        problems=(
            Problem(
                document_id=identity, code="not_a_figure", message=f"Words {HOSTILE}", page=1, quote=HOSTILE, box=box
            ),
            Problem(document_id=identity, code="picture_not_read", message="A picture", page=2),
        ),
    )
    page = read_document(folder / "medway.html", file="medway.html")
    at = page.text.index("26.0%")
    flow = replace(
        _row("887", 26.0, {"document_id": page.document_id, "file": "medway.html"}, year(2023), top=0.0, x0=0.0),
        page=None, x0=None, top=None, x1=None, bottom=None, char_start=at, char_end=at + 5, source="narrative", value_text="26.0%",
        evidence="In 2023, 26.0% of plans were issued within 20 weeks, says the report.",
    )  # fmt: skip
    medway = Outcome(
        document=page,
        facts=Facts(council_code="E06000035", council="Medway", la_code="887", region="South East"),
        observations=(flow,),
    )
    return [kent, medway]


def _row(
    code: str, value: float, own: dict[str, object], period: dict[str, object], *, top: float, x0: float
) -> Observation:
    return figure(code, value, **own, **period, x0=x0, top=top, x1=x0 + 36, bottom=top + 13)


def parts(folder: Path) -> list[Part]:
    return [decode(encode(outcome_rows(one))) for one in outcomes(folder)]


def dataset(base: Path) -> tuple[Path, Path]:
    """The folder of papers and the dataset made from them."""
    folder = papers(base / "papers")
    write_dataset(parts(folder), base / "ds")
    return folder, base / "ds"


def chromium() -> str:
    """The path of a Chromium, or the test is skipped."""
    pytest.importorskip("playwright", reason="playwright is not installed (extra: dev)")
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        found = shutil.which(name)
        if found:
            return found
    pytest.skip("no Chromium is installed")


@contextmanager
def started() -> Iterator[Any]:
    """A browser."""
    path = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=path, args=arguments, timeout=PATIENCE)
        yield browser
        browser.close()


class Watched:
    """A page whose complaints and requests are written down."""

    def __init__(self, context: Any) -> None:
        context.set_default_timeout(PATIENCE)
        self.page = context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: self.said.append(f"dialog: {dialog.message}"))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def open(self, path: Path, place: str = "") -> Any:
        self.page.goto(path.as_uri() + place)
        self.page.wait_for_load_state("load")
        return self.page


def settled(page: Any) -> None:
    """Wait until a page's scripts have nothing to do and what they changed is drawn."""
    page.evaluate(
        "() => new Promise(done => requestIdleCallback(() => requestAnimationFrame(() => requestAnimationFrame(done))))"
    )


__all__ = ["PATIENCE", "TIMELINESS", "Watched", "chromium", "dataset", "outcomes", "papers", "settled", "started"]

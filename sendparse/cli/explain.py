"""`sendparse explain`: how a paper was read, for a person to check."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sendparse.batch.scan import printable
from sendparse.cli.options import about_papers, options_of, packs_of, with_ocr
from sendparse.cli.show import plain
from sendparse.errors import InputError

if TYPE_CHECKING:
    from sendparse.model import Outcome


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--page", type=click.IntRange(min=1), help="Page of a PDF, counted from 1.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Picture (.png) or marked text (.html) to write."
)
@click.option("--figure", help="A figure as printed: print why it was read so, instead of drawing.")
@with_ocr
@about_papers
def explain(
    file: Path,
    page: int | None,
    out: Path | None,
    figure: str | None,
    ocr: bool,
    council: str,
    day: date | None,
    overlays: tuple[Path, ...],
) -> None:
    """Show how FILE was read.

    A page of a PDF becomes a picture with its tables, cells and figures drawn on it, and beside it what each figure was
    taken for. A web page, Word file or text becomes an HTML file with its figures marked.

    \b
    Examples:
      sendparse explain report.pdf --page 3 --out page-3.png
      sendparse explain minutes.html --out minutes-marked.html
      sendparse explain report.pdf --figure "61.5%"
    """
    from sendparse.pipeline import parse as parse_paper

    if out is None and figure is None:
        raise click.UsageError("give --out FILE for a picture or a marked text, or --figure TEXT for the reasons")
    packs = packs_of(overlays)
    outcome = parse_paper(file, packs=packs, options=options_of(council, day, ocr=ocr), file=printable(file.name))
    if page is not None and outcome.document.format != "pdf":
        raise InputError(outcome.document.file, "this paper has no pages", "leave --page out")
    if figure is not None:
        from sendparse.explain.why import why

        click.echo(plain("\n".join(why(outcome, packs, figure, page=page))))
    if out is not None:
        if outcome.document.format == "pdf":
            _draw(file, outcome, page, out)
        else:
            _mark(file, outcome, out)
        click.echo(f"Look at {out}", err=True)


def _draw(file: Path, outcome: Outcome, page: int | None, out: Path) -> None:
    from sendparse.explain.page import draw_page

    if out.suffix.lower() not in (".png", ".jpg", ".jpeg", ".webp"):
        raise InputError(str(out), "a page is drawn as a picture", "give --out a name that ends in .png")
    draw_page(file.read_bytes(), outcome, page or 1).save(out)


def _mark(file: Path, outcome: Outcome, out: Path) -> None:
    from sendparse.explain.text import mark_text

    if out.suffix.lower() not in (".html", ".htm"):
        raise InputError(str(file), "this paper has no pages to draw", "give --out a name that ends in .html")
    out.write_text(mark_text(outcome), encoding="utf-8")

"""`sendparse report`: a dataset as web pages that open from disk."""

from __future__ import annotations

import time
from pathlib import Path

import click

from sendparse.cli.options import packs_of
from sendparse.cli.show import count

_NAMED = 5


@click.command()
@click.argument("dataset", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder of the report.")
@click.option(
    "--papers",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Folder that holds the papers. Default: where `sendparse batch` read them.",
)
@click.option("--no-pictures", is_flag=True, help="Leave out the pictures of pages.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes that draw. Default: one for each processor.")
@click.option(
    "--patterns",
    "overlays",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with wordings of your own.",
)
def report(
    dataset: Path,
    out: Path,
    papers: tuple[Path, ...],
    no_pictures: bool,
    workers: int | None,
    overlays: tuple[Path, ...],
) -> None:
    """Write DATASET as web pages: councils, measures with charts, and every figure with its place on the page.

    Open index.html in the folder with any browser; nothing is loaded from the network. A former report in the folder is
    replaced.

    \b
    Examples:
      sendparse report dataset --out report
      sendparse report dataset --out report --papers papers/
    """
    from sendparse.dataset.read import read_dataset
    from sendparse.publish.report import Settings, build_report

    began = time.monotonic()
    settings = Settings(papers=papers, pictures=not no_pictures, workers=workers or 0)
    built = build_report(read_dataset(dataset), packs_of(overlays), out, settings)
    pages, pictures = count(built.pages, "page"), count(built.pictures, "picture")
    click.echo(f"{pages}, {pictures}, {time.monotonic() - began:.1f} s")
    if built.lost:
        click.echo(
            f"{count(len(built.lost), 'paper was', 'papers were')} not found, so their pages have no pictures: "
            f"{', '.join(built.lost[:_NAMED])}{', …' if len(built.lost) > _NAMED else ''}\n"
            "  Try: --papers FOLDER, the folder that holds the papers as they were read",
            err=True,
        )
    for file, reason in list(built.failed.items())[:_NAMED]:
        click.echo(f"{file}: {reason}", err=True)
    click.echo(f"Open {out / 'index.html'}")

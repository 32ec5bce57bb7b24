"""`sendparse review`: the report on this machine, with a decision to make on each figure."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from sendparse.cli.options import packs_of
from sendparse.errors import InputError


@click.command()
@click.argument("dataset", type=click.Path(path_type=Path))
@click.option(
    "--papers",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Folder that holds the papers. Default: where `sendparse batch` read them.",
)
@click.option(
    "--corrections",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File of decisions. Default: DATASET.corrections.jsonl beside the dataset.",
)
@click.option("--port", default=0, type=click.IntRange(0, 65535), help="Port to listen on. Default: any free one.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.option(
    "--patterns",
    "overlays",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with wordings of your own.",
)
def review(
    dataset: Path,
    papers: tuple[Path, ...],
    corrections: Path | None,
    port: int,
    no_browser: bool,
    overlays: tuple[Path, ...],
) -> None:
    """Serve the report of DATASET on this machine, to accept, correct or reject figures. Stop with Ctrl-C.

    Each decision is added to the corrections file with who, when, before and after. `sendparse batch` and `sendparse
    check` apply them, also when papers are read anew. The server listens on the loopback address only, and takes
    decisions only with the token in the address it prints.

    \b
    Examples:
      sendparse review dataset
      sendparse review dataset --papers papers/ --port 8765 --no-browser
    """
    from sendparse.corrections.log import corrections_file
    from sendparse.dataset.read import read_dataset
    from sendparse.publish.report import Settings, build_report
    from sendparse.publish.review.desk import Desk
    from sendparse.publish.review.server import ReviewServer

    data, packs = read_dataset(dataset), packs_of(overlays)
    desk = Desk(data, packs, corrections or corrections_file(dataset))
    folder = dataset.resolve().with_name(f".{dataset.resolve().name}.review")
    click.echo("Building the pages …", err=True)
    built = build_report(data, packs, folder, Settings(papers=papers, review=True))
    if built.lost:
        click.echo(f"{len(built.lost)} papers were not found: their figures have no pictures (--papers)", err=True)
    try:
        server = ReviewServer(folder, desk, port)
    except OSError as error:
        raise InputError(
            "--port", f"cannot listen on {port}: {error.strerror}", "leave --port out for a free one"
        ) from error
    with server:
        click.echo(f"Open {server.address}")
        click.echo(f"Decisions go to {desk.file}. Stop with Ctrl-C.")
        if not no_browser:
            webbrowser.open(server.address)
        server.serve_forever()

"""`sendparse export`: a dataset as a workbook, a database, or a file in DfE's shape."""

from __future__ import annotations

from pathlib import Path

import click

from sendparse.cli.options import packs_of, require_folder
from sendparse.cli.show import count
from sendparse.errors import InputError

_NAMED = 8


@click.command()
@click.argument("dataset", type=click.Path(path_type=Path))
@click.option("--to", "form", required=True, type=click.Choice(["xlsx", "sqlite", "ees"]), help="What to write.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@click.option(
    "--patterns",
    "overlays",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with wordings of your own.",
)
def export(dataset: Path, form: str, out: Path, overlays: tuple[Path, ...]) -> None:
    """Write DATASET in another form.

    xlsx: a workbook with a sheet each for observations, checks, problems and documents, and one that explains the columns.
    sqlite: a database with keys, indexes and full-text search, and a metadata file beside it for Datasette.
    ees: a CSV in the shape of DfE's Explore Education Statistics, one column for each measure, and its .meta.csv.

    \b
    Examples:
      sendparse export dataset --to xlsx --out send.xlsx
      sendparse export dataset --to sqlite --out send.db
      sendparse export dataset --to ees --out send_ees.csv
    """
    from sendparse.dataset.read import read_dataset

    data = read_dataset(dataset)
    require_folder(out)
    if out.resolve().parent == dataset.resolve():
        raise InputError(str(out), "the dataset's own folder holds the dataset and nothing else", "write it elsewhere")
    if form == "xlsx":
        from sendparse.publish.workbook import write_workbook

        write_workbook(data, out)
    elif form == "sqlite":
        from sendparse.publish.sqlite import write_sqlite

        about = write_sqlite(data, packs_of(overlays), out)
        click.echo(f"With Datasette: datasette {out} --metadata {about}")
    else:
        from sendparse.publish.ees import write_ees

        written = write_ees(data, packs_of(overlays), out)
        click.echo(f"{count(written.rows, 'row')}, {count(written.kpis, 'measure')}")
        for reason, number in written.left_out.most_common(_NAMED):
            click.echo(f"left out: {number:,} figures, {reason}", err=True)
    click.echo(f"Look at {out}")

"""`sendparse reference`: DfE releases that the checks may use, kept in a store of the user's own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sendparse.cli.show import columns, count
from sendparse.errors import InputError

if TYPE_CHECKING:
    from sendparse.reference import OfficialFigure

_STORE = click.option(
    "--store",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the store. Left out: SENDPARSE_REFERENCE, else a folder in your user data.",
)


@click.group()
def reference() -> None:
    """DfE releases for the checks: figures of regions, councils and statistical neighbours.

    England's figures come with sendparse. What DfE publishes for each council is imported from releases of Explore
    Education Statistics, once, and then used by `sendparse check`.

    \b
    Example:
      sendparse reference add education-health-and-care-plans_2025.zip
    """


@reference.command("add")
@click.argument("release", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Put it in the place of a release of the same name.")
@_STORE
def add(release: Path, replace: bool, store: Path | None) -> None:
    """Import RELEASE: the zip (or its folder, or one CSV) that "Download all data" of a release gives.

    What is left out, such as files and columns without a known measure and withheld values, is counted with its reason.
    Adding the same file again changes nothing.

    \b
    Examples:
      sendparse reference add education-health-and-care-plans_2025.zip
      sendparse reference add revised.zip --replace
    """
    from sendparse.packs import load_packs
    from sendparse.releases import add_release

    found = add_release(release, load_packs().reference, store=store, replace=replace)
    click.echo(f"{found.title}: {count(found.figures, 'figure')} of {count(found.kpis, 'measure')}, as {found.name}")
    for reason, number in found.left_out.items():
        click.echo(f"  left out {number:,}: {reason}")


@reference.command("list")
@_STORE
def list_(store: Path | None) -> None:
    """List the imported releases, the newest first.

    \b
    Example:
      sendparse reference list
    """
    from sendparse.releases import default_store, list_releases

    found = list_releases(store)
    if not found:
        click.echo(f"no releases in {store or default_store()}; add one with: sendparse reference add RELEASE.zip")
        return
    rows = [[release.name, release.title, release.kpis, f"{release.figures:,}"] for release in found]
    click.echo(columns(rows, ["name", "title", "measures", "figures"]))


@reference.command("show")
@click.argument("name")
@click.option("--council", default="", help="One council: name, GSS code or three-digit DfE code.")
@click.option("--kpi", default="", help="One measure: its id, as in `sendparse patterns list`.")
@_STORE
def show(name: str, council: str, kpi: str, store: Path | None) -> None:
    """Show what the release NAME holds: its files, its measures, or the figures of a council or a measure.

    \b
    Examples:
      sendparse reference show education-health-and-care-plans-2025
      sendparse reference show education-health-and-care-plans-2025 --council Kent --kpi ehcp_20wk_excl_exceptions_pct
    """
    from sendparse.packs import load_packs
    from sendparse.releases import find_release, kpis_of, official_figures

    release = find_release(name, store=store)
    known = kpis_of(release, store=store)
    if kpi and kpi not in known:
        hint = f"see `sendparse reference show {name}` for those it has"
        raise InputError(f"--kpi {kpi}", f"the release '{name}' has no such measure", hint)
    if not kpi and not council:
        click.echo(f"{release.title}\nSHA-256 {release.sha256}\nfiles: {', '.join(release.files)}\n")
        click.echo("\n".join(known))
        return
    code = load_packs().reference.find_council(council).la_code if council else ""
    found = (f for one in ([kpi] if kpi else known) for f in official_figures(one, la_code=code, store=store))
    click.echo(_figures(f for f in found if f.release == release.title))


def _figures(found: Iterable[OfficialFigure]) -> str:
    names = ("kpi", "area", "period_start", "period_end", "value", "unit")
    rows = [[getattr(figure, name) for name in names] for figure in found]
    return columns(rows, names) if rows else "no figures"


@reference.command("remove")
@click.argument("name")
@_STORE
def remove(name: str, store: Path | None) -> None:
    """Take the release NAME out of the store.

    \b
    Example:
      sendparse reference remove education-health-and-care-plans-2025
    """
    from sendparse.releases import remove_release

    remove_release(name, store=store)
    click.echo(f"removed {name}")

"""`sendparse compare`: one measure across councils, on the screen or in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sendparse.cli.options import packs_of
from sendparse.cli.show import columns, terminal_width
from sendparse.errors import InputError

if TYPE_CHECKING:
    from sendparse.dataset.read import Dataset
    from sendparse.packs import Packs
    from sendparse.publish.compare import Comparison
    from sendparse.publish.selecting import Question

_BASES = (
    "month", "quarter", "term", "calendar_year", "financial_year", "academic_year", "snapshot", "year_to_date",
    "rolling_12_months", "other",
)  # fmt: skip
_MEASURES = 40


@click.command()
@click.argument("dataset", type=click.Path(path_type=Path))
@click.option("--kpi", help="Id of the measure. Without it, the measures that DATASET has are listed.")
@click.option("--councils", multiple=True, help="Names or codes, with commas or given again. Default: all.")
@click.option("--period", help="2024, 2024-05, 2023/24, 'Q3 2024/25', 2023..2024: only figures that lie inside.")
@click.option("--latest", is_flag=True, help="Only the latest figure of each council, all of one kind of period.")
@click.option("--basis", type=click.Choice(_BASES), help="Only periods of this kind.")
@click.option("--breakdown", default="", help='A part of the measure, as the dataset writes it: "phase=primary".')
@click.option("--role", default="actual", show_default=True, help="target, forecast, baseline, planned, ...")
@click.option("--long", "long", is_flag=True, help="One figure a line, with role, source, verdict and place.")
@click.option("--left-out", "every", is_flag=True, help="Name every figure that was left out.")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "xlsx", "json"]), default="table", show_default=True
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; xlsx needs one.")
@click.option(
    "--patterns",
    "overlays",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with wordings of your own.",
)
def compare(
    dataset: Path,
    kpi: str | None,
    councils: tuple[str, ...],
    period: str | None,
    latest: bool,
    basis: str | None,
    breakdown: str,
    role: str,
    long: bool,
    every: bool,
    form: str,
    out: Path | None,
    overlays: tuple[Path, ...],
) -> None:
    """Compare councils of DATASET on one measure: councils down, periods across, England below.

    Only like stands beside like: the same measure, unit, role and breakdown, each kind of period in a table of its own.
    What was left out is counted with its reason. England's figures are DfE's; those of regions and statistical
    neighbours come from imported releases (`sendparse reference add`) or from papers that state them.

    \b
    Examples:
      sendparse compare dataset
      sendparse compare dataset --kpi ehcp_20wk_excl_exceptions_pct
      sendparse compare dataset --kpi ehcp_total_count --councils "Kent,Medway" --period 2023..2025 --long
      sendparse compare dataset --kpi ehcp_total_count --latest --format xlsx --out caseload.xlsx
    """
    from sendparse.dataset.read import read_dataset
    from sendparse.publish.compare import compare as compared

    if form == "xlsx" and out is None:
        raise click.UsageError("a workbook needs a file: give --out FILE.xlsx")
    data, packs = read_dataset(dataset), packs_of(overlays)
    if kpi is None:
        click.echo(_measures(data, packs))
        return
    question = _question(
        kpi, councils, packs, period=period, latest=latest, basis=basis, breakdown=breakdown, role=role
    )
    _give(compared(data, packs, question), form, out, long=long, every=every)


def _question(
    kpi: str,
    councils: tuple[str, ...],
    packs: Packs,
    *,
    period: str | None,
    latest: bool,
    basis: str | None,
    breakdown: str,
    role: str,
) -> Question:
    from sendparse.publish.periods import read_window
    from sendparse.publish.selecting import Question

    names = _names(councils, packs)
    pairs = sorted(pair.strip() for pair in breakdown.split(";") if pair.strip())
    return Question(
        kpi=kpi,
        councils=tuple(packs.reference.find_council(name).la_code for name in names),
        window=read_window(period) if period else None,
        basis=basis or "",
        breakdown=";".join(pairs),
        role=role,
        latest=latest,
    )


def _names(councils: tuple[str, ...], packs: Packs) -> list[str]:
    """Names from lists with commas, where a comma may belong to a name ("Bristol, City of")."""
    out: list[str] = []
    for text in councils:
        try:
            packs.reference.find_council(text)
            out.append(text)
        except InputError:
            out += [name.strip() for name in text.split(",") if name.strip()]
    return out


def _measures(dataset: Dataset, packs: Packs) -> str:
    from sendparse.publish.compare import measures

    found = measures(dataset, packs)
    rows = [[kpi.id, kpi.label, kpi.unit, figures, councils] for kpi, figures, councils in found[:_MEASURES]]
    more = f"\n{len(found) - _MEASURES} more" if len(found) > _MEASURES else ""
    heads = ["--kpi", "measure", "unit", "figures", "councils"]
    return columns(rows, heads) + more if rows else "No figure of a known measure is in this dataset."


def _give(comparison: Comparison, form: str, out: Path | None, *, long: bool, every: bool) -> None:
    from sendparse.publish import layout

    if form == "xlsx":
        from sendparse.publish.workbook import write_sheets

        assert out is not None
        write_sheets(out, layout.sheets(comparison), title=comparison.kpi.label)
        return
    if form == "table":
        text = layout.table_text(comparison, width=terminal_width(), long=long, every=every)
    elif form == "json":
        text = layout.as_json(comparison)
    else:
        flat = long or comparison.question.latest
        text = layout.as_csv(layout.long_sheet(comparison) if flat else layout.wide_sheet(comparison))
        for reason, _, number in comparison.reasons():
            click.echo(f"left out: {number} figures, {reason}", err=True)
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8-sig" if form == "csv" else "utf-8", newline="\n")

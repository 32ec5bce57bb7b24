"""`sendparse parse` and `sendparse tables`: a few papers, straight to the screen or a file."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from sendparse.batch.scan import printable
from sendparse.cli.apart import Answer, Limits, Read, about_all_papers, read_apart
from sendparse.cli.options import about_papers, options_of, packs_of, require_folder, with_limits, with_ocr
from sendparse.cli.show import columns, plain, shown
from sendparse.errors import UnreadablePaper

if TYPE_CHECKING:
    from sendparse.model import Document, Observation, Outcome, Table

_FILES = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
_OUT = click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write instead of the screen."
)


@click.command()
@_FILES
@click.option(
    "--format", "form", type=click.Choice(["csv", "jsonl", "table"]), help="Default: table on a screen, csv otherwise."
)
@_OUT
@with_limits
@with_ocr
@about_papers
def parse(
    files: tuple[Path, ...],
    form: str | None,
    out: Path | None,
    timeout: float,
    memory: int,
    ocr: bool,
    council: str,
    day: date | None,
    overlays: tuple[Path, ...],
) -> None:
    """Print every figure that FILES state, one row each.

    csv has the columns of a dataset's observations. jsonl has them too, and for each figure `doc` (the file's name
    without suffix), `figure` (as printed), `start` and `end` (where it stands in the text of a paper without pages).

    \b
    Examples:
      sendparse parse report.pdf
      sendparse parse *.pdf --format csv --out figures.csv
      sendparse parse minutes.html --council "Kent" --date 2025-03-11 --format jsonl
      sendparse parse scan.pdf --ocr
    """

    def prepare() -> Read:
        from sendparse.pipeline import parse_document

        packs, options = packs_of(overlays), options_of(council, day, ocr=ocr)

        def read(path: Path, printed: bool) -> bytes:
            document = _document(path, ocr)
            with about_all_papers():
                outcome = parse_document(document, packs, options)
            return writer(outcome, first=not printed, bom=out is not None)

        return read

    with _output(out) as sink:
        writer = _WRITERS[form or ("table" if sink.isatty() else "csv")]
        _print(sink, read_apart(files, prepare, Limits(timeout, memory)))


@click.command()
@_FILES
@click.option("--format", "form", type=click.Choice(["json", "csv", "table"]), default="json", show_default=True)
@click.option(
    "--engine",
    type=click.Choice(["sendparse", "pdfplumber", "camelot"]),
    default="sendparse",
    show_default=True,
    help="Whose finder to use. The others read PDFs only.",
)
@_OUT
@with_limits
@with_ocr
def tables(
    files: tuple[Path, ...], form: str, engine: str, out: Path | None, timeout: float, memory: int, ocr: bool
) -> None:
    """Print the tables of FILES as found, before anyone interprets them.

    json is one line for each file: {"doc": NAME, "tables": [{"page": 1, "rows": [["", ""]]}]}. Where cells cover several
    places, `cells` gives them with their spans. A table that runs over pages is given page by page. Raised marks of notes in
    a PDF are plain digits there, as in the file.

    \b
    Examples:
      sendparse tables report.pdf
      sendparse tables report.pdf --format table
      sendparse tables *.pdf --format json --out tables.jsonl
      sendparse tables report.pdf --engine camelot --format table
    """

    def prepare() -> Read:
        if ocr:
            from sendparse.read.ocr_engine import require

            require()
        find = _finder(engine)

        def read(path: Path, printed: bool) -> bytes:
            document = _document(path, ocr)
            pieces = [piece for table in find(document) for piece in by_page(table)]
            return _TABLES[form](document, pieces).encode("utf-8", "backslashreplace")

        return read

    with _output(out) as sink:
        _print(sink, read_apart(files, prepare, Limits(timeout, memory)))


def _document(path: Path, ocr: bool) -> Document:
    """A paper under a name that can be printed anywhere."""
    from sendparse.read import read_document

    return read_document(path, file=printable(path.name), ocr=ocr)


def _print(sink: BinaryIO, answers: Iterable[Answer]) -> None:
    """Print what papers gave, and say of the others why they gave nothing; then the exit code is 3."""
    unread = 0
    for answer in answers:
        if answer.trouble is None:
            sink.write(answer.output)
            sink.flush()
        else:
            unread += 1
            click.echo(plain(str(answer.trouble)), err=True)
    if unread:
        click.get_current_context().exit(3)


def _finder(engine: str) -> Callable[[Document], list[Table]]:
    """The finder of tables that was asked for, loaded."""
    if engine == "sendparse":
        from sendparse.tables import find_tables

        return lambda document: find_tables(document)[0]
    from sendparse.tables.engines import find_tables_with

    def find(document: Document) -> list[Table]:
        if document.format != "pdf":
            cause = f"{engine} finds tables in PDFs only, and this is {document.format.upper()}"
            raise UnreadablePaper(document.file, cause, "leave out --engine", code="unknown_format")
        return find_tables_with(engine, document)

    return find


def by_page(table: Table) -> Iterator[dict[str, Any]]:
    """The grid of a table on each of its pages."""
    pages = sorted({cell.page or table.page or 1 for cell in table.cells})
    for page in pages:
        cells = [cell for cell in table.cells if (cell.page or table.page or 1) == page]
        first = min(cell.row for cell in cells)
        last = max(cell.row + cell.row_span for cell in cells)
        rows = [[""] * table.columns for _ in range(last - first)]
        for cell in cells:
            rows[cell.row - first][cell.column] = cell.text
        piece: dict[str, Any] = {"page": page, "rows": rows}
        if any(cell.row_span > 1 or cell.column_span > 1 for cell in cells):
            piece["cells"] = [
                {
                    "row": cell.row - first,
                    "col": cell.column,
                    "rowspan": cell.row_span,
                    "colspan": cell.column_span,
                    "text": cell.text,
                }
                for cell in cells
            ]
        yield piece


def for_json(outcome: Outcome) -> Iterator[dict[str, Any]]:
    """Observations with their place in the paper's text, as plain values."""
    from sendparse.dataset.rows import tidy
    from sendparse.model import as_row

    document = outcome.document
    skipped = _address_line(document)
    for observation in outcome.observations:
        row = {name: _json_value(value) for name, value in as_row(tidy(observation)).items()}
        start, end = observation.char_start, observation.char_end
        yield {
            **row,
            "doc": Path(document.file).stem,
            "figure": observation.value_text,
            "start": None if start is None else start - skipped,
            "end": None if end is None else end - skipped,
        }


def _address_line(document: Document) -> int:
    """Length of a text file's first line when it only says where the text comes from (`# url ...`)."""
    if document.format != "txt" or not document.text.startswith("# url"):
        return 0
    return document.text.find("\n") + 1


def _json_value(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


@contextlib.contextmanager
def _output(out: Path | None) -> Iterator[BinaryIO]:
    """The file to write, replaced when all is written, or the screen."""
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.flush()
        return
    require_folder(out)
    fresh = out.with_name(f".{out.name}.new")
    try:
        with fresh.open("wb") as sink:
            yield sink
        fresh.replace(out)
    finally:
        fresh.unlink(missing_ok=True)


def _csv(outcome: Outcome, *, first: bool, bom: bool) -> bytes:
    from sendparse.dataset.arrow import to_table
    from sendparse.dataset.columns import resources
    from sendparse.dataset.rows import outcome_rows
    from sendparse.dataset.write import csv_bytes

    table = to_table(resources()["observations"], outcome_rows(outcome).observations)
    return bytes(csv_bytes(table, bom=bom and first, head=first))


def _lines(outcome: Outcome, *, first: bool, bom: bool) -> bytes:
    rows = (json.dumps(row, ensure_ascii=False) for row in for_json(outcome))
    return "".join(f"{row}\n" for row in rows).encode("utf-8", "backslashreplace")


def _screen(outcome: Outcome, *, first: bool, bom: bool) -> bytes:
    document, facts = outcome.document, outcome.facts
    who = ", ".join(
        filter(None, [facts.council or "council not known", facts.committee, str(facts.meeting_date or "")])
    )
    rows = [_screen_row(observation) for observation in outcome.observations]
    heads = ["page", "figure", "unit", "measure", "period", "role", "trend", "found in"]
    parts = [plain(f"{document.file}: {who}; {len(rows)} figures, {len(outcome.problems)} problems")]
    if rows:
        parts.append(columns(rows, heads))
    return ("\n".join(parts) + "\n\n").encode("utf-8", "backslashreplace")


def _screen_row(row: Observation) -> Sequence[object]:
    measure = f"{row.kpi} {row.breakdown}".strip() if row.kpi else f'"{row.kpi_label}"'
    first, last = row.period_start, row.period_end
    period = str(last or first or "") if first == last or not (first and last) else f"{first} to {last}"
    role = f"{row.role} {row.benchmark}".strip()
    return [row.page, row.value_text, row.unit, measure, period, role, row.trend, row.source]


_WRITERS: dict[str, Callable[..., bytes]] = {"csv": _csv, "jsonl": _lines, "table": _screen}


def _tables_json(document: Document, pieces: list[dict[str, Any]]) -> str:
    """One line. Marks of footnotes are digits, as the file has them, apart from the text that they stand at."""
    from sendparse.read.raised import as_digits

    for piece in pieces if document.format == "pdf" else ():
        piece["rows"] = [[as_digits(text) for text in row] for row in piece["rows"]]
        for cell in piece.get("cells", ()):
            cell["text"] = as_digits(cell["text"])
    return json.dumps({"doc": Path(document.file).stem, "tables": pieces}, ensure_ascii=False) + "\n"


def _tables_csv(document: Document, pieces: list[dict[str, Any]]) -> str:
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for piece in pieces:
        writer.writerow([f"{document.file}, page {piece['page']}"])
        writer.writerows([[_no_formula(cell) for cell in row] for row in piece["rows"]])
        writer.writerow([])
    return text.getvalue()


def _no_formula(text: str) -> str:
    """As in a dataset's CSV: a text that a spreadsheet would run begins with an apostrophe."""
    if text[:1] not in ("=", "+", "-", "@", "\t", "\r"):
        return text
    try:
        float(text.replace(",", ""))
    except ValueError:
        return f"'{text}"
    return text


def _tables_text(document: Document, pieces: list[dict[str, Any]]) -> str:
    parts = []
    for number, piece in enumerate(pieces, 1):
        rows = piece["rows"]
        parts.append(plain(f"{document.file}, page {piece['page']}, table {number}"))
        parts.append(columns(rows[1:], [shown(cell) for cell in rows[0]]) + "\n")
    return "\n".join(parts or [f"{document.file}: no tables"]) + "\n"


_TABLES = {"json": _tables_json, "csv": _tables_csv, "table": _tables_text}

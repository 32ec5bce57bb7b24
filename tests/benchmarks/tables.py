"""Tables beside peers, in one run: python tests/benchmarks/tables.py [--quick] [--only NAME ...]

Every finder runs in a process of its own over the same PDFs; CPU seconds are user and system, children included, start-up
counted. Accuracy is measured twice:

- `F1`: the ICDAR 2013 competition's measure (region and structure together, adjacent cells, averaged over documents) on the
  27 documents of its EU part. Needs the folder ../shared beside the checkout, with the documents and the measure.
- `rows`: on real council PDFs there is no such truth. There a printed line counts that has a label and at least two figures
  with wide gaps between them: the share of such lines whose figures stand in one row of a table, each in a cell of its own.

A finder that is not installed is left out.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # this checkout is measured, installed or not
SHARED = ROOT.parent / "shared"
ICDAR = SHARED / "bench" / "icdar2013-eu"
REAL = SHARED / "real"
QUICK = ("eu-001", "eu-008", "eu-011", "eu-012", "eu-019", "eu-027")
QUICK_REAL = ("kent-finance-monitoring-q3-2024-25-appendix.pdf", "west-sussex-send-survey-2015.pdf")
SLOW = ("sutton-coldfield-accounts-2016-17-scanned.pdf",)  # pictures of pages: nothing to be found in their text

FINDERS = {
    "sendparse": (
        "sendparse",
        """
from sendparse.read import read_document
from sendparse.tables import find_tables
from sendparse.cli.parse import by_page
def tables(path):
    return [piece for table in find_tables(read_document(path))[0] for piece in by_page(table)]
""",
    ),
    "pdfplumber lines": (
        "pdfplumber",
        """
import pdfplumber
def tables(path):
    with pdfplumber.open(path) as pdf:
        return [{"page": page.page_number, "rows": rows} for page in pdf.pages for rows in page.extract_tables()]
""",
    ),
    **{
        f"camelot {flavour}": (
            "camelot",
            f"""
import camelot
def tables(path):
    found = camelot.read_pdf(str(path), pages="all", flavor="{flavour}", suppress_stdout=True)
    return [{{"page": table.page, "rows": table.df.values.tolist()}} for table in found]
""",
        )
        for flavour in ("lattice", "network", "hybrid", "auto")
    },
    "img2table borderless": (
        "img2table",
        """
from img2table.document import PDF
def tables(path):
    found = PDF(str(path)).extract_tables(borderless_tables=True)
    return [
        {"page": page + 1, "rows": [[cell.value for cell in row] for row in table.content.values()]}
        for page, some in found.items() for table in some
    ]
""",
    ),
    "tabula": (
        "tabula",
        """
import tabula
def tables(path):
    found = tabula.read_pdf(str(path), pages="all", multiple_tables=True, output_format="json", silent=True)
    return [
        {"page": table.get("page_number", 1), "rows": [[cell["text"] for cell in row] for row in table["data"]]}
        for table in found
    ]
""",
    ),
}

RUN = """
import json, sys, traceback
from pathlib import Path
with open(sys.argv[1], "w") as out:
    for path in map(Path, sys.argv[2:]):
        try:
            found = tables(path)
        except Exception:
            traceback.print_exc()
            found = []
        out.write(json.dumps({"doc": path.stem, "tables": found}, default=str) + "\\n")
"""


@dataclass
class Run:
    """What one finder gave for one set of papers."""

    found: dict[str, list[dict[str, object]]]
    seconds: float


def run(code: str, paths: list[Path], folder: Path) -> Run:
    """A finder over a set of papers, in a process of its own."""
    out = folder / "found.jsonl"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    subprocess.run(
        [sys.executable, "-c", code + RUN, str(out), *map(str, paths)],
        check=True,
        env=environment,
        stderr=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run({line["doc"]: line["tables"] for line in lines}, seconds)


def measure():
    """The competition's measure, from the folder that holds its documents."""
    place = SHARED / "tools" / "icdar_eval.py"
    spec = importlib.util.spec_from_file_location("icdar_eval", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pages(paths: list[Path]) -> int:
    """How many pages the papers have."""
    import pypdfium2

    return sum(len(pypdfium2.PdfDocument(path)) for path in paths)


def printed_rows(paths: list[Path]) -> dict[str, list[tuple[int, list[str]]]]:
    """Printed lines with a label and at least two figures, by paper: page and the figures from left to right."""
    from sendparse.read import read_document
    from sendparse.tables.kinds import is_number
    from sendparse.tables.lines import text_lines

    out: dict[str, list[tuple[int, list[str]]]] = {}
    for path in paths:
        rows = out.setdefault(path.stem, [])
        for page in read_document(path).pages:
            for line in text_lines([w for w in page.words if w.upright and not w.hidden]):
                figures = [piece.text for piece in line.pieces if is_number(piece.text)]
                labelled = any(letter.isalpha() for letter in line.pieces[0].text)
                if labelled and len(figures) > 1 and len(figures) == len(line.pieces) - 1:
                    rows.append((page.number, figures))
    return out


def kept(truth: dict[str, list[tuple[int, list[str]]]], found: dict[str, list[dict[str, object]]]) -> float:
    """The share of printed rows whose figures stand in one row of a table, each in a cell of its own."""
    whole = total = 0
    for doc, rows in truth.items():
        grids: dict[int, list[list[str]]] = {}
        for table in found.get(doc, []):
            lines = [[plain(cell) for cell in row] for row in table["rows"]]
            grids.setdefault(int(table["page"]), []).extend([cell for cell in line if cell] for line in lines)
        for page, figures in rows:
            total += 1
            wanted = [plain(figure) for figure in figures]
            whole += any(contains(row, wanted) for row in grids.get(page, []))
    return whole / total if total else 0.0


def plain(text: object) -> str:
    return "".join(str(text or "").split())


def contains(row: list[str], wanted: list[str]) -> bool:
    """Whether the cells that are wanted stand in a row, in their order."""
    rest = iter(row)
    return all(any(cell == want for cell in rest) for want in wanted)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--quick", action="store_true", help="a few documents only")
    parser.add_argument("--only", nargs="*", help="finders to run, by name")
    options = parser.parse_args()
    if not ICDAR.is_dir():
        sys.exit("the documents of the competition, ../shared/bench/icdar2013-eu, are not beside this checkout")
    icdar = sorted(path for path in ICDAR.glob("*.pdf") if not options.quick or path.stem in QUICK)
    real = sorted(path for path in REAL.glob("*.pdf") if path.name not in SLOW)
    real = [path for path in real if not options.quick or path.name in QUICK_REAL]
    judge = measure()
    truth, _ = judge.load_truth(str(ICDAR))
    truth = {doc: tables for doc, tables in truth.items() if any(doc == path.stem for path in icdar)}
    rows = printed_rows(real)
    icdar_pages, real_pages = pages(icdar), pages(real)
    print(
        f"ICDAR 2013 EU: {len(icdar)} documents, {icdar_pages} pages; "
        f"council PDFs: {len(real)} documents, {real_pages} pages, {sum(map(len, rows.values()))} rows of figures"
    )
    print(f"{'finder':24}{'F1':>8}{'P':>8}{'R':>8}{'s/page':>9}{'rows':>8}{'s/page':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for name, (package, code) in FINDERS.items():
            if (options.only and name not in options.only) or importlib.util.find_spec(package) is None:
                continue
            competition, papers = run(code, icdar, Path(folder)), run(code, real, Path(folder))
            score = judge.score_all(truth, competition.found)
            print(
                f"{name:24}{score['F1avg']:8.3f}{score['P']:8.3f}{score['R']:8.3f}"
                f"{competition.seconds / icdar_pages:9.3f}{kept(rows, papers.found):8.3f}"
                f"{papers.seconds / real_pages:9.3f}",
                flush=True,
            )


if __name__ == "__main__":
    main()

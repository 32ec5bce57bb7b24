"""What a page costs, beside peers, in one run: python tests/benchmarks/pipeline.py [FOLDER ...] [--quick]

Each reader runs in a process of its own over the same papers; CPU seconds are user and system, children included. Two
figures a reader: the whole run over the set, start-up included, and the cost of a page without start-up, which is the
slope between the set once and the set three times over (copies with changed bytes, so that nothing is read twice).
Readers: the whole pipeline; pdfplumber's characters; pdfplumber's text and tables; pdfium's plain text; camelot auto.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COPIES = 3

READERS = {
    "sendparse": """
from pathlib import Path
from sendparse.batch import Settings, run_batch
for _ in run_batch([Path(sys.argv[1])], Path(sys.argv[2]), Settings(workers=1)):
    pass
""",
    "pdfplumber characters": """
import pdfplumber
for path in pdfs:
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            len(page.chars)
            page.close()
""",
    "pdfplumber text and tables": """
import pdfplumber
for path in pdfs:
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.extract_tables()
            page.close()
""",
    "pdfium text": """
import pypdfium2
for path in pdfs:
    pdf = pypdfium2.PdfDocument(path)
    for page in pdf:
        page.get_textpage().get_text_bounded()
        page.close()
    pdf.close()
""",
    "camelot auto": """
import camelot
for path in pdfs:
    camelot.read_pdf(path, pages="all", flavor="auto", suppress_stdout=True)
""",
}
PREFIX = """
import sys, glob, warnings, logging
warnings.simplefilter('ignore')
logging.disable()
pdfs = sorted(glob.glob(sys.argv[1] + '/*.pdf'))
"""


def papers(folders: list[Path]) -> list[Path]:
    return sorted(p for folder in folders for p in folder.rglob("*") if p.suffix in (".pdf", ".docx", ".html", ".txt"))


def copy_set(found: list[Path], folder: Path, times: int) -> None:
    """Copies whose bytes differ: a PDF, a page or a text may end in a comment; a Word file is left out of copies."""
    for n in range(times):
        for number, path in enumerate(found):
            tail = b"" if n == 0 else f"\n%{n}\n".encode() if path.suffix == ".pdf" else b"\n" * n
            if path.suffix == ".docx" and n:
                continue
            (folder / f"{n}-{number:03d}-{path.name}").write_bytes(path.read_bytes() + tail)


def pages(folder: Path) -> int:
    import pypdfium2

    total = 0
    for path in folder.glob("*.pdf"):
        pdf = pypdfium2.PdfDocument(path)
        total += len(pdf)
        pdf.close()
    return total


def cpu(reader: str, folder: Path) -> float:
    """CPU seconds of one run in a fresh process."""
    with tempfile.TemporaryDirectory() as out:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            [sys.executable, "-c", PREFIX + READERS[reader], str(folder), f"{out}/dataset"],
            env=os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        print(f"{reader} failed: {done.stderr.decode(errors='replace')[-400:]}", file=sys.stderr)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="one run each, without camelot")
    asked = parser.parse_args()
    shared = ROOT.parent / "shared"
    default = [shared / n for n in ("papers", "real")] if shared.is_dir() else [ROOT / "corpus"]
    found = papers(asked.folders or default)
    readers = [r for r in READERS if not (asked.quick and r == "camelot auto")]
    with tempfile.TemporaryDirectory() as scratch:
        once, thrice = Path(scratch, "once"), Path(scratch, "thrice")
        for folder, times in ((once, 1), (thrice, COPIES)):
            folder.mkdir()
            copy_set(found, folder, times)
        count, more = pages(once), pages(thrice)
        print(
            f"{len(found)} papers, {count} PDF pages; medians of {1 if asked.quick else asked.runs} runs, CPU seconds"
        )
        runs = range(1 if asked.quick else asked.runs)
        spent = {r: [(cpu(r, once), cpu(r, thrice)) for _ in runs] for r in readers}
    own = None
    print(f"{'reader':28}{'whole set':>12}{'a page':>12}{'start-up':>12}{'page / ours':>14}")
    for reader, figures in spent.items():
        whole = statistics.median(a for a, _ in figures)
        slope = statistics.median((b - a) / (more - count) for a, b in figures)
        own = slope if own is None else own
        print(f"{reader:28}{whole:12.2f}{slope:12.4f}{max(0.0, whole - slope * count):12.2f}{slope / own:14.2f}")


if __name__ == "__main__":
    main()

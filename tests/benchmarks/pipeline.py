"""What a page costs, beside peers, in one run: python tests/benchmarks/pipeline.py [FOLDER ...] [--quick]

Every reader runs over the same PDFs in a fresh process of its own, the readers one after another in each round. CPU seconds
are user and system, children included. Three figures a reader:

- a page: the slope between the set once and the set three times over (copies with changed bytes), so without start-up;
- start-up: what is left of the set once when its pages are taken off: imports, patterns, a fork server;
- first: for sendparse also the set once without start-up measured by itself (one line of text), so that no word and no
  label has been met before. Where it is higher than the slope, something was remembered from copy to copy.

Readers: the whole pipeline as a worker of `batch` runs it, from the file to the bytes of its part; the command `sendparse
batch --workers 1`, dataset included; pdfplumber's `extract_text` and `extract_tables` on every page; camelot auto on every
page (every eighth with --quick); pdfium's plain text of every page. Web pages and Word files have no pages for the peers:
they are measured by themselves, a paper at a time. Then two workers are compared with one; `--workers` does only that.

What is measured is the installed sendparse, of which some is compiled where it was installed with a C compiler; the
checkout where none is installed, or with `--checkout`.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COPIES = 3
MANY = 12  # copies of which two workers have their share long after they have started

READERS = {
    "sendparse, a worker": """
from pathlib import Path
from sendparse.batch.warm import settle
from sendparse.dataset.part import encode
from sendparse.dataset.rows import outcome_rows
from sendparse.packs import load_packs
from sendparse.pipeline import Options, parse_document
from sendparse.read import read_bytes
packs = load_packs()
settle()
for path in paths:
    document = read_bytes(Path(path).read_bytes(), file=Path(path).name)
    Path(out, Path(path).name).write_bytes(encode(outcome_rows(parse_document(document, packs, Options()))))
""",
    "sendparse batch": """
from sendparse.cli import main
main(["batch", folder, "--out", out + "/dataset", "--workers", "1"])
""",
    "pdfplumber text and tables": """
import pdfplumber
for path in paths:
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.extract_tables()
            page.close()
""",
    "camelot auto": """
import camelot, pypdfium2
for path in paths:
    pdf = pypdfium2.PdfDocument(path)
    count = len(pdf)
    pdf.close()
    pages = [n + 1 for n in range(count) if chosen(path, n, every)]
    if pages:
        camelot.read_pdf(path, pages=",".join(map(str, pages)), flavor="auto", suppress_stdout=True)
""",
    "pdfium text": """
import pypdfium2
for path in paths:
    pdf = pypdfium2.PdfDocument(path)
    for page in pdf:
        page.get_textpage().get_text_bounded()
        page.close()
    pdf.close()
""",
}
OURS = ("sendparse, a worker", "sendparse batch")
BARS = {"pdfplumber text and tables": 8.0, "camelot auto": 40.0, "pdfium text": 1 / 10}  # a page of theirs, in ours

CHOOSE = """
def chosen(path, page, every):
    paper = int(path.rsplit("/", 1)[-1].split("-")[1])
    return (paper + page) % every == 0
"""
PREFIX = (
    """
import glob, logging, sys, warnings
warnings.simplefilter("ignore")
logging.disable()
folder, out, every = sys.argv[1], sys.argv[2], int(sys.argv[3])
paths = sorted(glob.glob(folder + "/*"))
"""
    + CHOOSE
)
WHICH = """
import sendparse
from sendparse.read import bulk
from sendparse.tables import lines
print(sendparse.__file__, "compiled:", ", ".join(n for n, m in (("calls of pdfium", bulk.compiled), ("hot modules", lines))
      if m is not None and not m.__file__.endswith(".py")) or "nothing")
"""
TWO = """
import resource, time
from pathlib import Path
from sendparse.batch import Settings, run_batch
began = time.perf_counter()
for _ in run_batch([Path(folder)], Path(out) / "dataset", Settings(workers=every)):
    pass
wall = time.perf_counter() - began
own, workers = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(wall, own.ru_utime + own.ru_stime, workers.ru_utime + workers.ru_stime)
"""


@dataclass
class Spent:
    """CPU seconds of one reader, run by run."""

    once: list[float] = field(default_factory=list)
    thrice: list[float] = field(default_factory=list)
    start: list[float] = field(default_factory=list)

    def pages(self, count: int) -> list[float]:
        """The cost of a page in each round."""
        return [(many - one) / (count * (COPIES - 1)) for one, many in zip(self.once, self.thrice, strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, help="default: ../shared, else the corpus")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="camelot on every eighth page, and once only")
    parser.add_argument("--only", nargs="*", default=[], help="readers, by the beginning of their names")
    parser.add_argument("--workers", action="store_true", help="only two workers against one")
    parser.add_argument("--checkout", action="store_true", help="the checkout, though sendparse is installed")
    asked = parser.parse_args()
    found = papers(asked.folders or default_folders())
    if asked.checkout or importlib.util.find_spec("sendparse") is None:
        os.environ["PYTHONPATH"] = str(ROOT)
    with tempfile.TemporaryDirectory() as scratch:
        print(f"sendparse: {run(WHICH, Path(scratch), 0).strip()}")
        if not asked.workers:
            compare(found, Path(scratch), asked)
        if asked.workers or not asked.only:
            two_workers(found, Path(scratch), asked.rounds)


def default_folders() -> list[Path]:
    shared = ROOT.parent / "shared"
    return [shared / n for n in ("papers", "real", "bench/icdar2013-eu")] if shared.is_dir() else [ROOT / "corpus"]


def papers(folders: Sequence[Path]) -> list[Path]:
    kinds = (".pdf", ".docx", ".html", ".txt")
    return sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in kinds)


def copies(found: Sequence[Path], folder: Path, times: int) -> Path:
    """A folder of copies whose bytes differ. Copies of one paper do not follow each other."""
    folder.mkdir()
    for n in range(times):
        for number, path in enumerate(found):
            copy = folder / f"{n}-{number:03d}-{path.name}"
            shutil.copyfile(path, copy)
            if path.suffix == ".docx":
                with zipfile.ZipFile(copy, "a") as archive:
                    archive.comment = str(n).encode()
            else:
                with copy.open("ab") as end:
                    end.write(f"\n%{n}\n".encode() if path.suffix == ".pdf" else b"\n" * n)
    return folder


def cpu(code: str, folder: Path, every: int = 1) -> float:
    """CPU seconds of one run in a fresh process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run(code, folder, every)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run(code: str, folder: Path, number: int) -> str:
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    with tempfile.TemporaryDirectory() as out:
        done = subprocess.run(
            [sys.executable, "-c", PREFIX + code, str(folder), out, str(number)],
            env=os.environ | threads, cwd=out, capture_output=True, text=True, check=False,
        )  # fmt: skip
    if done.returncode:
        print(f"failed: {done.stderr[-400:]}", file=sys.stderr)
    return done.stdout


def compare(found: Sequence[Path], scratch: Path, asked: argparse.Namespace) -> None:
    """All readers over the PDFs; ours over the other papers too."""
    pdfs = [path for path in found if path.suffix == ".pdf"]
    others = [path for path in found if path.suffix != ".pdf"]
    once, thrice = copies(pdfs, scratch / "once", 1), copies(pdfs, scratch / "thrice", COPIES)
    line = scratch / "line"
    line.mkdir()
    (line / "0-0-line.txt").write_text("61.5% of EHC plans were issued within 20 weeks in June 2024.\n")
    every = 8 if asked.quick else 1
    counts = {name: pages(pdfs, every if name == "camelot auto" else 1) for name in READERS}
    names = [n for n in READERS if not asked.only or n.startswith(tuple(asked.only))]
    print(f"{len(pdfs)} PDFs of {pages(pdfs, 1)} pages; camelot on {counts['camelot auto']} of them; load {load()}")
    spent = {name: Spent() for name in names}
    for number in range(asked.rounds):
        for name in names:
            if name == "camelot auto" and asked.quick and number:
                continue
            spent[name].once.append(cpu(READERS[name], once, every))
            spent[name].thrice.append(cpu(READERS[name], thrice, every))
            if name in OURS:
                spent[name].start.append(cpu(READERS[name], line))
            print(f"round {number + 1}: {name} {spent[name].once[-1]:.2f} {spent[name].thrice[-1]:.2f}", flush=True)
    show(spent, counts)
    if others:
        one, three = copies(others, scratch / "others", 1), copies(others, scratch / "others thrice", COPIES)
        took = [cpu(READERS[OURS[0]], three) - cpu(READERS[OURS[0]], one) for _ in range(asked.rounds)]
        each = statistics.median(took) / (len(others) * (COPIES - 1))
        print(f"\n{len(others)} web pages, Word files and texts: {each:.3f} CPU s a paper")


def show(spent: dict[str, Spent], counts: dict[str, int]) -> None:
    """The table: medians over the rounds, the least beside them."""
    ours = next((statistics.median(spent[n].pages(counts[n])) for n in OURS if n in spent), None)
    print(f"{'CPU seconds':28}{'a page':>10}{'least':>10}{'first':>10}{'start-up':>10}{'page / ours':>13}{'bar':>8}")
    for name, figures in spent.items():
        count = counts[name]
        slopes, once = figures.pages(count), statistics.median(figures.once)
        page = statistics.median(slopes)
        start = statistics.median(figures.start) if figures.start else max(0.0, once - page * count)
        first = f"{(once - start) / count:10.4f}" if figures.start else f"{'':10}"
        ratio = f"{page / ours:13.2f}" if ours else f"{'':13}"
        bar = f"{BARS[name]:8g}" if name in BARS else ""
        print(f"{name:28}{page:10.4f}{min(slopes):10.4f}{first}{start:10.2f}{ratio}{bar}")


def two_workers(found: Sequence[Path], scratch: Path, rounds: int) -> None:
    """Seconds by the clock of few papers and of many, and how much of the work only one process can do, which no noise disturbs."""
    sets = [copies(found, scratch / f"{count} of all", count) for count in (COPIES, MANY)]
    print(f"\n{'workers':>8}{'copies':>8}{'clock s':>10}{'own CPU s':>11}{'workers CPU s':>15}   load {load()}")
    clock: dict[tuple[int, int], list[float]] = {}
    for _ in range(rounds):
        for count, folder in zip((COPIES, MANY), sets, strict=True):
            for workers in (1, 2):
                quiet()
                wall, own, theirs = map(float, run(TWO, folder, workers).split())
                clock.setdefault((count, workers), []).append(wall)
                print(f"{workers:>8}{count:>8}{wall:>10.1f}{own:>11.2f}{theirs:>15.2f}", flush=True)
    least = {key: min(walls) for key, walls in clock.items()}
    one, two = (least[MANY, workers] - least[COPIES, workers] for workers in (1, 2))
    print(f"two workers are {one / two:.2f} times as fast as one by slope (the least of each; bar 1.8),")
    for count in (COPIES, MANY):
        print(f"{least[count, 1] / least[count, 2]:.2f} times with start-up and {count} copies,")
    print(f"and would be {(own + theirs) / (own + theirs / 2):.2f} times with a processor each")


def pages(pdfs: Sequence[Path], every: int) -> int:
    """How many pages a reader sees that takes only some of them."""
    import pypdfium2

    names: dict[str, object] = {}
    exec(CHOOSE, names)
    total = 0
    for number, path in enumerate(pdfs):
        pdf = pypdfium2.PdfDocument(path)
        total += sum(names["chosen"](f"/0-{number:03d}-", page, every) for page in range(len(pdf)))  # type: ignore[operator]
        pdf.close()
    return total


def load() -> str:
    return "/".join(f"{part:.1f}" for part in os.getloadavg())


def quiet(patience: float = 30.0) -> None:
    """Wait a while for others to finish; the clock tells nothing while they work."""
    began = time.monotonic()
    while os.getloadavg()[0] > 0.5 and time.monotonic() - began < patience:
        time.sleep(5)


if __name__ == "__main__":
    main()

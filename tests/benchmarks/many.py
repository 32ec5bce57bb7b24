"""Thousands of papers, some of them poisoned, and a run that is killed again and again.

python tests/benchmarks/many.py                       2,000 papers, 2 workers, ten kills: an hour on two free cores at most
python tests/benchmarks/many.py --papers 200 --kills 3
python tests/benchmarks/many.py --folder /tmp/many    keep everything there, and use the papers that are there

Papers are copies of ../shared/papers, ../shared/real and the corpus, each with other bytes (a comment after the end of a
PDF or a web page, in the archive of a Word file, blanks after a text), so that every one is read. Five are poisoned: one
hangs, one crashes its process, one asks for all memory (these three by name, in this script), one is garbage, one is
encrypted. It prints what the run costs, the memory of workers as they grow old, the peak of the parent, what failed; then
the time of a run that changes nothing; then kills parent, workers and the whole group at random moments, goes on with the
same command, and compares the hashes of all files with those of the undisturbed run.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import random
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from sendparse.batch.work import Job, Setup, read_rows
from sendparse.dataset.rows import PaperRows

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SUFFIXES = {".pdf", ".html", ".docx", ".txt"}
SECONDS = 60  # for each paper
ENTRY = f"""
import sys
sys.path[:0] = [{str(ROOT)!r}, {str(HERE)!r}]
import many
from sendparse.batch import run
settings = run.Settings
run.Settings = lambda **values: settings(**values, read=many.read)
from sendparse.cli import main
main()
"""


def read(job: Job, setup: Setup) -> PaperRows:
    """Read a paper as ever, unless its name says what it does to its process."""
    deed = Path(job.file).stem.rpartition("poisoned-")[2]
    if deed == "hang":
        time.sleep(3600)
    if deed == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if deed == "memory":
        bytearray(1 << 34)
    return read_rows(job, setup)


read.loads = True  # type: ignore[attr-defined]


# Papers


def make_papers(folder: Path, count: int) -> None:
    """Fill a folder with so many papers, five of them poisoned."""
    folder.mkdir(parents=True)
    places = (ROOT.parent / "shared" / "papers", ROOT.parent / "shared" / "real", ROOT / "corpus")
    sources = sorted(path for place in places for path in place.rglob("*") if path.suffix in SUFFIXES)
    for number, source in zip(range(count - 5), cycle(sources)):
        (folder / f"{number:04}-{source.name}").write_bytes(changed(source, number))
    for deed in ("hang", "crash", "memory"):
        (folder / f"0500-poisoned-{deed}.txt").write_text(f"In 2024, 61% of EHC plans were on time. {deed}\n")
    (folder / "0501-poisoned-garbage.pdf").write_bytes(b"%PDF-1.7\n" + random.Random(1).randbytes(200_000))
    (folder / "0502-poisoned-encrypted.pdf").write_bytes(encrypted())


def changed(source: Path, number: int) -> bytes:
    """The paper with other bytes and the same content."""
    data = source.read_bytes()
    if source.suffix == ".pdf":
        return data + f"\n% copy {number}\n".encode()
    if source.suffix == ".html":
        return data + f"\n<!-- copy {number} -->\n".encode()
    if source.suffix == ".txt":
        return data + f"\n{number:b}\n".replace("0", " ").replace("1", "\t").encode()
    held = io.BytesIO(data)
    with zipfile.ZipFile(held, "a") as archive:
        archive.comment = f"copy {number}".encode()
    return held.getvalue()


def encrypted() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret", "owner"))
    canvas.drawString(72, 720, "61% of EHC plans were on time.")
    canvas.save()
    return out.getvalue()


# Runs


@dataclass
class Watched:
    """What was seen of a run while it went on."""

    seconds: float = 0.0
    cpu: float = 0.0
    peak: float = 0.0  # of the parent, MB
    samples: dict[int, list[tuple[float, float]]] = field(
        default_factory=lambda: defaultdict(list)
    )  # age, MB by worker
    output: str = ""


def start(papers: Path, out: Path, workers: int, entry: str = ENTRY) -> subprocess.Popen[str]:
    arguments = ["batch", str(papers), "--out", str(out), "--workers", str(workers), "--timeout", str(SECONDS)]
    return subprocess.Popen(
        [sys.executable, "-c", entry, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(HERE), *sys.path])},
    )


def watch(process: subprocess.Popen[str], every: float = 1.0) -> Watched:
    seen = Watched()
    began, used = time.monotonic(), cpu()
    while process.poll() is None:
        seen.peak = max(seen.peak, memory(process.pid, "VmHWM"))
        for pid, age in workers_of(process.pid):
            seen.samples[pid].append((age, memory(pid, "VmRSS")))
        time.sleep(every)
    seen.seconds, seen.cpu = time.monotonic() - began, cpu() - used
    seen.output = process.stdout.read() if process.stdout else ""
    if process.stdout:
        process.stdout.close()
    return seen


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def group(leader: int) -> Iterator[tuple[int, int, list[str]]]:
    """Every process of a session: its number, its parent's, and the fields of its state."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == leader:
                yield int(folder.name), int(fields[1]), fields


def workers_of(leader: int) -> list[tuple[int, float]]:
    """The processes that read papers, forked from the server that is the parent's child, and the age of each."""
    found = list(group(leader))
    servers = {pid for pid, parent, _ in found if parent == leader}
    now, tick = float(Path("/proc/uptime").read_text().split()[0]), os.sysconf("SC_CLK_TCK")
    return [(pid, now - int(fields[19]) / tick) for pid, parent, fields in found if parent in servers]


def memory(pid: int, name: str) -> float:
    """A figure of a process's memory, MB."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:")), 0.0)


def hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


# Kills


def kill_and_go_on(
    papers: Path, out: Path, *, kills: int, usual: float, workers: int = 2, entry: str = ENTRY
) -> list[str]:
    """Kill runs at random moments and go on, until one ends by itself after the last kill. Returns what was killed."""
    chance = random.Random(20240229)
    done: list[str] = []
    process = start(papers, out, workers, entry)
    began = time.monotonic()
    while len(done) < kills:
        ended = wait(process, chance.uniform(0.01, 0.2) * usual)
        if ended:  # before its kill: go on with a fresh one
            shutil.rmtree(out)
            shutil.rmtree(out.with_name(f".{out.name}.parts"))
        else:
            deed = ("parent", "worker", "group", "server")[len(done) % 4]
            done.append(f"{deed} after {time.monotonic() - began:.0f} s")
            if not kill(process, deed, chance):
                continue
        process.communicate()
        process = start(papers, out, workers, entry)
        began = time.monotonic()
    watch(process)
    return done


def wait(process: subprocess.Popen[str], seconds: float) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def kill(process: subprocess.Popen[str], deed: str, chance: random.Random) -> bool:
    """Kill something; whether the run is over by it."""
    found = list(group(process.pid))
    servers = [pid for pid, parent, _ in found if parent == process.pid]
    readers = [pid for pid, parent, _ in found if parent in servers]
    if deed in ("worker", "server"):
        targets = [chance.choice(readers)] if deed == "worker" and readers else servers
        for pid in targets:
            os.kill(pid, signal.SIGKILL)
        return False
    if deed == "group":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    return True


# Report


def report(seen: Watched, out: Path, count: int) -> None:
    print(f"{count:,} papers: {seen.seconds:.0f} s, {seen.cpu:.0f} CPU s, {1000 * seen.cpu / count:.0f} CPU ms a paper")
    print(f"parent: {seen.peak:.0f} MB at most")
    by_age: dict[int, list[float]] = defaultdict(list)
    for samples in seen.samples.values():
        oldest = max(age for age, _ in samples)
        if len(samples) >= 10:
            for age, size in samples:
                by_age[min(9, int(10 * age / oldest))].append(size)
    print(
        "workers, median MB by tenths of their lives:", *(f"{statistics.median(by_age[n]):.0f}" for n in sorted(by_age))
    )
    print(f"workers, most MB: {max(size for samples in seen.samples.values() for _, size in samples):.0f}")
    problems = problem_rows(out)
    for file in sorted(problems):
        print(f"  failed: {file}: {problems[file]}")


def problem_rows(out: Path) -> dict[str, str]:
    import csv

    def rows(name: str) -> list[dict[str, str]]:
        with (out / name).open(encoding="utf-8-sig", newline="") as lines:
            return list(csv.DictReader(lines))

    failed = {row["file"] for row in rows("documents.csv") if row["status"] == "failed"}
    return {row["file"]: row["message"][:100] for row in rows("problems.csv") if row["file"] in failed}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--papers", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch)
        papers = folder / "papers"
        if not papers.exists():
            make_papers(papers, given.papers)
        count = sum(1 for _ in papers.iterdir())
        for old in folder.glob("*out*"):
            shutil.rmtree(old)
        for old in folder.glob(".out*"):
            shutil.rmtree(old)
        seen = watch(start(papers, folder / "out", given.workers))
        print(seen.output)
        report(seen, folder / "out", count)
        whole = hashes(folder / "out")
        for _ in range(2):
            again = watch(start(papers, folder / "out", given.workers), every=0.05)
            print(f"nothing changed: {again.seconds:.1f} s, {again.cpu:.1f} CPU s", flush=True)
        assert hashes(folder / "out") == whole
        if given.kills:
            done = kill_and_go_on(
                papers, folder / "out-killed", kills=given.kills, usual=seen.seconds, workers=given.workers
            )
            same = hashes(folder / "out-killed") == whole
            print(f"killed: {'; '.join(done)}")
            print(f"the same bytes as the undisturbed run: {'yes' if same else 'NO'}")
            print(json.dumps(whole, indent=1))
            sys.exit(0 if same else 1)


if __name__ == "__main__":
    main()

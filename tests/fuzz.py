"""Fuzzing: spoilt papers through the whole pipeline, each in a process of its own with limits on time and memory.

    python tests/fuzz.py --cases 400                 what continuous integration does
    python tests/fuzz.py --seconds 600 --seed 7      a longer run, another way through
    python tests/fuzz.py --seed 7 --case 1234        one case again, with its traceback

A case is named by its seed and number alone. What may happen to a paper: it is read, or refused with a reason. Anything else
(an exception, a stage that failed, a crash, too much time or memory) is a finding, and the exit code is then 1.
"""

from __future__ import annotations

import argparse
import faulthandler
import gc
import os
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from mutations import SPOILERS, speech  # noqa: E402

from sendparse.errors import UnreadablePaper  # noqa: E402

if TYPE_CHECKING:
    from sendparse.packs import Packs

CPU_SECONDS = 120  # twenty times what the heaviest paper takes: what goes on for so long has no end in sight
MEGABYTES = 1500
_FORMATS = {".pdf": "pdf", ".html": "html", ".docx": "docx", ".txt": "txt"}
_MOST_PAGES = 2  # of a seed: longer papers are cut into pages, so that a case is quick
_PIECES = 4  # of a longer paper


@dataclass(frozen=True)
class Seed:
    """A sound paper."""

    name: str
    kind: str
    data: bytes


@dataclass(frozen=True)
class Verdict:
    """How a case went: `read`, `refused`, or a finding."""

    state: str
    detail: str = ""

    @property
    def bad(self) -> bool:
        return self.state not in ("read", "refused")


def seeds() -> list[Seed]:
    """The papers of the corpus, and real ones where they lie beside this checkout."""
    folders = [ROOT / "corpus", *(ROOT.parent / "shared" / name for name in ("papers", "real", "gold/texts"))]
    paths = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in _FORMATS)
    return [seed for path in paths for seed in _pieces(path)]


def _pieces(path: Path) -> Iterator[Seed]:
    data = path.read_bytes()
    kind = _FORMATS[path.suffix]
    if kind != "pdf":
        yield Seed(path.name, kind, data)
        return
    import io

    import pypdfium2

    paper = pypdfium2.PdfDocument(data)
    count = len(paper)
    if count <= _MOST_PAGES:
        yield Seed(path.name, kind, data)
        return
    for place in sorted({count * piece // _PIECES for piece in range(_PIECES)}):
        one = pypdfium2.PdfDocument.new()
        one.import_pages(paper, [place])
        out = io.BytesIO()
        one.save(out)
        yield Seed(f"{path.name} page {place + 1}", kind, out.getvalue())


def case(number: int, seed: int, sound: list[Seed]) -> tuple[str, bytes]:
    """What the case is called, and its paper."""
    rng = Random(f"{seed}:{number}")
    if number % 5 == 0:
        return "speech", speech(rng).encode("utf-8", "surrogatepass")
    kind = rng.choice(("pdf", "pdf", "docx", "html", "txt"))
    paper = rng.choice([paper for paper in sound if paper.kind == kind])
    return f"{kind} from {paper.name}", SPOILERS[kind](rng, paper.data)


@cache
def _packs() -> Packs:
    from sendparse.packs import load_packs

    return load_packs()


def read(data: bytes) -> Verdict:
    """All of the way of one paper, in this process."""
    from sendparse.dataset.part import encode
    from sendparse.dataset.rows import outcome_rows
    from sendparse.pipeline import Options, parse_document
    from sendparse.read import read_bytes

    try:
        document = read_bytes(data, file="case")
        encode(outcome_rows(parse_document(document, _packs(), Options(strict=True))))
    except UnreadablePaper as error:
        if not (error.problem and error.hint and error.code != "failed"):
            return Verdict("refused without a reason", str(error))
        return Verdict("refused", error.code)
    except BaseException as error:
        return Verdict(type(error).__name__, traceback.format_exc())
    return Verdict("read")


def apart(data: bytes) -> Verdict:
    """The same in a process that is stopped when it takes too much time or memory."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        gc.freeze()  # what the child was born with stays shared: looking through it would copy it
        _limit(writing)
        verdict = read(data)
        os.write(writing, f"{verdict.state}\n{verdict.detail[-60_000:]}".encode("utf-8", "backslashreplace"))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode("utf-8", "replace")
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        name = "too slow" if number in (signal.SIGPROF, signal.SIGALRM) else signal.Signals(number).name
        return Verdict(name, said)
    state, _, detail = said.partition("\n")
    return Verdict(state or "no answer", detail)


def _limit(report: int) -> None:
    """Limits of this process; where they strike, the stack goes to `report`."""
    from sendparse.batch.work import limit_memory

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    faulthandler.enable(file=report, all_threads=False)
    for number in (signal.SIGPROF, signal.SIGALRM):
        faulthandler.register(number, file=report, all_threads=False, chain=True)
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    signal.alarm(CPU_SECONDS * 10)  # for one that waits instead of working
    limit_memory(MEGABYTES)


def warm() -> None:
    """Load everything once, before processes are forked."""
    for data in (b"61.5% of EHC plans were issued within 20 weeks in June 2024.\n", *_warming()):
        verdict = read(data)
        assert not verdict.bad, verdict.detail


def _warming() -> Iterator[bytes]:
    for suffix in (".pdf", ".html", ".docx"):
        yield min(
            (path for path in (ROOT / "corpus").rglob(f"*{suffix}")), key=lambda path: path.stat().st_size
        ).read_bytes()


def signature(verdict: Verdict) -> str:
    """What findings of one cause share: the kind and the last place of ours."""
    places = [line.strip() for line in verdict.detail.splitlines() if "sendparse/" in line and "File" in line]
    stack_first = verdict.state in ("too slow",) or verdict.state.startswith("SIG")
    return f"{verdict.state} at {(places[0] if stack_first else places[-1]) if places else '?'}"


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--cases", type=int, default=0, help="how many")
    arguments.add_argument("--seconds", type=float, default=0, help="CPU seconds to go on for, instead")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--case", type=int, help="only this one, with its traceback")
    arguments.add_argument("--keep", type=Path, help="folder for papers of findings")
    given = arguments.parse_args()
    sound = seeds()
    if given.case is not None:
        name, data = case(given.case, given.seed, sound)
        if given.keep:
            given.keep.mkdir(parents=True, exist_ok=True)
            (given.keep / f"{given.seed}-{given.case}").write_bytes(data)
        verdict = apart(data)
        print(f"{name}: {verdict.state}\n{verdict.detail}")
        return int(verdict.bad)
    warm()
    return _run(given, sound)


def _run(given: argparse.Namespace, sound: list[Seed]) -> int:
    counts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    known: Counter[str] = Counter()
    began, number = _cpu(), 0
    while number < given.cases if given.cases else _cpu() - began < (given.seconds or 60):
        name, data = case(number, given.seed, sound)
        verdict = apart(data)
        counts["finding" if verdict.bad else verdict.state] += 1
        kinds[name.split(" ")[0]] += 1
        if verdict.bad:
            known[signature(verdict)] += 1
            if known[signature(verdict)] == 1:
                print(f"case {number} of seed {given.seed} ({name}): {signature(verdict)}", flush=True)
            if given.keep:
                given.keep.mkdir(parents=True, exist_ok=True)
                (given.keep / f"{given.seed}-{number}").write_bytes(data)
        number += 1
    spent = _cpu() - began
    print(f"{number} papers ({_listed(kinds)}) in {spent:.0f} CPU s: {_listed(counts)}; {counts['finding']} findings")
    for cause, times in known.most_common():
        print(f"  {times} x {cause}")
    return int(bool(known))


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{number} {name}" for name, number in sorted(counts.items()))


def _cpu() -> float:
    return time.process_time() + sum(os.times()[2:4])


if __name__ == "__main__":
    sys.exit(main())

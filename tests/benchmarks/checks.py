"""What checking a dataset costs: python tests/benchmarks/checks.py [SIZE ...] [--profile]

Builds datasets of about so many observations (10,000, 100,000 and 1,000,000 if left out) from the figures of the corpus,
copied under other papers and councils with the share of claims they have, and checks each in a process of its own: seconds
for checking, for writing the verdicts, and the largest memory. The last column is the time for each 1,000 observations,
which must not grow.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SIZES = (10_000, 100_000, 1_000_000)

WORK = """
import cProfile, resource, sys, time
from sendparse.audit import audit
from sendparse.packs import load_packs
packs = load_packs()
profile = cProfile.Profile() if sys.argv[2] == "profile" else None
began = time.perf_counter()
if profile: profile.enable()
found = audit(sys.argv[1], packs)
if profile: profile.disable(); profile.print_stats("tottime")
checked = time.perf_counter()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
found.save()
saved = time.perf_counter()
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(len(found.findings), checked - began, saved - checked, peak // 1024, after // 1024)
"""


def copies(size: int) -> Iterator[tuple[int, object]]:
    """The outcomes of the corpus again and again until there are so many observations, with the number of each copy."""
    from sendparse.packs import load_packs
    from sendparse.pipeline import parse

    papers = sorted(p for p in (ROOT / "corpus").glob("*/*") if p.suffix in (".pdf", ".docx", ".html", ".txt"))
    packs = load_packs()
    outcomes = [parse(path, packs=packs, file=path.name) for path in papers]
    made = number = 0
    while made < size:
        outcome = outcomes[number % len(outcomes)]
        made += len(outcome.observations)
        yield number, outcome
        number += 1


def build(folder: Path, size: int) -> int:
    """Write a dataset; its papers are in the order of their names."""
    from sendparse.dataset.part import decode, encode
    from sendparse.dataset.rows import outcome_rows
    from sendparse.dataset.write import write_dataset
    from sendparse.packs import load_packs

    councils = load_packs().reference.councils
    total = 0

    def parts() -> Iterator[object]:
        nonlocal total
        for number, outcome in copies(size):
            key = hashlib.sha256(str(number).encode()).hexdigest()
            file = f"{number:06d}-{outcome.document.file}"
            council = councils[number % len(councils)]
            rows = [
                replace(
                    row, observation_id=key[:8] + row.observation_id[:8], document_id=key, file=file,
                    council_code=council.gss_code, council=council.name, la_code=council.la_code,
                )
                for row in outcome.observations
            ]  # fmt: skip
            total += len(rows)
            document = replace(outcome.document, document_id=key, file=file)
            copy = replace(outcome, document=document, tables=(), observations=tuple(rows), checks=(), problems=())
            yield decode(encode(outcome_rows(copy)))

    write_dataset(parts(), folder)
    return total


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("sizes", nargs="*", type=int, default=SIZES)
    options.add_argument("--profile", action="store_true", help="tell where the time goes")
    asked = options.parse_args()
    sys.path.insert(0, str(ROOT))
    print(
        f"{'observations':>12} {'checks':>9} {'checking s':>10} {'writing s':>9} {'memory MB':>9} {'then MB':>9} {'ms for 1,000':>12}"
    )
    for size in asked.sizes:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / "dataset"
            total = build(folder, size)
            done = subprocess.run(
                [sys.executable, "-c", WORK, str(folder), "profile" if asked.profile else "plain"],
                env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
            )  # fmt: skip
            if done.returncode:
                raise SystemExit(done.stderr)
            *profile, last = done.stdout.strip().splitlines()
            checks, checking, writing, memory, after = last.split()
            print("\n".join(profile[:40]), end="\n" if profile else "")
            seconds = f"{float(checking):>10.1f} {float(writing):>9.1f}"
            each = 1e6 * float(checking) / total
            print(f"{total:>12,} {int(checks):>9,} {seconds} {int(memory):>9,} {int(after):>9,} {each:>12.0f}")


if __name__ == "__main__":
    main()

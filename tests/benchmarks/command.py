"""How long the command takes to start, and what putting a dataset together costs as it grows.

python tests/benchmarks/command.py              start of every command's --help, median of five
python tests/benchmarks/command.py 1000000      CPU seconds and memory of assembling so many observations
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

_A_PAPER = 500  # observations of one paper


def start() -> None:
    """Print the seconds from the shell to the end of help, for every command."""
    for words in ([], *([name] for name in _commands())):
        took = []
        for _ in range(5):
            began = time.perf_counter()
            subprocess.run([sys.executable, "-m", "sendparse", *words, "--help"], stdout=subprocess.DEVNULL, check=True)
            took.append(time.perf_counter() - began)
        print(f"sendparse {' '.join([*words, '--help']):20} {statistics.median(took):.3f} s")


def _commands() -> list[str]:
    from sendparse.cli import main

    return sorted(main.commands)


def assemble(observations: int) -> None:
    """Print what it costs to put parts with so many observations together."""
    from sample_outcomes import outcome

    from sendparse.dataset import Part, outcome_rows, write_dataset
    from sendparse.dataset.part import decode, encode

    stored = [encode(outcome_rows(outcome(f"{n}.pdf", figures=_A_PAPER))) for n in range(20)]

    def parts() -> Iterator[Part]:
        for n in range(observations // _A_PAPER):
            yield decode(stored[n % len(stored)])

    with tempfile.TemporaryDirectory() as folder:
        began = time.process_time()
        files = write_dataset(parts(), Path(folder) / "dataset")
        seconds = time.process_time() - began
    size = sum(file.size for file in files.values())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{observations:,} observations: {seconds:.1f} CPU s, {size / 1e6:.0f} MB written, {peak:.0f} MB of memory at most"
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        assemble(int(sys.argv[1]))
    else:
        start()

"""The same papers give the same bytes, whatever order Python's sets happen to have."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

SETS = ("04-*", "10-*", "08-*")


def digest(corpus: Path, out: Path, seed: str) -> str:
    papers = [str(path) for name in SETS for path in sorted(corpus.glob(name))]
    subprocess.run(
        [sys.executable, "-m", "sendparse", "batch", *papers, "--out", str(out), "--workers", "1"],
        env=os.environ | {"PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
        timeout=1200,
    )
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(out.iterdir()))).hexdigest()


def test_the_order_of_sets_does_not_show(corpus: Path, tmp_path: Path) -> None:
    assert len({digest(corpus, tmp_path / seed, seed) for seed in ("1", "2", "3")}) == 1

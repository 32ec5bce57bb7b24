"""Seconds to build the report of five hundred papers on two workers, and to open its heaviest page in Chromium.

python tests/benchmarks/report.py
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent)]  # this checkout, and five_hundred.py


def main(folder: Path) -> None:
    from click.testing import CliRunner
    from five_hundred import five_hundred
    from reporting import Watched, started

    from sendparse.cli import main as sendparse

    made, papers = five_hundred(folder)
    begin = time.monotonic()
    arguments = ["report", str(made), "--out", str(folder / "report"), "--papers", str(papers), "--workers", "2"]
    assert CliRunner().invoke(sendparse, arguments).exit_code == 0
    print(f"report: {time.monotonic() - begin:.1f} s (at most 60)")
    heaviest = max((folder / "report").rglob("*.html"), key=lambda path: path.stat().st_size)
    with started() as browser:
        context = browser.new_context()
        for path in (folder / "report" / "index.html", heaviest):
            begin = time.monotonic()
            Watched(context).open(path)
            print(f"{path.name}: {time.monotonic() - begin:.2f} s (at most 2), {path.stat().st_size / 1000:.0f} KB")
        context.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as base:
        main(Path(base))

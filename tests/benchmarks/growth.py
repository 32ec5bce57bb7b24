"""How the time for one paper grows where one thing comes again and again in it: seconds for a length and its doubles.

python tests/benchmarks/growth.py [NAME ...]
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent)]  # this checkout, and growing.py


def main(names: list[str]) -> None:
    from growing import GROWING

    from sendparse.packs import load_packs
    from sendparse.pipeline import Options, parse_document
    from sendparse.read import read_bytes

    packs = load_packs()

    def seconds(text: str) -> float:
        begin = time.process_time()
        parse_document(read_bytes(text.encode(), file="case.txt"), packs, Options(strict=True))
        return time.process_time() - begin

    seconds("In 2024, 50% of plans were issued in time.")
    for name in names or GROWING:
        taken = (f"{seconds(GROWING[name](n)):8.2f}" for n in (75, 150, 300, 600))
        print(f"{name:16}", *taken, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

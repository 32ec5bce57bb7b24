"""Draw the papers again: `python corpus/build/all.py` for all, or with numbers for some (`all.py 01 07`)."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path


def main(wanted: list[str]) -> None:
    here = Path(__file__).resolve().parent
    sys.path.insert(0, str(here))
    for script in sorted(here.glob("paper_[0-9][0-9]_*.py")):
        if not wanted or script.name[6:8] in wanted:
            print(script.name)
            runpy.run_path(str(script), run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1:])

"""How fast running text is tagged with all packs loaded, and how long packs, reference and pipeline take to load.

python tests/benchmarks/narrative.py [FOLDER OF TEXTS]
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent)]  # this checkout, and narrating.py
# Real papers where they are at hand; our own texts hold five times as many figures to the page.
SHARED = HERE.parents[2] / "shared" / "gold" / "texts"


def main(folder: Path) -> None:
    import spacy  # noqa: F401 - its own import is not ours to measure
    from narrating import read_marked

    from sendparse.packs import load_packs, patterns_folder
    from sendparse.reference import Reference
    from sendparse.tag.nlp import nlp

    begin = time.process_time()
    load_packs(patterns_folder())
    print(f"packs: {time.process_time() - begin:.2f} CPU s")
    begin = time.process_time()
    assert Reference(patterns_folder() / "reference").council_by_domain("kent.gov.uk")
    print(f"reference: {time.process_time() - begin:.3f} CPU s")
    begin = time.process_time()
    pipeline = nlp()
    print(f"build: {time.process_time() - begin:.2f} CPU s (at most 2.5)")
    texts = [read_marked(file.read_text(encoding="utf-8"))[0] for file in sorted(folder.glob("*.txt"))]
    for name in ("unseen text", "the same again", "the same again"):
        begin = time.process_time()
        tokens = sum(len(doc) for doc in pipeline.pipe(texts))
        print(f"{name}: {tokens} tokens, {tokens / (time.process_time() - begin):,.0f} a CPU second (at least 25,000)")


if __name__ == "__main__":
    main(
        Path(sys.argv[1])
        if len(sys.argv) > 1
        else SHARED
        if SHARED.is_dir()
        else HERE.parent / "data" / "narrative" / "open"
    )

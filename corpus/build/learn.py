"""Learns the weights by which words suggest a measure (patterns/learned/measures.npz).

python corpus/build/learn.py [FOLDER ...] --out FILE

It learns from the packs' examples, wordings and definitions, from the marked texts in tests/data/narrative that are read while
building, and from each FOLDER that holds `texts/*.txt` with a `narrative.jsonl` (one figure a line: doc, start, kpi). No
sentence is kept, only weights. Needs scikit-learn, which sendparse itself does not.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from sendparse.model import Facts, Sentence  # noqa: E402
from sendparse.packs import Packs, load_packs  # noqa: E402
from sendparse.read.txt import text_blocks  # noqa: E402
from sendparse.tag.candidates import Near, candidates_of  # noqa: E402
from sendparse.tag.deciding import said_of  # noqa: E402
from sendparse.tag.link import Link, Linker  # noqa: E402
from sendparse.tag.prose import figures  # noqa: E402
from sendparse.tag.suggest import NONE, features  # noqa: E402
from sendparse.text import sentences  # noqa: E402

Row = tuple[dict[str, int], str, float]  # what is said, the measure, how much the row counts
MARKED = ("open", "speech_open", "wide_open", "reports_open")
RARE = 3  # features met less often are not learned
TENTHS, SIXTEENTHS = 10, 16


@dataclass
class Recorder:
    """Stands in for the learned weights: keeps what is said around each figure, and leaves the rules' choice as it is."""

    seen: list[tuple[int, str, dict[str, int]]] = field(default_factory=list)

    def decide(self, linker: Linker, made: Link) -> Link:
        """The rules' own link."""
        place = (made.tagged.sentence.start or 0) + made.value.start
        self.seen.append((place, made.value.text, said_of(made, linker.weighed.near)))
        return made


def from_packs(packs: Packs, recorder: Recorder) -> Iterator[Row]:
    """Examples, labels with a word moved to their section, wordings, labels and definitions."""
    candidates, chance = candidates_of(packs), random.Random(1)

    def label(text: str, section: str, unit: str, moved: bool = False) -> dict[str, int]:
        own, over = candidates.read(text), candidates.read(section) if section else []
        if moved:
            over = [*over, own.pop(chance.randrange(len(own)))]
        near = [*(Near(item, 1.0, True, "part") for item in own), *(Near(item, 0.7, False, "lead") for item in over)]
        return features(near, "" if moved else text, "", unit, "actual")

    for kpi in packs.kpis.values():
        yield label(kpi.label, "", kpi.unit), kpi.id, 0.3
        yield label(kpi.definition, "", kpi.unit), kpi.id, 0.3
        for example in kpi.examples:
            if example.is_label and example.kpi:
                unit = packs.kpis[example.kpi].unit
                yield label(example.says, example.section, unit), example.kpi, 1.0
                if len(candidates.read(example.says)) > 1:
                    yield label(example.says, example.section, unit, moved=True), example.kpi, 0.5
            elif not example.is_label:
                recorder.seen.clear()
                figures([Sentence(text=example.says, start=0)], Facts(), packs)
                yield from ((said, example.kpi or NONE, 1.0) for _, _, said in recorder.seen[:1])
    for wording in candidates.matcher.wordings:
        said = {
            zone + symbol: TENTHS for symbol in wording.bag if not symbol.startswith("unit") for zone in ("o:", "a:")
        }
        yield {**said, "u:" + wording.kpi.unit: TENTHS}, wording.kpi.id, 0.5


def from_text(text: str, gold: dict[int, str], packs: Packs, recorder: Recorder) -> Iterator[Row]:
    """The figures of a text whose measures somebody has marked, by the character they begin at."""
    recorder.seen.clear()
    figures(list(sentences(text_blocks(text))), Facts(), packs)
    for start, printed, said in recorder.seen:
        kpi = next((gold[at] for at in range(start, start + len(printed)) if at in gold), None)
        if kpi is not None:
            yield said, kpi or NONE, 1.0


def marked(folders: Sequence[Path], packs: Packs, recorder: Recorder) -> Iterator[Row]:
    """All marked texts."""
    from narrating import FOLDER, read_marked

    for file in sorted(file for name in MARKED for file in (FOLDER / name).glob("*.txt")):
        text, found = read_marked(file.read_text(encoding="utf-8"))
        gold = {one.start: one.kpis[0] for one in found if "kpi" not in one.debatable}
        yield from from_text(text, gold, packs, recorder)
    for folder in folders:
        lines = (folder / "narrative.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
        for file in sorted((folder / "texts").glob("*.txt")):
            text = file.read_text(encoding="utf-8")
            body = text.split("\n", 1)[1] if text.startswith("# url") else text
            mine = [row for row in rows if row["doc"] == file.stem and "kpi" not in (row.get("debatable_fields") or [])]
            yield from from_text(body, {row["start"]: row["kpi"] or "" for row in mine}, packs, recorder)


def fitted(rows: Sequence[Row]) -> dict[str, Any]:
    """Whole-number weights of a logistic regression over these rows."""
    import numpy as np
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    often = Counter(name for said, _, _ in rows for name in said)
    kept = [{name: loud / TENTHS for name, loud in said.items() if often[name] >= RARE} for said, _, _ in rows]
    table = DictVectorizer()
    model = LogisticRegression(C=5, max_iter=150)
    model.fit(
        table.fit_transform(kept), [kpi for _, kpi, _ in rows], sample_weight=np.array([much for *_, much in rows])
    )
    weights = np.clip(np.round(model.coef_.T * SIXTEENTHS), -127, 127).astype(np.int8)
    used = np.abs(weights).max(axis=1) > 0
    names = [str(name) for name, told in zip(table.get_feature_names_out(), used, strict=True) if told]
    base = np.round(model.intercept_ * SIXTEENTHS * TENTHS).astype(np.int32)
    return {"ids": "\n".join(model.classes_), "names": "\n".join(names), "weights": weights[used], "base": base}


def main() -> None:
    """The command."""
    import numpy as np

    command = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    command.add_argument("folders", nargs="*", type=Path)
    command.add_argument("--out", type=Path, default=ROOT / "patterns" / "learned" / "measures.npz")
    asked = command.parse_args()
    packs, recorder = load_packs(), Recorder()
    packs.once("deciding", lambda: recorder)
    rows = [*from_packs(packs, recorder), *marked(asked.folders, packs, recorder)]
    np.savez_compressed(asked.out, **fitted(rows))
    sys.stdout.write(f"{asked.out}: learned from {len(rows):,} rows, {len({kpi for _, kpi, _ in rows}) - 1} measures\n")


if __name__ == "__main__":
    main()

"""What OCR keeps of papers whose figures are known: the PDFs of the corpus as pictures, read again.

python tests/benchmarks/ocr.py [PICTURE ...] [--papers 01 04] [--pages 3]

Pictures are made here: clean ones at 200 and 150 dpi, pages aslant, compressed as a copier does, with salt and pepper, upside
down, on their side, and pages whose lower part alone is a picture under a head that is text. For each: the figures of the papers
themselves (those that stand in charts apart), how many come out of the picture on the same page with the same value and unit,
with the same measure and period too, how many come out that the page does not hold, pages that were refused, and CPU seconds
a page.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

Spoil = Callable[[Any, Random], Any]  # a picture to a picture


@dataclass(frozen=True)
class Kind:
    """How pictures are made."""

    dpi: int = 200
    spoil: Spoil | None = None
    quality: int = 92
    head: bool = False  # the upper part of each page stays text


def slanted(degrees: float) -> Spoil:
    return lambda picture, _: picture.rotate(degrees, resample=3, fillcolor="white")


def turned(degrees: int) -> Spoil:
    return lambda picture, _: picture.rotate(degrees, expand=True)


def salted(share: float) -> Spoil:
    def spoil(picture: Any, rng: Random) -> Any:
        import numpy as np
        from PIL import Image

        dots = np.random.default_rng(rng.randrange(1 << 30)).random((picture.height, picture.width))
        points = np.asarray(picture).copy()
        points[dots < share / 2] = 0
        points[dots > 1 - share / 2] = 255
        return Image.fromarray(points)

    return spoil


KINDS = {
    "200 dpi": Kind(),
    "150 dpi": Kind(dpi=150),
    "+1 degree": Kind(spoil=slanted(1)),
    "+2 degrees": Kind(spoil=slanted(2)),
    "-2 degrees": Kind(spoil=slanted(-2)),
    "JPEG 40": Kind(quality=40),
    "150 dpi JPEG 40": Kind(dpi=150, quality=40),
    "salt 0.5 %": Kind(spoil=salted(0.005)),
    "salt 3 %": Kind(spoil=salted(0.03)),
    "upside down": Kind(spoil=turned(180)),
    "sideways": Kind(spoil=turned(90)),
    "head of text": Kind(head=True),
}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument(
        "kinds", nargs="*", default=list(KINDS), metavar="PICTURE", help=", ".join(KINDS).replace("%", "%%")
    )
    arguments.add_argument("--papers", nargs="*", default=[], help="those whose folder begins so")
    arguments.add_argument("--pages", type=int, default=0, help="only so many pages of each paper")
    arguments.add_argument("--wrong", action="store_true", help="print what came out wrong")
    given = arguments.parse_args()
    papers = [
        path
        for path in sorted((ROOT / "corpus").rglob("*.pdf"))
        if not given.papers or path.parent.name.startswith(tuple(given.papers))
    ]
    sound = [(path.name, data, figures) for path in papers for data, figures in _sound(path, given.pages)]
    print(f"{len(sound)} papers, {sum(len(figures) for *_, figures in sound)} figures")
    print(f"{'picture':18}{'found':>8}{'and named':>10}{'wrong':>7}{'refused':>9}{'CPU s a page':>14}")
    for name in given.kinds:
        _measure(name, KINDS[name], sound, wrong=given.wrong)


def _sound(path: Path, pages: int) -> Iterator[tuple[bytes, Any]]:
    import pypdfium2

    data = path.read_bytes()
    if pages:
        paper, first = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument.new()
        first.import_pages(paper, list(range(min(pages, len(paper)))))
        out = io.BytesIO()
        first.save(out)
        data = out.getvalue()
    rows = _rows(data, path.name, ocr=False)
    if rows:
        yield data, rows


def _rows(data: bytes, name: str, *, ocr: bool) -> list[Any]:
    return list(_read(data, name, ocr=ocr).observations)


def _read(data: bytes, name: str, *, ocr: bool) -> Any:
    from sendparse.pipeline import Options, parse_document
    from sendparse.read import read_bytes

    return parse_document(read_bytes(data, file=name, ocr=ocr), _packs(), Options(ocr=ocr))


@cache
def _packs() -> Any:
    from sendparse.packs import load_packs

    return load_packs()


def _measure(name: str, kind: Kind, sound: list[tuple[str, bytes, Any]], *, wrong: bool) -> None:
    found = named = false = total = pages = refused = 0
    seconds = 0.0
    for file, data, figures in sound:
        picture, count = pictured(data, kind)
        begin = time.process_time()
        outcome = _read(picture, file, ocr=True)
        seconds += time.process_time() - begin
        pages += count
        refused += sum(one.code == "ocr_illegible" and "too poor" in one.message for one in outcome.problems)
        rows = list(outcome.observations)
        true, there = Counter(map(_value, figures)), Counter(map(_value, rows))
        total += len(figures)
        found += (true & there).total()
        named += (Counter(map(_meaning, figures)) & Counter(map(_meaning, rows))).total()
        numbers = Counter(map(_number, rows)) - Counter(map(_number, figures))
        false += numbers.total()
        if wrong:
            for number in numbers:
                print("   wrong:", file, number, next(r.evidence for r in rows if _number(r) == number)[:150])
    share = f"{100 * found / total:.1f}", f"{100 * named / total:.1f}"
    print(f"{name:18}{share[0]:>8}{share[1]:>10}{false:>7}{refused:>9}{seconds / pages:>14.1f}", flush=True)


def _number(row: Any) -> tuple[Any, ...]:
    return row.page, row.value


def _value(row: Any) -> tuple[Any, ...]:
    return row.page, row.value, row.unit


def _meaning(row: Any) -> tuple[Any, ...]:
    return *_value(row), row.kpi, row.period_start, row.period_end


def pictured(data: bytes, kind: Kind) -> tuple[bytes, int]:
    """The paper with its pages as pictures, and how many there are."""
    import pypdfium2
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    rng = Random(1)
    paper = pypdfium2.PdfDocument(data)
    out = io.BytesIO()
    canvas = Canvas(out)
    for page in paper:
        picture = page.render(scale=kind.dpi / 72).to_pil().convert("RGB")
        picture = kind.spoil(picture, rng) if kind.spoil else picture
        kept = io.BytesIO()
        picture.save(kept, "JPEG", quality=kind.quality)
        width, height = picture.width * 72 / kind.dpi, picture.height * 72 / kind.dpi
        canvas.setPageSize((width, height))
        if kind.head:
            # As where a scan was put into a paper: a line of text at the top, and the picture below it.
            canvas.drawString(40, height + 10, "Appendix 3: the sheet that the service keeps, as scanned")
            canvas.setPageSize((width, height + 30))
        canvas.drawImage(ImageReader(kept), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return out.getvalue(), len(paper)


if __name__ == "__main__":
    main()

"""The OCR engine: where lines of text stand in a picture, and which characters each of them holds.

RapidOCR's models (PaddleOCR's, run by ONNX Runtime) come inside its package: nothing is downloaded. Its detector and
recogniser are used and its own reading of words is not: the recogniser hardly knows spaces, so that words are told from the
gaps in the ink (ocr_words.py), for which the place of each character is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from sendparse.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Image = NDArray[np.uint8]
    Quad = NDArray[np.float32]

_PACKAGE = "rapidocr-onnxruntime"
_HEIGHT = 48  # points that a line is high for the recogniser
_BATCH = 6
_WIDEST = 60  # a line's width to its height: what is longer is squeezed
_NARROWEST = 48
_LEAST = 3  # points: what is thinner is no text


@dataclass(frozen=True, slots=True)
class Letter:
    """One character of a line: how sure it is, and where its middle stands, in points of the line's picture."""

    text: str
    score: float
    x: float


def require() -> None:
    """Raises InputError where the engine is not installed."""
    try:
        version(_PACKAGE)
        import rapidocr_onnxruntime  # noqa: F401
    except PackageNotFoundError as error:
        hint = "pip install 'sendparse[ocr]' and run again; it needs Python 3.11 or 3.12"
        raise InputError("--ocr", "the engine for OCR is not installed", hint, code="ocr_missing") from error
    except ImportError as error:
        hint = "pip install 'sendparse[ocr]' again; where libGL is missing, apt-get install libgl1"
        raise InputError("--ocr", f"the engine for OCR cannot be loaded: {error}", hint, code="ocr_missing") from error


def versions() -> str:
    """The engine with its versions, for what must change when they do."""
    return " ".join(f"{name} {_version(name)}" for name in (_PACKAGE, "onnxruntime"))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"


@cache
def _models() -> Any:
    """Both models, loaded once in each process. One thread: papers are read side by side, not parts of one."""
    require()
    import cv2
    from rapidocr_onnxruntime.main import RapidOCR

    cv2.setNumThreads(1)
    return RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)


def find_lines(image: Image, longest: int) -> list[Quad]:
    """The corners of each line of text, in points of the picture, looked for with the longer side made `longest` points."""
    import cv2
    import numpy as np

    scale = min(1.0, longest / max(image.shape[:2]))
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else image
    found, _ = _models().text_det(small)
    if found is None:
        return []
    return [np.asarray(quad, dtype=np.float32) / scale for quad in found if _is_line(quad)]


def _is_line(quad: Any) -> bool:
    width, height = side(quad, 0, 1), side(quad, 1, 2)
    return min(width, height) >= _LEAST


def side(quad: Any, one: int, other: int) -> float:
    """The distance between two corners."""
    return float(((quad[one] - quad[other]) ** 2).sum() ** 0.5)


def straight(image: Image, quad: Quad) -> Image:
    """The picture within four corners, made upright."""
    import cv2
    import numpy as np

    width, height = max(1, round(side(quad, 0, 1))), max(1, round(side(quad, 1, 2)))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(quad, corners)
    cut = cv2.warpPerspective(image, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cut, dtype=np.uint8)


def read_lines(pictures: Sequence[Image]) -> list[list[Letter]]:
    """The characters of each line."""
    order = sorted(range(len(pictures)), key=lambda place: _shape(pictures[place]))
    out: list[list[Letter]] = [[] for _ in pictures]
    for begin in range(0, len(order), _BATCH):
        places = order[begin : begin + _BATCH]
        for place, letters in zip(places, _read_batch([pictures[place] for place in places]), strict=True):
            out[place] = letters
    return out


def _shape(picture: Image) -> float:
    """Width to height."""
    return float(min(_WIDEST, picture.shape[1] / picture.shape[0]))


def _read_batch(pictures: Sequence[Image]) -> list[list[Letter]]:
    import cv2
    import numpy as np

    models = _models()
    widths = [max(1, int(np.ceil(_HEIGHT * _shape(picture)))) for picture in pictures]
    widest = max(_NARROWEST, *widths)
    batch = np.zeros((len(pictures), 3, _HEIGHT, widest), dtype=np.float32)
    for place, (picture, width) in enumerate(zip(pictures, widths, strict=True)):
        scaled = cv2.resize(picture, (width, _HEIGHT)).astype(np.float32)
        batch[place, :, :, :width] = (scaled.transpose(2, 0, 1) / 255 - 0.5) / 0.5
    sure = models.text_rec.session(batch)[0]
    known = models.text_rec.postprocess_op.character
    best, scores = sure.argmax(axis=2), sure.max(axis=2)
    step = widest / sure.shape[1]
    return [
        _letters(best[place], scores[place], known, step * picture.shape[1] / width)
        for place, (picture, width) in enumerate(zip(pictures, widths, strict=True))
    ]


def _letters(best: Any, scores: Any, known: Sequence[str], step: float) -> list[Letter]:
    """Characters of one line: runs of one code count once, code 0 stands for nothing."""
    out: list[Letter] = []
    before = 0
    begin = 0
    for place, code in enumerate([*best.tolist(), 0]):
        if code == before:
            continue
        if before:
            middle = (begin + place) / 2 * step
            out.append(Letter(known[before], float(scores[begin:place].max()), middle))
        before, begin = code, place
    return out

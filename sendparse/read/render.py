"""A page of a PDF as a picture, for reading with OCR.

In: pdfium's handle of a page, its size, dots an inch. Out: an array of rows of points of red, green and blue. A page that is
larger than a sheet of paper is drawn with fewer dots, so that the picture never takes more memory than a large sheet.
"""

from __future__ import annotations

from ctypes import c_int, c_uint, c_ulong, c_void_p
from typing import TYPE_CHECKING

from sendparse.read.pdfium import bind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Image = NDArray[np.uint8]

MOST_DOTS = 16_000_000  # A3 at 240 dots an inch has less
_BGR = 2
_WITH_ANNOTATIONS = 1
_WHITE = 0xFFFFFFFF

_create = bind("FPDFBitmap_CreateEx", c_void_p, c_int, c_int, c_int, c_void_p, c_int)
_fill = bind("FPDFBitmap_FillRect", c_int, c_void_p, c_int, c_int, c_int, c_int, c_ulong)
_draw = bind("FPDF_RenderPageBitmap", None, c_void_p, c_void_p, c_int, c_int, c_int, c_int, c_int, c_int)
_destroy = bind("FPDFBitmap_Destroy", None, c_void_p)


def picture_of(page: int, size: tuple[float, float], dpi: float) -> tuple[Image, float]:
    """The page as blue, green and red points, and how many of them make one PDF point."""
    import numpy as np

    width, height = size
    scale = min(dpi / 72, (MOST_DOTS / (width * height)) ** 0.5)
    across, down = max(1, round(width * scale)), max(1, round(height * scale))
    image: Image = np.empty((down, across, 3), dtype=np.uint8)
    bitmap = _create(across, down, _BGR, image.ctypes.data, 3 * across)
    if not bitmap:
        raise ValueError("the page cannot be drawn")
    try:
        _fill(bitmap, 0, 0, across, down, c_uint(_WHITE).value)
        _draw(bitmap, page, 0, 0, across, down, 0, _WITH_ANNOTATIONS)
    finally:
        _destroy(bitmap)
    return image, scale

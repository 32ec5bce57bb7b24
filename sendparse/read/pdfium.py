"""The few pdfium functions that reading a page needs, bound so that calling them hundreds of thousands of times is cheap.

Handles are plain integers here, and results go into memory that is set aside once: the ordinary binding builds a Python
object for every handle and every box, which costs more than pdfium's own work. No meaning here, only calls.
"""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Callable
from ctypes import PYFUNCTYPE, c_char_p, c_double, c_float, c_int, c_long, c_size_t, c_uint, c_void_p
from functools import partial
from typing import Any, Final

from pypdfium2 import raw  # importing it also sets the library up

from sendparse.read.geometry import Matrix

PASSWORD_ERROR = 4
SECURITY_ERROR = 5
TEXT: Final = 1
PATH: Final = 2
PICTURE: Final = 3
SHADING: Final = 4
FORM: Final = 5
LINE_TO: Final = 0
BEZIER_TO: Final = 1
MOVE_TO: Final = 2


def bind(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A function of pdfium, with plain integers for handles."""
    address = ctypes.cast(getattr(raw, name), c_void_p).value
    if address is None:  # pragma: no cover
        raise ImportError(f"pdfium has no function {name}")
    return PYFUNCTYPE(result, *arguments)(address)


load_document = bind("FPDF_LoadMemDocument64", c_void_p, c_char_p, c_size_t, c_char_p)
close_document = bind("FPDF_CloseDocument", None, c_void_p)
last_error = bind("FPDF_GetLastError", c_long)
count_pages = bind("FPDF_GetPageCount", c_int, c_void_p)
metadata_text = bind("FPDF_GetMetaText", c_long, c_void_p, c_char_p, c_void_p, c_long)
load_page = bind("FPDF_LoadPage", c_void_p, c_void_p, c_int)
close_page = bind("FPDF_ClosePage", None, c_void_p)
page_rotation = bind("FPDFPage_GetRotation", c_int, c_void_p)
page_box = bind("FPDF_GetPageBoundingBox", c_int, c_void_p, c_void_p)

load_text = bind("FPDFText_LoadPage", c_void_p, c_void_p)
close_text = bind("FPDFText_ClosePage", None, c_void_p)
count_characters = bind("FPDFText_CountChars", c_int, c_void_p)
get_text = bind("FPDFText_GetText", c_int, c_void_p, c_int, c_int, c_void_p)
character = bind("FPDFText_GetUnicode", c_uint, c_void_p, c_int)
character_object = bind("FPDFText_GetTextObject", c_void_p, c_void_p, c_int)
character_box = bind("FPDFText_GetLooseCharBox", c_int, c_void_p, c_int, c_void_p)
character_matrix = bind("FPDFText_GetMatrix", c_int, c_void_p, c_int, c_void_p)
character_size = bind("FPDFText_GetFontSize", c_double, c_void_p, c_int)
character_generated = bind("FPDFText_IsGenerated", c_int, c_void_p, c_int)
character_origin = bind("FPDFText_GetCharOrigin", c_int, c_void_p, c_int, c_void_p, c_void_p)
character_tight_box = bind("FPDFText_GetCharBox", c_int, c_void_p, c_int, c_void_p, c_void_p, c_void_p, c_void_p)

text_font = bind("FPDFTextObj_GetFont", c_void_p, c_void_p)
text_render_mode = bind("FPDFTextObj_GetTextRenderMode", c_int, c_void_p)
font_weight = bind("FPDFFont_GetWeight", c_int, c_void_p)
font_embedded = bind("FPDFFont_GetIsEmbedded", c_int, c_void_p)
font_name = bind("FPDFFont_GetBaseFontName", c_size_t, c_void_p, c_void_p, c_size_t)
glyph_width = bind("FPDFFont_GetGlyphWidth", c_int, c_void_p, c_uint, c_float, c_void_p)

count_objects = bind("FPDFPage_CountObjects", c_int, c_void_p)
get_object = bind("FPDFPage_GetObject", c_void_p, c_void_p, c_int)
count_form_objects = bind("FPDFFormObj_CountObjects", c_int, c_void_p)
get_form_object = bind("FPDFFormObj_GetObject", c_void_p, c_void_p, c_uint)
object_type = bind("FPDFPageObj_GetType", c_int, c_void_p)
object_matrix = bind("FPDFPageObj_GetMatrix", c_int, c_void_p, c_void_p)
object_bounds = bind("FPDFPageObj_GetBounds", c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)
object_clip = bind("FPDFPageObj_GetClipPath", c_void_p, c_void_p)
fill_colour = bind("FPDFPageObj_GetFillColor", c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)
stroke_colour = bind("FPDFPageObj_GetStrokeColor", c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)
stroke_width = bind("FPDFPageObj_GetStrokeWidth", c_int, c_void_p, c_void_p)
draw_mode = bind("FPDFPath_GetDrawMode", c_int, c_void_p, c_void_p, c_void_p)
count_segments = bind("FPDFPath_CountSegments", c_int, c_void_p)
get_segment = bind("FPDFPath_GetPathSegment", c_void_p, c_void_p, c_int)
segment_point = bind("FPDFPathSegment_GetPoint", c_int, c_void_p, c_void_p, c_void_p)
segment_type = bind("FPDFPathSegment_GetType", c_int, c_void_p)
segment_close = bind("FPDFPathSegment_GetClose", c_int, c_void_p)
count_clip_paths = bind("FPDFClipPath_CountPaths", c_int, c_void_p)
count_clip_segments = bind("FPDFClipPath_CountPathSegments", c_int, c_void_p, c_int)
get_clip_segment = bind("FPDFClipPath_GetPathSegment", c_void_p, c_void_p, c_int, c_int)

picture_pixels = bind("FPDFImageObj_GetImagePixelSize", c_int, c_void_p, c_void_p, c_void_p)
count_picture_filters = bind("FPDFImageObj_GetImageFilterCount", c_int, c_void_p)
picture_filter = bind("FPDFImageObj_GetImageFilter", c_size_t, c_void_p, c_int, c_void_p, c_size_t)
picture_bitmap = bind("FPDFImageObj_GetBitmap", c_void_p, c_void_p)
scale_object = bind("FPDFPageObj_Transform", None, c_void_p, c_double, c_double, c_double, c_double, c_double, c_double)
rendered_picture = bind("FPDFImageObj_GetRenderedBitmap", c_void_p, c_void_p, c_void_p, c_void_p)
bitmap_width = bind("FPDFBitmap_GetWidth", c_int, c_void_p)
bitmap_height = bind("FPDFBitmap_GetHeight", c_int, c_void_p)
bitmap_stride = bind("FPDFBitmap_GetStride", c_int, c_void_p)
bitmap_buffer = bind("FPDFBitmap_GetBuffer", c_void_p, c_void_p)
close_bitmap = bind("FPDFBitmap_Destroy", None, c_void_p)

_four = (c_float * 6)()
_four_at = ctypes.addressof(_four)
_four_list = memoryview(_four).cast("B").cast("f").tolist
_numbers = (c_uint * 4)()
_numbers_list = memoryview(_numbers).cast("B").cast("I").tolist
_numbers_at = tuple(ctypes.addressof(_numbers) + 4 * place for place in range(4))
_doubles = (c_double * 4)()
_doubles_at = tuple(ctypes.addressof(_doubles) + 8 * place for place in range(4))


def matrix_of(function: Callable[..., Any], *handle: int) -> Matrix | None:
    """The matrix that `function` writes for a handle, or nothing where it has none."""
    if not function(*handle, _four_at):
        return None
    a, b, c, d, e, f = _four_list()
    return (a, b, c, d, e, f)


def colour_of(function: Callable[..., Any], handle: int) -> tuple[int, int, int, int] | None:
    """Red, green, blue and alpha from 0 to 255, or nothing where no plain colour is set (a pattern)."""
    if not function(handle, *_numbers_at):
        return None
    red, green, blue, alpha = _numbers_list()
    return (red, green, blue, alpha)


def bounds_of(handle: int) -> tuple[float, float, float, float] | None:
    """Left, bottom, right, top of a page object in the space it is drawn in."""
    places = tuple(_four_at + 4 * place for place in range(4))
    if not object_bounds(handle, *places):
        return None
    return (_four[0], _four[1], _four[2], _four[3])


def page_bounds(page: int) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of the part of the page that shows (crop box within media box)."""
    if not page_box(page, _four_at):
        raise ValueError("the page has no size")
    return (_four[0], _four[3], _four[2], _four[1])


def width_of(handle: int) -> float:
    """Stroke width in the path's own space."""
    return float(_four[0]) if stroke_width(handle, _four_at) else 0.0


def pixels_of(picture: int) -> tuple[int, int]:
    """How many pixels wide and high a bitmap is."""
    if not picture_pixels(picture, _numbers_at[0], _numbers_at[1]):
        return (0, 0)
    return (_numbers[0], _numbers[1])


def packing_of(picture: int) -> list[str]:
    """How a bitmap is packed: the names that the format gives its filters, "JPXDecode" for one."""
    names = []
    for number in range(count_picture_filters(picture)):
        written = partial(picture_filter, picture, number)
        names.append(_written(written, written(None, 0)).partition(b"\0")[0].decode("ascii", "replace"))
    return names


def mode_of(path: int) -> tuple[bool, bool]:
    """Whether a path is filled and whether it is stroked."""
    if not draw_mode(path, _numbers_at[0], _numbers_at[1]):
        return (False, False)
    return (ctypes.c_int(_numbers[0]).value != 0, _numbers[1] != 0)


def text_of(text: int, count: int) -> str:
    """The first `count` characters of a page's text, without those that stand for nothing."""
    buffer = array("H", bytes(2 * count + 2))
    units = get_text(text, 0, count, buffer.buffer_info()[0])
    return buffer[: max(0, units - 1)].tobytes().decode("utf-16-le", "replace")


def origin_of(text: int, index: int) -> tuple[float, float]:
    """Where a character's baseline begins."""
    character_origin(text, index, _doubles_at[0], _doubles_at[1])
    return (_doubles[0], _doubles[1])


def tight_box_of(text: int, index: int) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of a character's ink."""
    left, right, bottom, top = _doubles_at
    character_tight_box(text, index, left, right, bottom, top)
    return (_doubles[0], _doubles[2], _doubles[1], _doubles[3])


def advance_of(font: int, code: int, size: float) -> float:
    """How far a character moves the pen, in text space; 0 where the font does not say."""
    return float(_four[0]) if glyph_width(font, code, size, _four_at) else 0.0


def name_of(font: int) -> str:
    """The font's base name without the tag of a subset (`ABCDEF+`)."""
    size = font_name(font, None, 0)
    if not size:
        return ""
    name = _written(partial(font_name, font), size).partition(b"\0")[0].decode("utf-8", "replace")
    return name[7:] if name[6:7] == "+" and name[:6].isupper() else name


def metadata(document: int, key: str) -> str:
    """A text of the document's information dictionary, or an empty string."""
    size = metadata_text(document, key.encode(), None, 0)
    if size <= 2:
        return ""
    text = _written(partial(metadata_text, document, key.encode()), size)[: size - 2]
    return text.decode("utf-16-le", "replace").replace("\x00", "").strip()


def _written(function: Callable[[int, int], Any], size: int) -> bytes:
    """What `function` writes to memory of a size. An array of ctypes would be a new class for every size."""
    buffer = array("B", bytes(size))
    function(buffer.buffer_info()[0], size)
    return buffer.tobytes()

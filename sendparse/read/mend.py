"""A PDF that lost its end gets a new one, so that the pages that are there can be read.

In: the bytes of a file that cannot be opened. Out: the same bytes with what pdfium needs to find the pages: a trailer that
names the catalogue, and where the tree of pages was lost, one that holds the pages found. Nothing that is there is changed.
A file that says it is encrypted is left alone: without its end it cannot be decrypted, and noise is no text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from sendparse.read.page_words import RawWord

_END = 2048  # the mark at the end of a file stands within so many bytes
_HEADER = re.compile(rb"(?<!\d)(\d{1,10})\s+(\d{1,5})\s+obj\b")
_FAR = 4000  # bytes from the head of an object to what it says it is
_CATALOGUE = re.compile(rb"/Type\s*/Catalog\b")
_PAGE = re.compile(rb"/Type\s*/Page\b")
_ITS_PAGES = re.compile(rb"/Pages\s+(\d{1,10})\s+\d{1,5}\s+R\b")
_ENCRYPTED = re.compile(rb"/Encrypt\s+\d|/Filter\s*/Standard\b")
_MOST_PAGES = 20_000
_STANDARD = re.compile(
    r"(?:Courier|Helvetica|Times|Symbol$|ZapfDingbats$)", re.IGNORECASE
)  # every reader has these fonts
_NO_LETTER = "\ufffd"


def lost_its_end(data: bytes) -> bool:
    """Whether the file does not end as a PDF does."""
    return b"%%EOF" not in data[-_END:]


def with_an_end(data: bytes) -> bytes | None:
    """The file with a new end; nothing where it holds no page that could be named, or is encrypted."""
    if _ENCRYPTED.search(data):
        return None
    largest = max((int(match[1]) for match in _HEADER.finditer(data)), default=0)
    catalogue = _last(data, _CATALOGUE)
    if catalogue is not None and _tree_of(data, catalogue):
        return _ended(data, b"", catalogue[0], largest)
    pages = _numbers(data, _PAGE)[:_MOST_PAGES]
    if not pages:
        return None
    tree, root = largest + 1, largest + 2
    kids = b" ".join(b"%d 0 R" % number for number in pages)
    added = b"\n%d 0 obj<</Type/Pages/Count %d/Kids[%s]>>endobj\n" % (tree, len(pages), kids)
    added += b"%d 0 obj<</Type/Catalog/Pages %d 0 R>>endobj\n" % (root, tree)
    return _ended(data, added, root, root)


def without_font(words: Sequence[RawWord], is_embedded: Callable[[int], object]) -> list[bool]:
    """Which words of a mended file are drawn in a font that the file has lost: what they seem to say is not what they say.

    Such a font is not in the file, or it has letters that stand for nothing.
    """
    fonts = {word.style.font_handle: word.style.font for word in words}
    lost = {handle for handle, name in fonts.items() if not (_STANDARD.match(name) or is_embedded(handle))}
    lost |= {word.style.font_handle for word in words if _NO_LETTER in word.text}
    return [word.style.font_handle in lost for word in words]


def _ended(data: bytes, added: bytes, root: int, largest: int) -> bytes:
    return data + b"\nendstream\nendobj\n" + added + b"trailer<</Root %d 0 R/Size %d>>\n%%%%EOF\n" % (root, largest + 1)


def _tree_of(data: bytes, catalogue: tuple[int, int]) -> bool:
    """Whether the tree of pages that a catalogue names is in the file."""
    named = _ITS_PAGES.search(data, catalogue[1], catalogue[1] + _FAR)
    return named is not None and re.search(rb"(?<!\d)%s\s+\d{1,5}\s+obj\b" % named[1], data) is not None


def _last(data: bytes, kind: re.Pattern[bytes]) -> tuple[int, int] | None:
    """Number and place of the last object of a kind."""
    found = None
    for match in kind.finditer(data):
        found = _object_at(data, match.start()) or found
    return found


def _numbers(data: bytes, kind: re.Pattern[bytes]) -> list[int]:
    """Numbers of the objects of a kind, each once, in the order of the file."""
    found = (_object_at(data, match.start()) for match in kind.finditer(data))
    return list(dict.fromkeys(place[0] for place in found if place is not None))


def _object_at(data: bytes, place: int) -> tuple[int, int] | None:
    """Number and begin of the object that stands around a place."""
    begin = max(0, place - _FAR)
    before = data[begin:place]
    headers = list(_HEADER.finditer(before))
    if not headers or b"endobj" in before[headers[-1].end() :]:
        return None
    return int(headers[-1][1]), begin + headers[-1].start()
